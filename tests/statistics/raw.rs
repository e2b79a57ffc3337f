//! The raw files, read without the program: YAML values, Chinese keys replaced by a list of their own, references by path.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_yaml::Value;

/// The keys, steps and choices that the demonstration site writes in Chinese, as far as anything is counted by them.
const WORDS: &[(&str, &str)] = &[
    ("类型", "kind"),
    ("日期", "date"),
    ("结果", "outcome"),
    ("序号", "no"),
    ("机构", "body"),
    ("议案", "motion"),
    ("事项", "matter"),
    ("应到", "entitled"),
    ("实到", "present"),
    ("议项", "item"),
    ("票数", "votes"),
    ("同意", "for"),
    ("会议", "meeting"),
    ("开始", "from"),
    ("截止", "to"),
    ("结束", "to"),
    ("期限", "due"),
    ("时期", "period"),
    ("公布", "published"),
    ("公示", "publicised"),
    ("渠道", "channel"),
    ("金额", "amount"),
    ("收入", "income"),
    ("支出", "expenditure"),
    ("期末", "closing"),
    ("币种", "currency"),
    ("完成", "done"),
    ("时限", "due"),
    ("答复", "answered"),
    ("答复日期", "replied"),
    ("提出", "asked"),
    ("工作法", "workflow"),
    ("步骤", "steps"),
    ("意见", "opinions"),
    ("任务", "tasks"),
    ("报告", "reports"),
    ("终止", "closed"),
    ("级别", "level"),
    ("类别", "class"),
    ("编号", "id"),
    ("审议通过", "approved"),
    ("发出", "issued"),
    ("收回", "returned"),
    ("有效", "valid"),
    ("满意", "satisfied"),
    ("基本满意", "mostly"),
    ("不满意", "dissatisfied"),
    ("集民意", "collect"),
    ("定议题", "set-topic"),
    ("征意见", "consult"),
    ("审议案", "examine"),
    ("成决议", "resolve"),
    ("广示之", "publicise"),
    ("抓落实", "implement"),
    ("严监督", "supervise"),
    ("决议", "resolve"),
    ("决议公开", "publicise"),
    ("组织实施", "implement"),
    ("实施结果公开", "publicise-result"),
    ("提议", "propose"),
    ("商议", "confer"),
    ("党员大会审议", "party-examine"),
    ("区域", "area"),
    ("走访", "visit"),
    ("座谈会", "forum"),
    ("意见箱", "mailbox"),
    ("意见卡", "card"),
    ("热线", "hotline"),
    ("采纳", "taken-up"),
    ("并案", "merged"),
    ("已答复", "answered"),
    ("未采纳", "declined"),
    ("待处理", "pending"),
    ("通过", "passed"),
    ("未通过", "rejected"),
    ("暂缓", "deferred"),
    ("不足法定人数", "no-quorum"),
    ("人民币", "CNY"),
    ("财务", "finance"),
    ("质询", "inquiry"),
    ("公开事项", "disclosure"),
    ("测评", "survey"),
    ("典型", "case"),
    ("村", "village"),
    ("是", "true"),
    ("代表名册", "delegates"),
    ("选举", "election"),
    ("公开目录", "catalogue"),
    ("频次", "cycle"),
    ("村民代表大会", "village-congress"),
    ("草稿", "draft"),
    ("专题调研", "research"),
    ("恳谈会", "heart-to-heart"),
    ("问卷", "questionnaire"),
    ("征求意见", "solicitation"),
    ("代表委员提案", "deputy"),
    ("村党组织", "village-party-branch"),
    ("支委会", "branch-committee"),
    ("村民委员会", "village-committee"),
    ("两委联席会", "joint-meeting"),
    ("村务监督委员会", "supervisory-committee"),
    ("村民会议", "village-assembly"),
    ("起始", "since"),
    ("成员", "members"),
    ("任期", "term"),
    ("联系户", "households"),
    ("户数", "households"),
    ("村委成员", "committee_member"),
    ("出席", "attendance"),
    ("应出席", "held"),
    ("实出席", "present"),
    ("考核", "assessments"),
    ("年度", "year"),
    ("奖励", "reward"),
    ("惩戒", "penalty"),
    ("对象", "office"),
    ("登记", "registered"),
    ("候选人", "candidates"),
    ("当选", "elected"),
    ("选出", "elected"),
    ("未选出", "failed"),
];

/// Words that stand for a list in one kind of record and for one thing elsewhere.
const LISTS: &[(&str, &str, &str)] = &[
    ("area", "body", "bodies"),
    ("area", "workflow", "workflows"),
    ("meeting", "item", "items"),
    ("opinions", "opinions", "items"),
];

/// Some words mean one thing as a key and another as a value.
fn key(word: &str) -> String {
    find(word)
}

fn value(word: &str) -> String {
    match word {
        "意见" => "opinions".to_owned(),
        "会议" => "meeting".to_owned(),
        "事项" => "matter".to_owned(),
        word => find(word),
    }
}

fn find(word: &str) -> String {
    WORDS.iter().find(|(zh, _)| *zh == word).map_or_else(|| word.to_owned(), |(_, en)| (*en).to_owned())
}

/// A file, its keys in English.
#[derive(Debug)]
pub(crate) struct Raw {
    /// The nearest folder above that holds an `area.yaml`.
    pub(crate) area: String,
    /// Its kind.
    pub(crate) kind: String,
    /// The whole of it.
    pub(crate) data: Value,
}

impl Raw {
    /// Returns what stands at a path (`steps.resolve.meeting`).
    pub(crate) fn at(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(&self.data, |value, key| value.get(key))
    }

    /// Returns the text at a path.
    pub(crate) fn text(&self, path: &str) -> String {
        self.at(path).map(text).unwrap_or_default()
    }
}

/// Writes a scalar as the file does; empty for anything else.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    }
}

/// Returns the text of a key of a map.
pub(crate) fn of(value: &Value, key: &str) -> String {
    value.get(key).map(text).unwrap_or_default()
}

/// Returns the elements of a list at a key.
pub(crate) fn list<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    value.get(key).and_then(Value::as_sequence).map(|items| items.iter().collect()).unwrap_or_default()
}

/// Replaces Chinese keys and choices.
fn english(data: Value) -> Value {
    match data {
        Value::Mapping(map) => {
            Value::Mapping(map.into_iter().map(|(k, v)| (Value::String(key(&text(&k))), english(v))).collect())
        }
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(english).collect()),
        Value::String(word) => Value::String(value(&word)),
        other => other,
    }
}

/// The records of a site that may be published.
pub(crate) struct Site {
    /// By id.
    pub(crate) records: BTreeMap<String, Raw>,
    /// The folders of the places.
    pub(crate) areas: BTreeSet<String>,
}

/// Reads every record of a folder; drafts are left out.
pub(crate) fn read(folder: &Path) -> Site {
    let content = folder.join("content");
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(&content) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&content).unwrap().to_string_lossy().replace('\\', "/");
        let Some(stem) = [".yaml", ".md"].iter().find_map(|end| path.strip_suffix(end)) else { continue };
        let whole = std::fs::read_to_string(entry.path()).unwrap();
        let header = match whole.strip_prefix("---\n") {
            Some(rest) => rest.split_once("\n---").unwrap().0.to_owned(),
            None => whole,
        };
        found.push((stem.to_owned(), english(serde_yaml::from_str(&header).unwrap())));
    }
    let areas: BTreeSet<String> = found.iter().filter_map(|(stem, _)| stem.strip_suffix("/area").map(str::to_owned)).collect();
    let shown = found.into_iter().filter(|(_, data)| of(data, "draft") != "true");
    let record = |(stem, mut data): (String, Value)| {
        let kind = of(&data, "kind");
        for (_, from, to) in LISTS.iter().filter(|(known, ..)| *known == kind) {
            rename(&mut data, from, to);
        }
        let id = stem.strip_suffix("/area").unwrap_or(&stem).to_owned();
        let above = std::iter::successors(Some(id.as_str()), |path| Some(path.rsplit_once('/')?.0));
        let area = above.into_iter().find(|path| areas.contains(*path)).unwrap_or_default().to_owned();
        (id, Raw { area, kind, data })
    };
    Site { records: shown.map(record).filter(|(_, raw)| !raw.area.is_empty()).collect(), areas }
}

/// Gives a key of a map another name: some Chinese words stand for one thing and for a list of it.
fn rename(data: &mut Value, from: &str, to: &str) {
    let Value::Mapping(map) = data else { return };
    if let Some(value) = map.remove(from) {
        map.insert(to.into(), value);
    }
}

impl Site {
    /// Finds the record that a reference of a record names: by id from `/`, else in the same place, in the folder given.
    pub(crate) fn find(&self, from: &Raw, folder: &str, reference: &str) -> Option<&Raw> {
        let id = match reference.strip_prefix('/') {
            Some(id) => id.to_owned(),
            None => format!("{}/{folder}/{reference}", from.area),
        };
        self.records.get(&id)
    }
}
