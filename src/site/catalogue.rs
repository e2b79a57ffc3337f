//! The page of a catalogue of what has to be disclosed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::record::catalogue::CatalogueItem;
use crate::record::{Catalogue, Disclosure};
use crate::register::RecordIx;
use crate::register::catalogue::Listed;

use super::list;
use super::parts;
use super::scribe::Scribe;
use super::view::{CataloguePage, CatalogueRow, Fact, Latest, Link};

/// Writes the page of a catalogue.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<CataloguePage> {
    let catalogue = scribe.edition.register.get(ix).catalogue()?;
    let judged = parts::judged(scribe, ix);
    let places = places(scribe, ix);
    let row =
        |(index, item): (usize, &CatalogueItem)| row(scribe, catalogue, item, places.get(&index).map_or(&[], Vec::as_slice));
    Some(CataloguePage {
        head: parts::head(scribe, ix),
        facts: scribe.facts(facts(scribe, catalogue)),
        items: catalogue.items.iter().enumerate().map(row).collect(),
        body: parts::body(scribe, ix),
        files: parts::files(scribe, ix),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
        related: parts::related_all(scribe, ix),
    })
}

/// Writes number, issue, level and days in force.
fn facts(scribe: &Scribe, catalogue: &Catalogue) -> Vec<Fact> {
    let level = catalogue.level.map(|level| scribe.choice("level", level.name(), || level.label()));
    let below = || scribe.say("本区域和下级区域", "its own place and all below").to_owned();
    let days = catalogue.effective.as_ref().map(|days| in_force(scribe, Some(days.from), days.to));
    parts::said([
        scribe.fact(scribe.say("文号", "Number"), catalogue.number.clone().unwrap_or_default()),
        scribe.fact(scribe.say("印发", "Issued"), catalogue.issued.map(|date| scribe.date(date).text).unwrap_or_default()),
        scribe.fact(scribe.say("有效期", "In force"), days.unwrap_or_default()),
        scribe.fact(scribe.say("适用级别", "Applies to"), level.unwrap_or_else(below)),
        scribe.fact(scribe.say("事项数", "Items"), scribe.number(catalogue.items.len() as u64)),
    ])
}

/// Says from when and until when something is in force.
fn in_force(scribe: &Scribe, from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => scribe.days(from, Some(to)),
        (Some(from), None) => format!("{}{}", scribe.date(from).text, scribe.say("起", " onwards")),
        (None, Some(to)) => format!("{}{}{}", scribe.say("", "until "), scribe.date(to).text, scribe.say("止", "")),
        (None, None) => String::new(),
    }
}

/// Returns the places that have to disclose each item of a catalogue, by its number.
fn places(scribe: &Scribe, ix: RecordIx) -> BTreeMap<usize, Vec<String>> {
    let register = &scribe.edition.register;
    let own = register.get(ix).area.as_str();
    let below = list::below(scribe, own).into_iter().map(|ix| register.get(ix).id.clone());
    let mut places: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for area in register.area(own).map(|_| own.to_owned()).into_iter().chain(below) {
        for Listed { index, .. } in register.listed(&area).into_iter().filter(|listed| listed.catalogue == ix) {
            places.entry(index).or_default().push(area.clone());
        }
    }
    places
}

/// Writes one item.
fn row(scribe: &Scribe, catalogue: &Catalogue, item: &CatalogueItem, places: &[String]) -> CatalogueRow {
    let title = title(scribe, item);
    let english = item.basis_en.as_ref().filter(|_| scribe.say("zh", "en") == "en");
    let basis = english.unwrap_or(&item.basis).clone();
    let level = item.level.filter(|level| Some(*level) != catalogue.level);
    let note = [
        scribe.choice("sphere", item.sphere.name(), || item.sphere.label()),
        item.category.clone().unwrap_or_default(),
        level.map(|level| scribe.choice("level", level.name(), || level.label())).unwrap_or_default(),
        in_force(scribe, item.since, item.until),
    ];
    CatalogueRow {
        id: anchor(item),
        lang: scribe.lang_of(&title),
        title,
        note: scribe.join(note.into_iter().filter(|part| !part.is_empty())),
        basis_lang: scribe.lang_of(&basis),
        basis,
        cadence: cadence(scribe, item),
        responsible: scribe.body_class(item.responsible.name()),
        ways: scribe.join(item.ways.iter().map(|way| scribe.choice("way", way.name(), || way.label()))),
        places: scribe.count("place", places.len()),
        latest: latest(scribe, item, places),
    }
}

/// Returns the anchor of an item on the page of its catalogue.
pub fn anchor(item: &CatalogueItem) -> String {
    format!("item-{}", item.id)
}

/// Returns the title of an item in the page's language where it has one.
pub fn title(scribe: &Scribe, item: &CatalogueItem) -> String {
    item.title_en.as_ref().filter(|_| scribe.say("zh", "en") == "en").unwrap_or(&item.title).clone()
}

/// Says how often an item is disclosed, and within how many days.
pub fn cadence(scribe: &Scribe, item: &CatalogueItem) -> String {
    let often = scribe.choice("cadence", item.cadence.name(), || item.cadence.label());
    let Some(days) = item.within else { return often };
    let n = days.to_string();
    let key = if item.cadence.cycle().is_some() { "catalogue.within_period" } else { "catalogue.within_event" };
    format!("{often}{}{}", scribe.say("，", ", "), scribe.fill(key, &[("n", &n)]))
}

/// Returns the record that was made public last in any of the places.
fn latest(scribe: &Scribe, item: &CatalogueItem, places: &[String]) -> Option<Latest> {
    let register = &scribe.edition.register;
    let all = places.iter().flat_map(|area| register.fulfilling(area, item));
    let shown = all.filter(|ix| scribe.edition.is_published(*ix));
    let out = shown.filter_map(|ix| register.made_public(ix).filter(|date| *date <= scribe.edition.as_of).map(|date| (date, ix)));
    let (date, ix) = out.max()?;
    Some(Latest { link: scribe.link(ix), place: scribe.place(&register.get(ix).area), date: scribe.date(date) })
}

/// Makes the link from a disclosure to the item of the catalogue that it fulfils.
pub fn item_of(scribe: &Scribe, area: &str, disclosure: &Disclosure) -> Option<Link> {
    let id = disclosure.item.as_deref()?;
    let listed = scribe.edition.register.listed(area);
    let named = || listed.iter().filter(|listed| listed.item.id == id);
    let found = named().find(|listed| listed.in_force(disclosure.period.last())).or_else(|| named().next())?;
    let shown = scribe.edition.is_published(found.catalogue);
    shown.then(|| scribe.link_into(found.catalogue, &anchor(found.item), title(scribe, found.item)))
}
