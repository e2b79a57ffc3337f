//! Writes the accounts of a period: every entry with its basis, the sums that are carried over, and the balance with its
//! arithmetic. The numbers are those of the page of the record.

use rust_decimal::Decimal;

use crate::print::view::finance::{Amount, Entry, Finance, Ledger};
use crate::print::view::{Line, Pages};
use crate::record::Finance as Accounts;
use crate::record::finance::FinanceEntry;
use crate::register::RecordIx;
use crate::site::view::{self, Met};
use crate::site::{Page, Scribe, finance as page, parts};
use crate::text;

use super::common;
use super::place::issuer;

/// Writes the sheet of a finance record.
pub fn view(scribe: &Scribe, ix: RecordIx) -> Option<Finance> {
    let record = scribe.edition.register.get(ix);
    let accounts = record.finance()?;
    let online = page::page(scribe, ix)?;
    let title = title(scribe, ix, accounts);
    let issuer = issuer(scribe, &record.area);
    let [income, expenditure] = online.sections.as_slice() else { return None };
    Some(Finance {
        meta: common::meta(scribe, ix, &title, Pages::Many),
        title,
        facts: facts(scribe, &record.area, accounts),
        balance: balance(scribe, &online.totals, accounts),
        equation: online.equation.clone(),
        balanced: online.balanced,
        balanced_words: scribe.label(if online.balanced == Met::Met { "finance.balanced" } else { "finance.not_balanced" }),
        ledgers: vec![
            ledger(scribe, accounts, income, &accounts.income),
            ledger(scribe, accounts, expenditure, &accounts.expenditure),
        ],
        findings: parts::judged(scribe, ix).findings.into_iter().map(|finding| finding.message).collect(),
        verified: verified(scribe, accounts),
        objection: common::objection(scribe),
        seal: common::seal(scribe, issuer, accounts.published),
        online: common::online(scribe, &Page::Record(ix)),
        digest: common::digest(scribe, ix),
        as_of: scribe.date(scribe.edition.as_of).text,
    })
}

/// Names the accounts: by their own title where they have one, else by place and period.
fn title(scribe: &Scribe, ix: RecordIx, accounts: &Accounts) -> String {
    let record = scribe.edition.register.get(ix);
    if record.title().is_some() {
        return scribe.title(ix);
    }
    let place = scribe.place(&record.area).map(|place| place.text).unwrap_or_default();
    let period = scribe.period(accounts.period);
    scribe.text(&text!("{place} {period}财务收支公开", "{place}: income and expenditure, {period}"))
}

/// Writes place, period, currency and publication.
fn facts(scribe: &Scribe, area: &str, accounts: &Accounts) -> Vec<Line> {
    let place = scribe.place(area).map(|place| place.text).unwrap_or_default();
    let days = scribe.days(accounts.period.first(), Some(accounts.period.last()));
    let currency = accounts
        .currency
        .map_or_else(|| scribe.say("人民币元", "yuan (CNY)").to_owned(), |currency| scribe.text(&currency.label()));
    let published = accounts.published.map(|date| scribe.date(date).text).unwrap_or_default();
    let lines = [
        common::line(scribe.say("公开单位", "Accounts of"), place),
        common::line(scribe.say("所属时期", "Period"), days),
        common::line(scribe.say("币种", "Currency"), currency),
        common::line(scribe.say("公布日期", "Published"), published),
    ];
    lines.into_iter().flatten().collect()
}

/// Writes the four numbers of the balance, with how many entries income and expenditure add up.
fn balance(scribe: &Scribe, totals: &[view::Total], accounts: &Accounts) -> Vec<Amount> {
    let entries = [None, Some(accounts.income.len()), Some(accounts.expenditure.len()), None];
    let count = |n: usize| {
        let one = scribe.number(n as u64);
        let noun = crate::language::plural(n as u64, "entry", "entries");
        scribe.text(&text!("{one} 笔", "{one} {noun}"))
    };
    totals
        .iter()
        .zip(entries)
        .map(|(total, entries)| Amount {
            sign: total.sign.clone(),
            label: total.label.clone(),
            amount: total.amount.clone(),
            entries: entries.map(count).unwrap_or_default(),
        })
        .collect()
}

/// Writes income or expenditure.
fn ledger(scribe: &Scribe, accounts: &Accounts, online: &view::Ledger, entries: &[FinanceEntry]) -> Ledger {
    let mut sum = Decimal::ZERO;
    let title = online.title.to_lowercase();
    let write = |(n, (shown, entry)): (usize, (&view::Entry, &FinanceEntry))| {
        sum += entry.amount;
        let same_year = entry.date.year() == accounts.period.year();
        Entry {
            number: (n + 1).to_string(),
            date: if same_year { scribe.short_days(entry.date, None) } else { scribe.date(entry.date).text },
            item: shown.item.clone(),
            basis: shown.basis.clone(),
            about: shown.link.as_ref().map(|link| link.text.clone()).unwrap_or_default(),
            amount: shown.amount.clone(),
            sum: scribe.amount(sum),
        }
    };
    Ledger {
        title: online.title.clone(),
        entries: online.entries.iter().zip(entries).enumerate().map(write).collect(),
        total: online.total.clone(),
        none: scribe.text(&text!("本期没有{title}。", "No {title} in this period.")),
    }
}

/// Says who verified the accounts and when, or that nobody is on record for it.
fn verified(scribe: &Scribe, accounts: &Accounts) -> Line {
    let text = match &accounts.verified_by {
        Some(by) => scribe.join([by.body.clone(), scribe.date(by.date).text]),
        None => scribe.say("记录中没有写明审核", "no verification is on record").to_owned(),
    };
    Line { label: scribe.say("审核", "Verified by").to_owned(), text }
}
