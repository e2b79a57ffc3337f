//! The opinion card.
//!
//! A text that is empty stands for a line to fill in by hand.

use serde::Serialize;

use super::{Line, Meta, Online, View};
use crate::print::Sheet;

/// The card on which a household writes its opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// What the document says of itself.
    pub meta: Meta,
    /// The place.
    pub place: String,
    /// The title.
    pub title: String,
    /// The matter.
    pub matter: String,
    /// The motion as it stands; empty on a blank card.
    pub motion: String,
    /// The answers to choose from.
    pub choices: Vec<String>,
    /// Where and by when to hand it in.
    pub hand_in: Vec<Line>,
    /// The way to the matter online; none on a blank card.
    pub online: Option<Online>,
}

impl View for Card {
    const SHEET: Sheet = Sheet::Card;

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
