//! Exact thresholds: whole numbers only, cross-multiplied, never rounded.
//!
//! 以上 includes the number itself (`at_least`, Civil Code art. 1259); 过半数 excludes exactly half (`more_than`).

use std::sync::Arc;

use crate::language::{Language, Text};

/// A share `numerator/denominator` of a whole, or a plain whole number (denominator 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    /// Above the line.
    pub numerator: i64,
    /// Below the line, more than zero.
    pub denominator: i64,
    /// Whether it was written as a percentage (then it is shown as one).
    pub percent: bool,
}

impl Fraction {
    /// Makes a whole number.
    pub fn whole(number: i64) -> Self {
        Self { numerator: number, denominator: 1, percent: false }
    }

    /// Reads `2/3`, `60%`, `12.5%` or `15`; nothing else, and no share with a denominator of zero.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((above, below)) = text.split_once('/') {
            let (numerator, denominator) = (digits(above)?, digits(below)?);
            return (denominator > 0).then_some(Self { numerator, denominator, percent: false });
        }
        if let Some(number) = text.strip_suffix('%') {
            let (whole, decimals) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
            let places = u32::try_from(decimals.len()).ok().filter(|places| *places <= 4)?;
            let scale = 10_i64.checked_pow(places)?;
            let part = if decimals.is_empty() { 0 } else { digits(decimals)? };
            let numerator = digits(whole)?.checked_mul(scale)?.checked_add(part)?;
            return Some(Self { numerator, denominator: 100 * scale, percent: true });
        }
        Some(Self::whole(digits(text)?))
    }

    /// Compares two fractions exactly.
    pub fn compare(self, other: Self) -> std::cmp::Ordering {
        (i128::from(self.numerator) * i128::from(other.denominator))
            .cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }

    /// Whether it is a share rather than a whole number.
    pub fn is_share(self) -> bool {
        self.percent || self.denominator != 1
    }

    /// Writes it as a pack does (`2/3`, `60%`, `15`).
    pub fn written(self) -> String {
        if self.percent {
            let scale = self.denominator / 100;
            let (whole, part) = (self.numerator / scale, self.numerator % scale);
            let width = scale.ilog10() as usize;
            let decimals = if scale == 1 { String::new() } else { format!(".{part:0width$}") };
            format!("{whole}{decimals}%")
        } else if self.denominator == 1 {
            self.numerator.to_string()
        } else {
            format!("{}/{}", self.numerator, self.denominator)
        }
    }

    /// Writes it in words (三分之二, two thirds; 60% stays).
    pub fn words(self) -> Text {
        if self.percent || self.denominator == 1 {
            return Text::new(self.written(), self.written());
        }
        if (self.numerator, self.denominator) == (1, 2) {
            return Text::new("半数", "half");
        }
        match (chinese_number(self.numerator), chinese_number(self.denominator)) {
            (Some(above), Some(below)) => {
                Text::new(format!("{below}分之{above}"), english_fraction(self.numerator, self.denominator))
            }
            _ => Text::new(self.written(), self.written()),
        }
    }
}

/// Reads decimal digits only (no sign, no blanks inside).
fn digits(text: &str) -> Option<i64> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Writes 1 to 10 in Chinese.
fn chinese_number(number: i64) -> Option<&'static str> {
    const NUMBERS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    usize::try_from(number).ok()?.checked_sub(1).and_then(|index| NUMBERS.get(index)).copied()
}

/// Writes a fraction of small numbers in English.
fn english_fraction(above: i64, below: i64) -> String {
    const COUNTS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const PARTS: [&str; 9] = ["half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let count = usize::try_from(above - 1).ok().and_then(|index| COUNTS.get(index));
    let part = usize::try_from(below - 2).ok().and_then(|index| PARTS.get(index));
    match (count, part) {
        (Some(count), Some(part)) if above == 1 => format!("{count} {part}"),
        (Some(count), Some(part)) => format!("{count} {part}s"),
        _ => format!("{above}/{below}"),
    }
}

/// How a count is held against a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// 以上: the bound itself is enough.
    AtLeast,
    /// 过: the bound itself is not enough.
    MoreThan,
    /// 以内: the bound itself is allowed.
    AtMost,
}

/// A bound: how and with what a count is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// How.
    pub comparison: Comparison,
    /// With what.
    pub fraction: Fraction,
}

impl Bound {
    /// Whether `count` meets the bound, of `of` where the bound is a share. Exact for every pair of whole numbers.
    pub fn met(self, count: i64, of: Option<i64>) -> bool {
        let left = i128::from(count) * i128::from(self.fraction.denominator);
        let right = i128::from(self.fraction.numerator) * i128::from(of.unwrap_or(1));
        match self.comparison {
            Comparison::AtLeast => left >= right,
            Comparison::MoreThan => left > right,
            Comparison::AtMost => left <= right,
        }
    }

    /// Returns the count at which the bound turns: the least that meets it, or for `at_most` the greatest.
    pub fn needed(self, of: Option<i64>) -> i64 {
        let product = i128::from(self.fraction.numerator) * i128::from(of.unwrap_or(1));
        let denominator = i128::from(self.fraction.denominator);
        let needed = match self.comparison {
            Comparison::AtLeast => -((-product).div_euclid(denominator)),
            Comparison::MoreThan => product.div_euclid(denominator) + 1,
            Comparison::AtMost => product.div_euclid(denominator),
        };
        i64::try_from(needed).unwrap_or(if needed < 0 { i64::MIN } else { i64::MAX })
    }

    /// Whether a count that meets `self` always meets `other` too, so that `self` is the same or tighter.
    pub fn implies(self, other: Self) -> bool {
        use std::cmp::Ordering::{Equal, Greater};
        let order = self.fraction.compare(other.fraction);
        match (self.comparison, other.comparison) {
            (Comparison::AtMost, Comparison::AtMost) => order != Greater,
            (Comparison::AtMost, _) | (_, Comparison::AtMost) => false,
            (Comparison::AtLeast, Comparison::MoreThan) => order == Greater,
            _ => matches!(order, Greater | Equal),
        }
    }

    /// Writes the bound (`≥ 2/3`, `> 1/2`, `≤ 90`).
    pub fn written(self) -> String {
        let sign = match self.comparison {
            Comparison::AtLeast => "≥",
            Comparison::MoreThan => ">",
            Comparison::AtMost => "≤",
        };
        format!("{sign} {}", self.fraction.written())
    }
}

/// How the numbers of a threshold are called and written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// What is counted (实到, present).
    pub count: Text,
    /// The denominator (全体代表, all delegates); empty for a plain number.
    pub of: Text,
    /// The measure word (人, 票, 天) and the English unit; either may be empty.
    pub unit: Text,
    /// The same for the denominator.
    pub of_unit: Text,
    /// How many decimals the numbers carry (2 for money, 4 for scores, 0 for counts).
    pub scale: u32,
}

/// A threshold with its numbers: what is shown on the page as a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arithmetic {
    /// The number counted.
    pub count: i64,
    /// The denominator, where the bound is a share.
    pub of: Option<i64>,
    /// The bound.
    pub bound: Bound,
    /// The count at which the bound turns.
    pub needed: i64,
    /// Whether the count meets the bound.
    pub met: bool,
    /// How the numbers are called.
    pub names: Arc<Names>,
}

impl Arithmetic {
    /// Holds `count` (of `of`) against `bound`.
    pub fn new(count: i64, of: Option<i64>, bound: Bound, names: Arc<Names>) -> Self {
        let (needed, met) = (bound.needed(of), bound.met(count, of));
        Self { count, of, bound, needed, met, names }
    }

    /// Returns the whole in words: 全体代表 48 人，三分之二为 32 人，实到 41 人，达到.
    pub fn words(&self) -> Text {
        Text::new(self.words_in(Language::Chinese), self.words_in(Language::English))
    }

    /// Returns the whole in the words of one language.
    pub fn words_in(&self, language: Language) -> String {
        words(language, self)
    }

    /// Returns what is asked, before anything is counted: 全体代表 48 人，三分之二为 32 人; `None` where the bound is no share.
    pub fn asked_in(&self, language: Language) -> Option<String> {
        self.of.map(|of| asked(language, of, self))
    }
}

/// Writes a threshold with its numbers.
fn words(language: Language, threshold: &Arithmetic) -> String {
    let Arithmetic { count, of, bound, met, names, .. } = threshold;
    let amount = |n: i64| amount(language, n, &names.unit, names.scale);
    let say = |zh: &'static str, en: &'static str| if language == Language::Chinese { zh } else { en };
    let reached = match (bound.comparison, met) {
        (Comparison::AtMost, true) => say("未超过", "within it"),
        (Comparison::AtMost, false) => say("超过", "over it"),
        (_, true) => say("达到", "reached"),
        (_, false) => say("未达到", "not reached"),
    };
    let (name, count) = (names.count.get(language), amount(*count));
    let Some(of) = of else {
        let sign = match bound.comparison {
            Comparison::AtLeast => say("不少于", "at least"),
            Comparison::MoreThan => say("多于", "more than"),
            Comparison::AtMost => say("不多于", "at most"),
        };
        let limit = amount(bound.fraction.numerator);
        return match language {
            Language::Chinese => format!("{name} {count}，{sign} {limit}，{reached}"),
            Language::English => format!("{name} {count}, {sign} {limit}: {reached}"),
        };
    };
    let asked = asked(language, *of, threshold);
    match language {
        Language::Chinese => format!("{asked}，{name} {count}，{reached}"),
        Language::English => format!("{asked}, {count} {name}: {reached}"),
    }
}

/// Writes the denominator and the bound of a share.
fn asked(language: Language, of: i64, threshold: &Arithmetic) -> String {
    let Arithmetic { bound, needed, names, .. } = threshold;
    let needed = amount(language, *needed, &names.unit, names.scale);
    let (whole, name) = (amount(language, of, &names.of_unit, names.scale), names.of.get(language));
    let share = bound.fraction.words();
    let share = share.get(language);
    match (language, bound.comparison) {
        (Language::Chinese, Comparison::AtLeast) => format!("{name} {whole}，{share}为 {needed}"),
        (Language::Chinese, Comparison::MoreThan) => format!("{name} {whole}，过{share}需 {needed}"),
        (Language::Chinese, Comparison::AtMost) => format!("{name} {whole}，{share}以内为 {needed}"),
        (Language::English, Comparison::AtLeast) => format!("{whole} {name}, {share} is {needed}"),
        (Language::English, Comparison::MoreThan) => format!("{whole} {name}, more than {share} is {needed}"),
        (Language::English, Comparison::AtMost) => format!("{whole} {name}, at most {share} is {needed}"),
    }
}

/// Writes an amount with its measure word (`48 人`) or unit (`20 days`); in English, people are left without one.
fn amount(language: Language, number: i64, unit: &Text, scale: u32) -> String {
    let mut written = decimal(number, scale);
    let unit = match (language, unit.get(language)) {
        (Language::English, unit) if number == 1 && unit.ends_with('s') => &unit[..unit.len() - 1],
        (_, unit) => unit,
    };
    if !unit.is_empty() {
        written.extend([" ", unit]);
    }
    written
}

/// Writes a scaled whole number as a decimal: hundredths always with two places, other scales without trailing zeros.
pub(crate) fn decimal(number: i64, scale: u32) -> String {
    if scale == 0 {
        return number.to_string();
    }
    let unit = 10_u64.pow(scale);
    let sign = if number < 0 { "-" } else { "" };
    let (whole, part) = (number.unsigned_abs() / unit, number.unsigned_abs() % unit);
    let places = format!("{part:0width$}", width = scale as usize);
    let places = if scale == 2 { places.as_str() } else { places.trim_end_matches('0') };
    if places.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{places}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(comparison: Comparison, text: &str) -> Bound {
        Bound { comparison, fraction: Fraction::read(text).unwrap() }
    }

    fn at_least(text: &str) -> Bound {
        bound(Comparison::AtLeast, text)
    }

    #[test]
    fn two_thirds_follow_the_test_vectors_of_the_domain() {
        for (of, needed) in [(31, 21), (24, 16), (30, 20), (20, 14), (40, 27), (27, 18), (48, 32), (41, 28), (0, 0), (1, 1)] {
            let bound = at_least("2/3");
            assert_eq!(bound.needed(Some(of)), needed, "{of}");
            assert!(bound.met(needed, Some(of)));
            assert!(of == 0 || !bound.met(needed - 1, Some(of)));
        }
    }

    #[test]
    fn neither_0_67_nor_66_per_cent_stands_for_two_thirds() {
        assert!(at_least("2/3").met(20, Some(30)));
        assert!(!at_least("2/3").met(33, Some(50)));
        assert!(!at_least("67%").met(20, Some(30)));
        assert!(at_least("66%").met(33, Some(50)));
    }

    #[test]
    fn more_than_half_excludes_exactly_half() {
        let half = bound(Comparison::MoreThan, "1/2");
        assert!(!half.met(15, Some(30)));
        assert!(half.met(16, Some(30)));
        assert_eq!((half.needed(Some(30)), half.needed(Some(31))), (16, 16));
    }

    #[test]
    fn the_needed_count_is_the_least_that_meets_the_bound_for_every_small_case() {
        for below in 1..=12 {
            for above in 0..=below {
                let fraction = Fraction { numerator: above, denominator: below, percent: false };
                for of in 0..=60 {
                    for comparison in [Comparison::AtLeast, Comparison::MoreThan] {
                        let bound = Bound { comparison, fraction };
                        let least = (0..=61).find(|count| bound.met(*count, Some(of)));
                        assert_eq!(Some(bound.needed(Some(of))), least, "{bound:?} of {of}");
                    }
                    let most = Bound { comparison: Comparison::AtMost, fraction };
                    let greatest = (0..=61).rev().find(|count| most.met(*count, Some(of)));
                    assert_eq!(Some(most.needed(Some(of))), greatest, "{most:?} of {of}");
                }
            }
        }
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let bound = Bound {
            comparison: Comparison::AtLeast,
            fraction: Fraction { numerator: i64::MAX, denominator: i64::MAX, percent: false },
        };
        assert!(bound.met(i64::MAX, Some(i64::MAX)));
        assert!(!bound.met(i64::MAX - 1, Some(i64::MAX)));
        assert_eq!(bound.needed(Some(i64::MAX)), i64::MAX);
        let twice = Bound { comparison: Comparison::MoreThan, fraction: Fraction::whole(i64::MAX) };
        assert_eq!(twice.needed(Some(i64::MAX)), i64::MAX);
    }

    #[test]
    fn bounds_are_read_exactly_and_nothing_else_is() {
        assert_eq!(Fraction::read("12.5%"), Some(Fraction { numerator: 125, denominator: 1000, percent: true }));
        assert_eq!(Fraction::read("12.5%").map(Fraction::written), Some("12.5%".to_owned()));
        assert_eq!(Fraction::read(" 2 / 3 "), Some(Fraction { numerator: 2, denominator: 3, percent: false }));
        for wrong in ["0.9", "2/0", "-1", "+1", "", "/", "2/", "%", "1.2.3%", "二分之一", "99999999999999999999"] {
            assert_eq!(Fraction::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_tighter_bound_implies_a_looser_one_and_not_the_reverse() {
        let half = bound(Comparison::MoreThan, "1/2");
        assert!(at_least("3/4").implies(at_least("2/3")));
        assert!(at_least("4/6").implies(at_least("2/3")));
        assert!(!at_least("66%").implies(at_least("2/3")));
        assert!(at_least("2/3").implies(half));
        assert!(!at_least("1/2").implies(half));
        assert!(half.implies(at_least("1/2")));
        assert!(!half.implies(at_least("2/3")));
        let (month, quarter) = (bound(Comparison::AtMost, "30"), bound(Comparison::AtMost, "90"));
        assert!(month.implies(quarter) && !quarter.implies(month) && !at_least("90").implies(quarter));
    }

    #[test]
    fn the_arithmetic_reads_as_the_notice_board_says_it() {
        let names = Arc::new(Names {
            count: Text::new("实到", "present"),
            of: Text::new("全体代表", "delegates in all"),
            unit: Text::new("人", ""),
            of_unit: Text::new("人", ""),
            scale: 0,
        });
        let quorum = Arithmetic::new(41, Some(48), at_least("2/3"), names.clone());
        assert_eq!(quorum.words().zh, "全体代表 48 人，三分之二为 32 人，实到 41 人，达到");
        assert_eq!(quorum.words().en, "48 delegates in all, two thirds is 32, 41 present: reached");
        let half = Arithmetic::new(15, Some(30), bound(Comparison::MoreThan, "1/2"), names);
        assert_eq!(half.words().zh, "全体代表 30 人，过半数需 16 人，实到 15 人，未达到");
        assert_eq!(half.words().en, "30 delegates in all, more than half is 16, 15 present: not reached");
        let days =
            Arc::new(Names {
                count: Text::new("公示天数", "days posted"), unit: Text::new("天", "days"), ..Names::default()
            });
        let posting = Arithmetic::new(20, None, at_least("15"), days);
        assert_eq!(posting.words().zh, "公示天数 20 天，不少于 15 天，达到");
        assert_eq!(posting.words().en, "days posted 20 days, at least 15 days: reached");
    }

    #[test]
    fn money_and_scores_keep_their_decimals() {
        assert_eq!(decimal(9_420_000, 2), "94200.00");
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(285_000, 4), "28.5");
        assert_eq!(decimal(970_000, 4), "97");
    }
}
