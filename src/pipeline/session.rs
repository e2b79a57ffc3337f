//! A site that is kept in memory and follows the changes of its files: what the preview works on.
//!
//! After an edit only the record that was edited is read again, and only what reads it is resolved, judged and masked again; the
//! stages are the same pure functions as ever. Whatever is more than an edit of records (a file that comes or goes, an area, a
//! rule pack, `site.yaml`), or leaves an error behind, takes the whole way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ahash::HashMap;
use jiff::civil::Date;

use super::build::{self, Before, Built, Outcome, Stock};
use super::papers::Paperwork;
use super::{Cache, Checked, Checking, Fault, Found, Remarks, files_of, read_file};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::edition::{self, Edition, Persons};
use crate::language::Language;
use crate::record::{self, Forms, Record};
use crate::register::{RecordIx, Register};
use crate::render::theme::Theme;
use crate::source::{FileId, Files, discover};
use crate::verdict::Judgement;

/// A site in memory.
#[derive(Debug)]
pub struct Session {
    folder: PathBuf,
    as_of: Option<Date>,
    today: Date,
    checking: Checking,
    /// What is wrong with drawings and fonts.
    drawings: Vec<Diagnostic>,
    forms: Forms,
    files: HashMap<String, FileId>,
    records: HashMap<FileId, RecordIx>,
    persons: Persons,
    /// The verdicts of the site without its drafts, where it has any.
    public: Option<Judgement>,
    /// What may be published; `None` while there are errors.
    edition: Option<Arc<Edition>>,
    /// What the pages look like, once they were asked for.
    theme: Option<Arc<Theme>>,
    /// What only the build of the site found.
    refused: Vec<Diagnostic>,
    /// The site as it was last built.
    built: Option<Built>,
    /// Whether it was woken as it was kept.
    was_woken: bool,
    /// What was planned of the site when it was kept.
    kept: Option<(Stock, Paperwork)>,
}

/// A site as it was read and judged when it was kept.
pub(super) struct Asleep {
    /// The day that was asked for, and that of the run.
    pub(super) days: (Option<Date>, Date),
    pub(super) checking: Checking,
    /// The judgement of the site without its drafts, where it has any.
    pub(super) public: Option<Judgement>,
    pub(super) drawings: Vec<Diagnostic>,
    pub(super) persons: Persons,
}

/// What was planned of a site when it was kept.
pub(super) struct Planned {
    pub(super) edition: Arc<Edition>,
    pub(super) theme: Arc<Theme>,
    pub(super) stock: Stock,
    pub(super) paperwork: Paperwork,
}

/// A record file that was read again.
pub(super) struct Edit {
    file: FileId,
    ix: RecordIx,
    text: Arc<str>,
}

/// A site as it is judged after some edits.
struct Judged {
    checking: Checking,
    persons: Persons,
    drawings: Vec<Diagnostic>,
    /// The records that were edited.
    own: BTreeSet<RecordIx>,
    /// These, and those that are filed under another day now.
    read: BTreeSet<RecordIx>,
    /// Whether the same persons are named as before.
    same_names: bool,
}

impl Session {
    /// Reads and judges a site, as [`check`](super::check) does.
    ///
    /// # Errors
    ///
    /// Only the environment, as there.
    pub fn open(found: Found, as_of: Option<Date>, today: Date) -> Result<Self, Fault> {
        let Found { folder, discovered: found } = found;
        let checking = Checking::new(found.files, &found.attachments, found.diagnostics, as_of, today, &&Cache::default());
        let register = &checking.resolution.register;
        let mut drawings = Vec::new();
        files_of(&folder, register, &mut drawings)?;
        let persons = Persons::of(register);
        let mut session = Self::new(folder, (as_of, today), checking, drawings, persons);
        session.publish_all();
        Ok(session)
    }

    /// Makes a session of a site as it was kept.
    pub(super) fn woken(folder: &Path, asleep: Asleep) -> Self {
        let Asleep { days, checking, public, drawings, persons } = asleep;
        Self { public, was_woken: true, ..Self::new(folder.to_owned(), days, checking, drawings, persons) }
    }

    /// Adds what was planned of the site.
    pub(super) fn with(self, planned: Planned) -> Self {
        let Planned { edition, theme, stock, paperwork } = planned;
        Self { edition: Some(edition), theme: Some(theme), kept: Some((stock, paperwork)), ..self }
    }

    /// Makes a session of which nothing is published yet.
    fn new(
        folder: PathBuf,
        (as_of, today): (Option<Date>, Date),
        checking: Checking,
        drawings: Vec<Diagnostic>,
        persons: Persons,
    ) -> Self {
        Self {
            folder,
            as_of,
            today,
            drawings,
            forms: checking.workflows.forms(),
            files: checking.files.iter().take(checking.own).map(|(id, file)| (file.path.clone(), id)).collect(),
            records: checking.resolution.register.records().map(|(ix, record)| (record.file, ix)).collect(),
            persons,
            public: None,
            edition: None,
            theme: None,
            refused: Vec::new(),
            built: None,
            was_woken: false,
            kept: None,
            checking,
        }
    }

    /// Makes an edit of a file that has another text now; `None` where it is no record.
    pub(super) fn edit_of(&self, file: FileId, text: Arc<str>) -> Option<Edit> {
        Some(Edit { file, ix: *self.records.get(&file)?, text })
    }

    /// Makes the edition from nothing.
    fn publish_all(&mut self) {
        (self.public, self.edition) = (None, None);
        if self.has_errors() {
            return;
        }
        let Checking { resolution, judgement, workflows, as_of, .. } = &self.checking;
        let register = &resolution.register;
        let drafts = resolution.drafts();
        let shown = register.without(drafts);
        self.public = (!drafts.is_empty()).then(|| Judgement::new(&shown, workflows, *as_of));
        let verdicts = self.public.as_ref().unwrap_or(judgement).verdicts(&shown, workflows);
        self.edition = Some(Arc::new(Edition::new(register.clone(), self.checking.parts(verdicts))));
    }

    /// Follows the changes of some files, by their paths (in the site folder as it was given); of none, where nobody knows which.
    ///
    /// # Errors
    ///
    /// Only the environment. The session stays as it was.
    pub fn update(&mut self, paths: &[PathBuf]) -> Result<(), Fault> {
        let done = match self.edits(paths) {
            Some(edits) => self.edit(edits),
            None => false,
        };
        if !done {
            *self = Self::open(Found::new(&self.folder)?, self.as_of, self.today)?;
        }
        Ok(())
    }

    /// Reads the records among the changed files again; `None` where something else has changed too.
    fn edits(&self, paths: &[PathBuf]) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        for path in paths.iter().collect::<BTreeSet<_>>() {
            let inside = path.strip_prefix(&self.folder).ok()?.to_str()?.replace('\\', "/");
            match self.files.get(&inside) {
                Some(file) => {
                    let text = discover::read_again(&self.folder, &inside).ok()??;
                    if *text != *self.checking.files.get(*file).text {
                        edits.push(self.edit_of(*file, text)?);
                    }
                }
                // What an editor writes beside the file and takes away again.
                None if path.symlink_metadata().is_err() && !self.checking.attachments.contains_key(&inside) => {}
                None => return None,
            }
        }
        (!paths.is_empty()).then_some(edits)
    }

    /// Takes edits over; `false` where they ask for more, in which case nothing has changed.
    pub(super) fn edit(&mut self, edits: Vec<Edit>) -> bool {
        let Some(edition) = &self.edition else { return false };
        if edits.is_empty() {
            return true;
        }
        let Some(Judged { checking, persons, drawings, own, read, same_names }) = self.judged(edits) else { return false };
        let register = &checking.resolution.register;
        let shown = register.without(checking.resolution.drafts());
        let public = self.public.as_ref().map(|public| public.again(&shown, &checking.workflows, &read));
        let verdicts = public.as_ref().unwrap_or(&checking.judgement).verdicts(&shown, &checking.workflows);
        let edition = if same_names {
            edition.again(register, verdicts, &checking.files, &own)
        } else {
            Edition::new(register.clone(), checking.parts(verdicts))
        };
        let edition = Arc::new(edition);
        (self.checking, self.persons, self.drawings, self.public) = (checking, persons, drawings, public);
        self.refused.clear();
        self.edition = (!self.has_errors()).then_some(edition);
        true
    }

    /// Takes edits over as far as judging goes: nothing is published after that.
    pub(super) fn judge(&mut self, edits: Vec<Edit>) -> bool {
        if edits.is_empty() {
            return true;
        }
        let Some(Judged { checking, persons, drawings, .. }) = self.judged(edits) else { return false };
        (self.checking, self.persons, self.drawings) = (checking, persons, drawings);
        (self.public, self.edition) = (None, None);
        true
    }

    /// Reads edited records again, and resolves and judges what reads them; `None` where the edits ask for more.
    fn judged(&self, edits: Vec<Edit>) -> Option<Judged> {
        let mut checking = self.checking.clone();
        let mut persons = self.persons.clone();
        let (mut changed, mut same_names) = (Vec::with_capacity(edits.len()), true);
        for edit in &edits {
            checking.files.replace(edit.file, Arc::clone(&edit.text));
        }
        for Edit { file, ix, .. } in edits {
            let (record, remarks) = self.read(&checking, file)?;
            same_names &= persons.replace(self.checking.resolution.register.get(ix), &record);
            replace(&mut checking.remarks, file, Some(remarks).filter(|remarks| !remarks.is_empty()));
            changed.push((ix, Arc::new(record)));
        }
        // Another name may be masked anywhere: then a look at few records is not enough.
        if !same_names && self.was_woken {
            return None;
        }
        let (resolution, dated) = self.checking.resolution.again(&changed, &checking.files)?;
        checking.resolution = resolution;
        if !same_names {
            checking.masker = None;
        }
        let register = &checking.resolution.register;
        let own: BTreeSet<RecordIx> = changed.iter().map(|(ix, _)| *ix).collect();
        for ix in &own {
            let ahead = register.check_future_of(*ix, checking.now);
            replace(&mut checking.future, *ix, Some(ahead).filter(|ahead| !ahead.is_empty()));
        }
        // The addresses are as they were, unless a record links to another file or other names are masked.
        let before = &self.checking.resolution.register;
        let mut drawings = self.drawings.clone();
        let same_files = own.iter().all(|ix| before.attachments_of(*ix) == register.attachments_of(*ix));
        if !same_files || !same_names || !checking.names.is_empty() {
            checking.names.clear();
            edition::check(register, &edition::masker(register), &mut checking.names);
        }
        if !same_files || !drawings.is_empty() {
            drawings.clear();
            files_of(&self.folder, register, &mut drawings).ok()?;
        }
        let read: BTreeSet<RecordIx> = own.union(&dated).copied().collect();
        checking.judgement = checking.judgement.again(register, &checking.workflows, &read);
        Some(Judged { checking, persons, drawings, own, read, same_names })
    }

    /// Reads one file again; `None` where it is no sound record.
    fn read(&self, checking: &Checking, file: FileId) -> Option<(Record, Remarks)> {
        let source = checking.files.get(file);
        let reading = record::Reading::new(&checking.files, &self.forms);
        let read = read_file(&reading, source, file, checking.own);
        match read.outcome {
            record::Outcome::Record(record) => Some((record, read.remarks)),
            record::Outcome::Broken(_) | record::Outcome::Pack => None,
        }
    }

    /// Whether anything stops publication.
    pub fn has_errors(&self) -> bool {
        // What a comment allows or what would be said twice is never the only error.
        let all = self.checking.found().chain(&self.drawings);
        all.map(|diagnostic| diagnostic.severity)
            .chain(self.checking.judgement.severities())
            .any(|severity| severity == Severity::Error)
    }

    /// Returns all that is wrong or departs from the procedure, in order.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = self.checking.diagnostics();
        if !self.drawings.is_empty() || !self.refused.is_empty() {
            diagnostics.extend(self.drawings.iter().chain(&self.refused).cloned());
            diagnostic::sort(&mut diagnostics, &self.checking.files);
        }
        diagnostics
    }

    /// Returns what may be published; `None` while there are errors.
    pub fn edition(&self) -> Option<&Arc<Edition>> {
        self.edition.as_ref()
    }

    /// Builds the site as it stands now; errors stand in its way, those that only this finds among them.
    ///
    /// # Errors
    ///
    /// As those of [`build`](super::build).
    pub fn build(&mut self) -> Result<Outcome, Fault> {
        let Some(edition) = self.edition.clone() else { return Ok(Outcome::Refused) };
        let theme = match &self.theme {
            Some(theme) => Arc::clone(theme),
            None => Arc::clone(self.theme.insert(build::theme(&self.folder, edition.register.site().theme.as_deref())?)),
        };
        let kept = || self.kept.as_ref().map(|(stock, paperwork)| Before::kept(stock, paperwork));
        let before = self.built.as_ref().map(Before::built).or_else(kept);
        match build::assemble(&self.folder, edition, theme, before)? {
            Ok(built) => {
                self.built = Some(built.clone());
                Ok(Outcome::Built(built))
            }
            Err(faults) => {
                self.refused = faults;
                Ok(Outcome::Refused)
            }
        }
    }

    /// Returns every text file, the built-in packs included.
    pub fn files(&self) -> &Files {
        &self.checking.files
    }

    /// Returns the records.
    pub fn register(&self) -> &Register {
        &self.checking.resolution.register
    }

    /// Returns the language of messages where nobody asks for another: the site's first.
    pub fn language(&self) -> Language {
        self.register().site().languages.first().copied().unwrap_or_default()
    }

    /// Returns the day on which the site was judged.
    pub fn as_of(&self) -> Date {
        self.checking.as_of
    }

    /// Returns the day that was given as today.
    pub fn today(&self) -> Date {
        self.today
    }

    /// Returns the site as it was read and judged.
    pub fn checked(&self) -> Checked {
        let Checking { files, resolution, workflows, judgement, as_of, attachments, masker, .. } = &self.checking;
        Checked {
            files: files.clone(),
            register: resolution.register.clone(),
            workflows: workflows.clone(),
            verdicts: judgement.verdicts(&resolution.register, workflows),
            as_of: *as_of,
            diagnostics: self.diagnostics(),
            attachments: attachments.clone(),
            masker: masker.clone(),
        }
    }
}

/// Puts a value in its place in a map of what there is to say; nothing, where there is none.
fn replace<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}
