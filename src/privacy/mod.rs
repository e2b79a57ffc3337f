//! Privacy: numbers that must never be published, and names as the site shows them.
//!
//! [`scan()`] reads source text before anything else does, and masks every message of gongshi itself; [`names`] is used once,
//! where the edition is made.

#[cfg(test)]
mod corpus;
pub mod names;
pub mod scan;

pub use names::{Masker, NameStyle, style};
pub use scan::{Hit, Leak, check, check_except, check_values, mask, scan};

/// Whether a drawing (SVG) holds anything that a browser would run or fetch: scripts, event handlers, foreign content, other sites.
pub fn is_active_drawing(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let marks = [
        "<script",
        "javascript:",
        "<foreignobject",
        "<iframe",
        "<!entity",
        "data:text/html",
        "href=\"http",
        "href='http",
        "url(http",
    ];
    marks.iter().any(|mark| text.contains(mark)) || has_handler(&text)
}

/// Whether a lower-case text has an attribute such as `onload=`.
fn has_handler(text: &str) -> bool {
    text.match_indices(" on").any(|(at, _)| {
        let rest = &text[at + 3..];
        let name = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        name > 1 && rest[name..].trim_start().starts_with('=')
    })
}

#[cfg(test)]
mod tests {
    use super::is_active_drawing;

    #[test]
    fn a_drawing_that_acts_is_told_from_one_that_does_not() {
        assert!(!is_active_drawing(
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><title>on = off</title><rect width=\"1\"/></svg>"
        ));
        assert!(is_active_drawing(b"<svg><SCRIPT>1</SCRIPT></svg>"));
        assert!(is_active_drawing(b"<svg onload = 'x()'/>"));
        assert!(is_active_drawing(b"<svg><a xlink:href=\"javascript:x\"/></svg>"));
        assert!(is_active_drawing(b"<svg><image href=\"https://e.org/x.png\"/></svg>"));
    }
}
