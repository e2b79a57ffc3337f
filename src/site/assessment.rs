//! The pages of a contract of targets and of an assessment against it.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::field::Kind;
use crate::language::percent;
use crate::record::assessment::{AssessmentResult as Result, ResultUse as Used};
use crate::record::contract::{Contract, Grade as Step, Indicator as Measure};
use crate::record::{Assessment, Record};
use crate::register::RecordIx;

use super::league::{Sheet, board, calendar, indicator, ranks};
use super::page::Page;
use super::parts;
use super::scribe::Scribe;
use super::view;
use super::view::{AssessmentPage, AssessmentResult, ContractPage, Fact, Grade, Indicator, ResultUse, Score, Tag, Tone};

/// Writes the page of a contract.
pub fn contract_page(scribe: &Scribe, ix: RecordIx) -> Option<ContractPage> {
    let record = scribe.edition.register.get(ix);
    let contract = record.contract()?;
    let judged = parts::judged(scribe, ix);
    let weights: Decimal = contract.indicators.iter().map(|measure| measure.weight).sum();
    Some(ContractPage {
        head: parts::head(scribe, ix),
        facts: scribe.facts(contract_facts(scribe, contract)),
        indicators: indicators(scribe, ix, contract),
        weights: format!("{} {}", scribe.say("权重合计", "Weights add up to"), scribe.decimal(weights)),
        grades: grades(scribe, contract),
        calendar: calendar::rows(scribe, &record.area, contract.period.first(), contract.period.last()),
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
fn indicators(scribe: &Scribe, ix: RecordIx, contract: &Contract) -> Vec<Indicator> {
    let total: Decimal = contract.indicators.iter().map(|measure| measure.weight).sum();
    let write = |(at, measure)| measured(scribe, measure, total, indicator::href(scribe, ix, at));
    contract.indicators.iter().enumerate().map(write).collect()
}

/// Writes one indicator.
fn measured(scribe: &Scribe, measure: &Measure, total: Decimal, href: String) -> Indicator {
    let name = measure_name(scribe, measure);
    let unit = measure.unit.clone().unwrap_or_default();
    Indicator {
        lang: scribe.lang_of(&name),
        name,
        href,
        target: measure.target.map(|target| format!("{}{unit}", scribe.decimal(target))).unwrap_or_default(),
        weight: scribe.decimal(measure.weight),
        width: width(measure.weight, total),
    }
}

/// Names an indicator in the page's language where it has a name in it.
pub(super) fn measure_name(scribe: &Scribe, measure: &Measure) -> String {
    let english = measure.name_en.as_ref().filter(|_| scribe.say("zh", "en") == "en");
    english.unwrap_or(&measure.name).clone()
}

/// Returns a decimal's share of another, in percent with one decimal.
pub(super) fn width(part: Decimal, whole: Decimal) -> String {
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
        facts: scribe.facts(facts(scribe, ix, assessment, contract)),
        indicators: contract.zip(terms).map(|(ix, terms)| indicators(scribe, ix, terms)).unwrap_or_default(),
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
fn facts(scribe: &Scribe, ix: RecordIx, assessment: &Assessment, contract: Option<RecordIx>) -> Vec<Fact> {
    let published = assessment.published.map(|date: Date| scribe.date(date).text);
    let register = &scribe.edition.register;
    let table = board::place_of(scribe, ix).map(|(page, anchor)| view::Link {
        href: scribe.here.to_anchor(&scribe.address(&page), &anchor),
        ..scribe.link_to(&page, scribe.label("league.see_table"))
    });
    let year = Page::Assessed(register.get(ix).area.clone(), assessment.period.year(), Sheet::Calendar);
    let year = scribe.link_to(&year, scribe.label("league.see_year"));
    parts::said([
        scribe.fact_links(scribe.label("league.compare"), table.into_iter().chain([year]).collect()),
        scribe.fact(scribe.say("周期", "Cycle"), scribe.choice("cycle", assessment.cycle.name(), || assessment.cycle.label())),
        scribe.fact(scribe.say("时期", "Period"), scribe.period(assessment.period)),
        scribe.fact_links(scribe.kind(Kind::Contract), contract.map(|ix| scribe.link(ix)).into_iter().collect()),
        scribe.fact(scribe.say("公布", "Published"), published.unwrap_or_default()),
    ])
}

/// Writes the results by rank: the higher total first, equal totals share a rank.
fn results(scribe: &Scribe, assessment: &Assessment, terms: Option<&Contract>, full: Decimal) -> Vec<AssessmentResult> {
    let ranked = ranks(assessment).into_iter().map(|rank| (rank.rank, &assessment.results[rank.at]));
    ranked
        .map(|(rank, result)| AssessmentResult {
            rank: rank.to_string(),
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
pub(super) fn grade_tag(scribe: &Scribe, result: &Result, terms: Option<&Contract>) -> Tag {
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
        purpose: scribe.choice("use", used.r#use.name(), || used.r#use.label()),
        detail: used.detail.clone().unwrap_or_default(),
        link: None,
    }
}

/// Groups the assessments of the same cycle right before and after this one.
fn neighbours(scribe: &Scribe, ix: RecordIx, record: &Record) -> Option<view::Related> {
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
