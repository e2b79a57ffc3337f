//! `gongshi build`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Run, faulty_site, good, new_site, refused, run};

/// Leaves out what differs from run to run: numbers of files and the time.
fn shape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if out.ends_with('N') => {}
            '0'..='9' => out.push('N'),
            c => out.push(c),
        }
    }
    out
}

/// Reads a whole tree.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn a_new_site_is_built_and_built_again_without_a_change() {
    let site = new_site("en");
    let first = good(site.path(), &["build"]);
    let expected = "site built: ./public\n  pages: N; files written: N, unchanged: N, removed: N\n  \
                    findings: N, published as such; warnings: N (`gongshi check` lists them)\n  time: N.N s\n\
                    open ./public/index.html in a browser\n";
    assert_eq!(shape(&first), expected);
    let before = tree(&site.path().join("public"));
    assert!(before.contains_key("index.html") && before.contains_key(".gongshi/manifest.json"));
    let again = good(site.path(), &["build"]);
    assert!(again.contains("files written: 0, unchanged: "), "{again}");
    good(site.path(), &["build", "--out", "elsewhere/site"]);
    assert!(before == tree(&site.path().join("elsewhere/site")), "the bytes depend on where the site is built");
}

#[test]
fn a_change_writes_only_the_pages_that_show_it() {
    let site = new_site("zh-CN");
    good(site.path(), &["build"]);
    let finance = site.path().join("content/xinhe/finance");
    let record = fs::read_dir(finance).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&record).unwrap();
    fs::write(&record, text.replace("道路清扫", "道路清扫和除雪")).unwrap();
    let told = good(site.path(), &["build"]);
    let number = told.split("文件写入 ").nth(1).unwrap().split(' ').next().unwrap();
    assert!((1..=12).contains(&number.parse::<u32>().unwrap()), "{told}");
}

#[test]
fn errors_stop_the_build_and_the_old_site_stands() {
    let site = faulty_site();
    let Run { code, stdout, stderr } = run(site.path(), &["build"]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.contains("arithmetic/vote-sum") && stderr.ends_with("网站没有生成，原有的网站未动。\n"), "{stderr}");
    assert!(!site.path().join("public").exists());

    let good_site = new_site("en");
    good(good_site.path(), &["build"]);
    let before = tree(&good_site.path().join("public"));
    fs::write(good_site.path().join("content/xinhe/area.yaml"), "kind: nonsense\n").unwrap();
    assert_eq!(run(good_site.path(), &["build"]).code, Some(1));
    assert!(before == tree(&good_site.path().join("public")));
}

#[test]
fn a_folder_of_others_is_refused() {
    let site = new_site("en");
    fs::create_dir(site.path().join("mine")).unwrap();
    fs::write(site.path().join("mine/letter.txt"), "dear").unwrap();
    let said = refused(site.path(), &["build", "--out", "mine", "--lang", "en"]);
    assert!(said.starts_with("error: the folder ") && said.contains("is not empty and was not made by gongshi"), "{said}");
    assert_eq!(tree(&site.path().join("mine")).len(), 1);
    assert_eq!(fs::read_dir(site.path()).unwrap().count(), 2, "something was left beside");
}
