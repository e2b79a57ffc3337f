//! Dates, months and weekdays as each language writes them.

use jiff::civil::{Date, Weekday};

use super::Language;
use super::numbers::push_number;

/// Writes a day in full (`2026年3月18日`, `18 March 2026`).
pub fn date(day: Date, language: Language) -> String {
    let (y, m, d) = parts(day);
    let mut text = String::with_capacity(24);
    match language {
        Language::Chinese => {
            push(&mut text, y);
            text.push('年');
            push(&mut text, m.into());
            text.push('月');
            push(&mut text, d.into());
            text.push('日');
        }
        Language::English => {
            push(&mut text, d.into());
            text.extend([" ", month_name(m), " "]);
            push(&mut text, y);
        }
    }
    text
}

/// Writes a day as machines read it (`2026-03-18`).
pub fn iso(day: Date) -> String {
    let (y, m, d) = parts(day);
    if !(1000..=9999).contains(&y) {
        return day.to_string();
    }
    let mut text = String::with_capacity(10);
    push(&mut text, y);
    for part in [m, d] {
        text.push_str(if part < 10 { "-0" } else { "-" });
        push(&mut text, part.into());
    }
    text
}

/// Adds a year, a month or a day in figures.
fn push(text: &mut String, part: i16) {
    if part < 0 {
        text.push('-');
    }
    push_number(text, part.unsigned_abs().into());
}

/// Writes a day without its year (`3月18日`, `18 Mar`).
pub fn short_date(day: Date, language: Language) -> String {
    let (_, m, d) = parts(day);
    match language {
        Language::Chinese => format!("{m}月{d}日"),
        Language::English => format!("{d} {}", short_month_name(m)),
    }
}

/// Writes the days `from` to `to` in full, naming a year or month that both share once
/// (`2026年3月19日至4月7日`, `19 March to 7 April 2026`). One day is written as a day.
pub fn date_range(from: Date, to: Date, language: Language) -> String {
    if from == to {
        return date(to, language);
    }
    let ((y, m, d), last) = (parts(from), date(to, language));
    match (language, shared(from, to)) {
        (Language::Chinese, Shared::Month) => format!("{y}年{m}月{d}日至{}日", to.day()),
        (Language::Chinese, Shared::Year) => format!("{y}年{m}月{d}日至{}", short_date(to, language)),
        (Language::Chinese, Shared::Nothing) => format!("{}至{last}", date(from, language)),
        (Language::English, Shared::Month) => format!("{d} to {last}"),
        (Language::English, Shared::Year) => format!("{d} {} to {last}", month_name(m)),
        (Language::English, Shared::Nothing) => format!("{} to {last}", date(from, language)),
    }
}

/// Writes the days `from` to `to` briefly, with years only where they differ
/// (`3月19日—4月7日`, `19 Mar – 7 Apr`). One day is written as a day.
pub fn short_date_range(from: Date, to: Date, language: Language) -> String {
    if from == to {
        return short_date(to, language);
    }
    let (first, last) = (short_date(from, language), short_date(to, language));
    match (language, shared(from, to)) {
        (Language::Chinese, Shared::Month) => format!("{first}—{}日", to.day()),
        (Language::Chinese, Shared::Year) => format!("{first}—{last}"),
        (Language::Chinese, Shared::Nothing) => format!("{}年{first}—{}年{last}", from.year(), to.year()),
        (Language::English, Shared::Month) => format!("{}–{last}", from.day()),
        (Language::English, Shared::Year) => format!("{first} – {last}"),
        (Language::English, Shared::Nothing) => format!("{first} {} – {last} {}", from.year(), to.year()),
    }
}

/// Writes a month with its year (`2026年3月`, `March 2026`); `month` runs from 1 to 12.
pub fn month(year: i16, month: i8, language: Language) -> String {
    match language {
        Language::Chinese => format!("{year}年{month}月"),
        Language::English => format!("{} {year}", month_name(month)),
    }
}

/// Names the day of the week (`星期三`, `Wednesday`).
pub fn weekday(day: Date, language: Language) -> &'static str {
    let (zh, en) = match day.weekday() {
        Weekday::Monday => ("星期一", "Monday"),
        Weekday::Tuesday => ("星期二", "Tuesday"),
        Weekday::Wednesday => ("星期三", "Wednesday"),
        Weekday::Thursday => ("星期四", "Thursday"),
        Weekday::Friday => ("星期五", "Friday"),
        Weekday::Saturday => ("星期六", "Saturday"),
        Weekday::Sunday => ("星期日", "Sunday"),
    };
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

/// Names a month in English (`March`); empty unless `month` is 1 to 12.
pub fn month_name(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        12 => "December",
        _ => "",
    }
}

/// Names a month in English by its first three letters (`Mar`); empty unless `month` is 1 to 12.
pub fn short_month_name(month: i8) -> &'static str {
    month_name(month).get(..3).unwrap_or_default()
}

/// What two days have in common, so that it is written once.
enum Shared {
    Month,
    Year,
    Nothing,
}

fn shared(from: Date, to: Date) -> Shared {
    if from.year() != to.year() {
        Shared::Nothing
    } else if from.month() != to.month() {
        Shared::Year
    } else {
        Shared::Month
    }
}

fn parts(day: Date) -> (i16, i8, i8) {
    (day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::{
        Language::{Chinese, English},
        *,
    };

    #[test]
    fn a_day_in_full_and_in_brief() {
        let march = day(2026, 3, 18);
        assert_eq!([date(march, Chinese), date(march, English)], ["2026年3月18日", "18 March 2026"]);
        assert_eq!([short_date(march, Chinese), short_date(march, English)], ["3月18日", "18 Mar"]);
        assert_eq!([weekday(march, Chinese), weekday(march, English)], ["星期三", "Wednesday"]);
        assert_eq!([month(2026, 3, Chinese), month(2026, 3, English)], ["2026年3月", "March 2026"]);
        for day in [march, day(2026, 12, 1), day(987, 1, 31), day(-4, 10, 10)] {
            assert_eq!(iso(day), day.to_string());
        }
    }

    #[test]
    fn a_week_has_seven_names() {
        let week: Vec<_> = (15..=21).map(|d| weekday(day(2026, 3, d), Chinese)).collect();
        assert_eq!(week, ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"]);
    }

    #[test]
    fn every_month_has_a_short_name() {
        let names: Vec<_> = (1..=12).map(short_month_name).collect();
        assert_eq!(names, ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]);
        assert_eq!(short_month_name(13), "");
    }

    #[test]
    fn ranges_name_what_is_shared_once() {
        let range = |from, to| [date_range(from, to, Chinese), date_range(from, to, English)];
        let first = day(2026, 3, 19);
        assert_eq!(range(first, day(2026, 4, 7)), ["2026年3月19日至4月7日", "19 March to 7 April 2026"]);
        assert_eq!(range(first, day(2026, 3, 28)), ["2026年3月19日至28日", "19 to 28 March 2026"]);
        assert_eq!(range(first, day(2027, 3, 28)), ["2026年3月19日至2027年3月28日", "19 March 2026 to 28 March 2027"]);
        assert_eq!(range(first, first), ["2026年3月19日", "19 March 2026"]);
    }

    #[test]
    fn short_ranges_name_years_only_where_they_differ() {
        let range = |from, to| [short_date_range(from, to, Chinese), short_date_range(from, to, English)];
        let first = day(2026, 3, 19);
        assert_eq!(range(first, day(2026, 4, 7)), ["3月19日—4月7日", "19 Mar – 7 Apr"]);
        assert_eq!(range(first, day(2026, 3, 28)), ["3月19日—28日", "19–28 Mar"]);
        assert_eq!(range(first, day(2027, 1, 5)), ["2026年3月19日—2027年1月5日", "19 Mar 2026 – 5 Jan 2027"]);
        assert_eq!(range(first, first), ["3月19日", "19 Mar"]);
    }
}
