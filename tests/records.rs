//! The example records read as they stand, and single edits of them: each gives its rule, severity and place.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]
#![expect(clippy::expect_used, reason = "a fixture that is not there is a fault of the test")]

use std::collections::BTreeSet;
use std::path::Path;

use gongshi::diagnostic::{Diagnostic, Severity};
use gongshi::field;
use gongshi::language::Language;
use gongshi::record::{self, Forms, StepForm};
use gongshi::register::{Register, resolve};
use gongshi::source::{Attachment, Files, SourceFile, discover};

/// The steps of the two procedures of the examples, as their packs have them.
fn forms() -> Forms {
    let steps = |list: &[(&str, &str, &str)]| {
        list.iter()
            .map(|(id, zh, form)| StepForm {
                id: (*id).to_owned(),
                title_zh: (*zh).to_owned(),
                form: field::form(form).expect("a form"),
            })
            .collect()
    };
    let eight = [
        ("collect", "集民意", "collect"),
        ("set-topic", "定议题", "set-topic"),
        ("consult", "征意见", "consult"),
        ("examine", "审议案", "examine"),
        ("resolve", "成决议", "resolve"),
        ("publicise", "广示之", "publicise"),
        ("implement", "抓落实", "implement"),
        ("supervise", "严监督", "supervise"),
    ];
    let five = [
        ("propose", "提", "propose"),
        ("decide", "定", "decide"),
        ("execute", "干", "execute"),
        ("evaluate", "评", "evaluate"),
        ("assess", "考", "assess"),
    ];
    Forms::from([("eight-step".to_owned(), steps(&eight)), ("five-ring".to_owned(), steps(&five))])
}

/// A site in memory.
struct Site {
    texts: Vec<(String, String)>,
    attachments: Vec<String>,
}

impl Site {
    /// Reads the example records.
    fn examples() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/examples");
        let found = discover(&root).expect("the fixtures are readable");
        assert!(found.diagnostics.is_empty());
        let texts = found.files.iter().map(|(_, file)| (file.path.clone(), file.text.to_string())).collect();
        Self { texts, attachments: Vec::new() }
    }

    /// Replaces one text of the file whose path ends in `file`; it must be there exactly once.
    fn edit(mut self, file: &str, from: &str, to: &str) -> Self {
        let (_, text) = self.texts.iter_mut().find(|(path, _)| path.ends_with(file)).expect(file);
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {file}");
        *text = text.replace(from, to);
        self
    }

    /// Adds a file, in path order.
    fn add(mut self, path: &str, text: &str) -> Self {
        self.texts.push((format!("content/{path}"), text.to_owned()));
        self.texts.sort();
        self
    }

    /// Adds a file that is not a record.
    fn attach(mut self, path: &str) -> Self {
        self.attachments.push(format!("content/{path}"));
        self
    }

    /// Reads, checks and resolves the site.
    fn check(&self) -> (Files, Register, Vec<Diagnostic>) {
        let mut files = Files::default();
        for (path, text) in &self.texts {
            files.add(SourceFile::new(path.as_str(), text.as_str()));
        }
        let mut diagnostics = Vec::new();
        let headers = record::headers(&files, &mut diagnostics);
        let (records, broken) = record::parse(&files, &headers, &forms(), &mut diagnostics);
        let attachments: Vec<Attachment> =
            self.attachments.iter().map(|path| Attachment { path: path.clone(), size: 1 }).collect();
        let register = resolve(records, broken, &attachments, &files, &mut diagnostics);
        register.check_future("2026-11-01".parse().expect("a date"), &mut diagnostics);
        (files, register, diagnostics)
    }

    /// Returns the reports in short: severity, rule, file, line and the text that is marked.
    fn faults(&self) -> Vec<String> {
        let (files, _, diagnostics) = self.check();
        diagnostics.iter().map(|fault| short(&files, fault)).collect()
    }
}

/// Writes a report in short.
fn short(files: &Files, fault: &Diagnostic) -> String {
    let severity = match fault.severity {
        Severity::Error => "E",
        Severity::Finding => "F",
        Severity::Warning => "W",
    };
    let path = &files.get(fault.span.file).path;
    let file = path.rsplit('/').next().unwrap_or(path);
    let (start, _) = files.positions(fault.span);
    format!("{severity} {} {file}:{} {}", fault.rule, start.line, files.slice(fault.span))
}

/// Asserts that one edit gives exactly the reports expected.
#[track_caller]
fn one(file: &str, from: &str, to: &str, expected: &[&str]) {
    assert_eq!(Site::examples().edit(file, from, to).faults(), expected, "{from} → {to}");
}

const CONGRESS: &str = "meetings/2026-03-18-congress.md";
const LIGHTS: &str = "matters/2026-001-street-lights.md";
const BRIDGE: &str = "matters/2026-001-bridge.md";
const OPINIONS: &str = "xinmin/opinions/2026-q1.yaml";
const FINANCE: &str = "finance/2026-q1.yaml";
const CONTRACT: &str = "assessments/2026-contract.yaml";
const SEPTEMBER: &str = "assessments/2026-09.yaml";
const VILLAGE: &str = "xinmin/area.yaml";

#[test]
fn the_examples_give_no_report() {
    let site = Site::examples();
    assert_eq!(site.faults(), Vec::<String>::new());
    let (_, register, _) = site.check();
    assert_eq!(register.records().len(), site.texts.len());
    assert!(register.broken().is_empty());
}

#[test]
fn every_message_stands_in_both_languages() {
    let edits = [
        (CONGRESS, "present: 41", "present: 二十八"),
        (LIGHTS, "title: 村内", "titel: 村内"),
        (SEPTEMBER, "total: 97", "total: 98"),
    ];
    for (file, from, to) in edits {
        let (_, _, diagnostics) = Site::examples().edit(file, from, to).check();
        for fault in diagnostics {
            for language in Language::ALL {
                assert!(!fault.message.get(language).is_empty() && !fault.help.get(language).is_empty(), "{fault:?}");
            }
        }
    }
}

#[test]
fn edits_of_votes_and_attendance() {
    let votes = "{for: 38, against: 2, abstain: 1}";
    one(CONGRESS, votes, "{for: 38, against: 2, abstain: 2}", &["E arithmetic/vote-sum 2026-03-18-congress.md:16 votes"]);
    one(CONGRESS, votes, "{for: 38, against: 2}", &["E arithmetic/vote-sum 2026-03-18-congress.md:16 votes"]);
    one(CONGRESS, votes, "{for: 38, against: 2, absent: 1}", &[]);
    assert_eq!(
        Site::examples()
            .edit(CONGRESS, "present: 41", "present: 49")
            .edit(CONGRESS, votes, "{for: 46, against: 2, abstain: 1}")
            .edit(CONGRESS, "{for: 25, against: 12, abstain: 4}", "{for: 25, against: 20, abstain: 4}")
            .faults(),
        ["E arithmetic/present-exceeds-entitled 2026-03-18-congress.md:11 present"]
    );
    one(CONGRESS, "entitled: 48", "entitled: 45", &["E reference/entitled-differs 2026-03-18-congress.md:10 entitled"]);
    one(
        CONGRESS,
        "signatures: 41",
        "signatures: 42",
        &["E arithmetic/signatures-exceed-present 2026-03-18-congress.md:23 signatures"],
    );
    one(
        CONGRESS,
        "present: 41",
        "present: 41\ngroups:\n  - {group: 一组, entitled: 24, present: 20}\n  - {group: 二组, entitled: 20, present: 21}",
        &[
            "E arithmetic/present-exceeds-entitled 2026-03-18-congress.md:14 present",
            "E arithmetic/group-sum 2026-03-18-congress.md:12 groups",
        ],
    );
}

#[test]
fn edits_of_references() {
    one(
        LIGHTS,
        "    item: 1\n  publicise",
        "    item: 3\n  publicise",
        &["E reference/unknown 2026-001-street-lights.md:35 item"],
    );
    one(
        LIGHTS,
        "    item: 1\n  publicise",
        "    item: 2\n  publicise",
        &["E reference/mismatch 2026-001-street-lights.md:35 item"],
    );
    one(
        LIGHTS,
        "meeting: 2026-03-18-congress",
        "meeting: 2026-03-18-congres",
        &["E reference/unknown 2026-001-street-lights.md:34 meeting"],
    );
    one(
        LIGHTS,
        "meeting: 2026-03-18-congress",
        "meeting: 2026-002-irrigation-well",
        &["E reference/wrong-kind 2026-001-street-lights.md:34 meeting"],
    );
    one(LIGHTS, "meeting: 2026-03-18-congress", "meeting: meetings/2026-03-18-congress", &[]);
    one(LIGHTS, "meeting: 2026-03-18-congress", "meeting: /qinghe/xinmin/meetings/2026-03-18-congress", &[]);
    one(LIGHTS, "2026-q1/2]", "2026-q1/9]", &["E reference/unknown 2026-001-street-lights.md:11 2026-q1/9"]);
    one(LIGHTS, "2026-q1/2]", "2026-q2/1]", &["E reference/unknown 2026-001-street-lights.md:11 2026-q2/1"]);
    one(CONGRESS, "body: congress", "body: congres", &["E reference/unknown 2026-03-18-congress.md:4 body"]);
    one(LIGHTS, "workflow: eight-step", "workflow: eightstep", &["E reference/unknown 2026-001-street-lights.md:5 workflow"]);
    one(
        "2026-01-road-cleaning.md",
        "line: 村内道路清雪",
        "line: 村内道路扫雪",
        &["E reference/unknown 2026-01-road-cleaning.md:5 line"],
    );
    one(
        "2026-01-road-cleaning.md",
        "respondent: committee",
        "respondent: comittee",
        &["E reference/unknown 2026-01-road-cleaning.md:6 respondent"],
    );
    one(
        BRIDGE,
        "/qinghe/assessments/2026-h1",
        "/qinghe/assessments/2026-h2",
        &["E reference/unknown 2026-001-bridge.md:33 /qinghe/assessments/2026-h2"],
    );
}

#[test]
fn references_to_a_broken_file_are_not_reported_as_well() {
    one(CONGRESS, "present: 41", "present: 许多", &["E schema/wrong-type 2026-03-18-congress.md:11 present"]);
    one(OPINIONS, "no: 3", "no: 三号", &["E schema/wrong-type 2026-q1.yaml:19 no"]);
    one(CONGRESS, "kind: meeting", "kind: meating", &["E schema/unknown-kind 2026-03-18-congress.md:2 kind"]);
    one(VILLAGE, "level: village", "level: hamlet", &["E schema/unknown-value area.yaml:4 level"]);
}

#[test]
fn edits_of_keys_and_values() {
    one(LIGHTS, "owner: 村民委员会, lead: 陈立", "lead: 陈立", &["E schema/missing-key 2026-001-street-lights.md:51 what"]);
    one(LIGHTS, "title: 村内", "titel: 村内", &["E schema/unknown-key 2026-001-street-lights.md:3 titel"]);
    one(LIGHTS, "spent: 94200.00", "spent: 九万", &["E schema/wrong-type 2026-001-street-lights.md:47 spent"]);
    one(LIGHTS, "spent: 94200.00", "spent:", &["E schema/wrong-type 2026-001-street-lights.md:47 spent"]);
    one(LIGHTS, "spent: 94200.00", "spent: 94200.005", &["E schema/wrong-type 2026-001-street-lights.md:47 spent"]);
    one(LIGHTS, "assigned: 2026-04-10", "assigned: 2026-02-30", &["E schema/wrong-type 2026-001-street-lights.md:54 assigned"]);
    one(
        LIGHTS,
        "workflow: eight-step",
        "workflow: eight-step\n工作法: eight-step",
        &["E schema/duplicate-key 2026-001-street-lights.md:6 工作法"],
    );
    one(LIGHTS, "  set-topic:", "  set-topik:", &["E schema/unknown-key 2026-001-street-lights.md:13 set-topik"]);
    one(LIGHTS, "{way: party-meeting,", "{way: party-meting,", &["E schema/unknown-value 2026-001-street-lights.md:19 way"]);
    one(
        LIGHTS,
        "ways: [broadcast, board, web]",
        "ways: [broadcast, bord, web]",
        &["E schema/unknown-value 2026-001-street-lights.md:39 bord"],
    );
    one(LIGHTS, "ways: [broadcast, board, web]", "ways: board", &["E schema/wrong-type 2026-001-street-lights.md:39 ways"]);
    one(CONGRESS, "entitled: 48", "entitled: 0", &["E schema/out-of-range 2026-03-18-congress.md:10 entitled"]);
    one(CONGRESS, "from: \"14:00\"", "from: \"25:00\"", &["E schema/wrong-type 2026-03-18-congress.md:6 from"]);
    one(LIGHTS, "kind: matter\n", "", &["E schema/missing-key 2026-001-street-lights.md:2 title"]);
    one(LIGHTS, "category: 公益事业\n", "", &["E schema/missing-key 2026-001-street-lights.md:2 kind"]);
    one("site.yaml", "names: surname", "names: initial", &["E schema/unknown-value site.yaml:11 names"]);
}

#[test]
fn channels_are_read_in_both_spellings() {
    one(BRIDGE, "{forum: 34,", "{座谈会: 34,", &[]);
    one(BRIDGE, "{forum: 34,", "{forums: 34,", &["E schema/unknown-key 2026-001-bridge.md:13 forums"]);
    one(BRIDGE, "{forum: 34,", "{座谈会: 34, forum: 1,", &["E schema/duplicate-key 2026-001-bridge.md:13 forum"]);
}

#[test]
fn no_mutation_of_the_examples_makes_it_panic() {
    let site = Site::examples();
    // A small linear congruential generator: the same mutations every time.
    let mut state = 2026_u64;
    let mut next = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % bound
    };
    let scraps = [
        "",
        "\n",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "#",
        "999999999999999999999",
        "九万万万",
        "-1",
        "~",
        "&a",
        "*a",
        "\t",
        "%",
        "/../",
        "\u{feff}",
    ];
    for _ in 0..150 {
        let mut texts = site.texts.clone();
        let chosen = next(texts.len());
        for _ in 0..=next(4) {
            let text = &mut texts[chosen].1;
            let cut = |at: usize, text: &str| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let start = cut(next(text.len() + 1), text);
            let end = cut((start + next(12)).min(text.len()), text).max(start);
            text.replace_range(start..end, scraps[next(scraps.len())]);
        }
        Site { texts, attachments: Vec::new() }.faults();
    }
}

#[test]
fn all_faults_of_a_file_come_at_once() {
    let faults = Site::examples()
        .edit(LIGHTS, "title: 村内", "titel: 村内")
        .edit(LIGHTS, "spent: 94200.00", "spent: 九万")
        .edit(LIGHTS, "budget: 96000.00", "budget: 96,000")
        .edit(CONGRESS, "entitled: 48", "entitled: \"48\"")
        .faults();
    assert_eq!(
        faults,
        [
            "E schema/unknown-key 2026-001-street-lights.md:3 titel",
            "E schema/wrong-type 2026-001-street-lights.md:46 budget",
            "E schema/wrong-type 2026-001-street-lights.md:47 spent",
            "E schema/wrong-type 2026-03-18-congress.md:10 entitled",
        ]
    );
}

#[test]
fn safe_fixes_are_offered_and_mend_the_file() {
    let fixes = [
        (LIGHTS, "title: 村内", "titel: 村内"),
        (LIGHTS, "budget: 96000.00", "budget: 96,000.00"),
        (LIGHTS, "budget: 96000.00", "budget: 9.6万"),
        (LIGHTS, "date: 2026-01-26", "date: 2026年1月26日"),
        (CONGRESS, "present: 41", "present: 41人"),
        (CONGRESS, "present: 41", "present: 四十一"),
        (CONGRESS, "body: congress", "body: congres"),
        (CONGRESS, "from: \"14:00\"", "from: 14：00"),
        (FINANCE, "period: 2026-Q1", "period: 2026年第一季度"),
        (LIGHTS, "workflow: eight-step", "workflow: eight-stpe"),
    ];
    for (file, from, to) in fixes {
        let site = Site::examples().edit(file, from, to);
        let (files, _, diagnostics) = site.check();
        let fix = diagnostics.first().and_then(|fault| fault.fix.clone()).unwrap_or_else(|| panic!("a fix of {to}"));
        let mut text = files.get(fix.span.file).text.to_string();
        text.replace_range(fix.span.range(), &fix.replacement);
        let mut mended = Site::examples();
        mended.texts.iter_mut().find(|(path, _)| path.ends_with(file)).expect(file).1 = text;
        assert_eq!(mended.faults(), Vec::<String>::new(), "{to} → {}", fix.replacement);
    }
}

#[test]
fn edits_of_money_and_scores() {
    one(FINANCE, "closing: 244540.50", "closing: 244540.05", &["E arithmetic/finance-balance 2026-q1.yaml:11 closing"]);
    one(FINANCE, "date: 2026-01-22", "date: 2026-04-22", &["E date/outside-period 2026-q1.yaml:9 date"]);
    one(
        CONTRACT,
        "target: 100, weight: 40",
        "target: 100, weight: 45",
        &["E arithmetic/weights 2026-contract.yaml:6 indicators"],
    );
    one(SEPTEMBER, "total: 97", "total: 98", &["E arithmetic/total 2026-09.yaml:9 total"]);
    one(SEPTEMBER, "total: 97\n    grade: 优秀", "total: 97\n    grade: 良好", &["E arithmetic/grade 2026-09.yaml:10 grade"]);
    one(
        SEPTEMBER,
        "{projects: 40, on-time: 29",
        "{projects: 41, on-time: 28",
        &["E schema/out-of-range 2026-09.yaml:8 projects"],
    );
    one(
        SEPTEMBER,
        "projects: 40",
        "project: 40",
        &["E reference/unknown 2026-09.yaml:8 project", "E schema/missing-key 2026-09.yaml:8 scores"],
    );
    one(SEPTEMBER, "cycle: monthly ", "cycle: quarterly ", &["E date/period-of-cycle 2026-09.yaml:4 period"]);
    one(SEPTEMBER, "period: 2026-09", "period: 2025-09", &["E date/outside-period 2026-09.yaml:4 period"]);
    one(SEPTEMBER, "grade: 良好", "grade: 良好\n    rank: 2", &["E arithmetic/rank 2026-09.yaml:15 rank"]);
    one(SEPTEMBER, "grade: 良好", "grade: 良好\n    rank: 3", &[]);
    one(BRIDGE, "satisfied: 251", "satisfied: 261", &["E arithmetic/survey-sum 2026-001-bridge.md:31 survey"]);
    one(BRIDGE, "issued: 300", "issued: 280", &["E arithmetic/survey-sum 2026-001-bridge.md:31 survey"]);
    one(
        LIGHTS,
        "returned: 45, in_favour: 43",
        "returned: 49, in_favour: 43",
        &["E arithmetic/returned-exceeds-sent 2026-001-street-lights.md:20 returned"],
    );
    one(
        LIGHTS,
        "returned: 45, in_favour: 43",
        "returned: 45, in_favour: 46",
        &["E arithmetic/favour-exceeds-returned 2026-001-street-lights.md:20 in_favour"],
    );
    one(VILLAGE, "women: 17", "women: 49", &["E arithmetic/part-exceeds-whole area.yaml:19 women"]);
}

#[test]
fn edits_of_dates() {
    one(LIGHTS, "to: 2026-04-07", "to: 2026-03-07", &["E date/order 2026-001-street-lights.md:38 to"]);
    one(CONGRESS, "notice: {date: 2026-03-06", "notice: {date: 2026-03-26", &["E date/order 2026-03-18-congress.md:8 date"]);
    one(CONGRESS, "to: \"16:10\"", "to: \"13:10\"", &["E date/order 2026-03-18-congress.md:6 to"]);
    one(
        "2026-01-road-cleaning.md",
        "answered: {date: 2026-04-16}",
        "answered: {date: 2026-04-06}",
        &["E date/order 2026-01-road-cleaning.md:7 date"],
    );
    one(LIGHTS, "done: 2026-06-25", "done: 2026-12-25", &["W date/future 2026-001-street-lights.md:51 done"]);
    one(LIGHTS, "done: 2026-06-25", "done: 2062-06-25", &["E date/future 2026-001-street-lights.md:51 done"]);
    one(LIGHTS, "due: 2026-06-30", "due: 2027-06-30", &[]);
}

#[test]
fn edits_of_identity() {
    one(
        CONGRESS,
        "no: 2",
        "no: 1",
        &["E identity/duplicate 2026-03-18-congress.md:18 no", "E reference/unknown 2026-002-irrigation-well.md:18 item"],
    );
    one(
        VILLAGE,
        "id: joint",
        "id: committee",
        &["E identity/duplicate area.yaml:14 id", "E reference/unknown 2026-03-02-joint.md:4 body"],
    );
    let matter = Site::examples().texts.iter().find(|(path, _)| path.ends_with(LIGHTS)).expect("the matter").1.clone();
    let added = |path: &str| Site::examples().add(path, &matter).faults();
    assert_eq!(
        added("qinghe/xinmin/affairs/2026-001-street-lights.md").last().map(String::as_str),
        Some("E identity/duplicate 2026-001-street-lights.md:2 kind")
    );
    assert_eq!(
        added("qinghe/xinmin/matters/2026-001-Street-lights.md").first().map(String::as_str),
        Some("E identity/address-collision 2026-001-street-lights.md:2 kind")
    );
    assert!(
        added("elsewhere/2026-001-street-lights.md").contains(&"E identity/no-area 2026-001-street-lights.md:2 kind".to_owned())
    );
    let yaml = Site::examples().add(
        "qinghe/xinmin/finance/2026-q1.md",
        "---\nkind: finance\nperiod: 2026-Q1\nopening: 0\nincome: []\nexpenditure: []\nclosing: 0\n---\n",
    );
    assert_eq!(yaml.faults().first().map(String::as_str), Some("E identity/duplicate 2026-q1.yaml:1 kind"));
    one("qinghe/area.yaml", "level: township", "level: group", &["E identity/level-order area.yaml:4 level"]);
}

#[test]
fn links_and_files() {
    let body = "会议听取了汇报";
    let file = "2026-01-08-committee.md";
    let link = |link: &str| Site::examples().edit(file, body, &format!("{link} {body}"));
    let cases = [
        ("![x](../../../../etc/passwd)", "link/outside"),
        ("![x](/../etc/passwd)", "link/outside"),
        ("[x](missing.pdf)", "link/broken"),
        ("[x](../matters/2026-001-brige.md)", "link/broken"),
        ("[x](#nothing)", "link/broken"),
        ("[x](javascript:alert(1))", "link/unsafe"),
        ("[x](JaVaScRiPt:alert(1))", "link/unsafe"),
        ("[x](data:text/html,a)", "link/unsafe"),
        ("[x](file:///etc/passwd)", "link/unsafe"),
        ("[x](//example.org/)", "link/unsafe"),
        ("![x](https://example.org/a.png)", "link/unsafe"),
    ];
    for (written, rule) in cases {
        assert_eq!(link(written).faults(), [format!("E {rule} {file}:14 {written}")], "{written}");
    }
    for fine in [
        "[x](../matters/2026-001-bridge.md)",
        "[x](/qinghe/xinmin/matters/2026-001-street-lights.md)",
        "[x](https://example.org/)",
        "[x](mailto:a@example.org)",
        "[x](../xinmin/meetings/2026-03-18-congress.md#会议记录)",
        "[x](../xinmin/area.yaml)",
    ] {
        assert_eq!(link(fine).faults(), Vec::<String>::new(), "{fine}");
    }
}

#[test]
fn attachments_are_published_when_a_record_links_to_them() {
    let file = "2026-01-08-committee.md";
    let plan = "qinghe/meetings/方案.pdf";
    let listed = |name: &str| Site::examples().edit(file, "present: 9", &format!("present: 9\nattachments: [{{file: {name}}}]"));
    assert_eq!(listed("方案.pdf").faults(), ["E attachment/missing 2026-01-08-committee.md:10 file"]);
    assert_eq!(Site::examples().attach(plan).faults(), ["W attachment/unused 2026-01-08-committee.md:2 kind"]);
    let site = listed("方案.pdf").attach(plan);
    assert_eq!(site.faults(), Vec::<String>::new());
    let (_, register, _) = site.check();
    assert_eq!(register.attachments(), BTreeSet::from(["content/qinghe/meetings/方案.pdf"]));
    assert_eq!(
        listed("a.exe").attach("qinghe/meetings/a.exe").faults(),
        ["E attachment/type 2026-01-08-committee.md:10 file", "W attachment/unused 2026-01-08-committee.md:2 kind"]
    );
    assert_eq!(listed("../../../x.pdf").faults(), ["E link/outside 2026-01-08-committee.md:10 file"]);
    let in_body = Site::examples().edit(file, "会议听取了汇报", "[方案](%E6%96%B9%E6%A1%88.pdf)").attach(plan);
    assert_eq!(in_body.faults(), Vec::<String>::new());
}

#[test]
fn references_are_resolved_both_ways() {
    let (_, register, _) = Site::examples().check();
    let lights = register.by_id("qinghe/xinmin/matters/2026-001-street-lights").expect("the matter");
    let congress = register.by_id("qinghe/xinmin/meetings/2026-03-18-congress").expect("the meeting");
    assert_eq!(register.link(lights, "steps.resolve.meeting"), Some(congress));
    let back: Vec<&str> = register.links_to(congress).iter().map(|link| link.path.as_str()).collect();
    assert_eq!(back, ["steps.resolve.meeting", "steps.resolve.meeting"]);
    let opinions = register.by_id("qinghe/xinmin/opinions/2026-q1").expect("the opinions");
    let of_lights: Vec<_> = register.links(lights).iter().filter(|link| link.to == opinions).map(|link| link.opinion).collect();
    assert_eq!(of_lights, [Some(1), Some(2)]);
    assert_eq!(register.date_of(lights).map(|date| date.to_string()).as_deref(), Some("2026-03-18"));
    let ids = |list: &[gongshi::register::RecordIx]| list.iter().map(|ix| register.get(*ix).id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(register.children("")), ["qinghe"]);
    assert_eq!(ids(register.children("qinghe")), ["qinghe/xinmin"]);
    assert_eq!(ids(&register.ancestors("qinghe/xinmin")), ["qinghe"]);
    let meetings = ids(register.records_of("qinghe/xinmin", field::Kind::Meeting));
    assert_eq!(meetings.first().map(String::as_str), Some("qinghe/xinmin/meetings/2026-02-03-party"));
    assert_eq!(meetings.last().map(String::as_str), Some("qinghe/xinmin/meetings/2026-04-10-congress"));
    assert!(!register.calendar().is_working_day("2026-10-01".parse().expect("a date")));
}
