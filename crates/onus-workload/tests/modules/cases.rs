//! Cases and the form that they are written in.
//!
//! A line `=== name` begins a case, a line `--- path` a file of it. The file `arguments` is none of the module's: each of
//! its lines is `var name=value`, `var-file path` or `env name=value`, in the order of a command line.

use std::path::Path;

/// A root module and what it is run with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// Paths and texts.
    pub(crate) files: Vec<(String, String)>,
    pub(crate) arguments: Vec<Argument>,
}

#[derive(Clone, Debug)]
pub(crate) enum Argument {
    Var(String, String),
    VarFile(String),
    Environment(String, String),
}

impl Case {
    /// Writes the files into a folder, with this in place of the type's name.
    pub(crate) fn write(&self, folder: &Path, kind: &str) {
        for (name, text) in &self.files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text.replace("terraform_data", kind)).unwrap();
        }
    }

    /// A root module that calls this one by its name.
    pub(crate) fn called(&self) -> Self {
        let name = &self.name;
        let root = ("main.tf".to_owned(), format!("module \"{name}\" {{\n  source = \"./{name}\"\n}}\n"));
        let own = self.files.iter().map(|(path, text)| (format!("{name}/{path}"), text.clone()));
        Self { name: name.clone(), files: own.chain([root]).collect(), arguments: Vec::new() }
    }
}

/// The cases of the folder `cases`.
pub(crate) fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/modules/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let wanted = std::env::var("ONUS_CASE").unwrap_or_default();
    let all = paths.iter().flat_map(|path| parse(&std::fs::read_to_string(path).unwrap()));
    all.filter(|case| case.name.contains(&wanted)).collect()
}

fn parse(text: &str) -> Vec<Case> {
    let mut all: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            all.push(Case { name: name.to_owned(), ..Case::default() });
            continue;
        }
        let Some(case) = all.last_mut() else { continue };
        if let Some(path) = line.strip_prefix("--- ") {
            case.files.push((path.to_owned(), String::new()));
        } else if let Some((_, text)) = case.files.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    for case in &mut all {
        if let Some(at) = case.files.iter().position(|(name, _)| name == "arguments") {
            let (_, text) = case.files.remove(at);
            case.arguments = text.lines().filter(|line| !line.is_empty()).map(argument).collect();
        }
    }
    all
}

fn argument(line: &str) -> Argument {
    let (what, rest) = line.split_once(' ').unwrap();
    let pair = || {
        let (name, value) = rest.split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    };
    match what {
        "var" => Argument::Var(pair().0, pair().1),
        "env" => Argument::Environment(pair().0, pair().1),
        "var-file" => Argument::VarFile(rest.to_owned()),
        other => panic!("`{other}` is no argument"),
    }
}
