//! The preview: the site in memory, on this machine only, built again whenever a file changes.
//!
//! Nothing is written to disk. While the site cannot be built, the last good one stays and the errors are laid over it.

mod answer;
mod problems;
mod watch;

use std::io::{self, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::arguments::Serve;
use super::check::report_of;
use super::{End, Failure, Session, today_at};
use crate::language::{Language, Text};
use crate::pipeline::{self, Fault, Found, Outcome};
use crate::publish::Output;

use answer::{Reply, Request, Shown};
use problems::Problems;

/// The first port that is tried.
const FIRST_PORT: u16 = 8000;

/// How many ports above the first are tried when it is taken.
const PORTS: u16 = 50;

/// How often a silent connection is written to, so that one that was left is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Shows a site until the process is ended.
pub(super) fn run(command: &Serve, session: &mut Session) -> Result<End, Failure> {
    // Watched before anything is read, so that no change is missed.
    let changes = watch::Changes::of(&command.site);
    // The first reading finds what stops everything: no such folder, no content.
    let first = open(command, session.find(&command.site)?)?;
    let changes = changes.map_err(|error| Failure::at(&command.site, &error))?;
    let language = session.language();
    let mut watched =
        Watched { command, language, colour: session.terminal.colour_of_messages, kept: Some(first), is_fresh: true };
    let options = Options { site: &command.site, port: command.port, language };
    serve(&options, &changes, |paths| watched.build(paths), &mut |text| session.terminal.tell(text))
}

/// Reads and judges a site on the day that it is there.
fn open(command: &Serve, found: Found) -> Result<pipeline::Session, Fault> {
    let today = today_at(&found.site());
    pipeline::Session::open(found, command.as_of, today)
}

/// The site that is shown, as it was last read.
struct Watched<'a> {
    command: &'a Serve,
    language: Language,
    colour: bool,
    /// The site in memory; `None` after a fault, whereupon all is read again.
    kept: Option<pipeline::Session>,
    /// Whether it was read just now.
    is_fresh: bool,
}

impl Watched<'_> {
    /// Brings the site up to date after some files changed (none: nobody knows which), and builds it.
    fn build(&mut self, paths: &[PathBuf]) -> Built {
        // Taken out, so that nothing half done stays behind when it fails.
        let kept = self.kept.take();
        let followed = self.follow(kept, paths).and_then(|mut session| Ok((session.build()?, session)));
        match followed {
            Err(fault) => {
                let message = fault.message();
                let report = format!("{}\n", message.get(self.language));
                Built { result: Err(Problems::fault(&message, self.language)), report }
            }
            Ok((outcome, session)) => {
                let built = self.built(outcome, &session);
                self.kept = Some(session);
                built
            }
        }
    }

    fn follow(&mut self, kept: Option<pipeline::Session>, paths: &[PathBuf]) -> Result<pipeline::Session, Fault> {
        let is_fresh = std::mem::take(&mut self.is_fresh);
        let same_day = |session: &pipeline::Session| today_at(session.register().site()) == session.today();
        match kept.filter(same_day) {
            Some(session) if is_fresh => Ok(session),
            Some(mut session) => session.update(paths).map(|()| session),
            None => open(self.command, Found::new(&self.command.site)?),
        }
    }

    /// Says what became of a build.
    fn built(&self, outcome: Outcome, session: &pipeline::Session) -> Built {
        match outcome {
            Outcome::Built(built) => Built { result: Ok(built.output), report: String::new() },
            Outcome::Refused => {
                let (files, diagnostics) = (session.files(), session.diagnostics());
                let report = report_of(&diagnostics, files, session.as_of(), self.language, self.colour);
                Built { result: Err(Problems::of(files, &diagnostics, self.language)), report }
            }
        }
    }
}

/// What one build came to.
struct Built {
    /// The site, if it could be built, or what keeps it from being built.
    result: Result<Output, Problems>,
    /// What the terminal says about it.
    report: String,
}

/// Where and how to serve.
struct Options<'a> {
    /// The site folder, which is watched.
    site: &'a Path,
    /// The port that was asked for; the first free one from 8000 if none was.
    port: Option<u16>,
    /// The language of messages.
    language: Language,
}

/// What is shown, and a bell for those who wait for the next build.
#[derive(Default)]
struct Preview {
    shown: Mutex<Shown>,
    changed: Condvar,
}

impl Preview {
    /// Takes the lock. A thread that panicked can have left no half-made state: it is replaced whole.
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows the result of a build.
    fn show(&self, result: Result<Output, Problems>) {
        let mut shown = self.lock();
        shown.attempt += 1;
        match result {
            Ok(output) => {
                shown.problems = Arc::default();
                shown.site += 1;
                let former = shown.output.replace(Arc::new(output));
                // Giving a whole site back takes a while, and nobody need wait for that.
                thread::spawn(move || drop(former));
            }
            Err(problems) => shown.problems = Arc::new(problems),
        }
        drop(shown);
        self.changed.notify_all();
    }
}

/// Says something in the terminal.
type Tell<'a> = dyn FnMut(&str) -> io::Result<()> + 'a;

/// Serves until the process is ended.
fn serve(
    options: &Options<'_>,
    changes: &watch::Changes,
    mut build: impl FnMut(&[PathBuf]) -> Built,
    tell: &mut Tell<'_>,
) -> Result<End, Failure> {
    let listeners = listen(options.port)?;
    let port = listeners.first().map_or(Ok(0), |first| first.local_addr().map(|address| address.port()))?;
    let preview = Arc::new(Preview::default());
    preview.lock().language = options.language;
    rebuild(&preview, options.language, || build(&[]), tell)?;
    for listener in listeners {
        let preview = Arc::clone(&preview);
        let server = tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?;
        thread::spawn(move || receive(&server, &preview, port));
    }
    let ready = crate::text!(
        "网站预览：http://localhost:{port}/ （按 Ctrl-C 结束；保存文件后自动刷新）\n",
        "preview: http://localhost:{port}/ (Ctrl-C ends it; the page follows when you save a file)\n"
    );
    tell(ready.get(options.language))?;
    while let Some(paths) = changes.wait() {
        let paths: Vec<PathBuf> = paths.iter().map(|path| options.site.join(path)).collect();
        rebuild(&preview, options.language, || build(&paths), tell)?;
    }
    Ok(End::Good)
}

/// Builds once, shows the result and says how long it took. A fault of the program itself is shown like any other.
fn rebuild(preview: &Preview, language: Language, build: impl FnOnce() -> Built, tell: &mut Tell<'_>) -> io::Result<()> {
    let began = Instant::now();
    let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(build)).unwrap_or_else(|_| {
        let message = Text::new("gongshi 内部出错，详见终端", "the program itself failed; the terminal tells more");
        Built { result: Err(Problems::fault(&message, language)), report: String::new() }
    });
    let time = began.elapsed().as_millis();
    let summary = match &built.result {
        Ok(output) => {
            let files = output.len();
            crate::text!("已生成 {files} 个文件，用时 {time} 毫秒", "built {files} files in {time} ms")
        }
        Err(problems) => {
            let count = problems.len();
            crate::text!(
                "有 {count} 项问题，网站没有更新（{time} 毫秒）",
                "the site was not updated; problems: {count} ({time} ms)"
            )
        }
    };
    tell(&format!("{}{}\n", built.report, summary.get(language)))?;
    preview.show(built.result);
    Ok(())
}

/// Listens on the loopback addresses of both protocols; the second is left out where the machine lacks it.
fn listen(asked: Option<u16>) -> Result<Vec<TcpListener>, Failure> {
    let four = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let (lowest, highest) = asked.map_or((FIRST_PORT, FIRST_PORT + PORTS), |port| (port, port));
    let taken = || {
        let message = crate::text!("端口 {lowest} 已被占用", "port {lowest} is taken");
        Failure::new(message).help(Text::new("用 `--port` 换一个端口", "name another with `--port`"))
    };
    let first = (lowest..=highest).find_map(|port| four(port).ok()).ok_or_else(taken)?;
    let port = first.local_addr()?.port();
    let second = TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port)));
    Ok([Ok(first), second].into_iter().flatten().collect())
}

/// Answers requests, one after the other: all comes from memory.
fn receive(server: &tiny_http::Server, preview: &Arc<Preview>, port: u16) {
    for request in server.incoming_requests() {
        let header = request.headers().iter().find(|header| header.field.equiv("Host"));
        let host = header.map(|header| header.value.as_str());
        let shown = preview.lock().clone();
        let reply = shown.reply(Request { method: request.method().as_str(), url: request.url(), host }, port);
        // A reader who has gone away is no fault.
        match reply {
            Reply::Answer(answer) => drop(request.respond(response(answer))),
            Reply::Events => {
                let preview = Arc::clone(preview);
                let attempt = shown.attempt;
                thread::spawn(move || tell(&mut *request.into_writer(), &preview, attempt));
            }
        }
    }
}

fn response(answer: answer::Answer) -> tiny_http::Response<io::Cursor<Vec<u8>>> {
    let response = tiny_http::Response::from_data(answer.body).with_status_code(answer.status);
    let header = |(name, value): (&str, String)| tiny_http::Header::from_bytes(name, value).ok();
    answer.headers.into_iter().filter_map(header).fold(response, tiny_http::Response::with_header)
}

/// Tells a page of every build until it goes away.
fn tell(writer: &mut dyn Write, preview: &Preview, attempt: u64) -> io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n\
                Connection: close\r\n\r\nretry: 500\n\n";
    writer.write_all(head.as_bytes())?;
    let (mut told, mut event) = (attempt, preview.lock().event());
    loop {
        writer.write_all(event.as_bytes())?;
        writer.flush()?;
        let same = |shown: &mut Shown| shown.attempt == told;
        let waited = preview.changed.wait_timeout_while(preview.lock(), HEARTBEAT, same);
        let (shown, waiting) = waited.unwrap_or_else(PoisonError::into_inner);
        event = if waiting.timed_out() { ":\n\n".to_owned() } else { shown.event() };
        told = shown.attempt;
    }
}
