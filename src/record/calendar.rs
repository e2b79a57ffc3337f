//! Typed records: the public holidays of one year.

use jiff::civil::Date;
use serde::Deserialize;

/// Public holidays of one year and the weekend days worked instead (日历).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// Year.
    pub year: u64,
    /// Public holidays.
    pub holidays: Vec<Holiday>,
    /// Weekend days that are worked.
    #[serde(default)]
    pub working_weekends: Vec<Date>,
}

/// A public holiday (节假日).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}
