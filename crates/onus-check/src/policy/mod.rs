//! IAM policies: who may do what on what, as far as a document alone says it.
//!
//! [`statements`] makes a document regular. [`access`] answers the questions of the check language about statements and
//! documents; it rests on [`pattern`] (`s3:Get*`) and on [`condition`], which says which conditions keep strangers out.
//! Every answer is three-valued: what is not known widens what a statement may allow, and never narrows it.
//!
//! INVARIANT, tried in `tests/policies.rs`: one more Allow never makes a document less public, one more Deny never more.

mod access;
mod condition;
mod document;
mod pattern;
mod tls;

pub(crate) use access::{acts, grants, is_public, narrowed_by, reaches, touches, whole_service};
pub(crate) use condition::is_fixed;
pub(crate) use document::{FIELDS, statements};
pub(crate) use tls::only_tls;

use crate::eval::Ctx;
use crate::logic::{Connective, Logic, Term};
use crate::operators::equal;
use crate::value::{Could, Data, Place, Unk, V, Why};
use std::borrow::Cow;

/// A truth with the place that it comes from.
fn known<'a>(truth: bool, place: Place<'a>) -> Term<'a> {
    Term { logic: Logic::from(truth), place }
}

fn open<'a>(why: Why<'a>, place: Place<'a>) -> Term<'a> {
    Term { logic: Logic::Unknown(Unk { why, could: Could::BOOL }), place }
}

fn opposite<'a>(term: Term<'a>) -> Term<'a> {
    Term::of(&crate::logic::not(&term.value()))
}

fn both<'a>(a: Term<'a>, b: impl FnOnce() -> Term<'a>) -> Term<'a> {
    if a.decides(Connective::And) { a } else { a.followed_by(Connective::And, b()) }
}

fn either<'a>(a: Term<'a>, b: impl FnOnce() -> Term<'a>) -> Term<'a> {
    if a.decides(Connective::Or) { a } else { a.join(Connective::Or, b()) }
}

/// The test on every element, joined. One thing counts as a list of one.
fn each<'a>(
    ctx: &Ctx<'a>,
    connective: Connective,
    list: &V<'a>,
    test: impl Fn(&V<'a>) -> Term<'a>,
) -> Term<'a> {
    let mut so_far = known(connective == Connective::And, list.place);
    match &list.data {
        Data::Null => return so_far,
        Data::Unknown(unknown) if list.partial().is_none() && !is_name(list) => {
            return open(unknown.why.derived(), list.place);
        }
        _ => {}
    }
    let Some(items) = list.elements().filter(|_| list.is_list()) else { return test(list) };
    for item in items {
        if !ctx.spend(1) {
            return open(ctx.exhausted(), list.place);
        }
        let mut term = test(&item.value);
        if let Some(doubt) = &item.doubt {
            term = term.doubted(connective, doubt);
        }
        if term.decides(connective) {
            return term;
        }
        so_far = so_far.join(connective, term);
    }
    so_far
}

fn any<'a>(ctx: &Ctx<'a>, list: &V<'a>, test: impl Fn(&V<'a>) -> Term<'a>) -> Term<'a> {
    each(ctx, Connective::Or, list, test)
}

fn all<'a>(ctx: &Ctx<'a>, list: &V<'a>, test: impl Fn(&V<'a>) -> Term<'a>) -> Term<'a> {
    each(ctx, Connective::And, list, test)
}

/// Whether an unknown value is the name of one thing.
fn is_name(value: &V<'_>) -> bool {
    value.source().is_some_and(onus_model::Unknown::is_plain)
}

fn is_set<'a>(value: &V<'a>) -> Term<'a> {
    match &value.data {
        Data::Null => known(false, value.place),
        Data::Unknown(unknown) if unknown.could.has(Could::NULL) => open(unknown.why.derived(), value.place),
        _ => known(true, value.place),
    }
}

fn is<'a>(ctx: &Ctx<'a>, value: &V<'a>, text: &'static str) -> Term<'a> {
    Term::of(&equal(ctx, value, &V::plain(Data::Str(text))).value(value.place))
}

/// The keys and values of a map.
fn entries<'a>(value: &V<'a>) -> Vec<(Cow<'a, str>, V<'a>)> {
    match &value.data {
        Data::Map(map) => map.iter().map(|(key, node)| (Cow::Borrowed(key), V::node(node))).collect(),
        Data::Entries(entries) => entries.to_vec(),
        _ => Vec::new(),
    }
}
