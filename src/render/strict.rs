//! Strict templates: every name that a template asks for is looked up in the shape of its view before anything is rendered.
//!
//! Tera refuses to print a name that is not there, but takes it as false inside `{% if %}`, `not`, `==` and `~`, and sees nothing
//! in a branch that is not taken. So a misspelling could hide a whole section. This walk follows the scopes of a template
//! (loops, `set`, blocks of its parents, components with the shapes of their arguments, includes) and reports each name that no
//! struct has, with its place. It also knows the enums: a comparison with a variant that does not exist and a label table that
//! lacks a variant are reported too.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::Text;
use crate::site::view::shape::{Shape, Shapes};

/// A name in a template that nothing gives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Misspelling {
    /// The template.
    pub template: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: Text,
}

/// Checks the templates of a theme; returns what is misspelt, in the order of files and places.
///
/// `globals` are the names that every template knows (`t`, `site`, `page`); `views` names the template of each view with the
/// view's shape.
pub fn check(
    templates: &BTreeMap<String, String>,
    shapes: &Shapes,
    globals: &BTreeMap<String, Shape>,
    views: &[(&str, Shape)],
) -> Vec<Misspelling> {
    let parsed: BTreeMap<&str, Vec<Tag<'_>>> = templates.iter().map(|(name, text)| (name.as_str(), tags(text))).collect();
    let mut walk = Walk {
        templates,
        shapes,
        globals,
        components: components(&parsed),
        parsed: &parsed,
        seen: BTreeSet::new(),
        out: BTreeSet::new(),
    };
    for (template, view) in views {
        let mut scope: Scope = globals.iter().map(|(name, shape)| (name.clone(), shape.clone())).collect();
        scope.push(("view".into(), view.clone()));
        walk.template(template, &mut scope);
    }
    walk.out.into_iter().collect()
}

/// The names in sight, the innermost last.
type Scope = Vec<(String, Shape)>;

/// A word, a string, a number or a sign, with its place in the template.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Token<'a> {
    pub(super) fn is_name(self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    /// The content of a string.
    pub(super) fn string(self) -> Option<&'a str> {
        let quote = self.text.chars().next().filter(|c| "\"'`".contains(*c))?;
        self.text.strip_prefix(quote)?.strip_suffix(quote)
    }
}

/// The tokens of one `{{ … }}` or `{% … %}`.
pub(super) type Tag<'a> = Vec<Token<'a>>;

/// Splits a template into its tags; comments and raw text are left out.
fn tags(source: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = source[at..].find('{').map(|i| at + i) {
        let rest = &source[start..];
        at = if rest.starts_with("{#") {
            rest.find("#}").map_or(source.len(), |end| start + end + 2)
        } else if rest.starts_with("{{") || rest.starts_with("{%") {
            let (tag, end) = tag(source, start + 2, if rest.starts_with("{{") { "}}" } else { "%}" });
            let raw = tag.first().is_some_and(|t| t.text == "raw");
            found.push(tag);
            if raw { source[end..].find("endraw").map_or(source.len(), |i| end + i) } else { end }
        } else {
            start + 1
        };
    }
    found
}

/// Reads tokens up to the end of a tag; returns them and the place after the end.
pub(super) fn tag<'a>(source: &'a str, start: usize, end: &str) -> (Tag<'a>, usize) {
    let mut tokens: Tag<'a> = Vec::new();
    // A dash at either end only trims blanks.
    let (mut at, mut depth) = (start + usize::from(source[start..].starts_with('-')), 0_usize);
    while at < source.len() {
        let rest = &source[at..];
        if depth == 0 && (rest.starts_with(end) || rest.starts_with('-') && rest[1..].starts_with(end)) {
            return (tokens, source.len() - rest.trim_start_matches('-').len() + 2);
        }
        let length = token_length(rest);
        let text = &rest[..length];
        match text {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if !text.trim().is_empty() {
            tokens.push(Token { text, at });
        }
        at += length;
    }
    (tokens, source.len())
}

/// The length of the token that a text begins with, in bytes.
fn token_length(rest: &str) -> usize {
    let first = rest.chars().next().unwrap_or(' ');
    let word = |c: char| c.is_alphanumeric() || c == '_';
    if "\"'`".contains(first) {
        rest[1..].find(first).map_or(rest.len(), |i| i + 2)
    } else if word(first) {
        rest.find(|c| !word(c)).unwrap_or(rest.len())
    } else if "=!><?/".contains(first) && ["==", "!=", ">=", "<=", "?.", "//"].iter().any(|sign| rest.starts_with(sign)) {
        2
    } else {
        first.len_utf8()
    }
}

/// A component: where its tags stand and what it takes.
struct Component<'a> {
    template: &'a str,
    first: usize,
    last: usize,
    arguments: Vec<Argument<'a>>,
}

/// An argument of a component.
struct Argument<'a> {
    name: &'a str,
    /// Whether it is taken from where the component is called (`@t`).
    implicit: bool,
}

/// Finds the components of all templates.
fn components<'a>(parsed: &BTreeMap<&'a str, Vec<Tag<'a>>>) -> BTreeMap<String, Component<'a>> {
    let mut found = BTreeMap::new();
    for (template, tags) in parsed {
        for (index, tag) in tags.iter().enumerate().filter(|(_, tag)| keyword(tag) == "component") {
            let open = tag.iter().position(|t| t.text == "(").unwrap_or(tag.len());
            let name: String = tag[1..open].iter().map(|t| t.text).collect();
            let length = tags[index..].iter().position(|t| keyword(t) == "endcomponent").unwrap_or(tags.len() - index);
            let component =
                Component { template, first: index + 1, last: index + length, arguments: arguments(&tag[open.min(tag.len())..]) };
            found.insert(name, component);
        }
    }
    found
}

fn keyword<'a>(tag: &Tag<'a>) -> &'a str {
    tag.first().map_or("", |t| t.text)
}

/// Reads `(a: map, @t, b = 1)`.
fn arguments<'a>(tokens: &[Token<'a>]) -> Vec<Argument<'a>> {
    let (mut found, mut depth) = (Vec::new(), 0_usize);
    for (index, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let before = index.checked_sub(1).map_or("", |i| tokens[i].text);
        if depth == 1 && token.is_name() && ["(", ",", "@"].contains(&before) {
            found.push(Argument { name: token.text, implicit: before == "@" });
        }
    }
    found
}

/// The walk over all templates.
struct Walk<'a> {
    templates: &'a BTreeMap<String, String>,
    shapes: &'a Shapes,
    globals: &'a BTreeMap<String, Shape>,
    parsed: &'a BTreeMap<&'a str, Vec<Tag<'a>>>,
    components: BTreeMap<String, Component<'a>>,
    /// The calls that were followed, by component and shapes.
    seen: BTreeSet<String>,
    out: BTreeSet<Misspelling>,
}

impl<'a> Walk<'a> {
    /// Walks a template, its parents and what it includes.
    fn template(&mut self, name: &str, scope: &mut Scope) {
        if let Some((name, tags)) = self.parsed.get_key_value(name) {
            self.tags(name, tags, scope);
        }
    }

    fn tags(&mut self, template: &'a str, tags: &'a [Tag<'a>], scope: &mut Scope) {
        let mut loops = Vec::new();
        let mut inside = false;
        for tag in tags {
            inside = match keyword(tag) {
                "component" => true,
                "endcomponent" => false,
                _ => inside,
            };
            if inside || tag.is_empty() {
                continue;
            }
            match keyword(tag) {
                "for" => {
                    loops.push(scope.len());
                    self.begin_loop(template, &tag[1..], scope);
                }
                "endfor" => scope.truncate(loops.pop().unwrap_or(scope.len())),
                "set" | "set_global" if tag.len() > 3 => {
                    let shape = self.expression(template, &tag[3..], scope);
                    scope.push((tag[1].text.into(), shape));
                }
                "extends" | "include" => {
                    if let Some(other) = tag.get(1).and_then(|t| t.string()) {
                        self.template(other, &mut scope.clone());
                    }
                }
                "if" | "elif" => {
                    self.expression(template, &tag[1..], scope);
                }
                "<" => self.call(template, &tag[1..], scope),
                "block" | "endblock" | "else" | "endif" | "raw" | "endraw" | "endset" | "filter" | "endfilter"
                | "endcomponent" | "break" | "continue" => {}
                _ => {
                    self.expression(template, tag, scope);
                }
            }
        }
    }

    /// `for item in list`, `for key, value in map`.
    fn begin_loop(&mut self, template: &str, tokens: &[Token<'_>], scope: &mut Scope) {
        let Some(middle) = tokens.iter().position(|t| t.text == "in") else { return };
        let list = self.expression(template, &tokens[middle + 1..], scope);
        let item = match list {
            Shape::List(item) => *item,
            Shape::Plain | Shape::OneOf(_) => {
                self.report(template, tokens[middle + 1].at, crate::text!("这不是列表", "this is not a list"));
                Shape::Any
            }
            _ => Shape::Any,
        };
        scope.push(("loop".into(), Shape::Any));
        for name in tokens[..middle].iter().filter(|t| t.is_name()) {
            scope.push((name.text.into(), item.clone()));
        }
    }

    /// Checks every name of an expression; returns its shape where it is one path, else anything.
    fn expression(&mut self, template: &str, tokens: &[Token<'_>], scope: &Scope) -> Shape {
        const WORDS: [&str; 10] = ["and", "or", "not", "in", "if", "else", "true", "false", "none", "for"];
        let mut index = 0;
        let mut shape = Shape::Any;
        while index < tokens.len() {
            let token = tokens[index];
            let before = index.checked_sub(1).map_or("", |i| tokens[i].text);
            let after = tokens.get(index + 1).map_or("", |t| t.text);
            if token.text == "is" {
                index += if after == "not" { 3 } else { 2 };
                continue;
            }
            let named = token.is_name() && !WORDS.contains(&token.text);
            if !named || before == "|" || after == "(" || after == "=" {
                index += 1;
                continue;
            }
            let (found, end) = self.path(template, tokens, index, scope);
            self.comparison(template, &found, &tokens[end..]);
            shape = if index == 0 && end == tokens.len() { found } else { Shape::Any };
            index = end;
        }
        shape
    }

    /// Follows a path; returns its shape and the index after it.
    fn path(&mut self, template: &str, tokens: &[Token<'_>], start: usize, scope: &Scope) -> (Shape, usize) {
        let root = tokens[start];
        let Some(mut shape) = lookup(scope, root.text) else {
            let names = scope.iter().map(|(name, _)| name.as_str());
            self.report(template, root.at, unknown(root.text, names));
            return (Shape::Any, skip_path(tokens, start + 1));
        };
        let mut index = start + 1;
        while index < tokens.len() {
            match tokens[index].text {
                "." | "?." if tokens.get(index + 1).is_some() => {
                    shape = self.field(template, &shape, tokens[index + 1]);
                    index += 2;
                }
                "[" => {
                    let end = closing(tokens, index);
                    let inner = self.expression(template, &tokens[index + 1..end], scope);
                    shape = self.element(template, &shape, &inner, tokens[index]);
                    index = end + 1;
                }
                _ => break,
            }
        }
        (shape, index)
    }

    fn field(&mut self, template: &str, shape: &Shape, name: Token<'_>) -> Shape {
        let message = match shape {
            Shape::Any => return Shape::Any,
            Shape::Record(record) => {
                let fields = self.shapes.records.get(record);
                if let Some(shape) = fields.and_then(|fields| fields.get(name.text)) {
                    return shape.clone();
                }
                unknown(name.text, fields.into_iter().flatten().map(|(name, _)| name.as_str()))
            }
            Shape::List(_) | Shape::Plain | Shape::OneOf(_) => {
                let name = name.text;
                crate::text!("这个值没有字段，却要取 `{name}`", "the value has no fields, but `{name}` is asked for")
            }
        };
        self.report(template, name.at, message);
        Shape::Any
    }

    /// `list[0]`, `labels[kind]`: each variant of an enum must have its label.
    fn element(&mut self, template: &str, shape: &Shape, key: &Shape, at: Token<'_>) -> Shape {
        match (shape, key) {
            (Shape::List(item), _) => (**item).clone(),
            (Shape::Record(record), Shape::OneOf(variants)) => {
                let fields = self.shapes.records.get(record);
                for variant in variants.iter().filter(|v| !fields.is_some_and(|fields| fields.contains_key(*v))) {
                    self.report(template, at.at, crate::text!("`{record}` 里没有 `{variant}`", "`{record}` has no `{variant}`"));
                }
                Shape::Plain
            }
            _ => Shape::Any,
        }
    }

    /// `state == "done"`: the variant must exist.
    fn comparison(&mut self, template: &str, shape: &Shape, rest: &[Token<'_>]) {
        let (Shape::OneOf(variants), [sign, value, ..]) = (shape, rest) else { return };
        if let ("==" | "!=", Some(text)) = (sign.text, value.string())
            && !variants.iter().any(|v| v == text)
        {
            self.report(template, value.at, unknown(text, variants.iter().map(String::as_str)));
        }
    }

    /// `<name a={x} b="y"/>`: walks the component with the shapes of its arguments.
    fn call(&mut self, template: &str, tokens: &[Token<'_>], scope: &Scope) {
        let name_end = tokens.iter().position(|t| !t.is_name() && t.text != ".").unwrap_or(tokens.len());
        // Attribute names follow the component's name without a sign between: a name after a name ends it.
        let name_end = (1..name_end).find(|i| tokens[*i].is_name() && tokens[i - 1].is_name()).unwrap_or(name_end);
        let name: String = tokens[..name_end].iter().map(|t| t.text).collect();
        let given = self.given(template, &tokens[name_end..], scope);
        let Some(component) = self.components.get(&name) else { return };
        let (home, first, last) = (component.template, component.first, component.last);
        let strangers: Vec<_> = given
            .iter()
            .filter(|(token, _)| !component.arguments.iter().any(|a| a.name == token.text))
            .map(|(t, _)| *t)
            .collect();
        let mut inner: Scope = component
            .arguments
            .iter()
            .map(|argument| {
                let shape = given.iter().find(|(token, _)| token.text == argument.name).map(|(_, shape)| shape.clone());
                let implicit = || argument.implicit.then(|| self.globals.get(argument.name).cloned()).flatten();
                (argument.name.to_owned(), shape.or_else(implicit).unwrap_or(Shape::Any))
            })
            .collect();
        inner.push(("body".into(), Shape::Plain));
        for stranger in strangers {
            let text = stranger.text;
            self.report(
                template,
                stranger.at,
                crate::text!("组件 `{name}` 没有参数 `{text}`", "component `{name}` takes no `{text}`"),
            );
        }
        if self.seen.insert(format!("{name} {inner:?}"))
            && let Some(tags) = self.parsed.get(home)
        {
            self.tags(home, &tags[first..last], &mut inner);
        }
    }

    /// The arguments of a call, each with the token of its name.
    fn given<'t>(&mut self, template: &str, tokens: &[Token<'t>], scope: &Scope) -> Vec<(Token<'t>, Shape)> {
        let (mut found, mut index) = (Vec::new(), 0);
        while index < tokens.len() {
            let token = tokens[index];
            let next = tokens.get(index + 1).map_or("", |t| t.text);
            if token.is_name() && next == "=" && tokens.get(index + 2).is_some_and(|t| t.text == "{") {
                let end = closing(tokens, index + 2);
                found.push((token, self.expression(template, &tokens[index + 3..end], scope)));
                index = end + 1;
            } else if token.is_name() && next == "=" {
                found.push((token, Shape::Plain));
                index += 3;
            } else {
                index += 1;
            }
        }
        found
    }

    fn report(&mut self, template: &str, at: usize, message: Text) {
        let before = &self.templates[template][..at];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        self.out.insert(Misspelling { template: template.into(), line, column, message });
    }
}

fn lookup(scope: &Scope, name: &str) -> Option<Shape> {
    scope.iter().rev().find(|(known, _)| known == name).map(|(_, shape)| shape.clone())
}

/// The index after the rest of a path whose root is not known.
fn skip_path(tokens: &[Token<'_>], mut index: usize) -> usize {
    while tokens.get(index).is_some_and(|t| t.text == "." || t.text == "?.") {
        index += 2;
    }
    index.min(tokens.len())
}

/// The index of the bracket that closes the one at `open`; the end where there is none.
fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    tokens.len()
}

/// Says that a name is not known, and the nearest one that is.
fn unknown<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Text {
    let nearest = known
        .map(|k| (strsim::damerau_levenshtein(k, name), k))
        .min()
        .filter(|(distance, _)| *distance <= 2 && distance * 2 < name.len());
    match nearest {
        Some((_, near)) => crate::text!("没有 `{name}`，是不是 `{near}`？", "there is no `{name}`; did you mean `{near}`?"),
        None => crate::text!("没有 `{name}`", "there is no `{name}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A view with a title, a state, rows and the labels of the states.
    fn world() -> (Shapes, BTreeMap<String, Shape>, Shape) {
        let mut shapes = Shapes::default();
        let labels = serde_json::json!({"nav": {"home": "首页"}, "state": {"done": "已完成"}});
        let t = shapes.add_labels("t", &labels);
        let fields = |list: &[(&str, Shape)]| list.iter().map(|(name, shape)| ((*name).into(), shape.clone())).collect();
        let state = Shape::OneOf(vec!["done".into(), "under-way".into()]);
        shapes.records.insert("Row".into(), fields(&[("text", Shape::Plain), ("state", state)]));
        let rows = Shape::List(Box::new(Shape::Record("Row".into())));
        shapes.records.insert("View".into(), fields(&[("title", Shape::Plain), ("rows", rows)]));
        (shapes, BTreeMap::from([("t".into(), t)]), Shape::Record("View".into()))
    }

    /// The English messages for one template beside a component and a parent, each with its place.
    fn messages(source: &str) -> Vec<String> {
        let (shapes, globals, view) = world();
        let templates = BTreeMap::from([
            ("base.html".to_owned(), "{% block main %}{% endblock main %}{{ t.nav.home }}".to_owned()),
            ("parts.html".to_owned(), "{% component row(row: map, @t) %}{{ row.text }}{{ t.nav.home }}{% if row.txet %}{% endif %}{% endcomponent row %}".to_owned()),
            ("page.html".to_owned(), source.to_owned()),
        ]);
        check(&templates, &shapes, &globals, &[("page.html", view)])
            .into_iter()
            .map(|m| format!("{}:{}:{}: {}", m.template, m.line, m.column, m.message.en))
            .collect()
    }

    #[test]
    fn names_that_exist_pass() {
        let source = "{% extends \"base.html\" %}{% block main %}{% for r in view.rows %}{% if r.state == \"done\" and not loop.last %}{{ r.text | upper }}{% endif %}{% endfor %}{% endblock main %}";
        assert_eq!(messages(source), Vec::<String>::new());
    }

    #[test]
    fn a_misspelt_field_is_found_inside_a_condition_and_in_a_loop() {
        assert_eq!(
            messages("中文\n{% if view.titel %}x{% endif %}"),
            ["page.html:2:12: there is no `titel`; did you mean `title`?"]
        );
        assert_eq!(
            messages("{% for r in view.rows %}{% if not r.stat %}{% endif %}{% endfor %}{{ r }}"),
            ["page.html:1:37: there is no `stat`; did you mean `state`?", "page.html:1:70: there is no `r`"]
        );
    }

    #[test]
    fn labels_and_variants_are_known() {
        assert_eq!(messages("{{ t.nav.hom }}"), ["page.html:1:10: there is no `hom`; did you mean `home`?"]);
        assert_eq!(
            messages("{% for r in view.rows %}{{ t.state[r.state] }}{% if r.state != \"doen\" %}{% endif %}{% endfor %}"),
            ["page.html:1:35: `t.state` has no `under-way`", "page.html:1:64: there is no `doen`; did you mean `done`?"]
        );
    }

    #[test]
    fn a_component_is_walked_with_the_shapes_of_its_arguments() {
        assert_eq!(
            messages("{% for r in view.rows %}{{ <row row={r} big={true}/> }}{% endfor %}"),
            ["page.html:1:41: component `row` takes no `big`", "parts.html:1:74: there is no `txet`; did you mean `text`?"]
        );
    }
}
