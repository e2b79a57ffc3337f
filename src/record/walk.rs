//! Every value of a record with its row of the field table.

use super::Record;
use super::tree::{Entry, Tree, Value};
use crate::field::{self, Object, Shape};
use crate::source::Span;

/// A value of a record that is neither a map nor a list.
#[derive(Debug, Clone)]
pub struct Leaf<'r> {
    /// What may stand there.
    pub shape: &'static Shape,
    /// What stands there.
    pub tree: &'r Tree,
    /// Where it stands, keys canonical (`items[0].votes.for`).
    pub path: String,
    /// The place to point at: the key, or the element of a list.
    pub place: Span,
}

impl Record {
    /// Calls `visit` for every value that is neither a map nor a list, in source order.
    pub fn leaves<'r>(&'r self, visit: &mut dyn FnMut(Leaf<'r>)) {
        map(self, self.kind.object(), &self.tree, "", visit);
    }

    /// Returns a copy in which every leaf has been replaced by what `replace` makes of it, typed anew.
    ///
    /// Names of people and prose are masked with it before an edition is made. Where `replace` changes the type of a value, the
    /// typed keys stay as they were.
    #[must_use]
    pub fn mapped(&self, replace: &dyn Fn(&'static Shape, &Value) -> Value) -> Self {
        let tree = mapped_map(self, self.kind.object(), &self.tree, replace);
        let mut record = Self { tree, ..self.clone() };
        let data = super::parse::typed(self.kind, &record.tree, |_, step| form_name(self, step));
        if let Ok(data) = data {
            record.data = data;
        }
        record
    }

    /// Returns a copy with the names of people as `person` writes them, and every line and prose as `prose` writes it.
    #[must_use]
    pub fn masked(&self, person: &dyn Fn(&str) -> String, prose: &dyn Fn(&str) -> String) -> Self {
        self.mapped(&|shape, value| match (shape, value) {
            (_, Value::Person(name)) => Value::Person(person(name)),
            (Shape::Line | Shape::Prose, Value::Text(text)) => Value::Text(prose(text)),
            _ => value.clone(),
        })
    }

    /// Returns the names of the people that the record names in their own keys, in source order.
    pub fn persons(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.leaves(&mut |leaf| {
            if let Value::Person(name) = &leaf.tree.value {
                names.push(name.as_str());
            }
        });
        names
    }
}

/// Walks a map with known keys.
fn map<'r>(record: &'r Record, object: &'static Object, tree: &'r Tree, path: &str, visit: &mut dyn FnMut(Leaf<'r>)) {
    for entry in tree.entries() {
        let Some(field) = object.field(&entry.key) else {
            continue;
        };
        let path = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
        value(record, Leaf { shape: &field.shape, tree: &entry.tree, path, place: entry.key_span }, visit);
    }
}

/// Walks a value.
fn value<'r>(record: &'r Record, leaf: Leaf<'r>, visit: &mut dyn FnMut(Leaf<'r>)) {
    match leaf.shape {
        Shape::Object(object) => map(record, object, leaf.tree, &leaf.path, visit),
        Shape::List(element) => {
            for (i, tree) in leaf.tree.items().iter().enumerate() {
                let (path, place) = (format!("{}[{i}]", leaf.path), tree.own_place());
                value(record, Leaf { shape: element, tree, path, place }, visit);
            }
        }
        Shape::Table(_) | Shape::Steps => {
            for entry in leaf.tree.entries() {
                if let Some(shape) = free(record, leaf.shape, &entry.key) {
                    let path = format!("{}.{}", leaf.path, entry.key);
                    value(record, Leaf { shape, tree: &entry.tree, path, place: entry.key_span }, visit);
                }
            }
        }
        _ => visit(leaf),
    }
}

/// Returns the shape at a key of a map with free keys.
fn free(record: &Record, shape: &'static Shape, key: &str) -> Option<&'static Shape> {
    match shape {
        Shape::Table(element) => Some(element),
        _ => field::form(form_name(record, key)?).map(|form| &form.shape),
    }
}

/// Returns the name of the form of a step of a matter.
fn form_name(record: &Record, step: &str) -> Option<&'static str> {
    let (_, evidence) = record.matter()?.steps.iter().find(|(id, _)| id == step)?;
    Some(evidence.form())
}

/// Copies a map with known keys.
fn mapped_map(record: &Record, object: &'static Object, tree: &Tree, replace: &dyn Fn(&'static Shape, &Value) -> Value) -> Tree {
    mapped_entries(tree, &|entry| match object.field(&entry.key) {
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
