//! Records broken at random: whatever stands in the files, checking says so in places that exist and building never fails.
//!
//! The edits come from a small generator of our own, so that a seed gives the same edits everywhere. More of them:
//! `GONGSHI_MUTATIONS=2000 GONGSHI_SEED=7 cargo test --test mutations`.

#![expect(clippy::expect_used, clippy::panic, reason = "a fixture that is not there is a fault of the test")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gongshi::diagnostic::{Diagnostic, github, json, sarif};
use gongshi::language::Language;
use gongshi::pipeline::{Checked, Outcome, build, check_files};
use gongshi::source::{Attachment, Files, SourceFile, Span, discover};
use jiff::civil::Date;

/// Generates numbers (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap_or(0)
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// A site in memory.
struct Site {
    folder: PathBuf,
    texts: Vec<(String, String)>,
    attachments: Vec<Attachment>,
}

impl Site {
    fn read(folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let found = discover(&folder).expect("the fixtures are readable");
        let texts = found.files.iter().map(|(_, file)| (file.path.clone(), file.text.to_string())).collect();
        Self { folder, texts, attachments: found.attachments }
    }

    /// Checks the site with some of its files replaced.
    fn check(&self, edits: &[(usize, String)], as_of: Option<Date>) -> Checked {
        let mut files = Files::default();
        for (i, (path, text)) in self.texts.iter().enumerate() {
            let text = edits.iter().rev().find(|(at, _)| *at == i).map_or(text, |(_, text)| text);
            files.add(SourceFile::new(path.clone(), text.as_str()));
        }
        check_files(files, &self.attachments, Vec::new(), as_of, Date::constant(2026, 11, 20))
    }
}

/// Numbers, dates, names and texts that nobody expects.
const ODD: &[&str] = &[
    "0",
    "1",
    "-1",
    "18446744073709551615",
    "18446744073709551616",
    "9223372036854775807",
    "-9223372036854775808",
    "4294967295",
    "79228162514264337593543950335",
    "1e308",
    "0.00000000000000000000000000001",
    ".nan",
    ".inf",
    "0x10",
    "0o17",
    "1_000",
    "''",
    "[]",
    "{}",
    "null",
    "~",
    "true",
    "false",
    "9999-12-31",
    "0001-01-01",
    "-9999-01-01",
    "2026-02-30",
    "2024-02-29",
    "2026-03-18T10:00",
    "2026-q1",
    "9999-q4",
    "9999-12",
    "0001-01",
    "2026",
    "2026-h1",
    "1/0",
    "0/1",
    "2/3",
    "100%",
    "101%",
    "of present",
    "../../x",
    "CON",
    "a/b",
    "A",
    "\u{202e}倒",
    "\u{feff}",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "👩‍👩‍👧‍👦",
    "𠮷",
    "é",
    "\"><img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "'<!--'",
    "javascript:alert(1)",
    "//e.org/x",
    "'/etc/passwd'",
    "&a",
    "*a",
    "!!binary AAAA",
    "!tag x",
    "|",
    ">-",
    "? a",
    "- - - - a",
    "[[[[[[[[]]]]]]]]",
    "{a: {b: {c: [d]}}}",
    "王春生",
    "11010519491231002X",
    "13800138000",
    "eight-step",
    "five-ring",
    "four-discussions",
    "village-law",
    "congress",
    "matter",
    "meeting",
    "area",
    "site",
    "calendar",
    "workflow",
    "passed",
    "rejected",
    "deferred",
    "no-quorum",
    "/qinghe",
    "/qinghe/xinmin",
    "qinghe",
    "2026-001-street-lights",
    "2026-q1/4",
    "closed",
    "%s%n",
    "{{ 7 * 7 }}",
    "{% include \"x\" %}",
    "${x}",
    "`",
    "[x](y)",
    "![x](x.png)",
    "[^1]: [^1]",
    "# a",
    "---",
    "...",
    "<<: *a",
];

/// Characters that mean something to a parser.
const SIGNS: &[&str] = &[
    ":", "-", " ", "\t", "\n", "\r", "\r\n", "{", "}", "[", "]", ",", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`",
    "：", "，", "\u{200f}", "\u{0}",
];

/// Applies one edit.
fn edit(text: &str, chance: &mut Chance, others: &[(String, String)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return chance.of(ODD).to_owned();
    }
    let (a, b) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(20) {
        0 => drop(lines.remove(a)),
        1 => lines.insert(b, lines[a].clone()),
        2 => lines.swap(a, b),
        3 => {
            let at = boundary(text, chance.below(text.len() + 1));
            return text[..at].to_owned();
        }
        4 => {
            let at = boundary(text, chance.below(text.len() + 1));
            return format!("{}{}{}", &text[..at], chance.of(SIGNS), &text[at..]);
        }
        5 => lines[a].insert_str(0, chance.of(&["  ", " ", "    ", "- ", "# ", "\t"])),
        6 => lines[a] = lines[a].trim_start().to_string(),
        7 => {
            let other = &others[chance.below(others.len())].1;
            let taken: Vec<&str> = other.lines().collect();
            if !taken.is_empty() {
                lines.insert(b, taken[chance.below(taken.len())].to_owned());
            }
        }
        8 => lines[a] = lines[a].replace(|c: char| c.is_ascii_digit(), chance.of(&["0", "9", "99", ""])),
        9 => lines[a] = lines[a].replace(' ', ""),
        10 => lines[a] = lines[a].repeat(chance.below(400) + 1),
        11 => {
            let (from, to) = (a.min(b), a.max(b));
            drop(lines.drain(from..to));
        }
        12..=14 => lines[a] = number_replaced(&lines[a], chance.of(ODD)),
        _ => lines[a] = value_replaced(&lines[a], chance.of(ODD)),
    }
    lines.join("\n") + "\n"
}

/// Replaces the value of a `key: value` line.
fn value_replaced(line: &str, value: &str) -> String {
    match line.split_once(": ") {
        Some((key, _)) => format!("{key}: {value}"),
        None => format!("{line} {value}"),
    }
}

/// Replaces the first run of digits and hyphens (a number or a date).
fn number_replaced(line: &str, value: &str) -> String {
    let is_part = |c: char| c.is_ascii_digit() || c == '-';
    let Some(from) = line.find(|c: char| c.is_ascii_digit()) else { return value_replaced(line, value) };
    let length = line[from..].find(|c| !is_part(c)).unwrap_or(line.len() - from);
    format!("{}{value}{}", &line[..from], &line[from + length..])
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Asserts that a diagnostic stands where there is something and says something in both languages.
fn sound(checked: &Checked, diagnostic: &Diagnostic) {
    let within = |span: Span| {
        let text = &checked.files.get(span.file).text;
        assert!(text.get(span.range()).is_some(), "{diagnostic:?} lies outside of its file or inside a character");
    };
    within(diagnostic.span);
    diagnostic.labels.iter().for_each(|label| within(label.span));
    diagnostic.fix.iter().for_each(|fix| within(fix.span));
    let said = [&diagnostic.message.zh, &diagnostic.message.en];
    assert!(said.iter().all(|text| !text.trim().is_empty()), "{diagnostic:?} says nothing");
}

/// Checks and, where nothing is wrong, builds; returns whether it was built.
fn run(site: &Site, edits: &[(usize, String)], as_of: Option<Date>) -> bool {
    let mut checked = site.check(edits, as_of);
    checked.diagnostics.iter().for_each(|diagnostic| sound(&checked, diagnostic));
    let _ = json::render(&checked.diagnostics, &checked.files, Language::Chinese);
    let _ = sarif::render(&checked.diagnostics, &checked.files, Language::English);
    let _ = github::render(&checked.diagnostics, &checked.files, Language::English);
    let refused = checked.has_errors();
    match build(&site.folder, &mut checked) {
        Ok(Outcome::Built(built)) => {
            assert!(!refused);
            built.output.read_all().expect("every page can be made");
            true
        }
        Ok(Outcome::Refused) => {
            assert!(checked.has_errors(), "refused without an error");
            false
        }
        Err(fault) => panic!("a build without errors failed: {fault}"),
    }
}

/// Runs edits on a site; returns how many were made and how many of them could be built.
fn mutate(site: &Site, seed: u64, most: usize, until: Instant) -> (usize, usize) {
    let mut built = 0;
    for round in 0..most {
        if Instant::now() > until {
            return (round, built);
        }
        let mut chance = Chance(seed.wrapping_mul(1_000_003).wrapping_add(round as u64));
        let mut edits: Vec<(usize, String)> = Vec::new();
        for _ in 0..=chance.below(3) {
            let at = chance.below(site.texts.len());
            let text = edits.iter().rev().find(|(other, _)| *other == at).map_or(&site.texts[at].1, |(_, text)| text);
            let edited = edit(text, &mut chance, &site.texts);
            edits.push((at, edited));
        }
        let as_of = match chance.below(6) {
            0 => Some(Date::constant(2025, 6, 30)),
            1 => Some(Date::constant(9999, 12, 31)),
            2 => Some(Date::constant(1, 1, 1)),
            _ => None,
        };
        let begun = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| run(site, &edits, as_of)));
        let taken = begun.elapsed();
        assert!(taken < Duration::from_mins(1), "seed {seed}, round {round}: took {taken:?}");
        match result {
            Ok(done) => built += usize::from(done),
            Err(panic) => {
                for (at, text) in &edits {
                    let (path, before) = &site.texts[*at];
                    eprintln!("seed {seed}, round {round}, as of {as_of:?}: {path}");
                    for change in similar::TextDiff::from_lines(before.as_str(), text).iter_all_changes() {
                        if change.tag() != similar::ChangeTag::Equal {
                            eprint!("{}{}", change.tag(), change.value().chars().take(300).collect::<String>());
                        }
                    }
                    eprintln!();
                }
                std::panic::resume_unwind(panic);
            }
        }
    }
    (most, built)
}

/// Reads a setting of the run.
fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn examples_broken_at_random_never_break_the_program() {
    let site = Site::read("tests/fixtures/examples");
    let most = setting("GONGSHI_MUTATIONS");
    let until = Instant::now() + Duration::from_secs(if most.is_some() { 3600 } else { 20 });
    let (made, built) = mutate(&site, setting("GONGSHI_SEED").unwrap_or(1), most.map_or(40, |n| n as usize), until);
    eprintln!("{made} edits of the examples, {built} built");
    assert!(made > 0);
}

#[test]
fn the_content_broken_at_random_never_breaks_the_program() {
    let site = Site::read("");
    let most = setting("GONGSHI_MUTATIONS").map(|n| n / 4);
    let until = Instant::now() + Duration::from_secs(if most.is_some() { 3600 } else { 20 });
    let (made, built) = mutate(&site, setting("GONGSHI_SEED").unwrap_or(2), most.map_or(6, |n| n as usize), until);
    eprintln!("{made} edits of the content, {built} built");
    assert!(made > 0);
}
