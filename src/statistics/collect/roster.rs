//! The facts of rosters and elections: who is in office, what delegates did, how many voted.

use std::borrow::Cow;

use jiff::civil::Date;

use super::other::class_in;
use super::{Drafts, short};
use crate::calendar::Period;
use crate::field::Kind;
use crate::record::delegates::{Attendance, Delegate, Delegates, Review};
use crate::record::{Election, Record};
use crate::statistics::fact::{Key, Spot};
use crate::statistics::measure::Measure as M;

/// A member of a roster, with the class of the body and where the member stands.
struct Member<'e> {
    class: &'static str,
    spot: Spot,
    roster: &'e Delegates,
    delegate: &'e Delegate,
}

/// Counts the delegates of a roster, the households linked to them, and what each did.
pub(super) fn delegates<'e>(drafts: &mut Drafts<'e>, record: &Record, roster: &'e Delegates) {
    let class = class_in(drafts.edition, &record.area, &roster.body).name();
    let next = next_term(drafts, record, roster);
    for (n, delegate) in roster.members.iter().enumerate() {
        let member = Member { class, spot: Spot::Element(Key::Members, short(n)), roster, delegate };
        if !delegate.committee_member {
            member.office(drafts, next);
        }
        member.visits(drafts);
        member.attendance(drafts);
        for review in &delegate.assessments {
            member.review(drafts, review);
        }
    }
}

/// Returns the first day of the term after that of a roster, by the rosters of the same body.
fn next_term(drafts: &Drafts, record: &Record, roster: &Delegates) -> Option<Date> {
    let edition = drafts.edition;
    let others = edition.register.records_of(&record.area, Kind::Delegates).iter();
    let others = others.filter(|ix| edition.is_published(**ix)).filter_map(|ix| edition.register.get(*ix).delegates());
    others.filter(|other| other.body == roster.body && other.term.from > roster.term.from).map(|other| other.term.from).min()
}

impl Member<'_> {
    fn add(&self, drafts: &mut Drafts, measure: M, day: Date, n: u64) {
        drafts.add(measure, Some(Cow::Borrowed(self.class)), day, self.spot, n);
    }

    /// Counts a delegate, and the households linked, from the first day in office to the last.
    fn office(&self, drafts: &mut Drafts, next: Option<Date>) {
        let from = self.delegate.since.unwrap_or(self.roster.term.from).max(self.roster.term.from);
        let before_next = next.and_then(|next| next.yesterday().ok());
        let to = [self.delegate.until, self.roster.term.to, before_next].into_iter().flatten().min();
        if to.is_some_and(|to| to < from) {
            return;
        }
        let households = i64::try_from(self.delegate.households.unwrap_or(0)).unwrap_or(0);
        for (measure, amount) in [(M::Delegates, 1), (M::Households, households)] {
            drafts.add(measure, Some(Cow::Borrowed(self.class)), from, self.spot, amount);
            if let Some(after) = to.and_then(|to| to.tomorrow().ok()) {
                drafts.add(measure, Some(Cow::Borrowed(self.class)), after, self.spot, -amount);
            }
        }
    }

    fn visits(&self, drafts: &mut Drafts) {
        for visit in &self.delegate.visits {
            self.add(drafts, M::Visits, visit.date, 1);
            self.add(drafts, M::HouseholdsVisited, visit.date, visit.households);
            self.add(drafts, M::VisitOpinions, visit.date, visit.opinions.unwrap_or(0));
        }
    }

    /// Counts the attendance of each period that lies in no longer one.
    fn attendance(&self, drafts: &mut Drafts) {
        let all = &self.delegate.attendance;
        let within = |period: Period, other: &Attendance| {
            other.period.cycle().months() > period.cycle().months() && other.period.contains(period.first())
        };
        for part in all.iter().filter(|part| !all.iter().any(|other| within(part.period, other))) {
            let day = part.period.last().min(self.roster.date);
            self.add(drafts, M::DelegateEntitled, day, part.held);
            self.add(drafts, M::DelegatePresent, day, part.present);
        }
    }

    fn review(&self, drafts: &mut Drafts, review: &Review) {
        let end = i16::try_from(review.year).ok().and_then(|year| Date::new(year, 12, 31).ok());
        let Some(day) = end.map(|end| end.min(self.roster.date)) else { return };
        self.add(drafts, M::DelegateReviews, day, 1);
        if review.reward.is_some() {
            self.add(drafts, M::DelegateRewards, day, 1);
        }
        if review.penalty.is_some() {
            self.add(drafts, M::DelegatePenalties, day, 1);
        }
    }
}

/// Counts an election or a recall: its outcome, who was entitled, the ballots, and who was elected.
pub(super) fn election(drafts: &mut Drafts, election: &Election) {
    let (day, office) = (election.date, election.office.name());
    drafts.count_as(M::Elections, election.outcome.name(), day, Spot::Whole);
    let elected = u64::try_from(election.elected().count()).unwrap_or(u64::MAX);
    let sums = [
        (M::Voters, election.registered),
        (M::ElectionReturned, election.returned),
        (M::ElectionValid, election.valid),
        (M::Elected, elected),
    ];
    for (measure, n) in sums {
        drafts.add(measure, Some(Cow::Borrowed(office)), day, Spot::Whole, n);
    }
    if let Some(posting) = &election.publicised {
        super::other::posted(drafts, "election", posting.from, posting.to, Spot::Key(Key::Publicised));
    }
}
