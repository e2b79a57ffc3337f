//! Publication on real folders, a run killed at any moment included.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::tree::{Found, walk};
use super::*;

/// The variable that turns the test program into a publisher that never ends; holds the folder.
const CHILD: &str = "GONGSHI_TEST_PUBLISH";

fn output(files: &[(&str, &str)]) -> Output {
    let mut output = Output::default();
    for (path, text) in files {
        output.add(*path, *text).unwrap();
    }
    output
}

/// Reads a whole tree, the manifest aside.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let files = walk(folder, &[]).unwrap().into_iter().filter(|found| !found.is_folder());
    let read = |found: Found| (found.name().unwrap().to_owned(), fs::read_to_string(found.place(folder)).unwrap());
    files.map(read).filter(|(path, _)| path != MANIFEST).collect()
}

fn expected(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn counts(written: usize, unchanged: usize, removed: usize, kept: usize) -> Published {
    Published { written, unchanged, removed, kept }
}

/// A temporary folder and the site folder in it.
fn place_for_site() -> (tempfile::TempDir, PathBuf) {
    let top = tempfile::tempdir().unwrap();
    let site = top.path().canonicalize().unwrap().join("public");
    (top, site)
}

/// Publishes but for the swap.
fn plan<'a>(work: &Work, (output, layout): (&Output, &'a Layout<'a>), site: &Path, memory: &'a Memory) -> Plan<'a> {
    let before = Before::look(work, site, (output, layout), memory).unwrap();
    let plan = Plan::new((output, layout), site, &work.new_tree(), before).unwrap();
    plan.build(site, &work.new_tree()).unwrap();
    plan
}

/// Asserts that nothing lies beside the site.
fn assert_nothing_beside(site: &Path) {
    let names: Vec<_> = fs::read_dir(site.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [site.file_name().unwrap()]);
}

/// Every way to publish: with both swaps, with and without a spare tree.
fn hows() -> impl Iterator<Item = How> {
    let both = |spare_from| [Swap::InOneStep, Swap::TwoRenames].map(|swap| How { swap, spare_from });
    [usize::MAX, 0].into_iter().flat_map(both)
}

/// Asserts that nothing lies beside the site but a spare tree, and in that nothing but second names of published files.
#[cfg(unix)]
fn assert_spare_beside(site: &Path, how: &How) {
    if how.spare_from > 0 {
        return assert_nothing_beside(site);
    }
    let work = site.with_file_name(".public.gongshi");
    if !work.exists() {
        // Nothing was there to be replaced yet.
        return;
    }
    let names: BTreeSet<_> = fs::read_dir(&work).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [".gitignore".into(), "lock".into(), "spare".into()].into());
    for found in walk(&work.join("spare"), &[]).unwrap().iter().filter(|found| !found.is_folder()) {
        assert_eq!(inode(&found.place(&work.join("spare"))), inode(&found.place(site)), "{}", found.path.display());
    }
}

#[cfg(unix)]
fn inode(path: &Path) -> u64 {
    std::os::unix::fs::MetadataExt::ino(&fs::metadata(path).unwrap())
}

#[test]
fn a_site_is_written_then_only_what_differs_then_nothing() {
    for how in hows() {
        let (_top, site) = place_for_site();
        let first = [("a/b/c.html", "c"), ("index.html", "1"), ("old/x", "x")];
        assert_eq!(publish_by(&output(&first), &site, &mut Memory::default(), &how).unwrap(), counts(3, 0, 0, 0));
        assert_eq!(tree(&site), expected(&first));
        #[cfg(unix)]
        let same = inode(&site.join("a/b/c.html"));
        let second = [("a/b/c.html", "c"), ("index.html", "2"), ("new/y", "y")];
        assert_eq!(publish_by(&output(&second), &site, &mut Memory::default(), &how).unwrap(), counts(2, 1, 1, 0));
        assert_eq!(tree(&site), expected(&second));
        assert!(!site.join("old").exists());
        #[cfg(unix)]
        assert_eq!(inode(&site.join("a/b/c.html")), same);
        #[cfg(unix)]
        let root = inode(&site);
        assert_eq!(publish_by(&output(&second), &site, &mut Memory::default(), &how).unwrap(), counts(0, 3, 0, 0));
        #[cfg(unix)]
        assert_eq!(inode(&site), root);
        #[cfg(unix)]
        assert_spare_beside(&site, &how);
    }
}

#[test]
fn the_manifest_has_the_same_bytes_wherever_the_site_is_built() {
    let files = [("index.html", "1"), ("村/a.html", "a")];
    let (_one, one) = place_for_site();
    let (_two, two) = place_for_site();
    publish(&output(&[("index.html", "0")]), &one, &mut Memory::default()).unwrap();
    publish(&output(&files), &one, &mut Memory::default()).unwrap();
    publish(&output(&files), &two, &mut Memory::default()).unwrap();
    let mark = fs::read_to_string(one.join(MANIFEST)).unwrap();
    assert_eq!(mark, fs::read_to_string(two.join(MANIFEST)).unwrap());
    let digest = blake3::hash(b"a").to_hex();
    let version = env!("CARGO_PKG_VERSION");
    let entry = |path: &str, text: &str| {
        let digest = blake3::hash(text.as_bytes()).to_hex();
        format!("    \"{path}\": {{\n      \"size\": 1,\n      \"blake3\": \"{digest}\"\n    }}")
    };
    assert!(mark.contains(digest.as_str()));
    let whole = format!(
        "{{\n  \"made_by\": \"gongshi\",\n  \"format\": 1,\n  \"version\": \"{version}\",\n  \"files\": {{\n{},\n{}\n  }}\n}}\n",
        entry("index.html", "1"),
        entry("村/a.html", "a")
    );
    assert_eq!(mark, whole);
}

#[test]
fn a_folder_without_our_mark_is_refused_and_left_alone() {
    let (_top, site) = place_for_site();
    fs::create_dir(&site).unwrap();
    publish(&output(&[("index.html", "1")]), &site, &mut Memory::default()).unwrap();
    fs::remove_file(site.join(MANIFEST)).unwrap();
    let error = publish(&output(&[("index.html", "2")]), &site, &mut Memory::default()).unwrap_err();
    assert!(matches!(error, PublishError::NotOurs(folder) if folder == site));
    assert_eq!(tree(&site), expected(&[("index.html", "1")]));
    assert_nothing_beside(&site);
    fs::write(site.join(MANIFEST), "{\"made_by\": \"someone\"}").unwrap();
    assert!(matches!(publish(&output(&[]), &site, &mut Memory::default()), Err(PublishError::NotOurs(_))));
}

#[test]
fn files_of_others_are_carried_over() {
    for how in hows() {
        let (_top, site) = place_for_site();
        publish_by(&output(&[("index.html", "1"), ("a/x", "x"), ("b/y", "y")]), &site, &mut Memory::default(), &how).unwrap();
        fs::write(site.join("CNAME"), "example.org").unwrap();
        fs::write(site.join("a/note.txt"), "note").unwrap();
        fs::create_dir_all(site.join("empty/below")).unwrap();
        fs::write(site.join("b/y"), "changed by hand").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("/nowhere", site.join("link")).unwrap();
        let published = publish_by(&output(&[("index.html", "2")]), &site, &mut Memory::default(), &how).unwrap();
        assert_eq!(published, counts(1, 0, 1, if cfg!(unix) { 4 } else { 3 }));
        #[cfg(unix)]
        assert_eq!(fs::read_link(site.join("link")).unwrap(), Path::new("/nowhere"));
        #[cfg(unix)]
        fs::remove_file(site.join("link")).unwrap();
        let left = [("CNAME", "example.org"), ("a/note.txt", "note"), ("b/y", "changed by hand"), ("index.html", "2")];
        assert_eq!(tree(&site), expected(&left));
        assert!(site.join("empty/below").is_dir());
        #[cfg(unix)]
        assert_spare_beside(&site, &how);
    }
}

#[test]
fn a_file_of_ours_that_was_changed_by_hand_is_mended() {
    let (_top, site) = place_for_site();
    let files = [("index.html", "1")];
    publish(&output(&files), &site, &mut Memory::default()).unwrap();
    fs::write(site.join("index.html"), "x").unwrap();
    assert_eq!(publish(&output(&files), &site, &mut Memory::default()).unwrap(), counts(1, 0, 0, 0));
    assert_eq!(tree(&site), expected(&files));
}

#[test]
fn what_others_put_in_the_way_is_named_and_nothing_changes() {
    let (_top, site) = place_for_site();
    publish(&output(&[("index.html", "1")]), &site, &mut Memory::default()).unwrap();
    fs::create_dir_all(site.join("a.html")).unwrap();
    fs::write(site.join("a.html/mine"), "m").unwrap();
    fs::write(site.join("b"), "mine").unwrap();
    fs::write(site.join("c"), "mine").unwrap();
    fs::write(site.join("d"), "the same").unwrap();
    let before = tree(&site);
    let error = publish(&output(&[("a.html", ""), ("b/x", ""), ("c", "ours"), ("d", "the same")]), &site, &mut Memory::default())
        .unwrap_err();
    let PublishError::InTheWay { files, .. } = error else { panic!("{error}") };
    assert_eq!(files, ["a.html", "a.html/mine", "b", "c"].map(PathBuf::from));
    assert_eq!(tree(&site), before);
    assert_nothing_beside(&site);
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    for how in hows() {
        let (_top, site) = place_for_site();
        let first = [("a", "1"), ("b/c", "2"), ("b/d/e", "2")];
        let second = [("a/x", "3"), ("b", "4")];
        // Back and forth: each finds the other as its spare tree.
        for files in [&first[..], &second, &first, &first, &second, &second, &first] {
            publish_by(&output(files), &site, &mut Memory::default(), &how).unwrap();
            assert_eq!(tree(&site), expected(files));
            #[cfg(unix)]
            assert_spare_beside(&site, &how);
        }
    }
}

#[test]
fn attachments_are_copied_and_a_missing_one_changes_nothing() {
    let (top, site) = place_for_site();
    let source = top.path().join("plan.pdf");
    fs::write(&source, "pdf").unwrap();
    let mut with = output(&[("index.html", "1")]);
    with.add_file("a/plan.pdf", &source).unwrap();
    assert_eq!(publish(&with, &site, &mut Memory::default()).unwrap(), counts(2, 0, 0, 0));
    assert_eq!(publish(&with, &site, &mut Memory::default()).unwrap(), counts(0, 2, 0, 0));
    assert_eq!(tree(&site)["a/plan.pdf"], "pdf");
    fs::remove_file(&source).unwrap();
    let error = publish(&with, &site, &mut Memory::default()).unwrap_err();
    assert!(matches!(error, PublishError::Io { path, .. } if path == source));
    assert_eq!(tree(&site)["a/plan.pdf"], "pdf");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_folder_is_followed_and_a_broken_one_refused() {
    let (top, site) = place_for_site();
    fs::create_dir(&site).unwrap();
    let link = top.path().join("link");
    std::os::unix::fs::symlink(&site, &link).unwrap();
    publish(&output(&[("index.html", "1")]), &link, &mut Memory::default()).unwrap();
    publish(&output(&[("index.html", "2")]), &link, &mut Memory::default()).unwrap();
    assert!(link.is_symlink());
    assert_eq!(tree(&site), expected(&[("index.html", "2")]));
    let broken = top.path().join("broken");
    std::os::unix::fs::symlink("/nowhere", &broken).unwrap();
    assert!(matches!(publish(&output(&[]), &broken, &mut Memory::default()), Err(PublishError::NotAFolder(_))));
    assert!(matches!(publish(&output(&[]), Path::new("/"), &mut Memory::default()), Err(PublishError::NotAFolder(_))));
}

#[cfg(unix)]
#[test]
fn the_permissions_of_the_folder_stay() {
    use std::os::unix::fs::PermissionsExt;
    let (_top, site) = place_for_site();
    publish(&output(&[("index.html", "1")]), &site, &mut Memory::default()).unwrap();
    fs::set_permissions(&site, fs::Permissions::from_mode(0o2751)).unwrap();
    publish(&output(&[("index.html", "2")]), &site, &mut Memory::default()).unwrap();
    assert_eq!(fs::metadata(&site).unwrap().permissions().mode() & 0o7777, 0o2751);
}

#[test]
fn two_runs_at_once_are_told_apart() {
    let (_top, site) = place_for_site();
    let work = Work::begin(&site).unwrap();
    let error = publish(&output(&[("index.html", "1")]), &site, &mut Memory::default()).unwrap_err();
    assert!(matches!(error, PublishError::Busy { process: Some(id), .. } if id == std::process::id()));
    work.end().unwrap();
    publish(&output(&[("index.html", "1")]), &site, &mut Memory::default()).unwrap();
}

#[test]
fn a_work_folder_that_is_not_ours_is_refused() {
    let (top, site) = place_for_site();
    fs::create_dir(top.path().join(".public.gongshi")).unwrap();
    fs::write(top.path().join(".public.gongshi/mine"), "").unwrap();
    assert!(matches!(publish(&output(&[]), &site, &mut Memory::default()), Err(PublishError::NotOurs(_))));
    assert!(top.path().join(".public.gongshi/mine").exists());
}

/// A run that died while it cleared up brings nothing back that is no longer published.
#[test]
fn what_was_withdrawn_does_not_come_back() {
    for complete in [true, false] {
        let (_top, site) = place_for_site();
        let mut memory = Memory::default();
        publish(&output(&[("index.html", "1")]), &site, &mut memory).unwrap();
        let work = site.with_file_name(".public.gongshi");
        fs::create_dir_all(work.join("new/.gongshi")).unwrap();
        fs::write(work.join("lock"), "1").unwrap();
        fs::write(work.join("new/withdrawn.html"), "w").unwrap();
        let mark = fs::read(site.join(MANIFEST)).unwrap();
        fs::write(work.join("journal"), blake3::hash(&mark).to_hex().as_bytes()).unwrap();
        if complete {
            let entry = Entry::of_bytes(b"w");
            let old = manifest::bytes_of(std::iter::once(("withdrawn.html", &entry))).unwrap();
            fs::write(work.join("new").join(MANIFEST), old).unwrap();
        }
        // Whoever looks whether anything is to be done sees the leavings.
        assert_eq!(stands(&site, &mut memory), None);
        Work::begin(&site).unwrap().end().unwrap();
        assert_eq!(tree(&site), expected(&[("index.html", "1")]));
        assert_nothing_beside(&site);
        assert!(stands(&site, &mut memory).is_some());
    }
}

/// A spare tree is no more trusted than any other: what somebody did to it does not reach the site.
#[cfg(unix)]
#[test]
fn what_is_done_to_the_spare_tree_does_not_reach_the_site() {
    let how = How { swap: Swap::InOneStep, spare_from: 0 };
    let (_top, site) = place_for_site();
    let files = |text| [("a/x", "x"), ("b/y", "y"), ("c", text)];
    publish_by(&output(&files("1")), &site, &mut Memory::default(), &how).unwrap();
    publish_by(&output(&files("2")), &site, &mut Memory::default(), &how).unwrap();
    let spare = site.with_file_name(".public.gongshi").join("spare");
    fs::remove_file(spare.join("a/x")).unwrap();
    fs::write(spare.join("a/x"), "not x").unwrap();
    fs::remove_dir_all(spare.join("b")).unwrap();
    fs::write(spare.join("b"), "no folder").unwrap();
    fs::create_dir_all(spare.join("c/d")).unwrap();
    fs::write(spare.join("c/d/e"), "no file").unwrap();
    fs::write(spare.join("more"), "more").unwrap();
    std::os::unix::fs::symlink("/nowhere", spare.join("link")).unwrap();
    assert_eq!(publish_by(&output(&files("3")), &site, &mut Memory::default(), &how).unwrap(), counts(1, 2, 0, 0));
    assert_eq!(tree(&site), expected(&files("3")));
    assert_spare_beside(&site, &how);
    // What is written in place changes both names: it is mended, and the spare tree with it.
    fs::write(site.join("a/x"), "by hand").unwrap();
    publish_by(&output(&files("3")), &site, &mut Memory::default(), &how).unwrap();
    publish_by(&output(&files("4")), &site, &mut Memory::default(), &how).unwrap();
    assert_eq!(tree(&site), expected(&files("4")));
    assert_spare_beside(&site, &how);
}

/// Numbers that are the same each time.
#[cfg(target_os = "linux")]
struct Dice(u64);

#[cfg(target_os = "linux")]
impl Dice {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % many
    }
}

/// Does something by hand to a published file, in the site or in the spare tree beside it.
#[cfg(target_os = "linux")]
fn meddle(tree: &Path, path: &str, dice: &mut Dice) {
    let at = tree.join(path);
    if !at.is_file() {
        return;
    }
    match dice.below(5) {
        0 => fs::write(&at, "by hand").unwrap(),
        1 => fs::remove_file(&at).unwrap(),
        2 => {
            fs::write(at.with_extension("x"), "by hand").unwrap();
            fs::rename(at.with_extension("x"), &at).unwrap();
        }
        3 => fs::remove_dir_all(at.parent().unwrap()).unwrap(),
        _ => {
            fs::remove_file(&at).unwrap();
            fs::hard_link(tree.join(MANIFEST), &at).or_else(|_| fs::write(&at, "more")).unwrap();
        }
    }
}

/// Folders that stand as they did are not listed again; whatever somebody does in the site or in the spare tree is seen.
#[cfg(target_os = "linux")]
#[test]
fn whatever_is_done_between_publications_is_seen() {
    let how = How { swap: Swap::InOneStep, spare_from: 0 };
    let (_top, site) = place_for_site();
    let (mut memory, mut dice, mut foreign) = (Memory::default(), Dice(2026), BTreeMap::new());
    let spare = site.with_file_name(".public.gongshi").join("spare");
    for round in 0..60 {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for number in 0..24 {
            // Most stay the same; some come and go.
            let text = if dice.below(12) == 0 { format!("round {round}") } else { "the same".to_owned() };
            if number % 8 != 7 || dice.below(2) == 0 {
                files.insert(format!("{}/{}{number}.html", number / 6, ["", "below/"][number % 2]), text);
            }
        }
        let list: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        publish_by(&output(&list), &site, &mut memory, &how).unwrap();
        let mut all = files.clone();
        all.extend(foreign.clone());
        assert_eq!(tree(&site), all, "round {round}");
        assert_spare_beside(&site, &how);
        // What was written must have stood for a while before anything is known of it.
        if round % 4 > 0 {
            std::thread::sleep(Duration::from_millis(110));
        }
        let paths: Vec<&String> =
            files.keys().filter(|path| !["7.", "15.", "23."].iter().any(|end| path.contains(end))).collect();
        match dice.below(4) {
            0 => meddle(&site, paths[dice.below(paths.len())], &mut dice),
            1 => meddle(&spare, paths[dice.below(paths.len())], &mut dice),
            2 => {
                let folder = Path::new(paths[dice.below(paths.len())]).parent().unwrap();
                let path = format!("{}/mine {round}", folder.display());
                for tree in [&site, &spare].into_iter().take(1 + dice.below(2)).filter(|tree| tree.join(folder).is_dir()) {
                    fs::write(tree.join(&path), "mine").unwrap();
                }
                foreign.insert(path, "mine".to_owned());
            }
            _ => {}
        }
        foreign.retain(|path, _| site.join(path).exists());
    }
    // In the end nobody does anything, and every folder of both trees is known.
    let last = output(&[("a/b/c", "1"), ("d/e", "1")]);
    for path in foreign.keys() {
        fs::remove_file(site.join(path)).unwrap();
    }
    for _ in 0..4 {
        publish_by(&last, &site, &mut memory, &how).unwrap();
        publish_by(&output(&[("a/b/c", "1"), ("d/e", "1"), ("f", &memory_of(&site))]), &site, &mut memory, &how).unwrap();
        std::thread::sleep(Duration::from_millis(110));
    }
    publish_by(&last, &site, &mut memory, &how).unwrap();
    let known =
        |stamp: fn(&memory::Folder) -> Option<Stamp>| memory.found(stamp).iter().filter(|found| found.stamp.is_some()).count();
    assert_eq!((known(|folder| folder.site), known(|folder| folder.spare)), (3, 3), "{memory:?}");
}

/// Returns a text that is another each time.
#[cfg(target_os = "linux")]
fn memory_of(site: &Path) -> String {
    format!("{:?}", fs::metadata(site).unwrap().modified())
}

/// Pages that show a text each, and count how often one is made.
#[derive(Debug)]
struct Texts(Vec<&'static str>, std::sync::atomic::AtomicUsize);

impl Pages for Texts {
    fn digest(&self) -> blake3::Hash {
        blake3::hash(b"texts")
    }

    fn digest_of(&self, page: usize) -> blake3::Hash {
        blake3::hash(self.0[page].as_bytes())
    }

    fn make(&self, page: usize) -> Result<Vec<u8>, Text> {
        self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let text = self.0[page];
        if text == "broken" { Err(Text::new("坏了", "broken")) } else { Ok(text.into()) }
    }
}

/// Publishes pages `0.html`, `1.html` … of these texts; returns what was done and how many pages were made.
fn publish_texts(site: &Path, texts: &[&'static str], memory: &mut Memory) -> Result<(Published, usize), PublishError> {
    let pages = std::sync::Arc::new(Texts(texts.to_vec(), 0.into()));
    let mut output = Output::default();
    for number in 0..texts.len() {
        output.add_page(format!("{number}.html"), number).unwrap();
    }
    let published = publish(&output.with_pages(pages.clone()), site, memory)?;
    Ok((published, pages.1.load(std::sync::atomic::Ordering::Relaxed)))
}

#[test]
fn a_page_that_shows_the_same_is_not_made_again() {
    let (_top, site) = place_for_site();
    let mut memory = Memory::default();
    assert_eq!(publish_texts(&site, &["a", "b", "c"], &mut memory).unwrap(), (counts(3, 0, 0, 0), 3));
    assert_eq!(publish_texts(&site, &["a", "b", "c"], &mut memory).unwrap(), (counts(0, 3, 0, 0), 0));
    assert_eq!(publish_texts(&site, &["a", "B", "c"], &mut memory).unwrap(), (counts(1, 2, 0, 0), 1));
    // What somebody changed in the folder is mended, whatever the memory says.
    fs::write(site.join("0.html"), "x").unwrap();
    fs::remove_file(site.join("2.html")).unwrap();
    assert_eq!(publish_texts(&site, &["a", "B", "c"], &mut memory).unwrap(), (counts(2, 1, 0, 0), 2));
    assert_eq!(tree(&site), expected(&[("0.html", "a"), ("1.html", "B"), ("2.html", "c")]));
    // A memory of another publication is none.
    let mut other = Memory::default();
    publish_texts(&site.with_file_name("other"), &["z"], &mut other).unwrap();
    assert_eq!(publish_texts(&site, &["a", "B", "c"], &mut other).unwrap(), (counts(0, 3, 0, 0), 3));
    assert_eq!(stands(&site, &mut other).map(|standing| standing.files), Some(3));
    fs::write(site.join("1.html"), "y").unwrap();
    assert_eq!(stands(&site, &mut other), None);
}

/// A file that has stood for a while is known by its stamp; whatever is done to it gives it another.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_nobody_touched_is_not_read_and_every_other_is() {
    let (_top, site) = place_for_site();
    let mut memory = Memory::default();
    publish_texts(&site, &["a", "b"], &mut memory).unwrap();
    std::thread::sleep(Duration::from_millis(150));
    assert_eq!(stands(&site, &mut memory), Some(Standing { files: 2, has_learnt: true }));
    assert_eq!(stands(&site, &mut memory), Some(Standing { files: 2, has_learnt: false }));
    assert!(memory.files().iter().all(|file| file.known.stamp.is_some()), "{memory:?}");
    let page = site.join("1.html");
    let modified = fs::metadata(&page).unwrap().modified().unwrap();
    let touch = |path: &Path| File::options().write(true).open(path).unwrap().set_modified(modified).unwrap();
    // The same size and the same time of modification: written in place, then another file in its place.
    fs::write(&page, "x").unwrap();
    touch(&page);
    assert_eq!(stands(&site, &mut memory.clone()), None);
    assert_eq!(publish_texts(&site, &["a", "b"], &mut memory).unwrap().0, counts(1, 1, 0, 0));
    fs::write(site.join("y"), "y").unwrap();
    fs::rename(site.join("y"), &page).unwrap();
    touch(&page);
    assert_eq!(stands(&site, &mut memory.clone()), None);
    assert_eq!(publish_texts(&site, &["a", "b"], &mut memory).unwrap().0, counts(1, 1, 0, 0));
    assert_eq!(tree(&site), expected(&[("0.html", "a"), ("1.html", "b")]));
}

#[test]
fn a_page_that_cannot_be_made_leaves_the_old_site() {
    let (_top, site) = place_for_site();
    let mut memory = Memory::default();
    publish_texts(&site, &["a", "b"], &mut memory).unwrap();
    let error = publish_texts(&site, &["A", "broken"], &mut memory).unwrap_err();
    assert!(matches!(&error, PublishError::Pages(faults) if faults[0].0 == "1.html"), "{error}");
    assert_eq!(tree(&site), expected(&[("0.html", "a"), ("1.html", "b")]));
    assert_nothing_beside(&site);
}

/// The state between the two renames, with the new tree complete or not.
#[test]
fn a_run_that_died_between_two_renames_is_recovered() {
    for complete in [true, false] {
        let (_top, site) = place_for_site();
        publish(&output(&[("index.html", "1"), ("gone", "g")]), &site, &mut Memory::default()).unwrap();
        fs::write(site.join("CNAME"), "example.org").unwrap();
        let new = output(&[("index.html", "2")]);
        let run = Work::begin(&site).unwrap();
        let work = site.with_file_name(".public.gongshi");
        let (layout, memory) = (Layout::new(&new), Memory::default());
        let plan = plan(&run, (&new, &layout), &site, &memory);
        let digest = blake3::hash(&plan.mark).to_hex();
        fs::write(work.join("journal"), digest.as_bytes()).unwrap();
        fs::rename(&site, work.join("old")).unwrap();
        // It dies here: nothing is cleared up.
        run.die();
        if !complete {
            fs::remove_file(place(&work.join("new"), MANIFEST)).unwrap();
        }
        Work::begin(&site).unwrap().end().unwrap();
        let old_tree = expected(&[("index.html", "1"), ("gone", "g"), ("CNAME", "example.org")]);
        let new_tree = expected(&[("index.html", "2"), ("CNAME", "example.org")]);
        assert_eq!(tree(&site), if complete { new_tree } else { old_tree });
        assert_nothing_beside(&site);
    }
}

/// A file that someone adds or replaces while the new tree is being built is not lost with the old tree.
#[test]
fn what_others_write_during_the_publication_survives() {
    let (_top, site) = place_for_site();
    publish(&output(&[("a/index.html", "1")]), &site, &mut Memory::default()).unwrap();
    fs::write(site.join("CNAME"), "before").unwrap();
    let new = output(&[("b/index.html", "2")]);
    let work = Work::begin(&site).unwrap();
    let (layout, memory) = (Layout::new(&new), Memory::default());
    let plan = plan(&work, (&new, &layout), &site, &memory);
    fs::write(site.join("late"), "late").unwrap();
    fs::write(site.join("a/late"), "late").unwrap();
    fs::remove_file(site.join("CNAME")).unwrap();
    fs::write(site.join("CNAME"), "after").unwrap();
    let files = (&*plan.former(), &*plan.present());
    work.swap(blake3::hash(&plan.mark), files, plan.found(), (Swap::InOneStep, true)).unwrap();
    work.end().unwrap();
    let left = [("CNAME", "after"), ("a/late", "late"), ("b/index.html", "2"), ("late", "late")];
    assert_eq!(tree(&site), expected(&left));
}

/// The two sites between which the killed runs go back and forth.
fn versions() -> [Output; 2] {
    ["a", "b"].map(|version| {
        let mut output = Output::default();
        for number in 0..60 {
            output.add(format!("same/{number}.html"), "the same").unwrap();
            output.add(format!("pages/{number}/index.html"), version.repeat(2000)).unwrap();
            output.add(format!("{version}/{number}.html"), version).unwrap();
        }
        output
    })
}

/// Not a test by itself: the process that the tests below kill.
#[test]
fn child_that_publishes_until_it_is_killed() {
    let Ok(site) = std::env::var(CHILD) else { return };
    let (swap, site) = site.split_once(' ').unwrap();
    let swap = if swap == "one" { Swap::InOneStep } else { Swap::TwoRenames };
    eprintln!("ready");
    for (number, output) in versions().iter().cycle().take(2000).enumerate() {
        let how = How { swap, spare_from: if number % 3 == 0 { usize::MAX } else { 0 } };
        publish_by(output, Path::new(site), &mut Memory::default(), &how).unwrap();
    }
}

/// Starts a publisher, kills it after so many microseconds and waits for its end.
fn publish_and_kill(site: &Path, swap: &str, after: u64) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "publish::tests::child_that_publishes_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env(CHILD, format!("{swap} {}", site.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    errors.read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    std::thread::sleep(Duration::from_micros(after));
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Asserts that the site is one version, whole, with the file that we did not make.
fn assert_whole(site: &Path, trees: &[BTreeMap<String, String>; 2]) {
    let mut found = tree(site);
    assert_eq!(found.remove("CNAME").as_deref(), Some("example.org"));
    assert!(trees.contains(&found), "neither the old site nor the new one: {:?}", found.keys());
    let manifest = Manifest::parse(&fs::read(site.join(MANIFEST)).unwrap()).unwrap();
    assert!(manifest.files.keys().eq(found.keys()));
}

fn kill_at_many_moments(swap: &str, runs: u64) {
    let (_top, site) = place_for_site();
    let versions = versions();
    let trees = versions.each_ref().map(|version| {
        let text = |(path, bytes)| (path, String::from_utf8(bytes).unwrap());
        version.read_all().unwrap().into_iter().map(text).collect()
    });
    publish(&versions[0], &site, &mut Memory::default()).unwrap();
    fs::write(site.join("CNAME"), "example.org").unwrap();
    let mut random: u64 = 2026;
    for _ in 0..runs {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        publish_and_kill(&site, swap, (random >> 33) % 30_000);
        if swap == "two" {
            Work::begin(&site).unwrap().end().unwrap();
        }
        assert_whole(&site, &trees);
    }
    let last = publish(&versions[1], &site, &mut Memory::default()).unwrap();
    assert_eq!((last.kept, last.written + last.unchanged), (1, 180));
    assert_whole(&site, &trees);
    assert_nothing_beside(&site);
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
#[test]
fn killed_at_any_moment_the_old_site_or_the_new_one_stands_whole() {
    kill_at_many_moments("one", 60);
}

#[test]
fn killed_at_any_moment_without_a_swap_in_one_step_the_next_run_recovers() {
    kill_at_many_moments("two", 60);
}
