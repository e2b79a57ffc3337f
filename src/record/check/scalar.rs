//! Reading one scalar by its shape.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::share::Share;
use super::super::tree::Value;
use super::guess;
use crate::calendar::Period;
use crate::field::{Choices, Shape};
use crate::language::Text;
use crate::text;

/// What is wrong with a scalar.
pub(super) enum Fault {
    /// It is of another type.
    WrongType {
        /// Why, where the type alone does not say it.
        why: Option<Text>,
        /// What it certainly means, as YAML.
        fix: Option<String>,
    },
    /// It is outside of its bounds, which the text names.
    OutOfRange(Text),
    /// It is not among the choices.
    UnknownValue(&'static Choices),
}

impl Fault {
    /// Makes a fault of type with what was certainly meant.
    fn mend(fix: Option<String>) -> Self {
        Self::WrongType { why: None, fix }
    }

    /// Makes a fault of type with its reason.
    fn because(why: Text) -> Self {
        Self::WrongType { why: Some(why), fix: None }
    }
}

/// Reads `text` by `shape`; lists, maps and tables are not scalars.
pub(super) fn read(shape: &Shape, text: &str, quoted: bool) -> Result<Value, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::mend(None));
    }
    match shape {
        Shape::Line | Shape::Attachment | Shape::Body => line(text).map(Value::text),
        Shape::Prose | Shape::Expression => Ok(Value::text(text)),
        Shape::Person => line(text).map(|name| Value::Person(name.into())),
        Shape::Reference(_) => reference(text).map(Value::text),
        Shape::OpinionReference => opinion_reference(text).map(Value::text),
        Shape::Id | Shape::Workflow => id(text).map(Value::text),
        Shape::Integer(low, high) => integer(text, quoted, *low, *high).map(Value::Integer),
        Shape::Money => decimal(text, quoted, 2).map(Value::Decimal),
        Shape::Decimal => positive(text, quoted).map(Value::Decimal),
        Shape::Share => share(text).map(|share| Value::text(&share)),
        Shape::Bound => bound(text).map(|bound| Value::text(&bound)),
        Shape::Date => date(text, quoted).map(Value::Date),
        Shape::Time => time(text).map(|time| Value::text(&time)),
        Shape::Period => period(text).map(Value::text),
        Shape::Flag => flag(text, quoted).map(Value::Flag),
        Shape::Choice(choices) => choices.canonical(text).map(Value::text).ok_or(Fault::UnknownValue(choices)),
        Shape::Object(_) | Shape::List(_) | Shape::Table(_) | Shape::Steps | Shape::Any => Err(Fault::mend(None)),
    }
}

/// Says what a shape expects, with an example: continues "should be" in both languages.
pub(super) fn expected(shape: &Shape) -> Text {
    match shape {
        Shape::Line => text!("一行文字", "one line of text"),
        Shape::Prose => text!("一段文字", "text"),
        Shape::Person => text!("姓名，如 `王春生`", "the name of a person, such as `王春生`"),
        Shape::Id => text!(
            "由小写字母、数字、连字符或汉字组成的编号，如 `congress`",
            "an id of lower-case letters, digits, hyphens or Chinese characters, such as `congress`"
        ),
        Shape::Workflow => text!("工作法的编号，如 `eight-step`", "the id of a workflow, such as `eight-step`"),
        Shape::Body => text!("本区域机构的编号，如 `congress`", "the id of a body of the area, such as `congress`"),
        Shape::Attachment => text!("记录旁边的文件名，如 `方案.pdf`", "the name of a file beside the record, such as `plan.pdf`"),
        Shape::Integer(..) => text!("整数，如 `41`", "a whole number, such as `41`"),
        Shape::Money => {
            text!("金额，最多两位小数，如 `96000.00`", "an amount of money with at most two decimals, such as `96000.00`")
        }
        Shape::Decimal => {
            text!("不小于 0 的数，最多四位小数，如 `28.5`", "a number of 0 or more with at most four decimals, such as `28.5`")
        }
        Shape::Share => text!("比例，如 `90%` 或 `2/3`", "a share, such as `90%` or `2/3`"),
        Shape::Bound => text!("整数或比例，如 `15` 或 `2/3`", "a whole number or a share, such as `15` or `2/3`"),
        Shape::Date => text!("日期，如 `2026-03-18`", "a date, such as `2026-03-18`"),
        Shape::Time => text!("时间，如 `\"14:00\"`", "a time of day, such as `\"14:00\"`"),
        Shape::Period => text!(
            "时期，如 `2026`、`2026-H1`、`2026-Q1` 或 `2026-03`",
            "a period, such as `2026`, `2026-H1`, `2026-Q1` or `2026-03`"
        ),
        Shape::Flag => text!("`true`（是）或 `false`（否）", "`true` or `false`"),
        Shape::Choice(choices) => {
            let (value, zh, _) = choices.values[0];
            text!("可选值之一，如 `{value}`（{zh}）", "one of its values, such as `{value}`")
        }
        Shape::Reference(kinds) => {
            let (zh, en) = kinds.first().map_or(("记录", "record"), |kind| (kind.object().zh, kind.object().name));
            text!("{zh}记录的文件名（不带扩展名）", "the name of the file of a {en}, without its extension")
        }
        Shape::OpinionReference => {
            text!("意见簿与序号，如 `2026-q1/3`", "a register of opinions and a number, such as `2026-q1/3`")
        }
        Shape::Expression => text!("表达式", "an expression"),
        Shape::Object(object) => {
            let required: Vec<&str> = object.fields.iter().filter(|field| field.required).map(|field| field.key).collect();
            let shown = if required.is_empty() { object.fields.iter().map(|f| f.key).take(2).collect() } else { required };
            let keys = shown.iter().take(3).map(|key| format!("{key}: …")).collect::<Vec<_>>().join(", ");
            text!("一组键值，如 `{{{keys}}}`", "a map, such as `{{{keys}}}`")
        }
        Shape::List(element) => {
            let Text { zh, en } = expected(element);
            text!("列表，每项为{zh}", "a list; each element is {en}")
        }
        Shape::Table(element) => {
            let Text { zh, en } = expected(element);
            text!("一组“编号: 值”，值为{zh}", "a map of ids; each value is {en}")
        }
        Shape::Steps => text!("以步骤为键的一组证据", "a map of steps and their evidence"),
        Shape::Any => text!("任意值", "anything"),
    }
}

/// Reads one line.
fn line(text: &str) -> Result<&str, Fault> {
    if text.contains('\n') {
        return Err(Fault::because(text!("只写一行", "keep it on one line")));
    }
    Ok(text)
}

/// Reads a reference: a path without blanks and extension.
fn reference(text: &str) -> Result<&str, Fault> {
    let stem = text.strip_suffix(".md").or_else(|| text.strip_suffix(".yaml"));
    if let Some(stem) = stem {
        return Err(Fault::mend(Some(stem.to_owned())));
    }
    line(text)
}

/// Reads a reference to one opinion.
fn opinion_reference(text: &str) -> Result<&str, Fault> {
    let no = text.rsplit_once('/').filter(|(register, _)| !register.is_empty()).map(|(_, no)| no);
    match no {
        Some(no) if no.len() <= 7 && !no.starts_with('0') && is_digits(no) => Ok(text),
        _ => Err(Fault::mend(None)),
    }
}

/// Reads an id.
fn id(text: &str) -> Result<&str, Fault> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || (!c.is_ascii() && c.is_alphabetic());
    if text.chars().all(fits) {
        return Ok(text);
    }
    let mended: String = text.chars().map(|c| if c == '_' || c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
    Err(Fault::mend(mended.chars().all(fits).then_some(mended)))
}

/// Reads a whole number within bounds.
fn integer(text: &str, quoted: bool, low: i64, high: i64) -> Result<i64, Fault> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !quoted && is_digits(digits) && (digits == "0" || !digits.starts_with('0'));
    if !plain {
        return Err(Fault::mend(guess::integer(text).filter(|n| (low..=high).contains(n)).map(|n| n.to_string())));
    }
    match text.parse::<i64>() {
        Ok(number) if (low..=high).contains(&number) => Ok(number),
        _ => Err(Fault::OutOfRange(text!("应在 {low} 到 {high} 之间", "it must be between {low} and {high}"))),
    }
}

/// Reads a decimal number with at most `places` decimals, exactly as written.
fn decimal(text: &str, quoted: bool, places: usize) -> Result<Decimal, Fault> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, decimals)| (whole, Some(decimals)));
    let plain = is_digits(whole) && decimals.is_none_or(is_digits) && (whole == "0" || !whole.starts_with('0'));
    if quoted || !plain {
        return Err(Fault::mend(guess::decimal(text, places)));
    }
    if decimals.is_some_and(|decimals| decimals.len() > places) {
        return Err(Fault::because(text!("最多 {places} 位小数", "at most {places} decimals")));
    }
    match text.parse() {
        Ok(number) if whole.len() <= 15 => Ok(number),
        _ => Err(Fault::OutOfRange(text!("整数部分最多 15 位", "it may have at most 15 digits before the point"))),
    }
}

/// Reads a decimal number of 0 or more with at most four decimals.
fn positive(text: &str, quoted: bool) -> Result<Decimal, Fault> {
    let number = decimal(text, quoted, 4)?;
    if number.is_sign_negative() && !number.is_zero() {
        return Err(Fault::OutOfRange(text!("不能小于 0", "it must not be below 0")));
    }
    Ok(number)
}

/// Reads a share and writes it in its normal form.
fn share(text: &str) -> Result<String, Fault> {
    Share::parse(text).map(|share| share.to_string()).ok_or_else(|| Fault::mend(guess::share(text)))
}

/// Reads a bound and writes it in its normal form.
fn bound(text: &str) -> Result<String, Fault> {
    if is_digits(text) && text.len() <= 9 && (text == "0" || !text.starts_with('0')) {
        return Ok(text.to_owned());
    }
    share(text)
}

/// Reads a civil date.
fn date(text: &str, quoted: bool) -> Result<Date, Fault> {
    let Some((year, month, day)) = iso(text).filter(|_| !quoted) else {
        return Err(Fault::mend(guess::date(text)));
    };
    match Date::new(year, month, day) {
        Ok(date) if (1900..=2199).contains(&year) => Ok(date),
        Ok(_) => Err(Fault::OutOfRange(text!("年份应在 1900 到 2199 之间", "its year must be between 1900 and 2199"))),
        Err(_) => Err(Fault::because(not_a_day(year, month, day))),
    }
}

/// Splits `2026-03-18` into its numbers.
fn iso(text: &str) -> Option<(i16, i8, i8)> {
    let shape =
        text.len() == 10 && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !shape {
        return None;
    }
    Some((text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?))
}

/// Says why a date does not exist.
fn not_a_day(year: i16, month: i8, day: i8) -> Text {
    match Date::new(year, month, 1) {
        Ok(first) => {
            let days = first.days_in_month();
            text!("{year} 年 {month} 月只有 {days} 天，没有 {day} 日", "{year}-{month:02} has {days} days: there is no day {day}")
        }
        Err(_) => text!("没有 {month} 月", "there is no month {month}"),
    }
}

/// Reads a time of day.
fn time(text: &str) -> Result<String, Fault> {
    let valid = |text: &str| {
        let (hour, minute) = text.split_once(':')?;
        let fits = hour.len() == 2 && minute.len() == 2 && is_digits(hour) && is_digits(minute);
        (fits && hour < "24" && minute < "60").then(|| text.to_owned())
    };
    valid(text).ok_or_else(|| Fault::mend(guess::time(text).and_then(|time| valid(&time)).map(|time| format!("\"{time}\""))))
}

/// Reads a period.
fn period(text: &str) -> Result<&str, Fault> {
    if is_period(text) {
        return Ok(text);
    }
    Err(Fault::mend(guess::period(text).filter(|period| is_period(period))))
}

/// Whether a text is a period in its normal form.
fn is_period(text: &str) -> bool {
    Period::parse(text).is_some_and(|period| (1900..=2199).contains(&period.year()))
}

/// Reads `true`, `false` or their Chinese spellings.
fn flag(text: &str, quoted: bool) -> Result<bool, Fault> {
    match text {
        "true" | "是" if !quoted => Ok(true),
        "false" | "否" if !quoted => Ok(false),
        _ => Err(Fault::mend(guess::flag(text).map(|flag| flag.to_string()))),
    }
}

/// Whether a text is one or more ASCII digits.
fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
