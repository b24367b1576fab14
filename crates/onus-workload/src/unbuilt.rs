//! Projects that make templates before they are deployed: the CDK's and the Serverless Framework's. Nothing of such a
//! project can be read until it has been built, so a notice says how.

use crate::exclude::Exclusions;
use crate::walk::{Asked, Candidate, Source, name};
use onus_model::{Place, Problem, ProblemKind};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// How many folders a notice names.
const MAX_NAMED: usize = 5;

/// The largest project file that is looked into; people write some kilobytes.
const MAX_PROJECT_FILE: u64 = 1024 * 1024;

/// The project files of the Serverless Framework.
const SERVERLESS: [&str; 6] = [
    "serverless.yml",
    "serverless.yaml",
    "serverless.json",
    "serverless.ts",
    "serverless.js",
    "serverless.cjs",
];

/// The template that `serverless package` leaves.
const PACKAGED: &str = ".serverless/cloudformation-template-update-stack.json";

/// The projects that were come upon.
#[derive(Debug, Default)]
pub(crate) struct Unbuilt {
    /// The folders of CDK apps, each with that of its assembly.
    apps: Vec<(PathBuf, PathBuf)>,
    services: Vec<PathBuf>,
}

impl Unbuilt {
    /// Whether a file of this name belongs to such a project, and is no template.
    pub(crate) fn is_of_project(file: &str) -> bool {
        matches!(
            file,
            "cdk.json" | "cdk.context.json" | "package.json" | "package-lock.json" | "tsconfig.json"
        ) || SERVERLESS.contains(&file)
    }

    /// Takes note of a file that a project has.
    pub(crate) fn look_at(&mut self, path: &Path) {
        let (Some(file), Some(folder)) = (path.file_name().and_then(|name| name.to_str()), path.parent())
        else {
            return;
        };
        if file == "cdk.json" {
            let settings: Option<Value> = text(path).and_then(|text| serde_json::from_str(&text).ok());
            let output = settings.as_ref().and_then(|settings| settings.get("output")?.as_str());
            self.apps.push((folder.to_owned(), folder.join(output.unwrap_or("cdk.out"))));
        } else if SERVERLESS.contains(&file) && text(path).is_some_and(|text| is_service(&text)) {
            self.services.push(folder.to_owned());
        }
    }

    /// Takes note of a cloud assembly in a folder that is walked, whose app may lie elsewhere.
    pub(crate) fn look_into(&mut self, root: &Path) {
        let assembly = root.join("cdk.out");
        if assembly.join("manifest.json").is_file() {
            self.apps.push((root.to_owned(), assembly));
        }
    }

    /// Says what is not there, and adds what is.
    pub(crate) fn finish(
        mut self,
        found: &mut Vec<Candidate>,
        exclusions: &Exclusions,
        problems: &mut Vec<Problem>,
    ) {
        self.apps.sort();
        self.apps.dedup();
        let mut missing = Vec::new();
        for (folder, assembly) in self.apps {
            if exclusions.leaves_out_path(&assembly) {
                continue;
            }
            if !assembly.join("manifest.json").is_file() {
                missing.push(folder);
            } else if !found.iter().any(|candidate| is_within(candidate, &assembly)) {
                // A cloud assembly is commonly kept out of version control, and then not found by walking.
                let message = "this cloud assembly is passed over, since a .gitignore names it";
                let problem = Problem::with_path(ProblemKind::Skipped, name(&assembly), message);
                problems.push(problem.help(format!("name the folder itself: `{}`", name(&assembly))));
            }
        }
        problems.extend(notice(&missing, "CDK app", "cloud assembly", "cdk synth"));
        let mut missing = Vec::new();
        for folder in self.services {
            let template = folder.join(PACKAGED);
            if exclusions.leaves_out_path(&template) {
                continue;
            }
            if template.is_file() {
                let name = name(&template);
                found.push(Candidate { source: Source::Path(template), name, asked: Asked::Nobody });
            } else {
                missing.push(folder);
            }
        }
        problems.extend(notice(&missing, "Serverless Framework service", "template", "serverless package"));
    }
}

fn is_within(candidate: &Candidate, folder: &Path) -> bool {
    matches!(&candidate.source, Source::Path(path) if path.starts_with(folder))
}

fn text(path: &Path) -> Option<String> {
    let small =
        path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MAX_PROJECT_FILE);
    small.then(|| std::fs::read_to_string(path).ok()).flatten()
}

/// Whether a file is that of a service on AWS, in YAML, JSON or code.
fn is_service(text: &str) -> bool {
    ["service", "provider", "aws"].iter().all(|word| text.contains(word))
}

/// One notice for all projects of a kind whose output is not there.
fn notice(folders: &[PathBuf], what: &str, output: &str, command: &str) -> Option<Problem> {
    let shown = |folder: &PathBuf| match name(folder).as_str() {
        "" | "." => "`.`".to_owned(),
        other => format!("`{other}`"),
    };
    let message = match folders {
        [] => return None,
        [_] => format!("this {what} has no {output} yet, so nothing of it is read"),
        _ => format!("{} {what}s have no {output} yet, so nothing of them is read", folders.len()),
    };
    let named: Vec<String> = folders.iter().take(MAX_NAMED).map(shown).collect();
    let more = if folders.len() > MAX_NAMED { ", and in the others" } else { "" };
    let help = format!("run `{command}` in {}{more}", named.join(", "));
    let place = match folders {
        [folder] if !folder.as_os_str().is_empty() => Place::Path(name(folder)),
        _ => Place::Input,
    };
    Some(Problem { kind: ProblemKind::Skipped, message, help: Some(help), place })
}
