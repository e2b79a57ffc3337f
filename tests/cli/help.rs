//! Help and usage errors.

use std::fmt::Write as _;
use std::path::Path;

use super::{assert_expected, command, good, refused, run_of};

#[test]
fn help_stands_in_both_languages() {
    let folder = Path::new(".");
    for (language, name) in [("en", "help.en.txt"), ("zh-CN", "help.zh.txt")] {
        let mut text = String::new();
        for command in ["", "new", "check", "build", "print", "serve", "rule", "stats", "schema", "synth", "completions"] {
            let words: Vec<_> = [command, "--help", "--lang", language].into_iter().filter(|word| !word.is_empty()).collect();
            let _ = writeln!(text, "$ gongshi {}\n{}", words.join(" "), good(folder, &words));
        }
        assert_expected(name, &text);
    }
}

#[test]
fn the_language_of_help_follows_the_system() {
    let mut command = command(Path::new("."), &["--help"]);
    let run = run_of(command.env("LANG", "zh_CN.UTF-8").output().unwrap());
    assert!(run.stdout.contains("用法：gongshi"), "{}", run.stdout);
}

#[test]
fn usage_errors_name_what_was_meant() {
    let folder = Path::new(".");
    let english = refused(folder, &["chek"]);
    assert!(english.starts_with("error: unrecognized subcommand 'chek'\n"), "{english}");
    let chinese = refused(folder, &["--lang", "zh", "check", "--fromat", "x"]);
    assert_eq!(chinese, "错误：没有选项或参数 `--fromat`\n  帮助：你是不是要写 `--format`？\n\n详见 `gongshi --help`\n");
    assert!(refused(folder, &[]).contains("Usage: gongshi"));
    assert!(refused(folder, &["--lang", "fr", "check"]).contains("write one of `zh-CN`, `en`"));
}

#[test]
fn a_wrong_value_is_told_with_what_may_be_written() {
    let folder = Path::new(".");
    let mut text = String::new();
    let lines: [&[&str]; 7] = [
        &["check", "--as-of", "tomorrow"],
        &["check", "--as-of"],
        &["check", "--format", "xml"],
        &["check", "--format", "jsom"],
        &["synth", "city", "--years", "99"],
        &["synth", "city", "--years", "ten"],
        &["stats", "--period", "2026-q9"],
    ];
    for language in ["en", "zh-CN"] {
        for words in lines {
            let words = [&["--lang", language], words].concat();
            let _ = writeln!(text, "$ gongshi {}\n{}", words.join(" "), refused(folder, &words));
        }
    }
    assert_expected("values.txt", &text);
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(good(Path::new("."), &["--version"]), concat!("gongshi ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = good(Path::new("."), &["completions", shell]);
        for command in ["new", "check", "build", "serve", "rule", "stats", "schema", "synth"] {
            assert!(script.contains(command), "{shell} lacks {command}");
        }
    }
}
