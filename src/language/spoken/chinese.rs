//! Numbers as they are spoken in Chinese.

use super::{Amount, Currency};

/// The digits of a number; years say 〇 for 零.
const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Ten thousand and a hundred million, by which Chinese counts on.
const WAN: u128 = 10_000;
const YI: u128 = 100_000_000;

/// Speaks a digit.
fn digit(n: u128) -> char {
    usize::try_from(n).ok().and_then(|n| DIGITS.get(n)).copied().unwrap_or(DIGITS[0])
}

/// Speaks a whole number (`四十一`, `一千零一`, `两万`).
///
/// A leading 2 of thousands and more is 两 (八百词: before 千, 万 and 亿 rather 两; inside a number 二); a leading ten is 十.
pub(super) fn cardinal(n: u128) -> String {
    let mut out = String::new();
    if n == 0 {
        out.push(DIGITS[0]);
    }
    write(n, &mut out);
    out
}

/// Speaks a whole number before a measure word: two are 两.
pub(super) fn counted(n: u128) -> String {
    if n == 2 { "两".to_owned() } else { cardinal(n) }
}

/// Adds a number that is not zero to what was said before it.
fn write(n: u128, out: &mut String) {
    for (unit, name) in [(YI, '亿'), (WAN, '万')] {
        if n >= unit {
            if n / unit == 2 && out.is_empty() {
                out.push('两');
            } else {
                write(n / unit, out);
            }
            out.push(name);
            rest(n % unit, unit, out);
            return;
        }
    }
    myriad(n, out);
}

/// Adds what follows a unit: a 零 stands for the places between.
fn rest(n: u128, unit: u128, out: &mut String) {
    if n > 0 {
        if n < unit / 10 {
            out.push(DIGITS[0]);
        }
        write(n, out);
    }
}

/// Adds a number below ten thousand.
fn myriad(n: u128, out: &mut String) {
    let leading = out.is_empty();
    let (mut gap, mut said) = (false, false);
    for (unit, name) in [(1000, Some('千')), (100, Some('百')), (10, Some('十')), (1, None)] {
        let place = n / unit % 10;
        if place == 0 {
            gap = said;
            continue;
        }
        if gap {
            out.push(DIGITS[0]);
        }
        match (leading && !said, unit, place) {
            (true, 1000, 2) => out.push('两'),
            (true, 10, 1) => {}
            _ => out.push(digit(place)),
        }
        out.extend(name);
        (gap, said) = (false, true);
    }
}

/// Speaks digits one by one (`二〇二六`), zero as given.
pub(super) fn digits(text: &str, zero: char) -> String {
    let spoken = |c: char| c.to_digit(10).map_or(c, |n| if n == 0 { zero } else { digit(n.into()) });
    text.chars().map(spoken).collect()
}

/// Speaks the digits of a telephone number; 1 is 幺, so that nobody hears 七.
pub(super) fn telephone(text: &str) -> String {
    digits(text, DIGITS[0]).replace('一', "幺")
}

/// Speaks a decimal (`零点零五`, `负二点六`).
pub(super) fn decimal(amount: &Amount) -> String {
    let minus = if amount.negative { "负" } else { "" };
    let decimals = if amount.decimals.is_empty() { String::new() } else { format!("点{}", digits(&amount.decimals, DIGITS[0])) };
    format!("{minus}{}{decimals}", cardinal(amount.whole))
}

/// Speaks an amount of money; that of China in 元, 角 and 分, any other as a decimal.
pub(super) fn money(amount: &Amount, currency: Currency<'_>) -> String {
    let minus = if amount.negative { "负" } else { "" };
    let name = match currency {
        Currency::Yuan => return format!("{minus}{}", yuan(amount.whole, amount.hundredths())),
        Currency::HongKong => "港元",
        Currency::UnitedStates => "美元",
        Currency::Euro => "欧元",
        Currency::Other(code) => code,
    };
    let number = if amount.decimals.is_empty() { format!("{minus}{}", counted(amount.whole)) } else { decimal(amount) };
    format!("{number}{name}")
}

/// Speaks 元, 角 and 分; the first number that is 2 is 两.
fn yuan(whole: u128, hundredths: u8) -> String {
    let (jiao, fen) = (u128::from(hundredths / 10), u128::from(hundredths % 10));
    let mut out = String::new();
    if whole > 0 || hundredths == 0 {
        out.extend([&counted(whole), "元"]);
    }
    if jiao > 0 {
        out.extend([&if out.is_empty() { counted(jiao) } else { cardinal(jiao) }, "角"]);
    } else if fen > 0 && whole > 0 {
        out.push(DIGITS[0]);
    }
    if fen > 0 {
        out.extend([&if out.is_empty() { counted(fen) } else { cardinal(fen) }, "分"]);
    }
    out
}

/// Speaks a time of day (`下午四点十分`), with its part of the day unless that was said before.
pub(super) fn time(hour: u8, minute: u8, before: Option<u8>) -> String {
    let part = day_part(hour);
    let part = if before.map(day_part) == Some(part) { "" } else { part };
    let hours = counted(match hour {
        0..=12 => hour.into(),
        _ => u128::from(hour) - 12,
    });
    let minutes = match minute {
        0 => String::new(),
        30 => "半".to_owned(),
        1..=9 => format!("零{}分", cardinal(minute.into())),
        _ => format!("{}分", cardinal(minute.into())),
    };
    format!("{part}{hours}点{minutes}")
}

/// Names the part of the day.
fn day_part(hour: u8) -> &'static str {
    match hour {
        0..=5 => "凌晨",
        6..=11 => "上午",
        12 => "中午",
        13..=17 => "下午",
        _ => "晚上",
    }
}
