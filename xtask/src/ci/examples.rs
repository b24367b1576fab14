//! The examples, assessed by the program as it is released.

use super::Outcome;
use crate::run::{release_binary, root};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every example has findings, on purpose.
const FINDINGS: i32 = 1;

pub(super) fn run() -> Result<Outcome> {
    let program = release_binary()?;
    let schema = std::fs::read_to_string(root().join("docs/assessment.schema.json"))?;
    let schema = serde_json::from_str(&schema).context("docs/assessment.schema.json is no JSON")?;
    let schema =
        jsonschema::validator_for(&schema).context("docs/assessment.schema.json is no JSON Schema")?;
    let examples = folders()?;
    if examples.is_empty() {
        bail!("there is no folder in examples/");
    }
    for example in &examples {
        let name = example.display();
        for format in ["terminal", "json", "sarif", "junit", "markdown", "html"] {
            let first = assess(&program, example, format)?;
            if first != assess(&program, example, format)? {
                bail!("{name}: two runs with `--format {format}` print different bytes");
            }
            if format == "json" {
                conforms(&schema, &first).with_context(|| format!("{name}: docs/assessment.schema.json"))?;
            }
        }
        println!(
            "{name}: findings as expected, the same bytes in two runs of each format, JSON as its schema says"
        );
    }
    Ok(Outcome::Passed)
}

/// The folders in examples/, relative to the root.
fn folders() -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(root().join("examples"))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(Path::new("examples").join(entry.file_name()));
        }
    }
    folders.sort();
    Ok(folders)
}

fn assess(program: &Path, example: &Path, format: &str) -> Result<Vec<u8>> {
    let mut command = Command::new(program);
    command.current_dir(root()).arg("assess").args(["--format", format]);
    // A project names its own inputs, which need not lie beside it.
    let project = example.join("onus.yaml");
    if root().join(&project).is_file() {
        command.arg("--config").arg(project);
    } else {
        command.arg(example);
    }
    if format == "terminal" {
        command.arg("--no-html");
    }
    let output = command.output().with_context(|| format!("cannot start {}", program.display()))?;
    if output.status.code() != Some(FINDINGS) {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!(
            "`onus assess {} --format {format}` ended with {}, not {FINDINGS}: {errors}",
            example.display(),
            output.status
        );
    }
    Ok(output.stdout)
}

fn conforms(schema: &jsonschema::Validator, json: &[u8]) -> Result<()> {
    let document = serde_json::from_slice(json)?;
    let errors: Vec<String> = schema
        .iter_errors(&document)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    if !errors.is_empty() {
        bail!("{}", errors.join("; "));
    }
    Ok(())
}
