//! Typed records: parts that several kinds of record share.

use jiff::civil::Date;
use serde::Deserialize;

use super::choice::{Role, Way};

/// A file beside the record (附件).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Name of the file beside the record.
    pub file: String,
    /// Title of the file.
    pub title: Option<String>,
    /// Title in English.
    pub title_en: Option<String>,
}

/// From one day to another, both included (起止).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub to: Option<Date>,
}

/// When and how a result was posted (公示).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posting {
    /// First day of posting.
    pub from: Date,
    /// Last day of posting, included.
    pub to: Date,
    /// Ways of publication.
    pub ways: Vec<Way>,
}

/// A person acting in a role (任职人).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleHolder {
    /// Role.
    pub role: Role,
    /// Name.
    pub name: Option<String>,
    /// Why another presides.
    pub reason: Option<String>,
}

/// An office and its public telephone (联系方式).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Name of the office.
    pub office: String,
    /// Name of the office in English.
    pub office_en: Option<String>,
    /// Office telephone, published on purpose.
    pub telephone: Option<String>,
    /// Office address.
    pub address: Option<String>,
    /// Office hours.
    pub hours: Option<String>,
}

/// The result of a survey (测评结果).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyResult {
    /// The question as asked.
    pub question: Option<String>,
    /// Day of the survey.
    pub date: Option<Date>,
    /// Ballots issued.
    pub issued: u64,
    /// Ballots returned.
    pub returned: u64,
    /// Valid ballots.
    pub valid: u64,
    /// Satisfied.
    pub satisfied: u64,
    /// Mostly satisfied.
    pub mostly: u64,
    /// Dissatisfied.
    pub dissatisfied: u64,
}
