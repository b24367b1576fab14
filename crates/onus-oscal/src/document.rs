//! A file of any of the models.

use crate::assessment_plan::AssessmentPlan;
use crate::assessment_results::AssessmentResults;
use crate::catalog::Catalog;
use crate::common::{BackMatter, Metadata};
use crate::component_definition::ComponentDefinition;
use crate::mapping::MappingCollection;
use crate::poam::PlanOfActionAndMilestones;
use crate::profile::Profile;
use crate::ssp::SystemSecurityPlan;
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A whole file: one object with one key, which names the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The schema that the file names as its own, as editors like it.
    pub schema: Option<String>,
    /// What the file holds.
    pub model: Model,
}

/// Names every model once: its variant and type, its key, its words.
macro_rules! models {
    ($($name:ident $key:literal $words:literal)*) => {
        /// What a document holds.
        #[derive(Clone, Debug, PartialEq, Eq)]
        // There is one per file: a box would save nothing.
        #[allow(clippy::large_enum_variant)]
        pub enum Model {
            $(#[doc = concat!("A ", $words, ", under the key `", $key, "`.")] $name($name),)*
        }

        /// The models of the standard.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ModelKind {
            $(#[doc = concat!("A ", $words, ", under the key `", $key, "`.")] $name,)*
        }

        impl ModelKind {
            /// All models, in the standard's order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The root key of its documents.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }

            fn read<'de, A: MapAccess<'de>>(self, map: &mut A) -> Result<Model, A::Error> {
                match self {
                    $(Self::$name => map.next_value().map(Model::$name),)*
                }
            }
        }

        impl Model {
            /// Which one it is.
            pub const fn kind(&self) -> ModelKind {
                match self {
                    $(Self::$name(_) => ModelKind::$name,)*
                }
            }

            /// The identifier of the document.
            pub fn uuid(&self) -> &str {
                match self {
                    $(Self::$name(model) => &model.uuid,)*
                }
            }

            /// What the document says of itself.
            pub const fn metadata(&self) -> &Metadata {
                match self {
                    $(Self::$name(model) => &model.metadata,)*
                }
            }

            /// The resources that the document refers to.
            pub const fn back_matter(&self) -> Option<&BackMatter> {
                match self {
                    $(Self::$name(model) => model.back_matter.as_ref(),)*
                }
            }

            fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    $(Self::$name(model) => map.serialize_entry($key, model),)*
                }
            }
        }

        $(impl From<$name> for Document {
            fn from(model: $name) -> Self {
                Self { schema: None, model: Model::$name(model) }
            }
        })*
    };
}

models! {
    Catalog "catalog" "catalog"
    Profile "profile" "profile"
    MappingCollection "mapping-collection" "mapping collection"
    ComponentDefinition "component-definition" "component definition"
    SystemSecurityPlan "system-security-plan" "system security plan"
    AssessmentPlan "assessment-plan" "assessment plan"
    AssessmentResults "assessment-results" "file of assessment results"
    PlanOfActionAndMilestones "plan-of-action-and-milestones" "plan of action and milestones"
}

impl ModelKind {
    /// The model whose documents have this root key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}

/// The key for the schema of the file, which is not OSCAL's own.
pub(crate) const SCHEMA: &str = "$schema";

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(schema) = &self.schema {
            map.serialize_entry(SCHEMA, schema)?;
        }
        self.model.write(&mut map)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Root)
    }
}

struct Root;

impl<'de> Visitor<'de> for Root {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object whose key names a model of OSCAL")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let (mut schema, mut model) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match ModelKind::of_key(&key) {
                Some(_) if model.is_some() => {
                    return Err(A::Error::custom(format_args!("a second model, `{key}`")));
                }
                Some(kind) => model = Some(kind.read(&mut map)?),
                None if key == SCHEMA => schema = Some(map.next_value()?),
                None => return Err(A::Error::custom(format_args!("`{key}` names no model of OSCAL"))),
            }
        }
        let model = model.ok_or_else(|| A::Error::custom("no model of OSCAL"))?;
        Ok(Document { schema, model })
    }
}
