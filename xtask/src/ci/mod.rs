//! The test command: everything that a change has to pass, step by step.
//!
//! `steps` holds the steps that are one command, `examples` runs the examples, `workbook` has LibreOffice read one,
//! `oscal` has what is exported read by another tool.

mod examples;
mod oscal;
mod steps;
mod workbook;

use crate::provider;
use crate::run::root;
use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// How a step went.
pub(crate) enum Outcome {
    /// It passed.
    Passed,
    /// It passed, and this many tests did.
    Tests { passed: usize, ignored: usize },
    /// It, or a part of it, could not run here, for the reason given.
    Skipped(String),
}

struct Step {
    name: &'static str,
    what: &'static str,
    run: fn() -> Result<Outcome>,
}

const STEPS: &[Step] = &[
    Step { name: "format", what: "the code is formatted", run: steps::format },
    Step { name: "clippy", what: "no lint warns, in any target", run: steps::clippy },
    Step {
        name: "provider",
        what: "the types of Terraform's attributes are those of the provider's schema",
        run: provider::step,
    },
    Step { name: "test", what: "all tests, those of the documentation too", run: steps::test },
    Step { name: "docs", what: "the documentation builds without a warning", run: steps::docs },
    Step { name: "deny", what: "dependencies: bans, licences, sources", run: steps::deny },
    Step { name: "advisories", what: "dependencies: known vulnerabilities", run: steps::advisories },
    Step {
        name: "examples",
        what: "the released program assesses examples/ as expected",
        run: examples::run,
    },
    Step { name: "workbook", what: "LibreOffice opens the workbook, if it is here", run: workbook::run },
    Step { name: "oscal", what: "compliance-trestle reads the exported documents", run: oscal::run_step },
    Step { name: "fuzz", what: "the fuzz targets compile", run: steps::fuzz },
];

/// The names of the steps, for the help.
pub(crate) fn names() -> String {
    STEPS.iter().map(|step| step.name).collect::<Vec<_>>().join(", ")
}

/// Runs the steps that are named, or all of them; stops at the first that fails.
pub(crate) fn run(wanted: &[String]) -> Result<()> {
    if let Some(unknown) = wanted.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        bail!("there is no step `{unknown}`: the steps are {}", names());
    }
    std::env::set_current_dir(root())?;
    let chosen: Vec<&Step> = STEPS
        .iter()
        .filter(|step| wanted.is_empty() || wanted.iter().any(|name| name == step.name))
        .collect();
    let start = Instant::now();
    let mut done = Vec::new();
    for (at, step) in chosen.iter().enumerate() {
        println!("\n=== {}/{} {}: {} ===", at + 1, chosen.len(), step.name, step.what);
        let begun = Instant::now();
        let outcome = (step.run)();
        let failed = outcome.is_err();
        done.push((*step, outcome, begun.elapsed()));
        if failed {
            break;
        }
    }
    summary(&done, chosen.len(), start.elapsed())
}

fn summary(done: &[(&Step, Result<Outcome>, Duration)], of: usize, total: Duration) -> Result<()> {
    println!("\n=== summary ===");
    let (mut passed, mut failed, mut tests) = (0, 0, 0);
    for (step, outcome, duration) in done {
        let text = match outcome {
            Ok(Outcome::Passed) => "passed".to_owned(),
            Ok(Outcome::Tests { passed, ignored: 0 }) => format!("passed: {passed} tests"),
            Ok(Outcome::Tests { passed, ignored }) => format!("passed: {passed} tests, {ignored} ignored"),
            Ok(Outcome::Skipped(reason)) => format!("skipped: {reason}"),
            Err(error) => format!("FAILED: {error:#}"),
        };
        match outcome {
            Ok(Outcome::Skipped(_)) => {}
            Ok(Outcome::Passed) => passed += 1,
            Ok(Outcome::Tests { passed: many, .. }) => (passed, tests) = (passed + 1, tests + many),
            Err(_) => failed += 1,
        }
        println!("{:<11} {:>7}  {text}", step.name, shown(*duration));
    }
    for step in STEPS.iter().filter(|_| of == STEPS.len()).skip(done.len()) {
        println!("{:<11} {:>7}  not run", step.name, "-");
    }
    println!("{tests} tests in {}", shown(total));
    println!("{passed} passed, {failed} failed");
    if failed > 0 {
        bail!(
            "a step failed; `cargo xtask ci {}` runs it alone",
            done.last().map_or("", |(step, ..)| step.name)
        );
    }
    Ok(())
}

fn shown(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{}:{:02} m", seconds as u64 / 60, seconds as u64 % 60)
    }
}
