//! The figures of the statistics, held to a second count of the raw files by another way, and to the sum of their parts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

mod count;
mod raw;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use count::{Count, Counts, last_day, within};
use gongshi::pipeline::{self, Checked};
use gongshi::source::{Files, SourceFile};
use gongshi::statistics::{Key, Measure, Method, Spread, Statistics, Value, When};
use gongshi::synth::{City, Request};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// The measures that rest on how the procedures judge a matter, which the raw files do not say.
const JUDGED: [Measure; 8] = [
    Measure::Matters,
    Measure::MattersAt,
    Measure::StepsDone,
    Measure::Completed,
    Measure::DaysToCompletion,
    Measure::Obligations,
    Measure::ObligationsDone,
    Measure::Overdue,
];

fn demonstration() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn count(checked: &Checked) -> Statistics {
    Statistics::new(&pipeline::edition(checked)).unwrap()
}

/// Whether a place is another or lies below it.
fn below(place: &str, area: &str) -> bool {
    area.is_empty() || place == area || place.starts_with(&format!("{area}/"))
}

/// Adds up what was counted anew for a figure; of levels, the last of each place.
fn added(measure: Measure, counts: &[&Count], when: &str) -> Decimal {
    if measure.method() != Method::Level {
        return counts.iter().filter(|count| when == "all" || within(when, &count.day)).map(|count| count.amount).sum();
    }
    let mut last: BTreeMap<&str, (&str, Decimal)> = BTreeMap::new();
    for count in counts.iter().filter(|count| when == "all" || count.day <= last_day(when)) {
        let known = last.entry(&count.area).or_insert((&count.day, count.amount));
        if known.0 <= count.day.as_str() {
            *known = (&count.day, count.amount);
        }
    }
    last.values().map(|(_, amount)| amount).sum()
}

/// Returns every period that is asked for.
fn periods(statistics: &Statistics) -> Vec<String> {
    let of_years = statistics.years().iter().flat_map(|year| statistics.periods(*year)).map(|period| period.to_string());
    std::iter::once("all".to_owned()).chain(of_years).collect()
}

#[test]
fn every_figure_of_the_demonstration_is_what_the_raw_files_count() {
    let day: Date = "2026-11-20".parse().unwrap();
    let checked = pipeline::check(demonstration(), Some(day), day).unwrap();
    let statistics = count(&checked);
    let site = raw::read(demonstration());
    let counts = Counts::of(&site, "2026-11-20");
    let areas: Vec<&str> = std::iter::once("").chain(site.areas.iter().map(String::as_str)).collect();
    assert_eq!(areas, statistics.areas().collect::<Vec<_>>());
    let mut by: BTreeMap<(&str, &str), Vec<&Count>> = BTreeMap::new();
    for count in &counts.found {
        by.entry((count.measure, "")).or_default().push(count);
        if !count.part.is_empty() {
            by.entry((count.measure, &count.part)).or_default().push(count);
        }
    }
    let (mut compared, mut wrong) = (0, Vec::new());
    for ((id, part), counts) in &by {
        let measure = Measure::find(id).unwrap_or_else(|| panic!("{id} is no measure"));
        let key = if part.is_empty() { Key::from(measure) } else { Key::part(measure, part) };
        for area in &areas {
            let here: Vec<&Count> = counts.iter().filter(|count| below(&count.area, area)).copied().collect();
            for period in periods(&statistics) {
                let figure = statistics.figure(area, When::parse(&period).unwrap(), key).value;
                let expected = if measure.method() == Method::Days {
                    let days = here.iter().filter(|count| period == "all" || within(&period, &count.day));
                    Spread::of(days.map(|count| i64::try_from(count.amount).unwrap()).collect())
                        .map_or(Value::Nothing, Value::Days)
                } else {
                    Value::Number(added(measure, &here, &period))
                };
                compared += 1;
                if figure != expected {
                    wrong.push(format!("{key} of `{area}` in {period}: {figure:?}, counted anew {expected:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
    assert!(compared > 10_000, "{compared}");
    let counted: BTreeSet<&str> = by.keys().map(|(id, _)| *id).collect();
    let others = Measure::ALL.iter().filter(|measure| !matches!(measure.method(), Method::Share(..) | Method::Stock));
    let others = others.filter(|measure| !JUDGED.contains(measure) && !matches!(measure, Measure::Findings | Measure::Records));
    let missed: Vec<&str> = others.map(|measure| measure.id()).filter(|id| !counted.contains(id)).collect();
    assert!(missed.is_empty(), "the demonstration has nothing of {missed:?}");
}

#[test]
fn both_numbers_of_a_share_are_the_figures_of_their_own() {
    let day: Date = "2026-11-20".parse().unwrap();
    let statistics = count(&pipeline::check(demonstration(), Some(day), day).unwrap());
    for measure in Measure::ALL {
        let Method::Share(of, out_of) = measure.method() else { continue };
        for area in statistics.areas() {
            for period in periods(&statistics).iter().filter(|_| *measure != Measure::Coverage) {
                let when = When::parse(period).unwrap();
                let number = |measure: Measure| statistics.figure(area, when, measure).value.number().unwrap();
                match statistics.figure(area, when, *measure).value {
                    Value::Share { part, whole } => {
                        assert_eq!((part, whole), (number(of), number(out_of)), "{measure:?} {area} {period}");
                    }
                    value => assert_eq!((value, number(out_of)), (Value::Nothing, Decimal::ZERO), "{measure:?} {area} {period}"),
                }
            }
        }
    }
}

#[test]
fn findings_are_those_of_the_check() {
    let day: Date = "2026-11-20".parse().unwrap();
    let checked = pipeline::check(demonstration(), Some(day), day).unwrap();
    let statistics = count(&checked);
    let mut by_rule: BTreeMap<&str, u64> = BTreeMap::new();
    let findings = checked.diagnostics.iter().filter(|one| one.severity == gongshi::diagnostic::Severity::Finding);
    for finding in findings {
        *by_rule.entry(&finding.rule).or_default() += 1;
    }
    assert_eq!(statistics.members(Measure::Findings), by_rule.keys().copied().collect::<Vec<_>>());
    for (rule, n) in by_rule {
        let figure = statistics.figure("", When::Ever, Key::part(Measure::Findings, rule));
        assert_eq!(figure.value, Value::Number(n.into()), "{rule}");
    }
}

#[test]
fn places_and_the_procedures_that_they_follow_are_those_of_the_area_files() {
    let day: Date = "2026-11-20".parse().unwrap();
    let statistics = count(&pipeline::check(demonstration(), Some(day), day).unwrap());
    let site = raw::read(demonstration());
    for level in ["township", "village"] {
        let places: Vec<_> = site.kind("area").filter(|area| area.text("level") == level).collect();
        for when in ["all", "2025-01", "2026"] {
            let end = if when == "2025-01" { "2025-01-31" } else { "2026-11-20" };
            let found = |key: Key<'_>| statistics.figure("", When::parse(when).unwrap(), key).value;
            assert_eq!(found(Key::part(Measure::Places, level)), Value::Number(places.len().into()));
            for workflow in ["eight-step", "four-discussions", "five-ring"] {
                let follows = |one: &&serde_yaml::Value| {
                    let until = raw::of(one, "until");
                    raw::of(one, "id") == workflow
                        && raw::of(one, "since").as_str() <= end
                        && (until.is_empty() || until.as_str() >= end)
                };
                let n = places.iter().filter(|area| raw::list(&area.data, "workflows").iter().any(|one| follows(one))).count();
                let part = format!("{workflow}/{level}");
                assert_eq!(found(Key::part(Measure::Adopted, &part)), Value::Number(n.into()), "{part} {when}");
            }
        }
    }
}

/// Judges records that are not in files.
fn judged(records: Vec<(String, String)>) -> Checked {
    let mut files = Files::default();
    for (path, text) in records {
        files.add(SourceFile::new(path, text));
    }
    pipeline::check_files(files, &[], Vec::new(), None, "2026-12-31".parse().unwrap())
}

/// Writes a made-up city.
fn city(seed: u64, villages: u64) -> Vec<(String, String)> {
    city_of(Request { seed, villages, years: 2, faults: 15, ..Request::default() })
}

#[test]
fn a_total_is_the_sum_of_its_parts_in_made_up_cities() {
    for (seed, villages) in [(1, 3), (2, 14), (7, 25)] {
        let statistics = count(&judged(city(seed, villages)));
        let mut compared = 0;
        for measure in Measure::ALL.iter().filter(|measure| measure.adds_up()) {
            let members = statistics.members(*measure);
            let keys = members.iter().map(|member| Key::part(*measure, member));
            for key in keys.chain(measure.has_total().then_some(Key::from(*measure))) {
                for area in statistics.areas() {
                    for when in ["all", "2026", "2026-H1", "2025-Q4", "2026-05"].map(|text| When::parse(text).unwrap()) {
                        let whole = statistics.figure(area, when, key);
                        let parts = statistics.parts(area, when, key);
                        let sum: Decimal = parts.iter().filter_map(|part| part.figure.value.number()).sum();
                        assert_eq!(whole.value, Value::Number(sum), "{key} of `{area}` in {when}, seed {seed}");
                        assert_eq!(whole.n, parts.iter().map(|part| part.figure.n).sum::<u32>());
                        assert_eq!(whole.n as usize, statistics.facts_below(area, when, key).len());
                        compared += 1;
                    }
                }
            }
        }
        assert!(compared > 1000, "{compared}");
    }
}

#[test]
fn a_record_in_no_place_stops_the_build_with_its_name() {
    let mut files = city(1, 2);
    let meeting = "kind: opinions\nitems: [{no: 1, date: 2026-02-03, channel: card, text: 路灯不亮}]\n";
    files.push(("content/lost/opinions/2026-q1.yaml".to_owned(), meeting.to_owned()));
    let checked = judged(files);
    assert!(checked.diagnostics.iter().any(|one| one.rule == "identity/no-area"), "the check says so too");
    let mismatches = Statistics::new(&pipeline::edition(&checked)).unwrap_err();
    let opinions = mismatches.iter().find(|one| one.measure == Measure::Opinions).unwrap();
    assert_eq!((opinions.area.as_str(), opinions.total - opinions.parts), ("", Decimal::ONE));
    assert_eq!(opinions.record.as_deref(), Some("lost/opinions/2026-q1"));
    let message = pipeline::Fault::Totals(mismatches).message();
    assert!(message.zh.contains("`lost/opinions/2026-q1` 不属于任何区域"), "{}", message.zh);
    assert!(message.en.contains("`lost/opinions/2026-q1` lies in no area"), "{}", message.en);
}

#[test]
fn the_reference_city_shows_the_figures_of_the_field() {
    let statistics = count(&judged(city_of(Request::default())));
    let year = When::parse("2026").unwrap();
    let n = |key: Key| statistics.figure("", year, key);
    let number = |key: Key| n(key).value.number().unwrap().to_string();
    assert_eq!(number(Key::part(Measure::Places, "township")), "71");
    assert_eq!(number(Key::part(Measure::Places, "village")), "957");
    assert_eq!(number(Key::part(Measure::Adopted, "eight-step/village")), "834");
    assert_eq!(number(Key::part(Measure::Coverage, "eight-step/village")), "87.1");
    assert_eq!(number(Measure::Opinions.into()), "19280");
    assert_eq!(number(Key::part(Measure::Meetings, "village-congress")), "4034");
    let resolved = n(Key::part(Measure::Resolved, "village-congress"));
    assert_eq!(resolved.value, Value::Number(3576.into()));
    assert_eq!((resolved.before, resolved.difference), (Some(Value::Number(1159.into())), Some(2417.into())));
}

/// Writes a whole made-up city.
fn city_of(request: Request) -> Vec<(String, String)> {
    let city = City::plan(request);
    let mut files: Vec<(String, String)> = (0..city.units()).flat_map(|unit| city.files(unit).0).collect();
    files.sort();
    files
}
