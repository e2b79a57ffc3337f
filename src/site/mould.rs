//! Moulds: parts of pages that are written once with marks in them, and then laid into many pages, which fill in the rest.
//!
//! To lay a part is much less work than to write it. What a part leaves open is the way to the site's root, whatever depends on a
//! condition (the columns of a list), and texts.

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Stands for the way to the site's root in what is written for any page: no text of a record holds any of these marks.
pub const ROOT: char = '\u{1}';

/// Begins what is shown only under a condition; a digit says which, and whether it has to hold.
const CUT: char = '\u{2}';

/// Ends what is shown only under a condition.
pub const END: char = '\u{3}';

/// Stands for a text; a digit says which.
const TEXT: char = '\u{4}';

/// How many digits there are: twice as many as the conditions of a part, or its texts.
const RADIX: u32 = 36;

/// How many conditions, and how many texts, a part has at most.
pub const MOST: usize = 18;

/// Added to the number of a text that is HTML.
const HTML: u8 = MOST as u8;

/// Returns what begins a piece that is shown only where a condition, by its number, holds, or does not.
pub fn sign(condition: u8, holds: bool) -> String {
    marked(CUT, condition * 2 + u8::from(holds))
}

/// Returns what stands for a text, by its number.
pub fn place(text: u8) -> String {
    marked(TEXT, text)
}

/// Returns what stands for a text that is HTML already, by its number.
pub fn place_of_html(text: u8) -> String {
    marked(TEXT, text + HTML)
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
        self.walk(
            |condition| filling.holds(condition),
            |piece| match piece {
                Piece::Written(text) => page.push_str(text),
                Piece::Root => page.push_str(root),
                Piece::Text(text) => push_text(page, filling, text),
            },
        );
    }

    /// Calls `visit` for every piece that is shown.
    fn walk<'m>(&'m self, holds: impl Fn(u8) -> bool, mut visit: impl FnMut(Piece<'m>)) {
        // How many conditions are open since the first that does not hold.
        let (mut from, mut hidden) = (0, 0_usize);
        for (at, mark) in &self.marks {
            if hidden == 0 {
                visit(Piece::Written(&self.text[from..*at]));
            }
            from = *at;
            match *mark {
                Mark::Cut { condition, holds: asked } => hidden += usize::from(hidden > 0 || holds(condition) != asked),
                Mark::End => hidden = hidden.saturating_sub(1),
                _ if hidden > 0 => {}
                Mark::Root => visit(Piece::Root),
                Mark::Text(text) => visit(Piece::Text(text)),
            }
        }
        visit(Piece::Written(&self.text[from..]));
    }
}

/// A piece of a part.
enum Piece<'m> {
    Written(&'m str),
    Root,
    Text(u8),
}

/// A mould from which thousands of parts are made that show one of a few things: for each there is a plate.
#[derive(Debug)]
pub struct Plates {
    mould: Mould,
    /// Its conditions, each once.
    conditions: Box<[u8]>,
    /// A plate for all that may hold together, cast when it is first asked for.
    cast: Box<[OnceLock<Plate>]>,
}

/// A mould whose conditions are settled.
#[derive(Debug)]
struct Plate {
    text: Box<str>,
    /// Where texts belong, with their numbers; `None` is the way to the site's root.
    places: Box<[(usize, Option<u8>)]>,
}

/// How many conditions a mould with plates has at most; others are laid without.
const MOST_CONDITIONS: usize = 5;

impl Plates {
    /// Reads what was written.
    pub fn new(written: &str) -> Self {
        let mould = Mould::new(written);
        let conditions: BTreeSet<u8> = mould.marks.iter().filter_map(|(_, mark)| mark.condition()).collect();
        let plates = if conditions.len() > MOST_CONDITIONS { 0 } else { 1 << conditions.len() };
        Self {
            mould,
            conditions: conditions.into_iter().collect(),
            cast: std::iter::repeat_with(OnceLock::new).take(plates).collect(),
        }
    }

    /// Whether the mould leaves anything open but the way to the site's root.
    pub fn is_open(&self) -> bool {
        self.mould.is_open()
    }

    /// Adds a part to a page, from which the site's root is at `root`.
    pub fn lay(&self, page: &mut String, root: &str, filling: &impl Filling) {
        let bits = self.conditions.iter().enumerate();
        let number = bits.fold(0, |number, (bit, condition)| number | usize::from(filling.holds(*condition)) << bit);
        match self.cast.get(number) {
            Some(plate) => plate.get_or_init(|| self.cast(filling)).lay(page, root, filling),
            None => self.mould.lay(page, root, filling),
        }
    }

    /// Casts the plate of what holds.
    fn cast(&self, filling: &impl Filling) -> Plate {
        let (mut text, mut places) = (String::new(), Vec::new());
        self.mould.walk(
            |condition| filling.holds(condition),
            |piece| match piece {
                Piece::Written(written) => text.push_str(written),
                Piece::Root => places.push((text.len(), None)),
                Piece::Text(number) => places.push((text.len(), Some(number))),
            },
        );
        Plate { text: text.into(), places: places.into() }
    }
}

impl Plate {
    fn lay(&self, page: &mut String, root: &str, filling: &impl Filling) {
        let mut from = 0;
        for (at, text) in &self.places {
            page.push_str(&self.text[from..*at]);
            from = *at;
            match text {
                Some(text) => push_text(page, filling, *text),
                None => page.push_str(root),
            }
        }
        page.push_str(&self.text[from..]);
    }
}

impl Mark {
    fn condition(self) -> Option<u8> {
        match self {
            Self::Cut { condition, .. } => Some(condition),
            Self::Root | Self::End | Self::Text(_) => None,
        }
    }
}

/// Adds a text of what fills a mould, by its number there.
fn push_text(page: &mut String, filling: &impl Filling, number: u8) {
    match number.checked_sub(HTML) {
        Some(number) => page.push_str(filling.text(number).unwrap_or_default()),
        None => push_escaped(page, filling.text(number).unwrap_or_default()),
    }
}

/// Adds a text as templates print it.
pub fn push_escaped(page: &mut String, text: &str) {
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

    /// Lays a part, with and without plates.
    fn laid(written: &str, root: &str, holds: &[u8], texts: &[&str]) -> String {
        let (mut page, mut of_plate) = (String::from("|"), String::from("|"));
        Mould::new(written).lay(&mut page, root, &Given { holds, texts });
        Plates::new(written).lay(&mut of_plate, root, &Given { holds, texts });
        assert_eq!(page, of_plate);
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
    fn a_plate_is_cast_for_all_that_may_hold() {
        let cut = |condition| [&sign(condition, true), "+", &place(condition), &END.to_string()].concat();
        for conditions in [0, 1, MOST_CONDITIONS, MOST_CONDITIONS + 1] {
            let written: String = (0..conditions as u8).map(|condition| cut(condition * 2)).collect();
            let plates = Plates::new(&written);
            for set in 0..1_u32 << conditions {
                let holds: Vec<u8> = (0..conditions as u8).filter(|bit| set >> bit & 1 == 1).map(|bit| bit * 2).collect();
                let expected = holds.iter().map(|n| ["+", &n.to_string()].concat()).collect::<String>();
                let texts: Vec<String> = (0..16).map(|n| n.to_string()).collect();
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                // The second time the plate is there.
                for _ in 0..2 {
                    let mut page = String::new();
                    plates.lay(&mut page, "", &Given { holds: &holds, texts: &texts });
                    assert_eq!(page, expected);
                }
            }
        }
    }

    #[test]
    fn html_is_laid_as_it_is_and_the_same_as_text_where_that_is_asked_for() {
        let written = [place_of_html(1), place(1), place_of_html(0)].concat();
        assert_eq!(laid(&written, "", &[], &["", "<b>&amp;"]), "|<b>&amp;&lt;b&gt;&amp;amp;");
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
