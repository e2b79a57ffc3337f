//! The calendar of an area's assessments: twelve inspections, four bulletins, two analyses and one evaluation a year, and how
//! each stands at the day of the page.
//!
//! What is missing is what the duties of the area's procedure say, so that the calendar, the matrix and the findings agree.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::calendar::{self, Period};
use crate::diagnostic::Severity;
use crate::edition::Edition;
use crate::record::choice::Cycle;
use crate::register::RecordIx;
use crate::site::league::Brief;
use crate::site::page::Page;
use crate::site::parts::{self, tag};
use crate::site::scribe::Scribe;
use crate::site::view::{CycleCell, CycleRow, Date as Day, Tag, Tone};
use crate::verdict::{DutyRow, DutyState};

/// How the assessment of one period stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Published in time.
    Done,
    /// Published later than the rules allow.
    Late,
    /// Made, to be published.
    Pending,
    /// Made, and should have been published.
    Unpublished,
    /// There is none, and there should be.
    Missing,
    /// The period has ended; there is still time.
    Due,
    /// The period has not ended.
    ToCome,
    /// The procedure did not ask for it.
    NotAsked,
}

impl Standing {
    /// Returns the look and the label.
    fn tag(self, scribe: &Scribe) -> Tag {
        let (tone, label) = match self {
            Self::Done => (Tone::Done, "done"),
            Self::Late => (Tone::Run, "late"),
            Self::Pending => (Tone::Run, "pending"),
            Self::Unpublished => (Tone::Act, "unpublished"),
            Self::Missing => (Tone::Act, "missing"),
            Self::Due => (Tone::Run, "due"),
            Self::ToCome => (Tone::Idle, "to-come"),
            Self::NotAsked => (Tone::Idle, "not-asked"),
        };
        tag(scribe, tone, &format!("cycle_state.{label}"))
    }
}

/// One period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The period.
    pub period: Period,
    /// How it stands.
    pub standing: Standing,
    /// Its assessment, the one published first where there are several.
    pub record: Option<RecordIx>,
}

/// How many periods stand how.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Those that should be done by the day of the page, or are done.
    pub asked: usize,
    /// Published, late or not.
    pub done: usize,
    /// Published late.
    pub late: usize,
    /// Made and not published in time.
    pub unpublished: usize,
    /// Missing.
    pub missing: usize,
}

/// Returns the length of a cycle's periods.
pub fn span(cycle: Cycle) -> calendar::Cycle {
    match cycle {
        Cycle::Monthly => calendar::Cycle::Month,
        Cycle::Quarterly => calendar::Cycle::Quarter,
        Cycle::HalfYearly => calendar::Cycle::Half,
        Cycle::Yearly => calendar::Cycle::Year,
    }
}

/// Returns how often a rule of areas asks for assessments, by its name within its pack.
fn asks(rule: &str) -> Option<calendar::Cycle> {
    match rule.rsplit('/').next()? {
        "monthly-inspection" => Some(calendar::Cycle::Month),
        "quarterly-bulletin" => Some(calendar::Cycle::Quarter),
        "half-year-analysis" => Some(calendar::Cycle::Half),
        "year-end-evaluation" => Some(calendar::Cycle::Year),
        _ => None,
    }
}

/// Returns what was judged of the assessments that an area has to make in the periods of `cycle`.
fn duty(edition: &Edition, area: RecordIx, cycle: calendar::Cycle) -> Option<&DutyRow> {
    let duties = edition.verdicts.duties();
    let rows = duties.rows_of(area).iter();
    rows.into_iter().find(|row| duties.rules().get(row.rule).and_then(|rule| asks(&rule.rule)) == Some(cycle))
}

/// Returns the periods for which an area should have an assessment and has none.
pub fn missing(edition: &Edition, area: RecordIx) -> BTreeSet<Period> {
    let rows = calendar::Cycle::ALL.into_iter().filter_map(|cycle| duty(edition, area, cycle));
    let overdue = rows.flat_map(|row| &row.cells).filter(|cell| cell.state == DutyState::Overdue);
    overdue.map(|cell| cell.period).collect()
}

/// Returns how the assessments of a cycle stand in an area, over the periods between two days.
pub fn cells(scribe: &Scribe, area: &str, cycle: Cycle, from: Date, to: Date) -> Vec<Cell> {
    Period::within(span(cycle), from, to).into_iter().map(|period| cell(scribe, area, cycle, period)).collect()
}

/// Returns how the assessment of one period stands: what was made, else what the area's duties say.
fn cell(scribe: &Scribe, area: &str, cycle: Cycle, period: Period) -> Cell {
    let register = &scribe.edition.register;
    let duty = register.area(area).and_then(|ix| duty(scribe.edition, ix, span(cycle)));
    let duty = duty.and_then(|row| row.cells.iter().find(|cell| cell.period == period)).map(|cell| cell.state);
    let assessing = scribe.index.leagues.area(area);
    let year = assessing.and_then(|assessing| assessing.years.get(&period.year()));
    let made = year.into_iter().flat_map(|year| &year.assessments).filter_map(|ix| Some((*ix, assessing?.brief(*ix)?)));
    let made = made.filter(|(_, brief)| (brief.cycle, brief.period) == (cycle, period));
    let made = made.map(|(ix, brief)| (published(scribe, ix, brief), ix)).min();
    let (standing, record) = match (made, duty) {
        (Some((Standing::Done, ix)), Some(DutyState::Late)) => (Standing::Late, Some(ix)),
        (Some((standing, ix)), _) => (standing, Some(ix)),
        (None, Some(DutyState::Overdue)) => (Standing::Missing, None),
        (None, Some(DutyState::Due)) if period.last() < scribe.edition.as_of => (Standing::Due, None),
        (None, None | Some(DutyState::NotAsked)) => (Standing::NotAsked, None),
        (None, Some(_)) => (Standing::ToCome, None),
    };
    Cell { period, standing, record }
}

/// Returns how an assessment that was made stands: what was judged of its day of publication decides.
fn published(scribe: &Scribe, ix: RecordIx, brief: &Brief) -> Standing {
    let findings = scribe.edition.verdict(ix).map(|verdict| verdict.findings.as_slice()).unwrap_or_default();
    let found = findings.iter().any(|finding| finding.path == "published" && finding.severity == Severity::Finding);
    match (brief.published.is_some_and(|day| day <= scribe.edition.as_of), found) {
        (true, false) => Standing::Done,
        (true, true) => Standing::Late,
        (false, false) => Standing::Pending,
        (false, true) => Standing::Unpublished,
    }
}

/// Counts how the cells stand.
pub fn count<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Count {
    let mut count = Count::default();
    for cell in cells {
        let done = matches!(cell.standing, Standing::Done | Standing::Late);
        let (unpublished, missing) = (cell.standing == Standing::Unpublished, cell.standing == Standing::Missing);
        count.asked += usize::from(done || unpublished || missing);
        count.done += usize::from(done);
        count.late += usize::from(cell.standing == Standing::Late);
        count.unpublished += usize::from(unpublished);
        count.missing += usize::from(missing);
    }
    count
}

/// Says how many were done of how many that had to be.
pub fn words(scribe: &Scribe, count: &Count) -> String {
    let n = |n: usize| n.to_string();
    let main = scribe.fill("league.done_of", &[("of", &n(count.asked)), ("n", &n(count.done))]);
    let more = [("league.late_n", count.late), ("league.unpublished_n", count.unpublished), ("league.missing_n", count.missing)];
    let more = more.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| scribe.fill(key, &[("n", &n(count))]));
    std::iter::once(main).chain(more).collect::<Vec<_>>().join(scribe.say("，", ", "))
}

/// Writes the calendar of an area over the periods between two days: a row a cycle.
pub fn rows(scribe: &Scribe, area: &str, from: Date, to: Date) -> Vec<CycleRow> {
    let duties = scribe.edition.verdicts.duties();
    let row = |cycle: &Cycle| {
        let cells = cells(scribe, area, *cycle, from, to);
        let missing = cells.iter().any(|cell| cell.standing == Standing::Missing);
        let duty = scribe.edition.register.area(area).and_then(|ix| duty(scribe.edition, ix, span(*cycle)));
        let rule = duty.filter(|_| missing).and_then(|row| duties.rules().get(row.rule));
        CycleRow {
            cycle: scribe.choice("cycle", cycle.name(), || cycle.label()),
            words: words(scribe, &count(&cells)),
            cells: cells.iter().map(|cell| write(scribe, cell)).collect(),
            rule: rule.map(|rule| parts::why_link(scribe, &rule.rule, None)),
        }
    };
    Cycle::ALL.iter().map(row).filter(|row| !row.cells.is_empty()).collect()
}

/// Writes one period.
fn write(scribe: &Scribe, cell: &Cell) -> CycleCell {
    let day = |ix: RecordIx| scribe.edition.register.get(ix).assessment().and_then(|assessment| assessment.published);
    CycleCell {
        text: scribe.text(&cell.period.short_label()),
        href: cell.record.map(|ix| scribe.href(&Page::Record(ix))).unwrap_or_default(),
        tag: cell.standing.tag(scribe),
        day: cell.record.and_then(day).map(|day| Day { text: scribe.short_days(day, None), iso: day.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_the_pack_ask_for_the_four_cycles() {
        let packs: String = crate::workflow::BUILT_IN.iter().map(|(_, text)| *text).collect();
        let ids = packs.lines().filter_map(|line| line.trim().strip_prefix("- id: "));
        let asked: Vec<_> = ids.filter_map(asks).collect();
        assert_eq!(asked, calendar::Cycle::ALL);
    }

    #[test]
    fn what_is_late_is_done_and_what_is_missing_was_asked_for() {
        let cell = |standing| Cell { period: Period::parse("2026-01").unwrap(), standing, record: None };
        let cells = [Standing::Done, Standing::Late, Standing::Missing, Standing::Unpublished, Standing::Due, Standing::ToCome];
        let count = count(&cells.map(cell));
        assert_eq!(count, Count { asked: 4, done: 2, late: 1, unpublished: 1, missing: 1 });
    }
}
