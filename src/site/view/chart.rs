//! Charts: a picture drawn when the site is built, and the same numbers as a table.

use serde::{Deserialize, Serialize};

use super::Link;

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// The anchor (`chart-funnel`).
    pub id: String,
    /// What it shows.
    pub title: String,
    /// Unit, period and definition in one line; may be empty.
    pub note: String,
    /// The picture: one safe `svg` element with title and description; empty where there is nothing to draw.
    pub svg: String,
    /// What its fills mean; empty where there is one.
    pub keys: Vec<ChartKey>,
    /// The heading of the table's first column.
    pub first: String,
    /// The headings of the columns of numbers.
    pub columns: Vec<String>,
    /// The rows of the table.
    pub rows: Vec<ChartRow>,
}

/// What a fill of a chart means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartKey {
    /// The number in the classes of the fill and of the line (`c1`, `l1`).
    pub fill: String,
    /// The hatching over it (`hatch`); empty for none.
    pub pattern: String,
    /// What it means.
    pub text: String,
}

/// A row of a chart's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartRow {
    /// What the numbers are of; the address may be empty.
    pub name: Link,
    /// One a column, written out.
    pub cells: Vec<String>,
}
