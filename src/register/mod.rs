//! The register: every record of a site, with its references resolved, reverse links and a stable order.
//!
//! [`resolve`] makes it from the records; what is wrong between records is reported there.

mod body;
pub mod catalogue;
mod identity;
mod kept;
mod lookup;
mod reference;
mod resolve;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ahash::HashMap;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::calendar::Calendar;
use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::record::area::Body;
use crate::record::opinions::Opinion;
use crate::record::{Area, Broken, Record, Shelf, Site};
use crate::source::Span;

pub use body::{decoded, options, slug};
pub use kept::Kept;
pub use resolve::{Resolution, resolve};

/// A record of a [`Register`]; records are numbered in the order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct RecordIx(pub u32);

/// A reference that one record makes to another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Link {
    /// Where it stands, keys canonical (`steps.resolve.meeting`, `items[0].matter`).
    pub path: String,
    /// The place of the value.
    pub span: Span,
    /// The record that it names.
    pub to: RecordIx,
    /// The number within a register of opinions, where it names one opinion.
    pub opinion: Option<u64>,
}

/// A reference seen from the record that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackLink {
    /// The record that refers.
    pub from: RecordIx,
    /// Where it refers, keys canonical.
    pub path: String,
    /// The number of the opinion referred to, within this register of opinions.
    pub opinion: Option<u64>,
}

/// A link in the Markdown body of a record.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BodyLink {
    /// The place of the whole link.
    pub span: Span,
    /// The address as written.
    pub destination: String,
    /// Where it leads.
    pub to: BodyTarget,
}

/// Where a link in a body leads.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum BodyTarget {
    /// A record, and a heading of its page where one is named.
    Record(RecordIx, Option<String>),
    /// A file beside the records, by its path relative to the site folder (`content/qinghe/map.pdf`).
    Attachment(String),
    /// A heading of the same page.
    Anchor(String),
    /// Another site, or mail.
    External(String),
}

/// Every record of a site.
#[derive(Debug, Clone, Default)]
pub struct Register {
    records: Vec<Arc<Record>>,
    broken: Arc<Vec<Broken>>,
    site: Option<RecordIx>,
    calendar: Arc<Calendar>,
    fallback: Arc<Site>,
    // What follows is shared by the copies of a register; the maps are only asked for a key, never listed.
    by_id: Arc<HashMap<String, RecordIx>>,
    /// The areas by their paths: asked for so often that they have a small map of their own.
    areas: Arc<HashMap<String, RecordIx>>,
    children: Arc<HashMap<String, Vec<RecordIx>>>,
    by_kind: Arc<HashMap<String, BTreeMap<Kind, Vec<RecordIx>>>>,
    links: Arc<Vec<Arc<[Link]>>>,
    back: Arc<Vec<Arc<[BackLink]>>>,
    body_links: Arc<Vec<Vec<BodyLink>>>,
    attachments: Arc<Vec<Vec<String>>>,
    dates: Arc<Vec<Option<Date>>>,
}

impl Register {
    /// Returns the keys of the site; an empty site where `site.yaml` could not be read (then an error was reported).
    pub fn site(&self) -> &Site {
        self.site_record().and_then(Record::site).unwrap_or(&self.fallback)
    }

    /// Returns the record of the site, if there is one.
    pub fn site_record(&self) -> Option<&Record> {
        self.site.map(|ix| self.get(ix))
    }

    /// Returns the working days, by the calendars of the site.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Returns every record in the order of their ids, site and calendars included.
    pub fn records(&self) -> impl ExactSizeIterator<Item = (RecordIx, &Record)> {
        self.records.iter().enumerate().map(|(i, record)| (RecordIx(i as u32), &**record))
    }

    /// Returns every record in the same order, to be put together anew.
    pub(crate) fn shared(&self) -> &[Arc<Record>] {
        &self.records
    }

    /// Returns a record.
    pub fn get(&self, ix: RecordIx) -> &Record {
        &self.records[ix.0 as usize]
    }

    /// Finds a record by its id (an area by its path).
    pub fn by_id(&self, id: &str) -> Option<RecordIx> {
        self.by_id.get(id).copied()
    }

    /// Returns the files that could not be read.
    pub fn broken(&self) -> &[Broken] {
        &self.broken
    }

    /// Returns every area in path order.
    pub fn areas(&self) -> impl Iterator<Item = (RecordIx, &Area)> {
        let areas = self.records().filter(|(_, record)| record.kind == Kind::Area);
        let known = areas.filter(|(ix, record)| self.by_id(&record.id) == Some(*ix));
        known.filter_map(|(ix, record)| record.place().map(|area| (ix, area)))
    }

    /// Finds an area by its path (`qinghe/xinmin`).
    pub fn area(&self, path: &str) -> Option<RecordIx> {
        self.areas.get(path).copied()
    }

    /// Returns the areas right below an area, in path order; those at the top for the empty path.
    pub fn children(&self, area: &str) -> &[RecordIx] {
        self.children.get(area).map_or(&[], Vec::as_slice)
    }

    /// Returns the areas above an area, the nearest first.
    pub fn ancestors(&self, area: &str) -> Vec<RecordIx> {
        let mut above = Vec::new();
        let mut path = area;
        while let Some((parent, _)) = path.rsplit_once('/') {
            above.extend(self.area(parent));
            path = parent;
        }
        above
    }

    /// Returns the records of a kind in an area itself (not below it), in the order of their dates and then ids.
    pub fn records_of(&self, area: &str, kind: Kind) -> &[RecordIx] {
        self.by_kind.get(area).and_then(|kinds| kinds.get(&kind)).map_or(&[], Vec::as_slice)
    }

    /// Returns the records of an area itself, of every kind.
    pub fn all_of(&self, area: &str) -> impl Iterator<Item = RecordIx> {
        self.by_kind.get(area).into_iter().flat_map(BTreeMap::values).flatten().copied()
    }

    /// Finds a body of an area by its id.
    pub fn body(&self, area: &str, id: &str) -> Option<&Body> {
        self.get(self.area(area)?).place()?.bodies.iter().find(|body| body.id == id)
    }

    /// Returns the references that a record makes, in the order of its keys.
    pub fn links(&self, ix: RecordIx) -> &[Link] {
        &self.links[ix.0 as usize]
    }

    /// Returns the references that other records make to a record, in the order of their ids.
    pub fn links_to(&self, ix: RecordIx) -> &[BackLink] {
        &self.back[ix.0 as usize]
    }

    /// Returns the record that the reference at a path names (`steps.resolve.meeting`).
    pub fn link(&self, ix: RecordIx, path: &str) -> Option<RecordIx> {
        self.links(ix).iter().find(|link| link.path == path).map(|link| link.to)
    }

    /// Returns the links in the body of a record, in order.
    pub fn body_links(&self, ix: RecordIx) -> &[BodyLink] {
        &self.body_links[ix.0 as usize]
    }

    /// Returns the files that a record links to from its keys or its body, by their path relative to the site folder, sorted.
    pub fn attachments_of(&self, ix: RecordIx) -> &[String] {
        &self.attachments[ix.0 as usize]
    }

    /// Returns every file that a published record links to; only these are published.
    pub fn attachments(&self) -> BTreeSet<&str> {
        let published = self.records().filter(|(_, record)| !record.draft);
        published.flat_map(|(ix, _)| self.attachments_of(ix).iter().map(String::as_str)).collect()
    }

    /// Returns an opinion of a register of opinions by its number.
    pub fn opinion(&self, ix: RecordIx, no: u64) -> Option<&Opinion> {
        self.get(ix).opinions()?.items.iter().find(|opinion| opinion.no == no)
    }

    /// Returns a copy whose records have their keys on a shelf; references stay as they are.
    #[must_use]
    pub fn on(&self, shelf: &Arc<dyn Shelf>) -> Self {
        let records = self.records.par_iter().map(|record| Arc::new(record.on(Arc::clone(shelf)))).collect();
        Self { records, ..self.clone() }
    }

    /// Replaces every record by what `replace` makes of it; references stay as they are.
    #[must_use]
    pub fn mapped(self, replace: &(dyn Fn(Arc<Record>) -> Arc<Record> + Sync)) -> Self {
        Self { records: self.records.into_par_iter().map(replace).collect(), ..self }
    }

    /// Returns a copy with the records of `before`, which has the same ones, but for `changed`: those have been replaced by what
    /// `replace` makes of them, if anything.
    #[must_use]
    pub fn mapped_again(&self, before: &Self, changed: &BTreeSet<RecordIx>, replace: &dyn Fn(&Record) -> Option<Record>) -> Self {
        let mut records = before.records.clone();
        for ix in changed {
            let record = &self.records[ix.0 as usize];
            records[ix.0 as usize] = replace(record).map_or_else(|| Arc::clone(record), Arc::new);
        }
        Self { records, ..self.clone() }
    }

    /// Returns the records that are not the very ones of a register before, or that are filed under another day there; `None` where
    /// the two do not have the same records.
    pub fn changed_since(&self, before: &Self) -> Option<Vec<RecordIx>> {
        let same = |at: usize| Arc::ptr_eq(&self.records[at], &before.records[at]) && self.dates[at] == before.dates[at];
        let ids = self.records.len() == before.records.len() && self.by_id == before.by_id;
        ids.then(|| (0..self.records.len()).filter(|at| !same(*at)).map(|at| RecordIx(at as u32)).collect())
    }

    /// Returns the records that may not be published: drafts, and everything in an area that is a draft or lies in one.
    pub fn drafts(&self) -> BTreeSet<RecordIx> {
        let draft = |ix: RecordIx| self.get(ix).draft;
        let some = self.areas.values().any(|ix| draft(*ix));
        let in_draft = |area: &str| some && self.area(area).into_iter().chain(self.ancestors(area)).any(draft);
        if !self.records.iter().any(|record| record.draft) {
            return BTreeSet::new();
        }
        self.records().filter(|(_, record)| record.draft || in_draft(&record.area)).map(|(ix, _)| ix).collect()
    }

    /// Returns a copy in which nothing leads to `hidden`: no id, no place, no list, no reference.
    ///
    /// The records keep their numbers, so that those who hold one still find it; links in bodies are left to whoever renders them.
    #[must_use]
    pub fn without(&self, hidden: &BTreeSet<RecordIx>) -> Self {
        let mut register = self.clone();
        if hidden.is_empty() {
            return register;
        }
        let stays = |ix: &RecordIx| !hidden.contains(ix);
        Arc::make_mut(&mut register.by_id).retain(|_, ix| stays(ix));
        Arc::make_mut(&mut register.areas).retain(|_, ix| stays(ix));
        for list in Arc::make_mut(&mut register.children).values_mut() {
            list.retain(stays);
        }
        let lists = Arc::make_mut(&mut register.by_kind).values_mut().flat_map(BTreeMap::values_mut);
        lists.for_each(|list| list.retain(stays));
        let leads = |link: &&Link| stays(&link.to);
        let comes = |link: &&BackLink| stays(&link.from);
        let mut touched = Vec::new();
        for (ix, links) in Arc::make_mut(&mut register.links).iter_mut().enumerate() {
            if !links.iter().all(|link| leads(&link)) {
                *links = links.iter().filter(leads).cloned().collect();
                touched.push(RecordIx(ix as u32));
            }
        }
        for links in Arc::make_mut(&mut register.back).iter_mut().filter(|links| !links.iter().all(|link| comes(&link))) {
            *links = links.iter().filter(comes).cloned().collect();
        }
        // A date is that of the record itself, or of one that it names.
        let dates: Vec<_> = touched.into_iter().map(|ix| (ix, lookup::date_of(&register, ix))).collect();
        for (ix, date) in dates {
            Arc::make_mut(&mut register.dates)[ix.0 as usize] = date;
        }
        register
    }

    /// Returns the main date of a record: the day that it is filed under.
    pub fn date_of(&self, ix: RecordIx) -> Option<Date> {
        self.dates[ix.0 as usize]
    }

    /// Reports facts of one record that are dated after `as_of`, as [`check_future`](Self::check_future) does.
    pub fn check_future_of(&self, ix: RecordIx, as_of: Date) -> Vec<Diagnostic> {
        rules::future_of(self.get(ix), as_of)
    }

    /// Reports facts that are dated after `as_of`: a warning, and an error where they lie more than a year ahead.
    pub fn check_future(&self, as_of: Date, diagnostics: &mut Vec<Diagnostic>) {
        rules::future(self, as_of, diagnostics);
    }

    /// Finds the record that a reference names, as written in a record of `area`.
    ///
    /// Without a leading `/` it is looked up in the same area, by name or by `folder/name`; with one it is an id.
    pub fn find(&self, area: &str, kinds: &[Kind], reference: &str) -> Option<RecordIx> {
        lookup::find(self, area, kinds, reference)
    }
}
