//! The target of coverage: how many places have adopted a procedure, how many are needed, and which have not.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::edition::Edition;
use crate::language::percent;
use crate::record::Area;
use crate::record::choice::Level;
use crate::record::site::Coverage as Target;
use crate::register::RecordIx;

use super::bars;
use super::figures;
use super::list;
use super::page::Page;
use super::parts;
use super::scribe::Scribe;
use super::view::{CoveragePage, CoveragePart, CoverageRow, Fact, SegmentKind};

/// How a target of coverage stands on the day of the page.
#[derive(Debug)]
pub struct Coverage<'e> {
    /// The target.
    pub target: &'e Target,
    /// The level of the places that count.
    pub level: Level,
    /// How many places there are.
    pub whole: u64,
    /// How many have adopted the procedure.
    pub adopted: u64,
    /// How many the target takes.
    pub needed: u64,
    /// Those that have not, by their paths.
    pub missing: Vec<RecordIx>,
}

impl Coverage<'_> {
    /// Returns how many more the target takes.
    pub fn more(&self) -> u64 {
        self.needed.saturating_sub(self.adopted)
    }
}

/// Counts the places that have adopted the procedure of the site's target; nothing where it has none, or no such place.
pub fn count(edition: &Edition) -> Option<Coverage<'_>> {
    let target = edition.register.site().target.as_ref()?.coverage.as_ref()?;
    let level = match target.of.name() {
        "townships" => Level::Township,
        _ => Level::Village,
    };
    let places = || edition.register.areas().filter(|(_, area)| area.level == level);
    let (has, lacks): (Vec<_>, Vec<_>) = places().partition(|(_, area)| adopted(area, &target.workflow, edition.as_of));
    let (whole, adopted) = ((has.len() + lacks.len()) as u64, has.len() as u64);
    let missing = lacks.into_iter().map(|(ix, _)| ix).collect();
    (whole > 0).then(|| Coverage { target, level, whole, adopted, needed: target.at_least.of(whole), missing })
}

/// Whether a place follows a procedure on a day.
fn adopted(area: &Area, workflow: &str, day: Date) -> bool {
    area.workflows.iter().any(|own| own.id == workflow && own.since <= day && own.until.is_none_or(|until| until >= day))
}

/// Returns how many pages the list of missing places fills; none where the site has no target.
pub fn pages(edition: &Edition) -> usize {
    count(edition).map_or(0, |coverage| list::pages(coverage.missing.len()))
}

/// Writes the progress of the target and the places that are missing.
pub fn page(scribe: &Scribe, n: usize) -> Option<CoveragePage> {
    let coverage = count(scribe.edition)?;
    let shown = list::part(&coverage.missing, n);
    let figures = figures::coverage(scribe)?;
    let lacks = [("n", coverage.missing.len() as u64), ("more", coverage.more())].map(|(key, n)| (key, scribe.number(n)));
    let key = if coverage.more() == 0 { "coverage.reached" } else { "coverage.missing_words" };
    let ballots = [(SegmentKind::Present, coverage.adopted), (SegmentKind::Absent, coverage.whole - coverage.adopted)];
    Some(CoveragePage {
        lead: figures
            .items
            .first()
            .map(|figure| format!("{}{}{}", figure.label, scribe.labels.get("language.colon"), figure.share))
            .unwrap_or_default(),
        bar: bars::bar(scribe, &ballots, bars::mark(scribe, coverage.needed, coverage.whole, "words.mark_people")),
        facts: scribe.facts(facts(scribe, &coverage)),
        definition: figures.items.first().map(|figure| figure.definition.clone()).unwrap_or_default(),
        parts: if n == 1 { by_parent(scribe, &coverage) } else { Vec::new() },
        missing_words: scribe.fill(key, &lacks.each_ref().map(|(key, n)| (*key, n.as_str()))),
        missing: shown.iter().filter_map(|ix| row(scribe, *ix, coverage.target)).collect(),
        pager: list::pager(scribe, n, list::pages(coverage.missing.len()), Page::Coverage),
    })
}

/// Writes the numbers of the target.
fn facts(scribe: &Scribe, coverage: &Coverage) -> Vec<Fact> {
    let level = scribe.choice("level", coverage.level.name(), || coverage.level.label());
    let workflow = scribe.workflow_title(&coverage.target.workflow);
    let n = |key: &str, n: u64| scribe.fact(scribe.label(key), scribe.number(n));
    let by = coverage.target.by.map(|by| scribe.date(by).text).unwrap_or_default();
    parts::said([
        scribe.fact_links(
            scribe.label("coverage.procedure"),
            vec![scribe.link_to(&Page::Procedure(coverage.target.workflow.clone()), workflow)],
        ),
        scribe.fact(scribe.label("coverage.level"), level),
        n("coverage.whole", coverage.whole),
        n("coverage.adopted", coverage.adopted),
        scribe.fact(scribe.label("coverage.target"), format!("≥ {}", coverage.target.at_least)),
        n("coverage.needed", coverage.needed),
        n("coverage.more", coverage.more()),
        scribe.fact(scribe.label("coverage.by"), by),
    ])
}

/// Counts by the place right above.
fn by_parent(scribe: &Scribe, coverage: &Coverage) -> Vec<CoveragePart> {
    let register = &scribe.edition.register;
    let mut parents: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let places = register.areas().filter(|(_, area)| area.level == coverage.level);
    for (ix, area) in places {
        let above = register.get(ix).id.rsplit_once('/').map_or("", |(above, _)| above);
        let (has, of) = parents.entry(above).or_default();
        *of += 1;
        *has += u64::from(adopted(area, &coverage.target.workflow, scribe.edition.as_of));
    }
    let write = |(above, (has, of)): (&str, (u64, u64))| {
        Some(CoveragePart {
            place: scribe.place(above)?,
            adopted: scribe.number(has),
            of: scribe.number(of),
            missing: scribe.number(of - has),
            share: scribe.percent(has, of),
            width: percent(has, of),
        })
    };
    parents.into_iter().filter_map(write).collect()
}

/// Writes a place that has not adopted the procedure.
fn row(scribe: &Scribe, ix: RecordIx, target: &Target) -> Option<CoverageRow> {
    let register = &scribe.edition.register;
    let record = register.get(ix);
    let own = record.place()?.workflows.iter().filter(|own| own.id == target.workflow);
    let as_of = scribe.edition.as_of;
    let next = own.clone().map(|own| own.since).filter(|since| *since > as_of).min();
    let last = own.filter_map(|own| own.until).filter(|until| *until < as_of).max();
    let note = match (next, last) {
        (Some(next), _) => scribe.fill("coverage.from", &[("date", &scribe.date(next).text)]),
        (None, Some(last)) => scribe.fill("coverage.until", &[("date", &scribe.date(last).text)]),
        (None, None) => String::new(),
    };
    let above = register.ancestors(&record.id).first().map(|above| scribe.link(*above));
    Some(CoverageRow { place: scribe.link(ix), above, note })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::area::Adopted;

    /// An area that has adopted a procedure for some days.
    fn area(since: &str, until: Option<&str>) -> Area {
        let day = |text: &str| text.parse().unwrap();
        Area {
            name: String::new(),
            name_en: None,
            level: Level::Village,
            code: None,
            households: None,
            population: None,
            adults: None,
            groups: None,
            description: None,
            description_en: None,
            contact: None,
            workflows: vec![Adopted { id: "eight-step".into(), since: day(since), until: until.map(day) }],
            bodies: Vec::new(),
            draft: false,
        }
    }

    #[test]
    fn a_procedure_is_adopted_from_its_first_to_its_last_day() {
        let day: Date = "2026-11-20".parse().unwrap();
        assert!(adopted(&area("2026-11-20", Some("2026-11-20")), "eight-step", day));
        assert!(!adopted(&area("2026-11-21", None), "eight-step", day));
        assert!(!adopted(&area("2025-01-01", Some("2026-11-19")), "eight-step", day));
        assert!(!adopted(&area("2025-01-01", None), "five-ring", day));
    }
}
