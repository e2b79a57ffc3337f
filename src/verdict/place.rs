//! Where a rule points: from the names of expressions to the keys of a record.

use crate::record::tree::{Tree, Value as TreeValue};
use crate::register::{RecordIx, Register};
use crate::source::Span;
use crate::workflow::{Rule, Value, expression_name};

/// A place in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The record.
    pub(super) record: RecordIx,
    /// The path, keys canonical (`items[0].outcome`); empty for the record itself.
    pub(super) path: String,
    /// The bytes to mark.
    pub(super) span: Span,
}

/// Returns the place that a rule points at, on the record or on one element of its list.
pub(super) fn of_rule(register: &Register, ix: RecordIx, rule: &Rule, value: &Value, item: Option<&Value>) -> Place {
    let kind = expression_name(register.get(ix).kind.name()).into_owned();
    let segments = split(rule.place_path().unwrap_or(&kind));
    let Some((root, rest)) = segments.split_first() else { return of_path(register, ix, &[]) };
    if *root == kind {
        return of_path(register, ix, rest);
    }
    let (Some(item), Some(list)) = (item, rule.list_path()) else { return of_path(register, ix, &[]) };
    let list = split(&list);
    match list.split_first() {
        Some((root, path)) if *root == kind => {
            let items = path.iter().try_fold(value, |value, key| value.get(key)).map_or(&[][..], Value::items);
            let index = items.iter().position(|found| same(found, item)).map(|index| index.to_string());
            let path: Vec<&str> = path.iter().copied().chain(index.as_deref()).chain(rest.iter().copied()).collect();
            of_path(register, ix, &path)
        }
        // An element of one of the area's own lists is a record itself.
        _ => match item.get("id").and_then(Value::as_text).and_then(|id| register.by_id(id)) {
            Some(record) => of_path(register, record, rest),
            None => of_path(register, ix, &[]),
        },
    }
}

/// Whether two values are one and the same map, or equal scalars.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Map(a), Value::Map(b)) => std::sync::Arc::ptr_eq(a, b),
        _ => a == b,
    }
}

/// Returns the place of a path of a record, as expressions write it (`matter.steps.publicise.to`), if the key is there.
pub(super) fn of_operand(register: &Register, ix: RecordIx, path: &str) -> Option<Span> {
    let segments = split(path);
    let (root, rest) = segments.split_first()?;
    if *root != expression_name(register.get(ix).kind.name()) || rest.is_empty() {
        return None;
    }
    let (path, found) = canonical(&register.get(ix).tree, rest);
    found.then(|| register.get(ix).tree.place(&path))
}

fn of_path(register: &Register, record: RecordIx, segments: &[&str]) -> Place {
    let tree = &register.get(record).tree;
    let (path, _) = canonical(tree, segments);
    Place { record, span: tree.place(&path), path }
}

/// Splits a path into keys and indexes.
fn split(path: &str) -> Vec<&str> {
    path.split(['.', '[']).map(|part| part.trim_end_matches(']')).filter(|part| !part.is_empty()).collect()
}

/// Turns the names of expressions into the keys of a record; says whether all of them are there.
fn canonical(tree: &Tree, segments: &[&str]) -> (String, bool) {
    let mut path = String::new();
    let mut node = Some(tree);
    let mut found = true;
    for segment in segments {
        if let Ok(index) = segment.parse::<usize>() {
            path = format!("{path}[{index}]");
            node = node.and_then(|node| node.items().get(index));
        } else {
            let entry = match node.map(|node| &node.value) {
                Some(TreeValue::Map(entries)) => entries.iter().find(|entry| expression_name(&entry.key) == **segment),
                _ => None,
            };
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(entry.map_or(segment, |entry| entry.key.as_str()));
            node = entry.map(|entry| &entry.tree);
        }
        found &= node.is_some();
    }
    (path, found)
}
