//! What has to be done so that a folder holds an output.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::make::{Made, Maker, Stood, all_or_faults, in_folder, read_entry};
use super::manifest::{self, Entry, MANIFEST, Manifest};
use super::memory::{Folder, Known, Memory, Remembered};
use super::output::{Layout, MARK_PATH, Output, ancestors, place};
use super::spare::Spare;
use super::stamp::Stamp;
use super::tree::{Beside, Found, Listed as _, walk};
use super::work::Work;
use super::{At, PublishError, Published, stamp_of};

/// What there is before a publication.
pub(super) struct Before<'a> {
    /// What lies in the published tree.
    found: Vec<Found<'a>>,
    /// What stands in the new one.
    spare: Spare<'a>,
    /// The bytes of the manifest.
    mark: Vec<u8>,
    /// What was published last; `None` where the mark is not ours.
    files: Option<Cow<'a, [Remembered]>>,
    /// Whether what all pages share was the same.
    remembers: bool,
}

impl<'a> Before<'a> {
    /// Looks at the published tree, and at the spare one, with which the new one begins.
    pub(super) fn look(
        work: &Work,
        folder: &Path,
        (output, layout): (&Output, &Layout),
        memory: &'a Memory,
    ) -> Result<Self, PublishError> {
        let mark = fs::read(place(folder, MANIFEST)).unwrap_or_default();
        let memory = Some(memory).filter(|memory| memory.is_of(&mark));
        let known = |stamp: fn(&Folder) -> Option<Stamp>| memory.map(|memory| memory.found(stamp)).unwrap_or_default();
        let trees = || {
            let found = walk(folder, &known(|folder| folder.site))?;
            let spare = work.take_spare(&known(|folder| folder.spare), &found, layout)?;
            Ok((found, spare))
        };
        let files = || match memory {
            Some(memory) => Some(Cow::Borrowed(memory.files())),
            None => Manifest::parse(&mark).map(|manifest| Cow::Owned(listed(manifest))),
        };
        let (trees, files) = rayon::join(trees, files);
        let (found, spare) = trees?;
        let remembers = memory.is_some_and(|memory| memory.has_seen(output.pages().digest()));
        Ok(Self { found, spare, mark, files, remembers })
    }
}

/// Lists the files of a manifest, of which nothing else is known.
fn listed(manifest: Manifest) -> Vec<Remembered> {
    let files = manifest.files.into_iter();
    files.map(|(path, entry)| Remembered { path: path.into(), entry, known: Known::default() }).collect()
}

/// What has to be done so that a folder holds an output. What differs stands in the new tree already.
pub(super) struct Plan<'a> {
    layout: &'a Layout<'a>,
    before: Before<'a>,
    /// The files of the output, by their places.
    made: Vec<Made>,
    /// The numbers of the inodes that were found at their paths.
    inodes: Vec<Option<u64>>,
    /// Files of ours that the output no longer has.
    removed: usize,
    /// Files and folders that we did not make, in path order.
    kept: Vec<Found<'a>>,
    /// The bytes of the new manifest.
    pub(super) mark: Vec<u8>,
    mark_is_same: bool,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        (output, layout): (&Output, &'a Layout<'a>),
        folder: &Path,
        new: &Path,
        before: Before<'a>,
    ) -> Result<Self, PublishError> {
        if before.files.is_none() && !before.found.is_empty() {
            return Err(PublishError::NotOurs(folder.to_owned()));
        }
        let (mut former, mut found) = (Beside::new(before.former()), Beside::new(&before.found));
        let stood = |path: &&str| {
            let found = found.find(path.as_bytes()).filter(|found| found.is_plain);
            Stood { former: former.find(path.as_bytes()), found }
        };
        let stood: Vec<Stood> = layout.files.iter().map(stood).collect();
        let pages = output.pages();
        let maker = Maker { pages, folder, new, spare: &before.spare, stood: &stood, remembers: before.remembers };
        pages.prepare();
        let made = output.each(|at, path, content| maker.make(at, path, content));
        pages.forget();
        let made = all_or_faults(made)?;
        let inodes = stood.iter().map(|stood| stood.found.and_then(|found| found.inode)).collect();
        let entries = layout.files.iter().zip(&made).map(|(path, made)| (*path, &made.entry));
        let (sorted, mark) = rayon::join(|| sort(folder, &before, layout, &made), || manifest::bytes_of(entries.clone()));
        let ((removed, kept), mark) = (sorted, mark.at(folder)?);
        refuse_what_is_in_the_way(&kept, folder, layout)?;
        let mark_is_same = mark == before.mark;
        Ok(Self { layout, before, made, inodes, removed, kept, mark, mark_is_same })
    }

    /// Whether anything is to be written or removed.
    pub(super) fn writes_something(&self) -> bool {
        !self.mark_is_same || self.removed > 0 || self.made.iter().any(|made| !made.same)
    }

    /// Returns the paths of what was published last.
    pub(super) fn former(&self) -> Vec<&str> {
        self.before.former().iter().map(|file| &*file.path).collect()
    }

    /// Returns the paths of what is published now, and whether each file is the one that stood there.
    pub(super) fn present(&self) -> Vec<(&str, bool)> {
        self.layout.files.iter().zip(&self.made).map(|(path, made)| (*path, made.same)).collect()
    }

    /// Returns what was found in the published tree.
    pub(super) fn found(&self) -> &[Found<'a>] {
        &self.before.found
    }

    /// Returns what was done.
    pub(super) fn published(&self) -> Published {
        let unchanged = self.made.iter().filter(|made| made.same).count();
        Published {
            written: self.made.len() - unchanged,
            unchanged,
            removed: self.removed,
            kept: self.kept.iter().filter(|found| !found.is_folder()).count(),
        }
    }

    /// Completes the new tree with what stays the same; the manifest comes last and marks it as complete.
    pub(super) fn build(&self, old: &Path, new: &Path) -> Result<(), PublishError> {
        // Those of our files come with the files.
        for folder in self.carried().chain([OsStr::new(MARK_PATH)]) {
            let folder = place(new, folder);
            fs::create_dir_all(&folder).at(&folder)?;
        }
        let missing = self.layout.files.par_iter().zip(&self.made).enumerate();
        let missing = missing.filter(|(at, (_, made))| made.same && !self.before.spare.holds(*at));
        missing.try_for_each(|(_, (path, _))| link(&place(old, path), &place(new, path)))?;
        for found in self.kept.iter().filter(|found| !found.is_folder()) {
            link(&found.place(old), &found.place(new))?;
        }
        write_anew(&place(new, MANIFEST), &self.mark).at(&place(new, MANIFEST))?;
        self.same_permissions(old, new, &self.folders())
    }

    /// Returns the folders that are carried over, in path order.
    fn carried(&self) -> impl Iterator<Item = &OsStr> {
        let mut kept = Beside::new(&self.kept);
        let carried = self.before.found.iter().filter(move |found| found.is_folder() && kept.has_folder(found.path()));
        carried.map(|found| &*found.path)
    }

    /// Returns all folders of the new tree, in path order: those of the output, of what is carried over, and of the mark.
    fn folders(&self) -> Vec<&OsStr> {
        let ours = self.layout.folders.iter().copied().chain([MARK_PATH]).map(OsStr::new);
        let mut folders: Vec<&OsStr> = ours.chain(self.carried()).collect();
        folders.sort();
        folders.dedup();
        folders
    }

    /// Gives the folders of `new` the permissions of those of `old`, the innermost first.
    fn same_permissions(&self, old: &Path, new: &Path, folders: &[&OsStr]) -> Result<(), PublishError> {
        let mut found = Beside::new(&self.before.found);
        let mut wanted = |folder: &OsStr| found.find(folder.as_encoded_bytes()).and_then(|found| found.permissions.clone());
        let mut others = vec![(OsStr::new(""), permissions(old), permissions(new))];
        for (folder, here) in self.before.spare.beside(folders) {
            let (wanted, here) = (wanted(folder), here.and_then(|found| found.permissions.clone()));
            if wanted != here {
                others.push((folder, wanted, here));
            }
        }
        for (folder, wanted, here) in others.into_iter().rev() {
            let folder = place(new, folder);
            let Some(wanted) = wanted.filter(|wanted| here.or_else(|| permissions(&folder)).as_ref() != Some(wanted)) else {
                continue;
            };
            fs::set_permissions(&folder, wanted).at(&folder)?;
        }
        Ok(())
    }

    /// Looks at how the files stand that have a new name or are new, in the new tree.
    pub(super) fn look_again(&mut self, new: &Path) {
        let spare = &self.before.spare;
        let files = self.made.par_iter_mut().zip(&self.layout.files).enumerate();
        files.filter(|(at, (made, _))| !made.same || !spare.holds(*at)).for_each(|(_, (made, path))| {
            let before = made.known.stamp;
            made.known.stamp = if made.same {
                // Another name is another stamp, of what was written before.
                before.and_then(|before| stamp_of(new, path).filter(|now| now.is_of_what(before)))
            } else {
                stamp_of(new, path).and_then(Stamp::settled)
            };
        });
    }

    /// Returns what is known of each file and of each folder, now that the trees have changed places, if they have.
    pub(super) fn remember(self, output: &Output, have_changed_places: bool) -> (Vec<Remembered>, Vec<Folder>) {
        // What is said of a folder must be true of both trees: each file in it is the one that was found in the site.
        let is_certain = |at: usize| {
            let Made { known, same, .. } = &self.made[at];
            *same && known.stamp.is_some_and(|stamp| self.inodes[at] == Some(stamp.inode()))
        };
        let stamps = |found: &[Found]| self.layout.stamps(found, is_certain);
        let (mut site, mut spare) = (stamps(&self.before.found), stamps(&self.before.spare.found));
        if have_changed_places {
            std::mem::swap(&mut site, &mut spare);
        }
        let folders = self.layout.folders.iter().zip(site.into_iter().zip(spare));
        let folders = folders.map(|(path, (site, spare))| Folder { path: (*path).to_owned(), site, spare }).collect();
        let files = output.paths().zip(self.made);
        let remembered =
            |(path, made): (&Arc<str>, Made)| Remembered { path: Arc::clone(path), entry: made.entry, known: made.known };
        (files.map(remembered).collect(), folders)
    }
}

impl Before<'_> {
    /// Returns what was published last.
    fn former(&self) -> &[Remembered] {
        self.files.as_deref().unwrap_or_default()
    }
}

/// Sorts what was found in the published tree: how many files of ours are to go, and what we did not make or somebody has changed
/// since.
fn sort<'a>(folder: &Path, before: &Before<'a>, layout: &Layout, made: &[Made]) -> (usize, Vec<Found<'a>>) {
    let (mut files, mut folders) = (Beside::new(&layout.files), Beside::new(&layout.folders));
    let mut former = Beside::new(before.former());
    let (mut kept, mut going) = (Vec::new(), Vec::new());
    for found in &before.found {
        let path = found.path();
        if found.is_folder() {
            if folders.position(path).is_none() && !former.has_folder(path) && path != MARK_PATH.as_bytes() {
                kept.push(found);
            }
            continue;
        }
        let (file, former) = (files.position(path), former.find(path));
        let stands = path == MANIFEST.as_bytes() || file.is_some_and(|file| made[file].same || former.is_some());
        match former {
            _ if found.is_plain && stands => {}
            Some(former) if found.is_plain => going.push((found, &former.entry)),
            _ => kept.push(found),
        }
    }
    let is_changed = |(found, entry): &&(&Found, &Entry)| read_entry(&found.place(folder)).as_ref() != Some(*entry);
    let changed: Vec<&Found> = going.par_iter().filter(is_changed).map(|(found, _)| *found).collect();
    let removed = going.len() - changed.len();
    kept.extend(changed);
    kept.sort_by(|a, b| a.path.cmp(&b.path));
    (removed, kept.into_iter().cloned().collect())
}

/// Refuses to write over what we did not make.
fn refuse_what_is_in_the_way(kept: &[Found], folder: &Path, layout: &Layout) -> Result<(), PublishError> {
    let is_file = |path: &str| layout.files.binary_search(&path).is_ok();
    let is_folder = |path: &str| layout.folders.binary_search(&&*format!("{path}/")).is_ok();
    let in_the_way = |found: &Found| {
        let name = found.name()?;
        let in_the_way = is_file(name) || ancestors(name).any(is_file) || !found.is_folder() && is_folder(name);
        in_the_way.then(|| PathBuf::from(name))
    };
    let files: Vec<PathBuf> = kept.iter().filter_map(in_the_way).collect();
    if files.is_empty() { Ok(()) } else { Err(PublishError::InTheWay { folder: folder.to_owned(), files }) }
}

/// Returns the permissions of a folder.
pub(super) fn permissions(folder: &Path) -> Option<Permissions> {
    fs::symlink_metadata(folder).ok().filter(fs::Metadata::is_dir).map(|found| found.permissions())
}

/// Writes a file of its own, whatever had its name.
fn write_anew(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => fs::write(path, bytes),
    }
}

/// Gives the file a second name, or copies it where the file system has no hard links.
fn link(from: &Path, to: &Path) -> Result<(), PublishError> {
    // A folder that is missing is no reason to copy.
    in_folder(to, |to| fs::hard_link(from, to)).or_else(|_| in_folder(to, |to| copy(from, to))).at(from)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if from.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    fs::copy(from, to).map(drop)
}
