//! Finding records by what other records write, and by date.

use jiff::civil::Date;

use super::{RecordIx, Register};
use crate::field::Kind;
use crate::record::tree::{Tree, Value};
use crate::record::{Data, Evidence, Matter};

/// Finds the record of one of `kinds` that `reference` names in a record of `area`.
pub(super) fn find(register: &Register, area: &str, kinds: &[Kind], reference: &str) -> Option<RecordIx> {
    let fits = |ix: &RecordIx| kinds.contains(&register.get(*ix).kind);
    if let Some(id) = reference.strip_prefix('/') {
        return register.by_id(id).filter(fits);
    }
    if reference.contains('/') {
        let id = if area.is_empty() { reference.to_owned() } else { format!("{area}/{reference}") };
        return register.by_id(&id).filter(fits);
    }
    let named = |ix: &&RecordIx| register.get(**ix).name == reference;
    let lists = register.by_kind.get(area)?;
    kinds.iter().filter_map(|kind| lists.get(kind)).find_map(|list| list.iter().find(named).copied())
}

/// Returns the main date of a record.
pub(super) fn date_of(register: &Register, ix: RecordIx) -> Option<Date> {
    match register.get(ix).data() {
        Data::Site(_) | Data::Calendar(_) | Data::Area(_) => None,
        Data::Opinions(data) => data.items.iter().map(|item| item.date).max(),
        Data::Matter(data) => decided(register, ix, data).or_else(|| first_date(register.get(ix).tree().get("steps")?)),
        Data::Meeting(data) => Some(data.date),
        Data::Contract(data) => Some(data.signed),
        Data::Assessment(data) => Some(data.published.unwrap_or_else(|| data.period.last())),
        Data::Finance(data) => Some(data.published.unwrap_or_else(|| data.period.last())),
        Data::Inquiry(data) => Some(data.asked.date),
        Data::Case(data) => data.reviewed,
        Data::Disclosure(data) => {
            let posted = data.publicised.as_ref().map(|days| days.from);
            data.published.or(posted).or(data.due).or_else(|| Some(data.period.last()))
        }
        Data::Programme(data) => Some(data.term.from),
        Data::Catalogue(data) => data.issued.or(data.effective.as_ref().map(|days| days.from)),
        Data::Delegates(data) => Some(data.date),
        Data::Election(data) => Some(data.date),
        Data::Survey(data) => data.date.or(data.published).or_else(|| Some(data.period.last())),
    }
}

/// Returns the day of the meeting that decided a matter.
fn decided(register: &Register, ix: RecordIx, matter: &Matter) -> Option<Date> {
    let path = matter.steps.iter().find_map(|(step, evidence)| match evidence {
        Evidence::Resolve(_) => Some(format!("steps.{step}.meeting")),
        Evidence::Decide(decide) if decide.resolve.is_some() => Some(format!("steps.{step}.resolve.meeting")),
        _ => None,
    })?;
    register.get(register.link(ix, &path)?).meeting().map(|meeting| meeting.date)
}

/// Returns the earliest date in a tree.
fn first_date(tree: &Tree) -> Option<Date> {
    match &tree.value {
        Value::Date(date) => Some(*date),
        Value::List(items) => items.iter().filter_map(first_date).min(),
        Value::Map(entries) => entries.iter().filter_map(|entry| first_date(&entry.tree)).min(),
        _ => None,
    }
}
