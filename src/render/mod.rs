//! Rendering: from typed views and Markdown to the bytes of pages.

mod fold;
pub mod markdown;
pub mod strict;
pub mod theme;
