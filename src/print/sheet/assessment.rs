//! Writes the results of an assessment: ranks, scores and their sums, the change since the last, and the method. All of it is
//! what the page of the record and its table of ranks say.

use crate::print::view::assessment::{Assessment, Indicator, Outcome, Score, Used};
use crate::print::view::{Line, Pages};
use crate::record::{Assessment as Results, Contract};
use crate::register::RecordIx;
use crate::site::league::{board, ranks};
use crate::site::view::{AssessmentPage, AssessmentResult, Fact, LeagueRow, Way};
use crate::site::{Page, Scribe, assessment as page};

use super::common;
use super::place::issuer;

/// Writes the sheet of an assessment.
pub fn view(scribe: &Scribe, ix: RecordIx) -> Option<Assessment> {
    let record = scribe.edition.register.get(ix);
    let results = record.assessment()?;
    let online = page::page(scribe, ix)?;
    let table = board::whole(scribe, ix)?;
    let terms = scribe.edition.register.link(ix, "contract").and_then(|ix| scribe.edition.register.get(ix).contract());
    let title = online.head.title.clone();
    Some(Assessment {
        meta: common::meta(scribe, ix, &title, Pages::Many),
        title,
        facts: facts(scribe, &record.area, terms, &online),
        indicators: online.indicators.iter().map(indicator).collect(),
        full: online.full.clone(),
        has_changes: table.rows.iter().any(|row| row.change.way != Way::None),
        compared: table.compared,
        results: outcomes(results, &online.results, table.rows),
        method: online.method,
        grades: online.grades.into_iter().map(|grade| Line { label: grade.name, text: grade.from }).collect(),
        uses: online
            .uses
            .into_iter()
            .map(|used| Used { unit: used.subject, purpose: used.purpose, detail: used.detail })
            .collect(),
        findings: online.findings.into_iter().map(|finding| finding.message).collect(),
        objection: common::objection(scribe),
        seal: common::seal(scribe, sealer(scribe, &record.area, terms), results.published),
        online: common::online(scribe, &Page::Record(ix)),
        digest: common::digest(scribe, ix),
        as_of: scribe.date(scribe.edition.as_of).text,
    })
}

/// Names who seals the results: who assessed, else who issues the sheets of the place.
fn sealer(scribe: &Scribe, area: &str, terms: Option<&Contract>) -> String {
    let register = &scribe.edition.register;
    let Some(terms) = terms else { return issuer(scribe, area) };
    let bodies = register.area(area).and_then(|ix| register.get(ix).place()).map(|place| place.bodies.as_slice());
    let body = bodies.unwrap_or_default().iter().find(|body| body.name == terms.parties.assessor);
    let english = body.and_then(|body| body.name_en.as_ref());
    common::english(scribe, &terms.parties.assessor, english)
}

/// Writes place and assessor, then the facts of the page that are words.
fn facts(scribe: &Scribe, area: &str, terms: Option<&Contract>, online: &AssessmentPage) -> Vec<Line> {
    let place = scribe.place(area).map(|place| place.text).unwrap_or_default();
    let own = [
        common::line(scribe.say("地方", "Place"), place),
        common::line(scribe.say("考核方", "Assessor"), terms.map(|_| sealer(scribe, area, terms)).unwrap_or_default()),
    ];
    own.into_iter().flatten().chain(online.facts.iter().filter_map(|fact| fact_line(scribe, fact))).collect()
}

/// Writes a fact of the page as a line; those that only lead to other pages say nothing on paper.
fn fact_line(scribe: &Scribe, fact: &Fact) -> Option<Line> {
    let leads_on = fact.label == scribe.label("league.compare");
    let links = fact.links.iter().map(|link| link.text.clone());
    let words = std::iter::once(fact.text.clone()).chain(links).filter(|word| !word.is_empty());
    common::line(&*fact.label, scribe.join(words)).filter(|_| !leads_on)
}

fn indicator(indicator: &crate::site::view::Indicator) -> Indicator {
    let crate::site::view::Indicator { name, target, weight, .. } = indicator.clone();
    Indicator { name, target, weight }
}

/// Puts each result of the page together with its row in the table of ranks and the note of the record; all come by rank.
fn outcomes(results: &Results, shown: &[AssessmentResult], rows: Vec<LeagueRow>) -> Vec<Outcome> {
    let notes = ranks(results).into_iter().map(|rank| results.results[rank.at].note.clone().unwrap_or_default());
    let each = shown.iter().zip(rows).zip(notes);
    each.map(|((result, row), note)| Outcome {
        rank: row.rank,
        tied: row.tied,
        unit: row.unit.text,
        scores: result.scores.iter().map(|score| Score { points: score.points.clone(), actual: score.actual.clone() }).collect(),
        total: result.total.clone(),
        sum: result.sum.clone(),
        width: result.width.clone(),
        grade: result.grade.text.clone(),
        tone: result.grade.tone,
        change: row.change,
        difference: row.difference,
        note,
    })
    .collect()
}
