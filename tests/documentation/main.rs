//! The documentation, held to the program: what is generated is up to date, what is shown works, and links lead somewhere.
//!
//! `GONGSHI_UPDATE=1 cargo test --test documentation` writes the generated pages (`docs/records.md`, `docs/rules.md`,
//! `docs/views.md`) and the messages and sessions of the READMEs anew.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]
#![expect(clippy::expect_used, clippy::panic, reason = "a page that cannot be read is a fault of the test")]

mod commands;
mod examples;
mod links;
mod records;
mod rules;
mod statistics;
mod views;

use std::path::{Path, PathBuf};

/// The line at the top of a page that nobody should edit.
const GENERATED: &str =
    "<!-- Written by `GONGSHI_UPDATE=1 cargo test --test documentation`; edit the tables in `src` instead. -->\n\n";

/// Returns a path of the project.
fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Reads a text of the project.
fn read(path: &str) -> String {
    std::fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}")).replace("\r\n", "\n")
}

/// Whether generated texts are to be written anew.
fn updating() -> bool {
    std::env::var_os("GONGSHI_UPDATE").is_some()
}

/// Compares a generated page with the file, or writes the file if the environment asks for it.
fn holds(path: &str, page: &str) {
    let page = format!("{GENERATED}{page}");
    if updating() {
        std::fs::write(project(path), page).unwrap_or_else(|error| panic!("{path}: {error}"));
        return;
    }
    let file = read(path);
    let differs = file.lines().zip(page.lines()).position(|(a, b)| a != b);
    assert!(
        file == page,
        "{path} is stale (line {:?}): run GONGSHI_UPDATE=1 cargo test --test documentation",
        differs.map(|n| n + 1)
    );
}

/// Returns the anchor that a heading gets on the usual hosts: lower case, punctuation dropped, blanks turned to hyphens.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Writes a text for a cell of a table.
fn cell(text: &str) -> String {
    text.trim().replace('|', "\\|").replace('\n', " ")
}

#[test]
fn records_md_says_what_the_field_table_says() {
    holds("docs/records.md", &records::page());
}

#[test]
fn rules_md_says_what_the_packs_say() {
    holds("docs/rules.md", &rules::page());
}

#[test]
fn views_md_says_what_the_views_say() {
    holds("docs/views.md", &views::page());
}

#[test]
fn statistics_md_says_what_the_measures_say() {
    holds("docs/statistics.md", &statistics::page());
}

#[test]
fn themes_md_names_every_template() {
    let page = read("docs/themes.md");
    let templates = gongshi::site::view::TEMPLATES.iter().chain(gongshi::site::view::PARTS);
    let missing: Vec<_> = templates.filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/themes.md does not name {missing:?}");
}

#[test]
fn links_between_pages_lead_somewhere() {
    let broken: Vec<_> = links::pages().iter().flat_map(|page| links::broken(page)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
