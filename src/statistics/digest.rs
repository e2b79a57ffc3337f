//! Digests of figures: where the facts of a place are the same, so are all its figures.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use rayon::prelude::*;

use super::Statistics;
use super::fact::Fact;

impl Statistics {
    /// Takes the digests of the facts of each place with all below it, by its path; of all facts for the empty path.
    pub fn digests(&self) -> HashMap<&str, blake3::Hash> {
        let of_measures: Vec<Vec<(u32, blake3::Hash)>> = self.tallies.par_iter().map(|tally| by_area(&tally.facts)).collect();
        let mut hashers = vec![blake3::Hasher::new(); self.areas.numbers().len()];
        for (measure, of_areas) in of_measures.iter().enumerate() {
            for (area, digest) in of_areas {
                if let Some(hasher) = hashers.get_mut(*area as usize) {
                    hasher.update(&(measure as u64).to_le_bytes()).update(digest.as_bytes());
                }
            }
        }
        let mut digests = HashMap::new();
        let mut all = vec![blake3::hash(b""); hashers.len()];
        // The places below a place have greater numbers.
        for (area, mut hasher) in self.areas.numbers().zip(hashers).rev() {
            for child in self.areas.children(area) {
                hasher.update(all[*child as usize].as_bytes());
            }
            all[area as usize] = hasher.finalize();
            digests.insert(self.areas.path(area), all[area as usize]);
        }
        digests
    }
}

/// Takes the digests of the facts of a measure, place by place.
fn by_area(facts: &[Fact]) -> Vec<(u32, blake3::Hash)> {
    let mut bytes = Bytes(Vec::new());
    let digest = |of_area: &[Fact]| {
        bytes.0.clear();
        for Fact { member, date, record, spot, amount, .. } in of_area {
            (member, date.year(), date.month(), date.day(), record, spot).hash(&mut bytes);
            bytes.write(&amount.serialize());
        }
        (of_area[0].area, blake3::hash(&bytes.0))
    };
    facts.chunk_by(|a, b| a.area == b.area).map(digest).collect()
}

/// The bytes of whatever is hashed, one after the other.
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Nobody asks for it.
    fn finish(&self) -> u64 {
        0
    }
}
