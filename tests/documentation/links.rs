//! Links of the pages: to files of the project and to headings.

use super::{anchor, project, read};

/// Every page of the documentation.
pub(crate) fn pages() -> Vec<String> {
    let docs = std::fs::read_dir(project("docs")).expect("the folder docs");
    let pages = docs.flatten().filter(|entry| entry.path().extension().is_some_and(|extension| extension == "md"));
    let docs = pages.map(|entry| format!("docs/{}", entry.file_name().to_string_lossy()));
    let top = ["README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md"].map(str::to_owned);
    let mut all: Vec<_> = top.into_iter().chain(docs).collect();
    all.sort();
    all
}

/// Returns the links of a page that lead nowhere.
pub(crate) fn broken(page: &str) -> Vec<String> {
    let text = read(page);
    let inside = targets(&text).into_iter().filter(|target| !target.contains("://") && !target.starts_with("mailto:"));
    inside.filter(|target| !leads_somewhere(page, target)).map(|target| format!("{page}: {target}")).collect()
}

/// Whether a relative link names a file that is there, and a heading in it.
fn leads_somewhere(page: &str, target: &str) -> bool {
    let (path, heading) = target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = if path.is_empty() { page.to_owned() } else { format!("{folder}/{path}") };
    let path = path.trim_start_matches('/');
    if !project(path).exists() {
        return false;
    }
    heading.is_none_or(|heading| headings(&read(path)).iter().any(|known| anchor(known) == heading))
}

/// Returns the targets of the links outside code.
fn targets(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in prose(text) {
        let code_taken_out: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        let after = code_taken_out.split("](").skip(1);
        found.extend(after.filter_map(|rest| rest.split_once(')')).map(|(target, _)| target.to_owned()));
        let sources = code_taken_out.split("src=\"").skip(1);
        found.extend(sources.filter_map(|rest| rest.split_once('"')).map(|(target, _)| target.to_owned()));
    }
    found
}

/// Returns the headings.
fn headings(text: &str) -> Vec<String> {
    prose(text).filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').to_owned()).collect()
}

/// Returns the lines outside fenced code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}
