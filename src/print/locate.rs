//! Finding where a record holds a character, for messages.

use super::Subject;
use crate::edition::Edition;
use crate::record::tree::{Tree, Value};
use crate::register::RecordIx;

/// Finds the record and the field that a character on a sheet comes from: the record itself, one that it is linked with, or its
/// place. `None` where no record holds it.
pub fn locate(edition: &Edition, subject: Subject, character: char) -> Option<(String, String)> {
    let (Subject::Record(ix) | Subject::Place(ix, _)) = subject;
    let register = &edition.register;
    let near = |ix: RecordIx| {
        let there = register.links(ix).iter().map(|link| link.to);
        there.chain(register.links_to(ix).iter().map(|link| link.from)).collect::<Vec<_>>()
    };
    let first = near(ix);
    let area = &register.get(ix).area;
    let place = register.area(area).into_iter();
    let all = std::iter::once(ix).chain(first).chain(place);
    let beside = register.records().filter(|(_, record)| record.area == *area).map(|(ix, _)| ix);
    let found = |ix: RecordIx| {
        let record = register.get(ix);
        let in_body = || edition.body(ix).filter(|body| body.contains(character)).map(|_| "body".to_owned());
        let path = path(record.tree(), "", character).or_else(in_body)?;
        Some((if record.id.is_empty() { "site".to_owned() } else { record.id.clone() }, path))
    };
    all.chain(beside).filter(|ix| edition.is_published(*ix)).find_map(found)
}

/// Returns the path of the first text below a node that holds a character.
fn path(tree: &Tree, at: &str, character: char) -> Option<String> {
    match &tree.value {
        Value::Text(text) | Value::Person(text) => text.contains(character).then(|| at.to_owned()),
        Value::List(items) => items.iter().enumerate().find_map(|(i, item)| path(item, &format!("{at}[{i}]"), character)),
        Value::Map(entries) => entries.iter().find_map(|entry| {
            let at = if at.is_empty() { entry.key.to_string() } else { format!("{at}.{}", entry.key) };
            path(&entry.tree, &at, character)
        }),
        Value::Integer(_) | Value::Decimal(_) | Value::Date(_) | Value::Flag(_) => None,
    }
}
