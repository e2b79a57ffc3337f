//! Typed records: other affairs of the disclosure catalogue.

use jiff::civil::Date;
use serde::Deserialize;

use super::choice::Sphere;
use super::common::{Attachment, Posting};
use crate::calendar::Period;

/// Any other party, village or government affair of the catalogue (公开事项).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// Party, village, government or financial affairs.
    pub sphere: Sphere,
    /// Category of the catalogue.
    pub category: String,
    /// The item of the catalogue that it fulfils, by its id.
    pub item: Option<String>,
    /// Period.
    pub period: Period,
    /// Basis of the disclosure.
    pub basis: String,
    /// The body responsible.
    pub body: Option<String>,
    /// Day by which it is due.
    pub due: Option<Date>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Posting.
    pub publicised: Option<Posting>,
    /// Matters concerned.
    #[serde(default)]
    pub matters: Vec<String>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}
