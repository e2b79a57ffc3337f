//! The arrows of the flow, in order: `check` and `build`.
//!
//! This is the one place that knows the order of the stages; each stage is a function of its own module.

mod build;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::edition;
use crate::language::{Language, Text};
use crate::privacy;
use crate::publish::PathFault;
use crate::record::{self, Header};
use crate::register::{self, Register};
use crate::render::theme::ThemeFault;
use crate::source::yaml::{Allow, Node, Value};
use crate::source::{FileId, Files, SourceFile, Span, discover};
use crate::statistics::Mismatch;
use crate::text;
use crate::verdict::{self, Verdicts};
use crate::workflow::{Workflows, add_built_in};

pub use build::{Built, Outcome, build, edition};

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
        message.zh += &format!("\n  {zh}");
        message.en += &format!("\n  {en}");
    }
    if let Some(more) = mismatches.len().checked_sub(MOST_TOTALS + 1) {
        message.zh += &format!("\n  还有 {} 处", more + 1);
        message.en += &format!("\n  and {} more", more + 1);
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
    if !folder.join("content").is_dir() {
        return Err(Fault::NoContent(folder.to_owned()));
    }
    if !folder.join("content/site.yaml").is_file() {
        return Err(Fault::NoSite(folder.to_owned()));
    }
    let found = discover(folder).map_err(Fault::Read)?;
    let mut checked = check_files(found.files, &found.attachments, found.diagnostics, as_of, today);
    drawings(folder, &mut checked)?;
    diagnostic::sort(&mut checked.diagnostics, &checked.files);
    Ok(checked)
}

/// Reports drawings (SVG) that records link to and that carry scripts: a browser would run them as part of the site.
fn drawings(folder: &Path, checked: &mut Checked) -> Result<(), Fault> {
    for (ix, record) in checked.register.records() {
        for path in checked.register.attachments_of(ix).iter().filter(|path| path.to_lowercase().ends_with(".svg")) {
            let file = folder.join(path);
            let bytes = std::fs::read(&file).map_err(|error| unreadable(&file, error))?;
            if privacy::is_active_drawing(&bytes) {
                let message =
                    text!("图形 `{path}` 里有脚本或外部引用", "the drawing `{path}` carries a script or refers to another site");
                let help = text!("另存为不含脚本的 SVG，或者改用 PNG", "save it as a plain SVG, or use a PNG");
                checked
                    .diagnostics
                    .push(Diagnostic::error("attachment/active", record.tree.place("attachments"), message).help(help));
            }
        }
    }
    Ok(())
}

/// Judges files that were read already.
pub fn check_files(
    mut files: Files,
    attachments: &[discover::Attachment],
    mut diagnostics: Vec<Diagnostic>,
    as_of: Option<Date>,
    today: Date,
) -> Checked {
    let own = files.iter().count();
    add_built_in(&mut files);
    let headers = headers(&files, own, &mut diagnostics);
    let allows: Vec<Allow> = headers.iter().flat_map(|header| header.allows.iter().cloned()).collect();
    for attachment in attachments {
        // An attachment is no text file: a number in its name is reported at the area that holds it.
        diagnostics.extend(privacy::scan::check_path(beside(&files, &attachment.path), &attachment.path));
    }
    let workflows = Workflows::read(&files, &headers, &mut diagnostics);
    let (records, broken) = record::parse(&files, &headers, &workflows.forms(), &mut diagnostics);
    let sizes: BTreeMap<String, u64> = attachments.iter().map(|file| (file.path.clone(), file.size)).collect();
    let register = register::resolve(records, broken, attachments, &files, &mut diagnostics);
    let as_of = as_of.or(register.site().as_of).unwrap_or(today);
    // A look back (an earlier day asked for) makes no slip of the pen of what was written since.
    register.check_future(as_of.max(register.site().as_of.unwrap_or(today)), &mut diagnostics);
    edition::check(&register, &mut diagnostics);
    let verdicts = verdict::judge(&register, &workflows, as_of, &mut diagnostics);
    said_once(&mut diagnostics);
    diagnostic::allow(&mut diagnostics, &files, &allows);
    diagnostic::sort(&mut diagnostics, &files);
    Checked { files, register, workflows, verdicts, as_of, diagnostics, attachments: sizes }
}

/// Returns the file of the nearest area above a path; the site's first where there is none.
fn beside(files: &Files, path: &str) -> FileId {
    let mut folder = path;
    let folders = std::iter::from_fn(|| {
        folder = folder.rsplit_once('/')?.0;
        Some(folder)
    });
    let area = |folder: &str| {
        let mut names = ["area.yaml", "area.yml", "area.md", "site.yaml"].iter().map(|name| format!("{folder}/{name}"));
        names.find_map(|name| files.iter().find(|(_, file)| file.path == name).map(|(id, _)| id))
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

/// Splits and parses every file, the first `own` of which are the site's (and are searched for what must not be published).
fn headers(files: &Files, own: usize, diagnostics: &mut Vec<Diagnostic>) -> Vec<Header> {
    let all: Vec<_> = files.iter().collect();
    let read = |(id, file): &(FileId, &SourceFile)| {
        let mut faults = Vec::new();
        let header = record::header(file, *id, &mut faults);
        if (id.0 as usize) < own {
            faults.extend(privacy::scan::check_except(*id, &file.text, &telephones(header.node.as_ref())));
            faults.extend(privacy::scan::check_path(*id, &file.path));
            faults.extend(header.node.iter().flat_map(|node| privacy::scan::check_values(&file.text, node)));
        }
        (header, faults)
    };
    let read: Vec<_> = all.par_iter().map(read).collect();
    let mut headers = Vec::with_capacity(read.len());
    for (header, faults) in read {
        headers.push(header);
        diagnostics.extend(faults);
    }
    headers
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
