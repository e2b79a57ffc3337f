//! What a file's own numbers and dates, and those of the records that it names, cannot contradict.
//!
//! These rules hold for every procedure, so they are Rust; what a procedure asks for is in its pack.

mod area;
mod assessment;
mod dates;
mod finance;
mod inquiry;
mod matter;
mod meeting;
mod opinions;
mod survey;

use super::{RecordIx, Register};
use crate::diagnostic::Diagnostic;
use crate::record::{Data, Record};

pub(super) use dates::future;

/// Checks every record.
pub(super) fn check(register: &Register, diagnostics: &mut Vec<Diagnostic>) {
    super::identity::levels(register, diagnostics);
    for (ix, record) in register.records() {
        dates::order(record, diagnostics);
        one(register, ix, record, diagnostics);
    }
}

/// Checks one record by its kind.
fn one(register: &Register, ix: RecordIx, record: &Record, diagnostics: &mut Vec<Diagnostic>) {
    match &record.data {
        Data::Area(data) => area::check(record, data, diagnostics),
        Data::Opinions(data) => opinions::check(record, data, diagnostics),
        Data::Matter(data) => matter::check(register, ix, record, data, diagnostics),
        Data::Meeting(data) => meeting::check(register, record, data, diagnostics),
        Data::Contract(data) => assessment::contract(record, data, diagnostics),
        Data::Assessment(data) => assessment::check(register, ix, record, data, diagnostics),
        Data::Finance(data) => finance::check(record, data, diagnostics),
        Data::Inquiry(data) => inquiry::check(register, ix, record, data, diagnostics),
        Data::Survey(data) => survey::alone(record, data, diagnostics),
        Data::Site(_) | Data::Calendar(_) | Data::Case(_) | Data::Disclosure(_) => {}
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
        Diagnostic::error(rule, record.tree.place(at), message)
            .label(record.tree.place(whole_at), label)
            .help(crate::text!("对照原始记录，改正其中一个数", "compare with the original and correct one of the two")),
    )
}
