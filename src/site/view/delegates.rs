//! The page of a roster of delegates.

use serde::{Deserialize, Serialize};

use super::{Attachment, Fact, Figures, Finding, Head, Laid, Link, NotShown, Proof, Prose, Related, Tag};

/// The page of a roster of delegates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegatesPage {
    /// The top.
    pub head: Head,
    /// How many there are, the share of women, households linked, visits, attendance.
    pub figures: Figures,
    /// Shares that the law asks for.
    pub proofs: Vec<Proof>,
    /// Everybody on the roster, in the order of their numbers.
    pub members: Vec<Member>,
    /// The sums of the columns.
    pub totals: MemberTotals,
    /// How the delegates were assessed, by year, the newest first.
    pub reviews: Vec<ReviewYear>,
    /// Body, term, day of the roster.
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
    /// Elections and other records that belong to it.
    pub related: Vec<Related>,
}

/// One line of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The anchor (`delegate-7`).
    pub id: String,
    /// The number on the roster.
    pub no: String,
    /// The name, as names appear on this site.
    pub name: String,
    /// The language of the name, where it differs from the page's.
    pub lang: Option<String>,
    /// Post, sex, party member, committee member, in words; may be empty.
    pub note: String,
    /// Joined late or left early: from when to when, and why; may be empty.
    pub service: String,
    /// The villagers' group; may be empty.
    pub group: String,
    /// The language of the group's name, where it differs from the page's.
    pub group_lang: Option<String>,
    /// Households linked; empty for who links to none.
    pub households: String,
    /// Visits, and how many households they reached in all (`4 次，38 户次`); may be empty.
    pub visits: String,
    /// Opinions brought back; may be empty.
    pub opinions: String,
    /// Meetings attended out of those to attend (`7 / 8`); may be empty.
    pub attendance: String,
    /// The newest assessment.
    pub review: Option<Tag>,
    /// The year of the assessment, with the score; may be empty.
    pub review_note: String,
}

/// The sums of the columns of a roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberTotals {
    /// How many serve (`48 人`).
    pub members: String,
    /// Households linked.
    pub households: String,
    /// Visits and households reached.
    pub visits: String,
    /// Opinions brought back.
    pub opinions: String,
    /// Attendance with both numbers and the percentage.
    pub attendance: String,
}

/// The assessments of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewYear {
    /// The year in words (`2025 年`).
    pub year: String,
    /// How many were assessed, out of how many, with the mean score where there are scores.
    pub words: String,
    /// How many got each grade.
    pub grades: Vec<GradeCount>,
    /// Who was rewarded or penalised, and why.
    pub measures: Vec<Measure>,
}

/// How many got a grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeCount {
    /// The grade.
    pub grade: String,
    /// The language of the grade, where it differs from the page's.
    pub lang: Option<String>,
    /// How many, written out.
    pub count: String,
    /// Their share of those assessed, in percent with one decimal.
    pub width: String,
    /// Both numbers and the percentage (`6 ÷ 43 = 14.0%`).
    pub share: String,
}

/// A reward or a penalty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// The delegate, linked to the line of the roster.
    pub delegate: Link,
    /// Reward or penalty.
    pub tag: Tag,
    /// What it was.
    pub what: String,
    /// Why; may be empty.
    pub reason: String,
    /// The language of the words, where it differs from the page's.
    pub lang: Option<String>,
}
