//! The pages of an inquiry, a case and a disclosure: records whose body says most.

use serde::{Deserialize, Serialize};

use super::{Attachment, Date, Fact, Finding, Head, Laid, NotShown, Posting, Prose, Related, Tag};

/// The page of an inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InquiryPage {
    /// The top.
    pub head: Head,
    /// Asked, due, answered, accepted: in order, with what is still open.
    pub course: Vec<Milestone>,
    /// Question and answer.
    pub body: Prose,
    /// The files that it links to.
    pub files: Vec<Attachment>,
    /// Who asked, where, about what, who answers.
    pub facts: Laid<Fact>,
    /// Departures from the procedure.
    pub findings: Vec<Finding>,
    /// The departures in words; empty where there are none.
    pub findings_words: String,
    /// Rules that lack their evidence.
    pub not_shown: Vec<NotShown>,
    /// How many rules were kept; may be empty.
    pub rules_words: String,
    /// The record that it asks about.
    pub related: Vec<Related>,
}

/// One point on the way of an inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// What (`提出质询`).
    pub label: String,
    /// When; absent where it has not come.
    pub date: Option<Date>,
    /// One line; may be empty.
    pub note: String,
    /// How it stands.
    pub tag: Tag,
}

/// The page of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CasePage {
    /// The top.
    pub head: Head,
    /// The story.
    pub body: Prose,
    /// The files that it links to.
    pub files: Vec<Attachment>,
    /// Themes, who endorsed it, when it was reviewed.
    pub facts: Laid<Fact>,
    /// Departures from the procedure.
    pub findings: Vec<Finding>,
    /// The departures in words; empty where there are none.
    pub findings_words: String,
    /// Rules that lack their evidence.
    pub not_shown: Vec<NotShown>,
    /// How many rules were kept; may be empty.
    pub rules_words: String,
    /// The matters that bear it out.
    pub related: Vec<Related>,
}

/// The page of a disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosurePage {
    /// The top.
    pub head: Head,
    /// The text.
    pub body: Prose,
    /// The files that it links to.
    pub files: Vec<Attachment>,
    /// Category, period, basis, the day of publication.
    pub facts: Laid<Fact>,
    /// The posting period.
    pub posting: Option<Posting>,
    /// Departures from the procedure.
    pub findings: Vec<Finding>,
    /// The departures in words; empty where there are none.
    pub findings_words: String,
    /// Rules that lack their evidence.
    pub not_shown: Vec<NotShown>,
    /// How many rules were kept; may be empty.
    pub rules_words: String,
    /// The same item of the periods before.
    pub related: Vec<Related>,
}
