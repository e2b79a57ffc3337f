//! Every HTML page as a value: what there is, before any of it is made.

use crate::field::Kind;
use crate::register::{RecordIx, Register};

use super::index::Listing;
use super::league::{Sheet, indicator};

/// A page of the site, in any of its languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// The home page.
    Home,
    /// How figures are counted, privacy, accessibility.
    About,
    /// The page that is not there.
    NotFound,
    /// The hub of all indexes.
    Browse,
    /// The archive by date.
    Archive,
    /// The tree of places.
    Places,
    /// What is due and overdue; pages from 1.
    Due(usize),
    /// What is due and overdue in one place (its path) and below it; pages from 1.
    DueIn(String, usize),
    /// What had to be done once a period in a place (all places for the empty path) in a year; pages from 1.
    Matrix(String, i16, usize),
    /// Every departure from a procedure; pages from 1.
    Findings(usize),
    /// The procedures in force.
    Procedures,
    /// One procedure, by its id.
    Procedure(String),
    /// One rule, by its id (`eight-step/quorum`).
    Rule(String),
    /// The target of coverage and the places that are missing; pages from 1.
    Coverage(usize),
    /// The areas that assess; pages from 1.
    Performance(usize),
    /// The assessments of an area (its path) in a year.
    Assessed(String, i16, Sheet),
    /// The history of an indicator: the contract, the indicator's number from 0; pages from 1.
    Indicator(RecordIx, usize, usize),
    /// A record.
    Record(RecordIx),
    /// The statistics of all places together in the last year.
    StatisticsHome,
    /// The statistics of a place (all places together for the empty path) in a year; pages from 1.
    Statistics(String, i16, usize),
    /// A list of records; pages from 1.
    List(Listing, usize),
}

impl Page {
    /// Returns the output path below the root of a language.
    pub fn path(&self, register: &Register) -> String {
        match self {
            Self::Home => "index.html".to_owned(),
            Self::About => "about.html".to_owned(),
            Self::NotFound => "404.html".to_owned(),
            Self::Browse => "browse/index.html".to_owned(),
            Self::Archive => "archive/index.html".to_owned(),
            Self::Places => "places/index.html".to_owned(),
            Self::Due(n) => paged("due", *n),
            Self::DueIn(area, n) => paged(&["due/", area].concat(), *n),
            Self::Matrix(area, year, n) => matrix_path(area, *year, *n),
            Self::Findings(n) => paged("findings", *n),
            Self::Procedures => "procedures/index.html".to_owned(),
            Self::Procedure(id) => ["procedures/", id, "/index.html"].concat(),
            Self::Rule(id) => ["procedures/", id, ".html"].concat(),
            Self::Coverage(n) => paged("coverage", *n),
            Self::Performance(n) => paged("performance", *n),
            Self::Assessed(area, year, sheet) => assessed_path(area, *year, sheet),
            Self::Indicator(contract, at, n) => indicator::path(register, *contract, *at, *n),
            Self::Record(ix) => record_path(register, *ix),
            Self::StatisticsHome => "statistics/index.html".to_owned(),
            Self::Statistics(area, year, n) => statistics_path(area, *year, *n),
            Self::List(listing, n) => paged(&listing.folder(), *n),
        }
    }
}

/// Returns the path of a page of a paged list.
pub(super) fn paged(folder: &str, n: usize) -> String {
    if n == 1 { [folder, "/index.html"].concat() } else { [folder, "/", &n.to_string(), ".html"].concat() }
}

/// Returns the path of a page of statistics.
fn statistics_path(area: &str, year: i16, n: usize) -> String {
    let slash = if area.is_empty() { "" } else { "/" };
    let number = if n == 1 { String::new() } else { format!("-{n}") };
    ["statistics", slash, area, "/", &format!("{year:04}"), &number, ".html"].concat()
}

/// Returns the path of a page of the matrix (`matrix/qinghe/2026.html`, `matrix/2026-2.html`).
fn matrix_path(area: &str, year: i16, n: usize) -> String {
    let folder = if area.is_empty() { String::new() } else { format!("{area}/") };
    let number = if n == 1 { String::new() } else { format!("-{n}") };
    format!("matrix/{folder}{year:04}{number}.html")
}

/// Returns the path of a page of an area's assessments (`performance/qinghe/2026-monthly.html`).
fn assessed_path(area: &str, year: i16, sheet: &Sheet) -> String {
    let folder = if area.is_empty() { String::new() } else { format!("{area}/") };
    format!("performance/{folder}{year:04}{}.html", sheet.suffix())
}

/// Returns the path of a record's page: an area is its folder, everything else stands at its id.
fn record_path(register: &Register, ix: RecordIx) -> String {
    let record = register.get(ix);
    match record.kind {
        Kind::Area if record.id.is_empty() => "place.html".to_owned(),
        Kind::Area => [&record.id, "/index.html"].concat(),
        _ => [&record.id, ".html"].concat(),
    }
}
