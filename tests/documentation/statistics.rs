//! Writes `docs/statistics.md` from the table of measures.

use std::fmt::Write as _;

use gongshi::statistics::{FEWEST_BALLOTS, Measure, Method};

use super::cell;

/// What stands above the table.
const INTRODUCTION: &str = "# Statistics

Every figure of a page and of `gongshi stats` is one of the measures below, of one place and one period: a month, quarter, half or year,
or all dates. It is counted from the published records, up to the day of the site (`as_of`); what is dated later does not count.

- A place counts its own records and those of all places below it. Each total is made twice, once from the records by their paths and
  once from the parts; where both differ, such as by a record that lies in no area, nothing is built and the measure, the place and
  the record are named.
- A figure opens to its parts (the place itself and each place below) and these to the records, each with the place in it:
  `gongshi stats --area PATH --measure ID --by area`, then `--records`.
- A share shows both of its numbers. It is of the sums, never a mean of shares. Its percentage has one decimal, rounded half up.
- Days are given as median, quartiles, shortest and longest. The median of an even number is the mean of the middle two; a quartile is the
  shortest that at least a quarter (three quarters) do not exceed, so it is one that occurred.
- The year before is the same period a year earlier; of a period that is not over, up to the same day. The difference of shares is in
  points of per cent.
- Amounts of different currencies are never added up.
";

/// Says how a measure is made.
fn made(measure: Measure) -> String {
    match measure.method() {
        Method::Count => "count".to_owned(),
        Method::Sum => "sum".to_owned(),
        Method::Stock => "stock at the end".to_owned(),
        Method::Level => "last of each place, added up".to_owned(),
        Method::Share(part, whole) => format!("`{}` / `{}`", part.id(), whole.id()),
        Method::Days => "days".to_owned(),
    }
}

/// Names the unit in both languages; money has that of its currency.
fn unit(measure: Measure) -> String {
    let unit = measure.unit().text();
    if unit.zh == unit.en { unit.zh } else { format!("{}, {}", unit.zh, unit.en) }
}

/// Writes the page.
pub(crate) fn page() -> String {
    let mut out = INTRODUCTION.to_owned();
    let _ = writeln!(
        out,
        "- The answers of a survey with fewer than {FEWEST_BALLOTS} valid ballots are withheld, so that nobody's answer can be inferred: its \
         page does not show them, and no total of any place or period counts them, since two totals would tell them. How many \
         ballots there were is still given.\n"
    );
    out.push_str(
        "## Measures\n\n| measure | 指标 | unit | made by | may be split by | definition | 定义 |\n|---|---|---|---|---|---|---|\n",
    );
    for measure in Measure::ALL {
        let (title, definition) = (measure.title(), measure.definition());
        let by = measure.by().map(|by| by.title().en).unwrap_or_default();
        let _ = writeln!(
            out,
            "| `{}`<br>{} | {} | {} | {} | {by} | {} | {} |",
            measure.id(),
            title.en,
            title.zh,
            unit(*measure),
            made(*measure),
            cell(&definition.en),
            cell(&definition.zh)
        );
    }
    out.push_str(
        "\nA part is written after a colon: `meetings:village-congress`, `findings:eight-step/quorum`, `steps-done:eight-step/collect`,\n\
         `coverage:eight-step/village`. `gongshi stats --by part` lists those that occur.\n",
    );
    out
}
