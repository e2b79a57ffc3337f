//! Verdicts as bytes: what a cache keeps of records that were judged, so that they need not be judged again.
//!
//! A verdict is given back only where the records that it rests on are the same, day by day; whoever keeps it sees to it that the
//! records, the workflows and the day of judging are. Kept is what is plain to say: records with findings and places, which have
//! duties, are judged anew.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::rule::Outcome;
use super::step::{Progress, StepState};
use super::{Judgement, One, Plan, Proof, Status, Verdict, basis};
use crate::register::{RecordIx, Register};
use crate::workflow::{Arithmetic, Workflow, Workflows};

/// What was kept of the verdicts on the records of a site, by their numbers.
#[derive(Debug, Clone, Copy)]
pub struct Precedents<'c> {
    verdicts: &'c [&'c [u8]],
}

impl<'c> Precedents<'c> {
    /// No verdict.
    pub const NONE: Self = Precedents { verdicts: &[] };

    /// Takes what [`Judgement::keep`] gave, in its order.
    pub fn new(verdicts: &'c [&'c [u8]]) -> Self {
        Self { verdicts }
    }
}

/// What is kept of a verdict; rules by their numbers among those of the workflows.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    basis: [u8; blake3::OUT_LEN],
    reads: Vec<u32>,
    decision: Option<&'a str>,
    status: Option<u8>,
    steps: Vec<KeptStep<'a>>,
    current: Option<usize>,
    proofs: Vec<KeptProof<'a>>,
}

#[derive(Serialize, Deserialize)]
struct KeptStep<'a> {
    progress: u8,
    from: Option<Day>,
    to: Option<Day>,
    reason: Option<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct KeptProof<'a> {
    rule: u32,
    /// The path of the key that is not shown, where the rule does not simply hold.
    not_shown: Option<&'a str>,
    numbers: Option<(i64, Option<i64>)>,
    record: u32,
    path: &'a str,
    index: Option<usize>,
}

/// A day as it is written down.
type Day = (i16, i8, i8);

fn day(date: Date) -> Day {
    (date.year(), date.month(), date.day())
}

fn date((year, month, day): Day) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// How far a step can have come, in a fixed order.
const PROGRESS: [Progress; 5] = [Progress::Done, Progress::UnderWay, Progress::NotBegun, Progress::Skipped, Progress::NotNeeded];

fn place<T: PartialEq>(all: &[T], one: &T) -> Option<u8> {
    all.iter().position(|other| other == one).and_then(|place| u8::try_from(place).ok())
}

/// Numbers the rules of the workflows, those of all packs in one order.
fn numbers(workflows: &Workflows) -> HashMap<&str, u32> {
    let mut numbers = HashMap::new();
    for (_, rule) in workflows.rules() {
        let next = numbers.len() as u32;
        numbers.entry(rule.id.as_str()).or_insert(next);
    }
    numbers
}

impl Judgement {
    /// Writes down the verdicts in the order of the records, so many at a time: none for those that are judged anew each time.
    pub fn keep(&self, workflows: &Workflows, together: usize) -> impl Iterator<Item = Vec<(RecordIx, Vec<u8>)>> {
        let numbers = numbers(workflows);
        self.of_records
            .chunks(together)
            .map(move |some| some.par_iter().filter_map(|one| Some((one.verdict.record, keep(one, &numbers)?))).collect())
    }
}

/// Writes down one verdict.
fn keep(one: &One, numbers: &HashMap<&str, u32>) -> Option<Vec<u8>> {
    let One { verdict, diagnostics, faults, held, reads } = one;
    let plain = diagnostics.is_empty() && faults.is_empty() && held.is_empty() && verdict.findings.is_empty();
    if !plain {
        return None;
    }
    let step = |step: &'_ StepState| {
        let progress = place(&PROGRESS, &step.progress)?;
        Some((progress, step.from.map(day), step.to.map(day)))
    };
    let steps = verdict.steps.iter().map(|state| {
        let (progress, from, to) = step(state)?;
        Some(KeptStep { progress, from, to, reason: state.reason.as_deref() })
    });
    let proofs = verdict.proofs.iter().map(|proof| {
        let not_shown = match &proof.outcome {
            Outcome::Passed => None,
            Outcome::NotShown(path) => Some(path.as_str()),
            Outcome::Failed | Outcome::Fault(_) => return None,
        };
        let numbers_of = proof.arithmetic.as_ref().map(|arithmetic| (arithmetic.count, arithmetic.of));
        let rule = numbers.get(proof.rule.as_str()).copied()?;
        Some(KeptProof { rule, not_shown, numbers: numbers_of, record: proof.record.0, path: &proof.path, index: proof.index })
    });
    let kept = Kept {
        basis: verdict.basis.into(),
        reads: reads.iter().map(|ix| ix.0).collect(),
        decision: verdict.decision.as_deref(),
        status: verdict.status.map(|status| place(&Status::ALL, &status)).unwrap_or_default(),
        steps: steps.collect::<Option<_>>()?,
        current: verdict.current_step,
        proofs: proofs.collect::<Option<_>>()?,
    };
    postcard::to_allocvec(&kept).ok()
}

/// Gives kept verdicts back.
pub(super) struct Recall<'c, 'w> {
    precedents: Precedents<'c>,
    numbers: HashMap<&'w str, u32>,
}

impl<'c, 'w> Recall<'c, 'w> {
    pub(super) fn new(precedents: Precedents<'c>, workflows: &'w Workflows) -> Self {
        let numbers = if precedents.verdicts.is_empty() { HashMap::new() } else { numbers(workflows) };
        Self { precedents, numbers }
    }

    /// Finds the rules that may judge by some workflows, by their numbers.
    pub(super) fn rules<'p>(&self, plan: &'p Plan, known: &mut Rules<'p>) {
        for (workflow, _) in &plan.workflows {
            known.entry(Arc::as_ptr(workflow).addr()).or_insert_with(|| {
                let rules = workflow.rules.iter().enumerate();
                rules.filter_map(|(at, rule)| Some((*self.numbers.get(rule.id.as_str())?, (&**workflow, at)))).collect()
            });
        }
    }

    /// Returns the verdict that was kept on a record, if it rests on what it rested on.
    pub(super) fn one(&self, plan: &Plan, known: &Rules<'_>, register: &Register) -> Option<One> {
        let bytes = self.precedents.verdicts.get(plan.record.0 as usize).filter(|bytes| !bytes.is_empty())?;
        let kept: Kept = postcard::from_bytes(bytes).ok()?;
        let reads: Vec<RecordIx> = kept.reads.iter().map(|number| RecordIx(*number)).collect();
        let count = register.records().len();
        if plan.fault.is_some() || reads.iter().any(|ix| ix.0 as usize >= count) || basis(register, &reads) != kept.basis {
            return None;
        }
        let proofs = kept.proofs.iter().map(|kept| proof(kept, plan, known));
        let states = plan.own.as_ref().map_or(&[][..], |own| &own.steps);
        if states.len() != kept.steps.len() && !kept.steps.is_empty() {
            return None;
        }
        let steps = states.iter().zip(&kept.steps).map(|(step, state)| {
            Some(StepState {
                id: step.id.clone(),
                title: step.title.clone(),
                progress: *PROGRESS.get(usize::from(state.progress))?,
                from: state.from.and_then(date),
                to: state.to.and_then(date),
                reason: state.reason.map(str::to_owned),
            })
        });
        let verdict = Verdict {
            record: plan.record,
            workflow: plan.own.clone(),
            decision: kept.decision.map(str::to_owned),
            status: kept.status.and_then(|place| Status::ALL.get(usize::from(place)).copied()),
            steps: steps.collect::<Option<_>>()?,
            current_step: kept.current,
            proofs: proofs.collect::<Option<_>>()?,
            findings: Vec::new(),
            basis: kept.basis.into(),
        };
        Some(One { verdict: Arc::new(verdict), diagnostics: Vec::new(), faults: Vec::new(), held: Vec::new(), reads })
    }
}

/// Gives a proof back: its rule says the rest of it.
fn proof(kept: &KeptProof<'_>, plan: &Plan, known: &Rules<'_>) -> Option<Proof> {
    let of = |workflow: &Arc<Workflow>| known.get(&Arc::as_ptr(workflow).addr())?.get(&kept.rule);
    let (workflow, at) = plan.workflows.iter().find_map(|(workflow, _)| of(workflow))?;
    let rule = &workflow.rules[*at];
    let shared = rule.shared();
    let arithmetic = match kept.numbers {
        Some((count, of)) => {
            let threshold = rule.threshold.as_ref()?;
            Some(Box::new(Arithmetic::new(count, of, threshold.bound, Arc::clone(&threshold.names))))
        }
        None => None,
    };
    Some(Proof {
        rule: Arc::clone(&shared.id),
        title: Arc::clone(&shared.title),
        step: shared.step.clone(),
        outcome: kept.not_shown.map_or(Outcome::Passed, |path| Outcome::NotShown(path.to_owned())),
        arithmetic,
        record: RecordIx(kept.record),
        path: kept.path.to_owned(),
        index: kept.index,
    })
}

/// The rules of workflows, by the place of the workflow in memory and their numbers, with the place of each in it.
pub(super) type Rules<'p> = HashMap<usize, HashMap<u32, (&'p Workflow, usize)>>;
