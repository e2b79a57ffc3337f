//! The work folder beside a site: the lock, the new tree, the journal, and the recovery of a run that died.
//!
//! `.NAME.gongshi/lock` is held by the running process; the system frees it when the process ends, however it ends.
//! `new` is the tree that is built (after the swap in one step: the old site); `old` is the old site between two renames;
//! `journal` holds the digest of the new manifest and tells the next run whether the swap had happened. `spare` is what a large
//! site leaves: the former tree, without what is no longer published (see [`Spare`]); it may be removed at any time.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{MANIFEST, Manifest};
use super::output::{Layout, MARK_PATH, place};
use super::plan::permissions;
use super::spare::Spare;
use super::tree::{Beside, Found, Listed as _, walk};
use super::{At, PublishError};

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
    let mut name = OsString::from(".");
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

    /// Begins the new tree with the spare one, if there is one; `site` is what was found in the published tree, and `before` what
    /// was found in the spare one.
    pub(super) fn take_spare<'a>(
        &self,
        before: &[Found<'a>],
        site: &[Found],
        layout: &Layout,
    ) -> Result<Spare<'a>, PublishError> {
        let (spare, new) = (self.spare(), self.new_tree());
        if !spare.is_dir() {
            return Ok(Spare::default());
        }
        fs::rename(&spare, &new).at(&spare)?;
        Spare::new(&new, before, site, layout)
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
    /// `mark` is the digest of the new manifest, `files` are those of the old one and of the new (and whether each is the one that
    /// stood there), and `found` is what was found in the old tree. That becomes the spare one if it is to be kept.
    pub(super) fn swap(
        &self,
        mark: blake3::Hash,
        files: (&[&str], &[(&str, bool)]),
        found: &[Found],
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
            return self.retire(&new, files, found, keep);
        }
        fs::rename(&self.site, self.old_tree()).map_err(|error| self.refused(error))?;
        fs::rename(&new, &self.site).at(&self.site)?;
        self.retire(&self.old_tree(), files, found, keep)
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
            if self.is_swapped_in(&self.site) { self.clear(&new) } else { discard(&new, &walk(&new, &[])?) }?;
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
        let Some(old) = manifest_of(tree) else { return discard(tree, &walk(tree, &[])?) };
        let present = manifest_of(&self.site).map(|manifest| manifest.files).unwrap_or_default();
        let old: Vec<&str> = old.files.keys().map(String::as_str).collect();
        let present: Vec<(&str, bool)> = present.keys().map(|path| (path.as_str(), false)).collect();
        self.retire(tree, (&old, &present), &[], false)
    }

    /// Removes a former site, or keeps what of it is still published as the spare tree. What we did not make in it goes to the
    /// present one, were it put there a moment ago.
    fn retire(
        &self,
        tree: &Path,
        (old, present): (&[&str], &[(&str, bool)]),
        before: &[Found],
        keep: bool,
    ) -> Result<(), PublishError> {
        let all = walk(tree, before)?;
        all.iter().try_for_each(|found| make_writable(tree, found))?;
        let (foreign, stale) = sort(&all, old, present);
        for found in foreign {
            let (from, to) = (found.place(tree), found.place(&self.site));
            if found.is_folder() {
                fs::create_dir_all(&to).at(&to)?;
            } else {
                // Two names of one file: the rename does nothing, and the name here goes with the folder.
                to.parent().map_or(Ok(()), fs::create_dir_all).at(&to)?;
                fs::rename(&from, &to).at(&to)?;
            }
        }
        // Without numbers of inodes nobody could tell later what is a second name of a published file.
        let has_inodes = all.iter().all(|found| found.is_folder() || found.inode.is_some());
        if !keep || !has_inodes || self.spare().exists() {
            return discard(tree, &all);
        }
        stale.par_iter().try_for_each(|found| remove_if_there(&found.place(tree)))?;
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

    /// Frees the lock and leaves all as it stands, as a run does that is killed.
    #[cfg(test)]
    pub(super) fn die(mut self) {
        self.lock.take().iter().for_each(|lock| drop(lock.unlock()));
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
        // Closing the file is not enough while a child that is just being started still has it open.
        let _ = lock.unlock();
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

/// Returns what in a former site we did not make, and the files that are not published as they stand.
fn sort<'f, 'a>(all: &'f [Found<'a>], old: &[&str], present: &[(&str, bool)]) -> (Vec<&'f Found<'a>>, Vec<&'f Found<'a>>) {
    let (mut old, mut now) = (Beside::new(old), Beside::new(present));
    let (mut foreign, mut stale) = (Vec::new(), Vec::new());
    for found in all {
        let path = found.path();
        if found.is_folder() {
            let becomes_a_file =
                || found.name().is_some_and(|name| present.binary_search_by(|(file, _)| (*file).cmp(name)).is_ok());
            if !old.has_folder(path) && path != MARK_PATH.as_bytes() && !becomes_a_file() {
                foreign.push(found);
            }
            continue;
        }
        // The manifest tells whose the tree is, until there is nothing else in it.
        if path == MANIFEST.as_bytes() {
            continue;
        }
        let (old, now) = (old.find(path), now.find(path));
        if old.is_none() && now.is_none() {
            foreign.push(found);
        }
        if !now.is_some_and(|(_, is_the_same)| *is_the_same) {
            stale.push(found);
        }
    }
    (foreign, stale)
}

/// Removes a tree in which `all` of this was found, the manifest last, so that a run that dies here leaves a tree that still
/// tells whose it is.
fn discard(tree: &Path, all: &[Found]) -> Result<(), PublishError> {
    if !tree.exists() {
        return Ok(());
    }
    make_writable(tree, &Found { permissions: permissions(tree), ..Found::at(OsString::new()) })?;
    all.iter().try_for_each(|found| make_writable(tree, found))?;
    let files = all.par_iter().filter(|found| !found.is_folder() && found.path() != MANIFEST.as_bytes());
    files.map(|found| found.place(tree)).try_for_each(|file| match fs::remove_file(&file) {
        // What nobody knew was given to the present site a moment ago.
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).at(&file),
        _ => Ok(()),
    })?;
    fs::remove_dir_all(tree).at(tree)
}

/// Lets us remove what lies in a folder that was made read-only.
#[cfg(unix)]
fn make_writable(tree: &Path, found: &Found) -> Result<(), PublishError> {
    use std::os::unix::fs::PermissionsExt;
    match &found.permissions {
        Some(permissions) if permissions.mode() & 0o700 != 0o700 => {
            let folder = found.place(tree);
            fs::set_permissions(&folder, fs::Permissions::from_mode(permissions.mode() | 0o700)).at(&folder)
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
fn make_writable(_: &Path, _: &Found) -> Result<(), PublishError> {
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<(), PublishError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).at(path),
        _ => Ok(()),
    }
}
