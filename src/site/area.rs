//! The page of a place: its bodies, its figures, and everything there is about it.

use crate::field::Kind;
use crate::record::Area;
use crate::record::area::Body as Organ;
use crate::register::RecordIx;

use super::figures;
use super::home;
use super::index::Listing;
use super::league;
use super::list;
use super::page::Page;
use super::parts;
use super::scribe::Scribe;
use super::view::{AreaGroup, AreaPage, AreaPosting, Body, CountLink, Fact, Link, Person, Proof, Row};

/// How many records of a kind the page of a place shows.
const NEWEST: usize = 6;
/// How many postings it shows, those that end first; a city may have hundreds.
const POSTED: usize = 24;

/// Writes the page of a place.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<AreaPage> {
    let record = scribe.edition.register.get(ix);
    let area = record.place()?;
    let judged = parts::judged(scribe, ix);
    let (overdue, due) = list::open_dues(scribe, &record.id);
    let posted = home::posted(scribe, &record.id);
    Some(AreaPage {
        head: parts::head(scribe, ix),
        facts: scribe.facts(facts(scribe, &record.id, area)),
        figures: figures::year(scribe, &record.id),
        statistics: statistics(scribe, &record.id),
        posted_words: posted_words(scribe, posted.len()),
        posted: posted.into_iter().take(POSTED).filter_map(|ix| posting(scribe, ix)).collect(),
        bodies: area.bodies.iter().map(|body| organ(scribe, &record.id, body)).collect(),
        proofs: proofs(scribe, ix),
        places: scribe.edition.register.children(&record.id).iter().map(|ix| list::place_card(scribe, *ix)).collect(),
        groups: groups(scribe, &record.id),
        matrix: super::matrix::of_area(scribe, ix),
        due_all: due_all(scribe, &record.id),
        due: overdue.into_iter().chain(due).take(6).map(|due| list::due_row(scribe, due)).collect(),
        findings: judged.findings,
        findings_words: judged.words,
        findings_all: None,
        body: parts::body(scribe, ix),
    })
}

/// Says how many are being posted where not all are shown.
fn posted_words(scribe: &Scribe, all: usize) -> String {
    let counted = [("n", &*scribe.number(all as u64)), ("shown", &*POSTED.to_string())];
    if all > POSTED { scribe.fill("words.posted_first", &counted) } else { String::new() }
}

/// Links to the statistics of a place.
fn statistics(scribe: &Scribe, area: &str) -> Option<Link> {
    let page = super::statistics::latest(scribe.statistics, area)?;
    Some(scribe.link_to(&page, scribe.label("statistics.more")))
}

/// Writes level, code, people and procedures of a place.
fn facts(scribe: &Scribe, path: &str, area: &Area) -> Vec<Fact> {
    let below = list::below(scribe, path).into_iter();
    let below = below.filter_map(|ix| scribe.edition.register.get(ix).place()).map(|area| area.level);
    let number = |n: Option<u64>| n.map(|n| scribe.number(n)).unwrap_or_default();
    let as_of = scribe.edition.as_of;
    let adopted = area.workflows.iter().filter(|w| w.since <= as_of && w.until.is_none_or(|until| until >= as_of));
    let procedures = adopted.map(|w| {
        let title = scribe.workflow_title(&w.id);
        scribe.link_to(&Page::Procedure(w.id.clone()), title)
    });
    let contact = area
        .contact
        .as_ref()
        .map(|c| scribe.join([c.office.clone(), c.telephone.clone().unwrap_or_default()].into_iter().filter(|s| !s.is_empty())));
    parts::said([
        scribe.fact(scribe.say("级别", "Level"), scribe.choice("level", area.level.name(), || area.level.label())),
        scribe.fact(scribe.say("区划代码", "Division code"), area.code.clone().unwrap_or_default()),
        scribe.fact(scribe.say("下辖", "Places below"), list::levels(scribe, below)),
        scribe.fact(scribe.say("户数", "Households"), number(area.households)),
        scribe.fact(scribe.say("人口", "Population"), number(area.population)),
        scribe.fact(scribe.say("十八周岁以上村民", "Villagers aged 18+"), number(area.adults)),
        scribe.fact(scribe.say("村民小组", "Villagers' groups"), number(area.groups)),
        scribe.fact_links(scribe.say("采用的工作法", "Procedures"), procedures.collect()),
        scribe.fact_links(scribe.label("league.title"), league::year::links(scribe, path)),
        scribe.fact(scribe.say("联系", "Contact"), contact.unwrap_or_default()),
    ])
}

/// Links to all that is due and overdue in a place and below it.
fn due_all(scribe: &Scribe, area: &str) -> Option<CountLink> {
    let count = scribe.index.dues.count(area);
    (count > 0).then(|| CountLink {
        text: scribe.label("home.due_all"),
        href: scribe.href(&list::due_page(area, 1)),
        count: scribe.number(count as u64),
        current: false,
        lang: None,
    })
}

/// Writes something that is being posted in a place.
fn posting(scribe: &Scribe, ix: RecordIx) -> Option<AreaPosting> {
    Some(AreaPosting { row: parts::row(scribe, ix), posting: parts::posting_of(scribe, ix)? })
}

/// Writes a body.
fn organ(scribe: &Scribe, area: &str, body: &Organ) -> Body {
    let english = body.name_en.as_ref().filter(|_| scribe.say("zh", "en") == "en");
    let name = english.unwrap_or(&body.name).clone();
    Body {
        id: format!("body-{}", body.id),
        lang: scribe.lang_of(&name),
        name,
        class: scribe.choice("body_class", body.class.name(), || body.class.label()),
        role: String::new(),
        members: members(scribe, body),
        term: body.term.as_ref().map(|term| scribe.days(term.from, term.to)).unwrap_or_default(),
        posts: posts(scribe, body),
        meetings: meetings(scribe, area, &body.id),
        records: registers(scribe, area, &body.id),
    }
}

/// Says how many belong to a body.
fn members(scribe: &Scribe, body: &Organ) -> String {
    let part = |n: Option<u64>, zh: &str, en: &str| n.map(|n| format!("{} {}", scribe.say(zh, en), scribe.number(n)));
    let parts = [
        body.entitled.map(|n| scribe.count("person", usize::try_from(n).unwrap_or(0))),
        part(body.women, "其中女性", "women:"),
        part(body.delegates, "村民代表", "delegates:"),
        part(body.committee_members, "村委会成员", "committee members:"),
    ];
    scribe.join(parts.into_iter().flatten())
}

/// Writes the posts of a body that are held at the day of the page, then those of the past.
fn posts(scribe: &Scribe, body: &Organ) -> Vec<Person> {
    let write = |post: &crate::record::area::Post| Person {
        role: scribe.choice("role", post.role.name(), || post.role.label()),
        name: post.name.clone(),
        since: match post.to {
            Some(to) => scribe.days(post.from, Some(to)),
            None => format!("{}{}", scribe.date(post.from).text, scribe.say("起", " onwards")),
        },
    };
    body.posts.iter().map(write).collect()
}

/// Counts the meetings of a body; they stand in the place's list of meetings.
fn meetings(scribe: &Scribe, area: &str, body: &str) -> Option<CountLink> {
    let register = &scribe.edition.register;
    let all = register.records_of(area, Kind::Meeting).iter().filter(|ix| scribe.edition.is_published(**ix));
    let count = all.filter(|ix| register.get(**ix).meeting().is_some_and(|meeting| meeting.body == body)).count();
    let listing = Listing::PlaceKind(area.to_owned(), Kind::Meeting);
    (count > 0).then(|| CountLink {
        count: scribe.number(count as u64),
        current: false,
        ..scribe.counted(&listing, scribe.label("area.meetings"))
    })
}

/// Returns the rosters and elections of a body, the newest first.
fn registers(scribe: &Scribe, area: &str, body: &str) -> Vec<Link> {
    let register = &scribe.edition.register;
    let of_body = |ix: &RecordIx| {
        let record = register.get(*ix);
        let own = record.delegates().map(|roster| &roster.body).or(record.election().map(|election| &election.body));
        own.is_some_and(|own| own == body) && scribe.edition.is_published(*ix)
    };
    let kinds = [Kind::Delegates, Kind::Election].into_iter();
    let records = kinds.flat_map(|kind| register.records_of(area, kind).iter().rev().copied().filter(of_body));
    records.map(|ix| scribe.link(ix)).collect()
}

/// Writes the thresholds about the bodies (share of women, households a delegate).
fn proofs(scribe: &Scribe, ix: RecordIx) -> Vec<Proof> {
    let proofs = scribe.edition.verdict(ix).map(|verdict| &*verdict.proofs).unwrap_or_default();
    proofs.iter().filter(|proof| proof.arithmetic.is_some()).map(|proof| parts::proof(scribe, proof)).collect()
}

/// Writes the newest records of each kind in a place and below it.
fn groups(scribe: &Scribe, area: &str) -> Vec<AreaGroup> {
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Area);
    let with_records = kinds.map(|kind| (kind, Listing::PlaceKind(area.to_owned(), kind)));
    let with_records = with_records.filter(|(_, listing)| scribe.index.count(listing) > 0);
    with_records
        .map(|(kind, listing)| {
            let title = scribe.label_of("kinds", kind.name());
            let rows = scribe.index.get(&listing).iter().take(NEWEST).map(|ix| row(scribe, *ix, area)).collect();
            AreaGroup { id: kind.name().to_owned(), all: scribe.counted(&listing, title.clone()), title, rows }
        })
        .collect()
}

/// Writes a row on the page of a place: its own records need not name it.
fn row(scribe: &Scribe, ix: RecordIx, area: &str) -> Row {
    let mut row = parts::row(scribe, ix);
    row.kind.clear();
    if scribe.edition.register.get(ix).area == area {
        row.place = None;
    }
    row
}
