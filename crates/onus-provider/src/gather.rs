//! What all rows say of a control, together: duplicates, parts of parts, and sheets that contradict each other.

use crate::entry::{Answer, Entry, Texts};
use crate::error::{ProviderError, Troubles};
use onus_model::{ControlIndex, DocumentPlace, Inherited, Named, ProviderPart};
use std::collections::{BTreeMap, HashMap};

/// All that is said of a control, a statement or an item.
#[derive(Debug)]
struct Said {
    named: Named,
    /// What is told in so many words, and where.
    told: Option<(Inherited, DocumentPlace)>,
    /// What follows from marks, and where.
    marked: Option<(Inherited, DocumentPlace)>,
    /// A mark against inheriting all of it, and where.
    against: Option<(&'static str, DocumentPlace)>,
    provides: Texts,
    leaves: Texts,
    place: DocumentPlace,
}

impl Said {
    fn new(named: Named, place: DocumentPlace) -> Self {
        let (provides, leaves) = (Texts::default(), Texts::default());
        Self { named, told: None, marked: None, against: None, provides, leaves, place }
    }

    /// The id of what it speaks of.
    fn id(&self) -> &str {
        let Named { control, statement, item, .. } = &self.named;
        item.as_ref().or(statement.as_ref()).unwrap_or(control)
    }

    fn add(&mut self, entry: Entry, troubles: &mut Troubles) {
        let id = self.id().to_owned();
        match entry.answer {
            Answer::Told(said) => lesser(&mut self.told, said, &entry.place, &id, troubles),
            Answer::Marked { inherited, against } => {
                lesser(&mut self.marked, inherited, &entry.place, &id, troubles);
                if let Some(mark) = against {
                    self.against.get_or_insert((mark, entry.place.clone()));
                }
            }
            Answer::Blank => {}
        }
        entry.provides.iter().for_each(|text| self.provides.add(text));
        entry.leaves.iter().for_each(|text| self.leaves.add(text));
    }

    /// What is inherited, all told; none where nobody says.
    fn settle(&mut self, troubles: &mut Troubles) -> Option<Inherited> {
        let answer = match (&self.told, &self.against) {
            (Some((Inherited::Yes, first)), Some((mark, place))) => {
                let (control, first) = (self.id().to_owned(), first.clone());
                troubles.at(place.clone(), ProviderError::Contradicted { control, mark, first });
                Some(Inherited::Partly)
            }
            (Some((told, _)), _) => Some(*told),
            (None, _) => self.marked.as_ref().map(|(marked, _)| *marked),
        };
        if let Some((_, place)) = self.told.as_ref().or(self.marked.as_ref()) {
            self.place = place.clone();
        }
        // What is left to the customer is so even where the answer is missing.
        answer.or_else(|| (!self.leaves.is_empty()).then_some(Inherited::No))
    }
}

/// Keeps the lesser of two answers, and reports where they differ.
fn lesser(
    known: &mut Option<(Inherited, DocumentPlace)>,
    said: Inherited,
    place: &DocumentPlace,
    id: &str,
    troubles: &mut Troubles,
) {
    match known {
        None => *known = Some((said, place.clone())),
        Some((other, first)) if *other != said => {
            let error =
                ProviderError::Disagree { control: id.to_owned(), said, first: first.clone(), other: *other };
            troubles.at(place.clone(), error);
            *other = said.min(*other);
        }
        Some(_) => {}
    }
}

/// Puts the rows together, in the order in which controls and statements are first named.
pub(crate) fn gather(
    entries: Vec<Entry>,
    index: &ControlIndex<'_>,
    troubles: &mut Troubles,
) -> Vec<ProviderPart> {
    let mut all: Vec<Said> = Vec::new();
    let mut places: HashMap<Named, usize> = HashMap::new();
    for entry in entries {
        let at = *places.entry(entry.named.clone()).or_insert_with(|| {
            all.push(Said::new(entry.named.clone(), entry.place.clone()));
            all.len() - 1
        });
        all[at].add(entry, troubles);
    }
    let settled: Vec<(Said, Inherited)> =
        all.into_iter().filter_map(|mut said| said.settle(troubles).map(|answer| (said, answer))).collect();
    let (items, mut parts): (Vec<_>, Vec<_>) =
        settled.into_iter().partition(|(said, _)| said.named.item.is_some());
    add_items(&mut parts, items, index);
    hold_together(&mut parts, troubles);
    parts.into_iter().map(|(said, inherited)| part(said, inherited)).collect()
}

/// Items are no answers of their own: they are put into their statement.
fn add_items(parts: &mut Vec<(Said, Inherited)>, items: Vec<(Said, Inherited)>, index: &ControlIndex<'_>) {
    let mut places: HashMap<Named, usize> =
        parts.iter().enumerate().map(|(at, (said, _))| (said.named.clone(), at)).collect();
    // The items of statements that are not answered as a whole.
    let mut alone: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (item, answer) in items {
        let named = Named { item: None, ..item.named.clone() };
        let id = item.named.item.clone().unwrap_or_default();
        match places.get(&named) {
            Some(at) => {
                let (said, whole) = &mut parts[*at];
                *whole = Inherited::of([*whole, answer]).unwrap_or(answer);
                said.provides.add_all(&item.provides);
                said.leaves.add_all(&item.leaves);
                if let Some(ids) = alone.get_mut(at) {
                    ids.push(id);
                }
            }
            None => {
                alone.insert(parts.len(), vec![id]);
                places.insert(named.clone(), parts.len());
                parts.push((Said { named, ..item }, answer));
            }
        }
    }
    for (at, ids) in alone {
        let (said, answer) = &mut parts[at];
        if *answer == Inherited::Yes && !is_all(said.id(), &ids, index) {
            *answer = Inherited::Partly;
        }
    }
}

/// Whether these items are all of their statement.
fn is_all(statement: &str, named: &[String], index: &ControlIndex<'_>) -> bool {
    let items = index.items(statement);
    let within = |item: &str, whole: &str| item.strip_prefix(whole).is_some_and(|rest| rest.starts_with('.'));
    let mut smallest = items.iter().filter(|item| !items.iter().any(|other| within(other, item)));
    !items.is_empty() && smallest.all(|item| named.iter().any(|name| name == item || within(item, name)))
}

/// A control and its statements must not contradict each other; where they do, the lesser counts.
fn hold_together(parts: &mut [(Said, Inherited)], troubles: &mut Troubles) {
    let wholes: HashMap<(String, String), (Inherited, DocumentPlace)> = parts
        .iter()
        .filter(|(said, _)| said.named.statement.is_none())
        .map(|(said, answer)| {
            let key = (said.named.framework.clone(), said.named.control.clone());
            (key, (*answer, said.place.clone()))
        })
        .collect();
    for (said, answer) in parts.iter_mut().filter(|(said, _)| said.named.statement.is_some()) {
        let key = (said.named.framework.clone(), said.named.control.clone());
        let Some((whole, first)) = wholes.get(&key) else { continue };
        if *whole != Inherited::Partly && answer != whole {
            let control = said.id().to_owned();
            let error =
                ProviderError::Disagree { control, said: *answer, first: first.clone(), other: *whole };
            troubles.at(said.place.clone(), error);
            *answer = (*answer).min(*whole);
        }
    }
}

fn part(said: Said, inherited: Inherited) -> ProviderPart {
    // All of it cannot be inherited where something is left.
    let inherited = match (inherited, said.leaves.is_empty()) {
        (Inherited::Yes, false) => Inherited::Partly,
        (inherited, _) => inherited,
    };
    ProviderPart {
        framework: said.named.framework,
        control: said.named.control,
        statement: said.named.statement,
        inherited,
        provides: said.provides.joined(),
        leaves: said.leaves.joined().into_iter().collect(),
        place: said.place,
    }
}
