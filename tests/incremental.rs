//! Edits, additions, renames and removals at random: what is brought up to date is, byte for byte, what is made anew.
//!
//! After every step the site in memory (what the preview shows) and the folder that a build with its memory left are compared
//! with a site that was read, judged and built from nothing. More steps: `GONGSHI_EDITS=300 GONGSHI_SEED=7 cargo test --test
//! incremental -- --nocapture`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be read or written is a fault of the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gongshi::diagnostic::{Diagnostic, json};
use gongshi::language::Language;
use gongshi::pipeline::{Bed, Found, Outcome, Session, build, build_again, check_again};
use gongshi::publish::{Memory, publish};
use gongshi::source::Files;
use gongshi::synth::{City, Request};
use jiff::civil::Date;
use walkdir::WalkDir;

/// The day on which all is judged.
const TODAY: Date = Date::constant(2026, 11, 20);

/// Generates numbers (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n.max(1) as u64).unwrap()
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The files below a folder, by their paths within it.
type Tree = BTreeMap<String, Vec<u8>>;

/// Reads the files below a folder; one that is not there yet has none.
fn tree(folder: &Path) -> Tree {
    if !folder.exists() {
        return Tree::new();
    }
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let path = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|entry| (path(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// What became of a build: every file, or all that stands in its way.
#[derive(PartialEq)]
enum Made {
    Site(Tree),
    Refused(String),
    Fault(String),
}

impl Made {
    fn differs(&self, other: &Self) -> String {
        match (self, other) {
            (Self::Site(a), Self::Site(b)) => {
                let paths = a.keys().chain(b.keys()).filter(|path| a.get(*path) != b.get(*path));
                format!("{:?}", paths.collect::<std::collections::BTreeSet<_>>())
            }
            (Self::Refused(a) | Self::Fault(a), Self::Refused(b) | Self::Fault(b)) => format!("{a}\n---\n{b}"),
            (Self::Refused(a) | Self::Fault(a), _) => format!("only the first fails: {a}"),
            (_, Self::Refused(b) | Self::Fault(b)) => format!("only the second fails: {b}"),
        }
    }
}

fn said(diagnostics: &[Diagnostic], files: &Files) -> String {
    json::render(diagnostics, files, Language::English)
}

/// A site that is edited, and what follows the edits.
struct Scene {
    folder: tempfile::TempDir,
    original: Tree,
    map: &'static str,
    session: Session,
    /// The folder that holds the site as it was last published, the memory of that, and the caches.
    out: PathBuf,
    memory: PathBuf,
    records: PathBuf,
    figures: PathBuf,
}

impl Scene {
    /// Writes a site, with an attachment at a path.
    fn new(original: Tree, map: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &original);
        fs::write(folder.path().join(map), "%PDF-1.4 map").unwrap();
        let session = Session::open(Found::new(folder.path()).unwrap(), None, TODAY).unwrap();
        let [out, memory, records, figures] = ["public", "memory", "records", "figures"].map(|name| folder.path().join(name));
        Self { folder, original, map, session, out, memory, records, figures }
    }

    fn files(&self) -> Vec<String> {
        tree(&self.folder.path().join("content")).into_keys().map(|path| format!("content/{path}")).collect()
    }

    /// Changes one thing; returns the paths that a watcher would name.
    fn edit(&self, chance: &mut Chance) -> Vec<String> {
        let files = self.files();
        let path = chance.of(&files).clone();
        let on_disk = self.folder.path().join(&path);
        let text = fs::read_to_string(&on_disk).unwrap();
        match chance.below(14) {
            0 => {
                let copy = path.replace("2026-0", "2026-1");
                if copy != path {
                    fs::copy(&on_disk, self.folder.path().join(&copy)).unwrap();
                }
                vec![copy]
            }
            1 => {
                let renamed = path.replacen("2026-", "2026-9", 1);
                fs::rename(&on_disk, self.folder.path().join(&renamed)).unwrap();
                vec![path, renamed]
            }
            2 if !path.ends_with("site.yaml") => {
                fs::remove_file(&on_disk).unwrap();
                vec![path]
            }
            3 | 4 => self.restored(chance),
            5 => {
                fs::write(self.folder.path().join(self.map), format!("%PDF-1.4 map {}", chance.below(9))).unwrap();
                vec![self.map.to_owned()]
            }
            6 => {
                let site = self.folder.path().join("content/site.yaml");
                let names = *chance.of(&["full", "surname", "initials"]);
                let text = fs::read_to_string(&site).unwrap();
                let lines =
                    text.lines().map(|line| if line.starts_with("names:") { format!("names: {names}") } else { line.to_owned() });
                fs::write(&site, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
                vec!["content/site.yaml".to_owned()]
            }
            _ => {
                fs::write(&on_disk, edited(&text, chance)).unwrap();
                vec![path]
            }
        }
    }

    /// Changes a word or a number of one record, and nothing else.
    fn touch(&self, chance: &mut Chance) -> Vec<String> {
        let whole = ["site.yaml", "area.yaml", "area.md", "catalogue", "calendar"];
        let files: Vec<String> = self.files().into_iter().filter(|path| !whole.iter().any(|name| path.contains(name))).collect();
        let path = chance.of(&files).clone();
        let on_disk = self.folder.path().join(&path);
        let mut lines: Vec<String> = fs::read_to_string(&on_disk).unwrap().lines().map(str::to_owned).collect();
        let words = ["title", "summary", "venue", "motion", "text", "item", "basis", "标题", "摘要", "地点"];
        let is_text = |line: &String| words.iter().any(|word| line.trim_start().starts_with(word)) && line.ends_with(|c| c > 'z');
        let texts: Vec<usize> = (0..lines.len()).filter(|at| is_text(&lines[*at])).collect();
        if chance.below(5) == 0 {
            let at = chance.below(lines.len());
            if let Some(place) = lines[at].rfind(|c: char| c.is_ascii_digit()) {
                let digit = char::from(b'0' + u8::try_from(chance.below(10)).unwrap());
                lines[at].replace_range(place..=place, &digit.to_string());
            }
        } else if !texts.is_empty() {
            lines[*chance.of(&texts)].push('改');
        }
        fs::write(&on_disk, lines.join("\n") + "\n").unwrap();
        vec![path]
    }

    /// Puts one file, or every file, back as it was at first.
    fn restored(&self, chance: &mut Chance) -> Vec<String> {
        if chance.below(3) == 0 {
            return self.mended();
        }
        let all: Vec<_> = self.original.iter().collect();
        let (path, bytes) = *chance.of(&all);
        write(self.folder.path(), &BTreeMap::from([(path.clone(), bytes.clone())]));
        vec![path.clone()]
    }

    /// Puts every file back as it was at first.
    fn mended(&self) -> Vec<String> {
        let before = self.files();
        fs::remove_dir_all(self.folder.path().join("content")).unwrap();
        write(self.folder.path(), &self.original);
        before.into_iter().chain(self.original.keys().cloned()).collect()
    }

    /// Reads, judges and builds from nothing.
    fn anew(&self) -> (Made, String) {
        let mut checked = Found::new(self.folder.path()).unwrap().check(None, TODAY).unwrap();
        let outcome = build(self.folder.path(), &mut checked);
        let text = said(&checked.diagnostics, &checked.files);
        let made = match outcome {
            Ok(Outcome::Built(built)) => Made::Site(built.output.read_all().unwrap()),
            Ok(Outcome::Refused) => Made::Refused(text.clone()),
            Err(fault) => Made::Fault(fault.to_string()),
        };
        (made, text)
    }

    /// Brings the site in memory up to date.
    fn followed(&mut self, paths: &[String]) -> (Made, String) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| self.folder.path().join(path)).collect();
        self.session.update(&paths).unwrap();
        let outcome = self.session.build();
        let text = said(&self.session.diagnostics(), self.session.files());
        let made = match outcome {
            Ok(Outcome::Built(built)) => Made::Site(built.output.read_all().unwrap()),
            Ok(Outcome::Refused) => Made::Refused(text.clone()),
            Err(fault) => Made::Fault(fault.to_string()),
        };
        (made, text)
    }

    /// Reads and judges, with the cache as the last step left it.
    fn checked(&self) -> String {
        let found = Found::new(self.folder.path()).unwrap();
        let checked = check_again(found, None, TODAY, &self.records, blake3::hash(b"the program")).unwrap();
        said(&checked.diagnostics, &checked.files)
    }

    /// Publishes over what stands, with the caches and the memory as the last step left them.
    fn published(&self) -> Published {
        let found = Found::new(self.folder.path()).unwrap();
        let inputs = found.digest().unwrap();
        let bed = Bed { records: &self.records, figures: &self.figures, program: blake3::hash(b"the program"), inputs };
        match build_again(found, None, TODAY, bed) {
            Ok(Ok(again)) => {
                let (said, was_woken) = (said(&again.diagnostics, &again.files), again.was_woken);
                let built = again.settled(bed);
                let mut memory = Memory::read(&self.memory);
                let published = publish(&built.output, &self.out, &mut memory).unwrap();
                memory.write(&self.memory).unwrap();
                Published { said: Some(said), written: Some(published.written), was_woken }
            }
            Ok(Err(checked)) => {
                Published { said: Some(said(&checked.diagnostics, &checked.files)), written: None, was_woken: false }
            }
            Err(_) => Published { said: None, written: None, was_woken: false },
        }
    }
}

/// What a build over what stands did.
struct Published {
    /// What is said; nothing where the site cannot be made at all.
    said: Option<String>,
    /// How many files were written, if it could be built.
    written: Option<usize>,
    was_woken: bool,
}

/// Damages a memory or a cache, or puts an older one in its place: the first must be ignored, and of the second what is older.
fn damage(file: &Path, chance: &mut Chance, older: &mut Option<Vec<u8>>) {
    let Ok(mut bytes) = fs::read(file) else { return };
    match chance.below(8) {
        0 => {
            let at = chance.below(bytes.len());
            bytes[at] ^= 0x20;
            fs::write(file, bytes).unwrap();
        }
        1 => fs::remove_file(file).unwrap(),
        2 => *older = Some(bytes),
        3 => {
            if let Some(bytes) = older {
                fs::write(file, bytes).unwrap();
            }
        }
        _ => {}
    }
}

/// Changes a line: a number, a word, its order, or away with it.
fn edited(text: &str, chance: &mut Chance) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = chance.below(lines.len());
    match chance.below(8) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => lines.push(format!("第{}段，见[会议](../meetings/2026-03-18-congress.md)。", chance.below(99))),
        3 => lines[at] = format!("{}改", lines[at]),
        4 => lines[at].insert_str(0, ["draft: true\n", "  ", "# "][chance.below(3)]),
        _ => {
            let digit = char::from(b'0' + u8::try_from(chance.below(10)).unwrap());
            if let Some(place) = lines[at].rfind(|c: char| c.is_ascii_digit()) {
                lines[at].replace_range(place..=place, &digit.to_string());
            }
        }
    }
    lines.join("\n") + "\n"
}

fn write(folder: &Path, files: &Tree) {
    for (path, bytes) in files {
        let to = folder.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn what_is_brought_up_to_date_is_what_is_made_anew() {
    let examples = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/examples"));
    edit_at_random(Scene::new(examples, "content/qinghe/map.pdf"), setting("GONGSHI_EDITS").unwrap_or(30), Hand::Rough);
}

/// A word here, a number there: a site is woken for that, and not read.
#[test]
fn what_is_woken_is_what_is_made_anew() {
    let examples = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/examples"));
    edit_at_random(Scene::new(examples, "content/qinghe/map.pdf"), setting("GONGSHI_EDITS").unwrap_or(20), Hand::Light);
}

/// Many places, in several townships: what one edit must not touch.
#[test]
fn what_is_brought_up_to_date_in_a_city_is_what_is_made_anew() {
    edit_at_random(city(), setting("GONGSHI_CITY_EDITS").unwrap_or(6), Hand::Rough);
    edit_at_random(city(), setting("GONGSHI_CITY_EDITS").unwrap_or(6), Hand::Light);
}

/// Makes a small city with some faults.
fn city() -> Scene {
    let city = City::plan(Request { seed: 7, villages: 8, faults: 3, ..Request::default() });
    let files = (0..city.units()).flat_map(|unit| city.files(unit).0);
    let files = files.map(|(path, text)| (path, text.into_bytes())).collect();
    Scene::new(files, "content/map.pdf")
}

/// How a site is edited.
#[derive(Clone, Copy, PartialEq)]
enum Hand {
    /// Anything may come, go, or be broken; so may what the program keeps.
    Rough,
    /// Words and numbers of single records.
    Light,
}

/// Edits a site so many times, and compares after each.
fn edit_at_random(mut scene: Scene, steps: u64, hand: Hand) {
    let seed = setting("GONGSHI_SEED").unwrap_or(1);
    let (mut built, mut woken, mut refused, mut is_broken, mut older) = (0, 0, 0, false, [None, None, None]);
    let mut before = Tree::new();
    for step in 0..steps {
        let mut chance = Chance(seed.wrapping_mul(1_000_003).wrapping_add(step));
        // A site that cannot be built shows little: it is mended after a while.
        let mut paths = if is_broken && (hand == Hand::Light || chance.below(3) > 0) { scene.mended() } else { Vec::new() };
        for _ in 0..=chance.below(2) {
            paths.extend(if hand == Hand::Rough { scene.edit(&mut chance) } else { scene.touch(&mut chance) });
        }
        if chance.below(6) == 0 {
            paths.clear();
        }
        let at = format!("seed {seed}, step {step}: {paths:?}");
        let ((anew, text), (followed, told)) = (scene.anew(), scene.followed(&paths));
        assert!(anew == followed, "{at}: {}", anew.differs(&followed));
        assert_eq!(text, told, "{at}");
        let kept = [&scene.memory, &scene.records, &scene.figures].into_iter().zip(&mut older);
        for (file, older) in kept.filter(|_| hand == Hand::Rough) {
            damage(file, &mut chance, older);
        }
        assert_eq!(text, scene.checked(), "{at}: checked with the cache");
        let Published { said, written, was_woken } = scene.published();
        woken += u64::from(was_woken);
        assert!(said.is_none_or(|told| told == text), "{at}: with the caches, woken: {was_woken}");
        match (written, anew) {
            (Some(written), Made::Site(files)) => {
                (built, is_broken) = (built + 1, false);
                let mut stands = tree(&scene.out);
                assert!(stands.remove(".gongshi/manifest.json").is_some(), "{at}");
                let (stands, files) = (Made::Site(stands), files);
                let differ = files.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).count();
                assert_eq!(written, differ, "{at}: other files were written than differ");
                before.clone_from(&files);
                let files = Made::Site(files);
                assert!(stands == files, "{at}, woken: {was_woken}: {}", stands.differs(&files));
            }
            (None, Made::Refused(_) | Made::Fault(_)) => {
                (refused, is_broken) = (refused + 1, true);
                let mut stands = tree(&scene.out);
                stands.remove(".gongshi/manifest.json");
                assert!(stands == before, "{at}: a refused build touched the site");
            }
            _ => panic!("{at}: built once and refused once"),
        }
    }
    println!("{steps} steps: {built} sites compared, {woken} of them woken, {refused} refused, no difference");
    // Another seed may be unlucky.
    if setting("GONGSHI_SEED").is_none() {
        assert!(built * 4 > steps, "only {built} of {steps} steps could be built");
        assert!(hand == Hand::Rough || woken * 5 > steps, "only {woken} of {steps} steps were woken");
    }
}
