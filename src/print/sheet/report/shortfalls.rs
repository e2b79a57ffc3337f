//! What falls short: departures from the procedure, what is overdue, opinions without an outcome. Nothing is softened, and where
//! nothing was found the report says that, no more.

use std::collections::BTreeSet;

use crate::print::sheet::window::Window;
use crate::print::view::report::{Align, Block, Table};
use crate::site::list::due_row;
use crate::site::statistics::words;
use crate::site::view::DueRow;
use crate::site::{list, parts};
use crate::statistics::{Fact, Key, Measure};
use crate::text;
use crate::verdict::{Due, Finding};

use super::tables::column;

/// How many findings, and how many overdue things, are named one by one.
const NAMED: usize = 15;

/// Writes the section.
pub(super) fn blocks(w: &Window) -> Vec<Block> {
    let mut blocks = findings(w);
    blocks.extend(overdue_blocks(w));
    blocks.extend(paragraph(pending(w)));
    if blocks.is_empty() {
        let as_of = w.as_of();
        blocks.extend(paragraph(w.say(&text!(
            "截至{as_of}，公开的记录中没有发现不按程序办的地方，也没有逾期未办的事项。",
            "As of {as_of}, the published records show no departure from the procedure and nothing overdue."
        ))));
    }
    blocks
}

/// Makes a paragraph where there is something to say.
pub(super) fn paragraph(text: String) -> Option<Block> {
    (!text.is_empty()).then_some(Block::Paragraph { text })
}

/// Writes the departures from the procedure: each where they are few, else how many there are of each rule.
fn findings(w: &Window) -> Vec<Block> {
    let facts = w.facts(Measure::Findings);
    let n = facts.len() as u64;
    if n == 0 {
        return Vec::new();
    }
    let places = w.number_of(n, "处", "departure from the procedure", "departures from the procedure");
    let clause = w.say(&text!("公开的记录中有 {places}没有按程序办", "the published records show {places}"));
    let lead = w.sentence([w.with_change(clause, &w.figure(Measure::Findings))]);
    let rest = if facts.len() > NAMED {
        by_rule(w)
    } else {
        let items: Vec<String> = facts.iter().filter_map(|fact| finding(w, fact)).collect();
        Block::List { items }
    };
    paragraph(lead).into_iter().chain([rest]).collect()
}

/// Says one departure from the procedure in a sentence.
fn finding(w: &Window, fact: &Fact) -> Option<String> {
    let (record, about, message) = told(w, fact)?;
    let about = if about.is_empty() { about } else { in_brackets(w, &[about]) };
    let colon = w.scribe.label("language.colon");
    Some(format!("{}{about}{colon}{}", w.quoted(&record), ended(w, &message)))
}

/// Tells a departure from the procedure: the title of the record, its place and day, and what departs.
pub(crate) fn told(w: &Window, fact: &Fact) -> Option<(String, String, String)> {
    let found = find(w, fact)?;
    let day = parts::past_date(w.scribe, fact.record).map(|day| day.text).unwrap_or_default();
    let about = [w.elsewhere(fact.record), day].into_iter().filter(|part| !part.is_empty());
    Some((w.scribe.title(fact.record), w.scribe.join(about), w.say(&found.message)))
}

/// Finds what a fact counts.
fn find<'a>(w: &Window<'a>, fact: &Fact) -> Option<&'a Finding> {
    let (rule, path) = (w.scribe.statistics.member_of(fact)?, fact.path(w.scribe.edition));
    let verdict = w.scribe.edition.verdict(fact.record)?;
    parts::published(verdict).find(|finding| finding.rule == rule && finding.path == path)
}

/// Puts words in brackets, joined as a list is; nothing where there are none.
fn in_brackets(w: &Window, words: &[String]) -> String {
    if words.is_empty() {
        return String::new();
    }
    let joined = w.scribe.join(words.iter().cloned());
    format!("{}{joined}{}", w.scribe.label("language.open"), w.scribe.label("language.close"))
}

/// Ends a text as a sentence does, where it does not yet.
fn ended(w: &Window, text: &str) -> String {
    let text = text.trim_end_matches(['。', '.']);
    format!("{text}{}", w.scribe.say("。", "."))
}

/// Counts the departures by rule.
fn by_rule(w: &Window) -> Block {
    let mut rules = w.parts(Measure::Findings);
    rules.sort_by_key(|(rule, figure)| (std::cmp::Reverse(figure.n), *rule));
    let row = |(rule, figure): &(&str, crate::statistics::Figure)| {
        let records: BTreeSet<_> = w.facts(Key::part(Measure::Findings, rule)).iter().map(|fact| fact.record).collect();
        let n = w.scribe.number(records.len() as u64);
        vec![w.scribe.rule_title(rule), words::value(w.scribe, figure), n, words::difference(w.scribe, figure)]
    };
    Block::Table(Table {
        caption: w.say(&text!("没有按程序办的地方，按规则", "Departures from the procedure by rule")),
        columns: vec![
            column(w, &text!("规则", "Rule"), Align::Words),
            column(w, &text!("处数", "Departures"), Align::Number),
            column(w, &text!("涉及记录", "Records"), Align::Number),
            column(w, &text!("比上年同期", "Difference"), Align::Number),
        ],
        rows: rules.iter().map(row).collect(),
        total: Vec::new(),
        note: w.say(&text!("每一处见网站“程序问题”。", "Each stands on the website, under Findings.")),
    })
}

/// Returns what fell due by the end of the period and is not done on the day of the edition, the oldest first.
pub(crate) fn overdue<'a>(w: &Window<'a>) -> Vec<&'a Due> {
    let (overdue, _) = list::open_dues(w.scribe, w.area);
    overdue.into_iter().filter(|due| due.date.is_some_and(|date| date <= w.period.last())).collect()
}

/// Writes what is overdue: each thing where they are few, else how many there are of each kind.
fn overdue_blocks(w: &Window) -> Vec<Block> {
    let overdue = overdue(w);
    if overdue.is_empty() {
        return Vec::new();
    }
    let as_of = w.as_of();
    let number = w.number_of(overdue.len() as u64, "项", "thing is", "things are");
    let lead = w.say(&text!("截至{as_of}逾期未办的有 {number}。", "As of {as_of}, {number} overdue."));
    let items: Vec<String> = overdue.iter().take(NAMED).map(|due| overdue_item(w, due)).collect();
    let more = overdue.len().saturating_sub(NAMED);
    let more = if more == 0 {
        String::new()
    } else {
        let more = w.number_of(more as u64, "项", "thing", "things");
        w.say(&text!("以上是逾期最久的；另有 {more}见网站。", "These are overdue the longest; {more} more stand on the website."))
    };
    paragraph(lead).into_iter().chain([Block::List { items }]).chain(paragraph(more)).collect()
}

/// Says one thing that is overdue.
fn overdue_item(w: &Window, due: &Due) -> String {
    let row = due_row(w.scribe, due);
    let about = about(w, due, &row);
    let (what, by, days) = (&row.item.text, &row.due.text, &row.days);
    w.say(&text!("{what}{about}：应于{by}前完成，{days}。", "{what}{about}: due by {by}, {days}."))
}

/// Says in brackets to which record something belongs, in which place, and who has to do it.
pub(super) fn about(w: &Window, due: &Due, row: &DueRow) -> String {
    let words = about_words(w, due, row);
    if words.is_empty() { words } else { in_brackets(w, &[words]) }
}

/// Says to which record or period something belongs, in which place, and who has to do it.
pub(crate) fn about_words(w: &Window, due: &Due, row: &DueRow) -> String {
    let place = if due.period.is_some() { place_of(w, row) } else { w.elsewhere(due.record) };
    let words = [row.note.clone(), place, row.responsible.clone()].into_iter();
    w.scribe.join(words.filter(|word| !word.is_empty()))
}

/// Names the place of a regular duty, which is a record of itself.
fn place_of(w: &Window, row: &DueRow) -> String {
    let name = row.place.as_ref().map(|place| place.text.clone()).unwrap_or_default();
    if name == w.name() { String::new() } else { name }
}

/// Says how many opinions have no outcome yet.
fn pending(w: &Window) -> String {
    let n = w.count(Key::part(Measure::Opinions, "pending"));
    if n == 0 {
        return String::new();
    }
    let number = w.scribe.number(n);
    let (period, await_one) = (w.this_period(), crate::language::plural(n, "awaits", "await"));
    w.say(&text!(
        "{period}收到的意见中还有 {number} 条没有处理结果。",
        "{number} of the opinions heard in {period} still {await_one} an outcome."
    ))
}
