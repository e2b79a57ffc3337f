//! The built website, of the examples and of the project's own content: what every page keeps, whatever it shows.

#![expect(clippy::expect_used, reason = "a fixture that is not there is a fault of the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use gongshi::field::Kind;
use gongshi::pipeline::{self, Checked, Fault, Outcome};
use gongshi::privacy::scan::scan;
use html5gum::{StartTag, Token, Tokenizer};
use serde_yaml::Value;

/// The day that the command line would give; both sites set their own.
const TODAY: &str = "2026-11-23";

/// A site as it was built: its files by path.
struct Built {
    checked: Checked,
    files: BTreeMap<String, Vec<u8>>,
}

static EXAMPLES: LazyLock<Built> = LazyLock::new(|| build(&root().join("tests/fixtures/examples")));
static CONTENT: LazyLock<Built> = LazyLock::new(|| build(&site_of_content()));

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The project's own site; its theme is the built-in one laid over itself.
fn site_of_content() -> PathBuf {
    root()
}

/// Checks and builds a site.
fn try_build(folder: &Path) -> (Checked, Result<Outcome, Fault>) {
    let mut checked = pipeline::check(folder, None, TODAY.parse().expect("a date")).expect("a site");
    let outcome = pipeline::build(folder, &mut checked);
    (checked, outcome)
}

fn build(folder: &Path) -> Built {
    let (checked, outcome) = try_build(folder);
    let Ok(Outcome::Built(built)) = outcome else { panic!("{} is not built: {:?}", folder.display(), checked.diagnostics) };
    let files = built.output.read_all().expect("readable");
    Built { checked, files }
}

impl Built {
    /// Yields the HTML pages.
    fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let html = self.files.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|extension| extension == "html"));
        html.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).expect("UTF-8")))
    }

    fn page(&self, path: &str) -> &str {
        std::str::from_utf8(self.files.get(path).expect(path)).expect("UTF-8")
    }
}

fn both() -> [&'static Built; 2] {
    [&EXAMPLES, &CONTENT]
}

/// Yields the start tags of a page.
fn tags(html: &str) -> Vec<StartTag<()>> {
    let tokens = Tokenizer::new(html).map(|token| token.unwrap_or_else(|never| match never {}));
    tokens.filter_map(|token| if let Token::StartTag(tag) = token { Some(tag) } else { None }).collect()
}

fn name(tag: &StartTag<()>) -> &str {
    std::str::from_utf8(&tag.name).expect("UTF-8")
}

fn attribute<'t>(tag: &'t StartTag<()>, key: &str) -> Option<&'t str> {
    tag.attributes.get(key.as_bytes()).map(|value| std::str::from_utf8(value).expect("UTF-8"))
}

/// Returns the words of a page, blanks joined, without its tags.
fn words(html: &str) -> String {
    let mut text = String::new();
    for token in Tokenizer::new(html).map(|token| token.unwrap_or_else(|never| match never {})) {
        if let Token::String(piece) = token {
            text.push_str(std::str::from_utf8(&piece).expect("UTF-8"));
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Resolves a relative link from a page to the path of an output file.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let decoded = decode(link);
    for part in decoded.split('/') {
        match part {
            "." | "" => {}
            ".." => assert!(parts.pop().is_some(), "{page}: `{link}` climbs out of the site"),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// Undoes percent-encoding.
fn decode(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
            let digits = std::str::from_utf8(&digits).expect("ASCII").to_owned();
            bytes.push(u8::from_str_radix(&digits, 16).expect("hexadecimal"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Whether a file is of one of these types.
fn is(path: &str, types: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| types.contains(&extension))
}

/// Whether a link leaves the site.
fn leaves(link: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme))
}

/// Returns what a server strips from links that begin at its root: the path of the base URL (`/gongshi/`).
fn base_path(built: &Built) -> String {
    let base = built.checked.register.site().base_url.clone().unwrap_or_default();
    let path = base.splitn(4, '/').nth(3).unwrap_or_default().trim_end_matches('/').to_owned();
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    for built in both() {
        let ids: BTreeMap<&str, BTreeSet<String>> = built
            .pages()
            .map(|(path, html)| (path, tags(html).iter().filter_map(|tag| attribute(tag, "id").map(str::to_owned)).collect()))
            .collect();
        let base = base_path(built);
        let mut dead = BTreeSet::new();
        for (path, html) in built.pages() {
            for tag in tags(html) {
                let links = ["href", "src"].iter().filter_map(|key| attribute(&tag, key));
                for link in links.filter(|link| !leaves(link)) {
                    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
                    let to = match file.strip_prefix(&base) {
                        _ if file.is_empty() => path.to_owned(),
                        Some(rest) => target("", rest),
                        None => target(path, file),
                    };
                    let there = built.files.contains_key(&to);
                    let found = anchor.is_none_or(|anchor| ids.get(to.as_str()).is_some_and(|ids| ids.contains(&decode(anchor))));
                    if !there || !found {
                        dead.insert(format!("{path} → {link}"));
                    }
                }
            }
        }
        assert!(dead.is_empty(), "{} dead links: {:#?}", dead.len(), dead.iter().take(20).collect::<Vec<_>>());
    }
}

#[test]
fn attachments_are_published_only_where_a_page_links_to_them() {
    for built in both() {
        let mut linked = BTreeSet::new();
        for (path, html) in built.pages() {
            for tag in tags(html) {
                let links = ["href", "src"].iter().filter_map(|key| attribute(&tag, key));
                linked.extend(
                    links
                        .filter(|link| !leaves(link) && !link.starts_with(['#', '/']))
                        .map(|link| target(path, link.split('#').next().unwrap_or(link))),
                );
            }
        }
        let known =
            |path: &str| is(path, &["html"]) || ["robots.txt", "sitemap.xml"].contains(&path) || path.starts_with("assets/");
        let others: Vec<&String> = built.files.keys().filter(|path| !known(path) && !linked.contains(*path)).collect();
        assert!(others.is_empty(), "{others:?}");
        assert!(!built.files.keys().any(|path| is(path, &["yaml", "md"])));
    }
}

#[test]
fn what_is_long_on_a_page_of_statistics_is_folded_and_names_are_words() {
    for built in both() {
        let mut folded = 0;
        for (path, html) in built.pages().filter(|(_, html)| html.contains("id=\"periods\"")) {
            let section = "id=\"periods\" aria-labelledby=\"h-periods\"><details class=\"fold\"><summary><h2";
            assert!(html.contains(section), "{path}");
            assert!(!html.contains(": catalogue/overdue") && !html.contains("：catalogue/overdue"), "{path}");
            folded += 1;
        }
        assert!(folded > 0, "no page of statistics");
    }
}

#[test]
fn every_page_is_sound() {
    for built in both() {
        for (path, html) in built.pages() {
            let tags = tags(html);
            let all = |wanted: &str| tags.iter().filter(move |tag| name(tag) == wanted).collect::<Vec<_>>();
            let mut ids = BTreeSet::new();
            for id in tags.iter().filter_map(|tag| attribute(tag, "id")) {
                assert!(ids.insert(id.to_owned()), "{path}: two elements with the id `{id}`");
            }
            for key in ["aria-labelledby", "aria-describedby", "for"] {
                for named in tags.iter().filter_map(|tag| attribute(tag, key)) {
                    assert!(named.split(' ').all(|id| ids.contains(id)), "{path}: {key} names `{named}`, which is not there");
                }
            }
            assert_eq!(all("h1").len(), 1, "{path}: headings of the first level");
            assert_eq!(all("main").len(), 1, "{path}");
            let language = if path.starts_with("en/") { "en" } else { "zh-CN" };
            assert_eq!(all("html").first().and_then(|tag| attribute(tag, "lang")), Some(language), "{path}");
            let policy = all("meta").into_iter().find(|tag| attribute(tag, "http-equiv") == Some("Content-Security-Policy"));
            let policy = policy.and_then(|tag| attribute(tag, "content")).unwrap_or_default();
            assert!(policy.contains("default-src 'self'") && policy.contains("object-src 'none'"), "{path}: {policy}");
            assert!(all("style").is_empty(), "{path}: a style sheet within the page");
            assert!(all("script").iter().all(|tag| attribute(tag, "src").is_some()), "{path}: a script within the page");
            assert!(all("img").iter().all(|tag| attribute(tag, "alt").is_some()), "{path}: a picture without words");
            for tag in &tags {
                for key in tag.attributes.keys() {
                    let key = std::str::from_utf8(key).expect("UTF-8");
                    assert!(key != "style" && !key.starts_with("on"), "{path}: {} carries `{key}`", name(tag));
                }
                let loads = match name(tag) {
                    "link" if ["canonical", "alternate", "license"].contains(&attribute(tag, "rel").unwrap_or_default()) => None,
                    "link" => attribute(tag, "href"),
                    "script" | "img" | "source" | "iframe" | "video" | "audio" | "embed" => attribute(tag, "src"),
                    "object" => attribute(tag, "data"),
                    _ => None,
                };
                assert!(loads.is_none_or(|url| !url.contains("//")), "{path}: loads {loads:?} from elsewhere");
            }
            let as_of = built.checked.as_of.to_string();
            assert!(all("time").iter().any(|tag| attribute(tag, "datetime") == Some(&as_of)), "{path}: no day of the data");
        }
    }
}

#[test]
fn style_sheets_load_nothing_from_elsewhere() {
    for (path, bytes) in CONTENT.files.iter().filter(|(path, _)| path.starts_with("assets/")) {
        let text = String::from_utf8_lossy(bytes).replace("http://www.w3.org/", "");
        assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("@import"), "{path}");
    }
}

#[test]
fn no_full_name_is_published() {
    for built in both() {
        let register = &built.checked.register;
        let names: BTreeSet<&str> =
            register.records().flat_map(|(_, record)| record.persons()).filter(|name| name.chars().count() > 1).collect();
        assert!(!names.is_empty());
        for (path, bytes) in &built.files {
            let text = String::from_utf8_lossy(bytes);
            for name in names.iter().filter(|name| !name.ends_with(['某', '*'])) {
                assert!(!text.contains(*name), "{path} names {name}");
            }
        }
    }
}

#[test]
fn nothing_of_a_draft_is_published() {
    for built in both() {
        let register = &built.checked.register;
        for (_, record) in register.records().filter(|(_, record)| record.draft) {
            let body =
                record.body.clone().and_then(|range| built.checked.files.get(record.file).text.get(range)).unwrap_or_default();
            let lines = body.lines().map(str::trim).filter(|line| line.chars().count() > 6);
            // Titles of the same affair in other quarters are alike; one that is also a published record's tells nothing.
            let others: BTreeSet<_> =
                register.records().filter(|(_, other)| !other.draft).filter_map(|(_, other)| other.title()).collect();
            let title = record.title().filter(|title| !others.contains(title));
            for secret in lines.chain(title) {
                for (path, html) in built.pages() {
                    assert!(!html.contains(secret), "{path} shows `{secret}` of the draft {}", record.id);
                }
            }
            assert!(!built.files.contains_key(&format!("{}.html", record.id)), "{}", record.id);
        }
    }
    assert!(CONTENT.checked.register.records().any(|(_, record)| record.draft), "the content has a draft");
}

#[test]
fn no_number_of_a_person_is_published() {
    for built in both() {
        for (path, bytes) in built.files.iter().filter(|(path, _)| is(path, &["html", "xml"])) {
            let text = String::from_utf8_lossy(bytes);
            let hits: Vec<_> = scan(&text).into_iter().map(|hit| hit.what.rule()).collect();
            assert!(hits.is_empty(), "{path}: {hits:?}");
        }
    }
}

#[test]
fn the_same_bytes_come_out_of_every_build_and_number_of_threads() {
    let folder = root().join("tests/fixtures/examples");
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| build(&folder).files)
    };
    let (one, two) = (with(1), with(2));
    let differ: Vec<&String> = one.keys().filter(|path| one.get(*path) != two.get(*path)).collect();
    assert!(differ.is_empty() && one.len() == two.len(), "{differ:?}");
    assert!(one == EXAMPLES.files);
}

/// Returns the size after gzip at the level that servers use.
fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory").len()
}

#[test]
fn pages_and_assets_keep_their_weight() {
    for built in both() {
        let register = &built.checked.register;
        let records: BTreeSet<String> = register
            .records()
            .filter(|(_, record)| record.kind != Kind::Area)
            .flat_map(|(_, record)| [format!("{}.html", record.id), format!("en/{}.html", record.id)])
            .collect();
        for (path, bytes) in &built.files {
            let most = match path.rsplit_once('.').map(|(_, extension)| extension) {
                Some("css" | "js") => 10_000,
                Some("html") if records.contains(path) => 30_000,
                _ => usize::MAX,
            };
            let weight = gzipped(bytes);
            assert!(weight <= most, "{path} weighs {weight} bytes gzipped, at most {most}");
            assert!(!is(path, &["html"]) || bytes.len() <= 200_000, "{path} has {} bytes", bytes.len());
        }
    }
}

/// A record of the content as YAML alone tells it.
struct Raw {
    area: String,
    name: String,
    header: Value,
}

/// Reads every record below `content` without a line of the program.
fn raw() -> Vec<Raw> {
    let content = root().join("content");
    let mut all = Vec::new();
    let mut folders = vec![content.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            if !["md", "yaml"].contains(&extension) {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("text");
            let header = text.strip_prefix("---\n").and_then(|rest| rest.split("\n---").next()).unwrap_or(&text);
            let header: Value = serde_yaml::from_str(header).expect("YAML");
            let relative = path.strip_prefix(&content).expect("below").with_extension("");
            let parts: Vec<String> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let name = parts.last().cloned().unwrap_or_default();
            let above = if name == "area" { 1 } else { 2 };
            let area = parts[..parts.len().saturating_sub(above)].join("/");
            all.push(Raw { area, name, header });
        }
    }
    all.retain(|raw| get(&raw.header, &["draft", "草稿"]).is_none());
    all
}

/// Returns the value at a key in any of its spellings.
fn get<'v>(value: &'v Value, spellings: &[&str]) -> Option<&'v Value> {
    spellings.iter().find_map(|key| value.get(*key))
}

fn text<'v>(value: &'v Value, spellings: &[&str]) -> &'v str {
    get(value, spellings).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value, spellings: &[&str]) -> u64 {
    get(value, spellings).and_then(Value::as_u64).unwrap_or(0)
}

/// The figures of a place from the first of January to the day of the data, counted by hand.
#[derive(Debug, PartialEq, Eq)]
struct Figures {
    resolutions: usize,
    voted: usize,
    attendance: (u64, u64),
    meetings: usize,
    opinions: usize,
}

/// Finds the vote that decided a matter: the reference under its step of resolution.
fn decision(header: &Value) -> Option<&Value> {
    let steps = get(header, &["steps", "步骤"])?;
    let resolve = ["resolve", "成决议", "决议"];
    let ring = get(steps, &["decide", "定"]).and_then(|decide| get(decide, &resolve));
    get(steps, &resolve).or(ring)
}

fn recount(all: &[Raw], area: &str) -> Figures {
    let inside = |raw: &&Raw| area.is_empty() || raw.area == area || raw.area.starts_with(&format!("{area}/"));
    let now = |date: &str| ("2026-01-01"..="2026-11-20").contains(&date);
    let kind = |raw: &Raw, spellings: &[&str]| spellings.contains(&text(&raw.header, &["kind", "类型"]));
    let meetings: Vec<&Raw> = all.iter().filter(|raw| kind(raw, &["meeting", "会议"])).collect();
    let held: Vec<&&Raw> = meetings.iter().filter(|raw| inside(raw) && now(text(&raw.header, &["date", "日期"]))).collect();
    let counted = held
        .iter()
        .filter(|raw| get(&raw.header, &["entitled", "应到"]).is_some() && get(&raw.header, &["present", "实到"]).is_some());
    let attendance = counted.fold((0, 0), |(present, entitled), raw| {
        (present + number(&raw.header, &["present", "实到"]), entitled + number(&raw.header, &["entitled", "应到"]))
    });
    let items =
        |raw: &Raw| get(&raw.header, &["items", "意见", "议项"]).and_then(Value::as_sequence).cloned().unwrap_or_default();
    let registers = all.iter().filter(|raw| kind(raw, &["opinions", "群众意见", "意见"]) && inside(raw));
    let opinions = registers.flat_map(items).filter(|item| now(text(item, &["date", "日期"]))).count();
    let (mut resolutions, mut voted) = (0, 0);
    for matter in all.iter().filter(|raw| inside(raw)) {
        let Some(vote) = decision(&matter.header) else { continue };
        let (wanted, no) = (text(vote, &["meeting", "会议"]), number(vote, &["item", "议项"]));
        let Some(meeting) = meetings.iter().find(|raw| raw.area == matter.area && raw.name == wanted) else { continue };
        let item = items(meeting).into_iter().find(|item| number(item, &["no", "序号", "编号"]) == no);
        let Some(item) = item.filter(|_| now(text(&meeting.header, &["date", "日期"]))) else { continue };
        voted += 1;
        resolutions += usize::from(["passed", "通过"].contains(&text(&item, &["outcome", "结果"])));
    }
    Figures { resolutions, voted, attendance, meetings: held.len(), opinions }
}

/// Reads the key figures of a page: label → value and what stands under the label.
fn shown(html: &str) -> BTreeMap<String, (String, String)> {
    let mut figures = BTreeMap::new();
    let list = html.split("<dl class=\"figs\">").nth(1).and_then(|rest| rest.split("</dl>").next()).expect("key figures");
    for figure in list.split("<dt>").skip(1) {
        let (label, rest) = figure.split_once("<small>").expect("a label");
        let (note, value) = rest.split_once("<dd>").expect("a value");
        figures.insert(words(label), (words(value), words(note)));
    }
    figures
}

#[test]
fn key_figures_are_those_of_the_files() {
    let all = raw();
    for (path, area) in [
        ("index.html", ""),
        ("qinghe/index.html", "qinghe"),
        ("qinghe/xinmin/index.html", "qinghe/xinmin"),
        ("qinghe/donggang/index.html", "qinghe/donggang"),
        ("qinghe/liuhe/index.html", "qinghe/liuhe"),
        ("qinghe/xilin/index.html", "qinghe/xilin"),
    ] {
        let figures = recount(&all, area);
        let shown = shown(CONTENT.page(path));
        let value = |label: &str| shown.get(label).map(|(value, _)| value.as_str()).unwrap_or_default();
        assert_eq!(value("形成决议"), format!("{}项", figures.resolutions), "{path} {figures:?}");
        assert_eq!(shown["形成决议"].1, format!("付表决的 {} 项中通过 {} 项", figures.voted, figures.resolutions), "{path}");
        assert_eq!(value("召开会议"), format!("{}次", figures.meetings), "{path}");
        assert_eq!(value("收到意见"), format!("{}条", figures.opinions), "{path}");
        let (present, entitled) = figures.attendance;
        let tenths = (2000 * present + entitled) / (2 * entitled);
        assert_eq!(value("到会率"), format!("{}.{}%", tenths / 10, tenths % 10), "{path} {present} of {entitled}");
    }
}

#[test]
fn coverage_of_places_is_that_of_the_files() {
    let villages: Vec<Raw> = raw()
        .into_iter()
        .filter(|raw| raw.name == "area" && ["village", "村"].contains(&text(&raw.header, &["level", "级别"])))
        .collect();
    let adopted = |raw: &&Raw| {
        let workflows = get(&raw.header, &["workflows", "工作法"]).and_then(Value::as_sequence).cloned().unwrap_or_default();
        workflows.iter().any(|one| one.as_str() == Some("eight-step") || text(one, &["id", "编号"]) == "eight-step")
    };
    let with = villages.iter().filter(adopted).count();
    let (_, note) = shown(CONTENT.page("places/index.html")).remove("推行八步工作法").expect("the figure");
    assert!(note.starts_with(&format!("{} 个村中的 {with} 个", villages.len())), "{note}");
}

/// Counts the rows of a list over all its pages.
fn rows(built: &Built, first: &str) -> usize {
    let folder = first.strip_suffix("index.html").expect("a list");
    let pages = std::iter::once(first.to_owned()).chain((2..).map(|n| format!("{folder}{n}.html")));
    let pages = pages.take_while(|path| built.files.contains_key(path));
    let count = |body: &str| body.split("</tbody>").next().unwrap_or_default().matches("<tr>").count();
    pages.map(|path| built.page(&path).split("<tbody>").nth(1).map_or(0, count)).sum()
}

#[test]
fn counts_of_lists_are_those_of_their_rows() {
    for built in both() {
        let mut seen = 0;
        for (path, html) in
            built.pages().filter(|(path, _)| ["browse/index.html", "archive/index.html", "en/browse/index.html"].contains(path))
        {
            // `<a href="…"><span>words</span> <b class="n">12</b></a>`
            for link in html.split("<a href=\"").skip(1).filter(|link| link.contains("<b class=\"n\">")) {
                let (href, rest) = link.split_once('"').expect("a link");
                let inner = rest.split("</a>").next().unwrap_or_default();
                let Some(count) = inner.split("<b class=\"n\">").nth(1).and_then(|n| n.split('<').next()) else { continue };
                let list = target(path, href);
                if list.contains("matrix/") {
                    continue; // a share with both its numbers; see the test of the matrix
                }
                let count: usize = count.replace(',', "").parse().expect("a number");
                assert_eq!(rows(built, &list), count, "{path}: {list}");
                seen += 1;
            }
        }
        assert!(seen > 20, "{seen} lists");
    }
}

#[test]
fn the_marks_of_the_matrix_are_its_counts() {
    let mut seen = 0;
    for built in both() {
        for (path, html) in built.pages().filter(|(path, _)| path.trim_start_matches("en/").starts_with("matrix/")) {
            let marks = |part: &str| ["done", "late", "overdue"].map(|state| part.matches(&format!("mk k-{state}\"")).count());
            let table =
                html.split("<table class=\"mx\">").nth(1).and_then(|table| table.split("</table>").next()).unwrap_or_default();
            let body = table.split("<tbody>").nth(1).and_then(|body| body.split("</tbody>").next()).unwrap_or_default();
            for row in body.split("<tr>").skip(1).filter(|row| row.contains("\"mks\"")) {
                let [done, late, overdue] = marks(row);
                let said = row.rsplit("<span class=\"nb\">").next().and_then(|said| said.split('<').next()).expect("a total");
                assert_eq!(said, format!("{} / {}", done + late, done + late + overdue), "{path}");
                seen += 1;
            }
            // The figures of a place without places below it are those of its own periods.
            let counts: Vec<usize> = html
                .split("<tbody>")
                .nth(1)
                .and_then(|body| body.split("</tbody>").next())
                .unwrap_or_default()
                .split("<td class=\"r\">")
                .skip(1)
                .take(4)
                .filter_map(|cell| cell.split('<').next()?.replace(',', "").parse().ok())
                .collect();
            if !html.contains("<table class=\"mx\">") {
                let [done, late, overdue] = marks(html.split("<ol class=\"pers\">").skip(1).collect::<String>().as_str());
                assert_eq!(counts, [done + late + overdue, done + late, late, overdue], "{path}");
                seen += 1;
            }
        }
    }
    assert!(seen > 12, "only {seen} were compared");
}

#[test]
fn the_page_of_a_matter_says_its_arithmetic() {
    let register = &CONTENT.checked.register;
    let mut said = 0;
    for (ix, record) in register.records().filter(|(_, record)| record.kind == Kind::Matter && !record.draft) {
        let (zh, en) =
            (words(CONTENT.page(&format!("{}.html", record.id))), words(CONTENT.page(&format!("en/{}.html", record.id))));
        for back in register.links_to(ix).iter().filter(|back| register.get(back.from).kind == Kind::Meeting) {
            let Some(index) = back.path.strip_prefix("items[").and_then(|rest| rest.split(']').next()?.parse::<usize>().ok())
            else {
                continue;
            };
            let votes = register.get(back.from).meeting().and_then(|meeting| meeting.items.get(index)?.votes.as_ref());
            let Some(verdict) = CONTENT.checked.verdicts.get(back.from).filter(|_| votes.is_some()) else { continue };
            for proof in verdict.proofs.iter().filter(|proof| proof.is_of(index)) {
                let of_votes = |count: i64| votes.is_some_and(|votes| u64::try_from(count) == Ok(votes.r#for));
                let Some(arithmetic) = proof.arithmetic.as_ref().filter(|a| a.of.is_some() && of_votes(a.count)) else {
                    continue;
                };
                // One threshold of a vote is shown; a second rule that asks the same of it says the same.
                let shown = |page: &str, words: &str| page.contains(&words.split_whitespace().collect::<Vec<_>>().join(" "));
                let same = verdict.proofs.iter().filter(|other| other.is_of(index)).filter_map(|other| other.arithmetic.as_ref());
                let any = same.clone().any(|a| shown(&zh, &a.words().zh)) && same.clone().any(|a| shown(&en, &a.words().en));
                assert!(any, "{}: {}", record.id, arithmetic.words().zh);
                said += 1;
            }
        }
    }
    assert!(said > 10, "{said} votes");
}

#[test]
fn the_sitemap_lists_every_page_that_may_be_found() {
    let sitemap = String::from_utf8_lossy(&CONTENT.files["sitemap.xml"]).into_owned();
    let base = CONTENT.checked.register.site().base_url.clone().expect("a base URL");
    let listed: BTreeSet<String> = sitemap
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .map(|url| decode(url.strip_prefix(base.trim_end_matches('/')).expect("below the base").trim_start_matches('/')))
        .map(|path| if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path })
        .collect();
    let hidden = |html: &str| {
        tags(html).iter().any(|tag| {
            attribute(tag, "name") == Some("robots") && attribute(tag, "content").is_some_and(|c| c.contains("noindex"))
        })
    };
    let paged = |path: &str| {
        path.rsplit('/').next().is_some_and(|name| name.trim_end_matches(".html").parse::<u32>().is_ok())
            && ["browse", "due", "findings"].iter().any(|folder| path.trim_start_matches("en/").starts_with(folder))
    };
    for (path, html) in CONTENT.pages() {
        assert_eq!(listed.contains(path), !hidden(html) && !paged(path), "{path}");
    }
}

/// Makes a site of the examples in a folder of its own, with files laid over it.
fn site_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let from = root().join("tests/fixtures/examples");
    let mut folders = vec![from.clone()];
    while let Some(below) = folders.pop() {
        for entry in std::fs::read_dir(&below).expect("a folder") {
            let path = entry.expect("an entry").path();
            let to = folder.path().join(path.strip_prefix(&from).expect("below"));
            if path.is_dir() {
                std::fs::create_dir_all(&to).expect("a folder");
                folders.push(path);
            } else {
                std::fs::copy(&path, &to).expect("a copy");
            }
        }
    }
    for (path, text) in files {
        let to = folder.path().join(path);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::write(&to, text).expect("a file");
    }
    folder
}

#[test]
fn a_site_overrides_one_template_and_one_asset() {
    let template = "{% extends \"base.html\" %}\n{% block main %}\n<h1>Nothing here</h1>\n{% endblock main %}\n";
    let site =
        site_with(&[("themes/default/templates/404.html", template), ("themes/default/assets/site.css", "body{color:#123}\n")]);
    let built = build(site.path());
    assert!(built.page("404.html").contains("<h1>Nothing here</h1>"));
    let sheets: Vec<&String> = built.files.keys().filter(|path| path.starts_with("assets/site.") && is(path, &["css"])).collect();
    assert_eq!(sheets.len(), 1);
    assert_eq!(built.files[sheets[0]], b"body{color:#123}\n");
    assert!(built.page("index.html").contains(sheets[0].as_str()), "pages load the sheet by its new name");
    assert_ne!(built.files.keys().find(|path| is(path, &["js"])), None);
}

#[test]
fn parts_that_cannot_be_written_once_are_written_each_time() {
    // The same parts, asked for in a way that leaves nothing to be filled in later.
    let parts = ["cell", "count", "crumb", "fact", "figure", "kick", "link", "related", "split"].map(|part| {
        let template = std::fs::read_to_string(root().join(format!("themes/default/templates/{part}.html"))).expect("a part");
        let template = template.replace("view", "v");
        (format!("themes/default/templates/{part}.html"), format!("{{% set v = view %}}{template}"))
    });
    let files: Vec<(&str, &str)> = parts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (usual, other) = (build(site_with(&[]).path()), build(site_with(&files).path()));
    let mut seen = 0;
    for (path, html) in usual.pages() {
        assert_eq!(other.page(path), html, "{path}");
        seen += usize::from(html.contains("class=\"facts\""));
    }
    assert!(seen > 50, "{seen} pages with facts");
}

#[test]
fn links_that_follow_each_other_are_parted_as_the_language_does() {
    for (english, between) in [(false, "</a>、<a href="), (true, "</a>, <a href=")] {
        let mut pages = CONTENT.pages().filter(|(path, _)| path.starts_with("en/") == english);
        assert!(pages.any(|(_, html)| html.split("<dd>").skip(1).any(|value| value.contains(between))), "{between}");
    }
}

#[test]
fn a_theme_for_other_views_is_refused_with_what_to_do() {
    let manifest = "name: old\nversion: '1'\ntheme_api: 99\nassets: {css: site.css, js: site.js, icon: mark.svg}\n";
    let site = site_with(&[("themes/old/theme.yaml", manifest)]);
    let path = site.path().join("content/site.yaml");
    let text = std::fs::read_to_string(&path).expect("a site") + "\ntheme: old\n";
    std::fs::write(&path, text).expect("a file");
    let (_, outcome) = try_build(site.path());
    let fault = outcome.map(|_| ()).expect_err("a fault of the theme");
    let message = fault.message().en;
    assert!(message.contains("theme.yaml") && message.contains("version 99") && message.contains("theme_api: 1"), "{message}");
}

#[test]
fn a_place_stands_in_a_tree_of_four_levels() {
    let area = |name: &str, en: &str, level: &str| format!("kind: area\nname: {name}\nname_en: {en}\nlevel: {level}\n");
    let files = [
        ("content/city/area.yaml", area("三江市", "Sanjiang", "city")),
        ("content/city/east/area.yaml", area("东县", "East", "county")),
        ("content/city/east/hills/area.yaml", area("丘陵镇", "Hills", "township")),
        ("content/city/east/hills/spring/area.yaml", area("清泉村", "Spring", "village")),
        ("content/city/east/hills/grove/area.yaml", area("松林村", "Grove", "village")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let built = build(site_with(&files).path());
    let page = built.page("city/east/hills/spring/index.html");
    let crumbs = page.split("class=\"crumb").nth(1).and_then(|rest| rest.split("</nav>").next()).expect("a breadcrumb");
    let names: Vec<&str> = ["三江市", "东县", "丘陵镇"].into_iter().filter(|name| crumbs.contains(name)).collect();
    assert_eq!(names.len(), 3, "{crumbs}");
    let below = words(built.page("city/index.html"));
    assert!(below.contains("县（市、区） 1 个、乡镇 1 个、村 2 个"), "{below}");
    let county = words(built.page("browse/area-in/city/east/index.html"));
    assert!(county.contains("3 个地方"), "{county}");
    for (place, above) in [("丘陵镇", "东县"), ("清泉村", "丘陵镇"), ("松林村", "丘陵镇")] {
        assert!(county.contains(&format!("{place}{above}")), "{place} lies in {above}: {county}");
    }
    let list = built.page("browse/area-in/city/east/index.html").split("<tbody>").nth(1).expect("rows");
    assert_eq!(list.split("</tbody>").next().expect("rows").matches("<tr>").count(), 3, "a place is not in itself");
    assert!(!built.files.contains_key("browse/area-in/city/east/hills/spring/index.html"), "nothing lies in a village");
    let tree = built.page("places/index.html");
    let at = |name: &str| tree.find(name).expect("every place stands in the tree");
    assert!(at("三江市") < at("东县") && at("东县") < at("丘陵镇") && at("丘陵镇") < at("清泉村"));
    assert!(built.page("index.html").contains("清泉村"), "seven places fit the home page");
}

/// A table of figures as a page shows it: the units of its columns, then each row with its cells (text and link), then the sums.
struct Numbers {
    units: Vec<String>,
    rows: Vec<Vec<(String, Option<String>)>>,
    total: Vec<String>,
}

/// Reads the table within the section of an id.
fn numbers(html: &str, id: &str) -> Option<Numbers> {
    let section = html.split(&format!("id=\"{id}\"")).nth(1)?.split("</table>").next()?;
    let (head, body) = section.split_once("<tbody>")?;
    let units = head.split("<th scope=\"col\" class=\"r\">").skip(1);
    let units =
        units.map(|cell| cell.split_once("<small>").map(|(_, unit)| words(unit.split("</small>").next().unwrap_or_default())));
    let (body, foot) = body.split_once("</tbody>")?;
    let cells = |row: &str| -> Vec<(String, Option<String>)> {
        let link = |cell: &str| Some(cell.split_once("href=\"")?.1.split('"').next()?.to_owned());
        let number = |cell: &str| {
            let (text, of) = cell.split("</td>").next().unwrap_or_default().split_once("<small>").unzip();
            assert!(of.is_none_or(|of| of.contains('/')), "both numbers of a share: {cell}");
            words(text.unwrap_or(cell.split("</td>").next().unwrap_or_default()))
        };
        row.split("<td>").skip(1).map(|cell| (number(cell), link(cell))).collect()
    };
    Some(Numbers {
        units: units.map(Option::unwrap_or_default).collect(),
        rows: body.split("<tr>").skip(1).map(cells).collect(),
        total: cells(foot).into_iter().map(|(text, _)| text).collect(),
    })
}

/// Reads a number as pages write it; of a share, the number before the sign.
fn decimal(text: &str) -> Option<rust_decimal::Decimal> {
    text.replace(',', "").replace('−', "-").trim_end_matches('%').parse().ok()
}

/// The figure at an anchor of a page of statistics.
fn figure_at<'h>(html: &'h str, anchor: &str) -> Option<(String, &'h str)> {
    let row = html.split(&format!("<tr id=\"{anchor}\"")).nth(1)?.split("</tr>").next()?;
    Some((words(row.split("<td class=\"fv\">").nth(1)?.split("<small>").next()?), row))
}

/// Yields the pages of statistics.
fn statistics(built: &Built) -> impl Iterator<Item = (&str, &str)> {
    built.pages().filter(|(path, _)| path.trim_start_matches("en/").starts_with("statistics/"))
}

#[test]
fn every_total_is_the_sum_of_its_parts_and_opens_to_them() {
    let (mut opened, mut added) = (0, 0);
    for built in both() {
        for (path, html) in statistics(built) {
            let Some(table) = numbers(html, "parts") else { continue };
            for (text, link) in table.rows.iter().flatten() {
                let Some((file, anchor)) = link.as_deref().and_then(|link| link.split_once('#')) else { continue };
                let there = figure_at(built.page(&target(path, file)), anchor);
                let (value, _) = there.unwrap_or_else(|| panic!("{path}: {file}#{anchor} is not there"));
                assert_eq!(text.trim_end_matches('%'), value, "{path}: {file}#{anchor}");
                opened += 1;
            }
            for (column, total) in table.total.iter().enumerate() {
                let unit = table.units[column].as_str();
                if ["%", "天", "days"].contains(&unit) {
                    continue;
                }
                let parts: rust_decimal::Decimal =
                    table.rows.iter().filter_map(|row| decimal(&row.get(column).expect("a cell").0)).sum();
                assert_eq!(decimal(total), Some(parts), "{path}: column {column} in {unit}");
                added += 1;
            }
        }
    }
    assert!(opened > 100 && added > 50, "{opened} numbers opened, {added} added up");
}

#[test]
fn the_records_of_a_place_add_up_to_its_figures() {
    let mut compared = 0;
    for built in both() {
        for (path, html) in statistics(built) {
            let own = html.contains("id=\"records\"") && !html.contains("id=\"parts\"");
            if !own {
                continue;
            }
            for (anchor, id) in
                [("m-meetings", "records-meeting"), ("m-opinions", "records-opinions"), ("m-completed", "records-matter")]
            {
                let (Some((value, row)), Some(table)) = (figure_at(html, anchor), numbers(html, id)) else { continue };
                let label =
                    words(row.split("<summary>").nth(1).and_then(|cell| cell.split("</summary>").next()).expect("a label"));
                let section =
                    html.split(&format!("id=\"{id}\"")).nth(1).and_then(|rest| rest.split("<tbody>").next()).expect("a table");
                let heads = section
                    .split("<th scope=\"col\" class=\"r\">")
                    .skip(1)
                    .map(|head| words(head.split("<small>").next().unwrap_or_default()));
                let Some(column) = heads.collect::<Vec<_>>().iter().position(|head| *head == label) else { continue };
                let rows: rust_decimal::Decimal = table.rows.iter().filter_map(|row| decimal(&row[column].0)).sum();
                assert_eq!((decimal(&value), decimal(&table.total[column])), (Some(rows), Some(rows)), "{path} {anchor}");
                compared += 1;
            }
        }
    }
    assert!(compared > 5, "{compared} figures compared");
}

#[test]
fn pages_of_statistics_show_what_the_files_hold() {
    let all = raw();
    for (path, area) in [
        ("statistics/index.html", ""),
        ("statistics/qinghe/2026.html", "qinghe"),
        ("statistics/qinghe/xinmin/2026.html", "qinghe/xinmin"),
        ("statistics/qinghe/xilin/2026.html", "qinghe/xilin"),
    ] {
        let counted = recount(&all, area);
        let html = CONTENT.page(path);
        let shown = |anchor: &str| figure_at(html, anchor).map_or_else(|| "0".to_owned(), |(value, _)| value);
        assert_eq!(shown("m-resolved"), counted.resolutions.to_string(), "{path}");
        assert_eq!(shown("m-meetings"), counted.meetings.to_string(), "{path}");
        assert_eq!(shown("m-opinions"), counted.opinions.to_string(), "{path}");
        assert_eq!(shown("m-voted"), counted.voted.to_string(), "{path}");
        let (present, entitled) = counted.attendance;
        let tenths = (2000 * present + entitled) / (2 * entitled);
        assert_eq!(shown("m-attendance"), format!("{}.{}", tenths / 10, tenths % 10), "{path}");
        let share = figure_at(html, "m-attendance").expect("attendance").1;
        assert!(
            share.replace(',', "").contains(&format!("应到人次 {entitled} 人次，其中实到人次 {present} 人次")),
            "{path}: both numbers of the share"
        );
    }
}

#[test]
fn every_picture_has_its_words_and_its_numbers() {
    let mut pictures = 0;
    for built in both() {
        for (path, html) in statistics(built) {
            for chart in html.split("<figure class=\"chart\"").skip(1) {
                let chart = chart.split("</figure>").next().expect("the end of a chart");
                assert!(chart.contains("role=\"img\"") && chart.contains("<title id=") && chart.contains("<desc id="), "{path}");
                assert!(chart.contains("<th scope=\"row\">") && chart.contains("<th scope=\"col\""), "{path}: no table");
                pictures += 1;
            }
        }
    }
    assert!(pictures > 10, "{pictures}");
}

#[test]
fn a_catalogue_of_the_whole_site_holds_for_every_village() {
    let catalogue = "kind: catalogue\ntitle: 全县公开目录\nissued: 2026-01-05\nlevel: village\nitems:\n  - {id: accounts, title: 收支, sphere: finance, \
                     basis: 规定, cadence: quarterly, within: 15, responsible: village-committee, ways: [web], fulfilled_by: finance}\n";
    let built = build(site_with(&[("content/catalogue.yaml", catalogue)]).path());
    let page = built.page("catalogue.html");
    assert!(words(page).contains("每季度，期满后 15 天内"), "{}", words(page));
    assert!(page.contains("href=\"qinghe/xinmin/finance/2026-q1.html\""), "the accounts of the village were disclosed last");
    assert!(page.contains("href=\"browse/kind/catalogue/"), "the breadcrumb leads to the catalogues");
}

/// A result as its file tells it: who, and the total in tenths.
type Totals = BTreeMap<String, i64>;

/// Reads the assessments of the township by year, cycle and period, without a line of the program.
fn assessments() -> BTreeMap<(String, String), BTreeMap<String, (Totals, Value)>> {
    let mut all: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for raw in raw().into_iter().filter(|raw| ["assessment", "考核"].contains(&text(&raw.header, &["kind", "类型"]))) {
        let period = get(&raw.header, &["period", "时期"]).expect("a period");
        let period = period.as_str().map_or_else(|| period.as_u64().expect("a year").to_string(), str::to_owned);
        let results = get(&raw.header, &["results", "结果"]).and_then(Value::as_sequence).expect("results");
        let tenths = |result: &Value| {
            let total = get(result, &["total", "总分"]).and_then(Value::as_f64).expect("a total");
            format!("{:.0}", total * 10.0).parse::<i64>().expect("tenths")
        };
        let totals = results.iter().map(|result| (text(result, &["subject", "对象"]).to_owned(), tenths(result))).collect();
        let cycle = text(&raw.header, &["cycle", "周期"]).to_owned();
        all.entry((period[..4].to_owned(), cycle)).or_default().insert(period, (totals, raw.header));
    }
    all
}

/// Ranks totals the slow way: one more than the number of those above.
fn rank(totals: &Totals, who: &str) -> usize {
    1 + totals.values().filter(|total| **total > totals[who]).count()
}

#[test]
fn ranks_and_their_changes_are_those_of_the_files() {
    let all = assessments();
    let by_cycle = |cycle: &str| {
        let years = all.iter().filter(|((_, own), _)| own == cycle).map(|(_, periods)| periods);
        years.flatten().map(|(period, (totals, _))| (period.clone(), totals.clone())).collect::<Vec<_>>()
    };
    let mut seen = 0;
    for ((year, cycle), periods) in &all {
        let html = CONTENT.page(&format!("performance/qinghe/{year}-{cycle}.html"));
        let tables: Vec<&str> = html.split("<table class=\"stack board\">").skip(1).collect();
        assert_eq!(tables.len(), periods.len(), "{year} {cycle}");
        let history = by_cycle(cycle);
        for (table, (period, (totals, _))) in tables.iter().zip(periods.iter().rev()) {
            let before = history.iter().rev().find(|(earlier, _)| earlier < period).map(|(_, totals)| totals);
            let body = table.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next()).expect("a body");
            let mut found = BTreeMap::new();
            for row in body.split("<tr>").skip(1) {
                let cells: Vec<String> = row.split("</td>").flat_map(|cell| cell.split("</th>")).map(words).collect();
                found.insert(cells[1].clone(), (cells[0].clone(), cells[2].clone(), cells[4].clone()));
            }
            assert_eq!(found.len(), totals.len(), "{period}");
            for (who, total) in totals {
                let place = rank(totals, who);
                let tied = totals.values().filter(|other| *other == total).count() > 1;
                let change = match before.and_then(|before| before.contains_key(who).then(|| rank(before, who))) {
                    None if before.is_none() => "没有可比的上一期".to_owned(),
                    None => "新上一期没有结果".to_owned(),
                    Some(last) if last > place => format!("▲{0}上升 {0} 名，上一期第 {last} 名", last - place),
                    Some(last) if last < place => format!("▼{0}下降 {0} 名，上一期第 {last} 名", place - last),
                    Some(last) => format!("–名次不变，上一期第 {last} 名"),
                };
                let total = if total % 10 == 0 { (total / 10).to_string() } else { format!("{}.{}", total / 10, total % 10) };
                let place = if tied { format!("{place} 并列") } else { place.to_string() };
                assert_eq!(found[who], (place, total, change), "{period} {who}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 90, "{seen} results");
}

#[test]
fn the_calendar_of_assessments_agrees_with_files_and_findings() {
    let months = &assessments()[&("2026".to_owned(), "monthly".to_owned())];
    let html = CONTENT.page("performance/qinghe/2026.html");
    let list = html.split("<ul class=\"cells\">").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("months");
    let cells: Vec<String> = list.split("<li").skip(1).map(|cell| words(&format!("<li{cell}"))).collect();
    assert_eq!(cells.len(), 12);
    let mut missing = Vec::new();
    for (cell, month) in cells.iter().zip(1..) {
        let state = match months.get(&format!("2026-{month:02}")) {
            Some((_, header)) => {
                let day = text(header, &["published", "公布"]);
                let (m, d) = (&day[5..7], &day[8..10]);
                format!("已公布、{}月{}日", m.trim_start_matches('0'), d.trim_start_matches('0'))
            }
            None if month > 10 => "未到期".to_owned(),
            None => {
                missing.push(format!("2026 年 {month} 月"));
                "缺".to_owned()
            }
        };
        assert_eq!(*cell, format!("{month} 月{state}"));
    }
    assert!(!missing.is_empty(), "the content has a month without an inspection");
    let place = words(CONTENT.page("qinghe/index.html"));
    assert!(place.contains(&format!("以下月份没有督查记录：{}", missing.join("、"))), "{missing:?}");
}

#[test]
fn the_use_of_results_and_the_surveys_are_those_of_the_files() {
    for year in ["2025", "2026"] {
        let periods = assessments().into_iter().filter(|((own, _), _)| own == year).flat_map(|(_, periods)| periods);
        let used = |header: &Value| get(header, &["used_for", "结果运用"]).and_then(Value::as_sequence).map_or(0, Vec::len);
        let names: Vec<(String, usize)> = periods.map(|(period, (_, header))| (period.to_lowercase(), used(&header))).collect();
        let own: usize = names.iter().map(|(_, n)| n).sum();
        let html = CONTENT.page(&format!("performance/qinghe/{year}-uses.html"));
        let body = |n: usize| html.split("<tbody>").nth(n).and_then(|rest| rest.split("</tbody>").next()).unwrap_or_default();
        // A matter says what its own assessment was used for; its row links to no assessment.
        let linked =
            body(1).split("<tr>").skip(1).filter(|row| row.rsplit("<td").next().is_some_and(|cell| cell.contains("<a ")));
        assert_eq!(linked.count(), own, "{year}");
        for raw in raw().iter().filter(|raw| ["survey", "测评", "满意度测评"].contains(&text(&raw.header, &["kind", "类型"])))
        {
            let period = get(&raw.header, &["period", "时期"]).expect("a period");
            let period = period.as_str().map_or_else(|| period.as_u64().expect("a year").to_string(), str::to_owned);
            if !period.starts_with(year) {
                continue;
            }
            let n = |keys: &[&str]| number(&raw.header, keys);
            let (valid, pleased) = (n(&["valid", "有效"]), n(&["satisfied", "满意"]) + n(&["mostly", "基本满意"]));
            let said = if valid < 10 {
                "有效票不足 10 份，不公布".to_owned()
            } else {
                let tenths = (2000 * pleased + valid) / (2 * valid);
                format!("{pleased} ÷ {valid} = {}.{}%", tenths / 10, tenths % 10)
            };
            assert!(words(body(2)).contains(&said), "{year} {}: {said} in {}", raw.name, words(body(2)));
        }
    }
}

#[test]
fn places_without_the_procedure_are_listed() {
    let html = CONTENT.page("coverage/index.html");
    let list = html.split("id=\"missing\"").nth(1).map_or("", |rest| rest.split("</section>").next().unwrap_or_default());
    for raw in raw().into_iter().filter(|raw| raw.name == "area" && text(&raw.header, &["level", "级别"]) == "village") {
        let workflows = get(&raw.header, &["workflows", "工作法"]).and_then(Value::as_sequence).cloned().unwrap_or_default();
        let adopted = workflows.iter().any(|one| text(one, &["id", "编号"]) == "eight-step");
        let name = text(&raw.header, &["name", "名称"]);
        assert_eq!(list.contains(name), !adopted, "{name}");
    }
}
