//! A funnel: stages one below the other, each bar centred, as wide as its number.

use super::svg::{NARROW, Picture, Side, WHOLE, cut, scaled, width};
use super::{Caption, Chart, Data};

const NAME: u64 = 150;
const BAR: u64 = 130;
const GAP: u64 = 45;

/// Draws the stages of the first series; a second series, such as shares of the stage before, is written beside the numbers.
pub fn funnel(caption: &Caption, data: &Data) -> Chart {
    if data.names.is_empty() {
        return super::chart(caption, data, None);
    }
    let group = NAME + BAR + GAP;
    let mut picture = Picture::new(group * data.names.len() as u64);
    let largest = data.series.first().map_or(0, |stages| stages.values.iter().flatten().map(|value| value.n).max().unwrap_or(0));
    for (n, name) in data.names.iter().enumerate() {
        let top = group * n as u64;
        let words = numbers(data, n);
        let left = NARROW.saturating_sub(width(&words) + 60);
        picture.text("", (0, top + 110), Side::Start, &cut(&name.text, left));
        picture.text("cv", (WHOLE, top + 110), Side::End, &words);
        let number = data.at(0, n).map_or(0, |value| value.n);
        let length = scaled(number, largest, WHOLE);
        picture.rect("c5", "", (0, top + NAME), (WHOLE, BAR));
        if number > 0 {
            picture.rect("c1", "", ((WHOLE - length) / 2, top + NAME), (length, BAR));
        }
    }
    let mut chart = super::chart(caption, data, Some(&picture));
    chart.keys.clear();
    chart
}

/// Writes the numbers of a stage (`3,576 · 18.5%`).
fn numbers(data: &Data, stage: usize) -> String {
    let values = (0..data.series.len()).filter_map(|series| data.at(series, stage)).map(|value| value.text.as_str());
    values.collect::<Vec<_>>().join(" · ")
}
