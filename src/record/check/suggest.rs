//! What an author may have meant, and how messages quote what was found.

/// Returns the candidate that is closest to what was written, if it is close enough to be meant.
///
/// Case, and `-` or `_` between words, do not count.
pub(crate) fn closest<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let folded = fold(written);
    let length = folded.chars().count();
    let scored = candidates.into_iter().filter_map(|candidate| {
        let distance = strsim::damerau_levenshtein(&folded, &fold(candidate));
        let allowed = (length.max(candidate.chars().count()) / 3).max(usize::from(length > 1));
        // Two characters of which one differs share too little, unless they are Chinese words.
        (distance <= allowed && (length > 2 || !folded.is_ascii())).then_some((distance, candidate))
    });
    scored.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Writes a word in the way that it is compared.
fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).map(|c| if c == '-' || c == ' ' { '_' } else { c }).collect()
}

/// The longest quotation in a message, in characters.
const QUOTED: usize = 24;

/// Returns a text as messages quote it: one line, short, and without its digits where there are so many that they could be a
/// private number.
pub(crate) fn quote(text: &str) -> String {
    let private = without_date(text.trim()).chars().filter(|c| c.is_numeric()).count() >= 11;
    let clean = |c: char| match c {
        _ if private && c.is_numeric() => '*',
        '`' => '\'',
        _ if c.is_control() => ' ',
        _ => c,
    };
    let mut short: String = text.trim().chars().take(QUOTED).map(clean).collect();
    if text.trim().chars().count() > QUOTED {
        short.push('…');
    }
    short
}

/// Returns a text without the date that it begins with: a day and a time of day are many digits, but nobody's number.
fn without_date(text: &str) -> &str {
    let shape = "0000-00-00".chars();
    let fits = |(c, shape): (char, char)| if shape == '0' { c.is_ascii_digit() } else { "-/.".contains(c) };
    let is_date = text.len() > 10 && text.is_char_boundary(10) && text[..10].chars().zip(shape).all(fits);
    if is_date && !text[10..].starts_with(|c: char| c.is_numeric()) { &text[10..] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_word_is_found_in_both_languages() {
        let keys = ["title", "标题", "title_en", "英文标题", "steps", "步骤"];
        assert_eq!(closest("titel", keys), Some("title"));
        assert_eq!(closest("Title", keys), Some("title"));
        assert_eq!(closest("title-en", keys), Some("title_en"));
        assert_eq!(closest("标提", keys), Some("标题"));
        assert_eq!(closest("colour", keys), None);
        assert_eq!(closest("颜色", keys), None);
    }

    #[test]
    fn quotations_are_short_and_hide_private_numbers() {
        assert_eq!(quote("手机13800138000"), "手机***********");
        assert_eq!(quote("2026-02-30"), "2026-02-30");
        assert_eq!(quote("2026-03-18 14:00"), "2026-03-18 14:00");
        assert_eq!(quote("2026-03-1813800"), "****-**-*******");
        assert_eq!(
            quote("一二三四五六七八九十一二三四五六七八九十一二三四五"),
            "一二三四五六七八九十一二三四五六七八九十一二三四…"
        );
        assert_eq!(quote("a\n`b`"), "a 'b'");
    }
}
