//! Records as bytes: what a cache keeps of a file that was read, so that it need not be parsed again.
//!
//! Only the checked tree is kept; the typed keys are made of it as ever. Whoever keeps the bytes sees to it that they are given
//! back whole and with the file that they were made of: here they are only never trusted to be well-formed.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Record;
use super::tree::{Entry, Tree, Value};
use crate::field::{self, Kind};
use crate::source::{FileId, Span};

/// What was kept of a record.
pub(super) struct Kept {
    pub(super) kind: Kind,
    pub(super) body: Option<Range<usize>>,
    pub(super) tree: Tree,
}

/// Writes down a record.
pub fn keep(record: &Record, bytes: &mut Vec<u8>) {
    let kind = Kind::ALL.iter().position(|kind| *kind == record.kind).unwrap_or(Kind::ALL.len());
    number(bytes, kind as u64);
    let body = record.body.as_ref().map_or((0, 0), |body| (body.start as u64 + 1, body.end as u64));
    number(bytes, body.0);
    number(bytes, body.1);
    tree(bytes, record.tree());
}

/// Reads what was kept of a record of a file; `None` where the bytes are not such.
pub(super) fn recall(file: FileId, bytes: &[u8]) -> Option<Kept> {
    let mut rest = Rest { bytes, file };
    let kind = Kind::ALL.get(rest.size()?).copied()?;
    let (start, end) = (rest.size()?, rest.size()?);
    let body = start.checked_sub(1).map(|start| start..end);
    let tree = rest.tree(0)?;
    rest.bytes.is_empty().then_some(Kept { kind, body, tree })
}

/// How deep a tree can be.
const DEEPEST: usize = crate::source::yaml::MAX_DEPTH + 2;

fn tree(bytes: &mut Vec<u8>, node: &Tree) {
    span(bytes, node.span);
    match &node.value {
        Value::Text(value) => tagged(bytes, 0, |bytes| text(bytes, value)),
        Value::Person(name) => tagged(bytes, 1, |bytes| text(bytes, name)),
        Value::Integer(value) => tagged(bytes, 2, |bytes| bytes.extend(value.to_le_bytes())),
        Value::Decimal(value) => tagged(bytes, 3, |bytes| bytes.extend(value.serialize())),
        Value::Date(date) => tagged(bytes, 4, |bytes| {
            bytes.extend(date.year().to_le_bytes());
            bytes.extend(date.month().to_le_bytes());
            bytes.extend(date.day().to_le_bytes());
        }),
        Value::Flag(value) => tagged(bytes, 5, |bytes| bytes.push(u8::from(*value))),
        Value::List(items) => tagged(bytes, 6, |bytes| {
            number(bytes, items.len() as u64);
            items.iter().for_each(|item| tree(bytes, item));
        }),
        Value::Map(entries) => tagged(bytes, 7, |bytes| {
            number(bytes, entries.len() as u64);
            for entry in entries {
                key(bytes, &entry.key);
                span(bytes, entry.key_span);
                tree(bytes, &entry.tree);
            }
        }),
    }
}

fn tagged(bytes: &mut Vec<u8>, tag: u8, write: impl FnOnce(&mut Vec<u8>)) {
    bytes.push(tag);
    write(bytes);
}

fn span(bytes: &mut Vec<u8>, span: Span) {
    number(bytes, u64::from(span.start));
    number(bytes, u64::from(span.end - span.start));
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    number(bytes, text.len() as u64);
    bytes.extend(text.as_bytes());
}

/// Writes a number, seven bits a byte, the lowest first.
fn number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The keys of the field table, which trees borrow, in order; what is kept names them by their numbers.
static KEYS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut keys: Vec<&str> = field::objects().into_iter().flat_map(|object| object.fields).map(|field| field.key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
});

/// Writes down a key: its number from 1, or 0 and the key itself.
fn key(bytes: &mut Vec<u8>, key: &str) {
    if let Ok(at) = KEYS.binary_search(&key) {
        number(bytes, at as u64 + 1);
    } else {
        number(bytes, 0);
        text(bytes, key);
    }
}

/// The bytes that are still to be read.
struct Rest<'a> {
    bytes: &'a [u8],
    file: FileId,
}

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.size()?;
        str::from_utf8(self.take(length)?).ok()
    }

    fn span(&mut self) -> Option<Span> {
        let start = u32::try_from(self.number()?).ok()?;
        let end = start.checked_add(u32::try_from(self.number()?).ok()?)?;
        Some(Span { file: self.file, start, end })
    }

    fn tree(&mut self, depth: usize) -> Option<Tree> {
        let span = self.span().filter(|_| depth < DEEPEST)?;
        let [tag] = self.array()?;
        let value = match tag {
            0 => Value::Text(Arc::from(self.text()?)),
            1 => Value::Person(Arc::from(self.text()?)),
            2 => Value::Integer(i64::from_le_bytes(self.array()?)),
            3 => Value::Decimal(Decimal::deserialize(self.array()?)),
            4 => {
                let year = i16::from_le_bytes(self.array()?);
                let (month, day) = (i8::from_le_bytes(self.array()?), i8::from_le_bytes(self.array()?));
                Value::Date(Date::new(year, month, day).ok()?)
            }
            5 => Value::Flag(self.array::<1>()? == [1]),
            6 => {
                let items = (0..self.room()?).map(|_| self.tree(depth + 1));
                Value::List(items.collect::<Option<Vec<_>>>()?.into())
            }
            7 => {
                let entries = (0..self.room()?).map(|_| self.entry(depth + 1));
                Value::Map(entries.collect::<Option<Vec<_>>>()?.into())
            }
            _ => return None,
        };
        Some(Tree { span, value })
    }

    /// Reads how many nodes follow, which are no more than there are bytes.
    fn room(&mut self) -> Option<usize> {
        self.size().filter(|size| *size <= self.bytes.len())
    }

    fn entry(&mut self, depth: usize) -> Option<Entry> {
        let key = match self.size()?.checked_sub(1) {
            Some(at) => Cow::Borrowed(*KEYS.get(at)?),
            None => Cow::Owned(self.text()?.to_owned()),
        };
        Some(Entry { key, key_span: self.span()?, tree: self.tree(depth)? })
    }
}
