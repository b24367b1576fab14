//! Blocks to values: arguments, nested blocks, and `dynamic` ones.

use super::{Each, Running, Within};
use crate::terraform::source::configuration::{Declared, span};
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Body, Structure};
use onus_hcl::{Files, Scope, Unknown, Val, items};
use onus_model::{FileId, Problem, ProblemKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Blocks within blocks are read this deep; AWS's deepest (WAF's statements) have about 20.
const MAX_BLOCK_DEPTH: usize = 64;

impl<'c> Running<'c> {
    /// What an instance's arguments and blocks are set to.
    pub(in crate::terraform::source) fn attributes(
        &self,
        declared: &Declared<'c>,
        each: &Each,
    ) -> BTreeMap<Arc<str>, Val> {
        let scope = Within { running: self, each };
        self.in_doubt(self.may_be_missing || each.is_open, || {
            let mut made = BTreeMap::new();
            for (file, body) in declared.bodies() {
                made.extend(self.body(body, file, &scope, 0));
            }
            made
        })
    }

    /// Arguments and blocks; blocks of one name become a list.
    fn body(&self, body: &Body, file: FileId, scope: &dyn Scope, depth: usize) -> BTreeMap<Arc<str>, Val> {
        let mut made: BTreeMap<Arc<str>, Val> = BTreeMap::new();
        let mut blocks: BTreeMap<&str, Vec<Val>> = BTreeMap::new();
        if depth > MAX_BLOCK_DEPTH {
            return made;
        }
        for structure in body {
            match structure {
                Structure::Attribute(attribute) if depth == 0 && is_meta(attribute.key.as_str()) => {}
                Structure::Attribute(attribute) => {
                    let value = self.value_in(&attribute.value, file, scope);
                    made.insert(attribute.key.as_str().into(), value);
                }
                Structure::Block(block) if block.ident.as_str() == "dynamic" => {
                    let Some(name) = block.labels.first().map(|label| label.as_str()) else { continue };
                    let own = self.dynamic(name, &block.body, file, scope, depth);
                    // Whether there is a block at all is not known.
                    let open = |unknown| {
                        Val::unknown(Unknown { present: false, ..unknown }).at(Some(span(file, block)))
                    };
                    blocks.entry(name).or_default().extend(own.unwrap_or_else(|unknown| vec![open(unknown)]));
                }
                Structure::Block(block) if depth == 0 && is_meta(block.ident.as_str()) => {}
                Structure::Block(block) => {
                    let own = Val::object(self.body(&block.body, file, scope, depth + 1));
                    let own = own.at(Some(span(file, block)));
                    blocks.entry(block.ident.as_str()).or_default().push(own);
                }
            }
        }
        for (name, all) in blocks {
            let place = all.first().and_then(|first| first.span);
            let value = match all.as_slice() {
                [only] if only.as_unknown().is_some() => only.clone(),
                _ => Val::tuple(all),
            };
            made.insert(name.into(), value.at(place));
        }
        made
    }

    /// The blocks that a `dynamic` block makes.
    fn dynamic(
        &self,
        name: &str,
        body: &Body,
        file: FileId,
        scope: &dyn Scope,
        depth: usize,
    ) -> Result<Vec<Val>, Unknown> {
        let Some(over) = body.get_attribute("for_each") else { return Ok(Vec::new()) };
        let over_value = self.value_in(&over.value, file, scope);
        if let Some(unknown) = over_value.as_unknown() {
            return Err(unknown.clone());
        }
        let iterator = match body.get_attribute("iterator").map(|attribute| &attribute.value) {
            Some(Expression::Variable(name)) => name.as_str(),
            _ => name,
        };
        let Some(content) = body.get_blocks("content").next() else { return Ok(Vec::new()) };
        let Some(items) = items(&over_value) else {
            let message = "`for_each` goes over a list, a set or a map";
            self.world.fail(Problem::at(ProblemKind::Invalid, span(file, &over.value), message));
            return Err(Unknown::new(message));
        };
        let mut made = Vec::new();
        for (key, value) in items {
            if !self.world.budget.take(1) {
                return Err(Unknown::new("the configuration takes too long to evaluate"));
            }
            let entries = [("key".into(), key), ("value".into(), value.marked(over_value.sensitive))];
            let own = Iteration { name: iterator, value: Val::object(entries.into()), outer: scope };
            let block = Val::object(self.body(&content.body, file, &own, depth + 1));
            made.push(block.at(Some(span(file, content))));
        }
        Ok(made)
    }
}

/// Arguments and blocks that say how Terraform treats a resource, not what it is.
pub(in crate::terraform::source) fn is_meta(name: &str) -> bool {
    matches!(
        name,
        "count" | "for_each" | "provider" | "depends_on" | "lifecycle" | "connection" | "provisioner"
    )
}

/// The variable of a `dynamic` block.
struct Iteration<'i> {
    name: &'i str,
    value: Val,
    outer: &'i dyn Scope,
}

impl Scope for Iteration<'_> {
    fn name(&self, root: &str, attributes: &[&str]) -> Option<(Val, usize)> {
        if root == self.name {
            return Some((self.value.clone(), 0));
        }
        self.outer.name(root, attributes)
    }

    fn files(&self) -> Option<&dyn Files> {
        self.outer.files()
    }
}
