//! The page of a meeting: notice, attendance, agenda, votes, minutes.

use crate::record::common::RoleHolder;
use crate::record::meeting::Meeting;
use crate::register::RecordIx;

use super::matter::{attendance, attendance_proof};
use super::parts;
use super::scribe::Scribe;
use super::view::{Fact, MeetingPage, Proof};

/// Writes the page of a meeting.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<MeetingPage> {
    let meeting = scribe.edition.register.get(ix).meeting()?;
    let judged = parts::judged(scribe, ix);
    let items = meeting.items.iter().enumerate();
    Some(MeetingPage {
        head: parts::head(scribe, ix),
        proofs: proofs(scribe, ix),
        items: items.map(|(i, item)| parts::item_vote_on(scribe, ix, i, item)).collect(),
        items_words: scribe.count("item", meeting.items.len()),
        facts: scribe.facts(facts(scribe, ix, meeting)),
        minutes: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        posting: parts::posting_of(scribe, ix),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: parts::related_all(scribe, ix),
    })
}

/// Writes the thresholds of the meeting as a whole, the attendance first.
pub fn proofs(scribe: &Scribe, ix: RecordIx) -> Vec<Proof> {
    let told = attendance_proof(scribe, ix);
    let attendance = attendance(scribe, ix);
    let all = scribe.edition.verdict(ix).map(|verdict| &*verdict.proofs).unwrap_or_default();
    let others = all.iter().filter(|proof| proof.index.is_none() && proof.arithmetic.is_some());
    let others = others.filter(|proof| !told.is_some_and(|told| std::ptr::eq(told, *proof))).map(|p| parts::proof(scribe, p));
    let others = others.filter(|proof| attendance.as_ref().is_none_or(|attendance| attendance.words != proof.words));
    let others: Vec<Proof> = others.collect();
    attendance.into_iter().chain(others).collect()
}

/// Writes the facts of a meeting.
fn facts(scribe: &Scribe, ix: RecordIx, meeting: &Meeting) -> Vec<Fact> {
    let record = scribe.edition.register.get(ix);
    let time = meeting.time.as_ref().map(|time| match &time.to {
        Some(to) => format!("{}–{to}", time.from),
        None => time.from.clone(),
    });
    let number = |n: Option<u64>| n.map(|n| scribe.number(n)).unwrap_or_default();
    parts::said([
        parts::body_fact(scribe, &record.area, &meeting.body),
        scribe.fact(scribe.label("table.date"), scribe.date(meeting.date).text),
        scribe.fact(scribe.say("时间", "Time"), time.unwrap_or_default()),
        scribe.fact(scribe.say("地点", "Place"), meeting.venue.clone().unwrap_or_default()),
        scribe.fact(scribe.say("通知", "Notice"), notice(scribe, meeting)),
        scribe
            .fact(scribe.say("召集", "Convened by"), meeting.convened_by.as_ref().map(|h| holder(scribe, h)).unwrap_or_default()),
        scribe
            .fact(scribe.say("主持", "Presided by"), meeting.presided_by.as_ref().map(|h| holder(scribe, h)).unwrap_or_default()),
        scribe.fact(scribe.say("应到", "Entitled"), number(meeting.entitled)),
        scribe.fact(scribe.say("实到", "Present"), number(meeting.present)),
        scribe.fact(scribe.say("应到户", "Households entitled"), number(meeting.households_entitled)),
        scribe.fact(scribe.say("实到户", "Households represented"), number(meeting.households_present)),
        scribe.fact(scribe.say("各组到会", "By group"), groups(scribe, meeting)),
        scribe.fact(scribe.say("签字", "Signatures"), number(meeting.signatures)),
        scribe.fact(scribe.say("记录", "Recorder"), meeting.recorder.clone().unwrap_or_default()),
    ])
}

/// Says when and how a meeting was announced.
pub fn notice(scribe: &Scribe, meeting: &Meeting) -> String {
    let Some(notice) = &meeting.notice else { return String::new() };
    let ways = parts::ways_words(scribe, &notice.ways);
    let days = scribe.count("day", usize::try_from(parts::days(notice.date, meeting.date)).unwrap_or(0));
    let ahead = format!("{}{}", scribe.say("会前 ", ""), format_args!("{days}{}", scribe.say("", " ahead")));
    scribe.join([scribe.date(notice.date).text, ways, ahead].into_iter().filter(|part| !part.is_empty()))
}

/// Writes a person in a role.
pub fn holder(scribe: &Scribe, holder: &RoleHolder) -> String {
    let role = scribe.choice("role", holder.role.name(), || holder.role.label());
    let name = holder.name.clone().unwrap_or_default();
    let reason = holder
        .reason
        .as_ref()
        .map(|reason| format!("{}{reason}{}", scribe.labels.get("language.open"), scribe.labels.get("language.close")));
    format!("{} {}{}", role, name, reason.unwrap_or_default()).trim().to_owned()
}

/// Writes the attendance of each villagers' group.
fn groups(scribe: &Scribe, meeting: &Meeting) -> String {
    scribe.join(meeting.groups.iter().map(|group| format!("{} {}/{}", group.group, group.present, group.entitled)))
}
