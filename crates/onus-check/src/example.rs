//! Resources written by hand: the examples of checks and variants.

use onus_model::{Coverage, FileId, Map, Node, Resource, Span, TextBuilder, Unknown, Value};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A value of an example. The text `<unknown>` stands for what is not known, `<resource>` for a
/// reference to the resource under test, `<name>` for one to a related resource. A longer text in which
/// `<unknown>` stands is known but for that.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum ExampleValue {
    /// Nothing.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text, or one of the words in angle brackets.
    String(String),
    /// A list.
    List(Vec<Self>),
    /// A map.
    Map(Vec<(String, Self)>),
}

/// An example: the resource under test, and others where they matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// The type of the resource under test.
    pub resource_type: String,
    /// Its properties.
    pub properties: ExampleValue,
    /// The other resources.
    pub related: Vec<ExampleResource>,
}

/// A resource beside the one under test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExampleResource {
    /// The type.
    pub resource_type: String,
    /// The name by which others refer to it.
    pub name: Option<String>,
    /// The properties.
    pub properties: ExampleValue,
}

/// A mistake in an example.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExampleError {
    /// It is no map.
    #[error("an example is a map of properties, or of `type`, `properties` and `related`")]
    NotMap,
    /// A related resource is not written as one.
    #[error("a related resource is a map of `type`, `name` and `properties`, of which the type is needed")]
    NotResource,
    /// A key that has no meaning.
    #[error("unknown key `{0}` in an example")]
    UnknownKey(String),
    /// A name in angle brackets that no related resource has.
    #[error("no related resource is named `{0}`")]
    UnknownName(String),
    /// Two related resources of one name, or one that is called like the resource under test.
    #[error("several resources of the example are named `{0}`")]
    DuplicateName(String),
}

/// The address of the resource under test.
const UNDER_TEST: &str = "resource";

impl Example {
    /// An example as it stands in a file: a map of properties, or `{type, properties, related}`.
    ///
    /// # Errors
    /// Where it is neither, or names a resource that it does not have.
    pub fn new(value: ExampleValue, default_type: &str) -> Result<Self, ExampleError> {
        let ExampleValue::Map(entries) = value else {
            // An example may be a resource of which nothing is known.
            if value == ExampleValue::String("<unknown>".to_owned()) {
                return Ok(Self {
                    resource_type: default_type.to_owned(),
                    properties: value,
                    related: Vec::new(),
                });
            }
            return Err(ExampleError::NotMap);
        };
        // Properties of CloudFormation start with a capital letter.
        let whole = entries.iter().any(|(key, _)| matches!(key.as_str(), "type" | "properties" | "related"));
        let example = if whole {
            Self::whole(entries, default_type)?
        } else {
            let properties = ExampleValue::Map(entries);
            Self { resource_type: default_type.to_owned(), properties, related: Vec::new() }
        };
        example.check_names()?;
        Ok(example)
    }

    fn whole(entries: Vec<(String, ExampleValue)>, default_type: &str) -> Result<Self, ExampleError> {
        let mut example = Self {
            resource_type: default_type.to_owned(),
            properties: ExampleValue::Map(Vec::new()),
            related: Vec::new(),
        };
        for (key, value) in entries {
            match (key.as_str(), value) {
                ("type", ExampleValue::String(name)) => example.resource_type = name,
                ("properties", value) => example.properties = value,
                ("related", ExampleValue::List(list)) => {
                    example.related = list.into_iter().map(ExampleResource::new).collect::<Result<_, _>>()?;
                }
                ("type" | "related", _) => return Err(ExampleError::NotMap),
                _ => return Err(ExampleError::UnknownKey(key)),
            }
        }
        Ok(example)
    }

    fn check_names(&self) -> Result<(), ExampleError> {
        let mut names = vec![UNDER_TEST];
        for name in self.related.iter().filter_map(|resource| resource.name.as_deref()) {
            if names.contains(&name) {
                return Err(ExampleError::DuplicateName(name.to_owned()));
            }
            names.push(name);
        }
        self.properties.check_names(&names)?;
        self.related.iter().try_for_each(|resource| resource.properties.check_names(&names))
    }

    /// The resources; the first is the one under test. They are of one scope, and their spans point nowhere.
    pub fn resources(&self) -> Vec<Resource> {
        let first = resource(UNDER_TEST.to_owned(), &self.resource_type, &self.properties);
        let related = self.related.iter().enumerate().map(|(position, related)| {
            let address = related.name.clone().unwrap_or_else(|| format!("related {}", position + 1));
            resource(address, &related.resource_type, &related.properties)
        });
        std::iter::once(first).chain(related).collect()
    }
}

impl ExampleResource {
    fn new(value: ExampleValue) -> Result<Self, ExampleError> {
        let ExampleValue::Map(entries) = value else { return Err(ExampleError::NotResource) };
        let (mut resource_type, mut name, mut properties) = (None, None, ExampleValue::Map(Vec::new()));
        for (key, value) in entries {
            match (key.as_str(), value) {
                ("type", ExampleValue::String(text)) => resource_type = Some(text),
                ("name", ExampleValue::String(text)) => name = Some(text),
                ("properties", value) => properties = value,
                ("type" | "name", _) => return Err(ExampleError::NotResource),
                _ => return Err(ExampleError::UnknownKey(key)),
            }
        }
        let resource_type = resource_type.ok_or(ExampleError::NotResource)?;
        Ok(Self { resource_type, name, properties })
    }
}

impl ExampleValue {
    /// The value; names in angle brackets become references.
    pub fn to_node(&self) -> Node {
        let value = match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Int(value) => Value::Int(*value),
            Self::Float(value) => Value::Float(*value),
            Self::String(text) => match reference(text) {
                Some("unknown") => Value::unknown("the example says so"),
                Some("present") => Value::unknown_but_present("the example says so"),
                Some(name) => Value::name_of(name, None),
                None => partial(text),
            },
            Self::List(elements) => Value::List(elements.iter().map(Self::to_node).collect()),
            Self::Map(entries) => Value::Map(
                entries.iter().map(|(key, value)| (key.as_str(), value.to_node())).collect::<Map>(),
            ),
        };
        Node::new(value, Span::new(FileId(0), 0, 0))
    }

    fn check_names(&self, names: &[&str]) -> Result<(), ExampleError> {
        match self {
            Self::String(text) => match reference(text) {
                Some(name) if !matches!(name, "unknown" | "present") && !names.contains(&name) => {
                    Err(ExampleError::UnknownName(name.to_owned()))
                }
                _ => Ok(()),
            },
            Self::List(elements) => elements.iter().try_for_each(|element| element.check_names(names)),
            Self::Map(entries) => entries.iter().try_for_each(|(_, value)| value.check_names(names)),
            _ => Ok(()),
        }
    }
}

/// A text in which `<unknown>` stands is known around it.
fn partial(text: &str) -> Value {
    let mut pieces = text.split("<unknown>");
    let mut builder = TextBuilder::default();
    builder.known(pieces.next().unwrap_or_default());
    for piece in pieces {
        builder.open(&Unknown::present("the example says so"));
        builder.known(piece);
    }
    builder.finish()
}

/// The word in angle brackets, where the text is one.
fn reference(text: &str) -> Option<&str> {
    let word = text.strip_prefix('<')?.strip_suffix('>')?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    (!word.is_empty() && word.chars().all(plain)).then_some(word)
}

fn resource(address: String, resource_type: &str, properties: &ExampleValue) -> Resource {
    Resource {
        address: address.into(),
        resource_type: resource_type.into(),
        native_type: None,
        scope: 0,
        root: None,
        account: None,
        region: None,
        properties: properties.to_node(),
        span: Span::new(FileId(0), 0, 0),
        coverage: Coverage::Full,
        elsewhere: Vec::new(),
    }
}

/// The same for formats that do not describe themselves: they tell the variant by its number.
#[derive(Deserialize)]
enum Compact {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String(String),
    List(Vec<ExampleValue>),
    Map(Vec<(String, ExampleValue)>),
}

impl From<Compact> for ExampleValue {
    fn from(compact: Compact) -> Self {
        match compact {
            Compact::Null => Self::Null,
            Compact::Bool(value) => Self::Bool(value),
            Compact::Int(value) => Self::Int(value),
            Compact::Float(value) => Self::Float(value),
            Compact::String(text) => Self::String(text),
            Compact::List(elements) => Self::List(elements),
            Compact::Map(entries) => Self::Map(entries),
        }
    }
}

impl<'de> Deserialize<'de> for ExampleValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(ValueVisitor)
        } else {
            Compact::deserialize(deserializer).map(Self::from)
        }
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = ExampleValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property value")
    }

    fn visit_unit<E>(self) -> Result<ExampleValue, E> {
        Ok(ExampleValue::Null)
    }

    fn visit_none<E>(self) -> Result<ExampleValue, E> {
        Ok(ExampleValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<ExampleValue, D::Error> {
        ExampleValue::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<ExampleValue, E> {
        Ok(ExampleValue::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<ExampleValue, E> {
        Ok(ExampleValue::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<ExampleValue, E> {
        Ok(i64::try_from(value).map_or(ExampleValue::Float(value as f64), ExampleValue::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<ExampleValue, E> {
        Ok(ExampleValue::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<ExampleValue, E> {
        Ok(ExampleValue::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<ExampleValue, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element()? {
            elements.push(element);
        }
        Ok(ExampleValue::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ExampleValue, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(ExampleValue::Map(entries))
    }
}
