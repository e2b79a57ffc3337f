//! `gongshi serve`, over a real connection.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Stdio};
use std::time::Duration;

use super::{command, new_site};

/// A preview that is running; it ends with the test.
struct Preview {
    child: Child,
    messages: BufReader<ChildStderr>,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn start(site: &Path) -> Self {
        let mut command = command(site, &["serve", "--port", "0", "--lang", "en"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let messages = BufReader::new(child.stderr.take().unwrap());
        let mut preview = Self { child, messages, port: 0 };
        let ready = preview.message("preview: http://localhost:");
        let address = ready.split("localhost:").nth(1).unwrap();
        preview.port = address.split('/').next().unwrap().parse().unwrap();
        preview
    }

    /// Reads messages up to one that begins so.
    fn message(&mut self, begin: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.messages.read_line(&mut line).unwrap() > 0, "the preview ended before it said `{begin}`");
            if line.starts_with(begin) {
                return line;
            }
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Sends a request and returns the whole answer.
    fn ask(&self, line: &str, host: &str) -> String {
        let mut stream = self.connect();
        write!(stream, "{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path}"), &format!("localhost:{}", self.port))
    }
}

/// Reads the next event of a stream.
fn next_event(events: &mut impl BufRead) -> String {
    loop {
        let mut line = String::new();
        assert!(events.read_line(&mut line).unwrap() > 0, "the events ended");
        if let Some(data) = line.strip_prefix("data: ") {
            return data.trim_end().to_owned();
        }
    }
}

#[test]
fn the_page_follows_the_files_and_errors_leave_the_last_good_site() {
    let site = new_site("en");
    let mut preview = Preview::start(site.path());
    let home = preview.get("/");
    assert!(home.starts_with("HTTP/1.1 200") && home.contains("<script src=\"/-/reload.js\" defer"), "{home}");
    assert!(home.contains("Content-Type: text/html; charset=utf-8"), "{home}");

    let mut stream = preview.connect();
    write!(stream, "GET /-/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut events = BufReader::new(stream);
    assert_eq!(next_event(&mut events), "{\"site\":1,\"attempt\":1,\"problems\":0}");

    let area = site.path().join("content/xinhe/area.yaml");
    let text = fs::read_to_string(&area).unwrap();
    fs::write(&area, text.replace("level: village", "level: vilage")).unwrap();
    assert_eq!(next_event(&mut events), "{\"site\":1,\"attempt\":2,\"problems\":1}");
    preview.message("the site was not updated; problems: 1");
    assert!(preview.get("/").starts_with("HTTP/1.1 200"));
    let problems = preview.get("/-/problems");
    assert!(problems.contains("content/xinhe/area.yaml:4:") && problems.contains("vilage"), "{problems}");

    fs::write(&area, text.replace("Xinhe Village", "Yanhe Village")).unwrap();
    assert_eq!(next_event(&mut events), "{\"site\":2,\"attempt\":3,\"problems\":0}");
    assert!(preview.get("/xinhe/").contains("Yanhe Village"));
    assert!(!site.path().join("public").exists(), "the preview wrote to disk");
}

#[test]
fn only_this_machine_only_reading_and_only_the_site() {
    let site = new_site("en");
    let preview = Preview::start(site.path());
    assert!(preview.ask("GET /", "evil.example").starts_with("HTTP/1.1 421"));
    assert!(preview.ask("POST /", "localhost").starts_with("HTTP/1.1 405"));
    let head = preview.ask("HEAD /", "localhost");
    assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
    for path in ["/../content/site.yaml", "/%2e%2e/content/site.yaml", "/content/site.yaml", "/.gongshi/manifest.json"] {
        assert!(preview.get(path).starts_with("HTTP/1.1 404"), "{path}");
    }
}
