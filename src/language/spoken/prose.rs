//! Texts that somebody wrote, with their figures as they are spoken.
//!
//! A figure is spoken where what stands around it says what it is: a unit, a per cent sign, a date. Any other (a standard, a
//! ratio, a plot number) may mean several things and is left to the announcer, who knows.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::{Language, month_name};
use super::{chinese, english};

/// Speaks the figures in a text where it is certain what they mean.
pub fn text(written: &str, language: Language) -> String {
    Reader { written, at: 0, out: String::with_capacity(written.len()), language, every: false }.read()
}

/// Speaks the figures in a text of our own words (a rule's message), in which a bare number is a number.
pub fn own(written: &str, language: Language) -> String {
    Reader { written, at: 0, out: String::with_capacity(written.len()), language, every: true }.read()
}

/// Speaks the times of day in a text.
pub(super) fn hours(written: &str, language: Language) -> String {
    let mut out = String::with_capacity(written.len());
    let (mut rest, mut before) = (written, None);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (plain, from) = rest.split_at(start);
        let end = token_end(from);
        let after = &from[end..];
        push_between(&mut out, plain, before.is_some(), language);
        before = clock(&from[..end]);
        match before {
            Some((hour, minute)) => out.push_str(&spoken_time(hour, minute, plain, written, (after, language))),
            None => out.push_str(&from[..end]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Speaks one time of a text: in Chinese the part of the day is said with the first of a range, in English with the last.
fn spoken_time(hour: u8, minute: u8, plain: &str, written: &str, (after, language): (&str, Language)) -> String {
    let at = written.len() - after.len();
    match language {
        Language::Chinese => {
            let head = written[..at].rsplit_once(plain).map_or("", |(head, _)| head);
            let earlier = is_dash(plain).then(|| last_clock(head)).flatten();
            chinese::time(hour, minute, earlier)
        }
        Language::English => {
            let dash = after.chars().next().filter(|c| is_dash(&c.to_string()));
            let next = dash.map(|dash| &after[dash.len_utf8()..]).and_then(|next| clock(&next[..token_end(next)]));
            english::time(hour, minute, next.map(|(hour, _)| hour))
        }
    }
}

/// Returns the hour of the time with which a text ends.
fn last_clock(text: &str) -> Option<u8> {
    let start = text
        .rfind(|c: char| !(c.is_ascii_digit() || c == ':'))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    clock(&text[start..]).map(|(hour, _)| hour)
}

/// Adds what stands before a time: a dash between two of them is spoken, a blank after Chinese is not.
fn push_between(out: &mut String, plain: &str, after_time: bool, language: Language) {
    match language {
        Language::Chinese if after_time && is_dash(plain) => out.push('到'),
        Language::English if after_time && is_dash(plain) => out.push_str(" to "),
        Language::Chinese => out.push_str(plain.trim_end_matches(' ')),
        Language::English => out.push_str(plain),
    }
}

/// Reads `8:00`, `16:30`.
fn clock(token: &str) -> Option<(u8, u8)> {
    let (hour, minute) = token.split_once(':')?;
    let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (h, m): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    (figures(hour) && figures(minute) && minute.len() == 2 && h < 24 && m < 60).then_some((h, m))
}

fn is_dash(text: &str) -> bool {
    matches!(text.trim(), "-" | "–" | "—" | "——" | "～" | "~" | "至" | "到" | "to")
}

/// Returns where the word at the beginning of a text ends: letters and digits, and marks between them.
fn token_end(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let joins = matches!(c, '.' | ',' | ':' | '/' | '-') && text[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if !c.is_ascii_alphanumeric() && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// A figure as it was written.
#[derive(Clone, Copy)]
struct Figure<'t> {
    written: &'t str,
    value: Decimal,
}

impl<'t> Figure<'t> {
    /// Reads `40`, `1,460`, `9.6`; nothing else, and no number that begins with a needless zero.
    fn read(written: &'t str) -> Option<Self> {
        let (whole, decimals) = written.split_once('.').unwrap_or((written, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut groups = whole.split(',');
        let first = groups.next().filter(|first| digits(first) && (*first == "0" || !first.starts_with('0')))?;
        let grouped = whole.contains(',');
        let even = groups.all(|group| group.len() == 3 && digits(group)) && (!grouped || first.len() <= 3);
        if !even || !digits(decimals) {
            return None;
        }
        Some(Self { written, value: written.replace(',', "").parse().ok()? })
    }

    /// Returns the number where it is whole.
    fn whole(self) -> Option<u128> {
        let plain = !self.written.contains('.') && !self.value.is_sign_negative();
        plain.then(|| self.value.trunc().mantissa().unsigned_abs())
    }

    /// Returns the number of a year.
    fn year(self) -> Option<u128> {
        self.whole().filter(|year| self.written.len() == 4 && (1900..=2100).contains(year))
    }

    fn is(self, range: std::ops::RangeInclusive<u128>) -> bool {
        self.whole().is_some_and(|n| range.contains(&n))
    }
}

/// Speaks the figures of one text.
struct Reader<'t> {
    written: &'t str,
    at: usize,
    out: String,
    language: Language,
    every: bool,
}

impl<'t> Reader<'t> {
    fn read(mut self) -> String {
        while let Some(c) = self.rest().chars().next() {
            if !c.is_ascii_alphanumeric() {
                self.out.push(c);
                self.at += c.len_utf8();
                continue;
            }
            let token = &self.rest()[..token_end(self.rest())];
            if let Some((spoken, length)) = self.figure(token) {
                self.say(&spoken, length);
            } else {
                self.out.push_str(token);
                self.at += token.len();
            }
        }
        self.out
    }

    fn rest(&self) -> &'t str {
        &self.written[self.at..]
    }

    /// Adds what is spoken for the next `length` bytes; Chinese needs no blanks around it.
    fn say(&mut self, spoken: &str, length: usize) {
        self.at += length;
        if self.language == Language::Chinese {
            let end = self.out.trim_end_matches(' ').len();
            if !self.out[..end].ends_with(|c: char| c.is_ascii_alphanumeric()) {
                self.out.truncate(end);
            }
            let blanks = self.rest().len() - self.rest().trim_start_matches(' ').len();
            if !self.rest()[blanks..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
                self.at += blanks;
            }
        }
        self.out.push_str(spoken);
    }

    /// Speaks what begins with a word: what is said, and the length of what it stands for.
    fn figure(&self, token: &'t str) -> Option<(String, usize)> {
        if let Some(day) = iso(token) {
            return Some((super::date(day, self.language), token.len()));
        }
        let after = &self.rest()[token.len()..];
        match self.language {
            Language::Chinese => self.chinese(token, after),
            Language::English => self.english(token, after),
        }
    }

    fn chinese(&self, token: &'t str, after: &'t str) -> Option<(String, usize)> {
        if let Some((from, to)) = token.split_once('-') {
            let (from, to) = (Figure::read(from)?, Figure::read(to)?);
            let (end, length) = self.measured(to, after)?;
            return Some((range(from, &end, to, after), token.len() + length));
        }
        let figure = Figure::read(token)?;
        if let Some((skipped, to)) = partner(after) {
            let beyond = &after[skipped + to.written.len()..];
            if let Some((end, length)) = self.measured(to, beyond) {
                return Some((range(figure, &end, to, beyond), token.len() + skipped + to.written.len() + length));
            }
        }
        let (spoken, length) = self.measured(figure, after)?;
        Some((spoken, token.len() + length))
    }

    /// Speaks a figure by what follows it in Chinese: what is said, and how much of what follows that includes.
    fn measured(&self, figure: Figure<'t>, after: &'t str) -> Option<(String, usize)> {
        let unit = after.trim_start_matches(' ');
        let blanks = after.len() - unit.len();
        let said = |spoken: String, of_unit: usize| Some((spoken, blanks + of_unit));
        let whole = figure.whole();
        if self.out.trim_end().ends_with('第') {
            return said(chinese::cardinal(whole?), 0);
        }
        let of_year = unit.starts_with('年') || self.out.ends_with('〔') && unit.starts_with('〕');
        if let Some(year) = figure.year().filter(|_| of_year) {
            return said(chinese::digits(&year.to_string(), '〇'), 0);
        }
        for (sign, length) in [("%", 1), ("％", 3)] {
            if unit.starts_with(sign) {
                return said(super::percent(figure.value, Language::Chinese), length);
            }
        }
        if let Some((value, length)) = scaled(figure, unit) {
            let money = unit[length..].starts_with('元');
            let spoken = if money { super::money(value, "CNY", Language::Chinese) } else { counted(value) };
            return said(spoken, length + if money { '元'.len_utf8() } else { 0 });
        }
        if unit.starts_with('元') && figure.value.scale() <= 2 {
            return said(super::money(figure.value, "CNY", Language::Chinese), '元'.len_utf8());
        }
        if unit.starts_with('月') && !figure.is(1..=12) || unit.starts_with('日') && !figure.is(1..=31) {
            return None;
        }
        if unit.starts_with(ORDER) {
            return said(chinese::cardinal(whole?), 0);
        }
        let measured = UNITS.iter().any(|known| unit.starts_with(known)) || unit.starts_with(MEASURES);
        (measured || self.every).then(|| (counted(figure.value), if measured { blanks } else { 0 }))
    }

    fn english(&self, token: &'t str, after: &'t str) -> Option<(String, usize)> {
        let (blank, next) = next_word(after);
        if matches!(token, "CNY" | "RMB") {
            let figure = Figure::read(next).filter(|figure| figure.value.scale() <= 2)?;
            return Some((super::money(figure.value, "CNY", Language::English), token.len() + blank + next.len()));
        }
        if is_month(token) {
            let year = Figure::read(next).and_then(Figure::year)?;
            return Some((format!("{token} {}", english::year(year)), token.len() + blank + next.len()));
        }
        let figure = Figure::read(token)?;
        if let Some((skipped, to)) = partner(after) {
            let beyond = &after[skipped + to.written.len()..];
            if let Some((end, length)) = self.counted(to, beyond) {
                let begin = english_number(figure);
                return Some((format!("{begin} to {end}"), token.len() + skipped + to.written.len() + length));
            }
        }
        let (spoken, length) = self.counted(figure, after)?;
        Some((spoken, token.len() + length))
    }

    /// Speaks a figure by what follows it in English.
    fn counted(&self, figure: Figure<'t>, after: &'t str) -> Option<(String, usize)> {
        if after.starts_with('%') {
            return Some((super::percent(figure.value, Language::English), 1));
        }
        let (blank, next) = next_word(after);
        if figure.is(1..=31) && is_month(next) {
            return Some(day_and_month(figure.whole()?, next, &after[blank + next.len()..], blank + next.len()));
        }
        if let Some((_, one, many)) = SHORT.iter().find(|(short, ..)| *short == next && blank > 0) {
            let unit = if figure.value == Decimal::ONE { one } else { many };
            return Some((format!("{} {unit}", english_number(figure)), blank + next.len()));
        }
        let known = blank > 0 && COUNTED.contains(&next.trim_end_matches('s'));
        (known || self.every).then(|| (english_number(figure), 0))
    }
}

/// Speaks a day and its month, and the year where it follows.
fn day_and_month(day: u128, month: &str, after: &str, length: usize) -> (String, usize) {
    let spoken = format!("the {} of {month}", english::ordinal(day));
    let (blank, next) = next_word(after);
    match Figure::read(next).and_then(Figure::year) {
        Some(year) => (format!("{spoken} {}", english::year(year)), length + blank + next.len()),
        None => (spoken, length),
    }
}

/// Units of which a number says which one it is, not how many there are.
const ORDER: [char; 7] = ['月', '日', '号', '组', '期', '届', '楼'];

/// Measure words and units of more than one character.
const UNITS: [&str; 9] = ["摄氏度", "平方", "立方", "千", "公", "小时", "分钟", "工作日", "毫米"];

/// Measure words and units of one character, or that begin with it.
const MEASURES: [char; 62] = [
    '人', '户', '名', '盏', '米', '亩', '吨', '岁', '处', '座', '个', '次', '天', '票', '份', '项', '条', '件', '只', '台', '套',
    '眼', '角', '分', '家', '间', '层', '棵', '株', '车', '辆', '度', '周', '位', '头', '本', '张', '块', '根', '桶', '袋', '箱',
    '升', '克', '斤', '里', '步', '倍', '批', '片', '院', '所', '道', '口', '栋', '幢', '桌', '年', '秒', '餐', '顿', '匹',
];

/// Words that a number counts in English, without their plural.
const COUNTED: [&str; 40] = [
    "metre",
    "kilometre",
    "kilogram",
    "tonne",
    "hectare",
    "mu",
    "litre",
    "household",
    "person",
    "people",
    "resident",
    "villager",
    "delegate",
    "member",
    "vote",
    "day",
    "week",
    "month",
    "year",
    "hour",
    "minute",
    "yuan",
    "copie",
    "notice",
    "opinion",
    "step",
    "lamp",
    "light",
    "point",
    "meal",
    "place",
    "seat",
    "item",
    "time",
    "village",
    "group",
    "working",
    "expert",
    "comment",
    "page",
];

/// Units that are written short in English.
const SHORT: [(&str, &str, &str); 6] = [
    ("m", "metre", "metres"),
    ("km", "kilometre", "kilometres"),
    ("kg", "kilogram", "kilograms"),
    ("t", "tonne", "tonnes"),
    ("ha", "hectare", "hectares"),
    ("kW", "kilowatt", "kilowatts"),
];

fn is_month(word: &str) -> bool {
    (1..=12).any(|month| month_name(month) == word)
}

/// Returns the blanks after a figure and the word that follows.
fn next_word(after: &str) -> (usize, &str) {
    let word = after.trim_start_matches(' ');
    (after.len() - word.len(), &word[..token_end(word)])
}

/// Finds the second figure of a range: how much stands between, and the figure.
fn partner(after: &str) -> Option<(usize, Figure<'_>)> {
    let trimmed = after.trim_start_matches(' ');
    let dash = trimmed.find(|c: char| c.is_ascii_digit()).filter(|at| is_dash(&trimmed[..*at]) && *at > 0)?;
    let skipped = after.len() - trimmed.len() + dash;
    let figure = Figure::read(&after[skipped..][..token_end(&after[skipped..])])?;
    Some((skipped, figure))
}

/// Speaks a range in Chinese of which the end is spoken already.
fn range(from: Figure<'_>, end: &str, to: Figure<'_>, after: &str) -> String {
    let unit = after.trim_start_matches(' ');
    let begin = match from.year().filter(|_| to.year().is_some() && unit.starts_with('年')) {
        Some(year) => chinese::digits(&year.to_string(), '〇'),
        None if unit.starts_with(['%', '％']) => super::percent(from.value, Language::Chinese),
        None => super::decimal(from.value, Language::Chinese),
    };
    format!("{begin}至{end}")
}

/// Multiplies a figure by the 万 or 亿 that follows it: the value, and the length of what it took in.
fn scaled(figure: Figure<'_>, unit: &str) -> Option<(Decimal, usize)> {
    let (by, length) = match unit.chars().next()? {
        '万' if !unit.starts_with("万分之") => (10_000, '万'.len_utf8()),
        '亿' => (100_000_000, '亿'.len_utf8()),
        _ => return None,
    };
    Some((figure.value.checked_mul(Decimal::from(by))?.normalize(), length))
}

/// Speaks a number that counts something in Chinese.
fn counted(value: Decimal) -> String {
    if value == Decimal::TWO { "两".to_owned() } else { super::decimal(value, Language::Chinese) }
}

fn english_number(figure: Figure<'_>) -> String {
    super::decimal(figure.value, Language::English)
}

/// Reads `2026-03-18`.
fn iso(token: &str) -> Option<Date> {
    (token.len() == 10 && token.as_bytes().get(4) == Some(&b'-')).then(|| token.parse().ok()).flatten()
}
