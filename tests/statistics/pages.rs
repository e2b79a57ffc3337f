//! The pages of statistics, read back: the figures of the year and of its periods as a visitor sees them.

use std::collections::BTreeMap;
use std::path::Path;

use gongshi::pipeline::{self, Checked, Outcome};
use gongshi::publish::Output;

/// A row of a table of figures: what it names, and the words of its cells.
pub(crate) struct Row {
    /// The anchor that it has or links to (`m-opinions`).
    pub(crate) anchor: String,
    /// Its heading.
    pub(crate) name: String,
    /// Its cells.
    pub(crate) cells: Vec<String>,
}

/// Plans every page of a site; each is made when it is read.
pub(crate) fn planned(folder: &Path, checked: &mut Checked) -> Output {
    match pipeline::build(folder, checked).unwrap() {
        Outcome::Built(built) => built.output,
        Outcome::Refused => panic!("{:?}", checked.diagnostics),
    }
}

/// Reads a page.
pub(crate) fn page(output: &Output, path: &str) -> String {
    let bytes = output.read(path).unwrap().unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8(bytes).unwrap()
}

/// Takes the tags away.
pub(crate) fn words(html: &str) -> String {
    let mut out = String::new();
    for (n, piece) in html.split('<').enumerate() {
        out.push_str(if n == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
        out.push(' ');
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what stands between two marks, the first time.
fn between<'h>(html: &'h str, from: &str, to: &str) -> Option<&'h str> {
    let (_, rest) = html.split_once(from)?;
    rest.split_once(to).map(|(found, _)| found)
}

/// Returns the figures of the year: the value, the year before and the difference, by anchor.
pub(crate) fn figures(html: &str) -> BTreeMap<String, Row> {
    let table = between(html, "id=\"figures\"", "</section>").unwrap_or_default();
    let rows = table.split("<tr id=\"").skip(1).map(|row| {
        let (anchor, rest) = row.split_once('"').unwrap();
        let cells = rest.split("<td").skip(1).map(|cell| words(cell.split_once('>').unwrap().1)).collect();
        let name = words(between(rest, "<summary>", "</th>").unwrap());
        (anchor.to_owned(), Row { anchor: anchor.to_owned(), name, cells })
    });
    rows.collect()
}

/// Returns the figures of the periods, row by row.
pub(crate) fn periods(html: &str) -> Vec<Row> {
    let table = between(html, "id=\"periods\"", "</section>").unwrap_or_default();
    let rows = table.split("<tr><th scope=\"row\">").skip(1).map(|row| {
        let anchor = between(row, "href=\"#", "\"").unwrap().to_owned();
        let name = words(between(row, "\">", "</a>").unwrap());
        let cells = row.split("<td>").skip(1).map(words).collect();
        Row { anchor, name, cells }
    });
    rows.collect()
}
