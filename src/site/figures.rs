//! Key figures of a place and a year, each counted from published records, with its definition and both numbers of a share.

use jiff::civil::Date;

use crate::edition::Edition;
use crate::field::Kind;
use crate::record::choice::{Level, OpinionOutcome, Outcome};
use crate::register::RecordIx;
use crate::verdict::{Due, DueKind, DueState};

use super::index::Listing;
use super::page::Page;
use super::scribe::Scribe;
use super::view::{Figure, Figures};

/// Returns what is due in a place and below it.
pub fn due_in<'a>(edition: &'a Edition, area: &'a str) -> impl Iterator<Item = &'a Due> {
    let below = move |ix: RecordIx| within(&edition.register.get(ix).area, area);
    let counts = |due: &&Due| due.kind != DueKind::Posting;
    edition.verdicts.due().iter().filter(counts).filter(move |due| edition.is_published(due.record) && below(due.record))
}

/// Returns what is due in a place and below it and not done.
pub fn open_in<'a>(edition: &'a Edition, area: &'a str) -> impl Iterator<Item = &'a Due> {
    due_in(edition, area).filter(|due| matches!(due.state, DueState::Due | DueState::Overdue))
}

/// Whether `place` is `area` or lies below it.
fn within(place: &str, area: &str) -> bool {
    area.is_empty() || place == area || place.strip_prefix(area).is_some_and(|rest| rest.starts_with('/'))
}

/// Counts of one place from the first of January to the day of the page.
struct Counts {
    opinions: usize,
    answered: usize,
    meetings: usize,
    entitled: u64,
    present: u64,
    voted: usize,
    passed: usize,
    overdue: usize,
}

/// Counts the records of a place and below it that lie in the days from `from` to the day of the page.
fn count(edition: &Edition, area: &str, from: Date) -> Counts {
    let mut counts = Counts { opinions: 0, answered: 0, meetings: 0, entitled: 0, present: 0, voted: 0, passed: 0, overdue: 0 };
    let inside = |date: Date| date >= from && date <= edition.as_of;
    for (_, record) in edition.published().filter(|(_, record)| within(&record.area, area)) {
        for opinion in record.opinions().iter().flat_map(|o| &o.items).filter(|opinion| inside(opinion.date)) {
            counts.opinions += 1;
            counts.answered += usize::from(opinion.outcome.unwrap_or(OpinionOutcome::Pending) != OpinionOutcome::Pending);
        }
        if let Some(meeting) = record.meeting().filter(|meeting| inside(meeting.date)) {
            counts.meetings += 1;
            if let Some((entitled, present)) = meeting.entitled.zip(meeting.present) {
                counts.entitled += entitled;
                counts.present += present;
            }
        }
    }
    for (ix, _) in edition.published().filter(|(_, record)| within(&record.area, area)) {
        let decided =
            edition.deciding_item(ix).and_then(|(meeting, _)| edition.register.date_of(meeting)).filter(|date| inside(*date));
        if let Some(outcome) = decided.and_then(|_| edition.verdict(ix)?.decision.as_deref()) {
            counts.voted += 1;
            counts.passed += usize::from(outcome == Outcome::Passed.name());
        }
    }
    counts.overdue = due_in(edition, area).filter(|due| due.state == DueState::Overdue).count();
    counts
}

/// Writes the key figures of a place (all places for the empty path) in the year of the page.
pub fn year(scribe: &Scribe, area: &str) -> Figures {
    let as_of = scribe.edition.as_of;
    let from = as_of.first_of_year();
    let counts = count(scribe.edition, area, from);
    Figures { scope: scope(scribe, area, from), items: figures(scribe, area, &counts) }
}

/// Says which place and which days the figures are of.
fn scope(scribe: &Scribe, area: &str, from: Date) -> String {
    let days = scribe.days(from, Some(scribe.edition.as_of));
    match scribe.place(area) {
        Some(place) => format!("{}{}{days}", place.text, scribe.say("，", ", ")),
        None => format!("{days}{}", scribe.say("，全部地方合计", ", all places")),
    }
}

/// Writes each figure.
fn figures(scribe: &Scribe, area: &str, counts: &Counts) -> Vec<Figure> {
    let list = |kind: Kind| list_of(scribe, area, kind);
    let n = |n: usize| scribe.number(n as u64);
    let share = |zh: String, en: String| if scribe.say("zh", "en") == "zh" { zh } else { en };
    vec![
        Figure {
            id: "figure-resolutions".into(),
            label: scribe.say("形成决议", "Resolutions adopted").into(),
            value: n(counts.passed),
            unit: scribe.say("项", "").into(),
            share: share(
                format!("付表决的 {} 项中通过 {} 项", counts.voted, counts.passed),
                format!("{} passed of {} put to a vote", counts.passed, counts.voted),
            ),
            definition: scribe
                .say("表决日期在统计期内、结果为“通过”的事项数；分母是同期付表决的事项数。", "Matters whose deciding vote lies in the period and whose outcome is “passed”, out of all matters put to a vote.")
                .into(),
            href: list(Kind::Matter),
        },
        Figure {
            id: "figure-attendance".into(),
            label: scribe.say("到会率", "Attendance").into(),
            value: crate::language::percent(counts.present, counts.entitled),
            unit: "%".into(),
            share: share(
                format!("应到 {} 人次中实到 {} 人次", scribe.number(counts.entitled), scribe.number(counts.present)),
                format!("{} of {} entitled attendances", scribe.number(counts.present), scribe.number(counts.entitled)),
            ),
            definition: scribe
                .say("统计期内各次会议实到人数之和除以应到人数之和。", "People present at all meetings of the period, out of people entitled to attend them.")
                .into(),
            href: list(Kind::Meeting),
        },
        Figure {
            id: "figure-meetings".into(),
            label: scribe.say("召开会议", "Meetings held").into(),
            value: n(counts.meetings),
            unit: scribe.say("次", "").into(),
            share: String::new(),
            definition: scribe.say("统计期内公开了记录的会议次数，各类会议都算。", "Meetings of every body with a published record in the period.").into(),
            href: list(Kind::Meeting),
        },
        Figure {
            id: "figure-opinions".into(),
            label: scribe.say("收到意见", "Opinions heard").into(),
            value: n(counts.opinions),
            unit: scribe.say("条", "").into(),
            share: share(
                format!("{} 条中已有结果 {} 条", counts.opinions, counts.answered),
                format!("{} of {} have an outcome", counts.answered, counts.opinions),
            ),
            definition: scribe
                .say("统计期内收到的意见条数；采纳、并案、答复、未采纳都算有结果。", "Opinions heard in the period; taken up, merged, answered and declined all count as an outcome.")
                .into(),
            href: list(Kind::Opinions),
        },
        Figure {
            id: "figure-overdue".into(),
            label: scribe.say("逾期", "Overdue").into(),
            value: n(counts.overdue),
            unit: scribe.say("项", "").into(),
            share: String::new(),
            definition: scribe
                .say("到期日早于数据截至日而没有完成的任务、答复和应公开事项。", "Tasks, answers and disclosures whose due date is before the day of the page and which are not done.")
                .into(),
            href: scribe.href(&Page::Due(1)),
        },
    ]
}

/// Links to the records of a kind in a place; empty where there are none.
fn list_of(scribe: &Scribe, area: &str, kind: Kind) -> String {
    let listing = if area.is_empty() { Listing::Kind(kind) } else { Listing::PlaceKind(area.to_owned(), kind) };
    if scribe.index.count(&listing) == 0 { String::new() } else { scribe.href(&Page::List(listing, 1)) }
}

/// Writes the coverage that the site has set as its target: how many places have adopted a procedure.
pub fn coverage(scribe: &Scribe) -> Option<Figures> {
    let target = scribe.edition.register.site().target.as_ref()?.coverage.as_ref()?;
    let level = match target.of.name() {
        "townships" => Level::Township,
        _ => Level::Village,
    };
    let as_of = scribe.edition.as_of;
    let all = || scribe.edition.register.areas().filter(|(_, area)| area.level == level);
    let adopted = |area: &crate::record::Area| {
        area.workflows.iter().any(|w| w.id == target.workflow && w.since <= as_of && w.until.is_none_or(|until| until >= as_of))
    };
    let (whole, part) = (all().count() as u64, all().filter(|(_, area)| adopted(area)).count() as u64);
    let needed = target.at_least.of(whole);
    let missing = needed.saturating_sub(part);
    let title = scribe.workflow_title(&target.workflow);
    let level = scribe.choice("level", level.name(), &level.label());
    let by = target.by.map(|by| scribe.date(by).text).unwrap_or_default();
    let (share, definition) = match scribe.say("zh", "en") {
        "zh" => (
            format!("{whole} 个{level}中的 {part} 个；目标不低于 {}，需 {needed} 个，还差 {missing} 个", target.at_least),
            format!("截至数据日期已采用{title}的{level}数除以本站全部{level}数。完成期限：{by}"),
        ),
        _ => (
            format!("{part} of {whole} ({level}); target at least {}: {needed} needed, {missing} missing", target.at_least),
            format!("Places at the level “{level}” that have adopted the {title}, out of all of them on this site. By {by}"),
        ),
    };
    let figure = Figure {
        id: "figure-coverage".into(),
        label: match scribe.say("zh", "en") {
            "zh" => format!("推行{title}"),
            _ => format!("Coverage: {title}"),
        },
        value: crate::language::percent(part, whole),
        unit: "%".into(),
        share,
        definition,
        href: scribe.href(&Page::Places),
    };
    (whole > 0).then(|| Figures { scope: String::new(), items: vec![figure] })
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_place_lies_within_itself_and_those_above() {
        assert!(within("a/b", "a") && within("a", "a") && within("a", ""));
        assert!(!within("ab", "a") && !within("a", "a/b"));
    }
}
