//! The two outputs of the program: the answer on stdout, everything else on stderr.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};

use super::arguments::Colour;

/// How long work takes before it is shown that something is going on.
const PATIENCE: Duration = Duration::from_millis(500);

/// Where a command writes.
pub(super) struct Terminal {
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
    /// Whether the answer is coloured.
    pub(super) colour: bool,
    /// Whether messages on stderr are coloured.
    pub(super) colour_of_messages: bool,
}

impl Terminal {
    /// Opens both outputs; what `--color` leaves open is decided by each of them.
    pub(super) fn new(colour: Colour) -> Self {
        let choice = |auto: ColorChoice| match colour {
            Colour::Auto => auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        let (out, err) = (io::stdout(), io::stderr());
        let (for_out, for_err) = (choice(AutoStream::choice(&out)), choice(AutoStream::choice(&err)));
        Self {
            out: AutoStream::new(out, for_out),
            err: AutoStream::new(err, for_err),
            colour: for_out != ColorChoice::Never,
            colour_of_messages: for_err != ColorChoice::Never,
        }
    }

    /// Writes the answer. A reader who has seen enough (`gongshi check | head`) is no fault.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        unless_closed(self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()))
    }

    /// Writes a message.
    pub(super) fn tell(&mut self, text: &str) -> io::Result<()> {
        unless_closed(self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush()))
    }
}

fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// A sign on stderr that work is going on, if it takes long and someone watches; it vanishes when this does.
pub(super) struct Progress {
    end: Option<Sender<()>>,
    shown: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to wait for long work.
    pub(super) fn begin(text: &str) -> Self {
        if !io::stderr().is_terminal() {
            return Self { end: None, shown: None };
        }
        let (end, ended) = channel();
        let text = text.to_owned();
        let shown = std::thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let bar = indicatif::ProgressBar::new_spinner().with_message(text);
                bar.enable_steady_tick(Duration::from_millis(100));
                let _ = ended.recv();
                bar.finish_and_clear();
            }
        });
        Self { end: Some(end), shown: Some(shown) }
    }
}

/// A bar that counts what is done, if someone watches; it vanishes when this does.
pub(super) struct Counter(Option<indicatif::ProgressBar>);

impl Counter {
    /// Begins to count up to `count`.
    pub(super) fn begin(text: &str, count: usize) -> Self {
        let bar = (io::stderr().is_terminal() && count > 1)
            .then(|| indicatif::ProgressBar::new(count as u64).with_message(text.to_owned()));
        let style = indicatif::ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} ({eta})").ok();
        if let Some((bar, style)) = bar.as_ref().zip(style) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Counts one more.
    pub(super) fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(shown) = self.shown.take() {
            let _ = shown.join();
        }
    }
}
