//! All that is wrong in one run: files that cannot be read as records are judged as they would be without their faults.
//!
//! Nothing of this is published: while a file has an error there is no edition. It only spares an author a second run.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::edition;
use crate::diagnostic::{Diagnostic, Severity};
use crate::record::{Broken, Record};
use crate::register::{RecordIx, Register, Resolution};
use crate::source::{Attachment, FileId, Files};
use crate::verdict::Judgement;
use crate::workflow::Workflows;

/// What judging rests on besides the records.
pub(super) struct Ground<'g> {
    pub(super) files: &'g Files,
    pub(super) attachments: &'g [Attachment],
    pub(super) workflows: &'g Workflows,
    pub(super) as_of: Date,
    pub(super) now: Date,
}

/// Returns what is wrong besides with files that cannot be read, and with what they name or are named by.
///
/// Where the faults of a file show what was meant, all is told that their mending would leave. Where nobody knows what was meant,
/// only those errors are told that stand in the file whatever it was.
pub(super) fn besides(register: &Register, ground: &Ground<'_>) -> Vec<Diagnostic> {
    let broken = register.broken();
    let files_of = |readings: usize| -> BTreeSet<FileId> {
        broken.iter().filter(|broken| broken.surmised.len() == readings).map(|broken| broken.file).collect()
    };
    let (plain, open) = (files_of(1), files_of(2));
    let mut found = Vec::new();
    if !plain.is_empty() {
        found = judged(register, &|broken| broken.surmised.first().filter(|_| plain.contains(&broken.file)), ground);
    }
    if !open.is_empty() {
        let low = judged(register, &|broken| broken.surmised.first(), ground);
        let high = judged(register, &|broken| broken.surmised.last(), ground);
        let certain = |fault: &Diagnostic| fault.severity == Severity::Error && open.contains(&fault.span.file);
        found.extend(low.into_iter().filter(|fault| certain(fault) && high.contains(fault)));
    }
    found
}

/// Judges the site with a record in the place of some broken files.
fn judged(register: &Register, mended: &dyn Fn(&Broken) -> Option<&Record>, ground: &Ground<'_>) -> Vec<Diagnostic> {
    let (mut records, mut broken): (Vec<Arc<Record>>, _) = (register.shared().to_vec(), Vec::new());
    let mut files = BTreeSet::new();
    for fault in register.broken() {
        match mended(fault) {
            Some(record) => {
                files.insert(fault.file);
                records.push(Arc::new(record.clone()));
            }
            None => broken.push(fault.clone()),
        }
    }
    let resolution = Resolution::new(records, broken, ground.attachments, ground.files);
    let near = near(&resolution.register, &files);
    let mut found: Vec<Diagnostic> = resolution.diagnostics().cloned().collect();
    found.extend(near.iter().flat_map(|ix| resolution.register.check_future_of(*ix, ground.now)));
    edition::check(&resolution.register, &edition::masker(&resolution.register), &mut found);
    found.extend(Judgement::of(&resolution.register, ground.workflows, ground.as_of, &near).diagnostics());
    found
}

/// Returns the records of some files, with what those name and are named by, twice over, and the places above.
fn near(register: &Register, files: &BTreeSet<FileId>) -> Vec<RecordIx> {
    let own = register.records().filter(|(_, record)| files.contains(&record.file)).map(|(ix, _)| ix);
    let mut near: BTreeSet<RecordIx> = own.collect();
    for _ in 0..2 {
        let around = near.iter().flat_map(|ix| {
            let named = register.links(*ix).iter().map(|link| link.to);
            named.chain(register.links_to(*ix).iter().map(|link| link.from))
        });
        let around: Vec<RecordIx> = around.collect();
        near.extend(around);
    }
    let areas: BTreeSet<RecordIx> = near.iter().filter_map(|ix| register.area(&register.get(*ix).area)).collect();
    near.into_iter().chain(areas).collect::<BTreeSet<_>>().into_iter().collect()
}
