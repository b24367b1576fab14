//! The steps that are one command each.

use super::Outcome;
use crate::run::{cargo, root, run, shown, succeeds, tools};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

pub(super) fn format() -> Result<Outcome> {
    run(&mut cargo(&["fmt", "--all", "--check"])).context("run `cargo fmt --all`")?;
    if root().join("fuzz").is_dir() {
        let mut command = cargo(&["fmt", "--check", "--manifest-path", "fuzz/Cargo.toml"]);
        run(&mut command).context("run `cargo fmt --manifest-path fuzz/Cargo.toml`")?;
    }
    Ok(Outcome::Passed)
}

pub(super) fn clippy() -> Result<Outcome> {
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))?;
    Ok(Outcome::Passed)
}

/// Runs the tests, shows what they print, and counts them.
pub(super) fn test() -> Result<Outcome> {
    let mut command = cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    // Snapshots are compared, never written.
    let mut child =
        command.env("INSTA_UPDATE", "no").stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let output = child.stdout.take().context("cargo's output is piped")?;
    let (mut passed, mut ignored) = (0, 0);
    for line in BufReader::new(output).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        passed += count(&line, " passed");
        ignored += count(&line, " ignored");
        println!("{line}");
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{} failed with {status}", shown(&command));
    }
    Ok(Outcome::Tests { passed, ignored })
}

/// The number before a word in a `test result:` line.
fn count(line: &str, word: &str) -> usize {
    let number = || line.strip_prefix("test result:")?.split(word).next()?.rsplit(' ').next()?.parse().ok();
    number().unwrap_or(0)
}

pub(super) fn docs() -> Result<Outcome> {
    let mut command = cargo(&["doc", "--workspace", "--no-deps", "--locked", "--document-private-items"]);
    run(command.env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(Outcome::Passed)
}

pub(super) fn deny() -> Result<Outcome> {
    let program = cargo_deny()?;
    run(Command::new(program)
        .current_dir(root())
        .args(["--locked", "check", "bans", "licenses", "sources"]))?;
    Ok(Outcome::Passed)
}

pub(super) fn advisories() -> Result<Outcome> {
    let program = cargo_deny()?;
    if !succeeds(Command::new(&program).current_dir(root()).args(["fetch", "db"]), Duration::from_secs(120)) {
        return Ok(Outcome::Skipped("the database of advisories could not be fetched".to_owned()));
    }
    run(Command::new(program).current_dir(root()).args([
        "--locked",
        "check",
        "--disable-fetch",
        "advisories",
    ]))?;
    Ok(Outcome::Passed)
}

/// The path of cargo-deny, which is installed where it is not.
fn cargo_deny() -> Result<PathBuf> {
    let program = tools().join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        // Not optimized: it runs for a second, and is built in half the time.
        let mut command =
            cargo(&["install", "cargo-deny", "--locked", "--quiet", "--profile", "dev", "--root"]);
        // A folder of its own, which cargo removes afterwards.
        run(command.arg(tools()).env_remove("CARGO_TARGET_DIR").env("CARGO_PROFILE_DEV_DEBUG", "none"))?;
    }
    Ok(program)
}

/// Compiles the fuzz targets. Without nightly they cannot run, but they are ordinary Rust.
pub(super) fn fuzz() -> Result<Outcome> {
    if !root().join("fuzz").is_dir() {
        return Ok(Outcome::Skipped("there is no fuzz/".to_owned()));
    }
    let mut command = cargo(&["check", "--bins", "--locked", "--manifest-path", "fuzz/Cargo.toml"]);
    // Nothing is linked, so that the fuzzing engine, which is C++, need not be built.
    run(command.env("CUSTOM_LIBFUZZER_PATH", "fuzz/libfuzzer.a"))?;
    Ok(Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_from_what_cargo_prints() {
        let line =
            "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!((count(line, " passed"), count(line, " ignored")), (12, 3));
        assert_eq!(count("test passes_when_5 passed ... ok", " passed"), 0);
    }
}
