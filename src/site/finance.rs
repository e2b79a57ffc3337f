//! The page of a finance statement: every entry, and the balance in words.

use rust_decimal::Decimal;

use crate::field::Kind;
use crate::language::percent;
use crate::record::Finance;
use crate::record::finance::FinanceEntry;
use crate::register::RecordIx;

use super::parts;
use super::scribe::Scribe;
use super::view::{Entry, Fact, FinancePage, Ledger, Link, Met, Related, Total};

/// Writes the page of a finance statement.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<FinancePage> {
    let finance = scribe.edition.register.get(ix).finance()?;
    let judged = parts::judged(scribe, ix);
    let (income, expenditure) = (sum(&finance.income), sum(&finance.expenditure));
    let balanced = finance.opening + income - expenditure == finance.closing;
    Some(FinancePage {
        head: parts::head(scribe, ix),
        equation: equation(scribe, finance, income, expenditure),
        balanced: if balanced { Met::Met } else { Met::NotMet },
        totals: totals(scribe, finance, income, expenditure),
        sections: vec![
            ledger(scribe, ix, "income", &finance.income, income),
            ledger(scribe, ix, "expenditure", &finance.expenditure, expenditure),
        ],
        facts: scribe.facts(facts(scribe, finance)),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        posting: None,
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: neighbours(scribe, ix).into_iter().chain(parts::related_all(scribe, ix)).collect(),
    })
}

/// Adds up entries.
fn sum(entries: &[FinanceEntry]) -> Decimal {
    entries.iter().map(|entry| entry.amount).sum()
}

/// Says the balance in words.
fn equation(scribe: &Scribe, finance: &Finance, income: Decimal, expenditure: Decimal) -> String {
    let values = [finance.opening, income, expenditure, finance.closing].map(|n| scribe.amount(n));
    let [opening, income, expenditure, closing] = &values;
    let fill: [(&str, &str); 4] = [("opening", opening), ("income", income), ("expenditure", expenditure), ("closing", closing)];
    scribe.fill("words.equation", &fill)
}

/// Writes the four numbers of the balance.
fn totals(scribe: &Scribe, finance: &Finance, income: Decimal, expenditure: Decimal) -> Vec<Total> {
    let rows = [
        ("opening", "", finance.opening),
        ("income", "+", income),
        ("expenditure", "−", expenditure),
        ("closing", "=", finance.closing),
    ];
    let largest = rows.iter().map(|(_, _, amount)| cents(*amount)).max().unwrap_or(0);
    let write = |(key, sign, amount): (&str, &str, Decimal)| Total {
        label: scribe.label_of("finance", key),
        amount: scribe.amount(amount),
        sign: sign.to_owned(),
        width: percent(cents(amount), largest),
    };
    rows.into_iter().map(write).collect()
}

/// Returns an amount as whole hundredths; less than zero counts as zero.
fn cents(amount: Decimal) -> u64 {
    let mut amount = amount.max(Decimal::ZERO);
    amount.rescale(2);
    u64::try_from(amount.mantissa()).unwrap_or(u64::MAX)
}

/// Writes income or expenditure.
fn ledger(scribe: &Scribe, ix: RecordIx, key: &str, entries: &[FinanceEntry], total: Decimal) -> Ledger {
    let write = |(i, entry): (usize, &FinanceEntry)| Entry {
        id: format!("{key}-{}", i + 1),
        date: Some(scribe.date(entry.date)),
        item: entry.item.clone(),
        lang: scribe.lang_of(&entry.item),
        basis: entry.basis.clone().unwrap_or_default(),
        link: entry_link(scribe, ix, key, i, entry),
        amount: scribe.amount(entry.amount),
    };
    Ledger {
        title: scribe.label_of("finance", key),
        entries: entries.iter().enumerate().map(write).collect(),
        total: scribe.amount(total),
    }
}

/// Links an entry to its matter, or to the inquiry that asked about it.
fn entry_link(scribe: &Scribe, ix: RecordIx, key: &str, index: usize, entry: &FinanceEntry) -> Option<Link> {
    let register = &scribe.edition.register;
    let matter = register.link(ix, &format!("{key}[{index}].matter"));
    let asked = register.links_to(ix).iter().map(|link| link.from).find(|from| {
        let about = register.get(*from).inquiry().and_then(|inquiry| inquiry.about.as_ref());
        about.and_then(|about| about.line.as_ref()) == Some(&entry.item)
    });
    matter.or(asked).filter(|ix| scribe.edition.is_published(*ix)).map(|ix| scribe.link(ix))
}

/// Writes period, verification and publication.
fn facts(scribe: &Scribe, finance: &Finance) -> Vec<Fact> {
    let verified = finance.verified_by.as_ref().map(|v| scribe.join([v.body.clone(), scribe.date(v.date).text]));
    let published = finance.published.map(|date| scribe.date(date).text);
    let currency = finance.currency.map_or_else(|| scribe.say("人民币", "yuan (CNY)").to_owned(), |c| scribe.text(&c.label()));
    parts::said([
        scribe.fact(scribe.say("时期", "Period"), scribe.period(finance.period)),
        scribe.fact(scribe.say("币种", "Currency"), currency),
        scribe.fact(scribe.say("审核", "Verified by"), verified.unwrap_or_default()),
        scribe.fact(scribe.say("公布", "Published"), published.unwrap_or_default()),
    ])
}

/// Groups the statements of the same place right before and after this one.
fn neighbours(scribe: &Scribe, ix: RecordIx) -> Option<Related> {
    let register = &scribe.edition.register;
    let all = register.records_of(&register.get(ix).area, Kind::Finance).iter().copied();
    let mut all: Vec<RecordIx> = all.filter(|ix| scribe.edition.is_published(*ix)).collect();
    all.sort_by_key(|ix| (register.get(*ix).finance().map(|f| f.period), *ix));
    let place = all.iter().position(|other| *other == ix)?;
    let before = place.checked_sub(1).map(|i| all[i]);
    parts::related(scribe, scribe.say("前后各期", "Before and after"), before.into_iter().chain(all.get(place + 1).copied()))
}
