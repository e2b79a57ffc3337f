//! The page of a programme: its projects with their indicators, targets and progress, and every value reported.

use serde::{Deserialize, Serialize};

use super::{Attachment, Date, Fact, Finding, Head, Laid, Link, NotShown, Prose, Related, Tag, Tone};

/// The page of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammePage {
    /// The top.
    pub head: Head,
    /// Term, lead, partners, areas, funds.
    pub facts: Laid<Fact>,
    /// The projects, and last what belongs to the whole programme.
    pub projects: Vec<ProjectBlock>,
    /// Every value reported, indicator by indicator, the newest first.
    pub history: Vec<ReportedRow>,
    /// The text of the record.
    pub body: Prose,
    /// The files that it links to.
    pub files: Vec<Attachment>,
    /// Departures from the rules: targets missed, reports left out.
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

/// A project with its indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectBlock {
    /// The anchor (`project-roads`).
    pub id: String,
    /// Its name.
    pub title: String,
    /// The language of the name, where it differs from the page's.
    pub lang: Option<String>,
    /// Unit responsible and funds, in one line; may be empty.
    pub note: String,
    /// The indicators.
    pub indicators: Vec<IndicatorRow>,
    /// The matters that belong to it.
    pub matters: Vec<Link>,
}

/// One indicator with its target and its last value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorRow {
    /// The anchor (`indicator-coverage`).
    pub id: String,
    /// Its name.
    pub name: String,
    /// The language of the name, where it differs from the page's.
    pub lang: Option<String>,
    /// Who is responsible, and how often it is reported; may be empty.
    pub note: String,
    /// The target (`不低于 862 个`).
    pub target: String,
    /// The day by which.
    pub by: Date,
    /// The last value (`834 个`); empty where nothing was reported.
    pub actual: String,
    /// The day that it is of.
    pub date: Option<Date>,
    /// How far it has come.
    pub share: Option<TargetShare>,
    /// How it stands.
    pub tag: Tag,
}

/// How far an indicator has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetShare {
    /// Both numbers in words (`基数 720 个，应增加 142 个，已增加 114 个，完成 80.3%`).
    pub words: String,
    /// In percent with one decimal.
    pub width: String,
    /// How it looks.
    pub tone: Tone,
}

/// A value reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedRow {
    /// The indicator.
    pub indicator: Link,
    /// The day that the value is of.
    pub date: Date,
    /// The value (`834 个`).
    pub value: String,
    /// The target (`862 个`).
    pub target: String,
    /// The share of the way that was done (`80.3%`); may be empty.
    pub share: String,
    /// A note; may be empty.
    pub note: String,
    /// The language of the note, where it differs from the page's.
    pub note_lang: Option<String>,
}
