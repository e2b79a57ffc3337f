//! The checked tree: a record after the field table has read it.
//!
//! Keys are canonical, values have their types, each node keeps its place. Typed records, expressions of rules and
//! masking all start from it.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::source::Span;

/// A node of the checked tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// The place of the value.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A checked value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text (lines, prose, ids, canonical choices, references, periods, times).
    Text(Arc<str>),
    /// The name of a person.
    Person(Arc<str>),
    /// A whole number.
    Integer(i64),
    /// Money, a score or a weight, exactly as written.
    Decimal(Decimal),
    /// A civil date.
    Date(Date),
    /// True or false.
    Flag(bool),
    /// A list.
    List(Box<[Tree]>),
    /// A map, in source order, keys canonical and unique.
    Map(Box<[Entry]>),
}

/// One entry of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The canonical key; that of a row of the field table is borrowed from there.
    pub key: Cow<'static, str>,
    /// The place of the key as written.
    pub key_span: Span,
    /// The value.
    pub tree: Tree,
}

impl Value {
    /// Makes a text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl Tree {
    /// Returns the value at `key` of a map.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.entry(key).map(|entry| &entry.tree)
    }

    /// Returns the entry at `key` of a map.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// Returns the elements of a list; none for anything else.
    pub fn items(&self) -> &[Tree] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the entries of a map; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Returns the text of a text or a person.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Person(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the place that a diagnostic about `path` (`items[0].votes.for`, keys canonical) points at: the key where there
    /// is one, the list element where the path ends in an index, and the innermost map that exists where a key is missing.
    pub fn place(&self, path: &str) -> Span {
        let mut node = self;
        let mut place = self.own_place();
        for part in path.split(['.', '[']).filter(|part| !part.is_empty()) {
            let part = part.trim_end_matches(']');
            if let Ok(index) = part.parse::<usize>() {
                let Some(item) = node.items().get(index) else {
                    return place;
                };
                (node, place) = (item, item.own_place());
            } else {
                let Some(entry) = node.entry(part) else {
                    return place;
                };
                (node, place) = (&entry.tree, entry.key_span);
            }
        }
        place
    }

    /// Adds keys and values to a digest, without their places: the same record has the same digest wherever it stands.
    pub(crate) fn digest(&self, hasher: &mut blake3::Hasher) {
        let mut leaf = |tag: u8, text: &str| {
            hasher.update(&[tag]).update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        };
        match &self.value {
            Value::Text(text) => leaf(0, text),
            Value::Person(name) => leaf(1, name),
            Value::Integer(n) => leaf(2, &n.to_string()),
            Value::Decimal(n) => leaf(3, &n.to_string()),
            Value::Date(date) => leaf(4, &date.to_string()),
            Value::Flag(flag) => leaf(5, if *flag { "true" } else { "false" }),
            Value::List(items) => {
                leaf(6, &items.len().to_string());
                items.iter().for_each(|item| item.digest(hasher));
            }
            Value::Map(entries) => {
                leaf(7, &entries.len().to_string());
                for entry in entries {
                    hasher.update(&(entry.key.len() as u64).to_le_bytes()).update(entry.key.as_bytes());
                    entry.tree.digest(hasher);
                }
            }
        }
    }

    /// Returns the place of a node without a key: a map is marked at its first key, so that the mark stays on one line.
    pub(crate) fn own_place(&self) -> Span {
        match &self.value {
            Value::Map(entries) => entries.first().map_or(self.span, |entry| entry.key_span),
            _ => self.span,
        }
    }
}
