//! `gongshi check`.

use std::io::Read;
use std::process::Stdio;

use super::{Run, assert_expected, command, faulty_site, good, new_site, refused, run, run_of};

#[test]
fn each_format_gives_its_whole_output_and_exit_code_1() {
    let site = faulty_site();
    for (format, extension) in [("text", "txt"), ("json", "json"), ("sarif", "sarif"), ("github", "github.txt")] {
        let Run { code, stdout, stderr } = run(site.path(), &["check", "--format", format]);
        assert_eq!(code, Some(1));
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        assert_expected(&format!("check.{extension}"), &stdout.replace(&version, "\"version\": \"VERSION\""));
        if format == "github" {
            // The log has everything as text, since annotations are limited.
            assert_expected("check.txt", &stderr);
        } else {
            assert_eq!(stderr, "");
        }
    }
}

#[test]
fn messages_follow_the_language_asked_for() {
    let site = faulty_site();
    let english = run(site.path(), &["check", "--lang", "en"]);
    assert_eq!(english.code, Some(1));
    assert_expected("check.en.txt", &english.stdout);
}

#[test]
fn no_number_that_must_not_be_published_is_printed() {
    let site = faulty_site();
    for format in ["text", "json", "sarif", "github"] {
        let run = run(site.path(), &["check", "--format", format]);
        assert!(!run.stdout.contains("13812345678") && !run.stderr.contains("13812345678"), "{format}");
    }
}

#[test]
fn the_day_can_be_chosen() {
    let site = faulty_site();
    assert!(run(site.path(), &["check", "--lang", "en"]).stdout.ends_with(" (as of 2026-03-20)\n"));
    let later = run(site.path(), &["check", "--lang", "en", "--as-of", "2026-12-31"]).stdout;
    assert!(later.ends_with(" (as of 2026-12-31)\n") && later.contains("quarterly"), "{later}");
    assert!(refused(site.path(), &["check", "--as-of", "31.12.2026"]).contains("a day such as `2026-12-31`"));
}

#[test]
fn a_sound_site_gives_exit_code_0() {
    let site = new_site("en");
    let text = good(site.path(), &["check"]);
    assert!(text.starts_with("checked: no errors (as of ") && text.lines().count() == 1, "{text}");
    assert_eq!(good(site.path(), &["check", "--format", "json"]), "[]\n");
    assert_eq!(run(site.path(), &["check", "--format", "github"]).stdout, "");
}

#[test]
fn a_folder_without_content_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let said = refused(folder.path(), &["check", "nowhere", "--lang", "en"]);
    assert!(said.starts_with("error: `nowhere` ") && said.contains("gongshi new site"), "{said}");
    let said = refused(folder.path(), &["check", "--lang", "zh"]);
    assert!(said.starts_with("错误：") && said.contains("gongshi new site"), "{said}");
}

#[test]
fn the_content_folder_itself_is_recognised() {
    let site = faulty_site();
    let said = refused(&site.path().join("content"), &["check", "--lang", "en"]);
    assert!(said.contains("  help: name the folder that holds `content`: gongshi check .."), "{said}");
}

#[test]
fn colours_come_only_when_asked_for() {
    let site = faulty_site();
    assert!(!run(site.path(), &["check"]).stdout.contains('\u{1b}'));
    assert!(run(site.path(), &["check", "--color", "always"]).stdout.contains('\u{1b}'));
    assert!(!run(site.path(), &["check", "--color", "never"]).stdout.contains('\u{1b}'));
}

#[test]
fn a_reader_who_has_seen_enough_changes_nothing() {
    let site = faulty_site();
    let mut child = command(site.path(), &["check"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(1), ""));
}

#[cfg(unix)]
#[test]
fn an_output_that_cannot_be_written_is_said() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let site = faulty_site();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = run_of(command(site.path(), &["check", "--lang", "en"]).stdout(full).output().unwrap());
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("error: cannot write the output: "), "{}", run.stderr);
}
