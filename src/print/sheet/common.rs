//! Parts that several sheets share.

use jiff::civil::Date;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::field::Kind;
use crate::language::{Language, capital};
use crate::print::view::{Contact, Line, Meta, Online, Pages, Posting, Seal, Step, VoteCounts, VoteRow};
use crate::record::Delegates;
use crate::record::choice::Way;
use crate::record::common::Contact as Office;
use crate::record::meeting::{Item, Votes};
use crate::register::RecordIx;
use crate::site::address::Address;
use crate::site::index::posting;
use crate::site::{Page, Scribe, bars, parts};

/// Writes what the document of a record says of itself.
pub(crate) fn meta(scribe: &Scribe, ix: RecordIx, title: &str, pages: Pages) -> Meta {
    let record = scribe.edition.register.get(ix);
    let place = scribe.edition.register.area(&record.area).map(|area| scribe.title(area));
    let extra = ["category", "number"].map(|key| record.tree().get(key).and_then(|value| value.text()).map(str::to_owned));
    let keywords = [Some(scribe.kind(record.kind)), place].into_iter().chain(extra).flatten().chain([record.id.clone()]);
    Meta {
        title: one_line(title),
        author: publisher(scribe),
        keywords: keywords.filter(|word| !word.is_empty()).collect(),
        date: Some(scribe.edition.register.date_of(ix).unwrap_or(scribe.edition.as_of).into()),
        lang: scribe.say("zh", "en"),
        region: scribe.say("cn", "gb"),
        record: record.id.clone(),
        pages,
    }
}

/// Writes what the document of a place and a period says of itself; `what` names the period or the day for messages.
pub(crate) fn place_meta(scribe: &Scribe, area: RecordIx, title: &str, what: &str, pages: Pages) -> Meta {
    Meta {
        date: Some(scribe.edition.as_of.into()),
        record: format!("{} {what}", scribe.edition.register.get(area).id).trim().to_owned(),
        ..meta(scribe, area, title, pages)
    }
}

/// Puts a text on one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names the publisher of the site.
pub(crate) fn publisher(scribe: &Scribe) -> String {
    let site = scribe.edition.register.site();
    english(scribe, &site.publisher, site.publisher_en.as_ref())
}

/// Chooses the English wording where the sheet is English and there is one.
pub(crate) fn english(scribe: &Scribe, plain: &str, translated: Option<&String>) -> String {
    wording(scribe, plain, translated).to_owned()
}

/// Chooses the English wording without copying it.
pub(crate) fn wording<'t>(scribe: &Scribe, plain: &'t str, translated: Option<&'t String>) -> &'t str {
    translated.filter(|_| scribe.language == Language::English).map_or(plain, String::as_str)
}

/// Writes the way to a page online: its address and the QR code of it. Without a `base_url` there is no code.
pub(crate) fn online(scribe: &Scribe, page: &Page) -> Online {
    let site = scribe.edition.register.site();
    let base = site.base_url.as_deref().filter(|base| !base.is_empty());
    // A sheet may speak a language that the site does not: then the page of the site's first language is the one there is.
    let spoken = site.languages.is_empty() || site.languages.contains(&scribe.language);
    let language = if spoken { scribe.language } else { scribe.first };
    let address = Address::page(language, scribe.first, &page.path(&scribe.edition.register));
    let url = base.map(|base| address.absolute(base)).unwrap_or_default();
    let qr = Some(&url).filter(|url| !url.is_empty()).and_then(|url| crate::qr::svg(url)).unwrap_or_default();
    let words = match qr.is_empty() {
        false => scribe.fill("sheets.common.qr_words", &[("url", &url)]),
        true if url.is_empty() => scribe.fill("sheets.common.read_at", &[("office", &publisher(scribe))]),
        true => url.clone(),
    };
    Online { url, qr, words }
}

/// Writes the place for the seal of a record: the office that seals, and the day.
pub(crate) fn seal(scribe: &Scribe, office: String, date: Option<Date>) -> Seal {
    Seal { office, date: date.map(|date| scribe.date(date).text).unwrap_or_default() }
}

/// Writes where one can object: the office of supervision of the site, else its contact.
pub(crate) fn objection(scribe: &Scribe) -> Option<Contact> {
    let site = scribe.edition.register.site();
    site.supervision.as_ref().or(site.contact.as_ref()).map(|office| contact(scribe, office))
}

/// Writes the public contact of a place, else that of the site.
pub(crate) fn contact_of(scribe: &Scribe, area: &str) -> Option<Contact> {
    let register = &scribe.edition.register;
    let own = register.area(area).and_then(|ix| register.get(ix).place()?.contact.as_ref());
    own.or(register.site().contact.as_ref()).map(|office| contact(scribe, office))
}

/// Writes an office.
pub(crate) fn contact(scribe: &Scribe, office: &Office) -> Contact {
    Contact {
        office: english(scribe, &office.office, office.office_en.as_ref()),
        telephone: office.telephone.clone().unwrap_or_default(),
        address: office.address.clone().unwrap_or_default(),
        hours: office.hours.clone().unwrap_or_default(),
    }
}

/// Returns the posting of a record from its first day to its last: its own, else that of the meeting that decided it.
pub(crate) fn posting_days<'s>(scribe: &Scribe<'s>, ix: RecordIx) -> Option<(Date, Date, &'s [Way])> {
    let edition = scribe.edition;
    posting(edition, ix).or_else(|| edition.deciding_item(ix).and_then(|(meeting, _)| posting(edition, meeting)))
}

/// Writes the posting of a record, where it has one.
pub(crate) fn posting_of(scribe: &Scribe, ix: RecordIx) -> Option<Posting> {
    let (from, to, ways) = posting_days(scribe, ix)?;
    Some(Posting {
        dates: scribe.days(from, Some(to)),
        days: scribe.count("day", usize::try_from(parts::days(from, to) + 1).unwrap_or(0)),
        ways: parts::ways_words(scribe, ways),
    })
}

/// Writes the steps of a matter.
pub(crate) fn steps(scribe: &Scribe, ix: RecordIx) -> Vec<Step> {
    let steps = scribe.edition.verdict(ix).map(|verdict| verdict.steps.as_slice()).unwrap_or_default();
    let write = |(n, step): (usize, &crate::verdict::StepState)| {
        let state = bars::shown(step.progress);
        Step {
            number: (n + 1).to_string(),
            title: scribe.text(&step.title),
            state_words: scribe.label(&format!("step_state.{}", kebab(state))),
            state,
            date: step.from.map(|from| scribe.short_days(from, step.to)).unwrap_or_default(),
        }
    };
    steps.iter().enumerate().map(write).collect()
}

/// Returns the name that a state has in templates and labels.
fn kebab(state: crate::site::view::StepState) -> &'static str {
    use crate::site::view::StepState as State;
    match state {
        State::Done => "done",
        State::UnderWay => "under-way",
        State::NotBegun => "not-begun",
        State::Skipped => "skipped",
        State::NotNeeded => "not-needed",
    }
}

/// Writes the vote on one item of a meeting, in the words of its proof.
pub(crate) fn vote_row(scribe: &Scribe, meeting: RecordIx, index: usize, item: &Item) -> VoteRow {
    let vote = parts::item_vote(scribe, meeting, index, item);
    let (arithmetic, met, bar) =
        vote.proof.map_or((String::new(), None, None), |proof| (proof.words, Some(proof.met), proof.bar));
    VoteRow {
        number: vote.number,
        motion: vote.motion,
        votes: item.votes.as_ref().map(|votes| counts(scribe, votes)),
        ballot: vote.ballot,
        outcome: vote.outcome.text,
        tone: vote.outcome.tone,
        arithmetic,
        met,
        bar,
    }
}

/// Writes out the numbers of a vote.
fn counts(scribe: &Scribe, votes: &Votes) -> VoteCounts {
    let n = |n: u64| scribe.number(n);
    VoteCounts {
        r#for: n(votes.r#for),
        against: n(votes.against),
        abstain: n(votes.abstain.unwrap_or(0)),
        invalid: n(votes.invalid.unwrap_or(0) + votes.absent.unwrap_or(0)),
    }
}

/// Makes a line where there is something to say.
pub(crate) fn line(label: impl Into<String>, text: impl Into<String>) -> Option<Line> {
    let text = text.into();
    (!text.is_empty()).then(|| Line { label: label.into(), text })
}

/// Returns the digest of a record as sheets carry it: twelve hex digits in groups of four.
pub(crate) fn digest(scribe: &Scribe, ix: RecordIx) -> String {
    let hex = scribe.edition.digest(ix).to_hex();
    [&hex[..4], &hex[4..8], &hex[8..12]].join(" ")
}

/// Returns the first paragraph of a Markdown text as plain text, without notes; lines of Chinese are joined without blanks.
pub(crate) fn first_paragraph(markdown: &str) -> Option<String> {
    let mut text: Option<String> = None;
    let mut after_break = false;
    for event in Parser::new_ext(markdown, crate::register::options()) {
        match (event, &mut text) {
            (Event::Start(Tag::Paragraph), None) => text = Some(String::new()),
            (Event::End(TagEnd::Paragraph), Some(_)) => break,
            (Event::Text(part) | Event::Code(part), Some(text)) => {
                if std::mem::take(&mut after_break) && needs_blank(text, &part) {
                    text.push(' ');
                }
                text.push_str(&part);
            }
            (Event::SoftBreak | Event::HardBreak, Some(_)) => after_break = true,
            _ => {}
        }
    }
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Whether two lines are joined with a blank: not where Chinese characters or marks meet.
fn needs_blank(before: &str, after: &str) -> bool {
    let is_wide = |c: Option<char>| c.is_none_or(|c| u32::from(c) >= 0x2e80);
    !is_wide(before.chars().next_back()) || !is_wide(after.chars().next())
}

/// Lists those who belong to a body of a place on a day, by its roster of that day; nobody without one.
pub(crate) fn roster(scribe: &Scribe, area: &str, body: &str, day: Date) -> Vec<String> {
    let members = roster_of(scribe, area, body, day).map(|roster| roster.members.as_slice()).unwrap_or_default();
    members.iter().filter(|member| member.serves(day)).map(|member| member.name.clone()).collect()
}

/// Finds the roster of a body for the term that a day lies in.
pub(crate) fn roster_of<'a>(scribe: &'a Scribe, area: &str, body: &str, day: Date) -> Option<&'a Delegates> {
    let register = &scribe.edition.register;
    let rosters = register.records_of(area, Kind::Delegates).iter().filter(|ix| scribe.edition.is_published(**ix));
    let of_body = rosters.filter_map(|ix| register.get(*ix).delegates()).filter(|roster| roster.body == body);
    let in_term = |roster: &&Delegates| roster.term.from <= day && roster.term.to.is_none_or(|to| day <= to);
    of_body.filter(in_term).max_by_key(|roster| roster.date)
}

/// Writes the digest of a record with what it is.
pub(crate) fn digest_words(scribe: &Scribe, ix: RecordIx) -> String {
    scribe.fill("sheets.common.digest_words", &[("digest", &digest(scribe, ix))])
}

/// Ends words with a full stop, and begins them as a sentence.
pub(crate) fn sentence(scribe: &Scribe, words: &str) -> String {
    if words.ends_with(['。', '.', '！', '？', '!', '?']) || words.is_empty() {
        return words.to_owned();
    }
    format!("{}{}", capital(words), scribe.say("。", "."))
}

/// Writes an office with its address, telephone and hours.
pub(crate) fn contact_words(scribe: &Scribe, contact: &Contact) -> String {
    let telephone = Some(&contact.telephone).filter(|telephone| !telephone.is_empty());
    let telephone = telephone.map(|telephone| scribe.fill("sheets.common.by_telephone", &[("telephone", telephone)]));
    let said = [Some(contact.office.clone()), Some(contact.address.clone()), telephone, Some(contact.hours.clone())];
    let said: Vec<String> = said.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    said.join(scribe.say("，", ", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_is_plain_text_without_notes() {
        let markdown = "# 标题\n\n会议决定：**硬化**北街\n道路 860 米，\n不收费。[^1]\n\n| a |\n|---|\n\n[^1]: 注。\n";
        assert_eq!(first_paragraph(markdown).as_deref(), Some("会议决定：硬化北街道路 860 米，不收费。"));
        assert_eq!(first_paragraph("forty lamps\nin the village").as_deref(), Some("forty lamps in the village"));
        assert_eq!(first_paragraph("- a\n- b\n"), None);
    }
}
