//! `gongshi rule`.

use std::fs;

use super::{assert_expected, good, new_site, refused};

#[test]
fn a_rule_is_explained_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::new();
    for language in ["zh-CN", "en"] {
        for id in ["eight-step/quorum", "schema/unknown-key"] {
            text += &good(folder.path(), &["rule", id, "--lang", language]);
            text.push('\n');
        }
    }
    assert_expected("rule.txt", &text);
}

#[test]
fn all_rules_or_those_of_a_family_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let all = good(folder.path(), &["rule"]);
    for id in ["syntax/yaml", "privacy/id-number", "eight-step/quorum", "five-ring/", "four-discussions/", "village-law/"] {
        assert!(all.contains(id), "{id} is not in\n{all}");
    }
    let family = good(folder.path(), &["rule", "privacy"]);
    assert!(family.contains("privacy/id-number") && !family.contains("eight-step"), "{family}");
    let json: serde_json::Value = serde_json::from_str(&good(folder.path(), &["rule", "--format", "json"])).unwrap();
    let listed = all.lines().filter(|line| line.starts_with("  ")).count();
    assert_eq!(json.as_array().unwrap().len(), listed);
    assert!(all.ends_with(&format!("\n{listed} rules; `gongshi rule ID` explains one\n")), "{all}");
}

#[test]
fn an_unknown_rule_gives_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let said = refused(folder.path(), &["rule", "eight-step/qorum"]);
    assert_eq!(said, "error: there is no rule `eight-step/qorum`\n  help: did you mean `eight-step/quorum`?\n");
    let said = refused(folder.path(), &["rule", "quorum"]);
    assert!(said.starts_with("error: there is no rule `quorum`\n  help: did you mean `eight-step/quorum`, "), "{said}");
    assert!(said.contains("`four-discussions/quorum`") && said.matches("`eight-step/quorum`").count() == 1, "{said}");
    let said = refused(folder.path(), &["rule", "quorom", "--lang", "zh"]);
    assert!(said.starts_with("错误：没有规则 `quorom`\n  帮助：你是不是要写 `eight-step/quorum`、"), "{said}");
    let said = refused(folder.path(), &["rule", "eight-stp"]);
    assert!(said.ends_with("  help: did you mean `eight-step`?\n"), "{said}");
    let said = refused(folder.path(), &["rule", "nonsense-of-all-kinds"]);
    assert!(said.ends_with("  help: `gongshi rule` lists them all\n"), "{said}");
}

#[test]
fn the_packs_of_a_site_count_too() {
    let site = new_site("en");
    good(site.path(), &["new", "workflow", "--id", "our-way"]);
    assert!(fs::read_to_string(site.path().join("content/workflows/our-way.yaml")).unwrap().contains("id: our-way"));
    assert!(good(site.path(), &["rule", "our-way/quorum"]).contains("content/workflows/our-way.yaml"));
    let elsewhere = tempfile::tempdir().unwrap();
    let path = site.path().to_str().unwrap();
    assert!(good(elsewhere.path(), &["rule", "our-way", "--site", path]).contains("our-way/quorum"));
    refused(elsewhere.path(), &["rule", "our-way/quorum"]);
}
