//! The scanner over many texts: made numbers in Chinese prose, ordinary records, random figures, broken text.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::{Hit, Leak, check_values, mask, scan};
use crate::source::{FileId, yaml};

/// Numbers that repeat from run to run (Knuth's linear congruence), so that a failure can be made again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    fn identity(&mut self) -> String {
        let (place, year) = (self.pick(&["230800", "110105", "440524", "650102"]), 1930 + self.below(90));
        let body = format!("{place}{year}{:02}{:02}{}", 1 + self.below(12), 1 + self.below(28), self.digits(3));
        // GB 11643: the weight of a place is a power of 2, modulo 11.
        let sum: u32 = body.bytes().enumerate().map(|(i, digit)| u32::from(digit - b'0') * (1 << (17 - i)) % 11).sum();
        let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum as usize % 11];
        body + check
    }

    fn mobile(&mut self) -> String {
        format!("1{}{}", 3 + self.below(7), self.digits(9))
    }

    fn card(&mut self) -> String {
        let (prefix, length) =
            [("62", 19), ("622202", 16), ("4", 16), ("53", 16), ("2301", 16), ("3530", 16), ("60", 19), ("9558", 19)]
                [self.below(8)];
        let body = format!("{prefix}{}", self.digits(length - 1 - prefix.len()));
        let check = (0..10).map(|digit| format!("{body}{digit}")).find(|number| luhn(number));
        check.unwrap()
    }

    /// Writes a number as people do.
    fn written(&mut self, number: &str, what: Leak) -> String {
        let sizes: &[usize] = match what {
            Leak::IdNumber => &[6, 8, 4],
            Leak::MobileNumber => &[3, 4, 4],
            Leak::BankCard => &[4, 4, 4, 4, 3],
        };
        let separator = self.pick(&[" ", "-", "\u{3000}", "\u{a0}", "－", "—", "·"]);
        match self.below(6) {
            0 => number.chars().map(wide).collect(),
            1 | 2 => grouped(number, sizes, separator),
            3 => grouped(number, &[1; 19], self.pick(&[" ", "\u{200b}", "\u{3000}"])),
            _ => number.to_owned(),
        }
    }
}

fn luhn(number: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let values = number.bytes().rev().map(|byte| u32::from(byte - b'0')).enumerate();
    values.map(|(i, digit)| if i % 2 == 1 { doubled(digit) } else { digit }).sum::<u32>() % 10 == 0
}

fn wide(c: char) -> char {
    char::from_u32(u32::from(c) + 0xfee0).unwrap()
}

fn grouped(number: &str, sizes: &[usize], separator: &str) -> String {
    let mut rest = number;
    let parts = sizes.iter().map(|size| {
        let (part, tail) = rest.split_at((*size).min(rest.len()));
        rest = tail;
        part
    });
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(separator)
}

/// Texts of notices around a number, without a word that would tell what it is.
const AROUND: &[(&str, &str)] = &[
    ("村民王春生", "已登记。"),
    ("补助发放给李长河（", "），共 1380 元"),
    ("2026-03-18 ", "，公示至2026年4月7日"),
    ("1. ", "\n2. 下一项"),
    ("- 领取人：", "，38 票赞成、2 票反对"),
    ("| 孙德福 | ", " | 500.00 |"),
    ("见", "；0454-5550100"),
];

#[test]
fn every_planted_number_is_found_in_chinese_text() {
    for seed in 0..20 {
        let mut random = Random(seed);
        for i in 0..90 {
            let what = [Leak::IdNumber, Leak::MobileNumber, Leak::BankCard][i % 3];
            let number = match what {
                Leak::IdNumber => random.identity(),
                Leak::MobileNumber => random.mobile(),
                Leak::BankCard => random.card(),
            };
            let number = random.written(&number, what);
            let (before, after) = AROUND[random.below(AROUND.len())];
            let text = format!("{before}{number}{after}");
            let start = before.len();
            assert_eq!(scan(&text), [Hit { range: start..start + number.len(), what }], "seed {seed}: {text:?}");
        }
    }
}

/// Pieces of the example records: codes, dates, figures, telephones, amounts, digests.
const RECORDS: &str = r#"
site:
  address: https://gongkai.example.cn
contact:
  office: 清河镇村务公开办公室
  telephone: 0454-5550100        # an office number, published on purpose
villages:
  - { code: "230800100201", name: 新民村, households: 412, people: 1386, delegates: 41 }
  - { code: "230800100202", name: 六合村, households: 388, people: 1207, delegates: 38 }
proposed: 2026-01-20
posted: 2026-03-19..2026-04-07
posted_zh: 2026年3月19日至2026年4月7日
period: 2026-03-19 2026-04-07
period_dots: 2026.03.19-2026.04.07
compact: 20260319 20260407
at: 2026-03-18 09:30—11:45
votes: { should: 41, present: 38, for: 35, against: 2, abstain: 1 }
amounts: [128500, 3860000.00, 1812640, 14130050, 97675167516]
total: 1812640 2026-03-18
budget: 150 2000 2026-03-18
row: 1500 320 4100
rows: 150 2000 3000 41 38
list: 12 34 56 78 90 12
digest: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
half: e13800138000a13912345678f
uuid: 550e8400-e29b-41d4-a716-446655440000
ratio: 0.13800138000, 3.1415926535897932384626
credit: 54230811MF12345678
years: 2019 2020 2021 2022 2023 2024 2025 2026
document: 黑政发〔2026〕12号，GB/T 9704-2012
"#;

#[test]
fn ordinary_records_have_no_hits() {
    let found: Vec<_> = scan(RECORDS).into_iter().map(|hit| (hit.what, &RECORDS[hit.range])).collect();
    assert_eq!(found, []);
}

#[test]
fn random_dates_amounts_and_figures_have_no_hits() {
    let mut random = Random(7);
    let mut text = String::new();
    for _ in 0..5_000 {
        let (year, month, day) = (2000 + random.below(60), 1 + random.below(12), 1 + random.below(28));
        let (amount, cents, small) = (random.below(99_999_999), random.below(100), random.below(60));
        let line = match random.below(7) {
            0 => format!("{year}-{month:02}-{day:02} {year}-{day:02}-{month:02}"),
            1 => format!("{year}.{month}.{day} {amount}.{cents:02} 元"),
            2 => format!("{year}{month:02}{day:02} {amount}"),
            3 => format!("{small} {} {} {}", small + 1, random.below(90), random.below(90)),
            4 => format!("0454-555{:04} 0454-555{:04}", random.below(10_000), random.below(10_000)),
            5 => format!("{amount} {} {small}", random.below(99_999)),
            _ => format!("{year}-{month:02}-{day:02} 08:{small:02}-11:{small:02} {small} 户 {amount} 元"),
        };
        writeln!(text, "{line}").unwrap();
    }
    let found: Vec<_> = scan(&text).into_iter().map(|hit| (hit.what, text[hit.range].to_owned())).collect();
    assert_eq!(found, []);
}

#[test]
fn five_megabytes_of_digits_take_linear_time() {
    let mut random = Random(3);
    let texts = [
        "7".repeat(5_000_000),
        random.digits(5_000_000),
        "1 ".repeat(500_000),
        "138 0013 ".repeat(110_000),
        "1\u{200b}".repeat(1_250_000),
        format!("1{}", "\u{200b}".repeat(1_600_000)),
        "*1".repeat(500_000),
    ];
    for text in texts {
        let start = Instant::now();
        let _ = super::check(FileId(0), &text);
        // Far above what the slowest machine takes, far below what a quadratic scan would.
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "{:?} for {}…",
            start.elapsed(),
            text.chars().take(9).collect::<String>()
        );
    }
}

#[test]
fn broken_text_never_panics_and_hits_lie_on_characters() {
    const PIECES: &[&str] = &[
        "1",
        "3",
        "8",
        "0",
        "62",
        "１",
        "Ｘ",
        "X",
        "x",
        " ",
        "\u{3000}",
        "-",
        "—",
        ".",
        "．",
        "\u{200b}",
        "\u{feff}",
        "某",
        "手机",
        "卡号",
        "a",
        "+86",
        "0086",
        "\n",
        "\"",
        "\\",
        "*",
        "●",
        "110105",
        "19491231",
        "002X",
        "13800138000",
        "😀",
        "é",
    ];
    let mut random = Random(11);
    for _ in 0..20_000 {
        let count = random.below(30);
        let text: String = (0..count).map(|_| random.pick(PIECES)).collect();
        let mut end = 0;
        for Hit { range, .. } in scan(&text) {
            assert!(range.start >= end && range.start < range.end, "{text:?}");
            assert!(text.get(range.clone()).is_some_and(|part| part.chars().next().is_some_and(char::is_numeric)), "{text:?}");
            end = range.end;
        }
        assert_eq!(scan(&mask(&text)), [], "{text:?}");
        let _ = super::check(FileId(0), &text);
        let mut faults = Vec::new();
        if let Some(tree) = yaml::parse(&text, 0..text.len(), FileId(0), &mut faults).node {
            let _ = check_values(&text, &tree);
        }
    }
}

#[test]
fn keys_are_read_and_say_what_their_numbers_are() {
    let text = "\"138\\u00300138000\": a\n账号: \"75588000\\u00300000000010\"\n编号: \"75588000\\u00300000000010\"\n";
    let mut faults = Vec::new();
    let tree = yaml::parse(text, 0..text.len(), FileId(0), &mut faults).node.unwrap();
    let found: Vec<_> = check_values(text, &tree).into_iter().map(|fault| (fault.rule, &text[fault.span.range()])).collect();
    assert_eq!(
        found,
        [
            ("privacy/mobile-number".to_owned(), "\"138\\u00300138000\""),
            ("privacy/bank-card".to_owned(), "\"75588000\\u00300000000010\""),
        ]
    );
}

#[test]
fn groupings_that_could_be_amounts_take_a_word_or_a_country_code() {
    for (text, count) in [
        ("1380 0138 000", 0),
        ("电话 1380 0138 000", 1),
        ("+86 1380 0138 000", 1),
        ("+86 1 3 8 0 0 1 3 8 0 0 0", 1),
        ("138 0013 8000", 1),
        ("138 0013 8000 152 0013 8001", 2),
        ("2026-03-18 138 0013 8000", 1),
        ("138 0013 8000 2026-03-18", 1),
        ("230800100201 138 0013 8000", 1),
        ("138 0013 8000 41", 0),
        ("手机 138 0013 8000 41", 1),
        ("1. 13800138000", 1),
        ("13800138000. 2 人", 1),
        ("138\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}00138000", 1),
        ("130102 600101 123", 1),
        ("1301 026 0010 1123", 0),
    ] {
        assert_eq!(scan(text).len(), count, "{text:?}");
    }
}
