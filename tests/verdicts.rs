//! The example records judged by the built-in packs, and single edits of them: each gives its rule, severity and place.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]
#![expect(clippy::expect_used, reason = "a fixture that is not there is a fault of the test")]

use std::path::Path;

use gongshi::diagnostic::{Diagnostic, Severity};
use gongshi::record;
use gongshi::register::{Register, resolve};
use gongshi::source::{Files, SourceFile, discover};
use gongshi::verdict::{DueKind, DueState, Outcome, Progress, Status, Verdict, Verdicts, judge};
use gongshi::workflow::{Workflows, add_built_in, explain};

/// A site in memory.
struct Site {
    texts: Vec<(String, String)>,
    as_of: &'static str,
}

/// A site that was judged.
struct Judged {
    files: Files,
    register: Register,
    workflows: Workflows,
    verdicts: Verdicts,
    diagnostics: Vec<Diagnostic>,
}

impl Site {
    /// Reads the example records.
    fn examples() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/examples");
        let found = discover(&root).expect("the fixtures are readable");
        let texts = found.files.iter().map(|(_, file)| (file.path.clone(), file.text.to_string())).collect();
        Self { texts, as_of: "2026-11-01" }
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

    /// Judges as of another day.
    fn on(mut self, day: &'static str) -> Self {
        self.as_of = day;
        self
    }

    fn judge(&self) -> Judged {
        let mut files = Files::default();
        for (path, text) in &self.texts {
            files.add(SourceFile::new(path.as_str(), text.as_str()));
        }
        add_built_in(&mut files);
        let mut diagnostics = Vec::new();
        let headers = record::headers(&files, &mut diagnostics);
        let workflows = Workflows::read(&files, &headers, &mut diagnostics);
        let (records, broken) = record::parse(&files, &headers, &workflows.forms(), &mut diagnostics);
        let register = resolve(records, broken, &[], &files, &mut diagnostics);
        let verdicts = judge(&register, &workflows, self.as_of.parse().expect("a date"), &mut diagnostics);
        Judged { files, register, workflows, verdicts, diagnostics }
    }

    /// Returns the reports of matters, meetings and packs in short.
    fn faults(&self) -> Vec<String> {
        let judged = self.judge();
        judged.diagnostics.iter().map(|fault| short(&judged.files, fault)).collect()
    }
}

impl Judged {
    fn verdict(&self, id: &str) -> &Verdict {
        self.verdicts.get(self.register.by_id(id).expect(id)).expect(id)
    }
}

/// Writes a report in short: severity, rule, file, line and the text that is marked.
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

const CONGRESS: &str = "meetings/2026-03-18-congress.md";
const LIGHTS: &str = "matters/2026-001-street-lights.md";
const BRIDGE: &str = "matters/2026-001-bridge.md";
const OPINIONS: &str = "xinmin/opinions/2026-q1.yaml";
const STREET_LIGHTS: &str = "qinghe/xinmin/matters/2026-001-street-lights";

/// The reports that the unedited examples give: cadences of which a small sample shows too few records.
fn standing() -> Vec<String> {
    Site::examples().faults()
}

/// Asserts that edits add these reports to those of the unedited examples, and take none away.
#[track_caller]
fn adds(site: &Site, expected: &[&str]) {
    let standing = standing();
    let mut found = site.faults();
    found.retain(|fault| !standing.contains(fault));
    assert_eq!(found, expected);
}

#[test]
fn the_examples_are_clean_but_for_cadences() {
    let odd: Vec<_> =
        standing().into_iter().filter(|fault| !(fault.starts_with("F ") && fault.contains(" area.yaml:"))).collect();
    assert_eq!(odd, Vec::<String>::new());
}

#[test]
fn a_meeting_without_a_quorum_cannot_pass_anything() {
    let site = Site::examples()
        .edit(CONGRESS, "present: 41", "present: 31")
        .edit(CONGRESS, "{for: 38, against: 2, abstain: 1}", "{for: 29, against: 1, abstain: 1}")
        .edit(CONGRESS, "{for: 25, against: 12, abstain: 4}", "{for: 15, against: 12, abstain: 4}")
        .edit(CONGRESS, "signatures: 41", "signatures: 31")
        .edit(LIGHTS, "signatures: 41", "signatures: 31")
        .edit("matters/2026-002-irrigation-well.md", "signatures: 41", "signatures: 31");
    adds(&site, &["E eight-step/quorum 2026-03-18-congress.md:11 present"]);
}

#[test]
fn an_outcome_has_to_follow_from_its_votes() {
    let votes = "{for: 38, against: 2, abstain: 1}";
    let short_of = Site::examples().edit(CONGRESS, votes, "{for: 27, against: 13, abstain: 1}");
    adds(&short_of, &["E eight-step/majority 2026-03-18-congress.md:17 outcome"]);
    let passed = Site::examples().edit(CONGRESS, "outcome: rejected", "outcome: passed");
    let marks: Vec<_> = passed.faults().into_iter().filter(|fault| fault.contains("majority")).collect();
    assert_eq!(marks, ["E eight-step/majority 2026-03-18-congress.md:22 outcome"]);
    let rejected = Site::examples().edit(CONGRESS, "    outcome: passed", "    outcome: rejected");
    let marks: Vec<_> = rejected.faults().into_iter().filter(|fault| fault.contains("majority")).collect();
    assert_eq!(marks, ["E eight-step/majority 2026-03-18-congress.md:17 outcome"]);
}

#[test]
fn who_presides_and_whether_the_result_is_posted_are_findings() {
    let secretary = Site::examples().edit(CONGRESS, "{role: chair, name: 李长河}", "{role: secretary, name: 李长河}");
    adds(&secretary, &["F eight-step/chair-presides 2026-03-18-congress.md:9 presided_by"]);
    let silent =
        Site::examples().edit(CONGRESS, "publicised: {from: 2026-03-19, to: 2026-04-07, ways: [broadcast, board, web]}\n", "");
    adds(&silent, &["F eight-step/publicised-after-meeting 2026-03-18-congress.md:2 kind"]);
}

#[test]
fn consulting_and_examining_have_their_ways_and_their_order() {
    let notice = "    - {way: written-notice, date: 2026-02-04, sent: 48, returned: 45, in_favour: 43, summary: 两名代表建议先装学校路段。}\n";
    adds(&Site::examples().edit(LIGHTS, notice, ""), &["F eight-step/consult-ways 2026-001-street-lights.md:18 consult"]);
    let site = Site::examples()
        .edit(LIGHTS, "    - stage: expert-hearing\n      date: 2026-02-25\n      experts: [县住建局照明工程师, 县农经站会计师]\n      conclusion: 技术可行，资金有保障，建议学校路段先行施工，灯具亮度可调。\n", "")
        .edit(LIGHTS, "  resolve:\n", "    - stage: expert-hearing\n      date: 2026-03-05\n      experts: [县住建局照明工程师, 县农经站会计师]\n      conclusion: 技术可行。\n  resolve:\n");
    let marks: Vec<_> = site.faults().into_iter().filter(|fault| fault.contains("eight-step/examine-order")).collect();
    assert_eq!(marks, ["F eight-step/examine-order 2026-001-street-lights.md:22 examine"]);
}

#[test]
fn posting_is_long_enough_in_the_right_ways_and_signed_by_those_present() {
    let posted = "from: 2026-03-19\n    to: 2026-04-07\n    ways: [broadcast, board, web]\n    signatures: 41";
    let edit = |to: &str| Site::examples().edit(LIGHTS, posted, to);
    let days = edit("from: 2026-03-19\n    to: 2026-03-29\n    ways: [broadcast, board, web]\n    signatures: 41");
    let rules = |site: &Site| -> Vec<String> {
        let standing = standing();
        site.faults().into_iter().filter(|fault| !standing.contains(fault)).collect()
    };
    assert!(rules(&days).contains(&"F eight-step/posting-days 2026-001-street-lights.md:38 to".to_owned()), "{:?}", rules(&days));
    let ways = edit("from: 2026-03-19\n    to: 2026-04-07\n    ways: [web]\n    signatures: 41");
    adds(&ways, &["F eight-step/publicise-ways 2026-001-street-lights.md:39 ways"]);
    let signatures = edit("from: 2026-03-19\n    to: 2026-04-07\n    ways: [broadcast, board, web]\n    signatures: 42");
    adds(&signatures, &["E eight-step/signatures 2026-001-street-lights.md:40 signatures"]);
    let early = edit("from: 2026-03-10\n    to: 2026-04-07\n    ways: [broadcast, board, web]\n    signatures: 41");
    adds(&early, &["E eight-step/step-order 2026-001-street-lights.md:37 from"]);
}

#[test]
fn the_plan_is_approved_and_a_supervisor_executes_nothing() {
    let plan = Site::examples().edit(LIGHTS, "    approved: {meeting: 2026-04-10-congress, item: 1}\n", "");
    adds(&plan, &["F eight-step/plan-approved 2026-001-street-lights.md:43 implement"]);
    let leader = Site::examples().edit(LIGHTS, "supervisors: [赵玉兰, 孙德福]", "supervisors: [赵玉兰, 王春生]");
    adds(&leader, &["F eight-step/supervisor-independent 2026-001-street-lights.md:53 supervisors"]);
}

#[test]
fn an_opinion_is_not_declined_without_a_reason() {
    let site = Site::examples().edit(OPINIONS, "    reason: 镇统一清运合同为每周一次，合同到期后重新商议。\n", "");
    adds(&site, &["F eight-step/opinion-answered 2026-q1.yaml:27 no"]);
}

#[test]
fn what_a_site_denies_is_an_error_there() {
    let ways = |site: Site| site.edit(LIGHTS, "ways: [broadcast, board, web]", "ways: [web]");
    let denied = ways(Site::examples()).edit("site.yaml", "deny: []", "deny: [eight-step/publicise-ways]");
    adds(&denied, &["E eight-step/publicise-ways 2026-001-street-lights.md:39 ways"]);
    let unknown = Site::examples().edit("site.yaml", "deny: []", "deny: [eight-step/publicise-way]");
    adds(&unknown, &["E reference/unknown site.yaml:14 eight-step/publicise-way"]);
}

#[test]
fn a_matter_that_went_all_the_way_is_done_and_shows_its_proofs() {
    let judged = Site::examples().judge();
    let lights = judged.verdict(STREET_LIGHTS);
    assert_eq!(lights.status, Some(Status::Done));
    assert_eq!(lights.decision.as_deref(), Some("passed"));
    assert_eq!(lights.current_step, None);
    assert!(lights.steps.iter().all(|step| step.progress == Progress::Done), "{:?}", lights.steps);
    let congress = judged.verdict("qinghe/xinmin/meetings/2026-03-18-congress");
    let words: Vec<_> = congress
        .proofs
        .iter()
        .filter(|proof| ["eight-step/quorum", "eight-step/majority"].contains(&proof.rule.id.as_str()))
        .map(|proof| {
            let words = proof.arithmetic.as_ref().map(|arithmetic| arithmetic.words().zh).unwrap_or_default();
            (&*proof.path, &proof.outcome, words)
        })
        .collect();
    assert_eq!(
        words,
        [
            ("present", &Outcome::Passed, "全体代表 48 人，三分之二为 32 人，实到 41 人，达到".to_owned()),
            ("items[0].outcome", &Outcome::Passed, "到会代表 41 人，三分之二为 28 票，同意 38 票，达到".to_owned()),
            ("items[1].outcome", &Outcome::Passed, "到会代表 41 人，三分之二为 28 票，同意 25 票，未达到".to_owned()),
        ]
    );
}

#[test]
fn after_a_rejection_nothing_is_carried_out() {
    let judged = Site::examples().judge();
    let well = judged.verdict("qinghe/xinmin/matters/2026-002-irrigation-well");
    assert_eq!(well.status, Some(Status::Rejected));
    let last: Vec<_> = well.steps.iter().skip(5).map(|step| step.progress).collect();
    assert_eq!(last, [Progress::Done, Progress::NotNeeded, Progress::NotNeeded]);
}

#[test]
fn a_verdict_knows_nothing_of_what_comes_after_its_day() {
    let march = Site::examples().on("2026-03-25").judge();
    let lights = march.verdict(STREET_LIGHTS);
    assert_eq!(lights.status, Some(Status::Publicising));
    assert_eq!(lights.current_step, Some(5));
    let progress: Vec<_> = lights.steps.iter().skip(4).map(|step| step.progress).collect();
    assert_eq!(progress, [Progress::Done, Progress::UnderWay, Progress::NotBegun, Progress::NotBegun]);
    let postings: Vec<_> = march.verdicts.due().iter().filter(|due| due.kind == DueKind::Posting).collect();
    assert_eq!(postings.len(), 3, "{postings:?}");
    let february = Site::examples().on("2026-02-20").judge();
    let lights = february.verdict(STREET_LIGHTS);
    assert_eq!((lights.status, lights.decision.as_deref()), (Some(Status::UnderWay), None));
    assert_eq!(lights.current_step, Some(3));
}

#[test]
fn a_step_left_out_keeps_its_reason() {
    let site = Site::examples()
        .edit(LIGHTS, "  set-topic:\n    date: 2026-01-26\n    by: party\n    feasibility: 主街长 1.2 公里，沿线无高压线路，太阳能路灯无需敷设电缆，后期电费为零。\n    plan: 安装 6 米太阳能路灯 40 盏，预算 9.6 万元，由村集体经营收入列支。\n", "")
        .edit(LIGHTS, "workflow: eight-step\n", "workflow: eight-step\nskipped: [{step: set-topic, reason: 书记主任一肩挑，合并办理}]\n");
    let judged = site.judge();
    let step = &judged.verdict(STREET_LIGHTS).steps[1];
    assert_eq!((step.progress, step.reason.as_deref()), (Progress::Skipped, Some("书记主任一肩挑，合并办理")));
}

#[test]
fn tasks_are_overdue_after_their_day_and_not_on_it() {
    let late = |day| Site::examples().edit(BRIDGE, "due: 2026-10-31, done: 2026-10-20}", "due: 2026-10-31}").on(day).judge();
    let state = |judged: &Judged| {
        let tasks = judged.verdicts.due().iter().filter(|due| due.title.zh == "验收通车");
        tasks.map(|due| (due.state, due.path.clone())).collect::<Vec<_>>()
    };
    assert_eq!(state(&late("2026-10-31")), [(DueState::Due, "steps.execute.tasks[2]".to_owned())]);
    assert_eq!(state(&late("2026-11-01")), [(DueState::Overdue, "steps.execute.tasks[2]".to_owned())]);
}

/// An overlay of the village's own.
fn charter(rules: &str) -> Site {
    let text = format!(
        "kind: workflow\nid: xinmin-charter\nextends: eight-step\nareas: [qinghe/xinmin]\ntitle: 新民村村民自治章程\nrules:\n{rules}"
    );
    Site::examples().add("qinghe/xinmin/charter.yaml", &text)
}

#[test]
fn an_overlay_tightens_where_it_applies() {
    let site = charter("  - id: quorum\n    threshold: {at_least: 9/10}\n");
    let judged = site.judge();
    let marks: Vec<_> = site.faults().into_iter().filter(|fault| fault.contains("quorum")).collect();
    assert_eq!(
        marks,
        ["E eight-step/quorum 2026-03-18-congress.md:11 present", "E eight-step/quorum 2026-04-10-congress.md:11 present"]
    );
    let day = "2026-03-18".parse().expect("a date");
    let bound = |area: &str| {
        let workflow = judged.workflows.in_area("eight-step", day, area).expect("in force");
        workflow.rule("eight-step/quorum").and_then(|rule| rule.threshold.as_ref()).map(|threshold| threshold.bound.written())
    };
    assert_eq!(bound("qinghe/xinmin").as_deref(), Some("≥ 9/10"));
    assert_eq!(bound("qinghe/xinminzhen").as_deref(), Some("≥ 2/3"));
}

#[test]
fn an_overlay_that_loosens_is_refused_with_both_numbers() {
    let judged = charter("  - id: quorum\n    threshold: {at_least: 60%}\n").judge();
    let found: Vec<_> = judged.diagnostics.iter().filter(|fault| fault.rule == "workflow/loosens").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(short(&judged.files, found[0]), "E workflow/loosens charter.yaml:8 60%");
    assert_eq!(found[0].message.zh, "≥ 60% 比 `eight-step/quorum` 的 ≥ 2/3 宽松");
    let milder = charter("  - id: quorum\n    severity: finding\n");
    adds(&milder, &["E workflow/loosens charter.yaml:8 finding"]);
    let other = charter("  - id: quorum\n    when: 'false'\n");
    adds(&other, &["E workflow/loosens charter.yaml:8 when"]);
    let unknown = charter("  - id: quorun\n    threshold: {at_least: 3/4}\n");
    adds(&unknown, &["E reference/unknown charter.yaml:7 quorun"]);
}

/// A pack of the site with one rule.
fn pack(rule: &str) -> Site {
    let text = format!(
        "kind: workflow\nid: own\ntitle: 自定\nlevel: village\nalways: true\nrules:\n  - id: one\n    message: 不行\n    applies_to: meeting\n{rule}"
    );
    Site::examples().add("workflows/own.yaml", &text)
}

#[test]
fn faults_of_a_pack_are_found_at_their_place() {
    for (rule, expected) in [
        ("    rule: meeting.presnt > 1\n", "E workflow/unknown-name own.yaml:10 presnt"),
        ("    rule: meting.present > 1\n", "E workflow/unknown-name own.yaml:10 meting"),
        ("    rule: meeting.present = 1\n", "E workflow/expression own.yaml:10 ="),
        ("    rule: meeting.items.all(i, i.votes.four > 1)\n", "E workflow/unknown-name own.yaml:10 four"),
        (
            "    rule: meeting.items.all(i, i.matter.title != i.matter.linked[0].steps)\n",
            "E workflow/unknown-name own.yaml:10 steps",
        ),
        ("    threshold: {count: meeting.present, at_least: 2/3, count_name: 实到}\n", "E workflow/bound own.yaml:10 2/3"),
        ("    threshold: {count: meeting.present, count_name: 实到}\n", "E workflow/bound own.yaml:10 count"),
        (
            "    threshold: {count: meeting.present, at_least: 1, at_most: 3, count_name: 实到}\n",
            "E workflow/bound own.yaml:10 at_most",
        ),
        ("    step: resolve\n    rule: 'true'\n", "E reference/unknown own.yaml:10 resolve"),
        ("    rule: 'true'\n    tightens: eight-step/quorun\n", "E reference/unknown own.yaml:7 one"),
        ("    rule: 'true'\n    tightens: own/one\n", "E workflow/cycle own.yaml:7 one"),
        (
            "    rule: meeting.present > 5\n    examples: {pass: [{meeting: {present: 5}}], fail: []}\n",
            "E workflow/example own.yaml:11 {meeting: {present: 5}}",
        ),
        (
            "    rule: meeting.present > 5\n    examples: {pass: [], fail: [{meeting: {present: 6}}]}\n",
            "E workflow/example own.yaml:11 {meeting: {present: 6}}",
        ),
        (
            "    rule: meeting.present > 5\n    examples: {pass: [{meeting: {presnt: 6}}], fail: []}\n",
            "E workflow/unknown-name own.yaml:11 presnt",
        ),
    ] {
        let found: Vec<_> = pack(rule).faults().into_iter().filter(|fault| fault.contains("own.yaml")).collect();
        assert_eq!(found, [expected], "{rule}");
    }
}

#[test]
fn a_rule_that_lacks_its_evidence_is_not_shown_and_one_of_a_village_can_judge_it() {
    let judged = pack("    rule: meeting.households_present > 1\n    at: meeting.households_present\n").judge();
    let congress = judged.verdict("qinghe/xinmin/meetings/2026-03-18-congress");
    let proof = congress.proofs.iter().find(|proof| proof.rule.id == "own/one").expect("asked");
    assert_eq!(proof.outcome, Outcome::NotShown("meeting.households_present".to_owned()));
    assert!(congress.findings.is_empty());
    let township = judged.verdict("qinghe/meetings/2026-01-08-committee");
    assert!(township.proofs.iter().all(|proof| proof.rule.id != "own/one"), "a village's rule judges no township");
}

#[test]
fn a_rule_that_cannot_be_evaluated_is_a_fault_of_its_pack_and_said_once() {
    let site = pack("    rule: meeting.present / 0 > 1\n");
    let found: Vec<_> = site.faults().into_iter().filter(|fault| fault.contains("own.yaml")).collect();
    assert_eq!(found, ["E workflow/expression own.yaml:7 one"]);
}

#[test]
fn the_five_rings_ask_for_every_stage_of_the_decision_and_every_task_in_time() {
    let study =
        "    study: {from: 2026-01-09, to: 2026-02-05, by: 镇村建所, report: 桥面最大裂缝 3 毫米，限载 5 吨，建议拆除重建。}\n";
    let site = Site::examples().edit(BRIDGE, study, "");
    let marks: Vec<_> = site.faults().into_iter().filter(|fault| fault.contains("four-step-decision")).collect();
    assert_eq!(marks, ["F five-ring/four-step-decision 2026-001-bridge.md:14 decide"]);
    let undone = Site::examples().edit(BRIDGE, "due: 2026-09-30, done: 2026-09-24}", "due: 2026-09-30}");
    let marks: Vec<_> = undone.faults().into_iter().filter(|fault| fault.contains("task-overdue")).collect();
    assert_eq!(marks, ["F five-ring/task-overdue 2026-001-bridge.md:24 what"]);
    let bridge = Site::examples().judge();
    assert_eq!(bridge.verdict("qinghe/matters/2026-001-bridge").decision.as_deref(), Some("passed"));
}

#[test]
fn packs_do_not_go_round_and_versions_do_not_overlap() {
    let overlay = |id: &str, extends: &str| {
        format!(
            "kind: workflow\nid: {id}\nextends: {extends}\ntitle: 叠加\nrules:\n  - id: quorum\n    threshold: {{at_least: 3/4}}\n"
        )
    };
    let two = |first: &str, second: &str| {
        let site = Site::examples().add("workflows/a.yaml", &overlay("a", first)).add("workflows/b.yaml", &overlay("b", second));
        let found = site.faults().into_iter().filter(|fault| fault.contains(" a.yaml") || fault.contains(" b.yaml"));
        found.collect::<Vec<_>>()
    };
    assert_eq!(two("b", "a"), ["E workflow/cycle a.yaml:3 b", "E workflow/cycle b.yaml:3 a"]);
    assert_eq!(two("eight-step", "a"), ["E reference/wrong-kind b.yaml:3 a"]);
    assert_eq!(two("eight-stp", "eight-step"), ["E reference/unknown a.yaml:3 eight-stp"]);
    let again = "kind: workflow\nid: eight-step\ntitle: 又一个\nrules: []\n";
    let found: Vec<_> = Site::examples().add("workflows/again.yaml", again).faults();
    assert!(found.contains(&"E identity/duplicate eight-step.yaml:3 eight-step".to_owned()), "{found:?}");
}

#[test]
fn a_matter_is_judged_by_the_version_of_its_own_day() {
    let judged = Site::examples().judge();
    let law = |day: &str| {
        let law = judged.workflows.in_force("village-law", day.parse().expect("a date")).expect("in force");
        law.path.clone()
    };
    assert_eq!(law("2025-12-31"), "<built-in>/village-law-2018.yaml");
    assert_eq!(law("2026-01-01"), "<built-in>/village-law-2026.yaml");
    let before = Site::examples().edit("xinmin/area.yaml", "since: 2024-03-01", "since: 2026-04-01").judge();
    let rules = |id: &str| {
        let proofs = before.verdict(id).proofs.iter().filter(|proof| proof.rule.id.starts_with("eight-step/")).count();
        proofs > 0
    };
    assert!(!rules("qinghe/xinmin/meetings/2026-03-18-congress"), "the village had not adopted the method");
    assert!(rules("qinghe/xinmin/meetings/2026-04-10-congress"));
}

#[test]
fn a_stricter_rule_speaks_for_the_looser_one() {
    let site = Site::examples()
        .edit(CONGRESS, "present: 41", "present: 31")
        .edit(CONGRESS, "{for: 38, against: 2, abstain: 1}", "{for: 29, against: 1, abstain: 1}")
        .edit(CONGRESS, "{for: 25, against: 12, abstain: 4}", "{for: 15, against: 12, abstain: 4}");
    let judged = site.judge();
    let congress = judged.verdict("qinghe/xinmin/meetings/2026-03-18-congress");
    let failed = |rule: &str| congress.proofs.iter().any(|proof| proof.rule.id == rule && proof.outcome == Outcome::Failed);
    assert!(failed("eight-step/quorum") && failed("village-law/delegates-quorum"));
    let said: Vec<_> =
        congress.findings.iter().map(|finding| finding.rule.as_str()).filter(|rule| rule.ends_with("quorum")).collect();
    assert_eq!(said, ["eight-step/quorum"]);
    let because = &congress.findings.iter().find(|finding| finding.rule == "eight-step/quorum").expect("said").because;
    assert!(because.contains(&("meeting.present".to_owned(), "31".to_owned())), "{because:?}");
}

#[test]
fn every_rule_explains_itself_in_both_languages() {
    let judged = Site::examples().judge();
    let (workflow, rule) = judged.workflows.rule("eight-step/quorum").expect("a rule");
    let quorum = explain(workflow, rule);
    assert_eq!(quorum.threshold.zh, "实到 ≥ 全体代表的三分之二");
    assert!(quorum.threshold.en.contains("≥ two thirds of"), "{}", quorum.threshold.en);
    assert!(!quorum.passing.is_empty() && quorum.passing.iter().all(|example| example.starts_with('{')));
    for (workflow, rule) in judged.workflows.rules() {
        let explanation = explain(workflow, rule);
        assert!(!explanation.expression.is_empty() && !explanation.message.zh.is_empty(), "{}", rule.id);
    }
}

#[test]
fn drafts_are_judged_and_broken_records_are_not() {
    let draft = Site::examples().edit(LIGHTS, "category: 公益事业\n", "category: 公益事业\ndraft: true\n").edit(
        LIGHTS,
        "ways: [broadcast, board, web]",
        "ways: [web]",
    );
    assert!(draft.faults().iter().any(|fault| fault.starts_with("F eight-step/publicise-ways")));
    let broken = Site::examples().edit(CONGRESS, "present: 41", "present: 四十一").faults();
    let standing = standing();
    let new: Vec<_> = broken.into_iter().filter(|fault| !standing.contains(fault)).collect();
    assert_eq!(new, ["E schema/wrong-type 2026-03-18-congress.md:11 present"]);
}
