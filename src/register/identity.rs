//! Identity: each record has one address of its own and lies in an area.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ahash::{HashMap, HashMapExt as _};
use icu_normalizer::ComposingNormalizerBorrowed;
use rayon::prelude::*;

use super::Register;
use crate::diagnostic::Diagnostic;
use crate::field::Kind;
use crate::record::tree::{Tree, Value};
use crate::record::{Broken, Record};
use crate::text;

/// Checks the records, sorted by id, before they are numbered.
pub(super) fn check(records: &[Arc<Record>], broken: &[Broken], diagnostics: &mut Vec<Diagnostic>) {
    for pair in records.windows(2).filter(|pair| pair[0].id == pair[1].id) {
        diagnostics.push(same_id(&pair[1], &pair[0]));
    }
    let all = || rayon::join(|| found(records, same_name), || found(records, same_address));
    let own = |record: &Arc<Record>| found(&**record, within);
    let ((names, addresses), own): (_, Vec<_>) = rayon::join(all, || records.par_iter().map(own).collect());
    diagnostics.extend(names.into_iter().chain(addresses));
    same_year(records, diagnostics);
    let broken_area =
        |record: &Record| broken.iter().any(|broken| broken.kind == Some(Kind::Area) && record.id.starts_with(&broken.area));
    let mut lost = BTreeSet::new();
    for (record, own) in records.iter().zip(own) {
        let placed = !record.area.is_empty() || matches!(record.kind, Kind::Site | Kind::Calendar | Kind::Catalogue);
        if !placed && !broken_area(record) {
            diagnostics.push(no_area(record));
        }
        if let Some(folder) = place_without_area(record).filter(|folder| !broken_area(record) && lost.insert(*folder)) {
            diagnostics.push(area_missing(record, folder));
        }
        diagnostics.extend(own);
    }
}

/// Returns what a check finds.
fn found<T: ?Sized>(what: &T, check: impl Fn(&T, &mut Vec<Diagnostic>)) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    check(what, &mut diagnostics);
    diagnostics
}

/// Reports two files of one id (`x.yaml` and `x.md`).
fn same_id(later: &Record, first: &Record) -> Diagnostic {
    let id = &later.id;
    Diagnostic::error(
        "identity/duplicate",
        later.tree().place(""),
        text!("另一个文件已经是 `{id}`", "another file is `{id}` already"),
    )
    .label(first.tree().place(""), text!("另一个文件在这里", "the other file is here"))
    .help(text!("删去一个，或改文件名", "delete one, or rename it"))
}

/// Reports records of one kind and area that have the same name in different folders: references by name could mean either.
fn same_name(records: &[Arc<Record>], diagnostics: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(&str, Kind, &str), &Record> = HashMap::with_capacity(records.len());
    for record in records.iter().filter(|record| record.kind != Kind::Area) {
        let other = *first.entry((&record.area, record.kind, &record.name)).or_insert(record);
        if other.id == record.id {
            continue;
        }
        let (name, zh, en) = (&record.name, record.kind.object().zh, record.kind.name());
        diagnostics.push(
            Diagnostic::error(
                "identity/duplicate",
                record.tree().place(""),
                text!("本区域已有名为 `{name}` 的{zh}记录", "the area has a {en} named `{name}` already"),
            )
            .label(other.tree().place(""), text!("另一个文件在这里", "the other file is here"))
            .help(text!("改文件名：引用按文件名查找", "rename it: references go by the name of the file")),
        );
    }
}

/// Reports ids that differ only by case or by how their characters are composed: their addresses would fall together.
fn same_address(records: &[Arc<Record>], diagnostics: &mut Vec<Diagnostic>) {
    let normalizer = ComposingNormalizerBorrowed::new_nfc();
    let mut first: HashMap<Cow<'_, str>, &Record> = HashMap::with_capacity(records.len());
    for record in records {
        let is_plain = record.id.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let address = if is_plain {
            Cow::Borrowed(record.id.as_str())
        } else {
            Cow::Owned(normalizer.normalize(&record.id.to_lowercase()).into_owned())
        };
        let other = *first.entry(address).or_insert(record);
        if other.id == record.id {
            continue;
        }
        let (id, other_id) = (&record.id, &other.id);
        diagnostics.push(
            Diagnostic::error(
                "identity/address-collision",
                record.tree().place(""),
                text!(
                    "`{id}` 与 `{other_id}` 只有大小写或字符编码不同，网址会相同",
                    "`{id}` and `{other_id}` differ only by case or composition: their addresses would be the same"
                ),
            )
            .label(other.tree().place(""), text!("另一个文件在这里", "the other file is here"))
            .help(text!("改文件名，只用小写字母", "rename it, in lower-case letters")),
        );
    }
}

/// Reports two calendars of one year.
fn same_year(records: &[Arc<Record>], diagnostics: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<i64, &Record> = BTreeMap::new();
    for record in records.iter().filter(|record| record.kind == Kind::Calendar) {
        let Some(Value::Integer(year)) = record.tree().get("year").map(|year| &year.value) else {
            continue;
        };
        if let Some(other) = first.insert(*year, record) {
            diagnostics.push(
                Diagnostic::error(
                    "identity/duplicate",
                    record.tree().place("year"),
                    text!("{year} 年已有日历", "there is a calendar of {year} already"),
                )
                .label(other.tree().place("year"), text!("另一个在这里", "the other one is here"))
                .help(text!("合并成一个文件，或改正 `year`", "put both into one file, or correct `year`")),
            );
        }
    }
}

/// The folders of an area that hold its records by kind.
const FOLDERS: &[&str] = &[
    "assessments",
    "cases",
    "catalogues",
    "delegates",
    "disclosures",
    "elections",
    "finance",
    "inquiries",
    "matters",
    "meetings",
    "opinions",
    "programmes",
    "surveys",
];

/// Returns the folder of a place that lacks its `area.yaml`: a folder of one kind of record (`matters`) stands in it, yet the area
/// of the record is the one above.
fn place_without_area(record: &Record) -> Option<&str> {
    let within = if record.area.is_empty() { return None } else { record.id.strip_prefix(&record.area)?.strip_prefix('/')? };
    let folders: Vec<&str> = within.rsplit_once('/')?.0.split('/').collect();
    let at = folders.iter().position(|folder| FOLDERS.contains(folder)).filter(|at| *at > 0)?;
    let length = record.area.len() + folders[..at].iter().map(|folder| folder.len() + 1).sum::<usize>();
    record.id.get(..length)
}

/// Reports the first record of a place that lacks its `area.yaml`: all of them would count as those of the area above.
fn area_missing(record: &Record, folder: &str) -> Diagnostic {
    let area = &record.area;
    Diagnostic::error(
        "identity/no-area",
        record.tree().place(""),
        text!(
            "`{folder}` 没有 `area.yaml`，这条记录会算作 `{area}` 的",
            "`{folder}` has no `area.yaml`, so the record would count as one of `{area}`"
        ),
    )
    .help(text!(
        "在 `content/{folder}` 写一个 `area.yaml`，至少有 `kind`、`name`、`level`",
        "write an `area.yaml` in `content/{folder}`, with `kind`, `name` and `level` at least"
    ))
}

/// Reports a record that lies in no area.
fn no_area(record: &Record) -> Diagnostic {
    Diagnostic::error("identity/no-area", record.tree().place(""), text!("这条记录不属于任何区域", "the record lies in no area"))
        .help(text!(
            "放到有 `area.yaml` 的文件夹里，或在上级文件夹中写一个 `area.yaml`",
            "move it below a folder that holds an `area.yaml`, or write one in a folder above"
        ))
}

/// The lists of each kind whose elements have a number or id of their own: the list and the key.
const OWN: &[(Kind, &str, &str)] = &[
    (Kind::Area, "bodies", "id"),
    (Kind::Opinions, "items", "no"),
    (Kind::Meeting, "items", "no"),
    (Kind::Contract, "indicators", "id"),
    (Kind::Contract, "grades", "name"),
    (Kind::Contract, "grades", "at_least"),
    (Kind::Assessment, "results", "subject"),
    (Kind::Catalogue, "items", "id"),
    (Kind::Delegates, "members", "no"),
    (Kind::Programme, "projects", "id"),
    (Kind::Programme, "indicators", "id"),
];

/// Reports a number or id that is given twice within a record.
pub(super) fn within(record: &Record, diagnostics: &mut Vec<Diagnostic>) {
    for (_, list, key) in OWN.iter().filter(|(kind, ..)| *kind == record.kind) {
        let mut first: Vec<(&Value, usize)> = Vec::new();
        for (i, item) in record.tree().get(list).map_or(&[][..], Tree::items).iter().enumerate() {
            let Some(tree) = item.get(key) else {
                continue;
            };
            match first.iter().find(|(value, _)| **value == tree.value) {
                Some((_, other)) => diagnostics.push(twice(record, list, key, *other, i)),
                None => first.push((&tree.value, i)),
            }
        }
    }
}

/// Reports the second of two equal keys in a list.
fn twice(record: &Record, list: &str, key: &str, first: usize, second: usize) -> Diagnostic {
    let place = |i: usize| record.tree().place(&format!("{list}[{i}].{key}"));
    Diagnostic::error("identity/duplicate", place(second), text!("`{key}` 与前面的重复", "`{key}` is given twice in `{list}`"))
        .label(place(first), text!("第一次在这里", "first here"))
        .help(text!("给其中一个另编，引用它的地方一并改", "give one of them another, also where it is referred to"))
}

/// Checks that each area is of a level below the area that holds it.
pub(super) fn levels(register: &Register, diagnostics: &mut Vec<Diagnostic>) {
    for (ix, area) in register.areas() {
        let record = register.get(ix);
        let Some(above) = register.ancestors(&record.id).first().map(|above| register.get(*above)) else {
            continue;
        };
        let Some(parent) = above.place() else {
            continue;
        };
        if parent.level < area.level {
            continue;
        }
        let (level, above_level) = (area.level.label(), parent.level.label());
        diagnostics.push(
            Diagnostic::error(
                "identity/level-order",
                record.tree().place("level"),
                crate::language::Text::new(
                    format!("`{}`（{}）不能放在 `{}`（{}）之下", area.name, level.zh, parent.name, above_level.zh),
                    format!("`{}` ({}) cannot lie below `{}` ({})", area.name, level.en, parent.name, above_level.en),
                ),
            )
            .label(above.tree().place("level"), text!("上级区域的级别", "the level of the area above"))
            .help(text!(
                "改正 `level`，或把文件夹移到应属的区域",
                "correct `level`, or move the folder to the area that it belongs to"
            )),
        );
    }
}
