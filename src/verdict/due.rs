//! What is due, overdue or being publicised on the day of judging.

use jiff::civil::Date;
use rayon::prelude::*;

use super::duty::{Duties, DutyState};
use crate::calendar::{Period, days_between};
use crate::language::Text;
use crate::record::evidence::Task;
use crate::record::{Evidence, Record};
use crate::register::{RecordIx, Register};

/// Something with a day by which it is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Due {
    /// The record that says so.
    pub record: RecordIx,
    /// What it is.
    pub kind: DueKind,
    /// The task, the title of the record, or what a rule says, in both languages.
    pub title: Text,
    /// Where it stands in the record, keys canonical (`steps.implement.tasks[0]`); empty for the record itself.
    pub path: String,
    /// The rule that asks for it, where one does.
    pub rule: Option<String>,
    /// The period of a regular duty.
    pub period: Option<Period>,
    /// Who has to do it, where that is known.
    pub responsible: Option<Responsible>,
    /// The day by which, or the last day of a posting; absent where no day was set.
    pub date: Option<Date>,
    /// How it stands.
    pub state: DueState,
}

/// Who has to do something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Responsible {
    /// A body of a class (`village-congress`).
    Class(String),
    /// A unit or a body, as the record names it.
    Named(String),
}

impl Due {
    /// Returns by how many days it is overdue on `as_of`, counted from the day after the due day; 0 if it is not.
    pub fn days_overdue(&self, as_of: Date) -> i64 {
        self.date.filter(|_| self.state == DueState::Overdue).map_or(0, |date| days_between(date, as_of))
    }
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum DueKind {
    /// A task of a matter.
    Task,
    /// The answer to an inquiry.
    Answer,
    /// A disclosure with a day by which it is to be published.
    Disclosure,
    /// A regular duty of an area (a meeting a quarter, accounts a month).
    Cadence,
    /// A posting under way.
    Posting,
}

/// How something that is due stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum DueState {
    /// Its day has passed.
    Overdue,
    /// Its day is still to come.
    Due,
    /// It is going on.
    UnderWay,
    /// It was done.
    Done,
}

/// Lists what is due by a record; besides itself it is only asked what the record's area calls its bodies.
pub(super) fn of_record(register: &Register, ix: RecordIx, as_of: Date) -> Vec<Due> {
    let record = register.get(ix);
    let mut due = Vec::new();
    tasks(ix, record, as_of, &mut due);
    answers(register, ix, record, as_of, &mut due);
    postings(ix, record, as_of, &mut due);
    due
}

/// Lists what is due by records and by duties, by state, then by day, then in the order of the records.
pub(super) fn list(of_records: Vec<Due>, duties: &Duties) -> Vec<Due> {
    let mut due = of_records;
    cadences(duties, &mut due);
    due.par_sort_by_key(|due| (due.state, due.date.is_none(), due.date, due.record));
    due
}

/// States whether a day was kept: `done` counts only if it is not after the day of judging.
fn state(due: Date, done: Option<Date>, as_of: Date) -> DueState {
    match done {
        Some(done) if done <= as_of => DueState::Done,
        _ if due < as_of => DueState::Overdue,
        _ => DueState::Due,
    }
}

fn tasks(ix: RecordIx, record: &Record, as_of: Date, due: &mut Vec<Due>) {
    let Some(matter) = record.matter() else { return };
    if matter.closed.as_ref().is_some_and(|closed| closed.date <= as_of) {
        return;
    }
    for (step, evidence) in &matter.steps {
        let tasks: &[Task] = match evidence {
            Evidence::Implement(implement) => &implement.tasks,
            Evidence::Execute(execute) => &execute.tasks,
            _ => &[],
        };
        due.extend(tasks.iter().enumerate().map(|(index, task)| Due {
            record: ix,
            kind: DueKind::Task,
            title: Text::new(&task.what, &task.what),
            path: format!("steps.{step}.tasks[{index}]"),
            rule: None,
            period: None,
            responsible: Some(Responsible::Named(task.owner.clone())),
            date: Some(task.due),
            state: state(task.due, task.done, as_of),
        }));
    }
}

fn answers(register: &Register, ix: RecordIx, record: &Record, as_of: Date, due: &mut Vec<Due>) {
    let (kind, day, done, body) = if let Some(inquiry) = record.inquiry() {
        (DueKind::Answer, inquiry.due, inquiry.answered.as_ref().map(|answered| answered.date), Some(&inquiry.respondent))
    } else if let Some(disclosure) = record.disclosure() {
        (DueKind::Disclosure, disclosure.due, disclosure.published, disclosure.body.as_ref())
    } else {
        return;
    };
    let state = match day {
        Some(day) => state(day, done, as_of),
        None if done.is_some_and(|done| done <= as_of) => DueState::Done,
        None if kind == DueKind::Answer => DueState::Due,
        None => return,
    };
    let named = |body: &String| register.body(&record.area, body).map_or_else(|| body.clone(), |known| known.name.clone());
    due.push(Due {
        record: ix,
        kind,
        title: title(record),
        path: String::new(),
        rule: None,
        period: None,
        responsible: body.map(named).map(Responsible::Named),
        date: day,
        state,
    });
}

/// Lists the postings whose days include the day of judging.
fn postings(ix: RecordIx, record: &Record, as_of: Date, due: &mut Vec<Due>) {
    let mut add = |path: String, from: Date, to: Option<Date>| {
        if from <= as_of && to.is_none_or(|to| as_of <= to) {
            let title = title(record);
            let (kind, state) = (DueKind::Posting, DueState::UnderWay);
            due.push(Due { record: ix, kind, title, path, rule: None, period: None, responsible: None, date: to, state });
        }
    };
    if let Some(matter) = record.matter() {
        for (step, evidence) in &matter.steps {
            if let Evidence::Publicise(days) = evidence {
                add(format!("steps.{step}"), days.from, days.to);
            }
        }
    }
    let posting = match (record.meeting(), record.disclosure()) {
        (Some(meeting), _) => meeting.publicised.as_ref(),
        (_, Some(disclosure)) => disclosure.publicised.as_ref(),
        _ => None,
    };
    if let Some(days) = posting {
        add("publicised".to_owned(), days.from, Some(days.to));
    }
}

/// Lists the regular duties that are open: those missed, and those of the periods that have begun.
fn cadences(duties: &Duties, due: &mut Vec<Due>) {
    for row in duties.rows() {
        for cell in &row.cells {
            let state = match cell.state {
                DutyState::Overdue => DueState::Overdue,
                DutyState::Due => DueState::Due,
                DutyState::Done | DutyState::Late | DutyState::ToCome | DutyState::NotAsked => continue,
            };
            let rule = &duties.rules()[cell.rule];
            due.push(Due {
                record: row.area,
                kind: DueKind::Cadence,
                title: duties.items()[row.item].title.clone(),
                path: String::new(),
                rule: Some(rule.rule.clone()),
                period: Some(cell.period),
                responsible: Some(Responsible::Class(rule.responsible.clone())),
                date: Some(cell.due),
                state,
            });
        }
    }
}

fn title(record: &Record) -> Text {
    let zh = record.title().unwrap_or(&record.name);
    Text::new(zh, record.title_en().unwrap_or(zh))
}
