//! What can be wrong with a matter on purpose, and which rule says so.

/// A flaw of a matter, of the meeting that decided it, or of the accounts of its village.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Posted for nine days.
    ShortPosting,
    /// No written notice to the delegates.
    NoWrittenNotice,
    /// A comment without a reply.
    CommentUnanswered,
    /// A task that is overdue.
    TaskOverdue,
    /// A topic set without a study of feasibility.
    NoFeasibility,
    /// A hearing without experts.
    NoExperts,
    /// A supervisor who carries out a task.
    SupervisorExecutes,
    /// Votes that do not add up to those present.
    VotesDoNotAddUp,
    /// More signatures than were present.
    TooManySignatures,
    /// An item that the meeting does not have.
    UnknownItem,
}

impl Flaw {
    /// Every flaw, in the order in which they are planted: seven departures from the procedure, then three wrong files.
    pub(super) const ALL: [Self; 10] = [
        Self::ShortPosting,
        Self::NoWrittenNotice,
        Self::CommentUnanswered,
        Self::TaskOverdue,
        Self::NoFeasibility,
        Self::NoExperts,
        Self::SupervisorExecutes,
        Self::VotesDoNotAddUp,
        Self::TooManySignatures,
        Self::UnknownItem,
    ];

    /// Returns the rule that must find it.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::ShortPosting => "eight-step/posting-days",
            Self::NoWrittenNotice => "eight-step/consult-ways",
            Self::CommentUnanswered => "eight-step/comments-answered",
            Self::TaskOverdue => "eight-step/task-overdue",
            Self::NoFeasibility => "eight-step/topic-feasibility",
            Self::NoExperts => "eight-step/experts-present",
            Self::SupervisorExecutes => "eight-step/supervisor-independent",
            Self::VotesDoNotAddUp => "arithmetic/vote-sum",
            Self::TooManySignatures => "eight-step/signatures",
            Self::UnknownItem => "reference/unknown",
        }
    }
}
