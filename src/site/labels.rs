//! Labels of one language, from a theme's language file.

use std::collections::BTreeMap;

use serde_json::Value;

/// The labels of one language by their dotted key (`matter.votes`).
#[derive(Debug, Clone, Default)]
pub struct Labels {
    flat: BTreeMap<String, String>,
    tree: Value,
}

impl Labels {
    /// Makes labels from the tree of a language file.
    pub fn new(tree: Value) -> Self {
        let mut flat = BTreeMap::new();
        flatten("", &tree, &mut flat);
        Self { flat, tree }
    }

    /// Returns the tree, for templates.
    pub fn tree(&self) -> &Value {
        &self.tree
    }

    /// Returns every dotted key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.flat.keys().map(String::as_str)
    }

    /// Returns the label at a dotted key.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.flat.get(key).map(String::as_str)
    }

    /// Returns the label at a dotted key; the key itself where the theme lacks it, so that nothing is lost.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// Returns the label at a dotted key with its `{names}` filled in.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

/// Collects the leaves of a tree under dotted keys.
fn flatten(prefix: &str, tree: &Value, out: &mut BTreeMap<String, String>) {
    match tree {
        Value::Object(map) => {
            for (key, value) in map {
                let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                flatten(&key, value, out);
            }
        }
        Value::String(text) => {
            out.insert(prefix.to_owned(), text.clone());
        }
        other => {
            out.insert(prefix.to_owned(), other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_by_dotted_keys_and_filled_in() {
        let labels = Labels::new(serde_json::json!({"words": {"page_of": "第 {n} 页，共 {of} 页"}}));
        assert_eq!(labels.fill("words.page_of", &[("n", "2"), ("of", "8")]), "第 2 页，共 8 页");
        assert_eq!(labels.get("words.none"), "words.none");
    }
}
