//! Terraform plans and states, as `terraform show -json` writes them.
//!
//! [`read`] takes the text of one file. The resources of `planned_values` (a plan) or
//! `values` (a state) become resources of CloudFormation's types by the mapping files;
//! `resource_changes` tells what is not known yet and what is sensitive, and
//! `configuration` what an unknown value refers to.
//!
//! - An argument that the configuration leaves out and the provider fills in after apply is
//!   absent, as it would be in a template: AWS's default holds for both.
//! - The blocks of a `dynamic` block are missing from the format's configuration. Where even their number is
//!   known only after apply, they cannot be told from blocks that are not set.
//! - Sensitive values are never kept.
//!
//! `plan` has the format's shapes, `attributes` puts values, unknowns and references into one
//! tree, `mapping` turns it into properties, `satellites` folds resources into those that they configure.

mod attributes;
mod cloud_control;
mod json;
mod lower;
mod mapping;
mod plan;
mod references;
mod satellites;
mod transform;

pub use cloud_control::{CloudControl, fold};

use json::{Json, Source};
use onus_model::{FileId, Mappings, Problem, ProblemKind, Resource};

/// What a reader returns: resources, and what it could not read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The resources, in the order of the file.
    pub resources: Vec<Resource>,
    /// What could not be read, or only in part.
    pub problems: Vec<Problem>,
}

/// How much of a file's beginning is looked at to tell what it is.
const HEAD: usize = 2048;

/// Whether a text looks like the output of `terraform show -json`, or like Terraform's own state file.
pub fn recognizes(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let mut end = head.len().min(HEAD);
    while !head.is_char_boundary(end) {
        end -= 1;
    }
    let head = &head[..end];
    let has = |key: &str| head.contains(&format!("\"{key}\""));
    let shown = has("format_version") && (has("terraform_version") || has("planned_values") || has("values"));
    let own = has("terraform_version") && has("serial") && has("lineage");
    head.starts_with('{') && (shown || own)
}

/// Reads a plan or state.
///
/// `names` resolves the types of the provider `awscc`; without it they count for their service alone.
/// Never fails: what cannot be read is a problem, and the rest is returned.
pub fn read(
    file: FileId,
    text: &str,
    scope: u32,
    mappings: &Mappings,
    names: Option<&CloudControl<'_>>,
) -> Reading {
    let source = Source { file, text };
    let mut parsed: plan::File<'_> = match serde_json::from_str(text) {
        Ok(parsed) => parsed,
        Err(error) => return Reading { problems: vec![syntax(source, text, &error)], ..Reading::default() },
    };
    if let Some(problem) = refusal(source, &parsed) {
        return Reading { problems: vec![problem], ..Reading::default() };
    }
    if let Some(configuration) = &mut parsed.configuration {
        configuration.root_module.sort();
    }
    lower::lower(source, &parsed, scope, mappings, names)
}

/// A JSON error as a problem at its place.
fn syntax(source: Source<'_>, piece: &str, error: &serde_json::Error) -> Problem {
    let place = source.place(piece, error);
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    if message.contains("recursion limit") {
        return Problem::at(ProblemKind::Limit, place, "the JSON is nested more than 128 levels deep");
    }
    let kind = if error.is_data() { ProblemKind::Invalid } else { ProblemKind::Syntax };
    let problem = Problem::at(kind, place, format!("not the JSON of a Terraform plan or state: {message}"));
    if error.is_eof() {
        problem.help("the file ends too early: write it again with `terraform show -json`")
    } else {
        problem
    }
}

/// Why a well-formed file is not read.
fn refusal(source: Source<'_>, parsed: &plan::File<'_>) -> Option<Problem> {
    let start = source.range(0, 0);
    let advice = "write it with `terraform show -json plan.out > plan.json`";
    let version = match &parsed.format_version {
        Some(Json::String(version)) => version,
        _ if parsed.lineage.is_some() => {
            let message = "this is Terraform's own state file, whose format is not public";
            return Some(
                Problem::at(ProblemKind::Invalid, start, message)
                    .help("write `terraform show -json > state.json` and read that"),
            );
        }
        _ => {
            let message = "the file has no `format_version`, so it is no Terraform plan or state";
            return Some(Problem::at(ProblemKind::Invalid, start, message).help(advice));
        }
    };
    if version.split('.').next() != Some("1") {
        let shown: String = version.chars().take(20).collect();
        let message = format!("format version `{shown}` of Terraform's JSON is not known, only 1.x is");
        return Some(
            Problem::at(ProblemKind::Invalid, start, message).help("use a release of Terraform from 1.1 on"),
        );
    }
    if parsed.planned_values.is_none() && parsed.values.is_none() && parsed.resource_changes.is_none() {
        let message = "the plan or state is empty: it has neither `planned_values` nor `values`";
        return Some(Problem::at(ProblemKind::NotEvaluated, start, message));
    }
    None
}
