//! What a file's own numbers and dates, and those of the records that it names, cannot contradict.
//!
//! These rules hold for every procedure, so they are Rust; what a procedure asks for is in its pack.

mod area;
mod assessment;
mod calendar;
mod catalogue;
mod dates;
mod delegates;
mod election;
mod finance;
mod inquiry;
mod matter;
mod meeting;
mod opinions;
mod programme;
mod site;
mod survey;

use std::collections::BTreeSet;

use super::{RecordIx, Register};
use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::record::{Data, Record};

pub(super) use dates::{future, future_of};

/// Checks one record; `drafts` are not published.
pub(super) fn check(register: &Register, ix: RecordIx, drafts: &BTreeSet<RecordIx>) -> Vec<Diagnostic> {
    let (record, mut faults) = (register.get(ix), Vec::new());
    dates::order(record, &mut faults);
    rests_on(register, ix, drafts, &mut faults);
    one(register, ix, record, &mut faults);
    faults
}

/// Reports what a published record rests on and is not published. A meeting and a register of opinions rest on nothing: a matter
/// that they name may still be in the making.
fn rests_on(register: &Register, ix: RecordIx, drafts: &BTreeSet<RecordIx>, diagnostics: &mut Vec<Diagnostic>) {
    if drafts.contains(&ix) || matches!(register.get(ix).kind, Kind::Meeting | Kind::Opinions) {
        return;
    }
    for link in register.links(ix).iter().filter(|link| drafts.contains(&link.to)) {
        let name = &register.get(link.to).name;
        diagnostics.push(
            Diagnostic::error(
                "reference/draft",
                link.span,
                crate::text!("`{name}` 是草稿，不会公开", "`{name}` is a draft, which is not published"),
            )
            .help(crate::text!(
                "`{name}` 定稿后删去它的 `draft`，或者把本记录也设为草稿",
                "delete `draft` there once it is ready, or make this record a draft too"
            )),
        );
    }
}

/// Checks one record by its kind.
fn one(register: &Register, ix: RecordIx, record: &Record, diagnostics: &mut Vec<Diagnostic>) {
    match record.data() {
        Data::Area(data) => area::check(record, data, diagnostics),
        Data::Opinions(data) => opinions::check(record, data, diagnostics),
        Data::Matter(data) => matter::check(register, ix, record, data, diagnostics),
        Data::Meeting(data) => meeting::check(register, record, data, diagnostics),
        Data::Contract(data) => assessment::contract(record, data, diagnostics),
        Data::Assessment(data) => assessment::check(register, ix, record, data, diagnostics),
        Data::Finance(data) => finance::check(record, data, diagnostics),
        Data::Inquiry(data) => inquiry::check(register, ix, record, data, diagnostics),
        Data::Survey(data) => survey::alone(record, data, diagnostics),
        Data::Delegates(data) => delegates::check(register, ix, record, data, diagnostics),
        Data::Election(data) => election::check(register, ix, record, data, diagnostics),
        Data::Site(data) => site::check(record, data, diagnostics),
        Data::Calendar(data) => calendar::check(record, data, diagnostics),
        Data::Programme(data) => programme::check(record, data, diagnostics),
        Data::Catalogue(data) => catalogue::check(register, ix, record, data, diagnostics),
        Data::Disclosure(data) => catalogue::disclosure(register, record, data, diagnostics),
        Data::Case(_) => {}
    }
}

/// Reports a number that is larger than the number that it is a part of.
fn exceeds(
    record: &Record,
    rule: &'static str,
    (part, part_name): (u64, &str),
    (whole, whole_name): (u64, &str),
    (at, whole_at): (&str, &str),
) -> Option<Diagnostic> {
    if part <= whole {
        return None;
    }
    let message = crate::text!(
        "`{part_name}` 为 {part}，多于 `{whole_name}` 的 {whole}",
        "`{part_name}` is {part}, which is more than `{whole_name}`, {whole}"
    );
    let label = crate::text!("`{whole_name}` 为 {whole}", "`{whole_name}` is {whole}");
    Some(
        Diagnostic::error(rule, record.tree().place(at), message)
            .label(record.tree().place(whole_at), label)
            .help(crate::text!("对照原始记录，改正其中一个数", "compare with the original and correct one of the two")),
    )
}
