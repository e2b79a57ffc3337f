//! `gongshi rule`: the rules, listed and explained.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::arguments::{Listing, Rule};
use super::{End, Failure, Session};
use crate::diagnostic::Severity;
use crate::diagnostic::rules::{self, FileRule};
use crate::language::{Language, Text};
use crate::pipeline::Fault;
use crate::record::check::closest;
use crate::source::Files;
use crate::workflow::{Explanation, Workflows, add_built_in, explain};

pub(super) fn run(command: &Rule, session: &mut Session) -> Result<End, Failure> {
    let all = Rules::of(&command.site, session)?;
    let language = session.language();
    let text = match command.id.as_deref() {
        None => all.list(None, command.format, language),
        Some(id) if all.has_family(id) => all.list(Some(id), command.format, language),
        Some(id) => all.one(id, command.format, language)?,
    };
    session.terminal.print(&text)?;
    Ok(End::Good)
}

/// Every rule: those of the file format, then those of the procedures.
struct Rules {
    of_packs: Vec<Explanation>,
}

impl Rules {
    /// Reads the built-in packs, and those of the site if there is one.
    fn of(site: &Path, session: &mut Session) -> Result<Self, Failure> {
        let mut files = match session.find(site) {
            Ok(found) => found.into_files(),
            // Without a site, there are the built-in packs.
            Err(Fault::NoContent(_) | Fault::NoSite(_)) => Files::default(),
            Err(fault) => return Err(fault.into()),
        };
        add_built_in(&mut files);
        // Faults of packs are the business of `check`; here the sound rules are shown.
        let mut ignored = Vec::new();
        let headers = crate::record::headers(&files, &mut ignored);
        let workflows = Workflows::read(&files, &headers, &mut ignored);
        Ok(Self { of_packs: workflows.rules().map(|(workflow, rule)| explain(workflow, rule)).collect() })
    }

    fn has_family(&self, family: &str) -> bool {
        self.of_packs.iter().any(|rule| family_of(&rule.id) == family) || rules::family_title(family).is_some()
    }

    /// Lists all rules or those of a family.
    fn list(&self, family: Option<&str>, format: Listing, language: Language) -> String {
        let wanted = |id: &str| family.is_none_or(|family| family_of(id) == family);
        let of_files: Vec<_> = rules::RULES.iter().filter(|rule| wanted(rule.id)).collect();
        let of_packs: Vec<_> = self.of_packs.iter().filter(|rule| wanted(&rule.id)).collect();
        if format == Listing::Json {
            let all = of_files.iter().map(|rule| file_json(rule)).chain(of_packs.iter().map(|rule| pack_json(rule)));
            return format!("{:#}\n", Value::Array(all.collect()));
        }
        let mut lines = Lines { out: String::new(), heading: String::new(), language, count: 0 };
        for rule in &of_files {
            let heading = rules::family_title(rule.family()).unwrap_or_default();
            lines.rule(&heading, rule.family(), rule.id, rule.severity, &rule.title());
        }
        for rule in &of_packs {
            lines.rule(&rule.workflow, &rule.pack, &rule.id, rule.severity, &rule.title);
        }
        let count = lines.count;
        let end = crate::text!(
            "\n共 {count} 条规则；`gongshi rule 编号` 查看解释\n",
            "\n{count} rules; `gongshi rule ID` explains one\n"
        );
        lines.out + end.get(language)
    }

    /// Explains a rule; a rule that differs from version to version once for each.
    fn one(&self, id: &str, format: Listing, language: Language) -> Result<String, Failure> {
        let of_packs: Vec<_> = self.of_packs.iter().filter(|rule| rule.id == id).collect();
        let of_files = rules::find(id);
        if of_packs.is_empty() && of_files.is_none() {
            return Err(self.unknown(id));
        }
        if format == Listing::Json {
            let all = of_files.map(file_json).into_iter().chain(of_packs.iter().map(|rule| pack_json(rule)));
            return Ok(format!("{:#}\n", Value::Array(all.collect())));
        }
        let texts = of_files.map(|rule| file_text(rule, language)).into_iter();
        let texts = texts.chain(of_packs.iter().map(|rule| pack_text(rule, language)));
        Ok(texts.collect::<Vec<_>>().join("\n"))
    }

    fn unknown(&self, id: &str) -> Failure {
        let failure = Failure::new(crate::text!("没有规则 `{id}`", "there is no rule `{id}`"));
        let near = self.near(id);
        if near.is_empty() {
            return failure.help(Text::new("`gongshi rule` 列出全部规则", "`gongshi rule` lists them all"));
        }
        let near: Vec<String> = near.iter().map(|near| format!("`{near}`")).collect();
        let (zh, en) = (near.join("、"), near.join(", "));
        failure.help(crate::text!("你是不是要写 {zh}？", "did you mean {en}?"))
    }

    /// Returns what may have been meant: the rules of a bare name, else the nearest rule or family, else those of the nearest name.
    fn near<'r>(&'r self, id: &str) -> Vec<&'r str> {
        let of_files = rules::RULES.iter().map(|rule| rule.id);
        let mut known: Vec<&str> = of_files.chain(self.of_packs.iter().map(|rule| rule.id.as_str())).collect();
        let mut seen = BTreeSet::new();
        known.retain(|id| seen.insert(*id));
        let named = |name: &str| known.iter().copied().filter(|id| name_of(id) == name).collect::<Vec<_>>();
        let same = named(id);
        if !same.is_empty() {
            return same;
        }
        let families = known.iter().map(|id| family_of(id));
        match closest(id, known.iter().copied().chain(families)) {
            Some(near) => vec![near],
            None => closest(id, known.iter().map(|id| name_of(id))).map(named).unwrap_or_default(),
        }
    }
}

fn family_of(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

/// Returns the name of a rule within its family.
fn name_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, name)| name)
}

/// Writes the list of rules under headings.
struct Lines {
    out: String,
    heading: String,
    language: Language,
    count: usize,
}

impl Lines {
    fn rule(&mut self, heading: &Text, source: &str, id: &str, severity: Severity, title: &Text) {
        let heading = format!("{} ({source})", heading.get(self.language));
        if heading != self.heading {
            let gap = if self.out.is_empty() { "" } else { "\n" };
            let _ = writeln!(self.out, "{gap}{heading}");
            self.heading = heading;
        }
        let (severity, title) = (severity.word(self.language), title.get(self.language));
        let _ = writeln!(self.out, "  {id:<40} {severity}  {title}");
        self.count += 1;
    }
}

/// Writes lines of label and value, leaving out those without a value; a value of several lines stands below its label.
fn sheet(id: &str, title: &str, rows: &[(Text, String)], language: Language) -> String {
    let mut out = format!("{id}\n{title}\n\n");
    for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        let (label, value) = (label.get(language), value.trim_end());
        let _ = match language {
            _ if value.contains('\n') => writeln!(out, "{label}:\n    {}", value.replace('\n', "\n    ")),
            Language::Chinese => writeln!(out, "{label}：{value}"),
            Language::English => writeln!(out, "{label}: {value}"),
        };
    }
    out
}

fn file_text(rule: &FileRule, language: Language) -> String {
    let rows = [
        (Text::new("性质", "severity"), rule.severity.word(language).to_owned()),
        (Text::new("说明", "meaning"), rule.why().get(language).to_owned()),
    ];
    sheet(rule.id, rule.title().get(language), &rows, language)
}

fn pack_text(rule: &Explanation, language: Language) -> String {
    let kind = rule.applies_to.object();
    let rows = [
        (Text::new("工作法", "procedure"), rule.workflow.get(language).to_owned()),
        (Text::new("步骤", "step"), rule.step.as_ref().map(|step| step.get(language).to_owned()).unwrap_or_default()),
        (Text::new("性质", "severity"), rule.severity.word(language).to_owned()),
        (Text::new("对象", "applies to"), Text::new(kind.zh, kind.name).get(language).to_owned()),
        (Text::new("门槛", "threshold"), rule.threshold.get(language).to_owned()),
        (Text::new("适用条件", "when"), rule.condition.clone()),
        (Text::new("要求", "requires"), rule.expression.clone()),
        (Text::new("不符合时", "when it fails"), rule.message.get(language).to_owned()),
        (Text::new("怎么办", "what to do"), rule.help.get(language).to_owned()),
        (Text::new("依据", "basis"), rule.basis.get(language).to_owned()),
        (Text::new("加严", "tightens"), rule.tightens.clone().unwrap_or_default()),
        (Text::new("符合的例子", "passes"), rule.passing.join("\n")),
        (Text::new("不符合的例子", "fails"), rule.failing.join("\n")),
        (Text::new("规则文件", "pack"), rule.pack.clone()),
    ];
    sheet(&rule.id, rule.title.get(language), &rows, language)
}

fn file_json(rule: &FileRule) -> Value {
    json!({"id": rule.id, "severity": rule.severity, "title": rule.title(), "meaning": rule.why()})
}

fn pack_json(rule: &Explanation) -> Value {
    json!({
        "id": rule.id,
        "severity": rule.severity,
        "title": rule.title,
        "procedure": rule.workflow,
        "step": rule.step,
        "applies_to": rule.applies_to.name(),
        "threshold": (!rule.threshold.is_empty()).then_some(&rule.threshold),
        "when": rule.condition,
        "requires": rule.expression,
        "message": rule.message,
        "help": rule.help,
        "basis": rule.basis,
        "tightens": rule.tightens,
        "passes": rule.passing,
        "fails": rule.failing,
        "pack": rule.pack,
    })
}
