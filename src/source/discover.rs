//! Finds the files of a site and reads those that are text: the first stage, and the only one that reads `content/`.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs::{DirEntry, File};
use std::io::{self, Read as _};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{FileId, Files, SourceFile, Span};
use crate::diagnostic::Diagnostic;
use crate::language::Text;
use crate::text;

/// The folder of a site that holds its records.
pub const CONTENT: &str = "content";

/// The most bytes that a record may have (4 MiB); larger files are not read.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// What stands in the content folder.
#[derive(Debug, Clone, Default)]
pub struct Discovered {
    /// The text files, read, in path order.
    pub files: Files,
    /// All other files, not read, in path order.
    pub attachments: Vec<Attachment>,
    /// What is wrong with files as files: size, encoding, symbolic links.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file that is not a record: a picture, a PDF, a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attachment {
    /// The path relative to the site folder, with forward slashes.
    pub path: String,
    /// The size in bytes.
    pub size: u64,
}

/// A fault of the environment: something could not be read.
#[derive(Debug)]
pub struct Error {
    /// What could not be read.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

impl Error {
    /// Returns the fault in both languages.
    pub fn message(&self) -> Text {
        let path = self.path.display();
        let (zh, en) = match self.source.kind() {
            io::ErrorKind::NotFound => ("不存在".to_owned(), "it does not exist".to_owned()),
            io::ErrorKind::PermissionDenied => ("没有读取权限".to_owned(), "permission denied".to_owned()),
            _ => (self.source.to_string(), self.source.to_string()),
        };
        text!("无法读取 `{path}`：{zh}", "cannot read `{path}`: {en}")
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Finds every file under `site/content` and reads the records (`.yaml`, `.yml`, `.md`).
///
/// Names that begin with `.` or `_` and `README.md` are left out, folders of such names whole. Symbolic links are not followed.
/// A file that is too large, not UTF-8 or a link is reported and stays as a refused [`SourceFile`].
///
/// # Errors
/// The first folder or file that cannot be read.
pub fn discover(site: &Path) -> Result<Discovered, Error> {
    let mut found = walk(site)?;
    found.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let read: Vec<_> = found.into_par_iter().map(Entry::read).collect();
    let mut discovered = Discovered::default();
    for entry in read {
        discovered.take(entry?);
    }
    Ok(discovered)
}

/// Reads one record file again; `None` where it is no plain text file of usual size any more.
///
/// # Errors
/// The file cannot be read.
pub fn read_again(site: &Path, path: &str) -> Result<Option<Arc<str>>, Error> {
    let on_disk = site.join(path);
    let fault = |source| Error { path: on_disk.clone(), source };
    if !on_disk.symlink_metadata().map_err(fault)?.is_file() {
        return Ok(None);
    }
    Ok(match read(&on_disk)? {
        Content::Text(text) => Some(text),
        Content::TooLarge(_) | Content::NotUtf8 { .. } => None,
    })
}

/// A file as the walk saw it.
struct Entry {
    path: String,
    on_disk: PathBuf,
    class: Class,
}

/// What the walk makes of a file.
enum Class {
    Record,
    Attachment(u64),
    SymbolicLink,
    UnreadableName,
}

/// A file with what it holds.
enum Read {
    Attachment(Attachment),
    Record(String, Content),
    Refused(String, fn(Span) -> Diagnostic),
}

impl Entry {
    /// Reads a record; of all other files nothing is read.
    fn read(self) -> Result<Read, Error> {
        Ok(match self.class {
            Class::Attachment(size) => Read::Attachment(Attachment { path: self.path, size }),
            Class::Record => Read::Record(self.path, read(&self.on_disk)?),
            Class::SymbolicLink => Read::Refused(self.path, symbolic_link),
            Class::UnreadableName => Read::Refused(self.path, unreadable_name),
        })
    }
}

impl Discovered {
    fn take(&mut self, read: Read) {
        match read {
            Read::Attachment(attachment) => self.attachments.push(attachment),
            Read::Refused(path, fault) => self.refuse(path, String::new(), fault),
            Read::Record(path, content) => match content {
                Content::Text(text) => {
                    self.files.add(SourceFile::new(path, text));
                }
                Content::TooLarge(size) => self.refuse(path, String::new(), |span| too_large(span, size)),
                Content::NotUtf8 { lossy, at } => self.refuse(path, lossy, |span| {
                    let replaced = '\u{fffd}'.len_utf8();
                    not_utf8(Span::new(span.file, at..at + replaced))
                }),
            },
        }
    }

    fn refuse(&mut self, path: String, text: String, fault: impl FnOnce(Span) -> Diagnostic) {
        let file = self.files.add(SourceFile::refused(path, text));
        self.diagnostics.push(fault(Span::new(file, 0..0)));
    }
}

/// Lists the files under `site/content`, in no particular order.
fn walk(site: &Path) -> Result<Vec<Entry>, Error> {
    folder(site, &site.join(CONTENT))
}

/// Lists the files of a folder and of all folders in it, each of them on whatever thread is free.
fn folder(site: &Path, path: &Path) -> Result<Vec<Entry>, Error> {
    let fault = |source| Error { path: path.to_owned(), source };
    let (mut found, mut folders) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(path).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        if is_shown(&entry.file_name()) {
            let at = entry.path();
            let seen = look(site, &entry, at);
            match seen.map_err(|source| Error { path: entry.path(), source })? {
                Seen::Folder(path) => folders.push(path),
                Seen::File(file) => found.push(file),
                Seen::Other => {}
            }
        }
    }
    let below: Vec<_> = folders.par_iter().map(|path| folder(site, path)).collect();
    for files in below {
        found.extend(files?);
    }
    Ok(found)
}

/// Whether a file or folder belongs to the site.
fn is_shown(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    !(name.starts_with(['.', '_']) || name.eq_ignore_ascii_case("README.md"))
}

/// What stands in a folder.
enum Seen {
    Folder(PathBuf),
    File(Entry),
    /// A pipe or a device.
    Other,
}

/// Returns what a directory entry is.
fn look(site: &Path, entry: &DirEntry, on_disk: PathBuf) -> io::Result<Seen> {
    let kind = entry.file_type()?;
    if kind.is_dir() {
        return Ok(Seen::Folder(on_disk));
    }
    let class = if kind.is_symlink() {
        Class::SymbolicLink
    } else if !kind.is_file() {
        return Ok(Seen::Other);
    } else if is_record(&on_disk) {
        Class::Record
    } else {
        Class::Attachment(entry.metadata()?.len())
    };
    let (path, is_unicode) = relative(site, &on_disk);
    let is_readable = is_unicode && !path.contains(char::is_control);
    Ok(Seen::File(Entry { path, on_disk, class: if is_readable { class } else { Class::UnreadableName } }))
}

/// Whether a file is read as a record.
fn is_record(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    ["yaml", "yml", "md"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Returns a path relative to the site with forward slashes, and whether its name is Unicode.
fn relative(site: &Path, path: &Path) -> (String, bool) {
    let inside = path.strip_prefix(site).unwrap_or(path);
    match inside.to_str() {
        Some(path) if MAIN_SEPARATOR == '/' => (path.to_owned(), true),
        text => {
            let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            (parts.join("/"), text.is_some())
        }
    }
}

/// What a record file holds.
enum Content {
    Text(Arc<str>),
    TooLarge(u64),
    NotUtf8 { lossy: String, at: usize },
}

/// Most records fit into as many bytes, which each thread keeps for the files that it reads.
const USUAL_BYTES: usize = 64 * 1024;

/// Reads a record file; at most [`MAX_BYTES`] and one more, whatever its size.
fn read(path: &Path) -> Result<Content, Error> {
    thread_local! {
        static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    let fault = |source| Error { path: path.to_owned(), source };
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        buffer.reserve(USUAL_BYTES);
        let mut file = File::open(path).map_err(fault)?;
        (&mut file).take(USUAL_BYTES as u64 - 64).read_to_end(buffer).map_err(fault)?;
        if buffer.len() < USUAL_BYTES - 64 {
            return Ok(content(buffer));
        }
        let size = file.metadata().map_err(fault)?.len();
        if size > MAX_BYTES {
            return Ok(Content::TooLarge(size));
        }
        let mut bytes = std::mem::take(buffer);
        file.take(MAX_BYTES + 1 - bytes.len() as u64).read_to_end(&mut bytes).map_err(fault)?;
        Ok(if bytes.len() as u64 > MAX_BYTES { Content::TooLarge(bytes.len() as u64) } else { content(&bytes) })
    })
}

/// Takes bytes as text, if they are.
fn content(bytes: &[u8]) -> Content {
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Content::Text(text.into()),
        Err(error) => Content::NotUtf8 { lossy: String::from_utf8_lossy(bytes).into_owned(), at: error.valid_up_to() },
    }
}

fn too_large(span: Span, size: u64) -> Diagnostic {
    let (whole, limit) = (size.div_ceil(1024 * 1024), MAX_BYTES / 1024 / 1024);
    Diagnostic::error(
        "syntax/too-large",
        span,
        text!("文件有 {whole} MB，记录最多 {limit} MB", "the file has {whole} MiB, a record has at most {limit} MiB"),
    )
    .help(text!(
        "把大段材料另存为附件（PDF、表格），在记录里链接",
        "save long material as an attachment (PDF, spreadsheet) and link it from the record"
    ))
}

fn not_utf8(span: Span) -> Diagnostic {
    Diagnostic::error(
        "syntax/encoding",
        span,
        text!("文件不是 UTF-8 编码，从这里开始无法读取", "the file is not UTF-8, it cannot be read from here on"),
    )
    .help(text!(
        "在编辑器里用“另存为”选择编码 UTF-8；老文件多半是 GBK 编码",
        "save it with the encoding UTF-8 (`Save as …`); old Chinese files are mostly GBK"
    ))
}

fn symbolic_link(span: Span) -> Diagnostic {
    Diagnostic::error(
        "link/outside",
        span,
        text!("这是一个符号链接，`content/` 里不允许", "this is a symbolic link, which `content/` may not hold"),
    )
    .help(text!("把文件本身放到这里", "put the file itself here"))
}

fn unreadable_name(span: Span) -> Diagnostic {
    Diagnostic::error(
        "syntax/encoding",
        span,
        text!(
            "文件名或文件夹名不是 UTF-8 编码，或者含有不可见的控制字符",
            "the name of the file or of its folder is not UTF-8, or holds an invisible control character"
        ),
    )
    .help(text!("给它改名", "rename it"))
}

/// Makes files of texts, in path order; for the tests of later stages and for the built-in packs.
pub fn in_memory<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Files {
    let mut texts: Vec<_> = texts.into_iter().collect();
    texts.sort_unstable();
    let mut files = Files::default();
    for (path, text) in texts {
        let _: FileId = files.add(SourceFile::new(path, text));
    }
    files
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn site(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = site.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        site
    }

    fn paths(discovered: &Discovered) -> Vec<&str> {
        discovered.files.iter().map(|(_, file)| file.path.as_str()).collect()
    }

    #[test]
    fn records_are_read_in_path_order_and_the_rest_listed() {
        let site = site(&[
            ("content/b/matters/2.md", b"two"),
            ("content/b/matters/1.yaml", b"one"),
            ("content/b/matters/1.pdf", b"12345"),
            ("content/b-c/x.yml", b""),
            ("content/site.yaml", b"title: x"),
            ("content/README.md", b"no record"),
            ("content/b/readme.md", b"no record"),
            ("content/.git/x.yaml", b"hidden"),
            ("content/_drafts/x.yaml", b"left out"),
            ("content/b/_note.md", b"left out"),
            ("themes/x.yaml", b"elsewhere"),
        ]);
        let discovered = discover(site.path()).unwrap();
        assert_eq!(
            paths(&discovered),
            ["content/b-c/x.yml", "content/b/matters/1.yaml", "content/b/matters/2.md", "content/site.yaml"]
        );
        assert_eq!(&*discovered.files.get(FileId(2)).text, "two");
        assert_eq!(discovered.attachments, [Attachment { path: "content/b/matters/1.pdf".into(), size: 5 }]);
        assert_eq!(discovered.diagnostics, []);
    }

    #[test]
    fn a_huge_file_is_refused_without_being_read() {
        let site = site(&[("content/a.yaml", b"kind: area")]);
        File::create(site.path().join("content/huge.md")).unwrap().set_len(200 << 20).unwrap();
        let discovered = discover(site.path()).unwrap();
        assert_eq!(paths(&discovered), ["content/a.yaml", "content/huge.md"]);
        let file = discovered.files.get(FileId(1));
        assert!(file.refused && file.text.is_empty());
        assert_eq!(discovered.diagnostics.len(), 1);
        assert_eq!(discovered.diagnostics[0].rule, "syntax/too-large");
        assert_eq!(discovered.diagnostics[0].message.en, "the file has 200 MiB, a record has at most 4 MiB");
    }

    #[test]
    fn a_file_that_is_not_utf8_is_reported_at_the_place() {
        let site = site(&[("content/gbk.md", b"---\nkind: \xb4\xe5\n---\n")]);
        let discovered = discover(site.path()).unwrap();
        assert!(discovered.files.get(FileId(0)).refused);
        let fault = &discovered.diagnostics[0];
        assert_eq!(fault.rule, "syntax/encoding");
        let (from, _) = discovered.files.positions(fault.span);
        assert_eq!((from.line, from.column), (2, 7));
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_reported_and_not_followed() {
        let site = site(&[("content/a.yaml", b"kind: area"), ("secret.md", b"secret")]);
        std::os::unix::fs::symlink("../secret.md", site.path().join("content/b.md")).unwrap();
        std::os::unix::fs::symlink("..", site.path().join("content/loop")).unwrap();
        let discovered = discover(site.path()).unwrap();
        assert_eq!(paths(&discovered), ["content/a.yaml", "content/b.md", "content/loop"]);
        let rules: Vec<_> = discovered.diagnostics.iter().map(|fault| fault.rule.as_str()).collect();
        assert_eq!(rules, ["link/outside", "link/outside"]);
        assert!(discovered.files.iter().all(|(_, file)| !file.text.contains("secret")));
    }

    #[cfg(unix)]
    #[test]
    fn names_that_cannot_be_shown_are_reported() {
        use std::os::unix::ffi::OsStrExt;
        let site =
            site(&[("content/a.yaml", b"kind: area"), ("content/b\u{2}/c.yaml", b"kind: area"), ("content/d\n.pdf", b"%PDF")]);
        fs::write(site.path().join("content").join(OsStr::from_bytes(b"\xb4\xe5.yaml")), "kind: area").unwrap();
        let discovered = discover(site.path()).unwrap();
        let rules: Vec<_> = discovered.diagnostics.iter().map(|fault| fault.rule.as_str()).collect();
        assert_eq!(rules, ["syntax/encoding"; 3]);
        assert!(discovered.attachments.is_empty());
    }

    #[test]
    fn a_site_without_content_is_an_error_with_the_path() {
        let site = site(&[]);
        let error = discover(site.path()).unwrap_err();
        assert_eq!(error.path, site.path().join("content"));
        assert!(error.to_string().ends_with("content`: it does not exist"), "{error}");
    }
}
