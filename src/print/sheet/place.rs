//! What sheets of a place share: who issues them, where their numbers stand online, and their digest.

use crate::print::view::{Online, View};
use crate::record::choice::BodyClass;
use crate::site::statistics::page_of;
use crate::site::{Page, Scribe};

use super::common::{english, online};

/// The bodies that issue the sheets of a place, those that come first before the others.
const ISSUERS: [BodyClass; 4] =
    [BodyClass::VillageCommittee, BodyClass::TownshipGovernment, BodyClass::CountyGovernment, BodyClass::CityGovernment];

/// Names who issues the sheets of a place: its committee or government, else the place itself.
pub(crate) fn issuer(scribe: &Scribe, area: &str) -> String {
    let register = &scribe.edition.register;
    let Some(ix) = register.area(area) else { return super::common::publisher(scribe) };
    let bodies = register.get(ix).place().map(|place| place.bodies.as_slice()).unwrap_or_default();
    let body = ISSUERS.into_iter().find_map(|class| bodies.iter().find(|body| body.class == class));
    body.map_or_else(|| scribe.title(ix), |body| english(scribe, &body.name, body.name_en.as_ref()))
}

/// Writes the way to the statistics of a place and a year, else to its own page.
pub(crate) fn statistics_online(scribe: &Scribe, area: &str, year: i16) -> Online {
    let page = match scribe.edition.register.area(area) {
        Some(ix) if scribe.statistics.is_empty() || !scribe.statistics.years().contains(&year) => Page::Record(ix),
        _ => page_of(scribe.statistics, area, year, 1),
    };
    online(scribe, &page)
}

/// Returns the digest of what a sheet of a place says: twelve hex digits in groups of four. The view has no digest yet.
pub(crate) fn digest_of<V: View>(view: &V) -> String {
    let hex = blake3::hash(&serde_json::to_vec(view).unwrap_or_default()).to_hex();
    [&hex[..4], &hex[4..8], &hex[8..12]].join(" ")
}
