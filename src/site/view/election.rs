//! The page of an election or a recall.

use serde::{Deserialize, Serialize};

use super::{Attachment, Bar, Fact, Finding, Head, Laid, Milestone, NotShown, Posting, Proof, Prose, Related, Tag};

/// The page of an election or a recall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElectionPage {
    /// The top.
    pub head: Head,
    /// Why nobody was elected, or why it is void; may be empty.
    pub reason: String,
    /// The language of the reason, where it differs from the page's.
    pub reason_lang: Option<String>,
    /// The turnout first, with its bar, then whatever else has a threshold.
    pub proofs: Vec<Proof>,
    /// The turnout, where no rule asks for one.
    pub turnout: Option<Bar>,
    /// The ballots in words (`登记 1,120 人，发出 1,015 张，收回 1,009 张，有效 995 张，无效 14 张`).
    pub ballots: String,
    /// The candidates, those for one seat together, by their votes.
    pub candidates: Vec<CandidateRow>,
    /// Seats and those elected in words (`应选 5 人，当选 5 人`); may be empty.
    pub candidates_words: String,
    /// The ballots of each group; empty where they are not given.
    pub groups: Vec<GroupRow>,
    /// The sums of the groups.
    pub groups_total: Option<GroupRow>,
    /// The recall, where it is one.
    pub recall: Option<RecallVote>,
    /// List of voters, objections, vote, posting.
    pub course: Vec<Milestone>,
    /// What was elected, when, by whom conducted and supervised.
    pub facts: Laid<Fact>,
    /// The text of the record.
    pub body: Prose,
    /// The files that it links to.
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
    /// The roster that came of it, the election before and after.
    pub related: Vec<Related>,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateRow {
    /// The name, as names appear on this site.
    pub name: String,
    /// The language of the name, where it differs from the page's.
    pub lang: Option<String>,
    /// The post stood for, sex, group, note, in words; may be empty.
    pub note: String,
    /// The votes, written out.
    pub votes: String,
    /// Both numbers and the percentage (`612 ÷ 1,009 = 60.7%`).
    pub share: String,
    /// The votes among the ballots, with the threshold.
    pub bar: Bar,
    /// The threshold in words; empty where no rule asks for one.
    pub words: String,
    /// Elected or not.
    pub tag: Tag,
}

/// The ballots of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// The group.
    pub group: String,
    /// The language of its name, where it differs from the page's.
    pub lang: Option<String>,
    /// Seats; may be empty.
    pub seats: String,
    /// Registered voters.
    pub registered: String,
    /// Ballots issued.
    pub issued: String,
    /// Ballots returned.
    pub returned: String,
    /// The turnout in percent.
    pub turnout: String,
    /// The turnout in percent with one decimal, for its bar.
    pub width: String,
}

/// The vote on a recall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecallVote {
    /// Whose recall, who demanded it, the votes.
    pub facts: Laid<Fact>,
    /// Why.
    pub reason: String,
    /// The language of the reason, where it differs from the page's.
    pub reason_lang: Option<String>,
    /// What the person said to it; may be empty.
    pub defence: String,
    /// The language of the defence, where it differs from the page's.
    pub defence_lang: Option<String>,
    /// The votes.
    pub bar: Bar,
}
