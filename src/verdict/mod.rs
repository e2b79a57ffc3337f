//! Verdicts: what judging the records by the workflows in force gave, as of a day.
//!
//! [`judge`] is pure: the register, the workflows and the day give the same verdicts and diagnostics every time, in the order
//! of the records. An error or a finding is a [`Diagnostic`] and stands in the [`Verdict`] too, for the pages.

mod ahead;
mod due;
mod duty;
mod kept;
mod listed;
mod place;
mod proofs;
pub mod rule;
mod step;
mod world;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash as _;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use jiff::civil::Date;
use rayon::prelude::*;

pub use ahead::{Ahead, Counts, ahead, counts};
pub use due::{Due, DueKind, DueState, Responsible};
pub use duty::{Duties, DutyCell, DutyItem, DutyRow, DutyRule, DutyState, Sums};
pub use kept::{Kept, Runs};
pub use proofs::Proofs;
pub use rule::Outcome;
pub use step::{Progress, StepState};

use crate::diagnostic::{Diagnostic, Severity};
use crate::digest::Digester;
use crate::field::Kind;
use crate::language::Text;
use crate::record::{Data, Record};
use crate::register::{RecordIx, Register};
use crate::source::Span;
use crate::text;
use crate::workflow::duty::bind_overdue;
use crate::workflow::{Arithmetic, Citation, Expression, Rule, Scope, Stop, Value, Workflow, Workflows};
use duty::{Asked, Held, Standing};
use place::Place;
use rule::{Judged, judge_rule};
use world::{Shelf, World};

/// The verdicts on every record that was judged, and what is due.
#[derive(Debug, Clone)]
pub struct Verdicts {
    as_of: Date,
    of_records: Vec<Arc<Verdict>>,
    /// The record of each verdict, close together because they are looked up all the time.
    order: Arc<[RecordIx]>,
    duties: Arc<Duties>,
    due: Arc<Vec<Due>>,
    /// What `due` and `duties` were mapped from: only to tell whether they still are what they were.
    as_judged: (Weak<Vec<Due>>, Weak<Duties>),
}

/// The verdict on one record.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The record.
    pub record: RecordIx,
    /// The workflow that a matter follows, as it was in force, tightened by the overlays of its area.
    pub workflow: Option<Arc<Workflow>>,
    /// The outcome of the deciding vote (`passed`, `rejected`, `deferred`, `no-quorum`), once it was held.
    pub decision: Option<String>,
    /// How a matter stands; `None` for other records.
    pub status: Option<Status>,
    /// The steps of a matter, in order.
    pub steps: Vec<StepState>,
    /// The step that a matter is at: the first under way, else the next that is needed; `None` once all are done.
    pub current_step: Option<usize>,
    /// Every rule that was asked, in the order of its pack, those that ask for duties last.
    pub proofs: Proofs,
    /// Every rule that failed, unless a tighter one failed at the same place.
    pub findings: Vec<Finding>,
    /// The digest of the records that it rests on, with their days: the same records, procedures and day of judging, the same verdict.
    pub basis: blake3::Hash,
}

/// How a matter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Status {
    /// On its way.
    UnderWay,
    /// Its result is being publicised.
    Publicising,
    /// Every step that is needed is done.
    Done,
    /// Voted down.
    Rejected,
    /// Put off, or too few were present to decide.
    Deferred,
    /// Ended early.
    Closed,
}

impl Status {
    /// Every status, in the order of a matter's life.
    pub const ALL: [Self; 6] = [Self::UnderWay, Self::Publicising, Self::Done, Self::Rejected, Self::Deferred, Self::Closed];

    /// Returns the name in addresses and exports (`under-way`).
    pub fn name(self) -> &'static str {
        match self {
            Self::UnderWay => "under-way",
            Self::Publicising => "publicising",
            Self::Done => "done",
            Self::Rejected => "rejected",
            Self::Deferred => "deferred",
            Self::Closed => "closed",
        }
    }
}

/// A rule that was asked, and what it gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// What the rule says of itself.
    pub rule: Arc<Citation>,
    /// What it gave.
    pub outcome: Outcome,
    /// The threshold with its numbers.
    pub arithmetic: Option<Box<Arithmetic>>,
    /// The record that the rule points at: this one, or one of an area's own.
    pub record: RecordIx,
    /// Where, keys canonical (`items[0].outcome`); empty for the record itself.
    pub path: Arc<str>,
    /// The number of the element from 0, where the rule judges each of a list.
    pub index: Option<u32>,
}

impl Proof {
    /// Whether it is about one element of a list, by its number from 0.
    pub fn is_of(&self, element: usize) -> bool {
        self.index.is_some_and(|index| usize::try_from(index) == Ok(element))
    }
}

/// A rule that failed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The rule's title.
    pub title: Text,
    /// An error, a finding or a warning; what the site denies is an error.
    pub severity: Severity,
    /// The record that the rule points at.
    pub record: RecordIx,
    /// Where, keys canonical; empty for the record itself.
    pub path: String,
    /// The bytes to mark.
    pub span: Span,
    /// What was found.
    pub message: Text,
    /// What to do.
    pub help: Text,
    /// The law, charter or guideline.
    pub basis: Text,
    /// The step that the rule belongs to.
    pub step: Option<String>,
    /// The values that the rule read, by their paths as expressions write them.
    pub because: Vec<(String, String)>,
}

impl Verdicts {
    /// Returns the day of judging.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// Returns the verdict on a record; `None` for site, calendars and what no workflow judges.
    pub fn get(&self, record: RecordIx) -> Option<&Verdict> {
        self.order.binary_search(&record).ok().map(|at| &*self.of_records[at])
    }

    /// Returns the records whose verdict is not the very one of some verdicts before, or by which other things are due; `None` where
    /// other records were judged.
    pub fn changed_since(&self, before: &Self) -> Option<BTreeSet<RecordIx>> {
        let pairs = self.of_records.iter().zip(&before.of_records);
        let judged = pairs.filter(|(new, old)| !Arc::ptr_eq(new, old)).map(|(new, _)| new.record);
        let (new, old) = if self.has_the_due_of(before) { (&[][..], &[][..]) } else { (&self.due[..], &before.due[..]) };
        // Both lists are in one order: what differs lies between what is the same at their beginnings and at their ends.
        let first = new.iter().zip(old).take_while(|(new, old)| new == old).count();
        let (new, old) = (&new[first..], &old[first..]);
        let last = new.iter().rev().zip(old.iter().rev()).take_while(|(new, old)| new == old).count();
        let due = new[..new.len() - last].iter().chain(&old[..old.len() - last]).map(|due| due.record);
        (self.order == before.order).then(|| judged.chain(due).collect())
    }

    /// Whether what is due, and what each area had to do, are the very lists of other verdicts.
    pub fn has_the_due_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.due, &other.due) && Arc::ptr_eq(&self.duties, &other.duties)
    }

    /// Returns every verdict in the order of the records.
    pub fn iter(&self) -> impl Iterator<Item = &Verdict> {
        self.of_records.iter().map(|verdict| &**verdict)
    }

    /// Returns a copy in which every text that may quote a record has been replaced by what `replace` makes of it, if anything.
    #[must_use]
    pub fn mapped(self, replace: &(dyn Fn(&str) -> Option<String> + Sync)) -> Self {
        self.mapped_again(None, replace)
    }

    /// Returns a copy as [`mapped`](Self::mapped) does; what is due and the duties, where the very same were mapped the same way
    /// `before`, are taken from there.
    #[must_use]
    pub fn mapped_again(mut self, before: Option<&Self>, replace: &(dyn Fn(&str) -> Option<String> + Sync)) -> Self {
        self.of_records.par_iter_mut().for_each(|verdict| {
            if verdict.quotes().any(|text| replace(text).is_some()) {
                Arc::make_mut(verdict).replace(replace);
            }
        });
        match before.filter(|before| before.as_judged.0.ptr_eq(&self.as_judged.0)) {
            Some(before) => self.due = Arc::clone(&before.due),
            None => Arc::make_mut(&mut self.due).par_iter_mut().for_each(|due| {
                replace_both(&mut due.title, replace);
                if let Some(Responsible::Named(name)) = &mut due.responsible {
                    replace_in(name, replace);
                }
            }),
        }
        match before.filter(|before| before.as_judged.1.ptr_eq(&self.as_judged.1)) {
            Some(before) => self.duties = Arc::clone(&before.duties),
            None if self.duties.texts().any(|text| replace(&text.zh).is_some() || replace(&text.en).is_some()) => {
                Arc::make_mut(&mut self.duties).map_texts(&|text| replace_both(text, replace));
            }
            None => {}
        }
        self
    }

    /// Returns what each area had to do in each period, and whether it was done.
    pub fn duties(&self) -> &Duties {
        &self.duties
    }

    /// Returns what is due: overdue first, then due, under way and done, each by its day.
    pub fn due(&self) -> &[Due] {
        &self.due
    }
}

impl Verdict {
    /// Returns the step that a matter is at while it is dealt with: one that has begun, or the next; one that ended early, or was put
    /// off, waits for none.
    pub fn open_step(&self) -> Option<usize> {
        let open = matches!(self.status, Some(Status::UnderWay | Status::Publicising));
        let begun = |at: &usize| self.steps.get(*at).is_some_and(|step| step.progress == Progress::UnderWay);
        self.current_step.filter(|at| open || begun(at))
    }

    /// Returns every text that may quote a record.
    fn quotes(&self) -> impl Iterator<Item = &String> {
        let found = self.findings.iter().flat_map(|finding| {
            let Text { zh, en } = &finding.message;
            [zh, en].into_iter().chain(finding.because.iter().map(|(_, value)| value))
        });
        found.chain(self.steps.iter().filter_map(|step| step.reason.as_ref()))
    }

    /// Replaces every text that may quote a record.
    fn replace(&mut self, replace: &dyn Fn(&str) -> Option<String>) {
        for finding in &mut self.findings {
            replace_both(&mut finding.message, replace);
            finding.because.iter_mut().for_each(|(_, value)| replace_in(value, replace));
        }
        self.steps.iter_mut().filter_map(|step| step.reason.as_mut()).for_each(|reason| replace_in(reason, replace));
    }
}

fn replace_both(text: &mut Text, replace: &dyn Fn(&str) -> Option<String>) {
    replace_in(&mut text.zh, replace);
    replace_in(&mut text.en, replace);
}

fn replace_in(text: &mut String, replace: &dyn Fn(&str) -> Option<String>) {
    if let Some(new) = replace(text) {
        *text = new;
    }
}

/// Judges every record by the workflows in force.
pub fn judge(register: &Register, workflows: &Workflows, as_of: Date, diagnostics: &mut Vec<Diagnostic>) -> Verdicts {
    let judgement = Judgement::new(register, workflows, as_of);
    diagnostics.extend(judgement.diagnostics());
    judgement.verdicts(register, workflows)
}

/// Verdicts with what each of them rests on, so that after a change only those that it touches are given anew.
#[derive(Debug, Clone)]
pub struct Judgement {
    as_of: Date,
    /// What is wrong with the site's own word on rules and places.
    general: Vec<Diagnostic>,
    denied: Vec<String>,
    /// The names that rules of areas read.
    area_names: BTreeSet<String>,
    /// The workflows that were put together with overlays.
    tightened: BTreeMap<Layered, Arc<Workflow>>,
    of_records: Vec<Arc<One>>,
    /// The duties put together, once they were asked for.
    duties: OnceLock<Arc<Duties>>,
    /// What is due put together, once it was asked for.
    due: OnceLock<Arc<Vec<Due>>>,
}

/// What judging one record gave.
#[derive(Debug)]
struct One {
    verdict: Arc<Verdict>,
    diagnostics: Vec<Diagnostic>,
    faults: Vec<Fault>,
    /// The duties that were asked of an area.
    held: Vec<Held>,
    /// What is due by the record itself.
    due: Vec<Due>,
    /// The records that were read, in order.
    reads: Vec<RecordIx>,
}

impl Judgement {
    /// Judges every record.
    pub fn new(register: &Register, workflows: &Workflows, as_of: Date) -> Self {
        let all: Vec<RecordIx> = register.records().map(|(ix, _)| ix).collect();
        Self::of(register, workflows, as_of, &all)
    }

    /// Judges some records, in order.
    pub fn of(register: &Register, workflows: &Workflows, as_of: Date, records: &[RecordIx]) -> Self {
        let mut general = Vec::new();
        places(register, workflows, &mut general);
        let denied = denied(register, workflows, &mut general).into_iter().map(str::to_owned).collect();
        let judged = |record: &Record| !matches!(record.kind, Kind::Site | Kind::Calendar | Kind::Workflow);
        let records: Vec<RecordIx> = records.iter().copied().filter(|ix| judged(register.get(*ix))).collect();
        let mut judgement = Self {
            as_of,
            general,
            denied,
            area_names: BTreeSet::new(),
            tightened: BTreeMap::new(),
            of_records: Vec::new(),
            duties: OnceLock::new(),
            due: OnceLock::new(),
        };
        judgement.of_records = judgement.judge(register, workflows, &records);
        judgement
    }

    /// Judges again after `changed` records were replaced by others of the same ids, areas and kinds; the workflows are the same.
    #[must_use]
    pub fn again(&self, register: &Register, workflows: &Workflows, changed: &BTreeSet<RecordIx>) -> Self {
        let mut judgement = self.clone();
        let mut is_changed = vec![false; register.records().len()];
        for ix in changed {
            is_changed[ix.0 as usize] = true;
        }
        let touched = |one: &Arc<One>| one.reads.iter().any(|ix| is_changed[ix.0 as usize]);
        let places: Vec<usize> = (0..self.of_records.len()).filter(|at| touched(&self.of_records[*at])).collect();
        let records: Vec<RecordIx> = places.iter().map(|at| self.of_records[*at].verdict.record).collect();
        for (at, one) in places.into_iter().zip(judgement.judge(register, workflows, &records)) {
            // What is as it was stays put together.
            let former = &judgement.of_records[at];
            let same_duties = one.held == former.held;
            if !same_duties || one.due != former.due {
                judgement.due = OnceLock::new();
            }
            if !same_duties {
                judgement.duties = OnceLock::new();
            }
            judgement.of_records[at] = one;
        }
        judgement
    }

    /// Gives back, on all cores, what it holds besides its verdicts: there is much of it, and the next stage needs the room.
    pub fn give_back(self) {
        self.of_records.into_par_iter().for_each(drop);
    }

    /// Judges some records.
    fn judge(&mut self, register: &Register, workflows: &Workflows, records: &[RecordIx]) -> Vec<Arc<One>> {
        let layers = Layers { workflows, made: Mutex::new(std::mem::take(&mut self.tightened)) };
        let plans = plan(register, &layers, self.as_of, records);
        self.tightened = layers.made.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.area_names.extend(area_names(&plans));
        let world = World::new(register, workflows.forms(), &self.area_names);
        let judge_some = |plans: &&[Plan]| {
            let shelf = Shelf::new(&world);
            plans.iter().map(|plan| Arc::new(self.judge_one(&shelf, plan))).collect::<Vec<_>>()
        };
        let area = |plan: &Plan| register.get(plan.record).area.as_str();
        let judged: Vec<Vec<Arc<One>>> = shelves(&plans, area).par_iter().map(judge_some).collect();
        judged.into_iter().flatten().collect()
    }

    fn judge_one(&self, shelf: &Shelf<'_>, plan: &Plan) -> One {
        let register = shelf.world.register;
        let JudgedRecord { mut verdict, faults, held } = judge_record(shelf, plan, &self.denied, self.as_of);
        let reads = shelf.reads();
        verdict.basis = basis(register, &reads);
        let findings = verdict.findings.iter().map(|finding| diagnostic(register, &verdict, finding));
        let diagnostics = plan.fault.clone().into_iter().chain(findings).collect();
        let due = due::of_record(register, plan.record, self.as_of);
        One { verdict: Arc::new(verdict), diagnostics, faults, held, due, reads }
    }

    /// Returns all that is wrong or departs from the procedure.
    pub fn diagnostics(&self) -> impl Iterator<Item = Diagnostic> {
        let mut faults = BTreeMap::new();
        for fault in self.of_records.iter().flat_map(|one| &one.faults) {
            faults.entry(fault.rule.clone()).or_insert_with(|| fault.clone());
        }
        let found = self.of_records.iter().flat_map(|one| &one.diagnostics);
        self.general.iter().chain(found).cloned().chain(faults.into_values().map(Fault::diagnostic))
    }

    /// Returns how much each of them weighs.
    pub fn severities(&self) -> impl Iterator<Item = Severity> {
        let faults = self.of_records.iter().flat_map(|one| &one.faults).map(|_| Severity::Error);
        let found = self.general.iter().chain(self.of_records.iter().flat_map(|one| &one.diagnostics));
        found.map(|diagnostic| diagnostic.severity).chain(faults)
    }

    /// Returns the verdicts, and what is due by them.
    pub fn verdicts(&self, register: &Register, workflows: &Workflows) -> Verdicts {
        let of_records: Vec<_> = self.of_records.iter().map(|one| Arc::clone(&one.verdict)).collect();
        let assembled = || {
            let held: Vec<&Held> = self.of_records.iter().flat_map(|one| &one.held).collect();
            Arc::new(duty::assemble(register, workflows, &held, self.as_of))
        };
        let duties = Arc::clone(self.duties.get_or_init(assembled));
        // Put together before it is put down: a thread that holds the one and helps out elsewhere could ask for it once more.
        let due = self.due.get().cloned().unwrap_or_else(|| {
            let of_records = self.of_records.iter().flat_map(|one| one.due.iter().cloned()).collect();
            let listed = Arc::new(due::list(of_records, &duties));
            Arc::clone(self.due.get_or_init(|| listed))
        });
        let as_judged = (Arc::downgrade(&due), Arc::downgrade(&duties));
        let order = of_records.iter().map(|verdict| verdict.record).collect();
        Verdicts { as_of: self.as_of, of_records, order, duties, due, as_judged }
    }
}

/// Takes the digest of records with the days that they are filed under.
fn basis(register: &Register, records: &[RecordIx]) -> blake3::Hash {
    let mut digester = Digester::default();
    for ix in records {
        digester.add(register.get(*ix).source.as_bytes());
        register.date_of(*ix).map(|date| (date.year(), date.month(), date.day())).hash(&mut digester);
    }
    digester.digest()
}

/// The fewest records that are judged from one shelf, but for the last.
const TOGETHER: usize = 64;

/// The most.
const MOST: usize = 256;

/// Parts plans into those that are judged from one shelf; those of an area, which mostly name each other, stay together.
fn shelves<'p, 'r>(plans: &'p [Plan], area: impl Fn(&'p Plan) -> &'r str) -> Vec<&'p [Plan]> {
    let (mut shelves, mut rest) = (Vec::new(), plans);
    while !rest.is_empty() {
        let enough = TOGETHER.min(rest.len());
        let last = area(&rest[enough - 1]);
        let more = rest[enough..].iter().take(MOST - enough).take_while(|plan| area(plan) == last).count();
        let (shelf, behind) = rest.split_at(enough + more);
        shelves.push(shelf);
        rest = behind;
    }
    shelves
}

/// Returns the names that rules and duties of areas read.
fn area_names(plans: &[Plan]) -> BTreeSet<String> {
    let own = plans.iter().flat_map(|plan| &plan.workflows).map(|(workflow, _)| workflow);
    let all = own.chain(plans.iter().flat_map(|plan| &plan.standings).map(|standing| &standing.workflow));
    let each: HashMap<_, _> = all.map(|workflow| (Arc::as_ptr(workflow), workflow)).collect();
    let rules = each.values().flat_map(|workflow| &workflow.rules).filter(|rule| rule.applies_to == Kind::Area);
    let done = each.values().flat_map(|workflow| &workflow.duties).flat_map(|duty| &duty.done);
    let duties = done.flat_map(|fulfils| [Some(&fulfils.each), fulfils.when.as_ref(), Some(&fulfils.date), fulfils.on.as_ref()]);
    rules.flat_map(Rule::names).chain(duties.flatten().flat_map(Expression::names)).collect()
}

/// Reports areas that an overlay names and the site does not have: it would apply nowhere.
fn places(register: &Register, workflows: &Workflows, diagnostics: &mut Vec<Diagnostic>) {
    for workflow in workflows.overlays() {
        let named = workflow.areas.iter().zip(&workflow.area_spans);
        for (area, span) in named.filter(|(area, _)| !area.is_empty() && register.area(area).is_none()) {
            if register.broken().iter().any(|broken| broken.area == *area) {
                continue;
            }
            let ids = register.areas().map(|(ix, _)| register.get(ix).id.as_str());
            let help = match crate::record::check::closest(area, ids) {
                Some(near) => text!("是不是 `{near}`？", "did you mean `{near}`?"),
                None => text!(
                    "写区域文件夹的路径，如 `qinghe/xinmin`",
                    "write the path of the area's folder, such as `qinghe/xinmin`"
                ),
            };
            let message = text!("没有区域 `{area}`", "there is no area `{area}`");
            diagnostics.push(Diagnostic::error("reference/unknown", *span, message).help(help));
        }
    }
}

/// Returns the rules whose findings the site treats as errors, and reports those that do not exist.
fn denied<'r>(register: &'r Register, workflows: &Workflows, diagnostics: &mut Vec<Diagnostic>) -> Vec<&'r str> {
    let deny = register.site_record().and_then(|site| site.tree().get("deny"));
    let mut denied = Vec::new();
    for node in deny.map_or(&[][..], |deny| deny.items()) {
        let Some(id) = node.text() else { continue };
        if workflows.rule(id).is_some() || crate::diagnostic::rules::find(id).is_some() {
            denied.push(id);
            continue;
        }
        let known = workflows.rules().map(|(_, rule)| rule.id.as_str());
        let help = crate::workflow::names::did_you_mean_or(id, known, || {
            text!("`gongshi rule` 列出所有规则", "`gongshi rule` lists the rules")
        });
        let message = text!("没有规则 `{id}`", "there is no rule `{id}`");
        diagnostics.push(Diagnostic::error("reference/unknown", node.span, message).help(help));
    }
    denied
}

/// Which workflows judge a record.
struct Plan {
    record: RecordIx,
    /// Why none does, where the record's own is not in force.
    fault: Option<Diagnostic>,
    /// The workflow that a matter follows.
    own: Option<Arc<Workflow>>,
    /// Every workflow, with the day since which it holds in the area.
    workflows: Vec<(Arc<Workflow>, Option<Date>)>,
    /// The procedures whose duties an area had, in every version that has held.
    standings: Vec<Standing>,
    /// Whether catalogues may ask an area for anything.
    listed: bool,
}

/// The number of a workflow and those of the overlays laid over it.
type Layered = (usize, Vec<usize>);

/// Workflows put together with their overlays, each once.
struct Layers<'w> {
    workflows: &'w Workflows,
    made: Mutex<BTreeMap<Layered, Arc<Workflow>>>,
}

impl<'w> Layers<'w> {
    fn new(workflows: &'w Workflows) -> Self {
        Self { workflows, made: Mutex::default() }
    }

    fn get(&self, id: &str, date: Date, area: &str) -> Option<Arc<Workflow>> {
        let layers = self.workflows.layers(id, date, area)?;
        if layers.1.is_empty() {
            return Some(self.workflows.tightened(&layers));
        }
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(made.entry(layers).or_insert_with_key(|layers| self.workflows.tightened(layers))))
    }
}

/// Finds the workflows that judge each record: its own, those that its area has adopted, and the laws of its level.
fn plan(register: &Register, layers: &Layers<'_>, as_of: Date, records: &[RecordIx]) -> Vec<Plan> {
    let laws: BTreeSet<&str> = layers.workflows.laws().map(|law| law.id.as_str()).collect();
    records.par_iter().map(|ix| plan_one(register, layers, &laws, *ix, as_of)).collect()
}

/// Finds the workflows that judge one record.
fn plan_one(register: &Register, layers: &Layers<'_>, laws: &BTreeSet<&str>, ix: RecordIx, as_of: Date) -> Plan {
    let record = register.get(ix);
    let date = register.date_of(ix).unwrap_or(as_of);
    let mut plan = Plan { record: ix, fault: None, own: None, workflows: Vec::new(), standings: Vec::new(), listed: false };
    if let Some(matter) = record.matter() {
        plan.own = layers.get(&matter.workflow, date, &record.area);
        if plan.own.is_none() && layers.workflows.knows(&matter.workflow) {
            plan.fault = Some(not_in_force(record, &matter.workflow, date));
        }
        let since = adopted(register, record, &matter.workflow);
        plan.workflows.extend(plan.own.clone().map(|own| (own, since)));
    } else {
        for (id, since) in adopted_on(register, record, date) {
            plan.workflows.extend(layers.get(id, date, &record.area).map(|workflow| (workflow, Some(since))));
        }
    }
    let level =
        register.area(&record.area).and_then(|area| register.get(area).tree().get("level")).and_then(|level| level.text());
    for law in laws {
        let law = layers.get(law, date, &record.area).filter(|law| level.map_or(law.level.is_none(), |level| law.suits(level)));
        plan.workflows.extend(law.map(|law| (Arc::clone(&law), law.effective.0)));
    }
    plan.workflows.retain(|(workflow, _)| workflow.rules.iter().any(|rule| rule.applies_to == record.kind));
    // What a file says that cannot be read is unknown, so nothing can be called missing from its area.
    if record.kind == Kind::Area {
        if register.broken().iter().any(|broken| broken.area == record.area) {
            plan.workflows.clear();
        } else {
            plan.standings = duty::standings(layers, register, record, as_of);
            plan.listed = true;
        }
    }
    plan
}

fn not_in_force(record: &Record, id: &str, date: Date) -> Diagnostic {
    let span = record.tree().get("workflow").map_or(record.tree().span, |workflow| workflow.span);
    Diagnostic::error(
        "workflow/not-in-force",
        span,
        text!("工作法 `{id}` 在 {date} 没有有效的版本", "no version of the workflow `{id}` is in force on {date}"),
    )
    .help(text!("核对日期，或者补上当时有效的工作法", "check the dates, or add the pack that was in force then"))
}

/// Returns the day on which the record's area adopted a workflow.
fn adopted(register: &Register, record: &Record, id: &str) -> Option<Date> {
    let area = register.area(&record.area)?;
    register.get(area).place()?.workflows.iter().find(|adopted| adopted.id == id).map(|adopted| adopted.since)
}

/// Returns the workflows that the record's area follows on a day, with the day of adoption.
fn adopted_on<'r>(register: &'r Register, record: &Record, date: Date) -> Vec<(&'r str, Date)> {
    let area = register.area(&record.area).and_then(|area| register.get(area).place());
    let adopted = area.map_or(&[][..], |area| area.workflows.as_slice()).iter();
    adopted
        .filter(|adopted| adopted.since <= date && adopted.until.is_none_or(|until| date <= until))
        .map(|adopted| (adopted.id.as_str(), adopted.since))
        .collect()
}

/// A rule that cannot be evaluated: a fault of its pack that only a record showed.
#[derive(Debug, Clone)]
struct Fault {
    rule: String,
    span: Span,
    record: Span,
    text: String,
}

impl Fault {
    fn diagnostic(self) -> Diagnostic {
        let Self { rule, span, record, text } = self;
        Diagnostic::error(
            "workflow/expression",
            span,
            text!("规则 `{rule}` 无法计算：{text}", "the rule `{rule}` cannot be evaluated: {text}"),
        )
        .label(record, text!("判断这个记录时", "while judging this record"))
    }
}

/// What judging one record gave.
struct JudgedRecord {
    verdict: Verdict,
    faults: Vec<Fault>,
    /// The duties that were asked of an area.
    held: Vec<Held>,
}

/// Judges one record by every workflow of its plan.
fn judge_record(shelf: &Shelf<'_>, plan: &Plan, denied: &[String], as_of: Date) -> JudgedRecord {
    let world = shelf.world;
    let record = world.register.get(plan.record);
    shelf.begin();
    shelf.note(plan.record);
    world.register.area(&record.area).into_iter().for_each(|area| shelf.note(area));
    // The day on which a matter was decided says which version of a procedure judges it.
    world.register.links(plan.record).iter().for_each(|link| shelf.note(link.to));
    let mut verdict = Verdict {
        record: plan.record,
        workflow: plan.own.clone(),
        decision: None,
        status: None,
        steps: Vec::new(),
        current_step: None,
        proofs: Proofs::default(),
        findings: Vec::new(),
        basis: blake3::hash(b""),
    };
    if plan.workflows.is_empty() && plan.standings.is_empty() && !plan.listed && record.matter().is_none() {
        return JudgedRecord { verdict, faults: Vec::new(), held: Vec::new() };
    }
    let value = shelf.expanded(plan.record);
    let mut scope = scope(shelf, record, &value, as_of);
    if let Some(matter) = record.matter() {
        let decided = world.register.date_of(plan.record).is_none_or(|date| date <= as_of);
        let decision = plan.own.as_ref().and_then(|own| own.decision.as_ref()).filter(|_| decided);
        if let Some(Value::Text(decision)) = decision.and_then(|decision| decision.value(&mut scope).ok()) {
            scope.bind("decision", Value::Text(decision.clone()));
            verdict.decision = Some(decision.to_string());
        }
        if let Some(own) = &plan.own {
            verdict.steps = step::judge(own, matter, as_of, &mut scope);
            verdict.current_step = current(&verdict.steps);
            verdict.status = Some(status(own, matter, &verdict, as_of));
        }
    }
    let mut court = Court {
        shelf,
        record: plan.record,
        value: &value,
        denied,
        proofs: Vec::new(),
        failures: Vec::new(),
        faults: Vec::new(),
        judged: Vec::new(),
    };
    let first = first_day(shelf, record);
    for (workflow, since) in &plan.workflows {
        let mark = scope.mark();
        bind_since(&mut scope, *since, first);
        for rule in workflow.rules.iter().filter(|rule| rule.applies_to == record.kind && rule.duty.is_none()) {
            court.ask(rule, &mut scope);
        }
        scope.release(mark);
    }
    let mut held = Vec::new();
    // Of an area without any dated record nobody knows what it did under a procedure that holds no more.
    for standing in plan.standings.iter().filter(|standing| standing.current || first.is_some()) {
        let mark = scope.mark();
        bind_since(&mut scope, standing.tenure.from, first);
        held.extend(court.duties(standing, first, &mut scope, as_of));
        scope.release(mark);
    }
    court.proofs.shrink_to_fit();
    verdict.proofs = court.proofs.into();
    verdict.findings = without_looser(court.failures);
    if plan.listed {
        let listed = listed::held(shelf, plan.record, first, as_of);
        verdict.findings.extend(listed.iter().filter_map(|held| listed::finding(record, held, denied, as_of)));
        held.extend(listed);
    }
    JudgedRecord { verdict, faults: court.faults, held }
}

/// The rules asked about one record, and what they gave.
struct Court<'p> {
    shelf: &'p Shelf<'p>,
    record: RecordIx,
    value: &'p Value,
    denied: &'p [String],
    proofs: Vec<Proof>,
    failures: Vec<(&'p Rule, Finding)>,
    faults: Vec<Fault>,
    /// What the rule that is being asked gave; kept for its room.
    judged: Vec<Judged>,
}

impl<'p> Court<'p> {
    /// Asks a rule.
    fn ask(&mut self, rule: &'p Rule, scope: &mut Scope<'_>) {
        let mut all = std::mem::take(&mut self.judged);
        judge_rule(rule, scope, &mut all);
        for judged in all.drain(..) {
            let (register, paths) = (self.shelf.world.register, &self.shelf.paths);
            let place = paths.borrow_mut().of_rule(register, self.record, rule, self.value, judged.item.as_ref());
            if let Outcome::Fault(text) = &judged.outcome {
                self.fault(rule, place.span, text);
            }
            let Judged { index, outcome, arithmetic, because, message, .. } = judged;
            if outcome == Outcome::Failed {
                self.failures.push((rule, finding(rule, (message, because), &place, self.denied)));
            }
            self.proofs.push(Proof {
                rule: Arc::clone(rule.citation()),
                outcome,
                arithmetic: arithmetic.map(Box::new),
                record: place.record,
                path: place.path,
                index,
            });
        }
        self.judged = all;
    }

    /// Asks for the duties of a procedure that holds or held in an area, and the rule of each.
    fn duties(&mut self, standing: &'p Standing, first: Option<Date>, scope: &mut Scope<'_>, as_of: Date) -> Vec<Held> {
        let record = self.shelf.world.register.get(self.record);
        let mut held = Vec::new();
        for (number, duty) in standing.workflow.duties.iter().enumerate() {
            let Some(rule) = standing.workflow.rule(&duty.rule) else { continue };
            let tenure = duty::tenure(standing, duty, record, first);
            match duty.fulfilments(scope, as_of) {
                Ok(done) => {
                    let mark = scope.mark();
                    bind_overdue(scope, &duty.overdue(&done, tenure, as_of));
                    self.ask(rule, scope);
                    scope.release(mark);
                    let asked = Asked::OfPack(Arc::clone(&standing.workflow), number);
                    held.push(Held { area: self.record, asked, tenure, done });
                }
                Err(Stop::Missing(text)) => self.fault(rule, record.tree().span, &text),
                Err(Stop::Fault(text)) => self.fault(rule, record.tree().span, &text),
            }
        }
        held
    }

    fn fault(&mut self, rule: &Rule, record: Span, text: &str) {
        self.faults.push(Fault { rule: rule.id.clone(), span: rule.span, record, text: text.to_owned() });
    }
}

/// Binds what every rule on a record sees.
fn scope<'w>(shelf: &Shelf<'w>, record: &Record, value: &Value, as_of: Date) -> Scope<'w> {
    let mut scope = Scope::new(shelf.world.calendar());
    scope.bind("as_of", Value::date(as_of));
    if let Some(area) = shelf.world.register.area(&record.area) {
        scope.bind("area", shelf.value(area));
    }
    if let Some(body) = body_of(record).and_then(|body| shelf.body(&record.area, body)) {
        scope.bind("body", body);
    }
    if record.kind == Kind::Area {
        for (name, list) in shelf.lists(&record.area) {
            scope.bind(name, list);
        }
    }
    scope.bind(world::kind_name(record.kind), value.clone());
    scope
}

/// Returns the body that a meeting, a roster or an election is of.
fn body_of(record: &Record) -> Option<&str> {
    match record.data() {
        Data::Meeting(data) => Some(&data.body),
        Data::Delegates(data) => Some(&data.body),
        Data::Election(data) => Some(&data.body),
        _ => None,
    }
}

/// Binds the day of adoption, and the day from which cadences are judged.
fn bind_since(scope: &mut Scope<'_>, adopted: Option<Date>, first: Option<Date>) {
    if let Some(adopted) = adopted {
        scope.bind("adopted", Value::date(adopted));
    }
    if let Some(since) = adopted.max(first) {
        scope.bind("since", Value::date(since));
    }
}

/// Returns the day of the first dated record of an area; only rules of areas ask for it. Elections and rosters come before the
/// work that cadences are about, so they do not count.
fn first_day(shelf: &Shelf<'_>, record: &Record) -> Option<Date> {
    if record.kind != Kind::Area {
        return None;
    }
    let (register, lists) = (shelf.world.register, crate::workflow::names::AREA_LISTS);
    let of = |kind: Kind| register.records_of(&record.area, kind);
    lists.iter().flat_map(|(_, kind)| of(*kind)).for_each(|ix| shelf.note(*ix));
    let lists = lists
        .into_iter()
        .filter(|(_, kind)| !matches!(kind, Kind::Delegates | Kind::Election | Kind::Catalogue | Kind::Programme));
    lists.filter_map(|(_, kind)| of(kind).iter().find_map(|ix| register.date_of(*ix))).min()
}

/// Returns the step that a matter is at.
fn current(steps: &[StepState]) -> Option<usize> {
    let under_way = steps.iter().position(|step| step.progress == Progress::UnderWay);
    under_way.or_else(|| steps.iter().position(|step| step.progress == Progress::NotBegun))
}

/// Says how a matter stands.
fn status(workflow: &Workflow, matter: &crate::record::Matter, verdict: &Verdict, as_of: Date) -> Status {
    if matter.closed.as_ref().is_some_and(|closed| closed.date <= as_of) {
        return Status::Closed;
    }
    let posting = |state: &&StepState| {
        workflow.step(&state.id).is_some_and(|step| step.form.name == "publicise") && state.progress == Progress::UnderWay
    };
    if verdict.steps.iter().any(|state| posting(&state)) {
        return Status::Publicising;
    }
    match verdict.decision.as_deref() {
        Some("rejected") => return Status::Rejected,
        Some("deferred" | "no-quorum") => return Status::Deferred,
        _ => {}
    }
    let open = |state: &StepState| matches!(state.progress, Progress::UnderWay | Progress::NotBegun);
    if verdict.steps.iter().any(open) || verdict.steps.is_empty() { Status::UnderWay } else { Status::Done }
}

/// Makes the finding of a rule that failed: what is said, and the values that the rule read.
fn finding(rule: &Rule, (message, because): (Text, Vec<(String, String)>), place: &Place, denied: &[String]) -> Finding {
    let severity = if denied.contains(&rule.id) { Severity::Error } else { rule.severity };
    Finding {
        rule: rule.id.clone(),
        title: rule.title.clone(),
        severity,
        record: place.record,
        path: (*place.path).to_owned(),
        span: place.span,
        message,
        help: rule.help.clone(),
        basis: rule.basis.clone(),
        step: rule.step.clone(),
        because,
    }
}

/// Leaves out what a tighter rule says already at the same place.
fn without_looser(failures: Vec<(&Rule, Finding)>) -> Vec<Finding> {
    let said = |looser: &Finding| {
        failures.iter().any(|(rule, tighter)| rule.tightens.as_deref() == Some(&looser.rule) && tighter.span == looser.span)
    };
    let kept: Vec<bool> = failures.iter().map(|(_, finding)| !said(finding)).collect();
    failures.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|((_, finding), _)| finding).collect()
}

/// The most values that a diagnostic marks besides its own place.
const MOST_LABELS: usize = 4;

/// Says a finding at its place, with the values that it rests on.
fn diagnostic(register: &Register, verdict: &Verdict, finding: &Finding) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(&*finding.rule, finding.severity, finding.span, finding.message.clone())
        .help(finding.help.clone())
        .basis(finding.basis.clone());
    let operands = finding.because.iter().filter_map(|(path, value)| {
        let span = place::of_operand(register, verdict.record, path)?;
        (span != finding.span).then_some((span, path, value))
    });
    for (span, path, value) in operands.take(MOST_LABELS) {
        let key = path.rsplit('.').next().unwrap_or(path);
        diagnostic = diagnostic.label(span, text!("`{key}` 为 {value}", "`{key}` is {value}"));
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_an_area_are_judged_from_one_shelf_unless_there_are_many() {
        let plan = |record| Plan {
            record: RecordIx(record),
            fault: None,
            own: None,
            workflows: Vec::new(),
            standings: Vec::new(),
            listed: false,
        };
        let plans: Vec<Plan> = (0..700).map(plan).collect();
        let sizes = |area: &dyn Fn(u32) -> &'static str| {
            shelves(&plans, |plan| area(plan.record.0)).iter().map(|shelf| shelf.len()).collect::<Vec<_>>()
        };
        assert_eq!(sizes(&|ix| if ix < 100 { "a" } else { "b" }), [100, 256, 256, 88]);
        assert_eq!(sizes(&|ix| if ix % 2 == 0 { "a" } else { "b" })[..2], [64, 64]);
        assert!(shelves(&[], |_| "").is_empty());
    }
}
