//! Days and periods: which days are worked, when a time limit ends, and the periods that are reported on.
//!
//! Pure: the tables of public holidays are content, read elsewhere and added here; nothing asks a clock.

use std::collections::BTreeSet;

use jiff::{Span, civil::Date, civil::Weekday};

mod period;

pub use period::{Cycle, Period};

/// The days that are worked, from the yearly tables of public holidays. A year without a table has weekends only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeSet<i16>,
    holidays: BTreeSet<Date>,
    working_weekends: BTreeSet<Date>,
}

/// The most days that one holiday may last: a slip of the year in a table must not fill the memory.
const LONGEST_HOLIDAY: usize = 366;

impl Calendar {
    /// Adds the table of a year: holidays by first and last day, and the weekend days worked instead.
    ///
    /// A day in both is worked. A holiday that ends before it begins is empty, and one longer than 366 days is cut there.
    pub fn add_year(&mut self, year: i16, holidays: &[(Date, Date)], working_weekends: &[Date]) {
        self.years.insert(year);
        for &(first, last) in holidays {
            self.holidays.extend(days_from(first).take_while(|day| *day <= last).take(LONGEST_HOLIDAY));
        }
        self.working_weekends.extend(working_weekends);
    }

    /// Whether the table of public holidays of `year` was given.
    pub fn known(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// Whether the tables of all years from `from` to `to` were given, so that a count of working days between them is firm.
    pub fn covers(&self, from: Date, to: Date) -> bool {
        let (first, last) = (from.min(to), from.max(to));
        (first.year()..=last.year()).all(|year| self.known(year))
    }

    /// Whether `day` is worked: a weekday that is no public holiday, or a weekend day worked instead.
    pub fn is_working_day(&self, day: Date) -> bool {
        self.working_weekends.contains(&day) || !(is_weekend(day) || self.holidays.contains(&day))
    }

    /// Returns the `n`th working day after `date`; the day after the event is the first that can count.
    ///
    /// A negative `n` counts back from the day before; 0 gives `date` itself. `None` beyond the years that a date can hold.
    pub fn add_working_days(&self, date: Date, n: i64) -> Option<Date> {
        let mut day = date;
        let mut left = n.unsigned_abs();
        while left > 0 {
            day = if n < 0 { day.yesterday() } else { day.tomorrow() }.ok()?;
            left -= u64::from(self.is_working_day(day));
        }
        Some(day)
    }

    /// Counts the working days after `from`, up to and including `to`; negative where `to` comes first.
    pub fn working_days(&self, from: Date, to: Date) -> i64 {
        if to < from {
            return -self.working_days(to, from);
        }
        let mut count = 0;
        for day in days_from(from).skip(1).take_while(|day| *day <= to) {
            count += i64::from(self.is_working_day(day));
        }
        count
    }

    /// Returns the last day of a limit of `days` calendar days that an event of `from` starts.
    ///
    /// Civil Code of China, articles 200 to 203: the day of the event is not counted, and a last day that is a holiday
    /// gives way to the next working day.
    pub fn deadline(&self, from: Date, days: i64) -> Date {
        let last = add_days(from, days);
        days_from(last).find(|day| self.is_working_day(*day)).unwrap_or(last)
    }
}

/// Returns the day `days` calendar days after `date` (before it, if negative), held within the years of a date.
pub fn add_days(date: Date, days: i64) -> Date {
    let span = Span::new().try_days(days).ok();
    let limit = if days < 0 { Date::MIN } else { Date::MAX };
    span.and_then(|span| date.checked_add(span).ok()).unwrap_or(limit)
}

/// Counts the calendar days after `from`, up to and including `to`; negative where `to` comes first.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// Walks the days from `first` on, itself included.
fn days_from(first: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok())
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The State Council's table of 2026 around the Spring Festival.
    fn spring_2026() -> Calendar {
        let mut calendar = Calendar::default();
        let holidays = [(date(2026, 1, 1), date(2026, 1, 3)), (date(2026, 2, 15), date(2026, 2, 23))];
        calendar.add_year(2026, &holidays, &[date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28)]);
        calendar
    }

    #[test]
    fn spring_festival_is_off_and_its_weekends_are_worked() {
        let calendar = spring_2026();
        let worked: Vec<i8> = (10..=28).filter(|day| calendar.is_working_day(date(2026, 2, *day))).collect();
        assert_eq!(worked, [10, 11, 12, 13, 14, 24, 25, 26, 27, 28]);
    }

    #[test]
    fn working_days_step_over_the_holiday() {
        let calendar = spring_2026();
        let friday = date(2026, 2, 13);
        assert_eq!(calendar.add_working_days(friday, 0), Some(friday));
        assert_eq!(calendar.add_working_days(friday, 1), Some(date(2026, 2, 14)));
        assert_eq!(calendar.add_working_days(friday, 2), Some(date(2026, 2, 24)));
        assert_eq!(calendar.add_working_days(friday, 6), Some(date(2026, 2, 28)));
        assert_eq!(calendar.add_working_days(friday, 7), Some(date(2026, 3, 2)));
        assert_eq!(calendar.add_working_days(date(2026, 2, 24), -1), Some(date(2026, 2, 14)));
        assert_eq!(calendar.add_working_days(Date::MAX, 1), None);
    }

    #[test]
    fn counted_working_days_leave_out_the_first_day_and_hold_the_last() {
        let calendar = spring_2026();
        assert_eq!(calendar.working_days(date(2026, 2, 13), date(2026, 2, 13)), 0);
        assert_eq!(calendar.working_days(date(2026, 2, 13), date(2026, 2, 28)), 6);
        assert_eq!(calendar.working_days(date(2026, 2, 15), date(2026, 2, 23)), 0);
        assert_eq!(calendar.working_days(date(2026, 2, 28), date(2026, 2, 13)), -6);
    }

    #[test]
    fn counting_undoes_adding() {
        let calendar = spring_2026();
        for n in 0..40 {
            let end = calendar.add_working_days(date(2026, 1, 30), n).unwrap();
            assert_eq!(calendar.working_days(date(2026, 1, 30), end), n);
        }
    }

    #[test]
    fn a_year_without_a_table_has_weekends_only() {
        let calendar = spring_2026();
        assert!(calendar.known(2026) && !calendar.known(2027));
        assert!(calendar.is_working_day(date(2027, 1, 1)));
        assert!(!calendar.is_working_day(date(2027, 1, 2)));
        assert!(calendar.covers(date(2026, 1, 1), date(2026, 12, 31)));
        assert!(!calendar.covers(date(2026, 12, 31), date(2027, 1, 1)));
    }

    #[test]
    fn a_deadline_on_a_holiday_moves_to_the_next_working_day() {
        let calendar = spring_2026();
        assert_eq!(calendar.deadline(date(2026, 2, 2), 10), date(2026, 2, 12));
        assert_eq!(calendar.deadline(date(2026, 2, 2), 12), date(2026, 2, 14), "a Saturday, but worked");
        assert_eq!(calendar.deadline(date(2026, 2, 2), 15), date(2026, 2, 24), "inside the festival");
        assert_eq!(calendar.deadline(date(2026, 3, 18), 10), date(2026, 3, 30), "a Saturday");
        assert_eq!(calendar.deadline(Date::MAX, 1), Date::MAX);
    }

    #[test]
    fn days_pass_month_ends_and_leap_days() {
        assert_eq!(add_days(date(2024, 2, 28), 1), date(2024, 2, 29));
        assert_eq!(add_days(date(2026, 2, 28), 1), date(2026, 3, 1));
        assert_eq!(add_days(date(2026, 1, 1), -1), date(2025, 12, 31));
        assert_eq!(add_days(date(2026, 1, 1), i64::MAX), Date::MAX);
        assert_eq!(add_days(date(2026, 1, 1), i64::MIN), Date::MIN);
        assert_eq!(days_between(date(2024, 2, 28), date(2024, 3, 1)), 2);
        assert_eq!(days_between(date(2026, 3, 1), date(2026, 2, 28)), -1);
        assert_eq!(days_between(Date::MIN, Date::MAX), 7_304_483);
    }

    #[test]
    fn slips_in_a_table_stay_harmless() {
        let mut calendar = Calendar::default();
        calendar.add_year(2026, &[(date(2026, 5, 5), date(2026, 5, 1)), (date(2026, 10, 1), date(9026, 10, 7))], &[]);
        assert!(calendar.is_working_day(date(2026, 5, 4)));
        assert_eq!(calendar.holidays.len(), LONGEST_HOLIDAY);
    }
}
