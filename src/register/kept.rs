//! A resolution as it is kept: where references lead, and what is wrong, so that after an edit only what it touches is resolved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::resolve::{Found, Resolution, index, reverse, sort_lists};
use super::{BodyLink, Link, RecordIx};
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::source::Attachment;

/// What is kept of a resolution besides the records.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    links: Arc<Vec<Arc<[Link]>>>,
    body_links: Arc<Vec<Vec<BodyLink>>>,
    attachments: Arc<Vec<Vec<String>>>,
    dates: Arc<Vec<Option<Date>>>,
    unused: Vec<Diagnostic>,
    /// What is wrong with the records of which anything is.
    of_records: BTreeMap<RecordIx, Found>,
    drafts: BTreeSet<RecordIx>,
}

impl Resolution {
    /// Writes down what is kept; nothing of one in which names are wrong or files cannot be read.
    pub fn keep(&self) -> Option<Kept> {
        let Self { register, general, unused, of_records, drafts, .. } = self;
        let sound = general.is_empty() && register.broken().is_empty();
        sound.then(|| Kept {
            links: Arc::clone(&register.links),
            body_links: Arc::clone(&register.body_links),
            attachments: Arc::clone(&register.attachments),
            dates: Arc::clone(&register.dates),
            unused: unused.clone(),
            of_records: of_records.clone(),
            drafts: drafts.clone(),
        })
    }

    /// Makes a resolution of the same records, in the order of their ids, of what was kept of it; `None` where these are others.
    pub fn woken(kept: Kept, records: Vec<Arc<Record>>, attachments: &[Attachment]) -> Option<Self> {
        let Kept { links, body_links, attachments: listed, dates, unused, of_records, drafts } = kept;
        let count = records.len();
        let known = |ix: RecordIx| (ix.0 as usize) < count;
        let all = [links.len(), body_links.len(), listed.len(), dates.len()].iter().all(|length| *length == count);
        let inside = links.par_iter().all(|links| links.iter().all(|link| known(link.to)));
        if !all || !inside || !of_records.keys().all(|ix| known(*ix)) || !drafts.iter().all(|ix| known(*ix)) {
            return None;
        }
        let (mut register, back) = rayon::join(|| index(records, Vec::new()), || reverse(&links));
        sort_lists(&mut register, &dates);
        register.back = Arc::new(back);
        (register.links, register.body_links, register.attachments, register.dates) = (links, body_links, listed, dates);
        let attachments = Arc::new(attachments.iter().map(|attachment| attachment.path.clone()).collect());
        Some(Self { register, general: Vec::new(), unused, of_records, attachments, drafts })
    }
}
