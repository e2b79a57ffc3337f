//! Diagnostics as workflow commands of GitHub Actions, which become annotations.
//!
//! GitHub shows ten of a level for a step, so errors come first; the text form belongs beside it.

use super::{Diagnostic, Severity, shown};
use crate::language::Language;
use crate::source::{Files, Places};

/// Writes one command a line.
pub fn render(diagnostics: &[Diagnostic], files: &Files, language: Language) -> String {
    let mut places = Places::new(files);
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.severity);
    sorted.into_iter().map(|diagnostic| command(diagnostic, files, &mut places, language)).collect()
}

fn command(diagnostic: &Diagnostic, files: &Files, places: &mut Places<'_>, language: Language) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Finding => "warning",
        Severity::Warning => "notice",
    };
    let (from, to) = places.of(diagnostic.span);
    let (file, title) = (property(&files.get(diagnostic.span.file).path), property(&diagnostic.rule));
    let (message, help) = (diagnostic.message.get(language), diagnostic.help.get(language));
    let body = if help.is_empty() { message.to_owned() } else { format!("{message}\n{help}") };
    format!(
        "::{name} file={file},line={},endLine={},col={},endColumn={},title={title}::{}\n",
        from.line,
        to.line,
        from.column,
        to.column,
        data(&shown(&body)),
    )
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
