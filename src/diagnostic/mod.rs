//! Diagnostics: what is wrong or departs from the procedure, where, by which rule and what to do.
//!
//! One type for all of them; one renderer file a format (`text`, `json`, `sarif`, `github`).

pub mod github;
pub mod json;
pub mod rules;
pub mod sarif;
pub mod text;

use std::collections::BTreeSet;

use crate::language::{Language, Text};
use crate::privacy::mask;
use crate::source::yaml::Allow;
use crate::source::{Files, Places, Span};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The file is wrong: publication stops.
    Error,
    /// The process departed from its procedure: published as such.
    Finding,
    /// Worth a look; never stops anything.
    Warning,
}

impl Severity {
    /// Returns the word for it, lower case in English.
    pub fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Error, Language::Chinese) => "错误",
            (Self::Finding, Language::Chinese) => "发现",
            (Self::Warning, Language::Chinese) => "提醒",
            (Self::Error, Language::English) => "error",
            (Self::Finding, Language::English) => "finding",
            (Self::Warning, Language::English) => "warning",
        }
    }
}

/// A second place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Label {
    /// The place, in any file.
    pub span: Span,
    /// What stands there.
    pub text: Text,
}

/// A change that safely mends a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fix {
    /// What the change does.
    pub title: Text,
    /// What it replaces.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// One thing that is wrong in a file, or one departure from the procedure.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Diagnostic {
    /// The rule's id, `family/name` (`schema/missing-key`, `eight-step/quorum`).
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The place.
    pub span: Span,
    /// What was found and what was expected, in one sentence: lower case, no full stop, names in backticks.
    pub message: Text,
    /// What to do; empty where the message says it.
    pub help: Text,
    /// The law, charter or convention that the rule follows; empty for rules of the file format.
    pub basis: Text,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// A safe change that mends it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Makes an error.
    pub fn error(rule: impl Into<String>, span: Span, message: Text) -> Self {
        Self::new(rule, Severity::Error, span, message)
    }

    /// Makes a warning.
    pub fn warning(rule: impl Into<String>, span: Span, message: Text) -> Self {
        Self::new(rule, Severity::Warning, span, message)
    }

    /// Makes a diagnostic of any severity.
    pub fn new(rule: impl Into<String>, severity: Severity, span: Span, message: Text) -> Self {
        Self {
            rule: rule.into(),
            severity,
            span,
            message,
            help: Text::default(),
            basis: Text::default(),
            labels: Vec::new(),
            fix: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = help;
        self
    }

    /// Adds the law or charter relied on.
    #[must_use]
    pub fn basis(mut self, basis: Text) -> Self {
        self.basis = basis;
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: Text) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    /// Adds a safe change.
    #[must_use]
    pub fn fix(mut self, title: Text, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { title, span, replacement: replacement.into() });
        self
    }
}

/// Leaves out the warnings that a comment `# gongshi: allow <rule>` allows at its line, and reports comments that allow nothing.
///
/// Only warnings can be allowed: an error stops publication, and a finding is a fact that is published.
pub fn allow(diagnostics: &mut Vec<Diagnostic>, files: &Files, allows: &[Allow]) {
    if allows.is_empty() {
        return;
    }
    let mut places = Places::new(files);
    let mut used = vec![false; allows.len()];
    let mut refused = Vec::new();
    diagnostics.retain(|diagnostic| {
        let line = places.of(diagnostic.span).0.line;
        let here =
            |allow: &Allow| allow.span.file == diagnostic.span.file && allow.rule == diagnostic.rule && allow.target == line;
        let Some(at) = allows.iter().position(here) else { return true };
        used[at] = true;
        if diagnostic.severity != Severity::Warning {
            refused.push(at);
        }
        diagnostic.severity != Severity::Warning
    });
    for (allow, used) in allows.iter().zip(used) {
        let rule = &allow.rule;
        if !used {
            let message = crate::text!("这里没有 `{rule}` 的提醒可以忽略", "there is no `{rule}` to allow here");
            let help = crate::text!("删去这条注释", "remove the comment");
            diagnostics.push(Diagnostic::warning("syntax/allow", allow.span, message).help(help));
        }
    }
    for at in refused {
        let rule = &allows[at].rule;
        let message = crate::text!("`{rule}` 不是提醒，不能用注释忽略", "`{rule}` is no warning, so a comment cannot allow it");
        let help = crate::text!(
            "错误要改正；没有按程序办的，如实公开",
            "mend an error; a departure from the procedure is published as it is"
        );
        diagnostics.push(Diagnostic::warning("syntax/allow", allows[at].span, message).help(help));
    }
}

/// Puts diagnostics in the order of paths, places and rules, and removes exact repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, files: &Files) {
    let path = |diagnostic: &Diagnostic| files.get(diagnostic.span.file).path.as_str();
    diagnostics.sort_by(|a, b| {
        let place = |diagnostic: &Diagnostic| (diagnostic.span.start, diagnostic.span.end);
        let words = |diagnostic: &Diagnostic| (diagnostic.severity, diagnostic.message.clone());
        path(a)
            .cmp(path(b))
            .then_with(|| place(a).cmp(&place(b)))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| words(a).cmp(&words(b)))
    });
    diagnostics.dedup();
}

/// How many diagnostics there are of each severity, and in how many files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Findings.
    pub findings: usize,
    /// Warnings.
    pub warnings: usize,
    /// Files that have any.
    pub files: usize,
}

impl Counts {
    /// Counts diagnostics.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        let files: BTreeSet<_> = diagnostics.iter().map(|diagnostic| diagnostic.span.file).collect();
        Self {
            errors: count(Severity::Error),
            findings: count(Severity::Finding),
            warnings: count(Severity::Warning),
            files: files.len(),
        }
    }
}

/// Returns a text of gongshi as it may be printed: numbers masked, control characters gone, so that neither a log nor a
/// terminal takes harm from what an author wrote.
fn shown(text: &str) -> String {
    let masked = mask(text);
    masked.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests;
