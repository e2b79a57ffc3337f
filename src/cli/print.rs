//! `gongshi print`: sheets of paper, in a folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::arguments::Print;
use super::check::report;
use super::terminal::{Counter, Progress};
use super::{End, Failure, Session, judge};
use crate::calendar::Period;
use crate::language::{Language, Text};
use crate::pipeline::{Checked, Made, PrintOutcome, Printing, Shop};
use crate::print::{Job, Of, Selection, Sheet};
use crate::text;

/// The folder of a site that receives its sheets if no other is named.
const FOLDER: &str = "print";

/// How many sheets that were not printed are named.
const MOST_FAILED: usize = 10;

pub(super) fn run(command: &Print, session: &mut Session) -> Result<End, Failure> {
    let began = Instant::now();
    let progress = Progress::begin(Text::new("正在检查……", "checking …").get(session.language()));
    let found = session.find(&command.site)?;
    let sheet = sheet(&command.sheet)?;
    let checked = judge(found, command.as_of)?;
    if checked.has_errors() {
        drop(progress);
        return refused(&checked, session);
    }
    let shop = Shop::open(&command.site, &checked, session.asked)?;
    drop(progress);
    if command.paper.is_some() && !shop.comes_in_both(sheet) {
        return Err(one_size(&shop, sheet));
    }
    let jobs = shop.jobs(sheet, &selection(command)).map_err(Failure::new)?;
    let mut folder = Folder::open(&command.out.clone().unwrap_or_else(|| command.site.join(FOLDER)));
    let printing = Printing {
        paper: command.paper.map(|paper| paper.name().to_owned()),
        one_file: command.one_file.then(|| name_of_all(command, sheet, &jobs, session.asked, &checked)),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        font_folders: font_folders(),
    };
    let counter = Counter::begin(Text::new("正在打印", "printing").get(session.language()), jobs.len());
    let mut told = Told::default();
    let mut failure = None;
    shop.print(&jobs, &printing, |_, outcome| {
        counter.step();
        told.take(outcome, &mut folder).map_err(|error| failure = Some(error)).is_ok()
    })?;
    drop(counter);
    folder.close()?;
    if let Some(failure) = failure {
        return Err(failure);
    }
    told.tell(&folder, &shop, sheet, began, session)
}

/// Finds the kind of sheet that was asked for.
fn sheet(name: &str) -> Result<Sheet, Failure> {
    Sheet::find(name).ok_or_else(|| {
        let known = |of: fn(&Sheet) -> String, between: &str| Sheet::ALL.iter().map(of).collect::<Vec<_>>().join(between);
        let zh = known(|sheet| format!("{}（{}）", sheet.name(), sheet.label().zh), "、");
        let en = known(|sheet| sheet.name().to_owned(), ", ");
        Failure::new(text!("没有叫 `{name}` 的材料", "there is no sheet `{name}`"))
            .help(text!("可以打印：{zh}", "there are: {en}"))
    })
}

fn selection(command: &Print) -> Selection {
    Selection {
        record: command.record.clone(),
        area: command.area.as_ref().map(|area| area.trim_matches('/').to_owned()),
        period: command.period,
        publicising: command.publicising,
    }
}

/// Says that a sheet has one size, and which have two.
fn one_size(shop: &Shop, sheet: Sheet) -> Failure {
    let both: Vec<Sheet> = Sheet::ALL.into_iter().filter(|sheet| shop.comes_in_both(*sheet)).collect();
    let zh = both.iter().map(|sheet| sheet.label().zh).collect::<Vec<_>>().join("、");
    let en = both.iter().map(|sheet| sheet.name()).collect::<Vec<_>>().join(", ");
    let (label, name) = (sheet.label().zh, sheet.name());
    Failure::new(text!("{label}没有可选的纸张大小", "the sheet `{name}` has no choice of paper"))
        .help(text!("去掉 `--paper`；有 A4 和 A3 两种的是：{zh}", "leave out `--paper`; these come in A4 and A3: {en}"))
}

/// Names the file that holds all sheets: by the record or the place of the only one, else by what was asked for.
fn name_of_all(command: &Print, sheet: Sheet, jobs: &[Job], asked: Option<Language>, checked: &Checked) -> String {
    if let [only] = jobs
        && (command.record.is_some() || sheet.of() == Of::Place)
    {
        return only.stem.clone();
    }
    let area = command.area.as_ref().map(|area| area.trim_matches('/').replace('/', "-"));
    let period = command.period.map(|period: Period| period.to_string().to_lowercase());
    let publicising = command.publicising.then(|| "publicising".to_owned());
    let language = asked.filter(|asked| *asked != checked.language()).map(|language| language.tag().to_owned());
    let parts = [Some(sheet.name().to_owned()), area, period, publicising, language];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

fn refused(checked: &Checked, session: &mut Session) -> Result<End, Failure> {
    let language = session.language();
    let text = report(checked, language, session.terminal.colour_of_messages);
    let end = Text::new("记录有错误，什么也没有打印。\n", "the records hold errors: nothing was printed\n");
    session.terminal.tell(&format!("{text}{}", end.get(language)))?;
    Ok(End::Errors)
}

/// Lists the folders where systems keep fonts; those that are not there hold none.
fn font_folders() -> Vec<PathBuf> {
    let below = |variable: &str, path: &str| std::env::var_os(variable).map(|folder| PathBuf::from(folder).join(path));
    let fixed = ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"];
    let own = [
        below("HOME", ".local/share/fonts"),
        below("HOME", ".fonts"),
        below("HOME", "Library/Fonts"),
        below("WINDIR", "Fonts"),
        below("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
    ];
    fixed.iter().map(PathBuf::from).chain(own.into_iter().flatten()).filter(|folder| folder.is_dir()).collect()
}

/// A folder of sheets. What this program wrote there is listed in it, with digests, so that nothing else is ever written over.
struct Folder {
    path: PathBuf,
    /// The digest of each file that was written, by its name.
    written: BTreeMap<String, String>,
}

/// The list of what was written, in the folder.
const LIST: &str = ".gongshi-print";

impl Folder {
    /// Opens a folder, which is made as soon as something is written to it.
    fn open(path: &Path) -> Self {
        let list = fs::read_to_string(path.join(LIST)).unwrap_or_default();
        let line = |line: &str| line.split_once("  ").map(|(digest, name)| (name.to_owned(), digest.to_owned()));
        Self { path: path.to_owned(), written: list.lines().filter_map(line).collect() }
    }

    /// Writes a file, whole or not at all. One that stands there is replaced only where this program wrote it and nobody has
    /// changed it since.
    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        fs::create_dir_all(&self.path).map_err(|error| Failure::at(&self.path, &error))?;
        let path = self.path.join(name);
        let digest = blake3::hash(bytes).to_hex().to_string();
        match fs::read(&path) {
            Ok(standing) if standing == bytes => {}
            Ok(standing) if self.written.get(name) != Some(&blake3::hash(&standing).to_hex().to_string()) => {
                return Err(foreign(&path));
            }
            _ => replace(&path, bytes)?,
        }
        self.written.insert(name.to_owned(), digest);
        Ok(())
    }

    /// Writes the list of what was written.
    fn close(&self) -> Result<(), Failure> {
        let mut lines = String::new();
        for (name, digest) in &self.written {
            let _ = writeln!(lines, "{digest}  {name}");
        }
        if lines.is_empty() { Ok(()) } else { replace(&self.path.join(LIST), lines.as_bytes()) }
    }
}

/// Puts a file in its place in one step.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.gongshi"));
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        Failure::at(path, &error)
    })
}

/// Refuses to write over a file that is not ours.
fn foreign(path: &Path) -> Failure {
    let path = path.display();
    Failure::new(text!(
        "`{path}` 不是 gongshi 打印的，或者打印后被改过，未作改动",
        "`{path}` was not printed by gongshi, or was changed since; it was left as it is"
    ))
    .help(text!("把它移走，或者用 `--out` 另写一个文件夹", "move it away, or name another folder with `--out`"))
}

/// Says why records that were found gave no sheet.
fn nothing(sheet: Sheet) -> Text {
    let (zh, en) = wanting(sheet);
    let (label, name) = (sheet.label().zh, sheet.name());
    text!("没有可以打印的{label}：{zh}", "no `{name}` was printed: the sheet {en}")
}

/// What became of a run.
#[derive(Default)]
struct Told {
    files: usize,
    pages: usize,
    nothing: usize,
    failed: Vec<Text>,
    last: String,
}

impl Told {
    /// Takes what became of one job, and writes its files.
    fn take(&mut self, outcome: PrintOutcome, folder: &mut Folder) -> Result<(), Failure> {
        match outcome {
            PrintOutcome::Made(Made { files, pages }) => {
                for (name, bytes) in files {
                    folder.write(&name, &bytes)?;
                    self.files += 1;
                    self.last = name;
                }
                self.pages += pages;
            }
            PrintOutcome::Nothing => self.nothing += 1,
            PrintOutcome::Failed(text) => self.failed.push(text),
            PrintOutcome::Stopped(text) => return Err(Failure::new(text)),
        }
        Ok(())
    }

    /// Says what was printed, and what was not and why.
    fn tell(&self, folder: &Folder, shop: &Shop, sheet: Sheet, began: Instant, session: &mut Session) -> Result<End, Failure> {
        if self.files == 0 && self.failed.is_empty() {
            return Err(Failure::new(nothing(sheet)));
        }
        let language = session.language();
        for text in self.failed.iter().take(MOST_FAILED) {
            let label = Text::new("错误：", "error: ");
            session.terminal.tell(&format!("{}{}\n", label.get(language), text.get(language)))?;
        }
        if self.failed.len() > MOST_FAILED {
            let more = self.failed.len() - MOST_FAILED;
            session.terminal.tell(text!("还有 {more} 份没有打印\n", "{more} more were not printed\n").get(language))?;
        }
        if self.pages > 0 && !shop.has_address() {
            let hint = Text::new(
                "提示：`site.yaml` 没有写 `base_url`，所以没有印二维码\n",
                "note: `site.yaml` names no `base_url`, so no QR code was printed\n",
            );
            session.terminal.tell(hint.get(language))?;
        }
        if self.files > 0 {
            session.terminal.print(self.summary(folder, sheet, began).get(language))?;
        }
        Ok(if self.failed.is_empty() { End::Good } else { End::Errors })
    }

    fn summary(&self, folder: &Folder, sheet: Sheet, began: Instant) -> Text {
        let Self { files, pages, nothing, failed, last } = self;
        let (label, name) = (sheet.label().zh, sheet.name());
        let path = folder.path.display();
        let time = began.elapsed();
        let time = format!("{}.{:02}", time.as_secs(), time.subsec_millis() / 10);
        let (nothing_zh, nothing_en) = match nothing {
            0 => (String::new(), String::new()),
            n => {
                let (zh, en) = wanting(sheet);
                (
                    format!("  没有内容可印的记录 {n} 件：{label}{zh}\n"),
                    format!("  records with nothing to print: {n} (the sheet {en})\n"),
                )
            }
        };
        let (failed_zh, failed_en) = match failed.len() {
            0 => (String::new(), String::new()),
            n => (format!("  没有打印 {n} 份，原因见上\n"), format!("  not printed, for the reasons above: {n}\n")),
        };
        let (pages_zh, pages_en) = match pages {
            0 => (String::new(), String::new()),
            n => (format!("，共 {n} 页"), format!("; pages: {n}")),
        };
        let first = if *files == 1 { folder.path.join(last).display().to_string() } else { path.to_string() };
        text!(
            "已打印{label}：{first}\n  文件 {files} 个{pages_zh}\n{nothing_zh}{failed_zh}  用时 {time} 秒\n",
            "printed `{name}`: {first}\n  files: {files}{pages_en}\n{nothing_en}{failed_en}  time: {time} s\n"
        )
    }
}

/// Says what a record needs for a kind of sheet.
fn wanting(sheet: Sheet) -> (&'static str, &'static str) {
    match sheet {
        Sheet::Notice | Sheet::Broadcast => {
            ("要等事项付表决、会议开过以后才有", "needs a matter that was put to the vote, or a meeting that was held")
        }
        Sheet::Official => (
            "要等事项付表决（决议）、会议开过（纪要）以后才有",
            "needs a matter that was put to the vote (resolution), or a meeting that was held (minutes)",
        ),
        Sheet::WrittenNotice => ("用于会议和还没有决定的事项", "is for meetings, and for matters that nobody has decided yet"),
        Sheet::Ballot => ("不用于举手表决的议项", "is not for items that are voted on by a show of hands"),
        Sheet::Signatures => {
            ("用于有代表名册或应到人数的会议", "needs a meeting with a roster, or with a number of those entitled")
        }
        _ => ("要有可印的数据", "needs something to show"),
    }
}
