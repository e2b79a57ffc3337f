//! The order of names in each language, and which language a text is written in.

use std::cmp::Ordering;

use icu_collator::{CollatorBorrowed, CollatorPreferences, options::CollatorOptions};
use icu_locale::locale;

use super::Language;

/// Compares names in one language: Chinese by pinyin, English by the root order; figures by their value (2 before 10).
///
/// Names that compare the same fall back to their bytes, so that the order never depends on where they started.
/// Made once for a sort, since loading its tables costs more than a comparison.
pub struct Sorter {
    collator: CollatorBorrowed<'static>,
}

impl Sorter {
    /// Makes the sorter of `language`.
    ///
    /// # Panics
    ///
    /// Never in a build that passes its tests: the tables are compiled in.
    #[expect(
        clippy::expect_used,
        reason = "the tables are compiled in and fall back to the root order; the tests make every language"
    )]
    pub fn new(language: Language) -> Self {
        // Pinyin is the order that `zh` has by default.
        let preferences: CollatorPreferences = match language {
            Language::Chinese => locale!("zh-u-kn").into(),
            Language::English => locale!("en-u-kn").into(),
        };
        let collator = CollatorBorrowed::try_new(preferences, CollatorOptions::default());
        Self { collator: collator.expect("collation tables are compiled in") }
    }

    /// Compares two names.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b).then_with(|| a.cmp(b))
    }

    /// Sorts `items` by the name that each has; items of one name keep their places.
    pub fn sort_by<T>(&self, items: &mut [T], name: impl Fn(&T) -> &str) {
        items.sort_by(|a, b| self.compare(name(a), name(b)));
    }
}

/// Compares two names in `language`; for more than a few, make a [`Sorter`].
pub fn compare(a: &str, b: &str, language: Language) -> Ordering {
    Sorter::new(language).compare(a, b)
}

/// Tells the language of a text: Chinese if it has a Han character, else English if it has an ASCII letter.
pub fn detect(text: &str) -> Option<Language> {
    if text.chars().any(is_han) {
        Some(Language::Chinese)
    } else {
        text.chars().any(|c| c.is_ascii_alphabetic()).then_some(Language::English)
    }
}

/// Whether `c` is a Han character: 〇, the unified and compatibility ideographs, and those of planes 2 and 3.
fn is_han(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: Language, names: &[&'static str]) -> Vec<&'static str> {
        let mut names = names.to_vec();
        Sorter::new(language).sort_by(&mut names, |name| name);
        names
    }

    #[test]
    fn chinese_is_sorted_by_pinyin() {
        // By code point 新 (U+65B0) would precede 青 and 陈; by pinyin: chén, lǐ, qīng, wáng, xīn, zhāng.
        let names = sorted(Language::Chinese, &["张伟", "新民村", "王芳", "青河镇", "李强", "陈静"]);
        assert_eq!(names, ["陈静", "李强", "青河镇", "王芳", "新民村", "张伟"]);
    }

    #[test]
    fn english_ignores_case_before_it_counts() {
        assert_eq!(sorted(Language::English, &["bridge", "Road", "Bridge", "apple"]), ["apple", "bridge", "Bridge", "Road"]);
    }

    #[test]
    fn figures_sort_by_value() {
        assert_eq!(sorted(Language::Chinese, &["第10组", "第2组", "第1组"]), ["第1组", "第2组", "第10组"]);
        assert_eq!(sorted(Language::English, &["Group 10", "Group 2"]), ["Group 2", "Group 10"]);
    }

    #[test]
    fn ties_fall_back_to_bytes() {
        // The collation ignores U+200B and takes 02 and 2 as equal.
        assert_eq!(compare("a\u{200B}b", "ab", Language::English), Ordering::Greater);
        assert_eq!(compare("02", "2", Language::Chinese), Ordering::Less);
        assert_eq!(compare("2", "02", Language::Chinese), Ordering::Greater);
        assert_eq!(compare("王芳", "王芳", Language::Chinese), Ordering::Equal);
    }

    #[test]
    fn any_starting_order_gives_the_same() {
        let names = ["二组", "一组", "A", "a", "Ａ", "10", "2", "02"];
        let expected = sorted(Language::Chinese, &names);
        for turn in 1..names.len() {
            let mut turned = names;
            turned.rotate_left(turn);
            assert_eq!(sorted(Language::Chinese, &turned), expected);
        }
    }

    #[test]
    fn the_language_of_a_text() {
        assert_eq!(detect("新民村 bridge"), Some(Language::Chinese));
        assert_eq!(detect("二〇二六"), Some(Language::Chinese));
        assert_eq!(detect("𠮷"), Some(Language::Chinese));
        assert_eq!(detect("Bridge 2"), Some(Language::English));
        assert_eq!(detect("2026-03，。"), None);
        assert_eq!(detect(""), None);
    }
}
