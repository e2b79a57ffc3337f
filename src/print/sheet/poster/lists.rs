//! The lists of a poster: matters under way, what is overdue and due, departures from the procedure.

use crate::print::sheet::common::posting_days;
use crate::print::sheet::report::shortfalls;
use crate::print::sheet::window::Window;
use crate::print::view::poster::{Due, Dues, Finding, Findings, Matter, Matters};
use crate::register::RecordIx;
use crate::site::list::{self, due_row};
use crate::site::view::Tone;
use crate::site::{bars, parts};
use crate::statistics::Measure;
use crate::text;
use crate::verdict;

/// How many matters, things due and departures a poster has room for.
const MATTERS: usize = 8;
const DUES: usize = 8;
const FINDINGS: usize = 5;

/// Writes the matters under way.
pub(super) fn matters(w: &Window) -> Matters {
    let all = w.under_way();
    let as_of = w.as_of();
    let number = w.number_of(all.len() as u64, "项", "matter is", "matters are");
    let lead = if all.is_empty() {
        w.say(&text!("截至{as_of}没有正在办理的事项。", "No matter is under way on {as_of}."))
    } else {
        w.say(&text!("截至{as_of}，{number}正在办理", "{number} under way on {as_of}"))
    };
    Matters { lead, rows: all.iter().take(MATTERS).map(|ix| matter(w, *ix)).collect(), more: more(w, all.len(), MATTERS) }
}

/// Says how many things a list leaves out.
fn more(w: &Window, all: usize, shown: usize) -> String {
    let n = all.saturating_sub(shown);
    if n == 0 {
        return String::new();
    }
    let n = w.scribe.number(n as u64);
    w.say(&text!("另有 {n} 项，见网站", "{n} more on the website"))
}

fn matter(w: &Window, ix: RecordIx) -> Matter {
    let verdict = w.scribe.edition.verdict(ix);
    let steps = verdict.map(|verdict| verdict.steps.as_slice()).unwrap_or_default();
    let state = parts::state(w.scribe, ix);
    let as_of = w.scribe.edition.as_of;
    let until = posting_days(w.scribe, ix).filter(|(from, to, _)| *from <= as_of && as_of <= *to).map(|(_, to, _)| to);
    let posted = until.map(|to| {
        let day = w.scribe.short_days(to, None);
        w.say(&text!("公示到{day}", "posted until {day}"))
    });
    Matter {
        title: w.scribe.title(ix),
        place: w.elsewhere(ix),
        steps: steps.iter().map(|step| bars::shown(step.progress)).collect(),
        progress: verdict.map(|verdict| bars::progress_words(w.scribe, verdict)).unwrap_or_default(),
        tone: state.as_ref().map_or(Tone::Idle, |tag| tag.tone),
        state: state.map(|tag| tag.text).unwrap_or_default(),
        posted: posted.unwrap_or_default(),
    }
}

/// Writes what is overdue and what is due.
pub(super) fn dues(w: &Window) -> Dues {
    let overdue = shortfalls::overdue(w);
    let (_, due) = list::open_dues(w.scribe, w.area);
    let (late, coming) = (overdue.len(), due.len());
    let all: Vec<&verdict::Due> = overdue.into_iter().chain(due).collect();
    let rows = all.iter().take(DUES).map(|due| row(w, due)).collect();
    Dues { lead: due_lead(w, late, coming), rows, more: more(w, all.len(), DUES) }
}

/// Says how many things are overdue and due.
fn due_lead(w: &Window, overdue: usize, due: usize) -> String {
    let as_of = w.as_of();
    match (overdue, due) {
        (0, 0) => w.say(&text!("截至{as_of}没有逾期的事项，也没有将要到期的事项。", "Nothing is overdue or due on {as_of}.")),
        (0, due) => w.say(&text!("截至{as_of}没有逾期；将要到期 {due} 项", "Nothing overdue on {as_of}; {due} due")),
        (overdue, 0) => w.say(&text!("截至{as_of}逾期 {overdue} 项", "{overdue} overdue on {as_of}")),
        (overdue, due) => {
            w.say(&text!("截至{as_of}逾期 {overdue} 项，将要到期 {due} 项", "{overdue} overdue on {as_of}, {due} due"))
        }
    }
}

fn row(w: &Window, due: &verdict::Due) -> Due {
    let row = due_row(w.scribe, due);
    Due {
        about: shortfalls::about_words(w, due, &row),
        what: row.item.text,
        day: row.due.text,
        days: row.days,
        state: row.tag.text,
        tone: row.tag.tone,
    }
}

/// Writes the departures from the procedure.
pub(super) fn findings(w: &Window) -> Findings {
    let facts = w.facts(Measure::Findings);
    let n = w.number_of(facts.len() as u64, "处", "departure", "departures");
    let period = w.this_period();
    let lead = if facts.is_empty() {
        w.scribe.label("words.findings_none")
    } else {
        w.say(&text!("{period}公开的记录中有 {n}没有按程序办", "{n} from the procedure in the records of {period}"))
    };
    let rows = facts.iter().filter_map(|fact| shortfalls::told(w, fact)).take(FINDINGS);
    let rows = rows.map(|(record, about, message)| Finding { record, about, message }).collect();
    Findings { lead, rows, more: more(w, facts.len(), FINDINGS) }
}
