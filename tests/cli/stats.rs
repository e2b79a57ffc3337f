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

#[test]
fn what_is_not_known_gives_the_nearest() {
    let said = refused(counted(), &["stats", "-m", "atendance"]);
    assert_eq!(said, "error: there is no measure `atendance`\n  help: did you mean `attendance`?\n");
    let said = refused(counted(), &["stats", "--area", "town/esat"]);
    assert_eq!(said, "error: there is no area `town/esat`\n  help: did you mean `town/east`?\n");
    let said = refused(counted(), &["stats", "-m", "meetings:village-congres"]);
    assert!(said.ends_with("help: did you mean `village-congress`?\n"), "{said}");
    assert!(refused(counted(), &["stats", "--period", "2026-q5"]).contains("2026-q3"));
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
