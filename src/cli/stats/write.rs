//! Figures as CSV (RFC 4180) and as JSON: numbers plain, days and ids as the records write them.

use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::table::period;
use super::{Row, Sheet};
use crate::language::Text;
use crate::statistics::{Fact, Unit, Value};

/// The columns of a sheet of figures.
const FIGURES: [&str; 20] = [
    "measure",
    "part",
    "title",
    "area",
    "itself",
    "period",
    "as_of",
    "value",
    "unit",
    "numerator",
    "denominator",
    "n",
    "lower_quartile",
    "upper_quartile",
    "shortest",
    "longest",
    "year_before",
    "difference",
    "withheld",
    "definition",
];

/// The columns of a sheet of what figures count.
const FACTS: [&str; 8] = ["measure", "part", "area", "period", "date", "record", "path", "amount"];

impl Sheet<'_> {
    /// Writes one line a figure, or one line for each thing that it counts.
    pub(super) fn csv(&self) -> String {
        if self.records {
            let lines = self.rows.iter().flat_map(|row| self.facts(row).into_iter().map(move |fact| self.fact_line(row, fact)));
            return csv(FACTS.map(str::to_owned), lines);
        }
        csv(FIGURES.map(str::to_owned), self.rows.iter().map(|row| self.figure_line(row)))
    }

    fn figure_line(&self, row: &Row) -> [String; 20] {
        let figure = &row.figure;
        let shown = Some(figure.value).filter(|_| !figure.suppressed);
        let (part, whole) = match shown {
            Some(Value::Share { part, whole }) => (plain(part), plain(whole)),
            _ => Default::default(),
        };
        let days = match shown {
            Some(Value::Days(s)) => [s.lower, s.upper, s.shortest, s.longest].map(|day| day.to_string()),
            _ => Default::default(),
        };
        let [lower, upper, shortest, longest] = days;
        let before = figure.before.filter(|_| !figure.suppressed).and_then(Value::number);
        [
            row.key.measure.id().to_owned(),
            row.key.member.unwrap_or_default().to_owned(),
            row.key.measure.title().get(self.language).to_owned(),
            row.area.to_owned(),
            row.own.to_string(),
            period(row.when),
            self.statistics.as_of().to_string(),
            shown.and_then(Value::number).map(plain).unwrap_or_default(),
            unit(row).get(self.language).to_owned(),
            part,
            whole,
            figure.n.to_string(),
            lower,
            upper,
            shortest,
            longest,
            before.map(plain).unwrap_or_default(),
            figure.difference.map(plain).unwrap_or_default(),
            figure.suppressed.to_string(),
            row.key.measure.definition().get(self.language).to_owned(),
        ]
    }

    fn fact_line(&self, row: &Row, fact: &Fact) -> [String; 8] {
        [
            row.key.measure.id().to_owned(),
            self.statistics.member_of(fact).unwrap_or_default().to_owned(),
            self.statistics.area_of(fact).to_owned(),
            period(row.when),
            day(fact),
            self.edition.register.get(fact.record).id.clone(),
            fact.path(self.edition),
            plain(fact.amount),
        ]
    }

    /// Writes the figures as one JSON object.
    pub(super) fn json(&self) -> String {
        let rows: Vec<Json> = self.rows.iter().map(|row| self.figure_json(row)).collect();
        format!("{:#}\n", json!({"as_of": self.statistics.as_of().to_string(), "figures": rows}))
    }

    fn figure_json(&self, row: &Row) -> Json {
        let (measure, figure) = (row.key.measure, &row.figure);
        let mut out = json!({
            "measure": measure.id(),
            "part": row.key.member,
            "title": measure.title(),
            "definition": measure.definition(),
            "unit": unit(row),
            "area": row.area,
            "itself": row.own,
            "period": period(row.when),
            "value": value(figure.value, figure.suppressed),
            "n": figure.n,
            "year_before": figure.before.map(|before| value(before, figure.suppressed)),
            "difference": figure.difference.map(number),
            "withheld": figure.suppressed,
        });
        let keys = if figure.suppressed { Map::new() } else { details(figure.value) };
        if let Some(out) = out.as_object_mut() {
            out.extend(keys);
            if self.records {
                out.insert("records".to_owned(), self.facts(row).into_iter().map(|fact| self.fact_json(fact)).collect());
            }
        }
        out
    }

    fn fact_json(&self, fact: &Fact) -> Json {
        json!({
            "record": self.edition.register.get(fact.record).id,
            "path": fact.path(self.edition),
            "date": Some(day(fact)).filter(|day| !day.is_empty()),
            "part": self.statistics.member_of(fact),
            "amount": number(fact.amount),
        })
    }
}

/// Returns the unit of a figure; that of money is its currency.
fn unit(row: &Row) -> Text {
    match row.key.measure.unit() {
        Unit::Money => row.key.member.map(|currency| Text::new(currency, currency)).unwrap_or_default(),
        unit => unit.text(),
    }
}

/// Returns both numbers of a share, or how days are spread.
fn details(value: Value) -> Map<String, Json> {
    let mut keys = Map::new();
    match value {
        Value::Share { part, whole } => {
            keys.insert("numerator".to_owned(), number(part));
            keys.insert("denominator".to_owned(), number(whole));
        }
        Value::Days(s) => {
            let days = json!({"shortest": s.shortest, "lower_quartile": s.lower, "median": number(s.median), "upper_quartile": s.upper, "longest": s.longest});
            keys.insert("days".to_owned(), days);
        }
        Value::Number(_) | Value::Nothing => {}
    }
    keys
}

fn value(value: Value, withheld: bool) -> Json {
    value.number().filter(|_| !withheld).map_or(Json::Null, number)
}

/// Returns the day of a fact; a place has none.
fn day(fact: &Fact) -> String {
    if fact.date == jiff::civil::Date::MIN { String::new() } else { fact.date.to_string() }
}

/// Writes a number without needless zeros.
fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// Makes a JSON number of the same digits.
fn number(number: Decimal) -> Json {
    serde_json::from_str(&plain(number)).unwrap_or(Json::Null)
}

/// Writes lines as RFC 4180 has them: fields with commas, quotation marks or line breaks in quotation marks.
pub(super) fn csv<const N: usize>(head: [String; N], lines: impl Iterator<Item = [String; N]>) -> String {
    let field = |text: &String| {
        if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    let line = |cells: [String; N]| cells.iter().map(field).collect::<Vec<_>>().join(",") + "\r\n";
    std::iter::once(head).chain(lines).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let line = |a: &str, b: &str| [a.to_owned(), b.to_owned()];
        let text = csv(line("a", "b"), [line("x,y", "say \"no\""), line("两行\n", "")].into_iter());
        assert_eq!(text, "a,b\r\n\"x,y\",\"say \"\"no\"\"\"\r\n\"两行\n\",\r\n");
    }

    #[test]
    fn numbers_keep_their_digits() {
        assert_eq!(number(Decimal::new(8_710, 2)).to_string(), "87.1");
        assert_eq!(number(Decimal::from(-3)).to_string(), "-3");
    }
}
