//! The written notice to delegates and households: of a meeting, or of a matter on which they are asked.

use jiff::civil::Date;

use crate::print::view::{Line, NoticeItem, NoticeSection, Pages, Slip, SlipChoice, WrittenNotice};
use crate::record::choice::{BodyClass, ConsultWay, Level};
use crate::record::meeting::Meeting;
use crate::record::{Evidence, Matter};
use crate::register::RecordIx;
use crate::site::matter::motion;
use crate::site::{Page, Scribe, meeting as page};

use super::card::{choices, deadline};
use super::common::{contact_of, contact_words, digest_words, english, meta, online, publisher, seal};
use super::meeting::{body_name, needs, notice_proofs, when};

/// Writes the notice of a meeting, or of a matter that nobody has decided yet.
pub(super) fn view(scribe: &Scribe, ix: RecordIx) -> Option<WrittenNotice> {
    let record = scribe.edition.register.get(ix);
    if let Some(meeting) = record.meeting() {
        return Some(of_meeting(scribe, ix, meeting));
    }
    let matter = record.matter()?;
    let open = scribe.edition.verdict(ix).is_none_or(|verdict| verdict.decision.is_none());
    let closed = matter.closed.as_ref().is_some_and(|closed| closed.date <= scribe.edition.as_of);
    (open && !closed).then(|| of_matter(scribe, ix, matter))
}

fn label(scribe: &Scribe, key: &str) -> String {
    scribe.label(&format!("sheets.written-notice.{key}"))
}

/// Writes the notice of a meeting.
fn of_meeting(scribe: &Scribe, ix: RecordIx, meeting: &Meeting) -> WrittenNotice {
    let area = &scribe.edition.register.get(ix).area;
    let class = scribe.edition.register.body(area, &meeting.body).map(|body| body.class);
    let body = body_name(scribe, area, &meeting.body);
    let (name, date) = (scribe.title(ix), scribe.date(meeting.date).text);
    let fill =
        |key: &str| scribe.fill(&format!("sheets.written-notice.{key}"), &[("meeting", &name), ("body", &body), ("date", &date)]);
    let title = fill("title_meeting");
    let congress = class == Some(BodyClass::VillageCongress);
    let opening = ["opening_meeting"].into_iter().chain(congress.then_some("opening_congress"));
    WrittenNotice {
        meta: meta(scribe, ix, &title, Pages::Many),
        addressee: label(scribe, &format!("to.{}", addressee(class))),
        opening: opening.map(fill).collect(),
        facts: meeting_facts(scribe, meeting),
        items_head: if meeting.items.is_empty() { String::new() } else { label(scribe, "items") },
        items: items(scribe, ix, meeting),
        sections: meeting_sections(scribe, ix),
        seal: seal(scribe, body.clone(), meeting.notice.as_ref().map(|notice| notice.date)),
        slip: Slip {
            about: fill("received_meeting"),
            choices: vec![
                SlipChoice { words: label(scribe, "attend"), reason: false },
                SlipChoice { words: label(scribe, "absent"), reason: true },
            ],
            opinion: label(scribe, if congress { "opinion_congress" } else { "opinion" }),
            fields: fields(scribe, congress),
            hand_in: hand_in(scribe, area, "hand_in_meeting", ""),
        },
        online: online(scribe, &Page::Record(ix)),
        digest: digest_words(scribe, ix),
        title,
    }
}

/// Names those whom a notice of a body's meeting goes to.
fn addressee(class: Option<BodyClass>) -> &'static str {
    match class {
        Some(BodyClass::VillageCongress) => "delegates",
        Some(BodyClass::VillageAssembly) => "villagers",
        Some(BodyClass::VillagePartyBranch) => "party",
        Some(BodyClass::CollectiveMembers) => "collective",
        Some(BodyClass::CollectiveDelegates) => "collective-delegates",
        _ => "members",
    }
}

/// Writes when and where the meeting is, and how it was announced; a place that nobody knows is left to be filled in.
fn meeting_facts(scribe: &Scribe, meeting: &Meeting) -> Vec<Line> {
    let row = |key: &str, text: String| Line { label: scribe.label(&format!("sheets.common.{key}")), text };
    let mut facts = vec![row("time", when(scribe, meeting)), row("venue", meeting.venue.clone().unwrap_or_default())];
    let holder = |by: &Option<_>| by.as_ref().map(|by| page::holder(scribe, by)).unwrap_or_default();
    let others = [
        row("convened", holder(&meeting.convened_by)),
        row("presided", holder(&meeting.presided_by)),
        row("notice", page::notice(scribe, meeting)),
        row("notice_reason", meeting.notice.as_ref().and_then(|notice| notice.reason.clone()).unwrap_or_default()),
    ];
    facts.extend(others.into_iter().filter(|fact| !fact.text.is_empty()));
    facts
}

/// Writes the items with their matters and the texts of their motions.
fn items(scribe: &Scribe, ix: RecordIx, meeting: &Meeting) -> Vec<NoticeItem> {
    let matter = |index: usize| {
        let matter = scribe.edition.register.link(ix, &format!("items[{index}].matter"));
        matter.filter(|matter| scribe.edition.is_published(*matter)).map(|matter| scribe.title(matter)).unwrap_or_default()
    };
    let items = meeting.items.iter().enumerate();
    items
        .map(|(index, item)| NoticeItem {
            number: item.no.to_string(),
            matter: matter(index),
            motion: english(scribe, &item.motion, item.motion_en.as_ref()),
        })
        .collect()
}

/// Writes what the meeting needs to decide, and whether notice was given in time.
fn meeting_sections(scribe: &Scribe, ix: RecordIx) -> Vec<NoticeSection> {
    let section = |key: &str, paragraphs: Vec<String>| {
        (!paragraphs.is_empty()).then(|| NoticeSection { title: label(scribe, key), paragraphs })
    };
    [section("needs", needs(scribe, ix)), section("in_time", notice_proofs(scribe, ix))].into_iter().flatten().collect()
}

/// Writes the notice that asks for opinions on a matter.
fn of_matter(scribe: &Scribe, ix: RecordIx, matter: &Matter) -> WrittenNotice {
    let register = &scribe.edition.register;
    let area = &register.get(ix).area;
    let place = register.area(area);
    let village = place.and_then(|ix| register.get(ix).place()).is_some_and(|place| place.level == Level::Village);
    let name = scribe.title(ix);
    let fill = |key: &str| scribe.fill(&format!("sheets.written-notice.{key}"), &[("title", &name)]);
    let title = fill("title_matter");
    let by = deadline(matter, ConsultWay::WrittenNotice).map(|day| scribe.date(day).text).unwrap_or_default();
    let motion = motion(scribe, ix).unwrap_or_default();
    let items = (!motion.is_empty()).then(|| NoticeItem { number: String::new(), matter: String::new(), motion });
    WrittenNotice {
        meta: meta(scribe, ix, &title, Pages::Many),
        addressee: label(scribe, if village { "to.delegates" } else { "to.public" }),
        opening: vec![fill(if items.is_some() { "opening_matter" } else { "opening_matter_plain" })],
        facts: matter_facts(scribe, matter, &by),
        items_head: if items.is_some() { label(scribe, "motion") } else { String::new() },
        items: items.into_iter().collect(),
        sections: feasibility(scribe, matter),
        seal: seal(scribe, place.map_or_else(|| publisher(scribe), |ix| sender(scribe, ix)), notified(matter)),
        slip: Slip {
            about: fill("received_matter"),
            choices: choices(scribe).into_iter().map(|words| SlipChoice { words, reason: false }).collect(),
            opinion: label(scribe, if village { "opinion_congress" } else { "opinion" }),
            fields: fields(scribe, village),
            hand_in: hand_in(scribe, area, if by.is_empty() { "hand_in" } else { "hand_in_by" }, &by),
        },
        online: online(scribe, &Page::Record(ix)),
        digest: digest_words(scribe, ix),
        title,
    }
}

/// Writes the facts of a matter: its number, its category, and by when to answer, which may be left to be filled in.
fn matter_facts(scribe: &Scribe, matter: &Matter, by: &str) -> Vec<Line> {
    let row = |key: &str, text: String| Line { label: label(scribe, key), text };
    let number = matter.number.clone().map(|number| row("number", number));
    number.into_iter().chain([row("category", matter.category.clone()), row("by", by.to_owned())]).collect()
}

/// Writes what was found feasible when the topic was set.
fn feasibility(scribe: &Scribe, matter: &Matter) -> Vec<NoticeSection> {
    let said = matter.steps.iter().filter_map(|(_, evidence)| match evidence {
        Evidence::SetTopic(topic) => topic.feasibility.clone(),
        _ => None,
    });
    said.map(|text| NoticeSection { title: label(scribe, "feasibility"), paragraphs: vec![text] }).collect()
}

/// Returns the day on which the notice was sent, as the matter records it.
fn notified(matter: &Matter) -> Option<Date> {
    matter.steps.iter().find_map(|(_, evidence)| match evidence {
        Evidence::Consult(ways) => ways.iter().find(|consulted| consulted.way == ConsultWay::WrittenNotice)?.date,
        _ => None,
    })
}

/// Names who asks in a place: the party organisation, which leads the consultation, else the place itself.
fn sender(scribe: &Scribe, place: RecordIx) -> String {
    let classes = [BodyClass::VillagePartyBranch, BodyClass::TownshipPartyCommittee];
    let bodies = scribe.edition.register.get(place).place().map(|place| place.bodies.as_slice()).unwrap_or_default();
    let body = bodies.iter().find(|body| classes.contains(&body.class));
    body.map_or_else(|| scribe.title(place), |body| english(scribe, &body.name, body.name_en.as_ref()))
}

/// Lists what is filled in at the end of the receipt.
fn fields(scribe: &Scribe, households: bool) -> Vec<String> {
    let keys = [Some("name"), households.then_some("households"), Some("received_on")];
    keys.into_iter().flatten().map(|key| label(scribe, key)).collect()
}

/// Says where the receipt is handed in; nothing where the place has no public contact.
fn hand_in(scribe: &Scribe, area: &str, key: &str, by: &str) -> String {
    let office = contact_of(scribe, area).map(|office| contact_words(scribe, &office));
    let key = format!("sheets.written-notice.{key}");
    office.map(|office| scribe.fill(&key, &[("office", &office), ("date", by)])).unwrap_or_default()
}
