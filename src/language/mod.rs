//! Languages: texts in both, and how dates, numbers and names are written and sorted in each.

mod dates;
mod numbers;
mod sorting;
pub mod spoken;

pub use dates::{date, date_range, iso, month, month_name, short_date, short_date_range, short_month_name, weekday};
pub use numbers::{amount, capital, currency, money, number, ordinal_zh, percent, plural, share};
pub use sorting::{Sorter, compare, detect};

/// A language that gongshi speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// Simplified Chinese, `zh-CN`.
    #[default]
    Chinese,
    /// English, `en`.
    English,
}

impl Language {
    /// Every language, Chinese first.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// Returns the BCP 47 tag (`zh-CN`, `en`).
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// Reads a BCP 47 tag, by its primary subtag (`zh`, `zh-Hans-CN`, `en-GB` …).
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_', '.']).next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// Returns a text whose names stand in backticks as readers are used to seeing them: in quotation marks.
    pub fn quoted(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, (name, after))) = rest.split_once('`').and_then(|(b, a)| Some((b, a.split_once('`')?))) {
            // Chinese quotation marks need no blanks around them.
            let (before, after) = match self {
                Self::Chinese => (before.strip_suffix(' ').unwrap_or(before), after.strip_prefix(' ').unwrap_or(after)),
                Self::English => (before, after),
            };
            out.extend([before, "“", name, "”"]);
            rest = after;
        }
        out + rest
    }
}

/// A text that is written in both languages when it is made (a message, a label, a proof in words).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// Makes a text of both wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// Returns the wording in `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }

    /// Whether both wordings are empty.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// Makes a [`Text`] from two format strings that share their captured arguments.
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::language::Text::new(format!($zh $(, $($arg)*)?), format!($en $(, $($arg)*)?))
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_backticks_are_quoted_for_readers() {
        assert_eq!(Language::English.quoted("write `a` or `b: 1` here"), "write “a” or “b: 1” here");
        assert_eq!(
            Language::Chinese.quoted("在 `opinions` 下列出 `2026-q1/1`、`2026-q1/2`"),
            "在“opinions”下列出“2026-q1/1”、“2026-q1/2”"
        );
        assert_eq!(Language::English.quoted("a ` alone"), "a ` alone");
    }
}
