use std::fmt::Write as _;
use std::path::Path;

use super::*;

fn read(text: &str) -> (Parsed, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    (parse(text, 0..text.len(), FileId(0), &mut diagnostics), diagnostics)
}

/// Writes a tree with the source text of each node, to be compared whole.
fn outline(node: &Node, text: &str, out: &mut String) {
    let place = &text[node.span.range()];
    match &node.value {
        Value::Null => write!(out, "null@{}", node.span.start).unwrap(),
        Value::Scalar { text, quoted } => write!(out, "{}{text:?}={place}", if *quoted { "q" } else { "" }).unwrap(),
        Value::List(items) => {
            write!(out, "<{place}>[").unwrap();
            for item in items {
                outline(item, text, out);
                out.push(' ');
            }
            out.push(']');
        }
        Value::Map(entries) => {
            write!(out, "<{place}>{{").unwrap();
            for (key, node) in entries {
                write!(out, "{}:", key.text).unwrap();
                outline(node, text, out);
                out.push(' ');
            }
            out.push('}');
        }
    }
}

#[track_caller]
fn tree(text: &str) -> String {
    let (parsed, diagnostics) = read(text);
    assert_eq!(diagnostics, []);
    let mut out = String::new();
    outline(&parsed.node.unwrap(), text, &mut out);
    out
}

/// Returns the place, the English message and the mended text of the only diagnostic.
#[track_caller]
fn fault(text: &str) -> (String, String, Option<String>) {
    let (parsed, mut diagnostics) = read(text);
    assert_eq!(parsed.node, None, "{text:?}");
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
    let fault = diagnostics.remove(0);
    assert_eq!(fault.rule, "syntax/yaml");
    assert!(!fault.message.zh.is_empty() && !fault.help.is_empty());
    let mended = fault.fix.as_ref().map(|fix| {
        let mut mended = text.to_owned();
        mended.replace_range(fix.span.range(), &fix.replacement);
        mended
    });
    (text[fault.span.range()].to_owned(), fault.message.en, mended)
}

#[track_caller]
fn assert_fault(text: &str, place: &str, message: &str) {
    let found = fault(text);
    assert_eq!((found.0.as_str(), found.1.as_str()), (place, message));
}

/// Asserts the place and message, and that the offered change gives a file that can be read.
#[track_caller]
fn assert_mended(text: &str, place: &str, message: &str, expected: &str) {
    assert_fault(text, place, message);
    assert_eq!(fault(text).2.as_deref(), Some(expected));
    assert!(read(expected).0.node.is_some(), "the fix of {text:?} gives {expected:?}, which cannot be read");
}

#[test]
fn spans_of_block_maps_and_lists_reach_to_their_last_child() {
    assert_eq!(
        tree("甲: 乙\n丙:\n  - 丁: 1\n    戊: 2\n  - 己\n庚: [辛, 壬]\n"),
        "<甲: 乙\n丙:\n  - 丁: 1\n    戊: 2\n  - 己\n庚: [辛, 壬]>{甲:\"乙\"=乙 \
         丙:<- 丁: 1\n    戊: 2\n  - 己>[<丁: 1\n    戊: 2>{丁:\"1\"=1 戊:\"2\"=2 } \"己\"=己 ] \
         庚:<[辛, 壬]>[\"辛\"=辛 \"壬\"=壬 ] }"
    );
}

#[test]
fn empty_values_are_null_right_behind_their_colon() {
    assert_eq!(
        tree("a:\nb: ~\nc : \nd: {e: , f: null}\n"),
        "<a:\nb: ~\nc : \nd: {e: , f: null}>{a:null@2 b:null@6 c:null@11 d:<{e: , f: null}>{e:null@19 f:null@25 } }"
    );
}

#[test]
fn scalars_stay_text_and_know_their_quotes() {
    assert_eq!(
        tree("a: 0.10\nb: \"\\u4e2d\\n\"\nc: 'it''s'\nd: |\n  x\n  y\n\ne: ''\n"),
        "<a: 0.10\nb: \"\\u4e2d\\n\"\nc: 'it''s'\nd: |\n  x\n  y\n\ne: ''>{a:\"0.10\"=0.10 b:q\"中\\n\"=\"\\u4e2d\\n\" c:q\"it's\"='it''s' \
         d:q\"x\\ny\\n\"=x\n  y e:q\"\"='' }"
    );
}

#[test]
fn repeated_keys_are_kept() {
    assert_eq!(tree("a: 1\na: 2"), "<a: 1\na: 2>{a:\"1\"=1 a:\"2\"=2 }");
}

#[test]
fn spans_count_from_the_beginning_of_the_file() {
    let text = "\u{feff}---\r\nkind: 会议\r\n---\r\n正文";
    let mut diagnostics = Vec::new();
    let parsed = parse(text, 8..22, FileId(3), &mut diagnostics);
    assert_eq!(diagnostics, []);
    let Some(Node { value: Value::Map(entries), .. }) = parsed.node else { panic!("no map") };
    assert_eq!(&text[entries[0].0.span.range()], "kind");
    assert_eq!(&text[entries[0].1.span.range()], "会议");
    assert_eq!(entries[0].1.span.file, FileId(3));
}

#[test]
fn byte_order_mark_and_windows_line_ends_change_nothing() {
    let text = "kind: area\nbodies:\n  - {id: party}\n  - id: joint\n    name: |\n      一\n      二\n";
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let strip = |text: &str| {
        let (parsed, diagnostics) = read(text);
        assert_eq!(diagnostics, []);
        format!("{:?}", values(&parsed.node.unwrap()))
    };
    assert_eq!(strip(text), strip(&windows));
}

fn values(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Null => vec!["null".into()],
        Value::Scalar { text, .. } => vec![text.clone()],
        Value::List(items) => items.iter().flat_map(values).collect(),
        Value::Map(entries) => entries.iter().flat_map(|(key, node)| [vec![key.text.clone()], values(node)].concat()).collect(),
    }
}

#[test]
fn full_width_colons_are_found_and_mended() {
    let message = "a full-width colon `：` follows the key, expected `:`";
    assert_mended("kind: matter\ntitle：清河\nx: y\n", "：", message, "kind: matter\ntitle: 清河\nx: y\n");
    assert_mended("标题：清河\nkind: matter\n", "：", message, "标题: 清河\nkind: matter\n");
    assert_mended("a:\n  b： c\n  d: e\n", "：", message, "a:\n  b: c\n  d: e\n");
    assert_mended("steps：\n  b: c\n", "：", message, "steps:\n  b: c\n");
    assert_mended("a:\n  - no： 1\n    b: c\n", "：", message, "a:\n  - no: 1\n    b: c\n");
    assert_fault("甲：一\n乙：二\nkind: x\n", "：", message);
    assert_eq!(read("甲：一\n乙：二\nkind: x\n").1[0].span.range(), 3..6);
}

#[test]
fn missing_spaces_after_colons_are_found_and_mended() {
    let message = "a space is missing after the colon";
    assert_mended("kind: matter\ntitle:清河\nx: y\n", ":", message, "kind: matter\ntitle: 清河\nx: y\n");
    assert_mended("a: {for:38, b: 1}\n", ":", "expected an ASCII colon and a space after it", "a: {for: 38, b: 1}\n");
    assert_mended("a: {同意：38, b: 1}\n", "：", "expected an ASCII colon and a space after it", "a: {同意: 38, b: 1}\n");
}

#[test]
fn colons_and_signs_in_values_need_quotes() {
    assert_mended(
        "title: 关于: 路灯\n",
        "关于: 路灯",
        "the value holds a colon and a space `: `, which begins another key",
        "title: '关于: 路灯'\n",
    );
    assert_mended("a: @x it's\n", "@x it's", "a value cannot begin with `@` unless it stands in quotes", "a: '@x it''s'\n");
    assert_mended("a: `x`\n", "`x`", "a value cannot begin with ``` unless it stands in quotes", "a: '`x`'\n");
    assert_mended("a: %x\n", "%x", "a value cannot begin with `%` unless it stands in quotes", "a: '%x'\n");
    assert_mended("a: * x\n", "* x", "a value cannot begin with `*` unless it stands in quotes", "a: '* x'\n");
    assert_mended("a: ,x\n", ",x", "a value cannot begin with `,` unless it stands in quotes", "a: ',x'\n");
    assert_fault("a: [@x, y]\n", "@x", "a value cannot begin with `@` unless it stands in quotes");
    let message = "text follows the closing quote, the quotes must hold the whole value";
    assert_mended("a: \"两委\"联席\n", "\"两委\"联席", message, "a: '\"两委\"联席'\n");
    assert_mended("- '两委'联席\n", "'两委'联席", message, "- '''两委''联席'\n");
    assert_mended(
        "a: [重要] 通知\n",
        "[重要] 通知",
        "the value begins with a bracket and goes on after it, expected quotes around it",
        "a: '[重要] 通知'\n",
    );
}

#[test]
fn brackets_and_commas_are_explained() {
    assert_mended("a: {b: 1，c: 2}\n", "，", "a Chinese comma stands in brackets, expected `,`", "a: {b: 1, c: 2}\n");
    assert_fault("a: {b: 1, c: 2\nd: e\n", "{b: 1, c: 2", "`{` is not closed, expected `}`");
    assert_fault("a: [1, 2\nd: e\n", "[1, 2", "`[` is not closed, expected `]`");
    assert_fault("a: {\n", "{", "`{` is not closed, expected `}`");
    assert_fault("a: {b: 38 against: 2}\n", "against", "the parts in brackets need a comma `,` between them");
    assert_fault("a: {b: c}}\n", "}", "`}` has no opening bracket that matches");
    assert_fault("a: {b: c]\n", "{b: c]", "`{` is closed by `]`, expected `}`");
}

#[test]
fn indentation_tabs_and_lists_are_explained() {
    assert_mended("a:\n\tb: c\n", "\t", "a tab is used for indentation, expected spaces", "a:\n  b: c\n");
    let tab = "a tab is used for indentation, expected spaces";
    assert_mended("a:\n  b: c\n\td: e\n", "\t", tab, "a:\n  b: c\n  d: e\n");
    assert_mended("a: b\nc:\n\td: e\n", "\t", tab, "a: b\nc:\n  d: e\n");
    assert_fault("a: b\n\tc: d\n", "\t", tab);
    assert_fault("a:\n  - b\n\t- c\n", "\t", tab);
    assert_fault("a: b\n  c: d\n", "c: d", "this line is indented too deep, the key above has a value already");
    assert_fault("a:\n   b: c\n  d: e\n", "d: e", "the indentation of this line fits none of the lines above");
    assert_fault("a: b\n- c\n", "- c", "expected `key: value`, found a list item `- `");
    assert_fault("a: - b\n", "- b", "a list item `- ` cannot stand here");
    assert_fault("a: b\nxyz\nc: d\n", "xyz", "this line has no colon, expected `key: value`");
    assert_fault("a: |x\n  b", "|x", "expected a line break after `|` or `>`, then the text");
}

#[test]
fn quotes_and_escapes_are_explained() {
    let message = "the quote is not closed, expected a second one of the same kind";
    assert_fault("a: \"x\nb: c\n", "\"x", message);
    assert_fault("a: '甲\nb: c\n", "'甲", message);
    let message = "a backslash `\\` in double quotes has a special meaning and cannot stand here";
    assert_fault("a: \"D:\\档案\"\n", "\\档", message);
    assert_fault("a: \"x \\ud800\"\n", "\\u", message);
}

#[test]
fn constructs_beyond_plain_records_are_refused() {
    assert_fault("a: &x y\n", "&x", "YAML anchors (`&…`) are not allowed");
    assert_fault("a: &x\n  b: c\n", "&x", "YAML anchors (`&…`) are not allowed");
    assert_fault("a: *x\n", "*x", "YAML aliases (`*…`) are not allowed");
    assert_fault("a: !!str y\n", "!!str", "YAML tags (`!…`) are not allowed");
    assert_fault("a: !local [b]\n", "!local", "YAML tags (`!…`) are not allowed");
    assert_fault("<<: {a: b}\n", "<<", "the YAML merge key `<<` is not allowed");
    assert_fault("[a, {b: c}]: d\n", "[", "a key is text, found a list or a map");
    assert_fault("? {a: [b]}\n: c\n", "{", "a key is text, found a list or a map");
    assert_fault(": c\n", "", "there is no key before the colon");
    assert_fault("a: b\n---\nc: d\n", "---", "the file holds two records (parted by `---`)");
    assert_fault("%YAML 1.2\n---\na: b\n", "%YAML 1.2", "YAML directives (`%…`) are not allowed");
    assert_fault("", "", "the record is empty, expected at least `kind: …`");
    assert_fault("# only a comment\n", "", "the record is empty, expected at least `kind: …`");
}

#[test]
fn all_refused_constructs_are_reported_at_once() {
    let (parsed, diagnostics) = read("a: &x 1\nb: *x\nc: !t 2\n<<: {}\n");
    assert_eq!(parsed.node, None);
    assert_eq!(diagnostics.len(), 4);
}

#[test]
fn an_alias_bomb_is_refused_quickly() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, last) in ('b'..='i').zip('a'..) {
        writeln!(bomb, "{name}: &{name} [*{last}, *{last}, *{last}, *{last}, *{last}, *{last}, *{last}, *{last}, *{last}]")
            .unwrap();
    }
    let (parsed, diagnostics) = read(&bomb);
    assert_eq!(parsed.node, None);
    assert!((1..=MAX_FAULTS + 1).contains(&diagnostics.len()));
    assert_eq!(&bomb[diagnostics[0].span.range()], "&a");
}

#[test]
fn deep_nesting_is_refused_and_the_limit_itself_read() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(MAX_DEPTH)).0.node.is_some());
    assert_eq!(fault(&nested(MAX_DEPTH + 1)).1, "the record is nested more than 64 levels deep");
    for deep in [nested(500_000), "- ".repeat(500_000), "{a: ".repeat(500_000)] {
        let (parsed, diagnostics) = read(&deep);
        assert_eq!((parsed.node, diagnostics.len()), (None, 1));
    }
    let block = (0..2000).map(|i| " ".repeat(i) + "a:").collect::<Vec<_>>().join("\n");
    assert_eq!(fault(&block).1, "the record is nested more than 64 levels deep");
}

#[test]
fn too_many_nodes_are_refused() {
    let text = format!("a: [{}]", "1,".repeat(MAX_NODES));
    let (parsed, diagnostics) = read(&text);
    assert_eq!(parsed.node, None);
    assert_eq!(diagnostics[0].rule, "syntax/too-large");
}

#[test]
fn control_characters_are_refused() {
    for (text, at) in [("kind: a\0b", 7), ("a: \u{1b}[31m", 3), ("a: b\u{9f}", 4), ("a: \u{7f}", 3)] {
        let (parsed, diagnostics) = read(text);
        assert_eq!(parsed.node, None);
        assert_eq!((diagnostics.len(), diagnostics[0].rule.as_str()), (1, "syntax/encoding"));
        assert_eq!(diagnostics[0].span.start, at);
    }
    assert!(read("a: b\tc\u{85}d\n").0.node.is_some());
}

#[test]
fn escapes_that_write_control_characters_are_refused() {
    for (text, marked) in [
        ("a: \"b\\x02c\"", "\"b\\x02c\""),
        ("a: [\"\\u0001\"]", "\"\\u0001\""),
        ("\"a\\e\": b", "\"a\\e\""),
        ("a: \"\\0\"", "\"\\0\""),
    ] {
        let (parsed, diagnostics) = read(text);
        assert_eq!(parsed.node, None, "{text}");
        assert_eq!((diagnostics.len(), diagnostics[0].rule.as_str()), (1, "syntax/encoding"), "{text}");
        assert_eq!(&text[diagnostics[0].span.range()], marked);
    }
    assert!(read("a: \"b\\tc\\nd\\u4e2d\"\nb: 'c\\x02'\n").0.node.is_some());
}

#[test]
fn comments_allow_rules() {
    let text = "a: x   # gongshi: allow p/q 雨天改期\n# gongshi: allow r/s, t/u: 见说明\n\n# 其他\nb: c\n";
    let (parsed, diagnostics) = read(text);
    assert_eq!(diagnostics, []);
    let found: Vec<_> = parsed.allows.iter().map(|a| (a.rule.as_str(), a.reason.as_str(), a.line, a.target)).collect();
    assert_eq!(found, [("p/q", "雨天改期", 1, 1), ("r/s", "见说明", 2, 5), ("t/u", "见说明", 2, 5)]);
    assert_eq!(&text[parsed.allows[0].span.range()], "# gongshi: allow p/q 雨天改期");
}

#[test]
fn a_misspelt_order_is_a_warning_and_the_tree_stays() {
    for order in ["alow p/q", "allow", "allow quorum", "allow p/"] {
        let text = format!("# gongshi: {order}\na: b\n");
        let (parsed, diagnostics) = read(&text);
        assert!(parsed.node.is_some() && parsed.allows.is_empty());
        assert_eq!((diagnostics.len(), diagnostics[0].rule.as_str()), (1, "syntax/allow"));
    }
}

#[test]
fn a_flood_of_allow_comments_is_bounded() {
    let (parsed, diagnostics) = read(&("# gongshi: allow p/q\n".repeat(100_000) + "a: b"));
    assert!(parsed.node.is_some());
    assert_eq!((parsed.allows.len(), diagnostics.len()), (MAX_ALLOWS, 1));
}

/// A small generator of numbers, so that the mutations are the same in each run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

const SEED: &str = "kind: meeting\ntitle: 第三次会议\ntime: {from: \"14:00\", to: '16:10'}\nitems:\n  - no: 1\n    votes: {for: 38, \
                    against: 2}\n    motion: >-\n      一二\n      三四\n  - {no: 2, x: [a, b, ~]}\n# 说明\nspent: 94200.00 # gongshi: allow a/b c\n";

const PIECES: &[&str] = &[
    ":", "：", ": ", "- ", "-", "\n", "\r\n", "\t", " ", "  ", "{", "}", "[", "]", ",", "，", "\"", "'", "&a", "*a", "!t",
    "<<: ", "? ", "|", ">", "#", " #", "@", "`", "%", "---\n", "...\n", "\\", "\\u", "\0", "\u{feff}", "中", "\u{2028}", "~",
    "\u{85}", "\u{fffe}", "😀",
];

#[test]
fn no_mutation_panics_and_every_place_can_be_shown() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut texts = vec![SEED.to_owned()];
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    if let Ok(found) = crate::source::discover(&examples.join("..")) {
        texts.extend(found.files.iter().filter(|(id, _)| id.0 % 7 == 0).map(|(_, file)| file.text.to_string()));
    }
    for round in 0..6000 {
        let mut text = texts[round % texts.len()].clone();
        for _ in 0..=random.below(4) {
            mutate(&mut text, &mut random);
        }
        let (parsed, diagnostics) = read(&text);
        assert!(parsed.node.is_some() || !diagnostics.is_empty(), "{text:?}");
        for fault in &diagnostics {
            assert!(text.get(fault.span.range()).is_some(), "{fault:?} in {text:?}");
            assert!(fault.fix.as_ref().is_none_or(|fix| text.get(fix.span.range()).is_some()), "{fault:?} in {text:?}");
        }
        if let Some(node) = parsed.node {
            assert_places(&node, &text);
        }
    }
}

fn mutate(text: &mut String, random: &mut Random) {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    if random.below(3) == 0 {
        let mut end = (at + random.below(12)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        text.replace_range(at..end, "");
    } else {
        text.insert_str(at, PIECES[random.below(PIECES.len())]);
    }
}

fn assert_places(node: &Node, text: &str) {
    assert!(text.get(node.span.range()).is_some(), "{node:?}");
    let inside = |child: Span| child.start >= node.span.start && child.end <= node.span.end;
    match &node.value {
        Value::List(items) => {
            for item in items {
                assert!(inside(item.span), "{item:?} outside of {node:?} in {text:?}");
                assert_places(item, text);
            }
        }
        Value::Map(entries) => {
            for (key, item) in entries {
                assert!(inside(key.span) && inside(item.span), "{item:?} outside of {node:?} in {text:?}");
                assert_places(item, text);
            }
        }
        _ => {}
    }
}
