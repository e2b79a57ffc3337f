//! Figures as bytes: the facts as they are kept, so that after an edit only those that it touches are collected.
//!
//! Sums are not kept: they are made of the facts anew, by both ways.

use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Statistics;
use super::areas::Areas;
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
    /// The amount without its point, and how many digits stand behind that.
    amount: (i128, u32),
}

impl Kept {
    fn of(fact: &Fact) -> Self {
        let Fact { member, area, date, record, spot, amount, .. } = *fact;
        let date = (date.year(), date.month(), date.day());
        Self { member, area, date, record, spot, amount: (amount.mantissa(), amount.scale()) }
    }

    fn fact(self, measure: Measure) -> Option<Fact> {
        let Self { member, area, date: (year, month, day), record, spot, amount: (mantissa, scale) } = self;
        let date = Date::new(year, month, day).ok()?;
        let amount = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?;
        Some(Fact { measure, member, area, date, record, spot, amount })
    }
}

impl Statistics {
    /// Writes down the names of the parts of measures, and then the facts of each measure.
    pub fn keep(&self) -> impl Iterator<Item = Option<Vec<u8>>> {
        let facts = self.tallies.iter().map(|tally| {
            let facts: Vec<Kept> = tally.facts.iter().map(Kept::of).collect();
            postcard::to_allocvec(&facts).ok()
        });
        std::iter::once(postcard::to_allocvec(&self.members).ok()).chain(facts)
    }

    /// Makes the figures of an edition of what was kept of them; `None` where that is not of this edition.
    pub fn woken(edition: &Edition, pieces: &[&[u8]]) -> Option<Self> {
        let (members, facts) = pieces.split_first().filter(|(_, facts)| facts.len() == Measure::ALL.len())?;
        let members: Members = postcard::from_bytes(members).ok()?;
        let records = edition.register.records().len();
        let tally = |(measure, bytes): (&Measure, &&[u8])| {
            let kept: Vec<Kept> = postcard::from_bytes(bytes).ok()?;
            let facts: Option<Vec<Fact>> = kept.into_iter().map(|kept| kept.fact(*measure)).collect();
            facts.filter(|facts| facts.iter().all(|fact| (fact.record.0 as usize) < records)).map(Tally::new).map(Into::into)
        };
        let tallies: Tallies = Measure::ALL.par_iter().zip(facts).map(tally).collect::<Option<_>>()?;
        let areas = Areas::new(edition);
        let sums = Sums::new(edition, &areas, &tallies, None).ok()?;
        Some(Self::of(edition, areas, members, tallies, sums))
    }
}
