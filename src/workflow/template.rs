//! Messages of rules: text in both languages with `{expression}` filled in.

use super::expression::{Expression, Scope, Stop, SyntaxError};
use super::names::{Names, Type, Unknown};
use super::threshold::decimal;
use super::value::Value;
use crate::language::Language;

/// A text with expressions in braces; `{{` and `}}` stand for the braces themselves.
#[derive(Debug, Clone, Default)]
pub struct Template {
    parts: Vec<Part>,
}

/// A piece of a template.
#[derive(Debug, Clone)]
enum Part {
    Text(String),
    Filled(Box<Expression>, Box<Type>),
}

impl Template {
    /// Reads a template, whose expressions `read` reads.
    pub(super) fn read(source: &str, read: impl Fn(&str) -> Result<Expression, SyntaxError>) -> Result<Self, SyntaxError> {
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut at = 0;
        while let Some(character) = source[at..].chars().next() {
            let rest = &source[at..];
            if rest.starts_with("{{") || rest.starts_with("}}") {
                text.push(character);
                at += 2;
            } else if let Some(inner) = rest.strip_prefix('{') {
                let Some(end) = inner.find('}') else {
                    return Err(SyntaxError {
                        at: at..source.len(),
                        message: crate::text!("`{{` 没有对应的 `}}`", "`{{` is not closed"),
                        help: crate::text!("大括号本身写两遍", "write a brace itself twice"),
                    });
                };
                parts.push(Part::Text(std::mem::take(&mut text)));
                let expression = read(&inner[..end]).map_err(|mut error| {
                    error.at = error.at.start + at + 1..error.at.end + at + 1;
                    error
                })?;
                parts.push(Part::Filled(Box::new(expression), Box::new(Type::Any)));
                at += end + 2;
            } else {
                text.push(character);
                at += character.len_utf8();
            }
        }
        parts.push(Part::Text(text));
        Ok(Self { parts })
    }

    /// Checks the names of its expressions, and remembers how each value is to be written.
    pub(super) fn check(&mut self, names: &mut Names, unknown: &mut Vec<Unknown>) {
        for part in &mut self.parts {
            if let Part::Filled(expression, kind) = part {
                **kind = names.check(expression, unknown);
            }
        }
    }

    /// Returns the expressions in braces.
    pub(super) fn expressions(&self) -> impl Iterator<Item = &Expression> {
        self.parts.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Filled(expression, _) => Some(&**expression),
        })
    }

    /// Writes the text; a value that is not there is written as `…`.
    pub fn fill(&self, scope: &mut Scope<'_>, language: Language) -> String {
        self.try_fill(scope, language, |_| "…".to_owned())
    }

    /// Writes the text, with what `missing` gives for a value that cannot be had.
    fn try_fill(&self, scope: &mut Scope<'_>, language: Language, missing: impl Fn(&Stop) -> String) -> String {
        let mut written = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => written.push_str(text),
                Part::Filled(expression, kind) => match expression.value(scope) {
                    Ok(value) => written.push_str(&write(&value, kind, language)),
                    Err(stop) => written.push_str(&missing(&stop)),
                },
            }
        }
        written
    }

    /// Writes the text with the expressions as the pack has them, for the explanation of a rule.
    pub fn source(&self) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Filled(expression, _) => format!("{{{}}}", expression.source()),
            })
            .collect()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Text(text) if text.is_empty()))
    }
}

/// Returns the texts of the expressions in a template's braces.
pub(super) fn expressions(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = source;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find(['{', '}'])?..];
            if let Some(behind) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix('}')) {
                rest = behind;
                continue;
            }
            let (inner, behind) = rest[1..].split_once('}')?;
            rest = behind;
            return Some(inner);
        }
    })
}

/// Writes a value for people: money with its decimals, choices by their labels, dates and periods in words, lists joined.
pub(super) fn write(value: &Value, kind: &Type, language: Language) -> String {
    match value {
        Value::Flag(flag) => match (language, flag) {
            (Language::Chinese, true) => "是".to_owned(),
            (Language::Chinese, false) => "否".to_owned(),
            (Language::English, true) => "yes".to_owned(),
            (Language::English, false) => "no".to_owned(),
        },
        Value::Integer(number) => decimal(*number, kind.scale()),
        Value::Text(text) => write_text(text, kind, language),
        Value::List(items) => {
            let element = kind.element();
            let items: Vec<_> = items.iter().map(|item| write(item, &element, language)).collect();
            items.join(if language == Language::Chinese { "、" } else { ", " })
        }
        Value::Map(map) => ["title", "name", "id"]
            .into_iter()
            .find_map(|key| map.get(key))
            .map_or_else(|| "…".to_owned(), |value| write(value, &Type::Scalar, language)),
    }
}

fn write_text(text: &str, kind: &Type, language: Language) -> String {
    match kind {
        Type::Choice(choices) => choices.label(text).map_or_else(|| text.to_owned(), |label| label.get(language).to_owned()),
        Type::Day => write_day(text, language),
        _ => text.to_owned(),
    }
}

/// Writes a date or a period in words; other text stays.
fn write_day(text: &str, language: Language) -> String {
    match text.parse::<jiff::civil::Date>() {
        Ok(day) if text.len() == 10 => crate::language::date(day, language),
        _ => {
            crate::calendar::Period::parse(text).map_or_else(|| text.to_owned(), |period| period.label().get(language).to_owned())
        }
    }
}
