//! The parts of a source file: its YAML and, in Markdown files, the body below it.
//!
//! Between `discover` and `yaml::parse`.

use std::ops::Range;

use super::{FileId, SourceFile, Span};
use crate::diagnostic::Diagnostic;
use crate::text;

/// Where the parts of a file stand, in bytes of the whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The YAML, without the `---` lines around it.
    pub yaml: Range<usize>,
    /// The Markdown body, from the line below the closing `---`; `None` in `.yaml` files.
    pub body: Option<Range<usize>>,
}

/// Finds the YAML and the body of a file, or reports why there is none.
///
/// A `.yaml` or `.yml` file is YAML from end to end; any other file has a header between two `---` lines. A byte-order mark and
/// Windows line ends are fine. Control characters in the body are reported here, those in the YAML by
/// [`super::yaml::parse`]. A refused file gives nothing and no second diagnostic.
pub fn split(file: &SourceFile, id: FileId, diagnostics: &mut Vec<Diagnostic>) -> Option<Document> {
    if file.refused {
        return None;
    }
    let start = if file.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if is_yaml(&file.path) {
        return Some(Document { yaml: start..file.text.len(), body: None });
    }
    match header(&file.text, start) {
        Ok(document) => {
            let body = document.body.clone().unwrap_or(0..0);
            diagnostics.extend(control_character(&file.text, body, id));
            Some(document)
        }
        Err(fault) => {
            diagnostics.push(fault.diagnostic(id));
            None
        }
    }
}

/// Whether a path names a file that is YAML from end to end.
pub fn is_yaml(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
}

/// Reports the first control character of a part of a file; tabs and line ends are none.
pub(super) fn control_character(text: &str, range: Range<usize>, id: FileId) -> Option<Diagnostic> {
    let (at, found) = first_control(text.get(range.clone())?)?;
    let start = range.start + at;
    let code = u32::from(found);
    Some(
        Diagnostic::error(
            "syntax/encoding",
            Span::new(id, start..start + found.len_utf8()),
            text!("文件里有不可见的控制字符（U+{code:04X}）", "the file holds an invisible control character (U+{code:04X})"),
        )
        .help(text!(
            "删除这个字符；如果文件里还有很多，多半是保存时选错了格式，请另存为“纯文本，UTF-8”",
            "delete the character; if there are many, the file was saved in another format: save it as plain text, UTF-8"
        )),
    )
}

/// Returns the first control character of a text, with its place.
pub(super) fn first_control(text: &str) -> Option<(usize, char)> {
    if may_hold_control(text.as_bytes()) { text.char_indices().find(|(_, c)| is_control(*c)) } else { None }
}

/// Whether a character has no place in a text file.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Whether a text may hold such a character, by a look at its bytes that is much quicker than one at its characters.
fn may_hold_control(bytes: &[u8]) -> bool {
    // C2 begins U+0080 to U+00BF, EF BF the last characters before U+10000.
    let is_mark = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || matches!(byte, 0x7f | 0xc2);
    let has_mark = bytes.iter().fold(false, |found, byte| found | is_mark(*byte));
    let is_last = |(first, second): (&u8, &u8)| u16::from_be_bytes([*first, *second]) == 0xefbf;
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    has_mark || pairs.fold(false, |found, pair| found | is_last(pair))
}

/// Why a Markdown file has no header.
enum Fault {
    /// The file is empty or blank.
    Empty,
    /// Something else stands where `---` should; the range is its first line.
    Missing(Range<usize>),
    /// Blank lines stand before `---`.
    Late {
        /// What stands before it.
        before: Range<usize>,
    },
    /// The closing line is missing; `near` is a line that is almost one.
    Unclosed {
        /// The opening line.
        opening: Range<usize>,
        /// A line that is almost a closing one.
        near: Option<Range<usize>>,
    },
}

impl Fault {
    fn diagnostic(self, id: FileId) -> Diagnostic {
        const RULE: &str = "syntax/header";
        match self {
            Self::Empty => {
                Diagnostic::error(RULE, Span::new(id, 0..0), text!("文件是空的，应有记录头", "the file is empty, expected a header"))
                    .help(text!("用 `gongshi new` 生成一份模板，或删除这个文件", "make a skeleton with `gongshi new`, or delete the file"))
            }
            Self::Missing(line) => Diagnostic::error(
                RULE,
                Span::new(id, line),
                text!("文件开头没有记录头，第一行应为 `---`", "the file has no header, expected `---` on its first line"),
            )
            .help(text!(
                "在文件最前面写一行 `---`，下面写 `kind: …` 等各项，再写一行 `---`，然后才是正文；不是记录的说明文件请把文件名改为以 `_` 开头",
                "begin the file with a line `---`, then `kind: …` and the other keys, then another line `---`, then the body; \
                 give a file that is no record a name that begins with `_`"
            )),
            Self::Late { before } => Diagnostic::error(
                RULE,
                Span::new(id, before.end..before.end + 3),
                text!("`---` 前面有空行，记录头应从第一行开始", "blank lines stand before `---`, expected it on the first line"),
            )
            .fix(text!("删除前面的空行", "delete the blank lines"), Span::new(id, before), ""),
            Self::Unclosed { opening, near } => {
                let fault = Diagnostic::error(
                    RULE,
                    Span::new(id, opening),
                    text!("记录头没有结束，缺少第二行 `---`", "the header is not closed, expected a second line `---`"),
                )
                .help(text!(
                    "在最后一个键的下面、正文的上面写一行 `---`（三个半角减号，顶格写，后面不加字）",
                    "write a line `---` below the last key and above the body (three hyphens, not indented, nothing after them)"
                ));
                match near {
                    Some(line) => fault
                        .label(
                            Span::new(id, line.clone()),
                            text!("这一行像是结束行，但不是三个半角减号", "this line looks like the closing one, but is not three hyphens"),
                        )
                        .fix(text!("改为 `---`", "make it `---`"), Span::new(id, line), "---"),
                    None => fault,
                }
            }
        }
    }
}

/// Finds the header of a Markdown text that begins at `start`.
fn header(text: &str, start: usize) -> Result<Document, Fault> {
    let mut lines = lines(text, start);
    let Some(first) = lines.find(|line| !text[line.clone()].trim().is_empty()) else {
        return Err(Fault::Empty);
    };
    if !is_mark(&text[first.clone()]) {
        return Err(Fault::Missing(content(text, &first)));
    }
    if first.start != start {
        return Err(Fault::Late { before: start..first.start });
    }
    if let Some(closing) = lines.clone().find(|line| is_mark(&text[line.clone()])) {
        return Ok(Document { yaml: first.end..closing.start, body: Some(closing.end..text.len()) });
    }
    let near = lines.find(|line| is_nearly_mark(&text[line.clone()])).map(|line| content(text, &line));
    Err(Fault::Unclosed { opening: content(text, &first), near })
}

/// Returns the ranges of the lines from `start`, each with its line end.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> + Clone {
    let mut from = start;
    text[start..].split_inclusive('\n').map(move |line| {
        let range = from..from + line.len();
        from = range.end;
        range
    })
}

/// Returns the range of a line without blanks at its end.
fn content(text: &str, line: &Range<usize>) -> Range<usize> {
    line.start..line.start + text[line.clone()].trim_end().len()
}

/// Whether a line is `---`.
fn is_mark(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Whether a line was probably meant as `---`: indented, too short or long, or with other dashes.
fn is_nearly_mark(line: &str) -> bool {
    let line = line.trim();
    let dashes = line.chars().count();
    (1..=12).contains(&dashes)
        && line.chars().all(|c| matches!(c, '-' | '－' | '—' | '–' | '─' | '―' | '_' | '=' | '*'))
        && !(dashes == 1 && line == "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(path: &str, text: &str) -> (Option<Document>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        (split(&SourceFile::new(path, text), FileId(0), &mut diagnostics), diagnostics)
    }

    #[track_caller]
    fn parts(text: &str) -> (&str, &str) {
        let (document, diagnostics) = run("a.md", text);
        assert_eq!(diagnostics, []);
        let document = document.unwrap();
        (&text[document.yaml], &text[document.body.unwrap()])
    }

    #[track_caller]
    fn fault(text: &str) -> (String, &str, Diagnostic) {
        let (document, mut diagnostics) = run("a.md", text);
        assert_eq!(document, None);
        assert_eq!(diagnostics.len(), 1);
        let fault = diagnostics.remove(0);
        assert_eq!(fault.rule, "syntax/header");
        (fault.message.en.clone(), &text[fault.span.range()], fault)
    }

    #[test]
    fn yaml_files_are_yaml_from_end_to_end() {
        for path in ["a.yaml", "a.yml", "a.YAML"] {
            assert_eq!(run(path, "\u{feff}kind: a").0, Some(Document { yaml: 3..10, body: None }));
        }
    }

    #[test]
    fn markdown_files_have_a_header_and_a_body() {
        assert_eq!(parts("---\nkind: a\n---\n\n正文\n"), ("kind: a\n", "\n正文\n"));
        assert_eq!(parts("---\nkind: a\n---"), ("kind: a\n", ""));
        assert_eq!(parts("---\n---\n"), ("", ""));
        assert_eq!(parts("---\na: b\n---\n一\n\n---\n\n二"), ("a: b\n", "一\n\n---\n\n二"));
    }

    #[test]
    fn byte_order_mark_and_windows_line_ends_are_fine() {
        assert_eq!(parts("\u{feff}---\r\nkind: a\r\n--- \r\n正文\r\n"), ("kind: a\r\n", "正文\r\n"));
    }

    #[test]
    fn a_missing_header_is_reported_at_the_first_line() {
        let (message, place, _) = fault("\n# 标题\n正文");
        assert_eq!((message.as_str(), place), ("the file has no header, expected `---` on its first line", "# 标题"));
        assert_eq!(fault("").0, "the file is empty, expected a header");
        assert_eq!(fault(" \n\n").0, "the file is empty, expected a header");
        assert_eq!(fault("－－－\nkind: a\n－－－\n").1, "－－－");
    }

    #[test]
    fn blank_lines_before_the_header_can_be_deleted() {
        let text = "\n\n---\nkind: a\n---\n";
        let (message, place, fault) = fault(text);
        assert_eq!((message.as_str(), place), ("blank lines stand before `---`, expected it on the first line", "---"));
        let fix = fault.fix.unwrap();
        assert_eq!((fix.span.range(), fix.replacement.as_str()), (0..2, ""));
    }

    #[test]
    fn an_unclosed_header_is_reported_at_its_opening_line() {
        let (message, place, unlabelled) = fault("---\nkind: a\n正文\n");
        assert_eq!((message.as_str(), place), ("the header is not closed, expected a second line `---`", "---"));
        assert!(unlabelled.labels.is_empty() && unlabelled.fix.is_none());
        for closing in ["----", " ---", "——", "--", "－－－", "==="] {
            let text = format!("---\nkind: a\n{closing}\n正文\n");
            let (_, _, fault) = fault(&text);
            assert_eq!(text[fault.fix.unwrap().span.range()].trim(), closing.trim());
        }
    }

    #[test]
    fn control_characters_of_the_body_are_reported() {
        let text = "---\nkind: a\n---\n正\0文\u{7}";
        let (document, diagnostics) = run("a.md", text);
        assert!(document.is_some());
        assert_eq!(diagnostics.len(), 1);
        assert_eq!((diagnostics[0].rule.as_str(), &text[diagnostics[0].span.range()]), ("syntax/encoding", "\0"));
    }

    #[test]
    fn the_look_at_bytes_passes_over_no_control_character() {
        let passed = |c: &char| is_control(*c) && !may_hold_control(format!("中{c}文").as_bytes());
        assert_eq!(('\0'..=char::MAX).find(passed), None);
        assert!(!may_hold_control("---\r\n\tkind: 会议，\n".as_bytes()));
    }

    #[test]
    fn a_refused_file_gives_no_second_diagnostic() {
        let mut diagnostics = Vec::new();
        assert_eq!(split(&SourceFile::refused("a.md", ""), FileId(0), &mut diagnostics), None);
        assert_eq!(diagnostics, []);
    }
}
