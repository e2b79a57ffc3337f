//! The home page.

use serde::{Deserialize, Serialize};

use super::{CountLink, DueRow, Figures, Link, PlaceCard, Posting, Row};

/// The home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// What is being posted, in one sentence (`现有 2 件事正在公示。有不同意见，请在最后一天之前提出。`).
    pub intro: String,
    /// What is being posted at the day of the page, the one that ends first on top.
    pub posted: Vec<PostedCard>,
    /// All that is being posted, where the cards don't show all.
    pub posted_all: Option<CountLink>,
    /// The key figures.
    pub figures: Figures,
    /// The statistics of all places; absent on a site without records.
    pub statistics: Option<Link>,
    /// The latest resolutions.
    pub resolutions: Vec<Row>,
    /// All resolutions.
    pub resolutions_all: Option<CountLink>,
    /// The places right below the site's root, and their villages where there are few.
    pub places: Vec<PlaceCard>,
    /// All places.
    pub places_all: Option<CountLink>,
    /// The categories with their counts.
    pub categories: Vec<CountLink>,
    /// The kinds of records with their counts.
    pub kinds: Vec<CountLink>,
    /// What is due and overdue, the overdue first.
    pub due: Vec<DueRow>,
    /// All that is due.
    pub due_all: Option<CountLink>,
    /// The findings.
    pub findings: FindingSummary,
}

/// Something that is being posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedCard {
    /// Its title.
    pub title: Link,
    /// Where.
    pub place: Link,
    /// What it is (`村民代表大会决议`).
    pub kind: String,
    /// Its gist in one line; may be empty.
    pub summary: String,
    /// The language of the gist, where it differs from the page's.
    pub summary_lang: Option<String>,
    /// Its posting period.
    pub posting: Posting,
}

/// How many findings there are, and about what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingSummary {
    /// The whole in words (`共有 3 处没有按程序办`); says so where there are none.
    pub words: String,
    /// The list of all findings; empty where there are none.
    pub href: String,
    /// The rules with the most findings.
    pub rules: Vec<CountLink>,
}
