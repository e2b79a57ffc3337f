//! Surveys of satisfaction: ballots issued, returned and valid, and the three answers.

use crate::diagnostic::Diagnostic;
use crate::record::common::SurveyResult;
use crate::record::{Record, Survey};
use crate::text;

/// The numbers of a survey.
struct Ballots {
    issued: u64,
    returned: u64,
    valid: u64,
    satisfied: u64,
    mostly: u64,
    dissatisfied: u64,
}

/// Checks a survey inside another record; points at its key.
pub(super) fn nested(record: &Record, path: &str, survey: &SurveyResult) -> Option<Diagnostic> {
    let SurveyResult { issued, returned, valid, satisfied, mostly, dissatisfied, .. } = *survey;
    sum(record, path, &format!("{path}."), &Ballots { issued, returned, valid, satisfied, mostly, dissatisfied })
}

/// Checks a survey that stands alone; points at its valid ballots.
pub(super) fn alone(record: &Record, survey: &Survey, diagnostics: &mut Vec<Diagnostic>) {
    let Survey { issued, returned, valid, satisfied, mostly, dissatisfied, .. } = *survey;
    diagnostics.extend(sum(record, "valid", "", &Ballots { issued, returned, valid, satisfied, mostly, dissatisfied }));
}

/// Reports answers that do not add up to the valid ballots, and more valid than returned or more returned than issued.
fn sum(record: &Record, at: &str, keys: &str, ballots: &Ballots) -> Option<Diagnostic> {
    let Ballots { issued, returned, valid, satisfied, mostly, dissatisfied } = *ballots;
    let place = |key: &str| record.tree().place(&format!("{keys}{key}"));
    let at = record.tree().place(at);
    let answers = satisfied + mostly + dissatisfied;
    let fault = |message| {
        let help = text!("对照原始票核对这几个数", "check these numbers by the ballots themselves");
        Some(Diagnostic::error("arithmetic/survey-sum", at, message).help(help))
    };
    if answers != valid {
        return fault(text!(
            "满意 {satisfied} + 基本满意 {mostly} + 不满意 {dissatisfied} = {answers}，与有效票 {valid} 不符",
            "{satisfied} satisfied + {mostly} mostly + {dissatisfied} dissatisfied = {answers}, but {valid} ballots are valid"
        ))
        .map(|fault| fault.label(place("valid"), text!("有效票 {valid}", "{valid} valid")));
    }
    if valid > returned {
        return fault(text!("有效票 {valid} 多于收回 {returned}", "{valid} ballots are valid, but {returned} were returned"))
            .map(|fault| fault.label(place("returned"), text!("收回 {returned}", "{returned} returned")));
    }
    if returned > issued {
        return fault(text!("收回 {returned} 多于发出 {issued}", "{returned} ballots were returned, but {issued} were issued"))
            .map(|fault| fault.label(place("issued"), text!("发出 {issued}", "{issued} issued")));
    }
    None
}
