//! Samples of documents and of sheets that are filled in by hand.

use super::sample::{contact, meta, names, online, seal};
use super::{
    Attached, Ballot, Block, Card, Imprint, Line, NoticeItem, NoticeSection, Official, Pages, Question, Sample, Seal, Side,
    SignPlace, SignatureSheet, SignedItem, Slip, SlipChoice, Table, WrittenNotice,
};

const LONG: &str = "建设 300 吨冷链仓储库一座并配套建设村口停车场、硬化北街道路 860 米，总投资 186.5 万元，其中申请衔接补助 120 万元，村集体自筹 66.5 万元，由村集体经济合作社负责建设和管护";
const SHORT: &str = "#eval(\"1+1\") *粗体* @ref <label> $x^2$：打 80 米机井一眼";
const DIGEST: &str = "记录校验码 1a2b 3c4d 5e6f";

fn line(label: &str, text: &str) -> Line {
    Line { label: label.to_owned(), text: text.to_owned() }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.to_owned() }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn item(depth: usize, marker: &str, text: &str) -> Block {
    Block::Item { marker: marker.to_owned(), depth, text: text.to_owned() }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Motions, long and short by turns.
fn motions(n: usize) -> impl Iterator<Item = (String, String)> {
    (0..n).map(|i| ((i + 1).to_string(), if i % 2 == 0 { LONG } else { SHORT }.to_owned()))
}

/// Blocks of every kind, on several pages.
fn blocks() -> Vec<Block> {
    let mut blocks = vec![
        paragraph("2026年3月18日，新民村村民代表大会在村部会议室召开会议，对本事项进行表决。议案获得通过，形成本决议。"),
        heading(2, "一、决议内容"),
        paragraph(LONG),
        Block::Fact { label: "会上修改：".to_owned(), text: "停车场不收费。".to_owned() },
        heading(3, "（一）说明"),
        heading(4, "资金"),
        item(0, "1.", LONG),
        item(1, "·", SHORT),
        item(0, "", "再说一段。"),
        Block::Table(Table {
            columns: 3,
            align: vec![Side::Start, Side::Start, Side::End],
            head: owned(&["内容", "谁负责", "费用（元）"]),
            rows: vec![owned(&["路面 3.1 公里", "镇", "见镇公开"]), owned(&[LONG, "柳河村", "41872.90"])],
        }),
    ];
    for n in 1..=12 {
        blocks.push(heading(3, &format!("（{n}）第 {n} 项")));
        blocks.push(paragraph(LONG));
        blocks.push(paragraph("同意 20 票，反对 18 票，弃权 4 票。表决结果：未通过。"));
    }
    blocks
}

impl Sample for Official {
    fn samples() -> Vec<(&'static str, Self)> {
        let title = "新民村村民代表大会关于建设冷链仓储库并配套建设村口停车场、硬化北街道路等事项的决议";
        let attached = |n: usize, title: &str| Attached { number: format!("{n}. "), title: title.to_owned() };
        let resolution = Self {
            meta: meta(title, Pages::Many),
            mark: "新民村村民代表大会文件".to_owned(),
            number: "新村决〔2026〕17号".to_owned(),
            title_parts: owned(&["新民村村民代表大会", "关于建设冷链仓储库并配套建设村口停车场、硬化北街道路等事项的决议"]),
            blocks: blocks(),
            attachments: vec![attached(1, "路灯布点图"), attached(2, LONG)],
            signers: Vec::new(),
            seal: seal(),
            sealed: true,
            issued: Some(Imprint { left: "新民村村民代表大会".to_owned(), right: "2026年3月19日印发".to_owned() }),
            origin: Imprint { left: online().url, right: DIGEST.to_owned() },
        };
        let minutes = Self {
            mark: "某某县某某镇某某村股份经济合作联合社成员代表大会纪要".to_owned(),
            number: String::new(),
            title_parts: owned(&["会议纪要"]),
            blocks: vec![paragraph(SHORT)],
            attachments: Vec::new(),
            signers: vec![line("主持人：", "主席 李某某"), line("记录人：", "")],
            sealed: false,
            issued: None,
            ..resolution.clone()
        };
        vec![("resolution", resolution), ("minutes", minutes)]
    }
}

impl Sample for SignatureSheet {
    fn samples() -> Vec<(&'static str, Self)> {
        let place = |(i, name): (usize, String)| SignPlace {
            number: (i + 1).to_string(),
            name,
            note: if i == 0 { "一组、主席" } else { "二组" }.to_owned(),
        };
        let voted = |(number, motion)| SignedItem {
            number,
            motion,
            votes: "同意 20 票，反对 18 票，弃权 4 票".to_owned(),
            outcome: "未通过".to_owned(),
        };
        let forty = Self {
            meta: meta("第九届村民代表大会第三次会议签字表", Pages::One),
            body: "新民村村民代表大会".to_owned(),
            title: "第九届村民代表大会第三次会议签字表".to_owned(),
            facts: vec![line("时间", "2026年3月18日（星期三）14:00–16:10"), line("地点", "村部会议室"), line("应到", "40 人")],
            items: motions(2).map(voted).collect(),
            declaration: "到会人员逐人签名，确认到会和以上表决结果。".to_owned(),
            places: names().into_iter().take(40).enumerate().map(place).collect(),
            closing: vec![line("实到：", "40 人"), line("签名人数：", ""), line("主持人：", ""), line("日期：", "")],
            digest: DIGEST.to_owned(),
        };
        let empty = |n: usize| SignPlace { number: n.to_string(), name: String::new(), note: String::new() };
        let open = |item: SignedItem| SignedItem { votes: String::new(), outcome: String::new(), ..item };
        let many = Self {
            meta: meta("签字表", Pages::Many),
            items: motions(12).map(voted).map(open).collect(),
            places: (1..=101).map(empty).collect(),
            ..forty.clone()
        };
        vec![("forty", forty), ("many", many)]
    }
}

impl Sample for Card {
    fn samples() -> Vec<(&'static str, Self)> {
        let full = Self {
            meta: meta("征求意见卡", Pages::One),
            place: "新民村".to_owned(),
            title: "征求意见卡".to_owned(),
            matter: LONG.to_owned(),
            motion: LONG.to_owned(),
            choices: owned(&["同意", "同意，但有修改意见", "不同意"]),
            hand_in: vec![line("交到：", &contact().office), line("截止日期：", "")],
            online: Some(online()),
        };
        let blank = Self { matter: String::new(), motion: String::new(), online: None, ..full.clone() };
        let long = Self { motion: LONG.repeat(12), ..full.clone() };
        vec![("full", full), ("blank", blank), ("long", long)]
    }
}

impl Sample for Ballot {
    fn samples() -> Vec<(&'static str, Self)> {
        let question = |(number, text)| Question { number, text };
        let items = |n: usize| Self {
            meta: meta("表决票", Pages::One),
            body: "新民村村民代表大会".to_owned(),
            title: "表决票".to_owned(),
            about: owned(&["第九届村民代表大会第三次会议", "2026年3月18日", "无记名投票"]),
            question_head: "议项".to_owned(),
            choices: owned(&["同意", "反对", "弃权"]),
            questions: motions(n).map(question).collect(),
            remark: String::new(),
            named: false,
            how: owned(&["1. 逐项投票，每一项只在一个方框内打“√”。", "2. 同一项打了两个以上“√”的，这一项无效。"]),
            digest: DIGEST.to_owned(),
        };
        let satisfaction = Self {
            title: "满意度测评票".to_owned(),
            choices: owned(&["满意", "基本满意", "不满意"]),
            questions: motions(1).map(question).collect(),
            remark: "意见和建议：".to_owned(),
            named: true,
            ..items(1)
        };
        vec![("two", items(2)), ("six", items(6)), ("twelve", items(12)), ("satisfaction", satisfaction)]
    }
}

impl Sample for WrittenNotice {
    fn samples() -> Vec<(&'static str, Self)> {
        let item = |(number, motion)| NoticeItem { number, matter: "村内主街安装太阳能路灯".to_owned(), motion };
        let choice = |words: &str, reason: bool| SlipChoice { words: words.to_owned(), reason };
        let meeting = Self {
            meta: meta("关于召开第九届村民代表大会第三次会议的通知", Pages::Many),
            title: "关于召开第九届村民代表大会第三次会议的通知".to_owned(),
            addressee: "各位村民代表、代表所联系的农户：".to_owned(),
            opening: owned(&[LONG, SHORT]),
            facts: vec![line("时间", "2026年3月18日（星期三）14:00"), line("地点", "")],
            items_head: "议项和议案".to_owned(),
            items: motions(12).map(item).collect(),
            sections: vec![NoticeSection {
                title: "到会和通过需要的人数".to_owned(), paragraphs: owned(&[LONG, SHORT])
            }],
            seal: seal(),
            slip: Slip {
                about: LONG.to_owned(),
                choices: vec![choice("到会", false), choice("不能到会，原因：", true)],
                opinion: "意见：".to_owned(),
                fields: owned(&["姓名：", "联系户：", "日期："]),
                hand_in: "回执请在会前交到：清河镇纪委，电话 0454-5550123。".to_owned(),
            },
            online: online(),
            digest: DIGEST.to_owned(),
        };
        let plain = Self {
            items_head: String::new(),
            items: Vec::new(),
            sections: Vec::new(),
            seal: Seal { date: String::new(), ..seal() },
            online: super::Online {
                url: String::new(),
                qr: String::new(),
                words: "本站未设网址，原文可到清河镇人民政府查阅".to_owned(),
            },
            slip: Slip { hand_in: String::new(), ..meeting.slip.clone() },
            ..meeting.clone()
        };
        vec![("meeting", meeting), ("plain", plain)]
    }
}
