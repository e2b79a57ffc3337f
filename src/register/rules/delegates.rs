//! Rosters of delegates: against the body that they make up, the meetings that they attend and the election that they come from.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::exceeds;
use crate::calendar::Period;
use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::record::area::Body;
use crate::record::choice::{ElectedOffice, Sex};
use crate::record::common::Days;
use crate::record::delegates::Delegate;
use crate::record::{Delegates, Record};
use crate::register::{RecordIx, Register};
use crate::text;

/// Checks a roster.
pub(super) fn check(register: &Register, ix: RecordIx, record: &Record, roster: &Delegates, diagnostics: &mut Vec<Diagnostic>) {
    twice(record, roster, diagnostics);
    for (i, member) in roster.members.iter().enumerate() {
        outside(record, roster, i, member, diagnostics);
        attended(record, i, member, diagnostics);
    }
    let body = register.body(&record.area, &roster.body);
    let own = body.filter(|body| body.term.as_ref().is_none_or(|term| overlap(term, &roster.term)));
    if let Some(body) = own {
        diagnostics.extend(term(register, record, roster, body));
        if !roster.members.is_empty() {
            counts(register, record, roster, body, diagnostics);
        }
    }
    meetings(register, record, roster, diagnostics);
    elected(register, ix, record, roster, diagnostics);
}

/// Whether two terms have a day in common.
fn overlap(a: &Days, b: &Days) -> bool {
    a.to.is_none_or(|to| b.from <= to) && b.to.is_none_or(|to| a.from <= to)
}

/// Reports a person who stands on the roster twice at a time: the same name in the same group.
fn twice(record: &Record, roster: &Delegates, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (i, member) in roster.members.iter().enumerate() {
        let earlier = seen.entry((member.name.as_str(), member.group.as_deref())).or_default();
        let other = earlier.iter().copied().find(|other| roster.members.get(*other).is_some_and(|other| together(other, member)));
        if let Some(other) = other {
            let (no, first) = (member.no, roster.members.get(other).map_or(0, |other| other.no));
            diagnostics.push(
                Diagnostic::error(
                    "identity/delegate-twice",
                    record.tree().place(&format!("members[{i}].name")),
                    text!("第 {no} 号与第 {first} 号是同组同名的人", "numbers {no} and {first} are of one name in one group"),
                )
                .label(record.tree().place(&format!("members[{other}].name")), text!("第 {first} 号", "number {first}"))
                .help(text!(
                    "是同一人的删去一条；是两个人的，在姓名后注明区别，如“（东院）”",
                    "delete one if they are one person; if they are two, tell them apart after the name, such as “(senior)”"
                )),
            );
        }
        earlier.push(i);
    }
}

/// Whether two members have a day of service in common.
fn together(a: &Delegate, b: &Delegate) -> bool {
    let before = |until: Option<Date>, since: Option<Date>| matches!((until, since), (Some(until), Some(since)) if until < since);
    !before(a.until, b.since) && !before(b.until, a.since)
}

/// Reports what a member did or was assessed for outside the term.
fn outside(record: &Record, roster: &Delegates, i: usize, member: &Delegate, diagnostics: &mut Vec<Diagnostic>) {
    let term = (roster.term.from, roster.term.to);
    let service = (member.since.unwrap_or(term.0), member.until.or(term.1));
    let within = |(from, to): (Date, Option<Date>), day: Date| from <= day && to.is_none_or(|to| day <= to);
    let mut report = |at: String, day: String, of: &'static str| {
        let place = record.tree().place(&format!("members[{i}].{at}"));
        let (zh, en) = if of == "term" { ("届期", "the term") } else { ("任职期间", "the service of the delegate") };
        diagnostics.push(
            Diagnostic::error("date/outside-term", place, text!("{day} 不在{zh}内", "{day} lies outside {en}"))
                .label(record.tree().place("term"), text!("届期在这里", "the term is here"))
                .help(text!(
                    "核对日期，或者改正 `term`、`since`、`until`",
                    "check the date, or correct `term`, `since` or `until`"
                )),
        );
    };
    for (key, day) in [("since", member.since), ("until", member.until)] {
        if let Some(day) = day.filter(|day| !within(term, *day)) {
            report(key.to_owned(), day.to_string(), "term");
        }
    }
    for (n, visit) in member.visits.iter().enumerate().filter(|(_, visit)| !within(service, visit.date)) {
        report(format!("visits[{n}].date"), visit.date.to_string(), "service");
    }
    let years = i64::from(term.0.year())..=term.1.map_or(i64::MAX, |to| i64::from(to.year()));
    for (n, review) in member.assessments.iter().enumerate().filter(|(_, review)| !years.contains(&review.year)) {
        report(format!("assessments[{n}].year"), review.year.to_string(), "term");
    }
}

/// Checks that nobody attended more meetings than there were, and that no period and no year is given twice.
fn attended(record: &Record, i: usize, member: &Delegate, diagnostics: &mut Vec<Diagnostic>) {
    for (n, part) in member.attendance.iter().enumerate() {
        let at = (format!("members[{i}].attendance[{n}].present"), format!("members[{i}].attendance[{n}].held"));
        let (present, held) = ((part.present, "present"), (part.held, "held"));
        diagnostics.extend(exceeds(record, "arithmetic/part-exceeds-whole", present, held, (&at.0, &at.1)));
    }
    let periods: Vec<String> = member.attendance.iter().map(|part| part.period.to_string()).collect();
    let years: Vec<String> = member.assessments.iter().map(|review| review.year.to_string()).collect();
    for (list, key, values) in [("attendance", "period", periods), ("assessments", "year", years)] {
        let mut seen = BTreeSet::new();
        for (n, value) in values.iter().enumerate().filter(|(_, value)| !seen.insert(value.as_str())) {
            let place = record.tree().place(&format!("members[{i}].{list}[{n}].{key}"));
            diagnostics.push(
                Diagnostic::error("identity/duplicate", place, text!("{value} 写了两次", "{value} is given twice"))
                    .help(text!("删去其中一条，或者改正时期", "delete one of them, or correct the period")),
            );
        }
    }
}

/// Checks that the term is that of the body.
fn term(register: &Register, record: &Record, roster: &Delegates, body: &Body) -> Option<Diagnostic> {
    let own = body.term.as_ref().filter(|own| **own != roster.term)?;
    let written = |days: &Days| days.to.map_or_else(|| format!("{} …", days.from), |to| format!("{} … {to}", days.from));
    let (of_roster, of_body, name) = (written(&roster.term), written(own), &body.name);
    Some(
        Diagnostic::error(
            "reference/term-differs",
            record.tree().place("term"),
            text!("届期 {of_roster} 与{name}的任期 {of_body} 不符", "the term, {of_roster}, is not that of `{name}`, {of_body}"),
        )
        .label(place_of_body(register, record, body, "term")?, text!("机构的任期", "the term of the body"))
        .help(text!("改正其中一个", "correct one of the two")),
    )
}

/// Returns the place of a key of a body in the record of its area.
fn place_of_body(register: &Register, record: &Record, body: &Body, key: &str) -> Option<crate::source::Span> {
    let area = register.get(register.area(&record.area)?);
    let index = area.place()?.bodies.iter().position(|other| other.id == body.id)?;
    Some(area.tree().place(&format!("bodies[{index}].{key}")))
}

/// Checks that the roster has as many members, delegates, committee members and women as the body.
fn counts(register: &Register, record: &Record, roster: &Delegates, body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    let vacancies = roster.vacancies.unwrap_or(0);
    let count = |wanted: &dyn Fn(&Delegate) -> bool| roster.serving().filter(|(_, member)| wanted(member)).count() as u64;
    let sexes = roster.serving().all(|(_, member)| member.sex.is_some());
    let women = count(&|member| member.sex == Some(Sex::Female));
    let rows = [
        ("entitled", "组成人员", body.entitled, Some(count(&|_| true) + vacancies)),
        ("delegates", "村民代表", body.delegates, Some(count(&|member| !member.committee_member) + vacancies)),
        ("committee_members", "村委成员", body.committee_members, Some(count(&|member| member.committee_member))),
        ("women", "女性", body.women, (sexes && vacancies == 0).then_some(women)),
    ];
    for (key, zh, of_body, on_roster) in rows {
        let (Some(of_body), Some(on_roster)) = (of_body, on_roster) else { continue };
        let Some(label) = place_of_body(register, record, body, key).filter(|_| of_body != on_roster) else { continue };
        let name = &body.name;
        let with = if vacancies > 0 && key != "committee_members" {
            text!("（含缺额 {vacancies}）", " ({vacancies} vacant among them)")
        } else {
            text!("", "")
        };
        let (with_zh, with_en) = (with.zh, with.en);
        diagnostics.push(
            Diagnostic::error(
                "reference/roster-differs",
                record.tree().place("members"),
                crate::language::Text::new(
                    format!("名册上{zh} {on_roster} 人{with_zh}，而{name}登记为 {of_body} 人"),
                    format!("the roster has {on_roster} by `{key}`{with_en}, but `{name}` has {of_body}"),
                ),
            )
            .label(label, text!("机构的 `{key}` 为 {of_body}", "`{key}` of the body is {of_body}"))
            .help(text!(
                "对照推选结果改正名册或 `area.yaml`；有缺额的写 `vacancies`",
                "correct the roster or `area.yaml` by the election; give empty seats as `vacancies`"
            )),
        );
    }
}

/// Holds the attendance of each period against the meetings of the body in it.
fn meetings(register: &Register, record: &Record, roster: &Delegates, diagnostics: &mut Vec<Diagnostic>) {
    let mut periods: Vec<Period> =
        roster.members.iter().flat_map(|member| &member.attendance).map(|attendance| attendance.period).collect();
    periods.sort_by_key(|period| (period.first(), period.last()));
    periods.dedup();
    for period in periods {
        let held: Vec<u64> = register
            .records_of(&record.area, Kind::Meeting)
            .iter()
            .filter_map(|ix| register.get(*ix).meeting())
            .filter(|meeting| meeting.body == roster.body && period.contains(meeting.date))
            .filter_map(|meeting| meeting.present)
            .collect();
        fewer_held(record, roster, period, held.len() as u64, diagnostics);
        diagnostics.extend(attendance_sum(record, roster, period, &held));
    }
}

/// Whether a member served the whole of a period.
fn throughout(roster: &Delegates, member: &Delegate, period: Period) -> bool {
    let (from, to) = (roster.term.from.max(period.first()), roster.term.to.map_or(period.last(), |to| to.min(period.last())));
    member.serves(from) && member.serves(to)
}

/// Reports members who served throughout a period and were to attend fewer meetings than the body held.
fn fewer_held(record: &Record, roster: &Delegates, period: Period, meetings: u64, diagnostics: &mut Vec<Diagnostic>) {
    for (i, member) in roster.members.iter().enumerate().filter(|(_, member)| throughout(roster, member, period)) {
        let fewer = member.attendance.iter().position(|part| part.period == period && part.held < meetings);
        let Some((n, held)) = fewer.and_then(|n| Some((n, member.attendance.get(n)?.held))) else { continue };
        diagnostics.push(
            Diagnostic::error(
                "reference/attendance-differs",
                record.tree().place(&format!("members[{i}].attendance[{n}].held")),
                text!(
                    "{period} 应出席 {held} 次，而这一时期已公布的会议有 {meetings} 次",
                    "{held} meetings to attend in {period}, but {meetings} are published"
                ),
            )
            .help(text!("改为 {meetings}，或者核对会议记录", "write {meetings}, or check the records of the meetings")),
        );
    }
}

/// Reports attendance that does not add up to those present at the meetings, where every member has it for every meeting.
fn attendance_sum(record: &Record, roster: &Delegates, period: Period, held: &[u64]) -> Option<Diagnostic> {
    let count = held.len() as u64;
    let mut sum = 0;
    for member in roster
        .members
        .iter()
        .filter(|member| member.attendance.iter().any(|part| part.period == period) || throughout(roster, member, period))
    {
        let part = member.attendance.iter().find(|part| part.period == period)?;
        if throughout(roster, member, period) && part.held != count {
            return None;
        }
        sum += part.present;
    }
    let meetings: u64 = held.iter().sum();
    if sum == meetings || held.is_empty() {
        return None;
    }
    let parts: Vec<String> = held.iter().map(u64::to_string).collect();
    let parts = parts.join(" + ");
    Some(
        Diagnostic::error(
            "arithmetic/attendance-sum",
            record.tree().place("members"),
            text!(
                "{period} 各人实出席合计 {sum} 人次，而这一时期会议实到 {parts} = {meetings} 人次",
                "attendance in {period} adds up to {sum}, but {parts} = {meetings} were present at the meetings"
            ),
        )
        .help(text!("对照签到簿改正", "correct it by the attendance lists")),
    )
}

/// Reports delegates whom none of the elections named elected.
fn elected(register: &Register, ix: RecordIx, record: &Record, roster: &Delegates, diagnostics: &mut Vec<Diagnostic>) {
    let elections = (0..roster.elections.len()).map(|i| register.link(ix, &format!("elections[{i}]")));
    let Some(elections) = elections.collect::<Option<Vec<RecordIx>>>().filter(|found| !found.is_empty()) else { return };
    let elections = elections.iter().filter_map(|ix| register.get(*ix).election());
    let elections: Vec<_> = elections.filter(|election| election.office == ElectedOffice::Delegates).collect();
    if elections.is_empty() || elections.iter().any(|election| election.candidates.is_empty()) {
        return;
    }
    let names: BTreeSet<&str> =
        elections.iter().flat_map(|election| election.elected()).map(|candidate| candidate.name.as_str()).collect();
    for (i, member) in roster.serving().filter(|(_, member)| !member.committee_member && !names.contains(member.name.as_str())) {
        let no = member.no;
        diagnostics.push(
            Diagnostic::error(
                "reference/delegate-not-elected",
                record.tree().place(&format!("members[{i}].name")),
                text!("第 {no} 号代表不在所列选举的当选人中", "delegate {no} is not among those elected in the elections named"),
            )
            .label(record.tree().place("elections"), text!("所列的选举", "the elections"))
            .help(text!(
                "核对姓名；补选的，把补选记录列入 `elections`",
                "check the name; if it was a by-election, name its record under `elections`"
            )),
        );
    }
}
