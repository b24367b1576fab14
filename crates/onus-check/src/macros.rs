//! `all`, `exists`, `exists_one`, `map` and `filter`.

use crate::compile::Op;
use crate::eval::{Ctx, Frame, Scope};
use crate::logic::{Connective, Logic, Term};
use crate::value::{Could, Data, Item, Place, Unk, V, Why};
use onus_model::MacroKind;

/// Runs a macro. Over nothing it runs as over an empty list; over a map, over its keys.
pub(crate) fn run<'a>(
    kind: MacroKind,
    range: &V<'a>,
    body: &'a Op,
    filter: Option<&'a Op>,
    ctx: &Ctx<'a>,
    scope: Scope<'_, 'a>,
) -> V<'a> {
    let walk = Walk { body, filter, ctx, scope };
    let items = match &range.data {
        Data::Null => return walk.run(kind, std::iter::empty(), range.place),
        Data::Unknown(unknown) => {
            let could = match kind {
                MacroKind::Map | MacroKind::Filter => Could::NULL.and(Could::OTHER),
                // No list at all would give nothing.
                _ => Could::LOGIC,
            };
            return V::unknown(unknown.why.derived(), could, range.place);
        }
        _ => range.elements(),
    };
    match items {
        Some(items) => walk.run(kind, items, range.place),
        None => V::null(range.place),
    }
}

struct Walk<'s, 'a> {
    body: &'a Op,
    filter: Option<&'a Op>,
    ctx: &'s Ctx<'a>,
    scope: Scope<'s, 'a>,
}

impl<'a> Walk<'_, 'a> {
    fn run(&self, kind: MacroKind, items: impl Iterator<Item = Item<'a>>, place: Place<'a>) -> V<'a> {
        match kind {
            MacroKind::All => self.connect(Connective::And, items, place),
            MacroKind::Exists => self.connect(Connective::Or, items, place),
            MacroKind::ExistsOne => self.exists_one(items, place),
            MacroKind::Map => self.map(items, place),
            MacroKind::Filter => self.filter(items, place),
        }
    }

    /// The operation on an element.
    fn with(&self, op: &'a Op, value: V<'a>) -> V<'a> {
        op.eval(self.ctx, Some(&Frame { value, outer: self.scope }))
    }

    fn exhausted(&self, could: Could, place: Place<'a>) -> V<'a> {
        V::unknown(self.ctx.exhausted(), could, place)
    }

    /// The bodies joined by `&&` or `||`. The outcome that no single element decides is the list's, or that of the
    /// element that got furthest towards it.
    fn connect(
        &self,
        connective: Connective,
        items: impl Iterator<Item = Item<'a>>,
        place: Place<'a>,
    ) -> V<'a> {
        let neutral = connective == Connective::And;
        let mut so_far = Term { logic: Logic::from(neutral), place };
        for item in items {
            if !self.ctx.spend(1) {
                return self.exhausted(Could::LOGIC, place);
            }
            let value = self.with(self.body, item.value);
            let own = if value.place.held > 0 { value.place } else { value.place.or(place) };
            let mut term = Term { logic: Logic::of(&value.data), place: own };
            if let Some(doubt) = &item.doubt {
                term = term.doubted(connective, doubt);
            }
            if term.decides(connective) {
                return term.value();
            }
            match (&term.logic, &so_far.logic) {
                (Logic::True, _) if neutral => continue,
                (Logic::False, Logic::False) if !neutral => {
                    if term.place.held > so_far.place.held {
                        so_far.place = term.place;
                    }
                    continue;
                }
                (Logic::False, _) if !neutral => continue,
                _ => {}
            }
            so_far = so_far.join(connective, term);
        }
        so_far.value()
    }

    /// Whether the elements that satisfy the body can be, and must be, one.
    fn exists_one(&self, items: impl Iterator<Item = Item<'a>>, place: Place<'a>) -> V<'a> {
        let mut certain = 0_usize;
        let mut open: Option<Why<'a>> = None;
        for item in items {
            if !self.ctx.spend(1) {
                return self.exhausted(Could::BOOL, place);
            }
            let value = self.with(self.body, item.value);
            let why = match (Logic::of(&value.data), item.doubt) {
                (Logic::True, None) => {
                    certain += 1;
                    continue;
                }
                (Logic::True, Some(doubt)) => doubt.derived(),
                (Logic::Unknown(Unk { why, could }), _) if could.has(Could::TRUE) => why,
                _ => continue,
            };
            open = Some(open.map_or_else(|| why.derived(), |open| open.with(&why)));
        }
        match open {
            Some(why) if certain <= 1 => V::unknown(why, Could::BOOL, place),
            _ => V::bool(certain == 1, place),
        }
    }

    /// The elements transformed, with a filter only those that satisfy it.
    fn map(&self, items: impl Iterator<Item = Item<'a>>, place: Place<'a>) -> V<'a> {
        let mut result = Vec::new();
        for item in items {
            if !self.ctx.spend(1) {
                return self.exhausted(Could::OTHER, place);
            }
            let kept = match self.filter {
                Some(filter) => self.keep(filter, item),
                None => Some(item),
            };
            result
                .extend(kept.map(|Item { value, doubt }| Item { value: self.with(self.body, value), doubt }));
        }
        V::new(Data::Items(result.into()), place)
    }

    fn filter(&self, items: impl Iterator<Item = Item<'a>>, place: Place<'a>) -> V<'a> {
        let mut result = Vec::new();
        for item in items {
            if !self.ctx.spend(1) {
                return self.exhausted(Could::OTHER, place);
            }
            result.extend(self.keep(self.body, item));
        }
        V::new(Data::Items(result.into()), place)
    }

    /// The element where it satisfies the condition; in doubt where that is not known.
    fn keep(&self, condition: &'a Op, item: Item<'a>) -> Option<Item<'a>> {
        let holds = self.with(condition, item.value.clone());
        match Logic::of(&holds.data) {
            Logic::True => Some(item),
            Logic::Unknown(Unk { why, could }) if could.has(Could::TRUE) => {
                let doubt = item.doubt.map_or_else(|| why.derived(), |doubt| doubt.with(&why));
                Some(Item { value: item.value, doubt: Some(doubt) })
            }
            _ => None,
        }
    }
}
