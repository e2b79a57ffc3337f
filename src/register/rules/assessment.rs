//! Contracts and assessments: weights, scores, totals, grades, ranks.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::calendar;
use crate::diagnostic::Diagnostic;
use crate::record::assessment::AssessmentResult;
use crate::record::check::{closest, quote};
use crate::record::choice::Cycle;
use crate::record::{Assessment, Contract, Record};
use crate::register::{RecordIx, Register};
use crate::text;

/// Checks that the weights of a contract add up to 100.
pub(super) fn contract(record: &Record, contract: &Contract, diagnostics: &mut Vec<Diagnostic>) {
    let sum: Decimal = contract.indicators.iter().map(|indicator| indicator.weight).sum();
    if sum == Decimal::ONE_HUNDRED {
        return;
    }
    let parts: Vec<String> = contract.indicators.iter().map(|indicator| indicator.weight.normalize().to_string()).collect();
    let (parts, sum) = (parts.join(" + "), sum.normalize());
    diagnostics.push(
        Diagnostic::error(
            "arithmetic/weights",
            record.tree().place("indicators"),
            text!("权重合计 {parts} = {sum}，应为 100", "the weights add up to {parts} = {sum}, not to 100"),
        )
        .help(text!("调整各指标的 `weight`，使合计为 100", "change the weights so that they add up to 100")),
    );
}

/// Checks an assessment against its contract.
pub(super) fn check(
    register: &Register,
    ix: RecordIx,
    record: &Record,
    assessment: &Assessment,
    diagnostics: &mut Vec<Diagnostic>,
) {
    diagnostics.extend(cycle(record, assessment));
    ranks(record, assessment, diagnostics);
    uses(record, assessment, diagnostics);
    let Some(terms) = register.link(ix, "contract") else {
        return;
    };
    diagnostics.extend(again(register, ix, assessment, terms));
    let signed = register.get(terms);
    let Some(contract) = signed.contract() else {
        return;
    };
    let frame = Frame { record, signed, contract };
    diagnostics.extend(frame.period(assessment));
    for (i, result) in assessment.results.iter().enumerate() {
        frame.result(i, result, diagnostics);
    }
}

/// Reports an assessment of a contract and period that another has assessed already: the ranks of the period would be two.
fn again(register: &Register, ix: RecordIx, assessment: &Assessment, terms: RecordIx) -> Option<Diagnostic> {
    let same = |other: &RecordIx| {
        let other = register.get(*other).assessment();
        other.is_some_and(|other| (other.cycle, other.period) == (assessment.cycle, assessment.period))
    };
    let others = register.links_to(terms).iter().filter(|link| link.path == "contract").map(|link| link.from);
    let first = register.get(others.filter(|other| *other < ix).find(same)?);
    let period = assessment.period;
    Some(
        Diagnostic::error(
            "identity/duplicate",
            register.get(ix).tree().place("period"),
            text!("`{period}` 按这份责任书已有一次考核", "`{period}` has an assessment by this contract already"),
        )
        .label(first.tree().place("period"), text!("另一个在这里", "the other one is here"))
        .help(text!(
            "一期只公布一次结果；改正 `period`，或把更正写进原来的文件",
            "a period has one result: correct `period`, or put the correction into the first file"
        )),
    )
}

/// Checks that the period is one of the cycle.
fn cycle(record: &Record, assessment: &Assessment) -> Option<Diagnostic> {
    let period = assessment.period;
    let length = match assessment.cycle {
        Cycle::Monthly => calendar::Cycle::Month,
        Cycle::Quarterly => calendar::Cycle::Quarter,
        Cycle::HalfYearly => calendar::Cycle::Half,
        Cycle::Yearly => calendar::Cycle::Year,
    };
    let fits = period.cycle() == length;
    let label = assessment.cycle.label();
    let example = match assessment.cycle {
        Cycle::Monthly => "2026-09",
        Cycle::Quarterly => "2026-Q3",
        Cycle::HalfYearly => "2026-H1",
        Cycle::Yearly => "2026",
    };
    (!fits).then(|| {
        Diagnostic::error(
            "date/period-of-cycle",
            record.tree().place("period"),
            crate::language::Text::new(
                format!("时期 `{period}` 与周期“{}”不符", label.zh),
                format!("the period `{period}` is not one of the cycle, {}", label.en),
            ),
        )
        .label(record.tree().place("cycle"), text!("周期", "the cycle"))
        .help(text!("这个周期的时期如 `{example}`", "a period of this cycle is `{example}`"))
    })
}

/// Checks that each rank given is one more than the number of higher totals, so that equal totals share a rank.
fn ranks(record: &Record, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let mut totals: Vec<Decimal> = assessment.results.iter().map(|result| result.total).collect();
    totals.sort_unstable_by(|a, b| b.cmp(a));
    for (i, result) in assessment.results.iter().enumerate() {
        let Some(rank) = result.rank else {
            continue;
        };
        let right = totals.partition_point(|total| *total > result.total) as u64 + 1;
        if rank != right {
            let subject = &result.subject;
            diagnostics.push(
                Diagnostic::error(
                    "arithmetic/rank",
                    record.tree().place(&format!("results[{i}].rank")),
                    text!(
                        "{subject}总分第 {right}，写的是第 {rank}",
                        "`{subject}` ranks {right} by its total, but `rank` is {rank}"
                    ),
                )
                .help(text!("改为 {right}；总分相同的名次相同", "write {right}; equal totals share a rank")),
            );
        }
    }
}

/// Checks that what a result is used for has a result.
fn uses(record: &Record, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let subjects = || assessment.results.iter().map(|result| result.subject.as_str());
    for (i, used) in assessment.used_for.iter().enumerate() {
        if !subjects().any(|subject| subject == used.subject) {
            let place = record.tree().place(&format!("used_for[{i}].subject"));
            let found = quote(&used.subject);
            let fault = Diagnostic::error(
                "reference/unknown",
                place,
                text!("结果中没有 `{found}`", "`{found}` is not among the results"),
            );
            diagnostics.push(match closest(&used.subject, subjects()) {
                Some(near) => fault.help(text!("是不是 `{near}`？", "did you mean `{near}`?")),
                None => fault
                    .label(record.tree().place("results"), text!("结果在这里", "the results are here"))
                    .help(text!("写 `results` 里有的对象", "write a subject of `results`")),
            });
        }
    }
}

/// An assessment with the contract that it follows.
struct Frame<'a> {
    record: &'a Record,
    signed: &'a Record,
    contract: &'a Contract,
}

impl Frame<'_> {
    /// Checks that the period lies within that of the contract.
    fn period(&self, assessment: &Assessment) -> Option<Diagnostic> {
        let (own, whole) = (assessment.period, self.contract.period);
        if own.first() >= whole.first() && own.last() <= whole.last() {
            return None;
        }
        Some(
            Diagnostic::error(
                "date/outside-period",
                self.record.tree().place("period"),
                text!(
                    "时期 `{own}` 不在责任书的 `{whole}` 之内",
                    "the period `{own}` is not within `{whole}`, that of the contract"
                ),
            )
            .label(self.signed.tree().place("period"), text!("责任书的时期", "the period of the contract"))
            .help(text!("改正 `period`，或引用那一年的责任书", "correct `period`, or name the contract of that year")),
        )
    }

    /// Checks the result of one subject.
    fn result(&self, i: usize, result: &AssessmentResult, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.extend(self.subject(i, result));
        let known = self.scores(i, "scores", &result.scores, diagnostics);
        self.scores(i, "actual", &result.actual, diagnostics);
        for indicator in &self.contract.indicators {
            match result.scores.get(&indicator.id) {
                None => diagnostics.push(self.no_score(i, &indicator.id, &indicator.name)),
                Some(score) if *score > indicator.weight => {
                    diagnostics.push(self.over(i, &indicator.id, *score, indicator.weight));
                }
                Some(_) => {}
            }
        }
        if known && result.scores.len() == self.contract.indicators.len() {
            diagnostics.extend(self.total(i, result));
        }
        diagnostics.extend(self.grade(i, result));
    }

    /// Checks that the contract names the subject.
    fn subject(&self, i: usize, result: &AssessmentResult) -> Option<Diagnostic> {
        let parties = &self.contract.parties.assessed;
        if parties.contains(&result.subject) {
            return None;
        }
        let found = quote(&result.subject);
        let place = self.record.tree().place(&format!("results[{i}].subject"));
        let fault = Diagnostic::error(
            "reference/unknown",
            place,
            text!("责任书的被考核方中没有 `{found}`", "`{found}` is not assessed by the contract"),
        )
        .label(self.signed.tree().place("parties.assessed"), text!("被考核方", "those assessed"));
        Some(match closest(&result.subject, parties.iter().map(String::as_str)) {
            Some(near) => fault.help(text!("是不是 `{near}`？", "did you mean `{near}`?")),
            None => fault.help(text!("写责任书 `assessed` 中的单位", "write one of `assessed` in the contract")),
        })
    }

    /// Reports scores of indicators that the contract does not have; returns whether there are none.
    fn scores(&self, i: usize, key: &str, scores: &BTreeMap<String, Decimal>, diagnostics: &mut Vec<Diagnostic>) -> bool {
        let ids = || self.contract.indicators.iter().map(|indicator| indicator.id.as_str());
        let mut all = true;
        for id in scores.keys().filter(|id| !ids().any(|known| known == id.as_str())) {
            all = false;
            let place = self.record.tree().place(&format!("results[{i}].{key}.{id}"));
            let found = quote(id);
            let fault = Diagnostic::error(
                "reference/unknown",
                place,
                text!("责任书没有指标 `{found}`", "the contract has no indicator `{found}`"),
            )
            .label(self.signed.tree().place("indicators"), text!("指标在这里", "the indicators are here"));
            diagnostics.push(match closest(id, ids()) {
                Some(near) => fault.help(text!("是不是 `{near}`？", "did you mean `{near}`?")),
                None => fault.help(text!("写责任书的指标编号", "write the id of an indicator of the contract")),
            });
        }
        all
    }

    /// Reports an indicator without a score.
    fn no_score(&self, i: usize, id: &str, name: &str) -> Diagnostic {
        Diagnostic::error(
            "schema/missing-key",
            self.record.tree().place(&format!("results[{i}].scores")),
            text!("缺少指标 `{id}`（{name}）的得分", "the score of `{id}` is missing"),
        )
        .label(self.signed.tree().place("indicators"), text!("责任书的指标", "the indicators of the contract"))
        .help(text!("在 `scores` 补上，没有得分的写 0", "add it to `scores`; write 0 where there was none"))
    }

    /// Reports a score above its weight.
    fn over(&self, i: usize, id: &str, score: Decimal, weight: Decimal) -> Diagnostic {
        let (score, weight) = (score.normalize(), weight.normalize());
        let index = self.contract.indicators.iter().position(|indicator| indicator.id == id).unwrap_or(0);
        Diagnostic::error(
            "schema/out-of-range",
            self.record.tree().place(&format!("results[{i}].scores.{id}")),
            text!("`{id}` 得 {score} 分，超过满分 {weight}", "`{id}` is {score}, above its weight of {weight}"),
        )
        .label(self.signed.tree().place(&format!("indicators[{index}].weight")), text!("满分 {weight}", "the weight is {weight}"))
        .help(text!("得分不能超过满分；改正得分或责任书的 `weight`", "correct the score, or the `weight` in the contract"))
    }

    /// Checks that the scores add up to the total.
    fn total(&self, i: usize, result: &AssessmentResult) -> Option<Diagnostic> {
        let sum: Decimal = result.scores.values().copied().sum();
        if sum == result.total {
            return None;
        }
        let order = self.contract.indicators.iter().filter_map(|indicator| result.scores.get(&indicator.id));
        let parts: Vec<String> = order.map(|score| score.normalize().to_string()).collect();
        let (parts, sum, total) = (parts.join(" + "), sum.normalize(), result.total.normalize());
        Some(
            Diagnostic::error(
                "arithmetic/total",
                self.record.tree().place(&format!("results[{i}].total")),
                text!(
                    "得分合计 {parts} = {sum}，与总分 {total} 不符",
                    "the scores add up to {parts} = {sum}, but `total` is {total}"
                ),
            )
            .label(self.record.tree().place(&format!("results[{i}].scores")), text!("合计 {sum}", "{sum} in all"))
            .help(text!("总分应为 {sum}", "by these scores the total is {sum}")),
        )
    }

    /// Reports a total that reaches no grade of the contract, so that none can be right.
    fn no_grade(&self, i: usize, result: &AssessmentResult) -> Option<Diagnostic> {
        let lowest = self.contract.grades.iter().min_by_key(|grade| grade.at_least)?;
        let (total, name, bound) = (result.total.normalize(), &lowest.name, lowest.at_least.normalize());
        Some(
            Diagnostic::error(
                "arithmetic/grade",
                self.record.tree().place(&format!("results[{i}].grade")),
                text!(
                    "总分 {total} 达不到责任书的任何等次，最低的“{name}”要 {bound} 分",
                    "a total of {total} reaches no grade of the contract; the lowest, `{name}`, takes {bound}"
                ),
            )
            .label(self.signed.tree().place("grades"), text!("责任书的等次", "the grades of the contract"))
            .help(text!("改正总分，或在责任书补上从 0 分起的等次", "correct the total, or add a grade from 0 to the contract")),
        )
    }

    /// Checks that the grade is the best one that the total reaches.
    fn grade(&self, i: usize, result: &AssessmentResult) -> Option<Diagnostic> {
        let reached = self.contract.grades.iter().filter(|grade| grade.at_least <= result.total);
        let Some(right) = reached.max_by_key(|grade| grade.at_least) else {
            return self.no_grade(i, result);
        };
        if right.name == result.grade {
            return None;
        }
        let (total, written, name, bound) =
            (result.total.normalize(), quote(&result.grade), &right.name, right.at_least.normalize());
        Some(
            Diagnostic::error(
                "arithmetic/grade",
                self.record.tree().place(&format!("results[{i}].grade")),
                text!(
                    "总分 {total} 应为“{name}”（{bound} 分以上），写的是“{written}”",
                    "a total of {total} is `{name}` ({bound} or more), but `grade` is `{written}`"
                ),
            )
            .label(self.signed.tree().place("grades"), text!("责任书的等次", "the grades of the contract"))
            .help(text!("改为 `{name}`，或改正总分", "write `{name}`, or correct the total")),
        )
    }
}
