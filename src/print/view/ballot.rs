//! The ballot, item by item or of satisfaction.

use serde::Serialize;

use super::{Meta, View};
use crate::print::Sheet;

/// A ballot: on the items of a meeting, or of satisfaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ballot {
    /// What the document says of itself.
    pub meta: Meta,
    /// The body that votes, or the place that asks.
    pub body: String,
    /// The title.
    pub title: String,
    /// The meeting, its day and the way of voting, or what is rated.
    pub about: Vec<String>,
    /// The head of the column of questions.
    pub question_head: String,
    /// The answers to choose from, one column each.
    pub choices: Vec<String>,
    /// What is voted on, or asked.
    pub questions: Vec<Question>,
    /// What may be added in words; empty where nothing may.
    pub remark: String,
    /// Whether the voter signs.
    pub named: bool,
    /// How it is filled in, and when it counts as valid.
    pub how: Vec<String>,
    /// The digest of the record, in words.
    pub digest: String,
}

/// A line of a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Its number.
    pub number: String,
    /// What is voted on, or asked.
    pub text: String,
}

impl View for Ballot {
    const SHEET: Sheet = Sheet::Ballot;

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
