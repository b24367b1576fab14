//! Values, as Terraform's type system has them.

use crate::{Number, Type};
use onus_model::{Reference, Span};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A value with the place that it was written at.
///
/// Equality is Terraform's `==` where both are known: place and sensitivity do not count.
#[derive(Clone, Debug)]
pub struct Val {
    /// The value itself.
    pub data: Data,
    /// Where it was written; for a computed value, the expression that computed it.
    pub span: Option<Span>,
    /// Whether it must not be shown.
    pub sensitive: bool,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Data {
    /// Not known before Terraform applies, or not from these files.
    Unknown(Arc<Unknown>),
    /// Not set.
    Null,
    /// Not set, where something of a type could be.
    NullOf(Arc<Type>),
    /// A truth value.
    Bool(bool),
    /// A number of any precision.
    Number(Number),
    /// Text.
    String(Arc<str>),
    /// What `[…]` makes: elements of any types.
    Tuple(Arc<Vec<Val>>),
    /// Elements of one type.
    List(Arc<Vec<Val>>),
    /// Elements of one type, each once, in the order in which Terraform iterates over them.
    Set(Arc<Vec<Val>>),
    /// What `{…}` makes: attributes of any types.
    Object(Arc<BTreeMap<Arc<str>, Val>>),
    /// Values of one type by key.
    Map(Arc<BTreeMap<Arc<str>, Val>>),
    /// A resource or data source: as a whole not known, though some of its attributes are.
    Instance(Arc<Instance>),
}

/// A resource or data source, as expressions see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// What the configuration sets.
    pub attributes: BTreeMap<Arc<str>, Val>,
    /// What every other attribute is: unknown, with a reference to the instance.
    pub whole: Unknown,
    /// The attributes that are one [name](Unknown::name) each.
    pub names: &'static [&'static str],
}

impl Instance {
    /// The value of an attribute: as written, or unknown with a reference to it.
    pub fn attribute(&self, name: &str) -> Val {
        match self.attributes.get(name) {
            Some(value) => value.clone(),
            None => Self::unwritten(&self.whole, self.names, name),
        }
    }

    /// An attribute that the configuration does not set, of a resource or block of which this is known; `names` are
    /// the attributes that are one name each.
    pub fn unwritten(whole: &Unknown, names: &[&str], name: &str) -> Val {
        let mut unknown = whole.clone();
        if let [reference] = unknown.references.as_mut_slice() {
            let path =
                reference.attribute.as_ref().map_or_else(|| name.into(), |outer| format!("{outer}.{name}"));
            unknown.reason = format!("`{}.{path}` is known only after apply", reference.address).into();
            reference.attribute = Some(path.into());
            unknown.name = names.contains(&name);
        }
        // As in a plan: what is written to come from another resource is set.
        unknown.present = true;
        Val::unknown(unknown)
    }
}

/// Why a value is not known, and what is known about it all the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// The reason, as a phrase that completes "not known: …".
    pub reason: Arc<str>,
    /// Whether it is certain not to be null.
    pub present: bool,
    /// Whether it is the name, id or ARN of what it refers to, and not computed from that.
    pub name: bool,
    /// Whether it is given or made as a whole only at deployment, so that no part of it is written in the source.
    pub deferred: bool,
    /// The resources that it is computed from.
    pub references: Vec<Reference>,
    /// The type, as far as it is known.
    pub kind: Type,
    /// What it begins with, where it is text of which that is known.
    pub prefix: Option<Arc<str>>,
    /// The pieces that it is put together of, where it is such a text. Terraform knows nothing of them, so nothing in the
    /// language may depend on them.
    pub pieces: Option<Arc<[Piece]>>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// It reads so.
    Known(Arc<str>),
    /// What it reads is not known.
    Open(Unknown),
}

/// The bytes of a value itself.
const SIZE: u64 = size_of::<Val>() as u64;

/// An unknown value keeps at most this many references: a text made of more tells nothing further.
pub(crate) const MAX_REFERENCES: usize = 256;

impl Unknown {
    /// Of this nothing is known, not even whether it is set.
    pub fn new(reason: impl Into<Arc<str>>) -> Self {
        Self {
            reason: reason.into(),
            present: false,
            name: false,
            deferred: false,
            references: Vec::new(),
            kind: Type::Any,
            prefix: None,
            pieces: None,
        }
    }

    /// It is certain to be set.
    pub fn present(reason: impl Into<Arc<str>>) -> Self {
        Self { present: true, ..Self::new(reason) }
    }

    /// One that is computed from others: their references, and the first's reason.
    pub(crate) fn of<'u>(all: impl IntoIterator<Item = &'u Unknown>, present: bool) -> Self {
        let mut all = all.into_iter();
        let Some(first) = all.next() else { return Self::new("not known") };
        let mut made = Self {
            present,
            name: false,
            deferred: false,
            kind: Type::Any,
            prefix: None,
            pieces: None,
            ..first.clone()
        };
        for other in all {
            for reference in &other.references {
                if made.references.len() < MAX_REFERENCES && !made.references.contains(reference) {
                    made.references.push(reference.clone());
                }
            }
        }
        made
    }

    /// About how many bytes it holds.
    fn bytes(&self) -> u64 {
        let references = self.references.iter().map(|reference| {
            let attribute = reference.attribute.as_ref().map_or(0, |attribute| attribute.len());
            (size_of::<Reference>() + reference.address.len() + attribute) as u64
        });
        let piece = |piece: &Piece| match piece {
            Piece::Known(text) => text.len() as u64,
            Piece::Open(unknown) => unknown.bytes(),
        };
        let pieces = self.pieces.iter().flat_map(|pieces| pieces.iter()).map(piece);
        size_of::<Self>() as u64 + references.sum::<u64>() + pieces.sum::<u64>()
    }

    /// The same, of this type.
    #[must_use]
    pub fn typed(self, kind: Type) -> Self {
        let prefix = self.prefix.filter(|_| matches!(kind, Type::String | Type::Any));
        let pieces = self.pieces.filter(|_| matches!(kind, Type::String | Type::Any));
        Self { kind, prefix, pieces, ..self }
    }
}

impl Val {
    /// A value without a place.
    pub const fn new(data: Data) -> Self {
        Self { data, span: None, sensitive: false }
    }

    /// The same value at a place.
    #[must_use]
    pub fn at(self, span: Option<Span>) -> Self {
        Self { span: span.or(self.span), ..self }
    }

    /// The same value, sensitive if it was or if this is true.
    #[must_use]
    pub fn marked(self, sensitive: bool) -> Self {
        Self { sensitive: self.sensitive || sensitive, ..self }
    }

    /// Nothing.
    pub const fn null() -> Self {
        Self::new(Data::Null)
    }

    /// Nothing, where something of this type could be.
    pub fn null_of(kind: &Type) -> Self {
        match kind {
            Type::Any => Self::null(),
            kind => Self::new(Data::NullOf(Arc::new(kind.clone()))),
        }
    }

    /// A truth value.
    pub const fn bool(value: bool) -> Self {
        Self::new(Data::Bool(value))
    }

    /// Text.
    pub fn string(text: impl Into<Arc<str>>) -> Self {
        Self::new(Data::String(text.into()))
    }

    /// A number.
    pub fn number(number: impl Into<Number>) -> Self {
        Self::new(Data::Number(number.into()))
    }

    /// What is not known.
    pub fn unknown(unknown: Unknown) -> Self {
        Self::new(Data::Unknown(Arc::new(unknown)))
    }

    /// A tuple.
    pub fn tuple(elements: Vec<Self>) -> Self {
        Self::new(Data::Tuple(Arc::new(elements)))
    }

    /// A list.
    pub fn list(elements: Vec<Self>) -> Self {
        Self::new(Data::List(Arc::new(elements)))
    }

    /// A set: sorted, and each element once. The elements are of one type already. One that is sensitive makes the set
    /// so, since its place in the order would tell of it.
    pub fn set(mut elements: Vec<Self>) -> Self {
        let sensitive = elements.iter().any(Self::has_sensitive);
        elements.sort_by(Self::order);
        elements.dedup_by(|a, b| a == b && !a.has_unknown());
        Self::new(Data::Set(Arc::new(elements))).marked(sensitive)
    }

    /// An object.
    pub fn object(attributes: BTreeMap<Arc<str>, Self>) -> Self {
        Self::new(Data::Object(Arc::new(attributes)))
    }

    /// A map.
    pub fn map(entries: BTreeMap<Arc<str>, Self>) -> Self {
        Self::new(Data::Map(Arc::new(entries)))
    }

    /// Whether it is null.
    pub const fn is_null(&self) -> bool {
        matches!(self.data, Data::Null | Data::NullOf(_))
    }

    /// What is known of it, where it as a whole is not known.
    pub fn as_unknown(&self) -> Option<&Unknown> {
        match &self.data {
            Data::Unknown(unknown) => Some(unknown),
            Data::Instance(instance) => Some(&instance.whole),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of a tuple, list or set.
    pub fn elements(&self) -> Option<&[Self]> {
        match &self.data {
            Data::Tuple(all) | Data::List(all) | Data::Set(all) => Some(all),
            _ => None,
        }
    }

    /// The entries of an object or map, by key.
    pub fn entries(&self) -> Option<&BTreeMap<Arc<str>, Self>> {
        match &self.data {
            Data::Object(all) | Data::Map(all) => Some(all),
            _ => None,
        }
    }

    /// The value of a key of an object or map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries()?.get(key)
    }

    /// Whether it or anything within it is unknown.
    pub fn has_unknown(&self) -> bool {
        self.first_unknown().is_some()
    }

    /// The first unknown in it.
    pub fn first_unknown(&self) -> Option<&Unknown> {
        match &self.data {
            Data::Unknown(unknown) => Some(unknown),
            Data::Instance(instance) => Some(&instance.whole),
            Data::Tuple(all) | Data::List(all) | Data::Set(all) => all.iter().find_map(Self::first_unknown),
            Data::Object(all) | Data::Map(all) => all.values().find_map(Self::first_unknown),
            _ => None,
        }
    }

    /// Whether it or anything within it is sensitive.
    pub fn has_sensitive(&self) -> bool {
        self.sensitive
            || match &self.data {
                Data::Tuple(all) | Data::List(all) | Data::Set(all) => all.iter().any(Self::has_sensitive),
                Data::Object(all) | Data::Map(all) => all.values().any(Self::has_sensitive),
                _ => false,
            }
    }

    /// How many values it is made of, itself included; none if more than `most`.
    pub fn size(&self, most: usize) -> Option<usize> {
        let mut left = most.checked_sub(1)?;
        let mut part = |value: &Self| value.size(left).map(|size| left -= size);
        match &self.data {
            Data::Tuple(all) | Data::List(all) | Data::Set(all) => all.iter().try_for_each(&mut part)?,
            Data::Object(all) | Data::Map(all) => all.values().try_for_each(&mut part)?,
            _ => {}
        }
        Some(most - left)
    }

    /// About how many bytes are held by this value alone: what others share was counted with them.
    pub fn own_bytes(&self) -> u64 {
        fn alone<T: ?Sized>(shared: &Arc<T>) -> bool {
            Arc::strong_count(shared) == 1
        }
        let all = |values: &[Self]| values.iter().map(|one| SIZE + one.own_bytes()).sum();
        let entries = |all: &BTreeMap<Arc<str>, Self>| {
            let entry = |(key, one): (&Arc<str>, &Self)| {
                2 * SIZE + one.own_bytes() + if alone(key) { key.len() as u64 } else { 0 }
            };
            all.iter().map(entry).sum()
        };
        match &self.data {
            Data::String(text) if alone(text) => text.len() as u64,
            Data::Tuple(own) | Data::List(own) | Data::Set(own) if alone(own) => all(own),
            Data::Object(own) | Data::Map(own) if alone(own) => entries(own),
            Data::Unknown(own) if alone(own) => own.bytes(),
            Data::Instance(own) if alone(own) => own.whole.bytes() + entries(&own.attributes),
            _ => 0,
        }
    }

    /// Whether what it holds is held elsewhere too.
    pub fn is_shared(&self) -> bool {
        self.address().is_some_and(|(_, count)| count > 1)
    }

    /// Where the elements of a collection lie, and how many values share them.
    fn address(&self) -> Option<(usize, usize)> {
        match &self.data {
            Data::Tuple(own) | Data::List(own) | Data::Set(own) => {
                Some((Arc::as_ptr(own) as usize, Arc::strong_count(own)))
            }
            Data::Object(own) | Data::Map(own) => Some((Arc::as_ptr(own) as usize, Arc::strong_count(own))),
            _ => None,
        }
    }

    /// What tells the elements of a collection apart from all others, as long as the value is kept.
    pub fn identity(&self) -> Option<usize> {
        self.address().map(|(address, _)| address)
    }

    /// What a value is called in messages.
    pub const fn kind(&self) -> &'static str {
        match &self.data {
            Data::Unknown(_) | Data::Instance(_) => "unknown",
            Data::Null | Data::NullOf(_) => "null",
            Data::Bool(_) => "bool",
            Data::Number(_) => "number",
            Data::String(_) => "string",
            Data::Tuple(_) => "tuple",
            Data::List(_) => "list",
            Data::Set(_) => "set",
            Data::Object(_) => "object",
            Data::Map(_) => "map",
        }
    }

    /// The order in which a set's elements stand: text by bytes, numbers by size, `false` before `true`, the rest by their parts.
    pub fn order(&self, other: &Self) -> Ordering {
        match (&self.data, &other.data) {
            (Data::Bool(a), Data::Bool(b)) => a.cmp(b),
            (Data::Number(a), Data::Number(b)) => a.cmp(b),
            (Data::String(a), Data::String(b)) => a.cmp(b),
            (
                Data::Tuple(a) | Data::List(a) | Data::Set(a),
                Data::Tuple(b) | Data::List(b) | Data::Set(b),
            ) => {
                let parts = a.iter().zip(b.iter()).map(|(a, b)| a.order(b));
                parts.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
            }
            (Data::Object(a) | Data::Map(a), Data::Object(b) | Data::Map(b)) => {
                let parts = a.iter().zip(b.iter()).map(|((k, a), (l, b))| k.cmp(l).then(a.order(b)));
                parts.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
            }
            _ => self.rank().cmp(&other.rank()),
        }
    }

    /// Null comes last among values of different kinds that are known, what is unknown behind it.
    const fn rank(&self) -> u8 {
        match &self.data {
            Data::Null | Data::NullOf(_) => 6,
            Data::Bool(_) => 1,
            Data::Number(_) => 2,
            Data::String(_) => 3,
            Data::Tuple(_) | Data::List(_) | Data::Set(_) => 4,
            Data::Object(_) | Data::Map(_) => 5,
            Data::Unknown(_) | Data::Instance(_) => 7,
        }
    }
}

impl PartialEq for Val {
    fn eq(&self, other: &Self) -> bool {
        match (&self.data, &other.data) {
            (Data::Unknown(a), Data::Unknown(b)) => a == b,
            (Data::Null | Data::NullOf(_), Data::Null | Data::NullOf(_)) => true,
            (Data::Bool(a), Data::Bool(b)) => a == b,
            (Data::Number(a), Data::Number(b)) => a == b,
            (Data::String(a), Data::String(b)) => a == b,
            (Data::Tuple(a), Data::Tuple(b))
            | (Data::List(a), Data::List(b))
            | (Data::Set(a), Data::Set(b)) => a == b,
            (Data::Instance(a), Data::Instance(b)) => a == b,
            (Data::Object(a), Data::Object(b)) | (Data::Map(a), Data::Map(b)) => a == b,
            _ => false,
        }
    }
}
