use super::*;
use crate::source::SourceFile;
use crate::text;

const MEETING: &str = "---\nkind: meeting\ntitle: 第三次会议\nentitled: 48\npresent: 49\n---\n正文 13800138000 电话\n";
const AREA: &str = "kind: area\nbodies:\n  - {id: congress, entitled: 48}\n";

fn site() -> Files {
    let mut files = Files::default();
    files.add(SourceFile::new("content/area.yaml", AREA));
    files.add(SourceFile::new("content/会议/a b.md", MEETING));
    files
}

fn span(files: &Files, path: &str, text: &str) -> Span {
    let (id, file) = files.iter().find(|(_, file)| file.path == path).unwrap();
    let start = file.text.find(text).unwrap();
    Span::new(id, start..start + text.len())
}

fn diagnostics(files: &Files) -> Vec<Diagnostic> {
    let meeting = "content/会议/a b.md";
    vec![
        Diagnostic::error(
            "arithmetic/present-exceeds-entitled",
            span(files, meeting, "present"),
            text!("实到 49 人，多于应到 48 人", "49 present, more than the 48 entitled"),
        )
        .help(text!("核对签到册", "check the roll"))
        .basis(text!("村规 第三条", "charter, art. 3"))
        .label(span(files, meeting, "entitled: 48"), text!("应到", "entitled here"))
        .label(span(files, "content/area.yaml", "48"), text!("机构成员", "the body's members")),
        Diagnostic::error("privacy/mobile-number", span(files, meeting, "13800138000"), text!("有手机号码", "a mobile number")),
        Diagnostic::new(
            "schema/unknown-key",
            Severity::Finding,
            span(files, meeting, "title"),
            text!("没有 `titel` 这个键：50%，请看", "no key `titel`: 50%, see"),
        )
        .fix(text!("改为 `name`", "make it `name`"), span(files, meeting, "title"), "name"),
        Diagnostic::warning("syntax/allow", span(files, "content/area.yaml", "kind"), text!("提醒一下", "a remark")),
    ]
}

fn sorted() -> (Files, Vec<Diagnostic>) {
    let files = site();
    let mut diagnostics = diagnostics(&files);
    diagnostics.extend(diagnostics.clone());
    sort(&mut diagnostics, &files);
    (files, diagnostics)
}

#[test]
fn sorting_goes_by_path_place_and_rule_and_drops_repeats() {
    let (_, diagnostics) = sorted();
    let rules: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.rule.as_str()).collect();
    assert_eq!(rules, ["syntax/allow", "schema/unknown-key", "arithmetic/present-exceeds-entitled", "privacy/mobile-number"]);
}

#[test]
fn text_marks_the_place_in_chinese() {
    let (files, diagnostics) = sorted();
    let expected = include_str!("tests/chinese.txt");
    let found = format!(
        "{}{}\n",
        text::render(&diagnostics, &files, Language::Chinese, false),
        text::summary(&diagnostics, Language::Chinese)
    );
    assert_eq!(found, expected, "found:\n{found}");
}

#[test]
fn text_marks_the_place_in_english() {
    let (files, diagnostics) = sorted();
    let expected = include_str!("tests/english.txt");
    let found = format!(
        "{}{}\n",
        text::render(&diagnostics, &files, Language::English, false),
        text::summary(&diagnostics, Language::English)
    );
    assert_eq!(found, expected, "found:\n{found}");
}

#[test]
fn colours_only_if_asked() {
    let (files, diagnostics) = sorted();
    assert!(text::render(&diagnostics, &files, Language::Chinese, true).contains('\u{1b}'));
    assert!(!text::render(&diagnostics, &files, Language::Chinese, false).contains('\u{1b}'));
}

#[test]
fn summaries_count_each_severity() {
    assert_eq!(text::summary(&[], Language::Chinese), "检查通过，没有错误");
    assert_eq!(text::summary(&[], Language::English), "checked: no errors");
    let (_, diagnostics) = sorted();
    assert_eq!(text::summary(&diagnostics[..1], Language::English), "1 warning in 1 file");
    assert_eq!(text::summary(&diagnostics, Language::Chinese), "共 2 个错误、1 个发现、1 个提醒，涉及 2 个文件");
}

#[test]
fn json_has_every_field() {
    let (files, diagnostics) = sorted();
    let found: serde_json::Value = serde_json::from_str(&json::render(&diagnostics[1..3], &files, Language::English)).unwrap();
    let file = "content/会议/a b.md";
    assert_eq!(
        found,
        serde_json::json!([
            {
                "rule": "schema/unknown-key", "severity": "finding", "file": file,
                "line": 3, "column": 1, "end_line": 3, "end_column": 6,
                "message": "no key `titel`: 50%, see", "help": "", "basis": "", "labels": [],
                "fix": {"title": "make it `name`", "file": file, "line": 3, "column": 1, "end_line": 3, "end_column": 6, "replacement": "name"},
            },
            {
                "rule": "arithmetic/present-exceeds-entitled", "severity": "error", "file": file,
                "line": 5, "column": 1, "end_line": 5, "end_column": 8,
                "message": "49 present, more than the 48 entitled", "help": "check the roll", "basis": "charter, art. 3",
                "labels": [
                    {"file": file, "line": 4, "column": 1, "end_line": 4, "end_column": 13, "message": "entitled here"},
                    {"file": "content/area.yaml", "line": 3, "column": 30, "end_line": 3, "end_column": 32, "message": "the body's members"},
                ],
                "fix": null,
            },
        ])
    );
    assert_eq!(json::render(&[], &files, Language::English), "[]\n");
}

#[test]
fn sarif_lists_the_rules_that_fired() {
    let (files, diagnostics) = sorted();
    let log: serde_json::Value = serde_json::from_str(&sarif::render(&diagnostics, &files, Language::English)).unwrap();
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    let rules: Vec<_> =
        run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(rules, ["arithmetic/present-exceeds-entitled", "privacy/mobile-number", "schema/unknown-key", "syntax/allow"]);
    let results = run["results"].as_array().unwrap();
    let levels: Vec<_> = results.iter().map(|result| result["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["note", "warning", "error", "error"]);
    for result in results {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize], result["ruleId"].as_str().unwrap());
    }
    assert_eq!(results[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "content/%E4%BC%9A%E8%AE%AE/a%20b.md");
    assert_eq!(results[1]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "name");
    assert_eq!(results[2]["relatedLocations"][1]["message"]["text"], "the body's members");
}

/// Returns the fingerprints of the diagnostics of one rule at `present`, in a text with lines before it.
fn fingerprints(before: &str, count: usize) -> Vec<String> {
    let mut files = Files::default();
    let text = format!("{before}present: 1\n").repeat(count);
    let file = files.add(SourceFile::new("content/a.yaml", text.as_str()));
    let places = text.match_indices("present").map(|(i, word)| Span::new(file, i..i + word.len()));
    let diagnostics: Vec<_> = places.map(|span| Diagnostic::error("a/b", span, text!("一", "one"))).collect();
    let log: serde_json::Value = serde_json::from_str(&sarif::render(&diagnostics, &files, Language::English)).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    results.iter().map(|result| result["partialFingerprints"]["gongshi/v1"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn fingerprints_survive_line_shifts_and_tell_equal_places_apart() {
    assert_eq!(fingerprints("", 1), fingerprints("# more\n\nx: y\n", 1));
    let two = fingerprints("", 2);
    assert_ne!(two[0], two[1]);
    assert_eq!(two[0], fingerprints("", 1)[0]);
}

#[test]
fn github_escapes_and_puts_errors_first() {
    let (files, diagnostics) = sorted();
    assert_eq!(
        github::render(&diagnostics, &files, Language::English),
        "::error file=content/会议/a b.md,line=5,endLine=5,col=1,endColumn=8,title=arithmetic/present-exceeds-entitled\
         ::49 present, more than the 48 entitled%0Acheck the roll\n\
         ::error file=content/会议/a b.md,line=7,endLine=7,col=4,endColumn=15,title=privacy/mobile-number::a mobile number\n\
         ::warning file=content/会议/a b.md,line=3,endLine=3,col=1,endColumn=6,title=schema/unknown-key::no key `titel`: 50%25, see\n\
         ::notice file=content/area.yaml,line=1,endLine=1,col=1,endColumn=5,title=syntax/allow::a remark\n"
    );
}

#[test]
fn no_output_shows_a_number() {
    let mut files = Files::default();
    let text = "a: 13800138000 与 １３９００１３９０００\nb: >-\n  138 0013\n  8000\n";
    let file = files.add(SourceFile::new("content/a.yaml", text));
    let folded = text.find("138 0013").unwrap()..text.len() - 1;
    let diagnostics = vec![
        Diagnostic::error("a/b", Span::new(file, 3..14), text!("写了 13800138000", "found 13800138000"))
            .help(text!("不是 138-0013-8000", "not 138-0013-8000"))
            .label(Span::new(file, 19..25), text!("这里 13800138000", "here 13800138000"))
            .fix(text!("删去 13800138000", "delete 13800138000"), Span::new(file, 3..14), ""),
        Diagnostic::error("privacy/mobile-number", Span::new(file, folded), text!("有手机号码", "a mobile number")),
        Diagnostic::error("c/d", Span::new(file, text.find("8000\n").unwrap()..text.len() - 1), text!("这一行", "this line")),
    ];
    for language in Language::ALL {
        let outputs = [
            text::render(&diagnostics, &files, language, false),
            json::render(&diagnostics, &files, language),
            sarif::render(&diagnostics, &files, language),
            github::render(&diagnostics, &files, language),
        ];
        for output in outputs {
            for digits in ["1380", "0013", "8000", "１３９", "０１３"] {
                assert!(!output.contains(digits), "{digits} in\n{output}");
            }
        }
    }
}

#[test]
fn control_characters_of_authors_never_reach_the_terminal() {
    let mut files = Files::default();
    let file = files.add(SourceFile::new("content/a.yaml", "a: \u{1b}[31mred\u{7}\n\tb\u{202e}: c"));
    let diagnostics = [Diagnostic::error("a/b", Span::new(file, 0..1), text!("\u{1b}[2J", "\u{1b}[2J"))];
    let output = text::render(&diagnostics, &files, Language::English, false);
    assert!(!output.contains('\u{1b}') && !output.contains('\u{7}') && !output.contains('\u{202e}'), "{output:?}");
}

#[test]
fn any_span_can_be_rendered() {
    let texts = ["", "\n", "甲", "\u{feff}甲: 乙\r\n丙：13800138000\r\n", &"长".repeat(30_000), "a\u{301}\tb😀\n\n"];
    for text in texts {
        let mut files = Files::default();
        let file = files.add(SourceFile::new("content/a.yaml", text));
        let ends: Vec<usize> = (0..text.len().min(60) + 3).collect();
        for start in &ends {
            for end in ends.iter().filter(|end| *end >= start) {
                let span = Span::new(file, *start..*end);
                let fault = Diagnostic::error("a/b", span, text!("一", "one")).label(span, text!("二", "two")).fix(
                    text!("三", "three"),
                    span,
                    "四",
                );
                assert!(text::render(&[fault], &files, Language::Chinese, false).contains("a/b"));
            }
        }
    }
}
