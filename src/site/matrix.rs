//! The disclosure matrix: what had to be done once a period, place by item by period, a page a place and year.
//!
//! A place that has none below it shows every period with its day and its record; one above shows a mark a period of the places
//! right below it, and of those that have places below them the sums, which open to their own pages.

use std::collections::{BTreeMap, BTreeSet};

use crate::edition::Edition;
use crate::register::RecordIx;
use crate::verdict::{DutyCell, DutyRow, DutyRule, DutyState, Sums};

use super::list::{self, PER_PAGE};
use super::page::Page;
use super::parts;
use super::scribe::Scribe;
use super::view::{
    AreaItem, AreaMatrix, CountLink, Heat, Link, MatrixCount, MatrixItem, MatrixPage, MatrixPart, MatrixPeriod, MatrixShare,
    MatrixState,
};

/// Lists the pages of the matrix: one a place and year in which anything is asked for, more where many places lie right below.
pub fn pages(edition: &Edition) -> Vec<Page> {
    let register = &edition.register;
    let areas = register.areas().filter(|(ix, _)| edition.is_published(*ix)).map(|(ix, _)| register.get(ix).id.as_str());
    let mut pages = Vec::new();
    for area in std::iter::once("").chain(areas.filter(|area| !area.is_empty())) {
        for year in edition.verdicts.duties().years(area) {
            let count = register.children(area).len().div_ceil(per_page(edition, area, year)).max(1);
            pages.extend((1..=count).map(|n| Page::Matrix(area.to_owned(), year, n)));
        }
    }
    pages
}

/// How many marks a page may show, so that it stays well below 200 KB in either language.
const MARKS: usize = 1_500;

/// Returns how many places right below a page shows: fewer where each has many items and periods.
fn per_page(edition: &Edition, area: &str, year: i16) -> usize {
    let duties = edition.verdicts.duties();
    let marks = |child: &RecordIx| duties.rows_of(*child).iter().map(|row| in_year(row, year).count()).sum::<usize>();
    let most = edition.register.children(area).iter().map(marks).max().unwrap_or(0).max(1);
    (MARKS / most).clamp(1, PER_PAGE)
}

/// Returns the matrix of a place in the newest year that it has; nothing where nothing is asked for.
pub fn newest(edition: &Edition, area: &str) -> Option<Page> {
    let year = edition.verdicts.duties().years(area).last()?;
    Some(Page::Matrix(area.to_owned(), year, 1))
}

/// Names the matrix of a place in a year.
pub fn title(scribe: &Scribe, area: &str, year: i16) -> String {
    let place = scribe.place_name(area).unwrap_or_else(|| scribe.label("matrix.all"));
    scribe.fill("matrix.of", &[("place", &place), ("year", &year.to_string())])
}

/// Writes a page of the matrix.
pub fn page(scribe: &Scribe, area: &str, year: i16, n: usize) -> MatrixPage {
    let (register, duties) = (&scribe.edition.register, scribe.edition.verdicts.duties());
    let children = register.children(area);
    let total = duties.total(area, year);
    let per_page = per_page(scribe.edition, area, year);
    let columns = columns(scribe, area, year);
    let listed = if columns.is_empty() { &[] } else { children };
    let open = scribe.index.dues.overdue(area);
    MatrixPage {
        title: title(scribe, area, year),
        lead: format!("{}{}", as_of(scribe), said(scribe, total)),
        place: scribe.place(area),
        above: above(scribe, area, year),
        years: years(scribe, area, year),
        counts: counts(scribe, area, year),
        items: items(scribe, area, year),
        parts: listed
            .chunks(per_page)
            .nth(n - 1)
            .unwrap_or_default()
            .iter()
            .map(|child| part(scribe, *child, &columns, year))
            .collect(),
        sum: (children.len() > 1 && !columns.is_empty()).then(|| sum(scribe, area, &columns, year)),
        columns: columns.into_iter().map(|item| scribe.text(&duties.items()[item].title)).collect(),
        overdue: (open > 0).then(|| CountLink {
            text: scribe.label("matrix.overdue_list"),
            href: scribe.href(&list::due_page(area, 1)),
            count: scribe.number(open as u64),
            current: false,
            lang: None,
        }),
        pager: list::pager(scribe, n, children.len().div_ceil(per_page).max(1), |n| Page::Matrix(area.to_owned(), year, n)),
    }
}

fn as_of(scribe: &Scribe) -> String {
    scribe.fill("matrix.as_of", &[("date", &scribe.date(scribe.edition.as_of).text)])
}

/// Says how much of what was asked for is done, both numbers and what is left.
fn said(scribe: &Scribe, sums: Sums) -> String {
    let (asked, done) = (scribe.number(sums.asked()), scribe.number(sums.done()));
    let mut said = scribe.fill("matrix.words", &[("asked", &asked), ("done", &done)]);
    let others = [("late", sums.late), ("overdue", sums.overdue), ("open", sums.due + sums.to_come)];
    for (key, n) in others.into_iter().filter(|(_, n)| *n > 0) {
        said.push_str(&scribe.fill(&format!("matrix.words_{key}"), &[("n", &scribe.number(n))]));
    }
    said + scribe.labels.get("matrix.words_end")
}

/// Links to the matrix of the place above for the same year; that of all places for a topmost one.
fn above(scribe: &Scribe, area: &str, year: i16) -> Option<Link> {
    let register = &scribe.edition.register;
    let path = register.ancestors(area).first().map(|ix| register.get(*ix).id.clone()).unwrap_or_default();
    (!area.is_empty()).then(|| scribe.link_to(&Page::Matrix(path.clone(), year, 1), title(scribe, &path, year)))
}

/// Lists the years with what was done in each, the newest first.
fn years(scribe: &Scribe, area: &str, current: i16) -> Vec<CountLink> {
    let duties = scribe.edition.verdicts.duties();
    let write = |year: i16| CountLink {
        text: scribe.period_text(&format!("{year:04}")),
        href: scribe.href(&Page::Matrix(area.to_owned(), year, 1)),
        count: share(scribe, duties.total(area, year)),
        current: year == current,
        lang: None,
    };
    let mut years: Vec<CountLink> = duties.years(area).map(write).collect();
    years.reverse();
    years
}

/// Writes `done / asked`; empty where nothing was asked for.
fn share(scribe: &Scribe, sums: Sums) -> String {
    if sums.all() == 0 { String::new() } else { format!("{} / {}", scribe.number(sums.done()), scribe.number(sums.asked())) }
}

/// Counts the place itself, the places below it, and both.
fn counts(scribe: &Scribe, area: &str, year: i16) -> Vec<MatrixCount> {
    let duties = scribe.edition.verdicts.duties();
    let own = own_sums(scribe, area, year);
    let mut below = Sums::default();
    for child in scribe.edition.register.children(area) {
        below += duties.total(&scribe.edition.register.get(*child).id, year);
    }
    let rows = [("matrix.own", own), ("matrix.below", below), ("matrix.together", duties.total(area, year))];
    let parts = usize::from(own.all() > 0) + usize::from(below.all() > 0);
    let rows = rows.into_iter().filter(|(label, sums)| sums.all() > 0 && (*label == "matrix.together" || parts > 1));
    rows.map(|(label, sums)| count(scribe, scribe.label(label), sums)).collect()
}

/// Adds up the cells of a place itself.
fn own_sums(scribe: &Scribe, area: &str, year: i16) -> Sums {
    let duties = scribe.edition.verdicts.duties();
    let rows = scribe.edition.register.area(area).map(|ix| duties.rows_of(ix)).unwrap_or_default();
    let mut sums = Sums::default();
    rows.iter().flat_map(|row| in_year(row, year)).for_each(|cell| sums.count(cell.state));
    sums
}

/// Returns the cells of a year.
fn in_year(row: &DutyRow, year: i16) -> impl Iterator<Item = &DutyCell> {
    row.cells.iter().filter(move |cell| cell.period.year() == year)
}

fn count(scribe: &Scribe, label: String, sums: Sums) -> MatrixCount {
    let n = |n: u64| scribe.number(n);
    MatrixCount {
        label,
        asked: n(sums.asked()),
        done: n(sums.done()),
        late: n(sums.late),
        overdue: n(sums.overdue),
        open: n(sums.due + sums.to_come),
        share: if sums.asked() == 0 { String::new() } else { scribe.percent(sums.done(), sums.asked()) },
    }
}

/// Writes the items of a place itself, period by period; those of which nothing is asked for in the year are left out.
fn items(scribe: &Scribe, area: &str, year: i16) -> Vec<MatrixItem> {
    let duties = scribe.edition.verdicts.duties();
    let rows = scribe.edition.register.area(area).map(|ix| duties.rows_of(ix)).unwrap_or_default();
    rows.iter()
        .filter(|row| in_year(row, year).any(|cell| cell.state != DutyState::NotAsked))
        .map(|row| item(scribe, row, year))
        .collect()
}

fn item(scribe: &Scribe, row: &DutyRow, year: i16) -> MatrixItem {
    let duties = scribe.edition.verdicts.duties();
    // What spoke last in the year stands for the year: in the first year of a procedure or a law that is its rule.
    let asked = in_year(row, year).filter(|cell| cell.state != DutyState::NotAsked).last().map_or(row.rule, |cell| cell.rule);
    let rule = &duties.rules()[asked];
    let mut sums = Sums::default();
    in_year(row, year).for_each(|cell| sums.count(cell.state));
    let (title, basis) = (scribe.text(&duties.items()[row.item].title), scribe.text(&rule.basis));
    MatrixItem {
        id: anchor(row.item),
        lang: scribe.lang_of(&title),
        title,
        cadence: scribe.text(&rule.cadence),
        responsible: scribe.body_class(&rule.responsible),
        rule: Some(asking(scribe, rule)),
        basis_lang: scribe.lang_of(&basis),
        basis,
        words: said(scribe, sums),
        periods: in_year(row, year).map(|cell| period(scribe, cell)).collect(),
    }
}

/// Links to what asks for an item: the item of a catalogue, or the rule of a procedure.
fn asking(scribe: &Scribe, rule: &DutyRule) -> Link {
    let listed = rule.catalogue.filter(|(ix, _)| scribe.edition.is_published(*ix));
    let item = listed.and_then(|(ix, at)| Some((ix, scribe.edition.register.get(ix).catalogue()?.items.get(at)?)));
    item.map_or_else(
        || parts::rule_link(scribe, &rule.rule),
        |(ix, item)| scribe.link_into(ix, &super::catalogue::anchor(item), scribe.title(ix)),
    )
}

fn anchor(item: usize) -> String {
    format!("item-{}", item + 1)
}

fn period(scribe: &Scribe, cell: &DutyCell) -> MatrixPeriod {
    let done = cell.done.filter(|(ix, _)| scribe.edition.is_published(*ix));
    let day = match cell.state {
        DutyState::NotAsked | DutyState::Done | DutyState::Late => done.map(|(_, on)| on),
        DutyState::Overdue | DutyState::Due | DutyState::ToCome => Some(cell.due),
    };
    MatrixPeriod {
        name: scribe.text(&cell.period.short_label()),
        state: state(cell.state),
        words: words(scribe, cell),
        date: day.map(|day| scribe.date(day)),
        href: done.map(|(ix, _)| scribe.href(&Page::Record(ix))).unwrap_or_default(),
    }
}

/// Says how a period stands, with its days.
fn words(scribe: &Scribe, cell: &DutyCell) -> String {
    let late = || scribe.count("day", usize::try_from(cell.days_late()).unwrap_or_default());
    match cell.state {
        DutyState::Done => scribe.label("matrix.state.done"),
        DutyState::Late => scribe.fill("matrix.late_by", &[("days", &late())]),
        DutyState::Overdue => list::overdue_by(scribe, cell.days_overdue(scribe.edition.as_of)),
        DutyState::Due => scribe.label("matrix.state.due"),
        DutyState::ToCome => scribe.label("matrix.state.to-come"),
        DutyState::NotAsked => scribe.label("matrix.state.not-asked"),
    }
}

fn state(state: DutyState) -> MatrixState {
    match state {
        DutyState::Done => MatrixState::Done,
        DutyState::Late => MatrixState::Late,
        DutyState::Overdue => MatrixState::Overdue,
        DutyState::Due => MatrixState::Due,
        DutyState::ToCome => MatrixState::ToCome,
        DutyState::NotAsked => MatrixState::NotAsked,
    }
}

/// Returns the items that are asked of the places right below in a year, in order.
fn columns(scribe: &Scribe, area: &str, year: i16) -> BTreeSet<usize> {
    let (register, duties) = (&scribe.edition.register, scribe.edition.verdicts.duties());
    register.children(area).iter().flat_map(|child| duties.sums(&register.get(*child).id, year).map(|(item, _)| item)).collect()
}

/// Writes a place right below.
fn part(scribe: &Scribe, child: RecordIx, columns: &BTreeSet<usize>, year: i16) -> MatrixPart {
    let (register, duties) = (&scribe.edition.register, scribe.edition.verdicts.duties());
    let path = &register.get(child).id;
    let matrix = Page::Matrix(path.clone(), year, 1);
    let known = duties.years(path).any(|known| known == year);
    let leaf = register.children(path).is_empty();
    let sums: BTreeMap<usize, Sums> = duties.sums(path, year).collect();
    let cells = columns.iter().map(|item| {
        let row = duties.rows_of(child).iter().find(|row| row.item == *item).filter(|_| leaf);
        let marks: Vec<&DutyCell> = row.into_iter().flat_map(|row| in_year(row, year)).collect();
        let href = if leaf && known && sums.contains_key(item) {
            scribe.here.to_anchor(&scribe.address(&matrix), &anchor(*item))
        } else if known {
            scribe.href(&matrix)
        } else {
            String::new()
        };
        cell(scribe, sums.get(item).copied().unwrap_or_default(), &marks, href)
    });
    let cells = cells.collect();
    let href = if known { scribe.href(&matrix) } else { String::new() };
    let place = if known { scribe.link_to(&matrix, scribe.title(child)) } else { scribe.link(child) };
    MatrixPart { place, cells, all: cell(scribe, duties.total(path, year), &[], href) }
}

/// Adds up the places right below.
fn sum(scribe: &Scribe, area: &str, columns: &BTreeSet<usize>, year: i16) -> MatrixPart {
    let (register, duties) = (&scribe.edition.register, scribe.edition.verdicts.duties());
    let mut items: BTreeMap<usize, Sums> = columns.iter().map(|item| (*item, Sums::default())).collect();
    let mut all = Sums::default();
    for child in register.children(area) {
        for (item, sums) in duties.sums(&register.get(*child).id, year) {
            *items.entry(item).or_default() += sums;
            all += sums;
        }
    }
    MatrixPart {
        place: Link { text: scribe.label("matrix.below"), href: String::new(), lang: None },
        cells: items.into_values().map(|sums| cell(scribe, sums, &[], String::new())).collect(),
        all: cell(scribe, all, &[], String::new()),
    }
}

fn cell(scribe: &Scribe, sums: Sums, marks: &[&DutyCell], href: String) -> MatrixShare {
    let said = marks
        .iter()
        .map(|cell| format!("{}{}{}", scribe.text(&cell.period.short_label()), scribe.say("", " "), words(scribe, cell)));
    MatrixShare {
        marks: marks.iter().map(|cell| state(cell.state)).collect(),
        words: scribe.join(said),
        share: share(scribe, sums),
        overdue: if sums.overdue == 0 {
            String::new()
        } else {
            scribe.fill("matrix.overdue_n", &[("n", &scribe.number(sums.overdue))])
        },
        heat: heat(sums),
        href,
    }
}

/// Returns how full a cell is.
fn heat(sums: Sums) -> Heat {
    let (done, asked) = (sums.done(), sums.asked());
    match () {
        () if asked == 0 => Heat::Nothing,
        () if done == asked => Heat::Full,
        () if done * 10 >= asked * 9 => Heat::Most,
        () if done * 2 >= asked => Heat::Half,
        () => Heat::Low,
    }
}

/// Lists the matrix of all places by year, the newest first, then that of each topmost place in its newest year.
pub fn index(scribe: &Scribe) -> Vec<CountLink> {
    let (edition, duties) = (scribe.edition, scribe.edition.verdicts.duties());
    let mut links: Vec<CountLink> = years(scribe, "", i16::MIN);
    for child in edition.register.children("").iter().take(PER_PAGE) {
        let area = &edition.register.get(*child).id;
        let Some(year) = duties.years(area).last() else { continue };
        links.push(CountLink {
            text: title(scribe, area, year),
            href: scribe.href(&Page::Matrix(area.clone(), year, 1)),
            count: share(scribe, duties.total(area, year)),
            current: false,
            lang: None,
        });
    }
    links
}

/// Writes what the page of a place shows of its matrix: its own items in the year of the page, and a link to the whole.
pub fn of_area(scribe: &Scribe, ix: RecordIx) -> Option<AreaMatrix> {
    let (edition, duties) = (scribe.edition, scribe.edition.verdicts.duties());
    let area = &edition.register.get(ix).id;
    let year = duties.years(area).last()?;
    let rows = duties.rows_of(ix).iter().filter(|row| in_year(row, year).any(|cell| cell.state != DutyState::NotAsked));
    let write = |row: &DutyRow| {
        let title = scribe.text(&duties.items()[row.item].title);
        let cells: Vec<&DutyCell> = in_year(row, year).collect();
        let mut sums = Sums::default();
        for cell in &cells {
            sums.count(cell.state);
        }
        let matrix = scribe.address(&Page::Matrix(area.clone(), year, 1));
        let href = scribe.here.to_anchor(&matrix, &anchor(row.item));
        AreaItem { lang: scribe.lang_of(&title), title, cell: cell(scribe, sums, &cells, href) }
    };
    let matrix = Page::Matrix(area.clone(), year, 1);
    Some(AreaMatrix {
        words: format!("{}{}", as_of(scribe), said(scribe, duties.total(area, year))),
        items: rows.map(write).collect(),
        all: scribe.link_to(&matrix, title(scribe, area, year)),
    })
}
