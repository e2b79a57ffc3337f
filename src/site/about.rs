//! Pages that explain: about this site, and the page that is not there.

use crate::record::choice::Names;

use super::figures;
use super::list;
use super::page::Page;
use super::scribe::Scribe;
use super::view::{About, CountLink, NotFound, Prose};

/// Writes the page about the site.
pub fn page(scribe: &Scribe) -> About {
    let site = scribe.edition.register.site();
    let english = site.description_en.as_ref().filter(|_| scribe.say("zh", "en") == "en");
    let text = english.or(site.description.as_ref()).cloned().unwrap_or_default();
    let html = crate::render::markdown::render(&text, 2, |_| crate::render::markdown::Destination::Nowhere);
    let mut figures = figures::year(scribe, "");
    figures.items.extend(figures::coverage(scribe).into_iter().flat_map(|coverage| coverage.items));
    About {
        body: Prose { html, lang: scribe.lang_of(&text) },
        figures,
        records: list::kinds(scribe),
        names: scribe.label(&format!("words.names_{}", site.names.unwrap_or(Names::Full).name())),
    }
}

/// Writes the page that is not there; its links are from the site's root, as a server may show it at any address.
pub fn not_found(scribe: &Scribe) -> NotFound {
    let link = |page: &Page, label: &str| CountLink {
        text: scribe.label(label),
        href: scribe.href(page),
        count: String::new(),
        current: false,
        lang: None,
    };
    NotFound { links: vec![link(&Page::Home, "nav.home"), link(&Page::Browse, "nav.browse"), link(&Page::Places, "nav.places")] }
}
