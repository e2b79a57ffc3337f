//! Public holidays of a year, near enough to the real ones.

use jiff::civil::{Date, date};

use super::{day, put};

/// First days of the lunar festivals that are known: spring, dragon boat, mid-autumn.
const LUNAR: &[[(i16, i8, i8); 3]] = &[
    [(2015, 2, 19), (2015, 6, 20), (2015, 9, 27)],
    [(2016, 2, 8), (2016, 6, 9), (2016, 9, 15)],
    [(2017, 1, 28), (2017, 5, 30), (2017, 10, 4)],
    [(2018, 2, 16), (2018, 6, 18), (2018, 9, 24)],
    [(2019, 2, 5), (2019, 6, 7), (2019, 9, 13)],
    [(2020, 1, 25), (2020, 6, 25), (2020, 10, 1)],
    [(2021, 2, 12), (2021, 6, 14), (2021, 9, 21)],
    [(2022, 2, 1), (2022, 6, 3), (2022, 9, 10)],
    [(2023, 1, 22), (2023, 6, 22), (2023, 9, 29)],
    [(2024, 2, 10), (2024, 6, 10), (2024, 9, 17)],
    [(2025, 1, 29), (2025, 5, 31), (2025, 10, 6)],
    [(2026, 2, 17), (2026, 6, 19), (2026, 9, 25)],
    [(2027, 2, 6), (2027, 6, 9), (2027, 9, 15)],
    [(2028, 1, 26), (2028, 5, 28), (2028, 10, 3)],
    [(2029, 2, 13), (2029, 6, 16), (2029, 9, 22)],
    [(2030, 2, 3), (2030, 6, 5), (2030, 9, 12)],
];

/// Writes the calendar of a year; one that the table does not hold lacks the lunar festivals.
pub(super) fn of(year: i16) -> String {
    let mut out = format!("# 模拟日历，放假安排以国务院办公厅通知为准。\nkind: calendar\nyear: {year}\nholidays:\n");
    let mut add = |name: &str, from: Date, days: i64| {
        put!(out, "  - {{name: {name}, from: {from}, to: {}}}", day(from, days - 1));
    };
    let lunar = LUNAR.iter().find(|row| row[0].0 == year).map(|row| row.map(|(y, m, d)| date(y, m, d)));
    let national = date(year, 10, 1);
    add("元旦", date(year, 1, 1), 1);
    if let Some([spring, ..]) = lunar {
        add("春节", day(spring, -1), 8);
    }
    add("清明节", date(year, 4, 4), 3);
    add("劳动节", date(year, 5, 1), 5);
    if let Some([_, dragon, autumn]) = lunar {
        add("端午节", dragon, 1);
        if autumn < national {
            add("中秋节", autumn, 1);
        }
    }
    add("国庆节", national, 7);
    out
}
