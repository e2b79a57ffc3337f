//! Tables of ranks: one page an area, cycle and year, the newest period first, split where it grows too long.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::calendar::{Period, add_days};
use crate::language::percent;
use crate::record::Assessment;
use crate::record::choice::Cycle;
use crate::record::contract::Contract;
use crate::register::RecordIx;
use crate::site::assessment;
use crate::site::list;
use crate::site::page::Page;
use crate::site::parts;
use crate::site::scribe::Scribe;
use crate::site::view::{CountLink, LeagueRow, LeagueTable, LeagueTables, Link, RankChange, Way};

use super::{Assessing, Leagues, Rank, Sheet, Unit, Year, ranks};

/// The most units that one page shows.
const MOST_ROWS: usize = 150;

/// A part of a table: the number of the table and the rows that it shows.
type Part = (usize, Range<usize>);

/// Splits tables of these lengths into pages of at most [`MOST_ROWS`] rows; a table is cut only where it alone is longer.
fn split(tables: &[usize]) -> Vec<Vec<Part>> {
    let mut pages: Vec<Vec<Part>> = vec![Vec::new()];
    let mut left = MOST_ROWS;
    for (at, rows) in tables.iter().copied().enumerate() {
        let starts = (0..rows.max(1)).step_by(MOST_ROWS);
        for part in starts.map(|start| start..(start + MOST_ROWS).min(rows)) {
            if part.len() > left {
                pages.push(Vec::new());
                left = MOST_ROWS;
            }
            left -= part.len();
            if let Some(page) = pages.last_mut() {
                page.push((at, part));
            }
        }
    }
    pages
}

/// Returns the assessments of a cycle in a year, the newest first.
fn newest(scribe: &Scribe, year: &Year, cycle: Cycle) -> Vec<RecordIx> {
    of_cycle(year, cycle, |ix| scribe.edition.register.get(ix).assessment())
}

/// Returns the assessments of a cycle in a year, the newest first.
fn of_cycle<'a>(year: &Year, cycle: Cycle, get: impl Fn(RecordIx) -> Option<&'a Assessment>) -> Vec<RecordIx> {
    year.assessments.iter().rev().copied().filter(|ix| get(*ix).is_some_and(|assessment| assessment.cycle == cycle)).collect()
}

/// Lists the pages of an area's year: the calendar, the tables of each cycle, the uses.
pub(super) fn sheets(edition: &crate::edition::Edition, year: &Year) -> Vec<Sheet> {
    let get = |ix: RecordIx| edition.register.get(ix).assessment();
    let mut sheets = vec![Sheet::Calendar];
    for cycle in Cycle::ALL.iter().copied() {
        let tables = of_cycle(year, cycle, get);
        let lengths: Vec<usize> = tables.iter().filter_map(|ix| get(*ix)).map(|assessment| assessment.results.len()).collect();
        let pages = if tables.is_empty() { 0 } else { split(&lengths).len() };
        sheets.extend((1..=pages).map(|n| Sheet::Table(cycle, n)));
    }
    let uses = super::uses::pages(year);
    sheets.extend((1..=uses).map(Sheet::Uses));
    sheets
}

/// Names an area and a year (`清河镇 2026 年`).
pub fn of_year(scribe: &Scribe, area: &str, year: i16) -> String {
    let place = scribe.place_name(area).unwrap_or_else(|| area.to_owned());
    format!("{place} {}", scribe.period_text(&format!("{year:04}")))
}

/// Names a page of an area's year.
pub fn title(scribe: &Scribe, area: &str, year: i16, sheet: &Sheet) -> String {
    let of = of_year(scribe, area, year);
    match sheet {
        Sheet::Calendar => scribe.fill("league.title_year", &[("of", &of)]),
        Sheet::Table(cycle, _) => scribe.fill("league.title_table", &[("of", &of), ("cycle", &name(scribe, *cycle))]),
        Sheet::Uses(_) => scribe.fill("league.title_uses", &[("of", &of)]),
    }
}

/// Names a cycle.
pub fn name(scribe: &Scribe, cycle: Cycle) -> String {
    scribe.choice("cycle", cycle.name(), || cycle.label())
}

/// Writes the tables of ranks of an area, cycle and year.
pub fn page(scribe: &Scribe, area: &str, year: i16, cycle: Cycle, n: usize) -> Option<LeagueTables> {
    let assessing = scribe.index.leagues.area(area)?;
    let tables = newest(scribe, assessing.years.get(&year)?, cycle);
    let of = |ix: &RecordIx| scribe.edition.register.get(*ix).assessment();
    let lengths: Vec<usize> = tables.iter().filter_map(of).map(|assessment| assessment.results.len()).collect();
    let pages = split(&lengths);
    let parts = pages.get(n.checked_sub(1)?)?;
    let to = |n: usize| Page::Assessed(area.to_owned(), year, Sheet::Table(cycle, n));
    Some(LeagueTables {
        title: title(scribe, area, year, &Sheet::Table(cycle, n)),
        lead: lead(scribe, &lengths),
        tables: parts.iter().filter_map(|(at, rows)| table(scribe, assessing, *tables.get(*at)?, rows.clone())).collect(),
        method: method(scribe),
        sheets: siblings(scribe, area, year, &Sheet::Table(cycle, 1)),
        years: same_in_other_years(scribe, area, year, &Sheet::Table(cycle, 1)),
        pager: list::pager(scribe, n, pages.len(), to),
    })
}

/// Says how many periods and units the tables have.
fn lead(scribe: &Scribe, lengths: &[usize]) -> String {
    let (few, many) = (lengths.iter().min().copied().unwrap_or(0), lengths.iter().max().copied().unwrap_or(0));
    let units = if few == many { few.to_string() } else { format!("{few}–{many}") };
    scribe.fill("league.table_lead", &[("n", &lengths.len().to_string()), ("units", &units)])
}

/// Says how ranks and changes come about.
fn method(scribe: &Scribe) -> Vec<String> {
    ["league.method_rank", "league.method_change", "league.method_scores"].map(|key| scribe.label(key)).to_vec()
}

/// Lists the other pages of the year, the one that is shown marked.
pub fn siblings(scribe: &Scribe, area: &str, year: i16, shown: &Sheet) -> Vec<CountLink> {
    let Some(entry) = scribe.index.leagues.year(area, year) else { return Vec::new() };
    let sheets = entry.sheets.iter().filter(|sheet| sheet.number() == 1).cloned();
    let count = |sheet: &Sheet| match sheet {
        Sheet::Calendar => entry.assessments.len(),
        Sheet::Table(cycle, _) => newest(scribe, entry, *cycle).len(),
        Sheet::Uses(_) => entry.uses.len() + entry.polls.len(),
    };
    let link = |sheet: Sheet| {
        let text = match &sheet {
            Sheet::Calendar => scribe.label("league.calendar"),
            Sheet::Table(cycle, _) => name(scribe, *cycle),
            Sheet::Uses(_) => scribe.label("league.uses"),
        };
        let (count, current) = (count(&sheet), sheet == *shown);
        linked(scribe, &Page::Assessed(area.to_owned(), year, sheet), text, count, current)
    };
    sheets.map(link).collect()
}

/// Makes a link with a number.
pub fn linked(scribe: &Scribe, page: &Page, text: String, count: usize, current: bool) -> CountLink {
    CountLink { lang: scribe.lang_of(&text), text, href: scribe.href(page), count: scribe.number(count as u64), current }
}

/// Lists the years of an area that have the same page, the newest first, the one that is shown marked.
pub fn same_in_other_years(scribe: &Scribe, area: &str, shown: i16, sheet: &Sheet) -> Vec<CountLink> {
    let Some(assessing) = scribe.index.leagues.area(area) else { return Vec::new() };
    let with = assessing.years.iter().rev().filter(|(_, entry)| entry.sheets.contains(sheet));
    let link = |(year, entry): (&i16, &Year)| {
        let page = Page::Assessed(area.to_owned(), *year, sheet.clone());
        linked(scribe, &page, scribe.period_text(&format!("{year:04}")), entry.assessments.len(), *year == shown)
    };
    let all: Vec<CountLink> = with.map(link).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// Returns the page on which an assessment's table begins, with its anchor.
pub fn place_of(scribe: &Scribe, ix: RecordIx) -> Option<(Page, String)> {
    let record = scribe.edition.register.get(ix);
    let assessment = record.assessment()?;
    let year = assessment.period.year();
    let tables = newest(scribe, scribe.index.leagues.year(&record.area, year)?, assessment.cycle);
    let of = |ix: &RecordIx| scribe.edition.register.get(*ix).assessment();
    let lengths: Vec<usize> = tables.iter().filter_map(of).map(|assessment| assessment.results.len()).collect();
    let at = tables.iter().position(|other| *other == ix)?;
    let n = split(&lengths).iter().position(|parts| parts.iter().any(|(table, _)| *table == at))? + 1;
    let page = Page::Assessed(record.area.clone(), year, Sheet::Table(assessment.cycle, n));
    Some((page, anchor(scribe, ix)))
}

/// Returns the anchor of a table: the name of its record.
fn anchor(scribe: &Scribe, ix: RecordIx) -> String {
    format!("table-{}", crate::register::slug(&scribe.edition.register.get(ix).name))
}

/// Writes the whole table of one assessment.
pub fn whole(scribe: &Scribe, ix: RecordIx) -> Option<LeagueTable> {
    let record = scribe.edition.register.get(ix);
    let results = record.assessment()?.results.len();
    table(scribe, scribe.index.leagues.area(&record.area)?, ix, 0..results)
}

/// Writes a part of the table of one assessment.
fn table(scribe: &Scribe, assessing: &Assessing, ix: RecordIx, rows: Range<usize>) -> Option<LeagueTable> {
    let register = &scribe.edition.register;
    let assessment = register.get(ix).assessment()?;
    let terms = register.link(ix, "contract").and_then(|ix| register.get(ix).contract());
    let before = assessing.before(scribe.edition, ix);
    let weights = terms.map(|terms| weights(scribe, terms)).unwrap_or_default();
    let method = assessment.method.clone().unwrap_or_default();
    let part = if rows.len() < assessment.results.len() { Some(rows.clone()) } else { None };
    let continued = part.as_ref().filter(|part| part.start > 0).map(|part| format!("-{}", part.start + 1)).unwrap_or_default();
    Some(LeagueTable {
        id: format!("{}{continued}", anchor(scribe, ix)),
        title: scribe.period(assessment.period),
        record: scribe.link(ix),
        tag: parts::state(scribe, ix)?,
        published: assessment.published.map(|day| scribe.date(day)),
        units: units(scribe, assessment.results.len(), part),
        compared: compared(scribe, ix, before),
        weights_lang: scribe.lang_of(&weights),
        weights,
        method_lang: scribe.lang_of(&method),
        method,
        rows: league_rows(scribe, assessing, assessment, terms, before, rows),
    })
}

/// Says how many units a table has, and which of them it shows here.
fn units(scribe: &Scribe, all: usize, part: Option<Range<usize>>) -> String {
    let n = scribe.number(all as u64);
    match part {
        None => scribe.fill("league.units", &[("n", &n)]),
        Some(part) => {
            let (from, to) = ((part.start + 1).to_string(), part.end.to_string());
            scribe.fill("league.units_part", &[("n", &n), ("from", &from), ("to", &to)])
        }
    }
}

/// Says the full score and the weight of each indicator.
fn weights(scribe: &Scribe, terms: &Contract) -> String {
    let full: Decimal = terms.indicators.iter().map(|measure| measure.weight).sum();
    let each = terms
        .indicators
        .iter()
        .map(|measure| format!("{} {}", assessment::measure_name(scribe, measure), scribe.decimal(measure.weight)));
    format!("{} {}{}{}", scribe.say("满分", "Full score"), scribe.decimal(full), scribe.say("：", ": "), scribe.join(each))
}

/// Says with which period a table is compared, which periods between have no result, and whether the terms differ.
fn compared(scribe: &Scribe, ix: RecordIx, before: Option<RecordIx>) -> String {
    let register = &scribe.edition.register;
    let of = |ix: RecordIx| register.get(ix).assessment();
    let Some((own, earlier, other)) = of(ix).zip(before).and_then(|(own, ix)| Some((own, of(ix)?, ix))) else {
        return scribe.label("league.compared_none");
    };
    let mut words = scribe.fill("league.compared", &[("period", &scribe.period(earlier.period))]);
    let gap = gap(earlier.period, own.period);
    if !gap.is_empty() {
        let periods = scribe.join(gap.into_iter().map(|period| scribe.period(period)));
        words.push_str(&scribe.fill("league.compared_gap", &[("periods", &periods)]));
    }
    if !same_terms(scribe, ix, other) {
        words.push_str(&scribe.label("league.compared_terms"));
    }
    words
}

/// Returns the periods between two of the same length.
fn gap(earlier: Period, later: Period) -> Vec<Period> {
    Period::within(earlier.cycle(), add_days(earlier.last(), 1), add_days(later.first(), -1))
}

/// Whether two assessments have the same indicators with the same weights, so that their totals can be compared.
fn same_terms(scribe: &Scribe, a: RecordIx, b: RecordIx) -> bool {
    let register = &scribe.edition.register;
    let terms = |ix: RecordIx| {
        let contract = register.get(register.link(ix, "contract")?).contract()?;
        Some(contract.indicators.iter().map(|measure| (measure.id.as_str(), measure.weight)).collect::<BTreeMap<_, _>>())
    };
    terms(a) == terms(b)
}

/// Writes the rows of a table.
fn league_rows(
    scribe: &Scribe,
    assessing: &Assessing,
    assessment: &Assessment,
    terms: Option<&Contract>,
    before: Option<RecordIx>,
    rows: Range<usize>,
) -> Vec<LeagueRow> {
    let register = &scribe.edition.register;
    let full: Decimal = terms.iter().flat_map(|contract| &contract.indicators).map(|measure| measure.weight).sum();
    let earlier = before.and_then(|ix| register.get(ix).assessment());
    let comparable = before.is_some_and(|ix| {
        let terms_of = |contract: Option<&Contract>| {
            contract.map(|c| c.indicators.iter().map(|m| (m.id.clone(), m.weight)).collect::<BTreeMap<_, _>>())
        };
        terms_of(register.link(ix, "contract").and_then(|ix| register.get(ix).contract())) == terms_of(terms)
    });
    let last = earlier.map(|earlier| standings(earlier));
    let ranked = ranks(assessment);
    let shown = ranked.get(rows).unwrap_or_default().iter();
    shown
        .map(|rank| {
            let result = &assessment.results[rank.at];
            let previous = last.as_ref().map(|last| last.get(result.subject.as_str()).copied());
            let grade = assessment::grade_tag(scribe, result, terms);
            LeagueRow {
                rank: rank.rank.to_string(),
                tied: if rank.tied { scribe.label("league.tied") } else { String::new() },
                unit: unit(scribe, assessing, &result.subject),
                total: scribe.decimal(result.total),
                width: assessment::width(result.total, full),
                grade_lang: scribe.lang_of(&grade.text),
                grade,
                change: change(
                    scribe,
                    rank,
                    previous.map_or(Before::None, |known| known.map_or(Before::New, |(rank, _)| Before::At(rank))),
                ),
                difference: difference(scribe, result.total, previous.flatten().map(|(_, total)| total).filter(|_| comparable)),
            }
        })
        .collect()
}

/// Returns the rank and the total of each unit of an assessment.
fn standings(assessment: &Assessment) -> BTreeMap<&str, (usize, Decimal)> {
    let result = |rank: &Rank| {
        let result = &assessment.results[rank.at];
        (result.subject.as_str(), (rank.rank, result.total))
    };
    ranks(assessment).iter().map(result).collect()
}

/// Where a unit stood in the table before.
#[derive(Debug, Clone, Copy)]
enum Before {
    /// There is no table before that could be compared.
    None,
    /// It did not stand in it.
    New,
    /// At this rank.
    At(usize),
}

/// Writes a change of rank.
fn change(scribe: &Scribe, rank: &Rank, before: Before) -> RankChange {
    let earlier = match before {
        Before::None => return RankChange { mark: String::new(), words: scribe.label("league.change_none"), way: Way::None },
        Before::New => {
            return RankChange { mark: scribe.label("league.mark_new"), words: scribe.label("league.change_new"), way: Way::New };
        }
        Before::At(rank) => rank,
    };
    let by = earlier.abs_diff(rank.rank).to_string();
    let (way, mark, key) = match earlier.cmp(&rank.rank) {
        std::cmp::Ordering::Greater => (Way::Up, format!("▲{by}"), "league.change_up"),
        std::cmp::Ordering::Less => (Way::Down, format!("▼{by}"), "league.change_down"),
        std::cmp::Ordering::Equal => (Way::Same, "–".to_owned(), "league.change_same"),
    };
    RankChange { mark, words: scribe.fill(key, &[("n", &by), ("rank", &earlier.to_string())]), way }
}

/// Writes the change of a total with its sign.
fn difference(scribe: &Scribe, total: Decimal, before: Option<Decimal>) -> String {
    let Some(before) = before else { return String::new() };
    let change = total - before;
    match change.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Greater => format!("+{}", scribe.decimal(change)),
        std::cmp::Ordering::Less => format!("−{}", scribe.decimal(-change)),
        std::cmp::Ordering::Equal => "0".to_owned(),
    }
}

/// Writes a unit: linked where one place or body of the site bears its name.
pub fn unit(scribe: &Scribe, assessing: &Assessing, name: &str) -> Link {
    let register = &scribe.edition.register;
    match assessing.unit(name) {
        Some(Unit::Place(ix)) => scribe.link(*ix),
        Some(Unit::Body(ix, id)) => {
            let bodies = register.get(*ix).place().map(|area| area.bodies.as_slice()).unwrap_or_default();
            let english = bodies.iter().find(|body| body.id == *id).and_then(|body| body.name_en.clone());
            let shown = english.filter(|_| scribe.say("zh", "en") == "en").unwrap_or_else(|| name.to_owned());
            scribe.link_into(*ix, &format!("body-{id}"), shown)
        }
        None => Link { text: name.to_owned(), href: String::new(), lang: scribe.lang_of(name) },
    }
}

/// Returns the share of `part` in `whole` in percent with one decimal; the whole where there is nothing.
pub fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "100.0".to_owned() } else { percent(part as u64, whole as u64) }
}

/// Lists every page of every area that assesses.
pub fn all_pages(edition: &crate::edition::Edition, leagues: &Leagues) -> Vec<Page> {
    let mut pages = Vec::new();
    let index = if leagues.areas().len() == 0 { 0 } else { list::pages(leagues.areas().len()) };
    pages.extend((1..=index).map(Page::Performance));
    for (area, assessing) in leagues.areas() {
        for (year, entry) in &assessing.years {
            pages.extend(entry.sheets.iter().cloned().map(|sheet| Page::Assessed(area.to_owned(), *year, sheet)));
            for contract in entry.contracts.iter().copied() {
                pages.extend(super::indicator::pages(edition, contract));
            }
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_share_a_page_until_it_is_full() {
        assert_eq!(split(&[3, 3]), [vec![(0, 0..3), (1, 0..3)]]);
        assert_eq!(split(&[100, 60]), [vec![(0, 0..100)], vec![(1, 0..60)]]);
        let long = split(&[400, 10]);
        assert_eq!(long, [vec![(0, 0..150)], vec![(0, 150..300)], vec![(0, 300..400), (1, 0..10)]]);
        assert_eq!(split(&[0]), [vec![(0, 0..0)]]);
    }

    #[test]
    fn periods_between_are_those_without_a_result() {
        let period = |text| Period::parse(text).unwrap();
        let months = gap(period("2026-03"), period("2026-06"));
        assert_eq!(months, [period("2026-04"), period("2026-05")]);
        assert_eq!(gap(period("2025-Q4"), period("2026-Q1")), []);
    }
}
