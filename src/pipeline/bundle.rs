//! A file of many pieces: what the caches of a site are written as.
//!
//! It is the pieces one after the other, an index that says where each stands, and the digest of all that. One that is damaged
//! is none.

use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::publish::write_hidden;

/// Where a piece stands.
pub(super) type Place = Range<u32>;

/// The pieces of a file that was read.
#[derive(Debug, Default)]
pub(super) struct Bundle<I> {
    bytes: Vec<u8>,
    pub(super) index: I,
}

/// The first bytes of the file: whose it is, and in which shape.
const MAGIC: &[u8] = b"gongshi cache 2\n";

impl<I: DeserializeOwned> Bundle<I> {
    /// Reads a file; `None` where it is missing, damaged or of another shape.
    pub(super) fn read(file: &Path) -> Option<Self> {
        Self::parse(fs::read(file).ok()?)
    }

    /// Reads the bytes of a file: the pieces, the index, the size of the pieces, and the digest of all that.
    pub(super) fn parse(bytes: Vec<u8>) -> Option<Self> {
        let (body, end) = bytes.split_last_chunk()?;
        let rest = body.strip_prefix(MAGIC).filter(|_| digest(body).as_bytes() == end)?;
        let (rest, size) = rest.split_last_chunk()?;
        let index = postcard::from_bytes(rest.get(usize::try_from(u64::from_le_bytes(*size)).ok()?..)?).ok()?;
        Some(Self { bytes, index })
    }
}

impl<I> Bundle<I> {
    /// Returns a piece.
    pub(super) fn at(&self, place: &Place) -> Option<&[u8]> {
        let pieces = self.bytes.get(MAGIC.len()..)?;
        pieces.get(place.start as usize..place.end as usize)
    }
}

/// Takes the digest of the digests of a file's parts, which are taken on all cores.
fn digest(bytes: &[u8]) -> blake3::Hash {
    let digests: Vec<blake3::Hash> = bytes.par_chunks(PART).map(blake3::hash).collect();
    let mut whole = blake3::Hasher::new();
    for digest in digests {
        whole.update(digest.as_bytes());
    }
    whole.finalize()
}

/// How many bytes have a digest of their own.
const PART: usize = 1 << 20;

/// Puts pieces together.
pub(super) struct Binder<'o> {
    out: &'o mut dyn Write,
    digest: blake3::Hasher,
    part: blake3::Hasher,
    in_part: usize,
    size: u32,
}

impl Binder<'_> {
    /// Adds a piece; returns its place.
    pub(super) fn put(&mut self, bytes: &[u8]) -> io::Result<Place> {
        let start = self.size;
        let end = u32::try_from(bytes.len()).ok().and_then(|size| start.checked_add(size));
        self.size = end.ok_or(io::ErrorKind::FileTooLarge)?;
        self.write(bytes)?;
        Ok(start..self.size)
    }

    /// Adds a value as a piece.
    pub(super) fn put_value(&mut self, value: &impl Serialize) -> io::Result<Place> {
        self.put(&postcard::to_allocvec(value).map_err(io::Error::other)?)
    }

    fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(PART - self.in_part));
            self.part.update(now);
            self.in_part += now.len();
            if self.in_part == PART {
                self.end_part();
            }
            bytes = later;
        }
        Ok(())
    }

    fn end_part(&mut self) {
        self.digest.update(self.part.finalize().as_bytes());
        self.part.reset();
        self.in_part = 0;
    }
}

/// Writes a file, all or nothing: what `pieces` puts together, and the index that it gives.
pub(super) fn write<I: Serialize>(file: &Path, pieces: impl FnOnce(&mut Binder<'_>) -> io::Result<I>) -> io::Result<()> {
    write_hidden(file, |out| {
        let (digest, part) = (blake3::Hasher::new(), blake3::Hasher::new());
        let mut binder = Binder { out, digest, part, in_part: 0, size: 0 };
        binder.write(MAGIC)?;
        let index = pieces(&mut binder)?;
        let size = u64::from(binder.size);
        binder.write(&postcard::to_allocvec(&index).map_err(io::Error::other)?)?;
        binder.write(&size.to_le_bytes())?;
        if binder.in_part > 0 {
            binder.end_part();
        }
        binder.out.write_all(binder.digest.finalize().as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(pieces: &[&[u8]]) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("some.cache");
        write(&file, |binder| pieces.iter().map(|piece| binder.put(piece)).collect::<io::Result<Vec<Place>>>()).unwrap();
        fs::read(file).unwrap()
    }

    #[test]
    fn pieces_are_given_back() {
        for long in [0, 1, PART - MAGIC.len(), PART, 3 * PART + 7] {
            let long = vec![7; long];
            let bundle = Bundle::<Vec<Place>>::parse(bundle(&[b"abc", &long, b""])).unwrap();
            let pieces: Vec<&[u8]> = bundle.index.iter().filter_map(|place| bundle.at(place)).collect();
            assert_eq!(pieces, [b"abc", long.as_slice(), b""]);
        }
    }

    #[test]
    fn a_damaged_bundle_is_none() {
        let bytes = bundle(&[b"abc", b"d"]);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(Bundle::<Vec<Place>>::parse(damaged).is_none(), "byte {at}");
            assert!(Bundle::<Vec<Place>>::parse(bytes[..at].to_vec()).is_none(), "cut at {at}");
        }
    }
}
