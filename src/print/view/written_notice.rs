//! The written notice with its receipt.
//!
//! A text that is empty stands for a line to fill in by hand.

use serde::Serialize;

use super::{Line, Meta, Online, Seal, View};
use crate::print::Sheet;

/// The written notice to delegates and households.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrittenNotice {
    /// What the document says of itself.
    pub meta: Meta,
    /// The title.
    pub title: String,
    /// To whom it goes.
    pub addressee: String,
    /// What is announced.
    pub opening: Vec<String>,
    /// Time, place and the like.
    pub facts: Vec<Line>,
    /// The head of the items; empty where there are none.
    pub items_head: String,
    /// The items with the texts of their motions.
    pub items: Vec<NoticeItem>,
    /// What else it says.
    pub sections: Vec<NoticeSection>,
    /// Who gives notice, and when.
    pub seal: Seal,
    /// The receipt.
    pub slip: Slip,
    /// The way to the record online.
    pub online: Online,
    /// The digest of the record, in words.
    pub digest: String,
}

/// An item of a written notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeItem {
    /// Its number; empty where there is only one text.
    pub number: String,
    /// The matter; may be empty.
    pub matter: String,
    /// The text of the motion.
    pub motion: String,
}

/// A section of a written notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeSection {
    /// Its title.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// The receipt at the foot of a written notice, to be cut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slip {
    /// What was received.
    pub about: String,
    /// The answers to choose from.
    pub choices: Vec<SlipChoice>,
    /// Above the lines for an opinion.
    pub opinion: String,
    /// What is filled in at the end.
    pub fields: Vec<String>,
    /// Where to hand it in; may be empty.
    pub hand_in: String,
}

/// An answer on a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SlipChoice {
    /// Its words.
    pub words: String,
    /// Whether a reason is written after it.
    pub reason: bool,
}

impl View for WrittenNotice {
    const SHEET: Sheet = Sheet::WrittenNotice;

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
