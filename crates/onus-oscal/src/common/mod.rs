//! What several models share.

mod assessment;
mod back_matter;
mod component;
mod control;
mod finding;
mod metadata;
mod party;
mod property;
mod review;
mod risk;
mod subject;
mod task;

pub use assessment::{
    Activity, AssessmentAssets, AssessmentPart, AssessmentPlatform, ImportSsp, LocalObjective, Step,
    UsesComponent,
};
pub use back_matter::{BackMatter, Base64, Citation, Hash, Resource, ResourceLink};
pub use component::{
    AuthorizedPrivilege, ComponentStatus, ImplementationStatus, ImplementedComponent, InventoryItem,
    PortRange, Protocol, SetParameter, SystemComponent, SystemId, SystemUser,
};
pub use control::{
    Constraint, ConstraintTest, Guideline, IncludeAll, Matching, Parameter, Part, SelectControls, Selection,
};
pub use finding::{
    AssociatedRisk, Finding, FindingTarget, Observation, Origin, OriginActor, RelatedObservation,
    RelevantEvidence, TargetStatus,
};
pub use metadata::{Action, DocumentId, Metadata, ResponsibleParty, ResponsibleRole, Revision, Role};
pub use party::{Address, ExternalId, Location, Party, TelephoneNumber};
pub use property::{Link, Property};
pub use review::{
    ControlSelection, ObjectiveSelection, ReviewedControls, SelectControlById, SelectObjectiveById,
};
pub use risk::{
    Characterization, Facet, MitigatingFactor, RelatedResponse, RequiredAsset, Response, Risk, RiskLog,
    RiskLogEntry, ThreatId,
};
pub use subject::{AssessmentSubject, IdentifiedSubject, SelectSubjectById, SubjectReference};
pub use task::{
    AssociatedActivity, AtFrequency, LoggedBy, OnDate, RelatedTask, Task, TaskDependency, Timing,
    WithinDateRange,
};

/// Fields that are not known, kept as they were read.
pub type Rest = serde_json::Map<String, serde_json::Value>;
