//! Watches the files that a site is built from.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecursiveMode, Watcher};

/// The folders of a site that are watched whole.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// How long the files must have been quiet: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(15);

/// How long a stream of changes may put a build off.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the files are looked at where the system does not tell of changes.
const INTERVAL: Duration = Duration::from_secs(1);

/// The changes of a site's files, as they come.
pub(super) struct Changes {
    events: Receiver<Vec<PathBuf>>,
    /// Watches as long as it lives.
    _watcher: Box<dyn Watcher>,
}

impl Changes {
    /// Begins to watch `content/` and `themes/` of a site; one that is made later is found too.
    pub(super) fn of(site: &Path) -> io::Result<Self> {
        let site = site.canonicalize()?;
        let (sender, events) = channel();
        let top = site.clone();
        let tell = move |event: notify::Result<Event>| {
            if let Some(paths) = event.ok().and_then(|event| changed(&event, &top)) {
                // The receiver lives as long as the program serves.
                let _ = sender.send(paths);
            }
        };
        let watcher = start(&site, tell)?;
        Ok(Self { events, _watcher: watcher })
    }

    /// Waits for a change and then until the files are quiet; returns the paths that changed, relative to the site (none: nobody
    /// knows which), or `None` if nothing is watched any more.
    pub(super) fn wait(&self) -> Option<BTreeSet<PathBuf>> {
        let first = self.events.recv().ok()?;
        let mut is_known = !first.is_empty();
        let mut paths = BTreeSet::from_iter(first);
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            match self.events.recv_timeout(QUIET) {
                Ok(more) => {
                    is_known &= !more.is_empty();
                    paths.extend(more);
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        Some(if is_known { paths } else { BTreeSet::new() })
    }
}

/// Starts the system's own watcher, or one that looks from time to time where that cannot be had (a network drive, too many
/// watches).
fn start(site: &Path, tell: impl FnMut(notify::Result<Event>) + Clone + Send + 'static) -> io::Result<Box<dyn Watcher>> {
    let native = notify::recommended_watcher(tell.clone()).and_then(|mut watcher| watch(&mut watcher, site).map(|()| watcher));
    if let Ok(watcher) = native {
        return Ok(Box::new(watcher));
    }
    let config = notify::Config::default().with_poll_interval(INTERVAL);
    let polling = notify::PollWatcher::new(tell, config).and_then(|mut watcher| watch(&mut watcher, site).map(|()| watcher));
    Ok(Box::new(polling.map_err(io::Error::other)?))
}

fn watch(watcher: &mut impl Watcher, site: &Path) -> notify::Result<()> {
    let folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| site.join(folder)).filter(|folder| folder.is_dir()).collect();
    folders.iter().try_for_each(|folder| watcher.watch(folder, RecursiveMode::Recursive))?;
    watcher.watch(site, RecursiveMode::NonRecursive)
}

/// Returns the changed files that the site is built from, relative to it; none where the system lost count. Reading a file is no
/// change.
fn changed(event: &Event, site: &Path) -> Option<Vec<PathBuf>> {
    if event.need_rescan() {
        return Some(Vec::new());
    }
    let watched = |path: &PathBuf| {
        let inside = path.strip_prefix(site).ok()?;
        FOLDERS.iter().any(|folder| inside.starts_with(folder)).then(|| inside.to_owned())
    };
    let paths: Vec<PathBuf> = event.paths.iter().filter_map(watched).collect();
    (!matches!(event.kind, EventKind::Access(_)) && !paths.is_empty()).then_some(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_record_is_a_change_and_other_files_are_not() {
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir(site.path().join("content")).unwrap();
        std::fs::write(site.path().join("content/a.yaml"), "1").unwrap();
        let changes = Changes::of(site.path()).unwrap();
        std::fs::write(site.path().join("notes.txt"), "1").unwrap();
        std::fs::read(site.path().join("content/a.yaml")).unwrap();
        assert_eq!(changes.events.recv_timeout(Duration::from_millis(200)), Err(RecvTimeoutError::Timeout));
        for version in ["2", "3", "4"] {
            std::fs::write(site.path().join("content/a.yaml"), version).unwrap();
        }
        assert_eq!(changes.wait(), Some(BTreeSet::from([PathBuf::from("content/a.yaml")])));
        assert_eq!(changes.events.recv_timeout(Duration::from_millis(200)), Err(RecvTimeoutError::Timeout));
    }
}
