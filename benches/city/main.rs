//! `cargo bench --bench city`: how fast a city is built, beside Hugo on as many pages of the same size and beside what the machine
//! itself needs to read and write the files. Prints tables; measures ratios in one run, since seconds differ from day to day.
//!
//! Options after `--`: `--runs N` (3), `--villages N` (957), `--edits N` (20), `--ten-years`, `--folder DIR` (where to work; a tmpfs
//! if there is one), `--no-hugo`. Hugo is looked for in
//! `HUGO` and on the path; `GONGSHI` names another build to measure.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at what it did not expect")]
#![expect(clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "figures for people to read")]

mod floor;
mod hugo;
mod process;
mod serve;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use process::{Cost, run};
use table::Table;

/// What is asked for.
struct Options {
    runs: usize,
    edits: usize,
    villages: u64,
    ten_years: bool,
    with_hugo: bool,
    folder: PathBuf,
}

impl Options {
    fn read() -> Self {
        let words: Vec<String> = std::env::args().collect();
        let after = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1));
        let number = |name: &str, other: u64| after(name).map_or(other, |word| word.parse().unwrap());
        let has = |name: &str| words.iter().any(|word| word == name);
        let memory = Path::new("/dev/shm");
        let default = || if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        Self {
            runs: number("--runs", 3) as usize,
            edits: number("--edits", 20) as usize,
            villages: number("--villages", 957),
            ten_years: has("--ten-years"),
            with_hugo: !has("--no-hugo"),
            folder: after("--folder").map_or_else(default, PathBuf::from),
        }
    }
}

/// Returns the program that is measured: that of this source, or another that `GONGSHI` names.
fn gongshi() -> String {
    std::env::var("GONGSHI").unwrap_or_else(|_| env!("CARGO_BIN_EXE_gongshi").to_owned())
}

fn main() {
    // `cargo test --all-targets` runs this too; only `cargo bench` says so.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let options = Options::read();
    let work = tempfile::Builder::new().prefix("gongshi-bench-").tempdir_in(&options.folder).unwrap();
    println!("working in {}; {} processors\n", work.path().display(), std::thread::available_parallelism().unwrap());
    let site = City::make(work.path(), "city", options.villages, 1);
    against_hugo(&options, &site, work.path());
    again(&options, &site);
    if options.ten_years {
        ten_years(&options, &site, work.path());
    }
}

/// A made-up city on disk.
struct City {
    folder: PathBuf,
    out: PathBuf,
    records: usize,
}

impl City {
    fn make(work: &Path, name: &str, villages: u64, years: u64) -> Self {
        let folder = work.join(name);
        let (villages, years) = (villages.to_string(), years.to_string());
        let cost = run(&gongshi(), &["synth", text(&folder), "--villages", &villages, "--years", &years, "--lang", "en"]);
        let records = floor::files(&folder).len();
        println!("synth: {records} files in {:.2} s", cost.wall);
        Self { out: work.join(format!("{name}-out")), folder, records }
    }

    /// Builds into an empty folder, with nothing kept from an earlier run.
    fn build_anew(&self) -> Cost {
        let _ = fs::remove_dir_all(&self.out);
        let name = self.out.file_name().unwrap_or_default().to_string_lossy();
        let _ = fs::remove_dir_all(self.out.with_file_name(format!(".{name}.gongshi")));
        for entry in fs::read_dir(&self.folder).unwrap().map(Result::unwrap) {
            if entry.file_name() != "content" && entry.path().is_dir() {
                fs::remove_dir_all(entry.path()).unwrap();
            }
        }
        self.build()
    }

    fn build(&self) -> Cost {
        run(&gongshi(), &["build", text(&self.folder), "--out", text(&self.out), "--lang", "en"])
    }

    /// Returns the pages that were built, with their sizes.
    fn pages(&self) -> Vec<(PathBuf, u64)> {
        let files = floor::files(&self.out).into_iter();
        files.filter(|(path, _)| path.extension().is_some_and(|extension| extension == "html")).collect()
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Says how many files a folder has, and how long they are.
fn sizes(folder: &Path) -> String {
    let files = floor::files(folder);
    let bytes: u64 = files.iter().map(|(_, size)| size).sum();
    format!("{} files, {:.1} KB each on average", files.len(), bytes as f64 / 1000.0 / files.len() as f64)
}

/// Builds by turns with Hugo.
fn against_hugo(options: &Options, site: &City, work: &Path) {
    let mut ours = vec![site.build_anew()];
    let pages = site.pages();
    let bytes: u64 = pages.iter().map(|(_, size)| size).sum();
    let peer =
        options.with_hugo.then(|| hugo::Peer::find().map(|peer| peer.prepare(work, &pages, options.villages as usize))).flatten();
    let mut theirs = Vec::new();
    for turn in 0..options.runs {
        theirs.extend(peer.iter().map(hugo::Peer::build));
        if turn > 0 {
            ours.push(site.build_anew());
        }
    }
    let mut table =
        Table::new(&["full build into an empty folder", "pages", "MB", "wall s", "CPU s", "pages/s", "pages/CPU-s", "peak MiB"]);
    let own = table.build("gongshi", pages.len(), bytes, &ours);
    if let Some(peer) = &peer {
        let (count, bytes) = peer.pages();
        let other = table.build(&peer.version, count, bytes, &theirs);
        let ratio = |a: f64, b: f64| format!("{:.1} ×", a / b);
        let (a, b) = (pages.len() as f64, count as f64);
        table.row(&[
            "ratio".into(),
            ratio(a, b),
            String::new(),
            ratio(other.wall, own.wall),
            ratio(other.cpu, own.cpu),
            ratio(a / own.wall, b / other.wall),
            ratio(a / own.cpu, b / other.cpu),
            ratio(other.peak, own.peak),
        ]);
    }
    table.print();
    println!("records of gongshi: {}", sizes(&site.folder.join("content")));
    if let Some(peer) = &peer {
        println!("records of {}: {}", peer.version, sizes(&peer.records()));
    }
    floor::print(&site.folder.join("content"), &site.out, work, own.wall);
}

/// Builds again, checks, and edits under the preview.
fn again(options: &Options, site: &City) {
    let mut table = Table::new(&["the same city again", "wall s", "CPU s", "peak MiB", "files written"]);
    site.build_anew();
    let matter = serve::a_matter(&site.folder);
    let unchanged: Vec<Cost> = (0..options.runs).map(|_| site.build()).collect();
    table.again("nothing changed", &unchanged);
    let edited = |turn: usize| {
        matter.edit(&format!("第{turn}次修改。"));
        site.build()
    };
    // Whoever builds once has no use of the caches: they are written now.
    table.again("the first edit", &[edited(0)]);
    let edits: Vec<Cost> = (1..=options.runs).map(edited).collect();
    table.again("one record edited", &edits);
    matter.restore();
    let checks: Vec<Cost> = (0..options.runs).map(|_| run(&gongshi(), &["check", text(&site.folder), "--lang", "en"])).collect();
    table.again("check alone", &checks);
    table.print();
    if let Some((path, size)) = site.pages().into_iter().max_by_key(|(_, size)| *size) {
        println!("the biggest page: {:.0} KB, {}", size as f64 / 1000.0, path.strip_prefix(&site.out).unwrap().display());
    }
    serve::print(&gongshi(), &site.folder, &site.out, &matter, options.edits);
}

/// Builds ten years.
fn ten_years(options: &Options, one: &City, work: &Path) {
    let ten = City::make(work, "decade", options.villages, 10);
    let mut table = Table::new(&["ten years", "records", "pages", "wall s", "CPU s", "peak MiB"]);
    let mut costs = Vec::new();
    for city in [one, &ten] {
        let cost = city.build_anew();
        let pages = city.pages().len();
        let name = if city.records == one.records { "one year" } else { "ten years" };
        let seconds = |seconds: f64| format!("{seconds:.2}");
        let peak = format!("{:.0}", cost.peak);
        table.row(&[name.into(), city.records.to_string(), pages.to_string(), seconds(cost.wall), seconds(cost.cpu), peak]);
        costs.push((city.records as f64, pages as f64, cost));
    }
    let (a, b) = (&costs[0], &costs[1]);
    let ratio = |part: f64, whole: f64| format!("{:.1} ×", whole / part);
    let (cost_a, cost_b) = (&a.2, &b.2);
    table.row(&[
        "ratio".into(),
        ratio(a.0, b.0),
        ratio(a.1, b.1),
        ratio(cost_a.wall, cost_b.wall),
        ratio(cost_a.cpu, cost_b.cpu),
        ratio(cost_a.peak, cost_b.peak),
    ]);
    table.print();
}
