//! One rule against one scope: passed, failed, not shown or not applicable, with the arithmetic and the reason.

use crate::language::Text;
use crate::workflow::{Arithmetic, Expression, Rule, Scope, Stop, Threshold, Value};

/// What judging a rule gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The rule holds.
    Passed,
    /// The rule does not hold.
    Failed,
    /// A key that the rule needs is missing: its path, as expressions write it.
    NotShown(String),
    /// The rule cannot be evaluated on this record: a fault of its pack.
    Fault(String),
}

/// A rule judged once: on a record, or on one element of its list.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The number of the element from 0, where the rule judges each of a list.
    pub index: Option<u32>,
    /// The element.
    pub item: Option<Value>,
    /// What it gave.
    pub outcome: Outcome,
    /// The threshold with its numbers.
    pub arithmetic: Option<Arithmetic>,
    /// The values that the rule read, by their paths; only where it failed.
    pub because: Vec<(String, String)>,
    /// What is said; only where it failed.
    pub message: Text,
}

/// Judges a rule and adds what it gave; nothing where it does not apply.
pub(crate) fn judge_rule(rule: &Rule, scope: &mut Scope<'_>, judged: &mut Vec<Judged>) {
    let Some(each) = &rule.each else {
        judged.extend(judge_once(rule, scope, None));
        return;
    };
    if scope.get("item").is_some() {
        // An example gives its one element directly.
        judged.extend(judge_once(rule, scope, None));
        return;
    }
    let items = match each.value(scope) {
        Ok(Value::List(items)) => items,
        Ok(_) => return judged.push(fault("`each` is not a list")),
        Err(Stop::Missing(_)) => return,
        Err(Stop::Fault(text)) => return judged.push(fault(&text)),
    };
    let mark = scope.mark();
    for (index, item) in items.iter().enumerate() {
        scope.bind("item", item.clone());
        scope.bind("index", Value::Integer(i64::try_from(index).unwrap_or(i64::MAX)));
        judged.extend(judge_once(rule, scope, Some((index, item))));
        scope.release(mark);
    }
}

fn fault(text: &str) -> Judged {
    outcome(Outcome::Fault(text.to_owned()), None)
}

fn outcome(outcome: Outcome, item: Option<(usize, &Value)>) -> Judged {
    Judged {
        index: item.map(|(index, _)| u32::try_from(index).unwrap_or(u32::MAX)),
        item: item.map(|(_, item)| item.clone()),
        outcome,
        arithmetic: None,
        because: Vec::new(),
        message: Text::default(),
    }
}

/// Judges a rule in a scope that has its element, if any.
fn judge_once(rule: &Rule, scope: &mut Scope<'_>, item: Option<(usize, &Value)>) -> Option<Judged> {
    if let Some(when) = &rule.when {
        match when.holds(scope) {
            Ok(true) => {}
            Ok(false) | Err(Stop::Missing(_)) => return None,
            Err(Stop::Fault(text)) => return Some(outcome(Outcome::Fault(text), item)),
        }
    }
    let mark = scope.mark();
    let judged = apply(rule, scope, item);
    scope.release(mark);
    Some(judged)
}

fn apply(rule: &Rule, scope: &mut Scope<'_>, item: Option<(usize, &Value)>) -> Judged {
    let arithmetic = match rule.threshold.as_ref().map(|threshold| measure(threshold, scope)) {
        None => None,
        Some(Ok(arithmetic)) => Some(arithmetic),
        Some(Err(stop)) => return outcome(stopped(stop), item),
    };
    if let Some(arithmetic) = &arithmetic {
        bind(scope, arithmetic);
    }
    let held = match (&rule.rule, &arithmetic) {
        (Some(expression), _) => expression.holds(scope),
        (None, Some(arithmetic)) => Ok(arithmetic.met),
        (None, None) => Ok(true),
    };
    let mut judged = match held {
        Ok(true) => outcome(Outcome::Passed, item),
        Ok(false) => outcome(Outcome::Failed, item),
        Err(stop) => outcome(stopped(stop), item),
    };
    if judged.outcome == Outcome::Failed {
        judged.because = because(rule, scope);
        judged.message = rule.message(scope);
    }
    judged.arithmetic = arithmetic;
    judged
}

fn stopped(stop: Stop) -> Outcome {
    match stop {
        Stop::Missing(path) => Outcome::NotShown(path.to_string()),
        Stop::Fault(text) => Outcome::Fault(text),
    }
}

/// Holds the numbers of a threshold against its bound.
fn measure(threshold: &Threshold, scope: &mut Scope<'_>) -> Result<Arithmetic, Stop> {
    let count = number(&threshold.count, scope)?;
    let of = threshold.of.as_ref().map(|of| number(of, scope)).transpose()?;
    Ok(Arithmetic::new(count, of, threshold.bound, threshold.names.clone()))
}

fn number(expression: &Expression, scope: &mut Scope<'_>) -> Result<i64, Stop> {
    let value = expression.value(scope)?;
    value.as_integer().ok_or_else(|| Stop::Fault(format!("`{}` is not a number", expression.source())))
}

/// Binds what a threshold found, for the rule and its message.
fn bind(scope: &mut Scope<'_>, arithmetic: &Arithmetic) {
    scope.bind("met", Value::Flag(arithmetic.met));
    scope.bind("count", Value::Integer(arithmetic.count));
    scope.bind("needed", Value::Integer(arithmetic.needed));
    if let Some(of) = arithmetic.of {
        scope.bind("of", Value::Integer(of));
    }
}

/// Returns the paths that a failed rule read, with their values.
fn because(rule: &Rule, scope: &mut Scope<'_>) -> Vec<(String, String)> {
    let threshold = rule.threshold.iter().flat_map(|threshold| std::iter::once(&threshold.count).chain(&threshold.of));
    let expressions: Vec<&Expression> = threshold.chain(&rule.rule).collect();
    let mut found: Vec<(String, String)> = Vec::new();
    for expression in expressions {
        for (path, value) in expression.operands(scope) {
            let bound = ["met", "count", "of", "needed", "as_of", "index"].contains(&path.as_str());
            if !bound && !found.iter().any(|(seen, _)| *seen == path) {
                found.push((path, plain(&value)));
            }
        }
    }
    found
}

/// Writes a scalar as data.
fn plain(value: &Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Text(text) => text.to_string(),
        Value::List(_) | Value::Map(_) => "…".to_owned(),
    }
}
