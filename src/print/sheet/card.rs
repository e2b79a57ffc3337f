//! The opinion card: of a matter, or blank for a place.

use crate::field::Kind;
use crate::print::view::{Card, Line, Pages};
use crate::record::choice::ConsultWay;
use crate::record::{Evidence, Matter};
use crate::register::RecordIx;
use crate::site::matter::motion;
use crate::site::{Page, Scribe};

use super::common::{contact_of, contact_words, meta, online};

/// Writes the card of a matter, or the blank card of a place.
pub(super) fn view(scribe: &Scribe, ix: RecordIx) -> Option<Card> {
    let record = scribe.edition.register.get(ix);
    let matter = record.matter();
    if matter.is_none() && record.kind != Kind::Area {
        return None;
    }
    let title = scribe.label("sheets.card.title");
    let name = matter.map(|_| scribe.title(ix)).unwrap_or_default();
    let of = if name.is_empty() { scribe.title(ix) } else { name.clone() };
    let document = format!("{title}{}{of}", scribe.labels.get("language.colon"));
    Some(Card {
        meta: meta(scribe, ix, &document, Pages::One),
        place: scribe.edition.register.area(&record.area).map(|area| scribe.title(area)).unwrap_or_default(),
        title,
        matter: name,
        motion: matter.and_then(|_| motion(scribe, ix)).unwrap_or_default(),
        choices: choices(scribe),
        hand_in: hand_in(scribe, &record.area, matter),
        online: matter.map(|_| online(scribe, &Page::Record(ix))).filter(|online| !online.qr.is_empty()),
    })
}

/// Writes the answers that an opinion can be.
pub(super) fn choices(scribe: &Scribe) -> Vec<String> {
    ["agree", "agree_with_changes", "disagree"].map(|key| scribe.label(&format!("sheets.common.{key}"))).to_vec()
}

/// Writes where and by when the card is handed in; what no record says is left to be filled in.
fn hand_in(scribe: &Scribe, area: &str, matter: Option<&Matter>) -> Vec<Line> {
    let office = contact_of(scribe, area).map(|office| contact_words(scribe, &office)).unwrap_or_default();
    let by = matter.and_then(|matter| deadline(matter, ConsultWay::Card)).map(|day| scribe.date(day).text).unwrap_or_default();
    let row = |key: &str, text: String| Line { label: scribe.label(&format!("sheets.card.{key}")), text };
    vec![row("hand_in", office), row("by", by)]
}

/// Returns the last day of one way of consultation.
pub(super) fn deadline(matter: &Matter, way: ConsultWay) -> Option<jiff::civil::Date> {
    matter.steps.iter().find_map(|(_, evidence)| match evidence {
        Evidence::Consult(ways) => ways.iter().find(|consulted| consulted.way == way)?.to,
        _ => None,
    })
}
