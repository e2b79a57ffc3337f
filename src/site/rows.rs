//! The rows of lists: made and written once for each record, however many lists it stands in.
//!
//! A record stands in a dozen lists: of its kind, its place and every place above, its year and month, its state. Its row is the
//! same in all of them but for the columns that a list has and the way to the site's root.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

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
    written: Mutex<Vec<(Columns, Arc<Written>)>>,
}

/// A row as it stands in a list.
#[derive(Debug)]
struct Written {
    digest: blake3::Hash,
    html: OnceLock<Laid>,
}

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
        let mut digest = blake3::Hasher::new();
        let mut html = String::with_capacity(if scribe.printer.is_some() { USUAL * records.len() } else { 0 });
        let root = scribe.here.root();
        for (ix, row) in records.iter().zip(fresh) {
            let written = self.written(&anywhere, *ix, row, &columns);
            digest.update(written.digest.as_bytes());
            let Some(printer) = scribe.printer else { continue };
            let text = written.html.get_or_init(|| {
                let row = ListRow { row: parts::row(&anywhere, *ix), columns: columns.clone() };
                Laid::new(&printer.row(&row))
            });
            text.lay(&mut html, &root);
        }
        (Markup::new(html, digest.finalize()), *columns)
    }

    /// Gives back what was written; it is written anew when it is asked for.
    pub fn forget(&self) {
        self.records.par_iter().for_each(|slot| *slot.written.lock().unwrap_or_else(PoisonError::into_inner) = Vec::new());
    }

    fn slot(&self, ix: RecordIx) -> &Slot {
        &self.records[ix.0 as usize]
    }

    /// Returns the row of a record in a list with some columns.
    fn written(&self, anywhere: &Scribe, ix: RecordIx, row: Option<Row>, columns: &Shared<Columns>) -> Arc<Written> {
        let mut all = self.slot(ix).written.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, written)) = all.iter().find(|(of, _)| *of == **columns) {
            return Arc::clone(written);
        }
        let row = ListRow { row: row.unwrap_or_else(|| parts::row(anywhere, ix)), columns: columns.clone() };
        let html = OnceLock::new();
        if let Some(printer) = anywhere.printer {
            let _ = html.set(Laid::new(&printer.row(&row)));
        }
        let written = Arc::new(Written { digest: digest_of(&row), html });
        all.push((**columns, Arc::clone(&written)));
        written
    }
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
