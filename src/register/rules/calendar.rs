//! Calendars: holidays of their own year, and weekend days that are worked.

use jiff::civil::Weekday;

use crate::diagnostic::Diagnostic;
use crate::record::{CalendarYear, Record};
use crate::text;

/// Checks a calendar.
pub(super) fn check(record: &Record, calendar: &CalendarYear, diagnostics: &mut Vec<Diagnostic>) {
    let year = calendar.year;
    let own = |date: jiff::civil::Date| u64::try_from(date.year()).is_ok_and(|of| of == year);
    for (i, holiday) in calendar.holidays.iter().enumerate() {
        // The New Year holiday may begin in December, or end in January.
        if own(holiday.from) || own(holiday.to) {
            continue;
        }
        let (name, from) = (&holiday.name, holiday.from);
        let place = record.tree().place(&format!("holidays[{i}].from"));
        diagnostics.push(
            Diagnostic::error(
                "date/outside-period",
                place,
                text!("{name}从 {from} 开始，不在 {year} 年", "`{name}` begins on {from}, which is not in {year}"),
            )
            .label(record.tree().place("year"), text!("日历是 {year} 年的", "the calendar is of {year}"))
            .help(text!("改正年份，或放到那一年的日历里", "correct the year, or put it into the calendar of that year")),
        );
    }
    for (i, date) in calendar.working_weekends.iter().enumerate() {
        if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            continue;
        }
        diagnostics.push(
            Diagnostic::error(
                "date/not-weekend",
                record.tree().place(&format!("working_weekends[{i}]")),
                text!("{date} 不是周末，不用写在调休上班里", "{date} is no weekend day, so it is worked anyway"),
            )
            .help(text!("对照国务院的放假通知改正", "correct it by the State Council's announcement")),
        );
    }
}
