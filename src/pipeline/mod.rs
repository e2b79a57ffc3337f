//! The arrows of the flow, in order: `check` and `build`.
//!
//! This is the one place that knows the order of the stages; each stage is a function of its own module.

mod build;
mod bundle;
mod cache;
mod figures;
mod found;
mod papers;
mod print;
mod session;
mod spelling;
mod surmise;
mod wake;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::edition;
use crate::language::{Language, Text};
use crate::privacy::{self, Masker};
use crate::publish::PathFault;
use crate::record::{self, Header};
use crate::register::{self, RecordIx, Register};
use crate::render::theme::ThemeFault;
use crate::source::yaml::{Allow, Node, Value};
use crate::source::{FileId, Files, SourceFile, Span, discover};
use crate::statistics::Mismatch;
use crate::text;
use crate::verdict::{self, Verdicts};
use crate::workflow::{Workflows, add_built_in};

pub use build::{Built, Outcome, build, edition};
pub use cache::Cache;
pub use found::Found;
pub use print::{Made, Outcome as PrintOutcome, Printing, Shop};
pub use session::Session;
pub use wake::{Again, Bed, build_again, check_again};

/// Whether this program makes sheets of paper: it was built with the feature `print`.
pub const CAN_PRINT: bool = cfg!(feature = "print");

/// What stands in the way of running at all: the environment, not the author.
#[derive(Debug)]
pub enum Fault {
    /// A file or folder that cannot be read.
    Read(discover::Error),
    /// A theme that cannot be used: all that is wrong with it.
    Theme(Vec<ThemeFault>),
    /// A path that no file system takes.
    Path(PathFault),
    /// Totals that differ from the sum of their parts.
    Totals(Vec<Mismatch>),
    /// A file that `site.yaml` names as a font and that is none.
    Font(PathBuf),
    /// A folder that holds no `content`.
    NoContent(PathBuf),
    /// A folder whose `content` holds no `site.yaml`.
    NoSite(PathBuf),
}

impl Fault {
    /// Says what is wrong, and what to do, in both languages.
    pub fn message(&self) -> Text {
        match self {
            Self::Read(error) => error.message(),
            Self::Path(fault) => fault.text(),
            Self::Totals(mismatches) => totals(mismatches),
            Self::Theme(faults) => {
                let list = faults.iter().map(|fault| format!("\n  {fault}")).collect::<Vec<_>>().concat();
                text!("主题不能用：{list}", "the theme cannot be used:{list}")
            }
            Self::Font(path) => {
                let path = path.display();
                text!(
                    "`{path}` 不是字体文件；`site.yaml` 的 `fonts` 里写 .ttf、.otf 或 .ttc 文件",
                    "`{path}` is no font; `fonts` of `site.yaml` names .ttf, .otf or .ttc files"
                )
            }
            Self::NoContent(path) => {
                let path = path.display();
                text!(
                    "`{path}` 里没有 `content` 文件夹，不是公示站点；用 `gongshi new site {path}` 新建一个",
                    "`{path}` has no folder `content`, so it is not a site; `gongshi new site {path}` makes one"
                )
            }
            Self::NoSite(path) => {
                let path = path.display();
                text!(
                    "`{path}/content` 里没有 `site.yaml`；新建这个文件，至少写 `title` 和 `publisher`",
                    "`{path}/content` has no `site.yaml`; make that file, with `title` and `publisher` at least"
                )
            }
        }
    }
}

/// How many totals that do not add up are named.
const MOST_TOTALS: usize = 5;

/// Says which totals do not add up.
fn totals(mismatches: &[Mismatch]) -> Text {
    let mut message = text!("合计与各部分之和不一致：", "totals differ from the sum of their parts:");
    for mismatch in mismatches.iter().take(MOST_TOTALS) {
        let Text { zh, en } = mismatch.message();
        message.zh.extend(["\n  ", &zh]);
        message.en.extend(["\n  ", &en]);
    }
    if mismatches.len() > MOST_TOTALS {
        let more = (mismatches.len() - MOST_TOTALS).to_string();
        message.zh.extend(["\n  还有 ", &more, " 处"]);
        message.en.extend(["\n  and ", &more, " more"]);
    }
    message
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for Fault {}

/// A site that was read and judged.
#[derive(Debug)]
pub struct Checked {
    /// Every text file, the built-in packs included.
    pub files: Files,
    /// The records.
    pub register: Register,
    /// The procedures and their rules.
    pub workflows: Workflows,
    /// What was judged.
    pub verdicts: Verdicts,
    /// The day on which it was judged.
    pub as_of: Date,
    /// All that is wrong or departs from the procedure, in order.
    pub diagnostics: Vec<Diagnostic>,
    attachments: BTreeMap<String, u64>,
    masker: Option<Arc<Masker>>,
}

impl Checked {
    /// Whether anything stops publication.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns the language of messages where nobody asks for another: the site's first.
    pub fn language(&self) -> Language {
        self.register.site().languages.first().copied().unwrap_or_default()
    }
}

/// Reads and judges the site at `folder`, as of `as_of`, else the day in `site.yaml`, else `today`.
///
/// # Errors
///
/// Only the environment: the folder holds no `content`, or something in it cannot be read. What authors did wrong is collected.
pub fn check(folder: &Path, as_of: Option<Date>, today: Date) -> Result<Checked, Fault> {
    Found::new(folder)?.check(as_of, today)
}

/// Reports what is wrong with files that are not records: fonts, drawings.
fn files_of(folder: &Path, register: &Register, diagnostics: &mut Vec<Diagnostic>) -> Result<(), Fault> {
    fonts_of(folder, register, diagnostics);
    drawings_of(folder, register, diagnostics)
}

/// Reports font files that the site names and that are not there.
fn fonts_of(folder: &Path, register: &Register, diagnostics: &mut Vec<Diagnostic>) {
    let Some((_, record)) = register.records().find(|(_, record)| record.site().is_some()) else { return };
    for (i, file) in register.site().fonts.iter().enumerate().filter(|(_, file)| !folder.join(file).is_file()) {
        let message = text!("站点文件夹里没有字体文件 `{file}`", "there is no font file `{file}` in the folder of the site");
        let help = text!(
            "写相对站点文件夹的路径，如 fonts/fangsong.ttf；不用就去掉这一项",
            "write its path within the folder of the site, such as `fonts/fangsong.ttf`, or leave it out"
        );
        diagnostics.push(Diagnostic::error("attachment/font", record.tree().place(&format!("fonts[{i}]")), message).help(help));
    }
}

/// Reports drawings (SVG) that records link to and that carry scripts: a browser would run them as part of the site.
fn drawings_of(folder: &Path, register: &Register, diagnostics: &mut Vec<Diagnostic>) -> Result<(), Fault> {
    for (ix, record) in register.records() {
        let is_drawing =
            |path: &&String| path.get(path.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case(".svg"));
        for path in register.attachments_of(ix).iter().filter(is_drawing) {
            let file = folder.join(path);
            let bytes = std::fs::read(&file).map_err(|error| unreadable(&file, error))?;
            if privacy::is_active_drawing(&bytes) {
                let message =
                    text!("图形 `{path}` 里有脚本或外部引用", "the drawing `{path}` carries a script or refers to another site");
                let help = text!("另存为不含脚本的 SVG，或者改用 PNG", "save it as a plain SVG, or use a PNG");
                let place = record.tree().place("attachments");
                diagnostics.push(Diagnostic::error("attachment/active", place, message).help(help));
            }
        }
    }
    Ok(())
}

/// Judges files that were read already.
pub fn check_files(
    files: Files,
    attachments: &[discover::Attachment],
    diagnostics: Vec<Diagnostic>,
    as_of: Option<Date>,
    today: Date,
) -> Checked {
    Checking::new(files, attachments, diagnostics, as_of, today, &&Cache::default()).into_checked()
}

/// A site that was read and judged, with what is wrong kept by record, so that it can be brought up to date.
#[derive(Debug, Clone)]
struct Checking {
    files: Files,
    /// How many of the files are the site's own.
    own: usize,
    /// What is wrong with the site as a whole: its files as files, its rule packs.
    general: Vec<Diagnostic>,
    /// What files say besides their records, where they do.
    remarks: BTreeMap<FileId, Remarks>,
    workflows: Workflows,
    resolution: register::Resolution,
    /// The facts in the future, by record, where there are any.
    future: BTreeMap<RecordIx, Vec<Diagnostic>>,
    /// Names in addresses.
    names: Vec<Diagnostic>,
    judgement: verdict::Judgement,
    /// What is wrong besides with files that cannot be read.
    besides: Vec<Diagnostic>,
    as_of: Date,
    /// The day after which nothing can have happened.
    now: Date,
    attachments: BTreeMap<String, u64>,
    /// The files that are, or look like, rule packs.
    packs: BTreeSet<FileId>,
    /// How many files were read anew, not taken from the cache.
    fresh: usize,
    /// What masks the names that the records hold, where it was made.
    masker: Option<Arc<Masker>>,
}

/// What a file says besides its record.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
struct Remarks {
    allows: Vec<Allow>,
    diagnostics: Vec<Diagnostic>,
}

impl Remarks {
    /// Whether there is nothing to say.
    fn is_empty(&self) -> bool {
        self.allows.is_empty() && self.diagnostics.is_empty()
    }
}

impl Checking {
    /// Reads and judges every file.
    fn new(
        mut files: Files,
        attachments: &[discover::Attachment],
        mut general: Vec<Diagnostic>,
        as_of: Option<Date>,
        today: Date,
        cache: &impl Deref<Target = Cache>,
    ) -> Self {
        let own = files.len();
        add_built_in(&mut files);
        for attachment in attachments {
            // An attachment is no text file: a number in its name is reported at the area that holds it.
            let place = || beside(&files, own, &attachment.path);
            general.extend(privacy::scan::check_path_at(place, &attachment.path));
        }
        let (workflows, packs, read) = read(&files, own, cache, &mut general);
        let fresh = read.iter().filter(|file| file.is_fresh).count();
        let (mut records, mut broken, mut remarks) = (Vec::with_capacity(read.len()), Vec::new(), BTreeMap::new());
        for (number, file) in read.into_iter().enumerate() {
            if !file.remarks.is_empty() {
                remarks.insert(FileId(number as u32), file.remarks);
            }
            match file.outcome {
                record::Outcome::Record(record) => records.push(record),
                record::Outcome::Broken(fault) => broken.push(fault),
                record::Outcome::Pack => {}
            }
        }
        let resolution = register::Resolution::new(records, broken, attachments, &files);
        let register = &resolution.register;
        let as_of = as_of.or(register.site().as_of).unwrap_or(today);
        // A look back (an earlier day asked for) makes no slip of the pen of what was written since.
        let now = as_of.max(register.site().as_of.unwrap_or(today));
        let all: Vec<_> = register.records().map(|(ix, _)| ix).collect();
        let future = |ix: &RecordIx| Some((*ix, register.check_future_of(*ix, now))).filter(|(_, faults)| !faults.is_empty());
        let future = all.par_iter().filter_map(future).collect();
        let named = || {
            let (masker, mut names) = (Arc::new(edition::masker(register)), Vec::new());
            edition::check(register, &masker, &mut names);
            (masker, names)
        };
        let ((masker, names), judgement) = rayon::join(named, || verdict::Judgement::new(register, &workflows, as_of));
        let ground = surmise::Ground { files: &files, attachments, workflows: &workflows, as_of, now };
        let besides = surmise::besides(register, &ground);
        let attachments = attachments.iter().map(|file| (file.path.clone(), file.size)).collect();
        Self {
            files,
            own,
            general,
            remarks,
            workflows,
            resolution,
            future,
            names,
            judgement,
            besides,
            as_of,
            now,
            attachments,
            packs,
            fresh,
            masker: Some(masker),
        }
    }

    /// Returns all that is wrong or departs from the procedure, in order.
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<_> = self.found().cloned().chain(self.judgement.diagnostics()).collect();
        said_once(&mut diagnostics);
        let allows: Vec<Allow> = self.remarks.values().flat_map(|remarks| remarks.allows.iter().cloned()).collect();
        diagnostic::allow(&mut diagnostics, &self.files, &allows);
        spelling::respell(&mut diagnostics, &self.resolution.register, &self.files);
        diagnostic::sort(&mut diagnostics, &self.files);
        diagnostics
    }

    /// Returns what is wrong but for what judging found, in no particular order.
    fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        let of_files = self.remarks.values().flat_map(|remarks| &remarks.diagnostics);
        let found = self.general.iter().chain(of_files).chain(self.resolution.diagnostics());
        found.chain(self.future.values().flatten()).chain(&self.names).chain(&self.besides)
    }

    /// Returns what an edition is made of besides the records.
    fn parts(&self, verdicts: Verdicts) -> edition::Parts<'_> {
        let Self { workflows, files, attachments, as_of, masker, .. } = self;
        let (workflows, sizes, masker) = (workflows.clone(), attachments.clone(), masker.clone());
        edition::Parts { verdicts, workflows, files, sizes, as_of: *as_of, masker }
    }

    /// Gives up what only an update needs.
    fn into_checked(self) -> Checked {
        let verdicts = || self.judgement.verdicts(&self.resolution.register, &self.workflows);
        let (diagnostics, verdicts) = rayon::join(|| self.diagnostics(), verdicts);
        let Self { files, workflows, resolution, judgement, as_of, attachments, masker, .. } = self;
        let register = resolution.register;
        judgement.give_back();
        Checked { files, register, workflows, verdicts, as_of, diagnostics, attachments, masker }
    }
}

/// A file of the site that was read, each for itself.
struct ReadFile {
    outcome: record::Outcome,
    remarks: Remarks,
    /// Whether it was read, not taken from the cache.
    is_fresh: bool,
}

/// How many files a thread takes on at most: at the end, none waits long for another.
const TOGETHER: usize = 64;

/// Reads the rule packs, and by their forms every file, the first `own` of which are the site's (and are searched for what must
/// not be published).
fn read(
    files: &Files,
    own: usize,
    cache: &impl Deref<Target = Cache>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Workflows, BTreeSet<FileId>, Vec<ReadFile>) {
    let all: Vec<_> = files.iter().collect();
    let mut packs: BTreeSet<FileId> = all.par_iter().filter(|(_, file)| record::may_be_pack(file)).map(|(id, _)| *id).collect();
    loop {
        let mut found = Vec::new();
        let (headers, faults): (Vec<Header>, Vec<_>) = packs.par_iter().map(|id| header(files.get(*id), *id)).unzip();
        let workflows = Workflows::read(files, &headers, &mut found);
        let forms = workflows.forms();
        let reading = record::Reading::new(files, &forms);
        // Only now: it may still be read while the packs are.
        let cache: &Cache = cache;
        let known = cache.is_of(&workflows);
        let recall = |file: &SourceFile, id| reading.recall(id, cache.record(file).filter(|_| known)?).map(ReadFile::recalled);
        let read_one = |(id, file): &(FileId, &SourceFile)| match headers.binary_search_by_key(id, |header| header.file) {
            Ok(at) => read_header(&reading, file, &headers[at], faults[at].clone(), own),
            Err(_) => recall(file, *id).unwrap_or_else(|| read_file(&reading, file, *id, own)),
        };
        let read: Vec<_> = all.par_iter().with_max_len(TOGETHER).map(read_one).collect();
        let known = packs.len();
        packs.extend(all.iter().zip(&read).filter(|(_, read)| read.is_pack()).map(|((id, _), _)| *id));
        // A pack that did not look like one may give steps that matters show: then all is read again.
        if packs.len() == known {
            diagnostics.extend(found);
            return (workflows, packs, read);
        }
    }
}

impl ReadFile {
    /// A file about which there is nothing to say.
    fn recalled(record: record::Record) -> Self {
        Self { outcome: record::Outcome::Record(record), remarks: Remarks::default(), is_fresh: false }
    }

    fn is_pack(&self) -> bool {
        matches!(self.outcome, record::Outcome::Pack)
    }
}

/// Splits and parses one file, with what is wrong with it.
fn header(file: &SourceFile, id: FileId) -> (Header, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    (record::header(file, id, &mut diagnostics), diagnostics)
}

/// Splits, parses and types one file; its tree of YAML is not kept.
fn read_file(reading: &record::Reading<'_>, file: &SourceFile, id: FileId, own: usize) -> ReadFile {
    let (header, diagnostics) = header(file, id);
    read_header(reading, file, &header, diagnostics, own)
}

/// Types one file that was parsed; `diagnostics` say what is wrong with it already.
fn read_header(
    reading: &record::Reading<'_>,
    file: &SourceFile,
    header: &Header,
    mut diagnostics: Vec<Diagnostic>,
    own: usize,
) -> ReadFile {
    let id = header.file;
    if (id.0 as usize) < own {
        diagnostics.extend(privacy::scan::check_except(id, &file.text, &telephones(header.node.as_ref())));
        diagnostics.extend(privacy::scan::check_path(id, &file.path));
        diagnostics.extend(header.node.iter().flat_map(|node| privacy::scan::check_values(&file.text, node)));
    }
    let outcome = reading.read(header, &mut diagnostics);
    diagnostics.shrink_to_fit();
    ReadFile { outcome, remarks: Remarks { allows: header.allows.clone(), diagnostics }, is_fresh: true }
}

/// Returns the file of the nearest area above a path, among the first `own` files; the site's first where there is none.
fn beside(files: &Files, own: usize, path: &str) -> FileId {
    let mut folder = path;
    let folders = std::iter::from_fn(|| {
        folder = folder.rsplit_once('/')?.0;
        Some(folder)
    });
    let area = |folder: &str| {
        let mut names = ["area.yaml", "area.yml", "area.md", "site.yaml"].iter().map(|name| format!("{folder}/{name}"));
        names.find_map(|name| files.iter().take(own).find(|(_, file)| file.path == name).map(|(id, _)| id))
    };
    folders.into_iter().find_map(area).unwrap_or(FileId(0))
}

/// Leaves out what a procedure says of a place that is wrong by a rule of the files already: it would be the same fault twice.
fn said_once(diagnostics: &mut Vec<Diagnostic>) {
    let of_files = |diagnostic: &Diagnostic| diagnostic::rules::find(&diagnostic.rule).is_some();
    let wrong = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error && of_files(diagnostic));
    let wrong: Vec<_> = wrong.map(|diagnostic| diagnostic.span).collect();
    diagnostics.retain(|diagnostic| of_files(diagnostic) || !wrong.contains(&diagnostic.span));
}

/// Returns the places of the office telephones that a file declares, which are published on purpose.
fn telephones(node: Option<&Node>) -> Vec<Span> {
    let Some(Node { value: Value::Map(entries), .. }) = node else { return Vec::new() };
    let named = |key: &str, names: [&str; 2]| names.contains(&key);
    let contacts =
        entries.iter().filter(|(key, _)| named(&key.text, ["contact", "联系方式"]) || named(&key.text, ["supervision", "监督"]));
    contacts
        .filter_map(|(_, contact)| match &contact.value {
            Value::Map(entries) => entries.iter().find(|(key, _)| named(&key.text, ["telephone", "电话"])),
            _ => None,
        })
        .map(|(_, telephone)| telephone.span)
        .collect()
}

/// Makes the fault of a file that cannot be read.
fn unreadable(path: &Path, source: std::io::Error) -> Fault {
    Fault::Read(discover::Error { path: path.to_owned(), source })
}
