//! Source files and places in them: the first stage of the flow.
//!
//! A [`SourceFile`] keeps the bytes as they were read. Places are byte ranges ([`Span`]); lines and columns are derived late.

pub mod discover;
pub mod header;
pub mod yaml;

pub use discover::{Attachment, Discovered, Error, discover};
pub use header::{Document, split};

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Identifies a file within [`Files`]; files are numbered in path order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte, counted from the beginning of the file (a byte-order mark included).
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// Makes a span of `range` in `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start as u32, end: range.end as u32 }
    }

    /// Returns the byte range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line and a column, both counted from 1; the column counts characters (Unicode scalar values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
}

/// One text file as it was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path relative to the site folder, with forward slashes (`content/qinghe/area.yaml`).
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
    /// Whether the file could not be taken as text (too large, not UTF-8, a symbolic link). Its diagnostic stands already;
    /// no later stage reads it.
    pub refused: bool,
    digest: OnceLock<blake3::Hash>,
}

impl SourceFile {
    /// Makes a file of `text` at `path` (relative to the site folder, with forward slashes).
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into(), refused: false, digest: OnceLock::new() }
    }

    /// Makes a file that no later stage reads; `text` only serves to show the place.
    pub fn refused(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into(), refused: true, digest: OnceLock::new() }
    }

    /// Returns the digest of its text.
    pub fn digest(&self) -> blake3::Hash {
        *self.digest.get_or_init(|| blake3::hash(self.text.as_bytes()))
    }

    /// Returns the file name without its folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// All text files of a site, in path order.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<Arc<SourceFile>>,
}

impl Files {
    /// Adds a file and returns its id. Callers add files in path order.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(Arc::new(file));
        FileId(self.files.len() as u32 - 1)
    }

    /// Puts another text in the place of a file's.
    pub fn replace(&mut self, id: FileId, text: Arc<str>) {
        let file = &mut self.files[id.0 as usize];
        *file = Arc::new(SourceFile::new(file.path.clone(), text));
    }

    /// Returns a file.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Returns every file with its id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), &**f))
    }

    /// Returns how many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the text that a span marks.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or("")
    }

    /// Returns the first and the last position of a span (the last is the position after its last character).
    ///
    /// Reads the file from its beginning; for many spans, use [`Places`].
    pub fn positions(&self, span: Span) -> (Position, Position) {
        Places::new(self).of(span)
    }
}

/// Turns spans into positions, with a line index a file that is made when the file is first asked for.
///
/// Fastest when asked in the order of the text.
#[derive(Debug)]
pub struct Places<'a> {
    files: &'a Files,
    indexes: BTreeMap<FileId, LineIndex<'a>>,
}

impl<'a> Places<'a> {
    /// Makes an index over `files`; nothing is read yet.
    pub fn new(files: &'a Files) -> Self {
        Self { files, indexes: BTreeMap::new() }
    }

    /// Returns the first and the last position of a span (the last is the position after its last character).
    pub fn of(&mut self, span: Span) -> (Position, Position) {
        let files = self.files;
        let index = self.indexes.entry(span.file).or_insert_with(|| LineIndex::new(&files.get(span.file).text));
        (index.position(span.start as usize), index.position(span.end as usize))
    }
}

/// The beginnings of the lines of one text.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<u32>,
    /// The place that was asked for last, so that a very long line is not counted from its beginning each time.
    last: (usize, Position),
}

impl<'a> LineIndex<'a> {
    /// Reads the lines of `text`.
    pub fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(i, _)| i as u32 + 1)).collect();
        Self { text, starts, last: (0, Position { line: 1, column: 1 }) }
    }

    /// Returns the position of a byte offset; offsets past the end or inside a character move back, a byte-order mark is not
    /// counted.
    pub fn position(&mut self, offset: usize) -> Position {
        let offset = floor_boundary(self.text, offset);
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let start = self.starts[line - 1] as usize;
        let (from, column) = match self.last {
            (at, position) if at >= start && at <= offset && position.line == line as u32 => (at, position.column),
            _ => (start, 1),
        };
        let marks = usize::from(from == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        let column = column + (self.text[from..offset].chars().count() - marks) as u32;
        let position = Position { line: line as u32, column };
        self.last = (offset, position);
        position
    }

    /// Returns the byte range of a line (from 1) without its line end; empty past the last line.
    pub fn line(&self, line: u32) -> Range<usize> {
        let Some(start) = (line as usize).checked_sub(1).and_then(|i| self.starts.get(i)) else {
            return self.text.len()..self.text.len();
        };
        let start = *start as usize;
        let end = self.starts.get(line as usize).map_or(self.text.len(), |next| *next as usize);
        let kept = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + kept.len()
    }
}

/// Returns the nearest character boundary at or before `offset`.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(text: &str, range: Range<usize>) -> ((u32, u32), (u32, u32)) {
        let mut files = Files::default();
        let file = files.add(SourceFile::new("a.yaml", text));
        let (from, to) = files.positions(Span::new(file, range));
        ((from.line, from.column), (to.line, to.column))
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(positions("甲乙: 丙\n丁: 戊", 8..11), ((1, 5), (1, 6)));
        assert_eq!(positions("甲乙: 丙\n丁: 戊", 17..20), ((2, 4), (2, 5)));
    }

    #[test]
    fn byte_order_mark_takes_no_column() {
        assert_eq!(positions("\u{feff}kind: a", 3..7), ((1, 1), (1, 5)));
        assert_eq!(positions("\u{feff}kind: a\nb: c", 11..12), ((2, 1), (2, 2)));
    }

    #[test]
    fn crlf_counts_as_one_line_end() {
        assert_eq!(positions("a: b\r\nc: d\r\n", 6..7), ((2, 1), (2, 2)));
        assert_eq!(LineIndex::new("a: b\r\nc: d\r\n").line(2), 6..10);
    }

    #[test]
    fn offsets_past_the_end_and_inside_a_character_move_back() {
        assert_eq!(positions("甲", 1..99), ((1, 1), (1, 2)));
        assert_eq!(positions("", 0..5), ((1, 1), (1, 1)));
    }

    #[test]
    fn places_asked_in_any_order_agree_with_a_fresh_count() {
        let text = "\u{feff}甲: 乙\n丙: {丁: 戊, 己: 庚}\r\n\n辛: 壬";
        let mut index = LineIndex::new(text);
        let offsets: Vec<usize> = (0..=text.len()).rev().chain(0..=text.len()).chain([5, 5, 30, 2, 29]).collect();
        for offset in offsets {
            assert_eq!(index.position(offset), LineIndex::new(text).position(offset), "offset {offset}");
        }
    }
}
