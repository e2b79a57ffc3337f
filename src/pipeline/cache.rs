//! The cache of a site: what its files were read as and what was judged of them, in the site's hidden folder.
//!
//! It is never trusted. A record is taken from it only for a file of the same bytes under the same path, read by the same
//! packs; a verdict only where the same records are there and those that it rests on are the same. A cache that is missing, damaged,
//! from another program or of another site is none.

use std::collections::HashMap;
use std::fs;
use std::hash::Hash as _;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use blake3::Hash;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Checking;
use crate::field::Kind;
use crate::publish::write_hidden;
use crate::record::{self, Record};
use crate::register::Register;
use crate::site::scope::Sink;
use crate::source::SourceFile;
use crate::workflow::Workflows;

/// What was read and judged before.
#[derive(Debug, Default)]
pub struct Cache {
    bytes: Vec<u8>,
    index: Index,
}

/// A digest as it is written down.
type Digest = [u8; blake3::OUT_LEN];

/// Where everything stands in the bytes.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Index {
    /// The program that wrote it.
    program: Digest,
    /// The packs that the records were read by.
    packs: Digest,
    /// What besides the records themselves the verdicts rest on.
    ground: Digest,
    /// The digest and the place of each file that was read, by its path.
    files: HashMap<String, (Digest, Range<u32>)>,
    /// The place of the verdict on each record, by its number; empty for those that are judged anew.
    verdicts: Vec<Range<u32>>,
}

/// The first bytes of the file.
const MAGIC: &[u8] = b"gongshi cache 1\n";

/// One record in so many may have to be read anew before the cache is written anew.
const SHARE: usize = 100;

impl Cache {
    /// Reads the cache that `program` wrote; one that cannot be read, or that another program wrote, is empty.
    pub fn read(file: &Path, program: Hash) -> Self {
        fs::read(file).ok().and_then(Self::parse).filter(|cache| cache.index.program == *program.as_bytes()).unwrap_or_default()
    }

    /// Reads the bytes of a cache: what was kept, the index, the size of what was kept, and the digest of all that.
    fn parse(bytes: Vec<u8>) -> Option<Self> {
        let (body, end) = bytes.split_last_chunk()?;
        let rest = body.strip_prefix(MAGIC).filter(|_| blake3::hash(body).as_bytes() == end)?;
        let (rest, size) = rest.split_last_chunk()?;
        let index = postcard::from_bytes(rest.get(usize::try_from(u64::from_le_bytes(*size)).ok()?..)?).ok()?;
        Some(Self { bytes, index })
    }

    /// Whether records that are read by some packs may be taken from it.
    pub(super) fn is_of(&self, packs: &Workflows) -> bool {
        self.index.packs == *packs.digest().as_bytes()
    }

    /// Returns what was kept of a file.
    pub(super) fn record(&self, file: &SourceFile) -> Option<&[u8]> {
        let (digest, place) = self.index.files.get(&file.path)?;
        self.at(place).filter(|_| digest == file.digest().as_bytes())
    }

    /// Returns what was kept of the verdicts, if they rest on the same ground.
    pub(super) fn verdicts(&self, ground: Hash) -> Vec<&[u8]> {
        let same = self.index.ground == *ground.as_bytes();
        let places = self.index.verdicts.iter().filter(|_| same);
        places.map(|place| self.at(place).unwrap_or_default()).collect()
    }

    fn at(&self, place: &Range<u32>) -> Option<&[u8]> {
        let kept = self.bytes.get(MAGIC.len()..)?;
        kept.get(place.start as usize..place.end as usize)
    }

    /// Writes a cache of what was read and judged, unless most of it stands in this one.
    pub(super) fn renew(&self, file: &Path, program: Hash, checking: &Checking) {
        let ground = ground(&checking.resolution.register, &checking.workflows, checking.as_of);
        let current = self.is_of(&checking.workflows) && self.index.ground == *ground.as_bytes();
        if current && checking.fresh <= self.index.files.len() / SHARE {
            return;
        }
        // Without a cache the next run takes longer, and that is all.
        let _ = write_hidden(file, |out| write(out, program, ground, checking));
    }
}

/// Takes the digest of what verdicts rest on besides the records that they read: which records there are, the site, the working
/// days, the procedures, the day of judging.
pub(super) fn ground(register: &Register, workflows: &Workflows, as_of: Date) -> Hash {
    let mut digest = Sink::default();
    digest.0.update(workflows.digest().as_bytes());
    (as_of.year(), as_of.month(), as_of.day()).hash(&mut digest);
    for (_, record) in register.records() {
        (&record.id, record.kind).hash(&mut digest);
        // A catalogue may come to ask a place for something that it did not look at before.
        if matches!(record.kind, Kind::Site | Kind::Calendar | Kind::Catalogue) {
            digest.0.update(record.source.as_bytes());
        }
    }
    for broken in register.broken() {
        (&broken.id, &broken.area).hash(&mut digest);
    }
    digest.0.finalize()
}

/// How many records are written down at a time, so that what is kept never stands in memory at once.
const TOGETHER: usize = 1024;

/// Writes everything down.
fn write(out: &mut dyn Write, program: Hash, ground: Hash, checking: &Checking) -> io::Result<()> {
    let Checking { files, workflows, judgement, resolution, remarks, .. } = checking;
    let register = &resolution.register;
    let mut index =
        Index { program: program.into(), packs: workflows.digest().into(), ground: ground.into(), ..Index::default() };
    let mut blob = Blob { out, digest: blake3::Hasher::new(), size: 0 };
    blob.put(MAGIC)?;
    blob.size = 0;
    let clean = |file: usize| remarks.get(file).is_some_and(|said| said.allows.is_empty() && said.diagnostics.is_empty());
    let records: Vec<&Record> = register.records().map(|(_, record)| record).filter(|r| clean(r.file.0 as usize)).collect();
    let keep = |record: &&Record| {
        let mut bytes = Vec::with_capacity(2048);
        record::keep(record, &mut bytes);
        bytes
    };
    for some in records.chunks(TOGETHER) {
        let kept: Vec<Vec<u8>> = some.par_iter().map(keep).collect();
        for (record, bytes) in some.iter().zip(&kept) {
            let source = files.get(record.file);
            index.files.insert(source.path.clone(), (source.digest().into(), blob.put(bytes)?));
        }
    }
    index.verdicts = vec![0..0; register.records().len()];
    for some in judgement.keep(workflows, TOGETHER) {
        for (ix, bytes) in some {
            if let Some(place) = index.verdicts.get_mut(ix.0 as usize) {
                *place = blob.put(&bytes)?;
            }
        }
    }
    let size = u64::from(blob.size);
    blob.put(&postcard::to_allocvec(&index).map_err(io::Error::other)?)?;
    blob.put(&size.to_le_bytes())?;
    let digest = blob.digest.finalize();
    blob.out.write_all(digest.as_bytes())
}

/// What is kept, one after the other.
struct Blob<'o> {
    out: &'o mut dyn Write,
    digest: blake3::Hasher,
    size: u32,
}

impl Blob<'_> {
    /// Adds bytes; returns their place.
    fn put(&mut self, bytes: &[u8]) -> io::Result<Range<u32>> {
        let start = self.size;
        let end = u32::try_from(bytes.len()).ok().and_then(|size| start.checked_add(size));
        self.size = end.ok_or(io::ErrorKind::FileTooLarge)?;
        self.digest.update(bytes);
        self.out.write_all(bytes)?;
        Ok(start..self.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache() -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(b"abc");
        let files = [("content/a.yaml".to_owned(), (blake3::hash(b"a").into(), 1..3))].into();
        let mut bytes = postcard::to_extend(&Index { files, ..Index::default() }, bytes).unwrap();
        bytes.extend(3_u64.to_le_bytes());
        bytes.extend(blake3::hash(&bytes).as_bytes());
        bytes
    }

    #[test]
    fn a_record_is_given_back_for_the_same_bytes_only() {
        let cache = Cache::parse(cache()).unwrap();
        assert_eq!(cache.record(&SourceFile::new("content/a.yaml", "a")), Some(&b"bc"[..]));
        assert_eq!(cache.record(&SourceFile::new("content/a.yaml", "b")), None);
        assert_eq!(cache.record(&SourceFile::new("content/b.yaml", "a")), None);
    }

    #[test]
    fn a_damaged_cache_is_none() {
        let bytes = cache();
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(Cache::parse(damaged).is_none(), "byte {at}");
            assert!(Cache::parse(bytes[..at].to_vec()).is_none(), "cut at {at}");
        }
    }
}
