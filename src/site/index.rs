//! The indexes: which records each list holds, the newest first.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use ahash::HashMap;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::edition::Edition;
use crate::field::Kind;
use crate::record::Evidence;
use crate::record::choice::Way;
use crate::register::RecordIx;
use crate::verdict::{Finding, Status};

use super::address::folder;
use super::dues::Dues;
use super::league::Leagues;
use super::papers::Papers;

/// What a list holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Listing {
    /// The records of a kind.
    Kind(Kind),
    /// The records of a place and the places below it.
    Place(String),
    /// The records of one kind of a place and the places below it; of places those below it.
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
            Self::Kind(kind) => ["browse/kind/", kind.name()].concat(),
            Self::Place(area) => ["browse/place/", area].concat(),
            Self::PlaceKind(area, kind) => ["browse/", kind.name(), "-in/", area].concat(),
            Self::Year(year) => format!("browse/date/{year:04}"),
            Self::Month(year, month) => format!("browse/date/{year:04}/{month:02}"),
            Self::Category(category) => format!("browse/category/{}", folder(category)),
            Self::Step(workflow, step) => ["browse/step/", workflow, "/", step].concat(),
            Self::Outcome(outcome) => format!("browse/outcome/{outcome}"),
            Self::Status(status) => ["browse/status/", status.name()].concat(),
        }
    }
}

/// Every list of an edition.
#[derive(Debug, Default)]
pub struct Index {
    /// Shared with the index before, where an edit leaves every record in its lists.
    lists: Arc<Lists>,
    /// The departures from procedures; shared likewise.
    pub findings: Arc<Findings>,
    /// What is due, by place; shared likewise.
    pub dues: Arc<Dues>,
    /// Who assesses whom, by area and year.
    pub leagues: Leagues,
    /// What is printed of records.
    pub papers: Papers,
    /// Whether findings and dues are there: an index that was woken has none.
    is_whole: bool,
}

impl Index {
    /// Sorts every published record into its lists.
    pub fn new(edition: &Edition) -> Self {
        let (lists, dues) = (|| Arc::new(lists(edition)), || Arc::new(Dues::new(edition)));
        Self::with((lists, dues), (|| Leagues::new(edition), || Arc::new(Findings::new(edition))))
    }

    /// Sorts the records of an edition of which only these have `changed` since the one that this index was made of: the lists
    /// are the same if each belongs where it belonged, so are the findings if each has what it had, and what is due if nothing of
    /// that was put together anew.
    #[must_use]
    pub fn again(&self, edition: &Edition, before: &Edition, changed: &BTreeSet<RecordIx>) -> Self {
        let stay = || changed.iter().all(|ix| belongs(edition, *ix) == belongs(before, *ix));
        let lists = || if stay() { Arc::clone(&self.lists) } else { Arc::new(lists(edition)) };
        // An index that was woken has not sorted anything into its place yet.
        let same_due = self.is_whole && edition.verdicts.has_the_due_of(&before.verdicts);
        let dues = || if same_due { Arc::clone(&self.dues) } else { Arc::new(Dues::new(edition)) };
        let same_findings = || self.is_whole && changed.iter().all(|ix| found(edition, *ix).eq(found(before, *ix)));
        let findings = || if same_findings() { Arc::clone(&self.findings) } else { Arc::new(Findings::new(edition)) };
        Self::with((lists, dues), (|| self.leagues.again(edition, before, changed), findings))
    }

    /// Writes down the lists, and who assesses whom.
    pub fn keep(&self) -> Option<Vec<u8>> {
        let lists = self.lists.sorted.iter().filter_map(|listing| Some((listing, self.lists.all.get(listing)?)));
        postcard::to_allocvec(&(lists.collect::<Vec<_>>(), &self.leagues)).ok()
    }

    /// Makes an index of what was kept, and of nothing else: what [`again`](Self::again) begins with.
    pub fn woken(kept: &[u8]) -> Option<Self> {
        let (lists, leagues): (Vec<(Listing, List)>, Leagues) = postcard::from_bytes(kept).ok()?;
        let sorted = lists.iter().map(|(listing, _)| listing.clone()).collect();
        Some(Self { lists: Arc::new(Lists { all: lists.into_iter().collect(), sorted }), leagues, ..Self::default() })
    }

    fn with(
        (lists, dues): (impl FnOnce() -> Arc<Lists> + Send, impl FnOnce() -> Arc<Dues> + Send),
        (leagues, findings): (impl FnOnce() -> Leagues + Send, impl FnOnce() -> Arc<Findings> + Send),
    ) -> Self {
        let ((lists, dues), (leagues, findings)) = rayon::join(|| rayon::join(lists, dues), || rayon::join(leagues, findings));
        Self { lists, findings, dues, leagues, papers: Papers::default(), is_whole: true }
    }

    /// Returns the records of a list, the newest first.
    pub fn get(&self, listing: &Listing) -> &[RecordIx] {
        self.lists.all.get(listing).map_or(&[], |list| &list.records)
    }

    /// Returns the records that the pages of a list show: the newest of one that is long and divided further.
    pub fn shown(&self, listing: &Listing) -> &[RecordIx] {
        self.lists.all.get(listing).map_or(&[], List::shown)
    }

    /// Returns how many records a list holds.
    pub fn count(&self, listing: &Listing) -> usize {
        self.get(listing).len()
    }

    /// Returns every list that holds something, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Listing, &[RecordIx])> {
        self.lists.sorted.iter().map(|listing| (listing, self.get(listing)))
    }

    /// Returns the years that have records, in order.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = i16> {
        let years = self.between(&Listing::Year(i16::MIN), &Listing::Year(i16::MAX));
        years.iter().filter_map(|listing| if let Listing::Year(year) = listing { Some(*year) } else { None })
    }

    /// Returns the categories that have records, in the order of their characters.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        let categories = self.between(&Listing::Category(String::new()), &Listing::Step(String::new(), String::new()));
        categories
            .iter()
            .filter_map(|listing| if let Listing::Category(category) = listing { Some(category.as_str()) } else { None })
    }

    /// Returns the lists between two, both included.
    fn between(&self, first: &Listing, last: &Listing) -> &[Listing] {
        let sorted = &self.lists.sorted;
        let (start, end) = (sorted.partition_point(|at| at < first), sorted.partition_point(|at| at <= last));
        &sorted[start..end]
    }
}

/// The lists: found at once, and in their order.
#[derive(Debug, Default)]
struct Lists {
    all: HashMap<Listing, List>,
    sorted: Vec<Listing>,
}

/// The departures from procedures that are published, the newest record first.
#[derive(Debug, Default)]
pub struct Findings {
    /// Each by its record, and its place among what was found there.
    all: Vec<(RecordIx, usize)>,
    /// Those of each rule, by their places above.
    by_rule: HashMap<String, Vec<usize>>,
}

impl Findings {
    /// Collects the findings of published records.
    fn new(edition: &Edition) -> Self {
        let mut found: Vec<_> = edition.published().flat_map(|(ix, _)| found(edition, ix)).collect();
        found.sort();
        let mut findings = Self::default();
        for (_, ix, rule, at) in found {
            findings.by_rule.entry(rule.to_owned()).or_default().push(findings.all.len());
            findings.all.push((ix, at));
        }
        findings
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns every finding.
    pub fn all<'e>(&self, edition: &'e Edition) -> impl Iterator<Item = (RecordIx, &'e Finding)> {
        self.all.iter().filter_map(|(ix, at)| Some((*ix, edition.verdict(*ix)?.findings.get(*at)?)))
    }

    /// Returns the findings of a rule.
    pub fn of<'e>(&self, edition: &'e Edition, rule: &str) -> impl Iterator<Item = (RecordIx, &'e Finding)> {
        let those = self.by_rule.get(rule).map_or(&[][..], Vec::as_slice).iter().filter_map(|number| self.all.get(*number));
        those.filter_map(|(ix, at)| Some((*ix, edition.verdict(*ix)?.findings.get(*at)?)))
    }

    /// Returns how many findings a rule has.
    pub fn count(&self, rule: &str) -> usize {
        self.by_rule.get(rule).map_or(0, Vec::len)
    }
}

/// How many records the pages of a list show where the same records stand in shorter lists: of its months, of the places below.
/// Nobody leafs through more, and every record is found in the shorter ones.
pub const LONGEST: usize = 1000;

/// The records of a list, the newest first.
#[derive(Debug, Default, Serialize, Deserialize)]
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

/// Returns the findings of a record that are published, in the order of their list: by its day, itself, the rule, and its place
/// among what was found there.
fn found(edition: &Edition, ix: RecordIx) -> impl Iterator<Item = (Reverse<Option<Date>>, RecordIx, &str, usize)> {
    let findings = edition.verdict(ix).filter(|_| edition.is_published(ix)).map_or(&[][..], |verdict| &verdict.findings);
    let public = findings.iter().enumerate().filter(|(_, finding)| finding.severity == Severity::Finding);
    public.map(move |(at, finding)| (Reverse(edition.register.date_of(ix)), ix, finding.rule.as_str(), at))
}

/// Whether each record of a list stands in a shorter list of the same sort as well.
fn is_divided(edition: &Edition, listing: &Listing, records: &[RecordIx]) -> bool {
    let area = match listing {
        Listing::Year(_) => return true,
        // A place that lies right below another is in no shorter list.
        Listing::Kind(Kind::Area)
        | Listing::PlaceKind(_, Kind::Area)
        | Listing::Month(..)
        | Listing::Category(_)
        | Listing::Step(..)
        | Listing::Outcome(_)
        | Listing::Status(_) => return false,
        Listing::Kind(_) => "",
        Listing::Place(area) | Listing::PlaceKind(area, _) => area,
    };
    records.len() > LONGEST && records.iter().all(|ix| edition.register.get(*ix).area != area)
}

/// Sorts every published record into its lists, the newest first.
fn lists(edition: &Edition) -> Lists {
    let mut records: Vec<_> = edition.published().map(|(ix, _)| (Reverse(edition.register.date_of(ix)), ix)).collect();
    records.par_sort_unstable();
    let mut lists: HashMap<Listing, Vec<RecordIx>> = HashMap::default();
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
    let all: HashMap<Listing, List> = lists.into_iter().map(divided).collect();
    let mut sorted: Vec<Listing> = all.keys().cloned().collect();
    sorted.par_sort_unstable();
    Lists { all, sorted }
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
        // A place lies in those above it, and not in itself.
        if area != record.id {
            lists.push(Listing::PlaceKind(area.to_owned(), record.kind));
        }
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
pub fn places(area: &str) -> impl Iterator<Item = &str> {
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
        Kind::Matter | Kind::Disclosure => record.tree().get("category")?.text().map(str::to_owned),
        _ => None,
    }
}

/// Returns the posting of a record, from its first day to its last: of the result of a matter, of a meeting, of a disclosure.
pub fn posting(edition: &Edition, ix: RecordIx) -> Option<(Date, Date, &[Way])> {
    let record = edition.register.get(ix);
    if let Some(matter) = record.matter() {
        return matter.steps.iter().find_map(|(_, evidence)| match evidence {
            Evidence::Publicise(posting) => posting.to.map(|to| (posting.from, to, posting.ways.as_slice())),
            _ => None,
        });
    }
    let meeting = record.meeting().and_then(|m| m.publicised.as_ref());
    let posting = meeting
        .or_else(|| record.disclosure().and_then(|d| d.publicised.as_ref()))
        .or_else(|| record.election().and_then(|e| e.publicised.as_ref()))?;
    Some((posting.from, posting.to, &posting.ways))
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
