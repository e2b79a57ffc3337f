//! Facts: what one record, or one part of it, adds to one measure.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::measure::Measure;
use crate::edition::Edition;
use crate::register::RecordIx;

/// Where in its record a fact stands; written out only when it is asked for, since a city has hundreds of thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub(super) enum Spot {
    /// The record itself.
    Whole,
    /// An element of its list of items.
    Item(u16),
    /// A key.
    Key(Key),
    /// An element of one of its lists.
    Element(Key, u16),
    /// A step of a matter, by its place in the file.
    Step(u8),
    /// A key of a step.
    StepKey(u8, Key),
    /// An element of a list of a step.
    StepElement(u8, Key, u16),
    /// What a finding points at, by its place in the verdict.
    Finding(u16),
}

/// The keys that facts stand at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub(super) enum Key {
    Answered,
    Channels,
    Closing,
    Due,
    Entitled,
    Expenditure,
    Income,
    Level,
    Members,
    Present,
    Publicised,
    Reports,
    Survey,
    Tasks,
    Workflows,
}

impl Key {
    fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Channels => "channels",
            Self::Closing => "closing",
            Self::Due => "due",
            Self::Entitled => "entitled",
            Self::Expenditure => "expenditure",
            Self::Income => "income",
            Self::Level => "level",
            Self::Members => "members",
            Self::Present => "present",
            Self::Publicised => "publicised",
            Self::Reports => "reports",
            Self::Survey => "survey",
            Self::Tasks => "tasks",
            Self::Workflows => "workflows",
        }
    }
}

impl Spot {
    /// Writes the path, keys canonical (`steps.implement.tasks[0]`); empty for the record itself.
    fn path(self, edition: &Edition, ix: RecordIx) -> String {
        let record = edition.register.get(ix);
        let step = |n: u8| record.matter().and_then(|matter| matter.steps.get(usize::from(n))).map_or("", |(id, _)| id.as_str());
        match self {
            Self::Whole => String::new(),
            Self::Item(n) => format!("items[{n}]"),
            Self::Key(key) => key.name().to_owned(),
            Self::Element(key, n) => format!("{}[{n}]", key.name()),
            Self::Step(n) => format!("steps.{}", step(n)),
            Self::StepKey(n, key) => format!("steps.{}.{}", step(n), key.name()),
            Self::StepElement(n, key, at) => format!("steps.{}.{}[{at}]", step(n), key.name()),
            Self::Finding(n) => {
                let finding = edition.verdict(ix).and_then(|verdict| verdict.findings.get(usize::from(n)));
                finding.map(|finding| finding.path.clone()).unwrap_or_default()
            }
        }
    }
}

/// What one record, or one part of it, adds to one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The measure.
    pub measure: Measure,
    /// The number of its part among those of the measure, from 1; 0 where the measure is not split.
    pub(super) member: u16,
    /// The number of the area that the record is filed in.
    pub(super) area: u32,
    /// The day on which it counts.
    pub date: Date,
    /// The record.
    pub record: RecordIx,
    pub(super) spot: Spot,
    /// What it adds: 1 for a thing, a number of people, days, or an amount of money.
    pub amount: Decimal,
}

impl Fact {
    /// Returns where it stands in its record, keys canonical (`items[2]`); empty for the record itself.
    pub fn path(&self, edition: &Edition) -> String {
        self.spot.path(edition, self.record)
    }

    /// The order of facts: those of a measure and an area together, by day.
    pub(super) fn order(&self) -> (Measure, u32, Date, RecordIx, Spot, u16, Decimal) {
        (self.measure, self.area, self.date, self.record, self.spot, self.member, self.amount)
    }
}
