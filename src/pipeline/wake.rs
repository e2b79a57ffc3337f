//! A site that is built again: woken as it was judged last time, it follows the few edits since, as the preview does.
//!
//! No record is parsed but those that were edited; the keys of records are taken from the cache when a page asks for them. Where more has
//! changed than some records, or errors stand in the way, it is not woken, and all is read.

use std::path::Path;
use std::sync::Arc;

use blake3::Hash;
use jiff::civil::Date;
use rayon::prelude::*;

use super::build::{self, Stock};
use super::cache::{Cache, Entry, Judged, State};
use super::figures::Figures;
use super::session::{Asleep, Edit, Planned};
use super::{Built, Checked, Checking, Fault, Found, Outcome, Session, files_of, header};
use crate::diagnostic::Diagnostic;
use crate::edition::{Edition, Persons};
use crate::field::Kind;
use crate::record::tree::{Tree, Value};
use crate::record::{self, Data, Forms, Record, Shelf};
use crate::register::Resolution;
use crate::source::{Attachment, FileId, Files, Span};
use crate::verdict::Judgement;
use crate::workflow::{Workflows, add_built_in};

/// The files of a site's hidden folder in which it sleeps, and the program that writes them.
#[derive(Debug, Clone, Copy)]
pub struct Bed<'f> {
    /// What was read and judged.
    pub records: &'f Path,
    /// What was planned.
    pub figures: &'f Path,
    /// The digest of the program.
    pub program: Hash,
    /// The digest of all that the site is made from now.
    pub inputs: Hash,
}

/// A site that was built again.
#[derive(Debug)]
#[must_use = "what was planned is kept when it is settled"]
pub struct Again {
    /// The site.
    pub built: Built,
    /// All that is wrong or departs from the procedure, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// Every text file, the built-in packs included.
    pub files: Files,
    /// Whether it was woken; else all was read.
    pub was_woken: bool,
}

/// Builds a site again, of what was kept of it as far as that goes; where errors stand in its way, returns them. What was planned
/// is kept when it is [settled](Again::settled).
///
/// # Errors
///
/// As those of [`build`](super::build).
pub fn build_again(found: Found, as_of: Option<Date>, today: Date, bed: Bed<'_>) -> Result<Result<Again, Box<Checked>>, Fault> {
    if let Some(again) = wake(&found, as_of, today, bed)? {
        return Ok(Ok(again));
    }
    let folder = found.folder.clone();
    let mut checked = found.check_cached(as_of, today, bed)?;
    let Outcome::Built(built) = super::build(&folder, &mut checked)? else { return Ok(Err(Box::new(checked))) };
    let Checked { diagnostics, files, .. } = checked;
    Ok(Ok(Again { built, diagnostics, files, was_woken: false }))
}

impl Again {
    /// Gives up what messages are made of and, unless it was woken, keeps what was planned.
    pub fn settled(self, bed: Bed<'_>) -> Built {
        let Self { built, diagnostics, files, was_woken } = self;
        // The texts of a whole city; what is written down takes their room.
        drop((diagnostics, files));
        if !was_woken {
            built.keep(bed);
        }
        built
    }
}

/// Reads and judges a site, of what was kept of it in a file by the same program as far as that goes; nothing is kept.
///
/// # Errors
///
/// As those of [`Found::check`].
pub fn check_again(found: Found, as_of: Option<Date>, today: Date, records: &Path, program: Hash) -> Result<Checked, Fault> {
    match judged(&found, (as_of, today), Cache::read(records, program)) {
        Some(session) => Ok(session.checked()),
        None => found.check(as_of, today),
    }
}

/// Wakes a site, and judges it after the edits since it was kept.
fn judged(found: &Found, days: (Option<Date>, Date), cache: Cache) -> Option<Session> {
    let edited = cache.edited(found.discovered.files.iter())?;
    let (_, asleep) = asleep(found, days, cache, &edited)?;
    let mut session = Session::woken(&found.folder, asleep);
    let edits = edits(found, &session, &edited)?;
    session.judge(edits).then_some(session)
}

/// Wakes a site, follows the edits since it was kept, and builds it; `None` where that is not enough.
fn wake(found: &Found, as_of: Option<Date>, today: Date, bed: Bed<'_>) -> Result<Option<Again>, Fault> {
    let (cache, figures) = rayon::join(|| Cache::read(bed.records, bed.program), || Figures::read(bed.figures, bed.program));
    let Some(figures) = figures else { return Ok(None) };
    let Some(mut session) = followed(found, (as_of, today), cache, &figures) else { return Ok(None) };
    let Outcome::Built(built) = session.build()? else { return Ok(None) };
    let (diagnostics, files) = (session.diagnostics(), session.files().clone());
    // Nobody waits for what is given back.
    rayon::spawn(move || drop(session));
    Ok(Some(Again { built, diagnostics, files, was_woken: true }))
}

/// Wakes a site, and follows the edits since it was kept.
fn followed(found: &Found, days: (Option<Date>, Date), cache: Cache, figures: &Figures) -> Option<Session> {
    let edited = cache.edited(found.discovered.files.iter())?;
    let (inputs, asleep) = asleep(found, days, cache, &edited)?;
    let planned = if figures.is_of(&inputs) { planned(&found.folder, &asleep, figures)? } else { return None };
    let mut session = Session::woken(&found.folder, asleep).with(planned);
    let edits = edits(found, &session, &edited)?;
    (session.edit(edits) && !session.has_errors()).then_some(session)
}

/// Makes the edits of some files of a site since it was kept; `None` where one of them is no record.
fn edits(found: &Found, session: &Session, edited: &[FileId]) -> Option<Vec<Edit>> {
    let edit = |file: &FileId| session.edit_of(*file, Arc::clone(&found.discovered.files.get(*file).text));
    edited.iter().map(edit).collect()
}

/// Makes a site as it was kept, if besides some `edited` records it is the same; with the digest of what it was made from.
fn asleep(
    found: &Found,
    days: (Option<Date>, Date),
    mut cache: Cache,
    edited: &[FileId],
) -> Option<([u8; blake3::OUT_LEN], Asleep)> {
    let Found { folder, discovered } = found;
    let state = cache.take_state()?;
    let known = discovered.attachments.iter().map(|file| (&file.path, file.size));
    let same_attachments = known.eq(state.attachments.iter().map(|(path, size)| (path, *size)));
    if state.days != days || !same_attachments || !discovered.diagnostics.is_empty() {
        return None;
    }
    let mut files = discovered.files.clone();
    let own = files.len();
    add_built_in(&mut files);
    let is_pack = |id: &FileId| state.packs.binary_search(id).is_ok() || record::may_be_pack(files.get(*id));
    if edited.iter().any(is_pack) {
        return None;
    }
    let inputs = state.inputs;
    let (checking, public, persons) = checking(files, own, &Arc::new(cache), state)?;
    let mut drawings = Vec::new();
    files_of(folder, &checking.resolution.register, &mut drawings).ok()?;
    Some((inputs, Asleep { days, checking, public, drawings, persons }))
}

/// Makes what was planned of a site.
fn planned(folder: &Path, asleep: &Asleep, figures: &Figures) -> Option<Planned> {
    let Asleep { checking, public, persons, .. } = asleep;
    let workflows = &checking.workflows;
    let register = &checking.resolution.register;
    let theme = || build::theme(folder, register.site().theme.as_deref()).ok();
    let edition = || {
        let shown = register.without(checking.resolution.drafts());
        let verdicts = public.as_ref().unwrap_or(&checking.judgement).verdicts(&shown, workflows);
        Edition::woken(register, persons, checking.parts(verdicts))
    };
    let ((edition, theme), lists) = rayon::join(|| rayon::join(edition, theme), || figures.lists());
    let (edition, theme) = (Arc::new(edition), theme?);
    // Places belong to every page; side by side they are made sooner.
    let areas: Vec<&Record> = edition.register.records().map(|(_, record)| record).filter(|r| r.kind == Kind::Area).collect();
    let areas = || {
        areas.par_iter().for_each(|area| {
            area.place();
        });
    };
    let ((), statistics) = rayon::join(areas, || figures.statistics(&edition));
    let stock = Stock::rested(Arc::clone(&edition), statistics?, lists?, Arc::clone(&theme));
    let paperwork = figures.papers(folder, &stock)?;
    Some(Planned { edition, theme, stock, paperwork })
}

/// Makes what was read and judged of what was kept of it, the judgement without drafts, and the persons whom the records name.
fn checking(files: Files, own: usize, cache: &Arc<Cache>, state: State) -> Option<(Checking, Option<Judgement>, Persons)> {
    let headers: Vec<record::Header> = state.packs.par_iter().map(|id| header(files.get(*id), *id).0).collect();
    let workflows = Workflows::read_knowing(&files, &headers, cache.expressions(&state), &mut Vec::new());
    if !cache.is_of(&workflows) {
        return None;
    }
    let forms = workflows.forms();
    let (as_of, today) = state.days;
    let shelf = KeptShelf { cache: Arc::clone(cache), forms: forms.clone(), files: files.clone() };
    let records = records(&files, &forms, cache, &state.records, &(Arc::new(shelf) as Arc<dyn Shelf>))?;
    let attachments: Vec<Attachment> =
        state.attachments.iter().map(|(path, size)| Attachment { path: path.clone(), size: *size }).collect();
    let resolution = || Resolution::woken(cache.resolution(&state)?, records, &attachments);
    let (resolution, persons) = rayon::join(resolution, || cache.persons(&state));
    let (resolution, persons) = (resolution?, persons?);
    let of_site = resolution.register.site().as_of;
    let as_of = as_of.or(of_site).unwrap_or(today);
    let now = as_of.max(of_site.unwrap_or(today));
    let woken = |judged: Judged| {
        let runs = cache.verdicts(&judged);
        Judgement::woken(judged.kept, &runs, &workflows, as_of)
    };
    let judgement = woken(state.judgement)?;
    let public = match state.public {
        Some(public) => Some(woken(public)?),
        None => None,
    };
    let (known_files, known_records) = (files.len(), resolution.register.records().len());
    let strange = state.remarks.keys().any(|file| file.0 as usize >= known_files);
    if strange || state.future.keys().any(|ix| ix.0 as usize >= known_records) {
        return None;
    }
    let checking = Checking {
        files,
        own,
        general: state.general,
        remarks: state.remarks,
        workflows,
        resolution,
        future: state.future,
        names: state.names,
        judgement,
        besides: state.besides,
        as_of,
        now,
        attachments: state.attachments.into_iter().collect(),
        packs: state.packs.into_iter().collect(),
        fresh: 0,
        masker: None,
    };
    Some((checking, public, persons))
}

/// Makes the records, their keys on a shelf.
fn records(files: &Files, forms: &Forms, cache: &Cache, entries: &[Entry], shelf: &Arc<dyn Shelf>) -> Option<Vec<Arc<Record>>> {
    let reading = record::Reading::new(files, forms);
    let one = |entry: &Entry| {
        let Entry { file, kind, body, draft } = *entry;
        let source = cache.source(file)?;
        let body = body.map(|(start, end)| start..end);
        Some(Arc::new(reading.shelved(file, kind, body, source, draft, Arc::clone(shelf))))
    };
    entries.par_iter().map(one).collect()
}

/// The keys of the records as they were read.
#[derive(Debug)]
struct KeptShelf {
    cache: Arc<Cache>,
    forms: Forms,
    files: Files,
}

impl Shelf for KeptShelf {
    fn take(&self, record: &Record) -> (Tree, Data) {
        let kept = self.cache.keys(record.file).and_then(|kept| record::recall_keys(record.file, kept, &self.forms));
        kept.unwrap_or_else(|| self.read(record))
    }
}

impl KeptShelf {
    /// Reads a file again that was read before.
    fn read(&self, record: &Record) -> (Tree, Data) {
        let header = header(self.files.get(record.file), record.file).0;
        match record::Reading::new(&self.files, &self.forms).read(&header, &mut Vec::new()) {
            record::Outcome::Record(record) => record.into_keys(),
            record::Outcome::Broken(_) | record::Outcome::Pack => {
                let span = Span { file: record.file, start: 0, end: 0 };
                (Tree { span, value: Value::Map(Box::default()) }, Data::Site(Box::default()))
            }
        }
    }
}
