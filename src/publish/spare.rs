//! The spare tree: the former site, as the beginning of the next.
//!
//! Beside a large site lies the tree that it replaced, in which every file is a second name of a published one. It says nothing
//! by itself: what is not the very file that stands in the site is taken out before it is used.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use super::output::Layout;
use super::tree::{Beside, Found, Listed as _, walk};
use super::{At, PublishError};

/// What stands in a new tree before anything is written to it.
#[derive(Debug, Default)]
pub(super) struct Spare<'a> {
    /// The files and folders: each file the one that stands in the site.
    pub(super) found: Vec<Found<'a>>,
    /// Whether each file of the output is among them, by its place.
    holds: Vec<bool>,
}

impl<'a> Spare<'a> {
    /// Looks through the tree at `new`: takes out what is not the file that stands in the site, where `site` was found, and what
    /// an output of this layout does not have. What was found `before` spares the look into what stands as it did.
    pub(super) fn new(new: &Path, before: &[Found<'a>], site: &[Found], layout: &Layout) -> Result<Self, PublishError> {
        let (mut files, mut folders) = (Beside::new(&layout.files), Beside::new(&layout.folders));
        let mut standing = Beside::new(site);
        let mut spare = Self { found: Vec::new(), holds: vec![false; layout.files.len()] };
        let mut gone: Option<Found> = None;
        for found in walk(new, before)? {
            if gone.as_ref().is_some_and(|gone| gone.is_folder() && found.is_in(&gone.path)) {
                continue;
            }
            // What the output does not have in this very spelling goes first: nothing is written through another name of it.
            let path = found.path();
            let stays = if found.is_folder() {
                folders.position(path).is_some()
            } else {
                let is_the_same = |there: &Found| found.is_plain && there.is_plain && there.inode == found.inode;
                let is_published = found.inode.is_some() && standing.find(path).is_some_and(is_the_same);
                let file = files.position(path).filter(|_| is_published);
                if let Some(file) = file {
                    spare.holds[file] = true;
                }
                file.is_some()
            };
            if stays {
                spare.found.push(found);
                continue;
            }
            let at = found.place(new);
            if found.is_folder() { fs::remove_dir_all(&at) } else { fs::remove_file(&at) }.at(&at)?;
            gone = Some(found);
        }
        Ok(spare)
    }

    /// Whether it holds the file of the output at a place among all.
    pub(super) fn holds(&self, file: usize) -> bool {
        self.holds.get(file).is_some_and(|holds| *holds)
    }

    /// Returns the folders of a list, which is in path order, with what was found of each here.
    pub(super) fn beside<'f>(&'f self, folders: &'f [&'f OsStr]) -> impl Iterator<Item = (&'f OsStr, Option<&'f Found<'a>>)> {
        let mut here = Beside::new(&self.found);
        folders.iter().map(move |folder| (*folder, here.find(folder.as_encoded_bytes())))
    }

    /// Takes out a file that another takes the place of: written to, it would change the published one.
    pub(super) fn make_room(&self, file: usize, at: &Path) -> Result<(), PublishError> {
        if self.holds(file) { fs::remove_file(at).at(at) } else { Ok(()) }
    }
}
