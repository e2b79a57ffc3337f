//! Cutting: the template of a part writes all that it may show, with marks, and every page takes what it asks for.
//!
//! A record stands in lists with different columns, and a table has thousands of cells. A template that asks for more than can be
//! cut out is left as it is, and the part is written as often as it looks different.

use super::fold::{Kind, pieces, surround};
use super::strict::Token;
use crate::site::mould::{END, place, sign};
use crate::site::view::{Columns, CountLink, Link, ListRow, StatisticsCell, View};

/// What of a part is left open.
#[derive(Debug)]
pub(super) struct Cut {
    /// The template.
    pub(super) template: &'static str,
    /// Where in the view the names stand, in a template's words.
    within: &'static [&'static str],
    /// The names of the conditions.
    conditions: &'static [&'static str],
    /// The names of the texts.
    texts: &'static [&'static str],
}

/// The parts that are cut.
pub(super) const CUTS: [Cut; 4] = [
    Cut { template: ListRow::TEMPLATE, within: &["view", ".", "columns"], conditions: &Columns::NAMES, texts: &[] },
    Cut::whole::<StatisticsCell>(&StatisticsCell::NAMES),
    Cut::whole::<CountLink>(&CountLink::NAMES),
    Cut::whole::<Link>(&Link::NAMES),
];

impl Cut {
    /// A part of which all is left open.
    const fn whole<V: View>(names: &'static [&'static str]) -> Self {
        Self { template: V::TEMPLATE, within: &["view"], conditions: names, texts: names }
    }

    /// Puts marks into a folded template.
    ///
    /// `None` where it asks for what is left open in any other way than `{% if view.columns.place %}` with or without an
    /// `{% else %}`, or prints it in any other way than `{{ view.text }}`.
    pub(super) fn marked(&self, template: &str) -> Option<String> {
        let mut out = String::with_capacity(template.len());
        // The conditions and loops that are open; whether they are cut out.
        let mut open: Vec<Option<usize>> = Vec::new();
        for piece in pieces(template) {
            let mut mark = |text: &str| match piece.trims() {
                (false, false) => out.push_str(text),
                trims => surround(Kind::Print, trims, &["\"", text, "\""].concat(), &mut out),
            };
            match (piece.kind, piece.keyword(), open.last().copied().flatten()) {
                (Kind::Print, ..) if self.number(&piece.tokens, self.texts).is_some() => {
                    mark(&place(self.number(&piece.tokens, self.texts)?));
                }
                (_, "if", _) if self.number(&piece.tokens[1..], self.conditions).is_some() => {
                    let condition = self.number(&piece.tokens[1..], self.conditions)?;
                    open.push(Some(condition));
                    mark(&sign(condition, true));
                }
                (_, "else", Some(condition)) => mark(&[END.to_string(), sign(condition, false)].concat()),
                (_, "endif", Some(_)) => {
                    open.pop();
                    mark(&END.to_string());
                }
                (_, "elif", Some(_)) => return None,
                (_, keyword, _) => {
                    if is_opaque(keyword) || self.is_asked_for(&piece.tokens) {
                        return None;
                    }
                    match keyword {
                        "if" | "for" => open.push(None),
                        "endif" | "endfor" => drop(open.pop()),
                        _ => {}
                    }
                    out.push_str(piece.source);
                }
            }
        }
        Some(out)
    }

    /// Returns the number of the name that a path leads to.
    fn number(&self, path: &[Token<'_>], names: &[&str]) -> Option<usize> {
        let (within, [dot, name]) = path.split_at_checked(self.within.len())? else { return None };
        let leads = within.iter().map(|token| token.text).eq(self.within.iter().copied()) && dot.text == ".";
        names.iter().position(|known| leads && *known == name.text)
    }

    /// Whether a tag could ask for what is left open: it names it, or takes what holds it as a whole.
    fn is_asked_for(&self, tokens: &[Token<'_>]) -> bool {
        let leads = |start: usize| {
            let mut words = tokens[start..].iter().map(|token| token.text).zip(self.within);
            words.all(|(word, within)| word == *within)
        };
        let all = |token: &Token<'_>| token.text == "__tera_context";
        (0..tokens.len()).any(|start| tokens[start].text == self.within[0] && (leads(start) || is_index(&tokens[start + 1..])))
            || tokens.iter().any(all)
    }
}

/// Whether a path goes on with an index (`view["columns"]`).
fn is_index(rest: &[Token<'_>]) -> bool {
    rest.first().is_none_or(|next| next.text != ".")
}

/// Whether a statement shows what stands somewhere else, or takes what stands in it.
fn is_opaque(keyword: &str) -> bool {
    ["block", "component", "extends", "filter", "include"].contains(&keyword)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &Cut = &CUTS[0];
    const CELL: &Cut = &CUTS[1];

    #[test]
    fn conditions_become_marks() {
        let row = "<i>{% if view.columns.kind %}a{% if view.x %}b{% else %}c{% endif %}{% else %}d{% endif %}</i>";
        let [with, without] = [true, false].map(|shown| sign(0, shown));
        assert_eq!(
            ROW.marked(row).unwrap(),
            format!("<i>{with}a{{% if view.x %}}b{{% else %}}c{{% endif %}}{END}{without}d{END}</i>")
        );
    }

    #[test]
    fn texts_become_marks() {
        let cell =
            "<td>{% if view.href %}<a href=\"{{ view.href }}\">{% if view.of %}!{% endif %}{% endif %}{{ view.text }}</td>";
        let [href, of] = [1, 2].map(|condition| sign(condition, true));
        let expected = format!("<td>{href}<a href=\"{}\">{of}!{END}{END}{}</td>", place(1), place(0));
        assert_eq!(CELL.marked(cell).unwrap(), expected);
    }

    #[test]
    fn blanks_are_left_out_beside_a_mark_as_they_were() {
        let cut = ROW.marked("a {%- if view.columns.tag %} b {% endif -%} c").unwrap();
        assert_eq!(cut, format!("a {{{{- \"{}\" }}}} b {{{{ \"{END}\" -}}}} c", sign(5, true)));
    }

    #[test]
    fn what_cannot_be_cut_is_left_alone() {
        for row in [
            "{% if view.columns.kind or view.row.note %}a{% endif %}",
            "{% if not view.columns.kind %}a{% endif %}",
            "{% if view.columns.kind %}a{% elif view.row.note %}b{% endif %}",
            "{% if view.columns.colour %}a{% endif %}",
            "{% set c = view.columns %}{% if c.kind %}a{% endif %}",
            "{% set v = view %}{% if v.row %}a{% endif %}",
            "{{ view[\"columns\"].kind }}",
            "{{ view.columns.kind }}",
            "{{ __tera_context }}",
            "{% include \"cells.html\" %}",
            "{{ <row view={view}/> }}",
        ] {
            assert_eq!(ROW.marked(row), None, "{row}");
        }
        for cell in [
            "{{ view.text | upper }}",
            "{% if view.text == \"0\" %}a{% endif %}",
            "{% set t = view.text %}{{ t }}",
            "{% for c in view.text %}{{ c }}{% endfor %}",
            "{{ view }}",
        ] {
            assert_eq!(CELL.marked(cell), None, "{cell}");
        }
    }
}
