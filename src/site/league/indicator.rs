//! The history of an indicator of a contract: target, weight, and the values of every unit over the periods.

use std::collections::BTreeMap;

use crate::edition::Edition;
use crate::record::choice::Cycle;
use crate::record::contract::{Contract, Indicator};
use crate::record::{Assessment, assessment::AssessmentResult};
use crate::register::RecordIx;
use crate::site::assessment;
use crate::site::list;
use crate::site::page::Page;
use crate::site::parts;
use crate::site::scribe::Scribe;
use crate::site::view::{CountLink, Fact, IndicatorCycle, IndicatorPage, IndicatorValue, UnitValues};

use super::Assessing;
use super::board::{linked, name, unit};

/// The most units that one page shows: a unit has a value a month.
const MOST_UNITS: usize = 60;

/// Lists the pages of a contract's indicators; none where nothing was assessed by it.
pub fn pages(edition: &Edition, contract: RecordIx) -> Vec<Page> {
    let Some(terms) = edition.register.get(contract).contract() else { return Vec::new() };
    if !followed(edition, contract) {
        return Vec::new();
    }
    let count = terms.parties.assessed.len().div_ceil(MOST_UNITS).max(1);
    (0..terms.indicators.len()).flat_map(|at| (1..=count).map(move |n| Page::Indicator(contract, at, n))).collect()
}

/// Whether an assessment with a page follows a contract.
fn followed(edition: &Edition, contract: RecordIx) -> bool {
    let links = edition.register.links_to(contract).iter();
    links.filter(|link| link.path == "contract").any(|link| edition.is_published(link.from))
}

/// Returns the path of an indicator's page.
pub fn path(register: &crate::register::Register, contract: RecordIx, at: usize, n: usize) -> String {
    let record = register.get(contract);
    let id = record.contract().and_then(|contract| contract.indicators.get(at)).map_or("", |indicator| indicator.id.as_str());
    let area = if record.area.is_empty() { String::new() } else { format!("{}/", record.area) };
    let page = if n == 1 { String::new() } else { format!("-{n}") };
    format!("performance/{area}{}/{id}{page}.html", record.name)
}

/// Returns the link to an indicator's page; empty where it has none.
pub fn href(scribe: &Scribe, contract: RecordIx, at: usize) -> String {
    if followed(scribe.edition, contract) { scribe.href(&Page::Indicator(contract, at, 1)) } else { String::new() }
}

/// Names an indicator with the period of its contract.
pub fn title(scribe: &Scribe, contract: RecordIx, at: usize) -> String {
    let terms = scribe.edition.register.get(contract).contract();
    let Some((terms, measure)) = terms.and_then(|terms| Some((terms, terms.indicators.get(at)?))) else { return String::new() };
    format!("{}{}{}", assessment::measure_name(scribe, measure), scribe.say("，", ", "), scribe.period(terms.period))
}

/// Writes the history of an indicator.
pub fn page(scribe: &Scribe, ix: RecordIx, at: usize, n: usize) -> Option<IndicatorPage> {
    let record = scribe.edition.register.get(ix);
    let terms = record.contract()?;
    let measure = terms.indicators.get(at)?;
    let assessing = scribe.index.leagues.area(&record.area)?;
    let units = &terms.parties.assessed;
    let start = (n.checked_sub(1)? * MOST_UNITS).min(units.len());
    let shown = &units[start..(start + MOST_UNITS).min(units.len())];
    let all = assessments(scribe, ix);
    let cycle = |cycle: &Cycle| of_cycle(scribe, assessing, measure, *cycle, &all, shown);
    let title = title(scribe, ix, at);
    Some(IndicatorPage {
        lang: scribe.lang_of(&title),
        title,
        lead: scribe.fill("league.indicator_lead", &[("n", &all.len().to_string()), ("units", &units.len().to_string())]),
        facts: scribe.facts(facts(scribe, ix, terms, measure)),
        cycles: Cycle::ALL.iter().filter_map(cycle).collect(),
        method: ["league.method_points", "league.method_actual"].map(|key| scribe.label(key)).to_vec(),
        others: others(scribe, ix, terms, at),
        years: years(scribe, ix, measure),
        pager: list::pager(scribe, n, units.len().div_ceil(MOST_UNITS).max(1), |n| Page::Indicator(ix, at, n)),
    })
}

/// Returns the assessments that follow a contract, by cycle and period.
fn assessments<'a>(scribe: &'a Scribe, contract: RecordIx) -> Vec<(RecordIx, &'a Assessment)> {
    let register = &scribe.edition.register;
    let from = register.links_to(contract).iter().filter(|link| link.path == "contract").map(|link| link.from);
    let published = from.filter(|ix| scribe.edition.is_published(*ix));
    let mut all: Vec<_> = published.filter_map(|ix| Some((ix, register.get(ix).assessment()?))).collect();
    all.sort_by_key(|(ix, assessment)| (assessment.cycle, assessment.period, *ix));
    all
}

/// Writes contract, target and weight of an indicator.
fn facts(scribe: &Scribe, ix: RecordIx, terms: &Contract, measure: &Indicator) -> Vec<Fact> {
    let unit = measure.unit.clone().unwrap_or_default();
    let target = measure.target.map(|target| format!("{}{unit}", scribe.decimal(target))).unwrap_or_default();
    parts::said([
        scribe.fact_links(scribe.kind(crate::field::Kind::Contract), vec![scribe.link(ix)]),
        scribe.fact(scribe.say("考核方", "Assessor"), &terms.parties.assessor),
        scribe.fact(scribe.label("assessment.target"), target),
        scribe.fact(scribe.label("league.weight_full"), scribe.decimal(measure.weight)),
    ])
}

/// Writes the values in the periods of one cycle; nothing where it has no assessment.
fn of_cycle(
    scribe: &Scribe,
    assessing: &Assessing,
    measure: &Indicator,
    cycle: Cycle,
    all: &[(RecordIx, &Assessment)],
    units: &[String],
) -> Option<IndicatorCycle> {
    let mine: Vec<_> = all.iter().filter(|(_, assessment)| assessment.cycle == cycle).collect();
    let results: Vec<BTreeMap<&str, &AssessmentResult>> = mine
        .iter()
        .map(|(_, assessment)| assessment.results.iter().map(|result| (result.subject.as_str(), result)).collect())
        .collect();
    let row = |name: &String| UnitValues {
        unit: unit(scribe, assessing, name),
        values: results.iter().map(|results| value(scribe, measure, results.get(name.as_str()).copied())).collect(),
    };
    let period =
        |ix: RecordIx, assessment: &Assessment| scribe.link_to(&Page::Record(ix), scribe.text(&assessment.period.short_label()));
    (!mine.is_empty()).then(|| IndicatorCycle {
        id: cycle.name().to_owned(),
        title: name(scribe, cycle),
        periods: mine.iter().map(|(ix, assessment)| period(*ix, assessment)).collect(),
        rows: units.iter().map(row).collect(),
    })
}

/// Writes the value of one unit in one period.
fn value(scribe: &Scribe, measure: &Indicator, result: Option<&AssessmentResult>) -> IndicatorValue {
    let unit = measure.unit.clone().unwrap_or_default();
    let points = result.and_then(|result| result.scores.get(&measure.id));
    let actual = result.and_then(|result| result.actual.get(&measure.id));
    IndicatorValue {
        points: points.map(|points| scribe.decimal(*points)).unwrap_or_default(),
        actual: actual.map(|actual| format!("{}{unit}", scribe.decimal(*actual))).unwrap_or_default(),
    }
}

/// Lists the indicators of a contract, the one that is shown marked.
fn others(scribe: &Scribe, contract: RecordIx, terms: &Contract, shown: usize) -> Vec<CountLink> {
    let link = |(at, measure): (usize, &Indicator)| {
        let text = assessment::measure_name(scribe, measure);
        let href = scribe.href(&Page::Indicator(contract, at, 1));
        CountLink { lang: scribe.lang_of(&text), text, href, count: scribe.decimal(measure.weight), current: at == shown }
    };
    terms.indicators.iter().enumerate().map(link).collect()
}

/// Lists the contracts of the area that have an indicator of the same id, the newest first.
fn years(scribe: &Scribe, shown: RecordIx, measure: &Indicator) -> Vec<CountLink> {
    let register = &scribe.edition.register;
    let area = &register.get(shown).area;
    let years = scribe.index.leagues.area(area).into_iter().flat_map(|assessing| assessing.years.values().rev());
    let contracts = years.flat_map(|year| &year.contracts).copied().filter(|ix| followed(scribe.edition, *ix));
    let link = |ix: RecordIx| {
        let terms = register.get(ix).contract()?;
        let at = terms.indicators.iter().position(|other| other.id == measure.id)?;
        let count = assessments(scribe, ix).len();
        Some(linked(scribe, &Page::Indicator(ix, at, 1), scribe.period(terms.period), count, ix == shown))
    };
    let all: Vec<CountLink> = contracts.filter_map(link).collect();
    if all.len() > 1 { all } else { Vec::new() }
}
