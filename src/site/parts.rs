//! Parts that several pages share: the top of a record, its findings, its posting, its votes, its row in a list.

use jiff::civil::Date;

use crate::diagnostic::Severity;
use crate::field::Kind;
use crate::language::percent;
use crate::record::choice::{Outcome, Way};
use crate::record::meeting::{Item, Votes};
use crate::record::{Data, Disclosure, Record};
use crate::register::RecordIx;
use crate::verdict::{self, Counts, Outcome as Asked, Status, Verdict};

use super::bars;
use super::index::posting;
use super::page::Page;
use super::scribe::Scribe;
use super::view::{
    self, Attachment, Date as Day, Fact, Finding, Head, ItemVote, Met, NotShown, Posting, PostingState, Proof, Prose, Related,
    RelatedItem, Row, RowVote, SegmentKind, Tag, Tone,
};

/// Makes the top of a record's page.
pub fn head(scribe: &Scribe, ix: RecordIx) -> Head {
    head_with(scribe, ix, [])
}

/// Makes the top of a record's page, with more facts above the title.
pub fn head_with(scribe: &Scribe, ix: RecordIx, more: impl IntoIterator<Item = Fact>) -> Head {
    let record = scribe.edition.register.get(ix);
    let title = scribe.title(ix);
    let original = record.title().filter(|written| *written != title).unwrap_or_default().to_owned();
    let mut kicker = vec![scribe.fact(scribe.label("table.kind"), scribe.kind(record.kind))];
    if record.kind != Kind::Area {
        kicker.extend(scribe.place(&record.area).map(|place| scribe.fact_links(scribe.label("table.place"), vec![place])));
    }
    kicker.extend(more);
    let (kicker, lead) = (scribe.rows.kicker(scribe, kicker), lead(scribe, ix));
    Head { kicker, lang: scribe.lang_of(&title), title, original, lead_lang: scribe.lang_of(&lead), lead, tag: state(scribe, ix) }
}

/// Returns the gist of a record: its summary in the page's language where it has one.
pub fn lead(scribe: &Scribe, ix: RecordIx) -> String {
    let tree = &scribe.edition.register.get(ix).tree();
    let key = |key: &str| tree.get(key).and_then(|text| text.text()).unwrap_or_default().to_owned();
    let (plain, english) = match scribe.edition.register.get(ix).kind {
        Kind::Area => (key("description"), key("description_en")),
        _ => (key("summary"), key("summary_en")),
    };
    if english.is_empty() || scribe.say("zh", "en") == "zh" { plain } else { english }
}

/// Makes a tag of a tone and a label of the theme.
pub fn tag(scribe: &Scribe, tone: Tone, label: &str) -> Tag {
    Tag { tone, text: scribe.label(label) }
}

/// Returns the state of a record, where its kind has states.
pub fn state(scribe: &Scribe, ix: RecordIx) -> Option<Tag> {
    let record = scribe.edition.register.get(ix);
    if let Some(status) = scribe.edition.verdict(ix).and_then(|verdict| verdict.status) {
        return Some(status_tag(scribe, status));
    }
    match record.data() {
        Data::Inquiry(inquiry) => Some(super::disclosure::inquiry_tag(scribe, inquiry)),
        Data::Disclosure(disclosure) => Some(disclosure_tag(scribe, disclosure)),
        Data::Programme(programme) => Some(super::programme::programme_tag(scribe, programme)),
        Data::Finance(finance) => Some(published_tag(scribe, finance.published)),
        Data::Assessment(assessment) => Some(published_tag(scribe, assessment.published)),
        Data::Election(election) => Some(super::election::outcome_tag(scribe, election.outcome)),
        _ => None,
    }
}

/// Makes the state of something that is published on a day, or not yet.
fn published_tag(scribe: &Scribe, published: Option<Date>) -> Tag {
    match published.filter(|day| *day <= scribe.edition.as_of) {
        Some(_) => tag(scribe, Tone::Done, "status.published"),
        None => tag(scribe, Tone::Run, "due.due"),
    }
}

/// Makes the state of a disclosure: being posted, published, due or overdue.
fn disclosure_tag(scribe: &Scribe, disclosure: &Disclosure) -> Tag {
    let as_of = scribe.edition.as_of;
    let posted = disclosure.publicised.as_ref();
    match (posted, disclosure.due) {
        (Some(days), _) if days.from <= as_of && as_of <= days.to => tag(scribe, Tone::Act, "status.posting"),
        (Some(days), _) if days.to < as_of => tag(scribe, Tone::Done, "status.published"),
        (None, Some(due)) if due < as_of && disclosure.published.is_none_or(|day| day > as_of) => {
            tag(scribe, Tone::Act, "due.overdue")
        }
        _ => published_tag(scribe, disclosure.published),
    }
}

/// Makes the tag of a status.
pub fn status_tag(scribe: &Scribe, status: Status) -> Tag {
    let tone = match status {
        Status::Publicising => Tone::Act,
        Status::UnderWay => Tone::Run,
        Status::Done => Tone::Done,
        Status::Rejected => Tone::Stop,
        Status::Deferred | Status::Closed => Tone::Idle,
    };
    tag(scribe, tone, status_label(status))
}

/// Names a status in the theme's labels.
pub fn status_label(status: Status) -> &'static str {
    match status {
        Status::UnderWay => "status.under-way",
        Status::Publicising => "status.posting",
        Status::Done => "status.done",
        Status::Rejected => "status.rejected",
        Status::Deferred => "status.deferred",
        Status::Closed => "status.withdrawn",
    }
}

/// Makes the tag of the outcome of a vote.
pub fn outcome_tag(scribe: &Scribe, outcome: Outcome) -> Tag {
    let tone = match outcome {
        Outcome::Passed => Tone::Done,
        Outcome::Rejected | Outcome::NoQuorum => Tone::Stop,
        Outcome::Deferred => Tone::Idle,
    };
    Tag { tone, text: scribe.label_of("outcome", outcome.name()) }
}

/// Renders the body of a record.
pub fn body(scribe: &Scribe, ix: RecordIx) -> Prose {
    let Some(markdown) = scribe.edition.body(ix) else { return Prose { html: String::new(), lang: None } };
    let links = scribe.edition.register.body_links(ix);
    let html = crate::render::markdown::render(markdown, 2, |url| {
        links
            .iter()
            .find(|link| link.destination == url || scribe.edition.shown(&link.destination) == url)
            .map_or(crate::render::markdown::Destination::Nowhere, |link| super::plan::destination(scribe, &link.to))
    });
    Prose { html, lang: scribe.lang_of(markdown) }
}

/// Lists the files that a record links to.
pub fn files(scribe: &Scribe, ix: RecordIx) -> Vec<Attachment> {
    let register = &scribe.edition.register;
    let named = register.get(ix).attachments();
    let title = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let listed = named.iter().find(|file| path.ends_with(&format!("/{}", file.file)) || path == file.file);
        let english = listed.and_then(|file| file.title_en.as_ref()).filter(|_| scribe.say("zh", "en") == "en");
        english.or_else(|| listed.and_then(|file| file.title.as_ref())).map_or_else(|| name.to_owned(), Clone::clone)
    };
    let files = register.attachments_of(ix).iter();
    files
        .map(|path| {
            let text = title(path);
            let file = super::plan::attachment(path);
            let (href, address) = (scribe.here.to(&file), scribe.in_full(&file));
            let note = file_note(scribe, path);
            Attachment { link: view::Link { lang: scribe.lang_of(&text), text, href }, note, address }
        })
        .collect()
}

/// Says the type and the size of a file (`PDF，180 KB`).
fn file_note(scribe: &Scribe, path: &str) -> String {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_uppercase()).unwrap_or_default();
    let size = scribe.edition.attachment_size(path).map(|bytes| match bytes {
        0..=999 => format!("{bytes} B"),
        1_000..=999_999 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    });
    [Some(extension), size].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(scribe.say("，", ", "))
}

/// Makes a posting period as it stands at the day of the page.
pub fn posted(scribe: &Scribe, from: Date, to: Date, ways: &[Way]) -> Posting {
    let as_of = scribe.edition.as_of;
    let total = days(from, to) + 1;
    let gone = (days(from, as_of) + 1).clamp(0, total);
    let of = scribe.number(total.unsigned_abs());
    let (state, tone, words) = if as_of < from {
        let words = scribe.fill("words.posting_upcoming", &[("date", &scribe.date(from).text), ("of", &of)]);
        (PostingState::Upcoming, Tone::Idle, words)
    } else if as_of <= to {
        let n = scribe.number(gone.unsigned_abs());
        let words = scribe.fill("words.posting_now", &[("date", &scribe.date(as_of).text), ("n", &n), ("of", &of)]);
        (PostingState::Now, Tone::Act, words)
    } else {
        let words = scribe.fill("words.posting_ended", &[("date", &scribe.date(to).text), ("of", &of)]);
        (PostingState::Ended, Tone::Done, words)
    };
    let key = match state {
        PostingState::Upcoming => "posting_state.upcoming",
        PostingState::Now => "posting_state.now",
        PostingState::Ended => "posting_state.ended",
    };
    Posting {
        state,
        tag: tag(scribe, tone, key),
        from: scribe.date(from),
        to: scribe.date(to),
        days: scribe.count("day", usize::try_from(total).unwrap_or(0)),
        elapsed: percent(gone.unsigned_abs(), total.unsigned_abs()),
        words,
        ways: ways_words(scribe, ways),
    }
}

/// Makes the posting of a record, where it has one.
pub fn posting_of(scribe: &Scribe, ix: RecordIx) -> Option<Posting> {
    posting(scribe.edition, ix).map(|(from, to, ways)| posted(scribe, from, to, ways))
}

/// Names ways of publication.
pub fn ways_words(scribe: &Scribe, ways: &[Way]) -> String {
    scribe.join(ways.iter().map(|way| scribe.choice("way", way.name(), || way.label())))
}

/// Counts the days from one to another, the first not counted.
pub fn days(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// The findings of a record with the sentences around them.
pub struct Judged {
    /// The findings.
    pub findings: Vec<Finding>,
    /// The findings in words; empty where there are none.
    pub words: String,
    /// The rules that lack their evidence.
    pub not_shown: Vec<NotShown>,
    /// How many rules were kept; empty where none were asked.
    pub rules: String,
}

/// Writes what was judged of a record.
pub fn judged(scribe: &Scribe, ix: RecordIx) -> Judged {
    let Some(verdict) = scribe.edition.verdict(ix) else {
        return Judged { findings: Vec::new(), words: String::new(), not_shown: Vec::new(), rules: String::new() };
    };
    let findings: Vec<Finding> = published(verdict).map(|f| finding(scribe, verdict, f)).collect();
    let words = if findings.is_empty() { String::new() } else { scribe.count("finding", findings.len()) };
    Judged { words, not_shown: not_shown(scribe, verdict), rules: rules_words(scribe, verdict), findings }
}

/// Returns the departures from the procedure that are published: errors never get here, warnings are for the author.
pub fn published(verdict: &Verdict) -> impl Iterator<Item = &verdict::Finding> {
    verdict.findings.iter().filter(|finding| finding.severity == Severity::Finding)
}

/// Makes a finding.
pub fn finding(scribe: &Scribe, verdict: &Verdict, finding: &verdict::Finding) -> Finding {
    let step = finding.step.as_ref().and_then(|id| verdict.steps.iter().find(|step| step.id == *id));
    Finding {
        rule: rule_link(scribe, &finding.rule),
        id: finding.rule.clone(),
        message: scribe.advice(&finding.message),
        help: scribe.advice(&finding.help),
        basis: scribe.text(&finding.basis),
        about: step.map(|step| view::Link { text: scribe.text(&step.title), href: format!("#step-{}", step.id), lang: None }),
    }
}

/// Makes a link to a rule's page.
pub fn rule_link(scribe: &Scribe, id: &str) -> view::Link {
    let title = scribe.rule_title(id);
    scribe.link_to(&Page::Rule(id.to_owned()), title)
}

/// Makes a link to a rule's page that says on what it rests, by the version in force on a day, where one is given.
pub fn why_link(scribe: &Scribe, id: &str, day: Option<Date>) -> view::Link {
    let workflows = &scribe.edition.workflows;
    let then = day.zip(id.split_once('/')).and_then(|(day, (workflow, _))| workflows.in_force(workflow, day));
    let then = then.and_then(|workflow| workflow.rules.iter().find(|rule| rule.id == id));
    let rule = then.or_else(|| workflows.rule(id).map(|(_, rule)| rule));
    let basis = rule.map(|rule| scribe.text(&rule.basis)).filter(|basis| !basis.is_empty());
    scribe.link_to(&Page::Rule(id.to_owned()), basis.unwrap_or_else(|| scribe.label("matter.rule")))
}

/// Lists the rules that could not be judged, once each.
fn not_shown(scribe: &Scribe, verdict: &Verdict) -> Vec<NotShown> {
    let mut seen = std::collections::BTreeSet::new();
    let proofs = verdict.proofs.iter().filter_map(|proof| match &proof.outcome {
        Asked::NotShown(path) => Some((proof, path)),
        _ => None,
    });
    proofs
        .filter(|(proof, _)| seen.insert(proof.rule.id.as_str()))
        .map(|(proof, path)| NotShown {
            rule: rule_link(scribe, &proof.rule.id),
            needs: super::evidence::key_words(scribe, path),
        })
        .collect()
}

/// Says how many rules were asked and how many were kept; a rule asked of several items counts once.
fn rules_words(scribe: &Scribe, verdict: &Verdict) -> String {
    let mut asked: Vec<(&str, bool)> = Vec::new();
    for proof in &verdict.proofs {
        let passed = proof.outcome == Asked::Passed;
        // The items of one rule follow each other.
        match asked.iter_mut().rev().find(|(rule, _)| *rule == proof.rule.id) {
            Some((_, kept)) => *kept &= passed,
            None => asked.push((&proof.rule.id, passed)),
        }
    }
    if asked.is_empty() {
        return String::new();
    }
    let kept = asked.iter().filter(|(_, kept)| *kept).count();
    scribe.fill("words.rules_kept", &[("n", &asked.len().to_string()), ("kept", &kept.to_string())])
}

/// Makes the proof of a threshold.
pub fn proof(scribe: &Scribe, proof: &verdict::Proof) -> Proof {
    let day = scribe.edition.register.date_of(proof.record);
    Proof { rule: Some(why_link(scribe, &proof.rule.id, day)), ..proof_in_words(scribe, proof) }
}

/// Makes the proof of a threshold, without a picture and without its rule.
pub fn proof_in_words(scribe: &Scribe, proof: &verdict::Proof) -> Proof {
    let words = proof.arithmetic.as_ref().map(|a| a.words_in(scribe.language)).unwrap_or_default();
    Proof { title: scribe.text(&proof.rule.title), met: met(proof), words, bar: None, rule: None }
}

/// Whether the threshold of a proof is met: a rejected item does not reach it and is right all the same.
fn met(proof: &verdict::Proof) -> Met {
    match (&proof.arithmetic, &proof.outcome) {
        (_, Asked::NotShown(_)) => Met::NotShown,
        (Some(arithmetic), _) if arithmetic.met => Met::Met,
        (None, Asked::Passed) => Met::Met,
        _ => Met::NotMet,
    }
}

/// Writes the vote on one item.
pub fn item_vote(scribe: &Scribe, meeting: RecordIx, index: usize, item: &Item) -> ItemVote {
    ItemVote { proof: vote_proof(scribe, meeting, index, item), ..vote(scribe, item) }
}

/// Writes the vote on one item with the matter that it is about.
pub fn item_vote_on(scribe: &Scribe, meeting: RecordIx, index: usize, item: &Item) -> ItemVote {
    let matter = scribe.edition.register.link(meeting, &format!("items[{index}].matter"));
    ItemVote { matter: matter.map(|ix| scribe.link(ix)), ..item_vote(scribe, meeting, index, item) }
}

/// Writes the vote on one item in words.
pub fn item_in_words(scribe: &Scribe, meeting: RecordIx, index: usize, item: &Item) -> ItemVote {
    let proof = majority(scribe, meeting, index, item).map(|judged| proof_in_words(scribe, judged));
    ItemVote { proof, ..vote(scribe, item) }
}

/// Writes a vote without what was judged of it.
fn vote(scribe: &Scribe, item: &Item) -> ItemVote {
    let english = item.motion_en.as_ref().filter(|_| scribe.say("zh", "en") == "en");
    let motion = english.unwrap_or(&item.motion).clone();
    ItemVote {
        id: format!("item-{}", item.no),
        number: item.no.to_string(),
        lang: scribe.lang_of(&motion),
        motion,
        matter: None,
        outcome: item
            .outcome
            .map_or_else(|| tag(scribe, Tone::Idle, "outcome.not-voted"), |outcome| outcome_tag(scribe, outcome)),
        ballot: item.ballot.map(|ballot| scribe.choice("ballot", ballot.name(), || ballot.label())).unwrap_or_default(),
        counts: item.votes.as_ref().map(|votes| votes_words(scribe, votes)).unwrap_or_default(),
        proof: None,
    }
}

/// Says the numbers of a vote.
fn votes_words(scribe: &Scribe, votes: &Votes) -> String {
    let invalid = votes.invalid.unwrap_or(0);
    let key = if invalid > 0 { "words.votes_invalid" } else { "words.votes" };
    let n = |n: u64| scribe.number(n);
    let (yes, no) = (n(votes.r#for), n(votes.against));
    let (abstain, invalid) = (n(votes.abstain.unwrap_or(0)), n(invalid));
    scribe.fill(key, &[("for", &yes), ("against", &no), ("abstain", &abstain), ("invalid", &invalid)])
}

/// Makes the bar of a vote with the threshold that was judged.
fn vote_bar(scribe: &Scribe, votes: &Votes, needed: Option<(u64, u64)>) -> view::Bar {
    let rest = votes.invalid.unwrap_or(0) + votes.absent.unwrap_or(0);
    let parts = [
        (SegmentKind::For, votes.r#for),
        (SegmentKind::Against, votes.against),
        (SegmentKind::Abstain, votes.abstain.unwrap_or(0)),
        (SegmentKind::Invalid, rest),
    ];
    let whole: u64 = parts.iter().map(|(_, n)| n).sum();
    // A threshold of another whole than the votes (all delegates) has no place on this bar.
    let mark = needed.filter(|(_, of)| *of == whole).and_then(|(needed, of)| bars::mark(scribe, needed, of, "words.mark_votes"));
    bars::bar(scribe, &parts, mark)
}

/// Says what the rule of a proof counts, where it wants enough of it.
pub fn counts(scribe: &Scribe, proof: &verdict::Proof) -> Option<Counts> {
    scribe.edition.workflows.rule(&proof.rule.id).and_then(|(_, rule)| verdict::counts(rule))
}

/// Finds the proof of the majority of an item: the share judged of that item whose rule counts its votes for.
pub fn majority<'a>(scribe: &'a Scribe, meeting: RecordIx, index: usize, item: &Item) -> Option<&'a verdict::Proof> {
    item.votes.as_ref()?;
    let verdict = scribe.edition.verdict(meeting)?;
    let of_item = |proof: &&verdict::Proof| proof.is_of(index);
    let share = |proof: &&verdict::Proof| proof.arithmetic.as_ref().is_some_and(|arithmetic| arithmetic.of.is_some());
    verdict.proofs.iter().filter(of_item).filter(share).find(|proof| counts(scribe, proof) == Some(Counts::Votes))
}

/// Writes the proof of the majority of an item with its bar; `None` without a rule that asks for one.
fn vote_proof(scribe: &Scribe, meeting: RecordIx, index: usize, item: &Item) -> Option<Proof> {
    let votes = item.votes.as_ref()?;
    let Some(judged) = majority(scribe, meeting, index, item) else {
        // No rule asks for a majority here: a bar without a threshold would say less than the numbers in words.
        return None;
    };
    let arithmetic = judged.arithmetic.as_ref()?;
    let needed = u64::try_from(arithmetic.needed).ok().zip(arithmetic.of.and_then(|of| u64::try_from(of).ok()));
    Some(Proof { bar: Some(vote_bar(scribe, votes, needed)), ..proof(scribe, judged) })
}

/// Links to the place that a record is filed in; of a place to the one that it lies in.
fn place_of(scribe: &Scribe, record: &Record) -> Option<view::Link> {
    match record.kind {
        Kind::Area => scribe.edition.register.ancestors(&record.id).first().map(|above| scribe.link(*above)),
        _ => scribe.place(&record.area),
    }
}

/// Makes the row of a record in a list.
pub fn row(scribe: &Scribe, ix: RecordIx) -> Row {
    let record = scribe.edition.register.get(ix);
    let verdict = scribe.edition.verdict(ix);
    let note = note(scribe, ix);
    Row {
        title: scribe.link(ix),
        kind: scribe.kind(record.kind),
        place: place_of(scribe, record),
        date: past_date(scribe, ix),
        note_lang: scribe.lang_of(&note),
        note,
        vote: deciding_vote(scribe, ix),
        progress: verdict.and_then(|verdict| bars::progress(scribe, verdict)),
        tag: state(scribe, ix),
    }
}

/// Whether a disclosure or a statement was published by the day of the page; one without a day of publication counts where
/// its kind needs none.
pub fn is_out(scribe: &Scribe, ix: RecordIx) -> bool {
    let by_now = |date: Date| date <= scribe.edition.as_of;
    scribe.edition.register.get(ix).disclosure().is_none_or(|disclosure| {
        let posted = disclosure.publicised.as_ref().map(|days| days.from);
        disclosure.published.or(posted).is_some_and(by_now)
    })
}

/// Returns the day of a record; one still to come (a period that has not ended) is no date of anything that was done.
pub fn past_date(scribe: &Scribe, ix: RecordIx) -> Option<Day> {
    scribe.edition.register.date_of(ix).filter(|date| *date <= scribe.edition.as_of).map(|date| scribe.date(date))
}

/// Says in a few words what is in a record.
fn note(scribe: &Scribe, ix: RecordIx) -> String {
    let record = scribe.edition.register.get(ix);
    match record.kind {
        Kind::Opinions => record.opinions().map(|o| scribe.count("opinion", o.items.len())).unwrap_or_default(),
        Kind::Programme => {
            record.programme().map(|programme| super::programme::count_words(scribe, programme)).unwrap_or_default()
        }
        Kind::Catalogue => record.catalogue().map(|c| scribe.count("item", c.items.len())).unwrap_or_default(),
        Kind::Meeting => record.meeting().map(|m| scribe.count("item", m.items.len())).unwrap_or_default(),
        Kind::Matter | Kind::Disclosure => record.tree().get("category").and_then(|c| c.text()).unwrap_or_default().to_owned(),
        Kind::Delegates => record.delegates().map(|d| scribe.count("person", d.serving().count())).unwrap_or_default(),
        Kind::Election => {
            record.election().map(|e| scribe.choice("election_form", e.form.name(), || e.form.label())).unwrap_or_default()
        }
        Kind::Assessment => {
            record.assessment().map(|a| scribe.choice("cycle", a.cycle.name(), || a.cycle.label())).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// Makes the vote that decided a matter, for its row.
fn deciding_vote(scribe: &Scribe, ix: RecordIx) -> Option<RowVote> {
    let (meeting, index) = scribe.edition.deciding_item(ix)?;
    let item = scribe.edition.register.get(meeting).meeting()?.items.get(index)?;
    let votes = item.votes.as_ref()?;
    let whole = votes.r#for + votes.against + votes.abstain.unwrap_or(0) + votes.invalid.unwrap_or(0) + votes.absent.unwrap_or(0);
    let arithmetic = majority(scribe, meeting, index, item).and_then(|proof| proof.arithmetic.as_ref());
    let needed = arithmetic.and_then(|a| u64::try_from(a.needed).ok().zip(a.of.and_then(|of| u64::try_from(of).ok())));
    let (of, yes) = (scribe.number(whole), scribe.number(votes.r#for));
    let words = match needed {
        Some((needed, _)) => scribe.fill("words.vote_row", &[("of", &of), ("for", &yes), ("needed", &scribe.number(needed))]),
        None => votes_words(scribe, votes),
    };
    Some(RowVote { bar: vote_bar(scribe, votes, needed), words })
}

/// Makes a group of related records; nothing where there are none.
pub fn related(scribe: &Scribe, title: impl Into<String>, records: impl IntoIterator<Item = RecordIx>) -> Option<Related> {
    let mut seen = std::collections::BTreeSet::new();
    let items: Vec<RelatedItem> = records
        .into_iter()
        .filter(|ix| seen.insert(*ix))
        .map(|ix| RelatedItem {
            link: scribe.link(ix),
            note: past_date(scribe, ix).map(|date| date.text).unwrap_or_default(),
            address: scribe.in_full(&scribe.address(&Page::Record(ix))),
        })
        .collect();
    (!items.is_empty()).then(|| Related { title: title.into(), items: scribe.rows.related(scribe, items) })
}

/// Groups every record that a record refers to or that refers to it, by kind, the kinds in their usual order.
pub fn related_all(scribe: &Scribe, ix: RecordIx) -> Vec<Related> {
    let register = &scribe.edition.register;
    let there = register.links(ix).iter().map(|link| link.to);
    let back = register.links_to(ix).iter().map(|link| link.from);
    let all: Vec<RecordIx> = there.chain(back).filter(|other| *other != ix && scribe.edition.is_published(*other)).collect();
    Kind::ALL
        .into_iter()
        .filter(|kind| *kind != Kind::Area)
        .filter_map(|kind| {
            let mut records: Vec<RecordIx> = all.iter().copied().filter(|ix| register.get(*ix).kind == kind).collect();
            if records.is_empty() {
                return None;
            }
            records.sort_by_key(|ix| (register.date_of(*ix), *ix));
            related(scribe, scribe.label_of("kinds", kind.name()), records)
        })
        .collect()
}

/// Writes the body that met, or whose seats were filled, with a link to it on the page of its place.
pub fn body_fact(scribe: &Scribe, area: &str, id: &str) -> Fact {
    let register = &scribe.edition.register;
    let label = scribe.say("机构", "Body");
    let Some((body, place)) = register.body(area, id).zip(register.area(area)) else {
        return scribe.fact(label, id);
    };
    let english = body.name_en.as_ref().filter(|_| scribe.say("zh", "en") == "en");
    let link = scribe.link_into(place, &format!("body-{}", body.id), english.unwrap_or(&body.name));
    debug_assert_ne!(link.href, scribe.href(&Page::Home));
    scribe.fact_links(label, vec![link])
}

/// Makes an optional day.
pub fn day(scribe: &Scribe, date: Option<Date>) -> Option<Day> {
    date.map(|date| scribe.date(date))
}

/// Keeps the facts that say something.
pub fn said(facts: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
    facts.into_iter().filter(|fact| !fact.text.is_empty() || !fact.links.is_empty()).collect()
}
