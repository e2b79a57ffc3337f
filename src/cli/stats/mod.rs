//! `gongshi stats`: figures in the terminal, as a sheet or as JSON, and the records that each counts.

mod list;
mod table;
mod write;

use super::arguments::{By, Figures, Stats};
use super::terminal::Progress;
use super::{End, Failure, Session};
use crate::calendar::{Cycle, Period};
use crate::edition::Edition;
use crate::language::Text;
use crate::pipeline;
use crate::record::check::closest;
use crate::statistics::{Fact, Figure, Key, Measure, Statistics, When};

pub(super) fn run(command: &Stats, session: &mut Session) -> Result<End, Failure> {
    let progress = Progress::begin(Text::new("正在统计……", "counting …").get(session.language()));
    let checked = session.check(&command.site, command.as_of)?;
    let language = session.language();
    if checked.has_errors() {
        drop(progress);
        let message = Text::new(
            "记录有错误，不作统计；请先运行 `gongshi check`\n",
            "the records hold errors, so nothing is counted; see `gongshi check`\n",
        );
        session.terminal.tell(message.get(language))?;
        return Ok(End::Errors);
    }
    let edition = pipeline::edition(&checked);
    let statistics = Statistics::new(&edition).map_err(pipeline::Fault::Totals)?;
    let asked = Asked::new(command, &statistics)?;
    let rows = if command.list.is_some() { Vec::new() } else { asked.rows(&statistics) };
    drop(progress);
    let sheet = Sheet { edition: &edition, statistics: &statistics, language, rows, records: command.records };
    let text = match command.format {
        format if command.list.is_some() => {
            command.list.map(|what| sheet.list(what, asked.area, asked.when, format)).unwrap_or_default()
        }
        Figures::Table => sheet.table(),
        Figures::Csv => sheet.csv(),
        Figures::Json => sheet.json(),
    };
    session.terminal.print(&text)?;
    Ok(End::Good)
}

/// What is asked for, all of it known.
struct Asked<'a> {
    area: &'a str,
    when: When,
    keys: Vec<Key<'a>>,
    by: Option<By>,
}

/// One figure.
struct Row<'a> {
    key: Key<'a>,
    /// The path of the place; empty for all together.
    area: &'a str,
    /// Whether it is what is filed in the place itself, without what lies below.
    own: bool,
    when: When,
    figure: Figure,
}

/// All figures that were asked for.
struct Sheet<'a> {
    edition: &'a Edition,
    statistics: &'a Statistics,
    language: crate::language::Language,
    rows: Vec<Row<'a>>,
    /// Whether each figure is opened to its records.
    records: bool,
}

impl<'a> Asked<'a> {
    fn new(command: &'a Stats, statistics: &'a Statistics) -> Result<Self, Failure> {
        let area = command.area.trim_matches('/');
        if !statistics.areas().any(|known| known == area) {
            return Err(unknown(&crate::text!("没有区域 `{area}`", "there is no area `{area}`"), area, statistics.areas()));
        }
        let year = When::During(Period::of(Cycle::Year, statistics.as_of()));
        let keys = match command.measure.as_slice() {
            [] => Measure::ALL.iter().map(|measure| Key::from(*measure)).collect(),
            named => named.iter().map(|id| key(id, statistics)).collect::<Result<Vec<_>, _>>()?,
        };
        Ok(Self { area, when: command.period.unwrap_or(year), keys, by: command.by })
    }

    /// Looks each figure up; of all measures, those that have nothing to say are left out.
    fn rows(&self, statistics: &'a Statistics) -> Vec<Row<'a>> {
        self.keys
            .iter()
            .flat_map(|key| self.split(*key, statistics))
            .filter(|row| self.keys.len() < Measure::ALL.len() || says(row))
            .collect()
    }

    /// Splits a figure as asked.
    fn split(&self, key: Key<'a>, statistics: &'a Statistics) -> Vec<Row<'a>> {
        let row = |key: Key<'a>, when: When| {
            let figure = statistics.figure(self.area, when, key);
            Row { key, area: self.area, own: false, when, figure }
        };
        let keys = |split: bool| -> Vec<Key<'a>> {
            // Amounts in several currencies have no total.
            if key.member.is_none() && (split || !key.measure.has_total()) {
                statistics.members(key.measure).into_iter().map(|member| Key::part(key.measure, member)).collect()
            } else {
                vec![key]
            }
        };
        match self.by {
            None => keys(false).into_iter().map(|key| row(key, self.when)).collect(),
            Some(By::Part) => keys(true).into_iter().map(|key| row(key, self.when)).collect(),
            Some(By::Period) => {
                let periods = self.periods(statistics);
                keys(false)
                    .into_iter()
                    .flat_map(|key| periods.iter().map(move |when| (key, *when)))
                    .map(|(key, when)| row(key, when))
                    .collect()
            }
            Some(By::Area) => keys(false).into_iter().flat_map(|key| self.places(key, statistics)).collect(),
        }
    }

    /// Returns the figure of a place and those of its parts.
    fn places(&self, key: Key<'a>, statistics: &'a Statistics) -> Vec<Row<'a>> {
        let whole =
            Row { key, area: self.area, own: false, when: self.when, figure: statistics.figure(self.area, self.when, key) };
        let parts = statistics.parts(self.area, self.when, key).into_iter();
        std::iter::once(whole)
            .chain(parts.map(|part| Row { key, area: part.area, own: part.own, when: self.when, figure: part.figure }))
            .collect()
    }

    /// Returns the years of all dates, or the months of a period, up to the day of the site.
    fn periods(&self, statistics: &Statistics) -> Vec<When> {
        let periods: Vec<Period> = match self.when {
            When::Ever => statistics.years().iter().filter_map(|year| Period::parse(&format!("{year:04}"))).collect(),
            When::During(period) => period.parts(Cycle::Month),
        };
        periods.into_iter().filter(|period| period.first() <= statistics.as_of()).map(When::During).collect()
    }
}

/// Whether a figure has anything to say.
fn says(row: &Row) -> bool {
    row.figure.n > 0 || row.figure.before.and_then(crate::statistics::Value::number).is_some_and(|n| !n.is_zero())
}

/// Reads a measure, or a part of one.
fn key<'a>(id: &'a str, statistics: &Statistics) -> Result<Key<'a>, Failure> {
    let (name, _) = id.split_once(':').unwrap_or((id, ""));
    let Some(key) = Key::parse(id) else {
        let known = Measure::ALL.iter().map(|measure| measure.id());
        return Err(unknown(&crate::text!("没有指标 `{name}`", "there is no measure `{name}`"), name, known));
    };
    let members = statistics.members(key.measure);
    let usual = key.measure.by().map(crate::statistics::Dimension::members).unwrap_or_default();
    match key.member.filter(|member| !members.contains(member) && !usual.contains(member)) {
        None => Ok(key),
        Some(member) => {
            let message = crate::text!("指标 `{name}` 没有 `{member}` 这一部分", "the measure `{name}` has no part `{member}`");
            Err(unknown(&message, member, members.into_iter().chain(usual)))
        }
    }
}

/// Says that there is no such thing, and what may have been meant.
fn unknown<'k>(message: &Text, name: &str, known: impl Iterator<Item = &'k str>) -> Failure {
    let known: Vec<&str> = known.filter(|known| !known.is_empty()).collect();
    let failure = Failure::new(message.clone());
    if let Some(near) = closest(name, known.iter().copied()) {
        return failure.help(crate::text!("你是不是要写 `{near}`？", "did you mean `{near}`?"));
    }
    let list = known.into_iter().take(80).collect::<Vec<_>>().join(" ");
    failure.help(crate::text!("可用：{list}", "known: {list}"))
}

impl Sheet<'_> {
    /// Returns what a figure counts: of the place itself, or of all below it too.
    fn facts(&self, row: &Row) -> Vec<&Fact> {
        if row.own {
            self.statistics.facts(row.area, row.when, row.key)
        } else {
            self.statistics.facts_below(row.area, row.when, row.key)
        }
    }
}
