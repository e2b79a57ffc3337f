//! Samples of every view, printed in a test with the default theme. With `GONGSHI_PREVIEW` set the PDFs are written to
//! `target/print-preview/`, to be looked at.

use super::{
    Assessment, Attendance, Ballot, Card, Contact, Day, Finance, Line, Meta, Notice, Official, Online, Pages, Poster, Posting,
    Report, Sample, Seal, SignatureSheet, Signatures, Step, VoteCounts, VoteRow, WrittenNotice,
};
use crate::print::sheet::Written;
use crate::site::view::{Anchor, Bar, Fit, Mark, Met, Segment, SegmentKind, StepState, Tone};

/// Every sample with its name (`notice-full`).
pub(crate) fn all() -> Vec<(String, Written)> {
    let mut all = Vec::new();
    add::<Notice>(&mut all);
    add::<Official>(&mut all);
    add::<SignatureSheet>(&mut all);
    add::<Card>(&mut all);
    add::<Ballot>(&mut all);
    add::<WrittenNotice>(&mut all);
    add::<Poster>(&mut all);
    add::<Finance>(&mut all);
    add::<Assessment>(&mut all);
    add::<Report>(&mut all);
    all
}

fn add<V: Sample>(all: &mut Vec<(String, Written)>) {
    let named = |(name, view): (&str, V)| (format!("{}-{name}", V::SHEET.name()), Written::new(&view));
    all.extend(V::samples().into_iter().map(named));
}

/// What a document says of itself.
pub(crate) fn meta(title: &str, pages: Pages) -> Meta {
    Meta {
        title: title.to_owned(),
        author: "清河镇人民政府".to_owned(),
        keywords: vec!["决议事项".to_owned(), "新民村".to_owned()],
        date: Some(Day { year: 2026, month: 3, day: 18 }),
        lang: "zh",
        region: "cn",
        record: "qinghe/xinmin/matters/sample".to_owned(),
        pages,
    }
}

/// The way to a page online.
pub(crate) fn online() -> Online {
    let url = "https://qinghe.example.org/qinghe/xinmin/matters/2026-017.html".to_owned();
    Online { qr: crate::qr::svg(&url).unwrap_or_default(), words: format!("网页版二维码，网址 {url}"), url }
}

/// An office.
pub(crate) fn contact() -> Contact {
    Contact {
        office: "清河镇纪委".to_owned(),
        telephone: "0454-5550123".to_owned(),
        address: "清河镇政府路 1 号".to_owned(),
        hours: "周一至周五 8:30—11:30，13:30—17:00".to_owned(),
    }
}

/// The place for the seal.
pub(crate) fn seal() -> Seal {
    Seal { office: "新民村村民委员会".to_owned(), date: "2026年3月18日".to_owned() }
}

/// A posting period.
pub(crate) fn posting() -> Posting {
    Posting {
        dates: "2026年3月18日至4月2日".to_owned(), days: "16 天".to_owned(), ways: "广播、公开栏、微信群、网站".to_owned()
    }
}

/// The steps of a matter, the first `done` of them done.
pub(crate) fn steps(done: usize) -> Vec<Step> {
    let titles = ["集民意", "定议题", "征意见", "审议案", "成决议", "广示之", "抓落实", "严监督"];
    let step = |(n, title): (usize, &&str)| Step {
        number: (n + 1).to_string(),
        title: (*title).to_owned(),
        state: match n.cmp(&done) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::UnderWay,
            std::cmp::Ordering::Greater => StepState::NotBegun,
        },
        state_words: if n < done { "已完成" } else { "未开始" }.to_owned(),
        date: if n <= done { format!("{}月5日—20日", n + 1) } else { String::new() },
    };
    titles.iter().enumerate().map(step).collect()
}

/// A vote of 42 delegates, of whom `yes` were for it.
pub(crate) fn vote(number: usize, motion: &str, yes: u64) -> VoteRow {
    let passed = yes >= 28;
    VoteRow {
        number: number.to_string(),
        motion: motion.to_owned(),
        votes: Some(VoteCounts {
            r#for: yes.to_string(),
            against: (42 - yes).to_string(),
            abstain: "0".to_owned(),
            invalid: "0".to_owned(),
        }),
        ballot: "无记名投票".to_owned(),
        outcome: if passed { "通过" } else { "未通过" }.to_owned(),
        tone: if passed { Tone::Done } else { Tone::Stop },
        arithmetic: format!("到会 42 人，三分之二为 28 票，同意 {yes} 票，{}", if passed { "达到" } else { "未达到" }),
        met: Some(if passed { Met::Met } else { Met::NotMet }),
        bar: Some(bar(&[(SegmentKind::For, yes), (SegmentKind::Against, 42 - yes)], 28)),
    }
}

/// A bar of parts with its threshold.
pub(crate) fn bar(parts: &[(SegmentKind, u64)], needed: u64) -> Bar {
    let whole: u64 = parts.iter().map(|(_, n)| n).sum();
    let percent = |n: u64| crate::language::percent(n, whole);
    let mut before = 0;
    let mut segments = Vec::new();
    for (kind, n) in parts.iter().filter(|(_, n)| *n > 0) {
        let (x, width) = (percent(before), percent(*n));
        segments.push(Segment { kind: *kind, count: n.to_string(), x, width, middle: "0.0".to_owned(), fits: Fit::Number });
        before += n;
    }
    Bar { segments, mark: Some(Mark { x: percent(needed), label: format!("需 {needed} 票"), anchor: Anchor::Middle }) }
}

/// Forty-two names, some of them with rare characters.
pub(crate) fn names() -> Vec<String> {
    let names = "王建国 李秀英 张𬭎 刘喆 陈堃 杨桂兰 赵玉梅 黄龑 周志强 吴翀 徐㛃 孙立新 胡海燕 朱璟 高淼 林犇 何祎 郭玥 马建军 罗昇 梁爱华 宋珺 郑德明 \
                 谢红霞 韩冬生 唐玉兰 冯镕 于秀珍 董文斌 萧国平 程䶮 曹丽萍 袁有才 邓小红 许长河 傅春花 沈金水 曾宪民 彭桂芳 吕志远 苏兰香 \
                 欧阳卫东";
    names.split_whitespace().map(str::to_owned).collect()
}

fn line(label: &str, text: &str) -> Line {
    Line { label: label.to_owned(), text: text.to_owned() }
}

const MOTIONS: [&str; 4] = [
    "建设 300 吨冷链仓储库一座，总投资 186.5 万元，其中使用集体自筹资金 66.5 万元",
    "2026 年度林地承包收益分配方案",
    "聘请第三方对冷链项目全程监理（费用不超过 3.2 万元）",
    "村口停车场按次收费办法",
];

impl Sample for Notice {
    fn samples() -> Vec<(&'static str, Self)> {
        let present = [(SegmentKind::Present, 42), (SegmentKind::Absent, 3)];
        let full = Notice {
            meta: meta("关于建设冷链仓储库等事项的决议（决议公示）", Pages::One),
            kicker: "新民村 · 决议公示".to_owned(),
            title: "关于新民村冷链仓储项目建设、林地承包收益分配、聘请监理单位和村口停车场按次收费办法等事项的决议".to_owned(),
            facts: vec![line("文号", "新村决〔2026〕17 号"), line("公示日期", "2026年3月18日")],
            text: vec![
                "2026年3月15日，新民村村民代表大会开会表决本事项，结果为：通过。现将决议内容、表决结果和办理过程公示如下，请群众监督。"
                    .to_owned(),
                "会议决定：以村集体经济合作社名义建设 300 吨冷链仓储库一座，总投资 186.5 万元，其中申请衔接补助 120 万元，村集体自筹 66.5 万元；\
                 “村口停车场收费”一项未获通过，退回村“两委”修改。"
                    .to_owned(),
            ],
            attendance: Some(Attendance {
                figures: vec![line("应到", "45 人"), line("实到", "42 人"), line("到会率", "93.3%")],
                arithmetic: "全体代表 45 人，三分之二为 30 人，实到 42 人，达到".to_owned(),
                met: Some(Met::Met),
                met_words: "达到".to_owned(),
                bar: Some(bar(&present, 30)),
            }),
            votes: (0..12).map(|n| vote(n + 1, MOTIONS[n % 4], if n % 4 == 3 { 18 } else { 40 })).collect(),
            steps: steps(5),
            progress: "八步工作法 · 第 6 步 广示之".to_owned(),
            findings: vec!["只用了两种方式征求意见，规程要求三种".to_owned()],
            signatures: Signatures { names: names(), words: "已有 41 人在决议上签字".to_owned() },
            posting: Some(posting()),
            objection: Some(contact()),
            online: online(),
            seal: seal(),
            digest: "9f2c 41aa 03b7".to_owned(),
            as_of: "2026年3月20日".to_owned(),
        };
        let bare = Notice {
            title: "新民村村民代表大会".to_owned(),
            facts: Vec::new(),
            attendance: None,
            votes: vec![VoteRow { votes: None, bar: None, arithmetic: String::new(), ..vote(1, MOTIONS[1], 40) }],
            steps: Vec::new(),
            progress: String::new(),
            findings: Vec::new(),
            signatures: Signatures { names: Vec::new(), words: String::new() },
            posting: None,
            objection: None,
            online: Online {
                url: String::new(),
                qr: String::new(),
                words: "本站未设网址，原文可到清河镇人民政府查阅".to_owned(),
            },
            ..full.clone()
        };
        let usual = Notice {
            title: "关于安装路灯的决议".to_owned(),
            votes: vec![vote(1, MOTIONS[0], 40)],
            findings: Vec::new(),
            ..full.clone()
        };
        vec![("full", full), ("usual", usual), ("bare", bare)]
    }
}
