//! Writing the view of each sheet from the edition.
//!
//! A new sheet is a row of [`super::ROWS`], a view in `view/`, a writer here with its line in [`write`], a template
//! `themes/default/sheets/<name>.typ` with its labels, and a sample of its view.

mod ballot;
mod card;
mod common;
mod meeting;
pub mod notice;
mod official;
mod signatures;
mod written_notice;

use serde_json::Value;

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
    let _ = (scribe, job);
    Vec::new()
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
        Sheet::Notice => record(|scribe, ix| Some(Written::new(&notice::view(scribe, ix)?))),
        Sheet::Official => record(|scribe, ix| official::view(scribe, ix).map(|view| Written::new(&view))),
        Sheet::Signatures => record(|scribe, ix| signatures::view(scribe, ix).map(|view| Written::new(&view))),
        Sheet::Card => record(|scribe, ix| card::view(scribe, ix).map(|view| Written::new(&view))),
        Sheet::Ballot => record(|scribe, ix| ballot::view(scribe, ix).map(|view| Written::new(&view))),
        Sheet::WrittenNotice => record(|scribe, ix| written_notice::view(scribe, ix).map(|view| Written::new(&view))),
        Sheet::Finance | Sheet::Assessment | Sheet::Broadcast => record(|_, _| None),
        Sheet::Poster | Sheet::Report => place(|_, _, _| None),
    }
}
