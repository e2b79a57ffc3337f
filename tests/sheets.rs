//! The sheets that are written from the example site: what stands on them, in both languages.

use std::collections::BTreeMap;
use std::path::Path;

use gongshi::edition::Edition;
use gongshi::language::Language;
use gongshi::print::{Job, Selection, Sheet, Written, jobs, write};
use gongshi::render::theme::Theme;
use gongshi::site::Scribe;
use gongshi::site::address::Address;
use gongshi::site::index::Index;
use gongshi::site::rows::Rows;
use gongshi::statistics::Statistics;
use jiff::civil::date;
use serde_json::Value;

/// All that sheets are written from.
struct Office {
    edition: Edition,
    statistics: Statistics,
    index: Index,
    theme: Theme,
    rows: Rows,
}

impl Office {
    fn open(folder: &Path) -> Self {
        let checked = gongshi::pipeline::check(folder, None, date(2026, 11, 20)).expect("a site");
        assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
        let edition = gongshi::pipeline::edition(&checked);
        Self {
            statistics: Statistics::new(&edition).expect("totals that add up"),
            index: Index::new(&edition),
            theme: Theme::new(BTreeMap::new()).expect("the built-in theme"),
            rows: Rows::new(edition.register.records().len()),
            edition,
        }
    }

    fn example() -> Self {
        Self::open(Path::new(env!("CARGO_MANIFEST_DIR")))
    }

    fn scribe(&self, language: Language) -> Scribe<'_> {
        Scribe {
            edition: &self.edition,
            statistics: &self.statistics,
            index: &self.index,
            labels: self.theme.labels(language),
            language,
            first: Language::Chinese,
            here: Address::file("sheet.pdf"),
            rows: &self.rows,
            printer: None,
            root: None,
        }
    }

    fn jobs(&self, sheet: Sheet, language: Language) -> Vec<Job> {
        jobs(&self.edition, sheet, &Selection::default(), language).expect("records of the kind")
    }

    /// Writes one sheet of one record.
    fn write(&self, sheet: Sheet, record: &str, language: Language) -> Option<Value> {
        let selection = Selection { record: Some(record.to_owned()), ..Selection::default() };
        let jobs = jobs(&self.edition, sheet, &selection, language).expect("a record of the kind");
        write(&self.scribe(language), &jobs[0]).map(|written: Written| written.view)
    }

    fn zh(&self, sheet: Sheet, record: &str) -> Value {
        self.write(sheet, record, Language::Chinese).expect("something to print")
    }

    fn en(&self, sheet: Sheet, record: &str) -> Value {
        self.write(sheet, record, Language::English).expect("something to print")
    }
}

/// Returns every text of a list, those of objects by one of their keys.
fn texts(list: &Value, key: &str) -> Vec<String> {
    let text = |item: &Value| item.as_str().or_else(|| item[key].as_str()).unwrap_or_default().to_owned();
    list.as_array().map(|items| items.iter().map(text).collect()).unwrap_or_default()
}

/// Writes the blocks of a document as lines.
fn lines(view: &Value) -> Vec<String> {
    let line = |block: &Value| {
        let text = |key: &str| block[key].as_str().unwrap_or_default();
        match block["kind"].as_str() {
            Some("heading") => format!("{} {}", "#".repeat(block["level"].as_u64().unwrap_or(0) as usize), text("text")),
            Some("fact") => format!("{}{}", text("label"), text("text")),
            Some("item") => format!("{} {}", text("marker"), text("text")),
            Some("table") => block["rows"].to_string(),
            _ => text("text").to_owned(),
        }
    };
    view["blocks"].as_array().map(|blocks| blocks.iter().map(line).collect()).unwrap_or_default()
}

const OWN: [Sheet; 5] = [Sheet::Official, Sheet::Signatures, Sheet::Card, Sheet::Ballot, Sheet::WrittenNotice];

#[test]
fn every_record_of_the_example_has_its_sheets_in_both_languages_without_a_missing_label() {
    let office = Office::example();
    for language in Language::ALL {
        for sheet in OWN {
            let written: Vec<Written> =
                office.jobs(sheet, language).iter().filter_map(|job| write(&office.scribe(language), job)).collect();
            assert!(!written.is_empty(), "{sheet:?}");
            for one in written {
                let text = one.view.to_string();
                assert!(!text.contains("sheets.") && !text.contains("{title}"), "{}: {text}", one.meta.record);
            }
        }
    }
}
