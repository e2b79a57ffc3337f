//! The notice of a resolution or of a meeting, for the board.

use serde::Serialize;

use super::{Contact, Line, Meta, Online, Posting, Seal, Step, View, VoteRow};
use crate::print::Sheet;
use crate::site::view::{Bar, Met};

/// The notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// What the document says of itself.
    pub meta: Meta,
    /// Place and kind (`新民村 · 决议公示`).
    pub kicker: String,
    /// The title.
    pub title: String,
    /// Number, day and the like, in one line below the title.
    pub facts: Vec<Line>,
    /// The text, paragraph by paragraph: what was decided, by whom and when.
    pub text: Vec<String>,
    /// Who was there.
    pub attendance: Option<Attendance>,
    /// The votes, item by item.
    pub votes: Vec<VoteRow>,
    /// The steps of the procedure; none for a meeting.
    pub steps: Vec<Step>,
    /// The procedure and how far it has come (`八步工作法 · 第 6 步 广示之`); empty for a meeting.
    pub progress: String,
    /// Departures from the procedure, a sentence each.
    pub findings: Vec<String>,
    /// Who signs or has signed.
    pub signatures: Signatures,
    /// The posting period.
    pub posting: Option<Posting>,
    /// Where to object.
    pub objection: Option<Contact>,
    /// The page online.
    pub online: Online,
    /// The place for the seal.
    pub seal: Seal,
    /// The digest of the record, in short form.
    pub digest: String,
    /// The day of which the notice speaks.
    pub as_of: String,
}

/// Who was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attendance {
    /// The numbers, with their units.
    pub figures: Vec<Line>,
    /// The arithmetic of the quorum in words; empty where no rule asks for one.
    pub arithmetic: String,
    /// Whether enough were there.
    pub met: Option<Met>,
    /// The result in words (`达到`); empty where no rule asks for one.
    pub met_words: String,
    /// The picture.
    pub bar: Option<Bar>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signatures {
    /// Those who belong to the body, in the order of the roster: each signs beside the name. None without a roster.
    pub names: Vec<String>,
    /// How many have signed, or who is to sign, in words; may be empty.
    pub words: String,
}

impl View for Notice {
    const SHEET: Sheet = Sheet::Notice;

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
