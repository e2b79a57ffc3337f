//! Bodies of an area: parts that cannot exceed the whole.

use super::exceeds;
use crate::diagnostic::Diagnostic;
use crate::record::{Area, Record};

/// Checks an area.
pub(super) fn check(record: &Record, area: &Area, diagnostics: &mut Vec<Diagnostic>) {
    for (i, body) in area.bodies.iter().enumerate() {
        let Some(entitled) = body.entitled else {
            continue;
        };
        let parts = [("women", body.women), ("delegates", body.delegates), ("committee_members", body.committee_members)];
        for (key, part) in parts {
            let at = (format!("bodies[{i}].{key}"), format!("bodies[{i}].entitled"));
            let part = (part.unwrap_or(0), key);
            diagnostics.extend(exceeds(record, "arithmetic/part-exceeds-whole", part, (entitled, "entitled"), (&at.0, &at.1)));
        }
    }
    if let (Some(adults), Some(population)) = (area.adults, area.population) {
        let at = ("adults", "population");
        diagnostics.extend(exceeds(record, "arithmetic/part-exceeds-whole", (adults, "adults"), (population, "population"), at));
    }
}
