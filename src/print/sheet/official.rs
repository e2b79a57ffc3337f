//! Resolutions and minutes in the style of official documents.

use crate::language::{Language, ordinal_zh};
use crate::print::blocks::{Said, blocks};
use crate::print::view::{Attached, Block, Imprint, Line, Official, Pages};
use crate::record::choice::Outcome;
use crate::record::evidence::Task;
use crate::record::meeting::{Item, Meeting};
use crate::record::{Evidence, Matter};
use crate::register::RecordIx;
use crate::site::matter::attendance;
use crate::site::{Page, Scribe, meeting as page, parts};
use crate::verdict::Progress;

use super::common::{digest_words, english, line, meta, objection, online, posting_of, seal, sentence, vote_row};
use super::meeting::{body_name, notice_proofs, when};

/// Writes the document of a record: the resolution on a matter, or the minutes of a meeting that was held.
pub(super) fn view(scribe: &Scribe, ix: RecordIx) -> Option<Official> {
    let record = scribe.edition.register.get(ix);
    match (record.matter(), record.meeting()) {
        (Some(matter), _) => resolution(scribe, ix, matter),
        (_, Some(meeting)) if meeting.date <= scribe.edition.as_of => Some(minutes(scribe, ix, meeting)),
        _ => None,
    }
}

/// The vote that decided a matter.
struct Decision<'a> {
    at: RecordIx,
    index: usize,
    meeting: &'a Meeting,
    item: &'a Item,
    /// The name of the body that decided.
    body: String,
    /// Whether the motion was adopted.
    passed: bool,
}

/// Finds the vote that decided a matter.
fn decision<'a>(scribe: &'a Scribe, ix: RecordIx) -> Option<Decision<'a>> {
    let (at, index) = scribe.edition.deciding_item(ix)?;
    let record = scribe.edition.register.get(at);
    let meeting = record.meeting()?;
    let item = meeting.items.get(index)?;
    let body = body_name(scribe, &record.area, &meeting.body);
    Some(Decision { at, index, meeting, item, body, passed: item.outcome == Some(Outcome::Passed) })
}

/// Writes the resolution on a matter, or what was voted where none was formed; nothing before the vote.
fn resolution(scribe: &Scribe, ix: RecordIx, matter: &Matter) -> Option<Official> {
    let decided = decision(scribe, ix)?;
    decided.item.outcome?;
    let title = resolution_title(scribe, ix, &decided);
    Some(Official {
        meta: meta(scribe, ix, &title, Pages::Many),
        mark: scribe.fill("sheets.official.mark_document", &[("body", &decided.body)]),
        number: matter.number.clone().unwrap_or_default(),
        title_parts: title_parts(title, &decided.body),
        blocks: resolution_text(scribe, ix, matter, &decided),
        attachments: attachments(scribe, ix),
        signers: Vec::new(),
        sealed: true,
        issued: issued(scribe, matter, &decided.body),
        origin: origin(scribe, ix),
        seal: seal(scribe, decided.body, Some(decided.meeting.date)),
    })
}

/// Writes the text of a resolution: the motion, the vote, how it came about, who does what, where to object.
fn resolution_text(scribe: &Scribe, ix: RecordIx, matter: &Matter, decided: &Decision<'_>) -> Vec<Block> {
    let mut text = Text::new(scribe);
    text.paragraph(opening(scribe, ix, decided));
    text.section(match (decided.passed, decided.item.is_voted()) {
        (true, _) => "motion",
        (false, true) => "motion_put",
        (false, false) => "motion_brought",
    });
    text.paragraph(english(scribe, &decided.item.motion, decided.item.motion_en.as_ref()));
    text.fact("amended", decided.item.amended.clone().unwrap_or_default());
    text.body(ix);
    text.section("vote");
    text.paragraphs(attendance(scribe, decided.at).map(|proof| sentence(scribe, &proof.words)));
    text.paragraph(vote_words(scribe, decided.at, decided.index, decided.item));
    text.process(ix, decided);
    text.tasks(matter, decided);
    text.posting(ix, decided.passed);
    text.findings(ix);
    text.blocks
}

/// Writes who issued a resolution and when, once it was published.
fn issued(scribe: &Scribe, matter: &Matter, body: &str) -> Option<Imprint> {
    let published = matter.steps.iter().find_map(|(_, evidence)| match evidence {
        Evidence::Resolve(resolve) => resolve.published,
        Evidence::Decide(decide) => decide.resolve.as_ref()?.published,
        _ => None,
    });
    let day = published.filter(|day| *day <= scribe.edition.as_of)?;
    let right = scribe.fill("sheets.official.issued", &[("date", &scribe.date(day).text)]);
    Some(Imprint { left: body.to_owned(), right })
}

/// Writes the minutes of a meeting.
fn minutes(scribe: &Scribe, ix: RecordIx, meeting: &Meeting) -> Official {
    let record = scribe.edition.register.get(ix);
    let body = body_name(scribe, &record.area, &meeting.body);
    let name = scribe.title(ix);
    let title = if name.ends_with("纪要") { name } else { scribe.fill("sheets.official.title_minutes", &[("title", &name)]) };
    let mut text = Text::new(scribe);
    text.section("meeting");
    text.meeting(ix, meeting);
    text.items(ix, meeting);
    text.record(ix);
    text.posting(ix, true);
    text.findings(ix);
    Official {
        meta: meta(scribe, ix, &title, Pages::Many),
        mark: scribe.fill("sheets.official.mark_minutes", &[("body", &body)]),
        number: String::new(),
        title_parts: vec![title],
        blocks: text.blocks,
        attachments: attachments(scribe, ix),
        signers: signers(scribe, meeting),
        seal: seal(scribe, body, Some(meeting.date)),
        sealed: false,
        issued: None,
        origin: origin(scribe, ix),
    }
}

/// Writes the title of a resolution: 机关＋事由＋文种; of a motion that was not adopted there is only the result of a vote.
fn resolution_title(scribe: &Scribe, ix: RecordIx, decided: &Decision<'_>) -> String {
    let title = scribe.title(ix);
    let about = title.strip_prefix("关于").unwrap_or(&title);
    let about = about.strip_suffix("的决议").or_else(|| about.strip_suffix("决议")).unwrap_or(about);
    let key = if decided.passed { "title_resolution" } else { "title_result" };
    scribe.fill(&format!("sheets.official.{key}"), &[("body", &decided.body), ("title", about)])
}

/// Parts a title after the name of the body that it begins with.
fn title_parts(title: String, body: &str) -> Vec<String> {
    match title.strip_prefix(body).filter(|rest| !rest.is_empty() && !body.is_empty()) {
        Some(rest) => vec![body.to_owned(), rest.to_owned()],
        None => vec![title],
    }
}

/// Says who voted on what, when and where, and what came of it.
fn opening(scribe: &Scribe, ix: RecordIx, decided: &Decision<'_>) -> String {
    let venue = decided.meeting.venue.as_deref().unwrap_or_default();
    let key = match (decided.item.is_voted(), venue.is_empty()) {
        (true, true) => "opening",
        (true, false) => "opening_at",
        (false, true) => "opening_not_voted",
        (false, false) => "opening_not_voted_at",
    };
    let values = [
        ("date", scribe.date(decided.meeting.date).text),
        ("body", decided.body.clone()),
        ("venue", venue.to_owned()),
        ("meeting", scribe.title(decided.at)),
        ("title", scribe.title(ix)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let came = match decided.item.outcome {
        Some(Outcome::Passed) => "adopted",
        Some(Outcome::NoQuorum) => "no_quorum",
        _ if decided.item.is_voted() => "not_adopted",
        _ => "not_voted",
    };
    let came = scribe.label(&format!("sheets.official.{came}"));
    format!("{}{}{came}", scribe.fill(&format!("sheets.official.{key}"), &values), scribe.say("", " "))
}

/// Writes the vote on an item: how it was taken, its numbers, the threshold, the outcome.
fn vote_words(scribe: &Scribe, meeting: RecordIx, index: usize, item: &Item) -> String {
    let row = vote_row(scribe, meeting, index, item);
    let counts = parts::item_vote(scribe, meeting, index, item).counts;
    let outcome = scribe.fill("sheets.official.result", &[("outcome", &row.outcome)]);
    let said = [row.ballot, counts, row.arithmetic].into_iter().filter(|part| !part.is_empty());
    let said = said.map(|part| sentence(scribe, &part)).chain([outcome]);
    said.collect::<Vec<_>>().join(scribe.say("", " "))
}

/// Lists the files of a record; one alone has no number.
fn attachments(scribe: &Scribe, ix: RecordIx) -> Vec<Attached> {
    let files = parts::files(scribe, ix);
    let number = |i: usize| if files.len() == 1 { String::new() } else { format!("{}. ", i + 1) };
    files.iter().enumerate().map(|(i, file)| Attached { number: number(i), title: file.link.text.clone() }).collect()
}

/// Lists those who sign minutes: who presided and who recorded.
fn signers(scribe: &Scribe, meeting: &Meeting) -> Vec<Line> {
    let presided = meeting.presided_by.as_ref().map(|by| page::holder(scribe, by)).unwrap_or_default();
    let row = |key: &str, text: String| Line { label: scribe.label(&format!("sheets.official.{key}")), text };
    vec![row("chair_signs", presided), row("recorder_signs", meeting.recorder.clone().unwrap_or_default())]
}

/// Writes where the record stands online, with its digest.
fn origin(scribe: &Scribe, ix: RecordIx) -> Imprint {
    let online = online(scribe, &Page::Record(ix));
    Imprint { left: if online.url.is_empty() { online.words } else { online.url }, right: digest_words(scribe, ix) }
}

/// What minutes call the record of what was said, whatever the language of the sheet.
const RECORD: [&str; 2] = ["会议记录", "Record of the meeting"];

/// The text of a document as it is written.
struct Text<'a> {
    scribe: &'a Scribe<'a>,
    blocks: Vec<Block>,
    sections: u64,
}

impl<'a> Text<'a> {
    fn new(scribe: &'a Scribe<'a>) -> Self {
        Self { scribe, blocks: Vec::new(), sections: 0 }
    }

    fn label(&self, key: &str) -> String {
        self.scribe.label(&format!("sheets.official.{key}"))
    }

    /// Begins a section, numbered as the language does.
    fn section(&mut self, key: &str) {
        self.sections += 1;
        let title = self.label(key);
        let text = match self.scribe.language {
            Language::Chinese => format!("{}、{title}", ordinal_zh(self.sections)),
            Language::English => format!("{}. {title}", self.sections),
        };
        self.blocks.push(Block::Heading { level: 2, text });
    }

    fn paragraph(&mut self, text: String) {
        self.paragraphs([text]);
    }

    fn paragraphs(&mut self, texts: impl IntoIterator<Item = String>) {
        let texts = texts.into_iter().filter(|text| !text.is_empty());
        self.blocks.extend(texts.map(|text| Block::Paragraph { text }));
    }

    fn fact(&mut self, key: &str, text: String) {
        let label = format!("{}{}", self.label(key), self.scribe.labels.get("language.colon"));
        self.blocks.extend(line(label, text).map(|line| Block::Fact { label: line.label, text: line.text }));
    }

    /// Writes a numbered list of the section's parts: （一）in Chinese, 1) in English.
    fn list(&mut self, texts: impl IntoIterator<Item = String>) {
        for (n, text) in (1..).zip(texts) {
            let text = match self.scribe.language {
                Language::Chinese => format!("（{}）{text}", ordinal_zh(n)),
                Language::English => format!("{n}) {text}"),
            };
            self.blocks.push(Block::Paragraph { text });
        }
    }

    /// Writes the body of a record below what stands there.
    fn body(&mut self, ix: RecordIx) {
        self.blocks.extend(
            self.scribe.edition.body(ix).map(|body| blocks(body, 3, &|said, text| self.said(said, text))).unwrap_or_default(),
        );
    }

    /// Says in words what paper cannot show.
    fn said(&self, said: Said, text: &str) -> String {
        let (key, n) = match said {
            Said::Task(true) => ("done", 0),
            Said::Task(false) => ("open", 0),
            Said::Picture => ("picture", 0),
            Said::Mark(n) => ("note_mark", n),
            Said::Note(n) => ("note_text", n),
        };
        self.scribe.fill(&format!("sheets.official.{key}"), &[("n", &n.to_string()), ("text", text), ("title", text)])
    }

    /// Writes the body of a meeting as a section of its own; a heading that says the same is left out.
    fn record(&mut self, ix: RecordIx) {
        if self.scribe.edition.body(ix).is_none() {
            return;
        }
        self.section("record");
        let begin = self.blocks.len();
        self.body(ix);
        let same = |block: &Block| matches!(block, Block::Heading { text, .. } if *text == self.label("record") || RECORD.contains(&text.as_str()));
        if self.blocks.get(begin).is_some_and(same) {
            self.blocks.remove(begin);
        }
    }

    /// Writes the steps that led to the decision.
    fn process(&mut self, ix: RecordIx, decided: &Decision<'_>) {
        let scribe = self.scribe;
        let steps = scribe.edition.verdict(ix).map(|verdict| verdict.steps.as_slice()).unwrap_or_default();
        let taken = |progress| matches!(progress, Progress::Done | Progress::UnderWay);
        let led = steps.iter().take_while(|step| step.from.is_none_or(|from| from <= decided.meeting.date));
        let words = led.filter_map(|step| {
            let said = match (step.progress, step.from) {
                (progress, Some(from)) if taken(progress) => scribe.days(from, step.to),
                (progress, None) if taken(progress) => String::new(),
                (Progress::Skipped, _) => {
                    let reason = step.reason.iter().cloned();
                    let left_out = scribe.label("step_state.skipped");
                    std::iter::once(left_out).chain(reason).collect::<Vec<_>>().join(scribe.labels.get("language.colon"))
                }
                _ => return None,
            };
            let title = scribe.text(&step.title);
            Some(if said.is_empty() { title } else { format!("{title}{}{said}", scribe.labels.get("language.colon")) })
        });
        let words: Vec<String> = words.map(|words| sentence(scribe, &words)).collect();
        if !words.is_empty() {
            self.section("process");
            self.list(words);
        }
    }

    /// Writes who does what by when, where the matter has tasks.
    fn tasks(&mut self, matter: &Matter, decided: &Decision<'_>) {
        let tasks = matter.steps.iter().flat_map(|(_, evidence)| match evidence {
            Evidence::Implement(implement) => implement.tasks.as_slice(),
            Evidence::Execute(execute) => execute.tasks.as_slice(),
            _ => &[],
        });
        let words: Vec<String> = tasks.map(|task| self.task(task)).collect();
        if decided.passed && !words.is_empty() {
            self.section("tasks");
            self.list(words);
        }
    }

    fn task(&self, task: &Task) -> String {
        let scribe = self.scribe;
        let fact = |key: &str, text: Option<String>| {
            text.map(|text| format!("{}{}{text}", self.label(key), scribe.labels.get("language.colon")))
        };
        let facts = [
            Some(task.what.clone()),
            fact("owner", Some(task.owner.clone())),
            fact("lead", task.lead.clone()),
            fact("standard", task.standard.clone()),
            fact("due", Some(scribe.date(task.due).text)),
        ];
        sentence(scribe, &facts.into_iter().flatten().collect::<Vec<_>>().join(scribe.say("；", "; ")))
    }

    /// Writes how the result is posted and where one can object.
    fn posting(&mut self, ix: RecordIx, adopted: bool) {
        let scribe = self.scribe;
        let Some(posting) = posting_of(scribe, ix) else { return };
        self.section("posting");
        let key = if posting.ways.is_empty() { "posted" } else { "posted_ways" };
        let values = [("dates", posting.dates.as_str()), ("days", posting.days.as_str()), ("ways", posting.ways.as_str())];
        self.paragraph(scribe.fill(&format!("sheets.official.{key}"), &values));
        if let Some(office) = objection(scribe) {
            let key = if adopted { "objection" } else { "objection_result" };
            let key = if office.telephone.is_empty() { format!("{key}_office") } else { key.to_owned() };
            let values = [("office", office.office.as_str()), ("telephone", office.telephone.as_str())];
            self.paragraph(scribe.fill(&format!("sheets.official.{key}"), &values));
        }
    }

    /// Writes where the procedure was not followed.
    fn findings(&mut self, ix: RecordIx) {
        let found = parts::judged(self.scribe, ix).findings;
        if !found.is_empty() {
            self.section("findings");
            self.list(found.into_iter().map(|finding| sentence(self.scribe, &finding.message)));
        }
    }

    /// Writes when and where a meeting was, who was there, and whether that was enough.
    fn meeting(&mut self, ix: RecordIx, meeting: &Meeting) {
        let scribe = self.scribe;
        let (presided, convened) = (meeting.presided_by.as_ref(), meeting.convened_by.as_ref());
        let holder = |by: Option<_>| by.map(|by| page::holder(scribe, by)).unwrap_or_default();
        let person =
            |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).map(|n| scribe.count("person", n)).unwrap_or_default();
        self.fact("time", when(scribe, meeting));
        self.fact("venue", meeting.venue.clone().unwrap_or_default());
        self.fact("notice", page::notice(scribe, meeting));
        self.fact("convened", holder(convened));
        self.fact("presided", holder(presided));
        self.fact("recorder", meeting.recorder.clone().unwrap_or_default());
        self.fact("entitled", person(meeting.entitled));
        self.fact("present", person(meeting.present));
        self.fact("signed", person(meeting.signatures));
        self.paragraphs(notice_proofs(scribe, ix));
        self.paragraphs(attendance(scribe, ix).map(|proof| sentence(scribe, &proof.words)));
    }

    /// Writes the items of a meeting with their votes.
    fn items(&mut self, ix: RecordIx, meeting: &Meeting) {
        let scribe = self.scribe;
        if meeting.items.is_empty() {
            return;
        }
        self.section("items");
        for (index, item) in meeting.items.iter().enumerate() {
            let matter = scribe.edition.register.link(ix, &format!("items[{index}].matter"));
            let matter = matter.filter(|matter| scribe.edition.is_published(*matter)).map(|matter| scribe.title(matter));
            let title = matter.unwrap_or_else(|| scribe.fill("sheets.official.item", &[("n", &item.no.to_string())]));
            let number = scribe.language == Language::Chinese;
            let number = if number { format!("（{}）", ordinal_zh(item.no)) } else { format!("{}) ", item.no) };
            self.blocks.push(Block::Heading { level: 3, text: format!("{number}{title}") });
            self.paragraph(english(scribe, &item.motion, item.motion_en.as_ref()));
            self.fact("amended", item.amended.clone().unwrap_or_default());
            self.paragraph(vote_words(scribe, ix, index, item));
            self.fact("note", item.note.clone().unwrap_or_default());
        }
    }
}
