//! `gongshi schema`: JSON Schemas, for editors.

use serde_json::{Map, Value};

use super::arguments::Schema;
use super::{End, Failure, Session};
use crate::field::Kind;
use crate::record::Forms;
use crate::record::check::closest;
use crate::schema::{self, schema};
use crate::source::Files;
use crate::workflow::{Workflows, add_built_in};

pub(super) fn run(command: &Schema, session: &mut Session) -> Result<End, Failure> {
    let forms = built_in_forms();
    let value = match command.kind.as_deref() {
        None => all(&forms),
        Some("forms") => schema::forms(),
        Some(name) => schema(Kind::from_name(name).ok_or_else(|| unknown_kind(name))?, &forms),
    };
    session.terminal.print(&format!("{value:#}\n"))?;
    Ok(End::Good)
}

/// Returns the steps of the built-in procedures.
pub(super) fn built_in_forms() -> Forms {
    let mut files = Files::default();
    add_built_in(&mut files);
    let mut ignored = Vec::new();
    let headers = crate::record::headers(&files, &mut ignored);
    Workflows::read(&files, &headers, &mut ignored).forms()
}

fn all(forms: &Forms) -> Value {
    let schemas = Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), schema(kind, forms)));
    Value::Object(schemas.collect::<Map<_, _>>())
}

/// Makes the failure of a kind that is not one, with the nearest that is.
pub(super) fn unknown_kind(name: &str) -> Failure {
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let in_chinese: Vec<_> = Kind::ALL.iter().map(|kind| kind.object().zh).collect();
    let (kinds, in_chinese) = (kinds.join(", "), in_chinese.join("、"));
    let (near_zh, near_en) = near(name).map_or_else(Default::default, |kind| {
        let (zh, en) = (kind.object().zh, kind.name());
        (format!("是不是 `{zh}`（{en}）？"), format!("did you mean `{en}` ({zh})? "))
    });
    Failure::new(crate::text!("没有 `{name}` 这种记录", "there is no kind `{name}`"))
        .help(crate::text!("{near_zh}可以是：{in_chinese}，或 {kinds}", "{near_en}one of {kinds}"))
}

/// Finds the kind that somebody may mean: one with nearly this name, or one that people call so.
fn near(name: &str) -> Option<Kind> {
    let names = Kind::ALL.iter().flat_map(|kind| [kind.name(), kind.object().zh]);
    let folded = name.to_lowercase();
    let called = || OTHER_NAMES.iter().find(|(words, _)| words.iter().any(|word| folded.contains(word))).map(|(_, kind)| *kind);
    closest(name, names).and_then(Kind::from_name).or_else(called)
}

/// What people call records that have another name here.
const OTHER_NAMES: [(&[&str], Kind); 14] = [
    (&["合同", "协议", "承诺书", "agreement"], Kind::Contract),
    (&["议题", "决议", "提案", "resolution", "proposal", "motion"], Kind::Matter),
    (&["会", "纪要", "minutes"], Kind::Meeting),
    (&["村", "乡", "镇", "地区", "地方", "place", "village", "township"], Kind::Area),
    (&["账", "收支", "预算", "account", "budget"], Kind::Finance),
    (&["建议", "诉求", "suggestion", "complaint"], Kind::Opinions),
    (&["询问", "question"], Kind::Inquiry),
    (&["考评", "评分", "score", "evaluation"], Kind::Assessment),
    (&["问卷", "满意度", "调查", "poll", "questionnaire"], Kind::Survey),
    (&["代表", "花名册", "roster", "member"], Kind::Delegates),
    (&["项目", "规划", "project", "plan"], Kind::Programme),
    (&["目录", "清单", "list"], Kind::Catalogue),
    (&["节假日", "放假", "holiday"], Kind::Calendar),
    (&["规则", "程序", "流程", "procedure", "rule"], Kind::Workflow),
];
