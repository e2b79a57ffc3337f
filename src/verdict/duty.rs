//! Duties judged: what each area had to do in each period, whether it was done, and by how many days it is overdue.
//!
//! The duties of the procedures that hold in an area ([`standings`]) are asked with its rules, of the same data; here they
//! become rows of cells, one row an item. Of two rules that ask for one thing (`tightens`) the tighter one that holds in a
//! period speaks. Sums go from each area to all above it, so that the sum of a whole is the sum of its parts.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::Arc;

use jiff::civil::Date;

use super::Layers;
use super::listed::ListedDuty;
use crate::calendar::{Cycle, Period, days_between};
use crate::language::Text;
use crate::record::Record;
use crate::register::{RecordIx, Register};
use crate::workflow::duty::due;
use crate::workflow::{Duty, Fulfilment, Rule, Tenure, Workflow, Workflows};

/// Every duty of every area, period by period.
#[derive(Debug, Clone, Default)]
pub struct Duties {
    items: Vec<DutyItem>,
    rules: Vec<DutyRule>,
    rows: Vec<DutyRow>,
    sums: BTreeMap<(String, i16), BTreeMap<usize, Sums>>,
}

/// One thing that is to be done once a period, whatever rules ask for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DutyItem {
    /// What is to be done, in both languages.
    pub title: Text,
    /// How often.
    pub every: Cycle,
}

/// A rule that asks for an item.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DutyRule {
    /// The rule's id (`eight-step/congress-quarterly`).
    pub rule: String,
    /// The catalogue and the number of its item from 0, where a catalogue asks for it.
    pub catalogue: Option<(RecordIx, usize)>,
    /// The law, charter or guideline.
    pub basis: Text,
    /// The class of the body responsible.
    pub responsible: String,
    /// How often and until when, in words.
    pub cadence: Text,
}

/// One item of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    /// The area.
    pub area: RecordIx,
    /// The item, by its number in [`Duties::items`].
    pub item: usize,
    /// The tightest rule that asks for it, by its number in [`Duties::rules`].
    pub rule: usize,
    /// The periods of whole years, from the first that is asked for to the year of judging.
    pub cells: Vec<DutyCell>,
}

/// One item of one area in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutyCell {
    /// The period.
    pub period: Period,
    /// How it stands.
    pub state: DutyState,
    /// The last day on which it is done in time.
    pub due: Date,
    /// The first record that did it, and the day.
    pub done: Option<(RecordIx, Date)>,
    /// How many records did it.
    pub records: u32,
    /// The rule that asks for it, by its number in [`Duties::rules`].
    pub rule: usize,
}

/// How an item stands in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyState {
    /// It was done in time.
    Done,
    /// It was done after the due day.
    Late,
    /// It was not done, and the due day has passed.
    Overdue,
    /// The period has begun, it is not done, and the due day is still to come.
    Due,
    /// The period has not begun.
    ToCome,
    /// It is not asked for: the period does not lie wholly in the days on which a rule holds.
    NotAsked,
}

/// Counts of cells; those that are not asked for are in none of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Done in time.
    pub in_time: u64,
    /// Done late.
    pub late: u64,
    /// Overdue.
    pub overdue: u64,
    /// Due, not done.
    pub due: u64,
    /// Of periods that have not begun.
    pub to_come: u64,
}

impl Sums {
    /// Returns what was done, in time or late.
    pub fn done(&self) -> u64 {
        self.in_time + self.late
    }

    /// Returns what had to be done by the day of judging, and what was done before it had to be: the denominator of `done`.
    pub fn asked(&self) -> u64 {
        self.done() + self.overdue
    }

    /// Returns everything that is asked for in the year.
    pub fn all(&self) -> u64 {
        self.asked() + self.due + self.to_come
    }

    /// Counts a cell.
    pub fn count(&mut self, state: DutyState) {
        match state {
            DutyState::Done => self.in_time += 1,
            DutyState::Late => self.late += 1,
            DutyState::Overdue => self.overdue += 1,
            DutyState::Due => self.due += 1,
            DutyState::ToCome => self.to_come += 1,
            DutyState::NotAsked => {}
        }
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.in_time += other.in_time;
        self.late += other.late;
        self.overdue += other.overdue;
        self.due += other.due;
        self.to_come += other.to_come;
    }
}

impl DutyCell {
    /// Returns by how many days it is overdue, counted from the day after the due day; 0 if it is not.
    pub fn days_overdue(&self, as_of: Date) -> i64 {
        if self.state == DutyState::Overdue { days_between(self.due, as_of) } else { 0 }
    }

    /// Returns by how many days it was late; 0 if it was not.
    pub fn days_late(&self) -> i64 {
        self.done.filter(|_| self.state == DutyState::Late).map_or(0, |(_, on)| days_between(self.due, on))
    }
}

impl Duties {
    /// Returns the items, in the order of the procedures.
    pub fn items(&self) -> &[DutyItem] {
        &self.items
    }

    /// Returns the rules that ask for items.
    pub fn rules(&self) -> &[DutyRule] {
        &self.rules
    }

    /// Returns every row, by area and then by item.
    pub fn rows(&self) -> &[DutyRow] {
        &self.rows
    }

    /// Returns the rows of an area itself, by item.
    pub fn rows_of(&self, area: RecordIx) -> &[DutyRow] {
        let from = self.rows.partition_point(|row| row.area < area);
        let to = self.rows.partition_point(|row| row.area <= area);
        &self.rows[from..to]
    }

    /// Returns the counts of an area and all below it (of everything for the empty path) in a year, by item.
    pub fn sums(&self, area: &str, year: i16) -> impl Iterator<Item = (usize, Sums)> {
        let sums = self.sums.get(&(area.to_owned(), year));
        sums.into_iter().flatten().map(|(item, sums)| (*item, *sums))
    }

    /// Returns the counts of an area and all below it in a year, all items together.
    pub fn total(&self, area: &str, year: i16) -> Sums {
        let mut total = Sums::default();
        self.sums(area, year).for_each(|(_, sums)| total += sums);
        total
    }

    /// Returns the years in which anything is asked of an area or of those below it, the earliest first.
    pub fn years(&self, area: &str) -> impl Iterator<Item = i16> {
        let years = self.sums.range((area.to_owned(), i16::MIN)..=(area.to_owned(), i16::MAX));
        years.map(|((_, year), _)| *year)
    }

    /// Returns every text that may quote a record.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.items.iter().map(|item| &item.title).chain(self.rules.iter().map(|rule| &rule.basis))
    }

    /// Replaces every text that may quote a record by what `replace` makes of it.
    pub(super) fn map_texts(&mut self, replace: &dyn Fn(&mut Text)) {
        self.items.iter_mut().for_each(|item| replace(&mut item.title));
        self.rules.iter_mut().for_each(|rule| replace(&mut rule.basis));
    }
}

/// A version of a procedure that holds, or held, in an area.
pub(super) struct Standing {
    /// The workflow with the overlays of the area.
    pub(super) workflow: Arc<Workflow>,
    /// The days on which it holds there.
    pub(super) tenure: Tenure,
    /// Whether it holds on the day of judging.
    pub(super) current: bool,
}

/// A duty that was asked of an area.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// The area.
    pub(super) area: RecordIx,
    /// What asks for it.
    pub(super) asked: Asked,
    /// The days on which it holds there.
    pub(super) tenure: Tenure,
    /// What fulfilled it.
    pub(super) done: Vec<Fulfilment>,
}

/// What asks for a duty.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    /// A procedure, and the number of the duty in it.
    OfPack(Arc<Workflow>, usize),
    /// An item of a catalogue.
    OfCatalogue(Box<ListedDuty>),
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::OfPack(one, number), Self::OfPack(other, same)) => Arc::ptr_eq(one, other) && number == same,
            (Self::OfCatalogue(one), Self::OfCatalogue(other)) => one == other,
            _ => false,
        }
    }
}

impl Eq for Asked {}

impl Held {
    /// Returns how often it comes round.
    fn every(&self) -> Cycle {
        match &self.asked {
            Asked::OfPack(workflow, number) => workflow.duties[*number].every,
            Asked::OfCatalogue(duty) => duty.item.every,
        }
    }

    /// Returns the last day on which a period is done in time.
    fn due(&self, period: Period) -> Date {
        match &self.asked {
            Asked::OfPack(workflow, number) => workflow.duties[*number].due(period),
            Asked::OfCatalogue(duty) => due(period, duty.grace),
        }
    }

    /// Returns what tells the rule from others: its id with the pack or the catalogue that it stands in.
    fn rule_key(&self) -> (String, String) {
        match &self.asked {
            Asked::OfPack(workflow, number) => {
                let id = &workflow.duties[*number].rule;
                let pack = workflow.rule(id).map_or(&workflow.path, |rule| &rule.pack);
                (id.clone(), pack.clone())
            }
            Asked::OfCatalogue(duty) => (duty.rule.rule.clone(), format!("{:?}", duty.rule.catalogue)),
        }
    }

    /// Writes down the rule.
    fn rule(&self) -> DutyRule {
        match &self.asked {
            Asked::OfPack(workflow, number) => {
                let duty = &workflow.duties[*number];
                DutyRule {
                    rule: duty.rule.clone(),
                    catalogue: None,
                    basis: workflow.rule(&duty.rule).map(|rule| rule.basis.clone()).unwrap_or_default(),
                    responsible: duty.responsible.clone(),
                    cadence: duty.cadence(),
                }
            }
            Asked::OfCatalogue(duty) => duty.rule.clone(),
        }
    }
}

/// Lists the procedures that an area has adopted by `as_of`, then the laws of its level, each in every version that has held.
pub(super) fn standings(layers: &Layers<'_>, register: &Register, record: &Record, as_of: Date) -> Vec<Standing> {
    let Some(area) = record.place() else { return Vec::new() };
    let workflows = layers.workflows;
    let adopted = area.workflows.iter().map(|adopted| (adopted.id.as_str(), Some(adopted.since), adopted.until));
    let level =
        register.get(register.area(&record.area).unwrap_or(RecordIx(0))).tree().get("level").and_then(|level| level.text());
    let laws =
        workflows.laws().filter(|law| level.is_some_and(|level| law.suits(level))).map(|law| (law.id.as_str(), None, None));
    let mut laws: Vec<_> = laws.collect();
    laws.dedup();
    let mut standings = Vec::new();
    for (id, since, until) in adopted.chain(laws) {
        for version in workflows.iter().filter(|version| version.id == id) {
            let tenure = Tenure { from: later(since, version.effective.0), to: sooner(until, version.effective.1) };
            let begun = tenure.from.is_none_or(|from| from <= as_of);
            let day = tenure.to.map_or(as_of, |to| to.min(as_of));
            if !begun || tenure.from.is_some_and(|from| from > day) {
                continue;
            }
            let (workflow, current) = (layers.get(id, day, &record.area), day == as_of);
            standings.extend(workflow.map(|workflow| Standing { workflow, tenure, current }));
        }
    }
    standings
}

/// Returns the later of two first days; one that is absent was always there.
pub(super) fn later(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.max(b)
}

/// Returns the sooner of two last days; one that is absent never comes.
fn sooner(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, None) | (None, one) => one,
    }
}

/// Returns the days on which a duty of a standing procedure holds: not before the area's first dated record, nor before the body
/// responsible was founded, nor outside the days of its own pack (an overlay may begin later than what it overlays).
pub(super) fn tenure(standing: &Standing, duty: &Duty, record: &Record, first: Option<Date>) -> Tenure {
    let from = later(later(standing.tenure.from, first), later(duty.effective.0, founded(record, &duty.responsible)));
    Tenure { from, to: sooner(standing.tenure.to, duty.effective.1) }
}

/// Returns the day on which a body of a class was complete: its delegates elected, itself formed, its rules fixed. Nothing
/// where the area says no such day of one of them: then it may have been there all along.
pub(super) fn founded(record: &Record, class: &str) -> Option<Date> {
    let bodies = record.place().map(|area| area.bodies.as_slice()).unwrap_or_default();
    let days = bodies.iter().filter(|body| body.class.name() == class).map(|body| {
        let founding = body.founding.as_ref()?;
        founding.delegates_elected.max(founding.constituted).max(founding.rules_adopted)
    });
    // `None` is the least: a body without a day outdoes all days.
    days.min().flatten()
}

/// Puts rows and sums together from the duties that were asked, which come by area.
pub(super) fn assemble(register: &Register, workflows: &Workflows, held: &[&Held], as_of: Date) -> Duties {
    let items = items(workflows);
    let first = items.values().map(|item| (item.number, item.duty.clone())).collect::<BTreeMap<_, _>>();
    let duties = Duties { items: first.into_values().collect(), ..Duties::default() };
    let mut table = Table { register, as_of, duties, numbers: BTreeMap::new(), items, listed: BTreeMap::new() };
    let shown = |held: &&Held| register.by_id(&register.get(held.area).id) == Some(held.area);
    let mut by_row: BTreeMap<(RecordIx, usize), Vec<&Held>> = BTreeMap::new();
    for held in held.iter().copied().filter(shown) {
        let Some(item) = table.item(held) else { continue };
        by_row.entry((held.area, item)).or_default().push(held);
    }
    for ((area, item), mut held) in by_row {
        held.sort_by_key(|held| std::cmp::Reverse(table.depth(held)));
        table.row(area, item, &held);
    }
    table.duties
}

/// An item as rules lead to it.
struct Item {
    number: usize,
    /// How many rules it tightens, one after the other.
    depth: usize,
    duty: DutyItem,
}

/// Returns the item of each rule that asks for a duty: the one of the rule that it tightens, where that comes round as often.
fn items(workflows: &Workflows) -> BTreeMap<String, Item> {
    let mut asked: BTreeMap<&str, (&Rule, &Duty)> = BTreeMap::new();
    let mut order = Vec::new();
    for pack in workflows.iter().chain(workflows.overlays()) {
        for duty in &pack.duties {
            let Some(rule) = pack.rule(&duty.rule) else { continue };
            order.push(rule.id.as_str());
            asked.insert(&rule.id, (rule, duty));
        }
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut items = BTreeMap::new();
    for id in order {
        let (root, depth) = root(&asked, id);
        let next = numbers.len();
        let number = *numbers.entry(root).or_insert(next);
        let Some((_, duty)) = asked.get(root) else { continue };
        let duty = DutyItem { title: duty.title.clone(), every: duty.every };
        items.insert(id.to_owned(), Item { number, depth, duty });
    }
    items
}

/// Follows `tightens` from a rule to the loosest that asks as often, and counts the steps. A pack with a circle is refused.
fn root<'r>(asked: &BTreeMap<&'r str, (&'r Rule, &'r Duty)>, id: &'r str) -> (&'r str, usize) {
    let (mut at, mut depth) = (id, 0);
    while let Some((rule, duty)) = asked.get(at) {
        let next = rule.tightens.as_deref().filter(|next| asked.get(next).is_some_and(|(_, looser)| looser.every == duty.every));
        match next {
            Some(next) if depth < asked.len() => (at, depth) = (next, depth + 1),
            _ => break,
        }
    }
    (at, depth)
}

/// A duty that holds: the number of its rule, and what was done for it in each period.
type Asking<'h> = (usize, &'h Held, BTreeMap<Period, Vec<&'h Fulfilment>>);

/// How many years before the day of the judgement are asked after at the most: as long as records must be kept that are not kept
/// for ever (村级档案管理办法: 30 年), so that no misspelt year asks for thousands of periods.
const KEPT: i16 = 30;

/// The table while it is put together.
struct Table<'t> {
    register: &'t Register,
    as_of: Date,
    duties: Duties,
    /// The number of each rule, by its id and its pack.
    numbers: BTreeMap<(String, String), usize>,
    items: BTreeMap<String, Item>,
    /// The number of each item of a catalogue.
    listed: BTreeMap<(String, String, Cycle), usize>,
}

impl Table<'_> {
    /// Returns the number of the item that is asked for; those of catalogues come after those of procedures.
    fn item(&mut self, held: &Held) -> Option<usize> {
        match &held.asked {
            Asked::OfPack(workflow, number) => self.items.get(&workflow.duties[*number].rule).map(|item| item.number),
            Asked::OfCatalogue(duty) => {
                let items = &mut self.duties.items;
                let number = *self.listed.entry(duty.key.clone()).or_insert(items.len());
                if number == items.len() {
                    items.push(duty.item.clone());
                }
                Some(number)
            }
        }
    }

    fn depth(&self, held: &Held) -> usize {
        let Asked::OfPack(workflow, number) = &held.asked else { return 0 };
        self.items.get(&workflow.duties[*number].rule).map_or(0, |item| item.depth)
    }

    /// Adds the row of an item of an area; the tightest of what was asked comes first.
    fn row(&mut self, area: RecordIx, item: usize, held: &[&Held]) {
        let Some(tightest) = held.first() else { return };
        let rule = self.rule(tightest);
        let every = tightest.every();
        let asked: Vec<Asking> = held.iter().map(|held| (self.rule(held), *held, by_period(&held.done))).collect();
        let first = held.iter().filter_map(|held| held.tenure.from).min().unwrap_or(self.as_of);
        let first = first.max(jiff::civil::date(self.as_of.year().saturating_sub(KEPT).max(-9999), 1, 1));
        let years = first.min(self.as_of).first_of_year()..=self.as_of.last_of_year();
        let periods = Period::within(every, *years.start(), *years.end());
        let cells: Vec<DutyCell> = periods.into_iter().map(|period| self.cell(period, rule, &asked)).collect();
        self.sum(area, item, &cells);
        self.duties.rows.push(DutyRow { area, item, rule, cells });
    }

    /// Judges one period by the tightest rule that holds in it.
    fn cell(&self, period: Period, rule: usize, asked: &[Asking]) -> DutyCell {
        let holding = asked.iter().find(|(_, held, _)| held.tenure.covers(period));
        let (rule, due, done) = match holding.or(asked.first()) {
            Some((rule, held, done)) => (*rule, held.due(period), done.get(&period).map_or(&[][..], Vec::as_slice)),
            None => (rule, period.last(), &[][..]),
        };
        let first = done.iter().min_by_key(|done| done.on);
        let record = first.and_then(|first| Some((self.register.by_id(&first.record)?, first.on)));
        let state = match (holding, first) {
            (None, _) => DutyState::NotAsked,
            (_, Some(done)) if done.on <= due => DutyState::Done,
            (_, Some(_)) => DutyState::Late,
            _ if due < self.as_of => DutyState::Overdue,
            _ if period.first() <= self.as_of => DutyState::Due,
            _ => DutyState::ToCome,
        };
        DutyCell { period, state, due, done: record, records: u32::try_from(done.len()).unwrap_or(u32::MAX), rule }
    }

    /// Returns the number of the rule that asks for a duty.
    fn rule(&mut self, held: &Held) -> usize {
        let next = self.duties.rules.len();
        let number = *self.numbers.entry(held.rule_key()).or_insert(next);
        if number == next {
            self.duties.rules.push(held.rule());
        }
        number
    }

    /// Adds the cells of a row to the sums of its area and of all above it.
    fn sum(&mut self, area: RecordIx, item: usize, cells: &[DutyCell]) {
        let mut years: BTreeMap<i16, Sums> = BTreeMap::new();
        for cell in cells.iter().filter(|cell| cell.state != DutyState::NotAsked) {
            years.entry(cell.period.year()).or_default().count(cell.state);
        }
        let path = &self.register.get(area).id;
        let above = path.match_indices('/').map(|(end, _)| &path[..end]);
        let places: Vec<&str> = above.chain([path.as_str(), ""]).collect();
        let places = if path.is_empty() { &places[1..] } else { &places[..] };
        for place in places {
            for (year, sums) in &years {
                *self.duties.sums.entry(((*place).to_owned(), *year)).or_default().entry(item).or_default() += *sums;
            }
        }
    }
}

/// Sorts what was done by period.
fn by_period(done: &[Fulfilment]) -> BTreeMap<Period, Vec<&Fulfilment>> {
    let mut periods: BTreeMap<Period, Vec<&Fulfilment>> = BTreeMap::new();
    for done in done {
        periods.entry(done.period).or_default().push(done);
    }
    periods
}
