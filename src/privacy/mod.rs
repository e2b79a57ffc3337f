//! Privacy: numbers that must never be published, and names as the site shows them.
//!
//! [`scan()`] reads source text before anything else does, and masks every message of gongshi itself; [`names`] is used once,
//! where the edition is made.

pub mod names;
pub mod scan;

pub use names::{Masker, NameStyle, style};
pub use scan::{Hit, Leak, check, check_except, check_values, mask, scan};
