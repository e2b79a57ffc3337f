//! What the machine itself needs: to read the records, and to write or compare the pages, with plain calls and nothing between.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use crate::table::Table;

/// Lists the files below a folder with their sizes.
pub(crate) fn files(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                found.push((entry.path(), entry.metadata().unwrap().len()));
            }
        }
    }
    found.sort();
    found
}

/// Measures and prints the floor, and how far the build is from it.
pub(crate) fn print(content: &Path, out: &Path, work: &Path, build: f64) {
    let began = Instant::now();
    let input = files(content);
    let walk = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let read: usize = input.par_iter().map(|(path, _)| fs::read(path).unwrap().len()).sum();
    let reading = began.elapsed().as_secs_f64();
    let copy = work.join("floor");
    let output: Vec<(PathBuf, Vec<u8>)> = files(out)
        .into_par_iter()
        .map(|(path, _)| (copy.join(path.strip_prefix(out).unwrap()), fs::read(&path).unwrap()))
        .collect();
    let bytes: usize = output.iter().map(|(_, bytes)| bytes.len()).sum();
    let began = Instant::now();
    for folder in output.iter().filter_map(|(path, _)| path.parent()).collect::<std::collections::BTreeSet<_>>() {
        fs::create_dir_all(folder).unwrap();
    }
    output.par_iter().for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    let writing = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let differ = output.par_iter().filter(|(path, bytes)| fs::read(path).unwrap() != *bytes).count();
    let comparing = began.elapsed().as_secs_f64();
    assert_eq!(differ, 0);
    fs::remove_dir_all(&copy).unwrap();
    let floor = walk + reading + writing;
    let mut table = Table::new(&["the floor", "files", "MB", "s"]);
    let mut row = |name: &str, files: usize, bytes: usize, seconds: f64| {
        table.row(&[name.to_owned(), files.to_string(), format!("{:.0}", bytes as f64 / 1e6), format!("{seconds:.2}")]);
    };
    row("walk the records", input.len(), 0, walk);
    row("read the records", input.len(), read, reading);
    row("write the site", output.len(), bytes, writing);
    row("compare the site", output.len(), bytes, comparing);
    table.print();
    println!("a full build takes {:.1} times what walking, reading and writing take", build / floor);
}
