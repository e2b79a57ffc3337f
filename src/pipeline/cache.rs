//! The cache of a site: what its files were read as and what was judged of them, in the site's hidden folder.
//!
//! It is never trusted. A record is taken from it only for a file of the same bytes under the same path, read by the same
//! packs. A whole site is taken from it only where the same program finds the same files on the same days, but for a few that were
//! edited: then it is woken as a [`Session`](super::Session) that slept since, and follows the edits. A cache that is missing,
//! damaged, from another program or of another site is none.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use blake3::Hash;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bundle::{self, Binder, Bundle, Place};
use super::{Checking, Remarks};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::Persons;
use crate::field::Kind;
use crate::record::{self, Record};
use crate::register::{self, RecordIx};
use crate::source::{FileId, SourceFile};
use crate::verdict::{self, Judgement};
use crate::workflow::Workflows;

/// What was read and judged before.
#[derive(Debug, Default)]
pub struct Cache {
    bundle: Bundle<Index>,
}

/// A digest as it is written down.
type Digest = [u8; blake3::OUT_LEN];

/// Where everything stands.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Index {
    /// The program that wrote it.
    program: Digest,
    /// The packs that the records were read by.
    packs: Digest,
    /// All files of the site, by their numbers.
    files: Vec<Filed>,
    /// What the site was judged as; nothing where errors stood in its way.
    state: Option<State>,
}

/// A file that was read.
#[derive(Debug, Serialize, Deserialize)]
struct Filed {
    path: String,
    digest: Digest,
    /// Where the keys of its record stand, if it is one.
    keys: Option<Place>,
    /// Whether there was nothing to say about it.
    is_clean: bool,
}

/// What a site was judged as.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    /// The digest of all that it was made from.
    pub(super) inputs: Digest,
    /// The day that was asked for, and that of the run.
    pub(super) days: (Option<Date>, Date),
    pub(super) attachments: Vec<(String, u64)>,
    /// The rule packs of the site, and those that the program brings.
    pub(super) packs: Vec<FileId>,
    pub(super) general: Vec<Diagnostic>,
    pub(super) remarks: BTreeMap<FileId, Remarks>,
    pub(super) future: BTreeMap<RecordIx, Vec<Diagnostic>>,
    pub(super) names: Vec<Diagnostic>,
    pub(super) besides: Vec<Diagnostic>,
    /// The records, by their numbers.
    pub(super) records: Vec<Entry>,
    pub(super) judgement: Judged,
    /// The judgement of the site without its drafts, where it has any.
    pub(super) public: Option<Judged>,
    resolution: Place,
    persons: Place,
    /// The expressions of the packs.
    expressions: Place,
}

/// A judgement that was kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Judged {
    pub(super) kept: verdict::Kept,
    verdicts: Vec<Place>,
}

/// A record without its keys.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) file: FileId,
    pub(super) kind: Kind,
    pub(super) body: Option<(usize, usize)>,
    pub(super) draft: bool,
}

/// One record in so many may have been edited before the whole site is read again and the cache is written anew.
const SHARE: usize = 100;

/// So many may in any case.
const FEW: usize = 8;

impl Cache {
    /// Reads the cache that `program` wrote; one that cannot be read, or that another program wrote, is empty.
    pub fn read(file: &Path, program: Hash) -> Self {
        let bundle = Bundle::<Index>::read(file).filter(|bundle| bundle.index.program == *program.as_bytes());
        Self { bundle: bundle.unwrap_or_default() }
    }

    /// Whether records that are read by some packs may be taken from it.
    pub(super) fn is_of(&self, packs: &Workflows) -> bool {
        self.bundle.index.packs == *packs.digest().as_bytes()
    }

    /// Returns what was kept of a file about which there was nothing to say.
    pub(super) fn record(&self, file: &SourceFile) -> Option<&[u8]> {
        let files = &self.bundle.index.files;
        let filed = &files[files.binary_search_by(|filed| filed.path.as_str().cmp(&file.path)).ok()?];
        self.bundle.at(filed.keys.as_ref()?).filter(|_| filed.is_clean && filed.digest == *file.digest().as_bytes())
    }

    /// Returns what was kept of the keys of a record, by the number of its file.
    pub(super) fn keys(&self, file: FileId) -> Option<&[u8]> {
        self.bundle.at(self.filed(file)?.keys.as_ref()?)
    }

    /// Returns the digest of a file as it was read.
    pub(super) fn source(&self, file: FileId) -> Option<Hash> {
        self.filed(file).map(|filed| filed.digest.into())
    }

    fn filed(&self, file: FileId) -> Option<&Filed> {
        self.bundle.index.files.get(file.0 as usize)
    }

    /// Takes out what the site was judged as.
    pub(super) fn take_state(&mut self) -> Option<State> {
        self.bundle.index.state.take()
    }

    /// Compares the files of a site with those that were read: returns those that were edited; `None` where others came or went, or
    /// where that many were edited that all is better read again.
    pub(super) fn edited<'f>(&self, files: impl ExactSizeIterator<Item = (FileId, &'f SourceFile)>) -> Option<Vec<FileId>> {
        let filed = &self.bundle.index.files;
        if files.len() != filed.len() {
            return None;
        }
        let mut edited = Vec::new();
        for ((id, file), filed) in files.zip(filed) {
            if file.path != filed.path || file.refused {
                return None;
            }
            if *file.digest().as_bytes() != filed.digest {
                edited.push(id);
            }
        }
        (edited.len() <= self.most()).then_some(edited)
    }

    /// Returns how many files may be other ones before all is better read again.
    fn most(&self) -> usize {
        (self.bundle.index.files.len() / SHARE).max(FEW)
    }

    /// Returns what was kept of the references.
    pub(super) fn resolution(&self, state: &State) -> Option<register::Kept> {
        postcard::from_bytes(self.bundle.at(&state.resolution)?).ok()
    }

    /// Returns the persons whom the records name.
    pub(super) fn persons(&self, state: &State) -> Option<Persons> {
        postcard::from_bytes(self.bundle.at(&state.persons)?).ok()
    }

    /// Returns what was kept of the expressions of packs.
    pub(super) fn expressions(&self, state: &State) -> &[u8] {
        self.bundle.at(&state.expressions).unwrap_or_default()
    }

    /// Returns what was kept of the verdicts.
    pub(super) fn verdicts(self: &Arc<Self>, judged: &Judged) -> Arc<dyn verdict::Runs> {
        Arc::new(Verdicts { cache: Arc::clone(self), places: judged.verdicts.clone() })
    }

    /// Writes a cache of what was read and judged of all that has the digest `inputs`. What holds errors leaves one that is not much
    /// older as it is.
    pub(super) fn renew(&self, file: &Path, program: Hash, inputs: Hash, checking: &Checking, days: (Option<Date>, Date)) {
        let state = checking.is_sound();
        let current = self.is_of(&checking.workflows) && checking.fresh <= self.most();
        if state || !current {
            // Without a cache the next run takes longer, and that is all.
            let _ = bundle::write(file, |binder| write(binder, program, Of { inputs, days }, state, checking));
        }
    }
}

/// What was kept of the verdicts.
#[derive(Debug)]
struct Verdicts {
    cache: Arc<Cache>,
    places: Vec<Place>,
}

impl verdict::Runs for Verdicts {
    fn len(&self) -> usize {
        self.places.len()
    }

    fn get(&self, number: usize) -> Option<&[u8]> {
        self.cache.bundle.at(self.places.get(number)?)
    }
}

/// What a state is of: the digest of all that it was made from, the day that was asked for, and that of the run.
#[derive(Clone, Copy)]
struct Of {
    inputs: Hash,
    days: (Option<Date>, Date),
}

/// How many records are written down at a time, so that what is kept never stands in memory at once.
const TOGETHER: usize = 1024;

/// Writes everything down.
fn write(binder: &mut Binder<'_>, program: Hash, of: Of, with_state: bool, checking: &Checking) -> io::Result<Index> {
    let Checking { files, own, workflows, resolution, remarks, .. } = checking;
    let clean = |file: FileId| !remarks.contains_key(&file);
    let filed = |(id, file): (FileId, &SourceFile)| Filed {
        path: file.path.clone(),
        digest: file.digest().into(),
        keys: None,
        is_clean: clean(id),
    };
    let mut all: Vec<Filed> = files.iter().take(*own).map(filed).collect();
    let records: Vec<&Record> = resolution.register.records().map(|(_, record)| record).collect();
    let keep = |record: &&Record| {
        let mut bytes = Vec::with_capacity(2048);
        record::keep(record, &mut bytes);
        bytes
    };
    for some in records.chunks(TOGETHER) {
        let kept: Vec<Vec<u8>> = some.par_iter().map(keep).collect();
        for (record, bytes) in some.iter().zip(&kept) {
            let place = binder.put(bytes)?;
            if let Some(filed) = all.get_mut(record.file.0 as usize) {
                filed.keys = Some(place);
            }
        }
    }
    let state = if with_state { state(binder, of, checking)? } else { None };
    Ok(Index { program: program.into(), packs: workflows.digest().into(), files: all, state })
}

/// Writes down what a site was judged as; nothing of one that cannot be woken.
fn state(binder: &mut Binder<'_>, of: Of, checking: &Checking) -> io::Result<Option<State>> {
    let Checking { workflows, resolution, remarks, general, future, names, judgement, besides, attachments, packs, .. } =
        checking;
    let Some(kept) = resolution.keep() else { return Ok(None) };
    let resolution_place = binder.put_value(&kept)?;
    let persons = binder.put_value(&Persons::of(&resolution.register))?;
    let expressions = binder.put(&workflows.keep_expressions().unwrap_or_default())?;
    let Some(judged) = judged(binder, judgement, workflows)? else { return Ok(None) };
    let public = match checking.public() {
        Some(public) => match self::judged(binder, &public, workflows)? {
            Some(public) => Some(public),
            None => return Ok(None),
        },
        None => None,
    };
    let entry = |record: &Record| Entry {
        file: record.file,
        kind: record.kind,
        body: record.body.as_ref().map(|body| (body.start, body.end)),
        draft: record.draft,
    };
    Ok(Some(State {
        inputs: of.inputs.into(),
        days: of.days,
        attachments: attachments.iter().map(|(path, size)| (path.clone(), *size)).collect(),
        packs: packs.iter().copied().collect(),
        general: general.clone(),
        remarks: remarks.clone(),
        future: future.clone(),
        names: names.clone(),
        besides: besides.clone(),
        records: resolution.register.records().map(|(_, record)| entry(record)).collect(),
        judgement: judged,
        public,
        resolution: resolution_place,
        persons,
        expressions,
    }))
}

/// Writes down a judgement; nothing of one of which a rule could not be evaluated.
fn judged(binder: &mut Binder<'_>, judgement: &Judgement, workflows: &Workflows) -> io::Result<Option<Judged>> {
    let (kept, runs) = judgement.keep(workflows);
    let mut verdicts = Vec::new();
    for run in runs {
        let Some(run) = run else { return Ok(None) };
        verdicts.push(binder.put(&run)?);
    }
    Ok(Some(Judged { kept, verdicts }))
}

impl Checking {
    /// Whether nothing stands in the way of publishing the site.
    fn is_sound(&self) -> bool {
        let mut found = self.found().map(|diagnostic| diagnostic.severity).chain(self.judgement.severities());
        found.all(|severity| severity != Severity::Error)
    }

    /// Judges the site without its drafts, where it has any.
    fn public(&self) -> Option<Judgement> {
        let Self { resolution, workflows, as_of, .. } = self;
        let drafts = resolution.drafts();
        (!drafts.is_empty()).then(|| Judgement::new(&resolution.register.without(drafts), workflows, *as_of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache() -> Cache {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("some.cache");
        bundle::write(&file, |binder| {
            let filed = |path: &str, keys, is_clean| Filed {
                path: path.to_owned(),
                digest: blake3::hash(path.as_bytes()).into(),
                keys: Some(keys),
                is_clean,
            };
            let files = vec![filed("a", binder.put(b"bc")?, true), filed("b", binder.put(b"d")?, false)];
            Ok(Index { program: blake3::hash(b"p").into(), files, ..Index::default() })
        })
        .unwrap();
        assert_eq!(Cache::read(&file, blake3::hash(b"q")).bundle.index.files.len(), 0);
        Cache::read(&file, blake3::hash(b"p"))
    }

    #[test]
    fn a_record_is_given_back_for_the_same_bytes_only() {
        let cache = cache();
        assert_eq!(cache.record(&SourceFile::new("a", "a")), Some(&b"bc"[..]));
        assert_eq!(cache.record(&SourceFile::new("a", "b")), None);
        assert_eq!(cache.record(&SourceFile::new("c", "a")), None);
        assert_eq!(cache.record(&SourceFile::new("b", "b")), None, "there was something to say");
        assert_eq!(cache.keys(FileId(1)), Some(&b"d"[..]));
    }

    #[test]
    fn a_site_is_the_same_but_for_edits() {
        let cache = cache();
        let edited = |texts: &[(&str, &str)]| {
            let files: Vec<SourceFile> = texts.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect();
            cache.edited(files.iter().enumerate().map(|(id, file)| (FileId(id as u32), file)))
        };
        assert_eq!(edited(&[("a", "a"), ("b", "b")]), Some(vec![]));
        assert_eq!(edited(&[("a", "a"), ("b", "other")]), Some(vec![FileId(1)]));
        assert_eq!(edited(&[("a", "a"), ("c", "b")]), None);
        assert_eq!(edited(&[("a", "a")]), None);
    }
}
