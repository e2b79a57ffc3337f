//! Rendering: from typed views and Markdown to the bytes of pages.

mod cut;
mod fold;
pub mod markdown;
pub mod strict;
pub mod theme;
