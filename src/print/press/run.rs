//! Running the press over many sheets at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// The stack of a thread that sets type: templates nest deeper than the usual one holds.
const STACK: usize = 16 * 1024 * 1024;

/// How many sheets back something may last have been used to be kept in the memory of the compiler.
const KEPT: usize = 2;

/// How many results may wait to be taken, per thread.
const WAITING: usize = 2;

/// Does `job` for each number up to `count` on `threads` threads, and tells of each result in the order of the numbers.
///
/// Threads of their own, each with a deep stack, and no stealing of work: a compilation that waits must not begin another.
/// `tell` says whether to go on.
pub fn run<R: Send>(count: usize, threads: usize, job: impl Fn(usize) -> R + Sync, mut tell: impl FnMut(usize, R) -> bool) {
    let (next, job) = (AtomicUsize::new(0), &job);
    let threads = threads.clamp(1, count.max(1));
    thread::scope(|scope| {
        let (done, results) = mpsc::sync_channel(WAITING * threads);
        for _ in 0..threads {
            let (done, next) = (done.clone(), &next);
            let work = move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count || done.send((number, job(number))).is_err() {
                        break;
                    }
                    comemo::evict(KEPT * threads);
                }
            };
            // Without a thread of its own the work would be done by the others; without any, nothing is told.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        }
        drop(done);
        in_order(results, &mut tell);
        next.store(count, Ordering::Relaxed);
    });
}

/// Tells of results in the order of their numbers, until nobody wants more.
fn in_order<R>(results: mpsc::Receiver<(usize, R)>, tell: &mut impl FnMut(usize, R) -> bool) {
    let (mut waiting, mut expected) = (std::collections::BTreeMap::new(), 0);
    for (number, result) in results {
        waiting.insert(number, result);
        while let Some(result) = waiting.remove(&expected) {
            if !tell(expected, result) {
                return;
            }
            expected += 1;
        }
    }
}
