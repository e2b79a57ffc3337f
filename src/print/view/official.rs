//! A resolution or minutes in the style of an official document.

use serde::Serialize;

use super::{Line, Meta, Seal, View};
use crate::print::Sheet;

/// An official document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Official {
    /// What the document says of itself.
    pub meta: Meta,
    /// The red head: the name of the body that issues it.
    pub mark: String,
    /// The document number; empty where the record has none.
    pub number: String,
    /// The title, in parts after which a line may end; together they are the whole.
    pub title_parts: Vec<String>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The files that belong to it.
    pub attachments: Vec<Attached>,
    /// Who signs minutes by hand; nobody signs a resolution.
    pub signers: Vec<Line>,
    /// The body that issues it, and the day.
    pub seal: Seal,
    /// Whether a seal goes over the body's name: on a resolution, not on minutes.
    pub sealed: bool,
    /// Who issued it and when, at the foot of the last page; none where the record does not say when.
    pub issued: Option<Imprint>,
    /// Where the record stands online, or can be read, with its digest.
    pub origin: Imprint,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A heading.
    Heading {
        /// Its level: 2 for the sections of the document.
        level: u8,
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: String,
    },
    /// A label and what it says, as a paragraph.
    Fact {
        /// The label with its colon.
        label: String,
        /// What it says.
        text: String,
    },
    /// An element of a list.
    Item {
        /// Its number or bullet; empty for a further paragraph of an element.
        marker: String,
        /// How many lists are around its own.
        depth: usize,
        /// Its words.
        text: String,
    },
    /// A table.
    Table(Table),
}

impl Block {
    /// Returns its words, without its form.
    pub fn into_words(self) -> String {
        match self {
            Self::Heading { text, .. } | Self::Paragraph { text } => text,
            Self::Fact { label, text } => format!("{label}{text}"),
            Self::Item { marker, text, .. } => format!("{marker}{text}"),
            Self::Table(table) => {
                std::iter::once(&table.head).chain(&table.rows).map(|row| row.join(" ")).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// How many columns it has.
    pub columns: usize,
    /// The side that each column keeps to.
    pub align: Vec<Side>,
    /// The heads of the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// The side that a column of a table keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The side where lines begin.
    Start,
    /// The side where lines end.
    End,
}

/// A file that belongs to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attached {
    /// Its number with its stop (`1. `); empty where it is the only one.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// A line at the foot of the last page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imprint {
    /// What stands at the left.
    pub left: String,
    /// What stands at the right.
    pub right: String,
}

impl View for Official {
    const SHEET: Sheet = Sheet::Official;

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
