//! Bars, one below the other: the name above, the number at the end of each.

use super::svg::{NARROW, Picture, Side, WHOLE, cut, scaled, width};
use super::{Caption, Chart, Data};

/// The height of a name, of a bar, and of the room below each group, in hundredths of the text's size.
const NAME: u64 = 150;
const BAR: u64 = 125;
const GAP: u64 = 45;
/// The longest bar is left at least this much room for a number beside it, and no number takes more than the other.
const ROOM: (u64, u64) = (1_400, 6_000);

/// Draws bars from nought to the largest number.
pub fn bars(caption: &Caption, data: &Data) -> Chart {
    if data.names.is_empty() {
        return super::chart(caption, data, None);
    }
    let group = NAME + BAR * data.series.len() as u64 + GAP;
    let mut picture = Picture::new(group * data.names.len() as u64);
    let longest = WHOLE - room(data);
    let largest = data.largest();
    for (n, name) in data.names.iter().enumerate() {
        let top = group * n as u64;
        picture.text("", (0, top + 110), Side::Start, &cut(&name.text, NARROW));
        for (at, series) in data.series.iter().enumerate() {
            let Some(value) = data.at(at, n) else { continue };
            let y = top + NAME + BAR * at as u64;
            let length = scaled(value.n, largest, longest);
            if value.n > 0 {
                let class = format!("c{}", series.fill.number());
                picture.rect(&class, series.fill.pattern(), (0, y), (length, BAR - 20));
            }
            let class = if at == 0 { "cv" } else { "cs" };
            picture.text_beside(class, (length, y + 90), 40, Side::Start, &value.text);
        }
        picture.line("cx", (0, top + NAME - 10), (0, top + group - GAP));
    }
    super::chart(caption, data, Some(&picture))
}

/// Returns how much of the width the longest number takes on the narrowest screen, with its gap.
fn room(data: &Data) -> u64 {
    let texts = data.series.iter().flat_map(|series| &series.values).flatten();
    let widest = texts.map(|value| width(&value.text)).max().unwrap_or(0) + 60;
    scaled(widest, NARROW, WHOLE).clamp(ROOM.0, ROOM.1)
}
