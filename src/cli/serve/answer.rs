//! What the preview answers to a request: a pure function of the request and of what is shown.

use std::sync::Arc;

use super::problems::{Problems, escape};
use crate::language::{Language, Text};
use crate::publish::Output;

/// The script and the style that the preview adds to pages.
const SCRIPT: &str = include_str!("reload.js");
const STYLE: &str = include_str!("preview.css");

/// The policy of our own pages: nothing but what this server sends.
const POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";

/// What the preview shows at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// The last site that could be built.
    pub(super) output: Option<Arc<Output>>,
    /// What is wrong now; empty when the site is up to date.
    pub(super) problems: Arc<Problems>,
    /// Counts the sites that could be built.
    pub(super) site: u64,
    /// Counts the builds.
    pub(super) attempt: u64,
    /// The language of our own pages.
    pub(super) language: Language,
}

/// A request, as far as it matters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'a> {
    /// `GET`, `HEAD` …
    pub(super) method: &'a str,
    /// The path with its query, as it was sent.
    pub(super) url: &'a str,
    /// The `Host` header.
    pub(super) host: Option<&'a str>,
}

/// What is sent back.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

/// What to do with a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// Send this.
    Answer(Answer),
    /// Keep the connection and tell of every build.
    Events,
}

impl Shown {
    /// Answers a request that came in on `port`.
    pub(super) fn reply(&self, request: Request<'_>, port: u16) -> Reply {
        Reply::Answer(match request {
            // A page of another site could point a name of its own at this machine and read the records.
            request if !request.host.is_some_and(|host| is_loopback(host, port)) => {
                plain(421, "this is a preview for this machine only")
            }
            Request { method, .. } if method != "GET" && method != "HEAD" => {
                let mut answer = plain(405, "only GET and HEAD");
                answer.headers.push(("Allow", "GET, HEAD".to_owned()));
                answer
            }
            Request { url, .. } => match url.split(['?', '#']).next().unwrap_or_default() {
                "/-/events" => return Reply::Events,
                "/-/reload.js" => Answer::new(200, "x.js", SCRIPT),
                "/-/preview.css" => Answer::new(200, "x.css", STYLE),
                "/-/problems" => self.problems_page(200),
                path => self.file(path),
            },
        })
    }

    /// Returns the event that tells a page what is shown.
    pub(super) fn event(&self) -> String {
        let Self { site, attempt, problems, .. } = self;
        format!("event: state\ndata: {{\"site\":{site},\"attempt\":{attempt},\"problems\":{}}}\n\n", problems.len())
    }

    /// Finds a file of the site. The paths of an output are names, not places on disk: nothing else can be reached.
    fn file(&self, url: &str) -> Answer {
        let Some(output) = &self.output else { return self.problems_page(500) };
        let Some(path) = decode(url) else { return plain(400, "the path is not UTF-8") };
        let path = path.trim_start_matches('/');
        let index = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if output.get(&index).is_some() {
            return self.send(output, &index, 200);
        }
        if !path.is_empty() && output.get(&format!("{path}/index.html")).is_some() {
            let mut answer = plain(308, "the folder has a slash at its end");
            answer.headers.push(("Location", format!("{}/", slash_once(url))));
            return answer;
        }
        let above = path.rmatch_indices('/').map(|(at, _)| &path[..=at]).chain([""]);
        match above.map(|folder| format!("{folder}404.html")).find(|page| output.get(page).is_some()) {
            Some(page) => self.send(output, &page, 404),
            None => plain(404, "not found"),
        }
    }

    fn send(&self, output: &Output, path: &str, status: u16) -> Answer {
        match output.read(path) {
            Ok(Some(body)) if is_html(path) => {
                Answer::new(status, path, self.with_script(&String::from_utf8_lossy(&body), "site"))
            }
            Ok(Some(body)) => Answer::new(status, path, body),
            Err(reason) => plain(500, &format!("{path}: {}", reason.get(self.language))),
            Ok(None) => plain(404, "not found"),
        }
    }

    fn problems_page(&self, status: u16) -> Answer {
        let title = Text::new("错误", "Errors");
        let (tag, title) = (self.language.tag(), title.get(self.language));
        let head = format!(
            "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"stylesheet\" href=\"/-/preview.css\">\n</head>\n<body>\n"
        );
        let page = format!("{head}{}</body>\n</html>\n", self.problems.html(self.language));
        let mut answer = Answer::new(status, "x.html", self.with_script(&page, "problems"));
        answer.headers.push(("Content-Security-Policy", POLICY.to_owned()));
        answer
    }

    /// Adds the reload script at the end of the head: an external file, so that the page's own policy holds.
    fn with_script(&self, html: &str, page: &str) -> String {
        let (title, close) = (Text::new("错误", "Errors"), Text::new("收起", "Close"));
        let tag = format!(
            "<script src=\"/-/reload.js\" defer data-page=\"{page}\" data-site=\"{}\" data-attempt=\"{}\" data-title=\"{}\" \
             data-close=\"{}\"></script>\n",
            self.site,
            self.attempt,
            escape(title.get(self.language)),
            escape(close.get(self.language))
        );
        let at = html.find("</head>").unwrap_or(html.len());
        format!("{}{tag}{}", &html[..at], &html[at..])
    }
}

impl Answer {
    fn new(status: u16, path: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![
            ("Content-Type", content_type(path).to_owned()),
            ("Cache-Control", "no-store".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
        ];
        Self { status, headers, body: body.into() }
    }
}

fn plain(status: u16, text: &str) -> Answer {
    Answer::new(status, "x.txt", format!("{text}\n"))
}

/// Whether a `Host` header names this machine by one of its own names.
fn is_loopback(host: &str, port: u16) -> bool {
    let name = host.strip_suffix(&format!(":{port}")).unwrap_or(host);
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Leaves one slash at the beginning: two would name another machine.
fn slash_once(url: &str) -> String {
    format!("/{}", url.trim_start_matches('/'))
}

fn is_html(path: &str) -> bool {
    extension(path) == "html"
}

fn extension(path: &str) -> String {
    path.rsplit(['.', '/']).next().unwrap_or_default().to_ascii_lowercase()
}

/// Decodes `%e6%9d%91`; `None` if a digit is missing or the result is not UTF-8.
fn decode(url: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(rest.next()?)? * 16 + digit(rest.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// Returns the media type of a file by the end of its name.
fn content_type(path: &str) -> &'static str {
    match extension(path).as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "txt" | "md" | "yaml" | "yml" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "zip" => "application/zip",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown() -> Shown {
        let mut output = Output::default();
        output.add("index.html", "<head></head><p>首页").unwrap();
        output.add("404.html", "<head></head>没有").unwrap();
        output.add("en/404.html", "<head></head>none").unwrap();
        output.add("村/index.html", "<head></head>村").unwrap();
        output.add("a.css", "a{}").unwrap();
        Shown { output: Some(Arc::new(output)), site: 3, attempt: 5, ..Shown::default() }
    }

    fn ask(shown: &Shown, method: &str, url: &str, host: Option<&str>) -> Answer {
        match shown.reply(Request { method, url, host }, 8000) {
            Reply::Answer(answer) => answer,
            Reply::Events => panic!("events"),
        }
    }

    fn get(url: &str) -> Answer {
        ask(&shown(), "GET", url, Some("localhost:8000"))
    }

    fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
        answer.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    #[test]
    fn a_page_carries_the_reload_script_and_other_files_do_not() {
        let page = get("/?x=1");
        let script = "<script src=\"/-/reload.js\" defer data-page=\"site\" data-site=\"3\" data-attempt=\"5\" \
                      data-title=\"错误\" data-close=\"收起\"></script>\n";
        assert_eq!(String::from_utf8(page.body.clone()).unwrap(), format!("<head>{script}</head><p>首页"));
        assert_eq!(header(&page, "Content-Type"), Some("text/html; charset=utf-8"));
        assert_eq!(header(&page, "Cache-Control"), Some("no-store"));
        assert_eq!(get("/a.css").body, b"a{}");
    }

    #[test]
    fn folders_are_redirected_and_percent_signs_decoded() {
        assert_eq!(get("/%e6%9d%91/").status, 200);
        let answer = get("//%E6%9D%91");
        assert_eq!((answer.status, header(&answer, "Location")), (308, Some("/%E6%9D%91/")));
        assert_eq!(get("/%ff").status, 400);
        assert_eq!(get("/%e").status, 400);
    }

    #[test]
    fn a_missing_page_gives_the_nearest_page_of_the_site_for_that() {
        let text = |answer: Answer| (answer.status, String::from_utf8(answer.body).unwrap().split_off(20));
        assert!(text(get("/x/y")).1.ends_with("没有"));
        assert!(text(get("/en/x/y")).1.ends_with("none"));
        for url in ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5cx", "/%00"] {
            assert_eq!(get(url).status, 404, "{url}");
        }
    }

    #[test]
    fn other_names_and_methods_are_refused() {
        for host in [None, Some("evil.example"), Some("localhost:81"), Some("localhost.evil.example:8000"), Some("")] {
            assert_eq!(ask(&shown(), "GET", "/", host).status, 421, "{host:?}");
        }
        for host in ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"] {
            assert_eq!(ask(&shown(), "HEAD", "/", Some(host)).status, 200, "{host}");
        }
        let answer = ask(&shown(), "POST", "/", Some("localhost"));
        assert_eq!((answer.status, header(&answer, "Allow")), (405, Some("GET, HEAD")));
    }

    #[test]
    fn without_a_good_site_every_page_lists_the_problems() {
        let problems = Arc::new(Problems::fault(&Text::new("读不了 <x>", "cannot read <x>"), Language::English));
        let broken = Shown { problems, language: Language::English, attempt: 1, ..Shown::default() };
        let answer = ask(&broken, "GET", "/any/page", Some("localhost"));
        assert_eq!(answer.status, 500);
        assert_eq!(header(&answer, "Content-Security-Policy"), Some(POLICY));
        let page = String::from_utf8(answer.body).unwrap();
        assert!(page.contains("cannot read &lt;x&gt;") && page.contains("data-page=\"problems\""), "{page}");
        assert_eq!(broken.event(), "event: state\ndata: {\"site\":0,\"attempt\":1,\"problems\":1}\n\n");
    }
}
