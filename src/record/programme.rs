//! Typed records: programmes with their projects, indicators and targets.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::choice::{Cadence, Direction};
use super::common::{Attachment, Days};

/// A programme (工程).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// Document number.
    pub number: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// One sentence, in English.
    pub summary_en: Option<String>,
    /// From when to when.
    pub term: Days,
    /// Areas in which it is carried out.
    #[serde(default)]
    pub areas: Vec<String>,
    /// The body that leads it.
    pub lead: String,
    /// Units that take part.
    #[serde(default)]
    pub partners: Vec<String>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Indicators.
    pub indicators: Vec<ProgrammeIndicator>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// A project of a programme (项目).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Id by which indicators name it.
    pub id: String,
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// Unit responsible.
    pub responsible: Option<String>,
    /// Matters that belong to it.
    #[serde(default)]
    pub matters: Vec<String>,
    /// Funds.
    pub funds: Option<Funds>,
}

/// The funds of a project (资金).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funds {
    /// Budget.
    pub budget: Decimal,
    /// Spent so far.
    pub spent: Option<Decimal>,
    /// The day up to which it is counted.
    pub as_of: Option<Date>,
    /// Where the funds come from.
    pub source: Option<String>,
}

/// An indicator of a programme with its target (工程指标).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeIndicator {
    /// Id.
    pub id: String,
    /// The project that it belongs to; the whole programme, if left out.
    pub project: Option<String>,
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Unit in English.
    pub unit_en: Option<String>,
    /// At least or at most; at least, if left out.
    pub direction: Option<Direction>,
    /// Value at the beginning.
    pub baseline: Option<Decimal>,
    /// Target.
    pub target: Decimal,
    /// The day by which it is to be reached.
    pub by: Date,
    /// Who is responsible.
    pub responsible: Option<String>,
    /// How often it is reported.
    pub cadence: Option<Cadence>,
    /// Whether the percentage may exceed a hundred.
    #[serde(default)]
    pub above_100: bool,
    /// Values reported, in the order of their days.
    #[serde(default)]
    pub values: Vec<Reported>,
}

/// A value reported (报告数值).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reported {
    /// The day that the value is of.
    pub date: Date,
    /// The value.
    pub value: Decimal,
    /// Note.
    pub note: Option<String>,
}

/// How an indicator stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Its target was missed, and still is.
    Missed,
    /// Its day has not come, and the target is not reached yet.
    UnderWay,
    /// Nothing was reported yet.
    NotReported,
    /// Its target was missed by the day set, and reached afterwards.
    MetLate,
    /// Its target is reached.
    Met,
}

/// How far an indicator has come: `done` out of `whole`, both zero or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What was added to (or taken from) the baseline.
    pub done: Decimal,
    /// What had to be.
    pub whole: Decimal,
}

impl ProgrammeIndicator {
    /// Whether the target is a ceiling.
    pub fn at_most(&self) -> bool {
        self.direction == Some(Direction::AtMost)
    }

    /// Whether it is a percentage.
    pub fn is_percentage(&self) -> bool {
        self.unit.as_deref().is_some_and(|unit| matches!(unit.trim(), "%" | "％" | "百分比" | "percent"))
    }

    /// Returns the values of days up to `date`.
    pub fn reported(&self, date: Date) -> impl DoubleEndedIterator<Item = &Reported> {
        self.values.iter().filter(move |reported| reported.date <= date)
    }

    /// Whether a value reaches the target; the target itself does.
    pub fn reaches(&self, value: Decimal) -> bool {
        if self.at_most() { value <= self.target } else { value >= self.target }
    }

    /// Returns how the indicator stands on a day.
    pub fn standing(&self, as_of: Date) -> Standing {
        let Some(last) = self.reported(as_of).next_back() else {
            return if self.by < as_of { Standing::Missed } else { Standing::NotReported };
        };
        let in_time = self.reported(as_of.min(self.by)).next_back().is_some_and(|reported| self.reaches(reported.value));
        match (self.by < as_of, self.reaches(last.value)) {
            (true, _) if in_time => Standing::Met,
            (true, true) => Standing::MetLate,
            (true, false) => Standing::Missed,
            (false, true) => Standing::Met,
            (false, false) => Standing::UnderWay,
        }
    }

    /// Returns how far a value has come from the baseline to the target; from zero where there is none. `None` where there is no
    /// way to go, as to a ceiling without a baseline.
    pub fn progress(&self, value: Decimal) -> Option<Progress> {
        let (done, whole) = match (self.baseline, self.at_most()) {
            (Some(baseline), true) => (baseline - value, baseline - self.target),
            (None, true) => return None,
            (baseline, false) => {
                let baseline = baseline.unwrap_or_default();
                (value - baseline, self.target - baseline)
            }
        };
        (whole > Decimal::ZERO).then(|| Progress { done: done.max(Decimal::ZERO), whole })
    }
}

impl Progress {
    /// Returns the share in percent with one decimal, exactly rounded half up (`80.3`); more than a hundred where the target is
    /// exceeded.
    pub fn percent(self) -> String {
        crate::language::percent(parts(self.done), parts(self.whole))
    }

    /// Returns the share as the width of a bar: at most `100.0`.
    pub fn width(self) -> String {
        crate::language::percent(parts(self.done.min(self.whole)), parts(self.whole))
    }
}

/// Returns a number in ten-thousandths, the smallest part that records write.
fn parts(number: Decimal) -> u64 {
    use rust_decimal::prelude::ToPrimitive;
    (number * Decimal::from(10_000)).to_u64().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(direction: Option<Direction>, baseline: Option<i64>, target: i64, values: &[(&str, i64)]) -> ProgrammeIndicator {
        let reported = |(date, value): &(&str, i64)| Reported { date: date.parse().unwrap(), value: (*value).into(), note: None };
        ProgrammeIndicator {
            id: "coverage".into(),
            project: None,
            name: "覆盖村数".into(),
            name_en: None,
            unit: Some("个".into()),
            unit_en: None,
            direction,
            baseline: baseline.map(Decimal::from),
            target: target.into(),
            by: Date::constant(2026, 9, 30),
            responsible: None,
            cadence: None,
            above_100: false,
            values: values.iter().map(reported).collect(),
        }
    }

    fn percent(indicator: &ProgrammeIndicator, value: i64) -> Option<String> {
        indicator.progress(value.into()).map(Progress::percent)
    }

    #[test]
    fn progress_is_counted_from_the_baseline_and_exact() {
        let villages = indicator(None, Some(720), 862, &[]);
        assert_eq!(percent(&villages, 834).as_deref(), Some("80.3"));
        assert_eq!(percent(&villages, 700).as_deref(), Some("0.0"));
        assert_eq!(percent(&villages, 900).as_deref(), Some("126.8"));
        assert_eq!(villages.progress(900.into()).map(Progress::width).as_deref(), Some("100.0"));
        assert_eq!(percent(&indicator(None, None, 862, &[]), 834).as_deref(), Some("96.8"));
        let complaints = indicator(Some(Direction::AtMost), Some(50), 20, &[]);
        assert_eq!(percent(&complaints, 35).as_deref(), Some("50.0"));
        assert_eq!(percent(&indicator(Some(Direction::AtMost), None, 20, &[]), 35), None);
    }

    #[test]
    fn a_target_is_met_in_time_late_or_missed() {
        let standing = |values: &[(&str, i64)], day: &str| indicator(None, None, 10, values).standing(day.parse().unwrap());
        assert_eq!(standing(&[], "2026-06-01"), Standing::NotReported);
        assert_eq!(standing(&[], "2026-10-01"), Standing::Missed);
        assert_eq!(standing(&[("2026-06-30", 9)], "2026-09-30"), Standing::UnderWay);
        assert_eq!(standing(&[("2026-06-30", 9)], "2026-10-01"), Standing::Missed);
        assert_eq!(standing(&[("2026-09-30", 10)], "2026-10-01"), Standing::Met);
        assert_eq!(standing(&[("2026-06-30", 9), ("2026-10-20", 10)], "2026-11-01"), Standing::MetLate);
        assert_eq!(standing(&[("2026-06-30", 9), ("2026-10-20", 10)], "2026-10-10"), Standing::Missed);
        assert_eq!(standing(&[("2026-09-30", 10), ("2026-10-20", 9)], "2026-11-01"), Standing::Met);
    }
}
