//! What scripts have in common: the opening, attendance and votes, findings, the posting, where to object.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Paragraph, Run, Sentence};
use crate::language::{Language, Text, capital, plural, spoken};
use crate::print::sheet::common::{one_line, posting_days, wording};
use crate::record::choice::{Level, Outcome};
use crate::record::common::Contact;
use crate::record::meeting::{Item, Votes};
use crate::register::RecordIx;
use crate::site::{Scribe, matter, parts};
use crate::verdict::Proof;
use crate::workflow::{Arithmetic, Comparison, Fraction};

/// Says things about one record in one language.
pub(super) struct Speaker<'a> {
    pub(super) scribe: &'a Scribe<'a>,
    pub(super) ix: RecordIx,
}

impl Speaker<'_> {
    /// Returns the language of the script.
    pub(super) fn language(&self) -> Language {
        self.scribe.language
    }

    /// Makes a sentence of our own words.
    pub(super) fn own(&self, zh: &str, en: &str) -> Sentence {
        Sentence(Vec::new()).add(self.scribe.say(zh, en), self.language())
    }

    /// Makes a sentence of our own words that hold values.
    pub(super) fn said(&self, text: &Text) -> Sentence {
        self.own(&text.zh, &text.en)
    }

    /// Makes sentences of our own words: each ends where a full stop is followed by a blank.
    fn told(&self, text: &Text) -> Paragraph {
        text.get(self.language()).split_inclusive(". ").map(|part| self.own(part.trim_end(), part.trim_end())).collect()
    }

    /// Speaks a whole number before what it counts.
    pub(super) fn counted(&self, n: u64) -> String {
        spoken::counted(n, self.language())
    }

    /// Speaks a day, with its year unless the year is understood.
    pub(super) fn day(&self, day: Date, understood: Option<i16>) -> String {
        if understood == Some(day.year()) { spoken::short_date(day, self.language()) } else { spoken::date(day, self.language()) }
    }

    /// Speaks the days from one to another.
    pub(super) fn days(&self, from: Date, to: Date, understood: Option<i16>) -> String {
        if from.year() == to.year() && (understood == Some(from.year()) || from == to) {
            return if from == to { self.day(from, understood) } else { spoken::short_date_range(from, to, self.language()) };
        }
        let (first, last) = (self.day(from, understood), self.day(to, Some(from.year())));
        self.scribe.say("{from}到{to}", "{from} to {to}").replace("{from}", &first).replace("{to}", &last)
    }

    /// Returns a text of a record in the language of the script where it has one.
    pub(super) fn wording<'t>(&self, plain: &'t str, english: Option<&'t String>) -> &'t str {
        wording(self.scribe, plain, english)
    }

    /// Quotes a text of a record after words of ours, sentence by sentence.
    pub(super) fn quote(&self, zh: &str, en: &str, text: &str) -> Paragraph {
        self.recite(zh, en, clauses(text))
    }

    /// Quotes sentences after words of ours.
    fn recite<'t>(&self, zh: &str, en: &str, parts: impl Iterator<Item = &'t str>) -> Paragraph {
        let mut said = Vec::new();
        for part in parts {
            let begin = if said.is_empty() { self.own(zh, en) } else { Sentence(Vec::new()) };
            said.push(finished(begin.quote(part, self.language())));
        }
        said
    }

    /// Names the place of the record.
    fn place(&self) -> String {
        let register = &self.scribe.edition.register;
        register.area(&register.get(self.ix).area).map(|area| self.scribe.title(area)).unwrap_or_default()
    }

    /// Names the record and its place for the announcer.
    pub(super) fn title_for_announcer(&self) -> String {
        let (open, close) = (self.scribe.say("（", " ("), self.scribe.say("）", ")"));
        [&one_line(&self.scribe.title(self.ix)), open, &self.place(), close].concat()
    }

    /// Calls those who are to listen, and says what it is about.
    pub(super) fn opening(&self) -> Paragraph {
        let register = &self.scribe.edition.register;
        let area = register.area(&register.get(self.ix).area).and_then(|ix| register.get(ix).place());
        let people = match area.map(|area| area.level) {
            Some(Level::Village | Level::Group) => self.scribe.say("各位村民", "villagers"),
            _ => self.scribe.say("各位居民", "residents"),
        };
        let place = self.place();
        let call = match self.language() {
            Language::Chinese => Sentence(Vec::new())
                .quote(&place, Language::Chinese)
                .add(people, Language::Chinese)
                .add("请注意。", Language::Chinese),
            Language::English => Sentence(Vec::new())
                .add("Attention, ", Language::English)
                .add(people, Language::English)
                .add(" of ", Language::English)
                .quote(&place, Language::English)
                .add(".", Language::English),
        };
        vec![call, self.own("现在播送公示。", "This is a public notice.")]
    }

    /// Says what a threshold asks for.
    fn threshold(&self, arithmetic: &Arithmetic) -> Paragraph {
        let names = &arithmetic.names;
        let n = |n: i64| spoken_amount(n, names.scale, self.language());
        let Some(of) = arithmetic.of else { return Vec::new() };
        let (share, needed, of) = (share(arithmetic.bound.fraction, self.language()), n(arithmetic.needed), n(of));
        let (zh, en) = match arithmetic.bound.comparison {
            Comparison::AtLeast => (format!("至少要有{share}，就是{needed}"), format!("at least {share} means {needed}")),
            Comparison::MoreThan => (format!("过{share}要有{needed}"), format!("more than {share} means {needed}")),
            Comparison::AtMost => (format!("最多{share}，就是{needed}"), format!("at most {share} means {needed}")),
        };
        let own = |text: &str| spoken::own(text, self.language());
        let (unit, of_unit, whole) = (&names.unit.zh, &names.of_unit.zh, own(names.of.get(self.language())));
        let plain = Text::new(format!("{whole}{of}{of_unit}，{zh}{unit}。"), capital(&format!("{of} {whole}; {en}.")));
        vec![self.said(&plain)]
    }

    /// Says how many were present, and whether that was enough.
    pub(super) fn attendance(&self, meeting: RecordIx) -> Paragraph {
        let Some(record) = self.scribe.edition.register.get(meeting).meeting() else { return Vec::new() };
        let proof = matter::attendance_proof(self.scribe, meeting).and_then(|proof| proof.arithmetic.as_deref());
        let Some(arithmetic) = proof else {
            let Some(present) = record.present else { return Vec::new() };
            let n = self.counted(present);
            let expected = record.entitled.map(|n| self.counted(n));
            let zh = expected.as_ref().map_or(String::new(), |of| format!("应到{of}人，"));
            let en = expected.map_or(String::new(), |of| format!(" of {of}"));
            return vec![self.said(&Text::new(format!("{zh}实到{n}人。"), capital(&format!("{n}{en} were present."))))];
        };
        let reached = if arithmetic.met { ("人数够了", "That is enough.") } else { ("人数不够", "That is not enough.") };
        let n = spoken_amount(arithmetic.count, arithmetic.names.scale, self.language());
        let (unit, zh, en) = (&arithmetic.names.unit.zh, reached.0, reached.1);
        let mut said = self.threshold(arithmetic);
        said.extend(self.told(&Text::new(format!("实到{n}{unit}，{zh}。"), format!("{} were present. {en}", capital(&n)))));
        said
    }

    /// Says how the vote on an item went and what came of it.
    pub(super) fn vote(&self, meeting: RecordIx, index: usize, item: &Item) -> Paragraph {
        let mut said = Vec::new();
        if let Some(ballot) = item.ballot {
            let way = self.scribe.choice("ballot", ballot.name(), || ballot.label());
            said.push(self.said(&Text::new(format!("表决方式是{way}。"), format!("Way of voting: {}.", way.to_lowercase()))));
        }
        if let Some(votes) = &item.votes {
            said.push(self.votes(votes));
            let proof = parts::majority(self.scribe, meeting, index, item);
            said.extend(
                proof.and_then(|proof: &Proof| proof.arithmetic.as_deref()).map(|a| self.threshold(a)).unwrap_or_default(),
            );
        }
        said.push(self.outcome(item.outcome));
        said
    }

    /// Says the numbers of a vote.
    fn votes(&self, votes: &Votes) -> Sentence {
        let of = |n: u64, zh: &str, en: &str| {
            let words = if n == 0 { "none".to_owned() } else { self.counted(n) };
            let zh = if n == 0 { format!("没有{zh}") } else { format!("{zh}{}票", self.counted(n)) };
            Text::new(zh, format!("{words} {en}"))
        };
        let mut all = vec![of(votes.r#for, "同意", "in favour"), of(votes.against, "反对", "against")];
        all.extend(votes.abstain.map(|n| of(n, "弃权", "abstaining")));
        all.extend(votes.invalid.filter(|n| *n > 0).map(|n| of(n, "无效", "invalid")));
        all.extend(
            votes
                .absent
                .filter(|n| *n > 0)
                .map(|n| Text::new(format!("未投票{}人", self.counted(n)), format!("{} not voting", self.counted(n)))),
        );
        let join = |words: Vec<&str>, mark: &str| words.join(mark);
        let zh = join(all.iter().map(|text| text.zh.as_str()).collect(), "，");
        let en = join(all.iter().map(|text| text.en.as_str()).collect(), ", ");
        self.said(&Text::new(format!("{zh}。"), format!("The votes: {en}.")))
    }

    /// Says what came of a vote.
    fn outcome(&self, outcome: Option<Outcome>) -> Sentence {
        match outcome {
            Some(Outcome::Passed) => self.own("议案通过。", "The motion was adopted."),
            Some(Outcome::Rejected) => self.own("议案没有通过。", "The motion was not adopted."),
            Some(Outcome::Deferred) => self.own("这一项暂缓表决。", "The vote on it was put off."),
            Some(Outcome::NoQuorum) => self.own("到会人数不够，没有作出决定。", "Too few were present, so nothing was decided."),
            None => self.own("这一项还没有结果。", "There is no result yet."),
        }
    }

    /// Says whether the procedure was kept, and names what was not.
    pub(super) fn findings(&self) -> Paragraph {
        let judged = parts::judged(self.scribe, self.ix);
        let mut said = Vec::new();
        let n = judged.findings.len() as u64;
        if n > 0 {
            let words = self.counted(n);
            said.push(self.said(&Text::new(
                format!("对照程序检查，有{words}处没有按规定办。"),
                format!("Checked against the procedure, {words} {} found.", plural(n, "fault was", "faults were")),
            )));
        } else if !judged.rules.is_empty() {
            said.push(self.own("对照程序检查，没有发现不按规定办的地方。", "Checked against the procedure, no fault was found."));
        }
        for (number, finding) in (1..).zip(&judged.findings) {
            let (zh, en) = match n {
                1 => (String::new(), String::new()),
                _ => (
                    format!("第{}处：", spoken::number(number, Language::Chinese)),
                    format!("Number {}: ", spoken::number(number, Language::English)),
                ),
            };
            let message = spoken::own(&finding.message, self.language());
            said.extend(self.recite(&zh, &en, sentences(&message)));
        }
        let missing = judged.not_shown.len() as u64;
        if missing > 0 {
            let words = self.counted(missing);
            said.push(self.said(&Text::new(
                format!("另有{words}条规定缺少材料，还不能核对。"),
                format!(
                    "{} more {} could not be checked: the evidence is missing.",
                    capital(&words),
                    plural(missing, "rule", "rules")
                ),
            )));
        }
        said
    }

    /// Says how long the result is posted, and until when one can object.
    pub(super) fn posting(&self, understood: Option<i16>) -> Paragraph {
        let Some((from, to, _)) = posting_days(self.scribe, self.ix) else { return Vec::new() };
        let (days, n) = (self.days(from, to, understood), parts::days(from, to) + 1);
        let (total, last) = (self.counted(n.unsigned_abs()), self.day(to, Some(from.year())));
        let over = to < self.scribe.edition.as_of;
        let posted = Text::new(
            format!("公示时间是{days}，一共{total}天。"),
            format!("The notice {} posted from {days}. That is {total} days.", if over { "was" } else { "is" }),
        );
        let until = if over {
            self.own("公示期已经结束。", "The time of posting is over.")
        } else {
            self.said(&Text::new(
                format!("有意见的，最晚{last}提出，当天也算。"),
                format!("Objections are heard until {last}, that day included."),
            ))
        };
        let mut said = self.told(&posted);
        said.push(until);
        said
    }

    /// Says where one can object: at the place itself, and at the office of supervision.
    pub(super) fn objection(&self) -> Paragraph {
        let register = &self.scribe.edition.register;
        let site = register.site();
        let near = register.area(&register.get(self.ix).area).and_then(|ix| register.get(ix).place()?.contact.as_ref());
        let near = near.or(site.contact.as_ref());
        let mut said = near.map(|office| self.office("有意见可以找", "Bring objections to ", office)).unwrap_or_default();
        let above = site.supervision.as_ref();
        said.extend(above.into_iter().flat_map(|office| self.office("也可以找", "You can also go to ", office)));
        if said.is_empty() {
            let publisher = self.wording(&site.publisher, site.publisher_en.as_ref());
            said = self.quote("有意见可以找", "Bring objections to ", publisher);
        }
        said
    }

    /// Names an office, its telephone and its hours.
    fn office(&self, zh: &str, en: &str, office: &Contact) -> Paragraph {
        let mut said = self.quote(zh, en, self.wording(&office.office, office.office_en.as_ref()));
        if let Some(telephone) = &office.telephone {
            let digits = spoken::telephone(telephone, self.language());
            said.push(self.said(&Text::new(format!("电话是：{digits}。"), format!("The telephone number is: {digits}."))));
        }
        if let Some(hours) = &office.hours {
            said.extend(self.quote(
                "办公时间是",
                "It is open ",
                &spoken::hours(hours, crate::language::detect(hours).unwrap_or(self.language())),
            ));
        }
        said
    }
}

/// Speaks a whole number of a threshold, scaled as its names say.
fn spoken_amount(n: i64, scale: u32, language: Language) -> String {
    match u64::try_from(n) {
        Ok(n) if scale == 0 => spoken::counted(n, language),
        _ => spoken::decimal(Decimal::new(n, scale.min(28)), language),
    }
}

/// Speaks the share that a threshold asks for.
fn share(fraction: Fraction, language: Language) -> String {
    let (above, below) = (fraction.numerator.unsigned_abs(), fraction.denominator.unsigned_abs());
    match (above, below, language) {
        _ if fraction.percent => {
            let places = (below / 100).checked_ilog10().unwrap_or(0);
            spoken::percent(Decimal::new(fraction.numerator, places), language)
        }
        (1, 2, Language::Chinese) => "半数".to_owned(),
        (1, 2, Language::English) => "half".to_owned(),
        _ => spoken::fraction(above, below, language),
    }
}

/// Divides a text into its sentences, without their stops.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(['。', '！', '？', '\n']).flat_map(|part| part.split(". "));
    parts.map(|part| part.trim().trim_end_matches(['.', ';', '；'])).filter(|part| !part.is_empty())
}

/// Divides a text of a record further, where semicolons join what is long enough to be read by itself.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let parts = sentences(text).flat_map(|part| part.split('；')).flat_map(|part| part.split("; "));
    parts.map(|part| part.trim().trim_end_matches(['.', ';'])).filter(|part| !part.is_empty())
}

/// Begins a sentence with a capital letter and puts its stop, as the language of its last words has it.
fn finished(sentence: Sentence) -> Sentence {
    let language = sentence.0.last().map(|run| run.language).unwrap_or_default();
    let stop = if language == Language::Chinese { "。" } else { "." };
    let Sentence(mut runs) = sentence;
    if let Some(Run { text, .. }) = runs.iter_mut().find(|run| !run.text.is_empty()) {
        *text = capital(text);
    }
    if let Some(Run { text, .. }) = runs.last_mut() {
        text.push_str(stop);
    }
    Sentence(runs)
}
