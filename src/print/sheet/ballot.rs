//! Ballots: on the items of a meeting, or of satisfaction with a matter.

use crate::print::view::{Ballot, Pages, Question};
use crate::record::choice::Ballot as Way;
use crate::record::meeting::{Item, Meeting};
use crate::record::{Evidence, Matter, Survey};
use crate::register::RecordIx;
use crate::site::Scribe;

use super::common::{digest_words, english, meta};
use super::meeting::body_name;

/// Writes the ballot of a meeting, a matter or a survey.
pub(super) fn view(scribe: &Scribe, ix: RecordIx) -> Option<Ballot> {
    let record = scribe.edition.register.get(ix);
    if let Some(meeting) = record.meeting() {
        return on_items(scribe, ix, meeting);
    }
    let question = match (record.matter(), record.survey()) {
        (Some(matter), _) => question_of(matter),
        (_, Some(survey)) => survey.question.clone(),
        _ => return None,
    };
    Some(satisfaction(scribe, ix, question, record.survey()))
}

/// Writes the ballot on the items of a meeting; nothing where all are voted by a show of hands.
fn on_items(scribe: &Scribe, ix: RecordIx, meeting: &Meeting) -> Option<Ballot> {
    let on_paper = |item: &&Item| item.ballot != Some(Way::ShowOfHands);
    let items: Vec<&Item> = meeting.items.iter().filter(on_paper).collect();
    if items.is_empty() {
        return None;
    }
    let ways: Vec<Option<Way>> = items.iter().map(|item| item.ballot).collect();
    let way = if ways.contains(&Some(Way::Secret)) { Some(Way::Secret) } else { ways.iter().copied().flatten().next() };
    let named = way == Some(Way::Open);
    let title = scribe.label("sheets.ballot.title");
    let about = [scribe.title(ix), scribe.date(meeting.date).text];
    let way_words = way.map(|way| scribe.label(&format!("sheets.ballot.{}", way.name())));
    let question =
        |item: &Item| Question { number: item.no.to_string(), text: english(scribe, &item.motion, item.motion_en.as_ref()) };
    let secrecy = if named { "how_named" } else { "how_secret" };
    Some(Ballot {
        meta: meta(scribe, ix, &format!("{title}{}{}", scribe.labels.get("language.colon"), about[0]), Pages::One),
        body: body_name(scribe, &scribe.edition.register.get(ix).area, &meeting.body),
        title,
        about: about.into_iter().chain(way_words).collect(),
        question_head: scribe.label("sheets.ballot.item"),
        choices: ["segment.for", "segment.against", "sheets.ballot.abstain"].map(|key| scribe.label(key)).to_vec(),
        questions: items.into_iter().map(question).collect(),
        remark: String::new(),
        named,
        how: how(scribe, ["how_mark", "how_invalid", "how_blank", secrecy]),
        digest: digest_words(scribe, ix),
    })
}

/// Writes the ballot of satisfaction with a matter, or of a survey.
fn satisfaction(scribe: &Scribe, ix: RecordIx, question: Option<String>, survey: Option<&Survey>) -> Ballot {
    let record = scribe.edition.register.get(ix);
    let name = scribe.title(ix);
    let about = survey.and_then(|survey| survey.about.clone()).unwrap_or_else(|| name.clone());
    let question = question.unwrap_or_else(|| scribe.fill("sheets.ballot.question", &[("about", &about)]));
    let title = scribe.label("sheets.ballot.title_satisfaction");
    let period = survey.map(|survey| scribe.period(survey.period));
    Ballot {
        meta: meta(scribe, ix, &format!("{title}{}{name}", scribe.labels.get("language.colon")), Pages::One),
        body: scribe.edition.register.area(&record.area).map(|area| scribe.title(area)).unwrap_or_default(),
        title,
        about: [about].into_iter().chain(period).collect(),
        question_head: scribe.label("sheets.ballot.rated"),
        choices: ["satisfied", "mostly", "dissatisfied"].map(|key| scribe.label(&format!("segment.{key}"))).to_vec(),
        questions: vec![Question { number: "1".to_owned(), text: question }],
        remark: scribe.label("sheets.ballot.remark"),
        named: false,
        how: how(scribe, ["how_answer", "how_answer_invalid", "how_anonymous"]),
        digest: digest_words(scribe, ix),
    }
}

/// Returns the question that a matter's own survey asked.
fn question_of(matter: &Matter) -> Option<String> {
    matter.steps.iter().find_map(|(_, evidence)| match evidence {
        Evidence::Evaluate(evaluate) => evaluate.survey.as_ref()?.question.clone(),
        _ => None,
    })
}

/// Writes the numbered sentences on how to fill in a ballot.
fn how<const N: usize>(scribe: &Scribe, keys: [&str; N]) -> Vec<String> {
    (1..).zip(keys).map(|(n, key)| format!("{n}. {}", scribe.label(&format!("sheets.ballot.{key}")))).collect()
}
