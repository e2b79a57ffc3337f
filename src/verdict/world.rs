//! What expressions see of a register: the value of every record, built once and shared.

use std::sync::Arc;

use rayon::prelude::*;

use crate::calendar::Calendar;
use crate::field::{Form, Kind};
use crate::record::{Data, Forms, Record};
use crate::register::{RecordIx, Register};
use crate::workflow::convert::{Convert, References};
use crate::workflow::names::{AREA_LISTS, Type};
use crate::workflow::{Map, Value, expression_name};

/// The values of a register.
pub(super) struct World<'r> {
    pub(super) register: &'r Register,
    pub(super) calendar: Calendar,
    forms: Forms,
    /// Each record with its own references as `{id, title}`, by its number.
    values: Vec<Value>,
}

impl<'r> World<'r> {
    /// Builds the values of every record.
    pub(super) fn new(register: &'r Register, forms: Forms) -> Self {
        let records: Vec<(RecordIx, &Record)> = register.records().collect();
        let mut world = Self { register, calendar: calendar(register), forms, values: Vec::new() };
        // Meetings first, because the items that others name are found in them.
        let blank = Value::Map(Arc::new(Map::default()));
        let build = |world: &Self, meetings: bool| -> Vec<Value> {
            let value = |(ix, record): &(RecordIx, &Record)| {
                let wanted = (record.kind == Kind::Meeting) == meetings;
                if wanted { world.build(*ix, false) } else { world.values.get(ix.0 as usize).unwrap_or(&blank).clone() }
            };
            records.par_iter().map(value).collect()
        };
        world.values = build(&world, true);
        world.values = build(&world, false);
        world
    }

    /// Returns a record with its own references as `{id, title}`.
    pub(super) fn value(&self, ix: RecordIx) -> &Value {
        &self.values[ix.0 as usize]
    }

    /// Returns a record with the records that it names.
    pub(super) fn expanded(&self, ix: RecordIx) -> Value {
        self.build(ix, true)
    }

    fn build(&self, ix: RecordIx, expand: bool) -> Value {
        let record = self.register.get(ix);
        let steps = self.steps(record);
        let near = Near { world: self, ix };
        let mut convert = if expand { Convert::new(&near, &steps) } else { Convert::unexpanded(&near, &steps) };
        let value = convert.value(&record.tree, &Type::Record(record.kind));
        let Value::Map(map) = value else { return value };
        let mut map = Arc::unwrap_or_clone(map);
        map.add("id", Value::text(&record.id));
        map.add("kind", Value::text(record.kind.name()));
        if let Some(meeting) = record.meeting() {
            let class = self.body(&record.area, &meeting.body).and_then(|body| body.get("class").cloned());
            if let Some(class) = class {
                map.add("body_class", class);
            }
        }
        Value::Map(Arc::new(map))
    }

    fn steps(&self, record: &Record) -> Vec<(String, &'static Form)> {
        let steps = record.matter().and_then(|matter| self.forms.get(&matter.workflow));
        steps.map_or_else(Vec::new, |steps| steps.iter().map(|step| (step.id.clone(), step.form)).collect())
    }

    /// Returns a body of an area.
    pub(super) fn body(&self, area: &str, id: &str) -> Option<Value> {
        let area = self.register.area(area)?;
        let bodies = self.register.get(area).tree.get("bodies")?;
        let body = bodies.items().iter().find(|body| body.get("id").and_then(|id| id.text()) == Some(id))?;
        let kind = crate::workflow::names::body_object().map_or(Type::Any, |object| Type::Object(object, false));
        Some(Convert::unexpanded(&Near { world: self, ix: area }, &[]).value(body, &kind))
    }

    /// Returns the lists that rules of an area see: its own records by kind, in the order of their dates.
    pub(super) fn lists(&self, area: &str) -> impl Iterator<Item = (&'static str, Value)> {
        AREA_LISTS.into_iter().map(move |(name, kind)| {
            let records = self.register.records_of(area, kind);
            (name, Value::list(records.iter().map(|ix| self.value(*ix).clone()).collect()))
        })
    }
}

/// Puts the yearly tables of public holidays together.
fn calendar(register: &Register) -> Calendar {
    let mut calendar = Calendar::default();
    for (_, record) in register.records() {
        if let Data::Calendar(year) = &record.data {
            let holidays: Vec<_> = year.holidays.iter().map(|holiday| (holiday.from, holiday.to)).collect();
            calendar.add_year(i16::try_from(year.year).unwrap_or(i16::MAX), &holidays, &year.working_weekends);
        }
    }
    calendar
}

/// References as one record writes them.
struct Near<'w, 'r> {
    world: &'w World<'r>,
    ix: RecordIx,
}

impl Near<'_, '_> {
    fn find(&self, reference: &str, kinds: &[Kind]) -> Option<RecordIx> {
        let register = self.world.register;
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
        self.find(reference, kinds).and_then(|ix| self.world.values.get(ix.0 as usize)).cloned()
    }

    fn name(&self, reference: &str) -> Option<Value> {
        let ix = self.find(reference, &Kind::ALL).or_else(|| self.opinion_of(reference).map(|(ix, _)| ix))?;
        let record = self.world.register.get(ix);
        let title = record.title().unwrap_or(&record.name);
        Some(Value::map([("id", Value::text(&record.id)), ("title", Value::text(title))]))
    }

    fn opinion(&self, reference: &str) -> Option<Value> {
        let (ix, number) = self.opinion_of(reference)?;
        let items = self.world.values.get(ix.0 as usize)?.get("items")?;
        let item = items.items().iter().find(|item| item.get("no") == Some(&Value::Integer(number)))?;
        let Value::Map(map) = item else { return None };
        let mut map = (**map).clone();
        map.add("id", Value::text(format!("{}/{number}", self.world.register.get(ix).id)));
        Some(Value::Map(Arc::new(map)))
    }

    fn vote(&self, meeting: &str, item: Option<&Value>) -> Option<Value> {
        let ix = self.find(meeting, &[Kind::Meeting])?;
        let items = self.world.values.get(ix.0 as usize)?.get("items")?.items();
        if let Some(number) = item {
            return items.iter().find(|found| found.get("no") == Some(number)).cloned();
        }
        let own = Value::text(&self.world.register.get(self.ix).id);
        let mut about = items.iter().filter(|item| item.get("matter").and_then(|matter| matter.get("id")) == Some(&own));
        about.next().filter(|_| about.next().is_none()).cloned()
    }
}

/// Returns the name under which expressions know a kind.
pub(super) fn kind_name(kind: Kind) -> String {
    expression_name(kind.name()).into_owned()
}
