//! Source files and places in them: the first stage of the flow.
//!
//! A [`SourceFile`] keeps the bytes as they were read. Places are byte ranges ([`Span`]); lines and columns are derived late.

pub mod yaml;

use std::ops::Range;
use std::sync::Arc;

/// Identifies a file within [`Files`]; files are numbered in path order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
}

/// All text files of a site, in path order.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<SourceFile>,
}

impl Files {
    /// Adds a file and returns its id. Callers add files in path order.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(self.files.len() as u32 - 1)
    }

    /// Returns a file.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Returns every file with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f))
    }

    /// Returns the text that a span marks.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or("")
    }

    /// Returns the first and the last position of a span (the last is the position after its last character).
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let text = &self.get(span.file).text;
        (position(text, span.start as usize), position(text, span.end as usize))
    }
}

/// Returns the position of a byte offset; a byte-order mark is not counted.
fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() as u32 + 1;
    let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() as u32 + 1;
    Position { line, column }
}
