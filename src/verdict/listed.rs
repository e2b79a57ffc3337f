//! The items of disclosure catalogues as duties of the areas that they apply to.
//!
//! An item with a cadence is asked for like a duty of a procedure; what was not disclosed in time is a finding of the area. Items
//! that are due at any time have no periods: their records say themselves by when they were due.

use jiff::civil::Date;

use super::Finding;
use super::duty::{Asked, DutyItem, DutyRule, Held, founded, later};
use super::world::Shelf;
use crate::calendar::{Cycle, Period};
use crate::diagnostic::Severity;
use crate::diagnostic::rules;
use crate::language::Text;
use crate::record::Record;
use crate::record::catalogue::CatalogueItem;
use crate::record::choice::Fulfilment as By;
use crate::register::RecordIx;
use crate::register::catalogue::{Listed, discloses};
use crate::text;
use crate::workflow::duty::{cadence, overdue};
use crate::workflow::{Fulfilment, Tenure};

/// The rule that asks for every item of a catalogue.
const RULE: &str = "catalogue/overdue";

/// An item of a catalogue as an area is asked for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct ListedDuty {
    /// What tells it from other items: the same id, title and cadence in another year's catalogue are the same item.
    pub(super) key: (String, String, Cycle),
    /// The item.
    pub(super) item: DutyItem,
    /// What asks for it.
    pub(super) rule: DutyRule,
    /// How many days after the period it may still be disclosed.
    pub(super) grace: i64,
}

/// Asks an area for the items of its catalogues.
pub(super) fn held(shelf: &Shelf<'_>, area: RecordIx, first: Option<Date>, as_of: Date) -> Vec<Held> {
    let register = shelf.world.register;
    let record = register.get(area);
    let listed = register.listed(&record.area).into_iter();
    let asked = listed.filter_map(|listed| {
        shelf.note(listed.catalogue);
        let every = listed.item.cadence.cycle()?;
        let from = later(later(listed.from, first), founded(record, listed.item.responsible.name()));
        let done = fulfilments(shelf, record, &listed, every, as_of);
        let asked = Asked::OfCatalogue(Box::new(duty(&listed, every)));
        Some(Held { area, asked, tenure: Tenure { from, to: listed.to }, done })
    });
    asked.collect()
}

/// Writes down what an item asks.
fn duty(listed: &Listed<'_>, every: Cycle) -> ListedDuty {
    let item = listed.item;
    let both = |zh: &str, en: Option<&String>| Text::new(zh, en.map_or(zh, String::as_str));
    let grace = i64::try_from(item.within.unwrap_or(0)).unwrap_or(0);
    ListedDuty {
        key: (item.id.clone(), item.title.clone(), every),
        item: DutyItem { title: both(&item.title, item.title_en.as_ref()), every },
        rule: DutyRule {
            rule: RULE.to_owned(),
            catalogue: Some((listed.catalogue, listed.index)),
            basis: both(&item.basis, item.basis_en.as_ref()),
            responsible: item.responsible.name().to_owned(),
            cadence: cadence(every, grace),
        },
        grace,
    }
}

/// Returns what fulfils an item by `as_of`; every record that might have is read.
fn fulfilments(shelf: &Shelf<'_>, record: &Record, listed: &Listed<'_>, every: Cycle, as_of: Date) -> Vec<Fulfilment> {
    let register = shelf.world.register;
    register.records_of(&record.area, kind(listed.item)).iter().for_each(|ix| shelf.note(*ix));
    let done = register.fulfilling(&record.area, listed.item).into_iter().filter_map(|ix| {
        let on = register.made_public(ix).filter(|on| *on <= as_of)?;
        let period = match register.period_of(ix) {
            Some(own) => Some(Period::of(every, own.last())).filter(|period| discloses(own, *period)),
            None => register.date_of(ix).map(|date| Period::of(every, date)),
        };
        Some(Fulfilment { period: period?, on, record: register.get(ix).id.clone() })
    });
    done.collect()
}

/// Returns the kind of record that fulfils an item.
fn kind(item: &CatalogueItem) -> crate::field::Kind {
    use crate::field::Kind;
    match item.fulfilment() {
        By::Disclosure => Kind::Disclosure,
        By::Finance => Kind::Finance,
        By::Meeting => Kind::Meeting,
        By::Matter => Kind::Matter,
        By::Assessment => Kind::Assessment,
        By::Opinions => Kind::Opinions,
    }
}

/// Says which periods of an item an area has missed; nothing where it missed none.
pub(super) fn finding(record: &Record, held: &Held, denied: &[String], as_of: Date) -> Option<Finding> {
    let Asked::OfCatalogue(duty) = &held.asked else { return None };
    let over = overdue(duty.item.every, duty.grace, &held.done, held.tenure, as_of);
    if over.is_empty() {
        return None;
    }
    let periods = |separator: &str, write: fn(Text) -> String| {
        over.iter().map(|period| write(period.label())).collect::<Vec<_>>().join(separator)
    };
    let (zh, en) = (periods("、", |label| label.zh), periods(", ", |label| label.en));
    let title = &duty.item.title;
    let severity = if denied.iter().any(|rule| rule == RULE) { Severity::Error } else { Severity::Finding };
    Some(Finding {
        rule: RULE.to_owned(),
        title: rules::find(RULE).map(rules::FileRule::title).unwrap_or_default(),
        severity,
        record: held.area,
        path: String::new(),
        span: record.tree().place(""),
        message: Text::new(
            format!("公开目录的“{}”，以下各期没有公开：{zh}", title.zh),
            format!("“{}” of the catalogue was not disclosed for: {en}", title.en),
        ),
        help: text!(
            "补录已经公开的；没有公开的，尽快公开，公开事项用 `item` 指明目录事项",
            "add what was disclosed; disclose the rest soon, and name the item of the catalogue under `item`"
        ),
        basis: duty.rule.basis.clone(),
        step: None,
        because: Vec::new(),
    })
}
