//! The page of a survey that stands alone.

use serde::{Deserialize, Serialize};

use super::{Attachment, Fact, Finding, Head, Laid, NotShown, Prose, Related, SurveyResult};

/// The page of a survey that stands alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyPage {
    /// The top.
    pub head: Head,
    /// One a question.
    pub results: Vec<SurveyResult>,
    /// How it was held and counted, in sentences.
    pub method: Vec<String>,
    /// Period, who held it, about what.
    pub facts: Laid<Fact>,
    /// The text of the record.
    pub body: Prose,
    /// The files that it links to.
    pub files: Vec<Attachment>,
    /// Departures from the procedure.
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
