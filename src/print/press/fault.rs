//! What keeps a sheet from being printed, and what to do about it.

use typst::World as _;
use typst::diag::{Severity, SourceDiagnostic};

use super::world::Desk;
use crate::language::Text;
use crate::print::Sheet;
use crate::print::sheet::Written;
use crate::text;
use typst::WorldExt as _;

/// Why nothing was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There was nothing to print.
    Empty,
    /// Characters that no font has.
    Characters {
        /// The record.
        record: String,
        /// Each with the field that holds it.
        missing: Vec<Missing>,
    },
    /// More pages than planned.
    Pages {
        /// The record.
        record: String,
        /// The kind of sheet.
        sheet: Sheet,
        /// How many pages it would take.
        pages: usize,
    },
    /// A template that cannot be used, or that warns.
    Template {
        /// The record that was to be printed.
        record: String,
        /// The file with line and column (`sheets/notice.typ:12:3`); the sheet's own file where the place is unknown.
        place: String,
        /// What Typst says.
        message: String,
        /// What Typst advises; may be empty.
        hint: String,
    },
    /// A document that breaks the rules of PDF/A or PDF/UA.
    Export {
        /// The record.
        record: String,
        /// The kind of sheet.
        sheet: Sheet,
        /// What Typst says.
        message: String,
    },
}

/// A character that no font has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The field of the record, or of the view where the record does not hold it.
    pub field: String,
    /// The character.
    pub character: char,
}

impl Fault {
    /// Returns the record that was to be printed.
    pub fn record(&self) -> Option<&String> {
        match self {
            Self::Empty => None,
            Self::Characters { record, .. }
            | Self::Pages { record, .. }
            | Self::Template { record, .. }
            | Self::Export { record, .. } => Some(record),
        }
    }

    /// Says what is wrong and what to do.
    pub fn text(&self) -> Text {
        match self {
            Self::Empty => text!("没有可以打印的内容", "there is nothing to print"),
            Self::Characters { record, missing } => characters(record, missing),
            Self::Pages { record, sheet, pages } => {
                let (zh, en) = (sheet.label().zh, sheet.name());
                text!(
                    "`{record}`：{zh}应当只有一页，排出来有 {pages} 页；用 `--paper a3`，或者缩短标题和正文",
                    "`{record}`: a `{en}` is one page, and this one takes {pages}: print it with `--paper a3`, or shorten title and text"
                )
            }
            Self::Template { record, place, message, hint } => {
                let (zh, en) = if hint.is_empty() { Default::default() } else { (format!("；{hint}"), format!("; {hint}")) };
                text!(
                    "主题的 `{place}`：{message}{zh}（打印 `{record}` 时）；改好这个文件，或者删去站点自己的一份，改用内置的",
                    "`{place}` of the theme: {message}{en} (printing `{record}`); mend the file, or remove the site's own copy of it to use the built-in one"
                )
            }
            Self::Export { record, sheet, message } => {
                let (zh, en) = (sheet.label().zh, sheet.name());
                text!(
                    "`{record}`：{zh}不符合 PDF/A-2a 或 PDF/UA-1：{message}；请检查模板 `sheets/{en}.typ`",
                    "`{record}`: this `{en}` breaks the rules of PDF/A-2a or PDF/UA-1: {message}; look at the template `sheets/{en}.typ`"
                )
            }
        }
    }
}

/// Says which characters no font has.
fn characters(record: &str, missing: &[Missing]) -> Text {
    let each = |missing: &Missing| {
        let Missing { field, character } = missing;
        let code = format!("U+{:04X}", u32::from(*character));
        let shown = if character.is_control() { String::new() } else { format!("“{character}”") };
        text!("\n  `{field}`：{shown}（{code}）", "\n  `{field}`: {shown} ({code})")
    };
    let (zh, en): (Vec<String>, Vec<String>) = missing.iter().map(each).map(|Text { zh, en }| (zh, en)).unzip();
    let (zh, en) = (zh.concat(), en.concat());
    text!(
        "`{record}`：有的字没有字体可用，未打印：{zh}\n  在 `site.yaml` 的 `fonts` 中写明有这些字的字体文件；只用 `gongshi print` 打印的，装上这样的字体也行",
        "`{record}`: no font has these characters, so nothing was printed:{en}\n  name a font file that has them in `site.yaml` under `fonts`; for `gongshi print` it is enough to install one"
    )
}

/// Makes the fault of a template of the first error or warning.
pub(super) fn template(desk: &Desk, found: &[SourceDiagnostic], sheet: &Written) -> Fault {
    let worst = found.iter().find(|diagnostic| diagnostic.severity == Severity::Error).or_else(|| found.first());
    let hint = worst.map(|diagnostic| diagnostic.hints.iter().map(|hint| hint.v.as_str()).collect::<Vec<_>>().join("; "));
    Fault::Template {
        record: sheet.meta.record.clone(),
        place: worst
            .and_then(|diagnostic| place(desk, diagnostic))
            .unwrap_or_else(|| format!("sheets/{}.typ", sheet.sheet.name())),
        message: worst.map(|diagnostic| diagnostic.message.to_string()).unwrap_or_default(),
        hint: hint.unwrap_or_default(),
    }
}

/// Returns the place of a diagnostic in the templates (`sheets/notice.typ:12:3`).
fn place(desk: &Desk, diagnostic: &SourceDiagnostic) -> Option<String> {
    let file = diagnostic.span.id()?;
    let source = desk.source(file).ok()?;
    let start = desk.range(diagnostic.span)?.start;
    let (line, column) = source.lines().byte_to_line_column(start)?;
    Some(format!("{}:{}:{}", file.get().vpath().get_without_slash(), line + 1, column + 1))
}

/// Makes the fault of a document that breaks the rules of its standards.
pub(super) fn export(errors: &[SourceDiagnostic], sheets: &[&Written]) -> Fault {
    let message = errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; ");
    match sheets.first() {
        Some(sheet) => Fault::Export { record: sheet.meta.record.clone(), sheet: sheet.sheet, message },
        None => Fault::Empty,
    }
}
