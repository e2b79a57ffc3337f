//! Digests of many small pieces: they are put together first, since each piece that is digested by itself costs as much as a large one.

use std::hash::Hasher;

/// How many bytes are put together.
const TOGETHER: usize = 16 * 1024;

/// The room that is made at first, in bytes: enough for most.
const USUAL: usize = 512;

/// Takes the digest (BLAKE3) of pieces, one after the other, as if they were one text.
#[derive(Debug, Clone)]
pub struct Digester {
    /// The pieces that still have to be digested.
    pieces: Vec<u8>,
    /// Those before them.
    before: Option<Box<blake3::Hasher>>,
}

impl Default for Digester {
    fn default() -> Self {
        Self { pieces: Vec::with_capacity(USUAL), before: None }
    }
}

impl Digester {
    /// Adds a piece.
    pub fn add(&mut self, piece: &[u8]) -> &mut Self {
        if self.pieces.len() + piece.len() > TOGETHER {
            self.before.get_or_insert_default().update(&self.pieces);
            self.pieces.clear();
        }
        self.pieces.extend_from_slice(piece);
        self
    }

    /// Returns the digest.
    pub fn digest(&self) -> blake3::Hash {
        match &self.before {
            Some(before) => before.clone().update(&self.pieces).finalize(),
            None => blake3::hash(&self.pieces),
        }
    }
}

impl<'d> FromIterator<&'d blake3::Hash> for Digester {
    fn from_iter<I: IntoIterator<Item = &'d blake3::Hash>>(digests: I) -> Self {
        let mut digester = Self::default();
        for digest in digests {
            digester.add(digest.as_bytes());
        }
        digester
    }
}

/// Whatever can be hashed can be digested.
impl Hasher for Digester {
    fn write(&mut self, bytes: &[u8]) {
        self.add(bytes);
    }

    /// The first bytes of the digest; nobody asks for them.
    fn finish(&self) -> u64 {
        self.digest().as_bytes().iter().take(8).fold(0, |n, byte| n << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_digested_as_one_text() {
        for (size, count) in [(0, 1), (1, 0), (32, 3), (7, 5_000), (TOGETHER, 1), (TOGETHER, 3), (TOGETHER + 1, 2)] {
            let pieces: Vec<Vec<u8>> = (0..count).map(|n: usize| vec![n as u8; size]).collect();
            let mut digester = Digester::default();
            for piece in &pieces {
                digester.add(piece);
            }
            assert_eq!(digester.digest(), blake3::hash(&pieces.concat()), "{count} pieces of {size} bytes");
        }
    }
}
