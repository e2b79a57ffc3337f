//! The parts of measures: each name once, numbered in the order of the names.

use super::measure::Measure;

/// The names of the parts that occur, by measure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub(super) struct Members {
    names: Vec<Vec<String>>,
}

impl Members {
    /// Sorts the names of each measure, which come in the order of [`Measure::ALL`].
    pub(super) fn new(names: &[Vec<String>]) -> Self {
        let sorted = |names: &Vec<String>| {
            let mut names = names.clone();
            names.sort_unstable();
            names
        };
        Self { names: names.iter().map(sorted).collect() }
    }

    /// Returns the numbers that the names of a measure have among others, in their order; `None` where one is not among them.
    pub(super) fn numbers_in(&self, others: &Self, measure: Measure) -> Option<Vec<u16>> {
        let numbers = self.of(measure).iter().map(|name| others.number(measure, name));
        numbers.map(|number| (number > 0).then_some(number)).collect()
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
        self.names.get(measure as usize).map_or(&[], Vec::as_slice)
    }
}
