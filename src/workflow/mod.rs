//! Workflows: procedures as data, read from rule packs, versioned by date and tightened by overlays.
//!
//! A pack is a YAML file with `kind: workflow`; the built-in ones are files too ([`BUILT_IN`]). [`Workflows::read`] takes
//! them all and reports every fault of a pack; `judge` then asks which workflow is in force where and when.
//! `docs/rule-packs.md` is the contract.

pub(crate) mod convert;
pub(crate) mod duty;
mod example;
mod explain;
mod expression;
mod functions;
mod lexicon;
pub(crate) mod names;
mod overlay;
mod packs;
mod read;
mod template;
mod threshold;
mod value;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

pub use duty::{Duty, Fulfilment, Fulfils, Tenure};
pub use explain::{Explanation, explain};
pub use expression::{Expression, Scope, Stop, SyntaxError};
pub(crate) use functions::read_date;
pub use packs::{BUILT_IN, add_built_in};
pub use template::Template;
pub use threshold::{Arithmetic, Bound, Comparison, Fraction, Names};
pub(crate) use value::expression_name;
pub use value::{Key, Map, Value};

use crate::diagnostic::Severity;
use crate::field::{Form, Kind};
use crate::language::{Language, Text};
use crate::source::{FileId, Span};
use lexicon::Lexicon;

/// A procedure: its steps and its rules, as one pack gives them.
#[derive(Debug, Clone)]
pub struct Workflow {
    /// The id (`eight-step`); versions of one procedure share it.
    pub id: String,
    /// The title in both languages.
    pub title: Text,
    /// What it is for; may be empty.
    pub description: Text,
    /// The level of the areas that may adopt it (`village`); any, if absent.
    pub level: Option<String>,
    /// Whether it judges every area of its level, adopted or not (a law).
    pub always: bool,
    /// The first and the last day on which it is in force, by the day of the event judged.
    pub effective: (Option<Date>, Option<Date>),
    /// The workflow that this pack overlays.
    pub extends: Option<String>,
    /// The place of `extends`.
    pub(crate) extends_span: Option<Span>,
    /// The areas that an overlay applies to, with all below them; everywhere, if empty.
    pub areas: Vec<String>,
    /// The places of `areas`, in the same order.
    pub(crate) area_spans: Vec<Span>,
    /// The laws, charters and guidelines that it encodes.
    pub basis: Vec<Basis>,
    /// The outcome of the vote that decides a matter.
    pub decision: Option<Expression>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// What is to be done once a period, in the order of the pack, the duties of overlays last.
    pub duties: Vec<Duty>,
    /// The rules, in the order of the pack, those of overlays last.
    pub rules: Vec<Rule>,
    /// The pack's file.
    pub file: FileId,
    /// The path of the pack's file (`<built-in>/eight-step.yaml`).
    pub path: String,
    /// The place of the pack's id.
    pub span: Span,
}

/// A law, charter or guideline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Its title.
    pub title: Text,
    /// Who issued it.
    pub issuer: Option<String>,
    /// When it was issued.
    pub date: Option<Date>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// A step of a procedure.
#[derive(Debug, Clone)]
pub struct Step {
    /// The key under `steps` of a matter (`set-topic`).
    pub id: String,
    /// The title in both languages.
    pub title: Text,
    /// The class of the body responsible (`village-congress`).
    pub responsible: String,
    /// The form of its evidence.
    pub form: &'static Form,
    /// What has to happen.
    pub description: Text,
    /// The day on which it began.
    pub from: Expression,
    /// The day on which it ended; `from` if absent.
    pub to: Option<Expression>,
    /// Whether the step is needed; always, if absent.
    pub when: Option<Expression>,
    /// Whether it is done; `to <= as_of` if absent.
    pub done: Option<Expression>,
}

/// A rule of a procedure.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The id (`eight-step/quorum`).
    pub id: String,
    /// The title in both languages.
    pub title: Text,
    /// The step that it belongs to.
    pub step: Option<String>,
    /// What a failure means.
    pub severity: Severity,
    /// The kind of record that it judges.
    pub applies_to: Kind,
    /// The list whose elements are judged one by one.
    pub each: Option<Expression>,
    /// Whether it applies.
    pub when: Option<Expression>,
    /// Its exact threshold.
    pub threshold: Option<Threshold>,
    /// What has to hold; whether the threshold is met, if absent.
    pub rule: Option<Expression>,
    /// The path of the key that a report points at (`meeting.present`, `item.outcome`).
    pub at: Option<Expression>,
    /// What is said when it fails, in Chinese and in English.
    pub message: (Template, Template),
    /// What to do; may be empty.
    pub help: Text,
    /// The law, charter or guideline; may be empty.
    pub basis: Text,
    /// The duty of its pack that it asks for: it sees the periods that are overdue as `overdue`.
    pub duty: Option<String>,
    /// The rule of another pack that it tightens.
    pub tightens: Option<String>,
    /// The examples that pass.
    pub passing: Vec<Example>,
    /// The examples that fail.
    pub failing: Vec<Example>,
    /// The path of the pack that gave it, or that tightened it last.
    pub pack: String,
    /// The place of the rule's id in its pack.
    pub span: Span,
    /// What its proofs cite; made when the rule is first asked.
    pub(crate) citation: OnceLock<Arc<Citation>>,
}

/// What the proofs of a rule say of it; they share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The rule's id.
    pub id: String,
    /// The rule's title.
    pub title: Text,
    /// The step that the rule belongs to.
    pub step: Option<String>,
    pub(crate) target: Target,
}

/// Where a rule points, in the names of expressions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// The name that the path begins with (`meeting`, `item`); `None` for the record itself.
    pub(crate) root: Option<String>,
    /// The keys and indexes behind it.
    pub(crate) rest: Vec<String>,
    /// The path of the list whose elements are judged.
    pub(crate) list: Option<Vec<String>>,
}

/// Splits a path of expressions into keys and indexes (`meeting.items[0]` → `meeting`, `items`, `0`).
pub(crate) fn path_keys(path: &str) -> impl Iterator<Item = &str> + Clone {
    path.split(['.', '[']).map(|part| part.trim_end_matches(']')).filter(|part| !part.is_empty())
}

/// An example of a rule.
#[derive(Debug, Clone)]
pub struct Example {
    /// The names that it binds, by the names of expressions.
    pub data: Value,
    /// The text of the example, as the pack has it.
    pub source: String,
    /// Its place in the pack.
    pub span: Span,
}

/// The threshold of a rule.
#[derive(Debug, Clone)]
pub struct Threshold {
    /// The number counted.
    pub count: Expression,
    /// The denominator, where the bound is a share.
    pub of: Option<Expression>,
    /// The bound.
    pub bound: Bound,
    /// How the numbers are called.
    pub names: Arc<Names>,
}

/// Every workflow that a site knows: the built-in packs, those of the site, and the overlays.
#[derive(Debug, Clone, Default)]
pub struct Workflows {
    /// Those that are no overlays.
    bases: Vec<Arc<Workflow>>,
    overlays: Vec<Workflow>,
    /// The digest of the files of their packs.
    digest: [u8; blake3::OUT_LEN],
    /// Their expressions.
    lexicon: Arc<Lexicon>,
}

impl Workflow {
    /// Whether it is in force on `date`.
    pub fn in_force(&self, date: Date) -> bool {
        self.effective.0.is_none_or(|from| from <= date) && self.effective.1.is_none_or(|to| date <= to)
    }

    /// Whether areas of `level` may adopt it.
    pub fn suits(&self, level: &str) -> bool {
        self.level.as_deref().is_none_or(|own| own == level)
    }

    /// Finds a step by id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// Finds a rule by its whole id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Finds the duty that a rule asks for.
    pub fn duty_of(&self, rule: &Rule) -> Option<&Duty> {
        rule.duty.as_ref()?;
        self.duties.iter().find(|duty| duty.rule == rule.id)
    }

    /// Whether the overlay applies to an area.
    fn covers(&self, area: &str) -> bool {
        self.areas.is_empty()
            || self
                .areas
                .iter()
                .any(|path| area == path || area.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/')))
    }
}

impl Workflows {
    /// Returns every workflow that is no overlay, by id and then by the day from which it is in force.
    pub fn iter(&self) -> impl Iterator<Item = &Workflow> {
        self.bases.iter().map(|workflow| &**workflow)
    }

    /// Returns the digest of the packs: the same packs, the same workflows.
    pub fn digest(&self) -> blake3::Hash {
        self.digest.into()
    }

    /// Returns every overlay.
    pub fn overlays(&self) -> &[Workflow] {
        &self.overlays
    }

    /// Whether any version of a workflow has this id.
    pub fn knows(&self, id: &str) -> bool {
        self.iter().any(|workflow| workflow.id == id)
    }

    /// Returns the version of a workflow that is in force on `date`, without overlays.
    pub fn in_force(&self, id: &str, date: Date) -> Option<&Workflow> {
        self.iter().find(|workflow| workflow.id == id && workflow.in_force(date))
    }

    /// Returns the version of a workflow that is in force on `date` in `area`, tightened by the overlays there.
    pub fn in_area(&self, id: &str, date: Date, area: &str) -> Option<Arc<Workflow>> {
        self.layers(id, date, area).map(|layers| self.tightened(&layers))
    }

    /// Returns the overlays of a workflow that are in force on `date` in `area`, in the order of their files.
    pub fn overlays_of<'a>(&'a self, id: &'a str, date: Date, area: &'a str) -> impl Iterator<Item = &'a Workflow> {
        self.overlays
            .iter()
            .filter(move |overlay| overlay.extends.as_deref() == Some(id) && overlay.in_force(date) && overlay.covers(area))
    }

    /// Returns the workflows that judge every area of their level, by id.
    pub fn laws(&self) -> impl Iterator<Item = &Workflow> {
        self.iter().filter(|workflow| workflow.always)
    }

    /// Finds a rule by its whole id (`eight-step/quorum`), the latest version first, and the pack it stands in.
    pub fn rule(&self, id: &str) -> Option<(&Workflow, &Rule)> {
        let packs = self.iter().collect::<Vec<_>>().into_iter().rev().chain(&self.overlays);
        packs.into_iter().find_map(|pack| pack.rule(id).map(|rule| (pack, rule)))
    }

    /// Returns every rule with its pack: workflows by id and version, then overlays.
    pub fn rules(&self) -> impl Iterator<Item = (&Workflow, &Rule)> {
        self.iter().chain(&self.overlays).flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)))
    }

    /// Returns the version of a workflow in force on `date` with the overlays that apply in `area`, as they stand; what
    /// [`tightened`](Self::tightened) puts together.
    pub(crate) fn layers(&self, id: &str, date: Date, area: &str) -> Option<(usize, Vec<usize>)> {
        let base = self.bases.iter().position(|workflow| workflow.id == id && workflow.in_force(date))?;
        let applies =
            |overlay: &&Workflow| overlay.extends.as_deref() == Some(id) && overlay.in_force(date) && overlay.covers(area);
        let overlays = self.overlays.iter().enumerate().filter(|(_, overlay)| applies(overlay)).map(|(index, _)| index);
        Some((base, overlays.collect()))
    }

    /// Puts a workflow and overlays of it together.
    pub(crate) fn tightened(&self, (base, overlays): &(usize, Vec<usize>)) -> Arc<Workflow> {
        let base = &self.bases[*base];
        if overlays.is_empty() {
            return Arc::clone(base);
        }
        let overlays: Vec<_> = overlays.iter().map(|index| &self.overlays[*index]).collect();
        Arc::new(overlay::tighten(base, &overlays))
    }

    /// Puts a workflow and overlays of it together, if there are such.
    pub(crate) fn find(&self, layers: &(usize, Vec<usize>)) -> Option<Arc<Workflow>> {
        let known = layers.0 < self.bases.len() && layers.1.iter().all(|overlay| *overlay < self.overlays.len());
        known.then(|| self.tightened(layers))
    }

    /// Returns the steps that matters may show evidence of, by workflow: what records are read by.
    pub fn forms(&self) -> crate::record::Forms {
        let mut forms = crate::record::Forms::new();
        for workflow in self.iter() {
            let steps = forms.entry(workflow.id.clone()).or_default();
            for step in &workflow.steps {
                if !steps.iter().any(|known| known.id == step.id) {
                    steps.push(crate::record::StepForm { id: step.id.clone(), title_zh: step.title.zh.clone(), form: step.form });
                }
            }
        }
        forms
    }
}

impl Rule {
    /// Returns the rule's id within its pack (`quorum`).
    pub fn name(&self) -> &str {
        self.id.rsplit_once('/').map_or(&self.id, |(_, name)| name)
    }

    /// Returns the path that a report points at, as the pack writes it (`meeting.present`, `item.outcome`).
    pub fn place_path(&self) -> Option<&str> {
        self.at.as_ref().map(|at| &*at.root().path)
    }

    /// Returns the path of the list whose elements are judged (`meeting.items`), its filters left out.
    pub fn list_path(&self) -> Option<String> {
        self.each.as_ref().and_then(|each| expression::list_path(each.root()))
    }

    /// Returns what its proofs cite.
    pub(crate) fn citation(&self) -> &Arc<Citation> {
        self.citation.get_or_init(|| {
            let Self { id, title, step, .. } = self;
            Arc::new(Citation { id: id.clone(), title: title.clone(), step: step.clone(), target: self.target() })
        })
    }

    fn target(&self) -> Target {
        let keys = |path: &str| path_keys(path).map(str::to_owned).collect::<Vec<_>>();
        let mut place = self.place_path().map(keys).unwrap_or_default().into_iter();
        Target { root: place.next(), rest: place.collect(), list: self.list_path().as_deref().map(keys) }
    }

    /// Returns the names that any of its expressions reads.
    pub(crate) fn names(&self) -> BTreeSet<String> {
        let threshold = self.threshold.iter().flat_map(|threshold| std::iter::once(&threshold.count).chain(&threshold.of));
        let own = [&self.each, &self.when, &self.rule, &self.at].into_iter().flatten().chain(threshold);
        let all = own.chain(self.message.0.expressions()).chain(self.message.1.expressions());
        all.flat_map(Expression::names).collect()
    }

    /// Fills in the message in both languages.
    pub fn message(&self, scope: &mut Scope<'_>) -> Text {
        let zh = self.message.0.fill(scope, Language::Chinese);
        let en = self.message.1.fill(scope, Language::English);
        Text::new(zh, en)
    }
}
