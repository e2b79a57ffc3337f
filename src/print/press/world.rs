//! All that a template can see: its theme's templates, its view, and what type there is.

use std::collections::BTreeMap;

use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::fonts::Type;
use crate::print::Sheet;

/// The label of the place where a sheet begins.
pub(super) const START: &str = "gongshi-sheet";

/// The folder of the templates.
const SHEETS: &str = "/sheets/";

/// The templates of a theme, parsed, and the library of Typst.
pub(super) struct Templates {
    library: LazyHash<Library>,
    sources: BTreeMap<String, Source>,
    /// One main file a sheet.
    mains: Vec<Source>,
    families: Bytes,
}

impl Templates {
    /// Parses the templates; each kind of sheet gets its main file.
    pub(super) fn new(sheets: &BTreeMap<String, String>, r#type: &Type) -> Self {
        let source = |path: &str, text: &str| Some(Source::new(id(path)?, text.to_owned()));
        let file = |(name, text): (&String, &String)| {
            let path = format!("{SHEETS}{name}");
            Some((path.clone(), source(&path, text)?))
        };
        let mains = Sheet::ALL.iter().filter_map(|sheet| source(&main_path(*sheet), &main_file(*sheet)));
        Self {
            library: LazyHash::new(Library::default()),
            sources: sheets.iter().filter_map(file).collect(),
            mains: mains.collect(),
            families: Bytes::from_string(Value::from(r#type.families()).to_string()),
        }
    }
}

/// Returns the id of a virtual file; the same path always has the same.
fn id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

/// Returns the path of the main file of a sheet.
fn main_path(sheet: Sheet) -> String {
    format!("/{}.typ", sheet.name())
}

/// Writes the main file of a sheet: it says what the document is, and renders each view on pages of its own.
fn main_file(sheet: Sheet) -> String {
    let name = sheet.name();
    format!(
        "#import \"{SHEETS}{name}.typ\": render\n\
         #let about = json(\"/about.json\")\n\
         #set document(title: about.title, author: about.author, keywords: about.keywords, \
         date: if about.date == none {{ none }} else {{ datetime(..about.date) }})\n\
         #set text(lang: about.lang, region: about.region)\n\
         #for view in json(\"/view.json\") {{\n  pagebreak(weak: true)\n  \
         [#metadata(view.meta.record)<{START}>]\n  counter(page).update(1)\n  render(view)\n}}\n"
    )
}

/// One sheet, or several of one kind, on the desk.
pub(super) struct Desk<'a> {
    r#type: &'a Type,
    templates: &'a Templates,
    main: Source,
    view: Bytes,
    about: Bytes,
}

impl<'a> Desk<'a> {
    /// Lays the views of sheets of one kind on the desk.
    pub(super) fn new(r#type: &'a Type, templates: &'a Templates, sheet: Sheet, view: Value, about: Value) -> Self {
        let json = |value: Value| Bytes::from_string(value.to_string());
        // There is a main file for every kind of sheet.
        let main = templates.mains.get(sheet as usize).cloned().unwrap_or_else(|| Source::detached(main_file(sheet)));
        Self { r#type, templates, main, view: json(view), about: json(about) }
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.templates.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.r#type.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let path = id.get().vpath().get_with_slash();
        self.templates.sources.get(path).cloned().ok_or_else(|| FileError::NotFound(path.to_owned().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath().get_with_slash();
        match path {
            "/view.json" => Ok(self.view.clone()),
            "/about.json" => Ok(self.about.clone()),
            "/fonts.json" => Ok(self.templates.families.clone()),
            _ => self.source(id).map(|source| Bytes::from_string(source.text().to_owned())),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.r#type.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
