//! Numbers as they are spoken in English.

use super::{Amount, Currency};

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const THOUSANDS: [&str; 13] = [
    "",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "sextillion",
    "septillion",
    "octillion",
    "nonillion",
    "decillion",
    "undecillion",
];

/// Returns the word of a small number.
fn word<'w>(words: &[&'w str], n: u128) -> &'w str {
    usize::try_from(n).ok().and_then(|n| words.get(n)).copied().unwrap_or_default()
}

/// Speaks a whole number (`forty-one`, `one thousand and one`).
pub(super) fn cardinal(n: u128) -> String {
    if n < 1000 {
        return hundreds(n);
    }
    let mut groups = Vec::new();
    let (mut left, mut power) = (n, 0);
    while left > 0 {
        match (left % 1000, power) {
            (0, _) => {}
            (group @ 1..=99, 0) => groups.push(format!("and {}", hundreds(group))),
            (group, 0) => groups.push(hundreds(group)),
            (group, power) => groups.push(format!("{} {}", hundreds(group), word(&THOUSANDS, power))),
        }
        (left, power) = (left / 1000, power + 1);
    }
    groups.reverse();
    groups.join(" ")
}

/// Speaks a number below a thousand.
fn hundreds(n: u128) -> String {
    match n {
        0..=19 => word(&SMALL, n).to_owned(),
        20..=99 if n.is_multiple_of(10) => word(&TENS, n / 10).to_owned(),
        20..=99 => format!("{}-{}", word(&TENS, n / 10), word(&SMALL, n % 10)),
        _ if n.is_multiple_of(100) => format!("{} hundred", word(&SMALL, n / 100)),
        _ => format!("{} hundred and {}", word(&SMALL, n / 100), hundreds(n % 100)),
    }
}

/// Speaks a number of an order (`eighteenth`, `twenty-first`).
pub(super) fn ordinal(n: u128) -> String {
    const IRREGULAR: [(&str, &str); 7] = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("five", "fifth"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("twelve", "twelfth"),
    ];
    let cardinal = cardinal(n);
    let start = cardinal.rfind([' ', '-']).map_or(0, |at| at + 1);
    let (before, last) = cardinal.split_at(start);
    if let Some((_, ordinal)) = IRREGULAR.iter().find(|(word, _)| *word == last) {
        return format!("{before}{ordinal}");
    }
    match last.strip_suffix('y') {
        Some(stem) => format!("{before}{stem}ieth"),
        None => format!("{before}{last}th"),
    }
}

/// Speaks a year (`twenty twenty-six`, `two thousand and nine`).
pub(super) fn year(year: u128) -> String {
    let (century, rest) = (year / 100, year % 100);
    match (century, rest) {
        (10..=99, 10..) => format!("{} {}", cardinal(century), cardinal(rest)),
        (10..=99, 0) if century % 10 != 0 => format!("{} hundred", cardinal(century)),
        (10..=99, 1..) if century % 10 != 0 => format!("{} oh {}", cardinal(century), cardinal(rest)),
        _ => cardinal(year),
    }
}

/// Speaks digits one by one.
pub(super) fn digits(text: &str) -> String {
    let words: Vec<&str> = text.chars().filter_map(|c| c.to_digit(10)).map(|n| word(&SMALL, n.into())).collect();
    words.join(" ")
}

/// Speaks a decimal (`zero point zero five`).
pub(super) fn decimal(amount: &Amount) -> String {
    let minus = if amount.negative { "minus " } else { "" };
    let decimals = if amount.decimals.is_empty() { String::new() } else { format!(" point {}", digits(&amount.decimals)) };
    format!("{minus}{}{decimals}", cardinal(amount.whole))
}

/// Speaks an amount of money (`three yuan and fifty fen`).
pub(super) fn money(amount: &Amount, currency: Currency<'_>) -> String {
    let (minus, one) = (if amount.negative { "minus " } else { "" }, amount.whole == 1 && amount.decimals.is_empty());
    let name = match currency {
        Currency::Yuan => return format!("{minus}{}", yuan(amount.whole, amount.hundredths())),
        Currency::HongKong if one => "Hong Kong dollar",
        Currency::HongKong => "Hong Kong dollars",
        Currency::UnitedStates if one => "US dollar",
        Currency::UnitedStates => "US dollars",
        Currency::Euro if one => "euro",
        Currency::Euro => "euros",
        Currency::Other(code) => code,
    };
    format!("{} {name}", decimal(amount))
}

/// Speaks yuan and fen.
fn yuan(whole: u128, hundredths: u8) -> String {
    let fen = || format!("{} fen", cardinal(hundredths.into()));
    match (whole, hundredths) {
        (_, 0) => format!("{} yuan", cardinal(whole)),
        (0, _) => fen(),
        _ => format!("{} yuan and {}", cardinal(whole), fen()),
    }
}

/// Speaks a fraction (`two thirds`, `one half`, `seven twelfths`).
pub(super) fn fraction(part: u128, whole: u128) -> String {
    let (one, many) = match whole {
        2 => ("half".to_owned(), "halves".to_owned()),
        4 => ("quarter".to_owned(), "quarters".to_owned()),
        _ => (ordinal(whole), format!("{}s", ordinal(whole))),
    };
    format!("{} {}", cardinal(part), if part == 1 { one } else { many })
}

/// Speaks a time of day (`half past eight in the morning`), with its part of the day unless another time that follows says it.
pub(super) fn time(hour: u8, minute: u8, after: Option<u8>) -> String {
    let part = day_part(hour);
    let part = if after.map(day_part) == Some(part) { "" } else { part };
    let hours = cardinal(match hour % 12 {
        0 => 12,
        hour => hour.into(),
    });
    match minute {
        0 => format!("{hours}{}", if part.is_empty() { " o'clock" } else { part }),
        15 => format!("a quarter past {hours}{part}"),
        30 => format!("half past {hours}{part}"),
        1..=9 => format!("{hours} oh {}{part}", cardinal(minute.into())),
        _ => format!("{hours} {}{part}", cardinal(minute.into())),
    }
}

/// Names the part of the day.
fn day_part(hour: u8) -> &'static str {
    match hour {
        0..=11 => " in the morning",
        12..=17 => " in the afternoon",
        _ => " in the evening",
    }
}
