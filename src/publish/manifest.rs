//! The manifest: the mark of ours in a published site, and the list of the files that we made in it.

use std::collections::BTreeMap;
use std::io::{self, Read, Write as _};

use serde::{Deserialize, Deserializer};

use super::output::check_path;

/// The path of the manifest in a published site.
pub const MANIFEST: &str = ".gongshi/manifest.json";

/// The shape of the file that this program writes and reads.
const FORMAT: u32 = 1;

/// What we made in a folder; no time and no machine stands in it, so that the same site gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// The size in bytes.
    pub size: u64,
    /// The BLAKE3 digest; the file has it in hexadecimal digits.
    #[serde(deserialize_with = "from_hex")]
    pub blake3: blake3::Hash,
}

fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<blake3::Hash, D::Error> {
    let digits = std::borrow::Cow::<str>::deserialize(deserializer)?;
    blake3::Hash::from_hex(digits.as_bytes()).map_err(serde::de::Error::custom)
}

impl Entry {
    /// Takes size and digest of bytes.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, blake3: blake3::hash(bytes) }
    }

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
    /// Reads a manifest; `None` where it is not ours or lists a path that we could not have made.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        let ours = manifest.made_by == "gongshi" && manifest.format == FORMAT;
        (ours && manifest.files.keys().all(|path| check_path(path).is_ok())).then_some(manifest)
    }
}

/// Returns the bytes of the manifest of some files, which are in path order.
pub(super) fn bytes_of<'a>(files: impl Iterator<Item = (&'a str, &'a Entry)> + Clone) -> io::Result<Vec<u8>> {
    // Bytes that double their room would stand in memory three times.
    let mut bytes = Vec::with_capacity(files.clone().map(|(path, _)| path.len() + ROOM).sum::<usize>() + ROOM);
    let version = env!("CARGO_PKG_VERSION");
    write!(bytes, "{{\n  \"made_by\": \"gongshi\",\n  \"format\": {FORMAT},\n  \"version\": \"{version}\",\n  \"files\": {{")?;
    let mut between = "\n    ";
    for (path, Entry { size, blake3 }) in files {
        bytes.extend_from_slice(between.as_bytes());
        serde_json::to_writer(&mut bytes, path)?;
        bytes.extend_from_slice(b": {\n      \"size\": ");
        write!(bytes, "{size}")?;
        bytes.extend_from_slice(b",\n      \"blake3\": \"");
        bytes.extend_from_slice(&digits(blake3));
        bytes.extend_from_slice(b"\"\n    }");
        between = ",\n    ";
    }
    bytes.extend_from_slice(if between.starts_with(',') { b"\n  }\n}\n" } else { b"}\n}\n" });
    Ok(bytes)
}

/// Returns a digest in hexadecimal digits.
fn digits(digest: &blake3::Hash) -> [u8; 2 * blake3::OUT_LEN] {
    let mut digits = [0; 2 * blake3::OUT_LEN];
    let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
    let pairs = digits.as_chunks_mut().0.iter_mut().zip(digest.as_bytes());
    pairs.for_each(|(pair, byte)| *pair = [digit(byte >> 4), digit(byte & 15)]);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_back_and_a_strange_one_is_not_ours() {
        let entry = Entry::of_bytes(b"x");
        let bytes = bytes_of([("a/b.html", &entry), ("c", &entry)].into_iter()).unwrap();
        let manifest = Manifest::parse(&bytes).unwrap();
        assert_eq!(
            manifest.files,
            [("a/b.html", entry.clone()), ("c", entry)].map(|(path, entry)| (path.to_owned(), entry)).into()
        );
        let none = bytes_of(std::iter::empty()).unwrap();
        assert!(none.ends_with(b"\"files\": {}\n}\n") && Manifest::parse(&none).unwrap().files.is_empty());
        let climbing = String::from_utf8(bytes).unwrap().replace("a/b.html", "../b.html");
        assert_eq!(Manifest::parse(climbing.as_bytes()), None);
        assert_eq!(Manifest::parse(b"{}"), None);
        assert_eq!(Manifest::parse(br#"{"made_by":"hugo","format":1,"version":"1","files":{}}"#), None);
    }
}
