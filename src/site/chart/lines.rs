//! Lines over time, with gaps where there is no number.

use super::svg::{NARROW, Picture, Side, WHOLE, WIDE, scaled, width};
use super::{Caption, Chart, Data, Series};

/// The room above the plot, the plot, and the room below it, in hundredths of the text's size.
const ABOVE: u64 = 200;
const PLOT: u64 = 1_100;
const BELOW: u64 = 170;
/// What is left free at the right.
const RIGHT: u64 = 300;

/// The axis of the numbers.
#[derive(Debug, Clone, Default)]
pub struct Axis {
    /// How many decimals the whole numbers of the data carry: 1 for tenths of a percent.
    pub decimals: u32,
    /// The end of the axis, such as 1000 for shares; the largest number where absent.
    pub top: Option<u64>,
}

/// Where things stand in the plot.
struct Plot {
    left: u64,
    top: u64,
    points: u64,
}

impl Plot {
    /// Returns where a point stands across.
    fn x(&self, point: u64) -> u64 {
        self.left + (2 * point + 1) * (WHOLE - RIGHT - self.left) / (2 * self.points)
    }

    /// Returns where a number stands, from above.
    fn y(&self, n: u64) -> u64 {
        ABOVE + PLOT - scaled(n.min(self.top), self.top, PLOT)
    }

    /// Returns every how many points a text of a width can stand, in a picture of a width.
    fn every(&self, text: u64, picture: u64) -> u64 {
        let step = (WHOLE - RIGHT - self.left) * picture / WHOLE;
        ((text + 50) * self.points).div_ceil(step.max(1)).max(1)
    }
}

/// Draws one line a series over the names; the first has its numbers beside its points.
pub fn lines(caption: &Caption, data: &Data, axis: &Axis) -> Chart {
    if data.names.is_empty() {
        return super::chart(caption, data, None);
    }
    let ticks = ticks(axis.top.unwrap_or_else(|| data.largest()), 10_u64.pow(axis.decimals.min(6)));
    let labels: Vec<String> = ticks.iter().map(|tick| written(*tick, axis.decimals)).collect();
    let widest = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let top = ticks.last().copied().unwrap_or(1).max(1);
    let left = scaled(widest + 50, NARROW, WHOLE).min(4_000);
    let plot = Plot { left, top, points: data.names.len() as u64 };
    let mut picture = Picture::new(ABOVE + PLOT + BELOW);
    for (tick, label) in ticks.iter().zip(&labels) {
        let y = plot.y(*tick);
        picture.line(if *tick == 0 { "cx" } else { "cg" }, (left, y), (WHOLE, y));
        picture.text("cs", (left, y + 35), Side::End, &format!("{label} "));
    }
    names(&mut picture, &plot, data);
    for series in data.series.iter().rev() {
        line(&mut picture, &plot, series);
    }
    numbers(&mut picture, &plot, data);
    super::chart(caption, data, Some(&picture))
}

/// Writes the names below the plot: the last one, and as many before it as there is room for; on a phone fewer.
fn names(picture: &mut Picture, plot: &Plot, data: &Data) {
    let widest = data.names.iter().map(|name| width(&name.text)).max().unwrap_or(0);
    for (n, name) in data.names.iter().enumerate() {
        if let Some(class) = shown(plot, n as u64, widest) {
            picture.text(&format!("cs{class}"), (plot.x(n as u64), ABOVE + PLOT + 130), Side::Middle, &name.text);
        }
    }
}

/// Returns the class of a text at a point: ` ph` where a phone has no room for it; `None` where no screen has.
fn shown(plot: &Plot, point: u64, widest: u64) -> Option<&'static str> {
    let wide = plot.every(widest, WIDE);
    let narrow = plot.every(widest, NARROW).next_multiple_of(wide);
    let from_last = plot.points - 1 - point;
    if !from_last.is_multiple_of(wide) {
        return None;
    }
    Some(if from_last.is_multiple_of(narrow) { "" } else { " ph" })
}

/// Draws a line from number to number; a point without one interrupts it.
fn line(picture: &mut Picture, plot: &Plot, series: &Series) {
    let at = |n: usize| series.values.get(n).and_then(Option::as_ref).map(|value| (plot.x(n as u64), plot.y(value.n)));
    let class = format!("l{}", series.fill.number());
    for n in 1..series.values.len() {
        if let Some((from, to)) = at(n - 1).zip(at(n)) {
            picture.line(&class, from, to);
        }
    }
    for point in (0..series.values.len()).filter_map(at) {
        picture.dot(&format!("mk c{}", series.fill.number()), point);
    }
}

/// Writes the numbers of the first series, above its points; below where another line runs close above.
fn numbers(picture: &mut Picture, plot: &Plot, data: &Data) {
    let Some(first) = data.series.first() else { return };
    let widest = first.values.iter().flatten().map(|value| width(&value.text)).max().unwrap_or(0);
    for (n, value) in first.values.iter().enumerate() {
        let Some((value, class)) = value.as_ref().zip(shown(plot, n as u64, widest)) else { continue };
        let y = plot.y(value.n);
        let crowded = (1..data.series.len()).filter_map(|series| data.at(series, n)).any(|other| {
            let above = plot.y(other.n);
            other.n > value.n && y - above < 190
        });
        let room = y + 140 < ABOVE + PLOT;
        let y = if crowded && room { y + 130 } else { y - 60 };
        picture.text(&format!("cv{class}"), (plot.x(n as u64), y), Side::Middle, &value.text);
    }
}

/// Returns round numbers from 0 to the first one that is not below `largest`: steps of 1, 2 or 5 times a power of ten, at
/// least `unit` each, five of them at most.
fn ticks(largest: u64, unit: u64) -> Vec<u64> {
    let mut step = u128::from(unit);
    let mut turn = 0;
    while step * 5 < u128::from(largest) {
        // 1 → 2 → 5 → 10
        step = if turn % 3 == 1 { step / 2 * 5 } else { step * 2 };
        turn += 1;
    }
    let count = u128::from(largest).div_ceil(step).max(1);
    (0..=count).map(|n| u64::try_from(n * step).unwrap_or(u64::MAX)).collect()
}

/// Writes a number of the axis.
fn written(tick: u64, decimals: u32) -> String {
    let unit = 10_u64.pow(decimals.min(6));
    crate::language::number(tick / unit, crate::language::Language::Chinese)
}
