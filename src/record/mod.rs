//! Records: files that the field table has read, one module a kind.
//!
//! `parse` makes them; nothing else can.

pub mod tree;
