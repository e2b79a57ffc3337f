//! Names of persons, as the site shows them: in full, by surname or by initials, the same way in every output.

use std::borrow::Cow;
use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use pinyin::ToPinyin as _;

/// How names appear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum NameStyle {
    /// As written.
    #[default]
    Full,
    /// The surname alone: `王某`; of names in Latin letters its first letter: `S.`.
    Surname,
    /// The initials of the reading: `W.C.S.`.
    Initials,
}

impl NameStyle {
    /// Reads the value of `names` in `site.yaml`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "full" => Some(Self::Full),
            "surname" => Some(Self::Surname),
            "initials" => Some(Self::Initials),
            _ => None,
        }
    }
}

/// Returns a name as the style shows it. The result of a style is stable: styling it again changes nothing.
pub fn style(name: &str, style: NameStyle) -> String {
    let name = name.trim();
    if name.is_empty() || style == NameStyle::Full || is_masked(name) {
        return name.to_owned();
    }
    match style {
        NameStyle::Full => name.to_owned(),
        NameStyle::Surname => surname(name),
        NameStyle::Initials => initials(name),
    }
}

/// Whether a name was masked by its author already.
fn is_masked(name: &str) -> bool {
    name.ends_with('某') || name.contains(['*', '＊', '●', '×']) || is_initials(name)
}

/// Whether a name is initials already: `W.C.S.`.
fn is_initials(name: &str) -> bool {
    let mut parts = name.split('.');
    name.ends_with('.')
        && parts.next_back().is_some()
        && parts.all(|part| part == "某" || (part.len() == 1 && part.as_bytes()[0].is_ascii_uppercase()))
}

/// The dots that part the names of ethnic groups and foreigners.
const DOTS: [char; 5] = ['·', '•', '・', '‧', '．'];

/// `王春生` → `王某`, `欧阳明` → `欧阳某`, `阿依古丽·买买提` → `阿某`, `John Smith` → `S.`.
fn surname(name: &str) -> String {
    if name.chars().any(is_han) {
        return format!("{}某", family_name(name));
    }
    latin_words(name).last().map(latin_initial).unwrap_or_default()
}

/// Returns the first letter of each word.
fn latin_words(name: &str) -> impl Iterator<Item = char> {
    name.split(|c: char| c.is_whitespace() || c == '-').filter_map(|part| part.chars().next())
}

fn latin_initial(first: char) -> String {
    format!("{}.", first.to_uppercase())
}

/// Returns the family name of a Chinese name; of a name with a dot, its first character (such names have no family name).
fn family_name(name: &str) -> String {
    let length = if name.contains(DOTS) {
        1
    } else if name.chars().count() >= 3 && COMPOUND.iter().any(|known| name.starts_with(known)) {
        2
    } else {
        1
    };
    name.chars().take(length).collect()
}

fn initials(name: &str) -> String {
    if !name.chars().any(is_han) {
        return latin_words(name).map(latin_initial).collect();
    }
    let family: Vec<char> = family_name(name).chars().collect();
    let letters =
        name.chars().enumerate().filter_map(|(i, c)| if i < family.len() { family_initial(name, c) } else { initial(c) });
    letters.flat_map(|letter| [letter, '.']).collect()
}

/// Returns the initial of a character; nothing for dots and blanks, `某` for a character without a known reading.
fn initial(c: char) -> Option<char> {
    if c.is_ascii_alphabetic() {
        return Some(c.to_ascii_uppercase());
    }
    if !is_han(c) {
        return None;
    }
    let reading = c.to_pinyin().and_then(|reading| reading.plain().chars().next());
    Some(reading.map_or('某', |letter| if letter == 'ü' { 'Y' } else { letter.to_ascii_uppercase() }))
}

/// Returns the initial of a family name's character, which some characters read in another way than elsewhere.
fn family_initial(name: &str, c: char) -> Option<char> {
    const READINGS: &[(char, char)] = &[
        ('单', 'S'),
        ('曾', 'Z'),
        ('解', 'X'),
        ('仇', 'Q'),
        ('区', 'O'),
        ('朴', 'P'),
        ('盖', 'G'),
        ('查', 'Z'),
        ('翟', 'Z'),
        ('召', 'S'),
        ('重', 'C'),
        ('员', 'Y'),
        ('乐', 'Y'),
        ('祭', 'Z'),
        ('种', 'C'),
        ('洗', 'X'),
        ('冼', 'X'),
        ('缪', 'M'),
        ('宓', 'M'),
        ('秘', 'B'),
        ('覃', 'Q'),
        ('繁', 'P'),
        ('黑', 'H'),
        ('折', 'S'),
        ('牟', 'M'),
        ('尉', 'W'),
        ('万', 'W'),
        ('俞', 'Y'),
        ('沈', 'S'),
        ('车', 'C'),
        ('阚', 'K'),
        ('澹', 'T'),
        ('乜', 'N'),
        ('隗', 'W'),
        ('石', 'S'),
    ];
    match READINGS.iter().find(|(known, _)| *known == c) {
        // 尉迟 and 万俟 are read otherwise than 尉 and 万.
        Some(('尉', _)) if name.starts_with("尉迟") => Some('Y'),
        Some(('万', _)) if name.starts_with("万俟") => Some('M'),
        Some((_, letter)) => Some(*letter),
        None => initial(c),
    }
}

/// Whether a character is a Chinese one, rare ones included.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Family names of two characters.
const COMPOUND: &[&str] = &[
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连",
    "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于",
    "司空", "闾丘", "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋",
    "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "梁丘", "左丘", "东门", "西门", "第五",
    "纳兰", "完颜", "爱新", "叶赫", "那拉", "富察", "钮祜", "耶律", "北堂", "贺兰", "达奚", "褚师", "淳于", "单于", "即墨",
    "哈尔", "呼衍", "沮渠", "破多",
];

/// Shows names in the site's style, in name fields and in free text alike.
#[derive(Debug, Clone)]
pub struct Masker {
    style: NameStyle,
    finder: Option<AhoCorasick>,
    shown: Vec<String>,
    /// The digest of the style and the names.
    digest: blake3::Hash,
}

impl Masker {
    /// Makes a masker that knows `names`; two names or more, one name that holds another and repeated names are fine. Names of
    /// a single character are not looked for in free text.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>, style: NameStyle) -> Self {
        if style == NameStyle::Full {
            return Self { style, finder: None, shown: Vec::new(), digest: blake3::hash(b"") };
        }
        let known: BTreeMap<&str, String> =
            names.map(str::trim).filter(|name| name.chars().count() > 1).map(|name| (name, self::style(name, style))).collect();
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(known.keys()).ok();
        let mut digest = blake3::Hasher::new();
        digest.update(&[style as u8]);
        for name in known.keys() {
            digest.update(name.as_bytes()).update(&[0]);
        }
        let finder = finder.filter(|_| !known.is_empty());
        Self { style, finder, shown: known.into_values().collect(), digest: digest.finalize() }
    }

    /// Returns the digest of all that it knows: the same digest, the same names shown alike.
    pub fn digest(&self) -> blake3::Hash {
        self.digest
    }

    /// Returns a name as the site shows it.
    pub fn person(&self, name: &str) -> String {
        style(name, self.style)
    }

    /// Replaces every known name in free text.
    pub fn prose<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let Some(finder) = &self.finder else {
            return Cow::Borrowed(text);
        };
        let (joined, breaks) = without_breaks(text);
        let origin = |at: usize, last: bool| {
            let passed = breaks.iter().filter(|(place, _)| if last { *place < at } else { *place <= at });
            at + passed.map(|(_, length)| length).sum::<usize>()
        };
        let mut result = String::new();
        let mut from = 0;
        for found in finder.find_iter(&*joined).filter(|found| is_whole(&joined, found.start(), found.end())) {
            result.push_str(&text[from..origin(found.start(), false)]);
            result.push_str(&self.shown[found.pattern().as_usize()]);
            from = origin(found.end(), true);
        }
        if from == 0 {
            return Cow::Borrowed(text);
        }
        result.push_str(&text[from..]);
        Cow::Owned(result)
    }

    /// Returns free text with every known name replaced; `None` where it holds none.
    pub fn changed(&self, text: &str) -> Option<String> {
        match self.prose(text) {
            Cow::Borrowed(_) => None,
            Cow::Owned(shown) => Some(shown).filter(|shown| shown != text),
        }
    }

    /// Whether every name is shown in full, so that nothing changes.
    pub fn is_idle(&self) -> bool {
        self.style == NameStyle::Full
    }

    /// Returns the style.
    pub fn style(&self) -> NameStyle {
        self.style
    }
}

/// Leaves out the line breaks between Chinese characters, where a page shows nothing: a name may be written across one. Returns
/// each break by its place in the new text, with its length.
fn without_breaks(text: &str) -> (Cow<'_, str>, Vec<(usize, usize)>) {
    let mut joined = String::new();
    let (mut breaks, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(found) = text[at..].find('\n') {
        let newline = at + found;
        let before = text[from..newline].trim_end_matches([' ', '\t', '\r']);
        let rest = text[newline..].trim_start_matches(['\n', ' ', '\t', '\r', '>', '\u{3000}']);
        let end = text.len() - rest.len();
        let single = text[newline..end].matches('\n').count() == 1;
        at = end;
        if single && before.ends_with(is_han) && rest.starts_with(is_han) {
            joined.push_str(before);
            breaks.push((joined.len(), end - from - before.len()));
            from = end;
        }
    }
    if breaks.is_empty() {
        return (Cow::Borrowed(text), breaks);
    }
    joined.push_str(&text[from..]);
    (Cow::Owned(joined), breaks)
}

/// Whether a found name is not part of a longer Latin word; Chinese has no word ends.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
        is_letter(a) && is_letter(b)
    };
    !joins(text[..start].chars().next_back(), text[start..].chars().next())
        && !joins(text[..end].chars().next_back(), text[end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_keep_the_family_name_alone() {
        for (name, shown) in [
            ("王春生", "王某"),
            ("陈立", "陈某"),
            ("欧阳明", "欧阳某"),
            ("司马光远", "司马某"),
            ("诸葛亮", "诸葛某"),
            ("东方", "东某"),
            ("阿依古丽·买买提", "阿某"),
            ("𠮷野", "𠮷某"),
            ("John Smith", "S."),
            ("  李长河 ", "李某"),
            ("李某", "李某"),
            ("李*", "李*"),
            ("", ""),
        ] {
            assert_eq!(style(name, NameStyle::Surname), shown);
            assert_eq!(style(shown, NameStyle::Surname), shown, "styling again changes {shown}");
        }
    }

    #[test]
    fn initials_follow_the_reading_of_names() {
        for (name, shown) in [
            ("王春生", "W.C.S."),
            ("欧阳明", "O.Y.M."),
            ("单田芳", "S.T.F."),
            ("曾国藩", "Z.G.F."),
            ("解缙", "X.J."),
            ("仇英", "Q.Y."),
            ("尉迟恭", "Y.C.G."),
            ("吕布", "L.B."),
            ("阿依古丽·买买提", "A.Y.G.L.M.M.T."),
            ("John Smith", "J.S."),
        ] {
            assert_eq!(style(name, NameStyle::Initials), shown);
            assert_eq!(style(shown, NameStyle::Initials), shown, "styling again changes {shown}");
        }
    }

    #[test]
    fn common_family_names_have_their_own_reading() {
        let known = [
            ("B", "白柏卜秘"),
            ("C", "陈曹蔡程崔常晁褚车谌种重"),
            ("D", "邓董杜丁段戴"),
            ("F", "冯范付方"),
            ("G", "郭高顾龚盖葛过谷"),
            ("H", "黄胡何韩侯贺郝洪华郇黑"),
            ("J", "蒋姜金贾江纪"),
            ("K", "孔康柯阚"),
            ("L", "李刘林罗梁吕卢陆廖雷龙黎赖"),
            ("M", "马孟毛莫缪宓牟麦"),
            ("N", "宁乜"),
            ("O", "区"),
            ("P", "彭潘朴逄繁"),
            ("Q", "秦邱覃钱乔仇曲"),
            ("R", "任"),
            ("S", "孙宋苏沈石史邵施单宿沙召折"),
            ("T", "唐田谭陶汤佟"),
            ("W", "王吴魏汪韦万武文尉隗"),
            ("X", "徐谢许肖夏熊薛向辛解郗冼洗"),
            ("Y", "杨袁余于叶姚尹闫严易燕殷员乐"),
            ("Z", "张赵周朱郑曾钟邹查翟臧祭甄"),
        ];
        let wrong: Vec<_> = known
            .iter()
            .flat_map(|(letter, families)| families.chars().map(move |family| (*letter, family)))
            .filter(|(letter, family)| style(&format!("{family}国明"), NameStyle::Initials) != format!("{letter}.G.M."))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(style("长孙无忌", NameStyle::Initials), "Z.S.W.J.");
        assert_eq!(style("澹台明", NameStyle::Initials), "T.T.M.");
    }

    #[test]
    fn characters_without_a_reading_are_shown_as_unknown_and_stay_so() {
        let shown = style("王\u{31fff}", NameStyle::Initials);
        assert_eq!(shown, "W.某.");
        assert_eq!(style(&shown, NameStyle::Initials), shown);
    }

    #[test]
    fn full_names_stay() {
        assert_eq!(style("王春生", NameStyle::Full), "王春生");
        assert!(matches!(Masker::new(["王春生"].into_iter(), NameStyle::Full).prose("王春生"), Cow::Borrowed(_)));
    }

    #[test]
    fn free_text_is_masked_by_the_longest_name() {
        let masker = Masker::new(["王春", "王春生", "赵玉兰", "Ann Lee", "王", ""].into_iter(), NameStyle::Surname);
        assert_eq!(masker.prose("会议推选赵玉兰、王春生，王春列席。"), "会议推选赵某、王某，王某列席。");
        assert_eq!(masker.prose("Ann Lee and Joann Lee, Ann Leeson"), "L. and Joann Lee, Ann Leeson");
        assert!(matches!(masker.prose("没有名字，王某在场"), Cow::Borrowed(_)));
        assert_eq!(masker.person("孙德福"), "孙某");
    }

    #[test]
    fn a_name_across_a_line_break_is_found() {
        let masker = Masker::new(["王春生", "赵玉兰"].into_iter(), NameStyle::Surname);
        assert_eq!(masker.prose("甲\n乙，由王春\n生和赵\r\n  玉兰负责，\n王春生\n丙"), "甲\n乙，由王某和赵某负责，\n王某\n丙");
        assert_eq!(masker.prose("> 由王\n> 春生负责"), "> 由王某负责");
        assert_eq!(masker.prose("王春\n\n生"), "王春\n\n生");
    }

    #[test]
    fn compound_names_are_two_characters_and_unique() {
        let unique: std::collections::BTreeSet<_> = COMPOUND.iter().collect();
        assert_eq!(unique.len(), COMPOUND.len());
        assert!(COMPOUND.iter().all(|name| name.chars().count() == 2));
    }
}
