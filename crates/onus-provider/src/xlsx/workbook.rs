//! Which parts of an archive are the sheets, the shared texts and the properties.

use super::archive::{Archive, broken};
use super::xml::{Item, Items};
use crate::error::ProviderError;
use crate::limits;
use jiff::civil::Date;
use std::collections::HashMap;

const ROOT: &str = "_rels/.rels";

#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) sheets: Vec<Sheet>,
    pub(super) strings: Option<String>,
    pub(super) date: Option<Date>,
}

#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) hidden: bool,
}

/// A part that another refers to.
struct Link {
    kind: String,
    path: String,
}

pub(super) fn read(archive: &mut Archive<'_>) -> Result<Parts, ProviderError> {
    if !archive.has(ROOT) {
        return Err(ProviderError::NotAWorkbook);
    }
    let root = links(archive, ROOT, "")?;
    let of_kind = |links: &HashMap<String, Link>, kind: &str| {
        let mut paths: Vec<_> =
            links.values().filter(|link| link.kind == kind).map(|link| link.path.clone()).collect();
        paths.sort();
        paths.into_iter().next()
    };
    let book = of_kind(&root, "officeDocument").ok_or(ProviderError::NotAWorkbook)?;
    let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let links = links(archive, &format!("{folder}_rels/{file}.rels"), &folder)?;
    let text = archive.part(&book)?;
    let properties = of_kind(&root, "core-properties").filter(|path| archive.has(path));
    let date = match properties {
        Some(path) => date(&archive.part(&path)?, &path)?,
        None => None,
    };
    Ok(Parts { sheets: sheets(&text, &book, &links)?, strings: of_kind(&links, "sharedStrings"), date })
}

fn sheets(text: &str, path: &str, links: &HashMap<String, Link>) -> Result<Vec<Sheet>, ProviderError> {
    let (mut items, mut sheets, mut is_workbook) = (Items::new(text, path), Vec::new(), false);
    while let Some(item) = items.next()? {
        let Item::Start(element) = item else { continue };
        is_workbook |= element.name == "workbook";
        if element.name != "sheet" {
            continue;
        }
        let named = || Some((element.attribute("name")?, links.get(element.attribute("id")?)?));
        let (name, link) = named().ok_or_else(|| broken(path, &"has a sheet without its part"))?;
        // Charts and macros are sheets too, without cells.
        if link.kind != "worksheet" {
            continue;
        }
        if sheets.len() == limits::MAX_SHEETS {
            return Err(ProviderError::TooMany { what: "sheets", limit: limits::MAX_SHEETS as u64 });
        }
        let hidden = element.attribute("state").is_some_and(|state| state != "visible");
        sheets.push(Sheet { name: name.to_owned(), path: link.path.clone(), hidden });
    }
    if is_workbook { Ok(sheets) } else { Err(ProviderError::NotAWorkbook) }
}

fn links(
    archive: &mut Archive<'_>,
    path: &str,
    folder: &str,
) -> Result<HashMap<String, Link>, ProviderError> {
    let text = archive.part(path)?;
    let (mut items, mut links) = (Items::new(&text, path), HashMap::new());
    while let Some(item) = items.next()? {
        let Item::Start(element) = item else { continue };
        let link =
            || Some((element.attribute("Id")?, element.attribute("Type")?, element.attribute("Target")?));
        let Some((id, kind, target)) = link() else { continue };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        links.insert(id.to_owned(), Link { kind, path: resolve(folder, target) });
    }
    Ok(links)
}

/// A part's path from a reference: from the root of the archive, or from the folder of who refers.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The day of the last change, else of the creation.
fn date(text: &str, path: &str) -> Result<Option<Date>, ProviderError> {
    let (mut items, mut element) = (Items::new(text, path), String::new());
    let (mut created, mut modified) = (None, None);
    while let Some(item) = items.next()? {
        match item {
            Item::Start(start) => element = start.name,
            Item::End(_) => element.clear(),
            Item::Text(text) => {
                let day = || text.trim().get(..10).and_then(|day| day.parse::<Date>().ok());
                match element.as_str() {
                    "created" => created = day(),
                    "modified" => modified = day(),
                    _ => {}
                }
            }
        }
    }
    Ok(modified.or(created))
}
