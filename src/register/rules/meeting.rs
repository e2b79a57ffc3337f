//! Attendance and votes of a meeting.

use super::exceeds;
use crate::diagnostic::Diagnostic;
use crate::record::meeting::Votes;
use crate::record::{Meeting, Record};
use crate::register::Register;
use crate::text;

/// Checks a meeting.
pub(super) fn check(register: &Register, record: &Record, meeting: &Meeting, diagnostics: &mut Vec<Diagnostic>) {
    attendance(record, meeting, diagnostics);
    groups(record, meeting, diagnostics);
    diagnostics.extend(entitled(register, record, meeting));
    if let Some(present) = meeting.present {
        for (i, item) in meeting.items.iter().enumerate() {
            let sum = item.votes.as_ref().map(|votes| (votes, cast(votes)));
            diagnostics.extend(sum.filter(|(_, sum)| *sum != present).map(|(votes, _)| vote_sum(record, i, votes, present)));
        }
        let signed = meeting.signatures.map(|signed| (signed, "signatures"));
        diagnostics.extend(signed.and_then(|signed| {
            exceeds(record, "arithmetic/signatures-exceed-present", signed, (present, "present"), ("signatures", "present"))
        }));
    }
}

/// Checks that nobody attends who is not entitled.
fn attendance(record: &Record, meeting: &Meeting, diagnostics: &mut Vec<Diagnostic>) {
    let pairs = [
        (meeting.present, "present", meeting.entitled, "entitled"),
        (meeting.households_present, "households_present", meeting.households_entitled, "households_entitled"),
    ];
    for (present, at, entitled, whole_at) in pairs {
        if let (Some(present), Some(entitled)) = (present, entitled) {
            let rule = "arithmetic/present-exceeds-entitled";
            diagnostics.extend(exceeds(record, rule, (present, at), (entitled, whole_at), (at, whole_at)));
        }
    }
}

/// Checks that the groups add up to the meeting.
fn groups(record: &Record, meeting: &Meeting, diagnostics: &mut Vec<Diagnostic>) {
    if meeting.groups.is_empty() {
        return;
    }
    for (i, group) in meeting.groups.iter().enumerate() {
        let at = (format!("groups[{i}].present"), format!("groups[{i}].entitled"));
        let (present, entitled) = ((group.present, "present"), (group.entitled, "entitled"));
        diagnostics.extend(exceeds(record, "arithmetic/present-exceeds-entitled", present, entitled, (&at.0, &at.1)));
    }
    let sums = [
        ("present", meeting.present, meeting.groups.iter().map(|group| group.present).sum::<u64>()),
        ("entitled", meeting.entitled, meeting.groups.iter().map(|group| group.entitled).sum::<u64>()),
    ];
    for (key, whole, sum) in sums {
        let Some(whole) = whole.filter(|whole| *whole != sum) else {
            continue;
        };
        diagnostics.push(
            Diagnostic::error(
                "arithmetic/group-sum",
                record.tree().place("groups"),
                text!(
                    "各组 `{key}` 合计 {sum}，与会议的 {whole} 不符",
                    "`{key}` of the groups adds up to {sum}, but the meeting has {whole}"
                ),
            )
            .label(record.tree().place(key), text!("会议的 `{key}` 为 {whole}", "`{key}` of the meeting is {whole}"))
            .help(text!("对照各组的签到簿改正", "correct it by the attendance lists of the groups")),
        );
    }
}

/// Checks that the number entitled is that of the body.
fn entitled(register: &Register, record: &Record, meeting: &Meeting) -> Option<Diagnostic> {
    let body = register.body(&record.area, &meeting.body)?;
    let (written, of_body) = (meeting.entitled?, body.entitled?);
    if written == of_body {
        return None;
    }
    let area = register.get(register.area(&record.area)?);
    let index = area.place()?.bodies.iter().position(|other| other.id == body.id)?;
    let name = &body.name;
    Some(
        Diagnostic::error(
            "reference/entitled-differs",
            record.tree().place("entitled"),
            text!("`entitled` 为 {written}，而{name}应到 {of_body} 人", "`entitled` is {written}, but `{name}` has {of_body}"),
        )
        .label(
            area.tree().place(&format!("bodies[{index}].entitled")),
            text!("{name}应到 {of_body} 人", "`{name}` has {of_body} entitled"),
        )
        .help(text!(
            "改为 {of_body}；如果机构人数确有变动，改 `area.yaml`",
            "write {of_body}, or correct `area.yaml` if the body has changed"
        )),
    )
}

/// Returns the ballots of a vote, those present without voting included.
fn cast(votes: &Votes) -> u64 {
    votes.r#for + votes.against + others(votes)
}

/// Returns the ballots that are neither for nor against.
fn others(votes: &Votes) -> u64 {
    votes.abstain.unwrap_or(0) + votes.invalid.unwrap_or(0) + votes.absent.unwrap_or(0)
}

/// Reports votes that do not add up to those present.
fn vote_sum(record: &Record, item: usize, votes: &Votes, present: u64) -> Diagnostic {
    let kinds = [
        (Some(votes.r#for), "同意", "for"),
        (Some(votes.against), "反对", "against"),
        (votes.abstain, "弃权", "abstain"),
        (votes.invalid, "无效", "invalid"),
        (votes.absent, "未投票", "absent"),
    ];
    let given = || kinds.iter().filter_map(|(count, zh, en)| count.map(|count| (count, zh, en)));
    let zh: Vec<String> = given().map(|(count, zh, _)| format!("{zh} {count}")).collect();
    let en: Vec<String> = given().map(|(count, _, en)| format!("{count} {en}")).collect();
    let (zh, en, sum) = (zh.join(" + "), en.join(" + "), cast(votes));
    let fault = Diagnostic::error(
        "arithmetic/vote-sum",
        record.tree().place(&format!("items[{item}].votes")),
        text!("{zh} = {sum}，与实到 {present} 人不符", "{en} = {sum}, but {present} were present"),
    )
    .label(record.tree().place("present"), text!("实到 {present} 人", "{present} present"));
    if sum < present {
        let short = present - sum;
        return fault.help(text!(
            "少 {short} 票；到会未投票的记入 `absent`，废票记入 `invalid`",
            "{short} short: count those present who did not vote as `absent`, spoilt ballots as `invalid`"
        ));
    }
    fault.help(text!("多 {0} 票；对照原始计票单改正", "{0} too many: correct it by the original count", sum - present))
}
