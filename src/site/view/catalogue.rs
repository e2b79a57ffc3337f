//! The page of a catalogue: what has to be disclosed, on what basis, how often, by whom, and what was disclosed last.

use serde::{Deserialize, Serialize};

use super::{Attachment, Date, Fact, Finding, Head, Laid, Link, NotShown, Prose, Related};

/// The page of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CataloguePage {
    /// The top.
    pub head: Head,
    /// Number, issue, days in force, places.
    pub facts: Laid<Fact>,
    /// The items.
    pub items: Vec<CatalogueRow>,
    /// The text of the record.
    pub body: Prose,
    /// The files that it links to.
    pub files: Vec<Attachment>,
    /// Departures from the rules.
    pub findings: Vec<Finding>,
    /// The departures in words; empty where there are none.
    pub findings_words: String,
    /// Rules that lack their evidence.
    pub not_shown: Vec<NotShown>,
    /// How many rules were kept; may be empty.
    pub rules_words: String,
    /// Records that belong to it.
    pub related: Vec<Related>,
}

/// One item of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueRow {
    /// The anchor (`item-finance`).
    pub id: String,
    /// What has to be disclosed.
    pub title: String,
    /// The language of the title, where it differs from the page's.
    pub lang: Option<String>,
    /// Sphere, category, level and days in force, in one line.
    pub note: String,
    /// The basis.
    pub basis: String,
    /// The language of the basis, where it differs from the page's.
    pub basis_lang: Option<String>,
    /// How often, and within how many days (`每季度，期满后 15 天内`).
    pub cadence: String,
    /// The body responsible (`村民委员会`).
    pub responsible: String,
    /// The ways of publication; may be empty.
    pub ways: String,
    /// How many places have to disclose it (`4 个地方`).
    pub places: String,
    /// The record made public last.
    pub latest: Option<Latest>,
}

/// The record that fulfilled an item last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latest {
    /// The record.
    pub link: Link,
    /// Its place.
    pub place: Option<Link>,
    /// The day on which it was made public.
    pub date: Date,
}
