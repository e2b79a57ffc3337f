//! Typed values from a checked tree: a small serde deserializer over [`Tree`].
//!
//! The tree has been checked against the field table, so nothing here can fail for a record; an error means that a type and the
//! table disagree, which the tests of [`super`] rule out.

use jiff::civil::Date;
use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{self, Deserialize, DeserializeOwned, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::tree::{Tree, Value};
use crate::calendar::Period;
use crate::language::Language;

/// The error of the deserializer.
pub(super) type Error = de::value::Error;

/// Reads a value from a checked tree; `None` where the type and the tree disagree.
pub(super) fn read<T: DeserializeOwned>(tree: &Tree) -> Option<T> {
    T::deserialize(Reader { tree, skip: &[] }).ok()
}

/// Reads a record from its checked tree, without the keys that are not in its type.
pub(super) fn read_record<T: DeserializeOwned>(tree: &Tree) -> Result<T, Error> {
    T::deserialize(Reader { tree, skip: &["kind", "steps"] })
}

/// Reads the languages of a site from their tags.
pub(super) fn languages<'de, D: de::Deserializer<'de>>(deserializer: D) -> Result<Vec<Language>, D::Error> {
    let tags = Vec::<String>::deserialize(deserializer)?;
    Ok(tags.iter().filter_map(|tag| Language::from_tag(tag)).collect())
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("a period is `2026`, `2026-H1`, `2026-Q1` or `2026-03`"))
    }
}

/// A tree as a source of typed values.
#[derive(Clone, Copy)]
struct Reader<'t> {
    tree: &'t Tree,
    /// Keys of this map that its type does not have.
    skip: &'static [&'static str],
}

impl<'t> Reader<'t> {
    /// Reads a node without leaving anything out.
    fn new(tree: &'t Tree) -> Self {
        Self { tree, skip: &[] }
    }
}

impl IntoDeserializer<'_, Error> for Reader<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.tree.value {
            Value::Text(text) | Value::Person(text) => visitor.visit_str(text),
            Value::Integer(number) => visitor.visit_i64(*number),
            Value::Decimal(number) => visitor.visit_string(number.to_string()),
            Value::Date(date) => visitor.visit_str(str::from_utf8(&iso(*date)).map_err(de::Error::custom)?),
            Value::Flag(flag) => visitor.visit_bool(*flag),
            Value::List(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Reader::new))),
            Value::Map(entries) => {
                let skip = self.skip;
                let kept = entries.iter().filter(|entry| !skip.contains(&&*entry.key));
                visitor.visit_map(MapDeserializer::new(kept.map(|entry| (&*entry.key, Reader::new(&entry.tree)))))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = self.tree.text().ok_or_else(|| de::Error::custom("a choice is text"))?;
        let reader: StrDeserializer<'_, Error> = text.into_deserializer();
        reader.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// Writes a date of a record, whose years have four digits: `2026-03-18`.
fn iso(date: Date) -> [u8; 10] {
    let mut text = *b"0000-00-00";
    let mut write = |end: usize, mut number: u16| {
        let mut at = end;
        while number > 0 {
            at -= 1;
            text[at] = b'0' + (number % 10) as u8;
            number /= 10;
        }
    };
    write(4, date.year().unsigned_abs());
    write(7, u16::from(date.month().unsigned_abs()));
    write(10, u16::from(date.day().unsigned_abs()));
    text
}
