//! What AWS's side exports, and the customer's side inherits and satisfies: the hinge of the two security plans.
//!
//! An export belongs to a statement and one of its layers. Both plans name it by the same uuid, so that the customer's
//! `inherited` finds the `provided`, and `satisfied` the `responsibility`.

use super::ids::uuid;
use super::parts::detailed;
use super::text::prose;
use crate::matrix::{Layout, Parts};
use onus_assess::{Assessment, ControlAnswer, LayerShare, StatementAnswer};
use onus_model::{Layer, Relation};
use onus_oscal::common::Property;
use std::collections::HashMap;

/// One side's part, as both plans name it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) uuid: String,
    pub(super) text: String,
}

/// What AWS exports of a statement at a layer.
#[derive(Clone, Debug)]
pub(super) struct LayerExport {
    pub(super) layer: Layer,
    pub(super) relation: Option<Relation>,
    /// What AWS does, or supplies, that the customer can rest on.
    pub(super) provided: Option<Named>,
    /// What AWS leaves to the customer.
    pub(super) responsibility: Option<Named>,
}

impl LayerExport {
    /// The layer and AWS's relation to the need there.
    pub(super) fn props(&self) -> Vec<Property> {
        vec![detailed("layer", self.layer.as_str(), self.relation.map(Relation::as_str), None)]
    }
}

/// The texts of an assessment's layers, worked out once.
pub(super) struct Pair<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) parts: Parts,
    /// What is left to the system's own customers, by framework and statement.
    handed_on: HashMap<&'a str, HashMap<&'a str, Vec<&'a str>>>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(assessment: &'a Assessment) -> Self {
        let mut handed_on: HashMap<&str, HashMap<&str, Vec<&str>>> = HashMap::new();
        for row in onus_assess::published(assessment) {
            if let (Some(statement), false) = (row.statement, row.responsibilities.is_empty()) {
                handed_on.entry(row.framework).or_default().insert(statement, row.responsibilities);
            }
        }
        Self { assessment, parts: Parts::new(assessment, Layout::Line), handed_on }
    }

    /// What of a statement is left to the system's own customers, each a responsibility.
    pub(super) fn handed_on(&self, framework: &str, statement: &str) -> &[&'a str] {
        let of_framework = self.handed_on.get(framework);
        of_framework.and_then(|all| all.get(statement)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The controls of a framework that the publication has not withdrawn.
    pub(super) fn controls(&self, framework: &str) -> impl Iterator<Item = &'a ControlAnswer> + use<'a> {
        let framework = framework.to_owned();
        self.assessment
            .controls
            .iter()
            .filter(move |control| control.framework == framework && control.withdrawn.is_none())
    }

    /// What AWS exports of a statement: nothing at the layers that each party has for itself.
    pub(super) fn exports(&self, catalog: &str, statement: &StatementAnswer) -> Vec<LayerExport> {
        let layers = statement.layers.iter().filter(|primary| primary.layer.is_of_service());
        let exports = layers.map(|primary| self.export(catalog, &statement.id, primary));
        exports.filter(|export| export.provided.is_some() || export.responsibility.is_some()).collect()
    }

    fn export(&self, catalog: &str, statement: &str, primary: &LayerShare) -> LayerExport {
        let relation = primary.relation.map_or("none", Relation::as_str);
        let name = |what: &str| {
            uuid(&[what, &self.assessment.system, catalog, statement, primary.layer.as_str(), relation])
        };
        // What AWS does for itself alone is nothing that a customer could inherit.
        let supports = primary.relation.is_some_and(|relation| relation != Relation::Parallel);
        let provided = self.parts.aws_at(primary).filter(|_| supports);
        let responsibility = self.parts.duty_at(primary.layer).filter(|_| primary.share.may_have_customer());
        LayerExport {
            layer: primary.layer,
            relation: primary.relation,
            provided: provided.map(|text| Named { uuid: name("provided"), text: prose(&text) }),
            responsibility: responsibility
                .map(|text| Named { uuid: name("responsibility"), text: prose(text) }),
        }
    }
}
