//! What is next: what is due, what is being posted and what is under way, as the records have it. A report promises nothing that
//! no record says.

use crate::calendar::Cycle;
use crate::print::sheet::window::Window;
use crate::print::view::report::Block;
use crate::site::home;
use crate::site::index::posting;
use crate::site::list::{self, due_row};
use crate::text;
use crate::verdict::Due;

use super::shortfalls::{about, paragraph};
use super::tables;

/// How many postings are named one by one.
const NAMED: usize = 15;

/// Returns how many things that are due are named one by one: the longer the period, the more.
fn room(w: &Window) -> usize {
    match w.period.cycle() {
        Cycle::Month => 5,
        Cycle::Quarter => 8,
        Cycle::Half => 12,
        Cycle::Year => 15,
    }
}

/// Writes the section.
pub(super) fn blocks(w: &Window) -> Vec<Block> {
    let mut blocks = due(w);
    blocks.extend(posted(w));
    blocks.extend(tables::under_way(w));
    if blocks.is_empty() {
        let as_of = w.as_of();
        blocks.extend(paragraph(w.say(&text!(
            "截至{as_of}，公开的记录中没有将要到期的事项，也没有正在办理的事项。",
            "As of {as_of}, the published records show nothing that is due and no matter under way."
        ))));
    }
    blocks
}

/// Lists what is due next, the nearest first.
fn due(w: &Window) -> Vec<Block> {
    let (_, due) = list::open_dues(w.scribe, w.area);
    if due.is_empty() {
        return Vec::new();
    }
    let number = w.number_of(due.len() as u64, "项", "thing is", "things are");
    let (room, as_of) = (room(w), w.as_of());
    let lead = if due.len() > room {
        w.say(&text!(
            "截至{as_of}，将要到期的有 {number}，最近的 {room} 项是：",
            "As of {as_of}, {number} due; the nearest {room} are:"
        ))
    } else {
        w.say(&text!("截至{as_of}，将要到期的有 {number}：", "As of {as_of}, {number} due:"))
    };
    let items = due.into_iter().take(room).map(|due| due_item(w, due)).collect();
    paragraph(lead).into_iter().chain([Block::List { items }]).collect()
}

/// Says one thing that is due.
fn due_item(w: &Window, due: &Due) -> String {
    let row = due_row(w.scribe, due);
    let (what, about, by) = (&row.item.text, about(w, due, &row), &row.due.text);
    if due.date.is_none() {
        return w.say(&text!("{what}{about}。", "{what}{about}."));
    }
    w.say(&text!("{by}前：{what}{about}。", "By {by}: {what}{about}."))
}

/// Says what is being posted, and until when.
fn posted(w: &Window) -> Option<Block> {
    let posted = home::posted(w.scribe, w.area);
    let named = posted.iter().take(NAMED).map(|ix| {
        let title = w.quoted(&w.scribe.title(*ix));
        let last = posting(w.scribe.edition, *ix).map(|(_, to, _)| w.scribe.short_days(to, None)).unwrap_or_default();
        w.say(&text!("{title}（{last}期满）", "{title} (until {last})"))
    });
    let named = w.scribe.join(named);
    let as_of = w.as_of();
    let number = w.number_of(posted.len() as u64, "项", "record is", "records are");
    let more = posted.len().saturating_sub(NAMED);
    let tail = if more > 0 { w.say(&text!("等", " and others")) } else { String::new() };
    let text = w.say(&text!(
        "截至{as_of}正在公示 {number}：{named}{tail}。公示期内可以提出意见。",
        "On {as_of}, {number} on display: {named}{tail}. Objections are heard until the last day."
    ));
    paragraph(text).filter(|_| !posted.is_empty())
}
