//! From records to the register: stable order, identity, references and their reverse.

use std::collections::{BTreeMap, BTreeSet};

use super::{BackLink, Link, RecordIx, Register, reference};
use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::record::{Broken, Record, Site};
use crate::source::Files;

/// Puts the records of a site together: resolves their references and checks what only shows between or within whole records.
///
/// `attachments` are the paths of the files beside the records, relative to the site folder.
pub fn resolve(
    mut records: Vec<Record>,
    broken: Vec<Broken>,
    _attachments: &BTreeSet<String>,
    _files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Register {
    records.sort_by(|a, b| a.id.cmp(&b.id).then(a.file.cmp(&b.file)));
    records.dedup_by(|later, first| later.id == first.id);
    let mut register = index(records, broken);
    link(&mut register, diagnostics);
    sort_by_date(&mut register);
    register
}

/// Numbers the records and finds their places.
fn index(records: Vec<Record>, broken: Vec<Broken>) -> Register {
    let count = records.len();
    let mut register = Register {
        records,
        broken,
        site: None,
        fallback: Site::default(),
        by_id: BTreeMap::new(),
        children: BTreeMap::new(),
        by_kind: BTreeMap::new(),
        links: vec![Vec::new(); count],
        back: vec![Vec::new(); count],
        body_links: vec![Vec::new(); count],
        attachments: vec![Vec::new(); count],
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
