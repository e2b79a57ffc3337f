//! A place and a period to tell of: its figures, and what each says beside the year before.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::calendar::Period;
use crate::field::Kind;
use crate::language::{Language, Text, capital, plural};
use crate::record::choice::Level;
use crate::register::RecordIx;
use crate::site::Scribe;
use crate::site::index::Listing;
use crate::site::statistics::words;
use crate::statistics::{Fact, Figure, Key, Measure, Unit, Value, When};
use crate::text;
use crate::verdict::Status;

/// A place and a period, seen from the day of the edition.
#[derive(Clone, Copy)]
pub(crate) struct Window<'a> {
    /// Who writes.
    pub(crate) scribe: &'a Scribe<'a>,
    /// The record of the place.
    pub(crate) place: RecordIx,
    /// Its path.
    pub(crate) area: &'a str,
    /// The period.
    pub(crate) period: Period,
    /// Whether the place has records of the year before: otherwise there is nothing to compare with, which is not nothing.
    compared: bool,
}

/// What a place must have some of in a year for the year after to be compared with it.
const WORK: [Measure; 4] = [Measure::Opinions, Measure::Meetings, Measure::Matters, Measure::Accounts];

impl<'a> Window<'a> {
    /// Opens a window on a place and a period; `None` where the period has not begun.
    pub(crate) fn new(scribe: &'a Scribe<'a>, place: RecordIx, period: Period) -> Option<Self> {
        let area = scribe.edition.register.get(place).id.as_str();
        let whole_year = When::During(period.year_before().whole_year());
        let compared = WORK.iter().any(|measure| scribe.statistics.figure(area, whole_year, *measure).n > 0);
        (period.first() <= scribe.edition.as_of).then_some(Self { scribe, place, area, period, compared })
    }

    /// Returns the same place in another period.
    pub(crate) fn during(self, period: Period) -> Self {
        Self { period, ..self }
    }

    /// Chooses the wording of the language.
    pub(crate) fn say(&self, text: &Text) -> String {
        self.scribe.text(text)
    }

    /// Whether the sheet is in Chinese.
    pub(crate) fn is_chinese(&self) -> bool {
        self.scribe.language == Language::Chinese
    }

    /// Whether the period is over on the day of the edition.
    pub(crate) fn is_over(&self) -> bool {
        self.period.last() <= self.scribe.edition.as_of
    }

    /// Returns a figure of the period, with the year before where the place has records of it.
    pub(crate) fn figure<'k>(&self, key: impl Into<Key<'k>>) -> Figure {
        self.figure_of(self.area, key)
    }

    /// Returns a figure of another place in the period.
    pub(crate) fn figure_of<'k>(&self, area: &str, key: impl Into<Key<'k>>) -> Figure {
        let figure = self.scribe.statistics.figure(area, When::During(self.period), key);
        let (before, difference) = if self.compared { (figure.before, figure.difference) } else { (None, None) };
        Figure { before, difference, ..figure }
    }

    /// Returns a figure that adds up as a whole number; 0 where there is nothing.
    pub(crate) fn count<'k>(&self, key: impl Into<Key<'k>>) -> u64 {
        whole(self.figure(key).value)
    }

    /// Returns the facts that a figure counts, by place and day.
    pub(crate) fn facts<'k>(&self, key: impl Into<Key<'k>>) -> Vec<&'a Fact> {
        self.scribe.statistics.facts_below(self.area, When::During(self.period), key)
    }

    /// Returns the parts of a measure that occur in the period, with their figures.
    pub(crate) fn parts(&self, measure: Measure) -> Vec<(&'a str, Figure)> {
        let members = self.scribe.statistics.members(measure).into_iter();
        let parts = members.map(|member| (member, self.figure(Key::part(measure, member))));
        parts.filter(|(_, figure)| figure.value.number().is_some_and(|n| !n.is_zero())).collect()
    }

    /// Writes the parts of a measure with their numbers and units (`走访 5 条、座谈会 3 条`; `visit: 5, forum: 3`).
    pub(crate) fn parts_words(&self, measure: Measure) -> String {
        let unit = self.unit(measure);
        let words = self.parts(measure).into_iter().map(|(member, figure)| {
            let (name, n) = (words::member(self.scribe, measure, member), words::value(self.scribe, &figure));
            let small = in_sentence(&name);
            self.say(&text!("{name} {n} {unit}", "{small} {n}"))
        });
        self.scribe.join(words)
    }

    /// Returns the counter of a measure in Chinese (`条`), its name in English (`opinions`).
    pub(crate) fn unit(&self, measure: Measure) -> String {
        words::unit(self.scribe, measure.into())
    }

    /// Writes a number of things; English counts one and many apart.
    pub(crate) fn number_of(&self, n: u64, unit: &str, one: &str, other: &str) -> String {
        let number = self.scribe.number(n);
        if self.is_chinese() { format!("{number} {unit}") } else { format!("{number} {}", plural(n, one, other)) }
    }

    /// Says both numbers of a share with its percentage; `None` where it is a share of nothing.
    pub(crate) fn share(&self, measure: Measure) -> Option<Share> {
        let figure = self.figure(measure);
        let Value::Share { part, whole } = figure.value else { return None };
        let (part, whole) = (part.to_u64()?, whole.to_u64()?);
        (!figure.suppressed).then(|| Share { part, whole, percent: self.scribe.percent(part, whole), figure })
    }

    /// Says by how much a figure differs from the year before; `None` where the records do not reach back so far, and where there
    /// was nothing then and is nothing now.
    pub(crate) fn change(&self, figure: &Figure) -> Option<String> {
        self.change_in(figure, &figure.measure.unit().text().zh)
    }

    /// Says the same with a counter, or a currency, of its own.
    pub(crate) fn change_in(&self, figure: &Figure, counter: &str) -> Option<String> {
        let before = figure.before.filter(|_| !figure.suppressed)?;
        let (now, before) = (figure.value.number()?, before.number()?);
        let by = match figure.measure.unit() {
            Unit::Money => crate::language::money((now - before).abs(), counter, self.scribe.language),
            unit => words::number(self.scribe, (now - before).abs(), unit),
        };
        let percent = figure.measure.unit() == Unit::Percent;
        let text = match now.cmp(&before) {
            _ if now.is_zero() && before.is_zero() => return None,
            _ if before.is_zero() && !percent => text!("上年同期没有", "none a year earlier"),
            std::cmp::Ordering::Equal => text!("与上年同期持平", "as many as a year earlier"),
            order => differing(order, &by, counter, figure.measure.unit()),
        };
        let same_share = percent && now == before;
        Some(self.say(&if same_share { text!("与上年同期持平", "the same as a year earlier") } else { text }))
    }

    /// Adds to a clause by how much its figure differs from the year before.
    pub(crate) fn with_change(&self, clause: String, figure: &Figure) -> String {
        match self.change(figure) {
            Some(change) => format!("{clause}{}{change}", self.comma()),
            None => clause,
        }
    }

    /// Returns the comma of the language.
    pub(crate) fn comma(&self) -> &'static str {
        self.scribe.say("，", ", ")
    }

    /// Ends clauses as one sentence; nothing where there are none.
    pub(crate) fn sentence(&self, clauses: impl IntoIterator<Item = String>) -> String {
        let clauses: Vec<String> = clauses.into_iter().filter(|clause| !clause.is_empty()).collect();
        if clauses.is_empty() {
            return String::new();
        }
        let joined = clauses.join(self.scribe.say("；", "; "));
        format!("{}{}", capital(&joined), self.scribe.say("。", "."))
    }

    /// Joins sentences.
    pub(crate) fn text(&self, sentences: impl IntoIterator<Item = String>) -> String {
        let sentences: Vec<String> = sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
        sentences.join(self.scribe.say("", " "))
    }

    /// Names the period in running text (`本季度`, `the quarter`).
    pub(crate) fn this_period(&self) -> String {
        use crate::calendar::Cycle;
        self.say(&match self.period.cycle() {
            Cycle::Month => text!("本月", "the month"),
            Cycle::Quarter => text!("本季度", "the quarter"),
            Cycle::Half => text!("本半年", "the half-year"),
            Cycle::Year => text!("本年", "the year"),
        })
    }

    /// Writes the days of the period that have passed.
    pub(crate) fn days(&self) -> String {
        self.scribe.days(self.period.first(), Some(self.period.last().min(self.scribe.edition.as_of)))
    }

    /// Writes the day of the edition.
    pub(crate) fn as_of(&self) -> String {
        self.scribe.date(self.scribe.edition.as_of).text
    }

    /// Returns the name of the place.
    pub(crate) fn name(&self) -> String {
        self.scribe.title(self.place)
    }

    /// Quotes a title as the language does.
    pub(crate) fn quoted(&self, title: &str) -> String {
        if self.is_chinese() { format!("《{title}》") } else { format!("“{title}”") }
    }

    /// Names records by their titles, the first few of them, with the place where it is another.
    pub(crate) fn titles(&self, records: &[RecordIx], most: usize) -> String {
        let shown: Vec<String> = records.iter().take(most).map(|ix| self.quoted(&self.scribe.title(*ix))).collect();
        let shown = shown.join(self.scribe.say("", ", "));
        match records.len() {
            n if n > most => {
                let more = n - most;
                self.say(&text!("{shown}等 {n} 项", "{shown} and {more} more"))
            }
            _ => shown,
        }
    }

    /// Returns the matters of the place and below it that are under way on the day of the edition and began by the end of the
    /// period, the newest first.
    pub(crate) fn under_way(&self) -> Vec<RecordIx> {
        let listing = Listing::PlaceKind(self.area.to_owned(), Kind::Matter);
        let matters = self.scribe.index.get(&listing).iter().copied();
        matters.filter(|ix| self.is_under_way(*ix)).collect()
    }

    fn is_under_way(&self, ix: RecordIx) -> bool {
        let Some(verdict) = self.scribe.edition.verdict(ix) else { return false };
        let begun = verdict.steps.iter().filter_map(|step| step.from).min();
        matches!(verdict.status, Some(Status::UnderWay | Status::Publicising))
            && begun.is_some_and(|day| day <= self.period.last())
    }

    /// Returns how many of these matters are at a step (`eight-step/collect`).
    pub(crate) fn at_step(&self, workflow: &str, step: &str) -> u64 {
        let at = |ix: &RecordIx| {
            let verdict = self.scribe.edition.verdict(*ix)?;
            let current = verdict.steps.get(verdict.current_step?)?;
            Some(verdict.workflow.as_ref()?.id == workflow && current.id == step)
        };
        self.under_way().iter().filter(|ix| at(ix) == Some(true)).count() as u64
    }

    /// Names places of a level (`4 个村`, `4 villages`).
    pub(crate) fn places_of(&self, n: u64, level: Level) -> String {
        let zh = self.scribe.choice("level", level.name(), || level.label());
        let (one, other) = match level {
            Level::City => ("city", "cities"),
            Level::County => ("county", "counties"),
            Level::Township => ("township", "townships"),
            Level::Village => ("village", "villages"),
            Level::Group => ("villagers’ group", "villagers’ groups"),
        };
        self.number_of(n, &format!("个{zh}"), one, other)
    }

    /// Names the place of a record where it is not the place of the window.
    pub(crate) fn elsewhere(&self, ix: RecordIx) -> String {
        let area = &self.scribe.edition.register.get(ix).area;
        if area == self.area { String::new() } else { self.scribe.place(area).map(|place| place.text).unwrap_or_default() }
    }
}

/// Both numbers of a share.
pub(crate) struct Share {
    /// The numerator.
    pub(crate) part: u64,
    /// The denominator, never 0.
    pub(crate) whole: u64,
    /// The percentage with its sign.
    pub(crate) percent: String,
    /// The figure.
    pub(crate) figure: Figure,
}

impl Share {
    /// Writes both numbers.
    pub(crate) fn numbers(&self, w: &Window) -> (String, String) {
        (w.scribe.number(self.part), w.scribe.number(self.whole))
    }
}

/// Returns what adds up as a whole number; 0 where there is nothing.
pub(crate) fn whole(value: Value) -> u64 {
    value.number().and_then(|n: Decimal| n.to_u64()).unwrap_or(0)
}

/// Says that a number is above or below the one of the year before.
fn differing(order: std::cmp::Ordering, by: &str, counter: &str, unit: Unit) -> Text {
    let more = order == std::cmp::Ordering::Greater;
    match (unit, more) {
        (Unit::Percent, true) => text!("比上年同期提高 {by} 个百分点", "up {by} points on a year earlier"),
        (Unit::Percent, false) => text!("比上年同期下降 {by} 个百分点", "down {by} points on a year earlier"),
        (Unit::Days, true) => text!("比上年同期长 {by} 天", "{by} days longer than a year earlier"),
        (Unit::Days, false) => text!("比上年同期短 {by} 天", "{by} days shorter than a year earlier"),
        (Unit::Money, true) => text!("比上年同期增加 {by}", "{by} more than a year earlier"),
        (Unit::Money, false) => text!("比上年同期减少 {by}", "{by} less than a year earlier"),
        (Unit::Of(..), true) => text!("比上年同期增加 {by} {counter}", "{by} more than a year earlier"),
        (Unit::Of(..), false) => text!("比上年同期减少 {by} {counter}", "{by} fewer than a year earlier"),
    }
}

/// Writes a name as it stands within an English sentence: a capital that begins an ordinary word is put small.
pub(crate) fn in_sentence(name: &str) -> String {
    let mut rest = name.chars();
    let first = rest.next();
    let second = rest.clone().next();
    let ordinary = first.is_some_and(char::is_uppercase) && second.is_some_and(char::is_lowercase);
    if ordinary { first.into_iter().flat_map(char::to_lowercase).chain(rest).collect() } else { name.to_owned() }
}
