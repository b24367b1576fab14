//! The index of resource types and their property names, from CloudFormation's resource schemas.
//!
//! The schemas are those that the PyPI package cfn-lint carries; only names are kept. A block per type:
//!
//! ```text
//! AWS::S3::Bucket BucketName                      the type, and the properties that identify a resource
//! . BucketName VersioningConfiguration>Versioning the properties; `>` leads to a definition of the same block
//! Versioning Status                               a definition
//! ```
//!
//! Lists are transparent, and `>*` means that anything may follow.

use crate::run::{root, run};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Terraform writes within a resource and CloudFormation only beside it: the type, its properties, and their
/// definitions.
const ADDED: [(&str, &str, &str); 1] = [(
    "AWS::EC2::NetworkAcl",
    "Entries>NetworkAclEntry",
    "Icmp Code Type\n\
     NetworkAclEntry CidrBlock Egress Icmp>Icmp Ipv6CidrBlock PortRange>PortRange Protocol RuleAction RuleNumber\n\
     PortRange From To\n",
)];

/// A block with what is added to its type; the names are those that come first in the alphabet.
fn with_added(name: &str, block: &str) -> String {
    let Some((_, property, definitions)) = ADDED.iter().find(|(of, _, _)| *of == name) else {
        return block.to_owned();
    };
    let mut lines = block.lines();
    let (head, own) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let rest: String = lines.map(|line| format!("{line}\n")).collect();
    format!("{head}\n. {property}{}\n{definitions}{rest}", own.trim_start_matches('.'))
}

/// Downloads the schemas into a temporary folder and writes the index.
pub(crate) fn renew() -> Result<()> {
    let folder = std::env::temp_dir().join("onus-cfn-schemas");
    std::fs::create_dir_all(&folder)?;
    run(Command::new("pip")
        .args(["download", "--quiet", "--no-deps", "--dest"])
        .arg(&folder)
        .arg("cfn-lint"))?;
    let wheel = newest_wheel(&folder)?;
    run(Command::new("python3").args(["-m", "zipfile", "-e"]).arg(&wheel).arg(&folder))?;
    let version = wheel.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let version = version.split('-').nth(1).unwrap_or("unknown").to_owned();

    let mut blocks = BTreeMap::new();
    for entry in std::fs::read_dir(folder.join("cfnlint/data/schemas/resources"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let schema: Value = serde_json::from_slice(&std::fs::read(&path)?)?;
            let name = schema["typeName"].as_str().context("schema without typeName")?.to_owned();
            let block = with_added(&name, &block(&schema));
            blocks.insert(name, block);
        }
    }
    let target = root().join("knowledge/cloudformation/properties.txt");
    let mut text = format!(
        "# Property names by resource type, from the schemas of cfn-lint {version}. Made by `cargo xtask properties`.\n"
    );
    for (name, block) in &blocks {
        write!(text, "\n{name} {block}")?;
    }
    std::fs::write(&target, text)?;
    println!("{} types from cfn-lint {version}", blocks.len());
    Ok(())
}

fn newest_wheel(folder: &Path) -> Result<PathBuf> {
    let wheels = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    wheels.filter(|path| path.extension().is_some_and(|e| e == "whl")).max().context("no wheel downloaded")
}

/// The block of one type: identifiers, then a line per definition.
fn block(schema: &Value) -> String {
    let mut walk = Walk { schema, lines: BTreeMap::new() };
    let root = walk.object(schema, "");
    let identifiers = schema["primaryIdentifier"].as_array().into_iter().flatten();
    let identifiers: Vec<_> =
        identifiers.filter_map(|id| id.as_str()?.strip_prefix("/properties/")).collect();
    let mut text =
        format!("{}\n. {}\n", identifiers.join(" "), root.into_iter().collect::<Vec<_>>().join(" "));
    for (name, properties) in walk.lines {
        text.push_str(&format!("{name} {}\n", properties.into_iter().collect::<Vec<_>>().join(" ")));
    }
    text
}

struct Walk<'s> {
    schema: &'s Value,
    lines: BTreeMap<String, BTreeSet<String>>,
}

impl Walk<'_> {
    /// The entries (`Name`, `Name>Definition`) of an object schema.
    fn object(&mut self, schema: &Value, path: &str) -> BTreeSet<String> {
        let mut entries = BTreeSet::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            match self.target(property, &format!("{path}/{name}")) {
                Some(target) => entries.insert(format!("{name}>{target}")),
                None => entries.insert(name.clone()),
            };
        }
        for branch in ["oneOf", "anyOf", "allOf"] {
            for alternative in schema[branch].as_array().into_iter().flatten() {
                let alternative = self.resolve(alternative).1.clone();
                entries.extend(self.object(&alternative, path));
            }
        }
        if schema["patternProperties"].is_object() {
            entries.insert("*>*".to_owned());
        }
        entries
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> (Option<&'a str>, &'a Value) {
        match schema["$ref"].as_str() {
            Some(reference) => {
                let found = self.schema.pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null);
                (reference.rsplit('/').next(), found)
            }
            None => (None, schema),
        }
    }

    /// Where a property leads: to a definition, to anything (`*`), or nowhere for a scalar.
    fn target(&mut self, property: &Value, path: &str) -> Option<String> {
        let (name, schema) = self.resolve(property);
        let schema = schema.clone();
        if schema["items"].is_object() {
            return self.target(&schema["items"], path);
        }
        let name = name.map_or_else(|| path.trim_start_matches('/').replace('/', "."), str::to_owned);
        if self.lines.contains_key(&name) {
            return Some(name);
        }
        self.lines.insert(name.clone(), BTreeSet::new());
        let entries = self.object(&schema, &name);
        if entries.is_empty() || entries.iter().all(|entry| entry == "*>*") {
            self.lines.remove(&name);
            return is_open(&schema).then(|| "*".to_owned());
        }
        self.lines.insert(name.clone(), entries);
        Some(name)
    }
}

/// Whether a schema without properties of its own allows a map with any keys, such as a policy document.
fn is_open(schema: &Value) -> bool {
    let named = |kind: &str| match &schema["type"] {
        Value::String(text) => text == kind,
        Value::Array(kinds) => kinds.iter().any(|value| value == kind),
        _ => false,
    };
    named("object")
        || schema["type"].is_null()
            && schema["enum"].is_null()
            && schema["oneOf"].is_null()
            && schema["anyOf"].is_null()
}
