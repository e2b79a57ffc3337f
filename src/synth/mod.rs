//! A city made up to measure with: valid records in the real formats, every one of them invented, the same for the same seed.
//!
//! [`City::plan`] decides how many records of what each place gets, so that the totals are exact; [`City::files`] then writes the
//! records of one place as text, independently of all others. Nothing is read and no clock is asked: [`crate::cli`] writes the
//! files.
//!
//! The totals of a whole city ([`WHOLE`]) are the reference figures of the field. What counts for them, and what does not:
//!
//! - *opinions*: every item of the registers of opinions dated in the year. Townships keep none; what they heard stands in the
//!   channels of their matters.
//! - *meetings*: meetings of village congresses. Village assemblies, party members' meetings and township committees are beside.
//! - *resolved*: matters of villages whose deciding vote by a congress lies in the year and passed. Matters voted down or put
//!   off, and those of townships, which a party committee decides, are beside.
//! - *adopted*: villages whose area names the eight-step method, out of all villages.

mod calendars;
mod flaw;
mod matter;
mod names;
mod random;
mod share;
mod topics;
mod township;
mod village;

use jiff::civil::{Date, date};

use crate::calendar::add_days;
use flaw::Flaw;
use names::PlaceName;
use random::Random;
use share::{chosen, scaled, uneven};

/// Writes a line of a record.
macro_rules! put {
    ($out:expr, $($arg:tt)*) => {{
        use std::fmt::Write as _;
        // Writing to a string cannot fail.
        let _ = writeln!($out, $($arg)*);
    }};
}
use put;

/// Totals of a city and one of its years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Townships.
    pub townships: u64,
    /// Villages.
    pub villages: u64,
    /// Villages that have adopted the eight-step method by the end of the year.
    pub adopted: u64,
    /// Opinions heard in the year.
    pub opinions: u64,
    /// Meetings of village congresses in the year.
    pub meetings: u64,
    /// Matters that village congresses resolved in the year.
    pub resolved: u64,
    /// Matters that they resolved in the year before.
    pub resolved_before: u64,
}

/// The reference figures of the field: a city of 957 villages.
pub const WHOLE: Totals = Totals {
    townships: 71,
    villages: 957,
    adopted: 834,
    opinions: 19_280,
    meetings: 4_034,
    resolved: 3_576,
    resolved_before: 1_159,
};

/// Counties of a whole city.
const COUNTIES: u64 = 6;
/// Matters voted down in a year, beside those that count.
const REJECTED: u64 = 150;
/// Matters under way at the end of the last year.
const UNDER_WAY: u64 = 150;
/// Villages whose congress resolved something in the year before the last.
const ACTIVE_BEFORE: u64 = 420;
/// Opinions of each year before the last.
const OPINIONS_BEFORE: u64 = 18_400;
/// Special meetings of congresses in each year before the last.
const SPECIAL_BEFORE: u64 = 60;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// The same seed gives the same bytes.
    pub seed: u64,
    /// Villages; all totals are in proportion to those of a whole city.
    pub villages: u64,
    /// Years of records, the last one included.
    pub years: u16,
    /// The last year; its last day is the day of the site.
    pub year: i16,
    /// Flawed matters, per cent of those resolved in the last year.
    pub faults: u64,
}

impl Default for Request {
    fn default() -> Self {
        Self { seed: 1, villages: WHOLE.villages, years: 1, year: 2026, faults: 0 }
    }
}

/// A record: its path below the folder of the site, and its text.
pub type File = (String, String);

/// What was planted into a city on purpose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    /// The file that must be reported.
    pub path: String,
    /// The rule that must report it.
    pub rule: &'static str,
}

/// A city as planned: how many of what each place gets.
#[derive(Debug, Clone)]
pub struct City {
    request: Request,
    totals: Totals,
    name: PlaceName,
    counties: Vec<PlaceName>,
    townships: Vec<Township>,
    villages: Vec<Village>,
}

/// A township as planned.
#[derive(Debug, Clone)]
struct Township {
    name: PlaceName,
    county: usize,
    /// `镇` or `乡`.
    level: &'static str,
    /// Its villages, by place in the list of all.
    villages: std::ops::Range<usize>,
}

/// A village as planned.
#[derive(Debug, Clone)]
struct Village {
    name: PlaceName,
    township: usize,
    /// The day on which it adopted the eight-step method.
    since: Option<Date>,
    /// The last year first.
    years: Vec<VillageYear>,
}

/// What a village does in a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct VillageYear {
    /// Whether it has records of every kind, and not only the matters that were resolved.
    full: bool,
    opinions: u64,
    /// Meetings of the congress beside the four of the quarters.
    special: u64,
    resolved: u64,
    rejected: bool,
    under_way: bool,
    /// What is wrong with its matters, in the order in which they are resolved.
    flaws: Vec<Option<Flaw>>,
}

impl City {
    /// Plans a city.
    pub fn plan(request: Request) -> Self {
        let totals = totals(request.villages);
        let mut random = Random::of(request.seed, &[0]);
        let counties = scaled(COUNTIES, totals.villages, WHOLE.villages).clamp(1, totals.townships);
        let mut names = names::places((1 + counties + totals.townships + totals.villages) as usize, &mut random).into_iter();
        let name = names.next().unwrap_or_else(|| PlaceName { zh: "新河".into(), folder: "xinhe".into() });
        let county_names = names.by_ref().take(counties as usize).collect();
        let sizes = at_least_one(totals.townships, counties as usize, &mut random);
        let county_of: Vec<usize> =
            sizes.iter().enumerate().flat_map(|(i, size)| std::iter::repeat_n(i, *size as usize)).collect();
        let sizes = at_least_one(totals.villages, totals.townships as usize, &mut random);
        let mut first = 0;
        let mut townships = Vec::with_capacity(sizes.len());
        for ((size, county), name) in sizes.iter().zip(county_of).zip(names.by_ref()) {
            let villages = first..first + *size as usize;
            first = villages.end;
            townships.push(Township { name, county, level: if random.chance(60) { "镇" } else { "乡" }, villages });
        }
        let township_of = townships.iter().enumerate().flat_map(|(i, township)| std::iter::repeat_n(i, township.villages.len()));
        let village = |(name, township)| Village { name, township, since: None, years: Vec::new() };
        let villages = names.zip(township_of).map(village).collect();
        let mut city = Self { request, totals, name, counties: county_names, townships, villages };
        city.divide(&mut random);
        city
    }

    /// Divides the totals among the villages.
    fn divide(&mut self, random: &mut Random) {
        let count = self.villages.len();
        let mut ranks: Vec<usize> = (0..count).collect();
        random.shuffle(&mut ranks);
        let adopted: Vec<usize> = ranks.into_iter().take(self.totals.adopted as usize).collect();
        let before = self.years_before();
        for (rank, village) in adopted.iter().enumerate() {
            self.villages[*village].since = Some(self.since(rank, before, random));
        }
        for back in 0..=before {
            let active = if back == 0 { &adopted[..] } else { &adopted[..self.active(back).min(adopted.len())] };
            let years = self.year(back, active, random);
            self.villages.iter_mut().zip(years).for_each(|(village, year)| village.years.push(year));
        }
        self.plant();
    }

    /// Returns how many years before the last have records.
    fn years_before(&self) -> u16 {
        self.request.years.saturating_sub(1).max(1)
    }

    /// Returns how many villages resolved something so many years before the last.
    fn active(&self, back: u16) -> usize {
        shrunk(scaled(ACTIVE_BEFORE, self.totals.villages, WHOLE.villages), back).max(1) as usize
    }

    /// Returns the day on which the village of a rank adopted the method: before the first year in which it resolved something.
    fn since(&self, rank: usize, before: u16, random: &mut Random) -> Date {
        let back = (1..=before).rev().find(|back| rank < self.active(*back)).unwrap_or(0);
        date(self.request.year - back.cast_signed() - 1, random.between(3, 12) as i8, 1)
    }

    /// Divides the totals of one year.
    fn year(&self, back: u16, active: &[usize], random: &mut Random) -> Vec<VillageYear> {
        let count = self.villages.len();
        let full = back < self.request.years;
        let scale = |total| scaled(total, self.totals.villages, WHOLE.villages);
        let (resolved, opinions, special) = match back {
            0 => (self.totals.resolved, self.totals.opinions, self.totals.meetings - 4 * self.totals.villages),
            _ => (shrunk(self.totals.resolved_before, back), scale(OPINIONS_BEFORE), scale(SPECIAL_BEFORE)),
        };
        let mut years = vec![VillageYear { full, ..VillageYear::default() }; count];
        let among = active.len();
        for (village, resolved) in active.iter().zip(uneven(resolved, among, 30, random)) {
            years[*village].resolved = resolved;
        }
        if full {
            let rejected = chosen(scale(REJECTED), among, random);
            let under_way = chosen(if back == 0 { scale(UNDER_WAY) } else { 0 }, among, random);
            for (i, village) in active.iter().enumerate() {
                years[*village].rejected = rejected[i];
                years[*village].under_way = under_way[i];
            }
            for (village, special) in years.iter_mut().zip(chosen(special, count, random)) {
                village.special = u64::from(special);
            }
        }
        let needed: Vec<u64> = years.iter().map(VillageYear::opinions_of_matters).collect();
        let rest = if full { opinions.saturating_sub(needed.iter().sum()) } else { 0 };
        for ((village, needed), more) in years.iter_mut().zip(needed).zip(uneven(rest, count, 40, random)) {
            village.opinions = needed + more;
        }
        years
    }

    /// Chooses the matters of the last year that are flawed, and how, evenly over all.
    fn plant(&mut self) {
        let (share, mut matter, mut planted) = (self.request.faults.min(100), 0, 0);
        for village in &mut self.villages {
            let Some(year) = village.years.first_mut() else { continue };
            for _ in 0..year.resolved {
                let flawed = (matter + 1) * share / 100 > matter * share / 100;
                year.flaws.push(flawed.then(|| Flaw::ALL[planted % Flaw::ALL.len()]));
                matter += 1;
                planted += usize::from(flawed);
            }
        }
    }

    /// Returns the totals that the records of the city add up to.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// Returns the number of units that [`City::files`] writes: the city itself, then each township, then each village.
    pub fn units(&self) -> usize {
        1 + self.townships.len() + self.villages.len()
    }

    /// Writes the records of one unit, and says what is wrong with them on purpose.
    pub fn files(&self, unit: usize) -> (Vec<File>, Vec<Planted>) {
        let townships = self.townships.len();
        match unit {
            0 => (self.top(), Vec::new()),
            unit if unit <= townships => (township::files(self, unit - 1), Vec::new()),
            unit => village::files(self, unit - 1 - townships),
        }
    }

    /// Returns the last day of the records.
    fn as_of(&self) -> Date {
        date(self.request.year, 12, 31)
    }

    /// Returns the last year.
    fn last(&self) -> i16 {
        self.request.year
    }

    /// Returns the year that lies some years before the last.
    fn years_back(&self, back: usize) -> i16 {
        self.last().saturating_sub_unsigned(u16::try_from(back).unwrap_or(u16::MAX))
    }

    /// Returns the folder of a township below `content`.
    fn township_path(&self, township: usize) -> String {
        let own = &self.townships[township];
        format!("{}/{}/{}", self.name.folder, self.counties[own.county].folder, own.name.folder)
    }

    /// Returns the folder of a village below `content`.
    fn village_path(&self, village: usize) -> String {
        let own = &self.villages[village];
        format!("{}/{}", self.township_path(own.township), own.name.folder)
    }

    /// Writes the site, the calendars, the city and its counties.
    fn top(&self) -> Vec<File> {
        let mut files = vec![("content/site.yaml".to_owned(), self.site())];
        for year in self.last() - self.years_before().cast_signed()..=self.last() + 1 {
            files.push((format!("content/calendar-{year}.yaml"), calendars::of(year)));
        }
        let city = &self.name;
        let text = format!(
            "kind: area\nname: {0}市\nlevel: city\ncode: \"239800000000\"\ndescription: {0}市辖 {1} 个县、{2} 个乡镇、{3} 个村，记录全部是虚构的。\n\
             contact: {{office: {0}市农业农村局, telephone: 0400-8000001}}\n",
            city.zh,
            self.counties.len(),
            self.townships.len(),
            self.villages.len(),
        );
        files.push((format!("content/{}/area.yaml", city.folder), text));
        for (i, county) in self.counties.iter().enumerate() {
            let townships = self.townships.iter().filter(|township| township.county == i).count();
            let text = format!(
                "kind: area\nname: {0}县\nlevel: county\ncode: \"2398{1:02}000000\"\ndescription: {0}县辖 {townships} 个乡镇。\n\
                 contact: {{office: {0}县农业农村局, telephone: 0400-80001{1:02}}}\n",
                county.zh,
                i + 1,
            );
            files.push((format!("content/{}/{}/area.yaml", city.folder, county.folder), text));
        }
        files
    }

    fn site(&self) -> String {
        let (city, year) = (&self.name.zh, self.last());
        format!(
            "# 虚构的城市，由 gongshi synth 生成，用于测试和测速。\ntitle: {city}市村级民主管理公开\n\
             description: {city}市各乡镇、村的议事决策、财务、考核和公开事项。记录全部是虚构的。\n\
             base_url: https://{folder}.example.org/\nlanguages: [zh-CN]\ntimezone: Asia/Shanghai\nas_of: {year}-12-31\n\
             publisher: {city}市农业农村局\nlicence: CC-BY-4.0\n\
             contact: {{office: {city}市农业农村局, telephone: 0400-8000001, hours: 周一至周五 8:30—17:00}}\n\
             supervision: {{office: {city}市纪委监委, telephone: 0400-8000002}}\nnames: surname\n\
             target:\n  coverage: {{of: villages, workflow: eight-step, at_least: 90%, by: {year}-12-31}}\n",
            folder = self.name.folder,
        )
    }
}

impl VillageYear {
    /// Returns how many opinions its matters need: one that is taken up and one that is merged with it.
    fn opinions_of_matters(&self) -> u64 {
        2 * (self.resolved + u64::from(self.rejected) + u64::from(self.under_way))
    }
}

/// Returns the totals of so many villages, in proportion to those of a whole city.
fn totals(villages: u64) -> Totals {
    let scale = |total| scaled(total, villages, WHOLE.villages);
    Totals {
        townships: scale(WHOLE.townships).max(1),
        villages,
        adopted: scale(WHOLE.adopted).max(1),
        opinions: scale(WHOLE.opinions),
        meetings: scale(WHOLE.meetings).max(4 * villages),
        resolved: scale(WHOLE.resolved),
        resolved_before: scale(WHOLE.resolved_before),
    }
}

/// Returns a total that shrinks by 6 per cent with each year before the year before the last.
fn shrunk(total: u64, back: u16) -> u64 {
    (1..back).fold(total, |total, _| total * 94 / 100)
}

/// Divides a total into parts of at least one.
fn at_least_one(total: u64, parts: usize, random: &mut Random) -> Vec<u64> {
    uneven(total.saturating_sub(parts as u64), parts, 40, random).into_iter().map(|part| part + 1).collect()
}

/// Returns a day so many days after another, before it where the number is negative.
fn day(date: Date, days: i64) -> Date {
    add_days(date, days)
}
