//! Messages name keys as their file writes them: of a file with Chinese keys, `实到`, not `present`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::field::{self, FORMS, Kind, Object, Shape};
use crate::language::Text;
use crate::record::Record;
use crate::record::tree::{Tree, Value};
use crate::register::Register;
use crate::source::{FileId, Files};

/// The keys of a file that are written in another way than rules name them, by their names.
type Spelling = BTreeMap<String, String>;

/// Every key of the table with each of its spellings.
type Keys = HashSet<(&'static str, &'static str)>;

/// Rules whose messages speak of spellings and values themselves.
const LITERAL: [&str; 4] = ["schema/duplicate-key", "schema/unknown-kind", "schema/unknown-value", "reference/unknown"];

/// Writes the keys in messages as the files of the diagnostics write them.
pub(super) fn respell(diagnostics: &mut [Diagnostic], register: &Register, files: &Files) {
    let named: BTreeSet<FileId> = diagnostics.iter().map(|diagnostic| diagnostic.span.file).collect();
    if named.is_empty() {
        return;
    }
    let keys = keys();
    let surmised = register.broken().iter().filter_map(|broken| broken.surmised.first());
    let records = register.records().map(|(_, record)| record).chain(surmised);
    let spellings: HashMap<FileId, Spelling> = records
        .filter(|record| named.contains(&record.file))
        .map(|record| (record.file, spelling(record, files, &keys)))
        .filter(|(_, spelling)| !spelling.is_empty())
        .collect();
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| !LITERAL.contains(&diagnostic.rule.as_str())) {
        if let Some(spelling) = spellings.get(&diagnostic.span.file) {
            let labels = diagnostic.labels.iter_mut().map(|label| &mut label.text);
            labels.chain([&mut diagnostic.message, &mut diagnostic.help]).for_each(|text| in_text(text, spelling));
        }
    }
}

/// Returns the keys that a record writes in Chinese; one that it writes in both ways keeps its name.
///
/// Where it writes all of them so, keys that it does not have are named so too, if they have one Chinese spelling.
fn spelling(record: &Record, files: &Files, keys: &Keys) -> Spelling {
    let mut written: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    collect(record.tree(), &files.get(record.file).text, keys, &mut written);
    let chinese = |(key, ways): (&String, &BTreeSet<String>)| ways.iter().all(|way| way != key);
    let all = !written.is_empty() && written.iter().all(chinese);
    let mut spelling = if all { table(record.kind) } else { Spelling::new() };
    for (key, ways) in written {
        spelling.remove(&key);
        let mut ways = ways.into_iter();
        if let (Some(way), None) = (ways.next(), ways.next())
            && way != key
        {
            spelling.insert(key, way);
        }
    }
    spelling
}

/// Collects how each key of the table is written.
fn collect(tree: &Tree, text: &str, keys: &Keys, written: &mut BTreeMap<String, BTreeSet<String>>) {
    match &tree.value {
        Value::List(items) => items.iter().for_each(|item| collect(item, text, keys, written)),
        Value::Map(entries) => {
            for entry in entries {
                let way = text.get(entry.key_span.start as usize..entry.key_span.end as usize).map(str::trim);
                // Neither a misspelt key nor an id is a spelling.
                if let Some(way) = way.filter(|way| keys.contains(&(&*entry.key, *way))) {
                    written.entry(entry.key.to_string()).or_default().insert(way.to_owned());
                }
                collect(&entry.tree, text, keys, written);
            }
        }
        _ => {}
    }
}

/// Returns every key of the table with each of its spellings.
fn keys() -> Keys {
    let fields = field::objects().into_iter().flat_map(|object| object.fields);
    fields.flat_map(|field| [(field.key, field.key), (field.key, field.zh)]).collect()
}

/// Returns the Chinese spelling of each key of a kind and of what it holds, where there is only one.
fn table(kind: Kind) -> Spelling {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let (mut open, mut seen) = (vec![kind.object()], Vec::new());
    if kind == Kind::Matter {
        open.extend(FORMS.iter().filter_map(|form| held(&form.shape)));
    }
    while let Some(object) = open.pop() {
        if seen.iter().any(|known| std::ptr::eq(*known, object)) {
            continue;
        }
        seen.push(object);
        for field in object.fields {
            found.entry(field.key).or_default().insert(field.zh);
            open.extend(held(&field.shape));
        }
    }
    let only = |(key, ways): (&str, BTreeSet<&str>)| match ways.len() {
        1 => ways.first().map(|zh| (key.to_owned(), (*zh).to_owned())),
        _ => None,
    };
    found.into_iter().filter_map(only).collect()
}

/// Returns the object that a shape holds, or that its elements hold.
fn held(shape: &'static Shape) -> Option<&'static Object> {
    match shape {
        Shape::Object(object) => Some(object),
        Shape::List(element) | Shape::Table(element) => held(element),
        _ => None,
    }
}

fn in_text(text: &mut Text, spelling: &Spelling) {
    for words in [&mut text.zh, &mut text.en] {
        if words.contains('`') {
            *words = respelt(words, spelling);
        }
    }
}

/// Writes every name in backticks that is a key as the file does.
fn respelt(words: &str, spelling: &Spelling) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, (name, after))) = rest.split_once('`').and_then(|(b, a)| Some((b, a.split_once('`')?))) {
        let way = spelling.get(name);
        out.extend([before, "`", way.map_or(name, String::as_str), "`"]);
        // The Chinese spelling is not given a second time in brackets.
        let twice = way.and_then(|way| after.strip_prefix(&format!("（{way}）")));
        rest = twice.unwrap_or(after);
    }
    out + rest
}
