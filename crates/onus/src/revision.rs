//! A side of a comparison: a file or folder, or a revision of git.

use anyhow::{Context, Result, bail};
use onus_workload::Input;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What to read for a side. What was taken out of git is removed when this goes.
#[derive(Debug)]
pub(crate) struct Side {
    inputs: Vec<Input>,
    checkout: Option<tempfile::TempDir>,
    /// The top of the repository that the revision is of.
    root: PathBuf,
}

impl Side {
    pub(crate) fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The folder that holds a revision for as long as it is read, which is no part of any name.
    pub(crate) fn checkout(&self) -> Option<&Path> {
        self.checkout.as_ref().map(tempfile::TempDir::path)
    }

    /// Where a folder of the work tree is on this side.
    pub(crate) fn counterpart(&self, folder: &Path) -> PathBuf {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let inside =
            self.checkout().and_then(|checkout| Some(checkout.join(within(&self.root, folder).ok()?)));
        inside.unwrap_or_else(|| folder.to_owned())
    }
}

/// The inputs that a word names: the path of that name, else the paths as they stand in that revision.
pub(crate) fn inputs(word: &str, paths: Vec<PathBuf>) -> Result<Side> {
    if Path::new(word).exists() {
        return Ok(Side { inputs: vec![Input::Path(word.into())], checkout: None, root: PathBuf::new() });
    }
    let root = root()?;
    let hash =
        git(&root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{word}^{{commit}}")]);
    let hash = hash.with_context(|| format!("`{word}` is neither a path nor a revision of git"))?;
    let checkout = tempfile::tempdir().context("cannot make a temporary folder")?;
    unpack(&root, hash.trim(), checkout.path())?;
    let mut inputs = Vec::new();
    for path in paths {
        let inside = within(&root, &path)?;
        let there = checkout.path().join(&inside);
        if !there.exists() {
            bail!("there is no `{}` in `{word}`", inside.display());
        }
        inputs.push(Input::Path(there));
    }
    Ok(Side { inputs, checkout: Some(checkout), root })
}

/// The top of the repository that the working folder is in.
fn root() -> Result<PathBuf> {
    let top =
        git(Path::new("."), &["rev-parse", "--show-toplevel"]).context("this is no repository of git")?;
    Ok(PathBuf::from(top.trim_end_matches('\n')))
}

fn within(root: &Path, path: &Path) -> Result<PathBuf> {
    let whole = std::fs::canonicalize(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let root = std::fs::canonicalize(root)?;
    let inside = whole.strip_prefix(&root);
    Ok(inside.with_context(|| format!("`{}` is not in the repository", path.display()))?.to_owned())
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String> {
    let output =
        Command::new("git").current_dir(folder).args(arguments).output().context("cannot start git")?;
    if !output.status.success() {
        bail!("git {} failed", arguments.join(" "));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The tree of a commit, without touching the work tree or the index: git writes an index and files of its own.
fn unpack(root: &Path, hash: &str, folder: &Path) -> Result<()> {
    let index = folder.join(".onus-index");
    let run = |arguments: &[&str]| -> Result<()> {
        let status = Command::new("git")
            .current_dir(root)
            .env("GIT_INDEX_FILE", &index)
            .args(arguments)
            .stdout(Stdio::null())
            .status()
            .context("cannot start git")?;
        if status.success() { Ok(()) } else { bail!("git {} failed", arguments.join(" ")) }
    };
    run(&["read-tree", hash])?;
    let prefix = format!("--prefix={}/", folder.display());
    run(&["checkout-index", "--all", "--quiet", &prefix])?;
    std::fs::remove_file(&index).context("cannot tidy up")
}
