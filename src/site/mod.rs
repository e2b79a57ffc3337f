//! The site: what each HTML page shows and where it stands, before anything is rendered.
//!
//! `view` holds the typed views, the contract between the pages that are planned and the templates of a theme.

pub mod view;
