//! A heat map: names down, periods across, each cell shaded by its number or marked by its state.

use super::svg::{NARROW, Picture, Side, WHOLE, cut, scaled, width};
use super::{Caption, Chart, Data, Series, Value};
use crate::site::view::{Link, Tone};

const NAME: u64 = 150;
const CELL: u64 = 180;
const GAP: u64 = 40;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing was due, or there is no number.
    Nothing,
    /// A number; the darkest shade is the largest of the map.
    Number(Value),
    /// A state, with its word; drawn as the theme's tags are: square, lozenge, disc, cross, ring.
    State(Tone, String),
}

/// Draws a map. `columns` are the periods, and each row has one cell a column.
pub fn heat(caption: &Caption, columns: &[String], rows: &[(Link, Vec<Cell>)]) -> Chart {
    let data = table(columns, rows);
    if rows.is_empty() || columns.is_empty() {
        return super::chart(caption, &data, None);
    }
    let group = NAME + CELL + GAP;
    let mut picture = Picture::new(NAME + group * rows.len() as u64);
    let count = columns.len() as u64;
    let x = |column: usize| WHOLE * column as u64 / count;
    let most = NARROW / count;
    for (n, column) in columns.iter().enumerate() {
        let every = (width(column) + 30).div_ceil(most.max(1)) as usize;
        let class = if n.is_multiple_of(every.max(1)) { "cs" } else { "cs ph" };
        picture.text(class, (x(n) + WHOLE / count / 2, 110), Side::Middle, column);
    }
    let largest = data.largest();
    for (n, (name, cells)) in rows.iter().enumerate() {
        let top = NAME + group * n as u64;
        picture.text("", (0, top + 110), Side::Start, &cut(&name.text, NARROW));
        for (at, cell) in cells.iter().enumerate().take(columns.len()) {
            draw(&mut picture, cell, largest, (x(at), top + NAME), (WHOLE / count, most));
        }
    }
    let mut chart = super::chart(caption, &data, Some(&picture));
    chart.keys.clear();
    chart
}

/// Writes the cells as the numbers of the table.
fn table(columns: &[String], rows: &[(Link, Vec<Cell>)]) -> Data {
    let value = |cell: Option<&Cell>| match cell? {
        Cell::Nothing => None,
        Cell::Number(value) => Some(value.clone()),
        Cell::State(_, word) => Some(Value { n: 0, text: word.clone() }),
    };
    let series = columns.iter().enumerate().map(|(n, name)| Series {
        name: name.clone(),
        fill: super::Fill::First,
        values: rows.iter().map(|(_, cells)| value(cells.get(n))).collect(),
    });
    Data { names: rows.iter().map(|(name, _)| name.clone()).collect(), series: series.collect() }
}

/// Draws a cell; `most` is its width on the narrowest screen, in hundredths of the text's size.
fn draw(picture: &mut Picture, cell: &Cell, largest: u64, (x, y): (u64, u64), (w, most): (u64, u64)) {
    let middle = (x + w / 2, y + CELL / 2);
    match cell {
        Cell::Nothing => picture.rect("hn", "", (x, y), (w, CELL)),
        Cell::Number(value) => {
            let shade = shade(value.n, largest);
            picture.rect(&format!("h{shade}"), "", (x, y), (w, CELL));
            let class = if shade > 2 { "on-d" } else { "on-h" };
            let phone = if width(&value.text) + 20 > most { " ph" } else { "" };
            picture.text(&format!("{class}{phone}"), (middle.0, middle.1 + 35), Side::Middle, &value.text);
        }
        Cell::State(tone, _) => {
            let (class, glyph) = match tone {
                Tone::Done => ("t-done", "■"),
                Tone::Run => ("t-run", "◆"),
                Tone::Act => ("t-act", "●"),
                Tone::Stop => ("t-stop", "✕"),
                Tone::Idle => ("t-idle", "○"),
            };
            picture.rect(&format!("hs s{class}"), "", (x, y), (w, CELL));
            picture.text(&format!("g{class}"), (middle.0, middle.1 + 35), Side::Middle, glyph);
        }
    }
}

/// Returns the shade of a number: 0 for nought, else 1 to 4 by quarters of the largest.
fn shade(n: u64, largest: u64) -> u64 {
    if n == 0 { 0 } else { scaled(n, largest, 400).div_ceil(100).clamp(1, 4) }
}
