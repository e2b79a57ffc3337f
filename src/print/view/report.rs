//! The periodic work report of a place: one view, written as a sheet and as Markdown.

use serde::Serialize;

use super::{Contact, Meta, Online, Seal, View};
use crate::print::Sheet;

/// The work report of a place and a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What the document says of itself.
    pub meta: Meta,
    /// The title (`柳河村 2026 年第三季度工作情况报告`).
    pub title: String,
    /// Who reports.
    pub issuer: String,
    /// What is reported on, and up to which day.
    pub lead: String,
    /// The sections in their order.
    pub sections: Vec<Section>,
    /// How the numbers come about, and where they can be checked.
    pub note: String,
    /// Where one can object.
    pub objection: Option<Contact>,
    /// What stands before it.
    pub objection_label: String,
    /// The place for the seal.
    pub seal: Seal,
    /// The statistics of the place online.
    pub online: Online,
    /// The digest of the report in short form.
    pub digest: String,
    /// The day of the data.
    pub as_of: String,
}

/// A section of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its number with what stands after it (`一、`, `1. `).
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Block {
    /// A heading within a section.
    Heading {
        /// Its number with what stands after it (`（一）`).
        number: String,
        /// What it says.
        text: String,
    },
    /// A paragraph that begins with what it is about.
    Item {
        /// Its number with what stands after it.
        number: String,
        /// What it is about (`集民意。`).
        lead: String,
        /// What it says.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// What it says.
        text: String,
    },
    /// Numbered lines.
    List {
        /// The lines.
        items: Vec<String>,
    },
    /// A table.
    Table(Table),
}

/// A table of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a text a column.
    pub rows: Vec<Vec<String>>,
    /// The last row, which adds up the others; empty where there is none.
    pub total: Vec<String>,
    /// What stands below it; may be empty.
    pub note: String,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading.
    pub text: String,
    /// Whether it holds words or numbers.
    pub align: Align,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Words: as wide as there is room for.
    Words,
    /// Short words: as wide as they are.
    Short,
    /// Numbers: to the right.
    Number,
}

impl View for Report {
    const SHEET: Sheet = Sheet::Report;

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
