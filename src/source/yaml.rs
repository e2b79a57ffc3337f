//! The YAML tree with byte spans: what a file says, before anyone asks whether it is right.
//!
//! Scalars stay text; the field table decides what they mean. Anchors, aliases, tags, merge keys, keys that are not text and
//! several documents in one file are refused: a record is read by people, and says each thing where it stands.

mod explain;

use std::ops::Range;

use granit_parser::{Event, Parser, Placement, ScalarStyle, Span as Mark, StructureStyle, TryLoadError, TrySpannedEventReceiver};

use super::header::{control_character, first_control};
use super::{FileId, Span};
use crate::diagnostic::Diagnostic;
use crate::language::Text;
use crate::text;

/// A node of the YAML tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The place; block maps and lists reach to the end of their last child.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An empty value or a plain `null` or `~`.
    Null,
    /// A scalar as text, with its escapes resolved.
    Scalar {
        /// The text.
        text: String,
        /// Whether it was written in quotes or as a block (then it is never a number, a date or a flag).
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map, in source order; keys may repeat (the checker reports it).
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The text.
    pub text: String,
    /// The place of the key itself.
    pub span: Span,
}

/// What [`parse`] read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The tree; none after a syntax error.
    pub node: Option<Node>,
    /// The comments that allow a rule to be broken.
    pub allows: Vec<Allow>,
}

/// A comment `# gongshi: allow <rule> [reason]`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Allow {
    /// The id of the rule (`eight-step/posting-days`).
    pub rule: String,
    /// Why; empty where the author gives no reason.
    pub reason: String,
    /// The place of the comment, from `#` to its end.
    pub span: Span,
    /// The line of the comment, from 1.
    pub line: u32,
    /// The line that the comment speaks of: its own where it stands behind something, else the next line that says something.
    pub target: u32,
}

/// The deepest nesting that a record may have.
pub const MAX_DEPTH: usize = 64;

/// The most nodes that a record may have.
pub const MAX_NODES: usize = 200_000;

/// The most comments of ours that are read in one file.
const MAX_ALLOWS: usize = 200;

/// The most structural faults that are reported of one file.
const MAX_FAULTS: usize = 20;

/// Reads the YAML at `range` of a file's whole text; spans count from the beginning of the file.
///
/// A syntax error leaves no tree. Refused constructs are all reported, up to a bound. Repeated keys are kept.
pub fn parse(text: &str, range: Range<usize>, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Parsed {
    let range = without_mark(text, range);
    if let Some(fault) = control_character(text, range.clone(), file) {
        diagnostics.push(fault);
        return Parsed::default();
    }
    let mut builder = Builder::new(text, range.clone(), file);
    builder.run();
    let Builder { root, allows, faults, warnings, .. } = builder;
    let is_clean = faults.is_empty();
    diagnostics.extend(faults.into_iter().chain(warnings));
    Parsed { node: root.filter(|_| is_clean), allows }
}

/// Returns the range without a byte-order mark at its beginning.
fn without_mark(text: &str, range: Range<usize>) -> Range<usize> {
    let mark = '\u{feff}';
    let is_marked = text.get(range.clone()).is_some_and(|part| part.starts_with(mark));
    if is_marked { range.start + mark.len_utf8()..range.end } else { range }
}

/// A map or list that is still open.
struct Open {
    span: Range<usize>,
    is_flow: bool,
    children: Children,
}

enum Children {
    List(Vec<Node>),
    Map {
        entries: Vec<(Key, Node)>,
        key: Option<Key>,
    },
    /// A refused key that is a map or list: read on, but not kept.
    Refused {
        is_key: bool,
    },
}

/// Makes the tree from the parser's events.
struct Builder<'a> {
    text: &'a str,
    range: Range<usize>,
    file: FileId,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
    allows: Vec<Allow>,
    faults: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, range: Range<usize>, file: FileId) -> Self {
        let (open, allows, faults, warnings) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { text, range, file, open, root: None, nodes: 0, documents: 0, allows, faults, warnings }
    }

    fn run(&mut self) {
        let options = granit_parser::options! {
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
            max_buffered_comment_events: 100_000,
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            disallow_directives: true,
        };
        let input = self.text.get(self.range.clone()).unwrap_or("");
        match Parser::new_from_str_with_options(input, options).try_load(self, true) {
            Ok(()) => {}
            Err(TryLoadError::Receiver(_)) => return,
            Err(TryLoadError::Scan(error)) => {
                let fault = explain::explain(&error, self.text, &self.range, self.file);
                self.faults.push(fault);
                return;
            }
        }
        if self.root.is_none() && self.faults.is_empty() {
            self.faults.push(empty(Span::new(self.file, self.range.start..self.range.start)));
        }
    }

    /// Whether reading on is useless: too many nodes, too many faults, or a second document.
    fn must_stop(&mut self) -> bool {
        if self.nodes > MAX_NODES {
            let start = self.range.start;
            self.faults.push(too_many_nodes(Span::new(self.file, start..start)));
        }
        self.nodes > MAX_NODES || self.faults.len() >= MAX_FAULTS || self.documents > 1
    }

    fn take(&mut self, event: Event<'_>, mark: Mark) {
        let range = self.whole(mark);
        if let Some(tag) = mark.tag_span() {
            let span = Span::new(self.file, self.whole(tag));
            self.faults.push(refused_tag(span));
        }
        match event {
            Event::DocumentStart(..) => self.begin_document(range),
            Event::Comment(comment, placement) => self.comment(&comment, placement, range),
            Event::Anchor(..) => self.faults.push(refused_anchor(Span::new(self.file, range))),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.faults.push(refused_alias(Span::new(self.file, range.clone())));
                self.add(Node { span: Span::new(self.file, range), value: Value::Null }, false);
            }
            Event::Scalar(value, style, ..) => self.scalar(&value, style, range),
            Event::SequenceStart(style, ..) => self.begin(range, style, Children::List(Vec::new())),
            Event::MappingStart(style, ..) => self.begin(range, style, Children::Map { entries: Vec::new(), key: None }),
            Event::SequenceEnd | Event::MappingEnd => self.end(&range),
            _ => {}
        }
    }

    /// Returns the byte range of a mark in the whole file.
    fn whole(&self, mark: Mark) -> Range<usize> {
        let range = mark.byte_range().unwrap_or(0..0);
        let clamp = |offset: usize| (self.range.start + offset).min(self.range.end);
        clamp(range.start)..clamp(range.end.max(range.start))
    }

    fn begin_document(&mut self, range: Range<usize>) {
        self.documents += 1;
        if self.documents > 1 {
            self.faults.push(several_documents(Span::new(self.file, range)));
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, range: Range<usize>) {
        let plain = style == ScalarStyle::Plain;
        let is_null = plain && matches!(value, "" | "~" | "null" | "Null" | "NULL");
        let end = range.start + self.text[range.clone()].trim_end().len();
        let span = Span::new(self.file, range.start..end);
        let escaped = Some(value).filter(|_| style == ScalarStyle::DoubleQuoted).and_then(first_control);
        self.faults.extend(escaped.map(|(_, found)| refused_escape(span, found)));
        if self.expects_key() {
            self.key(value, plain, span);
            return;
        }
        let value = if is_null { Value::Null } else { Value::Scalar { text: value.to_owned(), quoted: !plain } };
        self.add(Node { span, value }, is_null);
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { children: Children::Map { key: None, .. }, .. }))
    }

    fn key(&mut self, value: &str, plain: bool, span: Span) {
        if plain && value == "<<" {
            self.faults.push(refused_merge(span));
        } else if value.trim().is_empty() || span.start == span.end {
            self.faults.push(missing_key(span));
        }
        self.nodes += 1;
        if let Some(Open { children: Children::Map { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(Key { text: value.to_owned(), span });
        }
    }

    fn begin(&mut self, range: Range<usize>, style: StructureStyle, children: Children) {
        let is_key = self.expects_key();
        let is_refused = is_key || matches!(self.open.last(), Some(Open { children: Children::Refused { .. }, .. }));
        if is_key {
            self.faults.push(refused_key(Span::new(self.file, range.clone())));
        }
        let children = if is_refused { Children::Refused { is_key } } else { children };
        self.open.push(Open { span: range, is_flow: style == StructureStyle::Flow, children });
    }

    /// Closes the innermost map or list. Its span is the source's own for `[…]` and `{…}`, else it reaches from the first to
    /// the last child.
    fn end(&mut self, mark: &Range<usize>) {
        let Some(Open { span, is_flow, children }) = self.open.pop() else {
            return;
        };
        let (first, last, value) = match children {
            Children::List(items) => (Some(span.start), items.last().map(|item| item.span.end as usize), Value::List(items)),
            Children::Map { entries, .. } => {
                let first = entries.first().map(|(key, _)| key.span.start as usize);
                (first, entries.last().map(|(key, node)| node.span.end.max(key.span.end) as usize), Value::Map(entries))
            }
            Children::Refused { is_key } => {
                self.end_refused(is_key, span.start);
                return;
            }
        };
        let (start, end) = if is_flow { (span.start, mark.end) } else { (first.unwrap_or(span.start), last.unwrap_or(span.end)) };
        let node = Node { span: Span::new(self.file, start..end.max(start)), value };
        self.add(node, false);
    }

    /// Puts a stand-in for a refused key, so that what follows is still read as its value.
    fn end_refused(&mut self, is_key: bool, start: usize) {
        if let (true, Some(Open { children: Children::Map { key, .. }, .. })) = (is_key, self.open.last_mut()) {
            *key = Some(Key { text: String::new(), span: Span::new(self.file, start..start) });
        }
    }

    /// Puts a finished node where it belongs. An empty value stands right behind its key's colon.
    fn add(&mut self, mut node: Node, is_null: bool) {
        self.nodes += 1;
        match self.open.last_mut().map(|open| &mut open.children) {
            None => self.root = Some(node),
            Some(Children::List(items)) => items.push(node),
            Some(Children::Refused { .. }) => {}
            Some(Children::Map { entries, key }) => match key.take() {
                Some(key) => {
                    if is_null && node.span.start == node.span.end {
                        self.faults.extend(glued_value(&key));
                        node.span = behind_colon(self.text, key.span);
                    }
                    entries.push((key, node));
                }
                None => *key = Some(Key { text: String::new(), span: node.span }),
            },
        }
    }

    fn comment(&mut self, comment: &str, placement: Placement, range: Range<usize>) {
        let Some(order) = comment.trim().strip_prefix("gongshi").and_then(|rest| rest.trim_start().strip_prefix([':', '：']))
        else {
            return;
        };
        let span = Span::new(self.file, range.clone());
        if self.allows.len() + self.warnings.len() > MAX_ALLOWS {
            return;
        }
        if self.allows.len() + self.warnings.len() == MAX_ALLOWS {
            self.warnings.push(too_many_orders(span));
            return;
        }
        let line = line_of(self.text, range.start);
        let target =
            if placement == Placement::Right { line } else { line + lines_to_content(&self.text[range.end..self.range.end]) };
        let Some((rules, reason)) = read_order(order.trim()) else {
            self.warnings.push(unknown_order(span, order.trim()));
            return;
        };
        let allow = |rule: &str| Allow { rule: rule.to_owned(), reason: reason.to_owned(), span, line, target };
        self.allows.extend(rules.into_iter().map(allow));
    }
}

/// Why reading ends before the end of the file: what follows would not count.
#[derive(Debug, PartialEq, Eq)]
struct Enough;

impl TrySpannedEventReceiver<'_> for Builder<'_> {
    type Error = Enough;

    fn on_event(&mut self, event: Event<'_>, mark: Mark) -> Result<(), Enough> {
        self.take(event, mark);
        if self.must_stop() { Err(Enough) } else { Ok(()) }
    }
}

/// Reads what follows `gongshi:` in a comment: `allow <rule>[, <rule>] [reason]`; the rules and the reason.
fn read_order(order: &str) -> Option<(Vec<&str>, &str)> {
    let rest = order.strip_prefix("allow").filter(|rest| rest.starts_with(char::is_whitespace))?;
    let mut rules = Vec::new();
    let mut rest = rest.trim_start();
    loop {
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ':' | '：')).unwrap_or(rest.len());
        rules.push(&rest[..end]);
        rest = rest[end..].trim_start();
        match rest.strip_prefix([',', '，', '、']) {
            Some(more) => rest = more.trim_start(),
            None => break,
        }
    }
    let is_rule = |rule: &&str| rule.contains('/') && !rule.starts_with('/') && !rule.ends_with('/');
    rules.iter().all(is_rule).then(|| (rules, rest.trim_start_matches([':', '：']).trim()))
}

/// Returns the line of a byte offset, from 1.
fn line_of(text: &str, offset: usize) -> u32 {
    text[..offset].matches('\n').count() as u32 + 1
}

/// Returns how many lines below the next line stands that is neither blank nor a comment.
fn lines_to_content(rest: &str) -> u32 {
    let is_silent = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
    rest.split('\n').skip(1).take_while(is_silent).count() as u32 + 1
}

/// Returns the place right behind a key's colon.
fn behind_colon(text: &str, key: Span) -> Span {
    let end = key.end as usize;
    let colon = text[end..].find(|c: char| !c.is_whitespace()).filter(|i| text[end + i..].starts_with(':'));
    let at = colon.map_or(end, |i| end + i + 1);
    Span::new(key.file, at..at)
}

/// Reports `{for:38}`, which YAML reads as a key without a value.
fn glued_value(key: &Key) -> Option<Diagnostic> {
    let (name, value) = key.text.split_once([':', '：'])?;
    let colon = key.text[name.len()..].chars().next()?.len_utf8();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || matches!(c, '_' | '-'));
    let is_as_written = key.text.len() == (key.span.end - key.span.start) as usize;
    (is_name && !value.is_empty() && is_as_written).then(|| {
        let start = key.span.start as usize + name.len();
        let place = Span::new(key.span.file, start..start + colon);
        Diagnostic::error(RULE, place, text!("冒号应为半角，后面空一格", "expected an ASCII colon and a space after it"))
            .help(text!("写成 `{name}: {value}`", "write `{name}: {value}`"))
            .fix(text!("改为 `: `", "make it `: `"), place, ": ")
    })
}

const RULE: &str = "syntax/yaml";

fn empty(span: Span) -> Diagnostic {
    Diagnostic::error(RULE, span, text!("记录是空的，至少应有 `kind: …`", "the record is empty, expected at least `kind: …`"))
        .help(text!("用 `gongshi new` 生成一份模板，或删除这个文件", "make a skeleton with `gongshi new`, or delete the file"))
}

fn too_many_nodes(span: Span) -> Diagnostic {
    Diagnostic::error(
        "syntax/too-large",
        span,
        text!("记录的条目超过 {MAX_NODES} 个", "the record has more than {MAX_NODES} values"),
    )
    .help(text!("按月份或村分成几个文件", "split it into several files, by month or by village"))
}

fn several_documents(span: Span) -> Diagnostic {
    Diagnostic::error(RULE, span, text!("一个文件里有两份记录（`---` 分隔）", "the file holds two records (parted by `---`)"))
        .help(text!("每份记录单独存为一个文件", "save each record as a file of its own"))
}

fn quote_help() -> Text {
    text!(
        "如果它本来就是文字，请加引号：`'…'`；否则把内容直接写在这里",
        "if it is meant as text, put quotes around it: `'…'`; otherwise write the content itself here"
    )
}

fn refused_anchor(span: Span) -> Diagnostic {
    Diagnostic::error(RULE, span, text!("不能使用 YAML 锚点（以 `&` 开头）", "YAML anchors (`&…`) are not allowed"))
        .help(quote_help())
}

fn refused_alias(span: Span) -> Diagnostic {
    Diagnostic::error(RULE, span, text!("不能使用 YAML 引用（以 `*` 开头）", "YAML aliases (`*…`) are not allowed"))
        .help(quote_help())
}

fn refused_tag(span: Span) -> Diagnostic {
    Diagnostic::error(RULE, span, text!("不能使用 YAML 标签（以 `!` 开头）", "YAML tags (`!…`) are not allowed"))
        .help(quote_help())
}

fn refused_escape(span: Span, found: char) -> Diagnostic {
    let code = u32::from(found);
    let message = text!(
        "引号里的转义写出了不可见的控制字符（U+{code:04X}）",
        "an escape in the quotation marks writes an invisible control character (U+{code:04X})"
    );
    Diagnostic::error("syntax/encoding", span, message).help(text!(
        "删除这个转义；要写反斜杠本身，请用单引号：`'…'`",
        "delete the escape; if a backslash is meant, use single quotation marks: `'…'`"
    ))
}

fn refused_merge(span: Span) -> Diagnostic {
    Diagnostic::error(RULE, span, text!("不能使用 YAML 合并键 `<<`", "the YAML merge key `<<` is not allowed"))
        .help(text!("把各项直接写在这里", "write the keys themselves here"))
}

fn refused_key(span: Span) -> Diagnostic {
    Diagnostic::error(RULE, span, text!("键应为文字，这里却是列表或一组键", "a key is text, found a list or a map"))
        .help(text!("如果是文字，请加引号：`'…'`", "if it is meant as text, put quotes around it: `'…'`"))
}

fn missing_key(span: Span) -> Diagnostic {
    Diagnostic::error(RULE, span, text!("冒号前面没有键", "there is no key before the colon"))
        .help(text!("写成 `键: 值`", "write `key: value`"))
}

fn unknown_order(span: Span, order: &str) -> Diagnostic {
    let found: String = order.chars().take(40).collect();
    Diagnostic::warning(
        "syntax/allow",
        span,
        text!("看不懂注释 `gongshi: {found}`", "the comment `gongshi: {found}` is not understood"),
    )
    .help(text!("写成 `# gongshi: allow 规则编号 理由`", "write `# gongshi: allow family/rule reason`"))
}

fn too_many_orders(span: Span) -> Diagnostic {
    Diagnostic::warning(
        "syntax/allow",
        span,
        text!(
            "`gongshi: allow` 注释超过 {MAX_ALLOWS} 条，从这里起不再生效",
            "there are more than {MAX_ALLOWS} comments `gongshi: allow`, they have no effect from here on"
        ),
    )
}

#[cfg(test)]
mod tests;
