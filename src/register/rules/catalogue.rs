//! Catalogues and the disclosures that name their items.

use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::record::check::{closest, quote};
use crate::record::choice::Fulfilment;
use crate::record::{Catalogue, Disclosure, Record};
use crate::register::catalogue::{items, overlap};
use crate::register::{RecordIx, Register};
use crate::text;

/// Checks a catalogue.
pub(super) fn check(
    register: &Register,
    ix: RecordIx,
    record: &Record,
    catalogue: &Catalogue,
    diagnostics: &mut Vec<Diagnostic>,
) {
    diagnostics.extend(catalogue.level.and_then(|level| level_here(register, record, level, "level")));
    for (i, item) in catalogue.items.iter().enumerate() {
        let level = item.level.and_then(|level| level_here(register, record, level, &format!("items[{i}].level")));
        diagnostics.extend(level);
        if item.held_by.is_some() && item.fulfilment() != Fulfilment::Meeting {
            diagnostics.push(held_by_nothing(record, i));
        }
    }
    twice(register, ix, record, catalogue, diagnostics);
}

/// Reports a level that no area below the catalogue can have.
fn level_here(register: &Register, record: &Record, level: crate::record::choice::Level, at: &str) -> Option<Diagnostic> {
    let area = register.get(register.area(&record.area)?);
    let own = area.place()?;
    if own.level <= level {
        return None;
    }
    let (name, level, own_level) = (&own.name, level.label(), own.level.label());
    Some(
        Diagnostic::error(
            "reference/mismatch",
            record.tree().place(at),
            crate::language::Text::new(
                format!("目录在{name}（{}），管不到上面的级别“{}”", own_level.zh, level.zh),
                format!("a catalogue of `{name}` ({}) cannot apply to the level above it, {}", own_level.en, level.en),
            ),
        )
        .label(area.tree().place("level"), text!("目录所在区域的级别", "the level of its area"))
        .help(text!("改正 `level`，或把目录移到上级区域", "correct `level`, or move the catalogue to the area above")),
    )
}

/// Reports `held_by` of an item that no meeting fulfils.
fn held_by_nothing(record: &Record, i: usize) -> Diagnostic {
    Diagnostic::error(
        "reference/mismatch",
        record.tree().place(&format!("items[{i}].held_by")),
        text!("写了 `held_by`，而完成记录不是会议", "`held_by` is given, but the item is not fulfilled by a meeting"),
    )
    .help(text!(
        "把 `fulfilled_by` 写成 `meeting`（会议），或删去 `held_by`",
        "write `fulfilled_by: meeting`, or delete `held_by`"
    ))
}

/// Reports an item that another catalogue of the same area has on the same days.
fn twice(register: &Register, ix: RecordIx, record: &Record, catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    let before = register.records_of(&record.area, Kind::Catalogue).iter().filter(|other| **other < ix);
    for other in before {
        let Some(data) = register.get(*other).catalogue() else { continue };
        for item in items(ix, catalogue) {
            let Some(same) = items(*other, data).find(|same| same.item.id == item.item.id && overlap(same, &item)) else {
                continue;
            };
            let id = &item.item.id;
            let place = |record: &Record, i: usize| record.tree().place(&format!("items[{i}].id"));
            diagnostics.push(
                Diagnostic::error(
                    "identity/duplicate",
                    place(record, item.index),
                    text!("同一区域的另一个目录同时也有 `{id}`", "another catalogue of the area has `{id}` at the same time"),
                )
                .label(place(register.get(*other), same.index), text!("另一个在这里", "the other one is here"))
                .help(text!(
                    "给旧目录写 `effective` 的截止日期，或删去一个",
                    "give the older catalogue a last day in `effective`, or delete one of the two"
                )),
            );
        }
    }
}

/// Checks the item of the catalogue that a disclosure names.
pub(super) fn disclosure(register: &Register, record: &Record, disclosure: &Disclosure, diagnostics: &mut Vec<Diagnostic>) {
    let Some(id) = &disclosure.item else { return };
    let listed = register.listed_ids(&record.area);
    let Some((catalogue, index, item)) = listed.iter().find(|(_, _, item)| item.id == *id) else {
        let broken = register.broken().iter().any(|broken| {
            broken.kind.is_none_or(|kind| kind == Kind::Catalogue)
                && (broken.area.is_empty() || record.area == broken.area || record.area.starts_with(&format!("{}/", broken.area)))
        });
        if !broken {
            diagnostics.push(unknown(record, id, listed.iter().map(|(_, _, item)| item.id.as_str())));
        }
        return;
    };
    let catalogue = register.get(*catalogue);
    if item.fulfilment() != Fulfilment::Disclosure {
        diagnostics.push(other_record(record, catalogue, *index, item.fulfilment()));
    }
    if item.sphere != disclosure.sphere {
        diagnostics.push(other_sphere(record, catalogue, *index));
    }
}

/// Reports an item that no catalogue above the record lists.
fn unknown<'c>(record: &Record, id: &str, known: impl Iterator<Item = &'c str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let found = quote(id);
    let place = record.tree().place("item");
    let message = text!("公开目录中没有事项 `{found}`", "no catalogue of the area has an item `{found}`");
    let fault = Diagnostic::error("reference/unknown", place, message);
    let span = record.tree().get("item").map_or(place, |item| item.span);
    match closest(id, known.iter().copied()) {
        Some(near) => fault.help(text!("是不是 `{near}`？", "did you mean `{near}`?")).fix(
            text!("改为 `{near}`", "write `{near}`"),
            span,
            near.to_owned(),
        ),
        None if known.is_empty() => fault.help(text!(
            "本区域和上级区域都没有公开目录（`kind: catalogue`）；先写目录，或删去 `item`",
            "neither the area nor one above it has a catalogue (`kind: catalogue`): write one first, or delete `item`"
        )),
        None => {
            let known: Vec<String> = known.iter().map(|id| format!("`{id}`")).collect();
            fault.help(crate::language::Text::new(
                format!("目录事项有：{}", known.join("、")),
                format!("the items are {}", known.join(", ")),
            ))
        }
    }
}

/// Reports a disclosure that names an item which another kind of record fulfils.
fn other_record(record: &Record, catalogue: &Record, index: usize, by: Fulfilment) -> Diagnostic {
    let by = by.label();
    Diagnostic::error(
        "reference/mismatch",
        record.tree().place("item"),
        crate::language::Text::new(
            format!("这个目录事项由{}记录完成，不用公开事项记录", by.zh),
            format!("this item is fulfilled by a record of kind {}, not by a disclosure", by.en),
        ),
    )
    .label(catalogue.tree().place(&format!("items[{index}].fulfilled_by")), text!("目录在这里", "the catalogue says so here"))
    .help(text!("删去 `item`，或改目录的 `fulfilled_by`", "delete `item`, or change `fulfilled_by` of the catalogue"))
}

/// Reports a disclosure whose sphere is not that of its item.
fn other_sphere(record: &Record, catalogue: &Record, index: usize) -> Diagnostic {
    Diagnostic::error(
        "reference/mismatch",
        record.tree().place("sphere"),
        text!("领域与目录事项的不同", "the sphere is not that of the item of the catalogue"),
    )
    .label(catalogue.tree().place(&format!("items[{index}].sphere")), text!("目录中的领域", "the sphere in the catalogue"))
    .help(text!("改正 `sphere` 或 `item`", "correct `sphere` or `item`"))
}
