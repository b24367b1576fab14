//! The layers of the stack, and the parties a duty can fall to.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A layer of the stack. Every duty belongs to exactly one.
///
/// Declared in the order of the chart, from what the customer usually carries
/// down to what AWS always carries; the two layers outside the stack come last.
/// Titles, descriptions and default parties are data (`knowledge/layers.yaml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// Content, its classification and retention.
    CustomerData,
    /// Application code and installed software.
    Applications,
    /// Identities, permissions, credentials, resource policies.
    IdentityAccess,
    /// Client-side encryption, data integrity and authentication.
    ClientSideEncryption,
    /// VPCs, subnets, routes, security groups.
    NetworkConfiguration,
    /// Audit logs, detection, alarms.
    LoggingMonitoring,
    /// Backup, recovery, placement over zones and regions.
    Resilience,
    /// Encryption, integrity and identity of network traffic.
    TrafficProtection,
    /// Encryption of files and data at rest, and its keys.
    ServerSideEncryption,
    /// Runtimes, middleware, database engines.
    Platform,
    /// The guest operating system: patches, hardening, host firewall, intrusion detection.
    GuestOs,
    /// AWS's compute, storage, database and network software.
    ServiceSoftware,
    /// Hypervisor and host operating system.
    Virtualization,
    /// Servers, media, network gear.
    Hardware,
    /// AWS's backbone, telecommunications, internet edge.
    NetworkInfrastructure,
    /// Regions, zones and edge locations: physical and environmental.
    Facilities,
    /// The workforce's devices and offices, where they are in the boundary.
    Endpoints,
    /// Policies, people, training, governance.
    Organization,
}

/// The number of layers, for arrays indexed by [`Layer::index`].
pub const LAYER_COUNT: usize = Layer::ALL.len();

impl Layer {
    /// Every layer in the order of the chart.
    pub const ALL: [Self; 18] = [
        Self::CustomerData,
        Self::Applications,
        Self::IdentityAccess,
        Self::ClientSideEncryption,
        Self::NetworkConfiguration,
        Self::LoggingMonitoring,
        Self::Resilience,
        Self::TrafficProtection,
        Self::ServerSideEncryption,
        Self::Platform,
        Self::GuestOs,
        Self::ServiceSoftware,
        Self::Virtualization,
        Self::Hardware,
        Self::NetworkInfrastructure,
        Self::Facilities,
        Self::Endpoints,
        Self::Organization,
    ];

    /// The layer's id as it stands in data files and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CustomerData => "customer-data",
            Self::Applications => "applications",
            Self::IdentityAccess => "identity-access",
            Self::ClientSideEncryption => "client-side-encryption",
            Self::NetworkConfiguration => "network-configuration",
            Self::LoggingMonitoring => "logging-monitoring",
            Self::Resilience => "resilience",
            Self::TrafficProtection => "traffic-protection",
            Self::ServerSideEncryption => "server-side-encryption",
            Self::Platform => "platform",
            Self::GuestOs => "guest-os",
            Self::ServiceSoftware => "service-software",
            Self::Virtualization => "virtualization",
            Self::Hardware => "hardware",
            Self::NetworkInfrastructure => "network-infrastructure",
            Self::Facilities => "facilities",
            Self::Endpoints => "endpoints",
            Self::Organization => "organization",
        }
    }

    /// The position in [`Layer::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Whether the layer is a service's (all but the workforce's devices and the
    /// organization, which belong to the workload as a whole).
    pub const fn is_of_service(self) -> bool {
        !matches!(self, Self::Endpoints | Self::Organization)
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that names no layer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a layer")]
pub struct UnknownLayer(pub String);

impl FromStr for Layer {
    type Err = UnknownLayer;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|layer| layer.as_str() == text)
            .ok_or_else(|| UnknownLayer(text.to_owned()))
    }
}

/// Whose duty something is, as a definite answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// AWS alone.
    Aws,
    /// The customer alone.
    Customer,
    /// AWS and the customer, each a part.
    Both,
}

impl Party {
    /// Whether AWS has a part.
    pub const fn has_aws(self) -> bool {
        matches!(self, Self::Aws | Self::Both)
    }

    /// Whether the customer has a part.
    pub const fn has_customer(self) -> bool {
        matches!(self, Self::Customer | Self::Both)
    }

    /// The parties of either: AWS and the customer together are both.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        match (self, other) {
            (Self::Aws, Self::Aws) => Self::Aws,
            (Self::Customer, Self::Customer) => Self::Customer,
            _ => Self::Both,
        }
    }

    /// The word as it stands in data files and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::Customer => "customer",
            Self::Both => "both",
        }
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_reads_back_from_its_id_and_knows_its_place() {
        for (place, layer) in Layer::ALL.into_iter().enumerate() {
            assert_eq!(layer.as_str().parse(), Ok(layer));
            assert_eq!(layer.index(), place);
        }
    }
}
