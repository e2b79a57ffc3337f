//! The press: makes a PDF of a sheet with the theme's template, by Typst.
//!
//! A template sees virtual files only: the templates of the theme, its view and the names of the families of type. It has no disk,
//! no network, no clock. The text of records reaches it as JSON strings and is set as it stands, whatever it holds. Every
//! warning is a fault, and so are a character that no font has and a page that was not planned.

mod fault;
mod fonts;
mod run;
mod world;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use typst::diag::Warned;
use typst::foundations::{Label, Selector, Smart};
use typst::introspection::Introspector as _;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use fault::{Fault, Missing};
pub use fonts::{Face, Fonts, faces};
pub use run::run;

use super::sheet::Written;
use super::view::Pages;
use crate::language::Language;
use crate::site::labels::Labels;
use fonts::Type;
use world::{Desk, Templates};

/// The size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// The size that the sheet is made for.
    #[default]
    Own,
    /// A4.
    A4,
    /// A3.
    A3,
}

impl Paper {
    /// Returns the name that templates know (`auto`, `a4`, `a3`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "auto",
            Self::A4 => "a4",
            Self::A3 => "a3",
        }
    }
}

/// A printed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// A press with its type and its templates.
pub struct Press {
    r#type: Type,
    templates: Templates,
    labels: BTreeMap<Language, Value>,
}

impl Press {
    /// Sets up a press with the `sheets` of a theme (templates by file name), its labels, and fonts.
    pub fn new<'l>(
        sheets: &BTreeMap<String, String>,
        labels: impl IntoIterator<Item = (Language, &'l Labels)>,
        fonts: Fonts,
    ) -> Self {
        let labels = labels.into_iter().map(|(language, labels)| (language, labels.tree()["sheets"].clone())).collect();
        let r#type = Type::new(fonts);
        Self { templates: Templates::new(sheets, &r#type), r#type, labels }
    }

    /// Returns the characters of a sheet that no font of the press has.
    pub fn lacks(&self, sheet: &Written) -> BTreeSet<char> {
        let mut found = BTreeSet::new();
        texts(&sheet.view, "", &mut |_, text| found.extend(text.chars().filter(|c| !self.r#type.has(*c))));
        found
    }

    /// Prints sheets, each on pages of its own, as one file. All of them are of one kind and one language.
    ///
    /// # Errors
    ///
    /// The first fault: characters that no font has, a template that cannot be used, more pages than planned.
    pub fn print(&self, sheets: &[&Written], language: Language, paper: Paper) -> Result<Printed, Fault> {
        let document = self.set(sheets, language, paper)?;
        let pdf = typst_pdf::pdf(&document, &options(sheets)).map_err(|errors| fault::export(&errors, sheets))?;
        Ok(Printed { pdf, pages: document.pages().len() })
    }

    /// Sets sheets in type: the pages before they are a PDF.
    fn set(&self, sheets: &[&Written], language: Language, paper: Paper) -> Result<PagedDocument, Fault> {
        for sheet in sheets {
            self.check_characters(sheet)?;
        }
        let Some(first) = sheets.first() else { return Err(Fault::Empty) };
        let view: Vec<Value> = sheets.iter().map(|sheet| self.view(sheet, language, paper)).collect();
        let desk = Desk::new(&self.r#type, &self.templates, first.sheet, Value::Array(view), about(sheets));
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&desk);
        let document = output.map_err(|errors| fault::template(&desk, &errors, first))?;
        if !warnings.is_empty() {
            return Err(fault::template(&desk, &warnings, first));
        }
        check_pages(&document, sheets)?;
        Ok(document)
    }

    /// Reports the characters of a sheet that no font has.
    fn check_characters(&self, sheet: &Written) -> Result<(), Fault> {
        let mut missing = Vec::new();
        texts(&sheet.view, "", &mut |path, text| {
            let lacking: BTreeSet<char> = text.chars().filter(|c| !self.r#type.has(*c)).collect();
            missing.extend(lacking.into_iter().map(|character| Missing { field: path.to_owned(), character }));
        });
        if missing.is_empty() { Ok(()) } else { Err(Fault::Characters { record: sheet.meta.record.clone(), missing }) }
    }

    /// Lays labels and paper over a view.
    fn view(&self, sheet: &Written, language: Language, paper: Paper) -> Value {
        let mut view = sheet.view.clone();
        if let Value::Object(map) = &mut view {
            map.insert("labels".to_owned(), self.labels(sheet.sheet.name(), language));
            map.insert("paper".to_owned(), json!(paper.name()));
        }
        view
    }

    /// Returns the labels of a sheet: those of all sheets with its own laid over them.
    fn labels(&self, sheet: &str, language: Language) -> Value {
        let all = self.labels.get(&language);
        let section = |name: &str| all.and_then(|all| all.get(name)).and_then(Value::as_object).cloned().unwrap_or_default();
        let mut labels: Map<String, Value> = section("common");
        labels.extend(section(sheet));
        Value::Object(labels)
    }
}

/// Says what the document is: the sheet's own words, or those that several sheets share.
fn about(sheets: &[&Written]) -> Value {
    let Some(first) = sheets.first() else { return Value::Null };
    let mut keywords: Vec<&String> = sheets.iter().flat_map(|sheet| &sheet.meta.keywords).collect();
    let mut seen = BTreeSet::new();
    keywords.retain(|word| seen.insert(*word));
    let date = sheets.iter().filter_map(|sheet| sheet.meta.date).max_by_key(|day| (day.year, day.month, day.day));
    json!({
        "title": if sheets.len() == 1 { first.meta.title.clone() } else { format!("{} (+{})", first.meta.title, sheets.len() - 1) },
        "author": first.meta.author,
        "keywords": keywords,
        "date": date,
        "lang": first.meta.lang,
        "region": first.meta.region,
    })
}

/// Reports the first sheet that takes more pages than were planned.
fn check_pages(document: &PagedDocument, sheets: &[&Written]) -> Result<(), Fault> {
    let introspector = document.introspector();
    let starts = Label::new(typst::utils::PicoStr::intern(world::START)).map(Selector::Label);
    let found = starts.map(|label| introspector.query(&label)).unwrap_or_default();
    let page = |content: &typst::foundations::Content| introspector.page(content.location()?).map(std::num::NonZeroUsize::get);
    let begins: Vec<usize> = found.iter().filter_map(page).collect();
    let ends = begins.iter().skip(1).copied().chain([document.pages().len() + 1]);
    for (sheet, (begin, end)) in sheets.iter().zip(begins.iter().zip(ends)) {
        let pages = end.saturating_sub(*begin).max(1);
        if sheet.meta.pages == Pages::One && pages > 1 {
            return Err(Fault::Pages { record: sheet.meta.record.clone(), sheet: sheet.sheet, pages });
        }
    }
    Ok(())
}

/// What every PDF says and keeps to: tagged, PDF/UA-1 for readers of screens and PDF/A-2a for archives, the same bytes each time.
fn options(sheets: &[&Written]) -> PdfOptions {
    let ident = sheets.iter().map(|sheet| format!("{} {}", sheet.sheet.name(), sheet.meta.record)).collect::<Vec<_>>().join("\n");
    PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        // Both ask for PDF 1.7 at most, so they go together.
        standards: PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).unwrap_or_default(),
        ..PdfOptions::default()
    }
}

/// The program that a PDF names as its maker, by which it is known again.
pub const CREATOR: &str = concat!("gongshi ", env!("CARGO_PKG_VERSION"));

/// Tells of every text of a view, with its path. Drawings and what documents say of themselves are not set in type.
fn texts(value: &Value, path: &str, tell: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::String(text) => tell(path, text),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| texts(item, &format!("{path}[{i}]"), tell)),
        Value::Object(map) => {
            for (key, item) in map.iter().filter(|(key, _)| !(path.is_empty() && *key == "meta") && *key != "qr") {
                texts(item, &if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, tell);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
