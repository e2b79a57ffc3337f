//! Work reports: their numbers, their sentences, and the same as Markdown.

use super::{Desk, Recount, period};
use crate::language::Language;
use crate::print::markdown;
use crate::print::sheet::report;
use crate::print::view::Report;
use crate::print::view::report::{Block, Table};

const PLACES: [&str; 5] = ["qinghe", "qinghe/xinmin", "qinghe/donggang", "qinghe/liuhe", "qinghe/xilin"];
const PERIODS: [&str; 9] = ["2025", "2025-H1", "2025-Q4", "2026", "2026-H1", "2026-Q3", "2026-03", "2026-09", "2026-11"];

/// Writes every report of the example site.
fn all(desk: &Desk, language: Language) -> Vec<(String, Report)> {
    let scribe = desk.scribe(language);
    let each = PLACES.into_iter().flat_map(|place| PERIODS.map(|when| (place, when)));
    each.map(|(place, when)| (format!("{place} {when}"), report::view(&scribe, desk.find(place), period(when)).unwrap()))
        .collect()
}

/// Returns the sentences of a report.
fn texts(report: &Report) -> Vec<String> {
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    let mut texts = vec![report.lead.clone()];
    for block in blocks {
        match block {
            Block::Item { text, .. } | Block::Paragraph { text } => texts.push(text.clone()),
            Block::List { items } => texts.extend(items.clone()),
            Block::Heading { .. } | Block::Table(_) => {}
        }
    }
    texts
}

fn tables(report: &Report) -> impl Iterator<Item = &Table> {
    report.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

#[test]
fn the_table_of_figures_is_what_the_records_hold() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::Chinese);
    for place in PLACES {
        for when in PERIODS {
            let report = report::view(&scribe, desk.find(place), period(when)).unwrap();
            let count = Recount::new(&desk, place, period(when));
            let rows = tables(&report).next().map(|table| table.rows.clone()).unwrap_or_default();
            let value = |name: &str| rows.iter().find(|row| row[0] == name).map_or("0", |row| &row[2]).to_owned();
            let expected = [count.opinions, count.meetings, count.resolved, count.findings].map(|n| n.to_string());
            assert_eq!(["收到意见", "召开会议", "形成决议", "程序不符"].map(value), expected, "{place} {when}");
            if count.entitled > 0 {
                let share = scribe.percent(count.present, count.entitled);
                let (present, entitled) = (scribe.number(count.present), scribe.number(count.entitled));
                assert_eq!(value("到会率"), format!("{share} ({present}/{entitled})"), "{place} {when}");
            }
        }
    }
}

#[test]
fn the_table_of_places_adds_up() {
    let desk = Desk::example();
    let report = report::view(&desk.scribe(Language::Chinese), desk.find("qinghe"), period("2026")).unwrap();
    let table = tables(&report).find(|table| table.caption == "各地数据").unwrap();
    let number = |text: &String| text.replace(',', "").parse::<u64>().ok();
    for (column, total) in table.total.iter().enumerate().skip(1) {
        let Some(total) = number(total) else { continue };
        let sum: u64 = table.rows.iter().filter_map(|row| number(&row[column])).sum();
        assert_eq!(sum, total, "{}", table.columns[column].text);
    }
}

#[test]
fn nothing_is_said_of_what_did_not_take_place() {
    let desk = Desk::example();
    for (name, report) in all(&desk, Language::Chinese) {
        for text in texts(&report) {
            for counter in ["条", "次", "项", "件", "份", "处", "户次"] {
                assert!(!text.contains(&format!(" 0 {counter}")), "{name}: {text}");
            }
            assert!(
                !text.contains("。。") && !text.contains("；。") && !text.contains("，。") && !text.contains("：。"),
                "{name}: {text}"
            );
        }
    }
    for (name, report) in all(&desk, Language::English) {
        for text in texts(&report) {
            let words: Vec<&str> =
                text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
            assert!(!words.contains(&"0"), "{name}: {text}");
            let plurals = ["opinions", "meetings", "matters", "resolutions", "tasks", "reports", "things", "records", "surveys"];
            assert!(!words.windows(2).any(|pair| pair[0] == "1" && plurals.contains(&pair[1])), "{name}: {text}");
            assert!(!text.contains("..") && !text.contains(" ,") && !text.contains(" ."), "{name}: {text}");
        }
    }
}

#[test]
fn a_report_has_its_sections_in_order_and_numbered() {
    let desk = Desk::example();
    for (name, report) in all(&desk, Language::Chinese) {
        let order = ["总体情况", "工作开展情况", "财务收支情况", "存在的问题", "下一步工作"];
        let places: Vec<usize> =
            report.sections.iter().map(|section| order.iter().position(|title| *title == section.title).unwrap()).collect();
        assert!(places.is_sorted() && places.contains(&0) && places.contains(&3) && places.contains(&4), "{name}: {places:?}");
        let numbers: Vec<&str> = report.sections.iter().map(|section| section.number.as_str()).collect();
        assert_eq!(numbers, ["一、", "二、", "三、", "四、", "五、"][..numbers.len()], "{name}");
    }
}

#[test]
fn a_month_of_a_village_is_short_and_a_year_of_a_township_complete() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::Chinese);
    let length =
        |place: &str, when: &str| texts(&report::view(&scribe, desk.find(place), period(when)).unwrap()).concat().chars().count();
    let (month, year) = (length("qinghe/liuhe", "2026-09"), length("qinghe", "2026"));
    assert!(month < 1_000 && year > 1_500, "{month} {year}");
    let report = report::view(&scribe, desk.find("qinghe"), period("2026")).unwrap();
    let captions: Vec<&str> = tables(&report).map(|table| table.caption.as_str()).collect();
    assert!(
        ["主要数据", "付表决的事项", "各步骤办理情况", "各地数据", "正在办理的事项"]
            .iter()
            .all(|caption| captions.contains(caption)),
        "{captions:?}"
    );
}

#[test]
fn an_empty_period_is_reported_as_one() {
    let desk = Desk::example();
    let report = report::view(&desk.scribe(Language::Chinese), desk.find("qinghe/xinmin"), period("2023-02")).unwrap();
    let said = texts(&report).concat();
    assert!(said.contains("本月没有收到意见、召开会议、形成决议、办结事项的公开记录。"), "{said}");
    assert!(said.contains("没有发现不按程序办的地方，也没有逾期未办的事项。"), "{said}");
    assert!(report.sections.iter().all(|section| section.title != "工作开展情况"), "{said}");
}

#[test]
fn the_year_before_is_named_only_where_there_are_records() {
    let desk = Desk::example();
    let scribe = desk.scribe(Language::Chinese);
    let said = |when: &str| texts(&report::view(&scribe, desk.find("qinghe"), period(when)).unwrap()).concat();
    assert!(!said("2025").contains("上年同期"));
    assert!(said("2026").contains("上年同期"));
}

#[test]
fn the_markdown_says_the_same() {
    let desk = Desk::example();
    let report = report::view(&desk.scribe(Language::Chinese), desk.find("qinghe"), period("2026")).unwrap();
    let markdown = markdown::report(&report);
    let mut read = String::new();
    let mut headings = 0;
    for event in pulldown_cmark::Parser::new_ext(&markdown, pulldown_cmark::Options::ENABLE_TABLES) {
        match event {
            pulldown_cmark::Event::Text(text) => read.push_str(&text),
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { level, .. }) => {
                headings += usize::from(level == pulldown_cmark::HeadingLevel::H2);
            }
            _ => {}
        }
    }
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let read = squeezed(&read);
    for text in texts(&report) {
        assert!(read.contains(&squeezed(&text)), "{text}");
    }
    for cell in tables(&report).flat_map(|table| table.rows.iter().flatten()) {
        assert!(read.contains(&squeezed(cell)), "{cell}");
    }
    assert_eq!(headings, report.sections.len());
}
