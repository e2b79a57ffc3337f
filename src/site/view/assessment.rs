//! The pages of a contract of targets and of an assessment against it.

use serde::{Deserialize, Serialize};

use super::{Attachment, Date, Fact, Finding, Head, Laid, Link, NotShown, Prose, Related, Tag};

/// The page of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractPage {
    /// The top.
    pub head: Head,
    /// The parties, the period, the day of signing.
    pub facts: Laid<Fact>,
    /// The indicators.
    pub indicators: Vec<Indicator>,
    /// The sum of the weights in words (`权重合计 100`).
    pub weights: String,
    /// The grades, from the best down.
    pub grades: Vec<Grade>,
    /// The assessments of the year: which are published, which are due.
    pub calendar: Vec<CycleRow>,
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

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its name.
    pub name: String,
    /// The language of the name, where it differs from the page's.
    pub lang: Option<String>,
    /// Its history; empty where nothing was assessed by it.
    pub href: String,
    /// The target with its unit (`100%`).
    pub target: String,
    /// The weight.
    pub weight: String,
    /// The weight's share of the whole, in percent with one decimal.
    pub width: String,
}

/// A grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// Its name.
    pub name: String,
    /// The language of the name, where it differs from the page's.
    pub lang: Option<String>,
    /// From which total (`90 分以上`).
    pub from: String,
}

/// The assessments of one cycle (monthly, quarterly …).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleRow {
    /// The cycle (`月督查`).
    pub cycle: String,
    /// How many of how many (`应 9 次，已公布 8 次`).
    pub words: String,
    /// One a period.
    pub cells: Vec<CycleCell>,
    /// The rule that finds some missing; absent where none is.
    pub rule: Option<Link>,
}

/// The assessment of one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleCell {
    /// The period in short (`9 月`).
    pub text: String,
    /// The assessment; empty where it is not published.
    pub href: String,
    /// Published, late, missing, to come.
    pub tag: Tag,
    /// The day of publication, where it is known.
    pub day: Option<Date>,
}

/// The page of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentPage {
    /// The top.
    pub head: Head,
    /// Cycle, period, contract, the day of publication.
    pub facts: Laid<Fact>,
    /// The indicators, in the order of the columns.
    pub indicators: Vec<Indicator>,
    /// The highest total in words (`满分 100`).
    pub full: String,
    /// The results, by rank.
    pub results: Vec<AssessmentResult>,
    /// How scores, total, grade and rank come about, in sentences.
    pub method: Vec<String>,
    /// The grades, from the best down.
    pub grades: Vec<Grade>,
    /// What the results are used for.
    pub uses: Vec<ResultUse>,
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
    /// The assessment before and after, the contract, matters.
    pub related: Vec<Related>,
    /// When it was published.
    pub published: Option<Date>,
}

/// The result of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentResult {
    /// The rank (`1`; equal totals share it).
    pub rank: String,
    /// Who.
    pub subject: String,
    /// The language of the subject, where it differs from the page's.
    pub lang: Option<String>,
    /// One score an indicator, in the order of the columns.
    pub scores: Vec<Score>,
    /// The total.
    pub total: String,
    /// The total's share of the highest, in percent with one decimal.
    pub width: String,
    /// The sum in words (`40 + 29 + 28 = 97`).
    pub sum: String,
    /// The grade.
    pub grade: Tag,
    /// The language of the grade, where it differs from the page's.
    pub grade_lang: Option<String>,
}

/// One score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The points; empty where there are none.
    pub points: String,
    /// The measured value with its unit, where the record has it; may be empty.
    pub actual: String,
}

/// What a result is used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultUse {
    /// Who.
    pub subject: String,
    /// What for (`奖励`).
    pub purpose: String,
    /// In detail; may be empty.
    pub detail: String,
    /// The record that it comes from.
    pub link: Option<Link>,
}
