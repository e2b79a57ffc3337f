//! From files to records: kind, identity, checked tree, typed keys.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::check::Surmise;
use super::kept::{self, Kept};
use super::keys::{Keys, Shelf};
use super::tree::Tree;
use super::{Broken, Data, Evidence, Forms, Record, check, de, placeholder};
use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::record::{
    Area, Assessment, CalendarYear, Case, Catalogue, Contract, Delegates, Disclosure, Election, Finance, Inquiry, Matter,
    Meeting, Opinions, Programme, Site, Survey,
};
use crate::source::yaml::{self, Allow, Node, Value};
use crate::source::{self, FileId, Files, SourceFile};
use crate::text;

/// A file that was split and parsed: what the field table reads.
#[derive(Debug, Clone)]
pub struct Header {
    /// The file.
    pub file: FileId,
    /// The header's tree; `None` where it could not be parsed (then an error was reported).
    pub node: Option<Node>,
    /// The comments that allow a rule to be broken.
    pub allows: Vec<Allow>,
    /// The bytes of the Markdown body, where the file has one.
    pub body: Option<Range<usize>>,
}

/// Splits and parses every file; one that cannot be read is reported and stays without a tree.
pub fn headers(files: &Files, diagnostics: &mut Vec<Diagnostic>) -> Vec<Header> {
    files.iter().map(|(file, source)| header(source, file, diagnostics)).collect()
}

/// Splits and parses one file.
pub fn header(source: &SourceFile, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Header {
    match source::split(source, file, diagnostics) {
        Some(document) => {
            let parsed = yaml::parse(&source.text, document.yaml, file, diagnostics);
            Header { file, node: parsed.node, allows: parsed.allows, body: document.body }
        }
        None => Header { file, node: None, allows: Vec::new(), body: None },
    }
}

/// Reads every header that is not a rule pack, each with all its faults at once.
pub fn parse(files: &Files, headers: &[Header], forms: &Forms, diagnostics: &mut Vec<Diagnostic>) -> (Vec<Record>, Vec<Broken>) {
    let areas = area_folders(headers.iter().map(|header| files.get(header.file)));
    let (mut records, mut broken) = (Vec::new(), Vec::new());
    for header in headers {
        match read(files, header, &areas, forms, diagnostics) {
            Some(Ok(record)) => records.push(record),
            Some(Err(fault)) => broken.push(fault),
            None => {}
        }
    }
    (records, broken)
}

/// What became of one file.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// A record.
    Record(Record),
    /// It could not be read; its diagnostics say why.
    Broken(Broken),
    /// A rule pack, which is no record.
    Pack,
}

/// What every file is read by.
#[derive(Debug)]
pub struct Reading<'f> {
    files: &'f Files,
    forms: &'f Forms,
    areas: BTreeSet<String>,
}

impl<'f> Reading<'f> {
    /// Makes a reading of `files`, whose matters have the steps of `forms`.
    pub fn new(files: &'f Files, forms: &'f Forms) -> Self {
        Self { files, forms, areas: area_folders(files.iter().map(|(_, file)| file)) }
    }

    /// Reads one header, with all its faults at once.
    pub fn read(&self, header: &Header, diagnostics: &mut Vec<Diagnostic>) -> Outcome {
        match read(self.files, header, &self.areas, self.forms, diagnostics) {
            Some(Ok(record)) => Outcome::Record(record),
            Some(Err(broken)) => Outcome::Broken(broken),
            None => Outcome::Pack,
        }
    }

    /// Makes a record of a kind whose keys are on a shelf; `source` is the digest of its file.
    pub fn shelved(
        &self,
        file: FileId,
        kind: Kind,
        body: Option<Range<usize>>,
        source: blake3::Hash,
        draft: bool,
        shelf: Arc<dyn Shelf>,
    ) -> Record {
        let Identity { id, area, name } = Identity::of(&self.files.get(file).path, &self.areas);
        Record { id, area, name, kind, file, source, body, draft, keys: Keys::On(shelf, OnceLock::new()) }
    }

    /// Makes a record of what [`keep`](super::keep) kept of the same file; `None` where that cannot be.
    pub fn recall(&self, file: FileId, kept: &[u8]) -> Option<Record> {
        let Kept { kind, body, tree } = kept::recall(file, kept)?;
        let identity = Identity::of(&self.files.get(file).path, &self.areas);
        let data = data(kind, &tree, self.forms).ok()?;
        let header = Header { file, node: None, allows: Vec::new(), body };
        Some(record(identity, kind, self.files, &header, tree, data))
    }
}

/// Makes the keys of a record of what [`keep`](super::keep) kept of its file; `None` where that cannot be.
pub fn recall_keys(file: FileId, kept: &[u8], forms: &Forms) -> Option<(Tree, Data)> {
    let Kept { kind, tree, .. } = kept::recall(file, kept)?;
    let data = data(kind, &tree, forms).ok()?;
    Some((tree, data))
}

/// Whether a file could be a rule pack, by a look at its lines: false only where it says in plain letters that it is something
/// else. Spares reading twice what is certainly a record.
pub fn may_be_pack(source: &SourceFile) -> bool {
    let mut kinds = source.text.lines().filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        matches!(key, "kind" | "类型").then(|| Kind::from_name(value.split('#').next().unwrap_or("").trim()))
    });
    implied_kind(&source.path).is_none() && kinds.next().flatten().is_none_or(|kind| kind == Kind::Workflow)
}

/// Checks a rule pack against the field table.
pub fn check_pack(header: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Tree> {
    check::object(Kind::Workflow.object(), header, &Forms::new(), diagnostics)
}

/// Returns the kind that a header says it is, or that its path implies; `None` where it says none or an unknown one.
pub fn kind_of(files: &Files, header: &Header) -> Option<Kind> {
    let implied = implied_kind(&files.get(header.file).path);
    implied.or_else(|| Kind::from_name(&written_kind(header.node.as_ref()?)?.0))
}

/// Returns the kind that a path implies.
fn implied_kind(path: &str) -> Option<Kind> {
    let name = path.strip_prefix("content/")?;
    match name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))? {
        "site" => Some(Kind::Site),
        stem if stem == "calendar" || stem.starts_with("calendar-") => Some(Kind::Calendar),
        _ => None,
    }
}

/// Returns the text of the `kind` key and its node.
fn written_kind(header: &Node) -> Option<(String, &Node)> {
    let Value::Map(entries) = &header.value else {
        return None;
    };
    let (_, node) = entries.iter().find(|(key, _)| key.text == "kind" || key.text == "类型")?;
    match &node.value {
        Value::Scalar { text, .. } => Some((text.clone(), node)),
        _ => None,
    }
}

/// The folders that hold an `area.yaml`, without `content/`.
fn area_folders<'f>(files: impl Iterator<Item = &'f SourceFile>) -> BTreeSet<String> {
    let paths = files.map(|file| content_path(&file.path));
    paths.filter_map(|path| stem(path).strip_suffix("/area").map(str::to_owned)).collect()
}

/// Returns a path without `content/`.
fn content_path(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// Returns a path without its extension.
fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// What a record is called and where it belongs.
#[derive(Clone)]
struct Identity {
    id: String,
    area: String,
    name: String,
}

impl Identity {
    /// Derives the identity of a file from its path.
    fn of(path: &str, areas: &BTreeSet<String>) -> Self {
        let path = stem(content_path(path));
        let id = path.strip_suffix("/area").unwrap_or(path).to_owned();
        let name = id.rsplit('/').next().unwrap_or(&id).to_owned();
        let mut area = id.as_str();
        while !area.is_empty() && !areas.contains(area) {
            area = area.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
        Self { area: area.to_owned(), id, name }
    }

    /// Says that the file could not be read.
    fn broken(self, kind: Option<Kind>, file: FileId) -> Broken {
        Broken { id: self.id, area: self.area, name: self.name, kind, file, surmised: Vec::new() }
    }
}

/// Reads one header; `None` for a rule pack.
fn read(
    files: &Files,
    header: &Header,
    areas: &BTreeSet<String>,
    forms: &Forms,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Result<Record, Broken>> {
    let path = &files.get(header.file).path;
    let identity = Identity::of(path, areas);
    let implied = implied_kind(path);
    let Some(node) = &header.node else {
        return Some(Err(identity.broken(implied, header.file)));
    };
    let kind = match implied {
        Some(kind) => kind,
        None => match check::kind(node, diagnostics) {
            Some(Kind::Workflow) => return None,
            Some(kind) => kind,
            None => return Some(Err(misnamed(identity, files, header, node, forms, diagnostics))),
        },
    };
    let before = diagnostics.len();
    let tree = check::object(kind.object(), node, forms, diagnostics);
    let sound = diagnostics[before..].iter().all(|d| d.severity != crate::diagnostic::Severity::Error);
    if let Some(tree) = &tree {
        diagnostics.extend(placeholder::check(kind, tree, files.get(header.file), header.body.as_ref()));
    }
    let Some(tree) = tree.filter(|_| sound) else {
        let surmised = surmised(&identity, kind, files, header, node, forms);
        return Some(Err(Broken { surmised, ..identity.broken(Some(kind), header.file) }));
    };
    match data(kind, &tree, forms) {
        Ok(data) => Some(Ok(record(identity, kind, files, header, tree, data))),
        Err(fault) => {
            diagnostics.push(Diagnostic::error(
                "schema/wrong-type",
                tree.span,
                text!("无法读取：{fault}", "could not be read: {fault}"),
            ));
            Some(Err(identity.broken(Some(kind), header.file)))
        }
    }
}

/// Reads a file whose kind does not exist, as one of the kind that was meant if that is plain.
fn misnamed(
    identity: Identity,
    files: &Files,
    header: &Header,
    node: &Node,
    forms: &Forms,
    diagnostics: &mut Vec<Diagnostic>,
) -> Broken {
    let Some(kind) = check::meant_kind(node).filter(|kind| *kind != Kind::Workflow) else {
        return identity.broken(None, header.file);
    };
    let mut faults = Vec::new();
    check::object(kind.object(), node, forms, &mut faults);
    // The kind itself was reported.
    diagnostics.extend(faults.into_iter().filter(|fault| fault.rule != "schema/unknown-kind"));
    let surmised = surmised(&identity, kind, files, header, node, forms);
    Broken { surmised, ..identity.broken(None, header.file) }
}

/// Reads what a faulty file would be if it were mended.
fn surmised(identity: &Identity, kind: Kind, files: &Files, header: &Header, node: &Node, forms: &Forms) -> Vec<Record> {
    let read = |side| {
        let tree = check::surmise(kind.object(), node, forms, side)?;
        let data = data(kind, &tree, forms).ok()?;
        Some(record(identity.clone(), kind, files, header, tree, data))
    };
    match (read(Surmise::Low), read(Surmise::High)) {
        (Some(low), Some(high)) if low == high => vec![low],
        (Some(low), Some(high)) => vec![low, high],
        _ => Vec::new(),
    }
}

/// Puts a record together.
fn record(identity: Identity, kind: Kind, files: &Files, header: &Header, tree: Tree, data: Data) -> Record {
    let draft = tree.get("draft").is_some_and(|draft| matches!(draft.value, super::tree::Value::Flag(true)));
    let Identity { id, area, name } = identity;
    let source = files.get(header.file).digest();
    Record { id, area, name, kind, file: header.file, source, body: header.body.clone(), draft, keys: Keys::Here(tree, data) }
}

/// Types a checked tree.
fn data(kind: Kind, tree: &Tree, forms: &Forms) -> Result<Data, de::Error> {
    let form = |workflow: &str, step: &str| forms.get(workflow)?.iter().find(|form| form.id == step).map(|form| form.form.name);
    typed(kind, tree, |matter, step| form(&matter.workflow, step))
}

/// Types a checked tree; `form` names the form of each step of a matter.
pub(super) fn typed<'f>(kind: Kind, tree: &Tree, form: impl Fn(&Matter, &str) -> Option<&'f str>) -> Result<Data, de::Error> {
    Ok(match kind {
        Kind::Site => Data::Site(Box::new(de::read_record::<Site>(tree)?)),
        Kind::Calendar => Data::Calendar(Box::new(de::read_record::<CalendarYear>(tree)?)),
        Kind::Area => Data::Area(Box::new(de::read_record::<Area>(tree)?)),
        Kind::Opinions => Data::Opinions(Box::new(de::read_record::<Opinions>(tree)?)),
        Kind::Matter => Data::Matter(Box::new(matter(tree, form)?)),
        Kind::Meeting => Data::Meeting(Box::new(de::read_record::<Meeting>(tree)?)),
        Kind::Contract => Data::Contract(Box::new(de::read_record::<Contract>(tree)?)),
        Kind::Assessment => Data::Assessment(Box::new(de::read_record::<Assessment>(tree)?)),
        Kind::Finance => Data::Finance(Box::new(de::read_record::<Finance>(tree)?)),
        Kind::Inquiry => Data::Inquiry(Box::new(de::read_record::<Inquiry>(tree)?)),
        Kind::Case => Data::Case(Box::new(de::read_record::<Case>(tree)?)),
        Kind::Disclosure => Data::Disclosure(Box::new(de::read_record::<Disclosure>(tree)?)),
        Kind::Survey => Data::Survey(Box::new(de::read_record::<Survey>(tree)?)),
        Kind::Programme => Data::Programme(Box::new(de::read_record::<Programme>(tree)?)),
        Kind::Catalogue => Data::Catalogue(Box::new(de::read_record::<Catalogue>(tree)?)),
        Kind::Delegates => Data::Delegates(Box::new(de::read_record::<Delegates>(tree)?)),
        Kind::Election => Data::Election(Box::new(de::read_record::<Election>(tree)?)),
        Kind::Workflow => return Err(serde::de::Error::custom("a rule pack is not a record")),
    })
}

/// Types a matter with the evidence of its steps.
fn matter<'f>(tree: &Tree, form: impl Fn(&Matter, &str) -> Option<&'f str>) -> Result<Matter, de::Error> {
    let mut matter: Matter = de::read_record(tree)?;
    let steps = tree.get("steps").map_or(&[][..], Tree::entries);
    for entry in steps {
        let evidence = form(&matter, &entry.key).and_then(|form| Evidence::read(form, &entry.tree));
        let evidence = evidence.ok_or_else(|| serde::de::Error::custom(format!("steps.{}", entry.key)))?;
        matter.steps.push((entry.key.to_string(), evidence));
    }
    Ok(matter)
}
