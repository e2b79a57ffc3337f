//! The script as SSML 1.1 (W3C Recommendation of 7 September 2010), for a machine that reads aloud.
//!
//! Every figure is written as words already, so that no engine has to guess: `say-as` is not needed. Texts in the other
//! language are marked with `lang`.

use std::fmt::Write as _;

use super::{Run, Script, Sentence};
use crate::language::Language;

/// The pause after a paragraph, and before the second reading.
const PAUSE: &str = "<break time=\"1s\"/>\n";
const LONG_PAUSE: &str = "<break time=\"3s\"/>\n";

/// Writes a script.
pub(super) fn write(script: &Script) -> String {
    let tag = script.language.tag();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"{tag}\">\n"
    );
    for note in script.notes().iter().take(2) {
        // Two hyphens would end the comment.
        let _ = writeln!(out, "<!-- {} -->", escape(note).replace('-', "‑"));
    }
    let paragraphs = script.paragraphs();
    for (place, sentences) in paragraphs.iter().enumerate() {
        if place > 0 {
            let again = sentences.first() == Some(&script.again);
            out.push_str(if again { LONG_PAUSE } else { PAUSE });
        }
        out.push_str("<p>");
        sentences.iter().for_each(|sentence| write_sentence(&mut out, sentence, script.language));
        out.push_str("</p>\n");
    }
    out.push_str("</speak>\n");
    out
}

fn write_sentence(out: &mut String, Sentence(runs): &Sentence, language: Language) {
    out.push_str("<s>");
    for Run { text, language: written, .. } in runs {
        let text = escape(text);
        let _ = if *written == language {
            write!(out, "{text}")
        } else {
            write!(out, "<lang xml:lang=\"{}\">{text}</lang>", written.tag())
        };
    }
    out.push_str("</s>");
}

/// Escapes a text for XML; characters that XML 1.0 does not know are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
