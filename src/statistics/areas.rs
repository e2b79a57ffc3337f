//! The places in the order of their tree, so that a place and all below it lie side by side.

use ahash::HashMap;

use crate::edition::Edition;
use crate::register::Register;

/// The number of all places together; the places themselves are numbered from 1.
pub(super) const ALL: u32 = 0;
/// The number of what lies in no place: no place's parts hold it.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Every place, parents before their children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Areas {
    /// The paths by number; that of all places is empty.
    paths: Vec<String>,
    /// The number after the last place below each.
    ends: Vec<u32>,
    /// The children of each, by the links of the register.
    children: Vec<Vec<u32>>,
    /// Only asked for a path, never listed.
    by_path: HashMap<String, u32>,
}

impl Areas {
    /// Numbers the places of an edition.
    pub(super) fn new(edition: &Edition) -> Self {
        let mut areas = Self { paths: Vec::new(), ends: Vec::new(), children: Vec::new(), by_path: HashMap::default() };
        areas.add(&edition.register, "");
        areas
    }

    /// Adds a place and all below it; returns its number.
    fn add(&mut self, register: &Register, path: &str) -> u32 {
        let number = self.paths.len() as u32;
        self.paths.push(path.to_owned());
        self.by_path.insert(path.to_owned(), number);
        self.ends.push(0);
        self.children.push(Vec::new());
        let children = register.children(path).iter().map(|ix| self.add(register, &register.get(*ix).id)).collect();
        self.children[number as usize] = children;
        self.ends[number as usize] = self.paths.len() as u32;
        number
    }

    /// Returns the number of a place by its path; [`NOWHERE`] for the empty path, since no record is filed there.
    pub(super) fn number(&self, path: &str) -> u32 {
        if path.is_empty() { NOWHERE } else { self.by_path.get(path).copied().unwrap_or(NOWHERE) }
    }

    /// Finds a place by its path, all places by the empty one.
    pub(super) fn find(&self, path: &str) -> Option<u32> {
        self.by_path.get(path).copied()
    }

    /// Returns the path of a place.
    pub(super) fn path(&self, number: u32) -> &str {
        self.paths.get(number as usize).map_or("", String::as_str)
    }

    /// Returns the numbers of a place and all below it.
    pub(super) fn below(&self, number: u32) -> std::ops::Range<u32> {
        number..self.ends[number as usize]
    }

    /// Returns the children of a place.
    pub(super) fn children(&self, number: u32) -> &[u32] {
        &self.children[number as usize]
    }

    /// Returns the number of every place, all places first.
    pub(super) fn numbers(&self) -> std::ops::Range<u32> {
        0..self.paths.len() as u32
    }

    /// Returns the places above a place and itself, the topmost first, by its path alone.
    pub(super) fn above(&self, number: u32) -> Vec<u32> {
        let path = self.path(number);
        let ends = path.match_indices('/').map(|(at, _)| at).chain((!path.is_empty()).then_some(path.len()));
        std::iter::once(ALL).chain(ends.filter_map(|end| self.find(&path[..end]))).collect()
    }
}
