//! Scores, totals, grades and ranks of an assessment, with the method.

use serde::Serialize;

use super::{Contact, Line, Meta, Online, Seal, View};
use crate::print::Sheet;
use crate::site::view::{RankChange, Tone};

/// The results of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// What the document says of itself.
    pub meta: Meta,
    /// The title.
    pub title: String,
    /// Assessor, cycle, period, contract, publication.
    pub facts: Vec<Line>,
    /// The indicators, in the order of the columns.
    pub indicators: Vec<Indicator>,
    /// The highest total in words (`满分 100`).
    pub full: String,
    /// The results, by rank.
    pub results: Vec<Outcome>,
    /// With which assessment ranks are compared.
    pub compared: String,
    /// Whether any unit had a rank then, so that the change has a column.
    pub has_changes: bool,
    /// How scores, totals, grades and ranks come about.
    pub method: Vec<String>,
    /// The grades, from the best down.
    pub grades: Vec<Line>,
    /// What the results are used for.
    pub uses: Vec<Used>,
    /// Departures from the procedure, in words.
    pub findings: Vec<String>,
    /// Where one can object.
    pub objection: Option<Contact>,
    /// The place for the seal.
    pub seal: Seal,
    /// The record online.
    pub online: Online,
    /// The digest of the record in short form.
    pub digest: String,
    /// The day of the data.
    pub as_of: String,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// Its name.
    pub name: String,
    /// The target with its unit; may be empty.
    pub target: String,
    /// The weight: the highest score.
    pub weight: String,
}

/// The result of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The rank.
    pub rank: String,
    /// `并列` where another has the same total; else empty.
    pub tied: String,
    /// Who.
    pub unit: String,
    /// One score an indicator, in the order of the columns.
    pub scores: Vec<Score>,
    /// The total.
    pub total: String,
    /// The sum in words (`40 + 29 + 28 = 97`).
    pub sum: String,
    /// The total's share of the highest, in percent with one decimal.
    pub width: String,
    /// The grade.
    pub grade: String,
    /// How the grade looks.
    pub tone: Tone,
    /// The change of rank.
    pub change: RankChange,
    /// The change of the total; empty where the two cannot be compared.
    pub difference: String,
    /// A note of the record; may be empty.
    pub note: String,
}

/// One score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The points; empty where there are none.
    pub points: String,
    /// The measured value with its unit; may be empty.
    pub actual: String,
}

/// What a result is used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Used {
    /// Who.
    pub unit: String,
    /// What for.
    pub purpose: String,
    /// In detail; may be empty.
    pub detail: String,
}

impl View for Assessment {
    const SHEET: Sheet = Sheet::Assessment;

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
