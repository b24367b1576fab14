//! Frameworks.

use crate::error::{Mistakes, did_you_mean};
use crate::raw::RawFramework;
use onus_check::Check;
use onus_model::{Control, Framework, Layer, PrimaryLayer, Statement};
use std::collections::BTreeSet;

/// Reads one framework file.
pub(crate) fn read(raw: RawFramework, checks: &[Check], mistakes: &mut Mistakes<'_>) -> Framework {
    let mut seen = BTreeSet::new();
    let mut controls = Vec::new();
    for control in raw.controls {
        if !seen.insert(control.id.value.clone()) {
            mistakes.at(control.id.referenced, format!("control `{}` exists twice", control.id.value));
        }
        if control.statements.is_empty() {
            mistakes.at(control.id.referenced, format!("control `{}` has no statement", control.id.value));
        }
        for id in &control.checks {
            if !checks.iter().any(|check| check.id == id.value) {
                let help = did_you_mean(&id.value, checks.iter().map(|check| check.id.as_str()));
                mistakes.note(id.referenced, format!("there is no check `{}`", id.value), help);
            }
        }
        let statements = control.statements.into_iter().map(|statement| {
            let layers = statement.layers.into_iter().filter_map(|primary| {
                let layer: Layer = primary
                    .layer
                    .value
                    .parse()
                    .map_err(|error: onus_model::UnknownLayer| {
                        mistakes.at(primary.layer.referenced, error.to_string())
                    })
                    .ok()?;
                Some(PrimaryLayer { layer, relation: primary.relation, reason: primary.reason })
            });
            Statement { id: statement.id.value.clone(), gist: statement.gist, layers: layers.collect() }
        });
        controls.push(Control {
            id: control.id.value,
            title: control.title,
            provision: control.provision,
            responsibility: control.responsibility,
            statements: statements.collect(),
            checks: control.checks.into_iter().map(|id| id.value).collect(),
            sources: control.sources,
        });
    }
    Framework { id: raw.id.value, title: raw.title, sources: raw.sources, controls }
}
