//! `docs/rules.md`: every built-in rule, from the packs and from the table of the rules written in Rust.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use gongshi::diagnostic::Severity;
use gongshi::diagnostic::rules::{RULES, family_title};
use gongshi::language::Language;
use gongshi::source::Files;
use gongshi::workflow::{Explanation, Workflow, Workflows, add_built_in, explain};

use super::cell;

/// What stands above the tables.
const INTRODUCTION: &str = "\
# Rules 规则

Every rule that comes with the program. Rules of a procedure stand in rule packs, which are data
(`src/workflow/packs`, [how to write one](rule-packs.md)); rules of the file format stand in Rust. `gongshi rule ID` explains one
with its examples, and each rule has a page on the website.

An **error** is a record that contradicts itself or cannot be read: the site is not published until it is mended. A **finding** is
a departure from the procedure: it is published with the record. A **warning** is advice.

程序自带的全部规则。工作法的规则写在规则文件里，是数据，不是代码（[怎样编写](rule-packs.md)）；文件格式的规则写在程序里。`gongshi rule 编号`
给出解释和例子，网站上每条规则也有一页。

**错误**是记录自相矛盾或者读不懂，改正之前不能发布；**发现**是过程与规定不符，随记录一起公布；**提醒**只是建议。

";

/// Writes the page.
pub(crate) fn page() -> String {
    let workflows = built_in();
    let mut text = INTRODUCTION.to_owned();
    contents(&workflows, &mut text);
    for workflow in workflows.iter() {
        pack(workflow, &mut text);
    }
    of_files(&mut text);
    text
}

/// Reads the built-in packs.
fn built_in() -> Workflows {
    let (mut files, mut faults) = (Files::default(), Vec::new());
    add_built_in(&mut files);
    let headers = gongshi::record::headers(&files, &mut faults);
    Workflows::read(&files, &headers, &mut faults)
}

/// Counts the rules of each pack.
fn contents(workflows: &Workflows, text: &mut String) {
    text.push_str("| pack 规则文件 | | rules 规则数 |\n|---|---|--:|\n");
    for workflow in workflows.iter() {
        let _ = writeln!(
            text,
            "| `{}` | {} {} | {} |",
            workflow.path.trim_start_matches("<built-in>/"),
            workflow.title.zh,
            workflow.title.en,
            workflow.rules.len()
        );
    }
    let ids: BTreeSet<&str> = workflows.rules().map(|(_, rule)| rule.id.as_str()).collect();
    let _ = writeln!(text, "| | 文件格式 File format | {} |\n", RULES.len());
    let _ =
        writeln!(text, "{} rules of procedures have an id of their own; the two versions of the law share theirs.\n", ids.len());
}

/// Lists the rules of a pack.
fn pack(workflow: &Workflow, text: &mut String) {
    let file = workflow.path.trim_start_matches("<built-in>/");
    let _ = writeln!(text, "## {} {}\n", workflow.title.zh, workflow.title.en);
    let from = workflow.effective.0.map(|day| format!(" from {day}")).unwrap_or_default();
    let to = workflow.effective.1.map(|day| format!(" to {day}")).unwrap_or_default();
    let _ = writeln!(
        text,
        "[`{file}`](../src/workflow/packs/{file}){}\n",
        if from.is_empty() { String::new() } else { format!(", in force{from}{to}") }
    );
    if !workflow.basis.is_empty() {
        for basis in &workflow.basis {
            let _ = writeln!(text, "- {} {}", basis.title.zh, basis.title.en);
        }
        text.push('\n');
    }
    text.push_str("| id | rule 规则 | severity 性质 | judges 对象 | threshold 门槛 | basis 依据 |\n|---|---|---|---|---|---|\n");
    for rule in &workflow.rules {
        row(&explain(workflow, rule), text);
    }
    text.push('\n');
}

/// Writes the row of a rule.
fn row(rule: &Explanation, text: &mut String) {
    let both = |words: &gongshi::language::Text| {
        if words.zh == words.en { cell(&words.zh) } else { format!("{}<br>{}", cell(&words.zh), cell(&words.en)) }
    };
    let judges = rule.applies_to.object();
    let _ = writeln!(
        text,
        "| `{}` | {} | {} | `{}` {} | {} | {} |",
        rule.id,
        both(&rule.title),
        severity(rule.severity),
        judges.name,
        judges.zh,
        both(&rule.threshold),
        both(&rule.basis)
    );
}

/// Lists the rules of the file format.
fn of_files(text: &mut String) {
    text.push_str("## 文件格式 File format\n\n");
    let mut last = "";
    for rule in RULES {
        if rule.family() != last {
            last = rule.family();
            let title = family_title(last).unwrap_or_default();
            let _ = writeln!(
                text,
                "\n### `{last}` {} {}\n\n| id | rule 规则 | severity 性质 | why 为什么 |\n|---|---|---|---|",
                title.zh, title.en
            );
        }
        let (title, why) = (rule.title(), rule.why());
        let _ = writeln!(
            text,
            "| `{}` | {}<br>{} | {} | {}<br>{} |",
            rule.id,
            cell(&title.zh),
            cell(&title.en),
            severity(rule.severity),
            cell(&why.zh),
            cell(&why.en)
        );
    }
}

fn severity(severity: Severity) -> String {
    format!("{} {}", severity.word(Language::Chinese), severity.word(Language::English))
}
