//! `gongshi build`: the website, in a folder.

use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::civil::Date;

use super::arguments::Build;
use super::check::report;
use super::terminal::Progress;
use super::{End, Failure, HIDDEN, Session, program, records_cache, today_at};
use crate::diagnostic::Counts;
use crate::language::Text;
use crate::pipeline::{self, Bed, Found, Outcome};
use crate::print::Sheet;
use crate::publish::{self, Memory, Published, publish};
use crate::record::Site;

/// The folder of a site that receives the website if no other is named.
const PUBLIC: &str = "public";

pub(super) fn run(command: &Build, session: &mut Session) -> Result<End, Failure> {
    let began = Instant::now();
    let folder = command.out.clone().unwrap_or_else(|| command.site.join(PUBLIC));
    let progress = Progress::begin(Text::new("正在生成网站……", "building …").get(session.language()));
    let memory_file = memory_file(&command.site, &folder);
    let memory = || if command.no_cache { Memory::default() } else { Memory::read(&memory_file) };
    let (found, mut memory) = rayon::join(|| Found::new(&command.site), memory);
    let found = session.heard(found?);
    let site = found.site();
    let (today, left_out) = (today_at(&site), if pipeline::CAN_PRINT { Vec::new() } else { on_paper(&site) });
    let inputs = if command.no_cache { None } else { Some(Inputs::of(&found, command.as_of, today, &memory)?) };
    if let Some(inputs) = &inputs
        && let Some(files) = inputs.stand(&folder, &mut memory, &memory_file)
    {
        drop(progress);
        let published = Published { written: 0, unchanged: files, removed: 0, ..Published::default() };
        let told = Told { counts: memory.told, published, left_out, folder: &folder, began };
        session.terminal.print(told.text().get(session.language()))?;
        return Ok(End::Good);
    }
    if inputs.as_ref().is_some_and(|inputs| inputs.program != memory.program) {
        memory = Memory::default();
    }
    // Whoever builds once, from a fresh copy, has no use of a cache: it is written when a site is built again.
    let cache = inputs.as_ref().filter(|inputs| memory.program == inputs.program).map(|inputs| Cached::of(&command.site, inputs));
    let (built, counts) = match made(command, found, today, cache.as_ref())? {
        Ok(made) => made,
        Err(checked) => {
            drop(progress);
            return refused(&checked, session);
        }
    };
    let Counts { findings, warnings, .. } = counts;
    let counts = [built.pages, findings, warnings].map(|n| n as u64);
    let published = publish(&built.output, &folder, &mut memory)?;
    if let Some(inputs) = inputs {
        (memory.inputs, memory.told) = (inputs.all, counts);
        memory.made_by(inputs.program, std::env::current_exe().ok().as_deref());
        // Without a memory the next build takes longer, and that is all.
        let _ = memory.write(&memory_file);
    }
    drop(progress);
    let told = Told { counts, published, left_out, folder: &folder, began };
    session.terminal.print(told.text().get(session.language()))?;
    // The process ends here: giving all that back piece by piece would take longer than the system needs for the whole.
    std::mem::forget(built);
    Ok(End::Good)
}

/// Makes a site, of what was kept of it as far as that goes; else returns what errors stand in the way of.
fn made(
    command: &Build,
    found: Found,
    today: Date,
    cache: Option<&Cached>,
) -> Result<Result<(pipeline::Built, Counts), Box<pipeline::Checked>>, Failure> {
    if let Some(cache) = cache {
        let again = pipeline::build_again(found, command.as_of, today, cache.bed())?;
        return Ok(again.map(|again| {
            let counts = Counts::of(&again.diagnostics);
            (again.settled(cache.bed()), counts)
        }));
    }
    let mut checked = found.check(command.as_of, today)?;
    let Outcome::Built(built) = pipeline::build(&command.site, &mut checked)? else { return Ok(Err(Box::new(checked))) };
    // The site stands for itself from here: what was read is given back before the pages are made.
    Ok(Ok((built, Counts::of(&checked.diagnostics))))
}

/// The caches of a site.
struct Cached {
    records: PathBuf,
    figures: PathBuf,
    program: blake3::Hash,
    inputs: blake3::Hash,
}

impl Cached {
    fn of(site: &Path, inputs: &Inputs) -> Self {
        let (records, figures) = (records_cache(site), site.join(HIDDEN).join("figures.cache"));
        Self { records, figures, program: inputs.program, inputs: inputs.all }
    }

    fn bed(&self) -> Bed<'_> {
        Bed { records: &self.records, figures: &self.figures, program: self.program, inputs: self.inputs }
    }
}

/// What a website is made from.
struct Inputs {
    /// The digest of all of it.
    all: blake3::Hash,
    /// The digest of the program.
    program: blake3::Hash,
}

impl Inputs {
    /// Takes the digests of the program, unless it is the one that is remembered, the days, and the files of a site.
    fn of(found: &Found, as_of: Option<Date>, today: Date, memory: &Memory) -> Result<Self, Failure> {
        let known = || std::env::current_exe().ok().and_then(|file| memory.knows(&file));
        let (program, records) = rayon::join(|| known().unwrap_or_else(program), || found.digest());
        let mut hasher = blake3::Hasher::new();
        hasher.update(program.as_bytes()).update(format!("{as_of:?} {today}").as_bytes()).update(records?.as_bytes());
        Ok(Self { all: hasher.finalize(), program })
    }

    /// Whether a folder holds what was made of the same; returns how many files. What had to be read for that is remembered.
    fn stand(&self, folder: &Path, memory: &mut Memory, file: &Path) -> Option<usize> {
        let standing = if memory.inputs == self.all { publish::stands(folder, memory)? } else { return None };
        if standing.has_learnt {
            // Without that the next look takes longer, and that is all.
            let _ = memory.write(file);
        }
        Some(standing.files)
    }
}

/// Returns where the memory of the publications to a folder stands: in the site's own hidden folder, one file a folder.
fn memory_file(site: &Path, folder: &Path) -> PathBuf {
    let name = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let digest = blake3::hash(name.as_os_str().as_encoded_bytes()).to_hex();
    site.join(HIDDEN).join(format!("{}.memory", &digest[..16]))
}

fn refused(checked: &pipeline::Checked, session: &mut Session) -> Result<End, Failure> {
    let language = session.language();
    let text = report(checked, language, session.terminal.colour_of_messages);
    let end = Text::new(
        "记录有错误，网站没有生成，原有的网站未动。\n",
        "the records hold errors: no site was built, and the old one stands\n",
    );
    session.terminal.tell(&format!("{text}{}", end.get(language)))?;
    Ok(End::Errors)
}

/// Lists the sheets of paper that a site carries.
fn on_paper(site: &Site) -> Vec<Sheet> {
    let sheets = site.sheets.iter().filter_map(|sheet| Sheet::find(sheet.name()));
    sheets.filter(|sheet| *sheet != Sheet::Broadcast).collect()
}

/// What is said about a build.
struct Told<'a> {
    /// How many pages, findings and warnings there are.
    counts: [u64; 3],
    published: Published,
    /// The sheets of paper that a program without a press left out.
    left_out: Vec<Sheet>,
    folder: &'a Path,
    began: Instant,
}

impl Told<'_> {
    fn text(&self) -> Text {
        let Self { counts: [pages, findings, warnings], published: Published { written, unchanged, removed, .. }, .. } = self;
        let folder = self.folder.display();
        let index = self.folder.join("index.html");
        let index = index.display();
        let time = self.began.elapsed();
        let time = format!("{}.{:02}", time.as_secs(), time.subsec_millis() / 10);
        let Text { zh, en } = left_out(&self.left_out);
        crate::text!(
            "网站已生成：{folder}\n  页面 {pages} 个；文件写入 {written} 个，未变 {unchanged} 个，删除 {removed} 个\n  \
             发现 {findings} 项，已如实公示；提醒 {warnings} 项（用 gongshi check 查看）\n{zh}  用时 {time} 秒\n\
             用浏览器打开 {index}\n",
            "site built: {folder}\n  pages: {pages}; files written: {written}, unchanged: {unchanged}, removed: {removed}\n  \
             findings: {findings}, published as such; warnings: {warnings} (`gongshi check` lists them)\n{en}  time: {time} s\n\
             open {index} in a browser\n"
        )
    }
}

/// Says which sheets of paper a program without a press left out, if any, in a line of its own.
fn left_out(sheets: &[Sheet]) -> Text {
    if sheets.is_empty() {
        return Text::default();
    }
    let zh = sheets.iter().map(|sheet| sheet.label().zh).collect::<Vec<_>>().join("、");
    let en = sheets.iter().map(|sheet| sheet.name()).collect::<Vec<_>>().join(", ");
    crate::text!(
        "  没有带上打印材料（{zh}）：这个程序没有打印功能\n",
        "  printed sheets left out ({en}): this program was built without printing\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_that_are_left_out_are_named_in_the_summary() {
        let told = |left_out| {
            let folder = Path::new("public");
            Told { counts: [9, 0, 0], published: Published::default(), left_out, folder, began: Instant::now() }.text()
        };
        let Text { zh, en } = told(vec![Sheet::Notice, Sheet::Report]);
        assert!(zh.contains("查看）\n  没有带上打印材料（公示、工作报告）：这个程序没有打印功能\n  用时"), "{zh}");
        assert!(
            en.contains("\n  printed sheets left out (notice, report): this program was built without printing\n  time"),
            "{en}"
        );
        assert!(!told(Vec::new()).en.contains("left out"));
    }
}
