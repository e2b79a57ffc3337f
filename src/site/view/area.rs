//! The page of a place: its bodies, its figures, and everything there is about it.

use serde::{Deserialize, Serialize};

use super::{
    AreaMatrix, CountLink, DueRow, Fact, Figures, Finding, Head, Laid, Link, Person, PlaceCard, Posting, Proof, Prose, Row,
};

/// The page of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaPage {
    /// The top.
    pub head: Head,
    /// Level, code, households, population, procedures in force.
    pub facts: Laid<Fact>,
    /// The key figures of the place and the places below it.
    pub figures: Figures,
    /// The statistics of the place; absent on a site without records.
    pub statistics: Option<Link>,
    /// How many are being posted, where more are than the page shows; empty otherwise.
    pub posted_words: String,
    /// What is being posted at the day of the page: those that end first.
    pub posted: Vec<AreaPosting>,
    /// The bodies.
    pub bodies: Vec<Body>,
    /// Rules about the bodies (share of women, of delegates).
    pub proofs: Vec<Proof>,
    /// The places right below.
    pub places: Vec<PlaceCard>,
    /// The records, by kind: the newest of each.
    pub groups: Vec<AreaGroup>,
    /// What has to be disclosed, by period.
    pub matrix: Option<AreaMatrix>,
    /// What is due and overdue.
    pub due: Vec<DueRow>,
    /// All of it.
    pub due_all: Option<CountLink>,
    /// Departures from the procedure in the place's records, the newest.
    pub findings: Vec<Finding>,
    /// The departures in words; empty where there are none.
    pub findings_words: String,
    /// All of them.
    pub findings_all: Option<CountLink>,
    /// The text of the record.
    pub body: Prose,
}

/// Something that is being posted in the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaPosting {
    /// The record.
    pub row: Row,
    /// Its posting period.
    pub posting: Posting,
}

/// A body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The anchor (`body-congress`).
    pub id: String,
    /// Its name.
    pub name: String,
    /// The language of the name, where it differs from the page's.
    pub lang: Option<String>,
    /// What it is (`村民代表大会`).
    pub class: String,
    /// What it does in the procedure (`决策并监督`); may be empty.
    pub role: String,
    /// How many belong to it (`48 人，其中妇女 17 人`).
    pub members: String,
    /// Its term in words; may be empty.
    pub term: String,
    /// Its posts.
    pub posts: Vec<Person>,
    /// Its meetings.
    pub meetings: Option<CountLink>,
    /// Its rosters and elections, the newest first.
    pub records: Vec<Link>,
}

/// The records of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaGroup {
    /// The anchor (`matters`).
    pub id: String,
    /// The kind in words.
    pub title: String,
    /// All of them.
    pub all: CountLink,
    /// The newest.
    pub rows: Vec<Row>,
}
