//! A place's period at a glance, for the board.

use serde::Serialize;

use super::{Contact, Meta, Online, Seal, View};
use crate::print::Sheet;
use crate::site::view::{StepState, Tone};

/// A place's period at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Poster {
    /// What the document says of itself.
    pub meta: Meta,
    /// The place.
    pub place: String,
    /// The title below it (`2026 年第三季度公开看板`).
    pub title: String,
    /// The days and the day of the data.
    pub lead: String,
    /// The key figures.
    pub figures: Vec<Big>,
    /// The way from opinions to what is done, as bars.
    pub funnel: Option<Bars>,
    /// What became of the opinions, as one bar.
    pub outcomes: Option<Parts>,
    /// The year by month.
    pub months: Vec<Months>,
    /// Income, expenditure and balance, a currency each.
    pub finance: Vec<Money>,
    /// What is said in place of the finance where there is none.
    pub finance_none: String,
    /// The matters under way.
    pub under_way: Matters,
    /// What is overdue, what is due.
    pub due: Dues,
    /// Departures from the procedure.
    pub findings: Findings,
    /// Where one can object.
    pub objection: Option<Contact>,
    /// Where one can ask.
    pub contact: Option<Contact>,
    /// The place for the seal.
    pub seal: Seal,
    /// The statistics online.
    pub online: Online,
    /// The digest of the poster in short form.
    pub digest: String,
    /// The day of the data.
    pub as_of: String,
}

/// A key figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Big {
    /// What it is.
    pub label: String,
    /// The number.
    pub value: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// Both numbers of a share in words; empty for others.
    pub of: String,
    /// How it differs from the year before; may be empty.
    pub change: String,
}

/// Bars beside each other's names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bars {
    /// What they show.
    pub title: String,
    /// How they are counted.
    pub note: String,
    /// The bars.
    pub rows: Vec<BarRow>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarRow {
    /// What it is.
    pub name: String,
    /// The number with its unit.
    pub value: String,
    /// Its share of the longest, in percent with one decimal.
    pub width: String,
}

/// The parts of a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// What they show.
    pub title: String,
    /// The whole in words.
    pub note: String,
    /// The parts.
    pub parts: Vec<Piece>,
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What it is.
    pub name: String,
    /// Its number, with its percentage.
    pub value: String,
    /// Its share of the whole, in percent with one decimal.
    pub width: String,
    /// The number of its fill, 1 to 5; each is told from the others in black and white.
    pub fill: u8,
}

/// A measure month by month, beside the year before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Months {
    /// What it shows.
    pub title: String,
    /// The unit.
    pub unit: String,
    /// The name of this year's bars.
    pub now: String,
    /// The name of the bars of the year before; empty where there are none.
    pub before: String,
    /// The months.
    pub months: Vec<Month>,
}

/// A month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Its name.
    pub name: String,
    /// Whether it lies in the period of the poster.
    pub shown: bool,
    /// The number.
    pub now: String,
    /// Its share of the highest of all, in percent with one decimal.
    pub height: String,
    /// The number of the year before; empty where there is none.
    pub before: String,
    /// Its share of the highest of all.
    pub before_height: String,
}

/// Income, expenditure and balance in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Money {
    /// The currency.
    pub unit: String,
    /// Opening balance where it is known, income, expenditure, balance.
    pub rows: Vec<MoneyRow>,
    /// The arithmetic in words; empty where the opening balance is not known.
    pub equation: String,
}

/// One amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MoneyRow {
    /// The sign before it: `""`, `+`, `−`, `=`.
    pub sign: String,
    /// What it is.
    pub label: String,
    /// The amount.
    pub amount: String,
    /// Its share of the largest, in percent with one decimal.
    pub width: String,
    /// How it differs from the year before; may be empty.
    pub change: String,
    /// The number of its fill.
    pub fill: u8,
}

/// The matters under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matters {
    /// How many there are, in words.
    pub lead: String,
    /// The first of them.
    pub rows: Vec<Matter>,
    /// How many are left out, in words; may be empty.
    pub more: String,
}

/// A matter under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matter {
    /// Its title.
    pub title: String,
    /// Its place, where it is another than that of the poster.
    pub place: String,
    /// How far each of its steps has come.
    pub steps: Vec<StepState>,
    /// The step that it is at, in words.
    pub progress: String,
    /// Its state.
    pub state: String,
    /// How the state looks.
    pub tone: Tone,
    /// Until when its result is posted; may be empty.
    pub posted: String,
}

/// What is overdue and what is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dues {
    /// How many things are overdue and due, in words.
    pub lead: String,
    /// The first of them, what is overdue on top.
    pub rows: Vec<Due>,
    /// How many are left out, in words; may be empty.
    pub more: String,
}

/// Something overdue or due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// What it is.
    pub what: String,
    /// To which record or period it belongs, in which place, who has to do it; may be empty.
    pub about: String,
    /// The day.
    pub day: String,
    /// By how many days it is overdue; else empty.
    pub days: String,
    /// Its state.
    pub state: String,
    /// How the state looks.
    pub tone: Tone,
}

/// Departures from the procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// How many there are, in words.
    pub lead: String,
    /// The first of them.
    pub rows: Vec<Finding>,
    /// How many are left out, in words; may be empty.
    pub more: String,
}

/// A departure from the procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The record.
    pub record: String,
    /// Its place and day; may be empty.
    pub about: String,
    /// What departs.
    pub message: String,
}

impl View for Poster {
    const SHEET: Sheet = Sheet::Poster;

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
