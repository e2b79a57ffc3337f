//! From records to the register: stable order, identity, references and their reverse.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ahash::HashMap;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{BackLink, BodyLink, BodyTarget, Link, RecordIx, Register, body, identity, lookup, reference, rules};
use crate::calendar::Calendar;
use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::record::{Broken, Data, Record};
use crate::source::{Attachment, Files};

/// Puts the records of a site together: resolves their references and checks what only shows between or within whole records.
///
/// `attachments` are the files beside the records.
pub fn resolve(
    records: Vec<impl Into<Arc<Record>> + Send>,
    broken: Vec<Broken>,
    attachments: &[Attachment],
    files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Register {
    let Resolution { register, general, unused, of_records, .. } = Resolution::new(records, broken, attachments, files);
    diagnostics.extend(general.into_iter().chain(of_records.into_values().flat_map(Found::into_all)).chain(unused));
    register
}

/// A register with what is wrong in it, record by record, so that after a change only what it touches is resolved anew.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// The register.
    pub register: Register,
    /// What is wrong with the records as a whole: their identities.
    pub(super) general: Vec<Diagnostic>,
    /// The files that no record uses.
    pub(super) unused: Vec<Diagnostic>,
    /// By record, where anything is wrong.
    pub(super) of_records: BTreeMap<RecordIx, Found>,
    pub(super) attachments: Arc<BTreeSet<String>>,
    /// The records that are not published.
    pub(super) drafts: BTreeSet<RecordIx>,
}

/// What is wrong with one record.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Found {
    references: Vec<Diagnostic>,
    rules: Vec<Diagnostic>,
    body: Vec<Diagnostic>,
}

impl Found {
    fn into_all(self) -> impl Iterator<Item = Diagnostic> {
        self.references.into_iter().chain(self.rules).chain(self.body)
    }

    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.references.iter().chain(&self.rules).chain(&self.body)
    }
}

impl Resolution {
    /// Resolves everything.
    pub fn new(
        records: Vec<impl Into<Arc<Record>> + Send>,
        broken: Vec<Broken>,
        attachments: &[Attachment],
        files: &Files,
    ) -> Self {
        let mut records: Vec<Arc<Record>> = records.into_par_iter().map(Into::into).collect();
        records.par_sort_by(|a, b| a.id.cmp(&b.id).then(a.file.cmp(&b.file)));
        let mut general = Vec::new();
        identity::check(&records, &broken, &mut general);
        records.dedup_by(|later, first| later.id == first.id);
        let register = index(records, broken);
        let drafts = register.drafts();
        let attachments = Arc::new(attachments.iter().map(|attachment| attachment.path.clone()).collect());
        let (unused, of_records) = (Vec::new(), BTreeMap::new());
        let mut resolution = Self { register, general, unused, of_records, attachments, drafts };
        let all: Vec<RecordIx> = resolution.register.records().map(|(ix, _)| ix).collect();
        resolution.link(&all);
        resolution.register.back = Arc::new(reverse(&resolution.register.links));
        sort_by_date(&mut resolution.register);
        identity::levels(&resolution.register, &mut resolution.general);
        resolution.judge(&all);
        resolution.link_bodies(&all, files);
        resolution.unused = body::unused(&resolution.register, &resolution.attachments, files);
        resolution
    }

    /// Resolves again after some records were replaced by `changed`; `None` where that takes more than a look at those around
    /// them: where one is known by another name, kind or place than before, or anything was wrong with the names.
    ///
    /// Besides, returns the records of which the date has changed.
    pub fn again(&self, changed: &[(RecordIx, Arc<Record>)], files: &Files) -> Option<(Self, BTreeSet<RecordIx>)> {
        let same = |(ix, new): &(RecordIx, Arc<Record>)| {
            let old = self.register.get(*ix);
            let whole = matches!(old.kind, Kind::Site | Kind::Calendar | Kind::Area | Kind::Catalogue);
            !whole && (&old.id, &old.area, old.kind, old.file, old.draft) == (&new.id, &new.area, new.kind, new.file, new.draft)
        };
        if !changed.iter().all(same) || !self.general.is_empty() || !self.register.broken.is_empty() {
            return None;
        }
        let mut new = self.clone();
        for (ix, record) in changed {
            new.register.records[ix.0 as usize] = Arc::clone(record);
            identity::within(record, &mut new.general);
        }
        if !new.general.is_empty() {
            return None;
        }
        let own: BTreeSet<RecordIx> = changed.iter().map(|(ix, _)| *ix).collect();
        let referring: BTreeSet<RecordIx> =
            own.iter().flat_map(|ix| self.register.links_to(*ix)).map(|link| link.from).chain(own.iter().copied()).collect();
        let referring: Vec<RecordIx> = referring.into_iter().collect();
        new.link(&referring);
        new.relink(&self.register, &referring);
        let dated = new.date_again(&referring);
        // A rule looks at what a record names and is named by, and at what those are in turn.
        let both = |set: &BTreeSet<RecordIx>| -> BTreeSet<RecordIx> {
            around(set, &self.register).chain(around(set, &new.register)).collect()
        };
        let beside = own.iter().flat_map(|ix| new.register.all_of(&self.register.get(*ix).area));
        let near: BTreeSet<RecordIx> = both(&both(&own)).into_iter().chain(beside).collect();
        let near: Vec<RecordIx> = near.into_iter().collect();
        new.judge(&near);
        let body = |(ix, links): (usize, &Vec<BodyLink>)| {
            let leads = |link: &BodyLink| matches!(&link.to, BodyTarget::Record(to, _) if own.contains(to));
            links.iter().any(leads).then_some(RecordIx(ix as u32))
        };
        let linking: BTreeSet<RecordIx> =
            self.register.body_links.iter().enumerate().filter_map(body).chain(own.iter().copied()).collect();
        let linking: Vec<RecordIx> = linking.into_iter().collect();
        new.link_bodies(&linking, files);
        new.unused = body::unused(&new.register, &new.attachments, files);
        Some((new, dated))
    }

    /// Returns the records that are not published.
    pub fn drafts(&self) -> &BTreeSet<RecordIx> {
        &self.drafts
    }

    /// Returns what is wrong.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.general.iter().chain(self.of_records.values().flat_map(Found::all)).chain(&self.unused)
    }

    /// Resolves the references of some records.
    fn link(&mut self, records: &[RecordIx]) {
        let register = &self.register;
        let found: Vec<(Arc<[Link]>, Vec<Diagnostic>)> = records
            .par_iter()
            .map(|ix| {
                let mut faults = Vec::new();
                (reference::links(register, *ix, &mut faults).into(), faults)
            })
            .collect();
        for (ix, (own, faults)) in records.iter().zip(found) {
            put(&mut self.register.links, *ix, own);
            self.wrong(*ix, faults, |found| &mut found.references);
        }
    }

    /// Puts the references of some records, which were others `before`, where they lead.
    fn relink(&mut self, before: &Register, records: &[RecordIx]) {
        let named =
            |register: &Register| records.iter().flat_map(|ix| register.links(*ix).to_vec()).map(|link| link.to).collect();
        let (old, new): (BTreeSet<RecordIx>, BTreeSet<RecordIx>) = (named(before), named(&self.register));
        let links = Arc::clone(&self.register.links);
        for to in old.union(&new) {
            let stay = self.register.links_to(*to).iter().filter(|link| !records.contains(&link.from)).cloned();
            let come = records.iter().flat_map(|from| back_links(*from, &links[from.0 as usize]).filter(|(at, _)| at == to));
            let mut all: Vec<BackLink> = stay.chain(come.map(|(_, link)| link)).collect();
            all.sort_by_key(|link| link.from);
            put(&mut self.register.back, *to, all.into());
        }
    }

    /// Finds the dates of some records anew; returns those whose date is another.
    fn date_again(&mut self, records: &[RecordIx]) -> BTreeSet<RecordIx> {
        let register = &mut self.register;
        let new: Vec<_> = records.iter().map(|ix| (*ix, lookup::date_of(register, *ix))).collect();
        let other: Vec<_> = new.into_iter().filter(|(ix, date)| register.dates[ix.0 as usize] != *date).collect();
        for (ix, date) in &other {
            Arc::make_mut(&mut register.dates)[ix.0 as usize] = *date;
        }
        let dates = Arc::clone(&register.dates);
        for (ix, _) in &other {
            let record = &register.records[ix.0 as usize];
            let lists = Arc::make_mut(&mut register.by_kind).get_mut(&record.area);
            if let Some(list) = lists.and_then(|lists| lists.get_mut(&record.kind)) {
                list.sort_by_key(|ix| by_date(&dates, *ix));
            }
        }
        other.into_iter().map(|(ix, _)| ix).collect()
    }

    /// Asks the rules that hold for every procedure about some records.
    fn judge(&mut self, records: &[RecordIx]) {
        let (register, drafts) = (&self.register, &self.drafts);
        let found: Vec<_> = records.par_iter().map(|ix| rules::check(register, *ix, drafts)).collect();
        for (ix, faults) in records.iter().zip(found) {
            self.wrong(*ix, faults, |found| &mut found.rules);
        }
    }

    /// Resolves the links in the bodies of some records, and the files that they list.
    fn link_bodies(&mut self, records: &[RecordIx], files: &Files) {
        let found = body::link(&self.register, &self.attachments, files, records);
        for (ix, found) in records.iter().zip(found) {
            put(&mut self.register.body_links, *ix, found.links);
            put(&mut self.register.attachments, *ix, found.attachments);
            self.wrong(*ix, found.faults, |found| &mut found.body);
        }
    }

    /// Notes what is wrong with a record in one respect.
    fn wrong(&mut self, ix: RecordIx, faults: Vec<Diagnostic>, respect: impl Fn(&mut Found) -> &mut Vec<Diagnostic>) {
        let mut found = self.of_records.remove(&ix).unwrap_or_default();
        *respect(&mut found) = faults;
        if !found.is_empty() {
            self.of_records.insert(ix, found);
        }
    }
}

/// Puts something in its place in a list by record; a list in which nothing changes stays shared.
fn put<T: Clone + PartialEq>(list: &mut Arc<Vec<T>>, ix: RecordIx, new: T) {
    if list[ix.0 as usize] != new {
        Arc::make_mut(list)[ix.0 as usize] = new;
    }
}

/// Returns some records with those that they name and that name them.
fn around<'s>(records: &'s BTreeSet<RecordIx>, register: &'s Register) -> impl Iterator<Item = RecordIx> + 's {
    records.iter().flat_map(|ix| {
        let named = register.links(*ix).iter().map(|link| link.to);
        named.chain(register.links_to(*ix).iter().map(|link| link.from)).chain([*ix])
    })
}

/// Numbers the records and finds their places.
pub(super) fn index(records: Vec<Arc<Record>>, broken: Vec<Broken>) -> Register {
    let count = records.len();
    let ids = || (0..).map(RecordIx).zip(&records);
    let named = |(ix, record): (RecordIx, &Arc<Record>)| (record.id.clone(), ix);
    let areas = ids().filter(|(_, record)| record.kind == Kind::Area).map(named).collect();
    let (by_id, by_kind) = rayon::join(|| ids().map(named).collect(), || by_kind(&records));
    let site = ids().find(|(_, record)| record.kind == Kind::Site).map(|(ix, _)| ix);
    let mut register = Register {
        broken: Arc::new(broken),
        site,
        calendar: Arc::new(calendar(&records)),
        fallback: Arc::default(),
        by_id: Arc::new(by_id),
        areas: Arc::new(areas),
        children: Arc::default(),
        by_kind: Arc::new(by_kind),
        links: Arc::new(vec![Arc::default(); count]),
        back: Arc::default(),
        body_links: Arc::new(vec![Vec::new(); count]),
        attachments: Arc::new(vec![Vec::new(); count]),
        dates: Arc::default(),
        records,
    };
    let above: Vec<(String, RecordIx)> = register
        .records()
        .filter(|(_, record)| record.kind == Kind::Area)
        .map(|(ix, record)| (parent(&register, &record.id), ix))
        .collect();
    let mut children = HashMap::<String, Vec<_>>::default();
    for (parent, ix) in above {
        children.entry(parent).or_default().push(ix);
    }
    register.children = Arc::new(children);
    register
}

/// Lists the records of each area by kind.
fn by_kind(records: &[Arc<Record>]) -> HashMap<String, BTreeMap<Kind, Vec<RecordIx>>> {
    let mut by_kind = HashMap::<String, BTreeMap<_, Vec<_>>>::default();
    let mut numbers = (0..).map(RecordIx);
    // Most of an area's records stand together.
    for together in records.chunk_by(|a, b| a.area == b.area) {
        let kinds = by_kind.entry(together[0].area.clone()).or_default();
        for (record, ix) in together.iter().zip(&mut numbers) {
            kinds.entry(record.kind).or_default().push(ix);
        }
    }
    by_kind
}

/// Puts the yearly calendars together.
fn calendar(records: &[Arc<Record>]) -> Calendar {
    let mut calendar = Calendar::default();
    for record in records {
        if record.kind == Kind::Calendar
            && let Data::Calendar(year) = record.data()
        {
            let holidays: Vec<_> = year.holidays.iter().map(|holiday| (holiday.from, holiday.to)).collect();
            calendar.add_year(i16::try_from(year.year).unwrap_or(i16::MAX), &holidays, &year.working_weekends);
        }
    }
    calendar
}

/// Returns the path of the nearest area above an area, empty at the top.
fn parent(register: &Register, area: &str) -> String {
    register.ancestors(area).first().map_or_else(String::new, |ix| register.get(*ix).id.clone())
}

/// Returns the references to each record.
pub(super) fn reverse(links: &[Arc<[Link]>]) -> Vec<Arc<[BackLink]>> {
    let mut back = vec![Vec::new(); links.len()];
    for (from, links) in links.iter().enumerate() {
        for (to, link) in back_links(RecordIx(from as u32), links) {
            back[to.0 as usize].push(link);
        }
    }
    back.into_par_iter().map(Arc::from).collect()
}

/// Returns the references of one record as those whom they name see them.
fn back_links(from: RecordIx, links: &[Link]) -> impl Iterator<Item = (RecordIx, BackLink)> {
    links.iter().map(move |link| (link.to, BackLink { from, path: link.path.clone(), opinion: link.opinion }))
}

/// The order of the records of an area and kind.
fn by_date(dates: &[Option<Date>], ix: RecordIx) -> (bool, Option<Date>, RecordIx) {
    let date = dates[ix.0 as usize];
    (date.is_none(), date, ix)
}

/// Finds the date of each record, and puts the records of each area and kind in the order of their dates, those without
/// a date last.
fn sort_by_date(register: &mut Register) {
    let all: Vec<RecordIx> = register.records().map(|(ix, _)| ix).collect();
    let dates: Vec<_> = all.par_iter().map(|ix| lookup::date_of(register, *ix)).collect();
    sort_lists(register, &dates);
    register.dates = Arc::new(dates);
}

/// Puts the records of each area and kind in the order of these dates.
pub(super) fn sort_lists(register: &mut Register, dates: &[Option<Date>]) {
    let mut lists: Vec<_> = Arc::make_mut(&mut register.by_kind).values_mut().flat_map(BTreeMap::values_mut).collect();
    lists.par_iter_mut().for_each(|list| list.sort_by_key(|ix| by_date(dates, *ix)));
}
