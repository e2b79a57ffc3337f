//! What must be caught is caught: edits of the example records, each with all the reports that it gives, through the whole
//! pipeline.
//!
//! The cases stand in `tests/faults/*.txt`:
//!
//! ```text
//! ## a name, which says what the clerk did
//! meetings/2026-03-18-congress.md          the file that is edited, by the end of its path
//! - present: 41                            the text that is replaced: it must be there exactly once
//! + present: 31                            what replaces it; without this line, the lines go
//! new qinghe/xinmin/charter.yaml           a file that is added, with the `+` lines that follow
//! attach qinghe/a.pdf                      a file that is not a record
//! as of 2026-11-01                         the day of judging, if it is another
//! => E eight-step/quorum meetings/2026-03-18-congress.md:11:1 present
//! ```
//!
//! A report is severity, rule, the end of the path, line and column (from 1, in characters), and the text that is marked, cut out
//! of the line by the columns that the JSON gives. The cadences of which so small a sample shows too few records are left out. A
//! file of cases that differs is written as it would have to be to the folder that `GONGSHI_FAULTS` names.

#![expect(clippy::expect_used, clippy::panic, reason = "a fixture that is not there is a fault of the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gongshi::diagnostic::{Diagnostic, Severity, json, rules, text};
use gongshi::language::Language;
use gongshi::pipeline::{self, Checked};
use gongshi::source::discover;
use gongshi::source::discover::{Attachment, in_memory};

/// The day of judging where a case names no other.
const AS_OF: &str = "2026-11-01";

/// Returns the folder of the tests.
fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// A site in memory.
#[derive(Clone)]
struct Site {
    texts: BTreeMap<String, String>,
    attachments: Vec<Attachment>,
    as_of: String,
}

impl Site {
    /// Reads the example records.
    fn examples() -> Self {
        let found = discover(&tests().join("fixtures/examples")).expect("the fixtures are readable");
        let texts = found.files.iter().map(|(_, file)| (file.path.clone(), file.text.to_string())).collect();
        Self { texts, attachments: Vec::new(), as_of: AS_OF.to_owned() }
    }

    /// Returns the text of the file whose path ends in `file`.
    fn text(&mut self, file: &str) -> &mut String {
        let mut found = self.texts.iter_mut().filter(|(path, _)| {
            format!("/{path}").ends_with(&format!("/{file}")) && (file.contains('/') || path.matches('/').count() == 1)
        });
        let (_, text) = found.next().unwrap_or_else(|| panic!("no file {file}"));
        assert!(found.next().is_none(), "more than one file {file}");
        text
    }

    /// Replaces a text that must be in the file exactly once; without a new text, whole lines go.
    fn edit(&mut self, file: &str, from: &str, to: Option<&str>) {
        let text = self.text(file);
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {file}");
        let at = text.find(from).expect("counted above");
        let mut end = at + from.len();
        if to.is_none() && text[end..].starts_with('\n') && (at == 0 || text[..at].ends_with('\n')) {
            end += 1;
        }
        text.replace_range(at..end, to.unwrap_or_default());
    }

    /// Adds a file that is not a record.
    fn attach(&mut self, path: &str) {
        self.attachments.push(Attachment { path: format!("content/{path}"), size: 1 });
    }

    /// Reads and judges the site.
    fn check(&self) -> Checked {
        let files = in_memory(self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let day = self.as_of.parse().expect("a date");
        pipeline::check_files(files, &self.attachments, Vec::new(), Some(day), day)
    }

    /// Returns the reports in short.
    fn reports(&self) -> Vec<String> {
        let checked = self.check();
        checked.diagnostics.iter().map(|fault| short(&checked, fault)).collect()
    }
}

/// Writes a report in short, by the place that the JSON gives.
fn short(checked: &Checked, fault: &Diagnostic) -> String {
    let written = json::render(std::slice::from_ref(fault), &checked.files, Language::English);
    let value: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    let number = |key: &str| usize::try_from(value[0][key].as_u64().expect(key)).expect(key);
    let (line, column, end_line, end_column) = (number("line"), number("column"), number("end_line"), number("end_column"));
    let text = &checked.files.get(fault.span.file).text;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let marked: String = text.lines().nth(line - 1).unwrap_or("").chars().skip(column - 1).collect();
    let marked: String = if end_line == line { marked.chars().take(end_column - column).collect() } else { marked };
    let marked = if marked.chars().count() > 60 { marked.chars().take(59).chain(['…']).collect() } else { marked };
    let path = &checked.files.get(fault.span.file).path;
    let parts: Vec<&str> = path.rsplitn(3, '/').collect();
    let end = match parts.as_slice() {
        [file, folder, _] => format!("{folder}/{file}"),
        _ => path.clone(),
    };
    let severity = match fault.severity {
        Severity::Error => "E",
        Severity::Finding => "F",
        Severity::Warning => "W",
    };
    format!("{severity} {} {end}:{line}:{column} {marked}", fault.rule).trim_end().to_owned()
}

/// A case of a file of cases.
struct Case {
    name: String,
    site: Site,
    /// The lines as they stand, without those that say what is expected.
    written: Vec<String>,
    expected: Vec<String>,
}

impl Case {
    /// Reads a case: its lines after `## `.
    fn read(lines: &str, examples: &Site) -> Self {
        let mut case = Self {
            name: lines.lines().next().unwrap_or_default().to_owned(),
            site: examples.clone(),
            written: Vec::new(),
            expected: Vec::new(),
        };
        let mut edits = Edits::default();
        for line in lines.lines().skip(1).filter(|line| !line.trim().is_empty()) {
            if let Some(report) = line.strip_prefix("=> ") {
                case.expected.push(report.to_owned());
                continue;
            }
            case.written.push(line.to_owned());
            match line.split_at_checked(2) {
                Some(("- ", from)) => edits.from(&mut case.site, from),
                Some(("+ ", to)) => edits.to.push(to.to_owned()),
                _ if line == "+" => edits.to.push(String::new()),
                _ if line.starts_with('#') => {}
                _ => {
                    edits.make(&mut case.site);
                    edits.file(&mut case.site, line);
                }
            }
        }
        edits.make(&mut case.site);
        case
    }

    /// Writes the case with the reports that it gives.
    fn write(&self, found: &[String]) -> String {
        let mut out = format!("## {}\n{}\n", self.name, self.written.join("\n"));
        for report in found {
            let _ = writeln!(out, "=> {report}");
        }
        out
    }
}

/// The edit that is being read.
#[derive(Default)]
struct Edits {
    file: String,
    is_new: bool,
    from: Vec<String>,
    to: Vec<String>,
}

impl Edits {
    /// Takes a line of the text to be replaced; the first after a replacement begins the next edit.
    fn from(&mut self, site: &mut Site, line: &str) {
        if !self.to.is_empty() {
            self.make(site);
        }
        self.from.push(line.to_owned());
    }

    /// Makes the edit that was read.
    fn make(&mut self, site: &mut Site) {
        let (from, to) = (std::mem::take(&mut self.from).join("\n"), std::mem::take(&mut self.to));
        if self.is_new {
            site.texts.insert(format!("content/{}", self.file), to.join("\n") + "\n");
            self.is_new = false;
        } else if !from.is_empty() {
            site.edit(&self.file, &from, (!to.is_empty()).then(|| to.join("\n")).as_deref());
        }
    }

    /// Turns to the file that a line names.
    fn file(&mut self, site: &mut Site, line: &str) {
        if let Some(day) = line.strip_prefix("as of ") {
            day.clone_into(&mut site.as_of);
        } else if let Some(path) = line.strip_prefix("attach ") {
            site.attach(path);
        } else if let Some(path) = line.strip_prefix("new ") {
            (self.file, self.is_new) = (path.to_owned(), true);
        } else {
            line.clone_into(&mut self.file);
        }
    }
}

/// Runs every case of a file.
fn run(file: &str) {
    let path = tests().join("faults").join(file);
    let text = fs::read_to_string(&path).expect("the cases are readable");
    let examples = Site::examples();
    let mut standing: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (head, cases) = text.split_once("\n## ").expect("a case");
    let (mut out, mut wrong) = (format!("{}\n", head.trim_end()), String::new());
    let (mut names, mut odd) = (BTreeSet::new(), BTreeSet::new());
    for lines in cases.split("\n## ") {
        let case = Case::read(lines, &examples);
        assert!(names.insert(case.name.clone()), "two cases are named `{}`", case.name);
        let base = standing
            .entry(case.site.as_of.clone())
            .or_insert_with(|| Site { as_of: case.site.as_of.clone(), ..examples.clone() }.reports());
        let checked = case.site.check();
        let reports: Vec<String> = checked.diagnostics.iter().map(|fault| short(&checked, fault)).collect();
        odd.extend(checked.diagnostics.iter().flat_map(ill_worded));
        let found: Vec<String> = reports.iter().filter(|report| !base.contains(report)).cloned().collect();
        if found != case.expected {
            let _ = writeln!(wrong, "expected:\n{}found:\n{}", case.write(&case.expected), case.write(&found));
        }
        let _ = write!(out, "\n{}", case.write(&found));
    }
    if !wrong.is_empty() {
        if let Some(folder) = std::env::var_os("GONGSHI_FAULTS") {
            fs::write(Path::new(&folder).join(file), out).expect("the folder is there");
        }
        panic!("{file}\n{wrong}");
    }
    assert!(odd.is_empty(), "{odd:#?}");
}

/// Returns what is amiss with the wording of a report: each message is one sentence, lower case, without a full stop, in both
/// languages; each error says what to do.
fn ill_worded(fault: &Diagnostic) -> Vec<String> {
    let mut odd = Vec::new();
    for language in Language::ALL {
        let (message, help) = (fault.message.get(language), fault.help.get(language));
        if message.is_empty() || [message, help].iter().any(|text| text.ends_with(['。', '.', ' ', '；', ';'])) {
            odd.push(format!("{} ends badly: {message} | {help}", fault.rule));
        }
    }
    // What is written in the wrong way is told how to write it by the message itself.
    let told = fault.rule.starts_with("schema/") || !fault.help.is_empty() || fault.fix.is_some();
    if fault.severity == Severity::Error && !told {
        odd.push(format!("{} says not what to do: {}", fault.rule, fault.message.en));
    }
    // A date in the future is an error only when it is certainly a slip of the pen.
    let of_files = rules::find(&fault.rule).filter(|rule| rule.severity != fault.severity && rule.id != "date/future");
    odd.extend(of_files.map(|rule| format!("{} has another severity in the table of rules", rule.id)));
    if fault.message.en.starts_with(|c: char| c.is_ascii_uppercase()) && !fault.message.en.starts_with("YAML") {
        odd.push(format!("{} begins with a capital: {}", fault.rule, fault.message.en));
    }
    odd
}

#[test]
fn the_examples_show_no_more_than_the_cadences_of_a_small_sample() {
    let reports = Site::examples().reports();
    let odd: Vec<_> = reports.iter().filter(|report| !(report.starts_with("F ") && report.contains("/area.yaml:"))).collect();
    assert_eq!(odd, Vec::<&String>::new());
}

#[test]
fn the_table_of_faults() {
    run("table.txt");
}

#[test]
fn values_as_a_clerk_writes_them() {
    run("values.txt");
}

#[test]
fn all_that_is_wrong_with_a_file_in_one_run() {
    run("one-run.txt");
}

#[test]
fn votes_and_attendance() {
    run("votes.txt");
}

#[test]
fn references_and_identity() {
    run("references.txt");
}

#[test]
fn the_course_of_a_matter() {
    run("course.txt");
}

#[test]
fn money_scores_and_surveys() {
    run("money.txt");
}

#[test]
fn catalogues_and_programmes() {
    run("catalogues.txt");
}

#[test]
fn rosters_and_elections() {
    run("registers.txt");
}

#[test]
fn privacy_links_and_drafts() {
    run("privacy.txt");
}

#[test]
fn what_a_site_sets_for_itself() {
    run("packs.txt");
}

/// A case of every file of cases.
fn every_case() -> Vec<Case> {
    let examples = Site::examples();
    let mut paths: Vec<_> = fs::read_dir(tests().join("faults")).expect("cases").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let texts: Vec<_> = paths.iter().map(|path| fs::read_to_string(path).expect("cases")).collect();
    texts.iter().flat_map(|text| text.split("\n## ").skip(1)).map(|lines| Case::read(lines, &examples)).collect()
}

#[test]
#[ignore = "prints every message for a reader: cargo test --test faults -- --ignored --nocapture"]
fn print_every_message() {
    let standing = Site::examples().check();
    for case in every_case() {
        let checked = case.site.check();
        let same = |fault: &&Diagnostic| {
            let known = |other: &Diagnostic| (&other.rule, &other.message) == (&fault.rule, &fault.message);
            !standing.diagnostics.iter().any(known)
        };
        let new: Vec<Diagnostic> = checked.diagnostics.iter().filter(same).cloned().collect();
        println!("\n######## {}", case.name);
        for language in Language::ALL {
            println!("{}", text::render(&new, &checked.files, language, false));
        }
    }
}

#[test]
fn messages_name_keys_as_the_file_writes_them() {
    let mut site = Site::examples();
    let text = site.text("meetings/2026-03-18-congress.md");
    for (key, zh) in [("entitled: 48", "应到: 48"), ("present: 41", "实到: 49")] {
        *text = text.replacen(key, zh, 1);
    }
    let checked = site.check();
    let fault = checked.diagnostics.iter().find(|fault| fault.rule == "arithmetic/present-exceeds-entitled").expect("a fault");
    assert_eq!(fault.message.en, "`实到` is 49, which is more than `应到`, 48");
    assert_eq!(fault.labels[0].text.zh, "`应到` 为 48");
}

#[test]
fn placeholders_that_were_left_are_named_once_for_the_file() {
    let mut site = Site::examples();
    site.edit("meetings/2026-03-18-congress.md", "title: 第九届村民代表大会第三次会议", Some("title: to be written"));
    site.edit("meetings/2026-03-18-congress.md", "venue: 村部会议室", Some("地点: 待填写"));
    site.edit("meetings/2026-03-18-congress.md", "关于机井，", Some("会议的经过写在这里。\n\n关于机井，"));
    let checked = site.check();
    let mut faults = checked.diagnostics.iter().filter(|fault| fault.rule == "schema/placeholder");
    let fault = faults.next().expect("a warning");
    assert_eq!(fault.message.en, "placeholders of the new record are left: `title`, `地点`, the text below");
    assert_eq!(fault.message.zh, "新建时的占位文字还没有填写：`title`、`地点`、正文");
    assert!(faults.next().is_none());
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let mut site = Site::examples();
    site.edit("meetings/2026-03-18-congress.md", "present: 41", Some("present: 49"));
    let unix = site.reports();
    for text in site.texts.values_mut() {
        *text = text.replace('\n', "\r\n");
    }
    assert_eq!(site.reports(), unix);
    assert!(unix.contains(&"E arithmetic/present-exceeds-entitled meetings/2026-03-18-congress.md:11:1 present".to_owned()));
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let mut site = Site::examples();
    site.edit("meetings/2026-03-18-congress.md", "present: 41", Some("present: 49"));
    let plain = site.reports();
    for text in site.texts.values_mut() {
        text.insert(0, '\u{feff}');
    }
    assert_eq!(site.reports(), plain);
}

/// Writes the examples to a folder with one more file, and checks them from there.
fn on_disk(path: &str, write: impl FnOnce(&Path)) -> (Vec<String>, Duration) {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in Site::examples().texts {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let path = folder.path().join("content").join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    write(&path);
    let day = AS_OF.parse().expect("a date");
    let start = Instant::now();
    let checked = pipeline::check(folder.path(), Some(day), day).expect("readable");
    let reports = checked.diagnostics.iter().filter(|fault| fault.severity == Severity::Error);
    (reports.map(|fault| short(&checked, fault)).collect(), start.elapsed())
}

/// What is done to a file before it is read.
type Edit = Box<dyn FnOnce(&Path)>;

#[test]
fn files_that_are_no_records_are_refused_in_bounded_time() {
    let bytes = |bytes: Vec<u8>| move |path: &Path| fs::write(path, bytes).expect("a file");
    let huge = |path: &Path| fs::File::create(path).and_then(|file| file.set_len(200 << 20)).expect("a sparse file");
    let bomb = bomb();
    let cases: Vec<(&str, Edit, &[&str])> = vec![
        ("qinghe/huge.yaml", Box::new(huge), &["E syntax/too-large qinghe/huge.yaml:1:1"]),
        ("qinghe/huge.md", Box::new(huge), &["E syntax/too-large qinghe/huge.md:1:1"]),
        (
            "qinghe/gbk.yaml",
            Box::new(bytes(b"kind: case\ntitle: \xc5\xe4\xb5\xc6\n".to_vec())),
            &["E syntax/encoding qinghe/gbk.yaml:2:8 \u{fffd}"],
        ),
        (
            "qinghe/nul.yaml",
            Box::new(bytes(b"kind: case\ntitle: a\0b\n".to_vec())),
            &["E syntax/encoding qinghe/nul.yaml:2:9 \0"],
        ),
        ("qinghe/zeros.yaml", Box::new(bytes(vec![0; 1 << 20])), &["E syntax/encoding qinghe/zeros.yaml:1:1 \0"]),
        ("qinghe/bomb.yaml", Box::new(bytes(bomb.into_bytes())), &["E syntax/yaml qinghe/bomb.yaml:1:4 &a"]),
        ("qinghe/deep.yaml", Box::new(bytes(vec![b'['; 1 << 20])), &["E syntax/yaml qinghe/deep.yaml:1:65 ["]),
    ];
    for (path, write, expected) in cases {
        let (found, took) = on_disk(path, write);
        let first = found.iter().map(|report| report.chars().take(expected[0].chars().count()).collect::<String>()).next();
        assert!(first.as_deref() == Some(expected[0]) && found.iter().all(|report| report.contains(path)), "{found:?}");
        assert!(took < Duration::from_mins(1), "{path} took {took:?}");
    }
}

/// Returns the alias bomb: nine levels of nine aliases each would be 3 GB of text.
fn bomb() -> String {
    let mut bomb = String::from("a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (from, to) in "abcdefghi".chars().zip("bcdefghij".chars()) {
        let _ = writeln!(bomb, "{to}: &{to} [*{from}, *{from}, *{from}, *{from}, *{from}, *{from}, *{from}, *{from}, *{from}]");
    }
    bomb
}
