//! What a value of the wrong type certainly means: the safe corrections that a report offers.

/// Reads a whole number from `４１`, `"41"`, `41人`, `1,386` or `二十八`.
pub(super) fn integer(text: &str) -> Option<i64> {
    let plain = narrow(text);
    let number = plain.trim_end_matches(['人', '票', '户', '份', '条', '个', '名', '次', '项', '张']).trim();
    if number.is_empty() || number == "-" {
        return None;
    }
    if let Some(digits) = digits(number) {
        return digits.parse().ok();
    }
    chinese(number)
}

/// Reads an amount from `96,000`, `¥96000`, `96000元`, `9.6万` or `九万`, with at most `places` decimals.
pub(super) fn decimal(text: &str, places: usize) -> Option<String> {
    let plain = narrow(text);
    let number = plain.trim_start_matches(['¥', '￥']).trim().trim_end_matches(['元', '分']).trim();
    if plain.ends_with('分') && places == 2 {
        return None;
    }
    let (number, ten_thousands) = number.strip_suffix('万').map_or((number, false), |number| (number.trim(), true));
    if let Some(whole) = chinese(number) {
        return whole.checked_mul(if ten_thousands { 10_000 } else { 1 }).map(|amount| amount.to_string());
    }
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let whole = digits(whole)?;
    let fits = decimals.bytes().all(|byte| byte.is_ascii_digit()) && whole.len() <= 11;
    if !fits {
        return None;
    }
    if ten_thousands {
        let shifted = format!("{decimals:0<4}");
        return (shifted.len() == 4).then(|| digits(&format!("{whole}{shifted}"))).flatten();
    }
    let separator = if decimals.is_empty() { "" } else { "." };
    (decimals.len() <= places).then(|| format!("{whole}{separator}{decimals}"))
}

/// Reads a share from `三分之二` or `百分之九十`.
pub(super) fn share(text: &str) -> Option<String> {
    let (whole, part) = text.split_once("分之")?;
    let part = integer(part)?;
    if whole == "百" {
        return (0..=100).contains(&part).then(|| format!("{part}%"));
    }
    let whole = chinese(whole)?;
    (part >= 0 && part <= whole).then(|| format!("{part}/{whole}"))
}

/// Reads a date from `2026/3/18`, `2026.3.18`, `2026年3月18日`, `2026-3-18`, `20260318` or `"2026-03-18"`.
pub(super) fn date(text: &str) -> Option<String> {
    let plain = narrow(text);
    if plain.len() == 8 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return day(&plain[..4], &plain[4..6], &plain[6..]);
    }
    let plain = plain.trim_end_matches(['日', '号']);
    let parts: Vec<&str> = plain.split(['/', '.', '-', '年', '月']).map(str::trim).collect();
    match parts.as_slice() {
        [year, month, last] if year.len() == 4 => day(year, month, last),
        _ => None,
    }
}

/// Writes a date that exists in its normal form.
fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let date = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(date.to_string())
}

/// Reads a time from `9:00`, `14：00` or `14时30分`.
pub(super) fn time(text: &str) -> Option<String> {
    let plain = narrow(text).replace(['时', '点'], ":");
    let (hour, minute) = plain.split_once(':')?;
    let minute = minute.trim_end_matches('分');
    let minute = if minute.is_empty() { "00" } else { minute };
    Some(format!("{hour:0>2}:{minute:0>2}"))
}

/// Reads a period from `2026-q1`, `2026Q1`, `2026年第一季度`, `2026年上半年`, `2026年3月`, `2026-3` or `2026年`.
pub(super) fn period(text: &str) -> Option<String> {
    let plain = narrow(text).to_uppercase();
    let year = plain.get(..4)?;
    let rest = plain[4..].trim_start_matches(['-', '年', '/', '.', ' ']).trim_end_matches("度").trim_end_matches("季");
    let part = match rest {
        "" => return Some(year.to_owned()),
        "上半年" => "H1".to_owned(),
        "下半年" => "H2".to_owned(),
        _ if rest.starts_with('第') => format!("Q{}", integer(rest.trim_start_matches('第'))?),
        _ if rest.starts_with(['Q', 'H']) => rest.to_owned(),
        _ => format!("{:0>2}", rest.trim_end_matches(['月', '份'])),
    };
    Some(format!("{year}-{part}"))
}

/// Reads yes or no.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "是" | "对" | "有" => Some(true),
        "false" | "no" | "n" | "off" | "否" | "不是" | "无" => Some(false),
        _ => None,
    }
}

/// Makes full-width digits and signs narrow.
fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | '．' | '／' | '－' | '，' | '：' | '％' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '—' | '–' => '-',
        _ => c,
    };
    text.trim().chars().map(narrow).collect()
}

/// Returns the digits of a whole number without leading zeros and with its thousands separators taken out, if those are in place.
fn digits(number: &str) -> Option<String> {
    let (sign, bare) = number.strip_prefix('-').map_or(("", number), |bare| ("-", bare));
    let groups: Vec<&str> = bare.split(',').collect();
    let in_place = groups.len() == 1 || (groups[1..].iter().all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len()));
    let joined = groups.concat();
    let plain = in_place && !joined.is_empty() && joined.len() <= 15 && joined.bytes().all(|byte| byte.is_ascii_digit());
    let bare = joined.trim_start_matches('0');
    plain.then(|| format!("{sign}{}", if bare.is_empty() { "0" } else { bare }))
}

/// Reads a Chinese numeral below a hundred million (`二十八`, `一千三百八十六`, `九万`).
fn chinese(text: &str) -> Option<i64> {
    if text.is_empty() || text.chars().count() > 16 {
        return None;
    }
    let (mut total, mut section, mut digit) = (0i64, 0i64, None);
    for c in text.chars() {
        match c {
            '零' | '〇' => digit = None,
            '十' | '百' | '千' => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                section += digit.take().unwrap_or(1) * unit;
            }
            '万' => {
                if total > 0 {
                    return None;
                }
                total = (section + digit.take().unwrap_or(0)) * 10_000;
                section = 0;
            }
            // Two digits in a row (`二八`) are no numeral of this kind.
            _ if digit.is_some() => return None,
            _ => digit = Some(chinese_digit(c)?),
        }
    }
    let number = total + section + digit.unwrap_or(0);
    (number > 0 || text == "零" || text == "〇").then_some(number)
}

/// Reads a Chinese digit from one to nine.
fn chinese_digit(c: char) -> Option<i64> {
    let c = if c == '两' { '二' } else { c };
    (1..).zip("一二三四五六七八九".chars()).find(|(_, digit)| *digit == c).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_recognised() {
        for (text, number) in [
            ("４１", 41),
            ("41人", 41),
            ("1,386", 1386),
            ("1，386", 1386),
            ("二十八", 28),
            ("十", 10),
            ("一千三百八十六", 1386),
            ("041", 41),
            ("两百零五", 205),
        ] {
            assert_eq!(integer(text), Some(number), "{text}");
        }
        for text in ["许多", "41.5", "1,38", "二八", "", "-", "人", "4 1"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_are_recognised() {
        for (text, amount) in [
            ("96,000", "96000"),
            ("¥96000.50", "96000.50"),
            ("96000元", "96000"),
            ("9.6万", "96000"),
            ("九万", "90000"),
            ("0.5万元", "5000"),
            ("1,234,567.89", "1234567.89"),
        ] {
            assert_eq!(decimal(text, 2).as_deref(), Some(amount), "{text}");
        }
        assert_eq!(decimal("0万", 2).as_deref(), Some("0"));
        for text in ["九万万万万万万万万", "1e5", "96 000", "九点六万", "1.234", "12分", "1.23456万", "若干"] {
            assert_eq!(decimal(text, 2), None, "{text}");
        }
    }

    #[test]
    fn dates_periods_times_and_shares_are_recognised() {
        for text in ["2026/3/18", "2026.3.18", "2026年3月18日", "2026-3-18", "20260318", "２０２６-03-18"] {
            assert_eq!(date(text).as_deref(), Some("2026-03-18"), "{text}");
        }
        for text in ["2026/2/30", "3/18", "18/3/2026", "三月十八日"] {
            assert_eq!(date(text), None, "{text}");
        }
        for (text, expected) in [
            ("2026-q1", "2026-Q1"),
            ("2026Q1", "2026-Q1"),
            ("2026年第一季度", "2026-Q1"),
            ("2026年上半年", "2026-H1"),
            ("2026年3月", "2026-03"),
            ("2026-3", "2026-03"),
            ("2026年", "2026"),
            ("2026年度", "2026"),
        ] {
            assert_eq!(period(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(time("9:00").as_deref(), Some("09:00"));
        assert_eq!(time("14：30").as_deref(), Some("14:30"));
        assert_eq!(time("14时").as_deref(), Some("14:00"));
        assert_eq!(share("三分之二").as_deref(), Some("2/3"));
        assert_eq!(share("百分之九十").as_deref(), Some("90%"));
    }
}
