//! What statements and whole documents allow.

use super::condition::{counted, named, narrows, shuts_out};
use super::pattern::{Taken, Token, anywhere, covers, decide, of_text, overlaps, tokens};
use super::{all, any, both, either, is, is_set, known, opposite, statements};
use crate::eval::Ctx;
use crate::logic::{Connective, Logic, Term};
use crate::value::{Could, Data, Item, V, Why};
use std::rc::Rc;

/// `acts(statement, action)`: whether its actions include the action, or all that the pattern stands for.
pub(crate) fn acts<'a>(ctx: &Ctx<'a>, statement: &V<'a>, action: &V<'a>) -> V<'a> {
    on_statement(statement, || includes_action(ctx, statement, &target(action, true)))
}

/// `touches(statement, action)`: whether its actions include any that the pattern stands for.
pub(crate) fn touches<'a>(ctx: &Ctx<'a>, statement: &V<'a>, action: &V<'a>) -> V<'a> {
    on_statement(statement, || {
        any(ctx, action, |action| touches_action(ctx, statement, &target(action, true)))
    })
}

/// `reaches(statement, resource)`: whether its resources include the resource, or all that the pattern stands for.
pub(crate) fn reaches<'a>(ctx: &Ctx<'a>, statement: &V<'a>, resource: &V<'a>) -> V<'a> {
    on_statement(statement, || includes_resource(ctx, statement, &target(resource, false)))
}

/// `narrowedBy(statement, keys)`: whether its condition asks for fixed values of such a key.
pub(crate) fn narrowed_by<'a>(ctx: &Ctx<'a>, statement: &V<'a>, keys: &V<'a>) -> V<'a> {
    on_statement(statement, || narrows(ctx, &statement.select("Condition"), |key| named(ctx, keys, key)))
}

/// `wholeService(statement)`: whether its actions include all of a service, whichever.
pub(crate) fn whole_service<'a>(ctx: &Ctx<'a>, statement: &V<'a>) -> V<'a> {
    on_statement(statement, || {
        any(ctx, &statement.select("Action"), |action| {
            let tokens = tokens(action, true).unwrap_or_default();
            let (service, tokens) = service_of(tokens);
            let target = of_text(&format!("{service}:*"));
            decide(ctx, action, |taken| covers(ctx, &tokens, &target, taken))
        })
    })
}

/// A service that the pattern fits, and the pattern with that service in place of one that is not known.
fn service_of(tokens: Vec<Token>) -> (String, Vec<Token>) {
    let colon = tokens.iter().position(|token| *token == Token::Letter(':'));
    let mut service = String::new();
    let mut fitted = tokens;
    for token in fitted.iter_mut().take(colon.unwrap_or(usize::MAX)) {
        match token {
            Token::Letter(letter) => service.push(*letter),
            Token::One => service.push('x'),
            Token::Open | Token::Name if colon.is_some() => {
                *token = Token::Letter('x');
                service.push('x');
            }
            _ if colon.is_none() => break,
            _ => {}
        }
    }
    if service.is_empty() {
        service.push('x');
    }
    (service, fitted)
}

fn on_statement<'a>(statement: &V<'a>, answer: impl FnOnce() -> Term<'a>) -> V<'a> {
    match &statement.data {
        Data::Map(_) | Data::Entries(_) => answer().value(),
        // It may be no statement at all.
        Data::Unknown(unknown) => V::unknown(unknown.why.derived(), Could::LOGIC, statement.place),
        _ => V::null(statement.place),
    }
}

fn target(value: &V<'_>, ignore_case: bool) -> Vec<Token> {
    tokens(value, ignore_case).unwrap_or_else(|| vec![Token::Open])
}

/// A list of patterns, or the opposite of another list.
fn listed<'a>(
    statement: &V<'a>,
    (field, opposite_field): (&str, &str),
    holds: impl Fn(&V<'a>) -> Term<'a>,
    excludes: impl Fn(&V<'a>) -> Term<'a>,
) -> Term<'a> {
    let (list, others) = (statement.select(field), statement.select(opposite_field));
    let named = holds(&list);
    if let Data::Null = others.data {
        return named;
    }
    either(named, || both(is_set(&others), || opposite(excludes(&others))))
}

pub(super) fn includes_action<'a>(ctx: &Ctx<'a>, statement: &V<'a>, target: &[Token]) -> Term<'a> {
    // Every action has a service.
    let everything = of_text("*:*");
    let target = if target.iter().all(|token| *token == Token::Many) { &everything } else { target };
    listed(
        statement,
        ("Action", "NotAction"),
        |list| any(ctx, list, |action| covers_value(ctx, action, target, true)),
        |list| any(ctx, list, |action| overlaps_value(ctx, action, target, true)),
    )
}

fn touches_action<'a>(ctx: &Ctx<'a>, statement: &V<'a>, target: &[Token]) -> Term<'a> {
    listed(
        statement,
        ("Action", "NotAction"),
        |list| any(ctx, list, |action| overlaps_value(ctx, action, target, true)),
        |list| any(ctx, list, |action| covers_value(ctx, action, target, true)),
    )
}

/// All resources but a few are as good as all.
pub(super) fn includes_resource<'a>(ctx: &Ctx<'a>, statement: &V<'a>, target: &[Token]) -> Term<'a> {
    let everything = of_text("arn:*:*:*:*:*");
    let is_everything = target.iter().all(|token| *token == Token::Many);
    let target = if is_everything { everything.as_slice() } else { target };
    let test = |list: &V<'a>| {
        any(ctx, list, |resource| {
            let Some(tokens) = tokens(resource, false) else {
                return covers_value(ctx, resource, target, false);
            };
            // Of everything only the partition is left open: what lies in one account or region is not all.
            let tokens =
                if is_everything { anywhere(tokens, &of_text("arn:*")) } else { anywhere(tokens, target) };
            decide(ctx, resource, |taken| covers(ctx, &tokens, target, taken))
        })
    };
    either(is_without_resource(statement), || listed(statement, ("Resource", "NotResource"), test, test))
}

/// Policies of roles and repositories name no resource: they are about the one that they belong to.
fn is_without_resource<'a>(statement: &V<'a>) -> Term<'a> {
    let nothing = |field: &str| opposite(is_set(&statement.select(field)));
    both(nothing("Resource"), || nothing("NotResource"))
}

/// Whether a pattern covers the target. One that is too long to be compared could.
fn covers_value<'a>(ctx: &Ctx<'a>, pattern: &V<'a>, target: &[Token], ignore_case: bool) -> Term<'a> {
    let Some(tokens) = tokens(pattern, ignore_case) else { return too_long(pattern) };
    decide(ctx, pattern, |taken| covers(ctx, &tokens, target, taken))
}

fn overlaps_value<'a>(ctx: &Ctx<'a>, pattern: &V<'a>, target: &[Token], ignore_case: bool) -> Term<'a> {
    let Some(tokens) = tokens(pattern, ignore_case) else { return too_long(pattern) };
    decide(ctx, pattern, |taken| overlaps(ctx, &tokens, target, taken))
}

fn too_long<'a>(pattern: &V<'a>) -> Term<'a> {
    match pattern.text() {
        Some(_) => super::open(Why::Text("a pattern is longer than AWS allows"), pattern.place),
        None => known(false, pattern.place),
    }
}

/// `grants(document)`: the statements that allow something and that no Deny without a condition takes away.
pub(crate) fn grants<'a>(ctx: &Ctx<'a>, document: &V<'a>) -> V<'a> {
    let list = statements(document);
    let Some(items) = list.elements() else { return list };
    let all: Vec<Item<'a>> = items.collect();
    let denials = denials(ctx, &all, |deny| is_unconditional(ctx, deny));
    let mut kept = Vec::new();
    for item in &all {
        let term =
            both(has_effect(ctx, &item.value, "Allow"), || opposite(denied(ctx, &item.value, &denials)));
        let term = match &item.value.data {
            Data::Unknown(unknown) => super::open(unknown.why.derived(), item.value.place),
            _ => term,
        };
        let doubt = match term.logic {
            Logic::True => None,
            Logic::Unknown(unknown) => Some(unknown.why.derived()),
            Logic::False | Logic::Null => continue,
        };
        let doubt = match (&item.doubt, doubt) {
            (Some(a), Some(b)) => Some(a.with(&b)),
            (a, b) => a.clone().or(b),
        };
        kept.push(Item { value: item.value.clone(), doubt });
    }
    V::new(Data::Items(Rc::from(kept)), list.place)
}

fn has_effect<'a>(ctx: &Ctx<'a>, statement: &V<'a>, effect: &'static str) -> Term<'a> {
    is(ctx, &statement.select("Effect"), effect)
}

/// A Deny for everyone it concerns: an identity's policy names no principal.
fn is_unconditional<'a>(ctx: &Ctx<'a>, deny: &V<'a>) -> Term<'a> {
    let condition = deny.select("Condition");
    let nobody = |field: &str| opposite(is_set(&deny.select(field)));
    both(either(both(nobody("Principal"), || nobody("NotPrincipal")), || is_for_all(ctx, deny)), || {
        match condition.as_unknown() {
            Some(unknown) => super::open(unknown.why.derived(), condition.place),
            None => known(super::entries(&condition).is_empty(), condition.place),
        }
    })
}

/// Whether a Deny concerns everyone.
pub(super) fn is_for_all<'a>(ctx: &Ctx<'a>, deny: &V<'a>) -> Term<'a> {
    any(ctx, &deny.select("Principal"), |principal| is(ctx, principal, "*"))
}

/// Whether a Deny shuts out everybody but a few.
fn shuts_out_strangers<'a>(ctx: &Ctx<'a>, deny: &V<'a>) -> Term<'a> {
    let others = deny.select("NotPrincipal");
    let all_but_few =
        || both(is_set(&others), || opposite(any(ctx, &others, |principal| is(ctx, principal, "*"))));
    both(either(is_for_all(ctx, deny), all_but_few), || shuts_out(ctx, &deny.select("Condition")))
}

/// Whether these denials take away everything that a statement allows.
fn denied<'a>(ctx: &Ctx<'a>, statement: &V<'a>, denials: &[(V<'a>, V<'a>)]) -> Term<'a> {
    each_grant(ctx, statement, "Action", denials, |action| {
        each_grant(ctx, statement, "Resource", denials, |resource| taken_away(ctx, denials, action, resource))
    })
}

/// The denials that count, each with how certain that is.
fn denials<'a>(
    ctx: &Ctx<'a>,
    statements: &[Item<'a>],
    counts: impl Fn(&V<'a>) -> Term<'a>,
) -> Vec<(V<'a>, V<'a>)> {
    let mut found = Vec::new();
    for item in statements {
        let mut term = both(has_effect(ctx, &item.value, "Deny"), || counts(&item.value));
        if let Data::Unknown(unknown) = &item.value.data {
            term = super::open(unknown.why.derived(), item.value.place);
        }
        if let Some(doubt) = &item.doubt {
            term = term.doubted(Connective::Or, doubt);
        }
        if !term.decides(Connective::And) {
            found.push((item.value.clone(), term.value()));
        }
    }
    found
}

/// The test on each action or resource that is allowed; on all of them where they are not named.
fn each_grant<'a>(
    ctx: &Ctx<'a>,
    statement: &V<'a>,
    field: &str,
    denials: &[(V<'a>, V<'a>)],
    test: impl Fn(&[Token]) -> Term<'a>,
) -> Term<'a> {
    let list = statement.select(field);
    if list.elements().is_none() {
        return test(&[Token::Many]);
    }
    all(ctx, &list, |value| {
        let term = test(&target(value, field == "Action"));
        // What is not known of what is allowed may be more than is denied.
        match value.as_unknown() {
            Some(unknown) if !denials.is_empty() && !term.decides(Connective::Or) => {
                super::open(unknown.why.derived(), value.place)
            }
            _ => term,
        }
    })
}

fn taken_away<'a>(
    ctx: &Ctx<'a>,
    denials: &[(V<'a>, V<'a>)],
    action: &[Token],
    resource: &[Token],
) -> Term<'a> {
    let mut so_far = known(false, Default::default());
    for (deny, counts) in denials {
        let is_map = matches!(deny.data, Data::Map(_) | Data::Entries(_));
        so_far = either(so_far, || {
            both(Term::of(counts), || match is_map {
                true => both(includes_action(ctx, deny, action), || is_denied_on(ctx, deny, resource)),
                false => known(true, deny.place),
            })
        });
    }
    so_far
}

/// A Deny for all resources but a few leaves those few.
fn is_denied_on<'a>(ctx: &Ctx<'a>, deny: &V<'a>, resource: &[Token]) -> Term<'a> {
    either(is_without_resource(deny), || {
        listed(
            deny,
            ("Resource", "NotResource"),
            |list| any(ctx, list, |pattern| covers_value(ctx, pattern, resource, false)),
            |list| any(ctx, list, |pattern| overlaps_value(ctx, pattern, resource, false)),
        )
    })
}

/// `isPublic(document)`, `isPublic(document, actions)`: whether it lets in everybody, for any of the actions.
pub(crate) fn is_public<'a>(ctx: &Ctx<'a>, document: &V<'a>, actions: Option<&V<'a>>) -> V<'a> {
    let list = statements(document);
    let Some(items) = list.elements() else {
        return match list.as_unknown() {
            Some(unknown) => super::open(unknown.why.derived(), list.place).value(),
            None => V::bool(false, document.place),
        };
    };
    let all: Vec<Item<'a>> = items.collect();
    let denials = denials(ctx, &all, |deny| shuts_out_strangers(ctx, deny));
    let mut so_far = known(false, list.place);
    for item in &all {
        if !ctx.spend(1) {
            return super::open(ctx.exhausted(), list.place).value();
        }
        let mut term = match &item.value.data {
            Data::Unknown(unknown) => super::open(unknown.why.derived(), item.value.place),
            _ => lets_in_all(ctx, &item.value, actions, &denials),
        };
        if let Some(doubt) = &item.doubt {
            term = term.doubted(Connective::Or, doubt);
        }
        so_far = either(so_far, || term);
    }
    so_far.value()
}

fn lets_in_all<'a>(
    ctx: &Ctx<'a>,
    statement: &V<'a>,
    actions: Option<&V<'a>>,
    denials: &[(V<'a>, V<'a>)],
) -> Term<'a> {
    let is_open = both(has_effect(ctx, statement, "Allow"), || {
        either(is_for_all(ctx, statement), || is_set(&statement.select("NotPrincipal")))
    });
    let is_open = both(is_open, || opposite(narrows(ctx, &statement.select("Condition"), counted)));
    both(is_open, || some_action(ctx, statement, actions, denials))
}

/// Whether some of the actions is left, on some resource.
fn some_action<'a>(
    ctx: &Ctx<'a>,
    statement: &V<'a>,
    actions: Option<&V<'a>>,
    denials: &[(V<'a>, V<'a>)],
) -> Term<'a> {
    opposite(each_grant(ctx, statement, "Action", denials, |action| {
        let wanted = |wanted: &V<'a>| {
            if action == [Token::Many] {
                return touches_action(ctx, statement, &target(wanted, true));
            }
            let tokens = target(wanted, true);
            let may = |taken| overlaps(ctx, action, &tokens, taken);
            match (may(Taken::Worst), may(Taken::Best)) {
                (Some(true), _) => known(true, wanted.place),
                (Some(false), Some(false)) => known(false, wanted.place),
                (Some(false), Some(true)) => super::open(Why::Text("an action is not known"), wanted.place),
                _ => super::open(ctx.exhausted(), wanted.place),
            }
        };
        let concerns =
            actions.map_or_else(|| known(true, statement.place), |actions| any(ctx, actions, wanted));
        either(opposite(concerns), || {
            each_grant(ctx, statement, "Resource", denials, |resource| {
                taken_away(ctx, denials, action, resource)
            })
        })
    }))
}
