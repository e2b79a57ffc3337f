//! The printed form of the web pages: what the theme's style sheets say of paper, what pages carry for it, and what Chromium
//! makes of both.
//!
//! Printing needs Chromium and Poppler (`pdfinfo`, `pdftotext`, `pdftoppm`). Where one is missing the tests that need them say so
//! and pass; `.ci/run` installs them and sets `GONGSHI_BROWSER=required`, which makes that a failure.

#![expect(clippy::expect_used, reason = "a fixture that is not there is a fault of the test")]

mod browser;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use gongshi::pipeline::{self, Outcome};

use browser::Browser;

/// The project's own site as it was built: its files by path.
static SITE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let day = "2026-11-20".parse().expect("a date");
    let mut checked = pipeline::check(&root(), None, day).expect("a site");
    let Ok(Outcome::Built(built)) = pipeline::build(&root(), &mut checked) else { panic!("{:?}", checked.diagnostics) };
    built.output.read_all().expect("readable")
});

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn page(path: &str) -> &'static str {
    std::str::from_utf8(SITE.get(path).expect(path)).expect("UTF-8")
}

fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    let html = SITE.keys().filter(|path| Path::new(path).extension().is_some_and(|extension| extension == "html"));
    html.map(|path| (path.as_str(), page(path)))
}

/// Returns what stands between two marks in every place where the first occurs.
fn between<'t>(text: &'t str, begin: &str, end: &str) -> Vec<&'t str> {
    text.split(begin).skip(1).filter_map(|rest| rest.split_once(end)).map(|(inside, _)| inside).collect()
}

/// Returns the rules for paper of a style sheet: what stands inside `@media print{…}`.
fn print_rules(sheet: &str) -> String {
    let css = std::fs::read_to_string(root().join("themes/default/assets").join(sheet)).expect(sheet);
    let mut rules = String::new();
    for block in css.split("@media print{").skip(1) {
        let mut depth = 1;
        for c in block.chars() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if depth == 0 {
                break;
            }
            rules.push(c);
        }
    }
    rules
}

/// Returns the declarations of the rules whose selector lists hold `selector`.
fn declared(rules: &str, selector: &str) -> String {
    let rules = rules.split('}').filter_map(|rule| rule.split_once('{'));
    let of_selector = rules.filter(|(selectors, _)| selectors.split(',').any(|one| one.trim() == selector));
    of_selector.map(|(_, declarations)| declarations).collect::<Vec<_>>().join(";")
}

#[test]
fn controls_are_not_printed() {
    let rules = print_rules("site.css");
    for control in [".nav", ".tools", ".crumb", ".pager", ".filter", ".skip", ".facets", ".foot .cols", ".more", ".sec-h>a"] {
        assert!(declared(&rules, control).contains("display:none"), "{control}");
    }
}

#[test]
fn tables_keep_their_rows_and_repeat_their_heads_but_not_their_sums() {
    let rules = print_rules("site.css");
    assert!(declared(&rules, "tr").contains("break-inside:avoid"));
    assert!(declared(&rules, "thead").contains("display:table-header-group"));
    assert!(declared(&rules, "tfoot").contains("display:table-row-group"));
    assert!(declared(&rules, ".scroll").contains("overflow:visible"));
    for heading in ["h1", "h2", "h3", "h4", ".ph", ".sec-h", "caption"] {
        assert!(declared(&rules, heading).contains("break-after:avoid"), "{heading}");
    }
}

#[test]
fn paper_is_a4_with_numbered_pages() {
    let css = std::fs::read_to_string(root().join("themes/default/assets/site.css")).expect("a style sheet");
    let sizes = between(&css, "@page{", "}}");
    assert!(sizes.iter().any(|rule| rule.contains("size:A4;margin:") && rule.contains("counter(page)")), "{sizes:?}");
}

#[test]
fn every_colour_on_paper_is_a_grey_whichever_palette_was_chosen() {
    for sheet in ["site.css", "statistics.css"] {
        let rules = print_rules(sheet);
        // An id in the selector outweighs `html:has(#dark:checked)`.
        assert!(declared(&rules, "html:not(#_):not(#_)").contains("--"), "{sheet}: tokens");
        let colours = rules.split('#').skip(1).filter_map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
            [3, 6].contains(&digits.len()).then_some(digits)
        });
        for colour in colours {
            let size = colour.len() / 3;
            assert!(colour[..size] == colour[size..2 * size] && colour[..size] == colour[2 * size..], "{sheet}: #{colour}");
        }
    }
}

#[test]
fn tokens_of_the_screen_are_all_set_for_paper() {
    let css = std::fs::read_to_string(root().join("themes/default/assets/site.css")).expect("a style sheet");
    let dark = between(&css, "html.dark{", "}").concat();
    let rules = print_rules("site.css");
    for token in dark.split(';').filter_map(|declaration| declaration.trim().split_once(':')).map(|(token, _)| token) {
        assert!(rules.contains(&format!("{token}:")), "{token} is not set for paper: a dark page would print it");
    }
}

#[test]
fn every_page_carries_its_address() {
    let mut number = 0;
    for (path, html) in pages() {
        let expected = match path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')) {
            Some(folder) => folder,
            None => path,
        };
        let address = between(html, "<p class=\"paper\">", "</p>");
        assert!(
            address.len() == 1 && address[0].ends_with(&format!("https://qinghe.example.org/{}", encoded(expected))),
            "{path}: {address:?}"
        );
        number += 1;
    }
    assert!(number > 500, "{number}");
}

/// Percent-encodes a path as addresses do.
fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[test]
fn addresses_for_paper_lead_to_files_of_the_site() {
    let mut number = 0;
    for (path, html) in pages() {
        for address in between(html, " data-u=\"", "\"") {
            let below = address.strip_prefix("https://qinghe.example.org/").expect(address);
            let file = if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.to_owned() };
            assert!(SITE.keys().any(|other| encoded(other) == file), "{path}: {address}");
            number += 1;
        }
    }
    assert!(number > 200, "{number}");
}

#[test]
fn without_a_base_url_addresses_are_paths_of_the_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let day = "2026-11-20".parse().expect("a date");
    copy(&root().join("content"), &folder.path().join("content"));
    let site = folder.path().join("content/site.yaml");
    let yaml = std::fs::read_to_string(&site).expect("a site");
    std::fs::write(&site, yaml.replace("base_url:", "# base_url:")).expect("written");
    let mut checked = pipeline::check(folder.path(), None, day).expect("a site");
    let Ok(Outcome::Built(built)) = pipeline::build(folder.path(), &mut checked) else { panic!("{:?}", checked.diagnostics) };
    let path = "qinghe/xinmin/matters/2026-001-street-lights.html";
    let files = built.output.read_all().expect("readable");
    let html = std::str::from_utf8(files.get(path).expect(path)).expect("UTF-8");
    assert!(between(html, "<p class=\"paper\">", "</p>")[0].ends_with(path));
    let related = "data-u=\"qinghe/xinmin/meetings/2026-03-18-congress.html\"";
    assert!(html.contains(related), "{:?}", between(html, " data-u=\"", "\""));
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// One page of each kind, some in English too, and how many sheets of paper it may take.
const PRINTED: [(&str, usize); 30] = [
    ("index.html", 2),
    ("qinghe/xinmin/index.html", 4),
    ("qinghe/xinmin/matters/2026-001-street-lights.html", 4),
    ("qinghe/xinmin/meetings/2026-03-18-congress.html", 2),
    ("qinghe/xinmin/finance/2026-q1.html", 1),
    ("qinghe/xinmin/opinions/2026-q3.html", 1),
    ("qinghe/xinmin/inquiries/2026-01-road-cleaning.html", 1),
    ("qinghe/xinmin/cases/street-lights.html", 1),
    ("qinghe/liuhe/disclosures/2026-water-quality.html", 1),
    ("qinghe/liuhe/surveys/2026-link-road.html", 1),
    ("qinghe/xinmin/delegates/2024-congress.html", 4),
    ("qinghe/xinmin/elections/2024-01-09-committee.html", 2),
    ("qinghe/assessments/2026-q1.html", 1),
    ("qinghe/assessments/2026-contract.html", 2),
    ("qinghe/programmes/2026-five-projects.html", 3),
    ("qinghe/catalogues/2026-villages.html", 2),
    ("statistics/qinghe/2026.html", 10),
    ("performance/qinghe/2026-quarterly.html", 2),
    ("matrix/qinghe/2026.html", 3),
    ("procedures/eight-step/quorum.html", 1),
    ("browse/kind/meeting/index.html", 2),
    ("browse/index.html", 2),
    ("places/index.html", 1),
    ("about.html", 2),
    ("en/index.html", 3),
    ("en/qinghe/xinmin/index.html", 5),
    ("en/qinghe/xinmin/matters/2026-001-street-lights.html", 4),
    ("en/qinghe/xinmin/meetings/2026-03-18-congress.html", 2),
    ("en/qinghe/xinmin/finance/2026-q1.html", 1),
    ("en/statistics/qinghe/2026.html", 12),
];

/// Returns the words of every control of a page that must not be printed: navigation, display, the way to the text.
fn controls(html: &str) -> Vec<String> {
    let navigation = between(html, "<nav ", "</nav>");
    let others = between(html, "<div class=\"togs\"", "</div>");
    let words = |html: &str| {
        let text = html.split('>').filter_map(|part| part.split('<').next()).skip(1).collect::<String>();
        text.split_whitespace().collect::<String>()
    };
    // A word alone may stand in the text of a page as well.
    navigation.into_iter().chain(others).map(words).filter(|words| words.len() >= 12).collect()
}

#[test]
fn pages_of_every_kind_print_well() {
    let Some(browser) = Browser::find() else { return };
    let site = write_site();
    browser::in_parallel(&PRINTED, |(path, most)| {
        let pdf = browser.print(&site.path().join(path), site.path());
        let (number, size) = pdf.pages();
        assert!(number <= *most, "{path}: {number} pages, {most} are enough");
        assert!(size.contains("(A4)"), "{path}: {size}");
        let text = pdf.text();
        let bare: String = text.split_whitespace().collect();
        let html = page(path);
        let controls = controls(html);
        assert!(controls.len() > 1, "{path}: {controls:?}");
        for control in controls {
            assert!(!bare.contains(&control), "{path}: `{control}` is printed\n{text}");
        }
        let addresses = between(html, "<p class=\"paper\">", "</p>").into_iter().chain(between(html, " data-u=\"", "\""));
        for address in addresses {
            let address: String = address.split_whitespace().collect();
            assert!(bare.contains(&address), "{path}: {address} is not printed\n{text}");
        }
        assert!(bare.contains(&format!("{number}/{number}")), "{path}: pages are not numbered\n{text}");
    });
}

#[test]
fn long_tables_repeat_their_heads() {
    let Some(browser) = Browser::find() else { return };
    let site = write_site();
    let pdf = browser.print(&site.path().join("browse/kind/meeting/index.html"), site.path());
    let (number, _) = pdf.pages();
    assert!(number > 1, "the list is long");
    for n in 1..=number {
        let text = pdf.text_of(n);
        let heads = text.lines().filter(|line| line.contains("地方") && line.contains("日期")).count();
        assert_eq!(heads, 1, "page {n}:\n{text}");
    }
}

#[test]
fn charts_and_votes_print_in_grey_also_when_the_reader_chose_dark() {
    let Some(browser) = Browser::find() else { return };
    let site = write_site();
    for path in ["statistics/qinghe/2026.html", "qinghe/xinmin/meetings/2026-03-18-congress.html"] {
        let dark = site.path().join(path).with_extension("dark.html");
        let html = page(path).replacen("<html ", "<html class=\"dark\" ", 1).replacen("id=\"dark\"", "id=\"dark\" checked", 1);
        std::fs::write(&dark, html).expect("written");
        let (white, colours) = browser.print(&dark, site.path()).first_page_colours();
        assert_eq!(colours, 0, "{path}: coloured dots");
        assert!(white > 60, "{path}: {white} % of the paper is white");
    }
}

/// Writes the site into a folder.
fn write_site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in &*SITE {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, bytes).expect("written");
    }
    folder
}
