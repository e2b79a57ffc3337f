//! The stamp of a file: what the file system says of it, and what changes whenever somebody writes to it.

use std::fs::{self, Metadata};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

/// How a file stood: while it has the same stamp, nobody has written to it.
///
/// The time of the last change of its inode is part of it, which no program can set; so are a write that keeps size and time of
/// modification, and another file in the place, seen. A power cut may take what was written and leave what is said of it: so a stamp
/// holds until the machine is started anew, and where nobody can tell when that was, there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Since when the machine has been running.
    boot: u64,
    place: (u64, u64),
    size: u64,
    /// In nanoseconds since 1970.
    modified: i64,
    changed: i64,
}

/// The length of a stamp that is written down.
pub(super) const LENGTH: usize = 6 * size_of::<u64>();

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
    pub(super) fn of(found: &Metadata) -> Option<Self> {
        found.is_file().then(|| Self::read(found)).flatten()
    }

    /// Reads the stamp of a folder: while that is the same, nothing was added, taken out or renamed in it. The files in it may have
    /// been written to.
    pub(super) fn of_folder(found: &Metadata) -> Option<Self> {
        found.is_dir().then(|| Self::read(found)).flatten()
    }

    #[cfg(unix)]
    fn read(found: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let time = |seconds: i64, rest: i64| seconds.checked_mul(1_000_000_000)?.checked_add(rest);
        let modified = time(found.mtime(), found.mtime_nsec())?;
        let changed = time(found.ctime(), found.ctime_nsec())?;
        Some(Self { boot: (*BOOT)?, place: (found.dev(), found.ino()), size: found.size(), modified, changed })
    }

    /// Elsewhere a file may change unseen.
    #[cfg(not(unix))]
    fn read(_: &Metadata) -> Option<Self> {
        None
    }

    /// Returns the number of the inode.
    pub(super) fn inode(self) -> u64 {
        self.place.1
    }

    /// Returns the stamp if it is old enough: whoever writes to the file from now on gives it another.
    pub(super) fn settled(self) -> Option<Self> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let modified = Duration::from_nanos(u64::try_from(self.modified).ok()?);
        // Some file systems know whole seconds only.
        let step = if modified.subsec_nanos() == 0 { COARSE } else { STEP };
        (now.checked_sub(modified)? > step).then_some(self)
    }

    /// Returns the stamp as it is written down.
    pub(super) fn to_bytes(self) -> [u8; LENGTH] {
        let Self { boot, place: (device, inode), size, modified, changed } = self;
        let mut bytes = [0; LENGTH];
        let numbers = [boot, device, inode, size, modified.cast_unsigned(), changed.cast_unsigned()];
        bytes.as_chunks_mut().0.iter_mut().zip(numbers).for_each(|(bytes, number)| *bytes = number.to_le_bytes());
        bytes
    }

    /// Reads a stamp that was written down.
    pub(super) fn from_bytes(bytes: [u8; LENGTH]) -> Self {
        let number = |at: usize| bytes.as_chunks().0.get(at).copied().map_or(0, u64::from_le_bytes);
        let (modified, changed) = (number(4).cast_signed(), number(5).cast_signed());
        Self { boot: number(0), place: (number(1), number(2)), size: number(3), modified, changed }
    }

    /// Whether it is of the same file with the same bytes as one before, by whatever names.
    pub(super) fn is_of_what(self, before: Self) -> bool {
        Self { changed: before.changed, ..self } == before
    }
}
