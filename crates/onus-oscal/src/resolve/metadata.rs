//! What the result says of itself.

use super::budget::Budget;
use crate::catalog::Catalog;
use crate::common::Property;
use crate::error::OscalError;
use crate::profile::Profile;
use uuid::Uuid;

/// Takes over the metadata of the profile, says what made the result, and names it. The name follows from the profile
/// and from what it came to: a catalog that has changed upstream gives another one.
pub(super) fn complete(
    profile: &Profile,
    catalog: &mut Catalog,
    budget: &mut Budget,
) -> Result<(), OscalError> {
    budget.copy(&profile.metadata)?;
    catalog.metadata = profile.metadata.clone();
    let tool = Property {
        name: "resolution-tool".to_owned(),
        value: format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        ..Property::default()
    };
    catalog.metadata.props.insert(0, tool);
    budget.copy(&*catalog)?;
    let body = serde_json::to_vec(&*catalog).expect("all keys are text");
    let namespace = Uuid::try_parse(&profile.uuid).unwrap_or(Uuid::NAMESPACE_OID);
    catalog.uuid = Uuid::new_v5(&namespace, &body).to_string();
    Ok(())
}
