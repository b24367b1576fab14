//! What an object is, by the key that it stands under.

use super::walk::{Object, Path};
use serde_json::Value;
use std::fmt;

/// The kinds of objects that others refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Activity,
    Component,
    Control,
    Finding,
    Group,
    InventoryItem,
    LeveragedAuthorization,
    Location,
    Observation,
    Param,
    Part,
    Party,
    Placeholder,
    Platform,
    Provided,
    Resource,
    Response,
    Responsibility,
    Risk,
    Role,
    Task,
    User,
    /// Whatever else has a uuid.
    Other,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Activity => "activity",
            Self::Component => "component",
            Self::Control => "control",
            Self::Finding => "finding",
            Self::Group => "group",
            Self::InventoryItem => "inventory item",
            Self::LeveragedAuthorization => "leveraged authorization",
            Self::Location => "location",
            Self::Observation => "observation",
            Self::Param => "parameter",
            Self::Part => "part",
            Self::Party => "party",
            Self::Placeholder => "placeholder",
            Self::Platform => "assessment platform",
            Self::Provided => "provided part",
            Self::Resource => "resource",
            Self::Response => "response",
            Self::Responsibility => "responsibility",
            Self::Risk => "risk",
            Self::Role => "role",
            Self::Task => "task",
            Self::User => "user",
            Self::Other => "object",
        })
    }
}

impl Kind {
    /// What stands under a key.
    fn under(key: &str) -> Self {
        match key {
            "activities" => Self::Activity,
            "components" => Self::Component,
            "controls" => Self::Control,
            "findings" => Self::Finding,
            "groups" => Self::Group,
            "inventory-items" => Self::InventoryItem,
            "leveraged-authorizations" => Self::LeveragedAuthorization,
            "locations" => Self::Location,
            "observations" => Self::Observation,
            "params" => Self::Param,
            "parts" => Self::Part,
            "parties" => Self::Party,
            "assessment-subject-placeholders" => Self::Placeholder,
            "assessment-platforms" => Self::Platform,
            "provided" => Self::Provided,
            "resources" => Self::Resource,
            "remediations" => Self::Response,
            "responsibilities" => Self::Responsibility,
            "risks" => Self::Risk,
            "roles" => Self::Role,
            "tasks" => Self::Task,
            "users" => Self::User,
            _ => Self::Other,
        }
    }
}

/// The identifiers of an object: the field, its value, and what it identifies. A part may have both an id and a uuid.
pub(super) fn identifiers<'t>(
    path: &Path<'t>,
    object: &'t Object,
) -> impl Iterator<Item = (&'static str, &'t str, Kind)> {
    let kind = Kind::under(path.key());
    let has_id = matches!(kind, Kind::Control | Kind::Group | Kind::Param | Kind::Part | Kind::Role);
    let id = if has_id { object.get("id").and_then(Value::as_str) } else { None };
    let uuid = object.get("uuid").and_then(Value::as_str);
    id.map(|id| ("id", id, kind)).into_iter().chain(uuid.map(|uuid| ("uuid", uuid, kind)))
}
