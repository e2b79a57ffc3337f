//! The sheets that are written from the example site: what stands on them, in both languages.

#![expect(clippy::expect_used, reason = "a fixture that is not there is a fault of the test")]

use std::collections::BTreeMap;
use std::path::Path;

use gongshi::edition::Edition;
use gongshi::language::Language;
use gongshi::print::{Job, Selection, Sheet, Written, jobs, write};
use gongshi::render::theme::Theme;
use gongshi::site::Scribe;
use gongshi::site::address::Address;
use gongshi::site::index::Index;
use gongshi::site::rows::Rows;
use gongshi::statistics::Statistics;
use jiff::civil::date;
use serde_json::Value;

/// All that sheets are written from.
struct Office {
    edition: Edition,
    statistics: Statistics,
    index: Index,
    theme: Theme,
    rows: Rows,
}

impl Office {
    fn open(folder: &Path) -> Self {
        let checked = gongshi::pipeline::check(folder, None, date(2026, 11, 20)).expect("a site");
        assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
        let edition = gongshi::pipeline::edition(&checked);
        let records = edition.register.records().len();
        Self {
            statistics: Statistics::new(&edition).expect("totals that add up"),
            index: Index::new(&edition),
            theme: Theme::new(BTreeMap::new()).expect("the built-in theme"),
            rows: Rows::new(records),
            edition,
        }
    }

    fn example() -> Self {
        Self::open(Path::new(env!("CARGO_MANIFEST_DIR")))
    }

    fn scribe(&self, language: Language) -> Scribe<'_> {
        Scribe {
            edition: &self.edition,
            statistics: &self.statistics,
            index: &self.index,
            labels: self.theme.labels(language),
            language,
            first: Language::Chinese,
            here: Address::file("sheet.pdf"),
            rows: &self.rows,
            printer: None,
            root: None,
        }
    }

    fn jobs(&self, sheet: Sheet, language: Language) -> Vec<Job> {
        jobs(&self.edition, sheet, &Selection::default(), language).expect("records of the kind")
    }

    /// Writes one sheet of one record.
    fn write(&self, sheet: Sheet, record: &str, language: Language) -> Option<Value> {
        let selection = Selection { record: Some(record.to_owned()), ..Selection::default() };
        let jobs = jobs(&self.edition, sheet, &selection, language).expect("a record of the kind");
        write(&self.scribe(language), &jobs[0]).map(|written: Written| written.view)
    }

    fn zh(&self, sheet: Sheet, record: &str) -> Value {
        self.write(sheet, record, Language::Chinese).expect("something to print")
    }

    fn en(&self, sheet: Sheet, record: &str) -> Value {
        self.write(sheet, record, Language::English).expect("something to print")
    }
}

/// Returns every text of a list, those of objects by one of their keys.
fn texts(list: &Value, key: &str) -> Vec<String> {
    let text = |item: &Value| item.as_str().or_else(|| item[key].as_str()).unwrap_or_default().to_owned();
    list.as_array().map(|items| items.iter().map(text).collect()).unwrap_or_default()
}

/// Writes the blocks of a document as lines.
fn lines(view: &Value) -> Vec<String> {
    let line = |block: &Value| {
        let text = |key: &str| block[key].as_str().unwrap_or_default();
        match block["kind"].as_str() {
            Some("heading") => format!("{} {}", "#".repeat(block["level"].as_u64().unwrap_or(0) as usize), text("text")),
            Some("fact") => format!("{}{}", text("label"), text("text")),
            Some("item") => format!("{} {}", text("marker"), text("text")),
            Some("table") => block["rows"].to_string(),
            _ => text("text").to_owned(),
        }
    };
    view["blocks"].as_array().map(|blocks| blocks.iter().map(line).collect()).unwrap_or_default()
}

const OWN: [Sheet; 5] = [Sheet::Official, Sheet::Signatures, Sheet::Card, Sheet::Ballot, Sheet::WrittenNotice];

#[test]
fn every_record_of_the_example_has_its_sheets_in_both_languages_without_a_missing_label() {
    let office = Office::example();
    for language in Language::ALL {
        for sheet in OWN {
            let written: Vec<Written> =
                office.jobs(sheet, language).iter().filter_map(|job| write(&office.scribe(language), job)).collect();
            assert!(!written.is_empty(), "{sheet:?}");
            for one in written {
                let text = one.view.to_string();
                assert!(!text.contains("sheets.") && !text.contains("{title}"), "{}: {text}", one.meta.record);
            }
        }
    }
}

#[test]
fn a_resolution_shows_its_text_its_vote_and_how_it_came_about() {
    let office = Office::example();
    let view = office.zh(Sheet::Official, "qinghe/liuhe/matters/2026-001-link-road");
    assert_eq!(view["mark"], "柳河村村民代表大会文件");
    assert_eq!(view["number"], "柳村决〔2026〕1号");
    assert_eq!(texts(&view["title_parts"], ""), ["柳河村村民代表大会", "关于柳河村至镇区连村路翻修的决议"]);
    assert_eq!(
        lines(&view),
        [
            "2026年4月9日，柳河村村民代表大会在柳河村会议室召开第七届村民代表大会第九次会议，对“柳河村至镇区连村路翻修”进行表决。议案获得通过，形成本决议。",
            "## 一、决议内容",
            "翻修连村路 3.1 公里，村负责路肩和边沟，出资 4.2 万元。",
            "本事项与镇里的连村路翻修联动：镇负责路面，村负责路肩和边沟。",
            "[[\"路面 3.1 公里\",\"镇\",\"见镇公开\"],[\"路肩、边沟\",\"柳河村\",\"41872.90\"]]",
            "## 二、表决情况",
            "组成人员 42 人，三分之二为 28 人，实到 36 人，达到。",
            "同意 35 票，反对 0 票，弃权 1 票。到会人员 36 票，过半数需 19 票，同意 35 票，达到。表决结果：通过。",
            "## 三、形成过程",
            "（一）提议：2026年2月26日。",
            "（二）商议：2026年3月5日。",
            "（三）党员大会审议：2026年3月19日。",
            "（四）决议：2026年4月9日。",
            "## 四、落实分工",
            "（一）路肩培土；责任单位：村民委员会；责任人：邓某；标准：每侧 0.5 米；期限：2026年8月31日。",
            "（二）边沟清理；责任单位：村民委员会；责任人：吕某；标准：全线通畅；期限：2026年9月20日。",
            "## 五、公示和意见反映",
            "公示时间：2026年4月10日至29日，共 20 天；公示方式：广播、公开栏、网站。",
            "对本决议有不同意见的，请向清河镇纪委反映，电话 0454-5550123。",
        ]
    );
    assert_eq!((&view["seal"]["office"], &view["seal"]["date"]), (&"柳河村村民代表大会".into(), &"2026年4月9日".into()));
    assert_eq!(view["issued"]["right"], "2026年4月10日印发");
    assert_eq!(view["origin"]["left"], "https://qinghe.example.org/qinghe/liuhe/matters/2026-001-link-road.html");
}

#[test]
fn a_rejected_motion_is_no_resolution() {
    let office = Office::example();
    let view = office.zh(Sheet::Official, "qinghe/xinmin/matters/2026-002-irrigation-well");
    assert_eq!(texts(&view["title_parts"], "")[1], "关于东片地块打机井表决结果的通报");
    let lines = lines(&view);
    assert!(lines[0].ends_with("议案没有通过，未形成决议。"), "{lines:?}");
    let vote = "同意 25 票，反对 12 票，弃权 4 票。到会代表 41 人，三分之二为 28 票，同意 25 票，未达到。表决结果：未通过。";
    assert!(lines.iter().any(|line| line == vote), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("落实分工")), "{lines:?}");
    let english = office.en(Sheet::Official, "qinghe/xinmin/matters/2026-002-irrigation-well");
    assert_eq!(
        english["title_parts"][0],
        "Result of a vote of the Xinmin Village Congress: Irrigation well for the eastern fields"
    );
}

#[test]
fn a_matter_that_nobody_decided_has_no_resolution() {
    let office = Office::example();
    let undecided = "qinghe/xilin/matters/2026-003-bus-shelter";
    assert_eq!(office.write(Sheet::Official, undecided, Language::Chinese), None);
}

#[test]
fn minutes_hold_attendance_every_vote_and_what_was_said() {
    let office = Office::example();
    let view = office.zh(Sheet::Official, "qinghe/xinmin/meetings/2026-03-18-congress");
    assert_eq!(view["mark"], "新民村村民代表大会纪要");
    assert_eq!(view["sealed"], false);
    let lines = lines(&view);
    assert_eq!(
        lines[..4],
        [
            "## 一、会议情况",
            "时间：2026年3月18日（星期三）14:00–16:10",
            "地点：村部会议室",
            "通知：2026年3月6日、书面、公开栏、会前 12 天"
        ]
    );
    let wanted = [
        "全体代表 48 人，三分之二为 32 人，实到 41 人，达到。",
        "### （一）村内主街安装太阳能路灯",
        "### （二）东片地块打机井",
        "关于机井，西片代表提出水位下降的担忧，水务局工程师作了说明。",
    ];
    for wanted in wanted {
        assert!(lines.iter().any(|line| line == wanted), "{wanted} in {lines:?}");
    }
    // The section is called what the heading of the body says: it is said once.
    assert_eq!(lines.iter().filter(|line| line.ends_with("会议记录")).count(), 1, "{lines:?}");
    assert_eq!(texts(&view["signers"], "text"), ["主席 李某", "周某"]);
}

#[test]
fn delegates_sign_by_their_roster_and_else_in_empty_places() {
    let office = Office::example();
    let listed = office.zh(Sheet::Signatures, "qinghe/xilin/meetings/2026-06-05-congress");
    let places = listed["places"].as_array().cloned().unwrap_or_default();
    // Number 27 had left by then, number 28 was not elected yet.
    assert_eq!(places.len(), 26);
    assert_eq!(
        (&places[0]["number"], &places[0]["name"], &places[0]["note"]),
        (&"1".into(), &"白某".into(), &"一组、主席".into())
    );
    assert_eq!(places[25]["note"], "村委会成员");
    let empty = office.zh(Sheet::Signatures, "qinghe/liuhe/meetings/2026-04-09-congress");
    assert_eq!(texts(&empty["places"], "name"), vec![""; 42]);
    assert_eq!(texts(&empty["items"], "outcome"), ["通过", "未通过"]);
    assert_eq!(texts(&empty["closing"], "text"), ["36 人", "", "", "", ""]);
}

#[test]
fn a_card_says_the_motion_and_where_to_hand_it_in_and_a_blank_one_leaves_both_open() {
    let office = Office::example();
    let card = office.zh(Sheet::Card, "qinghe/xinmin/matters/2026-001-street-lights");
    assert_eq!(card["motion"], "安装 6 米亮度可调太阳能路灯 40 盏，学校路段 8 盏先行施工，预算 9.6 万元。");
    assert_eq!(texts(&card["choices"], ""), ["同意", "同意，但有修改意见", "不同意"]);
    let hand_in = ["新民村党群服务中心，电话 0454-5550201，周一至周六 8:00—16:30", ""];
    assert_eq!(texts(&card["hand_in"], "text"), hand_in);
    let blank = office.zh(Sheet::Card, "qinghe/xinmin");
    assert_eq!((&blank["matter"], &blank["motion"], &blank["online"]), (&"".into(), &"".into(), &Value::Null));
    assert_eq!(texts(&blank["hand_in"], "text"), hand_in);
}

#[test]
fn a_ballot_is_voted_item_by_item_and_a_secret_one_without_a_name() {
    let office = Office::example();
    let ballot = office.zh(Sheet::Ballot, "qinghe/liuhe/meetings/2026-04-09-congress");
    assert_eq!(texts(&ballot["about"], ""), ["第七届村民代表大会第九次会议", "2026年4月9日", "无记名投票"]);
    assert_eq!(texts(&ballot["questions"], "number"), ["1", "2"]);
    assert_eq!(texts(&ballot["choices"], ""), ["同意", "反对", "弃权"]);
    assert_eq!(ballot["named"], false);
    let survey = office.en(Sheet::Ballot, "qinghe/liuhe/surveys/2026-link-road");
    assert_eq!(texts(&survey["choices"], ""), ["Satisfied", "Mostly satisfied", "Dissatisfied"]);
    assert_eq!(survey["questions"][0]["text"], "您对连村路翻修是否满意？");
}

#[test]
fn a_notice_of_a_meeting_says_what_it_needs_to_decide() {
    let office = Office::example();
    let notice = office.zh(Sheet::WrittenNotice, "qinghe/xinmin/meetings/2026-03-18-congress");
    assert_eq!(notice["addressee"], "各位村民代表、代表所联系的农户：");
    assert_eq!(
        texts(&notice["sections"][0]["paragraphs"], ""),
        [
            "全体代表 48 人，三分之二为 32 人：到会不足 32 人的，不能表决。",
            "每项议题须有到会代表三分之二以上同意，才能通过：到会 48 人时须 32 票同意，到会 32 人时须 22 票同意。",
        ]
    );
    assert_eq!(texts(&notice["sections"][1]["paragraphs"], ""), ["提前通知 12 天，不少于 3 天，达到。"]);
    assert_eq!(notice["seal"]["date"], "2026年3月6日");
    let english = office.en(Sheet::WrittenNotice, "qinghe/xinmin/meetings/2026-03-18-congress");
    assert_eq!(
        texts(&english["sections"][0]["paragraphs"], ""),
        [
            "48 delegates in all, two thirds is 32: with fewer than 32 present the meeting cannot decide.",
            "An item passes with at least two thirds of the delegates present: with 48 present, 32 votes for; with 32 present, 22 votes for.",
        ]
    );
}

#[test]
fn households_are_asked_until_a_matter_is_decided() {
    let office = Office::example();
    let notice = office.zh(Sheet::WrittenNotice, "qinghe/xilin/matters/2026-003-bus-shelter");
    assert_eq!(notice["title"], "关于征求对“村口候车棚”意见的通知");
    assert_eq!(texts(&notice["items"], "motion"), ["建候车棚一座，装太阳能灯，木板座位，预算 1.5 万元。"]);
    assert_eq!(notice["seal"]["office"], "西林村党支部");
    let decided = "qinghe/xinmin/matters/2026-001-street-lights";
    assert_eq!(office.write(Sheet::WrittenNotice, decided, Language::Chinese), None);
}

/// A village that has called a meeting for next month: twelve items, a rare name, no roster, no votes yet.
fn called() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("content/site.yaml", "title: 测试\npublisher: 测试镇\nlanguages: [zh-CN, en]\nas_of: 2026-11-20\n".to_owned()),
        (
            "content/v/area.yaml",
            "kind: area\nname: 龑村\nlevel: village\nworkflows: [{id: eight-step, since: 2026-01-01}]\nbodies:\n  - {id: congress, \
             name: 龑村村民代表大会, class: village-congress, entitled: 31}\n"
                .to_owned(),
        ),
        ("content/v/meetings/next.md", meeting()),
    ];
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}

fn meeting() -> String {
    let items: Vec<String> = (1..=12).map(|no| format!("  - {{no: {no}, motion: 第 {no} 项议案}}\n")).collect();
    let items = items.concat();
    format!(
        "---\nkind: meeting\ntitle: 第一次会议\nbody: congress\ndate: 2026-12-10\npresided_by: {{role: chair, name: 张䶮}}\nitems:\n{items}---\n"
    )
}

#[test]
fn a_meeting_that_is_still_to_come_is_called_with_what_is_known_and_the_rest_is_left_open() {
    let folder = called();
    let office = Office::open(folder.path());
    let notice = office.zh(Sheet::WrittenNotice, "v/meetings/next");
    assert_eq!(texts(&notice["facts"], "text"), ["2026年12月10日（星期四）", "", "主席 张䶮"]);
    assert_eq!(notice["items"].as_array().map(Vec::len), Some(12));
    assert_eq!(texts(&notice["sections"], "title"), ["到会和通过需要的人数"]);
    assert_eq!(
        texts(&notice["sections"][0]["paragraphs"], ""),
        [
            "全体代表 31 人，三分之二为 21 人：到会不足 21 人的，不能表决。",
            "每项议题须有到会代表三分之二以上同意，才能通过：到会 31 人时须 21 票同意，到会 21 人时须 14 票同意。",
        ]
    );
    assert_eq!((&notice["seal"]["date"], &notice["online"]["qr"]), (&"".into(), &"".into()));
    let sheet = office.zh(Sheet::Signatures, "v/meetings/next");
    assert_eq!(sheet["places"].as_array().map(Vec::len), Some(31));
    assert_eq!(sheet["declaration"], "到会人员逐人签名。");
    assert_eq!(office.write(Sheet::Official, "v/meetings/next", Language::Chinese), None);
}

/// Makes the site of `called` with a meeting of 26 of 31 delegates who all signed, and a roster without members.
fn met(items: &str) -> Office {
    let folder = called();
    let meeting = format!(
        "---\nkind: meeting\ntitle: 第二次会议\nbody: congress\ndate: 2026-11-10\nnotice: {{date: 2026-10-31, ways: [board]}}\n\
         entitled: 31\npresent: 26\nsignatures: 26\npublicised: {{from: 2026-11-11, to: 2026-12-01, ways: [board]}}\n\
         items:\n{items}---\n"
    );
    let roster = "kind: delegates\ntitle: 名册\nbody: congress\ndate: 2026-01-01\nterm: {from: 2026-01-01}\nmembers: []\n";
    std::fs::write(folder.path().join("content/v/meetings/second.md"), meeting).expect("a meeting");
    std::fs::create_dir_all(folder.path().join("content/v/delegates")).expect("a folder");
    std::fs::write(folder.path().join("content/v/delegates/2026.yaml"), roster).expect("a roster");
    Office::open(folder.path())
}

const SECOND: &str = "v/meetings/second";

#[test]
fn those_who_signed_are_no_quorum() {
    let office = met("  - {no: 1, motion: 修路, outcome: deferred}\n");
    let notice = office.zh(Sheet::Notice, SECOND);
    assert_eq!(notice["attendance"]["arithmetic"], "", "nothing was voted, so no rule asks for a quorum");
    let office = met("  - {no: 1, motion: 修路, votes: {for: 26, against: 0}, outcome: passed}\n");
    let notice = office.zh(Sheet::Notice, SECOND);
    let arithmetic = notice["attendance"]["arithmetic"].as_str().unwrap_or_default();
    assert!(arithmetic.contains("三分之二") && !arithmetic.contains("签字"), "{arithmetic}");
}

#[test]
fn nothing_is_announced_before_anything_came_of_an_item() {
    let office = met("  - {no: 1, motion: 修路}\n");
    assert_eq!(office.write(Sheet::Notice, SECOND, Language::Chinese), None);
    let office = met("  - {no: 1, motion: 修路, votes: {for: 26, against: 0}, outcome: passed}\n  - {no: 2, motion: 打井}\n");
    let notice = office.zh(Sheet::Notice, SECOND);
    assert_eq!(texts(&notice["votes"], "outcome"), ["通过", "未表决"]);
    assert_eq!(texts(&office.en(Sheet::Notice, SECOND)["votes"], "outcome"), ["Passed", "Not yet voted on"]);
}

#[test]
fn a_notice_says_whether_the_meeting_voted() {
    let office = Office::example();
    let id = "qinghe/donggang/meetings/2026-08-14-congress";
    let (zh, en) = (office.zh(Sheet::Notice, id), office.en(Sheet::Notice, id));
    let [zh, en] = [&zh, &en].map(|notice| texts(&notice["text"], "").concat());
    assert!(zh.contains("召开会议，因到会人数不足，1 项议题没有表决。"), "{zh}");
    assert!(en.contains("met, but too few were present and no vote was taken (1 item)."), "{en}");
    let office = met("  - {no: 1, motion: 修路, votes: {for: 26, against: 0}, outcome: passed}\n");
    let text = texts(&office.en(Sheet::Notice, SECOND)["text"], "").concat();
    assert!(text.contains("met and voted on 1 item. Outcome: Passed."), "{text}");
    let office = met("  - {no: 1, motion: 修路, outcome: deferred}\n  - {no: 2, motion: 打井, outcome: deferred}\n");
    let text = texts(&office.zh(Sheet::Notice, SECOND)["text"], "").concat();
    assert!(text.contains("召开会议，2 项议题没有表决，暂缓 2 项。"), "{text}");
}

#[test]
fn a_roster_without_members_leaves_a_place_for_everybody_entitled() {
    let office = met("  - {no: 1, motion: 修路, outcome: deferred}\n");
    assert_eq!(office.zh(Sheet::Signatures, SECOND)["places"].as_array().map(Vec::len), Some(31));
}

#[test]
fn a_matter_is_posted_with_the_meeting_that_decided_it() {
    let folder = called();
    let matter = "---\nkind: matter\ntitle: 修路\ncategory: 基础设施\nworkflow: eight-step\nsteps:\n  resolve: {meeting: second, item: 1}\n---\n";
    std::fs::create_dir_all(folder.path().join("content/v/matters")).expect("a folder");
    std::fs::write(folder.path().join("content/v/matters/road.md"), matter).expect("a matter");
    let meeting = "---\nkind: meeting\ntitle: 第二次会议\nbody: congress\ndate: 2026-11-10\nnotice: {date: 2026-10-31, ways: \
                   [board]}\nentitled: 31\npresent: 30\npublicised: {from: 2026-11-11, to: 2026-12-01, ways: \
                   [board]}\nitems:\n  - {no: 1, matter: road, motion: 修路, votes: {for: 30, against: 0}, outcome: \
                   passed}\n---\n";
    std::fs::write(folder.path().join("content/v/meetings/second.md"), meeting).expect("a meeting");
    let office = Office::open(folder.path());
    let notice = office.zh(Sheet::Notice, "v/matters/road");
    let lines = lines(&office.zh(Sheet::Official, "v/matters/road"));
    let days = notice["posting"]["dates"].as_str().unwrap_or_default();
    assert!(!days.is_empty() && lines.iter().any(|line| line.contains(days)), "{days}: {lines:?}");
}
