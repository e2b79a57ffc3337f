//! Addresses: the only maker of URLs and output paths.
//!
//! An output path is relative to the site's root (`qinghe/xinmin/index.html`); a link is relative to the page that carries it,
//! so that the site works from a folder, from a subfolder of a server and from `file://`.

use std::fmt::Write as _;

use crate::language::Language;

/// An output path relative to the site's root, with forward slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// Makes the address of a file that is the same in every language (an asset, an attachment).
    pub fn file(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Makes the address of a page, below the folder of its language unless that is the site's first.
    pub fn page(language: Language, first: Language, path: &str) -> Self {
        Self::owned(language, first, path.to_owned())
    }

    /// Makes the address of a page of a path that is not needed elsewhere.
    pub fn owned(language: Language, first: Language, path: String) -> Self {
        if language == first { Self(path) } else { Self([language.tag(), "/", &path].concat()) }
    }

    /// Returns the output path.
    pub fn path(&self) -> &str {
        &self.0
    }

    /// Returns the link from this page to `target`, percent-encoded.
    pub fn to(&self, target: &Self) -> String {
        relative(&self.0, &target.0)
    }

    /// Returns the link from this page to an anchor of `target`.
    pub fn to_anchor(&self, target: &Self, anchor: &str) -> String {
        if self == target { ["#", anchor].concat() } else { [&self.to(target), "#", anchor].concat() }
    }

    /// Returns the way from this page to the site's root (`""`, `"../"`, `"../../"`).
    pub fn root(&self) -> String {
        "../".repeat(self.0.bytes().filter(|byte| *byte == b'/').count())
    }

    /// Returns the absolute URL below `base` (which ends in a slash); an `index.html` is left out.
    pub fn absolute(&self, base: &str) -> String {
        let path = self.0.strip_suffix("index.html").filter(|p| p.is_empty() || p.ends_with('/')).unwrap_or(&self.0);
        [base.trim_end_matches('/'), "/", &encode(path)].concat()
    }
}

/// Returns the relative link between two output paths.
fn relative(from: &str, to: &str) -> String {
    let same = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    // The folder that both lie in.
    let shared = from.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let up = from[shared..].bytes().filter(|byte| *byte == b'/').count();
    let mut link = String::with_capacity(3 * up + to.len() - shared);
    (0..up).for_each(|_| link.push_str("../"));
    encode_into(&mut link, &to[shared..]);
    link
}

/// Percent-encodes a path: everything but unreserved characters and slashes (RFC 3986).
fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    encode_into(&mut out, path);
    out
}

fn encode_into(out: &mut String, path: &str) {
    let mut rest = path;
    while let Some(at) = rest.as_bytes().iter().position(|byte| !PLAIN[usize::from(*byte)]) {
        out.push_str(&rest[..at]);
        // Whole characters: what is left begins with one.
        let end = rest[at..].chars().next().map_or(rest.len(), |c| at + c.len_utf8());
        for byte in rest[at..end].bytes() {
            let _ = write!(out, "%{byte:02X}");
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
}

/// Whether each byte of a path stands for itself.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = matches!(byte as u8, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/');
        byte += 1;
    }
    plain
};

/// Turns a name that people chose (a category) into a name of a folder: characters that file systems or URLs give a
/// meaning become hyphens.
fn slug(name: &str) -> String {
    let spaced = name.trim().trim_matches('.').to_lowercase();
    let slug: String = spaced.chars().map(|c| if c.is_alphanumeric() || c == '_' || c == '-' { c } else { '-' }).collect();
    let slug = slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "-".to_owned() } else { slug }
}

/// The longest name of a folder, in characters: at most four bytes each, which leaves room for the digest.
const LONGEST: usize = 48;

/// Names that one common system keeps for itself.
const RESERVED: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Returns a folder of its own for a name that people chose: the name where it can be one as it stands, else what is left of it
/// with a digest of the whole, so that two names never share a folder, not even where only case differs.
pub fn folder(name: &str) -> String {
    let slug = slug(name);
    if slug == name && slug.chars().count() <= LONGEST && !RESERVED.contains(&slug.as_str()) {
        return slug;
    }
    let digest = blake3::hash(name.as_bytes()).to_hex();
    let short: String = slug.chars().take(LONGEST).collect();
    format!("{}-{}", short.trim_matches('-'), &digest[..8]).trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_folders_of_their_own() {
        assert_eq!(folder("公益事业"), "公益事业");
        let long = "长".repeat(300);
        let names = ["a", "A", "a b", "a-b", "a/b", "../../x", "x", "CON", "con", "", "-", " ", "..", &long, "é", "e\u{301}"];
        let folders: std::collections::BTreeSet<String> = names.iter().map(|name| folder(name)).collect();
        assert_eq!(folders.len(), names.len(), "{folders:?}");
        assert!(folders.iter().all(|folder| folder.len() <= 255 && !folder.is_empty() && !folder.contains('/')));
    }

    fn link(from: &str, to: &str) -> String {
        Address::file(from).to(&Address::file(to))
    }

    #[test]
    fn links_are_relative_to_the_page() {
        assert_eq!(link("index.html", "qinghe/index.html"), "qinghe/index.html");
        assert_eq!(link("qinghe/xinmin/matters/a.html", "qinghe/xinmin/meetings/b.html"), "../meetings/b.html");
        assert_eq!(link("en/qinghe/a.html", "qinghe/a.html"), "../../qinghe/a.html");
        assert_eq!(link("a/index.html", "a/index.html"), "index.html");
    }

    #[test]
    fn folders_that_begin_alike_are_not_the_same() {
        assert_eq!(link("a/bc/x.html", "a/bd/y.html"), "../bd/y.html");
        assert_eq!(link("a/b/x.html", "a/b.html"), "../b.html");
        assert_eq!(link("a/b.html", "a/b/x.html"), "b/x.html");
        // Two characters of which the first bytes are the same.
        assert_eq!(link("公/a.html", "兵/b.html"), "../%E5%85%B5/b.html");
    }

    #[test]
    fn chinese_names_are_encoded() {
        assert_eq!(link("index.html", "browse/公.html"), "browse/%E5%85%AC.html");
    }

    #[test]
    fn a_slug_is_one_folder() {
        assert_eq!(slug("公益事业"), "公益事业");
        assert_eq!(slug("../etc/Pass wd?"), "etc-pass-wd");
        assert_eq!(slug("..."), "-");
    }

    #[test]
    fn an_absolute_address_leaves_index_out() {
        assert_eq!(Address::file("a/index.html").absolute("https://e.org/"), "https://e.org/a/");
        assert_eq!(Address::file("a/b.html").absolute("https://e.org"), "https://e.org/a/b.html");
    }
}
