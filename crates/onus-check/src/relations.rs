//! `related`, `resources` and `target`: from a resource to those around it.
//!
//! References hold within one scope. Names hold across scopes, but a scope's own resource of a
//! name comes first, and accounts, regions and the service in an ARN have to agree.

use crate::eval::Ctx;
use crate::identity::{Identity, fits, identities, is_of_aws, is_open_of_aws, is_unique, meanings};
use crate::links::{Links, TextLink};
use crate::value::{Could, Data, Item, Place, Unk, V, Why, outside};
use onus_model::{Coverage, Resource, Unknown};
use std::collections::BTreeMap;

/// By position, why it is not certain that the resource refers to ours, where it is not.
type Found<'a> = BTreeMap<u32, Option<Why<'a>>>;

/// `related(type, path)`: the properties of the resources of a type that refer to this one at a path.
pub(crate) fn related<'a>(ctx: &Ctx<'a>, resource_type: &str, path: &[Box<str>]) -> V<'a> {
    let links = ctx.index.links(resource_type, path, Some(&ctx.resource.resource_type));
    let place = Place::at(&ctx.resource.span).missing();
    let mut found = Found::new();
    by_reference(ctx, &links, &mut found);
    let is_crowded = by_text(ctx, &links, &mut found);
    let anything = links.anything.get(&ctx.resource.scope).map(Vec::as_slice).unwrap_or_default();
    for referrer in anything.iter().take(MAX_DOUBTFUL) {
        let doubt = Why::composed(referrer.doubt.as_deref().unwrap_or_default().to_owned());
        add(&mut found, referrer.position, Some(doubt));
    }
    if !ctx.spend(found.len()) {
        return V::unknown(ctx.exhausted(), Could::OTHER, place);
    }
    let items = found.into_iter().filter_map(|(position, doubt)| {
        let value = V::resource(ctx.index.resource(position)?);
        Some(Item { value, doubt })
    });
    let mut items: Vec<Item<'a>> = items.collect();
    if is_crowded || anything.len() > MAX_DOUBTFUL {
        let why = Why::composed(format!("too many of `{resource_type}` may refer to it"));
        let value = V::unknown(why.clone(), Could::PRESENT, place);
        items.push(Item { value, doubt: Some(why) });
    }
    items.extend(elsewhere(ctx, place));
    V::new(Data::Items(items.into()), place)
}

/// What else may refer to a resource that is not in the workload, as the rest of it is not either.
fn elsewhere<'a>(ctx: &Ctx<'a>, place: Place<'a>) -> Option<Item<'a>> {
    let is_part = matches!(ctx.resource.coverage, Coverage::Part { .. });
    let why = is_part.then(|| Why::composed(outside(ctx.resource)))?;
    Some(Item { value: V::unknown(why.clone(), Could::PRESENT, place), doubt: Some(why) })
}

/// So many resources of which it is not known what they refer to are looked at one by one, for each that they may refer to; the others
/// count as one of which nothing is known. Otherwise the time would grow with the square of their number.
const MAX_DOUBTFUL: usize = 50;

/// `resources(type)`: the properties of all resources of a type in the same stack, root module or plan.
pub(crate) fn all<'a>(ctx: &Ctx<'a>, resource_type: &str) -> V<'a> {
    let place = Place::at(&ctx.resource.span).missing();
    let here = ctx.index.of_type_in(ctx.resource.scope, resource_type);
    let here = here.filter(|(_, resource)| !matches!(resource.coverage, Coverage::Part { .. }));
    let items: Vec<Item<'a>> = here.map(|(_, resource)| Item::certain(V::resource(resource))).collect();
    if !ctx.spend(items.len()) {
        return V::unknown(ctx.exhausted(), Could::OTHER, place);
    }
    V::new(Data::Items(items.into()), place)
}

/// More resources than these do not share one: a network ACL has 40 entries, and more rules are counted by AWS as an error.
const MAX_SIBLINGS: usize = 2_000;

/// `siblings(path)`: the properties of the other resources of the type that refer at a path to the same as this one.
pub(crate) fn siblings<'a>(ctx: &Ctx<'a>, path: &[Box<str>]) -> V<'a> {
    let own = path.iter().fold(V::resource(ctx.resource), |value, field| value.select(field));
    let place = Place::at(&ctx.resource.span).missing();
    let links = ctx.index.links(&ctx.resource.resource_type, path, None);
    let mut found = Found::new();
    let written = path.iter().try_fold(&ctx.resource.properties, |node, field| node.get(field));
    // A reference is a reference, whether it is known what it reads or not.
    let from = written.and_then(|node| node.from.as_deref()).and_then(<[_]>::first);
    match (own.text(), own.source()) {
        (Some(text), _) => {
            if let Some(to) = from {
                referrers(&links, to.scope.unwrap_or(ctx.resource.scope), &to.address, &mut found);
            }
            for link in links.texts.get(&*text).into_iter().flatten().filter(|link| *link.text == *text) {
                add(&mut found, link.position, None);
            }
        }
        (None, Some(source)) if !source.references.is_empty() => {
            for reference in &source.references {
                let scope = reference.scope.unwrap_or(ctx.resource.scope);
                referrers(&links, scope, &reference.address, &mut found);
            }
        }
        (None, _) => {
            let Some(unknown) = own.as_unknown() else {
                return V::new(Data::Items(Vec::new().into()), place);
            };
            let here = ctx.index.of_type_in(ctx.resource.scope, &ctx.resource.resource_type);
            for (position, _) in here.take(MAX_SIBLINGS + 1) {
                add(&mut found, position, Some(unknown.why.derived()));
            }
        }
    }
    for referrer in links.anything.get(&ctx.resource.scope).into_iter().flatten() {
        let doubt = Why::composed(referrer.doubt.as_deref().unwrap_or_default().to_owned());
        add(&mut found, referrer.position, Some(doubt));
    }
    if found.len() > MAX_SIBLINGS || !ctx.spend(found.len()) {
        return V::unknown(ctx.exhausted(), Could::OTHER, place);
    }
    let items = found.into_iter().filter_map(|(position, doubt)| {
        let other = ctx.index.resource(position).filter(|other| !std::ptr::eq(*other, ctx.resource))?;
        Some(Item { value: V::resource(other), doubt })
    });
    V::new(Data::Items(items.collect()), place)
}

/// What is certain once is certain.
fn add<'a>(found: &mut Found<'a>, position: u32, doubt: Option<Why<'a>>) {
    let entry = found.entry(position).or_insert_with(|| doubt.clone());
    if doubt.is_none() {
        *entry = None;
    }
}

fn by_reference<'a>(ctx: &Ctx<'a>, links: &Links, found: &mut Found<'a>) {
    referrers(links, ctx.resource.scope, &ctx.resource.address, found);
}

/// Who refers to the resource at an address in a scope.
fn referrers(links: &Links, scope: u32, address: &str, found: &mut Found<'_>) {
    let key = (scope, Box::from(address));
    for referrer in links.references.get(&key).into_iter().flatten() {
        let doubt = referrer.doubt.as_deref().map(|reason| Why::composed(reason.to_owned()));
        add(found, referrer.position, doubt);
    }
}

/// Whether more may mean it than are looked at.
fn by_text<'a>(ctx: &Ctx<'a>, links: &Links, found: &mut Found<'a>) -> bool {
    if links.texts.is_empty() {
        return false;
    }
    let mut is_crowded = false;
    for identity in identities(ctx.resource) {
        match identity {
            Identity::Known(name) => {
                for link in links.texts.get(name).into_iter().flatten() {
                    if let Some(doubt) = meant(ctx, name, link) {
                        add(found, link.position, doubt);
                    }
                }
            }
            Identity::Unknown(unknown) => {
                is_crowded |= by_loose(ctx, links, Some(unknown), Why::Text(&unknown.reason), found);
            }
            Identity::Opaque => {
                let doubt = Why::composed(format!("the name of `{}` is not known", ctx.resource.address));
                is_crowded |= by_loose(ctx, links, None, doubt, found);
            }
        }
    }
    is_crowded
}

/// A text that is the name of nothing else in the scope may be the name that is not known. Gives whether there are more of them
/// than are looked at.
fn by_loose<'a>(
    ctx: &Ctx<'a>,
    links: &Links,
    name: Option<&Unknown>,
    doubt: Why<'a>,
    found: &mut Found<'a>,
) -> bool {
    let loose = links.loose.get(&ctx.resource.scope).map(Vec::as_slice).unwrap_or_default();
    let could_be = |text: &str| {
        fits(text, ctx.resource)
            && name.is_none_or(|name| meanings(text).into_iter().any(|meaning| name.could_be(meaning)))
    };
    for link in loose.iter().take(MAX_LOOSE).filter(|link| could_be(&link.text)) {
        add(found, link.position, Some(doubt.clone()));
    }
    loose.len() > MAX_LOOSE
}

/// So many texts that name nothing known are held against each name that is not known; a scope with more of both is generated, and
/// the time would grow with the square of their number.
const MAX_LOOSE: usize = 200;

/// Whether a text in another resource means this one: not, for certain, or with a doubt.
fn meant<'a>(ctx: &Ctx<'a>, name: &str, link: &TextLink) -> Option<Option<Why<'a>>> {
    let own = ctx.resource;
    let referrer = ctx.index.resource(link.position)?;
    if !fits(&link.text, own) || !is_unique(&link.text) && !same_place(own, referrer) {
        return None;
    }
    if referrer.scope == own.scope {
        return Some(None);
    }
    let mut named = ctx.index.named(name);
    if named.any(|(_, other)| other.scope == referrer.scope && other.resource_type == own.resource_type) {
        return None;
    }
    let rival = ctx.index.has_unnamed(referrer.scope, &own.resource_type);
    Some(rival.then(|| Why::composed(format!("several resources could be called `{name}`"))))
}

/// Whether two resources can be in one account and region, where names are unique.
fn same_place(a: &Resource, b: &Resource) -> bool {
    let agrees = |a: Option<&str>, b: Option<&str>| a.is_none() || b.is_none() || a == b;
    agrees(a.account.as_deref(), b.account.as_deref()) && agrees(a.region.as_deref(), b.region.as_deref())
}

/// `target(value)`: the properties of the resource that a value refers to. A bare name says
/// nothing without the type that it is a name of.
pub(crate) fn target<'a>(ctx: &Ctx<'a>, value: &V<'a>, resource_type: Option<&str>) -> V<'a> {
    let unknown = |why: Why<'a>| V::unknown(why, Could::PRESENT, value.place);
    match &value.data {
        Data::Null | Data::List(_) | Data::Items(_) | Data::Map(_) | Data::Entries(_) => V::null(value.place),
        Data::Unknown(Unk { why: Why::Source(source), .. })
            if resource_type.is_some_and(|wanted| is_open_of_aws(wanted, source)) =>
        {
            V::null(value.place)
        }
        Data::Unknown(Unk { why: Why::Source(source), .. }) => {
            referenced(ctx, source, resource_type, value.place)
        }
        Data::Unknown(Unk { why, could }) => V::unknown(why.clone(), could.and(Could::OTHER), value.place),
        _ => {
            let text = value.text().unwrap_or_default();
            if resource_type.is_some_and(|wanted| is_of_aws(wanted, &text)) {
                return V::null(value.place);
            }
            match named(ctx, &text, resource_type) {
                Ok(resource) => V::resource(resource),
                Err(reason) => unknown(Why::composed(reason)),
            }
        }
    }
}

fn referenced<'a>(
    ctx: &Ctx<'a>,
    source: &'a Unknown,
    resource_type: Option<&str>,
    place: Place<'a>,
) -> V<'a> {
    let could = if source.present { Could::PRESENT } else { Could::ANYTHING };
    let same = source
        .references
        .windows(2)
        .all(|pair| pair[0].address == pair[1].address && pair[0].scope == pair[1].scope);
    let Some(reference) = source.references.first().filter(|_| same && source.present) else {
        return V::unknown(Why::Text(&source.reason), could, place);
    };
    match ctx.index.at(reference.scope.unwrap_or(ctx.resource.scope), &reference.address) {
        None => V::unknown(
            Why::composed(format!("`{}` is not in this workload", reference.address)),
            could,
            place,
        ),
        Some(found) if resource_type.is_some_and(|wanted| wanted != &*found.resource_type) => {
            let wanted = resource_type.unwrap_or_default();
            V::unknown(Why::composed(format!("`{}` is no `{wanted}`", reference.address)), could, place)
        }
        Some(found) => V::resource(found),
    }
}

/// The one resource that a text names, or why there is none.
fn named<'a>(ctx: &Ctx<'a>, text: &str, resource_type: Option<&str>) -> Result<&'a Resource, String> {
    let none = || format!("nothing in this workload is known to be `{text}`");
    if resource_type.is_none() && !is_unique(text) {
        return Err(none());
    }
    let mut found: BTreeMap<u32, &'a Resource> = BTreeMap::new();
    for meaning in meanings(text) {
        found.extend(ctx.index.named(meaning).filter(|(_, resource)| {
            resource_type.is_none_or(|wanted| wanted == &*resource.resource_type)
                && fits(text, resource)
                && (is_unique(text) || same_place(ctx.resource, resource))
        }));
    }
    let own: Vec<&Resource> =
        found.values().copied().filter(|found| found.scope == ctx.resource.scope).collect();
    let others: Vec<&Resource> = found.into_values().collect();
    let ambiguous = || format!("several resources could be called `{text}`");
    match (own.as_slice(), others.as_slice()) {
        ([one], _) => Ok(one),
        ([], [one]) if !ctx.index.has_unnamed(ctx.resource.scope, &one.resource_type) => Ok(one),
        ([], []) => Err(none()),
        _ => Err(ambiguous()),
    }
}
