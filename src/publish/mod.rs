//! Publication: output → directory, the last stage of the flow and the only module that writes a site.
//!
//! A new tree is built beside the folder, in `.NAME.gongshi`: files whose bytes are the same are hard links to the published
//! ones, only the others are written, and what the user put there himself is carried over. Then the two trees change places in
//! one step. Of a large site the tree that comes back is kept beside it as a spare, where it holds nothing but second names of
//! published files: the next publication begins with it instead of linking every file again. Killed at any moment, the folder
//! holds the old site or the new one, whole. Where the file system cannot swap two folders in one step, two renames do it;
//! between them the folder is missing for some microseconds, and if the program dies right there, the next run puts it back from
//! the journal.
//!
//! All that is compared (the output, what was found in each tree, what was published last) is listed in the order of paths and
//! read side by side.
//!
//! Whole means against a killed process. After a power cut a file may be short; the next run compares bytes and mends it.
//! A server that holds the folder itself open (or a container that mounts it) keeps looking at the old tree: give it the
//! parent.

mod make;
mod manifest;
mod memory;
mod output;
mod plan;
mod spare;
mod stamp;
mod tree;
mod work;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::language::Text;

pub use manifest::{Entry, MANIFEST, Manifest};
use memory::Remembered;
pub use memory::{Memory, write_hidden};
pub use output::{Content, MARK_FOLDER, Output, Pages, PathFault};

use make::stands_as;
use output::{Layout, place};
use plan::{Before, Plan};
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
    let layout = Layout::new(output);
    let before = Before::look(&work, &folder, (output, &layout), memory)?;
    let mut plan = Plan::new((output, &layout), &folder, &work.new_tree(), before)?;
    let mark = blake3::hash(&plan.mark);
    let writes = plan.writes_something();
    if writes {
        plan.build(&folder, &work.new_tree())?;
        // It is written, and large.
        plan.mark = Vec::new();
        // While nobody but us can write to them.
        plan.look_again(&work.new_tree());
        work.swap(mark, (&plan.former(), &plan.present()), plan.found(), (how.swap, output.len() >= how.spare_from))?;
    } else {
        work.put_back()?;
    }
    work.end()?;
    let published = plan.published();
    let (files, folders) = plan.remember(output, writes);
    *memory = Memory::new((output.pages().digest(), mark), files, folders);
    Ok(published)
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
    let known = memory.is_of(&mark).then(|| memory.files())?;
    let stamps = known.par_iter().map(|file| (file, stamp_of(&folder, &file.path))).enumerate();
    let others: Vec<(usize, (&Remembered, Option<Stamp>))> =
        stamps.filter(|(_, (file, now))| now.is_none() || file.known.stamp != *now).collect();
    let files = known.len();
    let read: Vec<(usize, Stamp)> = others
        .into_par_iter()
        .map(|(at, (file, now))| {
            stands_as(&folder, &file.path, &file.entry).then(|| now.and_then(Stamp::settled).map(|now| (at, now)))
        })
        .collect::<Option<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    let has_learnt = !read.is_empty();
    memory.learn(&read);
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

#[cfg(test)]
mod tests;
