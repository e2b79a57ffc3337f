//! A matter of a village, from the first opinion to the last report.

use jiff::civil::Date;

use super::flaw::Flaw;
use super::random::Random;
use super::topics::{PARTS, Topic};
use super::{day, put};
use crate::calendar::{Cycle, Period};

/// How far a matter comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    Passed,
    Rejected,
    /// Not put to a vote by the last day of the records.
    UnderWay,
}

/// The item of a meeting.
#[derive(Debug, Clone)]
pub(super) struct Vote {
    pub(super) date: Date,
    pub(super) meeting: String,
    pub(super) item: usize,
    /// Delegates who were present.
    pub(super) present: u64,
}

/// A task of a matter.
#[derive(Debug, Clone)]
pub(super) struct Task {
    pub(super) what: &'static str,
    standard: &'static str,
    lead: String,
    due: Date,
    pub(super) done: Option<Date>,
    /// In cents.
    pub(super) cost: i64,
}

/// A matter.
pub(super) struct Matter {
    pub(super) name: String,
    pub(super) topic: &'static Topic,
    part: &'static str,
    first: u64,
    quantity: u64,
    /// In cents.
    budget: i64,
    pub(super) course: Course,
    pub(super) flaw: Option<Flaw>,
    /// The day of the vote, or the one on which it would be.
    pub(super) day: Date,
    /// Days from which the steps before the vote are counted.
    pub(super) collect: (Date, Date),
    /// References to the opinions.
    pub(super) opinions: Vec<String>,
    pub(super) party: (Date, String),
    pub(super) vote: Option<Vote>,
    pub(super) approved: Option<Vote>,
    pub(super) tasks: Vec<Task>,
    supervisors: Vec<String>,
}

/// Days before the vote.
const COLLECT: i64 = 68;
const TOPIC: i64 = 52;
const PARTY: i64 = 46;
const NOTICE: i64 = 45;
const VISIT: i64 = 41;
const BRANCH: i64 = 32;
const HEARING: i64 = 22;
const JOINT: i64 = 12;

impl Matter {
    /// Plans a matter that is voted on by a congress on a day.
    pub(super) fn new(day_of_vote: Date, topic: &'static Topic, course: Course, random: &mut Random) -> Self {
        let first = random.between(topic.quantity.0, topic.quantity.1);
        let change = (first / 10).max(1);
        let quantity = if random.chance(50) { first + change } else { first - change };
        let yuan = (quantity * topic.price / 1000).max(2) * 1000;
        let collect = day(day_of_vote, -COLLECT);
        let party = day(day_of_vote, -PARTY);
        Self {
            name: String::new(),
            topic,
            part: random.pick::<&'static str>(&PARTS),
            first,
            quantity,
            budget: yuan.cast_signed() * 100,
            course,
            flaw: None,
            day: day_of_vote,
            collect: (collect, day(collect, random.signed(6, 10))),
            opinions: Vec::new(),
            party: (party, format!("{party}-party")),
            vote: None,
            approved: None,
            tasks: Vec::new(),
            supervisors: Vec::new(),
        }
    }

    /// Fills names and numbers into a text.
    pub(super) fn fill(&self, text: &str) -> String {
        let thousands = self.budget / 100_000;
        let budget =
            if thousands % 10 == 0 { (thousands / 10).to_string() } else { format!("{}.{}", thousands / 10, thousands % 10) };
        let text = text.replace("{p}", self.part).replace("{b}", &budget);
        text.replace("{n}", &self.first.to_string()).replace("{m}", &self.quantity.to_string())
    }

    pub(super) fn title(&self) -> String {
        self.fill(self.topic.title)
    }

    /// Breaks the matter down into tasks once its plan was approved.
    pub(super) fn carry_out(&mut self, as_of: Date, leads: &[String], elders: &[String], random: &mut Random) {
        let Some(approved) = &self.approved else { return };
        let spent = self.budget * random.signed(92, 99) / 100;
        let costs = [spent / 5, spent / 2, spent - spent / 5 - spent / 2];
        let mut due = day(approved.date, random.signed(20, 30));
        for ((what, standard), cost) in self.topic.tasks.into_iter().zip(costs) {
            let done = day(due, -random.signed(1, 6));
            let task =
                Task { what, standard, lead: random.pick(leads).clone(), due, done: (done <= as_of).then_some(done), cost };
            self.tasks.push(task);
            due = day(due, random.signed(18, 27));
        }
        let first = random.index(elders.len());
        self.supervisors = vec![elders[first].clone(), elders[(first + 1) % elders.len()].clone()];
    }

    /// Whether every task is done.
    pub(super) fn is_done(&self) -> bool {
        !self.tasks.is_empty() && self.tasks.iter().all(|task| task.done.is_some())
    }

    /// Takes a flaw that fits how far the matter has come, the next that does where the one chosen does not.
    pub(super) fn flaw(&mut self, chosen: Flaw, as_of: Date) {
        let overdue = self.tasks.last().is_some_and(|task| task.due < as_of);
        let fits = |flaw: &Flaw| match flaw {
            Flaw::TaskOverdue => overdue,
            Flaw::SupervisorExecutes => self.approved.is_some(),
            Flaw::CommentUnanswered => day(self.day, 20) <= as_of,
            _ => true,
        };
        let from = Flaw::ALL.iter().position(|flaw| *flaw == chosen).unwrap_or(0);
        self.flaw = Flaw::ALL.iter().cycle().skip(from).take(Flaw::ALL.len()).find(|flaw| fits(flaw)).copied();
        match self.flaw {
            Some(Flaw::TaskOverdue) => self.tasks.last_mut().into_iter().for_each(|task| task.done = None),
            Some(Flaw::SupervisorExecutes) => self.supervisors[0] = self.tasks[0].lead.clone(),
            _ => {}
        }
    }

    /// Returns what was spent on the tasks that are done.
    pub(super) fn spent(&self) -> i64 {
        self.tasks.iter().filter(|task| task.done.is_some()).map(|task| task.cost).sum()
    }

    /// Writes the record.
    pub(super) fn text(&self, village: &str, as_of: Date, facts: &Facts, random: &mut Random) -> String {
        let mut out = String::with_capacity(4096);
        put!(out, "---\nkind: matter\ntitle: {}", self.title());
        if self.course == Course::Passed {
            let number = self.name.get(5..8).and_then(|number| number.parse::<u32>().ok()).unwrap_or(1);
            put!(out, "number: {village}决〔{}〕{number}号", self.day.year());
        }
        put!(out, "summary: {}", self.fill(self.topic.motion));
        put!(out, "workflow: eight-step\ncategory: {}\nsteps:", self.topic.category);
        self.before_the_vote(&mut out, as_of, facts, random);
        if let Some(vote) = &self.vote {
            let item = if self.flaw == Some(Flaw::UnknownItem) { 99 } else { vote.item };
            let published = day(vote.date, 1);
            put!(out, "  resolve: {{meeting: {}, item: {item}, published: {published}}}", vote.meeting);
            self.publicise(&mut out, vote, as_of, random);
        }
        if let Some(approved) = &self.approved {
            self.implement(&mut out, approved);
            self.supervise(&mut out, approved, as_of, random);
        }
        put!(out, "---\n");
        self.body(&mut out, village);
        out
    }

    fn before_the_vote(&self, out: &mut String, as_of: Date, facts: &Facts, random: &mut Random) {
        let topic = self.topic;
        let on = |days: i64| day(self.day, -days);
        put!(out, "  collect:\n    from: {}\n    to: {}", self.collect.0, self.collect.1);
        put!(out, "    opinions: [{}]", self.opinions.join(", "));
        put!(out, "    households_visited: {}", random.between(facts.households / 4, facts.households * 2 / 3).max(1));
        put!(out, "  set-topic:\n    date: {}\n    by: party", on(TOPIC));
        if self.flaw != Some(Flaw::NoFeasibility) {
            put!(out, "    feasibility: {}", self.fill(topic.feasibility));
        }
        put!(out, "    plan: {}", self.fill(topic.plan));
        put!(out, "  consult:\n    - {{way: party-meeting, meeting: {}}}", self.party.1);
        if self.flaw != Some(Flaw::NoWrittenNotice) {
            let returned = random.between(facts.congress * 4 / 5, facts.congress);
            let favour = random.between(returned * 4 / 5, returned);
            put!(out, "    - way: written-notice\n      date: {}\n      sent: {}", on(NOTICE), facts.congress);
            put!(out, "      returned: {returned}\n      in_favour: {favour}");
            put!(out, "      summary: {}\n      adopted: {}", self.fill(topic.notice), self.fill(topic.adopted));
        }
        let (way, people) = (random.pick(&["visit", "talk", "card"]), random.between(6, 16));
        put!(out, "    - {{way: {way}, date: {}, people: {people}, summary: {}}}", on(VISIT), self.fill(topic.visit));
        if on(BRANCH) > as_of {
            return;
        }
        put!(
            out,
            "  examine:\n    - stage: branch-committee\n      date: {}\n      motion: {}",
            on(BRANCH),
            self.fill(topic.plan)
        );
        if self.vote.is_none() {
            return;
        }
        put!(out, "    - stage: expert-hearing\n      date: {}", on(HEARING));
        if self.flaw != Some(Flaw::NoExperts) {
            put!(out, "      experts: [{}]", topic.experts.join(", "));
        }
        put!(out, "      conclusion: {}", self.fill(topic.conclusion));
        put!(out, "    - stage: joint-meeting\n      date: {}\n      motion: {}", on(JOINT), self.fill(topic.motion));
    }

    fn publicise(&self, out: &mut String, vote: &Vote, as_of: Date, random: &mut Random) {
        let from = day(vote.date, 1);
        let days = if self.flaw == Some(Flaw::ShortPosting) { 9 } else { random.signed(15, 22) };
        let ways = random.pick(&["broadcast, board", "broadcast, board, web", "broadcast, board, web, group-chat"]);
        let signatures = if self.flaw == Some(Flaw::TooManySignatures) { vote.present + 1 } else { vote.present };
        put!(
            out,
            "  publicise:\n    from: {from}\n    to: {}\n    ways: [{ways}]\n    signatures: {signatures}",
            day(from, days - 1)
        );
        let said = day(from, random.signed(2, 6));
        let replied = day(said, 2);
        let unanswered = self.flaw == Some(Flaw::CommentUnanswered);
        if unanswered || (replied <= as_of && random.chance(60)) {
            let (text, reply) = self.topic.comment;
            put!(out, "    comments:\n      - date: {said}\n        text: {text}");
            if !unanswered {
                put!(out, "        reply: {reply}\n        replied: {replied}");
            }
        }
    }

    fn implement(&self, out: &mut String, approved: &Vote) {
        put!(out, "  implement:\n    plan: {}", self.topic.implement);
        put!(out, "    approved: {{meeting: {}, item: {}}}", approved.meeting, approved.item);
        put!(out, "    budget: {}", money(self.budget));
        if self.is_done() {
            put!(out, "    spent: {}", money(self.spent()));
        }
        put!(out, "    tasks:");
        for Task { what, standard, lead, due, done, .. } in &self.tasks {
            let done = done.map(|done| format!(", done: {done}")).unwrap_or_default();
            let standard = standard.replace(',', "，");
            put!(out, "      - {{what: {what}, owner: 村民委员会, lead: {lead}, standard: {standard}, due: {due}{done}}}");
        }
    }

    fn supervise(&self, out: &mut String, approved: &Vote, as_of: Date, random: &mut Random) {
        let last = self.tasks.iter().filter_map(|task| task.done).max();
        let end = if self.is_done() { last.unwrap_or(as_of) } else { as_of };
        put!(out, "  supervise:\n    supervisors: [{}]\n    assigned: {}", self.supervisors.join(", "), approved.date);
        let mut reports: Vec<(Date, String)> = Period::within(Cycle::Quarter, approved.date, end)
            .into_iter()
            .map(|quarter| {
                let date = day(quarter.last(), -random.signed(3, 12));
                let done: Vec<&str> =
                    self.tasks.iter().filter(|task| task.done.is_some_and(|done| done <= date)).map(|task| task.what).collect();
                let summary =
                    if done.is_empty() { "正在准备。".to_owned() } else { format!("{}已完成。", done.join("、")) };
                (date, summary)
            })
            .collect();
        let finished = day(end, 2);
        if self.is_done() && finished <= as_of {
            let left = (self.budget - self.spent()) / 100;
            reports.push((finished, format!("全部完成并验收，节余 {left} 元，转入村集体账户。")));
        }
        reports.sort();
        if !reports.is_empty() {
            put!(out, "    reports:");
        }
        for (date, summary) in reports {
            put!(out, "      - {{date: {date}, to: [party, congress], summary: {summary}}}");
        }
        let completed = day(finished, 5);
        if self.is_done() && completed <= as_of {
            put!(out, "    completed: {completed}");
        }
    }

    fn body(&self, out: &mut String, village: &str) {
        let stands = match self.course {
            Course::Passed => format!("{village}村民代表大会决定：{}", self.fill(self.topic.motion)),
            Course::Rejected => {
                format!("{village}村民代表大会审议了“{}”，没有通过。代表认为费用和时机还需研究。", self.title())
            }
            Course::UnderWay => format!("本事项正在征求意见。初步方案：{}", self.fill(self.topic.plan)),
        };
        put!(out, "{stands}");
        if self.tasks.is_empty() {
            return;
        }
        put!(out, "\n## 进度和费用\n\n| 任务 | 标准 | 期限 | 费用（元） |\n|---|---|---|---:|");
        for task in &self.tasks {
            put!(out, "| {} | {} | {} | {} |", task.what, task.standard, task.due, money(task.cost));
        }
        put!(out, "");
        for task in &self.tasks {
            put!(out, "- [{}] {}", if task.done.is_some() { 'x' } else { ' ' }, task.what);
        }
        put!(out, "\n征求意见时，{}{}", self.fill(self.topic.notice), self.fill(self.topic.adopted));
    }
}

/// What a village's matters need to know of it.
pub(super) struct Facts {
    pub(super) households: u64,
    /// Members of the congress.
    pub(super) congress: u64,
}

/// Writes cents as yuan.
pub(super) fn money(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
