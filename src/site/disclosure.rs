//! The pages of an inquiry, a case, a disclosure and a survey: records whose body says most.

use crate::field::Kind;
use crate::record::common::SurveyResult as Ballots;
use crate::record::{Disclosure, Inquiry, Survey};
use crate::register::RecordIx;

use super::matter;
use super::parts::{self, tag};
use super::scribe::Scribe;
use super::view::{CasePage, DisclosurePage, Fact, InquiryPage, Milestone, Related, SurveyPage, Tone};

/// Writes the page of an inquiry.
pub fn inquiry_page(scribe: &Scribe, ix: RecordIx) -> Option<InquiryPage> {
    let inquiry = scribe.edition.register.get(ix).inquiry()?;
    let judged = parts::judged(scribe, ix);
    Some(InquiryPage {
        head: parts::head(scribe, ix),
        course: course(scribe, inquiry),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        facts: scribe.facts(inquiry_facts(scribe, ix, inquiry)),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: parts::related_all(scribe, ix),
    })
}

/// Makes the state of an inquiry.
pub fn inquiry_tag(scribe: &Scribe, inquiry: &Inquiry) -> super::view::Tag {
    match (answered(scribe, inquiry), inquiry.accepted) {
        (None, _) => tag(scribe, Tone::Act, "status.open"),
        (Some(_), Some(false)) => tag(scribe, Tone::Stop, "status.not-accepted"),
        (Some(_), Some(true)) => tag(scribe, Tone::Done, "status.accepted"),
        (Some(_), None) => tag(scribe, Tone::Done, "status.answered"),
    }
}

/// Returns the answer, where it was given by the day of the page.
fn answered<'a>(scribe: &Scribe, inquiry: &'a Inquiry) -> Option<&'a crate::record::inquiry::Answered> {
    inquiry.answered.as_ref().filter(|answer| answer.date <= scribe.edition.as_of)
}

/// Writes how an inquiry went: asked, due, answered, accepted.
fn course(scribe: &Scribe, inquiry: &Inquiry) -> Vec<Milestone> {
    let by = inquiry.asked.by.map(|by| scribe.choice("asker", by.name(), || by.label())).unwrap_or_default();
    let mut course = vec![Milestone {
        label: scribe.say("提出质询", "Asked").to_owned(),
        date: Some(scribe.date(inquiry.asked.date)),
        note: by,
        tag: tag(scribe, Tone::Done, "step_state.done"),
    }];
    let answered = answered(scribe, inquiry);
    course.extend(inquiry.due.map(|due| Milestone {
        label: scribe.say("答复期限", "Answer due").to_owned(),
        date: Some(scribe.date(due)),
        note: String::new(),
        tag: match answered {
            Some(answer) if answer.date <= due => tag(scribe, Tone::Done, "due.task-done"),
            Some(_) => tag(scribe, Tone::Stop, "due.task-late"),
            None if due < scribe.edition.as_of => tag(scribe, Tone::Act, "due.task-overdue"),
            None => tag(scribe, Tone::Run, "due.due"),
        },
    }));
    course.push(Milestone {
        label: scribe.say("答复", "Answered").to_owned(),
        date: answered.map(|answer| scribe.date(answer.date)),
        note: answered.and_then(|answer| answer.by.clone()).unwrap_or_default(),
        tag: if answered.is_some() { tag(scribe, Tone::Done, "status.answered") } else { tag(scribe, Tone::Act, "status.open") },
    });
    course.extend(inquiry.accepted.filter(|_| answered.is_some()).map(|accepted| Milestone {
        label: scribe.say("提问人意见", "The asker's view").to_owned(),
        date: None,
        note: String::new(),
        tag: if accepted { tag(scribe, Tone::Done, "status.accepted") } else { tag(scribe, Tone::Stop, "status.not-accepted") },
    }));
    course
}

/// Writes who asked whom about what.
fn inquiry_facts(scribe: &Scribe, ix: RecordIx, inquiry: &Inquiry) -> Vec<Fact> {
    let register = &scribe.edition.register;
    let body = register.body(&register.get(ix).area, &inquiry.respondent);
    let english = scribe.say("zh", "en") == "en";
    let respondent = body.map(|b| b.name_en.as_ref().filter(|_| english).unwrap_or(&b.name).clone());
    let line = inquiry.about.as_ref().and_then(|about| about.line.clone());
    let meeting = register.link(ix, "asked.meeting").map(|ix| scribe.link(ix));
    let about = ["finance", "matter", "meeting", "assessment", "disclosure"];
    let about = about.iter().filter_map(|key| register.link(ix, &format!("about.{key}"))).map(|ix| scribe.link(ix));
    parts::said([
        scribe.fact(scribe.say("答复机构", "Respondent"), respondent.unwrap_or_else(|| inquiry.respondent.clone())),
        scribe.fact_links(scribe.say("提出于", "Asked at"), meeting.into_iter().collect()),
        scribe.fact_links(scribe.say("关于", "About"), about.collect()),
        scribe.fact(scribe.say("收支项目", "Entry"), line.unwrap_or_default()),
    ])
}

/// Writes the page of a case.
pub fn case_page(scribe: &Scribe, ix: RecordIx) -> Option<CasePage> {
    let case = scribe.edition.register.get(ix).case()?;
    let judged = parts::judged(scribe, ix);
    let reviewed = case.reviewed.map(|date| scribe.date(date).text);
    Some(CasePage {
        head: parts::head(scribe, ix),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        facts: scribe.facts(parts::said([
            scribe.fact(scribe.say("主题", "Themes"), scribe.join(case.themes.iter().cloned())),
            scribe.fact(scribe.say("推荐单位", "Endorsed by"), case.endorsed_by.clone().unwrap_or_default()),
            scribe.fact(scribe.say("审核日期", "Reviewed"), reviewed.unwrap_or_default()),
        ])),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: parts::related_all(scribe, ix),
    })
}

/// Writes the page of a disclosure.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<DisclosurePage> {
    let disclosure = scribe.edition.register.get(ix).disclosure()?;
    let judged = parts::judged(scribe, ix);
    Some(DisclosurePage {
        head: parts::head(scribe, ix),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        facts: scribe.facts(facts(scribe, ix, disclosure)),
        posting: parts::posting_of(scribe, ix),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: same_item(scribe, ix).into_iter().chain(parts::related_all(scribe, ix)).collect(),
    })
}

/// Writes sphere, category, period, basis and days of a disclosure.
fn facts(scribe: &Scribe, ix: RecordIx, disclosure: &Disclosure) -> Vec<Fact> {
    let register = &scribe.edition.register;
    let body = disclosure.body.as_ref().and_then(|id| register.body(&register.get(ix).area, id));
    let day = |date: Option<jiff::civil::Date>| date.map(|date| scribe.date(date).text).unwrap_or_default();
    parts::said([
        scribe
            .fact(scribe.say("领域", "Sphere"), scribe.choice("sphere", disclosure.sphere.name(), || disclosure.sphere.label())),
        scribe.fact(scribe.say("类别", "Category"), &disclosure.category),
        scribe.fact_links(
            scribe.say("目录事项", "Catalogue item"),
            super::catalogue::item_of(scribe, &register.get(ix).area, disclosure).into_iter().collect(),
        ),
        scribe.fact(scribe.say("时期", "Period"), scribe.period(disclosure.period)),
        scribe.fact(scribe.say("公开依据", "Basis"), &disclosure.basis),
        scribe.fact(scribe.say("责任机构", "Body responsible"), body.map(|body| body.name.clone()).unwrap_or_default()),
        scribe.fact(scribe.say("应公开日期", "Due"), day(disclosure.due)),
        scribe.fact(scribe.say("公布", "Published"), day(disclosure.published)),
    ])
}

/// Groups the disclosures of the same category in the same place, the newest first.
fn same_item(scribe: &Scribe, ix: RecordIx) -> Option<Related> {
    let register = &scribe.edition.register;
    let record = register.get(ix);
    let category = &record.disclosure()?.category;
    let others = register.records_of(&record.area, Kind::Disclosure).iter().rev().copied();
    let same = others.filter(|other| {
        *other != ix
            && scribe.edition.is_published(*other)
            && register.get(*other).disclosure().is_some_and(|d| d.category == *category)
    });
    parts::related(scribe, scribe.say("同类事项", "The same category"), same.take(6))
}

/// Writes the page of a survey that stands alone.
pub fn survey_page(scribe: &Scribe, ix: RecordIx) -> Option<SurveyPage> {
    let survey = scribe.edition.register.get(ix).survey()?;
    let judged = parts::judged(scribe, ix);
    Some(SurveyPage {
        head: parts::head(scribe, ix),
        results: vec![matter::survey(scribe, &ballots(survey))],
        method: method(scribe),
        facts: scribe.facts(survey_facts(scribe, survey)),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: parts::related_all(scribe, ix),
    })
}

/// Returns the ballots of a survey.
pub(super) fn ballots(survey: &Survey) -> Ballots {
    Ballots {
        question: survey.question.clone(),
        date: survey.date,
        issued: survey.issued,
        returned: survey.returned,
        valid: survey.valid,
        satisfied: survey.satisfied,
        mostly: survey.mostly,
        dissatisfied: survey.dissatisfied,
    }
}

/// Says how a survey is counted.
pub(super) fn method(scribe: &Scribe) -> Vec<String> {
    let fewest = crate::statistics::FEWEST_BALLOTS;
    let rules = match scribe.say("zh", "en") {
        "zh" => [
            "回收率是收回份数除以发出份数；满意率是“满意”与“基本满意”之和除以有效份数。".to_owned(),
            format!("有效票不足 {fewest} 份时，不公布分项结果，以免推知个人的回答。"),
        ],
        _ => [
            "The response rate is ballots returned out of ballots issued; satisfaction is satisfied and mostly satisfied out of valid ballots."
                .to_owned(),
            format!("With fewer than {fewest} valid ballots the answers are withheld, so that nobody's answer can be inferred."),
        ],
    };
    rules.to_vec()
}

/// Writes period, object and days of a survey.
fn survey_facts(scribe: &Scribe, survey: &Survey) -> Vec<Fact> {
    let day = |date: Option<jiff::civil::Date>| date.map(|date| scribe.date(date).text).unwrap_or_default();
    parts::said([
        scribe.fact(scribe.say("时期", "Period"), scribe.period(survey.period)),
        scribe.fact(scribe.say("测评对象", "About"), survey.about.clone().unwrap_or_default()),
        scribe.fact(scribe.say("测评日期", "Day of the survey"), day(survey.date)),
        scribe.fact(scribe.say("公布", "Published"), day(survey.published)),
    ])
}
