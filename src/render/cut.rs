//! Cutting: the template of a part writes all that it may show, with marks, and every page takes what it asks for.
//!
//! A record stands in lists with different columns, and a table has thousands of cells. A template that asks for more than can be
//! cut out is left as it is, and the part is written as often as it looks different.

use super::fold::{Kind, pieces, surround};
use super::strict::Token;
use crate::site::mould::{END, MOST, place, place_of_html, sign};
use crate::site::view::{
    Columns, CountLink, Fact, Kick, Link, ListRow, RelatedItem, StatisticsCell, StatisticsPart, StatisticsRow, TextLink, View,
};

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
    /// The names of those of them that may be HTML.
    html: &'static [&'static str],
}

/// The parts that are cut.
pub(super) const CUTS: [Cut; 10] = [
    Cut { template: ListRow::TEMPLATE, within: &["view", ".", "columns"], conditions: &Columns::NAMES, texts: &[], html: &[] },
    Cut::whole::<StatisticsCell>(&StatisticsCell::NAMES),
    Cut::whole::<CountLink>(&CountLink::NAMES),
    Cut { html: &["links"], ..Cut::whole::<Fact>(&Fact::NAMES) },
    Cut::whole::<Link>(&Link::NAMES),
    Cut::whole::<TextLink>(&Link::NAMES),
    Cut { html: &["links"], ..Cut::whole::<Kick>(&Fact::NAMES) },
    Cut::whole::<RelatedItem>(&RelatedItem::NAMES),
    Cut::whole::<StatisticsPart>(&StatisticsPart::NAMES),
    Cut { html: &["split"], ..Cut::whole::<StatisticsRow>(&StatisticsRow::NAMES) },
];

// What stands for texts that are HTML comes after all others.
const _: () = {
    let mut number = 0;
    while number < CUTS.len() {
        let Cut { conditions, texts, .. } = &CUTS[number];
        assert!(conditions.len() <= MOST && texts.len() <= MOST, "a part with more names than there are marks");
        number += 1;
    }
};

impl Cut {
    /// A part of which all is left open.
    const fn whole<V: View>(names: &'static [&'static str]) -> Self {
        Self { template: V::TEMPLATE, within: &["view"], conditions: names, texts: names, html: &[] }
    }

    /// Puts marks into a folded template.
    ///
    /// `None` where it asks for what is left open in any other way than `{% if view.columns.place %}` with or without an
    /// `{% else %}`, or prints it in any other way than `{{ view.text }}`, or `{{ view.links | safe }}` where that is HTML.
    pub(super) fn marked(&self, template: &str) -> Option<String> {
        let mut out = String::with_capacity(template.len());
        // The conditions and loops that are open; of a condition that is cut out, its number.
        let mut open: Vec<Option<u8>> = Vec::new();
        for piece in pieces(template) {
            let mut mark = |text: &str| match piece.trims() {
                (false, false) => out.push_str(text),
                trims => surround(Kind::Print, trims, &["\"", text, "\""].concat(), &mut out),
            };
            let keyword = piece.keyword();
            let printed = self.printed(&piece.tokens).filter(|_| piece.kind == Kind::Print);
            let asked = piece.tokens.get(1..).filter(|_| keyword == "if");
            let asked = asked.and_then(|path| self.number(path, self.conditions));
            match (printed, asked, keyword, open.last().copied().flatten()) {
                (Some(printed), ..) => mark(&printed),
                (_, Some(condition), ..) => {
                    open.push(Some(condition));
                    mark(&sign(condition, true));
                }
                (_, _, "else", Some(condition)) => mark(&[END.to_string(), sign(condition, false)].concat()),
                (_, _, "endif", Some(_)) => {
                    open.pop();
                    mark(&END.to_string());
                }
                (_, _, "elif", Some(_)) => return None,
                _ if is_opaque(keyword) || self.is_asked_for(&piece.tokens) => return None,
                _ => {
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

    /// Returns what stands for what a tag prints.
    fn printed(&self, tokens: &[Token<'_>]) -> Option<String> {
        match tokens {
            [path @ .., pipe, safe] if (pipe.text, safe.text) == ("|", "safe") => {
                let is_html = path.last().is_some_and(|name| self.html.contains(&name.text));
                self.number(path, self.texts).filter(|_| is_html).map(place_of_html)
            }
            _ => self.number(tokens, self.texts).map(place),
        }
    }

    /// Returns the number of the name that a path leads to.
    fn number(&self, path: &[Token<'_>], names: &[&str]) -> Option<u8> {
        let (within, rest) = path.split_at_checked(self.within.len())?;
        let is = |path: &[Token<'_>], known: &mut dyn Iterator<Item = &str>| path.iter().map(|token| token.text).eq(known);
        if !is(within, &mut self.within.iter().copied()) {
            return None;
        }
        // A name may lead further: `link.href`.
        let named = |name: &&str| is(rest, &mut name.split('.').flat_map(|key| [".", key]));
        names.iter().position(named).and_then(|number| u8::try_from(number).ok())
    }

    /// Whether a tag could ask for what is left open: it names it, or takes what holds it as a whole or by an index.
    fn is_asked_for(&self, tokens: &[Token<'_>]) -> bool {
        let asks = |start: usize| {
            let rest = || tokens[start..].iter().map(|token| token.text);
            let is_whole = rest().nth(1) != Some(".");
            let leads = || rest().take(self.within.len()).eq(self.within.iter().copied());
            rest().next() == Some(self.within[0]) && (is_whole || leads()) || rest().next() == Some("__tera_context")
        };
        (0..tokens.len()).any(asks)
    }
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
    const FACT: &Cut = &CUTS[3];
    const RELATED: &Cut = &CUTS[7];

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
    fn names_may_lead_further() {
        let item = "{% if view.link.lang %}{{ view.link.lang }}{% endif %}{{ view.address }}";
        assert_eq!(RELATED.marked(item).unwrap(), [&*sign(2, true), &place(2), &END.to_string(), &place(4)].concat());
        assert_eq!(RELATED.marked("{{ view.link }}"), None);
        assert_eq!(RELATED.marked("{{ view.lang }}"), None);
    }

    #[test]
    fn html_is_marked_where_it_is_printed_as_such() {
        let [safe, escaped] = [place_of_html(3), place(3)];
        assert_eq!(FACT.marked("{{ view.links | safe }}{{ view.links }}").unwrap(), [safe, escaped].concat());
        assert_eq!(FACT.marked("{{ view.text | safe }}"), None);
        assert_eq!(FACT.marked("{{ view.links | length }}"), None);
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
