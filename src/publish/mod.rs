//! Publication: output → directory, the last stage of the flow and the only module that writes a site.
//!
//! A new tree is built beside the folder, in `.NAME.gongshi`: files whose bytes are the same are hard links to the published
//! ones, only the others are written, and what the user put there himself is carried over. Then the two trees change places in
//! one step. Killed at any moment, the folder holds the old site or the new one, whole. Where the file system cannot swap
//! two folders in one step, two renames do it; between them the folder is missing for some microseconds, and if the program
//! dies right there, the next run puts it back from the journal.
//!
//! Whole means against a killed process. After a power cut a file may be short; the next run compares bytes and mends it.
//! A server that holds the folder itself open (or a container that mounts it) keeps looking at the old tree: give it the
//! parent.

mod manifest;
mod memory;
mod output;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::language::Text;

pub use manifest::{Entry, MANIFEST, Manifest};
pub use memory::Memory;
pub use output::{Content, MARK_FOLDER, Output, Pages, PathFault};

use output::{ancestors, place};
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
    publish_by(output, folder, memory, Swap::InOneStep)
}

fn publish_by(output: &Output, folder: &Path, memory: &mut Memory, swap: Swap) -> Result<Published, PublishError> {
    let folder = real_path(folder)?;
    let work = Work::begin(&folder)?;
    let plan = Plan::new(output, &folder, &work.new_tree(), memory)?;
    if plan.writes_something() {
        plan.build(&folder, &work.new_tree())?;
        work.swap(&plan.mark, swap)?;
    }
    work.end()?;
    *memory = Memory::new(output.pages().digest(), &plan.mark, plan.shown());
    Ok(plan.published())
}

/// Whether `folder` holds the publication that `memory` remembers, every file of it as it was made; then returns how many files.
pub fn stands(folder: &Path, memory: &Memory) -> Option<usize> {
    let folder = real_path(folder).ok()?;
    let mark = fs::read(place(&folder, MANIFEST)).ok()?;
    let manifest = Manifest::parse(&mark).filter(|_| memory.is_of(&mark))?;
    let whole = manifest.files.par_iter().all(|(path, entry)| stands_as(&folder, path, entry));
    whole.then_some(manifest.files.len())
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

/// What has to be done so that a folder holds an output. What differs stands in the new tree already.
struct Plan<'a> {
    output: &'a Output,
    /// Paths whose bytes stand in the folder already.
    same: BTreeSet<&'a str>,
    /// What each page shows.
    shown: BTreeMap<&'a str, blake3::Hash>,
    /// Files of ours that the output no longer has.
    removed: usize,
    /// Files and folders that we did not make, relative, parents first.
    kept: Vec<Found>,
    /// The bytes of the new manifest.
    mark: Vec<u8>,
    mark_is_same: bool,
}

impl<'a> Plan<'a> {
    fn new(output: &'a Output, folder: &Path, new: &Path, memory: &Memory) -> Result<Self, PublishError> {
        let found = walk(folder)?;
        let mark = fs::read(place(folder, MANIFEST)).unwrap_or_default();
        let old = Manifest::parse(&mark);
        if old.is_none() && !found.is_empty() {
            return Err(PublishError::NotOurs(folder.to_owned()));
        }
        let old = old.unwrap_or_default();
        let pages = output.pages();
        let remembers = memory.is_of(&mark) && memory.has_seen(pages.digest());
        let maker = Maker { pages, folder, new, old: &old, memory: remembers.then_some(memory) };
        let files: Vec<(&str, &Content)> = output.iter().collect();
        let made = output.each(|path, content| maker.make(path, content));
        let made = all_or_faults(made)?;
        let paths = || files.iter().map(|(path, _)| *path);
        let same = paths().zip(&made).filter(|(_, made)| made.same).map(|(path, _)| path).collect();
        let shown = paths().zip(&made).filter_map(|(path, made)| Some((path, made.shown?))).collect();
        let entries = paths().map(str::to_owned).zip(made.into_iter().map(|made| made.entry));
        let manifest = Manifest::new(entries.collect());
        let known = Known { folder, old: &old, output, folders: output.folders(), same: &same };
        let (ours, kept): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| known.is_ours(found));
        known.refuse_what_is_in_the_way(&kept)?;
        let removed = ours.iter().filter(|found| !known.stays(found)).count();
        let new_mark = manifest.bytes().at(folder)?;
        let mark_is_same = new_mark == mark;
        Ok(Self { output, same, shown, removed, kept, mark: new_mark, mark_is_same })
    }

    fn writes_something(&self) -> bool {
        self.same.len() < self.output.len() || self.removed > 0 || !self.mark_is_same
    }

    /// Returns what each page shows.
    fn shown(&self) -> BTreeMap<String, blake3::Hash> {
        self.shown.iter().map(|(path, shown)| (String::from(*path), *shown)).collect()
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
        for folder in &folders {
            fs::create_dir_all(new.join(folder)).at(&new.join(folder))?;
        }
        self.same.par_iter().try_for_each(|path| link(&place(old, path), &place(new, path)))?;
        for file in self.kept.iter().filter(|file| !file.is_folder) {
            link(&old.join(&file.path), &new.join(&file.path))?;
        }
        let mark = place(new, MANIFEST);
        fs::write(&mark, &self.mark).at(&mark)?;
        folders.iter().rev().try_for_each(|folder| same_permissions(&old.join(folder), &new.join(folder)))
    }
}

/// Makes the files that differ from those that stand.
struct Maker<'a> {
    pages: &'a dyn Pages,
    /// The published tree.
    folder: &'a Path,
    /// The tree that receives what differs.
    new: &'a Path,
    old: &'a Manifest,
    /// What the pages showed that stand, where it is known.
    memory: Option<&'a Memory>,
}

/// One file of an output, and whether it stands already.
struct Made {
    entry: Entry,
    shown: Option<blake3::Hash>,
    same: bool,
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
        if let Some((entry, before)) = self.old.files.get(path).zip(self.memory.and_then(|memory| memory.shown(path))) {
            let shown = self.pages.digest_of(number);
            if shown == before && stands_as(self.folder, path, entry) {
                return Ok(Made { entry: entry.clone(), shown: Some(shown), same: true });
            }
        }
        let failed = |reason| PublishError::Pages(vec![(path.to_owned(), reason)]);
        let (bytes, shown) = self.pages.make(number).map_err(failed)?;
        Ok(Made { shown: Some(shown), ..self.write(path, &bytes)? })
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<Made, PublishError> {
        let to = place(self.new, path);
        let entry = Entry::of(bytes).at(&to)?;
        let same = stands_as(self.folder, path, &entry);
        if !same {
            in_folder(&to, |to| fs::write(to, bytes)).at(&to)?;
        }
        Ok(Made { entry, shown: None, same })
    }

    fn copy(&self, path: &str, source: &Path) -> Result<Made, PublishError> {
        let entry = File::open(source).and_then(Entry::of).at(source)?;
        let same = stands_as(self.folder, path, &entry);
        if !same {
            let to = place(self.new, path);
            let mut reader = File::open(source).at(source)?;
            in_folder(&to, |to| io::copy(&mut reader, &mut File::create_new(to)?).map(drop)).at(&to)?;
        }
        Ok(Made { entry, shown: None, same })
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
    let (mut all, mut faults) = (Vec::with_capacity(made.len()), Vec::new());
    for made in made {
        match made {
            Ok(made) => all.push(made),
            Err(PublishError::Pages(more)) => faults.extend(more),
            Err(error) => return Err(error),
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(PublishError::Pages(faults)) }
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
struct Known<'a> {
    folder: &'a Path,
    /// What we made last time.
    old: &'a Manifest,
    output: &'a Output,
    /// The folders of the output.
    folders: BTreeSet<&'a str>,
    /// The outputs whose bytes stand in the folder already.
    same: &'a BTreeSet<&'a str>,
}

impl Known<'_> {
    /// Whether we made it, and, if it is to go, nobody has changed it since.
    fn is_ours(&self, found: &Found) -> bool {
        let Some(name) = found.name() else { return false };
        if found.is_folder {
            return self.old.has_folder(&name) || self.folders.contains(name.as_str());
        }
        if !found.is_plain || self.same.contains(name.as_str()) || name == MANIFEST {
            return found.is_plain;
        }
        let as_made = || self.old.files.get(&name) == read_entry(&self.folder.join(&found.path)).as_ref();
        self.old.holds(&name) && (self.output.get(&name).is_some() || as_made())
    }

    /// Whether the new site has it too.
    fn stays(&self, found: &Found) -> bool {
        found.is_folder || found.name().is_some_and(|name| name == MANIFEST || self.output.get(&name).is_some())
    }

    /// Refuses to write over what we did not make.
    fn refuse_what_is_in_the_way(&self, kept: &[Found]) -> Result<(), PublishError> {
        let in_the_way = |found: &&Found| {
            let Some(name) = found.name() else { return false };
            let below_a_file = ancestors(&name).any(|above| self.output.get(above).is_some());
            let a_folder_here = !found.is_folder && self.folders.contains(name.as_str());
            below_a_file || a_folder_here || self.output.get(&name).is_some()
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
}

impl Found {
    /// Returns the path as an output would spell it; `None` where it could not be one.
    fn name(&self) -> Option<String> {
        let names: Option<Vec<_>> = self.path.iter().map(|name| name.to_str()).collect();
        names.map(|names| names.join("/"))
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
    let entries = walkdir::WalkDir::new(tree.join(folder)).min_depth(1).max_depth(1).sort_by_file_name();
    let here: Vec<Found> = entries
        .into_iter()
        .map(|entry| {
            let entry = entry?;
            let kind = entry.file_type();
            Ok(Found { path: folder.join(entry.file_name()), is_folder: kind.is_dir(), is_plain: kind.is_file() })
        })
        .collect::<io::Result<_>>()?;
    let below = here.par_iter().map(|found| if found.is_folder { walk_below(tree, &found.path) } else { Ok(Vec::new()) });
    let below: Vec<Vec<Found>> = below.collect::<io::Result<_>>()?;
    Ok(here.into_iter().zip(below).flat_map(|(found, below)| std::iter::once(found).chain(below)).collect())
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

/// Gives `new` the permissions of `old`, if that is a folder.
fn same_permissions(old: &Path, new: &Path) -> Result<(), PublishError> {
    match fs::symlink_metadata(old) {
        Ok(found) if found.is_dir() => fs::set_permissions(new, found.permissions()).at(new),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
