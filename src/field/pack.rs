//! The rows of a rule pack (`kind: workflow`).

use super::Shape::{Any, Bound, Choice, Date, Expression, Id, Integer, Line, List, Object as Obj, Prose, Workflow};
use super::kinds::{BODY_CLASS, LEVEL};
use super::{Choices, Object, opt, req};

/// What a failing rule means.
pub(super) static SEVERITY: Choices = Choices {
    name: "severity",
    values: &[("error", "错误", "error"), ("finding", "发现", "finding"), ("warning", "提醒", "warning")],
};

/// What a rule judges.
pub(super) static APPLIES_TO: Choices = Choices {
    name: "applies_to",
    values: &[
        ("matter", "事项", "matter"),
        ("meeting", "会议", "meeting"),
        ("area", "区域", "area"),
        ("opinions", "意见", "opinions"),
        ("contract", "责任书", "contract"),
        ("assessment", "考核", "assessment"),
        ("finance", "财务", "finance"),
        ("inquiry", "质询", "inquiry"),
        ("case", "典型", "case"),
        ("disclosure", "公开事项", "disclosure"),
        ("survey", "测评", "survey"),
        ("catalogue", "公开目录", "catalogue"),
        ("delegates", "代表名册", "roster of delegates"),
        ("election", "选举", "election"),
        ("programme", "工程", "programme"),
    ],
};

/// When a pack is in force.
static EFFECTIVE: Object = Object {
    name: "effective",
    zh: "有效期",
    en: "the days on which a pack is in force, by the date of the event judged",
    fields: &[req("from", "开始", Date, "第一天", "First day"), opt("to", "截止", Date, "最后一天", "Last day")],
};

/// A law, charter or guideline that a pack encodes.
static BASIS: Object = Object {
    name: "basis",
    zh: "依据",
    en: "a law, charter or guideline that a pack encodes",
    fields: &[
        req("title", "标题", Line, "名称", "Title"),
        opt("title_en", "英文标题", Line, "英文名称", "Title in English"),
        opt("issuer", "发布机关", Line, "发布机关", "Issuer"),
        opt("date", "日期", Date, "发布日期", "Day of issue"),
        opt("url", "网址", Line, "网址", "Address"),
    ],
};

/// A step of a procedure.
static STEP: Object = Object {
    name: "step",
    zh: "步骤",
    en: "a step of a procedure",
    fields: &[
        req("id", "编号", Id, "编号，事项的 steps 用它作键", "Id: the key under `steps` of a matter"),
        req("title", "标题", Line, "名称", "Title"),
        req("title_en", "英文标题", Line, "英文名称", "Title in English"),
        req("responsible", "责任机构", Choice(&BODY_CLASS), "责任机构的类别", "Class of the body responsible"),
        req("form", "证据形式", Id, "证据的形式", "Form of its evidence"),
        req("description", "说明", Prose, "说明", "What has to happen"),
        req("description_en", "英文说明", Prose, "英文说明", "What has to happen, in English"),
        req("from", "起", Expression, "本步开始的日期", "Expression: the day on which it began"),
        opt("to", "止", Expression, "本步结束的日期", "Expression: the day on which it ended"),
        opt(
            "when",
            "条件",
            Expression,
            "何时需要这一步；默认总是需要",
            "Expression: whether the step is needed; always, if left out",
        ),
        opt(
            "done",
            "完成条件",
            Expression,
            "本步完成的条件；默认为结束日期已到",
            "Expression: whether it is done; `to <= as_of` if left out",
        ),
    ],
};

/// An exact threshold with a named denominator.
static THRESHOLD: Object = Object {
    name: "threshold",
    zh: "门槛",
    en: "an exact threshold: a share of a named denominator, or a plain number",
    fields: &[
        opt("count", "分子", Expression, "分子（被比较的数）", "Expression: the number counted"),
        opt(
            "of",
            "分母",
            Expression,
            "分母；不填则与整数比较",
            "Expression: the number it is a share of; left out, the bound is a whole number",
        ),
        opt("at_least", "不低于", Bound, "不低于（以上，含本数）", "At least this, the number itself included"),
        opt("more_than", "多于", Bound, "多于（过，不含本数）", "More than this, the number itself excluded"),
        opt("at_most", "不多于", Bound, "不多于（以内，含本数）", "At most this, the number itself included"),
        opt("count_name", "分子名称", Line, "分子名称（如：实到）", "Name of what is counted"),
        opt("count_name_en", "分子英文名称", Line, "分子英文名称", "The same in English"),
        opt("of_name", "分母名称", Line, "分母名称（如：全体代表）", "Name of the denominator"),
        opt("of_name_en", "分母英文名称", Line, "分母英文名称", "The same in English"),
        opt(
            "of_unit",
            "分母单位",
            Line,
            "分母的量词（人、户），默认与单位相同",
            "Measure word of the denominator; that of the count if left out",
        ),
        opt("of_unit_en", "分母英文单位", Line, "分母的英文单位", "The same in English"),
        opt("unit", "单位", Line, "量词（人、票、户、天），默认人", "Measure word in Chinese; 人 if left out"),
        opt("unit_en", "英文单位", Line, "英文单位", "Unit in English (days, votes); none if left out"),
    ],
};

/// Examples of a rule, run as tests.
static EXAMPLES: Object = Object {
    name: "examples",
    zh: "示例",
    en: "data that pass and data that fail, run as tests",
    fields: &[
        req("pass", "通过", List(&Any), "应当通过的数据", "Data that must pass"),
        req("fail", "不通过", List(&Any), "应当不通过的数据", "Data that must fail"),
    ],
};

/// How often a duty comes round.
pub(super) static EVERY: Choices = Choices {
    name: "every",
    values: &[("month", "月", "month"), ("quarter", "季度", "quarter"), ("half", "半年", "half-year"), ("year", "年", "year")],
};

/// The records that fulfil a duty.
static FULFILS: Object = Object {
    name: "fulfils",
    zh: "完成依据",
    en: "which of an area's own records fulfil a duty, and for which period",
    fields: &[
        req(
            "each",
            "逐一",
            Expression,
            "记录的列表，如 meetings；当前一项名为 item",
            "Expression of a list such as `meetings`; each element is bound as `item`",
        ),
        opt("when", "条件", Expression, "哪些算；默认全部", "Expression: which of them count; all if left out"),
        req(
            "date",
            "日期",
            Expression,
            "属于哪一期：日期或期间",
            "Expression: the day or the period that says for which period it counts",
        ),
        opt(
            "on",
            "完成日期",
            Expression,
            "完成的日期；默认同 date（期间取最后一天）",
            "Expression: the day on which it was done; `date` if left out (of a period its last day)",
        ),
    ],
};

/// A duty.
static DUTY: Object = Object {
    name: "duty",
    zh: "定期事项",
    en: "what an area has to do once a month, quarter, half-year or year",
    fields: &[
        req("id", "编号", Id, "编号；由一条规则的 duty 写明", "Id within the pack; one rule names it under `duty`"),
        req("title", "标题", Line, "做什么", "What is to be done"),
        req("title_en", "英文标题", Line, "做什么（英文）", "The same in English"),
        req("every", "周期", Choice(&EVERY), "每月、每季度、每半年或每年", "How often"),
        opt(
            "grace",
            "宽限天数",
            Integer(0, 366),
            "期满后还可以有几天，默认 0",
            "Days after the period within which it may still be done; 0 if left out",
        ),
        req("responsible", "责任机构", Choice(&BODY_CLASS), "责任机构的类别", "Class of the body responsible"),
        req("done", "完成", List(&Obj(&FULFILS)), "哪些记录算完成", "The records that fulfil it"),
    ],
};

/// A rule.
static RULE: Object = Object {
    name: "rule",
    zh: "规则",
    en: "a rule of a procedure",
    fields: &[
        req("id", "编号", Id, "编号", "Id within the pack"),
        opt("title", "标题", Line, "名称", "Title"),
        opt("title_en", "英文标题", Line, "英文名称", "Title in English"),
        opt("step", "步骤", Id, "属于哪一步", "The step it belongs to"),
        opt("severity", "性质", Choice(&SEVERITY), "错误、发现或提醒", "What a failure means"),
        opt("applies_to", "对象", Choice(&APPLIES_TO), "判断哪一类记录", "The kind of record it judges"),
        opt(
            "each",
            "逐一",
            Expression,
            "对列表逐一判断；当前一项名为 item",
            "Expression of a list: judge each of its elements, bound as `item`",
        ),
        opt("when", "条件", Expression, "适用条件", "Expression: whether it applies"),
        opt("threshold", "门槛", Obj(&THRESHOLD), "门槛", "A threshold; binds `met`"),
        opt(
            "rule",
            "规则",
            Expression,
            "应当为真的表达式；有门槛时默认为达到门槛",
            "Expression that must hold; `met` if there is a threshold",
        ),
        opt("at", "位置", Line, "指向哪个键", "Path of the key to point at"),
        opt(
            "message",
            "信息",
            Prose,
            "不通过时的说明；{表达式} 处填入数值",
            "What to say when it fails; `{expression}` is filled in",
        ),
        opt("message_en", "英文信息", Prose, "英文说明", "The same in English"),
        opt("help", "办法", Prose, "怎么办", "What to do"),
        opt("help_en", "英文办法", Prose, "怎么办（英文）", "What to do, in English"),
        opt("basis", "依据", Line, "依据", "The law, charter or guideline"),
        opt("basis_en", "英文依据", Line, "依据（英文）", "The same in English"),
        opt(
            "duty",
            "定期事项",
            Id,
            "它检查的定期事项；逾期的各期名为 overdue",
            "The duty that it asks for; the periods that are overdue are bound as `overdue`",
        ),
        opt("tightens", "收紧", Line, "它收紧的规则（如 village-law/quorum）", "The rule of another pack that it tightens"),
        opt("examples", "示例", Obj(&EXAMPLES), "示例", "Examples, run as tests"),
    ],
};

pub(super) static WORKFLOW: Object = Object {
    name: "workflow",
    zh: "工作法",
    en: "a rule pack: the steps and rules of a procedure",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("id", "编号", Id, "编号", "Id"),
        opt("extends", "叠加于", Workflow, "叠加在哪个工作法之上（只能更严）", "The pack that it overlays; it may only tighten"),
        opt(
            "areas",
            "区域",
            List(&Line),
            "叠加适用的区域路径，默认全部",
            "Paths of the areas that an overlay applies to; all if left out",
        ),
        req("title", "标题", Line, "名称", "Title"),
        opt("title_en", "英文标题", Line, "英文名称", "Title in English"),
        opt("level", "级别", Choice(&LEVEL), "适用的区域级别", "Level of the areas that it applies to"),
        opt(
            "always",
            "一律适用",
            super::Shape::Flag,
            "不论是否采用，都适用于该级别的区域（如法律）",
            "Applies to every area of the level, adopted or not (a law)",
        ),
        opt("effective", "有效期", Obj(&EFFECTIVE), "有效期", "When it is in force"),
        opt("basis", "依据", List(&Obj(&BASIS)), "依据", "What it encodes"),
        opt("description", "说明", Prose, "说明", "Description"),
        opt("description_en", "英文说明", Prose, "英文说明", "Description in English"),
        opt("decision", "决定", Expression, "事项的表决结果", "Expression: the outcome of the vote that decides a matter"),
        opt("steps", "步骤", List(&Obj(&STEP)), "步骤", "Steps"),
        opt("duties", "定期事项", List(&Obj(&DUTY)), "定期事项", "What is to be done once a period"),
        req("rules", "规则", List(&Obj(&RULE)), "规则", "Rules"),
    ],
};
