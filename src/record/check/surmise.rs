//! What a file would say if its faults were mended: so that the rest of it can be judged in the same run.
//!
//! Where a fault shows what was meant, that stands in its place. Elsewhere nobody knows, and the file is read twice, with something
//! else at the two ends of what could stand there: what is wrong both times is wrong whatever the author meant.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::forms::StepForm;
use super::super::tree::{Entry, Tree, Value};
use super::{Checker, Spot, closest, scalar};
use crate::field::{Field, Object, Shape};
use crate::source::Span;
use crate::source::yaml::{Key, Node, Value as Raw};

/// One of the two ends of what could stand in the place of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::record) enum Surmise {
    /// Little, early, none; a key that means nothing is not there.
    Low,
    /// Much, late, all; a key that means nothing is every key that it could be.
    High,
}

impl Surmise {
    /// Returns the first or the last.
    pub(super) fn of<T>(self, all: &[T]) -> Option<&T> {
        self.or(all.first(), all.last())
    }

    /// Returns the one or the other.
    fn or<T>(self, low: T, high: T) -> T {
        match self {
            Self::Low => low,
            Self::High => high,
        }
    }

    /// Makes what stands in for a value of some shape, at `span`.
    fn fill(self, shape: &Shape, span: Span) -> Tree {
        Tree { span, value: self.value(shape, span) }
    }

    fn value(self, shape: &Shape, span: Span) -> Value {
        match shape {
            Shape::Person => Value::Person(self.or("甲", "乙").into()),
            Shape::Integer(low, high) => Value::Integer(self.or(*low, *high)),
            Shape::Money | Shape::Decimal => Value::Decimal(self.or(Decimal::ZERO, Decimal::from(1_000_000_000_000_u64))),
            Shape::Date => Value::Date(self.or(Date::constant(1900, 1, 1), Date::constant(2199, 12, 31))),
            Shape::Flag => Value::Flag(self.or(false, true)),
            Shape::Object(object) => Value::Map(self.entries(object, span)),
            Shape::List(element) => Value::List(self.or(None, Some(())).map(|()| self.fill(element, span)).into_iter().collect()),
            Shape::Table(_) | Shape::Steps => Value::Map(Box::default()),
            _ => Value::text(self.text(shape)),
        }
    }

    fn text(self, shape: &Shape) -> &'static str {
        match shape {
            Shape::Choice(choices) => self.of(choices.values).map_or("", |(value, _, _)| value),
            Shape::Share => self.or("0%", "100%"),
            Shape::Bound => self.or("0", "999999999"),
            Shape::Time => self.or("00:00", "23:59"),
            Shape::Period => self.or("1900", "2199-12"),
            Shape::OpinionReference => self.or("low/1", "high/1"),
            _ => self.or("low", "high"),
        }
    }

    /// Makes the keys that an object must have.
    fn entries(self, object: &Object, span: Span) -> Box<[Entry]> {
        let required = object.fields.iter().filter(|field| field.required);
        required
            .map(|field| Entry { key: Cow::Borrowed(field.key), key_span: span, tree: self.fill(&field.shape, span) })
            .collect()
    }
}

impl Checker<'_> {
    /// Returns what stands in for a value that nobody knows; `None` where it is to be left out.
    pub(super) fn filled(&self, shape: &Shape, span: Span) -> Option<Tree> {
        let side = self.surmise?;
        if let Shape::Workflow = shape {
            let ids: Vec<&String> = self.forms.keys().collect();
            return side.of(&ids).map(|id| Tree { span, value: Value::text(id) });
        }
        Some(side.fill(shape, span))
    }

    /// Returns what was meant by a scalar, if that is known, else what stands in for it.
    pub(super) fn meant(&self, shape: &Shape, node: &Node, meant: Option<&str>) -> Option<Tree> {
        self.surmise?;
        let value = meant.and_then(|meant| scalar::read(shape, meant.trim_matches('"'), false).ok());
        value.map(|value| Tree { span: node.span, value }).or_else(|| self.filled(shape, node.span))
    }

    /// Returns the workflow that was meant by an id: its own, unless another is to be surmised and close.
    pub(super) fn meant_workflow<'i>(&'i self, id: &'i str) -> &'i str {
        if self.surmise.is_none() || self.forms.contains_key(id) {
            return id;
        }
        closest(id, self.forms.keys().map(String::as_str)).unwrap_or(id)
    }

    /// Returns a list with the one element that was written without a list.
    pub(super) fn list_of_one(&mut self, shape: &Shape, element: &Shape, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        self.surmise?;
        if matches!(node.value, Raw::Null) {
            return self.filled(shape, node.span);
        }
        let item = self.value(element, node, &spot.element(spot.place, 0))?;
        Some(Tree { span: node.span, value: Value::List([item].into()) })
    }

    /// Puts keys that are none at every open key that could be meant, if so much is to be surmised.
    pub(super) fn place_strays(
        &mut self,
        object: &'static Object,
        open: &[&'static Field],
        strays: &[(&Key, &Node)],
        entries: &mut Vec<Entry>,
    ) {
        if self.surmise != Some(Surmise::High) {
            return;
        }
        for field in open {
            let found = strays.iter().find_map(|(key, node)| self.sound(|checker| checker.entry(object, field, key, node)));
            entries.extend(found);
        }
    }

    /// Does the same for the steps of a matter.
    pub(super) fn place_stray_steps(&mut self, steps: &[StepForm], strays: &[(&Key, &Node)], entries: &mut Vec<Entry>) {
        if self.surmise != Some(Surmise::High) {
            return;
        }
        for step in steps {
            if !entries.iter().any(|entry| entry.key == step.id) {
                let found = strays.iter().find_map(|(key, node)| self.sound(|checker| checker.step(step, key, node)));
                entries.extend(found);
            }
        }
    }

    /// Returns what is read without a fault.
    fn sound(&mut self, read: impl FnOnce(&mut Self) -> Option<Entry>) -> Option<Entry> {
        let before = self.diagnostics.len();
        read(self).filter(|_| self.diagnostics.len() == before)
    }
}
