//! What a meeting has to reach, before anybody came: the rules of its thresholds asked as if all were present and agreed.
//!
//! A notice of a meeting names the least attendance and the least votes; they come from the same rules that judge the meeting
//! once it was held, with the overlays of its place.

use jiff::civil::Date;

use super::rule::judge_rule;
use super::world::{Shelf, World};
use super::{Layers, area_names, body_of, plan, scope};
use crate::language::Text;
use crate::register::{RecordIx, Register};
use crate::workflow::{Arithmetic, Comparison, Key, Rule, Value, Workflows};

/// What a threshold of a meeting counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counts {
    /// Those who are present.
    Attendance,
    /// The votes for an item.
    Votes,
    /// The days of notice.
    Notice,
}

/// A threshold that a meeting has to reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// The rule's id.
    pub rule: String,
    /// What it counts.
    pub counts: Counts,
    /// The number of the item from 0, where it is asked of one.
    pub index: Option<usize>,
    /// Whether the denominator is those present, which nobody knows yet: the arithmetic takes all to be.
    pub of_present: bool,
    /// The threshold, as if all entitled were present and voted for.
    pub arithmetic: Arithmetic,
    /// The law, charter or guideline.
    pub basis: Text,
}

/// Returns the shares that a meeting has to reach for its items to pass, attendance first; a looser rule that a tighter one
/// replaces is left out. Nothing where nobody knows how many are entitled.
pub fn ahead(register: &Register, workflows: &Workflows, meeting: RecordIx, as_of: Date) -> Vec<Ahead> {
    let plans = plan(register, &Layers::new(workflows), as_of, &[meeting]);
    let names = area_names(&plans);
    let world = World::new(register, workflows.forms(), &names);
    let shelf = Shelf::new(&world);
    let record = register.get(meeting);
    let body = body_of(record).and_then(|body| shelf.body(&record.area, body));
    let Some(supposed) = supposed(&shelf.expanded(meeting), body.as_ref()) else { return Vec::new() };
    let mut scope = scope(&shelf, record, &supposed, as_of);
    let rules: Vec<&Rule> = plans.iter().flat_map(|plan| &plan.workflows).flat_map(|(workflow, _)| &workflow.rules).collect();
    let mut found = Vec::new();
    for rule in rules.iter().filter(|rule| rule.applies_to == record.kind && rule.duty.is_none()) {
        let Some((counts, of_present)) = counted(rule) else { continue };
        let mut judged = Vec::new();
        judge_rule(rule, &mut scope, &mut judged);
        let shares = judged.into_iter().filter_map(|judged| Some((judged.index, judged.arithmetic.filter(|a| a.of.is_some())?)));
        found.extend(shares.map(|(index, arithmetic)| Ahead {
            rule: rule.id.clone(),
            counts,
            index: index.map(|index| index as usize),
            of_present,
            arithmetic,
            basis: rule.basis.clone(),
        }));
    }
    tightest(&found, &rules)
}

/// Says what the threshold of a rule counts, and whether of those present; `None` where it is no threshold of a meeting's people.
fn counted(rule: &Rule) -> Option<(Counts, bool)> {
    Some((counts(rule)?, rule.threshold.as_ref()?.of.as_ref()?.source().contains("present")))
}

/// Says what a rule wants enough of; `None` where it counts something else, or sets a limit.
pub fn counts(rule: &Rule) -> Option<Counts> {
    let threshold = rule.threshold.as_ref().filter(|threshold| threshold.bound.comparison != Comparison::AtMost)?;
    match threshold.count.source() {
        "meeting.present" | "meeting.households_present" => Some(Counts::Attendance),
        "item.votes.for" => Some(Counts::Votes),
        days if days.contains("meeting.notice") => Some(Counts::Notice),
        _ => None,
    }
}

/// Leaves out what a tighter rule asks as well, and what two rules ask alike.
fn tightest(found: &[Ahead], rules: &[&Rule]) -> Vec<Ahead> {
    let tightened = |ahead: &Ahead| {
        let tighter = rules.iter().filter(|rule| rule.tightens.as_deref() == Some(ahead.rule.as_str()));
        tighter.into_iter().any(|rule| found.iter().any(|other| other.rule == rule.id && other.index == ahead.index))
    };
    let mut kept: Vec<Ahead> = Vec::new();
    for ahead in found.iter().filter(|ahead| !tightened(ahead)) {
        let same =
            |other: &Ahead| (other.counts, other.index, &other.arithmetic) == (ahead.counts, ahead.index, &ahead.arithmetic);
        if !kept.iter().any(same) {
            kept.push(ahead.clone());
        }
    }
    kept.sort_by_key(|ahead| (ahead.counts, ahead.index));
    kept
}

/// Returns the value of a meeting at which all entitled were present and voted for every item; `None` without their number.
fn supposed(meeting: &Value, body: Option<&Value>) -> Option<Value> {
    let of_meeting = |key: &'static str| meeting.get(key).cloned();
    let entitled = of_meeting("entitled").or_else(|| body?.get("entitled").cloned());
    let households = of_meeting("households_entitled");
    let all = entitled.clone().or_else(|| households.clone())?;
    let nobody = || Value::Integer(0);
    let votes =
        Value::map([("for", all), ("against", nobody()), ("abstain", nobody()), ("invalid", nobody()), ("absent", nobody())]);
    let passed = [("outcome", Value::text("passed")), ("votes", votes)];
    let items = meeting.get("items").map_or(&[][..], Value::items).iter();
    let items = Value::list(items.map(|item| laid_over(item, passed.clone())).collect());
    let numbers = [
        ("entitled", entitled.clone()),
        ("present", entitled),
        ("households_entitled", households.clone()),
        ("households_present", households),
        ("items", Some(items)),
    ];
    Some(laid_over(meeting, numbers.into_iter().filter_map(|(key, value)| Some((key, value?)))))
}

/// Lays entries over those of a map.
fn laid_over(map: &Value, entries: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let entries = entries.into_iter().map(|(key, value)| (Key::from(key), value));
    let own = match map {
        Value::Map(map) => map.entries().to_vec(),
        _ => Vec::new(),
    };
    Value::map(entries.chain(own).collect::<Vec<_>>())
}
