//! The memory of a publication: what each page showed when it was made, so that a page that shows the same is not made again,
//! and how each file stood, so that one that nobody has touched is not read again.
//!
//! It is a cache and never trusted: it counts only together with the very manifest that it was written with. One that is
//! missing, damaged or from another version is no memory.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use blake3::Hash;
use serde::{Deserialize, Serialize};

use super::stamp::Stamp;

/// What the last publication to a folder was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// The digest of what all pages share.
    pages: Hash,
    /// The digest of the manifest of that publication.
    manifest: Hash,
    /// What is known of each file.
    files: HashMap<String, Known>,
    /// The digest of all that the publication was made from, the program included.
    pub inputs: Hash,
    /// The digest of the program that made it.
    pub program: Hash,
    /// What was told about it: pages, findings, warnings.
    pub told: [u64; 3],
}

/// What is known of a file that was published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// The digest of what the page showed, if it is one.
    pub(super) shown: Option<Digest>,
    /// The digest of all that the page could show anything of, where that is known.
    pub(super) scope: Option<Digest>,
    /// How the file stood in the folder.
    pub(super) stamp: Option<Stamp>,
}

/// A digest as it is written down.
pub(super) type Digest = [u8; blake3::OUT_LEN];

impl Default for Memory {
    fn default() -> Self {
        let nothing = blake3::hash(b"");
        Self { pages: nothing, manifest: nothing, files: HashMap::new(), inputs: nothing, program: nothing, told: [0; 3] }
    }
}

/// The first bytes of the file: whose it is, and in which shape.
fn magic() -> Vec<u8> {
    concat!("gongshi memory 3 ", env!("CARGO_PKG_VERSION"), "\n").as_bytes().to_vec()
}

impl Memory {
    pub(super) fn new(pages: Hash, manifest: Hash, files: HashMap<String, Known>) -> Self {
        Self { pages, manifest, files, ..Self::default() }
    }

    /// Whether it was written together with this manifest.
    pub(super) fn is_of(&self, manifest: &[u8]) -> bool {
        self.manifest == blake3::hash(manifest)
    }

    /// Whether all that pages share was the same.
    pub(super) fn has_seen(&self, pages: Hash) -> bool {
        self.pages == pages
    }

    /// Returns what is known of a file.
    pub(super) fn of(&self, path: &str) -> Option<&Known> {
        self.files.get(path)
    }

    /// Returns every file with what is known of it.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &Known)> {
        self.files.iter().map(|(path, known)| (path.as_str(), known))
    }

    /// Remembers how some files stand.
    pub(super) fn learn(&mut self, stamps: Vec<(String, Stamp)>) {
        for (path, stamp) in stamps {
            if let Some(known) = self.files.get_mut(&path) {
                known.stamp = Some(stamp);
            }
        }
    }

    /// Reads a memory; one that cannot be read remembers nothing.
    pub fn read(file: &Path) -> Self {
        fs::read(file).ok().and_then(|bytes| Self::parse(&bytes)).unwrap_or_default()
    }

    /// Writes the memory, all or nothing.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        write_hidden(file, |out| self.write_to(out))
    }

    /// Writes it down piece by piece: digests and numbers, then what is known of each file, then the digest of all that.
    fn write_to(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut digest = blake3::Hasher::new();
        let mut put = |piece: &[u8]| {
            digest.update(piece);
            out.write_all(piece)
        };
        let mut piece = magic();
        for hash in [&self.pages, &self.manifest, &self.inputs, &self.program] {
            piece.extend(hash.as_bytes());
        }
        self.told.iter().for_each(|n| piece.extend(n.to_le_bytes()));
        // A map is its size and then its entries.
        piece = postcard::to_extend(&self.files.len(), piece).map_err(io::Error::other)?;
        for entry in &self.files {
            piece = postcard::to_extend(&entry, piece).map_err(io::Error::other)?;
            if piece.len() > PIECE {
                put(&piece)?;
                piece.clear();
            }
        }
        put(&piece)?;
        out.write_all(digest.finalize().as_bytes())
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (body, end) = bytes.split_at_checked(bytes.len().checked_sub(blake3::OUT_LEN)?)?;
        let mut rest = Rest(body.strip_prefix(magic().as_slice()).filter(|_| blake3::hash(body) == hash(end))?);
        let (pages, manifest, inputs, program) = (rest.hash()?, rest.hash()?, rest.hash()?, rest.hash()?);
        let told = [rest.number()?, rest.number()?, rest.number()?];
        let files = postcard::from_bytes(rest.0).ok()?;
        Some(Self { pages, manifest, files, inputs, program, told })
    }
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

/// The bytes that are still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn hash(&mut self) -> Option<Hash> {
        self.take(blake3::OUT_LEN).map(hash)
    }

    fn number(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }
}

/// Takes a digest as it stands; one of another length equals none.
fn hash(bytes: &[u8]) -> Hash {
    bytes.try_into().map_or_else(|_| blake3::hash(b""), Hash::from_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> Memory {
        let known = |text: &str| Known { shown: Some(blake3::hash(text.as_bytes()).into()), ..Known::default() };
        let files = [("a.html", "1"), ("村/b.html", "2")].map(|(path, text)| (path.to_owned(), known(text)));
        Memory {
            told: [3, 2, 1],
            inputs: blake3::hash(b"in"),
            program: blake3::hash(b"p"),
            ..Memory::new(blake3::hash(b"p"), blake3::hash(b"m"), files.into())
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
