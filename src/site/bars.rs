//! Bars: the geometry of votes, attendance, answers and progress, in exact tenths of a percent.

use crate::language::percent;
use crate::verdict::{Progress as Standing, StepState, Verdict};
use crate::workflow::Arithmetic;

use super::scribe::Scribe;
use super::view::{Anchor, Bar, Fit, Mark, Pip, Progress, Segment, SegmentKind, StepState as Shown};

/// Makes a bar of the parts of a whole; empty parts are left out.
pub fn bar(scribe: &Scribe, parts: &[(SegmentKind, u64)], mark: Option<Mark>) -> Bar {
    let whole: u64 = parts.iter().map(|(_, n)| n).sum();
    let mut before = 0;
    let mut segments = Vec::new();
    for (kind, n) in parts.iter().copied().filter(|(_, n)| *n > 0) {
        segments.push(Segment {
            kind,
            count: scribe.number(n),
            x: percent(before, whole),
            width: percent(n, whole),
            middle: percent(2 * before + n, 2 * whole),
            fits: fits(n, whole),
        });
        before += n;
    }
    Bar { segments, mark }
}

/// Returns what fits inside a part: its label from 18 %, its number from 5 %.
fn fits(n: u64, whole: u64) -> Fit {
    match n * 100 {
        parts if parts >= 18 * whole => Fit::Label,
        parts if parts >= 5 * whole => Fit::Number,
        _ => Fit::Nothing,
    }
}

/// Makes the mark of a threshold of `needed` out of `whole`, labelled by a key of the theme's `words`.
pub fn mark(scribe: &Scribe, needed: u64, whole: u64, label: &str) -> Option<Mark> {
    (whole > 0 && needed <= whole).then(|| Mark {
        x: percent(needed, whole),
        label: scribe.fill(label, &[("n", &scribe.number(needed))]),
        anchor: anchor(needed, whole),
    })
}

/// Returns the side at which a mark's label stays within the bar.
fn anchor(needed: u64, whole: u64) -> Anchor {
    match needed * 100 {
        place if place < 12 * whole => Anchor::Start,
        place if place > 88 * whole => Anchor::End,
        _ => Anchor::Middle,
    }
}

/// Makes the bar of an attendance.
pub fn attendance(scribe: &Scribe, arithmetic: &Arithmetic) -> Option<Bar> {
    let (count, of) = (u64::try_from(arithmetic.count).ok()?, u64::try_from(arithmetic.of?).ok()?);
    let needed = u64::try_from(arithmetic.needed).ok()?;
    let parts = [(SegmentKind::Present, count), (SegmentKind::Absent, of.checked_sub(count)?)];
    Some(bar(scribe, &parts, mark(scribe, needed, of, "words.mark_people")))
}

/// Makes the small progress strip of a matter.
pub fn progress(scribe: &Scribe, verdict: &Verdict) -> Option<Progress> {
    let steps = &verdict.steps;
    let total = steps.len() as u64;
    if total == 0 {
        return None;
    }
    // Ten units a step, nine of them drawn: the gap keeps steps apart in print and for those who see no colours.
    let pips = steps.iter().zip(0u64..).map(|(step, i)| Pip {
        state: shown(step.progress),
        x: percent(10 * i, 10 * total),
        width: percent(9, 10 * total),
    });
    Some(Progress { pips: pips.collect(), words: progress_words(scribe, verdict) })
}

/// Says how far a matter has come: the step that it is at, which has begun or comes next, else the last that was done.
pub fn progress_words(scribe: &Scribe, verdict: &Verdict) -> String {
    let steps = &verdict.steps;
    let at = |key: &str, n: usize| {
        let title = steps.get(n).map(|step| scribe.text(&step.title)).unwrap_or_default();
        scribe.fill(key, &[("n", &scribe.number(n as u64 + 1)), ("step", &title)])
    };
    if let Some(n) = verdict.open_step() {
        return at("words.progress_at", n);
    }
    let idle = |step: &StepState| matches!(step.progress, Standing::NotNeeded | Standing::NotBegun);
    match steps.iter().rposition(|step| step.progress == Standing::Done) {
        Some(n) if n + 1 == steps.len() => scribe.fill("words.progress_done", &[("n", &scribe.number(steps.len() as u64))]),
        Some(n) if steps[n + 1..].iter().all(idle) => at("words.progress_stopped", n),
        Some(n) => at("words.progress_at", n),
        None => String::new(),
    }
}

/// Returns how a step's standing is shown.
pub fn shown(standing: Standing) -> Shown {
    match standing {
        Standing::Done => Shown::Done,
        Standing::UnderWay => Shown::UnderWay,
        Standing::NotBegun => Shown::NotBegun,
        Standing::NotNeeded => Shown::NotNeeded,
        Standing::Skipped => Shown::Skipped,
    }
}
