//! Skeletons: a new record of a kind with comments, in either language, that passes the check as soon as it is in place.
//!
//! Keys that must be there are filled in; the others stand below as comments with an example.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::calendar::{Cycle, Period};
use crate::field::{Field, Kind, Object, Shape};
use crate::language::Language;
use crate::record::choice::Level;
use crate::record::{Forms, StepForm, placeholder};

/// What a skeleton is made for.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// The language of the keys, values and comments.
    pub language: Language,
    /// Today, which dates begin with.
    pub date: Date,
    /// The title of the record, or the name of the area.
    pub title: Option<String>,
    /// The id of a body of the area, for meetings, inquiries, rosters and elections.
    pub body: Option<String>,
    /// The term of that body, for rosters.
    pub term: Option<(Date, Option<Date>)>,
    /// The workflow that the area has adopted, for matters.
    pub workflow: Option<String>,
    /// The level of the place, for areas.
    pub level: Level,
    /// The name of a contract of the area, for assessments.
    pub contract: Option<String>,
    /// The steps of each workflow.
    pub forms: &'a Forms,
}

/// Returns the folder of an area that records of a kind lie in by custom; empty for those that lie at its top.
pub fn folder(kind: Kind) -> &'static str {
    match kind {
        Kind::Site | Kind::Calendar | Kind::Area => "",
        Kind::Opinions => "opinions",
        Kind::Matter => "matters",
        Kind::Meeting => "meetings",
        Kind::Contract | Kind::Assessment => "assessments",
        Kind::Finance => "finance",
        Kind::Inquiry => "inquiries",
        Kind::Case => "cases",
        Kind::Disclosure => "disclosures",
        Kind::Survey => "surveys",
        Kind::Catalogue => "catalogues",
        Kind::Delegates => "delegates",
        Kind::Election => "elections",
        Kind::Programme => "programmes",
        Kind::Workflow => "workflows",
    }
}

/// Returns the extension of the file of a kind: `md` where a text belongs below the header.
pub fn extension(kind: Kind) -> &'static str {
    match kind {
        Kind::Matter | Kind::Meeting | Kind::Inquiry | Kind::Case | Kind::Programme => "md",
        _ => "yaml",
    }
}

/// Writes the skeleton of a kind of record.
pub fn skeleton(kind: Kind, setting: &Setting<'_>) -> String {
    let mut writer = Writer { setting, kind, out: String::new() };
    let markdown = extension(kind) == "md";
    if markdown {
        writer.out.push_str("---\n");
    }
    if kind == Kind::Workflow {
        writer.pack();
    } else {
        writer.record();
    }
    if markdown {
        writer.out.push_str("---\n\n");
        writer.out.push_str(setting.pick(placeholder::body(kind)));
        writer.out.push('\n');
    }
    writer.out
}

impl Setting<'_> {
    /// Picks the wording of the language.
    fn pick<'t>(&self, (zh, en): (&'t str, &'t str)) -> &'t str {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    /// Returns the steps of the workflow.
    fn steps(&self) -> &[StepForm] {
        let steps = self.workflow.as_ref().and_then(|id| self.forms.get(id));
        steps.or_else(|| self.forms.values().find(|steps| !steps.is_empty())).map_or(&[], Vec::as_slice)
    }

    /// Returns the workflow: the one given, or the first that has steps.
    fn workflow(&self) -> String {
        let first = || self.forms.iter().find(|(_, steps)| !steps.is_empty()).map(|(id, _)| id.clone());
        self.workflow.clone().or_else(first).unwrap_or_else(|| "eight-step".to_owned())
    }
}

/// Writes one skeleton.
struct Writer<'s> {
    setting: &'s Setting<'s>,
    kind: Kind,
    out: String,
}

impl Writer<'_> {
    /// Writes the keys of a record: those required, then the others as comments.
    fn record(&mut self) {
        let object = self.kind.object();
        let (filled, others): (Vec<_>, Vec<_>) = object.fields.iter().partition(|field| field.required || field.key == "kind");
        for field in filled {
            let value = self.filled(object, field);
            self.line("", field, &value);
        }
        if others.is_empty() {
            return;
        }
        let heading = self.setting.pick(("以下可选，需要时去掉行首的 #", "optional below: take away the # in front"));
        let _ = writeln!(self.out, "\n# {heading}");
        for field in others {
            let value = self.example(&field.shape, field.key);
            self.line("# ", field, &value);
        }
    }

    /// Writes one key with its value and what it means.
    fn line(&mut self, before: &str, field: &Field, value: &str) {
        let key = self.setting.pick((field.zh, field.key));
        let meaning = self.setting.pick((field.meaning_zh, field.meaning_en));
        let _ = match value.split_once('\n') {
            Some((_, block)) => writeln!(self.out, "{before}{key}:  # {meaning}\n{block}"),
            None => writeln!(self.out, "{before}{key}: {value}  # {meaning}"),
        };
    }

    /// Returns the value of a key that is filled in.
    fn filled(&self, object: &'static Object, field: &'static Field) -> String {
        let setting = self.setting;
        match (self.kind, field.key) {
            (_, "kind") => setting.pick((object.zh, object.name)).to_owned(),
            (_, "title" | "name") => self.title(),
            (_, "workflow") => setting.workflow(),
            (Kind::Area, "level") => setting.pick((setting.level.label().zh.as_str(), setting.level.name())).to_owned(),
            (Kind::Matter, "steps") => self.first_step(),
            (Kind::Delegates, "term") => self.term(),
            (Kind::Election, "outcome") => setting.pick(("未选出", "failed")).to_owned(),
            (Kind::Contract, "indicators") => self.indicators(),
            (Kind::Contract, "grades") => self.grades(),
            (Kind::Programme, "term") => self.year(),
            (Kind::Programme, "projects") => setting.pick((PROJECTS_ZH, PROJECTS_EN)).to_owned(),
            (Kind::Programme, "indicators") => self.targets(),
            (Kind::Catalogue, "items") => setting.pick((ITEMS_ZH, ITEMS_EN)).to_owned(),
            (_, "holidays" | "items" | "members" | "results" | "matters" | "income" | "expenditure") => "[]".to_owned(),
            _ => self.example(&field.shape, field.key),
        }
    }

    /// Returns the title, in quotes where YAML needs them.
    fn title(&self) -> String {
        let title = self.setting.title.clone();
        let title = title.unwrap_or_else(|| self.setting.pick(placeholder::WORDS).to_owned());
        let plain = title.chars().all(|c| c.is_alphanumeric() || " ，、。（）《》".contains(c));
        let starts = title.starts_with(|c: char| c.is_alphabetic());
        if plain && starts { title } else { format!("{title:?}") }
    }

    /// Returns the first step of the workflow with what it requires.
    fn first_step(&self) -> String {
        let Some(step) = self.setting.steps().first() else {
            return "{}".to_owned();
        };
        let key = self.setting.pick((&step.title_zh, &step.id));
        format!("\n  {key}: {}", self.example(&step.form.shape, &step.id))
    }

    /// Returns the term of the body, else one that begins on the day.
    fn term(&self) -> String {
        let (from, to) = self.setting.term.unwrap_or((self.setting.date, None));
        let (from_key, to_key) = self.setting.pick(("开始 截止", "from to")).split_once(' ').unwrap_or(("from", "to"));
        let to = to.map(|to| format!(", {to_key}: {to}")).unwrap_or_default();
        format!("{{{from_key}: {from}{to}}}")
    }

    /// Returns two indicators whose weights add up to 100.
    fn indicators(&self) -> String {
        let lines =
            [("projects", "实事项目完成率", "Projects completed", 60), ("satisfaction", "群众满意率", "Satisfaction", 40)];
        let line = |(id, zh, en, weight): (&str, &str, &str, u32)| {
            let name = self.setting.pick((zh, en));
            let keys = self.setting.pick(("编号 名称 权重", "id name weight"));
            let keys: Vec<&str> = keys.split(' ').collect();
            format!("\n  - {{{}: {id}, {}: {name}, {}: {weight}}}", keys[0], keys[1], keys[2])
        };
        lines.map(line).concat()
    }

    /// Returns grades down to 0.
    fn grades(&self) -> String {
        let grades = [("优秀", "Excellent", 90), ("良好", "Good", 80), ("合格", "Pass", 60), ("不合格", "Fail", 0)];
        let (name, bound) = (self.setting.pick(("名称", "name")), self.setting.pick(("不低于", "at_least")));
        let line =
            |(zh, en, least): (&str, &str, u32)| format!("\n  - {{{name}: {}, {bound}: {least}}}", self.setting.pick((zh, en)));
        grades.map(line).concat()
    }

    /// Returns the days of the year.
    fn year(&self) -> String {
        let year = Period::of(Cycle::Year, self.setting.date);
        let (from, to) = self.setting.pick(("开始 截止", "from to")).split_once(' ').unwrap_or_default();
        format!("{{{from}: {}, {to}: {}}}", year.first(), year.last())
    }

    /// Returns two indicators with targets at the end of the year.
    fn targets(&self) -> String {
        let by = Period::of(Cycle::Year, self.setting.date).last();
        self.setting.pick((TARGETS_ZH, TARGETS_EN)).replace("BY", &by.to_string())
    }

    /// Returns an example of a shape, on one line.
    fn example(&self, shape: &'static Shape, key: &str) -> String {
        let setting = self.setting;
        let year = Period::of(Cycle::Year, setting.date);
        match shape {
            Shape::Integer(low, _) if *low > 1000 => setting.date.year().to_string(),
            Shape::Integer(low, _) => (*low).max(0).to_string(),
            Shape::Money => "0.00".to_owned(),
            Shape::Decimal => "0".to_owned(),
            Shape::Share => "90%".to_owned(),
            Shape::Bound => "2/3".to_owned(),
            Shape::Date => setting.date.to_string(),
            Shape::Time => "\"14:00\"".to_owned(),
            Shape::Period if self.kind == Kind::Assessment => Period::of(Cycle::Month, setting.date).to_string(),
            Shape::Period if self.kind == Kind::Contract => year.to_string(),
            Shape::Period => Period::of(Cycle::Quarter, setting.date).to_string(),
            Shape::Flag => setting.pick(("否", "false")).to_owned(),
            Shape::Person => setting.pick(placeholder::PERSON).to_owned(),
            Shape::Choice(choices) => {
                let (value, zh, _) = choices.values[0];
                setting.pick((zh, value)).to_owned()
            }
            Shape::Body => setting.body.clone().unwrap_or_else(|| "committee".to_owned()),
            Shape::Workflow => setting.workflow(),
            Shape::Id => "committee".to_owned(),
            Shape::Reference([Kind::Contract]) => {
                setting.contract.clone().unwrap_or_else(|| format!("{}-contract", setting.date.year()))
            }
            Shape::Reference(kinds) => {
                format!("{}-001-{}", setting.date.year(), kinds.first().map_or("record", |kind| kind.name()))
            }
            Shape::OpinionReference => format!("{}-q1/1", setting.date.year()),
            Shape::Attachment => setting.pick(("方案.pdf", "plan.pdf")).to_owned(),
            Shape::Line | Shape::Prose | Shape::Expression | Shape::Any | Shape::Steps => self.words(key),
            Shape::Object(object) => self.map(object),
            Shape::List(element) => format!("[{}]", self.example(element, key)),
            Shape::Table(element) => format!("{{forum: {}}}", self.example(element, key)),
        }
    }

    /// Returns a map with what it requires, or with its first two keys where it requires nothing.
    fn map(&self, object: &'static Object) -> String {
        let any = object.fields.iter().any(|field| field.required);
        let shown = object.fields.iter().enumerate().filter(|(i, field)| if any { field.required } else { *i < 2 });
        let part = |field: &'static Field| {
            format!("{}: {}", self.setting.pick((field.zh, field.key)), self.example(&field.shape, field.key))
        };
        let parts: Vec<String> = shown.map(|(_, field)| part(field)).collect();
        format!("{{{}}}", parts.join(", "))
    }

    /// Returns words for a text, by its key.
    fn words(&self, key: &str) -> String {
        let words = match key {
            "base_url" => ("https://example.org/", "https://example.org/"),
            "timezone" => ("Asia/Shanghai", "Asia/Shanghai"),
            "licence" => ("CC-BY-4.0", "CC-BY-4.0"),
            "code" => ("\"000000000000\"", "\"000000000000\""),
            "deny" => ("eight-step/posting-days", "eight-step/posting-days"),
            _ => placeholder::WORDS,
        };
        self.setting.pick(words).to_owned()
    }

    /// Writes a rule pack of one step and one rule.
    fn pack(&mut self) {
        self.out.push_str(self.setting.pick((PACK_ZH, PACK_EN)));
    }
}

/// Two items of a catalogue: one that accounts fulfil, one that a disclosure fulfils by naming it.
const ITEMS_ZH: &str = "
  - {编号: accounts, 标题: 收入、支出和结余, 领域: 财务, 依据: 待填写, 频次: 每季度, 时限: 15, 责任主体: 村民委员会, 完成记录: 财务}
  - {编号: low-income-aid, 标题: 最低生活保障, 领域: 村务, 依据: 待填写, 频次: 每半年, 时限: 15, 责任主体: 村民委员会}";

/// The same with English keys.
const ITEMS_EN: &str = "
  - {id: accounts, title: \"Income, expenditure and balance\", sphere: finance, basis: to be written, cadence: quarterly, within: 15, responsible: village-committee, fulfilled_by: finance}
  - {id: low-income-aid, title: Minimum living allowance, sphere: village, basis: to be written, cadence: half-yearly, within: 15, responsible: village-committee}";

/// A project of a programme.
const PROJECTS_ZH: &str = "
  - {编号: roads, 标题: 村组道路, 责任单位: 村民委员会}";

/// The same with English keys.
const PROJECTS_EN: &str = "
  - {id: roads, title: Roads of the village groups, responsible: Village committee}";

/// Two indicators: a floor counted in things, a ceiling.
const TARGETS_ZH: &str = "
  - {编号: hardened, 项目: roads, 名称: 硬化里程, 单位: 公里, 基数: 0, 目标: 12, 期限: BY, 频次: 每季度}
  - {编号: complaints, 名称: 投诉件数, 单位: 件, 方向: 不高于, 目标: 5, 期限: BY}";

/// The same with English keys.
const TARGETS_EN: &str = "
  - {id: hardened, project: roads, name: Roads paved, unit: km, baseline: 0, target: 12, by: BY, cadence: quarterly}
  - {id: complaints, name: Complaints, unit: complaints, direction: at-most, target: 5, by: BY}";

/// A rule pack with Chinese keys where rules allow them.
const PACK_ZH: &str = "\
类型: workflow
编号: my-method  # 事项的“工作法”写这个编号
标题: 我村议事办法
英文标题: Our method
级别: village
步骤:
  - 编号: resolve
    标题: 表决
    英文标题: Resolve
    责任机构: 村民代表大会
    证据形式: resolve
    说明: 村民代表会议逐项表决。
    英文说明: The congress votes on each item.
    起: matter.steps.resolve.meeting.date
规则:
  - 编号: quorum  # 规则的全名是 my-method/quorum
    标题: 到会人数
    英文标题: Quorum
    性质: 发现
    对象: 会议
    门槛: {分子: meeting.present, 分母: meeting.entitled, 不低于: 2/3,
      分子名称: 实到, 分子英文名称: present, 分母名称: 应到, 分母英文名称: entitled}
    位置: meeting.present
    信息: 应到 {of} 人，至少应到会 {needed} 人，实到 {count} 人
    英文信息: \"{count} of {of} were present, {needed} are needed\"
    依据: 我村村民自治章程
    示例:
      通过: [{meeting: {present: 2, entitled: 3}}]
      不通过: [{meeting: {present: 1, entitled: 3}}]
";

/// The same rule pack in English.
const PACK_EN: &str = "\
kind: workflow
id: my-method  # what a matter's `workflow` names
title: Our method
level: village
steps:
  - id: resolve
    title: Resolve  # pages in Chinese show this, those in English title_en
    title_en: Resolve
    responsible: village-congress
    form: resolve
    description: The congress votes on each item.
    description_en: The congress votes on each item.
    from: matter.steps.resolve.meeting.date
rules:
  - id: quorum  # the rule's full name is my-method/quorum
    title: Quorum
    severity: finding
    applies_to: meeting
    threshold: {count: meeting.present, of: meeting.entitled, at_least: 2/3, count_name: present, of_name: entitled}
    at: meeting.present
    message: \"{count} of {of} were present, {needed} are needed\"
    basis: Charter of the village
    examples:
      pass: [{meeting: {present: 2, entitled: 3}}]
      fail: [{meeting: {present: 1, entitled: 3}}]
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::field::form;
    use crate::record;
    use crate::register::resolve;
    use crate::source::{Files, SourceFile};

    fn forms() -> Forms {
        let step = |id: &str, title: &str| StepForm { id: id.into(), title_zh: title.into(), form: form(id).expect(id) };
        Forms::from([("eight-step".to_owned(), vec![step("collect", "集民意"), step("resolve", "成决议")])])
    }

    /// Returns a site whose every file is a skeleton, with the path of each.
    fn site(language: Language, uncomment: bool) -> Vec<(String, String)> {
        let forms = forms();
        let setting = Setting {
            language,
            date: Date::constant(2026, 3, 18),
            title: Some("清河村 2026: \"测试\"".to_owned()),
            body: Some("committee".to_owned()),
            term: None,
            workflow: None,
            level: Level::Village,
            contract: Some("contract".to_owned()),
            forms: &forms,
        };
        let mut files: Vec<(String, String)> = Kind::ALL
            .into_iter()
            .map(|kind| {
                let path = match kind {
                    Kind::Site => "content/site.yaml".to_owned(),
                    Kind::Calendar => "content/calendar.yaml".to_owned(),
                    Kind::Area => "content/qinghe/area.yaml".to_owned(),
                    _ => format!("content/qinghe/{}/{}.{}", folder(kind), kind.name(), extension(kind)),
                };
                let mut text = skeleton(kind, &setting);
                if uncomment || kind == Kind::Area {
                    let heading = setting.pick(("# 以下", "# optional"));
                    text = text.replace(heading, "## ").replace("\n# ", "\n");
                }
                (path, text)
            })
            .collect();
        files.sort();
        files
    }

    /// Checks a site and returns what is wrong.
    fn faults(site: Vec<(String, String)>) -> Vec<String> {
        let mut files = Files::default();
        for (path, text) in site {
            files.add(SourceFile::new(path, text));
        }
        let mut diagnostics = Vec::new();
        let headers = record::headers(&files, &mut diagnostics);
        for header in &headers {
            if record::kind_of(&files, header) == Some(Kind::Workflow) {
                record::check_pack(header.node.as_ref().expect("a pack"), &mut diagnostics);
            }
        }
        let (records, broken) = record::parse(&files, &headers, &forms(), &mut diagnostics);
        resolve(records, broken, &[], &files, &mut diagnostics);
        let errors = diagnostics.iter().filter(|fault| fault.severity == Severity::Error);
        errors.map(|fault| format!("{} {}: {}", files.get(fault.span.file).path, fault.rule, fault.message.en)).collect()
    }

    #[test]
    fn every_skeleton_passes_the_check_in_both_languages() {
        for language in Language::ALL {
            assert_eq!(faults(site(language, false)), Vec::<String>::new(), "{language:?}");
        }
    }

    #[test]
    fn comments_taken_away_leave_keys_of_the_right_type() {
        for language in Language::ALL {
            let schema =
                faults(site(language, true)).into_iter().filter(|fault| fault.contains("schema/") || fault.contains("syntax/"));
            assert_eq!(schema.collect::<Vec<_>>(), Vec::<String>::new(), "{language:?}");
        }
    }

    #[test]
    fn a_skeleton_in_english_holds_nothing_in_chinese() {
        for (path, text) in site(Language::English, false) {
            let own = text.replace("清河村", "").replace("测试", "");
            let foreign = own.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(!foreign, "{path}: {text}");
        }
    }

    #[test]
    fn a_skeleton_in_chinese_reads_like_this() {
        let forms = forms();
        let setting = Setting {
            language: Language::Chinese,
            date: Date::constant(2026, 3, 18),
            title: Some("关于清雪费用的质询".to_owned()),
            body: Some("committee".to_owned()),
            term: None,
            workflow: None,
            level: Level::Village,
            contract: None,
            forms: &forms,
        };
        let text = skeleton(Kind::Inquiry, &setting);
        let head: Vec<&str> = text.lines().take(8).collect();
        assert_eq!(
            head,
            [
                "---",
                "类型: 质询  # 记录类型",
                "标题: 关于清雪费用的质询  # 标题",
                "提出: {日期: 2026-03-18}  # 提出",
                "答复机构: committee  # 答复机构",
                "",
                "# 以下可选，需要时去掉行首的 #",
                "# 英文标题: 待填写  # 英文标题",
            ]
        );
    }
}
