//! `related`, `resources` and `target`: from a resource to those around it.
//!
//! References hold within one scope. Names hold across scopes, but a scope's own resource of a
//! name comes first, and accounts, regions and the service in an ARN have to agree.

use crate::eval::Ctx;
use crate::identity::{Identity, fits, identities, is_of_aws, is_unique, meanings};
use crate::links::{Links, TextLink};
use crate::value::{Could, Data, Item, Place, Unk, V, Why};
use onus_model::{Resource, Unknown};
use std::collections::BTreeMap;

/// By position, why it is not certain that the resource refers to ours, where it is not.
type Found<'a> = BTreeMap<u32, Option<Why<'a>>>;

/// `related(type, path)`: the properties of the resources of a type that refer to this one at a path.
pub(crate) fn related<'a>(ctx: &Ctx<'a>, resource_type: &str, path: &[Box<str>]) -> V<'a> {
    let links = ctx.index.links(resource_type, path, &ctx.resource.resource_type);
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
    V::new(Data::Items(items.into()), place)
}

/// So many resources of which it is not known what they refer to are looked at one by one, for each that they may refer to; the others
/// count as one of which nothing is known. Otherwise the time would grow with the square of their number.
const MAX_DOUBTFUL: usize = 50;

/// `resources(type)`: the properties of all resources of a type in the same stack, root module or plan.
pub(crate) fn all<'a>(ctx: &Ctx<'a>, resource_type: &str) -> V<'a> {
    let place = Place::at(&ctx.resource.span).missing();
    let items: Vec<Item<'a>> = ctx
        .index
        .of_type_in(ctx.resource.scope, resource_type)
        .map(|(_, resource)| Item::certain(V::resource(resource)))
        .collect();
    if !ctx.spend(items.len()) {
        return V::unknown(ctx.exhausted(), Could::OTHER, place);
    }
    V::new(Data::Items(items.into()), place)
}

/// What is certain once is certain.
fn add<'a>(found: &mut Found<'a>, position: u32, doubt: Option<Why<'a>>) {
    let entry = found.entry(position).or_insert_with(|| doubt.clone());
    if doubt.is_none() {
        *entry = None;
    }
}

fn by_reference<'a>(ctx: &Ctx<'a>, links: &Links, found: &mut Found<'a>) {
    let key = (ctx.resource.scope, ctx.resource.address.clone());
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
