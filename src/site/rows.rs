//! The rows of lists: made and written once for each record, however many lists it stands in.
//!
//! A record stands in a dozen lists: of its kind, its place and every place above, its year and month, its state. Its row is the
//! same in all of them but for the columns that a list has and the way to the site's root.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::digest::Digester;
use crate::register::RecordIx;

use super::parts;
use super::scribe::Scribe;
use super::view::{Columns, ListRow, Markup, Row, Shared, digest_of};

/// Stands for the way to the site's root in what is written for any page: no text of a record holds it.
pub const ROOT: char = '\u{1}';

/// The room that is made for a row, in bytes: more than most need.
const USUAL: usize = 768;

/// Writes parts of pages with the templates of a theme.
pub trait Printer: Sync {
    /// Writes a row.
    fn row(&self, row: &ListRow) -> String;
}

/// The rows of one language.
#[derive(Debug, Default)]
pub struct Rows {
    records: Vec<Slot>,
}

/// The row of a record: which columns it fills, and how it looks in lists with these columns or those.
#[derive(Debug, Default)]
struct Slot {
    fills: OnceLock<Columns>,
    written: ByColumns<Arc<Laid>>,
    /// The digests of what would be written.
    digests: ByColumns<blake3::Hash>,
}

/// What was made of a row for lists with these columns or those.
type ByColumns<T> = Mutex<Vec<(Columns, T)>>;

/// A text that is written for any page, without what stands for the way to the site's root.
#[derive(Debug)]
struct Laid {
    text: Box<str>,
    /// Where the way to the root belongs.
    roots: Box<[usize]>,
}

impl Laid {
    fn new(written: &str) -> Self {
        let mut text = String::with_capacity(written.len());
        let mut roots = Vec::new();
        for (index, part) in written.split(ROOT).enumerate() {
            if index > 0 {
                roots.push(text.len());
            }
            text.push_str(part);
        }
        Self { text: text.into(), roots: roots.into() }
    }

    /// Adds it to a page, from which the site's root is at `root`.
    fn lay(&self, page: &mut String, root: &str) {
        page.reserve(self.text.len() + self.roots.len() * root.len());
        let mut from = 0;
        for at in &self.roots {
            page.push_str(&self.text[from..*at]);
            page.push_str(root);
            from = *at;
        }
        page.push_str(&self.text[from..]);
    }
}

impl Rows {
    /// Makes room for so many records.
    pub fn new(records: usize) -> Self {
        Self { records: std::iter::repeat_with(Slot::default).take(records).collect() }
    }

    /// Writes the rows of a page of a list, and returns the columns that have content.
    pub fn page(&self, scribe: &Scribe, records: &[RecordIx], kinds: bool) -> (Markup, Columns) {
        let anywhere = scribe.anywhere();
        let mut columns = Columns { kind: kinds, ..Columns::default() };
        let mut fresh: Vec<Option<Row>> = Vec::with_capacity(records.len());
        for ix in records {
            let mut row = None;
            let fills = self.slot(*ix).fills.get_or_init(|| fills(row.insert(parts::row(&anywhere, *ix))));
            columns = columns.with(*fills);
            fresh.push(row);
        }
        let columns = Shared::new(columns);
        let row = |ix: RecordIx, row: Option<Row>| ListRow {
            row: row.unwrap_or_else(|| parts::row(&anywhere, ix)),
            columns: columns.clone(),
        };
        let rows = records.iter().zip(fresh);
        let Some(printer) = scribe.printer else {
            let mut digester = Digester::default();
            for (ix, fresh) in rows {
                digester.add(once(&self.slot(*ix).digests, *columns, || digest_of(&row(*ix, fresh))).as_bytes());
            }
            return (digester.digest().into(), *columns);
        };
        let mut html = String::with_capacity(USUAL * records.len());
        let root = scribe.here.root();
        for (ix, fresh) in rows {
            let written = || Arc::new(Laid::new(&printer.row(&row(*ix, fresh))));
            once(&self.slot(*ix).written, *columns, written).lay(&mut html, &root);
        }
        (html.into(), *columns)
    }

    /// Gives back what was written; it is written anew when it is asked for.
    pub fn forget(&self) {
        self.records.par_iter().for_each(|slot| *lock(&slot.written) = Vec::new());
    }

    fn slot(&self, ix: RecordIx) -> &Slot {
        &self.records[ix.0 as usize]
    }
}

/// Returns what was made of a row for lists with some columns; makes it where there is none yet.
fn once<T: Clone>(made: &ByColumns<T>, columns: Columns, make: impl FnOnce() -> T) -> T {
    let mut all = lock(made);
    if let Some((_, made)) = all.iter().find(|(of, _)| *of == columns) {
        return made.clone();
    }
    let made = make();
    all.push((columns, made.clone()));
    made
}

fn lock<T>(made: &ByColumns<T>) -> MutexGuard<'_, Vec<(Columns, T)>> {
    made.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the columns that a row fills.
fn fills(row: &Row) -> Columns {
    Columns {
        kind: false,
        place: row.place.is_some(),
        date: row.date.is_some(),
        vote: row.vote.is_some(),
        progress: row.progress.is_some(),
        tag: row.tag.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_leads_from_any_page_to_the_root() {
        let laid = Laid::new("\u{1}a/b.html <i> \u{1}");
        let mut page = String::from("|");
        laid.lay(&mut page, "../");
        laid.lay(&mut page, "");
        assert_eq!(page, "|../a/b.html <i> ../a/b.html <i> ");
    }
}
