//! Themes: strict templates, labels and assets, the built-in theme with a site's own files laid over it.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use ahash::HashMap;
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde_json::Value;
use tera::{Context, Kwargs, State, Tera};

use crate::language::Language;
use crate::record::check::closest;
use crate::render::cut::CUTS;
use crate::render::fold::fold;
use crate::render::strict;
use crate::site::frame::Assets;
use crate::site::labels::Labels;
use crate::site::view::shape::Shapes;
use crate::site::view::{self, PARTS, TEMPLATES, View};

/// The built-in theme.
static DEFAULT: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The version of the typed views; a theme that was written for another one is refused.
pub const THEME_API: u64 = 1;

/// What a theme says of itself (`theme.yaml`).
#[derive(Debug, Clone, Deserialize)]
pub struct Manifest {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The version of the views that its templates are written for.
    pub theme_api: u64,
    /// The assets that every page loads.
    pub assets: ManifestAssets,
}

/// The assets that pages load, by their names in the theme's `assets` folder.
#[derive(Debug, Clone, Deserialize)]
pub struct ManifestAssets {
    /// The style sheet.
    pub css: String,
    /// The second style sheet: what only charts and wide tables need. A theme that does not name one has the built-in one's.
    #[serde(default = "statistics_sheet")]
    pub statistics: String,
    /// The script.
    pub js: String,
    /// The icon.
    pub icon: String,
}

/// Returns the name of the built-in theme's second style sheet.
fn statistics_sheet() -> String {
    "statistics.css".to_owned()
}

/// A fault in a theme: which file, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFault {
    /// The file, relative to the theme, with line and column where they are known (`templates/404.html:3:7`).
    pub path: String,
    /// What is wrong, with line and column where a template is at fault.
    pub message: String,
}

impl std::fmt::Display for ThemeFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// A theme, ready to render.
#[derive(Debug, Clone)]
pub struct Theme {
    /// What it says of itself.
    pub manifest: Manifest,
    templates: BTreeMap<String, String>,
    sheets: BTreeMap<String, String>,
    labels: BTreeMap<Language, Labels>,
    assets: BTreeMap<String, Vec<u8>>,
}

impl Theme {
    /// Makes a theme of the built-in one with `own` files (by path relative to the theme's folder) laid over it, one by one.
    ///
    /// # Errors
    ///
    /// All faults at once: a manifest that cannot be read or asks for another version of the views, a template that does not
    /// parse, a language file that is not YAML, an asset that the manifest names and nobody has.
    pub fn new(own: BTreeMap<String, Vec<u8>>) -> Result<Self, Vec<ThemeFault>> {
        let mut files = BTreeMap::new();
        let written = templates_in(&own);
        collect(&DEFAULT, &mut files);
        files.extend(own);
        let mut faults = Vec::new();
        let manifest = manifest(&files, &mut faults);
        let labels = labels(&files, &written, &mut faults);
        let templates = texts(&files, "templates/", &mut faults);
        let sheets = texts(&files, "sheets/", &mut faults);
        let assets = below(&files, "assets/").map(|(name, bytes)| (name.to_owned(), bytes.clone())).collect();
        let Some(manifest) = manifest else { return Err(faults) };
        let theme = Self { manifest, templates, sheets, labels, assets };
        theme.check(&mut faults);
        if faults.is_empty() { Ok(theme) } else { Err(faults) }
    }

    /// Returns the labels of a language.
    pub fn labels(&self, language: Language) -> &Labels {
        static NONE: std::sync::LazyLock<Labels> = std::sync::LazyLock::new(Labels::default);
        self.labels.get(&language).unwrap_or(&NONE)
    }

    /// Returns the templates of the sheets of paper, by their names in the theme's `sheets` folder.
    pub fn sheets(&self) -> &BTreeMap<String, String> {
        &self.sheets
    }

    /// Returns the digest of its templates and labels: what a page shows depends on nothing else of it but the names of its assets.
    pub fn digest(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        let labels = self.labels.iter().map(|(language, labels)| (language.tag(), labels.tree().to_string()));
        let templates = self.templates.iter().map(|(name, source)| (name.as_str(), source.clone()));
        for (name, text) in templates.chain(labels) {
            hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        hasher.finalize()
    }

    /// Returns the output path and the bytes of every asset; the path carries a digest of the bytes, so it never goes stale.
    pub fn assets(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.assets.iter().map(|(name, bytes)| (fingerprinted(name, bytes), bytes.as_slice()))
    }

    /// Returns the output paths of the assets that every page loads.
    pub fn paths(&self) -> Assets {
        let path = |name: &String| self.assets.get(name).map(|bytes| fingerprinted(name, bytes)).unwrap_or_default();
        let ManifestAssets { css, statistics, js, icon } = &self.manifest.assets;
        Assets { css: path(css), statistics_css: path(statistics), js: path(js), icon: path(icon) }
    }

    /// Makes the renderer of one language.
    ///
    /// # Errors
    ///
    /// A template that does not parse (which [`Theme::new`] has already refused).
    pub fn renderer(&self, language: Language, site: &view::Site) -> Result<Renderer, ThemeFault> {
        let labels = self.labels(language).tree();
        let mut globals = Context::new();
        globals.insert("t", labels);
        globals.insert("site", site);
        let site = serde_json::to_value(site).unwrap_or_default();
        let mut folded = fold(&self.templates, &[("t", labels), ("site", &site)]);
        for cut in &CUTS {
            let marked = folded.get(cut.template).and_then(|template| cut.marked(template));
            folded.extend(marked.map(|marked| (cut.template.to_owned(), marked)));
        }
        let folded = parsed(&folded, &globals);
        let renderer = |tera: Tera, folded: bool| Renderer {
            tera,
            folded,
            written: self.templates.clone(),
            globals: globals.clone(),
            frames: RwLock::default(),
        };
        folded.map(|tera| renderer(tera, true)).or_else(|_| Ok(renderer(parsed(&self.templates, &globals)?, false)))
    }

    /// Reports what a manifest promises and the files do not keep.
    fn check(&self, faults: &mut Vec<ThemeFault>) {
        if self.manifest.theme_api != THEME_API {
            let message = format!(
                "the theme `{}` is written for version {} of the views, this program has version {THEME_API}: take a newer theme, or write its templates anew and then set `theme_api: {THEME_API}`",
                self.manifest.name, self.manifest.theme_api
            );
            faults.push(ThemeFault { path: "theme.yaml".to_owned(), message });
        }
        let ManifestAssets { css, statistics, js, icon } = &self.manifest.assets;
        for name in [css, statistics, js, icon].into_iter().filter(|name| !self.assets.contains_key(*name)) {
            faults.push(ThemeFault {
                path: format!("assets/{name}"),
                message: "`theme.yaml` names this asset, but there is no such file".to_owned(),
            });
        }
        for name in TEMPLATES.iter().chain(PARTS).filter(|name| !self.templates.contains_key(**name)) {
            faults.push(ThemeFault { path: format!("templates/{name}"), message: "this template is missing".to_owned() });
        }
        let parsed = parsed(&self.templates, &Context::new()).err();
        if parsed.is_none() {
            faults.extend(self.misspellings());
        }
        faults.extend(parsed);
    }

    /// Reports every name that a template asks for and no view has.
    fn misspellings(&self) -> Vec<ThemeFault> {
        let mut shapes = Shapes::default();
        let mut globals =
            BTreeMap::from([("site".to_owned(), shapes.add::<view::Site>()), ("page".to_owned(), shapes.add::<view::Page>())]);
        globals.insert("frame".to_owned(), shapes.add::<view::Frame>());
        globals.insert("t".to_owned(), shapes.add_labels("t", self.labels(Language::Chinese).tree()));
        let views = view::shapes(&mut shapes);
        let found = strict::check(&self.templates, &shapes, &globals, &views);
        let fault = |m: strict::Misspelling| ThemeFault {
            path: format!("templates/{}:{}:{}", m.template, m.line, m.column),
            message: m.message.en,
        };
        found.into_iter().map(fault).collect()
    }
}

/// Parses templates.
fn parsed(templates: &BTreeMap<String, String>, globals: &Context) -> Result<Tera, ThemeFault> {
    let mut tera = Tera::default();
    tera.register_filter("safe", safe);
    let templates = templates.iter().map(|(name, source)| (name.clone(), source.clone()));
    tera.add_raw_templates(templates).map_err(|error| ThemeFault { path: "templates".to_owned(), message: full(&error) })?;
    *tera.global_context() = globals.clone();
    Ok(tera)
}

/// The filter `safe` of Tera, but that it does not copy the HTML: a page is given most of what it shows that way.
fn safe(value: &tera::Value, _: Kwargs, _: &State<'_>) -> tera::Value {
    match value.as_str() {
        Some(_) => value.clone().mark_safe(),
        None => tera::Value::safe_string(&value.to_string()),
    }
}

/// The room that is made for a page, in bytes: more than most need.
const USUAL: usize = 48 * 1024;

/// Renders the pages of one language.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
    /// Whether its templates are folded.
    folded: bool,
    /// The templates as the theme has them.
    written: BTreeMap<String, String>,
    /// What all templates know.
    globals: Context,
    /// The parts of the frame that were written, by all that they depend on.
    frames: RwLock<HashMap<(view::Top, view::Nav), tera::Value>>,
}

impl Renderer {
    /// Renders a page.
    ///
    /// # Errors
    ///
    /// A name that the view lacks, with the template's file, line and column.
    pub fn render<V: View>(&self, page: &view::Page, view: &V) -> Result<Vec<u8>, ThemeFault> {
        let mut context = Context::new();
        context.insert_value("frame", self.frame(page)?);
        context.insert("page", page);
        let mut html = Vec::with_capacity(USUAL);
        self.write(view, context, &mut html)?;
        Ok(html)
    }

    /// Renders a part of pages, which knows nothing of the page that it will stand in.
    ///
    /// # Errors
    ///
    /// A name that the view lacks, with the template's file, line and column.
    pub fn part<V: View>(&self, view: &V) -> Result<String, ThemeFault> {
        let mut html = Vec::new();
        self.write(view, Context::new(), &mut html)?;
        Ok(String::from_utf8(html).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    fn write<V: View>(&self, view: &V, mut context: Context, html: &mut Vec<u8>) -> Result<(), ThemeFault> {
        context.insert("view", view);
        let start = html.len();
        let rendered = match self.tera.render_to(V::TEMPLATE, &context, &mut *html) {
            Err(_) if self.folded => {
                // The template as it is written says where it fails.
                html.truncate(start);
                self.as_written()?.tera.render_to(V::TEMPLATE, &context, html)
            }
            rendered => rendered,
        };
        rendered.map_err(|error| ThemeFault { path: format!("templates/{}", V::TEMPLATE), message: full(&error) })
    }

    /// Whether the templates that it renders are folded, which fails where folding makes one that does not parse.
    #[cfg(test)]
    pub(crate) fn is_folded(&self) -> bool {
        self.folded
    }

    /// Returns the renderer of the templates as they are written.
    pub(crate) fn as_written(&self) -> Result<Self, ThemeFault> {
        let (written, globals) = (self.written.clone(), self.globals.clone());
        Ok(Self { tera: parsed(&written, &globals)?, folded: false, written, globals, frames: RwLock::default() })
    }

    /// Returns the parts of a page's frame that many pages share; each is written once.
    fn frame(&self, page: &view::Page) -> Result<tera::Value, ThemeFault> {
        let view::Page { root, home, section, section_page, .. } = page;
        let top = view::Top { home: home.clone() };
        let nav = view::Nav { root: root.clone(), section: section.clone(), section_page: *section_page };
        let key = (top, nav);
        if let Some(frame) = self.frames.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(frame.clone());
        }
        let foot = view::Foot { root: root.clone() };
        let frame = view::Frame { top: self.part(&key.0)?, nav: self.part(&key.1)?, foot: self.part(&foot)? };
        let frame = tera::Value::try_from_serializable(&frame)
            .map_err(|error| ThemeFault { path: "templates/base.html".to_owned(), message: full(&error) })?;
        self.frames.write().unwrap_or_else(PoisonError::into_inner).insert(key, frame.clone());
        Ok(frame)
    }
}

/// Collects the files of an embedded folder.
fn collect(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        files.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents().to_vec());
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}

/// Returns the files below a folder, by their names within it.
fn below<'a>(files: &'a BTreeMap<String, Vec<u8>>, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Vec<u8>)> {
    files.iter().filter_map(move |(path, bytes)| path.strip_prefix(folder).map(|name| (name, bytes)))
}

/// Returns the texts below a folder; one that is not UTF-8 is a fault.
fn texts(files: &BTreeMap<String, Vec<u8>>, folder: &str, faults: &mut Vec<ThemeFault>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (name, bytes) in below(files, folder) {
        match String::from_utf8(bytes.clone()) {
            Ok(text) => {
                texts.insert(name.to_owned(), text);
            }
            Err(error) => faults.push(ThemeFault { path: format!("{folder}{name}"), message: error.to_string() }),
        }
    }
    texts
}

/// Reads the manifest.
fn manifest(files: &BTreeMap<String, Vec<u8>>, faults: &mut Vec<ThemeFault>) -> Option<Manifest> {
    let bytes = files.get("theme.yaml")?;
    serde_yaml::from_slice(bytes)
        .map_err(|error| faults.push(ThemeFault { path: "theme.yaml".to_owned(), message: error.to_string() }))
        .ok()
}

/// Returns the text of all templates among a site's own files.
fn templates_in(own: &BTreeMap<String, Vec<u8>>) -> String {
    let all = own.iter().filter(|(path, _)| path.starts_with("templates/") || path.starts_with("sheets/"));
    all.flat_map(|(_, bytes)| [String::from_utf8_lossy(bytes).into_owned(), "\n".to_owned()]).collect()
}

/// Reads the language files; what one leaves out comes from the built-in theme. What the built-in theme does not know must be
/// asked for by a template that the site has `written`.
fn labels(files: &BTreeMap<String, Vec<u8>>, written: &str, faults: &mut Vec<ThemeFault>) -> BTreeMap<Language, Labels> {
    let mut labels = BTreeMap::new();
    for (name, bytes) in below(files, "languages/") {
        let language = name.strip_suffix(".yaml").and_then(Language::from_tag);
        let own: Result<Value, _> = serde_yaml::from_slice(bytes);
        match (language, own) {
            (Some(language), Ok(own)) => {
                let built_in =
                    DEFAULT.get_file(format!("languages/{name}")).and_then(|file| serde_yaml::from_slice(file.contents()).ok());
                let built_in = built_in.unwrap_or_default();
                let mut messages = Vec::new();
                misplaced("", &built_in, &own, written, &mut messages);
                faults.extend(messages.into_iter().map(|message| ThemeFault { path: format!("languages/{name}"), message }));
                labels.insert(language, Labels::new(merged(built_in, own)));
            }
            (Some(_), Err(error)) => faults.push(ThemeFault { path: format!("languages/{name}"), message: error.to_string() }),
            (None, _) => faults.push(ThemeFault {
                path: format!("languages/{name}"),
                message: "not a language that this program speaks (zh-CN, en)".to_owned(),
            }),
        }
    }
    labels
}

/// Says of every label in a tree that there is none of its name in the tree `known`, or that one of them is a group.
fn misplaced(prefix: &str, known: &Value, own: &Value, written: &str, messages: &mut Vec<String>) {
    match (known, own) {
        (Value::Object(known), Value::Object(own)) => {
            for (key, value) in own {
                let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                match known.get(key) {
                    Some(known) => misplaced(&path, known, value, written, messages),
                    None if is_asked_for(key, written) => {}
                    None => messages.push(match closest(key, known.keys().map(String::as_str)) {
                        Some(near) => format!("there is no label `{path}`; did you mean `{near}`?"),
                        None => format!("there is no label `{path}`"),
                    }),
                }
            }
        }
        (Value::Object(_), _) if prefix.is_empty() => messages.push("expected labels by their keys".to_owned()),
        (Value::Object(_), _) => messages.push(format!("`{prefix}` is a group of labels, expected keys below it")),
        (_, Value::Object(_) | Value::Array(_) | Value::Null) => {
            messages.push(format!("`{prefix}` is one label, expected a text"));
        }
        _ => {}
    }
}

/// Whether templates ask for a label by its key.
fn is_asked_for(key: &str, written: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
    let dotted = format!(".{key}");
    written.match_indices(&dotted).any(|(i, found)| ends(&written[i + found.len()..])) || written.contains(&format!("\"{key}\""))
}

/// Lays one tree over another.
fn merged(below: Value, above: Value) -> Value {
    match (below, above) {
        (Value::Object(mut below), Value::Object(above)) => {
            for (key, value) in above {
                let under = below.remove(&key).unwrap_or_default();
                below.insert(key, merged(under, value));
            }
            Value::Object(below)
        }
        (_, above) => above,
    }
}

/// Names an asset by its name and the digest of its bytes (`assets/site.3f9c2a1b.css`).
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let digest = blake3::hash(bytes).to_hex();
    let digest = &digest.as_str()[..8];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{digest}.{extension}"),
        None => format!("assets/{name}.{digest}"),
    }
}

/// Returns an error with all its causes; Tera puts file, line and column into them.
fn full(error: &tera::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(path: &str, text: &str) -> Result<Theme, Vec<ThemeFault>> {
        Theme::new(BTreeMap::from([(path.to_owned(), text.as_bytes().to_vec())]))
    }

    #[test]
    fn the_built_in_theme_is_whole() {
        assert_eq!(Theme::new(BTreeMap::new()).err(), None);
    }

    #[test]
    fn a_single_template_and_a_single_label_can_be_overridden() {
        let theme = with("languages/en.yaml", "nav: {home: Start}").expect("a theme");
        assert_eq!(theme.labels(Language::English).get("nav.home"), "Start");
        assert_eq!(theme.labels(Language::English).get("nav.matters"), "Matters");
    }

    #[test]
    fn a_label_that_nothing_asks_for_is_a_fault_with_its_file_and_key() {
        let said = |yaml: &str| with("languages/en.yaml", yaml).map_or_else(|faults| faults, |_| Vec::new());
        let said = |yaml: &str| said(yaml).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(said("nav: {hmoe: Start}"), ["languages/en.yaml: there is no label `nav.hmoe`; did you mean `home`?"]);
        assert_eq!(
            said("sheets: {notice: {nosuchkey: 3}}\nnosuchtop: 1"),
            [
                "languages/en.yaml: there is no label `nosuchtop`",
                "languages/en.yaml: there is no label `sheets.notice.nosuchkey`"
            ]
        );
        assert_eq!(said("nav: Start"), ["languages/en.yaml: `nav` is a group of labels, expected keys below it"]);
        assert_eq!(said("nav: {home: {a: b}}"), ["languages/en.yaml: `nav.home` is one label, expected a text"]);
    }

    #[test]
    fn a_template_of_the_site_may_have_labels_of_its_own() {
        let own = |label: &str| {
            let sheet = "#let render(d) = [#d.labels.motto]".to_owned();
            let files = [("sheets/card.typ", sheet), ("languages/en.yaml", format!("sheets: {{card: {{{label}: For all}}}}"))];
            Theme::new(files.map(|(path, text)| (path.to_owned(), text.into_bytes())).into()).is_ok()
        };
        assert!(own("motto") && !own("mott"));
    }

    #[test]
    fn a_broken_template_names_its_place() {
        let faults = with("templates/404.html", "<p>\n{{ view.links").expect_err("a fault");
        assert!(faults[0].message.contains("404.html") && faults[0].message.contains('2'), "{faults:?}");
    }

    #[test]
    fn a_misspelt_field_is_a_fault_with_its_place_even_where_it_only_decides() {
        let template = "{% extends \"base.html\" %}\n{% block main %}\n{% if view.linkz %}x{% endif %}{% endblock main %}";
        let faults = with("templates/404.html", template).expect_err("a fault");
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].path.starts_with("templates/404.html:3:") && faults[0].message.contains("links"), "{faults:?}");
    }

    #[test]
    fn another_version_of_the_views_is_refused() {
        let yaml = "name: old\nversion: '1'\ntheme_api: 0\nassets: {css: site.css, js: site.js, icon: mark.svg}\n";
        let faults = with("theme.yaml", yaml).expect_err("a fault");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].message.contains("version 0"), "{faults:?}");
    }

    #[test]
    fn an_assets_name_follows_its_bytes() {
        assert_ne!(fingerprinted("a.css", b"1"), fingerprinted("a.css", b"2"));
        assert_eq!(fingerprinted("a.css", b"1").split('.').map(str::len).collect::<Vec<_>>(), ["assets/a".len(), 8, "css".len()]);
    }
}
