//! Tallies: the facts of each measure, collected from all records, or after an edit from those that it touches.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::areas::{Areas, NOWHERE};
use super::collect;
use super::fact::Fact;
use super::measure::{Measure, Method};
use super::members::Members;
use crate::edition::Edition;
use crate::register::RecordIx;

/// The facts of one measure, in the order of the tree of places, then by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) facts: Vec<Fact>,
    /// The years with facts; none of a measure that says how much there is.
    pub(super) years: BTreeSet<i16>,
    /// Where the facts of each place begin, and where those of the last one end; what lies in no place comes after that.
    starts: Vec<u32>,
}

/// The tallies of all measures, in their order. What an edit leaves as it was is shared with the tallies before it.
pub(super) type Tallies = Vec<Arc<Tally>>;

impl Tally {
    /// Puts the facts of a measure in order.
    pub(super) fn new(mut facts: Vec<Fact>) -> Self {
        // Stable, since what comes in two runs that are in order is then only merged.
        facts.sort_by_key(Fact::order);
        facts.shrink_to_fit();
        let dated = facts.iter().filter(|fact| !matches!(fact.measure.method(), Method::Stock));
        let mut years: Vec<i16> = dated.map(|fact| fact.date.year()).collect();
        // Mostly one after the other, place by place.
        years.dedup();
        let mut starts = vec![0];
        for run in facts.chunk_by(|a, b| a.area == b.area).take_while(|run| run[0].area != NOWHERE) {
            let (end, place) = (starts[starts.len() - 1], run[0].area as usize);
            // Nothing in the places before it.
            starts.resize(place + 1, end);
            starts.push(end + run.len() as u32);
        }
        Self { years: years.into_iter().collect(), facts, starts }
    }

    /// Returns the facts of some places, by their numbers.
    pub(super) fn of_places(&self, places: Range<u32>) -> &[Fact] {
        let last = self.starts.len() - 1;
        let start = |place: u32| self.starts[(place as usize).min(last)] as usize;
        &self.facts[start(places.start)..start(places.end)]
    }

    /// Returns the tally with the facts of the records that are touched replaced by others: the very same where these are as they
    /// were. `None` where a part comes or goes with that, since the parts would have other numbers.
    fn with(self: &Arc<Self>, is_touched: impl Fn(&Fact) -> bool, mut fresh: Vec<Fact>) -> Option<Arc<Self>> {
        fresh.sort_unstable_by_key(Fact::order);
        let gone: Vec<Fact> = self.facts.iter().filter(|fact| is_touched(fact)).copied().collect();
        if gone == fresh {
            return Some(Arc::clone(self));
        }
        let stay = self.facts.iter().filter(|fact| !is_touched(fact)).copied();
        let facts: Vec<Fact> = stay.chain(fresh).collect();
        let members: BTreeSet<u16> = gone.iter().map(|fact| fact.member).collect();
        let left = |member: u16| facts.iter().any(|fact| fact.member == member);
        members.into_iter().all(left).then(|| Arc::new(Self::new(facts)))
    }
}

/// Collects the facts of every record, with the names of their parts.
pub(super) fn all(edition: &Edition, areas: &Areas) -> (Tallies, Members) {
    let records: Vec<RecordIx> = edition.published().map(|(ix, _)| ix).collect();
    let (facts, members) = collect::collect(edition, areas, &records);
    (facts.into_par_iter().map(|facts| Arc::new(Tally::new(facts))).collect(), members)
}

/// Collects the facts of those records anew that `changed` since the tallies before, or that look at one which did; `None` where
/// parts come or go with that.
pub(super) fn again(
    edition: &Edition,
    areas: &Areas,
    (before, members): (&Tallies, &Members),
    changed: &BTreeSet<RecordIx>,
) -> Option<Tallies> {
    let touched = touched(edition, changed);
    let published: Vec<RecordIx> = touched.iter().copied().filter(|ix| edition.is_published(*ix)).collect();
    let (fresh, found) = collect::collect(edition, areas, &published);
    let numbered =
        |(facts, measure): (Vec<Fact>, &Measure)| Some(collect::renumbered(facts, &found.numbers_in(members, *measure)?));
    let fresh: Vec<Vec<Fact>> = fresh.into_iter().zip(Measure::ALL).map(numbered).collect::<Option<_>>()?;
    let mut is_touched = vec![false; edition.register.records().len()];
    for ix in &touched {
        is_touched[ix.0 as usize] = true;
    }
    let is_touched = |fact: &Fact| is_touched[fact.record.0 as usize];
    before.par_iter().zip(fresh).map(|(old, fresh)| old.with(is_touched, fresh)).collect()
}

/// Returns the records whose facts may be others once some records have changed: these, those that refer to one of them, and
/// those beside them, since a body or another period of the same place may count.
fn touched(edition: &Edition, changed: &BTreeSet<RecordIx>) -> BTreeSet<RecordIx> {
    let register = &edition.register;
    let referring = |ix: &RecordIx| register.links_to(*ix).iter().map(|link| link.from).collect::<Vec<_>>();
    let places: BTreeSet<&str> = changed.iter().map(|ix| register.get(*ix).area.as_str()).collect();
    let beside = places.into_iter().flat_map(|area| register.all_of(area));
    changed.iter().flat_map(referring).chain(changed.iter().copied()).chain(beside).collect()
}

/// Returns the tally of a measure.
pub(super) fn of(tallies: &Tallies, measure: Measure) -> &Tally {
    &tallies[measure as usize]
}

#[cfg(test)]
mod tests {
    use super::super::fact::Spot;
    use super::*;

    fn fact(area: u32, day: i8) -> Fact {
        let date = jiff::civil::date(2026, 1, day);
        let (measure, record) = (Measure::Opinions, RecordIx(0));
        Fact { measure, member: 0, area, date, record, spot: Spot::Whole, amount: 1.into() }
    }

    #[test]
    fn the_facts_of_places_are_those_that_a_look_at_each_finds() {
        let filed = [vec![], vec![2, 2, 5, NOWHERE, 9], vec![0, 1, 1, 7], vec![NOWHERE]];
        for areas in filed {
            let tally = Tally::new(areas.iter().rev().map(|area| fact(*area, 1 + (*area % 9) as i8)).collect());
            for start in 0..12 {
                for end in start..12 {
                    let one_by_one: Vec<Fact> =
                        tally.facts.iter().filter(|fact| (start..end).contains(&fact.area)).copied().collect();
                    assert_eq!(tally.of_places(start..end), one_by_one, "{areas:?}: {start} to {end}");
                }
            }
        }
    }
}
