//! Typed views of sheets: all that a template may see, one struct a sheet, one file a sheet.
//!
//! A view is data ready to be printed in one language: numbers, dates and sentences are written out. Templates lay it out; they
//! count nothing and write no sentence. No field is ever left out when it is serialised: an absent value is null, an empty list is
//! `[]`, an absent text is `""`, so a name that a template asks for and a view lacks is always a misspelling.
//!
//! To the view the press adds `labels` (of the theme: `sheets.common` with `sheets.<name>` laid over it) and `paper` (`a4`, `a3`).

pub mod assessment;
mod ballot;
mod card;
mod common;
pub mod finance;
mod notice;
mod official;
pub mod poster;
pub mod report;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod sample_forms;
mod signatures;
mod written_notice;

pub use assessment::Assessment;
pub use ballot::*;
pub use card::*;
pub use common::*;
pub use finance::Finance;
pub use notice::*;
pub use official::*;
pub use poster::Poster;
pub use report::Report;
pub use signatures::*;
pub use written_notice::*;

use super::Sheet;

/// The view of one kind of sheet.
pub trait View: serde::Serialize {
    /// The sheet; its template is `sheets/<name>.typ` of the theme.
    const SHEET: Sheet;

    /// Returns what the document says of itself.
    fn meta(&self) -> &Meta;
}

/// Samples of every view, with every field used, long titles, rare characters and flawed records: each is printed in a test.
#[cfg(test)]
pub(crate) trait Sample: View + Sized {
    /// The samples, with a name each.
    fn samples() -> Vec<(&'static str, Self)>;
}
