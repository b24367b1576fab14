//! The programs that onus is measured against, installed below the target folder.

use super::inputs::Input;
use crate::run::{cargo, root, run, tools};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checks of checkov that ask what the five rules of cfn-guard ask.
pub(super) const FIVE: &[&str] =
    &["--check", "CKV_AWS_21,CKV_AWS_53,CKV_AWS_54,CKV_AWS_55,CKV_AWS_56,CKV_AWS_24,CKV_AWS_79,CKV_AWS_16"];

/// Where they are.
pub(super) struct Peers {
    checkov: PathBuf,
    guard: PathBuf,
    pub(super) checkov_version: String,
    pub(super) guard_version: String,
}

/// Installs what is not there yet.
pub(super) fn install() -> Result<Peers> {
    let environment = tools().join("checkov");
    let checkov = environment.join("bin/checkov");
    if !checkov.is_file() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        run(Command::new(environment.join("bin/pip")).args(["install", "--quiet", "checkov"]))?;
    }
    let guard = tools().join("bin/cfn-guard");
    if !guard.is_file() {
        // A folder of its own to build in, which cargo removes afterwards.
        run(cargo(&["install", "cfn-guard", "--quiet", "--root"])
            .arg(tools())
            .env_remove("CARGO_TARGET_DIR"))?;
    }
    Ok(Peers {
        checkov_version: format!("checkov {}", version(&checkov)?),
        guard_version: version(&guard)?,
        checkov,
        guard,
    })
}

fn version(program: &Path) -> Result<String> {
    let output = Command::new(program).arg("--version").output();
    let output = output.with_context(|| format!("cannot start {}", program.display()))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

impl Peers {
    pub(super) fn guard(&self, input: &Input, rules: &str) -> Command {
        let mut command = Command::new(&self.guard);
        command.args(["validate", "--show-summary", "none", "--rules"]).arg(root().join(rules));
        command.arg("--data").arg(&input.path);
        command
    }

    pub(super) fn checkov(&self, input: &Input, checks: &[&str]) -> Command {
        let mut command = Command::new(&self.checkov);
        command.args(["--quiet", "--compact", "--output", "json", "--framework", input.form.framework()]);
        command.args(checks).arg(if input.path.is_dir() { "--directory" } else { "--file" }).arg(&input.path);
        // It asks its makers for guidelines otherwise.
        command.arg("--skip-download");
        command
    }
}
