//! The site itself: an address that links can be made of.

use crate::diagnostic::Diagnostic;
use crate::record::check::quote;
use crate::record::{Record, Site};
use crate::text;

/// Checks the address of the site.
pub(super) fn check(record: &Record, site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let Some(address) = &site.base_url else {
        return;
    };
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    if host.is_some_and(|host| !host.is_empty() && !host.starts_with('/') && !host.contains(char::is_whitespace)) {
        return;
    }
    let found = quote(address);
    diagnostics.push(
        Diagnostic::error(
            "schema/wrong-type",
            record.tree().place("base_url"),
            text!("`base_url` 应是完整的网址，写的是 `{found}`", "`base_url` must be a whole address, found `{found}`"),
        )
        .help(text!(
            "如 `https://example.org/`；没有网址的，删去这个键",
            "such as `https://example.org/`; leave the key out if there is none"
        )),
    );
}
