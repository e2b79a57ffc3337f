//! How things stand at the day of the page: what is due, what departed from the procedure.

use serde::{Deserialize, Serialize};

use super::{DueRow, Facet, FindingRow, Link, Pager};

/// What is due and overdue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueList {
    /// The place and what the list holds.
    pub title: String,
    /// How many, in words.
    pub lead: String,
    /// The matrix of the place.
    pub matrix: Option<Link>,
    /// By place, by item, by who has to do it.
    pub facets: Vec<Facet>,
    /// What is overdue, the oldest first.
    pub overdue: Vec<DueRow>,
    /// What is due next, the nearest first.
    pub due: Vec<DueRow>,
    /// The other pages; absent where there is one.
    pub pager: Option<Pager>,
}

/// Every departure from a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingList {
    /// How many, in words.
    pub lead: String,
    /// The findings of this page.
    pub rows: Vec<FindingRow>,
    /// By rule, by place.
    pub facets: Vec<Facet>,
    /// The other pages; absent where there is one.
    pub pager: Option<Pager>,
}
