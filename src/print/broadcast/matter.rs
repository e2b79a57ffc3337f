//! What is said of a matter that was decided.

use super::words::Speaker;
use super::{Paragraph, Sentence};
use crate::language::{Language, Text, detect, plural, spoken};
use crate::record::Matter;
use crate::record::meeting::Item;
use crate::register::RecordIx;
use crate::verdict::{Progress, StepState, Verdict};

/// Writes what is said twice; `None` while nobody has decided.
pub(super) fn body(speaker: &Speaker) -> Option<Vec<Paragraph>> {
    let edition = speaker.scribe.edition;
    let matter = edition.register.get(speaker.ix).matter()?;
    let (meeting, index) = edition.deciding_item(speaker.ix)?;
    let record = edition.register.get(meeting).meeting()?;
    let item = record.items.get(index)?;
    item.outcome?;
    let verdict = edition.verdict(speaker.ix)?;
    let year = Some(record.date.year());
    let mut process = process(speaker, matter, verdict, year);
    process.extend(speaker.findings());
    let mut objection = speaker.posting(year);
    objection.extend(speaker.objection());
    Some(vec![
        speaker.quote("事项是：", "It is about: ", &speaker.scribe.title(speaker.ix)),
        decision(speaker, matter, meeting, item),
        result(speaker, meeting, index, item),
        process,
        objection,
    ])
}

/// Says who decided, when, and on what.
fn decision(speaker: &Speaker, matter: &Matter, meeting: RecordIx, item: &Item) -> Paragraph {
    let mut said = vec![met(speaker, meeting, item.is_voted())];
    said.extend(speaker.quote("议案是：", "The motion was: ", fullest(speaker, matter, item)));
    if let Some(amended) = &item.amended {
        said.extend(speaker.quote("会上作了修改：", "It was amended in the meeting: ", amended));
    }
    said
}

/// Says which body met, and on which day, and whether it voted.
pub(super) fn met(speaker: &Speaker, meeting: RecordIx, voted: bool) -> Sentence {
    let register = &speaker.scribe.edition.register;
    let (record, area) = (register.get(meeting).meeting(), &register.get(meeting).area);
    let body = record.and_then(|record| register.body(area, &record.body));
    let name = body.map(|body| speaker.wording(&body.name, body.name_en.as_ref()).to_owned()).unwrap_or_default();
    let day = record.map(|record| speaker.day(record.date, None)).unwrap_or_default();
    let language = speaker.language();
    let begin = speaker.said(&Text::new(format!("{day}，"), format!("On {day}, the ")));
    let end = if voted {
        speaker.scribe.say("开会表决。", " met and voted.")
    } else {
        speaker.scribe.say("召开会议。", " met.")
    };
    begin.quote(&name, language).add(end, language)
}

/// Chooses the text that says most of what was decided: the motion, or the summary of the matter; first what is in the
/// language of the script.
fn fullest<'t>(speaker: &Speaker, matter: &'t Matter, item: &'t Item) -> &'t str {
    let motion = speaker.wording(&item.motion, item.motion_en.as_ref());
    let summary = matter.summary.as_ref().map(|summary| speaker.wording(summary, matter.summary_en.as_ref()));
    let own = |text: &str| detect(text) == Some(speaker.language());
    let weight = |text: &&str| (own(text), text.chars().count());
    match summary {
        Some(summary) if weight(&summary) > weight(&motion) => summary,
        _ => motion,
    }
}

/// Says how many were present and how they voted.
fn result(speaker: &Speaker, meeting: RecordIx, index: usize, item: &Item) -> Paragraph {
    let mut said = speaker.attendance(meeting);
    said.extend(speaker.vote(meeting, index, item));
    said
}

/// Says every step, how far it has come and when.
fn process(speaker: &Speaker, matter: &Matter, verdict: &Verdict, year: Option<i16>) -> Paragraph {
    let n = verdict.steps.len() as u64;
    let (steps, title) = (speaker.counted(n), speaker.scribe.workflow_title(&matter.workflow));
    let language = speaker.language();
    let begin = match language {
        Language::Chinese => {
            speaker.own("下面说办理过程，依照的是", "").quote(&title, language).add(&format!("，一共{steps}步。"), language)
        }
        Language::English => speaker.own("", "This is how it was done, by: ").quote(&title, language).add(".", language),
    };
    let mut said = vec![begin];
    if language == Language::English {
        said.push(speaker.own("", &format!("It has {steps} {}.", plural(n, "step", "steps"))));
    }
    let needed = |step: &&StepState| step.progress != Progress::NotNeeded;
    for (number, step) in (1..).zip(verdict.steps.iter().filter(needed)) {
        said.extend(tell(speaker, number, step, year));
    }
    if verdict.steps.iter().any(|step| !needed(&step)) {
        said.push(speaker.own("后面的步骤不再进行。", "The steps after that are not needed."));
    }
    said
}

/// Says one step.
fn tell(speaker: &Speaker, number: u64, step: &StepState, year: Option<i16>) -> Paragraph {
    let title = speaker.scribe.text(&step.title);
    let (zh, en) = (
        format!("{}步，", spoken::ordinal(number, Language::Chinese)),
        format!("Step {}: ", spoken::number(number, Language::English)),
    );
    let begin = speaker.own(&zh, &en).quote(&title, speaker.language());
    let days = step.from.map(|from| speaker.days(from, step.to.filter(|to| *to > from).unwrap_or(from), year));
    let end = match (step.progress, days) {
        (Progress::Done, Some(days)) => Text::new(format!("，{days}。"), format!(", {days}.")),
        (Progress::Done, None) => Text::new("，已经完成。", ", done."),
        (Progress::UnderWay, _) => Text::new("，正在进行。", ", under way."),
        (Progress::NotBegun, _) => Text::new("，还没有开始。", ", not begun."),
        (Progress::Skipped | Progress::NotNeeded, _) => Text::new("，没有进行。", ", left out."),
    };
    let mut said = vec![begin.add(end.get(speaker.language()), speaker.language())];
    if let Some(reason) = step.reason.as_ref().filter(|_| step.progress == Progress::Skipped) {
        said.extend(speaker.quote("原因是：", "The reason: ", reason));
    }
    said
}
