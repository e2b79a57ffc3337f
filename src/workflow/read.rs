//! From checked trees to workflows: the faults of a pack, all at once and each at its place.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rayon::prelude::*;

use super::expression::{Expression, SyntaxError};
use super::lexicon::Lexicon;
use super::names::{Names as Known, Type, Unknown};
use super::template::Template;
use super::threshold::{Bound, Comparison, Fraction, Names};
use super::{Basis, Duty, Example, Fulfils, Rule, Step, Threshold, Workflow, Workflows, example, overlay};
use crate::diagnostic::{Diagnostic, Severity};
use crate::field::{FORMS, Form, Kind, form};
use crate::language::Text;
use crate::record::tree::{Tree, Value};
use crate::record::{Header, check_pack, kind_of};
use crate::source::{Files, Span};
use crate::text;

impl Workflows {
    /// Reads every rule pack among `documents`, the built-in ones included, and runs their examples.
    ///
    /// A rule with a fault is left out; a pack that cannot be read is left out whole.
    pub fn read(files: &Files, documents: &[Header], diagnostics: &mut Vec<Diagnostic>) -> Self {
        Self::read_knowing(files, documents, &[], diagnostics)
    }

    /// Reads rule packs as [`read`](Self::read) does, with the expressions that the same program [kept](Self::keep_expressions) of
    /// them.
    pub fn read_knowing(files: &Files, documents: &[Header], kept: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let trees: Vec<(Option<Tree>, Vec<Diagnostic>)> = documents.par_iter().map(|document| checked(files, document)).collect();
        let lexicon = Lexicon::of(trees.iter().filter_map(|(tree, _)| tree.as_ref()), &Lexicon::recalled(kept));
        let read = |(tree, mut diagnostics): (Option<Tree>, Vec<Diagnostic>)| {
            let draft = tree.map(|tree| Reader { files, lexicon: &lexicon, diagnostics: &mut diagnostics }.workflow(&tree));
            (draft, diagnostics)
        };
        let read: Vec<(Option<Draft>, Vec<Diagnostic>)> = trees.into_par_iter().map(read).collect();
        let mut packs = Vec::new();
        for (draft, mut faults) in read {
            packs.extend(draft);
            diagnostics.append(&mut faults);
        }
        let all = Self::collect(files, packs, &lexicon, diagnostics);
        Self { digest: digest(files, documents).into(), lexicon: Arc::new(lexicon), ..all }
    }

    /// Writes down the expressions, as they were read.
    pub fn keep_expressions(&self) -> Option<Vec<u8>> {
        self.lexicon.keep()
    }

    /// Puts packs together: versions by date, overlays held against what they tighten.
    fn collect(files: &Files, packs: Vec<Draft>, lexicon: &Lexicon, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let (overlays, bases): (Vec<_>, Vec<_>) = packs.into_iter().partition(|draft| draft.workflow.extends.is_some());
        let mut workflows: Vec<Workflow> = Vec::new();
        for draft in bases {
            let clash = workflows.iter().find(|known| known.id == draft.workflow.id && overlap(known, &draft.workflow));
            if let Some(known) = clash {
                diagnostics.push(duplicate_pack(&draft.workflow, known));
            } else {
                workflows.push(draft.workflow);
            }
        }
        workflows.sort_by(|a, b| (&a.id, a.effective.0).cmp(&(&b.id, b.effective.0)));
        let overlays = overlay::check(files, &workflows, overlays, lexicon, diagnostics);
        let mut all = Self { bases: workflows.into_iter().map(Arc::new).collect(), overlays, ..Self::default() };
        overlay::check_tightens(&all, diagnostics);
        example::run(&mut all, diagnostics);
        all
    }
}

/// Takes the digest of the files of packs.
fn digest(files: &Files, documents: &[Header]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for file in documents.iter().map(|document| files.get(document.file)) {
        hasher.update(&(file.path.len() as u64).to_le_bytes()).update(file.path.as_bytes()).update(file.digest().as_bytes());
    }
    hasher.finalize()
}

/// Checks one pack against the field table, with all that is wrong in it; nothing where a document is none.
fn checked(files: &Files, document: &Header) -> (Option<Tree>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let header = document.node.as_ref().filter(|_| kind_of(files, document) == Some(Kind::Workflow));
    let tree = header.and_then(|header| check_pack(header, &mut diagnostics));
    (tree, diagnostics)
}

/// Whether two versions are in force on a common day.
fn overlap(a: &Workflow, b: &Workflow) -> bool {
    let before = |to: Option<Date>, from: Option<Date>| matches!((to, from), (Some(to), Some(from)) if to < from);
    !before(a.effective.1, b.effective.0) && !before(b.effective.1, a.effective.0)
}

fn duplicate_pack(pack: &Workflow, known: &Workflow) -> Diagnostic {
    let id = &pack.id;
    Diagnostic::error(
        "identity/duplicate",
        pack.span,
        text!("已有编号为 `{id}` 的工作法，有效期重叠", "there is a workflow `{id}` already, in force on some of the same days"),
    )
    .help(text!(
        "换一个编号；新版本要写 `effective`，并给旧版本写截止日期；想收紧它，用 `extends`",
        "choose another id; a new version needs `effective` and an end of the old one; to tighten it, use `extends`"
    ))
    .label(known.span, text!("在这里", "here"))
}

/// A pack as read, with what an overlay leaves open.
pub(super) struct Draft {
    pub(super) workflow: Workflow,
    /// The rules of an overlay that are not complete in themselves, with their trees.
    pub(super) changes: Vec<Change>,
}

/// What an overlay says about one rule.
#[derive(Debug)]
pub(super) struct Change {
    /// The rule's id within the pack.
    pub(super) name: String,
    /// The place of the id.
    pub(super) span: Span,
    /// The keys that are given, with their places.
    pub(super) keys: Vec<(String, Span)>,
    /// The bound and its place.
    pub(super) bound: Option<(Bound, Span)>,
    /// The keys of the threshold besides the bound, with their places.
    pub(super) threshold_keys: Vec<(String, Span)>,
    pub(super) severity: Option<(Severity, Span)>,
    pub(super) title: Text,
    pub(super) message: Option<(Template, Template)>,
    pub(super) help: Text,
    pub(super) basis: Text,
    /// The tree, read again as a rule of its own where the base has no such rule.
    pub(super) tree: Tree,
    pub(super) examples: (Vec<Example>, Vec<Example>),
}

/// Reads one pack.
pub(super) struct Reader<'r> {
    pub(super) files: &'r Files,
    pub(super) lexicon: &'r Lexicon,
    pub(super) diagnostics: &'r mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&mut self, rule: &str, span: Span, message: Text, help: Text) {
        self.diagnostics.push(Diagnostic::error(rule, span, message).help(help));
    }

    fn workflow(&mut self, tree: &Tree) -> Draft {
        let id = word(tree, "id");
        let steps = self.steps(tree);
        let areas = || tree.get("areas").map_or(&[][..], Tree::items).iter();
        let mut workflow = Workflow {
            title: both(tree, "title"),
            description: both(tree, "description"),
            level: line(tree, "level"),
            always: tree.get("always").is_some_and(|always| always.value == Value::Flag(true)),
            effective: tree.get("effective").map_or((None, None), |effective| (day(effective, "from"), day(effective, "to"))),
            extends: line(tree, "extends"),
            extends_span: tree.get("extends").map(|extends| extends.span),
            areas: areas().filter_map(Tree::text).map(area_path).collect(),
            area_spans: areas().filter(|area| area.text().is_some()).map(|area| area.span).collect(),
            basis: tree.get("basis").map_or(&[][..], Tree::items).iter().map(basis).collect(),
            decision: None,
            steps,
            duties: Vec::new(),
            rules: Vec::new(),
            file: tree.span.file,
            path: self.files.get(tree.span.file).path.clone(),
            span: tree.get("id").map_or(tree.span, |id| id.span),
            id,
        };
        let mut names = matter_names(&workflow.steps);
        workflow.decision = tree.get("decision").and_then(|node| self.expression(node, &mut names));
        self.check_steps(tree, &mut workflow);
        workflow.duties = self.duties(tree, workflow.effective);
        let mut changes = Vec::new();
        for rule in tree.get("rules").map_or(&[][..], Tree::items) {
            if workflow.extends.is_some() {
                changes.extend(self.change(rule));
            } else if let Some(rule) = self.rule(&workflow, &workflow.id.clone(), rule) {
                self.add(&mut workflow, rule);
            }
        }
        if workflow.extends.is_none() {
            self.join_duties(&mut workflow);
        }
        Draft { workflow, changes }
    }

    /// Reads the duties of a pack that is in force on the days `effective`.
    fn duties(&mut self, tree: &Tree, effective: (Option<Date>, Option<Date>)) -> Vec<Duty> {
        let mut duties: Vec<Duty> = Vec::new();
        for node in tree.get("duties").map_or(&[][..], Tree::items) {
            let id = word(node, "id");
            let span = node.get("id").map_or(node.span, |id| id.span);
            if duties.iter().any(|duty| duty.id == id) {
                let message = text!("定期事项 `{id}` 写了两次", "the duty `{id}` stands here twice");
                self.error("identity/duplicate", span, message, Text::default());
                continue;
            }
            let done = node.get("done").map_or(&[][..], Tree::items);
            let read: Vec<Fulfils> = done.iter().filter_map(|node| self.fulfils(node)).collect();
            let Some(every) = super::duty::every(&word(node, "every")).filter(|_| read.len() == done.len()) else { continue };
            let grace = match node.get("grace").map(|node| &node.value) {
                Some(Value::Integer(days)) => *days,
                _ => 0,
            };
            let (title, responsible) = (both(node, "title"), word(node, "responsible"));
            duties.push(Duty { id, title, every, grace, responsible, done: read, rule: String::new(), effective, span });
        }
        duties
    }

    /// Reads which records fulfil a duty.
    fn fulfils(&mut self, tree: &Tree) -> Option<Fulfils> {
        let mut names = Type::of_names(Kind::Area);
        let each = self.each(tree, &mut names);
        let before = self.diagnostics.len();
        let mut read = |key: &str| tree.get(key).and_then(|node| self.expression(node, &mut names));
        let (when, date, on) = (read("when"), read("date"), read("on"));
        let sound = self.diagnostics.len() == before;
        Some(Fulfils { each: each.filter(|_| sound)?, when, date: date?, on })
    }

    /// Ties each duty to the rule that names it, and leaves out those that none names: nothing would say that they were missed.
    pub(super) fn join_duties(&mut self, workflow: &mut Workflow) {
        let Workflow { id: pack, rules, duties, .. } = workflow;
        // A rule of the base that an overlay only changes asks for a duty of the base.
        let own = |rule: &&Rule| rule.id.strip_prefix(pack.as_str()).is_some_and(|rest| rest.starts_with('/'));
        for rule in rules.iter().filter(own).filter(|rule| rule.duty.is_some()) {
            let name = rule.duty.as_deref().unwrap_or_default();
            match duties.iter_mut().find(|duty| duty.id == name) {
                Some(duty) if duty.rule.is_empty() => duty.rule.clone_from(&rule.id),
                Some(duty) => {
                    let (id, other) = (&duty.id, &duty.rule);
                    let message = text!("定期事项 `{id}` 已有规则 `{other}`", "the duty `{id}` has a rule already: `{other}`");
                    self.error("identity/duplicate", rule.span, message, Text::default());
                }
                None => {
                    let help = super::names::did_you_mean(name, duties.iter().map(|duty| duty.id.as_str()));
                    let message = text!("没有定期事项 `{name}`", "there is no duty `{name}`");
                    self.error("reference/unknown", rule.span, message, help);
                }
            }
        }
        for duty in duties.iter().filter(|duty| duty.rule.is_empty()) {
            let id = &duty.id;
            let message = text!("没有规则检查定期事项 `{id}`", "no rule asks for the duty `{id}`");
            let help = text!("在一条规则写 `duty: {id}`", "write `duty: {id}` in a rule of areas");
            self.error("schema/missing-key", duty.span, message, help);
        }
        duties.retain(|duty| !duty.rule.is_empty());
    }

    /// Adds a rule unless its id is taken.
    pub(super) fn add(&mut self, workflow: &mut Workflow, rule: Rule) {
        let Some(known) = workflow.rule(&rule.id) else {
            workflow.rules.push(rule);
            return;
        };
        let name = rule.name();
        let message = text!("规则 `{name}` 写了两次", "the rule `{name}` stands here twice");
        let diagnostic =
            Diagnostic::error("identity/duplicate", rule.span, message).label(known.span, text!("第一次", "the first"));
        self.diagnostics.push(diagnostic);
    }

    fn steps(&mut self, tree: &Tree) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for node in tree.get("steps").map_or(&[][..], Tree::items) {
            let id = word(node, "id");
            if steps.iter().any(|step| step.id == id) {
                let span = node.get("id").map_or(node.span, |id| id.span);
                self.error(
                    "identity/duplicate",
                    span,
                    text!("步骤 `{id}` 写了两次", "the step `{id}` stands here twice"),
                    Text::default(),
                );
                continue;
            }
            let (Some(form), Some(from)) = (self.form(node), node.get("from").and_then(|from| self.compile(from))) else {
                continue;
            };
            steps.push(Step {
                id,
                title: both(node, "title"),
                responsible: word(node, "responsible"),
                form,
                description: both(node, "description"),
                from,
                to: node.get("to").and_then(|node| self.compile(node)),
                when: node.get("when").and_then(|node| self.compile(node)),
                done: node.get("done").and_then(|node| self.compile(node)),
            });
        }
        steps
    }

    /// Checks the names of the steps' expressions, once all steps are known.
    fn check_steps(&mut self, tree: &Tree, workflow: &mut Workflow) {
        let mut names = matter_names(&workflow.steps);
        for node in tree.get("steps").map_or(&[][..], Tree::items) {
            let Some(step) = workflow.step(&word(node, "id")) else { continue };
            let expressions = [
                ("from", Some(&step.from)),
                ("to", step.to.as_ref()),
                ("when", step.when.as_ref()),
                ("done", step.done.as_ref()),
            ];
            let mut step_names = names.clone();
            step_names.add("from", Type::Day);
            step_names.add("to", Type::Day);
            for (key, expression) in expressions {
                let names = if key == "done" { &mut step_names } else { &mut names };
                if let (Some(node), Some(expression)) = (node.get(key), expression) {
                    let mut unknown = Vec::new();
                    names.check(expression, &mut unknown);
                    self.report_unknown(node, expression.source(), unknown);
                }
            }
        }
    }

    fn form(&mut self, node: &Tree) -> Option<&'static Form> {
        let name = word(node, "form");
        let found = form(&name);
        if found.is_none() {
            let span = node.get("form").map_or(node.span, |form| form.span);
            let help = super::names::did_you_mean_or(&name, FORMS.iter().map(|form| form.name), || {
                let list = FORMS.iter().map(|form| form.name).collect::<Vec<_>>().join("`, `");
                text!("可用的形式：`{list}`", "the forms are `{list}`")
            });
            self.error(
                "workflow/unknown-form",
                span,
                text!("没有 `{name}` 这种证据形式", "there is no form of evidence `{name}`"),
                help,
            );
        }
        found
    }

    /// Reads an expression without checking its names.
    fn compile(&mut self, node: &Tree) -> Option<Expression> {
        let source = node.text()?;
        match self.lexicon.get(source) {
            Ok(expression) => Some(expression),
            Err(error) => {
                self.report_syntax(node, source, error);
                None
            }
        }
    }

    /// Reads an expression and checks its names.
    fn expression(&mut self, node: &Tree, names: &mut Known) -> Option<Expression> {
        let expression = self.compile(node)?;
        let mut unknown = Vec::new();
        names.check(&expression, &mut unknown);
        let sound = unknown.is_empty();
        self.report_unknown(node, expression.source(), unknown);
        sound.then_some(expression)
    }

    fn template(&mut self, node: &Tree, names: &mut Known) -> Option<Template> {
        let source = node.text()?;
        let mut template = match Template::read(source, |text| self.lexicon.get(text)) {
            Ok(template) => template,
            Err(error) => {
                self.report_syntax(node, source, error);
                return None;
            }
        };
        let mut unknown = Vec::new();
        template.check(names, &mut unknown);
        let sound = unknown.is_empty();
        for unknown in unknown {
            // Offsets within a message count from the expression in its braces: find the name in the whole text.
            let span = self.inside(node, source, 0..source.len());
            self.error("workflow/unknown-name", span, unknown.message, unknown.help);
        }
        sound.then_some(template)
    }

    fn report_syntax(&mut self, node: &Tree, source: &str, error: SyntaxError) {
        let span = self.inside(node, source, error.at);
        self.error("workflow/expression", span, error.message, error.help);
    }

    fn report_unknown(&mut self, node: &Tree, source: &str, unknown: Vec<Unknown>) {
        for unknown in unknown {
            let span = self.inside(node, source, unknown.at);
            self.error("workflow/unknown-name", span, unknown.message, unknown.help);
        }
    }

    /// Returns the place of a part of a scalar; the whole scalar where it was written with escapes or over several lines.
    fn inside(&self, node: &Tree, source: &str, part: Range<usize>) -> Span {
        let written = self.files.slice(node.span);
        match written.find(source) {
            Some(skip) => {
                let start = node.span.start as usize + skip;
                Span::new(node.span.file, start + part.start..start + part.end.max(part.start))
            }
            None => node.span,
        }
    }

    /// Reads a whole rule of `pack`, whose expressions see the steps of `workflow`.
    pub(super) fn rule(&mut self, workflow: &Workflow, pack: &str, tree: &Tree) -> Option<Rule> {
        let before = self.diagnostics.len();
        let name = word(tree, "id");
        let span = tree.get("id").map_or(tree.span, |id| id.span);
        let applies_to = line(tree, "applies_to").and_then(|kind| Kind::from_name(&kind)).unwrap_or(Kind::Matter);
        let step = line(tree, "step");
        if let Some(step) = step.as_ref().filter(|step| workflow.step(step).is_none()) {
            self.unknown_step(workflow, tree, step);
        }
        let mut names = rule_names(applies_to, workflow);
        let duty = self.duty(tree, applies_to, &mut names);
        let each = self.each(tree, &mut names);
        let when = tree.get("when").and_then(|node| self.expression(node, &mut names));
        let at = tree.get("at").and_then(|node| self.expression(node, &mut names));
        let threshold = tree.get("threshold").and_then(|node| self.threshold(node, &mut names));
        if threshold.is_some() {
            bind_threshold(&mut names, threshold.as_ref());
        }
        let rule = tree.get("rule").and_then(|node| self.expression(node, &mut names));
        let rule = rule.or_else(|| duty.as_ref().and_then(|_| self.lexicon.get("size(overdue) == 0").ok()));
        if rule.is_none() && tree.get("threshold").is_none() && tree.get("rule").is_none() {
            self.incomplete(span, "rule");
        }
        let message = self.messages(tree, &mut names);
        if message.is_none() && tree.get("message").is_none() {
            self.incomplete(span, "message");
        }
        let (passing, failing) = self.examples(tree, workflow, applies_to);
        if self.diagnostics[before..].iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return None;
        }
        let title = both(tree, "title");
        Some(Rule {
            title: if title.is_empty() { Text::new(&*name, &*name) } else { title },
            id: format!("{pack}/{name}"),
            step,
            severity: severity(tree).unwrap_or(Severity::Finding),
            applies_to,
            each,
            when,
            threshold,
            rule,
            at,
            message: message.unwrap_or_default(),
            help: both(tree, "help"),
            basis: both(tree, "basis"),
            duty,
            tightens: line(tree, "tightens"),
            passing,
            failing,
            pack: self.files.get(tree.span.file).path.clone(),
            span,
            citation: OnceLock::new(),
        })
    }

    /// Reads the duty that a rule of areas asks for, and adds the name that it binds.
    fn duty(&mut self, tree: &Tree, applies_to: Kind, names: &mut Known) -> Option<String> {
        let node = tree.get("duty")?;
        if applies_to != Kind::Area {
            let message = text!("只有区域的规则能检查定期事项", "only a rule of areas can ask for a duty");
            self.error("workflow/unknown-name", node.span, message, text!("写 `applies_to: area`", "write `applies_to: area`"));
        }
        names.add("overdue", Type::List(Box::new(Type::Day)));
        node.text().map(str::to_owned)
    }

    fn incomplete(&mut self, span: Span, key: &str) {
        let help = if key == "rule" {
            text!("写 `rule`（应当成立的表达式）或 `threshold`（门槛）", "write `rule` (what has to hold) or `threshold`")
        } else {
            text!("写明不通过时怎么说", "say what to report when it fails")
        };
        self.error("schema/missing-key", span, text!("缺少 `{key}`", "the key `{key}` is missing"), help);
    }

    fn unknown_step(&mut self, workflow: &Workflow, tree: &Tree, step: &str) {
        let span = tree.get("step").map_or(tree.span, |step| step.span);
        let help = super::names::did_you_mean(step, workflow.steps.iter().map(|step| step.id.as_str()));
        self.error("reference/unknown", span, text!("没有 `{step}` 这个步骤", "there is no step `{step}`"), help);
    }

    fn each(&mut self, tree: &Tree, names: &mut Known) -> Option<Expression> {
        let node = tree.get("each")?;
        let each = self.compile(node)?;
        let mut unknown = Vec::new();
        let list = names.check(&each, &mut unknown);
        self.report_unknown(node, each.source(), unknown);
        names.add("item", list.element());
        names.add("index", Type::Scalar);
        Some(each)
    }

    fn messages(&mut self, tree: &Tree, names: &mut Known) -> Option<(Template, Template)> {
        let zh = tree.get("message").and_then(|node| self.template(node, names));
        let en = tree.get("message_en").and_then(|node| self.template(node, names));
        match (zh, en) {
            (Some(zh), Some(en)) => Some((zh, en)),
            (Some(one), None) | (None, Some(one)) => Some((one.clone(), one)),
            (None, None) => None,
        }
    }

    fn threshold(&mut self, node: &Tree, names: &mut Known) -> Option<Threshold> {
        let bound = self.bound(node);
        for key in ["count", "count_name"].into_iter().filter(|key| node.get(key).is_none()) {
            let span = node.place("");
            let message = text!("门槛缺少 `{key}`", "the threshold lacks `{key}`");
            let help = text!("写明数的是什么、叫什么", "say what is counted, and how it is called");
            self.error("schema/missing-key", span, message, help);
        }
        let count_node = node.get("count")?;
        let count = self.compile(count_node)?;
        let mut unknown = Vec::new();
        let kind = names.check(&count, &mut unknown);
        self.report_unknown(count_node, count.source(), unknown);
        let of = node.get("of").and_then(|node| self.expression(node, names));
        let (bound, span) = bound?;
        self.check_share(bound, span, node.get("of").is_some());
        let unit = Text::new(line(node, "unit").as_deref().unwrap_or("人"), line(node, "unit_en").unwrap_or_default());
        let of_unit = Text::new(
            line(node, "of_unit").unwrap_or_else(|| unit.zh.clone()),
            line(node, "of_unit_en")
                .unwrap_or_else(|| if node.get("of_unit").is_some() { String::new() } else { unit.en.clone() }),
        );
        let scale = if bound.fraction.is_share() || node.get("of").is_some() { kind.scale() } else { 0 };
        Some(Threshold {
            count,
            of,
            bound,
            names: Arc::new(Names { count: both(node, "count_name"), of: both(node, "of_name"), unit, of_unit, scale }),
        })
    }

    /// Reads the one bound of a threshold and its place.
    fn bound(&mut self, node: &Tree) -> Option<(Bound, Span)> {
        let keys = [("at_least", Comparison::AtLeast), ("more_than", Comparison::MoreThan), ("at_most", Comparison::AtMost)];
        let given: Vec<_> =
            keys.into_iter().filter_map(|(key, comparison)| node.entry(key).map(|entry| (entry, comparison))).collect();
        match given.as_slice() {
            [(entry, comparison)] => {
                let fraction = match &entry.tree.value {
                    Value::Text(text) => Fraction::read(text),
                    Value::Integer(number) => Some(Fraction::whole(*number)),
                    _ => None,
                };
                if fraction.is_none() {
                    let message = text!("门槛写成 `2/3`、`60%` 或整数", "a bound is written `2/3`, `60%` or as a whole number");
                    self.error("workflow/bound", entry.tree.span, message, Text::default());
                }
                fraction.map(|fraction| (Bound { comparison: *comparison, fraction }, entry.tree.span))
            }
            [] => {
                let help = text!(
                    "写 `at_least`（以上）、`more_than`（过）或 `at_most`（以内）之一",
                    "write one of `at_least`, `more_than` and `at_most`"
                );
                let place = node.place("");
                self.error("workflow/bound", place, text!("门槛没有写界限", "the threshold has no bound"), help);
                None
            }
            [_, (second, _), ..] => {
                let message = text!("门槛写了不止一个界限", "the threshold has more than one bound");
                self.error("workflow/bound", second.key_span, message, text!("只留一个", "keep one of them"));
                None
            }
        }
    }

    fn check_share(&mut self, bound: Bound, span: Span, of: bool) {
        let written = bound.fraction.written();
        if bound.fraction.is_share() && !of {
            self.error(
                "workflow/bound",
                span,
                text!("`{written}` 是比例，但没有写分母 `of`", "`{written}` is a share, but the denominator `of` is missing"),
                text!("写明是谁的 {written}：全体、到会、投票的", "say of what: of all, of those present, of those who voted"),
            );
        } else if of && !bound.fraction.is_share() && bound.fraction.numerator != 1 {
            self.error(
                "workflow/bound",
                span,
                text!(
                    "有分母 `of` 时界限应当是比例，`{written}` 是整数",
                    "with a denominator `of` the bound is a share, but `{written}` is a whole number"
                ),
                text!("写成 `2/3` 或 `60%`，或者去掉 `of`", "write `2/3` or `60%`, or drop `of`"),
            );
        }
    }

    fn examples(&mut self, tree: &Tree, workflow: &Workflow, applies_to: Kind) -> (Vec<Example>, Vec<Example>) {
        let Some(examples) = tree.get("examples") else { return (Vec::new(), Vec::new()) };
        let mut read = |key: &str| -> Vec<Example> {
            let items = examples.get(key).map_or(&[][..], Tree::items);
            items.iter().filter_map(|item| example::read(self, item, workflow, applies_to)).collect()
        };
        (read("pass"), read("fail"))
    }

    /// Reads what an overlay says about a rule.
    fn change(&mut self, tree: &Tree) -> Option<Change> {
        let Value::Map(entries) = &tree.value else { return None };
        let threshold = tree.get("threshold");
        let threshold_keys = match threshold.map(|threshold| &threshold.value) {
            Some(Value::Map(entries)) => entries
                .iter()
                .filter(|entry| !["at_least", "more_than", "at_most"].contains(&&*entry.key))
                .map(|entry| (entry.key.to_string(), entry.key_span))
                .collect(),
            _ => Vec::new(),
        };
        let complete = tree.get("rule").is_some() || threshold.is_some_and(|threshold| threshold.get("count").is_some());
        let bound = if complete { None } else { threshold.and_then(|threshold| self.bound(threshold)) };
        Some(Change {
            name: word(tree, "id"),
            span: tree.get("id").map_or(tree.span, |id| id.span),
            keys: entries.iter().map(|entry| (entry.key.to_string(), entry.key_span)).collect(),
            bound,
            threshold_keys,
            severity: severity(tree).zip(tree.get("severity").map(|severity| severity.span)),
            title: both(tree, "title"),
            message: None,
            help: both(tree, "help"),
            basis: both(tree, "basis"),
            tree: tree.clone(),
            examples: (Vec::new(), Vec::new()),
        })
    }

    /// Reads the messages and examples of a change to `rule` of `workflow`.
    pub(super) fn complete(&mut self, change: &mut Change, workflow: &Workflow, rule: &Rule) {
        let mut names = rule_names(rule.applies_to, workflow);
        if let Some(each) = &rule.each {
            let list = names.check(each, &mut Vec::new());
            names.add("item", list.element());
            names.add("index", Type::Scalar);
        }
        if rule.duty.is_some() {
            names.add("overdue", Type::List(Box::new(Type::Day)));
        }
        bind_threshold(&mut names, rule.threshold.as_ref());
        let tree = change.tree.clone();
        change.message = self.messages(&tree, &mut names);
        change.examples = self.examples(&tree, workflow, rule.applies_to);
    }
}

/// Returns the names that rules of a kind see.
pub(super) fn rule_names(applies_to: Kind, workflow: &Workflow) -> Known {
    if applies_to == Kind::Matter { matter_names(&workflow.steps) } else { Type::of_names(applies_to) }
}

/// Returns the names that rules of matters see.
fn matter_names(steps: &[Step]) -> Known {
    let mut names = Type::of_names(Kind::Matter);
    names.add("decision", Type::outcome());
    names.add("@steps", Type::Steps(steps.iter().map(|step| (step.id.clone(), step.form)).collect()));
    names
}

/// Adds the names that a threshold binds.
fn bind_threshold(names: &mut Known, threshold: Option<&Threshold>) {
    let Some(threshold) = threshold else { return };
    let number = names.check(&threshold.count, &mut Vec::new());
    names.add("met", Type::Scalar);
    for name in ["count", "of", "needed"] {
        names.add(name, number.clone());
    }
}

/// Returns a text, or nothing.
fn line(tree: &Tree, key: &str) -> Option<String> {
    tree.get(key).and_then(Tree::text).map(str::to_owned)
}

/// Returns a text that the field table requires.
fn word(tree: &Tree, key: &str) -> String {
    line(tree, key).unwrap_or_default()
}

/// Returns a text in both languages; the Chinese stands for a missing English one and the reverse.
fn both(tree: &Tree, key: &str) -> Text {
    let (zh, en) = (line(tree, key), line(tree, &format!("{key}_en")));
    let zh = zh.or_else(|| en.clone()).unwrap_or_default();
    Text::new(zh.clone(), en.unwrap_or(zh))
}

fn day(tree: &Tree, key: &str) -> Option<Date> {
    match tree.get(key).map(|node| &node.value) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

fn severity(tree: &Tree) -> Option<Severity> {
    match line(tree, "severity")?.as_str() {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        _ => Some(Severity::Finding),
    }
}

fn basis(tree: &Tree) -> Basis {
    Basis { title: both(tree, "title"), issuer: line(tree, "issuer"), date: day(tree, "date"), url: line(tree, "url") }
}

/// Returns the path of an area without slashes at its ends.
fn area_path(path: &str) -> String {
    path.trim_matches('/').to_owned()
}
