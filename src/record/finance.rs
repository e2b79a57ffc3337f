//! Typed records: income, expenditure and balance of a period.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::choice::Currency;
use super::common::Attachment;
use crate::calendar::Period;

/// Income, expenditure and balance of a period (财务).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finance {
    /// Title.
    pub title: Option<String>,
    /// Title in English.
    pub title_en: Option<String>,
    /// Period.
    pub period: Period,
    /// Currency; CNY if left out.
    pub currency: Option<Currency>,
    /// Opening balance.
    pub opening: Decimal,
    /// Income.
    pub income: Vec<FinanceEntry>,
    /// Expenditure.
    pub expenditure: Vec<FinanceEntry>,
    /// Closing balance.
    pub closing: Decimal,
    /// Verification before publication.
    pub verified_by: Option<Verification>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// One entry of income or expenditure (收支).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinanceEntry {
    /// Day.
    pub date: Date,
    /// What it is for.
    pub item: String,
    /// Basis: contract, decision or document.
    pub basis: Option<String>,
    /// The matter it belongs to.
    pub matter: Option<String>,
    /// Amount.
    pub amount: Decimal,
}

/// Who verified the accounts before publication (审核).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// Who verified.
    pub body: String,
    /// Day.
    pub date: Date,
}
