//! What the command line takes. The comments are the English help; `help` holds the Chinese one.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::calendar::Period;
use crate::language::Language;
use crate::statistics::When;

/// Turns records of village and township decisions into a public-disclosure website, and checks them against their procedure.
#[derive(Debug, Parser)]
#[command(name = "gongshi", version, disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    /// Language of messages, and of sheets that are printed: `zh-CN` or `en` [default: the site's first, else that of the system].
    #[arg(long, global = true, display_order = 101, value_name = "LANG", value_parser = language)]
    pub(super) lang: Option<Language>,
    /// Colours: `auto` (in a terminal), `always` or `never`.
    #[arg(
        long,
        global = true,
        display_order = 102,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) color: Colour,
    /// Shows this help.
    #[arg(long, short, global = true, display_order = 103, action = ArgAction::Help)]
    help: Option<bool>,
    /// Shows the version.
    #[arg(long, short = 'V', display_order = 104, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Makes a new site, or a new record in one.
    New(New),
    /// Checks every record against the file format and its procedure.
    Check(Check),
    /// Builds the website into a folder.
    Build(Build),
    /// Prints notices, posters, ballots and other sheets of paper as PDF, and the script for the loudspeaker.
    Print(Print),
    /// Shows the website on this machine and follows every change.
    Serve(Serve),
    /// Lists the rules, or explains one.
    Rule(Rule),
    /// Prints figures of a place and a period, each counted from the records.
    Stats(Stats),
    /// Prints the JSON Schema of a kind of record, for editors.
    Schema(Schema),
    /// Makes up a whole city of valid records, to try things and to measure with.
    Synth(Synth),
    /// Prints a completion script for a shell.
    Completions(Completions),
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// What to make: `site`, `area`, `matter`, `meeting`, `opinions`, `contract`, `assessment`, `finance`, `inquiry`, `case`,
    /// `disclosure`, `survey`, `delegates`, `election`, `programme`, `catalogue`, `calendar` or `workflow`; Chinese names are
    /// understood too.
    #[arg(value_name = "KIND")]
    pub(super) kind: String,
    /// Folder of the site [default: the current folder].
    #[arg(value_name = "SITE")]
    pub(super) site: Option<PathBuf>,
    /// Name of the new file or folder [default: a number or a date that is free].
    #[arg(long, value_name = "NAME")]
    pub(super) id: Option<String>,
    /// Folder of the area below `content`, such as `qinghe/xinmin` [default: the only one].
    #[arg(long, value_name = "PATH")]
    pub(super) area: Option<String>,
    /// Title of the record, or name of the area.
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Folder that holds `content` [default: the current folder].
    #[arg(value_name = "SITE", default_value = ".", hide_default_value = true)]
    pub(super) site: PathBuf,
    /// Output: `text` for people, `json`, `sarif` for code scanning, `github` for annotations.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub(super) format: Format,
    /// Day on which due and overdue are judged [default: that of `site.yaml`, else today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
}

/// How the result of a check is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// Folder that holds `content` [default: the current folder].
    #[arg(value_name = "SITE", default_value = ".", hide_default_value = true)]
    pub(super) site: PathBuf,
    /// Folder that receives the website: a new one, an empty one, or one that `gongshi` made [default: `public` in SITE].
    #[arg(long, short, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Day on which due and overdue are judged [default: that of `site.yaml`, else today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
    /// Make every page anew, and remember nothing (`.gongshi` in SITE).
    #[arg(long)]
    pub(super) no_cache: bool,
}

#[derive(Debug, Args)]
pub(super) struct Print {
    /// Folder that holds `content` [default: the current folder].
    #[arg(value_name = "SITE", default_value = ".", hide_default_value = true)]
    pub(super) site: PathBuf,
    /// What to print: `notice`, `official`, `poster`, `finance`, `assessment`, `signatures`, `card`, `ballot`, `written-notice`,
    /// `report` or `broadcast`; Chinese names are understood too.
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: String,
    /// One record: the path of its file below `content`, or its file name [default: every record that the sheet can show].
    #[arg(long, value_name = "ID")]
    pub(super) record: Option<String>,
    /// Folder of a place below `content`, such as `qinghe/xinmin`, with all below it [default: all places; of a poster or a
    /// report, the one at the top].
    #[arg(long, value_name = "PATH")]
    pub(super) area: Option<String>,
    /// Only records of `2026`, `2026-h1`, `2026-q3` or `2026-07`; for a poster or a report, its period [default: all; the
    /// quarter for a poster or a report].
    #[arg(long, value_name = "PERIOD", value_parser = period)]
    pub(super) period: Option<Period>,
    /// Only what is being publicised on the day of the site.
    #[arg(long)]
    pub(super) publicising: bool,
    /// All sheets in one PDF, and texts in one file of each kind, instead of files for each record.
    #[arg(long)]
    pub(super) one_file: bool,
    /// Size of the paper: `a4` or `a3`, for `notice`, `poster`, `finance`, `assessment` and `report`
    /// [default: `a4`; `a3` for a poster].
    #[arg(long, value_name = "SIZE", hide_possible_values = true)]
    pub(super) paper: Option<PaperSize>,
    /// Folder that receives the sheets; only files that `gongshi` printed there are written over [default: `print` in SITE].
    #[arg(long, short, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Day on which due and overdue are judged [default: that of `site.yaml`, else today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PaperSize {
    A4,
    A3,
}

impl PaperSize {
    /// Returns the name that templates know.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A3 => "a3",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Folder that holds `content` [default: the current folder].
    #[arg(value_name = "SITE", default_value = ".", hide_default_value = true)]
    pub(super) site: PathBuf,
    /// Port on this machine [default: the first free one from 8000].
    #[arg(long, short, value_name = "PORT")]
    pub(super) port: Option<u16>,
    /// Day on which due and overdue are judged [default: that of `site.yaml`, else today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
}

#[derive(Debug, Args)]
pub(super) struct Rule {
    /// Rule to explain, such as `eight-step/quorum`, or a family, such as `eight-step` [default: a list of all].
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    /// Site whose own rule packs count too [default: the current folder].
    #[arg(long, value_name = "SITE", default_value = ".", hide_default_value = true)]
    pub(super) site: PathBuf,
    /// Output: `text` or `json`.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub(super) format: Listing,
}

/// How a list of rules is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Listing {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Stats {
    /// Folder that holds `content` [default: the current folder].
    #[arg(value_name = "SITE", default_value = ".", hide_default_value = true)]
    pub(super) site: PathBuf,
    /// Folder of a place below `content`, such as `qinghe/xinmin` [default: all places together].
    #[arg(long, value_name = "PATH", default_value = "", hide_default_value = true)]
    pub(super) area: String,
    /// `2026`, `2026-h1`, `2026-q3`, `2026-07` or `all` [default: the year of the day of the site].
    #[arg(long, value_name = "PERIOD", value_parser = when)]
    pub(super) period: Option<When>,
    /// Measure, such as `attendance`, or a part of one, such as `meetings:village-congress`; may be given again [default: all].
    #[arg(long, short, value_name = "ID")]
    pub(super) measure: Vec<String>,
    /// Splits each figure by `area` (the places below), `period` (months, or years) or `part` (outcome, class, step, rule …).
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    pub(super) by: Option<By>,
    /// Opens each figure to the records that it counts.
    #[arg(long)]
    pub(super) records: bool,
    /// Prints a list, not figures: `matrix` (what each place had to do in each period), `overdue`, or `ranks` (of assessments).
    #[arg(long, value_name = "WHAT", hide_possible_values = true, conflicts_with_all = ["measure", "by", "records"])]
    pub(super) list: Option<List>,
    /// Output: `table` for people, `csv` or `json`.
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_default_value = true, hide_possible_values = true)]
    pub(super) format: Figures,
    /// Day up to which is counted [default: that of `site.yaml`, else today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
}

/// What figures are split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    Area,
    Period,
    #[value(alias = "rule")]
    Part,
}

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum List {
    Matrix,
    Overdue,
    Ranks,
}

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Figures {
    Table,
    Csv,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Kind of record, such as `matter`, or `forms` for the evidence of steps [default: all, as one JSON object].
    #[arg(value_name = "KIND")]
    pub(super) kind: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Synth {
    /// Folder that receives the city: a new one, or an empty one.
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// Seed: the same one gives the same bytes [default: 1].
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true)]
    pub(super) seed: u64,
    /// Villages, 1 to 20000; everything else is in proportion [default: 957, a whole city].
    #[arg(long, value_name = "N", default_value_t = 957, hide_default_value = true, value_parser = clap::value_parser!(u64).range(1..=20_000))]
    pub(super) villages: u64,
    /// Years of records, 1 to 10, of about 27,000 each in a whole city [default: 1].
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true, value_parser = clap::value_parser!(u16).range(1..=10))]
    pub(super) years: u16,
    /// Per cent of the last year's resolved matters that are flawed on purpose; `DIR/planted.txt` lists them [default: 0].
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u64).range(0..=100))]
    pub(super) faults: u64,
    /// The last year; the site is as of its last day [default: 2026].
    #[arg(long, value_name = "YEAR", default_value_t = 2026, hide_default_value = true, value_parser = clap::value_parser!(i16).range(2026..=2100))]
    pub(super) year: i16,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Shell: `bash`, `zsh`, `fish`, `elvish` or `powershell`.
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub(super) shell: Shell,
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_tag(text).ok_or_else(|| "zh-CN, en".to_owned())
}

fn when(text: &str) -> Result<When, String> {
    When::parse(text).ok_or_else(|| "2026, 2026-h1, 2026-q3, 2026-07, all".to_owned())
}

fn period(text: &str) -> Result<Period, String> {
    Period::parse(&text.to_uppercase()).ok_or_else(|| "2026, 2026-h1, 2026-q3, 2026-07".to_owned())
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "YYYY-MM-DD".to_owned())
}
