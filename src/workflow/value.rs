//! Values that expressions of rules see: whole numbers, text, flags, lists and maps, shared and never copied.
//!
//! Dates and periods are text in ISO form, so that they compare in order; money is whole hundredths.

use std::ops::Deref;
use std::sync::{Arc, LazyLock, OnceLock};

use jiff::civil::Date;

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

/// A key of a map, or a name that a scope binds: one of the program's own or one that a record or pack gives.
#[derive(Debug, Clone)]
pub enum Key {
    /// A word of the program: a key of the field table, a name that every rule sees.
    Known(&'static str),
    /// Any other word.
    Given(Arc<str>),
}

impl Key {
    /// Returns the word, to be kept.
    pub fn shared(&self) -> Arc<str> {
        match self {
            Self::Known(word) => (*word).into(),
            Self::Given(word) => Arc::clone(word),
        }
    }
}

impl Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Known(word) => word,
            Self::Given(word) => word,
        }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Key {}

impl From<&'static str> for Key {
    fn from(word: &'static str) -> Self {
        Self::Known(word)
    }
}

impl From<Arc<str>> for Key {
    fn from(word: Arc<str>) -> Self {
        Self::Given(word)
    }
}

/// A map of an expression, in the order of the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map {
    entries: Vec<(Key, Value)>,
}

impl Map {
    /// Returns the value at `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(known, _)| is_same(known, key)).map(|(_, value)| value)
    }

    /// Makes a map with room for `count` entries.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self { entries: Vec::with_capacity(count) }
    }

    /// Adds `value` at `key`, unless the key is there already.
    pub fn add(&mut self, key: &str, value: Value) {
        if self.get(key).is_none() {
            self.entries.push((Key::Given(key.into()), value));
        }
    }

    /// Adds `value` at `key`, unless the key is there already.
    pub(crate) fn put(&mut self, key: impl Into<Key>, value: Value) {
        let key = key.into();
        if self.get(&key).is_none() {
            self.entries.push((key, value));
        }
    }

    /// Adds `value` at a key of which the caller knows that it is not there.
    pub(crate) fn push(&mut self, key: impl Into<Key>, value: Value) {
        self.entries.push((key.into(), value));
    }

    /// Returns the entries in order.
    pub fn entries(&self) -> &[(Key, Value)] {
        &self.entries
    }
}

impl Value {
    /// Makes a text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().into())
    }

    /// Makes the text of a date; that of a usual day is made once and shared.
    pub fn date(date: Date) -> Self {
        static DAYS: LazyLock<Vec<OnceLock<Arc<str>>>> =
            LazyLock::new(|| (0..usize::from(LAST_YEAR - FIRST_YEAR) * 372).map(|_| OnceLock::new()).collect());
        let day = || {
            let year = u16::try_from(date.year()).ok()?.checked_sub(FIRST_YEAR)?;
            let (month, day) = (date.month().unsigned_abs() - 1, date.day().unsigned_abs() - 1);
            DAYS.get(usize::from(year) * 372 + usize::from(month) * 31 + usize::from(day))
        };
        let text = || date.to_string().into();
        Self::Text(day().map_or_else(text, |day| Arc::clone(day.get_or_init(text))))
    }

    /// Makes a list.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::new(items))
    }

    /// Makes a map of entries; the first of equal keys stays.
    pub fn map<K: Into<Key>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        let entries = entries.into_iter();
        let mut map = Map::with_capacity(entries.size_hint().0);
        for (key, value) in entries {
            map.put(key, value);
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

/// The years whose days are shared.
const FIRST_YEAR: u16 = 1990;
const LAST_YEAR: u16 = 2050;

/// Whether two words are the same. Most that are compared differ in their length or their first letter, which is quick to see.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.as_bytes().first() == b.as_bytes().first() && a == b
}

/// Whether a key has a name of its own in expressions; keys are short, so that a plain look at their bytes is quickest.
fn has_hyphen(key: &str) -> bool {
    key.bytes().any(|byte| byte == b'-')
}

/// Returns the name that a key of a record has in expressions (`set-topic` → `set_topic`).
pub(crate) fn expression_name(key: &str) -> std::borrow::Cow<'_, str> {
    if has_hyphen(key) { key.replace('-', "_").into() } else { key.into() }
}
