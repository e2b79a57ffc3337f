//! What rests on how the procedures judge, which the raw files do not say: counted anew from the verdicts, place by path.

use gongshi::diagnostic::Severity;
use gongshi::edition::Edition;
use gongshi::field::Kind;
use gongshi::register::RecordIx;
use gongshi::verdict::{DueKind, DueState, Progress, Status, StepState, Verdict};

use super::count::{Counts, days};
use super::raw::Raw;

/// Adds what the verdicts of an edition say; the days of votes are those that the raw files gave.
pub(crate) fn add(counts: &mut Counts, edition: &Edition) {
    for (ix, record) in edition.published() {
        let Some(raw) = counts.site.records.get(&record.id) else { continue };
        let day = edition.register.date_of(ix).map(|day| day.to_string());
        if let Some(day) = &day {
            counts.add("records", record.kind.name(), raw, day, 1);
        }
        if let Some(verdict) = edition.verdict(ix) {
            let day = day.clone().unwrap_or_else(|| counts.as_of.to_owned()).min(counts.as_of.to_owned());
            for finding in verdict.findings.iter().filter(|finding| finding.severity == Severity::Finding) {
                counts.add("findings", &finding.rule, raw, &day, 1);
            }
            if record.kind == Kind::Matter {
                matter(counts, raw, verdict, day);
            }
        }
        due(counts, edition, ix, raw);
    }
}

fn matter(counts: &mut Counts, raw: &Raw, verdict: &Verdict, day: String) {
    let (Some(status), Some(workflow)) = (verdict.status, &verdict.workflow) else { return };
    let text = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let taken: Vec<&StepState> =
        verdict.steps.iter().filter(|step| [Progress::Done, Progress::UnderWay].contains(&step.progress)).collect();
    let mut first: Vec<String> = taken.iter().filter_map(|step| text(step.from)).collect();
    let begun = first.clone();
    first.sort();
    let first = first.into_iter().next().unwrap_or(day);
    counts.add("matters", status.name(), raw, &first, 1);
    if [Status::UnderWay, Status::Publicising].contains(&status) {
        let step = &verdict.steps[verdict.current_step.unwrap()];
        counts.add("matters-at", &format!("{}/{}", workflow.id, step.id), raw, &first, 1);
    }
    let mut last = String::new();
    for step in verdict.steps.iter().filter(|step| step.progress == Progress::Done) {
        if let Some(end) = text(step.to).or_else(|| text(step.from)) {
            counts.add("steps-done", &format!("{}/{}", workflow.id, step.id), raw, &end, 1);
            last = last.max(end);
        }
    }
    let ids = taken.iter().filter(|step| step.from.is_some()).map(|step| &step.id).skip(1);
    for (id, pair) in ids.zip(begun.windows(2)) {
        let part = format!("{}/{id}", workflow.id);
        counts.add("days-between-steps", &part, raw, &pair[1], days(&pair[0], &pair[1]));
    }
    if status == Status::Done {
        counts.add("completed", "", raw, &last, 1);
        if let Some(voted) = counts.resolved_on(raw) {
            counts.add("days-to-completion", "", raw, &last, days(&voted, &last));
        }
    }
}

fn due(counts: &mut Counts, edition: &Edition, ix: RecordIx, raw: &Raw) {
    for due in edition.verdicts.due().iter().filter(|due| due.record == ix) {
        let part = match due.kind {
            DueKind::Task => "task",
            DueKind::Answer => "answer",
            DueKind::Disclosure => "disclosure",
            DueKind::Cadence => "cadence",
            DueKind::Posting => continue,
        };
        let day = due.date.map_or_else(|| counts.as_of.to_owned(), |day| day.to_string());
        let day = day.min(counts.as_of.to_owned());
        let measures: &[&'static str] = match due.state {
            DueState::Done => &["obligations", "obligations-done"],
            DueState::Overdue => &["obligations", "overdue"],
            DueState::Due | DueState::UnderWay => &[],
        };
        for measure in measures {
            counts.add(measure, part, raw, &day, 1);
        }
    }
}
