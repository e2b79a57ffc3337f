//! Names of invented places and people.

use std::collections::BTreeSet;

use pinyin::ToPinyin as _;

use super::random::Random;

/// First characters of the names of places.
const FIRST: &str = "新青清红长安永福和兴松柳杨桃李梅竹槐石金银龙凤鹤云霞旭春秋望向临平光荣胜丰乐双";
/// Second characters.
const SECOND: &str = "河江湖泉溪塘湾沟岭山坡岗坪台川原林园庄屯营堡寨口桥渡铺店集窑井滩洼城峰谷岸畈圩";
/// Placed before the two where they run out.
const SIDES: [&str; 9] = ["", "东", "西", "南", "北", "上", "下", "前", "后"];

/// Family names, the common ones more than once.
const FAMILY: &str = "王王王李李李张张张刘刘陈陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
/// First characters of given names.
const GIVEN: &str = "建国志文德永春秀桂玉金海长明振宝学世立凤淑艳丽晓庆洪广兆继维景耀俊树茂荣培克守延宗绍";
/// Second characters of given names.
const GIVEN_LAST: &str = "华军民强生林山河海峰波涛勇斌杰伟刚成田祥福贵才顺良义信礼忠厚芳兰英梅珍琴霞芬娟萍敏洁莲";

/// A name of a place and the folder that it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlaceName {
    /// Without the level (`新河`).
    pub(super) zh: String,
    /// In Latin letters (`xinhe`).
    pub(super) folder: String,
}

/// Returns so many names of places, all different in both writings.
pub(super) fn places(count: usize, random: &mut Random) -> Vec<PlaceName> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(count);
    for round in 0_usize.. {
        let side = SIDES[round % SIDES.len()];
        let number = round / SIDES.len();
        let mut pairs: Vec<(char, char)> =
            FIRST.chars().flat_map(|first| SECOND.chars().map(move |second| (first, second))).collect();
        random.shuffle(&mut pairs);
        for (first, second) in pairs {
            if names.len() == count {
                return names;
            }
            let zh =
                if number == 0 { format!("{side}{first}{second}") } else { format!("{side}{first}{second}{}", digit(number)) };
            let folder = latin(&zh);
            if taken.insert(folder.clone()) {
                names.push(PlaceName { zh, folder });
            }
        }
    }
    names
}

/// Returns a number as it stands in names of places.
fn digit(number: usize) -> String {
    number.to_string().chars().filter_map(|c| "〇一二三四五六七八九".chars().nth(c.to_digit(10)? as usize)).collect()
}

/// Returns the reading in Latin letters, without tones.
fn latin(text: &str) -> String {
    text.chars().map(|c| c.to_pinyin().map_or("", pinyin::Pinyin::plain).replace('ü', "v")).collect()
}

/// Returns a person's name.
pub(super) fn person(random: &mut Random) -> String {
    [FAMILY, GIVEN, GIVEN_LAST].iter().filter_map(|list| list.chars().nth(random.index(list.chars().count()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_places_are_all_different_however_many() {
        let names = places(20_000, &mut Random::of(1, &[]));
        let folders: BTreeSet<_> = names.iter().map(|name| &name.folder).collect();
        assert_eq!((names.len(), folders.len()), (20_000, 20_000));
        assert!(names.iter().all(|name| !name.folder.is_empty() && name.folder.chars().all(|c| c.is_ascii_lowercase())));
    }
}
