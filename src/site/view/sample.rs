//! One full sample of each page, rendered with the default theme in both languages.
//!
//! The samples use every field, long titles, a dozen items and flawed records. With `GONGSHI_PREVIEW` set the pages are written
//! to `target/theme-preview/`, to be looked at.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::*;
use crate::language::Language;
use crate::render::theme::{Renderer, Theme};
use crate::site::mould::{Filling, Mould, Plates};
use crate::site::rows::in_list;

/// Picks the wording of one language.
#[derive(Clone, Copy)]
struct Say(Language);

impl Say {
    fn text(self, zh: &str, en: &str) -> String {
        match self.0 {
            Language::Chinese => zh.into(),
            Language::English => en.into(),
        }
    }

    /// The language of a text that stands in Chinese.
    fn zh(self) -> Option<String> {
        (self.0 == Language::English).then(|| "zh-CN".into())
    }

    fn day(self, month: u32, day: u32) -> Date {
        self.date(2026, month, day)
    }

    fn date(self, year: u32, month: u32, day: u32) -> Date {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let en = format!("{day} {} {year}", MONTHS[month as usize - 1]);
        Date { iso: format!("{year:04}-{month:02}-{day:02}"), text: self.text(&format!("{year}年{month}月{day}日"), &en) }
    }

    fn link(self, zh: &str, en: &str, href: &str) -> Link {
        Link { text: self.text(zh, en), href: href.into(), lang: None }
    }

    /// A link whose text stands in Chinese on both pages.
    fn original(self, text: &str, href: &str) -> Link {
        Link { text: text.into(), href: href.into(), lang: self.zh() }
    }

    fn count(self, zh: &str, en: &str, count: &str) -> CountLink {
        CountLink { text: self.text(zh, en), href: "list.html".into(), count: count.into(), current: false, lang: None }
    }

    fn fact(self, zh: (&str, &str), en: (&str, &str)) -> Fact {
        Fact { label: self.text(zh.0, en.0), text: self.text(zh.1, en.1), lang: None, links: Laid::default() }
    }

    fn quote(self, zh: &str, en: &str, text: &str) -> Fact {
        Fact { label: self.text(zh, en), text: text.into(), lang: self.zh(), links: Laid::default() }
    }

    fn linked(self, zh: &str, en: &str, links: Vec<Link>) -> Fact {
        let links = laid(self, links, &self.text("、", ", "), |link| TextLink(link.clone()));
        Fact { label: self.text(zh, en), text: String::new(), lang: None, links }
    }

    fn kicker(self, facts: Vec<Fact>) -> Laid<Fact> {
        laid(self, facts, "", |fact| Kick(fact.clone()))
    }

    fn related(self, items: Vec<RelatedItem>) -> Laid<RelatedItem> {
        laid(self, items, "", Clone::clone)
    }

    fn rows(self, rows: Vec<StatisticsRow>) -> Laid<StatisticsRow> {
        laid(self, rows, "", Clone::clone)
    }

    fn split(self, parts: Vec<StatisticsPart>) -> Laid<StatisticsPart> {
        laid(self, parts, "", Clone::clone)
    }

    fn facts(self, facts: Vec<Fact>) -> Laid<Fact> {
        laid(self, facts, "", Clone::clone)
    }

    fn tag(self, tone: Tone, zh: &str, en: &str) -> Tag {
        Tag { tone, text: self.text(zh, en) }
    }
}

/// Writes tenths of a percent of `part` in `whole` (`66.7`).
fn percent(part: u64, whole: u64) -> String {
    let tenths = (part * 2000 / whole).div_ceil(2);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn bar(parts: &[(SegmentKind, u64)], mark: Option<(u64, String)>) -> Bar {
    let whole = parts.iter().map(|p| p.1).sum();
    let mut before = 0;
    let mut segments = Vec::new();
    for &(kind, n) in parts {
        if n > 0 {
            segments.push(segment(kind, before, n, whole, mark.as_ref().map(|m| m.0)));
        }
        before += n;
    }
    let mark = mark.map(|(n, label)| Mark { x: percent(n, whole), label, anchor: Anchor::Middle });
    Bar { segments, mark }
}

fn segment(kind: SegmentKind, start: u64, n: u64, whole: u64, mark: Option<u64>) -> Segment {
    // The text stands in the larger part of the segment beside the mark.
    let (from, to) = match mark {
        Some(m) if m > start && m < start + n && m - start >= start + n - m => (start, m),
        Some(m) if m > start && m < start + n => (m, start + n),
        _ => (start, start + n),
    };
    let fits = match (to - from) * 100 / whole {
        25.. => Fit::Label,
        4.. => Fit::Number,
        _ => Fit::Nothing,
    };
    Segment {
        kind,
        count: n.to_string(),
        x: percent(start, whole),
        width: percent(n, whole),
        middle: percent(from + to, whole * 2),
        fits,
    }
}

fn vote_bar(say: Say, votes: [u64; 3], needed: u64) -> Bar {
    let parts = [(SegmentKind::For, votes[0]), (SegmentKind::Against, votes[1]), (SegmentKind::Abstain, votes[2])];
    bar(&parts, Some((needed, say.text(&format!("需 {needed} 票"), &format!("{needed} needed")))))
}

fn attendance(say: Say) -> Proof {
    Proof {
        title: say.text("到会人数", "Attendance"),
        met: Met::Met,
        words: say.text(
            "全体代表 48 人，三分之二为 32 人，实到 41 人，达到。",
            "48 delegates in all; two thirds are 32; 41 were present: met.",
        ),
        bar: Some(bar(
            &[(SegmentKind::Present, 41), (SegmentKind::Absent, 7)],
            Some((32, say.text("至少 32 人", "at least 32"))),
        )),
        rule: Some(say.link("到会人数规则", "Quorum rule", "rule.html")),
    }
}

fn item(say: Say, number: u32, motion: &str, votes: [u64; 3]) -> ItemVote {
    let whole: u64 = votes.iter().sum();
    let needed = (whole * 2).div_ceil(3);
    let passed = votes[0] >= needed;
    let (zh, en) = if passed { ("达到", "met") } else { ("未达到", "not met") };
    ItemVote {
        id: format!("item-{number}"),
        number: number.to_string(),
        motion: motion.into(),
        lang: say.zh(),
        matter: Some(say.link("村内主街安装太阳能路灯", "Solar street lights on the main street", "matter.html")),
        outcome: if passed { say.tag(Tone::Done, "通过", "Passed") } else { say.tag(Tone::Stop, "未通过", "Rejected") },
        ballot: say.text("无记名投票", "Secret ballot"),
        counts: say.text(
            &format!("同意 {} 票，反对 {} 票，弃权 {} 票", votes[0], votes[1], votes[2]),
            &format!("{} for, {} against, {} abstained", votes[0], votes[1], votes[2]),
        ),
        proof: Some(Proof {
            title: say.text("同意票", "Votes for"),
            met: if passed { Met::Met } else { Met::NotMet },
            words: say.text(
                &format!("到会代表 {whole} 人，三分之二为 {needed} 票，同意 {} 票，{zh}。", votes[0]),
                &format!("{whole} delegates present; two thirds are {needed} votes; {} for: {en}.", votes[0]),
            ),
            bar: Some(vote_bar(say, votes, needed)),
            rule: Some(say.link("通过票数规则", "Majority rule", "rule.html")),
        }),
    }
}

fn pips(say: Say, done: usize, of: usize, zh: &str, en: &str) -> Progress {
    let step = 1000 / of;
    let pips = (0..of)
        .map(|i| Pip {
            state: match i {
                i if i < done => StepState::Done,
                i if i == done => StepState::UnderWay,
                _ => StepState::NotBegun,
            },
            x: percent((i * step) as u64, 1000),
            width: percent(step as u64 - 16, 1000),
        })
        .collect();
    Progress { pips, words: say.text(zh, en) }
}

fn row(say: Say, number: usize) -> Row {
    let titles = [
        ("村内主街安装太阳能路灯", "Solar street lights on the main street"),
        ("东片地块打机井", "Irrigation well for the eastern fields"),
        (
            "关于村内主干道硬化工程立项、资金筹措以及学校路段先行施工并增设两处错车道的决议",
            "Paving of the main village road, its funding, and the two passing places on the stretch by the school that is to be built first",
        ),
        ("清河二桥危桥改造", "Rebuilding the second Qinghe bridge"),
    ];
    let (zh, en) = titles[number % titles.len()];
    let votes = [[38, 2, 1], [25, 12, 4], [33, 5, 3], [8, 0, 1]][number % 4];
    let whole: u64 = votes.iter().sum();
    let needed = (whole * 2).div_ceil(3);
    let progress = match number % 4 {
        0 => pips(say, 8, 8, "8 步全部完成", "All 8 steps done"),
        1 => pips(say, 5, 8, "止于第 5 步 成决议", "Ended at step 5: Resolve"),
        2 => pips(say, 5, 8, "第 6 步 广示之", "Step 6: Publicise"),
        _ => pips(say, 3, 5, "第 4 步 评", "Step 4: Evaluate"),
    };
    Row {
        title: say.link(zh, en, "matter.html"),
        kind: say.text("决议事项", "Matter"),
        place: Some(say.link("新民村", "Xinmin Village", "area.html")),
        date: Some(say.day(3, 18)),
        note_lang: None,
        note: if number % 4 == 2 { say.text("工程建设", "Public works") } else { String::new() },
        vote: Some(RowVote {
            bar: vote_bar(say, votes, needed),
            words: say.text(
                &format!("{} / {whole} 票，需 {needed} 票", votes[0]),
                &format!("{} of {whole}; {needed} needed", votes[0]),
            ),
        }),
        progress: Some(progress),
        tag: Some(match number % 4 {
            0 => say.tag(Tone::Done, "已办结", "Completed"),
            1 => say.tag(Tone::Stop, "未通过", "Rejected"),
            2 => say.tag(Tone::Act, "公示中", "On display"),
            _ => say.tag(Tone::Run, "落实中", "Being carried out"),
        }),
    }
}

fn rows(say: Say, count: usize) -> Vec<Row> {
    (0..count).map(|i| row(say, i)).collect()
}

fn posting(say: Say) -> Posting {
    Posting {
        state: PostingState::Now,
        tag: say.tag(Tone::Act, "公示中", "On display"),
        from: say.day(3, 19),
        to: say.day(4, 7),
        days: say.text("20 天", "20 days"),
        elapsed: "50.0".into(),
        words: say.text("截至2026年3月28日为第 10 天，共 20 天", "Day 10 of 20 as of 28 March 2026"),
        ways: say.text("广播、公开栏、网站", "loudspeaker, notice board, website"),
    }
}

fn findings(say: Say) -> Vec<Finding> {
    vec![
        Finding {
            rule: say.link("公示不少于十五天", "Posted for at least fifteen days", "rule.html"),
            id: "eight-step/posting-days".into(),
            message: say.text("公示 11 天，少于规定的 15 天。", "Posted for 11 days; at least 15 are required."),
            help: say.text("把公示延长到 2026年4月3日。", "Extend the posting to 3 April 2026."),
            basis: say.text(
                "《中华人民共和国村民委员会组织法》（2025 年修订）第三十五条",
                "Organic Law of the Villagers' Committees (2025), art. 35",
            ),
            about: Some(say.link("第 6 步 广示之", "Step 6: Publicise", "#step-publicise")),
        },
        Finding {
            rule: say.link("三种方式征求意见", "All three ways of consulting", "rule.html"),
            id: "eight-step/consult-ways".into(),
            message: say
                .text("没有书面征求代表和所联系户的意见。", "Delegates and their households were not consulted in writing."),
            help: String::new(),
            basis: say.text("八步工作法第三步", "Eight steps, step 3"),
            about: None,
        },
    ]
}

fn not_shown(say: Say) -> Vec<NotShown> {
    vec![NotShown {
        rule: say.link("监督员与责任人没有近亲属关系", "Supervisors are not relatives of those in charge", "rule.html"),
        needs: say.text("记录中没有写明监督员与责任人的关系。", "The record does not say how they are related."),
    }]
}

fn files(say: Say) -> Vec<Attachment> {
    vec![
        Attachment {
            link: say.original("入户意见汇总表", "a/summary.pdf"),
            note: say.text("PDF，180 KB", "PDF, 180 KB"),
            address: "https://qinghe.example.org/a/summary.pdf".into(),
        },
        Attachment {
            link: say.original("代表签名表", "a/signatures.pdf"),
            note: say.text("PDF，96 KB", "PDF, 96 KB"),
            address: "https://qinghe.example.org/a/signatures.pdf".into(),
        },
    ]
}

fn head(say: Say, zh: &str, en: &str, lead: (&str, &str), tag: Option<Tag>) -> Head {
    Head {
        kicker: say.kicker(vec![
            say.linked("地方", "Place", vec![say.link("新民村", "Xinmin Village", "area.html")]),
            say.fact(("种类", "决议事项"), ("Kind", "Matter")),
            say.linked("类别", "Category", vec![say.link("公益事业", "Public welfare", "list.html")]),
            say.fact(("编号", "2026-001"), ("Number", "2026-001")),
        ]),
        title: say.text(zh, en),
        lang: None,
        original: say.text("", zh),
        lead: say.text(lead.0, lead.1),
        lead_lang: None,
        tag,
    }
}

fn body(say: Say) -> Prose {
    Prose {
        html: concat!(
            "<p>新民村村民代表大会决定：在村内主街安装 6 米亮度可调太阳能路灯 40 盏，学校路段 8 盏先行施工；",
            "预算 9.6 万元，由村集体经营收入列支，不向村民收取费用。</p>",
            "<table><thead><tr><th>路段</th><th>盏数</th><th>间距</th></tr></thead><tbody>",
            "<tr><td>学校路段</td><td>8</td><td>25 米</td></tr><tr><td>其余主街</td><td>32</td><td>30 米</td></tr></tbody></table>",
            "<h3>后期维护</h3><ul><li>由村民委员会每季度检查一次</li><li>损坏后三天内修复</li></ul>",
            "<p>依据见<a href=\"https://example.org/law\">有关规定</a>。</p>",
        )
        .into(),
        lang: say.zh(),
    }
}

fn related(say: Say) -> Vec<Related> {
    vec![
        Related {
            title: say.text("有关会议", "Meetings"),
            items: say.related(vec![
                RelatedItem {
                    link: say.original("第九届村民代表大会第三次会议", "meeting.html"),
                    note: say.day(3, 18).text,
                    address: "https://qinghe.example.org/meeting.html".into(),
                },
                RelatedItem {
                    link: say.original("村“两委”联席会议", "meeting.html"),
                    note: say.day(3, 2).text,
                    address: "https://qinghe.example.org/meeting.html".into(),
                },
            ]),
        },
        Related {
            title: say.text("典型做法", "Cases"),
            items: say.related(vec![RelatedItem {
                link: say.original("一盏灯的八步路", "case.html"),
                note: String::new(),
                address: "https://qinghe.example.org/case.html".into(),
            }]),
        },
    ]
}

fn figures(say: Say) -> Figures {
    let figure = |id: &str, zh: [&str; 4], en: [&str; 4], value: &str| Figure {
        id: format!("figure-{id}"),
        label: say.text(zh[0], en[0]),
        value: value.into(),
        unit: say.text(zh[1], en[1]),
        share: say.text(zh[2], en[2]),
        definition: say.text(zh[3], en[3]),
        href: "list.html".into(),
    };
    Figures {
        scope: say.text("2026年1月1日至3月28日，清河镇合计", "1 January to 28 March 2026, the whole of Qinghe"),
        items: vec![
            figure(
                "resolved",
                ["形成决议", "项", "", "表决通过的议题，按议题计"],
                ["Resolved", "", "", "Items that passed, counted by item"],
                "3,576",
            ),
            figure(
                "coverage",
                ["推行八步工作法", "%", "957 个村中的 834 个", "已推行八步工作法的村 ÷ 全部村"],
                [
                    "Villages with the eight steps",
                    "%",
                    "834 of 957 villages",
                    "Villages that adopted the eight steps ÷ all villages",
                ],
                "87.1",
            ),
            figure(
                "opinions",
                ["收到意见", "条", "", "登记的群众意见，按条计"],
                ["Opinions", "", "", "Opinions on record, counted one by one"],
                "19,280",
            ),
            figure(
                "attendance",
                ["平均到会率", "%", "应到 192,000 人次中的 164,352 人次", "实到人次 ÷ 应到人次"],
                ["Attendance", "%", "164,352 of 192,000 seats", "Present ÷ entitled, summed over meetings"],
                "85.6",
            ),
            figure(
                "overdue",
                ["逾期未公开", "项", "", "到期仍没有公开的事项"],
                ["Overdue", "", "", "Due and still not published"],
                "2",
            ),
        ],
    }
}

fn place(say: Say, zh: &str, en: &str, done: u64, of: u64) -> PlaceCard {
    PlaceCard {
        link: say.link(zh, en, "area.html"),
        level: say.text("村", "Village"),
        records: say.text("12 件记录", "12 records"),
        share: Some(PlaceShare {
            words: say.text(&format!("应公开 {of} 项，已公开 {done} 项"), &format!("{done} of {of} due items published")),
            width: percent(done, of),
            tone: if done == of { Tone::Done } else { Tone::Act },
        }),
        updated: Some(say.day(3, 18)),
    }
}

fn places(say: Say) -> Vec<PlaceCard> {
    vec![
        place(say, "新民村", "Xinmin Village", 8, 8),
        place(say, "永安村", "Yong'an Village", 7, 8),
        place(say, "太平村", "Taiping Village", 5, 8),
    ]
}

fn due(say: Say) -> Vec<DueRow> {
    let row = |zh: &str, en: &str, due: Date, tag: Tag| DueRow {
        item: say.link(zh, en, "finance.html"),
        place: Some(say.link("永安村", "Yong'an Village", "area.html")),
        due,
        tag,
        days: say.text("逾期 12 天", "12 days overdue"),
        responsible: say.text("村民委员会", "Village committee"),
        note: say.text("2026 年第一季度", "Q1 2026"),
        rule: Some(say.link("财务每季度公开", "Finance is published each quarter", "rule.html")),
    };
    vec![
        row("财务收支", "Finance statement", say.day(3, 15), say.tag(Tone::Act, "已逾期", "Overdue")),
        row("群众意见去向", "What became of opinions", say.day(4, 10), say.tag(Tone::Run, "待公开", "Due")),
    ]
}

fn counts(say: Say) -> Vec<CountLink> {
    let mut none = say.count("村规民约", "Village charter", "0");
    none.href = String::new();
    vec![
        say.count("公益事业", "Public welfare", "128"),
        CountLink { current: true, ..say.count("农业生产", "Farming", "76") },
        say.count("民生实事", "Livelihood", "54"),
        none,
    ]
}

fn home(say: Say) -> Home {
    let card = |zh: &str, en: &str| PostedCard {
        title: say.link(zh, en, "matter.html"),
        place: say.link("新民村", "Xinmin Village", "area.html"),
        kind: say.text("村民代表大会决议", "Resolution of the village congress"),
        summary: "主街安装太阳能路灯 40 盏，学校路段先行施工，预算 9.6 万元，不向村民收取费用。".into(),
        summary_lang: say.zh(),
        posting: posting(say),
    };
    Home {
        intro: say.text(
            "有 2 件事正在公示。如有不同意见，请在最后一天之前提出。",
            "On display now: 2. If you disagree, say so by the last day.",
        ),
        posted: vec![
            card("村内主街安装太阳能路灯", "Solar street lights on the main street"),
            card(
                "关于村内主干道硬化工程立项、资金筹措以及学校路段先行施工的决议",
                "Paving of the main village road, its funding, and the stretch by the school that is to be built first",
            ),
        ],
        posted_all: Some(say.count("全部正在公示的事项", "Everything on display", "5")),
        figures: figures(say),
        statistics: Some(say.link("全部统计数字", "All statistics", "statistics.html")),
        resolutions: rows(say, 4),
        resolutions_all: Some(say.count("全部决议", "All resolutions", "48")),
        places: places(say),
        places_all: Some(say.count("全部地方", "All places", "10")),
        categories: counts(say),
        kinds: vec![
            say.count("决议事项", "Matters", "48"),
            say.count("会议", "Meetings", "96"),
            say.count("财务公开", "Finance statements", "12"),
        ],
        due: due(say),
        due_all: Some(say.count("全部应公开事项", "Everything that is due", "9")),
        findings: FindingSummary {
            words: say.text("公开的记录中共有 3 处没有按程序办。", "Departures from procedure in the published records: 3."),
            href: "findings.html".into(),
            rules: vec![
                say.count("公示不少于十五天", "Posted for at least fifteen days", "2"),
                say.count("三种方式征求意见", "All three ways of consulting", "1"),
            ],
        },
    }
}

fn steps(say: Say) -> Vec<Step> {
    let titles = [
        ("collect", "集民意", "Collect", "两委成员、党员、村民代表", "Committee members, party members and delegates"),
        ("set-topic", "定议题", "Set the topic", "村党组织", "Village party organisation"),
        ("consult", "征意见", "Consult", "村党组织", "Village party organisation"),
        ("examine", "审议案", "Examine", "支委会、两委联席会", "Branch committee, joint meeting"),
        ("resolve", "成决议", "Resolve", "村民代表大会", "Village congress"),
        ("publicise", "广示之", "Publicise", "村民代表大会", "Village congress"),
        ("implement", "抓落实", "Implement", "村民委员会", "Village committee"),
        ("supervise", "严监督", "Supervise", "资深村民代表", "Veteran delegates"),
    ];
    let step = |i: usize| {
        let (id, zh, en, by_zh, by_en) = titles[i];
        let state = match i {
            2 => StepState::Skipped,
            i if i < 5 => StepState::Done,
            5 => StepState::UnderWay,
            _ => StepState::NotBegun,
        };
        let shown = matches!(state, StepState::Done | StepState::UnderWay);
        Step {
            id: format!("step-{id}"),
            number: (i + 1).to_string(),
            title: say.text(zh, en),
            state,
            by: say.text(by_zh, by_en),
            short: if shown { say.text("1月5日至20日", "5–20 Jan") } else { String::new() },
            dates: if shown { say.text("2026年1月5日至20日", "5 to 20 January 2026") } else { String::new() },
            note: if shown {
                String::new()
            } else {
                say.text(
                    "把实施方案提交村民代表大会审议通过，再按分工落实。",
                    "The plan goes to the congress for approval and is then carried out by task.",
                )
            },
            parts: if shown { parts(say, i) } else { vec![] },
        }
    };
    (0..8).map(step).collect()
}

fn parts(say: Say, step: usize) -> Vec<StepPart> {
    match step {
        0 => vec![StepPart {
            title: String::new(),
            date: None,
            days: String::new(),
            facts: say.facts(vec![
                say.fact(("走访农户", "186 户"), ("Households visited", "186")),
                say.linked(
                    "群众意见",
                    "Opinions",
                    vec![
                        say.link("2026 年第一季度第 1 条", "2026 Q1, no. 1", "opinions.html"),
                        say.link("第 2 条", "no. 2", "opinions.html"),
                    ],
                ),
            ]),
        }],
        3 => vec![
            StepPart {
                title: say.text("支委会讨论", "Branch committee"),
                date: Some(say.day(2, 10)),
                days: String::new(),
                facts: say.facts(vec![
                    say.linked("会议", "Meeting", vec![say.original("党支部委员会会议", "meeting.html")]),
                    say.quote("议案", "Motion", "安装 6 米太阳能路灯 40 盏，预算 9.6 万元。"),
                ]),
            },
            StepPart {
                title: say.text("专业人员论证", "Expert hearing"),
                date: Some(say.day(2, 25)),
                days: String::new(),
                facts: say.facts(vec![
                    say.quote("专家", "Experts", "县住建局照明工程师、县农经站会计师"),
                    say.quote("结论", "Conclusion", "技术可行，资金有保障，建议学校路段先行施工，灯具亮度可调。"),
                ]),
            },
        ],
        _ => vec![StepPart {
            title: String::new(),
            date: None,
            days: String::new(),
            facts: say.facts(vec![
                say.quote("可行性", "Feasibility", "主街长 1.2 公里，沿线无高压线路，太阳能路灯无需敷设电缆，后期电费为零。"),
                say.quote("方案", "Plan", "安装 6 米太阳能路灯 40 盏，预算 9.6 万元，由村集体经营收入列支。"),
            ]),
        }],
    }
}

fn matter(say: Say) -> MatterPage {
    let run = |change, text: &str| Run { change, text: text.into() };
    let task = |number: u32, what: &str, tag: Tag, done: Option<Date>| Task {
        id: format!("task-{number}"),
        what: what.into(),
        lang: say.zh(),
        owner: say.text("村民委员会", "Village committee"),
        lead: say.text("王某", "Wang"),
        owner_lang: None,
        standard: "三家以上比价".into(),
        due: Some(say.day(5, 31)),
        done,
        tag,
    };
    MatterPage {
        head: head(
            say,
            "村内主街安装太阳能路灯",
            "Solar street lights on the main street",
            (
                "主街安装路灯 40 盏，学校路段先行施工；预算 9.6 万元，不向村民收取费用。",
                "Forty lights on the main street, the stretch by the school first; 96,000 yuan, no charge to villagers.",
            ),
            Some(say.tag(Tone::Act, "公示中", "On display")),
        ),
        steps: steps(say),
        progress: say.text("共 8 步，正在第 6 步：广示之", "Step 6 of 8: Publicise"),
        procedure: say.link("八步工作法", "The eight steps", "procedure.html"),
        votes: vec![
            MeetingVote {
                meeting: say.original("第九届村民代表大会第三次会议", "meeting.html"),
                date: say.day(3, 18),
                attendance: Some(attendance(say)),
                items: vec![ItemVote {
                    matter: None,
                    ..item(say, 1, "安装 6 米亮度可调太阳能路灯 40 盏，学校路段 8 盏先行施工，预算 9.6 万元。", [38, 2, 1])
                }],
            },
            MeetingVote {
                meeting: say.original("第九届村民代表大会第四次会议", "meeting.html"),
                date: say.day(4, 10),
                attendance: None,
                items: vec![ItemVote {
                    matter: None, ..item(say, 1, "通过路灯安装实施方案并推选监督代表", [25, 12, 4])
                }],
            },
        ],
        proofs: vec![Proof {
            title: say.text("书面征求意见收回", "Written consultation"),
            met: Met::Met,
            words: say.text("送出 48 份，收回 45 份。", "48 sent, 45 returned."),
            bar: None,
            rule: None,
        }],
        body: body(say),
        files: files(say),
        versions: vec![
            Version {
                title: say.text("初步方案", "Preliminary plan"),
                date: Some(say.day(1, 26)),
                source: None,
                lang: say.zh(),
                runs: vec![run(Change::Kept, "安装 6 米太阳能路灯 40 盏，预算 9.6 万元，由村集体经营收入列支。")],
                change: String::new(),
            },
            Version {
                title: say.text("最终议案", "Final motion"),
                date: Some(say.day(3, 2)),
                source: Some(say.original("村“两委”联席会议", "meeting.html")),
                lang: say.zh(),
                runs: vec![
                    run(Change::Kept, "安装 6 米"),
                    run(Change::Added, "亮度可调"),
                    run(Change::Kept, "太阳能路灯 40 盏，"),
                    run(Change::Added, "学校路段 8 盏先行施工，"),
                    run(Change::Kept, "预算 9.6 万元"),
                    run(Change::Removed, "，由村集体经营收入列支"),
                    run(Change::Kept, "。"),
                ],
                change: say
                    .text("与上一稿相比，增加 16 字，删去 11 字", "Against the version before: 16 characters added, 11 removed"),
            },
        ],
        comments: vec![
            Comment {
                date: Some(say.day(3, 25)),
                text: "路灯间距能否缩短到 25 米？".into(),
                lang: say.zh(),
                reply: "间距按 30 米设计，学校路段为 25 米。".into(),
            },
            Comment { date: Some(say.day(3, 26)), text: "夜里几点熄灯？".into(), lang: say.zh(), reply: String::new() },
        ],
        tasks: vec![
            task(1, "询价与采购", say.tag(Tone::Done, "按期完成", "Done on time"), Some(say.day(5, 6))),
            task(2, "学校路段 8 盏安装", say.tag(Tone::Act, "已逾期", "Overdue"), None),
            task(3, "其余 32 盏安装", say.tag(Tone::Run, "办理中", "In progress"), None),
        ],
        tasks_words: say.text("共 3 项任务，已完成 1 项", "Tasks: 3, done: 1"),
        reports: vec![
            Report {
                date: say.day(5, 12),
                to: say.text("村党支部、村民代表大会", "Party branch, village congress"),
                summary: "采购完成，中标单价 2355 元。".into(),
                lang: say.zh(),
            },
            Report {
                date: say.day(6, 28),
                to: say.text("村党支部、村民代表大会", "Party branch, village congress"),
                summary: "40 盏全部亮灯，节余 1800 元，转入村集体账户。".into(),
                lang: say.zh(),
            },
        ],
        surveys: vec![survey_result(say)],
        findings: findings(say),
        findings_words: say.text("2 处没有按程序办", "Departures from procedure: 2"),
        not_shown: not_shown(say),
        rules_words: say.text("已核对 24 条规则，符合 21 条", "Rules checked: 24, kept: 21"),
        opinions: vec![OpinionSource {
            link: say.link("第 1 条", "No. 1", "opinions.html"),
            date: Some(say.day(1, 6)),
            channel: say.text("入户走访", "Household visit"),
            text: "主街晚上没有路灯，老人孩子出门不方便。".into(),
            lang: say.zh(),
            outcome: say.tag(Tone::Done, "列为议题", "Taken up"),
        }],
        posting: Some(posting(say)),
        facts: say.facts(facts(say)),
        related: related(say),
    }
}

fn facts(say: Say) -> Vec<Fact> {
    vec![
        say.linked("类别", "Category", vec![say.link("公益事业", "Public welfare", "list.html")]),
        say.fact(("预算", "96,000.00 元"), ("Budget", "¥96,000.00")),
        say.fact(("实际支出", "94,200.00 元"), ("Spent", "¥94,200.00")),
        say.fact(("监督", "赵某、孙某"), ("Supervisors", "Zhao, Sun")),
        say.linked(
            "适用规程",
            "Procedure",
            vec![say.link("八步工作法（2024年3月1日起）", "The eight steps (since 1 March 2024)", "procedure.html")],
        ),
    ]
}

fn survey_result(say: Say) -> SurveyResult {
    let answer = |zh: &str, en: &str, count: u64| Answer {
        label: say.text(zh, en),
        count: count.to_string(),
        share: format!("{}%", percent(count, 285)),
    };
    SurveyResult {
        question: "您对清河二桥改造工程是否满意？".into(),
        lang: say.zh(),
        ballots: say.text("发出 300 份，收回 288 份，有效 285 份", "300 issued, 288 returned, 285 valid"),
        response: say.text("回收率 96.0%（288 ÷ 300）", "Response rate 96.0% (288 ÷ 300)"),
        satisfied: say.text(
            "满意和基本满意占有效票的 97.2%（277 ÷ 285）",
            "97.2% of valid ballots satisfied or mostly satisfied (277 ÷ 285)",
        ),
        bar: Some(bar(&[(SegmentKind::Satisfied, 251), (SegmentKind::Mostly, 26), (SegmentKind::Dissatisfied, 8)], None)),
        answers: vec![
            answer("满意", "Satisfied", 251),
            answer("基本满意", "Mostly satisfied", 26),
            answer("不满意", "Dissatisfied", 8),
        ],
    }
}

fn meeting(say: Say) -> MeetingPage {
    let items = (1..=12)
        .map(|n| {
            let votes = if n % 5 == 2 { [25, 12, 4] } else { [41 - u64::from(n), u64::from(n) - 1, 1] };
            item(say, n, "安装 6 米亮度可调太阳能路灯 40 盏，学校路段 8 盏先行施工，预算 9.6 万元。", votes)
        })
        .collect();
    MeetingPage {
        head: head(
            say,
            "第九届村民代表大会第三次会议",
            "Third meeting of the ninth village congress",
            ("2026年3月18日 14:00 至 16:10，村部会议室", "18 March 2026, 14:00 to 16:10, village hall"),
            Some(say.tag(Tone::Act, "公示中", "On display")),
        ),
        proofs: vec![
            attendance(say),
            Proof {
                title: say.text("会前通知", "Notice"),
                met: Met::NotMet,
                words: say.text("3月13日通知，会前 5 天，应提前 10 天。", "Notice on 13 March, 5 days before; 10 are required."),
                bar: None,
                rule: Some(say.link("会前通知规则", "Notice rule", "rule.html")),
            },
            Proof {
                title: say.text("代表签名", "Signatures"),
                met: Met::NotShown,
                words: say.text("记录中没有写明签名人数。", "The record does not say how many signed."),
                bar: None,
                rule: None,
            },
        ],
        items,
        items_words: say.text("12 项议题，通过 9 项，未通过 3 项", "12 items: 9 passed, 3 rejected"),
        facts: say.facts(facts(say)),
        minutes: body(say),
        files: files(say),
        posting: Some(posting(say)),
        findings: findings(say),
        findings_words: say.text("2 处没有按程序办", "Departures from procedure: 2"),
        not_shown: vec![],
        rules_words: String::new(),
        related: related(say),
    }
}

fn opinions(say: Say) -> OpinionsPage {
    let opinion = |number: u32, text: &str, outcome: Tag, reason: &str, matter: Option<Link>| Opinion {
        id: format!("opinion-{number}"),
        number: number.to_string(),
        date: Some(say.day(1, 6)),
        channel: say.text("入户走访", "Household visit"),
        heard_by: say.text("村民代表", "Delegate"),
        category: say.text("基础设施", "Infrastructure"),
        category_lang: None,
        text: text.into(),
        lang: say.zh(),
        outcome,
        reason: reason.into(),
        matter,
    };
    let lights = || Some(say.link("村内主街安装太阳能路灯", "Solar street lights on the main street", "matter.html"));
    OpinionsPage {
        head: head(
            say,
            "2026 年第一季度群众意见",
            "Opinions, first quarter of 2026",
            (
                "共 4 条，列为议题 1 条，并案 1 条，未采纳 1 条，处理中 1 条。",
                "4 in all: 1 taken up, 1 merged, 1 declined, 1 pending.",
            ),
            None,
        ),
        outcomes: vec![
            say.count("列为议题", "Taken up", "1"),
            say.count("并案办理", "Merged", "1"),
            say.count("未采纳", "Declined", "1"),
        ],
        items: vec![
            opinion(1, "主街晚上没有路灯，老人孩子出门不方便。", say.tag(Tone::Done, "列为议题", "Taken up"), "", lights()),
            opinion(2, "建议在学校门口先装路灯。", say.tag(Tone::Done, "并案办理", "Merged"), "", lights()),
            opinion(
                3,
                "希望每周清运两次垃圾。",
                say.tag(Tone::Stop, "未采纳", "Declined"),
                "镇统一清运合同为每周一次，合同到期后重新商议。",
                None,
            ),
            opinion(4, "东片地块浇水难，希望打一眼机井。", say.tag(Tone::Run, "处理中", "Pending"), "", None),
        ],
        facts: say.facts(facts(say)),
        findings: vec![],
        findings_words: String::new(),
        not_shown: not_shown(say),
        rules_words: say.text("已核对 3 条规则，符合 3 条", "Rules checked: 3, kept: 3"),
    }
}

fn indicators(say: Say) -> Vec<Indicator> {
    [("实事项目完成率", "100%", "40"), ("任务按期完成率", "95%", "30"), ("群众满意率", "90%", "30")]
        .map(|(name, target, weight)| Indicator {
            name: name.into(),
            lang: say.zh(),
            href: "indicator.html".into(),
            target: target.into(),
            weight: weight.into(),
            width: format!("{weight}.0"),
        })
        .into()
}

fn grades(say: Say) -> Vec<Grade> {
    [("优秀", "90"), ("良好", "80"), ("合格", "60"), ("不合格", "0")]
        .map(|(name, from)| Grade {
            lang: None,
            name: name.into(),
            from: say.text(&format!("{from} 分以上"), &format!("{from} and above")),
        })
        .into()
}

fn cycles(say: Say) -> Vec<CycleRow> {
    let cell = |text: String, tag: Tag| CycleCell {
        text,
        href: if tag.tone == Tone::Done { "assessment.html".into() } else { String::new() },
        day: (tag.tone == Tone::Done).then(|| say.day(10, 8)),
        tag,
    };
    vec![CycleRow {
        cycle: say.text("月督查", "Monthly inspection"),
        words: say.text("到期 9 次，已公布 8 次，缺 1 次", "9 due, 8 published, 1 missing"),
        rule: Some(say.link("《五环工作法》第五环“考”", "Five-ring method, ring 5", "rule.html")),
        cells: (1..=12)
            .map(|m| {
                let tag = match m {
                    1..9 => say.tag(Tone::Done, "已公布", "Published"),
                    9 => say.tag(Tone::Act, "缺", "Missing"),
                    _ => say.tag(Tone::Idle, "未到期", "To come"),
                };
                cell(say.text(&format!("{m} 月"), &format!("Month {m}")), tag)
            })
            .collect(),
    }]
}

fn contract(say: Say) -> ContractPage {
    ContractPage {
        head: head(say, "2026 年度实绩考核目标责任书", "Contract of targets 2026", ("", ""), None),
        facts: say.facts(facts(say)),
        indicators: indicators(say),
        weights: say.text("权重合计 40 ＋ 30 ＋ 30 ＝ 100", "Weights: 40 + 30 + 30 = 100"),
        grades: grades(say),
        calendar: cycles(say),
        body: body(say),
        files: vec![],
        findings: vec![],
        findings_words: String::new(),
        not_shown: vec![],
        rules_words: say.text("已核对 2 条规则，符合 2 条", "Rules checked: 2, kept: 2"),
        related: related(say),
    }
}

fn assessment(say: Say) -> AssessmentPage {
    let result =
        |rank: &str, subject: &str, scores: [&str; 3], total: &str, width: &str, tone: Tone, grade: &str| AssessmentResult {
            rank: rank.into(),
            subject: subject.into(),
            lang: say.zh(),
            scores: scores.map(|p| Score { points: p.into(), actual: "98%".into() }).into(),
            total: total.into(),
            width: width.into(),
            sum: format!("{} = {total}", scores.join(" + ")),
            grade_lang: None,
            grade: Tag { tone, text: grade.into() },
        };
    AssessmentPage {
        head: head(say, "九月督查", "Inspection of September", ("", ""), Some(say.tag(Tone::Done, "已公布", "Published"))),
        facts: say.facts(facts(say)),
        indicators: indicators(say),
        full: say.text("满分 100", "of 100"),
        results: vec![
            result("1", "镇村建所", ["40", "29", "28"], "97", "97.0", Tone::Done, "优秀"),
            result("2", "镇民政所", ["38", "30", "28.5"], "96.5", "96.5", Tone::Done, "优秀"),
            result("3", "镇农业站", ["36", "27", "26"], "89", "89.0", Tone::Run, "良好"),
        ],
        method: vec![
            say.text(
                "每项得分不超过该项权重，总分为各项得分之和。",
                "A score is at most its weight; the total is the sum of the scores.",
            ),
            say.text("按总分从高到低排名，总分相同的名次相同。", "Ranks follow the totals; equal totals share a rank."),
        ],
        grades: grades(say),
        uses: vec![ResultUse {
            subject: "镇村建所".into(),
            purpose: say.text("奖励", "Reward"),
            detail: "通报表扬".into(),
            link: None,
        }],
        body: Prose { html: String::new(), lang: None },
        files: files(say),
        findings: vec![],
        findings_words: String::new(),
        not_shown: vec![],
        rules_words: say.text("已核对 4 条规则，符合 4 条", "Rules checked: 4, kept: 4"),
        related: related(say),
        published: Some(say.date(2026, 10, 8)),
    }
}

fn coverage(say: Say) -> CoveragePage {
    let mark = Some((862, "862".to_owned()));
    CoveragePage {
        lead: say.text("推行八步工作法：957 个村中的 834 个", "Coverage: 834 of 957"),
        bar: bar(&[(SegmentKind::Present, 834), (SegmentKind::Absent, 123)], mark),
        facts: say.facts(facts(say)),
        definition: say.text("已采用的村数除以全部村数。", "Villages that have adopted it, out of all."),
        parts: vec![CoveragePart {
            place: say.link("清河镇", "Qinghe Township", "area.html"),
            adopted: "3".into(),
            of: "4".into(),
            missing: "1".into(),
            share: "75.0%".into(),
            width: "75.0".into(),
        }],
        missing_words: say.text("123 个没有采用；还要 28 个", "123 have not adopted it; 28 more are needed"),
        missing: vec![CoverageRow {
            place: say.link("西林村", "Xilin Village", "area.html"),
            above: Some(say.link("清河镇", "Qinghe Township", "area.html")),
            note: say.text("2026 年 12 月 1 日起采用", "from 1 December 2026"),
        }],
        pager: Some(pager(say)),
    }
}

/// A unit that is a body of the site, and one that nobody knows.
fn units(say: Say) -> [Link; 2] {
    [say.original("镇村建所", "area.html"), Link { text: "镇农业站".into(), href: String::new(), lang: say.zh() }]
}

fn assessors(say: Say) -> AssessorList {
    AssessorList {
        lead: say.text("共 1 个地方开展考核", "Places that assess: 1"),
        rows: vec![AssessorRow {
            place: say.link("清河镇", "Qinghe Township", "area.html"),
            level: say.text("乡镇", "Township"),
            years: vec![AssessorYear {
                link: say.link("2026 年", "2026", "assessment-year.html"),
                words: say.text("到期 15 次，已公布 14 次，缺 1 次", "15 due, 14 published, 1 missing"),
                width: percent(14, 15),
                tone: Tone::Act,
                tables: vec![say.link("月督查", "Monthly inspection", "league.html")],
            }],
        }],
        lists: counts(say),
        pager: Some(pager(say)),
    }
}

fn assessment_year(say: Say) -> AssessmentYear {
    AssessmentYear {
        title: say.text("清河镇 2026 年考核", "Qinghe Township 2026: assessments"),
        lead: say.text("到期 15 次，已公布 14 次，缺 1 次", "15 due, 14 published, 1 missing"),
        place: say.link("清河镇", "Qinghe Township", "area.html"),
        calendar: cycles(say),
        method: vec![say.text("一年应有月督查十二次。", "A year has twelve monthly inspections.")],
        tables: vec![TableLink {
            link: say.link("月督查", "Monthly inspection", "league.html"),
            period: say.text("2026 年 10 月", "October 2026"),
            units: say.text("共 3 个单位", "Units: 3"),
            first: units(say).into(),
            total: "93.5".into(),
        }],
        contracts: vec![ContractLink {
            link: say.original("2026 年度实绩考核目标责任书", "contract.html"),
            words: "清河镇党委考核 3 个单位".into(),
            lang: say.zh(),
            indicators: counts(say),
        }],
        uses: vec![say.count("结果运用与测评", "Use of results, surveys", "4")],
        years: counts(say),
    }
}

fn league(say: Say) -> LeagueTables {
    let change = |mark: &str, way: Way, zh: &str, en: &str| RankChange { mark: mark.into(), words: say.text(zh, en), way };
    let row = |rank: &str, at: usize, total: &str, change: RankChange| LeagueRow {
        rank: rank.into(),
        tied: if rank == "1" { say.text("并列", "tied") } else { String::new() },
        unit: units(say)[at].clone(),
        total: total.into(),
        width: format!("{total}.0"),
        grade: Tag { tone: Tone::Done, text: "优秀".into() },
        grade_lang: say.zh(),
        change,
        difference: "+1.5".into(),
    };
    LeagueTables {
        title: say.text("清河镇 2026 年月督查排名", "Qinghe Township 2026: ranks, Monthly inspection"),
        lead: say.text("9 期，每期 3 个单位", "Periods: 9; units in each: 3"),
        tables: vec![LeagueTable {
            id: "table-2026-10".into(),
            title: say.text("2026 年 10 月", "October 2026"),
            record: say.original("十月督查", "assessment.html"),
            tag: say.tag(Tone::Done, "已公布", "Published"),
            published: Some(say.day(11, 9)),
            units: say.text("共 3 个单位", "Units: 3"),
            compared: say.text("名次变化与 2026 年 9 月相比。", "Changes are against September 2026."),
            weights: "满分 100：实事项目完成率 40、任务按期完成率 30、群众满意率 30".into(),
            weights_lang: say.zh(),
            method: "按责任书逐项计分。".into(),
            method_lang: say.zh(),
            rows: vec![
                row("1", 0, "93", change("▲2", Way::Up, "上升 2 名，上一期第 3 名", "up 2, rank 3 last time")),
                row("1", 1, "93", change("▼1", Way::Down, "下降 1 名，上一期第 1 名", "down 1, rank 1 last time")),
                row("3", 0, "91", change("–", Way::Same, "名次不变", "unchanged")),
                row("4", 1, "90", change("新", Way::New, "上一期没有结果", "no result last time")),
                row("5", 1, "89", change("", Way::None, "没有可比的上一期", "nothing to compare with")),
            ],
        }],
        method: vec![say.text("总分相同的名次并列。", "Equal totals share a rank.")],
        sheets: counts(say),
        years: counts(say),
        pager: Some(pager(say)),
    }
}

fn indicator(say: Say) -> IndicatorPage {
    let value = |points: &str, actual: &str| IndicatorValue { points: points.into(), actual: actual.into() };
    IndicatorPage {
        title: "实事项目完成率，2026 年".into(),
        lang: say.zh(),
        lead: say.text("13 次考核，3 个单位", "Assessments: 13; units: 3"),
        facts: say.facts(facts(say)),
        cycles: vec![IndicatorCycle {
            id: "monthly".into(),
            title: say.text("月督查", "Monthly inspection"),
            periods: vec![say.link("1 月", "Jan", "assessment.html"), say.link("2 月", "Feb", "assessment.html")],
            rows: units(say).map(|unit| UnitValues { unit, values: vec![value("38", "95%"), value("", "")] }).into(),
        }],
        method: vec![say.text("空格是没有结果。", "An empty cell has no result.")],
        others: counts(say),
        years: counts(say),
        pager: Some(pager(say)),
    }
}

fn result_uses(say: Say) -> ResultUses {
    let survey = |satisfied: String, withheld: bool| SurveyRow {
        record: say.link("政务大厅满意度测评", "Survey of the service hall", "survey.html"),
        place: Some(say.link("清河镇", "Qinghe Township", "area.html")),
        date: Some(say.day(6, 26)),
        valid: "296".into(),
        response: "301 ÷ 320 = 94.1%".into(),
        satisfied,
        withheld,
    };
    ResultUses {
        title: say.text("清河镇 2026 年考核结果运用", "Qinghe Township 2026: what results were used for"),
        lead: say.text("结果运用 2 项，满意度测评 2 次", "Uses of results: 2; satisfaction surveys: 2"),
        counts: say.facts(facts(say)),
        uses: units(say)
            .map(|unit| UseRow {
                unit,
                purpose: say.text("奖励", "Reward"),
                detail: "通报表扬".into(),
                detail_lang: say.zh(),
                record: Some(say.original("上半年综合分析", "assessment.html")),
            })
            .into(),
        surveys: vec![
            survey("285 ÷ 296 = 96.3%".into(), false),
            survey(say.text("有效票不足 10 份，不公布", "Fewer than 10 valid ballots: not shown"), true),
        ],
        method: vec![say.text("回收率是收回份数除以发出份数。", "The response rate is ballots returned out of ballots issued.")],
        sheets: counts(say),
        pager: Some(pager(say)),
    }
}

fn finance(say: Say) -> FinancePage {
    let total = |zh: &str, en: &str, amount: &str, sign: &str, width: &str| Total {
        label: say.text(zh, en),
        amount: amount.into(),
        sign: sign.into(),
        width: width.into(),
    };
    let entry = |id: &str, item: &str, basis: &str, amount: &str, link: Option<Link>| Entry {
        id: id.into(),
        date: Some(say.day(1, 15)),
        item: item.into(),
        lang: say.zh(),
        basis: basis.into(),
        link,
        amount: amount.into(),
    };
    FinancePage {
        head: head(
            say,
            "2026 年第一季度财务收支",
            "Finance, first quarter of 2026",
            ("", ""),
            Some(say.tag(Tone::Done, "已审核", "Verified")),
        ),
        equation: say.text(
            "期初 182,340.50 ＋ 收入 76,000.00 － 支出 13,800.00 ＝ 期末 244,540.50",
            "Opening 182,340.50 + income 76,000.00 − expenditure 13,800.00 = closing 244,540.50",
        ),
        balanced: Met::Met,
        totals: vec![
            total("期初结余", "Opening balance", "182,340.50", "", "74.6"),
            total("收入", "Income", "76,000.00", "+", "31.1"),
            total("支出", "Expenditure", "13,800.00", "−", "5.6"),
            total("期末结余", "Closing balance", "244,540.50", "=", "100.0"),
        ],
        sections: vec![
            Ledger {
                title: say.text("收入", "Income"),
                entries: vec![
                    entry("income-1", "机动地承包费", "承包合同 2024-07", "46,000.00", None),
                    entry("income-2", "上级转移支付", "镇财政拨款通知", "30,000.00", None),
                ],
                total: "76,000.00".into(),
            },
            Ledger {
                title: say.text("支出", "Expenditure"),
                entries: vec![
                    entry("expenditure-1", "村部取暖煤", "村委会会议 2026-01-20", "8,600.00", None),
                    entry(
                        "expenditure-2",
                        "村内道路清雪",
                        "镇清雪任务书",
                        "5,200.00",
                        Some(say.link("关于清雪费用的质询", "Inquiry about snow clearing", "inquiry.html")),
                    ),
                ],
                total: "13,800.00".into(),
            },
        ],
        facts: say.facts(facts(say)),
        body: Prose { html: String::new(), lang: None },
        files: files(say),
        posting: Some(posting(say)),
        findings: vec![],
        findings_words: String::new(),
        not_shown: vec![],
        rules_words: say.text("已核对 5 条规则，符合 5 条", "Rules checked: 5, kept: 5"),
        related: related(say),
    }
}

fn inquiry(say: Say) -> InquiryPage {
    let step =
        |zh: &str, en: &str, date: Option<Date>, tag: Tag| Milestone { label: say.text(zh, en), date, note: String::new(), tag };
    InquiryPage {
        head: head(
            say,
            "关于清雪费用的质询",
            "Inquiry about the cost of snow clearing",
            ("", ""),
            Some(say.tag(Tone::Done, "已答复", "Answered")),
        ),
        course: vec![
            step("提出质询", "Asked", Some(say.day(4, 10)), say.tag(Tone::Done, "已完成", "Done")),
            step("答复", "Answered", Some(say.day(4, 16)), say.tag(Tone::Done, "按期", "On time")),
            step("提问人意见", "The asker", None, say.tag(Tone::Idle, "未写明", "Not stated")),
        ],
        body: body(say),
        files: vec![],
        facts: say.facts(facts(say)),
        findings: vec![],
        findings_words: String::new(),
        not_shown: vec![],
        rules_words: String::new(),
        related: related(say),
    }
}

fn case(say: Say) -> CasePage {
    CasePage {
        head: head(
            say,
            "一盏灯的八步路",
            "Eight steps to a street light",
            ("从两条意见到四十盏路灯，新民村用了 171 天。", "From two opinions to forty lights in 171 days."),
            None,
        ),
        body: body(say),
        files: files(say),
        facts: say.facts(facts(say)),
        findings: vec![],
        findings_words: String::new(),
        not_shown: vec![],
        rules_words: String::new(),
        related: related(say),
    }
}

fn disclosure(say: Say) -> DisclosurePage {
    DisclosurePage {
        head: head(
            say,
            "2026 年第一季度低保对象名单",
            "Recipients of the subsistence allowance, first quarter of 2026",
            ("", ""),
            Some(say.tag(Tone::Act, "公示中", "On display")),
        ),
        body: body(say),
        files: files(say),
        facts: say.facts(facts(say)),
        posting: Some(posting(say)),
        findings: findings(say),
        findings_words: say.text("2 处没有按程序办", "Departures from procedure: 2"),
        not_shown: vec![],
        rules_words: String::new(),
        related: related(say),
    }
}

fn member(say: Say, no: u32) -> Member {
    let tones = [Tone::Done, Tone::Idle, Tone::Stop];
    Member {
        id: format!("delegate-{no}"),
        no: no.to_string(),
        name: ["李某", "欧阳某", "阿某", "吴某"][no as usize % 4].into(),
        lang: say.zh(),
        note: say.text("主席、女、党员", "chair, female, party member"),
        service: if no == 3 { say.text("2025年6月1日起：补选", "from 1 June 2025: by-election") } else { String::new() },
        group: "第一村民小组".into(),
        group_lang: say.zh(),
        households: (5 + no % 11).to_string(),
        visits: say.text("走访 4 次、38 户次", "4 visits, 38 households"),
        opinions: no.to_string(),
        attendance: "7 / 8".into(),
        review: Some(say.tag(tones[no as usize % 3], "优秀", "Excellent")),
        review_note: say.text("2025 年、94.5 分", "2025, 94.5 points"),
    }
}

fn delegates(say: Say) -> DelegatesPage {
    let grade = |zh: &str, count: u64| GradeCount {
        grade: zh.into(),
        lang: say.zh(),
        count: count.to_string(),
        width: percent(count, 43),
        share: format!("{count} ÷ 43 = {}%", percent(count, 43)),
    };
    DelegatesPage {
        head: head(say, "第九届村民代表名册", "Delegates of the ninth congress", ("", ""), None),
        figures: figures(say),
        proofs: vec![Proof { bar: None, ..attendance(say) }],
        members: (1..=12).map(|no| member(say, no)).collect(),
        totals: MemberTotals {
            members: say.text("48 人", "48 people"),
            households: "412".into(),
            visits: say.text("走访 168 次、1,604 户次", "168 visits, 1,604 households"),
            opinions: "212".into(),
            attendance: "348 ÷ 384 = 90.6%".into(),
        },
        reviews: vec![ReviewYear {
            year: say.text("2025 年", "2025"),
            words: say.text("考核 43 人、平均 86.2 分", "43 assessed, mean 86.2 points"),
            grades: vec![grade("优秀", 9), grade("合格", 33), grade("不合格", 1)],
            measures: vec![Measure {
                delegate: say.link("7 号 李某", "No. 7 Li", "#delegate-7"),
                tag: say.tag(Tone::Stop, "惩戒", "Penalty"),
                what: "诫勉谈话".into(),
                reason: "全年没有走访联系户，会议缺席五次。".into(),
                lang: say.zh(),
            }],
        }],
        facts: say.facts(facts(say)),
        body: body(say),
        files: files(say),
        findings: findings(say),
        findings_words: say.text("2 处没有按程序办", "2 departures from the procedure"),
        not_shown: vec![],
        rules_words: say.text("已核对 6 条规则，符合 4 条", "6 rules checked, 4 kept"),
        related: related(say),
    }
}

fn candidate(say: Say, votes: u64, elected: bool) -> CandidateRow {
    let parts = [(SegmentKind::Voted, votes), (SegmentKind::NotVoted, 1009 - votes)];
    CandidateRow {
        name: "王某".into(),
        lang: say.zh(),
        note: say.text("主任、女、第二村民小组", "Director, female, group 2"),
        votes: votes.to_string(),
        share: format!("{votes} ÷ 1,009 = {}%", percent(votes, 1009)),
        bar: bar(&parts, Some((505, say.text("需 505 票", "505 needed")))),
        words: say.text("参加投票的村民 1,009 人，过半数需 505 票，得票 612 票，达到", "more than half of 1,009 is 505: reached"),
        tag: if elected { say.tag(Tone::Done, "当选", "Elected") } else { say.tag(Tone::Idle, "未当选", "Not elected") },
    }
}

fn group_row(say: Say, group: &str) -> GroupRow {
    GroupRow {
        group: group.into(),
        lang: say.zh(),
        seats: "8".into(),
        registered: "190".into(),
        issued: "171".into(),
        returned: "168".into(),
        turnout: "88.4%".into(),
        width: "88.4".into(),
    }
}

fn election(say: Say) -> ElectionPage {
    let turnout = [(SegmentKind::Voted, 1009), (SegmentKind::NotVoted, 111)];
    let recall = [(SegmentKind::For, 498), (SegmentKind::Against, 480), (SegmentKind::Invalid, 31)];
    let tag = say.tag(Tone::Run, "部分选出", "Partly elected");
    ElectionPage {
        head: head(say, "第九届村民委员会选举", "Election of the ninth village committee", ("", ""), Some(tag)),
        reason: "两名委员候选人得票没有过半数。".into(),
        reason_lang: say.zh(),
        proofs: vec![
            Proof { bar: Some(bar(&turnout, Some((561, say.text("至少 561 人", "at least 561"))))), ..attendance(say) },
            Proof { bar: None, ..attendance(say) },
        ],
        turnout: Some(bar(&turnout, None)),
        ballots: say.text("登记 1,120 人、发出 1,015 张、收回 1,009 张", "1,120 registered, 1,015 issued, 1,009 returned"),
        candidates: vec![candidate(say, 612, true), candidate(say, 301, false)],
        candidates_words: say.text("应选 5 人，当选 3 人", "3 elected to 5 seats"),
        groups: vec![group_row(say, "第一村民小组"), group_row(say, "第二村民小组")],
        groups_total: Some(group_row(say, "合计")),
        recall: Some(RecallVote {
            facts: say.facts(facts(say)),
            reason: "一年没有公布账目。".into(),
            reason_lang: say.zh(),
            defence: "账目已经补公布。".into(),
            defence_lang: say.zh(),
            bar: bar(&recall, Some((505, say.text("需 505 票", "505 needed")))),
        }),
        course: inquiry(say).course,
        facts: say.facts(facts(say)),
        body: body(say),
        files: files(say),
        posting: Some(posting(say)),
        findings: findings(say),
        findings_words: say.text("2 处没有按程序办", "2 departures from the procedure"),
        not_shown: vec![],
        rules_words: say.text("已核对 8 条规则，符合 6 条", "8 rules checked, 6 kept"),
        related: related(say),
    }
}

fn survey(say: Say) -> SurveyPage {
    let few = SurveyResult { bar: None, answers: vec![], satisfied: String::new(), ..survey_result(say) };
    SurveyPage {
        head: head(say, "2026 年上半年群众满意度测评", "Satisfaction survey, first half of 2026", ("", ""), None),
        results: vec![survey_result(say), few],
        method: vec![
            say.text("无记名填写，由村民代表收回并当场清点。", "Filled in anonymously; collected and counted by delegates."),
        ],
        facts: say.facts(facts(say)),
        body: Prose { html: String::new(), lang: None },
        files: vec![],
        findings: vec![],
        findings_words: String::new(),
        not_shown: vec![],
        rules_words: String::new(),
        related: related(say),
    }
}

fn catalogue(say: Say) -> CataloguePage {
    let row = |id: &str, zh: &str, en: &str, latest: bool| CatalogueRow {
        id: format!("item-{id}"),
        title: say.text(zh, en),
        lang: None,
        note: say.text("财务、资金往来", "financial affairs, accounts"),
        basis: "《中华人民共和国村民委员会组织法》（2025 年修订）第三十五条".into(),
        basis_lang: say.zh(),
        cadence: say.text("每季度，期满后 15 天内", "quarterly, within 15 days of the end of the period"),
        responsible: say.text("村民委员会", "Village committee"),
        ways: say.text("公开栏、广播", "notice board, loudspeaker"),
        places: say.text("4 个地方", "4 places"),
        latest: latest.then(|| Latest {
            link: say.link("2026 年第三季度财务", "Accounts, Q3 2026", "finance.html"),
            place: Some(say.link("新民村", "Xinmin Village", "area.html")),
            date: say.day(10, 12),
        }),
    };
    CataloguePage {
        head: head(say, "清河镇村级公开目录（2026 年）", "Disclosure catalogue of the villages, 2026", ("", ""), None),
        facts: say.facts(facts(say)),
        items: vec![
            row("finance", "收支和结余", "Income, expenditure and balance", true),
            row("forest", "林木采伐指标的分配方案和结果", "Logging quotas: how they are shared out", false),
        ],
        body: Prose { html: String::new(), lang: None },
        files: vec![],
        findings: vec![],
        findings_words: String::new(),
        not_shown: vec![],
        rules_words: String::new(),
        related: related(say),
    }
}

fn programme(say: Say) -> ProgrammePage {
    let indicator = |id: &str, zh: &str, en: &str, actual: &str, tone: Tone| IndicatorRow {
        id: format!("indicator-{id}"),
        name: say.text(zh, en),
        lang: None,
        note: say.text("镇民政办、每季度", "civil affairs office, quarterly"),
        target: say.text("不低于 862 个", "at least 862 villages"),
        by: say.day(12, 31),
        actual: actual.into(),
        date: (!actual.is_empty()).then(|| say.day(9, 30)),
        share: (!actual.is_empty()).then(|| TargetShare {
            words: say.text(
                "基数 720 个，应增加 142 个，已增加 114 个，完成 80.3%",
                "from 720 villages, to add 142 villages; done 114 villages, 80.3%",
            ),
            width: "80.3".into(),
            tone,
        }),
        tag: Tag { tone, text: say.text("推进中", "Under way") },
    };
    let reported = |month: u32, day: u32, value: &str, note: bool| ReportedRow {
        indicator: say.link("采用八步工作法的村", "Villages that work by the eight steps", "#indicator-villages"),
        date: say.day(month, day),
        value: value.into(),
        target: say.text("862 个", "862 villages"),
        share: "80.3%".into(),
        note: if note { "抚远镇三个村推迟到第四季度".into() } else { String::new() },
        note_lang: if note { say.zh() } else { None },
    };
    ProgrammePage {
        head: head(say, "五项工程一个攻坚（2026 年）", "Five projects and one campaign, 2026", ("", ""), None),
        facts: say.facts(facts(say)),
        projects: vec![
            ProjectBlock {
                id: "project-democracy".into(),
                title: say.text("“五环·八步”基层民主建设工程", "Democracy by the five rings and eight steps"),
                lang: None,
                note: say.text("镇民政办；预算 480,000.00 元", "civil affairs office; budget CNY 480,000.00"),
                indicators: vec![
                    indicator("villages", "采用八步工作法的村", "Villages that work by the eight steps", "834", Tone::Run),
                    indicator("unanswered", "超期没有结果的意见", "Opinions without an outcome", "", Tone::Idle),
                ],
                matters: vec![say.link("清河二桥改造工程", "Rebuilding the second bridge", "matter.html")],
            },
            ProjectBlock {
                id: "project-".into(),
                title: say.text("整个工程", "The whole programme"),
                lang: None,
                note: String::new(),
                indicators: vec![indicator("satisfaction", "群众满意率", "Satisfaction", "88.4%", Tone::Stop)],
                matters: vec![],
            },
        ],
        history: vec![reported(9, 30, "834", true), reported(6, 30, "801", false)],
        body: Prose { html: String::new(), lang: None },
        files: vec![],
        findings: vec![],
        findings_words: String::new(),
        not_shown: vec![],
        rules_words: String::new(),
        related: related(say),
    }
}

fn area(say: Say) -> AreaPage {
    let group = |id: &str, zh: &str, en: &str| AreaGroup {
        id: id.into(),
        title: say.text(zh, en),
        all: say.count("全部", "All", "12"),
        rows: rows(say, 3),
    };
    AreaPage {
        head: head(say, "新民村", "Xinmin Village", ("", ""), None),
        facts: say.facts(facts(say)),
        figures: figures(say),
        statistics: Some(say.link("全部统计数字", "All statistics", "statistics.html")),
        posted_words: say.text("正在公示 30 件，先列期满最早的 24 件。", "30 on display; the 24 that end first are listed."),
        posted: vec![AreaPosting { row: row(say, 2), posting: posting(say) }],
        bodies: vec![
            Body {
                id: "body-congress".into(),
                name: "新民村村民代表大会".into(),
                lang: say.zh(),
                class: say.text("村民代表大会", "Village congress"),
                role: say.text("决策并监督", "Decides and supervises"),
                members: say.text("48 人，其中妇女 17 人", "48, of them 17 women"),
                term: say.text("2024年1月10日至2029年1月9日", "10 January 2024 to 9 January 2029"),
                posts: vec![Person {
                    role: say.text("主席", "Chair"),
                    name: say.text("李某", "Li"),
                    since: say.text("2024年1月10日起", "since 10 January 2024"),
                }],
                meetings: Some(say.count("会议", "Meetings", "4")),
                records: vec![
                    say.link("代表名册", "Roster", "delegates.html"),
                    say.link("主席选举", "Election", "election.html"),
                ],
            },
            Body {
                id: "body-committee".into(),
                name: "新民村村民委员会".into(),
                lang: say.zh(),
                class: say.text("村民委员会", "Village committee"),
                role: say.text("负责落实", "Carries out"),
                members: say.text("5 人", "5"),
                term: String::new(),
                posts: vec![],
                meetings: None,
                records: vec![],
            },
        ],
        proofs: vec![Proof {
            title: say.text("妇女代表比例", "Share of women"),
            met: Met::Met,
            words: say
                .text("代表 48 人，三分之一为 16 人，妇女代表 17 人，达到。", "48 delegates; a third are 16; 17 are women: met."),
            bar: None,
            rule: None,
        }],
        places: places(say),
        groups: vec![group("matters", "决议事项", "Matters"), group("meetings", "会议", "Meetings")],
        matrix: Some(AreaMatrix {
            words: say.text("应完成 12 项次，已完成 11 项次", "12 were due, 11 done"),
            items: vec![AreaItem {
                title: say.text("公布财务", "Accounts disclosed"),
                lang: None,
                cell: matrix_share(say, &[MatrixState::Done, MatrixState::Late, MatrixState::Overdue, MatrixState::Due]),
            }],
            all: say.link("2026 年定期事项完成情况", "Regular duties in 2026", "matrix.html"),
        }),
        due: due(say),
        due_all: Some(say.count("全部到期和逾期事项", "All that is due", "12")),
        findings: findings(say),
        findings_words: say.text("2 处没有按程序办", "Departures from procedure: 2"),
        findings_all: Some(say.count("全部程序问题", "All departures", "3")),
        body: Prose { html: String::new(), lang: None },
    }
}

fn pager(say: Say) -> Pager {
    let page = |number: &str, current: bool| PageLink { number: number.into(), href: "list.html".into(), current };
    Pager {
        words: say.text("第 2 页，共 8 页", "Page 2 of 8"),
        previous: "list.html".into(),
        next: "list.html".into(),
        pages: vec![page("1", false), page("2", true), page("3", false), page("", false), page("8", false)],
    }
}

fn list(renderer: &Renderer, say: Say) -> List {
    let columns = Columns { kind: true, place: true, date: true, vote: false, progress: true, tag: true };
    let rows: String = rows(say, 14)
        .into_iter()
        .map(|row| renderer.part(&ListRow { row, columns: Shared::new(columns) }).unwrap_or_else(|e| panic!("{e}")))
        .map(|written| in_list(&written, "", columns))
        .collect();
    List {
        title: say.text("新民村 2026 年的决议事项", "Matters of Xinmin Village in 2026"),
        lead: say.text("共 312 件，按日期从新到旧排列", "312 in all, the newest first"),
        rows: rows.into(),
        columns,
        facets: vec![
            Facet { title: say.text("按类别", "By category"), items: shown(renderer, &counts(say)).into() },
            Facet {
                title: say.text("按年份", "By year"),
                items: shown(renderer, &[say.count("2026 年", "2026", "48"), say.count("2025 年", "2025", "96")]).into(),
            },
        ],
        pager: Some(pager(say)),
    }
}

fn archive(say: Say) -> Archive {
    let month = |m: u64| ArchiveMonth {
        month: CountLink {
            href: if m == 9 { String::new() } else { "list.html".into() },
            ..say.count(&format!("{m} 月"), &format!("Month {m}"), &(m * 7 % 9).to_string())
        },
        width: percent(m * 7 % 9, 8),
    };
    Archive {
        title: say.text("按日期查找", "By date"),
        lead: say.text("2024年3月以来的 1,204 件记录", "1,204 records since March 2024"),
        years: [2026, 2025]
            .map(|y| ArchiveYear {
                id: format!("year-{y}"),
                year: say.count(&format!("{y} 年"), &y.to_string(), "602"),
                months: (1..=12).map(month).collect(),
            })
            .into(),
    }
}

fn browse(say: Say) -> Browse {
    let group = |id: &str, zh: &str, en: &str| BrowseGroup {
        id: id.into(),
        title: say.text(zh, en),
        note: say.text("由上到下按件数排列。", "The fullest first."),
        items: counts(say),
        all: Some(say.count("全部", "All", "12")),
    };
    Browse {
        lead: say.text("共 1,204 件记录", "1,204 records"),
        groups: vec![
            group("by-place", "按地方", "By place"),
            group("by-category", "按类别", "By category"),
            group("by-step", "按步骤", "By step"),
            group("by-kind", "按种类", "By kind"),
            group("by-outcome", "按结果", "By outcome"),
        ],
    }
}

fn place_tree(say: Say) -> Places {
    let node = |zh: &str, en: &str, level: (&str, &str), children| PlaceNode {
        place: say.count(zh, en, "312"),
        level: say.text(level.0, level.1),
        share: place(say, zh, en, 7, 8).share,
        children,
    };
    let villages = || {
        vec![
            node("新民村", "Xinmin Village", ("村", "Village"), vec![]),
            node("永安村", "Yong'an Village", ("村", "Village"), vec![]),
        ]
    };
    Places {
        lead: say.text("1 个乡镇，2 个村", "1 township, 2 villages"),
        figures: Some(figures(say)),
        tree: vec![node(
            "佳木斯市",
            "Jiamusi",
            ("市", "City"),
            vec![node("清河镇", "Qinghe Township", ("乡镇", "Township"), villages())],
        )],
    }
}

fn rule_row(say: Say) -> RuleRow {
    RuleRow {
        link: say.link("到会人数", "Quorum", "rule.html"),
        id: "eight-step/quorum".into(),
        threshold: say.text("实到代表 ≥ 全体代表的 2/3", "present ≥ 2/3 of all delegates"),
        severity: say.tag(Tone::Stop, "不予发布", "Stops publication"),
        basis: say.text("八步工作法第五步", "Eight steps, step 5"),
        findings: Some(say.count("记录", "records", "2")),
    }
}

fn procedure(say: Say) -> ProcedurePage {
    let step = |n: u32, zh: &str, en: &str| ProcedureStep {
        id: format!("step-{n}"),
        number: n.to_string(),
        title: say.text(zh, en),
        by: say.text("村民代表大会", "Village congress"),
        note: say.text("到会代表不少于三分之二，逐项投票表决。", "At least two thirds present; each item voted separately."),
        rules: if n == 2 { vec![] } else { vec![rule_row(say), rule_row(say)] },
        matters: Some(say.count("正在这一步的事项", "Matters at this step", "3")),
    };
    ProcedurePage {
        head: head(
            say,
            "八步工作法",
            "The eight steps",
            ("村级重大事项从听取意见到监督落实的八个步骤。", "From hearing opinions to supervising the work, in eight steps."),
            None,
        ),
        facts: say.facts(facts(say)),
        steps: vec![step(1, "集民意", "Collect"), step(2, "定议题", "Set the topic"), step(3, "征意见", "Consult")],
        others: vec![rule_row(say)],
        places: counts(say),
    }
}

fn procedures(say: Say) -> ProcedureList {
    ProcedureList {
        lead: say.text("4 套规程，74 条规则", "4 procedures, 74 rules"),
        procedures: vec![ProcedureCard {
            link: say.link("八步工作法", "The eight steps", "procedure.html"),
            id: "eight-step".into(),
            summary: say.text(
                "村级重大事项从听取意见到监督落实的八个步骤。",
                "From hearing opinions to supervising the work, in eight steps.",
            ),
            effective: say.text("2024年3月1日起施行", "In force since 1 March 2024"),
            steps: say.text(
                "集民意 → 定议题 → 征意见 → 审议案 → 成决议 → 广示之 → 抓落实 → 严监督",
                "Collect → Set the topic → Consult → Examine → Resolve → Publicise → Implement → Supervise",
            ),
            rules: say.text("24 条规则", "24 rules"),
            matters: Some(say.count("按此办理的事项", "Matters", "12")),
        }],
        families: vec![RuleFamily {
            id: "arithmetic".into(),
            title: say.text("数字", "Arithmetic"),
            by: String::new(),
            note: say.text("数字自相矛盾的记录不能发布。", "Records that contradict themselves are not published."),
            rules: vec![rule_row(say)],
        }],
    }
}

fn finding_row(say: Say, rule: bool) -> FindingRow {
    FindingRow {
        record: say.link("村内主街安装太阳能路灯", "Solar street lights on the main street", "matter.html"),
        kind: say.text("决议事项", "Matter"),
        place: Some(say.link("新民村", "Xinmin Village", "area.html")),
        date: Some(say.day(3, 18)),
        rule: rule.then(|| say.link("公示不少于十五天", "Posted for at least fifteen days", "rule.html")),
        message: say.text("公示 11 天，少于规定的 15 天。", "Posted for 11 days; at least 15 are required."),
    }
}

fn rule(say: Say) -> RulePage {
    RulePage {
        head: head(
            say,
            "到会人数",
            "Quorum",
            (
                "村民代表大会开会，到会代表不少于全体代表的三分之二。",
                "At least two thirds of all delegates are present at a meeting of the congress.",
            ),
            Some(say.tag(Tone::Stop, "不予发布", "Stops publication")),
        ),
        id: "eight-step/quorum".into(),
        threshold: say.text("实到代表 × 3 ≥ 全体代表 × 2", "present × 3 ≥ all delegates × 2"),
        facts: say.facts(facts(say)),
        basis: say.text("八步工作法第五步", "Eight steps, step 5"),
        message: say.text(
            "实到 31 人，少于全体代表 48 人的三分之二（32 人）",
            "31 present, fewer than two thirds (32) of all 48 delegates",
        ),
        help: say.text("到会不足不能表决，结果写 no-quorum。", "Without a quorum nothing can be voted: write no-quorum."),
        expression: "meeting.present * 3 >= entitled * 2".into(),
        condition: say.text("村民代表大会的会议", "Meetings of a village congress"),
        examples: vec![
            Example {
                passes: true,
                note: say.text("正好三分之二", "exactly two thirds"),
                source: "entitled: 48\npresent: 32\n".into(),
            },
            Example { passes: false, note: String::new(), source: "entitled: 48\npresent: 31\n".into() },
        ],
        findings: vec![finding_row(say, false)],
        findings_all: Some(say.count("全部", "All", "2")),
    }
}

fn due_list(renderer: &Renderer, say: Say) -> DueList {
    DueList {
        title: say.text("新民村：应公开事项", "Xinmin Village: due for publication"),
        matrix: Some(say.link("定期事项完成情况", "Regular duties", "matrix.html")),
        facets: vec![Facet { title: say.text("按事项", "By item"), items: shown(renderer, &counts(say)).into() }],
        lead: say.text("逾期 1 项，即将到期 1 项", "1 overdue, 1 due next"),
        overdue: due(say),
        due: vec![],
        pager: None,
    }
}

fn matrix_share(say: Say, marks: &[MatrixState]) -> MatrixShare {
    MatrixShare {
        marks: marks.to_vec(),
        words: say.text("第一季度按期完成、第二季度迟 5 天完成", "Q1 done in time, Q2 5 days late"),
        share: "2 / 3".into(),
        overdue: say.text("逾期 1", "1 overdue"),
        heat: Heat::Half,
        href: "matrix.html#item-1".into(),
    }
}

fn matrix(say: Say) -> MatrixPage {
    use MatrixState::{Done, Due, Late, NotAsked, Overdue, ToCome};
    let states = [Done, Late, Overdue, Due, ToCome, NotAsked];
    let part = |zh: &str, en: &str, cells: Vec<MatrixShare>| MatrixPart {
        place: say.link(zh, en, "matrix.html"),
        all: matrix_share(say, &[]),
        cells,
    };
    let heats = [Heat::Nothing, Heat::Low, Heat::Half, Heat::Most, Heat::Full];
    let full = heats.map(|heat| MatrixShare { heat, ..matrix_share(say, &[]) });
    let none = MatrixShare { share: String::new(), ..matrix_share(say, &[]) };
    let villages = vec![matrix_share(say, &states), none.clone(), none.clone(), none.clone(), matrix_share(say, &[Done; 12])];
    MatrixPage {
        title: say.text("清河镇：2026 年定期事项完成情况", "Qinghe Township: regular duties in 2026"),
        lead: say.text("应完成 12 项次，已完成 11 项次。", "12 were due, 11 done."),
        place: Some(say.link("清河镇", "Qinghe Township", "area.html")),
        above: Some(say.link("富锦市：2026 年定期事项完成情况", "Fujin: regular duties in 2026", "matrix.html")),
        years: counts(say),
        counts: vec![MatrixCount {
            label: say.text("全部", "All"),
            asked: "12".into(),
            done: "11".into(),
            late: "1".into(),
            overdue: "1".into(),
            open: "4".into(),
            share: "91.7%".into(),
        }],
        items: vec![MatrixItem {
            id: "item-1".into(),
            title: "公布财务".into(),
            lang: say.zh(),
            cadence: say.text("每季度一次，期满后 30 天内", "once a quarter, within 30 days after the period"),
            responsible: say.text("村民委员会", "Village committee"),
            rule: Some(say.link("财务每季度公布", "Accounts disclosed every quarter", "rule.html")),
            basis: "《村民委员会组织法》第三十五条".into(),
            basis_lang: say.zh(),
            words: say.text("应完成 3 项次，已完成 2 项次。", "3 were due, 2 done."),
            periods: states
                .map(|state| MatrixPeriod {
                    name: say.text("第一季度", "Q1"),
                    state,
                    words: say.text("按期完成", "done in time"),
                    date: (state != NotAsked).then(|| say.day(4, 12)),
                    href: if matches!(state, Done | Late) { "finance.html".into() } else { String::new() },
                })
                .to_vec(),
        }],
        columns: (1..=5).map(|n| say.text(&format!("事项 {n}"), &format!("Item {n}"))).collect(),
        parts: vec![part("新民村", "Xinmin Village", villages), part("永安镇", "Yong'an Township", full.to_vec())],
        sum: Some(part("下级合计", "The places below together", full.to_vec())),
        overdue: Some(say.count("逾期未完成的事项", "What is overdue", "1")),
        pager: None,
    }
}

fn finding_list(renderer: &Renderer, say: Say) -> FindingList {
    FindingList {
        lead: say.text("共 2 处。", "2 in all."),
        rows: vec![finding_row(say, true), finding_row(say, true)],
        facets: vec![Facet { title: say.text("按规则", "By rule"), items: shown(renderer, &counts(say)).into() }],
        pager: None,
    }
}

fn about(say: Say) -> About {
    About {
        body: body(say),
        figures: figures(say),
        records: counts(say),
        names: say.text("个人只公开姓氏。", "Persons appear by their surname only."),
    }
}

/// One chart of each form.
fn charts(say: Say) -> Vec<Chart> {
    use crate::site::chart::{self, Axis, Caption, Cell, Data, Fill, Series, Value};
    let caption = |id: &str, zh: &str, en: &str| Caption {
        id: id.into(),
        title: say.text(zh, en),
        note: say.text(
            "单位：项。表决日期在统计期内、结果为“通过”的事项数。",
            "In matters. Matters whose deciding vote lies in the period.",
        ),
        first: say.text("月份", "Month"),
        separator: say.text("、", ", "),
        colon: say.text("：", ": "),
        nothing: "–".into(),
    };
    let series = |name: &str, fill: Fill, numbers: &[u64]| Series {
        name: name.into(),
        fill,
        values: numbers.iter().map(|n| (*n != 404).then(|| Value { n: *n, text: n.to_string() })).collect(),
    };
    let named = |names: &[(&str, &str)]| names.iter().map(|(zh, en)| say.link(zh, en, "")).collect::<Vec<_>>();
    let months: Vec<Link> = (1..=12).map(|n| say.link(&format!("{n}月"), &n.to_string(), "")).collect();
    let year = series("2026", Fill::First, &[12, 25, 31, 18, 404, 40, 52, 49, 61, 404, 404, 404]);
    let before = series("2025", Fill::Before, &[8, 9, 30, 22, 14, 12, 40, 51, 20, 23, 31, 35]);
    let places = [
        ("新民村", "Xinmin Village"),
        ("双城区青岭满族乡第一居民委员会", "First Residents' Committee of Qingling Manchu Township"),
    ];
    let parts = [
        ("采纳", Fill::First, 48),
        ("并案", Fill::Second, 21),
        ("答复", Fill::Third, 30),
        ("未采纳", Fill::Fourth, 12),
        ("待处理", Fill::Open, 9),
    ];
    let cells = |tones: &[Tone]| tones.iter().map(|tone| Cell::State(*tone, "–".into())).chain([Cell::Nothing]).collect();
    let columns = ["Q1", "Q2", "Q3", "Q4"].map(str::to_owned);
    vec![
        chart::lines(
            &caption("chart-lines", "每月形成决议", "Resolutions by month"),
            &Data { names: months, series: vec![year, before] },
            &Axis::default(),
        ),
        chart::bars(
            &caption("chart-bars", "形成决议最多的地方", "Places with the most resolutions"),
            &Data {
                names: named(&places),
                series: vec![series("2026", Fill::First, &[3_576, 40]), series("2025", Fill::Before, &[1_159, 0])],
            },
        ),
        chart::stacked(
            &caption("chart-parts", "意见处理结果", "What became of the opinions"),
            &Data {
                names: named(&[("2026 年", "2026")]),
                series: parts.iter().map(|(name, fill, n)| series(name, *fill, &[*n])).collect(),
            },
        ),
        chart::funnel(
            &caption("chart-funnel", "从意见到办结", "From opinion to completion"),
            &Data {
                names: named(&[("收到意见", "Opinions heard"), ("形成决议", "Resolutions"), ("办结", "Completed")]),
                series: vec![series("n", Fill::First, &[19_280, 3_576, 2_001])],
            },
        ),
        chart::heat(
            &caption("chart-heat", "公开情况", "Disclosure"),
            &columns,
            &[
                (say.link("财务收支", "Finance", ""), cells(&[Tone::Done, Tone::Run, Tone::Act])),
                (
                    say.link("低保名单", "Allowances", ""),
                    vec![0, 3, 7, 12].into_iter().map(|n| Cell::Number(Value { n, text: n.to_string() })).collect(),
                ),
            ],
        ),
    ]
}

fn cell(text: &str, href: &str, of: &str) -> StatisticsCell {
    StatisticsCell { text: text.into(), href: href.into(), of: of.into() }
}

/// Writes parts as a page of the built-in theme shows them.
fn laid<V: Filling + Default, P: View>(say: Say, parts: Vec<V>, between: &str, part: impl Fn(&V) -> P) -> Laid<V> {
    let shown = |one: &V| shown_as(kept(say.0), std::slice::from_ref(one), &part);
    let html = parts.iter().map(shown).collect::<Vec<_>>().join(between);
    Laid::new(parts, html)
}

/// Writes parts as a page shows them.
fn shown<V: View + Filling + Default + Clone>(renderer: &Renderer, parts: &[V]) -> String {
    shown_as(renderer, parts, Clone::clone)
}

/// Writes parts, which templates are given as `part`, as a page shows them.
fn shown_as<V: Filling + Default, P: View>(renderer: &Renderer, parts: &[V], part: impl Fn(&V) -> P) -> String {
    let written = |one: &V| renderer.part(&part(one)).unwrap_or_else(|fault| panic!("{fault}"));
    let plates = Plates::new(&written(&V::default()));
    if !plates.is_open() {
        return parts.iter().map(written).collect();
    }
    let mut html = String::new();
    for part in parts {
        plates.lay(&mut html, "", part);
    }
    html
}

fn statistics(renderer: &Renderer, say: Say) -> StatisticsPage {
    let line =
        |name: Link, note: String, cells: &[StatisticsCell]| StatisticsLine { name, note, cells: shown(renderer, cells).into() };
    let column = |zh: &str, en: &str| StatisticsColumn { label: say.text(zh, en), unit: say.text("项", "matters") };
    let table = |id: &str| StatisticsTable {
        id: id.into(),
        title: say.text("由哪些地方合计", "What the totals are made of"),
        note: say.text("每个数字都可以点开。", "Every number opens."),
        first: say.text("地方", "Place"),
        columns: vec![column("收到意见", "Opinions heard"), column("形成决议", "Resolutions adopted")],
        rows: vec![
            line(say.original("新民村", "area.html"), String::new(), &[cell("12", "area.html", "48/50"), cell("–", "", "")]),
            line(say.original("东岗村", ""), say.day(3, 18).text, &[cell("1,208", "", ""), cell("3", "", "")]),
        ],
        total: Some(line(say.link("合计", "Total", ""), String::new(), &[cell("1,220", "", "48/50"), cell("3", "", "")])),
    };
    let row = |id: &str| StatisticsRow {
        id: id.into(),
        label: say.text("表决通过率", "Share of votes that passed"),
        definition: say.text("通过的事项除以同期付表决的事项。", "Matters that passed, out of all matters put to a vote."),
        value: "94.0".into(),
        unit: "%".into(),
        note: say.text("付表决的事项 50 项，其中形成决议 47 项", "47 (resolutions adopted) of 50 (put to a vote)"),
        before: "90.1%".into(),
        difference: say.text("+3.9 个百分点", "+3.9 points"),
        href: "#parts".into(),
        split: say.split(vec![StatisticsPart {
            label: say.text("采纳", "taken up"),
            value: "48".into(),
            difference: "+12".into(),
        }]),
    };
    StatisticsPage {
        title: say.text("清河镇 2026 年统计", "Qinghe Township: statistics of 2026"),
        lead: say.text("统计期：2026年1月1日至3月28日。", "Days counted: 1 January to 28 March 2026."),
        years: ["2026", "2025"]
            .map(|year| PageLink { number: year.into(), href: "statistics.html".into(), current: year == "2026" })
            .into(),
        place: Some(say.original("清河镇", "area.html")),
        coverage: Some(figures(say)),
        key: vec![row("")],
        charts: charts(say),
        groups: vec![StatisticsGroup {
            id: "matters".into(),
            title: say.text("事项", "Matters"),
            rows: say.rows(vec![row("m-resolved-share")]),
        }],
        periods: Some(table("periods")),
        parts: Some(table("parts")),
        records: vec![table("records-meeting")],
        pager: None,
    }
}

fn site(say: Say) -> Site {
    let nav =
        ["home", "matters", "meetings", "opinions", "finance", "assessments", "statistics", "places", "procedures", "browse"];
    Site {
        lang: say.0.tag().into(),
        title: say.text("清河镇村级民主管理公开", "Qinghe Open Village Records"),
        title_lang: None,
        tagline: say.text(
            "一镇十村，决议、会议、财务、考核全程公开",
            "Decisions, meetings, finance and assessments of one township and its villages",
        ),
        publisher: "清河镇人民政府".into(),
        publisher_lang: say.zh(),
        licence: Some(Link { text: "CC BY 4.0".into(), href: "https://creativecommons.org/licenses/by/4.0/".into(), lang: None }),
        contact: Some(Contact {
            office: "清河镇党政办公室".into(),
            telephone: "0454-5550100".into(),
            address: String::new(),
            hours: String::new(),
        }),
        as_of: say.day(3, 28),
        nav: nav
            .map(|key| NavItem { key: key.into(), path: if key == "home" { "home.html".into() } else { "list.html".into() } })
            .into(),
        paths: Paths {
            browse: "browse.html".into(),
            archive: "archive.html".into(),
            due: "due.html".into(),
            findings: "findings.html".into(),
            about: "about.html".into(),
            procedures: "procedures.html".into(),
        },
        css: "assets/site.css".into(),
        statistics_css: "assets/statistics.css".into(),
        js: "assets/site.js".into(),
        icon: "assets/mark.svg".into(),
        domain: "qinghe.example.org".into(),
        id_code: String::new(),
        generator: "gongshi 0.1.0".into(),
    }
}

fn page(renderer: &Renderer, say: Say, template: &str) -> Page {
    let (other, name) = match say.0 {
        Language::Chinese => ("en", "English"),
        Language::English => ("zh-CN", "中文"),
    };
    Page {
        title: say.text("村内主街安装太阳能路灯", "Solar street lights on the main street"),
        title_lang: None,
        description: say.text("新民村的一件决议事项。", "A matter of Xinmin Village."),
        root: "../".into(),
        home: "home.html".into(),
        section: if template == "home.html" { "home".into() } else { "matters".into() },
        section_page: template == "home.html",
        crumbs: if template == "home.html" {
            String::new().into()
        } else {
            let above = [say.link("首页", "Home", "home.html"), say.link("新民村", "Xinmin Village", "area.html")];
            shown(renderer, &above).into()
        },
        canonical: format!("https://qinghe.example.org/{}/{template}", say.0.tag()),
        address: format!("https://qinghe.example.org/{}/{template}", say.0.tag()),
        alternates: vec![Alternate {
            lang: other.into(),
            name: name.into(),
            href: format!("../{other}/{template}"),
            canonical: format!("https://qinghe.example.org/{other}/{template}"),
        }],
        column: Some(Column {
            name: "决议事项".into(),
            description: "决议事项".into(),
            keywords: "决议,公示".into(),
            class: "村务公开".into(),
        }),
        article: Some(Article {
            title: "村内主街安装太阳能路灯".into(),
            published: "2026-03-19 00:00".into(),
            source: "新民村".into(),
        }),
        noindex: false,
        sheets: vec![say.link("公示（PDF）", "Notice (PDF)", "2026-001-street-lights.notice.pdf")],
    }
}

/// Renders one page; a missing field or label fails the test with its place in the template.
fn render<V: View>(renderer: &Renderer, say: Say, view: &V) -> (&'static str, String) {
    let html = renderer.render(&page(renderer, say, V::TEMPLATE), view).unwrap_or_else(|fault| panic!("{fault}"));
    (V::TEMPLATE, String::from_utf8(html).unwrap())
}

fn pages(renderer: &Renderer, say: Say) -> Vec<(&'static str, String)> {
    let mut none = say.count("首页", "Home", "1");
    none.current = false;
    vec![
        render(renderer, say, &about(say)),
        render(renderer, say, &archive(say)),
        render(renderer, say, &area(say)),
        render(renderer, say, &assessment(say)),
        render(renderer, say, &assessment_year(say)),
        render(renderer, say, &assessors(say)),
        render(renderer, say, &browse(say)),
        render(renderer, say, &case(say)),
        render(renderer, say, &catalogue(say)),
        render(renderer, say, &contract(say)),
        render(renderer, say, &coverage(say)),
        render(renderer, say, &delegates(say)),
        render(renderer, say, &disclosure(say)),
        render(renderer, say, &due_list(renderer, say)),
        render(renderer, say, &election(say)),
        render(renderer, say, &finance(say)),
        render(renderer, say, &finding_list(renderer, say)),
        render(renderer, say, &home(say)),
        render(renderer, say, &indicator(say)),
        render(renderer, say, &inquiry(say)),
        render(renderer, say, &league(say)),
        render(renderer, say, &list(renderer, say)),
        render(renderer, say, &matrix(say)),
        render(renderer, say, &matter(say)),
        render(renderer, say, &meeting(say)),
        render(renderer, say, &NotFound { links: vec![none] }),
        render(renderer, say, &opinions(say)),
        render(renderer, say, &place_tree(say)),
        render(renderer, say, &procedures(say)),
        render(renderer, say, &procedure(say)),
        render(renderer, say, &programme(say)),
        render(renderer, say, &result_uses(say)),
        render(renderer, say, &rule(say)),
        render(renderer, say, &statistics(renderer, say)),
        render(renderer, say, &survey(say)),
    ]
}

fn theme(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default").join(part)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every template of the theme, by name.
fn sources() -> BTreeMap<String, String> {
    fs::read_dir(theme("templates"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), read(&entry.path())))
        .collect()
}

fn labels(language: Language) -> serde_json::Value {
    serde_yaml::from_str(&read(&theme(&format!("languages/{}.yaml", language.tag())))).unwrap()
}

/// Returns a renderer of the built-in theme.
fn kept(language: Language) -> &'static Renderer {
    static ALL: [OnceLock<Renderer>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
    ALL[language as usize].get_or_init(|| renderer(language))
}

fn renderer(language: Language) -> Renderer {
    let theme = Theme::new(BTreeMap::new()).unwrap_or_else(|faults| panic!("{faults:?}"));
    theme.renderer(language, &site(Say(language))).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Writes the pages of one language and the assets.
fn preview(language: Language, pages: &[(&str, String)]) {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let folder = target.join("theme-preview").join(language.tag());
    let assets = target.join("theme-preview/assets");
    fs::create_dir_all(&folder).unwrap();
    fs::create_dir_all(&assets).unwrap();
    for file in ["site.css", "statistics.css", "site.js", "mark.svg"] {
        fs::copy(theme("assets").join(file), assets.join(file)).unwrap();
    }
    for (name, html) in pages {
        fs::write(folder.join(name), html).unwrap();
    }
}

#[test]
fn every_page_renders_in_both_languages() {
    for language in Language::ALL {
        let pages = pages(&renderer(language), Say(language));
        let names: Vec<_> = pages.iter().map(|p| p.0).collect();
        assert_eq!(names, TEMPLATES, "a page without a sample");
        for (name, html) in &pages {
            assert!(!html.contains(" style="), "{name}: inline style");
            assert!(!html.contains("<script>"), "{name}: inline script");
            assert_eq!(html.matches("<h1").count(), 1, "{name}: one heading of level 1");
            assert!(html.contains("</html>"), "{name}: cut short");
        }
        if std::env::var_os("GONGSHI_PREVIEW").is_some() {
            preview(language, &pages);
        }
    }
}

#[test]
fn folded_templates_show_what_the_written_ones_show() {
    for language in Language::ALL {
        let folded = renderer(language);
        assert!(folded.is_folded(), "a template that does not parse once it is folded");
        let written = folded.as_written().unwrap_or_else(|fault| panic!("{fault}"));
        for ((name, html), (_, expected)) in pages(&folded, Say(language)).into_iter().zip(pages(&written, Say(language))) {
            assert_eq!(html, expected, "{name}");
        }
    }
}

#[test]
fn a_row_that_is_written_once_looks_in_every_list_as_if_it_were_written_for_it() {
    let say = Say(Language::Chinese);
    let folded = renderer(say.0);
    let uncut = folded.as_written().unwrap_or_else(|fault| panic!("{fault}"));
    let lists = (0..64).map(|set| {
        let [kind, place, date, vote, progress, tag] = [0, 1, 2, 3, 4, 5].map(|column| set >> column & 1 == 1);
        Columns { kind, place, date, vote, progress, tag }
    });
    let lists: Vec<Columns> = lists.collect();
    for row in rows(say, 14) {
        let written = |renderer: &Renderer, columns: Columns| {
            renderer.part(&ListRow { row: row.clone(), columns: Shared::new(columns) }).unwrap_or_else(|fault| panic!("{fault}"))
        };
        let once = written(&folded, Columns::default());
        assert!(Mould::new(&once).is_open(), "the template of a row cannot be cut");
        for columns in &lists {
            assert_eq!(in_list(&once, "", *columns), written(&uncut, *columns), "{columns:?}");
        }
    }
}

/// Compares parts that are laid with the same parts as they are written one by one.
fn compare<V: View + Filling + Default + Clone + std::fmt::Debug>(parts: impl IntoIterator<Item = V>) {
    compare_as(parts, Clone::clone);
}

/// Compares parts, which templates are given as `part`.
fn compare_as<V: Filling + Default + std::fmt::Debug, P: View>(
    parts: impl IntoIterator<Item = V>,
    part: impl Fn(&V) -> P + Copy,
) {
    let folded = renderer(Language::Chinese);
    let uncut = folded.as_written().unwrap_or_else(|fault| panic!("{fault}"));
    let once = folded.part(&part(&V::default())).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(Mould::new(&once).is_open(), "{} cannot be cut", P::TEMPLATE);
    for one in parts {
        let one = [one];
        assert_eq!(shown_as(&folded, &one, part), shown_as(&uncut, &one, part), "{one:?}");
    }
}

#[test]
fn parts_that_are_laid_look_as_if_they_were_written() {
    const TEXTS: [&str; 3] = ["", "1,208", "<b>&\"'"];
    let texts = || TEXTS.iter().flat_map(|a| TEXTS.iter().flat_map(move |b| TEXTS.map(|c| [*a, *b, c].map(str::to_owned))));
    let langs = [None, Some("en".to_owned())];
    compare(texts().map(|[text, href, of]| StatisticsCell { text, href, of }));
    let links =
        || texts().flat_map(|[text, href, _]| langs.clone().map(|lang| Link { text: text.clone(), href: href.clone(), lang }));
    compare(links());
    compare_as(links(), |link| TextLink(link.clone()));
    let facts = || {
        texts().flat_map(|[label, text, html]| {
            let links = Laid::new(Vec::new(), html);
            langs.clone().map(|lang| Fact { label: label.clone(), text: text.clone(), lang, links: links.clone() })
        })
    };
    compare(facts());
    compare_as(facts(), |fact| Kick(fact.clone()));
    compare(texts().map(|[label, value, difference]| StatisticsPart { label, value, difference }));
    let figures = texts().flat_map(|[id, label, definition]| {
        texts().map(move |[note, href, html]| {
            let (id, label, definition) = (id.clone(), label.clone(), definition.clone());
            StatisticsRow { id, label, definition, note, href, split: Laid::new(Vec::new(), html), ..StatisticsRow::default() }
        })
    });
    compare(figures);
    let related = texts().flat_map(|[note, address, _]| {
        links().map(move |link| RelatedItem { link, note: note.clone(), address: address.clone() })
    });
    compare(related);
    let counts = texts().flat_map(|[text, href, count]| {
        let link = |lang, current| CountLink { text: text.clone(), href: href.clone(), count: count.clone(), current, lang };
        langs.clone().into_iter().flat_map(|lang| [link(lang.clone(), false), link(lang, true)]).collect::<Vec<_>>()
    });
    compare(counts);
}

/// The dotted keys of a label file, with the text of each.
fn leaves(value: &serde_json::Value, path: &str, out: &mut BTreeMap<String, String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                leaves(value, &format!("{path}.{key}"), out);
            }
        }
        other => {
            let text = other.as_str().unwrap_or_else(|| panic!("{path}: a label is a text, found {other}"));
            out.insert(path.into(), text.into());
        }
    }
}

fn label_table(language: Language) -> BTreeMap<String, String> {
    let mut table = BTreeMap::new();
    leaves(&labels(language), "t", &mut table);
    table
}

/// The places to be filled in, sorted (`{n}`).
fn places_in(text: &str) -> Vec<&str> {
    let mut places: Vec<_> = text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
    places.sort_unstable();
    places
}

#[test]
fn both_languages_have_the_same_labels() {
    let (zh, en) = (label_table(Language::Chinese), label_table(Language::English));
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, text) in &zh {
        assert!(!text.is_empty() && !en[key].is_empty(), "{key} is empty");
        assert_eq!(places_in(text), places_in(&en[key]), "{key}: places to be filled in");
    }
}

#[test]
fn every_label_that_a_template_names_exists() {
    let table = label_table(Language::Chinese);
    for (name, source) in sources() {
        for (line, text) in source.lines().enumerate() {
            for (at, _) in text.match_indices("t.") {
                let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
                if text[..at].ends_with(word) {
                    continue;
                }
                let path: String = text[at..].chars().take_while(|c| word(*c)).collect();
                let group = text[at + path.len()..].starts_with('[');
                let known =
                    if group { table.keys().any(|key| key.starts_with(&format!("{path}."))) } else { table.contains_key(&path) };
                assert!(known, "{name}:{}: no label `{path}`", line + 1);
            }
        }
    }
}

/// The tokens of a palette: the first block that follows `selector`.
fn tokens(css: &str, selector: &str) -> BTreeMap<String, String> {
    let start = css.find(selector).unwrap_or_else(|| panic!("no `{selector}`")) + selector.len();
    let block = &css[start..start + css[start..].find('}').unwrap()];
    block
        .split(';')
        .filter_map(|declaration| declaration.trim().strip_prefix("--")?.split_once(':'))
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}

/// Relative luminance after WCAG 2.2.
fn luminance(colour: &str) -> f64 {
    let hex = colour.trim_start_matches('#');
    let wide: String = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.into() };
    let channel = |i: usize| {
        let c = f64::from(u8::from_str_radix(&wide[i..i + 2], 16).unwrap()) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_and_shapes_contrast_in_both_palettes() {
    const TEXT: [(&str, &str); 24] = [
        ("ink", "ground"),
        ("ink", "paper"),
        ("ink", "sunk"),
        ("ink", "empty"),
        ("ink", "add"),
        ("ink", "del"),
        ("soft", "ground"),
        ("soft", "paper"),
        ("soft", "sunk"),
        ("soft", "grey-wash"),
        ("link", "ground"),
        ("link", "paper"),
        ("link", "sunk"),
        ("link", "seal-wash"),
        ("seen", "ground"),
        ("seen", "paper"),
        ("pine", "paper"),
        ("pine", "wash"),
        ("seal", "paper"),
        ("seal", "seal-wash"),
        ("seal", "del"),
        ("amber", "paper"),
        ("amber", "amber-wash"),
        ("on-deep", "deep"),
    ];
    const ON_BARS: [(&str, &str); 3] = [("on-bar", "for"), ("on-bar", "against"), ("on-bar", "abstain")];
    const SHAPES: [(&str, &str); 5] =
        [("edge", "paper"), ("for", "empty"), ("seal", "empty"), ("mark", "paper"), ("amber", "paper")];
    let css = read(&theme("assets/site.css"));
    for selector in [":root{", "html.dark{"] {
        let palette = tokens(&css, selector);
        for (pairs, least) in [(&TEXT[..], 4.5), (&ON_BARS[..], 4.5), (&SHAPES[..], 3.0)] {
            for (front, back) in pairs {
                let ratio = contrast(&palette[*front], &palette[*back]);
                assert!(ratio >= least, "{selector} {front} on {back}: {ratio:.2} < {least}");
            }
        }
    }
}

/// The colours of charts: the tokens of the first sheet with those of the second laid over them.
fn chart_palette(selector: &str) -> BTreeMap<String, String> {
    let (site, statistics) = (read(&theme("assets/site.css")), read(&theme("assets/statistics.css")));
    let mut palette = tokens(&site, selector);
    palette.extend(tokens(&statistics, selector));
    palette
}

#[test]
fn charts_contrast_in_both_palettes_and_on_paper() {
    // Fills and lines beside the paper, the fill that is open by its outline; numbers on fills and on the shades of a heat map.
    const SHAPES: [&str; 6] = ["for", "c2", "abstain", "against", "edge", "mark"];
    const NUMBERS: [(&str, &str); 11] = [
        ("on-bar", "for"),
        ("on-bar", "c2"),
        ("on-bar", "abstain"),
        ("on-bar", "against"),
        ("ink", "empty"),
        ("ink", "paper"),
        ("soft", "paper"),
        ("ink", "h1"),
        ("ink", "h2"),
        ("paper", "h3"),
        ("paper", "h4"),
    ];
    for selector in [":root{", "html.dark{"] {
        let palette = chart_palette(selector);
        for shape in SHAPES {
            let ratio = contrast(&palette[shape], &palette["paper"]);
            assert!(ratio >= 3.0, "{selector} {shape} on paper: {ratio:.2}");
        }
        for (front, back) in NUMBERS {
            let ratio = contrast(&palette[front], &palette[back]);
            assert!(ratio >= 4.5, "{selector} {front} on {back}: {ratio:.2}");
        }
    }
    let mut print = tokens(&read(&theme("assets/site.css")), "html:not(#_):not(#_){font-size:9.25pt;");
    print.extend(tokens(&read(&theme("assets/statistics.css")), "html:not(#_):not(#_){"));
    for (front, back) in [("on-bar", "for"), ("ink", "h1"), ("ink", "h2"), ("paper", "h3"), ("paper", "h4")] {
        let ratio = contrast(&print[front], &print[back]);
        assert!(ratio >= 4.5, "paper: {front} on {back}: {ratio:.2}");
    }
    // In greyscale neighbours differ by their shade or, where they do not, by their hatching.
    let shades = ["h1", "h2", "h3", "h4"].map(|shade| luminance(&print[shade]));
    assert!(shades.windows(2).all(|pair| pair[0] > pair[1] + 0.05), "{shades:?}");
}

#[test]
fn the_dark_palette_is_the_same_however_it_is_asked_for() {
    let css = read(&theme("assets/site.css"));
    let chosen = tokens(&css, "html.dark{");
    assert_eq!(chosen, tokens(&css, "html:has(#dark:checked){"));
    assert_eq!(chosen, tokens(&css, "html:not(.light){"));
    let css = read(&theme("assets/statistics.css"));
    let chosen = tokens(&css, "html.dark{");
    assert_eq!(chosen, tokens(&css, "html:has(#dark:checked){"));
    assert_eq!(chosen, tokens(&css, "html:not(.light){"));
}

#[test]
fn no_template_asks_for_a_name_that_no_view_has() {
    let mut shapes = shape::Shapes::default();
    let globals = BTreeMap::from([
        ("site".to_owned(), shapes.add::<Site>()),
        ("page".to_owned(), shapes.add::<Page>()),
        ("frame".to_owned(), shapes.add::<Frame>()),
        ("t".to_owned(), shapes.add_labels("t", &labels(Language::Chinese))),
    ]);
    let views = super::shapes(&mut shapes);
    assert_eq!(crate::render::strict::check(&sources(), &shapes, &globals, &views), vec![]);
}
