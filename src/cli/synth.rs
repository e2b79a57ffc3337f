//! `gongshi synth`: a made-up city, in a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use rayon::prelude::*;

use super::arguments::Synth;
use super::terminal::Progress;
use super::{End, Failure, Session};
use crate::language::Text;
use crate::synth::{City, Planted, Request};

/// The file that lists what was planted, beside `content`.
const PLANTED: &str = "planted.txt";

pub(super) fn run(command: &Synth, session: &mut Session) -> Result<End, Failure> {
    let began = Instant::now();
    let folder = &command.folder;
    is_free(folder)?;
    let progress = Progress::begin(Text::new("正在生成城市……", "making the city …").get(session.language()));
    let Synth { seed, villages, years, faults, year, .. } = *command;
    let city = City::plan(Request { seed, villages, years, year, faults });
    let written = AtomicUsize::new(0);
    let planted: Result<Vec<Vec<Planted>>, Failure> = (0..city.units())
        .into_par_iter()
        .map(|unit| {
            let (files, planted) = city.files(unit);
            written.fetch_add(files.len(), Ordering::Relaxed);
            write_all(folder, &files)?;
            Ok(planted)
        })
        .collect();
    let planted: Vec<Planted> = planted?.into_iter().flatten().collect();
    if faults > 0 {
        let lines: Vec<String> = planted.iter().map(|planted| format!("{}\t{}\n", planted.path, planted.rule)).collect();
        let path = folder.join(PLANTED);
        fs::write(&path, lines.concat()).map_err(|error| Failure::at(&path, &error))?;
    }
    drop(progress);
    let told = told(folder, &city, written.into_inner(), planted.len(), began);
    session.terminal.print(told.get(session.language()))?;
    Ok(End::Good)
}

/// Refuses a folder that holds anything.
fn is_free(folder: &Path) -> Result<(), Failure> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => {
            let path = folder.display();
            let failure = Failure::new(crate::text!("`{path}` 不是空的，未作改动", "`{path}` is not empty; nothing was changed"));
            Err(failure.help(Text::new("换一个新的或空的文件夹", "name a new folder, or an empty one")))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::at(folder, &error)),
    }
}

/// Writes the files of one unit; each folder is made once.
fn write_all(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    let mut last = PathBuf::new();
    for (path, text) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent().filter(|parent| *parent != last) {
            fs::create_dir_all(parent).map_err(|error| Failure::at(parent, &error))?;
            parent.clone_into(&mut last);
        }
        fs::write(&path, text).map_err(|error| Failure::at(&path, &error))?;
    }
    Ok(())
}

fn told(folder: &Path, city: &City, files: usize, planted: usize, began: Instant) -> Text {
    let (folder, totals, time) = (folder.display(), city.totals(), began.elapsed());
    let time = format!("{}.{:02}", time.as_secs(), time.subsec_millis() / 10);
    let crate::synth::Totals { townships, villages, adopted, opinions, meetings, resolved, resolved_before } = totals;
    let (faults, faults_en) = match planted {
        0 => (String::new(), String::new()),
        n => (
            format!("  埋入问题 {n} 处，见 {folder}/{PLANTED}\n"),
            format!("  planted on purpose: {n}, listed in {folder}/{PLANTED}\n"),
        ),
    };
    crate::text!(
        "虚构的城市：{folder}（{files} 个文件，用时 {time} 秒）\n  \
         乡镇 {townships} 个，村 {villages} 个，其中 {adopted} 个采用八步工作法\n  \
         当年意见 {opinions} 条，村代会 {meetings} 次，形成决议 {resolved} 项（上年 {resolved_before} 项）\n{faults}\
         接下来：\n  gongshi check {folder}\n  gongshi build {folder}\n",
        "made-up city: {folder} ({files} files, {time} s)\n  \
         townships: {townships}; villages: {villages}, {adopted} of them with the eight-step method\n  \
         in the year: opinions {opinions}, congress meetings {meetings}, matters resolved {resolved} ({resolved_before} the year before)\n\
         {faults_en}next:\n  gongshi check {folder}\n  gongshi build {folder}\n"
    )
}
