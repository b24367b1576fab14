//! The exported OSCAL documents, read by compliance-trestle, which is not ours.

use super::Outcome;
use crate::run::{release_binary, root, run, succeeds, target, tools};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The version whose model of OSCAL is the one that is written.
const TRESTLE: &str = "compliance-trestle==5.2.0";

/// How long an installation may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// Loads every document by its root key, and fails with the names of those that do not load.
const READER: &str = r#"
import json, pathlib, sys
from trestle.oscal import assessment_plan, assessment_results, catalog, component, mapping, poam, profile, ssp
models = {
    "catalog": catalog.Catalog,
    "profile": profile.Profile,
    "mapping-collection": mapping.MappingCollection,
    "component-definition": component.ComponentDefinition,
    "system-security-plan": ssp.SystemSecurityPlan,
    "assessment-plan": assessment_plan.AssessmentPlan,
    "assessment-results": assessment_results.AssessmentResults,
    "plan-of-action-and-milestones": poam.PlanOfActionAndMilestones,
}
count, kinds, failed = 0, set(), 0
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.json")):
    root = next(iter(json.loads(path.read_text(encoding="utf-8"))))
    count, kinds = count + 1, kinds | {root}
    try:
        if models[root].oscal_read(path) is None:
            raise ValueError("nothing was read")
    except Exception as error:
        failed += 1
        print(f"{path}: {str(error)[:2000]}")
missing = sorted(set(models) - kinds)
print(f"{count} documents of {len(kinds)} models read, {failed} failed")
sys.exit(1 if failed or missing else 0)
"#;

pub(super) fn run_step() -> Result<Outcome> {
    let Some(python) = trestle()? else {
        return Ok(Outcome::Skipped(format!("{TRESTLE} could not be installed from PyPI")));
    };
    let program = release_binary()?;
    let folder = target().join("oscal");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).context("cannot empty the folder of exported documents")?;
    }
    for (name, arguments) in [
        ("web-shop", &["all", "examples/web-shop", "--framework", "fedramp-r5-moderate"][..]),
        ("services", &["all", "--services", "ecs,rds,s3,kms", "--framework", "hipaa-security-rule"]),
        ("platform", &["all", "--config", "examples/on-a-platform/onus.yaml"]),
        ("components", &["component-definitions"]),
    ] {
        export(&program, arguments, &folder.join(name))?;
    }
    let mut reader = Command::new(python);
    run(reader.current_dir(root()).args(["-c", READER]).arg(&folder)).map_err(|_| {
        anyhow::anyhow!("compliance-trestle does not read every document in {}", folder.display())
    })?;
    Ok(Outcome::Passed)
}

fn export(program: &Path, arguments: &[&str], folder: &Path) -> Result<()> {
    let mut command = Command::new(program);
    let output =
        command.current_dir(root()).arg("export").args(arguments).arg("--output").arg(folder).output();
    let output = output.with_context(|| format!("cannot start {}", program.display()))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!("`onus export {}` ended with {}: {errors}", arguments.join(" "), output.status);
    }
    Ok(())
}

/// A Python that has trestle; none where PyPI, or Python itself, cannot be had.
fn trestle() -> Result<Option<PathBuf>> {
    let venv = tools().join("trestle");
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let is_there = |python: &Path| {
        let check = format!(
            "import importlib.metadata as m; assert m.version('compliance-trestle') == '{}'",
            version()
        );
        succeeds(Command::new(python).args(["-c", &check]), Duration::from_secs(60))
    };
    if is_there(&python) {
        return Ok(Some(python));
    }
    std::fs::create_dir_all(tools())?;
    let made = succeeds(Command::new("python3").args(["-m", "venv"]).arg(&venv), PATIENCE);
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", TRESTLE];
    let installed = made && succeeds(Command::new(&python).args(install), PATIENCE);
    Ok((installed && is_there(&python)).then_some(python))
}

fn version() -> &'static str {
    TRESTLE.rsplit('=').next().unwrap_or(TRESTLE)
}
