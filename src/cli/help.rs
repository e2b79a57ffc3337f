//! Help and usage errors in Chinese, and the examples of each command in both languages.
//!
//! The English help is what `arguments` says; a test asks for a Chinese text for each of its parts.

use std::fmt::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use crate::language::{Language, Text};

/// The Chinese help: a command (`build`), an argument of one (`build.out`), or a global option (`.lang`).
const CHINESE: &[(&str, &str)] = &[
    ("", "把村镇议事决策的记录对照工作程序检查，生成公示网站"),
    (".lang", "提示信息和打印材料的语言：zh-CN 或 en [默认：站点的第一种语言，否则随系统]"),
    (".color", "颜色：auto（在终端中）、always（总是）、never（从不）"),
    (".help", "显示帮助"),
    (".version", "显示版本"),
    ("new", "新建站点，或在站点中新建一条记录"),
    (
        "new.kind",
        "要新建的内容：站点、区域、事项、会议、意见、责任书、考核、财务、质询、典型、公开事项、测评、代表名册、选举、工程、公开目录、\
         日历、工作法；\
         也可写英文 site、area、matter、meeting 等",
    ),
    ("new.site", "站点文件夹 [默认：当前文件夹]"),
    ("new.id", "新文件或文件夹的名称 [默认：按顺序编号或按日期取名]"),
    ("new.area", "区域在 content 下的文件夹，如 qinghe/xinmin [默认：唯一的区域]"),
    ("new.title", "记录的标题，或区域的名称"),
    ("check", "检查全部记录：写法是否正确，是否符合工作程序"),
    ("check.site", "含有 content 的文件夹 [默认：当前文件夹]"),
    ("check.format", "输出格式：text（给人看）、json、sarif（代码扫描平台）、github（注释）"),
    ("check.as_of", "以哪一天判断是否到期、逾期 [默认：site.yaml 所写的日期，否则今天]"),
    ("build", "生成网站"),
    ("build.site", "含有 content 的文件夹 [默认：当前文件夹]"),
    ("build.out", "网站写到哪个文件夹：新的、空的或 gongshi 生成过的 [默认：站点下的 public]"),
    ("build.as_of", "以哪一天判断是否到期、逾期 [默认：site.yaml 所写的日期，否则今天]"),
    ("build.no_cache", "所有页面重新生成，不读也不留缓存（站点下的 .gongshi）"),
    ("print", "打印公示、看板、表决票等纸质材料（PDF），以及广播稿"),
    ("print.site", "含有 content 的文件夹 [默认：当前文件夹]"),
    (
        "print.sheet",
        "打印什么：公示（notice）、公文（official）、看板（poster）、财务公开表（finance）、考核结果（assessment）、签字表（signatures）、\
         征求意见卡（card）、表决票（ballot）、书面通知（written-notice）、工作报告（report）、广播稿（broadcast）",
    ),
    ("print.record", "一条记录：它的文件在 content 下的路径，或者文件名 [默认：能打印的全部记录]"),
    ("print.area", "地方在 content 下的文件夹，如 qinghe/xinmin，连同下级 [默认：全部地方；看板和工作报告是最上一级的地方]"),
    (
        "print.period",
        "只打印 2026、2026-h1、2026-q3 或 2026-07 的记录；看板、工作报告则指统计期 [默认：全部；看板、工作报告为本季度]",
    ),
    ("print.publicising", "只打印站点数据日期当天正在公示的"),
    ("print.one_file", "全部印在一个 PDF 里，文稿每种一个文件，不是每件一个文件"),
    ("print.paper", "纸张大小：a4 或 a3，用于公示、看板、财务公开表、考核结果、工作报告 [默认：a4，看板为 a3]"),
    ("print.out", "写到哪个文件夹；只覆盖 gongshi 在那里打印过的文件 [默认：站点下的 print]"),
    ("print.as_of", "以哪一天判断是否到期、逾期 [默认：site.yaml 所写的日期，否则今天]"),
    ("serve", "在本机预览网站，文件一改就更新"),
    ("serve.site", "含有 content 的文件夹 [默认：当前文件夹]"),
    ("serve.port", "本机端口 [默认：8000 起第一个空闲的]"),
    ("serve.as_of", "以哪一天判断是否到期、逾期 [默认：site.yaml 所写的日期，否则今天]"),
    ("rule", "列出全部规则，或解释其中一条"),
    ("rule.id", "要解释的规则，如 eight-step/quorum；或一类规则，如 eight-step [默认：全部列出]"),
    ("rule.site", "连同这个站点自己的规则 [默认：当前文件夹]"),
    ("rule.format", "输出格式：text 或 json"),
    ("stats", "输出一个地方、一个时期的统计数，每个数都由记录数出"),
    ("stats.site", "含有 content 的文件夹 [默认：当前文件夹]"),
    ("stats.area", "地方在 content 下的文件夹，如 qinghe/xinmin [默认：全部地方合计]"),
    ("stats.period", "2026、2026-h1、2026-q3、2026-07 或 all（全部日期）[默认：站点数据日期所在的年]"),
    ("stats.measure", "指标，如 attendance，或其中一部分，如 meetings:village-congress；可以重复写 [默认：全部指标]"),
    ("stats.by", "每个数再按什么分开：area（下级地方）、period（月份或年份）、part（结果、类别、步骤、规则等）"),
    ("stats.records", "列出每个数所数的记录"),
    ("stats.list", "不输出统计数，列出：matrix（各地方各时期应办事项）、overdue（逾期）或 ranks（考核名次）"),
    ("stats.format", "输出格式：table（给人看）、csv 或 json"),
    ("stats.as_of", "数到哪一天为止 [默认：site.yaml 所写的日期，否则今天]"),
    ("schema", "输出一类记录的 JSON Schema，供编辑器补全和检查"),
    ("schema.kind", "记录种类，如 matter 或“事项”；forms 为各步骤的证据 [默认：全部，合成一个 JSON 对象]"),
    ("synth", "虚构一整座城市的合格记录，用来试用和测速"),
    ("synth.folder", "写到哪个文件夹：新的或空的"),
    ("synth.seed", "种子：相同的种子生成完全相同的文件 [默认：1]"),
    ("synth.villages", "村的个数，1 至 20000，其余按比例增减 [默认：957，即一整座城市]"),
    ("synth.years", "记录的年数，1 至 10；一整座城市每年约 27000 条 [默认：1]"),
    ("synth.faults", "最后一年的决议中有百分之几故意写错或有瑕疵，清单在该文件夹的 planted.txt [默认：0]"),
    ("synth.year", "最后一年，数据截至当年 12 月 31 日 [默认：2026]"),
    ("completions", "输出命令行补全脚本"),
    ("completions.shell", "使用的 shell：bash、zsh、fish、elvish 或 powershell"),
];

/// What an example does, in Chinese and in English, and the example itself.
type Example = (&'static str, &'static str, &'static str);

/// The examples of each command.
const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "",
        &[
            ("新建一个小站点", "make a small site", "gongshi new site my-village"),
            ("在浏览器中预览，边改边看", "see it in the browser while you write", "gongshi serve my-village"),
            ("检查", "check it", "gongshi check my-village"),
            ("生成网站", "build it", "gongshi build my-village --out public"),
        ],
    ),
    (
        "new",
        &[
            ("新建一个站点", "make a site", "gongshi new site my-village"),
            ("为新民村新建一个事项", "make a matter of Xinmin", "gongshi new matter --area qinghe/xinmin --title 修建文化广场"),
            ("新建一次会议，键用中文", "make a meeting with Chinese keys", "gongshi new 会议 --lang zh-CN"),
        ],
    ),
    (
        "check",
        &[
            ("检查当前文件夹的站点", "check the site in this folder", "gongshi check"),
            ("假定今天是年底", "as if it were the end of the year", "gongshi check --as-of 2026-12-31"),
            ("在持续集成中使用", "in continuous integration", "gongshi check --format sarif > gongshi.sarif"),
        ],
    ),
    (
        "build",
        &[
            ("生成到站点下的 public", "build into `public` of the site", "gongshi build my-village"),
            ("生成到指定的文件夹", "build into a folder of your choice", "gongshi build my-village --out site"),
        ],
    ),
    (
        "print",
        &[
            (
                "全镇正在公示的事项，每件一张",
                "everything that is being publicised, a sheet each",
                "gongshi print --sheet notice --publicising --out paper",
            ),
            (
                "一件事项的公示，用 A3 纸",
                "the notice of one matter, on A3",
                "gongshi print --sheet notice --record qinghe/xinmin/matters/2026-001-street-lights --paper a3",
            ),
            (
                "一个村一季度的看板",
                "the poster of a village for a quarter",
                "gongshi print --sheet poster --area qinghe/xinmin --period 2026-q1",
            ),
            (
                "一次会议的表决票",
                "the ballots of a meeting",
                "gongshi print --sheet ballot --record qinghe/liuhe/meetings/2026-04-09-congress",
            ),
        ],
    ),
    (
        "serve",
        &[
            ("预览当前文件夹的站点", "preview the site in this folder", "gongshi serve"),
            ("指定端口", "at a port of your choice", "gongshi serve my-village --port 9000"),
        ],
    ),
    (
        "rule",
        &[
            ("列出全部规则", "list all rules", "gongshi rule"),
            ("解释到会人数的规则", "explain the quorum of the eight steps", "gongshi rule eight-step/quorum"),
        ],
    ),
    (
        "stats",
        &[
            ("一个村今年的全部统计", "everything about a village this year", "gongshi stats --area qinghe/xinmin"),
            (
                "各地方三季度的到会率和决议",
                "attendance and resolutions by place in a quarter",
                "gongshi stats --period 2026-q3 --by area -m attendance -m resolved",
            ),
            (
                "按月的意见，存成表格",
                "opinions by month, as a sheet",
                "gongshi stats --by period -m opinions --format csv > opinions.csv",
            ),
            ("这些决议是哪些", "which resolutions these are", "gongshi stats -m resolved --records"),
            ("逾期的有哪些", "what is overdue", "gongshi stats --list overdue"),
        ],
    ),
    ("schema", &[("把事项的 JSON Schema 存成文件", "keep the schema of a matter", "gongshi schema matter > matter.schema.json")]),
    (
        "synth",
        &[
            ("一整座城市一年的记录", "a whole city, one year", "gongshi synth city"),
            (
                "十二个村，五分之一的决议有问题",
                "twelve villages, a fifth of the resolutions flawed",
                "gongshi synth small --villages 12 --faults 20",
            ),
        ],
    ),
    (
        "completions",
        &[("安装 bash 补全", "for bash", "gongshi completions bash > ~/.local/share/bash-completion/completions/gongshi")],
    ),
];

/// The layout of the Chinese help.
const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// Puts the help into a language and adds the examples.
pub(super) fn in_language(command: Command, language: Language) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let top = translate(command, "", language).subcommand_required(true);
    names.into_iter().fold(top, |command, name| command.mut_subcommand(&name, |sub| translate(sub, &name, language)))
}

fn translate(command: Command, name: &str, language: Language) -> Command {
    let command = command.after_help(examples(name, language));
    if language == Language::English {
        return command;
    }
    let usage = match name {
        "" => "gongshi [选项] <命令>".to_owned(),
        _ => format!("gongshi {name} [选项]{}", positionals(&command)),
    };
    command
        .mut_args(|arg| translate_argument(arg, name))
        .about(chinese(name).unwrap_or_default())
        .override_usage(usage)
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
}

fn positionals(command: &Command) -> String {
    let name = |arg: &Arg| arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    let show = |arg: &Arg| if arg.is_required_set() { format!(" <{}>", name(arg)) } else { format!(" [{}]", name(arg)) };
    command.get_positionals().map(show).collect()
}

fn translate_argument(arg: Arg, command: &str) -> Arg {
    let heading = if arg.is_positional() { "参数" } else { "选项" };
    let own = format!("{command}.{}", arg.get_id());
    let global = format!(".{}", arg.get_id());
    let text = chinese(&own).or_else(|| chinese(&global)).unwrap_or_default();
    arg.help(text).long_help(None::<&str>).help_heading(heading)
}

fn chinese(key: &str) -> Option<&'static str> {
    CHINESE.iter().find(|(own, _)| *own == key).map(|(_, text)| *text)
}

/// Returns the examples of a command, aligned by nothing but a line each: widths differ from terminal to terminal.
fn examples(name: &str, language: Language) -> String {
    let rows = EXAMPLES.iter().find(|(own, _)| *own == name).map_or(&[][..], |(_, rows)| rows);
    let heading = Text::new("示例：", "Examples:");
    let row = |(zh, en, command): &Example| {
        let what = if language == Language::Chinese { zh } else { en };
        format!("\n  # {what}\n  {command}")
    };
    format!("{}{}", heading.get(language), rows.iter().map(row).collect::<String>())
}

/// Says what is wrong with the arguments, in Chinese or, of values, in either language; `None` where clap's own words do, or where
/// the answer is no error (help, version).
pub(super) fn explain(error: &clap::Error, language: Language) -> Option<String> {
    let (message, mut help) = match (error.kind(), language) {
        (ErrorKind::DisplayHelp | ErrorKind::DisplayVersion, _) => return None,
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, _) => (wrong_value(error), expected(error)),
        (_, Language::Chinese) => (Text::new(wrong_usage(error), String::new()), None),
        (_, Language::English) => return None,
    };
    let suggestions = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let meant = suggestions.iter().find_map(|kind| said(error, *kind).pop());
    if let Some(meant) = meant {
        let Text { zh, en } = help.unwrap_or_default();
        help = Some(Text::new(format!("你是不是要写 `{meant}`？{zh}"), format!("did you mean `{meant}`? {en}").trim_end()));
    }
    let (label, message) = (Text::new("错误：", "error: "), message.get(language));
    let mut text = format!("{}{message}\n", label.get(language));
    if let Some(help) = help {
        let _ = writeln!(text, "{}{}", Text::new("  帮助：", "  help: ").get(language), help.get(language));
    }
    text.push_str(Text::new("\n详见 `gongshi --help`\n", "\nsee `gongshi --help`\n").get(language));
    Some(text)
}

/// Returns what clap says of a kind; the nearest comes last.
fn said(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) if !text.is_empty() => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// Says in Chinese what is wrong with the arguments, but for their values.
fn wrong_usage(error: &clap::Error) -> String {
    let said = |kind| said(error, kind).pop().unwrap_or_default();
    let argument = said(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有选项或参数 `{argument}`"),
        ErrorKind::InvalidSubcommand => format!("没有命令 `{}`", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => format!("`{argument}` 重复，或与其他选项冲突"),
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文字".to_owned(),
        _ => "参数有误".to_owned(),
    }
}

/// Returns the argument whose value is wrong and the name of the value: `--as-of` and `DATE`.
fn argument(error: &clap::Error) -> (String, String) {
    let whole = said(error, ContextKind::InvalidArg).pop().unwrap_or_default();
    let (argument, name) = whole.split_once('<').unwrap_or((&whole, ""));
    let name = name.split('>').next().unwrap_or_default();
    // An argument without an option is known by the name of its value.
    let argument = if argument.trim().is_empty() { name } else { argument.trim() };
    (argument.to_owned(), name.to_owned())
}

/// Says which value is wrong, or missing.
fn wrong_value(error: &clap::Error) -> Text {
    let (argument, _) = argument(error);
    match said(error, ContextKind::InvalidValue).pop() {
        Some(value) => crate::text!("`{argument}` 不能写 `{value}`", "`{argument}` cannot be `{value}`"),
        None => crate::text!("`{argument}` 后面缺少值", "`{argument}` lacks its value"),
    }
}

/// Says what the value should be.
fn expected(error: &clap::Error) -> Option<Text> {
    let valid = said(error, ContextKind::ValidValue);
    if !valid.is_empty() {
        let valid: Vec<String> = valid.iter().map(|value| format!("`{value}`")).collect();
        let (zh, en) = (valid.join("、"), valid.join(", "));
        return Some(crate::text!("可以写 {zh}", "write one of {en}"));
    }
    let source = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let range = source.split_once(" is not in ").and_then(|(_, range)| range.split_once("..="));
    if let Some((low, high)) = range {
        return Some(crate::text!("写 {low} 至 {high} 的整数", "write a whole number from {low} to {high}"));
    }
    Some(match argument(error).1.as_str() {
        "DATE" => Text::new("写成 `2026-12-31` 这样的日期", "write a day such as `2026-12-31`"),
        "PERIOD" if source.ends_with("all") => Text::new(
            "写成 `2026`、`2026-h1`、`2026-q3` 或 `2026-07` 这样的时期，或者 `all`",
            "write a period such as `2026`, `2026-h1`, `2026-q3` or `2026-07`, or `all`",
        ),
        "PERIOD" => Text::new(
            "写成 `2026`、`2026-h1`、`2026-q3` 或 `2026-07` 这样的时期",
            "write a period such as `2026`, `2026-h1`, `2026-q3` or `2026-07`",
        ),
        "LANG" => Text::new("可以写 `zh-CN`、`en`", "write one of `zh-CN`, `en`"),
        "N" | "PORT" | "YEAR" => Text::new("写整数", "write a whole number"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::arguments::Arguments;
    use super::*;

    #[test]
    fn every_command_and_argument_has_its_chinese_help_and_no_text_is_left_over() {
        let command = Arguments::command();
        let mut keys = vec![String::new()];
        keys.extend(command.get_arguments().map(|arg| format!(".{}", arg.get_id())));
        for sub in command.get_subcommands() {
            keys.push(sub.get_name().to_owned());
            keys.extend(sub.get_arguments().map(|arg| format!("{}.{}", sub.get_name(), arg.get_id())));
        }
        keys.sort();
        let mut texts: Vec<_> = CHINESE.iter().map(|(key, _)| (*key).to_owned()).collect();
        texts.sort();
        assert_eq!(keys, texts);
    }

    #[test]
    fn what_can_be_made_is_listed_in_both_languages() {
        let written =
            |language| in_language(Arguments::command(), language).find_subcommand_mut("new").unwrap().render_help().to_string();
        let (zh, en) = (written(Language::Chinese), written(Language::English));
        for kind in crate::field::Kind::ALL {
            assert!(en.contains(&format!("`{}`", kind.name())), "`{}` in {en}", kind.name());
        }
        let zh = zh.replace(char::is_whitespace, "");
        let listed = zh.split_once("要新建的内容：").unwrap().1.split_once('；').unwrap().0;
        let names: Vec<&str> = listed.split('、').collect();
        assert_eq!(names.len(), crate::field::Kind::ALL.len());
        let known = |name: &&str| crate::field::Kind::ALL.iter().any(|kind| kind.object().zh == *name);
        assert!(names.iter().all(known), "{names:?}");
    }

    #[test]
    fn every_command_has_examples_that_it_understands() {
        let command = in_language(Arguments::command(), Language::English);
        let mut names: Vec<_> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        names.insert(0, String::new());
        assert_eq!(names, EXAMPLES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        for (_, _, example) in EXAMPLES.iter().flat_map(|(_, rows)| *rows) {
            let words = example.split(" > ").next().unwrap().split(' ');
            command.clone().try_get_matches_from(words).unwrap_or_else(|error| panic!("{example}: {error}"));
        }
    }

    #[test]
    fn the_chinese_help_holds_no_english_heading() {
        let mut command = in_language(Arguments::command(), Language::Chinese);
        let mut helps = vec![command.render_help().to_string()];
        command.build();
        helps.extend(command.get_subcommands_mut().map(|sub| sub.render_help().to_string()));
        for help in &helps {
            for word in ["Usage", "Options", "Arguments", "Commands", "default", "possible", "[OPTIONS]", "COMMAND"] {
                assert!(!help.contains(word), "`{word}` in\n{help}");
            }
            assert!(help.contains("用法：gongshi") && help.contains("示例：\n") && help.contains("选项:\n"), "{help}");
        }
    }

    #[test]
    fn usage_errors_are_said_in_chinese() {
        let said = |words: &[&str]| {
            let words = ["gongshi"].iter().chain(words);
            let error = Arguments::command().try_get_matches_from(words).expect_err("a wrong command line");
            explain(&error, Language::Chinese)
        };
        let end = "\n详见 `gongshi --help`\n";
        assert_eq!(said(&["--help"]), None);
        assert_eq!(said(&["chek"]), Some(format!("错误：没有命令 `chek`\n  帮助：你是不是要写 `check`？\n{end}")));
        assert_eq!(
            said(&["check", "--fromat"]),
            Some(format!("错误：没有选项或参数 `--fromat`\n  帮助：你是不是要写 `--format`？\n{end}"))
        );
        assert_eq!(
            said(&["check", "--as-of", "2026-02-30"]),
            Some(format!("错误：`--as-of` 不能写 `2026-02-30`\n  帮助：写成 `2026-12-31` 这样的日期\n{end}"))
        );
        assert_eq!(said(&["completions"]), Some(format!("错误：缺少参数 <SHELL>\n{end}")));
    }
}
