//! What a report says of each kind of work, in sentences: every number is a figure of the statistics, both numbers of a share are
//! named, and nothing is said of what did not take place.

use crate::language::plural;
use crate::print::sheet::window::{Share, Window, in_sentence};
use crate::site::statistics::words;
use crate::statistics::{Figure, Key, Measure, Unit, Value};
use crate::text;

/// How many titles a sentence names.
const NAMED: usize = 6;

/// Says how many opinions were heard, whence, and what became of them.
pub(super) fn opinions(w: &Window) -> String {
    let heard = w.figure(Measure::Opinions);
    let n = w.count(Measure::Opinions);
    if n == 0 {
        return w.sentence([matter_opinions(w)]);
    }
    let number = w.number_of(n, "条", "opinion was", "opinions were");
    let first = w.say(&text!("收到群众意见 {number}", "{number} heard"));
    let channels = w.parts(Measure::OpinionChannels);
    let by = w.parts_words(Measure::OpinionChannels);
    let channels = if channels.is_empty() { String::new() } else { w.say(&text!("按来源分：{by}", "by channel: {by}")) };
    let sentence = w.sentence([w.with_change(first, &heard), channels, matter_opinions(w)]);
    w.text([sentence, w.sentence([settled(w, n)])])
}

/// Says what became of the opinions.
fn settled(w: &Window, n: u64) -> String {
    let done = w.count(Measure::OpinionsSettled);
    let by = w.parts_words(Measure::Opinions);
    let as_of = w.as_of();
    let all = plural(n, "it has an outcome", "all have an outcome");
    match w.share(Measure::OpinionsSettledShare) {
        _ if done == 0 => {
            let none = plural(n, "it has no outcome yet", "none has an outcome yet");
            w.say(&text!("截至{as_of}都还没有处理结果", "as of {as_of} {none}"))
        }
        _ if done == n => w.say(&text!("截至{as_of}全部有了处理结果：{by}", "as of {as_of} {all}: {by}")),
        Some(share) => {
            let Share { percent, .. } = &share;
            let (part, whole) = share.numbers(w);
            w.say(&text!(
                "截至{as_of}，{whole} 条中 {part} 条有了处理结果，占 {percent}：{by}",
                "as of {as_of}, {part} of {whole} ({percent}) have an outcome: {by}"
            ))
        }
        None => String::new(),
    }
}

/// Says how many opinions were collected for matters of townships.
fn matter_opinions(w: &Window) -> String {
    let figure = w.figure(Measure::MatterOpinions);
    let n = w.count(Measure::MatterOpinions);
    if n == 0 {
        return String::new();
    }
    let by = w.parts_words(Measure::MatterOpinions);
    let number = w.number_of(n, "条", "opinion was", "opinions were");
    let clause = w.say(&text!("为事项征集意见 {number}（{by}）", "{number} collected for matters ({by})"));
    w.with_change(clause, &figure)
}

/// Says how many meetings were held, of which bodies, and how many attended.
pub(super) fn meetings(w: &Window) -> String {
    let n = w.count(Measure::Meetings);
    if n == 0 {
        return String::new();
    }
    let number = w.number_of(n, "次", "meeting was", "meetings were");
    let held = w.say(&text!("召开会议 {number}", "{number} held"));
    let held = format!("{}{}", w.with_change(held, &w.figure(Measure::Meetings)), classes(w, n));
    w.text([w.sentence([held]), w.sentence([attendance(w)])])
}

/// Names the bodies that met, with the number of their meetings.
fn classes(w: &Window, n: u64) -> String {
    let parts = w.parts(Measure::Meetings);
    match parts.as_slice() {
        [] => String::new(),
        [(class, _)] => {
            let name = w.scribe.body_class(class);
            let small = in_sentence(&name);
            let (all, each) = if n > 1 { ("都", "all ") } else { ("", "") };
            w.say(&text!("，{all}由{name}召开", ", {each}by the {small}"))
        }
        _ => {
            let by = parts.iter().map(|(class, figure)| {
                let (name, n) = (w.scribe.body_class(class), words::value(w.scribe, figure));
                let small = in_sentence(&name);
                w.say(&text!("{name} {n} 次", "{small} {n}"))
            });
            let by = w.scribe.join(by);
            w.say(&text!("：{by}", ": {by}"))
        }
    }
}

/// Says how many attended out of those entitled.
fn attendance(w: &Window) -> String {
    let Some(Share { part, whole, percent, figure }) = w.share(Measure::Attendance) else { return String::new() };
    let (part, whole) = (w.scribe.number(part), w.scribe.number(whole));
    let clause = w.say(&text!(
        "应到 {whole} 人次，实到 {part} 人次，到会率 {percent}",
        "{part} of {whole} entitled attendances took place ({percent})"
    ));
    w.with_change(clause, &figure)
}

/// Says how many matters were put to a vote, and what came of it.
pub(super) fn votes(w: &Window) -> String {
    let n = w.count(Measure::Voted);
    if n == 0 {
        return String::new();
    }
    let number = w.number_of(n, "项", "matter was", "matters were");
    let passed = w.count(Measure::Resolved);
    let by = w.parts_words(Measure::Voted);
    let put = w.with_change(w.say(&text!("付表决 {number}", "{number} put to a vote")), &w.figure(Measure::Voted));
    let clauses = if passed == n {
        let were = plural(n, "it was adopted", "all were adopted");
        vec![put, w.say(&text!("全部通过", "{were}"))]
    } else {
        vec![w.say(&text!("{put}：{by}", "{put}: {by}")), resolved(w, passed)]
    };
    w.text([w.sentence(clauses), w.sentence([approval(w)])])
}

/// Says how the number of resolutions differs from the year before.
fn resolved(w: &Window, n: u64) -> String {
    let Some(change) = w.change(&w.figure(Measure::Resolved)).filter(|_| n > 0) else { return String::new() };
    let number = w.number_of(n, "项", "resolution was", "resolutions were");
    w.say(&text!("形成决议 {number}，{change}", "{number} adopted, {change}"))
}

/// Says what share of those present was in favour.
fn approval(w: &Window) -> String {
    let Some(Share { part, whole, percent, .. }) = w.share(Measure::Approval) else { return String::new() };
    let (part, whole) = (w.scribe.number(part), w.scribe.number(whole));
    w.say(&text!(
        "各项表决合计到会 {whole} 人次，同意 {part} 票，同意率 {percent}",
        "over all items voted on, {part} of {whole} votes of those present were in favour ({percent})"
    ))
}

/// Says how many matters were completed.
pub(super) fn completed(w: &Window) -> String {
    let n = w.count(Measure::Completed);
    if n == 0 {
        return String::new();
    }
    let number = w.number_of(n, "项", "matter was", "matters were");
    let clause = w.say(&text!("办结事项 {number}", "{number} completed"));
    let days = days(w, Measure::DaysToCompletion, |median, n| {
        w.say(&text!(
            "从决议到办结的天数中位数为 {median} 天（{n} 项）",
            "from resolution to completion: {median} days (median of {n})"
        ))
    });
    w.sentence([w.with_change(clause, &w.figure(Measure::Completed)), days])
}

/// Says how many days something took, in words that get the median and the number of events.
fn days(w: &Window, measure: Measure, words: impl Fn(String, u32) -> String) -> String {
    match w.figure(measure).value {
        Value::Days(spread) => words(w.scribe.decimal(spread.median), spread.n),
        _ => String::new(),
    }
}

/// Says how many postings ended and how long they lasted.
pub(super) fn postings(w: &Window) -> String {
    let Value::Days(spread) = w.figure(Measure::PostingDays).value else { return String::new() };
    let n = w.number_of(spread.n.into(), "次", "posting", "postings");
    let (shortest, longest) = (spread.shortest, spread.longest);
    let clause = if shortest == longest {
        w.say(&text!("期满的公示 {n}，公示 {shortest} 天", "{n} ended after {shortest} days"))
    } else {
        w.say(&text!("期满的公示 {n}，最短 {shortest} 天，最长 {longest} 天", "{n} ended after {shortest} to {longest} days"))
    };
    w.sentence([clause])
}

/// Says how many tasks fell due and how many of them were done in time.
pub(super) fn tasks(w: &Window) -> String {
    on_time(w, Measure::TasksDue, Measure::TasksOnTimeShare, ("到期任务", "项", "task", "tasks"))
}

/// Says how many reports on execution were due and how many of them were made in time.
pub(super) fn accounts(w: &Window) -> String {
    on_time(w, Measure::ReportsDue, Measure::ReportsOnTimeShare, ("应有执行报告", "份", "report", "reports"))
}

/// Says how many disclosures were due and how many of them were made in time.
pub(super) fn disclosures(w: &Window) -> String {
    on_time(w, Measure::DisclosuresDue, Measure::DisclosuresOnTimeShare, ("应公开事项", "项", "disclosure", "disclosures"))
}

/// Says how many inquiries were put, and how many were answered in time.
pub(super) fn inquiries(w: &Window) -> String {
    let n = w.count(Measure::Inquiries);
    let number = w.number_of(n, "件", "inquiry was", "inquiries were");
    let put = if n == 0 {
        String::new()
    } else {
        w.with_change(w.say(&text!("提出质询 {number}", "{number} put")), &w.figure(Measure::Inquiries))
    };
    let answered = on_time(w, Measure::InquiriesDue, Measure::InquiriesOnTimeShare, ("应答复质询", "件", "inquiry", "inquiries"));
    w.text([w.sentence([put]), answered])
}

/// Says how many things of a kind fell due, and how many of them were done in time, late and not at all.
fn on_time(w: &Window, due: Measure, share: Measure, (zh, counter, one, other): (&str, &str, &str, &str)) -> String {
    let Some(Share { part, whole, percent, figure }) = w.share(share) else { return String::new() };
    let number = w.number_of(whole, counter, one, other);
    let clause = if part == 0 {
        let rest = late(w, due, counter);
        w.say(&text!("{zh} {number}，没有按期完成的；{rest}", "{number} fell due, none on time; {rest}"))
    } else if part == whole {
        let were = plural(whole, "was", "all were");
        w.say(&text!("{zh} {number}，全部按期完成", "{number} fell due and {were} done on time"))
    } else {
        let rest = late(w, due, counter);
        let part = w.scribe.number(part);
        w.say(&text!(
            "{zh} {number}，按期完成 {part} {counter}，占 {percent}；{rest}",
            "{number} fell due, of which {part} ({percent}) on time; {rest}"
        ))
    };
    w.sentence([w.with_change_of_share(clause, &figure)])
}

/// Says how many of what fell due was done late and not at all.
fn late(w: &Window, due: Measure, counter: &str) -> String {
    let rest = w.parts(due).into_iter().filter(|(member, _)| *member != "on-time");
    let rest = rest.map(|(member, figure)| {
        let (name, n) = (words::member(w.scribe, due, member), words::value(w.scribe, &figure));
        w.say(&text!("{name} {n} {counter}", "{n} {name}"))
    });
    w.scribe.join(rest)
}

impl Window<'_> {
    /// Adds how a share differs from the year before, where the records reach back and it differs.
    fn with_change_of_share(&self, clause: String, figure: &Figure) -> String {
        let differs = figure.difference.is_some_and(|by| !by.is_zero());
        if !differs {
            return clause;
        }
        let change = self.change(figure).unwrap_or_default();
        self.say(&text!("{clause}；按期率{change}", "{clause}; the share on time is {change}"))
    }
}

/// Says what surveys were taken and how many were satisfied.
pub(super) fn surveys(w: &Window) -> String {
    let n = w.count(Measure::Surveys);
    if n == 0 {
        return String::new();
    }
    let number = w.number_of(n, "次", "survey of satisfaction was", "surveys of satisfaction were");
    let taken = w.with_change(w.say(&text!("开展满意度测评 {number}", "{number} taken")), &w.figure(Measure::Surveys));
    let returned = w.share(Measure::Response).map(|share| {
        let Share { percent, .. } = &share;
        let (part, whole) = share.numbers(w);
        w.say(&text!(
            "发出测评票 {whole} 份，收回 {part} 份，回收率 {percent}",
            "{part} of {whole} ballots came back ({percent})"
        ))
    });
    w.text([w.sentence([taken, returned.unwrap_or_default()]), w.sentence([satisfaction(w)])])
}

/// Says how many were satisfied; not where too few answered.
fn satisfaction(w: &Window) -> String {
    if w.figure(Measure::Satisfaction).suppressed {
        return w.say(&text!("有效票不足十份，结果不公布", "with fewer than ten valid ballots the answers are withheld"));
    }
    let Some(Share { part, whole, percent, figure }) = w.share(Measure::Satisfaction) else { return String::new() };
    let (part, whole) = (w.scribe.number(part), w.scribe.number(whole));
    let clause = w.say(&text!(
        "作答的 {whole} 份中满意和基本满意 {part} 份，满意率 {percent}",
        "{part} of {whole} answers were satisfied or mostly satisfied ({percent})"
    ));
    w.with_change(clause, &figure)
}

/// Says how many delegates there are and what they did.
pub(super) fn delegates(w: &Window) -> String {
    let visits = w.count(Measure::Visits);
    let (reached, brought) = (w.count(Measure::HouseholdsVisited), w.count(Measure::VisitOpinions));
    let visited = if visits == 0 {
        String::new()
    } else {
        let n = w.number_of(visits, "次", "visit", "visits");
        let reached = w.number_of(reached, "户次", "household", "households");
        let brought = w.number_of(brought, "条", "opinion", "opinions");
        let made = w.with_change(w.say(&text!("代表走访 {n}", "delegates made {n}")), &w.figure(Measure::Visits));
        w.sentence([
            made,
            w.say(&text!("走到 {reached}，带回意见 {brought}", "they reached {reached} and brought back {brought}")),
        ])
    };
    w.text([visited, w.sentence([elections(w)])])
}

/// Says what elections were held.
fn elections(w: &Window) -> String {
    let n = w.count(Measure::Elections);
    if n == 0 {
        return String::new();
    }
    let number = w.number_of(n, "次", "election or recall was", "elections and recalls were");
    let clause = w.say(&text!("举行选举和罢免 {number}", "{number} held"));
    let turnout = w.share(Measure::Turnout).map(|Share { part, whole, percent, .. }| {
        let (part, whole) = (w.scribe.number(part), w.scribe.number(whole));
        w.say(&text!(
            "，登记选民 {whole} 人次，收回选票 {part} 张，参选率 {percent}",
            ", with {part} ballots from {whole} registered voters ({percent})"
        ))
    });
    format!("{clause}{}", turnout.unwrap_or_default())
}

/// Says how many assessments were published.
pub(super) fn assessments(w: &Window) -> String {
    let n = w.count(Measure::Assessments);
    if n == 0 {
        return String::new();
    }
    let number = w.number_of(n, "次", "assessment was", "assessments were");
    let by = w.parts_words(Measure::Assessments);
    let clause = w.say(&text!("公布考核结果 {number}", "{number} published"));
    let clause = w.with_change(clause, &w.figure(Measure::Assessments));
    w.sentence([w.say(&text!("{clause}：{by}", "{clause}: {by}"))])
}

/// Says how many matters completed a step and how many are at it now, with what else the step's form of evidence tells.
pub(super) fn step(w: &Window, workflow: &str, id: &str) -> String {
    let key = format!("{workflow}/{id}");
    let done = Key::part(Measure::StepsDone, &key);
    let mut records: Vec<_> = w.facts(done).into_iter().map(|fact| fact.record).collect();
    records.dedup();
    let n = w.count(done);
    let number = w.number_of(n, "项", "matter", "matters");
    let titles = w.titles(&records, NAMED);
    let finished = if n == 0 {
        String::new()
    } else {
        let clause = w.say(&text!("完成 {number}：{titles}", "{number} completed this step: {titles}"));
        let change = w.change_in(&w.figure(done), "项").map(|change| format!("{}{change}", w.comma()));
        format!("{clause}{}", change.unwrap_or_default())
    };
    w.sentence([finished, waiting(w, workflow, id)])
}

/// Says how many matters are at a step on the day of the edition.
fn waiting(w: &Window, workflow: &str, id: &str) -> String {
    let n = w.at_step(workflow, id);
    if n == 0 {
        return String::new();
    }
    let as_of = w.as_of();
    let number = w.number_of(n, "项", "matter is", "matters are");
    w.say(&text!("截至{as_of}有 {number}正在这一步", "as of {as_of} {number} at this step"))
}

/// Says what else the form of a step's evidence tells: opinions of the first, votes of the one that decides.
pub(super) fn of_form(w: &Window, form: &str) -> String {
    match form {
        "collect" | "propose" => opinions(w),
        "resolve" | "decide" => votes(w),
        "publicise" => postings(w),
        "implement" | "execute" => tasks(w),
        "supervise" | "account" => accounts(w),
        "evaluate" => surveys(w),
        "assess" => assessments(w),
        _ => String::new(),
    }
}

/// Says income, expenditure and balance, currency by currency, with the arithmetic where the balances of both ends are known.
pub(super) fn finance(w: &Window) -> Vec<String> {
    let currencies = w.scribe.statistics.members(Measure::Balance).into_iter();
    currencies.map(|currency| of_currency(w, currency)).filter(|sentence| !sentence.is_empty()).collect()
}

fn of_currency(w: &Window, currency: &str) -> String {
    let (income, expenditure) =
        (w.figure(Key::part(Measure::Income, currency)), w.figure(Key::part(Measure::Expenditure, currency)));
    let balance = w.figure(Key::part(Measure::Balance, currency));
    if income.n == 0 && expenditure.n == 0 {
        return String::new();
    }
    let amount = |figure: &Figure| money(w, figure, currency);
    let (earned, spent, kept) = (amount(&income), amount(&expenditure), amount(&balance));
    let came = w.say(&text!("收入 {earned}", "income was {earned}"));
    let went = w.say(&text!("支出 {spent}", "expenditure was {spent}"));
    let left =
        if balance.n == 0 { String::new() } else { w.say(&text!("期末结余 {kept}", "the balance at the end was {kept}")) };
    let changed = |clause: String, figure: &Figure| match w.change_in(figure, currency) {
        Some(change) => format!("{clause}{}{change}", w.comma()),
        None => clause,
    };
    w.sentence([changed(came, &income), changed(went, &expenditure), left])
}

/// Writes an amount with its currency.
pub(crate) fn money(w: &Window, figure: &Figure, currency: &str) -> String {
    debug_assert_eq!(figure.measure.unit(), Unit::Money);
    figure.value.number().map_or_else(String::new, |n| crate::language::money(n, currency, w.scribe.language))
}
