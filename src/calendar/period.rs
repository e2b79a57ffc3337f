//! Periods that are reported on: months, quarters, halves and years, written `2026-03`, `2026-Q1`, `2026-H1`, `2026`.

use std::fmt;

use jiff::civil::Date;

use crate::{
    language::{self, Language, Text, ordinal_zh},
    text,
};

/// How long a period lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Cycle {
    /// A calendar month.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// Six months from January or July.
    Half,
    /// A calendar year.
    Year,
}

impl Cycle {
    /// Every cycle, the shortest first.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::Half, Self::Year];

    /// Reads the name that assessments use (`monthly`, `quarterly`, `half-yearly`, `yearly`).
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "monthly" => Some(Self::Month),
            "quarterly" => Some(Self::Quarter),
            "half-yearly" => Some(Self::Half),
            "yearly" => Some(Self::Year),
            _ => None,
        }
    }

    /// Returns the number of months.
    pub fn months(self) -> i8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }
}

/// A month, quarter, half or year. Ordered by the month that it starts in, then the shorter first.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i16,
    /// The first month, 1 to 12, a multiple of the cycle's months after January.
    month: i8,
    cycle: Cycle,
}

/// As it is written in records (`2026-Q1`).
impl serde::Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Period {
    /// Reads `2026`, `2026-H1`, `2026-Q1` or `2026-03`; nothing else is a period.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        let year = digits(year, 4)?;
        let (cycle, number) = match part {
            None => (Cycle::Year, 1),
            Some(part) => match (part.strip_prefix('H'), part.strip_prefix('Q')) {
                (Some(number), _) => (Cycle::Half, digits(number, 1)?),
                (_, Some(number)) => (Cycle::Quarter, digits(number, 1)?),
                _ => (Cycle::Month, digits(part, 2)?),
            },
        };
        let number = i8::try_from(number).ok().filter(|number| (1..=12 / cycle.months()).contains(number))?;
        (year > 0).then_some(Self { year, month: (number - 1) * cycle.months() + 1, cycle })
    }

    /// Returns the period of `cycle` in which `date` lies.
    pub fn of(cycle: Cycle, date: Date) -> Self {
        let months = cycle.months();
        Self { year: date.year(), month: (date.month() - 1) / months * months + 1, cycle }
    }

    /// Returns the periods of `cycle` that lie wholly within `from` to `to`, both included, the earliest first.
    pub fn within(cycle: Cycle, from: Date, to: Date) -> Vec<Self> {
        std::iter::successors(Some(Self::of(cycle, from)), |period| period.moved(1))
            .skip_while(|period| period.first() < from)
            .take_while(|period| period.last() <= to)
            .collect()
    }

    /// Returns the periods of `cycle` that this one is made of, the earliest first; none if `cycle` is the longer.
    pub fn parts(self, cycle: Cycle) -> Vec<Self> {
        Self::within(cycle, self.first(), self.last())
    }

    /// Returns the year as a period.
    pub fn whole_year(self) -> Self {
        Self { month: 1, cycle: Cycle::Year, ..self }
    }

    /// Returns how long the period lasts.
    pub fn cycle(self) -> Cycle {
        self.cycle
    }

    /// Returns the calendar year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// Returns the place in the year, from 1: 3 for March, 2 for the second quarter, 1 for a year.
    pub fn number(self) -> i8 {
        (self.month - 1) / self.cycle.months() + 1
    }

    /// Returns the first day.
    pub fn first(self) -> Date {
        // Every period comes from a date or from four digits, so the day exists.
        Date::new(self.year, self.month, 1).unwrap_or(Date::MIN)
    }

    /// Returns the last day.
    pub fn last(self) -> Date {
        Date::new(self.year, self.month + self.cycle.months() - 1, 1).map_or(Date::MAX, Date::last_of_month)
    }

    /// Whether `date` lies in the period.
    pub fn contains(self, date: Date) -> bool {
        Self::of(self.cycle, date) == self
    }

    /// Returns the period before, of the same length (the first that a date can hold has none and returns itself).
    pub fn previous(self) -> Self {
        self.moved(-1).unwrap_or(self)
    }

    /// Returns the period after, of the same length (the last that a date can hold has none and returns itself).
    pub fn following(self) -> Self {
        self.moved(1).unwrap_or(self)
    }

    /// Returns the same period of the year before (the first year that a date can hold returns itself).
    pub fn year_before(self) -> Self {
        let year = self.year.saturating_sub(1).max(Date::MIN.year());
        Self { year, ..self }
    }

    /// Names the period with its year (`2026 年第一季度`, `Q1 2026`).
    pub fn label(self) -> Text {
        let Self { year, month, cycle } = self;
        match cycle {
            Cycle::Year => text!("{year} 年", "{year}"),
            Cycle::Half if month == 1 => text!("{year} 年上半年", "first half of {year}"),
            Cycle::Half => text!("{year} 年下半年", "second half of {year}"),
            Cycle::Quarter => {
                let Text { zh, en } = self.short_label();
                text!("{year} 年{zh}", "{en} {year}")
            }
            Cycle::Month => Text::new(format!("{year} 年 {month} 月"), language::month(year, month, Language::English)),
        }
    }

    /// Names the period within its year (`第一季度`, `Q1`); a year keeps its number.
    pub fn short_label(self) -> Text {
        let Self { year, month, cycle } = self;
        let number = self.number();
        match cycle {
            Cycle::Year => text!("{year} 年", "{year}"),
            Cycle::Half if month == 1 => text!("上半年", "H1"),
            Cycle::Half => text!("下半年", "H2"),
            Cycle::Quarter => {
                let quarter = ordinal_zh(u64::from(number.unsigned_abs()));
                text!("第{quarter}季度", "Q{number}")
            }
            Cycle::Month => Text::new(format!("{month} 月"), language::short_month_name(month)),
        }
    }

    /// Returns the period `by` of its own lengths later, if a date can hold it.
    fn moved(self, by: i32) -> Option<Self> {
        let months = i32::from(self.year) * 12 + i32::from(self.month - 1) + by * i32::from(self.cycle.months());
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        let month = i8::try_from(months.rem_euclid(12)).ok()? + 1;
        (Date::MIN.year()..=Date::MAX.year()).contains(&year).then_some(Self { year, month, ..self })
    }
}

impl fmt::Display for Period {
    /// Writes the period as records do, so that [`Period::parse`] reads it back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, number) = (self.year, self.number());
        match self.cycle {
            Cycle::Year => write!(f, "{year:04}"),
            Cycle::Half => write!(f, "{year:04}-H{number}"),
            Cycle::Quarter => write!(f, "{year:04}-Q{number}"),
            Cycle::Month => write!(f, "{year:04}-{number:02}"),
        }
    }
}

/// Reads a number of exactly `length` ASCII digits.
fn digits(text: &str, length: usize) -> Option<i16> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    fn written(periods: &[Period]) -> Vec<String> {
        periods.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_form_is_read_and_written_back() {
        for text in ["2026", "2026-H1", "2026-H2", "2026-Q1", "2026-Q4", "2026-01", "2026-12", "0987-02"] {
            assert_eq!(period(text).to_string(), text);
        }
    }

    #[test]
    fn anything_else_is_no_period() {
        let wrong = [
            "",
            "26",
            "2026-",
            "2026-3",
            "2026-13",
            "2026-00",
            "2026-Q0",
            "2026-Q5",
            "2026-H3",
            "2026-h1",
            "2026-Q",
            "2026-Q1-1",
            "+026",
            "2026-+1",
            "２０２６",
            "0000",
            "20260",
            "2026 -01",
        ];
        for text in wrong {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn first_and_last_days_follow_the_month_ends() {
        let ends = |text| (period(text).first(), period(text).last());
        assert_eq!(ends("2024-02"), (date(2024, 2, 1), date(2024, 2, 29)));
        assert_eq!(ends("2026-02"), (date(2026, 2, 1), date(2026, 2, 28)));
        assert_eq!(ends("2026-Q2"), (date(2026, 4, 1), date(2026, 6, 30)));
        assert_eq!(ends("2026-H2"), (date(2026, 7, 1), date(2026, 12, 31)));
        assert_eq!(ends("9999"), (date(9999, 1, 1), Date::MAX));
    }

    #[test]
    fn a_period_contains_its_days_only() {
        let quarter = period("2026-Q1");
        assert!(quarter.contains(date(2026, 1, 1)) && quarter.contains(date(2026, 3, 31)));
        assert!(
            !quarter.contains(date(2025, 12, 31)) && !quarter.contains(date(2026, 4, 1)) && !quarter.contains(date(2025, 2, 1))
        );
    }

    #[test]
    fn a_date_lies_in_one_period_of_each_cycle() {
        let all = Cycle::ALL.map(|cycle| Period::of(cycle, date(2026, 9, 30)));
        assert_eq!(written(&all), ["2026-09", "2026-Q3", "2026-H2", "2026"]);
    }

    #[test]
    fn neighbours_cross_the_year() {
        assert_eq!(period("2026-Q1").previous(), period("2025-Q4"));
        assert_eq!(period("2026-01").previous(), period("2025-12"));
        assert_eq!(period("2026-H1").previous(), period("2025-H2"));
        assert_eq!(period("2026").previous(), period("2025"));
        assert_eq!(period("2026-12").following(), period("2027-01"));
        assert_eq!(period("2026-Q3").year_before(), period("2025-Q3"));
        assert_eq!(period("9999-Q4").following(), period("9999-Q4"));
    }

    #[test]
    fn only_whole_periods_are_within() {
        let (from, to) = (date(2026, 1, 2), date(2026, 9, 30));
        assert_eq!(written(&Period::within(Cycle::Quarter, from, to)), ["2026-Q2", "2026-Q3"]);
        assert_eq!(written(&Period::within(Cycle::Month, date(2025, 12, 1), date(2026, 2, 27))), ["2025-12", "2026-01"]);
        assert_eq!(Period::within(Cycle::Year, from, to), []);
        assert_eq!(Period::within(Cycle::Month, to, from), []);
        assert_eq!(Period::within(Cycle::Half, date(9999, 1, 1), Date::MAX).len(), 2);
    }

    #[test]
    fn a_period_has_parts() {
        assert_eq!(written(&period("2026").parts(Cycle::Quarter)), ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]);
        assert_eq!(written(&period("2026-Q1").parts(Cycle::Month)), ["2026-01", "2026-02", "2026-03"]);
        assert_eq!(period("2026-Q1").parts(Cycle::Year), []);
        assert_eq!(period("2026-08").whole_year(), period("2026"));
    }

    #[test]
    fn periods_are_in_order_of_time() {
        let mut periods = ["2026", "2026-Q2", "2026-02", "2025-12", "2026-Q1", "2026-01", "2026-H1"].map(period);
        periods.sort();
        assert_eq!(written(&periods), ["2025-12", "2026-01", "2026-Q1", "2026-H1", "2026", "2026-02", "2026-Q2"]);
    }

    #[test]
    fn labels_in_both_languages() {
        let rows = [
            ("2026", ("2026 年", "2026"), ("2026 年", "2026")),
            ("2026-H1", ("2026 年上半年", "first half of 2026"), ("上半年", "H1")),
            ("2026-H2", ("2026 年下半年", "second half of 2026"), ("下半年", "H2")),
            ("2026-Q1", ("2026 年第一季度", "Q1 2026"), ("第一季度", "Q1")),
            ("2026-Q4", ("2026 年第四季度", "Q4 2026"), ("第四季度", "Q4")),
            ("2026-03", ("2026 年 3 月", "March 2026"), ("3 月", "Mar")),
        ];
        for (written, label, short) in rows {
            assert_eq!(period(written).label(), Text::new(label.0, label.1));
            assert_eq!(period(written).short_label(), Text::new(short.0, short.1));
        }
    }

    #[test]
    fn cycles_are_named_as_in_assessments() {
        let names = ["monthly", "quarterly", "half-yearly", "yearly"];
        assert_eq!(names.map(|name| Cycle::parse(name).unwrap()), Cycle::ALL);
        assert_eq!(Cycle::parse("weekly"), None);
    }
}
