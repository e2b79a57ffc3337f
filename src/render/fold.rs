//! Folding: what does not change from page to page is put into the templates before they are parsed.
//!
//! Labels and what the site says of itself become text, and components are written out where they are called: looking a name up
//! and calling a component cost more than what they print. A theme is checked as it was written, and where a folded template
//! fails, it is the written one that says where ([`Renderer`](super::theme::Renderer)).

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;

use super::strict::{Token, tag};

/// How long a template may get by the components that are written out in it, in bytes.
const LONGEST: usize = 128 * 1024;

/// Words of the language that name nothing.
const KEYWORDS: [&str; 15] =
    ["if", "elif", "else", "endif", "for", "endfor", "in", "set", "and", "or", "not", "is", "true", "false", "loop"];

/// Folds templates with the values of `globals`, which are the same on every page.
pub(super) fn fold(templates: &BTreeMap<String, String>, globals: &[(&str, &Value)]) -> BTreeMap<String, String> {
    let parsed: BTreeMap<&str, Vec<Piece<'_>>> = templates.iter().map(|(name, source)| (name.as_str(), pieces(source))).collect();
    let bound: BTreeSet<&str> = parsed.values().flatten().flat_map(bound).collect();
    let globals = globals.iter().filter(|(name, _)| !bound.contains(name)).map(|(name, value)| (*name, *value)).collect();
    let folder = Folder { globals, components: components(&parsed), written: Cell::new(0), called: RefCell::default() };
    let mut folded = BTreeMap::new();
    let (stores, pages): (Vec<_>, Vec<_>) = parsed.iter().partition(|(_, pieces)| is_store(pieces));
    for (name, pieces) in pages {
        let mut out = String::new();
        folder.pieces(pieces, &Names::new(), &mut Vec::new(), &mut out);
        folded.insert((*name).to_owned(), out);
    }
    folded.extend(stores.iter().map(|(name, _)| ((**name).to_owned(), String::new())));
    folder.keep(&stores, &mut folded);
    folded
}

/// A piece of a template.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    /// As it is written.
    pub(super) source: &'a str,
    /// What stands in a tag, with its places in the piece.
    pub(super) tokens: Rc<[Token<'a>]>,
    pub(super) kind: Kind,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, a comment, or raw text.
    Text,
    /// `{{ … }}`
    Print,
    /// `{% … %}`
    Statement,
}

impl<'a> Piece<'a> {
    fn text(source: &'a str) -> Self {
        Self { source, tokens: Rc::new([]), kind: Kind::Text }
    }

    /// Whether it shows nothing.
    fn is_blank(&self) -> bool {
        self.kind == Kind::Text && (self.source.starts_with("{#") || self.source.trim().is_empty())
    }

    /// Whether blanks before it, and after it, are left out.
    pub(super) fn trims(&self) -> (bool, bool) {
        let is_tag = self.kind != Kind::Text;
        (is_tag && self.source[2..].starts_with('-'), is_tag && self.source[..self.source.len() - 2].ends_with('-'))
    }

    pub(super) fn keyword(&self) -> &'a str {
        self.tokens.first().filter(|_| self.kind == Kind::Statement).map_or("", |token| token.text)
    }
}

/// Splits a template.
pub(super) fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut at, mut text) = (0, 0);
    while let Some(start) = source[at..].find('{').map(|i| at + i) {
        let rest = &source[start..];
        let kind = match rest.get(1..2) {
            Some("#") => Kind::Text,
            Some("{") => Kind::Print,
            Some("%") => Kind::Statement,
            _ => {
                at = start + 1;
                continue;
            }
        };
        let (tokens, length) = match kind {
            Kind::Text => (Vec::new(), rest.find("#}").map_or(rest.len(), |end| end + 2)),
            Kind::Print => tag(rest, 2, "}}"),
            Kind::Statement => tag(rest, 2, "%}"),
        };
        if text < start {
            found.push(Piece::text(&source[text..start]));
        }
        if tokens.first().is_some_and(|token| token.text == "raw") {
            let end = rest.find("endraw").map_or(rest.len(), |i| rest[i..].find("%}").map_or(rest.len(), |end| i + end + 2));
            found.push(Piece::text(&rest[..end]));
            at = start + end;
        } else {
            found.push(Piece { source: &rest[..length], tokens: tokens.into(), kind });
            at = start + length;
        }
        text = at;
    }
    if text < source.len() {
        found.push(Piece::text(&source[text..]));
    }
    found
}

/// Returns the names that a piece binds: of a loop, of a `set`, the arguments of a component.
fn bound<'a>(piece: &Piece<'a>) -> Vec<&'a str> {
    let tokens = &piece.tokens;
    let names = |tokens: &[Token<'a>]| tokens.iter().filter(|token| token.is_name()).map(|token| token.text).collect();
    match piece.keyword() {
        "for" => names(&tokens[1..tokens.iter().position(|token| token.text == "in").unwrap_or(tokens.len())]),
        "set" | "set_global" => names(&tokens[1..tokens.len().min(2)]),
        // What is taken from where the component is called is the same there.
        "component" => {
            let named = tokens.windows(2).filter(|pair| pair[0].text != "@" && pair[1].is_name());
            named.map(|pair| pair[1].text).collect()
        }
        _ => Vec::new(),
    }
}

/// A component that can be written out.
#[derive(Debug)]
struct Component<'a> {
    /// Its arguments, with what they are where they are not given.
    arguments: Vec<(&'a str, Option<&'a str>)>,
    body: Vec<Piece<'a>>,
    /// The names that its loops and its `set`s bind.
    bound: BTreeSet<&'a str>,
}

/// Finds the components that can be written out.
fn components<'a>(parsed: &BTreeMap<&'a str, Vec<Piece<'a>>>) -> BTreeMap<&'a str, Component<'a>> {
    let mut found: BTreeMap<&str, Option<Component>> = BTreeMap::new();
    for pieces in parsed.values() {
        for (first, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.keyword() == "component") {
            let name = piece.tokens.get(1).map_or("", |token| token.text);
            // Of two with one name, neither.
            let again = found.contains_key(name);
            let whole = pieces.get(first..=first + length(&pieces[first..]));
            found.insert(name, whole.filter(|_| !again).and_then(component));
        }
    }
    found.into_iter().filter_map(|(name, component)| Some((name, component?))).collect()
}

/// Whether a template holds components and nothing else.
fn is_store(pieces: &[Piece<'_>]) -> bool {
    let mut rest = pieces;
    while let Some(first) = rest.iter().position(|piece| piece.kind != Kind::Text) {
        if rest[first].keyword() != "component" || !rest[..first].iter().all(Piece::is_blank) {
            return false;
        }
        rest = rest.get(first + length(&rest[first..]) + 1..).unwrap_or_default();
    }
    rest.iter().all(Piece::is_blank)
}

/// Returns how many pieces after its first tag the last tag of a component stands.
fn length(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().position(|piece| piece.keyword() == "endcomponent").unwrap_or(pieces.len())
}

/// Returns the name of the component that a tag calls.
fn called<'a>(piece: &Piece<'a>) -> Option<&'a str> {
    let [open, name, ..] = &piece.tokens[..] else { return None };
    (open.text == "<").then_some(name.text)
}

/// Reads a component, from its first tag to its last; `None` for one that only a call can show.
fn component<'a>(pieces: &[Piece<'a>]) -> Option<Component<'a>> {
    let [start, body @ .., end] = pieces else { return None };
    let mut body = body.to_vec();
    if let Some(first) = body.first_mut().filter(|first| first.kind == Kind::Text && start.trims().1) {
        first.source = first.source.trim_start();
    }
    if let Some(last) = body.last_mut().filter(|last| last.kind == Kind::Text && end.trims().0) {
        last.source = last.source.trim_end();
    }
    body.retain(|piece| !piece.source.is_empty());
    let edges = [body.first()?, body.last()?];
    // Blanks at its edges might be left out where it is called.
    let [first, last] = edges.map(|edge| edge.kind == Kind::Text);
    if first && edges[0].source.starts_with(char::is_whitespace) || last && edges[1].source.ends_with(char::is_whitespace) {
        return None;
    }
    let arguments = arguments(&start.tokens)?;
    let bound: BTreeSet<&str> = body.iter().flat_map(bound).collect();
    let known = |name: &str| {
        name == "t" || KEYWORDS.contains(&name) || bound.contains(name) || arguments.iter().any(|(known, _)| *known == name)
    };
    let usual = |piece: &Piece| {
        let tokens = &piece.tokens;
        let statement = ["", "if", "elif", "else", "endif", "for", "endfor", "set"].contains(&piece.keyword());
        let call = tokens.first().is_none_or(|token| token.text != "<") || call(tokens).is_some();
        let comment = piece.kind == Kind::Text && piece.source.starts_with('{');
        statement && call && !comment && (0..tokens.len()).all(|i| !refers(tokens, i) || known(tokens[i].text))
    };
    body.iter().all(usual).then_some(Component { arguments, body, bound })
}

/// Reads `component name(a: map, @t, b: bool = false)`.
fn arguments<'a>(tokens: &[Token<'a>]) -> Option<Vec<(&'a str, Option<&'a str>)>> {
    let [_, _, open, given @ .., close] = tokens else { return None };
    if (open.text, close.text) != ("(", ")") {
        return None;
    }
    let mut arguments = Vec::new();
    for argument in given.split(|token| token.text == ",") {
        match argument.iter().map(|token| token.text).collect::<Vec<_>>()[..] {
            [] | ["@", "t"] => {}
            [name] | [name, ":", _] => arguments.push((name, None)),
            [name, "=", value] | [name, ":", _, "=", value] => arguments.push((name, Some(value))),
            _ => return None,
        }
    }
    Some(arguments)
}

/// What is given to a component, by the names of its arguments.
type Given<'t, 'a> = Vec<(&'a str, &'t [Token<'a>])>;

/// Reads `<name a={view.b} c="d"/>`.
fn call<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(&'a str, Given<'t, 'a>)> {
    let [open, name, rest @ .., slash, close] = tokens else { return None };
    if (open.text, slash.text, close.text) != ("<", "/", ">") {
        return None;
    }
    let (mut rest, mut given) = (rest, Vec::new());
    while let [argument, equals, value, after @ ..] = rest {
        if !argument.is_name() || equals.text != "=" {
            return None;
        }
        let (expression, after) = if value.text == "{" {
            let end = after.iter().position(|token| token.text == "}")?;
            (&after[..end], &after[end + 1..])
        } else {
            (&rest[2..3], after)
        };
        given.push((argument.text, expression));
        rest = after;
    }
    rest.is_empty().then_some((name.text, given))
}

/// Whether an expression can stand wherever the argument is named: a path, a literal, or a list of literals.
fn is_simple(expression: &[Token<'_>]) -> bool {
    let literal =
        |token: &Token| token.string().is_some_and(|text| !text.contains('\\')) || token.text.bytes().all(|b| b.is_ascii_digit());
    match expression {
        [token] if literal(token) => true,
        [open, items @ .., close] if (open.text, close.text) == ("[", "]") => {
            items.split(|token| token.text == ",").all(|item| matches!(item, [token] if literal(token)))
        }
        [head, rest @ ..] => {
            let (dots, names) = (rest.iter().step_by(2), rest.iter().skip(1).step_by(2));
            let path = rest.len() % 2 == 0
                && dots.into_iter().all(|dot| dot.text == ".")
                && names.into_iter().all(|name| name.is_name());
            head.is_name() && head.text != "loop" && path
        }
        [] => false,
    }
}

/// Whether a token names a value: no field, filter, test, function, argument or component does.
fn refers(tokens: &[Token<'_>], index: usize) -> bool {
    let before = |n: usize| index.checked_sub(n).map_or("", |i| tokens[i].text);
    let after = tokens.get(index + 1).map_or("", |token| token.text);
    let called = index == 1 && before(1) == "<";
    let test = before(1) == "is" || before(1) == "not" && before(2) == "is";
    tokens[index].is_name() && ![".", "?.", "|"].contains(&before(1)) && !test && !called && !["=", "("].contains(&after)
}

/// What names stand for where a component is written out.
type Names<'a> = BTreeMap<&'a str, String>;

/// Folds templates.
struct Folder<'a> {
    globals: BTreeMap<&'a str, &'a Value>,
    components: BTreeMap<&'a str, Component<'a>>,
    /// How many components were written out: their names are numbered, so that none hides another.
    written: Cell<usize>,
    /// The components that are still called.
    called: RefCell<BTreeSet<&'a str>>,
}

impl<'a> Folder<'a> {
    /// Writes pieces; `within` names the components that they stand in.
    fn pieces(&self, pieces: &[Piece<'a>], names: &Names<'a>, within: &mut Vec<&'a str>, out: &mut String) {
        for (index, piece) in pieces.iter().enumerate() {
            if piece.kind == Kind::Text {
                out.push_str(piece.source);
                continue;
            }
            // At the edges of a component there is nothing to leave out.
            let edges = (!within.is_empty() && index == 0, !within.is_empty() && index + 1 == pieces.len());
            let trims = piece.trims();
            let trims = (trims.0 && !edges.0, trims.1 && !edges.1);
            if piece.kind == Kind::Print && trims == (false, false) && self.component(&piece.tokens, names, within, out) {
                continue;
            }
            self.called.borrow_mut().extend(called(piece));
            let text = replaced(piece, names);
            match self.constant(&text).filter(|_| piece.kind == Kind::Print) {
                Some(constant) if trims == (false, false) && is_plain(&constant) => out.push_str(&constant),
                Some(constant) if !constant.contains(['"', '\\', '{', '}']) => {
                    surround(piece.kind, trims, &["\"", &constant, "\""].concat(), out);
                }
                _ => surround(piece.kind, trims, &text, out),
            }
        }
    }

    /// Adds to templates that hold nothing but components those that are still called, and those that these call.
    fn keep(&self, stores: &[(&&'a str, &Vec<Piece<'a>>)], folded: &mut BTreeMap<String, String>) {
        let mut kept: BTreeSet<&str> = BTreeSet::new();
        loop {
            let missing: Vec<&str> = self.called.borrow().difference(&kept).copied().collect();
            if missing.is_empty() {
                return;
            }
            for (template, pieces) in stores {
                let Some(out) = folded.get_mut(**template) else { continue };
                for (first, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.keyword() == "component") {
                    // Of a name with dots the first part is enough: one too many does no harm.
                    if piece.tokens.get(1).is_some_and(|name| missing.contains(&name.text)) {
                        let last = (first + length(&pieces[first..]) + 1).min(pieces.len());
                        self.pieces(&pieces[first..last], &Names::new(), &mut Vec::new(), out);
                    }
                }
            }
            kept.extend(missing);
        }
    }

    /// Writes a component out, if that is what a tag calls and if it can be.
    fn component(&self, tokens: &[Token<'a>], names: &Names<'a>, within: &mut Vec<&'a str>, out: &mut String) -> bool {
        let Some((name, given)) = call(tokens) else { return false };
        let Some((name, component)) = self.components.get_key_value(name) else { return false };
        let name = *name;
        if within.contains(&name) || out.len() > LONGEST || !given.iter().all(|(_, expression)| is_simple(expression)) {
            return false;
        }
        let known = |argument: &str| component.arguments.iter().any(|(known, _)| *known == argument);
        if !given.iter().all(|(argument, _)| known(argument)) {
            return false;
        }
        self.written.update(|written| written + 1);
        let mut inner: Names = component.bound.iter().map(|bound| (*bound, format!("{bound}__{}", self.written.get()))).collect();
        for (argument, default) in &component.arguments {
            let given = given.iter().find(|(name, _)| name == argument).map(|(_, tokens)| joined(tokens, names));
            let Some(value) = given.or_else(|| default.map(str::to_owned)) else { return false };
            inner.insert(argument, value);
        }
        within.push(name);
        self.pieces(&component.body, &inner, within, out);
        within.pop();
        true
    }

    /// Returns what an expression always prints, before it is escaped.
    fn constant(&self, expression: &str) -> Option<String> {
        let expression = expression.trim();
        if !expression.is_empty() && expression.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(expression.to_owned());
        }
        if let Some(text) = expression.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            return (!text.contains(['"', '\\'])).then(|| text.to_owned());
        }
        let mut path = expression.split('.');
        let global = *self.globals.get(path.next()?)?;
        let value = path.try_fold(global, |value, key| value.get(key))?;
        value.as_str().map(str::to_owned)
    }
}

/// Writes a tag around an expression.
pub(super) fn surround(kind: Kind, (before, after): (bool, bool), expression: &str, out: &mut String) {
    let (open, close) = if kind == Kind::Print { ("{{", "}}") } else { ("{%", "%}") };
    let dash = |trims: bool| if trims { "-" } else { "" };
    out.extend([open, dash(before), " ", expression.trim(), " ", dash(after), close]);
}

/// Whether a text prints as it is, wherever it stands: nothing of it is escaped, left out or taken for a tag.
fn is_plain(text: &str) -> bool {
    let edges = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    !text.is_empty() && !edges && !text.contains(['{', '}', '<', '>', '&', '"', '\'', '/', '`', '\n'])
}

/// Returns what stands in a tag with other names in it.
fn replaced(piece: &Piece<'_>, names: &Names<'_>) -> String {
    let tokens = &piece.tokens;
    let (before, after) = piece.trims();
    let end = piece.source.len() - 2 - usize::from(after);
    let (mut text, mut at) = (String::new(), 2 + usize::from(before));
    for (index, token) in tokens.iter().enumerate() {
        if let Some(name) = names.get(token.text).filter(|_| refers(tokens, index)) {
            text.push_str(&piece.source[at..token.at]);
            text.push_str(name);
            at = token.at + token.text.len();
        }
    }
    text.push_str(&piece.source[at..end.max(at)]);
    text
}

/// Returns an expression with other names in it.
fn joined(tokens: &[Token<'_>], names: &Names<'_>) -> String {
    let word = |(index, token): (usize, &Token)| {
        names.get(token.text).filter(|_| refers(tokens, index)).cloned().unwrap_or_else(|| token.text.to_owned())
    };
    tokens.iter().enumerate().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Folds a page beside components, and returns the page.
    fn folded(page: &str, components: &str) -> String {
        let templates = [("page.html", page), ("parts.html", components)];
        let templates = templates.map(|(name, source)| (name.to_owned(), source.to_owned())).into();
        let labels = serde_json::json!({"a": "Label", "b": ", ", "c": "x < y", "g": {"d": "Deep"}});
        fold(&templates, &[("t", &labels)]).remove("page.html").unwrap()
    }

    #[test]
    fn labels_become_text() {
        assert_eq!(folded("<p>{{ t.a }}: {{t.g.d}}</p>{{ view.a }}{{ t.z }}", ""), "<p>Label: Deep</p>{{ view.a }}{{ t.z }}");
    }

    #[test]
    fn what_is_escaped_or_could_be_left_out_stays_in_a_tag() {
        assert_eq!(folded("{{ t.c }}{{ t.b }}{{- t.a -}}", ""), "{{ \"x < y\" }}{{ \", \" }}{{- \"Label\" -}}");
    }

    #[test]
    fn a_name_that_a_template_gives_to_something_else_is_left_alone() {
        assert_eq!(folded("{% for t in view.all %}{{ t.a }}{% endfor %}", ""), "{% for t in view.all %}{{ t.a }}{% endfor %}");
    }

    #[test]
    fn raw_text_and_comments_are_left_alone() {
        let page = "{# {{ t.a }} #}{% raw %}{{ t.a }}{% endraw %}";
        assert_eq!(folded(page, ""), page);
    }

    #[test]
    fn components_are_written_out_where_they_are_called() {
        let link = "{%- component link(link: map, n: integer = 3, @t) -%}\n<h{{ n }}{% if link.lang %} {{ link.lang }}{% endif %}>{{ t.a }}\n{%- endcomponent link -%}";
        assert_eq!(
            folded("[{{ <link link={m.meeting}/> }}]", link),
            "[<h3{% if m.meeting.lang %} {{ m.meeting.lang }}{% endif %}>Label]"
        );
    }

    #[test]
    fn the_loops_of_a_component_hide_no_name_of_the_page() {
        let list = "{%- component list(items: array) -%}{%- for s in items %}{{ s.x }}{{ loop.index }}{% endfor -%}{%- endcomponent list -%}";
        let page = "{% for s in view.all %}{{ <list items={s.all}/> }}{% endfor %}";
        let expected = "{% for s in view.all %}{% for s__1 in s.all %}{{ s__1.x }}{{ loop.index }}{% endfor %}{% endfor %}";
        assert_eq!(folded(page, list), expected);
    }

    #[test]
    fn what_only_a_call_can_show_is_called() {
        let node =
            "{%- component node(n: map) -%}<i>{% for c in n.all %}{{ <node n={c}/> }}{% endfor %}</i>{%- endcomponent node -%}";
        let inner = "<i>{% for c__1 in view.n.all %}{{ <node n={c__1}/> }}{% endfor %}</i>";
        assert_eq!(folded("{{ <node n={view.n}/> }}", node), inner);
        assert_eq!(folded("{{ <node n={view.n | first}/> }}", node), "{{ <node n={view.n | first}/> }}");
        assert_eq!(folded("{{ <node n={view.n[0]}/> }}", node), "{{ <node n={view.n[0]}/> }}");
    }
}
