//! The parts of measures: each name once, numbered in the order of the names.

use std::collections::BTreeMap;

use super::measure::Measure;

/// The names of the parts that occur, by measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Members {
    names: BTreeMap<Measure, Vec<String>>,
}

impl Members {
    /// Gathers the names.
    pub(super) fn new<'a>(found: impl Iterator<Item = (Measure, Option<&'a str>)>) -> Self {
        let mut names: Vec<Vec<&str>> = vec![Vec::new(); Measure::ALL.len()];
        for (measure, name) in found {
            let Some(name) = name else { continue };
            let known = &mut names[measure as usize];
            if let Err(at) = known.binary_search(&name) {
                known.insert(at, name);
            }
        }
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Self { names: Measure::ALL.iter().copied().zip(names.into_iter().map(owned)).collect() }
    }

    /// Returns the number of a part, from 1; 0 where it does not occur.
    pub(super) fn number(&self, measure: Measure, name: &str) -> u16 {
        let at = self.of(measure).binary_search_by(|known| known.as_str().cmp(name));
        at.ok().and_then(|at| u16::try_from(at + 1).ok()).unwrap_or(0)
    }

    /// Returns the name of a part by its number.
    pub(super) fn name(&self, measure: Measure, number: u16) -> Option<&str> {
        self.of(measure).get(usize::from(number).checked_sub(1)?).map(String::as_str)
    }

    /// Returns the names of the parts of a measure, sorted.
    pub(super) fn of(&self, measure: Measure) -> &[String] {
        self.names.get(&measure).map_or(&[], Vec::as_slice)
    }
}
