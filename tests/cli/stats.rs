//! `gongshi stats`.

use std::fs;
use std::path::Path;

use super::{assert_expected, good, new_site, refused, run};

/// A small site: two villages in a township, with numbers that can be counted by hand.
fn counted() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/counted"))
}

#[test]
fn figures_are_printed_in_both_languages_and_every_format() {
    let mut text = String::new();
    let asked: [&[&str]; 5] = [
        &["--area", "town/east", "--period", "2026-q1"],
        &["--area", "town", "-m", "attendance", "-m", "resolved", "--by", "area", "--period", "2026-h1"],
        &["-m", "meetings", "--by", "part", "--period", "2026"],
        &["-m", "days-to-resolution", "-m", "income", "--by", "period", "--period", "all", "--format", "csv"],
        &["-m", "resolved", "--area", "town/east", "--period", "2026", "--records"],
    ];
    for words in asked {
        for language in ["zh-CN", "en"] {
            let words: Vec<&str> = ["stats", "--lang", language].iter().chain(words).copied().collect();
            text.extend(["$ gongshi ", &words.join(" "), "\n", &good(counted(), &words).replace('\r', ""), "\n"]);
        }
    }
    assert_expected("stats.txt", &text);
}

#[test]
fn json_opens_a_figure_to_its_records() {
    let text = good(counted(), &["stats", "-m", "approval", "--area", "town/west", "--format", "json", "--records"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let figure = &json["figures"][0];
    let records = figure["records"].as_array().unwrap();
    assert_eq!(figure["n"].as_u64(), Some(records.len() as u64));
    let sum: u64 = records.iter().map(|record| record["amount"].as_u64().unwrap()).sum();
    assert_eq!(figure["denominator"].as_u64(), Some(sum));
    assert!(records.iter().all(|record| record["path"].as_str().unwrap().starts_with("items[")), "{figure:#}");
}

/// The project's own site.
fn demonstration() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn json(words: &[&str]) -> serde_json::Value {
    serde_json::from_str(&good(demonstration(), words)).unwrap()
}

#[test]
fn lists_agree_with_the_figures() {
    let figure = |id: &str| {
        let found = json(&["stats", "-m", id, "--period", "all", "--format", "json"])["figures"][0]["value"].as_u64();
        usize::try_from(found.unwrap()).unwrap()
    };
    let overdue = json(&["stats", "--list", "overdue", "--format", "json"]);
    let overdue = overdue["lines"].as_array().unwrap();
    assert_eq!(overdue.len(), figure("overdue"));
    let days: Vec<u64> = overdue.iter().map(|line| line["days"].as_u64().unwrap()).collect();
    assert!(days.is_sorted_by(|a, b| a >= b) && days.iter().all(|days| *days > 0), "{days:?}");
    let matrix = json(&["stats", "--list", "matrix", "--period", "all", "--format", "json"]);
    let states: Vec<&str> = matrix["lines"].as_array().unwrap().iter().map(|line| line["state"].as_str().unwrap()).collect();
    assert_eq!(states.iter().filter(|state| **state == "overdue").count(), figure("overdue:cadence"));
    assert!(["done", "due", "overdue"].iter().all(|state| states.contains(state)), "{states:?}");
    let village = json(&["stats", "--list", "matrix", "--area", "qinghe/xilin", "--period", "2026-q2", "--format", "json"]);
    let village = village["lines"].as_array().unwrap();
    assert!(!village.is_empty() && village.iter().all(|line| line["area"] == "qinghe/xilin" && line["period"] == "2026-Q2"));
}

#[test]
fn ranks_share_a_place_and_name_the_one_before() {
    let ranks = json(&["stats", "--list", "ranks", "--period", "2026", "--format", "json"]);
    let ranks = ranks["lines"].as_array().unwrap();
    let half: Vec<(u64, Option<u64>)> = ranks
        .iter()
        .filter(|line| line["period"] == "2026-H1")
        .map(|line| (line["rank"].as_u64().unwrap(), line["rank_before"].as_u64()))
        .collect();
    assert_eq!(half.iter().map(|(rank, _)| *rank).collect::<Vec<_>>(), [1, 1, 3], "two totals are equal");
    assert!(half.iter().all(|(_, before)| before.is_some()));
    let csv = good(demonstration(), &["stats", "--list", "ranks", "--period", "2026-h1", "--format", "csv", "--lang", "en"]);
    assert!(csv.starts_with("area,cycle,period,rank,rank_before,subject,total,grade,record\r\n"), "{csv}");
    let table = good(demonstration(), &["stats", "--list", "ranks", "--period", "2026-h1", "--lang", "zh-CN"]);
    assert!(table.contains("上期名次") && table.contains("半年分析"), "{table}");
}

#[test]
fn what_is_not_known_gives_the_nearest() {
    let said = refused(counted(), &["stats", "--lang", "en", "-m", "atendance"]);
    assert_eq!(said, "error: there is no measure `atendance`\n  help: did you mean `attendance`?\n");
    let said = refused(counted(), &["stats", "--lang", "en", "--area", "town/esat"]);
    assert_eq!(said, "error: there is no area `town/esat`\n  help: did you mean `town/east`?\n");
    let said = refused(counted(), &["stats", "--lang", "en", "-m", "meetings:village-congres"]);
    assert!(said.ends_with("help: did you mean `village-congress`?\n"), "{said}");
    assert!(refused(counted(), &["stats", "--lang", "en", "--period", "2026-q5"]).contains("2026-q3"));
    let said = refused(counted(), &["stats", "-m", "atendance"]);
    assert!(said.starts_with("错误："), "the site is Chinese: {said}");
}

#[test]
fn records_with_errors_are_not_counted() {
    let site = new_site("en");
    assert!(good(site.path(), &["stats", "--period", "all"]).contains("as of"));
    let area = fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    fs::write(site.path().join("content/site.yaml"), area + "colour: red\n").unwrap();
    let run = run(site.path(), &["stats"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.contains("gongshi check"), "{}", run.stderr);
}
