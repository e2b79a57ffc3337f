//! The field table: every key of every record kind with its Chinese spelling, shape and meaning.
//!
//! One table drives the reading of records, the JSON Schema, the skeletons, the labels and the expressions of rules.
//! To add a field, add one row; to add a kind, add a [`Kind`] and its [`Object`].

mod forms;
mod kinds;
mod pack;
mod registers;

pub use forms::{FORMS, Form, form};

use crate::language::Text;

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Kind {
    /// The site itself (`site.yaml`).
    Site,
    /// Public holidays of one year (`calendar.yaml`, `calendar-2027.yaml`).
    Calendar,
    /// A place and its bodies (`area.yaml`).
    Area,
    /// A register of opinions.
    Opinions,
    /// A matter that goes through the steps of a workflow.
    Matter,
    /// A meeting of a body.
    Meeting,
    /// A contract of targets and weights.
    Contract,
    /// The results of one assessment.
    Assessment,
    /// Income, expenditure and balance of a period.
    Finance,
    /// A question to a body and its answer.
    Inquiry,
    /// A model case.
    Case,
    /// Any other affair of the disclosure catalogue.
    Disclosure,
    /// A survey of satisfaction that stands alone.
    Survey,
    /// What an area and those below it have to disclose.
    Catalogue,
    /// The roster of a body for one term: its delegates.
    Delegates,
    /// An election or a recall.
    Election,
    /// A programme with its projects, indicators and targets.
    Programme,
    /// A rule pack: the steps and rules of a procedure.
    Workflow,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 18] = [
        Self::Site,
        Self::Calendar,
        Self::Area,
        Self::Opinions,
        Self::Matter,
        Self::Meeting,
        Self::Contract,
        Self::Assessment,
        Self::Finance,
        Self::Inquiry,
        Self::Case,
        Self::Disclosure,
        Self::Survey,
        Self::Catalogue,
        Self::Delegates,
        Self::Election,
        Self::Programme,
        Self::Workflow,
    ];

    /// Returns the object that describes the keys of this kind.
    pub fn object(self) -> &'static Object {
        match self {
            Self::Site => &kinds::SITE,
            Self::Calendar => &kinds::CALENDAR,
            Self::Area => &kinds::AREA,
            Self::Opinions => &kinds::OPINIONS,
            Self::Matter => &kinds::MATTER,
            Self::Meeting => &kinds::MEETING,
            Self::Contract => &kinds::CONTRACT,
            Self::Assessment => &kinds::ASSESSMENT,
            Self::Finance => &kinds::FINANCE,
            Self::Inquiry => &kinds::INQUIRY,
            Self::Case => &kinds::CASE,
            Self::Disclosure => &kinds::DISCLOSURE,
            Self::Survey => &kinds::SURVEY,
            Self::Catalogue => &kinds::CATALOGUE,
            Self::Delegates => &registers::DELEGATES,
            Self::Election => &registers::ELECTION,
            Self::Programme => &kinds::PROGRAMME,
            Self::Workflow => &pack::WORKFLOW,
        }
    }

    /// Returns the name in records and rules (`matter`).
    pub fn name(self) -> &'static str {
        self.object().name
    }

    /// Finds a kind by its name or its Chinese spelling.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.object().name == name || kind.object().zh == name)
    }
}

/// A map with known keys.
#[derive(Debug)]
pub struct Object {
    /// The name (`matter`, `task`).
    pub name: &'static str,
    /// The Chinese name (`事项`, `任务`).
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// The keys.
    pub fields: &'static [Field],
}

impl Object {
    /// Finds a field by its key as the table writes it: a key that was taken from the table is found by its address.
    pub fn canonical(&self, key: &str) -> Option<&'static Field> {
        let same = |field: &&Field| std::ptr::eq(field.key, key);
        self.fields.iter().find(same).or_else(|| self.field(key))
    }

    /// Finds a field by its key or its Chinese spelling.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key || field.zh == key)
    }
}

/// One key of an [`Object`]: a row of the table.
#[derive(Debug)]
pub struct Field {
    /// The canonical key (`entitled`).
    pub key: &'static str,
    /// The Chinese spelling (`应到`), which means the same.
    pub zh: &'static str,
    /// What stands there.
    pub shape: Shape,
    /// Whether a record without it is wrong.
    pub required: bool,
    /// What it means, in Chinese.
    pub meaning_zh: &'static str,
    /// What it means, in English.
    pub meaning_en: &'static str,
}

impl Field {
    /// Returns what the field means, in both languages.
    pub fn meaning(&self) -> Text {
        Text::new(self.meaning_zh, self.meaning_en)
    }
}

/// What may stand at a key.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// One line of text.
    Line,
    /// Text of any length; Markdown inline marks are not interpreted.
    Prose,
    /// A whole number between two bounds, both included.
    Integer(i64, i64),
    /// An amount of money, at most two decimals; may be negative.
    Money,
    /// A decimal number, zero or more, at most four decimals (scores, weights, targets).
    Decimal,
    /// A share of a whole: `90%`, `2/3`, `0.9` is refused.
    Share,
    /// A bound of a rule: a whole number (`15`) or a share (`2/3`, `60%`).
    Bound,
    /// A civil date, `2026-03-18`.
    Date,
    /// A time of day, `14:00`.
    Time,
    /// A period: `2026`, `2026-H1`, `2026-Q1`, `2026-03`.
    Period,
    /// `true` or `false`.
    Flag,
    /// The name of a person: masked as the site says.
    Person,
    /// A short identifier: lower-case letters, digits and hyphens, or Chinese characters.
    Id,
    /// One of a few values.
    Choice(&'static Choices),
    /// A reference to a record of one of these kinds: `2026-001-bridge` in the same area, `/qinghe/…` from the content root.
    Reference(&'static [Kind]),
    /// A reference to one opinion: the register and the number, `2026-q1/3`.
    OpinionReference,
    /// The id of a body of the same area.
    Body,
    /// The id of a workflow.
    Workflow,
    /// A file beside the record.
    Attachment,
    /// An expression of a rule (Common Expression Language).
    Expression,
    /// A map with known keys.
    Object(&'static Object),
    /// A list.
    List(&'static Shape),
    /// A map with free keys (ids) and values of one shape.
    Table(&'static Shape),
    /// The evidence of each step; the workflow's pack names the [`Form`] of each.
    Steps,
    /// Anything: the example data of a rule.
    Any,
}

/// The values that a [`Shape::Choice`] allows.
#[derive(Debug)]
pub struct Choices {
    /// The name of the list (`channel`); the language files have the labels under it.
    pub name: &'static str,
    /// Each value with its Chinese spelling, which means the same, and its English label.
    pub values: &'static [(&'static str, &'static str, &'static str)],
}

impl Choices {
    /// Finds the canonical value for a value or its Chinese spelling.
    pub fn canonical(&self, value: &str) -> Option<&'static str> {
        self.values.iter().find(|(key, zh, _)| *key == value || *zh == value).map(|(key, _, _)| *key)
    }

    /// Returns the label of a canonical value in both languages.
    pub fn label(&self, value: &str) -> Option<Text> {
        self.values.iter().find(|(key, _, _)| *key == value).map(|(_, zh, en)| Text::new(*zh, *en))
    }
}

/// Every list of choices.
pub static CHOICES: &[&Choices] = &[
    &kinds::LANGUAGE,
    &kinds::NAMES,
    &kinds::SHEETS,
    &kinds::LEVEL,
    &kinds::BODY_CLASS,
    &kinds::ROLE,
    &kinds::WAY,
    &kinds::CHANNEL,
    &kinds::HEARD_BY,
    &kinds::OPINION_OUTCOME,
    &kinds::DEMAND,
    &kinds::OUTCOME,
    &kinds::BALLOT,
    &kinds::VOTING,
    &kinds::CYCLE,
    &kinds::USE,
    &kinds::SPHERE,
    &kinds::COVERAGE_OF,
    &kinds::CURRENCY,
    &kinds::ASKER,
    &kinds::CADENCE,
    &kinds::FULFILMENT,
    &registers::SEX,
    &registers::ELECTED_OFFICE,
    &registers::ELECTION_FORM,
    &registers::ELECTION_OUTCOME,
    &kinds::DIRECTION,
    &forms::OFFICE,
    &forms::CONSULT_WAY,
    &forms::STAGE,
    &forms::PARTICIPANT,
    &forms::ORIGIN,
    &forms::REVIEW,
    &pack::SEVERITY,
    &pack::EVERY,
    &pack::APPLIES_TO,
];

/// Finds a list of choices by name.
pub fn choices(name: &str) -> Option<&'static Choices> {
    CHOICES.iter().copied().find(|list| list.name == name)
}

/// Returns every object of the table once, those of the kinds first, in the order of the documentation.
pub fn objects() -> Vec<&'static Object> {
    let mut found: Vec<&'static Object> = Vec::new();
    let mut open: Vec<&'static Object> = Kind::ALL.iter().rev().map(|kind| kind.object()).collect();
    let forms = FORMS.iter().filter_map(|form| object_of(&form.shape));
    open.splice(0..0, forms);
    while let Some(object) = open.pop() {
        if found.iter().any(|known| std::ptr::eq(*known, object)) {
            continue;
        }
        found.push(object);
        open.extend(object.fields.iter().rev().filter_map(|field| object_of(&field.shape)));
    }
    found
}

/// Returns the object that a shape holds, or that its elements hold.
fn object_of(shape: &'static Shape) -> Option<&'static Object> {
    match shape {
        Shape::Object(object) => Some(object),
        Shape::List(element) | Shape::Table(element) => object_of(element),
        _ => None,
    }
}

/// Makes a row whose key must be present.
const fn req(key: &'static str, zh: &'static str, shape: Shape, meaning_zh: &'static str, meaning_en: &'static str) -> Field {
    Field { key, zh, shape, required: true, meaning_zh, meaning_en }
}

/// Makes a row whose key may be left out.
const fn opt(key: &'static str, zh: &'static str, shape: Shape, meaning_zh: &'static str, meaning_en: &'static str) -> Field {
    Field { key, zh, shape, required: false, meaning_zh, meaning_en }
}

/// A count of people, ballots or things.
const COUNT: Shape = Shape::Integer(0, 1_000_000_000);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_the_table_are_names_in_expressions_as_they_stand() {
        let hyphenated: Vec<&str> =
            objects().iter().flat_map(|object| object.fields).map(|field| field.key).filter(|key| key.contains('-')).collect();
        assert_eq!(hyphenated, [""; 0]);
    }
}
