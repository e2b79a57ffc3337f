//! The facts of places, opinions, meetings, accounts, inquiries, disclosures, surveys and assessments.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{Drafts, short};
use crate::calendar::Period;
use crate::edition::Edition;
use crate::field::Kind;
use crate::record::choice::{BodyClass, Currency, OpinionOutcome};
use crate::record::finance::FinanceEntry;
use crate::record::{Area, Assessment, Disclosure, Finance, Inquiry, Meeting, Opinions, Record, Survey};
use crate::register::RecordIx;
use crate::statistics::FEWEST_BALLOTS;
use crate::statistics::fact::{Key, Spot};
use crate::statistics::measure::Measure as M;

/// Counts a place, and the procedures that it follows.
pub(super) fn area(drafts: &mut Drafts, area: &Area) {
    let level = area.level.name();
    drafts.count_as(M::Places, level, Date::MIN, Spot::Key(Key::Level));
    let mut adopted: Vec<_> = area.workflows.iter().enumerate().collect();
    adopted.sort_by_key(|(_, adopted)| (adopted.id.as_str(), adopted.since));
    // The day until which the place is known to follow the procedure before it; the same procedure twice at a time is one.
    let mut last: Option<(&str, Date)> = None;
    for (n, adopted) in adopted {
        let spot = Spot::Element(Key::Workflows, short(n));
        let until = adopted.until.unwrap_or(Date::MAX);
        let known = last.filter(|(id, _)| *id == adopted.id).map(|(_, until)| until);
        let name = || Some(Cow::Owned(format!("{}/{level}", adopted.id)));
        let since = known.map_or(adopted.since, |known| known.tomorrow().unwrap_or(Date::MAX).max(adopted.since));
        if since <= until {
            drafts.add(M::Adopted, name(), since, spot, 1);
            if let Ok(after) = until.tomorrow() {
                drafts.add(M::Adopted, name(), after, spot, -1);
            }
            last = Some((&adopted.id, until));
        }
    }
}

/// Counts each opinion.
pub(super) fn opinions(drafts: &mut Drafts, opinions: &Opinions) {
    for (n, opinion) in opinions.items.iter().enumerate() {
        let (day, spot) = (opinion.date, Spot::Item(short(n)));
        let outcome = opinion.outcome.unwrap_or(OpinionOutcome::Pending);
        drafts.count_as(M::Opinions, outcome.name(), day, spot);
        drafts.count_as(M::OpinionChannels, opinion.channel.name(), day, spot);
        if outcome != OpinionOutcome::Pending {
            drafts.count(M::OpinionsSettled, day, spot);
        }
        if matches!(outcome, OpinionOutcome::TakenUp | OpinionOutcome::Merged) {
            drafts.count(M::Taken, day, spot);
        }
        drafts.days(M::DaysToReply, Some(day), opinion.replied, spot);
    }
}

/// Returns the class of the body that met.
pub(super) fn class_of(edition: &Edition, meeting: RecordIx) -> BodyClass {
    let record = edition.register.get(meeting);
    record.meeting().map_or(BodyClass::Other, |meeting| class_in(edition, &record.area, &meeting.body))
}

/// Returns the class of a body of a place.
pub(super) fn class_in(edition: &Edition, area: &str, body: &str) -> BodyClass {
    edition.register.body(area, body).map_or(BodyClass::Other, |body| body.class)
}

/// Counts a meeting, who was there, and the votes on its items.
pub(super) fn meeting(drafts: &mut Drafts, meeting: &Meeting) {
    let class = class_of(drafts.edition, drafts.record).name();
    let day = meeting.date;
    drafts.count_as(M::Meetings, class, day, Spot::Whole);
    let mut add = |measure, spot, n: u64| drafts.add(measure, Some(Cow::Borrowed(class)), day, spot, n);
    if let Some((entitled, present)) = meeting.entitled.zip(meeting.present) {
        add(M::Entitled, Spot::Key(Key::Entitled), entitled);
        add(M::Present, Spot::Key(Key::Present), present);
    }
    for (n, item) in meeting.items.iter().enumerate() {
        if let Some((votes, present)) = item.votes.as_ref().zip(meeting.present) {
            add(M::VotesPresent, Spot::Item(short(n)), present);
            add(M::VotesFor, Spot::Item(short(n)), votes.r#for);
        }
    }
    if let Some(posting) = &meeting.publicised {
        posted(drafts, "meeting", posting.from, posting.to, Spot::Key(Key::Publicised));
    }
}

/// Counts the days of a posting that has ended.
pub(super) fn posted(drafts: &mut Drafts, kind: &'static str, from: Date, to: Date, spot: Spot) {
    let days = crate::calendar::days_between(from, to) + 1;
    drafts.add(M::PostingDays, Some(Cow::Borrowed(kind)), to, spot, days);
}

/// Adds up the entries of accounts, and notes the balance.
pub(super) fn finance(drafts: &mut Drafts, record: &Record, finance: &Finance) {
    let currency = finance.currency.unwrap_or(Currency::Cny).name();
    let shorter = shorter_accounts(drafts, record, finance.period);
    let counts = |entry: &FinanceEntry| !shorter.iter().any(|period| period.contains(entry.date));
    let lists = [(M::Income, Key::Income, &finance.income), (M::Expenditure, Key::Expenditure, &finance.expenditure)];
    for (measure, key, entries) in lists {
        for (n, entry) in entries.iter().enumerate().filter(|(_, entry)| counts(entry)) {
            drafts.add(measure, Some(Cow::Borrowed(currency)), entry.date, Spot::Element(key, short(n)), entry.amount);
        }
    }
    drafts.add(M::Balance, Some(Cow::Borrowed(currency)), finance.period.last(), Spot::Key(Key::Closing), finance.closing);
    drafts.count(M::Accounts, finance.published.unwrap_or_else(|| finance.period.last()), Spot::Whole);
}

/// Returns the periods of other accounts of the same place that lie within this one and are shorter.
fn shorter_accounts(drafts: &Drafts, record: &Record, period: Period) -> Vec<Period> {
    let edition = drafts.edition;
    let others = edition.register.records_of(&record.area, Kind::Finance).iter();
    let others = others.filter(|ix| **ix != drafts.record && edition.is_published(**ix));
    let periods = others.filter_map(|ix| Some(edition.register.get(*ix).finance()?.period));
    let within = |other: &Period| other.cycle().months() < period.cycle().months() && period.contains(other.first());
    periods.filter(within).collect()
}

/// How many days there are for an answer where an inquiry names no day, as the procedures have it.
const DAYS_TO_ANSWER: i64 = 15;

/// Counts an inquiry, and whether it was answered in time.
pub(super) fn inquiry(drafts: &mut Drafts, inquiry: &Inquiry) {
    let asked = inquiry.asked.date;
    let answered = inquiry.answered.as_ref().map(|answered| answered.date);
    drafts.count(M::Inquiries, asked, Spot::Whole);
    let fifteen = || asked.checked_add(jiff::Span::new().days(DAYS_TO_ANSWER)).unwrap_or(Date::MAX);
    drafts.due((M::InquiriesDue, M::InquiriesOnTime), inquiry.due.unwrap_or_else(fifteen), answered, Spot::Whole);
    drafts.days(M::DaysToAnswer, Some(asked), answered, Spot::Key(Key::Answered));
}

/// Counts a disclosure that was due, and its posting.
pub(super) fn disclosure(drafts: &mut Drafts, disclosure: &Disclosure) {
    if let Some(due) = disclosure.due {
        drafts.due((M::DisclosuresDue, M::DisclosuresOnTime), due, disclosure.published, Spot::Key(Key::Due));
    }
    if let Some(posting) = &disclosure.publicised {
        posted(drafts, "disclosure", posting.from, posting.to, Spot::Key(Key::Publicised));
    }
}

/// Counts the ballots of a survey that stands alone.
pub(super) fn survey(drafts: &mut Drafts, survey: &Survey) {
    let day = survey.date.or(survey.published).unwrap_or_else(|| survey.period.last());
    let answers = [survey.satisfied, survey.mostly, survey.dissatisfied];
    ballots(drafts, day, Spot::Whole, [survey.issued, survey.returned, survey.valid], answers);
}

/// Counts the ballots of a survey: issued, returned and valid; satisfied, mostly satisfied and dissatisfied.
pub(super) fn ballots(drafts: &mut Drafts, day: Date, spot: Spot, [issued, returned, valid]: [u64; 3], answers: [u64; 3]) {
    drafts.count(M::Surveys, day, spot);
    drafts.add(M::BallotsIssued, None, day, spot, issued);
    drafts.add(M::BallotsReturned, None, day, spot, returned);
    drafts.add(M::BallotsValid, None, day, spot, valid);
    if valid < u64::from(FEWEST_BALLOTS) {
        // Were they in any total, the answers of the few could be told from what it differs by.
        return;
    }
    for (name, n) in ["satisfied", "mostly", "dissatisfied"].into_iter().zip(answers) {
        drafts.add(M::Answers, Some(Cow::Borrowed(name)), day, spot, n);
    }
    drafts.add(M::Pleased, None, day, spot, answers[0] + answers[1]);
}

/// Counts an assessment.
pub(super) fn assessment(drafts: &mut Drafts, assessment: &Assessment) {
    let day = assessment.published.unwrap_or_else(|| assessment.period.last());
    drafts.count_as(M::Assessments, assessment.cycle.name(), day, Spot::Whole);
}
