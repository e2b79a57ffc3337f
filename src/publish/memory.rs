//! The memory of a publication: what each page showed when it was made, so that a page that shows the same is not made again.
//!
//! It is a cache and never trusted: it counts only together with the very manifest that it was written with, and the files
//! themselves are compared with that manifest. One that is missing, damaged or from another version is no memory.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use blake3::Hash;

/// What the last publication to a folder was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// The digest of what all pages share.
    pages: Hash,
    /// The digest of the manifest of that publication.
    manifest: Hash,
    /// What each page showed.
    shown: BTreeMap<String, Hash>,
    /// The digest of all that the publication was made from, the program included.
    pub inputs: Hash,
    /// The digest of the program that made it.
    pub program: Hash,
    /// What was told about it: pages, findings, warnings.
    pub told: [u64; 3],
}

impl Default for Memory {
    fn default() -> Self {
        let nothing = blake3::hash(b"");
        Self { pages: nothing, manifest: nothing, shown: BTreeMap::new(), inputs: nothing, program: nothing, told: [0; 3] }
    }
}

/// The first bytes of the file: whose it is, and in which shape.
fn magic() -> Vec<u8> {
    concat!("gongshi memory 2 ", env!("CARGO_PKG_VERSION"), "\n").as_bytes().to_vec()
}

impl Memory {
    pub(super) fn new(pages: Hash, manifest: &[u8], shown: BTreeMap<String, Hash>) -> Self {
        Self { pages, manifest: blake3::hash(manifest), shown, ..Self::default() }
    }

    /// Whether it was written together with this manifest.
    pub(super) fn is_of(&self, manifest: &[u8]) -> bool {
        self.manifest == blake3::hash(manifest)
    }

    /// Whether all that pages share was the same.
    pub(super) fn has_seen(&self, pages: Hash) -> bool {
        self.pages == pages
    }

    /// Returns what a page showed.
    pub(super) fn shown(&self, path: &str) -> Option<Hash> {
        self.shown.get(path).copied()
    }

    /// Reads a memory; one that cannot be read remembers nothing.
    pub fn read(file: &Path) -> Self {
        fs::read(file).ok().and_then(|bytes| Self::parse(&bytes)).unwrap_or_default()
    }

    /// Writes the memory, all or nothing.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        // Whoever keeps the site in git need not know of it.
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            fs::write(&ignore, "*\n")?;
        }
        let fresh = file.with_extension(format!("{}.new", std::process::id()));
        fs::write(&fresh, self.bytes())?;
        fs::rename(&fresh, file)
    }

    /// Writes it down: digests, then each page's path with its digest, then the digest of all that.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = magic();
        for hash in [&self.pages, &self.manifest, &self.inputs, &self.program] {
            bytes.extend(hash.as_bytes());
        }
        self.told.iter().for_each(|n| bytes.extend(n.to_le_bytes()));
        for (path, hash) in &self.shown {
            bytes.extend((path.len() as u32).to_le_bytes());
            bytes.extend(path.as_bytes());
            bytes.extend(hash.as_bytes());
        }
        bytes.extend(blake3::hash(&bytes).as_bytes());
        bytes
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (body, end) = bytes.split_at_checked(bytes.len().checked_sub(blake3::OUT_LEN)?)?;
        let mut rest = Rest(body.strip_prefix(magic().as_slice()).filter(|_| blake3::hash(body) == hash(end))?);
        let (pages, manifest, inputs, program) = (rest.hash()?, rest.hash()?, rest.hash()?, rest.hash()?);
        let told = [rest.number()?, rest.number()?, rest.number()?];
        let mut shown = BTreeMap::new();
        while !rest.0.is_empty() {
            let length = u32::from_le_bytes(rest.take(4)?.try_into().ok()?) as usize;
            let path = String::from_utf8(rest.take(length)?.to_vec()).ok()?;
            shown.insert(path, rest.hash()?);
        }
        Some(Self { pages, manifest, shown, inputs, program, told })
    }
}

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
        let shown = [("a.html", "1"), ("村/b.html", "2")].map(|(path, text)| (path.to_owned(), blake3::hash(text.as_bytes())));
        Memory {
            told: [3, 2, 1],
            inputs: blake3::hash(b"in"),
            program: blake3::hash(b"p"),
            ..Memory::new(blake3::hash(b"p"), b"m", shown.into())
        }
    }

    #[test]
    fn a_memory_is_read_back() {
        let memory = memory();
        assert_eq!(Memory::parse(&memory.bytes()), Some(memory.clone()));
        assert!(memory.is_of(b"m") && !memory.is_of(b"n"));
    }

    #[test]
    fn a_damaged_memory_is_none() {
        let bytes = memory().bytes();
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(Memory::parse(&damaged), None, "byte {at}");
            assert_eq!(Memory::parse(&bytes[..at]), None, "cut at {at}");
        }
    }
}
