//! Performance across records: who assesses whom, in which years, and what came of it.
//!
//! [`Leagues`] is sorted out once a site, beside the lists of `index`; the pages (tables of ranks, the calendar of the year, an
//! indicator's history, the use of results) read it and never walk through all records again.

pub mod board;
pub mod calendar;
pub mod indicator;
pub mod uses;
pub mod year;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::edition::Edition;
use crate::field::Kind;
use crate::record::choice::{Cycle, ResultUsed};
use crate::record::common::SurveyResult;
use crate::record::contract::Contract;
use crate::record::{Assessment, Evidence};
use crate::register::RecordIx;

use super::index::places;

/// A page of one area's assessments in one year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sheet {
    /// Which assessments were due, done, late or missing.
    Calendar,
    /// The tables of ranks of one cycle; pages from 1.
    Table(Cycle, usize),
    /// What the results were used for, and the surveys of the year; pages from 1.
    Uses(usize),
}

impl Sheet {
    /// Returns what the page's file is called after the year (`-monthly-2`).
    pub fn suffix(&self) -> String {
        let paged = |name: &str, n: usize| if n == 1 { format!("-{name}") } else { format!("-{name}-{n}") };
        match self {
            Self::Calendar => String::new(),
            Self::Table(cycle, n) => paged(cycle.name(), *n),
            Self::Uses(n) => paged("uses", *n),
        }
    }

    /// Returns the number of the page, from 1.
    pub fn number(&self) -> usize {
        match self {
            Self::Calendar => 1,
            Self::Table(_, n) | Self::Uses(n) => *n,
        }
    }
}

/// Every area that assesses.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Leagues {
    areas: BTreeMap<String, Arc<Assessing>>,
}

/// The assessments of one area.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Assessing {
    /// The years that have an assessment, a contract, or one that is missing.
    pub years: BTreeMap<i16, Year>,
    /// Its assessments of each cycle, by period.
    cycles: BTreeMap<Cycle, Vec<RecordIx>>,
    /// What is to be known of each assessment without a look at it.
    brief: BTreeMap<RecordIx, Brief>,
    /// What the name of a unit stands for; `None` where two bear it.
    units: BTreeMap<String, Option<Unit>>,
}

/// What is to be known of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// How often it is made.
    pub cycle: Cycle,
    /// The period that it is of.
    pub period: Period,
    /// The day on which its results were published.
    pub published: Option<Date>,
}

/// The assessments of one area in one year.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Year {
    /// The contracts whose period begins in the year.
    pub contracts: Vec<RecordIx>,
    /// The assessments of periods of the year, by cycle, then by period.
    pub assessments: Vec<RecordIx>,
    /// What the results were used for, in the order of the assessments.
    pub uses: Vec<Use>,
    /// The surveys of the area and of the places right below, by date.
    pub polls: Vec<RecordIx>,
    /// The pages: the calendar, the tables of each cycle, the uses.
    pub sheets: Vec<Sheet>,
}

/// A use of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Use {
    /// The number of an entry under `used_for` of an assessment.
    Result(RecordIx, usize),
    /// A matter whose assessment was used for something.
    Matter(RecordIx, ResultUsed),
}

/// What the name of a unit stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// A place.
    Place(RecordIx),
    /// A body of a place, by its id.
    Body(RecordIx, String),
}

/// The place of one result in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// The number of the result in its record.
    pub at: usize,
    /// The rank: one more than the number of higher totals.
    pub rank: usize,
    /// Whether another result has the same total.
    pub tied: bool,
}

/// Ranks results: the higher total first, equal totals share a rank and the next rank is left out.
pub fn ranks(assessment: &Assessment) -> Vec<Rank> {
    let totals: Vec<Decimal> = assessment.results.iter().map(|result| result.total).collect();
    let mut order: Vec<usize> = (0..totals.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(totals[*at]));
    let same = |a: Option<&usize>, at: usize| a.is_some_and(|other| totals[*other] == totals[at]);
    let mut ranked: Vec<Rank> = Vec::with_capacity(order.len());
    for (i, at) in order.iter().copied().enumerate() {
        let above = i.checked_sub(1).and_then(|above| order.get(above));
        let rank = if same(above, at) { ranked[i - 1].rank } else { i + 1 };
        ranked.push(Rank { at, rank, tied: same(above, at) || same(order.get(i + 1), at) });
    }
    ranked
}

impl Leagues {
    /// Sorts the assessments of every area into years and cycles.
    pub fn new(edition: &Edition) -> Self {
        let all = edition.register.areas().map(|(ix, _)| edition.register.get(ix).id.as_str()).chain([""]);
        let areas = all.filter_map(|area| Some((area.to_owned(), Arc::new(Assessing::of(edition, area)?))));
        Self { areas: areas.collect() }
    }

    /// Sorts the assessments of an edition of which only these have `changed` since the one `before`, of which these are: the areas
    /// that a change can touch are looked at anew.
    #[must_use]
    pub fn again(&self, edition: &Edition, before: &Edition, changed: &BTreeSet<RecordIx>) -> Self {
        let mut areas = self.areas.clone();
        for area in changed.iter().flat_map(|ix| touched(edition, *ix).into_iter().chain(touched(before, *ix))) {
            match Assessing::of(edition, area) {
                Some(assessing) => areas.insert(area.to_owned(), Arc::new(assessing)),
                None => areas.remove(area),
            };
        }
        Self { areas }
    }

    /// Returns the areas that assess, by their paths.
    pub fn areas(&self) -> impl ExactSizeIterator<Item = (&str, &Assessing)> {
        self.areas.iter().map(|(area, assessing)| (area.as_str(), &**assessing))
    }

    /// Returns the assessments of an area.
    pub fn area(&self, area: &str) -> Option<&Assessing> {
        self.areas.get(area).map(|assessing| &**assessing)
    }

    /// Returns the assessments of an area in a year.
    pub fn year(&self, area: &str, year: i16) -> Option<&Year> {
        self.area(area)?.years.get(&year)
    }
}

/// Returns the areas of whose assessments a record may say something: its own, those above it, and those of what it names.
fn touched(edition: &Edition, ix: RecordIx) -> BTreeSet<&str> {
    let register = &edition.register;
    let record = register.get(ix);
    let own = if record.kind == Kind::Area { &record.id } else { &record.area };
    let named = register.links(ix).iter().map(|link| register.get(link.to).area.as_str());
    places(own).chain(named).chain([""]).collect()
}

impl Assessing {
    /// Sorts the assessments of one area; `None` where there are none, and none is missing.
    fn of(edition: &Edition, area: &str) -> Option<Self> {
        let register = &edition.register;
        let mut assessing = Self::default();
        let published = |kind: Kind| {
            let mut all = register.records_of(area, kind).to_vec();
            all.retain(|ix| edition.is_published(*ix));
            all.sort_unstable();
            all
        };
        for ix in published(Kind::Contract) {
            let Some(contract) = register.get(ix).contract() else { continue };
            assessing.year(contract.period.year()).contracts.push(ix);
        }
        for ix in published(Kind::Assessment) {
            let Some(assessment) = register.get(ix).assessment() else { continue };
            let Assessment { cycle, period, published, .. } = *assessment;
            assessing.brief.insert(ix, Brief { cycle, period, published });
            assessing.cycles.entry(assessment.cycle).or_default().push(ix);
            assessing.year(assessment.period.year()).assessments.push(ix);
        }
        let missing = register.area(area).filter(|ix| edition.is_published(*ix)).map(|ix| calendar::missing(edition, ix));
        for period in missing.into_iter().flatten() {
            assessing.year(period.year());
        }
        if assessing.years.is_empty() {
            return None;
        }
        assessing.complete(edition, area);
        Some(assessing)
    }

    /// Returns a year, which is begun where there is nothing of it yet.
    fn year(&mut self, year: i16) -> &mut Year {
        self.years.entry(year).or_default()
    }

    /// Puts everything into order and adds units, uses and surveys.
    fn complete(&mut self, edition: &Edition, area: &str) {
        let register = &edition.register;
        let when = |ix: &RecordIx| register.get(*ix).assessment().map(|a| (a.cycle, a.period, *ix));
        self.cycles.values_mut().for_each(|all| all.sort_by_key(when));
        self.units = units(edition, area);
        let mut polls = polls(edition, area);
        for (year, entry) in &mut self.years {
            entry.assessments.sort_by_key(when);
            entry.uses = uses(edition, &entry.assessments);
            entry.polls = polls.remove(year).unwrap_or_default();
            entry.sheets = board::sheets(edition, entry);
        }
    }

    /// Returns what is to be known of one of its assessments.
    pub fn brief(&self, ix: RecordIx) -> Option<&Brief> {
        self.brief.get(&ix)
    }

    /// Returns what the name of a unit stands for, where only one place or body bears it.
    pub fn unit(&self, name: &str) -> Option<&Unit> {
        self.units.get(name)?.as_ref()
    }

    /// Returns the last assessment before `ix` that can be compared with it: of the same cycle, and of the same contract, else of
    /// another by the same assessor that names one of its units.
    pub fn before(&self, edition: &Edition, ix: RecordIx) -> Option<RecordIx> {
        let register = &edition.register;
        let of = |ix: RecordIx| register.get(ix).assessment();
        let (own, terms) = (of(ix)?, register.link(ix, "contract"));
        let all = self.cycles.get(&own.cycle)?;
        let earlier = || all.iter().rev().copied().filter(|other| of(*other).is_some_and(|other| other.period < own.period));
        let contract = |ix: Option<RecordIx>| ix.and_then(|ix| register.get(ix).contract());
        let kin = |other: &RecordIx| {
            let other = register.link(*other, "contract");
            other == terms || contract(other).zip(contract(terms)).is_some_and(|(a, b)| akin(a, b))
        };
        earlier().find(|other| register.link(*other, "contract") == terms).or_else(|| earlier().find(kin))
    }
}

/// Whether two contracts are of the same assessor with one of the same units.
fn akin(a: &Contract, b: &Contract) -> bool {
    a.parties.assessor == b.parties.assessor && {
        let names: BTreeSet<&String> = a.parties.assessed.iter().collect();
        b.parties.assessed.iter().any(|name| names.contains(name))
    }
}

/// Returns what each name of a place below an area, and of a body of the area or below, stands for.
fn units(edition: &Edition, area: &str) -> BTreeMap<String, Option<Unit>> {
    let register = &edition.register;
    let mut units: BTreeMap<String, Option<Unit>> = BTreeMap::new();
    let mut add = |name: &str, unit: Unit| {
        units.entry(name.to_owned()).and_modify(|known| *known = None).or_insert(Some(unit));
    };
    let mut open: Vec<RecordIx> = register.area(area).into_iter().collect();
    while let Some(ix) = open.pop() {
        let record = register.get(ix);
        let Some(place) = record.place().filter(|_| edition.is_published(ix)) else { continue };
        if record.id != area {
            add(&place.name, Unit::Place(ix));
        }
        for body in &place.bodies {
            add(&body.name, Unit::Body(ix, body.id.clone()));
        }
        open.extend(register.children(&record.id));
    }
    units
}

/// Lists what the results of assessments were used for: as they say themselves, then the matters that entered them.
fn uses(edition: &Edition, assessments: &[RecordIx]) -> Vec<Use> {
    let register = &edition.register;
    let mut uses = Vec::new();
    let mut matters = BTreeSet::new();
    for ix in assessments {
        let used = register.get(*ix).assessment().map_or(0, |assessment| assessment.used_for.len());
        uses.extend((0..used).map(|at| Use::Result(*ix, at)));
        matters.extend(register.links_to(*ix).iter().map(|link| link.from).filter(|from| edition.is_published(*from)));
    }
    for ix in matters {
        let steps = register.get(ix).matter().map(|matter| matter.steps.as_slice()).unwrap_or_default();
        let assessed = steps.iter().filter_map(|(_, evidence)| match evidence {
            Evidence::Assess(assess) => Some(&assess.used_for),
            _ => None,
        });
        uses.extend(assessed.flatten().map(|used| Use::Matter(ix, *used)));
    }
    uses
}

/// Lists the surveys of an area and of the places right below it that lie in the past, by year and date.
fn polls(edition: &Edition, area: &str) -> BTreeMap<i16, Vec<RecordIx>> {
    let register = &edition.register;
    let below = register.children(area).iter().map(|ix| register.get(*ix).id.as_str());
    let mut polls: BTreeMap<i16, Vec<_>> = BTreeMap::new();
    for area in std::iter::once(area).chain(below) {
        let records = [Kind::Survey, Kind::Matter].into_iter().flat_map(|kind| register.records_of(area, kind)).copied();
        for record in records.filter(|ix| edition.is_published(*ix)) {
            let Some(ballots) = ballots(edition, record) else { continue };
            let Some(date) = ballots.date.or(register.date_of(record)).filter(|date| *date <= edition.as_of) else { continue };
            let year = register.get(record).survey().map_or(date.year(), |survey| survey.period.year());
            polls.entry(year).or_default().push((date, record));
        }
    }
    polls
        .into_iter()
        .map(|(year, mut polls)| {
            polls.sort_unstable();
            (year, polls.into_iter().map(|(_, record)| record).collect())
        })
        .collect()
}

/// Returns the ballots of a survey, or of the survey of a matter.
pub(super) fn ballots(edition: &Edition, ix: RecordIx) -> Option<SurveyResult> {
    let record = edition.register.get(ix);
    if let Some(survey) = record.survey() {
        return Some(super::disclosure::ballots(survey));
    }
    record.matter()?.steps.iter().find_map(|(_, evidence)| match evidence {
        Evidence::Evaluate(evaluate) => evaluate.survey.clone(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::record::assessment::AssessmentResult;

    /// An assessment with these totals.
    fn assessment(totals: &[i64]) -> Assessment {
        let result = |total: &i64| AssessmentResult {
            subject: String::new(),
            scores: BTreeMap::new(),
            actual: BTreeMap::new(),
            total: Decimal::from(*total),
            grade: String::new(),
            rank: None,
            note: None,
        };
        Assessment {
            title: String::new(),
            title_en: None,
            cycle: Cycle::Monthly,
            period: Period::parse("2026-01").unwrap(),
            contract: String::new(),
            results: totals.iter().map(result).collect(),
            method: None,
            published: None,
            used_for: Vec::new(),
            attachments: Vec::new(),
            draft: false,
        }
    }

    #[test]
    fn equal_totals_share_a_rank_and_the_next_is_left_out() {
        let ranked = ranks(&assessment(&[90, 95, 80, 95, 90, 70]));
        let shown: Vec<_> = ranked.iter().map(|rank| (rank.at, rank.rank, rank.tied)).collect();
        assert_eq!(shown, [(1, 1, true), (3, 1, true), (0, 3, true), (4, 3, true), (2, 5, false), (5, 6, false)]);
        assert_eq!(ranks(&assessment(&[])), []);
    }

    #[test]
    fn each_sheet_has_a_file_of_its_own() {
        let sheets = [Sheet::Calendar, Sheet::Table(Cycle::HalfYearly, 1), Sheet::Table(Cycle::Monthly, 2), Sheet::Uses(1)];
        assert_eq!(sheets.map(|sheet| sheet.suffix()), ["", "-half-yearly", "-monthly-2", "-uses"]);
    }
}
