//! The indexes: which records each list holds, the newest first.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::edition::Edition;
use crate::field::Kind;
use crate::record::Evidence;
use crate::register::RecordIx;
use crate::verdict::Status;

use super::address::folder;
use super::dues::Dues;
use super::league::Leagues;
use super::papers::Papers;

/// What a list holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listing {
    /// The records of a kind.
    Kind(Kind),
    /// The records of a place and the places below it.
    Place(String),
    /// The records of one kind of a place and the places below it.
    PlaceKind(String, Kind),
    /// The records of a year.
    Year(i16),
    /// The records of a month.
    Month(i16, i8),
    /// The records of a category.
    Category(String),
    /// The matters that are at a step of a workflow.
    Step(String, String),
    /// The matters that were decided in one way.
    Outcome(String),
    /// The matters and other records in one state.
    Status(Status),
}

impl Listing {
    /// Returns the path of the list's folder below the language's root.
    pub fn folder(&self) -> String {
        match self {
            Self::Kind(kind) => format!("browse/kind/{}", kind.name()),
            Self::Place(area) => format!("browse/place/{area}"),
            Self::PlaceKind(area, kind) => format!("browse/{}-in/{area}", kind.name()),
            Self::Year(year) => format!("browse/date/{year:04}"),
            Self::Month(year, month) => format!("browse/date/{year:04}/{month:02}"),
            Self::Category(category) => format!("browse/category/{}", folder(category)),
            Self::Step(workflow, step) => format!("browse/step/{workflow}/{step}"),
            Self::Outcome(outcome) => format!("browse/outcome/{outcome}"),
            Self::Status(status) => format!("browse/status/{}", status.name()),
        }
    }
}

/// Every list of an edition.
#[derive(Debug, Default)]
pub struct Index {
    /// Shared with the index before, where an edit leaves every record in its lists.
    lists: Arc<BTreeMap<Listing, List>>,
    /// What is due, by place.
    pub dues: Dues,
    /// Who assesses whom, by area and year.
    pub leagues: Leagues,
    /// What is printed of records.
    pub papers: Papers,
}

impl Index {
    /// Sorts every published record into its lists.
    pub fn new(edition: &Edition) -> Self {
        Self::with(edition, || Arc::new(lists(edition)))
    }

    /// Sorts the records of an edition of which only these have `changed` since the one that this index was made of: the lists
    /// are the same if each belongs where it belonged.
    #[must_use]
    pub fn again(&self, edition: &Edition, before: &Edition, changed: &BTreeSet<RecordIx>) -> Self {
        let same = || changed.iter().all(|ix| belongs(edition, *ix) == belongs(before, *ix));
        Self::with(edition, || if same() { Arc::clone(&self.lists) } else { Arc::new(lists(edition)) })
    }

    fn with(edition: &Edition, lists: impl FnOnce() -> Arc<BTreeMap<Listing, List>> + Send) -> Self {
        let (lists, (dues, leagues)) = rayon::join(lists, || rayon::join(|| Dues::new(edition), || Leagues::new(edition)));
        Self { lists, dues, leagues, papers: Papers::default() }
    }

    /// Returns the records of a list, the newest first.
    pub fn get(&self, listing: &Listing) -> &[RecordIx] {
        self.lists.get(listing).map_or(&[], |list| &list.records)
    }

    /// Returns the records that the pages of a list show: the newest of one that is long and divided further.
    pub fn shown(&self, listing: &Listing) -> &[RecordIx] {
        self.lists.get(listing).map_or(&[], List::shown)
    }

    /// Returns how many records a list holds.
    pub fn count(&self, listing: &Listing) -> usize {
        self.get(listing).len()
    }

    /// Returns every list that holds something, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Listing, &[RecordIx])> {
        self.lists.iter().map(|(listing, list)| (listing, list.records.as_slice()))
    }
}

/// How many records the pages of a list show where the same records stand in shorter lists: of its months, of the places below.
/// Nobody leafs through more, and every record is found in the shorter ones.
pub const LONGEST: usize = 1000;

/// The records of a list, the newest first.
#[derive(Debug, Default)]
struct List {
    records: Vec<RecordIx>,
    /// Whether each of them stands in a shorter list of the same sort as well.
    divided: bool,
}

impl List {
    fn shown(&self) -> &[RecordIx] {
        if self.divided { &self.records[..self.records.len().min(LONGEST)] } else { &self.records }
    }
}

/// Whether each record of a list stands in a shorter list of the same sort as well.
fn is_divided(edition: &Edition, listing: &Listing, records: &[RecordIx]) -> bool {
    let area = match listing {
        Listing::Year(_) => return true,
        Listing::Kind(_) => "",
        Listing::Place(area) | Listing::PlaceKind(area, _) => area,
        Listing::Month(..) | Listing::Category(_) | Listing::Step(..) | Listing::Outcome(_) | Listing::Status(_) => return false,
    };
    records.len() > LONGEST && records.iter().all(|ix| edition.register.get(*ix).area != area)
}

/// Sorts every published record into its lists, the newest first.
fn lists(edition: &Edition) -> BTreeMap<Listing, List> {
    let mut records: Vec<_> = edition.published().map(|(ix, _)| (std::cmp::Reverse(edition.register.date_of(ix)), ix)).collect();
    records.par_sort_unstable();
    let mut lists: HashMap<Listing, Vec<RecordIx>> = HashMap::new();
    let found: Vec<(RecordIx, Vec<Listing>)> = records.par_iter().map(|(_, ix)| (*ix, listings(edition, *ix))).collect();
    for (ix, listings) in found {
        for listing in listings {
            lists.entry(listing).or_default().push(ix);
        }
    }
    let divided = |(listing, records): (Listing, Vec<RecordIx>)| {
        let divided = is_divided(edition, &listing, &records);
        (listing, List { records, divided })
    };
    lists.into_iter().map(divided).collect()
}

/// Returns where a record stands: its lists, and the day by which they sort it; nothing for one that is not published.
fn belongs(edition: &Edition, ix: RecordIx) -> Option<(Vec<Listing>, Option<Date>)> {
    edition.is_published(ix).then(|| (listings(edition, ix), edition.register.date_of(ix)))
}

/// Returns the lists that a record belongs to.
fn listings(edition: &Edition, ix: RecordIx) -> Vec<Listing> {
    let record = edition.register.get(ix);
    let mut lists = vec![Listing::Kind(record.kind)];
    for area in places(&record.area) {
        lists.push(Listing::PlaceKind(area.to_owned(), record.kind));
        lists.push(Listing::Place(area.to_owned()));
    }
    if let Some(date) = edition.register.date_of(ix) {
        lists.extend(dated(date));
    }
    lists.extend(category(edition, ix).map(Listing::Category));
    if let Some(verdict) = edition.verdict(ix) {
        lists.extend(verdict.status.map(Listing::Status));
        lists.extend(verdict.decision.clone().map(Listing::Outcome));
        let open = matches!(verdict.status, Some(Status::UnderWay | Status::Publicising));
        let current = verdict.current_step.filter(|_| open).and_then(|at| verdict.steps.get(at));
        if let (Some(workflow), Some(step)) = (&verdict.workflow, current) {
            lists.push(Listing::Step(workflow.id.clone(), step.id.clone()));
        }
    }
    lists
}

/// Returns a place and every place above it, by their paths.
fn places(area: &str) -> impl Iterator<Item = &str> {
    let ends = area.match_indices('/').map(|(i, _)| i).chain((!area.is_empty()).then_some(area.len()));
    ends.map(|end| &area[..end])
}

/// Returns the lists of a day's year and month.
fn dated(date: Date) -> [Listing; 2] {
    [Listing::Year(date.year()), Listing::Month(date.year(), date.month())]
}

/// Returns the category of a record, where it has one.
fn category(edition: &Edition, ix: RecordIx) -> Option<String> {
    let record = edition.register.get(ix);
    match record.kind {
        Kind::Matter | Kind::Disclosure => record.tree.get("category")?.text().map(str::to_owned),
        _ => None,
    }
}

/// Returns the posting of a record, from its first day to its last: of the result of a matter, of a meeting, of a disclosure.
pub fn posting(edition: &Edition, ix: RecordIx) -> Option<(Date, Date, Vec<crate::record::choice::Way>)> {
    let record = edition.register.get(ix);
    if let Some(matter) = record.matter() {
        return matter.steps.iter().find_map(|(_, evidence)| match evidence {
            Evidence::Publicise(posting) => posting.to.map(|to| (posting.from, to, posting.ways.clone())),
            _ => None,
        });
    }
    let meeting = record.meeting().and_then(|m| m.publicised.as_ref());
    let posting = meeting
        .or_else(|| record.disclosure().and_then(|d| d.publicised.as_ref()))
        .or_else(|| record.election().and_then(|e| e.publicised.as_ref()))?;
    Some((posting.from, posting.to, posting.ways.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_belongs_to_every_place_above_it() {
        assert_eq!(places("qinghe/xinmin").collect::<Vec<_>>(), ["qinghe", "qinghe/xinmin"]);
        assert_eq!(places("").count(), 0);
    }

    #[test]
    fn lists_have_folders_of_their_own() {
        assert_eq!(Listing::Category("公益事业".into()).folder(), "browse/category/公益事业");
        assert_eq!(Listing::Month(2026, 3).folder(), "browse/date/2026/03");
    }
}
