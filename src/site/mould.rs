//! Moulds: parts of pages that are written once with marks in them, and then laid into many pages, which fill in the rest.
//!
//! To lay a part is much less work than to write it. What a part leaves open is the way to the site's root, whatever depends on a
//! condition (the columns of a list), and texts.

/// Stands for the way to the site's root in what is written for any page: no text of a record holds any of these marks.
pub const ROOT: char = '\u{1}';

/// Begins what is shown only under a condition; a digit says which, and whether it has to hold.
const CUT: char = '\u{2}';

/// Ends what is shown only under a condition.
pub const END: char = '\u{3}';

/// Stands for a text; a digit says which.
const TEXT: char = '\u{4}';

/// How many digits there are: twice as many as the conditions of a part.
const RADIX: u32 = 36;

/// Returns what begins a piece that is shown only where a condition, by its number, holds, or does not.
pub fn sign(condition: u8, holds: bool) -> String {
    marked(CUT, condition * 2 + u8::from(holds))
}

/// Returns what stands for a text, by its number.
pub fn place(text: u8) -> String {
    marked(TEXT, text)
}

fn marked(mark: char, number: u8) -> String {
    [mark, char::from_digit(number.into(), RADIX).unwrap_or_default()].iter().collect()
}

/// What fills a mould.
pub trait Filling {
    /// Whether a condition holds: if nothing else is said, where the text of the same number is not empty.
    fn holds(&self, condition: u8) -> bool {
        self.text(condition).is_some_and(|text| !text.is_empty())
    }

    /// Returns a text.
    fn text(&self, _text: u8) -> Option<&str> {
        None
    }
}

/// A part that is written for any page, without its marks.
#[derive(Debug)]
pub struct Mould {
    text: Box<str>,
    /// The marks, in the order of their places.
    marks: Box<[(usize, Mark)]>,
}

/// What stands between two pieces of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Root,
    Cut { condition: u8, holds: bool },
    End,
    Text(u8),
}

impl Mould {
    /// Reads what was written.
    pub fn new(written: &str) -> Self {
        let mut text = String::with_capacity(written.len());
        let mut marks = Vec::new();
        let mut rest = written;
        while let Some((before, after)) = rest.find([ROOT, CUT, END, TEXT]).map(|at| rest.split_at(at)) {
            text.push_str(before);
            let mut after = after.chars();
            let mark = after.next();
            let mut number = || after.next().and_then(|digit| digit.to_digit(RADIX)).unwrap_or_default() as u8;
            let mark = match mark {
                Some(ROOT) => Mark::Root,
                Some(CUT) => {
                    let number = number();
                    Mark::Cut { condition: number / 2, holds: number % 2 == 1 }
                }
                Some(TEXT) => Mark::Text(number()),
                _ => Mark::End,
            };
            marks.push((text.len(), mark));
            rest = after.as_str();
        }
        text.push_str(rest);
        Self { text: text.into(), marks: marks.into() }
    }

    /// Whether it leaves anything open but the way to the site's root.
    pub fn is_open(&self) -> bool {
        self.marks.iter().any(|(_, mark)| *mark != Mark::Root)
    }

    /// Adds it to a page, from which the site's root is at `root`.
    pub fn lay(&self, page: &mut String, root: &str, filling: &impl Filling) {
        page.reserve(self.text.len() + self.marks.len() * root.len());
        // How many conditions are open since the first that does not hold.
        let (mut from, mut hidden) = (0, 0_usize);
        for (at, mark) in &self.marks {
            if hidden == 0 {
                page.push_str(&self.text[from..*at]);
            }
            from = *at;
            match *mark {
                Mark::Cut { condition, holds } => {
                    hidden += usize::from(hidden > 0 || filling.holds(condition) != holds);
                }
                Mark::End => hidden = hidden.saturating_sub(1),
                _ if hidden > 0 => {}
                Mark::Root => page.push_str(root),
                Mark::Text(text) => push_escaped(page, filling.text(text).unwrap_or_default()),
            }
        }
        page.push_str(&self.text[from..]);
    }
}

/// Adds a text as templates print it.
fn push_escaped(page: &mut String, text: &str) {
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'')) {
        page.push_str(text);
        return;
    }
    let mut escaped = Vec::with_capacity(text.len() + 16);
    let written = tera::escape_html(text, &mut escaped);
    debug_assert!(written.is_ok(), "nothing keeps a text out of memory");
    page.push_str(&String::from_utf8_lossy(&escaped));
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Given<'a> {
        holds: &'a [u8],
        texts: &'a [&'a str],
    }

    impl Filling for Given<'_> {
        fn holds(&self, condition: u8) -> bool {
            self.holds.contains(&condition)
        }

        fn text(&self, text: u8) -> Option<&str> {
            self.texts.get(usize::from(text)).copied()
        }
    }

    fn laid(written: &str, root: &str, holds: &[u8], texts: &[&str]) -> String {
        let mut page = String::from("|");
        Mould::new(written).lay(&mut page, root, &Given { holds, texts });
        page
    }

    #[test]
    fn a_part_leads_from_any_page_to_the_root() {
        let written = format!("{ROOT}a/b.html <i> {ROOT}");
        assert_eq!(laid(&written, "../", &[], &[]), "|../a/b.html <i> ../");
        assert_eq!(laid(&written, "", &[], &[]), "|a/b.html <i> ");
        assert!(!Mould::new(&written).is_open());
    }

    #[test]
    fn a_part_shows_what_its_conditions_ask_for() {
        let [first, not_first, last] = [sign(0, true), sign(0, false), sign(17, true)];
        let written = format!("<a {ROOT}>{first}x {ROOT}{END}{not_first}y{END}</a>{last}<i>{END}.");
        assert_eq!(laid(&written, "../", &[], &[]), "|<a ../>y</a>.");
        assert_eq!(laid(&written, "../", &[0], &[]), "|<a ../>x ../</a>.");
        assert_eq!(laid(&written, "../", &[17, 3], &[]), "|<a ../>y</a><i>.");
        assert!(Mould::new(&written).is_open());
    }

    #[test]
    fn conditions_stand_within_one_another() {
        let [outer, no_outer, inner] = [sign(0, true), sign(0, false), sign(1, true)];
        let written = format!("{outer}a{inner}b{END}c{END}{no_outer}d{inner}e{END}f{END}.");
        let all = [&[][..], &[0], &[1], &[0, 1]].map(|holds| laid(&written, "", holds, &[]));
        assert_eq!(all, ["|df.", "|ac.", "|def.", "|abc."]);
    }

    #[test]
    fn a_text_is_escaped_as_templates_do_it() {
        let hostile = "<b title=\"a'b\">&amp;中";
        let mut tera = tera::Tera::default();
        tera.add_raw_template("part.html", "{{ text }}").unwrap();
        let mut context = tera::Context::new();
        context.insert("text", hostile);
        let expected = tera.render("part.html", &context).unwrap();
        let written = [place(1), place(0), place(2)].concat();
        assert_eq!(laid(&written, "", &[], &[hostile, "1,208"]), format!("|1,208{expected}"));
    }
}
