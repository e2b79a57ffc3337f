//! Exports: one file a format, each a function of the edition.

pub mod sitemap;
