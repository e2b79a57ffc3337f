//! What was made once and stands in many places: HTML, parts of views; and the digests that tell views from one another.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use postcard::ser_flavors::Flavor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Safe HTML, made of other templates.
///
/// A template is given the HTML; [`digest_of`] is given the digest of what it shows, so that it need not be written to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Markup {
    /// What a page shows.
    Html(Arc<String>),
    /// The digest of all that it would show.
    Digest([u8; blake3::OUT_LEN]),
}

impl From<String> for Markup {
    fn from(html: String) -> Self {
        Self::Html(html.into())
    }
}

impl From<blake3::Hash> for Markup {
    fn from(digest: blake3::Hash) -> Self {
        Self::Digest(digest.into())
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Html(html) => html.serialize(serializer),
            Self::Digest(digest) => digest.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Markup {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// Parts of a page that stand one after the other, each with a template of its own.
///
/// A template is given their HTML; [`digest_of`] is given the parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid<T> {
    parts: Vec<T>,
    /// What a page shows; empty where no page is written.
    html: String,
}

impl<T> Laid<T> {
    /// Makes parts that look like this.
    pub fn new(parts: Vec<T>, html: String) -> Self {
        Self { parts, html }
    }

    /// Returns how they look.
    pub fn html(&self) -> &str {
        &self.html
    }
}

impl<T> Default for Laid<T> {
    fn default() -> Self {
        Self::new(Vec::new(), String::new())
    }
}

impl<T> Deref for Laid<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.parts
    }
}

impl<T: Serialize> Serialize for Laid<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { self.html.serialize(serializer) } else { self.parts.serialize(serializer) }
    }
}

impl<'de, T> Deserialize<'de> for Laid<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|html| Self::new(Vec::new(), html))
    }
}

/// A part of a view that is the same in many places: what templates are given of it is made once.
#[derive(Debug, Clone)]
pub struct Shared<T>(Arc<(T, OnceLock<tera::Value>)>);

impl<T> Shared<T> {
    /// Makes a part that may stand in many places.
    pub fn new(part: T) -> Self {
        Self(Arc::new((part, OnceLock::new())))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (part, value) = &*self.0;
        if serializer.is_human_readable() {
            value.get_or_init(|| tera::Value::from_serializable(part)).serialize(serializer)
        } else {
            part.serialize(serializer)
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

/// Takes the digest of a view: equal digests, equal HTML.
pub fn digest_of(view: &impl Serialize) -> blake3::Hash {
    let bytes = postcard::serialize_with_flavor(view, Bytes(Vec::with_capacity(16 * 1024)));
    debug_assert!(bytes.is_ok(), "a view that is not plain data");
    blake3::hash(&bytes.unwrap_or_default())
}

/// Bytes that are written piece by piece.
struct Bytes(Vec<u8>);

impl Flavor for Bytes {
    type Output = Vec<u8>;

    fn try_extend(&mut self, data: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(data);
        Ok(())
    }

    fn try_push(&mut self, data: u8) -> postcard::Result<()> {
        self.0.push(data);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::view::StatisticsCell;

    #[test]
    fn a_shared_part_is_shown_and_digested_as_if_it_were_not_shared() {
        let part = StatisticsCell { text: "97.5%".to_owned(), href: String::new(), of: "39/40".to_owned() };
        let shared = Shared::new(part.clone());
        assert_eq!(digest_of(&vec![shared.clone()]), digest_of(&vec![part.clone()]));
        let shown = tera::Value::from_serializable(&part);
        for _ in 0..2 {
            assert_eq!(tera::Value::from_serializable(&vec![shared.clone()]), tera::Value::from(vec![shown.clone()]));
        }
    }
}
