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
    Laid, Link, PageLink, StatisticsCell, StatisticsColumn, StatisticsGroup, StatisticsLine, StatisticsPage, StatisticsPart,
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
    let years: Vec<Period> = statistics.years().iter().filter_map(|year| whole(*year)).collect();
    let of_area = |area: &&str| {
        let children = edition.register.children(area).len();
        let years = years.iter().zip(ledger::rows(statistics, area, &years));
        let pages = years.flat_map(|(year, rows)| (1..=count(children, rows)).map(move |n| (year.year(), n)));
        pages.map(|(year, n)| page_of(statistics, area, year, n)).collect::<Vec<_>>()
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
    let sight = Sight::new(scribe, area, year);
    Some(StatisticsPage {
        title: title(scribe, area, year.year()),
        lead: lead(scribe, year),
        years: years(scribe, area, year),
        place: scribe.place(area),
        coverage: figures::coverage(scribe).filter(|_| first && area.is_empty() && is_latest(scribe, year.year())),
        charts: if first { pictures::all(scribe, area, year) } else { Vec::new() },
        key: if first { key_figures(scribe, &sight) } else { Vec::new() },
        groups: if first { groups(scribe, &sight, &ledger) } else { Vec::new() },
        periods: if first { periods(scribe, &sight) } else { None },
        parts: parts(scribe, &sight, n),
        records: records(scribe, &ledger, n),
        pager: list::pager(scribe, n, count, |n| page_of(scribe.statistics, area, year.year(), n)),
    })
}

/// A place and a year, with every figure that a page may show of them: each is looked up once.
struct Sight<'s> {
    area: &'s str,
    year: Period,
    /// The figures of each measure together, in the order of the page.
    figures: Vec<(Key<'s>, Figure)>,
}

impl<'s> Sight<'s> {
    /// Looks at a place and a year.
    fn new(scribe: &Scribe<'s>, area: &'s str, year: Period) -> Self {
        let figure = |key: Key<'s>| (key, scribe.statistics.figure(area, When::During(year), key));
        Self { area, year, figures: measures().flat_map(|measure| keys(scribe, measure)).map(figure).collect() }
    }

    /// Returns the figures of a measure: of itself, or of each of its parts where those cannot be added up.
    fn of(&self, measure: Measure) -> impl Iterator<Item = &(Key<'s>, Figure)> {
        self.figures.iter().filter(move |(key, _)| key.measure == measure)
    }

    /// Returns the figure of a measure or of one of its parts.
    fn figure(&self, scribe: &Scribe, key: Key) -> Figure {
        let known = self.of(key.measure).find(|(known, _)| *known == key).map(|(_, figure)| *figure);
        known.unwrap_or_else(|| scribe.statistics.figure(self.area, When::During(self.year), key))
    }
}

/// Returns every measure of a page, in its order.
fn measures() -> impl Iterator<Item = Measure> {
    GROUPS.iter().flat_map(|(_, measures)| measures.iter()).map(|(measure, _)| *measure)
}

/// Whether a year is the last with facts.
fn is_latest(scribe: &Scribe, year: i16) -> bool {
    scribe.statistics.years().last() == Some(&year)
}

/// Names a page of statistics.
pub fn title(scribe: &Scribe, area: &str, year: i16) -> String {
    let place = scribe.place_name(area).unwrap_or_else(|| scribe.label("statistics.all_places"));
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
fn groups(scribe: &Scribe, sight: &Sight, ledger: &Ledger) -> Vec<StatisticsGroup> {
    let group = |(id, measures): &(&str, &[(Measure, bool)])| StatisticsGroup {
        id: (*id).to_owned(),
        title: scribe.label(&format!("statistics.group.{id}")),
        rows: scribe.rows.figures(scribe, measures.iter().flat_map(|of| rows(scribe, sight, ledger, *of)).collect()),
    };
    GROUPS.iter().map(group).filter(|group| !group.rows.is_empty()).collect()
}

/// Writes the rows of a measure.
fn rows(scribe: &Scribe, sight: &Sight, ledger: &Ledger, (measure, split): (Measure, bool)) -> Vec<StatisticsRow> {
    let row = |(key, figure): &(Key, Figure)| StatisticsRow {
        href: opens(scribe, sight, ledger, *key, figure),
        split: split_of(scribe, sight, *key, split),
        ..row(scribe, *key, figure)
    };
    sight.of(measure).filter(|(_, figure)| !is_blank(figure)).map(row).collect()
}

/// Writes the parts of a figure that say something.
fn split_of(scribe: &Scribe, sight: &Sight, key: Key, split: bool) -> Laid<StatisticsPart> {
    let members = if split && key.member.is_none() { scribe.statistics.members(key.measure) } else { Vec::new() };
    let part = |member: &str| {
        let figure = scribe.statistics.figure(sight.area, When::During(sight.year), Key::part(key.measure, member));
        (!is_blank(&figure) && figure.value != Value::Nothing).then(|| StatisticsPart {
            label: words::member(scribe, key.measure, member),
            value: words::with_numbers(scribe, &figure),
            difference: words::difference(scribe, &figure),
        })
    };
    scribe.rows.split(scribe, members.into_iter().filter_map(part).collect())
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
        split: Laid::default(),
    }
}

/// Writes the figures that matter most, each with a link to its row below; a part that is the whole is not told apart.
fn key_figures(scribe: &Scribe, sight: &Sight) -> Vec<StatisticsRow> {
    let row = |(measure, member): &(Measure, Option<&str>)| {
        let key = Key { measure: *measure, member: *member };
        let found = sight.figure(scribe, key);
        let told = member.is_none() || (found.n > 0 && found.n < sight.figure(scribe, (*measure).into()).n);
        (told && !is_blank(&found)).then(|| StatisticsRow {
            id: String::new(),
            href: ["#", &anchor((*measure).into())].concat(),
            ..row(scribe, key, &found)
        })
    };
    KEY.iter().filter_map(row).collect()
}

/// Returns where a figure opens to: the table of parts, the place's own records of the kind that it counts, or the one record.
fn opens(scribe: &Scribe, sight: &Sight, ledger: &Ledger, key: Key, figure: &Figure) -> String {
    let Sight { area, year, .. } = *sight;
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

/// Returns the rows of a measure in the table of periods; a year in which there was nothing has nothing in its parts.
fn period_keys<'s>(scribe: &Scribe<'s>, sight: &Sight<'s>, measure: Measure) -> Vec<Key<'s>> {
    // The opinions by channel are the opinions once more.
    if measure == Measure::OpinionChannels {
        return Vec::new();
    }
    let mut keys: Vec<Key> = sight.of(measure).filter(|(_, figure)| figure.n > 0).map(|(key, _)| *key).collect();
    if SPLIT_BY_PERIOD.contains(&measure) {
        let parts = scribe.statistics.members(measure).into_iter().map(|member| Key::part(measure, member));
        let year = When::During(sight.year);
        keys.extend(parts.filter(|key| scribe.statistics.figure_alone(sight.area, year, *key).n > 0));
    }
    keys
}

/// Writes the figures of the halves, quarters and months that have begun.
fn periods(scribe: &Scribe, sight: &Sight) -> Option<StatisticsTable> {
    let periods: Vec<When> =
        std::iter::once(When::Ever).chain(scribe.statistics.periods(sight.year.year()).into_iter().map(When::During)).collect();
    let columns = periods.iter().map(|when| StatisticsColumn {
        label: match when {
            When::Ever => scribe.label("statistics.ever"),
            When::During(period) => scribe.text(&period.short_label()),
        },
        unit: String::new(),
    });
    // Each row opens where the figure of the year does.
    let row = |key: Key| {
        let row = Key { member: key.member.filter(|_| !key.measure.has_total()), ..key };
        let name = Link { href: ["#", &anchor(row)].concat(), ..plain(words::label(scribe, key)) };
        let figures = scribe.statistics.figures_alone(sight.area, &periods, key);
        let cells = figures.iter().map(|figure| figure_cell(scribe, words::value(scribe, figure), String::new(), figure));
        line(scribe, name, words::unit(scribe, key), cells)
    };
    let rows: Vec<StatisticsLine> = measures().flat_map(|measure| period_keys(scribe, sight, measure)).map(row).collect();
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

/// Writes a row of a table.
fn line(scribe: &Scribe, name: Link, note: String, cells: impl Iterator<Item = StatisticsCell>) -> StatisticsLine {
    StatisticsLine { name, note, cells: scribe.rows.cells(scribe, &cells.collect::<Vec<_>>()) }
}

/// Writes a cell that leads nowhere.
fn cell(text: String) -> StatisticsCell {
    StatisticsCell { text, ..StatisticsCell::default() }
}

/// Writes a figure as a cell, with both numbers of a share.
fn figure_cell(scribe: &Scribe, text: String, href: String, figure: &Figure) -> StatisticsCell {
    StatisticsCell { text, href, of: words::of(scribe, figure) }
}

/// A column of the table of parts.
struct PartColumn<'s> {
    key: Key<'s>,
    /// The figure of all parts.
    total: Figure,
    /// Where the figure stands on a page.
    anchor: String,
}

/// Writes what the figures are made of: what is filed in the place itself, and each place right below it.
fn parts(scribe: &Scribe, sight: &Sight, n: usize) -> Option<StatisticsTable> {
    let register = &scribe.edition.register;
    let children = register.children(sight.area);
    let shown: Vec<&str> = children.iter().map(|ix| register.get(*ix).id.as_str()).skip((n - 1) * PARTS).take(PARTS).collect();
    if shown.is_empty() {
        return None;
    }
    let columns = part_columns(sight);
    let own = !sight.area.is_empty() && n == 1;
    let mut rows: Vec<StatisticsLine> = Vec::new();
    rows.extend(own.then(|| own_line(scribe, sight, &columns)).flatten());
    rows.extend(shown.into_iter().map(|child| part_line(scribe, child, sight.year, &columns)));
    let heading =
        |column: &PartColumn| StatisticsColumn { label: words::label(scribe, column.key), unit: words::unit(scribe, column.key) };
    let total = columns
        .iter()
        .map(|PartColumn { total, .. }| figure_cell(scribe, words::with_percent(scribe, total), String::new(), total));
    Some(StatisticsTable {
        id: "parts".to_owned(),
        title: scribe.label("statistics.parts"),
        note: scribe.label("statistics.parts_note"),
        first: scribe.label("statistics.place"),
        total: Some(line(scribe, plain(scribe.label("statistics.total")), String::new(), total)),
        columns: columns.iter().map(heading).collect(),
        rows,
    })
}

/// Returns the columns of the table of parts: every figure of the page that says something.
fn part_columns<'s>(sight: &Sight<'s>) -> Vec<PartColumn<'s>> {
    let told = |(key, figure): &&(Key, Figure)| key.measure != Measure::OpinionChannels && figure.n > 0;
    let column = |(key, figure): &(Key<'s>, Figure)| PartColumn { key: *key, total: *figure, anchor: anchor(*key) };
    sight.figures.iter().filter(told).map(column).collect()
}

/// Writes what is filed in the place itself; `None` where that is nothing.
fn own_line(scribe: &Scribe, sight: &Sight, columns: &[PartColumn]) -> Option<StatisticsLine> {
    let own = |column: &PartColumn| {
        let parts = scribe.statistics.parts(sight.area, When::During(sight.year), column.key);
        parts.into_iter().find(|part| part.own).map(|part| part.figure)
    };
    let figures: Vec<Option<Figure>> = columns.iter().map(own).collect();
    figures.iter().any(Option::is_some).then(|| {
        let cells = figures.iter().map(|figure| part_cell(scribe, figure.as_ref(), String::new));
        line(scribe, plain(scribe.label("statistics.own")), String::new(), cells)
    })
}

/// Writes the figures of a place right below, each a link to the same figure on the page of that place.
fn part_line(scribe: &Scribe, child: &str, year: Period, columns: &[PartColumn]) -> StatisticsLine {
    let page = Page::Statistics(child.to_owned(), year.year(), 1);
    let top = scribe.here.to_anchor(&scribe.address(&page), "");
    let name = scribe.place_name(child).unwrap_or_else(|| child.to_owned());
    let cells = columns.iter().map(|column| {
        let figure = scribe.statistics.figure_alone(child, When::During(year), column.key);
        part_cell(scribe, Some(&figure), || [&*top, &column.anchor].concat())
    });
    line(scribe, scribe.link_to(&page, name), String::new(), cells)
}

/// Writes a number of the table of parts; only one that counts something is a link.
fn part_cell(scribe: &Scribe, figure: Option<&Figure>, href: impl FnOnce() -> String) -> StatisticsCell {
    match figure {
        Some(figure) if figure.n > 0 => figure_cell(scribe, words::with_percent(scribe, figure), href(), figure),
        Some(figure) if figure.value.number().is_some() => cell("0".to_owned()),
        _ => cell(NOTHING.to_owned()),
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
    let row = |ix: &RecordIx| {
        let date = scribe.edition.register.date_of(*ix).map(|date| scribe.date(date).text);
        let entries = section.rows.get(ix).into_iter().flat_map(|row| ledger::aligned(&columns, row));
        let cells = columns.iter().zip(entries).map(|(column, entry)| record_cell(scribe, column, entry));
        line(scribe, scribe.link(*ix), date.unwrap_or_default(), cells)
    };
    let sums = ledger::sums(&columns, section);
    let total = columns.iter().zip(sums).map(|(column, sum)| total_cell(scribe, column, sum));
    let whole = scribe.count("record", section.rows.len());
    StatisticsTable {
        id: section_id(kind),
        title: scribe.kind(kind),
        note: whole,
        first: scribe.label("table.record"),
        rows: records.iter().map(row).collect(),
        total: Some(line(scribe, plain(scribe.label("statistics.total")), String::new(), total)),
        columns: columns.iter().map(heading).collect(),
    }
}

/// Writes what a record adds to a measure.
fn record_cell(scribe: &Scribe, column: &Column, entry: Option<&Entry>) -> StatisticsCell {
    let Some(entry) = entry else { return cell(String::new()) };
    let text = match column.0.method() {
        // Days of several events are not added up.
        Method::Days if entry.n > 1 => scribe.fill("statistics.several", &[("n", &scribe.number(entry.n as u64))]),
        _ => words::number(scribe, entry.sum, column.0.unit()),
    };
    cell(text)
}

/// Writes what all records of a kind add to a measure; days are told by their median, which is not a sum.
fn total_cell(scribe: &Scribe, column: &Column, sum: Decimal) -> StatisticsCell {
    let told = column.0.method() != Method::Days;
    cell(if told { words::number(scribe, sum, column.0.unit()) } else { String::new() })
}
