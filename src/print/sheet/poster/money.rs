//! The finance of a poster: income, expenditure and balance of the period, a currency each.

use rust_decimal::Decimal;

use crate::language::percent;
use crate::print::sheet::window::Window;
use crate::print::view::poster::{Money, MoneyRow};
use crate::site::statistics::words;
use crate::statistics::{Figure, Key, Measure};
use crate::text;

/// Writes the finance of every currency in which something was earned or spent.
pub(super) fn all(w: &Window) -> Vec<Money> {
    let currencies = w.scribe.statistics.members(Measure::Balance).into_iter();
    currencies.filter_map(|currency| of_currency(w, currency)).collect()
}

/// Says that there are no accounts of the period, where that is so; those of another may have been published in it.
pub(super) fn none(w: &Window, none: bool) -> String {
    let period = w.this_period();
    if none { w.say(&text!("没有{period}的账目。", "No accounts of {period} yet.")) } else { String::new() }
}

/// Writes the finance of one currency; the arithmetic only where it holds to the last balance before the period.
fn of_currency(w: &Window, currency: &str) -> Option<Money> {
    let figure = |w: Window, measure: Measure| w.figure(Key::part(measure, currency));
    let [income, expenditure, balance] = [Measure::Income, Measure::Expenditure, Measure::Balance].map(|m| figure(*w, m));
    (income.n + expenditure.n > 0).then_some(())?;
    let opening = figure(w.during(w.period.previous()), Measure::Balance);
    let known = opening.n > 0 && number(&opening) + number(&income) - number(&expenditure) == number(&balance);
    let all = [
        ("", "finance.opening", opening, 5),
        ("+", "finance.income", income, 1),
        ("−", "finance.expenditure", expenditure, 2),
        ("=", "finance.closing", balance, 3),
    ];
    let shown = all.iter().filter(|(sign, ..)| known || matches!(*sign, "+" | "−") || (*sign == "=" && balance.n > 0));
    let largest = all.iter().map(|(_, _, figure, _)| cents(number(figure))).max().unwrap_or(0);
    let row = |(sign, label, figure, fill): &(&str, &str, Figure, u8)| MoneyRow {
        sign: if known { (*sign).to_owned() } else { String::new() },
        label: w.scribe.label(label),
        amount: w.scribe.amount(number(figure)),
        width: percent(cents(number(figure)), largest),
        change: if matches!(*sign, "+" | "−") { w.change_in(figure, currency).unwrap_or_default() } else { String::new() },
        fill: *fill,
    };
    Some(Money {
        unit: words::unit(w.scribe, Key::part(Measure::Balance, currency)),
        rows: shown.map(row).collect(),
        equation: if known { equation(w, [&opening, &income, &expenditure, &balance]) } else { String::new() },
    })
}

/// Says the arithmetic of the balance.
fn equation(w: &Window, figures: [&Figure; 4]) -> String {
    let [opening, income, expenditure, closing] = figures.map(|figure| w.scribe.amount(number(figure)));
    let fill = [("opening", &*opening), ("income", &*income), ("expenditure", &*expenditure), ("closing", &*closing)];
    w.scribe.fill("words.equation", &fill)
}

fn number(figure: &Figure) -> Decimal {
    figure.value.number().unwrap_or_default()
}

/// Returns an amount as whole hundredths; less than zero counts as zero.
fn cents(amount: Decimal) -> u64 {
    let mut amount = amount.max(Decimal::ZERO);
    amount.rescale(2);
    u64::try_from(amount.mantissa()).unwrap_or(u64::MAX)
}
