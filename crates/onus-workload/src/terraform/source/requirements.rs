//! Which releases of the provider a root allows: by the constraints of all its modules, or by its lock file.

use super::configuration::Source;
use crate::terraform::releases::Releases;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::Body;
use std::path::Path;

/// Where Terraform writes down which releases it installed.
const LOCK: &str = ".terraform.lock.hcl";

/// A lock file is read up to this size. One with a dozen providers has 20 KB.
const MAX_LOCK: u64 = 1024 * 1024;

/// The provider's address without the registry, in small letters.
const PROVIDER: &str = "hashicorp/aws";

/// The releases that the root of these files may run with. The lock file says which is installed, and counts alone.
pub(super) fn releases<'c>(root: &Path, sources: impl IntoIterator<Item = &'c Source>) -> Releases {
    if let Some(locked) = locked(root) {
        return Releases::of([locked.as_str()]);
    }
    let mut constraints = Vec::new();
    for source in sources {
        of_terraform(&source.body, &mut constraints);
        let configured = source
            .body
            .get_blocks("provider")
            .filter(|block| block.labels.first().is_some_and(|label| label.as_str() == "aws"));
        // Before `required_providers` it stood here.
        constraints
            .extend(configured.filter_map(|block| block.body.get_attribute("version")?.value.as_str()));
    }
    Releases::of(constraints)
}

/// The release that a lock file names.
fn locked(root: &Path) -> Option<String> {
    let path = root.join(LOCK);
    let size = std::fs::metadata(&path).ok()?.len();
    let text = (size <= MAX_LOCK).then(|| std::fs::read_to_string(&path).ok())??;
    let body = hcl_edit::parser::parse_body(&text).ok()?;
    let is_aws = |address: &str| address.to_ascii_lowercase().ends_with(&format!("/{PROVIDER}"));
    let mut blocks = body.get_blocks("provider");
    let block = blocks.find(|block| block.labels.first().is_some_and(|label| is_aws(label.as_str())))?;
    block.body.get_attribute("version")?.value.as_str().map(str::to_owned)
}

/// The constraints in `terraform { required_providers { … } }`.
fn of_terraform<'c>(body: &'c Body, constraints: &mut Vec<&'c str>) {
    let required = body.get_blocks("terraform").flat_map(|block| block.body.get_blocks("required_providers"));
    for provider in required.flat_map(|block| block.body.attributes()) {
        let name = provider.key.as_str();
        match &provider.value {
            Expression::String(constraint) if name == "aws" => constraints.push(constraint.as_str()),
            Expression::Object(entries) => {
                let text = |wanted: &str| {
                    entries.iter().find(|(key, _)| key_of(key) == Some(wanted))?.1.expr().as_str()
                };
                let source = text("source").map(str::to_ascii_lowercase);
                let is_aws = source.map_or(name == "aws", |source| {
                    source == PROVIDER || source.ends_with(&format!("/{PROVIDER}"))
                });
                constraints.extend(text("version").filter(|_| is_aws));
            }
            _ => {}
        }
    }
}

fn key_of(key: &ObjectKey) -> Option<&str> {
    match key {
        ObjectKey::Ident(name) => Some(name.as_str()),
        ObjectKey::Expression(Expression::String(name)) => Some(name.as_str()),
        ObjectKey::Expression(Expression::Variable(name)) => Some(name.as_str()),
        ObjectKey::Expression(_) => None,
    }
}
