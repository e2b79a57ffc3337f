//! The home page: what is being posted now, the key figures, the latest resolutions, places, what is due.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::field::Kind;
use crate::register::RecordIx;
use crate::verdict::Due;

use super::figures;
use super::index::{Listing, posting};
use super::list;
use super::page::Page;
use super::parts;
use super::scribe::Scribe;
use super::view::{CountLink, DueRow, FindingSummary, Home, PlaceCard, PostedCard, PostingState, Row};

/// How many cards, rows and places the home page shows.
const POSTED: usize = 6;
const RESOLUTIONS: usize = 8;
const PLACES: usize = 12;
const DUE: usize = 6;
const CATEGORIES: usize = 12;

/// How many matters are looked at for the latest resolutions.
const CANDIDATES: usize = 4 * RESOLUTIONS;

/// Writes the home page.
pub fn page(scribe: &Scribe) -> Home {
    let posted = posted(scribe, "");
    let findings = list::findings(scribe);
    Home {
        intro: intro(scribe, posted.len()),
        posted_all: None,
        posted: posted.into_iter().take(POSTED).filter_map(|ix| card(scribe, ix)).collect(),
        figures: figures::year(scribe, ""),
        statistics: super::statistics::latest(scribe.statistics, "")
            .map(|page| scribe.link_to(&page, scribe.label("statistics.more"))),
        resolutions: resolutions(scribe),
        resolutions_all: Some(scribe.counted(&Listing::Kind(Kind::Matter), scribe.label("home.resolutions_all"))),
        places: places(scribe),
        places_all: Some(all(scribe, &Page::Places, "home.places_all", scribe.edition.register.areas().count())),
        categories: categories(scribe),
        kinds: list::kinds(scribe),
        due: due(scribe),
        due_all: Some(all(scribe, &Page::Due(1), "home.due_all", due_count(scribe))),
        findings: FindingSummary {
            words: if findings.is_empty() {
                scribe.label("words.findings_none")
            } else {
                scribe.fill("words.findings_total", &[("n", &findings.len().to_string())])
            },
            href: if findings.is_empty() { String::new() } else { scribe.href(&Page::Findings(1)) },
            rules: list::by_rule(scribe, &findings).into_iter().take(6).collect(),
        },
    }
}

/// Lists the categories with the most records, in the order of the language.
fn categories(scribe: &Scribe) -> Vec<CountLink> {
    let mut sizes: Vec<(Reverse<usize>, &str)> =
        list::category_names(scribe).map(|name| (Reverse(list::category_size(scribe, name)), name)).collect();
    sizes.sort_unstable();
    let kept: BTreeSet<&str> = sizes.into_iter().take(CATEGORIES).map(|(_, name)| name).collect();
    list::categories(scribe).into_iter().filter(|link| kept.contains(link.text.as_str())).collect()
}

/// Says how much is being posted.
fn intro(scribe: &Scribe, n: usize) -> String {
    match n {
        0 => scribe.label("words.posted_none"),
        n => scribe.fill("words.posted_some", &[("n", &n.to_string())]),
    }
}

/// Returns the records that are being posted in a place and below it, the one that ends first on top. A meeting whose
/// result is posted on the page of a matter over the same days is left to that page.
pub fn posted(scribe: &Scribe, area: &str) -> Vec<RecordIx> {
    let edition = scribe.edition;
    let elections = match area {
        "" => Listing::Kind(Kind::Election),
        _ => Listing::PlaceKind(area.to_owned(), Kind::Election),
    };
    let all: BTreeSet<RecordIx> = scribe.index.dues.posted(area).iter().chain(scribe.index.get(&elections)).copied().collect();
    let now = |ix: &RecordIx| posting(edition, *ix).is_some_and(|(from, to, _)| from <= edition.as_of && edition.as_of <= to);
    let mut posted: Vec<RecordIx> = all.into_iter().filter(now).collect();
    let matters: Vec<RecordIx> = posted.iter().copied().filter(|ix| edition.register.get(*ix).kind == Kind::Matter).collect();
    posted.retain(|ix| edition.register.get(*ix).kind != Kind::Meeting || !covered(scribe, *ix, &matters));
    posted.sort_by_key(|ix| (posting(edition, *ix).map(|(_, to, _)| to), *ix));
    posted
}

/// Whether the result of a meeting is posted on the page of one of its matters.
fn covered(scribe: &Scribe, meeting: RecordIx, matters: &[RecordIx]) -> bool {
    scribe.edition.register.links(meeting).iter().any(|link| matters.contains(&link.to))
}

/// Writes something that is being posted.
fn card(scribe: &Scribe, ix: RecordIx) -> Option<PostedCard> {
    let head = parts::head(scribe, ix);
    let posting = parts::posting_of(scribe, ix)?;
    debug_assert_eq!(posting.state, PostingState::Now);
    Some(PostedCard {
        title: scribe.link(ix),
        place: scribe.place(&scribe.edition.register.get(ix).area)?,
        kind: scribe.kind(scribe.edition.register.get(ix).kind),
        summary_lang: scribe.lang_of(&head.lead),
        summary: head.lead,
        posting,
    })
}

/// Writes the matters that were decided last.
fn resolutions(scribe: &Scribe) -> Vec<Row> {
    let edition = scribe.edition;
    let decided = |ix: RecordIx| edition.deciding_item(ix).and_then(|(meeting, _)| edition.register.date_of(meeting));
    // A matter that was decided is filed under the day of that, or of a vote before: those filed last are enough.
    let filed = scribe.index.get(&Listing::Kind(Kind::Matter)).iter();
    let matters = filed.filter_map(|ix| decided(*ix).filter(|date| *date <= edition.as_of).map(|date| (Reverse(date), *ix)));
    let mut matters: Vec<_> = matters.take(CANDIDATES).collect();
    matters.sort_unstable();
    let row = |(Reverse(date), ix): (Reverse<jiff::civil::Date>, RecordIx)| {
        let mut row = parts::row(scribe, ix);
        row.kind.clear();
        row.date = Some(scribe.date(date));
        row
    };
    matters.into_iter().take(RESOLUTIONS).map(row).collect()
}

/// Writes the topmost places, and those below them where there are few.
fn places(scribe: &Scribe) -> Vec<PlaceCard> {
    list::topmost(scribe, PLACES).into_iter().take(PLACES).map(|ix| list::place_card(scribe, ix)).collect()
}

/// Writes what is overdue and then what is due next.
fn due(scribe: &Scribe) -> Vec<DueRow> {
    let (overdue, due) = list::open_dues(scribe, "");
    let shown: Vec<&Due> = overdue.into_iter().chain(due).take(DUE).collect();
    shown.into_iter().map(|due| list::due_row(scribe, due)).collect()
}

/// Counts what is overdue or due.
fn due_count(scribe: &Scribe) -> usize {
    scribe.index.dues.count("")
}

/// Links to a page with all of something.
fn all(scribe: &Scribe, page: &Page, label: &str, count: usize) -> CountLink {
    CountLink {
        text: scribe.label(label),
        href: scribe.href(page),
        count: scribe.number(count as u64),
        current: false,
        lang: None,
    }
}
