//! The examples of rules: read as data, and run as tests whenever a pack is loaded.

use std::sync::Arc;

use super::convert::{Convert, References};
use super::read::{Reader, rule_names};
use super::value::expression_name;
use super::{Example, Rule, Scope, Stop, Value, Workflow, Workflows};
use crate::calendar::Calendar;
use crate::diagnostic::Diagnostic;
use crate::field::{Form, Kind};
use crate::language::Text;
use crate::record::tree::{Tree, Value as TreeValue};
use crate::text;
use crate::verdict::rule::{Judged, Outcome, judge_rule};

/// References in examples name nothing: an example writes the record in place.
struct Nowhere;

impl References for Nowhere {
    fn record(&self, _: &str, _: &[Kind]) -> Option<Value> {
        None
    }
    fn name(&self, _: &str) -> Option<Value> {
        None
    }
    fn opinion(&self, _: &str) -> Option<Value> {
        None
    }
    fn vote(&self, _: &str, _: Option<&Value>) -> Option<Value> {
        None
    }
}

/// Reads an example; its keys are checked like those of a record, in either spelling.
pub(super) fn read(reader: &mut Reader<'_>, tree: &Tree, workflow: &Workflow, applies_to: Kind) -> Option<Example> {
    let TreeValue::Map(entries) = &tree.value else {
        let help = text!("写成 `{{meeting: {{present: 31}}}}` 这样", "write it like `{{meeting: {{present: 31}}}}`");
        let message = text!("示例应当是一组键", "an example is a map");
        reader.diagnostics.push(Diagnostic::error("workflow/example", tree.span, message).help(help));
        return None;
    };
    let mut names = rule_names(applies_to, workflow);
    names.add("item", super::names::Type::Any);
    names.add("index", super::names::Type::Scalar);
    let steps: Vec<(String, &'static Form)> = workflow.steps.iter().map(|step| (step.id.clone(), step.form)).collect();
    let mut convert = Convert::new(&Nowhere, &steps);
    let mut data = super::value::Map::default();
    let mut sound = true;
    for entry in entries {
        let name = expression_name(&entry.key).into_owned();
        if let Some(kind) = names.get(&name) {
            data.add(&name, convert.value(&entry.tree, kind));
        } else {
            sound = false;
            unknown(reader, entry.key_span, &entry.key, &names.visible());
        }
    }
    for key in std::mem::take(&mut convert.unknown) {
        sound = false;
        unknown(reader, key.span, &key.key, &key.known);
    }
    let source = reader.files.slice(tree.span).to_owned();
    sound.then(|| Example { data: Value::Map(Arc::new(data)), source, span: tree.span })
}

fn unknown(reader: &mut Reader<'_>, span: crate::source::Span, key: &str, known: &[String]) {
    let help = super::names::did_you_mean(key, known.iter().map(String::as_str));
    let message = text!("示例里的 `{key}` 不是这里的键", "`{key}` in the example is no key here");
    reader.diagnostics.push(Diagnostic::error("workflow/unknown-name", span, message).help(help));
}

/// Runs the examples of every rule.
pub(super) fn run(workflows: &mut Workflows, diagnostics: &mut Vec<Diagnostic>) {
    for workflow in workflows.iter() {
        for rule in &workflow.rules {
            run_rule(workflow, workflow, rule, diagnostics);
        }
    }
    for pack in workflows.overlays() {
        let base = workflows.iter().find(|workflow| Some(&workflow.id) == pack.extends.as_ref());
        for rule in &pack.rules {
            run_rule(base.unwrap_or(pack), pack, rule, diagnostics);
        }
    }
}

/// Runs the examples of one rule of `pack`, whose matters have the steps of `workflow`.
fn run_rule(workflow: &Workflow, pack: &Workflow, rule: &Rule, diagnostics: &mut Vec<Diagnostic>) {
    let calendar = Calendar::default();
    let mut judged = Vec::new();
    for (examples, expected) in [(&rule.passing, true), (&rule.failing, false)] {
        for example in examples {
            let mut scope = Scope::new(&calendar);
            bind(&mut scope, workflow, rule, example);
            if let Some(Err(Stop::Fault(text))) =
                pack.duty_of(rule).or_else(|| workflow.duty_of(rule)).map(|duty| duty.bind(&mut scope))
            {
                let id = &rule.id;
                let message = text!("`{id}` 的定期事项无法计算：{text}", "the duty of `{id}` cannot be evaluated: {text}");
                diagnostics.push(Diagnostic::error("workflow/expression", example.span, message));
            }
            judged.clear();
            judge_rule(rule, &mut scope, &mut judged);
            let passed = !judged.is_empty() && judged.iter().all(|judged| judged.outcome == Outcome::Passed);
            let failed = judged.iter().any(|judged| judged.outcome == Outcome::Failed);
            let faulty = judged.iter().any(|judged| matches!(judged.outcome, Outcome::Fault(_)));
            if faulty || (expected && !passed) || (!expected && !failed) {
                diagnostics.push(surprise(rule, example, expected, &judged));
            }
        }
    }
}

/// Binds the data of an example, and the decision that follows from it.
fn bind(scope: &mut Scope<'_>, workflow: &Workflow, rule: &Rule, example: &Example) {
    if let Value::Map(map) = &example.data {
        for (name, value) in map.entries() {
            scope.bind(name.clone(), value.clone());
        }
    }
    if rule.applies_to == Kind::Matter && scope.get("decision").is_none() {
        let decision = workflow.decision.as_ref().and_then(|decision| decision.value(scope).ok());
        if let Some(decision) = decision {
            scope.bind("decision", decision);
        }
    }
}

/// Says that an example gave another result than its pack expects, and how.
fn surprise(rule: &Rule, example: &Example, expected: bool, judged: &[Judged]) -> Diagnostic {
    let id = &rule.id;
    let message = if expected {
        text!("`{id}` 的示例应当通过，却没有通过", "this example of `{id}` should pass but does not")
    } else {
        text!("`{id}` 的示例应当不通过，却通过了", "this example of `{id}` should fail but does not")
    };
    let odd = judged.iter().find(|judged| (judged.outcome == Outcome::Passed) != expected).or(judged.first());
    let help = match odd {
        None => text!("规则不适用于这个示例（看 `when` 和 `each`）", "the rule does not apply to it (see `when` and `each`)"),
        Some(judged) => explain(judged),
    };
    Diagnostic::error("workflow/example", example.span, message).help(help).label(rule.span, text!("规则在这里", "the rule"))
}

/// Says what an evaluation gave.
fn explain(judged: &Judged) -> Text {
    match (&judged.outcome, &judged.arithmetic) {
        (Outcome::NotShown(path), _) => {
            text!("示例缺少 `{path}`，规则无法判断", "the example has no `{path}`, so the rule cannot be judged")
        }
        (Outcome::Fault(fault), _) => text!("表达式无法计算：{fault}", "the expression cannot be evaluated: {fault}"),
        (_, Some(arithmetic)) => arithmetic.words(),
        _ => {
            let values: Vec<_> = judged.because.iter().map(|(path, value)| format!("{path} = {value}")).collect();
            let values = values.join(", ");
            if values.is_empty() { Text::default() } else { text!("{values}", "{values}") }
        }
    }
}
