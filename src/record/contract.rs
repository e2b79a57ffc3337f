//! Typed records: contracts of targets and weights.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::common::Attachment;
use crate::calendar::Period;

/// A contract of targets and weights (责任书).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// Period.
    pub period: Period,
    /// The parties.
    pub parties: Parties,
    /// Day of signature.
    pub signed: Date,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Grades.
    pub grades: Vec<Grade>,
    /// Matters that enter the targets.
    #[serde(default)]
    pub matters: Vec<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// Who assesses and who is assessed (双方).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parties {
    /// Who assesses.
    pub assessor: String,
    /// Who is assessed.
    pub assessed: Vec<String>,
}

/// An indicator with its target and weight (指标).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Id by which assessments give its score.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Target.
    pub target: Option<Decimal>,
    /// Weight, which is the full score.
    pub weight: Decimal,
}

/// A grade and the total from which it is given (等次).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Lowest total.
    pub at_least: Decimal,
}
