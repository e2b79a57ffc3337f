//! The keys of a record, checked and typed: there from the beginning, or on a shelf until somebody asks for them.
//!
//! A site that is built again after an edit looks at few of its records; the keys of the others stay where they were kept.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::tree::Tree;
use super::{Data, Record};

/// Where the keys of records stand that nobody has asked for yet.
pub trait Shelf: fmt::Debug + Send + Sync {
    /// Takes down the keys of a record: the same, whenever they are asked for.
    fn take(&self, record: &Record) -> (Tree, Data);
}

/// The keys of a record.
#[derive(Debug, Clone)]
pub(super) enum Keys {
    /// They are there.
    Here(Tree, Data),
    /// They are on a shelf until they are asked for.
    On(Arc<dyn Shelf>, OnceLock<(Tree, Data)>),
}

impl Record {
    /// Returns the checked keys, with their places.
    pub fn tree(&self) -> &Tree {
        match &self.keys {
            Keys::Here(tree, _) => tree,
            Keys::On(shelf, taken) => &taken.get_or_init(|| shelf.take(self)).0,
        }
    }

    /// Returns the typed keys.
    pub fn data(&self) -> &Data {
        match &self.keys {
            Keys::Here(_, data) => data,
            Keys::On(shelf, taken) => &taken.get_or_init(|| shelf.take(self)).1,
        }
    }

    /// Gives up all but the keys.
    pub fn into_keys(self) -> (Tree, Data) {
        match self.keys {
            Keys::Here(tree, data) => (tree, data),
            Keys::On(..) => (self.tree().clone(), self.data().clone()),
        }
    }

    /// Looks at the record once; keys that are still on a shelf stay there.
    pub fn glanced<T>(&self, look: impl FnOnce(&Self) -> T) -> T {
        match &self.keys {
            Keys::On(shelf, taken) if taken.get().is_none() => look(&self.on(Arc::clone(shelf))),
            _ => look(self),
        }
    }

    /// Returns the same record, its keys on a shelf.
    #[must_use]
    pub fn on(&self, shelf: Arc<dyn Shelf>) -> Self {
        self.with(Keys::On(shelf, OnceLock::new()))
    }

    /// Returns the same record with other keys.
    pub(super) fn with(&self, keys: Keys) -> Self {
        let Self { id, area, name, kind, file, source, body, draft, .. } = self;
        let (id, area, name) = (id.clone(), area.clone(), name.clone());
        Self { id, area, name, kind: *kind, file: *file, source: *source, body: body.clone(), draft: *draft, keys }
    }
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        let named = |record: &Self| {
            let Self { id, area, name, kind, file, source, body, draft, .. } = record;
            (id.clone(), area.clone(), name.clone(), *kind, *file, *source, body.clone(), *draft)
        };
        named(self) == named(other) && self.tree() == other.tree() && self.data() == other.data()
    }
}

impl Eq for Record {}
