//! The steps of a matter: how far each has come on the day of judging.

use jiff::civil::Date;

use crate::language::Text;
use crate::record::Matter;
use crate::workflow::{Expression, Scope, Step, Stop, Value, Workflow, read_date};

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Progress {
    /// Finished.
    Done,
    /// Begun and not finished.
    UnderWay,
    /// Not begun.
    NotBegun,
    /// Left out: a later step has begun, or the record says so with a reason.
    Skipped,
    /// Not asked for, because of what was decided.
    NotNeeded,
}

/// A step of a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepState {
    /// The step's id (`set-topic`).
    pub id: String,
    /// Its title.
    pub title: Text,
    /// How far it has come.
    pub progress: Progress,
    /// The day on which it began.
    pub from: Option<Date>,
    /// The day on which it ended, or is to end.
    pub to: Option<Date>,
    /// Why it was left out, as the record says.
    pub reason: Option<String>,
}

/// Judges every step of a matter; the scope has the matter, and its decision if there is one.
pub(super) fn judge(workflow: &Workflow, matter: &Matter, as_of: Date, scope: &mut Scope<'_>) -> Vec<StepState> {
    let mut states: Vec<StepState> = workflow.steps.iter().map(|step| judge_step(step, matter, as_of, scope)).collect();
    let begun = |state: &StepState| matches!(state.progress, Progress::Done | Progress::UnderWay);
    let last = states.iter().rposition(begun).unwrap_or(0);
    for state in states.iter_mut().take(last) {
        if state.progress == Progress::NotBegun {
            state.progress = Progress::Skipped;
        }
    }
    states
}

fn judge_step(step: &Step, matter: &Matter, as_of: Date, scope: &mut Scope<'_>) -> StepState {
    let from = date(&step.from, scope);
    let to = step.to.as_ref().map_or(from, |to| date(to, scope));
    let skipped = matter.skipped.iter().find(|skipped| skipped.step == step.id);
    let shown = matter.steps.iter().any(|(id, _)| *id == step.id);
    let needed = !matches!(step.when.as_ref().map(|when| when.holds(scope)), Some(Ok(false)));
    let begun = shown && from.is_none_or(|from| from <= as_of);
    let progress = if !needed {
        Progress::NotNeeded
    } else if begun {
        if is_done(step, from, to, as_of, scope) { Progress::Done } else { Progress::UnderWay }
    } else if skipped.is_some() {
        Progress::Skipped
    } else {
        Progress::NotBegun
    };
    StepState {
        id: step.id.clone(),
        title: step.title.clone(),
        progress,
        from,
        to,
        reason: skipped.map(|skipped| skipped.reason.clone()),
    }
}

/// Whether a step that has begun is done.
fn is_done(step: &Step, from: Option<Date>, to: Option<Date>, as_of: Date, scope: &mut Scope<'_>) -> bool {
    let Some(done) = &step.done else { return to.is_some_and(|to| to <= as_of) };
    let mark = scope.mark();
    for (name, day) in [("from", from), ("to", to)] {
        if let Some(day) = day {
            scope.bind(name, Value::date(day));
        }
    }
    let held = done.holds(scope);
    scope.release(mark);
    held == Ok(true)
}

/// Evaluates an expression that gives a date.
fn date(expression: &Expression, scope: &mut Scope<'_>) -> Option<Date> {
    match expression.value(scope) {
        Ok(Value::Text(text)) => read_date(&text),
        Ok(_) | Err(Stop::Missing(_) | Stop::Fault(_)) => None,
    }
}
