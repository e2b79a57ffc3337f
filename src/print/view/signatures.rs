//! The sheet that those present at a meeting sign.
//!
//! A text that is empty stands for a line to fill in by hand.

use serde::Serialize;

use super::{Line, Meta, View};
use crate::print::Sheet;

/// The sheet that those present sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignatureSheet {
    /// What the document says of itself.
    pub meta: Meta,
    /// The body that met.
    pub body: String,
    /// The title.
    pub title: String,
    /// When and where it met, who presided, how many are entitled.
    pub facts: Vec<Line>,
    /// The items, with their votes where they are known.
    pub items: Vec<SignedItem>,
    /// What a signature stands for.
    pub declaration: String,
    /// One place a person.
    pub places: Vec<SignPlace>,
    /// What is filled in at the end.
    pub closing: Vec<Line>,
    /// The digest of the record, in words.
    pub digest: String,
}

/// An item on a signature sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedItem {
    /// Its number.
    pub number: String,
    /// The motion.
    pub motion: String,
    /// The votes in words; empty where no vote was taken yet.
    pub votes: String,
    /// The outcome in words; empty where there is none yet.
    pub outcome: String,
}

/// The place where one person signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignPlace {
    /// The number on the roster, or the number of the place.
    pub number: String,
    /// The name, as names appear on the site; empty where there is no roster.
    pub name: String,
    /// The villagers' group, or the seat that the person holds; may be empty.
    pub note: String,
}

impl View for SignatureSheet {
    const SHEET: Sheet = Sheet::Signatures;

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
