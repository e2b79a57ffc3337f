//! `gongshi schema`: JSON Schemas, for editors.

use serde_json::{Map, Value};

use super::arguments::Schema;
use super::{End, Failure, Session};
use crate::field::Kind;
use crate::record::Forms;
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
    Failure::new(crate::text!("没有 `{name}` 这种记录", "there is no kind `{name}`"))
        .help(crate::text!("可以是：{in_chinese}，或 {kinds}", "one of {kinds}"))
}
