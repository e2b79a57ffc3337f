//! Functions of expressions: days, working days, periods, and sums over lists.

use jiff::civil::Date;

use super::expression::{Stop, fault, order};
use super::value::Value;
use crate::calendar::{Calendar, Cycle, Period, days_between};

/// The most working days that an expression may add: a hundred years.
const MOST_DAYS: u64 = 36_600;

/// A function of expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) enum Function {
    Days,
    SpanDays,
    Workdays,
    AddDays,
    AddWorkdays,
    PeriodStart,
    PeriodEnd,
    Periods,
    Missing,
    Sum,
    Min,
    Max,
    Sorted,
    Distinct,
    Size,
    StartsWith,
    EndsWith,
    Contains,
    String,
}

/// Every function by name, with the number of its arguments (the one before the dot included).
const FUNCTIONS: &[(&str, Function, usize)] = &[
    ("days", Function::Days, 2),
    ("span_days", Function::SpanDays, 2),
    ("workdays", Function::Workdays, 2),
    ("add_days", Function::AddDays, 2),
    ("add_workdays", Function::AddWorkdays, 2),
    ("period_start", Function::PeriodStart, 1),
    ("period_end", Function::PeriodEnd, 1),
    ("periods", Function::Periods, 3),
    ("missing", Function::Missing, 2),
    ("sum", Function::Sum, 1),
    ("min", Function::Min, 1),
    ("max", Function::Max, 1),
    ("sorted", Function::Sorted, 1),
    ("distinct", Function::Distinct, 1),
    ("size", Function::Size, 1),
    ("startsWith", Function::StartsWith, 2),
    ("endsWith", Function::EndsWith, 2),
    ("contains", Function::Contains, 2),
    ("string", Function::String, 1),
];

/// Returns the function that `name` may have been meant for.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let candidates = FUNCTIONS.iter().map(|(known, ..)| *known).chain(["has", "all", "exists", "exists_one", "map", "filter"]);
    super::names::nearest(name, candidates)
}

impl Function {
    /// Finds a function by name.
    pub(super) fn find(name: &str) -> Option<Self> {
        FUNCTIONS.iter().find(|(known, ..)| *known == name).map(|(_, function, _)| *function)
    }

    /// Returns how many arguments it takes.
    pub(super) fn arity(self) -> usize {
        FUNCTIONS.iter().find(|(_, function, _)| *function == self).map_or(0, |(.., arity)| *arity)
    }

    /// Returns its name.
    fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|(_, function, _)| *function == self).map_or("", |(name, ..)| name)
    }

    /// Calls it; the number of arguments was checked when the expression was read.
    pub(super) fn call(self, arguments: &[Value], calendar: &Calendar) -> Result<Value, Stop> {
        match (self, arguments) {
            (Self::Days, [a, b]) => Ok(Value::Integer(days_between(date(a)?, date(b)?))),
            (Self::SpanDays, [a, b]) => Ok(Value::Integer(days_between(date(a)?, date(b)?) + 1)),
            (Self::Workdays, [a, b]) => Ok(Value::Integer(calendar.working_days(date(a)?, date(b)?))),
            (Self::AddDays, [a, Value::Integer(n)]) => add_days(date(a)?, *n).map(from_date),
            (Self::AddWorkdays, [a, Value::Integer(n)]) => {
                if n.unsigned_abs() > MOST_DAYS {
                    return Err(fault("the number of working days is too large"));
                }
                calendar.add_working_days(date(a)?, *n).map(from_date).ok_or_else(|| fault("the date is out of range"))
            }
            (Self::PeriodStart, [period]) => Ok(from_date(read_period(period)?.first())),
            (Self::PeriodEnd, [period]) => Ok(from_date(read_period(period)?.last())),
            (Self::Periods, [cycle, a, b]) => periods(cycle, date(a)?, date(b)?),
            (Self::Missing, [Value::List(periods), Value::List(dates)]) => missing(periods, dates),
            (Self::Sum, [Value::List(items)]) => sum(items),
            (Self::Min, [Value::List(items)]) => extreme(items, std::cmp::Ordering::Less, "min"),
            (Self::Max, [Value::List(items)]) => extreme(items, std::cmp::Ordering::Greater, "max"),
            (Self::Sorted, [Value::List(items)]) => sorted(items),
            (Self::Distinct, [Value::List(items)]) => Ok(distinct(items)),
            (Self::Size, [value]) => size(value),
            (Self::StartsWith, [Value::Text(text), Value::Text(part)]) => Ok(Value::Flag(text.starts_with(&**part))),
            (Self::EndsWith, [Value::Text(text), Value::Text(part)]) => Ok(Value::Flag(text.ends_with(&**part))),
            (Self::Contains, [Value::Text(text), Value::Text(part)]) => Ok(Value::Flag(text.contains(&**part))),
            (Self::String, [Value::Integer(number)]) => Ok(Value::text(number.to_string())),
            (Self::String, [Value::Text(text)]) => Ok(Value::Text(text.clone())),
            _ => {
                let types: Vec<_> = arguments.iter().map(Value::type_name).collect();
                Err(fault(format!("`{}` does not take ({})", self.name(), types.join(", "))))
            }
        }
    }
}

/// Reads a date.
fn date(value: &Value) -> Result<Date, Stop> {
    value
        .as_text()
        .and_then(read_date)
        .ok_or_else(|| fault(format!("a date was expected, not {}", value.as_text().map_or(value.type_name(), |text| text))))
}

/// Reads a date, `2026-03-18` without further ado.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let digits = |range: std::ops::Range<usize>| {
        let part = text.as_bytes().get(range)?;
        part.iter().try_fold(0_i16, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0')))
    };
    let plain = || {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
        let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|_| shape)
    };
    plain().or_else(|| text.parse().ok())
}

/// Writes a date.
fn from_date(date: Date) -> Value {
    Value::date(date)
}

fn read_period(value: &Value) -> Result<Period, Stop> {
    value.as_text().and_then(Period::parse).ok_or_else(|| fault("a period was expected"))
}

fn add_days(date: Date, count: i64) -> Result<Date, Stop> {
    let span = jiff::Span::new().try_days(count).map_err(|_| fault("the number of days is out of range"))?;
    date.checked_add(span).map_err(|_| fault("the date is out of range"))
}

/// Lists the periods of a cycle that lie wholly within `a` … `b`, as `{id, from, to}`.
fn periods(cycle: &Value, a: Date, b: Date) -> Result<Value, Stop> {
    let cycle = match cycle.as_text() {
        Some("month") => Cycle::Month,
        Some("quarter") => Cycle::Quarter,
        Some("half") => Cycle::Half,
        Some("year") => Cycle::Year,
        _ => return Err(fault("a cycle is \"month\", \"quarter\", \"half\" or \"year\"")),
    };
    let found = Period::within(cycle, a, b).into_iter().map(|period| {
        Value::map([
            ("id", Value::text(period.to_string())),
            ("from", from_date(period.first())),
            ("to", from_date(period.last())),
        ])
    });
    Ok(Value::list(found.collect()))
}

/// Lists the ids of the periods that contain none of the dates.
fn missing(periods: &[Value], dates: &[Value]) -> Result<Value, Stop> {
    let mut sorted: Vec<&str> = Vec::with_capacity(dates.len());
    for date in dates {
        sorted.push(date.as_text().ok_or_else(|| fault("`missing` takes a list of dates"))?);
    }
    sorted.sort_unstable();
    let mut ids = Vec::new();
    for period in periods {
        let (Some(id), Some(from), Some(to)) =
            (period.get("id"), period.get("from").and_then(Value::as_text), period.get("to").and_then(Value::as_text))
        else {
            return Err(fault("`missing` takes what `periods` gives"));
        };
        let next = sorted.partition_point(|date| *date < from);
        if sorted.get(next).is_none_or(|date| *date > to) {
            ids.push(id.clone());
        }
    }
    Ok(Value::list(ids))
}

fn sum(items: &[Value]) -> Result<Value, Stop> {
    let mut total = 0_i64;
    for item in items {
        let number = item.as_integer().ok_or_else(|| fault("`sum` takes a list of numbers"))?;
        total = total.checked_add(number).ok_or_else(|| fault("the number is too large"))?;
    }
    Ok(Value::Integer(total))
}

/// Returns the least or greatest element; an empty list has none, which is a fault that a rule avoids by its `when`.
fn extreme(items: &[Value], wanted: std::cmp::Ordering, name: &str) -> Result<Value, Stop> {
    let mut best = items.first().ok_or_else(|| Stop::Missing(format!("{name}(…)").into()))?;
    for item in items {
        if order(item, best)? == wanted {
            best = item;
        }
    }
    Ok(best.clone())
}

fn sorted(items: &[Value]) -> Result<Value, Stop> {
    for pair in items.windows(2) {
        order(&pair[0], &pair[1])?;
    }
    let mut items = items.to_vec();
    items.sort_by(|a, b| order(a, b).unwrap_or(std::cmp::Ordering::Equal));
    Ok(Value::list(items))
}

fn distinct(items: &[Value]) -> Value {
    let mut seen: Vec<Value> = Vec::new();
    for item in items {
        if !seen.contains(item) {
            seen.push(item.clone());
        }
    }
    Value::list(seen)
}

fn size(value: &Value) -> Result<Value, Stop> {
    let size = match value {
        Value::List(items) => items.len(),
        Value::Map(map) => map.entries().len(),
        Value::Text(text) => text.chars().count(),
        Value::Integer(_) | Value::Flag(_) => return Err(fault(format!("a {} has no size", value.type_name()))),
    };
    i64::try_from(size).map(Value::Integer).map_err(|_| fault("the number is too large"))
}
