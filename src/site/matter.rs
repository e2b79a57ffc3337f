//! The page of a matter: the result, the process and the proofs.

use jiff::civil::Date;
use similar::{Algorithm, ChangeTag, DiffTag, TextDiff, capture_diff_slices};

use crate::language::Language;
use crate::record::choice::OpinionOutcome;
use crate::record::common::SurveyResult as Survey;
use crate::record::evidence::{Comment as Remark, Report as Account, Task as Job};
use crate::record::opinions::Opinion;
use crate::record::{Evidence, Matter};
use crate::register::RecordIx;
use crate::statistics::FEWEST_BALLOTS;
use crate::verdict::{self, Counts, Progress, StepState, Verdict};

use super::bars;
use super::evidence;
use super::page::Page;
use super::parts::{self, tag};
use super::scribe::Scribe;
use super::view::{
    Answer, Change, Comment, Fact, Link, MatterPage, MeetingVote, OpinionSource, Proof, Report, Run, SegmentKind, Step,
    SurveyResult, Tag, Task, Tone, Version,
};

/// Writes the page of a matter.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<MatterPage> {
    let matter = scribe.edition.register.get(ix).matter()?;
    let verdict = scribe.edition.verdict(ix)?;
    let judged = parts::judged(scribe, ix);
    let tasks = tasks(scribe, matter);
    Some(MatterPage {
        head: head(scribe, ix, matter),
        steps: steps(scribe, ix, matter, verdict),
        progress: bars::progress_words(scribe, verdict),
        procedure: procedure(scribe, matter),
        votes: votes(scribe, ix),
        proofs: proofs(scribe, verdict),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        versions: versions(scribe, ix, matter),
        comments: matter.steps.iter().flat_map(|(_, e)| comments(scribe, e)).collect(),
        tasks_words: tasks_words(scribe, matter),
        tasks,
        reports: matter.steps.iter().flat_map(|(_, e)| reports(scribe, e)).collect(),
        surveys: matter.steps.iter().filter_map(|(_, e)| survey_of(e)).map(|s| survey(scribe, s)).collect(),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        opinions: opinions(scribe, ix),
        posting: parts::posting_of(scribe, ix),
        facts: scribe.facts(facts(scribe, matter, verdict)),
        related: parts::related_all(scribe, ix),
    })
}

/// Writes the top, with category and number.
fn head(scribe: &Scribe, ix: RecordIx, matter: &Matter) -> super::view::Head {
    let category = scribe.fact(scribe.say("类别", "Category"), &matter.category);
    let number = matter.number.as_ref().map(|number| scribe.fact(scribe.say("文号", "Number"), number));
    parts::head_with(scribe, ix, std::iter::once(category).chain(number))
}

/// Makes the link to the procedure that the matter follows.
fn procedure(scribe: &Scribe, matter: &Matter) -> Link {
    let title = scribe.workflow_title(&matter.workflow);
    scribe.link_to(&Page::Procedure(matter.workflow.clone()), title)
}

/// Writes every step with what the record shows of it.
fn steps(scribe: &Scribe, ix: RecordIx, matter: &Matter, verdict: &Verdict) -> Vec<Step> {
    let tree = &scribe.edition.register.get(ix).tree();
    let write = |(i, step): (usize, &StepState)| {
        let path = format!("steps.{}", step.id);
        let evidence = tree.get("steps").and_then(|steps| steps.get(&step.id));
        let form = matter.steps.iter().find(|(id, _)| *id == step.id).map_or("", |(_, evidence)| evidence.form());
        Step {
            id: format!("step-{}", step.id),
            number: (i + 1).to_string(),
            title: scribe.text(&step.title),
            state: bars::shown(step.progress),
            by: verdict
                .workflow
                .as_ref()
                .and_then(|workflow| workflow.step(&step.id))
                .map(|step| scribe.body_class(&step.responsible))
                .unwrap_or_default(),
            short: step.from.map(|from| scribe.short_days(from, step.to)).unwrap_or_default(),
            dates: step.from.map(|from| scribe.days(from, step.to)).unwrap_or_default(),
            note: step_note(scribe, verdict, step),
            parts: evidence.map(|tree| evidence::parts(scribe, ix, &path, form, tree)).unwrap_or_default(),
        }
    };
    verdict.steps.iter().enumerate().map(write).collect()
}

/// Says what a step that has not begun asks for, or why one was left out.
fn step_note(scribe: &Scribe, verdict: &Verdict, step: &StepState) -> String {
    let described =
        || verdict.workflow.as_ref().and_then(|workflow| workflow.step(&step.id)).map(|step| scribe.text(&step.description));
    match step.progress {
        Progress::NotNeeded => scribe.say("表决没有通过，不再进行。", "Not needed: the motion was not adopted.").to_owned(),
        Progress::Skipped => step.reason.clone().unwrap_or_default(),
        Progress::NotBegun => described().unwrap_or_default(),
        Progress::Done | Progress::UnderWay => String::new(),
    }
}

/// Writes the meetings that voted on the matter: the one that decided it, then the others in the order of their dates.
fn votes(scribe: &Scribe, ix: RecordIx) -> Vec<MeetingVote> {
    let register = &scribe.edition.register;
    let mut meetings: Vec<RecordIx> = register.links_to(ix).iter().map(|link| link.from).collect();
    let held = |ix: RecordIx| register.get(ix).meeting().is_some_and(|meeting| meeting.date <= scribe.edition.as_of);
    meetings.retain(|from| held(*from) && scribe.edition.is_published(*from));
    meetings.sort_by_key(|from| (register.date_of(*from), *from));
    meetings.dedup();
    // The vote that decided the matter comes first; those before and after it follow in their order.
    let deciding = scribe.edition.deciding_item(ix).map(|(meeting, _)| meeting);
    meetings.sort_by_key(|meeting| Some(*meeting) != deciding);
    let votes = meetings.into_iter().enumerate();
    votes.filter_map(|(at, meeting)| meeting_vote(scribe, ix, meeting, at == 0)).collect()
}

/// Writes what one meeting decided about the matter: the whole vote, or only in words.
fn meeting_vote(scribe: &Scribe, ix: RecordIx, meeting: RecordIx, whole: bool) -> Option<MeetingVote> {
    let register = &scribe.edition.register;
    let record = register.get(meeting).meeting()?;
    let about = |i: usize| register.link(meeting, &format!("items[{i}].matter")) == Some(ix);
    let items = record.items.iter().enumerate().filter(|(i, _)| about(*i));
    let vote = if whole { parts::item_vote } else { parts::item_in_words };
    Some(MeetingVote {
        meeting: scribe.link(meeting),
        date: scribe.date(record.date),
        attendance: if whole { attendance(scribe, meeting) } else { attendance_in_words(scribe, meeting) },
        items: items.map(|(i, item)| vote(scribe, meeting, i, item)).collect(),
    })
}

/// Finds the proof that enough were present: a share of the meeting as a whole whose rule counts those who came.
pub fn attendance_proof<'a>(scribe: &'a Scribe, meeting: RecordIx) -> Option<&'a verdict::Proof> {
    let proofs = &scribe.edition.verdict(meeting)?.proofs;
    proofs.iter().find(|proof| {
        let share = proof.arithmetic.as_ref().is_some_and(|arithmetic| arithmetic.of.is_some());
        share && proof.index.is_none() && parts::counts(scribe, proof) == Some(Counts::Attendance)
    })
}

/// Writes the proof that enough were present.
pub fn attendance(scribe: &Scribe, meeting: RecordIx) -> Option<Proof> {
    attendance_proof(scribe, meeting).map(|proof| Proof {
        bar: proof.arithmetic.as_ref().and_then(|arithmetic| bars::attendance(scribe, arithmetic)),
        ..parts::proof(scribe, proof)
    })
}

/// Writes the attendance of a meeting in words.
fn attendance_in_words(scribe: &Scribe, meeting: RecordIx) -> Option<Proof> {
    attendance_proof(scribe, meeting).map(|proof| parts::proof_in_words(scribe, proof))
}

/// Writes the matter's own thresholds (posting days, returned notices …).
fn proofs(scribe: &Scribe, verdict: &Verdict) -> Vec<Proof> {
    let with_arithmetic = verdict.proofs.iter().filter(|proof| proof.arithmetic.is_some());
    with_arithmetic.map(|proof| parts::proof(scribe, proof)).collect()
}

/// One text that a step left.
struct Draft {
    title: String,
    text: String,
    date: Option<Date>,
    source: Option<RecordIx>,
}

/// Writes the versions of the motion, each compared with the one before.
fn versions(scribe: &Scribe, ix: RecordIx, matter: &Matter) -> Vec<Version> {
    let drafts: Vec<Draft> = matter.steps.iter().flat_map(|(id, evidence)| drafts(scribe, ix, matter, id, evidence)).collect();
    if drafts.len() < 2 {
        return Vec::new();
    }
    let before = std::iter::once(None).chain(drafts.iter().map(Some));
    drafts.iter().zip(before).map(|(draft, before)| version(scribe, draft, before)).collect()
}

/// Returns the motion as it stands: as it was put to the vote, else as the last step left it, else its summary.
pub fn motion(scribe: &Scribe, ix: RecordIx) -> Option<String> {
    let matter = scribe.edition.register.get(ix).matter()?;
    if scribe.language == Language::English {
        let decided = scribe.edition.deciding_item(ix);
        let item = decided.and_then(|(meeting, index)| scribe.edition.register.get(meeting).meeting()?.items.get(index));
        if let Some(english) = item.and_then(|item| item.motion_en.as_ref()).or(matter.summary_en.as_ref()) {
            return Some(english.clone());
        }
    }
    let last = matter.steps.iter().rev().find_map(|(id, evidence)| drafts(scribe, ix, matter, id, evidence).pop());
    last.map(|draft| draft.text).or_else(|| matter.summary.clone())
}

/// Returns the texts of the motion that one step left.
fn drafts(scribe: &Scribe, ix: RecordIx, matter: &Matter, step: &str, evidence: &Evidence) -> Vec<Draft> {
    let register = &scribe.edition.register;
    match evidence {
        Evidence::SetTopic(topic) => {
            let draft = |text: &String| Draft {
                title: scribe.say("初步方案", "Preliminary plan").to_owned(),
                text: text.clone(),
                date: Some(topic.date),
                source: None,
            };
            topic.plan.iter().map(draft).collect()
        }
        Evidence::Examine(stages) => {
            let draft = |(i, text): (usize, &String)| {
                let source = register.link(ix, &format!("steps.{step}[{i}].meeting"));
                let stage = stages[i].stage;
                let title = scribe.choice("examine_stage", stage.name(), || stage.label());
                Draft { title, text: text.clone(), date: stages[i].date.or_else(|| register.date_of(source?)), source }
            };
            stages.iter().enumerate().filter_map(|(i, stage)| stage.motion.as_ref().map(|text| (i, text))).map(draft).collect()
        }
        Evidence::Propose(propose) => {
            let draft = |(i, text, date): (usize, &String, Date)| Draft {
                title: format!("{} {}", scribe.say("征求意见稿", "Draft"), i + 1),
                text: text.clone(),
                date: Some(date),
                source: None,
            };
            let rounds = propose.rounds.iter().enumerate();
            rounds.filter_map(|(i, round)| round.draft.as_ref().map(|text| (i, text, round.date))).map(draft).collect()
        }
        Evidence::Account(account) => {
            let source = register.link(ix, &format!("steps.{step}.meeting"));
            let title = scribe.step_title(&matter.workflow, step);
            let date = account.date.or_else(|| register.date_of(source?));
            account.motion.iter().map(|text| Draft { title: title.clone(), text: text.clone(), date, source }).collect()
        }
        Evidence::Resolve(resolve) => resolved(scribe, ix, step, resolve.item).into_iter().collect(),
        Evidence::Decide(decide) => {
            let item = decide.resolve.as_ref().and_then(|resolve| resolve.item);
            resolved(scribe, ix, &format!("{step}.resolve"), item).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the motion as the deciding meeting put it to the vote.
fn resolved(scribe: &Scribe, ix: RecordIx, path: &str, item: Option<u64>) -> Option<Draft> {
    let register = &scribe.edition.register;
    let meeting = register.link(ix, &format!("steps.{path}.meeting"))?;
    let record = register.get(meeting).meeting()?;
    let item = record.items.iter().find(|candidate| Some(candidate.no) == item)?;
    let title = scribe.say("付表决的议案", "Motion as put to the vote").to_owned();
    Some(Draft { title, text: item.motion.clone(), date: Some(record.date), source: Some(meeting) })
}

/// Compares a draft with the one before, character by character, as Chinese is written without blanks.
fn version(scribe: &Scribe, draft: &Draft, before: Option<&Draft>) -> Version {
    let runs = before
        .map_or_else(|| vec![Run { change: Change::Kept, text: draft.text.clone() }], |before| runs(&before.text, &draft.text));
    let count = |change: Change| -> usize { runs.iter().filter(|r| r.change == change).map(|r| r.text.chars().count()).sum() };
    let (added, removed) = (count(Change::Added), count(Change::Removed));
    let change = match before {
        None => String::new(),
        Some(_) if added + removed == 0 => scribe.label("words.change_none"),
        Some(_) => scribe.fill("words.change", &[("added", &added.to_string()), ("removed", &removed.to_string())]),
    };
    Version {
        title: draft.title.clone(),
        date: draft.date.map(|date| scribe.date(date)),
        source: draft.source.map(|ix| scribe.link(ix)),
        lang: scribe.lang_of(&draft.text),
        runs,
        change,
    }
}

/// Returns the runs of a comparison, neighbours of one kind joined. Words for texts with blanks, else characters.
fn runs(before: &str, after: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut push = |tag: ChangeTag, text: &str| {
        let change = match tag {
            ChangeTag::Equal => Change::Kept,
            ChangeTag::Insert => Change::Added,
            ChangeTag::Delete => Change::Removed,
        };
        match runs.last_mut().filter(|run| run.change == change) {
            Some(run) => run.text.push_str(text),
            None => runs.push(Run { change, text: text.to_owned() }),
        }
    };
    if before == after {
        return if after.is_empty() { runs } else { vec![Run { change: Change::Kept, text: after.to_owned() }] };
    }
    if crate::language::detect(after) == Some(Language::English) {
        for change in TextDiff::from_words(before, after).iter_all_changes() {
            push(change.tag(), change.value());
        }
        return runs;
    }
    let [before, after] = [before, after].map(|text| text.chars().collect::<Vec<char>>());
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let (_, old, new) = op.as_tag_tuple();
        let text = |chars: &[char]| chars.iter().collect::<String>();
        if op.tag() == DiffTag::Equal {
            push(ChangeTag::Equal, &text(&before[old]));
            continue;
        }
        for (tag, part) in [(ChangeTag::Delete, &before[old]), (ChangeTag::Insert, &after[new])] {
            if !part.is_empty() {
                push(tag, &text(part));
            }
        }
    }
    runs
}

/// Writes the comments that a posting received.
fn comments(scribe: &Scribe, evidence: &Evidence) -> Vec<Comment> {
    let Evidence::Publicise(posting) = evidence else { return Vec::new() };
    let write = |remark: &Remark| Comment {
        date: Some(scribe.date(remark.date)),
        lang: scribe.lang_of(&remark.text),
        text: remark.text.clone(),
        reply: remark.reply.clone().unwrap_or_default(),
    };
    posting.comments.iter().map(write).collect()
}

/// Returns the tasks of a step.
fn jobs(evidence: &Evidence) -> &[Job] {
    match evidence {
        Evidence::Implement(implement) => &implement.tasks,
        Evidence::Execute(execute) => &execute.tasks,
        _ => &[],
    }
}

/// Writes the tasks as they stand at the day of the page.
fn tasks(scribe: &Scribe, matter: &Matter) -> Vec<Task> {
    let jobs = matter.steps.iter().flat_map(|(_, evidence)| jobs(evidence)).enumerate();
    jobs.map(|(i, job)| Task {
        id: format!("task-{}", i + 1),
        what: job.what.clone(),
        lang: scribe.lang_of(&job.what),
        owner_lang: scribe.lang_of(&job.owner),
        owner: job.owner.clone(),
        lead: job.lead.clone().unwrap_or_default(),
        standard: job.standard.clone().unwrap_or_default(),
        due: Some(scribe.date(job.due)),
        done: done_by(scribe, job).map(|date| scribe.date(date)),
        tag: task_tag(scribe, job),
    })
    .collect()
}

/// Returns the day on which a task was done, if that is known at the day of the page.
fn done_by(scribe: &Scribe, job: &Job) -> Option<Date> {
    job.done.filter(|done| *done <= scribe.edition.as_of)
}

/// Makes the state of a task.
fn task_tag(scribe: &Scribe, job: &Job) -> Tag {
    match done_by(scribe, job) {
        Some(done) if done <= job.due => tag(scribe, Tone::Done, "due.task-done"),
        Some(_) => tag(scribe, Tone::Done, "due.task-late"),
        None if job.due < scribe.edition.as_of => tag(scribe, Tone::Act, "due.task-overdue"),
        None => tag(scribe, Tone::Run, "due.task-due"),
    }
}

/// Says how many tasks are done.
fn tasks_words(scribe: &Scribe, matter: &Matter) -> String {
    let jobs: Vec<&Job> = matter.steps.iter().flat_map(|(_, evidence)| jobs(evidence)).collect();
    if jobs.is_empty() {
        return String::new();
    }
    let done = jobs.iter().filter(|job| done_by(scribe, job).is_some()).count();
    scribe.fill("words.tasks", &[("n", &jobs.len().to_string()), ("done", &done.to_string())])
}

/// Writes the reports on the execution.
fn reports(scribe: &Scribe, evidence: &Evidence) -> Vec<Report> {
    let Evidence::Supervise(supervise) = evidence else { return Vec::new() };
    let write = |report: &Account| {
        let progress = report.percent.map(|percent| format!("{} {percent}%", scribe.say("进度", "Progress:")));
        let summary = [progress, report.summary.clone()].into_iter().flatten().collect::<Vec<_>>().join(scribe.say("。", ". "));
        Report {
            date: scribe.date(report.date),
            to: scribe.join(report.to.iter().map(|office| scribe.choice("office", office.name(), || office.label()))),
            lang: scribe.lang_of(&summary),
            summary,
        }
    };
    supervise.reports.iter().map(write).collect()
}

/// Returns the survey of a step.
fn survey_of(evidence: &Evidence) -> Option<&Survey> {
    match evidence {
        Evidence::Evaluate(evaluate) => evaluate.survey.as_ref(),
        _ => None,
    }
}

/// Writes the result of a survey; where there are too few ballots, only how many there were.
pub fn survey(scribe: &Scribe, survey: &Survey) -> SurveyResult {
    let n = |n: u64| scribe.number(n);
    let (issued, returned, valid) = (n(survey.issued), n(survey.returned), n(survey.valid));
    let share = scribe.percent(survey.returned, survey.issued);
    let answers = [
        (SegmentKind::Satisfied, "segment.satisfied", survey.satisfied),
        (SegmentKind::Mostly, "segment.mostly", survey.mostly),
        (SegmentKind::Dissatisfied, "segment.dissatisfied", survey.dissatisfied),
    ];
    let shown = survey.valid >= u64::from(FEWEST_BALLOTS);
    let pleased = survey.satisfied + survey.mostly;
    let question = survey.question.clone().unwrap_or_default();
    SurveyResult {
        lang: scribe.lang_of(&question),
        question,
        ballots: scribe.fill("words.ballots", &[("issued", &issued), ("returned", &returned), ("valid", &valid)]),
        response: scribe.fill("words.response", &[("share", &share), ("returned", &returned), ("issued", &issued)]),
        satisfied: if shown {
            let share = scribe.percent(pleased, survey.valid);
            scribe.fill("words.satisfied", &[("share", &share), ("n", &n(pleased)), ("of", &valid)])
        } else {
            String::new()
        },
        bar: shown.then(|| bars::bar(scribe, &answers.map(|(kind, _, count)| (kind, count)), None)),
        answers: if shown {
            answers.map(|(_, key, count)| answer(scribe, key, count, survey.valid)).to_vec()
        } else {
            Vec::new()
        },
    }
}

/// Writes one answer of a survey.
fn answer(scribe: &Scribe, key: &str, count: u64, valid: u64) -> Answer {
    Answer { label: scribe.label(key), count: scribe.number(count), share: scribe.percent(count, valid) }
}

/// Makes the tag of what became of an opinion.
pub fn opinion_tag(scribe: &Scribe, opinion: &Opinion) -> Tag {
    let outcome = opinion.outcome.unwrap_or(OpinionOutcome::Pending);
    let tone = match outcome {
        OpinionOutcome::TakenUp | OpinionOutcome::Merged | OpinionOutcome::Answered => Tone::Done,
        OpinionOutcome::Declined => Tone::Idle,
        OpinionOutcome::Pending => Tone::Run,
    };
    Tag { tone, text: scribe.choice("opinion", outcome.name(), || outcome.label()) }
}

/// Says how and by whom an opinion was heard.
pub fn heard(scribe: &Scribe, opinion: &Opinion) -> String {
    let channel = scribe.choice("channel", opinion.channel.name(), || opinion.channel.label());
    let by = opinion.heard_by.map(|by| scribe.choice("heard_by", by.name(), || by.label()));
    scribe.join([Some(channel), by].into_iter().flatten())
}

/// Writes the opinions that the matter came from: those it names and those that name it.
fn opinions(scribe: &Scribe, ix: RecordIx) -> Vec<OpinionSource> {
    let register = &scribe.edition.register;
    let named = register.links(ix).iter().filter_map(|link| link.opinion.map(|no| (link.to, no)));
    let naming = register.links_to(ix).iter().filter_map(|link| {
        let index: usize = link.path.strip_prefix("items[")?.split(']').next()?.parse().ok()?;
        Some((link.from, register.get(link.from).opinions()?.items.get(index)?.no))
    });
    let mut all: Vec<(RecordIx, u64)> = named.chain(naming).filter(|(ix, _)| scribe.edition.is_published(*ix)).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().filter_map(|(ix, no)| opinion_source(scribe, ix, no)).collect()
}

/// Writes one opinion that the matter came from.
fn opinion_source(scribe: &Scribe, ix: RecordIx, no: u64) -> Option<OpinionSource> {
    let opinion = scribe.edition.register.opinion(ix, no)?;
    Some(OpinionSource {
        link: scribe.link_into(ix, &format!("opinion-{no}"), format!("{} {no}", scribe.say("意见", "Opinion"))),
        date: Some(scribe.date(opinion.date)),
        channel: heard(scribe, opinion),
        text: opinion.text.clone(),
        lang: scribe.lang_of(&opinion.text),
        outcome: opinion_tag(scribe, opinion),
    })
}

/// Writes the facts beside the text.
fn facts(scribe: &Scribe, matter: &Matter, verdict: &Verdict) -> Vec<Fact> {
    let mut facts = vec![
        scribe.fact(scribe.say("类别", "Category"), &matter.category),
        scribe.fact_links(scribe.label("matter.procedure"), vec![procedure(scribe, matter)]),
    ];
    let decision = verdict.decision.as_ref().map(|outcome| scribe.label_of("outcome", outcome));
    facts.push(scribe.fact(scribe.say("表决结果", "Decision"), decision.unwrap_or_default()));
    for (_, evidence) in &matter.steps {
        facts.extend(money_and_people(scribe, evidence));
    }
    if let Some(closed) = &matter.closed {
        let words = format!("{}{}{}", scribe.date(closed.date).text, scribe.labels.get("language.colon"), closed.reason);
        facts.push(scribe.fact(scribe.say("提前终止", "Ended early"), words));
    }
    parts::said(facts)
}

/// Writes budget, spending and supervisors of a step.
fn money_and_people(scribe: &Scribe, evidence: &Evidence) -> Vec<Fact> {
    let money = |zh: &str, en: &str, amount: Option<rust_decimal::Decimal>| {
        scribe.fact(scribe.say(zh, en), amount.map(|amount| scribe.money(amount)).unwrap_or_default())
    };
    match evidence {
        Evidence::Implement(implement) => {
            vec![money("预算", "Budget", implement.budget), money("实际支出", "Spent", implement.spent)]
        }
        Evidence::Execute(execute) => vec![money("预算", "Budget", execute.budget), money("实际支出", "Spent", execute.spent)],
        Evidence::Supervise(supervise) => {
            vec![scribe.fact(scribe.say("监督代表", "Supervisors"), scribe.join(supervise.supervisors.iter().cloned()))]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(before: &str, after: &str) -> String {
        let mark = |run: &Run| match run.change {
            Change::Kept => run.text.clone(),
            Change::Added => format!("+{}+", run.text),
            Change::Removed => format!("-{}-", run.text),
        };
        runs(before, after).iter().map(mark).collect()
    }

    #[test]
    fn chinese_is_compared_by_characters_and_english_by_words() {
        assert_eq!(written("安装路灯 40 盏", "安装亮度可调路灯 40 盏"), "安装+亮度可调+路灯 40 盏");
        assert_eq!(written("install forty lamps now", "install fifty lamps now"), "install -forty-+fifty+ lamps now");
    }
}
