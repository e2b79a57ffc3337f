//! Typed records: the evidence of the steps of a matter, one type a form.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::choice::{ConsultWay, Demand, Office, Origin, Participant, ResultUsed, Review, Stage, Way};
use super::common::{Days, SurveyResult};
use super::de::read;
use super::share::Share;
use super::tree::Tree;

/// Opinions heard from households (集民意).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collect {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
    /// The opinions that led to it.
    #[serde(default)]
    pub opinions: Vec<String>,
    /// Households visited.
    pub households_visited: Option<u64>,
    /// Summary.
    pub summary: Option<String>,
}

/// The topic that the party organisation set (定议题).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetTopic {
    /// Day.
    pub date: Date,
    /// Who set it.
    pub by: Option<Office>,
    /// Meeting.
    pub meeting: Option<String>,
    /// Feasibility.
    pub feasibility: Option<String>,
    /// Preliminary plan.
    pub plan: Option<String>,
}

/// One way of consultation (征意见).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// Way.
    pub way: ConsultWay,
    /// Day.
    pub date: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Meeting.
    pub meeting: Option<String>,
    /// Sent.
    pub sent: Option<u64>,
    /// Returned.
    pub returned: Option<u64>,
    /// In favour.
    pub in_favour: Option<u64>,
    /// People heard.
    pub people: Option<u64>,
    /// What was said.
    pub summary: Option<String>,
    /// What changed because of it.
    pub adopted: Option<String>,
}

/// One stage of examination (审议).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examination {
    /// Stage.
    pub stage: Stage,
    /// Day.
    pub date: Option<Date>,
    /// Meeting.
    pub meeting: Option<String>,
    /// Experts, by office and field, not by name.
    #[serde(default)]
    pub experts: Vec<String>,
    /// Conclusion.
    pub conclusion: Option<String>,
    /// The motion as this stage left it.
    pub motion: Option<String>,
}

/// The item of a meeting by which it was decided (成决议).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolve {
    /// Meeting.
    pub meeting: String,
    /// Number of the item.
    pub item: Option<u64>,
    /// Day on which the resolution was published.
    pub published: Option<Date>,
}

/// The posting of the result and the process (广示之).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publicise {
    /// First day of posting.
    pub from: Date,
    /// Last day of posting, included.
    pub to: Option<Date>,
    /// Ways of publication.
    #[serde(default)]
    pub ways: Vec<Way>,
    /// Delegates who signed.
    pub signatures: Option<u64>,
    /// Summary.
    pub summary: Option<String>,
    /// Comments received while posted.
    #[serde(default)]
    pub comments: Vec<Comment>,
}

/// A comment received while posted, and the reply (反馈).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// Day.
    pub date: Date,
    /// What was said.
    pub text: String,
    /// Reply.
    pub reply: Option<String>,
    /// Day of the reply.
    pub replied: Option<Date>,
}

/// The plan, its approval, its money and its tasks (抓落实).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Implement {
    /// Implementation plan.
    pub plan: Option<String>,
    /// The vote that approved it.
    pub approved: Option<Approved>,
    /// Budget.
    pub budget: Option<Decimal>,
    /// Spent.
    pub spent: Option<Decimal>,
    /// Tasks.
    #[serde(default)]
    pub tasks: Vec<Task>,
}

/// The vote by which a plan was approved (审议通过).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approved {
    /// Meeting.
    pub meeting: String,
    /// Number of the item.
    pub item: Option<u64>,
}

/// A task with its owner, standard and due date (任务).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// What is to be done.
    pub what: String,
    /// The unit responsible.
    pub owner: String,
    /// The person responsible.
    pub lead: Option<String>,
    /// Standard.
    pub standard: Option<String>,
    /// Due date.
    pub due: Date,
    /// Day on which it was done.
    pub done: Option<Date>,
    /// Note.
    pub note: Option<String>,
}

/// Who supervises, and the reports on execution (严监督).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supervise {
    /// Supervisors.
    #[serde(default)]
    pub supervisors: Vec<String>,
    /// Day on which they were assigned.
    pub assigned: Option<Date>,
    /// Reports on execution.
    #[serde(default)]
    pub reports: Vec<Report>,
    /// Inspections.
    #[serde(default)]
    pub inspections: Vec<Inspection>,
    /// Day on which the matter was completed.
    pub completed: Option<Date>,
}

/// A report on execution (报告).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Day.
    pub date: Date,
    /// To whom.
    pub to: Vec<Office>,
    /// Progress, per cent.
    pub percent: Option<u64>,
    /// Summary.
    pub summary: Option<String>,
}

/// An inspection (视察).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// Day.
    pub date: Date,
    /// By whom.
    pub by: Participant,
    /// What was found.
    pub finding: Option<String>,
}

/// Opinions by channel, or a superior's policy (提).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Propose {
    /// Origin.
    pub origin: Origin,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
    /// Urgent, practical or difficult.
    pub class: Option<Demand>,
    /// Opinions received by channel.
    #[serde(default)]
    pub channels: BTreeMap<String, u64>,
    /// The opinions that led to it.
    #[serde(default)]
    pub opinions: Vec<String>,
    /// The three criteria.
    pub screening: Option<Screening>,
    /// Rounds of asking the public.
    #[serde(default)]
    pub rounds: Vec<Round>,
    /// Summary.
    pub summary: Option<String>,
}

/// The three criteria by which a proposal is screened (筛选).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Screening {
    /// Whether it fits the facts.
    pub practical: bool,
    /// Whether it serves most residents.
    pub majority_interest: bool,
    /// Whether it serves development.
    pub development: bool,
}

/// One round of asking the public about a superior's policy (征求轮次).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Day.
    pub date: Date,
    /// The draft of this round.
    pub draft: Option<String>,
    /// People asked.
    pub asked: Option<u64>,
    /// What was said.
    pub summary: Option<String>,
}

/// The four-step decision (定).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    /// Fix the topic.
    pub topic: Option<Topic>,
    /// Study in depth.
    pub study: Option<Study>,
    /// Publicise and argue.
    pub argue: Option<Argue>,
    /// Decide and resolve.
    pub resolve: Option<Resolve>,
}

/// When and where the topic was fixed (确定议题).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Day.
    pub date: Date,
    /// Meeting.
    pub meeting: Option<String>,
    /// Number of the item.
    pub item: Option<u64>,
}

/// The study in depth (深入调研).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
    /// Who studied it.
    pub by: Option<String>,
    /// What was found.
    pub report: Option<String>,
}

/// Publication of the draft and the hearing (公示论证).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argue {
    /// Days of publication.
    pub publicised: Option<Days>,
    /// Day of the hearing.
    pub hearing: Option<Date>,
    /// Participants.
    pub participants: Option<u64>,
    /// Experts, by office and field, not by name.
    #[serde(default)]
    pub experts: Vec<String>,
    /// What was said.
    pub summary: Option<String>,
}

/// The work, broken down into tasks (干).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Execute {
    /// Principle.
    pub principle: Option<String>,
    /// Who took part in planning.
    #[serde(default)]
    pub planned_with: Vec<Participant>,
    /// Budget.
    pub budget: Option<Decimal>,
    /// Spent.
    pub spent: Option<Decimal>,
    /// Tasks.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// Whether it is a hot or hard issue.
    #[serde(default)]
    pub hot_issue: bool,
    /// Who follows it through.
    #[serde(default)]
    pub followed_by: Vec<Participant>,
}

/// Inspections, meetings, inquiries and the survey (评).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluate {
    /// Inspections by deputies.
    #[serde(default)]
    pub inspections: Vec<Inspection>,
    /// Progress and stage meetings.
    #[serde(default)]
    pub meetings: Vec<ReviewMeeting>,
    /// Inquiries.
    #[serde(default)]
    pub inquiries: Vec<String>,
    /// Satisfaction ballot.
    pub survey: Option<SurveyResult>,
}

/// A progress or stage meeting (评议会议).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewMeeting {
    /// Day.
    pub date: Date,
    /// Class.
    pub class: Review,
    /// Record of the meeting.
    pub meeting: Option<String>,
    /// Summary.
    pub summary: Option<String>,
}

/// The assessments that it entered and what they were used for (考).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assess {
    /// The contract that it entered.
    pub contract: Option<String>,
    /// Assessments.
    #[serde(default)]
    pub assessments: Vec<String>,
    /// What the results were used for.
    #[serde(default)]
    pub used_for: Vec<ResultUsed>,
}

/// What was done, when and by whom: the form for steps of other procedures (记述).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Day.
    pub date: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Who did it.
    pub by: Option<String>,
    /// Meeting.
    pub meeting: Option<String>,
    /// Number of the item.
    pub item: Option<u64>,
    /// The text as this step left it.
    pub motion: Option<String>,
    /// Summary.
    pub summary: Option<String>,
    /// People who took part.
    pub attended: Option<u64>,
    /// A share reported.
    pub share: Option<Share>,
}

/// The evidence of one step, in the form that its pack names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// Form `collect`.
    Collect(Box<Collect>),
    /// Form `set-topic`.
    SetTopic(Box<SetTopic>),
    /// Form `consult`.
    Consult(Vec<Consultation>),
    /// Form `examine`.
    Examine(Vec<Examination>),
    /// Form `resolve`.
    Resolve(Box<Resolve>),
    /// Form `publicise`.
    Publicise(Box<Publicise>),
    /// Form `implement`.
    Implement(Box<Implement>),
    /// Form `supervise`.
    Supervise(Box<Supervise>),
    /// Form `propose`.
    Propose(Box<Propose>),
    /// Form `decide`.
    Decide(Box<Decide>),
    /// Form `execute`.
    Execute(Box<Execute>),
    /// Form `evaluate`.
    Evaluate(Box<Evaluate>),
    /// Form `assess`.
    Assess(Box<Assess>),
    /// Form `account`.
    Account(Box<Account>),
}

impl Evidence {
    /// Returns the name of the form.
    pub fn form(&self) -> &'static str {
        match self {
            Self::Collect(_) => "collect",
            Self::SetTopic(_) => "set-topic",
            Self::Consult(_) => "consult",
            Self::Examine(_) => "examine",
            Self::Resolve(_) => "resolve",
            Self::Publicise(_) => "publicise",
            Self::Implement(_) => "implement",
            Self::Supervise(_) => "supervise",
            Self::Propose(_) => "propose",
            Self::Decide(_) => "decide",
            Self::Execute(_) => "execute",
            Self::Evaluate(_) => "evaluate",
            Self::Assess(_) => "assess",
            Self::Account(_) => "account",
        }
    }

    /// Reads the evidence of a form from its checked tree; `None` where the form is unknown or the tree was not checked by it.
    pub(super) fn read(form: &str, tree: &Tree) -> Option<Self> {
        match form {
            "collect" => read(tree).map(Self::Collect),
            "set-topic" => read(tree).map(Self::SetTopic),
            "consult" => read(tree).map(Self::Consult),
            "examine" => read(tree).map(Self::Examine),
            "resolve" => read(tree).map(Self::Resolve),
            "publicise" => read(tree).map(Self::Publicise),
            "implement" => read(tree).map(Self::Implement),
            "supervise" => read(tree).map(Self::Supervise),
            "propose" => read(tree).map(Self::Propose),
            "decide" => read(tree).map(Self::Decide),
            "execute" => read(tree).map(Self::Execute),
            "evaluate" => read(tree).map(Self::Evaluate),
            "assess" => read(tree).map(Self::Assess),
            "account" => read(tree).map(Self::Account),
            _ => None,
        }
    }
}
