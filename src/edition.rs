//! The edition: the read-only whole that every page, export and printed sheet sees.
//!
//! What must not be published (drafts, full names where the site masks them) is taken out here, once, so that nothing made
//! from an edition can leak it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::privacy::{Masker, NameStyle};
use crate::record::tree::Tree;
use crate::record::{Data, Evidence, Mask, Record, Shelf};
use crate::register::{RecordIx, Register};
use crate::source::{Files, Span};
use crate::text;
use crate::verdict::{Verdict, Verdicts};
use crate::workflow::Workflows;

/// All that may be published, as it stood on one day.
#[derive(Debug)]
pub struct Edition {
    /// The day on which due and overdue were judged; stamped on every page.
    pub as_of: Date,
    /// The records, names as the site shows them.
    pub register: Register,
    /// What was judged of them, names as the site shows them.
    pub verdicts: Verdicts,
    /// The procedures and their rules.
    pub workflows: Workflows,
    hidden: BTreeSet<RecordIx>,
    /// Whether each record has a page.
    has_page: Vec<bool>,
    masker: Arc<Masker>,
    bodies: Bodies,
    sizes: Arc<BTreeMap<String, u64>>,
}

/// Every person whom the records of a site name, with how often: what masking knows.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Persons {
    counts: BTreeMap<String, usize>,
}

impl Persons {
    /// Counts the persons of a register.
    pub fn of(register: &Register) -> Self {
        let mut persons = Self::default();
        for (_, record) in register.records() {
            persons.count(record);
        }
        persons
    }

    fn count(&mut self, record: &Record) {
        for name in record.persons() {
            match self.counts.get_mut(name) {
                Some(count) => *count += 1,
                None => drop(self.counts.insert(name.to_owned(), 1)),
            }
        }
    }

    /// Counts anew after a record was replaced; says whether the same persons are named as before.
    pub fn replace(&mut self, old: &Record, new: &Record) -> bool {
        let known = self.counts.len();
        self.count(new);
        let mut same = self.counts.len() == known;
        for name in old.persons() {
            if let Some(count) = self.counts.get_mut(name) {
                *count -= 1;
                if *count == 0 {
                    same = false;
                    self.counts.remove(name);
                }
            }
        }
        same
    }
}

/// How many records a thread takes on at most: at the end, none waits long for another.
const TOGETHER: usize = 256;

/// What an edition is made of besides its records.
#[derive(Debug)]
pub struct Parts<'f> {
    /// The verdicts on the register without its drafts.
    pub verdicts: Verdicts,
    /// The procedures and their rules.
    pub workflows: Workflows,
    /// The files of the records.
    pub files: &'f Files,
    /// The bytes of each attachment, by its path relative to the site folder.
    pub sizes: BTreeMap<String, u64>,
    /// The day on which due and overdue were judged.
    pub as_of: Date,
    /// What masks the names that the records hold, where it was made already.
    pub masker: Option<Arc<Masker>>,
}

impl Edition {
    /// Makes an edition of a register, drafts included.
    pub fn new(register: Register, parts: Parts<'_>) -> Self {
        let Parts { verdicts, workflows, files, sizes, as_of, masker } = parts;
        let masker = masker.unwrap_or_else(|| Arc::new(self::masker(&register)));
        let hidden = register.drafts();
        let has_page = with_page(&register, &hidden);
        let records: Vec<&Record> = register.records().map(|(_, record)| record).collect();
        let bodies = records.par_iter().with_max_len(TOGETHER).map(|record| body(record, files, &masker).into()).collect();
        // The register with drafts goes: what nobody else holds is masked where it stands.
        let mut shown = register;
        if !hidden.is_empty() {
            shown = shown.without(&hidden);
        }
        Self {
            as_of,
            register: if masker.is_idle() { shown } else { shown.mapped(&|record| record.shown_by(&*masker)) },
            verdicts: if masker.is_idle() { verdicts } else { verdicts.mapped(&|text| masker.changed(text)) },
            workflows,
            has_page,
            hidden,
            masker,
            bodies: Bodies { made: bodies, files: None },
            sizes: Arc::new(sizes),
        }
    }

    /// Makes the edition of a register that names these persons, and masks each record when somebody asks for it.
    pub fn woken(register: &Register, persons: &Persons, parts: Parts<'_>) -> Self {
        let Parts { verdicts, workflows, files, sizes, as_of, .. } = parts;
        let masker = Arc::new(Masker::new(persons.counts.keys().map(String::as_str), style(register)));
        let shelf: Arc<dyn Shelf> = Arc::new(MaskedShelf { register: register.clone(), masker: Arc::clone(&masker) });
        let prose = |text: &str| masker.changed(text);
        let hidden = register.drafts();
        let has_page = with_page(register, &hidden);
        let shown = register.without(&hidden);
        Self {
            as_of,
            register: if masker.is_idle() { shown } else { shown.on(&shelf) },
            verdicts: if masker.is_idle() { verdicts } else { verdicts.mapped(&prose) },
            workflows,
            has_page,
            hidden,
            bodies: Bodies { made: vec![OnceLock::new(); register.records().len()], files: Some(files.clone()) },
            masker,
            sizes: Arc::new(sizes),
        }
    }

    /// Makes an edition again after some records were replaced, none of which names another person than before or is a draft now
    /// and was none; the day, the workflows and the attachments are the same.
    #[must_use]
    pub fn again(&self, register: &Register, verdicts: Verdicts, files: &Files, changed: &BTreeSet<RecordIx>) -> Self {
        let masker = &self.masker;
        let prose = |text: &str| masker.changed(text);
        let masked = |record: &Record| record.masked(&**masker).filter(|_| !masker.is_idle());
        let mut bodies = self.bodies.clone();
        for ix in changed {
            bodies.made[ix.0 as usize] = body(register.get(*ix), files, masker).into();
        }
        Self {
            as_of: self.as_of,
            register: register.without(&self.hidden).mapped_again(&self.register, changed, &masked),
            verdicts: if masker.is_idle() { verdicts } else { verdicts.mapped_again(Some(&self.verdicts), &prose) },
            workflows: self.workflows.clone(),
            hidden: self.hidden.clone(),
            has_page: self.has_page.clone(),
            masker: Arc::clone(masker),
            bodies,
            sizes: Arc::clone(&self.sizes),
        }
    }

    /// Returns the records of which anything is not the very same as in an edition before: what they say, what was judged of them,
    /// their dates, what is due by them. `None` where the two do not have the same records.
    pub fn changed_since(&self, before: &Self) -> Option<BTreeSet<RecordIx>> {
        let same = self.as_of == before.as_of && self.hidden == before.hidden;
        let records = self.register.changed_since(&before.register).filter(|_| same)?;
        Some(records.into_iter().chain(self.verdicts.changed_since(&before.verdicts)?).collect())
    }

    /// Returns every record that has a page, in the order of their ids.
    pub fn published(&self) -> impl Iterator<Item = (RecordIx, &Record)> {
        self.register.records().filter(|(ix, _)| self.is_published(*ix))
    }

    /// Whether a record has a page: drafts have none, nor have the site and its calendars, nor has anything in a draft area.
    pub fn is_published(&self, ix: RecordIx) -> bool {
        self.has_page[ix.0 as usize]
    }

    /// Returns a text with names as the site shows them.
    pub fn shown(&self, text: &str) -> String {
        self.masker.prose(text).into_owned()
    }

    /// Returns the digest of what is known of names: the same digest, the same names shown alike.
    pub fn digest_of_names(&self) -> blake3::Hash {
        self.masker.digest()
    }

    /// Returns what was judged of a record.
    pub fn verdict(&self, ix: RecordIx) -> Option<&Verdict> {
        self.verdicts.get(ix)
    }

    /// Returns the Markdown body of a record, names as the site shows them.
    pub fn body(&self, ix: RecordIx) -> Option<&str> {
        let Bodies { made, files } = &self.bodies;
        let make = || files.as_ref().and_then(|files| body(self.register.get(ix), files, &self.masker));
        made[ix.0 as usize].get_or_init(make).as_deref()
    }

    /// Returns the digest of a record as it is published: its id, its keys and its body, names as the site shows them.
    pub fn digest(&self, ix: RecordIx) -> blake3::Hash {
        let record = self.register.get(ix);
        let mut hasher = blake3::Hasher::new();
        for text in [&record.id, record.kind.name(), self.body(ix).unwrap_or_default()] {
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        record.tree().digest(&mut hasher);
        hasher.finalize()
    }

    /// Returns the size of an attachment in bytes, by its path relative to the site folder.
    pub fn attachment_size(&self, path: &str) -> Option<u64> {
        self.sizes.get(path).copied()
    }

    /// Returns the meeting and the index of the item that decided a matter, once that meeting was held.
    pub fn deciding_item(&self, ix: RecordIx) -> Option<(RecordIx, usize)> {
        let matter = self.register.get(ix).matter()?;
        matter.steps.iter().rev().find_map(|(step, evidence)| {
            let (path, no) = match evidence {
                Evidence::Resolve(resolve) => (format!("steps.{step}.meeting"), resolve.item),
                Evidence::Decide(decide) => (format!("steps.{step}.resolve.meeting"), decide.resolve.as_ref()?.item),
                _ => return None,
            };
            let meeting = self.register.link(ix, &path)?;
            let items = &self.register.get(meeting).meeting().filter(|held| held.date <= self.as_of)?.items;
            Some((meeting, items.iter().position(|item| Some(item.no) == no)?))
        })
    }
}

/// Reports names of people in the addresses of what is published, where the site does not show names in full: a page or a file
/// stands at the path of its file. The masker is that of the register.
pub fn check(register: &Register, masker: &Masker, diagnostics: &mut Vec<Diagnostic>) {
    if masker.is_idle() {
        return;
    }
    let hidden = register.drafts();
    let published: Vec<_> = register.records().filter(|(ix, _)| !hidden.contains(ix)).collect();
    let named = |(ix, record): &(RecordIx, &Record)| {
        let files = register.attachments_of(*ix).iter().map(|path| (path, record.tree().place("attachments")));
        let paths = std::iter::once((&record.id, record.tree().place(""))).chain(files);
        paths.filter_map(|(path, place)| Some(name_in_address(&masker.changed(path)?, place))).collect::<Vec<_>>()
    };
    diagnostics.par_extend(published.par_iter().flat_map_iter(named));
}

/// Reports a path, given as the site would show it.
fn name_in_address(shown: &str, place: Span) -> Diagnostic {
    let message = text!(
        "文件路径 `{shown}` 里有人名，会出现在网址里",
        "the path `{shown}` holds a person's name, and so would its address"
    );
    let help = text!(
        "改文件名，不写人名；或者在 `site.yaml` 中写 `names: full`",
        "rename the file without the name, or set `names: full` in `site.yaml`"
    );
    Diagnostic::error("privacy/name-in-address", place, message).help(help)
}

/// Makes the masker of a site from every name that its records hold.
pub fn masker(register: &Register) -> Masker {
    let style = style(register);
    let records: Vec<&Record> = register.records().map(|(_, record)| record).filter(|_| style != NameStyle::Full).collect();
    let mut names: Vec<&str> = records.par_iter().flat_map_iter(|record| record.persons()).collect();
    names.par_sort_unstable();
    names.dedup();
    Masker::new(names.into_iter(), style)
}

impl Mask for Masker {
    fn person(&self, name: &str) -> String {
        self.person(name)
    }

    fn prose(&self, text: &str) -> Option<String> {
        self.changed(text)
    }
}

/// Masks records that somebody asks for.
#[derive(Debug)]
struct MaskedShelf {
    /// The records as they are.
    register: Register,
    masker: Arc<Masker>,
}

impl Shelf for MaskedShelf {
    fn take(&self, record: &Record) -> (Tree, Data) {
        let plain = self.register.by_id(&record.id).map_or(record, |ix| self.register.get(ix));
        // Most are asked for as they are masked, and never again as they are.
        plain.glanced(|plain| {
            plain.masked(&*self.masker).map_or_else(|| (plain.tree().clone(), plain.data().clone()), Record::into_keys)
        })
    }
}

/// The Markdown bodies of records.
#[derive(Debug, Clone)]
struct Bodies {
    /// Each, once it was made.
    made: Vec<OnceLock<Option<Arc<str>>>>,
    /// What they are made of, where they are made when somebody asks for them.
    files: Option<Files>,
}

/// Returns the body of a record, masked; by itself, so that the rest of its file need not stay in memory.
fn body(record: &Record, files: &Files, masker: &Masker) -> Option<Arc<str>> {
    let text = files.get(record.file).text.get(record.body.clone()?).filter(|text| !text.trim().is_empty())?;
    Some(masker.changed(text).map_or_else(|| text.into(), Into::into))
}

/// Returns whether each record of a register has a page.
fn with_page(register: &Register, hidden: &BTreeSet<RecordIx>) -> Vec<bool> {
    let shown = |record: &Record| !matches!(record.kind, Kind::Site | Kind::Calendar) && !record.draft;
    register.records().map(|(ix, record)| shown(record) && !hidden.contains(&ix)).collect()
}

/// Returns how the site shows names.
fn style(register: &Register) -> NameStyle {
    register.site().names.and_then(|names| NameStyle::from_name(names.name())).unwrap_or(NameStyle::Full)
}
