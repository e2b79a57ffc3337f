//! Parts that several sheets share.

use jiff::civil::Date;
use serde::Serialize;

use crate::site::view::{Bar, Met, StepState, Tone};

/// What a document says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// The title of the document, on one line.
    pub title: String,
    /// Who publishes it.
    pub author: String,
    /// Words by which it is found: kind, place, category, number, id.
    pub keywords: Vec<String>,
    /// Its day: of the record, or the day of the edition; never the clock's.
    pub date: Option<Day>,
    /// The tag of its language (`zh`, `en`).
    pub lang: &'static str,
    /// The region of its language (`cn`, `gb`).
    pub region: &'static str,
    /// The record that messages name (its id), or the place and the period.
    pub record: String,
    /// How many pages it may take.
    pub pages: Pages,
}

/// A day, as a template makes a date of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: i8,
    /// The day, from 1.
    pub day: i8,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }
}

/// How many pages a sheet may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pages {
    /// One; more is an error.
    One,
    /// As many as it needs.
    Many,
}

/// The way to the record online.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Online {
    /// The whole address; empty where the site has none (no `base_url`).
    pub url: String,
    /// The QR code of the address as an SVG drawing; empty where there is none.
    pub qr: String,
    /// What the code is, for those who cannot see it; or, without one, where the record can be read instead.
    pub words: String,
}

/// The place for the seal: always left empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seal {
    /// Who seals.
    pub office: String,
    /// The day, in words.
    pub date: String,
}

/// An office that can be asked or told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// Its name.
    pub office: String,
    /// Its telephone; may be empty.
    pub telephone: String,
    /// Its address; may be empty.
    pub address: String,
    /// Its hours; may be empty.
    pub hours: String,
}

/// A posting period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Posting {
    /// From when to when (`2026年3月18日至4月2日`).
    pub dates: String,
    /// How many days, with the unit.
    pub days: String,
    /// The ways (`广播、公开栏、网站`); may be empty.
    pub ways: String,
}

/// A step of the procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its number, from 1.
    pub number: String,
    /// Its title.
    pub title: String,
    /// How far it has come.
    pub state: StepState,
    /// The state in words.
    pub state_words: String,
    /// Its days in short; empty where it has none.
    pub date: String,
}

/// The vote on one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoteRow {
    /// The number of the item.
    pub number: String,
    /// What was put to the vote.
    pub motion: String,
    /// Votes for, against, abstentions, invalid and not cast, written out; empty where no vote was taken.
    pub votes: Option<VoteCounts>,
    /// How it was voted (`无记名投票`); may be empty.
    pub ballot: String,
    /// The outcome in words.
    pub outcome: String,
    /// How the outcome looks.
    pub tone: Tone,
    /// The arithmetic in words; empty where no rule asks for a majority.
    pub arithmetic: String,
    /// Whether the threshold is met.
    pub met: Option<Met>,
    /// The picture of the vote with its threshold.
    pub bar: Option<Bar>,
}

/// The numbers of a vote, written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoteCounts {
    /// Votes for.
    pub r#for: String,
    /// Votes against.
    pub against: String,
    /// Abstentions.
    pub abstain: String,
    /// Invalid ballots and ballots not cast; `0` where there are none.
    pub invalid: String,
}

/// A label and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is about.
    pub label: String,
    /// What it says.
    pub text: String,
}
