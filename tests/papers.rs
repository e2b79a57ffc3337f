//! The sheets that a site carries: which there are, that pages lead to them, and that only what shows something else is made anew.

#![cfg(feature = "print")]
#![expect(clippy::expect_used, reason = "a fixture that is not there is a fault of the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gongshi::pipeline::{self, Built, Found, Outcome, Session};
use gongshi::publish::{Memory, Published, publish};
use tempfile::TempDir;

/// A matter of the site below.
const MATTER: &str = "content/qinghe/xinmin/matters/2026-001-street-lights.md";

/// The examples as a site that carries these sheets.
fn site(sheets: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/examples/content"), &folder.path().join("content"));
    change(folder.path(), "content/site.yaml", |text| format!("{text}\nsheets: [{sheets}]\n"));
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("readable");
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn change(site: &Path, file: &str, edit: impl Fn(&str) -> String) {
    let text = fs::read_to_string(site.join(file)).expect(file);
    fs::write(site.join(file), edit(&text)).expect(file);
}

fn build(site: &Path) -> Built {
    let mut checked = pipeline::check(site, None, "2026-11-23".parse().expect("a date")).expect("a site");
    match pipeline::build(site, &mut checked).expect("no fault") {
        Outcome::Built(built) => built,
        Outcome::Refused => panic!("refused: {:?}", checked.diagnostics),
    }
}

fn files(site: &Path) -> BTreeMap<String, Vec<u8>> {
    build(site).output.read_all().expect("every file")
}

fn published(site: &Path, memory: &mut Memory) -> Published {
    publish(&build(site).output, &site.join("public"), memory).expect("published")
}

#[test]
fn pages_lead_to_the_sheets_that_the_site_names_in_their_own_language() {
    let site = site("notice, 广播稿, report");
    let files = files(site.path());
    for (page, sheets) in [
        (
            "qinghe/xinmin/matters/2026-001-street-lights.html",
            &["2026-001-street-lights.notice.pdf", "2026-001-street-lights.broadcast.txt"][..],
        ),
        ("en/qinghe/xinmin/matters/2026-001-street-lights.html", &["2026-001-street-lights.notice.pdf"]),
        ("qinghe/xinmin/index.html", &["2026.report.pdf", "2025.report.pdf"]),
    ] {
        let html = String::from_utf8_lossy(&files[page]);
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        for sheet in sheets {
            assert!(html.contains(&format!("href=\"{sheet}\"")), "{page} leads to {sheet}");
            assert!(files.contains_key(&format!("{folder}/{sheet}")), "{folder}/{sheet}");
        }
    }
    let (zh, en) =
        ("qinghe/xinmin/matters/2026-001-street-lights.notice.pdf", "en/qinghe/xinmin/matters/2026-001-street-lights.notice.pdf");
    assert!(files[zh].starts_with(b"%PDF-") && files[zh] != files[en]);
    assert!(!files.keys().any(|path| path.contains(".ballot.")), "nobody asked for ballots");
}

#[test]
fn a_site_that_names_no_sheets_has_none() {
    let files = files(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/examples"));
    assert!(!files.keys().any(|path| path.ends_with(".notice.pdf")));
    assert!(
        files
            .iter()
            .filter(|(path, _)| has_ending(path, "html"))
            .all(|(_, html)| !String::from_utf8_lossy(html).contains("class=\"sheets\""))
    );
}

#[test]
fn only_the_sheet_of_what_was_edited_is_set_anew() {
    let site = site("notice");
    let mut memory = Memory::default();
    let first = published(site.path(), &mut memory);
    assert_eq!(first.written, fs_files(&site.path().join("public")) - 1, "all but the manifest");
    let again = published(site.path(), &mut memory);
    assert_eq!((again.written, again.unchanged), (0, first.written));
    let before = files(site.path());
    change(site.path(), MATTER, |text| text.replacen("title: ", "title: 新", 1));
    let after = files(site.path());
    let others: Vec<&String> = after.keys().filter(|path| has_ending(path, "pdf") && before[*path] != after[*path]).collect();
    assert!(others.iter().any(|path| path.contains("2026-001-street-lights")), "{others:?}");
    assert!(!others.iter().any(|path| path.contains("irrigation-well")), "{others:?}");
    published(site.path(), &mut memory);
    let public = site.path().join("public");
    assert!(after.iter().all(|(path, bytes)| fs::read(public.join(path)).is_ok_and(|found| found == *bytes)));
}

#[test]
fn a_session_that_follows_an_edit_shows_what_a_site_made_anew_shows() {
    let site = site("notice, broadcast");
    let today = "2026-11-23".parse().expect("a date");
    let mut session = Session::open(Found::new(site.path()).expect("found"), None, today).expect("a site");
    session.build().expect("built");
    change(site.path(), MATTER, |text| text.replacen("title: ", "title: 新", 1));
    session.update(&[site.path().join(MATTER)]).expect("an update");
    let Ok(Outcome::Built(followed)) = session.build() else { panic!("refused: {:?}", session.diagnostics()) };
    assert!(followed.output.read_all().expect("every file") == files(site.path()));
}

#[test]
fn a_character_that_no_font_has_keeps_the_site_from_being_published_and_is_named() {
    let site = site("notice");
    change(site.path(), MATTER, |text| text.replacen("title: ", "title: \u{2fa1e}", 1));
    let well = "content/qinghe/xinmin/matters/2026-002-irrigation-well.md";
    change(site.path(), well, |text| text.replacen("title: ", "title: \u{2fa1d}", 1));
    let fault = publish(&build(site.path()).output, &site.path().join("public"), &mut Memory::default()).expect_err("a fault");
    let said = fault.to_string();
    for part in ["2026-001-street-lights", "title", "U+2FA1E", "U+2FA1D"] {
        assert!(said.contains(part), "{said}");
    }
    assert!(!site.path().join("public").exists());
}

fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == ending)
}

/// Counts the files below a folder.
fn fs_files(folder: &Path) -> usize {
    walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file()).count()
}
