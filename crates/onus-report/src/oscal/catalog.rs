//! A framework's catalogue as an OSCAL catalog, in the words that the program shows.

use super::ids::{sealed, token};
use super::parts::NAMESPACE;
use super::parts::{detailed, link, metadata, prop, references, standard};
use super::scope::Scope;
use super::text::{line, prose};
use onus_model::{Control, Statement};
use onus_oscal::Document;
use onus_oscal::catalog::{Catalog, Control as OscalControl, Group};
use onus_oscal::common::{Link, Metadata, Part, Property};
use std::collections::{BTreeMap, BTreeSet};

/// The catalogue of a framework; of a selection, the one that it selects from.
pub fn catalog(scope: &Scope<'_>) -> Document {
    let framework = scope.catalog();
    let tree = Tree::of(&framework.controls);
    let groups = framework.groups.iter().map(|group| Group {
        id: Some(token(&group.id)),
        class: Some("family".to_owned()),
        title: line(&group.title),
        controls: tree.top(Some(&group.id)),
        ..Group::default()
    });
    let mut metadata = Metadata {
        links: references(&framework.sources),
        props: vec![prop("framework", &framework.id), prop("as-of", &framework.read.to_string())],
        ..metadata(&framework.title, scope.date)
    };
    metadata.props.extend(framework.version.as_ref().map(|version| prop("publication-version", version)));
    sealed(Catalog {
        metadata,
        groups: groups.filter(|group| !group.controls.is_empty()).collect(),
        controls: tree.top(None),
        ..Catalog::default()
    })
}

/// Which control is an enhancement of which: `ac-2.1` of `ac-2`.
struct Tree<'a> {
    controls: &'a [Control],
    children: BTreeMap<&'a str, Vec<&'a Control>>,
}

impl<'a> Tree<'a> {
    fn of(controls: &'a [Control]) -> Self {
        let ids: BTreeMap<&str, &Control> =
            controls.iter().map(|control| (control.id.as_str(), control)).collect();
        let mut children: BTreeMap<&str, Vec<&Control>> = BTreeMap::new();
        for control in controls {
            let parent = parent(&control.id).and_then(|id| ids.get(id));
            if let Some(parent) = parent.filter(|parent| parent.group == control.group) {
                children.entry(&parent.id).or_default().push(control);
            }
        }
        Self { controls, children }
    }

    /// The controls of a group, or those without one, that enhance no other.
    fn top(&self, group: Option<&str>) -> Vec<OscalControl> {
        let inner: BTreeSet<&str> =
            self.children.values().flatten().map(|control| control.id.as_str()).collect();
        let own = self.controls.iter().filter(|control| control.group.as_deref() == group);
        own.filter(|control| !inner.contains(control.id.as_str()))
            .map(|control| self.control(control))
            .collect()
    }

    fn control(&self, control: &Control) -> OscalControl {
        let children = self.children.get(control.id.as_str()).into_iter().flatten();
        OscalControl {
            id: token(&control.id),
            title: line(&control.title),
            props: props(control),
            links: links(control),
            parts: parts(control),
            controls: children.map(|child| self.control(child)).collect(),
            ..OscalControl::default()
        }
    }
}

/// `ac-2` of `ac-2.1`.
fn parent(id: &str) -> Option<&str> {
    let (parent, number) = id.rsplit_once('.')?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(parent)
}

fn props(control: &Control) -> Vec<Property> {
    let withdrawn = control.withdrawn.as_ref().map(|_| standard("status", "withdrawn"));
    let checks = control.checks.iter();
    std::iter::once(standard("label", &control.id))
        .chain(withdrawn)
        .chain(checks.map(|own| detailed("check", &own.check, Some(&token(&own.source)), None)))
        .collect()
}

fn links(control: &Control) -> Vec<Link> {
    let into = control.withdrawn.iter().flatten();
    let into = into.map(|id| link("incorporated-into", &format!("#{}", token(id))));
    into.chain(references(&control.sources)).collect()
}

fn parts(control: &Control) -> Vec<Part> {
    let own = |name: &str, text: &Option<String>, ns: Option<&str>| {
        text.as_ref().map(|text| Part {
            id: Some(format!("{}_{name}", token(&control.id))),
            name: name.to_owned(),
            ns: ns.map(str::to_owned),
            prose: Some(prose(text)),
            ..Part::default()
        })
    };
    let statements = statements(control);
    own("overview", &control.gist, None)
        .into_iter()
        .chain(statements)
        .chain(own("provision", &control.provision, Some(NAMESPACE)))
        .chain(own("responsibility", &control.responsibility, Some(NAMESPACE)))
        .collect()
}

/// The statement of a control, with its items as NIST names them.
fn statements(control: &Control) -> Option<Part> {
    let whole = control.statement_id(None);
    match control.statements.as_slice() {
        [] => None,
        [only] if only.id == whole => Some(statement(only, "statement")),
        several => Some(Part {
            id: Some(token(&whole)),
            name: "statement".to_owned(),
            parts: several.iter().map(|own| statement(own, "item")).collect(),
            ..Part::default()
        }),
    }
}

fn statement(statement: &Statement, name: &str) -> Part {
    let layers = statement.layers.iter().map(|primary| {
        let relation = primary.relation.map(|relation| relation.as_str());
        detailed("layer", primary.layer.as_str(), relation, Some(&primary.reason))
    });
    Part {
        id: Some(token(&statement.id)),
        name: name.to_owned(),
        props: label(&statement.id).into_iter().chain(layers).collect(),
        prose: Some(prose(&statement.gist)),
        parts: items(&statement.id, &statement.items),
        ..Part::default()
    }
}

/// The items below an id, each with the items below it.
fn items(above: &str, all: &[String]) -> Vec<Part> {
    let below = |id: &&String| {
        let rest = id.strip_prefix(above).and_then(|rest| rest.strip_prefix('.'));
        rest.is_some_and(|rest| !rest.contains('.'))
    };
    let item = |id: &String| Part {
        id: Some(token(id)),
        name: "item".to_owned(),
        props: label(id).into_iter().collect(),
        parts: items(id, all),
        ..Part::default()
    };
    all.iter().filter(below).map(item).collect()
}

/// What stands before a statement or item in print: `a` of `ac-2_smt.a`, `1` of `ac-1_smt.a.1`.
fn label(id: &str) -> Option<Property> {
    let (_, place) = id.rsplit_once("_smt.")?;
    Some(standard("label", place.rsplit('.').next().unwrap_or(place)))
}
