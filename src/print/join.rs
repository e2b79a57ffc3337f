//! Texts of several sheets in one file.

/// What stands between two scripts for a machine that reads aloud.
const PAUSE: &str = "<break time=\"3s\"/>";

/// Joins texts of one kind, which their `extension` tells, into one that is valid too.
pub fn join(extension: &str, texts: &[String]) -> String {
    match texts {
        [only] => only.clone(),
        _ if extension == "ssml" => speeches(texts),
        _ => texts.join("\n"),
    }
}

/// Joins documents of SSML: what each says, under the root of the first. The scripts of one run are all in one language.
fn speeches(texts: &[String]) -> String {
    let lines: Vec<Vec<&str>> = texts.iter().map(|text| text.lines().collect()).collect();
    // A script begins with the declaration and the start of the root, and ends with the end of the root.
    let said = lines.iter().map(|lines| lines.get(2..lines.len().saturating_sub(1)).unwrap_or_default().join("\n"));
    let said = said.collect::<Vec<_>>().join(&format!("\n{PAUSE}\n"));
    let head = lines.first().and_then(|lines| lines.get(..2)).unwrap_or_default().join("\n");
    format!("{head}\n{said}\n</speak>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeches_stand_under_one_root_with_a_pause_between_them() {
        let speech = |words: &str| format!("<?xml version=\"1.0\"?>\n<speak xml:lang=\"en\">\n<p>{words}</p>\n</speak>\n");
        assert_eq!(join("ssml", &[speech("a")]), speech("a"));
        let both = speech("a</p>\n<break time=\"3s\"/>\n<p>b");
        assert_eq!(join("ssml", &[speech("a"), speech("b")]), both);
        assert_eq!(join("txt", &["a\n".to_owned(), "b\n".to_owned()]), "a\n\nb\n");
    }
}
