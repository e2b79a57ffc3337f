//! Diagnostics as SARIF 2.1.0, for code scanning services.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::json::to_json;
use super::{Diagnostic, Fix, Label, Severity, shown};
use crate::language::Language;
use crate::privacy::mask;
use crate::source::{Files, Places, Span};

/// Writes diagnostics as one SARIF run, with a line end. Only the rules that fired are listed.
pub fn render(diagnostics: &[Diagnostic], files: &Files, language: Language) -> String {
    let rules: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| diagnostic.rule.as_str()).collect();
    let rules: Vec<&str> = rules.into_iter().collect();
    let mut log = Log { files, language, places: Places::new(files), rules: &rules, prints: BTreeMap::new() };
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| log.result(diagnostic)).collect();
    to_json(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "gongshi",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| rule_entry(rule, diagnostics, language)).collect::<Vec<_>>(),
            }},
            "language": language.tag(),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule_entry(rule: &str, diagnostics: &[Diagnostic], language: Language) -> Value {
    let first = diagnostics.iter().find(|diagnostic| diagnostic.rule == rule);
    let mut entry = json!({"id": rule, "properties": {"tags": [rule.split('/').next().unwrap_or(rule)]}});
    let severity = first.map_or(Severity::Error, |diagnostic| diagnostic.severity);
    entry["defaultConfiguration"] = json!({"level": level(severity)});
    if let Some(basis) = first.map(|diagnostic| diagnostic.basis.get(language)).filter(|basis| !basis.is_empty()) {
        entry["fullDescription"] = json!({"text": shown(basis)});
    }
    entry
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Finding => "warning",
        Severity::Warning => "note",
    }
}

/// What the results of one run share.
struct Log<'a> {
    files: &'a Files,
    language: Language,
    places: Places<'a>,
    rules: &'a [&'a str],
    /// How often each fingerprint was given, so that equal places in one file stay apart.
    prints: BTreeMap<String, u32>,
}

impl Log<'_> {
    fn result(&mut self, diagnostic: &Diagnostic) -> Value {
        let mut result = json!({
            "ruleId": diagnostic.rule,
            "ruleIndex": self.rules.binary_search(&diagnostic.rule.as_str()).unwrap_or(0),
            "level": level(diagnostic.severity),
            "message": {"text": self.message(diagnostic)},
            "locations": [self.location(diagnostic.span)],
            "partialFingerprints": {"gongshi/v1": self.fingerprint(diagnostic)},
            "properties": {"severity": diagnostic.severity},
        });
        if !diagnostic.labels.is_empty() {
            result["relatedLocations"] = diagnostic.labels.iter().map(|label| self.related(label)).collect();
        }
        if let Some(fix) = &diagnostic.fix {
            result["fixes"] = json!([self.fix(fix)]);
        }
        if !diagnostic.basis.is_empty() {
            result["properties"]["basis"] = json!(shown(diagnostic.basis.get(self.language)));
        }
        result
    }

    fn message(&self, diagnostic: &Diagnostic) -> String {
        let (message, help) = (diagnostic.message.get(self.language), diagnostic.help.get(self.language));
        if help.is_empty() { shown(message) } else { shown(&format!("{message}\n{help}")) }
    }

    fn location(&mut self, span: Span) -> Value {
        json!({"physicalLocation": {
            "artifactLocation": {"uri": uri(&self.files.get(span.file).path)},
            "region": self.region(span),
        }})
    }

    fn region(&mut self, span: Span) -> Value {
        let (from, to) = self.places.of(span);
        json!({"startLine": from.line, "startColumn": from.column, "endLine": to.line, "endColumn": to.column})
    }

    fn related(&mut self, label: &Label) -> Value {
        let mut location = self.location(label.span);
        location["message"] = json!({"text": shown(label.text.get(self.language))});
        location
    }

    fn fix(&mut self, fix: &Fix) -> Value {
        json!({
            "description": {"text": shown(fix.title.get(self.language))},
            "artifactChanges": [{
                "artifactLocation": {"uri": uri(&self.files.get(fix.span.file).path)},
                "replacements": [{
                    "deletedRegion": self.region(fix.span),
                    "insertedContent": {"text": fix.replacement},
                }],
            }],
        })
    }

    /// Returns what identifies a result from run to run, wherever its line has moved: the rule, the file and the text of the
    /// place without its blanks. Numbers are masked first, or the digest could be searched for them.
    fn fingerprint(&mut self, diagnostic: &Diagnostic) -> String {
        let path = &self.files.get(diagnostic.span.file).path;
        let text = mask(self.files.slice(diagnostic.span)).split_whitespace().collect::<Vec<_>>().join(" ");
        let digest = blake3::hash(format!("{}\0{path}\0{text}", diagnostic.rule).as_bytes()).to_hex();
        let print = digest.get(..32).unwrap_or_default().to_owned();
        let count = self.prints.entry(print.clone()).or_default();
        *count += 1;
        format!("{print}:{count}")
    }
}

/// Returns a relative path as a URI: all but unreserved characters and slashes percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
            uri.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    uri
}
