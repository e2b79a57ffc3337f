//! The facts of a matter: how it stands, how far it came and how long it took, its tasks, reports, postings and survey.

use std::borrow::Cow;

use jiff::civil::Date;

use super::other::{ballots, class_of, posted};
use super::{Drafts, short};
use crate::calendar::{Cycle, Period};
use crate::record::choice::{BodyClass, Outcome};
use crate::record::evidence::{Account, Decide, Propose, Publicise, Task};
use crate::record::{Evidence, Matter};
use crate::register::RecordIx;
use crate::statistics::fact::{Key, Spot};
use crate::statistics::measure::Measure as M;
use crate::verdict::{Progress, Status, StepState, Verdict};

/// A matter, as it is read for its facts.
struct Course<'e> {
    ix: RecordIx,
    matter: &'e Matter,
    verdict: Option<&'e Verdict>,
    /// The day of the meeting that decided it, once it was held.
    decided: Option<Date>,
    /// The class of the body that decided it.
    class: &'static str,
}

pub(super) fn matter<'e>(drafts: &mut Drafts<'e>, matter: &'e Matter) {
    let edition = drafts.edition;
    let meeting = edition.deciding_item(drafts.record).map(|(meeting, _)| meeting);
    let course = Course {
        ix: drafts.record,
        matter,
        verdict: edition.verdict(drafts.record),
        decided: meeting.and_then(|meeting| edition.register.date_of(meeting)),
        class: meeting.map_or(BodyClass::Other, |meeting| class_of(edition, meeting)).name(),
    };
    course.standing(drafts);
    course.intervals(drafts);
    course.decision(drafts);
    course.funnel(drafts);
    for (n, (step, evidence)) in matter.steps.iter().enumerate() {
        let n = u8::try_from(n).unwrap_or(u8::MAX);
        match evidence {
            Evidence::Publicise(days) => posting(drafts, n, days),
            Evidence::Propose(propose) => opinions(drafts, n, propose),
            Evidence::Implement(implement) => {
                course.tasks(drafts, n, &implement.tasks);
                course.reports(drafts, step, &implement.tasks);
            }
            Evidence::Execute(execute) => course.tasks(drafts, n, &execute.tasks),
            Evidence::Evaluate(evaluate) => {
                if let Some(survey) = &evaluate.survey {
                    let day = survey.date.or_else(|| course.last_day(step)).or_else(|| edition.register.date_of(course.ix));
                    let day = day.unwrap_or(edition.as_of);
                    let counted = [survey.satisfied, survey.mostly, survey.dissatisfied];
                    ballots(drafts, day, Spot::StepKey(n, Key::Survey), [survey.issued, survey.returned, survey.valid], counted);
                }
            }
            _ => {}
        }
    }
}

impl<'e> Course<'e> {
    /// Returns the steps as judged.
    fn steps(&self) -> &'e [StepState] {
        self.verdict.map_or(&[], |verdict| &verdict.steps)
    }

    /// Returns the place of a step in the file.
    fn spot(&self, step: &str) -> Spot {
        let at = self.matter.steps.iter().position(|(id, _)| id == step);
        at.and_then(|at| u8::try_from(at).ok()).map_or(Spot::Whole, Spot::Step)
    }

    /// Returns the last day of a step, as judged, else its first.
    fn last_day(&self, step: &str) -> Option<Date> {
        self.steps().iter().find(|state| state.id == step).and_then(|state| state.to.or(state.from))
    }

    /// Whether it was ended early by the day of the edition.
    fn is_closed(&self, as_of: Date) -> bool {
        self.matter.closed.as_ref().is_some_and(|closed| closed.date <= as_of)
    }

    /// Counts the matter by its status and its step, and each step that was completed.
    fn standing(&self, drafts: &mut Drafts<'e>) {
        let begun = |state: &&StepState| matches!(state.progress, Progress::Done | Progress::UnderWay);
        let first = self.steps().iter().filter(begun).filter_map(|state| state.from).min();
        let (Some(first), Some(verdict)) = (first.or_else(|| drafts.edition.register.date_of(self.ix)), self.verdict) else {
            return;
        };
        let Some(status) = verdict.status else { return };
        drafts.count_as(M::Matters, status.name(), first, Spot::Whole);
        let workflow = verdict.workflow.as_ref().map_or("", |workflow| workflow.id.as_str());
        let name = |step: &StepState| Some(Cow::Owned(format!("{workflow}/{}", step.id)));
        let current = verdict.current_step.and_then(|at| verdict.steps.get(at));
        if let Some(step) = current.filter(|_| matches!(status, Status::UnderWay | Status::Publicising)) {
            drafts.add(M::MattersAt, name(step), first, self.spot(&step.id), 1);
        }
        for step in self.steps().iter().filter(|step| step.progress == Progress::Done) {
            if let Some(day) = step.to.or(step.from) {
                drafts.add(M::StepsDone, name(step), day, self.spot(&step.id), 1);
            }
        }
    }

    /// Counts the days between the steps that were taken.
    fn intervals(&self, drafts: &mut Drafts<'e>) {
        let workflow = self.verdict.and_then(|verdict| verdict.workflow.as_ref()).map_or("", |workflow| workflow.id.as_str());
        let taken = self.steps().iter().filter(|state| matches!(state.progress, Progress::Done | Progress::UnderWay));
        let begun: Vec<(Date, &StepState)> = taken.filter_map(|state| Some((state.from?, state))).collect();
        for ((before, _), (from, step)) in begun.iter().zip(begun.iter().skip(1)) {
            let name = Some(Cow::Owned(format!("{workflow}/{}", step.id)));
            let days = crate::calendar::days_between(*before, *from);
            drafts.add(M::DaysBetweenSteps, name, *from, self.spot(&step.id), days);
        }
    }

    /// Counts the deciding vote.
    fn decision(&self, drafts: &mut Drafts<'e>) {
        let (Some(day), Some(outcome)) = (self.decided, self.verdict.and_then(|verdict| verdict.decision.as_deref())) else {
            return;
        };
        let spot = self.deciding_step();
        drafts.add(M::Voted, Some(Cow::Borrowed(outcome)), day, spot, 1);
        if outcome != Outcome::Passed.name() {
            return;
        }
        drafts.count_as(M::Resolved, self.class, day, spot);
        drafts.days(M::DaysToResolution, self.first_heard(drafts), Some(day), spot);
        drafts.days(M::DaysTopicToResolution, self.topic().map(|(topic, _)| topic), Some(day), spot);
        if let Some((done, spot)) = self.completed() {
            drafts.days(M::DaysToCompletion, Some(day), Some(done), spot);
        }
        if let Some((from, spot)) = self.first_posting() {
            drafts.days(M::DaysToPosting, Some(day), Some(from), spot);
        }
    }

    fn deciding_step(&self) -> Spot {
        let decides = |evidence: &Evidence| match evidence {
            Evidence::Resolve(_) => true,
            Evidence::Decide(decide) => decide.resolve.is_some(),
            _ => false,
        };
        self.matter.steps.iter().rev().find(|(_, evidence)| decides(evidence)).map_or(Spot::Whole, |(id, _)| self.spot(id))
    }

    /// Returns the day of the earliest opinion that the matter names, else the first day of collecting.
    fn first_heard(&self, drafts: &Drafts) -> Option<Date> {
        let register = &drafts.edition.register;
        let named = register.links(self.ix).iter().filter(|link| link.path.starts_with("steps."));
        let heard = named.filter_map(|link| Some(register.opinion(link.to, link.opinion?)?.date)).min();
        heard.or_else(|| {
            self.matter.steps.iter().find_map(|(_, evidence)| match evidence {
                Evidence::Collect(collect) => Some(collect.from),
                Evidence::Propose(propose) => Some(propose.from),
                _ => None,
            })
        })
    }

    /// Counts the topic, the motion and the completion.
    fn funnel(&self, drafts: &mut Drafts<'e>) {
        let stages = [(M::Topics, self.topic()), (M::Motions, self.motion(drafts)), (M::Completed, self.completed())];
        for (measure, reached) in stages {
            if let Some((day, spot)) = reached {
                drafts.count(measure, day, spot);
            }
        }
    }

    /// Returns the day on which the topic was set: by the step for it, else in the first step.
    fn topic(&self) -> Option<(Date, Spot)> {
        let mut steps = self.matter.steps.iter();
        let set = steps.clone().find_map(|(id, evidence)| match evidence {
            Evidence::SetTopic(topic) => Some((Some(topic.date), id)),
            Evidence::Decide(decide) => Some((decide.topic.as_ref().map(|topic| topic.date), id)),
            _ => None,
        });
        if let Some((day, id)) = set {
            return day.map(|day| (day, self.spot(id)));
        }
        let plain = steps.all(|(_, evidence)| !matches!(evidence, Evidence::Collect(_) | Evidence::Propose(_)));
        let first = self.steps().first().filter(|step| plain && step.progress == Progress::Done)?;
        Some((first.to.or(first.from)?, self.spot(&first.id)))
    }

    /// Returns the day on which the motion had been examined to the end.
    fn motion(&self, drafts: &Drafts) -> Option<(Date, Spot)> {
        let steps = self.matter.steps.iter();
        let judged = steps.clone().find_map(|(id, evidence)| match evidence {
            Evidence::Examine(_) => Some((self.done_day(id), id)),
            Evidence::Decide(decide) => Some((argued(decide), id)),
            _ => None,
        });
        if let Some((day, id)) = judged {
            return day.map(|day| (day, self.spot(id)));
        }
        let stated = steps.rev().find_map(|(id, evidence)| match evidence {
            Evidence::Account(account) if account.motion.is_some() => Some((id, account)),
            _ => None,
        });
        let (id, account) = stated?;
        Some((self.account_day(drafts, id, account)?, self.spot(id)))
    }

    /// Returns the last day of a step that is done.
    fn done_day(&self, step: &str) -> Option<Date> {
        let state = self.steps().iter().find(|state| state.id == step && state.progress == Progress::Done)?;
        state.to.or(state.from)
    }

    /// Returns the day of an account, or of its meeting.
    fn account_day(&self, drafts: &Drafts, step: &str, account: &Account) -> Option<Date> {
        let register = &drafts.edition.register;
        let met = || register.date_of(register.link(self.ix, &format!("steps.{step}.meeting"))?);
        account.to.or(account.date).or_else(met)
    }

    /// Returns the last day of the last step of a matter that is done.
    fn completed(&self) -> Option<(Date, Spot)> {
        self.verdict.filter(|verdict| verdict.status == Some(Status::Done))?;
        let done = self.steps().iter().filter(|step| step.progress == Progress::Done);
        done.filter_map(|step| Some((step.to.or(step.from)?, self.spot(&step.id)))).max_by_key(|(day, _)| *day)
    }

    /// Returns the first day of the first posting.
    fn first_posting(&self) -> Option<(Date, Spot)> {
        let postings = self.matter.steps.iter().filter_map(|(id, evidence)| match evidence {
            Evidence::Publicise(posting) => Some((posting.from, self.spot(id))),
            _ => None,
        });
        postings.min_by_key(|(day, _)| *day)
    }

    fn tasks(&self, drafts: &mut Drafts<'e>, step: u8, tasks: &[Task]) {
        if self.is_closed(drafts.edition.as_of) {
            return;
        }
        for (n, task) in tasks.iter().enumerate() {
            drafts.due((M::TasksDue, M::TasksOnTime), task.due, task.done, Spot::StepElement(step, Key::Tasks, short(n)));
        }
    }

    /// Counts a report for every whole quarter between the approval of the plan and the end of the tasks.
    fn reports(&self, drafts: &mut Drafts<'e>, step: &str, tasks: &[Task]) {
        let edition = drafts.edition;
        let supervise = self.matter.steps.iter().enumerate().find_map(|(n, (_, evidence))| match evidence {
            Evidence::Supervise(supervise) => Some((n, supervise)),
            _ => None,
        });
        let approved = edition.register.link(self.ix, &format!("steps.{step}.approved.meeting"));
        let approved = approved.and_then(|meeting| edition.register.date_of(meeting));
        let (Some((n, supervise)), Some(from), false) = (supervise, approved, self.is_closed(edition.as_of)) else { return };
        let finished = tasks.iter().map(|task| task.done).collect::<Option<Vec<_>>>().and_then(|days| days.into_iter().max());
        let to = finished.map_or(edition.as_of, |day| day.min(edition.as_of));
        let spot = Spot::StepKey(u8::try_from(n).unwrap_or(u8::MAX), Key::Reports);
        for quarter in Period::within(Cycle::Quarter, from, to) {
            let made = supervise.reports.iter().map(|report| report.date).find(|day| quarter.contains(*day));
            drafts.due((M::ReportsDue, M::ReportsOnTime), quarter.last(), made, spot);
        }
    }
}

/// Returns the last day of the argument of a four-step decision.
fn argued(decide: &Decide) -> Option<Date> {
    let argue = decide.argue.as_ref()?;
    argue.publicised.as_ref().map(|days| days.to.unwrap_or(days.from)).max(argue.hearing)
}

/// Counts the opinions that a proposal gives by channel.
fn opinions<'e>(drafts: &mut Drafts<'e>, step: u8, propose: &'e Propose) {
    for (channel, n) in &propose.channels {
        let day = propose.to.unwrap_or(propose.from);
        drafts.add(M::MatterOpinions, Some(Cow::Borrowed(channel)), day, Spot::StepKey(step, Key::Channels), *n);
    }
}

/// Counts the days of a posting that has ended.
fn posting(drafts: &mut Drafts, step: u8, posting: &Publicise) {
    if let Some(to) = posting.to {
        posted(drafts, "matter", posting.from, to, Spot::Step(step));
    }
}
