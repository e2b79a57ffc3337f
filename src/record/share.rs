//! Shares of a whole, kept exact: `90%`, `2/3`.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

/// A share of a whole as a fraction of two whole numbers; `90%` is 90 of 100 and is written back as a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    /// The part.
    pub part: u64,
    /// The whole, never 0.
    pub whole: u64,
    /// Whether it was written as a percentage.
    pub percent: bool,
}

impl Share {
    /// Reads `90%`, `87.5%` (at most four decimals), `2/3`, `2／3`; `None` for anything else, for a whole of 0 and for
    /// more than the whole.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(number) = text.strip_suffix(['%', '％']) {
            return Self::percentage(number.trim_end());
        }
        let (part, whole) = text.split_once(['/', '／'])?;
        let (part, whole) = (digits(part.trim())?, digits(whole.trim())?);
        (whole > 0 && part <= whole).then_some(Self { part, whole, percent: false })
    }

    /// Reads the number of a percentage.
    fn percentage(number: &str) -> Option<Self> {
        let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
        if decimals.len() > 4 || (number.contains('.') && decimals.is_empty()) {
            return None;
        }
        let scale = 10u64.pow(u32::try_from(decimals.len()).ok()?);
        let fraction = if decimals.is_empty() { 0 } else { digits(decimals)? };
        let part = digits(whole)?.checked_mul(scale)?.checked_add(fraction)?;
        let whole = 100 * scale;
        (part <= whole).then_some(Self { part, whole, percent: true })
    }

    /// Returns the smallest whole number that is at least this share of `of`, exactly (`2/3` of 48 is 32, of 41 is 28).
    pub fn of(self, of: u64) -> u64 {
        let product = u128::from(self.part) * u128::from(of);
        let needed = product.div_ceil(u128::from(self.whole));
        u64::try_from(needed).unwrap_or(u64::MAX)
    }
}

/// Reads up to nine ASCII digits.
fn digits(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.percent {
            return write!(f, "{}/{}", self.part, self.whole);
        }
        let scale = self.whole / 100;
        let (number, rest) = (self.part / scale, self.part % scale);
        if rest == 0 {
            return write!(f, "{number}%");
        }
        let width = scale.ilog10() as usize;
        let decimals = format!("{rest:0width$}");
        write!(f, "{number}.{}%", decimals.trim_end_matches('0'))
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("a share is a percentage or a fraction"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_exactly_and_written_back() {
        for (text, back) in
            [("90%", "90%"), ("87.50%", "87.5%"), ("0.05%", "0.05%"), ("2/3", "2/3"), ("2 ／ 3", "2/3"), ("90％", "90%")]
        {
            assert_eq!(Share::parse(text).expect(text).to_string(), back);
        }
        for text in ["0.9", "2", "3/2", "1/0", "101%", "%", "/3", "-1%", "1.%", "二分之一", "1/9999999999"] {
            assert_eq!(Share::parse(text), None, "{text}");
        }
    }

    #[test]
    fn needed_numbers_are_exact() {
        let share = |text| Share::parse(text).expect("a share");
        assert_eq!(share("2/3").of(48), 32);
        assert_eq!(share("2/3").of(41), 28);
        assert_eq!(share("2/3").of(30), 20);
        assert_eq!(share("2/3").of(31), 21);
        assert_eq!(share("90%").of(957), 862);
        assert_eq!(share("66%").of(50), 33);
    }
}
