//! `gongshi new`: a small site that passes the check and can be built, or one more record in a site.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::arguments::New;
use super::schema::unknown_kind;
use super::{End, Failure, Session, today};
use crate::calendar::{Cycle, Period, add_days};
use crate::field::Kind;
use crate::language::{Language, Text};
use crate::pipeline::Checked;
use crate::record::choice::{BodyClass, Level};
use crate::record::{Area, Forms};
use crate::register::{RecordIx, Register};
use crate::skeleton::{self, Setting, skeleton};
use crate::source::discover::CONTENT;

/// The village of a new site, where no other name is given.
const VILLAGE: (&str, &str) = ("新河村", "Xinhe Village");

/// The folder of that village.
const VILLAGE_FOLDER: &str = "xinhe";

pub(super) fn run(command: &New, session: &mut Session) -> Result<End, Failure> {
    let site = command.site.clone().unwrap_or_else(|| PathBuf::from("."));
    let Some(kind) = Kind::from_name(&command.kind) else {
        // Where there is a site, its language is that of the answer.
        let _ = session.find(&site);
        return Err(unknown_kind(&command.kind));
    };
    if kind == Kind::Site { new_site(command, &site, session) } else { new_record(command, kind, &site, session) }
}

fn new_site(command: &New, site: &Path, session: &mut Session) -> Result<End, Failure> {
    let language = session.language();
    let content = site.join(CONTENT);
    if content.exists() {
        let path = content.display();
        let failure = Failure::new(crate::text!("`{path}` 已经存在，未作改动", "`{path}` is there already; nothing was changed"));
        return Err(failure.help(Text::new("换一个文件夹", "name another folder")));
    }
    let starter = Starter::new(language, today(TimeZone::system()), command)?;
    let files = starter.files();
    for (path, text) in &files {
        write_new(&content.join(path), text)?;
    }
    let (shown, count) = (site.display(), files.len());
    let told = crate::text!(
        "新站点：{shown}（{count} 个文件）\n接下来：\n  gongshi check {shown}\n  gongshi serve {shown}\n",
        "new site: {shown} ({count} files)\nnext:\n  gongshi check {shown}\n  gongshi serve {shown}\n"
    );
    session.terminal.print(told.get(language))?;
    Ok(End::Good)
}

/// Returns the last quarter that has ended; it ends with its last day.
fn last_quarter(today: Date) -> Period {
    Period::of(Cycle::Quarter, add_days(today, 1)).previous()
}

/// The files of a new site, with the dates of the last whole quarter, so that nothing lies in the future or is overdue.
struct Starter {
    language: Language,
    today: Date,
    quarter: Period,
    title: String,
    folder: String,
}

impl Starter {
    fn new(language: Language, today: Date, command: &New) -> Result<Self, Failure> {
        let title = command.title.clone().unwrap_or_else(|| Text::new(VILLAGE.0, VILLAGE.1).get(language).to_owned());
        let folder = command.id.clone().unwrap_or_else(|| VILLAGE_FOLDER.to_owned());
        if !is_name(&folder) {
            return Err(bad_name(&folder));
        }
        Ok(Self { language, today, quarter: last_quarter(today), title, folder })
    }

    /// Returns each file with its path below `content`.
    fn files(&self) -> Vec<(String, String)> {
        let Self { folder, .. } = self;
        let (year, register, meeting) = (self.quarter.year(), self.register(), self.day(50));
        let paths = [
            "site.yaml".to_owned(),
            format!("{folder}/area.yaml"),
            format!("{folder}/opinions/{register}.yaml"),
            format!("{folder}/matters/{year}-001-street-lights.md"),
            format!("{folder}/meetings/{meeting}-congress.md"),
            format!("{folder}/finance/{register}.yaml"),
        ];
        paths.into_iter().zip(self.texts()).map(|(path, text)| (path, self.fill(text))).collect()
    }

    fn texts(&self) -> [&'static str; 6] {
        match self.language {
            Language::Chinese => [
                include_str!("starter/zh/site.yaml"),
                include_str!("starter/zh/area.yaml"),
                include_str!("starter/zh/opinions.yaml"),
                include_str!("starter/zh/matter.md"),
                include_str!("starter/zh/meeting.md"),
                include_str!("starter/zh/finance.yaml"),
            ],
            Language::English => [
                include_str!("starter/en/site.yaml"),
                include_str!("starter/en/area.yaml"),
                include_str!("starter/en/opinions.yaml"),
                include_str!("starter/en/matter.md"),
                include_str!("starter/en/meeting.md"),
                include_str!("starter/en/finance.yaml"),
            ],
        }
    }

    /// Returns the file name of the quarter's registers (`2026-q1`).
    fn register(&self) -> String {
        self.quarter.to_string().to_lowercase()
    }

    /// Returns the day so many days after the quarter began, today at the latest.
    fn day(&self, days: i64) -> Date {
        add_days(self.quarter.first(), days).min(self.today)
    }

    /// Fills in `{{title}}`, `{{quarter}}`, `{{+20}}` (days from the quarter's first) and the like.
    fn fill(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, (name, after))) = rest.split_once("{{").and_then(|(b, a)| Some((b, a.split_once("}}")?))) {
            out.push_str(before);
            out.push_str(&self.value(name));
            rest = after;
        }
        out + rest
    }

    fn value(&self, name: &str) -> String {
        match name {
            "title" => self.title.clone(),
            "year" => self.quarter.year().to_string(),
            "quarter" => self.quarter.to_string(),
            "register" => self.register(),
            "until" => add_days(self.quarter.first(), 1125).to_string(),
            days => self.day(days.parse().unwrap_or_default()).to_string(),
        }
    }
}

fn new_record(command: &New, kind: Kind, site: &Path, session: &mut Session) -> Result<End, Failure> {
    let checked = session.check(site, None)?;
    let language = session.language();
    let place = Place::of(command, kind, &checked)?;
    let today = today(TimeZone::system());
    let folder = place.folder(kind);
    let name = match &command.id {
        Some(name) if is_name(name) => name.clone(),
        Some(name) => return Err(bad_name(name)),
        None => free_name(kind, today, &site.join(CONTENT).join(&folder))?,
    };
    let path = Path::new(CONTENT).join(folder).join(file_name(kind, &name));
    let forms = checked.workflows.forms();
    let text = skeleton(kind, &place.setting(command, kind, &forms, language, today)).replace("my-method", &name);
    write_new(&site.join(&path), &text)?;
    let path = site.join(path);
    let (path, site) = (path.display(), site.display());
    let told = crate::text!(
        "新文件：{path}\n填好后检查：gongshi check {site}\n",
        "new file: {path}\nfill it in, then: gongshi check {site}\n"
    );
    session.terminal.print(told.get(language))?;
    Ok(End::Good)
}

/// The area that a new record belongs to; none for what belongs to the whole site.
struct Place<'a> {
    /// The folder below `content`, empty for the site itself.
    path: String,
    area: Option<&'a Area>,
    /// The level of a place that lies there.
    level: Level,
    /// The names of the contracts there.
    contracts: BTreeSet<String>,
}

impl<'a> Place<'a> {
    fn of(command: &New, kind: Kind, checked: &'a Checked) -> Result<Self, Failure> {
        let register = &checked.register;
        let areas: Vec<(String, &Area)> = register.areas().map(|(ix, area)| (register.get(ix).area.clone(), area)).collect();
        let asked = command.area.as_deref().map(|path| path.trim_matches('/').trim_start_matches("content/").to_owned());
        let path = match (asked, areas.as_slice()) {
            (Some(path), _) if areas.iter().any(|(own, _)| *own == path) => path,
            (Some(path), _) if kind != Kind::Area => return Err(no_area(&path, &areas)),
            (Some(path), _) => path,
            (None, _) if matches!(kind, Kind::Calendar | Kind::Workflow | Kind::Area) => String::new(),
            (None, [(only, _)]) => only.clone(),
            (None, _) => return Err(which_area(&areas)),
        };
        let area = areas.iter().find(|(own, _)| *own == path).map(|(_, area)| *area);
        let contracts = register.records_of(&path, Kind::Contract).iter();
        let contracts = contracts.filter_map(|ix| register.get(*ix).id.rsplit('/').next().map(str::to_owned)).collect();
        let level = level_in(register, &path);
        Ok(Self { path, area, level, contracts })
    }

    /// Returns the folder of a new record below `content`.
    fn folder(&self, kind: Kind) -> PathBuf {
        if kind == Kind::Workflow && self.path.is_empty() {
            PathBuf::from(skeleton::folder(kind))
        } else {
            Path::new(&self.path).join(skeleton::folder(kind))
        }
    }

    fn setting<'s>(&self, command: &New, kind: Kind, forms: &'s Forms, language: Language, date: Date) -> Setting<'s> {
        let bodies = self.area.map(|area| area.bodies.as_slice()).unwrap_or_default();
        let congress = bodies.iter().find(|body| body.class == BodyClass::VillageCongress);
        let body = congress.filter(|_| matches!(kind, Kind::Delegates | Kind::Election)).or_else(|| bodies.last());
        Setting {
            language,
            date,
            title: command.title.clone(),
            body: body.map(|body| body.id.clone()),
            term: body.and_then(|body| body.term.as_ref()).map(|term| (term.from, term.to)),
            workflow: self.area.and_then(|area| area.workflows.first()).map(|adopted| adopted.id.clone()),
            level: self.level,
            contract: self.contracts.last().cloned(),
            forms,
        }
    }
}

/// Guesses the level of a place in a folder: that below the nearest place above, else that of the places which stand at the top
/// already; a site without any begins with a village.
fn level_in(register: &Register, folder: &str) -> Level {
    let level_of = |ix: RecordIx| register.get(ix).place().map(|area| area.level);
    let above = register.area(folder).or_else(|| register.ancestors(folder).first().copied()).and_then(level_of);
    let below = |level: Level| Level::ALL.iter().copied().find(|other| *other > level).unwrap_or(level);
    let beside = || register.children("").first().copied().and_then(level_of);
    above.map(below).or_else(beside).unwrap_or(Level::Village)
}

fn no_area(path: &str, areas: &[(String, &Area)]) -> Failure {
    let failure = Failure::new(crate::text!("没有区域 `{path}`", "there is no area `{path}`"));
    failure.help(list_of(areas))
}

fn which_area(areas: &[(String, &Area)]) -> Failure {
    let failure = Failure::new(Text::new("请用 `--area` 指明区域", "say which area with `--area`"));
    failure.help(list_of(areas))
}

fn list_of(areas: &[(String, &Area)]) -> Text {
    if areas.is_empty() {
        return Text::new("先新建一个：gongshi new area --id 文件夹名", "make one first: gongshi new area --id FOLDER");
    }
    let paths = areas.iter().map(|(path, _)| format!("`{path}`")).collect::<Vec<_>>();
    crate::text!("可以是：{}", "one of {}", paths.join(" "))
}

fn file_name(kind: Kind, name: &str) -> PathBuf {
    match kind {
        Kind::Area => Path::new(name).join("area.yaml"),
        _ => PathBuf::from(format!("{name}.{}", skeleton::extension(kind))),
    }
}

/// Whether a file may have this name: as the ids of records, which it becomes.
fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || (!c.is_ascii() && c.is_alphanumeric());
    !name.is_empty() && name.len() <= 200 && name.chars().all(fits)
}

fn bad_name(name: &str) -> Failure {
    let failure = Failure::new(crate::text!("`{name}` 不能作名称", "`{name}` cannot be a name"));
    failure.help(Text::new("只用小写字母、数字、连字符和汉字", "use lower-case letters, digits, hyphens or Chinese characters"))
}

/// Returns a name that is free in the folder: by the day or the period where the kind has one, else by number.
fn free_name(kind: Kind, today: Date, folder: &Path) -> Result<String, Failure> {
    let year = today.year();
    let by_period = |cycle| Period::of(cycle, today).to_string().to_lowercase();
    let first = match kind {
        Kind::Area => {
            return Err(Failure::new(Text::new("请用 `--id` 给出区域的文件夹名", "name the area's folder with `--id`")));
        }
        Kind::Calendar => format!("calendar-{year}"),
        Kind::Workflow => "my-method".to_owned(),
        Kind::Meeting => today.to_string(),
        Kind::Opinions | Kind::Finance => by_period(Cycle::Quarter),
        Kind::Assessment => by_period(Cycle::Month),
        Kind::Contract => format!("{year}-contract"),
        _ => return Ok(next_number(year, folder)),
    };
    let names = std::iter::once(first.clone()).chain((2..100).map(|n| format!("{first}-{n}")));
    let free = |name: &String| !folder.join(file_name(kind, name)).exists();
    names.into_iter().find(free).ok_or_else(|| taken(&folder.join(first)))
}

/// Returns the first number of the year that no file in the folder begins with (`2026-004`).
fn next_number(year: i16, folder: &Path) -> String {
    let names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let number = |name: &String| name.strip_prefix(&format!("{year}-"))?.get(..3)?.parse::<u32>().ok();
    let last = names.iter().filter_map(number).max().unwrap_or(0);
    format!("{year}-{:03}", last + 1)
}

fn taken(path: &Path) -> Failure {
    let path = path.display();
    let failure = Failure::new(crate::text!("`{path}` 已经存在，未作改动", "`{path}` is there already; nothing was changed"));
    failure.help(Text::new("用 `--id` 换一个名称", "give another name with `--id`"))
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(|error| Failure::at(path, &error))?;
    let file = fs::File::create_new(path);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(taken(path)),
        written => written.map_err(|error| Failure::at(path, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::text;
    use crate::pipeline::check_files;
    use crate::source::{Files, SourceFile};

    fn command() -> New {
        New { kind: "site".into(), site: None, id: None, area: None, title: None }
    }

    #[test]
    fn a_new_site_gives_no_diagnostic_whatever_the_day() {
        for language in Language::ALL {
            for day in ["2026-01-01", "2026-02-28", "2026-03-31", "2026-04-01", "2026-07-05", "2026-11-24", "2028-02-29"] {
                let today: Date = day.parse().unwrap();
                let starter = Starter::new(language, today, &command()).unwrap();
                let mut all = starter.files();
                all.sort();
                let mut files = Files::default();
                for (path, text) in all {
                    assert!(!text.contains("{{") && !text.contains("}}"), "{path}: {text}");
                    // Hints of keys that can be added are right as well.
                    let text = text.replace("# sheets:", "sheets:").replace("# 打印材料:", "打印材料:");
                    files.add(SourceFile::new(format!("{CONTENT}/{path}"), text));
                }
                let checked = check_files(files, &[], Vec::new(), None, today);
                let report = text::render(&checked.diagnostics, &checked.files, Language::English, false);
                assert_eq!(report, "", "on {day} in {language:?}");
                let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                assert!(
                    language == Language::Chinese
                        || !checked.files.iter().any(|(_, file)| file.path.starts_with(CONTENT) && chinese(&file.text))
                );
                assert_eq!(checked.register.records().count(), 6);
                assert_eq!(checked.register.site().sheets.len(), 2);
            }
        }
    }

    #[test]
    fn names_that_cannot_be_ids_are_refused() {
        for name in ["", "a/b", "..", ".x", "A", "a b", "a_b"] {
            assert!(!is_name(name), "{name}");
        }
        for name in ["2026-001-road", "新民村", "x"] {
            assert!(is_name(name), "{name}");
        }
    }

    #[test]
    fn numbers_go_on_where_the_folder_stands() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(next_number(2026, folder.path()), "2026-001");
        for name in ["2026-001-a.md", "2026-007-b.md", "2025-040-c.md", "notes.md", "2026-村.md"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(next_number(2026, folder.path()), "2026-008");
        assert_eq!(next_number(2027, &folder.path().join("none")), "2027-001");
    }
}
