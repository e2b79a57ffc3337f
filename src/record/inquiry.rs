//! Typed records: questions to a body and their answers.

use jiff::civil::Date;
use serde::Deserialize;

use super::choice::Asker;
use super::common::Attachment;

/// A question to a body and its answer (质询).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inquiry {
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: Option<String>,
    /// How it was put.
    pub asked: Asked,
    /// What it is about.
    pub about: Option<About>,
    /// The body that answers.
    pub respondent: String,
    /// Day by which an answer is due.
    pub due: Option<Date>,
    /// The answer.
    pub answered: Option<Answered>,
    /// Whether the asker accepts the answer.
    pub accepted: Option<bool>,
    /// Files beside the record.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Drafts are not published.
    #[serde(default)]
    pub draft: bool,
}

/// When, where and by whom a question was put (提出).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Day.
    pub date: Date,
    /// Meeting.
    pub meeting: Option<String>,
    /// Who asked.
    pub by: Option<Asker>,
}

/// What a question is about (关于).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Finance record.
    pub finance: Option<String>,
    /// Which entry of it.
    pub line: Option<String>,
    /// Matter.
    pub matter: Option<String>,
    /// Meeting.
    pub meeting: Option<String>,
    /// Assessment.
    pub assessment: Option<String>,
    /// Disclosure.
    pub disclosure: Option<String>,
}

/// When a question was answered (答复).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// Day.
    pub date: Date,
    /// Who answered, by office.
    pub by: Option<String>,
}
