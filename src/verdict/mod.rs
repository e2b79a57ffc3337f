//! Verdicts.
pub(crate) mod rule;
