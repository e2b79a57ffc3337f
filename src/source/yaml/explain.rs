//! Rewords the parser's errors for people who write records, not parsers: what was found, what is expected, what to do.
//!
//! The parser notices many mistakes later than they were made (a full-width colon is seen when the next key comes), so the
//! lines around its error are read once more for the mistakes that people make.

use std::ops::Range;
use std::slice::SliceIndex;

use granit_parser::{ErrorKind, ScanError};

use super::RULE;
use crate::diagnostic::Diagnostic;
use crate::language::Text;
use crate::source::{FileId, Span};
use crate::text;

/// Returns the diagnostic of a parser error in the YAML at `range` of `text`.
pub(super) fn explain(error: &ScanError, text: &str, range: &Range<usize>, file: FileId) -> Diagnostic {
    let at = (range.start + error.marker().byte_offset().unwrap_or(0)).min(range.end);
    let at = if text.is_char_boundary(at) { at } else { range.start };
    Scene { text, range: range.clone(), at, file }.explain(error)
}

/// Where an error was noticed.
struct Scene<'a> {
    text: &'a str,
    range: Range<usize>,
    at: usize,
    file: FileId,
}

impl Scene<'_> {
    fn explain(&self, error: &ScanError) -> Diagnostic {
        use ErrorKind as K;
        match error.kind() {
            K::SimpleKeyExpected
            | K::MappingValueNotAllowed
            | K::ExpectedBlockMappingKey
            | K::ExpectedBlockSequenceEntry
            | K::InvalidIndentation
                if self.indented_by_tab().is_some() =>
            {
                self.tab()
            }
            K::SimpleKeyExpected => self.colon_mistake().unwrap_or_else(|| self.no_colon()),
            K::MappingValueNotAllowed => self.colon_mistake().unwrap_or_else(|| self.second_colon()),
            K::ExpectedBlockMappingKey | K::ExpectedBlockSequenceEntry | K::InvalidIndentation | K::InvalidBlockScalarIndent => {
                self.trailing_bracket().or_else(|| self.colon_mistake()).unwrap_or_else(|| self.misplaced_line())
            }
            K::UnexpectedCharacter { character } => self.bad_beginning(*character),
            K::MissingAnchorOrAliasName | K::ExpectedTagBang | K::InvalidGlobalTagCharacter | K::MissingTagUri => {
                self.bad_beginning(self.part(self.at..).chars().next().unwrap_or('*'))
            }
            K::InvalidTrailingDoubleQuotedScalar | K::InvalidTrailingSingleQuotedScalar => self.text_after_quote(),
            K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar | K::InvalidQuotedScalarIndent => self.unclosed_quote(),
            K::ExpectedFlowMappingSeparator
            | K::ExpectedFlowSequenceSeparator
            | K::InvalidColonPlacement
            | K::UnclosedFlowCollection { .. }
            | K::UnexpectedEofFlowMapping
            | K::UnexpectedEofFlowSequence
            | K::UnexpectedEofImplicitFlowMapping
            | K::InvalidFlowScalarIndent => self.bracket_mistake(),
            K::MisplacedFlowCollectionEnd => self.stray_bracket(),
            K::MismatchedFlowCollectionEnd { open, close } => self.wrong_bracket(*open, *close),
            K::TabNotAllowed
            | K::TabInBlockIndentation
            | K::TabInIndentation
            | K::TabInPlainScalar
            | K::TabAtBlockScalarStart => self.tab(),
            K::UnknownQuotedScalarEscape
            | K::InvalidQuotedScalarHexEscape
            | K::InvalidUnicodeEscape
            | K::InvalidLowSurrogate
            | K::InvalidLowSurrogateHexEscape
            | K::MissingLowSurrogate
            | K::UnpairedLowSurrogate => self.bad_escape(),
            K::RecursionLimitExceeded => self.too_deep(),
            K::BlockSequenceEntryNotAllowed | K::BlockEntryInFlowCollection | K::InvalidBlockEntryWhitespace => {
                self.list_inline()
            }
            K::InvalidBlockScalarHeader | K::ZeroBlockScalarIndent => self.block_mark(),
            K::DirectiveDisallowed => self.directive(),
            K::UnexpectedEofBlockMapping | K::UnexpectedEofBlockSequence if self.part(self.at..).starts_with([',', ']', '}']) => {
                self.bad_beginning(self.part(self.at..).chars().next().unwrap_or(','))
            }
            _ => self.other(error),
        }
    }

    fn error(&self, range: Range<usize>, message: Text) -> Diagnostic {
        let end = range.end.max(range.start);
        Diagnostic::error(RULE, Span::new(self.file, range.start..end), message)
    }

    /// Returns a part of the text; empty where the bounds do not fit, which the guesses below may well cause.
    fn part<R: SliceIndex<str, Output = str>>(&self, range: R) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// Returns the line around `offset`, without its line end.
    fn line(&self, offset: usize) -> Range<usize> {
        let start = self.part(self.range.start..offset).rfind('\n').map_or(self.range.start, |i| self.range.start + i + 1);
        let end = self.part(offset..self.range.end).find('\n').map_or(self.range.end, |i| offset + i);
        start..start + self.part(start..end).trim_end().len()
    }

    /// Returns what a line says, without its indentation.
    fn said(&self, line: Range<usize>) -> Range<usize> {
        line.end - self.part(line.clone()).trim_start().len()..line.end
    }

    /// Returns the line above `line` that says something.
    fn above(&self, line: &Range<usize>) -> Option<Range<usize>> {
        let mut line = line.clone();
        while line.start > self.range.start {
            line = self.line(line.start - 1);
            let said = self.part(line.clone()).trim_start();
            if !said.is_empty() && !said.starts_with('#') {
                return Some(line);
            }
        }
        None
    }

    /// Finds a key with a full-width colon, or without a space behind its colon, in this line or right above it.
    fn colon_mistake(&self) -> Option<Diagnostic> {
        let here = self.line(self.at);
        let mut found = self.key_mistake(&here);
        let mut line = here;
        while let Some(above) = self.above(&line) {
            let Some(mistake) = self.key_mistake(&above) else { break };
            found = Some(mistake);
            line = above;
        }
        found.map(|mistake| self.colon_diagnostic(mistake))
    }

    fn key_mistake(&self, line: &Range<usize>) -> Option<Range<usize>> {
        let said = self.said(line.clone());
        let text = self.part(said.clone());
        let skipped = text.len() - text.trim_start_matches("- ").len();
        let key_end = text.find([':', '：'])?;
        let key = text.get(skipped..key_end)?;
        let colon = text[key_end..].chars().next()?;
        let behind = &text[key_end + colon.len_utf8()..];
        let is_key = !key.is_empty()
            && key.chars().count() <= 24
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '（' | '）'));
        let is_wrong = colon == '：' || !(behind.is_empty() || behind.starts_with(char::is_whitespace));
        (is_key && is_wrong).then(|| said.start + key_end..said.start + key_end + colon.len_utf8())
    }

    fn colon_diagnostic(&self, colon: Range<usize>) -> Diagnostic {
        let behind = self.part(colon.end..);
        let replacement = if behind.starts_with([' ', '\n', '\r']) || behind.is_empty() { ":" } else { ": " };
        let span = Span::new(self.file, colon.clone());
        if self.part(colon.clone()) == ":" {
            return self
                .error(colon, text!("冒号后面缺少空格", "a space is missing after the colon"))
                .help(text!("写成 `键: 值`，冒号后面空一格", "write `key: value`, with a space after the colon"))
                .fix(text!("加一个空格", "add a space"), span, replacement);
        }
        self.error(
            colon,
            text!("键的后面用了全角冒号 `：`，应为半角冒号 `:`", "a full-width colon `：` follows the key, expected `:`"),
        )
        .help(text!("写成 `键: 值`，用半角冒号，后面空一格", "write `key: value`, with an ASCII colon and a space"))
        .fix(text!("改为半角冒号", "make it an ASCII colon"), span, replacement)
    }

    fn no_colon(&self) -> Diagnostic {
        self.error(
            self.said(self.line(self.at)),
            text!("这一行没有冒号，应为 `键: 值`", "this line has no colon, expected `key: value`"),
        )
        .help(text!(
            "补上键和冒号；如果是上一行文字的继续，请比上一行的键多缩进两格",
            "add the key and the colon; if the line continues the text above, indent it two spaces deeper than that key"
        ))
    }

    /// A colon within a value, or a key below a key that has a value already.
    fn second_colon(&self) -> Diagnostic {
        let line = self.line(self.at);
        let before = self.part(line.start..self.at);
        if let Some(colon) = before.find(": ") {
            let start = line.start + colon + 2;
            let start = start + (self.part(start..line.end).len() - self.part(start..line.end).trim_start().len());
            return self.quotable(
                start.min(line.end)..line.end,
                text!(
                    "值里面有冒号加空格 `: `，会被当作另一个键",
                    "the value holds a colon and a space `: `, which begins another key"
                ),
            );
        }
        let fault = self
            .error(
                self.said(line.clone()),
                text!("这一行缩进太多，上面的键已经有值", "this line is indented too deep, the key above has a value already"),
            )
            .help(text!(
                "同一级的键要左对齐；如果是上一个键的下级，请删去上一个键后面的值",
                "keys of one level begin in the same column; for a key below the one above, delete the value above"
            ));
        match self.above(&line) {
            Some(above) => fault.label(Span::new(self.file, self.said(above)), text!("上面的键", "the key above")),
            None => fault,
        }
    }

    /// Says that a value needs quotes, and offers them.
    fn quotable(&self, value: Range<usize>, message: Text) -> Diagnostic {
        let fault = self
            .error(value.clone(), message)
            .help(text!("把整个值放进单引号：`'…'`", "put the whole value in single quotes: `'…'`"));
        let text = self.part(value.clone());
        let opens_bracket = self.part(self.line(value.start).start..value.start).contains(['{', '[']);
        if text.is_empty() || opens_bracket || text.contains(" #") {
            return fault;
        }
        let quoted = format!("'{}'", text.replace('\'', "''"));
        fault.fix(text!("加单引号", "add single quotes"), Span::new(self.file, value), quoted)
    }

    /// Returns the value around the error: from behind the last `: ` or `- ` before it to the end of the line.
    fn value_here(&self) -> Range<usize> {
        let line = self.line(self.at);
        let before = self.part(line.start..self.at.min(line.end));
        let start = before.find(": ").map(|i| i + 2).or_else(|| before.find("- ").map(|i| i + 2)).unwrap_or(0);
        self.said(line.start + start..line.end)
    }

    fn bad_beginning(&self, found: char) -> Diagnostic {
        let line = self.line(self.at);
        let in_brackets = self.part(line.start..self.at.min(line.end)).contains(['{', '[']);
        let rest = self.part(self.at.min(line.end)..line.end);
        let end = if in_brackets { rest.find([',', '}', ']']).unwrap_or(rest.len()) } else { rest.len() };
        let start = line.end - rest.len();
        self.quotable(
            start..start + self.part(start..start + end).trim_end().len(),
            text!("值不能以 `{found}` 开头，除非加引号", "a value cannot begin with `{found}` unless it stands in quotes"),
        )
    }

    fn text_after_quote(&self) -> Diagnostic {
        self.quotable(
            self.value_here(),
            text!("引号后面还有文字，引号应包住整个值", "text follows the closing quote, the quotes must hold the whole value"),
        )
    }

    fn trailing_bracket(&self) -> Option<Diagnostic> {
        let line = self.line(self.at);
        let before = self.part(line.start..self.at.min(line.end)).trim_end();
        let value = self.value_here();
        (before.ends_with([']', '}']) && self.part(value.clone()).starts_with(['[', '{'])).then(|| {
            self.quotable(
                value,
                text!(
                    "值以方括号或花括号开头，后面又有文字，应加引号",
                    "the value begins with a bracket and goes on after it, expected quotes around it"
                ),
            )
        })
    }

    fn misplaced_line(&self) -> Diagnostic {
        let said = self.said(self.line(self.at));
        let text = self.part(said.clone());
        if text.starts_with("- ") || text == "-" {
            return self
                .error(said, text!("这里应为 `键: 值`，却是列表项 `- `", "expected `key: value`, found a list item `- `"))
                .help(text!(
                    "列表项放在它的键下面，多缩进两格；键后面不要再写值",
                    "put list items below their key, two spaces deeper, and no value behind the key"
                ));
        }
        self.error(said, text!("这一行的缩进与上面各行都对不上", "the indentation of this line fits none of the lines above"))
            .help(text!(
                "同一级的各行要左对齐，下一级多两个空格",
                "lines of one level begin in the same column, those of the next level two spaces deeper"
            ))
    }

    fn unclosed_quote(&self) -> Diagnostic {
        let line = self.line(self.at);
        self.error(
            self.at.min(line.end)..line.end,
            text!("引号没有结束，应有另一个同样的引号", "the quote is not closed, expected a second one of the same kind"),
        )
        .help(text!(
            "在值的末尾补上引号；值里面的引号与外面的不能相同（外面用单引号，里面可用双引号）",
            "close it at the end of the value; inside single quotes use double ones, and the other way round"
        ))
    }

    /// A list or map in brackets that is not closed, or whose parts are not separated.
    fn bracket_mistake(&self) -> Diagnostic {
        let Some(open) = self.open_bracket() else {
            return self.misplaced_line();
        };
        let inside = self.part(open + 1..self.at);
        if let Some(comma) = inside.find(['，', '、']).filter(|_| !inside.contains(['"', '\''])) {
            let start = open + 1 + comma;
            let place = start..start + '，'.len_utf8();
            return self
                .error(
                    place.clone(),
                    text!("括号里用了中文标点，应为半角逗号 `,`", "a Chinese comma stands in brackets, expected `,`"),
                )
                .help(text!("如果它是文字的一部分，请给这段文字加引号", "if it belongs to a text, put quotes around that text"))
                .fix(text!("改为半角逗号", "make it an ASCII comma"), Span::new(self.file, place), ", ");
        }
        let line = self.line(open);
        if self.at == open || self.at > line.end || self.at >= self.range.end {
            let sign = self.part(open..=open);
            let close = if sign == "{" { "}" } else { "]" };
            return self
                .error(open..line.end, text!("`{sign}` 没有结束，应有 `{close}`", "`{sign}` is not closed, expected `{close}`"))
                .help(text!("在最后一项后面写上 `{close}`", "write `{close}` behind the last part"));
        }
        let word = self.part(..self.at).trim_end().rfind([' ', ',', '{', '[']).map_or(self.at, |i| i + 1);
        let place = if self.part(self.at..).starts_with(':') { word.max(open + 1)..self.at } else { self.at..line.end };
        self.error(place, text!("括号里各项之间应有半角逗号 `,`", "the parts in brackets need a comma `,` between them")).help(
            text!(
                "写成 `{{键: 值, 键: 值}}` 或 `[值, 值]`；含有标点的文字要加引号",
                "write `{{key: value, key: value}}` or `[value, value]`; put quotes around text with punctuation"
            ),
        )
    }

    /// Returns the innermost bracket that is open where the error was noticed; brackets in quotes are skipped roughly.
    fn open_bracket(&self) -> Option<usize> {
        let mut depth = 0_usize;
        let before = self.part(self.range.start..self.at).char_indices().rev();
        for (i, c) in before {
            match c {
                ']' | '}' => depth += 1,
                '[' | '{' if depth == 0 => return Some(self.range.start + i),
                '[' | '{' => depth -= 1,
                _ => {}
            }
        }
        self.part(self.at..self.range.end).starts_with(['[', '{']).then_some(self.at)
    }

    fn stray_bracket(&self) -> Diagnostic {
        let length = self.part(self.at..).chars().next().map_or(0, char::len_utf8);
        let found = self.part(self.at..self.at + length);
        self.error(
            self.at..self.at + length,
            text!("`{found}` 没有与它成对的开括号", "`{found}` has no opening bracket that matches"),
        )
        .help(text!("删去多余的括号，或改成成对的括号", "delete it, or make the brackets match"))
    }

    fn wrong_bracket(&self, open: char, close: char) -> Diagnostic {
        let line = self.line(self.at);
        let expected = if open == '{' { '}' } else { ']' };
        self.error(
            self.at.min(line.end)..line.end,
            text!("`{open}` 应以 `{expected}` 结束，却写了 `{close}`", "`{open}` is closed by `{close}`, expected `{expected}`"),
        )
        .help(text!("把括号改成成对的", "make the brackets match"))
    }

    fn tab(&self) -> Diagnostic {
        let line = self.line(self.at);
        let tab = || self.part(line.clone()).find('\t').map(|i| line.start + i..line.start + i + 1);
        let Some(place) = self.indented_by_tab().or_else(tab) else { return self.misplaced_line() };
        let spaces = self.part(place.clone()).replace('\t', "  ");
        self.error(place.clone(), text!("缩进用了制表符（Tab），应为空格", "a tab is used for indentation, expected spaces"))
            .help(text!("每一级缩进用两个空格", "indent each level by two spaces"))
            .fix(text!("改为空格", "make it spaces"), Span::new(self.file, place), spaces)
    }

    /// Finds indentation that holds a tab, in this line or right below it: the parser may notice it at the end of the line above.
    fn indented_by_tab(&self) -> Option<Range<usize>> {
        let here = self.line(self.at);
        let end = self.part(here.end..self.range.end).find('\n').map(|i| here.end + i + 1);
        let below = end.map(|start| self.line(start));
        let indent = |line: Range<usize>| line.start..self.said(line).start;
        [Some(here), below].into_iter().flatten().map(indent).find(|indent| self.part(indent.clone()).contains('\t'))
    }

    fn bad_escape(&self) -> Diagnostic {
        let line = self.line(self.at);
        let backslash = self.part(self.at..line.end.max(self.at)).find('\\').map(|i| self.at + i);
        let place = backslash.map_or(self.at..line.end, |start| {
            let next = self.part(start + 1..).chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
            start..start + 1 + next
        });
        self.error(
            place,
            text!(
                "双引号里的反斜杠 `\\` 有特殊含义，这里不能这样用",
                "a backslash `\\` in double quotes has a special meaning and cannot stand here"
            ),
        )
        .help(text!("改用单引号 `'…'`，或写两个反斜杠", "use single quotes `'…'`, or write two backslashes"))
    }

    fn too_deep(&self) -> Diagnostic {
        let limit = super::MAX_DEPTH;
        let line = self.line(self.at);
        self.error(
            self.at.min(line.end)..line.end,
            text!("层次超过 {limit} 级", "the record is nested more than {limit} levels deep"),
        )
        .help(text!("检查括号是否成对，减少层次", "check that the brackets match, and use fewer levels"))
    }

    fn list_inline(&self) -> Diagnostic {
        let line = self.line(self.at);
        self.error(
            self.at.min(line.end)..line.end,
            text!("列表项 `- ` 不能写在这里", "a list item `- ` cannot stand here"),
        )
        .help(text!(
            "每个列表项另起一行，写在键的下面，`-` 后面空一格；或写成 `[甲, 乙]`；如果是文字，请加引号",
            "begin each item on a line of its own below the key, with a space after `-`; or write `[a, b]`; put quotes around text"
        ))
    }

    fn block_mark(&self) -> Diagnostic {
        let line = self.line(self.at);
        self.error(
            self.at.min(line.end)..line.end,
            text!("`|` 或 `>` 后面应换行，再写文字", "expected a line break after `|` or `>`, then the text"),
        )
        .help(text!(
            "把文字写到下一行并缩进；如果值以 `|` 开头，请加引号",
            "write the text on the next line, indented; put quotes around a value that begins with `|`"
        ))
    }

    fn directive(&self) -> Diagnostic {
        let line = self.line(self.at);
        self.error(self.said(line), text!("不能使用以 `%` 开头的 YAML 指令", "YAML directives (`%…`) are not allowed"))
            .help(text!("删去这一行；如果是文字，请加引号", "delete the line; put quotes around text"))
    }

    fn other(&self, error: &ScanError) -> Diagnostic {
        let line = self.line(self.at);
        let detail = error.kind().to_string();
        self.error(self.said(line), text!("这里不符合 YAML 的写法（{detail}）", "this is not valid YAML ({detail})")).help(text!(
            "写成 `键: 值`；含有标点的文字加引号；同一级的各行左对齐",
            "write `key: value`, put quotes around text with punctuation, begin lines of one level in the same column"
        ))
    }
}
