//! The forms of evidence that a step may take.
//!
//! A pack names a form for each of its steps, so a new procedure needs no new Rust: its steps reuse these.

use super::Shape::{
    Choice, Date, Flag, Integer, Line, List, Money, Object as Obj, OpinionReference, Person, Prose, Reference, Share, Table,
};
use super::kinds::{DEMAND, SPAN, SURVEY_RESULT, USE, WAY};
use super::{COUNT, Choices, Kind, Object, Shape, opt, req};

/// A form of evidence: a name that packs use, and the shape that stands at the step's key.
#[derive(Debug)]
pub struct Form {
    /// The name (`collect`, `resolve`).
    pub name: &'static str,
    /// The shape of the evidence.
    pub shape: Shape,
}

/// Finds a form by name.
pub fn form(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}

/// Every form.
pub static FORMS: &[Form] = &[
    Form { name: "collect", shape: Obj(&COLLECT) },
    Form { name: "set-topic", shape: Obj(&SET_TOPIC) },
    Form { name: "consult", shape: List(&Obj(&CONSULTATION)) },
    Form { name: "examine", shape: List(&Obj(&EXAMINATION)) },
    Form { name: "resolve", shape: Obj(&RESOLVE) },
    Form { name: "publicise", shape: Obj(&PUBLICISE) },
    Form { name: "implement", shape: Obj(&IMPLEMENT) },
    Form { name: "supervise", shape: Obj(&SUPERVISE) },
    Form { name: "propose", shape: Obj(&PROPOSE) },
    Form { name: "decide", shape: Obj(&DECIDE) },
    Form { name: "execute", shape: Obj(&EXECUTE) },
    Form { name: "evaluate", shape: Obj(&EVALUATE) },
    Form { name: "assess", shape: Obj(&ASSESS) },
    Form { name: "account", shape: Obj(&ACCOUNT) },
];

/// Posts and organs that lead, execute or inspect.
pub(super) static OFFICE: Choices = Choices {
    name: "office",
    values: &[
        ("party", "党组织", "party organisation"),
        ("committee", "村委会", "committee"),
        ("congress", "村代会", "congress"),
        ("government", "政府", "government"),
    ],
};

/// Ways of consulting (step 3 of the eight).
pub(super) static CONSULT_WAY: Choices = Choices {
    name: "consult_way",
    values: &[
        ("party-meeting", "党员大会", "general meeting of party members"),
        ("written-notice", "书面通知", "written notice to delegates and households"),
        ("card", "意见卡", "opinion cards"),
        ("visit", "走访", "visits"),
        ("talk", "座谈", "talks"),
    ],
};

/// Stages of examination (step 4 of the eight), in their order.
pub(super) static STAGE: Choices = Choices {
    name: "stage",
    values: &[
        ("branch-committee", "支委会", "branch committee"),
        ("expert-hearing", "论证会", "expert hearing"),
        ("joint-meeting", "联席会", "joint meeting"),
    ],
};

/// Participants from outside the executing body.
pub(super) static PARTICIPANT: Choices = Choices {
    name: "participant",
    values: &[
        ("party-delegate", "党代表", "party delegate"),
        ("people-congress-deputy", "人大代表", "people's congress deputy"),
        ("cppcc-member", "政协委员", "CPPCC member"),
        ("villager-delegate", "村民代表", "villagers' delegate"),
        ("resident", "群众代表", "resident"),
    ],
};

/// Where a matter comes from.
pub(super) static ORIGIN: Choices =
    Choices { name: "origin", values: &[("residents", "群众", "residents"), ("superior", "上级", "a superior's policy")] };

/// Meetings that evaluate.
pub(super) static REVIEW: Choices = Choices {
    name: "review",
    values: &[("progress", "推进会", "progress meeting"), ("stage-summary", "阶段总结会", "stage summary")],
};

static COLLECT: Object = Object {
    name: "collect",
    zh: "集民意",
    en: "opinions heard from households",
    fields: &[
        req("from", "开始", Date, "开始日期", "First day"),
        opt("to", "截止", Date, "结束日期", "Last day"),
        opt("opinions", "意见", List(&OpinionReference), "形成提案的意见", "The opinions that led to it"),
        opt("households_visited", "走访户数", COUNT, "走访户数", "Households visited"),
        opt("summary", "摘要", Prose, "摘要", "Summary"),
    ],
};

static SET_TOPIC: Object = Object {
    name: "set_topic",
    zh: "定议题",
    en: "the topic that the party organisation set",
    fields: &[
        req("date", "日期", Date, "日期", "Day"),
        opt("by", "机构", Choice(&OFFICE), "由谁确定", "Who set it"),
        opt("meeting", "会议", Reference(&[Kind::Meeting]), "会议", "Meeting"),
        opt("feasibility", "可行性", Prose, "可行性研究", "Feasibility"),
        opt("plan", "初步方案", Prose, "初步方案", "Preliminary plan"),
    ],
};

static CONSULTATION: Object = Object {
    name: "consultation",
    zh: "征意见",
    en: "one way of consultation",
    fields: &[
        req("way", "方式", Choice(&CONSULT_WAY), "方式", "Way"),
        opt("date", "日期", Date, "日期", "Day"),
        opt("to", "截止", Date, "截止日期", "Last day"),
        opt("meeting", "会议", Reference(&[Kind::Meeting]), "会议", "Meeting"),
        opt("sent", "发出", COUNT, "发出份数", "Sent"),
        opt("returned", "收回", COUNT, "收回份数", "Returned"),
        opt("in_favour", "赞成", COUNT, "赞成", "In favour"),
        opt("people", "人数", COUNT, "听取意见的人数", "People heard"),
        opt("summary", "摘要", Prose, "意见摘要", "What was said"),
        opt("adopted", "采纳", Prose, "采纳情况", "What changed because of it"),
    ],
};

static EXAMINATION: Object = Object {
    name: "examination",
    zh: "审议",
    en: "one stage of examination",
    fields: &[
        req("stage", "环节", Choice(&STAGE), "环节", "Stage"),
        opt("date", "日期", Date, "日期", "Day"),
        opt("meeting", "会议", Reference(&[Kind::Meeting]), "会议", "Meeting"),
        opt("experts", "专家", List(&Line), "专家（写单位和专业，不写姓名）", "Experts, by office and field, not by name"),
        opt("conclusion", "结论", Prose, "论证结论", "Conclusion"),
        opt("motion", "议案", Prose, "本环节形成的议案文本", "The motion as this stage left it"),
    ],
};

static RESOLVE: Object = Object {
    name: "resolve",
    zh: "成决议",
    en: "the item of a meeting by which it was decided",
    fields: &[
        req("meeting", "会议", Reference(&[Kind::Meeting]), "会议", "Meeting"),
        opt("item", "议项", Integer(1, 10_000), "议项序号", "Number of the item"),
        opt("published", "公布", Date, "决议公布日期", "Day on which the resolution was published"),
    ],
};

static COMMENT: Object = Object {
    name: "comment",
    zh: "反馈",
    en: "a comment received while posted, and the reply",
    fields: &[
        req("date", "日期", Date, "日期", "Day"),
        req("text", "内容", Prose, "内容", "What was said"),
        opt("reply", "答复", Prose, "答复", "Reply"),
        opt("replied", "答复日期", Date, "答复日期", "Day of the reply"),
    ],
};

static PUBLICISE: Object = Object {
    name: "publicise",
    zh: "广示之",
    en: "the posting of the result and the process",
    fields: &[
        req("from", "开始", Date, "公示开始日期", "First day of posting"),
        opt("to", "截止", Date, "公示截止日期（含当天）", "Last day of posting, included"),
        opt("ways", "方式", List(&Choice(&WAY)), "公示方式", "Ways of publication"),
        opt("signatures", "签字", COUNT, "签字代表人数", "Delegates who signed"),
        opt("summary", "摘要", Prose, "摘要", "Summary"),
        opt("comments", "反馈", List(&Obj(&COMMENT)), "公示期间的意见", "Comments received while posted"),
    ],
};

static APPROVED: Object = Object {
    name: "approved",
    zh: "审议通过",
    en: "the vote by which a plan was approved",
    fields: &[
        req("meeting", "会议", Reference(&[Kind::Meeting]), "会议", "Meeting"),
        opt("item", "议项", Integer(1, 10_000), "议项序号", "Number of the item"),
    ],
};

static TASK: Object = Object {
    name: "task",
    zh: "任务",
    en: "a task with its owner, standard and due date",
    fields: &[
        req("what", "内容", Line, "做什么", "What is to be done"),
        req("owner", "责任单位", Line, "责任单位", "The unit responsible"),
        opt("lead", "责任人", Person, "责任人", "The person responsible"),
        opt("standard", "标准", Line, "工作标准", "Standard"),
        req("due", "期限", Date, "完成期限", "Due date"),
        opt("done", "完成", Date, "完成日期", "Day on which it was done"),
        opt("note", "说明", Prose, "说明", "Note"),
    ],
};

static IMPLEMENT: Object = Object {
    name: "implement",
    zh: "抓落实",
    en: "the plan, its approval, its money and its tasks",
    fields: &[
        opt("plan", "方案", Prose, "实施方案", "Implementation plan"),
        opt("approved", "审议通过", Obj(&APPROVED), "村代会审议通过", "The vote that approved it"),
        opt("budget", "预算", Money, "预算", "Budget"),
        opt("spent", "支出", Money, "实际支出", "Spent"),
        opt("tasks", "任务", List(&Obj(&TASK)), "任务", "Tasks"),
    ],
};

static REPORT: Object = Object {
    name: "report",
    zh: "报告",
    en: "a report on execution",
    fields: &[
        req("date", "日期", Date, "日期", "Day"),
        req("to", "对象", List(&Choice(&OFFICE)), "向谁报告", "To whom"),
        opt("percent", "进度", Integer(0, 100), "进度（%）", "Progress, per cent"),
        opt("summary", "摘要", Prose, "摘要", "Summary"),
    ],
};

static SUPERVISE: Object = Object {
    name: "supervise",
    zh: "严监督",
    en: "who supervises, and the reports on execution",
    fields: &[
        opt("supervisors", "监督人", List(&Person), "监督代表", "Supervisors"),
        opt("assigned", "指定", Date, "指定日期", "Day on which they were assigned"),
        opt("reports", "报告", List(&Obj(&REPORT)), "执行情况报告", "Reports on execution"),
        opt("inspections", "督查", List(&Obj(&INSPECTION)), "督查", "Inspections"),
        opt("completed", "办结", Date, "办结日期", "Day on which the matter was completed"),
    ],
};

static ROUND: Object = Object {
    name: "round",
    zh: "征求轮次",
    en: "one round of asking the public about a superior's policy",
    fields: &[
        req("date", "日期", Date, "日期", "Day"),
        opt("draft", "方案", Prose, "本轮方案文本", "The draft of this round"),
        opt("asked", "征求人数", COUNT, "征求人数", "People asked"),
        opt("summary", "摘要", Prose, "意见摘要", "What was said"),
    ],
};

/// Answers to the three screening criteria of the five rings.
static SCREENING: Object = Object {
    name: "screening",
    zh: "筛选",
    en: "the three criteria by which a proposal is screened",
    fields: &[
        req("practical", "符合实际", Flag, "是否符合实际", "Whether it fits the facts"),
        req("majority_interest", "多数利益", Flag, "是否符合大多数群众根本利益", "Whether it serves most residents"),
        req("development", "有利发展", Flag, "是否有利于经济社会发展", "Whether it serves development"),
    ],
};

static PROPOSE: Object = Object {
    name: "propose",
    zh: "提",
    en: "opinions by channel, or a superior's policy",
    fields: &[
        req("origin", "来源", Choice(&ORIGIN), "来源", "Origin"),
        req("from", "开始", Date, "开始日期", "First day"),
        opt("to", "截止", Date, "结束日期", "Last day"),
        opt("class", "分类", Choice(&DEMAND), "急事、实事、难事", "Urgent, practical or difficult"),
        opt("channels", "渠道", Table(&COUNT), "各渠道收到的意见数", "Opinions received by channel"),
        opt("opinions", "意见", List(&OpinionReference), "意见", "The opinions that led to it"),
        opt("screening", "筛选", Obj(&SCREENING), "三项标准", "The three criteria"),
        opt("rounds", "轮次", List(&Obj(&ROUND)), "问计于群众的轮次", "Rounds of asking the public"),
        opt("summary", "摘要", Prose, "摘要", "Summary"),
    ],
};

static TOPIC: Object = Object {
    name: "topic",
    zh: "确定议题",
    en: "when and where the topic was fixed",
    fields: &[
        req("date", "日期", Date, "日期", "Day"),
        opt("meeting", "会议", Reference(&[Kind::Meeting]), "会议", "Meeting"),
        opt("item", "议项", Integer(1, 10_000), "议项序号", "Number of the item"),
    ],
};

static STUDY: Object = Object {
    name: "study",
    zh: "深入调研",
    en: "the study in depth",
    fields: &[
        req("from", "开始", Date, "开始日期", "First day"),
        opt("to", "截止", Date, "结束日期", "Last day"),
        opt("by", "单位", Line, "调研单位", "Who studied it"),
        opt("report", "报告", Prose, "调研结论", "What was found"),
    ],
};

static ARGUE: Object = Object {
    name: "argue",
    zh: "公示论证",
    en: "publication of the draft and the hearing",
    fields: &[
        opt("publicised", "公示", Obj(&SPAN), "公示起止", "Days of publication"),
        opt("hearing", "论证会", Date, "论证会日期", "Day of the hearing"),
        opt("participants", "人数", COUNT, "参加人数", "Participants"),
        opt("experts", "专家", List(&Line), "专家（写单位和专业，不写姓名）", "Experts, by office and field, not by name"),
        opt("summary", "摘要", Prose, "意见摘要", "What was said"),
    ],
};

static DECIDE: Object = Object {
    name: "decide",
    zh: "定",
    en: "the four-step decision",
    fields: &[
        opt("topic", "确定议题", Obj(&TOPIC), "确定议题", "Fix the topic"),
        opt("study", "深入调研", Obj(&STUDY), "深入调研", "Study in depth"),
        opt("argue", "公示论证", Obj(&ARGUE), "公示论证", "Publicise and argue"),
        opt("resolve", "决策决议", Obj(&RESOLVE), "决策决议", "Decide and resolve"),
    ],
};

static EXECUTE: Object = Object {
    name: "execute",
    zh: "干",
    en: "the work, broken down into tasks",
    fields: &[
        opt("principle", "原则", Line, "原则", "Principle"),
        opt("planned_with", "参与制定", List(&Choice(&PARTICIPANT)), "参与制定方案的代表", "Who took part in planning"),
        opt("budget", "预算", Money, "预算", "Budget"),
        opt("spent", "支出", Money, "实际支出", "Spent"),
        opt("tasks", "任务", List(&Obj(&TASK)), "任务", "Tasks"),
        opt("hot_issue", "热点难点", Flag, "是否热点难点问题", "Whether it is a hot or hard issue"),
        opt("followed_by", "跟踪督办", List(&Choice(&PARTICIPANT)), "全程跟踪的代表", "Who follows it through"),
    ],
};

static INSPECTION: Object = Object {
    name: "inspection",
    zh: "视察",
    en: "an inspection",
    fields: &[
        req("date", "日期", Date, "日期", "Day"),
        req("by", "视察人", Choice(&PARTICIPANT), "由谁视察", "By whom"),
        opt("finding", "情况", Prose, "视察情况", "What was found"),
    ],
};

static REVIEW_MEETING: Object = Object {
    name: "review_meeting",
    zh: "评议会议",
    en: "a progress or stage meeting",
    fields: &[
        req("date", "日期", Date, "日期", "Day"),
        req("class", "类别", Choice(&REVIEW), "类别", "Class"),
        opt("meeting", "会议", Reference(&[Kind::Meeting]), "会议记录", "Record of the meeting"),
        opt("summary", "摘要", Prose, "摘要", "Summary"),
    ],
};

static EVALUATE: Object = Object {
    name: "evaluate",
    zh: "评",
    en: "inspections, meetings, inquiries and the survey",
    fields: &[
        opt("inspections", "视察", List(&Obj(&INSPECTION)), "代表视察", "Inspections by deputies"),
        opt("meetings", "会议", List(&Obj(&REVIEW_MEETING)), "推进会、总结会", "Progress and stage meetings"),
        opt("inquiries", "质询", List(&Reference(&[Kind::Inquiry])), "质询", "Inquiries"),
        opt("survey", "测评", Obj(&SURVEY_RESULT), "群众满意度测评", "Satisfaction ballot"),
    ],
};

static ASSESS: Object = Object {
    name: "assess",
    zh: "考",
    en: "the assessments that it entered and what they were used for",
    fields: &[
        opt("contract", "责任书", Reference(&[Kind::Contract]), "纳入的责任书", "The contract that it entered"),
        opt("assessments", "考核", List(&Reference(&[Kind::Assessment])), "考核记录", "Assessments"),
        opt("used_for", "结果运用", List(&Choice(&USE)), "结果运用", "What the results were used for"),
    ],
};

static ACCOUNT: Object = Object {
    name: "account",
    zh: "记述",
    en: "what was done, when and by whom: the form for steps of other procedures",
    fields: &[
        opt("date", "日期", Date, "日期", "Day"),
        opt("to", "截止", Date, "结束日期", "Last day"),
        opt("by", "机构", Line, "由谁办理", "Who did it"),
        opt("meeting", "会议", Reference(&[Kind::Meeting]), "会议", "Meeting"),
        opt("item", "议项", Integer(1, 10_000), "议项序号", "Number of the item"),
        opt("motion", "议案", Prose, "本步形成的文本", "The text as this step left it"),
        opt("summary", "摘要", Prose, "摘要", "Summary"),
        opt("attended", "参加人数", COUNT, "参加人数", "People who took part"),
        opt("share", "比例", Share, "比例", "A share reported"),
    ],
};
