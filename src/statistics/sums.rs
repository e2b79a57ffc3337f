//! Sums: of every measure, part, place and month, made twice by different ways and compared.
//!
//! The first way adds each fact to the place that it is filed in and to those above it by their paths. The second adds the sums of
//! a place's children, by the links of the register, to what is filed in the place itself. Both must agree: otherwise a page
//! would show a total that its own parts contradict.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::areas::{ALL, Areas, NOWHERE};
use super::fact::Fact;
use super::measure::{Measure, Method};
use super::tally::{Tallies, Tally};
use crate::edition::Edition;
use crate::language::Text;
use crate::text;

/// What facts add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Sum {
    /// How many facts.
    pub(super) n: u32,
    /// Their amounts together.
    #[serde(with = "super::kept::amount")]
    pub(super) amount: Decimal,
}

impl Sum {
    pub(super) fn add(&mut self, other: Self) {
        self.n += other.n;
        self.amount += other.amount;
    }
}

/// What one part of a measure (0: all of it) comes to in a place and below it in one month, by the month's number.
type Month = (i32, Sum);

/// The sums of one measure.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Table {
    /// Part by part, in each place by place, in each by month.
    months: Vec<Month>,
    /// Where the months of each place of each part begin, and where the last end; all parts have all places.
    starts: Vec<u32>,
    /// How many places there are.
    places: usize,
}

impl Table {
    /// Lays out the months of every place.
    fn new(of_places: &[Months]) -> Self {
        let last = of_places.iter().filter_map(|months| months.0.last()).map(|((member, _), _)| *member).max();
        let members = last.map_or(0, |last| usize::from(last) + 1);
        let mut table = Self {
            months: Vec::with_capacity(of_places.iter().map(|months| months.0.len()).sum()),
            starts: Vec::with_capacity(members * of_places.len() + 1),
            places: of_places.len(),
        };
        for member in last.into_iter().flat_map(|last| 0..=last) {
            for months in of_places {
                table.starts.push(table.months.len() as u32);
                table.months.extend(months.of(member).iter().map(|((_, month), sum)| (*month, *sum)));
            }
        }
        table.starts.push(table.months.len() as u32);
        table
    }

    /// Returns the months of a part in a place, in order.
    fn of(&self, member: u16, area: u32) -> &[Month] {
        let row = usize::from(member) * self.places + area as usize;
        match self.starts.get(row..row + 2) {
            Some(&[start, end]) if (area as usize) < self.places => &self.months[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// A total that differs from the sum of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The measure.
    pub measure: Measure,
    /// The path of the place; empty for all places together.
    pub area: String,
    /// What all records of the place and below it add up to.
    pub total: Decimal,
    /// What its own records and its parts add up to.
    pub parts: Decimal,
    /// A record that no part holds.
    pub record: Option<String>,
}

impl Mismatch {
    /// Says what does not add up, in both languages.
    pub fn message(&self) -> Text {
        let Text { zh, en } = self.measure.title();
        let (total, parts) = (self.total, self.parts);
        let area = if self.area.is_empty() { "content" } else { &self.area };
        let mut text = text!(
            "`{area}` 的“{zh}”合计 {total}，各部分之和 {parts}",
            "{en} of `{area}`: the total is {total}, its parts add up to {parts}"
        );
        if let Some(record) = &self.record {
            text.zh.extend(["；`", record, "` 不属于任何区域"]);
            text.en.extend(["; `", record, "` lies in no area"]);
        }
        text
    }
}

/// Returns the number of a month on one scale for all years.
pub(super) fn month(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The sums of every measure.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    /// By measure.
    tables: Vec<Arc<Table>>,
}

/// Sums by part and month, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Months(Vec<((u16, i32), Sum)>);

impl Months {
    fn add(&mut self, key: (u16, i32), sum: Sum) {
        match self.0.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(at) => self.0[at].1.add(sum),
            Err(at) => self.0.insert(at, (key, sum)),
        }
    }

    fn add_all(&mut self, others: &Self) {
        others.0.iter().for_each(|(key, sum)| self.add(*key, *sum));
    }

    /// Returns the months of a part.
    fn of(&self, member: u16) -> &[((u16, i32), Sum)] {
        let start = self.0.partition_point(|((other, _), _)| *other < member);
        let end = self.0.partition_point(|((other, _), _)| *other <= member);
        &self.0[start..end]
    }
}

impl Sums {
    /// Adds up facts. The sums of a tally that is the very one of `before` are taken from there.
    pub(super) fn new(
        edition: &Edition,
        areas: &Areas,
        tallies: &Tallies,
        before: Option<(&Tallies, &Self)>,
    ) -> Result<Self, Vec<Mismatch>> {
        let above: Vec<Vec<u32>> = areas.numbers().map(|area| areas.above(area)).collect();
        let of_one = |(measure, tally): (usize, &Arc<Tally>)| {
            let same = before.filter(|(tallies, _)| Arc::ptr_eq(&tallies[measure], tally));
            match same {
                Some((_, sums)) => (Arc::clone(&sums.tables[measure]), Vec::new()),
                None if tally.facts.is_empty() => (Arc::default(), Vec::new()),
                None => of_measure(edition, areas, &above, &tally.facts),
            }
        };
        let made: Vec<_> = tallies.par_iter().enumerate().map(of_one).collect();
        let mut sums = Self { tables: Vec::with_capacity(made.len()) };
        let mut mismatches = Vec::new();
        for (table, wrong) in made {
            sums.tables.push(table);
            mismatches.extend(wrong);
        }
        if mismatches.is_empty() { Ok(sums) } else { Err(mismatches) }
    }

    /// Writes down the sums of a measure.
    pub(super) fn keep(&self, measure: usize) -> Option<Vec<u8>> {
        postcard::to_allocvec(self.tables.get(measure)?).ok()
    }

    /// Makes sums of what was kept of those of each measure, for so many places.
    pub(super) fn woken(kept: &[&[u8]], places: usize) -> Option<Self> {
        let fits = |table: &Table| table.months.is_empty() || table.places == places;
        let table = |bytes: &&[u8]| postcard::from_bytes(bytes).ok().filter(fits).map(Arc::new);
        Some(Self { tables: kept.par_iter().map(table).collect::<Option<_>>()? })
    }

    /// Returns the sum of a part of a measure (0: all of it) in a place and below it, over months, both included.
    pub(super) fn of(&self, measure: Measure, member: u16, area: u32, (from, to): (i32, i32)) -> Sum {
        let months = self.tables[measure as usize].of(member, area).iter();
        let mut sum = Sum::default();
        months
            .skip_while(|(month, _)| *month < from)
            .take_while(|(month, _)| *month <= to)
            .for_each(|(_, month)| sum.add(*month));
        sum
    }
}

/// Adds up the facts of one measure both ways; returns the sums and what differs.
fn of_measure(edition: &Edition, areas: &Areas, above: &[Vec<u32>], facts: &[Fact]) -> (Arc<Table>, Vec<Mismatch>) {
    let mut totals: Vec<Months> = vec![Months::default(); above.len()];
    let mut own: Vec<Months> = vec![Months::default(); above.len()];
    for run in facts.chunk_by(|a, b| a.area == b.area) {
        let months = months(run);
        let places = above.get(run[0].area as usize).map_or(&[ALL][..], Vec::as_slice);
        for place in places {
            totals[*place as usize].add_all(&months);
        }
        if run[0].area != NOWHERE {
            own[run[0].area as usize] = months;
        }
    }
    let measure = facts[0].measure;
    let wrong = areas.numbers().filter_map(|area| differs(edition, areas, measure, area, &totals, &own[area as usize], facts));
    let wrong: Vec<Mismatch> = wrong.collect();
    (Arc::new(Table::new(&totals)), wrong)
}

/// Adds up the facts of one measure and place by part and month. Where each fact tells how much there is, what counts is by how
/// much that differs from the fact before it.
fn months(run: &[Fact]) -> Months {
    let level = run[0].measure.method() == Method::Level;
    let mut months = Months::default();
    let mut before: BTreeMap<u16, Decimal> = BTreeMap::new();
    for fact in run {
        let last = if level { before.insert(fact.member, fact.amount) } else { None };
        let sum = Sum { n: 1, amount: fact.amount - last.unwrap_or_default() };
        let month = month(fact.date);
        months.add((0, month), sum);
        if fact.member > 0 {
            months.add((fact.member, month), sum);
        }
    }
    months
}

/// Compares the total of a place with its parts.
fn differs(
    edition: &Edition,
    areas: &Areas,
    measure: Measure,
    area: u32,
    totals: &[Months],
    own: &Months,
    facts: &[Fact],
) -> Option<Mismatch> {
    let mut parts = own.clone();
    for child in areas.children(area) {
        parts.add_all(&totals[*child as usize]);
    }
    let total = &totals[area as usize];
    if *total == parts {
        return None;
    }
    let whole = |months: &Months| months.of(0).iter().map(|(_, sum)| sum.amount).sum();
    let lost = facts.iter().find(|fact| fact.area == NOWHERE);
    Some(Mismatch {
        measure,
        area: areas.path(area).to_owned(),
        total: whole(total),
        parts: whole(&parts),
        record: lost.map(|fact| edition.register.get(fact.record).id.clone()),
    })
}
