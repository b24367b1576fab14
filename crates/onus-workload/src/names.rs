//! What a reference is the name of, by the type that it refers to and the attribute that it asks for.
//!
//! A reference is known only after deployment, yet not everything can come of it: an ARN is no `*`, and a key that the workload makes
//! is none of AWS's.

use onus_model::{Names, TextBuilder, Unknown, Value};

/// What an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    /// A name, or an id that AWS gives.
    Name(Names),
    /// An ARN of a service, where that is told, with what stands behind the name in it.
    Arn { names: Names, service: Option<&'static str>, end: &'static str },
}

/// Types of which CloudFormation's `Ref` gives the ARN.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html>
const ARN_BY_REF: [&str; 16] = [
    "AWS::ACMPCA::CertificateAuthority",
    "AWS::CertificateManager::Certificate",
    "AWS::ECS::Service",
    "AWS::ECS::TaskDefinition",
    "AWS::ElasticLoadBalancingV2::Listener",
    "AWS::ElasticLoadBalancingV2::ListenerRule",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::GlobalAccelerator::Accelerator",
    "AWS::IAM::ManagedPolicy",
    "AWS::MSK::Cluster",
    "AWS::SNS::Topic",
    "AWS::SecretsManager::Secret",
    "AWS::ServiceDiscovery::Instance",
    "AWS::StepFunctions::Activity",
    "AWS::StepFunctions::StateMachine",
];

/// Beginnings of types whose values others than AWS choose: nested stacks and custom resources, alarms, whose names may have
/// commas, and records, whose names may have wildcards.
const OF_ANYONE: [&str; 4] =
    ["AWS::CloudFormation::", "AWS::CloudWatch::", "AWS::Route53::RecordSet", "AWS::Serverless::Application"];

/// The attributes of Terraform's resources that are one name, whatever the type. Other attributes may be empty, or lists.
const NAMES: [&str; 21] = [
    "account_id",
    "allocation_id",
    "bucket",
    "cluster_identifier",
    "cluster_name",
    "default_network_acl_id",
    "default_route_table_id",
    "default_security_group_id",
    "function_name",
    "hosted_zone_id",
    "id",
    "identifier",
    "key_name",
    "main_route_table_id",
    "name",
    "owner_id",
    "partition",
    "unique_id",
    "user_id",
    "zone_id",
    "key_id",
];

/// Those that are one ARN.
const ARNS: [&str; 7] = [
    "arn",
    "execution_arn",
    "invoke_arn",
    "qualified_arn",
    "qualified_invoke_arn",
    "target_key_arn",
    "certificate_arn",
];

/// Those that are a CIDR of a network. One of IPv6 is there only where a network asks for it.
const NETWORKS: [&str; 1] = ["cidr_block"];

/// What `Ref` or an attribute of a resource of a template is.
pub(crate) fn in_template(kind: &str, attribute: Option<&str>) -> Option<Attribute> {
    if !kind.starts_with("AWS::") || OF_ANYONE.iter().any(|prefix| kind.starts_with(prefix)) {
        return None;
    }
    let is_key = matches!(kind, "AWS::KMS::Key" | "AWS::KMS::ReplicaKey" | "AWS::KMS::Alias");
    let names = if is_key { Names::Key } else { Names::One };
    let is_arn = match attribute {
        None => ARN_BY_REF.contains(&kind),
        Some(attribute) => attribute.ends_with("Arn") || attribute.ends_with("ARN"),
    };
    match attribute {
        _ if is_arn => {
            let service = (kind == "AWS::CertificateManager::Certificate").then_some("acm");
            let end = if kind == "AWS::Logs::LogGroup" { ":*" } else { "" };
            Some(Attribute::Arn { names, service, end })
        }
        None => Some(Attribute::Name(names)),
        Some("CidrBlock") if matches!(kind, "AWS::EC2::VPC" | "AWS::EC2::Subnet") => {
            Some(Attribute::Name(Names::Network))
        }
        Some(attribute) => attribute.ends_with("Id").then_some(Attribute::Name(names)),
    }
}

/// The attributes that are one name each of a resource or data source of Terraform's of a type.
pub(crate) fn of_terraform(kind: &str) -> &'static [&'static str] {
    static ALL: std::sync::LazyLock<Vec<&str>> =
        std::sync::LazyLock::new(|| NAMES.into_iter().chain(ARNS).chain(NETWORKS).collect());
    if kind.starts_with("aws_") { &ALL } else { &[] }
}

/// What an attribute of an instance at an address is.
pub(crate) fn in_terraform(address: &str, attribute: &str) -> Option<Attribute> {
    let parts = crate::terraform::segments(address);
    let (_, before) = parts.split_last()?;
    let (kind, before) = before.split_last()?;
    let is_data = before.last() == Some(&"data");
    if !of_terraform(kind).contains(&attribute) {
        return None;
    }
    let is_network = kind.ends_with("vpc") || kind.ends_with("subnet");
    match (*kind, attribute) {
        (_, "cidr_block") => is_network.then_some(Attribute::Name(Names::Network)),
        // One that is looked up may be a key of AWS's.
        (kind, _) if kind.starts_with("aws_kms_") && is_data => Some(Attribute::Name(Names::Part)),
        (kind, _) if kind.starts_with("aws_kms_") => Some(arn_or_name(attribute, Names::Key, None)),
        ("aws_route53_record", _) => Some(Attribute::Name(Names::Part)),
        (kind, _) if kind.starts_with("aws_acm_certificate") => {
            let is_arn = ARNS.contains(&attribute) || attribute == "id";
            Some(arn_or_name(if is_arn { "arn" } else { attribute }, Names::One, Some("acm")))
        }
        (_, attribute) => Some(arn_or_name(attribute, Names::One, None)),
    }
}

fn arn_or_name(attribute: &str, names: Names, service: Option<&'static str>) -> Attribute {
    if ARNS.contains(&attribute) {
        Attribute::Arn { names, service, end: "" }
    } else {
        Attribute::Name(names)
    }
}

/// Beginnings of types of Terraform's that give secrets which stand nowhere in the code.
const SECRETS: [&str; 9] = [
    "aws_secretsmanager_random_password",
    "aws_secretsmanager_secret_version",
    "aws_secretsmanager_secrets",
    "aws_ssm_parameter",
    "google_secret_manager_secret_version",
    "onepassword_item",
    "random_password",
    "random_string",
    "vault_",
];

/// Whether what stands at an address of Terraform's gives secrets that are looked up or generated.
pub(crate) fn gives_secrets(address: &str) -> bool {
    let parts = crate::terraform::segments(address);
    let kind = parts.len().checked_sub(2).and_then(|at| parts.get(at)).copied().unwrap_or_default();
    SECRETS.iter().any(|prefix| kind.starts_with(prefix))
}

impl Attribute {
    /// What the value of a reference is then known to be.
    pub(crate) fn describe(self, reference: Unknown) -> Unknown {
        match self {
            Self::Name(names) => Unknown { names, ..reference },
            Self::Arn { names, service, end } => {
                let mut text = TextBuilder::default();
                text.known("arn:aws");
                if let Some(service) = service {
                    text.open(&Unknown::present("the partition is chosen at deployment"));
                    text.known(&format!(":{service}:"));
                }
                text.open(&Unknown { names: Names::One, ..reference.clone() });
                text.known(end);
                let Value::Unknown(made) = text.finish() else { return reference };
                let names = if end.is_empty() { names } else { Names::Part };
                Unknown { names, text: made.text, ..reference }
            }
        }
    }
}
