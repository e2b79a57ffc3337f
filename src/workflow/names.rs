//! What an expression may name: the static walk of a rule's expressions against the field table.
//!
//! The same types say how a value is written in a message (money with its decimals, a choice by its label).

use std::ops::Range;

use super::expression::{Expression, Form, Node, Operator, Quantifier};
use super::functions::Function;
use super::value::expression_name;
use crate::field::{Choices, Field, Form as Evidence, Kind, Object, Shape};
use crate::language::Text;
use crate::text;

/// What is known of a value before any record is read.
#[derive(Debug, Clone)]
pub(crate) enum Type {
    /// Nothing: every key is allowed.
    Any,
    /// A value without keys that is written as it stands.
    Scalar,
    /// A whole number of hundredths.
    Money,
    /// A whole number of ten-thousandths.
    Decimal,
    /// A date or a period.
    Day,
    /// One of a few values, shown by its label.
    Choice(&'static Choices),
    /// A record with its own references expanded.
    Record(Kind),
    /// A reference: within an expanded record only `{id, title}`, and the kind that it names.
    Reference(&'static [Kind]),
    /// An opinion that a record names.
    Opinion,
    /// A map of the field table; its references are expanded if the flag says so.
    Object(&'static Object, bool),
    /// A map with free keys.
    Table(Box<Type>),
    /// The evidence of each step.
    Steps(Vec<(String, &'static Evidence)>),
    /// `{id, from, to}`.
    Period,
    /// A map that an expression makes.
    Map(Vec<(String, Type)>),
    /// A list.
    List(Box<Type>),
}

/// A name that no record has.
#[derive(Debug, Clone)]
pub(super) struct Unknown {
    /// The bytes of the expression's source.
    pub(super) at: Range<usize>,
    /// What is wrong.
    pub(super) message: Text,
    /// What may have been meant; may be empty.
    pub(super) help: Text,
}

/// The names that a rule's expressions see, with their types; the innermost last.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    names: Vec<(String, Type)>,
}

impl Names {
    /// Adds a name.
    pub(super) fn add(&mut self, name: &str, kind: Type) {
        self.names.push((name.to_owned(), kind));
    }

    /// Returns the type of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Type> {
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, kind)| kind)
    }

    /// Returns the names that an author may write.
    pub(super) fn visible(&self) -> Vec<String> {
        self.names.iter().map(|(known, _)| known.clone()).filter(|known| !known.starts_with('@')).collect()
    }

    /// Walks an expression, reports every name that is not there, and returns the type of its value.
    pub(super) fn check(&mut self, expression: &Expression, unknown: &mut Vec<Unknown>) -> Type {
        Walk { names: self, source: expression.source(), unknown }.node(expression.root())
    }
}

/// Returns the lists of an area's own records that rules of areas see, with their kinds.
pub(crate) const AREA_LISTS: [(&str, Kind); 14] = [
    ("meetings", Kind::Meeting),
    ("matters", Kind::Matter),
    ("finances", Kind::Finance),
    ("registers", Kind::Opinions),
    ("assessments", Kind::Assessment),
    ("contracts", Kind::Contract),
    ("disclosures", Kind::Disclosure),
    ("surveys", Kind::Survey),
    ("inquiries", Kind::Inquiry),
    ("cases", Kind::Case),
    ("catalogues", Kind::Catalogue),
    ("rosters", Kind::Delegates),
    ("elections", Kind::Election),
    ("programmes", Kind::Programme),
];

/// Returns a kind as the list of kinds that a reference may have.
fn kind_slice(kind: Kind) -> &'static [Kind] {
    static ALL: [Kind; Kind::ALL.len()] = Kind::ALL;
    let at = ALL.iter().position(|known| *known == kind).unwrap_or(0);
    &ALL[at..=at]
}

/// Returns the name that was probably meant.
pub(crate) fn nearest<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1.max(candidate.chars().count() / 3))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Asks whether the nearest name was meant; empty where none is near.
pub(crate) fn did_you_mean<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Text {
    did_you_mean_or(name, candidates, Text::default)
}

/// Asks whether the nearest name was meant; what `otherwise` says where none is near.
pub(crate) fn did_you_mean_or<'n>(
    name: &str,
    candidates: impl IntoIterator<Item = &'n str>,
    otherwise: impl FnOnce() -> Text,
) -> Text {
    nearest(name, candidates).map_or_else(otherwise, |near| text!("是不是 `{near}`？", "did you mean `{near}`?"))
}

impl Type {
    /// Returns the type of what stands at a key of the table, with its references expanded or not.
    pub(crate) fn of_shape(shape: &Shape, expand: bool) -> Self {
        match shape {
            Shape::Money => Self::Money,
            Shape::Decimal => Self::Decimal,
            Shape::Date | Shape::Period => Self::Day,
            Shape::Choice(choices) => Self::Choice(choices),
            Shape::Reference(kinds) if expand => Self::Reference(kinds),
            Shape::OpinionReference if expand => Self::Opinion,
            Shape::Reference(_) | Shape::OpinionReference => name_only(),
            Shape::Object(object) => Self::Object(object, expand),
            Shape::List(shape) => Self::List(Box::new(Self::of_shape(shape, expand))),
            Shape::Table(shape) => Self::Table(Box::new(Self::of_shape(shape, expand))),
            Shape::Steps => Self::Steps(Vec::new()),
            Shape::Any => Self::Any,
            _ => Self::Scalar,
        }
    }

    /// Returns the type at a key (in the form of expressions), or the keys that there are.
    pub(super) fn key(&self, key: &str, steps: &[(String, &'static Evidence)]) -> Result<Self, Vec<String>> {
        match self {
            Self::Any => Ok(Self::Any),
            Self::Record(kind) => object_key(kind.object(), Some(*kind), key, steps, true),
            Self::Reference(kinds) => reference_key(kinds, key),
            Self::Opinion if key == "id" => Ok(Self::Scalar),
            Self::Opinion => match Kind::Opinions.object().field("items").map(|field| &field.shape) {
                Some(Shape::List(Shape::Object(object))) => object_key(object, None, key, steps, false),
                _ => Ok(Self::Any),
            },
            Self::Object(object, expand) => object_key(object, None, key, steps, *expand),
            Self::Table(value) => Ok((**value).clone()),
            Self::Steps(own) => {
                let steps = if own.is_empty() { steps } else { own };
                if steps.is_empty() {
                    return Ok(Self::Any);
                }
                let found = steps.iter().find(|(id, _)| expression_name(id) == key);
                found.map(|(_, form)| Self::of_shape(&form.shape, true)).ok_or_else(|| step_names(steps))
            }
            Self::Period => match key {
                "id" | "from" | "to" => Ok(Self::Day),
                _ => Err(owned(&["id", "from", "to"])),
            },
            Self::Map(entries) => {
                let found = entries.iter().find(|(known, _)| known == key).map(|(_, kind)| kind.clone());
                found.ok_or_else(|| entries.iter().map(|(known, _)| known.clone()).collect())
            }
            Self::Scalar | Self::Money | Self::Decimal | Self::Day | Self::Choice(_) | Self::List(_) => Err(Vec::new()),
        }
    }

    /// Returns the type of the outcome of a vote.
    pub(super) fn outcome() -> Self {
        match item_object().and_then(|item| item.field("outcome")).map(|field| &field.shape) {
            Some(Shape::Choice(choices)) => Self::Choice(choices),
            _ => Self::Scalar,
        }
    }

    /// Returns the names that a rule of `kind` sees, besides those that its pack binds.
    pub(super) fn of_names(kind: Kind) -> Names {
        let mut names = Names::default();
        names.add("as_of", Self::Day);
        names.add("adopted", Self::Day);
        names.add("since", Self::Day);
        names.add("area", Self::Record(Kind::Area));
        names.add(kind.name(), Self::Record(kind));
        if matches!(kind, Kind::Meeting | Kind::Delegates | Kind::Election) {
            names.add("body", body_object().map_or(Self::Any, |object| Self::Object(object, true)));
        }
        if kind == Kind::Area {
            for (list, kind) in AREA_LISTS {
                names.add(list, Self::List(Box::new(Self::Reference(kind_slice(kind)))));
            }
        }
        names
    }

    /// Returns the type of the elements.
    pub(super) fn element(&self) -> Self {
        match self {
            Self::List(kind) => (**kind).clone(),
            Self::Table(_) | Self::Map(_) => Self::Scalar,
            _ => Self::Any,
        }
    }

    /// Returns how many decimals a number of this type carries.
    pub(super) fn scale(&self) -> u32 {
        match self {
            Self::Money => 2,
            Self::Decimal => 4,
            _ => 0,
        }
    }
}

/// The type of a reference that is not expanded.
fn name_only() -> Type {
    Type::Map(vec![("id".to_owned(), Type::Scalar), ("title".to_owned(), Type::Scalar)])
}

fn owned(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

fn step_names(steps: &[(String, &'static Evidence)]) -> Vec<String> {
    steps.iter().map(|(id, _)| expression_name(id).into_owned()).collect()
}

/// Whether an object names an item of a meeting, so that it also has `vote`.
pub(super) fn has_vote(object: &Object) -> bool {
    let has = |key: &str| object.fields.iter().any(|field| field.key == key);
    has("meeting") && has("item")
}

/// Finds a field by the name that expressions use.
pub(super) fn field_of(object: &Object, key: &str) -> Option<&'static Field> {
    object.fields.iter().find(|field| expression_name(field.key) == key)
}

fn object_key(
    object: &'static Object,
    kind: Option<Kind>,
    key: &str,
    steps: &[(String, &'static Evidence)],
    expand: bool,
) -> Result<Type, Vec<String>> {
    if let Some(field) = field_of(object, key) {
        return Ok(match field.shape {
            Shape::Steps => Type::Steps(steps.to_vec()),
            ref shape => Type::of_shape(shape, expand),
        });
    }
    match (key, kind) {
        ("id", Some(_)) => Ok(Type::Scalar),
        ("body_class", Some(Kind::Meeting)) => match body_class() {
            Some(choices) => Ok(Type::Choice(choices)),
            None => Ok(Type::Scalar),
        },
        ("vote", None) if has_vote(object) => Ok(item_object().map_or(Type::Any, |object| Type::Object(object, false))),
        _ => {
            let mut keys: Vec<String> = object.fields.iter().map(|field| expression_name(field.key).into_owned()).collect();
            if kind.is_some() {
                keys.push("id".to_owned());
            }
            if has_vote(object) {
                keys.push("vote".to_owned());
            }
            Err(keys)
        }
    }
}

/// Returns the object that lists a body's keys.
pub(crate) fn body_object() -> Option<&'static Object> {
    match Kind::Area.object().field("bodies").map(|field| &field.shape) {
        Some(Shape::List(Shape::Object(object))) => Some(object),
        _ => None,
    }
}

/// Returns the object of an item of a meeting.
pub(super) fn item_object() -> Option<&'static Object> {
    match Kind::Meeting.object().field("items").map(|field| &field.shape) {
        Some(Shape::List(Shape::Object(object))) => Some(object),
        _ => None,
    }
}

fn body_class() -> Option<&'static Choices> {
    match body_object()?.field("class").map(|field| &field.shape) {
        Some(Shape::Choice(choices)) => Some(choices),
        _ => None,
    }
}

fn reference_key(kinds: &[Kind], key: &str) -> Result<Type, Vec<String>> {
    let mut known = Vec::new();
    for kind in kinds {
        match object_key(kind.object(), Some(*kind), key, &[], false) {
            Ok(found) => return Ok(found),
            Err(keys) => known.extend(keys),
        }
    }
    if key == "kind" { Ok(Type::Scalar) } else { Err(known) }
}

/// The walk of one expression.
struct Walk<'w> {
    names: &'w mut Names,
    source: &'w str,
    unknown: &'w mut Vec<Unknown>,
}

impl Walk<'_> {
    fn node(&mut self, node: &Node) -> Type {
        match &node.form {
            Form::Constant(_) => Type::Scalar,
            Form::Name(name) => match self.names.get(name) {
                Some(kind) => kind.clone(),
                None => self.unknown_name(node, name),
            },
            Form::Select(of, key) => {
                let of_type = self.node(of);
                self.key(node, of, &of_type, key)
            }
            Form::Has(of, key) => {
                let of_type = self.node(of);
                self.key(node, of, &of_type, key);
                Type::Scalar
            }
            Form::Index(of, index) => self.index(node, of, index),
            Form::Call(function, arguments) => self.call(*function, arguments),
            Form::Binary(operator, left, right) => self.binary(*operator, left, right),
            Form::If(condition, then, other) => {
                self.node(condition);
                let then = self.node(then);
                let other = self.node(other);
                if matches!(then, Type::Scalar | Type::Any) { other } else { then }
            }
            Form::List(nodes) => {
                let kinds: Vec<_> = nodes.iter().map(|node| self.node(node)).collect();
                Type::List(Box::new(kinds.into_iter().next().unwrap_or(Type::Any)))
            }
            Form::Map(entries) => Type::Map(entries.iter().map(|(key, node)| (key.to_string(), self.node(node))).collect()),
            Form::Each(each) => {
                let range = self.node(&each.range);
                let mark = self.names.names.len();
                self.names.add(&each.variable, range.element());
                if let Some(condition) = &each.condition {
                    self.node(condition);
                }
                let body = self.node(&each.body);
                self.names.names.truncate(mark);
                if each.kind == Quantifier::Collect { Type::List(Box::new(body)) } else { Type::Scalar }
            }
            Form::Not(_) | Form::And(..) | Form::Or(..) => {
                for child in node.children() {
                    self.node(child);
                }
                Type::Scalar
            }
            Form::Negate(of) => self.node(of),
        }
    }

    fn index(&mut self, node: &Node, of: &Node, index: &Node) -> Type {
        let of_type = self.node(of);
        self.node(index);
        match (&of_type, &index.form) {
            (Type::List(kind), _) => (**kind).clone(),
            (_, Form::Constant(super::value::Value::Text(key))) => {
                let key = expression_name(key).into_owned();
                self.key(node, of, &of_type, &key)
            }
            (Type::Table(kind), _) => (**kind).clone(),
            _ => Type::Any,
        }
    }

    fn call(&mut self, function: Function, arguments: &[Node]) -> Type {
        let kinds: Vec<_> = arguments.iter().map(|argument| self.node(argument)).collect();
        let first = kinds.into_iter().next().unwrap_or(Type::Any);
        match function {
            Function::AddDays | Function::AddWorkdays | Function::PeriodStart | Function::PeriodEnd => Type::Day,
            Function::Periods => Type::List(Box::new(Type::Period)),
            Function::Missing => Type::List(Box::new(Type::Day)),
            Function::Sum | Function::Min | Function::Max => first.element(),
            Function::Sorted | Function::Distinct => first,
            _ => Type::Scalar,
        }
    }

    fn binary(&mut self, operator: Operator, left: &Node, right: &Node) -> Type {
        let (left, right) = (self.node(left), self.node(right));
        match operator {
            Operator::Add | Operator::Subtract => {
                if matches!(left, Type::Scalar | Type::Any) {
                    right
                } else {
                    left
                }
            }
            Operator::Multiply => {
                if left.scale() == 0 {
                    right
                } else {
                    left
                }
            }
            Operator::Divide | Operator::Remainder => left,
            _ => Type::Scalar,
        }
    }

    fn key(&mut self, node: &Node, of: &Node, of_type: &Type, key: &str) -> Type {
        let steps = match self.names.get("matter") {
            Some(Type::Any) | None => Vec::new(),
            Some(_) => self.steps(),
        };
        let keys = match of_type.key(key, &steps) {
            Ok(found) => return found,
            Err(keys) => keys,
        };
        let path = &of.path;
        let help = did_you_mean_or(key, keys.iter().map(String::as_str), || {
            let list = keys.join("`, `");
            if keys.is_empty() { Text::default() } else { text!("有这些键：`{list}`", "the keys are `{list}`") }
        });
        let message = if keys.is_empty() {
            text!("`{path}` 不是一组键，没有 `{key}`", "`{path}` has no keys, so no `{key}`")
        } else {
            text!("`{path}` 没有 `{key}` 这个键", "`{path}` has no key `{key}`")
        };
        self.unknown.push(Unknown { at: self.place(node, key), message, help });
        Type::Any
    }

    /// The steps of the workflow whose rules are walked.
    fn steps(&self) -> Vec<(String, &'static Evidence)> {
        match self.names.get("@steps") {
            Some(Type::Steps(steps)) => steps.clone(),
            _ => Vec::new(),
        }
    }

    fn unknown_name(&mut self, node: &Node, name: &str) -> Type {
        let known = self.names.visible();
        let help = did_you_mean_or(name, known.iter().map(String::as_str), || {
            let list = known.join("`, `");
            text!("这里可用的名称：`{list}`", "the names here are `{list}`")
        });
        let message = text!("这条规则里没有 `{name}`", "there is no `{name}` in this rule");
        self.unknown.push(Unknown { at: self.place(node, name), message, help });
        Type::Any
    }

    /// Returns where `name` stands, starting at the node's own token.
    fn place(&self, node: &Node, name: &str) -> Range<usize> {
        let from = node.at.start.min(self.source.len());
        let found = self.source[from..].find(name).map(|skip| from + skip).or_else(|| self.source.rfind(name));
        found.map_or(node.at.clone(), |start| start..start + name.len())
    }
}
