//! Finds identity numbers, mobile numbers and bank cards in text, and masks them.
//!
//! A hand-written scanner over runs of digits. Full-width digits, separators (blanks, hyphens, dots) and zero-width characters
//! inside a number are seen through; Chinese neighbours make no difference. Checksums and shapes keep area codes, dates,
//! amounts, office telephones, decimals and hashes out.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::language::Text;
use crate::source::yaml::{Node, Value};
use crate::source::{FileId, Span};
use crate::text;

/// What kind of number was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leak {
    /// An identity number: 18 digits by GB 11643, or the old 15.
    IdNumber,
    /// A mobile telephone number of mainland China.
    MobileNumber,
    /// A bank card, 16 to 19 digits with a Luhn check digit.
    BankCard,
}

impl Leak {
    /// Returns the rule that forbids it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::IdNumber => "privacy/id-number",
            Self::MobileNumber => "privacy/mobile-number",
            Self::BankCard => "privacy/bank-card",
        }
    }

    fn message(self) -> Text {
        match self {
            Self::IdNumber => text!("这里有身份证号码，不得公开", "an identity number stands here, which must not be published"),
            Self::MobileNumber => text!("这里有手机号码，不得公开", "a mobile number stands here, which must not be published"),
            Self::BankCard => text!("这里有银行卡号，不得公开", "a bank card number stands here, which must not be published"),
        }
    }
}

/// A number that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The place in the text, in bytes, from the first to the last digit.
    pub range: Range<usize>,
    /// What it is.
    pub what: Leak,
}

/// Finds every number that must not be published, in the order of the text.
pub fn scan(text: &str) -> Vec<Hit> {
    scan_all(text).0
}

/// Finds every number, and says whether a hiding mark follows a digit anywhere.
fn scan_all(text: &str) -> (Vec<Hit>, bool) {
    let (mut hits, mut groups, mut hides) = (Vec::new(), Vec::new(), false);
    let mut at = 0;
    while let Some(run) = next_run(text, at, &mut groups) {
        at = run.end;
        hides |= run.hides;
        if run.digits >= SHORTEST {
            scan_run(text, &groups, &mut hits);
        }
    }
    (hits, hides)
}

/// Reports every number of a file's text.
pub fn check(file: FileId, text: &str) -> Vec<Diagnostic> {
    check_except(file, text, &[])
}

/// Reports every number of a file's text but those inside `declared`: an office's telephone is published on purpose.
pub fn check_except(file: FileId, text: &str, declared: &[Span]) -> Vec<Diagnostic> {
    let is_declared = |hit: &Hit| {
        hit.what == Leak::MobileNumber
            && declared.iter().any(|span| span.range().start <= hit.range.start && hit.range.end <= span.range().end)
    };
    let (hits, hides) = scan_all(text);
    let hits = hits.into_iter().filter(|hit| !is_declared(hit));
    let whole = hits.map(|hit| diagnostic(hit.what, Span::new(file, hit.range)));
    let masked = hides.then(|| partly_masked(text)).into_iter().flatten();
    whole.chain(masked.map(|hit| partial(hit.what, Span::new(file, hit.range)))).collect()
}

/// Reports a number in the path of a file, which would become an address of the site.
pub fn check_path(file: FileId, path: &str) -> Vec<Diagnostic> {
    check_path_at(|| file, path)
}

/// Reports a number in a path at the file that `place` finds, which is only asked where there is one.
pub fn check_path_at(place: impl Fn() -> FileId, path: &str) -> Vec<Diagnostic> {
    let report = |what: Leak| {
        let place = Span::new(place(), 0..0);
        let (zh, en) = (what.message().zh, what.message().en);
        Diagnostic::error(what.rule(), place, text!("文件名或文件夹名：{zh}", "in the name of the file or its folder: {en}"))
            .help(text!("给文件改名，名字里不要有号码", "rename it without the number"))
    };
    scan(path).into_iter().map(|hit| report(hit.what)).collect()
}

/// Finds numbers of which an author hid only some digits (`2308**********1234`). Two such masks of one number can be joined.
fn partly_masked(text: &str) -> impl Iterator<Item = Hit> {
    let is_part = |c: char| digit(c).is_some() || is_hiding(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(start) = next_digit(text, at) {
            let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |i| start + i);
            // What begins with a hiding mark shows nothing that could be joined.
            let is_first = !text[at..start].ends_with(is_hiding);
            at = end;
            if let Some(what) = partly_masked_number(&text[start..end]).filter(|_| is_first) {
                return Some(Hit { range: start..end, what });
            }
        }
        None
    })
}

fn is_hiding(c: char) -> bool {
    matches!(c, '*' | '＊' | '●' | '•' | '■' | '×' | '✱')
}

/// Returns what a run of digits and hiding marks was before.
fn partly_masked_number(run: &str) -> Option<Leak> {
    if run.len() < SHORTEST {
        return None;
    }
    let hidden = run.chars().filter(|c| is_hiding(*c)).count();
    let digits: Vec<u8> = run.chars().map_while(digit).collect();
    if hidden < 3 || digits.len() < 3 {
        return None;
    }
    match run.chars().count() {
        15 | 17 | 18 if is_province(&digits) => Some(Leak::IdNumber),
        11 if digits[0] == 1 && digits[1] >= 3 => Some(Leak::MobileNumber),
        16..=19 if digits.len() >= 4 && has_card_prefix(&[&digits[..4], &[0; 12]].concat()) => Some(Leak::BankCard),
        _ => None,
    }
}

/// Says that a number is hidden in part: for identity numbers an error, no part of which may be published, else a warning.
fn partial(what: Leak, span: Span) -> Diagnostic {
    let (zh, en) = match what {
        Leak::IdNumber => ("身份证号码", "identity number"),
        Leak::MobileNumber => ("手机号码", "mobile number"),
        Leak::BankCard => ("银行卡号", "bank card number"),
    };
    let message = text!("这里的{zh}只遮盖了几位", "only some digits of this {en} are hidden");
    let help = text!(
        "把号码整个删去：两处遮盖的位数不同，就能拼回原来的号码",
        "remove the whole number: two masks that hide different digits give it away"
    );
    let severity = if what == Leak::IdNumber { Severity::Error } else { Severity::Warning };
    Diagnostic::new(if what == Leak::IdNumber { what.rule() } else { "privacy/partial-mask" }, severity, span, message).help(help)
}

/// Reports numbers that only appear once YAML has joined the lines of a value or key, or resolved its escapes, at the whole
/// scalar; `text` is the whole file. What [`check`] sees in the source is not reported twice.
pub fn check_values(text: &str, tree: &Node) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    visit(text, "", tree, &mut diagnostics);
    diagnostics
}

/// Reads a node below the key `key`, which may say what its numbers are (`账号`).
fn visit(source: &str, key: &str, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar { text, .. } => check_scalar(source, key, text, node.span, diagnostics),
        Value::List(items) => items.iter().for_each(|item| visit(source, key, item, diagnostics)),
        Value::Map(entries) => entries.iter().for_each(|(key, item)| {
            check_scalar(source, "", &key.text, key.span, diagnostics);
            visit(source, &key.text, item, diagnostics);
        }),
    }
}

fn check_scalar(source: &str, key: &str, value: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) {
    let raw = source.get(span.range()).unwrap_or("");
    if value.len() < SHORTEST || raw == value {
        return;
    }
    // A colon parts numbers, so that the key gives its words and nothing else.
    let in_context = |text: &str| scan(&format!("{key}: {text}"));
    let mut seen: Vec<Leak> = in_context(raw).into_iter().map(|hit| hit.what).collect();
    for hit in in_context(value) {
        match seen.iter().position(|what| *what == hit.what) {
            Some(i) => {
                seen.swap_remove(i);
            }
            None => diagnostics.push(diagnostic(hit.what, span)),
        }
    }
}

fn diagnostic(what: Leak, span: Span) -> Diagnostic {
    Diagnostic::error(what.rule(), span, what.message())
        .help(text!(
            "把号码整个删去，不要只遮盖几位；如果已经提交，git 历史里仍然保留，请联系管理员清除",
            "remove the whole number, do not hide a few digits only; once committed it stays in the git history, which has to be cleaned"
        ))
        .basis(text!("《个人信息保护法》第二十五条", "Personal Information Protection Law, art. 25"))
}

/// Replaces the digits of every number by `●`, two for a full-width digit, so that the text keeps its width.
pub fn mask(text: &str) -> Cow<'_, str> {
    let hits = scan(text);
    if hits.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len() + 40);
    let mut from = 0;
    for hit in hits {
        masked.push_str(&text[from..hit.range.start]);
        text[hit.range.clone()].chars().for_each(|c| masked.push_str(masked_char(c)));
        from = hit.range.end;
    }
    masked.push_str(&text[from..]);
    Cow::Owned(masked)
}

/// Returns what stands for a character of a number.
fn masked_char(c: char) -> &'static str {
    if c.is_ascii() || is_zero_width(c) || matches!(c, '\u{a0}' | '·') { "●" } else { "●●" }
}

/// Digits without a separator between them.
struct Group {
    /// How many digits.
    size: usize,
    range: Range<usize>,
    /// What stands before the group, where another group of the run stands before it.
    separator: Option<Separator>,
}

/// What stands between two groups of digits.
#[derive(Clone, Copy, PartialEq)]
struct Separator {
    /// Its first character.
    first: char,
    /// Whether it is that character alone.
    is_lone: bool,
}

impl Separator {
    /// Whether it is one hyphen or dot, which binds closer than a blank (`2026-03-18 13800138000`).
    fn is_tight(self) -> bool {
        self.is_lone && !is_blank(self.first)
    }
}

/// What [`next_run`] read.
struct Run {
    end: usize,
    /// How many digits.
    digits: usize,
    /// Whether a hiding mark follows.
    hides: bool,
}

/// The most separators in a row that one number may have.
const MAX_SEPARATORS: usize = 3;

/// Reads the next run of digits at or after `from` into `groups`, which have separators between them.
fn next_run(text: &str, from: usize, groups: &mut Vec<Group>) -> Option<Run> {
    groups.clear();
    let start = next_digit(text, from)?;
    let mut run = Run { end: start, digits: 0, hides: false };
    let (mut separator, mut separators) = (None, 0);
    let mut is_open = false;
    for (i, c) in text[start..].char_indices() {
        let at = start + i;
        match part(c) {
            Part::Digit => {
                if !is_open {
                    groups.push(Group { size: 0, range: at..at, separator });
                }
                run.end = at + c.len_utf8();
                run.digits += 1;
                if let Some(group) = groups.last_mut() {
                    group.size += 1;
                    group.range.end = run.end;
                }
                (is_open, separator, separators) = (true, None, 0);
            }
            Part::Separator => {
                is_open = false;
                let first = separator.map_or(c, |known: Separator| known.first);
                separator = Some(Separator { first, is_lone: separators == 0 });
                separators += 1;
                if separators > MAX_SEPARATORS {
                    break;
                }
            }
            Part::Nothing => {}
            Part::Other => {
                run.hides = is_hiding(c);
                break;
            }
        }
    }
    Some(run)
}

/// What a character is to a number.
enum Part {
    Digit,
    Separator,
    /// Not to be seen.
    Nothing,
    Other,
}

fn part(c: char) -> Part {
    match c {
        '0'..='9' => Part::Digit,
        ' ' | '\t' | '-' | '.' => Part::Separator,
        _ if c.is_ascii() => Part::Other,
        _ if digit(c).is_some() => Part::Digit,
        _ if is_separator(c) => Part::Separator,
        _ if is_zero_width(c) => Part::Nothing,
        _ => Part::Other,
    }
}

/// Returns the place of the next digit at or after `from`.
fn next_digit(text: &str, from: usize) -> Option<usize> {
    // Full-width digits begin with the byte EF, as other full-width signs do.
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(|byte| byte.is_ascii_digit() || *byte == 0xef)?;
        if bytes[at] != 0xef || matches!(bytes.get(at + 1..at + 3), Some([0xbc, 0x90..=0x99])) {
            return Some(at);
        }
        at += 1;
    }
}

/// Returns the value of an ASCII or full-width digit.
fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '０'..='９' => Some((u32::from(c) - u32::from('０')) as u8),
        _ => None,
    }
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn is_separator(c: char) -> bool {
    is_blank(c) || matches!(c, '-' | '－' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | '．' | '·' | '・')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200a}' | '\u{202f}')
}

/// The fewest digits that a number has.
const SHORTEST: usize = 11;

/// The most digits that a number has.
const LONGEST: usize = 19;

/// The most groups that one number is split into (18 single digits of an identity number, 19 of a card).
const MAX_GROUPS: usize = 19;

fn scan_run(text: &str, groups: &[Group], hits: &mut Vec<Hit>) {
    let mut first = 0;
    while first < groups.len() {
        match candidates(groups, first).rev().find_map(|last| number(text, groups, first, last)) {
            Some((hit, last)) => {
                hits.push(hit);
                first = last + 1;
            }
            None => first += 1,
        }
    }
}

/// Returns the last groups with which a number that begins with group `first` would have 11 to 19 digits.
fn candidates(groups: &[Group], first: usize) -> Range<usize> {
    let (mut digits, mut from, mut to) = (0, first, first);
    for (last, group) in groups.iter().enumerate().skip(first).take(MAX_GROUPS) {
        digits += group.size;
        if digits > LONGEST {
            break;
        }
        from = if digits < SHORTEST { last + 1 } else { from };
        to = last + 1;
    }
    from..to
}

/// Returns the number that the groups `first..=last` make together, with the last group it uses.
fn number(text: &str, groups: &[Group], first: usize, last: usize) -> Option<(Hit, usize)> {
    if is_part_of_decimal(groups, first, last) || is_part_of_row(groups, first, last) {
        return None;
    }
    let chosen = &groups[first..=last];
    let sizes: Vec<usize> = chosen.iter().map(|group| group.size).collect();
    let mut range = chosen[0].range.start..chosen[chosen.len() - 1].range.end;
    let digits: Vec<u8> = text[range.clone()].chars().filter_map(digit).collect();
    if !is_alone(text, &range) {
        return None;
    }
    let what = if let Some(end) = id_end(text, &digits, &sizes, &range) {
        range.end = end;
        Leak::IdNumber
    } else if is_bank_card(text, &digits, &sizes, &range) {
        Leak::BankCard
    } else {
        let prefix = mobile_prefix(&digits)?;
        let has_code = prefix > 0 && (sizes[0] == prefix || text[..range.start].ends_with(['+', '＋']));
        if !is_mobile_shape(text, &without_digits(&sizes, prefix), has_code, groups, first, last) {
            return None;
        }
        range.start = skip_digits(text, range.start, prefix);
        Leak::MobileNumber
    };
    Some((Hit { range, what }, last))
}

/// Returns the place behind `count` digits and the separators that follow them.
fn skip_digits(text: &str, start: usize, count: usize) -> usize {
    let digits = text[start..].char_indices().filter(|(_, c)| digit(*c).is_some());
    digits.map(|(i, _)| start + i).nth(count).unwrap_or(start)
}

/// Whether a dot ties the groups to another group of digits: `0.13800138000`, `13800138000.00`.
fn is_part_of_decimal(groups: &[Group], first: usize, last: usize) -> bool {
    // `1. 13800138000` is an item of a list: a decimal has no blank behind its dot.
    let is_dot = |group: &Group| matches!(group.separator, Some(Separator { first: '.' | '．', is_lone: true }));
    (first > 0 && is_dot(&groups[first])) || groups.get(last + 1).is_some_and(is_dot)
}

/// Whether the groups are single digits out of a longer row of single digits: a table, not a number.
fn is_part_of_row(groups: &[Group], first: usize, last: usize) -> bool {
    if first == last {
        return false;
    }
    let separator = |i: usize| groups.get(i).and_then(|group| group.separator);
    let is_single = |i: usize| groups.get(i).is_some_and(|group| group.size == 1);
    // Whether group `i` follows as a figure of the same row, where `inside` is a group within the number.
    let joins = |i: usize, inside: usize| is_single(i - 1) && is_single(i) && separator(i) == separator(inside);
    (first > 0 && joins(first, first + 1)) || joins(last + 1, last)
}

/// Whether no letters tie the number into a hash or a code. A word before or after it is fine (`tel13800138000`), unless it could
/// be hexadecimal.
fn is_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.as_bytes()[..range.start].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric());
    let after = text.as_bytes()[range.end..].iter().take_while(|byte| byte.is_ascii_alphanumeric());
    is_word(before) && is_word(after)
}

fn is_word<'a>(letters: impl Iterator<Item = &'a u8>) -> bool {
    let letters: Vec<u8> = letters.take(64).copied().collect();
    letters.is_empty()
        || (letters.iter().all(u8::is_ascii_alphabetic) && letters.iter().any(|letter| !letter.is_ascii_hexdigit()))
}

/// Whether the groups are a plausible way to write one number: unbroken, digit by digit, or in groups of at least `least`.
fn is_plausible(sizes: &[usize], least: usize) -> bool {
    sizes.len() == 1 || sizes.iter().all(|size| *size == 1) || (sizes.len() <= 6 && sizes.iter().all(|size| *size >= least))
}

/// Returns the end of an identity number that begins with the digits; a last `X` belongs to it.
fn id_end(text: &str, digits: &[u8], sizes: &[usize], range: &Range<usize>) -> Option<usize> {
    let with_x = (digits.len() == 17).then(|| check_letter(text, range.end)).flatten();
    let is_short_tail = sizes.len() > 1 && sizes.last() == Some(&1) && digits.len() == 18;
    let is_written = is_plausible(sizes, 2) || is_short_tail;
    if !is_written || !is_province(digits) {
        return None;
    }
    match (digits.len(), with_x) {
        (17, Some(end)) => is_id(text, digits, 10, range).then_some(end),
        (18, _) => is_id(text, &digits[..17], digits[17], range).then_some(range.end),
        (15, _) if is_old_id_shape(sizes) && !is_uniform(digits) => {
            is_date(1900 + number_of(&digits[6..8]), &digits[8..12]).then_some(range.end)
        }
        _ => None,
    }
}

/// Whether groups are the way that old identity numbers are written. They have no check digit, so that other groupings count as
/// amounts.
fn is_old_id_shape(sizes: &[usize]) -> bool {
    matches!(sizes, [15] | [6, 6, 3] | [6, 9]) || sizes.iter().all(|size| *size == 1)
}

/// Returns the end of an `X` that follows, with at most one separator between.
fn check_letter(text: &str, at: usize) -> Option<usize> {
    let mut rest = text[at..].char_indices().filter(|(_, c)| !is_zero_width(*c));
    let (mut i, mut c) = rest.next()?;
    if is_separator(c) {
        (i, c) = rest.next()?;
    }
    matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×').then(|| at + i + c.len_utf8())
}

/// Whether 17 digits and a check value are an identity number. Where the text says that it is one, a wrong check digit is taken
/// for a slip of the pen.
fn is_id(text: &str, body: &[u8], check: u8, range: &Range<usize>) -> bool {
    const WORDS: &[&str] = &["身份证", "证件号", "公民身份", "identity", "id card", "id number"];
    let year = number_of(&body[6..10]);
    let is_dated = (1880..=2099).contains(&year) && is_date(year, &body[10..14]);
    is_dated && (check_value(body) == check || has_word_nearby(text, range, WORDS))
}

/// Returns the check value of 17 digits by GB 11643 (ISO 7064 mod 11-2); 10 is written `X`.
fn check_value(body: &[u8]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    ((12 - sum % 11) % 11) as u8
}

/// Whether the first two digits are a province of GB/T 2260.
fn is_province(digits: &[u8]) -> bool {
    matches!(digits[0] * 10 + digits[1], 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91)
}

/// Whether all digits are the same.
fn is_uniform(digits: &[u8]) -> bool {
    digits.iter().all(|digit| *digit == digits[0])
}

/// Whether four digits are a month and a day of a year.
fn is_date(year: u32, month_day: &[u8]) -> bool {
    let (month, day) = (number_of(&month_day[..2]), number_of(&month_day[2..4]));
    jiff::civil::Date::new(year as i16, month as i8, day as i8).is_ok()
}

fn number_of(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |number, digit| number * 10 + u32::from(*digit))
}

/// Returns how many digits of a country code stand before a mobile number that fills the rest.
fn mobile_prefix(digits: &[u8]) -> Option<usize> {
    let prefix = match digits.len() {
        11 => 0,
        13 if digits.starts_with(&[8, 6]) => 2,
        15 if digits.starts_with(&[0, 0, 8, 6]) => 4,
        _ => return None,
    };
    (digits[prefix] == 1 && digits[prefix + 1] >= 3).then_some(prefix)
}

/// Returns the sizes of groups once their first `count` digits are taken away.
fn without_digits(sizes: &[usize], count: usize) -> Vec<usize> {
    let mut left = count;
    let rest = sizes.iter().map(|size| {
        let taken = left.min(*size);
        left -= taken;
        size - taken
    });
    rest.filter(|size| *size > 0).collect()
}

/// Whether groups are the way that mobile numbers are written: unbroken, digit by digit, or 3-4-4 that is no row of a table. Any
/// other grouping could as well be amounts, so that it takes a country code or a word nearby.
fn is_mobile_shape(text: &str, sizes: &[usize], has_code: bool, groups: &[Group], first: usize, last: usize) -> bool {
    const WORDS: &[&str] = &["手机", "电话", "联系", "微信", "号码", "mobile", "phone", "tel"];
    if sizes.len() == 1 || sizes.iter().all(|size| *size == 1) {
        return true;
    }
    if !is_plausible(sizes, 3) || is_tied(groups, first, last) {
        return false;
    }
    let is_told = has_code || has_word_nearby(text, &(groups[first].range.start..groups[last].range.end), WORDS);
    is_told || (sizes == [3, 4, 4] && is_apart(groups, first, last))
}

/// Whether the outer groups of a number written with blanks belong to something else: `150 2000 2026-03-18`.
fn is_tied(groups: &[Group], first: usize, last: usize) -> bool {
    let is_tight = |i: usize| groups.get(i).and_then(|group| group.separator).is_some_and(Separator::is_tight);
    !is_tight(first + 1) && (is_tight(first) || is_tight(last + 1))
}

/// Whether no further small figure stands in the same row as a number of three groups, unless as another such number.
fn is_apart(groups: &[Group], first: usize, last: usize) -> bool {
    let separator = |i: usize| groups.get(i).and_then(|group| group.separator);
    let inside = separator(first + 1);
    let is_in_row = |i: usize| separator(i).is_none_or(|known| Some(known) == inside);
    let is_small = |i: usize| groups[i].size < 7;
    let is_number =
        |from: usize| groups.get(from..from + 3).is_some_and(|three| three.iter().map(|group| group.size).eq([3, 4, 4]));
    let joins_before = first > 0 && separator(first) == inside && is_small(first - 1) && is_in_row(first - 1);
    let joins_after = last + 1 < groups.len() && separator(last + 1) == inside && is_small(last + 1) && is_in_row(last + 2);
    (!joins_before || (first >= 3 && is_number(first - 3))) && (!joins_after || is_number(last + 1))
}

/// Whether digits are a bank card: two of a known prefix, the Luhn check digit and a word nearby that says so. One alone is not
/// enough: Luhn passes one random number in ten.
fn is_bank_card(text: &str, digits: &[u8], sizes: &[usize], range: &Range<usize>) -> bool {
    const WORDS: &[&str] = &["卡号", "银行卡", "账号", "帐号", "账户", "帐户", "card", "account"];
    (16..=19).contains(&digits.len())
        && is_card_shape(sizes)
        && !is_uniform(digits)
        && [has_card_prefix(digits), is_luhn(digits), has_word_nearby(text, range, WORDS)]
            .into_iter()
            .filter(|sign| *sign)
            .count()
            >= 2
}

/// Whether groups are the way that cards are written: unbroken, digit by digit, fours, or six and the rest.
fn is_card_shape(sizes: &[usize]) -> bool {
    let (last, rest) = (sizes[sizes.len() - 1], &sizes[..sizes.len() - 1]);
    rest.is_empty()
        || sizes.iter().all(|size| *size == 1)
        || (rest.iter().all(|size| *size == 4) && last <= 7)
        || (rest == [6] && last >= 10)
}

/// Whether the number begins as a known scheme does and has its length (UnionPay, Visa, Mastercard, JCB, Discover,
/// and the cards that Chinese banks issued before UnionPay, with 60 and 9).
fn has_card_prefix(digits: &[u8]) -> bool {
    let four = number_of(&digits[..4]);
    match four / 100 {
        60 | 62 | 81 => true,
        // Not 18: codes of organisations (统一社会信用代码) have that length, begin with 9 and are published.
        90..=99 => matches!(digits.len(), 16 | 19),
        40..=49 => matches!(digits.len(), 16 | 19),
        51..=55 => digits.len() == 16,
        35 => (3528..=3589).contains(&four),
        _ => (2221..=2720).contains(&four) && digits.len() == 16,
    }
}

/// Whether the last digit is the Luhn check digit of the others.
fn is_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits.iter().rev().enumerate().map(|(i, digit)| luhn_part(*digit, i % 2 == 1)).sum();
    sum.is_multiple_of(10)
}

fn luhn_part(digit: u8, is_doubled: bool) -> u32 {
    let value = u32::from(digit) * if is_doubled { 2 } else { 1 };
    if value > 9 { value - 9 } else { value }
}

/// Whether one of the words stands on the same line, at most 24 characters before the number or 8 after it.
fn has_word_nearby(text: &str, range: &Range<usize>, words: &[&str]) -> bool {
    let before: String = text[..range.start].chars().rev().take(24).take_while(|c| *c != '\n').collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[range.end..].chars().take(8).take_while(|c| *c != '\n').collect();
    let nearby = format!("{before}\n{after}").to_lowercase();
    words.iter().any(|word| nearby.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml;

    /// Writes each hit as its kind and text.
    fn found(text: &str) -> Vec<(Leak, &str)> {
        scan(text).into_iter().map(|hit| (hit.what, &text[hit.range])).collect()
    }

    #[track_caller]
    fn assert_found(what: Leak, text: &str, number: &str) {
        assert_eq!(found(text), [(what, number)], "{text:?}");
    }

    /// Identity numbers that GB 11643 itself or its test programs use, for no person.
    const ID: &str = "11010519491231002X";
    const ID_DIGITS: &str = "440524188001010014";

    #[test]
    fn identity_numbers_are_found_however_they_are_written() {
        assert_found(Leak::IdNumber, &format!("身份证{ID}。"), ID);
        assert_found(Leak::IdNumber, &format!("编号{ID_DIGITS}的"), ID_DIGITS);
        assert_found(Leak::IdNumber, "11010519491231002x", "11010519491231002x");
        assert_found(Leak::IdNumber, "110105 19491231 002X", "110105 19491231 002X");
        assert_found(Leak::IdNumber, "110105-1949-12-31-002X", "110105-1949-12-31-002X");
        assert_found(Leak::IdNumber, "110105　1949　1231　002Ｘ", "110105　1949　1231　002Ｘ");
        assert_found(Leak::IdNumber, "１１０１０５１９４９１２３１００２Ｘ", "１１０１０５１９４９１２３１００２Ｘ");
        assert_found(Leak::IdNumber, "110105\u{200b}19491231002X", "110105\u{200b}19491231002X");
        assert_found(Leak::IdNumber, "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X");
        assert_found(Leak::IdNumber, "旧号110105491231002", "110105491231002");
    }

    #[test]
    fn a_wrong_check_digit_counts_only_where_the_text_says_identity_number() {
        assert_eq!(found("110105194912310021"), []);
        assert_found(Leak::IdNumber, "身份证号：110105194912310021", "110105194912310021");
    }

    #[test]
    fn impossible_provinces_and_dates_are_no_identity_numbers() {
        assert_eq!(found("身份证 990105194912310021"), []);
        assert_eq!(found("身份证 110105194913310021"), []);
        assert_eq!(found("110105493231002"), []);
    }

    #[test]
    fn mobile_numbers_are_found_however_they_are_written() {
        assert_found(Leak::MobileNumber, "手机13800138000联系", "13800138000");
        assert_found(Leak::MobileNumber, "138 0013 8000", "138 0013 8000");
        assert_found(Leak::MobileNumber, "138-0013-8000", "138-0013-8000");
        assert_found(Leak::MobileNumber, "138.0013.8000", "138.0013.8000");
        assert_found(Leak::MobileNumber, "１３８００１３８０００", "１３８００１３８０００");
        assert_found(Leak::MobileNumber, "+8613800138000", "13800138000");
        assert_found(Leak::MobileNumber, "+86 138 0013 8000", "138 0013 8000");
        assert_found(Leak::MobileNumber, "0086-13800138000", "13800138000");
        assert_found(Leak::MobileNumber, "1 3 8 0 0 1 3 8 0 0 0", "1 3 8 0 0 1 3 8 0 0 0");
        assert_found(Leak::MobileNumber, "tel13800138000", "13800138000");
        assert_found(Leak::MobileNumber, "2026-03-18 13800138000。", "13800138000");
        assert_found(Leak::MobileNumber, "电话:13800138000.", "13800138000");
        assert_eq!(found("13800138000、13912345678 15012345678").len(), 3);
    }

    #[test]
    fn bank_cards_need_two_of_prefix_check_digit_and_word() {
        assert_found(Leak::BankCard, "6222020000000000018 转账", "6222020000000000018");
        assert_found(Leak::BankCard, "6222 0200 0000 0000 018", "6222 0200 0000 0000 018");
        assert_found(Leak::BankCard, "4111111111111111", "4111111111111111");
        assert_found(Leak::BankCard, "5500-0000-0000-0004", "5500-0000-0000-0004");
        assert_found(Leak::BankCard, "账号：9558800000000000018", "9558800000000000018");
        assert_found(Leak::BankCard, "9558800000000000018", "9558800000000000018");
        assert_eq!(found("7558800000000000010"), []);
        assert_eq!(found("6222020000000000019"), []);
        assert_found(Leak::BankCard, "卡号 6222020000000000019", "6222020000000000019");
        assert_eq!(found("账号 1222020000000000019"), []);
    }

    #[test]
    fn ordinary_figures_are_left_alone() {
        for text in [
            "code: \"230800100201\"",
            "2026-03-18 至 2026-04-07，2026-12-31",
            "开放 1380 元、13800 元、138,001,380,00 元",
            "telephone: 0454-5550100",
            "0454-5550100 0454-5550101 0454-5550102",
            "3.13800138000",
            "13800138000.00",
            "13800138000.5 元",
            "0.1380013800013800138000",
            "sha256: 13800138000abcdef4111111111111111",
            "e13800138000",
            "550e8400-e29b-41d4-a716-446655440000",
            "113800138000",
            "62220200000000000180",
            "12800138000",
            "15 10 20 30 40 5",
            "38 2 1 25 12 4 41 48 2026 03 18",
            "230800100201 2026",
            "0000000000000000 账号",
            "2026031814000000",
        ] {
            assert_eq!(found(text), [], "{text:?}");
        }
    }

    #[test]
    fn the_message_never_holds_the_digits() {
        let text = format!("a: {ID}\nb: 13800138000\nc: 6222020000000000018\n");
        let diagnostics = check(FileId(0), &text);
        let rules: Vec<_> = diagnostics.iter().map(|fault| fault.rule.as_str()).collect();
        assert_eq!(rules, ["privacy/id-number", "privacy/mobile-number", "privacy/bank-card"]);
        for fault in diagnostics {
            let words = format!("{:?}{:?}", fault.message, fault.help);
            assert!(!words.contains("138") && !words.contains("1101") && !words.contains("6222"));
        }
    }

    #[test]
    fn a_declared_telephone_may_be_a_mobile_number_but_never_a_card() {
        let text = "telephone: 13800138000 6222020000000000018";
        let declared = [Span::new(FileId(0), 11..text.len())];
        let rules: Vec<_> = check_except(FileId(0), text, &declared).into_iter().map(|fault| fault.rule).collect();
        assert_eq!(rules, ["privacy/bank-card"]);
    }

    #[test]
    fn numbers_that_yaml_puts_together_are_reported_once() {
        let text = "a: \"138\\u0030\\x30138000\"\nb: >-\n  138 0013\n  8000\nc: 13912345678\nd: \"13912345678\"\n";
        let mut faults = Vec::new();
        let tree = yaml::parse(text, 0..text.len(), FileId(0), &mut faults).node.unwrap();
        let places: Vec<_> = check_values(text, &tree).into_iter().map(|fault| text[fault.span.range()].to_owned()).collect();
        assert_eq!(places, ["\"138\\u0030\\x30138000\"", "138 0013\n  8000"]);
        assert_eq!(check(FileId(0), text).len(), 2);
    }

    #[test]
    fn numbers_that_are_hidden_in_part_are_reported() {
        let reported = |text: &str| -> Vec<(String, String)> {
            check(FileId(0), text).into_iter().map(|fault| (fault.rule.clone(), text[fault.span.range()].to_owned())).collect()
        };
        let one = |rule: &str, place: &str| vec![(rule.to_owned(), place.to_owned())];
        assert_eq!(reported("身份证230108********1234。"), one("privacy/id-number", "230108********1234"));
        assert_eq!(reported("2301＊＊＊＊＊＊＊＊＊＊123X"), one("privacy/id-number", "2301＊＊＊＊＊＊＊＊＊＊123"));
        assert_eq!(reported("138****8000"), one("privacy/partial-mask", "138****8000"));
        assert_eq!(reported("6222***********0018"), one("privacy/partial-mask", "6222***********0018"));
        for text in ["**38** 票", "李*", "5***", "12 *** 34", "1024****", "***********", "●●●●●●●●●●●", "*230108********1234"]
        {
            assert_eq!(reported(text), [], "{text}");
        }
    }

    #[test]
    fn numbers_in_file_names_are_reported() {
        let rules: Vec<_> = check_path(FileId(0), "content/a/13800138000.md").into_iter().map(|fault| fault.rule).collect();
        assert_eq!(rules, ["privacy/mobile-number"]);
        assert_eq!(check_path(FileId(0), "content/qinghe/meetings/2026-03-18-congress.md"), []);
    }

    #[test]
    fn masks_keep_the_width_and_everything_else() {
        assert_eq!(mask("手机13800138000，共 38 票"), "手机●●●●●●●●●●●，共 38 票");
        assert_eq!(mask("１３８００１３８０００"), "●".repeat(22));
        assert!(matches!(mask("没有号码 0454-5550100"), Cow::Borrowed(_)));
        assert_eq!(mask(&mask(&format!("{ID}、{ID_DIGITS}"))), format!("{}、{}", "●".repeat(18), "●".repeat(18)));
    }

    #[test]
    fn long_texts_are_scanned_in_linear_time() {
        let text = "1 ".repeat(200_000) + &"9".repeat(200_000) + &"2026-03-18，".repeat(20_000);
        assert_eq!(scan(&text).len(), 0);
    }
}
