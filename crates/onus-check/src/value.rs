//! Values while an expression is evaluated: borrowed from the workload or the program where that
//! is possible, each with the place it came from.

use onus_model::{Map, Node, PartialText, Resource, Span, Unknown, Value};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

/// More reasons than these are no help to a reader.
const MAX_REASONS: usize = 8;

/// A value and where it came from.
#[derive(Clone, Debug)]
pub(crate) struct V<'a> {
    pub(crate) data: Data<'a>,
    pub(crate) place: Place<'a>,
}

#[derive(Clone, Debug)]
pub(crate) enum Data<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// Borrowed text.
    Str(&'a str),
    /// Computed text.
    Text(Rc<str>),
    /// A list of the workload.
    List(&'a [Node]),
    /// A computed list.
    Items(Rc<[Item<'a>]>),
    /// A map of the workload.
    Map(&'a Map),
    /// A computed map.
    Entries(Rc<[(Cow<'a, str>, V<'a>)]>),
    Unknown(Unk<'a>),
}

/// An element of a computed list.
#[derive(Clone, Debug)]
pub(crate) struct Item<'a> {
    pub(crate) value: V<'a>,
    /// Why it is not certain to be in the list, where it is not.
    pub(crate) doubt: Option<Why<'a>>,
}

/// Where a value came from: the property itself, or for a missing one what encloses it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'a> {
    pub(crate) span: Option<&'a Span>,
    pub(crate) missing: bool,
    /// How many conjuncts held before the one that decided: how near the whole was to holding.
    pub(crate) held: u16,
}

impl<'a> Place<'a> {
    pub(crate) const fn at(span: &'a Span) -> Self {
        Self { span: Some(span), missing: false, held: 0 }
    }

    /// The more telling of two places: a value beats a gap, and a gap beats nothing; of two that are alike in this the
    /// one before which more conjuncts held, then one that lies within the other, then the first.
    pub(crate) fn or(self, other: Self) -> Self {
        let rank = |place: Self| match place {
            Self { span: None, .. } => 0,
            Self { missing: true, .. } => 1,
            Self { .. } => 2,
        };
        match (rank(other), other.held).cmp(&(rank(self), self.held)) {
            Ordering::Greater => other,
            Ordering::Equal if other.is_within(self) => other,
            _ => self,
        }
    }

    /// Whether it is a part of what the other place spans.
    fn is_within(self, other: Self) -> bool {
        match (self.span, other.span) {
            (Some(inner), Some(outer)) => {
                inner != outer
                    && inner.file == outer.file
                    && outer.start <= inner.start
                    && inner.end <= outer.end
            }
            _ => false,
        }
    }

    /// The same where the conjuncts before it no longer count.
    pub(crate) const fn alone(self) -> Self {
        Self { held: 0, ..self }
    }

    pub(crate) const fn missing(self) -> Self {
        Self { missing: true, ..self }
    }
}

/// Something that is not known: why, and what it could turn out to be.
#[derive(Clone, Debug)]
pub(crate) struct Unk<'a> {
    pub(crate) why: Why<'a>,
    pub(crate) could: Could,
}

/// The kinds of value that something unknown could turn out to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Could(u8);

impl Could {
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const TRUE: Self = Self(2);
    pub(crate) const FALSE: Self = Self(4);
    pub(crate) const OTHER: Self = Self(8);
    /// True or false.
    pub(crate) const BOOL: Self = Self(6);
    /// True, false or nothing.
    pub(crate) const LOGIC: Self = Self(7);
    /// Anything but nothing.
    pub(crate) const PRESENT: Self = Self(14);
    pub(crate) const ANYTHING: Self = Self(15);
    pub(crate) const EMPTY: Self = Self(0);

    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Why something is not known.
#[derive(Clone, Debug)]
pub(crate) enum Why<'a> {
    /// It is this very value of the workload, with its references.
    Source(&'a Unknown),
    /// It follows from one unknown value.
    Text(&'a str),
    /// It follows from several, or the reason was composed.
    Many(Rc<[Cow<'a, str>]>),
}

impl<'a> Why<'a> {
    pub(crate) fn composed(reason: String) -> Self {
        Self::Many(Rc::new([Cow::Owned(reason)]))
    }

    /// The same reason for something that follows from the value, and has not its references.
    pub(crate) fn derived(&self) -> Self {
        match self {
            Self::Source(unknown) => Self::Text(&unknown.reason),
            other => other.clone(),
        }
    }

    /// Both reasons, each once.
    pub(crate) fn with(&self, other: &Self) -> Self {
        match (self.single(), other.single()) {
            (Some(a), Some(b)) if a == b => return self.derived(),
            _ => {}
        }
        let mut all: Vec<Cow<'a, str>> = self.reasons();
        for reason in other.reasons() {
            if all.len() < MAX_REASONS && !all.contains(&reason) {
                all.push(reason);
            }
        }
        Self::Many(all.into())
    }

    fn single(&self) -> Option<&str> {
        match self {
            Self::Source(unknown) => Some(&unknown.reason),
            Self::Text(text) => Some(text),
            Self::Many(_) => None,
        }
    }

    pub(crate) fn reasons(&self) -> Vec<Cow<'a, str>> {
        match self {
            Self::Source(unknown) => vec![Cow::Borrowed(&unknown.reason)],
            Self::Text(text) => vec![Cow::Borrowed(text)],
            Self::Many(many) => many.to_vec(),
        }
    }
}

impl<'a> V<'a> {
    pub(crate) const fn new(data: Data<'a>, place: Place<'a>) -> Self {
        Self { data, place }
    }

    /// A value that comes from no property.
    pub(crate) const fn plain(data: Data<'a>) -> Self {
        Self { data, place: Place { span: None, missing: false, held: 0 } }
    }

    pub(crate) const fn bool(value: bool, place: Place<'a>) -> Self {
        Self { data: Data::Bool(value), place }
    }

    pub(crate) const fn null(place: Place<'a>) -> Self {
        Self { data: Data::Null, place }
    }

    pub(crate) const fn unknown(why: Why<'a>, could: Could, place: Place<'a>) -> Self {
        Self { data: Data::Unknown(Unk { why, could }), place }
    }

    pub(crate) fn node(node: &'a Node) -> Self {
        let data = match &node.value {
            Value::Null => Data::Null,
            Value::Bool(value) => Data::Bool(*value),
            Value::Int(value) => Data::Int(*value),
            Value::Float(value) => Data::Float(*value),
            Value::String(text) => Data::Str(text),
            Value::List(nodes) => Data::List(nodes),
            Value::Map(map) => Data::Map(map),
            Value::Unknown(unknown) => {
                let could = if unknown.present { Could::PRESENT } else { Could::ANYTHING };
                Data::Unknown(Unk { why: Why::Source(unknown), could })
            }
        };
        Self { data, place: Place::at(&node.span) }
    }

    /// The properties of the resource under test. Of a part it is the part that is asked about.
    pub(crate) fn own(resource: &'a Resource) -> Self {
        match resource.coverage {
            onus_model::Coverage::Part { .. } => Self::node(&resource.properties),
            _ => Self::resource(resource),
        }
    }

    /// The properties of a resource.
    pub(crate) fn resource(resource: &'a Resource) -> Self {
        match resource.coverage {
            onus_model::Coverage::Full => Self::node(&resource.properties),
            onus_model::Coverage::Part { .. } => {
                Self::unknown(Why::composed(outside(resource)), Could::PRESENT, Place::at(&resource.span))
            }
            onus_model::Coverage::TypeOnly => Self::unknown(
                Why::composed(format!("the properties of `{}` are not mapped", resource.resource_type)),
                Could::PRESENT,
                Place::at(&resource.span),
            ),
        }
    }

    /// The value of a field: null where there is none, or this is no map.
    pub(crate) fn select(&self, field: &str) -> Self {
        match &self.data {
            Data::Map(map) => map.get(field).map_or_else(|| Self::null(self.place.missing()), Self::node),
            Data::Entries(entries) => entries
                .iter()
                .find(|(key, _)| key == field)
                .map_or_else(|| Self::null(self.place.missing()), |(_, value)| value.clone()),
            Data::Unknown(unknown) => Self::unknown(unknown.why.derived(), Could::ANYTHING, self.place),
            _ => Self::null(self.place),
        }
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        Some(match &self.data {
            Data::Str(text) => Cow::Borrowed(text),
            Data::Text(text) => Cow::Borrowed(text),
            Data::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Data::Int(value) => Cow::Owned(value.to_string()),
            Data::Float(value) => Cow::Owned(value.to_string()),
            _ => return None,
        })
    }

    /// Why it is unknown, where it is.
    pub(crate) const fn as_unknown(&self) -> Option<&Unk<'a>> {
        match &self.data {
            Data::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// Where it is not known: what is known of it, if it is as the workload has it.
    pub(crate) const fn source(&self) -> Option<&'a Unknown> {
        match &self.data {
            Data::Unknown(Unk { why: Why::Source(unknown), could }) if could.has(Could::OTHER) => {
                Some(unknown)
            }
            _ => None,
        }
    }

    /// What is known of its text, where that is all that is not known.
    pub(crate) fn partial(&self) -> Option<&'a PartialText> {
        self.source().and_then(|unknown| unknown.text.as_ref())
    }

    /// Whether it may be nothing.
    pub(crate) const fn may_be_null(&self) -> bool {
        match &self.data {
            Data::Null => true,
            Data::Unknown(unknown) => unknown.could.has(Could::NULL),
            _ => false,
        }
    }

    /// The elements of a list, or the keys of a map. None where this is neither.
    pub(crate) fn elements(&self) -> Option<Elements<'_, 'a>> {
        Some(match &self.data {
            Data::List(nodes) => Elements::Nodes(nodes.iter()),
            Data::Items(items) => Elements::Items(items.iter()),
            Data::Map(map) => Elements::Keys(Box::new(
                map.iter().filter_map(|(name, node)| key(Data::Str(name), &V::node(node))),
            )),
            Data::Entries(entries) => Elements::Keys(Box::new(entries.iter().filter_map(|(name, value)| {
                let name = match name {
                    Cow::Borrowed(name) => Data::Str(name),
                    Cow::Owned(name) => Data::Text(name.as_str().into()),
                };
                key(name, value)
            }))),
            _ => return None,
        })
    }

    /// Whether it is a list.
    pub(crate) const fn is_list(&self) -> bool {
        matches!(self.data, Data::List(_) | Data::Items(_))
    }
}

impl<'a> Item<'a> {
    pub(crate) const fn certain(value: V<'a>) -> Self {
        Self { value, doubt: None }
    }

    /// An element as it stands in the workload. One that is unknown and may be nothing may be no
    /// element at all, as CloudFormation's `AWS::NoValue` takes elements out.
    pub(crate) fn node(node: &'a Node) -> Self {
        let doubt = match &node.value {
            Value::Unknown(unknown) if !unknown.present => Some(Why::Source(unknown)),
            _ => None,
        };
        Self { value: V::node(node), doubt }
    }
}

/// The elements of a list or the keys of a map.
pub(crate) enum Elements<'e, 'a> {
    Nodes(std::slice::Iter<'a, Node>),
    Items(std::slice::Iter<'e, Item<'a>>),
    Keys(Box<dyn Iterator<Item = Item<'a>> + 'e>),
}

impl<'a> Iterator for Elements<'_, 'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        match self {
            Self::Nodes(nodes) => nodes.next().map(Item::node),
            Self::Items(items) => items.next().cloned(),
            Self::Keys(keys) => keys.next(),
        }
    }
}

/// What is said of a resource of which only a part is in the input.
pub(crate) fn outside(resource: &Resource) -> String {
    format!("`{}` is a part of a resource outside of this code", resource.address)
}

/// A key, where its value is not nothing; in doubt where that is not known.
fn key<'a>(key: Data<'a>, value: &V<'a>) -> Option<Item<'a>> {
    let doubt = match &value.data {
        Data::Null => return None,
        Data::Unknown(unknown) if unknown.could.has(Could::NULL) => Some(unknown.why.clone()),
        _ => None,
    };
    Some(Item { value: V::new(key, value.place), doubt })
}
