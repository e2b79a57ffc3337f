//! Typed records: model cases.

use jiff::civil::Date;
use serde::Deserialize;

use super::common::Attachment;

/// A model case (典型).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// The matters that it rests on.
    pub matters: Vec<String>,
    /// Themes.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Who endorses it.
    pub endorsed_by: Option<String>,
    /// Day of the last review.
    pub reviewed: Option<Date>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}
