//! The sheets that a site carries: which of them there are, and how each is made when somebody asks for it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::build::Stock;
use super::{CAN_PRINT, Fault};
use crate::calendar::{Cycle, Period};
use crate::field::Kind;
use crate::language::{Language, Text};
use crate::print::{self, Job, Of, Sheet, Subject, Written};
use crate::register::RecordIx;
use crate::site::Scribe;
use crate::site::address::Address;
use crate::site::papers::{Paper, Papers};
use crate::site::rows::Rows;

/// The ending of a sheet of paper.
const PDF: &str = "pdf";

/// The ending of a text that people read. What is for editing or for machines is no part of a site.
const SCRIPT: &str = "txt";

/// A file that is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    sheet: Sheet,
    subject: Subject,
    extension: &'static str,
}

impl Item {
    /// Returns the record whose page leads to it.
    fn of(&self) -> RecordIx {
        let (Subject::Record(ix) | Subject::Place(ix, _)) = self.subject;
        ix
    }

    fn paper(&self) -> Paper {
        let name = self.sheet.name();
        let period = match self.subject {
            Subject::Place(_, period) => Some(period),
            Subject::Record(_) => None,
        };
        let label = period.map_or_else(|| self.sheet.label(), |period| labelled(&self.sheet.label(), period));
        let before = period.map(|period| format!("{}.", period.to_string().to_lowercase())).unwrap_or_default();
        Paper { of: self.of(), label, tail: format!("{before}{name}.{}", self.extension) }
    }

    fn job(&self, language: Language) -> Job {
        Job { sheet: self.sheet, subject: self.subject, language, stem: String::new() }
    }
}

/// Names a sheet of a place with its period.
fn labelled(sheet: &Text, period: Period) -> Text {
    let when = period.label();
    Text::new(format!("{}{}", when.zh, sheet.zh), format!("{}, {}", sheet.en, when.en))
}

/// The sheets of a site, in the order of their [`Papers`].
#[derive(Debug, Clone, Default)]
pub(super) struct Paperwork {
    items: Vec<Item>,
    machine: machine::Machine,
}

impl Paperwork {
    /// Finds out what is printed of an edition: the sheets that `site.yaml` names, of what has anything to print. Of what has not
    /// `changed` since `before`, that is the same.
    pub(super) fn new(folder: &Path, stock: &Stock, before: Option<(&Self, &Stock, &BTreeSet<RecordIx>)>) -> Result<Self, Fault> {
        let sheets: Vec<Sheet> = sheets(stock);
        if sheets.is_empty() {
            return Ok(Self::default());
        }
        let register = &stock.edition.register;
        let rows = Rows::new(register.records().len());
        let language = stock.plan.languages.first().copied().unwrap_or_default();
        let scribe = &stock.scribe(language, Address::file("index.html"), &rows);
        // A sheet may show what its record refers to and what refers to that.
        let touched = before.map(|(old, _, changed)| {
            let referring = changed.iter().flat_map(|ix| register.links_to(*ix)).map(|link| link.from);
            let touched: BTreeSet<RecordIx> = referring.chain(changed.iter().copied()).collect();
            (old, touched)
        });
        let records: Vec<RecordIx> = stock.edition.published().map(|(ix, _)| ix).collect();
        let of_record = |ix: &RecordIx| match &touched {
            Some((old, touched)) if !touched.contains(ix) => old.of(*ix).to_vec(),
            _ => items(stock, scribe, &sheets, *ix),
        };
        let items = records.par_iter().flat_map_iter(of_record).collect();
        let machine = match before {
            Some((old, stock_before, _)) if Arc::ptr_eq(&stock.theme, &stock_before.theme) => old.machine.clone(),
            _ => machine::Machine::new(folder, stock)?,
        };
        Ok(Self { items, machine })
    }

    /// Writes down which files there are.
    pub(super) fn keep(&self) -> Option<Vec<u8>> {
        let items: Vec<(Sheet, Subject, bool)> =
            self.items.iter().map(|item| (item.sheet, item.subject, item.extension == PDF)).collect();
        postcard::to_allocvec(&items).ok()
    }

    /// Makes the sheets of an edition of what was kept of them.
    pub(super) fn woken(folder: &Path, stock: &Stock, kept: &[u8]) -> Option<Self> {
        let items: Vec<(Sheet, Subject, bool)> = postcard::from_bytes(kept).ok()?;
        if sheets(stock).is_empty() {
            return items.is_empty().then(Self::default);
        }
        let item = |(sheet, subject, is_pdf)| Item { sheet, subject, extension: if is_pdf { PDF } else { SCRIPT } };
        let machine = machine::Machine::new(folder, stock).ok()?;
        Some(Self { items: items.into_iter().map(item).collect(), machine })
    }

    /// Returns the files of a record.
    fn of(&self, ix: RecordIx) -> &[Item] {
        let (start, end) =
            (self.items.partition_point(|item| item.of() < ix), self.items.partition_point(|item| item.of() <= ix));
        &self.items[start..end]
    }

    /// Returns how many files there are in each language.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns the files by their records, for the pages that lead to them.
    pub(super) fn papers(&self) -> Papers {
        Papers::new(self.items.iter().map(Item::paper).collect())
    }

    /// Returns the digest of what all sheets share: templates, labels and fonts.
    pub(super) fn digest(&self) -> blake3::Hash {
        self.machine.digest()
    }

    /// Whether a file is set in type, which takes long and wants a thread of its own.
    pub(super) fn is_set_in_type(&self, number: usize) -> bool {
        self.items[number].extension == PDF
    }

    /// Returns the digest of what a file shows: equal digests, equal bytes.
    pub(super) fn digest_of(&self, number: usize, scribe: &Scribe) -> blake3::Hash {
        let item = &self.items[number];
        if item.extension != PDF {
            return blake3::hash(&text(item, scribe));
        }
        let written = print::write(scribe, &item.job(scribe.language));
        written.map_or_else(|| blake3::hash(b""), |sheet| digest_of(&sheet))
    }

    /// Makes a file.
    ///
    /// # Errors
    ///
    /// Why a sheet cannot be printed, with its record.
    pub(super) fn make(&self, number: usize, scribe: &Scribe) -> Result<Vec<u8>, Text> {
        let item = &self.items[number];
        if item.extension != PDF {
            return Ok(text(item, scribe));
        }
        let job = item.job(scribe.language);
        let Some(written) = print::write(scribe, &job) else { return Ok(Vec::new()) };
        self.machine.print(&written, &job, scribe)
    }
}

/// Takes the digest of a sheet that was written: equal digests, equal PDF.
fn digest_of(sheet: &Written) -> blake3::Hash {
    blake3::hash(format!("{:?}\n{}", sheet.meta, sheet.view).as_bytes())
}

/// Lists the sheets that `site.yaml` names and that this program can make.
fn sheets(stock: &Stock) -> Vec<Sheet> {
    let named = stock.edition.register.site().sheets.iter();
    named.filter_map(|named| Sheet::find(named.name())).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Lists the files that are printed of a record.
fn items(stock: &Stock, scribe: &Scribe, sheets: &[Sheet], ix: RecordIx) -> Vec<Item> {
    let kind = stock.edition.register.get(ix).kind;
    let mut items = Vec::new();
    for sheet in sheets {
        let subjects = match sheet.of() {
            Of::Records(kinds) if kinds.contains(&kind) => vec![Subject::Record(ix)],
            Of::Place if kind == Kind::Area => periods(stock).map(|period| Subject::Place(ix, period)).collect(),
            _ => Vec::new(),
        };
        for subject in subjects {
            let item = |extension| Item { sheet: *sheet, subject, extension };
            let job = item(PDF).job(scribe.language);
            if CAN_PRINT && print::write(scribe, &job).is_some() {
                items.push(item(PDF));
            }
            let texts = print::texts(scribe, &job).into_iter().map(|(extension, _)| extension);
            items.extend(texts.filter(|extension| *extension == SCRIPT).map(item));
        }
    }
    items
}

/// Returns the periods of which sheets of a place are printed: the quarter and the year before the day of the site, which are
/// over, and those that the day lies in; none from before the first record.
fn periods(stock: &Stock) -> impl Iterator<Item = Period> {
    let now = stock.edition.as_of;
    let of = |cycle| Period::of(cycle, now);
    let before = |cycle| of(cycle).first().yesterday().ok().map(|day| Period::of(cycle, day));
    let first = stock.statistics.years().first().copied();
    let all = [before(Cycle::Quarter), Some(of(Cycle::Quarter)), before(Cycle::Year), Some(of(Cycle::Year))];
    all.into_iter().flatten().filter(move |period| first.is_some_and(|first| first <= period.year()))
}

/// Writes the text of a file that is no sheet of paper.
fn text(item: &Item, scribe: &Scribe) -> Vec<u8> {
    let texts = print::texts(scribe, &item.job(scribe.language));
    let own = texts.into_iter().find(|(extension, _)| *extension == item.extension);
    own.map(|(_, text)| text.into_bytes()).unwrap_or_default()
}

#[cfg(feature = "print")]
mod machine {
    use std::path::Path;
    use std::sync::Arc;

    use super::super::Fault;
    use super::super::build::Stock;
    use super::super::print::{named_fonts, placed};
    use crate::language::Text;
    use crate::print::press::{Fonts, Paper, Press, run};
    use crate::print::{Job, Written};
    use crate::site::Scribe;

    /// What sets sheets in type: the theme's templates with the fonts of the program and of the site, none of the system's, so that
    /// a site is the same wherever it is built.
    #[derive(Clone, Default)]
    pub(super) struct Machine {
        press: Option<Arc<(Press, blake3::Hash)>>,
    }

    impl std::fmt::Debug for Machine {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Machine").finish_non_exhaustive()
        }
    }

    impl Machine {
        pub(super) fn new(folder: &Path, stock: &Stock) -> Result<Self, Fault> {
            let theme = &stock.theme;
            let (named, fonts) = named_fonts(folder, stock.edition.register.site())?;
            let labels = stock.plan.languages.iter().map(|language| (*language, theme.labels(*language)));
            let mut digest = blake3::Hasher::new();
            for (name, text) in theme.sheets() {
                digest.update(name.as_bytes()).update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
            }
            let digest = digest.update(fonts.as_bytes()).finalize();
            let press = Press::new(theme.sheets(), labels, Fonts { named, fallback: Vec::new() });
            Ok(Self { press: Some(Arc::new((press, digest))) })
        }

        pub(super) fn digest(&self) -> blake3::Hash {
            self.press.as_ref().map_or_else(|| blake3::hash(b""), |press| press.1)
        }

        pub(super) fn print(&self, written: &Written, job: &Job, scribe: &Scribe) -> Result<Vec<u8>, Text> {
            let Some(press) = &self.press else { return Ok(Vec::new()) };
            let mut made = Ok(Vec::new());
            // Setting type needs a deeper stack than threads usually have.
            run(
                1,
                1,
                |_| press.0.print(&[written], job.language, Paper::Own),
                |_, printed| {
                    made = printed.map(|printed| printed.pdf).map_err(|fault| placed(scribe.edition, job, fault).text());
                    true
                },
            );
            made
        }
    }
}

#[cfg(not(feature = "print"))]
mod machine {
    use std::path::Path;

    use super::super::Fault;
    use super::super::build::Stock;
    use crate::language::Text;
    use crate::print::{Job, Written};
    use crate::site::Scribe;

    /// Stands in for the press in a program without one: only texts are made.
    #[derive(Debug, Clone, Default)]
    pub(super) struct Machine;

    impl Machine {
        #[expect(clippy::unnecessary_wraps, reason = "the same signature with a press")]
        pub(super) fn new(_: &Path, _: &Stock) -> Result<Self, Fault> {
            Ok(Self)
        }

        #[expect(clippy::unused_self, reason = "the same signature with a press")]
        pub(super) fn digest(&self) -> blake3::Hash {
            blake3::hash(b"")
        }

        #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "the same signature with a press")]
        pub(super) fn print(&self, _: &Written, _: &Job, _: &Scribe) -> Result<Vec<u8>, Text> {
            Ok(Vec::new())
        }
    }
}
