//! Terragrunt's own functions, as far as they follow from where files lie, and the files that functions read.

use super::frame::{Frame, MAX_DEPTH, shown};
use crate::terraform::source::running::Tree;
use onus_hcl::{Files, Functions, Unknown, Val};
use std::path::{Path, PathBuf};

impl Functions for Frame<'_> {
    fn call(&self, name: &str, arguments: &[Val]) -> Result<Val, String> {
        if let Some(unknown) = arguments.iter().find_map(Val::as_unknown) {
            return Ok(Val::unknown(unknown.clone()));
        }
        let text = |at: usize| arguments.get(at).and_then(Val::as_str);
        let made = match name {
            "get_terragrunt_dir" | "get_original_terragrunt_dir" => Some(path_text(&self.folder)),
            "get_parent_terragrunt_dir" => self.base(text(0)).map(path_text),
            "path_relative_to_include" => Some(
                self.base(text(0)).map_or_else(|| Some(".".to_owned()), |base| relative(base, &self.folder)),
            )
            .flatten(),
            "path_relative_from_include" => {
                Some(self.base(text(0)).map_or_else(|| Some(".".to_owned()), |base| back(base, &self.folder)))
                    .flatten()
            }
            "get_repo_root" => above(&self.folder, ".git").as_deref().and_then(Path::parent).map(path_text),
            "find_in_parent_folders" => {
                let wanted = text(0).unwrap_or("terragrunt.hcl");
                let start = self.folder.parent().unwrap_or(&self.folder);
                let found = above(start, wanted).map(|path| path_text(&path));
                let found = found.or_else(|| text(1).map(str::to_owned));
                return found.map(Val::string).ok_or(format!("there is no `{wanted}` in the folders above"));
            }
            "read_terragrunt_config" => {
                return Ok(self.read_config(text(0).unwrap_or_default(), arguments.get(1)));
            }
            _ => None,
        };
        Ok(made.map_or_else(|| unknown_function(name), Val::string))
    }
}

fn unknown_function(name: &str) -> Val {
    Val::unknown(Unknown::new(format!("`{name}` is a function of Terragrunt's that is not run")))
}

impl Frame<'_> {
    /// What another file holds.
    fn read_config(&self, path: &str, otherwise: Option<&Val>) -> Val {
        let path = self.folder.join(path);
        let name = shown(&path);
        let Some(config) = (self.run.open)(&path) else {
            let reason = format!("there is no file `{name}` of Terragrunt's language");
            return otherwise.cloned().unwrap_or_else(|| Val::unknown(Unknown::new(reason)));
        };
        if let Some(known) = self.run.read.borrow().get(&config.path) {
            return known.clone();
        }
        let place = config.path.clone();
        let open = |why: &str| Val::unknown(Unknown::new(format!("`{name}` {why}")));
        if self.depth >= MAX_DEPTH {
            return open("is read by files that read each other too deep");
        }
        self.run.read.borrow_mut().insert(place.clone(), open("reads itself"));
        let made = Frame::of(self.run, config, self.depth + 1).exposed();
        self.run.read.borrow_mut().insert(place, made.clone());
        made
    }

    /// Paths start from the folder, and stay within it.
    fn tree(&self) -> Tree<'_> {
        Tree { base: &self.folder, other: &self.folder, assessed: &[] }
    }
}

impl Files for Frame<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.tree().read(path)
    }

    fn exists(&self, path: &str) -> Result<bool, String> {
        self.tree().exists(path)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        self.tree().list(folder)
    }
}

/// The first of a name in a folder and those above it.
fn above(folder: &Path, name: &str) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(name)).find(|path| path.exists())
}

fn relative(from: &Path, to: &Path) -> Option<String> {
    let path = to.strip_prefix(from).ok()?;
    Some(if path.as_os_str().is_empty() { ".".to_owned() } else { path_text(path) })
}

/// The way from a folder back to one above it.
fn back(to: &Path, from: &Path) -> Option<String> {
    let steps = from.strip_prefix(to).ok()?.components().count();
    Some(if steps == 0 { ".".to_owned() } else { vec![".."; steps].join("/") })
}

fn path_text(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
