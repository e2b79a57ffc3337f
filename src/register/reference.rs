//! References: what each names, and what names nothing.

use super::{Link, RecordIx, Register};
use crate::diagnostic::Diagnostic;
use crate::field::{Kind, Shape};
use crate::language::Text;
use crate::record::Record;
use crate::record::check::{closest, quote};
use crate::record::tree::Value;
use crate::source::Span;
use crate::text;

/// Resolves every reference of a record; reports those that name nothing or a record of another kind.
pub(super) fn links(register: &Register, ix: RecordIx, diagnostics: &mut Vec<Diagnostic>) -> Vec<Link> {
    let record = register.get(ix);
    let mut links = Vec::new();
    record.leaves(&mut |leaf| {
        let (Value::Text(written), span) = (&leaf.tree.value, leaf.tree.span) else {
            return;
        };
        match leaf.shape {
            Shape::Reference(kinds) => match target(register, record, kinds, written) {
                Found::Record(to) => links.push(Link { path: leaf.path.into(), span, to, opinion: None }),
                Found::Broken => {}
                Found::OtherKind(to) => diagnostics.push(wrong_kind(register, kinds, to, written, leaf.place)),
                Found::Nothing => diagnostics.push(unknown(register, record, kinds, written, leaf.place, span)),
            },
            Shape::OpinionReference => match opinion(register, record, written) {
                Ok(Some((to, no))) => links.push(Link { path: leaf.path.into(), span, to, opinion: Some(no) }),
                Ok(None) => {}
                Err(fault) => diagnostics.push(fault(leaf.place, span)),
            },
            Shape::Body => diagnostics.extend(unknown_body(register, record, written, leaf.place, span)),
            _ => {}
        }
    });
    links
}

/// What a reference names.
enum Found {
    /// A record of a kind that is allowed there.
    Record(RecordIx),
    /// A file that could not be read, which is reported already.
    Broken,
    /// A record of another kind.
    OtherKind(RecordIx),
    /// Nothing.
    Nothing,
}

/// Finds what a reference names.
fn target(register: &Register, record: &Record, kinds: &[Kind], written: &str) -> Found {
    if let Some(to) = register.find(&record.area, kinds, written) {
        return Found::Record(to);
    }
    let id = written.strip_prefix('/');
    let names = |area: &str, name: &str, full: &str| match id {
        Some(id) => full == id,
        None => {
            area == record.area
                && (name == written || full.strip_prefix(area).is_some_and(|rest| rest.trim_start_matches('/') == written))
        }
    };
    let broken = register.broken().iter().filter(|broken| names(&broken.area, &broken.name, &broken.id));
    if broken.into_iter().any(|broken| broken.kind.is_none_or(|kind| kinds.contains(&kind))) {
        return Found::Broken;
    }
    register.find(&record.area, &Kind::ALL, written).map_or(Found::Nothing, Found::OtherKind)
}

/// A fault of a reference, still without its place and the span of its value.
type Fault = Box<dyn FnOnce(Span, Span) -> Diagnostic>;

/// Finds the opinion that a reference names; `None` where its register could not be read.
fn opinion(register: &Register, record: &Record, written: &str) -> Result<Option<(RecordIx, u64)>, Fault> {
    let (name, no) = written.rsplit_once('/').unwrap_or((written, ""));
    let to = match target(register, record, &[Kind::Opinions], name) {
        Found::Record(to) => to,
        Found::Broken => return Ok(None),
        Found::OtherKind(_) | Found::Nothing => {
            let near = near(register, record, &[Kind::Opinions], name).map(|name| format!("{name}/{no}"));
            let written = quote(written);
            return Err(Box::new(move |place, span| {
                suggest(
                    place,
                    span,
                    text!("没有意见 `{written}`：找不到这个意见簿", "there is no opinion `{written}`: no such register"),
                    near,
                )
            }));
        }
    };
    let no = no.parse().unwrap_or(0);
    if register.opinion(to, no).is_some() {
        return Ok(Some((to, no)));
    }
    let count = register.get(to).opinions().map_or(0, |opinions| opinions.items.len());
    let label = register.get(to).tree().place("items");
    let name = name.to_owned();
    Err(Box::new(move |place, _| {
        Diagnostic::error("reference/unknown", place, text!("`{name}` 中没有第 {no} 条意见", "`{name}` has no opinion {no}"))
            .label(label, text!("共 {count} 条", "it has {count}"))
            .help(text!("写登记簿里有的序号", "write a number that stands in the register"))
    }))
}

/// Reports a reference to a record of a kind that is not allowed there.
fn wrong_kind(register: &Register, kinds: &[Kind], to: RecordIx, written: &str, place: Span) -> Diagnostic {
    let (record, written) = (register.get(to), quote(written));
    let Text { zh, en } = kind_names(kinds);
    let (found_zh, found_en) = (record.kind.object().zh, record.kind.name());
    Diagnostic::error(
        "reference/wrong-kind",
        place,
        text!("`{written}` 是{found_zh}记录，这里应为{zh}", "`{written}` is a record of kind {found_en}; {en} belongs here"),
    )
    .label(record.tree().place("kind"), text!("在这里", "here"))
    .help(text!("改为{zh}的编号", "name a record of kind {en}"))
}

/// Reports a reference that names nothing.
fn unknown(register: &Register, record: &Record, kinds: &[Kind], written: &str, place: Span, span: Span) -> Diagnostic {
    let near = near(register, record, kinds, written);
    let (written, Text { zh, en }) = (quote(written), kind_names(kinds));
    suggest(place, span, text!("找不到{zh}记录 `{written}`", "there is no {en} `{written}`"), near)
}

/// Makes a report of an unknown reference, with the name that was meant.
fn suggest(place: Span, span: Span, message: Text, meant: Option<String>) -> Diagnostic {
    let fault = Diagnostic::error("reference/unknown", place, message);
    match meant {
        Some(meant) => fault
            .help(text!("是不是 `{meant}`？", "did you mean `{meant}`?"))
            .fix(text!("改为 `{meant}`", "write `{meant}`"), span, meant),
        None => fault.help(text!(
            "写同一区域中记录的文件名（不带扩展名）；别处的记录从 `/` 写起，如 `/qinghe/meetings/2026-01-08-committee`",
            "write the name of a record's file of the same area, without its extension; a record elsewhere begins with `/`, such as `/qinghe/meetings/2026-01-08-committee`"
        )),
    }
}

/// Returns the name that was meant, as it is to be written.
fn near(register: &Register, record: &Record, kinds: &[Kind], written: &str) -> Option<String> {
    let candidates = register.records().filter(|(_, other)| kinds.contains(&other.kind)).map(|(_, other)| other);
    if let Some(id) = written.strip_prefix('/') {
        return closest(id, candidates.map(|other| other.id.as_str())).map(|id| format!("/{id}"));
    }
    let same = candidates.filter(|other| other.area == record.area);
    closest(written, same.map(|other| other.name.as_str())).map(str::to_owned)
}

/// Names kinds in both languages.
fn kind_names(kinds: &[Kind]) -> Text {
    let zh: Vec<&str> = kinds.iter().map(|kind| kind.object().zh).collect();
    let en: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    Text::new(zh.join("或"), en.join(" or "))
}

/// Reports a body that the area of the record does not have.
fn unknown_body(register: &Register, record: &Record, written: &str, place: Span, span: Span) -> Option<Diagnostic> {
    let area = register.get(register.area(&record.area)?);
    let bodies = &area.place()?.bodies;
    if bodies.iter().any(|body| body.id == written) {
        return None;
    }
    let near = closest(written, bodies.iter().map(|body| body.id.as_str())).map(str::to_owned);
    let (written, name) = (quote(written), &area.place()?.name);
    let message = text!("{name}没有机构 `{written}`", "`{name}` has no body `{written}`");
    let ids: Vec<String> = bodies.iter().map(|body| format!("`{}`（{}）", body.id, body.name)).collect();
    let fault = match near {
        Some(_) => suggest(place, span, message, near),
        None => Diagnostic::error("reference/unknown", place, message).help(Text::new(
            format!("可用：{}", ids.join("、")),
            format!("the bodies are {}", bodies.iter().map(|body| format!("`{}`", body.id)).collect::<Vec<_>>().join(", ")),
        )),
    };
    Some(fault.label(area.tree().place("bodies"), text!("机构在这里", "the bodies are here")))
}
