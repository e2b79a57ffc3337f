//! Typed records: registers of opinions.

use jiff::civil::Date;
use serde::Deserialize;

use super::choice::{Channel, Demand, HeardBy, OpinionOutcome};
use super::common::Attachment;
use crate::calendar::Period;

/// A register of opinions (意见).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinions {
    /// Title.
    pub title: Option<String>,
    /// Title in English.
    pub title_en: Option<String>,
    /// Period.
    pub period: Option<Period>,
    /// Opinions.
    pub items: Vec<Opinion>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// One opinion (意见).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// Number within the register.
    pub no: u64,
    /// Day it was heard.
    pub date: Date,
    /// Channel.
    pub channel: Channel,
    /// Who heard it.
    pub heard_by: Option<HeardBy>,
    /// Category.
    pub category: Option<String>,
    /// Urgent, practical or difficult.
    pub class: Option<Demand>,
    /// What was said.
    pub text: String,
    /// What became of it; pending if left out.
    pub outcome: Option<OpinionOutcome>,
    /// The matter that took it up.
    pub matter: Option<String>,
    /// The opinion that it was merged into.
    pub merged_into: Option<String>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The answer.
    pub reply: Option<String>,
    /// Day of the answer.
    pub replied: Option<Date>,
}
