//! Paths to the files that they stand for, in an order that is always the same.

use crate::Input;
use crate::recognize::of_name;
use ignore::{DirEntry, WalkBuilder};
use onus_model::{Problem, ProblemKind};
use std::path::{Path, PathBuf};

/// Folders of installed packages: they may hold templates, but none that the user runs.
const PACKAGE_FOLDERS: [&str; 3] = ["node_modules", "site-packages", ".terraform"];

/// How many files are looked at in all.
const MAX_FILES: usize = 1_000_000;

/// A file that may be one to read.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) source: Source,
    /// The path as the user would write it.
    pub(crate) name: String,
    /// Whether the user named it, rather than a folder around it.
    pub(crate) named: bool,
}

/// Where a candidate's text is from.
#[derive(Debug)]
pub(crate) enum Source {
    Path(PathBuf),
    Stdin,
    Bytes(Vec<u8>),
}

/// The files of all inputs, each once.
pub(crate) fn walk(inputs: &[Input], problems: &mut Vec<Problem>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for input in inputs {
        match input {
            Input::Stdin => {
                found.push(Candidate { source: Source::Stdin, name: "-".to_owned(), named: true })
            }
            Input::Text { name, text } => {
                found.push(Candidate {
                    source: Source::Bytes(text.clone().into_bytes()),
                    name: name.clone(),
                    named: true,
                });
            }
            Input::Bytes { name, bytes } => {
                found.push(Candidate {
                    source: Source::Bytes(bytes.clone()),
                    name: name.clone(),
                    named: true,
                });
            }
            Input::Path(path) if path.as_os_str() == "-" => {
                found.push(Candidate { source: Source::Stdin, name: "-".to_owned(), named: true });
            }
            Input::Path(path) if path.is_dir() => folder(path, &mut found, problems),
            Input::Path(path) => {
                found.push(Candidate { source: Source::Path(path.clone()), name: name(path), named: true });
            }
        }
    }
    once(found)
}

/// A path as the user would write it, with forward slashes.
pub(crate) fn name(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

/// The path of what nobody named, from where the user stands: absolute paths differ from machine to machine.
pub(crate) fn shown(path: &Path) -> String {
    let from = std::env::current_dir().ok().map(|folder| identity(&folder)).filter(|_| path.is_absolute());
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

fn folder(root: &Path, found: &mut Vec<Candidate>, problems: &mut Vec<Problem>) {
    let walker = WalkBuilder::new(root)
        .require_git(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(|entry| !is_package_folder(entry) && !is_cdk_asset(entry))
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.path().is_file() => {
                if found.len() >= MAX_FILES {
                    let message = format!("only the first {MAX_FILES} files are looked at");
                    problems.push(Problem::with_path(ProblemKind::Limit, name(root), message));
                    return;
                }
                let path = entry.into_path();
                found.push(Candidate { name: name(&path), source: Source::Path(path), named: false });
            }
            Ok(_) => {}
            Err(error) => {
                let message = format!("it cannot be read: {}", error.to_string().replace('\n', " "));
                problems.push(Problem::with_path(ProblemKind::Unreadable, name(root), message));
            }
        }
    }
    hint_at_assembly(root, found, problems);
}

fn is_package_folder(entry: &DirEntry) -> bool {
    entry.depth() > 0 && PACKAGE_FOLDERS.iter().any(|folder| entry.file_name() == *folder)
}

/// Whether this is the copy of an application's code that the CDK puts beside its templates.
fn is_cdk_asset(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
        && entry.file_name().to_str().is_some_and(|name| name.starts_with("asset."))
        && entry.path().with_file_name("cdk.out").is_file()
}

/// A cloud assembly is commonly kept out of version control, and then not found by walking.
fn hint_at_assembly(root: &Path, found: &[Candidate], problems: &mut Vec<Problem>) {
    let assembly = root.join("cdk.out");
    let within = |candidate: &Candidate| matches!(&candidate.source, Source::Path(path) if path.starts_with(&assembly));
    if assembly.join("manifest.json").is_file() && !found.iter().any(within) {
        let message = "this cloud assembly is passed over, since a .gitignore names it";
        let problem = Problem::with_path(ProblemKind::Skipped, name(&assembly), message);
        problems.push(problem.help(format!("name the folder itself: `{}`", name(&assembly))));
    }
}

/// Drops files that were found twice; where one was named by the user, that counts.
fn once(found: Vec<Candidate>) -> Vec<Candidate> {
    let mut places: rustc_hash::FxHashMap<PathBuf, usize> = rustc_hash::FxHashMap::default();
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found {
        if let Source::Path(path) = &candidate.source {
            let known = known_as(path);
            if let Some(place) = places.get(&known) {
                kept[*place].named |= candidate.named;
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

/// Whether the name says that the file may be one to read.
pub(crate) fn is_likely(name: &str) -> bool {
    // The project file is onus's own.
    if name.rsplit('/').next() == Some("onus.yaml") {
        return false;
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("yaml" | "yml" | "json" | "template" | "tf" | "tofu"))
}
