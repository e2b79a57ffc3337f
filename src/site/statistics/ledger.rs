//! The ledger: the records filed in a place that its figures count, by kind, with what each adds to each measure.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::calendar::Period;
use crate::edition::Edition;
use crate::field::Kind;
use crate::register::RecordIx;
use crate::statistics::{Fact, Measure, Method, Statistics, When};

/// A column: a measure, with its part where the parts do not add up.
pub(super) type Column = (Measure, Option<String>);

/// What a record adds to a measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The sum of all that it adds.
    pub(super) sum: Decimal,
    /// How many facts it adds.
    pub(super) n: usize,
}

/// The records of one kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    /// The measures that any of them adds to.
    pub(super) columns: BTreeSet<Column>,
    /// What each adds.
    pub(super) rows: BTreeMap<RecordIx, BTreeMap<Column, Entry>>,
}

/// The ledger of a place and a year.
pub(super) type Ledger = BTreeMap<Kind, Section>;

/// Whether a measure has a column: how many there are in stock is told by the places themselves, the records of a kind by their
/// rows, parts of a measure by the measure; and what is withheld where few answered is withheld for each record.
fn listed(measure: Measure) -> bool {
    let told = matches!(
        measure,
        Measure::OpinionChannels | Measure::StepsDone | Measure::MattersAt | Measure::Records | Measure::Obligations
    );
    !told && !measure.is_sensitive() && !matches!(measure.method(), Method::Share(..) | Method::Stock)
}

/// Opens the ledger of a place and a year.
pub(super) fn open(edition: &Edition, statistics: &Statistics, area: &str, year: Period) -> Ledger {
    let mut ledger = Ledger::new();
    for measure in Measure::ALL.iter().copied().filter(|measure| listed(*measure)) {
        let facts = statistics.facts(area, When::During(year), measure);
        for fact in counted(statistics, measure, facts) {
            let part = statistics.member_of(fact).filter(|_| !measure.has_total()).map(str::to_owned);
            let section = ledger.entry(edition.register.get(fact.record).kind).or_default();
            let column = (measure, part);
            let entry = section.rows.entry(fact.record).or_default().entry(column.clone()).or_default();
            entry.sum += fact.amount;
            entry.n += 1;
            section.columns.insert(column);
        }
    }
    ledger
}

/// Returns what a record adds to each of a section's columns, which are in order as its own are.
pub(super) fn aligned<'r>(columns: &'r [&Column], row: &'r BTreeMap<Column, Entry>) -> impl Iterator<Item = Option<&'r Entry>> {
    let mut entries = row.iter().peekable();
    columns.iter().map(move |column| entries.next_if(|(of, _)| of == column).map(|(_, entry)| entry))
}

/// Adds up each of a section's columns.
pub(super) fn sums(columns: &[&Column], section: &Section) -> Vec<Decimal> {
    let mut sums = vec![Decimal::ZERO; columns.len()];
    for row in section.rows.values() {
        let entries = sums.iter_mut().zip(aligned(columns, row));
        entries.for_each(|(sum, entry)| *sum += entry.map_or(Decimal::ZERO, |entry| entry.sum));
    }
    sums
}

/// Counts the rows of the ledgers of a place in some years.
pub(super) fn rows(statistics: &Statistics, area: &str, years: &[Period]) -> Vec<usize> {
    let mut rows: Vec<Vec<RecordIx>> = vec![Vec::new(); years.len()];
    for measure in Measure::ALL.iter().copied().filter(|measure| listed(*measure)) {
        if measure.method() == Method::Level {
            for (year, rows) in years.iter().zip(&mut rows) {
                let facts = statistics.facts(area, When::During(*year), measure);
                rows.extend(counted(statistics, measure, facts).into_iter().map(|fact| fact.record));
            }
            continue;
        }
        // Looked for once, however many years there are.
        for fact in statistics.facts(area, When::Ever, measure) {
            if let Some(at) = years.iter().position(|year| year.year() == fact.date.year()) {
                rows[at].push(fact.record);
            }
        }
    }
    let count = |mut records: Vec<RecordIx>| {
        records.sort_unstable();
        records.dedup();
        records.len()
    };
    rows.into_iter().map(count).collect()
}

/// Returns the facts that a figure counts: of those that tell how much there is, the last of each part.
fn counted<'f>(statistics: &Statistics, measure: Measure, facts: Vec<&'f Fact>) -> Vec<&'f Fact> {
    if measure.method() != Method::Level {
        return facts;
    }
    let last: BTreeMap<Option<&str>, &Fact> = facts.into_iter().map(|fact| (statistics.member_of(fact), fact)).collect();
    last.into_values().collect()
}

/// Returns how many rows a ledger has.
pub(super) fn len(ledger: &Ledger) -> usize {
    ledger.values().map(|section| section.rows.len()).sum()
}
