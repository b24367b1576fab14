//! What a profile imports: where it lies, and what it comes to.

use super::budget::Budget;
use super::merge::{Selection, Structure, merge};
use super::select::select;
use super::{metadata, modify, prune};
use crate::catalog::Catalog;
use crate::common::{Resource, ResourceLink};
use crate::document::{Document, Model};
use crate::error::OscalError;
use crate::limits;
use crate::profile::{Import, Profile};
use std::collections::HashMap;
use std::rc::Rc;

/// Every import costs something, even of an empty catalog.
const STEPS_OF_AN_IMPORT: usize = 1000;

type Loader<'l> = dyn FnMut(&str) -> Result<Document, String> + 'l;

/// Follows imports.
pub(super) struct Resolver<'l> {
    loader: &'l mut Loader<'l>,
    budget: Budget,
    /// The profiles that are being resolved, the outermost first: where each lies, and its uuid.
    chain: Vec<(String, String)>,
    /// What is resolved already, by where it lies.
    resolved: HashMap<String, Rc<Catalog>>,
}

impl<'l> Resolver<'l> {
    pub(super) fn new(loader: &'l mut Loader<'l>) -> Self {
        Self { loader, budget: Budget::new(), chain: Vec::new(), resolved: HashMap::new() }
    }

    /// The catalog of a profile that lies at a place.
    pub(super) fn resolve(&mut self, profile: &Profile, place: &str) -> Result<Catalog, OscalError> {
        self.chain.push((place.to_owned(), profile.uuid.clone()));
        let structure = Structure::of(profile.merge.as_ref())?;
        let ancestors = matches!(structure, Structure::AsIs);
        let mut selections = Vec::new();
        for import in &profile.imports {
            self.budget.steps(STEPS_OF_AN_IMPORT)?;
            let (place, catalog) = self.import(profile, import, place)?;
            let selected = select(import, &catalog, ancestors, &mut self.budget)?;
            selections.push(Selection { place, selected, catalog });
        }
        let mut catalog = merge(profile, &structure, selections, &mut self.budget)?;
        modify::modify(profile, &mut catalog, &mut self.budget)?;
        prune::prune(profile, &mut catalog);
        metadata::complete(profile, &mut catalog, &mut self.budget)?;
        self.chain.pop();
        Ok(catalog)
    }

    /// What an import names, as a catalog, and where it lies.
    fn import(
        &mut self,
        profile: &Profile,
        import: &Import,
        base: &str,
    ) -> Result<(String, Rc<Catalog>), OscalError> {
        let mut failure = None;
        for href in candidates(profile, &import.href)? {
            let place = join(base, href);
            if let Some(catalog) = self.resolved.get(&place) {
                return Ok((place, Rc::clone(catalog)));
            }
            self.refuse_circle(&place)?;
            match (self.loader)(&place) {
                Ok(document) => {
                    let catalog = Rc::new(self.catalog(document, &place)?);
                    self.resolved.insert(place.clone(), Rc::clone(&catalog));
                    return Ok((place, catalog));
                }
                Err(message) => failure = failure.or(Some(OscalError::Import { href: place, message })),
            }
        }
        Err(failure.unwrap_or_else(|| OscalError::NoLink { href: import.href.clone() }))
    }

    fn catalog(&mut self, document: Document, place: &str) -> Result<Catalog, OscalError> {
        match document.model {
            Model::Catalog(catalog) => Ok(catalog),
            Model::Profile(profile) => {
                self.refuse_same(place, &profile.uuid)?;
                if self.chain.len() > limits::MAX_IMPORT_DEPTH {
                    return Err(OscalError::ImportDepth { href: place.to_owned() });
                }
                self.resolve(&profile, place)
            }
            other => Err(OscalError::NotControls { href: place.to_owned(), found: other.kind() }),
        }
    }

    fn refuse_circle(&self, place: &str) -> Result<(), OscalError> {
        let Some(start) = self.chain.iter().position(|(other, _)| other == place) else { return Ok(()) };
        let places = self.chain[start..].iter().map(|(place, _)| place.as_str()).chain([place]);
        Err(OscalError::Circular { chain: places.map(shown).collect() })
    }

    /// A place can be spelled in endless ways, so that only the uuid tells that a profile comes again.
    fn refuse_same(&self, place: &str, uuid: &str) -> Result<(), OscalError> {
        let Some((other, _)) = self.chain.iter().find(|(_, other)| other == uuid) else { return Ok(()) };
        Err(OscalError::SameProfile { href: place.to_owned(), importer: shown(other) })
    }
}

/// The profile that is resolved lies nowhere.
fn shown(place: &str) -> String {
    if place.is_empty() { "the profile" } else { place }.to_owned()
}

/// The places where an import may lie: the `href` itself, or the links of the resource that it names.
fn candidates<'p>(profile: &'p Profile, href: &'p str) -> Result<Vec<&'p str>, OscalError> {
    let Some(uuid) = href.strip_prefix('#') else { return Ok(vec![href]) };
    let mut resources = profile.back_matter.iter().flat_map(|back_matter| &back_matter.resources);
    let resource = resources.find(|resource| resource.uuid == uuid);
    let resource = resource.ok_or_else(|| OscalError::NoResource { href: href.to_owned() })?;
    Ok(links(resource))
}

/// JSON first, since it is read faster; XML not at all.
fn links(resource: &Resource) -> Vec<&str> {
    let mut links: Vec<(u8, &str)> =
        resource.rlinks.iter().filter_map(|link| Some((rank(link)?, link.href.as_str()))).collect();
    links.sort_by_key(|(rank, _)| *rank);
    links.into_iter().map(|(_, href)| href).collect()
}

fn rank(link: &ResourceLink) -> Option<u8> {
    let media_type = link.media_type.as_deref().unwrap_or_default();
    let says = |word: &str| media_type.ends_with(word) || link.href.ends_with(&format!(".{word}"));
    if says("json") {
        Some(0)
    } else if says("yaml") || says("yml") {
        Some(1)
    } else if says("xml") {
        None
    } else {
        Some(2)
    }
}

/// A reference in relation to the document that has it.
fn join(base: &str, href: &str) -> String {
    let absolute =
        href.starts_with('/') || href.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    let Some((folder, _)) = base.rsplit_once('/').filter(|_| !absolute) else { return href.to_owned() };
    let mut folders: Vec<&str> = folder.split('/').collect();
    let mut rest = href;
    loop {
        if let Some(after) = rest.strip_prefix("./") {
            rest = after;
        } else if let (Some(after), true) = (rest.strip_prefix("../"), can_leave(&folders)) {
            folders.pop();
            rest = after;
        } else {
            break;
        }
    }
    folders.push(rest);
    folders.join("/")
}

/// Not above the start of a relative reference, nor above the host of an address.
fn can_leave(folders: &[&str]) -> bool {
    let is_host = folders.len() <= 3 && folders.first().is_some_and(|start| start.ends_with(':'));
    !is_host && folders.last().is_some_and(|folder| !folder.is_empty() && *folder != ".." && *folder != ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_put_in_relation() {
        for (base, href, expected) in [
            ("", "a.json", "a.json"),
            ("p.json", "a.json", "a.json"),
            ("x/p.json", "a.json", "x/a.json"),
            ("x/y/p.json", "../a.json", "x/a.json"),
            ("x/p.json", "../../a.json", "../a.json"),
            ("../p.json", "../a.json", "../../a.json"),
            ("x/p.json", "./a.json", "x/a.json"),
            ("x/p.json", "/a.json", "/a.json"),
            ("x/p.json", "https://h/a.json", "https://h/a.json"),
            ("https://h/x/p.json", "../a.json", "https://h/a.json"),
            ("https://h/p.json", "../a.json", "https://h/../a.json"),
        ] {
            assert_eq!(join(base, href), expected, "{base} {href}");
        }
    }
}
