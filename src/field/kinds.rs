//! The rows of each record kind.

use super::Shape::{
    Attachment, Body, Choice, Date, Decimal, Flag, Id, Integer, Line, List, Money, Object as Obj, OpinionReference, Period,
    Person, Prose, Reference, Share, Steps, Table, Time, Workflow,
};
use super::{COUNT, Choices, Kind, Object, opt, req};

/// Languages of the site.
pub(super) static LANGUAGE: Choices =
    Choices { name: "language", values: &[("zh-CN", "中文", "Chinese"), ("en", "英文", "English")] };

/// How a person's name appears in every output.
pub(super) static NAMES: Choices = Choices {
    name: "names",
    values: &[("full", "全名", "in full"), ("surname", "姓氏", "surname only"), ("initials", "首字母", "initials")],
};

/// Sheets that a site may carry, and the script for the loudspeaker.
pub(super) static SHEETS: Choices = Choices {
    name: "sheets",
    values: &[
        ("notice", "公示", "notice"),
        ("official", "公文", "official document"),
        ("poster", "看板", "poster"),
        ("finance", "财务公开表", "accounts"),
        ("assessment", "考核结果", "assessment"),
        ("signatures", "签字表", "signature sheet"),
        ("card", "征求意见卡", "opinion card"),
        ("ballot", "表决票", "ballot"),
        ("written-notice", "书面通知", "written notice"),
        ("report", "工作报告", "work report"),
        ("broadcast", "广播稿", "broadcast script"),
    ],
};

/// Levels of areas, from the top.
pub(super) static LEVEL: Choices = Choices {
    name: "level",
    values: &[
        ("city", "市", "city"),
        ("county", "县", "county"),
        ("township", "乡镇", "township"),
        ("village", "村", "village"),
        ("group", "村民小组", "villagers' group"),
    ],
};

/// Classes of bodies.
pub(super) static BODY_CLASS: Choices = Choices {
    name: "body_class",
    values: &[
        ("village-party-branch", "村党组织", "village party organisation"),
        ("branch-committee", "支委会", "branch committee"),
        ("village-committee", "村民委员会", "village committee"),
        ("joint-meeting", "两委联席会", "joint meeting of the two committees"),
        ("village-congress", "村民代表大会", "village congress"),
        ("village-assembly", "村民会议", "village assembly"),
        ("supervisory-committee", "村务监督委员会", "village supervisory committee"),
        ("collective-members", "成员大会", "collective members' meeting"),
        ("collective-delegates", "成员代表大会", "collective delegates' meeting"),
        ("collective-council", "理事会", "collective council"),
        ("township-party-committee", "乡镇党委", "township party committee"),
        ("township-government", "乡镇政府", "township government"),
        ("township-congress", "乡镇人民代表大会", "township people's congress"),
        ("county-party-committee", "县委", "county party committee"),
        ("county-government", "县政府", "county government"),
        ("city-party-committee", "市委", "city party committee"),
        ("city-government", "市政府", "city government"),
        ("other", "其他", "other body"),
    ],
};

/// Roles of people in bodies and meetings.
pub(super) static ROLE: Choices = Choices {
    name: "role",
    values: &[
        ("chair", "主席", "chair"),
        ("vice-chair", "副主席", "vice-chair"),
        ("secretary", "书记", "secretary"),
        ("deputy-secretary", "副书记", "deputy secretary"),
        ("director", "主任", "director"),
        ("deputy-director", "副主任", "deputy director"),
        ("head", "负责人", "head"),
        ("member", "委员", "member"),
        ("delegate", "代表", "delegate"),
        ("supervisor", "监督委员", "supervisor"),
        ("accountant", "会计", "accountant"),
    ],
};

/// Ways by which a notice reaches people.
pub(super) static WAY: Choices = Choices {
    name: "way",
    values: &[
        ("broadcast", "广播", "loudspeaker"),
        ("board", "公开栏", "notice board"),
        ("web", "网站", "website"),
        ("written", "书面", "in writing"),
        ("meeting", "会议", "at a meeting"),
        ("group-chat", "微信群", "group chat"),
        ("leaflet", "明白纸", "leaflet"),
        ("telephone", "电话", "telephone"),
    ],
};

/// Channels by which opinions arrive.
pub(super) static CHANNEL: Choices = Choices {
    name: "channel",
    values: &[
        ("visit", "走访", "visit"),
        ("forum", "座谈会", "forum"),
        ("heart-to-heart", "恳谈会", "heart-to-heart meeting"),
        ("research", "专题调研", "field research"),
        ("questionnaire", "问卷", "questionnaire"),
        ("solicitation", "征求意见", "soliciting visit"),
        ("hotline", "热线", "hotline"),
        ("deputy", "代表委员提案", "proposal by a deputy"),
        ("card", "意见卡", "opinion card"),
        ("mailbox", "意见箱", "mailbox"),
        ("meeting", "会议", "meeting"),
    ],
};

/// Who heard an opinion.
pub(super) static HEARD_BY: Choices = Choices {
    name: "heard_by",
    values: &[
        ("committee-member", "两委成员", "committee member"),
        ("party-member", "党员", "party member"),
        ("delegate", "村民代表", "delegate"),
        ("official", "干部", "official"),
    ],
};

/// What became of an opinion.
pub(super) static OPINION_OUTCOME: Choices = Choices {
    name: "opinion_outcome",
    values: &[
        ("taken-up", "采纳", "taken up"),
        ("merged", "并案", "merged"),
        ("answered", "已答复", "answered"),
        ("declined", "未采纳", "declined"),
        ("pending", "待处理", "pending"),
    ],
};

/// How pressing a demand is (五环 step 提).
pub(super) static DEMAND: Choices = Choices {
    name: "demand",
    values: &[("urgent", "急事", "urgent"), ("practical", "实事", "practical"), ("difficult", "难事", "difficult")],
};

/// What a vote decided.
pub(super) static OUTCOME: Choices = Choices {
    name: "outcome",
    values: &[
        ("passed", "通过", "passed"),
        ("rejected", "未通过", "rejected"),
        ("deferred", "暂缓", "deferred"),
        ("no-quorum", "不足法定人数", "no quorum"),
    ],
};

/// How a vote is taken.
pub(super) static BALLOT: Choices = Choices {
    name: "ballot",
    values: &[("open", "公开表决", "open"), ("secret", "无记名投票", "secret"), ("show-of-hands", "举手", "show of hands")],
};

/// What one vote is over.
pub(super) static VOTING: Choices =
    Choices { name: "voting", values: &[("item-by-item", "逐项", "item by item"), ("block", "一并", "in one block")] };

/// How often assessments are made (12 + 4 + 2 + 1 a year).
pub(super) static CYCLE: Choices = Choices {
    name: "cycle",
    values: &[
        ("monthly", "月督查", "monthly inspection"),
        ("quarterly", "季通报", "quarterly bulletin"),
        ("half-yearly", "半年分析", "half-year analysis"),
        ("yearly", "年终总评", "year-end evaluation"),
    ],
};

/// What the results of an assessment are used for.
pub(super) static USE: Choices = Choices {
    name: "use",
    values: &[
        ("posts", "选拔任用", "posts"),
        ("training", "培养教育", "training"),
        ("reward", "奖励", "reward"),
        ("admonition", "诫勉", "admonition"),
        ("team-building", "班子建设", "team building"),
    ],
};

/// Whose affairs a disclosure shows.
pub(super) static SPHERE: Choices = Choices {
    name: "sphere",
    values: &[
        ("village", "村务", "village affairs"),
        ("party", "党务", "party affairs"),
        ("government", "政务", "government affairs"),
        ("finance", "财务", "financial affairs"),
    ],
};

/// What a coverage target counts.
pub(super) static COVERAGE_OF: Choices =
    Choices { name: "coverage_of", values: &[("villages", "村", "villages"), ("townships", "乡镇", "townships")] };

/// What lies beside a record.
pub(super) static ATTACHMENT: Object = Object {
    name: "attachment",
    zh: "附件",
    en: "a file beside the record",
    fields: &[
        req("file", "文件", Attachment, "记录旁边的文件名", "Name of the file beside the record"),
        opt("title", "标题", Line, "附件标题", "Title of the file"),
        opt("title_en", "英文标题", Line, "附件英文标题", "Title in English"),
    ],
};

/// From and to, both days included.
pub(super) static SPAN: Object = Object {
    name: "span",
    zh: "起止",
    en: "from one day to another, both included",
    fields: &[
        req("from", "开始", Date, "第一天", "First day"),
        opt("to", "截止", Date, "最后一天（含当天）", "Last day, included"),
    ],
};

/// A posting of a result.
pub(super) static PUBLICISED: Object = Object {
    name: "publicised",
    zh: "公示",
    en: "when and how a result was posted",
    fields: &[
        req("from", "开始", Date, "公示开始日期", "First day of posting"),
        req("to", "截止", Date, "公示截止日期（含当天）", "Last day of posting, included"),
        req("ways", "方式", List(&Choice(&WAY)), "公示方式", "Ways of publication"),
    ],
};

/// A person who acts in a role.
static ROLE_HOLDER: Object = Object {
    name: "role_holder",
    zh: "任职人",
    en: "a person acting in a role",
    fields: &[
        req("role", "职务", Choice(&ROLE), "职务", "Role"),
        opt("name", "姓名", Person, "姓名", "Name"),
        opt("reason", "原因", Line, "代为主持的原因", "Why another presides"),
    ],
};

static CONTACT: Object = Object {
    name: "contact",
    zh: "联系方式",
    en: "an office and its public telephone",
    fields: &[
        req("office", "办公室", Line, "办公室名称", "Name of the office"),
        opt("office_en", "办公室英文", Line, "办公室英文名称", "Name of the office in English"),
        opt("telephone", "电话", Line, "对外公开的办公电话", "Office telephone, published on purpose"),
        opt("address", "地址", Line, "办公地址", "Office address"),
        opt("hours", "办公时间", Line, "办公时间", "Office hours"),
    ],
};

static TARGET: Object = Object {
    name: "target",
    zh: "目标",
    en: "targets of the site",
    fields: &[opt("coverage", "覆盖", Obj(&COVERAGE), "采用工作法的覆盖目标", "Target of coverage by a workflow")],
};

static COVERAGE: Object = Object {
    name: "coverage",
    zh: "覆盖",
    en: "how many areas are to have adopted a workflow",
    fields: &[
        req("of", "对象", Choice(&COVERAGE_OF), "统计对象", "What is counted"),
        req("workflow", "工作法", Workflow, "工作法", "The workflow"),
        req("at_least", "不低于", Share, "目标比例", "The share to reach"),
        opt("by", "期限", Date, "完成期限", "The day by which"),
    ],
};

pub(super) static SITE: Object = Object {
    name: "site",
    zh: "站点",
    en: "the site itself",
    fields: &[
        opt("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "网站名称", "Title of the site"),
        opt("title_en", "英文标题", Line, "网站英文名称", "Title in English"),
        opt("description", "简介", Prose, "网站简介", "What the site publishes"),
        opt("description_en", "英文简介", Prose, "网站英文简介", "What the site publishes, in English"),
        opt("base_url", "网址", Line, "网站地址", "Address of the site"),
        opt("languages", "语言", List(&Choice(&LANGUAGE)), "网站语言，第一种为默认", "Languages, the default first"),
        opt("timezone", "时区", Line, "时区", "Time zone (IANA name)"),
        opt("as_of", "截至", Date, "判断是否到期、逾期所依据的日期", "The day on which due and overdue are judged"),
        req("publisher", "主办", Line, "主办单位", "Publisher"),
        opt("publisher_en", "主办英文", Line, "主办单位英文名称", "Publisher in English"),
        opt("licence", "许可", Line, "内容许可", "Licence of the content (SPDX)"),
        opt("contact", "联系方式", Obj(&CONTACT), "对外联系方式", "Public contact"),
        opt("supervision", "监督", Obj(&CONTACT), "受理异议的单位", "Where to object"),
        opt("names", "姓名", Choice(&NAMES), "姓名显示方式，默认全名", "How names appear; in full if left out"),
        opt("target", "目标", Obj(&TARGET), "目标", "Targets"),
        opt("deny", "禁止", List(&Line), "本站视为错误的发现（规则编号）", "Findings that this site treats as errors (rule ids)"),
        opt("theme", "主题", Id, "主题（themes 下的文件夹）", "Theme (a folder under themes)"),
        opt(
            "fonts",
            "字体",
            List(&Line),
            "打印用的字体文件，写相对站点文件夹的路径，如 fonts/fangsong.ttf",
            "Font files for printing, by their paths within the site folder, such as `fonts/fangsong.ttf`",
        ),
        opt(
            "sheets",
            "打印材料",
            List(&Choice(&SHEETS)),
            "随网站一起公开的打印材料，记录页面上有链接；不写则没有",
            "Printed sheets that the site carries and that its pages lead to; none if left out",
        ),
        opt("site_domain", "网站域名", Line, "政府网站域名标签 SiteDomain", "Meta tag SiteDomain of government sites"),
        opt("site_id_code", "网站标识码", Line, "政府网站标识码 SiteIDCode", "Meta tag SiteIDCode of government sites"),
    ],
};

pub(super) static CALENDAR: Object = Object {
    name: "calendar",
    zh: "日历",
    en: "public holidays of one year and the weekend days worked instead",
    fields: &[
        opt("kind", "类型", Id, "记录类型", "Kind of record"),
        req("year", "年份", Integer(1949, 2199), "年份", "Year"),
        req("holidays", "节假日", List(&Obj(&HOLIDAY)), "法定节假日", "Public holidays"),
        opt("working_weekends", "调休上班", List(&Date), "调休上班的周末", "Weekend days that are worked"),
    ],
};

static HOLIDAY: Object = Object {
    name: "holiday",
    zh: "节假日",
    en: "a public holiday",
    fields: &[
        req("name", "名称", Line, "名称", "Name"),
        req("from", "开始", Date, "第一天", "First day"),
        req("to", "截止", Date, "最后一天", "Last day"),
    ],
};

static ADOPTED: Object = Object {
    name: "adopted",
    zh: "采用",
    en: "a workflow that an area has adopted",
    fields: &[
        req("id", "编号", Workflow, "工作法", "The workflow"),
        req("since", "起始", Date, "开始采用的日期", "First day in force"),
        opt("until", "终止", Date, "停止采用的日期", "Last day in force"),
    ],
};

static POST: Object = Object {
    name: "post",
    zh: "职位",
    en: "who holds a post and since when",
    fields: &[
        req("role", "职务", Choice(&ROLE), "职务", "Role"),
        req("name", "姓名", Person, "姓名", "Name"),
        req("from", "开始", Date, "任职开始", "First day in office"),
        opt("to", "截止", Date, "任职结束", "Last day in office"),
    ],
};

static FOUNDING: Object = Object {
    name: "founding",
    zh: "组建",
    en: "what must exist before a standing congress meets",
    fields: &[
        opt("delegates_elected", "代表推选", Date, "推选代表的日期", "Day on which the delegates were elected"),
        opt("constituted", "机构组建", Date, "组建机构的日期", "Day on which the body was formed"),
        opt("rules_adopted", "规则确定", Date, "明确议事范围、规则的日期", "Day on which scope and rules were fixed"),
    ],
};

static BODY_OBJECT: Object = Object {
    name: "body",
    zh: "机构",
    en: "a body of an area",
    fields: &[
        req("id", "编号", Id, "编号，会议用它指明是哪个机构", "Id by which meetings name it"),
        req("name", "名称", Line, "名称", "Name"),
        opt("name_en", "英文名称", Line, "英文名称", "Name in English"),
        req("class", "类别", Choice(&BODY_CLASS), "类别", "Class"),
        opt("entitled", "应到", COUNT, "有权出席会议的人数", "People entitled to attend"),
        opt("women", "女性", COUNT, "其中女性人数", "Women among the delegates"),
        opt("delegates", "代表", COUNT, "其中村民代表人数", "Delegates among the members"),
        opt("committee_members", "村委成员", COUNT, "其中村民委员会成员人数", "Village committee members among the members"),
        opt("term", "任期", Obj(&SPAN), "任期", "Term"),
        opt("founding", "组建", Obj(&FOUNDING), "组建过程", "How it was founded"),
        opt("posts", "职位", List(&Obj(&POST)), "职位", "Posts"),
    ],
};

pub(super) static AREA: Object = Object {
    name: "area",
    zh: "区域",
    en: "a place and its bodies",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("name", "名称", Line, "名称", "Name"),
        opt("name_en", "英文名称", Line, "英文名称", "Name in English"),
        req("level", "级别", Choice(&LEVEL), "级别", "Level"),
        opt("code", "代码", Line, "统计用区划代码", "Division code of the statistics office"),
        opt("households", "户数", COUNT, "户数", "Households"),
        opt("population", "人口", COUNT, "人口", "Population"),
        opt("adults", "成年村民", COUNT, "十八周岁以上村民人数", "Villagers aged 18 or over"),
        opt("groups", "村民小组", COUNT, "村民小组数", "Villagers' groups"),
        opt("description", "简介", Prose, "简介", "Description"),
        opt("description_en", "英文简介", Prose, "英文简介", "Description in English"),
        opt("contact", "联系方式", Obj(&CONTACT), "对外联系方式", "Public contact"),
        opt("workflows", "工作法", List(&Obj(&ADOPTED)), "采用的工作法", "Workflows adopted"),
        opt("bodies", "机构", List(&Obj(&BODY_OBJECT)), "机构", "Bodies"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

static OPINION: Object = Object {
    name: "opinion",
    zh: "意见",
    en: "one opinion",
    fields: &[
        req("no", "序号", Integer(1, 1_000_000), "序号", "Number within the register"),
        req("date", "日期", Date, "收到日期", "Day it was heard"),
        req("channel", "渠道", Choice(&CHANNEL), "渠道", "Channel"),
        opt("heard_by", "听取人", Choice(&HEARD_BY), "由谁听取", "Who heard it"),
        opt("category", "类别", Line, "类别", "Category"),
        opt("class", "分类", Choice(&DEMAND), "急事、实事、难事", "Urgent, practical or difficult"),
        req("text", "内容", Prose, "意见内容", "What was said"),
        opt("outcome", "结果", Choice(&OPINION_OUTCOME), "处理结果，默认待处理", "What became of it; pending if left out"),
        opt("matter", "事项", Reference(&[Kind::Matter]), "由它形成的事项", "The matter that took it up"),
        opt("merged_into", "并入", OpinionReference, "并入的意见", "The opinion that it was merged into"),
        opt("reason", "理由", Prose, "不采纳的理由", "Why it was declined"),
        opt("reply", "答复", Prose, "答复内容", "The answer"),
        opt("replied", "答复日期", Date, "答复日期", "Day of the answer"),
    ],
};

pub(super) static OPINIONS: Object = Object {
    name: "opinions",
    zh: "意见",
    en: "a register of opinions",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        opt("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        opt("period", "时期", Period, "时期", "Period"),
        req("items", "意见", List(&Obj(&OPINION)), "意见", "Opinions"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

static SKIPPED: Object = Object {
    name: "skipped",
    zh: "跳过",
    en: "a step left out or merged, with the reason",
    fields: &[
        req("step", "步骤", Id, "步骤", "The step"),
        req("reason", "理由", Prose, "理由", "Why"),
        opt("approved_by", "批准", Line, "批准单位", "Who agreed"),
    ],
};

static CLOSED: Object = Object {
    name: "closed",
    zh: "终止",
    en: "a matter ended before its last step",
    fields: &[req("date", "日期", Date, "终止日期", "Day on which it ended"), req("reason", "理由", Prose, "理由", "Why")],
};

pub(super) static MATTER: Object = Object {
    name: "matter",
    zh: "事项",
    en: "a matter that goes through the steps of a workflow",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        opt("number", "文号", Line, "文号", "Document number"),
        opt("summary", "摘要", Prose, "一句话说明", "What is decided, in one sentence"),
        opt("summary_en", "英文摘要", Prose, "英文摘要", "The same in English"),
        req("workflow", "工作法", Workflow, "按哪种工作法办理", "The workflow that it follows"),
        req("category", "类别", Line, "类别", "Category"),
        opt("land_contract", "土地承包", Flag, "涉及土地承包方案或调整", "Concerns a land contracting plan or its change"),
        opt(
            "linked",
            "关联",
            List(&Reference(&[Kind::Matter])),
            "关联的事项（如乡村两级联动）",
            "Linked matters (village and township)",
        ),
        req("steps", "步骤", Steps, "各步骤的证据", "Evidence of each step"),
        opt("skipped", "跳过", List(&Obj(&SKIPPED)), "合并或跳过的步骤", "Steps merged or left out"),
        opt("closed", "终止", Obj(&CLOSED), "提前终止", "Ended early"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

static TIMES: Object = Object {
    name: "times",
    zh: "时间",
    en: "from one time of day to another",
    fields: &[req("from", "开始", Time, "开始时间", "Beginning"), opt("to", "结束", Time, "结束时间", "End")],
};

static NOTICE: Object = Object {
    name: "notice",
    zh: "通知",
    en: "how a meeting was announced",
    fields: &[
        req("date", "日期", Date, "通知日期", "Day of the notice"),
        opt("ways", "方式", List(&Choice(&WAY)), "通知方式", "Ways of the notice"),
        opt("reason", "理由", Prose, "通知期缩短的理由", "Why the notice was shortened"),
    ],
};

static GROUP: Object = Object {
    name: "group_attendance",
    zh: "分组出席",
    en: "attendance of one villagers' group",
    fields: &[
        req("group", "小组", Line, "村民小组", "Villagers' group"),
        req("entitled", "应到", COUNT, "应到人数", "Entitled"),
        req("present", "实到", COUNT, "实到人数", "Present"),
    ],
};

static VOTES: Object = Object {
    name: "votes",
    zh: "票数",
    en: "the votes on one item",
    fields: &[
        req("for", "同意", COUNT, "同意票", "For"),
        req("against", "反对", COUNT, "反对票", "Against"),
        opt("abstain", "弃权", COUNT, "弃权票", "Abstentions"),
        opt("invalid", "无效", COUNT, "无效票", "Invalid ballots"),
        opt("absent", "未投票", COUNT, "到会未投票", "Present without voting"),
    ],
};

static ITEM: Object = Object {
    name: "item",
    zh: "议项",
    en: "one item of a meeting, voted on by itself",
    fields: &[
        req("no", "序号", Integer(1, 10_000), "序号", "Number of the item"),
        opt("matter", "事项", Reference(&[Kind::Matter]), "所属事项", "The matter that it belongs to"),
        req("motion", "议案", Prose, "议案内容", "The motion"),
        opt("motion_en", "英文议案", Prose, "议案英文内容", "The motion in English"),
        opt("ballot", "投票方式", Choice(&BALLOT), "投票方式", "How the vote is taken"),
        opt("voting", "表决", Choice(&VOTING), "逐项还是一并表决", "Item by item, or in one block"),
        opt("votes", "票数", Obj(&VOTES), "票数", "Votes"),
        opt("outcome", "结果", Choice(&OUTCOME), "结果", "Outcome"),
        opt("amended", "修改", Prose, "会上对议案的修改", "Amendment made in the meeting"),
        opt("note", "说明", Prose, "说明", "Note"),
    ],
};

pub(super) static MEETING: Object = Object {
    name: "meeting",
    zh: "会议",
    en: "a meeting of a body",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        req("body", "机构", Body, "开会的机构", "The body that met"),
        req("date", "日期", Date, "日期", "Day"),
        opt("time", "时间", Obj(&TIMES), "时间", "Time of day"),
        opt("venue", "地点", Line, "地点", "Place"),
        opt("notice", "通知", Obj(&NOTICE), "会议通知", "Notice of the meeting"),
        opt("convened_by", "召集", Obj(&ROLE_HOLDER), "召集人", "Who convened it"),
        opt("presided_by", "主持", Obj(&ROLE_HOLDER), "主持人", "Who presided"),
        opt("entitled", "应到", Integer(1, 1_000_000_000), "有权出席的人数", "People entitled to attend"),
        opt("present", "实到", COUNT, "实际到会人数", "People present"),
        opt("households_entitled", "应到户", COUNT, "应到户数（按户派代表时）", "Households entitled, where households send one"),
        opt("households_present", "实到户", COUNT, "实到户数", "Households represented"),
        opt("groups", "分组", List(&Obj(&GROUP)), "各村民小组出席情况", "Attendance by villagers' group"),
        opt("items", "议项", List(&Obj(&ITEM)), "议项", "Items"),
        opt("signatures", "签字", COUNT, "在决议上签字的代表人数", "Delegates who signed the resolution"),
        opt("recorder", "记录人", Person, "记录人", "Recorder"),
        opt("publicised", "公示", Obj(&PUBLICISED), "会后公示", "Posting after the meeting"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

static PARTIES: Object = Object {
    name: "parties",
    zh: "双方",
    en: "who assesses and who is assessed",
    fields: &[
        req("assessor", "考核方", Line, "考核方", "Who assesses"),
        req("assessed", "被考核方", List(&Line), "被考核方", "Who is assessed"),
    ],
};

static INDICATOR: Object = Object {
    name: "indicator",
    zh: "指标",
    en: "an indicator with its target and weight",
    fields: &[
        req("id", "编号", Id, "编号，考核记录用它填分", "Id by which assessments give its score"),
        req("name", "名称", Line, "名称", "Name"),
        opt("name_en", "英文名称", Line, "英文名称", "Name in English"),
        opt("unit", "单位", Line, "单位", "Unit"),
        opt("target", "目标", Decimal, "目标值", "Target"),
        req("weight", "权重", Decimal, "权重（满分）", "Weight, which is the full score"),
    ],
};

static GRADE: Object = Object {
    name: "grade",
    zh: "等次",
    en: "a grade and the total from which it is given",
    fields: &[
        req("name", "名称", Line, "名称", "Name"),
        opt("name_en", "英文名称", Line, "英文名称", "Name in English"),
        req("at_least", "不低于", Decimal, "最低总分", "Lowest total"),
    ],
};

pub(super) static CONTRACT: Object = Object {
    name: "contract",
    zh: "责任书",
    en: "a contract of targets and weights",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        req("period", "时期", Period, "时期", "Period"),
        req("parties", "双方", Obj(&PARTIES), "考核双方", "The parties"),
        req("signed", "签订", Date, "签订日期", "Day of signature"),
        req("indicators", "指标", List(&Obj(&INDICATOR)), "指标", "Indicators"),
        req("grades", "等次", List(&Obj(&GRADE)), "等次", "Grades"),
        opt("matters", "事项", List(&Reference(&[Kind::Matter])), "纳入考核的事项", "Matters that enter the targets"),
        opt("published", "公布", Date, "公布日期", "Day of publication"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

static RESULT: Object = Object {
    name: "result",
    zh: "考核结果",
    en: "the result of one subject",
    fields: &[
        req("subject", "对象", Line, "被考核对象", "Who was assessed"),
        req("scores", "得分", Table(&Decimal), "各指标得分", "Score of each indicator"),
        opt("actual", "实际", Table(&Decimal), "各指标实际值", "Actual value of each indicator"),
        req("total", "总分", Decimal, "总分", "Total"),
        req("grade", "等次", Line, "等次", "Grade"),
        opt("rank", "名次", Integer(1, 100_000), "名次", "Rank"),
        opt("note", "说明", Prose, "说明", "Note"),
    ],
};

pub(super) static USED_FOR: Object = Object {
    name: "used_for",
    zh: "结果运用",
    en: "what a result was used for",
    fields: &[
        req("subject", "对象", Line, "对象", "Subject"),
        req("use", "用途", Choice(&USE), "用途", "Use"),
        opt("detail", "说明", Prose, "说明", "Detail"),
    ],
};

pub(super) static ASSESSMENT: Object = Object {
    name: "assessment",
    zh: "考核",
    en: "the results of one assessment",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        req("cycle", "周期", Choice(&CYCLE), "周期", "Cycle"),
        req("period", "时期", Period, "时期", "Period"),
        req("contract", "责任书", Reference(&[Kind::Contract]), "所依据的责任书", "The contract it follows"),
        req("results", "结果", List(&Obj(&RESULT)), "结果", "Results"),
        opt("method", "办法", Prose, "考核办法", "Method"),
        opt("published", "公布", Date, "公布日期", "Day of publication"),
        opt("used_for", "结果运用", List(&Obj(&USED_FOR)), "结果运用", "What the results were used for"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

static ENTRY: Object = Object {
    name: "entry",
    zh: "收支",
    en: "one entry of income or expenditure",
    fields: &[
        req("date", "日期", Date, "日期", "Day"),
        req("item", "项目", Line, "项目", "What it is for"),
        opt("basis", "依据", Line, "依据", "Basis: contract, decision or document"),
        opt("matter", "事项", Reference(&[Kind::Matter]), "所属事项", "The matter it belongs to"),
        req("amount", "金额", Money, "金额", "Amount"),
    ],
};

static VERIFIED: Object = Object {
    name: "verified_by",
    zh: "审核",
    en: "who verified the accounts before publication",
    fields: &[req("body", "机构", Line, "审核机构", "Who verified"), req("date", "日期", Date, "审核日期", "Day")],
};

/// Currencies that amounts may be in.
pub(super) static CURRENCY: Choices = Choices {
    name: "currency",
    values: &[("CNY", "人民币", "yuan"), ("GBP", "英镑", "pounds"), ("USD", "美元", "dollars"), ("EUR", "欧元", "euros")],
};

pub(super) static FINANCE: Object = Object {
    name: "finance",
    zh: "财务",
    en: "income, expenditure and balance of a period",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        opt("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        req("period", "时期", Period, "时期", "Period"),
        opt("currency", "币种", Choice(&CURRENCY), "币种，默认人民币", "Currency; CNY if left out"),
        req("opening", "期初", Money, "期初余额", "Opening balance"),
        req("income", "收入", List(&Obj(&ENTRY)), "收入", "Income"),
        req("expenditure", "支出", List(&Obj(&ENTRY)), "支出", "Expenditure"),
        req("closing", "期末", Money, "期末余额", "Closing balance"),
        opt("verified_by", "审核", Obj(&VERIFIED), "公布前的审核", "Verification before publication"),
        opt("published", "公布", Date, "公布日期", "Day of publication"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

static ASKED: Object = Object {
    name: "asked",
    zh: "提出",
    en: "when, where and by whom a question was put",
    fields: &[
        req("date", "日期", Date, "日期", "Day"),
        opt("meeting", "会议", Reference(&[Kind::Meeting]), "会议", "Meeting"),
        opt("by", "提出人", Choice(&ASKER), "提出人身份", "Who asked"),
    ],
};

/// Who puts an inquiry.
pub(super) static ASKER: Choices = Choices {
    name: "asker",
    values: &[
        ("delegate", "村民代表", "delegate"),
        ("resident", "村民", "resident"),
        ("party-member", "党员", "party member"),
        ("people-congress-deputy", "人大代表", "people's congress deputy"),
        ("cppcc-member", "政协委员", "CPPCC member"),
        ("supervisor", "监督委员", "supervisor"),
    ],
};

static ABOUT: Object = Object {
    name: "about",
    zh: "关于",
    en: "what a question is about",
    fields: &[
        opt("finance", "财务", Reference(&[Kind::Finance]), "财务记录", "Finance record"),
        opt("line", "收支项目", Line, "其中哪一项收支", "Which entry of it"),
        opt("matter", "事项", Reference(&[Kind::Matter]), "事项", "Matter"),
        opt("meeting", "会议", Reference(&[Kind::Meeting]), "会议", "Meeting"),
        opt("assessment", "考核", Reference(&[Kind::Assessment]), "考核", "Assessment"),
        opt("disclosure", "公开事项", Reference(&[Kind::Disclosure]), "公开事项", "Disclosure"),
    ],
};

static ANSWERED: Object = Object {
    name: "answered",
    zh: "答复",
    en: "when a question was answered",
    fields: &[req("date", "日期", Date, "日期", "Day"), opt("by", "答复人", Line, "答复人职务", "Who answered, by office")],
};

pub(super) static INQUIRY: Object = Object {
    name: "inquiry",
    zh: "质询",
    en: "a question to a body and its answer",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        req("asked", "提出", Obj(&ASKED), "提出", "How it was put"),
        opt("about", "关于", Obj(&ABOUT), "所涉记录", "What it is about"),
        req("respondent", "答复机构", Body, "答复机构", "The body that answers"),
        opt("due", "期限", Date, "答复期限", "Day by which an answer is due"),
        opt("answered", "答复", Obj(&ANSWERED), "答复", "The answer"),
        opt("accepted", "认可", Flag, "提出人是否认可", "Whether the asker accepts the answer"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

pub(super) static CASE: Object = Object {
    name: "case",
    zh: "典型",
    en: "a model case",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        req("matters", "事项", List(&Reference(&[Kind::Matter])), "所依据的事项", "The matters that it rests on"),
        opt("themes", "主题", List(&Line), "主题", "Themes"),
        opt("endorsed_by", "推荐", Line, "推荐单位", "Who endorses it"),
        opt("reviewed", "审核", Date, "最近审核日期", "Day of the last review"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

pub(super) static DISCLOSURE: Object = Object {
    name: "disclosure",
    zh: "公开事项",
    en: "any other party, village or government affair of the catalogue",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        req("sphere", "领域", Choice(&SPHERE), "党务、村务、政务或财务", "Party, village, government or financial affairs"),
        req("category", "类别", Line, "目录类别", "Category of the catalogue"),
        opt("item", "目录事项", Id, "公开目录中的事项编号", "The item of the catalogue that it fulfils, by its id"),
        req("period", "时期", Period, "时期", "Period"),
        req("basis", "依据", Line, "公开依据", "Basis of the disclosure"),
        opt("body", "机构", Body, "公开责任机构", "The body responsible"),
        opt("due", "期限", Date, "应公开日期", "Day by which it is due"),
        opt("published", "公布", Date, "公布日期", "Day of publication"),
        opt("publicised", "公示", Obj(&PUBLICISED), "公示", "Posting"),
        opt("matters", "事项", List(&Reference(&[Kind::Matter])), "相关事项", "Matters concerned"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

/// How often an item of a catalogue is disclosed, or an indicator reported.
pub(super) static CADENCE: Choices = Choices {
    name: "cadence",
    values: &[
        ("monthly", "每月", "monthly"),
        ("quarterly", "每季度", "quarterly"),
        ("half-yearly", "每半年", "half-yearly"),
        ("yearly", "每年", "yearly"),
        ("any-time", "随时", "at any time"),
    ],
};

/// The kind of record that fulfils an item of a catalogue.
pub(super) static FULFILMENT: Choices = Choices {
    name: "fulfilment",
    values: &[
        ("disclosure", "公开事项", "disclosure"),
        ("finance", "财务", "finance"),
        ("meeting", "会议", "meeting"),
        ("matter", "事项", "matter"),
        ("assessment", "考核", "assessment"),
        ("opinions", "意见", "opinions"),
    ],
};

static CATALOGUE_ITEM: Object = Object {
    name: "catalogue_item",
    zh: "目录事项",
    en: "one item that has to be disclosed",
    fields: &[
        req("id", "编号", Id, "编号，公开事项用它指明是哪一项", "Id by which disclosures name it"),
        req("title", "标题", Line, "公开事项的名称", "What has to be disclosed"),
        opt("title_en", "英文标题", Line, "英文名称", "The same in English"),
        req("sphere", "领域", Choice(&SPHERE), "党务、村务、政务或财务", "Party, village, government or financial affairs"),
        opt("category", "类别", Line, "类别", "Category"),
        req("basis", "依据", Line, "公开依据", "Basis of the disclosure"),
        opt("basis_en", "英文依据", Line, "英文依据", "Basis in English"),
        req("cadence", "频次", Choice(&CADENCE), "多久公开一次", "How often"),
        opt(
            "within",
            "时限",
            Integer(0, 366),
            "时期结束后（随时公开的，事情发生后）几日内公开",
            "Days within which it is published, after the end of the period or, at any time, after the event",
        ),
        req("responsible", "责任主体", Choice(&BODY_CLASS), "负责公开的机构", "The body responsible"),
        opt(
            "level",
            "级别",
            Choice(&LEVEL),
            "适用的区域级别，默认与目录相同",
            "Level that it applies to; that of the catalogue if left out",
        ),
        opt("ways", "方式", List(&Choice(&WAY)), "公开方式", "Ways of publication"),
        opt("since", "起始", Date, "开始公开的日期", "First day on which it has to be disclosed"),
        opt("until", "终止", Date, "停止公开的日期", "Last day on which it has to be disclosed"),
        opt(
            "fulfilled_by",
            "完成记录",
            Choice(&FULFILMENT),
            "由哪种记录完成，默认公开事项（用 `item` 指明本项）",
            "The kind of record that fulfils it; a disclosure that names it under `item` if left out",
        ),
        opt(
            "held_by",
            "会议机构",
            Choice(&BODY_CLASS),
            "由会议完成的，是哪种机构的会议",
            "Whose meetings, where a meeting fulfils it",
        ),
    ],
};

pub(super) static CATALOGUE: Object = Object {
    name: "catalogue",
    zh: "公开目录",
    en: "what an area and those below it have to disclose",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        opt("number", "文号", Line, "文号", "Document number"),
        opt("summary", "摘要", Prose, "一句话说明", "What it is, in one sentence"),
        opt("summary_en", "英文摘要", Prose, "英文摘要", "The same in English"),
        opt("issued", "印发", Date, "印发日期", "Day of issue"),
        opt(
            "effective",
            "有效期",
            Obj(&SPAN),
            "执行的起止日期，默认一直执行",
            "The days on which it is in force; always if left out",
        ),
        opt(
            "level",
            "级别",
            Choice(&LEVEL),
            "适用的区域级别，默认本区域和下级区域",
            "Level of the areas that it applies to; its own area and all below it if left out",
        ),
        req("items", "事项", List(&Obj(&CATALOGUE_ITEM)), "公开事项", "What has to be disclosed"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

/// Whether a target is a floor or a ceiling.
pub(super) static DIRECTION: Choices =
    Choices { name: "direction", values: &[("at-least", "不低于", "at least"), ("at-most", "不高于", "at most")] };

static FUNDS: Object = Object {
    name: "funds",
    zh: "资金",
    en: "the funds of a project",
    fields: &[
        req("budget", "预算", Money, "预算金额", "Budget"),
        opt("spent", "已支出", Money, "已支出金额", "Spent so far"),
        opt("as_of", "截至", Date, "支出统计到哪一天", "The day up to which it is counted"),
        opt("source", "来源", Line, "资金来源", "Where the funds come from"),
    ],
};

static PROJECT: Object = Object {
    name: "project",
    zh: "项目",
    en: "a project of a programme",
    fields: &[
        req("id", "编号", Id, "编号，指标用它指明属于哪个项目", "Id by which indicators name it"),
        req("title", "标题", Line, "名称", "Title"),
        opt("title_en", "英文标题", Line, "英文名称", "Title in English"),
        opt("responsible", "责任单位", Line, "责任单位", "Unit responsible"),
        opt("matters", "事项", List(&Reference(&[Kind::Matter])), "属于这个项目的事项", "Matters that belong to it"),
        opt("funds", "资金", Obj(&FUNDS), "资金", "Funds"),
    ],
};

static REPORTED: Object = Object {
    name: "reported",
    zh: "报告数值",
    en: "a value reported",
    fields: &[
        req("date", "日期", Date, "数值截至的日期", "The day that the value is of"),
        req("value", "数值", Decimal, "数值", "Value"),
        opt("note", "说明", Prose, "说明", "Note"),
    ],
};

static PROGRAMME_INDICATOR: Object = Object {
    name: "programme_indicator",
    zh: "工程指标",
    en: "an indicator of a programme with its target and the values reported",
    fields: &[
        req("id", "编号", Id, "编号", "Id"),
        opt(
            "project",
            "项目",
            Id,
            "所属项目的编号；不写的，属于整个工程",
            "The project it belongs to; the whole programme if left out",
        ),
        req("name", "名称", Line, "名称", "Name"),
        opt("name_en", "英文名称", Line, "英文名称", "Name in English"),
        opt("unit", "单位", Line, "单位，如 %、个、户", "Unit, such as % or households"),
        opt("unit_en", "英文单位", Line, "英文单位", "Unit in English"),
        opt(
            "direction",
            "方向",
            Choice(&DIRECTION),
            "不低于还是不高于目标，默认不低于",
            "At least or at most; at least if left out",
        ),
        opt("baseline", "基数", Decimal, "开始时的数值", "Value at the beginning"),
        req("target", "目标", Decimal, "目标值", "Target"),
        req("by", "期限", Date, "达到目标的期限", "The day by which it is to be reached"),
        opt("responsible", "责任人", Line, "责任单位或职务", "Who is responsible, by unit or office"),
        opt("cadence", "频次", Choice(&CADENCE), "多久报告一次", "How often it is reported"),
        opt(
            "above_100",
            "可超百分百",
            Flag,
            "百分比可以超过 100（如增长率）",
            "The percentage may be more than 100, as a growth rate",
        ),
        opt("values", "进展", List(&Obj(&REPORTED)), "报告的数值，按日期先后", "Values reported, in the order of their days"),
    ],
};

pub(super) static PROGRAMME: Object = Object {
    name: "programme",
    zh: "工程",
    en: "a programme with its projects, indicators and targets",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        opt("number", "文号", Line, "文号", "Document number"),
        opt("summary", "摘要", Prose, "一句话说明", "What it is, in one sentence"),
        opt("summary_en", "英文摘要", Prose, "英文摘要", "The same in English"),
        req("term", "实施期", Obj(&SPAN), "从哪天到哪天", "From when to when"),
        opt(
            "areas",
            "区域",
            List(&Reference(&[Kind::Area])),
            "实施的区域，如 /qinghe/xinmin",
            "Where it is carried out, such as /qinghe/xinmin",
        ),
        req("lead", "牵头", Body, "牵头机构", "The body that leads it"),
        opt("partners", "参与单位", List(&Line), "参与单位", "Units that take part"),
        req("projects", "项目", List(&Obj(&PROJECT)), "项目", "Projects"),
        req("indicators", "指标", List(&Obj(&PROGRAMME_INDICATOR)), "指标", "Indicators"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

/// The rows that a survey has wherever it stands.
macro_rules! survey_rows {
    ($($row:expr),* $(,)?) => {
        &[
            $($row,)*
            opt("question", "问题", Prose, "问题原文", "The question as asked"),
            opt("date", "日期", Date, "测评日期", "Day of the survey"),
            req("issued", "发出", COUNT, "发出票数", "Ballots issued"),
            req("returned", "收回", COUNT, "收回票数", "Ballots returned"),
            req("valid", "有效", COUNT, "有效票数", "Valid ballots"),
            req("satisfied", "满意", COUNT, "满意", "Satisfied"),
            req("mostly", "基本满意", COUNT, "基本满意", "Mostly satisfied"),
            req("dissatisfied", "不满意", COUNT, "不满意", "Dissatisfied"),
        ]
    };
}

/// A survey inside another record.
pub(super) static SURVEY_RESULT: Object =
    Object { name: "survey_result", zh: "测评结果", en: "the result of a survey", fields: survey_rows![] };

pub(super) static SURVEY: Object = Object {
    name: "survey",
    zh: "测评",
    en: "a survey of satisfaction",
    fields: survey_rows![
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        req("period", "时期", Period, "时期", "Period"),
        opt("about", "对象", Line, "测评对象", "What is rated"),
        opt("matter", "事项", Reference(&[Kind::Matter]), "相关事项", "The matter concerned"),
        opt("published", "公布", Date, "公布日期", "Day of publication"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};
