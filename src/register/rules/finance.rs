//! Accounts: the balance, and entries within the period.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::record::finance::FinanceEntry;
use crate::record::{Finance, Record};
use crate::text;

/// Checks accounts.
pub(super) fn check(record: &Record, finance: &Finance, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(balance(record, finance));
    let (first, last) = (finance.period.first(), finance.period.last());
    for (list, entries) in [("income", &finance.income), ("expenditure", &finance.expenditure)] {
        for (i, entry) in entries.iter().enumerate() {
            if entry.date < first || entry.date > last {
                diagnostics.push(outside(record, &format!("{list}[{i}].date"), entry.date, (first, last)));
            }
        }
    }
}

/// Checks that opening, income and expenditure give the closing balance.
fn balance(record: &Record, finance: &Finance) -> Option<Diagnostic> {
    let total = |entries: &[FinanceEntry]| entries.iter().map(|entry| entry.amount).sum::<Decimal>();
    let (opening, closing) = (finance.opening, finance.closing);
    let (income, expenditure) = (total(&finance.income), total(&finance.expenditure));
    let right = opening + income - expenditure;
    if right == closing {
        return None;
    }
    let [opening, income, expenditure, right, closing] =
        [opening, income, expenditure, right, closing].map(|amount| format!("{amount:.2}"));
    let fault = Diagnostic::error(
        "arithmetic/finance-balance",
        record.tree().place("closing"),
        text!(
            "期初 {opening} + 收入 {income} − 支出 {expenditure} = {right}，与期末 {closing} 不符",
            "opening {opening} + income {income} − expenditure {expenditure} = {right}, but `closing` is {closing}"
        ),
    )
    .label(record.tree().place("opening"), text!("期初 {opening}", "opening {opening}"))
    .label(record.tree().place("income"), text!("收入合计 {income}", "income {income} in all"))
    .label(record.tree().place("expenditure"), text!("支出合计 {expenditure}", "expenditure {expenditure} in all"));
    Some(fault.help(text!(
        "按账算期末应为 {right}；核对各笔收支后改正",
        "by these entries the closing balance is {right}: compare the entries with the books and correct what is wrong"
    )))
}

/// Reports an entry outside of the period.
fn outside(record: &Record, at: &str, date: Date, (first, last): (Date, Date)) -> Diagnostic {
    Diagnostic::error(
        "date/outside-period",
        record.tree().place(at),
        text!("{date} 不在本期 {first} 至 {last} 之内", "{date} is not within the period, {first} to {last}"),
    )
    .label(record.tree().place("period"), text!("本期 {first} 至 {last}", "the period is {first} to {last}"))
    .help(text!("改正日期，或记入该日所在时期的财务记录", "correct the date, or enter it in the accounts of its period"))
}
