//! Expressions of rules: read by the CEL parser, lowered to a small tree, and evaluated here.
//!
//! `cel` reads the text; its interpreter is not used, because a rule has to tell *not shown* (which key is missing) from
//! *failed*, must not run for ever on a site's own pack, and must never depend on the order of a hash map. Where both
//! can evaluate an expression they agree (a test holds it).

use std::cell::Cell;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use cel::common::ast::{CallExpr, ComprehensionExpr, EntryExpr, Expr as CelExpr, LiteralValue, SourceInfo, operators};
use cel::parser::Expression as CelNode;
use serde::{Deserialize, Serialize};

use super::functions::{self, Function};
use super::value::{Key, Value, expression_name, is_same};
use crate::calendar::Calendar;
use crate::language::Text;
use crate::text;

/// The longest expression that is read, in bytes.
const LONGEST: usize = 2_000;

/// The deepest nesting that is read.
const DEEPEST: usize = 30;

/// How many operators in a row weigh as much as one level of nesting.
const CHAIN: usize = 5;

/// The steps after which an evaluation is given up.
const STEPS: u32 = 20_000_000;

/// A compiled expression.
#[derive(Debug, Clone)]
pub struct Expression {
    source: Arc<str>,
    root: Arc<Node>,
}

/// A node of an expression, with the characters it was written at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Node {
    pub(super) form: Form,
    /// The path as the expression writes it (`meeting.items[0].votes`), for what is missing there.
    pub(super) path: Arc<str>,
    /// Bytes of the expression's source.
    pub(super) at: Range<usize>,
    /// Whether it is a constant, a name or a key of one: what [`look`] finds.
    is_near: bool,
}

/// What a node does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Form {
    /// A literal.
    Constant(#[serde(with = "literal")] Value),
    /// A name (`meeting`).
    Name(String),
    /// A key of a map (`meeting.present`).
    Select(Box<Node>, String),
    /// Whether a key is there.
    Has(Box<Node>, String),
    /// An element of a list, or a key of a map in brackets.
    Index(Box<Node>, Box<Node>),
    /// A function.
    Call(Function, Vec<Node>),
    /// `!x`.
    Not(Box<Node>),
    /// `-x`.
    Negate(Box<Node>),
    /// `a && b`: false wins over a missing key.
    And(Box<Node>, Box<Node>),
    /// `a || b`: true wins over a missing key.
    Or(Box<Node>, Box<Node>),
    /// An operator on two values.
    Binary(Operator, Box<Node>, Box<Node>),
    /// `a ? b : c`.
    If(Box<Node>, Box<Node>, Box<Node>),
    /// A list.
    List(Vec<Node>),
    /// A map with keys of text.
    Map(Vec<(Arc<str>, Node)>),
    /// `range.all(x, …)` and its kin.
    Each(Box<Each>),
}

/// A macro over the elements of a list, or the keys of a map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Each {
    pub(super) kind: Quantifier,
    pub(super) range: Node,
    pub(super) variable: Arc<str>,
    /// Of `filter` and of `map` with three arguments.
    pub(super) condition: Option<Node>,
    pub(super) body: Node,
}

/// The macros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Quantifier {
    All,
    Exists,
    ExistsOne,
    /// `map` and `filter` (whose body is the element itself).
    Collect,
}

/// Operators on two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    Unequal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
}

/// Writes down what a literal can be: true or false, a whole number, a text.
mod literal {
    use std::borrow::Cow;

    use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

    use super::Value;

    #[derive(Serialize, Deserialize)]
    enum Literal<'a> {
        Flag(bool),
        Integer(i64),
        Text(#[serde(borrow)] Cow<'a, str>),
    }

    pub(super) fn serialize<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
        let literal = match value {
            Value::Flag(flag) => Literal::Flag(*flag),
            Value::Integer(integer) => Literal::Integer(*integer),
            Value::Text(text) => Literal::Text(Cow::Borrowed(text)),
            Value::List(_) | Value::Map(_) => return Err(ser::Error::custom("no literal")),
        };
        literal.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        Ok(match Literal::deserialize(deserializer)? {
            Literal::Flag(flag) => Value::Flag(flag),
            Literal::Integer(integer) => Value::Integer(integer),
            Literal::Text(text) => Value::Text(text.into()),
        })
    }
}

/// Why an expression could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes of the expression that are wrong.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: Text,
    /// What to do; may be empty.
    pub help: Text,
}

/// Why an evaluation gave no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// A key is missing from the data: its path as the expression writes it.
    Missing(Arc<str>),
    /// The expression cannot be evaluated (a text where a number is expected, a division by zero).
    Fault(String),
}

/// The names that an expression sees, the innermost last.
#[derive(Debug)]
pub struct Scope<'a> {
    names: Vec<(Key, Value)>,
    calendar: &'a Calendar,
    steps: Cell<u32>,
}

impl<'a> Scope<'a> {
    /// Makes a scope without names.
    pub fn new(calendar: &'a Calendar) -> Self {
        Self { names: Vec::new(), calendar, steps: Cell::new(0) }
    }

    /// Binds `name`; a later binding hides an earlier one.
    pub fn bind(&mut self, name: impl Into<Key>, value: Value) {
        self.names.push((name.into(), value));
    }

    /// How many names are bound: a mark for [`Self::release`].
    pub fn mark(&self) -> usize {
        self.names.len()
    }

    /// Forgets the names bound since `mark`.
    pub fn release(&mut self, mark: usize) {
        self.names.truncate(mark);
    }

    /// Returns the value of `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.names.iter().rev().find(|(bound, _)| is_same(bound, name)).map(|(_, value)| value)
    }

    fn step(&self) -> Result<(), Stop> {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > STEPS { Err(fault("the expression takes too long")) } else { Ok(()) }
    }
}

impl Expression {
    /// Reads an expression.
    pub fn compile(source: &str) -> Result<Self, SyntaxError> {
        if source.len() > LONGEST {
            return Err(SyntaxError::new(
                0..source.len(),
                text!(
                    "表达式长 {} 字节，最多 {LONGEST} 字节",
                    "the expression has {} bytes, at most {LONGEST} are allowed",
                    source.len()
                ),
                text!("把它分成几条规则", "split it into several rules"),
            ));
        }
        if nesting(source) > DEEPEST {
            return Err(SyntaxError::new(
                0..source.len(),
                text!("表达式嵌套超过 {DEEPEST} 层", "the expression is nested more than {DEEPEST} levels deep"),
                text!("把它分成几条规则", "split it into several rules"),
            ));
        }
        // The generated parser may panic on text that no one has tried; that is an error of the text.
        let read = catch_unwind(AssertUnwindSafe(|| cel::Program::compile(source)));
        let program = match read {
            Ok(Ok(program)) => program,
            Ok(Err(errors)) => return Err(reword(source, &errors)),
            Err(_) => return Err(SyntaxError::plain(source)),
        };
        let root = Lower { source, info: program.source_info() }.node(program.expression(), 0)?;
        Ok(Self { source: source.into(), root: Arc::new(root) })
    }

    /// Makes an expression of what was read of a text before.
    pub(super) fn recalled(source: &str, root: Node) -> Self {
        Self { source: source.into(), root: Arc::new(root) }
    }

    /// Returns the text that was read.
    pub fn source(&self) -> &str {
        &self.source
    }

    pub(super) fn root(&self) -> &Node {
        &self.root
    }

    /// Evaluates the expression.
    pub fn value(&self, scope: &mut Scope<'_>) -> Result<Value, Stop> {
        scope.steps.set(0);
        evaluate(&self.root, scope)
    }

    /// Evaluates the expression, which must be true or false.
    pub fn holds(&self, scope: &mut Scope<'_>) -> Result<bool, Stop> {
        match self.value(scope)? {
            Value::Flag(flag) => Ok(flag),
            other => Err(fault(format!("true or false was expected, not a {}", other.type_name()))),
        }
    }

    /// Returns the paths that the expression reads outside of its macros, with their values where they are scalars, in the
    /// order in which they stand: why it held or failed.
    pub fn operands(&self, scope: &mut Scope<'_>) -> Vec<(String, Value)> {
        let mut paths = Vec::new();
        collect_paths(&self.root, &mut paths);
        let mut found: Vec<(String, Value)> = Vec::new();
        for node in paths {
            let path = node.path.to_string();
            if found.iter().any(|(seen, _)| *seen == path) {
                continue;
            }
            if let Ok(value @ (Value::Integer(_) | Value::Text(_) | Value::Flag(_))) = evaluate(node, scope) {
                found.push((path, value));
            }
        }
        found
    }

    /// Returns the names of variables that the expression reads (not those that its macros bind).
    pub fn names(&self) -> std::collections::BTreeSet<String> {
        let mut names = std::collections::BTreeSet::new();
        free_names(&self.root, &mut Vec::new(), &mut names);
        names
    }
}

impl SyntaxError {
    fn new(at: Range<usize>, message: Text, help: Text) -> Self {
        Self { at, message, help }
    }

    fn plain(source: &str) -> Self {
        Self::new(0..source.len(), text!("表达式写法有误", "the expression cannot be read"), Text::default())
    }
}

/// Makes a fault.
pub(super) fn fault(text: impl Into<String>) -> Stop {
    Stop::Fault(text.into())
}

/// Measures how deep the parser may have to recurse: nested brackets, prefix operators, and chains of operators.
fn nesting(source: &str) -> usize {
    let (mut deepest, mut depth, mut prefixes, mut chain) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut quote = None;
    for byte in source.bytes() {
        if let Some(open) = quote {
            quote = Some(open).filter(|open| *open != byte);
            continue;
        }
        match byte {
            b'"' | b'\'' => quote = Some(byte),
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'!' | b'?' => prefixes += 1,
            b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'<' | b'>' | b'=' => chain += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest.max(prefixes).max(chain / CHAIN)
}

/// Rewords the first error of the parser, whose own words are lists of tokens.
fn reword(source: &str, errors: &cel::ParseErrors) -> SyntaxError {
    let Some(error) = errors.errors.first() else {
        return SyntaxError::plain(source);
    };
    let start = byte_of(source, error.pos);
    let found = if error.msg.contains("'<EOF>'") { "<EOF>" } else { quoted(&error.msg).unwrap_or_default() };
    let token = if found == "<EOF>" { "" } else { found };
    let start = source[start..].find(token).map_or(start, |skip| start + skip);
    let at = start..(start + token.len().max(usize::from(start < source.len()))).min(source.len());
    let at = if source.is_char_boundary(at.end) { at } else { start..source.len() };
    let rest = &source[start..];
    let (message, help) = if source.trim().is_empty() {
        (text!("表达式是空的", "the expression is empty"), Text::default())
    } else if error.msg.contains("has() macro") {
        (
            text!("`has()` 里要写一个键，如 `has(meeting.present)`", "`has()` takes a key, such as `has(meeting.present)`"),
            Text::default(),
        )
    } else if error.msg.contains("simple name") {
        (
            text!("逐一判断的变量是一个名称，如 `all(i, …)`", "the variable of a macro is a plain name, as in `all(i, …)`"),
            Text::default(),
        )
    } else if found == "<EOF>" {
        (
            text!("表达式没有写完", "the expression ends too early"),
            text!("看看是不是少了括号、引号或者后半句", "look for a missing bracket, quote or right-hand side"),
        )
    } else if rest.starts_with('=') && !rest.starts_with("==") {
        (text!("单个 `=` 不是比较", "a single `=` is no comparison"), text!("相等写 `==`", "write `==` for equality"))
    } else if rest.starts_with(['“', '”', '‘', '’', '（', '）', '，', '：', '＝', '。', '；', '！', '＜', '＞', '？'])
    {
        (
            text!("表达式里有全角符号 `{token}`", "the expression contains the full-width sign `{token}`"),
            text!("换成半角符号", "use the ASCII sign instead"),
        )
    } else if rest.starts_with(['"', '\'']) {
        (
            text!("引号没有成对", "a quote is not closed"),
            text!("文字两边各写一个 `\"` 或 `'`", "put a `\"` or `'` on both sides of a text"),
        )
    } else if rest.starts_with(|c: char| !c.is_ascii()) {
        (
            text!("表达式里的名称用英文键名，`{token}` 不行", "names in expressions are the English keys; `{token}` is none"),
            text!("`gongshi schema` 列出每个键的英文写法", "`gongshi schema` lists the English spelling of each key"),
        )
    } else if token.is_empty() {
        (text!("表达式写法有误", "the expression cannot be read"), Text::default())
    } else if error.msg.starts_with("Syntax error") {
        (text!("这里不应当出现 `{token}`", "`{token}` is out of place"), Text::default())
    } else {
        (text!("表达式写法有误：{}", "the expression cannot be read: {}", error.msg), Text::default())
    };
    let end = at.start + source[at.clone()].trim_end().len().max(usize::from(!source[at.clone()].is_empty()));
    SyntaxError::new(at.start..end, message, help)
}

/// Returns the first text in single quotes of a parser's message.
fn quoted(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once('\'')?;
    let end = rest.rfind('\'').filter(|_| !rest.contains(" expecting ")).or_else(|| rest.find('\''))?;
    Some(rest[..end].trim_end_matches('\''))
}

/// Returns the byte of a position of the parser (line from 1, column from 0 or 1, in characters).
fn byte_of(source: &str, (line, column): (isize, isize)) -> usize {
    let line = usize::try_from(line - 1).unwrap_or(0);
    let start: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
    let column = usize::try_from(column - 1).unwrap_or(0);
    source[start..].char_indices().nth(column).map_or(source.len(), |(byte, _)| start + byte)
}

/// Lowers the parser's tree to [`Node`]s.
struct Lower<'s> {
    source: &'s str,
    info: &'s SourceInfo,
}

impl Lower<'_> {
    fn at(&self, id: u64) -> Range<usize> {
        let (start, stop) = self.info.offset_for(id).unwrap_or((0, 0));
        let byte = |n: u32| self.source.char_indices().nth(n as usize).map_or(self.source.len(), |(byte, _)| byte);
        byte(start)..byte(stop.max(start).saturating_add(1))
    }

    fn error(&self, id: u64, message: Text) -> SyntaxError {
        SyntaxError::new(self.at(id), message, Text::default())
    }

    fn boxed(&self, node: &CelNode, depth: usize) -> Result<Box<Node>, SyntaxError> {
        self.node(node, depth).map(Box::new)
    }

    fn node(&self, node: &CelNode, depth: usize) -> Result<Node, SyntaxError> {
        if depth > CHAIN * DEEPEST + DEEPEST {
            return Err(self.error(node.id, text!("表达式嵌套太深", "the expression is nested too deeply")));
        }
        let depth = depth + 1;
        let form = match &node.expr {
            CelExpr::Literal(literal) => Form::Constant(self.literal(node.id, literal)?),
            CelExpr::Ident(name) => Form::Name(name.clone()),
            CelExpr::Select(select) => {
                let of = self.boxed(&select.operand, depth)?;
                if select.test { Form::Has(of, select.field.clone()) } else { Form::Select(of, select.field.clone()) }
            }
            CelExpr::List(list) => {
                Form::List(list.elements.iter().map(|element| self.node(element, depth)).collect::<Result<_, _>>()?)
            }
            CelExpr::Map(map) => {
                let mut entries = Vec::new();
                for entry in &map.entries {
                    let EntryExpr::MapEntry(entry) = &entry.expr else { return Err(SyntaxError::plain(self.source)) };
                    let CelExpr::Literal(LiteralValue::String(key)) = &entry.key.expr else {
                        return Err(self.error(entry.key.id, text!("键必须是文字", "keys have to be text")));
                    };
                    entries.push((key.inner().into(), self.node(&entry.value, depth)?));
                }
                Form::Map(entries)
            }
            CelExpr::Call(call) => self.call(node.id, call, depth)?,
            CelExpr::Comprehension(each) => self.each(node.id, each, depth)?,
            CelExpr::Struct(_) | CelExpr::Unspecified => return Err(self.error(node.id, unsupported())),
        };
        let path = write_form(&form).into();
        let is_near = match &form {
            Form::Constant(_) | Form::Name(_) => true,
            Form::Select(of, _) => of.is_near,
            _ => false,
        };
        Ok(Node { form, path, at: self.at(node.id), is_near })
    }

    fn literal(&self, id: u64, literal: &LiteralValue) -> Result<Value, SyntaxError> {
        match literal {
            LiteralValue::Boolean(flag) => Ok(Value::Flag(*flag.inner())),
            LiteralValue::Int(number) => Ok(Value::Integer(*number.inner())),
            LiteralValue::String(text) => Ok(Value::text(text.inner())),
            LiteralValue::Double(_) => Err(SyntaxError::new(
                self.at(id),
                text!("规则只用整数", "rules use whole numbers only"),
                text!("比例写在 threshold 里；金额以分计", "write shares in `threshold`; money counts in hundredths"),
            )),
            LiteralValue::Bytes(_) | LiteralValue::Null | LiteralValue::UInt(_) => Err(self.error(id, unsupported())),
        }
    }

    fn call(&self, id: u64, call: &CallExpr, depth: usize) -> Result<Form, SyntaxError> {
        use operators as op;
        if let ([first, second, third], op::CONDITIONAL) = (call.args.as_slice(), call.func_name.as_str()) {
            return Ok(Form::If(self.boxed(first, depth)?, self.boxed(second, depth)?, self.boxed(third, depth)?));
        }
        if let ([only], name) = (call.args.as_slice(), call.func_name.as_str()) {
            match name {
                op::LOGICAL_NOT => return Ok(Form::Not(self.boxed(only, depth)?)),
                op::NEGATE => return Ok(Form::Negate(self.boxed(only, depth)?)),
                _ => {}
            }
        }
        if let ([left, right], None) = (call.args.as_slice(), &call.target) {
            let binary = |operator| -> Result<Form, SyntaxError> {
                Ok(Form::Binary(operator, self.boxed(left, depth)?, self.boxed(right, depth)?))
            };
            match call.func_name.as_str() {
                op::LOGICAL_AND => return Ok(Form::And(self.boxed(left, depth)?, self.boxed(right, depth)?)),
                op::LOGICAL_OR => return Ok(Form::Or(self.boxed(left, depth)?, self.boxed(right, depth)?)),
                op::INDEX => return Ok(Form::Index(self.boxed(left, depth)?, self.boxed(right, depth)?)),
                op::ADD => return binary(Operator::Add),
                op::SUBSTRACT => return binary(Operator::Subtract),
                op::MULTIPLY => return binary(Operator::Multiply),
                op::DIVIDE => return binary(Operator::Divide),
                op::MODULO => return binary(Operator::Remainder),
                op::EQUALS => return binary(Operator::Equal),
                op::NOT_EQUALS => return binary(Operator::Unequal),
                op::LESS => return binary(Operator::Less),
                op::LESS_EQUALS => return binary(Operator::LessEqual),
                op::GREATER => return binary(Operator::Greater),
                op::GREATER_EQUALS => return binary(Operator::GreaterEqual),
                op::IN => return binary(Operator::In),
                _ => {}
            }
        }
        let mut arguments = Vec::new();
        for argument in call.target.as_deref().into_iter().chain(&call.args) {
            arguments.push(self.node(argument, depth)?);
        }
        let Some(function) = Function::find(&call.func_name) else {
            let name = &call.func_name;
            let help =
                functions::nearest(name).map_or_else(Text::default, |near| text!("是不是 `{near}`？", "did you mean `{near}`?"));
            let message = text!("没有 `{name}` 这个函数", "there is no function `{name}`");
            return Err(SyntaxError::new(self.named(id, name), message, help));
        };
        let wanted = function.arity();
        if arguments.len() != wanted {
            let (name, found) = (&call.func_name, arguments.len());
            let message = text!(
                "函数 `{name}` 要 {wanted} 个参数，写了 {found} 个",
                "`{name}` takes {wanted} arguments, {found} were given"
            );
            return Err(SyntaxError::new(self.named(id, name), message, Text::default()));
        }
        Ok(Form::Call(function, arguments))
    }

    /// Returns where `name` stands, at or after (or else before) the place of a node.
    fn named(&self, id: u64, name: &str) -> Range<usize> {
        let at = self.at(id);
        let start = self.source[..at.end].rfind(name).or_else(|| self.source.find(name));
        start.map_or(at, |start| start..start + name.len())
    }

    /// Recognises which macro a comprehension was expanded from, by the shape of its step.
    fn each(&self, id: u64, each: &ComprehensionExpr, depth: usize) -> Result<Form, SyntaxError> {
        let CelExpr::Call(step) = &each.loop_step.expr else {
            return Err(self.error(id, unsupported()));
        };
        let element = |call: &CallExpr| match call.args.as_slice() {
            [_, CelNode { expr: CelExpr::List(list), .. }] => list.elements.first().cloned(),
            _ => None,
        };
        let (kind, condition, body) = match (step.func_name.as_str(), step.args.as_slice()) {
            (operators::LOGICAL_AND, [_, body]) => (Quantifier::All, None, Some(body.clone())),
            (operators::LOGICAL_OR, [_, body]) => (Quantifier::Exists, None, Some(body.clone())),
            (operators::ADD, _) => (Quantifier::Collect, None, element(step)),
            (operators::CONDITIONAL, [condition, then, _]) => match (&each.accu_init.expr, &then.expr) {
                (CelExpr::List(_), CelExpr::Call(then)) => (Quantifier::Collect, Some(condition), element(then)),
                _ => (Quantifier::ExistsOne, None, Some(condition.clone())),
            },
            _ => return Err(self.error(id, unsupported())),
        };
        let Some(body) = body else { return Err(self.error(id, unsupported())) };
        Ok(Form::Each(Box::new(Each {
            kind,
            range: self.node(&each.iter_range, depth)?,
            variable: each.iter_var.as_str().into(),
            condition: condition.map(|condition| self.node(condition, depth)).transpose()?,
            body: self.node(&body, depth)?,
        })))
    }
}

fn unsupported() -> Text {
    text!("规则的表达式不支持这种写法", "expressions of rules do not have this form")
}

/// Evaluates a node.
fn evaluate(node: &Node, scope: &mut Scope<'_>) -> Result<Value, Stop> {
    scope.step()?;
    match &node.form {
        Form::Constant(value) => Ok(value.clone()),
        Form::Name(name) => scope.get(name).cloned().ok_or_else(|| Stop::Missing(node.path.clone())),
        Form::Select(of, key) if of.is_near => select(node, look(of, scope)?, key).cloned(),
        Form::Select(of, key) => select(node, &evaluate(of, scope)?, key).cloned(),
        Form::Has(of, key) if of.is_near => has(look(of, scope)?, key),
        Form::Has(of, key) => has(&evaluate(of, scope)?, key),
        Form::Index(of, index) => {
            let (of, index) = (evaluate(of, scope)?, evaluate(index, scope)?);
            element(node, &of, &index)
        }
        Form::Call(function, arguments) => {
            let mut values = Vec::with_capacity(arguments.len());
            for argument in arguments {
                values.push(evaluate(argument, scope)?);
            }
            function.call(&values, scope.calendar)
        }
        Form::Not(of) => Ok(Value::Flag(!flag(of, scope)?)),
        Form::Negate(of) => match evaluate(of, scope)? {
            Value::Integer(number) => number.checked_neg().map(Value::Integer).ok_or_else(overflow),
            other => Err(fault(format!("a {} cannot be negated", other.type_name()))),
        },
        Form::And(left, right) => both(left, right, false, scope),
        Form::Or(left, right) => both(left, right, true, scope),
        Form::Binary(operator, left, right) => {
            if left.is_near && right.is_near {
                // Neither side binds anything, so both can be looked at where they stand.
                return binary(*operator, look(left, scope)?, look(right, scope)?);
            }
            let (left, right) = (evaluate(left, scope)?, evaluate(right, scope)?);
            binary(*operator, &left, &right)
        }
        Form::If(condition, then, other) => {
            if flag(condition, scope)? {
                evaluate(then, scope)
            } else {
                evaluate(other, scope)
            }
        }
        Form::List(nodes) => {
            let mut items = Vec::with_capacity(nodes.len());
            for node in nodes {
                items.push(evaluate(node, scope)?);
            }
            Ok(Value::list(items))
        }
        Form::Map(entries) => {
            let mut values = Vec::with_capacity(entries.len());
            for (key, node) in entries {
                values.push((Arc::clone(key), evaluate(node, scope)?));
            }
            Ok(Value::map(values))
        }
        Form::Each(each) => quantify(each, scope),
    }
}

fn flag(node: &Node, scope: &mut Scope<'_>) -> Result<bool, Stop> {
    match evaluate(node, scope)? {
        Value::Flag(flag) => Ok(flag),
        other => Err(fault(format!("true or false was expected, not a {}", other.type_name()))),
    }
}

/// Evaluates `&&` (decided by false) and `||` (decided by true): the deciding value wins over a missing key on either side.
fn both(left: &Node, right: &Node, decides: bool, scope: &mut Scope<'_>) -> Result<Value, Stop> {
    let left = flag(left, scope);
    if left == Ok(decides) {
        return Ok(Value::Flag(decides));
    }
    let right = flag(right, scope);
    if right == Ok(decides) {
        return Ok(Value::Flag(decides));
    }
    left?;
    right.map(Value::Flag)
}

/// Returns the value of a node that is near, where it stands, without a copy.
fn look<'s>(node: &'s Node, scope: &'s Scope<'_>) -> Result<&'s Value, Stop> {
    scope.step()?;
    match &node.form {
        Form::Constant(value) => Ok(value),
        Form::Name(name) => scope.get(name).ok_or_else(|| Stop::Missing(node.path.clone())),
        Form::Select(of, key) => select(node, look(of, scope)?, key),
        _ => Err(fault("the value does not stand there")),
    }
}

/// Whether a map has a key.
fn has(of: &Value, key: &str) -> Result<Value, Stop> {
    match of {
        Value::Map(map) => Ok(Value::Flag(map.get(key).is_some())),
        other => Err(fault(format!("a {} has no keys", other.type_name()))),
    }
}

/// Returns the value at a key of a map.
fn select<'v>(node: &Node, of: &'v Value, key: &str) -> Result<&'v Value, Stop> {
    match of {
        Value::Map(map) => map.get(key).ok_or_else(|| Stop::Missing(node.path.clone())),
        other => Err(fault(format!("a {} has no key `{key}`", other.type_name()))),
    }
}

/// Returns an element of a list, or the value at a key of a map (with `-` or `_`).
fn element(node: &Node, of: &Value, index: &Value) -> Result<Value, Stop> {
    let found = match (of, index) {
        (Value::List(items), Value::Integer(index)) => usize::try_from(*index).ok().and_then(|index| items.get(index)).cloned(),
        (Value::Map(map), Value::Text(key)) => map.get(&expression_name(key)).cloned(),
        _ => return Err(fault(format!("a {} has no element of a {}", of.type_name(), index.type_name()))),
    };
    found.ok_or_else(|| Stop::Missing(node.path.clone()))
}

fn overflow() -> Stop {
    fault("the number is too large")
}

/// Applies an operator.
fn binary(operator: Operator, left: &Value, right: &Value) -> Result<Value, Stop> {
    match operator {
        Operator::Equal => return Ok(Value::Flag(left == right)),
        Operator::Unequal => return Ok(Value::Flag(left != right)),
        Operator::Less => return order(left, right).map(|order| Value::Flag(order.is_lt())),
        Operator::LessEqual => return order(left, right).map(|order| Value::Flag(order.is_le())),
        Operator::Greater => return order(left, right).map(|order| Value::Flag(order.is_gt())),
        Operator::GreaterEqual => return order(left, right).map(|order| Value::Flag(order.is_ge())),
        Operator::In => return contains(right, left).map(Value::Flag),
        Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => {}
    }
    match (operator, left, right) {
        (Operator::Add, Value::Text(left), Value::Text(right)) => {
            if left.len() + right.len() > 100_000 {
                return Err(fault("the text is too long"));
            }
            Ok(Value::text(format!("{left}{right}")))
        }
        (Operator::Add, Value::List(left), Value::List(right)) => {
            if left.len() + right.len() > 1_000_000 {
                return Err(fault("the list is too long"));
            }
            Ok(Value::list(left.iter().chain(right.iter()).cloned().collect()))
        }
        (_, Value::Integer(left), Value::Integer(right)) => arithmetic(operator, *left, *right),
        _ => Err(fault(format!("a {} and a {} cannot be calculated with", left.type_name(), right.type_name()))),
    }
}

fn arithmetic(operator: Operator, left: i64, right: i64) -> Result<Value, Stop> {
    if right == 0 && matches!(operator, Operator::Divide | Operator::Remainder) {
        return Err(fault("division by zero"));
    }
    let result = match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide => left.checked_div(right),
        _ => left.checked_rem(right),
    };
    result.map(Value::Integer).ok_or_else(overflow)
}

/// Compares two numbers or two texts.
pub(super) fn order(left: &Value, right: &Value) -> Result<std::cmp::Ordering, Stop> {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => Ok(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) => Ok(left.cmp(right)),
        _ => Err(fault(format!("a {} and a {} have no order", left.type_name(), right.type_name()))),
    }
}

fn contains(container: &Value, value: &Value) -> Result<bool, Stop> {
    match (container, value) {
        (Value::List(items), _) => Ok(items.contains(value)),
        (Value::Map(map), Value::Text(key)) => Ok(map.get(&expression_name(key)).is_some()),
        _ => Err(fault(format!("a {} does not contain a {}", container.type_name(), value.type_name()))),
    }
}

/// Evaluates a macro over a list, or over the keys of a map.
fn quantify(each: &Each, scope: &mut Scope<'_>) -> Result<Value, Stop> {
    let range = evaluate(&each.range, scope)?;
    let keys: Vec<Value>;
    let items = match &range {
        Value::List(items) => items.as_slice(),
        Value::Map(map) => {
            keys = map.entries().iter().map(|(key, _)| Value::Text(key.shared())).collect();
            &keys
        }
        other => return Err(fault(format!("a {} has no elements", other.type_name()))),
    };
    let mark = scope.mark();
    let result = fold(each, items, scope);
    scope.release(mark);
    result
}

fn fold(each: &Each, items: &[Value], scope: &mut Scope<'_>) -> Result<Value, Stop> {
    let (mut stopped, mut count, mut collected) = (None, 0_u32, Vec::new());
    let mark = scope.mark();
    for item in items {
        scope.release(mark);
        scope.bind(each.variable.clone(), item.clone());
        match each.kind {
            Quantifier::All | Quantifier::Exists => match flag(&each.body, scope) {
                Ok(held) if held == (each.kind == Quantifier::Exists) => return Ok(Value::Flag(held)),
                Ok(_) => {}
                Err(stop) => stopped = stopped.or(Some(stop)),
            },
            Quantifier::ExistsOne => count += u32::from(flag(&each.body, scope)?),
            Quantifier::Collect => {
                let wanted = each.condition.as_ref().map_or(Ok(true), |condition| flag(condition, scope))?;
                if wanted {
                    collected.push(evaluate(&each.body, scope)?);
                }
            }
        }
    }
    match (stopped, each.kind) {
        (Some(stop), _) => Err(stop),
        (None, Quantifier::All) => Ok(Value::Flag(true)),
        (None, Quantifier::Exists) => Ok(Value::Flag(false)),
        (None, Quantifier::ExistsOne) => Ok(Value::Flag(count == 1)),
        (None, Quantifier::Collect) => Ok(Value::list(collected)),
    }
}

/// Writes a path as the expression has it (`meeting.items[0].votes`); other nodes as `…`.
fn write_form(form: &Form) -> String {
    match form {
        Form::Name(name) => name.clone(),
        Form::Select(of, key) | Form::Has(of, key) => format!("{}.{key}", of.path),
        Form::Index(of, index) => match &index.form {
            Form::Constant(Value::Integer(index)) => format!("{}[{index}]", of.path),
            Form::Constant(Value::Text(key)) => format!("{}.{}", of.path, expression_name(key)),
            _ => format!("{}[…]", of.path),
        },
        _ => "…".to_owned(),
    }
}

/// Returns the path of the list that a node takes its elements from, through filters and functions.
pub(super) fn list_path(node: &Node) -> Option<String> {
    match &node.form {
        _ if is_path(node) => Some(node.path.to_string()),
        Form::Each(each) => list_path(&each.range),
        Form::Call(_, arguments) => arguments.first().and_then(list_path),
        Form::If(_, then, other) => list_path(then).or_else(|| list_path(other)),
        _ => None,
    }
}

/// Whether a node is a name with keys and constant indexes only.
fn is_path(node: &Node) -> bool {
    match &node.form {
        Form::Name(_) => true,
        Form::Select(of, _) => is_path(of),
        Form::Index(of, index) => is_path(of) && matches!(index.form, Form::Constant(_)),
        _ => false,
    }
}

/// Collects the longest paths outside of macros.
fn collect_paths<'n>(node: &'n Node, paths: &mut Vec<&'n Node>) {
    if is_path(node) {
        paths.push(node);
        return;
    }
    if let Form::Each(each) = &node.form {
        collect_paths(&each.range, paths);
        return;
    }
    for child in node.children() {
        collect_paths(child, paths);
    }
}

fn free_names(node: &Node, bound: &mut Vec<String>, names: &mut std::collections::BTreeSet<String>) {
    match &node.form {
        Form::Name(name) if !bound.contains(name) => {
            names.insert(name.clone());
        }
        Form::Each(each) => {
            free_names(&each.range, bound, names);
            bound.push(each.variable.to_string());
            for inner in each.condition.iter().chain([&each.body]) {
                free_names(inner, bound, names);
            }
            bound.pop();
        }
        _ => {
            for child in node.children() {
                free_names(child, bound, names);
            }
        }
    }
}

impl Node {
    /// Returns the nodes directly below, in the order of the source.
    pub(super) fn children(&self) -> Vec<&Self> {
        match &self.form {
            Form::Constant(_) | Form::Name(_) => Vec::new(),
            Form::Select(of, _) | Form::Has(of, _) | Form::Not(of) | Form::Negate(of) => vec![of],
            Form::Index(left, right) | Form::And(left, right) | Form::Or(left, right) | Form::Binary(_, left, right) => {
                vec![left, right]
            }
            Form::If(condition, then, other) => vec![condition, then, other],
            Form::Call(_, nodes) | Form::List(nodes) => nodes.iter().collect(),
            Form::Map(entries) => entries.iter().map(|(_, node)| node).collect(),
            Form::Each(each) => {
                let mut nodes = vec![&each.range];
                nodes.extend(&each.condition);
                nodes.push(&each.body);
                nodes
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `meeting = {present: 31, entitled: 48, date: "2026-03-18", items: [{no: 1, votes: {for: 20}}, {no: 2}]}`.
    fn meeting() -> Value {
        let votes = Value::map([("for", Value::Integer(20)), ("against", Value::Integer(0))]);
        Value::map([
            ("present", Value::Integer(31)),
            ("entitled", Value::Integer(48)),
            ("date", Value::text("2026-03-18")),
            (
                "items",
                Value::list(vec![
                    Value::map([("no", Value::Integer(1)), ("votes", votes)]),
                    Value::map([("no", Value::Integer(2))]),
                ]),
            ),
            ("presided_by", Value::map([("role", Value::text("chair"))])),
            ("quorate", Value::Flag(false)),
        ])
    }

    fn value(source: &str) -> Result<Value, Stop> {
        let calendar = Calendar::default();
        let mut scope = Scope::new(&calendar);
        scope.bind("meeting", meeting());
        Expression::compile(source).map_err(|error| fault(error.message.en))?.value(&mut scope)
    }

    /// The same value for the interpreter of the `cel` crate.
    fn to_cel(value: &Value) -> cel::Value {
        match value {
            Value::Flag(flag) => cel::Value::Bool(*flag),
            Value::Integer(number) => cel::Value::Int(*number),
            Value::Text(text) => cel::Value::from(&**text),
            Value::List(items) => cel::Value::from(items.iter().map(to_cel).collect::<Vec<_>>()),
            Value::Map(map) => {
                let entries: std::collections::HashMap<String, cel::Value> =
                    map.entries().iter().map(|(key, value)| (key.to_string(), to_cel(value))).collect();
                cel::Value::from(entries)
            }
        }
    }

    #[test]
    fn expressions_agree_with_the_interpreter_of_cel() {
        let mut context = cel::Context::default();
        context.add_variable_from_value("meeting", to_cel(&meeting()));
        for source in [
            "1 + 2 * 3 - 4 / 2 % 3",
            "-meeting.present + 1",
            "meeting.present * 3 >= meeting.entitled * 2",
            "meeting.present == 31 && !meeting.quorate",
            "meeting.date < \"2026-03-19\" || meeting.nothing",
            "meeting.nothing || meeting.present > 1",
            "meeting.nothing && meeting.present < 1",
            "has(meeting.date) ? 1 : 2",
            "has(meeting.nothing)",
            "has(meeting.items[0].votes.for)",
            "meeting.items[0].votes[\"for\"]",
            "meeting.items.all(i, i.no > 0)",
            "meeting.items.exists(i, has(i.votes))",
            "meeting.items.exists_one(i, i.no == 2)",
            "meeting.items.exists_one(i, i.no > 0)",
            "meeting.items.map(i, i.no * 2)",
            "meeting.items.map(i, i.no > 1, i.no)",
            "meeting.items.filter(i, has(i.votes)).map(i, i.votes.for)",
            "meeting.items.map(i, meeting.items.filter(j, j.no < i.no).size())",
            "[1, 2] + [3] == [1, 2, 3]",
            "2 in [1, 2]",
            "\"role\" in meeting.presided_by",
            "\"a\" + 'b'",
            "size(\"公示\") == 2",
            "\"2026-03\".startsWith(\"2026\") && \"abc\".contains(\"b\") && \"abc\".endsWith(\"c\")",
            "{\"a\": 1}.a + {\"a\": 1}[\"a\"]",
            "[] == [] && 1 != 2 && \"1\" != \"2\"",
            "[1, 2].all(x, false) || [].all(x, false)",
            "1 < 2 == true",
            "string(12) + \"\"",
        ] {
            let theirs = cel::Program::compile(source).unwrap().execute(&context);
            let ours = value(source);
            match (&ours, &theirs) {
                (Ok(ours), Ok(theirs)) => assert_eq!(to_cel(ours), *theirs, "{source}"),
                _ => panic!("{source}: {ours:?} but {theirs:?}"),
            }
        }
    }

    #[test]
    fn a_missing_key_is_not_false_but_named() {
        let missing = |path: &str| Err(Stop::Missing(path.into()));
        assert_eq!(value("meeting.signatures <= meeting.present"), missing("meeting.signatures"));
        assert_eq!(value("meeting.publicised.to > meeting.date"), missing("meeting.publicised"));
        assert_eq!(value("has(meeting.publicised.to)"), missing("meeting.publicised"));
        assert_eq!(value("meeting.items[7].no == 1"), missing("meeting.items[7]"));
        assert_eq!(value("decision == \"passed\""), missing("decision"));
        assert_eq!(value("meeting.signatures > 1 || true"), Ok(Value::Flag(true)));
        assert_eq!(value("false && meeting.signatures > 1"), Ok(Value::Flag(false)));
        assert_eq!(value("meeting.items.all(i, i.votes.for > 5)"), missing("i.votes"));
        assert_eq!(value("meeting.items.all(i, i.votes.for > 50)"), Ok(Value::Flag(false)));
        assert_eq!(value("meeting.items.exists(i, i.votes.for > 5)"), Ok(Value::Flag(true)));
    }

    #[test]
    fn what_cannot_be_calculated_is_a_fault_and_never_a_panic() {
        for source in [
            "meeting.present / 0 == 1",
            "meeting.present % 0 == 1",
            "meeting.present + \"1\" == 1",
            "meeting.present.to == 1",
            "9223372036854775807 + 1 > 0",
            "-(-9223372036854775807 - 1) > 0",
            "meeting.date > 5",
            "!meeting.present",
            "meeting.items > 1",
            "days(meeting.date, \"2026-02-30\") > 1",
            "add_days(meeting.date, 9223372036854775807) > \"\"",
            "add_workdays(meeting.date, 9223372036854775807) > \"\"",
            "sum([9223372036854775807, 1]) > 1",
            "sum([\"a\"]) > 1",
            "sorted([1, \"a\"]) == []",
            "period_start(\"2026-Q5\") == \"\"",
            "periods(\"week\", \"2026-01-01\", \"2026-02-01\") == []",
        ] {
            assert!(matches!(value(source), Err(Stop::Fault(_))), "{source}: {:?}", value(source));
        }
    }

    #[test]
    fn functions_count_days_and_periods() {
        for source in [
            "days(\"2026-03-18\", \"2026-03-19\") == 1",
            "span_days(\"2026-03-19\", \"2026-04-07\") == 20",
            "workdays(\"2026-03-20\", \"2026-03-23\") == 1",
            "add_days(\"2026-02-28\", 1) == \"2026-03-01\"",
            "add_workdays(\"2026-03-20\", 1) == \"2026-03-23\"",
            "period_start(\"2026-Q1\") == \"2026-01-01\" && period_end(\"2026-H1\") == \"2026-06-30\"",
            "periods(\"quarter\", \"2026-01-02\", \"2026-12-31\").map(p, p.id) == [\"2026-Q2\", \"2026-Q3\", \"2026-Q4\"]",
            "missing(periods(\"month\", \"2026-01-01\", \"2026-04-30\"), [\"2026-04-30\", \"2026-02-01\"]) == [\"2026-01\", \"2026-03\"]",
            "missing(periods(\"month\", \"2026-04-01\", \"2026-01-30\"), []) == []",
            "sum([]) == 0 && sum([1, 2]) == 3 && min([2, 1]) == 1 && max([\"a\", \"b\"]) == \"b\"",
            "sorted([\"b\", \"a\"]) == [\"a\", \"b\"] && distinct([1, 1, 2]) == [1, 2]",
            "[\"b\", \"a\"].sorted() == [\"a\", \"b\"]",
        ] {
            assert_eq!(value(source), Ok(Value::Flag(true)), "{source}");
        }
    }

    #[test]
    fn errors_of_syntax_say_what_and_where() {
        for (source, part, message) in [
            ("meeting.present = 31", "=", "a single `=` is no comparison"),
            ("meeting.present >= ", "", "the expression ends too early"),
            ("(meeting.present > 1", "", "the expression ends too early"),
            ("meeting.present > 1)", ")", "`)` is out of place"),
            ("到会 > 1", "到", "names in expressions are the English keys; `到` is none"),
            ("size(meeting.items，1)", "，", "the expression contains the full-width sign `，`"),
            ("dayz(meeting.date, as_of) > 1", "dayz", "there is no function `dayz`"),
            ("days(meeting.date) > 1", "days", "`days` takes 2 arguments, 1 were given"),
            ("meeting.present >= 0.67", "0.67", "rules use whole numbers only"),
            ("has(meeting)", "meeting", "`has()` takes a key, such as `has(meeting.present)`"),
            ("meeting.items.all(1, true)", "1", "the variable of a macro is a plain name, as in `all(i, …)`"),
            ("", "", "the expression is empty"),
        ] {
            let error = Expression::compile(source).unwrap_err();
            assert_eq!(error.message.en, message, "{source}");
            let marked = &source[error.at.clone()];
            assert!(part.starts_with(marked) || marked == part, "{source}: {marked:?}");
        }
    }

    #[test]
    fn huge_and_deep_expressions_are_refused_not_run() {
        let deep = format!("{}1{}", "(".repeat(500), ")".repeat(500));
        let nots = format!("{}true", "!".repeat(900));
        let long = "1 + ".repeat(600) + "1";
        for source in [deep, nots, long, "[".repeat(300), "a.".repeat(900) + "b", "a?".repeat(300)] {
            assert!(Expression::compile(&source).is_err(), "{}", &source[..20]);
        }
        let sum = "1 + ".repeat(150) + "1 == 151";
        assert_eq!(value(&sum), Ok(Value::Flag(true)));
        let keys = format!("{{\"a\": 1}}{} == 1", ".a".repeat(149));
        assert!(matches!(value(&keys), Err(Stop::Fault(_))));
        let brackets = format!("{}1{} == 1", "(".repeat(25), ")".repeat(25));
        assert_eq!(value(&brackets), Ok(Value::Flag(true)));
        let many = Value::list((0..3000).map(Value::Integer).collect());
        let calendar = Calendar::default();
        let mut scope = Scope::new(&calendar);
        scope.bind("many", many);
        let slow = Expression::compile("many.all(a, many.all(b, many.all(c, a + b + c >= 0)))").unwrap();
        assert_eq!(slow.value(&mut scope), Err(fault("the expression takes too long")));
    }

    #[test]
    fn broken_text_never_panics() {
        let source = "meeting.items.filter(i, has(i.votes) && i.no in [1, 2]).map(x, \"a\" + x.y ? 1 : -2)";
        let mut state = 7_u64;
        for _ in 0..300 {
            let mut bytes: Vec<char> = source.chars().collect();
            for _ in 0..3 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = (state >> 33) as usize % bytes.len();
                bytes[at] = ['(', ')', '"', '人', '{', '.', '\\', '0', '?', '`'][(state >> 20) as usize % 10];
            }
            let text: String = bytes.into_iter().collect();
            let _ = Expression::compile(&text);
        }
    }

    #[test]
    fn operands_say_why_a_rule_failed() {
        let calendar = Calendar::default();
        let mut scope = Scope::new(&calendar);
        scope.bind("meeting", meeting());
        let rule = Expression::compile(
            "meeting.present * 3 >= meeting.entitled * 2 && meeting.presided_by.role == \"chair\" && meeting.items.all(i, i.no > 0)",
        )
        .unwrap();
        let operands: Vec<_> = rule.operands(&mut scope).into_iter().map(|(path, _)| path).collect();
        assert_eq!(operands, ["meeting.present", "meeting.entitled", "meeting.presided_by.role"]);
    }
}
