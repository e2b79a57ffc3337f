//! The field table, the checker and the types hold together: every key of every kind, in both languages.

use std::sync::Arc;

use jiff::civil::Date;

use super::keys::Keys;
use super::tree::Value;
use super::{Data, Forms, Mask, Record, StepForm, check, kept, parse};
use crate::field::{FORMS, Field, Form, Kind, Object, Shape, form};
use crate::source::yaml::{Key, Node, Value as Raw};
use crate::source::{FileId, Span};

/// Which spelling a generated record uses.
#[derive(Clone, Copy, PartialEq)]
enum Spelling {
    English,
    Chinese,
    Mixed,
}

impl Spelling {
    /// Picks the spelling of the `i`th key.
    fn pick<'t>(self, i: usize, en: &'t str, zh: &'t str) -> &'t str {
        let english = self == Self::English || (self == Self::Mixed && i.is_multiple_of(2));
        if english { en } else { zh }
    }
}

fn span() -> Span {
    Span::new(FileId(0), 0..0)
}

fn node(value: Raw) -> Node {
    Node { span: span(), value }
}

fn scalar(text: &str) -> Node {
    node(Raw::Scalar { text: text.to_owned(), quoted: false })
}

fn entry(key: &str, node: Node) -> (Key, Node) {
    (Key { text: key.to_owned(), span: span() }, node)
}

/// A workflow of which every form is a step.
fn forms() -> Forms {
    let titles = "甲乙丙丁戊己庚辛壬癸子丑寅卯";
    let step = |(form, title): (&'static Form, char)| StepForm { id: form.name.to_owned(), title_zh: title.to_string(), form };
    assert_eq!(titles.chars().count(), FORMS.len());
    Forms::from([("eight-step".to_owned(), FORMS.iter().zip(titles.chars()).map(step).collect())])
}

/// Makes a map in which every key of an object is present.
fn every_key(object: &'static Object, spelling: Spelling) -> Node {
    let rows = object.fields.iter().enumerate();
    node(Raw::Map(
        rows.map(|(i, field)| {
            let value = match field.key {
                "kind" => scalar(spelling.pick(i, object.name, object.zh)),
                "step" => scalar("collect"),
                _ => value(&field.shape, spelling, i),
            };
            entry(spelling.pick(i, field.key, field.zh), value)
        })
        .collect(),
    ))
}

/// Makes a value of a shape.
fn value(shape: &'static Shape, spelling: Spelling, i: usize) -> Node {
    match shape {
        Shape::Object(object) => every_key(object, spelling),
        Shape::List(element) => node(Raw::List(vec![value(element, spelling, i), value(element, spelling, i + 1)])),
        Shape::Table(element) => node(Raw::Map(vec![entry("visit", value(element, spelling, i))])),
        Shape::Steps => {
            let steps = forms().remove("eight-step").expect("the workflow");
            let key = |step: &StepForm, i: usize| spelling.pick(i, &step.id, &step.title_zh).to_owned();
            let steps = steps.iter().enumerate();
            node(Raw::Map(steps.map(|(i, step)| entry(&key(step, i), value(&step.form.shape, spelling, i))).collect()))
        }
        Shape::Choice(choices) => {
            let (en, zh, _) = choices.values[i % choices.values.len()];
            scalar(spelling.pick(i, en, zh))
        }
        Shape::Flag => scalar(spelling.pick(i, "true", "是")),
        _ => scalar(example(shape)),
    }
}

/// Returns a text of a scalar shape.
fn example(shape: &Shape) -> &'static str {
    match shape {
        Shape::Integer(low, high) => {
            assert!((*low..=*high).contains(&(if *low == 1949 { 2026 } else { 12 })));
            if *low == 1949 { "2026" } else { "12" }
        }
        Shape::Money => "96000.50",
        Shape::Decimal => "28.5",
        Shape::Share => "2/3",
        Shape::Bound => "15",
        Shape::Date => "2026-03-18",
        Shape::Time => "14:00",
        Shape::Period => "2026-Q1",
        Shape::Workflow => "eight-step",
        Shape::OpinionReference => "2026-q1/3",
        Shape::Person => "王春生",
        Shape::Reference(_) => "2026-001-bridge",
        Shape::Attachment => "方案.pdf",
        _ => "congress",
    }
}

/// Checks and types a record in which every key is present.
fn read(kind: Kind, spelling: Spelling) -> Record {
    let (mut diagnostics, forms) = (Vec::new(), forms());
    let header = every_key(kind.object(), spelling);
    let tree = check::object(kind.object(), &header, &forms, &mut diagnostics).expect("a map");
    assert_eq!(diagnostics, [], "{kind:?}");
    let data =
        parse::typed(kind, &tree, |_, step| form(step).map(|form| form.name)).unwrap_or_else(|fault| panic!("{kind:?}: {fault}"));
    let (id, area, name) = ("a/b".to_owned(), "a".to_owned(), "b".to_owned());
    Record {
        id,
        area,
        name,
        kind,
        file: FileId(0),
        source: blake3::hash(b""),
        body: None,
        draft: true,
        keys: Keys::Here(tree, data),
    }
}

fn records() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| *kind != Kind::Workflow)
}

#[test]
fn every_key_of_every_kind_is_read_alike_in_both_languages() {
    for kind in records() {
        let english = read(kind, Spelling::English);
        assert_eq!(read(kind, Spelling::Chinese), english, "{kind:?} in Chinese");
        assert_eq!(read(kind, Spelling::Mixed), english, "{kind:?} mixed");
    }
}

#[test]
fn a_rule_pack_with_every_key_passes() {
    let mut diagnostics = Vec::new();
    for spelling in [Spelling::English, Spelling::Chinese] {
        let pack = every_key(Kind::Workflow.object(), spelling);
        // Ids of steps stand in `step` of rules.
        let tree = parse::check_pack(&pack, &mut diagnostics).expect("a map");
        assert_eq!(diagnostics, []);
        assert_eq!(tree.get("kind").and_then(|kind| kind.text()), Some("workflow"));
    }
}

#[test]
fn records_with_the_required_keys_alone_are_read() {
    fn prune(object: &'static Object, node: Node) -> Node {
        let Raw::Map(entries) = node.value else { return node };
        let keep = |(key, _): &(Key, Node)| object.field(&key.text).is_some_and(|field: &Field| field.required);
        Node { span: node.span, value: Raw::Map(entries.into_iter().filter(keep).collect()) }
    }
    for kind in records() {
        let (mut diagnostics, forms) = (Vec::new(), forms());
        let header = prune(kind.object(), every_key(kind.object(), Spelling::English));
        let tree = check::object(kind.object(), &header, &forms, &mut diagnostics).expect("a map");
        assert_eq!(diagnostics, [], "{kind:?}");
        assert!(parse::typed(kind, &tree, |_, step| form(step).map(|form| form.name)).is_ok(), "{kind:?}");
    }
}

#[test]
fn every_required_key_is_missed_by_name() {
    for kind in records() {
        let header = node(Raw::Map(vec![entry("kind", scalar(kind.name()))]));
        let mut diagnostics = Vec::new();
        check::object(kind.object(), &header, &forms(), &mut diagnostics);
        let missing = kind.object().fields.iter().filter(|field| field.required && field.key != "kind");
        let expected: Vec<String> = missing.map(|field| format!("the {} lacks `{}`", kind.name(), field.key)).collect();
        let found: Vec<String> = diagnostics.iter().map(|fault| fault.message.en.clone()).collect();
        assert_eq!(found, expected);
        assert!(diagnostics.iter().all(|fault| fault.rule == "schema/missing-key"));
    }
}

/// Shows surnames only, and a word less.
struct Surnames;

impl Mask for Surnames {
    fn person(&self, name: &str) -> String {
        name.chars().take(1).chain("某".chars()).collect()
    }

    fn prose(&self, text: &str) -> Option<String> {
        Some(text.replace("congress", "▇"))
    }
}

#[test]
fn a_record_that_nobody_shares_is_masked_as_its_copy_is() {
    for record in records().map(|kind| read(kind, Spelling::English)) {
        let copy = record.masked(&Surnames).unwrap_or_else(|| record.clone());
        let shared = Arc::new(record.clone());
        assert_eq!(*Arc::clone(&shared).shown_by(&Surnames), copy);
        assert_eq!(*shared, record, "what others share stays as it is");
        let own = Arc::new(record);
        let place = Arc::as_ptr(&own);
        let shown = own.shown_by(&Surnames);
        assert_eq!((&*shown, Arc::as_ptr(&shown)), (&copy, place));
    }
}

#[test]
fn masking_reaches_every_name_and_all_prose_and_nothing_else() {
    let record = read(Kind::Matter, Spelling::English);
    let masked = record.masked(&Surnames).expect("something was masked");
    assert!(record.persons().contains(&"王春生"));
    assert!(!masked.persons().is_empty() && masked.persons().iter().all(|name| *name == "王某"));
    let (Data::Matter(before), Data::Matter(after)) = (record.data(), masked.data()) else { panic!("a matter") };
    assert_eq!(after.title, "▇");
    assert_eq!((&after.workflow, after.steps.len()), (&before.workflow, before.steps.len()));
    masked.leaves(&mut |leaf| {
        if matches!(leaf.shape, Shape::Line | Shape::Prose) {
            assert_eq!(leaf.tree.value, Value::text("▇"), "{}", leaf.path);
        }
        if matches!(leaf.shape, Shape::Date) {
            assert_eq!(leaf.tree.value, Value::Date(Date::constant(2026, 3, 18)));
        }
    });
}

#[test]
fn what_was_kept_of_a_record_is_the_record() {
    for record in records().map(|kind| read(kind, Spelling::English)) {
        let mut bytes = Vec::new();
        kept::keep(&record, &mut bytes);
        let again = kept::recall(record.file, &bytes).expect("a record");
        assert_eq!((again.kind, &again.tree, &again.body), (record.kind, record.tree(), &record.body));
        for end in 0..bytes.len() {
            assert!(kept::recall(record.file, &bytes[..end]).is_none(), "{:?} cut at {end}", record.kind);
        }
    }
}
