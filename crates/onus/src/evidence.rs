//! The evidence folder and the programs that `onus.yaml` names.

use crate::knowledge::shown;
use crate::project::Found;
use anyhow::{Context, Result, bail};
use onus_evidence::{Folder, Unloaded};
use onus_knowledge::{Knowledge, KnowledgeError};
use onus_model::{Problem, ProblemKind};
use std::path::PathBuf;

/// The folder where `onus.yaml` names none.
const DEFAULT_FOLDER: &str = "evidence";

/// Where the records of a project are, or would be; none without a project.
pub(crate) fn folder(found: &Found) -> Option<PathBuf> {
    found.is_there().then(|| found.path(found.project.evidence.as_deref().unwrap_or(DEFAULT_FOLDER)))
}

/// The records of a project. Only a folder that is named has to be there.
pub(crate) fn read(found: &Found, knowledge: &Knowledge) -> Result<Folder> {
    let Some(folder) = folder(found) else { return Ok(Folder::default()) };
    if found.project.evidence.is_none() && !folder.is_dir() {
        return Ok(Folder::default());
    }
    Ok(onus_evidence::read(&folder, knowledge)?)
}

/// What to say of the records that do not load.
pub(crate) fn problems(unloaded: &[Unloaded]) -> Vec<Problem> {
    unloaded.iter().map(|unloaded| problem(ProblemKind::Invalid, &unloaded.error)).collect()
}

fn problem(kind: ProblemKind, error: &KnowledgeError) -> Problem {
    let message = match error.line {
        0 => error.message.clone(),
        line => format!("line {line}: {}", error.message),
    };
    Problem { help: error.help.clone(), ..Problem::with_path(kind, &error.path, message) }
}

/// Puts the programs of the project's own folder in the place of ours, and says what to notice about them.
pub(crate) fn replace_programs(knowledge: &mut Knowledge, found: &Found) -> Result<Vec<Problem>> {
    let Some(folder) = found.project.programs.as_deref().map(|folder| found.path(folder)) else {
        return Ok(Vec::new());
    };
    let name = folder.display();
    let mut files = onus_knowledge::read_folder(&folder)
        .with_context(|| format!("cannot read the programs in `{name}`"))?;
    for file in &mut files {
        file.path = format!("{name}/{}", file.path);
    }
    match onus_knowledge::replace_programs(knowledge, &files) {
        Ok(notices) => Ok(notices.iter().map(|notice| problem(ProblemKind::Evidence, notice)).collect()),
        Err(errors) => {
            let text = |error: &KnowledgeError| {
                files.iter().find(|file| file.path == error.path).map_or("", |file| file.text.as_str())
            };
            let said: Vec<String> = errors.iter().map(|error| shown(error, text(error))).collect();
            bail!("{}", said.join("\n"))
        }
    }
}
