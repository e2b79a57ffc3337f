//! The pages of the procedures and of their rules.

use serde::{Deserialize, Serialize};

use super::{CountLink, Date, Fact, Head, Laid, Link, Tag};

/// The procedures in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureList {
    /// How many procedures and rules, in words.
    pub lead: String,
    /// The procedures.
    pub procedures: Vec<ProcedureCard>,
    /// The rules of the files (`arithmetic/…`), by family.
    pub families: Vec<RuleFamily>,
}

/// A procedure in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureCard {
    /// The procedure.
    pub link: Link,
    /// Its id.
    pub id: String,
    /// What it is for, in one sentence.
    pub summary: String,
    /// Since when it is in force.
    pub effective: String,
    /// Its steps in words (`集民意 → 定议题 → …`); empty where it has none.
    pub steps: String,
    /// How many rules (`24 条规则`).
    pub rules: String,
    /// The matters that follow it.
    pub matters: Option<CountLink>,
}

/// Rules that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleFamily {
    /// The anchor.
    pub id: String,
    /// The heading.
    pub title: String,
    /// Who is responsible; may be empty.
    pub by: String,
    /// One line; may be empty.
    pub note: String,
    /// The rules.
    pub rules: Vec<RuleRow>,
}

/// A rule in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    /// The rule: its title, and its page.
    pub link: Link,
    /// Its id.
    pub id: String,
    /// The threshold with the denominator named (`到会 ≥ 全体代表的 2/3`); may be empty.
    pub threshold: String,
    /// Error or finding.
    pub severity: Tag,
    /// The law, charter or convention; may be empty.
    pub basis: String,
    /// The findings at the day of the page.
    pub findings: Option<CountLink>,
}

/// The page of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedurePage {
    /// The top.
    pub head: Head,
    /// Id, versions in force, level, basis, what it is tightened by.
    pub facts: Laid<Fact>,
    /// Its steps with their rules.
    pub steps: Vec<ProcedureStep>,
    /// Rules of no step.
    pub others: Vec<RuleRow>,
    /// Where it is in force.
    pub places: Vec<CountLink>,
}

/// A step of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureStep {
    /// The anchor (`step-collect`).
    pub id: String,
    /// Its number, from 1.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The body that is responsible; may be empty.
    pub by: String,
    /// What it asks for; may be empty.
    pub note: String,
    /// Its rules.
    pub rules: Vec<RuleRow>,
    /// The matters that are at it.
    pub matters: Option<CountLink>,
}

/// The page of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePage {
    /// The top; the lead says what the rule checks.
    pub head: Head,
    /// Its id.
    pub id: String,
    /// The threshold with the denominator named; may be empty.
    pub threshold: String,
    /// Severity, step, applies to, in force from/to.
    pub facts: Laid<Fact>,
    /// The law, charter or convention.
    pub basis: String,
    /// The message that a departure gets.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The rule itself as the pack writes it; empty for rules written in Rust.
    pub expression: String,
    /// When it is asked at all; may be empty.
    pub condition: String,
    /// Examples that pass and that fail.
    pub examples: Vec<Example>,
    /// The records that depart from it at the day of the page.
    pub findings: Vec<FindingRow>,
    /// All of them.
    pub findings_all: Option<CountLink>,
}

/// An example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Whether it keeps the rule.
    pub passes: bool,
    /// What it shows; may be empty.
    pub note: String,
    /// The record in short, as YAML.
    pub source: String,
}

/// A finding in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRow {
    /// The record.
    pub record: Link,
    /// Its kind in words.
    pub kind: String,
    /// Where.
    pub place: Option<Link>,
    /// The record's day.
    pub date: Option<Date>,
    /// The rule; absent on the page of the rule.
    pub rule: Option<Link>,
    /// What was found.
    pub message: String,
}
