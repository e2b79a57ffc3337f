//! The page of an election or a recall: turnout, ballots, candidates and what came of it, with the arithmetic.

use crate::language::percent;
use crate::record::Election;
use crate::record::choice::{ElectionForm, ElectionOutcome};
use crate::record::election::{Candidate, GroupBallots, Recall};
use crate::register::RecordIx;
use crate::verdict;
use crate::workflow::Arithmetic;

use super::bars;
use super::parts::{self, tag};
use super::scribe::Scribe;
use super::view::{
    Bar, CandidateRow, ElectionPage, Fact, GroupRow, Milestone, Proof, RecallVote, Related, SegmentKind, Tag, Tone,
};

/// Writes the page of an election.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<ElectionPage> {
    let election = scribe.edition.register.get(ix).election()?;
    let judged = parts::judged(scribe, ix);
    let reason = election.reason.clone().unwrap_or_default();
    Some(ElectionPage {
        head: parts::head(scribe, ix),
        reason_lang: scribe.lang_of(&reason),
        reason,
        proofs: proofs(scribe, ix, election),
        turnout: plain_turnout(scribe, ix, election),
        ballots: ballots(scribe, election),
        candidates: candidates(scribe, ix, election),
        candidates_words: seats_words(scribe, election),
        groups: election.groups.iter().map(|group| group_row(scribe, group)).collect(),
        groups_total: (!election.groups.is_empty()).then(|| groups_total(scribe, election)),
        recall: election.recall.as_ref().map(|vote| recall(scribe, ix, election, vote)),
        course: course(scribe, election),
        facts: scribe.facts(facts(scribe, ix, election)),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        posting: parts::posting_of(scribe, ix),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: related(scribe, ix),
    })
}

/// Makes the tag of what an election came to.
pub fn outcome_tag(scribe: &Scribe, outcome: ElectionOutcome) -> Tag {
    let tone = match outcome {
        ElectionOutcome::Elected | ElectionOutcome::Recalled => Tone::Done,
        ElectionOutcome::PartlyElected => Tone::Run,
        ElectionOutcome::Failed | ElectionOutcome::Void | ElectionOutcome::NotRecalled => Tone::Stop,
    };
    Tag { tone, text: scribe.choice("election_outcome", outcome.name(), || outcome.label()) }
}

/// Returns what was judged of the election as a whole, with its numbers.
fn judged<'a>(scribe: &'a Scribe, ix: RecordIx) -> impl Iterator<Item = (&'a verdict::Proof, &'a Arithmetic)> {
    let proofs = scribe.edition.verdict(ix).map(|verdict| &*verdict.proofs).unwrap_or_default();
    proofs.iter().filter_map(|proof| proof.arithmetic.as_deref().map(|arithmetic| (proof, arithmetic)))
}

/// Whether a threshold is about the ballots returned, out of the registered voters.
fn is_turnout(election: &Election, arithmetic: &Arithmetic) -> bool {
    let of = arithmetic.of.and_then(|of| u64::try_from(of).ok());
    u64::try_from(arithmetic.count) == Ok(election.returned) && of == Some(election.registered)
}

/// Writes the thresholds of the election as a whole, the turnout first, with its bar.
fn proofs(scribe: &Scribe, ix: RecordIx, election: &Election) -> Vec<Proof> {
    let whole = || judged(scribe, ix).filter(|(proof, _)| proof.index.is_none());
    let turnout = whole().filter(|(_, arithmetic)| is_turnout(election, arithmetic));
    let turnout =
        turnout.map(|(proof, arithmetic)| Proof { bar: turnout_bar(scribe, arithmetic), ..parts::proof(scribe, proof) });
    let others = whole().filter(|(_, arithmetic)| !is_turnout(election, arithmetic));
    turnout.chain(others.map(|(proof, _)| parts::proof(scribe, proof))).collect()
}

/// Draws the turnout.
fn turnout_bar(scribe: &Scribe, arithmetic: &Arithmetic) -> Option<Bar> {
    let (count, of) = (u64::try_from(arithmetic.count).ok()?, u64::try_from(arithmetic.of?).ok()?);
    let mark = bars::mark(scribe, u64::try_from(arithmetic.needed).ok()?, of, "words.mark_people");
    Some(bars::bar(scribe, &[(SegmentKind::Voted, count), (SegmentKind::NotVoted, of.checked_sub(count)?)], mark))
}

/// Draws the turnout without a threshold, where no rule asks for one.
fn plain_turnout(scribe: &Scribe, ix: RecordIx, election: &Election) -> Option<Bar> {
    if judged(scribe, ix).any(|(proof, arithmetic)| proof.index.is_none() && is_turnout(election, arithmetic)) {
        return None;
    }
    let rest = election.registered.checked_sub(election.returned)?;
    Some(bars::bar(scribe, &[(SegmentKind::Voted, election.returned), (SegmentKind::NotVoted, rest)], None))
}

/// Says the numbers of the ballots.
fn ballots(scribe: &Scribe, election: &Election) -> String {
    let counts = [
        ("words.ballots_registered", Some(election.registered)),
        ("words.ballots_issued", Some(election.issued)),
        ("words.ballots_returned", Some(election.returned)),
        ("words.ballots_valid", Some(election.valid)),
        ("words.ballots_invalid", Some(election.invalid)),
        ("words.ballots_blank", election.blank),
        ("words.ballots_proxy", election.proxies),
    ];
    let said = counts.into_iter().filter_map(|(key, n)| n.map(|n| scribe.fill(key, &[("n", &scribe.number(n))])));
    said.collect::<Vec<_>>().join(scribe.say("，", ", "))
}

/// Says how many seats there were and how many were elected.
fn seats_words(scribe: &Scribe, election: &Election) -> String {
    let elected = scribe.number(election.elected().count() as u64);
    match election.seats {
        Some(seats) => scribe.fill("words.seats", &[("of", &scribe.number(seats)), ("n", &elected)]),
        None if election.candidates.is_empty() => String::new(),
        None => scribe.fill("words.elected", &[("n", &elected)]),
    }
}

/// Writes the candidates: in the order of their groups and posts as first written, then by their votes.
fn candidates(scribe: &Scribe, ix: RecordIx, election: &Election) -> Vec<CandidateRow> {
    let key = |candidate: &Candidate| (candidate.group.clone(), candidate.role);
    let mut order = Vec::new();
    for candidate in &election.candidates {
        if !order.contains(&key(candidate)) {
            order.push(key(candidate));
        }
    }
    let mut rows: Vec<(usize, &Candidate)> = election.candidates.iter().enumerate().collect();
    rows.sort_by_key(|(_, candidate)| {
        (order.iter().position(|known| *known == key(candidate)), std::cmp::Reverse(candidate.votes), !candidate.elected)
    });
    rows.into_iter().map(|(i, candidate)| candidate_row(scribe, ix, election, i, candidate)).collect()
}

/// Writes one candidate.
fn candidate_row(scribe: &Scribe, ix: RecordIx, election: &Election, i: usize, candidate: &Candidate) -> CandidateRow {
    let whole = election.group_of(candidate).map_or(election.returned, |group| group.returned);
    let of_candidate = judged(scribe, ix).find(|(proof, arithmetic)| {
        proof.is_of(i) && u64::try_from(arithmetic.count) == Ok(candidate.votes) && proof.path.starts_with("candidates")
    });
    let arithmetic = of_candidate.map(|(_, arithmetic)| arithmetic);
    let sex = candidate.sex.map(|sex| scribe.choice("sex", sex.name(), || sex.label()));
    let role = candidate.role.map(|role| scribe.choice("role", role.name(), || role.label()));
    let note = [role, sex, candidate.group.clone(), candidate.note.clone()];
    CandidateRow {
        lang: scribe.lang_of(&candidate.name),
        name: candidate.name.clone(),
        note: scribe.join(note.into_iter().flatten()),
        votes: scribe.number(candidate.votes),
        share: share(scribe, candidate.votes, whole),
        bar: votes_bar(scribe, candidate.votes, whole, arithmetic),
        words: arithmetic.map(|arithmetic| arithmetic.words_in(scribe.language)).unwrap_or_default(),
        tag: if candidate.elected {
            tag(scribe, Tone::Done, "election.is_elected")
        } else {
            tag(scribe, Tone::Idle, "election.is_not_elected")
        },
    }
}

/// Writes a part of a whole with both numbers.
fn share(scribe: &Scribe, part: u64, whole: u64) -> String {
    format!("{} ÷ {} = {}", scribe.number(part), scribe.number(whole), scribe.percent(part, whole))
}

/// Draws the votes of a candidate among the ballots, with the threshold that was judged.
fn votes_bar(scribe: &Scribe, votes: u64, whole: u64, arithmetic: Option<&Arithmetic>) -> Bar {
    let needed = arithmetic.filter(|a| a.of.and_then(|of| u64::try_from(of).ok()) == Some(whole));
    let needed = needed.and_then(|arithmetic| u64::try_from(arithmetic.needed).ok());
    let mark = needed.and_then(|needed| bars::mark(scribe, needed, whole, "words.mark_votes"));
    bars::bar(scribe, &[(SegmentKind::Voted, votes), (SegmentKind::NotVoted, whole.saturating_sub(votes))], mark)
}

/// Writes the ballots of one group.
fn group_row(scribe: &Scribe, group: &GroupBallots) -> GroupRow {
    GroupRow {
        lang: scribe.lang_of(&group.group),
        group: group.group.clone(),
        seats: group.seats.map(|n| scribe.number(n)).unwrap_or_default(),
        registered: scribe.number(group.registered),
        issued: scribe.number(group.issued),
        returned: scribe.number(group.returned),
        turnout: scribe.percent(group.returned, group.registered),
        width: percent(group.returned, group.registered),
    }
}

/// Writes the sums of the groups, which are those of the election.
fn groups_total(scribe: &Scribe, election: &Election) -> GroupRow {
    GroupRow {
        group: scribe.label("finance.total"),
        lang: None,
        seats: election.groups.iter().map(|group| group.seats).sum::<Option<u64>>().map(|n| scribe.number(n)).unwrap_or_default(),
        registered: scribe.number(election.registered),
        issued: scribe.number(election.issued),
        returned: scribe.number(election.returned),
        turnout: scribe.percent(election.returned, election.registered),
        width: percent(election.returned, election.registered),
    }
}

/// Writes the vote on a recall.
fn recall(scribe: &Scribe, ix: RecordIx, election: &Election, vote: &Recall) -> RecallVote {
    let role = vote.role.map(|role| scribe.choice("role", role.name(), || role.label()));
    let number = |n: Option<u64>| n.map(|n| scribe.number(n)).unwrap_or_default();
    let agreed = judged(scribe, ix).find(|(proof, a)| proof.index.is_none() && u64::try_from(a.count) == Ok(vote.r#for));
    let needed = agreed.and_then(|(_, a)| u64::try_from(a.needed).ok().zip(a.of.and_then(|of| u64::try_from(of).ok())));
    let rest = election.returned.saturating_sub(vote.r#for + vote.against);
    let parts = [(SegmentKind::For, vote.r#for), (SegmentKind::Against, vote.against), (SegmentKind::Invalid, rest)];
    let mark = needed.filter(|(_, of)| *of == election.returned);
    let defence = vote.defence.clone().unwrap_or_default();
    RecallVote {
        facts: scribe.facts(parts::said([
            scribe.fact(scribe.say("罢免对象", "Whose recall"), scribe.join(role.into_iter().chain([vote.name.clone()]))),
            scribe.fact(scribe.say("联名村民", "Voters who demanded it"), number(vote.voters)),
            scribe.fact(scribe.say("联名代表", "Delegates who demanded it"), number(vote.delegates)),
            scribe.fact(scribe.say("同意罢免", "For the recall"), share(scribe, vote.r#for, election.returned)),
            scribe.fact(scribe.say("不同意", "Against"), share(scribe, vote.against, election.returned)),
        ])),
        reason_lang: scribe.lang_of(&vote.reason),
        reason: vote.reason.clone(),
        defence_lang: scribe.lang_of(&defence),
        defence,
        bar: bars::bar(scribe, &parts, mark.and_then(|(needed, of)| bars::mark(scribe, needed, of, "words.mark_votes"))),
    }
}

/// Writes how the election went: list, objections, vote, posting.
fn course(scribe: &Scribe, election: &Election) -> Vec<Milestone> {
    let milestone = |label: &str, date: jiff::civil::Date, note: String, tag: Tag| Milestone {
        label: label.to_owned(),
        date: Some(scribe.date(date)),
        note,
        tag,
    };
    let done = || tag(scribe, Tone::Done, "step_state.done");
    let mut course = Vec::new();
    course.extend(election.list_posted.map(|day| {
        let before = usize::try_from(parts::days(day, election.date)).unwrap_or(0);
        let note = scribe.fill("words.before_vote", &[("n", &scribe.count("day", before))]);
        milestone(scribe.say("公布选民名单", "List of voters posted"), day, note, done())
    }));
    course.extend(election.objections.iter().map(|objection| {
        let decided = objection.decided.map(|day| scribe.fill("words.decided_on", &[("date", &scribe.date(day).text)]));
        let note: Vec<String> = decided.into_iter().chain(objection.result.clone()).collect();
        let note = note.join(scribe.say("：", ": "));
        let state = if objection.decided.is_some() { done() } else { tag(scribe, Tone::Act, "status.open") };
        milestone(scribe.say("对名单的异议", "Objection to the list"), objection.date, note, state)
    }));
    course.push(milestone(
        scribe.say("投票", "Vote"),
        election.date,
        scribe.choice("election_form", election.form.name(), || election.form.label()),
        outcome_tag(scribe, election.outcome),
    ));
    course.extend(election.publicised.as_ref().map(|posting| {
        milestone(scribe.say("公告结果", "Result posted"), posting.from, parts::ways_words(scribe, &posting.ways), done())
    }));
    course
}

/// Writes what was elected, when and by whom.
fn facts(scribe: &Scribe, ix: RecordIx, election: &Election) -> Vec<Fact> {
    let record = scribe.edition.register.get(ix);
    let number = |n: Option<u64>| n.map(|n| scribe.number(n)).unwrap_or_default();
    let first = scribe.edition.register.link(ix, "first").map(|ix| scribe.link(ix));
    parts::said([
        scribe
            .fact(scribe.say("选举", "Of"), scribe.choice("elected_office", election.office.name(), || election.office.label())),
        scribe.fact(scribe.say("形式", "Form"), scribe.choice("election_form", election.form.name(), || election.form.label())),
        parts::body_fact(scribe, &record.area, &election.body),
        scribe.fact(scribe.say("投票日期", "Day of the vote"), scribe.date(election.date).text),
        scribe.fact(scribe.say("应选名额", "Seats"), number(election.seats)),
        scribe.fact(scribe.say("主持", "Conducted by"), election.conducted_by.clone().unwrap_or_default()),
        scribe.fact(scribe.say("监督", "Supervised by"), election.supervised_by.clone().unwrap_or_default()),
        scribe.fact(scribe.say("一人最多受托", "Most proxies held by one"), number(election.most_proxies)),
        scribe.fact_links(scribe.say("前次选举", "Follows"), first.into_iter().collect()),
    ])
}

/// Groups what belongs to the election; of a recall, also the elections of the same body.
fn related(scribe: &Scribe, ix: RecordIx) -> Vec<Related> {
    let register = &scribe.edition.register;
    let record = register.get(ix);
    let Some(election) = record.election() else { return Vec::new() };
    let linked = parts::related_all(scribe, ix);
    let known: Vec<RecordIx> =
        register.links(ix).iter().map(|link| link.to).chain(register.links_to(ix).iter().map(|link| link.from)).collect();
    let others = register.records_of(&record.area, record.kind).iter().rev().copied().filter(|other| {
        let same = register.get(*other).election().is_some_and(|found| found.body == election.body);
        *other != ix && same && scribe.edition.is_published(*other) && !known.contains(other)
    });
    let title = match election.form {
        ElectionForm::Recall => scribe.say("本机构的选举", "Elections of this body"),
        _ => scribe.say("本机构的其他选举", "Other elections of this body"),
    };
    linked.into_iter().chain(parts::related(scribe, title, others.take(6))).collect()
}
