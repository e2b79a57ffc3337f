//! The expressions of packs, read before anything asks for them: each text once, on every core, unless it was read by the same
//! program before.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::expression::{Expression, Node, SyntaxError};
use super::template;
use crate::field::{Kind, Object, Shape};
use crate::record::tree::Tree;

/// Expressions by their text. A text that is not among them is read when it is asked for.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    read: BTreeMap<String, Result<Expression, SyntaxError>>,
}

impl Lexicon {
    /// Reads the expressions of packs; those that are `known` need not be read.
    pub(super) fn of<'t>(packs: impl Iterator<Item = &'t Tree>, known: &Self) -> Self {
        let mut texts = Vec::new();
        packs.for_each(|pack| of_object(Kind::Workflow.object(), pack, &mut texts));
        texts.sort_unstable();
        texts.dedup();
        Self { read: texts.into_par_iter().map(|text| (text.to_owned(), known.get(text))).collect() }
    }

    /// Returns an expression.
    pub(super) fn get(&self, text: &str) -> Result<Expression, SyntaxError> {
        self.read.get(text).map_or_else(|| Expression::compile(text), Clone::clone)
    }

    /// Writes down what was read.
    pub(super) fn keep(&self) -> Option<Vec<u8>> {
        let sound = self.read.iter().filter_map(|(text, read)| Some((text, read.as_ref().ok()?.root())));
        postcard::to_allocvec(&sound.collect::<Vec<_>>()).ok()
    }

    /// Makes a lexicon of what the same program kept; an empty one of anything else.
    pub(super) fn recalled(kept: &[u8]) -> Self {
        let sound: Vec<(String, Node)> = postcard::from_bytes(kept).unwrap_or_default();
        let recalled = |(text, root): (String, Node)| {
            let expression = Expression::recalled(&text, root);
            (text, Ok(expression))
        };
        Self { read: sound.into_iter().map(recalled).collect() }
    }
}

/// Collects the expressions of a map, those in the braces of messages included.
fn of_object<'t>(object: &'static Object, tree: &'t Tree, texts: &mut Vec<&'t str>) {
    for entry in tree.entries() {
        let Some(field) = object.canonical(&entry.key) else { continue };
        match (field.key, entry.tree.text()) {
            ("message" | "message_en", Some(message)) => texts.extend(template::expressions(message)),
            // The place that a rule points at is a path, which is read as an expression too.
            ("at", Some(path)) => texts.push(path),
            _ => of_shape(&field.shape, &entry.tree, texts),
        }
    }
}

fn of_shape<'t>(shape: &'static Shape, tree: &'t Tree, texts: &mut Vec<&'t str>) {
    match shape {
        Shape::Expression => texts.extend(tree.text()),
        Shape::Object(object) => of_object(object, tree, texts),
        Shape::List(element) => tree.items().iter().for_each(|item| of_shape(element, item, texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::packs::tests::load;
    use super::super::{BUILT_IN, Rule};
    use super::*;
    use crate::record::{check_pack, headers};

    #[test]
    fn every_expression_of_a_pack_is_read_ahead() {
        let packs: Vec<_> = BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let (files, workflows, _) = load(&packs);
        let trees: Vec<Tree> = headers(&files, &mut Vec::new())
            .iter()
            .filter_map(|header| check_pack(header.node.as_ref()?, &mut Vec::new()))
            .collect();
        let lexicon = Lexicon::of(trees.iter(), &Lexicon::default());
        let of_rule = |rule: &Rule| {
            let threshold = rule.threshold.iter().flat_map(|threshold| std::iter::once(&threshold.count).chain(&threshold.of));
            let own = [&rule.each, &rule.when, &rule.rule, &rule.at].into_iter().flatten().chain(threshold);
            let messages = rule.message.0.expressions().chain(rule.message.1.expressions());
            own.chain(messages).map(|expression| expression.source().to_owned()).collect::<Vec<_>>()
        };
        // The rule of a duty that gives none is the program's own.
        let texts = workflows.rules().flat_map(|(_, rule)| of_rule(rule)).filter(|text| text != "size(overdue) == 0");
        let late: Vec<String> = texts.filter(|text| !lexicon.read.contains_key(text)).collect();
        assert_eq!(late, Vec::<String>::new());
        assert!(lexicon.read.len() > 100 && lexicon.read.values().all(Result::is_ok));
    }

    #[test]
    fn what_is_recalled_is_what_was_read() {
        let packs: Vec<_> = BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let (_, workflows, _) = load(&packs);
        let (read, kept) = (&workflows.lexicon.read, workflows.lexicon.keep().unwrap());
        let recalled = Lexicon::recalled(&kept);
        assert!(recalled.read.len() == read.len() && read.len() > 100);
        for (text, read) in read {
            let (read, recalled) = (read.as_ref().unwrap(), recalled.read[text].as_ref().unwrap());
            assert_eq!((read.source(), read.root()), (recalled.source(), recalled.root()));
        }
        assert!(Lexicon::recalled(&kept[1..]).read.len() < read.len());
    }

    #[test]
    fn a_text_that_was_not_read_ahead_is_read_when_it_is_asked_for() {
        assert_eq!(Lexicon::default().get("1 + 1").unwrap().source(), "1 + 1");
        assert!(Lexicon::default().get("1 +").is_err());
    }

    #[test]
    fn expressions_of_messages_stand_in_single_braces() {
        let found = |text| template::expressions(text).collect::<Vec<_>>();
        assert_eq!(found("到会 {meeting.present} 人，{{不足}} } {{{a}}} {b} {c"), ["meeting.present", "a", "b"]);
        assert_eq!(found("没有"), [""; 0]);
    }
}
