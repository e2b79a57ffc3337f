//! Elections: ballots that add up, votes within the ballots, and an outcome that those elected bear out.

use super::exceeds;
use crate::diagnostic::Diagnostic;
use crate::record::choice::{ElectedOffice, ElectionForm, ElectionOutcome, Role, Sex};
use crate::record::election::Candidate;
use crate::record::{Election, Record};
use crate::register::{RecordIx, Register};
use crate::text;

/// Checks an election.
pub(super) fn check(register: &Register, ix: RecordIx, record: &Record, election: &Election, diagnostics: &mut Vec<Diagnostic>) {
    ballots(record, election, diagnostics);
    groups(record, election, diagnostics);
    votes(record, election, diagnostics);
    winners(record, election, diagnostics);
    diagnostics.extend(outcome(record, election));
    diagnostics.extend(follows(register, ix, record, election));
    posts(register, record, election, diagnostics);
}

/// Checks the ballots: no more returned than issued, no more issued than registered, and valid, invalid and blank make up those
/// returned.
fn ballots(record: &Record, election: &Election, diagnostics: &mut Vec<Diagnostic>) {
    let Election { registered, issued, returned, valid, invalid, .. } = *election;
    let chain = [
        ((returned, "returned"), (issued, "issued")),
        ((issued, "issued"), (registered, "registered")),
        ((election.proxies.unwrap_or(0), "proxies"), (issued, "issued")),
    ];
    for (part, whole) in chain {
        diagnostics.extend(exceeds(record, "arithmetic/ballots", part, whole, (part.1, whole.1)));
    }
    let blank = election.blank.unwrap_or(0);
    let sum = valid + invalid + blank;
    if sum != returned {
        let (zh, en) = if blank > 0 { (format!(" + 空白 {blank}"), format!(" + {blank} blank")) } else { Default::default() };
        diagnostics.push(
            Diagnostic::error(
                "arithmetic/ballots",
                record.tree().place("valid"),
                crate::language::Text::new(
                    format!("有效 {valid} + 无效 {invalid}{zh} = {sum}，与收回 {returned} 张不符"),
                    format!("{valid} valid + {invalid} invalid{en} = {sum}, but {returned} ballots were returned"),
                ),
            )
            .label(record.tree().place("returned"), text!("收回 {returned} 张", "{returned} returned"))
            .help(text!("对照计票记录改正", "correct it by the record of the count")),
        );
    }
}

/// Checks that the ballots of the groups add up to those of the election, and that each group's are in order.
fn groups(record: &Record, election: &Election, diagnostics: &mut Vec<Diagnostic>) {
    if election.groups.is_empty() {
        return;
    }
    for (i, group) in election.groups.iter().enumerate() {
        let chain = [
            ((group.returned, "returned"), (group.issued, "issued")),
            ((group.issued, "issued"), (group.registered, "registered")),
        ];
        for (part, whole) in chain {
            let at = (format!("groups[{i}].{}", part.1), format!("groups[{i}].{}", whole.1));
            diagnostics.extend(exceeds(record, "arithmetic/ballots", part, whole, (&at.0, &at.1)));
        }
    }
    let seats = election.groups.iter().map(|group| group.seats).sum::<Option<u64>>();
    let sums = [
        ("seats", seats.and(election.seats), seats.unwrap_or(0)),
        ("registered", Some(election.registered), election.groups.iter().map(|group| group.registered).sum()),
        ("issued", Some(election.issued), election.groups.iter().map(|group| group.issued).sum()),
        ("returned", Some(election.returned), election.groups.iter().map(|group| group.returned).sum()),
    ];
    for (key, whole, sum) in sums {
        let Some(whole) = whole.filter(|whole| *whole != sum) else { continue };
        diagnostics.push(
            Diagnostic::error(
                "arithmetic/group-sum",
                record.tree().place("groups"),
                text!(
                    "各组 `{key}` 合计 {sum}，与总数 {whole} 不符",
                    "`{key}` of the groups adds up to {sum}, but the total is {whole}"
                ),
            )
            .label(record.tree().place(key), text!("总数为 {whole}", "the total is {whole}"))
            .help(text!("对照各组的计票记录改正", "correct it by the count of each group")),
        );
    }
}

/// Checks that nobody has more votes than there are ballots, and that all votes together fit the ballots and the seats.
fn votes(record: &Record, election: &Election, diagnostics: &mut Vec<Diagnostic>) {
    let rule = "arithmetic/votes-exceed-ballots";
    for (i, candidate) in election.candidates.iter().enumerate() {
        let at = format!("candidates[{i}].votes");
        let group = candidate.group.as_ref().and_then(|name| election.groups.iter().position(|group| group.group == *name));
        let (whole, whole_at, name) = match group.and_then(|n| Some((n, election.groups.get(n)?.returned))) {
            Some((n, returned)) => (returned, format!("groups[{n}].returned"), "returned"),
            None => (election.valid, "valid".to_owned(), "valid"),
        };
        diagnostics.extend(exceeds(record, rule, (candidate.votes, "votes"), (whole, name), (&at, &whole_at)));
    }
    let sum: u64 = election.candidates.iter().map(|candidate| candidate.votes).sum();
    if let Some(seats) =
        election.seats.filter(|seats| election.groups.iter().all(|group| group.seats.is_none()) && sum > election.valid * seats)
    {
        let (valid, most) = (election.valid, election.valid * seats);
        diagnostics.push(
            Diagnostic::error(
                rule,
                record.tree().place("candidates"),
                text!(
                    "得票合计 {sum}，多于有效票 {valid} × 名额 {seats} = {most}",
                    "the votes add up to {sum}, more than {valid} valid ballots × {seats} seats = {most}"
                ),
            )
            .help(text!("对照计票记录改正", "correct it by the record of the count")),
        );
    }
    if let Some(recall) = &election.recall {
        let (sum, valid) = (recall.r#for + recall.against, election.valid);
        diagnostics.extend(exceeds(record, rule, (sum, "for + against"), (valid, "valid"), ("recall.for", "valid")));
    }
}

/// Whether two candidates stood for the same seats.
fn rivals(a: &Candidate, b: &Candidate) -> bool {
    a.role == b.role && a.group == b.group
}

/// Reports somebody elected with fewer votes than somebody who was not, for the same seats. A woman may be elected to a seat kept
/// for women.
fn winners(record: &Record, election: &Election, diagnostics: &mut Vec<Diagnostic>) {
    for (i, winner) in election.candidates.iter().enumerate().filter(|(_, candidate)| candidate.elected) {
        let kept = |other: &Candidate| winner.sex == Some(Sex::Female) && other.sex != Some(Sex::Female);
        let others = election.candidates.iter().enumerate().filter(|(_, other)| !other.elected && rivals(winner, other));
        let Some((n, other)) = others.into_iter().find(|(_, other)| other.votes > winner.votes && !kept(other)) else { continue };
        let (own, more) = (winner.votes, other.votes);
        diagnostics.push(
            Diagnostic::error(
                "arithmetic/elected",
                record.tree().place(&format!("candidates[{i}].elected")),
                text!(
                    "得票 {own} 当选，而得票 {more} 的没有当选",
                    "elected with {own} votes, while {more} votes did not elect another"
                ),
            )
            .label(
                record.tree().place(&format!("candidates[{n}].votes")),
                text!("得票 {more}，未当选", "{more} votes, not elected"),
            )
            .help(text!(
                "得票多的当选；核对得票和 `elected`",
                "the one with more votes is elected: check the votes and `elected`"
            )),
        );
    }
}

/// Reports an outcome that the number of those elected contradicts.
fn outcome(record: &Record, election: &Election) -> Option<Diagnostic> {
    use ElectionOutcome::{Elected, Failed, NotRecalled, PartlyElected, Recalled, Void};
    let count = election.elected().count() as u64;
    let recall = election.form == ElectionForm::Recall;
    let seats = election.seats.unwrap_or(count);
    let fits = match election.outcome {
        Elected => !recall && count > 0 && count == seats,
        PartlyElected => !recall && count > 0 && count < election.seats.unwrap_or(u64::MAX),
        Failed => !recall && count == 0,
        Void => count == 0,
        Recalled | NotRecalled => recall && election.recall.is_some(),
    };
    if fits {
        return None;
    }
    let label = election.outcome.label();
    let counts = match election.seats {
        Some(seats) => text!("名额 {seats}，当选 {count} 人", "{count} elected to {seats} seats"),
        None => text!("当选 {count} 人", "{count} elected"),
    };
    let message = if recall {
        crate::language::Text::new(
            format!("罢免的结果不能写“{}”，或者缺少 `recall`", label.zh),
            format!("a recall cannot have the outcome “{}”, or `recall` is missing", label.en),
        )
    } else {
        crate::language::Text::new(
            format!("结果写“{}”，而{}", label.zh, counts.zh),
            format!("the outcome is “{}”, but {}", label.en, counts.en),
        )
    };
    let help = text!(
        "选满写 `elected`，未选满写 `partly-elected`，无人当选写 `failed`，宣布无效写 `void`；罢免写 `recalled` 或 `not-recalled`",
        "all seats filled: `elected`; some: `partly-elected`; none: `failed`; declared void: `void`; a recall: `recalled` or `not-recalled`"
    );
    Some(Diagnostic::error("arithmetic/election-outcome", record.tree().place("outcome"), message).help(help))
}

/// Checks that a run-off comes after the election that it follows, and is of the same body.
fn follows(register: &Register, ix: RecordIx, record: &Record, election: &Election) -> Option<Diagnostic> {
    let other = register.get(register.link(ix, "first")?);
    let first = other.election()?;
    let label = text!("前次选举", "the election before");
    if first.body != election.body || other.area != record.area {
        let message = text!("前次选举的机构与本次不同", "the election before is of another body");
        let fault = Diagnostic::error("reference/mismatch", record.tree().place("first"), message);
        return Some(
            fault.label(other.tree().place("body"), label).help(text!("改正 `first` 或 `body`", "correct `first` or `body`")),
        );
    }
    if first.date < election.date {
        return None;
    }
    let (date, before) = (election.date, first.date);
    let message = text!("{date} 不晚于前次选举的 {before}", "{date} is not later than the election before, {before}");
    let fault = Diagnostic::error("date/order", record.tree().place("date"), message);
    Some(fault.label(other.tree().place("date"), label).help(text!("改正其中一个", "correct one of the two")))
}

/// How many days after an election a post begins that was filled by it.
const TAKES_OFFICE: i32 = 60;

/// Reports somebody elected to a post that another holds from that time on.
fn posts(register: &Register, record: &Record, election: &Election, diagnostics: &mut Vec<Diagnostic>) {
    let Some(body) = register.body(&record.area, &election.body) else { return };
    let Some(area) = register.area(&record.area).map(|ix| register.get(ix)) else { return };
    let index = area.place().and_then(|place| place.bodies.iter().position(|other| other.id == body.id)).unwrap_or(0);
    for (i, winner) in election.candidates.iter().enumerate().filter(|(_, candidate)| candidate.elected) {
        let chair = (election.office == ElectedOffice::Chair).then_some(Role::Chair);
        let Some(role) = winner.role.or(chair).filter(|role| *role != Role::Member) else { continue };
        let begins = |from: jiff::civil::Date| (0..=TAKES_OFFICE).contains(&(from - election.date).get_days());
        let filled: Vec<_> = body.posts.iter().enumerate().filter(|(_, post)| post.role == role && begins(post.from)).collect();
        let Some((n, _)) = filled.first().filter(|_| filled.iter().all(|(_, post)| post.name != winner.name)) else { continue };
        let label = role.label();
        diagnostics.push(
            Diagnostic::error(
                "reference/post-differs",
                record.tree().place(&format!("candidates[{i}].name")),
                crate::language::Text::new(
                    format!("当选{}的人与机构登记的不是同一人", label.zh),
                    format!("the one elected {} is not the one whom the body has in that post", label.en),
                ),
            )
            .label(
                area.tree().place(&format!("bodies[{index}].posts[{n}].name")),
                text!("机构登记的任职人", "who holds the post"),
            )
            .help(text!("核对姓名；改正选举结果或 `area.yaml`", "check the name; correct the election or `area.yaml`")),
        );
    }
}
