//! Numbers, dates, times and amounts as they are spoken, for texts that are read aloud. Exact: no floats.
//!
//! [`number`] and its sisters speak values; [`text`] speaks the figures in a text that somebody wrote, where it is certain what
//! they mean, and leaves the others alone.

mod chinese;
mod english;
mod prose;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Language, month_name};

pub use prose::{own, text};

/// Speaks a whole number (`四十一`, `forty-one`).
pub fn number(n: u64, language: Language) -> String {
    match language {
        Language::Chinese => chinese::cardinal(n.into()),
        Language::English => english::cardinal(n.into()),
    }
}

/// Speaks a whole number before what it counts (`两户`, `two`).
pub fn counted(n: u64, language: Language) -> String {
    match language {
        Language::Chinese => chinese::counted(n.into()),
        Language::English => english::cardinal(n.into()),
    }
}

/// Speaks a number of an order (`第二`, `second`).
pub fn ordinal(n: u64, language: Language) -> String {
    match language {
        Language::Chinese => format!("第{}", chinese::cardinal(n.into())),
        Language::English => english::ordinal(n.into()),
    }
}

/// Speaks a decimal, without needless zeros (`九十二点七`, `zero point zero five`).
pub fn decimal(value: Decimal, language: Language) -> String {
    let amount = Amount::of(value);
    match language {
        Language::Chinese => chinese::decimal(&amount),
        Language::English => english::decimal(&amount),
    }
}

/// Speaks an amount of money; `currency` is an ISO 4217 code. More than two decimals are rounded half away from zero.
pub fn money(value: Decimal, currency: &str, language: Language) -> String {
    let amount = Amount::of(value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero));
    let currency = Currency::of(currency);
    match language {
        Language::Chinese => chinese::money(&amount, currency),
        Language::English => english::money(&amount, currency),
    }
}

/// Speaks a percentage (`百分之九十二点七`, `ninety-two point seven per cent`).
pub fn percent(value: Decimal, language: Language) -> String {
    let amount = Amount::of(value);
    match language {
        Language::Chinese if value == Decimal::ONE_HUNDRED => "百分之百".to_owned(),
        Language::Chinese if amount.negative => {
            format!("负百分之{}", chinese::decimal(&Amount { negative: false, ..amount }))
        }
        Language::Chinese => format!("百分之{}", chinese::decimal(&amount)),
        Language::English => format!("{} per cent", english::decimal(&amount)),
    }
}

/// Speaks a fraction (`三分之二`, `two thirds`).
pub fn fraction(part: u64, whole: u64, language: Language) -> String {
    match language {
        Language::Chinese => format!("{}分之{}", chinese::cardinal(whole.into()), chinese::cardinal(part.into())),
        Language::English => english::fraction(part.into(), whole.into()),
    }
}

/// Speaks a day with its year (`二〇二六年三月十八日`, `the eighteenth of March, twenty twenty-six`).
pub fn date(day: Date, language: Language) -> String {
    match language {
        Language::Chinese => format!("{}年{}", year(day.year(), language), short_date(day, language)),
        Language::English => format!("{}, {}", short_date(day, language), year(day.year(), language)),
    }
}

/// Speaks a day without its year (`三月十八日`, `the eighteenth of March`).
pub fn short_date(day: Date, language: Language) -> String {
    let (month, date) = (i128::from(day.month()).unsigned_abs(), i128::from(day.day()).unsigned_abs());
    match language {
        Language::Chinese => format!("{}月{}日", chinese::cardinal(month), chinese::cardinal(date)),
        Language::English => format!("the {} of {}", english::ordinal(date), month_name(day.month())),
    }
}

/// Speaks the days from one to another without their years (`三月十九日到四月七日`, `the nineteenth of March to the seventh of April`).
pub fn short_date_range(from: Date, to: Date, language: Language) -> String {
    let (first, last) = (short_date(from, language), short_date(to, language));
    match language {
        _ if from == to => last,
        Language::Chinese if from.month() == to.month() => {
            format!("{first}到{}日", chinese::cardinal(i128::from(to.day()).unsigned_abs()))
        }
        Language::Chinese => format!("{first}到{last}"),
        Language::English if from.month() == to.month() => {
            format!("the {} to {last}", english::ordinal(i128::from(from.day()).unsigned_abs()))
        }
        Language::English => format!("{first} to {last}"),
    }
}

/// Speaks the number of a year (`二〇二六`, `twenty twenty-six`).
pub fn year(year: i16, language: Language) -> String {
    match language {
        Language::Chinese => chinese::digits(&year.to_string(), '〇'),
        Language::English => english::year(year.unsigned_abs().into()),
    }
}

/// Speaks the times of day in a text (`08:00—16:30` as `上午八点到下午四点半`); the rest of it stays.
pub fn hours(text: &str, language: Language) -> String {
    prose::hours(text, language)
}

/// Speaks a telephone number digit by digit, a pause where it is grouped, in Chinese with 幺 for 1.
pub fn telephone(number: &str, language: Language) -> String {
    let parts = number.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let groups: Vec<String> = parts.flat_map(groups).map(|group| spell(group, language)).collect();
    groups.join(if language == Language::Chinese { "，" } else { ", " })
}

/// Divides the digits of a telephone number as people say them: threes and fours.
fn groups(digits: &str) -> Vec<&str> {
    let sizes: &[usize] = match digits.len() {
        7 => &[3],
        8 => &[4],
        11 => &[3, 4],
        _ => &[],
    };
    let mut rest = digits;
    let mut groups = Vec::new();
    for size in sizes {
        let (group, after) = rest.split_at(*size);
        groups.push(group);
        rest = after;
    }
    groups.push(rest);
    groups
}

fn spell(digits: &str, language: Language) -> String {
    match language {
        Language::Chinese => chinese::telephone(digits),
        Language::English => english::digits(digits),
    }
}

/// A decimal taken apart.
struct Amount {
    negative: bool,
    whole: u128,
    /// The digits behind the point, without trailing zeros.
    decimals: String,
}

impl Amount {
    fn of(value: Decimal) -> Self {
        let value = value.normalize();
        let plain = value.abs().to_string();
        let decimals = plain.split_once('.').map(|(_, decimals)| decimals.to_owned()).unwrap_or_default();
        let whole = value.abs().trunc().mantissa().unsigned_abs();
        Self { negative: value.is_sign_negative() && !value.is_zero(), whole, decimals }
    }

    /// Returns the hundredths of an amount that has no more than two decimals.
    fn hundredths(&self) -> u8 {
        format!("{:0<2}", self.decimals).get(..2).and_then(|hundredths| hundredths.parse().ok()).unwrap_or(0)
    }
}

/// A currency that has a name of its own when spoken.
#[derive(Clone, Copy)]
enum Currency<'c> {
    Yuan,
    HongKong,
    UnitedStates,
    Euro,
    Other(&'c str),
}

impl<'c> Currency<'c> {
    fn of(code: &'c str) -> Self {
        match code {
            "CNY" => Self::Yuan,
            "HKD" => Self::HongKong,
            "USD" => Self::UnitedStates,
            "EUR" => Self::Euro,
            code => Self::Other(code),
        }
    }
}

#[cfg(test)]
mod tests;
