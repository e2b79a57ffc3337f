//! The Markdown body of a record as typed blocks: sheets set words, never markup.
//!
//! Emphasis and links leave their words; raw HTML is shown as text, as on the website. What paper cannot do is said in words: a task
//! is done or open, a picture is named, a footnote is a numbered note at the end.

use std::collections::BTreeMap;

use pulldown_cmark::{Alignment, Event, Parser, Tag, TagEnd};

use super::view::{Block, Side, Table};
use crate::register;
use crate::render::markdown::joined;

/// What is said in words of the language of the sheet.
#[derive(Clone, Copy)]
pub(super) enum Said {
    /// A task that is done, or still open.
    Task(bool),
    /// A picture of a title.
    Picture,
    /// The mark of a note in the text.
    Mark(usize),
    /// A note.
    Note(usize),
}

/// Reads a body; its topmost headings stand at `level`, and no level is left out. `say` says in words what paper cannot show.
pub(super) fn blocks(markdown: &str, level: u8, say: &dyn Fn(Said, &str) -> String) -> Vec<Block> {
    let events: Vec<Event<'_>> = joined(Parser::new_ext(markdown, register::options())).collect();
    let headings = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
        _ => None,
    });
    let topmost = headings.min().unwrap_or(1);
    let mut reader = Reader::new(level, topmost, say);
    for event in events {
        reader.take(event);
    }
    reader.flush();
    reader.blocks.extend(reader.notes.into_values().map(|text| Block::Paragraph { text }));
    reader.blocks
}

/// What has been read so far.
struct Reader<'a> {
    say: &'a dyn Fn(Said, &str) -> String,
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
    /// Whether the element that is being read is a task, and done.
    task: Option<bool>,
    /// Where the words of a picture begin in the text, and its title.
    picture: Option<(usize, String)>,
    /// The names of the notes, in the order of their numbers.
    numbers: Vec<String>,
    /// The number of the note that is being read, and how many blocks stand before it.
    note: Option<(usize, usize)>,
    /// The notes by their numbers.
    notes: BTreeMap<usize, String>,
}

impl<'a> Reader<'a> {
    fn new(first: u8, topmost: u8, say: &'a dyn Fn(Said, &str) -> String) -> Self {
        Self {
            say,
            blocks: Vec::new(),
            text: String::new(),
            first,
            topmost,
            above: first,
            heading: None,
            lists: Vec::new(),
            marker: None,
            table: None,
            row: Vec::new(),
            task: None,
            picture: None,
            numbers: Vec::new(),
            note: None,
            notes: BTreeMap::new(),
        }
    }

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
            Event::TaskListMarker(done) => self.task = Some(done),
            Event::FootnoteReference(name) => {
                let number = self.number(&name);
                self.text.push_str(&(self.say)(Said::Mark(number), ""));
            }
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
            Tag::Image { title, .. } => self.picture = Some((self.text.len(), title.to_string())),
            Tag::FootnoteDefinition(name) => {
                self.flush();
                self.note = Some((self.number(name), self.blocks.len()));
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
                self.task = None;
            }
            TagEnd::Image => self.name_picture(),
            TagEnd::FootnoteDefinition => self.end_note(),
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.flush();
            }
            _ => {}
        }
    }

    /// Returns the number of a note.
    fn number(&mut self, name: &str) -> usize {
        let known = self.numbers.iter().position(|known| known == name);
        known.map_or_else(
            || {
                self.numbers.push(name.to_owned());
                self.numbers.len()
            },
            |at| at + 1,
        )
    }

    /// Puts the name of a picture in the place of the picture.
    fn name_picture(&mut self) {
        let Some((begin, title)) = self.picture.take() else { return };
        let words = self.text.split_off(begin);
        let name = if words.trim().is_empty() { title } else { words };
        if !name.trim().is_empty() {
            self.text.push_str(&(self.say)(Said::Picture, name.trim()));
        }
    }

    /// Keeps a note for the end.
    fn end_note(&mut self) {
        self.flush();
        let Some((number, begin)) = self.note.take() else { return };
        let written = self.blocks.split_off(begin.min(self.blocks.len()));
        let words: Vec<String> = written.into_iter().map(Block::into_words).collect();
        self.notes.insert(number, (self.say)(Said::Note(number), &words.join(" ")));
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
                    text: self.task.take().map_or_else(|| line.to_owned(), |done| (self.say)(Said::Task(done), line)),
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
        let say = |said: Said, text: &str| match said {
            Said::Task(done) => format!("{text}{}", if done { "（已完成）" } else { "（未完成）" }),
            Said::Picture => format!("（图：{text}）"),
            Said::Mark(n) => format!("（注{n}）"),
            Said::Note(n) => format!("注{n}：{text}"),
        };
        blocks(markdown, 3, &say).iter().map(write).collect()
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
    fn what_paper_cannot_show_is_said_in_words() {
        let body = "不收费。[^b]\n\n[^b]: 见[纪要](x.md)。\n\n![断面](x.svg)\n\n![](y.svg \"东厢房\")\n\n- [x] 路面\n- [ ] 边沟\n\n完。[^a]\n\n[^a]: 甲\n\n    乙\n";
        let expected = [
            "不收费。（注1）",
            "（图：断面）",
            "（图：东厢房）",
            "0· 路面（已完成）",
            "0· 边沟（未完成）",
            "完。（注2）",
            "注1：见纪要。",
            "注2：甲 乙",
        ];
        assert_eq!(written(body), expected);
        assert_eq!(written("![](x.svg)\n"), [""; 0]);
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
