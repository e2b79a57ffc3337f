//! Typed records: the catalogue of what has to be disclosed.

use jiff::civil::Date;
use serde::Deserialize;

use super::choice::{BodyClass, Cadence, Fulfilment, Level, Sphere, Way};
use super::common::{Attachment, Days};

/// The catalogue of what an area and those below it have to disclose (公开目录).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// Document number.
    pub number: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// One sentence, in English.
    pub summary_en: Option<String>,
    /// Day of issue.
    pub issued: Option<Date>,
    /// The days on which it is in force; always, if left out.
    pub effective: Option<Days>,
    /// Level of the areas that it applies to; the area itself and all below it, if left out.
    pub level: Option<Level>,
    /// What has to be disclosed.
    pub items: Vec<CatalogueItem>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// One item of a catalogue (目录事项).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueItem {
    /// Id by which disclosures name it.
    pub id: String,
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// Party, village, government or financial affairs.
    pub sphere: Sphere,
    /// Category.
    pub category: Option<String>,
    /// Basis of the disclosure.
    pub basis: String,
    /// Basis in English.
    pub basis_en: Option<String>,
    /// How often.
    pub cadence: Cadence,
    /// Days within which it is published: after the end of the period, or after the event where it is due at any time.
    pub within: Option<u64>,
    /// The body responsible.
    pub responsible: BodyClass,
    /// Level of the areas that it applies to; that of the catalogue, if left out.
    pub level: Option<Level>,
    /// Ways of publication.
    #[serde(default)]
    pub ways: Vec<Way>,
    /// First day on which it has to be disclosed; that of the catalogue, if left out.
    pub since: Option<Date>,
    /// Last day; that of the catalogue, if left out.
    pub until: Option<Date>,
    /// The kind of record that fulfils it; a disclosure that names it, if left out.
    pub fulfilled_by: Option<Fulfilment>,
    /// The body whose meetings fulfil it, where meetings do.
    pub held_by: Option<BodyClass>,
}

impl CatalogueItem {
    /// Returns the kind of record that fulfils the item.
    pub fn fulfilment(&self) -> Fulfilment {
        self.fulfilled_by.unwrap_or(Fulfilment::Disclosure)
    }
}

impl Cadence {
    /// Returns how long its periods last; `None` where it is due at any time.
    pub fn cycle(self) -> Option<crate::calendar::Cycle> {
        use crate::calendar::Cycle;
        match self {
            Self::Monthly => Some(Cycle::Month),
            Self::Quarterly => Some(Cycle::Quarter),
            Self::HalfYearly => Some(Cycle::Half),
            Self::Yearly => Some(Cycle::Year),
            Self::AnyTime => None,
        }
    }
}
