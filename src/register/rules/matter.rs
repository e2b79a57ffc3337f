//! The evidence of a matter: items of meetings, returns of consultations, the survey.

use super::{exceeds, survey};
use crate::diagnostic::Diagnostic;
use crate::record::evidence::Consultation;
use crate::record::{Evidence, Matter, Record};
use crate::register::{RecordIx, Register};
use crate::text;

/// Checks a matter.
pub(super) fn check(register: &Register, ix: RecordIx, record: &Record, matter: &Matter, diagnostics: &mut Vec<Diagnostic>) {
    for (step, evidence) in &matter.steps {
        let path = format!("steps.{step}");
        opinions(register, ix, &path, diagnostics);
        match evidence {
            Evidence::Resolve(resolve) => diagnostics.extend(item(register, ix, &path, resolve.item)),
            Evidence::Implement(implement) => {
                let approved = implement.approved.as_ref().and_then(|approved| approved.item);
                diagnostics.extend(item(register, ix, &format!("{path}.approved"), approved));
            }
            Evidence::Decide(decide) => {
                let topic = decide.topic.as_ref().and_then(|topic| topic.item);
                let resolve = decide.resolve.as_ref().and_then(|resolve| resolve.item);
                diagnostics.extend(item(register, ix, &format!("{path}.topic"), topic));
                diagnostics.extend(item(register, ix, &format!("{path}.resolve"), resolve));
            }
            Evidence::Account(account) => diagnostics.extend(item(register, ix, &path, account.item)),
            Evidence::Consult(ways) => {
                for (i, way) in ways.iter().enumerate() {
                    consultation(record, &format!("{path}[{i}]"), way, diagnostics);
                }
            }
            Evidence::Evaluate(evaluate) => {
                let result = evaluate.survey.as_ref();
                diagnostics.extend(result.and_then(|result| survey::nested(record, &format!("{path}.survey"), result)));
            }
            _ => {}
        }
    }
}

/// Checks that the item of a meeting exists and is about this matter.
fn item(register: &Register, ix: RecordIx, path: &str, no: Option<u64>) -> Option<Diagnostic> {
    let no = no?;
    let record = register.get(ix);
    let at = record.tree().place(&format!("{path}.item"));
    let meeting_ix = register.link(ix, &format!("{path}.meeting"))?;
    let meeting = register.get(meeting_ix);
    let items = &meeting.meeting()?.items;
    let title = meeting.title().unwrap_or(&meeting.name);
    let Some(index) = items.iter().position(|item| item.no == no) else {
        let count = items.len();
        return Some(
            Diagnostic::error("reference/unknown", at, text!("《{title}》没有第 {no} 项", "`{title}` has no item {no}"))
                .label(meeting.tree().place("items"), text!("共 {count} 项", "it has {count}"))
                .help(text!("改为会议记录中的议项序号", "write the number of an item of the meeting")),
        );
    };
    let other = register.link(meeting_ix, &format!("items[{index}].matter")).filter(|other| *other != ix)?;
    let other = register.get(other);
    if other.name == record.name && other.area == record.area {
        // Two matters of one name are reported as such; which of them is meant cannot be told.
        return None;
    }
    let name = other.title().unwrap_or(&other.name);
    let fault = Diagnostic::error(
        "reference/mismatch",
        at,
        text!("《{title}》第 {no} 项是另一事项《{name}》", "item {no} of `{title}` is about another matter, `{name}`"),
    )
    .label(meeting.tree().place(&format!("items[{index}].matter")), text!("这一项的事项", "the matter of that item"));
    let own = (0..items.len()).find(|i| register.link(meeting_ix, &format!("items[{i}].matter")) == Some(ix));
    Some(match own.map(|i| items[i].no) {
        Some(own) => fault.help(text!("本事项是第 {own} 项", "this matter is item {own}")),
        None => fault.help(text!("该会议没有本事项的议项", "the meeting has no item about this matter")),
    })
}

/// Checks that the opinions that led to this matter do not say that they became another; linked matters may share them.
fn opinions(register: &Register, ix: RecordIx, path: &str, diagnostics: &mut Vec<Diagnostic>) {
    let shares = |other: RecordIx| {
        let linked = |from: RecordIx, to: RecordIx| {
            register.links(from).iter().any(|link| link.path.starts_with("linked[") && link.to == to)
        };
        other == ix || linked(ix, other) || linked(other, ix)
    };
    let prefix = format!("{path}.opinions[");
    for link in register.links(ix).iter().filter(|link| link.path.starts_with(&prefix)) {
        let Some((no, items)) = link.opinion.zip(register.get(link.to).opinions().map(|opinions| &opinions.items)) else {
            continue;
        };
        let index = items.iter().position(|item| item.no == no).unwrap_or(0);
        let Some(other) = register.link(link.to, &format!("items[{index}].matter")).filter(|other| !shares(*other)) else {
            continue;
        };
        let (record, other) = (register.get(ix), register.get(other));
        if other.name == record.name && other.area == record.area {
            // Two matters of one name are reported as such.
            continue;
        }
        let name = other.title().unwrap_or(&other.name);
        diagnostics.push(
            Diagnostic::error(
                "reference/mismatch",
                link.span,
                text!("第 {no} 条意见登记为另一事项《{name}》", "opinion {no} became another matter, `{name}`, by its register"),
            )
            .label(
                register.get(link.to).tree().place(&format!("items[{index}].matter")),
                text!("意见登记簿写的事项", "the matter that the register names"),
            )
            .help(text!(
                "核对意见的序号；两个事项共用一条意见的，在 `linked` 互相关联",
                "check the number of the opinion; matters that share one name each other under `linked`"
            )),
        );
    }
}

/// Checks that no more came back than was sent, and no more in favour than came back.
fn consultation(record: &Record, path: &str, way: &Consultation, diagnostics: &mut Vec<Diagnostic>) {
    let at = |key: &str| format!("{path}.{key}");
    if let (Some(returned), Some(sent)) = (way.returned, way.sent) {
        let rule = "arithmetic/returned-exceeds-sent";
        let places = (at("returned"), at("sent"));
        diagnostics.extend(exceeds(record, rule, (returned, "returned"), (sent, "sent"), (&places.0, &places.1)));
    }
    if let (Some(favour), Some(returned)) = (way.in_favour, way.returned) {
        let rule = "arithmetic/favour-exceeds-returned";
        let places = (at("in_favour"), at("returned"));
        diagnostics.extend(exceeds(record, rule, (favour, "in_favour"), (returned, "returned"), (&places.0, &places.1)));
    }
}
