//! What a site must not show: drafts, full names, anything that runs; and what it shows of an earlier day or on another machine.

#![expect(clippy::expect_used, clippy::panic, reason = "a fixture that is not there is a fault of the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gongshi::diagnostic::Severity;
use gongshi::pipeline::{Checked, Outcome, build, check_files};
use gongshi::source::{Attachment, Files, SourceFile, discover};
use jiff::civil::Date;

/// A site in memory.
struct Site {
    folder: PathBuf,
    texts: BTreeMap<String, String>,
    attachments: Vec<Attachment>,
}

impl Site {
    fn read(folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let found = discover(&folder).expect("the fixtures are readable");
        let texts = found.files.iter().map(|(_, file)| (file.path.clone(), file.text.to_string())).collect();
        Self { folder, texts, attachments: found.attachments }
    }

    fn examples() -> Self {
        Self::read("tests/fixtures/examples")
    }

    fn replace(mut self, path: &str, from: &str, to: &str) -> Self {
        let text = self.texts.get_mut(path).unwrap_or_else(|| panic!("no {path}"));
        assert!(text.contains(from), "`{from}` is not in {path}");
        *text = text.replacen(from, to, 1);
        self
    }

    fn add(mut self, path: &str, text: &str) -> Self {
        self.texts.insert(path.to_owned(), text.to_owned());
        self
    }

    fn check(&self, as_of: Option<Date>) -> Checked {
        let mut files = Files::default();
        for (path, text) in &self.texts {
            files.add(SourceFile::new(path.clone(), text.as_str()));
        }
        check_files(files, &self.attachments, Vec::new(), as_of, Date::constant(2026, 11, 20))
    }

    /// Builds the site: every file that is made, by its path; attachments are empty.
    fn build(&self, as_of: Option<Date>) -> BTreeMap<String, String> {
        let mut checked = self.check(as_of);
        // A published record that rests on a draft is refused by the check; even if it were not, nothing may leak.
        checked.diagnostics.retain(|diagnostic| diagnostic.rule != "reference/draft");
        let outcome = build(&self.folder, &mut checked).expect("a theme that can be used");
        let Outcome::Built(built) = outcome else {
            let errors = checked.diagnostics.iter().filter(|d| d.severity == Severity::Error);
            panic!("refused: {:#?}", errors.map(|d| (&d.rule, &d.message)).collect::<Vec<_>>())
        };
        let read = |(path, content): (&str, &gongshi::publish::Content)| {
            let attachment = matches!(content, gongshi::publish::Content::File(_));
            let bytes = if attachment { None } else { built.output.read(path).expect("a page that can be made") };
            (path.to_owned(), String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned())
        };
        built.output.iter().map(read).collect()
    }

    fn rules(&self) -> Vec<String> {
        let errors = self.check(None).diagnostics.into_iter().filter(|d| d.severity == Severity::Error);
        errors.map(|d| d.rule).collect()
    }
}

const MATTER: &str = "content/qinghe/xinmin/matters/2026-001-street-lights.md";
const MEETING: &str = "content/qinghe/xinmin/meetings/2026-03-18-congress.md";

/// Resolves `%E6…` and character references, so that nothing hides behind an encoding.
fn plain(text: &str) -> String {
    let text = gongshi::register::decoded(text);
    text.replace("&#x27;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Asserts that no file holds `secret`, in its path or its text.
fn nowhere(files: &BTreeMap<String, String>, secret: &str) {
    for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("assets/")) {
        assert!(!plain(path).contains(secret), "`{secret}` is in the path {path}");
        let text = plain(text);
        if let Some(at) = text.find(secret) {
            let near: String = text[..at].chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect();
            panic!("`{secret}` is in {path}: …{near}{secret}");
        }
    }
}

#[test]
fn nothing_of_a_draft_is_published() {
    let title = "村内道路路灯";
    let site = Site::examples();
    let shown = site.texts[MATTER].lines().find_map(|line| line.strip_prefix("title: ")).expect("a title").to_owned();
    assert!(shown.contains("路灯"), "{shown} {title}");
    let files = site.replace(MATTER, "title:", "draft: true\ntitle:").build(None);
    assert!(!files.keys().any(|path| path.contains("2026-001-street-lights")));
    nowhere(&files, &shown);
    nowhere(&files, "2026-001-street-lights");
}

#[test]
fn a_meeting_that_is_a_draft_decides_nothing_on_a_page() {
    let files = Site::examples().replace(MEETING, "kind: meeting", "kind: meeting\ndraft: true").build(None);
    nowhere(&files, "2026-03-18-congress");
    let page = plain(&files["qinghe/xinmin/matters/2026-001-street-lights.html"]);
    assert!(!page.contains("实到 41"), "the attendance of a draft is shown");
}

#[test]
fn nothing_of_a_draft_area_is_published() {
    let path = "content/qinghe/xinmin/area.yaml";
    let site = Site::examples();
    let name = site.texts[path].lines().find_map(|line| line.strip_prefix("name: ")).expect("a name").to_owned();
    let files = site.replace(path, "kind: area", "kind: area\ndraft: true").build(None);
    assert!(!files.keys().any(|path| path.contains("xinmin")));
    for (path, text) in &files {
        assert!(!plain(text).contains("xinmin/"), "{path} links into a draft area");
    }
    assert!(!plain(&files["index.html"]).contains(&name) && !plain(&files["places/index.html"]).contains(&name));
}

#[test]
fn full_names_appear_nowhere() {
    for (style, folder) in [("surname", ""), ("initials", "tests/fixtures/examples")] {
        let mut site = Site::read(folder);
        let text = site.texts.get_mut("content/site.yaml").expect("a site");
        *text = text.replace("names: surname", &format!("names: {style}"));
        let checked = site.check(None);
        let names: std::collections::BTreeSet<String> =
            checked.register.records().flat_map(|(_, record)| record.persons()).map(str::to_owned).collect();
        let files = site.build(None);
        for name in names.iter().filter(|name| name.chars().count() > 1 && !name.contains(['某', '.'])) {
            nowhere(&files, name);
        }
    }
}

#[test]
fn names_are_found_across_line_breaks_in_anchors_and_in_addresses() {
    let site = Site::examples();
    let text = site.texts[MATTER].clone()
        + "\n\n## 王春生说明\n\n见[说明](#王春生说明)，由王春\n生负责，[网](https://e.org/%E7%8E%8B%E6%98%A5%E7%94%9F)。\n";
    nowhere(&site.add(MATTER, &text).build(None), "王春生");
    let meeting = Site::examples().texts[MEETING].clone();
    let named = Site::examples().add("content/qinghe/xinmin/meetings/王春生.md", &meeting);
    assert!(named.rules().contains(&"privacy/name-in-address".to_owned()), "{:?}", named.rules());
}

#[test]
fn an_earlier_or_later_day_builds_and_counts_nothing_of_the_future() {
    let site = Site::examples();
    let day = Date::constant(2026, 3, 10);
    assert!(site.build(Some(day))["index.html"].contains("2026-03-10"));
    for verdict in site.check(Some(day)).verdicts.iter() {
        let ahead =
            |step: &&gongshi::verdict::StepState| step.progress == gongshi::verdict::Progress::Done && step.to > Some(day);
        assert!(!verdict.steps.iter().any(|step| ahead(&step)), "a step that ends later is done: {:?}", verdict.steps);
    }
    for day in [Date::constant(2030, 1, 1), Date::constant(9999, 12, 31), Date::constant(1, 1, 1)] {
        assert!(site.build(Some(day)).contains_key("index.html"), "{day}");
    }
    assert!(Site::read("").build(Some(Date::constant(2025, 6, 30))).contains_key("index.html"));
}

/// Asserts that a page runs nothing and that its links stay on the site or lead where links may.
fn harmless(path: &str, html: &str) {
    for tag in html.split('<').skip(1) {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        assert!(!["iframe", "object", "embed", "base"].contains(&name.as_str()), "{path}: <{tag}");
        let inside = tag.split('>').next().unwrap_or(tag);
        assert!(name != "script" || inside.contains("src="), "{path}: an inline script");
        assert!(!inside.contains(" style="), "{path}: <{inside}");
        // Quoted values out of the way, what is left are names of attributes.
        let names: String = inside.split('"').step_by(2).collect();
        assert!(!names.split_whitespace().any(|word| word.to_lowercase().starts_with("on")), "{path}: <{inside}");
        for attribute in ["href=\"", "src=\""] {
            let Some((_, value)) = inside.split_once(attribute) else { continue };
            let value = value.split('"').next().unwrap_or(value);
            let scheme = value.split(['/', '#', '?']).next().unwrap_or(value).split_once(':').map(|(scheme, _)| scheme);
            let fine = matches!(scheme, None | Some("http" | "https" | "mailto" | "tel"));
            let depth = path.matches('/').count();
            assert!(fine && !value.starts_with("//") && value.matches("../").count() <= depth, "{path}: {value}");
        }
    }
}

#[test]
fn hostile_texts_are_shown_and_never_run() {
    let hostile = "'\"><img src=x onerror=alert(1)><script>alert(2)</script>'";
    let mut site = Site::examples();
    for text in site.texts.values_mut() {
        let lines = text.lines().map(|line| match line.split_once(": ") {
            Some((key @ ("title" | "title_en" | "summary" | "description" | "publisher" | "category" | "name"), _)) => {
                format!("{key}: {hostile}")
            }
            _ => line.to_owned(),
        });
        *text = lines.collect::<Vec<_>>().join("\n") + "\n";
    }
    let body = "\n\n<script>alert(3)</script>\n\n<!-- <img src=x onerror=alert(4)> -->\n\n# main\n\n## \"><b>\n\n[^main]\n\n[^main]: <svg onload=x>\n\n`<script>`\n\n<https://e.org/\"onclick=x>\n";
    site.texts.get_mut(MATTER).expect("a matter").push_str(body);
    let files = site.build(None);
    for (path, html) in files.iter().filter(|(_, text)| text.starts_with("<!")) {
        harmless(path, html);
    }
    for link in ["javascript:alert(1)", "//e.org/x", "data:text/html,x", "/etc/passwd", "JaVaScRiPt:x", "vbscript:x"] {
        let text = Site::examples().texts[MATTER].clone() + &format!("\n\n[x]({link})\n");
        assert!(!Site::examples().add(MATTER, &text).rules().is_empty(), "{link}");
    }
}

#[test]
fn every_category_has_a_list_of_its_own() {
    let disclosure = |category: &str| {
        format!(
            "---\nkind: disclosure\ntitle: 公开\nsphere: village\ncategory: {category}\nperiod: 2026-Q1\nbasis: 村务公开目录\npublished: 2026-04-05\n---\n"
        )
    };
    let long = "长".repeat(120);
    let categories = ["A b", "a b", "a-b", "'../../x'", "CON", "con", "'...'", "a/b", &long];
    let mut site = Site::examples();
    for (i, category) in categories.iter().enumerate() {
        site = site.add(&format!("content/qinghe/xinmin/disclosures/d{i}.md"), &disclosure(category));
    }
    let files = site.build(None);
    let lists = files.keys().filter(|path| path.starts_with("browse/category/")).count();
    let before = Site::examples().build(None).keys().filter(|path| path.starts_with("browse/category/")).count();
    assert_eq!(lists, before + categories.len());
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let site = Site::examples();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| site.build(None))
    };
    assert!(on(1) == on(4), "one thread and four give different sites");
}
