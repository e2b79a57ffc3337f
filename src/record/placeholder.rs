//! What a new record says until somebody writes what belongs there: a record that still says it is not finished.

use std::ops::Range;

use super::tree::{Entry, Tree, Value};
use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::language::Text;
use crate::source::{SourceFile, Span};
use crate::text;

/// The words that stand in for a text, in both languages.
pub const WORDS: (&str, &str) = ("待填写", "to be written");

/// The name that stands in for that of a person, in both languages.
pub const PERSON: (&str, &str) = ("某某", "A. Person");

/// Returns the text below the header of a new record, in both languages; headings in it may stay.
pub fn body(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Matter => ("决定的内容写在这里。", "What was decided goes here."),
        Kind::Meeting => ("## 会议记录\n\n会议的经过写在这里。", "## Minutes\n\nThe course of the meeting goes here."),
        Kind::Inquiry => ("**问** \n\n**答** ", "**Question** \n\n**Answer** "),
        _ => ("经过和做法写在这里。", "What happened, and how, goes here."),
    }
}

/// Returns the title of a new record, or the name of a new area, in both languages.
pub fn title(kind: Kind) -> (&'static str, &'static str) {
    (kind.object().zh, kind.object().name)
}

/// Reports what still stands as it was made.
pub(super) fn check(
    kind: Kind,
    tree: &Tree,
    source: &SourceFile,
    lines: Option<&Range<usize>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for entry in tree.entries() {
        let own = matches!(&*entry.key, "title" | "name").then(|| title(kind));
        let left = own.and_then(|own| entry.tree.text().filter(|text| is(own, text)));
        diagnostics.extend(left.map(|_| left_in(entry, source)));
        leaves(entry, &entry.tree, source, diagnostics);
    }
    diagnostics.extend(lines.and_then(|lines| left_below(kind, tree.span, source, lines)));
}

/// Whether a text is one of two.
fn is((zh, en): (&str, &str), text: &str) -> bool {
    text == zh || text == en
}

/// Reports every text at a key, and below it, that was not written.
fn leaves(entry: &Entry, tree: &Tree, source: &SourceFile, diagnostics: &mut Vec<Diagnostic>) {
    match &tree.value {
        Value::Text(text) if is(WORDS, text) => diagnostics.push(left_in(entry, source)),
        Value::Person(name) if is(PERSON, name) => diagnostics.push(left_in(entry, source)),
        Value::List(items) => items.iter().for_each(|item| leaves(entry, item, source, diagnostics)),
        Value::Map(entries) => entries.iter().for_each(|entry| leaves(entry, &entry.tree, source, diagnostics)),
        _ => {}
    }
}

fn left_in(entry: &Entry, source: &SourceFile) -> Diagnostic {
    let key = source.text.get(entry.key_span.start as usize..entry.key_span.end as usize).unwrap_or(&entry.key);
    let message = text!("`{key}` 还是新建时的占位文字", "`{key}` still says what it said when the record was made");
    let help = text!("写上实际内容；用不着的就删去这个键", "write what belongs there, or remove the key if it is not needed");
    Diagnostic::warning("schema/placeholder", entry.key_span, message).help(help)
}

/// Reports the first line of the text below the header that was not written.
fn left_below(kind: Kind, header: Span, source: &SourceFile, lines: &Range<usize>) -> Option<Diagnostic> {
    let (zh, en) = body(kind);
    let made: Vec<&str> = zh.lines().chain(en.lines()).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let text = source.text.get(lines.clone())?;
    let mut start = lines.start;
    for line in text.split_inclusive('\n') {
        if made.iter().any(|made| made.trim() == line.trim()) {
            let end = start + line.trim_end().len();
            let message = Text::new("正文还是新建时的占位文字", "the text still says what it said when the record was made");
            let help = text!("写上实际内容，或者删去这一行", "write what belongs there, or remove the line");
            return Some(Diagnostic::warning("schema/placeholder", Span::new(header.file, start..end), message).help(help));
        }
        start += line.len();
    }
    None
}
