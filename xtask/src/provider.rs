//! The schema of Terraform's provider for AWS, as far as generated bindings tell it.
//!
//! The npm package `@cdktf/provider-aws` is generated from the provider's own schema. Its classes name every
//! attribute and block with its type; this reads them, line by line, into one JSON file in the target folder:
//!
//! ```text
//! {"version": "6.25.0", "types": {"aws_s3_bucket": {
//!   "bucket": {"type": "string", "computed": true},      an attribute
//!   "cors_rule": {"block": true, "many": true, "of": …}  a block, which may stand more than once
//! }}}
//! ```
//!
//! The schema is not carried in the repository. What is kept are the types of the attributes that mappings name, in
//! `knowledge/terraform/types.txt`.

use crate::ci::Outcome;
use crate::run::{root, run, succeeds, target};
use anyhow::{Context, Result, bail};
use onus_model::{Becomes, Field, Part, Shape, Transform, TypeMapping};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The last release of the bindings, with the provider's release 6.25.0.
const PACKAGE: &str = "@cdktf/provider-aws";
const RELEASE: &str = "21.22.1";

/// How long the download of 37 MB may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// Blocks within blocks are followed this deep; statements of web ACLs contain themselves.
const MAX_DEPTH: usize = 8;

/// Where the schema is written, and where the tests look for it.
pub(crate) fn schema_file() -> PathBuf {
    target().join("provider-aws.json")
}

/// Writes the schema, if it is not there yet; false where the package cannot be fetched.
pub(crate) fn fetch() -> Result<bool> {
    let wanted = schema_file();
    if wanted.is_file() {
        return Ok(true);
    }
    let folder = tempfile::tempdir()?;
    let mut pack = Command::new("npm");
    pack.current_dir(folder.path()).args(["pack", "--silent", &format!("{PACKAGE}@{RELEASE}")]);
    if !succeeds(&mut pack, PATIENCE) {
        return Ok(false);
    }
    let archive = std::fs::read_dir(folder.path())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "tgz"))
        .context("npm packed no archive")?;
    run(Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(folder.path()))?;
    let schema = read(&folder.path().join("package/lib"))?;
    std::fs::create_dir_all(target())?;
    std::fs::write(&wanted, serde_json::to_vec(&schema)?)?;
    Ok(true)
}

/// A class of the bindings: a resource, or a block.
#[derive(Default)]
struct Class {
    /// The Terraform type, of a resource.
    resource: Option<String>,
    members: BTreeMap<String, Member>,
}

#[derive(Default)]
struct Member {
    kind: &'static str,
    /// The class of a block, or of an object.
    class: Option<String>,
    many: bool,
    block: bool,
    computed: bool,
}

/// Reads all folders of the package.
fn read(library: &Path) -> Result<Value> {
    let mut types = Map::new();
    let mut version = String::new();
    for entry in std::fs::read_dir(library)? {
        let folder = entry?.path();
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("data-") || !folder.is_dir() {
            continue;
        }
        let mut classes = BTreeMap::new();
        for file in scripts(&folder)? {
            Script::default().read(&std::fs::read_to_string(&file)?, &mut classes, &mut version);
        }
        for class in classes.values() {
            if let Some(name) = &class.resource {
                types.insert(name.clone(), members(class, &classes, 0));
            }
        }
    }
    if types.len() < 1_000 || version.is_empty() {
        bail!("{PACKAGE} {RELEASE} is not built as expected: {} types were found", types.len());
    }
    Ok(json!({"version": version, "bindings": RELEASE, "types": types}))
}

fn scripts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(scripts(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "js") {
            found.push(path);
        }
    }
    Ok(found)
}

fn members(class: &Class, classes: &BTreeMap<String, Class>, depth: usize) -> Value {
    let mut all = Map::new();
    for (name, member) in &class.members {
        let mut described = Map::new();
        match &member.class {
            Some(class) if depth < MAX_DEPTH => {
                // A block without arguments has no class with members.
                let inner = classes.get(class).map(|inner| members(inner, classes, depth + 1));
                described.insert("of".to_owned(), inner.unwrap_or_else(|| json!({})));
                described.insert("many".to_owned(), member.many.into());
            }
            Some(_) => {
                described.insert("type".to_owned(), "any".into());
            }
            None => {
                described.insert("type".to_owned(), member.kind.into());
            }
        }
        described.insert("block".to_owned(), member.block.into());
        described.insert("computed".to_owned(), member.computed.into());
        all.insert(name.clone(), described.into());
    }
    all.into()
}

/// Where the reading of a script stands.
#[derive(Default)]
struct Script {
    class: String,
    /// The argument whose description is being read.
    argument: String,
    /// `name - computed: …` of the comment before.
    computed: Option<String>,
}

impl Script {
    fn read(mut self, text: &str, classes: &mut BTreeMap<String, Class>, version: &mut String) {
        for line in text.lines() {
            let trimmed = line.trim();
            if trimmed.starts_with("//# sourceMappingURL") {
                continue;
            }
            if let Some(rest) = line.strip_prefix("class ") {
                let name = rest.split_whitespace().next().unwrap_or_default();
                name.strip_suffix("OutputReference").unwrap_or(name).clone_into(&mut self.class);
            } else if let Some(name) = between(line, "function ", "ToHclTerraform(") {
                let mut letters = name.chars();
                self.class = letters
                    .next()
                    .map(|first| first.to_uppercase().chain(letters).collect())
                    .unwrap_or_default();
            } else if let Some(found) = between(trimmed, "terraformResourceType: '", "'") {
                classes.entry(self.class.clone()).or_default().resource = Some(found.to_owned());
            } else if let Some(found) = between(trimmed, "providerVersion: '", "'") {
                found.clone_into(version);
            } else if let Some((name, _)) =
                trimmed.strip_prefix("// ").and_then(|comment| comment.split_once(" - computed: true"))
            {
                self.computed = Some(name.to_owned());
            } else if let Some(name) = trimmed.strip_suffix(": {") {
                name.clone_into(&mut self.argument);
            } else if trimmed == "isBlock: true," {
                self.member(classes, &self.argument.clone()).block = true;
            } else if let Some((class, name)) = nested(trimmed) {
                let many = class.ends_with("List") || class.ends_with("Map");
                let class = ["MapList", "OutputReference", "List", "Map"]
                    .iter()
                    .find_map(|ending| class.strip_suffix(ending))
                    .unwrap_or(class);
                let member = self.member(classes, name);
                member.class = Some(class.to_owned());
                member.many = many;
            } else if let Some((kind, name)) = getter(trimmed) {
                self.member(classes, name).kind = kind;
            }
        }
    }

    fn member<'c>(&self, classes: &'c mut BTreeMap<String, Class>, name: &str) -> &'c mut Member {
        let class = classes.entry(self.class.clone()).or_default();
        let member = class.members.entry(name.to_owned()).or_default();
        member.computed |= self.computed.as_deref() == Some(name);
        member
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

/// `new XList(this, "name"`: the class and the name.
fn nested(line: &str) -> Option<(&str, &str)> {
    let (class, rest) = line.split_once("new ")?.1.split_once("(this, \"")?;
    Some((class.rsplit('.').next().unwrap_or(class), rest.split_once('"')?.0))
}

/// `this.getStringAttribute('name')`: the type and the name.
fn getter(line: &str) -> Option<(&'static str, &str)> {
    let kinds = [
        ("this.getStringAttribute('", "string"),
        ("this.getNumberAttribute('", "number"),
        ("this.getBooleanAttribute('", "bool"),
        ("this.getListAttribute('", "list"),
        ("this.getNumberListAttribute('", "numbers"),
        ("this.getStringMapAttribute('", "map"),
        ("this.getNumberMapAttribute('", "number-map"),
        ("this.getBooleanMapAttribute('", "bool-map"),
        ("this.getAnyMapAttribute('", "any"),
        ("this.interpolationForAttribute('", "any"),
    ];
    kinds.iter().find_map(|(before, kind)| Some((*kind, between(line, before, "'")?)))
}

/// Writes the types of the attributes that mappings name, and says which of them the provider does not have.
pub(crate) fn renew() -> Result<()> {
    if !fetch()? {
        bail!("npm cannot fetch {PACKAGE} {RELEASE}");
    }
    std::fs::write(types_file(), types()?)?;
    Ok(())
}

/// The step of the test command: fetches the schema for the tests, and sees whether the types follow from it.
pub(crate) fn step() -> Result<Outcome> {
    if !fetch()? {
        return Ok(Outcome::Skipped(format!("npm cannot fetch {PACKAGE} {RELEASE}")));
    }
    if std::fs::read_to_string(types_file())? != types()? {
        bail!("knowledge/{} is not what `cargo xtask provider` makes", onus_knowledge::ATTRIBUTE_TYPES);
    }
    Ok(Outcome::Passed)
}

fn types_file() -> PathBuf {
    root().join("knowledge").join(onus_knowledge::ATTRIBUTE_TYPES)
}

/// The text of the file with the types.
fn types() -> Result<String> {
    let schema: Value = serde_json::from_slice(&std::fs::read(schema_file())?)?;
    let files = onus_knowledge::read_folder(&root().join("knowledge"))?;
    let mappings = match onus_knowledge::load_mappings(&files) {
        Ok(mappings) => mappings,
        Err(errors) => bail!("knowledge/{}", errors.first().context("there is an error")?),
    };
    let version = schema["version"].as_str().unwrap_or_default();
    let mut text = format!(
        "# Types of the attributes that the mappings name, as far as they are no text, in hashicorp/aws {version} (from\n\
         # {PACKAGE} {RELEASE}). `any` stays as it is written. Made by `cargo xtask provider`.\n"
    );
    let mut missing = 0;
    for mapping in mappings.iter() {
        let mut kinds = Kinds::default();
        let name = &mapping.terraform_type;
        match schema["types"].get(name) {
            Some(own) => {
                kinds.resource(mapping, own);
                text.push_str(&format!("\n{name}\n"));
            }
            None => kinds.missing.push("the type".to_owned()),
        }
        for (kind, paths) in &kinds.by_kind {
            text.push_str(&format!("{kind} {}\n", Vec::from_iter(paths.iter().cloned()).join(" ")));
        }
        for path in kinds.missing {
            missing += 1;
            println!("{name}: {path} is not in {version}");
        }
    }
    println!("{} types of resources; {missing} names are not in hashicorp/aws {version}", mappings.len());
    Ok(text)
}

/// The attributes that are no text, by their type.
#[derive(Default)]
struct Kinds {
    by_kind: BTreeMap<&'static str, BTreeSet<String>>,
    missing: Vec<String>,
}

impl Kinds {
    fn resource(&mut self, mapping: &TypeMapping, schema: &Value) {
        self.fields(&mapping.fields, schema, "");
        for name in mapping.transform.map(Transform::attributes).unwrap_or_default() {
            if schema[name]["of"].is_object() {
                self.whole(&schema[name], name);
            } else {
                self.one(name, &schema[name], "");
            }
        }
        let part = if let Becomes::Part(part) = &mapping.becomes { Some(part) } else { None };
        let by = part.into_iter().flat_map(Part::all).map(|part| &part.by);
        for name in mapping.identity.iter().chain(by) {
            // The default identities are tried on every type.
            if !schema[name].is_null() {
                self.one(name, &schema[name], "");
            }
        }
    }

    fn fields(&mut self, fields: &[Field], schema: &Value, outer: &str) {
        for field in fields {
            let own = &schema[&field.attribute];
            match &field.shape {
                Shape::One(inner) | Shape::Many(inner) | Shape::KeyedBlocks(_, inner)
                    if own["of"].is_object() =>
                {
                    self.fields(inner, &own["of"], &format!("{outer}{}.", field.attribute));
                }
                Shape::Keyed(key, value) if own["of"].is_object() => {
                    for name in [key, value] {
                        self.one(name, &own["of"][name], &format!("{outer}{}.", field.attribute));
                    }
                }
                Shape::Join { with, .. } => {
                    self.one(&field.attribute, own, outer);
                    with.iter().for_each(|name| self.one(name, &schema[name], outer));
                }
                // Only that it is there counts; its fields may be read elsewhere.
                Shape::Present(_) if own["of"].is_object() => {}
                _ => self.one(&field.attribute, own, outer),
            }
        }
    }

    /// All that stands in a block.
    fn whole(&mut self, schema: &Value, outer: &str) {
        for (name, inner) in schema["of"].as_object().into_iter().flatten() {
            if inner["of"].is_object() {
                self.whole(inner, &format!("{outer}.{name}"));
            } else {
                self.one(name, inner, &format!("{outer}."));
            }
        }
    }

    fn one(&mut self, name: &str, schema: &Value, outer: &str) {
        let path = format!("{outer}{name}");
        let kind = match schema["type"].as_str() {
            Some("string" | "list" | "map") => return,
            Some("number" | "numbers" | "number-map") => "number",
            Some("bool" | "bool-map") => "bool",
            Some(_) => "any",
            None if schema["of"].is_object() => "any",
            None => {
                self.missing.push(path.clone());
                "any"
            }
        };
        self.by_kind.entry(kind).or_default().insert(path);
    }
}
