//! From checked trees to the values that expressions see, by the types of the field table.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::names::{Type, has_vote};
use super::value::{Key, Map, Value, expression_name};
use crate::field::{Field, Form, Kind, Object, Shape};
use crate::record::StepForm;
use crate::record::tree::{Entry, Tree, Value as TreeValue};
use crate::source::Span;

/// What a reference stands for.
pub(crate) trait References {
    /// Returns the record that `reference` names, with its own references as `{id, title}`.
    fn record(&self, reference: &str, kinds: &[Kind]) -> Option<Value>;
    /// Returns the `{id, title}` of what `reference` names.
    fn name(&self, reference: &str) -> Option<Value>;
    /// Returns the opinion that `reference` (`2026-q1/3`) names.
    fn opinion(&self, reference: &str) -> Option<Value>;
    /// Returns the item of the meeting that `meeting` names; where no number is given, the only one about this record.
    fn vote(&self, meeting: &str, item: Option<&Value>) -> Option<Value>;
}

/// A key of an example that the field table does not have.
#[derive(Debug, Clone)]
pub(crate) struct UnknownKey {
    /// The key's place.
    pub(crate) span: Span,
    /// The key.
    pub(crate) key: String,
    /// The keys that there are; empty where there can be none.
    pub(crate) known: Vec<String>,
}

/// Turns trees into values.
pub(crate) struct Convert<'c> {
    references: &'c dyn References,
    steps: &'c [(String, &'static Form)],
    /// Keys that are not in the table (examples may have them; checked records cannot).
    pub(crate) unknown: Vec<UnknownKey>,
}

impl<'c> Convert<'c> {
    /// Makes a converter for records whose matters have these steps.
    pub(crate) fn new(references: &'c dyn References, steps: &'c [(String, &'static Form)]) -> Self {
        Self { references, steps, unknown: Vec::new() }
    }

    /// Returns the value of a tree of the given type.
    pub(crate) fn value(&mut self, tree: &Tree, kind: &Type) -> Value {
        match &tree.value {
            TreeValue::Text(text) => self.text(text, kind),
            TreeValue::Person(name) => Value::Text(Arc::clone(name)),
            TreeValue::Integer(number) if matches!(kind, Type::Day) => Value::text(number.to_string()),
            TreeValue::Integer(number) => Value::Integer(number.saturating_mul(10_i64.pow(kind.scale()))),
            TreeValue::Decimal(number) => Value::Integer(scaled(*number, kind.scale())),
            TreeValue::Date(date) => Value::date(*date),
            TreeValue::Flag(flag) => Value::Flag(*flag),
            TreeValue::List(items) => {
                let element = kind.element();
                Value::list(items.iter().map(|item| self.value(item, &element)).collect())
            }
            TreeValue::Map(entries) => Value::Map(Arc::new(self.map(entries, kind))),
        }
    }

    fn text(&self, text: &str, kind: &Type) -> Value {
        let unresolved = || Value::map([("id", Value::text(text)), ("title", Value::text(text))]);
        match kind {
            // The data of examples are read without the table: their decimals arrive as text.
            Type::Money | Type::Decimal => {
                text.parse().map_or_else(|_| Value::text(text), |number| Value::Integer(scaled(number, kind.scale())))
            }
            Type::Choice(choices) => Value::text(choices.canonical(text).unwrap_or(text)),
            Type::Reference(kinds) => self.references.record(text, kinds).unwrap_or_else(unresolved),
            Type::Opinion => self.references.opinion(text).unwrap_or_else(unresolved),
            Type::Map(_) => self.references.name(text).unwrap_or_else(unresolved),
            _ => Value::text(text),
        }
    }

    /// Converts a map, and adds what the contract promises: `votes` with zeros, and the `vote` of an item.
    fn map(&mut self, entries: &[Entry], kind: &Type) -> Map {
        let mut map = Map::default();
        for entry in entries {
            let (name, entry_type) = self.key(entry, kind);
            let value = self.value(&entry.tree, &entry_type);
            map.add(&name, value);
        }
        let object = match kind {
            Type::Object(object, _) => Some(*object),
            Type::Record(kind) => Some(kind.object()),
            _ => None,
        };
        if let Some(object) = object {
            self.complete(&mut map, object, entries);
        }
        map
    }

    /// Adds the counts that were left out of votes, and the item that `meeting` and `item` name.
    fn complete(&self, map: &mut Map, object: &'static Object, entries: &[Entry]) {
        if object.name == "votes" {
            for field in object.fields.iter().filter(|field| !field.required && matches!(field.shape, Shape::Integer(..))) {
                map.add(field.key, Value::Integer(0));
            }
        }
        if !has_vote(object) || map.get("vote").is_some() {
            return;
        }
        let item = map.get("item").cloned();
        let meeting = entries.iter().find(|entry| entry.key == "meeting").map(|entry| &entry.tree);
        let vote = if let Some(reference) = meeting.and_then(Tree::text) {
            self.references.vote(reference, item.as_ref())
        } else {
            let items = map.get("meeting").and_then(|meeting| meeting.get("items")).map_or(&[][..], Value::items);
            items.iter().find(|found| item.is_some() && found.get("no") == item.as_ref()).cloned()
        };
        if let Some(vote) = vote {
            map.add("vote", vote);
        }
    }

    /// Returns the name that expressions use for a key, and the type of what stands there.
    fn key(&mut self, entry: &Entry, kind: &Type) -> (String, Type) {
        let written = canonical(&entry.key, kind);
        let name = match kind {
            Type::Table(_) | Type::Any => expression_name(&entry.key).into_owned(),
            _ => expression_name(&written).into_owned(),
        };
        match kind.key(&name, self.steps) {
            Ok(found) => (name, found),
            Err(known) => {
                self.unknown.push(UnknownKey { span: entry.key_span, key: entry.key.to_string(), known });
                (name, Type::Any)
            }
        }
    }
}

/// Turns the trees of records into values: the same as [`Convert`] gives, straight from the field table, since the keys of a
/// checked tree are its own.
pub(crate) struct Records<'c> {
    references: &'c dyn References,
    /// The steps that a matter may show, where the record is one.
    steps: &'c [StepForm],
    expand: bool,
    /// Whether a reference was met that is expanded, or would be.
    pub(crate) met: bool,
}

impl<'c> Records<'c> {
    /// Makes a converter of one record; with `expand`, what it names stands in the place of the name.
    pub(crate) fn new(references: &'c dyn References, steps: &'c [StepForm], expand: bool) -> Self {
        Self { references, steps, expand, met: false }
    }

    /// Returns the map of a record, with room for what the caller adds.
    pub(crate) fn record(&mut self, tree: &Tree, kind: Kind) -> Map {
        self.object(tree.entries(), kind.object(), true)
    }

    fn object(&mut self, entries: &[Entry], object: &'static Object, expand: bool) -> Map {
        let mut map = Map::with_capacity(entries.len() + 3);
        for entry in entries {
            match object.canonical(&entry.key) {
                Some(field) => {
                    let value = self.value(&entry.tree, &field.shape, expand);
                    map.push(field.key, value);
                }
                None => map.put(word_of(&entry.key), self.value(&entry.tree, &Shape::Any, expand)),
            }
        }
        self.complete(&mut map, object, entries);
        map
    }

    /// Adds the counts that were left out of votes, and the item that `meeting` and `item` name.
    fn complete(&self, map: &mut Map, object: &'static Object, entries: &[Entry]) {
        if object.name == "votes" {
            for field in object.fields.iter().filter(|field| !field.required && matches!(field.shape, Shape::Integer(..))) {
                map.put(field.key, Value::Integer(0));
            }
        }
        let meeting = entries.iter().find(|entry| entry.key == "meeting").and_then(|entry| entry.tree.text());
        let Some(meeting) = meeting.filter(|_| has_vote(object) && map.get("vote").is_none()) else { return };
        if let Some(vote) = self.references.vote(meeting, map.get("item")) {
            map.push("vote", vote);
        }
    }

    fn value(&mut self, tree: &Tree, shape: &'static Shape, expand: bool) -> Value {
        let scale = match shape {
            Shape::Money => 2,
            Shape::Decimal => 4,
            _ => 0,
        };
        match &tree.value {
            TreeValue::Text(text) => self.text(text, shape, expand),
            TreeValue::Person(name) => Value::Text(Arc::clone(name)),
            TreeValue::Integer(number) if matches!(shape, Shape::Date | Shape::Period) => Value::text(number.to_string()),
            TreeValue::Integer(number) => Value::Integer(number.saturating_mul(10_i64.pow(scale))),
            TreeValue::Decimal(number) => Value::Integer(scaled(*number, scale)),
            TreeValue::Date(date) => Value::date(*date),
            TreeValue::Flag(flag) => Value::Flag(*flag),
            TreeValue::List(items) => {
                let element = if let Shape::List(element) = shape { element } else { &Shape::Any };
                Value::list(items.iter().map(|item| self.value(item, element, expand)).collect())
            }
            TreeValue::Map(entries) => Value::Map(Arc::new(match shape {
                Shape::Object(object) => self.object(entries, object, expand),
                Shape::Steps => self.evidence(entries),
                Shape::Table(element) => self.table(entries, |_| element, expand),
                _ => self.table(entries, |_| &Shape::Any, expand),
            })),
        }
    }

    fn text(&mut self, text: &Arc<str>, shape: &Shape, expand: bool) -> Value {
        let unresolved = || Value::map([("id", Value::Text(Arc::clone(text))), ("title", Value::Text(Arc::clone(text)))]);
        let found = match shape {
            Shape::Reference(kinds) if expand && self.expand => self.references.record(text, kinds),
            Shape::OpinionReference if expand && self.expand => self.references.opinion(text),
            Shape::Reference(_) | Shape::OpinionReference => self.references.name(text),
            _ => return Value::Text(Arc::clone(text)),
        };
        self.met |= expand;
        found.unwrap_or_else(unresolved)
    }

    /// Converts the evidence of each step by its form.
    fn evidence(&mut self, entries: &[Entry]) -> Map {
        let steps = self.steps;
        let form = |key: &str| steps.iter().find(|step| step.id == key).map_or(&Shape::Any, |step| &step.form.shape);
        self.table(entries, form, true)
    }

    fn table(&mut self, entries: &[Entry], shape: impl Fn(&str) -> &'static Shape, expand: bool) -> Map {
        let mut map = Map::with_capacity(entries.len());
        for entry in entries {
            map.put(word_of(&entry.key), self.value(&entry.tree, shape(&entry.key), expand));
        }
        map
    }
}

/// Returns the name that a key of a record has in expressions.
fn word_of(key: &str) -> Key {
    Key::Given((*expression_name(key)).into())
}

/// Returns the English spelling of a key.
fn canonical(key: &str, kind: &Type) -> String {
    let by = |object: &Object| object.field(key).map(|field: &Field| field.key.to_owned());
    let found = match kind {
        Type::Record(kind) => by(kind.object()),
        Type::Reference(kinds) => kinds.iter().find_map(|kind| by(kind.object())),
        Type::Object(object, _) => by(object),
        _ => None,
    };
    found.unwrap_or_else(|| key.to_owned())
}

/// Multiplies a decimal by a power of ten; the field table allows no more places than that.
fn scaled(number: Decimal, scale: u32) -> i64 {
    let factor = Decimal::from(10_u64.pow(scale));
    number.checked_mul(factor).and_then(|number| number.round().to_i64()).unwrap_or(i64::MAX)
}
