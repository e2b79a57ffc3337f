//! The manifest: the mark of ours in a published site, and the list of the files that we made in it.

use std::collections::BTreeMap;
use std::io::{self, Read};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::output::{MARK_FOLDER, check_path};

/// The path of the manifest in a published site.
pub const MANIFEST: &str = ".gongshi/manifest.json";

/// The shape of the file that this program writes and reads.
const FORMAT: u32 = 1;

/// What we made in a folder; no time and no machine stands in it, so that the same site gives the same bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `gongshi`: whose mark it is.
    made_by: String,
    /// The shape of this file.
    format: u32,
    /// The version of the program that made the site.
    version: String,
    /// Every file with its size and digest.
    pub files: BTreeMap<String, Entry>,
}

/// One file of a [`Manifest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The size in bytes.
    pub size: u64,
    /// The BLAKE3 digest; the file has it in hexadecimal digits.
    #[serde(serialize_with = "to_hex", deserialize_with = "from_hex")]
    pub blake3: blake3::Hash,
}

fn to_hex<S: Serializer>(digest: &blake3::Hash, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&digest.to_hex())
}

fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<blake3::Hash, D::Error> {
    let digits = std::borrow::Cow::<str>::deserialize(deserializer)?;
    blake3::Hash::from_hex(digits.as_bytes()).map_err(serde::de::Error::custom)
}

impl Entry {
    /// Reads to the end and takes size and digest.
    pub(super) fn of(mut reader: impl Read) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        let size = io::copy(&mut reader, &mut hasher)?;
        Ok(Self { size, blake3: hasher.finalize() })
    }
}

/// What the file needs for an entry besides its path, in bytes, or a little more; also for what is not of any entry.
const ROOM: usize = 144;

impl Manifest {
    /// Makes the manifest of these files.
    pub(super) fn new(files: BTreeMap<String, Entry>) -> Self {
        Self { made_by: "gongshi".to_owned(), format: FORMAT, version: env!("CARGO_PKG_VERSION").to_owned(), files }
    }

    /// Reads a manifest; `None` where it is not ours or lists a path that we could not have made.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        let ours = manifest.made_by == "gongshi" && manifest.format == FORMAT;
        (ours && manifest.files.keys().all(|path| check_path(path).is_ok())).then_some(manifest)
    }

    /// Returns the bytes of the file.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        // Bytes that double their room would stand in memory three times.
        let mut bytes = Vec::with_capacity(self.files.keys().map(|path| path.len() + ROOM).sum::<usize>() + ROOM);
        serde_json::to_writer_pretty(&mut bytes, self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Whether we made the file at `path`, the manifest included.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.files.contains_key(path) || path == MANIFEST
    }

    /// Whether a file that we made, or our mark, lies in the folder at `path`.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        path == MARK_FOLDER || self.files.range(inside.clone()..).next().is_some_and(|(file, _)| file.starts_with(&inside))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_back_and_a_strange_one_is_not_ours() {
        let entry = Entry::of(&b"x"[..]).unwrap();
        let manifest = Manifest::new([("a/b.html".to_owned(), entry)].into());
        assert_eq!(Manifest::parse(&manifest.bytes().unwrap()), Some(manifest.clone()));
        assert!(manifest.has_folder("a") && !manifest.has_folder("a/b") && manifest.holds(MANIFEST));
        let climbing = String::from_utf8(manifest.bytes().unwrap()).unwrap().replace("a/b.html", "../b.html");
        assert_eq!(Manifest::parse(climbing.as_bytes()), None);
        assert_eq!(Manifest::parse(b"{}"), None);
        assert_eq!(Manifest::parse(br#"{"made_by":"hugo","format":1,"version":"1","files":{}}"#), None);
    }
}
