//! The rows of rosters of delegates and of elections.

use super::Shape::{Body, Choice, Date, Decimal, Flag, Id, Integer, Line, List, Object as Obj, Period, Person, Prose, Reference};
use super::kinds::{ATTACHMENT, PUBLICISED, ROLE, SPAN};
use super::{COUNT, Choices, Kind, Object, opt, req};

/// The sex of a delegate or a candidate, where it is published.
pub(super) static SEX: Choices = Choices { name: "sex", values: &[("female", "女", "female"), ("male", "男", "male")] };

/// What an election fills.
pub(super) static ELECTED_OFFICE: Choices = Choices {
    name: "elected_office",
    values: &[
        ("delegates", "村民代表", "delegates"),
        ("chair", "村代会主席", "chair of the congress"),
        ("committee", "村民委员会", "village committee"),
        ("supervisory-committee", "村务监督委员会", "supervisory committee"),
        ("other", "其他", "other"),
    ],
};

/// The form of an election.
pub(super) static ELECTION_FORM: Choices = Choices {
    name: "election_form",
    values: &[
        ("general", "换届选举", "general election"),
        ("by-election", "补选", "by-election"),
        ("run-off", "另行选举", "run-off"),
        ("recall", "罢免", "recall"),
    ],
};

/// What an election came to.
pub(super) static ELECTION_OUTCOME: Choices = Choices {
    name: "election_outcome",
    values: &[
        ("elected", "选出", "elected"),
        ("partly-elected", "部分选出", "partly elected"),
        ("failed", "未选出", "not elected"),
        ("void", "选举无效", "void"),
        ("recalled", "罢免通过", "recalled"),
        ("not-recalled", "罢免未通过", "not recalled"),
    ],
};

static VISIT: Object = Object {
    name: "visit",
    zh: "走访",
    en: "a visit of a delegate to the households linked",
    fields: &[
        req("date", "日期", Date, "走访日期", "Day"),
        req("households", "户数", COUNT, "走访户数", "Households visited"),
        opt("opinions", "意见", COUNT, "带回的意见条数", "Opinions brought back"),
        opt("note", "说明", Prose, "说明", "Note"),
    ],
};

static ATTENDANCE: Object = Object {
    name: "attendance",
    zh: "出席",
    en: "the attendance of a delegate in one period",
    fields: &[
        req("period", "时期", Period, "时期", "Period"),
        req("held", "应出席", COUNT, "应出席的会议次数", "Meetings that the delegate was to attend"),
        req("present", "实出席", COUNT, "实际出席次数", "Meetings attended"),
    ],
};

static REVIEW: Object = Object {
    name: "review_of_delegate",
    zh: "代表考核",
    en: "the assessment of a delegate in one year",
    fields: &[
        req("year", "年度", Integer(1949, 2199), "考核年度", "Year assessed"),
        opt("score", "得分", Decimal, "得分", "Score"),
        req("grade", "等次", Line, "等次", "Grade"),
        opt("reward", "奖励", Line, "奖励", "Reward"),
        opt("penalty", "惩戒", Line, "惩戒", "Penalty"),
        opt("reason", "理由", Prose, "奖励或惩戒的理由", "Why rewarded or penalised"),
    ],
};

static DELEGATE: Object = Object {
    name: "delegate",
    zh: "代表",
    en: "a delegate, or a village committee member who belongs to the body",
    fields: &[
        req("no", "序号", Integer(1, 10_000), "序号", "Number on the roster"),
        req("name", "姓名", Person, "姓名", "Name"),
        opt("sex", "性别", Choice(&SEX), "性别", "Sex"),
        opt("party_member", "党员", Flag, "是否党员", "Whether a party member"),
        opt(
            "committee_member",
            "村委成员",
            Flag,
            "是村民委员会成员而不是村民代表",
            "A village committee member rather than a delegate",
        ),
        opt("role", "职务", Choice(&ROLE), "在机构中的职务", "Post in the body"),
        opt("group", "小组", Line, "村民小组", "Villagers' group"),
        opt("households", "联系户", COUNT, "所联系的户数", "Households linked to the delegate"),
        opt("since", "起始", Date, "中途增补的，开始任职日期", "First day, where it is later than the term's"),
        opt("until", "终止", Date, "中途离任的，最后任职日期", "Last day, where it is earlier than the term's"),
        opt("reason", "原因", Line, "中途增补或离任的原因", "Why the delegate joined late or left early"),
        opt("visits", "走访", List(&Obj(&VISIT)), "联系和走访农户", "Visits to households"),
        opt("attendance", "出席", List(&Obj(&ATTENDANCE)), "出席会议情况", "Attendance by period"),
        opt("assessments", "考核", List(&Obj(&REVIEW)), "对代表的考核", "Assessments of the delegate"),
    ],
};

pub(super) static DELEGATES: Object = Object {
    name: "delegates",
    zh: "代表名册",
    en: "the roster of a body for one term: its delegates",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        req("body", "机构", Body, "代表所在的机构", "The body whose members these are"),
        req("term", "任期", Obj(&SPAN), "届期", "The term"),
        req("date", "日期", Date, "名册截至日期", "The day on which the roster stood so"),
        opt("vacancies", "缺额", COUNT, "空缺名额", "Seats that stand empty"),
        opt("elections", "选举", List(&Reference(&[Kind::Election])), "推选记录", "The elections that it follows from"),
        req("members", "成员", List(&Obj(&DELEGATE)), "全体组成人员", "Everybody who belongs to the body"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};

static CANDIDATE: Object = Object {
    name: "candidate",
    zh: "候选人",
    en: "a candidate with the votes cast for them",
    fields: &[
        req("name", "姓名", Person, "姓名", "Name"),
        opt("sex", "性别", Choice(&SEX), "性别", "Sex"),
        opt("role", "职务", Choice(&ROLE), "竞选职务", "The post stood for"),
        opt("group", "小组", Line, "村民小组", "Villagers' group"),
        req("votes", "得票", COUNT, "得票数", "Votes"),
        opt("elected", "当选", Flag, "是否当选", "Whether elected"),
        opt("note", "说明", Prose, "说明", "Note"),
    ],
};

static ELECTION_GROUP: Object = Object {
    name: "election_group",
    zh: "分组投票",
    en: "the ballots of one villagers' group or polling station",
    fields: &[
        req("group", "小组", Line, "村民小组或投票站", "Villagers' group or polling station"),
        opt("seats", "名额", Integer(1, 10_000), "名额", "Seats"),
        req("registered", "登记", COUNT, "登记参加选举的人数", "Registered voters"),
        req("issued", "发出", COUNT, "发出选票数", "Ballots issued"),
        req("returned", "收回", COUNT, "收回选票数", "Ballots returned"),
    ],
};

static OBJECTION: Object = Object {
    name: "objection",
    zh: "异议",
    en: "an objection to the list of voters",
    fields: &[
        req("date", "提出", Date, "提出日期", "Day on which it was made"),
        opt("decided", "处理", Date, "处理日期", "Day on which it was decided"),
        opt("result", "结果", Line, "处理结果", "What was decided"),
    ],
};

static RECALL: Object = Object {
    name: "recall",
    zh: "罢免",
    en: "a demand for recall and the vote on it",
    fields: &[
        req("name", "姓名", Person, "被要求罢免的人", "Whose recall was voted on"),
        opt("role", "职务", Choice(&ROLE), "职务", "Post"),
        req("reason", "理由", Prose, "罢免理由", "Why"),
        opt("voters", "联名村民", COUNT, "联名要求罢免的村民人数", "Voters who demanded it"),
        opt("delegates", "联名代表", COUNT, "联名要求罢免的村民代表人数", "Delegates who demanded it"),
        opt("defence", "申辩", Prose, "被罢免人的申辩意见", "What the person said to it"),
        req("for", "同意", COUNT, "同意罢免的票数", "Votes for the recall"),
        req("against", "不同意", COUNT, "不同意罢免的票数", "Votes against it"),
    ],
};

pub(super) static ELECTION: Object = Object {
    name: "election",
    zh: "选举",
    en: "an election or a recall",
    fields: &[
        req("kind", "类型", Id, "记录类型", "Kind of record"),
        req("title", "标题", Line, "标题", "Title"),
        opt("title_en", "英文标题", Line, "英文标题", "Title in English"),
        req("office", "对象", Choice(&ELECTED_OFFICE), "选举什么人", "What is filled"),
        req("form", "形式", Choice(&ELECTION_FORM), "换届、补选、另行选举或罢免", "General, by-election, run-off or recall"),
        req("body", "机构", Body, "所选举的机构", "The body whose seats are filled"),
        req("date", "日期", Date, "投票日期", "Day of the vote"),
        opt("seats", "名额", Integer(1, 10_000), "应选名额", "Seats to fill"),
        opt("first", "前次", Reference(&[Kind::Election]), "另行选举所接续的选举", "The election that a run-off follows"),
        opt("conducted_by", "主持", Line, "主持选举的机构", "Who conducted it"),
        opt("supervised_by", "监督", Line, "监督选举的机构", "Who supervised it"),
        opt("list_posted", "名单公布", Date, "选民名单公布日期", "Day on which the list of voters was posted"),
        opt("objections", "异议", List(&Obj(&OBJECTION)), "对名单的异议", "Objections to the list"),
        req("registered", "登记", COUNT, "登记参加选举（有选举权）的人数", "Registered voters"),
        req("issued", "发出", COUNT, "发出选票数", "Ballots issued"),
        req("returned", "收回", COUNT, "收回选票数", "Ballots returned"),
        req("valid", "有效", COUNT, "有效票", "Valid ballots"),
        req("invalid", "无效", COUNT, "无效票", "Invalid ballots"),
        opt("blank", "空白", COUNT, "空白票（另计，不在无效票内）", "Blank ballots, not counted among the invalid"),
        opt("proxies", "委托投票", COUNT, "其中委托投票数", "Ballots cast by proxy"),
        opt("most_proxies", "最多受托", COUNT, "一人最多接受几人委托", "The most proxies that one person held"),
        opt("groups", "分组", List(&Obj(&ELECTION_GROUP)), "各组（站）投票情况", "By villagers' group or polling station"),
        opt("candidates", "候选人", List(&Obj(&CANDIDATE)), "候选人及得票", "Candidates and their votes"),
        opt("recall", "罢免", Obj(&RECALL), "罢免", "The recall"),
        req("outcome", "结果", Choice(&ELECTION_OUTCOME), "结果", "Outcome"),
        opt("reason", "原因", Prose, "未选出或者无效的原因", "Why nobody was elected, or why it is void"),
        opt("publicised", "公示", Obj(&PUBLICISED), "结果公告", "Posting of the result"),
        opt("attachments", "附件", List(&Obj(&ATTACHMENT)), "附件", "Files beside the record"),
        opt("draft", "草稿", Flag, "草稿不公开", "Drafts are not published"),
    ],
};
