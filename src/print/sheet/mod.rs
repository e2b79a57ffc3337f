//! Writing the view of each sheet from the edition.
//!
//! A new sheet is a row of `ROWS` (`super`), a view in `view/`, a writer here with its line in [`write()`], a template
//! `themes/default/sheets/<name>.typ` with its labels, and a sample of its view.

pub mod assessment;
mod ballot;
mod card;
pub(super) mod common;
pub mod finance;
mod meeting;
pub mod notice;
mod official;
mod place;
pub mod poster;
pub mod report;
mod signatures;
#[cfg(test)]
mod tests;
mod window;
mod written_notice;

use serde_json::Value;

use super::broadcast::broadcast;
use super::view::{Meta, View};
use super::{Job, Sheet, Subject};
use crate::calendar::Period;
use crate::register::RecordIx;
use crate::site::Scribe;

/// A sheet that was written and waits for the press.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Its kind.
    pub sheet: Sheet,
    /// What the document says of itself.
    pub meta: Meta,
    /// The view, as its template gets it.
    pub view: Value,
}

impl Written {
    /// Takes a view.
    pub fn new<V: View>(view: &V) -> Self {
        // A view is structs of strings, numbers, lists and enums: there is nothing in it that JSON cannot hold.
        Self { sheet: V::SHEET, meta: view.meta().clone(), view: serde_json::to_value(view).unwrap_or_default() }
    }
}

/// Writes the files of plain text that stand in for a sheet (the broadcast script) or beside it (the report as Markdown): the
/// extension and the text of each.
pub fn texts(scribe: &Scribe, job: &Job) -> Vec<(&'static str, String)> {
    match (job.sheet, job.subject) {
        (Sheet::Broadcast, Subject::Record(ix)) => broadcast(scribe, ix).map(|script| script.files().into()).unwrap_or_default(),
        (Sheet::Report, Subject::Place(area, period)) => {
            let written = report::view(scribe, area, period).map(|report| ("md", super::markdown::report(&report)));
            written.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Writes a sheet; `None` where there is nothing to print (a matter that nobody has decided has no notice).
///
/// The broadcast script is no sheet of paper: see `super::broadcast`.
pub fn write(scribe: &Scribe, job: &Job) -> Option<Written> {
    let record = |writer: fn(&Scribe, RecordIx) -> Option<Written>| match job.subject {
        Subject::Record(ix) => writer(scribe, ix),
        Subject::Place(..) => None,
    };
    let place = |writer: fn(&Scribe, RecordIx, Period) -> Option<Written>| match job.subject {
        Subject::Place(area, period) => writer(scribe, area, period),
        Subject::Record(_) => None,
    };
    match job.sheet {
        Sheet::Notice => record(|scribe, ix| notice::view(scribe, ix).as_ref().map(Written::new)),
        Sheet::Official => record(|scribe, ix| official::view(scribe, ix).as_ref().map(Written::new)),
        Sheet::Finance => record(|scribe, ix| finance::view(scribe, ix).as_ref().map(Written::new)),
        Sheet::Assessment => record(|scribe, ix| assessment::view(scribe, ix).as_ref().map(Written::new)),
        Sheet::Signatures => record(|scribe, ix| signatures::view(scribe, ix).as_ref().map(Written::new)),
        Sheet::Card => record(|scribe, ix| card::view(scribe, ix).as_ref().map(Written::new)),
        Sheet::Ballot => record(|scribe, ix| ballot::view(scribe, ix).as_ref().map(Written::new)),
        Sheet::WrittenNotice => record(|scribe, ix| written_notice::view(scribe, ix).as_ref().map(Written::new)),
        Sheet::Poster => place(|scribe, area, period| poster::view(scribe, area, period).as_ref().map(Written::new)),
        Sheet::Report => place(|scribe, area, period| report::view(scribe, area, period).as_ref().map(Written::new)),
        Sheet::Broadcast => None,
    }
}
