//! Typed records: results of assessments.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::choice::{Cycle, ResultUsed};
use super::common::Attachment;
use crate::calendar::Period;

/// The results of one assessment (考核).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// Cycle.
    pub cycle: Cycle,
    /// Period.
    pub period: Period,
    /// The contract it follows.
    pub contract: String,
    /// Results.
    pub results: Vec<AssessmentResult>,
    /// Method.
    pub method: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// What the results were used for.
    #[serde(default)]
    pub used_for: Vec<ResultUse>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// The result of one subject (考核结果).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessmentResult {
    /// Who was assessed.
    pub subject: String,
    /// Score of each indicator.
    pub scores: BTreeMap<String, Decimal>,
    /// Actual value of each indicator.
    #[serde(default)]
    pub actual: BTreeMap<String, Decimal>,
    /// Total.
    pub total: Decimal,
    /// Grade.
    pub grade: String,
    /// Rank.
    pub rank: Option<u64>,
    /// Note.
    pub note: Option<String>,
}

/// What a result was used for (结果运用).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultUse {
    /// Subject.
    pub subject: String,
    /// Use.
    pub r#use: ResultUsed,
    /// Detail.
    pub detail: Option<String>,
}
