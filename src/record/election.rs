//! Typed records: elections and recalls with their ballots, candidates and outcome.

use jiff::civil::Date;
use serde::Deserialize;

use super::choice::{ElectedOffice, ElectionForm, ElectionOutcome, Role, Sex};
use super::common::{Attachment, Posting};

/// An election or a recall (选举).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Election {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// What is filled.
    pub office: ElectedOffice,
    /// General, by-election, run-off or recall.
    pub form: ElectionForm,
    /// The body whose seats are filled.
    pub body: String,
    /// Day of the vote.
    pub date: Date,
    /// Seats to fill.
    pub seats: Option<u64>,
    /// The election that a run-off follows.
    pub first: Option<String>,
    /// Who conducted it.
    pub conducted_by: Option<String>,
    /// Who supervised it.
    pub supervised_by: Option<String>,
    /// Day on which the list of voters was posted.
    pub list_posted: Option<Date>,
    /// Objections to the list.
    #[serde(default)]
    pub objections: Vec<Objection>,
    /// Registered voters.
    pub registered: u64,
    /// Ballots issued.
    pub issued: u64,
    /// Ballots returned.
    pub returned: u64,
    /// Valid ballots.
    pub valid: u64,
    /// Invalid ballots.
    pub invalid: u64,
    /// Blank ballots, not counted among the invalid.
    pub blank: Option<u64>,
    /// Ballots cast by proxy.
    pub proxies: Option<u64>,
    /// The most proxies that one person held.
    pub most_proxies: Option<u64>,
    /// By villagers' group or polling station.
    #[serde(default)]
    pub groups: Vec<GroupBallots>,
    /// Candidates and their votes.
    #[serde(default)]
    pub candidates: Vec<Candidate>,
    /// The recall.
    pub recall: Option<Recall>,
    /// Outcome.
    pub outcome: ElectionOutcome,
    /// Why nobody was elected, or why it is void.
    pub reason: Option<String>,
    /// Posting of the result.
    pub publicised: Option<Posting>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// An objection to the list of voters (异议).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Day on which it was made.
    pub date: Date,
    /// Day on which it was decided.
    pub decided: Option<Date>,
    /// What was decided.
    pub result: Option<String>,
}

/// The ballots of one villagers' group or polling station (分组投票).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupBallots {
    /// Villagers' group or polling station.
    pub group: String,
    /// Seats.
    pub seats: Option<u64>,
    /// Registered voters.
    pub registered: u64,
    /// Ballots issued.
    pub issued: u64,
    /// Ballots returned.
    pub returned: u64,
}

/// A candidate with the votes cast for them (候选人).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Name.
    pub name: String,
    /// Sex, where it is published.
    pub sex: Option<Sex>,
    /// The post stood for.
    pub role: Option<Role>,
    /// Villagers' group.
    pub group: Option<String>,
    /// Votes.
    pub votes: u64,
    /// Whether elected.
    #[serde(default)]
    pub elected: bool,
    /// Note.
    pub note: Option<String>,
}

/// A demand for recall and the vote on it (罢免).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    /// Whose recall was voted on.
    pub name: String,
    /// Post.
    pub role: Option<Role>,
    /// Why.
    pub reason: String,
    /// Voters who demanded it.
    pub voters: Option<u64>,
    /// Delegates who demanded it.
    pub delegates: Option<u64>,
    /// What the person said to it.
    pub defence: Option<String>,
    /// Votes for the recall.
    pub r#for: u64,
    /// Votes against it.
    pub against: u64,
}

impl Election {
    /// Returns who was elected.
    pub fn elected(&self) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().filter(|candidate| candidate.elected)
    }

    /// Returns the ballots of the group that a candidate stood in, where the ballots are given by group.
    pub fn group_of(&self, candidate: &Candidate) -> Option<&GroupBallots> {
        let group = candidate.group.as_ref()?;
        self.groups.iter().find(|ballots| ballots.group == *group)
    }
}
