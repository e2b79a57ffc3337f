//! Publication: output → directory, the last stage of the flow and the only module that writes a site.
//!
//! A new tree is built beside the folder, in `.NAME.gongshi`: files whose bytes are the same are hard links to the published
//! ones, only the others are written, and what the user put there himself is carried over. Then the two trees change places in
//! one step. Of a large site the tree that comes back is kept beside it as a spare, where it holds nothing but second names of
//! published files: the next publication begins with it instead of linking every file again. Killed at any moment, the folder holds the old site or the new one, whole. Where the file system cannot swap
//! two folders in one step, two renames do it; between them the folder is missing for some microseconds, and if the program
//! dies right there, the next run puts it back from the journal.
//!
//! Whole means against a killed process. After a power cut a file may be short; the next run compares bytes and mends it.
//! A server that holds the folder itself open (or a container that mounts it) keeps looking at the old tree: give it the
//! parent.

mod manifest;
mod memory;
mod output;
mod spare;
mod stamp;
mod work;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::language::Text;

pub use manifest::{Entry, MANIFEST, Manifest};
use memory::{Digest, Known};
pub use memory::{Memory, write_hidden};
pub use output::{Content, MARK_FOLDER, Output, Pages, PathFault};

use output::{ancestors, place};
use spare::Spare;
use stamp::Stamp;
use work::{Swap, Work};

/// What a publication did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Files written because they are new or their bytes differ.
    pub written: usize,
    /// Files left as they were.
    pub unchanged: usize,
    /// Files of the former site that are no longer part of it.
    pub removed: usize,
    /// Files in the folder that we did not make, carried over.
    pub kept: usize,
}

/// Why a site could not be published. The folder is as it was.
#[derive(Debug)]
pub enum PublishError {
    /// The file system said no.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// The folder holds things and carries no mark of ours.
    NotOurs(PathBuf),
    /// The path cannot be a site folder (the root, a mount point, a link that leads nowhere).
    NotAFolder(PathBuf),
    /// Files that we did not make stand where the site would write.
    InTheWay {
        /// The site folder.
        folder: PathBuf,
        /// The files, relative to it.
        files: Vec<PathBuf>,
    },
    /// Pages that cannot be made: the path of each in the site, and why.
    Pages(Vec<(String, Text)>),
    /// Another run is publishing to the folder.
    Busy {
        /// The site folder.
        folder: PathBuf,
        /// The process id of that run, if it could be read.
        process: Option<u32>,
    },
}

impl PublishError {
    /// Says what is wrong and what to do, in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::Io { path, source } => crate::text!("`{}`：{source}", "`{}`: {source}", path.display()),
            Self::NotOurs(path) => crate::text!(
                "文件夹 `{}` 不是空的，也不是 gongshi 生成的，未作任何改动；请换一个文件夹，或先将其清空",
                "the folder `{}` is not empty and was not made by gongshi; nothing was changed: name another folder, or empty it first",
                path.display()
            ),
            Self::NotAFolder(path) => crate::text!(
                "`{}` 不能作为网站文件夹：它是根目录、挂载点、普通文件或失效的链接；请指定其下的一个文件夹",
                "`{}` cannot be a site folder: it is a root, a mount point, a file or a broken link; name a folder inside one",
                path.display()
            ),
            Self::InTheWay { folder, files } => {
                let list: Vec<_> = files.iter().take(10).map(|file| format!("`{}`", file.display())).collect();
                crate::text!(
                    "`{}` 中有 {} 个文件不是 gongshi 生成的，却占用了网站的路径：{}；未作任何改动，请将其移走或改名",
                    "in `{}`, {} files that gongshi did not make stand where the site would write: {}; nothing was changed: move or rename them",
                    folder.display(),
                    files.len(),
                    list.join(" ")
                )
            }
            Self::Pages(faults) => pages(faults),
            Self::Busy { folder, process } => {
                let process = process.map_or_else(|| "?".to_owned(), |id| id.to_string());
                crate::text!(
                    "另一个 gongshi（进程 {process}）正在写入 `{}`，请等它结束",
                    "another gongshi (process {process}) is writing to `{}`: wait until it has ended",
                    folder.display()
                )
            }
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Names the path that an input or output error is about.
trait At<T> {
    fn at(self, path: &Path) -> Result<T, PublishError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, PublishError> {
        self.map_err(|source| PublishError::Io { path: path.to_owned(), source })
    }
}

/// Makes `folder` hold the files of `output`, all or none, and leaves alone what it did not make.
///
/// A symbolic link is followed. Nothing is written if nothing differs. Pages are made one by one as they are written; one
/// that shows the same as at the publication that `memory` remembers is not made again. The memory is renewed.
pub fn publish(output: &Output, folder: &Path, memory: &mut Memory) -> Result<Published, PublishError> {
    publish_by(output, folder, memory, &How::default())
}

/// How a site is published.
struct How {
    swap: Swap,
    /// How many files a site has of which a spare tree is kept: a small one is linked anew as fast.
    spare_from: usize,
}

impl Default for How {
    fn default() -> Self {
        Self { swap: Swap::InOneStep, spare_from: 5000 }
    }
}

fn publish_by(output: &Output, folder: &Path, memory: &mut Memory, how: &How) -> Result<Published, PublishError> {
    let folder = real_path(folder)?;
    let work = Work::begin(&folder)?;
    let trees = || {
        let found = walk(&folder)?;
        let spare = work.take_spare(&found, output)?;
        Ok((found, spare))
    };
    let (trees, mark) = rayon::join(trees, || Mark::read(&folder));
    let (found, spare) = trees?;
    let mut plan = Plan::new(output, &folder, &work.new_tree(), Before { found, spare, mark }, memory)?;
    let mark = blake3::hash(&plan.mark);
    let known = if plan.writes_something() {
        plan.build(&folder, &work.new_tree())?;
        // It is written, and large.
        plan.mark = Vec::new();
        // While nobody but us can write to them.
        let known = plan.known(&work.new_tree());
        work.swap(mark, &plan.manifests, (how.swap, output.len() >= how.spare_from))?;
        known
    } else {
        work.put_back()?;
        std::mem::take(&mut plan.known).into_iter().map(|(path, known)| (path.to_owned(), known)).collect()
    };
    work.end()?;
    *memory = Memory::new(output.pages().digest(), mark, known);
    Ok(plan.published())
}

/// How a publication stands that nobody has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How many files it has.
    pub files: usize,
    /// Whether the memory knows more of them than before.
    pub has_learnt: bool,
}

/// Whether `folder` holds the publication that `memory` remembers, every file of it as it was made.
///
/// A file that nobody has touched since is not read; one that was read is known from now on.
pub fn stands(folder: &Path, memory: &mut Memory) -> Option<Standing> {
    let folder = real_path(folder).ok().filter(|folder| !work::has_leavings(folder))?;
    let mark = fs::read(place(&folder, MANIFEST)).ok()?;
    // The very bytes of a manifest that this program wrote: whose every file is known need not be looked up in it.
    let known: Vec<(&str, &Known)> = memory.is_of(&mark).then(|| memory.files().collect())?;
    let now = known.par_iter().map(|(path, known)| (*path, known.stamp, stamp_of(&folder, path)));
    let others: Vec<(&str, Option<Stamp>)> =
        now.filter(|(_, known, now)| known.is_none() || known != now).map(|(path, _, now)| (path, now)).collect();
    let manifest = if others.is_empty() { Manifest::default() } else { Manifest::parse(&mark)? };
    let as_made = |path: &str| manifest.files.get(path).is_some_and(|entry| stands_as(&folder, path, entry));
    let files = known.len();
    let read: Vec<(String, Stamp)> = others
        .into_par_iter()
        .map(|(path, now)| as_made(path).then(|| now.and_then(Stamp::settled).map(|now| (path.to_owned(), now))))
        .collect::<Option<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    let has_learnt = !read.is_empty();
    memory.learn(read);
    Some(Standing { files, has_learnt })
}

/// Returns the stamp of the plain file at a path of the folder.
fn stamp_of(folder: &Path, path: &str) -> Option<Stamp> {
    Stamp::of(&fs::symlink_metadata(place(folder, path)).ok()?)
}

/// Follows links and makes the path absolute; the folders above are made if they are missing.
fn real_path(folder: &Path) -> Result<PathBuf, PublishError> {
    if fs::symlink_metadata(folder).is_ok() {
        return match folder.canonicalize() {
            Ok(real) if real.is_dir() && real.file_name().is_some() => Ok(real),
            _ => Err(PublishError::NotAFolder(folder.to_owned())),
        };
    }
    let name = folder.file_name().ok_or_else(|| PublishError::NotAFolder(folder.to_owned()))?;
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).at(parent)?;
    Ok(parent.canonicalize().at(parent)?.join(name))
}

/// The mark of a publication as it stands.
struct Mark {
    bytes: Vec<u8>,
    /// What it says; `None` where it is not ours.
    manifest: Option<Manifest>,
}

impl Mark {
    fn read(folder: &Path) -> Self {
        let bytes = fs::read(place(folder, MANIFEST)).unwrap_or_default();
        Self { manifest: Manifest::parse(&bytes), bytes }
    }
}

/// What there is before a publication.
struct Before {
    /// What lies in the published tree.
    found: Vec<Found>,
    /// What stands in the new one.
    spare: Spare,
    mark: Mark,
}

/// What has to be done so that a folder holds an output. What differs stands in the new tree already.
struct Plan<'a> {
    output: &'a Output,
    /// Paths whose bytes stand in the folder already.
    same: HashSet<&'a str>,
    /// What is known of each file.
    known: Vec<(&'a str, Known)>,
    /// What stands in the new tree since the publication before.
    spare: Spare,
    /// Files of ours that the output no longer has.
    removed: usize,
    /// Files and folders that we did not make, relative, parents first.
    kept: Vec<Found>,
    /// The manifest of the site as it stands, and the new one.
    manifests: (Manifest, Manifest),
    /// The bytes of the new manifest.
    mark: Vec<u8>,
    mark_is_same: bool,
}

impl<'a> Plan<'a> {
    fn new(
        output: &'a Output,
        folder: &Path,
        new: &Path,
        Before { found, spare, mark: Mark { bytes: mark, manifest: old } }: Before,
        memory: &Memory,
    ) -> Result<Self, PublishError> {
        if old.is_none() && !found.is_empty() {
            return Err(PublishError::NotOurs(folder.to_owned()));
        }
        let old = old.unwrap_or_default();
        let entries: HashMap<&str, &Entry> = old.files.iter().map(|(path, entry)| (path.as_str(), entry)).collect();
        let pages = output.pages();
        let remembers = memory.is_of(&mark) && memory.has_seen(pages.digest());
        let memory = memory.is_of(&mark).then_some(memory);
        let maker = Maker { pages, folder, new, spare: &spare, old: &entries, memory, remembers };
        let files: Vec<(&str, &Content)> = output.iter().collect();
        let made = output.each(|path, content| maker.make(path, content));
        pages.forget();
        let made = all_or_faults(made)?;
        let paths = || files.iter().map(|(path, _)| *path);
        let same = paths().zip(&made).filter(|(_, made)| made.same).map(|(path, _)| path).collect();
        let known = paths().zip(&made).map(|(path, made)| (path, made.known)).collect();
        let new_entries = paths().map(str::to_owned).zip(made.into_iter().map(|made| made.entry));
        let manifest = Manifest::new(new_entries.collect());
        let owner = Owner { folder, old: (&old, &entries), files: paths().collect(), folders: output.folders(), same: &same };
        let sort = || found.into_par_iter().partition::<Vec<_>, Vec<_>, _>(|found| owner.is_ours(found));
        let ((ours, kept), new_mark) = rayon::join(sort, || manifest.bytes());
        let new_mark = new_mark.at(folder)?;
        owner.refuse_what_is_in_the_way(&kept)?;
        let removed = ours.par_iter().filter(|found| !owner.stays(found)).count();
        let mark_is_same = new_mark == mark;
        let manifests = (old, manifest);
        Ok(Self { output, same, known, spare, removed, kept, manifests, mark: new_mark, mark_is_same })
    }

    fn writes_something(&self) -> bool {
        self.same.len() < self.output.len() || self.removed > 0 || !self.mark_is_same
    }

    /// Gives up what is known of each file, as it stands in the new tree.
    fn known(&mut self, new: &Path) -> HashMap<String, Known> {
        let stamp = |(path, known): &mut (&str, Known)| {
            if !self.same.contains(path) {
                known.stamp = stamp_of(new, path).and_then(Stamp::settled);
            } else if !self.spare.holds(path) {
                // Another name is another stamp, of what was written before.
                let now = known.stamp.and_then(|before| stamp_of(new, path).filter(|now| now.is_of_what(before)));
                known.stamp = now;
            }
        };
        self.known.par_iter_mut().for_each(stamp);
        std::mem::take(&mut self.known).into_iter().map(|(path, known)| (path.to_owned(), known)).collect()
    }

    fn published(&self) -> Published {
        Published {
            written: self.output.len() - self.same.len(),
            unchanged: self.same.len(),
            removed: self.removed,
            kept: self.kept.iter().filter(|file| !file.is_folder).count(),
        }
    }

    /// Completes the new tree with what stays the same; the manifest comes last and marks it as complete.
    fn build(&self, old: &Path, new: &Path) -> Result<(), PublishError> {
        let folders = self.output.folders().into_iter().map(PathBuf::from);
        let kept = self.kept.iter().flat_map(Found::folders);
        let folders: BTreeSet<PathBuf> = folders.chain(kept).chain([PathBuf::new(), MARK_FOLDER.into()]).collect();
        let kept: BTreeSet<String> = self.kept.iter().filter_map(Found::name).collect();
        let stays = |path: &str| self.output.get(path).is_some() || kept.contains(path) || folders.contains(Path::new(path));
        self.spare.leave_only(new, stays)?;
        for folder in folders.iter().filter(|folder| !self.spare.has_folder(folder)) {
            fs::create_dir_all(new.join(folder)).at(&new.join(folder))?;
        }
        let missing = self.same.par_iter().filter(|path| !self.spare.holds(path));
        missing.try_for_each(|path| link(&place(old, path), &place(new, path)))?;
        let stands = |file: &Found| file.name().is_some_and(|name| self.spare.holds(&name));
        for file in self.kept.iter().filter(|file| !file.is_folder && !stands(file)) {
            link(&old.join(&file.path), &new.join(&file.path))?;
        }
        write_anew(&place(new, MANIFEST), &self.mark).at(&place(new, MANIFEST))?;
        same_permissions(old, new, &folders)
    }
}

/// Makes the files that differ from those that stand.
struct Maker<'a> {
    pages: &'a dyn Pages,
    /// The published tree.
    folder: &'a Path,
    /// The tree that receives what differs.
    new: &'a Path,
    /// What stands in that already.
    spare: &'a Spare,
    old: &'a HashMap<&'a str, &'a Entry>,
    /// What is known of the files that stand.
    memory: Option<&'a Memory>,
    /// Whether what all pages share is as it was.
    remembers: bool,
}

/// One file of an output, and whether it stands already.
struct Made {
    entry: Entry,
    known: Known,
    same: bool,
}

/// A published file that is as it is to be.
struct AsMade {
    /// By what it will be known, where that says anything.
    stamp: Option<Stamp>,
}

/// Returns what is known of a file that is no page.
fn known_by(stands: Option<AsMade>) -> Known {
    Known { stamp: stands.and_then(|stands| stands.stamp), ..Known::default() }
}

impl Maker<'_> {
    /// Makes one file, unless it stands.
    fn make(&self, path: &str, content: &Content) -> Result<Made, PublishError> {
        match content {
            Content::Page(number) => self.page(path, *number),
            Content::Bytes(bytes) => self.write(path, bytes),
            Content::File(source) => self.copy(path, source),
        }
    }

    fn page(&self, path: &str, number: usize) -> Result<Made, PublishError> {
        let scope = self.pages.scope_of(number).map(Digest::from);
        let before = self.memory.filter(|_| self.remembers).and_then(|memory| memory.of(path));
        if let Some((entry, before)) = self.old.get(path).zip(before) {
            let same_scope = scope.is_some() && scope == before.scope;
            let shows_the_same = || before.shown == Some(self.pages.digest_of(number).into());
            if (same_scope || shows_the_same())
                && let Some(AsMade { stamp }) = self.stands_as(path, entry)
            {
                return Ok(Made { entry: (*entry).clone(), known: Known { shown: before.shown, scope, stamp }, same: true });
            }
        }
        let failed = |reason| PublishError::Pages(vec![(path.to_owned(), reason)]);
        let (bytes, shown) = self.pages.make(number).map_err(failed)?;
        let made = self.write(path, &bytes)?;
        Ok(Made { known: Known { shown: Some(shown.into()), scope, ..made.known }, ..made })
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<Made, PublishError> {
        let to = place(self.new, path);
        let entry = Entry::of(bytes).at(&to)?;
        let stands = self.stands_as(path, &entry);
        if stands.is_none() {
            self.spare.make_room(path, &to)?;
            in_folder(&to, |to| File::create_new(to)?.write_all(bytes)).at(&to)?;
        }
        Ok(Made { entry, same: stands.is_some(), known: known_by(stands) })
    }

    fn copy(&self, path: &str, source: &Path) -> Result<Made, PublishError> {
        let entry = File::open(source).and_then(Entry::of).at(source)?;
        let stands = self.stands_as(path, &entry);
        if stands.is_none() {
            let to = place(self.new, path);
            self.spare.make_room(path, &to)?;
            let mut reader = File::open(source).at(source)?;
            in_folder(&to, |to| io::copy(&mut reader, &mut File::create_new(to)?).map(drop)).at(&to)?;
        }
        Ok(Made { entry, same: stands.is_some(), known: known_by(stands) })
    }

    /// Whether the published file at a path is this one; then returns the stamp by which it will be known. A file with the stamp
    /// that it had when it was published need not be read.
    fn stands_as(&self, path: &str, entry: &Entry) -> Option<AsMade> {
        let now = stamp_of(self.folder, path);
        let made = self.old.get(path).is_some_and(|old| *old == entry);
        let known = self.memory.filter(|_| made).and_then(|memory| memory.of(path)?.stamp);
        let is_known = known.is_some() && now == known;
        (is_known || stands_as(self.folder, path, entry)).then(|| AsMade { stamp: now.and_then(Stamp::settled) })
    }
}

/// Writes to a file; makes the folders above it only if they are missing.
fn in_folder(to: &Path, mut write: impl FnMut(&Path) -> io::Result<()>) -> io::Result<()> {
    match (write(to), to.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            write(to)
        }
        (result, _) => result,
    }
}

/// Whether the file at a path of the folder has this size and digest.
fn stands_as(folder: &Path, path: &str, entry: &Entry) -> bool {
    let path = place(folder, path);
    let plain = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file() && found.len() == entry.size);
    plain && read_entry(&path).as_ref() == Some(entry)
}

/// Returns what was made of every file; else the first error, and of pages that cannot be made all.
fn all_or_faults(made: Vec<Result<Made, PublishError>>) -> Result<Vec<Made>, PublishError> {
    let (mut first, mut faults) = (None, Vec::new());
    let sound = |made: Result<Made, PublishError>| match made {
        Ok(made) => Some(made),
        Err(PublishError::Pages(more)) => {
            faults.extend(more);
            None
        }
        Err(error) => {
            first.get_or_insert(error);
            None
        }
    };
    let all: Vec<Made> = made.into_iter().filter_map(sound).collect();
    match first {
        Some(error) => Err(error),
        None if faults.is_empty() => Ok(all),
        None => Err(PublishError::Pages(faults)),
    }
}

/// How many pages that cannot be made are named.
const MOST_PAGES: usize = 10;

/// Says which pages cannot be made, and why; what is said of several is said once.
fn pages(faults: &[(String, Text)]) -> Text {
    let mut said = BTreeSet::new();
    let told: Vec<_> = faults.iter().filter(|(_, reason)| said.insert(&reason.en)).collect();
    let line =
        |(path, reason): &&(String, Text)| Text::new(format!("`{path}`：{}", reason.zh), format!("`{path}`: {}", reason.en));
    let (zh, en): (Vec<_>, Vec<_>) = told.iter().take(MOST_PAGES).map(line).map(|Text { zh, en }| (zh, en)).unzip();
    let mut text = Text::new(zh.join("\n"), en.join("\n"));
    if told.len() > MOST_PAGES {
        let more = (told.len() - MOST_PAGES).to_string();
        text.zh.extend(["\n还有 ", &more, " 处"]);
        text.en.extend(["\nand ", &more, " more"]);
    }
    text
}

/// What tells our files in a folder from those of others.
struct Owner<'a> {
    folder: &'a Path,
    /// What we made last time.
    old: (&'a Manifest, &'a HashMap<&'a str, &'a Entry>),
    /// The files of the output.
    files: HashSet<&'a str>,
    /// The folders of the output.
    folders: BTreeSet<&'a str>,
    /// The outputs whose bytes stand in the folder already.
    same: &'a HashSet<&'a str>,
}

impl Owner<'_> {
    /// Whether we made it, and, if it is to go, nobody has changed it since.
    fn is_ours(&self, found: &Found) -> bool {
        let Some(name) = found.name() else { return false };
        if found.is_folder {
            return self.folders.contains(name.as_str()) || self.old.0.has_folder(&name);
        }
        if !found.is_plain || self.same.contains(name.as_str()) || name == MANIFEST {
            return found.is_plain;
        }
        let Some(made) = self.old.1.get(name.as_str()) else { return false };
        self.files.contains(name.as_str()) || read_entry(&self.folder.join(&found.path)).as_ref() == Some(made)
    }

    /// Whether the new site has it too.
    fn stays(&self, found: &Found) -> bool {
        found.is_folder || found.name().is_some_and(|name| name == MANIFEST || self.files.contains(name.as_str()))
    }

    /// Refuses to write over what we did not make.
    fn refuse_what_is_in_the_way(&self, kept: &[Found]) -> Result<(), PublishError> {
        let in_the_way = |found: &&Found| {
            let Some(name) = found.name() else { return false };
            let below_a_file = ancestors(&name).any(|above| self.files.contains(above));
            let a_folder_here = !found.is_folder && self.folders.contains(name.as_str());
            below_a_file || a_folder_here || self.files.contains(name.as_str())
        };
        let files: Vec<_> = kept.iter().filter(in_the_way).map(|found| found.path.clone()).collect();
        if files.is_empty() { Ok(()) } else { Err(PublishError::InTheWay { folder: self.folder.to_owned(), files }) }
    }
}

/// A file or folder found in the published tree.
#[derive(Debug, Clone)]
struct Found {
    /// Relative to the tree.
    path: PathBuf,
    is_folder: bool,
    /// Whether it is a plain file: no folder, no link, no device.
    is_plain: bool,
    /// The number of its inode, where the system has such.
    inode: Option<u64>,
}

impl Found {
    /// Returns the path as an output would spell it; `None` where it could not be one.
    fn name(&self) -> Option<String> {
        let path = self.path.to_str()?;
        Some(if std::path::MAIN_SEPARATOR == '/' { path.to_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") })
    }

    /// Yields the folders that it needs: those above it, and itself if it is one.
    fn folders(&self) -> impl Iterator<Item = PathBuf> {
        self.path.ancestors().skip(usize::from(!self.is_folder)).map(Path::to_owned)
    }
}

/// Lists a tree, parents first, in name order; links are not followed. A tree that is not there is empty.
fn walk(tree: &Path) -> Result<Vec<Found>, PublishError> {
    if tree.exists() { walk_below(tree, Path::new("")).at(tree) } else { Ok(Vec::new()) }
}

/// Lists what lies below a folder of a tree; folders side by side are listed at the same time.
fn walk_below(tree: &Path, folder: &Path) -> io::Result<Vec<Found>> {
    let found = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, folder.join(entry.file_name()));
        Ok(Found { path, is_folder: kind.is_dir(), is_plain: kind.is_file(), inode: inode(&entry) })
    };
    let mut here: Vec<Found> = fs::read_dir(tree.join(folder))?.map(found).collect::<io::Result<_>>()?;
    here.sort_unstable_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
    let below = here.par_iter().map(|found| if found.is_folder { walk_below(tree, &found.path) } else { Ok(Vec::new()) });
    let below: Vec<Vec<Found>> = below.collect::<io::Result<_>>()?;
    Ok(here.into_iter().zip(below).flat_map(|(found, below)| std::iter::once(found).chain(below)).collect())
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
fn inode(entry: &fs::DirEntry) -> Option<u64> {
    Some(std::os::unix::fs::DirEntryExt::ino(entry))
}

#[cfg(not(unix))]
fn inode(_: &fs::DirEntry) -> Option<u64> {
    None
}

/// Writes a file of its own, whatever had its name.
fn write_anew(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => fs::write(path, bytes),
    }
}

fn read_entry(path: &Path) -> Option<Entry> {
    File::open(path).and_then(Entry::of).ok()
}

/// Gives the file a second name, or copies it where the file system has no hard links.
fn link(from: &Path, to: &Path) -> Result<(), PublishError> {
    fs::hard_link(from, to).or_else(|_| copy(from, to)).at(from)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if from.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    fs::copy(from, to).map(drop)
}

/// Gives the folders of `new` the permissions of those of `old`, the innermost first.
fn same_permissions(old: &Path, new: &Path, folders: &BTreeSet<PathBuf>) -> Result<(), PublishError> {
    let wanted = |folder: &&PathBuf| {
        let of = |tree: &Path| fs::symlink_metadata(tree.join(folder)).ok().filter(fs::Metadata::is_dir).map(|m| m.permissions());
        of(old).filter(|wanted| of(new).as_ref() != Some(wanted)).map(|wanted| (new.join(folder), wanted))
    };
    let others: Vec<_> = folders.iter().collect::<Vec<_>>().par_iter().filter_map(wanted).collect();
    others.into_iter().rev().try_for_each(|(folder, wanted)| fs::set_permissions(&folder, wanted).at(&folder))
}

#[cfg(test)]
mod tests;
