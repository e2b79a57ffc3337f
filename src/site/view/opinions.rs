//! The page of a register of opinions.

use serde::{Deserialize, Serialize};

use super::{CountLink, Date, Fact, Finding, Head, Laid, Link, NotShown, Tag};

/// The page of a register of opinions: what became of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionsPage {
    /// The top.
    pub head: Head,
    /// How many ended in which way; the link leads to the first of them.
    pub outcomes: Vec<CountLink>,
    /// Every opinion.
    pub items: Vec<Opinion>,
    /// The facts beside the text.
    pub facts: Laid<Fact>,
    /// Departures from the procedure.
    pub findings: Vec<Finding>,
    /// The departures in words; empty where there are none.
    pub findings_words: String,
    /// Rules that lack their evidence.
    pub not_shown: Vec<NotShown>,
    /// How many rules were kept; may be empty.
    pub rules_words: String,
}

/// One opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// The anchor (`opinion-1`).
    pub id: String,
    /// Its number.
    pub number: String,
    /// When it was heard.
    pub date: Option<Date>,
    /// How (`入户走访`).
    pub channel: String,
    /// By whom (`村民代表`); may be empty.
    pub heard_by: String,
    /// Its category; may be empty.
    pub category: String,
    /// The language of the category, where it differs from the page's.
    pub category_lang: Option<String>,
    /// What it says.
    pub text: String,
    /// The language of text and reason, where it differs from the page's.
    pub lang: Option<String>,
    /// What became of it.
    pub outcome: Tag,
    /// Why, or the answer; may be empty.
    pub reason: String,
    /// The matter that took it up.
    pub matter: Option<Link>,
}
