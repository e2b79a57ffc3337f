//! Accounts and assessments: entries, sums, ranks.

use rust_decimal::Decimal;

use super::Desk;
use crate::language::Language;
use crate::print::sheet::{assessment, finance};
use crate::site::view::{Met, Way};

fn amount(text: &str) -> Decimal {
    text.replace(',', "").replace('−', "-").parse().unwrap()
}

#[test]
fn every_entry_is_shown_and_the_sums_that_are_carried_over_end_in_the_total() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::Chinese);
    let mut seen = 0;
    for (ix, record) in desk.edition.published().filter(|(_, record)| record.finance().is_some()) {
        let (accounts, sheet) = (record.finance().unwrap(), finance::view(&scribe, ix).unwrap());
        for (book, entries) in sheet.ledgers.iter().zip([&accounts.income, &accounts.expenditure]) {
            assert_eq!(book.entries.len(), entries.len(), "{}", record.id);
            let mut sum = Decimal::ZERO;
            for (shown, entry) in book.entries.iter().zip(entries) {
                sum += entry.amount;
                assert_eq!((amount(&shown.amount), amount(&shown.sum)), (entry.amount, sum), "{}", record.id);
                assert_eq!(shown.basis, entry.basis.clone().unwrap_or_default());
                seen += 1;
            }
            assert_eq!(amount(&book.total), sum);
        }
        let [opening, income, expenditure, closing] = [0, 1, 2, 3].map(|n| amount(&sheet.balance[n].amount));
        assert_eq!(sheet.balanced == Met::Met, opening + income - expenditure == closing, "{}", record.id);
        assert_eq!(closing, accounts.closing);
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn an_entry_names_its_matter_and_the_sheet_names_who_verified() {
    let desk = Desk::example();
    let ix = desk.find("qinghe/liuhe/finance/2026-q3");
    let sheet = finance::view(&desk.scribe(Language::Chinese), ix).unwrap();
    assert_eq!(sheet.title, "柳河村 2026 年第三季度财务收支公开");
    assert_eq!(sheet.verified.text, "民主理财小组、2026年10月19日");
    let matter = desk.edition.register.by_id("qinghe/liuhe/matters/2026-001-link-road").unwrap();
    assert_eq!(sheet.ledgers[1].entries[0].about, desk.edition.register.get(matter).title().unwrap());
    // It was published before it was verified, and the sheet does not hide it.
    assert!(!sheet.findings.is_empty());
    let english = finance::view(&desk.scribe(Language::English), ix).unwrap();
    assert_eq!(english.title, "Liuhe Village: income and expenditure, Q3 2026");
    assert_eq!(english.balance[1].entries, "2 entries");
}

#[test]
fn ranks_follow_the_totals_and_totals_the_scores() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::Chinese);
    let mut seen = 0;
    for (ix, record) in desk.edition.published().filter(|(_, record)| record.assessment().is_some()) {
        let (results, sheet) = (record.assessment().unwrap(), assessment::view(&scribe, ix).unwrap());
        assert_eq!(sheet.results.len(), results.results.len());
        for shown in &sheet.results {
            let total = amount(&shown.total);
            let higher = results.results.iter().filter(|result| result.total > total).count();
            assert_eq!(shown.rank, (higher + 1).to_string(), "{}", record.id);
            let scores: Decimal =
                shown.scores.iter().filter(|score| !score.points.is_empty()).map(|score| amount(&score.points)).sum();
            assert_eq!(scores, total, "{}", record.id);
            let result = results.results.iter().find(|result| result.subject == shown.unit).unwrap();
            assert_eq!(shown.note, result.note.clone().unwrap_or_default());
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn the_change_is_that_since_the_last_of_the_same_cycle() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::Chinese);
    let of = |id: &str| assessment::view(&scribe, desk.find(id)).unwrap();
    let (now, before) = (of("qinghe/assessments/2026-q3"), of("qinghe/assessments/2026-q2"));
    assert!(now.has_changes && now.compared.contains("2026 年第二季度"), "{}", now.compared);
    for result in &now.results {
        let then = before.results.iter().find(|other| other.unit == result.unit).unwrap();
        let (rank, earlier): (u32, u32) = (result.rank.parse().unwrap(), then.rank.parse().unwrap());
        let way = match earlier.cmp(&rank) {
            std::cmp::Ordering::Greater => Way::Up,
            std::cmp::Ordering::Less => Way::Down,
            std::cmp::Ordering::Equal => Way::Same,
        };
        assert_eq!(result.change.way, way, "{}", result.unit);
        let difference = amount(&result.total) - amount(&then.total);
        assert_eq!(amount(result.difference.trim_start_matches('+')), difference, "{}", result.unit);
    }
    let first = of("qinghe/assessments/2025-01");
    assert!(!first.has_changes);
}
