//! The commands that the READMEs name: each is one of the program, with its options, and the sessions shown come out as shown.
//!
//! A block below `<!-- session -->` holds commands after `$` with what they print. Each is run; numbers may differ, for the day
//! and the count of rules do. `serve` does not end, so it is only looked up.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use super::{project, read, updating};

const PAGES: [&str; 2] = ["README.md", "README.zh-CN.md"];

/// Runs the program in a folder; returns what it wrote, the answer before the messages.
fn run(folder: &Path, words: &[String]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongshi"));
    let output = command.args(words).current_dir(folder).output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Splits a command line into words; double quotes hold blanks together.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (n, part) in line.split('"').enumerate() {
        if n % 2 == 1 {
            out.push(part.to_owned());
        } else {
            out.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    out
}

/// Returns the command lines of a page, without the name of the program.
fn commands(page: &str) -> Vec<Vec<String>> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let inline = line.split('`').skip(1).step_by(2);
        let lines: Vec<&str> = if fenced { vec![line.trim_start_matches("$ ")] } else { inline.collect() };
        for line in lines {
            let line = line.split(" #").next().unwrap_or(line);
            let line = line.split(" > ").next().unwrap_or(line);
            let rest = line.strip_prefix("gongshi ").or_else(|| line.strip_prefix("cargo run --release -- "));
            found.extend(rest.map(words));
        }
    }
    found
}

/// Replaces each number by `0`.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim_end().chars() {
        match c {
            '0'..='9' if out.ends_with('0') => {}
            '0'..='9' => out.push('0'),
            c => out.push(c),
        }
    }
    out
}

#[test]
fn every_command_named_is_one_of_the_program_with_its_options() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in PAGES {
        let commands = commands(&read(page));
        assert!(commands.len() > 10, "{page} names commands");
        for command in commands {
            let help = run(here, &[command[0].clone(), "--help".to_owned(), "--lang".to_owned(), "en".to_owned()]);
            assert!(help.contains(&format!("Usage: gongshi {}", command[0])), "{page}: gongshi {}\n{help}", command.join(" "));
            for option in command.iter().filter(|word| word.starts_with("--")) {
                assert!(help.contains(option.as_str()), "{page}: {option} of gongshi {}", command.join(" "));
            }
        }
    }
}

#[test]
fn the_sessions_shown_come_out_as_shown() {
    for page in PAGES {
        let text = read(page);
        let (_, rest) = text.split_once("<!-- session -->\n```console\n").expect("a session");
        let (session, _) = rest.split_once("\n```").expect("its end");
        let folder = tempfile::tempdir().expect("a folder");
        let mut anew = String::new();
        for step in session.split("$ gongshi ").skip(1) {
            let (line, shown) = step.split_once('\n').unwrap_or((step, ""));
            let words = words(line);
            let said = if words[0] == "serve" { String::new() } else { run(folder.path(), &words) };
            let same = without_numbers(shown) == without_numbers(&said);
            assert!(same || updating(), "{page} is stale, or the program is wrong: gongshi {line}\n{said}");
            let kept = if same { shown } else { &said };
            let _ = write!(anew, "$ gongshi {line}\n{}", kept.trim_end());
            anew.push_str(if kept.is_empty() { "" } else { "\n" });
        }
        if updating() {
            std::fs::write(project(page), text.replace(session, anew.trim_end())).expect("the page is written");
        }
    }
}

#[test]
fn the_test_command_is_that_of_continuous_integration() {
    let script = read(".ci/run");
    for page in PAGES {
        let text = read(page);
        let line = text.lines().find(|line| line.starts_with("cargo test")).expect("the test command");
        let command = line.split('#').next().unwrap_or(line).trim();
        assert!(script.lines().any(|line| line.starts_with(command)), "{page}: {command}");
    }
}
