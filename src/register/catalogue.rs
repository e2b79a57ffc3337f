//! What each area has to disclose: the items of the catalogues that apply to it, and the records that fulfil them.
//!
//! A catalogue applies to its own area and all below it, or to those of a level. Where two items have one id, that of the nearer
//! catalogue holds: a township may tighten what its county asks.

use jiff::civil::Date;

use super::{RecordIx, Register};
use crate::calendar::{Period, add_days};
use crate::field::Kind;
use crate::record::catalogue::{Catalogue, CatalogueItem};
use crate::record::choice::{Fulfilment, Level};
use crate::record::{Data, Evidence, Record};

/// An item that an area has to disclose.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'r> {
    /// The catalogue that lists it.
    pub catalogue: RecordIx,
    /// Its number within the catalogue, from 0.
    pub index: usize,
    /// The item.
    pub item: &'r CatalogueItem,
    /// The first day on which it has to be disclosed; from the beginning, if absent.
    pub from: Option<Date>,
    /// The last day; without end, if absent.
    pub to: Option<Date>,
}

impl Listed<'_> {
    /// Whether it has to be disclosed on a day.
    pub fn in_force(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// Returns the periods that have to be disclosed and end within the days given: those that lie in force as a whole. None for
    /// an item that is due at any time.
    pub fn periods(&self, from: Date, to: Date) -> Vec<Period> {
        let from = self.from.map_or(from, |own| own.max(from));
        let to = self.to.map_or(to, |own| own.min(to));
        self.item.cadence.cycle().filter(|_| from <= to).map_or_else(Vec::new, |cycle| Period::within(cycle, from, to))
    }

    /// Returns the last day on which a period can be disclosed in time.
    pub fn due(&self, period: Period) -> Date {
        add_days(period.last(), i64::try_from(self.item.within.unwrap_or(0)).unwrap_or(0))
    }

    /// Returns the last day on which something that happened on a day can be disclosed in time, where the item is due at any time
    /// and says within how many days.
    pub fn due_after(&self, event: Date) -> Option<Date> {
        let within = self.item.within.filter(|_| self.item.cadence.cycle().is_none())?;
        Some(add_days(event, i64::try_from(within).unwrap_or(0)))
    }
}

/// Whether a record of a period discloses a period of the catalogue: the same one, or the last part of it (the accounts of
/// September close the third quarter).
pub fn discloses(record: Period, period: Period) -> bool {
    record == period || (period.contains(record.first()) && record.last() == period.last())
}

impl Register {
    /// Returns what an area has to disclose on any day, the topmost catalogue first, in the order of the items; of one id only the
    /// nearest of those in force on the same days.
    pub fn listed(&self, area: &str) -> Vec<Listed<'_>> {
        let Some(level) = self.area(area).and_then(|ix| self.get(ix).place()).map(|place| place.level) else {
            return Vec::new();
        };
        let mut listed: Vec<(usize, Listed<'_>)> = Vec::new();
        for (distance, ix) in self.catalogues(area) {
            let Some(catalogue) = self.get(ix).catalogue() else { continue };
            let items = catalogue.items.iter().enumerate();
            let items =
                items.filter(|(_, item)| applies(catalogue, item, level)).map(|(index, item)| list(ix, catalogue, index, item));
            for item in items.collect::<Vec<_>>() {
                let replaced = |(far, other): &(usize, Listed<'_>)| {
                    *far > distance && other.item.id == item.item.id && overlap(other, &item)
                };
                listed.retain(|other| !replaced(other));
                listed.push((distance, item));
            }
        }
        listed.into_iter().map(|(_, item)| item).collect()
    }

    /// Returns the catalogues above and in an area with their distance from it, the topmost first.
    fn catalogues(&self, area: &str) -> Vec<(usize, RecordIx)> {
        let above = self.ancestors(area).into_iter().map(|ix| self.get(ix).id.as_str());
        let mut places: Vec<&str> = std::iter::once(area).chain(above).collect();
        places.push("");
        let of = |(distance, place): (usize, &&str)| {
            self.records_of(place, Kind::Catalogue).iter().map(move |ix| (distance, *ix)).collect::<Vec<_>>()
        };
        places.iter().enumerate().rev().flat_map(of).collect()
    }

    /// Finds the items that a disclosure of an area may name.
    pub(super) fn listed_ids(&self, area: &str) -> Vec<(RecordIx, usize, &CatalogueItem)> {
        let catalogues = self.catalogues(area).into_iter().rev();
        catalogues
            .flat_map(|(_, ix)| {
                let items = self.get(ix).catalogue().map_or(&[][..], |catalogue| catalogue.items.as_slice());
                items.iter().enumerate().map(move |(index, item)| (ix, index, item))
            })
            .collect()
    }

    /// Returns the records of an area that fulfil an item, in the order of their dates; published or not.
    pub fn fulfilling(&self, area: &str, item: &CatalogueItem) -> Vec<RecordIx> {
        let kind = match item.fulfilment() {
            Fulfilment::Disclosure => Kind::Disclosure,
            Fulfilment::Finance => Kind::Finance,
            Fulfilment::Meeting => Kind::Meeting,
            Fulfilment::Matter => Kind::Matter,
            Fulfilment::Assessment => Kind::Assessment,
            Fulfilment::Opinions => Kind::Opinions,
        };
        let fits = |ix: &&RecordIx| self.fulfils(self.get(**ix), item);
        self.records_of(area, kind).iter().filter(fits).copied().collect()
    }

    /// Whether a record of the kind asked for fulfils an item: a disclosure names it, a meeting is one of the body.
    fn fulfils(&self, record: &Record, item: &CatalogueItem) -> bool {
        match record.data() {
            Data::Disclosure(disclosure) => disclosure.item.as_deref() == Some(item.id.as_str()),
            Data::Meeting(meeting) => {
                item.held_by.is_none_or(|class| self.body(&record.area, &meeting.body).is_some_and(|body| body.class == class))
            }
            _ => true,
        }
    }

    /// Returns the period that a record is of, where it has one.
    pub fn period_of(&self, ix: RecordIx) -> Option<Period> {
        match self.get(ix).data() {
            Data::Disclosure(disclosure) => Some(disclosure.period),
            Data::Finance(finance) => Some(finance.period),
            Data::Assessment(assessment) => Some(assessment.period),
            Data::Opinions(opinions) => opinions.period,
            _ => None,
        }
    }

    /// Returns the day on which a record was made public, where it says so: its publication, or the first day of its posting.
    pub fn made_public(&self, ix: RecordIx) -> Option<Date> {
        match self.get(ix).data() {
            Data::Disclosure(data) => data.published.or(data.publicised.as_ref().map(|days| days.from)),
            Data::Finance(data) => data.published,
            Data::Assessment(data) => data.published,
            Data::Meeting(data) => data.publicised.as_ref().map(|days| days.from),
            Data::Matter(data) => data.steps.iter().find_map(|(_, evidence)| match evidence {
                Evidence::Publicise(days) => Some(days.from),
                _ => None,
            }),
            Data::Opinions(data) => data.items.iter().map(|item| item.date).max(),
            _ => None,
        }
    }
}

/// Whether an item applies to areas of a level.
fn applies(catalogue: &Catalogue, item: &CatalogueItem, level: Level) -> bool {
    item.level.or(catalogue.level).is_none_or(|own| own == level)
}

/// Puts an item together with the days on which it holds.
fn list<'r>(ix: RecordIx, catalogue: &Catalogue, index: usize, item: &'r CatalogueItem) -> Listed<'r> {
    let days = catalogue.effective.as_ref();
    let (from, to) = (days.map(|days| days.from), days.and_then(|days| days.to));
    let from = item.since.into_iter().chain(from).max();
    let to = item.until.into_iter().chain(to).min();
    Listed { catalogue: ix, index, item, from, to }
}

/// Whether two items are in force on a same day.
pub(super) fn overlap(a: &Listed<'_>, b: &Listed<'_>) -> bool {
    let before = |a: &Listed<'_>, b: &Listed<'_>| a.to.zip(b.from).is_some_and(|(to, from)| to < from);
    !before(a, b) && !before(b, a)
}

/// Puts each item of a catalogue together with the days on which it holds.
pub(super) fn items(ix: RecordIx, catalogue: &Catalogue) -> impl Iterator<Item = Listed<'_>> {
    catalogue.items.iter().enumerate().map(move |(index, item)| list(ix, catalogue, index, item))
}
