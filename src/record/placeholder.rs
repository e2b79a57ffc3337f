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

/// Reports what still stands as it was made, once for the file.
pub(super) fn check(kind: Kind, tree: &Tree, source: &SourceFile, lines: Option<&Range<usize>>) -> Option<Diagnostic> {
    let mut left = Vec::new();
    for entry in tree.entries() {
        leaves(entry, &entry.tree, source, &mut left);
    }
    left.extend(lines.and_then(|lines| left_below(kind, tree.span, source, lines)));
    let (first, _) = left.first()?;
    let (zh, en) = list(&left);
    let message = text!("新建时的占位文字还没有填写：{zh}", "placeholders of the new record are left: {en}");
    let help = text!("写上实际内容；用不着的就删去", "write what belongs there, or remove what is not needed");
    Some(Diagnostic::warning("schema/placeholder", *first, message).help(help))
}

/// A place that was not written, and its name.
type Left = (Span, Text);

/// Whether a text is one of two.
fn is((zh, en): (&str, &str), text: &str) -> bool {
    text == zh || text == en
}

/// Names what is left, each name once.
fn list(left: &[Left]) -> (String, String) {
    let mut names: Vec<&Text> = Vec::new();
    for (_, name) in left {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let (zh, en): (Vec<&str>, Vec<&str>) = names.iter().map(|name| (&*name.zh, &*name.en)).unzip();
    (zh.join("、"), en.join(", "))
}

/// Finds every text at a key, and below it, that was not written.
fn leaves(entry: &Entry, tree: &Tree, source: &SourceFile, left: &mut Vec<Left>) {
    match &tree.value {
        Value::Text(text) if is(WORDS, text) => left.push(named(entry, source)),
        Value::Person(name) if is(PERSON, name) => left.push(named(entry, source)),
        Value::List(items) => items.iter().for_each(|item| leaves(entry, item, source, left)),
        Value::Map(entries) => entries.iter().for_each(|entry| leaves(entry, &entry.tree, source, left)),
        _ => {}
    }
}

/// Names a key as it is written.
fn named(entry: &Entry, source: &SourceFile) -> Left {
    let key = source.text.get(entry.key_span.start as usize..entry.key_span.end as usize).unwrap_or(&entry.key);
    (entry.key_span, text!("`{key}`", "`{key}`"))
}

/// Finds the first line of the text below the header that was not written.
fn left_below(kind: Kind, header: Span, source: &SourceFile, lines: &Range<usize>) -> Option<Left> {
    let (zh, en) = body(kind);
    let made: Vec<&str> = zh.lines().chain(en.lines()).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut start = lines.start;
    for line in source.text.get(lines.clone())?.split_inclusive('\n') {
        if made.iter().any(|made| made.trim() == line.trim()) {
            let span = Span::new(header.file, start..start + line.trim_end().len());
            return Some((span, Text::new("正文", "the text below")));
        }
        start += line.len();
    }
    None
}
