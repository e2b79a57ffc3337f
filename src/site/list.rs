//! The indexes: paged lists, the archive, the hub, the tree of places, and what is due or departed from the procedure.

use std::collections::BTreeMap;

use crate::field::Kind;
use crate::language::{self, Sorter, percent};
use crate::record::choice::{Level, Outcome};
use crate::register::RecordIx;
use crate::verdict::{Due, DueKind, DueState, Responsible, Status};

use super::coverage;
use super::figures;
use super::index::Listing;
use super::league::board;
use super::page::Page;
use super::parts::{self, tag};
use super::scribe::Scribe;
use super::view::{
    Archive, ArchiveMonth, ArchiveYear, Browse, BrowseGroup, CountLink, Date as Day, DueList, DueRow, Facet, FindingList,
    FindingRow, List, PageLink, Pager, PlaceCard, PlaceNode, PlaceShare, Places, Tone,
};

/// How many records a page of a list shows.
pub const PER_PAGE: usize = 50;

/// How many places the hub of indexes and the tree of places show at most; those further down stand on the pages of the places
/// above them.
const BROWSED: usize = 60;
const TREE: usize = 300;

/// Returns how many pages a list of `records` has; an empty list has one.
pub fn pages(records: usize) -> usize {
    records.div_ceil(PER_PAGE).max(1)
}

/// Returns the part of a list that stands on page `n`.
pub fn part<T>(all: &[T], n: usize) -> &[T] {
    let start = ((n - 1) * PER_PAGE).min(all.len());
    &all[start..(start + PER_PAGE).min(all.len())]
}

/// Writes a page of a list.
pub fn page(scribe: &Scribe, listing: &Listing, n: usize) -> List {
    let (shown, count) = (scribe.index.shown(listing), scribe.index.count(listing));
    let kinds = !matches!(listing, Listing::Kind(_) | Listing::PlaceKind(..));
    let (rows, columns) = scribe.rows.page(scribe, part(shown, n), kinds);
    List {
        title: title(scribe, listing),
        lead: lead(scribe, listing, shown.len(), count),
        columns,
        rows,
        facets: facets(scribe, listing),
        pager: pager(scribe, n, pages(shown.len()), |n| Page::List(listing.clone(), n)),
    }
}

/// Says how many records a list has, and where the rest stand of one that shows only the newest.
fn lead(scribe: &Scribe, listing: &Listing, shown: usize, count: usize) -> String {
    let label = match listing {
        // They have no day by which they could be listed.
        Listing::Kind(Kind::Area) | Listing::PlaceKind(_, Kind::Area) => return scribe.count("place", count),
        _ if shown == count => "words.list_lead",
        Listing::Year(_) => "words.list_lead_months",
        _ => "words.list_lead_places",
    };
    scribe.fill(label, &[("n", &scribe.number(count as u64)), ("shown", &scribe.number(shown as u64))])
}

/// Names what a list holds.
pub fn title(scribe: &Scribe, listing: &Listing) -> String {
    let place = |area: &str| scribe.place_name(area).unwrap_or_else(|| area.to_owned());
    let kinds = |kind: &Kind| scribe.label_of("kinds", kind.name());
    match listing {
        Listing::Kind(kind) => kinds(kind),
        Listing::Place(area) => format!("{}{}", place(area), scribe.say("的全部公开记录", ": all records")),
        Listing::PlaceKind(area, kind) => match scribe.say("zh", "en") {
            "zh" => format!("{}的{}", place(area), kinds(kind)),
            _ => format!("{}: {}", place(area), kinds(kind).to_lowercase()),
        },
        Listing::Year(year) => format!("{}{}", scribe.period_text(&format!("{year:04}")), scribe.say("的公开记录", ": records")),
        Listing::Month(year, month) => {
            format!("{}{}", language::month(*year, *month, scribe.language), scribe.say("的公开记录", ": records"))
        }
        Listing::Category(category) => category.clone(),
        Listing::Step(workflow, step) => step_name(scribe, workflow, step),
        Listing::Outcome(outcome) => scribe.label_of("outcome", outcome),
        Listing::Status(status) => scribe.label(parts::status_label(*status)),
    }
}

/// Names a step with its procedure (`八步工作法：广示之`).
fn step_name(scribe: &Scribe, workflow: &str, step: &str) -> String {
    let procedure = scribe.workflow_title(workflow);
    let title = scribe.step_title(workflow, step);
    format!("{procedure}{}{title}", scribe.labels.get("language.colon"))
}

/// Writes an index beside a list.
fn facet(scribe: &Scribe, title: String, items: &[CountLink]) -> Facet {
    Facet { title, items: scribe.rows.counts(scribe, items) }
}

/// Writes the indexes beside a list: its siblings.
fn facets(scribe: &Scribe, listing: &Listing) -> Vec<Facet> {
    let group = |key: &str, items: Vec<CountLink>| facet(scribe, scribe.label_of("browse", key), &items);
    match listing {
        Listing::Kind(kind) => vec![group("kind", kinds(scribe)), group("place", kind_of_places(scribe, *kind))],
        Listing::Place(area) => vec![group("kind", kinds_in(scribe, area)), group("place", places_below(scribe, area))],
        Listing::PlaceKind(area, kind) => {
            vec![group("kind", kinds_in(scribe, area)), group("place", kind_below(scribe, area, *kind))]
        }
        Listing::Year(year) | Listing::Month(year, _) => {
            vec![group("month", months(scribe, *year)), group("year", years(scribe))]
        }
        Listing::Category(_) => vec![group("category", categories(scribe))],
        Listing::Step(workflow, _) => vec![group("step", steps(scribe, workflow))],
        Listing::Outcome(_) => vec![group("outcome", outcomes(scribe))],
        Listing::Status(_) => vec![group("outcome", statuses(scribe))],
    }
}

/// Makes the pager of a list of `count` pages.
pub fn pager(scribe: &Scribe, n: usize, count: usize, page: impl Fn(usize) -> Page) -> Option<Pager> {
    let href = |n: usize| scribe.href(&page(n));
    (count > 1).then(|| Pager {
        words: scribe.fill("words.page_of", &[("n", &n.to_string()), ("of", &count.to_string())]),
        previous: if n > 1 { href(n - 1) } else { String::new() },
        next: if n < count { href(n + 1) } else { String::new() },
        pages: shown(n, count)
            .into_iter()
            .map(|number| PageLink {
                number: number.map(|n| n.to_string()).unwrap_or_default(),
                href: number.map(href).unwrap_or_default(),
                current: number == Some(n),
            })
            .collect(),
    })
}

/// Returns the page numbers that a pager shows: the first, the last and two around the current one; `None` is a gap.
fn shown(n: usize, count: usize) -> Vec<Option<usize>> {
    let mut out = Vec::new();
    for i in 1..=count {
        if i == 1 || i == count || i.abs_diff(n) <= 2 {
            out.push(Some(i));
        } else if out.last().is_some_and(Option::is_some) {
            out.push(None);
        }
    }
    out
}

/// Lists the kinds with their counts, those that have records.
pub fn kinds(scribe: &Scribe) -> Vec<CountLink> {
    let with_records = Kind::ALL.into_iter().map(Listing::Kind).filter(|listing| scribe.index.count(listing) > 0);
    with_records.map(|listing| scribe.counted(&listing, title(scribe, &listing))).collect()
}

/// Lists the kinds of a place with their counts.
fn kinds_in(scribe: &Scribe, area: &str) -> Vec<CountLink> {
    let listings = Kind::ALL.into_iter().map(|kind| (Listing::PlaceKind(area.to_owned(), kind), kind));
    let listings = listings.filter(|(listing, _)| scribe.index.count(listing) > 0);
    listings.map(|(listing, kind)| scribe.counted(&listing, scribe.label_of("kinds", kind.name()))).collect()
}

/// Lists the places right below an area (and the area above it) with their counts.
fn places_below(scribe: &Scribe, area: &str) -> Vec<CountLink> {
    around(scribe, area).into_iter().map(|path| scribe.counted(&Listing::Place(path.clone()), name(scribe, &path))).collect()
}

/// Lists the records of one kind in the places right below an area with their counts.
fn kind_below(scribe: &Scribe, area: &str, kind: Kind) -> Vec<CountLink> {
    let around = around(scribe, area).into_iter();
    around.map(|path| scribe.counted(&Listing::PlaceKind(path.clone(), kind), name(scribe, &path))).collect()
}

/// Lists the records of one kind in the topmost places with their counts.
fn kind_of_places(scribe: &Scribe, kind: Kind) -> Vec<CountLink> {
    let top = scribe.edition.register.children("").iter().map(|ix| scribe.edition.register.get(*ix).id.clone());
    top.map(|path| scribe.counted(&Listing::PlaceKind(path.clone(), kind), name(scribe, &path))).collect()
}

/// Returns the paths around an area: the one above, itself, those right below.
fn around(scribe: &Scribe, area: &str) -> Vec<String> {
    let register = &scribe.edition.register;
    let above = register.ancestors(area).first().map(|ix| register.get(*ix).id.clone());
    let below = register.children(area).iter().map(|ix| register.get(*ix).id.clone());
    above.into_iter().chain([area.to_owned()]).chain(below).collect()
}

/// Returns the name of a place.
fn name(scribe: &Scribe, area: &str) -> String {
    scribe.edition.register.area(area).map_or_else(|| area.to_owned(), |ix| scribe.title(ix))
}

/// Lists the years with their counts, the newest first.
pub fn years(scribe: &Scribe) -> Vec<CountLink> {
    scribe
        .index
        .years()
        .rev()
        .map(|year| scribe.counted(&Listing::Year(year), scribe.period_text(&format!("{year:04}"))))
        .collect()
}

/// Lists the months of a year with their counts, those that have records.
fn months(scribe: &Scribe, year: i16) -> Vec<CountLink> {
    let listings = (1..=12).map(|month| (month, Listing::Month(year, month))).filter(|(_, l)| scribe.index.count(l) > 0);
    listings.map(|(month, listing)| scribe.counted(&listing, language::month(year, month, scribe.language))).collect()
}

/// Returns the names of all categories.
pub fn category_names<'a>(scribe: &'a Scribe) -> impl Iterator<Item = &'a str> {
    scribe.index.categories()
}

/// Returns how many records a category holds.
pub fn category_size(scribe: &Scribe, category: &str) -> usize {
    scribe.index.count(&Listing::Category(category.to_owned()))
}

/// Lists the categories with their counts, in the order of the language.
pub fn categories(scribe: &Scribe) -> Vec<CountLink> {
    let mut names: Vec<&str> = category_names(scribe).collect();
    let sorter = Sorter::new(scribe.language);
    names.sort_by(|a, b| sorter.compare(a, b));
    names.into_iter().map(|name| scribe.counted(&Listing::Category(name.to_owned()), name)).collect()
}

/// Lists the steps of a procedure with the matters that are at each.
fn steps(scribe: &Scribe, workflow: &str) -> Vec<CountLink> {
    let steps = scribe.procedure(workflow).map(|workflow| workflow.steps.as_slice()).unwrap_or_default().iter();
    steps.map(|step| scribe.counted(&Listing::Step(workflow.to_owned(), step.id.clone()), scribe.text(&step.title))).collect()
}

/// Lists the outcomes with their counts.
fn outcomes(scribe: &Scribe) -> Vec<CountLink> {
    let listings = Outcome::ALL.iter().map(|outcome| Listing::Outcome(outcome.name().to_owned()));
    listings.map(|listing| scribe.counted(&listing, title(scribe, &listing))).collect()
}

/// Lists the states with their counts.
fn statuses(scribe: &Scribe) -> Vec<CountLink> {
    let listings = Status::ALL.iter().map(|status| Listing::Status(*status));
    listings.map(|listing| scribe.counted(&listing, title(scribe, &listing))).collect()
}

/// Writes the hub of all indexes.
pub fn browse(scribe: &Scribe) -> Browse {
    let group = |id: &str, items: Vec<CountLink>| BrowseGroup {
        id: format!("by-{id}"),
        title: scribe.label_of("browse", id),
        note: String::new(),
        items,
        all: None,
    };
    let mut groups =
        vec![group("kind", kinds(scribe)), group("category", categories(scribe)), group("place", top_places(scribe))];
    groups.push(group("year", years(scribe)));
    groups.push(BrowseGroup {
        id: "by-matrix".to_owned(),
        title: scribe.label("matrix.title"),
        note: String::new(),
        items: super::matrix::index(scribe),
        all: None,
    });
    groups.push(group("performance", performance(scribe)));
    for workflow in used_workflows(scribe) {
        let title = scribe.workflow_title(&workflow);
        let title = format!("{}{}{title}", scribe.label("browse.step"), scribe.label("language.colon"));
        groups.push(BrowseGroup { title, ..group(&format!("step-{workflow}"), steps(scribe, &workflow)) });
    }
    groups.push(group("outcome", outcomes(scribe).into_iter().chain(statuses(scribe)).collect()));
    groups.retain(|group| !group.items.is_empty());
    Browse { lead: scribe.count("record", scribe.edition.published().count()), groups }
}

/// Links to the areas that assess and to the places that the target of coverage lacks, with their numbers.
fn performance(scribe: &Scribe) -> Vec<CountLink> {
    let missing = coverage::count(scribe.edition).map_or(0, |coverage| coverage.missing.len());
    let pages = [
        (Page::Performance(1), "league.title", scribe.index.leagues.areas().len()),
        (Page::Coverage(1), "coverage.missing", missing),
    ];
    let some = pages.into_iter().filter(|(.., n)| *n > 0);
    some.map(|(page, label, n)| board::linked(scribe, &page, scribe.label(label), n, false)).collect()
}

/// Returns the procedures that some matter follows, in the order of their ids.
fn used_workflows(scribe: &Scribe) -> Vec<String> {
    let used: std::collections::BTreeSet<&str> = scribe
        .edition
        .published()
        .filter_map(|(ix, _)| scribe.edition.verdict(ix)?.workflow.as_ref().map(|workflow| workflow.id.as_str()))
        .collect();
    used.into_iter()
        .filter(|id| scribe.procedure(id).is_some_and(|workflow| !workflow.steps.is_empty()))
        .map(str::to_owned)
        .collect()
}

/// Lists the topmost places and those below them, as many whole levels as there is room for.
fn top_places(scribe: &Scribe) -> Vec<CountLink> {
    let places = topmost(scribe, BROWSED).into_iter();
    places.map(|ix| scribe.counted(&Listing::Place(scribe.edition.register.get(ix).id.clone()), scribe.title(ix))).collect()
}

/// Returns the topmost places and those below them, each followed by its own: as many whole levels as hold at most `room` places,
/// and the topmost in any case.
pub fn topmost(scribe: &Scribe, room: usize) -> Vec<RecordIx> {
    tree(scribe, "", depth(scribe, room))
}

/// Returns every place below an area, each followed by its own.
pub fn below(scribe: &Scribe, area: &str) -> Vec<RecordIx> {
    tree(scribe, area, usize::MAX)
}

/// Returns the places of `depth` levels below an area, each followed by its own.
fn tree(scribe: &Scribe, area: &str, depth: usize) -> Vec<RecordIx> {
    let register = &scribe.edition.register;
    let mut open: Vec<(RecordIx, usize)> = register.children(area).iter().rev().map(|ix| (*ix, 1)).collect();
    let mut shown = Vec::new();
    while let Some((ix, at)) = open.pop() {
        shown.push(ix);
        if at < depth {
            open.extend(register.children(&register.get(ix).id).iter().rev().map(|below| (*below, at + 1)));
        }
    }
    shown
}

/// Returns how many whole levels of the tree, from the top, hold at most `room` places; one at least.
fn depth(scribe: &Scribe, room: usize) -> usize {
    let register = &scribe.edition.register;
    let mut level = register.children("").to_vec();
    let (mut depth, mut total) = (0, 0);
    while !level.is_empty() && (depth == 0 || total + level.len() <= room) {
        total += level.len();
        depth += 1;
        level = level.iter().flat_map(|ix| register.children(&register.get(*ix).id)).copied().collect();
    }
    depth
}

/// Writes the archive by date.
pub fn archive(scribe: &Scribe) -> Archive {
    let years = years(scribe);
    let fullest =
        scribe.index.iter().filter(|(l, _)| matches!(l, Listing::Month(..))).map(|(_, all)| all.len()).max().unwrap_or(0);
    let write = |(year, link): (i16, CountLink)| ArchiveYear {
        id: format!("year-{year}"),
        year: link,
        months: (1..=12).map(|month| archive_month(scribe, year, month, fullest)).collect(),
    };
    Archive {
        title: scribe.label("archive.title"),
        lead: scribe.count("record", scribe.edition.published().count()),
        years: scribe.index.years().rev().zip(years).map(write).collect(),
    }
}

/// Writes a month of the archive.
fn archive_month(scribe: &Scribe, year: i16, month: i8, fullest: usize) -> ArchiveMonth {
    let listing = Listing::Month(year, month);
    let width = percent(scribe.index.count(&listing) as u64, fullest as u64);
    ArchiveMonth { month: scribe.counted(&listing, language::month(year, month, scribe.language)), width }
}

/// Writes the tree of places.
pub fn places(scribe: &Scribe) -> Places {
    let register = &scribe.edition.register;
    let depth = depth(scribe, TREE);
    Places {
        lead: levels(scribe, register.areas().map(|(_, area)| area.level)),
        figures: figures::coverage(scribe),
        tree: register.children("").iter().map(|ix| node(scribe, *ix, depth)).collect(),
    }
}

/// Counts the places of each level (`乡镇 71 个 · 村 957 个`), the highest first.
pub fn levels(scribe: &Scribe, places: impl Iterator<Item = Level>) -> String {
    let mut levels: BTreeMap<_, u64> = BTreeMap::new();
    for level in places {
        *levels.entry(level).or_default() += 1;
    }
    let words = levels.iter().map(|(level, n)| {
        let (level, n) = (scribe.choice("level", level.name(), || level.label()), scribe.number(*n));
        if scribe.say("zh", "en") == "zh" { format!("{level} {n} 个") } else { format!("{level}: {n}") }
    });
    scribe.join(words)
}

/// Writes a place and `depth - 1` levels below it.
fn node(scribe: &Scribe, ix: RecordIx, depth: usize) -> PlaceNode {
    let register = &scribe.edition.register;
    let below = if depth > 1 { register.children(&register.get(ix).id) } else { &[] };
    let record = register.get(ix);
    let mut place = scribe.counted(&Listing::Place(record.id.clone()), scribe.title(ix));
    place.href = scribe.href(&Page::Record(ix));
    PlaceNode {
        place,
        level: record.place().map(|area| scribe.choice("level", area.level.name(), || area.level.label())).unwrap_or_default(),
        share: share(scribe, &record.id),
        children: below.iter().map(|ix| node(scribe, *ix, depth - 1)).collect(),
    }
}

/// Writes a place as a card.
pub fn place_card(scribe: &Scribe, ix: RecordIx) -> PlaceCard {
    let record = scribe.edition.register.get(ix);
    let records = scribe.index.get(&Listing::Place(record.id.clone()));
    // The newest come first.
    let newest = records.iter().find_map(|ix| scribe.edition.register.date_of(*ix).filter(|date| *date <= scribe.edition.as_of));
    PlaceCard {
        link: scribe.link(ix),
        level: record.place().map(|area| scribe.choice("level", area.level.name(), || area.level.label())).unwrap_or_default(),
        records: scribe.count("record", records.len()),
        share: share(scribe, &record.id),
        updated: newest.map(|date| scribe.date(date)),
    }
}

/// Returns how much of what was due in a place, and below it, is done.
fn share(scribe: &Scribe, area: &str) -> Option<PlaceShare> {
    let super::dues::Share { done, of } = scribe.index.dues.share(area);
    (of > 0).then(|| PlaceShare {
        words: scribe.fill("words.share", &[("of", &scribe.number(of)), ("n", &scribe.number(done))]),
        width: percent(done, of),
        tone: if done == of { Tone::Done } else { Tone::Act },
    })
}

/// Writes one thing that has to be done by a day: a task, an answer, a disclosure, or a regular duty of a place.
pub fn due_row(scribe: &Scribe, due: &Due) -> DueRow {
    let record = scribe.edition.register.get(due.record);
    let title = scribe.text(&due.title);
    let (text, note) = match due.period {
        Some(period) => (title, scribe.period(period)),
        None if title.is_empty() || title == scribe.title(due.record) => (scribe.title(due.record), String::new()),
        None => (title, scribe.title(due.record)),
    };
    let state = match due.state {
        DueState::Done => tag(scribe, Tone::Done, "due.done"),
        DueState::Due | DueState::UnderWay => tag(
            scribe,
            Tone::Run,
            match due.kind {
                DueKind::Task => "due.task-due",
                DueKind::Answer => "status.open",
                _ => "due.due",
            },
        ),
        DueState::Overdue => tag(scribe, Tone::Act, "due.overdue"),
    };
    let whenever = || match due.period {
        Some(_) => scribe.say("每期末", "end of each period"),
        None => scribe.say("未定日期", "no day set"),
    };
    let by = due.date.map(|date| scribe.date(date));
    DueRow {
        item: scribe.link_to(&Page::Record(due.record), text),
        place: scribe.place(&record.area),
        due: by.unwrap_or_else(|| Day { iso: String::new(), text: whenever().to_owned() }),
        tag: state,
        days: overdue_by(scribe, due.days_overdue(scribe.edition.as_of)),
        responsible: responsible(scribe, due),
        note,
        rule: due.rule.as_ref().map(|rule| parts::why_link(scribe, rule, None)),
    }
}

/// Says by how many days something is overdue; empty where it is not.
pub fn overdue_by(scribe: &Scribe, days: i64) -> String {
    let days = usize::try_from(days).unwrap_or_default();
    if days > 0 { scribe.fill("matrix.overdue_by", &[("days", &scribe.count("day", days))]) } else { String::new() }
}

/// Says who has to do something.
fn responsible(scribe: &Scribe, due: &Due) -> String {
    match &due.responsible {
        Some(Responsible::Class(class)) => scribe.body_class(class),
        Some(Responsible::Named(name)) => name.clone(),
        None => String::new(),
    }
}

/// Returns what is overdue, the oldest first, and what is due next, the nearest first.
pub fn open_dues<'a>(scribe: &'a Scribe, area: &str) -> (Vec<&'a Due>, Vec<&'a Due>) {
    scribe.index.dues.open(scribe.edition, area).partition(|due| due.state == DueState::Overdue)
}

/// Returns a page of what is due and overdue in a place and below it; of all places for the empty path.
pub fn due_page(area: &str, n: usize) -> Page {
    if area.is_empty() { Page::Due(n) } else { Page::DueIn(area.to_owned(), n) }
}

/// Names what is due and overdue in a place.
pub fn due_title(scribe: &Scribe, area: &str) -> String {
    let title = scribe.label("due_list.title");
    scribe
        .place(area)
        .map_or_else(|| title.clone(), |place| format!("{}{}{title}", place.text, scribe.labels.get("language.colon")))
}

/// Counts what is open by place, by item and by who has to do it, the most first; places lead to their own lists.
fn due_facets(scribe: &Scribe, area: &str, all: &[&Due]) -> Vec<Facet> {
    let places = around(scribe, area).into_iter().filter(|place| scribe.index.dues.count(place) > 0).map(|place| CountLink {
        text: name(scribe, &place),
        href: scribe.href(&due_page(&place, 1)),
        count: scribe.number(scribe.index.dues.count(&place) as u64),
        current: place == area,
        lang: None,
    });
    let item = |due: &Due| {
        let label = match due.kind {
            DueKind::Task => "due_list.tasks",
            DueKind::Answer => "due_list.answers",
            DueKind::Disclosure => "due_list.disclosures",
            DueKind::Cadence | DueKind::Posting => return scribe.text(&due.title),
        };
        scribe.label(label)
    };
    let facets = [
        ("due_list.by_place", places.collect()),
        ("due_list.by_item", tally(scribe, all.iter().map(|due| item(due)))),
        ("due_list.by_body", tally(scribe, all.iter().map(|due| responsible(scribe, due)))),
    ];
    let facets = facets.into_iter().filter(|(_, items): &(_, Vec<CountLink>)| !items.is_empty());
    facets.map(|(title, items)| facet(scribe, scribe.label(title), &items)).collect()
}

/// Counts equal words, the most frequent first, as many as a page of a list shows; empty words are left out.
fn tally(scribe: &Scribe, words: impl Iterator<Item = String>) -> Vec<CountLink> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for word in words.filter(|word| !word.is_empty()) {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let write = |(text, n): (String, usize)| CountLink {
        lang: scribe.lang_of(&text),
        text,
        href: String::new(),
        count: scribe.number(n as u64),
        current: false,
    };
    counts.into_iter().take(PER_PAGE).map(write).collect()
}

/// Writes what is due and overdue in a place and below it.
pub fn due_list(scribe: &Scribe, area: &str, n: usize) -> DueList {
    let (overdue, due) = open_dues(scribe, area);
    let lead = match scribe.say("zh", "en") {
        "zh" => {
            format!("截至 {}：已逾期 {} 项，即将到期 {} 项", scribe.date(scribe.edition.as_of).text, overdue.len(), due.len())
        }
        _ => format!("As of {}: {} overdue, {} due", scribe.date(scribe.edition.as_of).text, overdue.len(), due.len()),
    };
    let all: Vec<&Due> = overdue.into_iter().chain(due).collect();
    let (overdue, due): (Vec<&Due>, Vec<&Due>) = part(&all, n).iter().partition(|due| due.state == DueState::Overdue);
    DueList {
        title: due_title(scribe, area),
        lead,
        matrix: super::matrix::newest(scribe.edition, area).map(|page| scribe.link_to(&page, scribe.label("matrix.title"))),
        facets: due_facets(scribe, area, &all),
        overdue: overdue.into_iter().map(|due| due_row(scribe, due)).collect(),
        due: due.into_iter().map(|due| due_row(scribe, due)).collect(),
        pager: pager(scribe, n, pages(all.len()), |n| due_page(area, n)),
    }
}

/// Returns every finding of published records, the newest record first.
pub fn findings<'a>(scribe: &'a Scribe) -> Vec<(RecordIx, &'a crate::verdict::Finding)> {
    scribe.index.findings.all(scribe.edition).collect()
}

/// Writes a finding in a list.
pub fn finding_row(scribe: &Scribe, ix: RecordIx, finding: &crate::verdict::Finding, with_rule: bool) -> FindingRow {
    let record = scribe.edition.register.get(ix);
    FindingRow {
        record: scribe.link(ix),
        kind: scribe.kind(record.kind),
        place: scribe.place(&record.area),
        date: parts::past_date(scribe, ix),
        rule: with_rule.then(|| parts::rule_link(scribe, &finding.rule)),
        message: scribe.advice(&finding.message),
    }
}

/// Writes every departure from a procedure.
pub fn finding_list(scribe: &Scribe, n: usize) -> FindingList {
    let all = findings(scribe);
    FindingList {
        lead: if all.is_empty() {
            scribe.label("words.findings_none")
        } else {
            scribe.fill("words.findings_total", &[("n", &all.len().to_string())])
        },
        rows: part(&all, n).iter().map(|(ix, finding)| finding_row(scribe, *ix, finding, true)).collect(),
        facets: finding_facets(scribe, &all),
        pager: pager(scribe, n, pages(all.len()), Page::Findings),
    }
}

/// Counts the findings by rule and by place.
fn finding_facets(scribe: &Scribe, all: &[(RecordIx, &crate::verdict::Finding)]) -> Vec<Facet> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (ix, _) in all {
        *places.entry(scribe.edition.register.get(*ix).area.as_str()).or_default() += 1;
    }
    let by_place = places.into_iter().filter_map(|(area, n)| Some(count_link(scribe, scribe.place(area)?, n))).collect();
    let facets = [("rule", by_rule(scribe, all)), ("place", by_place)];
    let title = |key: &str| {
        scribe.say(if key == "rule" { "按规则" } else { "按地方" }, if key == "rule" { "By rule" } else { "By place" })
    };
    facets
        .into_iter()
        .filter(|(_, items): &(_, Vec<CountLink>)| !items.is_empty())
        .map(|(key, items)| facet(scribe, title(key).to_owned(), &items))
        .collect()
}

/// Counts findings by rule, the most frequent first.
pub fn by_rule(scribe: &Scribe, all: &[(RecordIx, &crate::verdict::Finding)]) -> Vec<CountLink> {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, finding) in all {
        *rules.entry(finding.rule.as_str()).or_default() += 1;
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by_key(|(rule, n)| (std::cmp::Reverse(*n), *rule));
    rules.into_iter().map(|(rule, n)| count_link(scribe, parts::rule_link(scribe, rule), n)).collect()
}

/// Adds a count to a link.
fn count_link(scribe: &Scribe, link: super::view::Link, n: usize) -> CountLink {
    CountLink { text: link.text, href: link.href, count: scribe.number(n as u64), current: false, lang: link.lang }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_shows_both_ends_and_the_neighbours() {
        let numbers = |n, count| shown(n, count).into_iter().map(|n| n.unwrap_or(0)).collect::<Vec<_>>();
        assert_eq!(numbers(1, 3), [1, 2, 3]);
        assert_eq!(numbers(6, 12), [1, 0, 4, 5, 6, 7, 8, 0, 12]);
    }

    #[test]
    fn a_page_is_a_part_of_its_list() {
        let all: Vec<usize> = (0..120).collect();
        assert_eq!(part(&all, 3), &all[100..]);
        assert_eq!((pages(0), pages(50), pages(51)), (1, 1, 2));
    }
}
