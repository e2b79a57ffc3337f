//! The frame around every page: title, navigation, breadcrumb, footer, meta tags.

use crate::field::Kind;
use crate::language::Language;
use crate::register::RecordIx;

use super::address::Address;
use super::index::Listing;
use super::league::{Sheet, board, indicator};
use super::list;
use super::matrix;
use super::page::Page;
use super::papers;
use super::parts;
use super::scribe::Scribe;
use super::statistics;
use super::view;

/// The paths of a theme's assets, from the site's root.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The second style sheet, of pages of statistics.
    pub statistics_css: String,
    /// The script.
    pub js: String,
    /// The icon.
    pub icon: String,
}

/// Writes what is the same on every page of a language.
pub fn site(scribe: &Scribe, assets: &Assets) -> view::Site {
    let site = scribe.edition.register.site();
    let english = |plain: &String, translated: &Option<String>| {
        translated.as_ref().filter(|_| scribe.language == Language::English).unwrap_or(plain).clone()
    };
    let title = english(&site.title, &site.title_en);
    let publisher = english(&site.publisher, &site.publisher_en);
    let plain = site.description.clone().unwrap_or_default();
    view::Site {
        lang: scribe.language.tag().to_owned(),
        title_lang: scribe.lang_of(&title),
        title,
        tagline: english(&plain, &site.description_en),
        publisher_lang: scribe.lang_of(&publisher),
        publisher,
        licence: site.licence.as_ref().map(|id| licence(id)),
        contact: site.supervision.as_ref().or(site.contact.as_ref()).map(|contact| view::Contact {
            office: english(&contact.office, &contact.office_en),
            telephone: contact.telephone.clone().unwrap_or_default(),
            address: contact.address.clone().unwrap_or_default(),
            hours: contact.hours.clone().unwrap_or_default(),
        }),
        as_of: scribe.date(scribe.edition.as_of),
        nav: nav(scribe),
        paths: paths(scribe),
        css: assets.css.clone(),
        statistics_css: assets.statistics_css.clone(),
        js: assets.js.clone(),
        icon: assets.icon.clone(),
        domain: site.site_domain.clone().unwrap_or_default(),
        id_code: site.site_id_code.clone().unwrap_or_default(),
        generator: concat!("gongshi ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// Makes the link to a licence: Creative Commons licences have a page each.
fn licence(id: &str) -> view::Link {
    let creative = id.strip_prefix("CC-").and_then(|rest| rest.rsplit_once('-'));
    let href =
        creative.map(|(terms, version)| format!("https://creativecommons.org/licenses/{}/{version}/", terms.to_lowercase()));
    view::Link { text: id.to_owned(), href: href.unwrap_or_default(), lang: None }
}

/// The sections of the navigation that have pages.
fn nav(scribe: &Scribe) -> Vec<view::NavItem> {
    let kinds = [
        ("matters", Kind::Matter),
        ("meetings", Kind::Meeting),
        ("opinions", Kind::Opinions),
        ("finance", Kind::Finance),
        ("disclosures", Kind::Disclosure),
    ];
    let assessed = scribe.index.leagues.areas().len() > 0;
    let item = |key: &str, page: &Page| view::NavItem { key: key.to_owned(), path: scribe.address(page).path().to_owned() };
    let kinds = kinds.into_iter().filter(|(_, kind)| scribe.index.count(&Listing::Kind(*kind)) > 0);
    let kinds = kinds.map(|(key, kind)| item(key, &Page::List(Listing::Kind(kind), 1)));
    std::iter::once(item("home", &Page::Home))
        .chain(kinds)
        .chain(assessed.then(|| item("assessments", &Page::Performance(1))))
        .chain((!scribe.statistics.is_empty()).then(|| item("statistics", &Page::StatisticsHome)))
        .chain([item("places", &Page::Places), item("procedures", &Page::Procedures)])
        .collect()
}

/// The pages that the footer links to.
fn paths(scribe: &Scribe) -> view::Paths {
    let path = |page: &Page| scribe.address(page).path().to_owned();
    view::Paths {
        browse: path(&Page::Browse),
        archive: path(&Page::Archive),
        due: path(&Page::Due(1)),
        findings: path(&Page::Findings(1)),
        about: path(&Page::About),
        procedures: path(&Page::Procedures),
    }
}

/// Writes the frame of one page.
pub fn page(scribe: &Scribe, page: &Page, languages: &[Language]) -> view::Page {
    let title = title(scribe, page);
    let base = scribe.edition.register.site().base_url.clone().unwrap_or_default();
    let absolute = |address: &Address| if base.is_empty() { String::new() } else { address.absolute(&base) };
    let noindex = matches!(page, Page::NotFound) || number(page) > 1;
    view::Page {
        description: description(scribe, page, &title),
        title_lang: scribe.lang_of(&title),
        root: if *page == Page::NotFound { base_path(&base) } else { scribe.here.root() },
        home: scribe.href(&Page::Home),
        section: section(scribe, page).to_owned(),
        section_page: matches!(
            page,
            Page::Home
                | Page::Places
                | Page::Procedures
                | Page::StatisticsHome
                | Page::Performance(1)
                | Page::List(Listing::Kind(_), 1)
        ),
        crumbs: scribe.rows.crumbs(scribe, &crumbs(scribe, page)),
        canonical: if noindex { String::new() } else { absolute(&scribe.here) },
        address: scribe.in_full(&scribe.here),
        alternates: alternates(scribe, page, languages, &absolute),
        column: column(scribe, page, &title),
        article: article(scribe, page, &title),
        noindex,
        sheets: papers::links(scribe, page),
        title,
    }
}

/// Returns the path of the base URL, for the 404 page, which a server may show at any address.
pub(super) fn base_path(base: &str) -> String {
    let after_scheme = base.split_once("://").map_or("", |(_, rest)| rest);
    let path = after_scheme.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

/// Returns the number of a page of a paged list.
fn number(page: &Page) -> usize {
    match page {
        Page::Statistics(_, _, n)
        | Page::Due(n)
        | Page::DueIn(_, n)
        | Page::Matrix(_, _, n)
        | Page::Findings(n)
        | Page::List(_, n)
        | Page::Coverage(n)
        | Page::Performance(n)
        | Page::Indicator(_, _, n) => *n,
        Page::Assessed(_, _, sheet) => sheet.number(),
        _ => 1,
    }
}

/// Names a page.
fn title(scribe: &Scribe, page: &Page) -> String {
    let title = match page {
        Page::Home => scribe.label("nav.home"),
        Page::About => scribe.label("about.title"),
        Page::NotFound => scribe.label("not_found.title"),
        Page::Browse => scribe.label("browse.title"),
        Page::Archive => scribe.label("archive.title"),
        Page::Places => scribe.label("places.title"),
        Page::Due(_) => scribe.label("due_list.title"),
        Page::DueIn(area, _) => list::due_title(scribe, area),
        Page::Matrix(area, year, _) => matrix::title(scribe, area, *year),
        Page::Findings(_) => scribe.label("finding_list.title"),
        Page::Procedures => scribe.label("procedures.title"),
        Page::Procedure(id) => scribe.workflow_title(id),
        Page::Rule(id) => scribe.rule_title(id),
        Page::Coverage(_) => scribe.label("coverage.title"),
        Page::Performance(_) => scribe.label("league.title"),
        Page::Assessed(area, year, sheet) => board::title(scribe, area, *year, sheet),
        Page::Indicator(contract, at, _) => indicator::title(scribe, *contract, *at),
        Page::Record(ix) => scribe.title(*ix),
        Page::StatisticsHome => statistics::home_title(scribe),
        Page::Statistics(area, year, _) => statistics::title(scribe, area, *year),
        Page::List(listing, _) => list::title(scribe, listing),
    };
    match number(page) {
        1 => title,
        n => format!("{title}{}{n}", scribe.say("，第 ", ", page ")) + scribe.say(" 页", ""),
    }
}

/// Says in one sentence what a page shows.
fn description(scribe: &Scribe, page: &Page, title: &str) -> String {
    let site = scribe.edition.register.site();
    let lead = match page {
        Page::Record(ix) => parts::lead(scribe, *ix),
        Page::Home => scribe
            .say("zh", "en")
            .eq("zh")
            .then(|| site.description.clone())
            .or(Some(site.description_en.clone()))
            .flatten()
            .unwrap_or_default(),
        _ => String::new(),
    };
    match lead.char_indices().nth(120) {
        _ if lead.is_empty() => [title, scribe.labels.get("language.colon"), &scribe.site_title()].concat(),
        Some((end, _)) => lead[..end].to_owned(),
        None => lead,
    }
}

/// Returns the section of the navigation that a page belongs to.
fn section<'a>(scribe: &Scribe, page: &'a Page) -> &'a str {
    let of_kind = |kind: Kind| match kind {
        Kind::Matter => "matters",
        Kind::Meeting => "meetings",
        Kind::Opinions => "opinions",
        Kind::Finance => "finance",
        Kind::Disclosure | Kind::Catalogue => "disclosures",
        Kind::Assessment | Kind::Contract => "assessments",
        Kind::Area => "places",
        _ => "",
    };
    match page {
        Page::Home => "home",
        Page::Places | Page::Coverage(_) | Page::List(Listing::Place(_), _) | Page::DueIn(..) | Page::Matrix(..) => "places",
        Page::Procedures | Page::Procedure(_) | Page::Rule(_) => "procedures",
        Page::StatisticsHome | Page::Statistics(..) => "statistics",
        Page::Performance(_) | Page::Assessed(..) | Page::Indicator(..) => "assessments",
        Page::Record(ix) => of_kind(scribe.edition.register.get(*ix).kind),
        Page::List(Listing::Kind(kind) | Listing::PlaceKind(_, kind), _) => of_kind(*kind),
        _ => "",
    }
}

/// Writes the pages above a page, from the home page down.
fn crumbs(scribe: &Scribe, page: &Page) -> Vec<view::Link> {
    if *page == Page::Home {
        return Vec::new();
    }
    let home = scribe.link_to(&Page::Home, scribe.label("nav.home"));
    let up = |page: &Page, label: &str| vec![scribe.link_to(page, scribe.label(label))];
    let above = match page {
        Page::Record(ix) => record_crumbs(scribe, *ix),
        Page::Coverage(_) => up(&Page::Places, "places.title"),
        Page::Procedure(_) => up(&Page::Procedures, "procedures.title"),
        Page::Rule(id) => rule_crumbs(scribe, id),
        Page::List(Listing::Place(area) | Listing::PlaceKind(area, _), _) | Page::DueIn(area, _) | Page::Matrix(area, ..) => {
            place_crumbs(scribe, area)
        }
        Page::List(Listing::Year(_) | Listing::Month(..), _) => up(&Page::Archive, "archive.title"),
        Page::Statistics(area, year, n) => statistics_crumbs(scribe, area, *year, *n),
        Page::Assessed(area, year, sheet) => league_crumbs(scribe, area, *year, *sheet == Sheet::Calendar),
        Page::Indicator(contract, ..) => {
            let record = scribe.edition.register.get(*contract);
            let year = record.contract().map(|contract| contract.period.year());
            year.map(|year| league_crumbs(scribe, &record.area, year, false)).unwrap_or_default()
        }
        Page::List(..) => up(&Page::Browse, "browse.title"),
        _ => Vec::new(),
    };
    std::iter::once(home).chain(above).collect()
}

/// Writes the places above and around a record, and the list of its kind there.
fn record_crumbs(scribe: &Scribe, ix: RecordIx) -> Vec<view::Link> {
    let record = scribe.edition.register.get(ix);
    let mut crumbs = place_crumbs(scribe, &record.area);
    if record.kind == Kind::Area {
        crumbs.pop();
        return crumbs;
    }
    let of_site = record.area.is_empty();
    let listing = if of_site { Listing::Kind(record.kind) } else { Listing::PlaceKind(record.area.clone(), record.kind) };
    crumbs.push(scribe.link_to(&Page::List(listing, 1), scribe.label_of("kinds", record.kind.name())));
    crumbs
}

/// Writes an area and those above it, the topmost first.
fn place_crumbs(scribe: &Scribe, area: &str) -> Vec<view::Link> {
    let register = &scribe.edition.register;
    let above = register.ancestors(area).into_iter().rev();
    above.chain(register.area(area)).map(|ix| scribe.link(ix)).collect()
}

/// Writes the statistics of the places above a place in the same year, those of all places first.
fn statistics_crumbs(scribe: &Scribe, area: &str, year: i16, n: usize) -> Vec<view::Link> {
    let register = &scribe.edition.register;
    let above = register.ancestors(area).into_iter().rev().map(|ix| register.get(ix).id.as_str());
    let whole = (!area.is_empty()).then_some("");
    let own = (n > 1).then_some(area);
    let link = |area: &str| {
        let name = scribe.place_name(area).unwrap_or_else(|| scribe.label("nav.statistics"));
        scribe.link_to(&statistics::page_of(scribe.statistics, area, year, 1), name)
    };
    whole.into_iter().chain(above).chain(own).map(link).collect()
}

/// Writes the index of those that assess and, but on its own page, the calendar of the year.
fn league_crumbs(scribe: &Scribe, area: &str, year: i16, own: bool) -> Vec<view::Link> {
    let index = scribe.link_to(&Page::Performance(1), scribe.label("league.title"));
    let page = Page::Assessed(area.to_owned(), year, Sheet::Calendar);
    let calendar = scribe.link_to(&page, board::title(scribe, area, year, &Sheet::Calendar));
    std::iter::once(index).chain((!own).then_some(calendar)).collect()
}

/// Writes the procedure that a rule stands in.
fn rule_crumbs(scribe: &Scribe, id: &str) -> Vec<view::Link> {
    let all = scribe.link_to(&Page::Procedures, scribe.label("procedures.title"));
    let own = id.split_once('/').filter(|(family, _)| scribe.has_procedure(family));
    let own = own.map(|(family, _)| scribe.link_to(&Page::Procedure(family.to_owned()), scribe.workflow_title(family)));
    std::iter::once(all).chain(own).collect()
}

/// Writes the same page in the other languages.
fn alternates(
    scribe: &Scribe,
    page: &Page,
    languages: &[Language],
    absolute: &impl Fn(&Address) -> String,
) -> Vec<view::Alternate> {
    let path = page.path(&scribe.edition.register);
    let others = languages.iter().filter(|language| **language != scribe.language);
    others
        .map(|language| {
            let address = Address::page(*language, scribe.first, &path);
            view::Alternate {
                lang: language.tag().to_owned(),
                name: match language {
                    Language::Chinese => "中文",
                    Language::English => "English",
                }
                .to_owned(),
                href: scribe.here.to(&address),
                canonical: absolute(&address),
            }
        })
        .collect()
}

/// Writes the meta tags of a list.
fn column(scribe: &Scribe, page: &Page, title: &str) -> Option<view::Column> {
    let listed = matches!(
        page,
        Page::List(..)
            | Page::Browse
            | Page::Archive
            | Page::Places
            | Page::Due(_)
            | Page::DueIn(..)
            | Page::Matrix(..)
            | Page::Findings(_)
            | Page::Procedures
            | Page::StatisticsHome
            | Page::Statistics(..)
            | Page::Coverage(_)
            | Page::Performance(_)
            | Page::Assessed(..)
            | Page::Indicator(..)
    );
    listed.then(|| view::Column {
        name: title.to_owned(),
        description: [title, scribe.labels.get("language.colon"), &scribe.site_title()].concat(),
        keywords: title.to_owned(),
        class: scribe.say("信息公开", "Disclosure").to_owned(),
    })
}

/// Writes the meta tags of a record.
fn article(scribe: &Scribe, page: &Page, title: &str) -> Option<view::Article> {
    let Page::Record(ix) = page else { return None };
    let record = scribe.edition.register.get(*ix);
    let date = scribe.edition.register.date_of(*ix)?;
    let source = scribe.place_name(&record.area);
    Some(view::Article {
        title: title.to_owned(),
        published: crate::language::iso(date) + " 00:00",
        source: source.unwrap_or_else(|| scribe.edition.register.site().publisher.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_of_creative_commons_has_a_page() {
        assert_eq!(licence("CC-BY-4.0").href, "https://creativecommons.org/licenses/by/4.0/");
        assert_eq!(licence("CC-BY-NC-SA-4.0").href, "https://creativecommons.org/licenses/by-nc-sa/4.0/");
        assert_eq!(licence("ODbL-1.0").href, "");
    }

    #[test]
    fn the_404_page_finds_the_site_from_anywhere() {
        assert_eq!(base_path("https://e.org/"), "/");
        assert_eq!(base_path("https://e.org/a/b"), "/a/b/");
        assert_eq!(base_path(""), "/");
    }
}
