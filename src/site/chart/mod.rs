//! Charts as inline SVG, drawn when the site is built: bars, stacked bars, lines, a funnel, a heat map.
//!
//! Pure: exact whole numbers in, a [`view::Chart`](super::view::Chart) out. Across, geometry is in hundredths of a percent of the
//! width; down, in hundredths of the size of the text. So text keeps its size on a phone and grows with the reader's, and nothing
//! depends on how a machine writes fractions. Colours are classes of the theme's second style sheet; every fill but the first
//! also has a hatching of its own. A picture is for the eye alone: its description and the table under it say the same.

mod bars;
mod funnel;
mod heat;
mod lines;
mod stacked;
mod svg;
#[cfg(test)]
mod tests;

pub use bars::bars;
pub use funnel::funnel;
pub use heat::{Cell, heat};
pub use lines::{Axis, lines};
pub use stacked::stacked;

use super::view::{Chart, ChartKey, ChartRow, Link};

/// What stands around a picture.
#[derive(Debug, Clone, Default)]
pub struct Caption {
    /// The anchor, unique on its page (`chart-funnel`).
    pub id: String,
    /// What the chart shows.
    pub title: String,
    /// Unit, period and definition in one line; may be empty.
    pub note: String,
    /// The heading of the table's first column.
    pub first: String,
    /// What stands between words of a list (`、`, `, `).
    pub separator: String,
    /// What stands after a name and before its value (`：`, `: `).
    pub colon: String,
    /// What stands for a number that is not there (`–`).
    pub nothing: String,
}

/// How a series looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The colour of the site, plain.
    First,
    /// The second colour, hatched.
    Second,
    /// The third, dotted.
    Third,
    /// The fourth, hatched the other way.
    Fourth,
    /// What is still to come: empty, with an outline.
    Open,
    /// What is compared with, such as the year before: grey, hatched.
    Before,
}

impl Fill {
    /// Returns the number in its classes.
    pub fn number(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
            Self::Fourth => 4,
            Self::Open => 5,
            Self::Before => 6,
        }
    }

    /// Returns the pattern laid over it; empty for none.
    pub fn pattern(self) -> &'static str {
        match self {
            Self::First | Self::Open => "",
            Self::Second | Self::Before => "hatch",
            Self::Third => "dots",
            Self::Fourth => "hatch-back",
        }
    }
}

/// A number with how it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Value {
    /// The number, in units of its own: for shares tenths of a percent.
    pub n: u64,
    /// As it is written, with its unit where the chart's note has none.
    pub text: String,
}

/// Numbers of one kind, one for each name.
#[derive(Debug, Clone)]
pub struct Series {
    /// What they are.
    pub name: String,
    /// How they look.
    pub fill: Fill,
    /// The numbers; absent where there is none (which is not 0).
    pub values: Vec<Option<Value>>,
}

/// Names down the side, and the numbers of each.
#[derive(Debug, Clone, Default)]
pub struct Data {
    /// The names; those with an address are links in the table.
    pub names: Vec<Link>,
    /// The numbers.
    pub series: Vec<Series>,
}

impl Data {
    /// Returns the largest number, 0 where there is none.
    fn largest(&self) -> u64 {
        self.series.iter().flat_map(|series| &series.values).flatten().map(|value| value.n).max().unwrap_or(0)
    }

    /// Returns the number of a series at a name.
    fn at(&self, series: usize, name: usize) -> Option<&Value> {
        self.series.get(series)?.values.get(name)?.as_ref()
    }
}

/// The most values that a description names; the table has them all.
const DESCRIBED: usize = 36;

/// Puts a picture of data together with its description, key and table.
fn chart(caption: &Caption, data: &Data, picture: Option<&svg::Picture>) -> Chart {
    let keyed = data.series.len() > 1;
    Chart {
        id: caption.id.clone(),
        title: caption.title.clone(),
        note: caption.note.clone(),
        svg: picture.map(|picture| picture.finish(&caption.id, &caption.title, &description(caption, data))).unwrap_or_default(),
        keys: data.series.iter().filter(|_| keyed).map(key).collect(),
        first: caption.first.clone(),
        columns: data.series.iter().map(|series| series.name.clone()).collect(),
        rows: data.names.iter().enumerate().map(|(n, name)| row(caption, data, n, name)).collect(),
    }
}

/// Makes the entry of a series in the key.
fn key(series: &Series) -> ChartKey {
    ChartKey { fill: series.fill.number().to_string(), pattern: series.fill.pattern().to_owned(), text: series.name.clone() }
}

/// Makes a row of the table.
fn row(caption: &Caption, data: &Data, n: usize, name: &Link) -> ChartRow {
    let cell = |series: usize| data.at(series, n).map_or(caption.nothing.clone(), |value| value.text.clone());
    ChartRow { name: name.clone(), cells: (0..data.series.len()).map(cell).collect() }
}

/// Says in words what a picture shows: each series with its values by name.
fn description(caption: &Caption, data: &Data) -> String {
    let mut words = Vec::new();
    for series in &data.series {
        let values = series.values.iter().zip(&data.names).filter_map(|(value, name)| Some((name, value.as_ref()?)));
        let values: Vec<String> = values.take(DESCRIBED).map(|(name, value)| format!("{} {}", name.text, value.text)).collect();
        if !values.is_empty() {
            words.push(format!("{}{}{}", series.name, caption.colon, values.join(&caption.separator)));
        }
    }
    [vec![caption.note.clone()], words].concat().into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
