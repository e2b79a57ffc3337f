//! `gongshi new` and `gongshi schema`.

use std::fs;

use super::{good, new_site, refused};

#[test]
fn a_new_site_says_what_comes_next() {
    let folder = tempfile::tempdir().unwrap();
    let told = good(folder.path(), &["new", "site", "my-village", "--lang", "en"]);
    assert_eq!(told, "new site: my-village (6 files)\nnext:\n  gongshi check my-village\n  gongshi serve my-village\n");
    let said = refused(folder.path(), &["new", "site", "my-village", "--lang", "en"]);
    assert!(said.starts_with("error: `my-village/content` is there already"), "{said}");
}

#[test]
fn every_kind_of_record_passes_the_check_as_it_is_made() {
    for language in ["en", "zh-CN"] {
        let site = new_site(language);
        let kinds = [
            ("calendar", None),
            ("area", Some("donggang")),
            ("opinions", None),
            ("matter", Some("2031-001-road")),
            ("matter", None),
            ("meeting", None),
            ("contract", None),
            ("assessment", None),
            ("finance", None),
            ("inquiry", None),
            ("case", None),
            ("disclosure", None),
            ("survey", None),
            ("catalogue", None),
            ("delegates", None),
            ("election", None),
            ("programme", None),
            ("workflow", None),
        ];
        for (kind, id) in kinds {
            let mut words = vec!["new", kind, "--lang", language];
            if let Some(id) = id {
                words.extend(["--id", id]);
            }
            if !["calendar", "area", "workflow"].contains(&kind) {
                words.extend(["--area", "xinhe"]);
            }
            good(site.path(), &words);
        }
        let said = good(site.path(), &["check", "--format", "json"]);
        let said: Vec<serde_json::Value> = serde_json::from_str(&said).unwrap();
        let of = |file: &str| {
            said.iter().any(|one| one["rule"] == "schema/placeholder" && one["file"].as_str().unwrap().contains(file))
        };
        for file in ["2031-001-road.md", "/meetings/", "/inquiries/", "/cases/", "/disclosures/", "/programmes/"] {
            assert!(of(file), "{file} in {language}");
        }
    }
}

#[test]
fn a_new_place_has_the_level_below_that_of_the_place_above() {
    let site = new_site("en");
    let level = |path: &str| {
        let text = fs::read_to_string(site.path().join("content").join(path).join("area.yaml")).unwrap();
        text.lines().find_map(|line| line.strip_prefix("level: ")?.split(' ').next().map(str::to_owned)).unwrap()
    };
    good(site.path(), &["new", "area", "--id", "donggang", "--lang", "en"]);
    good(site.path(), &["new", "area", "--id", "first", "--area", "donggang", "--lang", "en"]);
    assert_eq!((level("donggang"), level("donggang/first")), ("village".to_owned(), "group".to_owned()));
    let path = site.path().join("content/donggang/area.yaml");
    let text = fs::read_to_string(&path).unwrap().replace("level: village", "level: township");
    fs::write(path, text).unwrap();
    good(site.path(), &["new", "area", "--id", "second", "--area", "donggang", "--lang", "en"]);
    assert_eq!(level("donggang/second"), "village");
}

#[test]
fn nothing_is_overwritten_and_names_are_checked() {
    let site = new_site("en");
    let matter = ["new", "matter", "--id", "2031-001-road", "--lang", "en"];
    let told = good(site.path(), &matter);
    let path = "./content/xinhe/matters/2031-001-road.md";
    assert_eq!(told, format!("new file: {path}\nfill it in, then: gongshi check .\n"));
    fs::write(site.path().join(path), "mine").unwrap();
    let said = refused(site.path(), &matter);
    assert_eq!(said, format!("error: `{path}` is there already; nothing was changed\n  help: give another name with `--id`\n"));
    assert_eq!(fs::read_to_string(site.path().join(path)).unwrap(), "mine");
    fs::remove_file(site.path().join(path)).unwrap();
    assert!(refused(site.path(), &["new", "matter", "--id", "../x", "--lang", "en"]).contains("cannot be a name"));
    let said = refused(site.path(), &["new", "matter", "--area", "nowhere", "--lang", "en"]);
    assert_eq!(said, "error: there is no area `nowhere`\n  help: one of `xinhe`\n");
    good(site.path(), &["new", "area", "--id", "donggang"]);
    let said = refused(site.path(), &["new", "meeting", "--lang", "en"]);
    assert_eq!(said, "error: say which area with `--area`\n  help: one of `donggang` `xinhe`\n");
}

#[test]
fn kinds_go_by_either_name() {
    let site = new_site("zh-CN");
    good(site.path(), &["new", "事项"]);
    let said = refused(site.path(), &["new", "天气", "--lang", "zh"]);
    assert!(said.starts_with("错误：没有 `天气` 这种记录\n  帮助：可以是：站点、日历、区域"), "{said}");
    for (asked, meant) in
        [("合同", "是不是 `责任书`（contract）？可以是"), ("村庄", "是不是 `区域`（area）？"), ("考核表", "是不是 `考核`")]
    {
        let said = refused(site.path(), &["new", asked, "--lang", "zh"]);
        assert!(said.contains(meant), "{said}");
    }
    let said = refused(site.path(), &["new", "meting", "--lang", "en"]);
    assert!(said.contains("help: did you mean `meeting` (会议)? one of site, calendar"), "{said}");
}

#[test]
fn schemas_are_json_of_one_kind_or_of_all() {
    let folder = tempfile::tempdir().unwrap();
    let json = |words: &[&str]| serde_json::from_str::<serde_json::Value>(&good(folder.path(), words)).unwrap();
    assert!(json(&["schema", "matter"])["properties"]["标题"].is_object());
    assert_eq!(json(&["schema", "事项"]), json(&["schema", "matter"]));
    let all = json(&["schema"]);
    assert_eq!(all.as_object().unwrap().len(), gongshi::field::Kind::ALL.len());
    assert_eq!(all["matter"], json(&["schema", "matter"]));
    assert!(json(&["schema", "forms"])["resolve"].is_object());
    assert!(refused(folder.path(), &["schema", "nonsense"]).starts_with("error: there is no kind `nonsense`\n"));
}
