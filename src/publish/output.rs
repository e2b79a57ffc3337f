//! The output: every file of the site as a value, under a path that any file system can hold.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ahash::{HashMap, HashSet};
use rayon::prelude::*;

use super::stamp::Stamp;
use super::tree::{Beside, Found, Listed as _};
use crate::language::Text;

/// The folder in a published site that holds our mark; no output may lie in it.
pub const MARK_FOLDER: &str = ".gongshi";

/// Its path in a list of what a tree holds.
pub(super) const MARK_PATH: &str = ".gongshi/";

/// The longest name that every common file system takes, in bytes.
const LONGEST_NAME: usize = 255;

/// How many files one thread makes before another may take over: the slowest pages stand together, and none may be left to one alone.
const TOGETHER: usize = 64;

/// What a file of the output holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this file: an attachment, copied as it stands when the site is published.
    File(PathBuf),
    /// The page with this number, which [`Pages`] make when it is wanted.
    Page(usize),
}

/// Makes the pages of an output. A page is the same whenever it is made.
pub trait Pages: fmt::Debug + Send + Sync {
    /// Returns the digest of what all pages share: program, theme, frame.
    fn digest(&self) -> blake3::Hash;

    /// Makes what many pages ask for, with the help of all threads: those that make pages would wait for one another.
    fn prepare(&self) {}

    /// Whether making a page takes long, on threads of its own: such pages are made one by one, beside the others' pool.
    fn is_slow(&self, _: usize) -> bool {
        false
    }

    /// Returns the digest of all that a page could show anything of, if that is known: where it and the digest of what all pages
    /// share are the same, so are the bytes of the page. It is taken without a look at the page.
    fn scope_of(&self, _: usize) -> Option<blake3::Hash> {
        None
    }

    /// Returns the digest of what a page shows, without making it: where both digests are the same, so are its bytes.
    fn digest_of(&self, page: usize) -> blake3::Hash;

    /// Gives back what was kept to make pages sooner; they can still be made.
    fn forget(&self) {}

    /// Makes a page; says why where that is impossible.
    fn make(&self, page: usize) -> Result<Vec<u8>, Text>;
}

/// For an output without pages of its own making.
impl Pages for () {
    fn digest(&self) -> blake3::Hash {
        blake3::hash(b"")
    }

    fn digest_of(&self, _: usize) -> blake3::Hash {
        blake3::hash(b"")
    }

    fn make(&self, page: usize) -> Result<Vec<u8>, Text> {
        Err(crate::text!("没有第 {page} 页", "there is no page {page}"))
    }
}

/// Why a file cannot be part of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathFault {
    /// The path is empty, absolute, climbs (`..`), or holds a name or a character that some file system refuses.
    Unsafe(String),
    /// A name in the path is longer than 255 bytes.
    TooLong(String),
    /// Another output has this path, or one that differs only in case.
    Taken(String, String),
    /// One output is a file where the other needs a folder.
    FileAndFolder(String, String),
}

impl PathFault {
    /// Says what is wrong, in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::Unsafe(path) => crate::text!(
                "输出路径 `{path}` 不能用：须为相对路径，不含 `..`、空名、控制字符和 `\\ : * ? \" < > |`，不以点或空格结尾",
                "the output path `{path}` cannot be used: it must be relative, without `..`, empty names, control characters or any of \
                 `\\ : * ? \" < > |`, and no name may end in a dot or a blank"
            ),
            Self::TooLong(path) => crate::text!(
                "输出路径 `{path}` 中有一段名称超过 {LONGEST_NAME} 字节",
                "the output path `{path}` holds a name of more than {LONGEST_NAME} bytes"
            ),
            Self::Taken(path, other) => crate::text!(
                "两个输出文件争用同一路径：`{path}` 与 `{other}`（不分大小写）",
                "two outputs claim one path, case aside: `{path}` and `{other}`"
            ),
            Self::FileAndFolder(path, other) => crate::text!(
                "`{path}` 是文件，而 `{other}` 要求它是文件夹",
                "`{path}` is a file, and `{other}` needs it to be a folder"
            ),
        }
    }
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for PathFault {}

/// Every file of a site: the last value of the flow, written by [`publish`](super::publish) or shown by the preview.
///
/// Paths are relative and use `/`. They are checked when a file is added, so that an output that exists can be written on
/// any file system, whether or not that tells upper case from lower.
#[derive(Debug, Clone)]
pub struct Output {
    /// What stands where; outputs that differ only in what makes their pages share it.
    places: Arc<Places>,
    /// What makes the pages.
    pages: Arc<dyn Pages>,
}

/// The files of an output by their paths.
#[derive(Debug, Clone, Default)]
struct Places {
    files: BTreeMap<Arc<str>, Content>,
    /// The paths that hold upper case, in lower case, with the spelling in use.
    spellings: HashMap<String, Arc<str>>,
    /// The folders in lower case, with a file that lies in each.
    folders: HashMap<String, Arc<str>>,
}

impl Places {
    /// Gives many files their places at once, on all cores; `None` where that of any cannot be had.
    fn of(files: &[(String, Content)]) -> Option<Self> {
        let folded: Vec<Cow<'_, str>> =
            files.par_iter().map(|(path, _)| check_path(path).ok().map(|()| lower_case(path))).collect::<Option<_>>()?;
        let names: HashSet<&str> = folded.iter().map(Cow::as_ref).collect();
        let mut all: Vec<(Arc<str>, Content)> =
            files.par_iter().map(|(path, content)| (path.as_str().into(), content.clone())).collect();
        let mut places = Self::default();
        for ((path, _), folded) in all.iter().zip(&folded) {
            for folder in ancestors(folded) {
                if places.folders.contains_key(folder) {
                    break;
                }
                if names.contains(folder) {
                    return None;
                }
                places.folders.insert(folder.to_owned(), Arc::clone(path));
            }
            if let Cow::Owned(folded) = folded {
                places.spellings.insert(folded.clone(), Arc::clone(path));
            }
        }
        all.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let count = names.len();
        places.files = all.into_iter().collect();
        (count == files.len()).then_some(places)
    }

    /// Returns the spelling in use of the file with a path in lower case.
    fn spelling(&self, folded: &str) -> Option<&str> {
        let as_it_is = || self.files.get_key_value(folded).map(|(path, _)| &**path);
        self.spellings.get(folded).map(|path| &**path).or_else(as_it_is)
    }
}

impl Default for Output {
    /// An output without pages that are made when they are wanted.
    fn default() -> Self {
        Self { places: Arc::default(), pages: Arc::new(()) }
    }
}

impl Output {
    /// Makes an output of files; gives them back where the path of any is faulty: added one by one, that file says what is wrong.
    pub fn of(files: Vec<(String, Content)>) -> Result<Self, Vec<(String, Content)>> {
        match Places::of(&files) {
            Some(places) => Ok(Self { places: Arc::new(places), ..Self::default() }),
            None => Err(files),
        }
    }

    /// Adds a file of these bytes.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<(), PathFault> {
        self.insert(path.into(), Content::Bytes(bytes.into()))
    }

    /// Adds a copy of the file at `source` (an attachment). The file is read when the site is published.
    pub fn add_file(&mut self, path: impl Into<String>, source: impl Into<PathBuf>) -> Result<(), PathFault> {
        self.insert(path.into(), Content::File(source.into()))
    }

    /// Adds the page with a number.
    pub fn add_page(&mut self, path: impl Into<String>, number: usize) -> Result<(), PathFault> {
        self.insert(path.into(), Content::Page(number))
    }

    /// Names what makes the pages.
    #[must_use]
    pub fn with_pages(self, pages: Arc<dyn Pages>) -> Self {
        Self { pages, ..self }
    }

    /// Returns what makes the pages.
    pub(super) fn pages(&self) -> &dyn Pages {
        &*self.pages
    }

    /// Returns the bytes of a file, made or read anew each time; `None` where there is no such file.
    ///
    /// # Errors
    ///
    /// Why a page cannot be made, or an attachment not be read.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Text> {
        self.places.files.get(path).map(|content| self.bytes(content)).transpose()
    }

    fn bytes(&self, content: &Content) -> Result<Vec<u8>, Text> {
        match content {
            Content::Bytes(bytes) => Ok(bytes.clone()),
            Content::File(path) => {
                std::fs::read(path).map_err(|error| crate::text!("`{}`：{error}", "`{}`: {error}", path.display()))
            }
            Content::Page(number) => self.pages.make(*number),
        }
    }

    /// Returns every file with its bytes, in path order.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), of the first file that fails.
    pub fn read_all(&self) -> Result<BTreeMap<String, Vec<u8>>, Text> {
        self.each(|_, path, content| Ok((path.to_owned(), self.bytes(content)?))).into_iter().collect()
    }

    /// Does something for each file, by its place among all, on all cores; returns what that gives in path order. What is slow is done on threads that do
    /// nothing else: it works on the common pool itself, and whoever waits there must not keep that from it.
    pub(super) fn each<R: Send>(&self, work: impl Fn(usize, &str, &Content) -> R + Sync) -> Vec<R> {
        let files: Vec<(&str, &Content)> = self.iter().collect();
        let is_slow = |content: &Content| matches!(content, Content::Page(number) if self.pages.is_slow(*number));
        let quick = |(at, (path, content)): (usize, &(&str, &Content))| (!is_slow(content)).then(|| work(at, path, content));
        let mut done: Vec<Option<R>> = files.par_iter().enumerate().with_max_len(TOGETHER).map(quick).collect();
        let next = Mutex::new(done.iter_mut().zip(&files).enumerate().filter(|(_, (done, _))| done.is_none()));
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let next = || next.lock().unwrap_or_else(PoisonError::into_inner).next();
                    while let Some((at, (done, (path, content)))) = next() {
                        *done = Some(work(at, path, content));
                    }
                });
            }
        });
        done.into_iter().flatten().collect()
    }

    /// Adds a file.
    pub fn insert(&mut self, path: String, content: Content) -> Result<(), PathFault> {
        check_path(&path)?;
        let places = Arc::make_mut(&mut self.places);
        let folded = lower_case(&path);
        if let Some(inside) = places.folders.get(&*folded) {
            return Err(PathFault::FileAndFolder(path, inside.to_string()));
        }
        // What is a folder already is no file, nor is anything above it.
        let new = ancestors(&folded).take_while(|folder| !places.folders.contains_key(*folder));
        let new: Vec<String> = new.map(str::to_owned).collect();
        if let Some(file) = new.iter().find_map(|folder| places.spelling(folder)) {
            return Err(PathFault::FileAndFolder(file.to_owned(), path));
        }
        let other = match &folded {
            Cow::Borrowed(path) => places.spellings.get(*path).map(|path| &**path),
            Cow::Owned(folded) => places.spelling(folded),
        };
        if let Some(other) = other {
            return Err(PathFault::Taken(path, other.to_owned()));
        }
        let folded = if let Cow::Owned(folded) = folded { Some(folded) } else { None };
        let placed = match places.files.entry(path.into()) {
            Entry::Occupied(other) => return Err(PathFault::Taken(other.key().to_string(), other.key().to_string())),
            Entry::Vacant(place) => place.insert_entry(content),
        };
        places.folders.extend(new.into_iter().map(|folder| (folder, Arc::clone(placed.key()))));
        places.spellings.extend(folded.map(|folded| (folded, Arc::clone(placed.key()))));
        Ok(())
    }

    /// Returns a file.
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.places.files.get(path)
    }

    /// Returns every file, in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Content)> {
        self.places.files.iter().map(|(path, content)| (&**path, content))
    }

    /// Returns the path of every file, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Arc<str>> {
        self.places.files.keys()
    }

    /// Returns how many files there are.
    pub fn len(&self) -> usize {
        self.places.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.places.files.is_empty()
    }
}

/// The files and folders of an output, in path order.
#[derive(Debug, Default)]
pub(super) struct Layout<'a> {
    /// The paths of the files.
    pub(super) files: Vec<&'a str>,
    /// Every folder that a file lies in, with `/` at the end.
    pub(super) folders: Vec<&'a str>,
    /// How many files and folders lie in each folder, not counting what lies deeper.
    sizes: Vec<usize>,
}

impl<'a> Layout<'a> {
    /// Lays out an output.
    pub(super) fn new(output: &'a Output) -> Self {
        let mut layout = Self::default();
        // The folders above the file before.
        let mut above: Vec<usize> = Vec::new();
        for (path, _) in output.iter() {
            while above.last().is_some_and(|folder| !path.starts_with(layout.folders[*folder])) {
                above.pop();
            }
            let shared = above.last().map_or(0, |folder| layout.folders[*folder].len());
            for (at, _) in path.bytes().enumerate().skip(shared).filter(|(_, byte)| *byte == b'/') {
                layout.count(above.last());
                above.push(layout.folders.len());
                layout.folders.push(&path[..=at]);
                layout.sizes.push(0);
            }
            layout.count(above.last());
            layout.files.push(path);
        }
        layout
    }

    /// Counts what lies in a folder.
    fn count(&mut self, folder: Option<&usize>) {
        if let Some(folder) = folder {
            self.sizes[*folder] += 1;
        }
    }

    /// Returns how each folder stood in a tree in which this was found, if all that lay in it is of the output and of nothing that
    /// is of the output it is uncertain, by its place, whether it stood as it is to be.
    pub(super) fn stamps(&self, found: &[Found], is_certain: impl Fn(usize) -> bool) -> Vec<Option<Stamp>> {
        let (mut files, mut folders) = (Beside::new(&self.files), Beside::new(&self.folders));
        let mut stamps = vec![None; self.folders.len()];
        let mut sizes = vec![0; self.folders.len()];
        // The folders above, those included that are not of the output.
        let mut above: Vec<(&Found, Option<usize>)> = Vec::new();
        for found in found {
            while above.last().is_some_and(|(folder, _)| !found.is_in(&folder.path)) {
                above.pop();
            }
            let folder = if found.is_folder() { folders.position(found.path()) } else { None };
            let file = if found.is_plain { files.position(found.path()) } else { None };
            if let Some((_, Some(above))) = above.last() {
                if folder.is_some() || file.is_some_and(&is_certain) {
                    sizes[*above] += 1;
                } else {
                    stamps[*above] = None;
                }
            }
            if found.is_folder() {
                above.push((found, folder));
            }
            if let Some(folder) = folder {
                stamps[folder] = found.stamp;
            }
        }
        let of_folder = |(stamp, (found, all)): (Option<Stamp>, (usize, &usize))| stamp.filter(|_| found == *all);
        stamps.into_iter().zip(sizes.into_iter().zip(&self.sizes)).map(of_folder).collect()
    }
}

/// Returns a path in lower case, as it stands where it is so already.
fn lower_case(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(path);
    }
    let folded = path.to_lowercase();
    if folded == path { Cow::Borrowed(path) } else { Cow::Owned(folded) }
}

/// Yields the folders above a path, the nearest first.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// The bytes that some file system refuses in a name.
const UNSAFE: [bool; 256] = {
    let mut all = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        all[byte as usize] = byte.is_ascii_control() || matches!(byte, b'\\' | b':' | b'*' | b'?' | b'"' | b'<' | b'>' | b'|');
        byte += 1;
    }
    all
};

/// Refuses a path that could leave the site folder or that some file system cannot hold.
pub(super) fn check_path(path: &str) -> Result<(), PathFault> {
    let (mut longest, mut length, mut last) = (0, 0, b'/');
    let mut is_safe = path.is_ascii() || !path.contains(char::is_control);
    for byte in path.bytes().chain([b'/']) {
        if byte == b'/' {
            is_safe &= !matches!(last, b'/' | b'.' | b' ');
            longest = longest.max(length);
            length = 0;
        } else {
            is_safe &= !UNSAFE[usize::from(byte)];
            length += 1;
        }
        last = byte;
    }
    let first = path.split('/').next().unwrap_or_default();
    if !is_safe || first.eq_ignore_ascii_case(MARK_FOLDER) {
        return Err(PathFault::Unsafe(path.to_owned()));
    }
    if longest > LONGEST_NAME { Err(PathFault::TooLong(path.to_owned())) } else { Ok(()) }
}

/// Joins a path of an output, or of what was found in a tree, to a folder.
pub(super) fn place(folder: &Path, path: impl AsRef<Path>) -> PathBuf {
    let path = path.as_ref();
    if cfg!(windows) {
        // Some paths there know no `/`.
        let mut place = folder.to_owned();
        place.extend(path.components());
        return place;
    }
    // With `/` at the end a link would be followed.
    let bare = path.to_str().map(|path| Path::new(path.strip_suffix('/').unwrap_or(path)));
    folder.join(bare.unwrap_or_else(|| path.components().as_path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_could_leave_the_folder_or_break_a_file_system_are_refused() {
        let mut output = Output::default();
        for path in
            ["", "/etc/passwd", "../x", "a/../x", "a//b", "a/", "./a", "a/.", "c:x", "a\\b", "a\u{0}", "nul ", ".gongshi/x"]
        {
            assert_eq!(output.add(path, ""), Err(PathFault::Unsafe(path.to_owned())), "{path:?}");
        }
        let long = format!("a/{}", "村".repeat(86));
        assert_eq!(output.add(long.clone(), ""), Err(PathFault::TooLong(long)));
        output.add(format!("a/{}", "村".repeat(85)), "").unwrap();
        output.add("index.html", "").unwrap();
        output.add(".nojekyll", "").unwrap();
    }

    #[test]
    fn two_outputs_cannot_claim_one_place() {
        let mut output = Output::default();
        output.add("a/b.html", "").unwrap();
        let taken = PathFault::Taken("A/B.html".into(), "a/b.html".into());
        assert_eq!(output.add("A/B.html", ""), Err(taken));
        assert_eq!(output.add("a", ""), Err(PathFault::FileAndFolder("a".into(), "a/b.html".into())));
        let below = "a/b.html/c";
        assert_eq!(output.add(below, ""), Err(PathFault::FileAndFolder("a/b.html".into(), below.into())));
        assert_eq!(output.len(), 1);
    }

    #[test]
    fn many_files_at_once_are_taken_as_one_by_one() {
        let names = ["a", "A", "b", "a/b", "A/b", "a/b/c", "a-b", "村", "村/É.pdf", "村/é.pdf", "a/../x"];
        let chosen = |bits: usize| names.iter().enumerate().filter(move |(at, _)| bits >> at & 1 == 1).map(|(_, name)| *name);
        for bits in 0..1 << names.len() {
            let mut one_by_one = Output::default();
            let added: Vec<bool> = chosen(bits).map(|name| one_by_one.add(name, name).is_ok()).collect();
            let sound = added.iter().all(|added| *added);
            let files: Vec<_> = chosen(bits).map(|name| (name.to_owned(), Content::Bytes(name.into()))).collect();
            match Output::of(files.clone()) {
                Ok(mut at_once) => {
                    assert!(sound && at_once.iter().eq(one_by_one.iter()), "{files:?}");
                    // What comes later meets the same places.
                    for name in names {
                        assert_eq!(at_once.add(name, ""), one_by_one.add(name, ""), "{name} after {files:?}");
                    }
                }
                Err(back) => assert!(!sound && back == files, "{files:?}"),
            }
        }
        let twice = vec![("a".to_owned(), Content::Page(1)), ("a".to_owned(), Content::Page(2))];
        assert_eq!(Output::of(twice.clone()).err(), Some(twice));
    }
}
