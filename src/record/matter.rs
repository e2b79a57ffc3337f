//! Typed records: matters that go through the steps of a procedure.

use jiff::civil::Date;
use serde::Deserialize;

use super::common::Attachment;
use super::evidence::Evidence;

/// A matter that goes through the steps of a workflow (事项).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// Document number.
    pub number: Option<String>,
    /// What is decided, in one sentence.
    pub summary: Option<String>,
    /// The same in English.
    pub summary_en: Option<String>,
    /// The workflow that it follows.
    pub workflow: String,
    /// Category.
    pub category: String,
    /// Concerns a land contracting plan or its change.
    #[serde(default)]
    pub land_contract: bool,
    /// Linked matters (village and township).
    #[serde(default)]
    pub linked: Vec<String>,
    /// The evidence of each step, by step id, in source order.
    #[serde(skip)]
    pub steps: Vec<(String, Evidence)>,
    /// Steps merged or left out.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
    /// Ended early.
    pub closed: Option<Closed>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// A step left out or merged, with the reason (跳过).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    /// The step.
    pub step: String,
    /// Why.
    pub reason: String,
    /// Who agreed.
    pub approved_by: Option<String>,
}

/// A matter ended before its last step (终止).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// Day on which it ended.
    pub date: Date,
    /// Why.
    pub reason: String,
}
