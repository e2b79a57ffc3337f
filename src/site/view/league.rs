//! The pages about performance across records: who assesses, the year's calendar, tables of ranks, an indicator, uses.

use serde::{Deserialize, Serialize};

use super::{CountLink, CycleRow, Date, Fact, Laid, Link, Pager, Tag, Tone};

/// The areas that assess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessorList {
    /// How many, in words.
    pub lead: String,
    /// The areas.
    pub rows: Vec<AssessorRow>,
    /// The records of assessments and contracts, and the target of coverage where the site has one.
    pub lists: Vec<CountLink>,
    /// The other pages, where there are several.
    pub pager: Option<Pager>,
}

/// An area that assesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessorRow {
    /// The area.
    pub place: Link,
    /// Its level in words.
    pub level: String,
    /// Its newest years.
    pub years: Vec<AssessorYear>,
}

/// A year of an area that assesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessorYear {
    /// The calendar of the year.
    pub link: Link,
    /// How many were published of how many due (`到期 15 次，已公布 14 次，缺 1 次`).
    pub words: String,
    /// The share published of those due, in percent with one decimal.
    pub width: String,
    /// How it looks.
    pub tone: Tone,
    /// The newest table of each cycle.
    pub tables: Vec<Link>,
}

/// The assessments of an area in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentYear {
    /// The heading.
    pub title: String,
    /// How many were published of how many due.
    pub lead: String,
    /// The place.
    pub place: Link,
    /// The twelve, four, two and one periods.
    pub calendar: Vec<CycleRow>,
    /// How to read the calendar, in sentences.
    pub method: Vec<String>,
    /// The newest result of each cycle.
    pub tables: Vec<TableLink>,
    /// The contracts of the year.
    pub contracts: Vec<ContractLink>,
    /// What the results were used for and the surveys; without a link where there is neither.
    pub uses: Vec<CountLink>,
    /// The other years of the area.
    pub years: Vec<CountLink>,
}

/// The newest result of a cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableLink {
    /// The cycle, with the link to its tables.
    pub link: Link,
    /// The newest period.
    pub period: String,
    /// How many units were assessed, in words.
    pub units: String,
    /// Who is first, with the total (`镇村建所，镇民政所`).
    pub first: Vec<Link>,
    /// The highest total in words.
    pub total: String,
}

/// A contract of the year with its indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractLink {
    /// The contract.
    pub link: Link,
    /// Who assesses whom, in words.
    pub words: String,
    /// The language of the words, where it differs from the page's.
    pub lang: Option<String>,
    /// The indicators, each with its weight and its history.
    pub indicators: Vec<CountLink>,
}

/// The tables of ranks of one area, cycle and year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeagueTables {
    /// The heading.
    pub title: String,
    /// How many periods and units, in words.
    pub lead: String,
    /// The tables, the newest period first.
    pub tables: Vec<LeagueTable>,
    /// How ranks and changes come about, in sentences.
    pub method: Vec<String>,
    /// The tables of the other cycles, the calendar, the uses.
    pub sheets: Vec<CountLink>,
    /// The same cycle in other years.
    pub years: Vec<CountLink>,
    /// The other pages, where there are several.
    pub pager: Option<Pager>,
}

/// The ranks of one assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeagueTable {
    /// The anchor (`2026-10`).
    pub id: String,
    /// The period.
    pub title: String,
    /// The assessment.
    pub record: Link,
    /// How the publication stands.
    pub tag: Tag,
    /// When it was published.
    pub published: Option<Date>,
    /// How many units, and which part of them this is, in words.
    pub units: String,
    /// With which period it is compared and what to mind, in words.
    pub compared: String,
    /// The highest total and the weights in words.
    pub weights: String,
    /// The language of the weights, where it differs from the page's.
    pub weights_lang: Option<String>,
    /// The method as the record states it; may be empty.
    pub method: String,
    /// The language of the method, where it differs from the page's.
    pub method_lang: Option<String>,
    /// The units, by rank.
    pub rows: Vec<LeagueRow>,
}

/// A unit in a table of ranks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeagueRow {
    /// The rank (`1`).
    pub rank: String,
    /// Whether it shares the rank, in words (`并列`); empty where it does not.
    pub tied: String,
    /// The unit; without an address where no place or body of the site bears its name.
    pub unit: Link,
    /// The total.
    pub total: String,
    /// The total's share of the highest possible, in percent with one decimal.
    pub width: String,
    /// The grade.
    pub grade: Tag,
    /// The language of the grade, where it differs from the page's.
    pub grade_lang: Option<String>,
    /// The change of rank.
    pub change: RankChange,
    /// The change of the total (`+1.5`); empty where nothing can be compared.
    pub difference: String,
}

/// A change of rank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankChange {
    /// For the eye (`▲2`, `▼1`, `–`, `新`); empty where there is nothing to compare with.
    pub mark: String,
    /// In words (`上升 2 名，上期第 3 名`).
    pub words: String,
    /// Which way.
    pub way: Way,
}

/// Which way a rank changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// To a better rank.
    Up,
    /// To a worse rank.
    Down,
    /// Not at all.
    Same,
    /// The unit had no result.
    New,
    /// There is nothing to compare with.
    None,
}

/// The history of one indicator of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorPage {
    /// The heading.
    pub title: String,
    /// The language of the heading, where it differs from the page's.
    pub lang: Option<String>,
    /// How many units and periods, in words.
    pub lead: String,
    /// Contract, target, weight.
    pub facts: Laid<Fact>,
    /// The values, a table a cycle.
    pub cycles: Vec<IndicatorCycle>,
    /// How to read the values, in sentences.
    pub method: Vec<String>,
    /// The other indicators of the contract.
    pub others: Vec<CountLink>,
    /// The same indicator in other years.
    pub years: Vec<CountLink>,
    /// The other pages, where there are several.
    pub pager: Option<Pager>,
}

/// The values of an indicator in the periods of a cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorCycle {
    /// The anchor (`monthly`).
    pub id: String,
    /// The cycle.
    pub title: String,
    /// The periods, each with its assessment.
    pub periods: Vec<Link>,
    /// The units.
    pub rows: Vec<UnitValues>,
}

/// The values of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitValues {
    /// The unit.
    pub unit: Link,
    /// One a period.
    pub values: Vec<IndicatorValue>,
}

/// A value of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorValue {
    /// The points; empty where there are none.
    pub points: String,
    /// The measured value with its unit; may be empty.
    pub actual: String,
}

/// What results were used for in a year, and the surveys beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultUses {
    /// The heading.
    pub title: String,
    /// How many uses and surveys, in words.
    pub lead: String,
    /// How many uses of each kind.
    pub counts: Laid<Fact>,
    /// The uses, in the order of the assessments.
    pub uses: Vec<UseRow>,
    /// The surveys, by date.
    pub surveys: Vec<SurveyRow>,
    /// How surveys are counted, in sentences.
    pub method: Vec<String>,
    /// The tables, the calendar.
    pub sheets: Vec<CountLink>,
    /// The other pages, where there are several.
    pub pager: Option<Pager>,
}

/// A use of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseRow {
    /// The unit, or the matter.
    pub unit: Link,
    /// What for (`奖励`).
    pub purpose: String,
    /// In detail; may be empty.
    pub detail: String,
    /// The language of the detail, where it differs from the page's.
    pub detail_lang: Option<String>,
    /// The assessment; absent where the matter itself says it.
    pub record: Option<Link>,
}

/// A survey in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyRow {
    /// The survey, or the matter that it belongs to.
    pub record: Link,
    /// The place.
    pub place: Option<Link>,
    /// When it was held.
    pub date: Option<Date>,
    /// Valid ballots (`296`).
    pub valid: String,
    /// The response rate with both numbers.
    pub response: String,
    /// The share that is satisfied with both numbers; in words why there is none where the ballots are too few.
    pub satisfied: String,
    /// Whether the share is withheld.
    pub withheld: bool,
}
