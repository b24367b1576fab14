//! Reads the manifest of a CDK cloud assembly (`cdk.out/manifest.json`): which templates it holds, and the
//! account and region that each is for.
//!
//! The templates themselves are CloudFormation and go to that reader. Asset manifests and `tree.json` hold
//! no resources and are passed over silently.

use crate::cloudformation::Environment;
use serde_json::Value;
use std::path::{Component, Path, PathBuf};

/// What a manifest names, by paths relative to its folder.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Assembly {
    /// Whether an artifact is the CDK's: other tools have a `manifest.json` with artifacts too.
    pub(crate) is_cdk: bool,
    pub(crate) stacks: Vec<Stack>,
    /// The manifests of assemblies within this one, as the stages of a pipeline have them.
    pub(crate) manifests: Vec<PathBuf>,
}

/// A template and where it is deployed.
#[derive(Debug, PartialEq)]
pub(crate) struct Stack {
    pub(crate) template: PathBuf,
    pub(crate) environment: Environment,
}

/// Reads a manifest.
pub(crate) fn parse(text: &str) -> Result<Assembly, serde_json::Error> {
    let manifest: Value = serde_json::from_str(text)?;
    let mut assembly = Assembly::default();
    let artifacts = manifest.get("artifacts").and_then(Value::as_object);
    for artifact in artifacts.into_iter().flat_map(|artifacts| artifacts.values()) {
        let property = |name: &str| artifact.get("properties")?.get(name)?.as_str();
        let kind = artifact.get("type").and_then(Value::as_str);
        assembly.is_cdk |= kind.is_some_and(|kind| kind.starts_with("cdk:") || kind.starts_with("aws:"));
        match kind {
            Some("aws:cloudformation:stack") => {
                let Some(template) = property("templateFile").and_then(within) else { continue };
                let mut environment = environment(artifact.get("environment").and_then(Value::as_str));
                environment.stack_name = property("stackName").map(str::to_owned);
                assembly.stacks.push(Stack { template, environment });
            }
            Some("cdk:cloud-assembly") => {
                let folder = property("directoryName").and_then(within);
                assembly.manifests.extend(folder.map(|folder| folder.join("manifest.json")));
            }
            _ => {}
        }
    }
    Ok(assembly)
}

/// A path that stays within the assembly.
fn within(path: &str) -> Option<PathBuf> {
    let path = Path::new(path);
    path.components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
        .then(|| path.to_owned())
}

/// `aws://123456789012/eu-west-1`; what the CDK does not know either is left open.
fn environment(text: Option<&str>) -> Environment {
    let parts = text.and_then(|text| text.strip_prefix("aws://")).and_then(|text| text.split_once('/'));
    let known = |part: &str| (!part.is_empty() && !part.starts_with("unknown-")).then(|| part.to_owned());
    let (account, region) = parts.map_or((None, None), |(account, region)| (known(account), known(region)));
    Environment { account, region, stack_name: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacks_with_their_environment_and_nested_assemblies() {
        let assembly = parse(
            r#"{"version": "36", "artifacts": {
                "S": {"type": "aws:cloudformation:stack", "environment": "aws://123/eu-west-1",
                      "properties": {"templateFile": "S.template.json", "stackName": "s"}},
                "U": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
                      "properties": {"templateFile": "U.template.json"}},
                "X": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "../../etc/x"}},
                "P": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-P"}},
                "T": {"type": "cdk:tree", "properties": {"file": "tree.json"}}}}"#,
        );
        let stack = |template: &str, account: Option<&str>, region: Option<&str>, name: Option<&str>| Stack {
            template: template.into(),
            environment: Environment {
                account: account.map(str::to_owned),
                region: region.map(str::to_owned),
                stack_name: name.map(str::to_owned),
            },
        };
        let stacks = vec![
            stack("S.template.json", Some("123"), Some("eu-west-1"), Some("s")),
            stack("U.template.json", None, None, None),
        ];
        let manifests = vec![PathBuf::from("assembly-P/manifest.json")];
        assert_eq!(assembly.unwrap(), Assembly { is_cdk: true, stacks, manifests });
    }
}
