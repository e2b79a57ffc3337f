//! Every value of a record with its row of the field table.

use std::fmt::Write as _;
use std::sync::Arc;

use super::keys::Keys;
use super::tree::{Entry, Tree, Value};
use super::{Data, Record};
use crate::field::{self, Kind, Object, Shape};
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

    /// Returns the record with names as `mask` shows them. Where nobody shares it, it is changed where it stands.
    #[must_use]
    pub fn shown_by(mut self: Arc<Self>, mask: &dyn Mask) -> Arc<Self> {
        match Arc::get_mut(&mut self).map(|own| (own.kind, &mut own.keys)) {
            Some((kind, Keys::Here(tree, data))) => {
                if mask_object(mask, kind.object(), tree, data)
                    && let Some(typed) = typed_again(kind, tree, data)
                {
                    *data = typed;
                }
                self
            }
            _ => self.masked(mask).map_or(self, Arc::new),
        }
    }

    /// Returns a copy with names as `mask` shows them; `None` where that changes nothing.
    #[must_use]
    pub fn masked(&self, mask: &dyn Mask) -> Option<Self> {
        let changes = |shape: &Shape, value: &Value| shown(mask, shape, value).is_some();
        // First a look, so that a record that stays as it is is not copied.
        if !self.has(&Shape::Object(self.kind.object()), self.tree(), &changes) {
            return None;
        }
        let mut tree = self.tree().clone();
        mask_object(mask, self.kind.object(), &mut tree, self.data());
        let data = typed_again(self.kind, &tree, self.data()).unwrap_or_else(|| self.data().clone());
        Some(self.with(Keys::Here(tree, data)))
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
            Shape::Steps => entries.any(|entry| below(form_of(self.data(), &entry.key), &entry.tree)),
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
                    if let Some(shape) = free(self.record.data(), shape, &entry.key) {
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
fn free(data: &Data, shape: &'static Shape, key: &str) -> Option<&'static Shape> {
    match shape {
        Shape::Table(element) => Some(element),
        _ => form_of(data, key),
    }
}

/// Returns the shape of the evidence of a step of a matter.
fn form_of(data: &Data, step: &str) -> Option<&'static Shape> {
    field::form(form_name(data, step)?).map(|form| &form.shape)
}

/// Returns the name of the form of a step of a matter.
fn form_name(data: &Data, step: &str) -> Option<&'static str> {
    let Data::Matter(matter) = data else { return None };
    let (_, evidence) = matter.steps.iter().find(|(id, _)| id == step)?;
    Some(evidence.form())
}

/// Types keys anew of which some are masked now, by the keys as they were typed before. That cannot fail: a name is shown as a
/// name, and a text as a text.
fn typed_again(kind: Kind, tree: &Tree, before: &Data) -> Option<Data> {
    let typed = super::parse::typed(kind, tree, |_, step| form_name(before, step));
    debug_assert!(typed.is_ok(), "masking changes the type of a key");
    typed.ok()
}

/// How names of people are shown.
pub trait Mask: Sync {
    /// Writes the name of a person.
    fn person(&self, name: &str) -> String;

    /// Writes a line or prose; `None` where it stays as it is.
    fn prose(&self, text: &str) -> Option<String>;
}

/// Returns a value as it is shown; `None` where that is as it stands.
fn shown(mask: &dyn Mask, shape: &Shape, value: &Value) -> Option<Value> {
    match (shape, value) {
        (_, Value::Person(name)) => {
            Some(mask.person(name)).filter(|shown| **shown != **name).map(|name| Value::Person(name.into()))
        }
        (Shape::Line | Shape::Prose, Value::Text(text)) => mask.prose(text).map(|text| Value::Text(text.into())),
        _ => None,
    }
}

/// Masks a map with known keys, of a record typed as `data`; says whether that changed anything.
fn mask_object(mask: &dyn Mask, object: &'static Object, tree: &mut Tree, data: &Data) -> bool {
    entries(tree).fold(false, |changed, entry| {
        let field = object.canonical(&entry.key);
        field.is_some_and(|field| mask_value(mask, &field.shape, &mut entry.tree, data)) | changed
    })
}

/// Masks a value; says whether that changed anything.
fn mask_value(mask: &dyn Mask, shape: &'static Shape, tree: &mut Tree, data: &Data) -> bool {
    match (shape, &mut tree.value) {
        (Shape::Object(object), _) => mask_object(mask, object, tree, data),
        (Shape::List(element), Value::List(items)) => {
            items.iter_mut().fold(false, |changed, item| mask_value(mask, element, item, data) | changed)
        }
        (Shape::Table(_) | Shape::Steps, _) => entries(tree).fold(false, |changed, entry| {
            let shape = free(data, shape, &entry.key);
            shape.is_some_and(|shape| mask_value(mask, shape, &mut entry.tree, data)) | changed
        }),
        (shape, value) => match shown(mask, shape, value) {
            Some(shown) => {
                *value = shown;
                true
            }
            None => false,
        },
    }
}

/// Returns the entries of a map, to be changed; none for anything else.
fn entries(tree: &mut Tree) -> impl Iterator<Item = &mut Entry> {
    match &mut tree.value {
        Value::Map(entries) => entries.iter_mut(),
        _ => [].iter_mut(),
    }
}
