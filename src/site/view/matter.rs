//! The page of a matter: the result, the process and the proofs.

use serde::{Deserialize, Serialize};

use super::{
    Attachment, Bar, Date, Fact, Finding, Head, ItemVote, Laid, Link, NotShown, Posting, Proof, Prose, Related, StepState, Tag,
};

/// The page of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterPage {
    /// The top.
    pub head: Head,
    /// Every step, in order; shown as the strip and as the timeline.
    pub steps: Vec<Step>,
    /// The strip in words (`八步中的第 6 步，前 5 步已完成`).
    pub progress: String,
    /// The workflow that the matter follows.
    pub procedure: Link,
    /// The meetings that voted on it: the one that decided (else the earliest) comes first, with pictures and rules; the others are
    /// told in words.
    pub votes: Vec<MeetingVote>,
    /// Other thresholds than votes (posting days, returned cards …).
    pub proofs: Vec<Proof>,
    /// The text of the record.
    pub body: Prose,
    /// The files that it links to.
    pub files: Vec<Attachment>,
    /// The versions of the motion, in order, each compared with the one before.
    pub versions: Vec<Version>,
    /// Comments during the posting, with their replies.
    pub comments: Vec<Comment>,
    /// The tasks.
    pub tasks: Vec<Task>,
    /// The tasks in words (`3 项任务，按期完成 3 项`); empty where there are none.
    pub tasks_words: String,
    /// Reports on the execution.
    pub reports: Vec<Report>,
    /// Surveys of satisfaction.
    pub surveys: Vec<SurveyResult>,
    /// Departures from the procedure.
    pub findings: Vec<Finding>,
    /// The departures in words (`2 处没有按程序办`); empty where there are none.
    pub findings_words: String,
    /// Rules that lack their evidence.
    pub not_shown: Vec<NotShown>,
    /// How many rules were kept (`已核对 14 条规则，12 条符合`); may be empty.
    pub rules_words: String,
    /// The opinions that it came from.
    pub opinions: Vec<OpinionSource>,
    /// The posting period.
    pub posting: Option<Posting>,
    /// The facts beside the text.
    pub facts: Laid<Fact>,
    /// Meetings, cases, assessments, inquiries that belong to it.
    pub related: Vec<Related>,
}

/// A step of the procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The anchor (`step-collect`).
    pub id: String,
    /// Its number, from 1.
    pub number: String,
    /// Its title (`集民意`).
    pub title: String,
    /// How far it has come.
    pub state: StepState,
    /// The body that is responsible; may be empty.
    pub by: String,
    /// Its days in short, for the strip (`1月5日—20日`); empty where it has none.
    pub short: String,
    /// Its days in full; empty where it has none.
    pub dates: String,
    /// One line: what the step asks for where it has not begun, the reason where it was left out; may be empty.
    pub note: String,
    /// What the record shows, in order.
    pub parts: Vec<StepPart>,
}

/// A part of a step: one stage, one way of consulting, one round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPart {
    /// Its title (`村"两委"联席会议`); empty where the step has one part only.
    pub title: String,
    /// Its day.
    pub date: Option<Date>,
    /// Its days, in words, where it took several; empty where `date` says it.
    pub days: String,
    /// The evidence.
    pub facts: Laid<Fact>,
}

/// A meeting that voted on the matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingVote {
    /// The meeting.
    pub meeting: Link,
    /// Its day.
    pub date: Date,
    /// Whether enough were present.
    pub attendance: Option<Proof>,
    /// The items about this matter.
    pub items: Vec<ItemVote>,
}

/// A version of the motion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// What it is (`初步方案`, `最终议案`).
    pub title: String,
    /// Its day.
    pub date: Option<Date>,
    /// The meeting or step that made it.
    pub source: Option<Link>,
    /// The language it is written in, where it differs from the page's.
    pub lang: Option<String>,
    /// The text, with what was added to and taken from the version before.
    pub runs: Vec<Run>,
    /// The change in words (`增加 16 字，删去 2 字`, `与上一稿相同`); empty for the first.
    pub change: String,
}

/// A run of text in a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Whether it was added, taken away or kept.
    pub change: Change,
    /// The text.
    pub text: String,
}

/// What became of a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It stood there before.
    Kept,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// A comment and its reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// When it was made.
    pub date: Option<Date>,
    /// What it says.
    pub text: String,
    /// The language of comment and reply, where it differs from the page's.
    pub lang: Option<String>,
    /// The reply; empty where there is none.
    pub reply: String,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The anchor (`task-1`).
    pub id: String,
    /// What has to be done.
    pub what: String,
    /// The language of the task, where it differs from the page's.
    pub lang: Option<String>,
    /// The unit in charge.
    pub owner: String,
    /// The person in charge; may be empty.
    pub lead: String,
    /// The language of unit and person, where it differs from the page's.
    pub owner_lang: Option<String>,
    /// What counts as done; may be empty.
    pub standard: String,
    /// By when.
    pub due: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// How it stands.
    pub tag: Tag,
}

/// A report on the execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// When.
    pub date: Date,
    /// To whom, or by whom, in words; may be empty.
    pub to: String,
    /// What it says.
    pub summary: String,
    /// The language of the report, where it differs from the page's.
    pub lang: Option<String>,
}

/// The result of a survey of satisfaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyResult {
    /// The question, or what was asked about; may be empty.
    pub question: String,
    /// The language of the question, where it differs from the page's.
    pub lang: Option<String>,
    /// Ballots in words (`发出 300 份，收回 288 份，有效 285 份`).
    pub ballots: String,
    /// The response rate with both numbers (`回收率 96.0%（288 ÷ 300）`).
    pub response: String,
    /// The share of satisfied answers with both numbers; may be empty (too few answers).
    pub satisfied: String,
    /// The picture; absent where there are too few answers.
    pub bar: Option<Bar>,
    /// The answers; empty where there are too few.
    pub answers: Vec<Answer>,
}

/// One answer of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The answer.
    pub label: String,
    /// How many gave it.
    pub count: String,
    /// The share of valid answers (`88.1%`).
    pub share: String,
}

/// An opinion that the matter came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionSource {
    /// The opinion's place in its register.
    pub link: Link,
    /// When it was heard.
    pub date: Option<Date>,
    /// How, and by whom (`入户走访，村民代表`).
    pub channel: String,
    /// What it says.
    pub text: String,
    /// The language of the opinion, where it differs from the page's.
    pub lang: Option<String>,
    /// What became of it.
    pub outcome: Tag,
}
