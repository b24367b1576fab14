//! An empty text that is given for an optional string is not set: it names no key, no group, no image.
//!
//! `Default: ''` of a parameter is how templates leave a property out. AWS refuses it, or takes it for nothing. This is
//! the one place where properties of CloudFormation's spelling lose it; Terraform's attributes lose it in
//! `terraform::mapping`.

use onus_model::{Map, Value};

/// Maps whose keys are the user's own: an empty text is a value like others there.
const FREE_FORM: [&str; 12] = [
    "Attributes",
    "Condition",
    "ConnectionProperties",
    "DefaultArguments",
    "DockerLabels",
    "Labels",
    "Metadata",
    "Options",
    "Parameters",
    "RequestParameters",
    "Tags",
    "Variables",
];

/// Properties to which an empty text is a value: those of tags, variables and parameters, and the word by which a
/// device of the image is left out.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-instance-blockdevicemapping.html>
const MEANT: [&str; 4] = ["NoDevice", "ParameterValue", "Value", "StringValue"];

/// Takes out the properties, at any depth, that are an empty text.
pub(crate) fn drop_empty(properties: &mut Map) {
    properties.retain(|name, node| {
        let empty = matches!(&node.value, Value::String(text) if text.is_empty());
        !empty || MEANT.contains(&name) || !is_property(name)
    });
    for (name, node) in properties.iter_mut() {
        if !FREE_FORM.contains(&name) {
            inner(&mut node.value);
        }
    }
}

/// Elements of lists stay: their number may matter.
fn inner(value: &mut Value) {
    match value {
        Value::Map(map) => drop_empty(map),
        Value::List(list) => list.iter_mut().for_each(|node| inner(&mut node.value)),
        _ => {}
    }
}

/// Whether a key is spelt as properties are; keys that users choose often are not.
fn is_property(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use onus_model::{FileId, Node, Span};

    fn node(value: Value) -> Node {
        Node::new(value, Span::new(FileId(0), 0, 0))
    }

    fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
        Value::Map(entries.into_iter().map(|(name, value)| (name, node(value))).collect())
    }

    #[track_caller]
    fn check(given: Value, expected: &Value) {
        let Value::Map(mut given) = given else { panic!("properties are a map") };
        drop_empty(&mut given);
        assert_eq!(&Value::Map(given), expected);
    }

    #[test]
    fn a_property_that_is_empty_is_not_set() {
        check(
            map([("KmsKeyId", Value::string("")), ("Name", Value::string("a"))]),
            &map([("Name", Value::string("a"))]),
        );
        let of = |value: Value| map([("Code", value)]);
        check(of(map([("ImageUri", Value::string(""))])), &of(map([])));
        let volumes = |value: Value| map([("Volumes", Value::List(vec![node(value)]))]);
        check(volumes(map([("KmsKeyId", Value::string(""))])), &volumes(map([])));
    }

    #[test]
    fn what_is_the_users_own_stays() {
        let empty = || Value::string("");
        for kept in [
            map([("Environment", map([("Variables", map([("Mode", empty())]))]))]),
            map([("Tags", Value::List(vec![node(map([("Key", Value::string("a")), ("Value", empty())]))]))]),
            map([("Layers", Value::List(vec![node(empty())]))]),
            map([("NoDevice", empty())]),
            map([("Statement", map([("aws:SourceVpc", empty())]))]),
        ] {
            check(kept.clone(), &kept);
        }
    }
}
