//! Key figures of a place and a year, each counted from published records, with its definition and both numbers of a share.

use jiff::civil::Date;

use crate::calendar::{Cycle, Period};
use crate::field::Kind;
use crate::record::choice::Level;
use crate::statistics::{Key, Measure, When};

use super::index::Listing;
use super::page::Page;
use super::scribe::Scribe;
use super::view::{Figure, Figures};

/// Counts of one place from the first of January to the day of the page.
struct Counts {
    opinions: u64,
    answered: u64,
    meetings: u64,
    entitled: u64,
    present: u64,
    voted: u64,
    passed: u64,
    overdue: u64,
}

/// Looks up the counts of a place and below it in the year of the page; what is overdue is so whenever it was due.
fn count(scribe: &Scribe, area: &str) -> Counts {
    let year = When::During(Period::of(Cycle::Year, scribe.edition.as_of));
    let n = |when: When, measure: Measure| {
        scribe.statistics.figure(area, when, measure).value.number().and_then(|n| u64::try_from(n).ok()).unwrap_or(0)
    };
    Counts {
        opinions: n(year, Measure::Opinions),
        answered: n(year, Measure::OpinionsSettled),
        meetings: n(year, Measure::Meetings),
        entitled: n(year, Measure::Entitled),
        present: n(year, Measure::Present),
        voted: n(year, Measure::Voted),
        passed: n(year, Measure::Resolved),
        overdue: n(When::Ever, Measure::Overdue),
    }
}

/// Writes the key figures of a place (all places for the empty path) in the year of the page.
pub fn year(scribe: &Scribe, area: &str) -> Figures {
    let as_of = scribe.edition.as_of;
    let from = as_of.first_of_year();
    let counts = count(scribe, area);
    Figures { scope: scope(scribe, area, from), items: figures(scribe, area, &counts) }
}

/// Says which place and which days the figures are of.
fn scope(scribe: &Scribe, area: &str, from: Date) -> String {
    let days = scribe.days(from, Some(scribe.edition.as_of));
    match scribe.place_name(area) {
        Some(place) => format!("{place}{}{days}", scribe.say("，", ", ")),
        None => format!("{days}{}", scribe.say("，全部地方合计", ", all places")),
    }
}

/// Writes each figure.
fn figures(scribe: &Scribe, area: &str, counts: &Counts) -> Vec<Figure> {
    let list = |kind: Kind| list_of(scribe, area, kind);
    let n = |n: u64| scribe.number(n);
    let share = |zh: String, en: String| if scribe.say("zh", "en") == "zh" { zh } else { en };
    vec![
        Figure {
            id: "figure-resolutions".into(),
            label: scribe.say("形成决议", "Resolutions adopted").into(),
            value: n(counts.passed),
            unit: scribe.say("项", "").into(),
            share: share(
                format!("付表决的 {} 项中通过 {} 项", n(counts.voted), n(counts.passed)),
                format!("{} passed of {} put to a vote", n(counts.passed), n(counts.voted)),
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
                format!("{} 条中已有结果 {} 条", n(counts.opinions), n(counts.answered)),
                format!("{} of {} have an outcome", n(counts.answered), n(counts.opinions)),
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
            href: if scribe.index.dues.count(area) == 0 { String::new() } else { scribe.href(&super::list::due_page(area, 1)) },
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
    let adopted = format!("{}/{}", target.workflow, level.name());
    let n =
        |key: Key| scribe.statistics.figure("", When::Ever, key).value.number().and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
    let (whole, part) = (n(Key::part(Measure::Places, level.name())), n(Key::part(Measure::Adopted, &adopted)));
    let needed = target.at_least.of(whole);
    let missing = needed.saturating_sub(part);
    let title = scribe.workflow_title(&target.workflow);
    let level = scribe.choice("level", level.name(), || level.label());
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
        href: scribe.href(&Page::Coverage(1)),
    };
    (whole > 0).then(|| Figures { scope: String::new(), items: vec![figure] })
}
