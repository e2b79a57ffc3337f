//! The page of a register of opinions: what became of each.

use crate::record::choice::OpinionOutcome;
use crate::record::opinions::{Opinion as Entry, Opinions};
use crate::register::RecordIx;

use super::matter::opinion_tag;
use super::parts;
use super::scribe::Scribe;
use super::view::{CountLink, Opinion, OpinionsPage};

/// Writes the page of a register of opinions.
pub fn page(scribe: &Scribe, ix: RecordIx) -> Option<OpinionsPage> {
    let opinions = scribe.edition.register.get(ix).opinions()?;
    let judged = parts::judged(scribe, ix);
    let items = opinions.items.iter().enumerate();
    let period = opinions.period.map(|period| scribe.period(period));
    Some(OpinionsPage {
        head: parts::head(scribe, ix),
        outcomes: outcomes(scribe, opinions),
        items: items.map(|(i, item)| entry(scribe, ix, i, item)).collect(),
        facts: scribe.facts(parts::said([
            scribe.fact(scribe.say("时期", "Period"), period.unwrap_or_default()),
            scribe.fact(scribe.say("意见", "Opinions"), scribe.number(opinions.items.len() as u64)),
        ])),
        findings: judged.findings,
        findings_words: judged.words,
        not_shown: judged.not_shown,
        rules_words: judged.rules,
    })
}

/// Counts how many ended in which way; each leads to the first of them.
fn outcomes(scribe: &Scribe, opinions: &Opinions) -> Vec<CountLink> {
    let of = |outcome: OpinionOutcome| {
        let mut those = opinions.items.iter().filter(|item| item.outcome.unwrap_or(OpinionOutcome::Pending) == outcome);
        let first = those.next()?;
        Some(CountLink {
            text: scribe.choice("opinion", outcome.name(), || outcome.label()),
            href: format!("#opinion-{}", first.no),
            count: scribe.number(those.count() as u64 + 1),
            current: false,
            lang: None,
        })
    };
    OpinionOutcome::ALL.iter().filter_map(|outcome| of(*outcome)).collect()
}

/// Writes one opinion.
fn entry(scribe: &Scribe, ix: RecordIx, index: usize, item: &Entry) -> Opinion {
    let matter = scribe.edition.register.link(ix, &format!("items[{index}].matter"));
    let matter = matter.filter(|ix| scribe.edition.is_published(*ix));
    let said = [item.reason.clone(), item.reply.clone(), merged(scribe, item)].into_iter().flatten();
    Opinion {
        id: format!("opinion-{}", item.no),
        number: item.no.to_string(),
        date: Some(scribe.date(item.date)),
        channel: scribe.choice("channel", item.channel.name(), || item.channel.label()),
        heard_by: item.heard_by.map(|by| scribe.choice("heard_by", by.name(), || by.label())).unwrap_or_default(),
        category_lang: item.category.as_deref().and_then(|category| scribe.lang_of(category)),
        category: item.category.clone().unwrap_or_default(),
        lang: scribe.lang_of(&item.text),
        text: item.text.clone(),
        outcome: opinion_tag(scribe, item),
        reason: said.collect::<Vec<_>>().join(" "),
        matter: matter.map(|ix| scribe.link(ix)),
    }
}

/// Says into which opinion one was merged.
fn merged(scribe: &Scribe, item: &Entry) -> Option<String> {
    item.merged_into.as_ref().map(|into| format!("{} {into}", scribe.say("并入意见", "Merged into")))
}
