//! Making the files of an output: each is written to the new tree, unless it stands in the published one as it is to be.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::manifest::Entry;
use super::memory::{Known, Remembered};
use super::output::{Content, Pages, place};
use super::spare::Spare;
use super::stamp::Stamp;
use super::tree::Found;
use super::{At, PublishError, stamp_of};

/// Makes the files that differ from those that stand.
pub(super) struct Maker<'a> {
    pub(super) pages: &'a dyn Pages,
    /// The published tree.
    pub(super) folder: &'a Path,
    /// The tree that receives what differs.
    pub(super) new: &'a Path,
    /// What stands in that already.
    pub(super) spare: &'a Spare<'a>,
    /// What stood at the path of each file, by its place among all.
    pub(super) stood: &'a [Stood<'a>],
    /// Whether what all pages share is as it was.
    pub(super) remembers: bool,
}

/// What there was at the path of a file.
pub(super) struct Stood<'a> {
    /// What was published there last.
    pub(super) former: Option<&'a Remembered>,
    /// The plain file that was found there.
    pub(super) found: Option<&'a Found<'a>>,
}

/// One file of an output, and whether it stands already.
pub(super) struct Made {
    pub(super) entry: Entry,
    pub(super) known: Known,
    pub(super) same: bool,
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
    pub(super) fn make(&self, at: usize, path: &str, content: &Content) -> Result<Made, PublishError> {
        match content {
            Content::Page(number) => self.page(at, path, *number),
            Content::Bytes(bytes) => self.write(at, path, bytes),
            Content::File(source) => self.copy(at, path, source),
        }
    }

    fn page(&self, at: usize, path: &str, number: usize) -> Result<Made, PublishError> {
        let scope = self.pages.scope_of(number);
        let before = self.stood[at].former.filter(|_| self.remembers);
        let same_scope = scope.is_some() && before.is_some_and(|before| before.known.scope == scope);
        let shown = match before {
            Some(before) if same_scope => before.known.shown,
            // Nobody has asked yet: a site that is built once is built sooner, and while its scope is the same, nobody will.
            None if scope.is_some() => None,
            _ => Some(self.pages.digest_of(number)),
        };
        if let Some(Remembered { entry, known, .. }) = before
            && (same_scope || shown == known.shown)
            && let Some(AsMade { stamp }) = self.stands_as(at, path, entry)
        {
            return Ok(Made { entry: entry.clone(), known: Known { shown, scope, stamp }, same: true });
        }
        let failed = |reason| PublishError::Pages(vec![(path.to_owned(), reason)]);
        let bytes = self.pages.make(number).map_err(failed)?;
        let made = self.write(at, path, &bytes)?;
        Ok(Made { known: Known { shown, scope, ..made.known }, ..made })
    }

    fn write(&self, at: usize, path: &str, bytes: &[u8]) -> Result<Made, PublishError> {
        let to = place(self.new, path);
        let entry = Entry::of_bytes(bytes);
        let stands = self.stands_as(at, path, &entry);
        if stands.is_none() {
            self.spare.make_room(at, &to)?;
            in_folder(&to, |to| File::create_new(to)?.write_all(bytes)).at(&to)?;
        }
        Ok(Made { entry, same: stands.is_some(), known: known_by(stands) })
    }

    fn copy(&self, at: usize, path: &str, source: &Path) -> Result<Made, PublishError> {
        let entry = File::open(source).and_then(Entry::of).at(source)?;
        let stands = self.stands_as(at, path, &entry);
        if stands.is_none() {
            let to = place(self.new, path);
            self.spare.make_room(at, &to)?;
            let mut reader = File::open(source).at(source)?;
            in_folder(&to, |to| io::copy(&mut reader, &mut File::create_new(to)?).map(drop)).at(&to)?;
        }
        Ok(Made { entry, same: stands.is_some(), known: known_by(stands) })
    }

    /// Whether the published file at a path is this one; then returns the stamp by which it will be known. A file with the stamp
    /// that it had when it was published need not be read.
    fn stands_as(&self, at: usize, path: &str, entry: &Entry) -> Option<AsMade> {
        let Stood { former, found } = &self.stood[at];
        let now = found.and_then(|_| stamp_of(self.folder, path));
        let known = former.filter(|former| former.entry == *entry).and_then(|former| former.known.stamp);
        let is_known = known.is_some() && now == known;
        let stands = is_known || found.is_some() && stands_as(self.folder, path, entry);
        stands.then(|| AsMade { stamp: now.and_then(Stamp::settled) })
    }
}

/// Writes to a file; makes the folders above it only if they are missing.
pub(super) fn in_folder(to: &Path, mut write: impl FnMut(&Path) -> io::Result<()>) -> io::Result<()> {
    match (write(to), to.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            write(to)
        }
        (result, _) => result,
    }
}

/// Whether the file at a path of the folder has this size and digest.
pub(super) fn stands_as(folder: &Path, path: &str, entry: &Entry) -> bool {
    let path = place(folder, path);
    let plain = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file() && found.len() == entry.size);
    plain && read_entry(&path).as_ref() == Some(entry)
}

/// Returns what was made of every file; else the first error, and of pages that cannot be made all.
pub(super) fn all_or_faults(made: Vec<Result<Made, PublishError>>) -> Result<Vec<Made>, PublishError> {
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

pub(super) fn read_entry(path: &Path) -> Option<Entry> {
    File::open(path).and_then(Entry::of).ok()
}
