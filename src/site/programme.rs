//! The page of a programme: indicators, targets, values and progress.

use rust_decimal::Decimal;

use crate::record::Programme;
use crate::record::programme::{Funds, ProgrammeIndicator, Progress, Project, Standing};
use crate::register::RecordIx;

use super::parts;
use super::scribe::Scribe;
use super::view::{Fact, IndicatorRow, Link, ProgrammePage, ProjectBlock, ReportedRow, Tag, TargetShare, Tone};

/// Writes the page of a programme.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<ProgrammePage> {
    let programme = scribe.edition.register.get(ix).programme()?;
    let judged = parts::judged(scribe, ix);
    Some(ProgrammePage {
        head: parts::head(scribe, ix),
        facts: scribe.facts(facts(scribe, ix, programme)),
        projects: projects(scribe, ix, programme),
        history: programme.indicators.iter().flat_map(|indicator| history(scribe, indicator)).collect(),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: parts::related_all(scribe, ix),
    })
}

/// Makes the state of a programme: a target missed outweighs one under way, which outweighs those reached.
pub fn programme_tag(scribe: &Scribe, programme: &Programme) -> Tag {
    let as_of = scribe.edition.as_of;
    let worst = programme.indicators.iter().map(|indicator| indicator.standing(as_of)).min();
    match worst {
        Some(Standing::Missed) => standing_tag(scribe, Standing::Missed),
        Some(Standing::Met | Standing::MetLate) => parts::tag(scribe, Tone::Done, "programme.all_met"),
        _ => standing_tag(scribe, Standing::UnderWay),
    }
}

/// Says how many projects and indicators a programme has.
pub fn count_words(scribe: &Scribe, programme: &Programme) -> String {
    let n = |n: usize| scribe.number(n as u64);
    let (projects, indicators) = (n(programme.projects.len()), n(programme.indicators.len()));
    scribe.fill("programme.counts", &[("projects", &projects), ("indicators", &indicators)])
}

/// Makes the tag of how an indicator stands.
fn standing_tag(scribe: &Scribe, standing: Standing) -> Tag {
    let (tone, label) = match standing {
        Standing::Met => (Tone::Done, "programme.met"),
        Standing::MetLate => (Tone::Done, "programme.met-late"),
        Standing::Missed => (Tone::Stop, "programme.missed"),
        Standing::UnderWay => (Tone::Run, "programme.under-way"),
        Standing::NotReported => (Tone::Idle, "programme.not-reported"),
    };
    parts::tag(scribe, tone, label)
}

/// Writes term, lead, partners, places and funds.
fn facts(scribe: &Scribe, ix: RecordIx, programme: &Programme) -> Vec<Fact> {
    let register = &scribe.edition.register;
    let lead = register.body(&register.get(ix).area, &programme.lead);
    let english = scribe.say("zh", "en") == "en";
    let lead = lead.map(|body| body.name_en.as_ref().filter(|_| english).unwrap_or(&body.name).clone());
    let areas = (0..programme.areas.len()).filter_map(|i| register.link(ix, &format!("areas[{i}]"))).map(|ix| scribe.link(ix));
    let funds = || programme.projects.iter().filter_map(|project| project.funds.as_ref());
    let budget: Decimal = funds().map(|funds| funds.budget).sum();
    let spent: Decimal = funds().filter_map(|funds| funds.spent).sum();
    let money = |amount: Decimal| if funds().next().is_some() { scribe.money(amount) } else { String::new() };
    parts::said([
        scribe.fact(scribe.say("文号", "Number"), programme.number.clone().unwrap_or_default()),
        scribe.fact(scribe.say("实施期", "Term"), scribe.days(programme.term.from, programme.term.to)),
        scribe.fact(scribe.say("牵头机构", "Led by"), lead.unwrap_or_default()),
        scribe.fact(scribe.say("参与单位", "With"), scribe.join(programme.partners.iter().cloned())),
        scribe.fact_links(scribe.say("实施区域", "Places"), areas.collect()),
        scribe.fact(scribe.say("预算合计", "Budget in all"), money(budget)),
        scribe.fact(scribe.say("已支出合计", "Spent in all"), money(spent)),
    ])
}

/// Writes the projects with their indicators, and last those of the whole programme.
fn projects(scribe: &Scribe, ix: RecordIx, programme: &Programme) -> Vec<ProjectBlock> {
    let rows = |id: Option<&str>| {
        let own = programme.indicators.iter().filter(move |indicator| indicator.project.as_deref() == id);
        own.map(|indicator| row(scribe, indicator)).collect::<Vec<_>>()
    };
    let mut blocks: Vec<ProjectBlock> = programme
        .projects
        .iter()
        .enumerate()
        .map(|(i, project)| {
            let title = english(scribe, &project.title, project.title_en.as_ref());
            ProjectBlock {
                id: format!("project-{}", project.id),
                lang: scribe.lang_of(&title),
                title,
                note: note(scribe, project),
                indicators: rows(Some(&project.id)),
                matters: matters(scribe, ix, i, project),
            }
        })
        .collect();
    let whole = rows(None);
    if !whole.is_empty() {
        let (id, title) = ("project-".to_owned(), scribe.label("programme.whole"));
        blocks.push(ProjectBlock { id, title, lang: None, note: String::new(), indicators: whole, matters: Vec::new() });
    }
    blocks
}

/// Says who is responsible for a project, and its funds.
fn note(scribe: &Scribe, project: &Project) -> String {
    let funds = project.funds.as_ref().map(|funds| funds_words(scribe, funds));
    let parts = project.responsible.clone().into_iter().chain(funds);
    parts.collect::<Vec<_>>().join(scribe.say("；", "; "))
}

/// Writes budget and spending of a project.
fn funds_words(scribe: &Scribe, funds: &Funds) -> String {
    let budget = format!("{} {}", scribe.say("预算", "budget"), scribe.money(funds.budget));
    let spent = funds.spent.map(|spent| format!("{} {}", scribe.say("已支出", "spent"), scribe.money(spent)));
    let day = funds.as_of.map(|day| format!("{}{}", scribe.say("截至 ", "as of "), scribe.date(day).text));
    let parts = [Some(budget), spent, day, funds.source.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(scribe.say("，", ", "))
}

/// Links to the published matters of a project.
fn matters(scribe: &Scribe, ix: RecordIx, i: usize, project: &Project) -> Vec<Link> {
    let register = &scribe.edition.register;
    let named = (0..project.matters.len()).filter_map(|n| register.link(ix, &format!("projects[{i}].matters[{n}]")));
    named.filter(|ix| scribe.edition.is_published(*ix)).map(|ix| scribe.link(ix)).collect()
}

/// Returns a text in the page's language where it has one.
fn english(scribe: &Scribe, text: &str, english: Option<&String>) -> String {
    english.filter(|_| scribe.say("zh", "en") == "en").map_or_else(|| text.to_owned(), Clone::clone)
}

/// Writes a value with its unit.
fn with_unit(scribe: &Scribe, indicator: &ProgrammeIndicator, value: Decimal) -> String {
    let unit = indicator.unit.as_ref().map(|unit| english(scribe, unit, indicator.unit_en.as_ref())).unwrap_or_default();
    let value = scribe.decimal(value);
    match unit.as_str() {
        "" => value,
        "%" | "％" => format!("{value}%"),
        _ => format!("{value} {unit}"),
    }
}

/// Writes one indicator.
fn row(scribe: &Scribe, indicator: &ProgrammeIndicator) -> IndicatorRow {
    let as_of = scribe.edition.as_of;
    let last = indicator.reported(as_of).next_back();
    let standing = indicator.standing(as_of);
    let name = english(scribe, &indicator.name, indicator.name_en.as_ref());
    let often = indicator.cadence.map(|cadence| scribe.choice("cadence", cadence.name(), || cadence.label()));
    let bound = if indicator.at_most() { scribe.say("不高于", "at most") } else { scribe.say("不低于", "at least") };
    IndicatorRow {
        id: format!("indicator-{}", indicator.id),
        lang: scribe.lang_of(&name),
        name,
        note: scribe.join(indicator.responsible.clone().into_iter().chain(often)),
        target: format!("{bound} {}", with_unit(scribe, indicator, indicator.target)),
        by: scribe.date(indicator.by),
        actual: last.map(|reported| with_unit(scribe, indicator, reported.value)).unwrap_or_default(),
        date: last.map(|reported| scribe.date(reported.date)),
        share: last.and_then(|reported| share(scribe, indicator, reported.value, standing)),
        tag: standing_tag(scribe, standing),
    }
}

/// Writes how far an indicator has come, with both numbers.
fn share(scribe: &Scribe, indicator: &ProgrammeIndicator, value: Decimal, standing: Standing) -> Option<TargetShare> {
    let progress = indicator.progress(value)?;
    let amount = |number: Decimal| with_unit(scribe, indicator, number);
    let (percent, target, now) = (progress.percent(), amount(indicator.target), amount(value));
    let words = match indicator.baseline.filter(|baseline| !baseline.is_zero()) {
        None => scribe.fill("programme.from_zero", &[("target", &target), ("value", &now), ("percent", &percent)]),
        Some(baseline) => {
            let key = if indicator.at_most() { "programme.from_baseline_down" } else { "programme.from_baseline_up" };
            let Progress { done, whole } = progress;
            let (baseline, done, whole) = (amount(baseline), amount(done), amount(whole));
            scribe.fill(key, &[("baseline", &baseline), ("done", &done), ("whole", &whole), ("percent", &percent)])
        }
    };
    Some(TargetShare { words, width: progress.width(), tone: standing_tag(scribe, standing).tone })
}

/// Writes the values of an indicator, the newest first.
fn history(scribe: &Scribe, indicator: &ProgrammeIndicator) -> Vec<ReportedRow> {
    let name = english(scribe, &indicator.name, indicator.name_en.as_ref());
    let link = Link { lang: scribe.lang_of(&name), text: name, href: format!("#indicator-{}", indicator.id) };
    let rows = indicator.reported(scribe.edition.as_of).rev().map(|reported| {
        let note = reported.note.clone().unwrap_or_default();
        ReportedRow {
            indicator: link.clone(),
            date: scribe.date(reported.date),
            value: with_unit(scribe, indicator, reported.value),
            target: with_unit(scribe, indicator, indicator.target),
            share: indicator.progress(reported.value).map(|progress| format!("{}%", progress.percent())).unwrap_or_default(),
            note_lang: scribe.lang_of(&note),
            note,
        }
    });
    rows.collect()
}
