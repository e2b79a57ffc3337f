//! What a rule asks, in words: for `gongshi rule` and the pages of the procedures.

use super::{Comparison, Rule, Workflow};
use crate::diagnostic::Severity;
use crate::field::Kind;
use crate::language::Text;

/// The explanation of a rule, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The rule's id (`eight-step/quorum`).
    pub id: String,
    /// Its title.
    pub title: Text,
    /// The procedure that it belongs to.
    pub workflow: Text,
    /// The step that it belongs to, where there is one.
    pub step: Option<Text>,
    /// What a failure means.
    pub severity: Severity,
    /// The kind of record that it judges.
    pub applies_to: Kind,
    /// The threshold with its denominator named (实到 ≥ 全体代表的三分之二), or how often a duty comes round; empty where
    /// there is neither.
    pub threshold: Text,
    /// When it is asked at all, as the pack writes it; empty for always.
    pub condition: String,
    /// What has to hold, as the pack writes it.
    pub expression: String,
    /// What is said when it fails, with the places of its numbers.
    pub message: Text,
    /// What to do.
    pub help: Text,
    /// The law, charter or guideline.
    pub basis: Text,
    /// The rule that it tightens.
    pub tightens: Option<String>,
    /// The examples that pass and that fail, as the pack writes them.
    pub passing: Vec<String>,
    /// The examples that fail.
    pub failing: Vec<String>,
    /// The pack's file.
    pub pack: String,
}

/// Explains a rule of a workflow.
pub fn explain(workflow: &Workflow, rule: &Rule) -> Explanation {
    let source = |expression: &Option<super::Expression>| expression.as_ref().map(|e| e.source().to_owned()).unwrap_or_default();
    Explanation {
        id: rule.id.clone(),
        title: rule.title.clone(),
        workflow: workflow.title.clone(),
        step: rule.step.as_deref().and_then(|step| workflow.step(step)).map(|step| step.title.clone()),
        severity: rule.severity,
        applies_to: rule.applies_to,
        threshold: workflow.duty_of(rule).map_or_else(|| threshold_words(rule), super::Duty::cadence),
        condition: source(&rule.when),
        expression: expression(rule),
        message: Text::new(rule.message.0.source(), rule.message.1.source()),
        help: rule.help.clone(),
        basis: rule.basis.clone(),
        tightens: rule.tightens.clone(),
        passing: rule.passing.iter().map(|example| example.source.clone()).collect(),
        failing: rule.failing.iter().map(|example| example.source.clone()).collect(),
        pack: rule.pack.clone(),
    }
}

/// Writes what has to hold as the pack has it; a threshold as an inequality.
fn expression(rule: &Rule) -> String {
    let threshold = rule.threshold.as_ref().map(|threshold| {
        let of = threshold.of.as_ref().map(|of| format!(" of {}", of.source())).unwrap_or_default();
        format!("{} {}{of}", threshold.count.source(), threshold.bound.written())
    });
    let parts = threshold.into_iter().chain(rule.rule.as_ref().map(|rule| rule.source().to_owned()));
    parts.collect::<Vec<_>>().join("\n")
}

/// Writes a threshold with the denominator named.
pub(super) fn threshold_words(rule: &Rule) -> Text {
    let Some(threshold) = &rule.threshold else { return Text::default() };
    let (names, bound) = (&threshold.names, threshold.bound);
    let share = bound.fraction.words();
    let sign = match bound.comparison {
        Comparison::AtLeast => "≥",
        Comparison::MoreThan => ">",
        Comparison::AtMost => "≤",
    };
    let (count, of, unit) = (&names.count, &names.of, &names.unit);
    if threshold.of.is_some() {
        Text::new(
            format!("{} {sign} {}的{}", count.zh, of.zh, share.zh),
            format!("{} {sign} {} of {}", count.en, share.en, of.en),
        )
    } else {
        let unit_en = if unit.en.is_empty() { String::new() } else { format!(" {}", unit.en) };
        Text::new(format!("{} {sign} {} {}", count.zh, share.zh, unit.zh), format!("{} {sign} {}{unit_en}", count.en, share.en))
    }
}
