//! The evidence of a step as facts, written from the field table: a form added there is shown without a line here.

use std::sync::LazyLock;

use crate::field::{self, Field, Object, Shape, form};
use crate::record::share::Share;
use crate::record::tree::{Tree, Value};
use crate::register::RecordIx;

use super::scribe::Scribe;
use super::view::{Fact, Link, StepPart};

/// Keys that a page shows in sections of their own.
const ELSEWHERE: [&str; 4] = ["tasks", "comments", "reports", "survey"];

/// Every field of the table, in the order of the documentation.
static FIELDS: LazyLock<Vec<&Field>> = LazyLock::new(|| field::objects().into_iter().flat_map(|object| object.fields).collect());

/// Writes what the step at `path` of a record shows, in the form that its pack names.
pub fn parts(scribe: &Scribe, ix: RecordIx, path: &str, form_name: &str, tree: &Tree) -> Vec<StepPart> {
    let Some(form) = form(form_name) else { return Vec::new() };
    let writer = Writer { scribe, ix };
    match form.shape {
        Shape::Object(object) => without_days(writer.object("", object, tree, path)),
        Shape::List(Shape::Object(object)) => writer.list(object, tree, path),
        _ => Vec::new(),
    }
}

/// Leaves out the days of a step's own part: the step says them above its evidence.
fn without_days(mut parts: Vec<StepPart>) -> Vec<StepPart> {
    if let Some(own) = parts.first_mut().filter(|part| part.title.is_empty()) {
        own.date = None;
        own.days.clear();
    }
    parts.retain(|part| !part.title.is_empty() || !part.facts.is_empty());
    parts
}

/// Writes the evidence of one record.
struct Writer<'a> {
    scribe: &'a Scribe<'a>,
    ix: RecordIx,
}

impl Writer<'_> {
    /// Writes an object: its plain keys as one part, its objects and lists of objects as parts of their own.
    fn object(&self, title: &str, object: &Object, tree: &Tree, path: &str) -> Vec<StepPart> {
        let mut facts = Vec::new();
        let mut below = Vec::new();
        for field in object.fields.iter().filter(|field| !ELSEWHERE.contains(&field.key)) {
            let Some(value) = tree.get(field.key) else { continue };
            let path = [path, ".", field.key].concat();
            match field.shape {
                Shape::Object(inner) => below.extend(self.object(&self.label(field), inner, value, &path)),
                Shape::List(Shape::Object(inner)) => below.extend(self.list(inner, value, &path)),
                _ if is_head(object, field) => {}
                _ => facts.extend(self.fact(field, value, &path)),
            }
        }
        let days = days_words(self.scribe, tree).filter(|_| object.field("date").is_none()).unwrap_or_default();
        let day = tree.get("date").and_then(date_of).map(|date| self.scribe.date(date));
        let own = StepPart { title: title.to_owned(), date: day, days, facts: self.scribe.facts(facts) };
        let own = (!own.facts.is_empty() || own.date.is_some() || !own.days.is_empty()).then_some(own);
        own.into_iter().chain(below).collect()
    }

    /// Writes a list of objects, each titled by its first choice (the way, the stage, the class).
    fn list(&self, object: &Object, tree: &Tree, path: &str) -> Vec<StepPart> {
        let items = tree.items().iter().enumerate();
        items.flat_map(|(i, item)| self.object(&self.title(object, item, i), object, item, &format!("{path}[{i}]"))).collect()
    }

    /// Returns the title of an element of a list.
    fn title(&self, object: &Object, tree: &Tree, index: usize) -> String {
        let named = object.fields.iter().find_map(|field| match field.shape {
            Shape::Choice(choices) => {
                let value = tree.get(field.key)?.text()?;
                let label = choices.label(value)?;
                Some(self.scribe.choice(choices.name, value, || label))
            }
            _ => None,
        });
        named.unwrap_or_else(|| format!("{} {}", self.scribe.say(object.zh, "Round"), index + 1))
    }

    /// Returns the label of a field: its spelling in Chinese, its meaning in English.
    fn label(&self, field: &Field) -> String {
        self.scribe.say(field.zh, field.meaning_en).to_owned()
    }

    /// Writes a count with what it counts, which its key tells.
    fn counted(&self, key: &str, tree: &Tree) -> Option<String> {
        let Value::Integer(n) = &tree.value else { return None };
        let unit = match key {
            "households_visited" | "households" => "household",
            "people" | "signatures" | "present" | "entitled" => "person",
            "sent" | "returned" | "issued" | "valid" => "copy",
            _ => return None,
        };
        Some(self.scribe.count(unit, usize::try_from(*n).ok()?))
    }

    /// Writes one key as a fact; nothing where it says nothing.
    fn fact(&self, field: &Field, tree: &Tree, path: &str) -> Option<Fact> {
        let links = self.links(tree, path);
        if !links.is_empty() {
            return Some(self.scribe.fact_links(self.label(field), links));
        }
        let words = self.counted(field.key, tree).unwrap_or_else(|| self.words(&field.shape, tree));
        (!words.is_empty()).then(|| self.scribe.fact(self.label(field), words))
    }

    /// Returns the links of a key that refers to records, or to opinions of a register.
    fn links(&self, tree: &Tree, path: &str) -> Vec<Link> {
        let register = &self.scribe.edition.register;
        let count = tree.items().len();
        let paths: Vec<String> =
            if count == 0 { vec![path.to_owned()] } else { (0..count).map(|i| format!("{path}[{i}]")).collect() };
        let found = paths.iter().filter_map(|path| register.links(self.ix).iter().find(|link| link.path == *path));
        let published = found.filter(|link| self.scribe.edition.is_published(link.to));
        published
            .map(|link| match link.opinion {
                Some(no) => {
                    let text = format!("{} {no}", self.scribe.title(link.to));
                    self.scribe.link_into(link.to, &format!("opinion-{no}"), text)
                }
                None => self.scribe.link(link.to),
            })
            .collect()
    }

    /// Writes a value in words.
    fn words(&self, shape: &Shape, tree: &Tree) -> String {
        match (&tree.value, shape) {
            (Value::Text(value), Shape::Choice(choices)) => {
                choices.label(value).map_or_else(|| value.to_string(), |label| self.scribe.choice(choices.name, value, || label))
            }
            (Value::Text(value), Shape::Share) => {
                Share::parse(value).map_or_else(|| value.to_string(), |share| share.to_string())
            }
            // A reference that is no link names a record that is not published.
            (Value::Text(_), Shape::Reference(_) | Shape::OpinionReference) => String::new(),
            (Value::Text(value), Shape::Period) => self.scribe.period_text(value),
            (Value::Text(value) | Value::Person(value), _) => value.to_string(),
            (Value::Integer(n), _) => self.scribe.number(n.unsigned_abs()),
            (Value::Decimal(n), Shape::Money) => self.scribe.money(*n),
            (Value::Decimal(n), _) => self.scribe.decimal(*n),
            (Value::Date(date), _) => self.scribe.date(*date).text,
            (Value::Flag(flag), _) => {
                self.scribe.say(if *flag { "是" } else { "否" }, if *flag { "yes" } else { "no" }).to_owned()
            }
            (Value::List(items), Shape::List(inner)) => self.scribe.join(items.iter().map(|item| self.words(inner, item))),
            (Value::Map(entries), Shape::Table(inner)) => self.scribe.join(entries.iter().map(|entry| {
                let name = self.scribe.labels.find(&format!("channel.{}", entry.key)).unwrap_or(&entry.key);
                format!("{name} {}", self.words(inner, &entry.tree))
            })),
            (Value::List(_) | Value::Map(_), _) => String::new(),
        }
    }
}

/// Whether a key is already said by a part's title or date.
fn is_head(object: &Object, field: &Field) -> bool {
    let titled = object.fields.iter().find(|field| matches!(field.shape, Shape::Choice(_)));
    let listed = ["consultation", "examination", "inspection", "review_meeting", "round"].contains(&object.name);
    matches!(field.key, "date" | "from" | "to") && matches!(field.shape, Shape::Date)
        || listed && titled.is_some_and(|first| first.key == field.key)
        || field.key == "item"
}

/// Writes the days of an object that has `from`, and perhaps `to`.
fn days_words(scribe: &Scribe, tree: &Tree) -> Option<String> {
    let from = tree.get("from").and_then(date_of)?;
    Some(scribe.days(from, tree.get("to").and_then(date_of)))
}

/// Returns the date that a node holds.
fn date_of(tree: &Tree) -> Option<jiff::civil::Date> {
    match tree.value {
        Value::Date(date) => Some(date),
        _ => None,
    }
}

/// Names the key that a rule lacks, by its path as expressions write it, in the words of the field table.
pub fn key_words(scribe: &Scribe, path: &str) -> String {
    let mut parts = path.split(['.', '[']).map(|part| part.trim_end_matches(']')).filter(|part| part.parse::<usize>().is_err());
    let key = parts.next_back().unwrap_or(path).replace('_', "-");
    let spellings = [key.replace('-', "_"), key.clone()];
    let field = FIELDS.iter().find(|field| spellings.iter().any(|key| field.key == key));
    field.map_or(key, |field| scribe.say(field.zh, field.meaning_en).to_owned())
}
