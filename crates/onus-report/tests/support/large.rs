//! A generated assessment: many services, many findings.

use super::Builder;
use onus_assess::{Assessment, FindingOutcome};
use onus_check::Severity;
use onus_model::{Category, Layer};

/// Names of services, with the patterns of their categories below.
const NAMES: [&str; 35] = [
    "EC2",
    "Auto Scaling",
    "ECS on EC2",
    "EKS on nodes",
    "Lightsail",
    "EMR on EC2",
    "RDS",
    "Aurora",
    "RDS Custom",
    "ElastiCache",
    "MemoryDB",
    "OpenSearch",
    "Redshift",
    "MSK",
    "DocumentDB",
    "Neptune",
    "ECS on Fargate",
    "Beanstalk",
    "Lambda",
    "S3",
    "DynamoDB",
    "KMS",
    "SQS",
    "SNS",
    "EventBridge",
    "Step Functions",
    "API Gateway",
    "CloudFront",
    "Route 53",
    "WAF",
    "Secrets Manager",
    "CloudTrail",
    "CloudWatch",
    "IAM",
    "Cognito",
];

/// `columns` services (at most 35 names, which then repeat) and `findings` findings.
pub(crate) fn large(columns: usize, findings: usize) -> Assessment {
    let mut b = Builder::new("platform-of-many-teams");
    let per_column = findings.div_ceil(columns).max(1);
    let mut text = String::from("Resources:\n");
    for at in 0..columns * per_column {
        text += &format!(
            "  Resource{at}:\n    Type: AWS::Some::Thing\n    Properties:\n      Encrypted: false\n"
        );
    }
    b.file("platform/all.yaml", &text);
    for at in 0..columns {
        let name = NAMES[at % NAMES.len()];
        let (category, parties) = match at % NAMES.len() {
            0..6 => (Category::Infrastructure, "CCCCCCCCCCCAAAAA"),
            6..12 => (Category::Managed, "CCCCCBCBBBAAAAAA"),
            12..18 => (Category::Managed, "C.CCCBCBB?AAAAAA"),
            18..26 => (Category::Abstracted, "C.CC.CBBBAAAAAAA"),
            _ => (Category::Abstracted, "C.C..CBA.AAAAAAA"),
        };
        let resources: Vec<String> =
            (0..per_column).map(|n| format!("Resource{}", at * per_column + n)).collect();
        let resources: Vec<(&str, &str)> =
            resources.iter().map(|address| (address.as_str(), "AWS::Some::Thing")).collect();
        let id = name.to_lowercase().replace(' ', "-");
        b.column(
            &if at < NAMES.len() { id } else { format!("{id}/v{at}") },
            name,
            category,
            parties,
            &resources,
        );
    }
    add_findings(&mut b, findings);
    b.finish()
}

fn add_findings(b: &mut Builder, findings: usize) {
    let severities = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];
    let layers = [
        Layer::IdentityAccess,
        Layer::LoggingMonitoring,
        Layer::Resilience,
        Layer::CustomerData,
        Layer::TrafficProtection,
    ];
    for check in 0..40 {
        b.check(
            &format!("thing-check-{check}"),
            &format!("Thing is in the good state number {check}"),
            layers[check % 5],
            severities[check % 4],
            ("S3.1", "s3-bucket-versioning-enabled"),
            "Something bad follows from it, sooner or later.",
            "Set Encrypted to true.",
        );
    }
    let outcomes = [
        FindingOutcome::Fail,
        FindingOutcome::Fail,
        FindingOutcome::Undetermined,
        FindingOutcome::Pass,
        FindingOutcome::Pass,
        FindingOutcome::Fail,
        FindingOutcome::Pass,
    ];
    for at in 0..findings {
        let address = format!("Resource{at}");
        b.finding(
            &format!("thing-check-{}", (at / 7) % 40),
            &address,
            outcomes[at % 7],
            "`Encrypted` is false",
            &format!("{address}:"),
        );
    }
}
