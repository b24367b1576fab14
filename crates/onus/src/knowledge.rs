//! The knowledge that the program carries, and the user's own checks.

use anyhow::{Context, Result, bail};
use onus_knowledge::{Knowledge, KnowledgeError, Overlay, PropertyIndex};
use onus_workload::terraform::{CloudControl, Dictionary, fold};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
static PROPERTIES: &str = include_str!("../../../knowledge/cloudformation/properties.txt");

static INDEX: LazyLock<PropertyIndex<'static>> = LazyLock::new(|| PropertyIndex::new(PROPERTIES));

/// The knowledge that the program carries.
pub(crate) fn load() -> Result<Knowledge> {
    onus_knowledge::unpack(PACKED).context("the program's own knowledge cannot be read")
}

/// What the Terraform reader needs to know.
pub(crate) fn dictionary(knowledge: &Knowledge) -> Dictionary<'_> {
    static NAMES: CloudControl<'static> =
        CloudControl { resource_type: &type_name, property: &property_name };
    Dictionary { mappings: Some(&knowledge.terraform), names: Some(&NAMES) }
}

fn type_name(folded: &str) -> Option<String> {
    static TYPES: LazyLock<HashMap<String, &str>> =
        LazyLock::new(|| INDEX.types().map(|name| (fold(name), name)).collect());
    TYPES.get(folded).map(|name| (*name).to_owned())
}

fn property_name(resource_type: &str, folded: &str) -> Option<String> {
    INDEX.names(resource_type).find(|name| fold(name) == folded).map(str::to_owned)
}

/// Adds the user's own checks: files, and all YAML files below folders.
pub(crate) fn add_checks(knowledge: &mut Knowledge, paths: &[PathBuf]) -> Result<()> {
    let mut errors = Vec::new();
    for path in paths {
        for file in check_files(path)? {
            let name = file.display().to_string();
            let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read `{name}`"))?;
            match onus_knowledge::read_check(&name, &text, &INDEX, &knowledge.checks) {
                Ok(check) => knowledge.checks.push(check),
                Err(more) => errors.extend(more.into_iter().map(|error| (error, text.clone()))),
            }
        }
    }
    if !errors.is_empty() {
        bail!("{}", errors.iter().map(|(error, text)| shown(error, text)).collect::<Vec<_>>().join("\n"));
    }
    knowledge.checks.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(())
}

/// Adds the catalogs that the user imported: all YAML files of a folder, which need not exist.
pub(crate) fn add_catalogs(knowledge: &mut Knowledge, folder: &Path) -> Result<()> {
    let overlays = read_catalogs(folder)?;
    let errors = onus_knowledge::apply_overlays(knowledge, &overlays);
    let text = |error: &KnowledgeError| std::fs::read_to_string(&error.path).unwrap_or_default();
    if !errors.is_empty() {
        bail!("{}", errors.iter().map(|error| shown(error, &text(error))).collect::<Vec<_>>().join("\n"));
    }
    Ok(())
}

/// The catalogs that the user imported, in the order of their files.
pub(crate) fn read_catalogs(folder: &Path) -> Result<Vec<Overlay>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut overlays = Vec::new();
    for file in check_files(folder)? {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read `{name}`"))?;
        match onus_knowledge::read_overlay(&name, &text) {
            Ok(overlay) => overlays.push(overlay),
            Err(error) => bail!("{}", shown(&error, &text)),
        }
    }
    Ok(overlays)
}

fn check_files(path: &Path) -> Result<Vec<PathBuf>> {
    let metadata =
        std::fs::metadata(path).with_context(|| format!("cannot read the checks in `{}`", path.display()))?;
    if metadata.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).with_context(|| format!("cannot read `{}`", folder.display()))?
        {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && entry.path().extension().is_some_and(|e| e == "yaml" || e == "yml") {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// A mistake with the line it is on.
pub(crate) fn shown(error: &KnowledgeError, text: &str) -> String {
    let line = (error.line as usize).checked_sub(1).and_then(|at| text.lines().nth(at));
    let Some(line) = line else { return error.to_string() };
    let number = error.line.to_string();
    let margin = " ".repeat(number.len());
    let caret = " ".repeat((error.column as usize).saturating_sub(1).min(line.len()));
    let help = error.help.as_ref().map(|help| format!("\n{margin} = help: {help}")).unwrap_or_default();
    format!(
        "{}\n{margin}--> {}:{}:{}\n{margin} |\n{number} | {line}\n{margin} | {caret}^{help}",
        error.message, error.path, error.line, error.column
    )
}

/// `there is no check `x`; did you mean `y`? (`onus list checks`)`
pub(crate) fn unknown<'w>(
    what: &str,
    word: &str,
    words: impl Iterator<Item = &'w str>,
    list: &str,
) -> String {
    let near = onus_model::nearest(word, words, 0.75);
    let hint = near.map(|candidate| format!("; did you mean `{candidate}`?")).unwrap_or_default();
    format!("there is no {what} `{word}`{hint} (`onus list {list}` names them all)")
}
