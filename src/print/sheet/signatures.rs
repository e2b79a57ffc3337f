//! The sheet that those present at a meeting sign.

use crate::print::view::{Line, Pages, SignPlace, SignatureSheet, SignedItem};
use crate::record::choice::Role;
use crate::record::delegates::Delegate;
use crate::record::meeting::{Item, Meeting};
use crate::register::RecordIx;
use crate::site::{Scribe, parts};

use super::common::{digest_words, english, line, meta, roster_of, vote_row};
use super::meeting::{body_name, entitled, facts};

/// The places on a sheet where nobody knows how many there are to be.
const USUAL: u64 = 40;
/// The most empty places: an assembly of a large village.
const MOST: u64 = 5000;

/// Writes the sheet of a meeting.
pub(super) fn view(scribe: &Scribe, ix: RecordIx) -> Option<SignatureSheet> {
    let record = scribe.edition.register.get(ix);
    let meeting = record.meeting()?;
    let title = scribe.fill("sheets.signatures.title", &[("meeting", &scribe.title(ix))]);
    let voted = meeting.items.iter().any(|item| item.outcome.is_some());
    let declaration = if voted { "sheets.signatures.confirm_votes" } else { "sheets.signatures.confirm_attendance" };
    let items = meeting.items.iter().enumerate();
    let all = entitled(scribe, &record.area, meeting);
    let mut facts = facts(scribe, meeting);
    facts.extend(line(scribe.label("sheets.common.entitled"), all.map(|n| people(scribe, n)).unwrap_or_default()));
    Some(SignatureSheet {
        meta: meta(scribe, ix, &title, Pages::Many),
        body: body_name(scribe, &record.area, &meeting.body),
        title,
        facts,
        items: items.map(|(index, item)| signed_item(scribe, ix, index, item)).collect(),
        declaration: scribe.label(declaration),
        places: places(scribe, &record.area, meeting, all),
        closing: closing(scribe, meeting),
        digest: digest_words(scribe, ix),
    })
}

/// Writes a number of people.
fn people(scribe: &Scribe, n: u64) -> String {
    usize::try_from(n).map(|n| scribe.count("person", n)).unwrap_or_default()
}

/// Writes an item with what was voted.
fn signed_item(scribe: &Scribe, meeting: RecordIx, index: usize, item: &Item) -> SignedItem {
    let decided = item.outcome.is_some();
    SignedItem {
        number: item.no.to_string(),
        motion: english(scribe, &item.motion, item.motion_en.as_ref()),
        votes: parts::item_vote(scribe, meeting, index, item).counts,
        outcome: if decided { vote_row(scribe, meeting, index, item).outcome } else { String::new() },
    }
}

/// Writes a place for everybody on the roster of that day; where nobody is, as many empty places as are entitled.
fn places(scribe: &Scribe, area: &str, meeting: &Meeting, entitled: Option<u64>) -> Vec<SignPlace> {
    if let Some(roster) = roster_of(scribe, area, &meeting.body, meeting.date) {
        let serving = roster.members.iter().filter(|member| member.serves(meeting.date));
        let places: Vec<SignPlace> = serving.map(|member| place(scribe, member)).collect();
        if !places.is_empty() {
            return places;
        }
    }
    let empty = |n: u64| SignPlace { number: n.to_string(), name: String::new(), note: String::new() };
    (1..=entitled.unwrap_or(USUAL).min(MOST)).map(empty).collect()
}

/// Writes the place of a member.
fn place(scribe: &Scribe, member: &Delegate) -> SignPlace {
    let role = member.role.filter(|role| *role != Role::Delegate).map(|role| scribe.choice("role", role.name(), || role.label()));
    let seat = member.committee_member.then(|| scribe.label("sheets.signatures.committee_member"));
    let note = scribe.join([member.group.clone(), seat, role].into_iter().flatten());
    SignPlace { number: member.no.to_string(), name: member.name.clone(), note }
}

/// Writes what is filled in at the end: how many came is said where the record says it.
fn closing(scribe: &Scribe, meeting: &Meeting) -> Vec<Line> {
    let blank = |key: &str, text: String| Line { label: scribe.label(&format!("sheets.signatures.{key}")), text };
    vec![
        blank("present", meeting.present.map(|n| people(scribe, n)).unwrap_or_default()),
        blank("signed", String::new()),
        blank("chair", String::new()),
        blank("recorder", String::new()),
        blank("date", String::new()),
    ]
}
