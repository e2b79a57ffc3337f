//! Markdown bodies to HTML that is safe to publish.
//!
//! Records are written by many hands: raw HTML is shown as text, links go only where the caller allows, and nothing
//! that the Content-Security-Policy forbids (inline styles) is written.

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

use crate::register;

/// Where a link or an image of a body leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A page or a file of the site.
    Inside {
        /// The relative URL.
        href: String,
        /// The address in full, for paper.
        address: String,
    },
    /// An anchor of the same page.
    Here(String),
    /// Another site (`https:`, `http:`, `mailto:` or `tel:`).
    Outside(String),
    /// Nowhere that may be published: only the text of the link is shown.
    Nowhere,
}

/// Renders `markdown` as HTML with links resolved by `destination`; its topmost headings come right below `level` (1 to 5),
/// whichever level the author began with, so that no level of the page is left out.
pub fn render(markdown: &str, level: u8, destination: impl FnMut(&str) -> Destination) -> String {
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    let events: Vec<Event<'_>> = joined(Parser::new_ext(markdown, register::options())).collect();
    let topmost = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as usize),
        _ => None,
    });
    let topmost = topmost.min().unwrap_or(1);
    let mut writer =
        Writer { level, topmost, destination, table: Table::default(), open: Vec::new(), anchors: Vec::new().into_iter() };
    let anchors = anchors(&events);
    writer.anchors = anchors.into_iter();
    html::push_html(&mut out, events.into_iter().map(|event| writer.event(event)));
    out
}

/// What the anchor of a heading begins with, so that it never meets an id of the page's own.
pub const ANCHOR: &str = "body-";

/// Returns the anchor of every heading, in order; a heading that says what one before it says gets a number.
fn anchors(events: &[Event<'_>]) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    let mut open: Option<String> = None;
    for event in events {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut open {
                    heading.push_str(text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let slug = format!("{ANCHOR}{}", register::slug(&open.take().unwrap_or_default()));
                let same = anchors.iter().filter(|other| **other == slug).count();
                anchors.push(if same == 0 { slug } else { format!("{slug}-{}", anchors.len()) });
            }
            _ => {}
        }
    }
    anchors
}

/// Leaves out line breaks between Chinese characters, which are written without blanks: a body may break its lines anywhere.
pub(crate) fn joined<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut events = events.peekable();
    let mut before = false;
    std::iter::from_fn(move || {
        let mut event = events.next()?;
        if matches!(event, Event::SoftBreak) && before && events.peek().is_some_and(|next| touches(next, false)) {
            event = Event::Text("".into());
        } else {
            before = touches(&event, true);
        }
        Some(event)
    })
}

/// Whether a text ends (or begins) with a character of Chinese writing, punctuation included.
fn touches(event: &Event<'_>, at_end: bool) -> bool {
    let Event::Text(text) = event else { return false };
    let edge = if at_end { text.chars().next_back() } else { text.chars().next() };
    edge.is_some_and(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '…' | '—'))
}

/// What the writer has to remember between events.
struct Writer<F> {
    level: u8,
    /// The level of the topmost headings as written.
    topmost: usize,
    destination: F,
    table: Table,
    /// For each open link or image, whether it is shown as one.
    open: Vec<bool>,
    /// The anchors of the headings that are still to come.
    anchors: std::vec::IntoIter<String>,
}

/// The table that is being written.
#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

impl<F: FnMut(&str) -> Destination> Writer<F> {
    /// Replaces an event by one that is safe to publish.
    fn event<'a>(&mut self, event: Event<'a>) -> Event<'a> {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
            Event::FootnoteReference(name) => Event::FootnoteReference(footnote(&name)),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            other => other,
        }
    }

    /// Replaces the beginning of an element.
    fn start<'a>(&mut self, tag: Tag<'a>) -> Event<'a> {
        match tag {
            Tag::Heading { level, .. } => {
                let id = self.anchors.next().map(CowStr::from);
                Event::Start(Tag::Heading { level: self.lowered(level), id, classes: Vec::new(), attrs: Vec::new() })
            }
            Tag::HtmlBlock => Event::Start(Tag::Paragraph),
            Tag::FootnoteDefinition(name) => Event::Start(Tag::FootnoteDefinition(footnote(&name))),
            Tag::Link { link_type, dest_url, title, id } => match self.open(&dest_url) {
                Some((url, address)) if address.is_empty() => {
                    Event::Start(Tag::Link { link_type, dest_url: url.into(), title, id })
                }
                Some((url, address)) => Event::Html(link(&url, &address, &title).into()),
                None => markup("<span class=\"unlinked\">"),
            },
            Tag::Image { link_type, dest_url, title, id } => match self.open(&dest_url) {
                Some((url, _)) => Event::Start(Tag::Image { link_type, dest_url: url.into(), title, id }),
                None => markup("<span class=\"unlinked\">"),
            },
            Tag::Table(alignments) => {
                let plain = vec![Alignment::None; alignments.len()];
                self.table = Table { alignments, column: 0, head: false };
                Event::Start(Tag::Table(plain))
            }
            Tag::TableHead => {
                self.table.head = true;
                Event::Start(Tag::TableHead)
            }
            Tag::TableRow => {
                self.table.column = 0;
                Event::Start(Tag::TableRow)
            }
            Tag::TableCell => self.cell(),
            other => Event::Start(other),
        }
    }

    /// Replaces the end of an element.
    fn end<'a>(&mut self, tag: TagEnd) -> Event<'a> {
        match tag {
            TagEnd::Heading(level) => Event::End(TagEnd::Heading(self.lowered(level))),
            TagEnd::HtmlBlock => Event::End(TagEnd::Paragraph),
            TagEnd::Link | TagEnd::Image if self.open.pop() == Some(false) => markup("</span>"),
            TagEnd::TableHead => {
                self.table.head = false;
                Event::End(TagEnd::TableHead)
            }
            TagEnd::TableCell => markup(if self.table.head { "</th>" } else { "</td>" }),
            other => Event::End(other),
        }
    }

    /// Opens a cell with its alignment as a class, never as a style.
    fn cell<'a>(&mut self) -> Event<'a> {
        let alignment = self.table.alignments.get(self.table.column).copied().unwrap_or(Alignment::None);
        self.table.column += 1;
        let class = match alignment {
            Alignment::Right => " class=\"r\"",
            Alignment::Center => " class=\"c\"",
            Alignment::Left | Alignment::None => "",
        };
        Event::Html(if self.table.head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") }.into())
    }

    /// Resolves a link and remembers whether it is shown as one: its URL, and the address that paper shows beside it where the
    /// URL itself would not do.
    fn open(&mut self, url: &str) -> Option<(String, String)> {
        let target = match (self.destination)(url) {
            Destination::Inside { href, address } => Some((href, address)),
            Destination::Here(anchor) => Some((format!("#{anchor}"), String::new())),
            Destination::Outside(url) => Some((url, String::new())),
            Destination::Nowhere => None,
        };
        self.open.push(target.is_some());
        target
    }

    /// Returns a heading's level below the page's own headings.
    fn lowered(&self, level: HeadingLevel) -> HeadingLevel {
        HeadingLevel::try_from((level as usize - self.topmost + usize::from(self.level) + 1).clamp(2, 6))
            .unwrap_or(HeadingLevel::H6)
    }
}

/// Opens a link that carries its address in full.
fn link(href: &str, address: &str, title: &str) -> String {
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
    format!("<a href=\"{}\" data-u=\"{}\"{title}>", escape(href), escape(address))
}

/// Escapes a text for an attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Makes an event of our own markup.
fn markup<'a>(html: &'static str) -> Event<'a> {
    Event::Html(html.into())
}

/// Names a footnote so that its id never meets one of the page's own.
fn footnote<'a>(name: &str) -> CowStr<'a> {
    format!("note-{name}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str) -> String {
        render(markdown, 1, |url| if url.starts_with("https:") { Destination::Outside(url.into()) } else { Destination::Nowhere })
    }

    #[test]
    fn raw_html_is_shown_as_text() {
        assert_eq!(
            plain("<script>alert(1)</script>\n\n好 <b onclick=x>b</b>"),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n<p>好 &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"
        );
    }

    #[test]
    fn a_link_that_leads_nowhere_keeps_its_text_only() {
        assert_eq!(
            plain("[a](javascript:x) ![b](../p.png) [c](https://e.org/)"),
            "<p><span class=\"unlinked\">a</span> <span class=\"unlinked\">b</span> <a href=\"https://e.org/\">c</a></p>\n"
        );
    }

    #[test]
    fn a_link_inside_carries_its_address_for_paper() {
        let inside = |_: &str| Destination::Inside { href: "../a.html".into(), address: "https://e.org/\"&<a>".into() };
        assert_eq!(
            render("[a *b*](x \"c \\\"d\")![i](y)", 1, inside),
            "<p><a href=\"../a.html\" data-u=\"https://e.org/&quot;&amp;&lt;a&gt;\" title=\"c &quot;d\">a <em>b</em></a><img src=\"../a.html\" alt=\"i\" /></p>\n"
        );
        assert_eq!(render("[a](x)", 1, |_| Destination::Here("body-a".into())), "<p><a href=\"#body-a\">a</a></p>\n");
    }

    #[test]
    fn tables_align_by_class_and_never_by_style() {
        let html = plain("| a | b |\n|---|---:|\n| 1 | 2 |");
        assert!(html.contains("<th scope=\"col\">a</th><th scope=\"col\" class=\"r\">b</th>"), "{html}");
        assert!(html.contains("<td>1</td><td class=\"r\">2</td>"), "{html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn headings_begin_below_the_page() {
        assert_eq!(plain("# a\n\n###### b"), "<h2 id=\"body-a\">a</h2>\n<h6 id=\"body-b\">b</h6>\n");
    }

    #[test]
    fn a_line_break_between_chinese_characters_leaves_no_blank() {
        assert_eq!(plain("由村集体\n经营收入\nAnd so\non"), "<p>由村集体经营收入\nAnd so\non</p>\n");
    }

    #[test]
    fn task_lists_and_footnotes_are_plain() {
        let html = plain("- [x] a\n- [ ] b\n\nc[^1]\n\n[^1]: d");
        assert!(html.contains("☑ a") && html.contains("☐ b"), "{html}");
        assert!(html.contains("href=\"#note-1\"") && html.contains("id=\"note-1\""), "{html}");
    }
}
