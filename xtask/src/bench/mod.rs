//! The benchmark: what onus and its peers cost, side by side on the same inputs.
//!
//! `measure` runs a program and reads what it cost, `peers` installs the others, `inputs` writes what
//! is assessed. Costs are those of the whole process: CPU time of user and system, peak of resident memory.

mod inputs;
mod measure;
mod peers;

use crate::run::release_binary;
use anyhow::{Context, Result, bail};
use inputs::{Form, Input};
use measure::{Cost, median};
use std::path::Path;
use std::process::Command;

/// How often a program is run, for the median.
const RUNS: usize = 9;
/// The same for programs that take seconds.
const SLOW_RUNS: usize = 3;

/// The goals, and how each is told.
const CPU_AGAINST_CHECKOV: f64 = 100.0;
const CPU_AGAINST_GUARD: f64 = 30.0;
const START_UP_MS: f64 = 20.0;
const SOURCE_CPU_MS: f64 = 500.0;
const MEMORY_PER_INPUT: f64 = 4.0;
const MEMORY_BASE_MB: f64 = 30.0;

/// Measures; `--no-peers` leaves the peers out, and a word leaves out the inputs that it does not stand in the name of.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let (alone, word) = match arguments {
        [] => (false, ""),
        [only] if only == "--no-peers" => (true, ""),
        [word] if !word.starts_with('-') => (false, word.as_str()),
        [flag, word] if flag == "--no-peers" => (true, word.as_str()),
        _ => bail!("usage: cargo xtask bench [--no-peers] [WORD]"),
    };
    let onus = release_binary()?;
    let peers = if alone { None } else { Some(peers::install()?) };
    let inputs = inputs::write()?;
    if let Some(peers) = &peers {
        println!("peers: {}, {}", peers.checkov_version, peers.guard_version);
    }
    start_up(&onus, &inputs.one)?;
    let mut rows = Vec::new();
    for input in inputs.large.iter().filter(|input| input.name.contains(word)) {
        println!("\n{} ({:.1} MB)", input.name, input.megabytes());
        rows.push((input, ours(&onus, input)?));
        if let Some(peers) = &peers {
            let own = rows.last().map(|(_, cost)| *cost).context("a row was just added")?;
            others(peers, input, own)?;
        }
    }
    memory(&rows);
    Ok(())
}

/// Every run of onus: JSON for the comparison, then what a person gets, terminal and HTML.
fn ours(onus: &Path, input: &Input) -> Result<Cost> {
    let json = median(RUNS, || assess(onus, &input.path, &["--format", "json"]))?;
    row("onus, all checks, JSON", json, None);
    if input.form == Form::Source {
        println!("  goal: under {SOURCE_CPU_MS} ms of CPU{}", met(json.cpu_ms() < SOURCE_CPU_MS));
    }
    let page = inputs::folder().join("report.html");
    let page = page.to_str().context("the target folder's name is not UTF-8")?;
    row("onus, terminal and HTML", median(RUNS, || assess(onus, &input.path, &["--html", page]))?, None);
    Ok(json)
}

fn assess(onus: &Path, input: &Path, form: &[&str]) -> Command {
    let mut command = Command::new(onus);
    command.arg("assess").arg(input).args(form).args(["--fail-on", "none"]);
    command
}

fn others(peers: &peers::Peers, input: &Input, own: Cost) -> Result<()> {
    if let Some(rules) = input.form.rules() {
        let guard = median(SLOW_RUNS, || peers.guard(input, rules))?;
        row("cfn-guard, five rules", guard, Some((own, CPU_AGAINST_GUARD)));
    }
    let checkov = median(SLOW_RUNS, || peers.checkov(input, peers::FIVE))?;
    row("checkov, five checks", checkov, Some((own, CPU_AGAINST_CHECKOV)));
    let checkov = median(SLOW_RUNS, || peers.checkov(input, &[]))?;
    row("checkov, all checks", checkov, Some((own, CPU_AGAINST_CHECKOV)));
    Ok(())
}

fn row(name: &str, cost: Cost, against: Option<(Cost, f64)>) {
    let ratio = against.map_or(String::new(), |(own, goal)| {
        let ratio = cost.cpu_ms() / own.cpu_ms();
        format!("   {ratio:.0}× onus's CPU (goal {goal:.0}×{})", met(ratio >= goal))
    });
    println!(
        "  {name:<26} CPU {:>9.1} ms   wall {:>9.1} ms   peak {:>7.1} MB{ratio}",
        cost.cpu_ms(),
        cost.wall_ms(),
        cost.peak_mb()
    );
}

fn start_up(onus: &Path, one: &Input) -> Result<()> {
    println!("\nstart-up");
    let version = median(RUNS, || {
        let mut command = Command::new(onus);
        command.arg("--version");
        command
    })?;
    row("onus --version", version, None);
    let first = median(RUNS, || assess(onus, &one.path, &["--format", "json"]))?;
    row("onus assess, one resource", first, None);
    println!("  goal: under {START_UP_MS} ms of wall time{}", met(first.wall_ms() < START_UP_MS));
    Ok(())
}

fn memory(rows: &[(&Input, Cost)]) {
    println!(
        "\nonus's memory against the input's size (goal: under {MEMORY_PER_INPUT} times, and {MEMORY_BASE_MB} MB)"
    );
    // No goal is set for source: it is held as trees until all that may call it is read.
    for (input, cost) in rows.iter().filter(|(input, _)| input.form != Form::Source) {
        let limit = MEMORY_PER_INPUT * input.megabytes() + MEMORY_BASE_MB;
        let peak = cost.peak_mb();
        println!("  {:<26} {peak:>6.1} MB of {limit:.1} MB{}", input.name, met(peak < limit));
    }
}

fn met(yes: bool) -> &'static str {
    if yes { ", met" } else { ", MISSED" }
}

impl Form {
    /// The rules of cfn-guard for inputs of this form; it does not read Terraform's language.
    fn rules(self) -> Option<&'static str> {
        match self {
            Self::Template => Some("xtask/bench/template.guard"),
            Self::Plan => Some("xtask/bench/plan.guard"),
            Self::Source => None,
        }
    }

    /// What checkov calls this form.
    fn framework(self) -> &'static str {
        match self {
            Self::Template => "cloudformation",
            Self::Plan => "terraform_plan",
            Self::Source => "terraform",
        }
    }
}
