//! The memory of a publication: what each page showed when it was made, so that a page that shows the same is not made again,
//! and how each file and folder stood, so that one that nobody has touched is not read again.
//!
//! It is a cache and never trusted: it counts only together with the very manifest that it was written with. One that is
//! missing, damaged or from another version is no memory.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use blake3::Hash;

use super::manifest::Entry;
use super::stamp::{self, Stamp};
use super::tree::{Found, Listed};

/// What the last publication to a folder was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// The digest of what all pages share.
    pages: Hash,
    /// The digest of the manifest of that publication.
    manifest: Hash,
    /// Every file, in path order.
    files: Vec<Remembered>,
    /// Every folder that one of them lies in, in path order.
    folders: Vec<Folder>,
    /// The digest of all that the publication was made from, the program included.
    pub inputs: Hash,
    /// The digest of the program that made it.
    pub program: Hash,
    /// How the file of that program stood, where that is known.
    program_stamp: Option<Stamp>,
    /// What was told about it: pages, findings, warnings.
    pub told: [u64; 3],
}

/// A file that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remembered {
    /// Its path in the site.
    pub(super) path: Arc<str>,
    /// What the manifest says of it.
    pub(super) entry: Entry,
    /// What else is known of it.
    pub(super) known: Known,
}

impl Listed for Remembered {
    fn path(&self) -> &[u8] {
        self.path.as_bytes()
    }
}

/// What is known of a file that was published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The digest of what the page showed, if it is one.
    pub(super) shown: Option<Hash>,
    /// The digest of all that the page could show anything of, where that is known.
    pub(super) scope: Option<Hash>,
    /// How the file stood in the folder.
    pub(super) stamp: Option<Stamp>,
}

/// How a folder stood, in the site and in the spare tree, when nothing but the published files and folders lay in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folder {
    /// Its path in the site, with `/` at the end.
    pub(super) path: String,
    /// How it stood in the site, where that is known.
    pub(super) site: Option<Stamp>,
    /// How it stood in the spare tree, where that is known.
    pub(super) spare: Option<Stamp>,
}

impl Default for Memory {
    fn default() -> Self {
        let nothing = blake3::hash(b"");
        Self::new((nothing, nothing), Vec::new(), Vec::new())
    }
}

/// The first bytes of the file: whose it is, and in which shape.
fn magic() -> Vec<u8> {
    concat!("gongshi memory 5 ", env!("CARGO_PKG_VERSION"), "\n").as_bytes().to_vec()
}

impl Memory {
    /// Remembers a publication by the digests of what all its pages share and of its manifest.
    pub(super) fn new((pages, manifest): (Hash, Hash), files: Vec<Remembered>, folders: Vec<Folder>) -> Self {
        let nothing = blake3::hash(b"");
        Self { pages, manifest, files, folders, inputs: nothing, program: nothing, program_stamp: None, told: [0; 3] }
    }

    /// Remembers the program that made the publication, by the digest of its file.
    pub fn made_by(&mut self, program: Hash, file: Option<&Path>) {
        self.program = program;
        self.program_stamp = file.and_then(plain_stamp).and_then(Stamp::settled);
    }

    /// Returns the digest of a program if its file is the one that made the publication, and nobody has touched it since.
    pub fn knows(&self, file: &Path) -> Option<Hash> {
        (self.program_stamp.is_some() && self.program_stamp == plain_stamp(file)).then_some(self.program)
    }

    /// Whether it was written together with this manifest; none is no manifest.
    pub(super) fn is_of(&self, manifest: &[u8]) -> bool {
        !manifest.is_empty() && self.manifest == blake3::hash(manifest)
    }

    /// Whether all that pages share was the same.
    pub(super) fn has_seen(&self, pages: Hash) -> bool {
        self.pages == pages
    }

    /// Returns every file with what is known of it, in path order.
    pub(super) fn files(&self) -> &[Remembered] {
        &self.files
    }

    /// Remembers how some files stand, by their places among all.
    pub(super) fn learn(&mut self, stamps: &[(usize, Stamp)]) {
        for (at, stamp) in stamps {
            self.files[*at].known.stamp = Some(*stamp);
        }
    }

    /// Lists what was found in a tree, as far as anything is known: all that lies in a folder that has a stamp.
    pub(super) fn found(&self, stamp: impl Fn(&Folder) -> Option<Stamp>) -> Vec<Found<'_>> {
        let mut all = Vec::with_capacity(self.files.len() + self.folders.len());
        let folders = &mut self.folders.iter().peekable();
        for Remembered { path, known, .. } in &self.files {
            while let Some(folder) = folders.next_if(|folder| *folder.path < **path) {
                all.push(Found { stamp: stamp(folder), ..Found::at(OsStr::new(&folder.path)) });
            }
            let inode = known.stamp.map(Stamp::inode);
            all.push(Found { is_plain: true, inode, ..Found::at(OsStr::new(&**path)) });
        }
        all
    }

    /// Reads a memory; one that cannot be read remembers nothing.
    pub fn read(file: &Path) -> Self {
        fs::read(file).ok().and_then(|bytes| Self::parse(&bytes)).unwrap_or_default()
    }

    /// Writes the memory, all or nothing.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        write_hidden(file, |out| self.write_to(out))
    }

    /// Writes it down piece by piece: digests and numbers, then files and folders, each after their number, then the digest of all
    /// that.
    fn write_to(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut digest = blake3::Hasher::new();
        let mut piece = Piece(magic());
        let mut put = |Piece(bytes): &mut Piece, enough: usize| {
            if bytes.len() < enough {
                return Ok(());
            }
            digest.update(bytes);
            out.write_all(bytes)?;
            bytes.clear();
            Ok::<(), io::Error>(())
        };
        for hash in [&self.pages, &self.manifest, &self.inputs, &self.program] {
            piece.0.extend_from_slice(hash.as_bytes());
        }
        piece.maybe(self.program_stamp.map(Stamp::to_bytes).as_ref());
        self.told.iter().for_each(|n| piece.number(*n));
        piece.number(self.files.len() as u64);
        for file in &self.files {
            piece.file(file);
            put(&mut piece, PIECE)?;
        }
        piece.number(self.folders.len() as u64);
        for folder in &self.folders {
            piece.folder(folder);
            put(&mut piece, PIECE)?;
        }
        put(&mut piece, 0)?;
        out.write_all(digest.finalize().as_bytes())
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (body, end) = bytes.split_last_chunk()?;
        let mut rest = Rest(body.strip_prefix(magic().as_slice()).filter(|_| blake3::hash(body) == Hash::from_bytes(*end))?);
        let (pages, manifest, inputs, program) = (rest.hash()?, rest.hash()?, rest.hash()?, rest.hash()?);
        let program_stamp = rest.stamp().ok()?;
        let told = [rest.number()?, rest.number()?, rest.number()?];
        let files = rest.list(Rest::file)?;
        let folders = rest.list(Rest::folder)?;
        let memory = Self { inputs, program, program_stamp, told, ..Self::new((pages, manifest), files, folders) };
        rest.0.is_empty().then_some(memory)
    }
}

/// Returns the stamp of a plain file, whatever links lead to it.
fn plain_stamp(file: &Path) -> Option<Stamp> {
    Stamp::of(&fs::metadata(file).ok()?)
}

/// Writes a file of a site's hidden folder, all or nothing.
pub fn write_hidden(file: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // Whoever keeps the site in git need not know of it.
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(&ignore, "*\n")?;
    }
    let fresh = file.with_extension(format!("{}.new", std::process::id()));
    let mut out = BufWriter::new(File::create(&fresh)?);
    let written = write(&mut out).and_then(|()| out.flush());
    written.and_then(|()| fs::rename(&fresh, file)).inspect_err(|_| drop(fs::remove_file(&fresh)))
}

/// How many bytes are put together before they are written.
const PIECE: usize = 64 * 1024;

/// Bytes that are put together.
struct Piece(Vec<u8>);

impl Piece {
    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn path(&mut self, path: &str) {
        self.number(path.len() as u64);
        self.0.extend_from_slice(path.as_bytes());
    }

    /// Writes down what may be missing: whether it is there, and then itself.
    fn maybe<const N: usize>(&mut self, bytes: Option<&[u8; N]>) {
        self.0.push(u8::from(bytes.is_some()));
        self.0.extend_from_slice(bytes.map_or(&[], <[u8; N]>::as_slice));
    }

    fn file(&mut self, Remembered { path, entry, known: Known { shown, scope, stamp } }: &Remembered) {
        self.path(path);
        self.number(entry.size);
        self.0.extend_from_slice(entry.blake3.as_bytes());
        for hash in [shown, scope] {
            self.maybe(hash.as_ref().map(Hash::as_bytes));
        }
        self.maybe(stamp.map(Stamp::to_bytes).as_ref());
    }

    fn folder(&mut self, Folder { path, site, spare }: &Folder) {
        self.path(path);
        for stamp in [site, spare] {
            self.maybe(stamp.map(Stamp::to_bytes).as_ref());
        }
    }
}

/// There are fewer bytes than there must be.
struct Damaged;

/// The bytes that are still to be read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn hash(&mut self) -> Option<Hash> {
        self.take().map(Hash::from_bytes)
    }

    fn number(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    /// Reads how many there are, and then each of them.
    fn list<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let n = usize::try_from(self.number()?).ok()?;
        // A damaged number asks for no more room than the bytes that are left could fill.
        let mut list = Vec::with_capacity(n.min(self.0.len() / size_of::<u64>()));
        for _ in 0..n {
            list.push(one(self)?);
        }
        Some(list)
    }

    fn path(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        let (path, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(path).ok().map(str::to_owned)
    }

    /// Reads what may be missing.
    fn maybe<const N: usize>(&mut self) -> Result<Option<[u8; N]>, Damaged> {
        match self.take().ok_or(Damaged)? {
            [0] => Ok(None),
            _ => self.take().map(Some).ok_or(Damaged),
        }
    }

    fn stamp(&mut self) -> Result<Option<Stamp>, Damaged> {
        Ok(self.maybe::<{ stamp::LENGTH }>()?.map(Stamp::from_bytes))
    }

    fn file(&mut self) -> Option<Remembered> {
        let (path, entry) = (self.path()?, Entry { size: self.number()?, blake3: self.hash()? });
        let [shown, scope] = [self.maybe().ok()?, self.maybe().ok()?].map(|hash| hash.map(Hash::from_bytes));
        Some(Remembered { path: path.into(), entry, known: Known { shown, scope, stamp: self.stamp().ok()? } })
    }

    fn folder(&mut self) -> Option<Folder> {
        Some(Folder { path: self.path()?, site: self.stamp().ok()?, spare: self.stamp().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> Memory {
        let file = |path: &str, text: &str| {
            let (entry, shown) = (Entry::of_bytes(text.as_bytes()), Some(blake3::hash(text.as_bytes())));
            Remembered { path: path.into(), entry, known: Known { shown, ..Known::default() } }
        };
        let stamp = std::array::from_fn(|at| at as u8);
        let folder = Folder { path: "村/".to_owned(), site: None, spare: Some(Stamp::from_bytes(stamp)) };
        let files = vec![file("a.html", "1"), file("村/b.html", "2")];
        Memory {
            told: [3, 2, 1],
            inputs: blake3::hash(b"in"),
            program: blake3::hash(b"p"),
            program_stamp: Some(Stamp::from_bytes(stamp)),
            ..Memory::new((blake3::hash(b"p"), blake3::hash(b"m")), files, vec![folder])
        }
    }

    fn bytes(memory: &Memory) -> Vec<u8> {
        let mut bytes = Vec::new();
        memory.write_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_memory_is_read_back() {
        let memory = memory();
        assert_eq!(Memory::parse(&bytes(&memory)), Some(memory.clone()));
        assert!(memory.is_of(b"m") && !memory.is_of(b"n"));
    }

    #[test]
    fn a_program_is_known_until_its_file_changes() {
        let folder = tempfile::tempdir().unwrap();
        let (file, program) = (folder.path().join("program"), blake3::hash(b"1"));
        fs::write(&file, "1").unwrap();
        let mut memory = Memory::default();
        // As long as the clock of any file system needs: before that, it could be written to unseen.
        for _ in 0..40 {
            std::thread::sleep(std::time::Duration::from_millis(100));
            memory.made_by(program, Some(&file));
            if memory.knows(&file).is_some() {
                break;
            }
        }
        // Where the system tells too little, nothing is known.
        assert_eq!(memory.knows(&file).is_some(), plain_stamp(&file).is_some());
        assert!(memory.knows(&file).is_none_or(|known| known == program));
        fs::write(&file, "2").unwrap();
        assert_eq!(memory.knows(&file), None);
        memory.made_by(program, None);
        assert_eq!(memory.knows(&file), None);
    }

    #[test]
    fn a_damaged_memory_is_none() {
        let bytes = bytes(&memory());
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(Memory::parse(&damaged), None, "byte {at}");
            assert_eq!(Memory::parse(&bytes[..at]), None, "cut at {at}");
        }
    }
}
