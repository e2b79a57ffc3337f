//! The notice of a resolution or of a meeting.

use jiff::civil::Date;

use super::common;
use crate::language;
use crate::print::view::{Attendance, Line, Notice, Pages, Signatures, VoteRow};
use crate::record::area::Body;
use crate::record::choice::{BodyClass, Outcome};
use crate::record::meeting::{Item, Meeting};
use crate::record::{Evidence, Matter};
use crate::register::RecordIx;
use crate::site::view::Met;
use crate::site::{Page, Scribe, bars, matter, parts};

/// How many names a grid of signatures holds; a larger body signs a sheet of its own.
const MOST_NAMES: usize = 72;

/// Writes the notice of a matter that was put to the vote, or of a meeting that voted.
pub fn view(scribe: &Scribe, ix: RecordIx) -> Option<Notice> {
    let record = scribe.edition.register.get(ix);
    match (record.matter(), record.meeting()) {
        (Some(matter), _) => of_matter(scribe, ix, matter),
        (_, Some(meeting)) => of_meeting(scribe, ix, meeting),
        _ => None,
    }
}

/// Writes the notice of a matter: the vote that decided it, and every step that led there.
fn of_matter(scribe: &Scribe, ix: RecordIx, matter: &Matter) -> Option<Notice> {
    let (meeting, index) = scribe.edition.deciding_item(ix)?;
    let held = scribe.edition.register.get(meeting).meeting()?;
    let item = held.items.get(index)?;
    item.outcome?;
    let vote = common::vote_row(scribe, meeting, index, item);
    let key = format!("sheets.notice.opening_matter{}", manner(std::slice::from_ref(item)).suffix());
    let opening = scribe.fill(&key, &opening(scribe, meeting, held, &vote).pairs());
    let title = scribe.title(ix);
    let number = common::line(scribe.label("sheets.notice.number"), matter.number.clone().unwrap_or_default());
    Some(Notice {
        facts: facts(scribe, ix, number),
        text: [opening].into_iter().chain(resolution(scribe, ix)).collect(),
        votes: vec![vote],
        steps: common::steps(scribe, ix),
        progress: progress(scribe, ix, matter),
        signatures: signatures(scribe, meeting, held, signed(matter).or(held.signatures)),
        ..base(scribe, ix, meeting, title, "sheets.notice.kind_matter")
    })
}

/// Writes the notice of a meeting: every item with its vote; nothing before anything came of one.
fn of_meeting(scribe: &Scribe, ix: RecordIx, meeting: &Meeting) -> Option<Notice> {
    if meeting.date > scribe.edition.as_of || meeting.items.iter().all(|item| item.outcome.is_none()) {
        return None;
    }
    let votes: Vec<VoteRow> = meeting.items.iter().enumerate().map(|(i, item)| common::vote_row(scribe, ix, i, item)).collect();
    let opening = Opening { items: scribe.count("item", votes.len()), ..opening(scribe, ix, meeting, votes.first()?) };
    Some(Notice {
        facts: facts(scribe, ix, common::line(scribe.label("sheets.notice.venue"), meeting.venue.clone().unwrap_or_default())),
        text: vec![what_came(scribe, meeting, &opening, &votes)],
        votes,
        signatures: signatures(scribe, ix, meeting, meeting.signatures),
        ..base(scribe, ix, ix, scribe.title(ix), "sheets.notice.kind_meeting")
    })
}

/// Writes what the notices of matters and of meetings share.
fn base(scribe: &Scribe, ix: RecordIx, meeting: RecordIx, title: String, kind: &str) -> Notice {
    let record = scribe.edition.register.get(ix);
    let kind = scribe.label(kind);
    let place = scribe.edition.register.area(&record.area).map(|area| scribe.title(area));
    let findings = parts::judged(scribe, ix).findings;
    Notice {
        meta: common::meta(scribe, ix, &format!("{title}{}{kind}{}", scribe.say("（", " ("), scribe.say("）", ")")), Pages::One),
        kicker: place.into_iter().chain([kind]).collect::<Vec<_>>().join(" · "),
        title,
        facts: Vec::new(),
        text: Vec::new(),
        attendance: attendance(scribe, meeting),
        votes: Vec::new(),
        steps: Vec::new(),
        progress: String::new(),
        findings: findings.into_iter().map(|finding| finding.message).collect(),
        signatures: Signatures { names: Vec::new(), words: String::new() },
        posting: common::posting_of(scribe, ix),
        objection: common::objection(scribe),
        online: common::online(scribe, &Page::Record(ix)),
        seal: common::seal(scribe, office(scribe, &record.area), published(scribe, ix, meeting)),
        digest: common::digest(scribe, ix),
        as_of: scribe.date(scribe.edition.as_of).text,
    }
}

/// How a meeting dealt with what was put to it.
enum Manner {
    Voted,
    NoQuorum,
    PutOff,
}

impl Manner {
    /// Returns the end of the key of its first sentence.
    fn suffix(&self) -> &'static str {
        match self {
            Self::Voted => "",
            Self::NoQuorum => "_no_quorum",
            Self::PutOff => "_put_off",
        }
    }
}

/// Says how a meeting dealt with its items: it voted if on any of them.
fn manner(items: &[Item]) -> Manner {
    if items.iter().any(Item::is_voted) {
        Manner::Voted
    } else if items.iter().all(|item| item.outcome == Some(Outcome::NoQuorum)) {
        Manner::NoQuorum
    } else {
        Manner::PutOff
    }
}

/// Writes the first sentence of a meeting: that it voted, or why not, and what came of its items.
fn what_came(scribe: &Scribe, meeting: &Meeting, opening: &Opening, votes: &[VoteRow]) -> String {
    let manner = manner(&meeting.items);
    let whole = match manner {
        Manner::Voted if votes.len() == 1 => Some("_one"),
        Manner::NoQuorum => Some(manner.suffix()),
        Manner::Voted | Manner::PutOff => None,
    };
    let begin = |end: &str| scribe.fill(&format!("sheets.notice.opening_meeting{end}"), &opening.pairs());
    let counted = || {
        let (opening, outcomes) = (begin(manner.suffix()), outcomes(scribe, votes));
        scribe.fill("sheets.notice.outcomes", &[("opening", &opening), ("outcomes", &outcomes)])
    };
    whole.map_or_else(counted, begin)
}

/// The words that the first sentence is made of.
struct Opening {
    date: String,
    body: String,
    meeting: String,
    items: String,
    outcome: String,
}

impl Opening {
    fn pairs(&self) -> [(&str, &str); 5] {
        let Self { date, body, meeting, items, outcome } = self;
        [("date", date), ("body", body), ("meeting", meeting), ("items", items), ("outcome", outcome)]
    }
}

/// Says which body met, when, and what it decided.
fn opening(scribe: &Scribe, ix: RecordIx, meeting: &Meeting, vote: &VoteRow) -> Opening {
    let area = &scribe.edition.register.get(ix).area;
    let body = scribe.edition.register.body(area, &meeting.body);
    Opening {
        date: scribe.date(meeting.date).text,
        body: body.map_or_else(|| meeting.body.clone(), |body| name(scribe, body)),
        meeting: scribe.title(ix),
        items: String::new(),
        outcome: vote.outcome.clone(),
    }
}

fn name(scribe: &Scribe, body: &Body) -> String {
    common::english(scribe, &body.name, body.name_en.as_ref())
}

/// Counts the outcomes of the items (`通过 3 项，未通过 1 项`).
fn outcomes(scribe: &Scribe, votes: &[VoteRow]) -> String {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for vote in votes {
        match counted.iter_mut().find(|(outcome, _)| *outcome == vote.outcome) {
            Some((_, n)) => *n += 1,
            None => counted.push((&vote.outcome, 1)),
        }
    }
    let each = |(outcome, n): &(&str, usize)| {
        scribe.fill("sheets.notice.outcome_count", &[("outcome", outcome), ("items", &scribe.count("item", *n))])
    };
    counted.iter().map(each).collect::<Vec<_>>().join(scribe.say("，", "; "))
}

/// Returns the resolution in the language of the sheet: the first paragraph of the record's text, else its summary.
fn resolution(scribe: &Scribe, ix: RecordIx) -> Option<String> {
    let written = scribe.edition.body(ix).and_then(common::first_paragraph);
    let own = written.filter(|text| language::detect(text).is_none_or(|written| written == scribe.language));
    let text = own.unwrap_or_else(|| parts::head(scribe, ix).lead);
    (!text.is_empty()).then_some(text)
}

/// Writes the line below the title: the number or the venue, and the day of publication.
fn facts(scribe: &Scribe, ix: RecordIx, first: Option<Line>) -> Vec<Line> {
    let date = common::posting_days(scribe, ix).map(|(from, ..)| scribe.date(from).text).unwrap_or_default();
    first.into_iter().chain(common::line(scribe.label("sheets.notice.posted_on"), date)).collect()
}

/// Writes who was there, with the arithmetic of the quorum.
fn attendance(scribe: &Scribe, ix: RecordIx) -> Option<Attendance> {
    let meeting = scribe.edition.register.get(ix).meeting()?;
    let people = meeting.entitled.zip(meeting.present).map(|pair| (pair, "person"));
    let ((entitled, present), unit) =
        people.or_else(|| meeting.households_entitled.zip(meeting.households_present).map(|pair| (pair, "household")))?;
    let proof = matter::attendance(scribe, ix);
    let count = |n: u64| scribe.count(unit, usize::try_from(n).unwrap_or(usize::MAX));
    let figure = |key: &str, text: String| Line { label: scribe.label(key), text };
    Some(Attendance {
        figures: vec![
            figure("sheets.notice.entitled", count(entitled)),
            figure("sheets.notice.present", count(present)),
            figure("sheets.notice.rate", scribe.percent(present, entitled)),
        ],
        met_words: proof.as_ref().map(|proof| met_words(scribe, proof.met)).unwrap_or_default(),
        met: proof.as_ref().map(|proof| proof.met),
        arithmetic: proof.as_ref().map(|proof| proof.words.clone()).unwrap_or_default(),
        bar: proof.and_then(|proof| proof.bar),
    })
}

fn met_words(scribe: &Scribe, met: Met) -> String {
    match met {
        Met::Met => scribe.label("met.met"),
        Met::NotMet => scribe.label("met.not-met"),
        Met::NotShown => scribe.label("met.not-shown"),
    }
}

/// Names the procedure and how far the matter has come.
fn progress(scribe: &Scribe, ix: RecordIx, matter: &Matter) -> String {
    let progress = scribe.edition.verdict(ix).map(|verdict| bars::progress_words(scribe, verdict)).unwrap_or_default();
    let words = [scribe.workflow_title(&matter.workflow), progress];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Returns how many delegates have signed the publication of a matter.
fn signed(matter: &Matter) -> Option<u64> {
    matter.steps.iter().find_map(|(_, evidence)| match evidence {
        Evidence::Publicise(posting) => posting.signatures,
        _ => None,
    })
}

/// Writes who signs: those on the roster of the body on the day of the meeting, and how many have signed already.
fn signatures(scribe: &Scribe, ix: RecordIx, meeting: &Meeting, signed: Option<u64>) -> Signatures {
    let area = &scribe.edition.register.get(ix).area;
    let names = common::roster(scribe, area, &meeting.body, meeting.date);
    let n = signed.map(|n| scribe.count("person", usize::try_from(n).unwrap_or(usize::MAX)));
    let words = n.map(|n| scribe.fill("sheets.notice.signed", &[("n", &n)])).unwrap_or_default();
    Signatures { names: if names.len() > MOST_NAMES { Vec::new() } else { names }, words }
}

/// Names the office that seals: the committee of a village, the publisher for every other place.
fn office(scribe: &Scribe, area: &str) -> String {
    let register = &scribe.edition.register;
    let bodies = register.area(area).and_then(|ix| register.get(ix).place()).map(|place| place.bodies.as_slice());
    let committee = bodies.unwrap_or_default().iter().find(|body| body.class == BodyClass::VillageCommittee);
    committee.map_or_else(|| common::publisher(scribe), |body| name(scribe, body))
}

/// Returns the day that the notice bears: of its posting, else of the meeting.
fn published(scribe: &Scribe, ix: RecordIx, meeting: RecordIx) -> Option<Date> {
    let from = common::posting_days(scribe, ix).map(|(from, ..)| from);
    from.or_else(|| scribe.edition.register.date_of(meeting))
}
