//! What the results of a year were used for (posts, training, reward, admonition), in one place, with the surveys beside them.

use std::collections::BTreeMap;

use crate::record::choice::ResultUsed;
use crate::register::RecordIx;
use crate::site::page::Page;
use crate::site::parts;
use crate::site::scribe::Scribe;
use crate::site::view::{Fact, ResultUses, SurveyRow, UseRow};
use crate::site::{disclosure, list};
use crate::statistics::FEWEST_BALLOTS;

use super::board::{self, unit};
use super::{Assessing, Sheet, Use, Year, ballots};

/// The most uses and surveys that one page shows.
const MOST_ROWS: usize = 100;

/// Returns how many pages the uses and surveys of a year fill.
pub fn pages(year: &Year) -> usize {
    (year.uses.len() + year.polls.len()).div_ceil(MOST_ROWS)
}

/// Writes what the results of a year were used for.
pub fn page(scribe: &Scribe, area: &str, year: i16, n: usize) -> Option<ResultUses> {
    let assessing = scribe.index.leagues.area(area)?;
    let entry = assessing.years.get(&year)?;
    let start = n.checked_sub(1)? * MOST_ROWS;
    let end = start + MOST_ROWS;
    let part = |from: usize, to: usize, len: usize| from.min(len)..to.min(len);
    let uses = &entry.uses[part(start, end, entry.uses.len())];
    let before = entry.uses.len();
    let polls = &entry.polls[part(start.saturating_sub(before), end.saturating_sub(before), entry.polls.len())];
    let words = [("n", entry.uses.len()), ("surveys", entry.polls.len())].map(|(key, n)| (key, scribe.number(n as u64)));
    Some(ResultUses {
        title: board::title(scribe, area, year, &Sheet::Uses(n)),
        lead: scribe.fill("league.uses_lead", &words.each_ref().map(|(key, n)| (*key, n.as_str()))),
        counts: scribe.facts(counts(scribe, &entry.uses)),
        uses: uses.iter().filter_map(|used| use_row(scribe, assessing, *used)).collect(),
        surveys: polls.iter().filter_map(|poll| survey_row(scribe, *poll)).collect(),
        method: if polls.is_empty() { Vec::new() } else { disclosure::method(scribe) },
        sheets: board::siblings(scribe, area, year, &Sheet::Uses(1)),
        pager: list::pager(scribe, n, pages(entry), |n| Page::Assessed(area.to_owned(), year, Sheet::Uses(n))),
    })
}

/// Names a use.
fn name(scribe: &Scribe, used: ResultUsed) -> String {
    scribe.choice("use", used.name(), || used.label())
}

/// Returns what a result was used for.
fn used_for(scribe: &Scribe, used: Use) -> Option<ResultUsed> {
    match used {
        Use::Result(ix, at) => Some(scribe.edition.register.get(ix).assessment()?.used_for.get(at)?.r#use),
        Use::Matter(_, used) => Some(used),
    }
}

/// Counts the uses of each kind, in the order of the list of uses.
fn counts(scribe: &Scribe, uses: &[Use]) -> Vec<Fact> {
    let mut counts: BTreeMap<ResultUsed, usize> = BTreeMap::new();
    for used in uses.iter().filter_map(|used| used_for(scribe, *used)) {
        *counts.entry(used).or_default() += 1;
    }
    counts.into_iter().map(|(used, n)| scribe.fact(name(scribe, used), scribe.count("item", n))).collect()
}

/// Writes a use.
fn use_row(scribe: &Scribe, assessing: &Assessing, used: Use) -> Option<UseRow> {
    let purpose = name(scribe, used_for(scribe, used)?);
    match used {
        Use::Matter(ix, _) => {
            Some(UseRow { unit: scribe.link(ix), purpose, detail: String::new(), detail_lang: None, record: None })
        }
        Use::Result(ix, at) => {
            let entry = scribe.edition.register.get(ix).assessment()?.used_for.get(at)?;
            let detail = entry.detail.clone().unwrap_or_default();
            Some(UseRow {
                unit: unit(scribe, assessing, &entry.subject),
                purpose,
                detail_lang: scribe.lang_of(&detail),
                detail,
                record: Some(scribe.link(ix)),
            })
        }
    }
}

/// Writes a survey: the share that is satisfied only where enough ballots are valid.
fn survey_row(scribe: &Scribe, poll: RecordIx) -> Option<SurveyRow> {
    let record = scribe.edition.register.get(poll);
    let ballots = ballots(scribe.edition, poll)?;
    let n = |n: u64| scribe.number(n);
    let both = |part: u64, whole: u64| format!("{} ÷ {} = {}", n(part), n(whole), scribe.percent(part, whole));
    let withheld = ballots.valid < u64::from(FEWEST_BALLOTS);
    Some(SurveyRow {
        record: scribe.link(poll),
        place: scribe.place(&record.area),
        date: parts::day(scribe, ballots.date.or(scribe.edition.register.date_of(poll))),
        valid: n(ballots.valid),
        response: both(ballots.returned, ballots.issued),
        satisfied: if withheld {
            scribe.fill("league.withheld", &[("n", &n(u64::from(FEWEST_BALLOTS)))])
        } else {
            both(ballots.satisfied + ballots.mostly, ballots.valid)
        },
        withheld,
    })
}
