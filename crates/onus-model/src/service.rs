//! Services, and how the line between the parties moves with their configuration.

use crate::expression::Expression;
use crate::layer::{LAYER_COUNT, Layer, Party};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The kind of a service, which gives the default party of each layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Building blocks that the customer runs systems on, such as EC2.
    Infrastructure,
    /// AWS runs the machine, the customer uses the software on it, such as RDS. AWS's papers say container services.
    Managed,
    /// The customer sees an endpoint only, such as S3.
    Abstracted,
}

impl Category {
    /// From infrastructure to abstracted.
    pub const ALL: [Self; 3] = [Self::Infrastructure, Self::Managed, Self::Abstracted];

    /// The word as it stands in data files and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Infrastructure => "infrastructure",
            Self::Managed => "managed",
            Self::Abstracted => "abstracted",
        }
    }
}

/// What a layer of a service means for the parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Duty {
    /// Someone's duty.
    Assigned(Assignment),
    /// The layer does not exist in this service, for the reason given.
    NotApplicable(String),
}

impl Duty {
    /// The parties, if the layer applies.
    pub const fn party(&self) -> Option<Party> {
        match self {
            Self::Assigned(assignment) => Some(assignment.party),
            Self::NotApplicable(_) => None,
        }
    }
}

/// Who does what at a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Whose duty it is.
    pub party: Party,
    /// What AWS provides; present where AWS has a part.
    pub provision: Option<String>,
    /// What the customer is responsible for; present where the customer has a part.
    pub responsibility: Option<String>,
    /// Documentation pages.
    pub sources: Vec<String>,
}

/// A service, with its facts resolved against the defaults of its category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The id (`rds`).
    pub id: String,
    /// The marketing name (`Amazon RDS`).
    pub name: String,
    /// A short name for column headings, at most 14 characters (`RDS`).
    pub short: String,
    /// Other ids users write (`lambda-function`, `elbv2`).
    pub aliases: Vec<String>,
    /// The category.
    pub category: Category,
    /// The resource types it claims.
    pub types: Vec<TypeClaim>,
    /// One duty per layer, by [`Layer::index`]; the two workload layers are not a service's and stay not applicable.
    pub layers: Vec<Duty>,
    /// The choice that makes a column of its own in the chart; empty for a service that has no variants.
    pub variants: Vec<Case>,
    /// Further choices, each moving some layers.
    pub settings: Vec<Setting>,
    /// Documentation pages.
    pub sources: Vec<String>,
    /// The day on which the sources were read.
    pub read: Date,
}

impl Service {
    /// The duty at a layer before any variant or setting.
    pub fn duty(&self, layer: Layer) -> &Duty {
        debug_assert_eq!(self.layers.len(), LAYER_COUNT);
        &self.layers[layer.index()]
    }

    /// The duty at a layer in a case: the case's own, else the one before any choice.
    pub fn duty_in<'s>(&'s self, case: &'s Case, layer: Layer) -> &'s Duty {
        case.duty(layer).unwrap_or_else(|| self.duty(layer))
    }

    /// All choices: the variants, then the settings.
    pub fn choices(&self) -> impl Iterator<Item = &[Case]> {
        std::iter::once(self.variants.as_slice())
            .chain(self.settings.iter().map(|setting| setting.cases.as_slice()))
            .filter(|cases| !cases.is_empty())
    }
}

/// A resource type, or all of a namespace, that belongs to a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeClaim {
    /// `AWS::RDS::DBInstance`, or `AWS::RDS::*`. An exact name beats a namespace, whatever the file.
    pub pattern: String,
    /// Only resources for which this holds; a conditional claim beats an unconditional one.
    pub when: Option<Expression>,
}

/// A further choice within a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// The id (`minor-upgrades`).
    pub id: String,
    /// What is chosen, as a noun phrase.
    pub title: String,
    /// The cases in order; the first whose condition holds is the one.
    pub cases: Vec<Case>,
}

/// One of several exclusive configurations, and the layers that it moves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// The id (`fargate`).
    pub id: String,
    /// For headings (`on Fargate`).
    pub title: String,
    /// The category it makes of the service, if another.
    pub category: Option<Category>,
    /// The types whose resources decide; a resource of another type says nothing about this choice.
    pub resource: Vec<String>,
    /// The condition; none for the last case, which takes what is left.
    pub when: Option<Expression>,
    /// The layers that differ.
    pub layers: Vec<(Layer, Duty)>,
    /// Documentation pages.
    pub sources: Vec<String>,
}

impl Case {
    /// The duty at a layer, if the case moves it.
    pub fn duty(&self, layer: Layer) -> Option<&Duty> {
        self.layers.iter().find(|(moved, _)| *moved == layer).map(|(_, duty)| duty)
    }
}
