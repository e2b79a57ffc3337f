//! Statistics: figures of every place and period, counted from the published records of an edition.
//!
//! One pass over the records gives the [`Fact`]s, each with the record that it counts; their sums by place and month are made in
//! two ways and compared ([`Mismatch`]). Pages and `gongshi stats` ask for a [`Figure`], for the parts that it sums, and for the
//! facts themselves. `docs/statistics.md` lists the measures.

mod areas;
mod collect;
mod digest;
mod dimension;
mod fact;
mod figure;
mod kept;
mod measure;
mod members;
mod sums;
mod tally;

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use jiff::civil::Date;
use rust_decimal::Decimal;

pub use dimension::Dimension;
pub use fact::Fact;
pub use figure::{Figure, Key, Spread, Value, When};
pub use measure::{Measure, Method, Unit};
pub use sums::Mismatch;

use crate::calendar::{Cycle, Period};
use crate::edition::Edition;
use crate::register::RecordIx;
use crate::workflow::{Step, Workflow};
use areas::{ALL, Areas};
use members::Members;
use sums::{Sum, Sums, month};
use tally::Tallies;

/// With fewer valid ballots than this the answers of a survey are withheld: its own page does not show them, and no figure counts
/// them, so that none can be told from two totals.
pub const FEWEST_BALLOTS: u32 = 10;

/// The figures of an edition.
#[derive(Debug, Clone)]
pub struct Statistics {
    as_of: Date,
    areas: Areas,
    members: Members,
    /// The facts, by measure.
    tallies: Tallies,
    sums: Sums,
    /// The parts of each measure in their usual order, by their numbers.
    parts: Vec<Vec<u16>>,
    /// The years with facts, and that of the day of the edition.
    years: Vec<i16>,
}

/// A part of a figure: what is filed in the place itself, or one of the places right below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'s> {
    /// The path of the place.
    pub area: &'s str,
    /// Whether it is what is filed in the place itself.
    pub own: bool,
    /// Its figure.
    pub figure: Figure,
}

/// Which places a figure is of.
#[derive(Debug, Clone, Copy)]
enum Reach {
    /// A place and all below it.
    Below(u32),
    /// What is filed in a place itself.
    Own(u32),
}

impl Statistics {
    /// Counts the records of an edition.
    ///
    /// # Errors
    ///
    /// Totals that differ from the sum of their parts, such as records that lie in no area.
    pub fn new(edition: &Edition) -> Result<Self, Vec<Mismatch>> {
        let areas = Areas::new(edition);
        let (tallies, members) = tally::all(edition, &areas);
        let sums = Sums::new(edition, &areas, &tallies, None)?;
        Ok(Self::of(edition, areas, members, tallies, sums))
    }

    /// Counts the records of an edition of which only these have `changed` since: their facts, and those of the records that look
    /// at them, are collected and added up anew.
    ///
    /// # Errors
    ///
    /// As those of [`Statistics::new`].
    pub fn again(&self, edition: &Edition, changed: &BTreeSet<RecordIx>) -> Result<Self, Vec<Mismatch>> {
        let areas = Areas::new(edition);
        // Places and parts go by numbers: where these are others, nothing is the same.
        let same_places = areas == self.areas && edition.as_of == self.as_of;
        let known = (&self.tallies, &self.members);
        let Some(tallies) = same_places.then(|| tally::again(edition, &areas, known, changed)).flatten() else {
            return Self::new(edition);
        };
        let sums = Sums::new(edition, &areas, &tallies, Some((&self.tallies, &self.sums)))?;
        Ok(Self::of(edition, areas, self.members.clone(), tallies, sums))
    }

    fn of(edition: &Edition, areas: Areas, members: Members, tallies: Tallies, sums: Sums) -> Self {
        let last = edition.as_of.year();
        let years: BTreeSet<i16> = tallies.iter().flat_map(|tally| &tally.years).copied().chain([last]).collect();
        let years = years.into_iter().collect();
        let steps = steps(edition);
        let parts = Measure::ALL.iter().map(|measure| in_order(&members, *measure, &steps)).collect();
        Self { as_of: edition.as_of, areas, members, tallies, sums, parts, years }
    }

    /// Hashes the words by which it counts: the parts of measures, in their order, and the years that occur anywhere.
    pub fn hash_words(&self, hasher: &mut impl Hasher) {
        self.members.hash(hasher);
        self.parts.hash(hasher);
        self.years.hash(hasher);
    }

    /// Returns the day up to which is counted.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// Returns the years with facts, the earliest first; the last is that of the edition.
    pub fn years(&self) -> &[i16] {
        &self.years
    }

    /// Returns the periods of a year that have begun: the year, its halves, quarters and months.
    pub fn periods(&self, year: i16) -> Vec<Period> {
        let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else { return Vec::new() };
        let cycles = [Cycle::Year, Cycle::Half, Cycle::Quarter, Cycle::Month].into_iter();
        cycles.flat_map(|cycle| Period::within(cycle, first, last)).filter(|period| period.first() <= self.as_of).collect()
    }

    /// Returns the paths of all places, parents before their children; the first is empty and stands for all together.
    pub fn areas(&self) -> impl Iterator<Item = &str> {
        self.areas.numbers().map(|area| self.areas.path(area))
    }

    /// Returns the parts of a measure that occur: in their usual order where there is one, else sorted.
    pub fn members(&self, measure: Measure) -> Vec<&str> {
        let parts = &self.parts[measure as usize];
        parts.iter().filter_map(|number| self.members.name(source(measure), *number)).collect()
    }

    /// Returns the figure of a place with all below it (all places for the empty path) and a period.
    pub fn figure<'k>(&self, area: &str, when: When, key: impl Into<Key<'k>>) -> Figure {
        let key = key.into();
        let area = self.areas.find(area);
        area.map_or_else(|| empty(key.measure), |area| self.figure_of(Reach::Below(area), when, key))
    }

    /// Returns the figure of a place as [`figure`](Self::figure) does, but without the year before.
    pub fn figure_alone<'k>(&self, area: &str, when: When, key: impl Into<Key<'k>>) -> Figure {
        let key = key.into();
        let area = self.areas.find(area);
        area.map_or_else(|| empty(key.measure), |area| self.alone(Reach::Below(area), when, key))
    }

    /// Returns the figures of a place in several periods, each as [`figure_alone`](Self::figure_alone) does.
    pub fn figures_alone<'k>(&self, area: &str, periods: &[When], key: impl Into<Key<'k>>) -> Vec<Figure> {
        let key = key.into();
        let Some(reach) = self.areas.find(area).map(Reach::Below) else { return vec![empty(key.measure); periods.len()] };
        if key.measure.method() != Method::Days {
            return periods.iter().map(|when| self.alone(reach, *when, key)).collect();
        }
        // Looked for once, however many periods there are.
        let mut lengths: Vec<(Date, i64)> = self.lengths(reach, key, When::Ever.days()).collect();
        // Those of each place lie by day already.
        lengths.sort_by_key(|(date, _)| *date);
        let figure = |when: &When| {
            let (from, to) = when.days();
            let start = lengths.partition_point(|(date, _)| *date < from);
            let end = lengths.partition_point(|(date, _)| *date <= to);
            let within = lengths.get(start..end).unwrap_or_default();
            let (value, n) = spread(within.iter().map(|(_, days)| *days).collect());
            Figure { value, n, ..empty(key.measure) }
        };
        periods.iter().map(figure).collect()
    }

    /// Returns what the figure of a place is made of: what is filed in the place itself, then each place right below it. Those
    /// that add nothing are left out.
    pub fn parts<'k>(&self, area: &str, when: When, key: impl Into<Key<'k>>) -> Vec<Part<'_>> {
        let (key, Some(area)) = (key.into(), self.areas.find(area)) else { return Vec::new() };
        let own = std::iter::once((area, true, Reach::Own(area))).filter(|(area, ..)| *area != ALL);
        let children = self.areas.children(area).iter().map(|child| (*child, false, Reach::Below(*child)));
        let parts = own.chain(children).map(|(area, own, reach)| Part {
            area: self.areas.path(area),
            own,
            figure: self.figure_of(reach, when, key),
        });
        parts.filter(|part| part.figure.n > 0 || part.figure.value.number().is_some_and(|n| !n.is_zero())).collect()
    }

    /// Returns the facts that the figure of a place counts and that are filed in the place itself, by day. Those of a share are
    /// the facts of its whole.
    pub fn facts<'k>(&self, area: &str, when: When, key: impl Into<Key<'k>>) -> Vec<&Fact> {
        let area = self.areas.find(area).filter(|area| *area != ALL);
        area.map(|area| self.facts_of(Reach::Own(area), when, key.into())).unwrap_or_default()
    }

    /// Returns the facts that the figure of a place counts, its own and those of all below it, place by place.
    pub fn facts_below<'k>(&self, area: &str, when: When, key: impl Into<Key<'k>>) -> Vec<&Fact> {
        self.areas.find(area).map(|area| self.facts_of(Reach::Below(area), when, key.into())).unwrap_or_default()
    }

    /// Returns the path of the place that a fact is filed in.
    pub fn area_of(&self, fact: &Fact) -> &str {
        self.areas.path(fact.area)
    }

    /// Returns the part of its measure that a fact belongs to.
    pub fn member_of(&self, fact: &Fact) -> Option<&str> {
        self.members.name(fact.measure, fact.member)
    }

    /// Returns how many facts there are.
    pub fn len(&self) -> usize {
        self.tallies.iter().map(|tally| tally.facts.len()).sum()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn facts_of(&self, reach: Reach, when: When, key: Key) -> Vec<&Fact> {
        let (measure, member) = match key.measure.method() {
            Method::Share(part, whole) => (whole, key.member.map(|member| whole_member(part, member))),
            _ => (key.measure, key.member),
        };
        let Some(member) = self.number(measure, member) else { return Vec::new() };
        let (mut from, to) = when.days();
        if matches!(measure.method(), Method::Stock | Method::Level) {
            from = Date::MIN;
        }
        self.between(reach, measure, member, (from, to)).collect()
    }

    /// Makes a figure.
    fn figure_of(&self, reach: Reach, when: When, key: Key) -> Figure {
        let alone = self.alone(reach, when, key);
        let before = self.year_before(when).map(|days| self.value(reach, key, days).0);
        let difference = before.and_then(|before| Some(alone.value.number()? - before.number()?));
        Figure { before, difference: difference.filter(|_| !alone.suppressed), ..alone }
    }

    /// Makes a figure without the year before.
    fn alone(&self, reach: Reach, when: When, key: Key) -> Figure {
        let (value, n) = self.value(reach, key, when.days());
        let suppressed = key.measure.is_sensitive() && self.is_withheld(reach, when);
        Figure { value, n, suppressed, ..empty(key.measure) }
    }

    /// Whether there are ballots, but none of a survey whose answers are published.
    fn is_withheld(&self, reach: Reach, when: When) -> bool {
        let counted = |measure: Measure| self.value(reach, measure.into(), when.days()).0.number().unwrap_or_default();
        counted(Measure::Answers).is_zero() && !counted(Measure::BallotsValid).is_zero()
    }

    /// Returns the days of the year before that a period is compared with: of one that is not over, those up to the same day.
    fn year_before(&self, when: When) -> Option<(Date, Date)> {
        let When::During(period) = when else { return None };
        let before = period.year_before();
        if period.first() > self.as_of || self.years.first().is_none_or(|first| before.year() < *first) {
            return None;
        }
        if period.last() <= self.as_of {
            return Some((before.first(), before.last()));
        }
        // Of 29 February, the last day of that month.
        let same = self.as_of.checked_sub(jiff::Span::new().years(1)).unwrap_or(before.last());
        Some((before.first(), same))
    }

    /// Returns what a measure comes to, and how many facts it rests on.
    fn value(&self, reach: Reach, key: Key, days: (Date, Date)) -> (Value, u32) {
        match key.measure.method() {
            Method::Share(part, whole) => {
                let (part, _) = self.number_of(reach, Key { measure: part, member: key.member }, days);
                let member = key.member.map(|member| whole_member(key.measure, member));
                let (whole, n) = self.number_of(reach, Key { measure: whole, member }, days);
                match part.zip(whole).filter(|(_, whole)| !whole.is_zero()) {
                    Some((part, whole)) => (Value::Share { part, whole }, n),
                    None => (Value::Nothing, n),
                }
            }
            Method::Days => spread(self.lengths(reach, key, days).map(|(_, days)| days).collect()),
            Method::Count | Method::Sum | Method::Stock | Method::Level => {
                let (number, n) = self.number_of(reach, key, days);
                (number.map_or(Value::Nothing, Value::Number), n)
            }
        }
    }

    /// Returns how many days the events of a measure took, each with the day on which it counts.
    fn lengths(&self, reach: Reach, key: Key, days: (Date, Date)) -> impl Iterator<Item = (Date, i64)> {
        let member = self.number(key.measure, key.member).into_iter();
        let facts = member.flat_map(move |member| self.between(reach, key.measure, member, days));
        facts.filter_map(|fact| Some((fact.date, whole(fact.amount)?)))
    }

    /// Returns a number that adds up; `None` for the total of parts that cannot be added up.
    fn number_of(&self, reach: Reach, key: Key, days: (Date, Date)) -> (Option<Decimal>, u32) {
        let several = key.member.is_none() && !key.measure.has_total() && self.members.of(key.measure).len() > 1;
        match self.number(key.measure, key.member) {
            _ if several => (None, 0),
            None => (Some(Decimal::ZERO), 0),
            Some(member) => {
                let sum = self.sum(reach, key.measure, member, days);
                (Some(sum.amount), sum.n)
            }
        }
    }

    /// Returns the number of a part, 0 for the whole; `None` where the part does not occur.
    fn number(&self, measure: Measure, member: Option<&str>) -> Option<u16> {
        member.map_or(Some(0), |name| Some(self.members.number(measure, name)).filter(|number| *number > 0))
    }

    /// Adds up a measure over days: by months where they are whole, else fact by fact.
    fn sum(&self, reach: Reach, measure: Measure, member: u16, (from, to): (Date, Date)) -> Sum {
        let lasting = matches!(measure.method(), Method::Stock | Method::Level);
        let from = if lasting { Date::MIN } else { from };
        let whole_months = from == from.first_of_month() && (to == to.last_of_month() || to >= self.as_of);
        match reach {
            Reach::Below(area) if whole_months => self.sums.of(measure, member, area, (month(from), month(to))),
            _ => added(measure, self.between(reach, measure, member, (from, to))),
        }
    }

    /// Returns the facts of a part of a measure (0: all of it) in places and days, place by place, by day.
    fn between(&self, reach: Reach, measure: Measure, member: u16, (from, to): (Date, Date)) -> impl Iterator<Item = &Fact> {
        let places = match reach {
            Reach::Below(area) => self.areas.below(area),
            Reach::Own(area) => area..area + 1,
        };
        let is_one = places.len() == 1;
        let mut inside = tally::of(&self.tallies, measure).of_places(places);
        if is_one {
            // Those of one place lie by day, so that nothing else is looked at.
            inside = &inside[inside.partition_point(|fact| fact.date < from)..];
            inside = &inside[..inside.partition_point(|fact| fact.date <= to)];
        }
        inside.iter().filter(move |fact| (member == 0 || fact.member == member) && from <= fact.date && fact.date <= to)
    }
}

/// Returns the measure whose parts are those of a measure.
fn source(measure: Measure) -> Measure {
    match measure.method() {
        Method::Share(part, _) => part,
        _ => measure,
    }
}

/// Returns the numbers of the parts of a measure: in their usual order where there is one, else sorted.
fn in_order(members: &Members, measure: Measure, steps: &[String]) -> Vec<u16> {
    let usual = match measure.by() {
        Some(Dimension::Step) => steps.iter().map(String::as_str).collect(),
        by => by.map(Dimension::members).unwrap_or_default(),
    };
    let place = |name: &str| usual.iter().position(|known| *known == name).unwrap_or(usual.len());
    let mut numbered: Vec<(u16, &String)> = (1..).zip(members.of(source(measure))).collect();
    numbered.sort_by_key(|(_, name)| (place(name), *name));
    numbered.into_iter().map(|(number, _)| number).collect()
}

/// Returns the steps of the procedures, each procedure's in its order.
fn steps(edition: &Edition) -> Vec<String> {
    let name = |workflow: &Workflow, step: &Step| format!("{}/{}", workflow.id, step.id);
    edition.workflows.iter().flat_map(|workflow| workflow.steps.iter().map(move |step| name(workflow, step))).collect()
}

/// Adds up facts; where each tells how much there is, the last of each place and part counts.
fn added<'f>(measure: Measure, facts: impl Iterator<Item = &'f Fact>) -> Sum {
    let mut sum = Sum::default();
    let mut last = std::collections::BTreeMap::new();
    for fact in facts {
        let before = if measure.method() == Method::Level { last.insert((fact.area, fact.member), fact.amount) } else { None };
        sum.add(Sum { n: 1, amount: fact.amount - before.unwrap_or_default() });
    }
    sum
}

/// Describes the days of events, and says how many events there are.
fn spread(days: Vec<i64>) -> (Value, u32) {
    let n = u32::try_from(days.len()).unwrap_or(u32::MAX);
    (Spread::of(days).map_or(Value::Nothing, Value::Days), n)
}

/// Returns an amount of whole days.
fn whole(amount: Decimal) -> Option<i64> {
    if amount.scale() == 0 { i64::try_from(amount.mantissa()).ok() } else { i64::try_from(amount).ok() }
}

/// Returns the part of the whole that a part of a share is out of: places that follow a procedure are out of those of their level.
fn whole_member(share: Measure, member: &str) -> &str {
    match share {
        Measure::Coverage | Measure::Adopted => member.rsplit_once('/').map_or(member, |(_, level)| level),
        _ => member,
    }
}

/// A figure of a place that there is not.
fn empty(measure: Measure) -> Figure {
    Figure { measure, value: Value::Nothing, n: 0, before: None, difference: None, suppressed: false }
}
