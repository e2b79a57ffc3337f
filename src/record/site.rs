//! Typed records: the site itself (`site.yaml`).

use jiff::civil::Date;
use serde::Deserialize;

use super::choice::{CoverageOf, Names, SheetName};
use super::common::Contact;
use super::share::Share;
use crate::language::Language;

/// The site itself (站点).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Title of the site.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// What the site publishes.
    pub description: Option<String>,
    /// What the site publishes, in English.
    pub description_en: Option<String>,
    /// Address of the site.
    pub base_url: Option<String>,
    /// Languages, the default first.
    #[serde(default, deserialize_with = "super::de::languages")]
    pub languages: Vec<Language>,
    /// Time zone (IANA name).
    pub timezone: Option<String>,
    /// The day on which due and overdue are judged.
    pub as_of: Option<Date>,
    /// Publisher.
    pub publisher: String,
    /// Publisher in English.
    pub publisher_en: Option<String>,
    /// Licence of the content (SPDX).
    pub licence: Option<String>,
    /// Public contact.
    pub contact: Option<Contact>,
    /// Where to object.
    pub supervision: Option<Contact>,
    /// How names appear; in full if left out.
    pub names: Option<Names>,
    /// Targets.
    pub target: Option<Target>,
    /// Findings that this site treats as errors (rule ids).
    #[serde(default)]
    pub deny: Vec<String>,
    /// Theme (a folder under themes).
    pub theme: Option<String>,
    /// Font files for printing, by their paths within the site folder.
    #[serde(default)]
    pub fonts: Vec<String>,
    /// Printed sheets that the site carries and that its pages lead to; none if left out.
    #[serde(default)]
    pub sheets: Vec<SheetName>,
    /// Meta tag SiteDomain of government sites.
    pub site_domain: Option<String>,
    /// Meta tag SiteIDCode of government sites.
    pub site_id_code: Option<String>,
}

/// Targets of the site (目标).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Target of coverage by a workflow.
    pub coverage: Option<Coverage>,
}

/// How many areas are to have adopted a workflow (覆盖).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// What is counted.
    pub of: CoverageOf,
    /// The workflow.
    pub workflow: String,
    /// The share to reach.
    pub at_least: Share,
    /// The day by which.
    pub by: Option<Date>,
}
