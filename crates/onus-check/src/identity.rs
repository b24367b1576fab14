//! What a resource is called in texts that do not refer to it: its name, its id, its ARN.
//!
//! A property is an identity of its resource if it is named after the resource's type: of an
//! `AWS::RDS::DBInstance` these are `DBInstanceIdentifier`, `InstanceArn`, `Name`, `Id`.

use onus_model::{Coverage, Resource, Unknown, Value};

/// How identity properties end.
const KINDS: [&str; 6] = ["Name", "Identifier", "Id", "Arn", "ARN", "Url"];

/// Identity properties that are named otherwise.
const OTHERS: [(&str, &str); 2] = [("AWS::ECS::TaskDefinition", "Family"), ("AWS::EC2::EIP", "AllocationId")];

/// Namespaces of types whose ARNs carry another name.
const ARN_SERVICES: [(&str, &str); 15] = [
    ("AmazonMQ", "mq"),
    ("ApiGatewayV2", "apigateway"),
    ("CertificateManager", "acm"),
    ("Cognito", "cognito-idp"),
    ("DirectoryService", "ds"),
    ("DocDB", "rds"),
    ("EFS", "elasticfilesystem"),
    ("EMR", "elasticmapreduce"),
    ("ElasticLoadBalancingV2", "elasticloadbalancing"),
    ("KinesisFirehose", "firehose"),
    ("MSK", "kafka"),
    ("Neptune", "rds"),
    ("OpenSearchService", "es"),
    ("Elasticsearch", "es"),
    ("StepFunctions", "states"),
];

/// Names that AWS keeps for what it owns itself, by the type that they would be of.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html>
const OF_AWS: [(&str, &str); 2] =
    [("AWS::ECS::CapacityProvider", "FARGATE"), ("AWS::ECS::CapacityProvider", "FARGATE_SPOT")];

/// What ARNs of AWS's own policies have in place of an account.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>
const POLICIES_OF_AWS: &str = ":iam::aws:policy/";

/// Whether a name of a type is AWS's own, so that no resource of a customer has it.
pub(crate) fn is_of_aws(resource_type: &str, name: &str) -> bool {
    OF_AWS.contains(&(resource_type, name))
        || resource_type == "AWS::IAM::ManagedPolicy" && name.contains(POLICIES_OF_AWS)
}

/// Whether a text of which pieces are known is certain to be such a name: in whichever partition it is.
pub(crate) fn is_open_of_aws(resource_type: &str, name: &Unknown) -> bool {
    resource_type == "AWS::IAM::ManagedPolicy"
        && name.text.as_ref().is_some_and(|text| text.contains(POLICIES_OF_AWS))
}

/// One of a resource's identities.
pub(crate) enum Identity<'w> {
    Known(&'w str),
    Unknown(&'w Unknown),
    /// Its type is all that is known of it.
    Opaque,
}

/// The identities of a resource that it states.
pub(crate) fn identities(resource: &Resource) -> Vec<Identity<'_>> {
    if resource.coverage == Coverage::TypeOnly {
        return vec![Identity::Opaque];
    }
    let map = match &resource.properties.value {
        Value::Map(map) => map,
        Value::Unknown(unknown) => return vec![Identity::Unknown(unknown)],
        _ => return Vec::new(),
    };
    let named = map.iter().filter(|(name, _)| is_identity(&resource.resource_type, name));
    named
        .filter_map(|(_, node)| match &node.value {
            Value::String(text) => Some(Identity::Known(text)),
            Value::Unknown(unknown) => Some(Identity::Unknown(unknown)),
            _ => None,
        })
        .collect()
}

fn is_identity(resource_type: &str, property: &str) -> bool {
    let last = resource_type.rsplit("::").next().unwrap_or(resource_type);
    if OTHERS.contains(&(resource_type, property)) || property == last {
        return true;
    }
    let stem = KINDS.iter().find_map(|kind| property.strip_suffix(kind));
    stem.is_some_and(|stem| ends_with_words(last, stem))
}

/// Whether a name ends with these words; no words are at its end, too.
fn ends_with_words(name: &str, words: &str) -> bool {
    let Some(start) = name.len().checked_sub(words.len()) else { return false };
    let (Some(before), Some(end)) = (name.get(..start), name.get(start..)) else { return false };
    let inside = before.ends_with(|c: char| c.is_ascii_uppercase())
        && !end.chars().nth(1).is_some_and(|c| c.is_ascii_lowercase());
    end.eq_ignore_ascii_case(words)
        && (start == 0 || words.is_empty() || !inside && end.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Whether a text can mean only one resource, of whatever type: an ARN, or an id that AWS gave.
pub(crate) fn is_unique(text: &str) -> bool {
    if text.starts_with("arn:") {
        return true;
    }
    text.rsplit_once('-').is_some_and(|(kind, digits)| {
        !kind.is_empty()
            && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            && (8..=17).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}

/// How the ids of what Application Auto Scaling scales begin.
/// <https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html>
const SCALED: [&str; 4] = ["table/", "service/", "fleet/", "cluster:"];

/// Every identity that a text could mean: itself, the name at the end of an ARN, the family of a
/// task definition's revision.
pub(crate) fn meanings(text: &str) -> Vec<&str> {
    let mut all = vec![text];
    match Arn::of(text) {
        Some(arn) => all.extend(arn.names()),
        None => {
            all.extend(
                text.rsplit_once(':').filter(|(_, revision)| is_number(revision)).map(|(family, _)| family),
            );
            let is_of_scaling = SCALED.iter().any(|prefix| text.starts_with(prefix));
            if is_of_scaling || text.starts_with("https://sqs.") {
                all.extend(text.rsplit(['/', ':']).next());
            }
        }
    }
    all.dedup();
    all
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text that names a resource can mean this one, as far as type, account and region say.
pub(crate) fn fits(text: &str, resource: &Resource) -> bool {
    let Some(arn) = Arn::of(text) else { return true };
    let agrees = |stated: &str, own: Option<&str>| stated.is_empty() || own.is_none_or(|own| own == stated);
    arn.is_of(&resource.resource_type)
        && agrees(arn.account, resource.account.as_deref())
        && agrees(arn.region, resource.region.as_deref())
}

struct Arn<'t> {
    service: &'t str,
    region: &'t str,
    account: &'t str,
    resource: &'t str,
}

impl<'t> Arn<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let mut parts = text.strip_prefix("arn:")?.splitn(5, ':').skip(1);
        Some(Self {
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }

    fn is_of(&self, resource_type: &str) -> bool {
        let Some(namespace) = resource_type.split("::").nth(1) else { return true };
        let service = ARN_SERVICES.iter().find(|(name, _)| *name == namespace).map(|(_, service)| *service);
        service
            .map_or_else(|| namespace.eq_ignore_ascii_case(self.service), |service| service == self.service)
    }

    fn names(&self) -> Vec<&'t str> {
        let resource = self.resource.strip_suffix(":*").unwrap_or(self.resource);
        let tails = resource.match_indices([':', '/']).filter_map(|(at, _)| resource.get(at + 1..));
        let mut all: Vec<&str> = std::iter::once(resource).chain(tails).collect();
        let mut segments = resource.split([':', '/']);
        match self.service {
            "s3" => all.extend(segments.next()),
            "lambda" => all.extend(segments.nth(1)),
            "elasticloadbalancing" => {
                let named = if resource.starts_with("targetgroup/") { 1 } else { 2 };
                all.extend(segments.nth(named));
            }
            "ecs" => all.extend(all.last().filter(|last| is_number(last)).and_then(|_| segments.nth(1))),
            "secretsmanager" => {
                let name = segments.nth(1).and_then(|name| name.rsplit_once('-'));
                all.extend(name.filter(|(_, suffix)| suffix.len() == 6).map(|(name, _)| name));
            }
            _ => {}
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_named_after_its_type() {
        for (resource_type, property) in [
            ("AWS::S3::Bucket", "BucketName"),
            ("AWS::S3::Bucket", "Arn"),
            ("AWS::RDS::DBInstance", "DBInstanceIdentifier"),
            ("AWS::EC2::SecurityGroup", "GroupId"),
            ("AWS::EC2::VPC", "VpcId"),
            ("AWS::ECS::TaskDefinition", "Family"),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "Name"),
            ("AWS::ApiGateway::DomainName", "DomainName"),
        ] {
            assert!(is_identity(resource_type, property), "{resource_type} {property}");
        }
        for (resource_type, property) in [
            ("AWS::S3::Bucket", "AccessControl"),
            ("AWS::EC2::SecurityGroup", "VpcId"),
            ("AWS::EC2::SecurityGroupIngress", "GroupId"),
            ("AWS::Lambda::Permission", "FunctionName"),
            ("AWS::RDS::DBInstance", "BInstanceArn"),
            ("AWS::RDS::DBInstance", "KmsKeyId"),
        ] {
            assert!(!is_identity(resource_type, property), "{resource_type} {property}");
        }
    }

    #[test]
    fn an_arn_means_the_name_in_it() {
        for (text, name) in [
            ("arn:aws:s3:::logs", "logs"),
            ("arn:aws:s3:::logs/*", "logs"),
            ("arn:aws:iam::123456789012:role/path/deploy", "deploy"),
            ("arn:aws:lambda:eu-west-1:123456789012:function:pay:live", "pay"),
            ("arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7", "web"),
            ("arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/50dc6c49", "front"),
            ("arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/front/50dc6c49", "front"),
            ("arn:aws:logs:eu-west-1:123456789012:log-group:/aws/x:*", "/aws/x"),
            ("arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", "db"),
            ("https://sqs.eu-west-1.amazonaws.com/123456789012/jobs", "jobs"),
            ("web:7", "web"),
        ] {
            assert!(meanings(text).contains(&name), "{text}: {:?}", meanings(text));
        }
        assert!(!meanings("arn:aws:iam::123456789012:role/deploy").contains(&"role"));
    }

    #[test]
    fn ids_of_aws_are_unique_and_names_are_not() {
        assert!(is_unique("sg-0123456789abcdef0"));
        assert!(is_unique("arn:aws:s3:::logs"));
        assert!(!is_unique("logs"));
        assert!(!is_unique("my-logs"));
        assert!(!is_unique("-"));
    }
}
