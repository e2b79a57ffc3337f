//! The page of a meeting.

use serde::{Deserialize, Serialize};

use super::{Attachment, Fact, Finding, Head, ItemVote, Laid, NotShown, Posting, Proof, Prose, Related};

/// The page of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingPage {
    /// The top.
    pub head: Head,
    /// Notice, attendance and the like: whatever has a threshold besides the items.
    pub proofs: Vec<Proof>,
    /// The agenda with the votes.
    pub items: Vec<ItemVote>,
    /// The items in words (`2 项议题，通过 1 项，未通过 1 项`).
    pub items_words: String,
    /// Day, time, venue, body, presider, recorder, notice, signatures.
    pub facts: Laid<Fact>,
    /// The minutes.
    pub minutes: Prose,
    /// The files that the record links to.
    pub files: Vec<Attachment>,
    /// How the result is posted.
    pub posting: Option<Posting>,
    /// Departures from the procedure.
    pub findings: Vec<Finding>,
    /// The departures in words; empty where there are none.
    pub findings_words: String,
    /// Rules that lack their evidence.
    pub not_shown: Vec<NotShown>,
    /// How many rules were kept; may be empty.
    pub rules_words: String,
    /// Inquiries, matters and meetings that belong to it.
    pub related: Vec<Related>,
}
