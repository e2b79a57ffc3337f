//! Regular duties: hand-made registers with each state, the days that count, and the matrix held against the findings.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gongshi::calendar::Period;
use gongshi::pipeline::{Checked, check, check_files};
use gongshi::source::{Files, SourceFile};
use gongshi::verdict::{DueKind, DueState, Duties, DutyCell, DutyRow, DutyState, Outcome, Sums};
use jiff::civil::Date;

const SITE: &str = "title: 公开\npublisher: 镇政府\n";
const TOWNSHIP: &str = "kind: area\nname: 清河镇\nlevel: township\n";

/// Judges files given by path and text as of a day.
fn judge(texts: &[(&str, String)], as_of: &str) -> Checked {
    let mut files = Files::default();
    let mut texts: Vec<_> = texts.iter().map(|(path, text)| (format!("content/{path}"), text.clone())).collect();
    texts.push(("content/site.yaml".to_owned(), SITE.to_owned()));
    texts.sort();
    for (path, text) in texts {
        files.add(SourceFile::new(path, text));
    }
    let as_of: Date = as_of.parse().unwrap();
    check_files(files, &[], Vec::new(), Some(as_of), as_of)
}

/// A village with the keys given, and its congress.
fn village(keys: &str) -> String {
    format!(
        "kind: area\nname: 新民村\nlevel: village\nhouseholds: 300\n{keys}\nbodies:\n  - {{id: congress, name: 代表大会, class: village-congress, entitled: 30, delegates: 26, women: 11}}\n"
    )
}

fn meeting(date: &str) -> (String, String) {
    (
        format!("q/x/meetings/{date}.md"),
        format!("---\nkind: meeting\ntitle: 代表大会\nbody: congress\ndate: {date}\nentitled: 30\npresent: 25\nitems: []\n---\n"),
    )
}

fn finance(period: &str, published: Option<&str>) -> (String, String) {
    let published = published.map(|day| format!("published: {day}\n")).unwrap_or_default();
    let text = format!("kind: finance\nperiod: {period}\nopening: 0.00\nincome: []\nexpenditure: []\nclosing: 0.00\n{published}");
    (format!("q/x/finance/{}.yaml", period.to_lowercase()), text)
}

/// Judges one village of one township.
fn judge_village(keys: &str, records: &[(String, String)], as_of: &str) -> Checked {
    let mut texts = vec![("q/area.yaml", TOWNSHIP.to_owned()), ("q/x/area.yaml", village(keys))];
    texts.extend(records.iter().map(|(path, text)| (path.as_str(), text.clone())));
    let checked = judge(&texts, as_of);
    let errors: Vec<_> = checked.diagnostics.iter().filter(|d| d.severity == gongshi::diagnostic::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    checked
}

/// Returns the row of an item of an area, by the item's title.
fn row<'c>(checked: &'c Checked, area: &str, title: &str) -> &'c DutyRow {
    let duties = checked.verdicts.duties();
    let rows = duties.rows_of(checked.register.area(area).unwrap());
    rows.iter().find(|row| duties.items()[row.item].title.zh == title).expect(title)
}

/// Writes the cells of a row from a period on: the period, the state, the days.
fn written(checked: &Checked, row: &DutyRow, from: &str) -> Vec<String> {
    let from = Period::parse(from).unwrap();
    let write = |cell: &DutyCell| {
        let days = match cell.state {
            DutyState::Late => format!(" {}", cell.days_late()),
            DutyState::Overdue => format!(" {}", cell.days_overdue(checked.as_of)),
            _ => String::new(),
        };
        format!("{} {:?}{days}", cell.period, cell.state)
    };
    row.cells.iter().filter(|cell| cell.period >= from).map(write).collect()
}

#[test]
fn each_state_with_its_days() {
    let records = [
        meeting("2026-01-20"),
        meeting("2026-04-10"),
        meeting("2026-05-08"),
        finance("2026-Q1", Some("2026-04-30")),
        finance("2026-Q2", Some("2026-08-04")),
        finance("2026-Q3", None),
    ];
    let checked = judge_village("workflows: [{id: eight-step, since: 2025-06-01}]", &records, "2026-11-02");
    // The first record is of 20 January, so the first quarter is not asked for.
    let congress = row(&checked, "q/x", "召开村民代表会议");
    assert_eq!(written(&checked, congress, "2026-Q1"), ["2026-Q1 NotAsked", "2026-Q2 Done", "2026-Q3 Overdue 33", "2026-Q4 Due"]);
    assert_eq!(congress.cells[1].records, 2, "both meetings of the quarter count");
    let (record, on) = congress.cells[1].done.unwrap();
    assert_eq!((checked.register.get(record).id.as_str(), on.to_string().as_str()), ("q/x/meetings/2026-04-10", "2026-04-10"));
    // What was done in a period that is not asked for is known all the same.
    assert!(congress.cells[0].done.is_some());
    let accounts = row(&checked, "q/x", "公布财务");
    assert_eq!(written(&checked, accounts, "2026-Q2"), ["2026-Q2 Late 5", "2026-Q3 Overdue 3", "2026-Q4 Due"]);
    // Of two rules on one thing the tighter one speaks.
    let rules = checked.verdicts.duties().rules();
    assert_eq!(rules[congress.cells[2].rule].rule, "eight-step/congress-quarterly");
    assert_eq!(rules[accounts.cells[2].rule].rule, "village-law/finance-quarterly");
    let total = checked.verdicts.duties().total("q/x", 2026);
    assert_eq!((total.done(), total.asked()), (4, 6), "{total:?}");
}

#[test]
fn a_day_is_overdue_from_the_day_after_the_due_day() {
    let records = [finance("2025-Q4", Some("2026-01-10")), meeting("2026-03-31")];
    let states = |as_of: &str| {
        let checked = judge_village("", &records, as_of);
        let cells = |title: &str| written(&checked, row(&checked, "q/x", title), "2026-Q2")[0].clone();
        (cells("召开村民代表会议"), cells("公布财务"))
    };
    let due = |congress: &str, accounts: &str| (format!("2026-Q2 {congress}"), format!("2026-Q2 {accounts}"));
    assert_eq!(states("2026-06-30"), due("Due", "Due"), "the last day of the period is still to be used");
    assert_eq!(states("2026-07-01"), due("Overdue 1", "Due"));
    assert_eq!(states("2026-07-30"), due("Overdue 30", "Due"), "thirty days after the period are free");
    assert_eq!(states("2026-07-31"), due("Overdue 31", "Overdue 1"));
}

#[test]
fn adoption_in_mid_year_and_its_end_bound_what_is_asked() {
    let township = "kind: area\nname: 清河镇\nlevel: township\nworkflows: [{id: five-ring, since: 2027-11-15, until: 2028-04-30}]\nbodies: [{id: party, name: 党委, class: township-party-committee, entitled: 9}]\n";
    let meeting = "---\nkind: meeting\ntitle: 党委会议\nbody: party\ndate: 2027-10-08\nentitled: 9\npresent: 9\nitems: []\n---\n";
    let texts = [("q/area.yaml", township.to_owned()), ("q/meetings/a.md", meeting.to_owned())];
    let checked = judge(&texts, "2028-06-01");
    let months = row(&checked, "q", "月督查");
    let expected = ["2027-11 NotAsked", "2027-12 Overdue 123", "2028-01 Overdue 92", "2028-02 Overdue 63", "2028-03 Overdue 32"];
    assert_eq!(written(&checked, months, "2027-11")[..5], expected);
    // February of a leap year ends on the 29th; thirty days later it is the 30th of March.
    assert_eq!(months.cells.iter().find(|cell| cell.period.to_string() == "2028-02").unwrap().due.to_string(), "2028-03-30");
    assert_eq!(written(&checked, months, "2028-04")[..2], ["2028-04 Overdue 2", "2028-05 NotAsked"]);
    assert_eq!(
        written(&checked, row(&checked, "q", "半年综合分析"), "2027-H1"),
        ["2027-H1 NotAsked", "2027-H2 NotAsked", "2028-H1 NotAsked", "2028-H2 NotAsked"]
    );
    // The procedure holds no more, but what was missed while it held is still found.
    let findings: BTreeSet<&str> =
        checked.verdicts.iter().flat_map(|v| &v.findings).map(|finding| finding.rule.as_str()).collect();
    assert_eq!(
        findings,
        BTreeSet::from(["five-ring/committee-quarterly", "five-ring/monthly-inspection", "five-ring/quarterly-bulletin"])
    );
}

#[test]
fn a_body_is_asked_for_nothing_before_it_was_founded() {
    let area = village("").replace(
        "women: 11}",
        "women: 11, founding: {delegates_elected: 2026-03-01, constituted: 2026-03-08, rules_adopted: 2026-04-02}}",
    );
    let (path, text) = finance("2025-Q3", Some("2025-10-08"));
    let checked = judge(&[("q/area.yaml", TOWNSHIP.to_owned()), ("q/x/area.yaml", area), (&path, text)], "2026-11-02");
    let congress = written(&checked, row(&checked, "q/x", "召开村民代表会议"), "2026-Q1");
    assert_eq!(congress, ["2026-Q1 NotAsked", "2026-Q2 NotAsked", "2026-Q3 Overdue 33", "2026-Q4 Due"]);
    assert_eq!(
        written(&checked, row(&checked, "q/x", "公布财务"), "2026-Q1")[0],
        "2026-Q1 Overdue 186",
        "the committee was there"
    );
}

#[test]
fn each_version_of_a_law_asks_for_its_own_days() {
    let records = [finance("2025-Q1", Some("2025-04-02")), finance("2025-Q3", Some("2025-10-20"))];
    let checked = judge_village("", &records, "2026-05-20");
    let accounts = row(&checked, "q/x", "公布财务");
    let expected = ["2025-Q2 NotAsked", "2025-Q3 Done", "2025-Q4 Overdue 110", "2026-Q1 Overdue 20", "2026-Q2 Due"];
    assert_eq!(written(&checked, accounts, "2025-Q2")[..5], expected);
    let basis = |cell: &DutyCell| checked.verdicts.duties().rules()[cell.rule].basis.zh.clone();
    let of = |period: &str| accounts.cells.iter().find(|cell| cell.period.to_string() == period).unwrap();
    assert!(basis(of("2025-Q4")).contains("2018 年修正"));
    assert!(basis(of("2026-Q1")).contains("2025 年修订"));
    let said: Vec<&str> = checked
        .verdicts
        .iter()
        .flat_map(|verdict| &verdict.findings)
        .filter(|finding| finding.rule == "village-law/finance-quarterly")
        .map(|finding| finding.message.zh.as_str())
        .collect();
    assert_eq!(said, ["以下季度的财务没有公布：2025 年第四季度", "以下季度的财务没有公布：2026 年第一季度"]);
}

/// The expression that the built-in packs had before they had duties, as a rule of a pack of its own.
const INDEPENDENT: &str = r#"kind: workflow
id: own
title: 独立
level: village
always: true
rules:
  - id: meetings
    applies_to: area
    rule: size(missing(periods("quarter", since, add_days(as_of, -1)), meetings.filter(m, m.body_class == "village-congress" && m.date <= as_of).map(m, m.date))) == 0
    message: '{missing(periods("quarter", since, add_days(as_of, -1)), meetings.filter(m, m.body_class == "village-congress" && m.date <= as_of).map(m, m.date))}'
  - id: finance
    applies_to: area
    rule: size(missing(periods("quarter", since, add_days(as_of, -31)), finances.filter(f, has(f.published) && f.published <= as_of).map(f, period_end(f.period)))) == 0
    message: '{missing(periods("quarter", since, add_days(as_of, -31)), finances.filter(f, has(f.published) && f.published <= as_of).map(f, period_end(f.period)))}'
"#;

#[test]
fn rules_that_count_periods_themselves_say_the_same_on_every_day() {
    let records = [
        ("workflows/own.yaml".to_owned(), INDEPENDENT.to_owned()),
        meeting("2027-02-20"),
        meeting("2027-04-10"),
        meeting("2027-12-31"),
        meeting("2028-01-01"),
        finance("2027-Q1", Some("2027-04-30")),
        finance("2027-Q2", Some("2027-08-04")),
        finance("2027-09", Some("2027-11-15")),
        finance("2027-Q4", None),
    ];
    let mut day: Date = "2027-03-25".parse().unwrap();
    for _ in 0..34 {
        let checked = judge_village("", &records, &day.to_string());
        for (title, rule) in [("召开村民代表会议", "own/meetings"), ("公布财务", "own/finance")] {
            let cells = &row(&checked, "q/x", title).cells;
            let overdue: Vec<Period> = cells.iter().filter(|c| c.state == DutyState::Overdue).map(|c| c.period).collect();
            let mut findings = checked.verdicts.iter().flat_map(|verdict| &verdict.findings);
            let said = findings.find(|finding| finding.rule == rule).map(|finding| finding.message.zh.clone());
            let periods: Vec<String> = overdue.iter().map(|period| period.label().zh).collect();
            assert_eq!(said.unwrap_or_default(), periods.join("、"), "{rule} on {day}");
        }
        day = gongshi::calendar::add_days(day, 13);
    }
}

/// The content of the demonstration and that of the examples, judged on several days.
fn sites() -> Vec<Checked> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let days = ["2025-07-31", "2026-01-01", "2026-06-30", "2026-11-20", "2027-03-01"];
    let folders = [root.to_owned(), root.join("tests/fixtures/examples")];
    let judged = folders.iter().flat_map(|folder| {
        days.map(|day| {
            let day: Date = day.parse().unwrap();
            check(folder, Some(day), day).unwrap()
        })
    });
    judged.collect()
}

#[test]
fn every_finding_on_a_duty_has_its_cells_and_every_overdue_cell_its_finding() {
    let mut seen = 0;
    for checked in sites() {
        let duties = checked.verdicts.duties();
        let asking: BTreeSet<&str> = duties.rules().iter().map(|rule| rule.rule.as_str()).collect();
        for (ix, _) in checked.register.areas() {
            let Some(verdict) = checked.verdicts.get(ix) else { continue };
            let overdue: BTreeSet<&str> = duties
                .rows_of(ix)
                .iter()
                .flat_map(|row| &row.cells)
                .filter(|cell| cell.state == DutyState::Overdue)
                .map(|cell| duties.rules()[cell.rule].rule.as_str())
                .collect();
            // A rule of a pack is proved; what a catalogue asks for is only said to be missing.
            let failed = |rule: &str| {
                let proved = verdict.proofs.iter().any(|proof| proof.rule.id == rule && proof.outcome == Outcome::Failed);
                proved || rule == "catalogue/overdue" && verdict.findings.iter().any(|finding| finding.rule == rule)
            };
            for rule in &overdue {
                assert!(failed(rule), "{rule} has an overdue cell in {} and holds", checked.register.get(ix).id);
            }
            for finding in verdict.findings.iter().filter(|finding| asking.contains(finding.rule.as_str())) {
                seen += 1;
                let here = overdue.contains(finding.rule.as_str());
                assert!(here, "{} of {} has no overdue cell", finding.rule, checked.register.get(ix).id);
            }
        }
    }
    assert!(seen > 5, "only {seen} findings were compared");
}

#[test]
fn what_is_due_of_a_duty_is_an_open_cell() {
    for checked in sites() {
        let duties = checked.verdicts.duties();
        let open = |state: DutyState| duties.rows().iter().flat_map(|row| &row.cells).filter(|cell| cell.state == state).count();
        let due = |state: DueState| {
            let all = checked.verdicts.due().iter();
            all.filter(|due| due.kind == DueKind::Cadence && due.state == state).count()
        };
        assert_eq!((open(DutyState::Overdue), open(DutyState::Due)), (due(DueState::Overdue), due(DueState::Due)));
        assert!(checked.verdicts.due().iter().filter(|due| due.kind == DueKind::Cadence).all(|due| due.date.is_some()));
    }
}

/// Counts the cells of an area itself by year, without the sums.
fn counted(duties: &Duties, rows: &[DutyRow]) -> BTreeMap<(usize, i16), Sums> {
    let mut sums: BTreeMap<(usize, i16), Sums> = BTreeMap::new();
    let _ = duties;
    for (row, cell) in rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell))) {
        let count = match cell.state {
            DutyState::NotAsked => continue,
            DutyState::Done => Sums { in_time: 1, ..Sums::default() },
            DutyState::Late => Sums { late: 1, ..Sums::default() },
            DutyState::Overdue => Sums { overdue: 1, ..Sums::default() },
            DutyState::Due => Sums { due: 1, ..Sums::default() },
            DutyState::ToCome => Sums { to_come: 1, ..Sums::default() },
        };
        *sums.entry((row.item, cell.period.year())).or_default() += count;
    }
    sums
}

#[test]
fn the_sum_of_a_place_is_the_sum_of_its_parts() {
    for checked in sites() {
        let (duties, register) = (checked.verdicts.duties(), &checked.register);
        let own: BTreeMap<&str, _> =
            register.areas().map(|(ix, _)| (register.get(ix).id.as_str(), counted(duties, duties.rows_of(ix)))).collect();
        for place in own.keys().copied().chain([""]) {
            let mut parts: BTreeMap<(usize, i16), Sums> = own.get(place).cloned().unwrap_or_default();
            for child in register.children(place) {
                let child = &register.get(*child).id;
                for year in duties.years(child) {
                    duties.sums(child, year).for_each(|(item, sums)| *parts.entry((item, year)).or_default() += sums);
                }
            }
            let years =
                duties.years(place).flat_map(|year| duties.sums(place, year).map(move |(item, sums)| ((item, year), sums)));
            assert_eq!(years.collect::<BTreeMap<_, _>>(), parts, "{place}");
        }
        assert_eq!(
            duties.years("").map(|year| duties.total("", year).all()).sum::<u64>(),
            counted(duties, duties.rows()).values().map(Sums::all).sum::<u64>()
        );
    }
}

#[test]
fn a_pack_whose_duties_and_rules_do_not_meet_is_refused() {
    let pack = |duty: &str, rule: &str| {
        format!(
            "kind: workflow\nid: own\ntitle: 自定\nlevel: village\nduties:\n  - {{id: care, title: 走访, title_en: Visits, every: month, responsible: village-committee, done: [{{{duty}}}]}}\nrules:\n  - {{id: care-monthly, applies_to: area, {rule}, message: '{{overdue}}'}}\n"
        )
    };
    let faults = |text: String| -> Vec<String> {
        let checked = judge(&[("workflows/own.yaml", text)], "2026-05-01");
        let own = checked.diagnostics.iter().filter(|fault| checked.files.get(fault.span.file).path.ends_with("own.yaml"));
        own.map(|fault| format!("{}: {}", fault.rule, fault.message.en)).collect()
    };
    let sound = "each: surveys, when: has(item.published), date: item.published";
    assert_eq!(faults(pack(sound, "duty: care")), Vec::<String>::new());
    assert_eq!(
        faults(pack(sound, "duty: cares")),
        ["schema/missing-key: no rule asks for the duty `care`", "reference/unknown: there is no duty `cares`"]
    );
    assert_eq!(
        faults(pack("each: survey, date: item.published", "duty: care")),
        ["workflow/unknown-name: there is no `survey` in this rule"]
    );
}

#[test]
fn the_items_of_a_catalogue_are_asked_for_like_duties() {
    let catalogue = |year: i16, within: u8| {
        format!(
            "kind: catalogue\ntitle: {year} 年目录\neffective: {{from: {year}-01-01, to: {year}-12-31}}\nlevel: village\nitems:\n  - {{id: relief, title: 救济款物, title_en: Relief, sphere: village, basis: 第三十五条, cadence: quarterly, within: {within}, responsible: village-committee}}\n  - {{id: decisions, title: 决定, sphere: village, basis: 第三十五条, cadence: any-time, within: 5, responsible: village-congress}}\n"
        )
    };
    let relief = |period: &str, published: &str| {
        let text = format!(
            "---\nkind: disclosure\ntitle: 救济款物\nsphere: village\ncategory: 救济\nitem: relief\nperiod: {period}\nbasis: 第三十五条\npublished: {published}\n---\n"
        );
        (format!("q/x/disclosures/{}.md", period.to_lowercase()), text)
    };
    let records = [
        ("q/catalogues/2025.yaml".to_owned(), catalogue(2025, 5)),
        ("q/catalogues/2026.yaml".to_owned(), catalogue(2026, 15)),
        finance("2025-Q2", Some("2025-07-01")),
        relief("2025-Q4", "2026-01-09"),
        relief("2026-03", "2026-04-15"),
        relief("2026-Q2", "2026-07-16"),
    ];
    let checked = judge_village("", &records, "2026-10-17");
    let row = row(&checked, "q/x", "救济款物");
    // The catalogue of 2025 gives five days, that of 2026 fifteen; a record of March closes the first quarter.
    let expected =
        ["2025-Q3 Overdue 377", "2025-Q4 Late 4", "2026-Q1 Done", "2026-Q2 Late 1", "2026-Q3 Overdue 2", "2026-Q4 Due"];
    assert_eq!(written(&checked, row, "2025-Q3"), expected);
    let findings = checked.verdicts.iter().flat_map(|verdict| &verdict.findings);
    let said: Vec<&str> = findings.filter(|f| f.rule == "catalogue/overdue").map(|finding| finding.message.en.as_str()).collect();
    assert_eq!(
        said,
        ["“Relief” of the catalogue was not disclosed for: Q3 2025", "“Relief” of the catalogue was not disclosed for: Q3 2026"]
    );
    let rules = checked.verdicts.duties().rules();
    let catalogues: BTreeSet<_> = row.cells.iter().map(|cell| rules[cell.rule].catalogue.unwrap().0).collect();
    assert_eq!(catalogues.len(), 2, "each year by its own catalogue");
}
