//! The records of one township: matters in five rings, the contract with its villages, and the 12 + 4 + 2 + 1 assessments.

use jiff::civil::{Date, date};

use super::matter::money;
use super::names::person;
use super::random::Random;
use super::topics::{TOWNSHIP_TOPICS, TownshipTopic};
use super::{City, File, day, put};
use crate::calendar::{Cycle, Period};

/// Writes the records of a township.
pub(super) fn files(city: &City, township: usize) -> Vec<File> {
    let mut random = Random::of(city.request.seed, &[1, township as u64]);
    let committee = *random.pick(&[9, 11]);
    let own = &city.townships[township];
    let mut writer = Writer {
        city,
        path: format!("content/{}", city.township_path(township)),
        name: format!("{}{}", own.name.zh, own.level),
        subjects: own.villages.clone().map(|village| format!("{}村", city.villages[village].name.zh)).collect(),
        number: township,
        secretary: person(&mut random),
        leads: (0..3).map(|_| person(&mut random)).collect(),
        committee,
        random,
        files: Vec::new(),
    };
    writer.area();
    for back in (0..i16::try_from(city.request.years).unwrap_or(i16::MAX)).rev() {
        writer.year(city.last() - back);
    }
    writer.files
}

struct Writer<'c> {
    city: &'c City,
    path: String,
    name: String,
    /// The villages, which are assessed.
    subjects: Vec<String>,
    number: usize,
    secretary: String,
    leads: Vec<String>,
    committee: u64,
    random: Random,
    files: Vec<File>,
}

/// The indicators of every contract: id, name, unit, target, weight.
const INDICATORS: [(&str, &str, &str, u64, u64); 4] = [
    ("resolutions", "决议按期办结率", "\"%\"", 95, 35),
    ("disclosure", "公开事项按期公布率", "\"%\"", 100, 25),
    ("visits", "代表联系户走访率", "\"%\"", 90, 20),
    ("satisfaction", "群众满意率", "\"%\"", 90, 20),
];

/// The grades and the totals from which they are given, in tenths.
const GRADES: [(&str, u64); 4] = [("优秀", 900), ("良好", 800), ("合格", 600), ("不合格", 0)];

/// Months and first days of the meetings of the committee.
const MEETINGS: [(i8, i8); 6] = [(1, 14), (3, 12), (5, 13), (7, 10), (9, 11), (11, 12)];

/// Which meetings fix the topic of each matter of a year and decide it.
const COURSES: [(usize, usize); 3] = [(0, 1), (1, 2), (3, 4)];

impl Writer<'_> {
    fn add(&mut self, path: &str, text: String) {
        self.files.push((format!("{}/{path}", self.path), text));
    }

    fn area(&mut self) {
        let (name, count) = (&self.name, self.subjects.len());
        let own = &self.city.townships[self.number];
        let mut out = format!("kind: area\nname: {name}\nlevel: township\n");
        put!(out, "code: \"2398{:02}{:03}000\"", own.county + 1, self.number % 1000);
        put!(out, "description: 辖 {count} 个村，采用五环工作法。");
        put!(out, "contact: {{office: {name}党政办公室, telephone: 0400-81{:05}}}", self.number % 100_000);
        let since = date(self.city.last() - self.city.years_before().cast_signed() - 1, 1, 1);
        put!(out, "workflows:\n  - {{id: five-ring, since: {since}}}\nbodies:");
        put!(
            out,
            "  - id: committee\n    name: {name}党委\n    class: township-party-committee\n    entitled: {}",
            self.committee
        );
        put!(out, "    posts:\n      - {{role: secretary, name: {}, from: {since}}}", self.secretary);
        put!(out, "  - {{id: government, name: {name}人民政府, class: township-government}}");
        put!(out, "  - {{id: congress, name: {name}人民代表大会, class: township-congress, entitled: 46}}");
        self.add("area.yaml", out);
    }

    fn year(&mut self, year: i16) {
        self.contract(year);
        self.assessments(year);
        let dates = MEETINGS.map(|(month, first)| date(year, month, first + self.random.below(7) as i8));
        let first = self.random.index(TOWNSHIP_TOPICS.len());
        let topics = [0, 1, 2].map(|i| &TOWNSHIP_TOPICS[(first + i) % TOWNSHIP_TOPICS.len()]);
        let names = [0, 1, 2].map(|i: usize| format!("{year}-{:03}-{}", i + 1, topics[i].slug));
        for (i, (topic, name)) in topics.iter().zip(&names).enumerate() {
            self.matter(topic, name, (dates[COURSES[i].0], dates[COURSES[i].1]), COURSES[i]);
        }
        for (number, on) in dates.into_iter().enumerate() {
            self.meeting(number, on, &topics, &names);
        }
    }

    fn meeting(&mut self, number: usize, on: Date, topics: &[&TownshipTopic; 3], names: &[String; 3]) {
        let all = self.committee;
        let present = self.random.between(all - 1, all);
        let mut out = format!("---\nkind: meeting\ntitle: {}党委会议\nbody: committee\ndate: {on}\n", self.name);
        put!(out, "time: {{from: \"09:00\", to: \"11:00\"}}\nvenue: {}政府二楼会议室", self.name);
        put!(out, "presided_by: {{role: secretary, name: {}}}\nentitled: {all}\npresent: {present}\nitems:", self.secretary);
        for (no, item) in agenda(number).into_iter().enumerate() {
            let abstain = self.random.below(2);
            put!(out, "  - no: {}", no + 1);
            if let Item::Topic(i) | Item::Decision(i) = item {
                put!(out, "    matter: {}", names[i]);
            }
            let motion = match item {
                Item::Topic(i) => format!("确定议题“{}”", fill(topics[i].title, &self.name)),
                Item::Decision(i) => topics[i].motion.to_owned(),
                Item::Other(motion) => motion.to_owned(),
            };
            put!(out, "    motion: {motion}");
            put!(
                out,
                "    ballot: secret\n    votes: {{for: {}, against: 0, abstain: {abstain}}}\n    outcome: passed",
                present - abstain
            );
        }
        put!(out, "---\n\n会议听取了汇报，逐项讨论并进行无记名票决。");
        self.add(&format!("meetings/{on}-committee.md"), out);
    }

    fn matter(&mut self, topic: &TownshipTopic, name: &str, (fixed, decided): (Date, Date), (at, by): (usize, usize)) {
        let (as_of, year) = (self.city.as_of(), fixed.year());
        let (fix_item, vote_item) = (number_of(at, name, true), number_of(by, name, false));
        let random = &mut self.random;
        let mut out = String::with_capacity(4096);
        put!(out, "---\nkind: matter\ntitle: {}", fill(topic.title, &self.name));
        put!(out, "number: {}党发〔{year}〕{}号\nworkflow: five-ring\ncategory: {}", self.name, 3 + by * 2, topic.category);
        let from = day(fixed, -random.signed(40, 70));
        put!(out, "steps:\n  propose:\n    origin: {}\n    from: {from}", if topic.superior { "superior" } else { "residents" });
        put!(out, "    to: {}\n    class: {}", day(fixed, -6), topic.class);
        let heard = [random.between(20, 60), random.between(60, 260), random.between(4, 40)];
        put!(out, "    channels: {{forum: {}, visit: {}, hotline: {}}}", heard[0], heard[1], heard[2]);
        put!(out, "    screening: {{practical: true, majority_interest: true, development: true}}");
        if topic.superior {
            put!(out, "    rounds:");
            for ((i, draft), days) in topic.drafts.iter().enumerate().zip([7, 21]) {
                let asked = random.between(120, 260);
                put!(out, "      - date: {}\n        draft: {draft}\n        asked: {asked}", day(from, days));
                put!(out, "        summary: {}", ["多数群众认为方案偏硬，费用偏高。", "意见基本一致。"][i.min(1)]);
            }
        }
        put!(out, "  decide:\n    topic: {{date: {fixed}, meeting: {fixed}-committee, item: {fix_item}}}");
        let (studied, hearing) = (day(fixed, 18), day(decided, -14));
        put!(out, "    study: {{from: {}, to: {studied}, by: {}, report: {}}}", day(fixed, 1), topic.tasks[0].1, topic.report);
        let people = random.between(36, 70);
        put!(
            out,
            "    argue:\n      publicised: {{from: {}, to: {}}}\n      hearing: {hearing}",
            day(studied, 2),
            day(decided, -3)
        );
        put!(out, "      participants: {people}\n      summary: {}", topic.hearing);
        put!(out, "    resolve: {{meeting: {decided}-committee, item: {vote_item}, published: {}}}", day(decided, 1));
        let budget = random.signed(60, 520) * 1_000_000;
        let dues = [50, 90, 130].map(|days| day(decided, days));
        let done: Vec<Option<Date>> =
            dues.iter().map(|due| Some(day(*due, -random.signed(1, 8))).filter(|done| *done <= as_of)).collect();
        let finished = done.last().copied().flatten();
        put!(
            out,
            "  execute:\n    principle: 谁主管、谁负责\n    planned_with: [party-delegate, people-congress-deputy, cppcc-member, resident]"
        );
        put!(out, "    budget: {}", money(budget));
        if finished.is_some() {
            put!(out, "    spent: {}", money(budget * random.signed(90, 99) / 100));
        }
        put!(out, "    tasks:");
        for (((what, owner, standard), due), done) in topic.tasks.iter().zip(dues).zip(&done) {
            let done = done.map(|done| format!(", done: {done}")).unwrap_or_default();
            put!(
                out,
                "      - {{what: {what}, owner: {owner}, lead: {}, standard: {standard}, due: {due}{done}}}",
                random.pick(&self.leads)
            );
        }
        put!(
            out,
            "    hot_issue: {}\n    followed_by: [party-delegate, people-congress-deputy, villager-delegate]",
            topic.class != "practical"
        );
        let progress = day(decided, 40);
        if progress <= as_of {
            put!(
                out,
                "  evaluate:\n    inspections:\n      - {{date: {}, by: people-congress-deputy, finding: {}}}",
                day(progress, -4),
                topic.finding
            );
            put!(out, "    meetings:\n      - {{date: {progress}, class: progress}}");
        }
        if let Some(finished) = finished.filter(|finished| day(*finished, 12) <= as_of) {
            put!(out, "      - {{date: {}, class: stage-summary}}", day(finished, 3));
            survey(&mut out, topic.question, day(finished, 8), random);
        }
        put!(out, "  assess:\n    contract: {year}-contract");
        let quarter = finished.map(|finished| Period::of(Cycle::Quarter, finished)).filter(|quarter| quarter.year() == year);
        if let Some(quarter) = quarter {
            put!(out, "    assessments: [{}]\n    used_for: [reward]", quarter.to_string().to_lowercase());
        }
        put!(
            out,
            "---\n\n{}党委决定：{}。\n\n任务、时限和责任单位见上，进展由党代表、人大代表和村民代表全程跟踪。",
            self.name,
            topic.motion
        );
        self.add(&format!("matters/{name}.md"), out);
    }

    fn contract(&mut self, year: i16) {
        let signed = date(year, 1, 6 + self.random.below(18) as i8);
        let mut out = format!("kind: contract\ntitle: {year} 年度村级工作目标责任书\nperiod: {year}\n");
        put!(
            out,
            "parties: {{assessor: {}党委, assessed: [{}]}}\nsigned: {signed}\nindicators:",
            self.name,
            self.subjects.join(", ")
        );
        for (id, name, unit, target, weight) in INDICATORS {
            put!(out, "  - {{id: {id}, name: {name}, unit: {unit}, target: {target}, weight: {weight}}}");
        }
        put!(out, "grades:");
        for (name, least) in GRADES {
            put!(out, "  - {{name: {name}, at_least: {}}}", least / 10);
        }
        put!(out, "published: {}", day(signed, 3));
        self.add(&format!("assessments/{year}-contract.yaml"), out);
    }

    /// Writes the twelve inspections, four bulletins, two analyses and the evaluation of a year.
    fn assessments(&mut self, year: i16) {
        let Some(whole) = Period::parse(&year.to_string()) else { return };
        let cycles = [
            (Cycle::Month, "monthly", "督查"),
            (Cycle::Quarter, "quarterly", "通报"),
            (Cycle::Half, "half-yearly", "综合分析"),
            (Cycle::Year, "yearly", "总评"),
        ];
        for (cycle, name, title) in cycles {
            let periods = if cycle == Cycle::Year { vec![whole] } else { whole.parts(cycle) };
            for period in periods {
                self.assessment(period, name, title);
            }
        }
    }

    fn assessment(&mut self, period: Period, cycle: &str, title: &str) {
        let published = day(period.last(), self.random.signed(5, 12)).min(self.city.as_of());
        let mut out = String::with_capacity(4096);
        put!(out, "kind: assessment\ntitle: {}{title}\ncycle: {cycle}\nperiod: {period}", period.label().zh);
        put!(out, "contract: {}-contract\nresults:", period.year());
        let scores: Vec<[u64; 4]> = self
            .subjects
            .iter()
            .map(|_| INDICATORS.map(|(.., weight)| weight * 10 - self.random.below(weight * 10 / 4)))
            .collect();
        let totals: Vec<u64> = scores.iter().map(|scores| scores.iter().sum()).collect();
        for ((subject, scores), total) in self.subjects.iter().zip(&scores).zip(&totals) {
            let rank = 1 + totals.iter().filter(|other| *other > total).count();
            let grade = GRADES.iter().find(|(_, least)| total >= least).map_or("", |(name, _)| name);
            let pairs: Vec<String> =
                INDICATORS.iter().zip(scores).map(|((id, ..), score)| format!("{id}: {}", tenths(*score))).collect();
            put!(
                out,
                "  - {{subject: {subject}, scores: {{{}}}, total: {}, grade: {grade}, rank: {rank}}}",
                pairs.join(", "),
                tenths(*total)
            );
        }
        put!(out, "method: 各指标按责任书权重计分，由督查组实地核查，结果在镇村两级公开。\npublished: {published}");
        if cycle == "half-yearly" || cycle == "yearly" {
            let best = totals.iter().enumerate().max_by_key(|(i, total)| (**total, std::cmp::Reverse(*i))).map_or(0, |(i, _)| i);
            put!(out, "used_for:\n  - {{subject: {}, use: reward, detail: 授予先进村称号。}}", self.subjects[best]);
        }
        self.add(&format!("assessments/{}.yaml", period.to_string().to_lowercase()), out);
    }
}

/// What stands on the agenda of the committee.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Topic(usize),
    Decision(usize),
    Other(&'static str),
}

/// Lists the items of one of the six meetings of a year: topics, then decisions, and something else where there is neither.
fn agenda(number: usize) -> Vec<Item> {
    let topics = (0..3).filter(|i| COURSES[*i].0 == number).map(Item::Topic);
    let decisions = (0..3).filter(|i| COURSES[*i].1 == number).map(Item::Decision);
    let items: Vec<Item> = topics.chain(decisions).collect();
    if items.is_empty() { vec![Item::Other("下年度民生实事征集安排")] } else { items }
}

/// Returns the number of the item by which a meeting fixes the topic of a matter, or decides it.
fn number_of(meeting: usize, name: &str, topic: bool) -> usize {
    let i = name.get(5..8).and_then(|number| number.parse::<usize>().ok()).unwrap_or(1) - 1;
    let item = if topic { Item::Topic(i) } else { Item::Decision(i) };
    agenda(meeting).iter().position(|other| *other == item).unwrap_or(0) + 1
}

fn survey(out: &mut String, question: &str, on: Date, random: &mut Random) {
    let issued = random.between(200, 400);
    let returned = random.between(issued * 8 / 10, issued);
    let valid = returned - random.below(8);
    let (mostly, dissatisfied) = (random.between(12, 40), random.below(16));
    put!(
        out,
        "    survey:\n      question: {question}\n      date: {on}\n      issued: {issued}\n      returned: {returned}\n      valid: {valid}"
    );
    put!(out, "      satisfied: {}\n      mostly: {mostly}\n      dissatisfied: {dissatisfied}", valid - mostly - dissatisfied);
}

fn fill(text: &str, name: &str) -> String {
    text.replace("{t}", name)
}

/// Writes tenths as a decimal.
fn tenths(number: u64) -> String {
    if number.is_multiple_of(10) { (number / 10).to_string() } else { format!("{}.{}", number / 10, number % 10) }
}
