//! The work folder beside a site: the lock, the new tree, the journal, and the recovery of a run that died.
//!
//! `.NAME.gongshi/lock` is held by the running process; the system frees it when the process ends, however it ends.
//! `new` is the tree that is built (after the swap in one step: the old site); `old` is the old site between two renames;
//! `journal` holds the digest of the new manifest and tells the next run whether the swap had happened. `spare` is what a large
//! site leaves: the former tree, without what is no longer published (see [`Spare`]); it may be removed at any time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{MANIFEST, Manifest};
use super::output::{Output, place};
use super::spare::Spare;
use super::{At, Found, PublishError, walk};

/// How often a lock that vanished under our hands is tried again.
const TRIES: usize = 100;

/// How the new tree takes the place of the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Swap {
    /// The two change places in one step; two renames where the system cannot do that.
    InOneStep,
    /// Two renames, as on systems that know no better.
    #[cfg_attr(not(test), expect(dead_code, reason = "chosen by tests; other systems come to it by way of `InOneStep`"))]
    TwoRenames,
}

/// Returns the work folder of a site folder: `.NAME.gongshi` beside it.
fn work_folder(site: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(site.file_name()?);
    name.push(".gongshi");
    Some(site.with_file_name(name))
}

/// Whether a run that died left anything that the next has to clear up.
pub(super) fn has_leavings(site: &Path) -> bool {
    let left = |folder: PathBuf| ["new", "old", "journal"].iter().any(|name| folder.join(name).symlink_metadata().is_ok());
    work_folder(site).is_some_and(left)
}

/// The work folder of one publication, whose lock is held.
pub(super) struct Work {
    /// The site folder, absolute.
    site: PathBuf,
    /// `.NAME.gongshi` beside it.
    folder: PathBuf,
    lock: Option<File>,
}

impl Work {
    /// Takes the lock of a site folder and clears up after a run that died.
    pub(super) fn begin(site: &Path) -> Result<Self, PublishError> {
        let folder = work_folder(site).ok_or_else(|| PublishError::NotAFolder(site.to_owned()))?;
        let lock = take_lock(&folder, site)?;
        let work = Self { site: site.to_owned(), folder, lock: Some(lock) };
        work.recover()?;
        Ok(work)
    }

    /// Returns the place where the new tree is built.
    pub(super) fn new_tree(&self) -> PathBuf {
        self.folder.join("new")
    }

    fn old_tree(&self) -> PathBuf {
        self.folder.join("old")
    }

    fn spare(&self) -> PathBuf {
        self.folder.join("spare")
    }

    /// Begins the new tree with the spare one, if there is one; `site` is what was found in the published tree.
    pub(super) fn take_spare(&self, site: &[Found], output: &Output) -> Result<Spare, PublishError> {
        let (spare, new) = (self.spare(), self.new_tree());
        if !spare.is_dir() {
            return Ok(Spare::default());
        }
        fs::rename(&spare, &new).at(&spare)?;
        Spare::new(&new, site, output)
    }

    /// Keeps a new tree to which nothing was written as the spare one.
    pub(super) fn put_back(&self) -> Result<(), PublishError> {
        let new = self.new_tree();
        if new.is_dir() { fs::rename(&new, self.spare()).at(&new) } else { Ok(()) }
    }

    fn ignore(&self) -> PathBuf {
        self.folder.join(".gitignore")
    }

    fn journal(&self) -> PathBuf {
        self.folder.join("journal")
    }

    /// Puts the new tree, which is complete, in the place of the old one.
    ///
    /// `mark` is the digest of the new manifest, `manifests` are the old one and the new. The old tree becomes the spare one if
    /// that is to be kept.
    pub(super) fn swap(
        &self,
        mark: blake3::Hash,
        manifests: &(Manifest, Manifest),
        (swap, keep): (Swap, bool),
    ) -> Result<(), PublishError> {
        let new = self.new_tree();
        fs::write(self.journal(), mark.to_hex().as_bytes()).at(&self.journal())?;
        if !place(&self.site, MANIFEST).exists() {
            // The folder is missing or empty, and a folder may be renamed over an empty one.
            let _ = cfg!(windows).then(|| fs::remove_dir(&self.site));
            return fs::rename(&new, &self.site).map_err(|error| self.refused(error));
        }
        if swap == Swap::InOneStep && self.exchange()? {
            return self.retire(&new, manifests, keep);
        }
        fs::rename(&self.site, self.old_tree()).map_err(|error| self.refused(error))?;
        fs::rename(&new, &self.site).at(&self.site)?;
        self.retire(&self.old_tree(), manifests, keep)
    }

    /// Lets the two trees change places in one step; `false` where the file system cannot.
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    fn exchange(&self) -> Result<bool, PublishError> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, self.new_tree(), CWD, &self.site, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
            Err(error) => Err(self.refused(error.into())),
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "the same signature on every system")]
    fn exchange(&self) -> Result<bool, PublishError> {
        Ok(false)
    }

    /// Names the reason why the site folder could not be moved; a mount point is the usual one.
    fn refused(&self, error: io::Error) -> PublishError {
        match error.kind() {
            io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => PublishError::NotAFolder(self.site.clone()),
            _ => PublishError::Io { path: self.site.clone(), source: error },
        }
    }

    /// Brings a site that a dead run left half swapped back to one whole tree, and removes that run's leavings.
    fn recover(&self) -> Result<(), PublishError> {
        let (new, old) = (self.new_tree(), self.old_tree());
        if old.exists() && !self.site.exists() {
            let tree = if self.is_swapped_in(&new) { &new } else { &old };
            fs::rename(tree, &self.site).at(&self.site)?;
        }
        if old.exists() {
            self.clear(&old)?;
        }
        if new.exists() {
            if self.is_swapped_in(&self.site) { self.clear(&new) } else { discard(&new, &walk(&new)?) }?;
        }
        remove_if_there(&self.journal())
    }

    /// Whether the tree is the one that the journal announces.
    fn is_swapped_in(&self, tree: &Path) -> bool {
        let announced = fs::read(self.journal()).unwrap_or_default();
        fs::read(place(tree, MANIFEST)).is_ok_and(|mark| blake3::hash(&mark).to_hex().as_bytes() == announced)
    }

    /// Removes a former site that a run left which died. One without its manifest, which goes last, holds nothing of others.
    fn clear(&self, tree: &Path) -> Result<(), PublishError> {
        let manifest_of = |tree| fs::read(place(tree, MANIFEST)).ok().and_then(|mark| Manifest::parse(&mark));
        match manifest_of(tree) {
            Some(old) => self.retire(tree, &(old, manifest_of(&self.site).unwrap_or_default()), false),
            None => discard(tree, &walk(tree)?),
        }
    }

    /// Removes a former site, or keeps what of it is still published as the spare tree. What we did not make in it goes to the
    /// present one, were it put there a moment ago.
    fn retire(&self, tree: &Path, (old, present): &(Manifest, Manifest), keep: bool) -> Result<(), PublishError> {
        let all = walk(tree)?;
        all.par_iter().filter(|found| found.is_folder).try_for_each(|found| make_writable(&tree.join(&found.path)))?;
        let is_foreign = |found: &&Found| {
            let name = found.name().unwrap_or_default();
            let known = if found.is_folder { old.has_folder(&name) } else { old.holds(&name) };
            !known && !present.holds(&name)
        };
        for found in all.par_iter().filter(is_foreign).collect::<Vec<_>>() {
            let (from, to) = (tree.join(&found.path), self.site.join(&found.path));
            if found.is_folder {
                fs::create_dir_all(&to).at(&to)?;
            } else {
                // Two names of one file: the rename does nothing, and the name here goes with the folder.
                to.parent().map_or(Ok(()), fs::create_dir_all).at(&to)?;
                fs::rename(&from, &to).at(&to)?;
            }
        }
        let is_stale = |found: &&Found| {
            let name = found.name().unwrap_or_default();
            // The manifest tells whose the tree is, until there is nothing else in it.
            !found.is_folder
                && name != MANIFEST
                && !old.files.get(&name).is_some_and(|entry| present.files.get(&name) == Some(entry))
        };
        // Without numbers of inodes nobody could tell later what is a second name of a published file.
        if !keep || all.iter().any(|found| found.inode.is_none()) || self.spare().exists() {
            return discard(tree, &all);
        }
        let stale = all.par_iter().filter(is_stale).map(|found| tree.join(&found.path));
        stale.try_for_each(|path| remove_if_there(&path))?;
        // Whoever keeps the site in git need not know of it.
        fs::write(self.ignore(), "*\n").at(&self.ignore())?;
        fs::rename(tree, self.spare()).at(tree)?;
        remove_if_there(&place(&self.spare(), MANIFEST))
    }

    /// Removes the work folder and frees the lock.
    pub(super) fn end(mut self) -> Result<(), PublishError> {
        remove_if_there(&self.journal())?;
        self.free();
        Ok(())
    }

    /// Removes the folder while the lock is still held, so that no other run can take a lock that is about to vanish.
    fn free(&mut self) {
        let Some(lock) = self.lock.take() else { return };
        // Leavings (a tree that could not be removed) keep the folder; the next run clears them.
        let leavings = [self.new_tree(), self.old_tree(), self.journal(), self.spare()];
        if !leavings.iter().any(|path| path.exists()) {
            let _ = fs::remove_file(self.ignore());
            let _ = fs::remove_file(self.folder.join("lock"));
            let _ = fs::remove_dir(&self.folder);
        }
        drop(lock);
    }
}

impl Drop for Work {
    /// Clears up after an error, as the next run would.
    fn drop(&mut self) {
        if self.lock.is_some() {
            let _ = self.recover();
        }
        self.free();
    }
}

/// Takes the lock; the file may vanish between opening and locking when another run ends right then.
fn take_lock(folder: &Path, site: &Path) -> Result<File, PublishError> {
    let path = folder.join("lock");
    for _ in 0..TRIES {
        make_folder(folder)?;
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = match opened {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            opened => opened.at(&path)?,
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, &path) => {
                file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())).at(&path)?;
                return Ok(file);
            }
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                let _ = file.read_to_string(&mut text);
                return Err(PublishError::Busy { folder: site.to_owned(), process: text.trim().parse().ok() });
            }
            Err(TryLockError::Error(error)) => return Err(error).at(&path),
        }
    }
    Err(PublishError::Busy { folder: site.to_owned(), process: None })
}

/// Makes the work folder, or takes the one of a dead run; refuses a folder that is not one of ours.
fn make_folder(folder: &Path) -> Result<(), PublishError> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let empty = || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
            let ours = fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir());
            // It may also vanish between the two looks, when another run ends.
            let ours = ours && (folder.join("lock").is_file() || empty()) || !folder.exists();
            if ours { Ok(()) } else { Err(PublishError::NotOurs(folder.to_owned())) }
        }
        made => made.at(folder),
    }
}

/// Whether the open file is still the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |found: &fs::Metadata| (found.dev(), found.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if id(&a) == id(&b))
}

/// Elsewhere an open file cannot be removed.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Removes a tree in which `all` of this was found, the manifest last, so that a run that dies here leaves a tree that still
/// tells whose it is.
fn discard(tree: &Path, all: &[Found]) -> Result<(), PublishError> {
    if !tree.exists() {
        return Ok(());
    }
    make_writable(tree)?;
    all.iter().filter(|found| found.is_folder).try_for_each(|found| make_writable(&tree.join(&found.path)))?;
    let files = all.par_iter().filter(|found| !found.is_folder && found.path != Path::new(MANIFEST));
    files.try_for_each(|found| match fs::remove_file(tree.join(&found.path)) {
        // What nobody knew was given to the present site a moment ago.
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).at(&tree.join(&found.path)),
        _ => Ok(()),
    })?;
    fs::remove_dir_all(tree).at(tree)
}

/// Lets us remove what lies in a folder that was made read-only.
#[cfg(unix)]
fn make_writable(folder: &Path) -> Result<(), PublishError> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(folder).at(folder)?.permissions();
    if permissions.mode() & 0o700 != 0o700 {
        permissions.set_mode(permissions.mode() | 0o700);
        fs::set_permissions(folder, permissions).at(folder)?;
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
fn make_writable(_: &Path) -> Result<(), PublishError> {
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<(), PublishError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).at(path),
        _ => Ok(()),
    }
}
