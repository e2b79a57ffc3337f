//! Dates: what cannot come before what, and facts that lie in the future.

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Severity};
use crate::field::Kind;
use crate::record::Record;
use crate::record::tree::{Tree, Value};
use crate::register::Register;
use crate::source::Span;
use crate::text;

/// Pairs of keys of one map of which the second cannot be earlier than the first.
const ORDERED: &[(&str, &str)] =
    &[("from", "to"), ("since", "until"), ("date", "to"), ("date", "replied"), ("delegates_elected", "constituted")];

/// Pairs of paths of one kind of record of which the second cannot be earlier than the first.
const ORDERED_PATHS: &[(Kind, &str, &str)] = &[
    (Kind::Inquiry, "asked.date", "answered.date"),
    (Kind::Inquiry, "asked.date", "due"),
    (Kind::Meeting, "date", "publicised.from"),
];

/// Checks the order of the dates of a record.
pub(super) fn order(record: &Record, diagnostics: &mut Vec<Diagnostic>) {
    pairs(record.tree(), diagnostics);
    for (_, first, second) in ORDERED_PATHS.iter().filter(|(kind, ..)| *kind == record.kind) {
        diagnostics.extend(check(record.tree(), first, second));
    }
    // The posts say when a meeting was announced: a notice is before it, the other way round than the pairs above.
    if record.kind == Kind::Meeting {
        diagnostics.extend(announced(record.tree()));
    }
}

/// Checks the pairs of every map of a tree.
fn pairs(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) {
    match &tree.value {
        Value::List(items) => items.iter().for_each(|item| pairs(item, diagnostics)),
        Value::Map(entries) => {
            if entries.iter().filter(|entry| is_moment(&entry.tree.value)).nth(1).is_some() {
                for (first, second) in ORDERED {
                    diagnostics.extend(check(tree, first, second));
                }
            }
            entries.iter().for_each(|entry| pairs(&entry.tree, diagnostics));
        }
        _ => {}
    }
}

/// Whether a value is a date or a time of day.
fn is_moment(value: &Value) -> bool {
    match value {
        Value::Date(_) => true,
        Value::Text(text) => text.len() == 5 && text.as_bytes().get(2) == Some(&b':'),
        _ => false,
    }
}

/// Returns the date or time of day at a path.
fn moment<'t>(tree: &'t Tree, path: &str) -> Option<&'t Value> {
    let node = path.split('.').try_fold(tree, |node, key| node.get(key))?;
    Some(&node.value).filter(|value| is_moment(value))
}

/// Reports the second of two moments where it is earlier than the first.
fn check(tree: &Tree, first: &str, second: &str) -> Option<Diagnostic> {
    let earlier = match (moment(tree, first)?, moment(tree, second)?) {
        (Value::Date(a), Value::Date(b)) => (b < a).then(|| (a.to_string(), b.to_string())),
        (Value::Text(a), Value::Text(b)) => (b < a).then(|| (a.to_string(), b.to_string())),
        _ => None,
    };
    let (a, b) = earlier?;
    Some(out_of_order((tree.place(second), second, &b), (tree.place(first), first, &a)))
}

/// Checks that a meeting was announced before it was held.
fn announced(tree: &Tree) -> Option<Diagnostic> {
    let (Value::Date(notice), Value::Date(held)) = (moment(tree, "notice.date")?, moment(tree, "date")?) else {
        return None;
    };
    (notice > held).then(|| {
        Diagnostic::error(
            "date/order",
            tree.place("notice.date"),
            text!("通知日期 {notice} 晚于会议日期 {held}", "the notice, {notice}, is later than the meeting, {held}"),
        )
        .label(tree.place("date"), text!("会议日期 {held}", "the meeting is on {held}"))
        .help(text!("改正其中一个", "correct one of the two"))
    })
}

/// Reports a moment that is earlier than another that it follows.
fn out_of_order((place, name, value): (Span, &str, &str), (first, first_name, first_value): (Span, &str, &str)) -> Diagnostic {
    Diagnostic::error(
        "date/order",
        place,
        text!(
            "`{name}` {value} 早于 `{first_name}` {first_value}",
            "`{name}`, {value}, is earlier than `{first_name}`, {first_value}"
        ),
    )
    .label(first, text!("`{first_name}` 为 {first_value}", "`{first_name}` is {first_value}"))
    .help(text!("改正其中一个", "correct one of the two"))
}

/// Keys whose dates may be planned.
const PLANNED: &[&str] = &["to", "due", "by", "until", "since", "as_of"];

/// Days after `as_of` from which a fact in the future is certainly a slip of the pen.
const SLIP: i32 = 366;

/// Reports facts that are dated after `as_of`: a warning, and an error where they lie more than a year ahead.
pub(in crate::register) fn future(register: &Register, as_of: Date, diagnostics: &mut Vec<Diagnostic>) {
    let found: Vec<Vec<Diagnostic>> = register.records.par_iter().map(|record| future_of(record, as_of)).collect();
    diagnostics.extend(found.into_iter().flatten());
}

/// Reports the facts of one record that are dated after `as_of`.
pub(in crate::register) fn future_of(record: &Record, as_of: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let planned = matches!(record.kind, Kind::Site | Kind::Calendar) || record.draft || is_convened(record, as_of);
    if planned || !is_after(record.tree(), as_of) {
        return found;
    }
    record.leaves(&mut |leaf| {
        let Value::Date(date) = &leaf.tree.value else {
            return;
        };
        if *date > as_of && is_fact(leaf.path) {
            found.push(ahead(leaf.place, *date, as_of));
        }
    });
    found
}

/// Whether a date of a tree is after `as_of`.
fn is_after(tree: &Tree, as_of: Date) -> bool {
    match &tree.value {
        Value::Date(date) => *date > as_of,
        Value::List(items) => items.iter().any(|item| is_after(item, as_of)),
        Value::Map(entries) => entries.iter().any(|entry| is_after(&entry.tree, as_of)),
        _ => false,
    }
}

/// Whether a meeting has been announced and not held yet.
fn is_convened(record: &Record, as_of: Date) -> bool {
    record.meeting().is_some_and(|meeting| {
        meeting.date > as_of
            && meeting.present.is_none()
            && meeting.items.iter().all(|item| item.votes.is_none() && item.outcome.is_none())
    })
}

/// Whether the date at a path says what happened, not what is planned.
fn is_fact(path: &str) -> bool {
    let planned = |key: &str| PLANNED.contains(&key);
    let posting = path.contains("publicis") || path.contains("term.") || path.starts_with("effective.");
    !posting && !path.rsplit(['.', '[']).next().is_some_and(planned)
}

/// Reports a fact in the future.
fn ahead(place: Span, date: Date, as_of: Date) -> Diagnostic {
    let slip = (date - as_of).get_days() > SLIP;
    let severity = if slip { Severity::Error } else { Severity::Warning };
    let message = text!("{date} 在 {as_of} 之后，还没有发生", "{date} is after {as_of}: it has not happened yet");
    Diagnostic::new("date/future", severity, place, message)
        .help(text!("核对年份；未发生的事发生后再记", "check the year; record what happens once it has happened"))
}
