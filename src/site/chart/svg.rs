//! Pieces of SVG: escaped text, lengths in exact hundredths, and how wide a text is at most.

use std::fmt::Write as _;

/// Hundredths: of a percent of the width across, of the size of the text down.
pub(super) type Hundredths = u64;

/// The whole width.
pub(super) const WHOLE: Hundredths = 10_000;

/// The narrowest picture that charts are laid out for, in hundredths of the size of its text: a phone of 360 px less the
/// margins of page and panel, at the text size of the theme (13.8 px).
pub(super) const NARROW: Hundredths = 2_000;
/// The usual picture, on a screen of 1280 px.
pub(super) const WIDE: Hundredths = 4_600;

/// Which side of its place a text is anchored at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A picture being drawn, from the top down.
#[derive(Debug, Clone, Default)]
pub(super) struct Picture {
    height: Hundredths,
    body: String,
}

impl Picture {
    /// Begins a picture of a height.
    pub(super) fn new(height: Hundredths) -> Self {
        Self { height, body: String::new() }
    }

    /// Draws a rectangle, and its hatching over it.
    pub(super) fn rect(
        &mut self,
        class: &str,
        pattern: &str,
        (x, y): (Hundredths, Hundredths),
        (w, h): (Hundredths, Hundredths),
    ) {
        let (x, y, w, h) = (across(x), down(y), across(w), down(h));
        let place = [r#"x=""#, &x, r#"" y=""#, &y, r#"" width=""#, &w, r#"" height=""#, &h, r#""/>"#].concat();
        self.body.extend([r#"<rect class=""#, class, r#"" "#, &place]);
        if !pattern.is_empty() {
            self.body.extend([r#"<rect fill="url(#"#, pattern, r#")" "#, &place]);
        }
    }

    /// Draws a line.
    pub(super) fn line(&mut self, class: &str, (x1, y1): (Hundredths, Hundredths), (x2, y2): (Hundredths, Hundredths)) {
        let (x1, y1, x2, y2) = (across(x1), down(y1), across(x2), down(y2));
        self.body.extend([
            r#"<line class=""#,
            class,
            r#"" x1=""#,
            &x1,
            r#"" y1=""#,
            &y1,
            r#"" x2=""#,
            &x2,
            r#"" y2=""#,
            &y2,
            r#""/>"#,
        ]);
    }

    /// Draws a round mark.
    pub(super) fn dot(&mut self, class: &str, (x, y): (Hundredths, Hundredths)) {
        let _ = write!(self.body, r#"<circle class="{class}" cx="{}" cy="{}" r=".32em"/>"#, across(x), down(y));
    }

    /// Writes a text; `class` may hold several names, or none.
    pub(super) fn text(&mut self, class: &str, (x, y): (Hundredths, Hundredths), side: Side, text: &str) {
        self.text_beside(class, (x, y), 0, side, text);
    }

    /// Writes a text that begins a distance (hundredths of its size) beside a place.
    pub(super) fn text_beside(&mut self, class: &str, (x, y): (Hundredths, Hundredths), gap: Hundredths, side: Side, text: &str) {
        let anchor = match side {
            Side::Start => "",
            Side::Middle => "am",
            Side::End => "ae",
        };
        let class = match (class, anchor) {
            ("", "") => String::new(),
            ("", name) | (name, "") => [r#" class=""#, name, r#"""#].concat(),
            (class, anchor) => [r#" class=""#, class, " ", anchor, r#"""#].concat(),
        };
        let beside = if gap == 0 { String::new() } else { [r#" dx=""#, &down(gap), r#"""#].concat() };
        let (x, y, text) = (across(x), down(y), escape(text));
        self.body.extend(["<text", &class, r#" x=""#, &x, r#"" y=""#, &y, r#"""#, &beside, ">", &text, "</text>"]);
    }

    /// Closes the picture, with its title and description.
    pub(super) fn finish(&self, id: &str, title: &str, description: &str) -> String {
        let (id, height) = (escape(id), down(self.height));
        format!(
            r#"<svg role="img" focusable="false" height="{height}" aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{}</svg>"#,
            escape(title),
            escape(description),
            self.body
        )
    }
}

/// Writes a length across (`12.5%`).
fn across(x: Hundredths) -> String {
    plain(x) + "%"
}

/// Writes a length down (`2.25em`).
fn down(y: Hundredths) -> String {
    plain(y) + "em"
}

/// Writes hundredths without needless zeros.
fn plain(n: Hundredths) -> String {
    match (n / 100, n % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => [&*whole.to_string(), ".", &(part / 10).to_string()].concat(),
        (whole, part) => [&*whole.to_string(), if part < 10 { ".0" } else { "." }, &part.to_string()].concat(),
    }
}

/// Writes a text so that it is nothing but text, in content and within quotes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Returns the width of a character in hundredths of its size, at the most: Chinese is square, figures are a little more than half.
fn advance(c: char) -> Hundredths {
    match c {
        ' ' | ',' | '.' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' => 32,
        '0'..='9' | 'a'..='l' | 'n'..='v' | 'x'..='z' | '-' | '–' | '(' | ')' => 60,
        'A'..='Z' | 'm' | 'w' | '%' | '−' | '+' => 90,
        _ => 100,
    }
}

/// Returns the width of a text in hundredths of its size, at the most.
pub(super) fn width(text: &str) -> Hundredths {
    text.chars().map(advance).sum()
}

/// Returns a text cut to a width, with an ellipsis where it was cut.
pub(super) fn cut(text: &str, most: Hundredths) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut taken = 100;
    let fits = |c: &char| {
        taken += advance(*c);
        taken <= most
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

/// Returns `n` parts of `of` as a length of `whole`, rounded half up; nothing of nothing.
pub(super) fn scaled(n: u64, of: u64, whole: Hundredths) -> Hundredths {
    let of = u128::from(of.max(1));
    let length = (u128::from(n) * u128::from(whole) * 2 + of) / (2 * of);
    u64::try_from(length).unwrap_or(whole)
}
