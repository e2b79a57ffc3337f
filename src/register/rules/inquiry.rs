//! Inquiries: the entry of the accounts that a question is about.

use crate::diagnostic::Diagnostic;
use crate::record::check::{closest, quote};
use crate::record::{Inquiry, Record};
use crate::register::{RecordIx, Register};
use crate::text;

/// Checks an inquiry.
pub(super) fn check(register: &Register, ix: RecordIx, record: &Record, inquiry: &Inquiry, diagnostics: &mut Vec<Diagnostic>) {
    let Some(line) = inquiry.about.as_ref().and_then(|about| about.line.as_deref()) else {
        return;
    };
    let place = record.tree().place("about.line");
    if inquiry.about.as_ref().is_some_and(|about| about.finance.is_none()) {
        diagnostics.push(
            Diagnostic::error(
                "schema/missing-key",
                place,
                text!("写了 `line`，缺少 `finance`（财务）", "`line` is given, but `finance` is missing"),
            )
            .help(text!("补上财务记录的文件名", "add the name of the finance record")),
        );
        return;
    }
    let Some(accounts) = register.link(ix, "about.finance").map(|ix| register.get(ix)) else {
        return;
    };
    let Some(finance) = accounts.finance() else {
        return;
    };
    let entries = || finance.income.iter().chain(&finance.expenditure).map(|entry| entry.item.as_str());
    if entries().any(|item| item == line) {
        return;
    }
    let (found, name) = (quote(line), &accounts.name);
    let fault = Diagnostic::error(
        "reference/unknown",
        place,
        text!("财务记录 `{name}` 中没有 `{found}` 这一项", "the accounts `{name}` have no entry `{found}`"),
    )
    .label(accounts.tree().place("expenditure"), text!("收支在这里", "the entries are here"));
    diagnostics.push(match closest(line, entries()) {
        Some(near) => fault.help(text!("是不是 `{near}`？", "did you mean `{near}`?")),
        None => fault.help(text!("照抄收支项目的名称", "copy the `item` of an entry")),
    });
}
