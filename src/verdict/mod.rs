//! Verdicts: what judging the records by their workflows gave.
pub mod rule;
