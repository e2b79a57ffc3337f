//! The frame around every page: head, masthead, navigation, breadcrumb, footer.

use serde::{Deserialize, Serialize};

use super::{Date, Link, Markup};

/// What is the same on every page of one language. Paths are relative to the site's root: templates put `page.root` before them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// The language of the pages (`zh-CN`, `en`).
    pub lang: String,
    /// The site's title.
    pub title: String,
    /// The language of the title, where it differs from the page's.
    pub title_lang: Option<String>,
    /// One line below the title; may be empty.
    pub tagline: String,
    /// Who publishes.
    pub publisher: String,
    /// The language of publisher and contact, where it differs from the page's.
    pub publisher_lang: Option<String>,
    /// The licence; the link is empty where the licence has no known page.
    pub licence: Option<Link>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The day at which the records were judged.
    pub as_of: Date,
    /// The sections that have pages, in order.
    pub nav: Vec<NavItem>,
    /// The pages that the frame links to.
    pub paths: Paths,
    /// The style sheet's path.
    pub css: String,
    /// The path of the second style sheet; the templates of statistics link to it in their block `sheet`.
    pub statistics_css: String,
    /// The script's path.
    pub js: String,
    /// The icon's path.
    pub icon: String,
    /// The host name of the base URL; empty where the site has none.
    pub domain: String,
    /// The identification code of a government site; empty where it has none.
    pub id_code: String,
    /// The program and its version (`gongshi 0.1.0`).
    pub generator: String,
}

/// The pages that the frame links to; each exists on every site, also where it is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paths {
    /// The hub of all indexes.
    pub browse: String,
    /// The archive by date.
    pub archive: String,
    /// What is due.
    pub due: String,
    /// The departures from procedure.
    pub findings: String,
    /// About the site: `#counted`, `#privacy`, `#accessibility`.
    pub about: String,
    /// The procedures in force.
    pub procedures: String,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The office.
    pub office: String,
    /// Its telephone, published on purpose; may be empty.
    pub telephone: String,
    /// Its address; may be empty.
    pub address: String,
    /// Its hours; may be empty.
    pub hours: String,
}

/// One section of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NavItem {
    /// The section; its label is `t.nav[key]`.
    pub key: String,
    /// The path of its page from the site's root (`matters/index.html`).
    pub path: String,
}

/// The frame of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The title, for the window and for the end of the breadcrumb.
    pub title: String,
    /// The language of the title, where it differs from the page's.
    pub title_lang: Option<String>,
    /// One sentence for search engines.
    pub description: String,
    /// The way to the site's root (`""`, `"../"`, `"../../"`). For the 404 page the path of the base URL (`"/"`).
    pub root: String,
    /// The way to the home page in the page's language.
    pub home: String,
    /// The section of the navigation (`matters`); empty for none.
    pub section: String,
    /// Whether the page is the section's own page.
    pub section_page: bool,
    /// The pages above this one, from the home page down, a `crumb.html` each; empty on the home page.
    pub crumbs: Markup,
    /// The absolute address; empty where the site has no base URL.
    pub canonical: String,
    /// The address in full, for paper; the path in the site where the site has no base URL.
    pub address: String,
    /// The same page in the other languages.
    pub alternates: Vec<Alternate>,
    /// What Chinese government sites say about a list.
    pub column: Option<Column>,
    /// What Chinese government sites say about a record.
    pub article: Option<Article>,
    /// What is printed of the record: sheets of paper, the script for the loudspeaker.
    pub sheets: Vec<Link>,
    /// Whether search engines shall leave the page out (404, pages 2 and up of a list).
    pub noindex: bool,
}

/// The parts of the frame that many pages share: HTML made of `top.html`, `nav.html` and `foot.html`.
///
/// Templates of pages know it as `frame`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The top of the page, down to the links to the other languages.
    pub top: String,
    /// The navigation.
    pub nav: String,
    /// The bottom of the page.
    pub foot: String,
}

/// The top of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Top {
    /// The way to the home page in the page's language.
    pub home: String,
}

/// The navigation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Nav {
    /// The way to the site's root.
    pub root: String,
    /// The section of the navigation; empty for none.
    pub section: String,
    /// Whether the page is the section's own page.
    pub section_page: bool,
}

/// The bottom of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Foot {
    /// The way to the site's root.
    pub root: String,
}

/// The same page in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternate {
    /// The language (`en`).
    pub lang: String,
    /// Its own name (`English`).
    pub name: String,
    /// The way there, relative to the page.
    pub href: String,
    /// The absolute address; empty where the site has no base URL.
    pub canonical: String,
}

/// The meta tags of a list (`ColumnName` …).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// `ColumnName`.
    pub name: String,
    /// `ColumnDescription`.
    pub description: String,
    /// `ColumnKeywords`, separated by commas.
    pub keywords: String,
    /// `ColumnType`.
    pub class: String,
}

/// The meta tags of a record (`ArticleTitle` …).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// `ArticleTitle`.
    pub title: String,
    /// `PubDate`, `2026-03-18 08:30`.
    pub published: String,
    /// `ContentSource`.
    pub source: String,
}
