//! The pages of the procedures in force and of their rules.

use crate::diagnostic::{Severity, rules};
use crate::field::Kind;
use crate::language::Text;
use crate::workflow::{Explanation, Rule, Step, Workflow, explain};

use super::index::Listing;
use super::list;
use super::page::Page;
use super::parts;
use super::scribe::Scribe;
use super::view::{
    CountLink, Example, Fact, Head, Link, ProcedureCard, ProcedureList, ProcedurePage, ProcedureStep, RuleFamily, RulePage,
    RuleRow, Tag, Tone,
};

/// How many findings the page of a rule shows.
const FINDINGS: usize = 50;

/// Writes the procedures in force and the rules of the files.
pub fn list(scribe: &Scribe) -> ProcedureList {
    let procedures: Vec<&Workflow> = scribe.procedures();
    let rules: usize = procedures.iter().map(|workflow| workflow.rules.len()).sum();
    let lead = match scribe.say("zh", "en") {
        "zh" => format!("现行规程 {} 部，规则 {} 条；记录本身的规则 {} 条。", procedures.len(), rules, rules::RULES.len()),
        _ => {
            format!("{} procedures with {} rules; {} rules of the files themselves.", procedures.len(), rules, rules::RULES.len())
        }
    };
    ProcedureList {
        lead,
        procedures: procedures.into_iter().map(|workflow| card(scribe, workflow)).collect(),
        families: families(scribe),
    }
}

/// Writes a procedure in the list.
fn card(scribe: &Scribe, workflow: &Workflow) -> ProcedureCard {
    let matters = matters_of(scribe, &workflow.id);
    ProcedureCard {
        link: scribe.link_to(&Page::Procedure(workflow.id.clone()), scribe.text(&workflow.title)),
        id: workflow.id.clone(),
        summary: scribe.text(&workflow.description),
        effective: effective(scribe, workflow),
        steps: workflow.steps.iter().map(|step| scribe.text(&step.title)).collect::<Vec<_>>().join(" → "),
        rules: scribe.count("rule", workflow.rules.len()),
        matters: (matters > 0).then(|| CountLink {
            count: scribe.number(matters as u64),
            ..scribe.counted(&Listing::Kind(Kind::Matter), scribe.label("procedures.matters"))
        }),
    }
}

/// Counts the published matters that follow a procedure.
fn matters_of(scribe: &Scribe, id: &str) -> usize {
    let matters = scribe.index.get(&Listing::Kind(Kind::Matter)).iter();
    matters
        .filter(|ix| scribe.edition.verdict(**ix).and_then(|verdict| verdict.workflow.as_ref()).is_some_and(|own| own.id == id))
        .count()
}

/// Says since when a procedure is in force.
fn effective(scribe: &Scribe, workflow: &Workflow) -> String {
    match workflow.effective {
        (Some(from), Some(to)) => scribe.days(from, Some(to)),
        (Some(from), None) => format!("{}{}", scribe.say("", "since "), scribe.date(from).text) + scribe.say("起施行", ""),
        (None, Some(to)) => format!("{}{}", scribe.say("至 ", "until "), scribe.date(to).text),
        (None, None) => String::new(),
    }
}

/// Writes the rules of the files by family.
fn families(scribe: &Scribe) -> Vec<RuleFamily> {
    let mut families: Vec<RuleFamily> = Vec::new();
    for rule in rules::RULES {
        let family = rule.id.split('/').next().unwrap_or(rule.id);
        if families.last().is_none_or(|last| last.id != family) {
            let title = rules::family_title(family).map_or_else(|| family.to_owned(), |title| scribe.text(&title));
            families.push(RuleFamily { id: family.to_owned(), title, by: String::new(), note: String::new(), rules: Vec::new() });
        }
        let row = RuleRow {
            link: scribe.link_to(&Page::Rule(rule.id.to_owned()), scribe.text(&rule.title())),
            id: rule.id.to_owned(),
            threshold: String::new(),
            severity: severity_tag(scribe, rule.severity),
            basis: String::new(),
            findings: None,
        };
        if let Some(last) = families.last_mut() {
            last.rules.push(row);
        }
    }
    families
}

/// Makes the tag of a severity.
fn severity_tag(scribe: &Scribe, severity: Severity) -> Tag {
    match severity {
        Severity::Error => parts::tag(scribe, Tone::Stop, "severity.error"),
        Severity::Finding => parts::tag(scribe, Tone::Run, "severity.finding"),
        Severity::Warning => parts::tag(scribe, Tone::Idle, "severity.warning"),
    }
}

/// Writes the page of a procedure.
pub fn page(scribe: &Scribe, id: &str) -> Option<ProcedurePage> {
    let workflow = scribe.procedure(id)?;
    let row = |rule: &Rule| rule_row(scribe, workflow, rule);
    let of_no_step = workflow.rules.iter().filter(|rule| rule.step.as_deref().is_none_or(|step| workflow.step(step).is_none()));
    Some(ProcedurePage {
        head: procedure_head(scribe, workflow),
        facts: scribe.facts(facts(scribe, workflow)),
        steps: workflow.steps.iter().enumerate().map(|(i, step)| step_view(scribe, workflow, i, step, &row)).collect(),
        others: of_no_step.map(row).collect(),
        places: places(scribe, workflow),
    })
}

/// Writes the top of a procedure's page.
fn procedure_head(scribe: &Scribe, workflow: &Workflow) -> Head {
    let lead = scribe.text(&workflow.description);
    let title = scribe.text(&workflow.title);
    Head {
        kicker: scribe.rows.kicker(scribe, vec![scribe.fact(scribe.label("table.kind"), scribe.label("nav.procedures"))]),
        lang: scribe.lang_of(&title),
        title,
        original: String::new(),
        lead_lang: scribe.lang_of(&lead),
        lead,
        tag: None,
    }
}

/// Writes id, versions, level and basis of a procedure.
fn facts(scribe: &Scribe, workflow: &Workflow) -> Vec<Fact> {
    let versions = scribe.edition.workflows.iter().filter(|other| other.id == workflow.id).map(|other| effective(scribe, other));
    let basis = workflow.basis.iter().map(|basis| scribe.text(&basis.title));
    let overlays = scribe.edition.workflows.overlays().iter().filter(|overlay| overlay.extends.as_deref() == Some(&workflow.id));
    let overlays = overlays.map(|overlay| scribe.text(&overlay.title));
    let level = workflow.level.as_ref().map(|level| scribe.label_of("level", level));
    parts::said([
        scribe.fact(scribe.say("编号", "Id"), &workflow.id),
        scribe.fact(scribe.say("施行", "In force"), scribe.join(versions.filter(|words| !words.is_empty()))),
        scribe.fact(scribe.say("级别", "Level"), level.unwrap_or_default()),
        scribe.fact(scribe.label("matter.basis"), scribe.join(basis)),
        scribe.fact(scribe.say("收紧它的规程", "Tightened by"), scribe.join(overlays)),
    ])
}

/// Writes a step of a procedure with its rules.
fn step_view(scribe: &Scribe, workflow: &Workflow, index: usize, step: &Step, row: &impl Fn(&Rule) -> RuleRow) -> ProcedureStep {
    let listing = Listing::Step(workflow.id.clone(), step.id.clone());
    ProcedureStep {
        id: format!("step-{}", step.id),
        number: (index + 1).to_string(),
        title: scribe.text(&step.title),
        by: scribe.body_class(&step.responsible),
        note: scribe.text(&step.description),
        rules: workflow.rules.iter().filter(|rule| rule.step.as_deref() == Some(&step.id)).map(row).collect(),
        matters: (scribe.index.count(&listing) > 0).then(|| scribe.counted(&listing, scribe.label("procedures.at_step"))),
    }
}

/// Writes a rule in a list, with its findings.
fn rule_row(scribe: &Scribe, workflow: &Workflow, rule: &Rule) -> RuleRow {
    let explained = explain(workflow, rule);
    let count = scribe.index.findings.count(&rule.id);
    let link = scribe.link_to(&Page::Rule(rule.id.clone()), scribe.text(&rule.title));
    RuleRow {
        findings: (count > 0).then(|| CountLink {
            text: scribe.label("procedures.findings"),
            href: format!("{}#findings", link.href),
            count: scribe.number(count as u64),
            current: false,
            lang: None,
        }),
        link,
        id: rule.id.clone(),
        threshold: scribe.text(&explained.threshold),
        severity: severity_tag(scribe, rule.severity),
        basis: scribe.text(&rule.basis),
    }
}

/// Lists the places where a procedure is in force.
fn places(scribe: &Scribe, workflow: &Workflow) -> Vec<CountLink> {
    let as_of = scribe.edition.as_of;
    let applies = |area: &crate::record::Area| {
        let adopted =
            area.workflows.iter().any(|w| w.id == workflow.id && w.since <= as_of && w.until.is_none_or(|until| until >= as_of));
        adopted || workflow.always && workflow.suits(area.level.name())
    };
    let areas = scribe.edition.register.areas().filter(|(ix, area)| scribe.edition.is_published(*ix) && applies(area));
    areas
        .take(100)
        .map(|(ix, _)| scribe.counted(&Listing::Place(scribe.edition.register.get(ix).id.clone()), scribe.title(ix)))
        .collect()
}

/// Writes the page of a rule.
pub fn rule_page(scribe: &Scribe, id: &str) -> Option<RulePage> {
    match scribe.edition.workflows.rule(id) {
        Some((workflow, rule)) => Some(pack_rule(scribe, workflow, rule)),
        None => rules::find(id).map(|rule| file_rule(scribe, rule)),
    }
}

/// Writes the page of a rule of a pack.
fn pack_rule(scribe: &Scribe, workflow: &Workflow, rule: &Rule) -> RulePage {
    let explained = explain(workflow, rule);
    let count = scribe.index.findings.count(&rule.id);
    let shown = scribe.index.findings.of(scribe.edition, &rule.id).take(FINDINGS);
    RulePage {
        head: rule_head(scribe, &rule.title, &explained.threshold, rule.severity),
        id: rule.id.clone(),
        threshold: scribe.text(&explained.threshold),
        facts: scribe.facts(rule_facts(scribe, workflow, rule, &explained)),
        basis: scribe.text(&explained.basis),
        message: scribe.advice(&explained.message),
        help: scribe.advice(&explained.help),
        condition: explained.condition.clone(),
        expression: explained.expression.clone(),
        examples: examples(scribe, &explained),
        findings_all: (count > FINDINGS).then(|| CountLink {
            text: scribe.label("rule.findings_all"),
            href: scribe.href(&Page::Findings(1)),
            count: scribe.number(count as u64),
            current: false,
            lang: None,
        }),
        findings: shown.map(|(ix, finding)| list::finding_row(scribe, ix, finding, false)).collect(),
    }
}

/// Writes the top of a rule's page.
fn rule_head(scribe: &Scribe, title: &Text, lead: &Text, severity: Severity) -> Head {
    let (title, lead) = (scribe.text(title), scribe.advice(lead));
    Head {
        kicker: scribe.rows.kicker(scribe, vec![scribe.fact(scribe.label("table.kind"), scribe.label("matter.rule"))]),
        lang: scribe.lang_of(&title),
        title,
        original: String::new(),
        lead_lang: scribe.lang_of(&lead),
        lead,
        tag: Some(severity_tag(scribe, severity)),
    }
}

/// Writes procedure, step, kind and version of a rule.
fn rule_facts(scribe: &Scribe, workflow: &Workflow, rule: &Rule, explained: &Explanation) -> Vec<Fact> {
    let procedure = workflow.extends.as_ref().unwrap_or(&workflow.id);
    let step = explained.step.as_ref().map(|step| scribe.text(step)).unwrap_or_default();
    let tightens: Vec<Link> = rule.tightens.iter().map(|id| parts::rule_link(scribe, id)).collect();
    parts::said([
        scribe.fact_links(
            scribe.label("matter.procedure"),
            vec![scribe.link_to(&Page::Procedure(procedure.clone()), scribe.text(&workflow.title))],
        ),
        scribe.fact(scribe.label("matter.step"), step),
        scribe.fact(scribe.say("核对对象", "Applies to"), scribe.kind(rule.applies_to)),
        scribe.fact(scribe.say("施行", "In force"), effective(scribe, workflow)),
        scribe.fact_links(scribe.say("收紧", "Tightens"), tightens),
    ])
}

/// Writes the examples of a rule.
fn examples(scribe: &Scribe, explained: &Explanation) -> Vec<Example> {
    let write = |source: &String, passes: bool| Example { passes, note: String::new(), source: scribe.edition.shown(source) };
    let passing = explained.passing.iter().map(|source| write(source, true));
    passing.chain(explained.failing.iter().map(|source| write(source, false))).collect()
}

/// Writes the page of a rule of the files.
fn file_rule(scribe: &Scribe, rule: &rules::FileRule) -> RulePage {
    RulePage {
        head: rule_head(scribe, &rule.title(), &rule.why(), rule.severity),
        id: rule.id.to_owned(),
        threshold: String::new(),
        facts: scribe.facts(Vec::new()),
        basis: String::new(),
        message: String::new(),
        help: String::new(),
        expression: String::new(),
        condition: String::new(),
        examples: Vec::new(),
        findings: Vec::new(),
        findings_all: None,
    }
}
