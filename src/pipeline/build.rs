//! The second half of the flow: what was checked becomes a site, each page of which is made when somebody asks for it.
//!
//! A page is a pure function of the edition, the plan and the theme, so it need not be kept: publication writes each as it
//! comes and lets it go, and the preview makes those that a browser asks for.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::figures::Figures;
use super::papers::Paperwork;
use super::{Bed, Checked, Fault, unreadable};
use crate::diagnostic::{self, Diagnostic};
use crate::edition::{Edition, Parts};
use crate::language::{Language, Text};
use crate::publish::{Content, Output, Pages};
use crate::register::{RecordIx, Register};
use crate::render::theme::{Renderer, Theme, ThemeFault};
use crate::site::address::Address;
use crate::site::index::Index;
use crate::site::papers::{self, Paper};
use crate::site::rows::{Part, Printer, Rows};
use crate::site::scope::Scopes;
use crate::site::{self, Page, Plan, Scribe, Visitor, view};
use crate::statistics::Statistics;
use crate::text;
use crate::verdict::{self, Verdicts};

/// A site that was built: where every file stands; pages are made when they are asked for.
#[derive(Debug, Clone)]
pub struct Built {
    /// The files of the site.
    pub output: Output,
    /// How many of them are pages.
    pub pages: usize,
    press: Arc<Press>,
}

/// All that pages are made from.
#[derive(Debug)]
pub(super) struct Stock {
    pub(super) edition: Arc<Edition>,
    pub(super) statistics: Statistics,
    pub(super) plan: Plan,
    pub(super) theme: Arc<Theme>,
}

impl Stock {
    /// Makes what was kept of a stock: of the plan only the lists.
    pub(super) fn rested(edition: Arc<Edition>, statistics: Statistics, index: Index, theme: Arc<Theme>) -> Self {
        let plan = Plan { languages: Vec::new(), pages: Vec::new(), attachments: Vec::new(), index };
        Self { edition, statistics, plan, theme }
    }

    /// Makes the scribe of a page.
    pub(super) fn scribe<'a>(&'a self, language: Language, here: Address, rows: &'a Rows) -> Scribe<'a> {
        Scribe {
            edition: &self.edition,
            statistics: &self.statistics,
            index: &self.plan.index,
            labels: self.theme.labels(language),
            language,
            first: self.plan.languages.first().copied().unwrap_or_default(),
            rows,
            printer: None,
            root: None,
            here,
        }
    }
}

/// A site before an edit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'b> {
    stock: &'b Stock,
    paperwork: &'b Paperwork,
    /// The site itself, where it was built.
    built: Option<&'b Built>,
}

impl<'b> Before<'b> {
    /// A site that was built.
    pub(super) fn built(built: &'b Built) -> Self {
        Self { stock: &built.press.stock, paperwork: &built.press.paperwork, built: Some(built) }
    }

    /// A site of which only the plan was kept.
    pub(super) fn kept(stock: &'b Stock, paperwork: &'b Paperwork) -> Self {
        Self { stock, paperwork, built: None }
    }
}

/// Makes pages.
#[derive(Debug)]
struct Press {
    stock: Stock,
    paperwork: Paperwork,
    voices: Vec<Voice>,
    /// The first fault that a row met.
    fault: OnceLock<ThemeFault>,
    /// The digest of what all pages share.
    digest: blake3::Hash,
    /// What the pages look at, once somebody asked.
    scopes: OnceLock<Scopes>,
}

/// One language of a site.
#[derive(Debug)]
struct Voice {
    language: Language,
    /// The digest of what is the same on all its pages.
    frame: blake3::Hash,
    renderer: Arc<Renderer>,
    rows: Rows,
}

/// What became of a build.
#[derive(Debug)]
pub enum Outcome {
    /// The site.
    Built(Built),
    /// Errors stand in its way: they are in the diagnostics of what was checked.
    Refused,
}

impl Built {
    /// Writes down what was planned of the site, so that it can be woken.
    pub(super) fn keep(&self, bed: Bed<'_>) {
        Figures::write(bed.figures, bed.program, bed.inputs, &self.press.stock, &self.press.paperwork);
    }
}

/// Makes the edition of what was checked: all that may be published.
pub fn edition(checked: &Checked) -> Edition {
    edition_of(checked.register.clone(), published_verdicts(checked), checked)
}

/// Makes the edition of a register, which is that of what was checked, and of what is judged of its public part.
fn edition_of(register: Register, verdicts: Verdicts, checked: &Checked) -> Edition {
    let Checked { workflows, files, attachments, as_of, masker, .. } = checked;
    let (workflows, sizes, masker) = (workflows.clone(), attachments.clone(), masker.clone());
    Edition::new(register, Parts { verdicts, workflows, files, sizes, as_of: *as_of, masker })
}

/// Builds the site of what was checked; `folder` gives the theme's own files and the attachments.
///
/// The register of `checked` becomes that of the site, which shows no draft and masks names: a city stands in memory once.
///
/// # Errors
///
/// Totals that do not add up, a theme that cannot be used, or a path that no file system takes.
pub fn build(folder: &Path, checked: &mut Checked) -> Result<Outcome, Fault> {
    if checked.has_errors() {
        return Ok(Outcome::Refused);
    }
    let verdicts = published_verdicts(checked);
    let register = std::mem::take(&mut checked.register);
    let name = register.site().theme.clone();
    let (edition, theme) = rayon::join(|| edition_of(register, verdicts, checked), || theme(folder, name.as_deref()));
    let (edition, theme) = (Arc::new(edition), theme?);
    checked.register = edition.register.clone();
    match assemble(folder, edition, theme, None)? {
        Ok(built) => Ok(Outcome::Built(built)),
        Err(faults) => {
            checked.diagnostics.extend(faults);
            diagnostic::sort(&mut checked.diagnostics, &checked.files);
            Ok(Outcome::Refused)
        }
    }
}

/// Reads the theme of a site.
pub(super) fn theme(folder: &Path, name: Option<&str>) -> Result<Arc<Theme>, Fault> {
    let files = theme_files(folder, name)?;
    Ok(Arc::new(Theme::new(files).map_err(Fault::Theme)?))
}

/// Plans the site of an edition; what only that finds stands in its way.
///
/// What is as it was `before` (a site of the same folder, theme and `site.yaml`) is not made anew.
pub(super) fn assemble(
    folder: &Path,
    edition: Arc<Edition>,
    theme: Arc<Theme>,
    before: Option<Before<'_>>,
) -> Result<Result<Built, Vec<Diagnostic>>, Fault> {
    let changed = before.and_then(|before| Some((before, edition.changed_since(&before.stock.edition)?)));
    let (statistics, plan) = if let Some((Before { stock: former, .. }, changed)) = &changed {
        let statistics = former.statistics.again(&edition, changed).map_err(Fault::Totals)?;
        let plan = site::plan_again(&edition, &statistics, (&former.plan, &former.edition), changed);
        (statistics, plan)
    } else {
        let statistics = Statistics::new(&edition).map_err(Fault::Totals)?;
        let plan = site::plan(&edition, &statistics);
        (statistics, plan)
    };
    let known = changed.as_ref().map(|(before, changed)| (before.paperwork, before.stock, changed));
    let mut stock = Stock { edition, statistics, plan, theme };
    let paperwork = Paperwork::new(folder, &stock, known)?;
    stock.plan.index.papers = paperwork.papers();
    let built = before.and_then(|before| before.built);
    let output = match built.filter(|built| stock.plan.has_the_places_of(&built.press.stock.plan)) {
        Some(built) => built.output.clone(),
        None => match places(folder, &stock)? {
            Ok(output) => output,
            Err(faults) => return Ok(Err(faults)),
        },
    };
    let pages = stock.plan.pages.len() * stock.plan.languages.len();
    let press = Arc::new(Press::new(stock, paperwork, built.map(|built| &*built.press))?);
    Ok(Ok(Built { output: output.with_pages(Arc::clone(&press) as Arc<dyn Pages>), pages, press }))
}

/// Gives every file its place, or says which cannot have one.
fn places(folder: &Path, stock: &Stock) -> Result<Result<Output, Vec<Diagnostic>>, Fault> {
    let Stock { edition, plan, .. } = stock;
    let (mut faults, sitemap) = rayon::join(|| site::collisions(edition, plan), || crate::export::sitemap::files(edition, plan));
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let output = output(folder, stock, sitemap, &mut faults)?;
    Ok(if faults.is_empty() { Ok(output) } else { Err(faults) })
}

/// Returns the verdicts that pages rest on: where there are drafts, all is judged anew as if they were not there, so that no
/// outcome, number or sentence of a page is theirs.
fn published_verdicts(checked: &Checked) -> Verdicts {
    let drafts = checked.register.drafts();
    if drafts.is_empty() {
        return checked.verdicts.clone();
    }
    verdict::judge(&checked.register.without(&drafts), &checked.workflows, checked.as_of, &mut Vec::new())
}

/// Gives every page, sheet, asset, attachment, sitemap and robots file its place; reports pages and files whose paths no file
/// system takes, or of which one stands in the way of another.
fn output(folder: &Path, stock: &Stock, sitemap: Vec<(String, String)>, faults: &mut Vec<Diagnostic>) -> Result<Output, Fault> {
    let Stock { edition, plan, theme, .. } = stock;
    let sitemap = sitemap.into_iter().map(|(path, text)| (path, Content::Bytes(text.into_bytes())));
    let assets = theme.assets().map(|(path, bytes)| (path, Content::Bytes(bytes.to_vec())));
    let mut files: Vec<(String, Content)> = sitemap.chain(assets).collect();
    let of_program = files.len();
    let pages = plan.languages.len() * plan.pages.len();
    let page = |number: usize| (nth(edition, plan, number).2.path().to_owned(), Content::Page(number));
    files.par_extend((0..pages).into_par_iter().map(page));
    let papers: Vec<(RecordIx, Address)> = papers(edition, plan).map(|(paper, address)| (paper.of, address)).collect();
    let paper =
        |(number, (_, address)): (usize, &(RecordIx, Address))| (address.path().to_owned(), Content::Page(pages + number));
    files.extend(papers.iter().enumerate().map(paper));
    files.extend(plan.attachments.iter().map(|(path, to)| (to.path().to_owned(), Content::File(folder.join(path)))));
    let files = match Output::of(files) {
        Ok(output) => return Ok(output),
        Err(files) => files,
    };
    // Who is to be told: the author of the page, of what the sheet is printed of, or of what links to the attachment.
    let told = |at: usize| match at.checked_sub(pages) {
        None => {
            if let Page::Record(ix) = nth(edition, plan, at).1 {
                Some(edition.register.get(*ix))
            } else {
                None
            }
        }
        Some(at) if at < papers.len() => Some(edition.register.get(papers[at].0)),
        Some(at) => {
            let (attachment, _) = &plan.attachments[at - papers.len()];
            let linking = |ix| edition.register.attachments_of(ix).contains(attachment);
            edition.published().find(|(ix, _)| linking(*ix)).map(|(_, record)| record)
        }
    };
    let mut output = Output::default();
    for (at, (path, content)) in files.into_iter().enumerate() {
        let Err(fault) = output.insert(path, content) else { continue };
        let record = at.checked_sub(of_program).and_then(|at| told(at).or(edition.register.site_record()));
        let Some(record) = record else { return Err(Fault::Path(fault)) };
        faults.push(Diagnostic::error("identity/address-collision", record.tree().place(""), fault.text()));
    }
    Ok(output)
}

/// Returns every paper with its place: those of the first language come first, each language in the order of the records.
fn papers<'p>(edition: &'p Edition, plan: &'p Plan) -> impl Iterator<Item = (&'p Paper, Address)> {
    let first = plan.languages.first().copied().unwrap_or_default();
    let place = move |paper: &Paper, language: Language| {
        papers::address(&Page::Record(paper.of).path(&edition.register), paper, language, first)
    };
    let all = plan.index.papers.all();
    plan.languages.iter().flat_map(move |language| all.iter().map(move |paper| (paper, place(paper, *language))))
}

/// Returns the page with a number: the pages of the first language come first, each language in the order of the plan.
fn nth<'p>(edition: &Edition, plan: &'p Plan, number: usize) -> (usize, &'p Page, Address) {
    let (voice, page) = (number / plan.pages.len(), &plan.pages[number % plan.pages.len()]);
    let first = plan.languages.first().copied().unwrap_or_default();
    (voice, page, Address::page(plan.languages[voice], first, &page.path(&edition.register)))
}

impl Press {
    /// Makes the renderer of each language; one of the press `before` is taken where theme and frame are the same.
    fn new(stock: Stock, paperwork: Paperwork, before: Option<&Self>) -> Result<Self, Fault> {
        let mut digest = blake3::Hasher::new();
        digest.update(env!("CARGO_PKG_VERSION").as_bytes()).update(stock.theme.digest().as_bytes());
        digest.update(paperwork.digest().as_bytes());
        let mut voices = Vec::new();
        for language in &stock.plan.languages {
            let rows = Rows::new(stock.edition.register.records().len());
            let scribe = stock.scribe(*language, Address::file("index.html"), &rows);
            let frame = site::frame::site(&scribe, &stock.theme.paths());
            let of_frame = view::digest_of(&frame);
            digest.update(of_frame.as_bytes());
            let known = before.filter(|before| Arc::ptr_eq(&before.stock.theme, &stock.theme));
            let known = known.and_then(|before| before.voices.iter().find(|voice| voice.frame == of_frame));
            let renderer = match known {
                Some(voice) => Arc::clone(&voice.renderer),
                None => Arc::new(stock.theme.renderer(*language, &frame).map_err(|fault| Fault::Theme(vec![fault]))?),
            };
            voices.push(Voice { language: *language, frame: of_frame, renderer, rows });
        }
        Ok(Self { stock, paperwork, voices, fault: OnceLock::new(), digest: digest.finalize(), scopes: OnceLock::new() })
    }

    /// Returns what the pages look at.
    fn scopes(&self) -> &Scopes {
        let Stock { edition, statistics, plan, .. } = &self.stock;
        self.scopes.get_or_init(|| Scopes::new(edition, statistics, plan))
    }

    /// Returns the number of a file among the sheets, and the scribe of its language, if it is no page.
    fn sheet(&self, number: usize) -> Option<(usize, Scribe<'_>)> {
        let number = number.checked_sub(self.stock.plan.pages.len() * self.voices.len())?;
        let Voice { language, rows, .. } = &self.voices[number / self.paperwork.len()];
        Some((number % self.paperwork.len(), self.stock.scribe(*language, Address::file("index.html"), rows)))
    }

    /// Hands the view of a page to a visitor.
    fn visit<V: Visitor>(
        &self,
        number: usize,
        printer: Option<&dyn Printer>,
        visitor: impl FnOnce(view::Page) -> V,
    ) -> Option<V::Output> {
        let (voice, page, address) = nth(&self.stock.edition, &self.stock.plan, number);
        let Voice { language, rows, .. } = &self.voices[voice];
        let scribe = Scribe { printer, ..self.stock.scribe(*language, address, rows) }.for_page(page);
        let frame = site::frame::page(&scribe, page, &self.stock.plan.languages);
        site::view_of(&scribe, page, &mut visitor(frame))
    }
}

impl Pages for Press {
    fn digest(&self) -> blake3::Hash {
        self.digest
    }

    fn prepare(&self) {
        self.scopes();
    }

    fn is_slow(&self, page: usize) -> bool {
        self.sheet(page).is_some_and(|(number, _)| self.paperwork.is_set_in_type(number))
    }

    fn scope_of(&self, page: usize) -> Option<blake3::Hash> {
        let Stock { edition, plan, .. } = &self.stock;
        let page = plan.pages.get(page % plan.pages.len()).filter(|_| page < plan.pages.len() * self.voices.len())?;
        Some(self.scopes().of(page, edition, plan))
    }

    fn forget(&self) {
        self.voices.iter().for_each(|voice| voice.rows.forget());
    }

    fn digest_of(&self, page: usize) -> blake3::Hash {
        if let Some((number, scribe)) = self.sheet(page) {
            return self.paperwork.digest_of(number, &scribe);
        }
        // A plan holds no page that has nothing to show.
        self.visit(page, None, |frame| Digest { frame }).unwrap_or_else(|| blake3::hash(b""))
    }

    fn make(&self, page: usize) -> Result<Vec<u8>, Text> {
        if let Some((number, scribe)) = self.sheet(page) {
            return self.paperwork.make(number, &scribe);
        }
        let printer = Compositor { renderer: &self.voices[page / self.stock.plan.pages.len()].renderer, fault: &self.fault };
        let visited = self.visit(page, Some(&printer), |frame| Render { renderer: printer.renderer, frame });
        let made = visited.unwrap_or_else(|| Ok(Vec::new())).and_then(|made| match self.fault.get() {
            Some(fault) => Err(fault.clone()),
            None => Ok(made),
        });
        made.map_err(|fault| text!("主题不能用：{fault}", "the theme cannot be used: {fault}"))
    }
}

/// Writes parts of pages, and keeps the first fault of the theme that it meets.
struct Compositor<'a> {
    renderer: &'a Renderer,
    fault: &'a OnceLock<ThemeFault>,
}

impl Compositor<'_> {
    fn part<V: view::View>(&self, view: &V) -> String {
        self.renderer.part(view).unwrap_or_else(|fault| {
            let _ = self.fault.set(fault);
            String::new()
        })
    }
}

impl Printer for Compositor<'_> {
    fn write(&self, part: Part<'_>) -> String {
        match part {
            Part::Row(row) => self.part(row),
            Part::Cell(cell) => self.part(cell),
            Part::Count(count) => self.part(count),
            Part::Crumb(link) => self.part(link),
            Part::Link(link) => self.part(&view::TextLink(link.clone())),
            Part::Fact(fact) => self.part(fact),
            Part::Kick(fact) => self.part(&view::Kick(fact.clone())),
            Part::Related(item) => self.part(item),
            Part::Figure(figure) => self.part(figure),
            Part::Split(part) => self.part(part),
        }
    }
}

/// Renders the view that a page gives it.
struct Render<'a> {
    renderer: &'a Renderer,
    frame: view::Page,
}

impl Visitor for Render<'_> {
    type Output = Result<Vec<u8>, ThemeFault>;

    fn visit<V: view::View>(&mut self, view: &V) -> Self::Output {
        self.renderer.render(&self.frame, view)
    }
}

/// Takes the digest of the view that a page gives it: equal digests, equal pages.
struct Digest {
    frame: view::Page,
}

impl Visitor for Digest {
    type Output = blake3::Hash;

    fn visit<V: view::View>(&mut self, view: &V) -> Self::Output {
        view::digest_of(&(V::TEMPLATE, &self.frame, view))
    }
}

/// Reads the files that a site lays over the built-in theme: `themes/<name>`, or `themes/default` where none is named.
fn theme_files(folder: &Path, name: Option<&str>) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let root = folder.join("themes").join(name.unwrap_or("default"));
    let mut files = BTreeMap::new();
    if !root.is_dir() {
        return match name {
            None | Some("default") => Ok(files),
            Some(name) => Err(Fault::Theme(vec![ThemeFault {
                path: format!("themes/{name}"),
                message: "`site.yaml` names this theme, but there is no such folder".to_owned(),
            }])),
        };
    }
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.map_err(|error| unreadable(error.path().unwrap_or(&root), std::io::Error::other(error.to_string())))?;
        if entry.file_type().is_file() {
            let bytes = std::fs::read(entry.path()).map_err(|error| unreadable(entry.path(), error))?;
            let path = entry.path().strip_prefix(&root).unwrap_or(entry.path());
            files.insert(path.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
    Ok(files)
}
