//! `cargo bench --bench print`: how long the first notice takes from a cold start, and a thousand of them. Prints a table.
//!
//! Options after `--`: `--runs N` (5, of the first notice), `--villages N` (65: as many as have about a thousand notices in a
//! year), `--folder DIR` (where to work; a tmpfs if there is one). `GONGSHI` names another build to measure.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at what it did not expect")]
#![expect(clippy::cast_precision_loss, reason = "figures for people to read")]

#[expect(dead_code, reason = "what the other benchmark needs besides")]
#[path = "../city/process.rs"]
mod process;

use std::fs;
use std::path::{Path, PathBuf};

use process::{Cost, run};

/// Returns the program that is measured: that of this source, or another that `GONGSHI` names.
fn gongshi() -> String {
    std::env::var("GONGSHI").unwrap_or_else(|_| env!("CARGO_BIN_EXE_gongshi").to_owned())
}

fn main() {
    // `cargo test --all-targets` runs this too; only `cargo bench` says so.
    let words: Vec<String> = std::env::args().collect();
    if !words.iter().any(|word| word == "--bench") {
        return;
    }
    let after = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1));
    let memory = Path::new("/dev/shm");
    let folder =
        after("--folder").map_or_else(|| if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }, PathBuf::from);
    let work = tempfile::Builder::new().prefix("gongshi-bench-").tempdir_in(folder).unwrap();
    let runs: usize = after("--runs").map_or(5, |word| word.parse().unwrap());
    let villages = after("--villages").map_or("65", String::as_str);
    println!("{} processors", std::thread::available_parallelism().unwrap());
    first(work.path(), runs);
    thousand(work.path(), villages);
}

/// The example site: its first notice, each time from a cold start of the program.
fn first(work: &Path, runs: usize) {
    let site = env!("CARGO_MANIFEST_DIR");
    let record = "qinghe/xinmin/matters/2025-001-north-street";
    let out = work.join("first");
    let mut costs: Vec<Cost> = (0..runs).map(|_| print(site, &out, &["--record", record])).collect();
    costs.sort_by(|a, b| a.wall.total_cmp(&b.wall));
    let (files, bytes, _) = printed(&out);
    let median = &costs[costs.len() / 2];
    println!(
        "first notice ({files} file, {:.0} KB): {:.3} s wall, {:.3} s CPU, peak {:.0} MiB (median of {runs})",
        bytes as f64 / 1000.0,
        median.wall,
        median.cpu,
        median.peak
    );
}

/// A made-up city: a thousand notices.
fn thousand(work: &Path, villages: &str) {
    let site = work.join("city");
    run(&gongshi(), &["synth", text(&site), "--villages", villages, "--lang", "en"]);
    let out = work.join("thousand");
    let check = run(&gongshi(), &["check", text(&site), "--lang", "en"]);
    let cost = print(text(&site), &out, &[]);
    let (files, bytes, largest) = printed(&out);
    println!(
        "{files} notices: {:.2} s wall, {:.2} s CPU, peak {:.0} MiB; {:.0} KB each, the largest {:.0} KB (reading and judging the records alone: {:.2} s wall)",
        cost.wall,
        cost.cpu,
        cost.peak,
        bytes as f64 / files as f64 / 1000.0,
        largest as f64 / 1000.0,
        check.wall
    );
}

fn print(site: &str, out: &Path, more: &[&str]) -> Cost {
    let _ = fs::remove_dir_all(out);
    run(&gongshi(), &[&["print", site, "--sheet", "notice", "--out", text(out), "--lang", "zh-CN"], more].concat())
}

/// Counts the files that were printed, their bytes, and the bytes of the largest.
fn printed(out: &Path) -> (usize, u64, u64) {
    let files = fs::read_dir(out).unwrap().map(Result::unwrap);
    let pdfs = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "pdf"));
    let sizes: Vec<u64> = pdfs.map(|file| file.metadata().unwrap().len()).collect();
    (sizes.len(), sizes.iter().sum(), sizes.iter().copied().max().unwrap_or(0))
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
