//! The measures: what each figure counts, in which unit and how it is made. One row a measure.
//!
//! `docs/statistics.md` is written from this table, and so are the definitions that pages and `gongshi stats` show.

use super::dimension::Dimension;
use crate::language::{Language, Text};

/// How a figure is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The number of things.
    Count,
    /// The sum of a number that records give.
    Sum,
    /// How many there are at the end of the period: what came and did not go, from the beginning.
    Stock,
    /// The sum over places of the amount that each gave last, at or before the end of the period.
    Level,
    /// One measure out of another.
    Share(Measure, Measure),
    /// Days from one event to another: median, quartiles, shortest and longest.
    Days,
}

/// What a measure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things, with their counter in Chinese and their name in English.
    Of(&'static str, &'static str),
    /// Per cent of the whole.
    Percent,
    /// Days.
    Days,
    /// Money, in the currency that the part names.
    Money,
}

impl Unit {
    /// Names the unit (`条`, `opinions`); money has that of its currency.
    pub fn text(self) -> Text {
        let (zh, en) = self.names();
        Text::new(zh, en)
    }

    /// Names the unit in one language.
    pub fn name(self, language: Language) -> &'static str {
        in_language(self.names(), language)
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Of(zh, en) => (zh, en),
            Self::Percent => ("%", "%"),
            Self::Days => ("天", "days"),
            Self::Money => ("金额", "money"),
        }
    }
}

/// Chooses the wording of a language.
fn in_language((zh, en): (&'static str, &'static str), language: Language) -> &'static str {
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

/// One row of the table.
struct Row {
    id: &'static str,
    title: (&'static str, &'static str),
    definition: (&'static str, &'static str),
    unit: Unit,
    method: Method,
    by: Option<Dimension>,
}

/// Declares the measures and their table.
macro_rules! measures {
    ($($variant:ident $id:literal $title:expr, $unit:expr, $method:expr, $by:expr, $definition:expr;)+) => {
        /// Something that is counted, of every place and every period.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure {
            $(#[doc = $id] $variant,)+
        }

        impl Measure {
            /// Every measure, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
        }

        /// The table, in the order of [`Measure::ALL`].
        static TABLE: &[Row] = &[
            $(Row { id: $id, title: $title, definition: $definition, unit: $unit, method: $method, by: $by },)+
        ];
    };
}

use Dimension as By;
use Measure as M;
use Method::{Count, Days, Level, Share, Stock, Sum};
use Unit::{Money, Of, Percent};

measures! {
    Opinions "opinions" ("收到意见", "Opinions heard"), Of("条", "opinions"), Count, Some(By::OpinionOutcome),
        ("统计期内收到的意见条数，按登记簿中的日期；可以按处理结果分开看。",
         "Opinions in the registers, by the day on which each was heard; may be split by what became of them.");
    OpinionChannels "opinion-channels" ("意见来源", "Opinions by channel"), Of("条", "opinions"), Count, Some(By::Channel),
        ("统计期内收到的意见条数，按来源渠道分。", "Opinions in the registers, by the channel through which each arrived.");
    OpinionsSettled "opinions-settled" ("意见已有结果", "Opinions with an outcome"), Of("条", "opinions"), Count, None,
        ("统计期内收到、已经采纳、并案、答复或者说明不采纳理由的意见；待处理的不算。",
         "Opinions heard in the period that were taken up, merged, answered or declined with a reason; pending ones are left out.");
    OpinionsSettledShare "opinions-settled-share" ("意见办结率", "Share of opinions with an outcome"), Percent,
        Share(M::OpinionsSettled, M::Opinions), None,
        ("已有结果的意见除以收到的全部意见。", "Opinions with an outcome, out of all opinions heard.");
    MatterOpinions "matter-opinions" ("事项征集的意见", "Opinions collected for matters"), Of("条", "opinions"), Sum, Some(By::Channel),
        ("五环工作法的事项在“提”这一环各渠道征集的意见条数之和，按征集的最后一天；不与意见登记簿相加。",
         "Opinions that the first ring of township matters counts by channel, by the last day of collecting; not added to those of the registers.");

    Meetings "meetings" ("召开会议", "Meetings held"), Of("次", "meetings"), Count, Some(By::BodyClass),
        ("统计期内公开了记录的会议次数，各类会议都算；可以按机构类别分开看。",
         "Meetings of every body with a published record; may be split by the class of the body.");
    Entitled "entitled" ("应到人次", "Entitled to attend"), Of("人次", "attendances"), Sum, Some(By::BodyClass),
        ("各次会议应到人数之和；没有同时写明应到和实到的会议不算。",
         "People entitled to attend, summed over meetings that record both numbers.");
    Present "present" ("实到人次", "Present"), Of("人次", "attendances"), Sum, Some(By::BodyClass),
        ("各次会议实到人数之和；没有同时写明应到和实到的会议不算。",
         "People present, summed over meetings that record both numbers.");
    Attendance "attendance" ("到会率", "Attendance"), Percent, Share(M::Present, M::Entitled), Some(By::BodyClass),
        ("统计期内各次会议实到人数之和除以应到人数之和。",
         "People present at all meetings of the period, out of people entitled to attend them.");
    VotesPresent "votes-present" ("表决时到会人次", "Present at votes"), Of("人次", "attendances"), Sum, Some(By::BodyClass),
        ("每个付表决的议项的到会人数之和。", "People present, summed over the items that were voted on.");
    VotesFor "votes-for" ("同意票", "Votes in favour"), Of("票", "votes"), Sum, Some(By::BodyClass),
        ("每个付表决的议项的同意票数之和。", "Votes in favour, summed over the items that were voted on.");
    Approval "approval" ("同意率", "Approval"), Percent, Share(M::VotesFor, M::VotesPresent), Some(By::BodyClass),
        ("各议项的同意票之和除以各议项表决时到会人数之和。", "Votes in favour of all items, out of the people present at each of them.");

    Matters "matters" ("办理事项", "Matters begun"), Of("项", "matters"), Count, Some(By::Status),
        ("第一步在统计期内开始的事项；可以按数据截至日的状态分开看。",
         "Matters whose first step began in the period; may be split by how they stand on the day of the page.");
    MattersAt "matters-at" ("正在办理的步骤", "Matters by step"), Of("项", "matters"), Count, Some(By::Step),
        ("第一步在统计期内开始、到数据截至日还在办理的事项，按正在进行的步骤分。",
         "Matters that began in the period and are still under way on the day of the page, by the step that they are at.");
    StepsDone "steps-done" ("完成步骤", "Steps completed"), Of("步", "steps"), Count, Some(By::Step),
        ("最后一天在统计期内、已经完成的步骤。", "Steps that were completed, by their last day.");
    Voted "voted" ("付表决的事项", "Matters put to a vote"), Of("项", "matters"), Count, Some(By::Outcome),
        ("作决定的表决在统计期内的事项；可以按表决结果分开看。", "Matters whose deciding vote lies in the period; may be split by its outcome.");
    Resolved "resolved" ("形成决议", "Resolutions adopted"), Of("项", "matters"), Count, Some(By::BodyClass),
        ("表决日期在统计期内、结果为“通过”的事项数；可以按作决定的机构类别分开看。",
         "Matters whose deciding vote lies in the period and whose outcome is “passed”; may be split by the class of the body that decided.");
    ResolvedShare "resolved-share" ("表决通过率", "Share of votes that passed"), Percent, Share(M::Resolved, M::Voted), None,
        ("通过的事项除以同期付表决的事项。", "Matters that passed, out of all matters put to a vote.");

    Taken "opinions-taken-up" ("采纳意见", "Opinions taken up"), Of("条", "opinions"), Count, None,
        ("统计期内收到、被采纳或者并案的意见。", "Opinions heard in the period that were taken up or merged.");
    Topics "topics" ("确定议题", "Topics set"), Of("项", "matters"), Count, None,
        ("统计期内确定了议题的事项：八步的“定议题”、四步决策的第一步；没有这两步的工作法算第一步。",
         "Matters whose topic was set: step 2 of the eight, the first of the four-step decision; in other procedures their first step.");
    Motions "motions" ("形成议案", "Motions finished"), Of("项", "matters"), Count, None,
        ("统计期内完成审议或者论证的事项：八步的“审议案”、四步决策的公示论证；没有这两步的工作法算表决前最后一次写明议案的步骤。",
         "Matters whose motion was examined to the end: step 4 of the eight, the argument of the four-step decision; in other procedures the last step that states the motion.");
    Completed "completed" ("办结事项", "Matters completed"), Of("项", "matters"), Count, None,
        ("所需步骤全部完成、最后一步的最后一天在统计期内的事项。", "Matters whose needed steps are all done, by the last day of the last.");

    DaysToResolution "days-to-resolution" ("从意见到决议", "From opinion to resolution"), Unit::Days, Days, None,
        ("从事项所列意见中最早的一条（没有列出意见的，从征集第一天）到通过它的会议的天数，按会议日期。",
         "Days from the earliest opinion that a matter names (else the first day of collecting) to the meeting that passed it, by the day of the meeting.");
    DaysTopicToResolution "days-topic-to-resolution" ("从议题到决议", "From topic to resolution"), Unit::Days, Days, None,
        ("从确定议题到通过它的会议的天数，按会议日期。", "Days from setting the topic to the meeting that passed it, by the day of the meeting.");
    DaysBetweenSteps "days-between-steps" ("相邻两步相隔", "Between steps"), Unit::Days, Days, Some(By::Step),
        ("从上一个步骤的第一天到这个步骤的第一天的天数，按这个步骤的第一天；没有做的步骤跳过不算。可以按步骤分开看。",
         "Days from the first day of the step before to that of a step, by the latter; steps that were not taken are passed over. May be split by step.");
    DaysToPosting "days-to-posting" ("从决议到公示", "From resolution to posting"), Unit::Days, Days, None,
        ("从通过事项的会议到第一天公示的天数，按公示第一天。", "Days from the meeting that passed a matter to the first day of posting, by that day.");
    DaysToCompletion "days-to-completion" ("从决议到办结", "From resolution to completion"), Unit::Days, Days, None,
        ("从通过事项的会议到办结的天数，按办结日期。", "Days from the meeting that passed a matter to its completion, by the day of completion.");
    DaysToReply "days-to-reply" ("从意见到答复", "From opinion to reply"), Unit::Days, Days, None,
        ("从收到意见到答复的天数，按答复日期；没有写答复日期的不算。", "Days from hearing an opinion to the reply, by the day of the reply; replies without a day are left out.");
    DaysToAnswer "days-to-answer" ("从质询到答复", "From inquiry to answer"), Unit::Days, Days, None,
        ("从提出质询到答复的天数，按答复日期。", "Days from an inquiry to its answer, by the day of the answer.");
    PostingDays "posting-days" ("公示天数", "Days of posting"), Unit::Days, Days, Some(By::Kind),
        ("已经结束的公示的天数，首尾两天都算，按最后一天；事项、会议、选举和公开事项的公示都算。",
         "Days of postings that have ended, both ends included, by the last day; of matters, meetings, elections and disclosures.");

    TasksDue "tasks-due" ("到期任务", "Tasks that fell due"), Of("项", "tasks"), Count, Some(By::Timeliness),
        ("到期日在统计期内的任务；已终止的事项不算。可以按是否按期完成分开看。",
         "Tasks by their due date; those of matters ended early are left out. May be split by whether they were kept.");
    TasksOnTime "tasks-on-time" ("按期完成的任务", "Tasks done on time"), Of("项", "tasks"), Count, None,
        ("到期日在统计期内、在到期日或者之前完成的任务。", "Tasks that fell due and were done on or before the day.");
    TasksOnTimeShare "tasks-on-time-share" ("任务按期完成率", "Tasks on time"), Percent, Share(M::TasksOnTime, M::TasksDue), None,
        ("按期完成的任务除以到期的任务。", "Tasks done on time, out of tasks that fell due.");
    ReportsDue "reports-due" ("应有的执行报告", "Reports due"), Of("份", "reports"), Count, Some(By::Timeliness),
        ("实施方案获批之后、任务全部完成之前的每个整季度，每个事项应报告一次，按季度最后一天；已终止的事项不算。",
         "One report a matter for every whole quarter between the approval of its plan and the end of its tasks, by the quarter's last day; matters ended early are left out.");
    ReportsOnTime "reports-on-time" ("按期的执行报告", "Reports made on time"), Of("份", "reports"), Count, None,
        ("应报告的季度内有报告的。", "Quarters for which a report was due and made.");
    ReportsOnTimeShare "reports-on-time-share" ("按期报告率", "Reports on time"), Percent, Share(M::ReportsOnTime, M::ReportsDue), None,
        ("按期报告的季度除以应报告的季度。", "Quarters with a report, out of those for which one was due.");
    DisclosuresDue "disclosures-due" ("应公开事项", "Disclosures that fell due"), Of("项", "disclosures"), Count, Some(By::Timeliness),
        ("写明应公开日期、这一天在统计期内的公开事项。", "Disclosures by the day on which they were due, where one is set.");
    DisclosuresOnTime "disclosures-on-time" ("按期公开事项", "Disclosures on time"), Of("项", "disclosures"), Count, None,
        ("在应公开日期或者之前公布的。", "Disclosures published on or before the day.");
    DisclosuresOnTimeShare "disclosures-on-time-share" ("按期公开率", "Share of disclosures on time"), Percent,
        Share(M::DisclosuresOnTime, M::DisclosuresDue), None,
        ("按期公开的事项除以应公开的事项。", "Disclosures on time, out of those that fell due.");
    Inquiries "inquiries" ("质询", "Inquiries"), Of("件", "inquiries"), Count, None,
        ("统计期内提出的质询。", "Inquiries, by the day on which they were put.");
    InquiriesDue "inquiries-due" ("应答复的质询", "Inquiries that fell due"), Of("件", "inquiries"), Count, Some(By::Timeliness),
        ("答复期限在统计期内的质询；没有写明期限的，为提出之日起十五日。",
         "Inquiries by the day on which an answer was due; fifteen days after the question where none is set.");
    InquiriesOnTime "inquiries-on-time" ("按期答复的质询", "Inquiries answered in time"), Of("件", "inquiries"), Count, None,
        ("在期限内答复的质询。", "Inquiries answered on or before the day.");
    InquiriesOnTimeShare "inquiries-on-time-share" ("质询按期答复率", "Share of inquiries answered in time"), Percent,
        Share(M::InquiriesOnTime, M::InquiriesDue), None,
        ("按期答复的质询除以应答复的质询。", "Inquiries answered in time, out of those that fell due.");
    Obligations "obligations" ("到期应办", "Obligations that fell due"), Of("项", "obligations"), Count, Some(By::Due),
        ("截至数据日期已经完成或者逾期的任务、答复、应公开事项和定期事项；提前完成的按数据日期以前计。",
         "Tasks, answers, disclosures and regular duties that are done or overdue on the day of the page; one that is done early counts by that day at the latest.");
    ObligationsDone "obligations-done" ("已办", "Obligations done"), Of("项", "obligations"), Count, Some(By::Due),
        ("到期应办中已经完成的，不论是否按期。", "Obligations that are done, on time or late.");
    ObligationsDoneShare "obligations-done-share" ("到期办结率", "Share of obligations done"), Percent,
        Share(M::ObligationsDone, M::Obligations), Some(By::Due),
        ("已办除以到期应办。", "Obligations done, out of those that fell due.");
    Overdue "overdue" ("逾期", "Overdue"), Of("项", "obligations"), Count, Some(By::Due),
        ("到期日早于数据截至日而没有完成的任务、答复和应公开事项。", "Tasks, answers and disclosures whose due date is before the day of the page and which are not done.");

    Surveys "surveys" ("满意度测评", "Surveys of satisfaction"), Of("次", "surveys"), Count, None,
        ("统计期内的满意度测评：单独的测评和事项“评”这一环里的测评。", "Surveys that stand alone and those within matters, by their day.");
    BallotsIssued "ballots-issued" ("发出测评票", "Ballots issued"), Of("份", "ballots"), Sum, None,
        ("各次测评发出的票数之和。", "Ballots issued, over all surveys.");
    BallotsReturned "ballots-returned" ("收回测评票", "Ballots returned"), Of("份", "ballots"), Sum, None,
        ("各次测评收回的票数之和。", "Ballots returned, over all surveys.");
    BallotsValid "ballots-valid" ("有效测评票", "Valid ballots"), Of("份", "ballots"), Sum, None,
        ("各次测评有效票数之和。", "Valid ballots, over all surveys.");
    Answers "answers" ("测评结果", "Answers of surveys"), Of("份", "ballots"), Sum, Some(By::Answer),
        ("有效票中满意、基本满意、不满意的份数。有效票不足十份的测评，结果不公布，这里和任何合计里都不计入。",
         "Valid ballots by answer. The answers of a survey with fewer than ten valid ballots are withheld: neither this nor any total counts them.");
    Pleased "pleased" ("满意和基本满意", "Satisfied or mostly satisfied"), Of("份", "ballots"), Sum, None,
        ("满意和基本满意的票数之和；有效票不足十份的测评不计入。",
         "Ballots that say satisfied or mostly satisfied; surveys with fewer than ten valid ballots are left out.");
    Response "response" ("测评回收率", "Response rate"), Percent, Share(M::BallotsReturned, M::BallotsIssued), None,
        ("收回份数除以发出份数。", "Ballots returned, out of ballots issued.");
    Satisfaction "satisfaction" ("满意率", "Satisfaction"), Percent, Share(M::Pleased, M::Answers), None,
        ("“满意”与“基本满意”之和除以三种回答之和；有效票不足十份的测评不计入。",
         "Satisfied and mostly satisfied, out of all three answers; surveys with fewer than ten valid ballots are left out.");

    Delegates "delegates" ("在任代表", "Delegates in office"), Of("人", "delegates"), Stock, Some(By::BodyClass),
        ("统计期末（不晚于数据截至日）在任的代表，按代表名册的任期和各人起止日期；村委会成员不算代表。",
         "Delegates in office at the end of the period (the day of the page at the latest), by the terms of the rosters and their own first and last days; committee members are no delegates.");
    Households "households-linked" ("代表联系户", "Households linked to delegates"), Of("户", "households"), Stock, Some(By::BodyClass),
        ("统计期末在任代表联系的户数之和。", "Households linked to the delegates in office at the end of the period.");
    Visits "visits" ("代表走访", "Visits by delegates"), Of("次", "visits"), Count, Some(By::BodyClass),
        ("代表名册中日期在统计期内的走访次数。", "Visits of delegates to households, by their day.");
    HouseholdsVisited "households-visited" ("代表走访户次", "Households visited by delegates"), Of("户次", "visits"), Sum, Some(By::BodyClass),
        ("各次走访的户数之和，同一户走访几次算几次。", "Households visited, summed over visits: one that is visited again counts again.");
    VisitOpinions "visit-opinions" ("走访带回意见", "Opinions brought back from visits"), Of("条", "opinions"), Sum, Some(By::BodyClass),
        ("各次走访带回的意见条数之和；已经登记的意见另在“收到意见”里，不与它相加。",
         "Opinions brought back from visits, as the rosters give them; not added to those of the registers.");
    DelegateEntitled "delegate-entitled" ("代表应出席", "Attendances expected of delegates"), Of("人次", "attendances"), Sum, Some(By::BodyClass),
        ("代表名册中每名成员应出席的次数之和，按所属时期最后一天（时期未完的按名册日期）；时期重叠时只算最长的。",
         "Meetings that each member of a roster was to attend, by the last day of their period (that of the roster where it is not over); where periods overlap, the longest counts.");
    DelegatePresent "delegate-present" ("代表实出席", "Attendances of delegates"), Of("人次", "attendances"), Sum, Some(By::BodyClass),
        ("代表名册中每名成员实出席的次数之和，日期同上。", "Meetings that each member of a roster attended, by the same day.");
    DelegateAttendance "delegate-attendance" ("代表出席率", "Attendance of delegates"), Percent,
        Share(M::DelegatePresent, M::DelegateEntitled), Some(By::BodyClass),
        ("代表名册中实出席次数除以应出席次数。", "Meetings that the members of rosters attended, out of those that they were to attend.");
    DelegateReviews "delegate-reviews" ("代表考核", "Assessments of delegates"), Of("人次", "assessments"), Count, Some(By::BodyClass),
        ("代表名册中的考核，按所考核年度最后一天（年度未完的按名册日期）。",
         "Assessments of delegates in the rosters, by the last day of the year assessed (that of the roster where it is not over).");
    DelegateRewards "delegate-rewards" ("代表受奖", "Delegates rewarded"), Of("人次", "rewards"), Count, Some(By::BodyClass),
        ("考核后受到奖励的代表人次，日期同上。", "Assessments of delegates that led to a reward, by the same day.");
    DelegatePenalties "delegate-penalties" ("代表受惩戒", "Delegates penalised"), Of("人次", "penalties"), Count, Some(By::BodyClass),
        ("考核后受到惩戒的代表人次，日期同上。", "Assessments of delegates that led to a penalty, by the same day.");

    Elections "elections" ("选举和罢免", "Elections and recalls"), Of("次", "elections"), Count, Some(By::ElectionOutcome),
        ("投票日在统计期内的选举、补选、另行选举和罢免；可以按结果分开看。",
         "Elections, by-elections, run-offs and recalls, by the day of the vote; may be split by their outcome.");
    Voters "voters" ("登记选民", "Voters registered"), Of("人次", "voters"), Sum, Some(By::Office),
        ("各次选举登记参加的人数之和。", "Voters registered, summed over elections.");
    ElectionReturned "election-returned" ("收回选票", "Ballots returned at elections"), Of("张", "ballots"), Sum, Some(By::Office),
        ("各次选举收回的票数之和。", "Ballots returned, summed over elections.");
    Turnout "turnout" ("参选率", "Turnout"), Percent, Share(M::ElectionReturned, M::Voters), Some(By::Office),
        ("各次选举收回的选票除以登记参加的人数。", "Ballots returned at elections, out of the voters registered for them.");
    ElectionValid "election-valid" ("有效选票", "Valid votes at elections"), Of("张", "ballots"), Sum, Some(By::Office),
        ("各次选举的有效票数之和。", "Valid ballots, summed over elections.");
    ElectionValidShare "election-valid-share" ("选票有效率", "Share of valid ballots at elections"), Percent,
        Share(M::ElectionValid, M::ElectionReturned), Some(By::Office),
        ("各次选举的有效票除以收回的选票。", "Valid ballots, out of the ballots returned at elections.");
    Elected "elected" ("选出人数", "People elected"), Of("人", "people"), Sum, Some(By::Office),
        ("各次选举当选的人数之和。", "People elected, summed over elections.");

    Income "income" ("收入", "Income"), Money, Sum, Some(By::Currency),
        ("财务记录中日期在统计期内的各笔收入之和，按币种；几份记录的时期重叠时，同一天只算时期最短的一份。",
         "Entries of income by their day, by currency; where the periods of records overlap, a day counts in the record of the shortest period only.");
    Expenditure "expenditure" ("支出", "Expenditure"), Money, Sum, Some(By::Currency),
        ("财务记录中日期在统计期内的各笔支出之和，按币种；几份记录的时期重叠时，同一天只算时期最短的一份。",
         "Entries of expenditure by their day, by currency; where the periods of records overlap, a day counts in the record of the shortest period only.");
    Balance "balance" ("结余", "Balance"), Money, Level, Some(By::Currency),
        ("每个地方在统计期末或者之前最后一份财务记录的期末余额，各地方相加，按币种。",
         "The closing balance of each place's last accounts that end in or before the period, summed over places, by currency.");
    Accounts "accounts" ("财务公开", "Accounts published"), Of("份", "records"), Count, None,
        ("统计期内公布的财务记录（没有写公布日期的按所属时期最后一天）。", "Finance records by their day of publication, else by the last day of their period.");

    Assessments "assessments" ("考核", "Assessments published"), Of("次", "assessments"), Count, Some(By::Cycle),
        ("统计期内公布的考核结果（没有写公布日期的按所属时期最后一天），按周期分。",
         "Assessments by their day of publication, else by the last day of their period; split by cycle.");
    Findings "findings" ("程序不符", "Findings"), Of("项", "findings"), Count, Some(By::Rule),
        ("公开页面上列出的与工作法不符之处，按记录的日期（地方本身的、没有日期的按数据日期），按规则分。",
         "Departures from the procedure as published, by the day of the record (the day of the page for those of a place itself), by rule.");
    Records "records" ("公开记录", "Records published"), Of("份", "records"), Count, Some(By::Kind),
        ("统计期内公开的记录，按记录的日期，按种类分；地方本身、整个站点的公开目录不算。",
         "Published records by their main day, by kind; places themselves and catalogues of the whole site are left out.");

    Places "places" ("地方", "Places"), Of("个", "places"), Stock, Some(By::Level),
        ("本站的地方，按级别分。", "Places of this site, by level.");
    Adopted "adopted" ("推行工作法的地方", "Places that have adopted a procedure"), Of("个", "places"), Stock, Some(By::Adoption),
        ("统计期末（不晚于数据截至日）采用工作法的地方，按工作法和级别分。",
         "Places that follow a procedure at the end of the period (the day of the page at the latest), by procedure and level.");
    Coverage "coverage" ("工作法推行率", "Coverage by a procedure"), Percent, Share(M::Adopted, M::Places), Some(By::Adoption),
        ("采用工作法的地方除以同一级别的全部地方。", "Places that have adopted a procedure, out of all places of the same level.");
}

impl Measure {
    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// Finds a measure by its id.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|measure| measure.id() == id)
    }

    /// Returns the id (`opinions`).
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// Returns the title in both languages.
    pub fn title(self) -> Text {
        Text::new(self.row().title.0, self.row().title.1)
    }

    /// Returns the title in one language.
    pub fn name(self, language: Language) -> &'static str {
        in_language(self.row().title, language)
    }

    /// Returns what is counted and how, in one language.
    pub fn meaning(self, language: Language) -> &'static str {
        in_language(self.row().definition, language)
    }

    /// Returns what is counted and how, in both languages.
    pub fn definition(self) -> Text {
        Text::new(self.row().definition.0, self.row().definition.1)
    }

    /// Returns the unit.
    pub fn unit(self) -> Unit {
        self.row().unit
    }

    /// Returns how it is made.
    pub fn method(self) -> Method {
        self.row().method
    }

    /// Returns what it can be split by.
    pub fn by(self) -> Option<Dimension> {
        self.row().by
    }

    /// Whether the figure of a place is the sum of those of its parts.
    pub fn adds_up(self) -> bool {
        !matches!(self.method(), Share(..) | Days)
    }

    /// Whether its parts may be added up to one figure: amounts in several currencies may not, nor places of several levels.
    pub fn has_total(self) -> bool {
        !matches!(self.by(), Some(Dimension::Currency | Dimension::Adoption))
    }

    /// Whether it is withheld where few answered.
    pub fn is_sensitive(self) -> bool {
        matches!(self, Self::Answers | Self::Pleased | Self::Satisfaction)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_and_titles_are_unique() {
        let ids: BTreeSet<_> = Measure::ALL.iter().map(|measure| measure.id()).collect();
        let titles: BTreeSet<_> = Measure::ALL.iter().map(|measure| measure.title().zh).collect();
        assert_eq!((ids.len(), titles.len()), (Measure::ALL.len(), Measure::ALL.len()));
    }

    #[test]
    fn shares_are_of_measures_that_add_up_and_can_be_split_alike() {
        for measure in Measure::ALL {
            if let Share(part, whole) = measure.method() {
                assert!(part.adds_up() && whole.adds_up(), "{measure:?}");
                assert!(measure.by().is_none() || part.by() == measure.by(), "{measure:?}");
            }
        }
    }

    #[test]
    fn every_definition_ends_as_a_sentence() {
        for measure in Measure::ALL {
            let Text { zh, en } = measure.definition();
            assert!(zh.ends_with('。') && en.ends_with('.'), "{measure:?}");
        }
    }
}
