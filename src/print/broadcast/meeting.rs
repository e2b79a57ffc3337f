//! What is said of a meeting that was held.

use super::matter::met;
use super::words::Speaker;
use super::{Paragraph, Sentence};
use crate::language::{Text, plural, spoken};
use crate::record::choice::Outcome;
use crate::record::meeting::{Item, Meeting};

/// Writes what is said twice; `None` before the meeting was held, and before anything came of its items.
pub(super) fn body(speaker: &Speaker) -> Option<Vec<Paragraph>> {
    let edition = speaker.scribe.edition;
    let meeting = edition.register.get(speaker.ix).meeting()?;
    if meeting.date > edition.as_of || meeting.items.iter().all(|item| item.outcome.is_none()) {
        return None;
    }
    let year = Some(meeting.date.year());
    let mut opening = speaker.quote("会议名称是：", "The meeting: ", &speaker.scribe.title(speaker.ix));
    opening.push(met(speaker, speaker.ix, meeting.items.iter().any(Item::is_voted)));
    opening.extend(where_and_when(speaker, meeting));
    opening.extend(speaker.attendance(speaker.ix));
    opening.push(number_of_items(speaker, meeting));
    let mut objection = speaker.posting(year);
    objection.extend(speaker.objection());
    let items = meeting.items.iter().enumerate().map(|(index, item)| tell(speaker, index, item));
    Some([opening].into_iter().chain(items).chain([speaker.findings(), objection]).collect())
}

/// Says the time and the place.
fn where_and_when(speaker: &Speaker, meeting: &Meeting) -> Paragraph {
    let language = speaker.language();
    let time = meeting.time.as_ref().map(|time| match &time.to {
        Some(to) => spoken::hours(&format!("{}—{to}", time.from), language),
        None => spoken::hours(&time.from, language),
    });
    let time = time.map(|time| speaker.said(&Text::new(format!("时间是{time}。"), format!("The time: {time}."))));
    let venue = meeting.venue.as_ref().map(|venue| speaker.quote("地点在", "The place: ", venue));
    time.into_iter().chain(venue.into_iter().flatten()).collect()
}

/// Says how many items there were.
fn number_of_items(speaker: &Speaker, meeting: &Meeting) -> Sentence {
    let n = meeting.items.len() as u64;
    let words = speaker.counted(n);
    speaker.said(&Text::new(
        format!("会议有{words}项议题。"),
        format!("There {} {words} {}.", plural(n, "was", "were"), plural(n, "item", "items")),
    ))
}

/// Says one item: the motion, the vote, what came of it.
fn tell(speaker: &Speaker, index: usize, item: &Item) -> Paragraph {
    let language = speaker.language();
    let (zh, en) = (
        format!("{}项：", spoken::ordinal(item.no, crate::language::Language::Chinese)),
        format!("Item {}: ", spoken::number(item.no, language)),
    );
    let mut said = speaker.quote(&zh, &en, speaker.wording(&item.motion, item.motion_en.as_ref()));
    if let Some(amended) = &item.amended {
        said.extend(speaker.quote("会上作了修改：", "It was amended in the meeting: ", amended));
    }
    said.extend(speaker.vote(speaker.ix, index, item));
    if let Some(note) = item.note.as_ref().filter(|_| item.outcome != Some(Outcome::Passed)) {
        said.extend(speaker.quote("说明：", "Note: ", note));
    }
    said
}
