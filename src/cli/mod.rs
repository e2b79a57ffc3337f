//! The command line: arguments, help, the clock, what is printed, and the exit codes.
//!
//! This is the one module that asks what day it is. Exit codes: 0, no errors; 1, the records hold errors; 2, the command could
//! not be carried out (usage, a folder that is not there, a file that cannot be read or written).

mod arguments;
mod build;
mod check;
mod help;
mod new;
mod print;
mod rule;
mod schema;
mod serve;
mod stats;
mod synth;
mod terminal;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

use crate::language::{Language, Text};
use crate::pipeline::{self, Checked, Found};
use crate::publish::PublishError;
use crate::record::Site;
use crate::source::discover::CONTENT;

use arguments::{Arguments, Command};
use terminal::Terminal;

/// How a command ended, if it could be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Nothing stops publication.
    Good,
    /// The records hold errors.
    Errors,
}

/// Why a command could not be carried out.
#[derive(Debug)]
struct Failure {
    message: Text,
    /// What to do about it; may be empty.
    help: Text,
}

impl Failure {
    fn new(message: Text) -> Self {
        Self { message, help: Text::default() }
    }

    fn help(mut self, help: Text) -> Self {
        self.help = help;
        self
    }

    /// Makes the failure to read or write a path.
    fn at(path: &Path, error: &io::Error) -> Self {
        Self::new(crate::text!("`{}`：{error}", "`{}`: {error}", path.display()))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(crate::text!("无法输出：{error}", "cannot write the output: {error}"))
    }
}

impl From<pipeline::Fault> for Failure {
    fn from(fault: pipeline::Fault) -> Self {
        let failure = Self::new(fault.message());
        match fault {
            pipeline::Fault::NoContent(path) if is_content(&path) => failure.help(crate::text!(
                "请写含有 `content` 的文件夹：gongshi check {}",
                "name the folder that holds `content`: gongshi check {}",
                path.join("..").display().to_string().trim_start_matches("./")
            )),
            _ => failure,
        }
    }
}

/// Whether the folder is the content of a site itself.
fn is_content(path: &Path) -> bool {
    path.canonicalize().is_ok_and(|path| path.ends_with(CONTENT) && path.join("site.yaml").is_file())
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Self::new(error.text())
    }
}

/// What every command needs to know.
struct Session {
    terminal: Terminal,
    /// The language that was asked for.
    asked: Option<Language>,
    /// The language of the site, once it is known.
    of_site: Option<Language>,
}

impl Session {
    /// Returns the language of messages: the one that was asked for, else the site's, else the system's.
    fn language(&self) -> Language {
        self.asked.or(self.of_site).unwrap_or_else(system_language)
    }

    /// Finds the files of a site; from here on, messages are in its language.
    fn find(&mut self, site: &Path) -> Result<Found, pipeline::Fault> {
        Found::new(site).map(|found| self.heard(found))
    }

    /// Hears of a site that was found: from here on, messages are in its language.
    fn heard(&mut self, found: Found) -> Found {
        self.of_site = Some(found.site().languages.first().copied().unwrap_or_default());
        found
    }

    /// Reads and judges a site, of what was kept of it when it was built as far as that goes.
    fn check(&mut self, site: &Path, as_of: Option<Date>) -> Result<Checked, Failure> {
        let records = records_cache(site);
        let program = || records.exists().then(program);
        let (found, program) = rayon::join(|| Found::new(site), program);
        let found = self.heard(found?);
        let today = today_at(&found.site());
        match program {
            Some(program) => Ok(pipeline::check_again(found, as_of, today, &records, program)?),
            None => Ok(found.check(as_of, today)?),
        }
    }
}

/// The folder of a site that holds what only this program needs.
const HIDDEN: &str = ".gongshi";

/// Returns where the cache of the records of a site stands.
fn records_cache(site: &Path) -> PathBuf {
    site.join(HIDDEN).join("records.cache")
}

/// Takes the digest of the running program; one that cannot be read has the digest of its version.
fn program() -> blake3::Hash {
    let read = || -> io::Result<blake3::Hash> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(std::fs::File::open(std::env::current_exe()?)?)?;
        Ok(hasher.finalize())
    };
    read().unwrap_or_else(|_| blake3::hash(env!("CARGO_PKG_VERSION").as_bytes()))
}

/// Judges what was found. Where the day of the site is today, that is today at its place.
fn judge(found: Found, as_of: Option<Date>) -> Result<Checked, Failure> {
    let today = today_at(&found.site());
    Ok(found.check(as_of, today)?)
}

/// Asks the clock what day it is where a site is at home.
fn today_at(site: &Site) -> Date {
    today(site.timezone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::system()))
}

/// Asks the clock what day it is.
fn today(zone: TimeZone) -> Date {
    Timestamp::now().to_zoned_datetime(zone).date()
}

/// Carries out the command line of this process.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let language = asked_language(&words).unwrap_or_else(system_language);
    let command = help::in_language(Arguments::command(), language);
    let parsed = command.try_get_matches_from(words).and_then(|matches| Arguments::from_arg_matches(&matches));
    match parsed {
        Ok(arguments) => run(arguments),
        Err(error) => refuse(&error, language),
    }
}

fn run(arguments: Arguments) -> ExitCode {
    let terminal = Terminal::new(arguments.color);
    let mut session = Session { terminal, asked: arguments.lang, of_site: None };
    let ended = match arguments.command {
        Command::New(command) => new::run(&command, &mut session),
        Command::Check(command) => check::run(&command, &mut session),
        Command::Build(command) => build::run(&command, &mut session),
        Command::Print(command) => print::run(&command, &mut session),
        Command::Serve(command) => serve::run(&command, &mut session),
        Command::Rule(command) => rule::run(&command, &mut session),
        Command::Stats(command) => stats::run(&command, &mut session),
        Command::Schema(command) => schema::run(&command, &mut session),
        Command::Synth(command) => synth::run(&command, &mut session),
        Command::Completions(command) => completions(&command, &mut session),
    };
    match ended {
        Ok(End::Good) => ExitCode::SUCCESS,
        Ok(End::Errors) => ExitCode::from(1),
        Err(failure) => fail(&failure, &mut session),
    }
}

fn fail(failure: &Failure, session: &mut Session) -> ExitCode {
    let language = session.language();
    let line = |label: Text, text: &Text| {
        let (label, text) = (label.get(language), text.get(language));
        if text.is_empty() { String::new() } else { format!("{label}{text}\n") }
    };
    let message = line(Text::new("错误：", "error: "), &failure.message);
    let help = line(Text::new("  帮助：", "  help: "), &failure.help);
    // Where even stderr is gone, the exit code is all that is left to say.
    let _ = session.terminal.tell(&(message + &help));
    ExitCode::from(2)
}

/// Prints what clap has to say: help and version as an answer, the rest as a usage error.
fn refuse(error: &clap::Error, language: Language) -> ExitCode {
    let printed = match help::explain(error, language) {
        Some(text) => Terminal::new(arguments::Colour::Auto).tell(&text),
        None => error.print(),
    };
    // A closed pipe (`gongshi --help | head -1`) changes nothing.
    drop(printed);
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

fn completions(command: &arguments::Completions, session: &mut Session) -> Result<End, Failure> {
    let mut script = Vec::new();
    let mut whole = help::in_language(Arguments::command(), session.language());
    clap_complete::generate(command.shell, &mut whole, "gongshi", &mut script);
    session.terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(End::Good)
}

/// Looks for `--lang` before the arguments are parsed, since help and usage errors follow it too.
fn asked_language(words: &[OsString]) -> Option<Language> {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let after = words.iter().zip(words.iter().skip(1)).find(|(word, _)| *word == "--lang").map(|(_, value)| value.as_ref());
    let joined = || words.iter().find_map(|word| word.strip_prefix("--lang="));
    Language::from_tag(after.or_else(joined)?)
}

/// Returns the language of the system, English where it is another or none.
fn system_language() -> Language {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    set.and_then(|tag| Language::from_tag(&tag)).unwrap_or(Language::English)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_found_before_the_arguments_are_parsed() {
        let asked = |words: &[&str]| asked_language(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked(&["gongshi", "check", "--lang", "zh-CN"]), Some(Language::Chinese));
        assert_eq!(asked(&["gongshi", "--lang=en", "--help"]), Some(Language::English));
        assert_eq!(asked(&["gongshi", "--lang"]), None);
        assert_eq!(asked(&["gongshi", "check"]), None);
    }
}
