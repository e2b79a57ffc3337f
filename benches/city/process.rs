//! Running a program and what it costs: wall time, processor time, peak memory.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a run cost. Processor time and memory are known on Linux only, and 0 elsewhere.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cost {
    /// Seconds.
    pub(crate) wall: f64,
    /// Seconds of all processors, to a hundredth.
    pub(crate) cpu: f64,
    /// Mebibytes, looked at every two milliseconds.
    pub(crate) peak: f64,
    /// What it printed.
    pub(crate) said: String,
}

/// Runs a program to its end.
pub(crate) fn run(program: &str, words: &[&str]) -> Cost {
    let before = processor_time();
    let began = Instant::now();
    let mut child = Command::new(program).args(words).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut said = String::new();
        out.read_to_string(&mut said).map(|_| said)
    });
    let mut peak = 0.0_f64;
    let status = loop {
        peak = peak.max(memory(child.id()).unwrap_or(0.0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let wall = began.elapsed().as_secs_f64();
    assert!(status.success(), "{program} {words:?}: {status}");
    Cost { wall, cpu: processor_time() - before, peak, said: reader.join().unwrap().unwrap() }
}

/// Returns the processor seconds of all children that have ended.
fn processor_time() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in parentheses; the children's user and system time are fields 16 and 17 of all, in hundredths.
    let after = text.rsplit(") ").next().unwrap_or_default();
    after.split(' ').skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Returns the most memory that a process has held so far.
pub(crate) fn memory(process: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

/// Returns the middle of some numbers.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => 0.0,
        length if length % 2 == 1 => numbers[middle],
        _ => f64::midpoint(numbers[middle - 1], numbers[middle]),
    }
}

/// Returns the median of each figure; the peak is the highest.
pub(crate) fn typical(costs: &[Cost]) -> Cost {
    let all = |figure: fn(&Cost) -> f64| costs.iter().map(figure).collect::<Vec<_>>();
    let said = costs.last().map(|cost| cost.said.clone()).unwrap_or_default();
    let peak = all(|cost| cost.peak).into_iter().fold(0.0, f64::max);
    Cost { wall: median(all(|cost| cost.wall)), cpu: median(all(|cost| cost.cpu)), peak, said }
}
