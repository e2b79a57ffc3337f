//! Checks a YAML tree against the field table: keys in either language, types, what is missing, all faults at once.

mod guess;
mod scalar;
mod suggest;
mod surmise;

use std::borrow::Cow;

use super::forms::{Forms, StepForm};
use super::tree::{Entry, Tree, Value};
use crate::diagnostic::Diagnostic;
use crate::field::{Field, Kind, Object, Shape, choices};
use crate::language::Text;
use crate::source::Span;
use crate::source::yaml::{Key, Node, Value as Raw};
use crate::text;
pub(crate) use suggest::{closest, quote};
pub(super) use surmise::Surmise;

/// Reads the kind that a header names; reports a missing and an unknown one.
pub(super) fn kind(header: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Kind> {
    let Raw::Map(entries) = &header.value else {
        diagnostics.push(not_a_map(header));
        return None;
    };
    let Some((key, node)) = entries.iter().find(|(key, _)| key.text == "kind" || key.text == "类型") else {
        let place = entries.first().map_or(header.span, |(key, _)| key.span);
        diagnostics.push(missing_kind(place));
        return None;
    };
    let Raw::Scalar { text, .. } = &node.value else {
        diagnostics.push(missing_kind(key.span));
        return None;
    };
    let kind = Kind::from_name(text);
    if kind.is_none() {
        diagnostics.push(unknown_kind(key, node, text));
    }
    kind
}

/// Returns the kind that a header most likely means, where it names one that does not exist.
pub(super) fn meant_kind(header: &Node) -> Option<Kind> {
    let Raw::Map(entries) = &header.value else { return None };
    let (_, node) = entries.iter().find(|(key, _)| key.text == "kind" || key.text == "类型")?;
    let Raw::Scalar { text, .. } = &node.value else { return None };
    let names = Kind::ALL.iter().flat_map(|kind| [kind.object().name, kind.object().zh]);
    closest(text, names).and_then(Kind::from_name)
}

/// Reports a file whose header is not a map.
fn not_a_map(header: &Node) -> Diagnostic {
    Diagnostic::error("schema/wrong-type", header.span, text!("文件应由“键: 值”组成", "a record is a map of keys and values"))
        .help(text!("第一行写 `kind: matter` 之类的记录类型", "begin with the kind of record, such as `kind: matter`"))
}

/// Reports a header without a kind.
fn missing_kind(place: Span) -> Diagnostic {
    Diagnostic::error("schema/missing-key", place, text!("缺少 `kind`（类型）", "`kind` is missing")).help(kinds_in_words())
}

/// Reports a kind that does not exist.
fn unknown_kind(key: &Key, node: &Node, written: &str) -> Diagnostic {
    let names = Kind::ALL.iter().flat_map(|kind| [kind.object().name, kind.object().zh]);
    let fault = Diagnostic::error(
        "schema/unknown-kind",
        key.span,
        text!("没有 `{0}` 这种记录", "there is no kind of record `{0}`", quote(written)),
    );
    match closest(written, names) {
        Some(name) => fault.help(text!("是不是 `{name}`？", "did you mean `{name}`?")).fix(
            text!("改为 `{name}`", "write `{name}`"),
            node.span,
            name,
        ),
        None => fault.help(kinds_in_words()),
    }
}

/// Names every kind.
fn kinds_in_words() -> Text {
    let zh: Vec<String> = Kind::ALL.iter().map(|kind| format!("`{}`（{}）", kind.name(), kind.object().zh)).collect();
    let en: Vec<String> = Kind::ALL.iter().map(|kind| format!("`{}`", kind.name())).collect();
    Text::new(format!("可用的类型：{}", zh.join("、")), format!("the kinds are {}", en.join(", ")))
}

/// Reads a whole header as `object`. What is wrong is reported and left out of the tree.
pub(super) fn object(object: &'static Object, header: &Node, forms: &Forms, diagnostics: &mut Vec<Diagnostic>) -> Option<Tree> {
    whole(object, header, forms, None, diagnostics)
}

/// Reads a whole header as `object`, with something in the place of everything that is wrong or missing: what was meant, where
/// that is plain, else what `side` says. Reports nothing.
pub(super) fn surmise(object: &'static Object, header: &Node, forms: &Forms, side: Surmise) -> Option<Tree> {
    whole(object, header, forms, Some(side), &mut Vec::new())
}

/// Reads a whole header.
fn whole(
    object: &'static Object,
    header: &Node,
    forms: &Forms,
    surmise: Option<Surmise>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Tree> {
    let Raw::Map(entries) = &header.value else {
        diagnostics.push(not_a_map(header));
        return None;
    };
    let spot = Spot::key(entries.first().map_or(header.span, |(key, _)| key.span), object.name);
    let mut checker = Checker { forms, steps: None, surmise, diagnostics };
    checker.steps = checker.steps_of(object, entries);
    let tree = checker.map(object, header, &spot);
    Some(tree)
}

/// Where a value stands, for messages.
struct Spot<'s> {
    /// The key, or the element of a list.
    place: Span,
    /// What stands there; messages, which are rare, name it.
    name: Name<'s>,
}

/// What messages name.
enum Name<'s> {
    /// A key, as it was written.
    Key(&'s str),
    /// An element of the list at a spot, counted from 0.
    Element(&'s Spot<'s>, usize),
}

impl<'s> Spot<'s> {
    /// Makes the spot of a key.
    fn key(place: Span, key: &'s str) -> Self {
        Self { place, name: Name::Key(key) }
    }

    /// Makes the spot of an element of the list at this spot, counted from 0.
    fn element(&'s self, place: Span, i: usize) -> Self {
        Self { place, name: Name::Element(self, i) }
    }

    /// Returns how messages name it.
    fn name(&self) -> Text {
        match self.name {
            Name::Key(key) => {
                let key = quote(key);
                text!("`{key}`", "`{key}`")
            }
            Name::Element(list, i) => {
                let (no, Text { zh, en }) = (i + 1, list.name());
                text!("{zh} 第 {no} 项", "element {no} of {en}")
            }
        }
    }
}

/// Reads values and collects what is wrong.
struct Checker<'a> {
    forms: &'a Forms,
    /// The steps of the matter that is read.
    steps: Option<&'a [StepForm]>,
    /// What stands in for what is wrong or missing; `None` leaves it out.
    surmise: Option<Surmise>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    /// Returns the steps of the workflow that a matter names.
    fn steps_of(&self, object: &Object, entries: &[(Key, Node)]) -> Option<&'a [StepForm]> {
        object.fields.iter().find(|field| matches!(field.shape, Shape::Steps))?;
        let (_, node) = entries.iter().find(|(key, _)| object.field(&key.text).is_some_and(|field| field.key == "workflow"))?;
        match &node.value {
            Raw::Scalar { text, .. } => self.forms.get(self.meant_workflow(text.trim())).map(Vec::as_slice),
            _ => None,
        }
    }

    /// Reads what stands at `spot` by its shape; `None` where it is wrong.
    fn value(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        match shape {
            Shape::Any => Some(any(node)),
            Shape::Object(object) => self.map_or_fault(object, node, spot),
            Shape::List(element) => self.list(shape, element, node, spot),
            Shape::Table(element) => self.table(shape, element, node, spot),
            Shape::Steps => self.evidence(shape, node, spot),
            _ => self.scalar(shape, node, spot),
        }
    }

    /// Reads a map with known keys, or reports that there is none.
    fn map_or_fault(&mut self, object: &'static Object, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        if let Raw::Map(_) = node.value {
            return Some(self.map(object, node, spot));
        }
        let shape = Shape::Object(object);
        self.wrong_type(&shape, node, spot, None, None);
        self.filled(&shape, node.span)
    }

    /// Reads a map with known keys.
    fn map(&mut self, object: &'static Object, node: &Node, spot: &Spot<'_>) -> Tree {
        let Raw::Map(raw) = &node.value else {
            return Tree { span: node.span, value: Value::Map(Box::default()) };
        };
        let mut entries = Vec::with_capacity(raw.len());
        let mut seen: Vec<(&'static Field, Span)> = Vec::with_capacity(raw.len());
        let (mut meant, mut strays) = (Vec::new(), Vec::new());
        for (key, node) in raw {
            let name = key.text.trim();
            let Some(field) = object.field(name) else {
                match self.unknown_key(object, raw, key) {
                    Some(field) if !meant.contains(&field.key) => {
                        meant.push(field.key);
                        entries.extend(self.surmise.and_then(|_| self.entry(object, field, key, node)));
                    }
                    _ => strays.push((key, node)),
                }
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(known, _)| std::ptr::eq(*known, field)) {
                self.duplicate_key(key, field.key, field.zh, *first);
                if self.surmise == Some(Surmise::High) {
                    entries.retain(|entry| entry.key != field.key);
                    entries.extend(self.entry(object, field, key, node));
                }
                continue;
            }
            seen.push((field, key.span));
            entries.extend(self.entry(object, field, key, node));
        }
        let is_open = |field: &&Field| !meant.contains(&field.key) && !seen.iter().any(|(known, _)| std::ptr::eq(*known, *field));
        if !strays.is_empty() {
            let open: Vec<_> = object.fields.iter().filter(is_open).collect();
            self.place_strays(object, &open, &strays, &mut entries);
        }
        for field in object.fields.iter().filter(|field| field.required).filter(is_open) {
            self.missing_key(object, field, spot);
            if !entries.iter().any(|entry| entry.key == field.key) {
                let tree = self.filled(&field.shape, spot.place);
                entries.extend(tree.map(|tree| Entry { key: Cow::Borrowed(field.key), key_span: spot.place, tree }));
            }
        }
        Tree { span: node.span, value: Value::Map(entries.into()) }
    }

    /// Reads the value of one key.
    fn entry(&mut self, object: &'static Object, field: &'static Field, key: &Key, node: &Node) -> Option<Entry> {
        let spot = Spot::key(key.span, key.text.trim());
        let tree = if field.key == "kind" && Kind::from_name(object.name).is_some() {
            self.own_kind(object, node, &spot)
        } else if object.name == "skipped" && field.key == "step" {
            self.named_step(&field.shape, node, &spot)
        } else if let (Shape::Table(element), "channels") = (field.shape, field.key) {
            self.channels(&field.shape, element, node, &spot)
        } else {
            self.value(&field.shape, node, &spot)
        };
        Some(Entry { key: Cow::Borrowed(field.key), key_span: key.span, tree: tree? })
    }

    /// Reads the numbers of a map whose keys are channels of opinions, in either spelling.
    fn channels(&mut self, shape: &Shape, element: &Shape, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        let choices = choices("channel")?;
        let Raw::Map(raw) = &node.value else {
            return self.table(shape, element, node, spot);
        };
        let mut canonical = Vec::with_capacity(raw.len());
        for (key, node) in raw {
            if let Some(name) = choices.canonical(key.text.trim()) {
                canonical.push((Key { text: name.to_owned(), span: key.span }, node.clone()));
                continue;
            }
            let known: Vec<(&str, &str)> = choices.values.iter().map(|(key, zh, _)| (*key, *zh)).collect();
            let meant = closest(key.text.trim(), known.iter().flat_map(|(key, zh)| [*key, *zh]));
            self.diagnostics.push(unknown_key(key, Text::new("渠道", "channels"), meant, &known));
            if self.surmise.is_some() {
                let name = choices.canonical(meant?)?;
                canonical.push((Key { text: name.to_owned(), span: key.span }, node.clone()));
            }
        }
        self.table(shape, element, &Node { span: node.span, value: Raw::Map(canonical) }, spot)
    }

    /// Reads the id or the Chinese title of a step of the matter's workflow.
    fn named_step(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        let tree = self.scalar(shape, node, spot)?;
        let steps = self.steps?;
        let written = tree.text()?.to_owned();
        if let Some(step) = steps.iter().find(|step| step.id == written || step.title_zh == written) {
            return Some(Tree { span: tree.span, value: Value::text(&step.id) });
        }
        let found = quote(&written);
        let fault = Diagnostic::error(
            "reference/unknown",
            spot.place,
            text!("该工作法没有步骤 `{found}`", "the workflow has no step `{found}`"),
        );
        let meant = closest(&written, steps.iter().flat_map(|step| [step.id.as_str(), step.title_zh.as_str()]));
        self.diagnostics.push(match meant {
            Some(meant) => fault.help(text!("是不是 `{meant}`？", "did you mean `{meant}`?")).fix(
                text!("改为 `{meant}`", "write `{meant}`"),
                node.span,
                meant,
            ),
            None => fault,
        });
        let meant = meant.and_then(|meant| steps.iter().find(|step| step.id == meant || step.title_zh == meant));
        let step = meant.or_else(|| self.surmise?.of(steps)).filter(|_| self.surmise.is_some())?;
        Some(Tree { span: tree.span, value: Value::text(&step.id) })
    }

    /// Reads the `kind` of a record whose kind is known already.
    fn own_kind(&mut self, object: &'static Object, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        let text = match &node.value {
            Raw::Scalar { text, .. } => text.trim(),
            _ => "",
        };
        if Kind::from_name(text).is_some_and(|kind| kind.name() == object.name) {
            return Some(Tree { span: node.span, value: Value::text(object.name) });
        }
        let (name, zh) = (object.name, object.zh);
        self.diagnostics.push(
            Diagnostic::error(
                "schema/unknown-kind",
                spot.place,
                text!("这个文件名的记录类型是 `{name}`（{zh}）", "a file of this name is of kind `{name}`"),
            )
            .fix(text!("改为 `{name}`", "write `{name}`"), node.span, name),
        );
        self.surmise.map(|_| Tree { span: node.span, value: Value::text(object.name) })
    }

    /// Reads a list.
    fn list(&mut self, shape: &Shape, element: &Shape, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        let Raw::List(raw) = &node.value else {
            let fix = match &node.value {
                Raw::Scalar { text, quoted: false } => Some(format!("[{text}]")),
                _ => None,
            };
            self.wrong_type(shape, node, spot, None, fix);
            return self.list_of_one(shape, element, node, spot);
        };
        let mut items = Vec::with_capacity(raw.len());
        let before = self.diagnostics.len();
        for (i, node) in raw.iter().enumerate() {
            let spot = spot.element(element_place(node, spot), i);
            items.extend(self.value(element, node, &spot));
        }
        let whole = items.len() == raw.len() || self.diagnostics.len() == before;
        whole.then_some(Tree { span: node.span, value: Value::List(items.into()) })
    }

    /// Reads a map with free keys.
    fn table(&mut self, shape: &Shape, element: &Shape, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        let Raw::Map(raw) = &node.value else {
            self.wrong_type(shape, node, spot, None, None);
            return self.filled(shape, node.span);
        };
        let mut entries: Vec<Entry> = Vec::with_capacity(raw.len());
        for (key, node) in raw {
            let name = key.text.trim().to_owned();
            if let Some(first) = entries.iter().find(|entry| entry.key == name).map(|entry| entry.key_span) {
                self.duplicate_key(key, &name, &name, first);
                continue;
            }
            let spot = Spot::key(key.span, &name);
            entries.extend(self.value(element, node, &spot).map(|tree| Entry {
                key: Cow::Owned(name.clone()),
                key_span: key.span,
                tree,
            }));
        }
        Some(Tree { span: node.span, value: Value::Map(entries.into()) })
    }

    /// Reads the evidence of the steps of a matter, each by the form that its pack names.
    fn evidence(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        let Raw::Map(raw) = &node.value else {
            self.wrong_type(shape, node, spot, None, None);
            return self.filled(shape, node.span);
        };
        let steps = self.steps?;
        let mut entries: Vec<Entry> = Vec::with_capacity(raw.len());
        let mut strays = Vec::new();
        for (key, node) in raw {
            let name = key.text.trim();
            let Some(step) = steps.iter().find(|step| step.id == name || step.title_zh == name) else {
                match self.unknown_step(steps, key).filter(|_| self.surmise.is_some()) {
                    Some(step) if !entries.iter().any(|entry| entry.key == step.id) => {
                        entries.extend(self.step(step, key, node));
                    }
                    _ => strays.push((key, node)),
                }
                continue;
            };
            if let Some(first) = entries.iter().find(|entry| entry.key == step.id).map(|entry| entry.key_span) {
                self.duplicate_key(key, &step.id, &step.title_zh, first);
                continue;
            }
            entries.extend(self.step(step, key, node));
        }
        self.place_stray_steps(steps, &strays, &mut entries);
        Some(Tree { span: node.span, value: Value::Map(entries.into()) })
    }

    /// Reads the evidence of one step.
    fn step(&mut self, step: &StepForm, key: &Key, node: &Node) -> Option<Entry> {
        let spot = Spot::key(key.span, key.text.trim());
        let tree = self.value(&step.form.shape, node, &spot)?;
        Some(Entry { key: Cow::Owned(step.id.clone()), key_span: key.span, tree })
    }

    /// Reads one scalar.
    fn scalar(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        let Raw::Scalar { text, quoted } = &node.value else {
            self.wrong_type(shape, node, spot, None, None);
            return self.filled(shape, node.span);
        };
        match scalar::read(shape, text, *quoted) {
            Ok(value) => self.known(shape, value, node, spot),
            Err(scalar::Fault::WrongType { why, fix }) => {
                let meant = self.meant(shape, node, fix.as_deref());
                self.wrong_type(shape, node, spot, why, fix);
                meant
            }
            Err(scalar::Fault::OutOfRange(why)) => {
                let (found, name) = (quote(text), spot.name());
                let message = Text::new(
                    format!("{}为 `{found}`，{}", spaced(&name.zh), why.zh),
                    format!("{} is `{found}`, but {}", name.en, why.en),
                );
                self.diagnostics.push(Diagnostic::error("schema/out-of-range", spot.place, message));
                self.filled(shape, node.span)
            }
            Err(scalar::Fault::UnknownValue(choices)) => {
                self.diagnostics.push(unknown_value(choices, text, node, spot));
                self.meant(shape, node, meant_value(choices, text))
            }
        }
    }

    /// Makes sure that a workflow exists and that a step which is named belongs to the matter's workflow.
    fn known(&mut self, shape: &Shape, value: Value, node: &Node, spot: &Spot<'_>) -> Option<Tree> {
        if let (Shape::Workflow, Value::Text(id)) = (shape, &value)
            && !self.forms.is_empty()
            && !self.forms.contains_key(&**id)
        {
            self.diagnostics.push(unknown_workflow(self.forms, id, node, spot));
            let meant = self.meant_workflow(id);
            return if meant == &**id { self.filled(shape, node.span) } else { self.meant(shape, node, Some(meant)) };
        }
        Some(Tree { span: node.span, value })
    }

    /// Reports a key that the object does not have; returns the key that was meant, if one is close.
    fn unknown_key(&mut self, object: &'static Object, raw: &[(Key, Node)], key: &Key) -> Option<&'static Field> {
        let free =
            object.fields.iter().filter(|field| !raw.iter().any(|(key, _)| [field.key, field.zh].contains(&key.text.trim())));
        let meant = closest(key.text.trim(), free.flat_map(|field| [field.key, field.zh]));
        let known: Vec<(&str, &str)> = object.fields.iter().map(|field| (field.key, field.zh)).collect();
        self.diagnostics.push(unknown_key(key, Text::new(object.zh, object.name), meant, &known));
        meant.and_then(|name| object.field(name))
    }

    /// Reports a step that the workflow does not have; returns the one that was meant, if one is close.
    fn unknown_step<'s>(&mut self, steps: &'s [StepForm], key: &Key) -> Option<&'s StepForm> {
        let meant = closest(key.text.trim(), steps.iter().flat_map(|step| [step.id.as_str(), step.title_zh.as_str()]));
        let known: Vec<(&str, &str)> = steps.iter().map(|step| (step.id.as_str(), step.title_zh.as_str())).collect();
        self.diagnostics.push(unknown_key(key, Text::new("该工作法的步骤", "steps"), meant, &known));
        meant.and_then(|name| steps.iter().find(|step| step.id == name || step.title_zh == name))
    }

    /// Reports a key that was given before, in the same or in the other spelling.
    fn duplicate_key(&mut self, key: &Key, canonical: &str, zh: &str, first: Span) {
        let name = key.text.trim();
        let message = text!("`{name}` 重复", "`{name}` is given twice");
        let mut fault =
            Diagnostic::error("schema/duplicate-key", key.span, message).label(first, text!("第一次在这里", "first here"));
        if canonical != zh {
            fault = fault.help(text!(
                "`{canonical}` 与 `{zh}` 是同一个键，只留一处",
                "`{canonical}` and `{zh}` are the same key: keep one"
            ));
        }
        self.diagnostics.push(fault);
    }

    /// Reports a key that must be there and is not.
    fn missing_key(&mut self, object: &Object, field: &Field, spot: &Spot<'_>) {
        let (key, zh) = (field.key, field.zh);
        let owner = if Kind::from_name(object.name).is_some_and(|kind| std::ptr::eq(kind.object(), object)) {
            Text::new(format!("{}记录", object.zh), format!("the {}", object.name))
        } else {
            let Text { zh, en } = spot.name();
            Text::new(spaced(&zh), en)
        };
        let (owner_zh, owner_en) = (owner.zh, owner.en);
        let message = text!("{owner_zh}缺少 `{key}`（{zh}）", "{owner_en} lacks `{key}`");
        let expected = scalar::expected(&field.shape);
        let help = Text::new(
            format!("补上 `{key}`（{}），应为{}", field.meaning_zh, expected.zh),
            format!("add `{key}` ({}): {}", lower_first(field.meaning_en), expected.en),
        );
        self.diagnostics.push(Diagnostic::error("schema/missing-key", spot.place, message).help(help));
    }

    /// Reports a value of the wrong type.
    fn wrong_type(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>, why: Option<Text>, fix: Option<String>) {
        let Text { zh, en } = spot.name();
        let zh = spaced(&zh);
        let expected = scalar::expected(shape);
        let found = found(node);
        let message = Text::new(
            format!("{zh}应为{}{}，这里{}", if expected.zh.starts_with('`') { " " } else { "" }, expected.zh, found.zh),
            format!("{en} should be {}, but {}", expected.en, found.en),
        );
        let mut fault = Diagnostic::error("schema/wrong-type", spot.place, message);
        if let Some(fix) = fix {
            let help = text!("改写为 `{fix}`", "write `{fix}`");
            fault = fault.help(why.unwrap_or_else(|| help.clone())).fix(help, node.span, fix);
        } else if let Some(why) = why {
            fault = fault.help(why);
        }
        self.diagnostics.push(fault);
    }
}

/// Makes the first letter small, unless a word is all capitals.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Says what stands at a node, shortened and with long numbers masked.
fn found(node: &Node) -> Text {
    match &node.value {
        Raw::Null => text!("是空的", "it is empty"),
        Raw::Scalar { text, .. } if text.trim().is_empty() => text!("是空的", "it is empty"),
        Raw::Scalar { text, quoted: false } => text!("写的是 `{0}`", "`{0}` was found", quote(text)),
        Raw::Scalar { text, quoted: true } => text!("写的是带引号的 `{0}`", "`{0}` in quotes was found", quote(text)),
        Raw::List(items) => text!("是 {0} 项的列表", "a list of {0} was found", items.len()),
        Raw::Map(_) => text!("是一组键值", "a map was found"),
    }
}

/// Returns the place of an element of a list: its first key, or itself.
fn element_place(node: &Node, list: &Spot<'_>) -> Span {
    match &node.value {
        Raw::Map(entries) => entries.first().map_or(node.span, |(key, _)| key.span),
        Raw::Null if node.span.start == node.span.end => list.place,
        _ => node.span,
    }
}

/// Reports an unknown key, with the one that was meant or the list of those known.
fn unknown_key(key: &Key, owner: Text, meant: Option<&str>, known: &[(&str, &str)]) -> Diagnostic {
    let name = quote(key.text.trim());
    let Text { zh, en } = owner;
    let message = text!("{zh}中没有 `{name}` 这个键", "`{name}` is not a key of `{en}`");
    let fault = Diagnostic::error("schema/unknown-key", key.span, message);
    if let Some(meant) = meant {
        return fault.help(text!("是不是 `{meant}`？", "did you mean `{meant}`?")).fix(
            text!("改为 `{meant}`", "write `{meant}`"),
            key.span,
            meant,
        );
    }
    let zh: Vec<String> = known.iter().map(|(key, zh)| format!("`{key}`（{zh}）")).collect();
    let en: Vec<String> = known.iter().map(|(key, _)| format!("`{key}`")).collect();
    fault.help(Text::new(format!("可用的键：{}", zh.join("、")), format!("the keys are {}", en.join(", "))))
}

/// Returns a name with the space that parts a quotation from Chinese words after it.
fn spaced(zh: &str) -> String {
    if zh.ends_with('`') { format!("{zh} ") } else { zh.to_owned() }
}

/// Reports a value that is not among the choices.
fn unknown_value(choices: &crate::field::Choices, written: &str, node: &Node, spot: &Spot<'_>) -> Diagnostic {
    let Text { zh, en } = spot.name();
    let (zh, found) = (spaced(&zh), quote(written));
    let message = text!("{zh}没有 `{found}` 这个取值", "`{found}` is not a value of {en}");
    let fault = Diagnostic::error("schema/unknown-value", spot.place, message);
    let zh: Vec<String> = choices.values.iter().map(|(key, zh, _)| format!("`{key}`（{zh}）")).collect();
    let en: Vec<String> = choices.values.iter().map(|(key, _, _)| format!("`{key}`")).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    match meant_value(choices, written) {
        Some(meant) => fault.help(text!("是不是 `{meant}`？可用：{zh}", "did you mean `{meant}`? the values are {en}")).fix(
            text!("改为 `{meant}`", "write `{meant}`"),
            node.span,
            meant,
        ),
        None => fault.help(text!("可用：{zh}", "the values are {en}")),
    }
}

/// Returns the value of a choice that was meant, if one is close.
fn meant_value(choices: &crate::field::Choices, written: &str) -> Option<&'static str> {
    closest(written.trim(), choices.values.iter().flat_map(|(key, zh, _)| [*key, *zh]))
}

/// Reports a workflow that no pack describes.
fn unknown_workflow(forms: &Forms, id: &str, node: &Node, spot: &Spot<'_>) -> Diagnostic {
    let found = quote(id);
    let message = text!("没有 `{found}` 这种工作法", "there is no workflow `{found}`");
    let fault = Diagnostic::error("reference/unknown", spot.place, message);
    let known: Vec<String> = forms.keys().map(|id| format!("`{id}`")).collect();
    match closest(id, forms.keys().map(String::as_str)) {
        Some(meant) => fault.help(text!("是不是 `{meant}`？", "did you mean `{meant}`?")).fix(
            text!("改为 `{meant}`", "write `{meant}`"),
            node.span,
            meant,
        ),
        None => fault.help(Text::new(format!("可用：{}", known.join("、")), format!("the workflows are {}", known.join(", ")))),
    }
}

/// Reads a node of any shape: whole numbers, `true` and `false` by their looks, everything else as text.
fn any(node: &Node) -> Tree {
    let value = match &node.value {
        Raw::Null => Value::text(""),
        Raw::Scalar { text, quoted } => plain(text, *quoted),
        Raw::List(items) => Value::List(items.iter().map(any).collect()),
        Raw::Map(raw) => Value::Map(
            raw.iter()
                .map(|(key, node)| Entry { key: Cow::Owned(key.text.clone()), key_span: key.span, tree: any(node) })
                .collect(),
        ),
    };
    Tree { span: node.span, value }
}

/// Reads a scalar by its looks.
fn plain(text: &str, quoted: bool) -> Value {
    match text {
        "true" if !quoted => Value::Flag(true),
        "false" if !quoted => Value::Flag(false),
        _ if !quoted && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => {
            text.parse().map_or_else(|_| Value::text(text), Value::Integer)
        }
        _ => Value::text(text),
    }
}
