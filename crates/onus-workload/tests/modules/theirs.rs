//! What Terraform plans.

use super::cases::{Argument, Case};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// What is planned of an instance.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) after: Value,
    pub(crate) unknown: Value,
    pub(crate) sensitive: Value,
}

/// Instances by address, or why there is no plan.
pub(crate) type Plan = Result<BTreeMap<String, Planned>, String>;

/// An error of Terraform's, and the file that it is about.
struct Refusal {
    message: String,
    file: Option<String>,
}

pub(crate) fn is_installed() -> bool {
    Command::new("terraform").arg("version").stdout(Stdio::null()).status().is_ok()
}

/// Plans one case.
pub(crate) fn plan(case: &Case) -> Plan {
    let folder = tempfile::tempdir().unwrap();
    case.write(folder.path(), "terraform_data");
    run(folder.path(), case).map_err(|refusals| {
        refusals.into_iter().map(|refusal| refusal.message).collect::<Vec<_>>().join("; ")
    })
}

/// Plans many cases, each as a module of one root: those that Terraform refuses are taken out until it plans the rest.
pub(crate) fn plan_all(cases: &[Case]) -> Vec<Plan> {
    let mut refused: BTreeMap<&str, String> = BTreeMap::new();
    let planned = loop {
        let left: Vec<&Case> = cases.iter().filter(|case| !refused.contains_key(&*case.name)).collect();
        let files = left
            .iter()
            .flat_map(|case| case.called().files.into_iter().filter(|(name, _)| name != "main.tf"));
        let calls: String = left.iter().map(|case| case.called().files.pop().unwrap().1).collect();
        let all = Case { files: files.chain([("main.tf".to_owned(), calls)]).collect(), ..Case::default() };
        let folder = tempfile::tempdir().unwrap();
        all.write(folder.path(), "terraform_data");
        match run(folder.path(), &all) {
            Ok(planned) => break planned,
            Err(refusals) => {
                let before = refused.len();
                for Refusal { message, file } in refusals {
                    let own = file.as_deref().and_then(|file| file.split('/').next());
                    if let Some(case) = left.iter().find(|case| Some(&*case.name) == own) {
                        refused.entry(&case.name).or_insert(message);
                    }
                }
                // Where Terraform names no file, only a run of each tells which it means.
                if refused.len() == before {
                    for case in left {
                        if let Err(why) = plan(&case.called()) {
                            refused.insert(&case.name, why);
                        }
                    }
                }
            }
        }
    };
    let own = |case: &Case| match refused.get(&*case.name) {
        Some(why) => Err(why.clone()),
        None => {
            let prefix = format!("module.{}.", case.name);
            let all = planned.iter().filter(|(address, _)| address.starts_with(&prefix));
            Ok(all.map(|(address, planned)| (address.clone(), planned.clone())).collect())
        }
    };
    cases.iter().map(own).collect()
}

fn run(folder: &Path, case: &Case) -> Result<BTreeMap<String, Planned>, Vec<Refusal>> {
    if case.files.iter().any(|(_, text)| text.contains("module \"")) {
        terraform(folder, case, &["init", "-json", "-input=false", "-backend=false"])?;
    }
    let mut arguments: Vec<String> =
        ["plan", "-json", "-input=false", "-lock=false", "-out=plan"].map(str::to_owned).to_vec();
    for argument in &case.arguments {
        match argument {
            Argument::Var(name, value) => arguments.push(format!("-var={name}={value}")),
            Argument::VarFile(path) => arguments.push(format!("-var-file={path}")),
            Argument::Environment(..) => {}
        }
    }
    terraform(folder, case, &arguments.iter().map(String::as_str).collect::<Vec<_>>())?;
    let shown: Value = serde_json::from_str(&terraform(folder, case, &["show", "-json", "plan"])?).unwrap();
    let changes = shown["resource_changes"].as_array().cloned().unwrap_or_default();
    let one = |change: Value| {
        let part = |name: &str| change["change"][name]["input"].clone();
        let planned = Planned {
            after: part("after"),
            unknown: part("after_unknown"),
            sensitive: part("after_sensitive"),
        };
        (change["address"].as_str().unwrap().to_owned(), planned)
    };
    Ok(changes.into_iter().map(one).collect())
}

fn terraform(folder: &Path, case: &Case, arguments: &[&str]) -> Result<String, Vec<Refusal>> {
    let mut command = Command::new("terraform");
    command.args(arguments).current_dir(folder);
    command.env("TF_CLI_CONFIG_FILE", "/dev/null").env("CHECKPOINT_DISABLE", "1");
    for argument in &case.arguments {
        if let Argument::Environment(name, value) = argument {
            command.env(format!("TF_VAR_{name}"), value);
        }
    }
    let output = command.output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    if output.status.success() {
        return Ok(printed);
    }
    let messages = printed.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors = messages.filter(|message| message["@level"] == "error");
    let mut refusals: Vec<Refusal> = errors
        .map(|error| {
            let diagnostic = &error["diagnostic"];
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            Refusal {
                message: format!("{} {}", text(&diagnostic["summary"]), text(&diagnostic["detail"])),
                file: diagnostic["range"]["filename"].as_str().map(str::to_owned),
            }
        })
        .collect();
    if refusals.is_empty() {
        let message = format!("{printed}{}", String::from_utf8_lossy(&output.stderr));
        refusals.push(Refusal { message, file: None });
    }
    Err(refusals)
}
