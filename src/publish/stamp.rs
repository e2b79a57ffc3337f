//! The stamp of a file: what the file system says of it, and what changes whenever somebody writes to it.

use std::fs::{self, Metadata};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// How a file stood: while it has the same stamp, nobody has written to it.
///
/// The time of the last change of its inode is part of it, which no program can set; so are a write that keeps size and time of
/// modification, and another file in the place, seen. A power cut may take what was written and leave what is said of it: so a stamp
/// holds until the machine is started anew, and where nobody can tell when that was, there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Since when the machine has been running.
    boot: u64,
    place: (u64, u64),
    size: u64,
    /// In nanoseconds since 1970.
    modified: i64,
    changed: i64,
}

/// The name that the system has given to its run (`random(4)`), shortened.
static BOOT: LazyLock<Option<u64>> = LazyLock::new(|| {
    let id = fs::read("/proc/sys/kernel/random/boot_id").ok()?;
    blake3::hash(&id).as_bytes().first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
});

/// The clocks of file systems go in steps: a file that was written this short a time ago can be written again within the same step.
const STEP: Duration = Duration::from_millis(100);
const COARSE: Duration = Duration::from_secs(3);

impl Stamp {
    /// Reads the stamp of a plain file; `None` where the system does not tell enough.
    #[cfg(unix)]
    pub(super) fn of(found: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let time = |seconds: i64, rest: i64| seconds.checked_mul(1_000_000_000)?.checked_add(rest);
        let modified = time(found.mtime(), found.mtime_nsec())?;
        let changed = time(found.ctime(), found.ctime_nsec())?;
        let boot = (*BOOT)?;
        found.is_file().then(|| Self { boot, place: (found.dev(), found.ino()), size: found.size(), modified, changed })
    }

    /// Elsewhere a file may change unseen.
    #[cfg(not(unix))]
    pub(super) fn of(_: &Metadata) -> Option<Self> {
        None
    }

    /// Returns the stamp if it is old enough: whoever writes to the file from now on gives it another.
    pub(super) fn settled(self) -> Option<Self> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let modified = Duration::from_nanos(u64::try_from(self.modified).ok()?);
        // Some file systems know whole seconds only.
        let step = if modified.subsec_nanos() == 0 { COARSE } else { STEP };
        (now.checked_sub(modified)? > step).then_some(self)
    }

    /// Whether it is of the same file with the same bytes as one before, by whatever names.
    pub(super) fn is_of_what(self, before: Self) -> bool {
        Self { changed: before.changed, ..self } == before
    }
}
