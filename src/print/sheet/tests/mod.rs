//! Sheets of places, of accounts and of assessments: written from the example site, and counted anew from its records.

mod records;
mod report;
mod samples;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use crate::calendar::Period;
use crate::edition::Edition;
use crate::language::Language;
use crate::pipeline;
use crate::record::Record;
use crate::register::RecordIx;
use crate::render::theme::Theme;
use crate::site::Scribe;
use crate::site::address::Address;
use crate::site::index::Index;
use crate::site::parts;
use crate::site::rows::Rows;
use crate::statistics::Statistics;

/// All that a scribe needs.
pub(crate) struct Desk {
    edition: Edition,
    statistics: Statistics,
    index: Index,
    theme: Theme,
    rows: Rows,
}

impl Desk {
    /// Opens a site on a day.
    fn open(folder: &Path, day: &str) -> Self {
        let day = day.parse().unwrap();
        let checked = pipeline::check(folder, Some(day), day).unwrap();
        assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
        let edition = pipeline::edition(&checked);
        let statistics = Statistics::new(&edition).unwrap();
        let index = Index::new(&edition);
        let theme = Theme::new(BTreeMap::new()).unwrap();
        Self { edition, statistics, index, theme, rows: Rows::new(0) }
    }

    /// Opens the example site on its day.
    pub(crate) fn example() -> Self {
        Self::open(Path::new(env!("CARGO_MANIFEST_DIR")), "2026-11-20")
    }

    /// Returns who writes in a language.
    pub(crate) fn scribe(&self, language: Language) -> Scribe<'_> {
        Scribe {
            edition: &self.edition,
            statistics: &self.statistics,
            index: &self.index,
            labels: self.theme.labels(language),
            language,
            first: Language::Chinese,
            here: Address::file("sheet"),
            rows: &self.rows,
            printer: None,
            root: None,
        }
    }

    /// Finds a record.
    pub(crate) fn find(&self, id: &str) -> RecordIx {
        self.edition.register.by_id(id).or_else(|| self.edition.register.area(id)).unwrap_or_else(|| panic!("there is no {id}"))
    }

    /// Returns the published records of a place and below it.
    fn below(&self, area: &str) -> impl Iterator<Item = (RecordIx, &Record)> {
        let inside = format!("{area}/");
        let area = area.to_owned();
        self.edition.published().filter(move |(_, record)| record.area == area || record.area.starts_with(&inside))
    }
}

/// Reads a period.
pub(crate) fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

/// What the records of a place and a period hold, counted without the statistics.
#[derive(Debug, Default, PartialEq, Eq)]
struct Recount {
    opinions: usize,
    meetings: usize,
    entitled: u64,
    present: u64,
    resolved: usize,
    findings: usize,
}

impl Recount {
    fn new(desk: &Desk, area: &str, period: Period) -> Self {
        let during = |date: Date| period.contains(date) && date <= desk.edition.as_of;
        let mut count = Self::default();
        for (ix, record) in desk.below(area) {
            if let Some(register) = record.opinions() {
                count.opinions += register.items.iter().filter(|opinion| during(opinion.date)).count();
            }
            if let Some(meeting) = record.meeting().filter(|meeting| during(meeting.date)) {
                count.meetings += 1;
                if let (Some(entitled), Some(present)) = (meeting.entitled, meeting.present) {
                    count.entitled += entitled;
                    count.present += present;
                }
            }
            count.resolved += usize::from(passed(desk, ix).is_some_and(during));
        }
        let with_places = desk.edition.published().filter(|(_, record)| {
            let place = if record.place().is_some() { &record.id } else { &record.area };
            place == area || place.starts_with(&format!("{area}/"))
        });
        for (ix, _) in with_places {
            let day = desk.edition.register.date_of(ix).unwrap_or(desk.edition.as_of);
            let found = desk.edition.verdict(ix).map_or(0, |verdict| parts::published(verdict).count());
            count.findings += if during(day) { found } else { 0 };
        }
        count
    }
}

/// Returns the day on which a matter passed.
fn passed(desk: &Desk, ix: RecordIx) -> Option<Date> {
    let (meeting, at) = desk.edition.deciding_item(ix)?;
    let meeting = desk.edition.register.get(meeting).meeting()?;
    let outcome = meeting.items.get(at)?.outcome?;
    (outcome == crate::record::choice::Outcome::Passed).then_some(meeting.date)
}

#[test]
fn the_figures_of_a_poster_are_what_the_records_hold() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::Chinese);
    let mut seen = 0;
    for area in ["qinghe", "qinghe/xinmin", "qinghe/donggang", "qinghe/liuhe", "qinghe/xilin"] {
        for when in ["2025", "2025-H2", "2026", "2026-Q1", "2026-Q3", "2026-04", "2026-11"] {
            let count = Recount::new(&desk, area, period(when));
            let poster = super::poster::view(&scribe, desk.find(area), period(when)).unwrap();
            let value = |n: usize| poster.figures[n].value.replace(',', "").parse::<usize>().unwrap();
            let found = [value(0), value(1), value(3), value(5)];
            assert_eq!(found, [count.opinions, count.meetings, count.resolved, count.findings], "{area} {when}");
            let attendance = format!("应到 {}、实到 {} 人次", scribe.number(count.entitled), scribe.number(count.present));
            let expected = if count.entitled == 0 { "" } else { &attendance };
            assert_eq!(poster.figures[2].of, expected, "{area} {when}");
            seen += count.opinions + count.meetings + count.resolved + count.findings;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn charts_add_up_to_the_figures() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::English);
    let poster = super::poster::view(&scribe, desk.find("qinghe"), period("2026")).unwrap();
    let leading = |text: &str| text.split(' ').next().unwrap().replace(',', "").parse::<usize>().unwrap();
    let opinions = leading(&poster.figures[0].value);
    let outcomes: usize = poster.outcomes.unwrap().parts.iter().map(|part| leading(&part.value)).sum();
    assert_eq!(outcomes, opinions);
    assert_eq!(leading(&poster.funnel.unwrap().rows[0].value), opinions);
    let months: usize = poster.months[0].months.iter().map(|month| leading(&month.now)).sum();
    assert_eq!(months, opinions);
}

#[test]
fn the_arithmetic_of_a_posters_finance_holds_wherever_it_is_shown() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::Chinese);
    let amount = |text: &str| text.replace(',', "").replace('−', "-").parse::<rust_decimal::Decimal>().unwrap();
    let mut shown = 0;
    for when in ["2026-Q1", "2026-Q2", "2026-Q3", "2025-Q4"] {
        for area in ["qinghe/liuhe", "qinghe/xilin", "qinghe/xinmin", "qinghe"] {
            let poster = super::poster::view(&scribe, desk.find(area), period(when)).unwrap();
            for money in poster.finance.iter().filter(|money| !money.equation.is_empty()) {
                let rows: Vec<_> = money.rows.iter().map(|row| amount(&row.amount)).collect();
                assert_eq!(rows[0] + rows[1] - rows[2], rows[3], "{area} {when}");
                shown += 1;
            }
        }
    }
    assert!(shown >= 4, "{shown}");
}

#[test]
fn an_empty_period_says_that_there_was_nothing() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::Chinese);
    let poster = super::poster::view(&scribe, desk.find("qinghe/xinmin"), period("2023-Q1")).unwrap();
    assert_eq!((poster.funnel, poster.outcomes, poster.months.len(), poster.finance.len()), (None, None, 0, 0));
    assert_eq!(poster.finance_none, "没有本季度的账目。");
    assert!(poster.findings.rows.is_empty() && poster.under_way.rows.is_empty());
    assert!(poster.figures.iter().all(|figure| figure.change.is_empty()), "the records do not reach back so far");
}

#[test]
fn a_period_that_has_not_begun_has_no_sheet() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::Chinese);
    let place = desk.find("qinghe/xinmin");
    assert!(super::poster::view(&scribe, place, period("2026-12")).is_none());
    assert!(super::report::view(&scribe, place, period("2027")).is_none());
}
