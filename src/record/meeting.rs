//! Typed records: meetings, their attendance and votes.

use jiff::civil::Date;
use serde::Deserialize;

use super::choice::{Ballot, Outcome, Voting, Way};
use super::common::{Attachment, Posting, RoleHolder};

/// A meeting of a body (会议).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// The body that met.
    pub body: String,
    /// Day.
    pub date: Date,
    /// Time of day.
    pub time: Option<Hours>,
    /// Place.
    pub venue: Option<String>,
    /// Notice of the meeting.
    pub notice: Option<Notice>,
    /// Who convened it.
    pub convened_by: Option<RoleHolder>,
    /// Who presided.
    pub presided_by: Option<RoleHolder>,
    /// People entitled to attend.
    pub entitled: Option<u64>,
    /// People present.
    pub present: Option<u64>,
    /// Households entitled, where households send one.
    pub households_entitled: Option<u64>,
    /// Households represented.
    pub households_present: Option<u64>,
    /// Attendance by villagers' group.
    #[serde(default)]
    pub groups: Vec<GroupAttendance>,
    /// Items.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Delegates who signed the resolution.
    pub signatures: Option<u64>,
    /// Recorder.
    pub recorder: Option<String>,
    /// Posting after the meeting.
    pub publicised: Option<Posting>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// From one time of day to another (时间).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Beginning.
    pub from: String,
    /// End.
    pub to: Option<String>,
}

/// How a meeting was announced (通知).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Day of the notice.
    pub date: Date,
    /// Ways of the notice.
    #[serde(default)]
    pub ways: Vec<Way>,
    /// Why the notice was shortened.
    pub reason: Option<String>,
}

/// Attendance of one villagers' group (分组出席).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupAttendance {
    /// Villagers' group.
    pub group: String,
    /// Entitled.
    pub entitled: u64,
    /// Present.
    pub present: u64,
}

/// One item of a meeting, voted on by itself (议项).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Number of the item.
    pub no: u64,
    /// The matter that it belongs to.
    pub matter: Option<String>,
    /// The motion.
    pub motion: String,
    /// The motion in English.
    pub motion_en: Option<String>,
    /// How the vote is taken.
    pub ballot: Option<Ballot>,
    /// Item by item, or in one block.
    pub voting: Option<Voting>,
    /// Votes.
    pub votes: Option<Votes>,
    /// Outcome.
    pub outcome: Option<Outcome>,
    /// Amendment made in the meeting.
    pub amended: Option<String>,
    /// Note.
    pub note: Option<String>,
}

impl Item {
    /// Whether it was put to the vote: it was passed or rejected, or there are votes.
    pub fn is_voted(&self) -> bool {
        self.votes.is_some() || matches!(self.outcome, Some(Outcome::Passed | Outcome::Rejected))
    }
}

/// The votes on one item (票数).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// For.
    pub r#for: u64,
    /// Against.
    pub against: u64,
    /// Abstentions.
    pub abstain: Option<u64>,
    /// Invalid ballots.
    pub invalid: Option<u64>,
    /// Present without voting.
    pub absent: Option<u64>,
}
