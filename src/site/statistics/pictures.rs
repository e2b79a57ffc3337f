//! The charts of a page of statistics: the funnel, what became of opinions, the year by month, places by rank and by coverage.

use std::cmp::Reverse;

use rust_decimal::prelude::ToPrimitive;

use crate::calendar::{Cycle, Period};
use crate::site::chart::{self, Axis, Caption, Data, Fill, Series, Value};
use crate::site::scribe::Scribe;
use crate::site::view::{Chart, Link};
use crate::statistics::{Figure, Key, Measure, Part, Value as Said, When};

use super::words;

/// How many places a ranking shows; the table of parts has them all.
const RANKED: usize = 12;

/// The stages of the funnel.
const STAGES: [Measure; 6] =
    [Measure::Opinions, Measure::Taken, Measure::Topics, Measure::Motions, Measure::Resolved, Measure::Completed];

/// What is drawn month by month.
const BY_MONTH: [Measure; 3] = [Measure::Opinions, Measure::Meetings, Measure::Resolved];

/// Draws the charts of a place and a year; those that would show nothing are left out.
pub(super) fn all(scribe: &Scribe, area: &str, year: Period) -> Vec<Chart> {
    let whole = !scribe.edition.register.children(area).is_empty();
    let mut charts = vec![funnel(scribe, area, year), outcomes(scribe, area, year)];
    if whole {
        charts.extend(BY_MONTH.map(|measure| by_month(scribe, area, year, measure)));
        charts.push(ranking(scribe, area, year));
        charts.push(coverage(scribe, area, year));
    }
    charts.into_iter().flatten().collect()
}

/// Makes the words around a chart.
fn caption(scribe: &Scribe, id: &str, title: String, note: String, first: &str) -> Caption {
    Caption {
        id: format!("chart-{id}"),
        title,
        note,
        first: scribe.label_of("statistics", first),
        separator: scribe.label("language.separator"),
        colon: scribe.label("language.colon"),
        nothing: words::NOTHING.to_owned(),
    }
}

/// Returns a figure of a place.
fn figure(scribe: &Scribe, area: &str, period: Period, key: Key) -> Figure {
    scribe.statistics.figure(area, When::During(period), key)
}

/// Returns a figure as a value of a chart: shares in tenths of a percent.
fn value(scribe: &Scribe, figure: &Figure) -> Option<Value> {
    let number = figure.value.number().filter(|_| !figure.suppressed)?;
    let tenths = if matches!(figure.value, Said::Share { .. }) { number * rust_decimal::Decimal::TEN } else { number };
    Some(Value { n: tenths.round().to_u64()?, text: words::with_percent(scribe, figure) })
}

fn plain(text: String) -> Link {
    Link { text, href: String::new(), lang: None }
}

/// Names a measure with its unit and its definition.
fn note(scribe: &Scribe, measure: Measure) -> String {
    let (unit, definition) = (words::unit(scribe, measure.into()), measure.meaning(scribe.language).to_owned());
    scribe.fill("statistics.unit_note", &[("unit", &unit), ("definition", &definition)])
}

/// Draws the way from opinions to what is done.
fn funnel(scribe: &Scribe, area: &str, year: Period) -> Option<Chart> {
    let figures = STAGES.map(|measure| figure(scribe, area, year, measure.into()));
    figures.iter().any(|figure| figure.n > 0).then_some(())?;
    let names = STAGES.iter().map(|measure| plain(measure.name(scribe.language).to_owned())).collect();
    let written = |figure: &Figure| {
        let value = value(scribe, figure)?;
        Some(Value { text: format!("{} {}", value.text, words::unit(scribe, figure.measure.into())), ..value })
    };
    let values = figures.iter().map(written).collect();
    let series = vec![Series { name: scribe.label("statistics.number"), fill: Fill::First, values }];
    let around = caption(scribe, "funnel", scribe.label("statistics.funnel"), scribe.label("statistics.funnel_note"), "stage");
    Some(chart::funnel(&around, &Data { names, series }))
}

/// Draws what became of the opinions.
fn outcomes(scribe: &Scribe, area: &str, year: Period) -> Option<Chart> {
    let measure = Measure::Opinions;
    let total = figure(scribe, area, year, measure.into());
    (total.n > 0).then_some(())?;
    let part = |member: &&str| {
        let figure = figure(scribe, area, year, Key::part(measure, member));
        (figure.n > 0).then(|| Series {
            name: words::member(scribe, measure, member),
            fill: fill(member),
            values: vec![value(scribe, &figure)],
        })
    };
    let series: Vec<Series> = scribe.statistics.members(measure).iter().filter_map(part).collect();
    let title = scribe.label("statistics.outcomes");
    let whole = words::value(scribe, &total);
    let note = scribe.fill("statistics.outcomes_note", &[("n", &whole)]);
    let around = caption(scribe, "outcomes", title, note, "period");
    Some(chart::stacked(&around, &Data { names: vec![plain(scribe.period(year))], series }))
}

/// Returns how an outcome of an opinion is drawn.
fn fill(outcome: &str) -> Fill {
    match outcome {
        "taken-up" => Fill::First,
        "merged" => Fill::Second,
        "answered" => Fill::Third,
        "declined" => Fill::Fourth,
        _ => Fill::Open,
    }
}

/// Draws a measure month by month, beside the year before.
fn by_month(scribe: &Scribe, area: &str, year: Period, measure: Measure) -> Option<Chart> {
    let months = year.parts(Cycle::Month);
    let at = |month: Period| {
        let counted = month.first() <= scribe.edition.as_of && scribe.statistics.years().contains(&month.year());
        counted.then(|| value(scribe, &figure(scribe, area, month, measure.into()))).flatten()
    };
    let series = |year: Period, fill: Fill| Series {
        name: year.year().to_string(),
        fill,
        values: year.parts(Cycle::Month).into_iter().map(at).collect(),
    };
    let all: Vec<Series> = vec![series(year, Fill::First), series(year.year_before(), Fill::Before)];
    let drawn = |series: &Series| series.values.iter().flatten().any(|value| value.n > 0);
    let all: Vec<Series> = all.into_iter().enumerate().filter(|(n, series)| *n == 0 || drawn(series)).map(|(_, s)| s).collect();
    all.iter().any(drawn).then_some(())?;
    let title = scribe.fill("statistics.by_month", &[("measure", measure.name(scribe.language))]);
    let around = caption(scribe, measure.id(), title, note(scribe, measure), "month");
    let names = months.iter().map(|month| plain(scribe.text(&month.short_label()).replace(' ', ""))).collect();
    Some(chart::lines(&around, &Data { names, series: all }, &Axis::default()))
}

/// Returns the places to compare: those right below, or further down where there is but one.
fn compared<'s>(scribe: &Scribe<'s>, area: &str, year: Period, key: Key) -> Vec<Part<'s>> {
    let mut parts = scribe.statistics.parts(area, When::During(year), key);
    parts.retain(|part| !part.own);
    match parts.as_slice() {
        [only] => compared(scribe, only.area, year, key),
        _ => parts,
    }
}

/// Names a place, with a link to its statistics.
fn place(scribe: &Scribe, area: &str, year: Period) -> Link {
    let text = scribe.place_name(area).unwrap_or_else(|| area.to_owned());
    scribe.link_to(&super::page_of(scribe.statistics, area, year.year(), 1), text)
}

/// Draws the places with the most resolutions.
fn ranking(scribe: &Scribe, area: &str, year: Period) -> Option<Chart> {
    let measure = Measure::Resolved;
    let mut parts = compared(scribe, area, year, measure.into());
    (parts.len() > 1).then_some(())?;
    parts.sort_by_key(|part| Reverse(part.figure.value.number()));
    parts.truncate(RANKED);
    let values = |of: &dyn Fn(&Part) -> Option<Value>| parts.iter().map(of).collect::<Vec<_>>();
    let now = values(&|part| value(scribe, &part.figure));
    let before = values(&|part| {
        let said = part.figure.before?;
        value(scribe, &Figure { value: said, ..part.figure })
    });
    let mut series = vec![Series { name: year.year().to_string(), fill: Fill::First, values: now }];
    if before.iter().flatten().any(|value| value.n > 0) {
        series.push(Series { name: scribe.label("statistics.before"), fill: Fill::Before, values: before });
    }
    let names = parts.iter().map(|part| place(scribe, part.area, year)).collect();
    let title = scribe.fill("statistics.ranking", &[("measure", measure.name(scribe.language))]);
    Some(chart::bars(&caption(scribe, "ranking", title, note(scribe, measure), "place"), &Data { names, series }))
}

/// Draws the places with the lowest coverage by the procedure that most places have adopted.
fn coverage(scribe: &Scribe, area: &str, year: Period) -> Option<Chart> {
    let measure = Measure::Coverage;
    let members = scribe.statistics.members(measure).into_iter();
    let widest = members.max_by_key(|member| figure(scribe, area, year, Key::part(Measure::Adopted, member)).value.number())?;
    let key = Key::part(measure, widest);
    let mut parts = compared(scribe, area, year, key);
    parts.retain(|part| matches!(part.figure.value, Said::Share { .. }));
    // A village has adopted it or has not: there is nothing to compare.
    let several = |part: &Part| matches!(part.figure.value, Said::Share { whole, .. } if whole > rust_decimal::Decimal::ONE);
    (parts.len() > 1 && parts.iter().any(several)).then_some(())?;
    parts.sort_by_key(|part| part.figure.value.number());
    parts.truncate(RANKED);
    let written = |part: &Part| {
        let value = value(scribe, &part.figure)?;
        let Said::Share { part, whole } = part.figure.value else { return Some(value) };
        Some(Value { text: format!("{} ({part}/{whole})", value.text), ..value })
    };
    let series = vec![Series {
        name: measure.name(scribe.language).to_owned(),
        fill: Fill::First,
        values: parts.iter().map(written).collect(),
    }];
    let names = parts.iter().map(|part| place(scribe, part.area, year)).collect();
    let title = scribe.fill("statistics.lowest", &[("measure", &words::label(scribe, key))]);
    let definition = measure.meaning(scribe.language).to_owned();
    Some(chart::bars(&caption(scribe, "coverage", title, definition, "place"), &Data { names, series }))
}
