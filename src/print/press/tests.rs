//! The press, with the default theme and samples of every view.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use super::*;
use crate::language::Language;
use crate::print::Sheet;
use crate::print::view::sample;
use crate::print::view::{Finance, Notice, Sample};
use crate::render::theme::Theme;

/// The press of the default theme. Samples hold characters that are in no standard list; the fonts of this machine lend them.
static PRESS: LazyLock<Press> = LazyLock::new(|| press(BTreeMap::new()));

fn press(own: BTreeMap<String, Vec<u8>>) -> Press {
    let theme = Theme::new(own).unwrap();
    let labels = Language::ALL.map(|language| (language, theme.labels(language)));
    Press::new(theme.sheets(), labels, Fonts::default())
}

/// A press with one template of its own.
fn with(path: &str, text: &str) -> Press {
    press(BTreeMap::from([(path.to_owned(), text.as_bytes().to_vec())]))
}

/// Leaves out the characters that the fonts of the program lack.
fn printable(sheet: &Written) -> Written {
    let lacking = PRESS.lacks(sheet);
    let view = sheet.view.to_string().chars().filter(|c| !lacking.contains(c)).collect::<String>();
    Written { view: serde_json::from_str(&view).unwrap(), ..sheet.clone() }
}

/// Sets type on a stack that is deep enough.
fn deep<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    std::thread::scope(|scope| {
        std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, work).unwrap().join().unwrap()
    })
}

fn notice(change: impl FnOnce(&mut Notice)) -> Written {
    let (_, mut notice) = Notice::samples().remove(1);
    notice.signatures.names.clear();
    change(&mut notice);
    Written::new(&notice)
}

fn print(press: &Press, sheet: &Written) -> Result<Printed, Fault> {
    deep(|| press.print(&[sheet], Language::Chinese, Paper::Own))
}

#[test]
fn every_sample_is_printed_in_both_languages_as_planned() {
    let folder = std::env::var_os("GONGSHI_PREVIEW").map(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/print-preview"));
    let samples = sample::all();
    assert!(!samples.is_empty());
    for (name, sheet) in &samples {
        for language in Language::ALL {
            let sheet = in_language(printable(sheet), language);
            let printed = deep(|| PRESS.print(&[&sheet], language, Paper::Own))
                .unwrap_or_else(|fault| panic!("{name}: {}", fault.text().en));
            assert!(printed.pages > 0 && printed.pdf.starts_with(b"%PDF-1.7"), "{name}");
            if let Some(folder) = &folder {
                std::fs::create_dir_all(folder).unwrap();
                std::fs::write(folder.join(format!("{name}-{}.pdf", language.tag())), &printed.pdf).unwrap();
            }
        }
    }
}

/// Sets a sample as a sheet in a language is set, whatever language its words are in.
fn in_language(mut sheet: Written, language: Language) -> Written {
    sheet.meta.lang = match language {
        Language::Chinese => "zh",
        Language::English => "en",
    };
    sheet.view["meta"]["lang"] = sheet.meta.lang.into();
    sheet
}

/// Every kind of sheet that is set in type, with its samples.
fn kinds() -> Vec<(Sheet, Vec<Written>)> {
    let samples: Vec<Written> = sample::all().iter().map(|(_, sheet)| printable(sheet)).collect();
    let set = Sheet::ALL.into_iter().filter(|sheet| *sheet != Sheet::Broadcast);
    set.map(|sheet| (sheet, samples.iter().filter(|one| one.sheet == sheet).cloned().collect())).collect()
}

fn document(sheet: &Written) -> PagedDocument {
    deep(|| PRESS.set(&[sheet], Language::Chinese, Paper::Own)).unwrap_or_else(|fault| panic!("{}", fault.text().en))
}

/// The addresses of the codes on a page. The reader of the tests takes two codes on a page for one and misses some at one size of
/// pixels, so it looks at the halves of the page and at several sizes as well.
fn codes(page: &typst_layout::Page) -> Vec<String> {
    [3.0, 4.0, 5.0].into_iter().map(|scale| codes_at(page, scale)).find(|codes| !codes.is_empty()).unwrap_or_default()
}

fn codes_at(page: &typst_layout::Page, scale: f64) -> Vec<String> {
    let options = typst_render::RenderOptions { pixel_per_pt: typst::utils::Scalar::new(scale), ..Default::default() };
    let pixels = typst_render::render(page, &options);
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let read = |(top, height): (usize, usize)| {
        let grey = |x: usize, y: usize| pixels.pixels()[(top + y) * width + x].green();
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
        let found = image.detect_grids();
        found.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect::<Vec<String>>()
    };
    let half = height / 2;
    let mut parts = [(0, height), (0, half), (half, height - half)].into_iter();
    parts.find_map(|part| Some(read(part)).filter(|codes| !codes.is_empty())).unwrap_or_default()
}

#[test]
fn every_sheet_has_a_template_and_samples_and_gives_the_same_bytes_in_both_languages() {
    let theme = Theme::new(BTreeMap::new()).unwrap();
    for (kind, samples) in kinds() {
        assert!(theme.sheets().keys().any(|path| path.ends_with(&format!("{}.typ", kind.name()))), "{kind:?}");
        let shortest = samples.into_iter().min_by_key(|one| one.view.to_string().len());
        let shortest = shortest.unwrap_or_else(|| panic!("no sample of {kind:?}"));
        for language in Language::ALL {
            let sheet = in_language(shortest.clone(), language);
            let set = || deep(|| PRESS.print(&[&sheet], language, Paper::Own)).unwrap();
            let first = set();
            comemo::evict(0);
            assert!(first == set(), "{kind:?}");
        }
    }
}

#[test]
fn a_notice_is_small() {
    let (_, samples) = kinds().into_iter().find(|(kind, _)| *kind == Sheet::Notice).unwrap();
    for sheet in samples {
        let size = print(&PRESS, &sheet).unwrap().pdf.len();
        assert!(size <= 200 << 10, "{size}");
    }
}

#[test]
fn the_title_of_every_sheet_is_data() {
    for (kind, samples) in kinds() {
        let mut sheet = samples.into_iter().min_by_key(|one| one.view.to_string().len()).unwrap();
        let key = if sheet.view["title"].is_string() { "title" } else { "title_parts" };
        sheet.view[key] = if key == "title" { HOSTILE.into() } else { vec![HOSTILE].into() };
        let text: String = document(&sheet).pages().iter().map(|page| text_of(&page.frame)).collect();
        assert!(squeezed(&text).contains(&squeezed(HOSTILE)), "{kind:?}: {text}");
    }
}

#[test]
fn the_code_of_every_sheet_leads_to_its_page() {
    let mut found = Vec::new();
    for (kind, samples) in kinds() {
        let Some(sheet) = samples.iter().find(|one| one.view["online"]["qr"].as_str().is_some_and(|qr| !qr.is_empty())) else {
            continue;
        };
        let codes: Vec<String> = document(sheet).pages().iter().flat_map(codes).collect();
        assert!(!codes.is_empty() && codes.iter().all(|code| *code == sheet.view["online"]["url"]), "{kind:?}: {codes:?}");
        found.push(kind);
    }
    let expected =
        [Sheet::Notice, Sheet::Poster, Sheet::Finance, Sheet::Assessment, Sheet::Card, Sheet::WrittenNotice, Sheet::Report];
    assert_eq!(found, expected);
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let sheet = notice(|_| {});
    let first = print(&PRESS, &sheet).unwrap();
    comemo::evict(0);
    let again = print(&press(BTreeMap::new()), &sheet).unwrap();
    assert!(first == again);
    let text = String::from_utf8_lossy(&first.pdf).into_owned();
    assert!(text.contains(CREATOR), "the maker is named");
    assert!(text.contains("pdfaid:part") && text.contains("pdfuaid:part"), "both standards are declared");
}

/// What would be markup of Typst if it were read as such.
const HOSTILE: &str = "#eval(\"1+1\") *x* _y_ $z^2$ @ref <label> #image(\"/etc/passwd\") \\u{41} = h `raw` // c \"q\" -- $a$ \\";

/// A text without its blanks.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

#[test]
fn what_looks_like_markup_is_printed_as_it_stands() {
    let sheet = notice(|notice| {
        notice.title = HOSTILE.to_owned();
        notice.text = vec![HOSTILE.to_owned()];
        notice.votes[0].motion = HOSTILE.to_owned();
    });
    let document = deep(|| PRESS.set(&[&sheet], Language::Chinese, Paper::Own)).unwrap();
    let text: String = document.pages().iter().map(|page| text_of(&page.frame)).collect();
    assert_eq!(squeezed(&text).matches(&squeezed(HOSTILE)).count(), 3, "{text}");
}

/// The text of a frame, in the order in which it is drawn.
fn text_of(frame: &typst::layout::Frame) -> String {
    use typst::layout::FrameItem;
    let item = |item: &FrameItem| match item {
        FrameItem::Group(group) => text_of(&group.frame),
        FrameItem::Text(text) => text.text.to_string(),
        _ => String::new(),
    };
    frame.items().map(|(_, found)| item(found)).collect()
}

#[test]
fn the_code_on_the_page_leads_to_the_page_of_the_record() {
    let sheet = notice(|_| {});
    let document = deep(|| PRESS.set(&[&sheet], Language::Chinese, Paper::Own)).unwrap();
    let found = codes(&document.pages()[0]);
    assert_eq!(found, [sample::online().url]);
}

#[test]
fn a_character_that_no_font_has_is_named_with_its_field_before_anything_is_printed() {
    let sheet = notice(|notice| notice.votes[0].motion = "赠予程䶮\u{2B740}".to_owned());
    let fault = print(&PRESS, &sheet).expect_err("no font has them");
    let missing = |character| Missing { field: "votes[0].motion".to_owned(), character };
    let record = "qinghe/xinmin/matters/sample".to_owned();
    assert_eq!(fault, Fault::Characters { record, missing: vec![missing('\u{2B740}')] });
    let text = fault.text();
    assert!(text.en.contains("U+2B740") && text.zh.contains("votes[0].motion"), "{text:?}");
}

#[test]
fn a_warning_is_a_fault_with_its_place() {
    let template = "#let render(d) = {\n  set text(font: \"No Such Face\")\n  d.title\n}\n";
    let fault = print(&with("sheets/notice.typ", template), &notice(|_| {})).expect_err("a warning");
    let Fault::Template { place, message, .. } = &fault else { panic!("{fault:?}") };
    assert_eq!(place, "sheets/notice.typ:2:18");
    assert!(message.contains("unknown font family"), "{message}");
}

#[test]
fn a_misspelt_field_of_a_template_is_a_fault_with_its_place() {
    let fault = print(&with("sheets/notice.typ", "#let render(d) = {\n  d.titel\n}\n"), &notice(|_| {})).expect_err("a fault");
    let Fault::Template { place, record, message, .. } = &fault else { panic!("{fault:?}") };
    assert_eq!((place.as_str(), record.as_str()), ("sheets/notice.typ:2:5", "qinghe/xinmin/matters/sample"));
    assert!(message.contains("titel"), "{message}");
}

#[test]
fn a_template_of_the_site_takes_the_place_of_the_built_in_one_alone() {
    let own = "#import \"/sheets/base.typ\": *\n#let render(d) = heading(text(font: hei, d.title))\n";
    let press = with("sheets/notice.typ", own);
    let document = deep(|| press.set(&[&notice(|_| {})], Language::Chinese, Paper::Own)).unwrap();
    assert_eq!(text_of(&document.pages()[0].frame), "关于安装路灯的决议");
}

#[test]
fn more_pages_than_planned_are_a_fault_that_names_the_record() {
    let sheet = notice(|notice| notice.text = vec!["很长的决议。".repeat(900)]);
    let fault = print(&PRESS, &sheet).expect_err("too long");
    let Fault::Pages { record, sheet: Sheet::Notice, pages } = &fault else { panic!("{fault:?}") };
    assert_eq!(record, "qinghe/xinmin/matters/sample");
    assert!(*pages > 1 && fault.text().en.contains("takes"), "{fault:?}");
}

#[test]
fn a_template_sees_no_file_and_no_clock() {
    for (code, says) in [("read(\"/etc/passwd\")", "file not found"), ("datetime.today()", "unable to get the current date")] {
        let template = format!("#let render(d) = [#{code}]\n");
        let fault = print(&with("sheets/notice.typ", &template), &notice(|_| {})).expect_err(code);
        assert!(matches!(&fault, Fault::Template { message, .. } if message.contains(says)), "{fault:?}");
    }
}

#[test]
fn several_sheets_in_one_file_begin_on_pages_of_their_own() {
    let (one, two) = (notice(|_| {}), notice(|notice| notice.title = "第二件".to_owned()));
    let printed = deep(|| PRESS.print(&[&one, &two], Language::Chinese, Paper::A3)).unwrap();
    assert_eq!(printed.pages, 2);
    let long = notice(|notice| notice.text = vec!["很长的决议。".repeat(900)]);
    let fault = deep(|| PRESS.print(&[&one, &long, &two], Language::Chinese, Paper::Own)).expect_err("too long");
    assert!(matches!(fault, Fault::Pages { pages: 2.., .. }), "{fault:?}");
}

#[test]
fn results_are_told_in_order_and_work_stops_when_nobody_wants_more() {
    let mut told = Vec::new();
    run(
        50,
        4,
        |n| n * n,
        |n, square| {
            told.push((n, square));
            n < 20
        },
    );
    assert_eq!(told, (0..=20).map(|n| (n, n * n)).collect::<Vec<_>>());
}

#[test]
fn the_sum_at_the_foot_of_a_page_is_carried_to_the_head_of_the_next() {
    let (_, many) = Finance::samples().into_iter().find(|(name, _)| *name == "many").unwrap();
    let sheet = printable(&Written::new(&many));
    let document = deep(|| PRESS.set(&[&sheet], Language::Chinese, Paper::Own)).unwrap();
    let pages: Vec<String> = document.pages().iter().map(|page| text_of(&page.frame)).collect();
    // What follows the words: an amount with two decimals.
    let after = |page: &str, words: &str| {
        let (_, rest) = page.split_once(words)?;
        let (whole, decimals) = rest.trim_start().split_once('.')?;
        Some(format!("{whole}.{}", decimals.get(..2)?))
    };
    let mut carried = 0;
    for pair in pages.windows(2) {
        if let Some(sum) = after(&pair[0], "过次页") {
            assert_eq!(after(&pair[1], "承前页").as_ref(), Some(&sum));
            assert!(sum.ends_with(",000.00"), "{sum}");
            carried += 1;
        }
    }
    assert!(carried > 4, "{carried} of {}", pages.len());
}
