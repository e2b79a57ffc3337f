//! What the raw files count, worked out anew: by the definitions of `docs/statistics.md`, with none of the program's records.

use std::str::FromStr;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_yaml::Value;

use super::raw::{Raw, Site, list, of, text};

/// What one record adds to one measure.
#[derive(Debug, Clone)]
pub(crate) struct Count {
    /// The measure's id.
    pub(crate) measure: &'static str,
    /// The part; empty where there is none.
    pub(crate) part: String,
    /// The place.
    pub(crate) area: String,
    /// The day.
    pub(crate) day: String,
    /// How much.
    pub(crate) amount: Decimal,
}

/// Everything counted.
pub(crate) struct Counts<'s> {
    /// The files.
    pub(crate) site: &'s Site,
    /// The day up to which is counted.
    pub(crate) as_of: &'s str,
    /// What was found.
    pub(crate) found: Vec<Count>,
}

/// Reads a number exactly as it is written.
fn number(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap_or_else(|_| panic!("{text:?} is no number"))
}

/// Counts the days from one to another.
pub(crate) fn days(from: &str, to: &str) -> i64 {
    let day = |text: &str| text.parse::<Date>().unwrap_or_else(|_| panic!("{text:?} is no day"));
    i64::from((day(to) - day(from)).get_days())
}

/// Returns the first day of a period.
pub(crate) fn first_day(period: &str) -> String {
    let (year, part) = period.split_once('-').unwrap_or((period, "01"));
    let month = match (part.strip_prefix('Q'), part.strip_prefix('H')) {
        (Some(n), _) => n.parse::<u32>().unwrap() * 3 - 2,
        (_, Some(n)) => n.parse::<u32>().unwrap() * 6 - 5,
        _ => part.parse().unwrap(),
    };
    format!("{year}-{month:02}-01")
}

/// Returns the last day of a period (`2026-Q1`, `2026-H2`, `2026-03`, `2026`).
pub(crate) fn last_day(period: &str) -> String {
    let (year, part) = period.split_once('-').unwrap_or((period, "H2"));
    let month = match (part.strip_prefix('Q'), part.strip_prefix('H')) {
        (Some(n), _) => n.parse::<u32>().unwrap() * 3,
        (_, Some(n)) => n.parse::<u32>().unwrap() * 6,
        _ => part.parse().unwrap(),
    };
    let leap = year.parse::<u32>().unwrap().is_multiple_of(4);
    let day = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    format!("{year}-{month:02}-{day}")
}

/// Returns the day after.
fn after(day: &str) -> String {
    day.parse::<Date>().unwrap().tomorrow().unwrap().to_string()
}

impl<'s> Counts<'s> {
    /// Counts a site up to a day.
    pub(crate) fn of(site: &'s Site, as_of: &'s str) -> Self {
        let mut counts = Self { site, as_of, found: Vec::new() };
        for raw in site.records.values() {
            match raw.kind.as_str() {
                "opinions" => counts.opinions(raw),
                "meeting" => counts.meeting(raw),
                "matter" => counts.matter(raw),
                "finance" => counts.finance(raw),
                "inquiry" => counts.inquiry(raw),
                "disclosure" => counts.disclosure(raw),
                "survey" => counts.survey(raw),
                "area" => counts.place(raw),
                "delegates" => counts.roster(raw),
                "election" => counts.election(raw),
                "assessment" => {
                    let published = raw.text("published");
                    let day = if published.is_empty() { last_day(&raw.text("period")) } else { published };
                    counts.add("assessments", &raw.text("cycle"), raw, &day, 1);
                }
                _ => {}
            }
        }
        counts
    }

    /// Adds something, unless it is dated later than the day up to which is counted.
    pub(crate) fn add(&mut self, measure: &'static str, part: &str, raw: &Raw, day: &str, amount: impl Into<Decimal>) {
        if day <= self.as_of {
            let (area, day) = (raw.area.clone(), day.to_owned());
            self.found.push(Count { measure, part: part.to_owned(), area, day, amount: amount.into() });
        }
    }

    /// Counts something that was to be done by a day.
    fn due(&mut self, [due, on_time]: [&'static str; 2], raw: &Raw, day: &str, done: &str) {
        let done = if done > self.as_of { "" } else { done };
        if done.is_empty() && day >= self.as_of {
            return;
        }
        let part = if done.is_empty() {
            "overdue"
        } else if done <= day {
            "on-time"
        } else {
            "late"
        };
        self.add(due, part, raw, day, 1);
        if part == "on-time" {
            self.add(on_time, "", raw, day, 1);
        }
    }

    fn opinions(&mut self, raw: &Raw) {
        for item in list(&raw.data, "items") {
            let (day, outcome, replied) = (of(item, "date"), of(item, "outcome"), of(item, "replied"));
            let outcome = if outcome.is_empty() { "pending" } else { &outcome };
            self.add("opinions", outcome, raw, &day, 1);
            self.add("opinion-channels", &of(item, "channel"), raw, &day, 1);
            if outcome != "pending" {
                self.add("opinions-settled", "", raw, &day, 1);
            }
            if ["taken-up", "merged"].contains(&outcome) {
                self.add("opinions-taken-up", "", raw, &day, 1);
            }
            if !replied.is_empty() {
                self.add("days-to-reply", "", raw, &replied, days(&day, &replied));
            }
        }
    }

    fn posted(&mut self, raw: &Raw, posting: Option<&Value>, part: &str) {
        let Some(posting) = posting else { return };
        let (from, to) = (of(posting, "from"), of(posting, "to"));
        if !to.is_empty() {
            self.add("posting-days", part, raw, &to, days(&from, &to) + 1);
        }
    }

    fn meeting(&mut self, raw: &Raw) {
        let (class, day) = (self.class(raw), raw.text("date"));
        self.add("meetings", &class, raw, &day, 1);
        let (entitled, present) = (raw.text("entitled"), raw.text("present"));
        if !entitled.is_empty() && !present.is_empty() {
            self.add("entitled", &class, raw, &day, number(&entitled));
            self.add("present", &class, raw, &day, number(&present));
        }
        for votes in list(&raw.data, "items").into_iter().filter_map(|item| item.get("votes")).filter(|_| !present.is_empty()) {
            self.add("votes-present", &class, raw, &day, number(&present));
            self.add("votes-for", &class, raw, &day, number(&of(votes, "for")));
        }
        self.posted(raw, raw.at("publicised"), "meeting");
    }

    fn finance(&mut self, raw: &Raw) {
        let currency = Some(raw.text("currency")).filter(|text| !text.is_empty()).unwrap_or_else(|| "CNY".to_owned());
        for key in ["income", "expenditure"] {
            for entry in list(&raw.data, key) {
                self.add(key, &currency, raw, &of(entry, "date"), number(&of(entry, "amount")));
            }
        }
        let end = last_day(&raw.text("period"));
        self.add("balance", &currency, raw, &end, number(&raw.text("closing")));
        let published = raw.text("published");
        self.add("accounts", "", raw, if published.is_empty() { &end } else { &published }, 1);
    }

    fn inquiry(&mut self, raw: &Raw) {
        let (asked, answered, due) = (raw.text("asked.date"), raw.text("answered.date"), raw.text("due"));
        self.add("inquiries", "", raw, &asked, 1);
        let fifteen = || (asked.parse::<Date>().unwrap() + jiff::Span::new().days(15)).to_string();
        self.due(["inquiries-due", "inquiries-on-time"], raw, &if due.is_empty() { fifteen() } else { due }, &answered);
        if !answered.is_empty() {
            self.add("days-to-answer", "", raw, &answered, days(&asked, &answered));
        }
    }

    fn disclosure(&mut self, raw: &Raw) {
        let due = raw.text("due");
        if !due.is_empty() {
            self.due(["disclosures-due", "disclosures-on-time"], raw, &due, &raw.text("published"));
        }
        self.posted(raw, raw.at("publicised"), "disclosure");
    }

    fn survey(&mut self, raw: &Raw) {
        let given = ["date", "published"].map(|key| raw.text(key)).into_iter().find(|day| !day.is_empty());
        self.ballots(raw, &raw.data, &given.unwrap_or_else(|| last_day(&raw.text("period"))));
    }

    fn ballots(&mut self, raw: &Raw, data: &Value, day: &str) {
        let n = |key: &str| number(&of(data, key));
        self.add("surveys", "", raw, day, 1);
        for (measure, key) in [("ballots-issued", "issued"), ("ballots-returned", "returned"), ("ballots-valid", "valid")] {
            self.add(measure, "", raw, day, n(key));
        }
        if n("valid") < Decimal::TEN {
            return;
        }
        for key in ["satisfied", "mostly", "dissatisfied"] {
            self.add("answers", key, raw, day, n(key));
        }
        self.add("pleased", "", raw, day, n("satisfied") + n("mostly"));
    }

    /// Counts a place and the procedures that it follows.
    fn place(&mut self, raw: &Raw) {
        let level = raw.text("level");
        self.add("places", &level, raw, "0000-01-01", 1);
        for one in list(&raw.data, "workflows") {
            let part = format!("{}/{level}", of(one, "id"));
            self.add("adopted", &part, raw, &of(one, "since"), 1);
            let until = of(one, "until");
            if !until.is_empty() {
                self.add("adopted", &part, raw, &after(&until), -1);
            }
        }
    }

    /// Returns the class of a body of the place of a record.
    fn class(&self, raw: &Raw) -> String {
        let bodies = list(&self.site.records[&raw.area].data, "bodies");
        bodies.iter().find(|body| of(body, "id") == raw.text("body")).map(|body| of(body, "class")).unwrap()
    }

    fn roster(&mut self, raw: &Raw) {
        let (class, date) = (self.class(raw), raw.text("date"));
        let end_of = |day: String| if day > date { date.clone() } else { day };
        for member in list(&raw.data, "members") {
            if of(member, "committee_member") != "true" {
                let since = Some(of(member, "since")).filter(|day| !day.is_empty()).unwrap_or_else(|| raw.text("term.from"));
                let until = ["until", "closed"].map(|key| of(member, key)).into_iter().find(|day| !day.is_empty());
                let gone = after(&until.unwrap_or_else(|| raw.text("term.to")));
                for (measure, n) in [("delegates", Decimal::ONE), ("households-linked", number(&of(member, "households")))] {
                    self.add(measure, &class, raw, &since, n);
                    self.add(measure, &class, raw, &gone, -n);
                }
            }
            for visit in ["visits", "visit"].iter().flat_map(|key| list(member, key)) {
                let day = of(visit, "date");
                self.add("visits", &class, raw, &day, 1);
                self.add("households-visited", &class, raw, &day, number(&of(visit, "households")));
                self.add("visit-opinions", &class, raw, &day, number(&of(visit, "opinions")));
            }
            for part in list(member, "attendance") {
                let day = end_of(last_day(&of(part, "period")));
                self.add("delegate-entitled", &class, raw, &day, number(&of(part, "held")));
                self.add("delegate-present", &class, raw, &day, number(&of(part, "present")));
            }
            for review in list(member, "assessments") {
                let day = end_of(format!("{}-12-31", of(review, "year")));
                self.add("delegate-reviews", &class, raw, &day, 1);
                for (measure, key) in [("delegate-rewards", "reward"), ("delegate-penalties", "penalty")] {
                    if !of(review, key).is_empty() {
                        self.add(measure, &class, raw, &day, 1);
                    }
                }
            }
        }
    }

    fn election(&mut self, raw: &Raw) {
        let (day, office) = (raw.text("date"), raw.text("office").replace("village-committee", "committee"));
        self.add("elections", &raw.text("outcome"), raw, &day, 1);
        for (measure, key) in [("voters", "registered"), ("election-returned", "returned"), ("election-valid", "valid")] {
            self.add(measure, &office, raw, &day, number(&raw.text(key)));
        }
        let elected = list(&raw.data, "candidates").into_iter().filter(|one| of(one, "elected") == "true").count();
        self.add("elected", &office, raw, &day, elected as u64);
        self.posted(raw, raw.at("publicised"), "election");
    }

    /// Returns the day on which a matter was passed.
    pub(crate) fn resolved_on(&self, raw: &Raw) -> Option<String> {
        let vote = raw.at("steps.resolve").or_else(|| raw.at("steps.decide.resolve"))?;
        let meeting = self.site.find(raw, "meetings", &of(vote, "meeting"))?;
        let item = list(&meeting.data, "items").into_iter().find(|item| of(item, "no") == of(vote, "item"))?;
        (of(item, "outcome") == "passed").then(|| meeting.text("date"))
    }

    /// Returns the day of a meeting that a record refers to.
    fn met(&self, raw: &Raw, reference: &str) -> Option<String> {
        Some(self.site.find(raw, "meetings", reference)?.text("date"))
    }

    /// Returns the day of a part of a step: its own, else that of its meeting.
    fn day(&self, raw: &Raw, part: &Value) -> Option<String> {
        let own = ["to", "date"].map(|key| of(part, key)).into_iter().find(|day| !day.is_empty());
        own.or_else(|| self.met(raw, &of(part, "meeting")))
    }

    fn matter(&mut self, raw: &Raw) {
        let closed = raw.text("closed.date");
        let closed = !closed.is_empty() && closed.as_str() <= self.as_of;
        let steps: Vec<(String, &Value)> =
            raw.at("steps").and_then(Value::as_mapping).unwrap().iter().map(|(id, step)| (text(id), step)).collect();
        let step = |id: &str| steps.iter().find(|(known, _)| known == id).map(|(_, step)| *step);
        let ring = raw.text("workflow") == "five-ring";
        let vote = if ring { step("decide").and_then(|step| step.get("resolve")) } else { step("resolve") };
        let topic = if ring {
            step("decide").and_then(|step| step.get("topic")).map(|topic| of(topic, "date"))
        } else if raw.text("workflow") == "four-discussions" {
            step("propose").and_then(|step| self.day(raw, step))
        } else {
            step("set-topic").map(|step| of(step, "date"))
        };
        if let Some(topic) = &topic {
            self.add("topics", "", raw, topic, 1);
        }
        if let Some(day) = self.motion(raw, &steps) {
            self.add("motions", "", raw, &day, 1);
        }
        for (id, step) in &steps {
            if let Some(channels) = step.get("channels").and_then(Value::as_mapping) {
                let day = Some(of(step, "to")).filter(|day| !day.is_empty()).unwrap_or_else(|| of(step, "from"));
                for (channel, n) in channels {
                    self.add("matter-opinions", &text(channel), raw, &day, number(&text(n)));
                }
            }
            if id.starts_with("publicise") {
                self.posted(raw, Some(step), "matter");
            }
            if !closed {
                for task in list(step, "tasks") {
                    self.due(["tasks-due", "tasks-on-time"], raw, &of(task, "due"), &of(task, "done"));
                }
            }
            if let Some(survey) = step.get("survey") {
                let own = of(survey, "date");
                let seen = ["inspections", "meetings"].iter().flat_map(|key| list(step, key)).map(|item| of(item, "date")).max();
                let day = if own.is_empty() { seen.unwrap() } else { own };
                self.ballots(raw, survey, &day);
            }
        }
        if !closed {
            self.reports(raw, &steps);
        }
        if let Some(vote) = vote {
            self.vote(raw, vote, topic, &steps);
        }
    }

    fn motion(&self, raw: &Raw, steps: &[(String, &Value)]) -> Option<String> {
        let step = |id: &str| steps.iter().find(|(known, _)| known == id).map(|(_, step)| *step);
        match raw.text("workflow").as_str() {
            "five-ring" => {
                let argue = step("decide")?.get("argue")?;
                let posted = argue.get("publicised").map(|days| of(days, if days.get("to").is_some() { "to" } else { "from" }));
                posted.into_iter().chain([of(argue, "hearing")]).filter(|day| !day.is_empty()).max()
            }
            "four-discussions" => {
                let stated = steps.iter().rev().find(|(_, step)| step.get("motion").is_some())?;
                self.day(raw, stated.1)
            }
            _ => {
                let stages = step("examine")?.as_sequence()?;
                let joint = stages.iter().any(|stage| of(stage, "stage") == "joint-meeting");
                let days = stages.iter().filter_map(|stage| {
                    Some(of(stage, "date")).filter(|day| !day.is_empty()).or_else(|| self.met(raw, &of(stage, "meeting")))
                });
                days.max().filter(|_| joint || step("resolve").is_some())
            }
        }
    }

    /// Counts the deciding vote, and the days around it.
    fn vote(&mut self, raw: &Raw, vote: &Value, topic: Option<String>, steps: &[(String, &Value)]) {
        let Some(meeting) = self.site.find(raw, "meetings", &of(vote, "meeting")) else { return };
        let (day, no) = (meeting.text("date"), of(vote, "item"));
        let item = list(&meeting.data, "items").into_iter().find(|item| of(item, "no") == no);
        let Some(outcome) =
            item.map(|item| of(item, "outcome")).filter(|outcome| !outcome.is_empty() && day.as_str() <= self.as_of)
        else {
            return;
        };
        self.add("voted", &outcome, raw, &day, 1);
        if outcome != "passed" {
            return;
        }
        self.add("resolved", &self.class(meeting), raw, &day, 1);
        if let Some(topic) = topic {
            self.add("days-topic-to-resolution", "", raw, &day, days(&topic, &day));
        }
        let named = steps.iter().flat_map(|(_, step)| list(step, "opinions")).map(text);
        let heard = named.filter_map(|reference| {
            let (register, no) = reference.rsplit_once('/')?;
            let register = self.site.find(raw, "opinions", register)?;
            list(&register.data, "items").into_iter().find(|item| of(item, "no") == no).map(|item| of(item, "date"))
        });
        let collected =
            || steps.iter().find(|(id, step)| ["collect", "propose"].contains(&id.as_str()) && step.get("from").is_some());
        let first = heard.min().or_else(|| collected().map(|(_, step)| of(step, "from")));
        if let Some(first) = first {
            self.add("days-to-resolution", "", raw, &day, days(&first, &day));
        }
        let posted = steps.iter().filter(|(id, _)| id.starts_with("publicise")).map(|(_, step)| of(step, "from")).min();
        if let Some(posted) = posted {
            self.add("days-to-posting", "", raw, &posted, days(&day, &posted));
        }
    }

    /// Counts a report for each whole quarter between the approval of a plan and the end of its tasks.
    fn reports(&mut self, raw: &Raw, steps: &[(String, &Value)]) {
        let step = |id: &str| steps.iter().find(|(known, _)| known == id).map(|(_, step)| *step);
        let (Some(implement), Some(supervise)) = (step("implement"), step("supervise")) else { return };
        let approved = implement.get("approved").map(|approved| of(approved, "meeting"));
        let Some(from) = approved.and_then(|meeting| self.met(raw, &meeting)) else { return };
        let done: Vec<String> = list(implement, "tasks").iter().map(|task| of(task, "done")).collect();
        let end = if done.is_empty() || done.iter().any(String::is_empty) {
            self.as_of.to_owned()
        } else {
            done.into_iter().max().unwrap()
        };
        let end = if end.as_str() > self.as_of { self.as_of.to_owned() } else { end };
        for year in 2020..2030 {
            for quarter in 1..=4 {
                let (first, last) = (format!("{year}-{:02}-01", quarter * 3 - 2), last_day(&format!("{year}-Q{quarter}")));
                if from <= first && last <= end {
                    let made = list(supervise, "reports").into_iter().map(|report| of(report, "date"));
                    let made =
                        made.filter(|day| (first.as_str()..=last.as_str()).contains(&day.as_str())).min().unwrap_or_default();
                    self.due(["reports-due", "reports-on-time"], raw, &last, &made);
                }
            }
        }
    }
}
