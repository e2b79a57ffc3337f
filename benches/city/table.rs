//! Tables for people and for Markdown alike.

use crate::process::{Cost, typical};

/// A table.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(heads: &[&str]) -> Self {
        Self { rows: vec![heads.iter().map(|head| (*head).to_owned()).collect()] }
    }

    pub(crate) fn row(&mut self, cells: &[String]) {
        self.rows.push(cells.to_vec());
    }

    /// Adds a full build; returns what it typically costs.
    pub(crate) fn build(&mut self, name: &str, pages: usize, bytes: u64, costs: &[Cost]) -> Cost {
        let cost = typical(costs);
        let count = pages as f64;
        self.row(&[
            name.to_owned(),
            pages.to_string(),
            format!("{:.0}", bytes as f64 / 1e6),
            format!("{:.2}", cost.wall),
            format!("{:.2}", cost.cpu),
            format!("{:.0}", count / cost.wall),
            format!("{:.0}", count / cost.cpu),
            format!("{:.0}", cost.peak),
        ]);
        cost
    }

    /// Adds a run of the same city.
    pub(crate) fn again(&mut self, name: &str, costs: &[Cost]) {
        let cost = typical(costs);
        let written = cost.said.split_once("files written: ").and_then(|(_, rest)| rest.split([',', '\n']).next()).unwrap_or("–");
        let cells = [format!("{:.2}", cost.wall), format!("{:.2}", cost.cpu), format!("{:.0}", cost.peak), written.to_owned()];
        self.row(&[&[name.to_owned()], &cells[..]].concat());
    }

    pub(crate) fn print(&self) {
        let width = |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        println!();
        for (i, row) in self.rows.iter().enumerate() {
            let cell = |(column, text): (usize, &String)| match column {
                0 => format!("{text:<0$}", widths[0]),
                _ => format!("{text:>0$}", widths[column]),
            };
            println!("| {} |", row.iter().enumerate().map(cell).collect::<Vec<_>>().join(" | "));
            if i == 0 {
                let dashes = |(column, width): (usize, &usize)| "-".repeat(width + 1) + if column == 0 { "-" } else { ":" };
                println!("|{}|", widths.iter().enumerate().map(dashes).collect::<Vec<_>>().join("|"));
            }
        }
        println!();
    }
}
