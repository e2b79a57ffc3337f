//! From records to the register: stable order, identity, references and their reverse.

use std::collections::BTreeMap;

use super::{BackLink, Link, RecordIx, Register, body, identity, reference, rules};
use crate::calendar::Calendar;
use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::record::{Broken, Data, Record, Site};
use crate::source::{Attachment, Files};

/// Puts the records of a site together: resolves their references and checks what only shows between or within whole records.
///
/// `attachments` are the files beside the records.
pub fn resolve(
    mut records: Vec<Record>,
    broken: Vec<Broken>,
    attachments: &[Attachment],
    files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Register {
    records.sort_by(|a, b| a.id.cmp(&b.id).then(a.file.cmp(&b.file)));
    identity::check(&records, &broken, diagnostics);
    records.dedup_by(|later, first| later.id == first.id);
    let mut register = index(records, broken);
    link(&mut register, diagnostics);
    sort_by_date(&mut register);
    rules::check(&register, diagnostics);
    let attachments = attachments.iter().map(|attachment| attachment.path.clone()).collect();
    body::link(&mut register, &attachments, files, diagnostics);
    register
}

/// Numbers the records and finds their places.
fn index(records: Vec<Record>, broken: Vec<Broken>) -> Register {
    let count = records.len();
    let mut register = Register {
        broken,
        site: None,
        calendar: calendar(&records),
        fallback: Site::default(),
        by_id: BTreeMap::new(),
        children: BTreeMap::new(),
        by_kind: BTreeMap::new(),
        links: vec![Vec::new(); count],
        back: vec![Vec::new(); count],
        body_links: vec![Vec::new(); count],
        attachments: vec![Vec::new(); count],
        records,
    };
    for (i, record) in register.records.iter().enumerate() {
        let ix = RecordIx(i as u32);
        register.by_id.insert(record.id.clone(), ix);
        register.by_kind.entry((record.area.clone(), record.kind)).or_default().push(ix);
        if record.kind == Kind::Site {
            register.site = register.site.or(Some(ix));
        }
    }
    let above: Vec<(String, RecordIx)> = register
        .records()
        .filter(|(_, record)| record.kind == Kind::Area)
        .map(|(ix, record)| (parent(&register, &record.id), ix))
        .collect();
    for (parent, ix) in above {
        register.children.entry(parent).or_default().push(ix);
    }
    register
}

/// Puts the yearly calendars together.
fn calendar(records: &[Record]) -> Calendar {
    let mut calendar = Calendar::default();
    for record in records {
        if let Data::Calendar(year) = &record.data {
            let holidays: Vec<_> = year.holidays.iter().map(|holiday| (holiday.from, holiday.to)).collect();
            calendar.add_year(i16::try_from(year.year).unwrap_or(i16::MAX), &holidays, &year.working_weekends);
        }
    }
    calendar
}

/// Returns the path of the nearest area above an area, empty at the top.
fn parent(register: &Register, area: &str) -> String {
    register.ancestors(area).first().map_or_else(String::new, |ix| register.get(*ix).id.clone())
}

/// Resolves every reference, and the reverse.
fn link(register: &mut Register, diagnostics: &mut Vec<Diagnostic>) {
    let links: Vec<Vec<Link>> = register.records().map(|(ix, _)| reference::links(register, ix, diagnostics)).collect();
    for (from, links) in links.iter().enumerate() {
        for link in links {
            let back = BackLink { from: RecordIx(from as u32), path: link.path.clone(), opinion: link.opinion };
            register.back[link.to.0 as usize].push(back);
        }
    }
    register.links = links;
}

/// Puts the records of each area and kind in the order of their dates, those without a date last.
fn sort_by_date(register: &mut Register) {
    let dates: Vec<_> = register.records().map(|(ix, _)| register.date_of(ix)).collect();
    for list in register.by_kind.values_mut() {
        list.sort_by_key(|ix| (dates[ix.0 as usize].is_none(), dates[ix.0 as usize], *ix));
    }
}
