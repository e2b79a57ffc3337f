//! Where a rule points: from the names of expressions to the keys of a record.

use std::sync::Arc;

use ahash::HashSet;

use crate::record::tree::{Tree, Value as TreeValue};
use crate::record::write_index;
use crate::register::{RecordIx, Register};
use crate::source::Span;
use crate::workflow::{Rule, Value, expression_name, path_keys};

/// A place in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The record.
    pub(super) record: RecordIx,
    /// The path, keys canonical (`items[0].outcome`); empty for the record itself.
    pub(super) path: Arc<str>,
    /// The bytes to mark.
    pub(super) span: Span,
}

/// The paths of places that one thread judges: there are few, and each stands in memory once.
#[derive(Debug, Default)]
pub(super) struct Paths {
    known: HashSet<Arc<str>>,
    /// Where a path is put together; kept for its room.
    room: String,
}

impl Paths {
    /// Returns the place that a rule points at, on the record or on one element of its list.
    pub(super) fn of_rule(
        &mut self,
        register: &Register,
        ix: RecordIx,
        rule: &Rule,
        value: &Value,
        item: Option<&Value>,
    ) -> Place {
        let kind = expression_name(register.get(ix).kind.name());
        let target = &rule.citation().target;
        let rest = || target.rest.iter().map(String::as_str);
        if target.root.as_ref().is_none_or(|root| *root == kind) {
            return self.of(register, ix, rest());
        }
        let none = std::iter::empty::<&str>;
        let (Some(item), Some(list)) = (item, &target.list) else { return self.of(register, ix, none()) };
        if list.first().is_some_and(|root| *root == kind) {
            let list = || list.iter().skip(1).map(String::as_str);
            let items = list().try_fold(value, |value, key| value.get(key)).map_or(&[][..], Value::items);
            let index = items.iter().position(|found| same(found, item)).map(|index| index.to_string());
            return self.of(register, ix, list().chain(index.as_deref()).chain(rest()));
        }
        // An element of one of the area's own lists is a record itself.
        match item.get("id").and_then(Value::as_text).and_then(|id| register.by_id(id)) {
            Some(record) => self.of(register, record, rest()),
            None => self.of(register, ix, none()),
        }
    }

    /// Makes the place at a path of a record, as expressions write it.
    fn of<'s>(&mut self, register: &Register, record: RecordIx, segments: impl Iterator<Item = &'s str>) -> Place {
        let Self { known, room } = self;
        room.clear();
        let Found { span, .. } = canonical(register.get(record).tree(), segments, room);
        let path = known.get(room.as_str()).cloned().unwrap_or_else(|| {
            let path: Arc<str> = room.as_str().into();
            known.insert(Arc::clone(&path));
            path
        });
        Place { record, path, span }
    }
}

/// Whether two values are one and the same map, or equal scalars.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Map(a), Value::Map(b)) => Arc::ptr_eq(a, b),
        _ => a == b,
    }
}

/// Returns the place of a path of a record, as expressions write it (`matter.steps.publicise.to`), if the key is there.
pub(super) fn of_operand(register: &Register, ix: RecordIx, path: &str) -> Option<Span> {
    let mut segments = path_keys(path);
    if segments.next()? != expression_name(register.get(ix).kind.name()) || segments.clone().next().is_none() {
        return None;
    }
    let found = canonical(register.get(ix).tree(), segments, &mut String::new());
    found.whole.then_some(found.span)
}

/// Where the names of expressions lead in a record.
struct Found {
    /// The place of the last of them that is there.
    span: Span,
    /// Whether all of them are there.
    whole: bool,
}

/// Turns the names of expressions into the keys of a record, which it adds to `path`.
fn canonical<'s>(tree: &Tree, segments: impl Iterator<Item = &'s str>, path: &mut String) -> Found {
    let mut found = Found { span: tree.own_place(), whole: true };
    let mut node = Some(tree);
    for segment in segments {
        let next = if let Ok(index) = segment.parse::<usize>() {
            write_index(index, path);
            node.and_then(|node| node.items().get(index)).map(|item| (item, item.own_place()))
        } else {
            let entry = match node.map(|node| &node.value) {
                Some(TreeValue::Map(entries)) => entries.iter().find(|entry| is_named(&entry.key, segment)),
                _ => None,
            };
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(entry.map_or(segment, |entry| &*entry.key));
            entry.map(|entry| (&entry.tree, entry.key_span))
        };
        match next {
            Some((_, span)) if found.whole => found.span = span,
            Some(_) => {}
            None => found.whole = false,
        }
        node = next.map(|(node, _)| node);
    }
    found
}

/// Whether a key has a name in expressions (`set-topic`, `set_topic`).
fn is_named(key: &str, name: &str) -> bool {
    let in_expressions = |byte: u8| if byte == b'-' { b'_' } else { byte };
    // Most keys differ in their length or their first letter.
    key.len() == name.len()
        && key.bytes().next().map(in_expressions) == name.bytes().next()
        && (key == name || key.bytes().map(in_expressions).eq(name.bytes()))
}
