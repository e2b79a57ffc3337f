//! The tables of a report: figures beside the year before, what was decided, places, steps, and matters under way.

use crate::language::Text;
use crate::print::sheet::window::Window;
use crate::print::view::report::{Align, Block, Column, Table};
use crate::register::RecordIx;
use crate::site::statistics::words;
use crate::site::{bars, parts};
use crate::statistics::{Figure, Key, Measure, Part, Unit, Value, When};
use crate::text;

/// How many rows a table of records has; the site has them all.
const ROWS: usize = 60;

/// The figures of the table, in its order.
const FIGURES: [Measure; 30] = [
    Measure::Opinions,
    Measure::OpinionsSettledShare,
    Measure::MatterOpinions,
    Measure::Meetings,
    Measure::Attendance,
    Measure::Matters,
    Measure::Voted,
    Measure::Resolved,
    Measure::ResolvedShare,
    Measure::Approval,
    Measure::Completed,
    Measure::DaysToResolution,
    Measure::DaysToCompletion,
    Measure::DaysToReply,
    Measure::TasksOnTimeShare,
    Measure::ReportsOnTimeShare,
    Measure::DisclosuresOnTimeShare,
    Measure::InquiriesOnTimeShare,
    Measure::ObligationsDoneShare,
    Measure::Surveys,
    Measure::Satisfaction,
    Measure::Visits,
    Measure::DelegateAttendance,
    Measure::Elections,
    Measure::Income,
    Measure::Expenditure,
    Measure::Balance,
    Measure::Accounts,
    Measure::Assessments,
    Measure::Findings,
];

/// Makes a column.
pub(super) fn column(w: &Window, text: &Text, align: Align) -> Column {
    Column { text: w.say(text), align }
}

/// Names a figure; the currency of money stands in the column of units.
fn label(w: &Window, key: Key) -> String {
    if key.measure.unit() == Unit::Money { w.scribe.text(&key.measure.title()) } else { words::label(w.scribe, key) }
}

/// Writes the figures of the period beside the year before; the columns of the year before stand only where there is one.
pub(super) fn figures(w: &Window) -> Option<Block> {
    let keys = FIGURES.into_iter().flat_map(|measure| keys(w, measure));
    let rows: Vec<(Key, Figure)> = keys.map(|key| (key, w.figure(key))).filter(|(_, figure)| says(figure)).collect();
    let compared = rows.iter().any(|(_, figure)| figure.before.is_some());
    let mut columns = vec![
        column(w, &text!("指标", "Figure"), Align::Words),
        column(w, &text!("单位", "Unit"), Align::Short),
        column(w, &text!("本期", "This period"), Align::Number),
    ];
    if compared {
        columns.push(column(w, &text!("上年同期", "Year before"), Align::Number));
        columns.push(column(w, &text!("增减", "Difference"), Align::Number));
    }
    let row = |(key, figure): &(Key, Figure)| {
        let mut row = vec![label(w, *key), words::unit(w.scribe, *key), words::with_numbers(w.scribe, figure)];
        if compared {
            row.extend([words::before(w.scribe, figure), words::difference(w.scribe, figure)]);
        }
        row
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: w.say(&text!("主要数据", "Main figures")),
            columns,
            rows,
            total: Vec::new(),
            note: note(w, compared),
        })
    })
}

/// Says how to read the table of figures.
fn note(w: &Window, compared: bool) -> String {
    let shares =
        w.say(&text!("率后面括号里是分子和分母；天数是中位数。", "Shares carry both of their numbers; days are medians."));
    if !compared || w.is_over() {
        return shares;
    }
    let open = w.say(&text!("上年同期算到上年同一天。", "The year before is counted up to the same day."));
    w.text([shares, open])
}

/// Returns the keys of a measure: itself, or each of its parts where those cannot be added up.
fn keys<'a>(w: &Window<'a>, measure: Measure) -> Vec<Key<'a>> {
    if measure.has_total() {
        return vec![measure.into()];
    }
    w.scribe.statistics.members(measure).into_iter().map(|member| Key::part(measure, member)).collect()
}

/// Whether a figure says anything, now or a year ago.
fn says(figure: &Figure) -> bool {
    let something = |value: Value| value.number().is_some_and(|n| !n.is_zero());
    !figure.suppressed && (something(figure.value) || figure.before.is_some_and(something))
}

/// Lists the matters that were put to a vote in the period, with the vote and what came of it.
pub(super) fn decided(w: &Window) -> Option<Block> {
    let mut matters: Vec<(jiff::civil::Date, RecordIx)> =
        w.facts(Measure::Voted).into_iter().map(|fact| (fact.date, fact.record)).collect();
    matters.sort_unstable();
    let below = !w.scribe.edition.register.children(w.area).is_empty();
    let mut columns = vec![
        column(w, &text!("表决日期", "Voted on"), Align::Short),
        column(w, &text!("事项", "Matter"), Align::Words),
        column(w, &text!("表决情况", "Vote"), Align::Short),
        column(w, &text!("结果", "Outcome"), Align::Short),
    ];
    if below {
        columns.insert(1, column(w, &text!("地方", "Place"), Align::Short));
    }
    let row = |(date, ix): &(jiff::civil::Date, RecordIx)| {
        let (vote, outcome) = vote(w, *ix);
        let mut row = vec![w.scribe.short_days(*date, None), w.scribe.title(*ix), vote, outcome];
        if below {
            row.insert(1, place(w, *ix));
        }
        row
    };
    let rows: Vec<Vec<String>> = matters.iter().take(ROWS).map(row).collect();
    let caption = w.say(&text!("付表决的事项", "Matters put to a vote"));
    (!rows.is_empty()).then(|| Block::Table(Table { caption, columns, rows, total: Vec::new(), note: rest(w, matters.len()) }))
}

/// Names the place of a record.
fn place(w: &Window, ix: RecordIx) -> String {
    w.scribe.place(&w.scribe.edition.register.get(ix).area).map(|place| place.text).unwrap_or_default()
}

/// Says the vote that decided a matter, and its outcome.
fn vote(w: &Window, ix: RecordIx) -> (String, String) {
    let words = parts::row(w.scribe, ix).vote.map(|vote| vote.words).unwrap_or_default();
    let outcome = w.scribe.edition.deciding_item(ix).and_then(|(meeting, at)| {
        let item = w.scribe.edition.register.get(meeting).meeting()?.items.get(at)?;
        item.outcome.map(|outcome| parts::outcome_tag(w.scribe, outcome).text)
    });
    (words, outcome.unwrap_or_default())
}

/// Says how many rows a table of records leaves out.
fn rest(w: &Window, all: usize) -> String {
    let n = all.saturating_sub(ROWS);
    if n == 0 {
        return String::new();
    }
    let (n, rows) = (w.scribe.number(n as u64), ROWS);
    w.say(&text!("这里列出 {rows} 项，其余 {n} 项见网站。", "Here are {rows}; the other {n} stand on the website."))
}

/// Lists the matters that are under way on the day of the edition, each with the step that it is at.
pub(super) fn under_way(w: &Window) -> Option<Block> {
    let matters = w.under_way();
    let below = !w.scribe.edition.register.children(w.area).is_empty();
    let mut columns = vec![
        column(w, &text!("事项", "Matter"), Align::Words),
        column(w, &text!("进度", "Progress"), Align::Words),
        column(w, &text!("状态", "State"), Align::Short),
    ];
    if below {
        columns.insert(0, column(w, &text!("地方", "Place"), Align::Short));
    }
    let row = |ix: &RecordIx| {
        let verdict = w.scribe.edition.verdict(*ix);
        let progress = verdict.map(|verdict| bars::progress_words(w.scribe, verdict)).unwrap_or_default();
        let state = parts::state(w.scribe, *ix).map(|tag| tag.text).unwrap_or_default();
        let mut row = vec![w.scribe.title(*ix), progress, state];
        if below {
            row.insert(0, place(w, *ix));
        }
        row
    };
    let rows: Vec<Vec<String>> = matters.iter().take(ROWS).map(row).collect();
    let caption = w.say(&text!("正在办理的事项", "Matters under way"));
    (!rows.is_empty()).then(|| Block::Table(Table { caption, columns, rows, total: Vec::new(), note: rest(w, matters.len()) }))
}

/// The figures of the table of places.
const OF_PLACES: [Measure; 7] = [
    Measure::Opinions,
    Measure::Meetings,
    Measure::Attendance,
    Measure::Resolved,
    Measure::Completed,
    Measure::TasksOnTimeShare,
    Measure::Findings,
];

/// Writes the figures of the places right below, what is filed in the place itself, and the whole.
pub(super) fn places(w: &Window) -> Option<Block> {
    let register = &w.scribe.edition.register;
    let children = register.children(w.area);
    let shown: Vec<Measure> = OF_PLACES.into_iter().filter(|measure| w.figure(*measure).n > 0).collect();
    if children.is_empty() || shown.is_empty() {
        return None;
    }
    let columns = std::iter::once(column(w, &text!("地方", "Place"), Align::Words))
        .chain(shown.iter().map(|measure| Column { text: w.say(&measure.title()), align: Align::Number }));
    let own = w.say(&text!("本级", "The place itself"));
    let mut rows: Vec<Vec<String>> = own_row(w, &shown, own).into_iter().collect();
    rows.extend(children.iter().map(|child| {
        let area = &register.get(*child).id;
        let cells = shown.iter().map(|measure| cell(w, Some(&w.figure_of(area, *measure))));
        std::iter::once(w.scribe.title(*child)).chain(cells).collect()
    }));
    let whole = shown.iter().map(|measure| cell(w, Some(&w.figure(*measure))));
    Some(Block::Table(Table {
        caption: w.say(&text!("各地数据", "Figures by place")),
        columns: columns.collect(),
        rows,
        total: std::iter::once(w.say(&text!("合计", "Total"))).chain(whole).collect(),
        note: w.say(&text!(
            "率由各地的分子和分母加起来重算，不是各地数字的平均。",
            "Shares of the whole are of the numbers added up, not means of the places’ shares."
        )),
    }))
}

/// Writes what is filed in the place itself; nothing where nothing is.
fn own_row(w: &Window, shown: &[Measure], label: String) -> Option<Vec<String>> {
    let own = |measure: &Measure| -> Option<Figure> {
        let parts: Vec<Part> = w.scribe.statistics.parts(w.area, When::During(w.period), *measure);
        parts.into_iter().find(|part| part.own).map(|part| part.figure)
    };
    let figures: Vec<Option<Figure>> = shown.iter().map(own).collect();
    let some = figures.iter().any(Option::is_some);
    some.then(|| std::iter::once(label).chain(figures.iter().map(|figure| cell(w, figure.as_ref()))).collect())
}

/// Writes a figure in a table of places.
fn cell(w: &Window, figure: Option<&Figure>) -> String {
    figure
        .filter(|figure| figure.value.number().is_some() && !figure.suppressed)
        .map_or_else(|| words::NOTHING.to_owned(), |figure| words::with_numbers(w.scribe, figure))
}

/// Writes how many matters completed each step of a procedure, and how many are at it.
pub(super) fn steps(w: &Window, workflow: &crate::workflow::Workflow) -> Option<Block> {
    let figure = |step: &crate::workflow::Step| {
        let key = format!("{}/{}", workflow.id, step.id);
        let done = w.figure(Key::part(Measure::StepsDone, &key));
        let at = w.at_step(&workflow.id, &step.id);
        (w.scribe.text(&step.title), done, at)
    };
    let steps: Vec<(String, Figure, u64)> = workflow.steps.iter().map(figure).collect();
    let compared = steps.iter().any(|(_, figure, _)| figure.before.is_some());
    let mut columns = vec![
        column(w, &text!("步骤", "Step"), Align::Words),
        column(w, &text!("本期完成（项）", "Matters that completed it"), Align::Number),
    ];
    if compared {
        columns.push(column(w, &text!("上年同期", "Year before"), Align::Number));
        columns.push(column(w, &text!("增减", "Difference"), Align::Number));
    }
    columns.push(column(w, &text!("正在这一步（项）", "Matters at it now"), Align::Number));
    let row = |(n, (title, figure, at)): (usize, &(String, Figure, u64))| {
        let n = n + 1;
        let mut row = vec![format!("{n}. {title}"), words::value(w.scribe, figure)];
        if compared {
            row.extend([words::before(w.scribe, figure), words::difference(w.scribe, figure)]);
        }
        row.push(w.scribe.number(*at));
        row
    };
    let says = steps.iter().any(|(_, figure, at)| *at > 0 || says(figure));
    let as_of = w.as_of();
    says.then(|| {
        Block::Table(Table {
            caption: w.say(&text!("各步骤办理情况", "Step by step")),
            columns,
            rows: steps.iter().enumerate().map(row).collect(),
            total: Vec::new(),
            note: w.say(&text!("“正在这一步”截至{as_of}。", "Matters at a step are those of {as_of}.")),
        })
    })
}
