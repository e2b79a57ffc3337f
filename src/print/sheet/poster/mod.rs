//! A place's period at a glance, for the board: figures with the year before, charts, matters under way, finance, what is due and
//! overdue, departures from the procedure. Every list has room for a few and says how many more there are.

mod charts;
mod lists;
mod money;

use crate::calendar::Period;
use crate::language::Text;
use crate::print::view::Pages;
use crate::print::view::poster::{Big, Poster};
use crate::register::RecordIx;
use crate::site::Scribe;
use crate::site::statistics::words;
use crate::statistics::{Figure, Measure, Unit};
use crate::text;

use super::window::Window;
use super::{common, place};

/// The key figures.
const FIGURES: [Measure; 6] = [
    Measure::Opinions,
    Measure::Meetings,
    Measure::Attendance,
    Measure::Resolved,
    Measure::ObligationsDoneShare,
    Measure::Findings,
];

/// Writes the poster of a place and a period; `None` for a period that has not begun.
pub fn view(scribe: &Scribe, area: RecordIx, period: Period) -> Option<Poster> {
    let w = Window::new(scribe, area, period)?;
    let (name, written) = (w.name(), scribe.period(period));
    let title = w.say(&text!("{written}公开看板", "At a glance: {written}"));
    let whole = w.say(&text!("{name} {title}", "{name}. {title}"));
    let finance = money::all(&w);
    let poster = Poster {
        meta: common::place_meta(scribe, area, &whole, &written, Pages::One),
        place: name,
        title,
        lead: lead(&w),
        figures: FIGURES.iter().map(|measure| big(&w, *measure)).collect(),
        funnel: charts::funnel(&w),
        outcomes: charts::outcomes(&w),
        months: charts::months(&w),
        finance_none: money::none(&w, finance.is_empty()),
        finance,
        under_way: lists::matters(&w),
        due: lists::dues(&w),
        findings: lists::findings(&w),
        objection: common::objection(scribe),
        contact: common::contact_of(scribe, w.area),
        seal: common::seal(scribe, place::issuer(scribe, w.area), Some(scribe.edition.as_of)),
        online: place::statistics_online(scribe, w.area, period.year()),
        digest: String::new(),
        as_of: w.as_of(),
    };
    let digest = place::digest_of(&poster);
    Some(Poster { digest, ..poster })
}

/// Says which days are counted.
fn lead(w: &Window) -> String {
    let (days, as_of) = (w.days(), w.as_of());
    if w.is_over() {
        return w.say(&text!("统计期：{days}　数据截至{as_of}", "{days}. Data as of {as_of}"));
    }
    w.say(&text!("统计期：{days}（尚未结束，上年同期算到同一天）", "{days}, so far; the year before to the same day"))
}

/// Writes a key figure.
fn big(w: &Window, measure: Measure) -> Big {
    let figure = w.figure(measure);
    let share = w.share(measure).map(|share| {
        let (part, whole) = share.numbers(w);
        share_words(w, measure, &part, &whole)
    });
    let value = words::value(w.scribe, &figure);
    let nothing = value == words::NOTHING;
    Big {
        label: label(w, measure),
        value,
        unit: if nothing { String::new() } else { unit(w, measure) },
        of: share.unwrap_or_default(),
        change: before(w, &figure),
    }
}

/// Says what the year before was, and the difference; nothing where the records do not reach back so far.
fn before(w: &Window, figure: &Figure) -> String {
    let (before, difference) = (words::before(w.scribe, figure), words::difference(w.scribe, figure));
    match (before.is_empty(), difference.is_empty()) {
        (true, _) => String::new(),
        (false, true) => w.say(&text!("上年同期 {before}", "year before: {before}")),
        (false, false) => w.say(&text!("上年同期 {before}，{difference}", "year before: {before}, {difference}")),
    }
}

/// Names a key figure; findings by a name that everybody understands.
fn label(w: &Window, measure: Measure) -> String {
    match measure {
        Measure::Findings => w.say(&text!("没有按程序办", "Departures from procedure")),
        _ => w.say(&measure.title()),
    }
}

/// Writes the unit of a key figure: in English the label names the things already.
fn unit(w: &Window, measure: Measure) -> String {
    match measure.unit() {
        Unit::Percent => "%".to_owned(),
        _ if measure == Measure::Findings => w.say(&text!("处", "")),
        _ => w.say(&Text::new(w.unit(measure), "")),
    }
}

/// Says both numbers of a share of a key figure.
fn share_words(w: &Window, measure: Measure, part: &str, whole: &str) -> String {
    match measure {
        Measure::Attendance => w.say(&text!("应到 {whole}、实到 {part} 人次", "{part} of {whole} entitled attendances")),
        _ => w.say(&text!("到期 {whole}、办结 {part} 项", "{part} of {whole} that fell due")),
    }
}
