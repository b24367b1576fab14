//! The mapping model: how the controls of one catalog relate to those of another.

use crate::common::{BackMatter, Link, Metadata, Property, ResponsibleParty, Rest, SelectControls};
use serde::Deserializer;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Number;
use std::fmt;

/// Mappings between controls.
///
/// In the standard: mapping collection, `mapping-collection`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MappingCollection {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// What the document says of itself.
    pub metadata: Metadata,
    /// How the mappings came about.
    pub provenance: Provenance,
    /// The mappings.
    #[serde(deserialize_with = "one_or_many")]
    pub mappings: Vec<Mapping>,
    /// The resources that the document refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<BackMatter>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// How the mappings came about.
///
/// In the standard: mapping collection, `mapping-provenance`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Provenance {
    /// How it was done: `human`, `automation` or `hybrid`.
    pub method: String,
    /// What was compared: `syntactic`, `semantic` or `functional`.
    pub matching_rationale: String,
    /// The status.
    pub status: String,
    /// How sure the author is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_score: Option<ConfidenceScore>,
    /// How much of the target is covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// What the mapping is about.
    pub mapping_description: String,
    /// Who takes which role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<ResponsibleParty>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A mapping from one catalog or profile to another.
///
/// In the standard: mapping collection, `mapping`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Mapping {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// How it was done: `human`, `automation` or `hybrid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// What was compared: `syntactic`, `semantic` or `functional`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matching_rationale: Option<String>,
    /// The status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The source.
    pub source_resource: ResourceReference,
    /// The target.
    pub target_resource: ResourceReference,
    /// The relationships.
    pub maps: Vec<Map>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What the mapping is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapping_description: Option<String>,
    /// The controls of the source without a counterpart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_gap_summary: Option<GapSummary>,
    /// The controls of the target without a counterpart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_gap_summary: Option<GapSummary>,
    /// How sure the author is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_score: Option<ConfidenceScore>,
    /// How much of the target is covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The catalog or profile at one end of a mapping.
///
/// In the standard: mapping collection, `mapping-resource-reference`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceReference {
    /// The namespace that gives the name its meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ns: Option<String>,
    /// The kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The address; `#` and a uuid stands for a resource of the back matter.
    pub href: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A relationship between controls of the source and of the target.
///
/// In the standard: mapping collection, `map`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Map {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// The namespace that gives the name its meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ns: Option<String>,
    /// What was compared: `syntactic`, `semantic` or `functional`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matching_rationale: Option<String>,
    /// What the source is to the target, such as `equal-to` or `subset-of`.
    pub relationship: String,
    /// The controls of the source.
    pub sources: Vec<MappingItem>,
    /// The controls of the target.
    pub targets: Vec<MappingItem>,
    /// Conditions under which it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qualifiers: Vec<Qualifier>,
    /// How sure the author is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_score: Option<ConfidenceScore>,
    /// How much of the target is covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A control or statement at one end of a relationship.
///
/// In the standard: mapping collection, `mapping-item`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MappingItem {
    /// The kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The id of the control or statement.
    pub id_ref: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A condition under which a relationship holds.
///
/// In the standard: mapping collection, `qualifier-item`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualifier {
    /// Which side it is about: `source`, `target` or `both`.
    pub subject: String,
    /// Whether the condition is required or stands in the way.
    pub predicate: String,
    /// Whether the condition can be met.
    pub category: String,
    /// What it is, in words; Markdown.
    pub description: String,
    /// Whatever else is to be said; Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The controls that have no counterpart.
///
/// In the standard: mapping collection, `gap-summary`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct GapSummary {
    /// The identifier, unique in the world.
    pub uuid: String,
    /// The controls.
    pub unmapped_controls: Vec<SelectControls>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// How sure the author is.
///
/// In the standard: mapping collection, `confidence-score`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfidenceScore {
    /// How sure, in a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How sure, from zero to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage: Option<Number>,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// How much of the target the source covers.
///
/// In the standard: mapping collection, `coverage`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// How the number was arrived at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation_method: Option<String>,
    /// How much is covered, from zero to one.
    pub target_coverage: Number,
    /// What this crate does not know, kept as it was read.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The schema allows a single mapping that is not in an array.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Mapping>, D::Error> {
    deserializer.deserialize_any(OneOrMany)
}

struct OneOrMany;

impl<'de> Visitor<'de> for OneOrMany {
    type Value = Vec<Mapping>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping or a list of mappings")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Ok(vec![Mapping::deserialize(MapAccessDeserializer::new(map))?])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list))
    }
}
