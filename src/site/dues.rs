//! What is due, by place: sorted once, so that the page of a place need not look through all that is due anywhere.

use std::collections::BTreeMap;

use ahash::HashMap;

use crate::edition::Edition;
use crate::register::RecordIx;
use crate::verdict::{Due, DueKind, DueState};

/// What is due in each place and below it.
#[derive(Debug, Default)]
pub struct Dues {
    /// What is open, by its number: overdue first, each by day.
    open: BTreeMap<String, Vec<usize>>,
    /// What had to be done by the day of the page, and what of it is done.
    shares: BTreeMap<String, Share>,
    overdue: BTreeMap<String, usize>,
    /// The records that are being posted.
    posted: BTreeMap<String, Vec<RecordIx>>,
}

/// What was done of what had to be done by the day of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// What was done.
    pub done: u64,
    /// What had to be done.
    pub of: u64,
}

/// What is filed in one place itself.
#[derive(Debug, Default)]
struct Filed {
    open: Vec<usize>,
    share: Share,
    overdue: usize,
    posted: Vec<RecordIx>,
}

impl Filed {
    /// Adds one thing. The periods of a duty are counted from its sums, which know those that are done too; a posting is no task.
    fn add(&mut self, number: usize, due: &Due) {
        if due.kind == DueKind::Posting {
            self.posted.push(due.record);
            return;
        }
        if matches!(due.state, DueState::Due | DueState::Overdue) {
            self.open.push(number);
        }
        self.overdue += usize::from(due.state == DueState::Overdue);
        if due.kind != DueKind::Cadence && matches!(due.state, DueState::Done | DueState::Overdue) {
            self.share.done += u64::from(due.state == DueState::Done);
            self.share.of += 1;
        }
    }
}

impl Dues {
    /// Sorts what is due into its places.
    pub fn new(edition: &Edition) -> Self {
        let mut dues = Self::default();
        let published = |due: &Due| edition.is_published(due.record);
        let mut filed: HashMap<&str, Filed> = HashMap::default();
        for (number, due) in edition.verdicts.due().iter().enumerate().filter(|(_, due)| published(due)) {
            filed.entry(&edition.register.get(due.record).area).or_default().add(number, due);
        }
        for (area, filed) in filed {
            places(area).for_each(|place| dues.add(place, &filed));
        }
        dues.open.values_mut().for_each(|numbers| numbers.sort_unstable());
        let duties = edition.verdicts.duties();
        let areas = edition.register.areas().map(|(ix, _)| edition.register.get(ix).id.as_str()).filter(|area| !area.is_empty());
        for area in areas.chain([""]) {
            for year in duties.years(area) {
                let sums = duties.total(area, year);
                let share = dues.shares.entry(area.to_owned()).or_default();
                *share = Share { done: share.done + sums.done(), of: share.of + sums.asked() };
            }
        }
        dues
    }

    /// Adds what is filed in a place to that place or to one above it.
    fn add(&mut self, place: &str, filed: &Filed) {
        if !filed.open.is_empty() {
            self.open.entry(place.to_owned()).or_default().extend(&filed.open);
        }
        if filed.overdue > 0 {
            *self.overdue.entry(place.to_owned()).or_default() += filed.overdue;
        }
        if !filed.posted.is_empty() {
            self.posted.entry(place.to_owned()).or_default().extend(&filed.posted);
        }
        if filed.share.of > 0 {
            let share = self.shares.entry(place.to_owned()).or_default();
            *share = Share { done: share.done + filed.share.done, of: share.of + filed.share.of };
        }
    }

    /// Returns what is open in a place and below it (anywhere for the empty path): what is overdue, then what is due, by day.
    pub fn open<'e>(&self, edition: &'e Edition, area: &str) -> impl ExactSizeIterator<Item = &'e Due> {
        let numbers = self.open.get(area).map_or(&[][..], Vec::as_slice).to_vec();
        numbers.into_iter().map(|number| &edition.verdicts.due()[number])
    }

    /// Returns the records that are being posted in a place and below it (anywhere for the empty path), in no particular order.
    pub fn posted(&self, area: &str) -> &[RecordIx] {
        self.posted.get(area).map_or(&[], Vec::as_slice)
    }

    /// Returns how many things are open in a place and below it.
    pub fn count(&self, area: &str) -> usize {
        self.open.get(area).map_or(0, Vec::len)
    }

    /// Returns how many things are overdue in a place and below it.
    pub fn overdue(&self, area: &str) -> usize {
        self.overdue.get(area).copied().unwrap_or(0)
    }

    /// Returns the places in which anything is open, the whole (an empty path) first.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.open.keys().map(String::as_str)
    }

    /// Returns how much of what had to be done in a place and below it is done.
    pub fn share(&self, area: &str) -> Share {
        self.shares.get(area).copied().unwrap_or_default()
    }
}

/// Returns the whole (an empty path), then a place and every place above it.
fn places(area: &str) -> impl Iterator<Item = &str> {
    let ends = area.match_indices('/').map(|(i, _)| i).chain((!area.is_empty()).then_some(area.len()));
    std::iter::once("").chain(ends.map(|end| &area[..end]))
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn a_place_counts_for_every_place_above_it() {
        assert_eq!(places("a/b").collect::<Vec<_>>(), ["", "a", "a/b"]);
        assert_eq!(places("").collect::<Vec<_>>(), [""]);
    }
}
