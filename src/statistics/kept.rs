//! Figures as bytes: the facts and their sums as they are kept, so that after an edit only those that it touches are collected
//! and added up.

use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Statistics;
use super::areas::{Areas, NOWHERE};
use super::fact::{Fact, Spot};
use super::measure::Measure;
use super::members::Members;
use super::sums::Sums;
use super::tally::{Tallies, Tally};
use crate::edition::Edition;
use crate::register::RecordIx;

/// A fact as it is kept, by its measure.
#[derive(Serialize, Deserialize)]
struct Kept {
    member: u16,
    area: u32,
    date: (i16, i8, i8),
    record: RecordIx,
    spot: Spot,
    #[serde(with = "amount")]
    amount: Decimal,
}

/// An amount as it is kept: without its point, and how many digits stand behind that.
pub(super) mod amount {
    use rust_decimal::Decimal;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de};

    pub(in super::super) fn serialize<S: Serializer>(amount: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        (amount.mantissa(), amount.scale()).serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let (mantissa, scale) = <(i128, u32)>::deserialize(deserializer)?;
        Decimal::try_from_i128_with_scale(mantissa, scale).map_err(de::Error::custom)
    }
}

impl Kept {
    fn of(fact: &Fact) -> Self {
        let Fact { member, area, date, record, spot, amount, .. } = *fact;
        let date = (date.year(), date.month(), date.day());
        Self { member, area, date, record, spot, amount }
    }

    fn fact(self, measure: Measure) -> Option<Fact> {
        let Self { member, area, date: (year, month, day), record, spot, amount } = self;
        let date = Date::new(year, month, day).ok()?;
        Some(Fact { measure, member, area, date, record, spot, amount })
    }
}

impl Statistics {
    /// Writes down the names of the parts of measures, then the facts of each measure, then its sums.
    pub fn keep(&self) -> impl Iterator<Item = Option<Vec<u8>>> {
        let facts = self.tallies.iter().map(|tally| {
            let facts: Vec<Kept> = tally.facts.iter().map(Kept::of).collect();
            postcard::to_allocvec(&facts).ok()
        });
        let sums = (0..self.tallies.len()).map(|measure| self.sums.keep(measure));
        std::iter::once(postcard::to_allocvec(&self.members).ok()).chain(facts).chain(sums)
    }

    /// Makes the figures of an edition of what was kept of them; `None` where that is not of this edition.
    pub fn woken(edition: &Edition, pieces: &[&[u8]]) -> Option<Self> {
        let (members, rest) = pieces.split_first().filter(|(_, rest)| rest.len() == 2 * Measure::ALL.len())?;
        let (facts, sums) = rest.split_at(Measure::ALL.len());
        let members: Members = postcard::from_bytes(members).ok()?;
        let (areas, records) = (Areas::new(edition), edition.register.records().len());
        let is_known = |fact: &Fact| {
            let is_place = areas.numbers().contains(&fact.area) || fact.area == NOWHERE;
            is_place && (fact.record.0 as usize) < records
        };
        let tally = |(measure, bytes): (&Measure, &&[u8])| {
            let kept: Vec<Kept> = postcard::from_bytes(bytes).ok()?;
            let facts: Option<Vec<Fact>> = kept.into_iter().map(|kept| kept.fact(*measure)).collect();
            facts.filter(|facts| facts.iter().all(is_known)).map(Tally::new).map(Into::into)
        };
        let tallies = || Measure::ALL.par_iter().zip(facts).map(tally).collect::<Option<Tallies>>();
        let (tallies, sums) = rayon::join(tallies, || Sums::woken(sums, areas.numbers().len()));
        Some(Self::of(edition, areas, members, tallies?, sums?))
    }
}
