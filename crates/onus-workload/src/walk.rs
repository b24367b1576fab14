//! Paths to the files that they stand for, in an order that is always the same.

use crate::Input;
use crate::exclude::Exclusions;
use crate::recognize::of_name;
use crate::unbuilt::Unbuilt;
use ignore::{DirEntry, WalkBuilder};
use onus_model::{Problem, ProblemKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders of installed packages: they may hold templates, but none that the user runs.
const PACKAGE_FOLDERS: [&str; 3] = ["node_modules", "site-packages", ".terraform"];

/// How many files are looked at in all.
const MAX_FILES: usize = 1_000_000;

/// How the names of templates, plans, states and Terraform's files end. In a folder nothing else is opened: notes and
/// code quote templates, and are none. `docs/inputs.md` has the list too.
const ENDINGS: [&str; 12] = [
    "yaml",
    "yml",
    "json",
    "template",
    "cfn",
    "cform",
    "cloudformation",
    "tf",
    "tofu",
    "hcl",
    "tfvars",
    "tfstate",
];

/// Who asked for a file to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The user, by its name: not to read it is an error.
    User,
    /// Another file, as a template names those of its nested stacks.
    File,
    /// Nobody: it was found in a folder.
    Nobody,
}

/// A file that may be one to read.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) source: Source,
    /// The path as the user would write it.
    pub(crate) name: String,
    pub(crate) asked: Asked,
}

/// Where a candidate's text is from.
#[derive(Debug)]
pub(crate) enum Source {
    Path(PathBuf),
    Stdin,
    Bytes(Vec<u8>),
}

/// The files of all inputs, each once.
pub(crate) fn walk(
    inputs: &[Input],
    exclusions: &Arc<Exclusions>,
    problems: &mut Vec<Problem>,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut unbuilt = Unbuilt::default();
    for input in inputs {
        match input {
            Input::Stdin => {
                found.push(Candidate { source: Source::Stdin, name: "-".to_owned(), asked: Asked::User })
            }
            Input::Text { name, text } => {
                found.push(Candidate {
                    source: Source::Bytes(text.clone().into_bytes()),
                    name: name.clone(),
                    asked: Asked::User,
                });
            }
            Input::Bytes { name, bytes } => {
                found.push(Candidate {
                    source: Source::Bytes(bytes.clone()),
                    name: name.clone(),
                    asked: Asked::User,
                });
            }
            Input::Path(path) if path.as_os_str() == "-" => {
                found.push(Candidate { source: Source::Stdin, name: "-".to_owned(), asked: Asked::User });
            }
            Input::Path(path) if exclusions.leaves_out_path(path) => {}
            Input::Path(path) if path.is_dir() => {
                folder(path, exclusions, &mut found, &mut unbuilt, problems);
            }
            Input::Path(path) => {
                found.push(Candidate {
                    source: Source::Path(path.clone()),
                    name: name(path),
                    asked: Asked::User,
                });
            }
        }
    }
    unbuilt.finish(&mut found, exclusions, problems);
    exclusions.report_unused(problems);
    once(found)
}

/// A path as the user would write it, with forward slashes.
pub(crate) fn name(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

/// The path of what nobody named, from where the user stands: absolute paths differ from machine to machine.
pub(crate) fn shown(path: &Path) -> String {
    if path.is_relative() {
        return name(path);
    }
    let from = std::env::current_dir().ok().map(|folder| identity(&folder));
    from.and_then(|from| relative(&from, path)).unwrap_or_else(|| name(path))
}

/// The way from one folder to what is in the same tree; none where there is none, as from one drive to another.
pub(crate) fn relative(from: &Path, to: &Path) -> Option<String> {
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return None;
    }
    let up = from.components().skip(common).map(|_| "..".into());
    let down = to.components().skip(common).map(|part| part.as_os_str().to_string_lossy());
    let parts: Vec<std::borrow::Cow<'_, str>> = up.chain(down).collect();
    Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

fn folder(
    root: &Path,
    exclusions: &Arc<Exclusions>,
    found: &mut Vec<Candidate>,
    unbuilt: &mut Unbuilt,
    problems: &mut Vec<Problem>,
) {
    let excluded = Arc::clone(exclusions);
    let mut looked_at = 0;
    unbuilt.look_into(root);
    let walker = WalkBuilder::new(root)
        .require_git(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !is_package_folder(entry) && !is_cdk_asset(entry) && !excluded.leaves_out(entry.path(), is_folder)
        })
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.path().is_file() => {
                looked_at += 1;
                if looked_at > MAX_FILES {
                    let message = format!("only the first {MAX_FILES} files are looked at");
                    problems.push(Problem::with_path(ProblemKind::Limit, name(root), message));
                    return;
                }
                let path = entry.into_path();
                unbuilt.look_at(&path);
                if !may_be_read(&path) {
                    continue;
                }
                found.push(Candidate { name: name(&path), source: Source::Path(path), asked: Asked::Nobody });
            }
            Ok(_) => {}
            Err(error) => {
                let message = format!("it cannot be read: {}", error.to_string().replace('\n', " "));
                problems.push(Problem::with_path(ProblemKind::Unreadable, name(root), message));
            }
        }
    }
}

/// Whether a file that was found in a folder has a name that one to read can have.
fn may_be_read(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn is_package_folder(entry: &DirEntry) -> bool {
    entry.depth() > 0 && PACKAGE_FOLDERS.iter().any(|folder| entry.file_name() == *folder)
}

/// Whether this is the copy of an application's code that the CDK puts beside its templates. Nested stacks that lie in
/// one are read when a template names them.
fn is_cdk_asset(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
        && entry.file_name().to_str().is_some_and(|name| name.starts_with("asset."))
        && ["cdk.out", "manifest.json"].iter().any(|beside| entry.path().with_file_name(beside).is_file())
}

/// Drops files that were found twice; where one was named by the user, that counts.
fn once(found: Vec<Candidate>) -> Vec<Candidate> {
    let mut places: rustc_hash::FxHashMap<PathBuf, usize> = rustc_hash::FxHashMap::default();
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found {
        if let Source::Path(path) = &candidate.source {
            let known = known_as(path);
            if let Some(place) = places.get(&known) {
                if candidate.asked == Asked::User {
                    kept[*place].asked = Asked::User;
                }
                continue;
            }
            places.insert(known, kept.len());
        }
        kept.push(candidate);
    }
    kept
}

/// The path by which a file is known, whichever way led to it.
pub(crate) fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The path by which a file is told apart from others. A file of Terraform's counts in the folder that it is in, so that a
/// link there is a file of its own.
pub(crate) fn known_as(path: &Path) -> PathBuf {
    let of_terraform = path.file_name().filter(|name| of_name(&name.to_string_lossy()).is_some());
    let (Some(file), Some(folder)) = (of_terraform, path.parent()) else { return identity(path) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    identity(folder).join(file)
}

/// Whether the name says that the file should be one to read, so that a notice is due where it is not.
pub(crate) fn is_likely(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    // The project file is onus's own, and projects that make templates are spoken of elsewhere.
    if file == "onus.yaml" || Unbuilt::is_of_project(file) {
        return false;
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("yaml" | "yml" | "json" | "template" | "tf" | "tofu"))
}
