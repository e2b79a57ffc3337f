//! A judgement as bytes: what is kept of the verdicts on a site, so that after an edit only those that it touches are given anew.
//!
//! Whoever keeps it sees to it that it is given back with the packs, the records and the day that it was made of. What the
//! workflows say themselves is not kept, but found there again.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::duty::{Asked, Held};
use super::listed::ListedDuty;
use super::proofs::{Place, Proofs, Shelf};
use super::rule::Outcome;
use super::step::{Progress, StepState};
use super::{Due, Finding, Judgement, Layered, One, Proof, Status, Verdict};
use crate::diagnostic::Diagnostic;
use crate::register::RecordIx;
use crate::workflow::{Arithmetic, Fulfilment, Rule, Tenure, Workflow, Workflows};

/// What is kept of a judgement besides the verdicts.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    general: Vec<Diagnostic>,
    denied: Vec<String>,
    area_names: BTreeSet<String>,
    /// The workflows that verdicts rest on, each by its number and those of the overlays laid over it.
    workflows: Vec<Layered>,
}

/// What is kept of one verdict.
#[derive(Serialize, Deserialize)]
struct KeptOne<'a> {
    record: RecordIx,
    basis: [u8; blake3::OUT_LEN],
    /// The workflow, by its number in [`Kept::workflows`].
    workflow: Option<u32>,
    decision: Option<&'a str>,
    status: Option<Status>,
    #[serde(borrow)]
    steps: Vec<KeptStep<'a>>,
    current: Option<usize>,
    /// The proofs, as bytes of their own: they are only read when somebody asks for them.
    proofs: &'a [u8],
    findings: Cow<'a, [Finding]>,
    diagnostics: Cow<'a, [Diagnostic]>,
    held: Vec<KeptHeld<'a>>,
    due: Cow<'a, [Due]>,
    reads: Cow<'a, [RecordIx]>,
}

#[derive(Serialize, Deserialize)]
struct KeptStep<'a> {
    progress: Progress,
    from: Option<Day>,
    to: Option<Day>,
    reason: Option<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct KeptProof<'a> {
    /// The number of the workflow, and that of the rule in it.
    rule: (u32, u32),
    #[serde(borrow)]
    outcome: KeptOutcome<'a>,
    /// The numbers that were held against the threshold of the rule.
    numbers: Option<(i64, Option<i64>)>,
    record: RecordIx,
    path: &'a str,
    index: Option<u32>,
}

#[derive(Serialize, Deserialize)]
enum KeptOutcome<'a> {
    Passed,
    Failed,
    NotShown(&'a str),
}

#[derive(Serialize, Deserialize)]
struct KeptHeld<'a> {
    area: RecordIx,
    #[serde(borrow)]
    asked: KeptAsked<'a>,
    tenure: Tenure,
    done: Cow<'a, [Fulfilment]>,
}

#[derive(Serialize, Deserialize)]
enum KeptAsked<'a> {
    OfPack(u32, usize),
    OfCatalogue(Box<Cow<'a, ListedDuty>>),
}

/// A day as it is written down.
type Day = (i16, i8, i8);

fn day(date: Date) -> Day {
    (date.year(), date.month(), date.day())
}

fn date((year, month, day): Day) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// How many verdicts are kept together.
const TOGETHER: usize = 1024;

impl Judgement {
    /// Writes down the judgement, and its verdicts so many together; `None` of those of which a rule could not be evaluated.
    pub fn keep<'k>(&'k self, workflows: &'k Workflows) -> (Kept, impl Iterator<Item = Option<Vec<u8>>> + 'k) {
        let keeper = Keeper::new(self, workflows);
        let kept = Kept {
            general: self.general.clone(),
            denied: self.denied.clone(),
            area_names: self.area_names.clone(),
            workflows: keeper.keys.clone(),
        };
        let run = move |some: &[Arc<One>]| {
            let proofs: Vec<Vec<u8>> = some.par_iter().map(|one| keeper.proofs(one)).collect::<Option<_>>()?;
            let each: Vec<KeptOne<'_>> =
                some.iter().zip(&proofs).map(|(one, proofs)| keeper.one(one, proofs)).collect::<Option<_>>()?;
            postcard::to_allocvec(&each).ok()
        };
        (kept, self.of_records.chunks(TOGETHER).map(run))
    }

    /// Makes a judgement of what was kept of it; `None` where the workflows are not those that it speaks of.
    pub fn woken(kept: Kept, runs: &Arc<dyn Runs>, workflows: &Workflows, as_of: Date) -> Option<Self> {
        let Kept { general, denied, area_names, workflows: keys } = kept;
        let all: Vec<Arc<Workflow>> = keys.iter().map(|key| workflows.find(key)).collect::<Option<_>>()?;
        let reader = Arc::new(Reader { runs: Arc::clone(runs), workflows: all.clone() });
        let read = |number: usize| {
            let run = runs.get(number)?;
            let each: Vec<KeptOne<'_>> = postcard::from_bytes(run).ok()?;
            // The proofs are a part of the run: how far from its beginning is how far apart the two are.
            let start = |kept: &KeptOne<'_>| kept.proofs.as_ptr().addr().checked_sub(run.as_ptr().addr());
            let place =
                |kept: &KeptOne<'_>| start(kept).map(|start| Place { board: number, start, end: start + kept.proofs.len() });
            each.into_iter().map(|one| Some(Arc::new(reader.one(place(&one)?, one)?))).collect::<Option<Vec<_>>>()
        };
        let of_records: Vec<Vec<Arc<One>>> = (0..runs.len()).into_par_iter().map(read).collect::<Option<_>>()?;
        let of_records = of_records.into_iter().flatten().collect();
        let tightened = keys.into_iter().zip(all).filter(|((_, overlays), _)| !overlays.is_empty()).collect();
        let (duties, due) = Default::default();
        Some(Self { as_of, general, denied, area_names, tightened, of_records, duties, due })
    }
}

/// Writes verdicts down.
struct Keeper {
    keys: Vec<Layered>,
    /// The numbers of the workflows, by their places in memory.
    workflows: HashMap<usize, u32>,
    /// The numbers of the rules, by the places of their citations in memory.
    rules: HashMap<usize, (u32, u32)>,
}

impl Keeper {
    fn new(judgement: &Judgement, workflows: &Workflows) -> Self {
        let mut keeper = Self { keys: Vec::new(), workflows: HashMap::new(), rules: HashMap::new() };
        for (number, workflow) in workflows.iter().enumerate() {
            keeper.add((number, Vec::new()), workflow);
        }
        for (key, workflow) in &judgement.tightened {
            keeper.add(key.clone(), workflow);
        }
        keeper
    }

    fn add(&mut self, key: Layered, workflow: &Workflow) {
        let number = self.keys.len() as u32;
        self.keys.push(key);
        self.workflows.insert(std::ptr::from_ref(workflow).addr(), number);
        for (at, rule) in workflow.rules.iter().enumerate() {
            // Workflows may share a rule; any of them gives it back.
            self.rules.entry(Arc::as_ptr(rule.citation()).addr()).or_insert((number, at as u32));
        }
    }

    fn workflow(&self, workflow: &Arc<Workflow>) -> Option<u32> {
        self.workflows.get(&Arc::as_ptr(workflow).addr()).copied()
    }

    fn proofs(&self, one: &One) -> Option<Vec<u8>> {
        let proofs = one.verdict.proofs.iter().map(|proof| self.proof(proof)).collect::<Option<Vec<_>>>()?;
        postcard::to_allocvec(&proofs).ok()
    }

    fn one<'a>(&self, one: &'a One, proofs: &'a [u8]) -> Option<KeptOne<'a>> {
        let One { verdict, diagnostics, faults, held, due, reads } = one;
        if !faults.is_empty() {
            return None;
        }
        let step = |state: &'a StepState| KeptStep {
            progress: state.progress,
            from: state.from.map(day),
            to: state.to.map(day),
            reason: state.reason.as_deref(),
        };
        let workflow = match &verdict.workflow {
            Some(workflow) => Some(self.workflow(workflow)?),
            None => None,
        };
        Some(KeptOne {
            record: verdict.record,
            basis: verdict.basis.into(),
            workflow,
            decision: verdict.decision.as_deref(),
            status: verdict.status,
            steps: verdict.steps.iter().map(step).collect(),
            current: verdict.current_step,
            proofs,
            findings: Cow::Borrowed(&verdict.findings),
            diagnostics: Cow::Borrowed(diagnostics),
            held: held.iter().map(|held| self.held(held)).collect::<Option<_>>()?,
            due: Cow::Borrowed(due),
            reads: Cow::Borrowed(reads),
        })
    }

    fn proof<'a>(&self, proof: &'a Proof) -> Option<KeptProof<'a>> {
        let outcome = match &proof.outcome {
            Outcome::Passed => KeptOutcome::Passed,
            Outcome::Failed => KeptOutcome::Failed,
            Outcome::NotShown(path) => KeptOutcome::NotShown(path),
            Outcome::Fault(_) => return None,
        };
        Some(KeptProof {
            rule: *self.rules.get(&Arc::as_ptr(&proof.rule).addr())?,
            outcome,
            numbers: proof.arithmetic.as_ref().map(|arithmetic| (arithmetic.count, arithmetic.of)),
            record: proof.record,
            path: &proof.path,
            index: proof.index,
        })
    }

    fn held<'a>(&self, held: &'a Held) -> Option<KeptHeld<'a>> {
        let asked = match &held.asked {
            Asked::OfPack(workflow, number) => KeptAsked::OfPack(self.workflow(workflow)?, *number),
            Asked::OfCatalogue(duty) => KeptAsked::OfCatalogue(Box::new(Cow::Borrowed(duty))),
        };
        Some(KeptHeld { area: held.area, asked, tenure: held.tenure, done: Cow::Borrowed(&held.done) })
    }
}

/// Verdicts that were written down, so many together.
pub trait Runs: fmt::Debug + Send + Sync {
    /// Returns how many runs there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns a run.
    fn get(&self, number: usize) -> Option<&[u8]>;
}

/// Gives verdicts back.
#[derive(Debug)]
struct Reader {
    runs: Arc<dyn Runs>,
    workflows: Vec<Arc<Workflow>>,
}

impl Shelf for Reader {
    fn take(&self, place: Place) -> Vec<Proof> {
        let bytes = self.runs.get(place.board).and_then(|run| run.get(place.start..place.end));
        let kept: Vec<KeptProof<'_>> = bytes.and_then(|bytes| postcard::from_bytes(bytes).ok()).unwrap_or_default();
        kept.iter().filter_map(|proof| self.proof(proof)).collect()
    }
}

impl Reader {
    fn workflow(&self, number: u32) -> Option<&Arc<Workflow>> {
        self.workflows.get(number as usize)
    }

    fn one(self: &Arc<Self>, proofs: Place, kept: KeptOne<'_>) -> Option<One> {
        let workflow = match kept.workflow {
            Some(number) => Some(Arc::clone(self.workflow(number)?)),
            None => None,
        };
        let steps = workflow.as_ref().map_or(&[][..], |workflow| &workflow.steps);
        if !kept.steps.is_empty() && kept.steps.len() != steps.len() {
            return None;
        }
        let steps = steps.iter().zip(&kept.steps).map(|(step, state)| StepState {
            id: step.id.clone(),
            title: step.title.clone(),
            progress: state.progress,
            from: state.from.and_then(date),
            to: state.to.and_then(date),
            reason: state.reason.map(str::to_owned),
        });
        let verdict = Verdict {
            record: kept.record,
            decision: kept.decision.map(str::to_owned),
            status: kept.status,
            steps: steps.collect(),
            current_step: kept.current,
            proofs: Proofs::on(Arc::clone(self) as Arc<dyn Shelf>, proofs),
            findings: kept.findings.into_owned(),
            basis: kept.basis.into(),
            workflow,
        };
        Some(One {
            verdict: Arc::new(verdict),
            diagnostics: kept.diagnostics.into_owned(),
            faults: Vec::new(),
            held: kept.held.into_iter().map(|held| self.held(held)).collect::<Option<_>>()?,
            due: kept.due.into_owned(),
            reads: kept.reads.into_owned(),
        })
    }

    fn proof(&self, kept: &KeptProof<'_>) -> Option<Proof> {
        let rule: &Rule = self.workflow(kept.rule.0)?.rules.get(kept.rule.1 as usize)?;
        let arithmetic = match kept.numbers {
            Some((count, of)) => {
                let threshold = rule.threshold.as_ref()?;
                Some(Box::new(Arithmetic::new(count, of, threshold.bound, Arc::clone(&threshold.names))))
            }
            None => None,
        };
        let outcome = match &kept.outcome {
            KeptOutcome::Passed => Outcome::Passed,
            KeptOutcome::Failed => Outcome::Failed,
            KeptOutcome::NotShown(path) => Outcome::NotShown((*path).to_owned()),
        };
        Some(Proof {
            rule: Arc::clone(rule.citation()),
            outcome,
            arithmetic,
            record: kept.record,
            path: kept.path.into(),
            index: kept.index,
        })
    }

    fn held(&self, kept: KeptHeld<'_>) -> Option<Held> {
        let asked = match kept.asked {
            KeptAsked::OfPack(number, duty) => {
                let workflow = self.workflow(number).filter(|workflow| duty < workflow.duties.len())?;
                Asked::OfPack(Arc::clone(workflow), duty)
            }
            KeptAsked::OfCatalogue(duty) => Asked::OfCatalogue(Box::new(duty.into_owned())),
        };
        Some(Held { area: kept.area, asked, tenure: kept.tenure, done: kept.done.into_owned() })
    }
}
