//! What is kept of a site besides the [`Cache`](super::Cache): its figures, its lists and its sheets, as they were planned.
//!
//! It belongs to the cache that was written of the very same inputs; with any other it is nothing.

use std::path::Path;

use blake3::Hash;
use serde::{Deserialize, Serialize};

use super::build::Stock;
use super::bundle::{self, Bundle, Place};
use super::papers::Paperwork;
use crate::edition::Edition;
use crate::site::index::Index as Lists;
use crate::statistics::Statistics;

/// What was planned before.
#[derive(Debug)]
pub(super) struct Figures {
    bundle: Bundle<Index>,
}

/// Where everything stands.
#[derive(Debug, Serialize, Deserialize)]
struct Index {
    /// The program that wrote it.
    program: [u8; blake3::OUT_LEN],
    /// The digest of all that it was made from.
    inputs: [u8; blake3::OUT_LEN],
    statistics: Vec<Place>,
    lists: Place,
    papers: Place,
}

impl Figures {
    /// Reads what `program` wrote of a site.
    pub(super) fn read(file: &Path, program: Hash) -> Option<Self> {
        let bundle = Bundle::<Index>::read(file).filter(|bundle| bundle.index.program == *program.as_bytes())?;
        Some(Self { bundle })
    }

    /// Whether it was made from what has this digest.
    pub(super) fn is_of(&self, inputs: &[u8; blake3::OUT_LEN]) -> bool {
        self.bundle.index.inputs == *inputs
    }

    /// Makes the figures of the edition that they were counted from.
    pub(super) fn statistics(&self, edition: &Edition) -> Option<Statistics> {
        let pieces: Vec<&[u8]> = self.bundle.index.statistics.iter().map(|place| self.bundle.at(place)).collect::<Option<_>>()?;
        Statistics::woken(edition, &pieces)
    }

    /// Returns the lists.
    pub(super) fn lists(&self) -> Option<Lists> {
        Lists::woken(self.bundle.at(&self.bundle.index.lists)?)
    }

    /// Returns the sheets.
    pub(super) fn papers(&self, folder: &Path, stock: &Stock) -> Option<Paperwork> {
        Paperwork::woken(folder, stock, self.bundle.at(&self.bundle.index.papers)?)
    }

    /// Writes down what was planned of all that has the digest `inputs`.
    pub(super) fn write(file: &Path, program: Hash, inputs: Hash, stock: &Stock, papers: &Paperwork) {
        let none = || std::io::Error::other("cannot be written down");
        // Without it the next run takes longer, and that is all.
        let _ = bundle::write(file, |binder| {
            let mut statistics = Vec::new();
            for piece in stock.statistics.keep() {
                statistics.push(binder.put(&piece.ok_or_else(none)?)?);
            }
            let lists = binder.put(&stock.plan.index.keep().ok_or_else(none)?)?;
            let papers = binder.put(&papers.keep().ok_or_else(none)?)?;
            Ok(Index { program: program.into(), inputs: inputs.into(), statistics, lists, papers })
        });
    }
}
