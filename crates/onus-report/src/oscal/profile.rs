//! A selection from a catalogue as an OSCAL profile; of a catalogue itself, the selection of all of it.

use super::ids::{sealed, token};
use super::parts::{metadata, prop, references};
use super::scope::Scope;
use onus_oscal::Document;
use onus_oscal::common::{IncludeAll, Metadata, SelectControls};
use onus_oscal::profile::{Import, Merge, Profile};

/// The profile of a framework.
pub fn profile(scope: &Scope<'_>) -> Document {
    let framework = scope.framework;
    let import = Import { href: scope.catalog_file(), ..Import::default() };
    let import = match &framework.selects {
        Some(selection) => {
            let with_ids = selection.controls.iter().map(|id| token(id)).collect();
            let select = SelectControls { with_ids, ..SelectControls::default() };
            Import { include_controls: vec![select], ..import }
        }
        None => Import { include_all: Some(IncludeAll::default()), ..import },
    };
    sealed(Profile {
        metadata: Metadata {
            links: references(&framework.sources),
            props: vec![prop("framework", &framework.id), prop("as-of", &framework.read.to_string())],
            ..metadata(&framework.title, scope.date)
        },
        imports: vec![import],
        merge: Some(Merge { as_is: Some(true), ..Merge::default() }),
        ..Profile::default()
    })
}
