//! The Markdown body of a record as typed blocks: sheets set words, never markup.
//!
//! Emphasis, links and pictures leave their words; raw HTML is shown as text, as on the website.

use pulldown_cmark::{Alignment, Event, Parser, Tag, TagEnd};

use super::view::{Block, Side, Table};
use crate::register;
use crate::render::markdown::joined;

/// Reads a body; its topmost headings stand at `level`, and no level is left out.
pub(super) fn blocks(markdown: &str, level: u8) -> Vec<Block> {
    let events: Vec<Event<'_>> = joined(Parser::new_ext(markdown, register::options())).collect();
    let headings = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
        _ => None,
    });
    let topmost = headings.min().unwrap_or(1);
    let mut reader = Reader { first: level, topmost, above: level, ..Reader::default() };
    for event in events {
        reader.take(event);
    }
    reader.flush();
    reader.blocks
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    text: String,
    /// The level of the topmost headings on the sheet, and in the body.
    first: u8,
    topmost: u8,
    /// The level of the last heading that was set.
    above: u8,
    heading: Option<u8>,
    /// The number of the next element of each open list; none for bullets.
    lists: Vec<Option<u64>>,
    /// The mark of the element that was opened and has no words yet.
    marker: Option<String>,
    table: Option<Table>,
    row: Vec<String>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Code(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak if self.table.is_some() => self.text.push(' '),
            Event::HardBreak | Event::Rule => self.flush(),
            Event::TaskListMarker(done) => self.text.push_str(if done { "[x] " } else { "[ ] " }),
            Event::FootnoteReference(name) => self.text.extend(["[", &name, "]"]),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(*level as u8);
            }
            Tag::List(number) => {
                self.flush();
                self.lists.push(*number);
            }
            Tag::Item => {
                self.flush();
                self.marker = Some(self.next_marker());
            }
            Tag::Table(sides) => {
                self.flush();
                let align = sides.iter().map(|side| if *side == Alignment::Right { Side::End } else { Side::Start }).collect();
                self.table = Some(Table { columns: sides.len(), align, head: Vec::new(), rows: Vec::new() });
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => self.row.push(std::mem::take(&mut self.text).trim().to_owned()),
            TagEnd::TableHead => {
                let row = std::mem::take(&mut self.row);
                self.table.iter_mut().for_each(|table| table.head.clone_from(&row));
            }
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                self.table.iter_mut().for_each(|table| table.rows.push(row.clone()));
            }
            TagEnd::Table => self.blocks.extend(self.table.take().map(Block::Table)),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                self.marker = None;
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.flush();
            }
            _ => {}
        }
    }

    /// Returns the mark of the next element of the innermost list.
    fn next_marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}.", *number - 1)
            }
            _ => "·".to_owned(),
        }
    }

    /// Ends the block that is being read, if it has words; each line of code is a paragraph.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let heading = self.heading.take();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let block = match heading {
                Some(level) => self.heading_of(level, line),
                None if self.lists.is_empty() => Block::Paragraph { text: line.to_owned() },
                None => Block::Item {
                    marker: self.marker.take().unwrap_or_default(),
                    depth: self.lists.len() - 1,
                    text: line.to_owned(),
                },
            };
            self.blocks.push(block);
        }
    }

    fn heading_of(&mut self, written: u8, text: &str) -> Block {
        let wanted = self.first + written.saturating_sub(self.topmost);
        let deepest =
            if self.blocks.iter().any(|block| matches!(block, Block::Heading { .. })) { self.above + 1 } else { self.first };
        self.above = wanted.min(deepest);
        Block::Heading { level: self.above, text: text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(markdown: &str) -> Vec<String> {
        let write = |block: &Block| match block {
            Block::Heading { level, text } => format!("{level} {text}"),
            Block::Paragraph { text } => text.clone(),
            Block::Fact { label, text } => format!("{label}{text}"),
            Block::Item { marker, depth, text } => format!("{depth}{marker} {text}"),
            Block::Table(table) => format!("{:?} {:?} {:?}", table.align, table.head, table.rows),
        };
        blocks(markdown, 3).iter().map(write).collect()
    }

    #[test]
    fn a_body_becomes_words_in_blocks() {
        let body = "## 会议记录\n\n主席**通报**了\n两项[议题](x.md)。\n\n- 甲\n  1. 乙\n  2. 丙\n\n     再说\n- 丁\n\n> 引文\n";
        let expected = ["3 会议记录", "主席通报了两项议题。", "0· 甲", "11. 乙", "12. 丙", "1 再说", "0· 丁", "引文"];
        assert_eq!(written(body), expected);
    }

    #[test]
    fn no_level_of_headings_is_left_out() {
        assert_eq!(written("# a\n\n#### b\n\n## c\n"), ["3 a", "4 b", "4 c"]);
        assert_eq!(written("### a\n\n# b\n"), ["3 a", "3 b"]);
    }

    #[test]
    fn what_would_be_markup_stays_words() {
        assert_eq!(written("<b>#eval(1)</b> `*x*` $y$ @z"), ["<b>#eval(1)</b> *x* $y$ @z"]);
        assert_eq!(
            written("| 内容 | 元 |\n|---|---:|\n| 路面 | 1.00 |\n"),
            ["[Start, End] [\"内容\", \"元\"] [[\"路面\", \"1.00\"]]"]
        );
    }
}
