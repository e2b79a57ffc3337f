//! The expressions of packs, read before anything asks for them: each text once, on every core.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::expression::{Expression, SyntaxError};
use super::template;
use crate::field::{Kind, Object, Shape};
use crate::record::tree::Tree;

/// Expressions by their text. A text that is not among them is read when it is asked for.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    read: BTreeMap<String, Result<Expression, SyntaxError>>,
}

impl Lexicon {
    /// Reads the expressions of packs.
    pub(super) fn of<'t>(packs: impl Iterator<Item = &'t Tree>) -> Self {
        let mut texts = Vec::new();
        packs.for_each(|pack| of_object(Kind::Workflow.object(), pack, &mut texts));
        texts.sort_unstable();
        texts.dedup();
        Self { read: texts.into_par_iter().map(|text| (text.to_owned(), Expression::compile(text))).collect() }
    }

    /// Returns an expression.
    pub(super) fn get(&self, text: &str) -> Result<Expression, SyntaxError> {
        self.read.get(text).map_or_else(|| Expression::compile(text), Clone::clone)
    }
}

/// Collects the expressions of a map, those in the braces of messages included.
fn of_object<'t>(object: &'static Object, tree: &'t Tree, texts: &mut Vec<&'t str>) {
    for entry in tree.entries() {
        let Some(field) = object.canonical(&entry.key) else { continue };
        match (field.key, entry.tree.text()) {
            ("message" | "message_en", Some(message)) => texts.extend(template::expressions(message)),
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
