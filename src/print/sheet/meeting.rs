//! What several sheets say of a meeting: its body, its time and place, its thresholds.

use crate::language;
use crate::print::view::Line;
use crate::record::meeting::{Hours, Meeting};
use crate::register::RecordIx;
use crate::site::meeting::holder;
use crate::site::{Scribe, parts};
use crate::verdict::{Ahead, Counts, ahead};
use crate::workflow::Comparison;

use super::common::{english, line, sentence};

/// Names a body of a place; its id where the place does not list it.
pub(super) fn body_name(scribe: &Scribe, area: &str, id: &str) -> String {
    let body = scribe.edition.register.body(area, id);
    body.map_or_else(|| id.to_owned(), |body| english(scribe, &body.name, body.name_en.as_ref()))
}

/// Returns how many are entitled to attend: as the meeting says, else as its body has members.
pub(super) fn entitled(scribe: &Scribe, area: &str, meeting: &Meeting) -> Option<u64> {
    meeting.entitled.or_else(|| scribe.edition.register.body(area, &meeting.body)?.entitled)
}

/// Writes the day of the week, the day and the hours of a meeting.
pub(super) fn when(scribe: &Scribe, meeting: &Meeting) -> String {
    let weekday = language::weekday(meeting.date, scribe.language);
    let date = scribe.date(meeting.date).text;
    let day = scribe.fill("sheets.common.day_of_week", &[("weekday", weekday), ("date", &date)]);
    let hours = meeting.time.as_ref().map(hours).unwrap_or_default();
    format!("{day}{}{hours}", if hours.is_empty() { "" } else { scribe.say("", ", ") })
}

/// Writes the hours of a meeting.
fn hours(time: &Hours) -> String {
    match &time.to {
        Some(to) => format!("{}–{to}", time.from),
        None => time.from.clone(),
    }
}

/// Writes when and where a meeting is and who presides; what the record does not say is left out.
pub(super) fn facts(scribe: &Scribe, meeting: &Meeting) -> Vec<Line> {
    let label = |key: &str| scribe.label(&format!("sheets.common.{key}"));
    let presided = meeting.presided_by.as_ref().map(|by| holder(scribe, by)).unwrap_or_default();
    [
        line(label("time"), when(scribe, meeting)),
        line(label("venue"), meeting.venue.clone().unwrap_or_default()),
        line(label("presided"), presided),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Says whether notice of a meeting was given in time: the numbers of days that rules ask for.
pub(super) fn notice_proofs(scribe: &Scribe, ix: RecordIx) -> Vec<String> {
    let proofs = scribe.edition.verdict(ix).map(|verdict| &*verdict.proofs).unwrap_or_default();
    let of_notice = proofs.iter().filter(|proof| {
        let days = proof.arithmetic.as_ref().is_some_and(|arithmetic| arithmetic.of.is_none());
        days && parts::counts(scribe, proof) == Some(Counts::Notice)
    });
    of_notice.map(|proof| sentence(scribe, &parts::proof(scribe, proof).words)).collect()
}

/// Says what attendance and what votes the meeting needs, by the rules that judge it.
pub(super) fn needs(scribe: &Scribe, ix: RecordIx) -> Vec<String> {
    let edition = scribe.edition;
    let all = ahead(&edition.register, &edition.workflows, ix, edition.as_of);
    let least = all.iter().find(|ahead| ahead.counts == Counts::Attendance).map(|ahead| ahead.arithmetic.needed);
    let mut said: Vec<String> = Vec::new();
    for ahead in &all {
        let words = match ahead.counts {
            Counts::Attendance => attendance_needed(scribe, ahead),
            Counts::Votes => votes_needed(scribe, ix, ahead, least),
            Counts::Notice => None,
        };
        // Items under one rule need the same: it is said once.
        if let Some(words) = words.filter(|words| !said.contains(words)) {
            said.push(words);
        }
    }
    said
}

/// Says how many have to be present (`全体代表 48 人，三分之二为 32 人：到会不足 32 人的，不能表决。`).
fn attendance_needed(scribe: &Scribe, ahead: &Ahead) -> Option<String> {
    let asked = ahead.arithmetic.asked_in(scribe.language)?;
    let needed = scribe.number(u64::try_from(ahead.arithmetic.needed).ok()?);
    Some(scribe.fill("sheets.common.attendance_needed", &[("asked", &asked), ("needed", &needed)]))
}

/// Says how many votes an item needs: of those present, with all there and with as few as may decide; or of all.
fn votes_needed(scribe: &Scribe, ix: RecordIx, ahead: &Ahead, least: Option<i64>) -> Option<String> {
    let arithmetic = &ahead.arithmetic;
    let number = |n: i64| u64::try_from(n).ok().map(|n| scribe.number(n));
    let (share, of) = (scribe.text(&arithmetic.bound.fraction.words()), scribe.text(&arithmetic.names.of));
    let key = match (arithmetic.bound.comparison, ahead.of_present) {
        (Comparison::AtLeast, true) => "votes_at_least",
        (Comparison::MoreThan, true) => "votes_more_than",
        _ => return all_votes(scribe, ix, ahead),
    };
    let rule = scribe.fill(&format!("sheets.common.{key}"), &[("of", &of), ("share", &share)]);
    let whole = arithmetic.of?;
    let with = |present: i64| {
        let votes = number(arithmetic.bound.needed(Some(present)))?;
        Some(scribe.fill("sheets.common.votes_with", &[("present", &number(present)?), ("votes", &votes)]))
    };
    let examples = [Some(whole), least.filter(|least| *least < whole)].into_iter().flatten().filter_map(with);
    let examples = examples.collect::<Vec<_>>().join(scribe.say("，", "; "));
    Some(scribe.fill("sheets.common.votes_example", &[("rule", &rule), ("examples", &examples)]))
}

/// Says how many votes an item needs of all who are entitled, and which item where not every one does.
fn all_votes(scribe: &Scribe, ix: RecordIx, ahead: &Ahead) -> Option<String> {
    let meeting = scribe.edition.register.get(ix).meeting()?;
    let asked = ahead.arithmetic.asked_in(scribe.language)?;
    let item = ahead.index.and_then(|index| meeting.items.get(index)).map_or_else(String::new, |item| item.no.to_string());
    let votes = scribe.number(u64::try_from(ahead.arithmetic.needed).ok()?);
    Some(scribe.fill("sheets.common.votes_of_all", &[("item", &item), ("asked", &asked), ("votes", &votes)]))
}
