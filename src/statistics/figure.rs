//! Figures: a measure of one place in one period, with both numbers of a share, how many it rests on, and the year before.

use std::fmt;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

use super::measure::Measure;
use crate::calendar::Period;
use crate::language::Text;
use crate::text;

/// The days that a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// All days up to the day of the edition.
    Ever,
    /// A month, quarter, half or year, up to the day of the edition.
    During(Period),
}

impl When {
    /// Reads `all`, or a period in upper or lower case (`2026`, `2026-h1`, `2026-q3`, `2026-07`).
    pub fn parse(text: &str) -> Option<Self> {
        if text == "all" {
            return Some(Self::Ever);
        }
        Period::parse(&text.to_ascii_uppercase()).map(Self::During)
    }

    /// Names it in both languages.
    pub fn label(self) -> Text {
        match self {
            Self::Ever => text!("全部日期", "all dates"),
            Self::During(period) => period.label(),
        }
    }

    /// Returns the first and the last day.
    pub fn days(self) -> (Date, Date) {
        match self {
            Self::Ever => (Date::MIN, Date::MAX),
            Self::During(period) => (period.first(), period.last()),
        }
    }
}

impl fmt::Display for When {
    /// Writes it as [`When::parse`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ever => f.write_str("all"),
            Self::During(period) => period.fmt(f),
        }
    }
}

/// A measure, or one of its parts (`meetings` of class `village-congress`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key<'a> {
    /// The measure.
    pub measure: Measure,
    /// The part.
    pub member: Option<&'a str>,
}

impl<'a> Key<'a> {
    /// Names a part of a measure.
    pub fn part(measure: Measure, member: &'a str) -> Self {
        Self { measure, member: Some(member) }
    }

    /// Reads `meetings` or `meetings:village-congress`.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (id, member) = text.split_once(':').map_or((text, None), |(id, member)| (id, Some(member)));
        Measure::find(id).map(|measure| Self { measure, member })
    }
}

impl From<Measure> for Key<'_> {
    fn from(measure: Measure) -> Self {
        Self { measure, member: None }
    }
}

impl fmt::Display for Key<'_> {
    /// Writes it as [`Key::parse`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.measure.id())?;
        self.member.map_or(Ok(()), |member| write!(f, ":{member}"))
    }
}

/// What a figure says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// Nothing: a share of nothing, days of no events, or parts that cannot be added up.
    Nothing,
    /// A number of things, or an amount.
    Number(Decimal),
    /// A part of a whole.
    Share {
        /// The numerator.
        part: Decimal,
        /// The denominator, never 0.
        whole: Decimal,
    },
    /// Days of several events.
    Days(Spread),
}

impl Value {
    /// Returns the number, the share in per cent with one decimal (rounded half up), or the median in days.
    pub fn number(self) -> Option<Decimal> {
        match self {
            Self::Nothing => None,
            Self::Number(number) => Some(number),
            Self::Share { part, whole } => Some(percent(part, whole)),
            Self::Days(spread) => Some(spread.median),
        }
    }
}

/// Returns a share in per cent with one decimal, rounded half up.
fn percent(part: Decimal, whole: Decimal) -> Decimal {
    let share = (part * Decimal::ONE_HUNDRED).checked_div(whole).unwrap_or_default();
    share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
}

/// How days are spread: the median of an even number is the mean of the middle two; a quartile is the shortest that at least a
/// quarter (three quarters) do not exceed, so that some event took just as long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// How many events.
    pub n: u32,
    /// The shortest.
    pub shortest: i64,
    /// The lower quartile.
    pub lower: i64,
    /// The median.
    pub median: Decimal,
    /// The upper quartile.
    pub upper: i64,
    /// The longest.
    pub longest: i64,
}

impl Spread {
    /// Describes days; `None` where there are none.
    pub fn of(mut days: Vec<i64>) -> Option<Self> {
        days.sort_unstable();
        let n = days.len();
        let ranked = |quarters: usize| days.get((n * quarters).div_ceil(4).checked_sub(1)?).copied();
        let middle = Decimal::from(*days.get(n.checked_sub(1)? / 2)? + days[n / 2]);
        Some(Self {
            n: u32::try_from(n).unwrap_or(u32::MAX),
            shortest: *days.first()?,
            lower: ranked(1)?,
            median: (middle / Decimal::TWO).normalize(),
            upper: ranked(3)?,
            longest: *days.last()?,
        })
    }
}

/// A measure of one place in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The measure.
    pub measure: Measure,
    /// What it says.
    pub value: Value,
    /// How many facts it rests on; of a share, those of the whole.
    pub n: u32,
    /// The same a year earlier; of a period that is not over, up to the same day. Absent where the records do not reach back.
    pub before: Option<Value>,
    /// By how much it differs from the year before: a number, points of per cent, or days between the medians.
    pub difference: Option<Decimal>,
    /// Whether it must not be shown, since so few answered that one could tell who said what.
    pub suppressed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_days_that_occurred() {
        let spread =
            |days: &[i64]| Spread::of(days.to_vec()).map(|s| (s.shortest, s.lower, s.median.to_string(), s.upper, s.longest));
        assert_eq!(spread(&[]), None);
        assert_eq!(spread(&[7]), Some((7, 7, "7".into(), 7, 7)));
        assert_eq!(spread(&[9, 1]), Some((1, 1, "5".into(), 9, 9)));
        assert_eq!(spread(&[4, 1, 2]), Some((1, 1, "2".into(), 4, 4)));
        assert_eq!(spread(&[1, 2, 3, 4]), Some((1, 1, "2.5".into(), 3, 4)));
        assert_eq!(spread(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), Some((1, 3, "5".into(), 7, 9)));
    }

    #[test]
    fn shares_are_rounded_half_up_to_one_decimal() {
        let share =
            |part: i64, whole: i64| Value::Share { part: part.into(), whole: whole.into() }.number().map(|n| n.to_string());
        assert_eq!(share(834, 957).as_deref(), Some("87.1"));
        assert_eq!(share(1, 800).as_deref(), Some("0.1"));
        assert_eq!(share(1, 2).as_deref(), Some("50"));
    }

    #[test]
    fn keys_and_periods_are_read_back() {
        for text in ["opinions", "meetings:village-congress", "findings:eight-step/quorum"] {
            assert_eq!(Key::parse(text).map(|key| key.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Key::parse("nothing"), None);
        for (text, back) in [("all", "all"), ("2026-q3", "2026-Q3"), ("2026-07", "2026-07"), ("2026", "2026")] {
            assert_eq!(When::parse(text).map(|when| when.to_string()).as_deref(), Some(back));
        }
    }
}
