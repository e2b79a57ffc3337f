//! The page of the preview that lists what is wrong with the site.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Severity, text};
use crate::language::{Language, Text};
use crate::source::Files;

/// How many problems the page lists.
const LISTED: usize = 200;

/// What keeps a site from being built, ready to be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Problems {
    items: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    severity: Severity,
    /// What the terminal says, in the language of the preview; numbers that must not be published are masked there.
    text: String,
}

impl Problems {
    /// Takes the diagnostics over, errors first; the order within a severity stays.
    pub(crate) fn of(files: &Files, diagnostics: &[Diagnostic], language: Language) -> Self {
        let render = |one: &Diagnostic| text::render(std::slice::from_ref(one), files, language, false);
        let problem = |one: &Diagnostic| Problem { severity: one.severity, text: render(one).trim_end().to_owned() };
        let mut items: Vec<_> = diagnostics.iter().map(problem).collect();
        items.sort_by_key(|problem| problem.severity);
        Self { items }
    }

    /// Makes the single problem of something that could not be read or written.
    pub(crate) fn fault(message: &Text, language: Language) -> Self {
        Self { items: vec![Problem { severity: Severity::Error, text: message.get(language).to_owned() }] }
    }

    /// Returns how many there are.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// Writes the body of the page.
    pub(super) fn html(&self, language: Language) -> String {
        let mut html = String::from("<main class=\"gongshi-problems\">\n");
        self.heading(language, &mut html);
        html.push_str("<ol>\n");
        for problem in self.items.iter().take(LISTED) {
            let _ = writeln!(html, "<li class=\"{}\"><pre>{}</pre></li>", class(problem.severity), escape(&problem.text));
        }
        html.push_str("</ol>\n");
        if let Some(more) = self.len().checked_sub(LISTED).filter(|more| *more > 0) {
            let text = crate::text!("另有 {more} 项，见终端。", "{more} more stand in the terminal.");
            let _ = writeln!(html, "<p>{}</p>", text.get(language));
        }
        html.push_str("</main>\n");
        html
    }

    fn heading(&self, language: Language, html: &mut String) {
        let errors = self.items.iter().filter(|problem| problem.severity == Severity::Error).count();
        if errors == 0 {
            let title = Text::new("没有错误", "Nothing is wrong");
            let _ = writeln!(html, "<h1 class=\"good\">{}</h1>", title.get(language));
            return;
        }
        let title = crate::text!("有 {errors} 处错误，网站没有更新", "The site was not updated; errors: {errors}");
        let hint = Text::new(
            "改正并保存后自动刷新；在此之前显示的是上一次生成的网站。",
            "Mend the files and save: the page follows. Until then the last good site is shown.",
        );
        let _ = writeln!(html, "<h1>{}</h1>\n<p>{}</p>", title.get(language), hint.get(language));
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Finding => "finding",
        Severity::Warning => "warning",
    }
}

/// Writes a text so that HTML takes it as text.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, SourceFile, Span};

    fn files(text: &str) -> Files {
        let mut files = Files::default();
        files.add(SourceFile::new("content/a.yaml", text));
        files
    }

    #[test]
    fn errors_come_first_and_markup_is_text() {
        let files = files("title: <b>\npresent: 31\n");
        let span = |range| Span::new(FileId(0), range);
        let warning = Diagnostic::warning("date/future", span(0..5), Text::new("甲", "first"));
        let error = Diagnostic::error("eight-step/quorum", span(20..22), Text::new("<乙>", "<second>"));
        let problems = Problems::of(&files, &[warning, error], Language::English);
        let html = problems.html(Language::English);
        let (first, second) = (html.find("&lt;second&gt;"), html.find("date/future"));
        assert!(first.is_some() && first < second && !html.contains("<second>"), "{html}");
        assert!(html.contains("<h1>The site was not updated; errors: 1</h1>"), "{html}");
    }

    #[test]
    fn what_must_not_be_published_is_masked() {
        let files = files("text: 13800138000\n");
        let leak = Diagnostic::error("privacy/mobile-number", Span::new(FileId(0), 6..17), Text::new("号码", "a number"));
        let html = Problems::of(&files, &[leak], Language::Chinese).html(Language::Chinese);
        assert!(!html.contains("13800138000") && html.contains("text:"), "{html}");
    }

    #[test]
    fn a_long_list_ends_with_how_many_more() {
        let files = files("a: 1\n");
        let one = Diagnostic::error("x/y", Span::new(FileId(0), 0..1), Text::new("甲", "a"));
        let html = Problems::of(&files, &vec![one; LISTED + 7], Language::English).html(Language::English);
        assert_eq!(html.matches("<li").count(), LISTED);
        assert!(html.contains("<p>7 more stand in the terminal.</p>"), "{html}");
    }
}
