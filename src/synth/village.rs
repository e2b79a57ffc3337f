//! The records of one village, all years together, since matters pass from one year into the next.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::flaw::Flaw;
use super::matter::{Course, Facts, Matter, Vote, money};
use super::names::person;
use super::random::Random;
use super::topics::{ANSWERED, DECLINED, PARTS, PENDING, TOPICS};
use super::{City, File, Planted, VillageYear, day, put};
use crate::calendar::Period;

/// Writes the records of a village.
pub(super) fn files(city: &City, village: usize) -> (Vec<File>, Vec<Planted>) {
    let mut writer = Writer::new(city, village);
    for back in (0..city.villages[village].years.len()).rev() {
        writer.year(back);
    }
    writer.approve();
    writer.records();
    (writer.files, writer.planted)
}

/// Who is who in a village, and how many.
struct People {
    secretary: String,
    director: String,
    deputy: String,
    chair: String,
    vice_chair: String,
    recorder: String,
    /// Who lead tasks.
    leads: Vec<String>,
    /// Veteran delegates, who supervise.
    elders: Vec<String>,
    party: u64,
    branch: u64,
    committee: u64,
    delegates: u64,
    women: u64,
    households: u64,
    population: u64,
    adults: u64,
}

impl People {
    fn new(random: &mut Random) -> Self {
        let mut names = std::collections::BTreeSet::new();
        while names.len() < 16 {
            names.insert(person(random));
        }
        let mut names: Vec<String> = names.into_iter().collect();
        random.shuffle(&mut names);
        let delegates = random.between(26, 54);
        let committee = *random.pick(&[3, 5]);
        let congress = delegates + committee;
        let households = delegates * random.between(7, 14);
        let population = households * random.between(30, 38) / 10;
        let mut next = || names.pop().unwrap_or_default();
        Self {
            secretary: next(),
            director: next(),
            deputy: next(),
            chair: next(),
            vice_chair: next(),
            recorder: next(),
            leads: (0..4).map(|_| next()).collect(),
            elders: (0..6).map(|_| next()).collect(),
            party: random.between(22, 64),
            branch: *random.pick(&[3, 5]),
            committee,
            delegates,
            women: congress.div_ceil(3) + random.between(0, 4),
            households,
            population,
            adults: population * random.between(76, 84) / 100,
        }
    }

    fn congress(&self) -> u64 {
        self.delegates + self.committee
    }
}

/// What a meeting decided about an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Passed,
    Rejected,
    NoQuorum,
}

/// An item of a meeting.
struct Item {
    matter: Option<usize>,
    motion: String,
    decision: Decision,
}

/// A meeting of the congress.
struct Meeting {
    date: Date,
    name: String,
    special: bool,
    quorum: bool,
    present: u64,
    items: Vec<Item>,
}

/// An opinion before it has a number.
struct Opinion {
    date: Date,
    category: &'static str,
    text: String,
    /// The matter that took it up, and whether as the first.
    matter: Option<(usize, bool)>,
}

struct Writer<'c> {
    city: &'c City,
    path: String,
    /// With the level (`新河村`).
    name: String,
    index: usize,
    random: Random,
    people: People,
    meetings: Vec<Meeting>,
    matters: Vec<Matter>,
    opinions: BTreeMap<(i16, i8), Vec<Opinion>>,
    /// The accounts' balance, in cents.
    balance: i64,
    files: Vec<File>,
    planted: Vec<Planted>,
}

impl<'c> Writer<'c> {
    fn new(city: &'c City, index: usize) -> Self {
        let mut random = Random::of(city.request.seed, &[2, index as u64]);
        let people = People::new(&mut random);
        let balance = random.signed(80_000, 420_000) * 100 + random.signed(0, 99);
        Self {
            city,
            path: format!("content/{}", city.village_path(index)),
            name: format!("{}村", city.villages[index].name.zh),
            index,
            random,
            people,
            meetings: Vec::new(),
            matters: Vec::new(),
            opinions: BTreeMap::new(),
            balance,
            files: Vec::new(),
            planted: Vec::new(),
        }
    }

    fn add(&mut self, path: &str, text: String) {
        self.files.push((format!("{}/{path}", self.path), text));
    }

    /// Plans a year: meetings of the congress, the matters that they decide, and opinions.
    fn year(&mut self, back: usize) {
        let plan = self.city.villages[self.index].years[back].clone();
        let year = self.city.years_back(back);
        let before = self.matters.len();
        if plan.full {
            self.quarters(year, &plan);
        } else if plan.resolved > 0 {
            let date = self.quarter_day(year, 3);
            self.convene(date, false, true);
            self.decide(self.meetings.len() - 1, plan.resolved, Course::Passed);
        }
        if plan.under_way {
            let voted = date(year + 1, 1, 10 + self.random.below(4) as i8);
            let matter = self.matter(voted, Course::UnderWay);
            self.matters.push(matter);
        }
        let flaws = plan.flaws.iter();
        let passed: Vec<usize> = (before..self.matters.len()).filter(|i| self.matters[*i].course == Course::Passed).collect();
        for (flaw, matter) in flaws.zip(passed) {
            self.matters[matter].flaw = *flaw;
        }
        for number in before..self.matters.len() {
            let matter = &mut self.matters[number];
            matter.name = format!("{year}-{:03}-{}", number - before + 1, matter.topic.slug);
        }
        self.hear(year, before, &plan);
    }

    /// Returns a day of the last month of a quarter, counted from 0, on which a congress meets.
    fn quarter_day(&mut self, year: i16, quarter: usize) -> Date {
        let first = if quarter == 3 { 8 } else { 14 };
        date(year, quarter as i8 * 3 + 3, first + self.random.below(13) as i8)
    }

    fn quarters(&mut self, year: i16, plan: &VillageYear) {
        let mut shares = [plan.resolved / 4; 4];
        let mut order = [0, 1, 2, 3];
        self.random.shuffle(&mut order);
        order.iter().take((plan.resolved % 4) as usize).for_each(|quarter| shares[*quarter] += 1);
        let voted_down = self.random.index(4);
        let special = (plan.special > 0).then(|| *self.random.pick(&[5_i8, 8, 11]));
        for (quarter, share) in shares.into_iter().enumerate() {
            if let Some(month) = special.filter(|month| (month - 1) / 3 == quarter as i8) {
                let (on, quorum) = (date(year, month, 4 + self.random.below(20) as i8), !self.random.chance(15));
                self.convene(on, true, quorum);
            }
            let on = self.quarter_day(year, quarter);
            self.convene(on, false, true);
            let meeting = self.meetings.len() - 1;
            self.decide(meeting, share, Course::Passed);
            if plan.rejected && voted_down == quarter {
                self.decide(meeting, 1, Course::Rejected);
            }
            let motion = standing(quarter, &mut self.random);
            self.meetings[meeting].items.push(Item { matter: None, motion, decision: Decision::Passed });
        }
    }

    fn convene(&mut self, on: Date, special: bool, quorum: bool) {
        let all = self.people.congress();
        let needed = (2 * all).div_ceil(3);
        let present = if quorum {
            self.random.between(u64::midpoint(needed, all), all)
        } else {
            self.random.between(needed / 2, needed - 1)
        };
        let mut items = Vec::new();
        if special {
            let motion =
                self.random.pick(&["防汛物资应急采购", "秋收机耕路临时占地补偿标准", "受灾户临时救助名单", "集体林采伐收入分配"]);
            let decision = if quorum { Decision::Passed } else { Decision::NoQuorum };
            items.push(Item { matter: None, motion: (*motion).to_owned(), decision });
        }
        self.meetings.push(Meeting { date: on, name: format!("{on}-congress"), special, quorum, present, items });
    }

    fn matter(&mut self, on: Date, course: Course) -> Matter {
        let taken = |matters: &[Matter], slug: &str| matters.iter().rev().take(5).any(|matter| matter.topic.slug == slug);
        let mut topic = self.random.pick(TOPICS);
        while taken(&self.matters, topic.slug) {
            topic = self.random.pick(TOPICS);
        }
        Matter::new(on, topic, course, &mut self.random)
    }

    /// Puts so many new matters to the vote of a meeting.
    fn decide(&mut self, meeting: usize, count: u64, course: Course) {
        for _ in 0..count {
            let mut matter = self.matter(self.meetings[meeting].date, course);
            let Meeting { date, ref name, present, ref mut items, .. } = self.meetings[meeting];
            let decision = if course == Course::Passed { Decision::Passed } else { Decision::Rejected };
            items.push(Item { matter: Some(self.matters.len()), motion: matter.fill(matter.topic.motion), decision });
            matter.vote = Some(Vote { date, meeting: name.clone(), item: items.len(), present });
            self.matters.push(matter);
        }
    }

    /// Spreads the opinions of a year over its months: those that became matters, then the others.
    fn hear(&mut self, year: i16, before: usize, plan: &VillageYear) {
        for number in before..self.matters.len() {
            for first in [true, false] {
                let matter = &self.matters[number];
                let from = matter.collect.0;
                let late = if first { 0 } else { self.random.signed(1, 6) };
                let said = if first { 0 } else { 1 + self.random.index(2) };
                let text = matter.fill(matter.topic.opinions[said]);
                let opinion =
                    Opinion { date: day(from, late), category: matter.topic.category, text, matter: Some((number, first)) };
                self.opinions.entry((opinion.date.year(), opinion.date.month())).or_default().push(opinion);
            }
        }
        let rest = plan.opinions.saturating_sub(plan.opinions_of_matters());
        if rest == 0 {
            return;
        }
        let months = self.months(year);
        for i in 0..rest {
            let month = if (i as usize) < months.len() { months[i as usize] } else { *self.random.pick(&months) };
            let date = date(year, month, 1 + self.random.below(28) as i8);
            let opinion = Opinion { date, category: "", text: String::new(), matter: None };
            self.opinions.entry((year, month)).or_default().push(opinion);
        }
    }

    /// Returns the months in which a village hears opinions: those before the meetings, and some others.
    fn months(&mut self, year: i16) -> Vec<i8> {
        if year < self.city.last() {
            return (1..=12).collect();
        }
        let mut months = vec![1, 4, 7, 10];
        if self.random.chance(60) {
            months.push(*self.random.pick(&[2, 3, 5, 6, 8, 9, 11, 12]));
        }
        months
    }

    /// Puts the plan of each resolved matter to the next meeting, and breaks it down into tasks.
    fn approve(&mut self) {
        let as_of = self.city.as_of();
        for number in 0..self.matters.len() {
            let matter = &mut self.matters[number];
            if matter.course == Course::Passed {
                let next = self.meetings.iter_mut().find(|meeting| meeting.date > matter.day && meeting.quorum);
                if let Some(meeting) = next {
                    let motion = format!("通过《{}》实施方案并推选监督代表", matter.title());
                    meeting.items.push(Item { matter: Some(number), motion, decision: Decision::Passed });
                    let (item, present) = (meeting.items.len(), meeting.present);
                    matter.approved = Some(Vote { date: meeting.date, meeting: meeting.name.clone(), item, present });
                }
                matter.carry_out(as_of, &self.people.leads, &self.people.elders, &mut self.random);
            }
            if let Some(flaw) = matter.flaw.take() {
                matter.flaw(flaw, as_of);
            }
        }
    }

    /// Writes every record.
    fn records(&mut self) {
        self.area();
        self.registers();
        for number in 0..self.matters.len() {
            self.matter_record(number);
        }
        for meeting in 0..self.meetings.len() {
            self.congress(meeting);
        }
        self.party_meetings();
        for back in (0..self.city.villages[self.index].years.len()).rev() {
            if self.city.villages[self.index].years[back].full {
                let year = self.city.years_back(back);
                self.assembly(year);
                self.accounts(year);
                self.disclosures(year);
            }
        }
        self.case();
        self.survey();
    }

    /// Returns the first day of the congress's term: so early that the last five years lie within it.
    fn term(&self) -> Date {
        let years = self.city.request.years.saturating_sub(1).clamp(2, 4);
        date(self.city.last() - years.cast_signed(), 1, 10)
    }

    fn area(&mut self) {
        let People { secretary, director, deputy, chair, vice_chair, .. } = &self.people;
        let (name, term, city) = (&self.name, self.term(), self.city);
        let until = day(date(term.year() + 5, term.month(), term.day()), -1);
        let own = &city.villages[self.index];
        let township = &city.townships[own.township];
        let number = self.index - township.villages.start;
        let mut out = String::with_capacity(2048);
        put!(out, "kind: area\nname: {name}\nlevel: village");
        put!(out, "code: \"2398{:02}{:03}{:03}\"", township.county + 1, own.township % 1000, (200 + number) % 1000);
        put!(out, "households: {}\npopulation: {}", self.people.households, self.people.population);
        put!(out, "adults: {}\ngroups: {}", self.people.adults, self.people.delegates.div_ceil(8));
        let crops = ["水稻、玉米", "玉米、大豆", "蔬菜", "小麦、花生", "苹果、梨", "烤烟、油菜"][self.index % 6];
        let method = own.since.map_or("尚未采用八步工作法".to_owned(), |since| {
            format!("{} 年 {} 月起采用八步工作法", since.year(), since.month())
        });
        put!(out, "description: 以{crops}为主，{method}。");
        put!(
            out,
            "contact: {{office: {name}党群服务中心, telephone: 0400-8{:06}, hours: 周一至周六 8:00—16:30}}",
            self.index % 1_000_000
        );
        if let Some(since) = own.since {
            put!(out, "workflows:\n  - {{id: eight-step, since: {since}}}");
        }
        put!(
            out,
            "bodies:\n  - id: party\n    name: {name}党支部\n    class: village-party-branch\n    entitled: {}",
            self.people.party
        );
        put!(out, "    posts:\n      - {{role: secretary, name: {secretary}, from: {}}}", day(term, -21));
        put!(
            out,
            "  - {{id: branch-committee, name: {name}党支部委员会, class: branch-committee, entitled: {}}}",
            self.people.branch
        );
        put!(
            out,
            "  - id: committee\n    name: {name}村民委员会\n    class: village-committee\n    entitled: {}",
            self.people.committee
        );
        put!(
            out,
            "    term: {{from: {term}, to: {until}}}\n    posts:\n      - {{role: director, name: {director}, from: {term}}}"
        );
        put!(out, "      - {{role: deputy-director, name: {deputy}, from: {term}}}");
        put!(
            out,
            "  - {{id: joint, name: 村\"两委\"联席会议, class: joint-meeting, entitled: {}}}",
            self.people.branch + self.people.committee - 1
        );
        put!(
            out,
            "  - id: congress\n    name: {name}村民代表大会\n    class: village-congress\n    entitled: {}",
            self.people.congress()
        );
        put!(
            out,
            "    delegates: {}\n    committee_members: {}\n    women: {}",
            self.people.delegates,
            self.people.committee,
            self.people.women
        );
        put!(out, "    term: {{from: {term}, to: {until}}}");
        let elected = day(term, -4);
        put!(out, "    founding: {{delegates_elected: {elected}, constituted: {term}, rules_adopted: {}}}", day(term, 10));
        put!(
            out,
            "    posts:\n      - {{role: chair, name: {chair}, from: {term}}}\n      - {{role: vice-chair, name: {vice_chair}, from: {term}}}"
        );
        if self.meetings.first().is_some_and(|meeting| meeting.date < term) {
            put!(
                out,
                "  - id: congress-past\n    name: {name}往届村民代表大会\n    class: village-congress\n    entitled: {}",
                self.people.congress()
            );
            put!(out, "    delegates: {}\n    women: {}", self.people.delegates, self.people.women);
        }
        put!(out, "  - {{id: assembly, name: {name}村民会议, class: village-assembly, entitled: {}}}", self.people.adults);
        put!(out, "  - {{id: supervision, name: {name}村务监督委员会, class: supervisory-committee, entitled: 3}}");
        self.add("area.yaml", out);
    }

    /// Writes the registers of opinions, one a month, and tells each matter the numbers of its own.
    fn registers(&mut self) {
        for ((year, month), mut opinions) in std::mem::take(&mut self.opinions) {
            opinions.sort_by_key(|opinion| (opinion.date, opinion.matter.map(|(number, first)| (number, !first))));
            let name = format!("{year}-{month:02}");
            let mut out = format!("kind: opinions\ntitle: {year} 年 {month} 月意见登记\nperiod: {name}\nitems:\n");
            let mut first_of = BTreeMap::new();
            for (i, opinion) in opinions.iter().enumerate() {
                let no = i + 1;
                match opinion.matter {
                    Some((matter, first)) => {
                        let reference = format!("{name}/{no}");
                        self.taken_up(&mut out, no, opinion, first_of.get(&matter));
                        if first {
                            first_of.insert(matter, reference.clone());
                        }
                        self.matters[matter].opinions.push(reference);
                    }
                    None => self.answered(&mut out, no, opinion.date),
                }
            }
            self.add(&format!("opinions/{name}.yaml"), out);
        }
    }

    fn heard(&mut self, out: &mut String, no: usize, on: Date, category: &str) {
        let channel = *self.random.pick(&["visit", "visit", "visit", "card", "forum", "mailbox", "hotline", "meeting"]);
        let by = *self.random.pick(&["delegate", "delegate", "party-member", "committee-member"]);
        put!(out, "  - no: {no}\n    date: {on}\n    channel: {channel}\n    heard_by: {by}\n    category: {category}");
    }

    fn taken_up(&mut self, out: &mut String, no: usize, opinion: &Opinion, merged: Option<&String>) {
        self.heard(out, no, opinion.date, opinion.category);
        let matter = opinion.matter.map(|(number, _)| self.matters[number].name.clone()).unwrap_or_default();
        put!(out, "    text: {}", opinion.text);
        let outcome = if merged.is_some() { "merged" } else { "taken-up" };
        put!(out, "    outcome: {outcome}\n    matter: {matter}");
        if let Some(first) = merged {
            put!(out, "    merged_into: {first}");
        }
    }

    fn answered(&mut self, out: &mut String, no: usize, on: Date) {
        let part = *self.random.pick(&PARTS);
        let as_of = self.city.as_of();
        if on > day(as_of, -28) && self.random.chance(40) {
            let (category, text) = *self.random.pick(PENDING);
            self.heard(out, no, on, category);
            put!(out, "    text: {}\n    outcome: pending", text.replace("{p}", part));
        } else if self.random.chance(15) {
            let (category, text, reason) = *self.random.pick(DECLINED);
            self.heard(out, no, on, category);
            put!(out, "    text: {}\n    outcome: declined\n    reason: {reason}", text.replace("{p}", part));
        } else {
            let (category, text, reply) = *self.random.pick(ANSWERED);
            self.heard(out, no, on, category);
            let replied = day(on, self.random.signed(2, 9)).min(as_of);
            put!(out, "    text: {}\n    outcome: answered", text.replace("{p}", part));
            put!(out, "    reply: {}\n    replied: {replied}", reply.replace("{p}", part));
        }
    }

    fn matter_record(&mut self, number: usize) {
        let facts = Facts { households: self.people.households, congress: self.people.congress() };
        let matter = &self.matters[number];
        let text = matter.text(&self.name, self.city.as_of(), &facts, &mut self.random);
        let path = format!("matters/{}.md", matter.name);
        if let Some(flaw) = matter.flaw {
            let own = match (flaw, &matter.vote) {
                (Flaw::VotesDoNotAddUp, Some(vote)) => format!("meetings/{}.md", vote.meeting),
                _ => path.clone(),
            };
            self.planted.push(Planted { path: format!("{}/{own}", self.path), rule: flaw.rule() });
        }
        self.add(&path, text);
    }

    fn congress(&mut self, number: usize) {
        let Meeting { date, ref name, special, quorum, present, ref items } = self.meetings[number];
        let name = name.clone();
        let of_year = self.meetings.iter().take(number + 1).filter(|meeting| meeting.date.year() == date.year()).count();
        let body = if date < self.term() { "congress-past" } else { "congress" };
        let (all, random) = (self.people.congress(), &mut self.random);
        let mut out = String::with_capacity(2048);
        let kind = if special { "临时会议" } else { "例会" };
        put!(out, "---\nkind: meeting\ntitle: {} 年村民代表大会第{}次会议（{kind}）", date.year(), NUMERALS[of_year.min(9)]);
        put!(
            out,
            "body: {body}\ndate: {date}\ntime: {{from: \"{:02}:00\", to: \"{:02}:40\"}}",
            8 + of_year % 2 * 6,
            9 + of_year % 2 * 6
        );
        put!(out, "venue: {}村部会议室", self.name.trim_end_matches('村'));
        put!(out, "notice: {{date: {}, ways: [written, board]}}", day(date, -random.signed(6, 14)));
        if random.chance(4) {
            put!(
                out,
                "presided_by: {{role: vice-chair, name: {}, reason: 主席因病请假，经半数以上代表同意}}",
                self.people.vice_chair
            );
        } else if body == "congress" {
            put!(out, "presided_by: {{role: chair, name: {}}}", self.people.chair);
        } else {
            put!(out, "presided_by: {{role: chair}}");
        }
        put!(out, "entitled: {all}\npresent: {present}\nitems:");
        for (i, item) in items.iter().enumerate() {
            put!(out, "  - no: {}", i + 1);
            if let Some(matter) = item.matter {
                put!(out, "    matter: {}", self.matters[matter].name);
            }
            put!(out, "    motion: {}", item.motion);
            let wrong = item.matter.is_some_and(|matter| {
                let matter = &self.matters[matter];
                matter.flaw == Some(Flaw::VotesDoNotAddUp) && matter.day == date
            });
            match item.decision {
                Decision::NoQuorum => put!(out, "    outcome: no-quorum\n    note: 到会人数不足，改期再议。"),
                decision => {
                    let (favour, against, abstain) = votes(present, decision, random);
                    let abstain = abstain + u64::from(wrong);
                    put!(out, "    ballot: secret\n    voting: item-by-item");
                    put!(out, "    votes: {{for: {favour}, against: {against}, abstain: {abstain}}}");
                    put!(out, "    outcome: {}", if decision == Decision::Passed { "passed" } else { "rejected" });
                }
            }
        }
        if quorum {
            put!(out, "signatures: {present}");
        }
        put!(out, "recorder: {}", self.people.recorder);
        let from = day(date, random.signed(1, 2));
        let to = day(from, random.signed(15, 20));
        put!(out, "publicised: {{from: {from}, to: {to}, ways: [broadcast, board, web]}}\n---\n");
        minutes(&mut out, quorum, items.len(), random);
        self.add(&format!("meetings/{name}.md"), out);
        self.inquiry(number);
    }

    /// Writes the general meetings of party members that the matters went through.
    fn party_meetings(&mut self) {
        let mut dates: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
        for (i, matter) in self.matters.iter().enumerate() {
            dates.entry(matter.party.0).or_default().push(i);
        }
        for (date, matters) in dates {
            let random = &mut self.random;
            let present = random.between(self.people.party * 7 / 10, self.people.party);
            let mut out = format!("---\nkind: meeting\ntitle: {}党员大会\nbody: party\ndate: {date}\n", self.name);
            put!(out, "venue: {}村部会议室", self.name.trim_end_matches('村'));
            put!(out, "presided_by: {{role: secretary, name: {}}}", self.people.secretary);
            put!(out, "entitled: {}\npresent: {present}\nitems:", self.people.party);
            for (i, matter) in matters.iter().enumerate() {
                let matter = &self.matters[*matter];
                let abstain = random.below(3).min(present);
                let favour = present - abstain;
                put!(out, "  - no: {}\n    matter: {}\n    motion: 征求对“{}”的意见", i + 1, matter.name, matter.title());
                put!(out, "    votes: {{for: {favour}, against: 0, abstain: {abstain}}}\n    outcome: passed");
            }
            put!(out, "---\n\n会议听取了议题的可行性和初步方案，党员逐项发表意见，同意进入下一步。");
            self.add(&format!("meetings/{date}-party.md"), out);
        }
    }

    /// Writes the yearly assembly of all villagers.
    fn assembly(&mut self, year: i16) {
        let (on, all) = (date(year, 7, 1 + self.random.below(12) as i8), self.people.adults);
        let present = self.random.between(all * 11 / 20 + 1, all * 7 / 10);
        let mut out = format!("---\nkind: meeting\ntitle: {year} 年{}村民会议\nbody: assembly\ndate: {on}\n", self.name);
        put!(out, "venue: {}文化广场", self.name);
        put!(out, "notice: {{date: {}, ways: [broadcast, board, group-chat]}}", day(on, -self.random.signed(11, 16)));
        put!(out, "presided_by: {{role: director, name: {}}}", self.people.director);
        put!(out, "entitled: {all}\npresent: {present}\nitems:");
        for (i, motion) in ["审议村民委员会上一年度工作报告", "评议村民委员会成员履职情况"].iter().enumerate()
        {
            let against = self.random.below(present / 12 + 1);
            let abstain = self.random.below(present / 12 + 1);
            put!(out, "  - no: {}\n    motion: {motion}\n    ballot: open", i + 1);
            put!(
                out,
                "    votes: {{for: {}, against: {against}, abstain: {abstain}}}\n    outcome: passed",
                present - against - abstain
            );
        }
        put!(out, "recorder: {}", self.people.recorder);
        put!(out, "publicised: {{from: {}, to: {}, ways: [broadcast, board, web]}}", day(on, 1), day(on, 20));
        put!(out, "---\n\n会议在文化广场举行，各村民小组分区就座、分区计票，当场宣布结果。");
        self.add(&format!("meetings/{on}-assembly.md"), out);
    }

    /// Writes the accounts of the four quarters of a year.
    fn accounts(&mut self, year: i16) {
        for quarter in 0..4 {
            let Some(period) = Period::parse(&format!("{year}-Q{}", quarter + 1)) else { continue };
            self.quarter_accounts(period, quarter);
        }
    }

    fn quarter_accounts(&mut self, period: Period, quarter: usize) {
        let within = |random: &mut Random| day(period.first(), random.signed(3, 82));
        let random = &mut self.random;
        let mut income = vec![
            (within(random), "上级转移支付", "镇财政拨款通知".to_owned(), None, random.signed(120, 320) * 10_000),
            (day(period.last(), -11), "存款利息", "信用社结息单".to_owned(), None, random.signed(6_000, 16_000)),
        ];
        if quarter.is_multiple_of(2) {
            let basis = format!("承包合同 {}-{:02}", period.year() - 2, random.between(1, 20));
            income.push((within(random), "集体土地承包费", basis, None, random.signed(200, 600) * 10_000));
        }
        let usual = [("村部取暖煤", "清雪"), ("春季植树", "抗旱用电"), ("路肩除草", "校舍修缮"), ("重阳节慰问", "秋季清沟")];
        let (first, second) = usual[quarter];
        let mut spending = Vec::new();
        for item in [first, second] {
            let basis = format!("村委会会议 {}", day(period.first(), random.signed(1, 9)));
            spending.push((day(period.first(), random.signed(12, 82)), item, basis, None, random.signed(12, 96) * 10_000));
        }
        for matter in &self.matters {
            for task in matter.tasks.iter().filter(|task| task.done.is_some_and(|done| period.contains(done))) {
                let basis = "验收单和发票".to_owned();
                spending.push((task.done.unwrap_or(period.last()), task.what, basis, Some(matter.name.clone()), task.cost));
            }
        }
        let total = |entries: &[(Date, &str, String, Option<String>, i64)]| entries.iter().map(|entry| entry.4).sum::<i64>();
        let short = total(&spending) - total(&income) - self.balance + 2_000_000;
        if short > 0 {
            let amount = short / 100_000 * 100_000 + 100_000;
            income.push((day(period.first(), 8), "县级项目资金", "县财政局资金下达文件".to_owned(), None, amount));
        }
        income.sort_by_key(|entry| entry.0);
        spending.sort_by_key(|entry| entry.0);
        let mut out = format!("kind: finance\nperiod: {period}\ncurrency: CNY\nopening: {}\n", money(self.balance));
        self.balance += total(&income) - total(&spending);
        for (list, entries) in [("income", &income), ("expenditure", &spending)] {
            put!(out, "{list}:");
            for (date, item, basis, matter, amount) in entries {
                let matter = matter.as_ref().map(|name| format!(", matter: {name}")).unwrap_or_default();
                put!(out, "  - {{date: {date}, item: {item}, basis: {basis}{matter}, amount: {}}}", money(*amount));
            }
        }
        let published = day(period.last(), random.signed(9, 18)).min(self.city.as_of());
        put!(out, "closing: {}", money(self.balance));
        put!(out, "verified_by: {{body: 民主理财小组, date: {}}}\npublished: {published}", day(published, -3));
        self.add(&format!("finance/{}.yaml", period.to_string().to_lowercase()), out);
    }

    /// Writes a question about the accounts, put in some of the second meetings of a year.
    fn inquiry(&mut self, number: usize) {
        let meeting = &self.meetings[number];
        let (date, name) = (meeting.date, meeting.name.clone());
        let year = date.year();
        let full = self.city.last() - year < self.city.request.years.cast_signed();
        if meeting.special || date.month() != 6 || !full || !self.random.chance(45) {
            return;
        }
        let answered = day(date, self.random.signed(3, 13));
        let mut out = format!("---\nkind: inquiry\ntitle: 关于 {year} 年第一季度取暖煤费用的质询\n");
        put!(out, "asked: {{date: {date}, meeting: {name}, by: delegate}}\nabout: {{finance: {year}-q1, line: 村部取暖煤}}");
        put!(out, "respondent: committee\ndue: {}\nanswered: {{date: {answered}, by: 村民委员会主任}}", day(date, 15));
        put!(out, "accepted: {}\n---\n", self.random.chance(90));
        put!(
            out,
            "**问** 村部取暖煤的数量和单价是怎么算的？\n\n**答** 三家比价，按最低价采购，过磅单和发票附在账后，已在公开栏张贴。"
        );
        self.add(&format!("inquiries/{year}-01-heating-coal.md"), out);
    }

    fn disclosures(&mut self, year: i16) {
        let published = date(year, 7, 4 + self.random.below(9) as i8);
        let (households, people) = (self.random.between(6, 24), self.random.between(1, 14));
        let mut out =
            format!("---\nkind: disclosure\ntitle: {year} 年上半年最低生活保障情况\nsphere: village\ncategory: 社会救助\n");
        put!(out, "period: {year}-H1\nbasis: 《社会救助暂行办法》\nbody: committee\ndue: {year}-07-20\npublished: {published}");
        put!(out, "publicised: {{from: {published}, to: {}, ways: [board, web]}}\n---\n", day(published, 19));
        put!(out, "上半年全村享受最低生活保障 {households} 户 {} 人。按规定只公布户数和人数。", households + people);
        self.add(&format!("disclosures/{year}-h1-low-income-aid.md"), out);
    }

    /// Returns the place of the village within its township, from 0.
    fn place(&self) -> usize {
        self.index - self.city.townships[self.city.villages[self.index].township].villages.start
    }

    /// Writes a model case in two villages of each township, if they have something to show.
    fn case(&mut self) {
        let done = self.matters.iter().rev().find(|matter| matter.is_done() && matter.flaw.is_none());
        let Some(matter) = done.filter(|_| self.place() < 2) else { return };
        let township = &self.city.townships[self.city.villages[self.index].township];
        let reviewed = day(self.city.as_of(), -self.random.signed(1, 20));
        let mut out = format!("---\nkind: case\ntitle: {}的八步路\nmatters: [{}]\n", matter.title(), matter.name);
        put!(
            out,
            "themes: [规范议事, 全程监督]\nendorsed_by: {}{}党委\nreviewed: {reviewed}\n---\n",
            township.name.zh,
            township.level
        );
        put!(out, "征求意见时，{}最终议案：{}", matter.fill(matter.topic.notice), matter.fill(matter.topic.adopted));
        let path = format!("cases/{}.md", matter.topic.slug);
        self.add(&path, out);
    }

    /// Writes a survey about a matter in two other villages of each township.
    fn survey(&mut self) {
        let done = self.matters.iter().rev().find(|matter| matter.is_done());
        let Some(matter) = done.filter(|_| (2..4).contains(&self.place())) else { return };
        let (year, random) = (self.city.last(), &mut self.random);
        let issued = random.between(120, 260);
        let returned = random.between(issued * 4 / 5, issued);
        let valid = returned - random.below(6);
        let (mostly, dissatisfied) = (random.between(8, 24), random.below(9));
        let date = day(self.city.as_of(), -random.signed(6, 18));
        let mut out =
            format!("---\nkind: survey\ntitle: {}满意度测评\nperiod: {year}-Q4\nmatter: {}\n", matter.title(), matter.name);
        put!(out, "published: {}\nquestion: 您对这件事的办理结果是否满意？\ndate: {date}", day(date, 5));
        put!(out, "issued: {issued}\nreturned: {returned}\nvalid: {valid}\nsatisfied: {}", valid - mostly - dissatisfied);
        put!(out, "mostly: {mostly}\ndissatisfied: {dissatisfied}\n---\n\n测评票由村民代表入户发放、当场封箱收回，公开计票。");
        let path = format!("surveys/{year}-{}.md", matter.topic.slug);
        self.add(&path, out);
    }
}

const NUMERALS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// Returns what a congress hears in a quarter, counted from 0.
fn standing(quarter: usize, random: &mut Random) -> String {
    let list: [&[&str]; 4] = [
        &["审议上年度财务决算和本年度预算", "审议上年度村民委员会工作报告"],
        &["防汛值班安排", "春耕用水轮灌顺序"],
        &["上半年村集体财务收支情况", "秸秆离田安排"],
        &["村干部民主评议办法", "下年度公益事业项目征集安排"],
    ];
    (*random.pick(list[quarter])).to_owned()
}

/// Counts the votes of those present for, against and abstaining, so that the decision follows from them.
fn votes(present: u64, decision: Decision, random: &mut Random) -> (u64, u64, u64) {
    let needed = (2 * present).div_ceil(3);
    let favour = match decision {
        Decision::Passed => present - random.below(1 + (present - needed) * 2 / 3),
        _ => random.between(needed / 2, needed - 1),
    };
    let against = random.between((present - favour) / 2, present - favour);
    (favour, against, present - favour - against)
}

/// Writes the minutes.
fn minutes(out: &mut String, quorum: bool, items: usize, random: &mut Random) {
    if !quorum {
        put!(out, "到会代表不足全体代表的三分之二，会议没有表决，改期再议。");
        return;
    }
    let said = [
        "代表就费用来源、工期和后期管护进行了讨论。",
        "代表对施工占地和补偿提出了意见，村民委员会作了说明。",
        "代表要求按季度报告进度，并在公开栏公布开支。",
    ];
    put!(out, "## 会议记录\n\n主席通报了 {items} 项议题的提出和征求意见情况。{}", random.pick(&said));
    put!(out, "\n逐项投票，当场唱票、计票，主席宣布结果；到会代表在决议上签字。");
}
