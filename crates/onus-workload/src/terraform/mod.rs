//! Terraform: plans and states, as `terraform show -json` writes them, and source.
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
//! `source` reads `.tf` files. `collector` makes resources of instances, whichever of the two read them; `join` gives a plan
//! the places of the source beside it.
//!
//! `plan` has the format's shapes, `attributes` puts values, unknowns and references into one
//! tree, `mapping` turns it into properties, `satellites` folds resources into those that they configure.

mod attributes;
mod cloud_control;
mod collector;
mod grants;
pub(crate) mod join;
mod json;
mod lower;
mod mapping;
mod partial;
mod plan;
mod possible;
mod references;
mod releases;
mod satellites;
pub(crate) mod source;
mod transform;
mod typed;

pub use cloud_control::{CloudControl, fold};
pub use source::{Given, Settings};

pub(crate) use references::segments;

use crate::Reading;
use json::{Json, Source};
use onus_model::{FileId, Mappings, Problem, ProblemKind};
use std::fmt;
use std::sync::LazyLock;

/// What the reader needs to know of both languages.
#[derive(Clone, Copy, Default)]
pub struct Dictionary<'k> {
    /// How Terraform's types and attributes become CloudFormation's.
    pub mappings: Option<&'k Mappings>,
    /// The names of CloudFormation, for the provider `awscc`; without them its types count for their service alone.
    pub names: Option<&'k CloudControl<'k>>,
}

impl fmt::Debug for Dictionary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary")
            .field("mappings", &self.mappings.map(|mappings| mappings.iter().len()))
            .finish_non_exhaustive()
    }
}

/// Reads a plan or state.
///
/// Never fails: what cannot be read is a problem, and the rest is returned.
pub fn read(file: FileId, text: &str, scope: u32, dictionary: Dictionary<'_>) -> Reading {
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
    static NONE: LazyLock<Mappings> = LazyLock::new(Mappings::default);
    let mappings = dictionary.mappings.unwrap_or(&NONE);
    let mut reading = lower::lower(source, &parsed, scope, mappings, dictionary.names);
    reading.problems.extend(shortcoming(source, &parsed));
    reading
}

/// What Terraform itself says is missing from a plan.
fn shortcoming(source: Source<'_>, parsed: &plan::File<'_>) -> Option<Problem> {
    let (message, help) = match (&parsed.errored, &parsed.complete) {
        (Some(Json::Bool(true)), _) => (
            "the plan ended with an error, so that resources may be missing from it",
            "mend what `terraform plan` reports, and plan again",
        ),
        (_, Some(Json::Bool(false))) => (
            "the plan is not complete: Terraform left changes for a later one, and they are missing",
            "plan again after it is applied",
        ),
        _ => return None,
    };
    Some(Problem::at(ProblemKind::NotEvaluated, source.range(0, 0), message).help(help))
}

/// A JSON error as a problem at its place.
fn syntax(source: Source<'_>, piece: &str, error: &serde_json::Error) -> Problem {
    let place = source.place(piece, error);
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    // Of a value of another kind than expected serde shows the text, which may be a secret.
    let message = match (message.find("string \""), message.rfind("\", expected")) {
        (Some(start), Some(end)) if start < end => {
            format!("{}string{}", &message[..start], &message[end + 1..])
        }
        _ => message.to_owned(),
    };
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
