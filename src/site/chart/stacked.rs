//! Stacked bars: each name a whole, each series a part of it.

use super::svg::{NARROW, Picture, Side, WHOLE, cut, scaled, width};
use super::{Caption, Chart, Data, Fill};

const NAME: u64 = 150;
const BAR: u64 = 190;
const GAP: u64 = 60;

/// Draws a bar of the whole width for each name; parts too small for their number are told by the key and the table.
pub fn stacked(caption: &Caption, data: &Data) -> Chart {
    if data.names.is_empty() {
        return super::chart(caption, data, None);
    }
    // One bar needs no name: the title says it.
    let head = if data.names.len() > 1 { NAME } else { 0 };
    let group = head + BAR + GAP;
    let mut picture = Picture::new(group * data.names.len() as u64 - GAP);
    for (n, name) in data.names.iter().enumerate() {
        let top = group * n as u64;
        if head > 0 {
            picture.text("", (0, top + 110), Side::Start, &cut(&name.text, NARROW));
        }
        bar(&mut picture, data, n, top + head);
    }
    let mut chart = super::chart(caption, data, Some(&picture));
    for (key, series) in chart.keys.iter_mut().zip(&data.series).filter(|_| data.names.len() == 1) {
        let value = series.values.first().and_then(Option::as_ref);
        key.text = format!("{} {}", key.text, value.map_or("", |value| value.text.as_str()));
    }
    chart
}

/// Draws one bar: the parts, then their numbers, so that no part covers a number.
fn bar(picture: &mut Picture, data: &Data, n: usize, y: u64) {
    let parts = data.series.iter().enumerate().filter_map(|(at, series)| Some((series.fill, data.at(at, n)?)));
    let parts: Vec<_> = parts.filter(|(_, value)| value.n > 0).collect();
    let whole = parts.iter().fold(0_u64, |sum, (_, value)| sum.saturating_add(value.n));
    if whole == 0 {
        picture.rect("c5", "", (0, y), (WHOLE, BAR));
        return picture.text("cs", (WHOLE / 2, y + 130), Side::Middle, "0");
    }
    let mut before = 0_u64;
    let mut texts = Vec::new();
    for (fill, value) in parts {
        let (from, to) = (scaled(before, whole, WHOLE), scaled(before.saturating_add(value.n), whole, WHOLE));
        picture.rect(&format!("c{} sg", fill.number()), fill.pattern(), (from, y), (to - from, BAR));
        // A number and a little room on both sides, on the narrowest screen.
        if scaled(width(&value.text) + 80, NARROW, WHOLE) <= to - from {
            texts.push((fill, from.midpoint(to), value));
        }
        before = before.saturating_add(value.n);
    }
    for (fill, middle, value) in texts {
        let class = if fill == Fill::Open { "o5".to_owned() } else { format!("o{}", fill.number()) };
        picture.text(&format!("cv {class}"), (middle, y + 130), Side::Middle, &value.text);
    }
}
