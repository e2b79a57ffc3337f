//! The rules that are written in Rust: what each asks and why, for `gongshi rule` and the page of rules.
//!
//! The rules of procedures stand in their packs. A test reads the source for ids and asks for a row of each.

use super::Severity;
use crate::language::Text;

/// A rule of the file format, of the numbers in a record, of its references, or of privacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileRule {
    /// The id, `family/name` (`schema/missing-key`).
    pub id: &'static str,
    /// How much it weighs where it is found.
    pub severity: Severity,
    title: (&'static str, &'static str),
    why: (&'static str, &'static str),
}

impl FileRule {
    /// Returns the title in both languages.
    pub fn title(&self) -> Text {
        Text::new(self.title.0, self.title.1)
    }

    /// Returns what the rule asks and why, in both languages.
    pub fn why(&self) -> Text {
        Text::new(self.why.0, self.why.1)
    }

    /// Returns the family (`schema`).
    pub fn family(&self) -> &'static str {
        self.id.split('/').next().unwrap_or(self.id)
    }
}

/// Finds a rule by its id.
pub fn find(id: &str) -> Option<&'static FileRule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Returns the title of a family of rules.
pub fn family_title(family: &str) -> Option<Text> {
    FAMILIES.iter().find(|(id, ..)| *id == family).map(|(_, zh, en)| Text::new(*zh, *en))
}

/// The families, in the order of the documentation.
const FAMILIES: [(&str, &str, &str); 11] = [
    ("syntax", "文件写法", "How a file is written"),
    ("schema", "键和值", "Keys and values"),
    ("reference", "引用", "References"),
    ("identity", "编号和位置", "Ids and places"),
    ("arithmetic", "数字", "Numbers"),
    ("date", "日期", "Dates"),
    ("privacy", "个人信息", "Privacy"),
    ("link", "链接", "Links"),
    ("attachment", "附件", "Attachments"),
    ("workflow", "工作法文件", "Rule packs"),
    ("catalogue", "公开目录", "Disclosure catalogues"),
];

/// Makes an error.
const fn error(id: &'static str, title: (&'static str, &'static str), why: (&'static str, &'static str)) -> FileRule {
    FileRule { id, severity: Severity::Error, title, why }
}

/// Makes a warning.
const fn warning(id: &'static str, title: (&'static str, &'static str), why: (&'static str, &'static str)) -> FileRule {
    FileRule { id, severity: Severity::Warning, title, why }
}

/// Makes a finding.
const fn finding(id: &'static str, title: (&'static str, &'static str), why: (&'static str, &'static str)) -> FileRule {
    FileRule { id, severity: Severity::Finding, title, why }
}

/// Every rule, by family.
pub static RULES: &[FileRule] = &[
    error(
        "syntax/yaml",
        ("YAML 写法有误", "YAML that cannot be read"),
        (
            "文件按 YAML 读取；缩进、冒号或引号写错时无法知道作者的意思，所以不猜。",
            "The file is read as YAML; with a wrong indent, colon or quote its meaning cannot be known, and it is not guessed.",
        ),
    ),
    error(
        "syntax/header",
        ("缺少文件头", "No header"),
        (
            "Markdown 记录以两行 `---` 之间的 YAML 开头，没有它就不知道这是什么记录。",
            "A Markdown record begins with YAML between two `---` lines; without it nothing says what the record is.",
        ),
    ),
    error(
        "syntax/encoding",
        ("不是 UTF-8 文字", "Not UTF-8 text"),
        (
            "记录以 UTF-8 保存，控制字符和乱码不公布。",
            "Records are kept in UTF-8; control characters and garbled text are not published.",
        ),
    ),
    error(
        "syntax/too-large",
        ("文件过大", "Too large a file"),
        (
            "过大或嵌套过深的文件不是手写的记录，读它会耗尽内存。",
            "A file of that size or depth is no record written by hand, and reading it would exhaust the memory.",
        ),
    ),
    warning(
        "syntax/allow",
        ("放行的注释写法有误", "A mistaken allow comment"),
        (
            "`# gongshi: allow <规则>` 要写明规则，没有用上的应当删去。",
            "`# gongshi: allow <rule>` names a rule; one that does nothing should go.",
        ),
    ),
    error(
        "schema/unknown-key",
        ("没有这个键", "An unknown key"),
        (
            "写错的键会被当作没写，内容就悄悄丢了，所以一律指出。",
            "A misspelt key would count as not written and its content would be lost in silence.",
        ),
    ),
    error(
        "schema/missing-key",
        ("缺少必需的键", "A missing key"),
        ("没有它，这条记录说不清是什么事。", "Without it the record does not say what it is about."),
    ),
    error(
        "schema/duplicate-key",
        ("同一个键写了两次", "A key twice"),
        (
            "两个值里取哪一个，应当由作者决定。中英文写法算同一个键。",
            "Which of two values holds is for the author to say. The Chinese and the English spelling are one key.",
        ),
    ),
    error(
        "schema/unknown-kind",
        ("没有这种记录", "An unknown kind of record"),
        ("`kind` 决定一个文件怎样读、怎样判断、怎样公布。", "`kind` decides how a file is read, judged and published."),
    ),
    error(
        "schema/unknown-value",
        ("不在可选的值之内", "A value that is not in the list"),
        ("这个键只能取几个值之一，统计和规则都依据它。", "The key takes one of a few values; statistics and rules rest on them."),
    ),
    error(
        "schema/wrong-type",
        ("类型不对", "A wrong type"),
        (
            "数字、日期、名单各有写法；不存在的日期也在此列。",
            "Numbers, dates and lists are each written in one way; dates that do not exist are found here too.",
        ),
    ),
    error(
        "schema/out-of-range",
        ("超出范围", "Out of range"),
        ("这个数不可能这样大或这样小。", "The number cannot be that large or that small."),
    ),
    warning(
        "schema/placeholder",
        ("没有填写的占位文字", "A placeholder that was left"),
        (
            "`gongshi new` 写下的标题、姓名和正文只是占位，原样留着就会公布出去。",
            "Titles, names and texts that `gongshi new` writes only hold a place; left as they are, they would be published.",
        ),
    ),
    error(
        "reference/unknown",
        ("引用的对象不存在", "A reference to nothing"),
        ("公开的依据必须查得到。", "What a publication rests on has to be there to look up."),
    ),
    error(
        "reference/mismatch",
        ("引用与对象对不上", "A reference that does not match"),
        ("两条记录互相引用时，说的应当是同一件事。", "Where two records name each other, they have to speak of the same thing."),
    ),
    error(
        "reference/wrong-kind",
        ("引用的种类不对", "A reference to the wrong kind"),
        ("这里应当引用另一种记录。", "Another kind of record belongs here."),
    ),
    error(
        "reference/draft",
        ("依据的记录是草稿", "Resting on a draft"),
        (
            "公开的记录所依据的记录也要公开，否则读者无从查对。",
            "What a published record rests on has to be published too, or no reader could look it up.",
        ),
    ),
    error(
        "reference/entitled-differs",
        ("应到人数与机构不符", "Entitled number differs from the body"),
        (
            "应到人数是门槛的分母，必须与机构登记的人数一致。",
            "The number entitled is the denominator of thresholds and has to agree with the body's own.",
        ),
    ),
    error(
        "reference/roster-differs",
        ("名册人数与机构不符", "A roster that differs from the body"),
        (
            "名册上的人数、女性人数应当与机构登记的一致：它们是法定比例和会议门槛的分母。",
            "The roster has as many members and women as the body says: they are the denominators of quorums and shares.",
        ),
    ),
    error(
        "reference/term-differs",
        ("届期与机构不符", "A term that differs from the body's"),
        ("代表的届期就是机构的任期。", "The term of the delegates is that of their body."),
    ),
    error(
        "reference/attendance-differs",
        ("应出席次数少于会议次数", "Fewer meetings to attend than were held"),
        (
            "任职期间已公布的每次会议，代表都应当出席；漏记会议会抬高出席率。",
            "A delegate is to attend every meeting held in the period; leaving one out would raise the rate of attendance.",
        ),
    ),
    error(
        "reference/delegate-not-elected",
        ("代表不在当选人中", "A delegate who was not elected"),
        ("名册上的代表应当是所列选举选出的。", "The delegates on a roster are those whom the elections named elected."),
    ),
    error(
        "reference/post-differs",
        ("当选人与任职人不符", "Another holds the post"),
        ("选举之后任职的，应当是当选的人。", "Whoever takes a post after an election is the one elected."),
    ),
    error(
        "identity/delegate-twice",
        ("一名代表两次", "A delegate twice"),
        (
            "同一人在名册上出现两次，人数和比例就会算错。",
            "With one person on the roster twice, the numbers and shares come out wrong.",
        ),
    ),
    error(
        "identity/duplicate",
        ("编号重复", "An id twice"),
        (
            "编号重复，引用就不知道指的是哪一个；同一份责任书同一期的结果也只能有一个。",
            "With two of the same id, a reference does not know which is meant; a period has one result by one contract.",
        ),
    ),
    error(
        "identity/address-collision",
        ("网页地址相同", "Two records at one address"),
        ("两条记录不能公布在同一个网址上。", "Two records cannot be published at one address."),
    ),
    error(
        "identity/level-order",
        ("区域级别倒置", "Levels of areas out of order"),
        ("文件夹的上下级就是区域的上下级。", "The tree of folders is the tree of areas."),
    ),
    error(
        "identity/no-area",
        ("不属于任何区域", "In no area"),
        ("每条记录都要知道是哪个地方的事。", "Each record has to say which place it is about."),
    ),
    error(
        "arithmetic/vote-sum",
        ("票数之和不等于到会人数", "Votes that do not add up"),
        (
            "赞成、反对、弃权、无效、未投票相加应当等于到会人数。",
            "For, against, abstentions, invalid ballots and those who did not vote make up those present.",
        ),
    ),
    error(
        "arithmetic/present-exceeds-entitled",
        ("实到多于应到", "More present than entitled"),
        ("到会人数不可能多于有权出席的人数。", "No more can be present than are entitled to attend."),
    ),
    error(
        "arithmetic/part-exceeds-whole",
        ("部分大于整体", "A part larger than the whole"),
        ("其中的一部分不可能多于总数。", "A part cannot be more than the whole."),
    ),
    error(
        "arithmetic/group-sum",
        ("各组之和与总数不符", "Groups that do not add up"),
        ("各村民小组的数相加应当等于总数。", "The numbers of the villagers' groups make up the total."),
    ),
    error(
        "arithmetic/signatures-exceed-present",
        ("签字多于到会", "More signatures than present"),
        ("没有到会的人不能在决议上签字。", "Who was not present cannot have signed the resolution."),
    ),
    error(
        "arithmetic/returned-exceeds-sent",
        ("收回多于发出", "More returned than sent"),
        ("收回的份数不可能多于发出的份数。", "No more can come back than were sent."),
    ),
    error(
        "arithmetic/favour-exceeds-returned",
        ("赞成多于收回", "More in favour than returned"),
        ("赞成的份数不可能多于收回的份数。", "No more can be in favour than came back."),
    ),
    error(
        "arithmetic/attendance-sum",
        ("出席人次与会议不符", "Attendance that does not add up to the meetings"),
        (
            "一个时期各人出席次数相加，应当等于这一时期各次会议实到人数之和。",
            "The attendance of all delegates in a period makes up the numbers present at its meetings.",
        ),
    ),
    error(
        "arithmetic/ballots",
        ("选票数对不上", "Ballots that do not add up"),
        (
            "有效、无效和空白票相加等于收回的票；收回不多于发出，发出不多于登记参加选举的人数。",
            "Valid, invalid and blank ballots make up those returned; no more are returned than issued, and no more issued than voters are registered.",
        ),
    ),
    error(
        "arithmetic/votes-exceed-ballots",
        ("得票多于选票", "More votes than ballots"),
        (
            "一人得票不可能多于选票；全部得票不可能多于有效票乘以名额。",
            "Nobody has more votes than there are ballots, and all votes together fit the valid ballots and the seats.",
        ),
    ),
    error(
        "arithmetic/elected",
        ("得票少的当选", "Elected with fewer votes"),
        (
            "同一职位，得票多的当选；为妇女保留的名额除外。",
            "For one seat the one with more votes is elected, except a seat kept for women.",
        ),
    ),
    error(
        "arithmetic/election-outcome",
        ("选举结果与当选人数不符", "An outcome that those elected contradict"),
        (
            "选满、部分选出、未选出，由当选人数和名额决定。",
            "Whether all, some or no seats were filled follows from the seats and those elected.",
        ),
    ),
    error(
        "arithmetic/survey-sum",
        ("测评票数对不上", "A survey that does not add up"),
        (
            "满意、基本满意、不满意相加等于有效票；有效不多于收回，收回不多于发出。",
            "The answers make up the valid ballots; no more are valid than returned, and no more returned than issued.",
        ),
    ),
    error(
        "arithmetic/finance-balance",
        ("收支不平", "Accounts that do not balance"),
        (
            "期初加收入减支出应当等于期末，一分不差。",
            "Opening balance plus income minus expenditure is the closing balance, to the cent.",
        ),
    ),
    error(
        "arithmetic/weights",
        ("权重合计不是一百", "Weights that do not make a hundred"),
        ("各项指标的权重（满分）合计应当是 100。", "The weights of the indicators, which are their full scores, make 100."),
    ),
    error(
        "arithmetic/total",
        ("总分不等于各项之和", "A total that is not the sum"),
        ("总分与各项得分之和不同，公布的就有一处是错的。", "Where total and scores differ, one of them is wrong."),
    ),
    error(
        "arithmetic/grade",
        ("等次与总分不符", "A grade that the total contradicts"),
        ("等次由责任书的分数线确定。", "The grade follows from the totals that the contract sets."),
    ),
    error(
        "arithmetic/rank",
        ("名次与总分不符", "A rank that the totals contradict"),
        ("名次由总分确定，同分同名次。", "The rank follows from the totals; equal totals share one."),
    ),
    error(
        "arithmetic/percentage",
        ("百分比超过一百", "A percentage above a hundred"),
        (
            "部分不会多于整体；增长率一类可以超过的，写明 `above_100`。",
            "A part is not more than its whole; what can be, such as a growth rate, says `above_100`.",
        ),
    ),
    error(
        "date/order",
        ("日期先后颠倒", "Dates out of order"),
        ("结束不能早于开始，结果不能早于原因。", "An end cannot come before its beginning, nor an effect before its cause."),
    ),
    error(
        "date/future",
        ("已发生的事写在将来", "A past event in the future"),
        (
            "已经发生的事，日期不会晚于今天，多半是年份写错了。",
            "What has happened is not dated later than today; mostly the year is wrong.",
        ),
    ),
    error(
        "date/outside-period",
        ("日期不在本期之内", "A date outside of the period"),
        ("一期的账只记这一期的收支。", "The accounts of a period hold the entries of that period."),
    ),
    error(
        "date/not-weekend",
        ("调休上班的不是周末", "A working weekend that is none"),
        (
            "工作日按节假日和调休推算，写错一天，期限就都错了。",
            "Deadlines are counted by holidays and working weekends; one wrong day puts them all out.",
        ),
    ),
    error(
        "date/outside-term",
        ("不在任期内", "Outside the term"),
        ("代表的任职、走访和考核都在届期之内。", "Service, visits and assessments of a delegate lie within the term."),
    ),
    error(
        "date/period-of-cycle",
        ("时期与周期不符", "A period of another length"),
        (
            "月督查对月份，季通报对季度，依此类推。",
            "A monthly inspection is about a month, a quarterly bulletin about a quarter, and so on.",
        ),
    ),
    error(
        "privacy/id-number",
        ("身份证号码", "An identity number"),
        (
            "身份证号码的任何部分都不得公开；提交到 git 就永远留下了。",
            "No part of an identity number may be published; in git it stays for ever.",
        ),
    ),
    error(
        "privacy/mobile-number",
        ("手机号码", "A mobile number"),
        (
            "个人电话不公开；对外的办公电话写在 `contact` 里。",
            "Private telephone numbers are not published; the office's number stands under `contact`.",
        ),
    ),
    error(
        "privacy/bank-card",
        ("银行卡号", "A bank card number"),
        ("银行卡号不得公开。", "Numbers of bank cards may not be published."),
    ),
    error(
        "privacy/name-in-address",
        ("网址里的人名", "A name in an address"),
        (
            "文件的路径就是网址；站点不写全名时，文件名里也不能有人名。",
            "The path of a file is its address; where the site does not show full names, file names hold none either.",
        ),
    ),
    warning(
        "privacy/partial-mask",
        ("只遮了一部分的号码", "A number hidden in part"),
        (
            "同一个号码两种不同的遮法合起来就能还原，所以要么整个不写，要么整个遮住。",
            "Two different masks of one number can be joined back together, so it is left out or hidden whole.",
        ),
    ),
    error(
        "link/broken",
        ("链接的对象不存在", "A broken link"),
        ("正文里的链接和图片要能打开。", "Links and pictures in a text have to lead somewhere."),
    ),
    error(
        "link/outside",
        ("链接到内容文件夹之外", "A link that leaves the content"),
        (
            "只公布 `content` 里的文件，别的文件不会带到网站上。",
            "Only files under `content` are published; no other file reaches the site.",
        ),
    ),
    error(
        "link/unsafe",
        ("不安全的链接", "An unsafe link"),
        (
            "`javascript:` 一类的地址会在读者的浏览器里运行。",
            "Addresses such as `javascript:` would run in the reader's browser.",
        ),
    ),
    error(
        "attachment/missing",
        ("附件不存在", "A missing attachment"),
        ("列出的附件要放在记录旁边。", "A file that is listed lies beside the record."),
    ),
    error(
        "attachment/font",
        ("字体文件不存在", "A missing font file"),
        (
            "`site.yaml` 的“字体”所写的文件要放在站点文件夹里，否则打印不出来。",
            "A file that `fonts` of `site.yaml` names lies in the folder of the site: without it, nothing can be printed.",
        ),
    ),
    error(
        "attachment/active",
        ("会运行的图形", "A drawing that acts"),
        (
            "图形里的脚本会以本站的名义在读者的浏览器里运行，外部引用会泄露谁在看。",
            "A script in a drawing would run in the reader's browser in the name of this site, and a reference to another site tells who reads.",
        ),
    ),
    error(
        "attachment/type",
        ("不能公布的附件类型", "A type of file that is not published"),
        ("附件只公布 PDF、图片和表格等不会运行的文件。", "Only files that cannot run are published: PDF, pictures, tables."),
    ),
    warning(
        "attachment/unused",
        ("没有用到的附件", "An unused attachment"),
        ("没有记录链接到它，所以不公布。", "No record links to it, so it is not published."),
    ),
    error(
        "workflow/expression",
        ("表达式有误", "An expression that cannot be read"),
        ("规则的表达式读不懂或算不出来，规则就不能判断。", "A rule whose expression cannot be read or evaluated judges nothing."),
    ),
    error(
        "workflow/unknown-name",
        ("表达式里没有这个名称", "An unknown name in an expression"),
        (
            "写错的键会让规则永远判断不了，所以装入时就检查。",
            "A misspelt key would leave a rule unable to judge for ever, so names are checked when a pack is loaded.",
        ),
    ),
    error(
        "workflow/unknown-form",
        ("没有这种证据形式", "An unknown form of evidence"),
        ("步骤的证据要用已有的形式填写。", "The evidence of a step takes one of the forms that there are."),
    ),
    error(
        "workflow/bound",
        ("门槛写法有误", "A threshold that cannot be checked"),
        ("门槛要有且只有一个界限；比例要写明是谁的比例。", "A threshold has one bound, and a share names its denominator."),
    ),
    error(
        "workflow/example",
        ("示例与规则不符", "An example that contradicts its rule"),
        (
            "每条规则的示例都会运行：应当通过的要通过，不应当通过的要不通过。",
            "The examples of each rule are run: those that should pass must pass, and the others must not.",
        ),
    ),
    error(
        "workflow/loosens",
        ("叠加放宽了规则", "An overlay that loosens"),
        ("下级的章程只能比上级的规定更严。", "A charter below may only be stricter than the rule above."),
    ),
    error(
        "workflow/cycle",
        ("绕圈的引用", "A circle"),
        ("工作法不能直接或间接地叠加在自己之上。", "A pack cannot overlay or tighten itself, not even by way of others."),
    ),
    error(
        "workflow/not-in-force",
        ("工作法当时没有生效", "A workflow that was not in force"),
        ("按事情发生那天有效的版本判断。", "An event is judged by the version in force on its day."),
    ),
    finding(
        "catalogue/overdue",
        ("目录事项按期公开", "Items of the catalogue disclosed in time"),
        (
            "公开目录写明每个事项多久公开一次、期满后几天内公开。期限过了没有公开记录的，逐期列出。",
            "The catalogue says how often each item is disclosed, and within how many days. Periods without a record by then are listed one by one.",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Returns the ids of file rules that the sources name in quotes, tests included.
    fn named_in(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                named_in(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("diagnostic/rules.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let is_id = |part: &&str| {
                    let known =
                        FAMILIES.iter().any(|(family, ..)| part.strip_prefix(family).is_some_and(|rest| rest.starts_with('/')));
                    known
                        && part.split('/').count() == 2
                        && !part.ends_with('/')
                        && part.bytes().all(|byte| byte.is_ascii_lowercase() || b"/-".contains(&byte))
                };
                found.extend(text.split('"').filter(is_id).map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_rule_that_the_source_names_stands_in_the_table_and_the_reverse() {
        let mut named = BTreeSet::new();
        named_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut named);
        let table: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
        let lacking: Vec<_> = named.difference(&table).collect();
        let unused: Vec<_> = table.difference(&named).collect();
        assert!(lacking.is_empty() && unused.is_empty(), "not in the table: {lacking:?}; not in the source: {unused:?}");
    }

    #[test]
    fn ids_are_unique_and_in_the_order_of_their_families() {
        let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), RULES.len());
        let order: Vec<_> = RULES.iter().map(|rule| FAMILIES.iter().position(|(family, ..)| *family == rule.family())).collect();
        assert!(order.is_sorted() && order.iter().all(Option::is_some));
        assert!(FAMILIES.iter().all(|(family, ..)| family_title(family).is_some_and(|title| !title.is_empty())));
    }
}
