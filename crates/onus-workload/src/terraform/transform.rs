//! Transformations that a mapping file cannot declare.

use super::grants;
use super::mapping::set;
use onus_model::{Map, Node, Span, Transform, Value};

/// Adds the properties that a transformation makes of the attributes.
pub(super) fn apply(transform: Transform, attributes: &Map, span: Span, out: &mut Map) {
    match transform {
        Transform::SecurityGroup => {
            for (attribute, direction) in [("ingress", &INGRESS), ("egress", &EGRESS)] {
                let Some(node) = attributes.get(attribute) else { continue };
                let rules = rules_of_blocks(node, direction);
                set(out, &[direction.property.to_owned()], Node::new(rules, node.span), span);
            }
        }
        Transform::SecurityGroupRule => security_group_rule(attributes, span, out),
        Transform::BucketGrants | Transform::AccessControlPolicy => {
            grants::set_access(attributes, span, out);
        }
    }
}

/// Where the parts of a rule stand in CloudFormation, by direction.
struct Direction {
    property: &'static str,
    group: &'static str,
    prefix_list: &'static str,
}

const INGRESS: Direction = Direction {
    property: "SecurityGroupIngress",
    group: "SourceSecurityGroupId",
    prefix_list: "SourcePrefixListId",
};

const EGRESS: Direction = Direction {
    property: "SecurityGroupEgress",
    group: "DestinationSecurityGroupId",
    prefix_list: "DestinationPrefixListId",
};

fn rules_of_blocks(node: &Node, direction: &Direction) -> Value {
    let Value::List(blocks) = &node.value else { return node.value.clone() };
    let mut all = Vec::new();
    for block in blocks {
        match &block.value {
            Value::Map(attributes) => all.extend(rules(attributes, direction, block.span)),
            Value::Unknown(_) => all.push(block.clone()),
            _ => {}
        }
    }
    Value::List(all)
}

fn security_group_rule(attributes: &Map, span: Span, out: &mut Map) {
    let directions: &[&Direction] = match attributes.get("type").map(|node| &node.value) {
        Some(Value::String(kind)) if &**kind == "ingress" => &[&INGRESS],
        Some(Value::String(kind)) if &**kind == "egress" => &[&EGRESS],
        _ => {
            // Either list may hold the rule.
            for direction in [&INGRESS, &EGRESS] {
                let unknown = Value::unknown("the direction of a rule is not known");
                out.insert(direction.property, Node::new(unknown, span));
            }
            return;
        }
    };
    for direction in directions {
        let list = rules(attributes, direction, span);
        out.insert(direction.property, Node::new(Value::List(list), span));
    }
}

/// One block's rules: one for each of its sources, as CloudFormation has them.
fn rules(block: &Map, direction: &Direction, span: Span) -> Vec<Node> {
    let mut base = Map::new();
    for (attribute, property) in [
        ("protocol", "IpProtocol"),
        ("from_port", "FromPort"),
        ("to_port", "ToPort"),
        ("description", "Description"),
    ] {
        if let Some(node) = block.get(attribute).filter(|node| node.as_str() != Some("")) {
            base.push(property, node.clone());
        }
    }
    let sources = [
        ("cidr_blocks", "CidrIp"),
        ("ipv6_cidr_blocks", "CidrIpv6"),
        ("prefix_list_ids", direction.prefix_list),
        ("security_groups", direction.group),
        ("source_security_group_id", direction.group),
    ];
    let mut rules = Vec::new();
    for (attribute, property) in sources {
        for source in elements(block.get(attribute)).iter().filter(|source| source.as_str() != Some("")) {
            let mut rule = base.clone();
            rule.push(property, source.clone());
            rules.push(Node::new(Value::Map(rule), source.span));
        }
    }
    if let Some(Node { value: Value::Bool(true), span, .. }) = block.get("self") {
        let mut rule = base.clone();
        let own = Value::unknown_but_present("the group itself");
        rule.push(direction.group, Node::new(own, *span));
        rules.push(Node::new(Value::Map(rule), *span));
    }
    if rules.is_empty() {
        rules.push(Node::new(Value::Map(base), span));
    }
    rules
}

/// The elements of a list, or the one value itself.
fn elements(node: Option<&Node>) -> &[Node] {
    match node {
        Some(Node { value: Value::List(list), .. }) => list,
        Some(Node { value: Value::Null, .. }) | None => &[],
        Some(node) => std::slice::from_ref(node),
    }
}
