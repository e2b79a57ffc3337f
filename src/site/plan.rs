//! The plan: every page and file of a site, before any of it is made, with no two at one address.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, rules};
use crate::edition::Edition;
use crate::language::Language;
use crate::register::{BodyTarget, RecordIx};
use crate::register::{decoded, slug};
use crate::render::markdown::{ANCHOR, Destination};
use crate::statistics::Statistics;
use crate::text;

use super::address::Address;
use super::index::Index;
use super::list::pages;
use super::page::Page;
use super::scribe::Scribe;

/// All pages of a site in every language.
#[derive(Debug)]
pub struct Plan {
    /// The languages, the first at the site's root.
    pub languages: Vec<Language>,
    /// The pages, each in every language.
    pub pages: Vec<Page>,
    /// The attachments: the path relative to the site folder, and where it stands in the site.
    pub attachments: Vec<(String, Address)>,
    /// The lists.
    pub index: Index,
}

/// Lists every page of an edition.
pub fn plan(edition: &Edition, statistics: &Statistics) -> Plan {
    plan_with(edition, statistics, || Index::new(edition))
}

/// Lists every page of an edition of which only these records have `changed` since the one that a plan was made of.
pub fn plan_again(edition: &Edition, statistics: &Statistics, before: (&Plan, &Edition), changed: &BTreeSet<RecordIx>) -> Plan {
    plan_with(edition, statistics, || before.0.index.again(edition, before.1, changed))
}

fn plan_with(edition: &Edition, statistics: &Statistics, index: impl FnOnce() -> Index + Send) -> Plan {
    let (index, of_statistics) = rayon::join(index, || super::statistics::plan(edition, statistics));
    let mut pages = fixed(edition, index.findings.len());
    pages.extend((1..=self::pages(index.dues.count(""))).map(Page::Due));
    for area in index.dues.places().filter(|area| !area.is_empty()) {
        pages.extend((1..=self::pages(index.dues.count(area))).map(|n| Page::DueIn(area.to_owned(), n)));
    }
    pages.extend(super::matrix::pages(edition));
    pages.extend(edition.published().map(|(ix, _)| Page::Record(ix)));
    pages.extend((1..=super::coverage::pages(edition)).map(Page::Coverage));
    pages.extend(super::league::board::all_pages(edition, &index.leagues));
    for (listing, _) in index.iter() {
        pages.extend((1..=self::pages(index.shown(listing).len())).map(|n| Page::List(listing.clone(), n)));
    }
    pages.extend(of_statistics);
    let attachments = edition.published().flat_map(|(ix, _)| edition.register.attachments_of(ix));
    let attachments: BTreeSet<&String> = attachments.collect();
    Plan {
        languages: languages(edition),
        pages,
        attachments: attachments.into_iter().map(|path| (path.clone(), attachment(path))).collect(),
        index,
    }
}

impl Plan {
    /// Whether another plan has every file at the same place.
    pub fn has_the_places_of(&self, other: &Self) -> bool {
        let same_papers = self.index.papers == other.index.papers;
        same_papers && self.languages == other.languages && self.pages == other.pages && self.attachments == other.attachments
    }
}

/// Returns the languages of a site; Chinese and English where it names none.
fn languages(edition: &Edition) -> Vec<Language> {
    let named = &edition.register.site().languages;
    if named.is_empty() { Language::ALL.to_vec() } else { named.clone() }
}

/// Lists the pages that every site has, and those of procedures and rules.
fn fixed(edition: &Edition, findings: usize) -> Vec<Page> {
    let mut pages = vec![Page::Home, Page::About, Page::NotFound, Page::Browse, Page::Archive, Page::Places, Page::Procedures];
    pages.extend((1..=self::pages(findings)).map(Page::Findings));
    let procedures: BTreeSet<&str> = edition.workflows.iter().map(|workflow| workflow.id.as_str()).collect();
    pages.extend(procedures.into_iter().map(|id| Page::Procedure(id.to_owned())));
    let pack_rules = edition.workflows.rules().map(|(_, rule)| rule.id.as_str());
    let rules: BTreeSet<&str> = pack_rules.chain(rules::RULES.iter().map(|rule| rule.id)).collect();
    pages.extend(rules.into_iter().map(|id| Page::Rule(id.to_owned())));
    pages
}

/// Returns where an attachment stands in the site: where it lies below `content`.
pub fn attachment(path: &str) -> Address {
    Address::file(path.strip_prefix("content/").unwrap_or(path))
}

/// Resolves a link in the body of a record.
pub fn destination(scribe: &Scribe, target: &BodyTarget) -> Destination {
    match target {
        BodyTarget::Record(ix, _) if !scribe.edition.is_published(*ix) => Destination::Nowhere,
        BodyTarget::Record(ix, anchor) => {
            let page = scribe.address(&Page::Record(*ix));
            let href = match anchor {
                Some(anchor) => scribe.here.to_anchor(&page, &format!("{ANCHOR}{}", slug(&scribe.edition.shown(anchor)))),
                None => scribe.here.to(&page),
            };
            Destination::Inside { href, address: scribe.in_full(&page) }
        }
        BodyTarget::Attachment(path) => {
            let file = attachment(path);
            Destination::Inside { href: scribe.here.to(&file), address: scribe.in_full(&file) }
        }
        BodyTarget::Anchor(anchor) => Destination::Here(format!("{ANCHOR}{}", slug(&scribe.edition.shown(anchor)))),
        // An address that names somebody, encoded or not, is not shown where the site does not show names.
        BodyTarget::External(url) if scribe.edition.shown(&decoded(url)) != decoded(url) => Destination::Nowhere,
        BodyTarget::External(url) => Destination::Outside(url.clone()),
    }
}

/// Reports pages and files that would stand at one address, also where only case differs.
pub fn collisions(edition: &Edition, plan: &Plan) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let Some(first) = plan.languages.first().copied() else { return diagnostics };
    let mut taken: BTreeMap<String, Option<RecordIx>> = BTreeMap::new();
    let attachments = plan.attachments.iter().map(|(_, address)| (address.path().to_lowercase(), None));
    taken.extend(attachments);
    for language in &plan.languages {
        for page in &plan.pages {
            let address = Address::page(*language, first, &page.path(&edition.register));
            let record = if let Page::Record(ix) = page { Some(*ix) } else { None };
            let Some(other) = taken.insert(address.path().to_lowercase(), record) else { continue };
            let Some(ix) = record.or(other) else { continue };
            let path = address.path();
            diagnostics.push(
                Diagnostic::error(
                    "identity/address-collision",
                    edition.register.get(ix).tree().place(""),
                    text!("页面地址 `{path}` 已被占用", "the address `{path}` of the page is already taken"),
                )
                .help(text!(
                    "给文件或文件夹改名；`browse`、`procedures`、`places`、`archive`、`due`、`findings`、`coverage`、`performance`、`matrix`、`statistics`、`en` 由网站自用",
                    "rename the file or the folder; `browse`, `procedures`, `places`, `archive`, `due`, `findings`, `coverage`, `performance`, `matrix`, `statistics` and `en` belong to the site"
                )),
            );
        }
    }
    diagnostics
}
