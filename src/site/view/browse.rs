//! The indexes: paged lists, the archive, the tree of places, the hub.

use serde::{Deserialize, Serialize};

use super::{CountLink, Figures, Markup, PlaceShare, Row, Shared};

/// A paged list of records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// What the list holds (`新民村的会议`).
    pub title: String,
    /// How many and which, in words (`共 12 件，按日期从新到旧`).
    pub lead: String,
    /// The records of this page, a `row.html` each; empty where there are none.
    pub rows: Markup,
    /// Whether any row has a place, a vote, a progress, a state: columns without content are not shown.
    pub columns: Columns,
    /// The indexes beside this one, with counts.
    pub facets: Vec<Facet>,
    /// The other pages; absent where there is one.
    pub pager: Option<Pager>,
}

/// The columns of a list that have content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "one a column")]
pub struct Columns {
    /// Some row has a kind.
    pub kind: bool,
    /// Some row has a place.
    pub place: bool,
    /// Some row has a date.
    pub date: bool,
    /// Some row has a vote.
    pub vote: bool,
    /// Some row has a progress.
    pub progress: bool,
    /// Some row has a state.
    pub tag: bool,
}

impl Columns {
    /// The columns, by their names in a template.
    pub const NAMES: [&'static str; 6] = ["kind", "place", "date", "vote", "progress", "tag"];

    /// Whether the column of that number among the [names](Self::NAMES) has content.
    pub fn has(self, column: u8) -> bool {
        let all = [self.kind, self.place, self.date, self.vote, self.progress, self.tag];
        all.get(usize::from(column)).is_some_and(|has| *has)
    }

    /// Adds the columns of another row.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            kind: self.kind || other.kind,
            place: self.place || other.place,
            date: self.date || other.date,
            vote: self.vote || other.vote,
            progress: self.progress || other.progress,
            tag: self.tag || other.tag,
        }
    }
}

/// A record in a list, with the columns that the list has. Links begin with what stands for the way to the site's root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRow {
    /// The record.
    pub row: Row,
    /// The columns of the list.
    pub columns: Shared<Columns>,
}

/// An index beside this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// What it sorts by (`按类别`).
    pub title: String,
    /// Its values, a `count.html` each.
    pub items: Markup,
}

/// The other pages of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pager {
    /// Where the reader is (`第 2 页，共 8 页`).
    pub words: String,
    /// The page before; empty on the first.
    pub previous: String,
    /// The page after; empty on the last.
    pub next: String,
    /// Numbers around the current page, with gaps.
    pub pages: Vec<PageLink>,
}

/// One page number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLink {
    /// The number; empty for a gap.
    pub number: String,
    /// The page, relative.
    pub href: String,
    /// Whether it is the one being shown.
    pub current: bool,
}

/// The archive by date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// The heading.
    pub title: String,
    /// How many and since when, in words.
    pub lead: String,
    /// The years, the newest first.
    pub years: Vec<ArchiveYear>,
}

/// A year of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveYear {
    /// The anchor (`year-2026`).
    pub id: String,
    /// The year.
    pub year: CountLink,
    /// Its months, in order.
    pub months: Vec<ArchiveMonth>,
}

/// A month of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveMonth {
    /// The month; without a link where it is empty.
    pub month: CountLink,
    /// Its records as a share of the fullest month's, in percent with one decimal.
    pub width: String,
}

/// The hub: every index with its counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browse {
    /// How many records, in words.
    pub lead: String,
    /// The indexes.
    pub groups: Vec<BrowseGroup>,
}

/// One index of the hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrowseGroup {
    /// The anchor (`by-category`).
    pub id: String,
    /// What it sorts by.
    pub title: String,
    /// One line; may be empty.
    pub note: String,
    /// Its values.
    pub items: Vec<CountLink>,
    /// The whole index, where the values shown are not all.
    pub all: Option<CountLink>,
}

/// The tree of places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// How many of which level, in words.
    pub lead: String,
    /// The figures of the whole (coverage).
    pub figures: Option<Figures>,
    /// The places, the topmost first.
    pub tree: Vec<PlaceNode>,
}

/// A place and the places below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceNode {
    /// The place with the number of its records, those below included.
    pub place: CountLink,
    /// Its level in words.
    pub level: String,
    /// How much of what was due is done.
    pub share: Option<PlaceShare>,
    /// The places below.
    pub children: Vec<PlaceNode>,
}
