//! Profile resolution: from a profile, and what it imports, to the catalog that it stands for.
//!
//! The phases are those of NIST's specification. `import` finds what is imported and follows profiles to their end,
//! `select` takes the controls that an import names, `merge` puts them together as one catalog, with `custom` for a
//! profile's own arrangement, `modify` sets parameters and alters controls, and `prune` drops what nothing refers to.
//!
//! # Where the specification leaves a choice
//! - A profile that imports itself, an import that cannot be had, and an id that the imported catalog does not have
//!   are errors. The specification lets them pass, and the result would be smaller without a word.
//! - With `as-is`, an enhancement brings the control that it enhances, whole, as in NIST's own baselines; where that one
//!   is excluded, or the structure is another, the enhancement takes its place.
//! - `with-child-controls` brings all enhancements, whatever their depth.
//! - Without `as-is` or `custom` there is no hierarchy: an enhancement follows the control that it enhances.
//! - With `as-is`, imports of one document are put together in the order of that document.
//! - A `set-parameter`, `alter` or `by-id` that finds nothing does nothing; [`check`](crate::check()) reports it.
//! - The criteria of a `remove` must all hold, and reach the control's own content, not that of its enhancements.
//! - There is no clock here: `last-modified` stays the profile's, and the uuid follows from the result.

mod budget;
mod combine;
mod custom;
mod import;
mod merge;
mod metadata;
mod modify;
mod pattern;
mod prune;
mod references;
mod remove;
mod select;

use crate::catalog::Catalog;
use crate::document::Document;
use crate::error::OscalError;
use crate::profile::Profile;
use import::Resolver;

/// Makes the catalog that a profile stands for.
///
/// The loader is given where an import lies, as a reference relative to the profile that is resolved: what an imported
/// profile imports has been put in relation to it. For `#uuid` it is given the links of that resource in turn, those to
/// JSON before those to YAML, until one can be read. What the loader says of a failure goes into the error.
///
/// # Errors
/// Where an import cannot be had or followed, where the profile contradicts itself or names a control that what it
/// imports does not have, and where resolving it would go beyond the [`limits`](crate::limits).
pub fn resolve(
    profile: &Profile,
    mut loader: impl FnMut(&str) -> Result<Document, String>,
) -> Result<Catalog, OscalError> {
    Resolver::new(&mut loader).resolve(profile, "")
}
