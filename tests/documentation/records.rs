//! `docs/records.md`: every kind of record with every key, from the field table.

use std::fmt::Write as _;

use gongshi::field::{CHOICES, Choices, FORMS, Field, Kind, Object, Shape};
use gongshi::source::Files;
use gongshi::workflow::{Workflows, add_built_in};

use super::{anchor, cell};

/// What stands above the tables.
const INTRODUCTION: &str = "\
# Records 记录

Every kind of record and every key that it may hold, from the table that the program itself reads records by
(`src/field`). A key is written in English or in Chinese, and both may stand in one file; the same goes for `kind` and for the
values of [lists of choices](#values-选项). A key with ● must be there. A kind of record is a file: `.yaml`, or `.md` with the
keys between two `---` lines and text below. `gongshi new KIND` writes one with comments, `gongshi schema KIND` prints its JSON
Schema for an editor, and `gongshi check` says what is wrong.

本页列出每种记录的全部键，由程序读取记录时所用的同一张表生成。键可以写英文，也可以写中文，同一个文件里可以混用；`kind`（类型）的值和
[选项](#values-选项)的值也是如此。带 ● 的键必须填写。一个文件就是一条记录：`.yaml` 文件，或者开头是两行 `---` 之间的 YAML、下面是正文的
`.md` 文件。`gongshi new 类型` 生成带注释的样本，`gongshi schema 类型` 输出供编辑器使用的 JSON Schema，`gongshi check` 指出错在哪里。

| type | 类型 | how it is written 写法 |
|---|---|---|
| line | 一行文字 | text without a line break |
| text | 文字 | text of any length |
| whole number | 整数 | `41`; bounds are given where there are any |
| money | 金额 | `96000.00`, at most two decimals; exact, never rounded |
| decimal | 小数 | `87.5`, at most four decimals |
| share | 比例 | `90%` or `2/3` |
| bound | 界限 | `15`, `2/3` or `60%` |
| date | 日期 | `2026-03-18` |
| time | 时刻 | `\"14:00\"` |
| period | 时期 | `2026`, `2026-H1`, `2026-Q1`, `2026-03` |
| yes or no | 是否 | `true` or `false` |
| person | 人名 | a name; it appears as `names` in `site.yaml` says |
| id | 编号 | lower-case letters, digits and hyphens, or Chinese |
| → kind | 引用 | the file name of another record without its extension: `2026-03-18-congress` in the same area, `/qinghe/matters/2026-001-bridge` from `content` |
| opinion | 意见引用 | register and number: `2026-q1/3` |
| body | 机构引用 | the id of a body of the same area |
| workflow | 工作法引用 | the id of a rule pack: `eight-step` |
| file | 文件 | the name of a file beside the record |
| expression | 表达式 | an expression of a rule, see [rule packs](rule-packs.md) |
| list of … | 列表 | a YAML list |
| map of … | 映射 | ids as keys, values of one type |

";

/// Writes the page.
pub(crate) fn page() -> String {
    let mut page = Page { text: INTRODUCTION.to_owned(), described: Vec::new() };
    page.contents();
    for kind in Kind::ALL {
        page.object(kind.object(), "##");
        page.parts(kind.object());
    }
    page.forms();
    page.choices();
    page.text
}

/// A page under way.
struct Page {
    text: String,
    described: Vec<&'static Object>,
}

impl Page {
    /// Lists the kinds.
    fn contents(&mut self) {
        self.text.push_str("## Kinds 记录类型\n\n| kind | 类型 | what it is |\n|---|---|---|\n");
        for kind in Kind::ALL {
            let object = kind.object();
            let _ = writeln!(self.text, "| [`{}`](#{}) | {} | {} |", object.name, anchor(&heading(object)), object.zh, object.en);
        }
        self.text.push('\n');
    }

    /// Describes an object: a heading and a row for each key.
    fn object(&mut self, object: &'static Object, level: &str) {
        self.described.push(object);
        let _ = writeln!(self.text, "{level} {}\n\n{}.\n", heading(object), capital(object.en));
        self.text.push_str("| key | 中文 | type | | meaning | 含义 |\n|---|---|---|:-:|---|---|\n");
        for field in object.fields {
            let required = if field.required { "●" } else { "" };
            let (key, zh, shape) = (field.key, field.zh, shape(&field.shape));
            let _ = writeln!(
                self.text,
                "| `{key}` | `{zh}` | {shape} | {required} | {} | {} |",
                cell(field.meaning_en),
                cell(field.meaning_zh)
            );
        }
        self.text.push('\n');
    }

    /// Describes the objects that an object holds and that were not described yet.
    fn parts(&mut self, object: &'static Object) {
        for part in object.fields.iter().filter_map(|field: &Field| held(&field.shape)) {
            if !self.described.iter().any(|known| std::ptr::eq(*known, part)) {
                self.object(part, "###");
                self.parts(part);
            }
        }
    }

    /// Describes the evidence of steps, and which steps of the built-in procedures take it.
    fn forms(&mut self) {
        self.text.push_str(
            "## Steps 步骤\n\nWhat stands at a step's key under `steps` of a matter. A rule pack names one of these forms for each of its steps.\n\n\
             事项的 `steps` 下每一步填写的内容。工作法文件为每一步指明采用哪种形式。\n\n| form 形式 | type 类型 | steps that take it 采用它的步骤 |\n|---|---|---|\n",
        );
        let workflows = built_in();
        for form in FORMS {
            let mut steps = Vec::new();
            for workflow in workflows.iter() {
                let own = workflow.steps.iter().filter(|step| step.form.name == form.name);
                steps.extend(own.map(|step| format!("`{}` {} ({})", step.id, step.title.zh, workflow.id)));
            }
            steps.dedup();
            let _ = writeln!(self.text, "| `{}` | {} | {} |", form.name, shape(&form.shape), steps.join("<br>"));
        }
        self.text.push('\n');
        for object in FORMS.iter().filter_map(|form| held(&form.shape)) {
            if !self.described.iter().any(|known| std::ptr::eq(*known, object)) {
                self.object(object, "###");
            }
            self.parts(object);
        }
    }

    /// Lists the values of each list of choices.
    fn choices(&mut self) {
        self.text
            .push_str("## Values 选项\n\nThe Chinese spelling of a value means the same.\n\n值可以写英文，也可以写中文。\n\n");
        for list in CHOICES {
            let _ = writeln!(self.text, "### {}\n\n| value | 中文 | meaning |\n|---|---|---|", title(list));
            for (value, zh, en) in list.values {
                let _ = writeln!(self.text, "| `{value}` | `{zh}` | {en} |");
            }
            self.text.push('\n');
        }
    }
}

/// Reads the built-in procedures.
fn built_in() -> Workflows {
    let (mut files, mut faults) = (Files::default(), Vec::new());
    add_built_in(&mut files);
    let headers = gongshi::record::headers(&files, &mut faults);
    Workflows::read(&files, &headers, &mut faults)
}

fn heading(object: &Object) -> String {
    format!("`{}` {}", object.name, object.zh)
}

fn title(list: &Choices) -> String {
    format!("Values of `{}`", list.name)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Returns the object that a shape holds.
fn held(shape: &'static Shape) -> Option<&'static Object> {
    match shape {
        Shape::Object(object) => Some(object),
        Shape::List(element) | Shape::Table(element) => held(element),
        _ => None,
    }
}

/// Names the type of a value, with links.
fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Line => "line".to_owned(),
        Shape::Prose => "text".to_owned(),
        Shape::Integer(from, to) if *to >= 1_000_000_000 => format!("whole number ≥ {from}"),
        Shape::Integer(from, to) => format!("whole number {from}–{to}"),
        Shape::Money => "money".to_owned(),
        Shape::Decimal => "decimal".to_owned(),
        Shape::Share => "share".to_owned(),
        Shape::Bound => "bound".to_owned(),
        Shape::Date => "date".to_owned(),
        Shape::Time => "time".to_owned(),
        Shape::Period => "period".to_owned(),
        Shape::Flag => "yes or no".to_owned(),
        Shape::Person => "person".to_owned(),
        Shape::Id => "id".to_owned(),
        Shape::Choice(list) => format!("[{}](#{})", list.name, anchor(&title(list))),
        Shape::Reference(kinds) => kinds.iter().map(|kind| format!("→ {}", kind.name())).collect::<Vec<_>>().join(", "),
        Shape::OpinionReference => "opinion".to_owned(),
        Shape::Body => "body".to_owned(),
        Shape::Workflow => "workflow".to_owned(),
        Shape::Attachment => "file".to_owned(),
        Shape::Expression => "expression".to_owned(),
        Shape::Object(object) => format!("[{}](#{})", object.name, anchor(&heading(object))),
        Shape::List(element) => format!("list of {}", self::shape(element)),
        Shape::Table(element) => format!("map of {}", self::shape(element)),
        Shape::Steps => "[steps](#steps-步骤)".to_owned(),
        Shape::Any => "anything".to_owned(),
    }
}
