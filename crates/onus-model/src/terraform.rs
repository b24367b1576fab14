//! How Terraform's resource types become CloudFormation's, as plain data.
//!
//! A [`TypeMapping`] says what a Terraform type becomes and where each of its
//! attributes goes. It knows neither plans nor source text: a reader hands over
//! attribute values under Terraform's names, whatever it read them from.

use crate::expression::Literal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Every mapping, found by Terraform type, and the services that types belong to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mappings {
    types: Vec<TypeMapping>,
    services: Vec<ServicePrefix>,
}

impl Mappings {
    /// A lookup over these entries. Of two for one type the first stays.
    pub fn new(mut types: Vec<TypeMapping>, mut services: Vec<ServicePrefix>) -> Self {
        types.sort_by(|a, b| a.terraform_type.cmp(&b.terraform_type));
        types.dedup_by(|later, first| later.terraform_type == first.terraform_type);
        services.sort_by(|a, b| a.prefix.cmp(&b.prefix));
        Self { types, services }
    }

    /// Puts in the types of attributes, by Terraform type; those of types without a mapping are left out.
    pub fn set_attribute_types(&mut self, types: impl IntoIterator<Item = (String, AttributeTypes)>) {
        for (name, types) in types {
            let place = self.types.binary_search_by(|entry| entry.terraform_type.cmp(&name));
            if let Some(entry) = place.ok().and_then(|place| self.types.get_mut(place)) {
                entry.types = Some(types);
            }
        }
    }

    /// The mapping of a Terraform type (`aws_s3_bucket`).
    pub fn get(&self, terraform_type: &str) -> Option<&TypeMapping> {
        let place =
            self.types.binary_search_by(|entry| entry.terraform_type.as_str().cmp(terraform_type)).ok()?;
        self.types.get(place)
    }

    /// How many types have a mapping.
    pub fn len(&self) -> usize {
        self.types.len()
    }

    /// Whether there is no mapping at all.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// All mappings, by Terraform type.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &TypeMapping> {
        self.types.iter()
    }

    /// The id of the service that a Terraform type belongs to: that of the longest prefix.
    pub fn service(&self, terraform_type: &str) -> Option<&str> {
        self.services
            .iter()
            .filter(|entry| terraform_type.starts_with(&entry.prefix))
            .max_by_key(|entry| entry.prefix.len())
            .map(|entry| entry.service.as_str())
    }
}

/// A prefix of Terraform types, and the service they belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePrefix {
    /// The prefix (`aws_kendra_`), or a whole type.
    pub prefix: String,
    /// The service's id (`kendra`).
    pub service: String,
}

/// How one Terraform type is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeMapping {
    /// The Terraform type (`aws_s3_bucket_versioning`).
    pub terraform_type: String,
    /// What it becomes.
    pub becomes: Becomes,
    /// The attributes by whose value other resources name this one.
    pub identity: Vec<String>,
    /// The attribute that names the resource by whose id it is known itself.
    pub known_by: Option<String>,
    /// Where its attributes go.
    pub fields: Vec<Field>,
    /// Properties that every resource of this type has.
    pub constants: Vec<(PropertyPath, Literal)>,
    /// Arguments that are resources of their own in CloudFormation.
    pub apart: Vec<Apart>,
    /// What cannot be declared.
    pub transform: Option<Transform>,
    /// The types of the attributes that it reads; none where they are not known, and values stay as they are written.
    pub types: Option<AttributeTypes>,
}

impl TypeMapping {
    /// Whether any of its attributes is a secret.
    pub fn has_secrets(&self) -> bool {
        fn any(fields: &[Field]) -> bool {
            fields.iter().any(|field| match &field.shape {
                Shape::Secret => true,
                Shape::One(inner) | Shape::Many(inner) | Shape::KeyedBlocks(_, inner) => any(inner),
                _ => false,
            })
        }
        any(&self.fields)
    }
}

/// An argument that says what a resource of another Terraform type says: a queue's `policy` is a queue policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// The argument.
    pub attribute: String,
    /// The other Terraform type.
    pub terraform_type: String,
    /// The attribute of that type which says the same.
    pub like: String,
    /// The attribute of that type which names the resource.
    pub by: String,
}

/// The types of attributes and of what stands in blocks, as the provider's schema has them. What is not here is
/// text, or holds text.
///
/// Terraform converts what an author writes to these: `"30"` is a number where a number belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeTypes(BTreeMap<String, AttributeType>);

/// The type of an attribute, or of what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttributeType {
    /// A number.
    Number,
    /// A truth value.
    Bool,
    /// It is not known, or differs: values stay as they are written.
    Any,
    /// A block, or an object.
    Block(AttributeTypes),
}

impl AttributeTypes {
    /// The type of an attribute; none for text.
    pub fn get(&self, attribute: &str) -> Option<&AttributeType> {
        self.0.get(attribute)
    }

    /// States the type of what stands at a path of attributes. What contradicts an earlier type is left out.
    pub fn insert(&mut self, path: &[&str], kind: AttributeType) {
        match path {
            [] => {}
            [last] => {
                self.0.entry((*last).to_owned()).or_insert(kind);
            }
            [first, rest @ ..] => {
                let outer = self
                    .0
                    .entry((*first).to_owned())
                    .or_insert_with(|| AttributeType::Block(Self::default()));
                if let AttributeType::Block(inner) = outer {
                    inner.insert(rest, kind);
                }
            }
        }
    }
}

/// What a Terraform type becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Becomes {
    /// A resource of this CloudFormation type.
    Resource(String),
    /// A part of another resource.
    Part(Part),
    /// Nothing that CloudFormation knows: it counts for its service alone.
    NoCounterpart,
}

/// A satellite: a type that holds a part of another resource's configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The Terraform types of the resource that it configures.
    pub of: Vec<String>,
    /// The attribute that names that resource.
    pub by: String,
    /// If set, its properties are one more element of the list at this path.
    pub element_of: PropertyPath,
    /// Whether its lists add to those of the resource rather than replace them.
    pub append: bool,
    /// The CloudFormation type that it becomes where the resource is not in the same input.
    pub otherwise: Option<String>,
    /// The resources of other types that it configures as well, each by an attribute of its own.
    pub and: Vec<Self>,
}

impl Part {
    /// The part itself, and what else it is a part of.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.and)
    }
}

/// A path of property names, from the outside in. Empty means the enclosing map itself.
pub type PropertyPath = Vec<String>;

/// Where an attribute goes, and as what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// The attribute or nested block.
    pub attribute: String,
    /// The property that it becomes.
    pub to: PropertyPath,
    /// How its value is shaped.
    pub shape: Shape,
    /// Values that are written otherwise; those not listed stay.
    pub values: Vec<(Literal, Literal)>,
    /// The value where the attribute is not set.
    pub default: Option<Literal>,
    /// The attribute's own value there in earlier releases of the provider: each up to this major release, which is not
    /// among them, and the lowest first.
    pub earlier: Vec<(u32, Literal)>,
}

/// How the value of an attribute becomes that of a property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// As it is.
    Plain,
    /// A block that stands at most once: Terraform's list of one becomes a map.
    One(Vec<Field>),
    /// A block that may repeat: a list of maps.
    Many(Vec<Field>),
    /// Each element of a list of scalars becomes a map with this key.
    Each(String),
    /// JSON text becomes the document it holds.
    Json,
    /// JSON text or a map whose keys begin with a small letter: keys begin with a capital.
    Pascal,
    /// A map of tags becomes CloudFormation's list; the provider's default tags count.
    Tags,
    /// Only whether it is set: the value is never kept.
    Secret,
    /// A scalar becomes a list of one.
    Listed,
    /// A list becomes its first element.
    First,
    /// The opposite truth value.
    Not,
    /// Whatever is set becomes this.
    Present(Literal),
    /// The attribute, then others, with a separator between.
    Join {
        /// The other attributes.
        with: Vec<String>,
        /// What stands between.
        separator: String,
    },
    /// A map becomes a list of maps: its keys under the first name, its values under the second.
    Entries(String, String),
    /// A list of blocks becomes a map: the first attribute's value is the key, the second's the value.
    Keyed(String, String),
    /// A list of blocks becomes a map of maps, under the value of this attribute of each.
    KeyedBlocks(String, Vec<Field>),
    /// A scalar becomes a list of one map, which holds it beside constants.
    Element {
        /// The key that the value stands under, or a path of keys.
        key: PropertyPath,
        /// The constants.
        with: Vec<(String, Literal)>,
    },
    /// The piece of a text at this position.
    Piece {
        /// What stands between the pieces.
        separator: String,
        /// The position, from zero.
        index: u32,
    },
}

/// Transformations that are written in code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transform {
    /// `ingress` and `egress` blocks, each with several sources, as CloudFormation's rules of one source each.
    SecurityGroup,
    /// A rule of either direction, which `type` tells.
    SecurityGroupRule,
    /// The `grant` blocks of a bucket, as the words of canned lists that say the same.
    BucketGrants,
    /// The same of an access control policy.
    AccessControlPolicy,
}

impl Transform {
    /// The attributes that the transformation reads.
    pub const fn attributes(self) -> &'static [&'static str] {
        match self {
            Self::SecurityGroup => &["ingress", "egress"],
            Self::BucketGrants => &["grant"],
            Self::AccessControlPolicy => &["access_control_policy"],
            Self::SecurityGroupRule => &[
                "type",
                "cidr_blocks",
                "ipv6_cidr_blocks",
                "prefix_list_ids",
                "source_security_group_id",
                "self",
                "from_port",
                "to_port",
                "protocol",
                "description",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_names_the_service() {
        let prefix =
            |prefix: &str, service: &str| ServicePrefix { prefix: prefix.into(), service: service.into() };
        let services =
            vec![prefix("aws_", "other"), prefix("aws_s3_", "s3"), prefix("aws_s3_outposts", "outposts")];
        let mappings = Mappings::new(Vec::new(), services);
        assert_eq!(mappings.service("aws_s3_bucket"), Some("s3"));
        assert_eq!(mappings.service("aws_s3_outposts_endpoint"), Some("outposts"));
        assert_eq!(mappings.service("aws_kendra_index"), Some("other"));
        assert_eq!(mappings.service("google_x"), None);
    }
}
