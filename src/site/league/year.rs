//! The index of all areas that assess, and the calendar of one area's year.

use crate::calendar::Period;
use crate::field::Kind;
use crate::record::choice::Cycle;
use crate::register::RecordIx;
use crate::site::assessment;
use crate::site::index::Listing;
use crate::site::list;
use crate::site::page::Page;
use crate::site::scribe::Scribe;
use crate::site::view::{
    AssessmentYear, AssessorList, AssessorRow, AssessorYear, ContractLink, CountLink, Link, TableLink, Tone,
};

use super::board::{self, name, unit};
use super::calendar::{self, Cell, Count};
use super::{Assessing, Sheet, Year, indicator, ranks};

/// How many years of an area the index shows; the others stand on the page of the newest.
const NEWEST: usize = 2;

/// Writes the index of areas that assess.
pub fn index(scribe: &Scribe, n: usize) -> AssessorList {
    let all: Vec<(&str, &Assessing)> = scribe.index.leagues.areas().collect();
    let shown = list::part(&all, n);
    AssessorList {
        lead: scribe.fill("league.index_lead", &[("n", &scribe.number(all.len() as u64))]),
        rows: shown.iter().filter_map(|(area, assessing)| row(scribe, area, assessing)).collect(),
        lists: lists(scribe),
        pager: list::pager(scribe, n, list::pages(all.len()), Page::Performance),
    }
}

/// Links to the records behind the tables.
fn lists(scribe: &Scribe) -> Vec<CountLink> {
    let kinds = [Kind::Assessment, Kind::Contract, Kind::Survey].map(Listing::Kind);
    let with_records = kinds.into_iter().filter(|listing| scribe.index.count(listing) > 0);
    with_records.map(|listing| scribe.counted(&listing, list::title(scribe, &listing))).collect()
}

/// Writes an area.
fn row(scribe: &Scribe, area: &str, assessing: &Assessing) -> Option<AssessorRow> {
    let register = &scribe.edition.register;
    let place = register.area(area).and_then(|ix| register.get(ix).place());
    let newest = assessing.years.iter().rev().take(NEWEST);
    Some(AssessorRow {
        place: scribe.place(area)?,
        level: place.map(|place| scribe.choice("level", place.level.name(), || place.level.label())).unwrap_or_default(),
        years: newest.map(|(year, entry)| year_of(scribe, area, *year, entry)).collect(),
    })
}

/// Counts how the assessments of a year stand.
fn count(scribe: &Scribe, area: &str, year: i16) -> Option<Count> {
    let whole = Period::parse(&format!("{year:04}"))?;
    let cells: Vec<Cell> =
        Cycle::ALL.iter().flat_map(|cycle| calendar::cells(scribe, area, *cycle, whole.first(), whole.last())).collect();
    Some(calendar::count(&cells))
}

/// Writes a year of an area.
fn year_of(scribe: &Scribe, area: &str, year: i16, entry: &Year) -> AssessorYear {
    let count = count(scribe, area, year).unwrap_or_default();
    let tables = entry.sheets.iter().filter(|sheet| matches!(sheet, Sheet::Table(_, 1))).cloned();
    let link = |sheet: Sheet| {
        let text = if let Sheet::Table(cycle, _) = &sheet { name(scribe, *cycle) } else { String::new() };
        scribe.link_to(&Page::Assessed(area.to_owned(), year, sheet), text)
    };
    AssessorYear {
        link: scribe.link_to(&Page::Assessed(area.to_owned(), year, Sheet::Calendar), scribe.period_text(&format!("{year:04}"))),
        words: calendar::words(scribe, &count),
        width: board::share(count.done, count.asked),
        tone: if count.done == count.asked { Tone::Done } else { Tone::Act },
        tables: tables.map(link).collect(),
    }
}

/// Links to the assessments of a place, for its page: its newest years.
pub fn links(scribe: &Scribe, area: &str) -> Vec<Link> {
    let years = scribe.index.leagues.area(area).into_iter().flat_map(|assessing| assessing.years.keys().rev().take(NEWEST));
    let link = |year: &i16| {
        let page = Page::Assessed(area.to_owned(), *year, Sheet::Calendar);
        scribe.link_to(&page, scribe.period_text(&format!("{year:04}")))
    };
    years.map(link).collect()
}

/// Writes the calendar of an area's year with what leads on from it.
pub fn page(scribe: &Scribe, area: &str, year: i16) -> Option<AssessmentYear> {
    let assessing = scribe.index.leagues.area(area)?;
    let entry = assessing.years.get(&year)?;
    let whole = Period::parse(&format!("{year:04}"))?;
    let sheets = board::siblings(scribe, area, year, &Sheet::Calendar).into_iter();
    let first = |cycle: &Cycle| newest(scribe, area, assessing, year, *cycle);
    Some(AssessmentYear {
        title: board::title(scribe, area, year, &Sheet::Calendar),
        lead: calendar::words(scribe, &count(scribe, area, year)?),
        place: scribe.place(area)?,
        calendar: calendar::rows(scribe, area, whole.first(), whole.last()),
        method: ["league.method_calendar", "league.method_late", "league.method_missing"].map(|key| scribe.label(key)).to_vec(),
        tables: Cycle::ALL.iter().filter_map(first).collect(),
        contracts: entry.contracts.iter().filter_map(|ix| contract(scribe, *ix)).collect(),
        uses: sheets.skip(1).rfind(|_| entry.uses.len() + entry.polls.len() > 0).into_iter().collect(),
        years: board::same_in_other_years(scribe, area, year, &Sheet::Calendar),
    })
}

/// Writes the newest result of a cycle.
fn newest(scribe: &Scribe, area: &str, assessing: &Assessing, year: i16, cycle: Cycle) -> Option<TableLink> {
    let register = &scribe.edition.register;
    let all = assessing.years.get(&year)?.assessments.iter().rev();
    let of_cycle = all.filter_map(|ix| register.get(*ix).assessment()).find(|assessment| assessment.cycle == cycle);
    let assessment = of_cycle?;
    let first: Vec<_> = ranks(assessment).into_iter().take_while(|rank| rank.rank == 1).collect();
    let best = assessment.results.get(first.first()?.at)?;
    Some(TableLink {
        link: scribe.link_to(&Page::Assessed(area.to_owned(), year, Sheet::Table(cycle, 1)), name(scribe, cycle)),
        period: scribe.period(assessment.period),
        units: scribe.fill("league.units", &[("n", &scribe.number(assessment.results.len() as u64))]),
        first: first.iter().take(3).map(|rank| unit(scribe, assessing, &assessment.results[rank.at].subject)).collect(),
        total: scribe.decimal(best.total),
    })
}

/// Writes a contract with its indicators.
fn contract(scribe: &Scribe, ix: RecordIx) -> Option<ContractLink> {
    let contract = scribe.edition.register.get(ix).contract()?;
    let units = contract.parties.assessed.len();
    let words = scribe.fill("league.parties", &[("assessor", &contract.parties.assessor), ("n", &scribe.number(units as u64))]);
    let indicators = contract.indicators.iter().enumerate().map(|(at, measure)| {
        let text = assessment::measure_name(scribe, measure);
        CountLink {
            lang: scribe.lang_of(&text),
            text,
            href: indicator::href(scribe, ix, at),
            count: scribe.decimal(measure.weight),
            current: false,
        }
    });
    Some(ContractLink { link: scribe.link(ix), lang: None, words, indicators: indicators.collect() })
}
