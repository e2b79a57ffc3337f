//! Typed records: the roster of a body for one term, with what its delegates did.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::choice::{Role, Sex};
use super::common::{Attachment, Days};
use crate::calendar::Period;

/// The roster of a body for one term (代表名册).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegates {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// The body whose members these are.
    pub body: String,
    /// The term.
    pub term: Days,
    /// The day on which the roster stood so.
    pub date: Date,
    /// Seats that stand empty.
    pub vacancies: Option<u64>,
    /// The elections that it follows from.
    #[serde(default)]
    pub elections: Vec<String>,
    /// Everybody who belongs to the body.
    pub members: Vec<Delegate>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// A delegate, or a village committee member who belongs to the body (代表).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegate {
    /// Number on the roster.
    pub no: u64,
    /// Name.
    pub name: String,
    /// Sex, where it is published.
    pub sex: Option<Sex>,
    /// Whether a party member, where it is published.
    pub party_member: Option<bool>,
    /// A village committee member rather than a delegate.
    #[serde(default)]
    pub committee_member: bool,
    /// Post in the body.
    pub role: Option<Role>,
    /// Villagers' group.
    pub group: Option<String>,
    /// Households linked to the delegate.
    pub households: Option<u64>,
    /// First day, where it is later than the term's.
    pub since: Option<Date>,
    /// Last day, where it is earlier than the term's.
    pub until: Option<Date>,
    /// Why the delegate joined late or left early.
    pub reason: Option<String>,
    /// Visits to households.
    #[serde(default)]
    pub visits: Vec<Visit>,
    /// Attendance by period.
    #[serde(default)]
    pub attendance: Vec<Attendance>,
    /// Assessments of the delegate.
    #[serde(default)]
    pub assessments: Vec<Review>,
}

/// A visit of a delegate to households (走访).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Day.
    pub date: Date,
    /// Households visited.
    pub households: u64,
    /// Opinions brought back.
    pub opinions: Option<u64>,
    /// Note.
    pub note: Option<String>,
}

/// The attendance of a delegate in one period (出席).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// Period.
    pub period: Period,
    /// Meetings that the delegate was to attend.
    pub held: u64,
    /// Meetings attended.
    pub present: u64,
}

/// The assessment of a delegate in one year (代表考核).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Year assessed.
    pub year: i64,
    /// Score.
    pub score: Option<Decimal>,
    /// Grade.
    pub grade: String,
    /// Reward.
    pub reward: Option<String>,
    /// Penalty.
    pub penalty: Option<String>,
    /// Why rewarded or penalised.
    pub reason: Option<String>,
}

impl Delegate {
    /// Whether the delegate belongs to the body on a day of the term.
    pub fn serves(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Delegates {
    /// Returns those who belong to the body on the day of the roster, with their numbers from 0.
    pub fn serving(&self) -> impl Iterator<Item = (usize, &Delegate)> {
        self.members.iter().enumerate().filter(|(_, member)| member.serves(self.date))
    }
}
