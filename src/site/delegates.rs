//! The page of a roster of delegates: who they are, whom they link to, and what they did in the term.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};

use crate::language::percent;
use crate::record::Delegates;
use crate::record::choice::Sex;
use crate::record::delegates::{Delegate, Review};
use crate::register::RecordIx;

use super::parts::{self, tag};
use super::scribe::Scribe;
use super::view::{
    DelegatesPage, Fact, Figure, Figures, GradeCount, Link, Measure, Member, MemberTotals, Proof, ReviewYear, Tag, Tone,
};

/// Writes the page of a roster.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<DelegatesPage> {
    let record = scribe.edition.register.get(ix);
    let roster = record.delegates()?;
    let judged = parts::judged(scribe, ix);
    let sums = Sums::of(roster);
    Some(DelegatesPage {
        head: parts::head(scribe, ix),
        figures: figures(scribe, &record.area, roster, &sums),
        proofs: proofs(scribe, ix),
        members: roster.members.iter().map(|member| row(scribe, roster, member)).collect(),
        totals: totals(scribe, &sums),
        reviews: reviews(scribe, roster),
        facts: scribe.facts(facts(scribe, ix, roster)),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: parts::related_all(scribe, ix),
    })
}

/// The sums of a roster: people of those who serve, what was done of everybody.
struct Sums {
    members: u64,
    delegates: u64,
    women: u64,
    sexes: u64,
    party: u64,
    households: u64,
    visits: u64,
    reached: u64,
    opinions: u64,
    present: u64,
    held: u64,
}

impl Sums {
    /// Adds up a roster.
    fn of(roster: &Delegates) -> Self {
        let count = |wanted: &dyn Fn(&Delegate) -> bool| roster.serving().filter(|(_, member)| wanted(member)).count() as u64;
        let visits = || roster.members.iter().flat_map(|member| &member.visits);
        let attendance = || roster.members.iter().flat_map(|member| &member.attendance);
        Self {
            members: count(&|_| true),
            delegates: count(&|member| !member.committee_member),
            women: count(&|member| member.sex == Some(Sex::Female)),
            sexes: count(&|member| member.sex.is_some()),
            party: count(&|member| member.party_member == Some(true)),
            households: roster.serving().filter_map(|(_, member)| member.households).sum(),
            visits: visits().count() as u64,
            reached: visits().map(|visit| visit.households).sum(),
            opinions: visits().filter_map(|visit| visit.opinions).sum(),
            present: attendance().map(|part| part.present).sum(),
            held: attendance().map(|part| part.held).sum(),
        }
    }
}

/// Writes the figures of a roster.
fn figures(scribe: &Scribe, area: &str, roster: &Delegates, sums: &Sums) -> Figures {
    let place = scribe.edition.register.area(area).and_then(|ix| scribe.edition.register.get(ix).place());
    let all = place.and_then(|place| place.households).filter(|all| *all > 0);
    let members = scribe.label("delegates.members_all");
    let mut items = vec![
        figure(scribe, "members", sums.members, "人", None),
        figure(scribe, "delegates", sums.delegates, "人", Some((&members, sums.members))),
    ];
    if sums.sexes > 0 {
        items.push(figure(scribe, "women", sums.women, "人", Some((&members, sums.members))));
    }
    if sums.party > 0 {
        items.push(figure(scribe, "party", sums.party, "人", Some((&members, sums.members))));
    }
    if sums.households > 0 {
        let whole = all.map(|all| (scribe.label("delegates.households_all"), all));
        items.push(figure(scribe, "households", sums.households, "户", whole.as_ref().map(|(name, all)| (&**name, *all))));
    }
    if sums.visits > 0 {
        let mut visits = figure(scribe, "visits", sums.visits, "次", None);
        visits.share =
            scribe.fill("words.visits", &[("n", &scribe.number(sums.reached)), ("opinions", &scribe.number(sums.opinions))]);
        items.push(visits);
    }
    if sums.held > 0 {
        let whole = scribe.label("delegates.held_all");
        items.push(figure(scribe, "present", sums.present, "人次", Some((&whole, sums.held))));
    }
    let scope = format!("{}{}", scribe.say("截至", "As of "), scribe.date(roster.date).text);
    Figures { scope, items }
}

/// Writes one figure; of a whole, with both numbers.
fn figure(scribe: &Scribe, key: &str, n: u64, unit: &str, whole: Option<(&str, u64)>) -> Figure {
    let share = whole.map(|(name, of)| {
        let values = [("of", scribe.number(of)), ("n", scribe.number(n)), ("share", scribe.percent(n, of))];
        let values: Vec<(&str, &str)> =
            values.iter().map(|(key, value)| (*key, value.as_str())).chain([("name", name)]).collect();
        scribe.fill("words.part_of", &values)
    });
    Figure {
        id: format!("figure-{key}"),
        label: scribe.label_of("delegates", key),
        value: scribe.number(n),
        unit: scribe.say(unit, "").to_owned(),
        share: share.unwrap_or_default(),
        definition: scribe.label(&format!("delegates.{key}_means")),
        href: String::new(),
    }
}

/// Writes the thresholds of the roster as a whole; those of each delegate stand among the findings where they are not kept.
fn proofs(scribe: &Scribe, ix: RecordIx) -> Vec<Proof> {
    let proofs = scribe.edition.verdict(ix).map(|verdict| &*verdict.proofs).unwrap_or_default();
    let whole = proofs.iter().filter(|proof| proof.index.is_none() && proof.arithmetic.is_some());
    whole.map(|proof| parts::proof(scribe, proof)).collect()
}

/// Returns the anchor of a delegate.
fn anchor(member: &Delegate) -> String {
    format!("delegate-{}", member.no)
}

/// Writes one line of the roster.
fn row(scribe: &Scribe, roster: &Delegates, member: &Delegate) -> Member {
    let group = member.group.clone().unwrap_or_default();
    let (present, held) = member.attendance.iter().fold((0, 0), |(p, h), part| (p + part.present, h + part.held));
    let newest = member.assessments.iter().max_by_key(|review| review.year);
    let reached: u64 = member.visits.iter().map(|visit| visit.households).sum();
    let opinions: u64 = member.visits.iter().filter_map(|visit| visit.opinions).sum();
    let visited = !member.visits.is_empty();
    Member {
        id: anchor(member),
        no: member.no.to_string(),
        lang: scribe.lang_of(&member.name),
        name: member.name.clone(),
        note: about(scribe, member),
        service: service(scribe, roster, member),
        group_lang: scribe.lang_of(&group),
        group,
        households: member.households.map(|n| scribe.number(n)).unwrap_or_default(),
        visits: if visited { visits_words(scribe, member.visits.len(), reached) } else { String::new() },
        opinions: if visited { scribe.number(opinions) } else { String::new() },
        attendance: if held > 0 { format!("{present} / {held}") } else { String::new() },
        review: newest.map(review_tag),
        review_note: newest.map(|review| review_note(scribe, review)).unwrap_or_default(),
    }
}

/// Says post, sex, party and committee membership.
fn about(scribe: &Scribe, member: &Delegate) -> String {
    let yes = |flag: bool, key: &str| flag.then(|| scribe.label(key));
    scribe.join(
        [
            member.role.map(|role| scribe.choice("role", role.name(), || role.label())),
            member.sex.map(|sex| scribe.choice("sex", sex.name(), || sex.label())),
            yes(member.party_member == Some(true), "delegates.party_member"),
            yes(member.committee_member, "delegates.committee_member"),
        ]
        .into_iter()
        .flatten(),
    )
}

/// Says from when to when somebody served who did not serve the whole term, and why.
fn service(scribe: &Scribe, roster: &Delegates, member: &Delegate) -> String {
    let days = match (member.since, member.until) {
        (None, None) => return String::new(),
        (Some(since), None) => format!("{}{}", scribe.date(since).text, scribe.say("起", " onwards")),
        (since, Some(until)) => scribe.days(since.unwrap_or(roster.term.from), Some(until)),
    };
    let reason = member.reason.as_ref().map(|reason| format!("{}{reason}", scribe.label("language.colon")));
    format!("{days}{}", reason.unwrap_or_default())
}

/// Says how many visits there were and how many households they reached.
fn visits_words(scribe: &Scribe, visits: usize, reached: u64) -> String {
    let reached = scribe.fill("words.reached", &[("n", &scribe.number(reached))]);
    scribe.join([scribe.count("visit", visits), reached])
}

/// Makes the tag of an assessment: a penalty stands out.
fn review_tag(review: &Review) -> Tag {
    let tone = match (&review.reward, &review.penalty) {
        (_, Some(_)) => Tone::Stop,
        (Some(_), None) => Tone::Done,
        (None, None) => Tone::Idle,
    };
    Tag { tone, text: review.grade.clone() }
}

/// Says the year of an assessment, with its score.
fn review_note(scribe: &Scribe, review: &Review) -> String {
    let score = review.score.map(|score| scribe.fill("words.score", &[("n", &scribe.decimal(score))]));
    scribe.join([year(scribe, review.year)].into_iter().chain(score))
}

/// Writes a year.
fn year(scribe: &Scribe, year: i64) -> String {
    format!("{year}{}", scribe.say(" 年", ""))
}

/// Writes the sums of the columns.
fn totals(scribe: &Scribe, sums: &Sums) -> MemberTotals {
    let said = |n: u64, words: String| if n > 0 { words } else { String::new() };
    let attendance =
        format!("{} ÷ {} = {}", scribe.number(sums.present), scribe.number(sums.held), scribe.percent(sums.present, sums.held));
    MemberTotals {
        members: scribe.count("person", usize::try_from(sums.members).unwrap_or(0)),
        households: said(sums.households, scribe.number(sums.households)),
        visits: said(sums.visits, visits_words(scribe, usize::try_from(sums.visits).unwrap_or(0), sums.reached)),
        opinions: said(sums.visits, scribe.number(sums.opinions)),
        attendance: said(sums.held, attendance),
    }
}

/// Writes the assessments by year, the newest first.
fn reviews(scribe: &Scribe, roster: &Delegates) -> Vec<ReviewYear> {
    let all = || roster.members.iter().flat_map(|member| member.assessments.iter().map(move |review| (member, review)));
    let years: BTreeSet<i64> = all().map(|(_, review)| review.year).collect();
    let of = |year: i64| all().filter(|(_, review)| review.year == year).collect::<Vec<_>>();
    years.iter().rev().map(|year| review_year(scribe, *year, &of(*year))).collect()
}

/// Writes the assessments of one year.
fn review_year(scribe: &Scribe, of: i64, reviews: &[(&Delegate, &Review)]) -> ReviewYear {
    let count = reviews.len() as u64;
    let scores: Option<Vec<Decimal>> = reviews.iter().map(|(_, review)| review.score).collect();
    let mean = scores.filter(|scores| !scores.is_empty()).map(|scores| {
        let mean = scores.iter().sum::<Decimal>() / Decimal::from(scores.len());
        let mean = mean.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        scribe.fill("words.mean", &[("n", &scribe.decimal(mean))])
    });
    let assessed = scribe.fill("words.assessed", &[("n", &scribe.number(count))]);
    let mut grades: BTreeMap<&str, u64> = BTreeMap::new();
    let mut order = Vec::new();
    let mut by_score: Vec<&(&Delegate, &Review)> = reviews.iter().collect();
    by_score.sort_by_key(|(_, review)| std::cmp::Reverse(review.score));
    for (_, review) in by_score {
        let n = grades.entry(&review.grade).or_insert(0);
        if *n == 0 {
            order.push(review.grade.as_str());
        }
        *n += 1;
    }
    ReviewYear {
        year: year(scribe, of),
        words: scribe.join([assessed].into_iter().chain(mean)),
        grades: order.iter().map(|name| grade(scribe, name, grades.get(name).copied().unwrap_or(0), count)).collect(),
        measures: reviews.iter().flat_map(|(member, review)| measures(scribe, member, review)).collect(),
    }
}

/// Writes how many got a grade.
fn grade(scribe: &Scribe, name: &str, n: u64, of: u64) -> GradeCount {
    GradeCount {
        grade: name.to_owned(),
        lang: scribe.lang_of(name),
        count: scribe.number(n),
        width: percent(n, of),
        share: format!("{} ÷ {} = {}", scribe.number(n), scribe.number(of), scribe.percent(n, of)),
    }
}

/// Writes the reward and the penalty of an assessment.
fn measures(scribe: &Scribe, member: &Delegate, review: &Review) -> Vec<Measure> {
    let kinds = [(&review.reward, Tone::Done, "delegates.reward"), (&review.penalty, Tone::Stop, "delegates.penalty")];
    let named = kinds.into_iter().filter_map(|(what, tone, label)| what.as_ref().map(|what| (what, tone, label)));
    named
        .map(|(what, tone, label)| Measure {
            delegate: Link {
                text: scribe.fill("words.delegate", &[("no", &member.no.to_string()), ("name", &member.name)]),
                href: format!("#{}", anchor(member)),
                lang: None,
            },
            tag: tag(scribe, tone, label),
            lang: scribe.lang_of(what),
            what: what.clone(),
            reason: review.reason.clone().unwrap_or_default(),
        })
        .collect()
}

/// Writes body, term and day of a roster.
fn facts(scribe: &Scribe, ix: RecordIx, roster: &Delegates) -> Vec<Fact> {
    let area = &scribe.edition.register.get(ix).area;
    let elections = (0..roster.elections.len()).filter_map(|i| scribe.edition.register.link(ix, &format!("elections[{i}]")));
    parts::said([
        parts::body_fact(scribe, area, &roster.body),
        scribe.fact(scribe.label("area.term"), scribe.days(roster.term.from, roster.term.to)),
        scribe.fact(scribe.say("截至", "As of"), scribe.date(roster.date).text),
        scribe.fact(scribe.say("缺额", "Vacancies"), roster.vacancies.map(|n| scribe.number(n)).unwrap_or_default()),
        scribe.fact_links(scribe.say("推选", "Elected at"), elections.map(|ix| scribe.link(ix)).collect()),
    ])
}
