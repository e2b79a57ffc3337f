//! The layers of `docs/architecture.md`, held against the source.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What each module may use: the rows of the table of modules.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let section = text.split("## Modules").nth(1).unwrap().split("\n## ").next().unwrap();
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    let row = |line: &str| {
        let cells: Vec<_> = line.split('|').collect();
        (cells.len() == 5).then(|| (names(cells[1]), names(cells[3])))
    };
    let rows = section.lines().filter_map(row).filter_map(|(module, uses)| Some((module.into_iter().next()?, uses)));
    rows.collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A source file: its module path and its code, without comments, strings and tests.
struct Source {
    path: String,
    module: String,
    code: String,
}

/// Reads every file under `src/` that is no test.
fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    list(&root().join("src"), &mut paths);
    let texts: Vec<(String, String)> =
        paths.into_iter().map(|path| (path.clone(), fs::read_to_string(root().join("src").join(path)).unwrap())).collect();
    let tests: BTreeSet<String> = texts.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    let source = |(path, text): &(String, String)| {
        let module = module_of(path);
        let is_test = tests.iter().any(|test| module == *test || module.starts_with(&format!("{test}::")));
        (!is_test).then(|| Source { path: path.clone(), code: code_of(text), module })
    };
    texts.iter().filter_map(source).collect()
}

fn list(folder: &Path, paths: &mut Vec<String>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            list(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let relative = path.strip_prefix(root().join("src")).unwrap();
            paths.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// `site/view/mod.rs` is `site::view`.
fn module_of(path: &str) -> String {
    let path = path.trim_end_matches(".rs");
    path.strip_suffix("/mod").unwrap_or(path).replace('/', "::")
}

/// Names the files that are declared under `#[cfg(test)]`.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let declared = |pair: &[&str]| {
        let name = pair[1].trim_start_matches("pub(super) ").trim_start_matches("pub(crate) ");
        let name = name.strip_prefix("mod ")?.strip_suffix(';')?;
        (pair[0] == "#[cfg(test)]").then(|| format!("{}::{name}", module_of(path)))
    };
    lines.windows(2).filter_map(declared).collect()
}

/// Leaves the code that is not for tests, without comments and strings.
fn code_of(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line == "#[cfg(test)]" && lines.peek().is_some_and(|next| next.ends_with('{') && next.contains("mod ")) {
            break;
        }
        kept.push(line);
    }
    without_strings(&kept.join("\n"))
}

fn without_strings(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => {
                while let Some(c) = rest.next() {
                    match c {
                        '\\' => drop(rest.next()),
                        '"' => break,
                        _ => {}
                    }
                }
            }
            // A character literal of a quotation mark, not a lifetime.
            '\'' if rest.peek() == Some(&'"') => drop(rest.nth(1)),
            '/' if rest.peek() == Some(&'/') => {
                out.push('\n');
                rest.by_ref().find(|c| *c == '\n');
            }
            c => out.push(c),
        }
    }
    out
}

/// Lists the paths of our own crate that the code names, as `module::part`.
fn uses(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '$') {
            expand("", &code[at + "crate::".len()..], &mut found);
        }
    }
    found
}

/// Follows `a::{b, c::d}` to `a::b` and `a::c::d`.
fn expand(prefix: &str, rest: &str, found: &mut BTreeSet<String>) {
    if let Some(group) = rest.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' | ',' if depth == 0 => {
                    expand(prefix, group[start..at].trim(), found);
                    start = at + 1;
                    if c == '}' {
                        return;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        return;
    }
    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if name.is_empty() {
        return;
    }
    let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}::{name}") };
    match rest[name.len()..].strip_prefix("::") {
        Some(more) => expand(&path, more, found),
        None if name == "self" => drop(found.insert(prefix.to_owned())),
        None => drop(found.insert(path)),
    }
}

/// Whether `path` is `module` or lies in it.
fn within(path: &str, module: &str) -> bool {
    path == module || path.strip_prefix(module).is_some_and(|rest| rest.starts_with("::"))
}

/// The row that holds for a file: the longest that its module lies in.
fn row_of<'t>(module: &str, table: &'t BTreeMap<String, BTreeSet<String>>) -> Option<(&'t String, &'t BTreeSet<String>)> {
    table.iter().filter(|(row, _)| within(module, row)).max_by_key(|(row, _)| row.len())
}

#[test]
fn a_module_uses_only_what_its_row_names() {
    let table = table();
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !["lib", "main"].contains(&source.module.as_str())) {
        let Some((row, allowed)) = row_of(&source.module, &table) else {
            faults.push(format!("{}: its module has no row in docs/architecture.md", source.path));
            continue;
        };
        let top = row.split("::").next().unwrap();
        for used in uses(&source.code) {
            // The macro `text!` is of `language`.
            let used = if used == "text" { "language".to_owned() } else { used };
            let own = if row.contains("::") { within(&used, row) } else { within(&used, top) };
            if !own && !allowed.iter().any(|module| within(&used, module)) {
                faults.push(format!("{}: `{row}` may not use `{used}`", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_row_names_modules_that_exist() {
    let modules: BTreeSet<String> = sources().into_iter().map(|source| source.module).collect();
    let table = table();
    assert!(table.len() > 15, "the table was not read: {table:?}");
    let named = table.keys().chain(table.values().flatten());
    let missing: Vec<_> = named.filter(|name| !modules.contains(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn files_clock_environment_and_network_stay_at_the_edges() {
    let with_files = ["source::discover", "publish", "pipeline", "cli"];
    let edges: &[(&str, &[&str])] = &[
        ("std::fs", &with_files),
        ("fs::read", &with_files),
        ("File::open", &with_files),
        ("WalkDir", &with_files),
        ("walkdir", &with_files),
        ("std::net", &["cli"]),
        ("std::env", &["cli"]),
        // How long ago a file was written: whether its stamp can be relied on.
        ("SystemTime", &["cli", "publish"]),
        ("Instant", &["cli"]),
        ("Timestamp", &["cli"]),
        ("TimeZone::system", &["cli"]),
        ("std::thread", &["cli", "pipeline", "print::press", "publish"]),
    ];
    let mut faults = Vec::new();
    for source in sources() {
        for (word, modules) in edges {
            if source.code.contains(word) && !modules.iter().any(|module| within(&source.module, module)) {
                faults.push(format!("{}: `{word}` belongs to {modules:?}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn paths_are_found_in_groups_and_not_in_strings() {
    let code = code_of(
        "use crate::{a::{B, c::D}, text};\n// crate::no\nlet x = \"crate::no\";\ncrate::e::f();\nuse crate::g::{self, H};\n\
         '\"' crate::i\n#[cfg(test)]\nmod tests {\n use crate::no;\n",
    );
    let found: Vec<_> = uses(&code).into_iter().collect();
    assert_eq!(found, ["a::B", "a::c::D", "e::f", "g", "g::H", "i", "text"]);
}
