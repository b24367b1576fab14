//! What an export is about: one framework, on one day, in files that refer to each other by their names.

use super::ids::token;
use jiff::civil::Date;
use onus_knowledge::Knowledge;
use onus_model::{Control, Framework, PrimaryLayer, Statement};
use onus_oscal::Notation;

/// A framework whose documents are written.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The facts.
    pub knowledge: &'a Knowledge,
    /// The framework, be it a catalogue or a selection.
    pub framework: &'a Framework,
    /// The day of the documents.
    pub date: Date,
    /// How they are written, which their names end in.
    pub notation: Notation,
}

impl<'a> Scope<'a> {
    /// The framework that has the controls.
    pub fn catalog(&self) -> &'a Framework {
        self.knowledge.catalog(self.framework)
    }

    /// The name of the catalog's file.
    pub fn catalog_file(&self) -> String {
        self.file_of(&self.catalog().id, "catalog")
    }

    /// The name of the profile's file.
    pub fn profile_file(&self) -> String {
        self.file_of(&self.framework.id, "profile")
    }

    /// The name of a file of another framework.
    pub(super) fn file_of(&self, framework: &str, kind: &str) -> String {
        self.file(&format!("{}-{kind}", token(framework)))
    }

    /// The name of a document's file by its stem (`ssp`).
    pub fn file(&self, stem: &str) -> String {
        format!("{stem}.{}", if self.notation == Notation::Yaml { "yaml" } else { "json" })
    }

    /// The layers of a statement: its own, or those of the controls that its control maps to, each once.
    pub(super) fn layers(&self, control: &Control, statement: &'a Statement) -> Vec<&'a PrimaryLayer> {
        if !statement.layers.is_empty() {
            return statement.layers.iter().collect();
        }
        let pivot = self.catalog().crosswalk.as_ref().and_then(|walk| self.knowledge.framework(&walk.to));
        let mapped = control.maps.iter().filter_map(|id| pivot?.control(id));
        let mut layers: Vec<&PrimaryLayer> = Vec::new();
        for primary in mapped.flat_map(|control| &control.statements).flat_map(|own| &own.layers) {
            let same =
                |known: &&PrimaryLayer| known.layer == primary.layer && known.relation == primary.relation;
            if !layers.iter().any(same) {
                layers.push(primary);
            }
        }
        layers
    }
}
