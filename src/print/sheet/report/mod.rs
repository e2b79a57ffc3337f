//! The periodic work report of a place: writes its own figures from the register, with the year before, in the form that such
//! reports have: overview, each step, finance, what falls short, what is next.

mod next;
mod sentences;
pub(crate) mod shortfalls;
mod tables;

use crate::calendar::{Cycle, Period};
use crate::language::{Text, ordinal_zh};
use crate::print::view::Pages;
use crate::print::view::report::{Block, Report, Section};
use crate::record::Area;
use crate::record::choice::Level;
use crate::register::RecordIx;
use crate::site::{Scribe, list};
use crate::statistics::{Key, Measure};
use crate::text;
use crate::workflow::Workflow;

use super::window::{Window, in_sentence};
use super::{common, place};
use shortfalls::paragraph;

/// Writes the report of a place and a period; `None` for a period that has not begun.
pub fn view(scribe: &Scribe, area: RecordIx, period: Period) -> Option<Report> {
    let w = Window::new(scribe, area, period)?;
    let title = title(&w);
    let issuer = place::issuer(scribe, w.area);
    let report = Report {
        meta: common::place_meta(scribe, area, &title, &scribe.period(period), Pages::Many),
        title,
        issuer: issuer.clone(),
        lead: lead(&w),
        sections: sections(&w),
        note: note(&w),
        objection: common::objection(scribe),
        objection_label: scribe.label("sheets.common.objection"),
        seal: common::seal(scribe, issuer, Some(scribe.edition.as_of)),
        online: place::statistics_online(scribe, w.area, period.year()),
        digest: String::new(),
        as_of: w.as_of(),
    };
    let digest = place::digest_of(&report);
    Some(Report { digest, ..report })
}

/// Names the report.
fn title(w: &Window) -> String {
    let (place, period) = (w.name(), w.scribe.period(w.period));
    w.say(&text!("{place} {period}工作情况报告", "{place}: report on work, {period}"))
}

/// Says what is reported on, and up to which day.
fn lead(w: &Window) -> String {
    let (place, period, days, as_of) = (w.name(), w.scribe.period(w.period), w.days(), w.as_of());
    if w.is_over() {
        w.say(&text!(
            "现将{place} {period}（{days}）的工作情况报告如下。数据取自已经公开的记录，截至{as_of}。",
            "This is the report on the work of {place} in {period} ({days}). Its figures are those of the published records as of {as_of}."
        ))
    } else {
        w.say(&text!(
            "现将{place} {period}到目前（{days}）的工作情况报告如下。数据取自已经公开的记录，截至{as_of}；本期尚未结束。",
            "This is the report on the work of {place} in {period} so far ({days}). Its figures are those of the published records as of {as_of}; the period is not over."
        ))
    }
}

/// Says how the numbers come about.
fn note(w: &Window) -> String {
    w.say(&text!(
        "本报告的数字由公开的记录统计得出，每个数字都可以在网站的统计页上查到所依据的记录。",
        "The numbers of this report are counted from the published records; on the website each opens to the records that it counts."
    ))
}

/// Writes the sections that have something to say, numbered in their order.
fn sections(w: &Window) -> Vec<Section> {
    let all = [
        (text!("总体情况", "Overview"), overview(w)),
        (text!("工作开展情况", "The work, step by step"), work(w)),
        (text!("财务收支情况", "Finance"), finance(w)),
        (text!("存在的问题", "What falls short"), shortfalls::blocks(w)),
        (text!("下一步工作", "What is next"), next::blocks(w)),
    ];
    let said = all.into_iter().filter(|(_, blocks)| !blocks.is_empty());
    said.enumerate().map(|(n, (title, blocks))| Section { number: number(w, n + 1), title: w.say(&title), blocks }).collect()
}

/// Writes the number of a section (`一、`, `1. `).
fn number(w: &Window, n: usize) -> String {
    let zh = ordinal_zh(n as u64);
    w.say(&text!("{zh}、", "{n}. "))
}

/// Writes the number of a part of a section (`（一）`, `(1) `).
fn part(w: &Window, n: usize) -> String {
    let zh = ordinal_zh(n as u64);
    w.say(&text!("（{zh}）", "({n}) "))
}

/// Writes place, key numbers, meetings, and the table of figures.
fn overview(w: &Window) -> Vec<Block> {
    let texts = [about_place(w), summary(w), sentences::meetings(w)];
    texts.into_iter().filter_map(paragraph).chain(tables::figures(w)).collect()
}

/// Says what place it is: people, places below, procedures.
fn about_place(w: &Window) -> String {
    let Some(area) = w.scribe.edition.register.get(w.place).place() else { return String::new() };
    w.text([w.sentence([people(w, area), below(w)]), w.sentence([procedures(w, area)])])
}

/// Says how many households and people a place has, as its record does.
fn people(w: &Window, area: &Area) -> String {
    let name = w.name();
    let households = area.households.map(|n| w.number_of(n, "户", "household", "households"));
    let people = area.population.map(|n| w.number_of(n, "人", "inhabitant", "inhabitants"));
    match (households, people) {
        (None, None) => String::new(),
        (Some(one), None) | (None, Some(one)) => w.say(&text!("{name}有 {one}", "{name} has {one}")),
        (Some(houses), Some(people)) => w.say(&text!("{name}有 {houses}、{people}", "{name} has {houses} and {people}")),
    }
}

/// Counts the places below, by level.
fn below(w: &Window) -> String {
    let register = &w.scribe.edition.register;
    let below = list::below(w.scribe, w.area).into_iter();
    let levels: Vec<_> = below.filter_map(|ix| register.get(ix).place()).map(|area| area.level).collect();
    if levels.is_empty() {
        return String::new();
    }
    let mut counts: std::collections::BTreeMap<_, u64> = std::collections::BTreeMap::new();
    for level in levels {
        *counts.entry(level).or_default() += 1;
    }
    let words: Vec<String> = counts.into_iter().map(|(level, n)| w.places_of(n, level)).collect();
    let words = listed(w, &words, "and");
    w.say(&text!("下辖 {words}", "{words} belong to it"))
}

/// Names the procedures that the place follows at the end of the period.
fn procedures(w: &Window, area: &Area) -> String {
    let day = w.period.last().min(w.scribe.edition.as_of);
    let adopted = area.workflows.iter().filter(|own| own.since <= day && own.until.is_none_or(|until| until >= day));
    let named = adopted.map(|own| {
        let (title, since) = (w.scribe.workflow_title(&own.id), w.scribe.date(own.since).text);
        let small = in_sentence(&title);
        w.say(&text!("{title}（{since}起）", "the {small} (since {since})"))
    });
    let named = listed(w, &named.collect::<Vec<_>>(), "and");
    if named.is_empty() { named } else { w.say(&text!("议事采用{named}", "it works by {named}")) }
}

/// What the summary counts: in Chinese what was done and the counter, in English the name of one, of many and of none.
const SUMMARY: [(Measure, &str, &str, [&str; 3]); 4] = [
    (Measure::Opinions, "收到意见", "条", ["opinion", "opinions", "opinions"]),
    (Measure::Meetings, "召开会议", "次", ["meeting", "meetings", "meetings"]),
    (Measure::Resolved, "形成决议", "项", ["resolution", "resolutions", "resolutions"]),
    (Measure::Completed, "办结事项", "项", ["completed matter", "completed matters", "completed matters"]),
];

/// Says the key numbers in one sentence, and in another what there was nothing of.
fn summary(w: &Window) -> String {
    let (mut some, mut none) = (Vec::new(), Vec::new());
    for (measure, done, counter, [one, other, nothing]) in SUMMARY {
        let n = w.count(measure);
        let number = w.number_of(n, counter, one, other);
        if n == 0 {
            none.push(w.scribe.say(done, nothing).to_owned());
        } else {
            some.push(w.say(&text!("{done} {number}", "{number}")));
        }
    }
    let period = w.this_period();
    let (had, lacked) = (listed(w, &some, "and"), listed(w, &none, "or"));
    let first = if some.is_empty() { String::new() } else { w.say(&text!("{period}{had}", "{period} saw {had}")) };
    let second = match (some.is_empty(), none.is_empty()) {
        (_, true) => String::new(),
        (true, _) => w.say(&text!("{period}没有{lacked}的公开记录", "the published records of {period} show no {lacked}")),
        (false, _) => w.say(&text!("没有{lacked}的记录", "there were no {lacked}")),
    };
    w.text([w.sentence([first]), w.sentence([second])])
}

/// Joins words as a sentence does: the last by a conjunction in English.
fn listed(w: &Window, words: &[String], conjunction: &str) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() && !w.is_chinese() => {
            format!("{} {conjunction} {last}", w.scribe.join(rest.to_vec()))
        }
        _ => w.scribe.join(words.to_vec()),
    }
}

/// Returns the procedures of which any step was completed in the period or waits for a matter now.
fn followed<'a>(w: &Window<'a>) -> Vec<&'a Workflow> {
    let any = |workflow: &&Workflow| {
        workflow.steps.iter().any(|step| {
            let key = format!("{}/{}", workflow.id, step.id);
            w.count(Key::part(Measure::StepsDone, &key)) + w.at_step(&workflow.id, &step.id) > 0
        })
    };
    w.scribe.procedures().into_iter().filter(any).collect()
}

/// Writes the work: step by step where the place follows one procedure, else by what it is about, with a table a procedure.
fn work(w: &Window) -> Vec<Block> {
    let procedures = followed(w);
    let register = &w.scribe.edition.register;
    let items = match procedures.as_slice() {
        [one] if register.children(w.area).is_empty() => of_one(w, one),
        _ => themes(w),
    };
    let n = items.len();
    let mut blocks: Vec<Block> = items
        .into_iter()
        .enumerate()
        .map(|(n, (lead, text))| Block::Item { number: part(w, n + 1), lead: w.say(&text!("{lead}。", "{lead}.")), text })
        .collect();
    blocks.extend(tables::decided(w));
    if procedures.len() > 1 || !register.children(w.area).is_empty() {
        for (i, workflow) in procedures.iter().enumerate() {
            blocks.extend(of_procedure(w, workflow, n + i + 1));
        }
    }
    blocks.extend(tables::places(w));
    blocks
}

/// What something is about, and what is said of it.
type Said = (String, String);

/// Writes each step of the one procedure of a place; steps in which nothing happened are named together.
fn of_one(w: &Window, workflow: &Workflow) -> Vec<Said> {
    let mut told = std::collections::BTreeSet::new();
    let (mut items, mut idle): (Vec<Said>, Vec<String>) = (Vec::new(), Vec::new());
    for step in &workflow.steps {
        let title = w.scribe.text(&step.title);
        let form = step.form.name;
        let of_form = if told.insert(form) { sentences::of_form(w, form) } else { String::new() };
        let text = w.text([of_form, sentences::step(w, &workflow.id, &step.id)]);
        if text.is_empty() { idle.push(title) } else { items.push((title, text)) }
    }
    let others = others(w, &told);
    items.extend(others);
    if !idle.is_empty() {
        let idle: Vec<String> = idle.iter().map(|title| in_quotes(w, title)).collect();
        let (named, period) = (idle.join(w.scribe.say("", ", ")), w.this_period());
        let text = w.say(&text!("{period}没有事项进行到{named}。", "No matter reached these steps in {period}: {named}."));
        items.push((w.say(&text!("其他步骤", "Other steps")), text));
    }
    items
}

/// Quotes the title of a step.
fn in_quotes(w: &Window, title: &str) -> String {
    w.say(&text!("“{title}”", "{title}"))
}

/// Writes what no step of the procedure tells of.
fn others(w: &Window, told: &std::collections::BTreeSet<&str>) -> Vec<Said> {
    let untold = |forms: &[&str], text: fn(&Window) -> String| {
        if forms.iter().any(|form| told.contains(form)) { String::new() } else { text(w) }
    };
    let rows = [
        (text!("群众意见", "Opinions"), untold(&["collect", "propose"], sentences::opinions)),
        (text!("表决", "Votes"), untold(&["resolve", "decide"], sentences::votes)),
        (text!("办结", "Completion"), sentences::completed(w)),
        (text!("党务村务公开", "Disclosure"), w.text([untold(&["publicise"], sentences::postings), sentences::disclosures(w)])),
        (text!("任务", "Tasks"), untold(&["implement", "execute"], sentences::tasks)),
        (
            text!("测评和考核", "Surveys and assessments"),
            w.text([untold(&["evaluate"], sentences::surveys), untold(&["assess"], sentences::assessments)]),
        ),
        (text!("代表履职", "Delegates"), sentences::delegates(w)),
        (text!("质询", "Inquiries"), sentences::inquiries(w)),
    ];
    said(w, rows)
}

/// Writes the work by what it is about.
fn themes(w: &Window) -> Vec<Said> {
    let rows = [
        (text!("群众意见", "Opinions"), sentences::opinions(w)),
        (text!("决议和办结", "Resolutions and completion"), w.text([sentences::votes(w), sentences::completed(w)])),
        (text!("公示和公开", "Posting and disclosure"), w.text([sentences::postings(w), sentences::disclosures(w)])),
        (text!("落实和监督", "Execution and supervision"), w.text([sentences::tasks(w), sentences::accounts(w)])),
        (text!("测评和考核", "Surveys and assessments"), w.text([sentences::surveys(w), sentences::assessments(w)])),
        (text!("代表履职", "Delegates"), sentences::delegates(w)),
        (text!("质询", "Inquiries"), sentences::inquiries(w)),
    ];
    said(w, rows)
}

/// Keeps what says something.
fn said<const N: usize>(w: &Window, rows: [(Text, String); N]) -> Vec<Said> {
    rows.into_iter().filter(|(_, text)| !text.is_empty()).map(|(lead, text)| (w.say(&lead), text)).collect()
}

/// Writes how far the matters of one procedure have come, and how many places follow it.
fn of_procedure(w: &Window, workflow: &Workflow, n: usize) -> Vec<Block> {
    let Some(table) = tables::steps(w, workflow) else { return Vec::new() };
    let text = w.scribe.text(&workflow.title);
    let heading = Block::Heading { number: part(w, n), text };
    [heading].into_iter().chain(paragraph(coverage(w, &workflow.id))).chain([table]).collect()
}

/// Says how many places of each level follow a procedure.
fn coverage(w: &Window, workflow: &str) -> String {
    let clause = |(member, figure): (&str, crate::statistics::Figure)| {
        let level = member.strip_prefix(workflow)?.strip_prefix('/')?;
        let crate::statistics::Value::Share { part, whole } = figure.value else { return None };
        let level = Level::ALL.iter().find(|known| known.name() == level)?;
        let (part, whole) = (u64::try_from(part).ok()?, u64::try_from(whole).ok()?);
        let (places, number, percent) = (w.places_of(whole, *level), w.scribe.number(part), w.scribe.percent(part, whole));
        // Of a single place the table of steps says enough.
        (whole > 1)
            .then(|| w.say(&text!("{places}中 {number} 个采用，占 {percent}", "{number} of {places} follow it ({percent})")))
    };
    w.sentence(w.parts(Measure::Coverage).into_iter().filter_map(clause))
}

/// Says income, expenditure and balance.
fn finance(w: &Window) -> Vec<Block> {
    let mut texts = sentences::finance(w);
    let n = w.count(Measure::Accounts);
    if n > 0 && w.period.cycle() > Cycle::Month {
        let number = w.number_of(n, "份", "statement of accounts was", "statements of accounts were");
        texts.push(w.sentence([w.say(&text!("公布财务收支 {number}", "{number} published"))]));
    }
    paragraph(w.text(texts)).into_iter().collect()
}
