//! The built-in packs, as files of their own.

use crate::source::{Files, SourceFile};

/// The name and the text of each built-in pack, in the order of their names.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("eight-step.yaml", include_str!("packs/eight-step.yaml")),
    ("five-ring.yaml", include_str!("packs/five-ring.yaml")),
    ("four-discussions.yaml", include_str!("packs/four-discussions.yaml")),
    ("open-affairs.yaml", include_str!("packs/open-affairs.yaml")),
    ("village-law-2018.yaml", include_str!("packs/village-law-2018.yaml")),
    ("village-law-2026.yaml", include_str!("packs/village-law-2026.yaml")),
];

/// Adds the built-in packs to the files of a site, as `<built-in>/eight-step.yaml` and so on; they come before its own.
pub fn add_built_in(files: &mut Files) {
    for (name, text) in BUILT_IN {
        files.add(SourceFile::new(format!("<built-in>/{name}"), *text));
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::fmt::Write as _;
    use std::path::Path;

    use super::super::Workflows;
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::language::Language;
    use crate::record::headers;

    /// Reads packs given as path and text.
    pub(in super::super) fn load(packs: &[(String, String)]) -> (Files, Workflows, Vec<Diagnostic>) {
        let mut files = Files::default();
        let mut diagnostics = Vec::new();
        for (path, text) in packs {
            files.add(SourceFile::new(path.clone(), text.clone()));
        }
        let parsed = headers(&files, &mut diagnostics);
        let workflows = Workflows::read(&files, &parsed, &mut diagnostics);
        (files, workflows, diagnostics)
    }

    /// Writes diagnostics as a person reads them.
    pub(in super::super) fn report(files: &Files, diagnostics: &[Diagnostic]) -> String {
        let mut text = String::new();
        for diagnostic in diagnostics {
            let (at, _) = files.positions(diagnostic.span);
            let (file, rule) = (&files.get(diagnostic.span.file).path, &diagnostic.rule);
            let (message, help) = (diagnostic.message.get(Language::English), diagnostic.help.get(Language::English));
            let _ =
                writeln!(text, "{file}:{}:{}: {rule}: {message}\n    {help}\n    {}", at.line, at.column, diagnostic.message.zh);
        }
        text
    }

    /// The packs that lie beside this file.
    fn on_disk() -> Vec<(String, String)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/workflow/packs");
        let mut packs: Vec<_> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "yaml"))
            .map(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                (format!("<built-in>/{name}"), std::fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        packs.sort();
        packs
    }

    #[test]
    fn every_pack_is_sound_and_its_examples_come_out_as_they_say() {
        let (files, workflows, diagnostics) = load(&on_disk());
        assert!(diagnostics.is_empty(), "\n{}", report(&files, &diagnostics));
        for workflow in workflows.iter() {
            println!("{} {:?}: {} rules", workflow.id, workflow.effective, workflow.rules.len());
        }
    }

    #[test]
    fn every_built_in_rule_says_what_why_and_what_to_do_in_both_languages() {
        let (files, workflows, _) = load(&on_disk());
        let mut lacking = String::new();
        for (_, rule) in workflows.rules() {
            let (line, _) = files.positions(rule.span);
            let mut lacks = |what: &str, missing: bool| {
                if missing {
                    let _ = writeln!(lacking, "{}:{}: {} lacks {what}", rule.pack, line.line, rule.id);
                }
            };
            lacks("a title", rule.title.zh == rule.title.en);
            lacks("its message in both languages", rule.message.0.source() == rule.message.1.source());
            lacks("help in both languages", rule.help.zh == rule.help.en);
            lacks("its basis in both languages", rule.basis.zh == rule.basis.en);
            lacks("a passing example", rule.passing.is_empty());
            lacks("a failing example", rule.failing.is_empty());
        }
        assert!(lacking.is_empty(), "\n{lacking}");
    }

    #[test]
    fn every_pack_beside_this_file_is_built_in() {
        let built_in: Vec<_> = BUILT_IN.iter().map(|(name, _)| format!("<built-in>/{name}")).collect();
        let on_disk: Vec<_> = on_disk().into_iter().map(|(path, _)| path).collect();
        assert_eq!(built_in, on_disk);
    }
}
