//! Every value of a record with its row of the field table.

use std::fmt::Write as _;

use super::Record;
use super::keys::Keys;
use super::tree::{Entry, Tree, Value};
use crate::field::{self, Object, Shape};
use crate::source::Span;

/// A value of a record that is neither a map nor a list.
#[derive(Debug, Clone, Copy)]
pub struct Leaf<'r, 'p> {
    /// What may stand there.
    pub shape: &'static Shape,
    /// What stands there.
    pub tree: &'r Tree,
    /// Where it stands, keys canonical (`items[0].votes.for`).
    pub path: &'p str,
    /// The place to point at: the key, or the element of a list.
    pub place: Span,
}

/// What is called for every leaf.
type Visit<'r, 'v> = dyn FnMut(Leaf<'r, '_>) + 'v;

impl Record {
    /// Calls `visit` for every value that is neither a map nor a list, in source order.
    pub fn leaves<'r>(&'r self, visit: &mut Visit<'r, '_>) {
        Walk { record: self, path: String::with_capacity(64), visit }.map(self.kind.object(), self.tree());
    }

    /// Returns a copy in which every leaf has been replaced by what `replace` makes of it, typed anew.
    ///
    /// Names of people and prose are masked with it before an edition is made. Where `replace` changes the type of a value, the
    /// typed keys stay as they were.
    #[must_use]
    pub fn mapped(&self, replace: &dyn Fn(&'static Shape, &Value) -> Value) -> Self {
        let tree = mapped_map(self, self.kind.object(), self.tree(), replace);
        let data = super::parse::typed(self.kind, &tree, |_, step| form_name(self, step));
        let data = data.unwrap_or_else(|_| self.data().clone());
        self.with(Keys::Here(tree, data))
    }

    /// Returns a copy with the names of people as `person` writes them, and every line and prose as `prose` writes it; `None`
    /// where neither changes anything.
    #[must_use]
    pub fn masked(&self, person: &dyn Fn(&str) -> String, prose: &dyn Fn(&str) -> Option<String>) -> Option<Self> {
        let masked = |shape: &Shape, value: &Value| match (shape, value) {
            (_, Value::Person(name)) => {
                Some(person(name)).filter(|shown| **shown != **name).map(|name| Value::Person(name.into()))
            }
            (Shape::Line | Shape::Prose, Value::Text(text)) => prose(text).map(|text| Value::Text(text.into())),
            _ => None,
        };
        // First a look, so that a record that stays as it is is not copied.
        let changes = self.has(&Shape::Object(self.kind.object()), self.tree(), &|shape, value| masked(shape, value).is_some());
        changes.then(|| self.mapped(&|shape, value| masked(shape, value).unwrap_or_else(|| value.clone())))
    }

    /// Whether `is` holds of any value in a tree of this record that is neither a map nor a list.
    fn has(&self, shape: &Shape, tree: &Tree, is: &dyn Fn(&Shape, &Value) -> bool) -> bool {
        let below = |shape: Option<&Shape>, tree| shape.is_some_and(|shape| self.has(shape, tree, is));
        let mut entries = tree.entries().iter();
        match shape {
            Shape::Object(object) => {
                entries.any(|entry| below(object.canonical(&entry.key).map(|field| &field.shape), &entry.tree))
            }
            Shape::List(element) => tree.items().iter().any(|item| self.has(element, item, is)),
            Shape::Table(element) => entries.any(|entry| self.has(element, &entry.tree, is)),
            Shape::Steps => entries.any(|entry| below(form_of(self, &entry.key), &entry.tree)),
            _ => is(shape, &tree.value),
        }
    }

    /// Returns the names of the people that the record names in their own keys, in source order.
    pub fn persons(&self) -> Vec<&str> {
        let mut names = Vec::new();
        persons(self.tree(), &mut names);
        names
    }
}

/// Collects the names of people in a tree.
fn persons<'r>(tree: &'r Tree, names: &mut Vec<&'r str>) {
    match &tree.value {
        Value::Person(name) => names.push(name),
        Value::List(items) => items.iter().for_each(|item| persons(item, names)),
        Value::Map(entries) => entries.iter().for_each(|entry| persons(&entry.tree, names)),
        _ => {}
    }
}

/// The walk over the leaves of one record.
struct Walk<'r, 'v, 'w> {
    record: &'r Record,
    /// Where the walk is.
    path: String,
    visit: &'w mut Visit<'r, 'v>,
}

impl<'r> Walk<'r, '_, '_> {
    /// Walks a map with known keys.
    fn map(&mut self, object: &'static Object, tree: &'r Tree) {
        for entry in tree.entries() {
            if let Some(field) = object.canonical(&entry.key) {
                self.entry(&field.shape, entry);
            }
        }
    }

    /// Walks the value of a key.
    fn entry(&mut self, shape: &'static Shape, entry: &'r Entry) {
        let before = self.path.len();
        if before > 0 {
            self.path.push('.');
        }
        self.path.push_str(&entry.key);
        self.value(shape, &entry.tree, entry.key_span);
        self.path.truncate(before);
    }

    /// Walks a value.
    fn value(&mut self, shape: &'static Shape, tree: &'r Tree, place: Span) {
        match shape {
            Shape::Object(object) => self.map(object, tree),
            Shape::List(element) => {
                let before = self.path.len();
                for (i, item) in tree.items().iter().enumerate() {
                    write_index(i, &mut self.path);
                    self.value(element, item, item.own_place());
                    self.path.truncate(before);
                }
            }
            Shape::Table(_) | Shape::Steps => {
                for entry in tree.entries() {
                    if let Some(shape) = free(self.record, shape, &entry.key) {
                        self.entry(shape, entry);
                    }
                }
            }
            _ => (self.visit)(Leaf { shape, tree, path: &self.path, place }),
        }
    }
}

/// Adds the number of an element to a path.
pub(crate) fn write_index(i: usize, path: &mut String) {
    match u8::try_from(i) {
        // Lists are mostly short, and formatting is slow.
        Ok(i @ 0..=9) => path.extend(['[', char::from(b'0' + i), ']']),
        // Writing to a text cannot fail.
        _ => drop(write!(path, "[{i}]")),
    }
}

/// Returns the shape at a key of a map with free keys.
fn free(record: &Record, shape: &'static Shape, key: &str) -> Option<&'static Shape> {
    match shape {
        Shape::Table(element) => Some(element),
        _ => form_of(record, key),
    }
}

/// Returns the shape of the evidence of a step of a matter.
fn form_of(record: &Record, step: &str) -> Option<&'static Shape> {
    field::form(form_name(record, step)?).map(|form| &form.shape)
}

/// Returns the name of the form of a step of a matter.
fn form_name(record: &Record, step: &str) -> Option<&'static str> {
    let (_, evidence) = record.matter()?.steps.iter().find(|(id, _)| id == step)?;
    Some(evidence.form())
}

/// Copies a map with known keys.
fn mapped_map(record: &Record, object: &'static Object, tree: &Tree, replace: &dyn Fn(&'static Shape, &Value) -> Value) -> Tree {
    mapped_entries(tree, &|entry| match object.canonical(&entry.key) {
        Some(field) => mapped(record, &field.shape, &entry.tree, replace),
        None => entry.tree.clone(),
    })
}

/// Copies a map with its values as `child` makes them.
fn mapped_entries(tree: &Tree, child: &dyn Fn(&Entry) -> Tree) -> Tree {
    let entries = tree.entries().iter();
    let entries = entries.map(|entry| Entry { key: entry.key.clone(), key_span: entry.key_span, tree: child(entry) });
    Tree { span: tree.span, value: Value::Map(entries.collect()) }
}

/// Copies a value.
fn mapped(record: &Record, shape: &'static Shape, tree: &Tree, replace: &dyn Fn(&'static Shape, &Value) -> Value) -> Tree {
    match shape {
        Shape::Object(object) => mapped_map(record, object, tree, replace),
        Shape::List(element) => {
            let items = tree.items().iter().map(|item| mapped(record, element, item, replace)).collect();
            Tree { span: tree.span, value: Value::List(items) }
        }
        Shape::Table(_) | Shape::Steps => mapped_entries(tree, &|entry| match free(record, shape, &entry.key) {
            Some(shape) => mapped(record, shape, &entry.tree, replace),
            None => entry.tree.clone(),
        }),
        _ => Tree { span: tree.span, value: replace(shape, &tree.value) },
    }
}
