//! The examples of the READMEs: the records that they show, and what the program says of them.
//!
//! A fenced block below `<!-- file: PATH -->` is a file of a small site; a second block with the same path is another spelling
//! of it. A block below `<!-- says -->` shows what the program says of the site, and one below `<!-- break: FROM => TO -->`
//! the errors when that edit is made to it. What stands below `<!-- excerpt: PATH -->` are lines of that file, in order, and
//! below `<!-- template: NAME -->` a template that the default theme takes.

use std::collections::BTreeMap;

use gongshi::diagnostic::{Diagnostic, Severity, text};
use gongshi::language::Language;
use gongshi::pipeline::{Checked, check_files};
use gongshi::render::theme::Theme;
use gongshi::source::{Files, SourceFile};
use jiff::civil::date;

use super::{project, read, updating};

/// A fenced block with the comment above it.
#[derive(Debug)]
struct Block {
    mark: String,
    text: String,
}

/// Returns the fenced blocks that carry a mark, in order.
fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    for part in page.split("<!-- ").skip(1) {
        let Some((mark, rest)) = part.split_once(" -->\n") else { continue };
        let Some(fence) = rest.strip_prefix("```") else { continue };
        let (_, rest) = fence.split_once('\n').expect("a line after the fence");
        let (text, _) = rest.split_once("```").expect("the end of the fence");
        found.push(Block { mark: mark.to_owned(), text: text.to_owned() });
    }
    found
}

/// Returns the files of the small site; of two spellings the first or the last.
fn site(blocks: &[Block], last: bool) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for block in blocks {
        let Some(path) = block.mark.strip_prefix("file: ") else { continue };
        match files.iter_mut().find(|(known, _)| known == path) {
            Some((_, text)) if last => text.clone_from(&block.text),
            Some(_) => {}
            None => files.push((path.to_owned(), block.text.clone())),
        }
    }
    files.sort();
    files
}

fn judge(texts: &[(String, String)]) -> Checked {
    let mut files = Files::default();
    for (path, text) in texts {
        files.add(SourceFile::new(path.clone(), text.clone()));
    }
    check_files(files, &[], Vec::new(), None, date(2026, 4, 1))
}

fn said(checked: &Checked, diagnostics: &[Diagnostic]) -> String {
    text::render(diagnostics, &checked.files, checked.language(), false)
}

/// Returns the READMEs with the language of their messages.
fn pages() -> [(&'static str, Language); 2] {
    [("README.md", Language::English), ("README.zh-CN.md", Language::Chinese)]
}

#[test]
fn the_records_shown_are_without_errors_in_both_spellings() {
    for (page, _) in pages() {
        let blocks = blocks(&read(page));
        let (first, last) = (site(&blocks, false), site(&blocks, true));
        assert!(first.len() >= 3 && first != last, "{page} shows a site and a second spelling");
        for texts in [first, last] {
            let checked = judge(&texts);
            assert!(!checked.has_errors(), "{page}:\n{}", said(&checked, &checked.diagnostics));
        }
    }
}

#[test]
fn both_spellings_are_judged_alike() {
    for (page, _) in pages() {
        let blocks = blocks(&read(page));
        let proofs = |last| {
            let checked = judge(&site(&blocks, last));
            let proofs = checked.verdicts.iter().flat_map(|verdict| &verdict.proofs);
            proofs.map(|proof| format!("{}: {:?}", proof.rule.id, proof.outcome)).collect::<Vec<_>>()
        };
        assert!(!proofs(false).is_empty());
        assert_eq!(proofs(false), proofs(true), "{page}");
    }
}

#[test]
fn the_messages_shown_are_those_of_the_program() {
    for (page, language) in pages() {
        let blocks = blocks(&read(page));
        let mut shown = 0;
        for block in &blocks {
            let mut texts = site(&blocks, false);
            let errors_only = if block.mark == "says" {
                false
            } else if let Some((from, to)) = block.mark.strip_prefix("break: ").and_then(|edit| edit.split_once(" => ")) {
                let hits = texts.iter().map(|(_, text)| text.matches(from).count()).sum::<usize>();
                assert_eq!(hits, 1, "{page}: `{from}` stands in the site once");
                for (_, text) in &mut texts {
                    *text = text.replace(from, to);
                }
                true
            } else {
                continue;
            };
            let checked = judge(&texts);
            let told = checked.diagnostics.iter().filter(|d| !errors_only || d.severity == Severity::Error);
            let told: Vec<_> = told.cloned().collect();
            let program = text::render(&told, &checked.files, language, false);
            if updating() {
                let page_text = read(page);
                let old = format!("<!-- {} -->\n```text\n{}```", block.mark, block.text);
                let new = format!("<!-- {} -->\n```text\n{}\n```", block.mark, program.trim_end());
                std::fs::write(project(page), page_text.replace(&old, &new)).expect("the page is written");
                shown += 1;
                continue;
            }
            assert_eq!(block.text.trim_end(), program.trim_end(), "{page} shows another message than the program:\n{program}");
            shown += 1;
        }
        assert!(shown > 2, "{page} shows messages");
    }
}

#[test]
fn excerpts_are_lines_of_their_file() {
    for (page, _) in pages() {
        let blocks = blocks(&read(page));
        let excerpts: Vec<_> =
            blocks.iter().filter_map(|block| Some((block.mark.strip_prefix("excerpt: ")?, &block.text))).collect();
        assert!(!excerpts.is_empty(), "{page} shows an excerpt");
        for (path, text) in excerpts {
            let file = read(path);
            let mut lines = file.lines();
            for line in text.lines() {
                assert!(lines.any(|known| known == line), "{page}: `{line}` is no line of {path}, or not in this order");
            }
        }
    }
}

#[test]
fn templates_shown_are_taken_and_a_misspelt_field_is_refused() {
    let blocks = blocks(&read("docs/themes.md"));
    let template = blocks.iter().find_map(|block| Some((block.mark.strip_prefix("template: ")?, &block.text)));
    let (name, text) = template.expect("a template");
    let theme = |text: String| Theme::new(BTreeMap::from([(format!("templates/{name}"), text.into_bytes())]));
    assert_eq!(theme(text.clone()).err(), None);
    let faults = theme(text.replace("view.links", "view.linkz")).expect_err("a fault");
    assert!(faults[0].message.contains("`linkz`"), "{faults:?}");
}
