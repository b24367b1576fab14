//! The functions of policies and networks, as operations.

use crate::eval::Ctx;
use crate::value::{Could, Data, V, Why};
use crate::{network, policy};

/// A function of values that needs nothing but them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Builtin {
    Acts,
    Admits,
    Grants,
    IsEverywhere,
    IsFixed,
    IsPublic,
    IsWithin,
    NarrowedBy,
    OnlyTls,
    Protocol,
    Reaches,
    Touches,
    WholeService,
}

impl Builtin {
    /// The function of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "acts" => Self::Acts,
            "admits" => Self::Admits,
            "grants" => Self::Grants,
            "isEverywhere" => Self::IsEverywhere,
            "isFixed" => Self::IsFixed,
            "isPublic" => Self::IsPublic,
            "isWithin" => Self::IsWithin,
            "narrowedBy" => Self::NarrowedBy,
            "onlyTls" => Self::OnlyTls,
            "protocol" => Self::Protocol,
            "reaches" => Self::Reaches,
            "touches" => Self::Touches,
            "wholeService" => Self::WholeService,
            _ => return None,
        })
    }

    /// Its result. The parser has seen to the number of arguments.
    pub(crate) fn call<'a>(self, ctx: &Ctx<'a>, arguments: &[V<'a>]) -> V<'a> {
        // What is asked has to be known, since it is compared with what is written.
        if let (Self::Acts | Self::IsPublic | Self::NarrowedBy | Self::Reaches | Self::Touches, [_, asked]) =
            (self, arguments)
            && let Some(why) = unclear(asked)
        {
            return V::unknown(why, Could::LOGIC, asked.place);
        }
        match (self, arguments) {
            (Self::Acts, [statement, action]) => policy::acts(ctx, statement, action),
            (Self::Admits, [rule, protocol, port]) => network::admits(ctx, rule, protocol, port),
            (Self::Grants, [document]) => policy::grants(ctx, document),
            (Self::IsEverywhere, [networks]) => network::is_everywhere(ctx, networks),
            (Self::IsFixed, [value]) => policy::is_fixed(ctx, value),
            (Self::IsPublic, [document]) => policy::is_public(ctx, document, None),
            (Self::IsPublic, [document, actions]) => policy::is_public(ctx, document, Some(actions)),
            (Self::IsWithin, [networks, others]) => network::is_within(ctx, networks, others),
            (Self::NarrowedBy, [statement, keys]) => policy::narrowed_by(ctx, statement, keys),
            (Self::OnlyTls, [document, name]) => policy::only_tls(ctx, document, name),
            (Self::Protocol, [value]) => network::protocol(value),
            (Self::Reaches, [statement, resource]) => policy::reaches(ctx, statement, resource),
            (Self::Touches, [statement, action]) => policy::touches(ctx, statement, action),
            (Self::WholeService, [statement]) => policy::whole_service(ctx, statement),
            _ => V::plain(Data::Null),
        }
    }
}

/// Why a text, or one of a list of texts, is not known.
fn unclear<'a>(value: &V<'a>) -> Option<Why<'a>> {
    if let Some(unknown) = value.as_unknown() {
        return Some(unknown.why.derived());
    }
    let mut items = value.elements().filter(|_| value.is_list()).into_iter().flatten();
    items.find_map(|item| item.doubt.or_else(|| item.value.as_unknown().map(|unknown| unknown.why.derived())))
}
