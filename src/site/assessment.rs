//! The pages of a contract of targets and of an assessment against it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::calendar::{Cycle as Span, Period};
use crate::field::Kind;
use crate::language::percent;
use crate::record::assessment::{AssessmentResult as Result, ResultUse as Used};
use crate::record::choice::Cycle;
use crate::record::contract::{Contract, Grade as Step, Indicator as Measure};
use crate::record::{Assessment, Record};
use crate::register::RecordIx;

use super::page::Page;
use super::parts::{self, tag};
use super::scribe::Scribe;
use super::view::{
    AssessmentPage, AssessmentResult, ContractPage, CycleCell, CycleRow, Fact, Grade, Indicator, ResultUse, Score, Tag, Tone,
};

/// Writes the page of a contract.
pub fn contract_page(scribe: &Scribe, ix: RecordIx) -> Option<ContractPage> {
    let record = scribe.edition.register.get(ix);
    let contract = record.contract()?;
    let judged = parts::judged(scribe, ix);
    let weights: Decimal = contract.indicators.iter().map(|measure| measure.weight).sum();
    Some(ContractPage {
        head: parts::head(scribe, ix),
        facts: contract_facts(scribe, contract),
        indicators: indicators(scribe, contract),
        weights: format!("{} {}", scribe.say("权重合计", "Weights add up to"), scribe.decimal(weights)),
        grades: grades(scribe, contract),
        calendar: calendar(scribe, ix, contract),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: parts::related_all(scribe, ix),
    })
}

/// Writes parties, period and days of a contract.
fn contract_facts(scribe: &Scribe, contract: &Contract) -> Vec<Fact> {
    let published = contract.published.map(|date| scribe.date(date).text);
    parts::said([
        scribe.fact(scribe.say("考核方", "Assessor"), &contract.parties.assessor),
        scribe.fact(scribe.say("被考核方", "Assessed"), scribe.join(contract.parties.assessed.iter().cloned())),
        scribe.fact(scribe.say("时期", "Period"), scribe.period(contract.period)),
        scribe.fact(scribe.say("签订", "Signed"), scribe.date(contract.signed).text),
        scribe.fact(scribe.say("公布", "Published"), published.unwrap_or_default()),
    ])
}

/// Writes the indicators of a contract.
fn indicators(scribe: &Scribe, contract: &Contract) -> Vec<Indicator> {
    let total: Decimal = contract.indicators.iter().map(|measure| measure.weight).sum();
    contract.indicators.iter().map(|measure| indicator(scribe, measure, total)).collect()
}

/// Writes one indicator.
fn indicator(scribe: &Scribe, measure: &Measure, total: Decimal) -> Indicator {
    let english = measure.name_en.as_ref().filter(|_| scribe.say("zh", "en") == "en");
    let name = english.unwrap_or(&measure.name).clone();
    let unit = measure.unit.clone().unwrap_or_default();
    Indicator {
        lang: scribe.lang_of(&name),
        name,
        target: measure.target.map(|target| format!("{}{unit}", scribe.decimal(target))).unwrap_or_default(),
        weight: scribe.decimal(measure.weight),
        width: width(measure.weight, total),
    }
}

/// Returns a decimal's share of another, in percent with one decimal.
fn width(part: Decimal, whole: Decimal) -> String {
    percent(hundredths(part), hundredths(whole))
}

/// Returns a decimal as whole ten-thousandths; less than zero counts as zero.
fn hundredths(n: Decimal) -> u64 {
    u64::try_from((n * Decimal::from(10_000)).trunc().mantissa().max(0) / 10i128.pow((n * Decimal::from(10_000)).trunc().scale()))
        .unwrap_or(0)
}

/// Writes the grades, from the best down.
fn grades(scribe: &Scribe, contract: &Contract) -> Vec<Grade> {
    let mut steps: Vec<&Step> = contract.grades.iter().collect();
    steps.sort_by_key(|step| std::cmp::Reverse(step.at_least));
    let write = |step: &Step| {
        let lowest = scribe.decimal(step.at_least);
        let english = step.name_en.as_ref().filter(|_| scribe.say("zh", "en") == "en");
        let name = english.unwrap_or(&step.name);
        Grade {
            lang: scribe.lang_of(name),
            name: name.clone(),
            from: format!("{}{lowest}{}", scribe.say("", "from "), scribe.say(" 分以上（含本数）", "")),
        }
    };
    steps.into_iter().map(write).collect()
}

/// Returns the assessments that follow a contract, in order of their periods.
fn assessments<'a>(scribe: &'a Scribe, contract: RecordIx) -> Vec<(RecordIx, &'a Assessment)> {
    let register = &scribe.edition.register;
    let from = register.links_to(contract).iter().filter(|link| link.path == "contract").map(|link| link.from);
    let mut all: Vec<_> = from
        .filter(|ix| scribe.edition.is_published(*ix) && register.date_of(*ix).is_some_and(|date| date <= scribe.edition.as_of))
        .filter_map(|ix| register.get(ix).assessment().map(|assessment| (ix, assessment)))
        .collect();
    all.sort_by_key(|a| (a.1.cycle, a.1.period, a.0));
    all
}

/// Writes the calendar of a contract: twelve, four, two and one assessments of its year.
fn calendar(scribe: &Scribe, ix: RecordIx, contract: &Contract) -> Vec<CycleRow> {
    let done: BTreeMap<Period, RecordIx> = assessments(scribe, ix).into_iter().map(|(ix, a)| (a.period, ix)).collect();
    Cycle::ALL.iter().map(|cycle| cycle_row(scribe, *cycle, contract.period, &done)).collect()
}

/// Writes the assessments of one cycle.
fn cycle_row(scribe: &Scribe, cycle: Cycle, year: Period, done: &BTreeMap<Period, RecordIx>) -> CycleRow {
    let periods = Period::within(span(cycle), year.first(), year.last());
    let due = periods.iter().filter(|period| period.last() < scribe.edition.as_of).count();
    let published = periods.iter().filter(|period| done.contains_key(period)).count();
    let words = match scribe.say("zh", "en") {
        "zh" => format!("已到期 {due} 次，已公布 {published} 次"),
        _ => format!("{published} published, {due} due so far"),
    };
    CycleRow {
        cycle: scribe.choice("cycle", cycle.name(), &cycle.label()),
        words,
        cells: periods.iter().map(|period| cycle_cell(scribe, *period, done.get(period).copied())).collect(),
    }
}

/// Returns the length of a cycle's periods.
fn span(cycle: Cycle) -> Span {
    match cycle {
        Cycle::Monthly => Span::Month,
        Cycle::Quarterly => Span::Quarter,
        Cycle::HalfYearly => Span::Half,
        Cycle::Yearly => Span::Year,
    }
}

/// Writes the assessment of one period.
fn cycle_cell(scribe: &Scribe, period: Period, done: Option<RecordIx>) -> CycleCell {
    let tag = match done {
        Some(_) => tag(scribe, Tone::Done, "status.published"),
        None if period.last() < scribe.edition.as_of => tag(scribe, Tone::Act, "due.overdue"),
        None => tag(scribe, Tone::Idle, "due.to-come"),
    };
    let href = done.map(|ix| scribe.href(&Page::Record(ix))).unwrap_or_default();
    CycleCell { text: scribe.text(&period.short_label()), href, tag }
}

/// Writes the page of an assessment.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<AssessmentPage> {
    let record = scribe.edition.register.get(ix);
    let assessment = record.assessment()?;
    let contract = scribe.edition.register.link(ix, "contract");
    let terms = contract.and_then(|ix| scribe.edition.register.get(ix).contract());
    let judged = parts::judged(scribe, ix);
    let full: Decimal = terms.iter().flat_map(|contract| &contract.indicators).map(|measure| measure.weight).sum();
    Some(AssessmentPage {
        head: parts::head(scribe, ix),
        facts: facts(scribe, assessment, contract),
        indicators: terms.map(|contract| indicators(scribe, contract)).unwrap_or_default(),
        full: format!("{} {}", scribe.say("满分", "Full score"), scribe.decimal(full)),
        results: results(scribe, assessment, terms, full),
        method: method(scribe, assessment),
        grades: terms.map(|contract| grades(scribe, contract)).unwrap_or_default(),
        uses: assessment.used_for.iter().map(|used| result_use(scribe, used)).collect(),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: neighbours(scribe, ix, record).into_iter().chain(parts::related_all(scribe, ix)).collect(),
        published: parts::day(scribe, assessment.published),
    })
}

/// Writes cycle, period, contract and publication of an assessment.
fn facts(scribe: &Scribe, assessment: &Assessment, contract: Option<RecordIx>) -> Vec<Fact> {
    let published = assessment.published.map(|date: Date| scribe.date(date).text);
    parts::said([
        scribe.fact(scribe.say("周期", "Cycle"), scribe.choice("cycle", assessment.cycle.name(), &assessment.cycle.label())),
        scribe.fact(scribe.say("时期", "Period"), scribe.period(assessment.period)),
        scribe.fact_links(scribe.kind(Kind::Contract), contract.map(|ix| scribe.link(ix)).into_iter().collect()),
        scribe.fact(scribe.say("公布", "Published"), published.unwrap_or_default()),
    ])
}

/// Writes the results by rank: the higher total first, equal totals share a rank.
fn results(scribe: &Scribe, assessment: &Assessment, terms: Option<&Contract>, full: Decimal) -> Vec<AssessmentResult> {
    let mut all: Vec<&Result> = assessment.results.iter().collect();
    all.sort_by_key(|result| std::cmp::Reverse(result.total));
    let rank = |result: &Result| all.iter().filter(|other| other.total > result.total).count() + 1;
    all.iter()
        .map(|result| AssessmentResult {
            rank: rank(result).to_string(),
            subject: result.subject.clone(),
            lang: scribe.lang_of(&result.subject),
            scores: terms.iter().flat_map(|c| &c.indicators).map(|measure| score(scribe, result, measure)).collect(),
            total: scribe.decimal(result.total),
            width: width(result.total, full),
            sum: sum(scribe, result, terms),
            grade_lang: scribe.lang_of(&grade_tag(scribe, result, terms).text),
            grade: grade_tag(scribe, result, terms),
        })
        .collect()
}

/// Writes one score.
fn score(scribe: &Scribe, result: &Result, measure: &Measure) -> Score {
    let unit = measure.unit.clone().unwrap_or_default();
    Score {
        points: result.scores.get(&measure.id).map(|points| scribe.decimal(*points)).unwrap_or_default(),
        actual: result.actual.get(&measure.id).map(|actual| format!("{}{unit}", scribe.decimal(*actual))).unwrap_or_default(),
    }
}

/// Says how a total comes about (`40 + 29 + 28 = 97`).
fn sum(scribe: &Scribe, result: &Result, terms: Option<&Contract>) -> String {
    let scores = terms.iter().flat_map(|contract| &contract.indicators).filter_map(|measure| result.scores.get(&measure.id));
    let scores: Vec<String> = scores.map(|score| scribe.decimal(*score)).collect();
    format!("{} = {}", scores.join(" + "), scribe.decimal(result.total))
}

/// Makes the tag of a grade: the best in order, the lowest a stop.
fn grade_tag(scribe: &Scribe, result: &Result, terms: Option<&Contract>) -> Tag {
    let mut levels: Vec<&Step> = terms.iter().flat_map(|contract| &contract.grades).collect();
    levels.sort_by_key(|step| std::cmp::Reverse(step.at_least));
    let place = levels.iter().position(|step| step.name == result.grade);
    let tone = match place {
        Some(0) => Tone::Done,
        Some(last) if last + 1 == levels.len() => Tone::Stop,
        _ => Tone::Run,
    };
    let english = place.and_then(|place| levels[place].name_en.clone()).filter(|_| scribe.say("zh", "en") == "en");
    Tag { tone, text: english.unwrap_or_else(|| result.grade.clone()) }
}

/// Says how scores, total, grade and rank come about.
fn method(scribe: &Scribe, assessment: &Assessment) -> Vec<String> {
    let own = assessment.method.clone();
    let rules = [
        scribe.say(
            "每项得分不超过该项权重，总分是各项得分之和。",
            "Each score is at most its weight; the total is the sum of the scores.",
        ),
        scribe.say(
            "总分达到或超过某一等次的最低分，即为该等次。",
            "A total that reaches the lowest total of a grade has that grade.",
        ),
        scribe.say(
            "名次按总分从高到低排列，总分相同的名次并列。",
            "Ranks go by total, the highest first; equal totals share a rank.",
        ),
    ];
    own.into_iter().chain(rules.map(str::to_owned)).collect()
}

/// Writes what a result is used for.
fn result_use(scribe: &Scribe, used: &Used) -> ResultUse {
    ResultUse {
        subject: used.subject.clone(),
        purpose: scribe.choice("use", used.r#use.name(), &used.r#use.label()),
        detail: used.detail.clone().unwrap_or_default(),
        link: None,
    }
}

/// Groups the assessments of the same cycle right before and after this one.
fn neighbours(scribe: &Scribe, ix: RecordIx, record: &Record) -> Option<super::view::Related> {
    let register = &scribe.edition.register;
    let cycle = record.assessment()?.cycle;
    let same = register.records_of(&record.area, Kind::Assessment).iter().copied();
    let mut same: Vec<RecordIx> = same
        .filter(|ix| scribe.edition.is_published(*ix) && register.get(*ix).assessment().is_some_and(|a| a.cycle == cycle))
        .collect();
    same.sort_by_key(|ix| (register.get(*ix).assessment().map(|a| a.period), *ix));
    let place = same.iter().position(|other| *other == ix)?;
    let before = place.checked_sub(1).map(|i| same[i]);
    let after = same.get(place + 1).copied();
    parts::related(scribe, scribe.say("前后各期", "Before and after"), before.into_iter().chain(after))
}
