//! The spare tree: the former site, as the beginning of the next.
//!
//! Beside a large site lies the tree that it replaced, in which every file is a second name of a published one. It says nothing
//! by itself: what is not the very file that stands in the site is taken out before it is used.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::output::{Output, place};
use super::{At, Found, PublishError, walk};

/// What stands in a new tree before anything is written to it.
#[derive(Debug, Default)]
pub(super) struct Spare {
    /// The files, each the one that stands in the site.
    files: HashSet<String>,
    /// The folders.
    folders: HashSet<PathBuf>,
}

impl Spare {
    /// Looks through the tree at `new`: takes out what is not the file that stands in the site, where `site` was found, and what
    /// stands in the way of `output`.
    pub(super) fn new(new: &Path, site: &[Found], output: &Output) -> Result<Self, PublishError> {
        let standing: HashMap<&Path, u64> =
            site.iter().filter(|found| found.is_plain).filter_map(|found| Some((&*found.path, found.inode?))).collect();
        let wanted: BTreeSet<&str> = output.folders();
        let mut spare = Self::default();
        let mut others = Vec::new();
        for found in walk(new)? {
            let Some(name) = found.name() else {
                others.push(found);
                continue;
            };
            // What the output does not have in this very spelling goes first: nothing is written through another name of it.
            if found.is_folder && wanted.contains(name.as_str()) {
                spare.folders.insert(found.path);
            } else if output.get(&name).is_some()
                && found.is_plain
                && found.inode.is_some()
                && standing.get(&*found.path).copied() == found.inode
            {
                spare.files.insert(name);
            } else {
                others.push(found);
            }
        }
        for found in others.iter().rev() {
            let path = new.join(&found.path);
            if found.is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.at(&path)?;
        }
        let gone: Vec<&Path> = others.iter().filter(|found| found.is_folder).map(|found| &*found.path).collect();
        if !gone.is_empty() {
            let below_gone = |path: &Path| gone.iter().any(|folder| path.starts_with(folder));
            spare.files.retain(|path| !below_gone(Path::new(path)));
            spare.folders.retain(|path| !below_gone(path));
        }
        Ok(spare)
    }

    /// Whether it holds the file at a path.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Whether it holds a folder.
    pub(super) fn has_folder(&self, path: &Path) -> bool {
        self.folders.contains(path)
    }

    /// Takes out a file that another takes the place of: written to, it would change the published one.
    pub(super) fn make_room(&self, path: &str, at: &Path) -> Result<(), PublishError> {
        if self.holds(path) { fs::remove_file(at).at(at) } else { Ok(()) }
    }

    /// Takes out of the tree at `new` all that does not stay, by its path.
    pub(super) fn leave_only(&self, new: &Path, stays: impl Fn(&str) -> bool + Sync) -> Result<(), PublishError> {
        let files: Vec<&String> = self.files.par_iter().filter(|path| !stays(path)).collect();
        files.into_par_iter().try_for_each(|path| {
            let path = place(new, path);
            fs::remove_file(&path).at(&path)
        })?;
        let mut folders: Vec<&PathBuf> = self.folders.iter().filter(|path| !path.to_str().is_some_and(&stays)).collect();
        folders.sort_unstable();
        folders.into_iter().rev().map(|path| new.join(path)).try_for_each(|path| fs::remove_dir(&path).at(&path))
    }
}
