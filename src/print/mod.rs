//! Sheets of paper: what is printed of a record, or of a place and a period.
//!
//! [`Sheet`] lists the kinds of sheets, [`select`] says which are printed, [`sheet`] writes the typed [`view`] of each from the
//! edition, and `press` (feature `print`) makes a PDF of it with the theme's template. The loudspeaker script is plain text and
//! needs no press.

mod blocks;
pub mod broadcast;
mod join;
mod locate;
pub mod markdown;
#[cfg(feature = "print")]
pub mod press;
pub mod select;
pub mod sheet;
pub mod view;

pub use join::join;
pub use locate::locate;
pub use select::{Selection, jobs};
pub use sheet::{Written, texts, write};

use crate::calendar::Period;
use crate::field::Kind;
use crate::language::{Language, Text};
use crate::register::RecordIx;

/// A kind of sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Sheet {
    /// The notice of a resolution or of a meeting, for the board.
    Notice,
    /// A resolution or minutes in the style of an official document.
    Official,
    /// A place's period at a glance.
    Poster,
    /// Income, expenditure and balance.
    Finance,
    /// Scores and ranks.
    Assessment,
    /// The sheet that delegates sign.
    Signatures,
    /// The card on which a household writes its opinion.
    Card,
    /// The ballot, item by item, or of satisfaction.
    Ballot,
    /// The written notice to delegates and households.
    WrittenNotice,
    /// The periodic work report of a place.
    Report,
    /// The script for the loudspeaker.
    Broadcast,
}

/// What a kind of sheet is printed of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Records of these kinds.
    Records(&'static [Kind]),
    /// A place and a period.
    Place,
}

/// A row of the table of sheets.
struct Row(Sheet, &'static str, (&'static str, &'static str), Of);

/// Every sheet: its name, its label in both languages, and what it is printed of.
const ROWS: [Row; 11] = [
    Row(Sheet::Notice, "notice", ("公示", "Notice"), Of::Records(&[Kind::Matter, Kind::Meeting])),
    Row(Sheet::Official, "official", ("公文", "Official document"), Of::Records(&[Kind::Matter, Kind::Meeting])),
    Row(Sheet::Poster, "poster", ("看板", "Poster"), Of::Place),
    Row(Sheet::Finance, "finance", ("财务公开表", "Accounts"), Of::Records(&[Kind::Finance])),
    Row(Sheet::Assessment, "assessment", ("考核结果", "Assessment"), Of::Records(&[Kind::Assessment])),
    Row(Sheet::Signatures, "signatures", ("签字表", "Signature sheet"), Of::Records(&[Kind::Meeting])),
    Row(Sheet::Card, "card", ("征求意见卡", "Opinion card"), Of::Records(&[Kind::Matter, Kind::Area])),
    Row(Sheet::Ballot, "ballot", ("表决票", "Ballot"), Of::Records(&[Kind::Meeting, Kind::Matter, Kind::Survey])),
    Row(Sheet::WrittenNotice, "written-notice", ("书面通知", "Written notice"), Of::Records(&[Kind::Matter, Kind::Meeting])),
    Row(Sheet::Report, "report", ("工作报告", "Work report"), Of::Place),
    Row(Sheet::Broadcast, "broadcast", ("广播稿", "Broadcast script"), Of::Records(&[Kind::Matter, Kind::Meeting])),
];

impl Sheet {
    /// Every kind of sheet.
    pub const ALL: [Self; ROWS.len()] = {
        let mut all = [Self::Notice; ROWS.len()];
        let mut i = 0;
        while i < ROWS.len() {
            all[i] = ROWS[i].0;
            i += 1;
        }
        all
    };

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// Returns the name that the command line, templates and files use (`written-notice`).
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// Finds a sheet by its name or its Chinese label.
    pub fn find(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.1 == name || row.2.0 == name).map(|row| row.0)
    }

    /// Returns what it is called.
    pub fn label(self) -> Text {
        let (zh, en) = self.row().2;
        Text::new(zh, en)
    }

    /// Returns what it is printed of.
    pub fn of(self) -> Of {
        self.row().3
    }
}

/// What one sheet is printed of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Subject {
    /// A record.
    Record(RecordIx),
    /// A place (the record of the area) and a period.
    Place(RecordIx, Period),
}

/// One sheet to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its kind.
    pub sheet: Sheet,
    /// What it is printed of.
    pub subject: Subject,
    /// Its language.
    pub language: Language,
    /// The name of its file, without the extension.
    pub stem: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_stands_in_the_row_of_its_number_and_is_found_by_both_names() {
        for (i, sheet) in Sheet::ALL.into_iter().enumerate() {
            assert_eq!(sheet as usize, i);
            assert_eq!(Sheet::find(sheet.name()), Some(sheet));
            assert_eq!(Sheet::find(&sheet.label().zh), Some(sheet));
        }
        assert_eq!(Sheet::find("flyer"), None);
    }

    #[test]
    fn a_site_names_every_sheet_as_the_command_does() {
        let named = crate::record::choice::SheetName::ALL.iter().map(|named| (Sheet::find(named.name()), named.label().zh));
        assert!(named.eq(Sheet::ALL.into_iter().map(|sheet| (Some(sheet), sheet.label().zh))));
    }
}
