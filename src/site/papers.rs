//! Papers: the files that are printed of a record and stand beside its page in the site.
//!
//! What is printed of which records is decided where both are known (`pipeline`); here they get their places and their links.

use crate::language::{Language, Text};
use crate::register::RecordIx;

use super::address::Address;
use super::page::Page;
use super::scribe::Scribe;
use super::view;

/// A file that is printed of a record: a sheet of paper, or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The record whose page leads to it.
    pub of: RecordIx,
    /// What it is called.
    pub label: Text,
    /// What the name of its file adds to that of the page (`notice.pdf`, `2026-q3.poster.pdf`).
    pub tail: String,
}

/// The papers of a site, in the order of their records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Papers(Vec<Paper>);

impl Papers {
    /// Puts papers in the order of their records; those of one record stay in theirs.
    pub fn new(mut papers: Vec<Paper>) -> Self {
        papers.sort_by_key(|paper| paper.of);
        Self(papers)
    }

    /// Returns every paper.
    pub fn all(&self) -> &[Paper] {
        &self.0
    }

    /// Returns the papers of a record.
    pub fn of(&self, ix: RecordIx) -> &[Paper] {
        let (start, end) = (self.0.partition_point(|paper| paper.of < ix), self.0.partition_point(|paper| paper.of <= ix));
        &self.0[start..end]
    }
}

/// Returns where a paper stands, by the path of its record's page below the root of a language.
pub fn address(page: &str, paper: &Paper, language: Language, first: Language) -> Address {
    let path = match page.strip_suffix("index.html") {
        Some(folder) => format!("{folder}{}", paper.tail),
        None => format!("{}.{}", page.strip_suffix(".html").unwrap_or(page), paper.tail),
    };
    Address::page(language, first, &path)
}

/// Links to the papers of a record's page.
pub fn links(scribe: &Scribe, page: &Page) -> Vec<view::Link> {
    let Page::Record(ix) = page else { return Vec::new() };
    let path = page.path(&scribe.edition.register);
    let link = |paper: &Paper| {
        let format = paper.tail.rsplit('.').next().unwrap_or_default().to_uppercase();
        let address = address(&path, paper, scribe.language, scribe.first);
        let text = scribe.fill("frame.sheet", &[("sheet", &scribe.text(&paper.label)), ("format", &format)]);
        view::Link { text, href: scribe.here.to(&address), lang: None }
    };
    scribe.index.papers.of(*ix).iter().map(link).collect()
}
