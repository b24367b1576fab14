//! The same expressions through `terraform console`, where that program is installed, and through this crate.
//!
//! `expressions.txt` has one expression a line. What Terraform refuses is to be refused here too.

#![allow(clippy::unwrap_used)]

use onus_hcl::{Budget, Evaluator, Scope, Val, from_json, to_json};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// What stands for an expression that is refused.
const REFUSED: &str = "ERROR";

/// Expressions that go to one process of Terraform.
const BATCH: usize = 40;

struct Nothing;

impl Scope for Nothing {
    fn name(&self, _: &str, _: &[&str]) -> Option<(Val, usize)> {
        None
    }
}

fn expressions() -> Vec<&'static str> {
    let lines = include_str!("expressions.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// What this crate makes of an expression; none where it is unknown.
fn ours(expression: &str) -> Option<String> {
    let Ok(parsed) = expression.parse::<hcl_edit::expr::Expression>() else {
        return Some(REFUSED.to_owned());
    };
    let budget = Budget::default();
    match Evaluator::new(&Nothing, None, &budget).value(&parsed) {
        Ok(value) if value.has_unknown() => None,
        Ok(value) => Some(to_json(&value).unwrap()),
        Err(_) => Some(REFUSED.to_owned()),
    }
}

/// What Terraform makes of some expressions; none where it cannot read one of them at all.
fn terraforms(folder: &std::path::Path, expressions: &[&str]) -> Option<Vec<String>> {
    let parts: Vec<String> = expressions
        .iter()
        .map(|expression| format!("try(jsonencode({expression}), \"{REFUSED}\")"))
        .collect();
    let mut child = Command::new("terraform")
        .arg("console")
        .current_dir(folder)
        .env("TF_CLI_CONFIG_FILE", "/dev/null")
        .env("CHECKPOINT_DISABLE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "jsonencode([{}])", parts.join(", ")).unwrap();
    let output = child.wait_with_output().unwrap();
    if !output.status.success() {
        return None;
    }
    let printed = String::from_utf8(output.stdout).unwrap();
    let text = from_json(printed.trim()).ok()?;
    let list = from_json(text.as_str()?).ok()?;
    Some(list.elements()?.iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect())
}

#[test]
fn every_expression_is_what_terraform_makes_of_it() {
    if Command::new("terraform").arg("version").output().is_err() {
        println!("skipped: the program `terraform` is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let all = expressions();
    let (mut compared, mut different) = (0, Vec::new());
    for batch in all.chunks(BATCH) {
        let theirs = terraforms(folder.path(), batch).unwrap_or_else(|| {
            let alone =
                |expression: &&str| terraforms(folder.path(), &[expression]).and_then(|mut all| all.pop());
            batch.iter().map(|expression| alone(expression).unwrap_or_else(|| REFUSED.to_owned())).collect()
        });
        for (expression, theirs) in batch.iter().zip(theirs) {
            let Some(ours) = ours(expression) else { continue };
            compared += 1;
            if ours != theirs {
                different.push(format!("{expression}\n  Terraform: {theirs}\n  here:      {ours}"));
            }
        }
    }
    println!("{compared} expressions compared");
    assert!(compared > 300, "only {compared} expressions were compared");
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
}
