//! The files of a site as they were found, before anything is made of them.

use std::cell::LazyCell;
use std::fs::File;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use super::{Bed, Cache, Checked, Checking, Fault, files_of, unreadable};
use crate::diagnostic;
use crate::digest::Digester;
use crate::record::{self, Forms, Site};
use crate::source::{Discovered, Files, SourceFile, discover};

/// The files of a site: its records, read; everything else by name.
#[derive(Debug, Clone)]
pub struct Found {
    pub(super) folder: PathBuf,
    pub(super) discovered: Discovered,
}

impl Found {
    /// Finds the files of the site at `folder`.
    ///
    /// # Errors
    ///
    /// The folder holds no `content` or no `site.yaml`, or something in it cannot be read.
    pub fn new(folder: &Path) -> Result<Self, Fault> {
        if !folder.join("content").is_dir() {
            return Err(Fault::NoContent(folder.to_owned()));
        }
        if !folder.join(SITE).is_file() {
            return Err(Fault::NoSite(folder.to_owned()));
        }
        Ok(Self { folder: folder.to_owned(), discovered: discover(folder).map_err(Fault::Read)? })
    }

    /// Returns what `site.yaml` says, read alone; an empty site where it cannot be read.
    pub fn site(&self) -> Site {
        let files = &self.discovered.files;
        let (mut faults, forms) = (Vec::new(), Forms::new());
        let mut found = files.iter().filter(|(_, file)| file.path == SITE && !file.refused);
        let read = found.next().map(|(id, file)| {
            let header = record::header(file, id, &mut faults);
            record::Reading::new(files, &forms).read(&header, &mut faults)
        });
        match read {
            Some(record::Outcome::Record(record)) => record.site().cloned().unwrap_or_default(),
            _ => Site::default(),
        }
    }

    /// Gives up all but the text files.
    pub fn into_files(self) -> Files {
        self.discovered.files
    }

    /// Returns the digest of all that a site is made from but the day: records, attachments and themes.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub fn digest(&self) -> Result<blake3::Hash, Fault> {
        let Discovered { files, attachments, diagnostics } = &self.discovered;
        let mut digester = Digester::default();
        let mut add = |bytes: &[u8]| {
            digester.add(&(bytes.len() as u64).to_le_bytes()).add(bytes);
        };
        let all: Vec<&SourceFile> = files.iter().map(|(_, file)| file).collect();
        let texts: Vec<blake3::Hash> = all.par_iter().map(|file| file.digest()).collect();
        for (file, text) in all.iter().zip(texts) {
            add(file.path.as_bytes());
            add(&[u8::from(file.refused)]);
            add(text.as_bytes());
        }
        for diagnostic in diagnostics {
            add(diagnostic.message.zh.as_bytes());
        }
        let fonts = self.site().fonts.into_iter().map(|file| self.folder.join(file)).filter(|path| path.is_file());
        let others = attachments.iter().map(|file| self.folder.join(&file.path)).chain(themes(&self.folder)?).chain(fonts);
        let others: Vec<PathBuf> = others.collect();
        let digests: Vec<blake3::Hash> = others.par_iter().map(|path| digest_of(path)).collect::<Result<_, _>>()?;
        for (path, digest) in others.iter().zip(digests) {
            add(path.as_os_str().as_encoded_bytes());
            add(digest.as_bytes());
        }
        Ok(digester.digest())
    }

    /// Reads and judges the site, as of `as_of`, else the day in `site.yaml`, else `today`.
    ///
    /// # Errors
    ///
    /// Something cannot be read. What authors did wrong is collected.
    pub fn check(self, as_of: Option<Date>, today: Date) -> Result<Checked, Fault> {
        let folder = self.folder.clone();
        judged(&folder, self.into_checking(as_of, today, &&Cache::default()))
    }

    /// Reads and judges the site as [`check`](Self::check) does, with the cache that the same program wrote; renews it.
    ///
    /// # Errors
    ///
    /// As those of [`check`](Self::check).
    pub(super) fn check_cached(self, as_of: Option<Date>, today: Date, bed: Bed<'_>) -> Result<Checked, Fault> {
        let folder = self.folder.clone();
        let checking = std::thread::scope(|scope| {
            let reader = scope.spawn(|| Cache::read(bed.records, bed.program));
            // A reader that failed read nothing.
            let cache = LazyCell::new(|| reader.join().unwrap_or_default());
            let checking = self.into_checking(as_of, today, &cache);
            cache.renew(bed.records, bed.program, bed.inputs, &checking, (as_of, today));
            checking
        });
        judged(&folder, checking)
    }

    fn into_checking(self, as_of: Option<Date>, today: Date, cache: &impl Deref<Target = Cache>) -> Checking {
        let Discovered { files, attachments, diagnostics } = self.discovered;
        Checking::new(files, &attachments, diagnostics, as_of, today, cache)
    }
}

/// Gives up what only an update needs, and adds what is wrong with the files of the site at `folder` that are no records.
fn judged(folder: &Path, checking: Checking) -> Result<Checked, Fault> {
    let mut checked = checking.into_checked();
    let before = checked.diagnostics.len();
    files_of(folder, &checked.register, &mut checked.diagnostics)?;
    if checked.diagnostics.len() > before {
        diagnostic::sort(&mut checked.diagnostics, &checked.files);
    }
    Ok(checked)
}

/// The file that says what a site is.
const SITE: &str = "content/site.yaml";

/// Lists the files of a site's own themes.
fn themes(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let root = folder.join("themes");
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) if error.depth() == 0 => {}
            Err(error) => return Err(unreadable(error.path().unwrap_or(&root), std::io::Error::other(error.to_string()))),
        }
    }
    Ok(files)
}

/// Takes the digest of a file.
fn digest_of(path: &Path) -> Result<blake3::Hash, Fault> {
    let fault = |error| unreadable(path, error);
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path).map_err(fault)?).map_err(fault)?;
    Ok(hasher.finalize())
}
