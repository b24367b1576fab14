//! What a document has, by identifier.

use super::kinds::{Kind, identifiers};
use super::walk::Tree;
use super::{ProblemKind, Problems};
use std::collections::HashMap;

/// The identifiers of one document.
#[derive(Default)]
pub(super) struct Index<'t> {
    uuids: HashMap<&'t str, Kind>,
    ids: HashMap<(Kind, &'t str), ()>,
}

impl<'t> Index<'t> {
    /// Collects the identifiers; where `problems` are wanted, those that are taken twice.
    pub(super) fn of(tree: &'t Tree, problems: &mut Option<&mut Problems>) -> Self {
        let mut index = Self::default();
        tree.walk(&mut |path, object| {
            for (field, identifier, kind) in identifiers(path, object) {
                let taken = match field {
                    "uuid" => index.uuids.insert(identifier, kind).is_some(),
                    _ => index.ids.insert((kind, identifier), ()).is_some(),
                };
                if let (true, Some(problems)) = (taken, problems.as_mut()) {
                    let what = if field == "uuid" { "uuid".to_owned() } else { format!("{kind} id") };
                    let message = format!("the {what} `{identifier}` is taken already");
                    problems.error(ProblemKind::Duplicate, path.field(field), message);
                }
            }
        });
        index
    }

    /// Whether there is such a thing.
    pub(super) fn has(&self, kind: Kind, identifier: &str) -> bool {
        self.ids.contains_key(&(kind, identifier)) || self.uuids.get(identifier) == Some(&kind)
    }

    /// What has this uuid.
    pub(super) fn of_uuid(&self, uuid: &str) -> Option<Kind> {
        self.uuids.get(uuid).copied()
    }

    /// Whether anything at all has this identifier.
    pub(super) fn has_any(&self, identifier: &str) -> bool {
        const WITH_IDS: [Kind; 5] = [Kind::Control, Kind::Group, Kind::Param, Kind::Part, Kind::Role];
        self.uuids.contains_key(identifier) || WITH_IDS.iter().any(|kind| self.has(*kind, identifier))
    }
}
