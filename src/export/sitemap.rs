//! `sitemap.xml` and `robots.txt` (sitemaps.org protocol): every page in every language, with its alternates.

use std::fmt::Write as _;

use crate::edition::Edition;
use crate::language::Language;
use crate::site::Page;
use crate::site::Plan;
use crate::site::address::Address;

/// How many addresses one sitemap may hold (sitemaps.org).
const LIMIT: usize = 50_000;

/// Returns the files: none but `robots.txt` where the site has no base URL, as a sitemap holds absolute addresses.
pub fn files(edition: &Edition, plan: &Plan) -> Vec<(String, String)> {
    let Some(base) = edition.register.site().base_url.as_deref() else {
        return vec![("robots.txt".to_owned(), "User-agent: *\nAllow: /\n".to_owned())];
    };
    let base = base.trim_end_matches('/');
    let entries = entries(edition, plan, base);
    let parts: Vec<&[String]> = entries.chunks(LIMIT).collect();
    let mut files = vec![("robots.txt".to_owned(), format!("User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n"))];
    if let [only] = parts.as_slice() {
        files.push(("sitemap.xml".to_owned(), sitemap(only)));
        return files;
    }
    let names = (1..=parts.len()).map(|n| format!("sitemap-{n}.xml"));
    let named: Vec<(String, &[String])> = names.zip(parts).collect();
    files.push(("sitemap.xml".to_owned(), sitemap_index(base, &named)));
    files.extend(named.into_iter().map(|(name, part)| (name, sitemap(part))));
    files
}

/// Writes the entry of every page that search engines shall know.
fn entries(edition: &Edition, plan: &Plan, base: &str) -> Vec<String> {
    let first = plan.languages.first().copied().unwrap_or_default();
    let shown = |page: &&Page| match page {
        Page::NotFound => false,
        Page::List(_, n)
        | Page::Due(n)
        | Page::DueIn(_, n)
        | Page::Matrix(_, _, n)
        | Page::Findings(n)
        | Page::Statistics(_, _, n)
        | Page::Coverage(n)
        | Page::Performance(n)
        | Page::Indicator(_, _, n) => *n == 1,
        Page::Assessed(_, _, sheet) => sheet.number() == 1,
        _ => true,
    };
    let mut entries = Vec::new();
    for page in plan.pages.iter().filter(shown) {
        let path = page.path(&edition.register);
        for language in &plan.languages {
            entries.push(entry(plan, base, first, *language, &path));
        }
    }
    entries
}

/// Writes the entry of one page in one language.
fn entry(plan: &Plan, base: &str, first: Language, language: Language, path: &str) -> String {
    let url = |language: Language| escape(&Address::page(language, first, path).absolute(base));
    let mut entry = format!("<url><loc>{}</loc>", url(language));
    if plan.languages.len() > 1 {
        for other in &plan.languages {
            let _ = write!(entry, "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>", other.tag(), url(*other));
        }
    }
    entry.push_str("</url>\n");
    entry
}

/// Writes a sitemap.
fn sitemap(entries: &[String]) -> String {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
    format!("{head}{}</urlset>\n", entries.concat())
}

/// Writes the index of several sitemaps.
fn sitemap_index(base: &str, parts: &[(String, &[String])]) -> String {
    let parts = parts.iter().map(|(name, _)| format!("<sitemap><loc>{base}/{name}</loc></sitemap>\n"));
    let list = parts.collect::<Vec<_>>().concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{list}</sitemapindex>\n"
    )
}

/// Escapes an address for XML.
fn escape(url: &str) -> String {
    url.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
