//! Diagnostics for the terminal: the source line with the place marked, what to do, and the change that mends it.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::{Counts, Diagnostic, Severity, shown};
use crate::language::Language;
use crate::privacy::scan::scan;
use crate::source::{FileId, Files, LineIndex, Places, Span};

/// Source lines with more bytes than this are not shown, only their place is named.
const MAX_LINE: usize = 20_000;

/// A label that stands this many lines from the place at most is shown together with it.
const NEAR: u32 = 30;

/// Writes diagnostics for people, one after the other with a blank line between; in colour only if asked.
pub fn render(diagnostics: &[Diagnostic], files: &Files, language: Language, colour: bool) -> String {
    let renderer = if colour { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let mut page = Page { files, language, places: Places::new(files), lines: BTreeMap::new(), secrets: secrets(diagnostics) };
    let mut out = String::new();
    for diagnostic in diagnostics {
        let groups = page.groups(diagnostic);
        out.push_str(&renderer.render(&groups));
        out.push_str("\n\n");
    }
    out
}

/// Returns the last line of a run: how many errors, findings and warnings there are.
pub fn summary(diagnostics: &[Diagnostic], language: Language) -> String {
    let counts = Counts::of(diagnostics);
    let parts = [(counts.errors, Severity::Error), (counts.findings, Severity::Finding), (counts.warnings, Severity::Warning)];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    match language {
        Language::Chinese if diagnostics.is_empty() => "检查通过，没有错误".to_owned(),
        Language::English if diagnostics.is_empty() => "checked: no errors".to_owned(),
        Language::Chinese => {
            let parts: Vec<_> = parts.map(|(count, severity)| format!("{count} 个{}", severity.word(language))).collect();
            format!("共 {}，涉及 {} 个文件", parts.join("、"), counts.files)
        }
        Language::English => {
            let parts: Vec<_> = parts.map(|(count, severity)| plural(count, severity.word(language))).collect();
            format!("{} in {}", parts.join(", "), plural(counts.files, "file"))
        }
    }
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// Returns the places that privacy rules point at: their digits are masked in every line that is shown, also where a number is
/// broken over lines or escaped.
fn secrets(diagnostics: &[Diagnostic]) -> BTreeMap<FileId, Vec<Range<usize>>> {
    let mut secrets: BTreeMap<FileId, Vec<Range<usize>>> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.rule.starts_with("privacy/")) {
        secrets.entry(diagnostic.span.file).or_default().push(diagnostic.span.range());
    }
    secrets
}

/// What rendering needs to know of the sources.
struct Page<'a> {
    files: &'a Files,
    language: Language,
    places: Places<'a>,
    lines: BTreeMap<FileId, LineIndex<'a>>,
    secrets: BTreeMap<FileId, Vec<Range<usize>>>,
}

impl<'a> Page<'a> {
    fn groups(&mut self, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
        let level = level(diagnostic.severity, self.language);
        let title = level.primary_title(shown(diagnostic.message.get(self.language))).id(&diagnostic.rule);
        let mut group = Group::with_title(title);
        let (near, far): (Vec<_>, Vec<_>) = diagnostic.labels.iter().partition(|label| self.is_near(diagnostic.span, label.span));
        let mut marks = vec![(diagnostic.span, None)];
        marks.extend(near.into_iter().map(|label| (label.span, Some(shown(label.text.get(self.language))))));
        group = self.show(group, &marks);
        for label in far {
            group = self.show(group, &[(label.span, Some(shown(label.text.get(self.language))))]);
        }
        group = self.notes(group, diagnostic);
        let mut groups = vec![group];
        groups.extend(diagnostic.fix.as_ref().map(|fix| self.fix(fix)));
        groups
    }

    /// Adds what to do and what the rule rests on.
    fn notes(&self, mut group: Group<'a>, diagnostic: &Diagnostic) -> Group<'a> {
        let (help, basis) = match self.language {
            Language::Chinese => ("怎么办", "依据"),
            Language::English => ("help", "basis"),
        };
        for (name, level, text) in [(help, Level::HELP, &diagnostic.help), (basis, Level::NOTE, &diagnostic.basis)] {
            let text = text.get(self.language);
            if !text.is_empty() {
                group = group.element(level.with_name(name).message(shown(text)));
            }
        }
        group
    }

    /// Adds the source lines with the first mark as the place and the others as labels; all in one file.
    fn show(&mut self, group: Group<'a>, marks: &[(Span, Option<String>)]) -> Group<'a> {
        let Some((place, _)) = marks.first() else {
            return group;
        };
        let path = self.files.get(place.file).path.as_str();
        let spans: Vec<Span> = marks.iter().map(|(span, _)| *span).collect();
        let Some(window) = self.window(&spans) else {
            let (position, _) = self.places.of(*place);
            return group.element(Origin::path(path).line(position.line as usize).char_column(position.column as usize));
        };
        let annotations = marks.iter().enumerate().map(|(i, (span, label))| {
            let kind = if i == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            annotation(kind, window.mark(*span), label.clone())
        });
        let annotations: Vec<_> = annotations.collect();
        group.element(Snippet::source(window.masked).path(path).line_start(window.line as usize).annotations(annotations))
    }

    fn fix(&mut self, fix: &'a super::Fix) -> Group<'a> {
        let name = match self.language {
            Language::Chinese => "可改为",
            Language::English => "fix",
        };
        let title = Level::HELP.with_name(name).secondary_title(shown(fix.title.get(self.language)));
        let group = Group::with_title(title);
        match self.window(&[fix.span]) {
            Some(window) => {
                let patch = Patch::new(window.shifted(fix.span.range()), shown(&fix.replacement));
                group.element(Snippet::source(window.masked).line_start(window.line as usize).patch(patch))
            }
            None => group,
        }
    }

    fn is_near(&mut self, place: Span, label: Span) -> bool {
        place.file == label.file && self.places.of(place).0.line.abs_diff(self.places.of(label).0.line) <= NEAR
    }

    /// Returns the lines that hold the beginnings of the spans (of one file), masked; none where they are too long to be shown.
    fn window(&mut self, spans: &[Span]) -> Option<Window> {
        let file = spans.first()?.file;
        let text: &'a str = &self.files.get(file).text;
        let index = self.lines.entry(file).or_insert_with(|| LineIndex::new(text));
        let lines: Vec<u32> = spans.iter().map(|span| index.position(span.start as usize).line).collect();
        let (first, last) = (*lines.iter().min()?, *lines.iter().max()?);
        let mut range = index.line(first).start..index.line(last).end;
        if range.start == 0 && text.starts_with('\u{feff}') {
            range.start = '\u{feff}'.len_utf8().min(range.end);
        }
        if range.len() > MAX_LINE {
            return None;
        }
        let secrets = self.secrets.get(&file).map_or(&[][..], Vec::as_slice);
        Some(Window::new(&text[range.clone()], range.start, first, secrets))
    }
}

fn level(severity: Severity, language: Language) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Finding => Level::WARNING,
        Severity::Warning => Level::INFO,
    };
    level.with_name(severity.word(language))
}

fn annotation(kind: AnnotationKind, range: Range<usize>, label: Option<String>) -> Annotation<'static> {
    kind.span(range).label(label)
}

/// A few source lines with their numbers masked, and the way from places of the file to places of the masked text.
struct Window {
    masked: String,
    /// The number of the first line, from 1.
    line: u32,
    /// Where the lines begin in the file.
    start: usize,
    /// For each masked character, its end in the raw lines and how many bytes the masked text has grown by then.
    growth: Vec<(usize, usize)>,
    raw_len: usize,
}

impl Window {
    fn new(raw: &str, start: usize, line: u32, secrets: &[Range<usize>]) -> Self {
        let mut hidden: Vec<Range<usize>> = scan(raw).into_iter().map(|hit| hit.range).collect();
        let inside = |secret: &Range<usize>| secret.start.saturating_sub(start)..secret.end.saturating_sub(start);
        hidden.extend(secrets.iter().map(inside).filter(|range| range.start < raw.len()));
        hidden.sort_by_key(|range| range.start);
        let mut window = Self { masked: String::with_capacity(raw.len()), line, start, growth: Vec::new(), raw_len: raw.len() };
        let mut next = hidden.iter().peekable();
        for (i, c) in raw.char_indices() {
            while next.next_if(|range| range.end <= i).is_some() {}
            let is_hidden = next.peek().is_some_and(|range| range.contains(&i));
            window.push(i, c, is_hidden);
        }
        window
    }

    fn push(&mut self, at: usize, c: char, is_hidden: bool) {
        if is_hidden && c.is_alphanumeric() {
            // One character for one, or the columns that are printed would be wrong.
            self.masked.push(if c.is_ascii() { '●' } else { '＊' });
            self.growth.push((at + c.len_utf8(), self.masked.len()));
        } else {
            self.masked.push(c);
        }
    }

    /// Returns the place of a byte of the file in the masked text.
    fn offset(&self, offset: usize) -> usize {
        let raw = offset.saturating_sub(self.start).min(self.raw_len);
        let before = self.growth.partition_point(|(end, _)| *end <= raw);
        let (from, to) = before.checked_sub(1).map_or((0, 0), |i| self.growth[i]);
        let mut at = (to + raw - from).min(self.masked.len());
        while !self.masked.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn shifted(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }

    /// Returns the place of a span, cut at the end of its first line.
    fn mark(&self, span: Span) -> Range<usize> {
        let range = self.shifted(span.range());
        let line_end = self.masked[range.start..].find('\n').map_or(self.masked.len(), |i| range.start + i);
        let end = range.end.min(line_end);
        let kept = self.masked[range.start..end].trim_end().len();
        range.start..range.start + kept
    }
}
