//! Runs a program and reads from the system what it cost.

use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// What a run cost: the process and the children that it waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    cpu: Duration,
    wall: Duration,
    peak_bytes: u64,
}

impl Cost {
    pub(super) fn cpu_ms(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e3
    }

    pub(super) fn wall_ms(&self) -> f64 {
        self.wall.as_secs_f64() * 1e3
    }

    pub(super) fn peak_mb(&self) -> f64 {
        self.peak_bytes as f64 / 1e6
    }
}

/// The median of several runs, each number by itself.
pub(super) fn median(runs: usize, command: impl Fn() -> Command) -> Result<Cost> {
    let mut costs = Vec::new();
    for _ in 0..runs {
        costs.push(once(command())?);
    }
    let middle = |values: &mut dyn Iterator<Item = u128>| {
        let mut values: Vec<u128> = values.collect();
        values.sort_unstable();
        values[values.len() / 2] as u64
    };
    Ok(Cost {
        cpu: Duration::from_nanos(middle(&mut costs.iter().map(|cost| cost.cpu.as_nanos()))),
        wall: Duration::from_nanos(middle(&mut costs.iter().map(|cost| cost.wall.as_nanos()))),
        peak_bytes: middle(&mut costs.iter().map(|cost| u128::from(cost.peak_bytes))),
    })
}

/// Codes that mean the work was done: in order, findings (checkov, onus), findings (cfn-guard).
const DONE: [i32; 3] = [0, 1, 19];

fn once(mut command: Command) -> Result<Cost> {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = quiet.spawn().with_context(|| format!("cannot start {}", crate::run::shown(&command)))?;
    let used = child.wait4()?;
    let wall = start.elapsed();
    if !used.status.code().is_some_and(|code| DONE.contains(&code)) {
        bail!("{} ended with {}", crate::run::shown(&command), used.status);
    }
    Ok(Cost { cpu: used.rusage.utime + used.rusage.stime, wall, peak_bytes: used.rusage.maxrss })
}
