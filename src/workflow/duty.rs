//! Duties: what an area has to do once a period, as a pack says it, and which periods were done.
//!
//! A rule of areas that names a duty asks the same question of the same data: it sees the periods that are overdue as
//! `overdue`, so that the matrix and the findings cannot differ.

use jiff::civil::Date;

use super::expression::fault;
use super::{Expression, Scope, Stop, Value};
use crate::calendar::{Cycle, Period, add_days};
use crate::language::Text;
use crate::source::Span;
use crate::text;

/// Something that an area has to do once a month, quarter, half or year.
#[derive(Debug, Clone)]
pub struct Duty {
    /// The id within the pack (`congress`).
    pub id: String,
    /// What is to be done, in both languages.
    pub title: Text,
    /// How often.
    pub every: Cycle,
    /// How many days after the last day of the period it may still be done.
    pub grace: i64,
    /// The class of the body responsible (`village-congress`).
    pub responsible: String,
    /// The records that fulfil it.
    pub done: Vec<Fulfils>,
    /// The rule that asks for it, by its whole id (`eight-step/congress-quarterly`).
    pub rule: String,
    /// The first and the last day on which its pack is in force.
    pub effective: (Option<Date>, Option<Date>),
    /// The place of the duty's id in its pack.
    pub span: Span,
}

/// Which of an area's own records fulfil a duty, and for which period.
#[derive(Debug, Clone)]
pub struct Fulfils {
    /// The list (`meetings`).
    pub each: Expression,
    /// Which of its elements, bound as `item`; all if absent.
    pub when: Option<Expression>,
    /// The day or the period that says for which period.
    pub date: Expression,
    /// The day on which it was done; `date`, or the last day of the period, if absent.
    pub on: Option<Expression>,
}

/// One record that fulfils a duty.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fulfilment {
    /// The period that it counts for.
    pub period: Period,
    /// The day on which it was done.
    pub on: Date,
    /// The id of the record; empty in the examples of rules.
    pub record: String,
}

/// The days on which a duty holds in an area: only periods that lie wholly within are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tenure {
    /// The first day; it holds on no day before any record or rule was there, if absent.
    pub from: Option<Date>,
    /// The last day; open, if absent.
    pub to: Option<Date>,
}

impl Tenure {
    /// Whether the whole period lies within.
    pub fn covers(self, period: Period) -> bool {
        self.from.is_some_and(|from| from <= period.first()) && self.to.is_none_or(|to| period.last() <= to)
    }
}

impl Duty {
    /// Returns the last day on which a period is done in time: days are counted from the day after the period.
    pub fn due(&self, period: Period) -> Date {
        due(period, self.grace)
    }

    /// Says how often and until when, in both languages (`每季度一次，期满后 30 天内`).
    pub fn cadence(&self) -> Text {
        cadence(self.every, self.grace)
    }

    /// Returns what fulfils the duty by `as_of`, in the order of the pack and of the lists.
    ///
    /// # Errors
    ///
    /// An expression of the pack that cannot be evaluated on some record.
    pub fn fulfilments(&self, scope: &mut Scope<'_>, as_of: Date) -> Result<Vec<Fulfilment>, Stop> {
        let mut found = Vec::new();
        for fulfils in &self.done {
            let items = match fulfils.each.value(scope) {
                Ok(Value::List(items)) => items,
                Ok(_) => return Err(fault("`each` is not a list")),
                Err(Stop::Missing(_)) => continue,
                Err(stop) => return Err(stop),
            };
            let mark = scope.mark();
            for item in items.iter() {
                scope.bind("item", item.clone());
                let fulfilment = self.fulfilment(fulfils, item, scope);
                scope.release(mark);
                found.extend(fulfilment?.filter(|fulfilment| fulfilment.on <= as_of));
            }
        }
        Ok(found)
    }

    /// Returns what one record fulfils; nothing where a key is missing.
    fn fulfilment(&self, fulfils: &Fulfils, item: &Value, scope: &mut Scope<'_>) -> Result<Option<Fulfilment>, Stop> {
        let counts = fulfils.when.as_ref().map_or(Ok(true), |when| when.holds(scope));
        let counts = counts.or_else(absent(false))?;
        let value = |expression: &Expression, scope: &mut Scope<'_>| expression.value(scope).map(Some).or_else(absent(None));
        let Some(date) = value(&fulfils.date, scope)?.filter(|_| counts) else { return Ok(None) };
        let Some((period, last)) = self.period(&date) else { return Err(fault("`date` is neither a day nor a period")) };
        let on = match &fulfils.on {
            Some(on) => value(on, scope)?.and_then(|on| on.as_text()?.parse().ok()),
            None => Some(last),
        };
        let record = item.get("id").and_then(Value::as_text).unwrap_or_default().to_owned();
        Ok(on.map(|on| Fulfilment { period, on, record }))
    }

    /// Reads the period that a day or a period (by its last day) belongs to, and that day.
    fn period(&self, value: &Value) -> Option<(Period, Date)> {
        let text = value.as_text()?;
        let day = text.parse().ok().or_else(|| Period::parse(text).map(Period::last))?;
        Some((Period::of(self.every, day), day))
    }

    /// Returns the periods that are overdue, the earliest first.
    pub fn overdue(&self, done: &[Fulfilment], tenure: Tenure, as_of: Date) -> Vec<Period> {
        overdue(self.every, self.grace, done, tenure, as_of)
    }

    /// Binds the overdue periods as rules see them (`overdue`), from the `since` and `as_of` of the scope.
    ///
    /// # Errors
    ///
    /// As [`fulfilments`](Self::fulfilments); a scope without `since` or `as_of` leaves `overdue` unbound.
    pub fn bind(&self, scope: &mut Scope<'_>) -> Result<(), Stop> {
        let day = |name: &str| scope.get(name).and_then(Value::as_text).and_then(|day| day.parse::<Date>().ok());
        let (Some(from), Some(as_of)) = (day("since"), day("as_of")) else { return Ok(()) };
        let done = self.fulfilments(scope, as_of)?;
        bind_overdue(scope, &self.overdue(&done, Tenure { from: Some(from), to: None }, as_of));
        Ok(())
    }
}

/// Returns the last day on which a period is done in time: days are counted from the day after the period.
pub(crate) fn due(period: Period, grace: i64) -> Date {
    add_days(period.last(), grace)
}

/// Returns the periods that are overdue of what comes round `every` and may be done until `grace` days later.
pub(crate) fn overdue(every: Cycle, grace: i64, done: &[Fulfilment], tenure: Tenure, as_of: Date) -> Vec<Period> {
    let Some(from) = tenure.from else { return Vec::new() };
    let mut over = Period::within(every, from, tenure.to.map_or(as_of, |to| to.min(as_of)));
    over.retain(|period| due(*period, grace) < as_of && !done.iter().any(|done| done.period == *period));
    over
}

/// Says how often and until when, in both languages (`每季度一次，期满后 30 天内`).
pub(crate) fn cadence(every: Cycle, grace: i64) -> Text {
    let Text { zh, en } = often(every);
    if grace == 0 {
        return text!("{zh}，期内完成", "{en}, within the period");
    }
    text!("{zh}，期满后 {grace} 天内", "{en}, within {grace} days after the period")
}

/// Binds periods as `overdue`.
pub(crate) fn bind_overdue(scope: &mut Scope<'_>, overdue: &[Period]) {
    scope.bind("overdue", Value::list(overdue.iter().map(|period| Value::text(period.to_string())).collect()));
}

/// Takes a missing key for `value`; everything else stays an error.
fn absent<T>(value: T) -> impl FnOnce(Stop) -> Result<T, Stop> {
    move |stop| if matches!(stop, Stop::Missing(_)) { Ok(value) } else { Err(stop) }
}

/// Says how often, in both languages.
fn often(every: Cycle) -> Text {
    match every {
        Cycle::Month => text!("每月一次", "once a month"),
        Cycle::Quarter => text!("每季度一次", "once a quarter"),
        Cycle::Half => text!("每半年一次", "once every half-year"),
        Cycle::Year => text!("每年一次", "once a year"),
    }
}

/// Reads how often, as packs write it (`quarter`).
pub(crate) fn every(name: &str) -> Option<Cycle> {
    match name {
        "month" => Some(Cycle::Month),
        "quarter" => Some(Cycle::Quarter),
        "half" => Some(Cycle::Half),
        "year" => Some(Cycle::Year),
        _ => None,
    }
}
