//! Income, expenditure and balance of a period, for the board.

use serde::Serialize;

use super::{Contact, Line, Meta, Online, Seal, View};
use crate::print::Sheet;
use crate::site::view::Met;

/// The accounts of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finance {
    /// What the document says of itself.
    pub meta: Meta,
    /// The title (`柳河村 2026 年第三季度财务公开`).
    pub title: String,
    /// Place, period, currency, days of verification and publication.
    pub facts: Vec<Line>,
    /// Opening balance, income, expenditure, closing balance.
    pub balance: Vec<Amount>,
    /// The arithmetic of the balance in words.
    pub equation: String,
    /// Whether it holds.
    pub balanced: Met,
    /// Whether it holds, in words.
    pub balanced_words: String,
    /// Income, then expenditure.
    pub ledgers: Vec<Ledger>,
    /// Departures from the procedure, in words.
    pub findings: Vec<String>,
    /// Who verified the accounts.
    pub verified: Line,
    /// Where one can object.
    pub objection: Option<Contact>,
    /// The place for the seal.
    pub seal: Seal,
    /// The record online.
    pub online: Online,
    /// The digest of the record in short form.
    pub digest: String,
    /// The day of the data.
    pub as_of: String,
}

/// One of the four numbers of the balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// The sign before it: `""`, `+`, `−`, `=`.
    pub sign: String,
    /// What it is.
    pub label: String,
    /// The amount (`182,340.50`).
    pub amount: String,
    /// How many entries it adds up (`2 笔`); empty for balances.
    pub entries: String,
}

/// Income or expenditure, entry by entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// `收入` or `支出`.
    pub title: String,
    /// The entries in the order of the record.
    pub entries: Vec<Entry>,
    /// The sum with its label in the last row.
    pub total: String,
    /// What stands in place of entries where there are none.
    pub none: String,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its number, from 1.
    pub number: String,
    /// Its day, without the year where that is the year of the period.
    pub date: String,
    /// What for.
    pub item: String,
    /// Voucher, contract or decision, as the record has it; may be empty.
    pub basis: String,
    /// The matter or the inquiry that it belongs to; may be empty.
    pub about: String,
    /// The amount.
    pub amount: String,
    /// The sum of this entry and all before it, which is carried over to the next page.
    pub sum: String,
}

impl View for Finance {
    const SHEET: Sheet = Sheet::Finance;

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
