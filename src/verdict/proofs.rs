//! The proofs of a verdict: there from the beginning, or on a shelf until a page shows them.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::Proof;

/// Where the proofs of verdicts stand that nobody has asked for yet.
pub(super) trait Shelf: fmt::Debug + Send + Sync {
    /// Takes down the proofs that stand at a place: the same, whenever they are asked for.
    fn take(&self, place: Place) -> Vec<Proof>;
}

/// The place of proofs on a shelf: a board, and the bytes on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) board: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The proofs of a verdict, in order.
#[derive(Debug, Clone)]
pub struct Proofs(Standing);

#[derive(Debug, Clone)]
enum Standing {
    Here(Vec<Proof>),
    On(Arc<dyn Shelf>, Place, OnceLock<Vec<Proof>>),
}

impl Proofs {
    /// Proofs on a shelf.
    pub(super) fn on(shelf: Arc<dyn Shelf>, place: Place) -> Self {
        Self(Standing::On(shelf, place, OnceLock::new()))
    }
}

impl Default for Proofs {
    fn default() -> Self {
        Self(Standing::Here(Vec::new()))
    }
}

impl From<Vec<Proof>> for Proofs {
    fn from(proofs: Vec<Proof>) -> Self {
        Self(Standing::Here(proofs))
    }
}

impl Deref for Proofs {
    type Target = [Proof];

    fn deref(&self) -> &[Proof] {
        match &self.0 {
            Standing::Here(proofs) => proofs,
            Standing::On(shelf, place, taken) => taken.get_or_init(|| shelf.take(*place)),
        }
    }
}

impl<'p> IntoIterator for &'p Proofs {
    type Item = &'p Proof;
    type IntoIter = std::slice::Iter<'p, Proof>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
