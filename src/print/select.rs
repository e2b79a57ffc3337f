//! Which sheets are printed: records and places of an edition, in a stable order.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Job, Of, Sheet, Subject};
use crate::calendar::{Cycle, Period};
use crate::edition::Edition;
use crate::field::Kind;
use crate::language::{Language, Text};
use crate::register::RecordIx;
use crate::site::index::posting;
use crate::text;
use crate::verdict::Status;

/// What somebody asked to have printed; what is left open holds for all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// One record, by its id, or by its file name where only one has it.
    pub record: Option<String>,
    /// A place and all below it, by its path.
    pub area: Option<String>,
    /// The records of a period, or the period of a sheet of a place.
    pub period: Option<Period>,
    /// Only what is being publicised on the day of the edition.
    pub publicising: bool,
}

/// Lists the sheets of one kind that a selection asks for, in the order of their records.
///
/// # Errors
///
/// Says what is wrong where the selection names something that is not there, or where nothing matches.
pub fn jobs(edition: &Edition, sheet: Sheet, selection: &Selection, language: Language) -> Result<Vec<Job>, Text> {
    let subjects = match sheet.of() {
        Of::Records(kinds) => records(edition, sheet, kinds, selection)?,
        Of::Place => vec![place(edition, sheet, selection)?],
    };
    Ok(named(edition, sheet, subjects, language))
}

/// Finds the records that are asked for.
fn records(edition: &Edition, sheet: Sheet, kinds: &[Kind], selection: &Selection) -> Result<Vec<Subject>, Text> {
    if let Some(area) = &selection.area {
        known_area(edition, area)?;
    }
    let one = selection.record.as_ref().map(|id| find(edition, id, kinds)).transpose()?;
    let of_kind = |ix: &RecordIx| kinds.contains(&edition.register.get(*ix).kind);
    if let Some(ix) = one.filter(|ix| !of_kind(ix)) {
        return Err(wrong_kind(edition, sheet, ix));
    }
    let asked = |ix: &RecordIx| one.is_none_or(|one| one == *ix) && of_kind(ix) && matches(edition, selection, *ix);
    let found: Vec<Subject> = edition.published().map(|(ix, _)| ix).filter(asked).map(Subject::Record).collect();
    if found.is_empty() { Err(nothing(edition, sheet, selection)) } else { Ok(found) }
}

/// Whether a record lies in the place, the period and the state that are asked for.
fn matches(edition: &Edition, selection: &Selection, ix: RecordIx) -> bool {
    let record = edition.register.get(ix);
    let below = |area: &String| record.area == *area || record.area.starts_with(&format!("{area}/"));
    let during = |period: Period| edition.register.date_of(ix).is_some_and(|date| period.contains(date));
    selection.area.as_ref().is_none_or(below)
        && selection.period.is_none_or(during)
        && (!selection.publicising || is_publicised(edition, ix, edition.as_of))
}

/// Whether a record is being publicised on a day.
fn is_publicised(edition: &Edition, ix: RecordIx, day: Date) -> bool {
    let status = edition.verdict(ix).and_then(|verdict| verdict.status);
    let posted = || posting(edition, ix).is_some_and(|(from, to, _)| from <= day && day <= to);
    status == Some(Status::Publicising) || posted()
}

/// Finds the place and the period of a sheet of a place: the quarter of the day of the edition where no period is asked for.
fn place(edition: &Edition, sheet: Sheet, selection: &Selection) -> Result<Subject, Text> {
    if selection.record.is_some() || selection.publicising {
        let (zh, en) = (sheet.label().zh, sheet.name());
        return Err(text!(
            "{zh}按地方和时期打印：请用 `--area` 和 `--period`，不用 `--record` 和 `--publicising`",
            "the sheet `{en}` is printed of a place and a period: name them with `--area` and `--period` instead of `--record` or `--publicising`"
        ));
    }
    let area = selection.area.as_ref().map_or_else(|| top_area(edition), |path| known_area(edition, path))?;
    let period = selection.period.unwrap_or(Period::of(Cycle::Quarter, edition.as_of));
    if period.first() > edition.as_of { Err(not_begun(period, edition.as_of)) } else { Ok(Subject::Place(area, period)) }
}

/// Says that a period lies ahead.
fn not_begun(period: Period, day: Date) -> Text {
    let (Text { zh, en }, first) = (period.label(), period.first());
    text!(
        "{zh}还没有开始：从 {first} 起，站点的日期是 {day}",
        "{en} has not begun: it begins on {first}, and the day of the site is {day}"
    )
}

/// Finds the place that is meant where none is named: the only one, or the only one at the top.
fn top_area(edition: &Edition) -> Result<RecordIx, Text> {
    let published: Vec<RecordIx> = edition.register.areas().map(|(ix, _)| ix).filter(|ix| edition.is_published(*ix)).collect();
    let is_published = |path: &str| edition.register.area(path).is_some_and(|ix| edition.is_published(ix));
    let below = |path: &str| path.match_indices('/').any(|(end, _)| is_published(&path[..end]));
    let tops: Vec<RecordIx> = published.into_iter().filter(|ix| !below(&edition.register.get(*ix).area)).collect();
    match tops[..] {
        [one] => Ok(one),
        [] => Err(text!("站点还没有公开的地方", "the site has no place that is published")),
        _ => {
            let (zh, en) = listed(edition, tops.into_iter());
            Err(text!("请用 `--area` 指明地方，例如：{zh}", "name a place with `--area`, for example: {en}"))
        }
    }
}

/// How many places are named as examples.
const EXAMPLES: usize = 5;

/// Finds an area that is published.
fn known_area(edition: &Edition, path: &str) -> Result<RecordIx, Text> {
    let found = edition.register.area(path).filter(|ix| edition.is_published(*ix));
    found.ok_or_else(|| {
        let (zh, en) = some_areas(edition);
        text!(
            "没有区域 `{path}`；写它的文件夹在 `content` 下的路径，例如：{zh}",
            "there is no area `{path}`; write the path of its folder below `content`, for example: {en}"
        )
    })
}

/// Lists some areas that are published.
fn some_areas(edition: &Edition) -> (String, String) {
    listed(edition, edition.register.areas().map(|(ix, _)| ix).filter(|ix| edition.is_published(*ix)))
}

/// Lists the first of some areas, for a message.
fn listed(edition: &Edition, areas: impl Iterator<Item = RecordIx>) -> (String, String) {
    let areas: Vec<String> = areas.map(|ix| format!("`{}`", edition.register.get(ix).id)).take(EXAMPLES).collect();
    (areas.join("、"), areas.join(", "))
}

/// Finds a record by its id, the path of its file, or its file name where only one has it.
fn find(edition: &Edition, id: &str, kinds: &[Kind]) -> Result<RecordIx, Text> {
    let bare = id.trim_start_matches("./").trim_start_matches("content/");
    let bare = bare.strip_suffix(".md").or_else(|| bare.strip_suffix(".yaml")).unwrap_or(bare);
    if let Some(ix) = edition.register.by_id(bare).filter(|ix| edition.is_published(*ix)) {
        return Ok(ix);
    }
    let named: Vec<RecordIx> = edition.published().filter(|(_, record)| record.name == bare).map(|(ix, _)| ix).collect();
    match named.as_slice() {
        [one] => Ok(*one),
        [] => Err(unknown(edition, id, kinds)),
        [first, ..] => {
            let first = &edition.register.get(*first).id;
            text_err(id, named.len(), first)
        }
    }
}

/// Says that no published record has a name, with one that could be printed.
fn unknown(edition: &Edition, id: &str, kinds: &[Kind]) -> Text {
    let one = edition.published().find(|(_, record)| kinds.contains(&record.kind));
    let (zh, en) = one
        .map_or_else(Default::default, |(_, record)| (format!("，例如 `{}`", record.id), format!(", such as `{}`", record.id)));
    text!(
        "没有公开的记录 `{id}`；写记录文件在 `content` 下的路径，不带扩展名{zh}",
        "there is no published record `{id}`; write the path of its file below `content`, without the extension{en}"
    )
}

fn text_err(id: &str, n: usize, first: &str) -> Result<RecordIx, Text> {
    Err(text!(
        "叫 `{id}` 的记录有 {n} 件；写出完整路径，如 `{first}`",
        "{n} records are named `{id}`; write the whole path, such as `{first}`"
    ))
}

/// Says of what a sheet is printed, where a record is of another kind.
fn wrong_kind(edition: &Edition, sheet: Sheet, ix: RecordIx) -> Text {
    let record = edition.register.get(ix);
    let Of::Records(kinds) = sheet.of() else { return Text::default() };
    let zh = kinds.iter().map(|kind| kind.object().zh).collect::<Vec<_>>().join("、");
    let en = kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    let (id, own, label, name) = (&record.id, record.kind, sheet.label().zh, sheet.name());
    let (own_zh, own_en) = (own.object().zh, own.name());
    let (other_zh, other_en) = sheets_of(own);
    text!(
        "`{id}` 是{own_zh}，不能打印成{label}；可以打印的记录：{zh}{other_zh}",
        "`{id}` is of kind {own_en}, of which no `{name}` is printed; it is printed of: {en}{other_en}"
    )
}

/// Says which sheets are printed of records of a kind.
fn sheets_of(kind: Kind) -> (String, String) {
    let takes = |sheet: &Sheet| matches!(sheet.of(), Of::Records(kinds) if kinds.contains(&kind));
    let sheets: Vec<Sheet> = Sheet::ALL.into_iter().filter(takes).collect();
    if sheets.is_empty() {
        return (String::new(), String::new());
    }
    let zh: Vec<String> = sheets.iter().map(|sheet| sheet.label().zh).collect();
    let en: Vec<String> = sheets.iter().map(|sheet| format!("`{}`", sheet.name())).collect();
    let own = kind.object();
    (format!("；{}可以打印成：{}", own.zh, zh.join("、")), format!("; of {} there are: {}", kind.name(), en.join(", ")))
}

/// Says that nothing matches, and which options narrow it down.
fn nothing(edition: &Edition, sheet: Sheet, selection: &Selection) -> Text {
    let label = sheet.label().zh;
    let name = sheet.name();
    let (zh, en) = if selection.publicising { ("正在公示的", " that is being publicised") } else { ("", "") };
    let given = [
        ("--record", selection.record.is_some()),
        ("--area", selection.area.is_some()),
        ("--period", selection.period.is_some()),
        ("--publicising", selection.publicising),
    ];
    let given: Vec<String> = given.iter().filter(|(_, given)| *given).map(|(name, _)| format!("`{name}`")).collect();
    let day = edition.as_of;
    let (hint_zh, hint_en) = match (given.is_empty(), selection.publicising) {
        (true, _) => (String::new(), String::new()),
        (_, true) => (
            format!("（{day}）；可以改用 `--as-of` 换一天，或者放宽 {}", given.join("、")),
            format!(" ({day}); name another day with `--as-of`, or ask for more than {}", given.join(", ")),
        ),
        _ => (format!("；可以放宽 {}", given.join("、")), format!("; ask for more than {}", given.join(", "))),
    };
    text!(
        "没有符合条件的{zh}记录可以打印成{label}{hint_zh}",
        "there is no record{en} of which the sheet `{name}` could be printed here{hint_en}"
    )
}

/// Names the file of each sheet; two of one name are told apart by a digest of their ids.
fn named(edition: &Edition, sheet: Sheet, subjects: Vec<Subject>, language: Language) -> Vec<Job> {
    let first = edition.register.site().languages.first().copied().unwrap_or_default();
    let tail = if language == first { String::new() } else { format!("-{}", language.tag()) };
    let whole = |subject: &Subject| match subject {
        Subject::Record(ix) => edition.register.get(*ix).id.clone(),
        Subject::Place(ix, period) => format!("{}-{}", edition.register.get(*ix).id, period.to_string().to_lowercase()),
    };
    let stems: Vec<(String, String)> = subjects.iter().map(|s| (whole(s), stem(&whole(s)))).collect();
    let mut counts: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (id, stem) in &stems {
        counts.entry(stem.to_lowercase()).or_default().insert(id);
    }
    let job = |(subject, (id, stem)): (Subject, &(String, String))| {
        let shared = counts.get(&stem.to_lowercase()).is_some_and(|ids| ids.len() > 1);
        let digest = if shared { format!("-{}", &blake3::hash(id.as_bytes()).to_hex()[..8]) } else { String::new() };
        Job { sheet, subject, language, stem: format!("{}-{stem}{digest}{tail}", sheet.name()) }
    };
    subjects.into_iter().zip(&stems).map(job).collect()
}

/// The longest name of a file, in bytes, without what is put before and after it.
const LONGEST: usize = 160;

/// Turns an id into a name that every file system takes; one that is cut carries a digest of the whole.
fn stem(id: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let name: String = id.chars().map(safe).collect();
    let name = name.trim_matches(['-', '.']);
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let end = name.char_indices().map(|(i, _)| i).take_while(|i| *i <= LONGEST - 9).last().unwrap_or(0);
    format!("{}-{}", &name[..end], &blake3::hash(id.as_bytes()).to_hex()[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_a_name_that_every_file_system_takes() {
        assert_eq!(stem("qinghe/xinmin/matters/2026-001-street-lights"), "qinghe-xinmin-matters-2026-001-street-lights");
        assert_eq!(stem("青河/a:b?c"), "青河-a-b-c");
        let long = stem(&"长".repeat(200));
        assert!(long.len() <= LONGEST && long != stem(&"长".repeat(201)), "{long}");
    }
}
