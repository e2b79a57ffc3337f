//! The preview: from the edit of a record until its page is served anew.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::floor;
use crate::process::{median, memory};

/// A record to edit.
pub(crate) struct Edited {
    path: PathBuf,
    text: String,
}

/// Returns a matter of a village somewhere in the middle.
pub(crate) fn a_matter(site: &Path) -> Edited {
    let files = floor::files(&site.join("content"));
    let matters: Vec<_> = files.into_iter().filter(|(path, _)| path.to_string_lossy().contains("/matters/2026-002-")).collect();
    let path = matters[matters.len() / 2].0.clone();
    let text = fs::read_to_string(&path).unwrap();
    Edited { path, text }
}

impl Edited {
    /// Adds a paragraph.
    pub(crate) fn edit(&self, paragraph: &str) {
        fs::write(&self.path, format!("{}\n{paragraph}\n", self.text)).unwrap();
    }

    pub(crate) fn restore(&self) {
        fs::write(&self.path, &self.text).unwrap();
    }

    /// Returns the address of its page: the one whose path holds the names of the village and of the record.
    fn address(&self, out: &Path) -> String {
        let name = self.path.file_stem().unwrap().to_string_lossy().into_owned();
        let village = self.path.ancestors().nth(2).unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let pages = floor::files(out).into_iter().map(|(path, _)| path.strip_prefix(out).unwrap().to_string_lossy().into_owned());
        let of_record = |path: &String| path.contains(&format!("{village}/")) && path.contains(&name) && path.contains(".html");
        pages.filter(of_record).min_by_key(String::len).unwrap()
    }
}

/// Asks for a page; nothing while the server is not there.
fn get(port: u16, address: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    write!(stream, "GET /{address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Ends the preview when it goes.
struct Preview(Child);

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until the page holds a text; returns the milliseconds.
fn until(port: u16, address: &str, text: &str, patience: Duration) -> Option<f64> {
    let began = Instant::now();
    while began.elapsed() < patience {
        if get(port, address).is_some_and(|page| page.contains(text)) {
            return Some(began.elapsed().as_secs_f64() * 1e3);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    None
}

/// What the preview tells an open page: every build, by which it asks for itself anew.
struct Events(BufReader<TcpStream>);

impl Events {
    /// Begins to listen; the state of now comes first.
    fn listen(port: u16, patience: Duration) -> Option<Self> {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
        stream.set_read_timeout(Some(patience)).ok()?;
        write!(stream, "GET /-/events HTTP/1.1\r\nHost: localhost\r\n\r\n").ok()?;
        let mut events = Self(BufReader::new(stream));
        events.wait().then_some(events)
    }

    /// Waits for a build; `false` where none comes in time.
    fn wait(&mut self) -> bool {
        let mut line = String::new();
        while !line.starts_with("data:") {
            line.clear();
            if self.0.read_line(&mut line).unwrap_or(0) == 0 {
                return false;
            }
        }
        true
    }
}

/// Edits a record so many times and prints how long its page took.
pub(crate) fn print(program: &str, site: &Path, out: &Path, matter: &Edited, edits: usize) {
    let address = matter.address(out);
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let words = ["serve", site.to_str().unwrap(), "--port", &port.to_string(), "--lang", "en"];
    let child = Command::new(program).args(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let preview = Preview(child);
    let Some(up) = until(port, &address, "<h1", Duration::from_mins(5)) else {
        println!("serve: /{address} was not served in five minutes");
        return;
    };
    let patience = Duration::from_mins(1);
    let Some(mut events) = Events::listen(port, patience) else {
        println!("serve: nothing is told of builds");
        return;
    };
    let mut times = Vec::new();
    for edit in 0..edits {
        std::thread::sleep(Duration::from_millis(300));
        let mark = format!("第 {edit} 次预览修改。");
        let began = Instant::now();
        matter.edit(&mark);
        // As a browser does it: told of a build, it asks for the page.
        let mut served = false;
        while !served && events.wait() {
            served = get(port, &address).is_some_and(|page| page.contains(&mark));
        }
        if !served {
            println!("serve: an edit of {} was not served in a minute", matter.path.display());
            break;
        }
        times.push(began.elapsed().as_secs_f64() * 1e3);
    }
    matter.restore();
    let (least, most) = times.iter().fold((f64::MAX, 0.0_f64), |(least, most), time| (least.min(*time), most.max(*time)));
    println!(
        "serve: up after {:.1} s; from an edit to its page: median {:.0} ms, {least:.0} to {most:.0} (n = {}); peak {:.0} MiB",
        up / 1e3,
        median(times.clone()),
        times.len(),
        memory(preview.0.id()).unwrap_or(0.0)
    );
}
