//! A work report as Markdown, for editing: the same view as the sheet. Whatever a record says stands as text, never as markup.

use std::fmt::Write as _;

use super::view::Report;
use super::view::report::{Align, Block, Column, Table};

/// Writes a report.
pub fn report(report: &Report) -> String {
    let mut out = format!("# {}\n\n{}\n\n", line(&report.title), line(&report.lead));
    for section in &report.sections {
        let _ = writeln!(out, "## {}{}\n", section.number, line(&section.title));
        section.blocks.iter().for_each(|piece| block(&mut out, piece));
    }
    let _ = writeln!(out, "{}\n", line(&report.note));
    end(&mut out, report);
    out
}

/// Writes where one can object and read more, then who reports, and when.
fn end(out: &mut String, report: &Report) {
    if let Some(office) = &report.objection {
        let words = [&office.office, &office.telephone, &office.address, &office.hours];
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).map(|word| escape(word)).collect();
        let _ = writeln!(out, "{} {}\n", line(&report.objection_label), words.join(" · "));
    }
    if !report.online.url.is_empty() {
        let _ = writeln!(out, "<{}>\n", report.online.url);
    }
    let _ = writeln!(out, "{}  \n{}", line(&report.seal.office), line(&report.seal.date));
}

/// Writes a piece of a section.
fn block(out: &mut String, block: &Block) {
    let _ = match block {
        Block::Heading { number, text } => writeln!(out, "### {number}{}\n", line(text)),
        Block::Item { number, lead, text } => writeln!(out, "**{number}{}** {}\n", escape(lead), escape(text)),
        Block::Paragraph { text } => writeln!(out, "{}\n", line(text)),
        Block::List { items } => {
            items.iter().enumerate().for_each(|(n, item)| {
                let _ = writeln!(out, "{}. {}", n + 1, line(item));
            });
            writeln!(out)
        }
        Block::Table(found) => {
            table(out, found);
            Ok(())
        }
    };
}

/// Writes a table with its caption and its note.
fn table(out: &mut String, table: &Table) {
    let _ = writeln!(out, "**{}**\n", escape(&table.caption));
    row(out, table.columns.iter().map(|column| column.text.as_str()));
    row_of(out, table.columns.iter().map(|column| rule(column).to_owned()));
    for cells in table.rows.iter().chain(Some(&table.total).filter(|total| !total.is_empty())) {
        row(out, cells.iter().map(String::as_str));
    }
    let _ = writeln!(out);
    if !table.note.is_empty() {
        let _ = writeln!(out, "{}\n", line(&table.note));
    }
}

/// Returns the rule below the heading of a column.
fn rule(column: &Column) -> &'static str {
    match column.align {
        Align::Number => "---:",
        Align::Short => ":---:",
        Align::Words => "---",
    }
}

fn row<'t>(out: &mut String, cells: impl Iterator<Item = &'t str>) {
    row_of(out, cells.map(escape));
}

fn row_of(out: &mut String, cells: impl Iterator<Item = String>) {
    let _ = writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "));
}

/// Writes a text that begins a line.
fn line(text: &str) -> String {
    line_start(&escape(text))
}

/// Keeps what begins a line from being a list, a heading or a rule.
fn line_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        Some(b'#' | b'+' | b'-' | b'=' | b':') if digits == 0 => format!("\\{text}"),
        _ => text.to_owned(),
    }
}

/// Writes a text on one line so that it is nothing but text.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let words = text.split(|c: char| c.is_whitespace() && c != '\u{3000}').filter(|word| !word.is_empty());
    for (n, word) in words.enumerate() {
        if n > 0 {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '^') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser};

    use super::*;

    /// Reads Markdown back: its text alone, and whether anything in it is markup other than paragraphs.
    fn read(markdown: &str) -> (String, bool) {
        let mut text = String::new();
        let mut marked = false;
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(words) => text.push_str(&words),
                Event::SoftBreak => text.push(' '),
                Event::Start(tag) => marked |= tag != pulldown_cmark::Tag::Paragraph,
                Event::End(_) => {}
                _ => marked = true,
            }
        }
        (text, marked)
    }

    #[test]
    fn whatever_a_record_says_is_text() {
        let hostile = [
            "# 标题",
            "- 一项",
            "1. 一项",
            "2) 一项",
            "+ 一项",
            "> 引文",
            "*粗* _斜_ **重** ~~删~~",
            "`代码` ```围栏```",
            "[链接](https://example.org) ![图](x.png)",
            "<script>alert(1)</script> &amp; &lt;",
            "甲 | 乙 | 丙",
            "--- \n ===",
            "行一\n\n行二\n# 行三",
            "$x^2$ $$y$$ \\( z \\)",
            "[^1]: 脚注 [[wiki]] {#id .class}",
            ":--- 定义",
            "    缩进",
            "2026年3月18日",
            "100 户",
        ];
        for text in hostile {
            let (back, marked) = read(&line(text));
            let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!((back.as_str(), marked), (plain.as_str(), false), "{text}");
        }
    }

    #[test]
    fn a_cell_stays_a_cell() {
        let column = |text: &str, align| Column { text: text.to_owned(), align };
        let made = Table {
            caption: "表".to_owned(),
            columns: vec![column("名|称", Align::Words), column("数", Align::Number)],
            rows: vec![vec!["甲|乙".to_owned(), "1".to_owned()]],
            total: vec!["合计".to_owned(), "1".to_owned()],
            note: String::new(),
        };
        let mut out = String::new();
        table(&mut out, &made);
        assert_eq!(out, "**表**\n\n| 名\\|称 | 数 |\n| --- | ---: |\n| 甲\\|乙 | 1 |\n| 合计 | 1 |\n\n");
    }
}
