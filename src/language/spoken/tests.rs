use jiff::civil::date as day;

use super::{
    Language::{Chinese, English},
    *,
};

fn amount(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

#[test]
fn whole_numbers_in_chinese() {
    let spoken = [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (11, "十一"),
        (12, "十二"),
        (19, "十九"),
        (20, "二十"),
        (41, "四十一"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (200, "二百"),
        (222, "二百二十二"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (2000, "两千"),
        (2222, "两千二百二十二"),
        (10_000, "一万"),
        (10_001, "一万零一"),
        (10_010, "一万零一十"),
        (10_100, "一万零一百"),
        (20_000, "两万"),
        (22_000, "两万二千"),
        (96_000, "九万六千"),
        (100_000, "十万"),
        (120_000, "十二万"),
        (1_000_000, "一百万"),
        (1_100_000, "一百一十万"),
        (2_005_000, "二百万五千"),
        (10_000_001, "一千万零一"),
        (100_000_000, "一亿"),
        (100_100_000, "一亿零一十万"),
        (200_020_002, "两亿零二万零二"),
        (1_000_000_000_000, "一万亿"),
    ];
    for (n, words) in spoken {
        assert_eq!(number(n, Chinese), words, "{n}");
    }
    assert_eq!(number(u64::MAX, Chinese), "一千八百四十四亿六千七百四十四万零七百三十七亿零九百五十五万一千六百一十五");
}

#[test]
fn whole_numbers_in_english() {
    let spoken = [
        (0, "zero"),
        (10, "ten"),
        (13, "thirteen"),
        (20, "twenty"),
        (41, "forty-one"),
        (100, "one hundred"),
        (101, "one hundred and one"),
        (110, "one hundred and ten"),
        (1001, "one thousand and one"),
        (1100, "one thousand one hundred"),
        (10_010, "ten thousand and ten"),
        (20_000, "twenty thousand"),
        (96_000, "ninety-six thousand"),
        (100_000_000, "one hundred million"),
        (1_000_001, "one million and one"),
        (1_234_567, "one million two hundred and thirty-four thousand five hundred and sixty-seven"),
    ];
    for (n, words) in spoken {
        assert_eq!(number(n, English), words, "{n}");
    }
}

#[test]
fn two_of_something_are_liang() {
    assert_eq!([2, 12, 20, 200].map(|n| counted(n, Chinese)), ["两", "十二", "二十", "二百"]);
    assert_eq!(counted(2, English), "two");
    assert_eq!([1, 2, 12].map(|n| ordinal(n, Chinese)), ["第一", "第二", "第十二"]);
    let ordinals = [1, 2, 3, 4, 5, 8, 9, 12, 20, 21, 32, 100, 101].map(|n| ordinal(n, English));
    let words = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "eighth",
        "ninth",
        "twelfth",
        "twentieth",
        "twenty-first",
        "thirty-second",
        "one hundredth",
        "one hundred and first",
    ];
    assert_eq!(ordinals, words);
}

#[test]
fn decimals_are_read_digit_by_digit() {
    for (text, zh, en) in [
        ("0", "零", "zero"),
        ("-0.0", "零", "zero"),
        ("0.05", "零点零五", "zero point zero five"),
        ("92.70", "九十二点七", "ninety-two point seven"),
        ("2.6", "二点六", "two point six"),
        ("-12", "负十二", "minus twelve"),
        ("-0.5", "负零点五", "minus zero point five"),
        ("100", "一百", "one hundred"),
    ] {
        assert_eq!([decimal(amount(text), Chinese), decimal(amount(text), English)], [zh, en], "{text}");
    }
    assert!(decimal(Decimal::MAX, Chinese).starts_with("七万九千二百二十八亿"));
    assert!(decimal(Decimal::MAX, English).starts_with("seventy-nine octillion"));
}

#[test]
fn money_is_yuan_jiao_and_fen() {
    for (text, zh, en) in [
        ("96000.00", "九万六千元", "ninety-six thousand yuan"),
        ("2", "两元", "two yuan"),
        ("3.5", "三元五角", "three yuan and fifty fen"),
        ("12.05", "十二元零五分", "twelve yuan and five fen"),
        ("1234.56", "一千二百三十四元五角六分", "one thousand two hundred and thirty-four yuan and fifty-six fen"),
        ("0.05", "五分", "five fen"),
        ("0.22", "两角二分", "twenty-two fen"),
        ("0", "零元", "zero yuan"),
        (
            "-182340.5",
            "负十八万二千三百四十元五角",
            "minus one hundred and eighty-two thousand three hundred and forty yuan and fifty fen",
        ),
        ("0.995", "一元", "one yuan"),
    ] {
        assert_eq!([money(amount(text), "CNY", Chinese), money(amount(text), "CNY", English)], [zh, en], "{text}");
    }
    assert_eq!([money(amount("2.5"), "USD", Chinese), money(amount("1"), "EUR", English)], ["二点五美元", "one euro"]);
    assert_eq!([money(amount("2"), "KZT", Chinese), money(amount("2"), "KZT", English)], ["两KZT", "two KZT"]);
}

#[test]
fn shares_of_a_whole() {
    let zh = ["92.7", "100", "0.05", "-3"].map(|text| percent(amount(text), Chinese));
    assert_eq!(zh, ["百分之九十二点七", "百分之百", "百分之零点零五", "负百分之三"]);
    assert_eq!(percent(amount("92.7"), English), "ninety-two point seven per cent");
    assert_eq!([fraction(2, 3, Chinese), fraction(4, 5, Chinese)], ["三分之二", "五分之四"]);
    let en = [(2, 3), (1, 2), (3, 4), (7, 12), (1, 20)].map(|(part, whole)| fraction(part, whole, English));
    assert_eq!(en, ["two thirds", "one half", "three quarters", "seven twelfths", "one twentieth"]);
}

#[test]
fn days_and_years() {
    let march = day(2026, 3, 18);
    assert_eq!(
        [date(march, Chinese), date(march, English)],
        ["二〇二六年三月十八日", "the eighteenth of March, twenty twenty-six"]
    );
    assert_eq!(
        [short_date(day(2026, 12, 2), Chinese), short_date(day(2026, 12, 2), English)],
        ["十二月二日", "the second of December"]
    );
    let range = |to| [short_date_range(march, to, Chinese), short_date_range(march, to, English)];
    assert_eq!(range(day(2026, 4, 7)), ["三月十八日到四月七日", "the eighteenth of March to the seventh of April"]);
    assert_eq!(range(day(2026, 3, 28)), ["三月十八日到二十八日", "the eighteenth to the twenty-eighth of March"]);
    assert_eq!(range(march), ["三月十八日", "the eighteenth of March"]);
    let years = [1900, 1905, 1999, 2000, 2009, 2010, 2026, 2100].map(|n| year(n, English));
    let words = [
        "nineteen hundred",
        "nineteen oh five",
        "nineteen ninety-nine",
        "two thousand",
        "two thousand and nine",
        "twenty ten",
        "twenty twenty-six",
        "twenty-one hundred",
    ];
    assert_eq!(years, words);
    assert_eq!(year(2000, Chinese), "二〇〇〇");
}

#[test]
fn times_of_day() {
    let zh = ["14:00", "16:10", "08:30", "12:05", "2:00", "19:45"].map(|text| hours(text, Chinese));
    assert_eq!(zh, ["下午两点", "下午四点十分", "上午八点半", "中午十二点零五分", "凌晨两点", "晚上七点四十五分"]);
    let en = ["14:00", "16:10", "08:30", "12:05", "00:15"].map(|text| hours(text, English));
    let words = [
        "two in the afternoon",
        "four ten in the afternoon",
        "half past eight in the morning",
        "twelve oh five in the afternoon",
        "a quarter past twelve in the morning",
    ];
    assert_eq!(en, words);
    let office = "周一至周五 8:30—11:30，13:30—17:00";
    assert_eq!(hours(office, Chinese), "周一至周五上午八点半到十一点半，下午一点半到五点");
    assert_eq!(hours("Monday to Friday 13:30–17:00", English), "Monday to Friday half past one to five in the afternoon");
    assert_eq!(hours("25:00, 1:2, room 12", English), "25:00, 1:2, room 12");
}

#[test]
fn telephones_are_read_digit_by_digit() {
    assert_eq!(telephone("0454-5550201", Chinese), "零四五四，五五五，零二零幺");
    assert_eq!(telephone("0454-5550201", English), "zero four five four, five five five, zero two zero one");
    assert_eq!(telephone("12345", Chinese), "幺二三四五");
    assert_eq!(telephone("010-12345678", Chinese), "零幺零，幺二三四，五六七八");
    assert_eq!(telephone("", Chinese), "");
}

#[test]
fn figures_with_units_are_spoken_in_a_chinese_text() {
    for (written, spoken) in [
        ("安装 6 米亮度可调太阳能路灯 40 盏，预算 9.6 万元。", "安装六米亮度可调太阳能路灯四十盏，预算九万六千元。"),
        ("70 岁以上老人每餐 5 元；预算 6.8 万元", "七十岁以上老人每餐五元；预算六万八千元"),
        ("年费用 2.36 万元", "年费用两万三千六百元"),
        ("投资 1.2 亿元，惠及 20 万人", "投资一亿二千万元，惠及二十万人"),
        ("2026年3月18日至4月2日", "二〇二六年三月十八日至四月二日"),
        ("2026 年 10 月至 12 月", "二〇二六年十月至十二月"),
        ("三年方案（2026—2028年）", "三年方案（二〇二六至二〇二八年）"),
        ("期限 12 年，亮灯率 100%", "期限十二年，亮灯率百分之百"),
        ("第 2 项，2 处，2 组，2 个月", "第二项，两处，二组，两个月"),
        ("翻修 3.1 公里，1,460 米改为盖板沟，30 千瓦", "翻修三点一公里，一千四百六十米改为盖板沟，三十千瓦"),
        ("15—20 天，8-10 人，1.5 至 2 万元", "十五至二十天，八至十人，一点五至两万元"),
        ("新村决〔2026〕3号", "新村决〔二〇二六〕三号"),
        ("截止 2026-12-02", "截止二〇二六年十二月二日"),
        ("每份 0.50 元，共 3.65 元", "每份五角，共三元六角五分"),
        ("一致通过", "一致通过"),
    ] {
        assert_eq!(text(written, Chinese), spoken);
    }
}

#[test]
fn what_may_mean_several_things_is_left_alone() {
    for written in [
        "坡度不大于 1:12 的坡道",
        "GB 18483-2001",
        "A4 纸",
        "地块 003",
        "编号 2026-003",
        "比分 2/3",
        "13 月",
        "32 日",
        "万分之 5",
        "3 万分之一",
        "12,34 元",
        "1.2.3 米",
    ] {
        assert_eq!(text(written, Chinese), written);
    }
    for written in ["clause 12", "9th congress", "14 of the 24", "A4", "1:12", "ISO 9001"] {
        assert_eq!(text(written, English), written);
    }
}

#[test]
fn figures_with_units_are_spoken_in_an_english_text() {
    for (written, spoken) in [
        ("at least 30 m from any well", "at least thirty metres from any well"),
        ("1,460 metres of the main drain", "one thousand four hundred and sixty metres of the main drain"),
        ("4.8 km before 15 October", "four point eight kilometres before the fifteenth of October"),
        ("CNY 23,600 a year", "twenty-three thousand six hundred yuan a year"),
        ("on 18 March 2026.", "on the eighteenth of March twenty twenty-six."),
        ("by March 2026", "by March twenty twenty-six"),
        ("posted for 15–20 days", "posted for fifteen to twenty days"),
        ("92.7% of 412 households", "ninety-two point seven per cent of four hundred and twelve households"),
    ] {
        assert_eq!(text(written, English), spoken);
    }
}

#[test]
fn bare_numbers_of_our_own_words_are_spoken() {
    let zh = "全体代表 48 人，三分之二为 32 人，实到 41 人，达到";
    assert_eq!(own(zh, Chinese), "全体代表四十八人，三分之二为三十二人，实到四十一人，达到");
    assert_eq!(own("第 3 条意见没有答复，走访户数为 0", Chinese), "第三条意见没有答复，走访户数为零");
    assert_eq!(
        own("48 delegates in all, two thirds is 32, 41 present", English),
        "forty-eight delegates in all, two thirds is thirty-two, forty-one present"
    );
}

#[test]
fn any_text_is_read_to_its_end() {
    for written in [
        "",
        "1",
        "12 ",
        "１２户",
        "第",
        "2026",
        "9.",
        ".5 米",
        "¥5",
        "5—",
        "—5 天",
        "1e5 米",
        "😀3 户",
        "18446744073709551616 户",
    ] {
        for language in [Chinese, English] {
            text(written, language);
            own(written, language);
            hours(written, language);
            telephone(written, language);
        }
    }
    let huge = "9".repeat(60);
    assert_eq!(text(&format!("{huge} 户"), Chinese), format!("{huge} 户"));
}
