//! The YAML tree with byte spans: what a file says, before anyone asks whether it is right.
//!
//! Scalars stay text; the field table decides what they mean.

use super::Span;

/// A node of the YAML tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The place; block maps and lists reach to the end of their last child.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An empty value or a plain `null` or `~`.
    Null,
    /// A scalar as text, with its escapes resolved.
    Scalar {
        /// The text.
        text: String,
        /// Whether it was written in quotes or as a block (then it is never a number, a date or a flag).
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map, in source order; keys may repeat (the checker reports it).
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The text.
    pub text: String,
    /// The place of the key itself.
    pub span: Span,
}
