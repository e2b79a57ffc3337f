//! Typed records: a place, its bodies and the procedures that it has adopted.

use jiff::civil::Date;
use serde::Deserialize;

use super::choice::{BodyClass, Level, Role};
use super::common::{Contact, Days};

/// A place and its bodies (区域).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Level.
    pub level: Level,
    /// Division code of the statistics office.
    pub code: Option<String>,
    /// Households.
    pub households: Option<u64>,
    /// Population.
    pub population: Option<u64>,
    /// Villagers aged 18 or over.
    pub adults: Option<u64>,
    /// Villagers' groups.
    pub groups: Option<u64>,
    /// Description.
    pub description: Option<String>,
    /// Description in English.
    pub description_en: Option<String>,
    /// Public contact.
    pub contact: Option<Contact>,
    /// Workflows adopted.
    #[serde(default)]
    pub workflows: Vec<Adopted>,
    /// Bodies.
    #[serde(default)]
    pub bodies: Vec<Body>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// A workflow that an area has adopted (采用).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adopted {
    /// The workflow.
    pub id: String,
    /// First day in force.
    pub since: Date,
    /// Last day in force.
    pub until: Option<Date>,
}

/// A body of an area (机构).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Id by which meetings name it.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Class.
    pub class: BodyClass,
    /// People entitled to attend.
    pub entitled: Option<u64>,
    /// Women among the delegates.
    pub women: Option<u64>,
    /// Delegates among the members.
    pub delegates: Option<u64>,
    /// Village committee members among the members.
    pub committee_members: Option<u64>,
    /// Term.
    pub term: Option<Days>,
    /// How it was founded.
    pub founding: Option<Founding>,
    /// Posts.
    #[serde(default)]
    pub posts: Vec<Post>,
}

/// Who holds a post and since when (职位).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Role.
    pub role: Role,
    /// Name.
    pub name: String,
    /// First day in office.
    pub from: Date,
    /// Last day in office.
    pub to: Option<Date>,
}

/// What must exist before a standing congress meets (组建).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founding {
    /// Day on which the delegates were elected.
    pub delegates_elected: Option<Date>,
    /// Day on which the body was formed.
    pub constituted: Option<Date>,
    /// Day on which scope and rules were fixed.
    pub rules_adopted: Option<Date>,
}
