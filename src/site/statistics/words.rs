//! Figures in words: the number, its unit, both numbers of a share, how days are spread, the difference to the year before.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::language;
use crate::site::scribe::Scribe;
use crate::statistics::{Figure, Key, Measure, Method, Unit, Value};

/// What stands for a number that is not there.
pub const NOTHING: &str = "–";

/// Writes the number of a figure, without its unit.
pub fn value(scribe: &Scribe, figure: &Figure) -> String {
    if figure.suppressed { scribe.label("statistics.withheld") } else { plain(scribe, figure.value, figure.measure.unit()) }
}

/// Writes a value, without its unit.
fn plain(scribe: &Scribe, value: Value, unit: Unit) -> String {
    // A city shows a million shares of whole numbers, for which there is no need of decimals.
    if let Value::Share { part, whole } = value
        && unit == Unit::Percent
        && let (Some(part), Some(whole)) = (whole_number(part), whole_number(whole))
    {
        return language::percent(part, whole);
    }
    value.number().map_or_else(|| NOTHING.to_owned(), |n| number(scribe, n, unit))
}

/// Returns a number that is whole and not below 0.
fn whole_number(n: Decimal) -> Option<u64> {
    if n.scale() == 0 { u64::try_from(n.mantissa()).ok() } else { None }
}

/// Writes a number with the sign of per cent, where it is one.
pub fn with_percent(scribe: &Scribe, figure: &Figure) -> String {
    let text = value(scribe, figure);
    let share = figure.measure.unit() == Unit::Percent && matches!(figure.value, Value::Share { .. }) && !figure.suppressed;
    if share { text + "%" } else { text }
}

/// Writes a number, of a share with both of its numbers (`97.5% (39/40)`).
pub fn with_numbers(scribe: &Scribe, figure: &Figure) -> String {
    let (text, of) = (with_percent(scribe, figure), of(scribe, figure));
    if of.is_empty() { text } else { [&*text, " (", &of, ")"].concat() }
}

/// Writes a number as its unit asks.
pub fn number(scribe: &Scribe, n: Decimal, unit: Unit) -> String {
    if let Some(whole) = whole_number(n).filter(|_| !matches!(unit, Unit::Money | Unit::Percent)) {
        return scribe.number(whole);
    }
    let plain = n.abs();
    let whole = || if plain.fract().is_zero() { plain.to_u64() } else { None };
    let text = match unit {
        Unit::Money => return scribe.amount(n),
        Unit::Percent => format!("{plain:.1}"),
        _ => whole().map_or_else(|| scribe.decimal(plain), |whole| scribe.number(whole)),
    };
    if n.is_sign_negative() && !n.is_zero() { ["−", &text].concat() } else { text }
}

/// Names the unit of a figure: money has that of its currency.
pub fn unit(scribe: &Scribe, key: Key) -> String {
    match (key.measure.unit(), key.member) {
        (Unit::Money, Some(currency)) => language::currency(currency, scribe.language).to_owned(),
        (unit, _) => unit.name(scribe.language).to_owned(),
    }
}

/// Names a part of a measure.
pub fn member(scribe: &Scribe, measure: Measure, member: &str) -> String {
    let dimension = match measure.method() {
        Method::Share(part, _) => measure.by().or(part.by()),
        _ => measure.by(),
    };
    dimension.map_or_else(|| member.to_owned(), |by| scribe.text(&by.label(member, &scribe.edition.workflows)))
}

/// Names a measure, or the part of one whose parts do not add up.
pub fn label(scribe: &Scribe, key: Key) -> String {
    let title = key.measure.name(scribe.language);
    match key.member {
        Some(part) => scribe.fill("statistics.of", &[("measure", title), ("part", &member(scribe, key.measure, part))]),
        None => title.to_owned(),
    }
}

/// Says both numbers of a share with the whole named, or how days are spread.
pub fn note(scribe: &Scribe, figure: &Figure) -> String {
    match (figure.value, figure.measure.method()) {
        _ if figure.suppressed => scribe.label("statistics.withheld_why"),
        (Value::Share { part, whole }, Method::Share(of_part, of_whole)) => scribe.fill(
            "statistics.share",
            &[
                ("whole", &number(scribe, whole, of_whole.unit())),
                ("part", &number(scribe, part, of_part.unit())),
                ("of_whole", of_whole.name(scribe.language)),
                ("of_part", of_part.name(scribe.language)),
                ("part_unit", of_part.unit().name(scribe.language)),
                ("whole_unit", of_whole.unit().name(scribe.language)),
            ],
        ),
        (Value::Days(spread), _) => scribe.fill(
            "statistics.spread",
            &[
                ("n", &scribe.number(spread.n.into())),
                ("lower", &spread.lower.to_string()),
                ("upper", &spread.upper.to_string()),
                ("shortest", &spread.shortest.to_string()),
                ("longest", &spread.longest.to_string()),
            ],
        ),
        _ => String::new(),
    }
}

/// Writes both numbers of a share (`39/40`).
pub fn of(scribe: &Scribe, figure: &Figure) -> String {
    match (figure.value, figure.measure.method()) {
        (Value::Share { part, whole }, Method::Share(of_part, of_whole)) if !figure.suppressed => {
            [&*number(scribe, part, of_part.unit()), "/", &number(scribe, whole, of_whole.unit())].concat()
        }
        _ => String::new(),
    }
}

/// Writes the number of the year before; empty where the records do not reach back.
pub fn before(scribe: &Scribe, figure: &Figure) -> String {
    let Some(before) = figure.before.filter(|_| !figure.suppressed) else { return String::new() };
    let text = plain(scribe, before, figure.measure.unit());
    if matches!(before, Value::Share { .. }) { text + "%" } else { text }
}

/// Writes by how much a figure differs from the year before, with its sign.
pub fn difference(scribe: &Scribe, figure: &Figure) -> String {
    let Some(n) = figure.difference.filter(|_| !figure.suppressed) else { return String::new() };
    let text = number(scribe, n, figure.measure.unit());
    let signed = if n > Decimal::ZERO { ["+", &text].concat() } else { text };
    if figure.measure.unit() == Unit::Percent { scribe.fill("statistics.points", &[("n", &signed)]) } else { signed }
}
