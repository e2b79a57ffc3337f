//! Dimensions: what a measure can be split by, and how each part is called.

use crate::diagnostic::rules;
use crate::field::Kind;
use crate::language::Text;
use crate::record::choice::{
    BodyClass, Channel, Currency, Cycle, ElectedOffice, ElectionOutcome, Level, OpinionOutcome, Outcome,
};
use crate::text;
use crate::verdict::{DueKind, Status};
use crate::workflow::Workflows;

/// What a measure can be split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// What became of an opinion (`taken-up`).
    OpinionOutcome,
    /// The channel of an opinion (`visit`).
    Channel,
    /// The class of the body that met (`village-congress`).
    BodyClass,
    /// What a vote decided (`passed`).
    Outcome,
    /// How a matter stands (`under-way`).
    Status,
    /// A step of a procedure (`eight-step/collect`).
    Step,
    /// The rule of a finding (`eight-step/quorum`).
    Rule,
    /// The currency of an amount (`CNY`).
    Currency,
    /// The level of a place (`village`).
    Level,
    /// A procedure and the level of the place that follows it (`eight-step/village`).
    Adoption,
    /// The kind of record (`meeting`).
    Kind,
    /// What is due (`task`).
    Due,
    /// Whether a day was kept (`on-time`, `late`, `overdue`).
    Timeliness,
    /// How often assessments are made (`monthly`).
    Cycle,
    /// The answer of a ballot (`satisfied`).
    Answer,
    /// What an election came to (`failed`).
    ElectionOutcome,
    /// What an election fills (`committee`).
    Office,
}

/// Shows the parts that Rust knows, each with how it is named; those of packs are not among them.
fn fixed(dimension: Dimension, show: &mut dyn FnMut(&'static str, &dyn Fn() -> Text)) {
    macro_rules! choices {
        ($type:ident) => {
            $type::ALL.iter().for_each(|value| show(value.name(), &|| value.label()))
        };
    }
    match dimension {
        Dimension::OpinionOutcome => choices!(OpinionOutcome),
        Dimension::Channel => choices!(Channel),
        Dimension::BodyClass => choices!(BodyClass),
        Dimension::Outcome => choices!(Outcome),
        Dimension::Currency => choices!(Currency),
        Dimension::Level => choices!(Level),
        Dimension::Cycle => choices!(Cycle),
        Dimension::ElectionOutcome => choices!(ElectionOutcome),
        Dimension::Office => choices!(ElectedOffice),
        Dimension::Status => Status::ALL.into_iter().for_each(|status| show(status.name(), &|| status_label(status))),
        Dimension::Kind => Kind::ALL.into_iter().for_each(|kind| show(kind.name(), &|| kind_label(kind))),
        Dimension::Due => DUE.into_iter().for_each(|kind| show(due_name(kind), &|| due_label(kind))),
        Dimension::Timeliness => {
            show("on-time", &|| text!("按期", "on time"));
            show("late", &|| text!("延期完成", "late"));
            show("overdue", &|| text!("逾期未完成", "overdue"));
        }
        Dimension::Answer => {
            show("satisfied", &|| text!("满意", "satisfied"));
            show("mostly", &|| text!("基本满意", "mostly satisfied"));
            show("dissatisfied", &|| text!("不满意", "dissatisfied"));
        }
        Dimension::Step | Dimension::Rule | Dimension::Adoption => {}
    }
}

/// What can be overdue, in the order of the pages.
const DUE: [DueKind; 4] = [DueKind::Task, DueKind::Answer, DueKind::Disclosure, DueKind::Cadence];

/// Names what is due in ids.
pub(super) fn due_name(kind: DueKind) -> &'static str {
    match kind {
        DueKind::Task => "task",
        DueKind::Answer => "answer",
        DueKind::Disclosure => "disclosure",
        DueKind::Cadence => "cadence",
        DueKind::Posting => "posting",
    }
}

fn due_label(kind: DueKind) -> Text {
    match kind {
        DueKind::Task => text!("任务", "task"),
        DueKind::Answer => text!("答复", "answer"),
        DueKind::Disclosure => text!("应公开事项", "disclosure"),
        DueKind::Cadence => text!("定期事项", "regular duty"),
        DueKind::Posting => text!("公示", "posting"),
    }
}

fn status_label(status: Status) -> Text {
    match status {
        Status::UnderWay => text!("办理中", "under way"),
        Status::Publicising => text!("公示中", "being posted"),
        Status::Done => text!("办结", "completed"),
        Status::Rejected => text!("未通过", "rejected"),
        Status::Deferred => text!("暂缓", "deferred"),
        Status::Closed => text!("终止", "ended early"),
    }
}

fn kind_label(kind: Kind) -> Text {
    Text::new(kind.object().zh, kind.name())
}

impl Dimension {
    /// Returns the parts that Rust knows in their usual order; the steps, rules and procedures of packs are not among them.
    pub fn members(self) -> Vec<&'static str> {
        let mut names = Vec::new();
        fixed(self, &mut |name, _| names.push(name));
        names
    }

    /// Names the dimension.
    pub fn title(self) -> Text {
        match self {
            Self::OpinionOutcome => text!("处理结果", "outcome"),
            Self::Channel => text!("渠道", "channel"),
            Self::BodyClass => text!("机构类别", "class of body"),
            Self::Outcome => text!("表决结果", "outcome of the vote"),
            Self::Status => text!("状态", "status"),
            Self::Step => text!("步骤", "step"),
            Self::Rule => text!("规则", "rule"),
            Self::Currency => text!("币种", "currency"),
            Self::Level => text!("级别", "level"),
            Self::Adoption => text!("工作法和级别", "procedure and level"),
            Self::Kind => text!("记录种类", "kind of record"),
            Self::Due => text!("种类", "what is due"),
            Self::Timeliness => text!("是否按期", "whether it was kept"),
            Self::Cycle => text!("周期", "cycle"),
            Self::Answer => text!("答案", "answer"),
            Self::ElectionOutcome => text!("选举结果", "outcome of the election"),
            Self::Office => text!("选举对象", "office"),
        }
    }

    /// Names a part in both languages; a part that nobody knows keeps its id.
    pub fn label(self, member: &str, workflows: &Workflows) -> Text {
        let known = match self {
            Self::Rule => {
                let of_pack = workflows.rule(member).map(|(_, rule)| rule.title.clone());
                of_pack.or_else(|| rules::find(member).map(rules::FileRule::title))
            }
            Self::Step => step_label(member, workflows),
            Self::Adoption => adoption_label(member, workflows),
            _ => {
                let mut known = None;
                fixed(self, &mut |name, label| {
                    if name == member {
                        known = Some(label());
                    }
                });
                known
            }
        };
        known.unwrap_or_else(|| Text::new(member, member))
    }
}

/// Names a step with its procedure.
fn step_label(member: &str, workflows: &Workflows) -> Option<Text> {
    let (id, step) = member.split_once('/')?;
    let workflow = workflows.iter().filter(|workflow| workflow.id == id).last()?;
    let step = &workflow.step(step)?.title;
    let title = &workflow.title;
    Some(Text::new(format!("{}·{}", title.zh, step.zh), format!("{}: {}", title.en, step.en)))
}

/// Names a procedure with a level.
fn adoption_label(member: &str, workflows: &Workflows) -> Option<Text> {
    let (id, level) = member.split_once('/')?;
    let workflow = workflows.iter().filter(|workflow| workflow.id == id).last()?;
    let level = Level::ALL.iter().find(|known| known.name() == level)?.label();
    let title = &workflow.title;
    Some(Text::new(format!("{}（{}）", title.zh, level.zh), format!("{} ({})", title.en, level.en)))
}
