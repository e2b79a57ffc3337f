//! The disclosure matrix: place by item by period, and what a place's own page shows of it.

use serde::{Deserialize, Serialize};

use super::{CountLink, Date, Link, Pager};

/// What had to be done once a period in a place, and in the places below it, in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixPage {
    /// The place and the year.
    pub title: String,
    /// How much of what was asked for is done, and as of which day.
    pub lead: String,
    /// The page of the place; absent for all places.
    pub place: Option<Link>,
    /// The matrix of the place above, for the same year.
    pub above: Option<Link>,
    /// The years, the newest first.
    pub years: Vec<CountLink>,
    /// The counts: of the place itself, of those below it, of both.
    pub counts: Vec<MatrixCount>,
    /// The items of the place itself, period by period.
    pub items: Vec<MatrixItem>,
    /// The items of the places right below.
    pub columns: Vec<String>,
    /// The places right below, those of this page.
    pub parts: Vec<MatrixPart>,
    /// All of them together.
    pub sum: Option<MatrixPart>,
    /// What is overdue in the place and below it.
    pub overdue: Option<CountLink>,
    /// The other pages of the places right below; absent where there is one.
    pub pager: Option<Pager>,
}

/// How many periods of how many items are done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixCount {
    /// Whose.
    pub label: String,
    /// What had to be done by the day of the page, and what was done before it had to be.
    pub asked: String,
    /// What of it was done.
    pub done: String,
    /// What was done late, counted in `done`.
    pub late: String,
    /// What is overdue.
    pub overdue: String,
    /// What is not due yet.
    pub open: String,
    /// `done` as a share of `asked`; empty where nothing was asked for.
    pub share: String,
}

/// One item of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixItem {
    /// The anchor (`item-1`).
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// The language of the title, where it differs from the page's.
    pub lang: Option<String>,
    /// How often and until when.
    pub cadence: String,
    /// The body responsible.
    pub responsible: String,
    /// The rule that asks for it.
    pub rule: Option<Link>,
    /// The law, charter or guideline.
    pub basis: String,
    /// The language of the basis, where it differs from the page's.
    pub basis_lang: Option<String>,
    /// How much of it is done.
    pub words: String,
    /// The periods of the year.
    pub periods: Vec<MatrixPeriod>,
}

/// One period of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixPeriod {
    /// The period (`第一季度`).
    pub name: String,
    /// How it stands.
    pub state: MatrixState,
    /// The state in words, with its days (`逾期 33 天`).
    pub words: String,
    /// The day on which it was done, else the last day on which it is done in time.
    pub date: Option<Date>,
    /// The record that did it; empty where there is none.
    pub href: String,
}

/// How an item stands in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatrixState {
    /// Done in time.
    Done,
    /// Done late.
    Late,
    /// Not done, and the due day has passed.
    Overdue,
    /// Not done, and the due day is still to come.
    Due,
    /// The period has not begun.
    ToCome,
    /// Not asked for.
    NotAsked,
}

/// A place right below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixPart {
    /// The place, with its own matrix behind it.
    pub place: Link,
    /// One cell an item, in the order of the columns.
    pub cells: Vec<MatrixShare>,
    /// All items together.
    pub all: MatrixShare,
}

/// One item of a place right below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixShare {
    /// One mark a period; none where the place has places below it, whose marks are on its own page.
    pub marks: Vec<MatrixState>,
    /// The marks in words; empty where there are none.
    pub words: String,
    /// `done / asked`; empty where the item is not asked for.
    pub share: String,
    /// How many are overdue, in words; empty where none is.
    pub overdue: String,
    /// How full it is.
    pub heat: Heat,
    /// The item on the place's own matrix; empty where it has none.
    pub href: String,
}

/// How much of what was asked for is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Heat {
    /// Nothing was asked for yet.
    Nothing,
    /// Less than half.
    Low,
    /// At least half.
    Half,
    /// At least nine tenths.
    Most,
    /// All of it.
    Full,
}

/// The items of a place in the year of the page, on the page of the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaMatrix {
    /// How much of what was asked for is done in the place and below it.
    pub words: String,
    /// The items of the place itself.
    pub items: Vec<AreaItem>,
    /// The whole matrix.
    pub all: Link,
}

/// One item of a place on its own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaItem {
    /// What is to be done.
    pub title: String,
    /// The language of the title, where it differs from the page's.
    pub lang: Option<String>,
    /// Its periods.
    pub cell: MatrixShare,
}
