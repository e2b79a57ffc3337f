//! The pages of statistics: for each place and year its figures, what they are made of, and the records that they count.
//!
//! A total opens through the parts that it sums: each number of the table of parts leads to the page of that place, and there,
//! at the end, to the records filed in it. All numbers come from [`crate::statistics`]; nothing is counted here but the sums of
//! the ledger, which a test compares with the figures.

mod ledger;
mod pictures;
pub mod words;

use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::calendar::{Cycle, Period};
use crate::edition::Edition;
use crate::field::Kind;
use crate::register::RecordIx;
use crate::statistics::{Figure, Key, Measure, Method, Statistics, Value, When};

use super::figures;
use super::list;
use super::page::Page;
use super::scribe::Scribe;
use super::view::{
    Link, PageLink, StatisticsCell, StatisticsColumn, StatisticsGroup, StatisticsLine, StatisticsPage, StatisticsPart,
    StatisticsRow, StatisticsTable,
};
use ledger::{Column, Entry, Ledger, Section};
use words::NOTHING;

/// How many parts, and how many records of the ledger, one page shows: with all measures the page stays below 200 KB.
const PARTS: usize = 20;
const RECORDS: usize = 120;

/// The figures of a page, by what they are about. A measure with `true` is followed by its parts.
const GROUPS: &[(&str, &[(Measure, bool)])] = &[
    (
        "opinions",
        &[
            (Measure::Opinions, true),
            (Measure::OpinionChannels, true),
            (Measure::OpinionsSettledShare, false),
            (Measure::MatterOpinions, true),
        ],
    ),
    ("meetings", &[(Measure::Meetings, true), (Measure::Attendance, true), (Measure::Approval, true)]),
    (
        "matters",
        &[
            (Measure::Matters, true),
            (Measure::MattersAt, true),
            (Measure::StepsDone, true),
            (Measure::Taken, false),
            (Measure::Topics, false),
            (Measure::Motions, false),
            (Measure::Voted, true),
            (Measure::Resolved, true),
            (Measure::ResolvedShare, false),
            (Measure::Completed, false),
        ],
    ),
    (
        "days",
        &[
            (Measure::DaysToResolution, false),
            (Measure::DaysTopicToResolution, false),
            (Measure::DaysBetweenSteps, true),
            (Measure::DaysToPosting, false),
            (Measure::DaysToCompletion, false),
            (Measure::DaysToReply, false),
            (Measure::DaysToAnswer, false),
            (Measure::PostingDays, true),
        ],
    ),
    (
        "duties",
        &[
            (Measure::TasksOnTimeShare, false),
            (Measure::ReportsOnTimeShare, false),
            (Measure::DisclosuresOnTimeShare, false),
            (Measure::InquiriesOnTimeShare, false),
            (Measure::ObligationsDoneShare, true),
            (Measure::Overdue, true),
        ],
    ),
    (
        "satisfaction",
        &[(Measure::Surveys, false), (Measure::Response, false), (Measure::Satisfaction, false), (Measure::Answers, true)],
    ),
    (
        "delegates",
        &[
            (Measure::Delegates, true),
            (Measure::Households, false),
            (Measure::Visits, false),
            (Measure::HouseholdsVisited, false),
            (Measure::VisitOpinions, false),
            (Measure::DelegateAttendance, false),
            (Measure::DelegateReviews, false),
            (Measure::DelegateRewards, false),
            (Measure::DelegatePenalties, false),
            (Measure::Elections, true),
            (Measure::Turnout, true),
            (Measure::ElectionValidShare, false),
            (Measure::Elected, true),
        ],
    ),
    (
        "finance",
        &[(Measure::Income, false), (Measure::Expenditure, false), (Measure::Balance, false), (Measure::Accounts, false)],
    ),
    (
        "procedure",
        &[
            (Measure::Findings, true),
            (Measure::Assessments, true),
            (Measure::Records, true),
            (Measure::Adopted, false),
            (Measure::Coverage, false),
        ],
    ),
];

/// The figures on top of a page.
const KEY: &[(Measure, Option<&str>)] = &[
    (Measure::Opinions, None),
    (Measure::Meetings, None),
    (Measure::Meetings, Some(CONGRESS)),
    (Measure::Resolved, None),
    (Measure::Resolved, Some(CONGRESS)),
    (Measure::Completed, None),
    (Measure::Attendance, None),
    (Measure::TasksOnTimeShare, None),
    (Measure::Satisfaction, None),
    (Measure::Findings, None),
];

/// The class of the bodies whose meetings and resolutions are told apart on top.
const CONGRESS: &str = "village-congress";

/// The measures that the table of periods splits; the others have one row.
const SPLIT_BY_PERIOD: &[Measure] = &[Measure::Opinions, Measure::Voted, Measure::Findings];

/// Returns the period of a year.
fn whole(year: i16) -> Option<Period> {
    Date::new(year, 1, 1).ok().map(|date| Period::of(Cycle::Year, date))
}

/// Returns the page of a place and a year; that of all places in the last year is the front page of the statistics.
pub fn page_of(statistics: &Statistics, area: &str, year: i16, n: usize) -> Page {
    match n {
        1 if area.is_empty() && statistics.years().last() == Some(&year) => Page::StatisticsHome,
        _ => Page::Statistics(area.to_owned(), year, n),
    }
}

/// Returns the page of a place in the last year; `None` for a site without records.
pub fn latest(statistics: &Statistics, area: &str) -> Option<Page> {
    let year = statistics.years().last().filter(|_| !statistics.is_empty())?;
    Some(page_of(statistics, area, *year, 1))
}

/// Lists every page of statistics: each place and all together, each year.
pub fn plan(edition: &Edition, statistics: &Statistics) -> Vec<Page> {
    let areas: Vec<&str> = statistics.areas().filter(|_| !statistics.is_empty()).collect();
    let of_year = |area: &str, year: i16| {
        let records = whole(year).map_or(0, |period| ledger::rows(statistics, area, period));
        (1..=count(edition.register.children(area).len(), records)).map(move |n| (year, n))
    };
    let of_area = |area: &&str| {
        let years = statistics.years().iter().flat_map(|year| of_year(area, *year));
        years.map(|(year, n)| page_of(statistics, area, year, n)).collect::<Vec<_>>()
    };
    areas.par_iter().flat_map_iter(of_area).collect()
}

/// Returns how many pages parts and records take.
fn count(parts: usize, records: usize) -> usize {
    parts.div_ceil(PARTS).max(records.div_ceil(RECORDS)).max(1)
}

/// Writes the front page of the statistics.
pub fn home(scribe: &Scribe) -> Option<StatisticsPage> {
    page(scribe, "", *scribe.statistics.years().last()?, 1)
}

/// Names the front page of the statistics.
pub fn home_title(scribe: &Scribe) -> String {
    scribe.statistics.years().last().map(|year| title(scribe, "", *year)).unwrap_or_default()
}

/// Writes a page of statistics; those after the first have no more than their share of the parts and of the records.
pub fn page(scribe: &Scribe, area: &str, year: i16, n: usize) -> Option<StatisticsPage> {
    let year = whole(year)?;
    let ledger = ledger::open(scribe.edition, scribe.statistics, area, year);
    let children = scribe.edition.register.children(area).len();
    let first = n == 1;
    let count = count(children, ledger::len(&ledger));
    let groups = if first { groups(scribe, area, year, &ledger) } else { Vec::new() };
    Some(StatisticsPage {
        title: title(scribe, area, year.year()),
        lead: lead(scribe, year),
        years: years(scribe, area, year),
        place: scribe.place(area),
        coverage: figures::coverage(scribe).filter(|_| first && area.is_empty() && is_latest(scribe, year.year())),
        charts: if first { pictures::all(scribe, area, year) } else { Vec::new() },
        key: if first { key_figures(scribe, area, year) } else { Vec::new() },
        groups,
        periods: if first { periods(scribe, area, year) } else { None },
        parts: parts(scribe, area, year, n),
        records: records(scribe, &ledger, n),
        pager: list::pager(scribe, n, count, |n| page_of(scribe.statistics, area, year.year(), n)),
    })
}

/// Whether a year is the last with facts.
fn is_latest(scribe: &Scribe, year: i16) -> bool {
    scribe.statistics.years().last() == Some(&year)
}

/// Names a page of statistics.
pub fn title(scribe: &Scribe, area: &str, year: i16) -> String {
    let place = scribe.place(area).map_or_else(|| scribe.label("statistics.all_places"), |place| place.text);
    scribe.fill("statistics.title_of", &[("place", &place), ("year", &year.to_string())])
}

/// Says which days are counted, and what they are compared with.
fn lead(scribe: &Scribe, year: Period) -> String {
    let last = year.last().min(scribe.edition.as_of);
    let days = scribe.days(year.first(), Some(last));
    let as_of = scribe.date(scribe.edition.as_of).text;
    let key = if last < year.last() { "statistics.lead_open" } else { "statistics.lead" };
    scribe.fill(key, &[("days", &days), ("as_of", &as_of)])
}

/// Links to the other years.
fn years(scribe: &Scribe, area: &str, year: Period) -> Vec<PageLink> {
    let link = |other: &i16| PageLink {
        number: other.to_string(),
        href: scribe.href(&page_of(scribe.statistics, area, *other, 1)),
        current: *other == year.year(),
    };
    scribe.statistics.years().iter().rev().map(link).collect()
}

/// Returns the keys of a measure: itself, or each of its parts where those cannot be added up.
fn keys<'s>(scribe: &Scribe<'s>, measure: Measure) -> Vec<Key<'s>> {
    if measure.has_total() {
        return vec![measure.into()];
    }
    scribe.statistics.members(measure).into_iter().map(|member| Key::part(measure, member)).collect()
}

/// Returns the anchor of a figure.
fn anchor(key: Key) -> String {
    let mut anchor = ["m-", key.measure.id()].concat();
    if let Some(member) = key.member {
        anchor.push('-');
        anchor.extend(member.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }));
    }
    anchor
}

/// Whether a figure says nothing, now and a year ago.
fn is_blank(figure: &Figure) -> bool {
    let nothing = |value: Value| value.number().is_none_or(|n| n.is_zero());
    figure.n == 0 && nothing(figure.value) && figure.before.is_none_or(nothing)
}

/// Writes the figures of the year by what they are about; groups that say nothing are left out.
fn groups(scribe: &Scribe, area: &str, year: Period, ledger: &Ledger) -> Vec<StatisticsGroup> {
    let group = |(id, measures): &(&str, &[(Measure, bool)])| StatisticsGroup {
        id: (*id).to_owned(),
        title: scribe.label(&format!("statistics.group.{id}")),
        rows: measures.iter().flat_map(|(measure, split)| rows(scribe, area, year, ledger, (*measure, *split))).collect(),
    };
    GROUPS.iter().map(group).filter(|group| !group.rows.is_empty()).collect()
}

/// Writes the rows of a measure.
fn rows(scribe: &Scribe, area: &str, year: Period, ledger: &Ledger, (measure, split): (Measure, bool)) -> Vec<StatisticsRow> {
    let when = When::During(year);
    let mut rows = Vec::new();
    for key in keys(scribe, measure) {
        let figure = scribe.statistics.figure(area, when, key);
        if is_blank(&figure) {
            continue;
        }
        let href = opens(scribe, area, (year, ledger), key, &figure);
        let split = split_of(scribe, area, year, key, split);
        rows.push(StatisticsRow { href, split, ..row(scribe, key, &figure) });
    }
    rows
}

/// Writes the parts of a figure that say something.
fn split_of(scribe: &Scribe, area: &str, year: Period, key: Key, split: bool) -> Vec<StatisticsPart> {
    let members = if split && key.member.is_none() { scribe.statistics.members(key.measure) } else { Vec::new() };
    let part = |member: &str| {
        let figure = scribe.statistics.figure(area, When::During(year), Key::part(key.measure, member));
        (!is_blank(&figure) && figure.value != Value::Nothing).then(|| StatisticsPart {
            label: words::member(scribe, key.measure, member),
            value: words::with_numbers(scribe, &figure),
            difference: words::difference(scribe, &figure),
        })
    };
    members.into_iter().filter_map(part).collect()
}

/// Writes a figure that opens to nothing yet.
fn row(scribe: &Scribe, key: Key, figure: &Figure) -> StatisticsRow {
    StatisticsRow {
        id: anchor(key),
        label: words::label(scribe, key),
        definition: key.measure.meaning(scribe.language).to_owned(),
        value: words::value(scribe, figure),
        unit: if figure.suppressed || figure.value == Value::Nothing { String::new() } else { words::unit(scribe, key) },
        note: words::note(scribe, figure),
        before: words::before(scribe, figure),
        difference: words::difference(scribe, figure),
        href: String::new(),
        split: Vec::new(),
    }
}

/// Writes the figures that matter most, each with a link to its row below; a part that is the whole is not told apart.
fn key_figures(scribe: &Scribe, area: &str, year: Period) -> Vec<StatisticsRow> {
    let figure =
        |measure: Measure, member: Option<&str>| scribe.statistics.figure(area, When::During(year), Key { measure, member });
    let row = |(measure, member): &(Measure, Option<&str>)| {
        let found = figure(*measure, *member);
        let told = member.is_none() || (found.n > 0 && found.n < figure(*measure, None).n);
        let href = ["#", &anchor((*measure).into())].concat();
        (told && !is_blank(&found)).then(|| StatisticsRow {
            id: String::new(),
            href,
            ..row(scribe, Key { measure: *measure, member: *member }, &found)
        })
    };
    KEY.iter().filter_map(row).collect()
}

/// Returns where a figure opens to: the table of parts, the place's own records of the kind that it counts, or the one record.
fn opens(scribe: &Scribe, area: &str, (year, ledger): (Period, &Ledger), key: Key, figure: &Figure) -> String {
    if figure.n == 0 {
        return String::new();
    }
    if !scribe.edition.register.children(area).is_empty() {
        return "#parts".to_owned();
    }
    let facts = scribe.statistics.facts(area, When::During(year), key);
    let Some(fact) = facts.last() else { return String::new() };
    let kind = scribe.edition.register.get(fact.record).kind;
    let before: usize = ledger.range(..kind).map(|(_, section)| section.rows.len()).sum();
    match ledger.get(&kind) {
        Some(_) if fact.measure.method() != Method::Stock => {
            let page = page_of(scribe.statistics, area, year.year(), before / RECORDS + 1);
            scribe.here.to_anchor(&scribe.address(&page), &section_id(kind))
        }
        _ => scribe.href(&Page::Record(fact.record)),
    }
}

/// Returns the anchor of the records of a kind.
fn section_id(kind: Kind) -> String {
    format!("records-{}", kind.name())
}

/// Returns the rows of a measure in the table of periods.
fn period_keys<'s>(scribe: &Scribe<'s>, measure: Measure) -> Vec<Key<'s>> {
    // The opinions by channel are the opinions once more.
    if measure == Measure::OpinionChannels {
        return Vec::new();
    }
    let mut keys = keys(scribe, measure);
    if SPLIT_BY_PERIOD.contains(&measure) {
        keys.extend(scribe.statistics.members(measure).into_iter().map(|member| Key::part(measure, member)));
    }
    keys
}

/// Writes the figures of the halves, quarters and months that have begun.
fn periods(scribe: &Scribe, area: &str, year: Period) -> Option<StatisticsTable> {
    let periods: Vec<When> =
        std::iter::once(When::Ever).chain(scribe.statistics.periods(year.year()).into_iter().map(When::During)).collect();
    let columns = periods.iter().map(|when| StatisticsColumn {
        label: match when {
            When::Ever => scribe.label("statistics.ever"),
            When::During(period) => scribe.text(&period.short_label()),
        },
        unit: String::new(),
    });
    let line = |key: Key| {
        // A year in which there was nothing has nothing in its parts. Each row opens where the figure of the year does.
        let shown = scribe.statistics.figure_alone(area, When::During(year), key).n > 0;
        let figures = periods.iter().map(|when| scribe.statistics.figure_alone(area, *when, key));
        shown.then(|| StatisticsLine {
            name: Link {
                href: ["#", &anchor(Key { member: key.member.filter(|_| !key.measure.has_total()), ..key })].concat(),
                ..plain(words::label(scribe, key))
            },
            note: words::unit(scribe, key),
            cells: figures.map(|figure| figure_cell(scribe, words::value(scribe, &figure), String::new(), &figure)).collect(),
        })
    };
    let measures = GROUPS.iter().flat_map(|(_, measures)| measures.iter()).map(|(measure, _)| *measure);
    let rows: Vec<StatisticsLine> = measures.flat_map(|measure| period_keys(scribe, measure)).filter_map(line).collect();
    (!rows.is_empty()).then(|| StatisticsTable {
        id: "periods".to_owned(),
        title: scribe.label("statistics.periods"),
        note: scribe.label("statistics.periods_note"),
        first: scribe.label("statistics.measure"),
        columns: columns.collect(),
        rows,
        total: None,
    })
}

fn plain(text: String) -> Link {
    Link { text, href: String::new(), lang: None }
}

fn cell(text: String, href: String) -> StatisticsCell {
    StatisticsCell { text, href, of: String::new() }
}

/// Writes a figure as a cell, with both numbers of a share.
fn figure_cell(scribe: &Scribe, text: String, href: String, figure: &Figure) -> StatisticsCell {
    StatisticsCell { of: words::of(scribe, figure), ..cell(text, href) }
}

/// Writes what the figures are made of: what is filed in the place itself, and each place right below it.
fn parts(scribe: &Scribe, area: &str, year: Period, n: usize) -> Option<StatisticsTable> {
    let register = &scribe.edition.register;
    let children = register.children(area);
    let shown: Vec<&str> = children.iter().map(|ix| register.get(*ix).id.as_str()).skip((n - 1) * PARTS).take(PARTS).collect();
    if shown.is_empty() {
        return None;
    }
    let columns = part_columns(scribe, area, year);
    let own = (!area.is_empty()).then_some(area);
    let mut rows: Vec<StatisticsLine> = Vec::new();
    rows.extend(own.filter(|_| n == 1).and_then(|area| own_line(scribe, area, year, &columns)));
    rows.extend(shown.into_iter().map(|child| part_line(scribe, child, year, &columns)));
    let column = |key: &Key| StatisticsColumn { label: words::label(scribe, *key), unit: words::unit(scribe, *key) };
    let total = columns.iter().map(|key| {
        let figure = scribe.statistics.figure(area, When::During(year), *key);
        figure_cell(scribe, words::with_percent(scribe, &figure), String::new(), &figure)
    });
    Some(StatisticsTable {
        id: "parts".to_owned(),
        title: scribe.label("statistics.parts"),
        note: scribe.label("statistics.parts_note"),
        first: scribe.label("statistics.place"),
        total: Some(StatisticsLine {
            name: plain(scribe.label("statistics.total")),
            note: String::new(),
            cells: total.collect(),
        }),
        columns: columns.iter().map(column).collect(),
        rows,
    })
}

/// Returns the columns of the table of parts: every figure of the page that says something.
fn part_columns<'s>(scribe: &Scribe<'s>, area: &str, year: Period) -> Vec<Key<'s>> {
    let all = GROUPS.iter().flat_map(|(_, measures)| measures.iter()).map(|(measure, _)| *measure);
    let keys = all.filter(|measure| *measure != Measure::OpinionChannels).flat_map(|measure| keys(scribe, measure));
    keys.filter(|key| scribe.statistics.figure(area, When::During(year), *key).n > 0).collect()
}

/// Writes what is filed in the place itself; `None` where that is nothing.
fn own_line(scribe: &Scribe, area: &str, year: Period, columns: &[Key]) -> Option<StatisticsLine> {
    let own = |key: &Key| {
        let parts = scribe.statistics.parts(area, When::During(year), *key);
        parts.into_iter().find(|part| part.own).map(|part| part.figure)
    };
    let figures: Vec<Option<Figure>> = columns.iter().map(own).collect();
    figures.iter().any(Option::is_some).then(|| StatisticsLine {
        name: plain(scribe.label("statistics.own")),
        note: String::new(),
        cells: figures.iter().map(|figure| part_cell(scribe, figure.as_ref(), String::new())).collect(),
    })
}

/// Writes the figures of a place right below, each a link to the same figure on the page of that place.
fn part_line(scribe: &Scribe, child: &str, year: Period, columns: &[Key]) -> StatisticsLine {
    let page = Page::Statistics(child.to_owned(), year.year(), 1);
    let address = scribe.address(&page);
    let name = scribe.place(child).map_or_else(|| child.to_owned(), |link| link.text);
    let figures = columns.iter().map(|key| {
        let figure = scribe.statistics.figure(child, When::During(year), *key);
        part_cell(scribe, Some(&figure), scribe.here.to_anchor(&address, &anchor(*key)))
    });
    StatisticsLine { name: scribe.link_to(&page, name), note: String::new(), cells: figures.collect() }
}

/// Writes a number of the table of parts; only one that counts something is a link.
fn part_cell(scribe: &Scribe, figure: Option<&Figure>, href: String) -> StatisticsCell {
    match figure {
        Some(figure) if figure.n > 0 => figure_cell(scribe, words::with_percent(scribe, figure), href, figure),
        Some(figure) if figure.value.number().is_some() => cell("0".to_owned(), String::new()),
        _ => cell(NOTHING.to_owned(), String::new()),
    }
}

/// Writes the place's own records that are counted: those of this page, by kind.
fn records(scribe: &Scribe, ledger: &Ledger, n: usize) -> Vec<StatisticsTable> {
    let mut rows: Vec<(Kind, RecordIx)> = Vec::new();
    for (kind, section) in ledger {
        let mut of_kind: Vec<RecordIx> = section.rows.keys().copied().collect();
        of_kind.sort_by_key(|ix| (scribe.edition.register.date_of(*ix), *ix));
        rows.extend(of_kind.into_iter().map(|ix| (*kind, ix)));
    }
    let shown: Vec<(Kind, RecordIx)> = rows.into_iter().skip((n - 1) * RECORDS).take(RECORDS).collect();
    let table = |(kind, section): (&Kind, &Section)| {
        let records: Vec<RecordIx> = shown.iter().filter(|(of, _)| of == kind).map(|(_, ix)| *ix).collect();
        (!records.is_empty()).then(|| section_table(scribe, *kind, section, &records))
    };
    ledger.iter().filter_map(table).collect()
}

/// Writes the records of a kind.
fn section_table(scribe: &Scribe, kind: Kind, section: &Section, records: &[RecordIx]) -> StatisticsTable {
    let columns: Vec<&Column> = section.columns.iter().collect();
    let heading = |(measure, part): &&Column| {
        let key = Key { measure: *measure, member: part.as_deref() };
        StatisticsColumn { label: words::label(scribe, key), unit: words::unit(scribe, key) }
    };
    let line = |ix: &RecordIx| StatisticsLine {
        name: scribe.link(*ix),
        note: scribe.edition.register.date_of(*ix).map(|date| scribe.date(date).text).unwrap_or_default(),
        cells: columns.iter().map(|column| record_cell(scribe, column, section.rows.get(ix))).collect(),
    };
    let whole = scribe.count("record", section.rows.len());
    StatisticsTable {
        id: section_id(kind),
        title: scribe.kind(kind),
        note: whole,
        first: scribe.label("table.record"),
        rows: records.iter().map(line).collect(),
        total: Some(StatisticsLine {
            name: plain(scribe.label("statistics.total")),
            note: String::new(),
            cells: columns.iter().map(|column| total_cell(scribe, column, section)).collect(),
        }),
        columns: columns.iter().map(heading).collect(),
    }
}

/// Writes what a record adds to a measure.
fn record_cell(scribe: &Scribe, column: &Column, row: Option<&std::collections::BTreeMap<Column, Entry>>) -> StatisticsCell {
    let Some(entry) = row.and_then(|row| row.get(column)) else { return cell(String::new(), String::new()) };
    let text = match column.0.method() {
        // Days of several events are not added up.
        Method::Days if entry.n > 1 => scribe.fill("statistics.several", &[("n", &scribe.number(entry.n as u64))]),
        _ => words::number(scribe, entry.sum, column.0.unit()),
    };
    cell(text, String::new())
}

/// Writes what all records of a kind add to a measure; days are told by their median, which is not a sum.
fn total_cell(scribe: &Scribe, column: &Column, section: &Section) -> StatisticsCell {
    if column.0.method() == Method::Days {
        return cell(String::new(), String::new());
    }
    let entries = section.rows.values().filter_map(|row| row.get(column));
    let sum: Decimal = entries.map(|entry| entry.sum).sum();
    cell(words::number(scribe, sum, column.0.unit()), String::new())
}
