//! The grants of a bucket's access control list, in the words of CloudFormation's canned lists.
//!
//! CloudFormation knows no grants, so `AccessControl` becomes a list with a word for each grant to a group: that of the
//! canned list that makes this grant, or one made alike (`PublicWrite`). A grant to an account is no word there.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html>

use super::mapping::set;
use onus_model::{Map, Node, Span, Value};

/// The groups, by the end of their address.
const GROUPS: [(&str, &str); 3] = [
    ("global/AllUsers", "Public"),
    ("global/AuthenticatedUsers", "Authenticated"),
    ("s3/LogDelivery", "LogDelivery"),
];

/// What a permission adds to the word for a group.
const PERMISSIONS: [(&str, &str); 5] = [
    ("READ", "Read"),
    ("WRITE", "Write"),
    ("READ_ACP", "ReadAcp"),
    ("WRITE_ACP", "WriteAcp"),
    ("FULL_CONTROL", "ReadWrite"),
];

/// Adds the words for the grants of `grant` blocks, or of an `access_control_policy`.
pub(super) fn set_access(attributes: &Map, span: Span, out: &mut Map) {
    let policy = attributes.get("access_control_policy");
    let unknown = policy.filter(|node| matches!(node.value, Value::Unknown(_)));
    let written = attributes.get("grant");
    let grants = unknown
        .into_iter()
        .chain(blocks(policy).iter().filter_map(|block| block.get("grant")))
        .chain(written);
    for node in grants {
        let words: Vec<Node> = match &node.value {
            Value::Unknown(_) => vec![node.clone()],
            _ => blocks(Some(node)).iter().flat_map(words).collect(),
        };
        if !blocks(Some(node)).is_empty() {
            set(out, &["AccessControl".to_owned()], Node::new(Value::List(words), node.span), span);
        }
    }
}

/// The words of a grant: one for each permission. Both kinds of block are read, whose grantee stands within or beside.
fn words(grant: &Node) -> Vec<Node> {
    if matches!(grant.value, Value::Unknown(_)) {
        return vec![grant.clone()];
    }
    let grantee = blocks(grant.get("grantee")).first().unwrap_or(grant);
    if matches!(grantee.value, Value::Unknown(_)) {
        return vec![grantee.clone()];
    }
    let permissions = match grant.get("permissions").or_else(|| grant.get("permission")) {
        Some(Node { value: Value::List(all), .. }) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let group = match grantee.get("uri").filter(|uri| uri.as_str() != Some("")) {
        Some(uri) => match uri.as_str() {
            Some(text) => GROUPS.iter().find(|(end, _)| text.ends_with(end)).map(|(_, word)| *word),
            None => return vec![uri.clone()],
        },
        None => None,
    };
    let Some(group) = group else { return Vec::new() };
    let word = |permission: &Node| {
        let value = match permission.as_str() {
            Some(text) => {
                let known = PERMISSIONS.iter().find(|(name, _)| *name == text);
                Value::string(format!("{group}{}", known.map_or(text, |(_, word)| word)))
            }
            None => permission.value.clone(),
        };
        Node::new(value, permission.span)
    };
    permissions.iter().map(word).collect()
}

/// The blocks of a list, or the one block itself.
fn blocks(node: Option<&Node>) -> &[Node] {
    match node {
        Some(Node { value: Value::List(list), .. }) => list,
        Some(node) => std::slice::from_ref(node),
        None => &[],
    }
}
