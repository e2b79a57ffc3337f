//! `docs/views.md`: all that a template may see, from the doc comments of the typed views.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use gongshi::site::view::{PARTS, TEMPLATES};

use super::{anchor, cell, project, read};

/// What stands above the tables.
const INTRODUCTION: &str = "\
# Views 视图

All that a template may see: `site` and `page` on every page, and one `view` for each template. Numbers and dates are written
out already, links are relative to the page, prose is safe HTML. Nothing is ever left out: an absent value is null, an empty list
`[]`, an absent text `\"\"`. [Themes](themes.md) says how templates use it.

模板能用到的全部数据：每一页都有 `site` 和 `page`，每个模板另有一个 `view`。数字和日期已经按页面语言写好，链接已经相对于本页，正文是安全的 HTML。
任何字段都不会缺席：没有值是 null，空列表是 `[]`，没有文字是 `\"\"`。用法见[主题](themes.md)。

";

/// A struct or an enum of the views.
#[derive(Debug, Default)]
struct Item {
    doc: String,
    /// Name, type and meaning of each field.
    fields: Vec<(String, String, String)>,
    /// The values, where it is one of a few.
    values: Vec<(String, String)>,
    /// The type that it is shown as, where it only has a template of its own.
    inner: Option<String>,
}

/// Writes the page.
pub(crate) fn page() -> String {
    let items = items();
    let mut text = INTRODUCTION.to_owned();
    let mut described = BTreeSet::new();
    let shown_as = |root: String| items.get(&root).and_then(|item| item.inner.clone()).unwrap_or(root);
    let roots: Vec<_> = roots().into_iter().map(|(name, place, root)| (name, place, shown_as(root))).collect();
    text.push_str("| name | where | type |\n|---|---|---|\n");
    for (name, place, root) in &roots {
        let _ = writeln!(text, "| `{name}` | {place} | [{root}](#{}) |", anchor(root));
    }
    text.push('\n');
    for (_, _, root) in &roots {
        describe(root, &items, "##", &mut described, &mut text);
    }
    text
}

/// Returns what a template is given: the name, the template, the type.
fn roots() -> Vec<(&'static str, String, String)> {
    let source = read("src/site/view/mod.rs");
    let (_, table) = source.split_once("\ntemplates! {").expect("the table of templates");
    let (table, _) = table.split_once("\n}").expect("the end of the table");
    let views = table.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(" => "));
    let views: Vec<_> = views.map(|(view, name)| ("view", format!("`{}`", name.trim_matches('"')), view.to_owned())).collect();
    assert_eq!(views.len(), TEMPLATES.len() + PARTS.len(), "a row of the table was not understood");
    let everywhere = [("site", "Site", "every template"), ("page", "Page", "every page"), ("frame", "Frame", "every page")]
        .map(|(name, root, place)| (name, place.to_owned(), root.to_owned()));
    everywhere.into_iter().chain(views).collect()
}

/// Describes a type, then those that it holds and that were not described yet.
fn describe(name: &str, items: &BTreeMap<String, Item>, level: &str, described: &mut BTreeSet<String>, text: &mut String) {
    let Some(item) = items.get(name) else { return };
    if !described.insert(name.to_owned()) {
        return;
    }
    let _ = writeln!(text, "{level} {name}\n\n{}\n", item.doc);
    if !item.fields.is_empty() {
        text.push_str("| field | type | meaning |\n|---|---|---|\n");
        for (field, shape, doc) in &item.fields {
            let _ = writeln!(text, "| `{field}` | {} | {} |", linked(shape, items), cell(doc));
        }
        text.push('\n');
    }
    if !item.values.is_empty() {
        text.push_str("| value | meaning |\n|---|---|\n");
        for (value, doc) in &item.values {
            let _ = writeln!(text, "| `{value}` | {} |", cell(doc));
        }
        text.push('\n');
    }
    for (_, shape, _) in &item.fields {
        for part in names(shape) {
            describe(part, items, "###", described, text);
        }
    }
}

/// Returns the names in a type.
fn names(shape: &str) -> impl Iterator<Item = &str> {
    shape.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty())
}

/// Writes a type in words, with links to those described here.
fn linked(shape: &str, items: &BTreeMap<String, Item>) -> String {
    let within = |wrapper: &str| shape.strip_prefix(wrapper).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = within("Option<") {
        return format!("{} or null", linked(inner, items));
    }
    if let Some(inner) = within("Vec<") {
        return format!("list of {}", linked(inner, items));
    }
    if let Some(inner) = within("Laid<") {
        return format!("HTML of a list of {}", linked(inner, items));
    }
    if let Some(inner) = within("Box<").or(within("Shared<")) {
        return linked(inner, items);
    }
    match shape {
        "String" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" => "whole number".to_owned(),
        name if items.contains_key(name) => format!("[{name}](#{})", anchor(name)),
        other => format!("`{other}`"),
    }
}

/// Reads the types of the views out of their sources.
fn items() -> BTreeMap<String, Item> {
    let mut items = BTreeMap::new();
    for entry in std::fs::read_dir(project("src/site/view")).expect("the folder of the views").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().extension().is_some_and(|extension| extension == "rs")
            && !matches!(name.as_str(), "sample.rs" | "shape.rs")
        {
            read_items(&read(&format!("src/site/view/{name}")), &mut items);
        }
    }
    items
}

/// Reads the types of one source: doc comments, fields and values, as `cargo fmt` writes them.
fn read_items(source: &str, items: &mut BTreeMap<String, Item>) {
    let (mut doc, mut open): (Vec<&str>, Option<String>) = (Vec::new(), None);
    for line in source.lines() {
        let trimmed = line.trim();
        if let Some(words) = trimmed.strip_prefix("///") {
            doc.push(words.trim());
            continue;
        }
        if trimmed.starts_with("#[") {
            continue;
        }
        let said = std::mem::take(&mut doc).join(" ");
        let head = trimmed.strip_prefix("pub struct ").or_else(|| trimmed.strip_prefix("pub enum "));
        // What wraps any type is none of its own.
        let head = head.filter(|head| !head.contains('<'));
        if let Some(name) = head {
            let inner = name.split_once("(pub ").and_then(|(_, rest)| rest.strip_suffix(");")).map(str::to_owned);
            let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
            items.insert(name.clone(), Item { doc: said, inner, ..Item::default() });
            open = trimmed.ends_with('{').then_some(name);
        } else if trimmed == "}" && line == "}" {
            open = None;
        } else if let Some(item) = open.as_ref().and_then(|name| items.get_mut(name)) {
            member(trimmed, said, item);
        }
    }
}

/// Reads one field or one value.
fn member(line: &str, said: String, item: &mut Item) {
    let line = line.trim_end_matches(',');
    if let Some((name, shape)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")) {
        item.fields.push((name.trim_start_matches("r#").to_owned(), shape.to_owned(), said));
    } else if !said.is_empty() && line.chars().all(char::is_alphanumeric) {
        item.values.push((kebab(line), said));
    }
}

/// Writes a value as the templates see it: `NotMet` is `not-met`.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for (n, c) in name.chars().enumerate() {
        if c.is_uppercase() && n > 0 {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}
