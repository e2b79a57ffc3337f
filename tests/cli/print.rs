//! `gongshi print`: what is selected, what is written and what is never written over.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{good, refused, run};

/// A character that no font has: nobody has assigned it.
const NOBODYS: char = '\u{2fa1e}';

/// A new site with one matter and one meeting.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    good(folder.path(), &["new", "site", ".", "--lang", "zh-CN"]);
    folder
}

fn edit(site: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(site.join(file)).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(site.join(file), text.replace(from, to)).unwrap();
}

/// Prints; returns what was said but for the time that it took.
fn print(site: &Path, words: &[&str]) -> String {
    let said = good(site, &[&["print", "--as-of", "2026-09-01"], words].concat());
    said.split_inclusive('\n').filter(|line| !line.contains("用时") && !line.contains("time:")).collect()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let paths = files(folder).into_iter().map(|name| folder.join(name));
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "pdf")).collect()
}

#[test]
fn a_notice_is_printed_of_every_vote_and_the_same_again() {
    let site = site();
    let said = print(site.path(), &["--sheet", "notice"]);
    let folder = site.path().join("print");
    let printed = pdfs(&folder);
    let name = "notice-xinhe-meetings-2026-08-20-congress.pdf";
    assert_eq!(
        said,
        format!(
            "已打印公示：./print/{name}\n  文件 1 个，共 1 页\n  没有内容可印的记录 1 件：公示要等事项付表决、会议开过以后才有\n"
        )
    );
    assert_eq!(printed, [folder.join(name)]);
    let bytes: Vec<Vec<u8>> = printed.iter().map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(print(site.path(), &["--sheet", "公示"]), said);
    let again: Vec<Vec<u8>> = printed.iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(bytes == again);
    assert_eq!(files(&folder), [".gongshi-print", name]);
}

#[test]
fn one_record_is_printed_by_its_path_or_its_name_and_in_either_language() {
    let site = site();
    let said = print(site.path(), &["--sheet", "notice", "--record", "2026-08-20-congress", "--lang", "en", "--out", "a"]);
    assert_eq!(said, "printed `notice`: a/notice-xinhe-meetings-2026-08-20-congress-en.pdf\n  files: 1; pages: 1\n");
    print(site.path(), &["--sheet", "notice", "--record", "content/xinhe/meetings/2026-08-20-congress.md", "--out", "b"]);
    assert_eq!(pdfs(&site.path().join("b")), [site.path().join("b/notice-xinhe-meetings-2026-08-20-congress.pdf")]);
}

#[test]
fn what_is_being_publicised_is_printed_together_and_what_is_not_is_left_out() {
    let site = site();
    let all = ["--sheet", "notice", "--publicising", "--area", "xinhe", "--one-file"];
    assert!(print(site.path(), &all).starts_with("已打印公示：./print/notice-xinhe-publicising.pdf\n  文件 1 个，共 "));
    let later = run(site.path(), &[&["print", "--as-of", "2027-06-01"], &all[..3]].concat());
    assert_eq!((later.code, later.stdout.as_str()), (Some(2), ""));
    assert!(later.stderr.contains("没有符合条件的正在公示的记录"), "{}", later.stderr);
}

#[test]
fn a_file_that_was_changed_or_is_not_ours_is_left_as_it_is() {
    let site = site();
    let one = ["print", "--sheet", "notice", "--record", "2026-08-20-congress", "--as-of", "2026-09-01"];
    good(site.path(), &one);
    let path = &pdfs(&site.path().join("print"))[0];
    fs::write(path, "mine").unwrap();
    let said = refused(site.path(), &one);
    assert!(said.contains("不是 gongshi 打印的，或者打印后被改过"), "{said}");
    assert_eq!(fs::read(path).unwrap(), b"mine");
}

#[test]
fn a_character_that_no_font_has_is_named_with_its_record_and_field() {
    let site = site();
    edit(site.path(), "content/xinhe/meetings/2026-08-20-congress.md", "审议上季度村集体财务收支", &format!("审议{NOBODYS}收支"));
    let said = run(site.path(), &["print", "--sheet", "notice", "--record", "2026-08-20-congress", "--as-of", "2026-09-01"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    let expected = "`xinhe/meetings/2026-08-20-congress`：有的字没有字体可用，未打印：\n  `items[0].motion`：";
    assert!(said.stderr.contains(expected) && said.stderr.contains("U+2FA1E"), "{}", said.stderr);
    assert!(!site.path().join("print").exists());
}

#[test]
fn records_with_errors_are_not_printed() {
    let site = site();
    edit(site.path(), "content/xinhe/meetings/2026-08-20-congress.md", "同意: 24", "同意: 25");
    let said = run(site.path(), &["print", "--sheet", "notice", "--as-of", "2026-09-01"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
    assert!(said.stderr.ends_with("记录有错误，什么也没有打印。\n"), "{}", said.stderr);
    assert!(!site.path().join("print").exists());
}

#[test]
fn a_template_of_the_site_is_used_and_a_fault_in_it_is_told_with_its_place() {
    let site = site();
    let sheets = site.path().join("themes/default/sheets");
    fs::create_dir_all(&sheets).unwrap();
    let one = ["print", "--sheet", "notice", "--record", "2026-08-20-congress", "--as-of", "2026-09-01"];
    fs::write(sheets.join("notice.typ"), "#let render(d) = {\n  heading(d.title)\n  d.colour\n}\n").unwrap();
    let said = refused(site.path(), &[&one[..], &["--lang", "en"]].concat());
    assert!(said.contains("`sheets/notice.typ:3:5` of the theme: dictionary does not contain key \"colour\""), "{said}");
    fs::write(sheets.join("notice.typ"), "#let render(d) = {\n  set text(font: \"Noto Serif CJK SC\")\n  heading(d.title)\n}\n")
        .unwrap();
    good(site.path(), &one);
}

#[test]
fn a_site_without_an_address_prints_no_code_and_says_so() {
    let site = site();
    edit(site.path(), "content/site.yaml", "网址: https://example.org/\n", "");
    let said = run(site.path(), &["print", "--sheet", "notice", "--record", "2026-08-20-congress", "--as-of", "2026-09-01"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.stderr, "提示：`site.yaml` 没有写 `base_url`，所以没有印二维码\n");
}

#[test]
fn what_cannot_be_selected_is_explained() {
    let site = site();
    let said = |words: &[&str]| refused(site.path(), &[&["print", "--lang", "en", "--as-of", "2026-09-01"], words].concat());
    assert!(said(&["--sheet", "flyer"]).contains("there are: notice, official, poster"));
    assert!(said(&["--sheet", "notice", "--record", "nothing"]).contains("there is no published record `nothing`"));
    assert!(said(&["--sheet", "notice", "--record", "2026-q3"]).contains("2 records are named `2026-q3`"));
    assert!(said(&["--sheet", "notice", "--area", "nowhere"]).contains("there is no area `nowhere`"));
    assert!(said(&["--sheet", "notice", "--record", "xinhe/finance/2026-q3"]).contains("of which no `notice` is printed"));
    assert!(said(&["--sheet", "poster", "--record", "2026-q3"]).contains("is printed of a place and a period"));
    assert!(said(&["--sheet", "poster", "--period", "2031"]).contains("has not begun"));
    assert!(said(&["--sheet", "notice", "--record", "nothing"]).contains("such as `xinhe/"));
    assert!(said(&["--sheet", "notice", "--record", "xinhe/finance/2026-q3"]).contains("of finance there are: `finance`"));
    assert!(said(&["--sheet", "notice", "--period", "2031"]).contains("ask for more than `--period`"));
}

#[test]
fn a_script_has_no_pages_and_a_run_without_anything_to_print_says_why() {
    let site = site();
    let script = ["--sheet", "broadcast", "--record", "2026-08-20-congress"];
    let said = print(site.path(), &script);
    assert_eq!(said, "已打印广播稿：./print\n  文件 2 个\n");
    let together = print(site.path(), &[&script[..], &["--one-file"]].concat());
    assert_eq!(together, said);
    let matter = files(&site.path().join("content/xinhe/matters"))
        .into_iter()
        .find_map(|name| name.strip_suffix(".md").map(str::to_owned))
        .unwrap();
    let matter = format!("xinhe/matters/{matter}");
    let none =
        refused(site.path(), &["print", "--sheet", "official", "--record", &matter, "--as-of", "2026-09-01", "--lang", "en"]);
    assert!(none.starts_with("error: no `official` was printed: the sheet needs a matter that was put to the vote"), "{none}");
}

#[test]
fn a_sheet_of_a_place_is_of_the_only_one_at_the_top_unless_another_is_named() {
    let site = site();
    let said = print(site.path(), &["--sheet", "poster"]);
    assert!(said.starts_with("已打印看板：./print/poster-xinhe-2026-q3.pdf\n"), "{said}");
    good(site.path(), &["new", "area", "--id", "donghe"]);
    let said = refused(site.path(), &["print", "--sheet", "poster"]);
    assert_eq!(said, "错误：请用 `--area` 指明地方，例如：`donghe`、`xinhe`\n");
}

#[test]
fn a_period_that_has_not_begun_and_a_sheet_of_nothing_are_refused() {
    let site = site();
    let said = |words: &[&str]| refused(site.path(), &[&["print", "--as-of", "2026-09-01", "--lang", "en"], words].concat());
    let report = said(&["--sheet", "report", "--area", "xinhe", "--period", "2031"]);
    assert_eq!(report, "error: 2031 has not begun: it begins on 2031-01-01, and the day of the site is 2026-09-01\n");
    let matter = fs::read_dir(site.path().join("content/xinhe/matters")).unwrap().next().unwrap().unwrap().file_name();
    let matter = matter.into_string().unwrap();
    let notice = said(&["--sheet", "notice", "--record", matter.trim_end_matches(".md")]);
    assert!(notice.starts_with("error: no `notice` was printed: the sheet needs a matter"), "{notice}");
    assert!(!site.path().join("print").exists());
}

#[test]
fn texts_are_joined_in_one_file_as_sheets_are() {
    let site = site();
    good(site.path(), &["new", "meeting", "--id", "second"]);
    let (from, to) = ("content/xinhe/meetings/2026-08-20-congress.md", "content/xinhe/meetings/2026-08-21-congress.md");
    fs::remove_file(site.path().join("content/xinhe/meetings/second.md")).unwrap();
    fs::copy(site.path().join(from), site.path().join(to)).unwrap();
    edit(site.path(), to, "日期: 2026-08-20", "日期: 2026-08-21");
    let said = print(site.path(), &["--sheet", "broadcast", "--one-file"]);
    assert_eq!(said, "已打印广播稿：./print\n  文件 2 个\n");
    let text = |name: &str| fs::read_to_string(site.path().join("print").join(name)).unwrap();
    assert_eq!(text("broadcast.txt").matches("# 广播稿：").count(), 2);
    let speech = text("broadcast.ssml");
    assert_eq!((speech.matches("<speak").count(), speech.matches("</speak>").count()), (1, 1), "{speech}");
    print(site.path(), &["--sheet", "report", "--one-file", "--out", "a"]);
    let report = ["report-xinhe-2026-q3.md", "report-xinhe-2026-q3.pdf"];
    assert_eq!(files(&site.path().join("a"))[1..], report);
}

#[test]
fn one_file_of_one_record_goes_by_the_record() {
    let site = site();
    let path = "./content/xinhe/meetings/2026-08-20-congress.md";
    print(site.path(), &["--sheet", "notice", "--record", path, "--one-file"]);
    let name = "notice-xinhe-meetings-2026-08-20-congress.pdf";
    assert_eq!(pdfs(&site.path().join("print")), [site.path().join("print").join(name)]);
}

#[test]
fn a_choice_of_paper_is_refused_where_a_sheet_has_none() {
    let site = site();
    let said = refused(site.path(), &["print", "--sheet", "ballot", "--paper", "a3", "--lang", "en"]);
    let both = "notice, poster, finance, assessment, report";
    let help = format!("  help: leave out `--paper`; these come in A4 and A3: {both}\n");
    assert_eq!(said, format!("error: the sheet `ballot` has no choice of paper\n{help}"));
    print(site.path(), &["--sheet", "notice", "--paper", "a3"]);
}

#[test]
fn a_failure_speaks_the_language_of_the_site() {
    let site = site();
    let said = refused(site.path(), &["print", "--sheet", "flyer"]);
    assert!(said.starts_with("错误：没有叫 `flyer` 的材料\n  帮助：可以打印：notice（公示）"), "{said}");
    let said = refused(site.path(), &["stats", "--area", "nowhere"]);
    assert!(said.starts_with("错误："), "{said}");
    let said = refused(site.path(), &["new", "matter", "--area", "nowhere"]);
    assert!(said.starts_with("错误：没有区域 `nowhere`"), "{said}");
    for words in [["rule", "eight-step/qorum"], ["new", "合同"]] {
        assert!(refused(site.path(), &words).starts_with("错误："), "{words:?}");
    }
}

#[test]
fn fonts_that_the_site_names_must_be_fonts() {
    let site = site();
    edit(site.path(), "content/site.yaml", "姓名:", "字体: [fonts/fangsong.ttf]\n姓名:");
    let one = ["print", "--sheet", "notice", "--record", "2026-08-20-congress", "--as-of", "2026-09-01"];
    let said = run(site.path(), &one);
    assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
    assert!(said.stderr.contains("站点文件夹里没有字体文件 `fonts/fangsong.ttf`"), "{}", said.stderr);
    let checked = run(site.path(), &["check", "--lang", "en"]);
    assert_eq!(checked.code, Some(1));
    assert!(
        checked.stdout.contains("error[attachment/font]") && checked.stdout.contains("content/site.yaml:"),
        "{}",
        checked.stdout
    );
    fs::create_dir(site.path().join("fonts")).unwrap();
    fs::write(site.path().join("fonts/fangsong.ttf"), "no font").unwrap();
    assert!(refused(site.path(), &one).contains("不是字体文件"));
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/print/press/fonts/NotoSansCJKsc-Bold.otf"),
        site.path().join("fonts/fangsong.ttf"),
    )
    .unwrap();
    good(site.path(), &one);
}
