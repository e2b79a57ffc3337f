//! Diagnostics as JSON, for editors and scripts: an array of flat objects.
//!
//! Lines and columns count from 1, columns in characters (Unicode scalar values); an end is the place behind the last character.

use serde::Serialize;

use super::{Diagnostic, Severity, shown};
use crate::language::Language;
use crate::source::{Files, Places, Span};

/// Writes diagnostics as a JSON array, with a line end.
pub fn render(diagnostics: &[Diagnostic], files: &Files, language: Language) -> String {
    let mut places = Places::new(files);
    let entries: Vec<_> = diagnostics.iter().map(|diagnostic| entry(diagnostic, files, &mut places, language)).collect();
    to_json(&entries)
}

/// Writes a value as indented JSON with a line end; the values here are text and numbers, which cannot fail.
pub(super) fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    severity: Severity,
    #[serde(flatten)]
    place: Place<'a>,
    message: String,
    help: String,
    basis: String,
    labels: Vec<LabelEntry<'a>>,
    fix: Option<FixEntry<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct LabelEntry<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: String,
}

#[derive(Serialize)]
struct FixEntry<'a> {
    title: String,
    #[serde(flatten)]
    place: Place<'a>,
    replacement: &'a str,
}

fn entry<'a>(diagnostic: &'a Diagnostic, files: &'a Files, places: &mut Places<'_>, language: Language) -> Entry<'a> {
    let labels = diagnostic.labels.iter();
    Entry {
        rule: &diagnostic.rule,
        severity: diagnostic.severity,
        place: place(diagnostic.span, files, places),
        message: shown(diagnostic.message.get(language)),
        help: shown(diagnostic.help.get(language)),
        basis: shown(diagnostic.basis.get(language)),
        labels: labels
            .map(|label| LabelEntry { place: place(label.span, files, places), message: shown(label.text.get(language)) })
            .collect(),
        fix: diagnostic.fix.as_ref().map(|fix| FixEntry {
            title: shown(fix.title.get(language)),
            place: place(fix.span, files, places),
            replacement: &fix.replacement,
        }),
    }
}

fn place<'a>(span: Span, files: &'a Files, places: &mut Places<'_>) -> Place<'a> {
    let (from, to) = places.of(span);
    let file = &files.get(span.file).path;
    Place { file, line: from.line, column: from.column, end_line: to.line, end_column: to.column }
}
