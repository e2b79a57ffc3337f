//! The page about the target of coverage: how many places have adopted a procedure, and which have not.

use serde::{Deserialize, Serialize};

use super::{Bar, Fact, Laid, Link, Pager};

/// The progress of a target of coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveragePage {
    /// How it stands, with both numbers, in words.
    pub lead: String,
    /// The places that have adopted the procedure out of all, with the number needed.
    pub bar: Bar,
    /// The numbers of the target.
    pub facts: Laid<Fact>,
    /// What is counted, in a sentence.
    pub definition: String,
    /// The counts by the place right above; only on the first page.
    pub parts: Vec<CoveragePart>,
    /// How many are missing and how many more are needed, in words.
    pub missing_words: String,
    /// The places that have not adopted it.
    pub missing: Vec<CoverageRow>,
    /// The other pages, where there are several.
    pub pager: Option<Pager>,
}

/// The coverage below one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveragePart {
    /// The place.
    pub place: Link,
    /// How many have adopted the procedure.
    pub adopted: String,
    /// Out of how many.
    pub of: String,
    /// How many have not.
    pub missing: String,
    /// The share (`87.1%`).
    pub share: String,
    /// The share in percent with one decimal, without the sign.
    pub width: String,
}

/// A place that has not adopted the procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageRow {
    /// The place.
    pub place: Link,
    /// The place above it.
    pub above: Option<Link>,
    /// From when it will, or until when it did; may be empty.
    pub note: String,
}
