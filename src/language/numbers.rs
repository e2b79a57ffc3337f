//! Counts, amounts of money, percentages and fractions as each language writes them. Exact: no floats.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Language;

/// Writes a count with commas between thousands (`19,280`), the same in both languages. Years never go through it.
pub fn number(count: u64, _language: Language) -> String {
    let mut text = String::with_capacity(8);
    push_number(&mut text, count);
    if count < 1000 { text } else { grouped(&text) }
}

/// Adds a whole number in figures.
pub(super) fn push_number(text: &mut String, number: u64) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push_str(DIGITS[(number % 10) as usize]);
}

/// Writes an amount with two decimals, commas between thousands and a true minus sign (`−182,340.50`).
///
/// More decimals are rounded half away from zero.
pub fn amount(value: Decimal) -> String {
    let (minus, plain) = signed(value);
    if minus.is_empty() { plain } else { [minus, &plain].concat() }
}

/// Writes an amount with its currency, an ISO 4217 code (`182,340.50 元`, `CNY 182,340.50`).
pub fn money(value: Decimal, currency: &str, language: Language) -> String {
    match language {
        Language::Chinese => [&amount(value), " ", currency_zh(currency)].concat(),
        Language::English => [currency, " ", &amount(value)].concat(),
    }
}

/// Names a currency, an ISO 4217 code, as amounts are counted in it (`元`, `CNY`).
pub fn currency(code: &str, language: Language) -> &str {
    match language {
        Language::Chinese => currency_zh(code),
        Language::English => code,
    }
}

/// Begins a text with a capital letter.
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// Writes `part` of `whole` as a percentage without its sign, with one decimal, rounded half up (`66.7`).
///
/// Of nothing it is `0.0`.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "0.0".into();
    }
    // Wide division is slow and hardly ever needed.
    let tenths = match (part.checked_mul(2000).and_then(|parts| parts.checked_add(whole)), whole.checked_mul(2)) {
        (Some(parts), Some(of)) => u128::from(parts / of),
        _ => (u128::from(part) * 2000 + u128::from(whole)) / (2 * u128::from(whole)),
    };
    let Ok(tenths) = u64::try_from(tenths) else { return format!("{}.{}", tenths / 10, tenths % 10) };
    let mut text = String::with_capacity(8);
    push_number(&mut text, tenths / 10);
    text.push('.');
    push_number(&mut text, tenths % 10);
    text
}

/// The figures of one place.
const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Writes a threshold such as 2/3 in words where they are usual (`三分之二`, `two thirds`), else as `90%` or `5/7`.
pub fn share(part: u64, whole: u64, language: Language) -> String {
    match (part, whole, language) {
        (_, 100, _) => format!("{part}%"),
        (1, 1, Language::Chinese) => "全部".into(),
        (1, 1, Language::English) => "all".into(),
        _ if part == 0 || part >= whole => format!("{part}/{whole}"),
        (_, 2..=5 | 10, Language::Chinese) => format!("{}分之{}", ordinal_zh(whole), ordinal_zh(part)),
        (_, 2..=5 | 10, Language::English) => fraction_en(part, whole),
        _ => format!("{part}/{whole}"),
    }
}

/// Writes a number of an order in Chinese (`一`, `十二`, `二十`); 0 and what exceeds 99 stay in figures.
pub fn ordinal_zh(n: u64) -> String {
    let digit = |n: u64| match n {
        1 => "一",
        2 => "二",
        3 => "三",
        4 => "四",
        5 => "五",
        6 => "六",
        7 => "七",
        8 => "八",
        9 => "九",
        _ => "",
    };
    match n {
        1..=9 => digit(n).into(),
        10..=19 => format!("十{}", digit(n % 10)),
        20..=99 => format!("{}十{}", digit(n / 10), digit(n % 10)),
        _ => n.to_string(),
    }
}

/// Chooses the English form for a count: `one` for 1, else `other`.
pub fn plural<'a>(n: u64, one: &'a str, other: &'a str) -> &'a str {
    if n == 1 { one } else { other }
}

/// Splits an amount into its sign and its figures; an amount that rounds to zero has no sign.
fn signed(value: Decimal) -> (&'static str, String) {
    let rounded = value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let minus = if rounded.is_sign_negative() && !rounded.is_zero() { "−" } else { "" };
    let cents = u64::try_from(rounded.mantissa().unsigned_abs()).ok();
    let cents = cents.zip(2_u32.checked_sub(rounded.scale())).and_then(|(cents, missing)| cents.checked_mul(10_u64.pow(missing)));
    let Some(cents) = cents else {
        let plain = format!("{:.2}", rounded.abs());
        let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
        return (minus, format!("{}.{cents}", grouped(whole)));
    };
    let digit = |n: u64| DIGITS[(n % 10) as usize];
    (minus, [&*grouped(&(cents / 100).to_string()), ".", digit(cents / 10), digit(cents)].concat())
}

/// Puts commas between the thousands of ASCII digits.
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    let (first, mut rest) = digits.split_at(match digits.len() % 3 {
        0 => digits.len().min(3),
        some => some,
    });
    text.push_str(first);
    while let Some((three, after)) = rest.split_at_checked(3) {
        text.push(',');
        text.push_str(three);
        rest = after;
    }
    text
}

/// Names a currency in Chinese; one without a name here keeps its code.
fn currency_zh(code: &str) -> &str {
    match code {
        "CNY" => "元",
        "HKD" => "港元",
        "USD" => "美元",
        "EUR" => "欧元",
        _ => code,
    }
}

/// Writes a fraction below one in English words, for halves, thirds, quarters, fifths and tenths.
fn fraction_en(part: u64, whole: u64) -> String {
    const COUNTS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let count = (1..).zip(COUNTS).find(|(n, _)| *n == part).map_or("", |(_, word)| word);
    let (one, other) = match whole {
        2 => ("half", "halves"),
        3 => ("third", "thirds"),
        4 => ("quarter", "quarters"),
        5 => ("fifth", "fifths"),
        _ => ("tenth", "tenths"),
    };
    format!("{count} {}", plural(part, one, other))
}

#[cfg(test)]
mod tests {
    use super::{
        Language::{Chinese, English},
        *,
    };

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn thousands_are_separated() {
        let written = [0, 7, 999, 1000, 19_280, 1_234_567, u64::MAX].map(|n| number(n, Chinese));
        assert_eq!(written, ["0", "7", "999", "1,000", "19,280", "1,234,567", "18,446,744,073,709,551,615"]);
        assert_eq!(number(19_280, English), "19,280");
    }

    #[test]
    fn amounts_have_two_decimals_and_a_true_minus() {
        let written = ["182340.5", "-182340.5", "0", "-0.001", "999.995", "-0.005", "1000"].map(|text| amount(decimal(text)));
        assert_eq!(written, ["182,340.50", "−182,340.50", "0.00", "0.00", "1,000.00", "−0.01", "1,000.00"]);
    }

    #[test]
    fn the_largest_amount_is_written() {
        assert_eq!(amount(Decimal::MAX), "79,228,162,514,264,337,593,543,950,335.00");
    }

    #[test]
    fn money_names_its_currency() {
        let value = decimal("182340.50");
        assert_eq!(money(value, "CNY", Chinese), "182,340.50 元");
        assert_eq!(money(value, "CNY", English), "CNY 182,340.50");
        assert_eq!(money(value, "KZT", Chinese), "182,340.50 KZT");
        assert_eq!(money(-value, "CNY", English), "CNY −182,340.50");
    }

    #[test]
    fn percentages_round_half_up_to_one_decimal() {
        let rows = [(834, 957, "87.1"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 2000, "0.1"), (1, 2001, "0.0")];
        for (part, whole, expected) in rows {
            assert_eq!(percent(part, whole), expected, "{part} of {whole}");
        }
    }

    #[test]
    fn percentages_at_the_edges() {
        assert_eq!(percent(0, 0), "0.0");
        assert_eq!(percent(5, 0), "0.0");
        assert_eq!(percent(0, 9), "0.0");
        assert_eq!(percent(9, 9), "100.0");
        assert_eq!(percent(1999, 2000), "100.0");
        assert_eq!(percent(3, 2), "150.0");
        assert_eq!(percent(u64::MAX, u64::MAX), "100.0");
        assert_eq!(percent(u64::MAX, 1), "1844674407370955161500.0");
    }

    #[test]
    fn shares_in_words() {
        let rows = [
            (2, 3, "三分之二", "two thirds"),
            (1, 2, "二分之一", "one half"),
            (3, 4, "四分之三", "three quarters"),
            (4, 5, "五分之四", "four fifths"),
            (1, 3, "三分之一", "one third"),
            (1, 5, "五分之一", "one fifth"),
            (1, 10, "十分之一", "one tenth"),
            (9, 10, "十分之九", "nine tenths"),
            (5, 7, "5/7", "5/7"),
            (90, 100, "90%", "90%"),
            (1, 1, "全部", "all"),
            (3, 2, "3/2", "3/2"),
            (0, 3, "0/3", "0/3"),
        ];
        for (part, whole, zh, en) in rows {
            assert_eq!([share(part, whole, Chinese), share(part, whole, English)], [zh, en]);
        }
    }

    #[test]
    fn chinese_ordinals() {
        let first: Vec<_> = (1..=12).map(ordinal_zh).collect();
        assert_eq!(first.join(" "), "一 二 三 四 五 六 七 八 九 十 十一 十二");
        assert_eq!([0, 20, 21, 99, 100].map(ordinal_zh), ["0", "二十", "二十一", "九十九", "100"]);
    }

    #[test]
    fn english_plurals() {
        assert_eq!([0, 1, 2].map(|n| plural(n, "village", "villages")), ["villages", "village", "villages"]);
    }
}
