//! What is asked of a document: whose it is, and of which frameworks it speaks.

use onus_model::{ControlIndex, Framework, ProviderLayout};

/// A document, as bytes.
#[derive(Clone, Copy, Debug)]
pub struct Document<'d> {
    /// The path, as the user wrote it.
    pub path: &'d str,
    /// The bytes.
    pub bytes: &'d [u8],
}

/// What is known of a document before it is read.
#[derive(Debug)]
pub struct Request<'r> {
    /// Who runs the system.
    pub(crate) name: String,
    /// What the system is called.
    pub(crate) system: Option<String>,
    /// What proves what it says.
    pub(crate) attestation: Option<String>,
    /// Where it has what, if in no usual layout.
    pub(crate) layout: ProviderLayout,
    /// All frameworks.
    known: &'r [Framework],
    /// The frameworks that it was said to speak of: catalogues and selections.
    pub(crate) spoken: Vec<&'r Framework>,
    /// Those that have the controls.
    catalogs: Vec<&'r Framework>,
    pub(crate) index: ControlIndex<'r>,
}

impl<'r> Request<'r> {
    /// A request for a provider's document. Of the frameworks, by id, those that are not known count for nothing.
    pub fn new(name: &str, known: &'r [Framework], frameworks: &[String]) -> Self {
        let by_id = |id: &str| known.iter().find(|framework| framework.id == id);
        let spoken: Vec<&Framework> = frameworks.iter().filter_map(|id| by_id(id)).collect();
        let mut catalogs: Vec<&Framework> = Vec::new();
        for framework in &spoken {
            let catalog = catalog_of(known, framework);
            if catalogs.iter().all(|known| known.id != catalog.id) {
                catalogs.push(catalog);
            }
        }
        Self {
            name: name.to_owned(),
            system: None,
            attestation: None,
            layout: ProviderLayout::default(),
            known,
            spoken,
            index: ControlIndex::new(&catalogs),
            catalogs,
        }
    }

    /// The same with the system's own name.
    #[must_use]
    pub fn system(mut self, system: Option<&str>) -> Self {
        self.system = system.map(str::to_owned);
        self
    }

    /// The same with what proves what the provider says.
    #[must_use]
    pub fn attestation(mut self, attestation: Option<&str>) -> Self {
        self.attestation = attestation.map(str::to_owned);
        self
    }

    /// The same with a layout.
    #[must_use]
    pub fn layout(mut self, layout: &ProviderLayout) -> Self {
        self.layout = layout.clone();
        self
    }

    /// The ids of the frameworks that have the controls.
    pub(crate) fn catalog_ids(&self) -> Vec<&'r str> {
        self.catalogs.iter().map(|catalog| catalog.id.as_str()).collect()
    }

    /// The catalogue of a framework by its id, if it is one that is spoken of.
    pub(crate) fn catalog(&self, name: &str) -> Option<&'r str> {
        let framework = self.known.iter().find(|framework| framework.id == name)?;
        let id = &catalog_of(self.known, framework).id;
        self.catalogs.iter().map(|catalog| catalog.id.as_str()).find(|catalog| catalog == id)
    }
}

fn catalog_of<'r>(known: &'r [Framework], framework: &'r Framework) -> &'r Framework {
    let selects = framework.selects.as_ref().map(|selection| selection.framework.as_str());
    selects.and_then(|id| known.iter().find(|other| other.id == id)).unwrap_or(framework)
}
