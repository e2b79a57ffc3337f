//! Values that expressions of rules see: whole numbers, text, flags, lists and maps, shared and never copied.
//!
//! Dates and periods are text in ISO form, so that they compare in order; money is whole hundredths.

use std::sync::Arc;

/// A value of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// True or false.
    Flag(bool),
    /// A whole number: a count, hundredths of money, or ten-thousandths of another decimal.
    Integer(i64),
    /// Text, a date (`2026-03-18`), a period (`2026-Q1`), a choice or a name.
    Text(Arc<str>),
    /// A list.
    List(Arc<Vec<Value>>),
    /// A map; keys have `_` for `-`.
    Map(Arc<Map>),
}

/// A map of an expression, in the order of the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map {
    entries: Vec<(Arc<str>, Value)>,
}

impl Map {
    /// Returns the value at `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(k, _)| **k == *key).map(|(_, value)| value)
    }

    /// Adds `value` at `key`, unless the key is there already.
    pub fn add(&mut self, key: &str, value: Value) {
        if self.get(key).is_none() {
            self.entries.push((key.into(), value));
        }
    }

    /// Returns the entries in order.
    pub fn entries(&self) -> &[(Arc<str>, Value)] {
        &self.entries
    }
}

impl Value {
    /// Makes a text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().into())
    }

    /// Makes a list.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::new(items))
    }

    /// Makes a map of entries; the first of equal keys stays.
    pub fn map<'a>(entries: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        let mut map = Map::default();
        for (key, value) in entries {
            map.add(key, value);
        }
        Self::Map(Arc::new(map))
    }

    /// Returns the value at `key` of a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// Returns the elements of a list; none for anything else.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Returns a text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a whole number.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// Names the type, for faults of expressions.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Flag(_) => "flag",
            Self::Integer(_) => "number",
            Self::Text(_) => "text",
            Self::List(_) => "list",
            Self::Map(_) => "map",
        }
    }
}

/// Returns the name that a key of a record has in expressions (`set-topic` → `set_topic`).
pub(crate) fn expression_name(key: &str) -> std::borrow::Cow<'_, str> {
    if key.contains('-') { key.replace('-', "_").into() } else { key.into() }
}
