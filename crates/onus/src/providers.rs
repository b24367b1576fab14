//! The documents of the providers that `onus.yaml` names.

use crate::knowledge::shown;
use crate::project::Found;
use anyhow::{Context as _, Result, bail};
use onus_knowledge::{Knowledge, ProviderEntry};
use onus_model::{Problem, ProblemKind, Provider};
use onus_provider::{Document, Request, limits};
use std::io::Read as _;
use std::path::Path;

/// Finds the controls and frameworks that the project names of its providers and customers.
pub(crate) fn resolve(found: &mut Found, knowledge: &Knowledge) -> Result<()> {
    let path = found.file.display().to_string();
    let Err(errors) = onus_knowledge::resolve_chain(&mut found.project, &path, knowledge) else {
        return Ok(());
    };
    let text = std::fs::read_to_string(&found.file).with_context(|| format!("cannot read `{path}`"))?;
    bail!("{}", errors.iter().map(|error| shown(error, &text)).collect::<Vec<_>>().join("\n"))
}

/// Reads the documents; what is wrong with them is told like what is wrong with the inputs.
pub(crate) fn read(found: &Found, knowledge: &Knowledge) -> (Vec<Provider>, Vec<Problem>) {
    let (mut providers, mut problems) = (Vec::new(), Vec::new());
    for entry in &found.project.providers {
        let path = found.path(&entry.document);
        let shown = path.display().to_string().replace('\\', "/");
        match bytes(&path) {
            Ok(bytes) => {
                let reading = onus_provider::read(
                    &Document { path: &shown, bytes: &bytes },
                    &request(entry, knowledge),
                );
                problems.extend(reading.troubles.iter().map(|trouble| trouble.problem(&shown)));
                providers.push(reading.provider);
            }
            Err(error) => {
                let message = format!("the document of {} cannot be read: {error}", entry.name);
                problems.push(Problem::with_path(ProblemKind::Unreadable, shown, message));
            }
        }
    }
    (providers, problems)
}

fn request<'k>(entry: &ProviderEntry, knowledge: &'k Knowledge) -> Request<'k> {
    let frameworks: Vec<String> = entry.frameworks.iter().map(|word| word.text.clone()).collect();
    Request::new(&entry.name, &knowledge.frameworks, &frameworks)
        .system(entry.system.as_deref())
        .attestation(entry.attestation.as_deref())
        .layout(&entry.layout)
}

/// No more than the reader takes, so that a wrong path does not fill the memory.
fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(limits::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
