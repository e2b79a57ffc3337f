//! Opinions: what each was merged into.

use crate::diagnostic::Diagnostic;
use crate::record::{Opinions, Record};
use crate::text;

/// Checks a register of opinions.
pub(super) fn check(record: &Record, opinions: &Opinions, diagnostics: &mut Vec<Diagnostic>) {
    for (i, opinion) in opinions.items.iter().enumerate() {
        let own = |reference: &String| {
            let (name, no) = reference.rsplit_once('/').unwrap_or((reference, ""));
            let here = name == record.name || name.strip_prefix('/') == Some(record.id.as_str());
            here && no == opinion.no.to_string()
        };
        if opinion.merged_into.as_ref().is_some_and(own) {
            let place = record.tree().place(&format!("items[{i}].merged_into"));
            let no = opinion.no;
            diagnostics.push(
                Diagnostic::error(
                    "reference/mismatch",
                    place,
                    text!("第 {no} 条意见不能并入自身", "opinion {no} cannot be merged into itself"),
                )
                .help(text!("写并入的另一条意见", "name the other opinion")),
            );
        }
    }
}
