//! What expressions see of a register: the value of each record, built when it is first asked for.
//!
//! A [`World`] is shared by all threads; each of them judges a few records at a time from a [`Shelf`] of its own, so that the
//! values of a whole city never stand in memory at once. A shelf remembers which records were read.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::place::Paths;
use crate::calendar::Calendar;
use crate::field::Kind;
use crate::record::{Forms, StepForm};
use crate::register::{RecordIx, Register};
use crate::workflow::convert::{Records, References};
use crate::workflow::names::AREA_LISTS;
use crate::workflow::{Key, Value, expression_name};

/// What is the same for every record.
pub(super) struct World<'r> {
    pub(super) register: &'r Register,
    forms: Forms,
    /// The names that rules of areas read.
    area_names: &'r BTreeSet<String>,
}

impl<'r> World<'r> {
    /// Makes the world of a register, of whose lists rules of areas read those in `area_names`.
    pub(super) fn new(register: &'r Register, forms: Forms, area_names: &'r BTreeSet<String>) -> Self {
        Self { register, forms, area_names }
    }

    /// Returns the working days.
    pub(super) fn calendar(&self) -> &Calendar {
        self.register.calendar()
    }
}

/// The values that one thread has built.
pub(super) struct Shelf<'w> {
    pub(super) world: &'w World<'w>,
    built: RefCell<BTreeMap<RecordIx, Built>>,
    /// The records read since [`Self::begin`].
    reads: RefCell<Vec<RecordIx>>,
    /// The paths that rules point at.
    pub(super) paths: RefCell<Paths>,
}

/// A value with the records that it was made of.
#[derive(Clone)]
struct Built {
    value: Value,
    reads: Rc<[RecordIx]>,
}

impl<'w> Shelf<'w> {
    /// Makes an empty shelf.
    pub(super) fn new(world: &'w World<'w>) -> Self {
        Self { world, built: RefCell::default(), reads: RefCell::default(), paths: RefCell::default() }
    }

    /// Forgets what was read before.
    pub(super) fn begin(&self) {
        self.reads.borrow_mut().clear();
    }

    /// Returns every record that was read, in order.
    pub(super) fn reads(&self) -> Vec<RecordIx> {
        let mut reads = self.reads.borrow().clone();
        reads.sort_unstable();
        reads.dedup();
        reads.shrink_to_fit();
        reads
    }

    /// Notes that a record was read.
    pub(super) fn note(&self, ix: RecordIx) {
        self.reads.borrow_mut().push(ix);
    }

    /// Returns a record with its own references as `{id, title}`.
    pub(super) fn value(&self, ix: RecordIx) -> Value {
        self.built(ix).value
    }

    fn built(&self, ix: RecordIx) -> Built {
        let known = self.built.borrow().get(&ix).cloned();
        let built = known.unwrap_or_else(|| {
            let (value, _, reads) = self.build(ix, false);
            self.keep(ix, value, reads)
        });
        self.reads.borrow_mut().extend(built.reads.iter());
        built
    }

    fn keep(&self, ix: RecordIx, value: Value, reads: Vec<RecordIx>) -> Built {
        let built = Built { value, reads: reads.into() };
        self.built.borrow_mut().insert(ix, built.clone());
        built
    }

    /// Returns a record with the records that it names.
    pub(super) fn expanded(&self, ix: RecordIx) -> Value {
        let (value, met, reads) = self.build(ix, true);
        self.reads.borrow_mut().extend(&reads);
        if !met && !self.built.borrow().contains_key(&ix) {
            self.keep(ix, value.clone(), reads);
        }
        value
    }

    /// Builds a value; says whether it differs where references are expanded, and what was read.
    fn build(&self, ix: RecordIx, expand: bool) -> (Value, bool, Vec<RecordIx>) {
        let outer = self.reads.replace(vec![ix]);
        let record = self.world.register.get(ix);
        let near = Near { shelf: self, ix, expand, votes: Cell::new(false) };
        let mut records = Records::new(&near, self.steps(ix), expand);
        let mut map = records.record(record.tree(), record.kind);
        map.put("id", Value::text(&record.id));
        map.put("kind", Value::text(record.kind.name()));
        let met = records.met || near.votes.get();
        if let Some(meeting) = record.meeting() {
            let class = self.body(&record.area, &meeting.body).and_then(|body| body.get("class").cloned());
            if let Some(class) = class {
                map.put("body_class", class);
            }
        }
        (Value::Map(Arc::new(map)), met, self.reads.replace(outer))
    }

    fn steps(&self, ix: RecordIx) -> &'w [StepForm] {
        let matter = self.world.register.get(ix).matter();
        matter.and_then(|matter| self.world.forms.get(&matter.workflow)).map_or(&[], Vec::as_slice)
    }

    /// Returns a body of an area.
    pub(super) fn body(&self, area: &str, id: &str) -> Option<Value> {
        let area = self.value(self.world.register.area(area)?);
        let bodies = area.get("bodies")?;
        bodies.items().iter().find(|body| body.get("id").and_then(Value::as_text) == Some(id)).cloned()
    }

    /// Returns the lists that rules of an area read: its own records by kind, in the order of their dates.
    pub(super) fn lists(&self, area: &str) -> impl Iterator<Item = (&'static str, Value)> {
        let read = AREA_LISTS.into_iter().filter(|(name, _)| self.world.area_names.contains(*name));
        read.map(move |(name, kind)| {
            let records = self.world.register.records_of(area, kind);
            (name, Value::list(records.iter().map(|ix| self.value(*ix)).collect()))
        })
    }
}

/// References as one record writes them.
struct Near<'s, 'w> {
    shelf: &'s Shelf<'w>,
    ix: RecordIx,
    expand: bool,
    /// Whether an item was asked for that a record sees only where its own references are expanded.
    votes: Cell<bool>,
}

impl Near<'_, '_> {
    fn register(&self) -> &Register {
        self.shelf.world.register
    }

    fn find(&self, reference: &str, kinds: &[Kind]) -> Option<RecordIx> {
        let register = self.register();
        register.find(&register.get(self.ix).area, kinds, reference)
    }

    /// Splits the name of an opinion into its register and its number.
    fn opinion_of(&self, reference: &str) -> Option<(RecordIx, i64)> {
        let (register, number) = reference.rsplit_once('/')?;
        Some((self.find(register, &[Kind::Opinions])?, number.parse().ok()?))
    }
}

impl References for Near<'_, '_> {
    fn record(&self, reference: &str, kinds: &[Kind]) -> Option<Value> {
        self.find(reference, kinds).map(|ix| self.shelf.value(ix))
    }

    fn name(&self, reference: &str) -> Option<Value> {
        let ix = self.find(reference, &Kind::ALL).or_else(|| self.opinion_of(reference).map(|(ix, _)| ix))?;
        self.shelf.note(ix);
        let record = self.register().get(ix);
        let title = record.title().unwrap_or(&record.name);
        Some(Value::map([("id", Value::text(&record.id)), ("title", Value::text(title))]))
    }

    fn opinion(&self, reference: &str) -> Option<Value> {
        let (ix, number) = self.opinion_of(reference)?;
        let opinions = self.shelf.value(ix);
        let item = opinions.get("items")?.items().iter().find(|item| item.get("no") == Some(&Value::Integer(number)))?;
        let Value::Map(map) = item else { return None };
        let mut map = (**map).clone();
        map.put("id", Value::text(format!("{}/{number}", self.register().get(ix).id)));
        Some(Value::Map(Arc::new(map)))
    }

    fn vote(&self, meeting: &str, item: Option<&Value>) -> Option<Value> {
        // A meeting is what items are found in: its own value does not wait for that of another.
        if self.register().get(self.ix).kind == Kind::Meeting {
            self.votes.set(true);
            if !self.expand {
                return None;
            }
        }
        let meeting = self.shelf.value(self.find(meeting, &[Kind::Meeting])?);
        let items = meeting.get("items")?.items();
        if let Some(number) = item {
            return items.iter().find(|found| found.get("no") == Some(number)).cloned();
        }
        let own = Value::text(&self.register().get(self.ix).id);
        let mut about = items.iter().filter(|item| item.get("matter").and_then(|matter| matter.get("id")) == Some(&own));
        about.next().filter(|_| about.next().is_none()).cloned()
    }
}

/// Returns the name under which expressions know a kind.
pub(super) fn kind_name(kind: Kind) -> Key {
    match expression_name(kind.name()) {
        std::borrow::Cow::Borrowed(name) => Key::Known(name),
        std::borrow::Cow::Owned(name) => Key::Given(name.into()),
    }
}
