use super::*;
use crate::site::view::Tone;

/// A caption in English.
fn caption(id: &str) -> Caption {
    Caption {
        id: id.into(),
        title: "Resolutions".into(),
        note: String::new(),
        first: "Month".into(),
        separator: ", ".into(),
        colon: ": ".into(),
        nothing: "–".into(),
    }
}

fn names(names: &[&str]) -> Vec<Link> {
    names.iter().map(|name| Link { text: (*name).into(), href: String::new(), lang: None }).collect()
}

fn value(n: u64) -> Value {
    Value { n, text: n.to_string() }
}

fn series(name: &str, fill: Fill, values: &[Option<u64>]) -> Series {
    Series { name: name.into(), fill, values: values.iter().map(|n| n.map(value)).collect() }
}

fn data(of: &[&str], all: Vec<Series>) -> Data {
    Data { names: names(of), series: all }
}

/// Compares a picture with the one on file; `GONGSHI_BLESS` rewrites it, to be looked at.
fn same(name: &str, svg: &str) {
    let path = format!("{}/src/site/chart/tests/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("GONGSHI_BLESS").is_some() {
        std::fs::write(&path, format!("{svg}\n")).expect("a file");
    }
    assert_eq!(svg, std::fs::read_to_string(&path).expect("a file").trim_end(), "{name}");
}

/// Every number that an attribute of a picture gives, with the attribute's name.
fn lengths(svg: &str) -> Vec<(&str, f64)> {
    let mut found = Vec::new();
    for part in svg.split('"').collect::<Vec<_>>().chunks(2) {
        let [before, value] = part else { continue };
        let name = before.rsplit(' ').next().unwrap_or_default().trim_end_matches('=');
        let number = value.strip_suffix('%').or_else(|| value.strip_suffix("em")).and_then(|number| number.parse().ok());
        found.extend(number.map(|number| (name, number)));
    }
    found
}

/// Whether nothing of a picture lies outside of it.
fn lies_within(svg: &str) {
    let all = lengths(svg);
    let height = all.iter().find(|(name, _)| *name == "height").expect("a height").1;
    let (mut x, mut y) = (0.0, 0.0);
    for (name, number) in &all[1..] {
        match *name {
            "x" | "x1" | "x2" | "cx" => {
                x = *number;
                assert!((0.0..=100.0).contains(&x), "{name} {x}: {svg}");
            }
            "y" | "y1" | "y2" | "cy" => {
                y = *number;
                assert!((0.0..=height).contains(&y), "{name} {y} of {height}: {svg}");
            }
            "width" => assert!(x + number <= 100.01, "{x} + {number}: {svg}"),
            "height" => assert!(y + number <= height + 0.001, "{y} + {number} of {height}: {svg}"),
            _ => {}
        }
    }
}

#[test]
fn a_picture_is_drawn_as_it_was() {
    let two =
        data(&["A", "B"], vec![series("2026", Fill::First, &[Some(4), Some(0)]), series("2025", Fill::Before, &[Some(1), None])]);
    let chart = bars(&caption("c"), &two);
    same("bars", &chart.svg);
    let chart = lines(&caption("c"), &two, &Axis::default());
    same("lines", &chart.svg);
    let parts = vec![series("taken up", Fill::First, &[Some(3)]), series("pending", Fill::Open, &[Some(1)])];
    same("stacked", &stacked(&caption("c"), &data(&["all"], parts)).svg);
    let stages = data(&["heard", "resolved"], vec![series("number", Fill::First, &[Some(8), Some(2)])]);
    same("funnel", &funnel(&caption("c"), &stages).svg);
    let cells = vec![Cell::Number(value(1)), Cell::State(Tone::Act, "overdue".into()), Cell::Nothing];
    let columns = ["Q1", "Q2", "Q3"].map(str::to_owned);
    let heat = heat(&caption("c"), &columns, &[(names(&["Xinmin"]).remove(0), cells)]);
    same("heat", &heat.svg);
    assert_eq!(heat.rows[0].cells, ["1", "overdue", "–"]);
}

#[test]
fn the_table_and_the_description_say_what_the_picture_shows() {
    let two = data(
        &["Jan", "Feb"],
        vec![series("2026", Fill::First, &[Some(4), None]), series("2025", Fill::Before, &[Some(1), Some(2)])],
    );
    let chart = lines(&caption("c"), &two, &Axis::default());
    assert_eq!(chart.columns, ["2026", "2025"]);
    let rows: Vec<Vec<&str>> = chart.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect();
    assert_eq!(rows, [["4", "1"], ["–", "2"]]);
    assert!(chart.svg.contains("2026: Jan 4 2025: Jan 1, Feb 2</desc>"), "{}", chart.svg);
    assert_eq!(chart.keys.iter().map(|key| key.text.as_str()).collect::<Vec<_>>(), ["2026", "2025"]);
}

#[test]
fn names_are_text_and_nothing_else() {
    let hostile = r#"<script>alert("x")</script>'&\u{0}"#.replace("\\u{0}", "\u{0}");
    let mut around = caption("c");
    around.title.clone_from(&hostile);
    let all = data(
        &[&hostile],
        vec![Series { name: hostile.clone(), fill: Fill::Fourth, values: vec![Some(Value { n: 1, text: hostile.clone() })] }],
    );
    let columns = [hostile.clone()];
    let cell = (all.names[0].clone(), vec![Cell::Number(Value { n: 1, text: hostile.clone() })]);
    for chart in [
        bars(&around, &all),
        stacked(&around, &all),
        lines(&around, &all, &Axis::default()),
        funnel(&around, &all),
        heat(&around, &columns, &[cell]),
    ] {
        assert!(!chart.svg.contains("<script") && !chart.svg.contains('\u{0}'), "{}", chart.svg);
        assert!(chart.svg.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;"), "{}", chart.svg);
        assert_eq!(chart.svg.matches("<svg").count(), 1);
        assert!(!chart.svg.contains("style="));
    }
}

#[test]
fn nothing_leaves_the_picture_whatever_the_numbers() {
    let long = "哈尔滨市双城区青岭满族乡幸福村第一村民小组".repeat(3);
    let huge = Some(u64::MAX);
    let cases = [
        data(&["A"], vec![series("s", Fill::First, &[Some(0)])]),
        data(&["A"], vec![series("s", Fill::First, &[None])]),
        data(&["A"], vec![series("s", Fill::First, &[Some(7)])]),
        data(
            &[&long, "B", "C"],
            vec![series("s", Fill::First, &[huge, huge, Some(1)]), series(&long, Fill::Second, &[huge, None, Some(0)])],
        ),
        data(&["1"; 36], vec![series("s", Fill::First, &[Some(19_280); 36]), series("t", Fill::Before, &[Some(1); 36])]),
    ];
    for case in cases {
        lies_within(&bars(&caption("c"), &case).svg);
        lies_within(&stacked(&caption("c"), &case).svg);
        lies_within(&funnel(&caption("c"), &case).svg);
        lies_within(&lines(&caption("c"), &case, &Axis { decimals: 1, top: Some(1000) }).svg);
        lies_within(&lines(&caption("c"), &case, &Axis::default()).svg);
        let cells = case.series[0].values.iter().map(|n| n.clone().map_or(Cell::Nothing, Cell::Number)).collect();
        let columns: Vec<String> = case.names.iter().map(|name| name.text.clone()).collect();
        lies_within(&heat(&caption("c"), &columns, &[(case.names[0].clone(), cells)]).svg);
    }
    let none = data(&[], vec![series("s", Fill::First, &[])]);
    assert_eq!((bars(&caption("c"), &none).svg, funnel(&caption("c"), &none).svg), (String::new(), String::new()));
}

#[test]
fn parts_of_a_whole_fill_it_without_a_gap() {
    let thirds =
        vec![series("a", Fill::First, &[Some(1)]), series("b", Fill::Second, &[Some(1)]), series("c", Fill::Third, &[Some(1)])];
    let svg = stacked(&caption("c"), &data(&["all"], thirds)).svg;
    let rects: Vec<(f64, f64)> = svg
        .split("<rect class=")
        .skip(1)
        .map(|rect| {
            let all = lengths(rect.split("/>").next().expect("a rectangle"));
            let get = |wanted: &str| all.iter().find(|(name, _)| *name == wanted).expect("an attribute").1;
            (get("x"), get("width"))
        })
        .collect();
    assert_eq!(rects, [(0.0, 33.33), (33.33, 33.34), (66.67, 33.33)]);
}

#[test]
fn a_line_has_a_gap_where_there_is_no_number() {
    let gap = data(&["1", "2", "3", "4"], vec![series("s", Fill::First, &[Some(1), None, Some(2), Some(3)])]);
    let svg = lines(&caption("c"), &gap, &Axis::default()).svg;
    assert_eq!((svg.matches(r#"class="l1""#).count(), svg.matches("<circle").count()), (1, 3));
}

#[test]
fn an_axis_ends_at_a_round_number() {
    let ends = |largest: u64| {
        let numbers: Vec<Option<u64>> = vec![Some(largest)];
        let svg = lines(&caption("c"), &data(&["1"], vec![series("s", Fill::First, &numbers)]), &Axis::default()).svg;
        let labels: Vec<String> = svg
            .split(r#"<text class="cs ae""#)
            .skip(1)
            .map(|text| text.split(['>', '<']).nth(1).unwrap_or_default().trim().to_owned())
            .collect();
        labels.join(" ")
    };
    assert_eq!(ends(0), "0 1");
    assert_eq!(ends(3), "0 1 2 3");
    assert_eq!(ends(523), "0 200 400 600");
    assert_eq!(ends(3576), "0 1,000 2,000 3,000 4,000");
}

#[test]
fn texts_of_a_row_keep_apart_on_a_phone() {
    // Every second of 36 long numbers, and none beside its neighbour, in 20 sizes of the text.
    let all = data(&["1"; 36], vec![series("s", Fill::First, &[Some(1_234_567); 36])]);
    let svg = lines(&caption("c"), &all, &Axis::default()).svg;
    let places = |phone: bool| -> Vec<f64> {
        let texts = svg.split(r#"<text class="cv"#).skip(1).filter(|text| !phone || !text.starts_with(" ph"));
        texts
            .map(|text| text.split("x=\"").nth(1).and_then(|x| x.split('%').next()).expect("x").parse().expect("a number"))
            .collect()
    };
    let width = f64::from(u32::try_from(svg::width("1234567")).expect("narrow"));
    for (phone, picture) in [(true, svg::NARROW), (false, svg::WIDE)] {
        let places = places(phone);
        assert!(places.len() > 1);
        assert!(
            places
                .windows(2)
                .all(|pair| (pair[1] - pair[0]) * f64::from(u32::try_from(picture).expect("narrow")) / 100.0 > width),
            "{places:?}"
        );
    }
}
