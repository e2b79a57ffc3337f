//! What a page can show anything of: its scope.
//!
//! A page looks at little: at a record and those around it, or at a place and all below it. [`Scopes`] takes the digest of what
//! there is in each scope, so that a page whose scope is the same as it was is the same as it was, without a look at it. A scope
//! may hold more than its page shows, never less; all that is not bound to a place (procedures, places, lists, names that are
//! masked) belongs to every scope.

use std::hash::Hash;

use ahash::HashMap;
use blake3::Hash as Digest;
use rayon::prelude::*;

use crate::digest::Digester;
use crate::edition::Edition;
use crate::field::Kind;
use crate::register::RecordIx;
use crate::statistics::Statistics;

use super::index::{Listing, places};
use super::list::part;
use super::parts::published;
use super::{Page, Plan};

/// The digests of what the pages of a site look at.
#[derive(Debug)]
pub struct Scopes {
    /// What belongs to every scope.
    common: Digest,
    /// A record with those around it.
    near: Vec<Digest>,
    /// A place with all below it; everything for the empty path.
    below: HashMap<String, Digest>,
    /// The records with findings.
    found: Digest,
    /// What is due.
    dues: Digest,
    /// The facts of a place and all below it; all of them for the empty path.
    facts: HashMap<String, Digest>,
}

impl Scopes {
    /// Takes the digests of an edition, its figures and its plan.
    pub fn new(edition: &Edition, statistics: &Statistics, plan: &Plan) -> Self {
        let register = &edition.register;
        let all: Vec<RecordIx> = register.records().map(|(ix, _)| ix).collect();
        let own: Vec<Digest> = all.par_iter().map(|ix| own(edition, *ix)).collect();
        let around = |of: &[Digest], ix: RecordIx| {
            // Places are in every scope, and what is judged of them is not shown beside their records.
            let linked = register.links(ix).iter().map(|link| link.to).chain(register.links_to(ix).iter().map(|link| link.from));
            let records = linked.filter(|ix| register.get(*ix).kind != Kind::Area);
            digest_of(std::iter::once(ix).chain(records).map(|ix| &of[ix.0 as usize]))
        };
        let first: Vec<Digest> = all.par_iter().map(|ix| around(&own, *ix)).collect();
        // A meeting that decided a matter, and the motions that were put to it: two steps away.
        let near: Vec<Digest> = all.par_iter().map(|ix| around(&first, *ix)).collect();
        let rest = || rayon::join(|| common(edition, statistics, plan), || (found(edition, &near), dues(edition)));
        let places = || rayon::join(|| below(edition, &near), || statistics.digests());
        let ((below, facts), (common, (found, dues))) = rayon::join(places, rest);
        let facts = facts.into_iter().map(|(area, digest)| (area.to_owned(), digest)).collect();
        Self { common, near, below, found, dues, facts }
    }

    /// Returns the digest of the scope of a page.
    pub fn of(&self, page: &Page, edition: &Edition, plan: &Plan) -> Digest {
        let near = |ix: &RecordIx| &self.near[ix.0 as usize];
        let below = |area: &str| self.below.get(area).unwrap_or(&self.common);
        let scope = match page {
            Page::NotFound => vec![],
            Page::Record(ix) => {
                let record = edition.register.get(*ix);
                match record.kind {
                    Kind::Matter | Kind::Meeting | Kind::Opinions => vec![near(ix)],
                    Kind::Area => vec![below(&record.id)],
                    _ => vec![near(ix), below(&record.area)],
                }
            }
            Page::List(listing, n) => part(plan.index.shown(listing), *n).iter().map(near).collect(),
            Page::Matrix(area, ..) | Page::Assessed(area, ..) => vec![below(area)],
            Page::Statistics(area, ..) => self.figures(edition, area),
            Page::StatisticsHome => self.figures(edition, ""),
            Page::Due(n) => self.due(plan, edition, "", *n),
            Page::DueIn(area, n) => self.due(plan, edition, area, *n),
            Page::Indicator(contract, ..) => vec![near(contract), below(&edition.register.get(*contract).area)],
            Page::Findings(_) | Page::Rule(_) => vec![&self.found],
            Page::Home
            | Page::About
            | Page::Browse
            | Page::Archive
            | Page::Places
            | Page::Procedures
            | Page::Procedure(_)
            | Page::Coverage(_)
            | Page::Performance(_) => vec![below("")],
        };
        digest_of(std::iter::once(&self.common).chain(scope))
    }
}

impl Scopes {
    /// Returns what a page of figures looks at: the facts, and the records filed in the place itself, which it lists.
    fn figures(&self, edition: &Edition, area: &str) -> Vec<&Digest> {
        let Some(facts) = self.facts.get(area) else { return vec![self.below.get(area).unwrap_or(&self.common)] };
        edition.register.all_of(area).map(|ix| &self.near[ix.0 as usize]).chain([facts]).collect()
    }

    /// Returns what a page of what is due looks at: all that is due, which it counts, and the records of what it lists.
    fn due(&self, plan: &Plan, edition: &Edition, area: &str, n: usize) -> Vec<&Digest> {
        let all: Vec<RecordIx> = plan.index.dues.open(edition, area).map(|due| due.record).collect();
        part(&all, n).iter().map(|ix| &self.near[ix.0 as usize]).chain([&self.dues]).collect()
    }
}

/// Takes the digest of all that is due, in order.
fn dues(edition: &Edition) -> Digest {
    let mut digester = Digester::default();
    edition.verdicts.due().hash(&mut digester);
    digester.digest()
}

/// Takes the digest of digests.
fn digest_of<'d>(digests: impl Iterator<Item = &'d Digest>) -> Digest {
    digests.collect::<Digester>().digest()
}

/// Takes the digest of a record by itself: what it says, what was judged of it, its day, whether it is published.
fn own(edition: &Edition, ix: RecordIx) -> Digest {
    let mut digester = Digester::default();
    digester.add(edition.register.get(ix).source.as_bytes());
    edition.register.date_of(ix).map(|date| (date.year(), date.month(), date.day())).hash(&mut digester);
    edition.is_published(ix).hash(&mut digester);
    if let Some(verdict) = edition.verdict(ix) {
        digester.add(verdict.basis.as_bytes());
    }
    digester.digest()
}

/// Takes the digests of each place with all below it, and of everything.
fn below(edition: &Edition, near: &[Digest]) -> HashMap<String, Digest> {
    let mut digesters: HashMap<&str, Digester> = HashMap::default();
    for (ix, record) in edition.register.records() {
        let above = places(&record.area).chain([""]);
        for place in above {
            digesters.entry(place).or_default().add(near[ix.0 as usize].as_bytes());
        }
    }
    digesters.into_iter().map(|(place, digester)| (place.to_owned(), digester.digest())).collect()
}

/// Takes the digest of the records with findings.
fn found(edition: &Edition, near: &[Digest]) -> Digest {
    let with_findings = edition.published().filter(|(ix, _)| edition.verdict(*ix).is_some_and(|v| published(v).next().is_some()));
    digest_of(with_findings.map(|(ix, _)| &near[ix.0 as usize]))
}

/// Takes the digest of what belongs to every scope.
fn common(edition: &Edition, statistics: &Statistics, plan: &Plan) -> Digest {
    let mut digester = Digester::default();
    (edition.as_of.year(), edition.as_of.month(), edition.as_of.day()).hash(&mut digester);
    plan.languages.hash(&mut digester);
    digester.add(edition.workflows.digest().as_bytes()).add(edition.digest_of_names().as_bytes());
    for (ix, record) in edition.register.records() {
        (&record.id, record.kind).hash(&mut digester);
        // What holds for all that lies below a place, and for every record.
        if matches!(record.kind, Kind::Site | Kind::Calendar | Kind::Area | Kind::Catalogue) {
            digester.add(record.source.as_bytes());
            edition.is_published(ix).hash(&mut digester);
        }
    }
    for (listing, records) in plan.index.iter() {
        let listing: &Listing = listing;
        (listing, records.len()).hash(&mut digester);
    }
    plan.pages.hash(&mut digester);
    for (path, _) in &plan.attachments {
        (path, edition.attachment_size(path)).hash(&mut digester);
    }
    for paper in plan.index.papers.all() {
        (paper.of.0, &paper.label.zh, &paper.label.en, &paper.tail).hash(&mut digester);
    }
    statistics.hash_words(&mut digester);
    digester.digest()
}
