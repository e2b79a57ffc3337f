//! The page of a finance statement.

use serde::{Deserialize, Serialize};

use super::{Attachment, Date, Fact, Finding, Head, Laid, Link, Met, NotShown, Posting, Prose, Related};

/// The page of a finance statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinancePage {
    /// The top.
    pub head: Head,
    /// The balance in words (`期初 182,340.50 + 收入 76,000.00 − 支出 13,800.00 = 期末 244,540.50`).
    pub equation: String,
    /// Whether the balance holds.
    pub balanced: Met,
    /// Opening, income, expenditure, closing.
    pub totals: Vec<Total>,
    /// Income and expenditure.
    pub sections: Vec<Ledger>,
    /// Period, currency, who verified it and when, the day of publication.
    pub facts: Laid<Fact>,
    /// The text of the record.
    pub body: Prose,
    /// The files that it links to.
    pub files: Vec<Attachment>,
    /// The posting period.
    pub posting: Option<Posting>,
    /// Departures from the procedure.
    pub findings: Vec<Finding>,
    /// The departures in words; empty where there are none.
    pub findings_words: String,
    /// Rules that lack their evidence.
    pub not_shown: Vec<NotShown>,
    /// How many rules were kept; may be empty.
    pub rules_words: String,
    /// Inquiries about it, statements before and after.
    pub related: Vec<Related>,
}

/// One of the four numbers of the balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// What it is.
    pub label: String,
    /// The amount (`182,340.50`).
    pub amount: String,
    /// The sign before it in the equation: `""`, `"+"`, `"−"`, `"="`.
    pub sign: String,
    /// The amount's share of the largest of the four, in percent with one decimal.
    pub width: String,
}

/// Income or expenditure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// `收入` or `支出`.
    pub title: String,
    /// The entries.
    pub entries: Vec<Entry>,
    /// The sum.
    pub total: String,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The anchor (`expenditure-2`).
    pub id: String,
    /// When.
    pub date: Option<Date>,
    /// What for.
    pub item: String,
    /// The language of item and basis, where it differs from the page's.
    pub lang: Option<String>,
    /// On what basis; may be empty.
    pub basis: String,
    /// The record that it belongs to (a matter, an inquiry).
    pub link: Option<Link>,
    /// The amount.
    pub amount: String,
}
