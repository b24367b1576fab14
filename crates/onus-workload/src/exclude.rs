//! Files that the user leaves out, by patterns as `.gitignore` has them.

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use onus_model::{Place, Problem, ProblemKind};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// A pattern of files to leave out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exclusion {
    /// The pattern: `examples/`, `*.test.yaml`, `/infra/old`, `!keep.yaml`.
    pub pattern: String,
    /// The folder that it is meant in.
    pub folder: PathBuf,
}

/// All patterns of a run. The last that matches a path decides, as in `.gitignore`.
#[derive(Debug, Default)]
pub(crate) struct Exclusions {
    patterns: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    text: String,
    folder: PathBuf,
    // One matcher for each pattern: of a common one only the deciding pattern is told, and the others would seem unused.
    matcher: Gitignore,
    used: AtomicBool,
}

impl Exclusions {
    /// Reads the patterns; what is none is a problem.
    pub(crate) fn new(all: &[Exclusion], problems: &mut Vec<Problem>) -> Self {
        let mut patterns = Vec::new();
        for exclusion in all {
            let folder = whole(&exclusion.folder);
            let mut builder = GitignoreBuilder::new(&folder);
            let built = builder.add_line(None, &exclusion.pattern).and_then(|builder| builder.build());
            match built {
                Ok(matcher) => patterns.push(Pattern {
                    text: exclusion.pattern.clone(),
                    folder,
                    matcher,
                    used: AtomicBool::new(false),
                }),
                Err(error) => {
                    let message =
                        format!("`{}` is no pattern to exclude files by: {error}", exclusion.pattern);
                    problems.push(of_input(ProblemKind::Invalid, message));
                }
            }
        }
        Self { patterns }
    }

    /// Whether a file or folder is left out by itself.
    pub(crate) fn leaves_out(&self, path: &Path, is_folder: bool) -> bool {
        !self.patterns.is_empty() && self.decide(&whole(path), is_folder)
    }

    /// Whether a path that the user named is left out, itself or with a folder around it.
    pub(crate) fn leaves_out_path(&self, path: &Path) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let is_folder = path.is_dir();
        let path = whole(path);
        self.decide(&path, is_folder) || path.ancestors().skip(1).any(|folder| self.decide(folder, true))
    }

    fn decide(&self, path: &Path, is_folder: bool) -> bool {
        let mut left_out = false;
        for pattern in self.patterns.iter().filter(|pattern| path.starts_with(&pattern.folder)) {
            let matched = pattern.matcher.matched(path, is_folder);
            match matched {
                Match::None => continue,
                Match::Ignore(_) => left_out = true,
                Match::Whitelist(_) => left_out = false,
            }
            pattern.used.store(true, Ordering::Relaxed);
        }
        left_out
    }

    /// A pattern that matches nothing is likely to be a misspelling.
    pub(crate) fn report_unused(&self, problems: &mut Vec<Problem>) {
        for pattern in self.patterns.iter().filter(|pattern| !pattern.used.load(Ordering::Relaxed)) {
            let message =
                format!("the pattern `{}` excludes nothing: no file or folder matches it", pattern.text);
            problems.push(of_input(ProblemKind::Skipped, message));
        }
    }
}

fn of_input(kind: ProblemKind, message: String) -> Problem {
    Problem { kind, message, help: None, place: Place::Input }
}

/// The path from the root on, without `.` and `..`. Links are not followed: a pattern is about names as they are written.
fn whole(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut whole = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                whole.pop();
            }
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    whole
}
