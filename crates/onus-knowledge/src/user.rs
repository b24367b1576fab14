//! A user's own files: checks, and `onus.yaml`.

use crate::attestation;
use crate::chain::{self, HandOn, ProviderEntry};
use crate::check;
use crate::error::{KnowledgeError, Mistakes, did_you_mean};
use crate::properties::PropertyIndex;
use crate::raw::{self, RawCheck, RawProject, RawWaiver};
use jiff::civil::Date;
use onus_check::{Check, Severity};
use onus_model::Attestation;

/// What `onus.yaml` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// The system's name.
    pub system: Option<String>,
    /// Whether the workforce's devices and offices are in the boundary.
    pub endpoints_in_boundary: bool,
    /// Whether sites of the customer's own are in the boundary, on which AWS's services may run.
    pub sites_in_boundary: bool,
    /// The frameworks to derive; empty for all that there are.
    pub frameworks: Vec<String>,
    /// What to read where the command line names nothing, relative to the file.
    pub inputs: Vec<String>,
    /// Patterns of files and folders to leave out, as `.gitignore` has them, relative to the file.
    pub exclude: Vec<String>,
    /// Parameter files, relative to the file.
    pub parameters: Vec<String>,
    /// Folders and files with checks of the user's own, relative to the file.
    pub checks: Vec<String>,
    /// The folder of imported catalogs, relative to the file.
    pub catalogs: Option<String>,
    /// The account for which pseudo parameters stand.
    pub account: Option<String>,
    /// The region for which pseudo parameters stand.
    pub region: Option<String>,
    /// The severity from which findings fail the run.
    pub fail_on: Option<Severity>,
    /// The waivers.
    pub waivers: Vec<Waiver>,
    /// The providers between AWS and the system.
    pub providers: Vec<ProviderEntry>,
    /// What the system hands on to its own customers.
    pub hands_on: Vec<HandOn>,
    /// A folder with programs that replace or add to ours, relative to the file.
    pub programs: Option<String>,
    /// The documents about AWS's work.
    pub attestations: Vec<Attestation>,
    /// The folder with records of the user's own evidence, relative to the file.
    pub evidence: Option<String>,
}

/// A finding that is accepted, with all that makes it one: it does not load without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The check's id; `*` matches any part of it.
    pub check: String,
    /// The address of the resource; `*` matches any part of it. None for all.
    pub resource: Option<String>,
    /// The folder of the resource's root module; `*` matches any part of it. None for all.
    pub root: Option<String>,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
    /// The last day on which it holds.
    pub expires: Date,
    /// The line in `onus.yaml`.
    pub line: u32,
}

/// Reads `onus.yaml`.
///
/// # Errors
/// Every mistake that was found.
pub fn read_project(path: &str, text: &str) -> Result<Project, Vec<KnowledgeError>> {
    // A file of comments alone is an empty one.
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Project::default());
    }
    let raw: RawProject = raw::parse(path, text).map_err(|error| vec![error])?;
    let mut mistakes = Mistakes::new(path);
    let waivers = raw.waivers.iter().map(|waiver| read_waiver(waiver, &mut mistakes)).collect();
    let providers = raw.providers.iter().map(|raw| chain::read_provider(raw, &mut mistakes)).collect();
    let hands_on = raw.hands_on.iter().map(|raw| chain::read_hand_on(raw, &mut mistakes)).collect();
    let attestations = attestation::read_all(&raw.attestations, &mut mistakes);
    let errors = mistakes.into_inner();
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Project {
        system: raw.system,
        endpoints_in_boundary: raw.boundary.endpoints,
        sites_in_boundary: raw.boundary.sites,
        frameworks: raw.frameworks.into_iter().map(|id| id.value).collect(),
        inputs: raw.inputs.0,
        exclude: raw.exclude.0,
        parameters: raw.parameters.0,
        checks: raw.checks.0,
        catalogs: raw.catalogs,
        account: raw.account,
        region: raw.region,
        fail_on: raw.fail_on,
        waivers,
        providers,
        hands_on,
        programs: raw.programs,
        attestations,
        evidence: raw.evidence,
    })
}

fn read_waiver(raw: &serde_saphyr::Spanned<RawWaiver>, mistakes: &mut Mistakes<'_>) -> Waiver {
    let RawWaiver { check, resource, root, reason, approver, expires } = raw.value.clone();
    for (name, text) in [("reason", &reason), ("approver", &approver)] {
        if text.trim().is_empty() {
            mistakes.at(raw.referenced, format!("a waiver needs a `{name}`"));
        }
    }
    let line = check.referenced.line() as u32;
    Waiver { check: check.value, resource, root, reason, approver, expires, line }
}

/// Reads a check of the user's own.
///
/// # Errors
/// Every mistake that was found.
pub fn read_check(
    path: &str,
    text: &str,
    properties: &PropertyIndex<'_>,
    known: &[Check],
) -> Result<Check, Vec<KnowledgeError>> {
    let raw: RawCheck = raw::parse(path, text).map_err(|error| vec![error])?;
    let mut mistakes = Mistakes::new(path);
    let at = raw.id.referenced;
    let check = check::read(raw, properties, false, &mut mistakes);
    if known.iter().any(|other| other.id == check.id) {
        mistakes.at(at, format!("a check `{}` exists already", check.id));
    }
    let errors = mistakes.into_inner();
    if errors.is_empty() { Ok(check) } else { Err(errors) }
}

/// Finds an unknown framework among those that a project names.
pub fn unknown_framework<'p>(project: &'p Project, known: &[&str]) -> Option<(&'p str, Option<String>)> {
    let unknown = project.frameworks.iter().find(|id| !known.contains(&id.as_str()))?;
    Some((unknown, did_you_mean(unknown, known.iter().copied())))
}
