//! Samples of the sheets of places, accounts and assessments: written from the example site, then made long, empty and hostile.

use super::{Desk, period};
use crate::language::Language;
use crate::print::sheet::{assessment, finance, poster, report};
use crate::print::view::finance::Entry;
use crate::print::view::report::Block;
use crate::print::view::{Assessment, Finance, Poster, Report, Sample};

const LONG: &str = "关于西二街至小学路段太阳能路灯改造、排水沟清淤和护栏修补工程（含夜间反光标识）及其后续管护责任划分的实施方案";
const HOSTILE: &str = "#eval(\"1\") *粗* _斜_ $x$ @ref <a> | \\ ";

impl Sample for Poster {
    fn samples() -> Vec<(&'static str, Self)> {
        let desk = Desk::example();
        let (zh, en) = (desk.scribe(Language::Chinese), desk.scribe(Language::English));
        let of = |area: &str, when: &str| poster::view(&zh, desk.find(area), period(when)).unwrap();
        let english = poster::view(&en, desk.find("qinghe"), period("2026")).unwrap();
        let mut full = of("qinghe", "2026");
        full.place = LONG.chars().take(24).collect();
        for matter in &mut full.under_way.rows {
            matter.title = format!("{LONG}{HOSTILE}");
            matter.place = "清河镇新民村".to_owned();
        }
        full.under_way.rows = full.under_way.rows.iter().cycle().take(8).cloned().collect();
        full.due.rows = full.due.rows.iter().cycle().take(8).cloned().collect();
        full.findings.rows = full.findings.rows.iter().cycle().take(5).cloned().collect();
        full.due.rows.iter_mut().for_each(|due| due.about = LONG.to_owned());
        full.findings.rows.iter_mut().for_each(|finding| finding.message = format!("{LONG}{HOSTILE}"));
        vec![
            ("township-year", of("qinghe", "2026")),
            ("village-quarter", of("qinghe/xinmin", "2026-Q3")),
            ("village-month", of("qinghe/liuhe", "2026-09")),
            ("english", english),
            ("full", full),
            ("empty", of("qinghe/xinmin", "2023-Q1")),
        ]
    }
}

impl Sample for Finance {
    fn samples() -> Vec<(&'static str, Self)> {
        let desk = Desk::example();
        let ix = desk.find("qinghe/liuhe/finance/2026-q3");
        let of = |language: Language| finance::view(&desk.scribe(language), ix).unwrap();
        let mut many = of(Language::Chinese);
        for book in &mut many.ledgers {
            let entry = |n: usize| Entry {
                number: n.to_string(),
                item: if n.is_multiple_of(3) { format!("{LONG}{HOSTILE}") } else { format!("第 {n} 笔") },
                sum: format!("{n},000.00"),
                ..book.entries[0].clone()
            };
            book.entries = (1..=120).map(entry).collect();
        }
        let mut none = of(Language::Chinese);
        none.ledgers.iter_mut().for_each(|book| book.entries.clear());
        vec![("quarter", of(Language::Chinese)), ("english", of(Language::English)), ("many", many), ("none", none)]
    }
}

impl Sample for Assessment {
    fn samples() -> Vec<(&'static str, Self)> {
        let desk = Desk::example();
        let of = |id: &str, language: Language| assessment::view(&desk.scribe(language), desk.find(id)).unwrap();
        let mut many = of("qinghe/assessments/2025", Language::Chinese);
        many.indicators = many.indicators.iter().cycle().take(9).cloned().collect();
        many.results = many.results.iter().cycle().take(71).cloned().collect();
        for (n, result) in many.results.iter_mut().enumerate() {
            result.scores = result.scores.iter().cycle().take(9).cloned().collect();
            if n.is_multiple_of(4) {
                result.unit = LONG.chars().take(28).collect();
                result.note = format!("{LONG}{HOSTILE}");
            }
        }
        vec![
            ("quarter", of("qinghe/assessments/2026-q3", Language::Chinese)),
            ("year", of("qinghe/assessments/2025", Language::Chinese)),
            ("english", of("qinghe/assessments/2026-q3", Language::English)),
            ("many", many),
        ]
    }
}

impl Sample for Report {
    fn samples() -> Vec<(&'static str, Self)> {
        let desk = Desk::example();
        let of = |language: Language, area: &str, when: &str| {
            report::view(&desk.scribe(language), desk.find(area), period(when)).unwrap()
        };
        let mut hostile = of(Language::Chinese, "qinghe/liuhe", "2026-Q3");
        hostile.title = LONG.to_owned();
        for block in hostile.sections.iter_mut().flat_map(|section| &mut section.blocks) {
            match block {
                Block::Paragraph { text } | Block::Item { text, .. } | Block::Heading { text, .. } => text.push_str(HOSTILE),
                Block::List { items } => items.iter_mut().for_each(|item| item.push_str(HOSTILE)),
                Block::Table(table) => table.rows.iter_mut().flatten().for_each(|cell| cell.push_str(HOSTILE)),
            }
        }
        vec![
            ("village-month", of(Language::Chinese, "qinghe/liuhe", "2026-09")),
            ("township-year", of(Language::Chinese, "qinghe", "2026")),
            ("english", of(Language::English, "qinghe", "2026-H1")),
            ("village-english", of(Language::English, "qinghe/xinmin", "2026-Q3")),
            ("empty", of(Language::Chinese, "qinghe/xinmin", "2023-Q1")),
            ("hostile", hostile),
        ]
    }
}
