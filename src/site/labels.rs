//! Labels of one language, from a theme's language file.

use ahash::HashMap;
use serde_json::Value;

/// The labels of one language by their dotted key (`matter.votes`).
#[derive(Debug, Clone, Default)]
pub struct Labels {
    flat: HashMap<String, String>,
    tree: Value,
}

impl Labels {
    /// Makes labels from the tree of a language file.
    pub fn new(tree: Value) -> Self {
        let mut flat = HashMap::default();
        flatten("", &tree, &mut flat);
        Self { flat, tree }
    }

    /// Returns the tree, for templates.
    pub fn tree(&self) -> &Value {
        &self.tree
    }

    /// Returns every dotted key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let mut keys: Vec<&str> = self.flat.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys.into_iter()
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
        let mut rest = self.get(key);
        let mut text = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let found = after.split_once('}').and_then(|(name, after)| {
                let (_, value) = values.iter().find(|(known, _)| *known == name)?;
                Some((value, after))
            });
            rest = if let Some((value, after)) = found {
                text.push_str(value);
                after
            } else {
                text.push('{');
                after
            };
        }
        text.push_str(rest);
        text
    }
}

/// Collects the leaves of a tree under dotted keys.
fn flatten(prefix: &str, tree: &Value, out: &mut HashMap<String, String>) {
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
        assert_eq!(labels.fill("a {b {n} {c", &[("n", "{c}"), ("c", "2")]), "a {b {c} {c");
    }
}
