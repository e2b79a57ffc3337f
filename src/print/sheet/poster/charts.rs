//! The charts of a poster: numbers of the statistics with their geometry in exact tenths of a percent.

use crate::calendar::{Cycle, Period};
use crate::language::percent;
use crate::print::sheet::window::{Window, whole};
use crate::print::view::poster::{BarRow, Bars, Month, Months, Parts, Piece};
use crate::site::statistics::words;
use crate::statistics::{Figure, Key, Measure};
use crate::text;

/// The stages from opinions to what is done.
const STAGES: [Measure; 6] =
    [Measure::Opinions, Measure::Taken, Measure::Topics, Measure::Motions, Measure::Resolved, Measure::Completed];

/// What is drawn month by month.
const BY_MONTH: [Measure; 2] = [Measure::Opinions, Measure::Resolved];

/// Draws the way from opinions to what is done; nothing where there was nothing.
pub(super) fn funnel(w: &Window) -> Option<Bars> {
    let counts = STAGES.map(|measure| (measure, w.count(measure)));
    let largest = counts.iter().map(|(_, n)| *n).max().filter(|n| *n > 0)?;
    let row = |(measure, n): &(Measure, u64)| {
        let (number, unit) = (w.scribe.number(*n), w.unit(*measure));
        BarRow { name: w.say(&measure.title()), value: w.say(&text!("{number} {unit}", "{number}")), width: percent(*n, largest) }
    };
    Some(Bars {
        title: w.scribe.label("statistics.funnel"),
        note: w.say(&text!("各环节分别按自己的日期统计", "each stage by its own days")),
        rows: counts.iter().map(row).collect(),
    })
}

/// Draws what became of the opinions.
pub(super) fn outcomes(w: &Window) -> Option<Parts> {
    let all = w.count(Measure::Opinions);
    let part = |member: &str, figure: &Figure| {
        let n = whole(figure.value);
        let (number, share) = (w.scribe.number(n), w.scribe.percent(n, all));
        Piece {
            name: words::member(w.scribe, Measure::Opinions, member),
            value: w.say(&text!("{number} 条，{share}", "{number} ({share})")),
            width: percent(n, all),
            fill: fill(member),
        }
    };
    let (number, as_of) = (w.scribe.number(all), w.as_of());
    (all > 0).then(|| Parts {
        title: w.scribe.label("statistics.outcomes"),
        note: w.say(&text!("共 {number} 条，截至{as_of}", "{number} in all, as of {as_of}")),
        parts: w.parts(Measure::Opinions).iter().map(|(member, figure)| part(member, figure)).collect(),
    })
}

/// Returns how an outcome of an opinion is filled.
fn fill(outcome: &str) -> u8 {
    match outcome {
        "taken-up" => 1,
        "merged" => 2,
        "answered" => 3,
        "declined" => 4,
        _ => 5,
    }
}

/// Draws measures month by month; those that have nothing to show are left out.
pub(super) fn months(w: &Window) -> Vec<Months> {
    BY_MONTH.iter().filter_map(|measure| by_month(w, *measure)).collect()
}

/// Draws a measure over the months of the year up to the end of the period, each beside the same month of the year before.
fn by_month(w: &Window, measure: Measure) -> Option<Months> {
    let year = w.period.whole_year().parts(Cycle::Month).into_iter();
    let months: Vec<Period> =
        year.filter(|month| month.last() <= w.period.last() && month.first() <= w.scribe.edition.as_of).collect();
    let figure = |month: &Period| (*month, w.during(*month).figure(Key::from(measure)));
    let figures: Vec<(Period, Figure)> = months.iter().map(figure).collect();
    let before = |figure: &Figure| figure.before.map(whole);
    let numbers = figures.iter().flat_map(|(_, figure)| [Some(whole(figure.value)), before(figure)]).flatten();
    let largest = numbers.max().filter(|n| *n > 0)?;
    let compared = figures.iter().any(|(_, figure)| before(figure).is_some());
    let month = |(month, figure): &(Period, Figure)| Month {
        name: w.say(&month.short_label()).replace(' ', ""),
        shown: w.period.first() <= month.first(),
        now: w.scribe.number(whole(figure.value)),
        height: percent(whole(figure.value), largest),
        before: before(figure).map(|n| w.scribe.number(n)).unwrap_or_default(),
        before_height: percent(before(figure).unwrap_or(0), largest),
    };
    let (title, year) = (w.say(&measure.title()), w.period.year());
    let last = year - 1;
    Some(Months {
        title: w.scribe.fill("statistics.by_month", &[("measure", &title)]),
        unit: w.unit(measure),
        now: w.say(&text!("{year} 年", "{year}")),
        before: if compared { w.say(&text!("{last} 年", "{last}")) } else { String::new() },
        months: figures.iter().map(month).collect(),
    })
}
