//! Typed records: surveys of satisfaction that stand alone.

use jiff::civil::Date;
use serde::Deserialize;

use super::common::Attachment;
use crate::calendar::Period;

/// A survey of satisfaction (测评).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// Period.
    pub period: Period,
    /// What is rated.
    pub about: Option<String>,
    /// The matter concerned.
    pub matter: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
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
