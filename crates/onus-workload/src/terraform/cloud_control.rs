//! The provider `awscc`, whose types and attributes are CloudFormation's under other spelling.
//!
//! `awscc_s3_bucket` is AWS::S3::Bucket and `kms_key_id` is `KmsKeyId`: names are compared without
//! case and separators, against the names that the caller knows, because the spelling alone does
//! not tell `KmsKeyId` from `KMSKeyId`.

use super::attributes::document;
use super::json::Json;
use onus_model::{Map, Node, Value};

/// The names of CloudFormation, as the caller knows them. Both lookups take names as [`fold`] makes them.
pub struct CloudControl<'n> {
    /// The resource type (`AWS::S3::Bucket`) of a folded one (`s3bucket`).
    pub resource_type: &'n (dyn Fn(&str) -> Option<String> + Sync),
    /// The property name (`KMSKeyId`) of a resource type, at any depth, of a folded one (`kmskeyid`).
    pub property: &'n (dyn Fn(&str, &str) -> Option<String> + Sync),
}

/// A name without case and separators: `AWS::S3::Bucket` and `awscc_s3_bucket` both become `s3bucket`.
pub fn fold(name: &str) -> String {
    let name = name.strip_prefix("AWS::").or_else(|| name.strip_prefix("awscc_")).unwrap_or(name);
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The properties that attributes become. A key that is no property's name is the user's own and stays.
pub(super) fn properties(names: &CloudControl<'_>, resource_type: &str, attributes: Map) -> Map {
    let rename = |(key, node): (Box<str>, Node)| {
        let name = (names.property)(resource_type, &fold(&key)).unwrap_or_else(|| key.into());
        let value = if name.ends_with("Policy") || name.ends_with("PolicyDocument") {
            policy(&node)
        } else {
            inner(names, resource_type, node.value)
        };
        (name, Node::new(value, node.span))
    };
    attributes.into_iter().map(rename).collect()
}

fn inner(names: &CloudControl<'_>, resource_type: &str, value: Value) -> Value {
    match value {
        Value::Map(map) => Value::Map(properties(names, resource_type, map)),
        Value::List(list) => {
            let element = |node: Node| Node::new(inner(names, resource_type, node.value), node.span);
            Value::List(list.into_iter().map(element).collect())
        }
        other => other,
    }
}

/// A policy is JSON text in Terraform and a document in CloudFormation.
fn policy(node: &Node) -> Value {
    match node.as_str().map(serde_json::from_str::<Json<'_>>) {
        Some(Ok(json @ Json::Map(_))) => document(&json, node.span),
        _ => node.value.clone(),
    }
}
