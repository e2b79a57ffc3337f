//! `gongshi check`: what is wrong with the records, and where they depart from their procedure.

use jiff::civil::Date;

use super::arguments::{Check, Format};
use super::terminal::Progress;
use super::{End, Failure, Session};
use crate::diagnostic::{Diagnostic, github, json, sarif, text};
use crate::language::{Language, Text};
use crate::pipeline::Checked;
use crate::source::Files;

pub(super) fn run(command: &Check, session: &mut Session) -> Result<End, Failure> {
    let progress = Progress::begin(Text::new("正在检查……", "checking …").get(session.language()));
    let checked = session.check(&command.site, command.as_of)?;
    drop(progress);
    let language = session.language();
    let (files, diagnostics) = (&checked.files, &checked.diagnostics);
    match command.format {
        Format::Text => session.terminal.print(&report(&checked, language, session.terminal.colour))?,
        Format::Json => session.terminal.print(&json::render(diagnostics, files, language))?,
        Format::Sarif => session.terminal.print(&sarif::render(diagnostics, files, language))?,
        Format::Github => {
            session.terminal.print(&github::render(diagnostics, files, language))?;
            // The platform shows ten annotations of a kind at most; the log has them all.
            session.terminal.tell(&report(&checked, language, false))?;
        }
    }
    let end = if checked.has_errors() { End::Errors } else { End::Good };
    // The process ends here: giving all that back piece by piece would take longer than the system needs for the whole.
    std::mem::forget(checked);
    Ok(end)
}

/// Writes all diagnostics for people, with a last line that counts them and names the day.
pub(super) fn report(checked: &Checked, language: Language, colour: bool) -> String {
    report_of(&checked.diagnostics, &checked.files, checked.as_of, language, colour)
}

/// Writes diagnostics, and how many there are as of a day.
pub(super) fn report_of(diagnostics: &[Diagnostic], files: &Files, as_of: Date, language: Language, colour: bool) -> String {
    let listed = text::render(diagnostics, files, language, colour);
    let summary = text::summary(diagnostics, language);
    let day = crate::text!("（截至 {as_of}）", " (as of {as_of})");
    format!("{listed}{summary}{}\n", day.get(language))
}
