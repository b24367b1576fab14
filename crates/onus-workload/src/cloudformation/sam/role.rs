//! The role that a function or state machine gets where none is named.

use super::super::stack::shorten;
use super::{Made, add, moved};
use onus_model::{Map, Node, Value};

impl Made<'_, '_> {
    /// Adds the role of a service. What it may do is taken out of the properties.
    pub(super) fn role(&self, service: &str, managed: &[&str], properties: &mut Map) {
        let mut attached: Vec<Node> = managed.iter().map(|name| self.managed_policy(name)).collect();
        let mut inline: Vec<Node> = Vec::new();
        let mut open: Option<Node> = None;
        match properties.remove("Policies") {
            Some(Node { value: Value::List(policies), .. }) => {
                policies.into_iter().for_each(|policy| self.policy(policy, &mut attached, &mut inline));
            }
            Some(policies @ Node { value: Value::Unknown(_), .. }) => open = Some(policies),
            Some(policy) => self.policy(policy, &mut attached, &mut inline),
            None => {}
        }
        let mut role = moved(properties, &["PermissionsBoundary"], &[("RolePath", "Path")]);
        role.insert("AssumeRolePolicyDocument", self.trust(service));
        role.insert("ManagedPolicyArns", self.list(attached));
        if !inline.is_empty() {
            role.insert("Policies", self.list(inline));
        }
        add(&mut role, "Policies", open);
        self.push(&format!("{}Role", self.id), "AWS::IAM::Role", role);
    }

    fn trust(&self, service: &str) -> Node {
        let statement = self.map([
            ("Effect", self.text("Allow")),
            ("Principal", self.map([("Service", self.list([self.text(service)]))])),
            ("Action", self.list([self.text("sts:AssumeRole")])),
        ]);
        self.map([("Version", self.text("2012-10-17")), ("Statement", self.list([statement]))])
    }

    /// A policy is a managed one by name, a document, or one of SAM's own templates.
    fn policy(&self, policy: Node, attached: &mut Vec<Node>, inline: &mut Vec<Node>) {
        let span = policy.span;
        match policy.value {
            Value::String(name) => attached.push(match name.starts_with("arn:") {
                true => Node::new(Value::String(name), span),
                false => Node::new(self.managed_policy(&with_path(&name)).value, span),
            }),
            Value::Unknown(_) => attached.push(policy),
            Value::Map(ref map) => {
                let document = if map.get("Statement").is_some() {
                    policy
                } else {
                    let (name, given) = map.iter().next().unzip();
                    let name = name.unwrap_or_default();
                    let document = given.and_then(|given| self.policy_template(name, given));
                    let reason = || format!("the policy template `{}` is not expanded", shorten(name));
                    document.unwrap_or_else(|| Node::new(Value::unknown_but_present(reason()), span))
                };
                let name = self.text(&format!("{}RolePolicy{}", self.id, inline.len()));
                inline.push(Node::new(
                    Value::Map([("PolicyName", name), ("PolicyDocument", document)].into_iter().collect()),
                    span,
                ));
            }
            _ => {}
        }
    }
}

/// The execution policies of Lambda stand under a path of their own.
fn with_path(name: &str) -> String {
    if name.starts_with("AWSLambda") && name.ends_with("Role") {
        format!("service-role/{name}")
    } else {
        name.to_owned()
    }
}
