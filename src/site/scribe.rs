//! The scribe: writes dates, numbers, links and labels in one language, as seen from one page.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::calendar::Period;
use crate::diagnostic::rules;
use crate::edition::Edition;
use crate::field::Kind;
use crate::language::{self, Language, Text};
use crate::record::Record;
use crate::record::choice::BodyClass;
use crate::register::RecordIx;
use crate::statistics::Statistics;
use crate::workflow::Workflow;

use super::address::Address;
use super::index::{Index, Listing};
use super::labels::Labels;
use super::mould::ROOT;
use super::page::{self, Page};
use super::rows::{Printer, Rows};
use super::view;

/// Writes values for one page in one language.
pub struct Scribe<'a> {
    /// The records and what was judged of them.
    pub edition: &'a Edition,
    /// The figures of every place and period.
    pub statistics: &'a Statistics,
    /// The lists.
    pub index: &'a Index,
    /// The labels of the language.
    pub labels: &'a Labels,
    /// The language.
    pub language: Language,
    /// The site's first language, whose pages stand at its root.
    pub first: Language,
    /// The page's own address.
    pub here: Address,
    /// The rows of lists.
    pub rows: &'a Rows,
    /// Who writes the parts of a page that are written once for many; nobody does for a page that is only compared.
    pub printer: Option<&'a dyn Printer>,
    /// What links begin with on a page that a server may show at any address (the 404 page): the path of the base URL.
    pub root: Option<String>,
}

impl Scribe<'_> {
    /// Makes links from the site's root for a page that has no place of its own.
    #[must_use]
    pub fn for_page(mut self, page: &Page) -> Self {
        if *page == Page::NotFound {
            self.root = Some(super::frame::base_path(self.edition.register.site().base_url.as_deref().unwrap_or_default()));
        }
        self
    }

    /// Makes the scribe of what is written once for any page: its links begin with [`ROOT`].
    #[must_use]
    pub fn anywhere(&self) -> Self {
        Self { root: Some(ROOT.to_string()), here: Address::file(""), ..*self }
    }

    /// Chooses between two wordings.
    pub fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    /// Returns a text in the page's language.
    pub fn text(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    /// Returns a message or what it advises in the page's language, with the names in it in quotation marks.
    pub fn advice(&self, text: &Text) -> String {
        self.language.quoted(text.get(self.language))
    }

    /// Returns a label of the theme.
    pub fn label(&self, key: &str) -> String {
        self.labels.get(key).to_owned()
    }

    /// Returns a label of a group of the theme's.
    pub fn label_of(&self, group: &str, key: &str) -> String {
        self.label(&[group, ".", key].concat())
    }

    /// Returns a label of the theme with its `{names}` filled in.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.labels.fill(key, values)
    }

    /// Returns a number with its unit (`12 件记录`, `1 record`): `count.<unit>` of the theme.
    pub fn count(&self, unit: &str, n: usize) -> String {
        let form = if n == 1 { "one" } else { "other" };
        self.fill(&["count.", unit, ".", form].concat(), &[("n", &self.number(n as u64))])
    }

    /// Returns the label of a value of a list of choices: the theme's, else the field table's.
    pub fn choice(&self, list: &str, value: &str, table: impl FnOnce() -> Text) -> String {
        self.labels.find(&[list, ".", value].concat()).map_or_else(|| self.text(&table()), str::to_owned)
    }

    /// Writes a day.
    pub fn date(&self, date: Date) -> view::Date {
        view::Date { iso: language::iso(date), text: language::date(date, self.language) }
    }

    /// Writes the days from one to another, in full.
    pub fn days(&self, from: Date, to: Option<Date>) -> String {
        to.filter(|to| *to != from)
            .map_or_else(|| language::date(from, self.language), |to| language::date_range(from, to, self.language))
    }

    /// Writes the days from one to another, without the year.
    pub fn short_days(&self, from: Date, to: Option<Date>) -> String {
        to.filter(|to| *to != from)
            .map_or_else(|| language::short_date(from, self.language), |to| language::short_date_range(from, to, self.language))
    }

    /// Writes a whole number.
    pub fn number(&self, n: u64) -> String {
        language::number(n, self.language)
    }

    /// Writes a decimal without needless zeros.
    pub fn decimal(&self, n: Decimal) -> String {
        n.normalize().to_string()
    }

    /// Writes an amount with two decimals and group separators, without the currency.
    pub fn amount(&self, n: Decimal) -> String {
        language::amount(n)
    }

    /// Writes an amount with its currency (`96,000.00 元`).
    pub fn money(&self, n: Decimal) -> String {
        language::money(n, "CNY", self.language)
    }

    /// Returns the site's title in the page's language where it has one.
    pub fn site_title(&self) -> String {
        let site = self.edition.register.site();
        site.title_en.as_ref().filter(|_| self.language == Language::English).unwrap_or(&site.title).clone()
    }

    /// Returns every procedure once: the version in force at the day of the page, else the latest.
    pub fn procedures(&self) -> Vec<&Workflow> {
        let mut ids: Vec<&str> = self.edition.workflows.iter().map(|workflow| workflow.id.as_str()).collect();
        ids.dedup();
        ids.into_iter().filter_map(|id| self.procedure(id)).collect()
    }

    /// Returns a procedure: the version in force at the day of the page, else the latest.
    pub fn procedure(&self, id: &str) -> Option<&Workflow> {
        let workflows = &self.edition.workflows;
        workflows.in_force(id, self.edition.as_of).or_else(|| workflows.iter().filter(|workflow| workflow.id == id).last())
    }

    /// Whether there is a procedure with this id.
    pub fn has_procedure(&self, id: &str) -> bool {
        self.edition.workflows.knows(id)
    }

    /// Returns the title of a procedure; its id where nobody knows it.
    pub fn workflow_title(&self, id: &str) -> String {
        self.procedure(id).map_or_else(|| id.to_owned(), |workflow| self.text(&workflow.title))
    }

    /// Names a class of bodies.
    pub fn body_class(&self, class: &str) -> String {
        let known = BodyClass::ALL.iter().find(|known| known.name() == class);
        known.map_or_else(|| class.to_owned(), |known| self.choice("body_class", class, || known.label()))
    }

    /// Returns the title of a step of a procedure; its id where nobody knows it.
    pub fn step_title(&self, workflow: &str, step: &str) -> String {
        let known = self.procedure(workflow).and_then(|workflow| workflow.step(step));
        known.map_or_else(|| step.to_owned(), |step| self.text(&step.title))
    }

    /// Returns the title of a rule, of a pack or of the files; its id where nobody knows it.
    pub fn rule_title(&self, id: &str) -> String {
        let of_pack = self.edition.workflows.rule(id).map(|(_, rule)| self.text(&rule.title));
        of_pack.or_else(|| rules::find(id).map(|rule| self.text(&rule.title()))).unwrap_or_else(|| id.to_owned())
    }

    /// Writes a period (`2026 年第一季度`).
    pub fn period(&self, period: Period) -> String {
        self.text(&period.label())
    }

    /// Writes a period as records write it; anything else stays as it is.
    pub fn period_text(&self, period: &str) -> String {
        Period::parse(period).map_or_else(|| period.to_owned(), |period| self.period(period))
    }

    /// Writes a share of two whole numbers as a percentage with one decimal, exactly rounded half up.
    pub fn percent(&self, part: u64, whole: u64) -> String {
        language::percent(part, whole) + "%"
    }

    /// Joins words as the language does (`、`, `, `).
    pub fn join(&self, words: impl IntoIterator<Item = String>) -> String {
        words.into_iter().collect::<Vec<_>>().join(self.labels.get("language.separator"))
    }

    /// Returns the tag of the language of a text, where it differs from the page's.
    pub fn lang_of(&self, text: &str) -> Option<String> {
        let written = language::detect(text)?;
        (written != self.language).then(|| written.tag().to_owned())
    }

    /// Returns the title of a record in the page's language where it has one.
    pub fn title(&self, ix: RecordIx) -> String {
        self.title_of(self.edition.register.get(ix))
    }

    /// Returns the title of a record; one that may go without is named by its kind and period.
    fn title_of(&self, record: &Record) -> String {
        let english = if self.language == Language::English { record.title_en() } else { None };
        if let Some(title) = english.or_else(|| record.title()) {
            return title.to_owned();
        }
        let period = record.tree().get("period").and_then(|period| period.text());
        let when = period.or_else(|| record.name.get(..7).filter(|p| Period::parse(&p.to_uppercase()).is_some()));
        let kind = self.kind(record.kind);
        when.map_or_else(
            || format!("{kind} {}", record.name),
            |when| format!("{}{}{kind}", self.period_text(&when.to_uppercase()), self.say("", " · ")),
        )
    }

    /// Returns the name of a kind in words.
    pub fn kind(&self, kind: Kind) -> String {
        self.label_of("kind", kind.name())
    }

    /// Returns the address of a page in the page's language.
    pub fn address(&self, page: &Page) -> Address {
        Address::owned(self.language, self.first, page.path(&self.edition.register))
    }

    /// Returns an address as paper shows it, which leads nowhere by itself: the whole URL; the path in the site where the site
    /// has no base URL.
    pub fn in_full(&self, address: &Address) -> String {
        let base = self.edition.register.site().base_url.as_deref().filter(|base| !base.is_empty());
        base.map_or_else(|| address.path().to_owned(), |base| address.absolute(base))
    }

    /// Returns the link to a page.
    pub fn href(&self, page: &Page) -> String {
        match &self.root {
            Some(root) => root.clone() + &Address::file("").to(&self.address(page)),
            None => self.here.to(&self.address(page)),
        }
    }

    /// Makes a link to a page with a text of the page's language.
    pub fn link_to(&self, page: &Page, text: impl Into<String>) -> view::Link {
        let text = text.into();
        view::Link { lang: self.lang_of(&text), href: self.href(page), text }
    }

    /// Makes a link to a record's page.
    pub fn link(&self, ix: RecordIx) -> view::Link {
        self.link_to(&Page::Record(ix), self.title(ix))
    }

    /// Makes a link to an anchor of a record's page.
    pub fn link_into(&self, ix: RecordIx, anchor: &str, text: impl Into<String>) -> view::Link {
        let text = text.into();
        let href = self.here.to_anchor(&self.address(&Page::Record(ix)), anchor);
        view::Link { lang: self.lang_of(&text), href, text }
    }

    /// Makes a link to a place's page.
    pub fn place(&self, area: &str) -> Option<view::Link> {
        self.edition.register.area(area).map(|ix| self.link(ix))
    }

    /// Returns the name of a place in the page's language where it has one.
    pub fn place_name(&self, area: &str) -> Option<String> {
        self.edition.register.area(area).map(|ix| self.title(ix))
    }

    /// Makes a link to a list with the number of its records; without a link where it is empty.
    pub fn counted(&self, listing: &Listing, text: impl Into<String>) -> view::CountLink {
        let text = text.into();
        let count = self.index.count(listing);
        let address = Address::owned(self.language, self.first, page::paged(&listing.folder(), 1));
        view::CountLink {
            lang: self.lang_of(&text),
            text,
            href: if count == 0 { String::new() } else { self.here.to(&address) },
            count: self.number(count as u64),
            current: address == self.here,
        }
    }

    /// Makes a fact of a label and words.
    pub fn fact(&self, label: impl Into<String>, text: impl Into<String>) -> view::Fact {
        let text = text.into();
        view::Fact { label: label.into(), lang: self.lang_of(&text), text, links: view::Laid::default() }
    }

    /// Makes a fact of a label and links.
    pub fn fact_links(&self, label: impl Into<String>, links: Vec<view::Link>) -> view::Fact {
        view::Fact { label: label.into(), text: String::new(), lang: None, links: self.rows.links(self, links) }
    }

    /// Writes facts one below the other.
    pub fn facts(&self, facts: Vec<view::Fact>) -> view::Laid<view::Fact> {
        self.rows.facts(self, facts)
    }
}
