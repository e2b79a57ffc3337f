//! Programmes: projects that indicators name, values in the order of their days, days within the term, percentages.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::record::check::{closest, quote};
use crate::record::programme::ProgrammeIndicator;
use crate::record::{Programme, Record};
use crate::text;

/// Checks a programme.
pub(super) fn check(record: &Record, programme: &Programme, diagnostics: &mut Vec<Diagnostic>) {
    for (i, indicator) in programme.indicators.iter().enumerate() {
        diagnostics.extend(project(record, programme, i, indicator));
        diagnostics.extend(within_term(record, programme, i, indicator.by));
        order(record, i, indicator, diagnostics);
        percentages(record, i, indicator, diagnostics);
    }
}

/// Reports a project that the programme does not have.
fn project(record: &Record, programme: &Programme, i: usize, indicator: &ProgrammeIndicator) -> Option<Diagnostic> {
    let written = indicator.project.as_deref()?;
    let ids = || programme.projects.iter().map(|project| project.id.as_str());
    if ids().any(|id| id == written) {
        return None;
    }
    let at = format!("indicators[{i}].project");
    let found = quote(written);
    let fault = Diagnostic::error(
        "reference/unknown",
        record.tree().place(&at),
        text!("没有编号为 `{found}` 的项目", "the programme has no project `{found}`"),
    )
    .label(record.tree().place("projects"), text!("项目在这里", "the projects are here"));
    Some(match closest(written, ids()) {
        Some(near) => fault.help(text!("是不是 `{near}`？", "did you mean `{near}`?")),
        None => fault.help(text!("写 `projects` 里有的编号", "write the id of one of the `projects`")),
    })
}

/// Reports a target whose day lies outside of the term of the programme.
fn within_term(record: &Record, programme: &Programme, i: usize, by: Date) -> Option<Diagnostic> {
    let (from, to) = (programme.term.from, programme.term.to);
    if by >= from && to.is_none_or(|to| by <= to) {
        return None;
    }
    let term_zh = to.map_or_else(|| format!("{from} 起"), |to| format!("{from} 至 {to}"));
    let term_en = to.map_or_else(|| format!("from {from}"), |to| format!("{from} to {to}"));
    Some(
        Diagnostic::error(
            "date/outside-period",
            record.tree().place(&format!("indicators[{i}].by")),
            crate::language::Text::new(
                format!("目标日期 {by} 不在实施期 {term_zh} 之内"),
                format!("the day of the target, {by}, is not within the term, {term_en}"),
            ),
        )
        .label(record.tree().place("term"), text!("实施期", "the term"))
        .help(text!("改正 `by`，或者延长 `term`", "correct `by`, or extend `term`")),
    )
}

/// Reports values that are not in the order of their days, or two of one day.
fn order(record: &Record, i: usize, indicator: &ProgrammeIndicator, diagnostics: &mut Vec<Diagnostic>) {
    for (at, pair) in indicator.values.windows(2).enumerate() {
        let (first, second) = (pair[0].date, pair[1].date);
        if first < second {
            continue;
        }
        let place = |n: usize| record.tree().place(&format!("indicators[{i}].values[{n}].date"));
        diagnostics.push(
            Diagnostic::error(
                "date/order",
                place(at + 1),
                text!("数值的日期 {second} 不晚于前一个 {first}", "the value of {second} does not come after that of {first}"),
            )
            .label(place(at), text!("前一个", "the one before"))
            .help(text!("按日期先后排列，一天只写一个数值", "put them in the order of their days, one a day")),
        );
    }
}

/// Reports percentages above a hundred where the indicator does not allow them.
fn percentages(record: &Record, i: usize, indicator: &ProgrammeIndicator, diagnostics: &mut Vec<Diagnostic>) {
    if !indicator.is_percentage() || indicator.above_100 {
        return;
    }
    let target = [(indicator.target, "target".to_owned())];
    let baseline = indicator.baseline.map(|baseline| (baseline, "baseline".to_owned()));
    let values = indicator.values.iter().enumerate().map(|(n, reported)| (reported.value, format!("values[{n}].value")));
    for (number, key) in target.into_iter().chain(baseline).chain(values) {
        if number <= Decimal::ONE_HUNDRED {
            continue;
        }
        let number = number.normalize();
        diagnostics.push(
            Diagnostic::error(
                "arithmetic/percentage",
                record.tree().place(&format!("indicators[{i}].{key}")),
                text!("百分比 {number} 超过 100", "the percentage, {number}, is more than 100"),
            )
            .help(text!(
                "核对数值；确实可以超过 100 的（如增长率），写 `above_100: true`",
                "check the number; write `above_100: true` where it can be more than 100, as a growth rate can"
            )),
        );
    }
}
