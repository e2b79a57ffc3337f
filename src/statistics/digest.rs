//! Digests of figures: where the facts of a place are the same, so are all its figures.

use std::hash::Hash;

use ahash::HashMap;
use rayon::prelude::*;

use super::Statistics;
use super::fact::Fact;
use crate::digest::Digester;

impl Statistics {
    /// Takes the digests of the facts of each place with all below it, by its path; of all facts for the empty path.
    pub fn digests(&self) -> HashMap<&str, blake3::Hash> {
        let of_measures: Vec<Vec<(u32, blake3::Hash)>> = self.tallies.par_iter().map(|tally| by_area(&tally.facts)).collect();
        let mut digesters = vec![Digester::default(); self.areas.numbers().len()];
        for (measure, of_areas) in of_measures.iter().enumerate() {
            for (area, digest) in of_areas {
                if let Some(digester) = digesters.get_mut(*area as usize) {
                    digester.add(&(measure as u64).to_le_bytes()).add(digest.as_bytes());
                }
            }
        }
        let mut digests = HashMap::default();
        let mut all = vec![blake3::hash(b""); digesters.len()];
        // The places below a place have greater numbers.
        for (area, mut digester) in self.areas.numbers().zip(digesters).rev() {
            for child in self.areas.children(area) {
                digester.add(all[*child as usize].as_bytes());
            }
            all[area as usize] = digester.digest();
            digests.insert(self.areas.path(area), all[area as usize]);
        }
        digests
    }
}

/// Takes the digests of the facts of a measure, place by place.
fn by_area(facts: &[Fact]) -> Vec<(u32, blake3::Hash)> {
    let digest = |of_area: &[Fact]| {
        let mut digester = Digester::default();
        for Fact { member, date, record, spot, amount, .. } in of_area {
            (member, date.year(), date.month(), date.day(), record, spot).hash(&mut digester);
            digester.add(&amount.serialize());
        }
        (of_area[0].area, digester.digest())
    };
    facts.chunk_by(|a, b| a.area == b.area).map(digest).collect()
}
