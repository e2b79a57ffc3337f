//! Collecting: every fact of published records, dated no later than the day of the edition.

mod matter;
mod other;
mod roster;

use std::borrow::Cow;

use ahash::HashMap;
use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;

use super::areas::Areas;
use super::dimension::due_name;
use super::fact::{Fact, Key, Spot};
use super::measure::Measure;
use super::members::Members;
use crate::diagnostic::Severity;
use crate::edition::Edition;
use crate::field::Kind;
use crate::record::Data;
use crate::register::RecordIx;
use crate::verdict::{Due, DueKind, DueState, Verdict};

/// A fact whose part has its name still.
struct Draft<'e> {
    measure: Measure,
    member: Option<Cow<'e, str>>,
    date: Date,
    spot: Spot,
    amount: Decimal,
}

/// The facts of one record while they are collected.
struct Drafts<'e> {
    edition: &'e Edition,
    record: RecordIx,
    found: Vec<Draft<'e>>,
}

impl<'e> Drafts<'e> {
    /// Adds an amount on a day; what is dated after the day of the edition does not count.
    fn add(&mut self, measure: Measure, member: Option<Cow<'e, str>>, date: Date, spot: Spot, amount: impl Into<Decimal>) {
        if date <= self.edition.as_of {
            self.found.push(Draft { measure, member, date, spot, amount: amount.into() });
        }
    }

    /// Counts one thing.
    fn count(&mut self, measure: Measure, date: Date, spot: Spot) {
        self.add(measure, None, date, spot, 1);
    }

    /// Counts one thing that has a name of the program.
    fn count_as(&mut self, measure: Measure, member: &'static str, date: Date, spot: Spot) {
        self.add(measure, Some(Cow::Borrowed(member)), date, spot, 1);
    }

    /// Counts something that was to be done by a day: as one that fell due, by whether the day was kept, and as one on time.
    fn due(&mut self, (due, on_time): (Measure, Measure), day: Date, done: Option<Date>, spot: Spot) {
        let kept = match done.filter(|done| *done <= self.edition.as_of) {
            Some(done) if done <= day => "on-time",
            Some(_) => "late",
            None => "overdue",
        };
        // What is due on the day of the edition itself can still be kept.
        if kept == "overdue" && day == self.edition.as_of {
            return;
        }
        self.count_as(due, kept, day, spot);
        if kept == "on-time" {
            self.count(on_time, day, spot);
        }
    }

    /// Counts the days from one event to another, on the day of the second.
    fn days(&mut self, measure: Measure, from: Option<Date>, to: Option<Date>, spot: Spot) {
        if let (Some(from), Some(to)) = (from, to) {
            self.add(measure, None, to, spot, crate::calendar::days_between(from, to));
        }
    }
}

/// Shortens a number of an element; no list of a record is longer.
fn short(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// Collects the facts of records by measure, in no order, with the names of their parts.
pub(super) fn collect(edition: &Edition, areas: &Areas, records: &[RecordIx]) -> (Vec<Vec<Fact>>, Members) {
    let dues = dues(edition);
    let add = |gathered: Gathered, ix: &RecordIx| {
        let area = areas.number(&edition.register.get(*ix).area);
        gathered.with(*ix, area, of_record(edition, *ix, dues.get(ix).map_or(&[], Vec::as_slice)))
    };
    let Gathered { facts, names } = records.par_iter().fold(Gathered::none, add).reduce(Gathered::none, Gathered::join);
    let members = Members::new(&names);
    let number = |(facts, (measure, names)): (Vec<Fact>, (&Measure, &Vec<String>))| {
        let numbers: Vec<u16> = names.iter().map(|name| members.number(*measure, name)).collect();
        renumbered(facts, &numbers)
    };
    (facts.into_par_iter().zip(Measure::ALL.par_iter().zip(&names)).map(number).collect(), members)
}

/// Facts by measure, whose parts are numbered in the order in which their names were met: a city has hundreds of thousands, so
/// none keeps the name itself.
struct Gathered {
    facts: Vec<Vec<Fact>>,
    names: Vec<Vec<String>>,
}

impl Gathered {
    fn none() -> Self {
        Self { facts: vec![Vec::new(); Measure::ALL.len()], names: vec![Vec::new(); Measure::ALL.len()] }
    }

    /// Adds the facts of a record of an area.
    fn with(mut self, record: RecordIx, area: u32, drafts: Vec<Draft>) -> Self {
        for Draft { measure, member, date, spot, amount } in drafts {
            let member = member.map_or(0, |name| number(&mut self.names[measure as usize], &name));
            self.facts[measure as usize].push(Fact { measure, member, area, date, record, spot, amount });
        }
        self
    }

    /// Adds what was gathered elsewhere.
    fn join(mut self, other: Self) -> Self {
        for (measure, (facts, names)) in other.facts.into_iter().zip(other.names).enumerate() {
            let numbers: Vec<u16> = names.iter().map(|name| number(&mut self.names[measure], name)).collect();
            self.facts[measure].extend(renumbered(facts, &numbers));
        }
        self
    }
}

/// Returns the number of a name among some, from 1; a new one is put at their end.
fn number(names: &mut Vec<String>, name: &str) -> u16 {
    let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    short(at + 1)
}

/// Gives the parts of facts other numbers, by those that they have.
pub(super) fn renumbered(mut facts: Vec<Fact>, numbers: &[u16]) -> Vec<Fact> {
    for fact in facts.iter_mut().filter(|fact| fact.member > 0) {
        fact.member = numbers.get(usize::from(fact.member) - 1).copied().unwrap_or(0);
    }
    facts
}

/// Returns what is due by its record.
fn dues(edition: &Edition) -> HashMap<RecordIx, Vec<&Due>> {
    let mut dues: HashMap<RecordIx, Vec<&Due>> = HashMap::default();
    for due in edition.verdicts.due().iter().filter(|due| due.kind != DueKind::Posting) {
        dues.entry(due.record).or_default().push(due);
    }
    dues
}

/// Collects the facts of one record.
fn of_record<'e>(edition: &'e Edition, ix: RecordIx, dues: &[&Due]) -> Vec<Draft<'e>> {
    let record = edition.register.get(ix);
    if record.area.is_empty() && record.kind == Kind::Catalogue {
        // The catalogue of the whole site lies in no place, so no place counts it.
        return Vec::new();
    }
    let mut drafts = Drafts { edition, record: ix, found: Vec::new() };
    match record.data() {
        Data::Area(data) => other::area(&mut drafts, data),
        Data::Opinions(data) => other::opinions(&mut drafts, data),
        Data::Matter(data) => matter::matter(&mut drafts, data),
        Data::Meeting(data) => other::meeting(&mut drafts, data),
        Data::Finance(data) => other::finance(&mut drafts, record, data),
        Data::Inquiry(data) => other::inquiry(&mut drafts, data),
        Data::Disclosure(data) => other::disclosure(&mut drafts, data),
        Data::Survey(data) => other::survey(&mut drafts, data),
        Data::Delegates(data) => roster::delegates(&mut drafts, record, data),
        Data::Election(data) => roster::election(&mut drafts, data),
        Data::Assessment(data) => other::assessment(&mut drafts, data),
        Data::Site(_) | Data::Calendar(_) | Data::Contract(_) | Data::Case(_) | Data::Catalogue(_) | Data::Programme(_) => {}
    }
    if let Some(date) = edition.register.date_of(ix) {
        drafts.count_as(Measure::Records, record.kind.name(), date, Spot::Whole);
    }
    if let Some(verdict) = edition.verdict(ix) {
        findings(&mut drafts, verdict);
    }
    for due in dues {
        obligation(&mut drafts, due);
    }
    drafts.found
}

/// Counts the findings that are published with a record.
fn findings<'e>(drafts: &mut Drafts<'e>, verdict: &'e Verdict) {
    let edition = drafts.edition;
    let date = edition.register.date_of(verdict.record).map_or(edition.as_of, |date| date.min(edition.as_of));
    for (n, finding) in verdict.findings.iter().enumerate().filter(|(_, finding)| finding.severity == Severity::Finding) {
        drafts.add(Measure::Findings, Some(Cow::Borrowed(&finding.rule)), date, Spot::Finding(short(n)), 1);
    }
}

/// Counts something that is due.
fn obligation(drafts: &mut Drafts, due: &Due) {
    let as_of = drafts.edition.as_of;
    let date = due.date.map_or(as_of, |date| date.min(as_of));
    let name = due_name(due.kind);
    let spot = if due.kind == DueKind::Task { task(drafts, &due.path) } else { Spot::Whole };
    match due.state {
        DueState::Done => {
            drafts.count_as(Measure::Obligations, name, date, spot);
            drafts.count_as(Measure::ObligationsDone, name, date, spot);
        }
        DueState::Overdue => {
            drafts.count_as(Measure::Obligations, name, date, spot);
            drafts.count_as(Measure::Overdue, name, date, spot);
        }
        DueState::Due | DueState::UnderWay => {}
    }
}

/// Finds the task that a path names (`steps.implement.tasks[0]`).
fn task(drafts: &Drafts, path: &str) -> Spot {
    let at = || {
        let (step, rest) = path.strip_prefix("steps.")?.split_once(".tasks[")?;
        let index = rest.trim_end_matches(']').parse().ok()?;
        let matter = drafts.edition.register.get(drafts.record).matter()?;
        let step = matter.steps.iter().position(|(id, _)| id == step)?;
        Some(Spot::StepElement(u8::try_from(step).ok()?, Key::Tasks, index))
    };
    at().unwrap_or(Spot::Whole)
}
