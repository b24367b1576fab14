//! A resource's attributes under Terraform's names, with what is unknown or sensitive in its place.
//!
//! This is where `values`, `after_unknown`, `sensitive_values` and the configuration's
//! expressions become one tree; a mapping reads that tree alone.

use super::json::Json;
use super::plan::ConfigResource;
use super::references::{Resolver, Scope};
use onus_model::{Map, Node, Reference, Span, Unknown, Value};

/// The reason of values that the input marks as sensitive. The value itself is not kept.
pub(super) const SENSITIVE: &str = "sensitive";

/// What the configuration says about an argument.
#[derive(Clone, Copy)]
pub(super) enum Written<'w, 'a> {
    /// There is no configuration to ask.
    Nowhere,
    /// The argument is not set.
    Unset,
    /// It is set to this expression, or block of expressions.
    To(&'w Json<'a>),
}

impl<'w, 'a> Written<'w, 'a> {
    /// What is said about an argument within a block.
    fn inner(self, key: &str) -> Self {
        match self {
            Self::To(Json::Map(_)) if self.is_expression() => self,
            Self::To(Json::Map(entries)) => {
                let found = entries.iter().find(|(name, _)| name == key);
                found.map_or(Self::Unset, |(_, value)| Self::To(value))
            }
            other => other,
        }
    }

    /// What is said about an argument of the resource itself.
    pub(super) fn top(self, name: &str) -> Self {
        match self {
            Self::To(all) => all.get(name).map_or(Self::Unset, Self::To),
            other => other,
        }
    }

    /// What is said about one of several blocks. A dynamic block's are not in the configuration.
    fn element(self, at: usize, of: usize) -> Self {
        match self {
            Self::To(Json::List(blocks)) if blocks.len() == of => {
                match blocks.get(at) {
                    // A block in which nothing is set, not an expression that refers to nothing.
                    Some(Json::Map(entries)) if entries.is_empty() => Self::Unset,
                    Some(block) => Self::To(block),
                    None => Self::Nowhere,
                }
            }
            Self::To(Json::List(_)) => Self::Nowhere,
            other => other,
        }
    }

    /// Whether this is an expression rather than a block with arguments of its own.
    fn is_expression(self) -> bool {
        match self {
            Self::To(Json::Map(entries)) => {
                entries.iter().all(|(key, _)| key == "references" || key == "constant_value")
            }
            _ => false,
        }
    }
}

/// What is needed to say what an unknown value of a resource refers to.
pub(super) struct Context<'c, 'a> {
    pub(super) resolver: &'c Resolver<'a>,
    pub(super) scope: Option<&'c Scope<'a>>,
    pub(super) resource: Option<&'a ConfigResource<'a>>,
    /// The resource instance's key as written (`[0]`), or empty.
    pub(super) key: &'c str,
}

impl Context<'_, '_> {
    /// A value of an attribute; none where nothing is set.
    pub(super) fn node(
        &self,
        known: Option<&Json<'_>>,
        unknown: Option<&Json<'_>>,
        sensitive: Option<&Json<'_>>,
        written: Written<'_, '_>,
        span: Span,
    ) -> Option<Node> {
        let is_unknown = matches!(unknown, Some(Json::Bool(true)));
        if matches!(sensitive, Some(Json::Bool(true))) && (is_unknown || !is_unset(known)) {
            return Some(Node::new(Value::unknown_but_present(SENSITIVE), span));
        }
        if is_unknown {
            return self.unknown(written).map(|value| Node::new(value, span));
        }
        let value = match (known, unknown) {
            (Some(Json::Map(entries)), _) => self.map(entries, unknown, sensitive, written, span),
            (Some(Json::List(elements)), _) => self.list(elements, unknown, sensitive, written, span),
            (None | Some(Json::Null), Some(Json::Map(_))) => self.map(&[], unknown, sensitive, written, span),
            (None | Some(Json::Null), _) => return None,
            (Some(scalar), _) => scalar_value(scalar),
        };
        Some(Node::new(value, span))
    }

    fn map(
        &self,
        entries: &[(std::borrow::Cow<'_, str>, Json<'_>)],
        unknown: Option<&Json<'_>>,
        sensitive: Option<&Json<'_>>,
        written: Written<'_, '_>,
        span: Span,
    ) -> Value {
        let mut map = Map::new();
        for (key, known) in entries {
            let (unknown, sensitive) = (within(unknown, key), within(sensitive, key));
            let inner = written.inner(key);
            if let Some(node) = self.node(Some(known), unknown, sensitive, inner, span) {
                map.push(&**key, node);
            }
        }
        for (key, unknown) in unknown.map(Json::entries).unwrap_or_default() {
            if entries.iter().any(|(name, _)| name == key) {
                continue;
            }
            let sensitive = within(sensitive, key);
            if let Some(node) = self.node(None, Some(unknown), sensitive, written.inner(key), span) {
                map.push(&**key, node);
            }
        }
        Value::Map(map)
    }

    fn list(
        &self,
        elements: &[Json<'_>],
        unknown: Option<&Json<'_>>,
        sensitive: Option<&Json<'_>>,
        written: Written<'_, '_>,
        span: Span,
    ) -> Value {
        let unknowns = unknown.map(Json::elements).unwrap_or_default();
        let sensitives = sensitive.map(Json::elements).unwrap_or_default();
        let mut list = Vec::with_capacity(elements.len());
        for (at, known) in elements.iter().enumerate() {
            let inner = written.element(at, elements.len());
            let node = self.node(Some(known), unknowns.get(at), sensitives.get(at), inner, span);
            list.push(node.unwrap_or(Node::new(Value::Null, span)));
        }
        self.pair_references(&mut list);
        Value::List(list)
    }

    /// `[aws_subnet.a.id, aws_subnet.b.id]` is written as one expression with two references: where
    /// there are as many as unknown elements, each element has its own.
    #[expect(clippy::unused_self, reason = "reads as a step of `list`")]
    fn pair_references(&self, list: &mut [Node]) {
        let unknown = |node: &Node| matches!(&node.value, Value::Unknown(_));
        let count = list.iter().filter(|node| unknown(node)).count();
        let first = list.iter().find_map(|node| match &node.value {
            Value::Unknown(unknown) => Some(unknown.references.clone()),
            _ => None,
        });
        let Some(references) = first.filter(|all| all.len() == count && count > 1) else { return };
        let same =
            |node: &Node| !matches!(&node.value, Value::Unknown(unknown) if unknown.references != references);
        if !list.iter().all(same) {
            return;
        }
        let elements = list.iter_mut().filter_map(|node| match &mut node.value {
            Value::Unknown(unknown) => Some(unknown),
            _ => None,
        });
        for (element, reference) in elements.zip(references) {
            element.references = vec![reference];
        }
    }

    /// A value that is known only after apply; none where the configuration leaves it to AWS, as a template would.
    fn unknown(&self, written: Written<'_, '_>) -> Option<Value> {
        let expression = match written {
            Written::Unset => return None,
            Written::Nowhere => return Some(Value::unknown("known only after apply")),
            Written::To(expression) => expression,
        };
        let found = self.scope.map(|scope| self.resolver.found(scope, expression, self.resource, self.key));
        let found = found.unwrap_or_default();
        let (names, references) = (found.names(), found.references);
        let reason = reason(&references, expression);
        Some(Value::Unknown(Box::new(Unknown { references, names, ..Unknown::present(reason) })))
    }
}

/// Whether a plan's value says that nothing is set, which is no secret.
fn is_unset(known: Option<&Json<'_>>) -> bool {
    match known {
        None | Some(Json::Null) => true,
        Some(Json::String(text)) => text.is_empty(),
        _ => false,
    }
}

/// The part of an overlay that concerns a key.
fn within<'j, 'a>(overlay: Option<&'j Json<'a>>, key: &str) -> Option<&'j Json<'a>> {
    overlay?.get(key)
}

fn reason(references: &[Reference], expression: &Json<'_>) -> String {
    let named = expression.get("references").and_then(|all| all.elements().first()).and_then(Json::as_str);
    match (references.first(), named) {
        (Some(reference), _) => match &reference.attribute {
            Some(attribute) => format!("`{}.{attribute}` is known only after apply", reference.address),
            None => format!("`{}` is known only after apply", reference.address),
        },
        (None, Some(name)) => format!("`{name}` is known only after apply"),
        (None, None) => "known only after apply".to_owned(),
    }
}

fn scalar_value(json: &Json<'_>) -> Value {
    match json {
        Json::Bool(value) => Value::Bool(*value),
        Json::Int(value) => Value::Int(*value),
        Json::Float(value) => Value::Float(*value),
        Json::String(text) => Value::string(&**text),
        Json::Null | Json::List(_) | Json::Map(_) => Value::Null,
    }
}

/// JSON that stands within a value (a policy), as a value.
pub(super) fn document(json: &Json<'_>, span: Span) -> Value {
    match json {
        Json::List(elements) => {
            Value::List(elements.iter().map(|element| Node::new(document(element, span), span)).collect())
        }
        Json::Map(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                map.insert(&**key, Node::new(document(value, span), span));
            }
            Value::Map(map)
        }
        scalar => scalar_value(scalar),
    }
}
