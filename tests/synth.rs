//! The made-up city: the same for the same seed, without fault but for what was planted, and its totals those of the field.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::{BTreeMap, BTreeSet};

use gongshi::diagnostic::Diagnostic;
use gongshi::language::Language;
use gongshi::pipeline::{self, Checked, Outcome};
use gongshi::source::{Files, SourceFile};
use gongshi::statistics::{Key, Statistics, When};
use gongshi::synth::{City, File, Planted, Request, WHOLE};
use rayon::prelude::*;
use serde_yaml::Value;

/// Writes every record of a city.
fn city(request: Request) -> (Vec<File>, Vec<Planted>) {
    let city = City::plan(request);
    let units: Vec<(Vec<File>, Vec<Planted>)> = (0..city.units()).into_par_iter().map(|unit| city.files(unit)).collect();
    let (files, planted): (Vec<_>, Vec<_>) = units.into_iter().unzip();
    (files.into_iter().flatten().collect(), planted.into_iter().flatten().collect())
}

/// Asks for a small city.
fn small(villages: u64, years: u16, faults: u64) -> Request {
    Request { villages, years, faults, ..Request::default() }
}

/// Judges a city as `gongshi check` does.
fn check(records: &[File]) -> Checked {
    let mut records = records.to_vec();
    records.sort();
    let mut files = Files::default();
    for (path, text) in records {
        files.add(SourceFile::new(path, text));
    }
    pipeline::check_files(files, &[], Vec::new(), None, "2026-12-31".parse().unwrap())
}

fn report(checked: &Checked) -> String {
    gongshi::diagnostic::text::render(&checked.diagnostics, &checked.files, Language::English, false)
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let request = small(12, 1, 10);
    assert_eq!(city(request), city(request));
    let (other, _) = city(Request { seed: 2, ..request });
    assert_ne!(city(request).0, other);
}

#[test]
fn paths_are_all_different_and_every_file_ends_with_a_line() {
    let (files, _) = city(small(40, 2, 0));
    let paths: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths.len(), files.len());
    for (path, text) in &files {
        assert!(path.starts_with("content/") && text.ends_with('\n'), "{path}:\n{text}");
        for place in ["{p}", "{n}", "{m}", "{b}", "{t}"] {
            assert!(!text.contains(place), "{path} lacks a value for {place}:\n{text}");
        }
    }
}

#[test]
fn cities_of_any_size_are_without_fault() {
    for (villages, years, seed) in [(1, 1, 1), (1, 10, 2), (2, 3, 3), (3, 1, 4), (12, 1, 5), (12, 6, 6), (40, 2, 7)] {
        let (files, planted) = city(Request { seed, ..small(villages, years, 0) });
        let checked = check(&files);
        assert_eq!(report(&checked), "", "{villages} villages, {years} years");
        assert_eq!(planted, []);
        assert_eq!(checked.register.records().count(), files.len());
    }
}

#[test]
fn a_small_city_is_built() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in city(small(3, 1, 0)).0 {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut checked = pipeline::check(folder.path(), None, "2030-01-01".parse().unwrap()).unwrap();
    let Outcome::Built(built) = pipeline::build(folder.path(), &mut checked).unwrap() else { panic!("{}", report(&checked)) };
    assert!(built.pages > 100, "{} pages", built.pages);
}

#[test]
fn what_is_planted_is_found_and_nothing_else() {
    let (files, planted) = city(small(40, 1, 30));
    let checked = check(&files);
    let place = |diagnostic: &Diagnostic| (checked.files.get(diagnostic.span.file).path.clone(), diagnostic.rule.clone());
    let found: BTreeSet<(String, String)> = checked.diagnostics.iter().map(place).collect();
    let wanted: BTreeSet<(String, String)> =
        planted.iter().map(|planted| (planted.path.clone(), planted.rule.to_owned())).collect();
    let missed: Vec<_> = wanted.difference(&found).collect();
    assert!(missed.is_empty(), "{missed:?}\n{}", report(&checked));
    let rules: BTreeSet<&str> = planted.iter().map(|planted| planted.rule).collect();
    assert_eq!(rules.len(), 10, "{rules:?}");
    // Another rule may name the same flaw, at the same file.
    let files: BTreeSet<&String> = wanted.iter().map(|(path, _)| path).collect();
    let beside: Vec<_> = found.iter().filter(|(path, _)| !files.contains(path)).collect();
    assert!(beside.is_empty(), "{beside:?}\n{}", report(&checked));
    assert_eq!(planted.len() as u64, City::plan(small(40, 1, 30)).totals().resolved * 30 / 100);
}

/// Parses a record by another way than the program's own: its YAML, or the header of its Markdown.
fn parse(text: &str) -> Value {
    let header = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(header, _)| header);
    serde_yaml::from_str(header).unwrap()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_sequence).map_or(&[], Vec::as_slice)
}

/// Returns the year of a date.
fn year(date: &str) -> &str {
    date.get(..4).unwrap_or_default()
}

/// Counts of a city, by year.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counted {
    areas: BTreeMap<String, u64>,
    adopted: u64,
    opinions: BTreeMap<String, u64>,
    meetings: BTreeMap<String, u64>,
    resolved: BTreeMap<String, u64>,
}

/// Counts from the raw files: the deciding vote of each matter is looked up in the record of its meeting.
fn count(files: &[File]) -> Counted {
    let records: Vec<(&str, Value)> = files.par_iter().map(|(path, text)| (path.as_str(), parse(text))).collect();
    let by_path: BTreeMap<&str, &Value> = records.iter().map(|(path, record)| (*path, record)).collect();
    let mut counted = Counted::default();
    let one = |list: &mut BTreeMap<String, u64>, key: &str| *list.entry(key.to_owned()).or_default() += 1;
    for (path, record) in &records {
        let area = path.rsplitn(3, '/').nth(2).unwrap_or_default();
        match text(record, "kind") {
            "area" => {
                one(&mut counted.areas, text(record, "level"));
                let eight = |adopted: &Value| text(adopted, "id") == "eight-step" && text(adopted, "since") <= "2026-12-31";
                counted.adopted += u64::from(list(record, "workflows").iter().any(eight));
            }
            "opinions" => list(record, "items").iter().for_each(|item| one(&mut counted.opinions, year(text(item, "date")))),
            "meeting" => {
                let bodies = by_path[format!("{area}/area.yaml").as_str()];
                let body = list(bodies, "bodies").iter().find(|body| text(body, "id") == text(record, "body")).unwrap();
                if text(body, "class") == "village-congress" {
                    one(&mut counted.meetings, year(text(record, "date")));
                }
            }
            "matter" if text(record, "workflow") == "eight-step" => {
                let Some(resolve) = record["steps"].get("resolve") else { continue };
                let meeting = by_path[format!("{area}/meetings/{}.md", text(resolve, "meeting")).as_str()];
                let item = list(meeting, "items").iter().find(|item| item["no"] == resolve["item"]).unwrap();
                if text(item, "outcome") == "passed" {
                    one(&mut counted.resolved, year(text(meeting, "date")));
                }
            }
            _ => {}
        }
    }
    counted
}

#[test]
fn the_whole_city_adds_up_to_the_reference_figures() {
    let (files, _) = city(Request::default());
    assert!((26_000..=28_500).contains(&files.len()), "{} records", files.len());
    let counted = count(&files);
    assert_eq!((counted.areas["township"], counted.areas["village"]), (71, 957));
    assert_eq!(counted.adopted, 834);
    // 834 of 957 is 87.1 %; 862 are needed for 90 %, which is 28 more.
    assert_eq!((1000 * counted.adopted + 957 / 2) / 957, 871);
    assert_eq!((957_u64 * 9).div_ceil(10) - counted.adopted, 28);
    assert_eq!(counted.opinions["2026"], 19_280);
    assert_eq!(counted.meetings["2026"], 4_034);
    assert_eq!((counted.resolved["2026"], counted.resolved["2025"]), (3_576, 1_159));
    assert_eq!(counted.resolved["2026"] - counted.resolved["2025"], 2_417);
    assert_eq!(City::plan(Request::default()).totals(), WHOLE);
}

#[test]
fn a_city_of_years_keeps_the_figures_of_the_last_two() {
    let (files, _) = city(small(100, 3, 0));
    let (counted, totals) = (count(&files), City::plan(small(100, 3, 0)).totals());
    assert_eq!(counted.opinions["2026"], totals.opinions);
    assert_eq!(counted.meetings["2026"], totals.meetings);
    assert_eq!((counted.resolved["2026"], counted.resolved["2025"]), (totals.resolved, totals.resolved_before));
    assert_eq!(counted.resolved.keys().collect::<Vec<_>>(), ["2024", "2025", "2026"]);
}

#[test]
fn the_statistics_count_what_the_city_was_planned_with() {
    let request = small(100, 1, 0);
    let checked = check(&city(request).0);
    let edition = pipeline::edition(&checked);
    let statistics = Statistics::new(&edition).unwrap();
    let totals = City::plan(request).totals();
    let counted = [
        ("opinions", "2026", totals.opinions),
        ("meetings:village-congress", "2026", totals.meetings),
        ("resolved:village-congress", "2026", totals.resolved),
        ("resolved:village-congress", "2025", totals.resolved_before),
        ("resolved:township-party-committee", "2026", 3 * totals.townships),
        ("adopted:eight-step/village", "2026", totals.adopted),
        ("places:village", "2026", totals.villages),
    ];
    for (key, year, total) in counted {
        let figure = statistics.figure("", When::parse(year).unwrap(), Key::parse(key).unwrap());
        assert_eq!(figure.value.number(), Some(total.into()), "{key} {year}");
    }
}
