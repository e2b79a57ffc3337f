//! Lists beside the figures: what each place had to do in each period, what is overdue, and the results of assessments.

use std::cmp::Reverse;
use std::fmt::Display;

use serde_json::{Map, Value as Json, json};

use super::table::Grid;
use super::{Sheet, write};
use crate::calendar::Period;
use crate::cli::arguments::{Figures, List};
use crate::language::Text;
use crate::record::Assessment;
use crate::record::assessment::AssessmentResult;
use crate::record::choice::BodyClass;
use crate::register::RecordIx;
use crate::statistics::When;
use crate::text;
use crate::verdict::{Due, DueKind, DueState, DutyCell, DutyRow, DutyState, Responsible};

/// A column: its key in CSV and JSON, its heading in the terminal, whether it holds numbers.
type Column = (&'static str, (&'static str, &'static str), bool);

const MATRIX: [Column; 9] = [
    ("area", ("地方", "place"), false),
    ("item", ("应办事项", "item"), false),
    ("period", ("时期", "period"), false),
    ("state", ("状态", "state"), false),
    ("due", ("期限", "due"), false),
    ("done", ("办理日期", "done"), false),
    ("days", ("超期天数", "days over"), true),
    ("rule", ("规则", "rule"), false),
    ("record", ("记录", "record"), false),
];

const OVERDUE: [Column; 9] = [
    ("area", ("地方", "place"), false),
    ("kind", ("种类", "kind"), false),
    ("title", ("应办事项", "what"), false),
    ("due", ("期限", "due"), false),
    ("days", ("逾期天数", "days over"), true),
    ("responsible", ("责任单位", "responsible"), false),
    ("rule", ("规则", "rule"), false),
    ("record", ("记录", "record"), false),
    ("path", ("位置", "at"), false),
];

const RANKS: [Column; 9] = [
    ("area", ("地方", "place"), false),
    ("cycle", ("周期", "cycle"), false),
    ("period", ("时期", "period"), false),
    ("rank", ("名次", "rank"), true),
    ("rank_before", ("上期名次", "rank before"), true),
    ("subject", ("考核对象", "subject"), false),
    ("total", ("总分", "total"), true),
    ("grade", ("等次", "grade"), false),
    ("record", ("记录", "record"), false),
];

/// A cell: as CSV and JSON have it, and as the terminal shows it.
struct Cell {
    raw: String,
    shown: String,
}

impl From<String> for Cell {
    fn from(raw: String) -> Self {
        Self { shown: raw.clone(), raw }
    }
}

type Line = [Cell; 9];

impl Sheet<'_> {
    /// Writes a list of a place and all below it.
    pub(super) fn list(&self, what: List, area: &str, when: When, format: Figures) -> String {
        let (columns, lines) = match what {
            List::Matrix => (&MATRIX, self.matrix(area, when)),
            List::Overdue => (&OVERDUE, self.overdue(area)),
            List::Ranks => (&RANKS, self.ranks(area, when)),
        };
        match format {
            Figures::Table if lines.is_empty() => self.say("没有可列的\n", "there is nothing to list\n").to_owned(),
            Figures::Table => self.heading_of(area, (what != List::Overdue).then_some(when)) + &self.grid_of(columns, lines),
            Figures::Csv => {
                let lines = lines.into_iter().map(|line| line.map(|cell| cell.raw));
                write::csv(columns.map(|(key, ..)| key.to_owned()), lines)
            }
            Figures::Json => {
                let lines: Vec<Json> = lines.into_iter().map(|line| object(columns, line)).collect();
                format!("{:#}\n", json!({"as_of": self.statistics.as_of().to_string(), "lines": lines}))
            }
        }
    }

    fn grid_of(&self, columns: &[Column; 9], lines: Vec<Line>) -> String {
        let head = columns.map(|(_, (zh, en), _)| self.say(zh, en).to_owned());
        let lines = std::iter::once(head).chain(lines.into_iter().map(|line| line.map(|cell| cell.shown))).collect();
        Grid { right: columns.map(|(_, _, number)| number), lines }.write().join("\n") + "\n"
    }

    /// Names a place in the terminal, by its folder elsewhere.
    fn place_cell(&self, area: &str) -> Cell {
        Cell { raw: area.to_owned(), shown: self.place(area) }
    }

    fn text_cell(&self, raw: &dyn Display, text: &Text) -> Cell {
        Cell { raw: raw.to_string(), shown: self.text(text) }
    }

    /// Lists what each place had to do in each period that lies in the one asked for.
    fn matrix(&self, area: &str, when: When) -> Vec<Line> {
        let duties = self.edition.verdicts.duties();
        let rows = duties.rows().iter().filter(|row| within(&self.edition.register.get(row.area).id, area));
        let asked = |cell: &&DutyCell| inside(cell.period, when) && cell.state != DutyState::NotAsked;
        rows.flat_map(|row| row.cells.iter().filter(asked).map(|cell| self.duty_line(row, cell))).collect()
    }

    fn duty_line(&self, row: &DutyRow, cell: &DutyCell) -> Line {
        let (register, duties) = (&self.edition.register, self.edition.verdicts.duties());
        let days = cell.days_overdue(self.edition.as_of) + cell.days_late();
        let (state, label) = duty_state(cell.state);
        let done = |ix: RecordIx| register.get(ix).id.clone();
        [
            self.place_cell(&register.get(row.area).id),
            self.text(&duties.items()[row.item].title).into(),
            self.text_cell(&cell.period, &cell.period.label()),
            self.text_cell(&state, &label),
            cell.due.to_string().into(),
            cell.done.map(|(_, on)| on.to_string()).unwrap_or_default().into(),
            number(days),
            duties.rules()[cell.rule].rule.clone().into(),
            cell.done.map(|(ix, _)| done(ix)).unwrap_or_default().into(),
        ]
    }

    /// Lists what is overdue on the day of the site, the longest overdue first.
    fn overdue(&self, area: &str) -> Vec<Line> {
        let here = |due: &&Due| due.state == DueState::Overdue && within(&self.edition.register.get(due.record).area, area);
        let mut dues: Vec<&Due> = self.edition.verdicts.due().iter().filter(here).collect();
        dues.sort_by_key(|due| Reverse(due.days_overdue(self.edition.as_of)));
        dues.into_iter().map(|due| self.due_line(due)).collect()
    }

    fn due_line(&self, due: &Due) -> Line {
        let record = self.edition.register.get(due.record);
        let (kind, label) = due_kind(due.kind);
        let responsible = match &due.responsible {
            None => String::new().into(),
            Some(Responsible::Named(name)) => name.clone().into(),
            Some(Responsible::Class(class)) => {
                let known = BodyClass::ALL.iter().find(|known| known.name() == class);
                self.text_cell(class, &known.map_or_else(|| Text::new(class, class), |class| class.label()))
            }
        };
        [
            self.place_cell(&record.area),
            self.text_cell(&kind, &label),
            self.text(&due.title).into(),
            due.date.map(|date| date.to_string()).unwrap_or_default().into(),
            number(due.days_overdue(self.edition.as_of)),
            responsible,
            due.rule.clone().unwrap_or_default().into(),
            record.id.clone().into(),
            due.path.clone().into(),
        ]
    }

    /// Lists the results of the assessments of a period, the latest first, by rank, with the rank in the assessment of the period before.
    fn ranks(&self, area: &str, when: When) -> Vec<Line> {
        let all: Vec<(RecordIx, &Assessment)> =
            self.edition.published().filter_map(|(ix, record)| Some((ix, record.assessment()?))).collect();
        let area_of = |ix: RecordIx| self.edition.register.get(ix).area.as_str();
        let mut asked: Vec<_> = all.iter().filter(|(ix, one)| within(area_of(*ix), area) && inside(one.period, when)).collect();
        asked.sort_by_key(|(ix, one)| (area_of(*ix), Reverse(one.period.last()), one.period.first(), *ix));
        let mut lines = Vec::new();
        for (ix, assessment) in asked {
            let earlier = all.iter().find(|(other, before)| {
                (area_of(*other), before.cycle, before.period) == (area_of(*ix), assessment.cycle, assessment.period.previous())
            });
            let mut results: Vec<&AssessmentResult> = assessment.results.iter().collect();
            results.sort_by_key(|result| Reverse(result.total));
            let before = earlier.map(|(_, before)| *before);
            lines.extend(results.into_iter().map(|result| self.rank_line(*ix, assessment, result, before)));
        }
        lines
    }

    fn rank_line(&self, ix: RecordIx, assessment: &Assessment, result: &AssessmentResult, before: Option<&Assessment>) -> Line {
        let record = self.edition.register.get(ix);
        let earlier = before.and_then(|before| rank(before, &result.subject));
        let written = |rank: Option<usize>| rank.map(|rank| rank.to_string()).unwrap_or_default().into();
        [
            self.place_cell(&record.area),
            self.text_cell(&assessment.cycle.name(), &assessment.cycle.label()),
            self.text_cell(&assessment.period, &assessment.period.label()),
            written(rank(assessment, &result.subject)),
            written(earlier),
            result.subject.clone().into(),
            result.total.to_string().into(),
            result.grade.clone().into(),
            record.id.clone().into(),
        ]
    }
}

/// Returns the rank of a subject: one more than the number of higher totals, so that equal totals share a rank.
fn rank(assessment: &Assessment, subject: &str) -> Option<usize> {
    let total = assessment.results.iter().find(|result| result.subject == subject)?.total;
    Some(assessment.results.iter().filter(|other| other.total > total).count() + 1)
}

/// Whether a place is another or lies below it; every place lies below the empty path.
fn within(place: &str, area: &str) -> bool {
    area.is_empty() || place.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a period lies in the days asked for.
fn inside(period: Period, when: When) -> bool {
    match when {
        When::Ever => true,
        When::During(whole) => whole.contains(period.first()) && whole.contains(period.last()),
    }
}

/// Writes days; nothing for none.
fn number(days: i64) -> Cell {
    if days == 0 { String::new().into() } else { days.to_string().into() }
}

/// Names the state of a duty.
fn duty_state(state: DutyState) -> (&'static str, Text) {
    match state {
        DutyState::Done => ("done", text!("按期", "in time")),
        DutyState::Late => ("late", text!("超期办理", "late")),
        DutyState::Overdue => ("overdue", text!("逾期", "overdue")),
        DutyState::Due => ("due", text!("未到期", "due")),
        DutyState::ToCome => ("to-come", text!("未开始", "to come")),
        DutyState::NotAsked => ("not-asked", text!("不要求", "not asked")),
    }
}

/// Names what is due.
fn due_kind(kind: DueKind) -> (&'static str, Text) {
    match kind {
        DueKind::Task => ("task", text!("任务", "task")),
        DueKind::Answer => ("answer", text!("答复", "answer")),
        DueKind::Disclosure => ("disclosure", text!("公开事项", "disclosure")),
        DueKind::Cadence => ("cadence", text!("定期事项", "regular duty")),
        DueKind::Posting => ("posting", text!("公示", "posting")),
    }
}

/// Makes a JSON object of a line; what is not there is null.
fn object(columns: &[Column; 9], line: Line) -> Json {
    let cells = columns.iter().zip(line).map(|((key, _, number), cell)| {
        let value = match cell.raw.is_empty() {
            true => Json::Null,
            false if *number => serde_json::from_str(&cell.raw).unwrap_or(Json::String(cell.raw)),
            false => Json::String(cell.raw),
        };
        ((*key).to_owned(), value)
    });
    Json::Object(cells.collect::<Map<_, _>>())
}
