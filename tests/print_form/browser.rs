//! Chromium without a window, which prints pages to PDF, and Poppler, which reads them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long one page may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// A browser that prints.
pub(crate) struct Browser {
    program: &'static str,
    printed: AtomicUsize,
}

impl Browser {
    /// Finds a browser and the readers of its PDFs; says what is missing.
    ///
    /// # Panics
    ///
    /// Where something is missing and `GONGSHI_BROWSER` is `required`.
    pub(crate) fn find() -> Option<Self> {
        let browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
        let program = browsers.into_iter().find(|program| runs(program, "--version"));
        let readers = ["pdfinfo", "pdftotext", "pdftoppm"].into_iter().all(|program| runs(program, "-v"));
        if let Some(program) = program.filter(|_| readers) {
            return Some(Self { program, printed: AtomicUsize::new(0) });
        }
        let required = std::env::var_os("GONGSHI_BROWSER").is_some_and(|value| value == "required");
        assert!(!required, "Chromium and Poppler are required: apt-get install chromium poppler-utils");
        eprintln!("skipped: printing needs Chromium and Poppler (apt-get install chromium poppler-utils)");
        None
    }

    /// Prints a page of a site that lies in `folder`.
    pub(crate) fn print(&self, page: &Path, folder: &Path) -> Pdf {
        let number = self.printed.fetch_add(1, Ordering::Relaxed);
        let (pdf, profile) = (folder.join(format!(".{number}.pdf")), folder.join(format!(".profile-{number}")));
        let mut command = Command::new(self.program);
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]);
        command.args(["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--no-pdf-header-footer"]);
        command.arg(format!("--user-data-dir={}", profile.display())).arg(format!("--print-to-pdf={}", pdf.display()));
        command.arg(format!("file://{}", page.display())).stdout(Stdio::null()).stderr(Stdio::null());
        wait(&mut command, page);
        assert!(pdf.is_file(), "{} was not printed", page.display());
        Pdf(pdf)
    }
}

/// Runs a command to its end, within our patience.
fn wait(command: &mut Command, page: &Path) {
    let mut child = command.spawn().expect("a browser");
    let begin = Instant::now();
    while child.try_wait().expect("a process").is_none() {
        if begin.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            panic!("{} takes too long to print", page.display());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn runs(program: &str, argument: &str) -> bool {
    let status = Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Hands every job to one of two threads; the first that panics ends the test.
pub(crate) fn in_parallel<T: Sync>(jobs: &[T], work: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(job);
                }
            });
        }
    });
}

/// A printed page of the site.
pub(crate) struct Pdf(PathBuf);

impl Pdf {
    /// Returns how many pages it has, and the size of the first.
    pub(crate) fn pages(&self) -> (usize, String) {
        let info = output(Command::new("pdfinfo").arg(&self.0));
        let value = |key: &str| info.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().trim().to_owned();
        (value("Pages:").parse().expect("a number"), value("Page size:"))
    }

    /// Returns its text.
    pub(crate) fn text(&self) -> String {
        output(Command::new("pdftotext").arg("-layout").arg(&self.0).arg("-"))
    }

    /// Returns the text of one page, from 1.
    pub(crate) fn text_of(&self, page: usize) -> String {
        let page = page.to_string();
        output(Command::new("pdftotext").args(["-layout", "-f", &page, "-l", &page]).arg(&self.0).arg("-"))
    }

    /// Returns how many per cent of the first page are white, and how many of its dots are no grey.
    pub(crate) fn first_page_colours(&self) -> (usize, usize) {
        let mut command = Command::new("pdftoppm");
        let bytes = command.args(["-r", "60", "-l", "1"]).arg(&self.0).output().expect("pdftoppm").stdout;
        // Three lines (kind, size, depth), then three bytes a dot.
        let lines = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let begin = lines.map(|(at, _)| at + 1).nth(2).expect("a picture");
        let dots: Vec<&[u8]> = bytes[begin..].chunks_exact(3).collect();
        let white = dots.iter().filter(|dot| dot.iter().all(|part| *part > 250)).count();
        let coloured = dots.iter().filter(|dot| dot.iter().max().zip(dot.iter().min()).is_some_and(|(max, min)| max - min > 8));
        (100 * white / dots.len().max(1), coloured.count())
    }
}

fn output(command: &mut Command) -> String {
    String::from_utf8(command.output().expect("Poppler").stdout).expect("UTF-8")
}
