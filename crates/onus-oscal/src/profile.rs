//! The profile model: a selection of controls, how it is arranged, and how it is changed.

use crate::common::{
    BackMatter, Constraint, Guideline, IncludeAll, Link, Metadata, Parameter, Part, Property, Rest,
    SelectControls, Selection,
};
use serde::{Deserialize, Serialize};

/// A baseline: controls taken from catalogs and other profiles.
///
/// In the standard: profile, `profile`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Profile {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// What the document says of itself.
    pub metadata: Metadata,
    /// Where controls are taken from.
    pub imports: Vec<Import>,
    /// How the imported controls are put together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merge: Option<Merge>,
    /// Changes to the imported controls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modify: Option<Modify>,
    /// The resources that the document refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<BackMatter>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Where controls are taken from, and which.
///
/// In the standard: profile, `import`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Import {
    /// The address; `#` and a uuid stands for a resource of the back matter.
    pub href: String,
    /// The wish for all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_all: Option<IncludeAll>,
    /// The controls to take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include_controls: Vec<SelectControls>,
    /// The controls to leave out of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_controls: Vec<SelectControls>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// How the imported controls are put together.
///
/// In the standard: profile, `merge`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Merge {
    /// What happens to controls that are imported more than once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub combine: Option<Combine>,
    /// The wish for controls without groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flat: Option<Flat>,
    /// Whether groups stay as the sources have them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_is: Option<bool>,
    /// An arrangement of the profile's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<Custom>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What happens to controls that are imported more than once.
///
/// In the standard: profile, `merge/combine`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Combine {
    /// `keep`, `use-first` or `merge`. The JSON schema of 1.2.1 has lost it; the model has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The wish for controls without groups: an empty object.
///
/// In the standard: profile, `merge/flat`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flat {
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// An arrangement of the profile's own.
///
/// In the standard: profile, `merge/custom`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Custom {
    /// The groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<CustomGroup>,
    /// The controls that stand here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insert_controls: Vec<InsertControls>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A group in an arrangement of the profile's own.
///
/// In the standard: profile, `group`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CustomGroup {
    /// The identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A kind, in the author's own terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The title.
    pub title: String,
    /// The parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Parameter>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// The groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<CustomGroup>,
    /// The controls that stand here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insert_controls: Vec<InsertControls>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Which of the imported controls stand here.
///
/// In the standard: profile, `insert-controls`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct InsertControls {
    /// The order: `keep`, `ascending` or `descending`, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The wish for all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_all: Option<IncludeAll>,
    /// The controls to take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include_controls: Vec<SelectControls>,
    /// The controls to leave out of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_controls: Vec<SelectControls>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Changes to parameters and controls.
///
/// In the standard: profile, `modify`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Modify {
    /// Changes to parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_parameters: Vec<SetParameter>,
    /// Changes to controls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alters: Vec<Alter>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A change to a parameter.
///
/// In the standard: profile, `modify/set-parameters`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SetParameter {
    /// The parameter.
    pub param_id: String,
    /// A kind, in the author's own terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Another parameter that this one depends on; no longer in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depends_on: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// A short name to show in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What the parameter is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// What a value must satisfy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// Advice on choosing a value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guidelines: Vec<Guideline>,
    /// The values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// The choices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select: Option<Selection>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Changes to one control.
///
/// In the standard: profile, `modify/alters`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Alter {
    /// The control.
    pub control_id: String,
    /// What is taken out of the control.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removes: Vec<Remove>,
    /// What is put into the control, after the removals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adds: Vec<Add>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What is taken out of a control.
///
/// In the standard: profile, `modify/alters/removes`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Remove {
    /// Whatever has this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_name: Option<String>,
    /// Whatever has this class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_class: Option<String>,
    /// The part or parameter with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_id: Option<String>,
    /// Whatever is of this kind: `param`, `prop`, `link`, `part`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_item_name: Option<String>,
    /// Whatever has this namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_ns: Option<String>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What is put into a control.
///
/// In the standard: profile, `modify/alters/adds`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Add {
    /// Where it goes: `before`, `after`, `starting` or `ending`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// The part or parameter where it goes; without it, the control.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_id: Option<String>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Parameter>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}
