//! Overlays: packs of a county or a village that tighten another pack, and may only tighten it.

use std::cmp::Ordering;

use super::lexicon::Lexicon;
use super::read::{Change, Draft, Reader};
use super::{Rule, Workflow, Workflows};
use crate::diagnostic::{Diagnostic, Severity};
use crate::language::Text;
use crate::source::Files;
use crate::text;

/// What an overlay may say about a rule of its base.
const MAY_CHANGE: [&str; 13] = [
    "id",
    "threshold",
    "severity",
    "title",
    "title_en",
    "message",
    "message_en",
    "help",
    "help_en",
    "basis",
    "basis_en",
    "examples",
    "tightens",
];

/// Holds every overlay against what it tightens; what is at fault is left out.
pub(super) fn check(
    files: &Files,
    workflows: &[Workflow],
    overlays: Vec<Draft>,
    lexicon: &Lexicon,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Workflow> {
    let extended: Vec<(String, String)> =
        overlays.iter().map(|draft| (draft.workflow.id.clone(), draft.workflow.extends.clone().unwrap_or_default())).collect();
    let mut sound: Vec<Workflow> = Vec::new();
    for mut draft in overlays {
        let base_id = draft.workflow.extends.clone().unwrap_or_default();
        if sound.iter().any(|known| known.id == draft.workflow.id) || workflows.iter().any(|known| known.id == draft.workflow.id)
        {
            let id = &draft.workflow.id;
            let message = text!("编号 `{id}` 已被使用", "the id `{id}` is taken");
            diagnostics.push(Diagnostic::error("identity/duplicate", draft.workflow.span, message));
            continue;
        }
        let Some(base) = workflows.iter().rev().find(|workflow| workflow.id == base_id) else {
            diagnostics.push(no_base(&draft.workflow, &base_id, &extended, workflows));
            continue;
        };
        let mut reader = Reader { files, lexicon, diagnostics };
        let changes = std::mem::take(&mut draft.changes);
        for change in changes {
            rule(&mut reader, &mut draft.workflow, base, change);
        }
        reader.join_duties(&mut draft.workflow);
        sound.push(draft.workflow);
    }
    sound
}

/// Says that an overlay has no base: a cycle, an overlay of an overlay, or an unknown id.
fn no_base(pack: &Workflow, base: &str, extended: &[(String, String)], workflows: &[Workflow]) -> Diagnostic {
    let place = pack.extends_span.unwrap_or(pack.span);
    let mut at = base;
    for _ in 0..=extended.len() {
        if at == pack.id {
            let message = text!("`extends` 绕了一圈，又回到自己", "`extends` leads back to this pack");
            return Diagnostic::error("workflow/cycle", place, message)
                .help(text!("叠加在一个完整的工作法之上", "extend a whole workflow instead"));
        }
        match extended.iter().find(|(id, _)| id == at) {
            Some((_, next)) => at = next,
            None => break,
        }
    }
    if at != base && workflows.iter().any(|workflow| workflow.id == at) {
        let message = text!("`{base}` 本身是叠加的工作法", "`{base}` is an overlay itself");
        return Diagnostic::error("reference/wrong-kind", place, message).help(text!(
            "直接写 `extends: {at}`；同一区域的几个叠加会一起生效",
            "write `extends: {at}`; several overlays of one area hold together"
        ));
    }
    let near = super::names::did_you_mean(base, workflows.iter().map(|workflow| workflow.id.as_str()));
    let any = text!("写已有工作法的编号，如 `eight-step`", "write the id of a workflow that there is, such as `eight-step`");
    let help = if near.is_empty() { any } else { near };
    Diagnostic::error("reference/unknown", place, text!("没有工作法 `{base}`", "there is no workflow `{base}`")).help(help)
}

/// Applies one rule of an overlay: a new rule, or a change that tightens.
fn rule(reader: &mut Reader<'_>, pack: &mut Workflow, base: &Workflow, mut change: Change) {
    let Some(known) = base.rules.iter().find(|rule| rule.name() == change.name) else {
        let whole =
            change.keys.iter().any(|(key, _)| key == "rule") || change.threshold_keys.iter().any(|(key, _)| key == "count");
        if whole {
            let id = pack.id.clone();
            // Expressions of a new rule see the steps of the base.
            let read = reader.rule(base, &id, &change.tree);
            if let Some(rule) = read {
                reader.add(pack, rule);
            }
        } else {
            unknown_rule(reader, base, &change);
        }
        return;
    };
    let before = reader.diagnostics.len();
    forbid_other_keys(reader, known, &change);
    forbid_loosening(reader, known, &change);
    reader.complete(&mut change, base, known);
    if reader.diagnostics[before..].iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return;
    }
    let changed = apply(known, &change, &pack.path);
    if pack.rules.iter().any(|rule| rule.id == changed.id) {
        let name = &change.name;
        let message = text!("规则 `{name}` 写了两次", "the rule `{name}` stands here twice");
        reader.diagnostics.push(Diagnostic::error("identity/duplicate", change.span, message));
        return;
    }
    pack.rules.push(changed);
}

fn unknown_rule(reader: &mut Reader<'_>, base: &Workflow, change: &Change) {
    let (name, id) = (&change.name, &base.id);
    let help = match super::names::nearest(name, base.rules.iter().map(Rule::name)) {
        Some(near) => text!(
            "是不是 `{near}`？新规则要写 `rule` 或 `threshold`",
            "did you mean `{near}`? A new rule needs `rule` or `threshold`"
        ),
        None => text!("新规则要写 `rule` 或 `threshold`", "a new rule needs `rule` or `threshold`"),
    };
    let message = text!("`{id}` 没有规则 `{name}`", "`{id}` has no rule `{name}`");
    reader.diagnostics.push(Diagnostic::error("reference/unknown", change.span, message).help(help));
}

/// Refuses keys that would change what the base asks.
fn forbid_other_keys(reader: &mut Reader<'_>, known: &Rule, change: &Change) {
    let keys = change.keys.iter().filter(|(key, _)| !MAY_CHANGE.contains(&key.as_str()));
    for (key, span) in keys.chain(&change.threshold_keys) {
        let message = text!("叠加不能改 `{}` 的 `{key}`", "an overlay may not change `{key}` of `{}`", known.id);
        let help = text!(
            "只能提高门槛、加重性质或改写文字；另外的要求写成一条新规则",
            "it may raise the bound, the severity or reword it; write another requirement as a rule of its own"
        );
        reader.diagnostics.push(
            Diagnostic::error("workflow/loosens", *span, message).help(help).label(known.span, text!("原规则", "the rule")),
        );
    }
}

/// Refuses a bound or a severity below that of the base.
fn forbid_loosening(reader: &mut Reader<'_>, known: &Rule, change: &Change) {
    if let (Some((bound, span)), Some(threshold)) = (change.bound, &known.threshold) {
        if bound.fraction.is_share() != threshold.bound.fraction.is_share() || !bound.implies(threshold.bound) {
            let (ours, theirs, id) = (bound.written(), threshold.bound.written(), &known.id);
            let message = text!("{ours} 比 `{id}` 的 {theirs} 宽松", "{ours} is looser than the {theirs} of `{id}`");
            let reason = text!(
                "叠加只能更严：达到 {ours} 的情况必须也达到 {theirs}",
                "an overlay may only tighten: whatever meets {ours} has to meet {theirs} too"
            );
            let diagnostic =
                Diagnostic::error("workflow/loosens", span, message).help(reason).label(known.span, text!("原规则", "the rule"));
            reader.diagnostics.push(diagnostic);
        }
    } else if let Some((_, span)) = change.bound {
        let message = text!("`{}` 没有门槛可以提高", "`{}` has no threshold to raise", known.id);
        reader.diagnostics.push(Diagnostic::error("workflow/loosens", span, message));
    }
    if let Some((severity, span)) = change.severity {
        // The order of severities runs from the gravest.
        if severity.cmp(&known.severity) == Ordering::Greater {
            let (ours, theirs) = (severity_word(severity), severity_word(known.severity));
            let message = Text::new(
                format!("“{}”比原规则的“{}”轻", ours.zh, theirs.zh),
                format!("`{}` is milder than the rule's `{}`", ours.en, theirs.en),
            );
            let help = text!("叠加只能加重：提醒 → 发现 → 错误", "an overlay may only raise it: warning, finding, error");
            reader.diagnostics.push(Diagnostic::error("workflow/loosens", span, message).help(help));
        }
    }
}

fn severity_word(severity: Severity) -> Text {
    match severity {
        Severity::Error => text!("错误", "error"),
        Severity::Finding => text!("发现", "finding"),
        Severity::Warning => text!("提醒", "warning"),
    }
}

/// Returns the rule as the overlay leaves it.
fn apply(known: &Rule, change: &Change, pack: &str) -> Rule {
    let mut rule = known.clone();
    if let (Some((bound, _)), Some(threshold)) = (change.bound, &mut rule.threshold) {
        threshold.bound = bound;
    }
    if let Some((severity, _)) = change.severity {
        rule.severity = severity;
    }
    for (to, from) in [(&mut rule.title, &change.title), (&mut rule.help, &change.help), (&mut rule.basis, &change.basis)] {
        if !from.is_empty() {
            *to = from.clone();
        }
    }
    if let Some(message) = &change.message {
        rule.message = message.clone();
    }
    // The examples of the base were made for its own bound.
    (rule.passing, rule.failing) = change.examples.clone();
    pack.clone_into(&mut rule.pack);
    rule.span = change.span;
    rule.citation = std::sync::OnceLock::new();
    rule
}

/// Returns a workflow with overlays applied: of two bounds the tighter, of two severities the graver.
pub(super) fn tighten(base: &Workflow, overlays: &[&Workflow]) -> Workflow {
    let mut workflow = base.clone();
    for overlay in overlays {
        workflow.duties.extend(overlay.duties.iter().cloned());
        for rule in &overlay.rules {
            match workflow.rules.iter_mut().find(|known| known.id == rule.id) {
                Some(known) => merge(known, rule),
                None => workflow.rules.push(rule.clone()),
            }
        }
    }
    workflow
}

fn merge(known: &mut Rule, tighter: &Rule) {
    let severity = known.severity.min(tighter.severity);
    let keeps = match (&known.threshold, &tighter.threshold) {
        (Some(known), Some(tighter)) => !tighter.bound.implies(known.bound),
        _ => false,
    };
    if !keeps {
        *known = tighter.clone();
    }
    known.severity = severity;
}

/// Reports `tightens` that name no rule, or that go round.
pub(super) fn check_tightens(workflows: &Workflows, diagnostics: &mut Vec<Diagnostic>) {
    for (_, rule) in workflows.rules() {
        let Some(target) = &rule.tightens else { continue };
        if workflows.rule(target).is_none() {
            let known: Vec<&str> = workflows.rules().map(|(_, rule)| rule.id.as_str()).collect();
            let help = super::names::did_you_mean(target, known);
            let message =
                text!("`tightens` 指向的规则 `{target}` 不存在", "`tightens` names a rule `{target}` that there is not");
            diagnostics.push(Diagnostic::error("reference/unknown", rule.span, message).help(help));
        } else if goes_round(workflows, rule) {
            let message = text!("`tightens` 绕了一圈，又回到 `{}`", "`tightens` leads back to `{}`", rule.id);
            diagnostics.push(Diagnostic::error("workflow/cycle", rule.span, message));
        }
    }
}

fn goes_round(workflows: &Workflows, rule: &Rule) -> bool {
    let mut at = rule.tightens.clone();
    for _ in 0..workflows.rules().count() {
        match at {
            Some(id) if id == rule.id => return true,
            Some(id) => at = workflows.rule(&id).and_then(|(_, rule)| rule.tightens.clone()),
            None => return false,
        }
    }
    false
}
