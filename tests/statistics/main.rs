//! The figures of the statistics, held to a second count of the raw files by another way, and to the sum of their parts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

mod count;
mod judged;
mod pages;
mod raw;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use count::{Count, Counts, first_day, last_day};
use gongshi::pipeline::{self, Checked};
use gongshi::source::{Files, SourceFile};
use gongshi::statistics::{Key, Measure, Method, Spread, Statistics, Value, When};
use gongshi::synth::{City, Request};
use jiff::civil::Date;
use rust_decimal::Decimal;

fn demonstration() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn count(checked: &Checked) -> Statistics {
    Statistics::new(&pipeline::edition(checked)).unwrap()
}

/// Whether a place is another or lies below it.
fn below(place: &str, area: &str) -> bool {
    area.is_empty() || place == area || place.starts_with(&format!("{area}/"))
}

/// Returns every period that is asked for.
fn periods(statistics: &Statistics) -> Vec<String> {
    let of_years = statistics.years().iter().flat_map(|year| statistics.periods(*year)).map(|period| period.to_string());
    std::iter::once("all".to_owned()).chain(of_years).collect()
}

/// What was counted anew, by measure and part; the empty part is the whole.
struct Anew<'c> {
    by: BTreeMap<(&'c str, &'c str), Vec<&'c Count>>,
    as_of: &'c str,
    /// The year of the earliest record.
    first: String,
}

/// The days from the first to the last, both included.
type Days<'d> = (&'d str, &'d str);

impl<'c> Anew<'c> {
    fn new(counts: &'c Counts) -> Self {
        let mut by: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for count in &counts.found {
            by.entry((count.measure, "")).or_default().push(count);
            if !count.part.is_empty() {
                by.entry((count.measure, count.part.as_str())).or_default().push(count);
            }
        }
        let stocks = ["places", "adopted", "delegates", "households-linked"];
        let dated = counts.found.iter().filter(|count| !stocks.contains(&count.measure));
        let first = dated.map(|count| count.day[..4].to_owned()).min().unwrap();
        Self { by, as_of: counts.as_of, first }
    }

    /// Returns what counts in a place and in the days.
    fn here(&self, measure: Measure, part: &str, area: &str, (from, to): Days) -> Vec<&'c Count> {
        let all = self.by.get(&(measure.id(), part)).into_iter().flatten().copied();
        all.filter(|count| below(&count.area, area) && *from <= *count.day && *count.day <= *to).collect()
    }

    fn number(&self, measure: Measure, part: &str, area: &str, days: Days) -> Decimal {
        match measure.method() {
            Method::Stock => self.here(measure, part, area, ("0000", days.1)).iter().map(|count| count.amount).sum(),
            Method::Level => {
                let mut last: BTreeMap<&str, (&str, Decimal)> = BTreeMap::new();
                for count in self.here(measure, part, area, ("0000", days.1)) {
                    let known = last.entry(&count.area).or_insert((&count.day, count.amount));
                    if known.0 <= count.day.as_str() {
                        *known = (&count.day, count.amount);
                    }
                }
                last.values().map(|(_, amount)| amount).sum()
            }
            _ => self.here(measure, part, area, days).iter().map(|count| count.amount).sum(),
        }
    }

    fn value(&self, measure: Measure, part: &str, area: &str, days: Days) -> Value {
        match measure.method() {
            Method::Share(of, out_of) => {
                let level = part.rsplit_once('/').map_or(part, |(_, level)| level);
                let whole = self.number(out_of, if measure == Measure::Coverage { level } else { part }, area, days);
                if whole.is_zero() {
                    return Value::Nothing;
                }
                Value::Share { part: self.number(of, part, area, days), whole }
            }
            Method::Days => {
                let here = self.here(measure, part, area, days);
                spread(here.iter().map(|count| count.amount).collect()).map_or(Value::Nothing, Value::Days)
            }
            _ => Value::Number(self.number(measure, part, area, days)),
        }
    }

    /// Returns what a period is compared with: the same a year earlier, as far as it has come.
    fn before(&self, measure: Measure, part: &str, area: &str, period: &str) -> Option<Value> {
        let earlier = |text: &str| format!("{}{}", text[..4].parse::<u32>().unwrap() - 1, &text[4..]);
        let before = earlier(period);
        let (from, to) = (first_day(&before), last_day(&before));
        let so_far = *last_day(period) > *self.as_of;
        let to = if so_far { earlier(self.as_of).replace("02-29", "02-28") } else { to };
        (from[..4] >= *self.first).then(|| self.value(measure, part, area, (&from, &to)))
    }
}

/// Describes days by counting how many do not exceed each.
fn spread(mut days: Vec<Decimal>) -> Option<Spread> {
    days.sort();
    let (shortest, longest) = (*days.first()?, *days.last()?);
    let exceeded_by = |day: Decimal| days.iter().filter(|other| **other > day).count();
    let within = |day: Decimal| days.len() - exceeded_by(day);
    let quartile = |quarters: usize| days.iter().copied().find(|day| within(*day) * 4 >= days.len() * quarters);
    let middle = if days.len().is_multiple_of(2) {
        (days[days.len() / 2 - 1] + days[days.len() / 2]) / Decimal::TWO
    } else {
        days[days.len() / 2]
    };
    let whole = |day: Decimal| i64::try_from(day).unwrap();
    Some(Spread {
        n: u32::try_from(days.len()).unwrap(),
        shortest: whole(shortest),
        lower: whole(quartile(1)?),
        median: middle,
        upper: whole(quartile(3)?),
        longest: whole(longest),
    })
}

/// Returns the parts of a measure that were counted anew; those of a share are of what it shares.
fn parts<'c>(anew: &Anew<'c>, measure: Measure) -> BTreeSet<&'c str> {
    let counted = if let Method::Share(of, _) = measure.method() { of } else { measure };
    let of_it = anew.by.keys().filter(|(id, part)| *id == counted.id() && !part.is_empty());
    if measure.by().is_none() { BTreeSet::new() } else { of_it.map(|(_, part)| *part).collect() }
}

#[test]
fn every_figure_of_the_demonstration_is_what_the_raw_files_count() {
    let day: Date = "2026-11-20".parse().unwrap();
    let checked = pipeline::check(demonstration(), Some(day), day).unwrap();
    let edition = pipeline::edition(&checked);
    let statistics = Statistics::new(&edition).unwrap();
    let site = raw::read(demonstration());
    let mut counts = Counts::of(&site, "2026-11-20");
    judged::add(&mut counts, &edition);
    let anew = Anew::new(&counts);
    let areas: Vec<&str> = std::iter::once("").chain(site.areas.iter().map(String::as_str)).collect();
    assert_eq!(areas, statistics.areas().collect::<Vec<_>>());
    let (mut compared, mut wrong) = (0, Vec::new());
    for measure in Measure::ALL {
        let parts = parts(&anew, *measure);
        if measure.by().is_some() {
            assert_eq!(statistics.members(*measure).into_iter().collect::<BTreeSet<_>>(), parts, "{measure:?}");
        }
        let whole = (measure.has_total() || parts.len() == 1) && *measure != Measure::Coverage;
        for part in parts.into_iter().chain(whole.then_some("")) {
            let key = if part.is_empty() { Key::from(*measure) } else { Key::part(*measure, part) };
            for area in &areas {
                for period in periods(&statistics) {
                    let figure = statistics.figure(area, When::parse(&period).unwrap(), key);
                    let ever = period == "all";
                    let days =
                        if ever { ("0000".to_owned(), "9999".to_owned()) } else { (first_day(&period), last_day(&period)) };
                    let value = anew.value(*measure, part, area, (&days.0, &days.1));
                    let before = if ever { None } else { anew.before(*measure, part, area, &period) };
                    let difference = before.and_then(|before| Some(value.number()? - before.number()?));
                    compared += 1;
                    if (figure.value, figure.before, figure.difference) != (value, before, difference) {
                        wrong.push(format!(
                            "{key} of `{area}` in {period}: {figure:?}, counted anew {value:?}, before {before:?}"
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
    assert!(compared > 80_000, "{compared}");
    let made = |measure: &&Measure| matches!(measure.method(), Method::Share(..));
    let missed: Vec<&str> = Measure::ALL
        .iter()
        .filter(|measure| !made(measure))
        .map(|measure| measure.id())
        .filter(|id| !anew.by.contains_key(&(*id, "")))
        .collect();
    assert!(missed.is_empty(), "the demonstration has nothing of {missed:?}");
}

#[test]
fn findings_are_those_of_the_check() {
    let day: Date = "2026-11-20".parse().unwrap();
    let checked = pipeline::check(demonstration(), Some(day), day).unwrap();
    let statistics = count(&checked);
    let mut by_rule: BTreeMap<&str, u64> = BTreeMap::new();
    let findings = checked.diagnostics.iter().filter(|one| one.severity == gongshi::diagnostic::Severity::Finding);
    for finding in findings {
        *by_rule.entry(&finding.rule).or_default() += 1;
    }
    assert_eq!(statistics.members(Measure::Findings), by_rule.keys().copied().collect::<Vec<_>>());
    for (rule, n) in by_rule {
        let figure = statistics.figure("", When::Ever, Key::part(Measure::Findings, rule));
        assert_eq!(figure.value, Value::Number(n.into()), "{rule}");
    }
}

/// Judges records that are not in files.
fn judged(records: Vec<(String, String)>) -> Checked {
    let mut files = Files::default();
    for (path, text) in records {
        files.add(SourceFile::new(path, text));
    }
    pipeline::check_files(files, &[], Vec::new(), None, "2026-12-31".parse().unwrap())
}

/// Writes a made-up city.
fn city(seed: u64, villages: u64) -> Vec<(String, String)> {
    city_of(Request { seed, villages, years: 2, faults: 15, ..Request::default() })
}

#[test]
fn a_total_is_the_sum_of_its_parts_in_made_up_cities() {
    for (seed, villages) in [(1, 3), (2, 14), (7, 25)] {
        let statistics = count(&judged(city(seed, villages)));
        let mut compared = 0;
        for measure in Measure::ALL.iter().filter(|measure| measure.adds_up()) {
            let members = statistics.members(*measure);
            let keys = members.iter().map(|member| Key::part(*measure, member));
            for key in keys.chain(measure.has_total().then_some(Key::from(*measure))) {
                for area in statistics.areas() {
                    for when in ["all", "2026", "2026-H1", "2025-Q4", "2026-05"].map(|text| When::parse(text).unwrap()) {
                        let whole = statistics.figure(area, when, key);
                        let parts = statistics.parts(area, when, key);
                        let sum: Decimal = parts.iter().filter_map(|part| part.figure.value.number()).sum();
                        assert_eq!(whole.value, Value::Number(sum), "{key} of `{area}` in {when}, seed {seed}");
                        assert_eq!(whole.n, parts.iter().map(|part| part.figure.n).sum::<u32>());
                        assert_eq!(whole.n as usize, statistics.facts_below(area, when, key).len());
                        compared += 1;
                    }
                }
            }
        }
        assert!(compared > 1000, "{compared}");
    }
}

#[test]
fn a_record_in_no_place_stops_the_build_with_its_name() {
    let mut files = city(1, 2);
    let meeting = "kind: opinions\nitems: [{no: 1, date: 2026-02-03, channel: card, text: 路灯不亮}]\n";
    files.push(("content/lost/opinions/2026-q1.yaml".to_owned(), meeting.to_owned()));
    let checked = judged(files);
    assert!(checked.diagnostics.iter().any(|one| one.rule == "identity/no-area"), "the check says so too");
    let mismatches = Statistics::new(&pipeline::edition(&checked)).unwrap_err();
    let opinions = mismatches.iter().find(|one| one.measure == Measure::Opinions).unwrap();
    assert_eq!((opinions.area.as_str(), opinions.total - opinions.parts), ("", Decimal::ONE));
    assert_eq!(opinions.record.as_deref(), Some("lost/opinions/2026-q1"));
    let message = pipeline::Fault::Totals(mismatches).message();
    assert!(message.zh.contains("`lost/opinions/2026-q1` 不属于任何区域"), "{}", message.zh);
    assert!(message.en.contains("`lost/opinions/2026-q1` lies in no area"), "{}", message.en);
}

#[test]
fn answers_of_the_few_are_in_no_total() {
    let place =
        |path: &str, level: &str| (format!("content/{path}/area.yaml"), format!("kind: area\nname: {path}\nlevel: {level}\n"));
    let survey = |path: &str, month: u8, [valid, satisfied, dissatisfied]: [u64; 3]| {
        let text = format!(
            "kind: survey\ntitle: 满意度\nperiod: 2026-{month:02}\ndate: 2026-{month:02}-15\nissued: 60\nreturned: {valid}\nvalid: {valid}\n\
             satisfied: {satisfied}\nmostly: 0\ndissatisfied: {dissatisfied}\n"
        );
        (format!("content/{path}/surveys/2026-{month:02}.yaml"), text)
    };
    let site = ("content/site.yaml".to_owned(), "kind: site\ntitle: 一镇\npublisher: 一镇\nlanguages: [zh-CN]\n".to_owned());
    let places = [place("town", "township"), place("town/few", "village"), place("town/many", "village")];
    // Nine of one village in March, fifty of the other; in June enough of both.
    let surveys = [
        survey("town/few", 3, [9, 7, 2]),
        survey("town/many", 3, [50, 40, 10]),
        survey("town/few", 6, [12, 12, 0]),
        survey("town/many", 6, [10, 5, 5]),
    ];
    let checked = judged(std::iter::once(site).chain(places).chain(surveys).collect());
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
    let statistics = count(&checked);
    let figure = |area: &str, when: &str, measure: Measure| statistics.figure(area, When::parse(when).unwrap(), measure);
    let share = |part: u64, whole: u64| Value::Share { part: part.into(), whole: whole.into() };
    let satisfaction = |area: &str, when: &str| figure(area, when, Measure::Satisfaction).value;
    assert!(figure("town/few", "2026-03", Measure::Satisfaction).suppressed);
    assert_eq!(satisfaction("town/few", "2026-03"), Value::Nothing);
    assert!(statistics.facts_below("town/few", When::parse("2026-03").unwrap(), Measure::Answers).is_empty());
    // Neither the place above less the other, nor the year less June, tells what the nine said.
    assert_eq!((satisfaction("town", "2026-03"), satisfaction("town/many", "2026-03")), (share(40, 50), share(40, 50)));
    assert_eq!((satisfaction("town/few", "2026"), satisfaction("town/few", "2026-06")), (share(12, 12), share(12, 12)));
    assert_eq!(satisfaction("town", "2026"), share(57, 72));
    // How many there were is told.
    assert_eq!(figure("town", "2026-03", Measure::BallotsValid).value, Value::Number(59.into()));
    assert_eq!(figure("town/few", "2026-03", Measure::Response).value, share(9, 60));
}

#[test]
fn the_reference_city_shows_the_figures_of_the_field() {
    let mut checked = judged(city_of(Request::default()));
    let statistics = count(&checked);
    let year = When::parse("2026").unwrap();
    let n = |key: Key| statistics.figure("", year, key);
    let number = |key: Key| n(key).value.number().unwrap().to_string();
    assert_eq!(number(Key::part(Measure::Places, "township")), "71");
    assert_eq!(number(Key::part(Measure::Places, "village")), "957");
    assert_eq!(number(Key::part(Measure::Adopted, "eight-step/village")), "834");
    assert_eq!(number(Key::part(Measure::Coverage, "eight-step/village")), "87.1");
    assert_eq!(number(Measure::Opinions.into()), "19280");
    assert_eq!(number(Key::part(Measure::Meetings, "village-congress")), "4034");
    let resolved = n(Key::part(Measure::Resolved, "village-congress"));
    assert_eq!(resolved.value, Value::Number(3576.into()));
    assert_eq!((resolved.before, resolved.difference), (Some(Value::Number(1159.into())), Some(2417.into())));
    let output = pages::planned(Path::new("city"), &mut checked);
    let words = pages::words(&pages::page(&output, "statistics/index.html"));
    let township = statistics.areas().find(|area| area.matches('/').count() == 2).unwrap().to_owned();
    let above: Vec<&str> = statistics.areas().filter(|area| !area.is_empty() && township.starts_with(*area)).collect();
    let folders = above.iter().flat_map(|area| [format!("{area}/index.html"), format!("statistics/{area}/2026.html")]);
    for path in folders.chain(["statistics/index.html".to_owned(), "index.html".to_owned()]) {
        let html = pages::page(&output, &path);
        assert!(html.len() <= 200_000, "{path} has {} bytes", html.len());
    }
    for shown in [
        "957 个村中的 834 个；目标不低于 90%，需 862 个，还差 28 个 87.1 %",
        "19,280 条",
        "召开会议：村民代表大会",
        "4,034 次",
        "形成决议：村民代表大会",
        "上年同期 1,159、+2,417 3,576 项",
    ] {
        assert!(words.contains(shown), "{shown}");
    }
}

/// Writes a whole made-up city.
fn city_of(request: Request) -> Vec<(String, String)> {
    let city = City::plan(request);
    let mut files: Vec<(String, String)> = (0..city.units()).flat_map(|unit| city.files(unit).0).collect();
    files.sort();
    files
}

/// Writes a figure as a page does: thousands apart, shares and their numbers, `–` for nothing.
fn shown(measure: Measure, value: Value) -> String {
    let apart = |number: Decimal| {
        let text = number.abs().normalize().to_string();
        let (whole, rest) =
            text.split_once('.').map_or((text.as_str(), String::new()), |(whole, rest)| (whole, format!(".{rest}")));
        let digits: Vec<char> = whole.chars().collect();
        let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
        format!("{}{}{rest}", if number.is_sign_negative() && !number.is_zero() { "−" } else { "" }, groups.join(","))
    };
    match value {
        Value::Nothing => "–".to_owned(),
        Value::Number(number) if measure.unit() == gongshi::statistics::Unit::Money => {
            let cents = (number * Decimal::ONE_HUNDRED).normalize().to_string().parse::<i64>().unwrap();
            format!("{}.{:02}", apart((cents / 100).into()), cents % 100)
        }
        Value::Number(number) => apart(number),
        Value::Days(spread) => apart(spread.median),
        Value::Share { part, whole } => {
            // Half up: of per mille twice, plus one, the half.
            let mille = (part * Decimal::from(2000) / whole + Decimal::ONE) / Decimal::TWO;
            let mille = mille.floor().to_string().parse::<i64>().unwrap();
            format!("{}.{} {}/{}", mille / 10, mille % 10, apart(part), apart(whole))
        }
    }
}

/// Names a figure as the anchors of the pages do.
fn anchor(measure: Measure, part: &str) -> String {
    let plain: String = part.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    if plain.is_empty() { format!("m-{}", measure.id()) } else { format!("m-{}-{plain}", measure.id()) }
}

#[test]
fn every_page_shows_the_figures_that_the_raw_files_count() {
    let day: Date = "2026-11-20".parse().unwrap();
    let mut checked = pipeline::check(demonstration(), Some(day), day).unwrap();
    let edition = pipeline::edition(&checked);
    let statistics = Statistics::new(&edition).unwrap();
    let site = raw::read(demonstration());
    let mut counts = Counts::of(&site, "2026-11-20");
    judged::add(&mut counts, &edition);
    let anew = Anew::new(&counts);
    let output = pages::planned(demonstration(), &mut checked);
    let mut keys: BTreeMap<String, (Measure, &str)> = BTreeMap::new();
    for measure in Measure::ALL {
        let parts = parts(&anew, *measure).into_iter().filter(|_| !measure.has_total());
        keys.extend(parts.chain(measure.has_total().then_some("")).map(|part| (anchor(*measure, part), (*measure, part))));
    }
    let (mut compared, mut wrong) = (0, Vec::new());
    for area in std::iter::once("").chain(site.areas.iter().map(String::as_str)) {
        for year in statistics.years().iter().map(ToString::to_string) {
            let folder = if area.is_empty() { "statistics".to_owned() } else { format!("statistics/{area}") };
            let path = if (area, year.as_str()) == ("", "2026") {
                "statistics/index.html".to_owned()
            } else {
                format!("{folder}/{year}.html")
            };
            let html = pages::page(&output, &path);
            for row in pages::figures(&html).into_values() {
                let (measure, part) = keys[&row.anchor];
                let value = anew.value(measure, part, area, (&first_day(&year), &last_day(&year)));
                let before = anew.before(measure, part, area, &year);
                let written = shown(measure, value);
                let (number, of) = written.split_once(' ').map_or((written.as_str(), ""), |(number, of)| (number, of));
                let both = of.split('/').all(|number| row.name.contains(number));
                let earlier = before.map(|before| shown(measure, before)).unwrap_or_default();
                let earlier = earlier.split_once(' ').map_or(earlier.clone(), |(share, _)| format!("{share}%"));
                compared += 1;
                if row.cells[0].split(' ').next() != Some(number) || !both || row.cells[1] != earlier {
                    wrong.push(format!(
                        "{path} {}: {:?} {:?}, counted anew {written}, {earlier}",
                        row.anchor, row.name, row.cells
                    ));
                }
            }
            let columns: Vec<String> =
                statistics.periods(year.parse().unwrap()).into_iter().map(|period| period.to_string()).collect();
            for row in pages::periods(&html) {
                let (measure, part) = keys[&row.anchor];
                // A row of a part names it after a colon; those are compared by the figures themselves.
                if part.is_empty() && row.name.contains('：') {
                    continue;
                }
                assert_eq!(row.cells.len(), columns.len() + 1, "{path} {}", row.anchor);
                for (period, cell) in columns.iter().zip(&row.cells[1..]) {
                    let written = shown(measure, anew.value(measure, part, area, (&first_day(period), &last_day(period))));
                    compared += 1;
                    if *cell != written {
                        wrong.push(format!("{path} {} {period}: {cell:?}, counted anew {written}", row.anchor));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
    assert!(compared > 8_000, "{compared}");
}
