//! Links in Markdown bodies and files beside the records: where each leads, and what leads nowhere.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use rayon::prelude::*;

use super::{BodyLink, BodyTarget, RecordIx, Register};
use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::language::Text;
use crate::record::Record;
use crate::record::check::{closest, quote};
use crate::source::{Files, Span};
use crate::text;

/// The extensions of Markdown that a body may use; rendering uses the same.
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH
}

/// Returns the anchor of a heading: its words in lower case with `-` between them, everything but letters and digits left out.
pub fn slug(heading: &str) -> String {
    let mut slug = String::new();
    for c in heading.trim().chars() {
        match c {
            _ if c.is_alphanumeric() || c == '_' => slug.extend(c.to_lowercase()),
            ' ' | '-' if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Types of files that may be published.
const PUBLISHABLE: &[&str] = &[
    "pdf", "png", "jpg", "jpeg", "gif", "webp", "svg", "xlsx", "xls", "ods", "csv", "docx", "doc", "odt", "txt", "wps", "et",
    "zip",
];

/// Types of files that are pictures.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// Where the links of one record lead.
pub(super) struct Linked {
    pub(super) links: Vec<BodyLink>,
    /// The files that it links to, sorted.
    pub(super) attachments: Vec<String>,
    /// What leads nowhere.
    pub(super) faults: Vec<Diagnostic>,
}

/// Resolves the links of the bodies of some records and the files that they list; reports those that lead nowhere.
pub(super) fn link(register: &Register, attachments: &BTreeSet<String>, files: &Files, records: &[RecordIx]) -> Vec<Linked> {
    let anchors = Anchors::new(register, files);
    let linked = |ix: &RecordIx| {
        let mut faults = Vec::new();
        let places = Places { register, attachments, files, anchors: &anchors, record: register.get(*ix), ix: *ix };
        let links = places.links(&mut faults);
        let mut own: BTreeSet<String> = places.listed(&mut faults);
        own.extend(links.iter().filter_map(|link| match &link.to {
            BodyTarget::Attachment(path) => Some(path.clone()),
            _ => None,
        }));
        Linked { links, attachments: own.into_iter().collect(), faults }
    };
    records.par_iter().map(linked).collect()
}

/// The anchors of the headings of every body, each read when it is first asked for.
struct Anchors<'r> {
    register: &'r Register,
    files: &'r Files,
    of_records: Vec<OnceLock<BTreeSet<String>>>,
}

impl<'r> Anchors<'r> {
    fn new(register: &'r Register, files: &'r Files) -> Self {
        Self { register, files, of_records: register.records.iter().map(|_| OnceLock::new()).collect() }
    }

    /// Whether the body of a record has a heading of this anchor.
    fn has(&self, ix: RecordIx, anchor: &str) -> bool {
        let read = || headings(body_of(self.register.get(ix), self.files));
        self.of_records[ix.0 as usize].get_or_init(read).contains(anchor)
    }
}

/// Returns the text of a body.
fn body_of<'f>(record: &Record, files: &'f Files) -> &'f str {
    record.body.clone().and_then(|range| files.get(record.file).text.get(range)).unwrap_or("")
}

/// Returns the anchors of the headings of a body.
fn headings(body: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(body, options()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => anchors.extend(heading.take().map(|text| slug(&text))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    anchors
}

/// What is needed to see where the links of one record lead.
struct Places<'a> {
    register: &'a Register,
    attachments: &'a BTreeSet<String>,
    files: &'a Files,
    anchors: &'a Anchors<'a>,
    record: &'a Record,
    ix: RecordIx,
}

/// Why a link leads nowhere.
enum Fault {
    /// Nothing is there.
    Broken(Option<String>),
    /// The file could not be read, which is reported already.
    Reported,
    /// It leads out of the content folder.
    Outside,
    /// It would run or load something that is not of the site.
    Unsafe,
    /// Its file is of a type that is not published.
    Type(String),
}

impl Places<'_> {
    /// Resolves the links and images of the body.
    fn links(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<BodyLink> {
        let Some(range) = self.record.body.clone() else {
            return Vec::new();
        };
        let mut links = Vec::new();
        // Every link of Markdown has one of these.
        if !body_of(self.record, self.files).contains(['[', '<']) {
            return links;
        }
        for (event, within) in Parser::new_ext(body_of(self.record, self.files), options()).into_offset_iter() {
            let (destination, picture) = match event {
                Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => continue,
                Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
                Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
                _ => continue,
            };
            let span = Span::new(self.record.file, range.start + within.start..range.start + within.end);
            match self.target(&destination, picture) {
                Ok(to) => links.push(BodyLink { span, destination: destination.to_string(), to }),
                Err(fault) => diagnostics.extend(fault.report(&destination, span)),
            }
        }
        links
    }

    /// Finds the files that the record lists under `attachments`.
    fn listed(&self, diagnostics: &mut Vec<Diagnostic>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (i, attachment) in self.record.attachments().iter().enumerate() {
            let place = self.record.tree().place(&format!("attachments[{i}].file"));
            let target = self.path(&attachment.file).and_then(|path| self.attachment(&path));
            match target {
                Ok(path) => found.extend([path]),
                Err(Fault::Broken(near)) => diagnostics.push(missing(&attachment.file, place, near)),
                Err(fault) => diagnostics.extend(fault.report(&attachment.file, place)),
            }
        }
        found
    }

    /// Finds where a link leads.
    fn target(&self, destination: &str, picture: bool) -> Result<BodyTarget, Fault> {
        let bare: String = destination.chars().filter(|c| !c.is_control()).collect();
        let bare = bare.trim();
        if let Some(scheme) = scheme(bare) {
            let allowed = matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel") && !picture;
            return if allowed { Ok(BodyTarget::External(bare.to_owned())) } else { Err(Fault::Unsafe) };
        }
        if bare.starts_with("//") || bare.contains('\\') {
            return Err(Fault::Unsafe);
        }
        let (path, anchor) = bare.split_once('#').map_or((bare, None), |(path, anchor)| (path, Some(decoded(anchor))));
        if path.is_empty() {
            let anchor = anchor.filter(|anchor| self.anchors.has(self.ix, anchor));
            return anchor.map(BodyTarget::Anchor).ok_or(Fault::Broken(None));
        }
        let path = self.path(path)?;
        if picture {
            return self.picture(&path).map(BodyTarget::Attachment);
        }
        self.record_at(&path, anchor).unwrap_or_else(|| self.attachment(&path).map(BodyTarget::Attachment))
    }

    /// Returns the path of a file relative to the site folder, as a record beside it writes it.
    fn path(&self, written: &str) -> Result<String, Fault> {
        let written = decoded(written.split(['?', '#']).next().unwrap_or(""));
        let own = &self.files.get(self.record.file).path;
        let mut parts: Vec<&str> = if written.starts_with('/') { vec!["content"] } else { own.split('/').collect() };
        if !written.starts_with('/') {
            parts.pop();
        }
        for part in written.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                _ if part.contains(['\\', '\0']) => return Err(Fault::Unsafe),
                part => parts.push(part),
            }
            if parts.first() != Some(&"content") {
                return Err(Fault::Outside);
            }
        }
        Ok(parts.join("/"))
    }

    /// Finds the record whose file or folder is at a path.
    fn record_at(&self, path: &str, anchor: Option<String>) -> Option<Result<BodyTarget, Fault>> {
        let inner = path.strip_prefix("content/")?;
        let file = ["md", "yaml", "yml"].iter().find_map(|extension| inner.strip_suffix(&format!(".{extension}")));
        let id = file.map_or(inner, |file| file.strip_suffix("/area").unwrap_or(file));
        let Some(ix) = self.register.by_id(id) else {
            let reported = file.is_some() && self.register.broken().iter().any(|broken| broken.id == id);
            let paths =
                self.register.records().filter_map(|(_, record)| self.files.get(record.file).path.strip_prefix("content/"));
            let near = || closest(inner, paths).map(|near| format!("/{near}"));
            return file.map(|_| Err(if reported { Fault::Reported } else { Fault::Broken(near()) }));
        };
        let there = anchor.as_ref().is_none_or(|anchor| self.anchors.has(ix, anchor));
        Some(if there { Ok(BodyTarget::Record(ix, anchor)) } else { Err(Fault::Broken(None)) })
    }

    /// Finds the picture at a path.
    fn picture(&self, path: &str) -> Result<String, Fault> {
        let path = self.attachment(path)?;
        let fits = PICTURES.contains(&extension(&path).as_str());
        if fits { Ok(path) } else { Err(Fault::Type(extension(&path))) }
    }

    /// Finds the file at a path.
    fn attachment(&self, path: &str) -> Result<String, Fault> {
        if !self.attachments.contains(path) {
            let name = path.rsplit('/').next().unwrap_or(path);
            let folder = &path[..path.len() - name.len()];
            let beside =
                self.attachments.iter().filter_map(|other| other.strip_prefix(folder)).filter(|rest| !rest.contains('/'));
            return Err(Fault::Broken(closest(name, beside).map(str::to_owned)));
        }
        let extension = extension(path);
        if PUBLISHABLE.contains(&extension.as_str()) { Ok(path.to_owned()) } else { Err(Fault::Type(extension)) }
    }
}

impl Fault {
    /// Makes the report of a link that leads nowhere.
    fn report(self, destination: &str, span: Span) -> Option<Diagnostic> {
        let found = quote(destination);
        Some(match self {
            Self::Reported => return None,
            Self::Broken(near) => {
                let fault = Diagnostic::error("link/broken", span, text!("链接 `{found}` 找不到目标", "the link `{found}` leads nowhere"));
                match near {
                    Some(near) => fault.help(text!("是不是 `{near}`？", "did you mean `{near}`?")),
                    None => fault.help(text!(
                        "链接写目标文件的相对路径，如 `../meetings/2026-03-18-congress.md`",
                        "write the path of the file, relative to this one, such as `../meetings/2026-03-18-congress.md`"
                    )),
                }
            }
            Self::Outside => Diagnostic::error(
                "link/outside",
                span,
                text!("链接 `{found}` 指向 `content` 文件夹之外", "the link `{found}` leads out of the `content` folder"),
            )
            .help(text!("把文件放到记录旁边再链接", "put the file beside the record and link to it there")),
            Self::Unsafe => Diagnostic::error(
                "link/unsafe",
                span,
                text!("链接 `{found}` 不安全，不能公布", "the link `{found}` is not safe to publish"),
            )
            .help(text!(
                "链接可用 `https:`、`http:`、`mailto:`、`tel:` 或本站文件；图片须放在记录旁边",
                "a link may use `https:`, `http:`, `mailto:`, `tel:` or a file of the site; a picture has to lie beside the record"
            )),
            Self::Type(extension) => Diagnostic::error(
                "attachment/type",
                span,
                text!("`{found}` 是 `.{extension}` 文件，不能在这里公布", "`{found}` is a `.{extension}` file, which is not published here"),
            )
            .help(Text::new(format!("可用的类型：{}", PUBLISHABLE.join("、")), format!("the types are {}", PUBLISHABLE.join(", ")))),
        })
    }
}

/// Reports a listed file that is not there.
fn missing(file: &str, place: Span, near: Option<String>) -> Diagnostic {
    let file = quote(file);
    let fault = Diagnostic::error(
        "attachment/missing",
        place,
        text!("记录旁边没有文件 `{file}`", "there is no file `{file}` beside the record"),
    );
    match near {
        Some(near) => fault.help(text!("是不是 `{near}`？", "did you mean `{near}`?")),
        None => fault.help(text!("把文件放到记录所在的文件夹", "put the file into the folder of the record")),
    }
}

/// Reports files that no record links to, at the area that they lie in: they are not published.
pub(super) fn unused(register: &Register, attachments: &BTreeSet<String>, files: &Files) -> Vec<Diagnostic> {
    let used: HashSet<&str> = register.attachments.iter().flatten().map(String::as_str).collect();
    let unused: Vec<&String> = attachments.iter().filter(|path| !used.contains(path.as_str())).collect();
    let mut diagnostics = Vec::new();
    if unused.is_empty() {
        return diagnostics;
    }
    let mut folders: HashMap<&str, &Record> = HashMap::new();
    for (_, record) in register.records() {
        let folder = files.get(record.file).path.rsplit_once('/').map(|(folder, _)| folder);
        folder.map(|folder| folders.entry(folder).or_insert(record));
    }
    for path in unused {
        let mut folder = path.as_str();
        let near = std::iter::from_fn(|| {
            folder = folder.rsplit_once('/')?.0;
            Some(folder)
        });
        let Some(record) = near.into_iter().find_map(|folder| folders.get(folder)) else {
            continue;
        };
        // A broken file nearby may be the one that links to it.
        let folder = files.get(record.file).path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if register.broken().iter().any(|broken| files.get(broken.file).path.starts_with(folder)) {
            continue;
        }
        let key = if record.kind == Kind::Site { "title" } else { "kind" };
        diagnostics.push(
            Diagnostic::warning(
                "attachment/unused",
                record.tree().place(key),
                text!("没有记录链接到文件 `{path}`，它不会公布", "no record links to `{path}`, so it is not published"),
            )
            .help(text!(
                "在记录的 `attachments` 或正文中链接它，或删去",
                "link to it from `attachments` or the body of a record, or delete it"
            )),
        );
    }
    diagnostics
}

/// Returns the scheme of an address in lower case, if it has one.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    fits.then(|| scheme.to_ascii_lowercase())
}

/// Returns the extension of a path in lower case.
fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

/// Resolves `%E6%96%B9` in an address; what is not UTF-8 stays as it is.
pub fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = (bytes[i] == b'%').then(|| address.get(i + 1..i + 3)).flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            i += 3;
        } else {
            out.push(bytes[i]);
            i += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_words_with_hyphens() {
        assert_eq!(slug("会议记录"), "会议记录");
        assert_eq!(slug(" The  Vote: item 1! "), "the-vote-item-1");
    }

    #[test]
    fn addresses_are_decoded_and_schemes_found() {
        assert_eq!(decoded("%E6%96%B9%E6%A1%88.pdf"), "方案.pdf");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(scheme("JavaScript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme("../a:b"), None);
        assert_eq!(scheme("方案:1.pdf"), None);
    }
}
