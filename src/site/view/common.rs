//! Parts that several pages share: dates, links, facts, tags, bars, proofs, rows of lists.

use serde::{Deserialize, Serialize};

use super::Laid;

/// A day, for machines and for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date {
    /// `2026-03-18`.
    pub iso: String,
    /// The day as the page's language writes it (`2026年3月18日`, `18 March 2026`), or a shorter form where the year is plain.
    pub text: String,
}

/// A link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it goes, relative to the page.
    pub href: String,
    /// The language of the text, where it differs from the page's.
    pub lang: Option<String>,
}

impl Link {
    /// What a link says, by its names in a template.
    pub const NAMES: [&'static str; 3] = ["text", "href", "lang"];
}

/// A link in running text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TextLink(pub Link);

/// A link with the number of records behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountLink {
    /// What it says.
    pub text: String,
    /// Where it goes, relative to the page; empty where there is nothing to go to.
    pub href: String,
    /// How many records, written out.
    pub count: String,
    /// Whether it is the page that is being shown.
    pub current: bool,
    /// The language of the text, where it differs from the page's.
    pub lang: Option<String>,
}

impl CountLink {
    /// What a link with a number says, by its names in a template.
    pub const NAMES: [&'static str; 5] = ["text", "href", "count", "lang", "current"];
}

/// A label with its value, in words or as links or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// The value in words; empty where the links say it.
    pub text: String,
    /// The language of the words, where it differs from the page's.
    pub lang: Option<String>,
    /// Links that follow the words, a `link.html` each.
    pub links: Laid<Link>,
}

impl Fact {
    /// What a fact says, by its names in a template; the last is HTML.
    pub const NAMES: [&'static str; 4] = ["label", "text", "lang", "links"];
}

/// A short fact above the title of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kick(pub Fact);

/// How a state looks; each has its own shape as well as its own colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Something that can be acted on now or is overdue: disc, vermilion.
    Act,
    /// Under way: lozenge, amber.
    Run,
    /// Finished and in order: square, pine.
    Done,
    /// Rejected, failed or departed from the procedure: cross, vermilion outline.
    Stop,
    /// Nothing to say yet: ring, grey.
    Idle,
}

/// A state in one or two words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// How it looks.
    pub tone: Tone,
    /// What it says (`公示中`).
    pub text: String,
}

/// The top of a record's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Short facts above the title: place, kind, category, number; a `kick.html` each.
    pub kicker: Laid<Fact>,
    /// The title.
    pub title: String,
    /// The language of the title, where it differs from the page's.
    pub lang: Option<String>,
    /// The title in the record's own language, where the page shows a translation; else empty.
    pub original: String,
    /// One or two sentences that say the gist; may be empty.
    pub lead: String,
    /// The language of the lead, where it differs from the page's.
    pub lead_lang: Option<String>,
    /// The state.
    pub tag: Option<Tag>,
}

/// Prose from the body of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose {
    /// Safe HTML; empty where the record has no body. Its headings begin at level 3.
    pub html: String,
    /// The language it is written in, where it differs from the page's.
    pub lang: Option<String>,
}

/// A file that a record links to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The link.
    pub link: Link,
    /// Type and size (`PDF，180 KB`).
    pub note: String,
    /// Its address in full, for paper; its path in the site where the site has no base URL.
    pub address: String,
}

/// What a segment of a bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    /// Votes for.
    For,
    /// Votes against.
    Against,
    /// Abstentions.
    Abstain,
    /// Invalid ballots, or ballots not cast.
    Invalid,
    /// Those present.
    Present,
    /// Those absent.
    Absent,
    /// Those who voted, or votes for a candidate.
    Voted,
    /// Those who did not vote, or ballots without a vote for the candidate.
    NotVoted,
    /// Satisfied answers.
    Satisfied,
    /// Mostly satisfied answers.
    Mostly,
    /// Dissatisfied answers.
    Dissatisfied,
}

/// A part of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// What it stands for; the label comes from `t.segment`.
    pub kind: SegmentKind,
    /// Its number, written out.
    pub count: String,
    /// Where it begins, in percent with one decimal.
    pub x: String,
    /// Its width, in percent with one decimal.
    pub width: String,
    /// Where its text is centred, in percent with one decimal: the middle of the segment, or, where the mark cuts through the
    /// segment, the middle of the larger part beside the mark.
    pub middle: String,
    /// What fits there: the label and the number, the number, or nothing.
    pub fits: Fit,
}

/// What fits inside a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// Label and number (from about 18 % of the bar in Chinese and 25 % in English, so that a phone holds it).
    Label,
    /// The number (about 4 % and more).
    Number,
    /// Nothing.
    Nothing,
}

/// The threshold on a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Where it stands, in percent with one decimal.
    pub x: String,
    /// What it says (`需 28 票`).
    pub label: String,
    /// Which side of the line its label is anchored at: near the ends of the bar it must not run out.
    pub anchor: Anchor,
}

/// An SVG `text-anchor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// The text begins at the place (marks below 12 %).
    Start,
    /// The text is centred on the place.
    Middle,
    /// The text ends at the place (marks above 88 %).
    End,
}

/// A bar of one whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Its parts, without the empty ones, in the order of the numbers in words.
    pub segments: Vec<Segment>,
    /// The threshold.
    pub mark: Option<Mark>,
}

/// Whether a rule is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// It is.
    Met,
    /// It is not.
    NotMet,
    /// The record does not show it.
    NotShown,
}

/// The arithmetic of one threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// What is proved (`到会人数`).
    pub title: String,
    /// The result.
    pub met: Met,
    /// The arithmetic in words (`全体代表 48 人，三分之二为 32 人，实到 41 人，达到`).
    pub words: String,
    /// The same as a picture.
    pub bar: Option<Bar>,
    /// The rule that asks for it; absent where it is told in words.
    pub rule: Option<Link>,
}

/// The vote on one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemVote {
    /// The anchor (`item-1`).
    pub id: String,
    /// The number of the item.
    pub number: String,
    /// What was put to the vote.
    pub motion: String,
    /// The language of the motion, where it differs from the page's.
    pub lang: Option<String>,
    /// The matter, on the page of the meeting; the page of the matter leaves it out.
    pub matter: Option<Link>,
    /// The outcome that the record claims (and its numbers bear out).
    pub outcome: Tag,
    /// How it was voted (`无记名投票`); may be empty.
    pub ballot: String,
    /// The numbers in words (`同意 38 票，反对 2 票，弃权 1 票`); empty where no vote was taken.
    pub counts: String,
    /// The threshold.
    pub proof: Option<Proof>,
}

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// Finished.
    Done,
    /// Under way.
    UnderWay,
    /// Not begun.
    NotBegun,
    /// Left out though later steps were taken.
    Skipped,
    /// Not to be taken any more: the motion was not adopted.
    NotNeeded,
}

/// One step in a small progress strip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pip {
    /// Its state.
    pub state: StepState,
    /// Where it begins, in percent with one decimal.
    pub x: String,
    /// Its width, in percent with one decimal (the gap left out).
    pub width: String,
}

/// Progress in a row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// One a step.
    pub pips: Vec<Pip>,
    /// The same in words (`第 6 步 广示之`, `8 步全部完成`).
    pub words: String,
}

/// A vote in a row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowVote {
    /// The picture; its labels are not drawn.
    pub bar: Bar,
    /// The same in words (`41 票中同意 38 票，需 28 票`).
    pub words: String,
}

/// A record in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its title.
    pub title: Link,
    /// Its kind in words; empty where the list holds one kind only.
    pub kind: String,
    /// Its place, of a place the one that it lies in; absent where the list is of one place.
    pub place: Option<Link>,
    /// Its date.
    pub date: Option<Date>,
    /// One short line that says what is in it; may be empty.
    pub note: String,
    /// The language of the note, where it differs from the page's.
    pub note_lang: Option<String>,
    /// Its vote.
    pub vote: Option<RowVote>,
    /// Its progress.
    pub progress: Option<Progress>,
    /// Its state.
    pub tag: Option<Tag>,
}

/// Records of one kind that belong to the page's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// The heading (`有关会议`).
    pub title: String,
    /// The records, a `related.html` each.
    pub items: Laid<RelatedItem>,
}

/// A record that belongs to the page's record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedItem {
    /// Its title.
    pub link: Link,
    /// Its date or what it has to do with the page; may be empty.
    pub note: String,
    /// Its address in full, for paper; its path in the site where the site has no base URL.
    pub address: String,
}

impl RelatedItem {
    /// What is said of such a record, by its names in a template.
    pub const NAMES: [&'static str; 5] = ["link.text", "link.href", "link.lang", "note", "address"];
}

/// Whether a posting period has begun or ended at the day of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PostingState {
    /// Its first day is still to come.
    Upcoming,
    /// The day of the page lies in it.
    Now,
    /// Its last day is past.
    Ended,
}

/// A posting period. Never counted from the reader's today: the page names the day that it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// How it stands at the day of the page.
    pub state: PostingState,
    /// The state in words.
    pub tag: Tag,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// How many days, written out with the unit (`20 天`).
    pub days: String,
    /// How many days have gone at the day of the page, in percent with one decimal (`0.0` to `100.0`).
    pub elapsed: String,
    /// The same in words (`截至 2026年3月28日为第 10 天，共 20 天`).
    pub words: String,
    /// The ways in words (`广播、公开栏、网站`).
    pub ways: String,
}

/// A finding: a departure from the procedure, published as such.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule: its title, and its page.
    pub rule: Link,
    /// The rule's id (`eight-step/posting-days`).
    pub id: String,
    /// What was found, in one sentence.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
    /// The law, charter or convention; may be empty.
    pub basis: String,
    /// The part of the page that it is about (`#step-publicise`).
    pub about: Option<Link>,
}

/// A rule that could not be judged for lack of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotShown {
    /// The rule: its title, and its page.
    pub rule: Link,
    /// What the record would have to show.
    pub needs: String,
}

/// A figure with its definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The anchor on the page of definitions (`figure-coverage`).
    pub id: String,
    /// What is counted.
    pub label: String,
    /// The number, written out.
    pub value: String,
    /// Its unit (`件`, `%`); may be empty.
    pub unit: String,
    /// Both numbers of a share with the denominator named (`957 个村中的 834 个`); empty where it is not a share.
    pub share: String,
    /// How it is counted, in one sentence.
    pub definition: String,
    /// The records that it counts; empty where it has no list.
    pub href: String,
}

/// Figures of one place and one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Place and period in words (`2026 年 1 月 1 日至 3 月 28 日，清河镇合计`).
    pub scope: String,
    /// The figures.
    pub items: Vec<Figure>,
}

/// A place with what there is about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceCard {
    /// The place.
    pub link: Link,
    /// Its level in words (`村`).
    pub level: String,
    /// How many records, with the unit (`12 件记录`).
    pub records: String,
    /// How much of what was due is done.
    pub share: Option<PlaceShare>,
    /// The newest record's day.
    pub updated: Option<Date>,
}

/// How much of what was due is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceShare {
    /// Both numbers in words (`应公开 8 项，已公开 7 项`).
    pub words: String,
    /// In percent with one decimal.
    pub width: String,
    /// How it looks: done where nothing is overdue, act where something is.
    pub tone: Tone,
}

/// One thing that has to be disclosed or done by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueRow {
    /// What; the link leads to the record that it is about, or to the place.
    pub item: Link,
    /// Where.
    pub place: Option<Link>,
    /// By when; an empty `iso` where no day was set.
    pub due: Date,
    /// Due, overdue or done.
    pub tag: Tag,
    /// By how many days it is overdue on the day that the page names, in words; empty where it is not.
    pub days: String,
    /// Who has to do it; may be empty.
    pub responsible: String,
    /// One short line (the period of a regular duty, the record of a task); may be empty.
    pub note: String,
    /// The rule that asks for it.
    pub rule: Option<Link>,
}

/// A person in a post, as names appear on this site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The role in words (`主席`).
    pub role: String,
    /// The name.
    pub name: String,
    /// Since when, until when; may be empty.
    pub since: String,
}
