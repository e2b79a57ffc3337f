//! The script for the loudspeaker: what was decided, how, and how to object, written for the ear and read twice.
//!
//! The sixth step of the village procedure names the loudspeaker before the notice board: who cannot read the board must be
//! able to hear the same. Sentences of ours are short, figures are words, and what stands in a record is quoted sentence by
//! sentence. [`broadcast`] writes a [`Script`]; it is plain text ([`Script::text`]) or SSML for a machine ([`Script::ssml`]).

mod matter;
mod meeting;
mod ssml;
mod words;

use crate::field::Kind;
use crate::language::{Language, detect, spoken};
use crate::register::RecordIx;
use crate::site::Scribe;

/// Chinese characters that an announcer reads in a minute.
///
/// Over loudspeakers that echo, three syllables a second are understood rather than the usual five (P. Mapp, "Designing for
/// Speech Intelligibility", in G. Ballou, ed., *Handbook for Sound Engineers*); a character is a syllable. The news of the
/// Central People's Broadcasting Station, when villages heard it over loudspeakers (the 1960s), had about 185 a minute.
pub const CHARACTERS_A_MINUTE: u64 = 180;

/// English words that an announcer reads in a minute: the same three syllables a second, about 1.4 of them a word.
pub const WORDS_A_MINUTE: u64 = 130;

/// The script for one broadcast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    language: Language,
    /// What it is about, for the announcer.
    title: String,
    /// What is said first, once.
    opening: Paragraph,
    /// What is said twice.
    body: Vec<Paragraph>,
    /// What is said between both readings.
    again: Sentence,
    /// What is said last.
    closing: Sentence,
}

/// Sentences that belong together; a pause follows.
pub type Paragraph = Vec<Sentence>;

/// One sentence, with its full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence(Vec<Run>);

/// A piece of a sentence in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    text: String,
    language: Language,
    /// Whether a record says it, rather than we.
    quoted: bool,
}

/// Writes the script about the resolution of a matter, or about a meeting; `None` while nothing was decided.
pub fn broadcast(scribe: &Scribe, ix: RecordIx) -> Option<Script> {
    let speaker = words::Speaker { scribe, ix };
    let body = match scribe.edition.register.get(ix).kind {
        Kind::Matter => matter::body(&speaker)?,
        Kind::Meeting => meeting::body(&speaker)?,
        _ => return None,
    };
    Some(Script {
        language: scribe.language,
        title: speaker.title_for_announcer(),
        opening: speaker.opening(),
        body: body.into_iter().filter(|paragraph| !paragraph.is_empty()).collect(),
        again: speaker.own("下面再播送一遍。", "Here it is once more."),
        closing: speaker.own("播送完了，谢谢收听。", "That is the end of this notice. Thank you."),
    })
}

impl Script {
    /// Returns everything that is said, in order.
    fn paragraphs(&self) -> Vec<&[Sentence]> {
        let body = || self.body.iter().map(Vec::as_slice);
        let once = |sentence| std::slice::from_ref(sentence);
        let opening = std::iter::once(self.opening.as_slice()).chain(body());
        opening.chain([once(&self.again)]).chain(body()).chain([once(&self.closing)]).collect()
    }

    /// Returns the sentences that are ours alone, and quote no record.
    pub fn own_sentences(&self) -> impl Iterator<Item = String> {
        let all = self.paragraphs().into_iter().flatten();
        let own: Vec<String> = all.filter(|sentence| sentence.0.iter().all(|run| !run.quoted)).map(Sentence::text).collect();
        own.into_iter()
    }

    /// Estimates how long it takes to read everything, in seconds, rounded up.
    pub fn seconds(&self) -> u64 {
        let runs = self.paragraphs().into_iter().flatten().flat_map(|sentence| &sentence.0);
        let (mut characters, mut words) = (0, 0);
        for run in runs {
            match run.language {
                Language::Chinese => characters += run.text.chars().filter(|c| c.is_alphanumeric()).count() as u64,
                Language::English => words += run.text.split_whitespace().count() as u64,
            }
        }
        (60 * (characters * WORDS_A_MINUTE + words * CHARACTERS_A_MINUTE)).div_ceil(CHARACTERS_A_MINUTE * WORDS_A_MINUTE)
    }

    /// Writes the lines for the announcer, which are not read out.
    fn notes(&self) -> [String; 3] {
        let tens = self.seconds().div_ceil(10) * 10;
        let (m, s) = (tens / 60, tens % 60);
        let (minutes, seconds) = match self.language {
            Language::Chinese => ("分钟", "秒"),
            Language::English => ("min", "s"),
        };
        let parts = [(m, minutes), (s, seconds)].into_iter().filter(|(n, _)| *n > 0);
        let time = parts.map(|(n, unit)| format!("{n} {unit}")).collect::<Vec<_>>().join(" ");
        match self.language {
            Language::Chinese => [
                format!("广播稿：{}", self.title),
                format!("预计播送时间：约 {time}（读两遍，每分钟 {CHARACTERS_A_MINUTE} 字）"),
                "以 # 开头的行不读。".to_owned(),
            ],
            Language::English => [
                format!("Broadcast script: {}", self.title),
                format!("Reading time: about {time} (read twice, {WORDS_A_MINUTE} words a minute)"),
                "Lines that begin with # are not read out.".to_owned(),
            ],
        }
    }

    /// Writes the script as plain text: notes for the announcer, then a sentence a line, a blank line for a pause.
    pub fn text(&self) -> String {
        let lines =
            |sentences: &[Sentence]| sentences.iter().flat_map(|sentence| [sentence.text(), "\n".into()]).collect::<String>();
        let notes: String = self.notes().iter().flat_map(|note| ["# ", note, "\n"]).collect();
        let said: Vec<String> = self.paragraphs().into_iter().map(lines).collect();
        format!("{notes}\n{}", said.join("\n"))
    }

    /// Writes the script as SSML 1.1.
    pub fn ssml(&self) -> String {
        ssml::write(self)
    }

    /// Returns the files of the script: the extension and the text of each.
    pub fn files(&self) -> [(&'static str, String); 2] {
        [("txt", self.text()), ("ssml", self.ssml())]
    }
}

impl Sentence {
    /// Returns its words.
    fn text(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    /// Adds words of a record, their figures spoken where that is certain.
    fn quote(mut self, text: &str, language: Language) -> Self {
        let language = detect(text).unwrap_or(language);
        self.0.push(Run { text: spoken::text(text, language), language, quoted: true });
        self
    }

    /// Adds words of ours.
    fn add(mut self, text: &str, language: Language) -> Self {
        self.0.push(Run { text: text.to_owned(), language, quoted: false });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(language: Language, text: &str) -> Script {
        let sentence = |text| Sentence(Vec::new()).quote(text, language);
        Script {
            language,
            title: text.to_owned(),
            opening: Vec::new(),
            body: vec![vec![sentence(text)]],
            again: sentence("再"),
            closing: sentence("完"),
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let hostile = "<break/> & ]]> --> \u{0}\u{1b}<!-- \"x\" 路灯 </s>";
        let ssml = script(Language::Chinese, hostile).ssml();
        assert_eq!(ssml.matches("<s>&lt;break/&gt; &amp; ]]&gt; --&gt; &lt;!-- \"x\" 路灯 &lt;/s&gt;</s>").count(), 2, "{ssml}");
        let comment = ssml.lines().nth(2).unwrap_or_default();
        assert!(comment.starts_with("<!-- ") && comment.ends_with(" -->"), "{comment}");
        assert!(!comment[5..comment.len() - 4].contains("--"), "{comment}");
    }

    #[test]
    fn the_time_counts_both_readings() {
        let chinese = script(Language::Chinese, &"路".repeat(89));
        assert_eq!(chinese.seconds(), 60, "2 × 89 characters and 2 of the frame, 180 a minute");
        assert!(chinese.text().starts_with("# 广播稿"), "{}", chinese.text());
        assert!(chinese.text().contains("约 1 分钟（"), "{}", chinese.text());
        let english = script(Language::English, &"lamp ".repeat(130));
        assert!(english.text().contains("about 2 min 10 s ("), "{}", english.text());
    }

    #[test]
    fn another_language_is_marked() {
        let ssml = script(Language::English, "冬季清雪").ssml();
        assert!(ssml.contains("<s><lang xml:lang=\"zh-CN\">冬季清雪</lang></s>"), "{ssml}");
    }
}
