//! The loudspeaker script of the project's own content: whole texts in both languages, and what holds for every script.
//!
//! `GONGSHI_UPDATE=1 cargo test --test broadcast` writes the expected texts anew.

#![expect(clippy::expect_used, reason = "a fixture that is not there is a fault of the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use gongshi::edition::Edition;
use gongshi::language::Language;
use gongshi::pipeline;
use gongshi::print::broadcast::{Script, broadcast};
use gongshi::render::theme::Theme;
use gongshi::site::address::Address;
use gongshi::site::rows::Rows;
use gongshi::site::{self, Scribe};
use gongshi::statistics::Statistics;

/// A day during the posting of the last resolution of the content.
const AS_OF: &str = "2026-11-20";

/// Scripts by the id of their record.
type Scripts = BTreeMap<String, Script>;

static CONTENT: LazyLock<[Scripts; 2]> = LazyLock::new(|| scripts(&edition(&root(), AS_OF)));

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn edition(folder: &Path, as_of: &str) -> Edition {
    let day = as_of.parse().expect("a date");
    pipeline::edition(&pipeline::check(folder, Some(day), day).expect("a site"))
}

/// Writes every script of an edition in both languages.
fn scripts(edition: &Edition) -> [Scripts; 2] {
    let statistics = Statistics::new(edition).expect("totals that add up");
    let plan = site::plan(edition, &statistics);
    let theme = Theme::new(BTreeMap::new()).expect("the default theme");
    Language::ALL.map(|language| {
        let rows = Rows::default();
        let here = Address::file("index.html");
        let (labels, index) = (theme.labels(language), &plan.index);
        let first = Language::Chinese;
        let scribe = Scribe {
            edition,
            statistics: &statistics,
            index,
            labels,
            language,
            first,
            here,
            rows: &rows,
            printer: None,
            root: None,
        };
        let written = edition.published().filter_map(|(ix, record)| Some((record.id.clone(), broadcast(&scribe, ix)?)));
        written.collect()
    })
}

fn script(language: Language, id: &str) -> &'static Script {
    CONTENT[usize::from(language == Language::English)].get(id).expect(id)
}

/// Compares a text with the file that holds it.
fn same_as_file(name: &str, text: &str) {
    let path = root().join("tests/broadcast").join(name);
    if std::env::var_os("GONGSHI_UPDATE").is_some() {
        std::fs::write(&path, text).expect(name);
    }
    let expected = std::fs::read_to_string(&path).expect(name);
    let differing = expected.lines().zip(text.lines()).find(|(expected, written)| expected != written);
    assert_eq!(differing, None, "{name}");
    assert_eq!(text.len(), expected.len(), "{name}");
}

#[test]
fn a_resolution_that_was_adopted() {
    for (language, tag) in [(Language::Chinese, "zh"), (Language::English, "en")] {
        let adopted = script(language, "qinghe/xinmin/matters/2026-004-waste-collection");
        same_as_file(&format!("adopted.{tag}.txt"), &adopted.text());
        same_as_file(&format!("adopted.{tag}.ssml"), &adopted.ssml());
    }
}

#[test]
fn a_motion_that_was_rejected_with_a_fault_in_the_process() {
    for (language, tag) in [(Language::Chinese, "zh"), (Language::English, "en")] {
        same_as_file(&format!("rejected.{tag}.txt"), &script(language, "qinghe/xilin/matters/2026-002-ginseng").text());
    }
}

#[test]
fn a_meeting_with_an_item_put_off() {
    for (language, tag) in [(Language::Chinese, "zh"), (Language::English, "en")] {
        same_as_file(&format!("meeting.{tag}.txt"), &script(language, "qinghe/xinmin/meetings/2026-11-12-congress").text());
    }
}

#[test]
fn a_decision_of_a_township() {
    for (language, tag) in [(Language::Chinese, "zh"), (Language::English, "en")] {
        same_as_file(&format!("township.{tag}.txt"), &script(language, "qinghe/matters/2026-005-evening-bus").text());
    }
}

#[test]
fn sentences_of_ours_are_short() {
    for (language, scripts) in Language::ALL.into_iter().zip(&*CONTENT) {
        for (id, script) in scripts {
            for sentence in script.own_sentences() {
                let length = match language {
                    Language::Chinese => sentence.chars().filter(|c| c.is_alphanumeric()).count(),
                    Language::English => sentence.split_whitespace().count(),
                };
                let most = if language == Language::Chinese { 30 } else { 20 };
                assert!(length <= most, "{id}: {length}: {sentence}");
            }
        }
    }
}

#[test]
fn nothing_but_text_of_records_holds_a_figure() {
    for scripts in &*CONTENT {
        for (id, script) in scripts {
            let figure = script.own_sentences().find(|sentence| sentence.contains(|c: char| c.is_ascii_digit()));
            assert_eq!(figure, None, "{id}");
        }
    }
}

#[test]
fn what_was_decided_has_a_script_and_nothing_else_has() {
    let [chinese, english] = &*CONTENT;
    assert!(chinese.keys().eq(english.keys()));
    assert!(chinese.keys().all(|id| id.contains("/matters/") || id.contains("/meetings/")));
    assert!(!chinese.contains_key("qinghe/xinmin/matters/2026-005-drip-irrigation"), "nobody has voted on it");
    let before = scripts(&edition(&root(), "2026-11-10"));
    assert!(!before[0].contains_key("qinghe/xinmin/meetings/2026-11-12-congress"), "it was not held yet");
}

/// The elements of SSML 1.1 that scripts use.
const ELEMENTS: [&str; 5] = ["speak", "p", "s", "break", "lang"];

/// Fails unless `xml` is well formed: every element closed in order, none but those of SSML that scripts use.
fn well_formed(id: &str, xml: &str) {
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect(id);
    let mut open: Vec<&str> = Vec::new();
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect(id);
        assert!(!text.contains('>'), "{id}: {text}");
        if let Some(comment) = tag.strip_prefix("!--") {
            assert!(!comment.trim_end_matches("--").contains("--"), "{id}: {comment}");
            continue;
        }
        let name = tag.trim_start_matches('/').split([' ', '/']).next().expect(id);
        assert!(ELEMENTS.contains(&name), "{id}: {tag}");
        match tag {
            _ if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "{id}"),
            _ if tag.ends_with('/') => {}
            _ => open.push(name),
        }
        let entities = text.split('&').skip(1).all(|rest| ["amp;", "lt;", "gt;"].iter().any(|entity| rest.starts_with(entity)));
        assert!(entities, "{id}: {text}");
        assert!(text.trim().is_empty() || open.contains(&"s"), "{id}: {text}");
    }
    assert!(open.is_empty(), "{id}: {open:?}");
}

#[test]
fn every_script_is_well_formed_ssml() {
    for scripts in &*CONTENT {
        for (id, script) in scripts {
            well_formed(id, &script.ssml());
        }
    }
}

#[test]
fn the_command_writes_both_files() {
    let out = tempfile::tempdir().expect("a folder");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gongshi"));
    command.arg("print").arg(root()).args(["--sheet", "broadcast", "--record", "2026-004-waste-collection"]);
    let done = command.arg("--out").arg(out.path()).output().expect("the program");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let script = script(Language::Chinese, "qinghe/xinmin/matters/2026-004-waste-collection");
    for (extension, text) in script.files() {
        let file = out.path().join("broadcast-qinghe-xinmin-matters-2026-004-waste-collection").with_extension(extension);
        assert_eq!(std::fs::read_to_string(&file).expect("a file"), text);
    }
}
