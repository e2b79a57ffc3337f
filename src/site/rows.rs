//! Parts of pages that are written once: the rows of lists, each for its record, however many lists it stands in; and what
//! differs by its texts alone, the cells of tables, links with numbers, breadcrumbs.
//!
//! A record stands in a dozen lists: of its kind, its place and every place above, its year and month, its state. Its row is the
//! same in all of them but for the columns that a list has and the way to the site's root.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;
use serde::Serialize;

use crate::digest::Digester;
use crate::register::RecordIx;

use super::mould::{Filling, Mould, Plates, push_escaped};
use super::parts;
use super::scribe::Scribe;
use super::view::{
    Columns, CountLink, Fact, Laid, Link, ListRow, Markup, RelatedItem, Row, Shared, StatisticsCell, StatisticsPart,
    StatisticsRow, digest_of,
};

/// The room that is made for a row, and for a smaller part, in bytes: more than most need.
const USUAL: usize = 768;
const SMALL: usize = 96;

/// A part of a page that a theme has a template for.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// A row of a list.
    Row(&'a ListRow),
    /// A cell of a table.
    Cell(&'a StatisticsCell),
    /// A link with a number.
    Count(&'a CountLink),
    /// A link of the breadcrumb.
    Crumb(&'a Link),
    /// A link in running text.
    Link(&'a Link),
    /// A label with its value.
    Fact(&'a Fact),
    /// A label with its value above the title of a record.
    Kick(&'a Fact),
    /// A record that belongs to another.
    Related(&'a RelatedItem),
    /// A figure of a year.
    Figure(&'a StatisticsRow),
    /// A part of a figure.
    Split(&'a StatisticsPart),
}

/// Writes parts of pages with the templates of a theme.
pub trait Printer: Sync {
    /// Writes a part: with marks for what is left open in the template ([`Mould`]), or as it is to be shown.
    fn write(&self, part: Part<'_>) -> String;
}

/// The rows and the other parts of one language.
#[derive(Debug, Default)]
pub struct Rows {
    records: Vec<Slot>,
    cell: OnceLock<Plates>,
    count: OnceLock<Plates>,
    crumb: OnceLock<Plates>,
    link: OnceLock<Plates>,
    fact: OnceLock<Plates>,
    kick: OnceLock<Plates>,
    related: OnceLock<Plates>,
    figure: OnceLock<Plates>,
    split: OnceLock<Plates>,
}

/// The row of a record: which columns it fills, and how it looks.
#[derive(Debug, Default)]
struct Slot {
    fills: OnceLock<Columns>,
    /// What was written, with the columns of the lists that it is for, where it is not for all.
    written: Mutex<Vec<(Option<Columns>, Arc<Mould>)>>,
    /// The digest of what would be written.
    digest: OnceLock<blake3::Hash>,
}

impl Filling for Columns {
    fn holds(&self, condition: u8) -> bool {
        self.has(condition)
    }
}

impl Filling for StatisticsCell {
    fn text(&self, text: u8) -> Option<&str> {
        [&*self.text, &self.href, &self.of].get(usize::from(text)).copied()
    }
}

impl Filling for CountLink {
    fn holds(&self, condition: u8) -> bool {
        match Self::NAMES.get(usize::from(condition)) {
            Some(&"current") => self.current,
            _ => self.text(condition).is_some_and(|text| !text.is_empty()),
        }
    }

    fn text(&self, text: u8) -> Option<&str> {
        [&*self.text, &self.href, &self.count, self.lang.as_deref().unwrap_or_default()].get(usize::from(text)).copied()
    }
}

impl Filling for Link {
    fn text(&self, text: u8) -> Option<&str> {
        [&*self.text, &self.href, self.lang.as_deref().unwrap_or_default()].get(usize::from(text)).copied()
    }
}

impl Filling for Fact {
    fn text(&self, text: u8) -> Option<&str> {
        let texts = [&*self.label, &self.text, self.lang.as_deref().unwrap_or_default(), self.links.html()];
        texts.get(usize::from(text)).copied()
    }
}

impl Filling for RelatedItem {
    fn text(&self, text: u8) -> Option<&str> {
        match text {
            3 => Some(&self.note),
            4 => Some(&self.address),
            of_link => self.link.text(of_link),
        }
    }
}

impl Filling for StatisticsRow {
    fn text(&self, text: u8) -> Option<&str> {
        let Self { id, label, definition, value, unit, note, before, difference, href, split } = self;
        let texts = [&**id, label, definition, value, unit, note, before, difference, href, split.html()];
        texts.get(usize::from(text)).copied()
    }
}

impl Filling for StatisticsPart {
    fn text(&self, text: u8) -> Option<&str> {
        [&*self.label, &self.value, &self.difference].get(usize::from(text)).copied()
    }
}

/// Returns a row as it looks in a list with some columns.
#[cfg(test)]
pub(crate) fn in_list(written: &str, root: &str, columns: Columns) -> String {
    let mut page = String::new();
    Mould::new(written).lay(&mut page, root, &columns);
    page
}

impl Rows {
    /// Makes room for so many records.
    pub fn new(records: usize) -> Self {
        Self { records: std::iter::repeat_with(Slot::default).take(records).collect(), ..Self::default() }
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
        let rows = records.iter().zip(fresh);
        let row = |ix: RecordIx, fresh: Option<Row>| fresh.unwrap_or_else(|| parts::row(&anywhere, ix));
        let Some(printer) = scribe.printer else {
            let mut digester = Digester::default();
            for (ix, fresh) in rows {
                digester.add(self.slot(*ix).digest.get_or_init(|| digest_of(&row(*ix, fresh))).as_bytes());
            }
            return (digester.digest().into(), columns);
        };
        let mut html = String::with_capacity(USUAL * records.len());
        let (root, shared) = (scribe.here.root(), Shared::new(columns));
        for (ix, fresh) in rows {
            let write = || Mould::new(&printer.write(Part::Row(&ListRow { row: row(*ix, fresh), columns: shared.clone() })));
            self.slot(*ix).written(columns, write).lay(&mut html, &root, &columns);
        }
        (html.into(), columns)
    }

    /// Writes the cells of a row of a table.
    pub fn cells(&self, scribe: &Scribe, cells: &[StatisticsCell]) -> Markup {
        laid(scribe, &self.cell, cells, |cell| Part::Cell(cell))
    }

    /// Writes links with numbers.
    pub fn counts(&self, scribe: &Scribe, counts: &[CountLink]) -> Markup {
        laid(scribe, &self.count, counts, |count| Part::Count(count))
    }

    /// Writes the links of a breadcrumb.
    pub fn crumbs(&self, scribe: &Scribe, crumbs: &[Link]) -> Markup {
        laid(scribe, &self.crumb, crumbs, |link| Part::Crumb(link))
    }

    /// Writes links that follow each other in running text.
    pub fn links(&self, scribe: &Scribe, links: Vec<Link>) -> Laid<Link> {
        let between = scribe.labels.get("language.separator");
        kept(scribe, &self.link, links, between, |link| Part::Link(link))
    }

    /// Writes facts.
    pub fn facts(&self, scribe: &Scribe, facts: Vec<Fact>) -> Laid<Fact> {
        kept(scribe, &self.fact, facts, "", |fact| Part::Fact(fact))
    }

    /// Writes the facts above the title of a record.
    pub fn kicker(&self, scribe: &Scribe, facts: Vec<Fact>) -> Laid<Fact> {
        kept(scribe, &self.kick, facts, "", |fact| Part::Kick(fact))
    }

    /// Writes records that belong to another.
    pub fn related(&self, scribe: &Scribe, items: Vec<RelatedItem>) -> Laid<RelatedItem> {
        kept(scribe, &self.related, items, "", |item| Part::Related(item))
    }

    /// Writes figures of a year one below the other.
    pub fn figures(&self, scribe: &Scribe, figures: Vec<StatisticsRow>) -> Laid<StatisticsRow> {
        kept(scribe, &self.figure, figures, "", |figure| Part::Figure(figure))
    }

    /// Writes the parts of a figure.
    pub fn split(&self, scribe: &Scribe, parts: Vec<StatisticsPart>) -> Laid<StatisticsPart> {
        kept(scribe, &self.split, parts, "", |part| Part::Split(part))
    }

    /// Gives back what was written; it is written anew when it is asked for.
    pub fn forget(&self) {
        self.records.par_iter().for_each(|slot| *lock(&slot.written) = Vec::new());
    }

    fn slot(&self, ix: RecordIx) -> &Slot {
        &self.records[ix.0 as usize]
    }
}

/// Writes parts one after the other.
fn laid<V: Filling + Default + Serialize>(
    scribe: &Scribe,
    plates: &OnceLock<Plates>,
    parts: &[V],
    part: impl for<'a> Fn(&'a V) -> Part<'a>,
) -> Markup {
    written(scribe, plates, parts, "", part).map_or_else(|| digest_of(&parts).into(), Into::into)
}

/// Writes parts one after the other, with a text between them, and keeps them beside how they look.
fn kept<V: Filling + Default>(
    scribe: &Scribe,
    plates: &OnceLock<Plates>,
    parts: Vec<V>,
    between: &str,
    part: impl for<'a> Fn(&'a V) -> Part<'a>,
) -> Laid<V> {
    let html = written(scribe, plates, &parts, between, part);
    Laid::new(parts, html.unwrap_or_default())
}

/// Writes parts one after the other, with a text between them: the template is asked once, if that is enough for it. `None` where
/// no page is written.
fn written<V: Filling + Default>(
    scribe: &Scribe,
    plates: &OnceLock<Plates>,
    parts: &[V],
    between: &str,
    part: impl for<'a> Fn(&'a V) -> Part<'a>,
) -> Option<String> {
    let printer = scribe.printer?;
    let Some((first, rest)) = parts.split_first() else { return Some(String::new()) };
    let plates = plates.get_or_init(|| Plates::new(&printer.write(part(&V::default()))));
    let add = |html: &mut String, one: &V| {
        if plates.is_open() {
            plates.lay(html, "", one);
        } else {
            html.push_str(&printer.write(part(one)));
        }
    };
    let mut html = String::with_capacity(SMALL * parts.len());
    add(&mut html, first);
    for one in rest {
        push_escaped(&mut html, between);
        add(&mut html, one);
    }
    Some(html)
}

impl Slot {
    /// Returns what was written for lists with some columns; writes it where there is nothing yet.
    fn written(&self, columns: Columns, write: impl FnOnce() -> Mould) -> Arc<Mould> {
        let mut all = lock(&self.written);
        let known = all.iter().find(|(only, _)| only.is_none_or(|only| only == columns));
        if let Some((_, mould)) = known {
            return Arc::clone(mould);
        }
        let mould = Arc::new(write());
        all.push(((!mould.is_open()).then_some(columns), Arc::clone(&mould)));
        mould
    }
}

fn lock<T>(slot: &Mutex<T>) -> MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
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
