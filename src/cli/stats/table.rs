//! Figures as a table for the terminal. Chinese characters take two columns, and numbers end in one line.

use std::fmt::Write as _;

use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use super::{Row, Sheet};
use crate::language::{self, Language, Text};
use crate::statistics::{Measure, Unit, Value, When};

/// How many records of a figure the table names; the other formats name all.
const MOST_RECORDS: usize = 200;

/// Lines of cells, of which those in `right` end in one line.
pub(super) struct Grid<const N: usize> {
    pub(super) right: [bool; N],
    pub(super) lines: Vec<[String; N]>,
}

impl<const N: usize> Grid<N> {
    /// Writes the lines; columns without a word are left out.
    pub(super) fn write(&self) -> Vec<String> {
        let width = |column: usize| self.lines.iter().map(|line| line[column].width()).max().unwrap_or(0);
        let filled = |column: usize| self.lines.iter().skip(1).any(|line| !line[column].is_empty());
        let columns: Vec<(usize, usize)> =
            (0..N).filter(|column| filled(*column)).map(|column| (column, width(column))).collect();
        self.lines.iter().map(|line| self.line(line, &columns)).collect()
    }

    fn line(&self, cells: &[String; N], columns: &[(usize, usize)]) -> String {
        let mut out = String::new();
        for (place, (column, width)) in columns.iter().enumerate() {
            let cell = &cells[*column];
            let gap = " ".repeat(width.saturating_sub(cell.width()));
            out.push_str(if place == 0 { "" } else { "  " });
            out.extend(if self.right[*column] { [gap.as_str(), cell] } else { [cell.as_str(), &gap] });
        }
        out.trim_end().to_owned()
    }
}

impl Sheet<'_> {
    /// Writes the figures as a table.
    pub(super) fn table(&self) -> String {
        let Some(first) = self.rows.first() else {
            return self.say("没有可以统计的记录\n", "there is nothing to count\n").to_owned();
        };
        let mut out = self.heading(first);
        let lines = self.grid().write();
        for (n, line) in lines.iter().enumerate() {
            let _ = writeln!(out, "{line}");
            if let Some(row) = n.checked_sub(1).map(|n| &self.rows[n]).filter(|_| self.records) {
                out.push_str(&self.opened(row));
            }
        }
        out.push_str(&self.definitions());
        out
    }

    pub(super) fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    pub(super) fn text(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    /// Names the place, the period and the day up to which is counted.
    fn heading(&self, row: &Row) -> String {
        self.heading_of(row.area, Some(row.when).filter(|_| !self.several(|a, b| a.when == b.when)))
    }

    /// Names a place, the period where there is one, and the day up to which is counted.
    pub(super) fn heading_of(&self, area: &str, when: Option<When>) -> String {
        let when = when.map(|when| format!(" · {}", self.text(&when.label()))).unwrap_or_default();
        let day = language::date(self.statistics.as_of(), self.language);
        format!("{}{when}{}{day}{}\n\n", self.place(area), self.say("（截至 ", " (as of "), self.say("）", ")"))
    }

    /// Whether the figures differ in something.
    fn several(&self, alike: impl Fn(&Row, &Row) -> bool) -> bool {
        self.rows.windows(2).any(|pair| !alike(&pair[0], &pair[1]))
    }

    /// Names a place; all together for the empty path.
    pub(super) fn place(&self, area: &str) -> String {
        let Some(ix) = self.edition.register.area(area) else { return self.say("全部地方", "all places").to_owned() };
        let record = self.edition.register.get(ix);
        let english = record.title_en().filter(|_| self.language == Language::English);
        english.or_else(|| record.title()).unwrap_or(area).to_owned()
    }

    fn grid(&self) -> Grid<7> {
        let (places, periods) = (self.several(|a, b| (a.area, a.own) == (b.area, b.own)), self.several(|a, b| a.when == b.when));
        let head = match self.language {
            Language::Chinese => ["指标", "地方", "时期", "数值", "分子和分母", "上年同期", "增减"],
            Language::English => ["measure", "place", "period", "value", "out of", "year before", "change"],
        };
        let mut lines = vec![head.map(str::to_owned)];
        for row in &self.rows {
            let own = if row.own { self.say("（本级）", " (itself)") } else { "" };
            lines.push([
                self.name(row),
                if places { self.place(row.area) + own } else { String::new() },
                if periods { self.text(&row.when.label()) } else { String::new() },
                self.value(row),
                self.basis(row),
                row.figure
                    .before
                    .filter(|_| !row.figure.suppressed)
                    .map(|value| self.plain(row.key.measure, value))
                    .unwrap_or_default(),
                self.change(row),
            ]);
        }
        Grid { right: [false, false, false, true, false, true, true], lines }
    }

    /// Names a measure and its part.
    fn name(&self, row: &Row) -> String {
        let title = self.text(&row.key.measure.title());
        let part = row.key.measure.by().zip(row.key.member);
        part.map_or(title.clone(), |(by, member)| format!("{title} · {}", self.text(&by.label(member, &self.edition.workflows))))
    }

    fn value(&self, row: &Row) -> String {
        if row.figure.suppressed {
            return self.say("有效票太少，不公布", "withheld").to_owned();
        }
        self.plain(row.key.measure, row.figure.value)
    }

    /// Writes a value with its unit.
    fn plain(&self, measure: Measure, value: Value) -> String {
        let Some(number) = value.number() else { return "—".to_owned() };
        match measure.unit() {
            Unit::Percent => format!("{number:.1}%"),
            Unit::Money => language::amount(number),
            Unit::Days => {
                format!("{} {}", number.normalize(), self.say("天", if number == Decimal::ONE { "day" } else { "days" }))
            }
            Unit::Of(zh, _) => format!("{}{}", signless(number), self.say(&format!(" {zh}"), "")),
        }
    }

    /// Writes both numbers of a share, or how days are spread.
    fn basis(&self, row: &Row) -> String {
        match row.figure.value {
            _ if row.figure.suppressed => String::new(),
            Value::Share { part, whole } => format!("{} / {}", signless(part), signless(whole)),
            Value::Days(s) => match self.language {
                Language::Chinese => {
                    format!("{} 件；最短 {}，四分位 {}–{}，最长 {}", s.n, s.shortest, s.lower, s.upper, s.longest)
                }
                Language::English => {
                    format!("n = {}; {} to {}, quartiles {} and {}", s.n, s.shortest, s.longest, s.lower, s.upper)
                }
            },
            Value::Number(_) | Value::Nothing => {
                row.key.member.filter(|_| row.key.measure.unit() == Unit::Money).unwrap_or_default().to_owned()
            }
        }
    }

    /// Writes by how much the figure differs from the year before.
    fn change(&self, row: &Row) -> String {
        let Some(difference) = row.figure.difference else { return String::new() };
        let sign = if difference > Decimal::ZERO { "+" } else { "" };
        match row.key.measure.unit() {
            Unit::Money => format!("{sign}{}", language::amount(difference)),
            Unit::Percent => format!("{sign}{}{}", signed(&format!("{difference:.1}")), self.say(" 个百分点", " points")),
            Unit::Of(..) | Unit::Days => format!("{sign}{}", signed(&signless(difference))),
        }
    }

    /// Names the records that a figure counts.
    fn opened(&self, row: &Row) -> String {
        let facts = self.facts(row);
        let mut out = String::new();
        for fact in facts.iter().take(MOST_RECORDS) {
            let record = self.edition.register.get(fact.record);
            let path = fact.path(self.edition);
            let path = if path.is_empty() { path } else { format!("  {path}") };
            let amount = if fact.amount == Decimal::ONE { String::new() } else { format!("  {}", fact.amount.normalize()) };
            let day = if fact.date == jiff::civil::Date::MIN { String::new() } else { format!("{}  ", fact.date) };
            let _ = writeln!(out, "    {day}{}{path}{amount}", record.id);
        }
        if facts.len() > MOST_RECORDS {
            let more = facts.len() - MOST_RECORDS;
            let text = crate::text!("    还有 {more} 条，见 --format csv\n", "    and {more} more, see --format csv\n");
            out.push_str(text.get(self.language));
        }
        out
    }

    /// Gives the id and the definition of each measure, once.
    fn definitions(&self) -> String {
        let mut out = String::new();
        let mut last = None;
        for measure in self.rows.iter().map(|row| row.key.measure) {
            if last.replace(measure) != Some(measure) {
                let gap = if out.is_empty() { "\n" } else { "" };
                let (title, definition) = (self.text(&measure.title()), self.text(&measure.definition()));
                let id = measure.id();
                let named = crate::text!("{title}（{id}）：{definition}", "{title} ({id}): {definition}");
                let _ = writeln!(out, "{gap}{}", named.get(self.language));
            }
        }
        out
    }
}

/// Writes a whole number with commas; anything else as it is.
fn signless(number: Decimal) -> String {
    let number = number.normalize();
    match u64::try_from(number) {
        Ok(whole) if number.is_integer() => language::number(whole, Language::English),
        _ => number.to_string(),
    }
}

/// Writes a true minus sign.
fn signed(number: &str) -> String {
    number.replace('-', "−")
}

/// Names a period as the command line takes it.
pub(super) fn period(when: When) -> String {
    when.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn double_width_characters_are_aligned() {
        let line = |a: &str, b: &str| [a.to_owned(), b.to_owned(), String::new()];
        let grid = Grid {
            right: [false, true, false],
            lines: vec![line("指标", "数值"), line("a", "1,000"), line("到会率", "87.1%")],
        };
        assert_eq!(grid.write(), ["指标     数值", "a       1,000", "到会率  87.1%"]);
    }
}
