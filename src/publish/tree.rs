//! What lies in a tree, as a list in the order of paths.
//!
//! The path of a folder ends with `/`. So each folder stands right before all that lies in it, whatever other names begin alike,
//! and two lists are compared by reading them side by side.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::output::place;
use super::stamp::Stamp;
use super::{At, PublishError};

/// A file or folder found in a tree.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    /// Relative to the tree, with `/` between names; that of a folder ends with one.
    pub(super) path: Cow<'a, OsStr>,
    /// Whether it is a plain file: no folder, no link, no device.
    pub(super) is_plain: bool,
    /// The number of its inode, where the system has such.
    pub(super) inode: Option<u64>,
    /// How it stood just before it was listed, if it is a folder.
    pub(super) stamp: Option<Stamp>,
    /// Its permissions, if it is a folder.
    pub(super) permissions: Option<Permissions>,
}

impl<'a> Found<'a> {
    /// Makes what was found at a path, of which nothing else is known.
    pub(super) fn at(path: impl Into<Cow<'a, OsStr>>) -> Self {
        Self { path: path.into(), is_plain: false, inode: None, stamp: None, permissions: None }
    }

    /// Whether it is a folder.
    pub(super) fn is_folder(&self) -> bool {
        self.path().ends_with(b"/")
    }

    /// Whether it lies in a folder, however deep.
    pub(super) fn is_in(&self, folder: &OsStr) -> bool {
        self.path().starts_with(folder.as_encoded_bytes())
    }

    /// Returns the path as an output would spell it; `None` where it could not be one.
    pub(super) fn name(&self) -> Option<&str> {
        self.path.to_str().map(|path| path.strip_suffix('/').unwrap_or(path))
    }

    /// Returns where it lies in a tree.
    pub(super) fn place(&self, tree: &Path) -> PathBuf {
        place(tree, &self.path)
    }
}

/// What has a place in a list that is in the order of paths.
pub(super) trait Listed {
    /// Returns its path.
    fn path(&self) -> &[u8];
}

impl Listed for Found<'_> {
    fn path(&self) -> &[u8] {
        self.path.as_encoded_bytes()
    }
}

impl Listed for &str {
    fn path(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl<T> Listed for (&str, T) {
    fn path(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// A list that is read beside another: both from front to back, once.
pub(super) struct Beside<'a, T> {
    list: &'a [T],
    next: usize,
}

impl<'a, T: Listed> Beside<'a, T> {
    /// Begins at the front.
    pub(super) fn new(list: &'a [T]) -> Self {
        Self { list, next: 0 }
    }

    /// Returns the place of a path in the list; each path that is asked for comes after the one before.
    pub(super) fn position(&mut self, path: &[u8]) -> Option<usize> {
        while let Some(item) = self.list.get(self.next) {
            match item.path().cmp(path) {
                std::cmp::Ordering::Less => self.next += 1,
                std::cmp::Ordering::Equal => {
                    self.next += 1;
                    return Some(self.next - 1);
                }
                std::cmp::Ordering::Greater => break,
            }
        }
        None
    }

    /// Returns what has a path; each path that is asked for comes after the one before.
    pub(super) fn find(&mut self, path: &[u8]) -> Option<&'a T> {
        self.position(path).map(|at| &self.list[at])
    }

    /// Whether anything lies in a folder; each folder that is asked for comes after the one before.
    pub(super) fn has_folder(&mut self, folder: &[u8]) -> bool {
        let here = |rest: &[T]| rest.iter().take_while(|item| item.path() < folder).count();
        self.next += here(&self.list[self.next..]);
        self.list.get(self.next).is_some_and(|item| item.path().starts_with(folder))
    }
}

/// Lists a tree; links are not followed. A tree that is not there is empty.
///
/// What was found `before` spares the look into a folder that stands as it did then: whatever is added to a folder, taken out of
/// it or renamed in it gives it another stamp.
pub(super) fn walk<'a>(tree: &Path, before: &[Found<'a>]) -> Result<Vec<Found<'a>>, PublishError> {
    if !tree.exists() {
        return Ok(Vec::new());
    }
    read(tree, OsStr::new("")).and_then(|here| with_what_lies_below(tree, here, before)).at(tree)
}

/// Completes a list of what lies in one folder; folders side by side are listed at the same time.
fn with_what_lies_below<'a>(tree: &Path, mut here: Vec<Found<'a>>, before: &[Found<'a>]) -> io::Result<Vec<Found<'a>>> {
    let folders: Vec<_> = here.iter_mut().filter(|found| found.is_folder()).collect();
    if folders.is_empty() {
        return Ok(here);
    }
    let below: Vec<io::Result<Vec<Found>>> = folders.into_par_iter().map(|folder| list(tree, folder, before)).collect();
    let more = below.iter().flatten().map(Vec::len).sum::<usize>();
    let mut all = Vec::with_capacity(here.len() + more);
    let mut below = below.into_iter();
    for found in here {
        let below = if found.is_folder() { below.next() } else { None };
        all.push(found);
        if let Some(below) = below {
            all.extend(below?);
        }
    }
    Ok(all)
}

/// Looks at a folder, and lists what lies in it.
fn list<'a>(tree: &Path, folder: &mut Found<'a>, before: &[Found<'a>]) -> io::Result<Vec<Found<'a>>> {
    let now = fs::symlink_metadata(folder.place(tree))?;
    folder.stamp = Stamp::of_folder(&now).and_then(Stamp::settled);
    folder.permissions = Some(now.permissions());
    let (stamp, before) = inside(before, &folder.path);
    let here = if stamp.is_some() && stamp == folder.stamp { children(before) } else { read(tree, &folder.path)? };
    with_what_lies_below(tree, here, before)
}

/// Returns how a folder of a list stood, and what lay in it.
fn inside<'l, 'a>(list: &'l [Found<'a>], folder: &OsStr) -> (Option<Stamp>, &'l [Found<'a>]) {
    let Ok(at) = list.binary_search_by(|found| (*found.path).cmp(folder)) else { return (None, &[]) };
    let after = &list[at + 1..];
    (list[at].stamp, &after[..after.partition_point(|found| found.is_in(folder))])
}

/// Returns those of a list that lie in no folder of it.
fn children<'a>(mut list: &[Found<'a>]) -> Vec<Found<'a>> {
    // Few folders hold more.
    let mut all = Vec::with_capacity(list.len().min(8));
    while let Some((found, after)) = list.split_first() {
        all.push(found.clone());
        let below = if found.is_folder() { after.partition_point(|other| other.is_in(&found.path)) } else { 0 };
        list = &after[below..];
    }
    all
}

/// Lists the files and folders in one folder.
fn read(tree: &Path, folder: &OsStr) -> io::Result<Vec<Found<'static>>> {
    let found = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        let (kind, name) = (entry.file_type()?, entry.file_name());
        let mut path = OsString::with_capacity(folder.len() + name.len() + 1);
        path.push(folder);
        path.push(name);
        if kind.is_dir() {
            path.push("/");
        }
        Ok(Found { is_plain: kind.is_file(), inode: inode(&entry), ..Found::at(path) })
    };
    let mut here: Vec<Found> = fs::read_dir(place(tree, folder))?.map(found).collect::<io::Result<_>>()?;
    here.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(here)
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
