//! `gongshi build`: the website, in a folder.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::arguments::Build;
use super::check::report;
use super::terminal::Progress;
use super::{End, Failure, Session, check_site};
use crate::diagnostic::Counts;
use crate::language::Text;
use crate::pipeline::{self, Outcome};
use crate::publish::{Memory, Published, publish};

/// The folder of a site that receives the website if no other is named.
const PUBLIC: &str = "public";

pub(super) fn run(command: &Build, session: &mut Session) -> Result<End, Failure> {
    let began = Instant::now();
    let folder = command.out.clone().unwrap_or_else(|| command.site.join(PUBLIC));
    let progress = Progress::begin(Text::new("正在生成网站……", "building …").get(session.language()));
    let mut checked = check_site(&command.site, command.as_of)?;
    let outcome = pipeline::build(&command.site, &mut checked)?;
    let Outcome::Built(built) = outcome else {
        drop(progress);
        return refused(&checked, session);
    };
    let memory_file = memory_file(&command.site, &folder);
    let mut memory = if command.no_cache { Memory::default() } else { Memory::read(&memory_file) };
    let published = publish(&built.output, &folder, &mut memory)?;
    if !command.no_cache {
        // Without a memory the next build takes longer, and that is all.
        let _ = memory.write(&memory_file);
    }
    drop(progress);
    let language = session.language_for(&checked);
    let told = Told { pages: built.pages, published, counts: Counts::of(&checked.diagnostics), folder: &folder, began };
    session.terminal.print(told.text().get(language))?;
    // The process ends here: giving all that back piece by piece would take longer than the system needs for the whole.
    std::mem::forget((checked, built));
    Ok(End::Good)
}

/// Returns where the memory of the publications to a folder stands: in the site's own hidden folder, one file a folder.
fn memory_file(site: &Path, folder: &Path) -> PathBuf {
    let name = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let digest = blake3::hash(name.as_os_str().as_encoded_bytes()).to_hex();
    site.join(".gongshi").join(format!("{}.memory", &digest[..16]))
}

fn refused(checked: &pipeline::Checked, session: &mut Session) -> Result<End, Failure> {
    let language = session.language_for(checked);
    let text = report(checked, language, session.terminal.colour_of_messages);
    let end = Text::new(
        "记录有错误，网站没有生成，原有的网站未动。\n",
        "the records hold errors: no site was built, and the old one stands\n",
    );
    session.terminal.tell(&format!("{text}{}", end.get(language)))?;
    Ok(End::Errors)
}

/// What is said about a build.
struct Told<'a> {
    pages: usize,
    published: Published,
    counts: Counts,
    folder: &'a Path,
    began: Instant,
}

impl Told<'_> {
    fn text(&self) -> Text {
        let Self { pages, published: Published { written, unchanged, removed, .. }, .. } = self;
        let (folder, findings, warnings) = (self.folder.display(), self.counts.findings, self.counts.warnings);
        let index = self.folder.join("index.html");
        let index = index.display();
        let time = self.began.elapsed();
        let time = format!("{}.{:02}", time.as_secs(), time.subsec_millis() / 10);
        crate::text!(
            "网站已生成：{folder}\n  页面 {pages} 个；文件写入 {written} 个，未变 {unchanged} 个，删除 {removed} 个\n  \
             发现 {findings} 项，已如实公示；提醒 {warnings} 项（用 gongshi check 查看）\n  用时 {time} 秒\n\
             用浏览器打开 {index}\n",
            "site built: {folder}\n  pages: {pages}; files written: {written}, unchanged: {unchanged}, removed: {removed}\n  \
             findings: {findings}, published as such; warnings: {warnings} (`gongshi check` lists them)\n  time: {time} s\n\
             open {index} in a browser\n"
        )
    }
}
