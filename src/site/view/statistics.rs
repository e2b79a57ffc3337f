//! The pages of statistics: one for each place and year.

use serde::{Deserialize, Serialize};

use super::{Chart, Figures, Laid, Link, Markup, PageLink, Pager};

/// The statistics of a place, with all below it, in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsPage {
    /// Place and year in words.
    pub title: String,
    /// The days that are counted, and up to when, in one sentence.
    pub lead: String,
    /// The years.
    pub years: Vec<PageLink>,
    /// The page of the place itself; absent for all places together.
    pub place: Option<Link>,
    /// How many places have adopted the procedure that the site has set as its target, and how many are missing.
    pub coverage: Option<Figures>,
    /// The figures that matter most, once more on top.
    pub key: Vec<StatisticsRow>,
    /// The charts.
    pub charts: Vec<Chart>,
    /// The figures of the year, by what they are about.
    pub groups: Vec<StatisticsGroup>,
    /// The figures of each half, quarter and month.
    pub periods: Option<StatisticsTable>,
    /// What the figures are made of: the place's own records, and each place right below it.
    pub parts: Option<StatisticsTable>,
    /// The place's own records that are counted, one table a kind.
    pub records: Vec<StatisticsTable>,
    /// The other pages, where there are too many parts or records for one.
    pub pager: Option<Pager>,
}

/// Figures that are about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsGroup {
    /// The anchor (`opinions`).
    pub id: String,
    /// What they are about.
    pub title: String,
    /// The figures, a `figure.html` each.
    pub rows: Laid<StatisticsRow>,
}

/// A figure of the year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsRow {
    /// The anchor (`m-opinions`).
    pub id: String,
    /// What is counted.
    pub label: String,
    /// How it is counted.
    pub definition: String,
    /// The number, written out.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// Both numbers of a share, or how days are spread; may be empty.
    pub note: String,
    /// The number of the year before, up to the same day; empty where the records do not reach back.
    pub before: String,
    /// By how much it differs (`+2,417`); may be empty.
    pub difference: String,
    /// Where the parts or the records are that it counts; empty where there are none.
    pub href: String,
    /// The figure by outcome, class, rule and the like, where it is split; a `split.html` each.
    pub split: Laid<StatisticsPart>,
}

impl StatisticsRow {
    /// What is said of a figure, by its names in a template; the last is HTML.
    pub const NAMES: [&'static str; 10] =
        ["id", "label", "definition", "value", "unit", "note", "before", "difference", "href", "split"];
}

/// A part of a figure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsPart {
    /// What it is (`采纳`).
    pub label: String,
    /// The number, written out.
    pub value: String,
    /// By how much it differs from the year before (`+12`); may be empty.
    pub difference: String,
}

impl StatisticsPart {
    /// What is said of a part, by its names in a template.
    pub const NAMES: [&'static str; 3] = ["label", "value", "difference"];
}

/// A table of figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsTable {
    /// The anchor (`records-meeting`).
    pub id: String,
    /// What it shows.
    pub title: String,
    /// One sentence more; may be empty.
    pub note: String,
    /// The heading of the first column.
    pub first: String,
    /// The headings of the columns of numbers.
    pub columns: Vec<StatisticsColumn>,
    /// The rows.
    pub rows: Vec<StatisticsLine>,
    /// The sums at the foot.
    pub total: Option<StatisticsLine>,
}

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsColumn {
    /// What is counted, or when.
    pub label: String,
    /// The unit; may be empty.
    pub unit: String,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsLine {
    /// What the numbers are of; the address may be empty.
    pub name: Link,
    /// A date or a unit; may be empty.
    pub note: String,
    /// The numbers, a `cell.html` each, one a column.
    pub cells: Markup,
}

/// A number in a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsCell {
    /// The number, written out; may be empty.
    pub text: String,
    /// Where it opens to; may be empty.
    pub href: String,
    /// Both numbers of a share (`39/40`); empty for anything else.
    pub of: String,
}

impl StatisticsCell {
    /// What may stand in a cell, by its names in a template.
    pub const NAMES: [&'static str; 3] = ["text", "href", "of"];
}
