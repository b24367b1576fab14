//! From files to knowledge.

use crate::error::{KnowledgeError, Mistakes};
use crate::files::File;
use crate::properties::PropertyIndex;
use crate::raw::{self, RawCrossSetting, RawLayers};
use crate::service::{CaseExamples, Defaults};
use crate::{Knowledge, LayerFacts, check, counterpart, framework, guidance, program, service, terraform};
use onus_model::{Layer, Mappings, Service};
use std::collections::BTreeMap;

/// Where the generated index of property names lies in a knowledge folder.
pub const PROPERTIES: &str = "cloudformation/properties.txt";

/// The file with the types of Terraform's attributes, relative to the folder.
pub const ATTRIBUTE_TYPES: &str = "terraform/types.txt";

/// Knowledge, with the examples of the services' cases, which only the test suite needs.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The facts.
    pub knowledge: Knowledge,
    /// The examples of the services' cases.
    pub cases: Vec<CaseExamples>,
}

/// Loads a knowledge folder's files.
///
/// # Errors
/// Every mistake that was found, in the order of the files.
pub fn load(files: &[File]) -> Result<Loaded, Vec<KnowledgeError>> {
    let properties = files.iter().find(|file| file.path == PROPERTIES).map_or("", |file| file.text.as_str());
    let mut loader = Loader {
        index: PropertyIndex::new(properties),
        files,
        errors: Vec::new(),
        loaded: Loaded::default(),
    };
    loader.run();
    if loader.errors.is_empty() { Ok(loader.loaded) } else { Err(loader.errors) }
}

struct Loader<'f> {
    index: PropertyIndex<'f>,
    files: &'f [File],
    errors: Vec<KnowledgeError>,
    loaded: Loaded,
}

impl<'f> Loader<'f> {
    fn run(&mut self) {
        let Some(defaults) = self.layers() else { return };
        self.services(&defaults);
        self.cross_settings(&defaults);
        self.checks();
        self.frameworks();
        self.guidance();
        self.programs();
        self.terraform();
    }

    fn below(&self, folder: &str) -> impl Iterator<Item = &'f File> + use<'f> {
        let folder = format!("{folder}/");
        self.files.iter().filter(move |file| file.path.starts_with(&folder) && !file.path.ends_with(".txt"))
    }

    fn parse<T: serde::de::DeserializeOwned>(&mut self, file: &File) -> Option<T> {
        raw::parse(&file.path, &file.text).map_err(|error| self.errors.push(error)).ok()
    }

    fn note(&mut self, mistakes: Mistakes<'_>) {
        self.errors.extend(mistakes.into_inner());
    }

    fn layers(&mut self) -> Option<Defaults> {
        let Some(file) = self.files.iter().find(|file| file.path == "layers.yaml") else {
            self.errors.push(KnowledgeError {
                path: "layers.yaml".into(),
                line: 0,
                column: 0,
                message: "the file is missing".into(),
                help: None,
            });
            return None;
        };
        let raw: RawLayers = self.parse(file)?;
        let mut mistakes = Mistakes::new(&file.path);
        let defaults = Defaults::new(&raw, &mut mistakes);
        for layer in Layer::ALL {
            match raw.layers.0.iter().find(|(name, _)| name == layer.as_str()) {
                Some((_, entry)) => {
                    let (title, what) = (entry.value.title.clone(), entry.value.what.clone());
                    self.loaded.knowledge.layers.push(LayerFacts { layer, title, what });
                }
                None => mistakes.at(serde_saphyr::Location::UNKNOWN, format!("layer `{layer}` is missing")),
            }
        }
        self.note(mistakes);
        Some(defaults)
    }

    fn services(&mut self, defaults: &Defaults) {
        for file in self.below("services") {
            let Some(raw) = self.parse::<raw::RawService>(file) else { continue };
            let mut mistakes = Mistakes::new(&file.path);
            if file.path != format!("services/{}.yaml", raw.id.value) {
                mistakes.at(raw.id.referenced, format!("the id `{}` is not the file's name", raw.id.value));
            }
            let service = service::read(raw, defaults, &self.index, &mut self.loaded.cases, &mut mistakes);
            self.loaded.knowledge.services.push(service);
            self.note(mistakes);
        }
        self.unique_services();
    }

    fn unique_services(&mut self) {
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        let mut errors = Vec::new();
        for service in &self.loaded.knowledge.services {
            let plain =
                service.types.iter().filter(|claim| claim.when.is_none()).map(|claim| claim.pattern.as_str());
            let words =
                std::iter::once(service.id.as_str()).chain(service.aliases.iter().map(String::as_str));
            for word in plain.chain(words) {
                if let Some(other) = owners.insert(word, &service.id) {
                    errors.push(KnowledgeError {
                        path: format!("services/{}.yaml", service.id),
                        line: 0,
                        column: 0,
                        message: format!("`{word}` belongs to `{other}` already"),
                        help: None,
                    });
                }
            }
        }
        self.errors.extend(errors);
    }

    fn cross_settings(&mut self, defaults: &Defaults) {
        for file in self.below("settings") {
            let Some(raw) = self.parse::<RawCrossSetting>(file) else { continue };
            let mut mistakes = Mistakes::new(&file.path);
            let patterns = patterns(&self.loaded.knowledge.services);
            let claims = |service: &Service, name: &str| claims(&patterns, &service.id, name);
            let services = &mut self.loaded.knowledge.services;
            service::add_cross_setting(&raw, services, &claims, defaults, &self.index, &mut mistakes);
            self.loaded.cases.extend(service::cross_examples(&raw, &mut mistakes));
            self.note(mistakes);
        }
    }

    fn checks(&mut self) {
        for file in self.below("checks") {
            let Some(raw) = self.parse::<raw::RawCheck>(file) else { continue };
            let mut mistakes = Mistakes::new(&file.path);
            let expected =
                file.path.trim_start_matches("checks/").trim_end_matches(".yaml").replacen('/', "-", 1);
            if raw.id.value != expected {
                mistakes.at(
                    raw.id.referenced,
                    format!("the id `{}` does not follow from the path; `{expected}` does", raw.id.value),
                );
            }
            self.loaded.knowledge.checks.push(check::read(raw, &self.index, true, &mut mistakes));
            self.note(mistakes);
        }
        self.loaded.knowledge.checks.sort_by(|a, b| a.id.cmp(&b.id));
        self.errors.extend(counterpart::disagreements(&self.loaded.knowledge.checks));
    }

    fn frameworks(&mut self) {
        let files: Vec<&File> = self.below("frameworks").collect();
        let checks = &self.loaded.knowledge.checks;
        self.loaded.knowledge.frameworks = framework::read_all(&files, checks, &mut self.errors);
    }

    fn guidance(&mut self) {
        for file in self.below("guidance") {
            let Some(raw) = self.parse::<raw::RawGuidance>(file) else { continue };
            let mut mistakes = Mistakes::new(&file.path);
            let services = &self.loaded.knowledge.services;
            let guidance = guidance::read(raw, services, &mut mistakes);
            self.loaded.knowledge.guidance.extend(guidance);
            self.note(mistakes);
        }
    }

    fn programs(&mut self) {
        let files: Vec<&File> = self.below("programs").collect();
        self.loaded.knowledge.programs = program::read_all(&files, &self.loaded.knowledge, &mut self.errors);
    }

    fn terraform(&mut self) {
        match load_mappings(self.files) {
            Ok(mappings) => self.loaded.knowledge.terraform = mappings,
            Err(errors) => self.errors.extend(errors),
        }
    }
}

/// Loads the Terraform mappings of a knowledge folder's files alone.
///
/// # Errors
/// Every mistake that was found, in the order of the files.
pub fn load_mappings(files: &[File]) -> Result<Mappings, Vec<KnowledgeError>> {
    let (mut types, mut services, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    let mut attributes = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with("terraform/")) {
        let read = match file.path.as_str() {
            "terraform/services.yaml" => {
                terraform::parse_services(&file.text).map(|more| services.extend(more))
            }
            ATTRIBUTE_TYPES => terraform::parse_types(&file.text).map(|more| attributes = more),
            path if path.ends_with(".yaml") => terraform::parse(&file.text).map(|more| types.extend(more)),
            _ => continue,
        };
        if let Err(error) = read {
            errors.push(KnowledgeError {
                path: file.path.clone(),
                line: error.line as u32,
                column: error.column as u32,
                message: error.message,
                help: None,
            });
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut mappings = Mappings::new(types, services);
    mappings.set_attribute_types(attributes);
    Ok(mappings)
}

/// The patterns of each service, with whether a condition goes with each.
type Patterns = Vec<(String, Vec<(String, bool)>)>;

fn patterns(services: &[Service]) -> Patterns {
    let of = |service: &Service| {
        service.types.iter().map(|claim| (claim.pattern.clone(), claim.when.is_some())).collect()
    };
    services.iter().map(|service| (service.id.clone(), of(service))).collect()
}

/// Whether a service claims a type, or some of its resources: an exact claim of another service without a
/// condition beats a namespace.
fn claims(patterns: &Patterns, service: &str, name: &str) -> bool {
    let is_space = |pattern: &str| pattern.strip_suffix('*').is_some_and(|prefix| name.starts_with(prefix));
    let own = patterns
        .iter()
        .find(|(id, _)| id == service)
        .map(|(_, patterns)| patterns.as_slice())
        .unwrap_or_default();
    let elsewhere = patterns.iter().any(|(id, patterns)| {
        id != service && patterns.iter().any(|(pattern, conditional)| pattern == name && !conditional)
    });
    own.iter().any(|(pattern, _)| pattern == name)
        || own.iter().any(|(pattern, _)| is_space(pattern)) && !elsewhere
}
