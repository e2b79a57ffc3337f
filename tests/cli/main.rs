//! The program as its users run it: what it prints, where, and with which exit code.
//!
//! Expected outputs stand in `expected/`; `GONGSHI_BLESS=1 cargo test --test cli` writes them anew, to be read before a commit.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod build;
mod check;
mod help;
mod new;
#[cfg(feature = "print")]
mod print;
mod rule;
mod serve;
mod stats;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Makes the command in a folder, with nothing of the surroundings that could show in its output.
fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongshi"));
    command.args(words).current_dir(folder).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

fn run(folder: &Path, words: &[&str]) -> Run {
    run_of(command(folder, words).output().unwrap())
}

fn run_of(output: Output) -> Run {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Asserts a run that ends well and says nothing on stderr; returns what it printed.
fn good(folder: &Path, words: &[&str]) -> String {
    let Run { code, stdout, stderr } = run(folder, words);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{words:?}\n{stdout}");
    stdout
}

/// Asserts a run that could not be carried out; returns what it said.
fn refused(folder: &Path, words: &[&str]) -> String {
    let Run { code, stdout, stderr } = run(folder, words);
    assert_eq!((code, stdout.as_str()), (Some(2), ""), "{words:?}\n{stderr}");
    stderr
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli")
}

/// Compares a text with a file of `expected/`.
fn assert_expected(name: &str, found: &str) {
    let path = here().join("expected").join(name);
    if std::env::var_os("GONGSHI_BLESS").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(expected == found, "differs from {name}; found:\n{found}");
}

/// Copies the site with faults to a folder of its own.
fn faulty_site() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(here().join("site")).min_depth(1) {
        let entry = entry.unwrap();
        let to = copy.path().join(entry.path().strip_prefix(here().join("site")).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
    copy
}

/// Makes a new site.
fn new_site(language: &str) -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    good(site.path(), &["new", "site", "--lang", language]);
    site
}
