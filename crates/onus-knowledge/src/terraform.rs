//! The mapping files `knowledge/terraform/*.yaml`: from text to entries, or to an error with line and column.
//!
//! Start at [`parse`]. The files' format is described in `knowledge/terraform/README.md`.

use onus_model::{
    Apart, AttributeType, AttributeTypes, Becomes, Field, Literal, Part, PropertyPath, ServicePrefix, Shape,
    Transform, TypeMapping,
};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A mapping file that cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct TerraformFileError {
    /// What is wrong, in a phrase.
    pub(crate) message: String,
    /// The line, from one; zero where the place is not known.
    pub(crate) line: u64,
    /// The column, from one; zero where the place is not known.
    pub(crate) column: u64,
}

impl From<serde_saphyr::Error> for TerraformFileError {
    fn from(error: serde_saphyr::Error) -> Self {
        let place = error.location();
        Self {
            message: error.without_snippet().to_string(),
            line: place.map_or(0, |place| place.line()),
            column: place.map_or(0, |place| place.column()),
        }
    }
}

/// Reads the text of one mapping file.
///
/// # Errors
/// The first mistake in the file: broken YAML, an unknown key, or an entry that contradicts itself.
pub(crate) fn parse(text: &str) -> Result<Vec<TypeMapping>, TerraformFileError> {
    let file: Ordered<serde_saphyr::Spanned<Entry>> = serde_saphyr::from_str(text)?;
    let mut types = Vec::new();
    for (name, entry) in file.0 {
        let place = entry.referenced;
        let lowered = entry.value.lower(&name).map_err(|message| TerraformFileError {
            message,
            line: place.line(),
            column: place.column(),
        })?;
        types.extend(lowered);
    }
    Ok(types)
}

/// Reads the text of `services.yaml`: prefixes of Terraform types by service.
///
/// # Errors
/// The first mistake in the file.
pub(crate) fn parse_services(text: &str) -> Result<Vec<ServicePrefix>, TerraformFileError> {
    let file: Ordered<Vec<String>> = serde_saphyr::from_str(text)?;
    let of = |(service, prefixes): (String, Vec<String>)| {
        prefixes.into_iter().map(move |prefix| ServicePrefix { prefix, service: service.clone() })
    };
    Ok(file.0.into_iter().flat_map(of).collect())
}

/// Reads the text of `types.txt`: a block per Terraform type, with the paths of attributes by their type.
///
/// # Errors
/// The first line that is none of these.
pub(crate) fn parse_types(text: &str) -> Result<Vec<(String, AttributeTypes)>, TerraformFileError> {
    let mut all: Vec<(String, AttributeTypes)> = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        let kind = match first {
            "number" => AttributeType::Number,
            "bool" => AttributeType::Bool,
            "any" => AttributeType::Any,
            name => {
                all.push((name.to_owned(), AttributeTypes::default()));
                continue;
            }
        };
        let Some((_, types)) = all.last_mut() else {
            let message = "a type of attributes stands before any type of resources".to_owned();
            return Err(TerraformFileError { message, line: at as u64 + 1, column: 1 });
        };
        for path in words {
            types.insert(&path.split('.').collect::<Vec<_>>(), kind.clone());
        }
    }
    Ok(all)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    #[serde(rename = "type")]
    kind: Option<String>,
    part_of: Option<PartFile>,
    #[serde(default)]
    no_counterpart: bool,
    #[serde(default)]
    also: Vec<String>,
    identity: Option<Vec<String>>,
    known_by: Option<String>,
    #[serde(default)]
    attributes: Attributes,
    #[serde(default)]
    constants: Ordered<Scalar>,
    #[serde(default)]
    apart: Ordered<ApartFile>,
    transform: Option<Transform>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PartFile {
    types: Vec<String>,
    by: String,
    #[serde(default)]
    element_of: String,
    #[serde(default)]
    append: bool,
    otherwise: Option<String>,
    #[serde(default)]
    and: Vec<Self>,
}

impl PartFile {
    fn lower(self) -> Part {
        Part {
            of: self.types,
            by: self.by,
            element_of: path(&self.element_of),
            append: self.append,
            otherwise: self.otherwise,
            and: self.and.into_iter().map(Self::lower).collect(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ApartFile {
    #[serde(rename = "type")]
    kind: String,
    by: String,
    #[serde(rename = "as")]
    like: Option<String>,
}

impl ApartFile {
    fn lower(self, attribute: String) -> Apart {
        let like = self.like.unwrap_or_else(|| attribute.clone());
        Apart { attribute, terraform_type: self.kind, like, by: self.by }
    }
}

impl Entry {
    fn lower(self, name: &str) -> Result<Vec<TypeMapping>, String> {
        let becomes = match (self.kind, self.part_of, self.no_counterpart) {
            (Some(kind), None, false) => Becomes::Resource(kind),
            (None, Some(part), false) => Becomes::Part(part.lower()),
            (None, None, true) => Becomes::NoCounterpart,
            _ => return Err(format!("`{name}` needs exactly one of `type`, `part-of` and `no-counterpart`")),
        };
        let constants = self.constants.0.into_iter().map(|(key, value)| (path(&key), value.0)).collect();
        let mapping = TypeMapping {
            terraform_type: name.to_owned(),
            becomes,
            identity: self.identity.unwrap_or_else(|| ["id", "arn", "name"].map(str::to_owned).to_vec()),
            known_by: self.known_by,
            fields: self.attributes.lower()?,
            constants,
            apart: self.apart.0.into_iter().map(|(name, file)| file.lower(name)).collect(),
            transform: self.transform,
            types: None,
        };
        let others =
            self.also.into_iter().map(|other| TypeMapping { terraform_type: other, ..mapping.clone() });
        let others: Vec<_> = others.collect();
        Ok(std::iter::once(mapping).chain(others).collect())
    }
}

fn path(text: &str) -> PropertyPath {
    text.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Attributes in the order of the file, each with one target or several.
#[derive(Default, Deserialize)]
struct Attributes(Ordered<Targets>);

impl Attributes {
    fn lower(self) -> Result<Vec<Field>, String> {
        let pairs = self
            .0
            .0
            .into_iter()
            .flat_map(|(name, targets)| targets.0.into_iter().map(move |target| (name.clone(), target)));
        pairs.map(|(name, target)| target.lower(name)).collect()
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Target {
    #[serde(default)]
    to: String,
    one: Option<Attributes>,
    many: Option<Attributes>,
    #[serde(rename = "as")]
    shape: Option<Word>,
    each: Option<String>,
    present: Option<Scalar>,
    entries: Option<(String, String)>,
    keyed: Option<(String, String)>,
    keyed_by: Option<String>,
    element: Option<String>,
    #[serde(default)]
    with: Ordered<Scalar>,
    join: Option<Vec<String>>,
    piece: Option<u32>,
    separator: Option<String>,
    #[serde(default)]
    values: Values,
    default: Option<Scalar>,
    #[serde(default)]
    before: Values,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Json,
    Pascal,
    Tags,
    Secret,
    List,
    First,
    Not,
}

impl Word {
    const fn shape(self) -> Shape {
        match self {
            Self::Json => Shape::Json,
            Self::Pascal => Shape::Pascal,
            Self::Tags => Shape::Tags,
            Self::Secret => Shape::Secret,
            Self::List => Shape::Listed,
            Self::First => Shape::First,
            Self::Not => Shape::Not,
        }
    }
}

impl Target {
    fn lower(self, attribute: String) -> Result<Field, String> {
        let separator = self.separator.unwrap_or_default();
        let mut shapes = Vec::new();
        shapes.extend(self.one.map(Attributes::lower).transpose()?.map(Shape::One));
        let many = self.many.map(Attributes::lower).transpose()?;
        shapes.extend(match (self.keyed_by, many) {
            (Some(key), Some(fields)) => Some(Shape::KeyedBlocks(key, fields)),
            (None, many) => many.map(Shape::Many),
            (Some(_), None) => return Err(format!("`{attribute}` has `keyed-by` but no `many`")),
        });
        shapes.extend(self.shape.map(Word::shape));
        shapes.extend(self.each.map(Shape::Each));
        shapes.extend(self.entries.map(|(key, value)| Shape::Entries(key, value)));
        shapes.extend(self.keyed.map(|(key, value)| Shape::Keyed(key, value)));
        let with: Vec<_> = self.with.0.into_iter().map(|(name, value)| (name, value.0)).collect();
        if self.element.is_none() && !with.is_empty() {
            return Err(format!("`{attribute}` has `with` but no `element`"));
        }
        shapes.extend(self.element.map(|key| Shape::Element { key: path(&key), with }));
        shapes.extend(self.present.map(|value| Shape::Present(value.0)));
        shapes.extend(self.join.map(|with| Shape::Join { with, separator: separator.clone() }));
        shapes.extend(self.piece.map(|index| Shape::Piece { separator, index }));
        if shapes.len() > 1 {
            return Err(format!("`{attribute}` has more than one shape"));
        }
        let shape = shapes.pop().unwrap_or(Shape::Plain);
        if self.to.is_empty() && !matches!(shape, Shape::One(_)) {
            return Err(format!("`{attribute}` needs `to`"));
        }
        let values = self.values.0.into_iter().map(|(from, to)| (from.0, to.0)).collect();
        let earlier = earlier(&attribute, self.before)?;
        let default = self.default.map(|value| value.0);
        Ok(Field { attribute, to: path(&self.to), shape, values, default, earlier })
    }
}

/// Defaults of earlier releases, the lowest first.
fn earlier(attribute: &str, before: Values) -> Result<Vec<(u32, Literal)>, String> {
    let release = |(release, value): (Scalar, Scalar)| match release.0 {
        Literal::Int(release) => u32::try_from(release).ok().map(|release| (release, value.0)),
        _ => None,
    };
    let mut all: Vec<(u32, Literal)> = before
        .0
        .into_iter()
        .map(release)
        .collect::<Option<_>>()
        .ok_or_else(|| format!("`before` of `{attribute}` names no major release of the provider"))?;
    all.sort_by_key(|(release, _)| *release);
    Ok(all)
}

/// `Property.Path`, a map that says more, or a list of these.
struct Targets(Vec<Target>);

impl<'de> Deserialize<'de> for Targets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Targets;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a property path, a map with `to`, or a list of these")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Targets, E> {
                Ok(Targets(vec![Target { to: text.to_owned(), ..Target::default() }]))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Targets, A::Error> {
                Ok(Targets(vec![Target::deserialize(MapAccessDeserializer::new(map))?]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Targets, A::Error> {
                let mut all = Vec::new();
                while let Some(Targets(more)) = list.next_element()? {
                    all.extend(more);
                }
                Ok(Targets(all))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// A map in the order of the file.
struct Ordered<T>(Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        pairs(deserializer).map(Self)
    }
}

/// A table of values.
#[derive(Default)]
struct Values(Vec<(Scalar, Scalar)>);

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        pairs(deserializer).map(Self)
    }
}

fn pairs<'de, D, K, V>(deserializer: D) -> Result<Vec<(K, V)>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de>,
    V: Deserialize<'de>,
{
    struct Pairs<K, V>(PhantomData<(K, V)>);
    impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Pairs<K, V> {
        type Value = Vec<(K, V)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(pair) = map.next_entry()? {
                all.push(pair);
            }
            Ok(all)
        }
    }
    deserializer.deserialize_map(Pairs(PhantomData))
}

struct Scalar(Literal);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a scalar")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar(Literal::Bool(value)))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar(Literal::Int(value)))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar(i64::try_from(value).map_or(Literal::Float(value as f64), Literal::Int)))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar(Literal::Float(value)))
            }

            fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
                Ok(Scalar(Literal::String(value.to_owned())))
            }

            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar(Literal::Null))
            }

            fn visit_none<E>(self) -> Result<Scalar, E> {
                Ok(Scalar(Literal::Null))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, line: u64, message: &str) {
        let error = parse(text).expect_err("the file has a mistake");
        assert!(error.message.contains(message), "{error}");
        assert_eq!(error.line, line, "{error}");
        assert!(error.column > 0);
    }

    #[test]
    fn mistakes_are_shown_where_they_are() {
        check("a:\n  type: X\n  atributes: {}\n", 3, "atributes");
        check("a:\n  type: X\n  attributes:\n    b: {to: C, az: list}\n", 4, "az");
        check("a:\n  type: X\n  attributes:\n    b: {to: C, as: lists}\n", 4, "lists");
        check("a:\n  identity: [id]\n", 2, "needs exactly one of");
        check("a:\n  type: X\n  attributes:\n    b: {as: list}\n", 2, "`b` needs `to`");
        check("a:\n  type: X\n  attributes: {b: {to: C, each: D, present: 1}}\n", 2, "more than one shape");
        check("a:\n  type: [\n", 2, "expected string");
        check("a:\n  type: X\n  attributes: {b: {to: C, before: {six: 1}}}\n", 2, "names no major release");
    }

    #[test]
    fn one_attribute_may_set_several_properties() {
        let types = parse(
            "a:\n  type: X\n  also: [b]\n  attributes:\n    c: [D.E, {to: F, values: {true: Enabled}}]\n",
        );
        let types = types.expect("the file is right");
        assert_eq!(types.len(), 2);
        let first = &types[0];
        assert_eq!(first.identity, ["id", "arn", "name"]);
        assert_eq!(first.fields[0].to, ["D", "E"]);
        assert_eq!(first.fields[1].values, [(Literal::Bool(true), Literal::String("Enabled".into()))]);
        assert_eq!(types[1].terraform_type, "b");
    }

    #[test]
    fn services_are_prefixes_by_id() {
        let services = parse_services("s3: [aws_s3_, aws_s3control_]\n").expect("the file is right");
        assert_eq!(services.len(), 2);
        assert_eq!(services[1], ServicePrefix { prefix: "aws_s3control_".into(), service: "s3".into() });
    }
}
