//! The web shop of the sketch, with something of everything.

use super::Builder;
use onus_assess::{Assessment, ControlAnswer, FindingOutcome, StatementAnswer, WaiverStatus, WaiverUse};
use onus_check::Severity;
use onus_model::{Category, Framework, Layer, Party, Place, Problem, ProblemKind, Relation, Share};

const NETWORK: &str = r"Resources:
  BastionGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Administrators
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 22
          ToPort: 22
          CidrIp: 0.0.0.0/0
  Bastion:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !Ref Image
      MetadataOptions:
        HttpTokens: optional
  Web1:
    Type: AWS::EC2::Instance
  Web2:
    Type: AWS::EC2::Instance
  Workers:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: EC2
";
const DATA: &str = r"Resources:
  OrdersDb:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      StorageEncrypted: false
      AutoMinorVersionUpgrade: false
      BackupRetentionPeriod: !Ref Retention
  StockDb:
    Type: AWS::RDS::DBInstance
    Properties:
      StorageEncrypted: true
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      TransitEncryptionEnabled: false
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: false
  Logs:
    Type: AWS::S3::Bucket
  Baskets:
    Type: AWS::DynamoDB::Table
    Properties:
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: false}
  Key:
    Type: AWS::KMS::Key
  Mailer:
    Type: AWS::Lambda::Function
  Checkout:
    Type: AWS::ECS::Service
    Properties:
      PlatformVersion: !Ref FargateVersion
";

/// The assessment.
pub(crate) fn web_shop() -> Assessment {
    let mut b = Builder::new("web-shop");
    b.file("infra/network.yaml", NETWORK);
    b.file("infra/data.yaml", DATA);
    columns(&mut b);
    checks(&mut b);
    findings(&mut b);
    rest(&mut b);
    b.finish()
}

fn columns(b: &mut Builder) {
    use Category::{Abstracted, Infrastructure, Managed};
    let ec2 = [
        ("BastionGroup", "AWS::EC2::SecurityGroup"),
        ("Bastion", "AWS::EC2::Instance"),
        ("Web1", "AWS::EC2::Instance"),
        ("Web2", "AWS::EC2::Instance"),
    ];
    b.column("ec2", "EC2", Infrastructure, "CCCCCCCCCCCAAAAA", &ec2);
    b.column(
        "ecs/ec2",
        "ECS on EC2",
        Infrastructure,
        "CCCCCCCCCCCAAAAA",
        &[("Workers", "AWS::ECS::Service")],
    );
    b.column(
        "rds",
        "RDS",
        Managed,
        "CCCCCBCBCBAAAAAA",
        &[("OrdersDb", "AWS::RDS::DBInstance"), ("StockDb", "AWS::RDS::DBInstance")],
    );
    b.column(
        "elasticache",
        "ElastiCache",
        Managed,
        "C.CCCCCBCBAAAAAA",
        &[("Sessions", "AWS::ElastiCache::ReplicationGroup")],
    );
    b.column(
        "ecs/fargate",
        "ECS on Fargate",
        Managed,
        "CCCCCCCBB?AAAAAA",
        &[("Checkout", "AWS::ECS::Service")],
    );
    b.column("lambda", "Lambda", Abstracted, "CCCC.CCABAAAAAAA", &[("Mailer", "AWS::Lambda::Function")]);
    b.column(
        "s3",
        "S3",
        Abstracted,
        "C.CC.CCBBAAAAAAA",
        &[("Uploads", "AWS::S3::Bucket"), ("Logs", "AWS::S3::Bucket")],
    );
    b.column("dynamodb", "DynamoDB", Abstracted, "C.CC.CBABAAAAAAA", &[("Baskets", "AWS::DynamoDB::Table")]);
    b.column("kms", "KMS", Abstracted, "..C..BAABAAAAAAA", &[("Key", "AWS::KMS::Key")]);
}

fn checks(b: &mut Builder) {
    use Severity::{Critical, High, Low, Medium};
    b.check(
        "ec2-ssh-from-anywhere",
        "Security group does not open SSH to the world",
        Layer::NetworkConfiguration,
        Critical,
        ("EC2.13", "restricted-ssh"),
        "Anyone on the internet can try keys and passwords on the instances behind it.",
        "Limit CidrIp to the networks of your administrators, or use Session Manager and remove the rule.",
    );
    b.check(
        "ec2-imdsv2",
        "Instance answers metadata requests with a token only",
        Layer::IdentityAccess,
        High,
        ("EC2.8", "ec2-imdsv2-check"),
        "A forged request in the application can read the credentials of the instance's role.",
        "Set MetadataOptions.HttpTokens to required.",
    );
    b.check(
        "rds-encryption",
        "Database is encrypted at rest",
        Layer::ServerSideEncryption,
        High,
        ("RDS.3", "rds-storage-encrypted"),
        "Whoever gets at a snapshot reads the data.",
        "Restore a snapshot into an instance with StorageEncrypted set to true.",
    );
    b.check(
        "s3-public-access",
        "Bucket blocks public access",
        Layer::IdentityAccess,
        High,
        ("S3.8", "s3-bucket-level-public-access-prohibited"),
        "One wrong policy makes the objects public.",
        "Set all four settings of PublicAccessBlockConfiguration to true.",
    );
    b.check(
        "elasticache-transit",
        "Cluster encrypts its traffic",
        Layer::TrafficProtection,
        Medium,
        ("ElastiCache.5", ""),
        "Session data crosses the network in the clear.",
        "Set TransitEncryptionEnabled to true.",
    );
    b.check(
        "rds-minor-upgrades",
        "Database takes minor upgrades by itself",
        Layer::Platform,
        Medium,
        ("RDS.13", "rds-automatic-minor-version-upgrade-enabled"),
        "Fixes of the engine wait until someone remembers them.",
        "Set AutoMinorVersionUpgrade to true.",
    );
    b.check(
        "rds-backups",
        "Database keeps backups for a week",
        Layer::Resilience,
        Medium,
        ("RDS.11", "db-instance-backup-enabled"),
        "A mistake that is noticed late cannot be undone.",
        "Set BackupRetentionPeriod to 7 or more.",
    );
    b.check(
        "s3-logging",
        "Bucket logs access to its objects",
        Layer::LoggingMonitoring,
        Medium,
        ("S3.9", "s3-bucket-logging-enabled"),
        "Nobody can say later who read what.",
        "Set LoggingConfiguration, or record data events in CloudTrail.",
    );
    b.check(
        "s3-versioning",
        "Bucket keeps versions of its objects",
        Layer::Resilience,
        Low,
        ("S3.14", "s3-bucket-versioning-enabled"),
        "An overwritten or deleted object cannot be brought back without a version.",
        "Set VersioningConfiguration.Status to Enabled.",
    );
    b.check(
        "dynamodb-pitr",
        "Table can be restored to a point in time",
        Layer::Resilience,
        Medium,
        ("DynamoDB.2", "dynamodb-pitr-enabled"),
        "A wrong write cannot be undone.",
        "Turn PointInTimeRecoveryEnabled on.",
    );
    b.check(
        "kms-rotation",
        "Key is rotated every year",
        Layer::ServerSideEncryption,
        Medium,
        ("KMS.4", "cmk-backing-key-rotation-enabled"),
        "A key that leaks stays useful for ever.",
        "Set EnableKeyRotation to true.",
    );
    b.check(
        "lambda-runtime",
        "Function runs on a supported runtime",
        Layer::Applications,
        Medium,
        ("Lambda.2", "lambda-function-settings-check"),
        "Nobody mends an old runtime any more.",
        "Choose a runtime that AWS supports.",
    );
}

fn findings(b: &mut Builder) {
    use FindingOutcome::{Fail, Pass, Undetermined, Waived};
    b.finding(
        "ec2-ssh-from-anywhere",
        "BastionGroup",
        Fail,
        "port 22 is open to 0.0.0.0/0",
        "CidrIp: 0.0.0.0/0",
    );
    b.finding("ec2-imdsv2", "Bastion", Fail, "`HttpTokens` is `optional`", "HttpTokens: optional");
    b.finding("ec2-imdsv2", "Web1", Fail, "`HttpTokens` is not set", "Web1:");
    b.finding("ec2-imdsv2", "Web2", Fail, "`HttpTokens` is not set", "Web2:");
    b.finding("rds-encryption", "OrdersDb", Fail, "`StorageEncrypted` is false", "StorageEncrypted: false");
    b.finding("rds-encryption", "StockDb", Pass, "`StorageEncrypted` is true", "StorageEncrypted: true");
    b.finding("s3-public-access", "Uploads", Fail, "`BlockPublicAcls` is false", "BlockPublicAcls: false");
    b.finding(
        "elasticache-transit",
        "Sessions",
        Fail,
        "`TransitEncryptionEnabled` is false",
        "TransitEncryptionEnabled: false",
    );
    b.finding(
        "rds-minor-upgrades",
        "OrdersDb",
        Fail,
        "`AutoMinorVersionUpgrade` is false",
        "AutoMinorVersionUpgrade: false",
    );
    b.finding(
        "rds-backups",
        "OrdersDb",
        Undetermined,
        "`BackupRetentionPeriod` is not known: parameter `Retention` has no default",
        "BackupRetentionPeriod: !Ref Retention",
    );
    b.finding("s3-logging", "Uploads", Fail, "`LoggingConfiguration` is not set", "Uploads:");
    b.finding("s3-versioning", "Logs", Waived, "`VersioningConfiguration` is not set", "Logs:");
    b.finding(
        "dynamodb-pitr",
        "Baskets",
        Fail,
        "point-in-time recovery is off",
        "PointInTimeRecoveryEnabled: false",
    );
    b.finding("kms-rotation", "Key", Pass, "`EnableKeyRotation` is true", "Key:");
    b.finding("lambda-runtime", "Mailer", Pass, "`Runtime` is `python3.13`", "Mailer:");
}

fn rest(b: &mut Builder) {
    b.assessment.placements[8]
        .reasons
        .push("`PlatformVersion` is not known: parameter `FargateVersion` has no default".into());
    let waiver = |rule: &str, expires, status| WaiverUse {
        rule: rule.into(),
        resource: Some("Logs".into()),
        reason: Some("the logs are copied to another account every hour".into()),
        approver: Some("Ada Example".into()),
        expires: Some(expires),
        source: "onus.yaml:14".into(),
        status,
        open: Vec::new(),
    };
    b.assessment.waivers.push(waiver(
        "s3-versioning",
        jiff::civil::date(2027, 6, 30),
        WaiverStatus::Applied(1),
    ));
    b.assessment.waivers.push(waiver("s3-logging", jiff::civil::date(2026, 1, 31), WaiverStatus::Expired));
    b.assessment.problems.push(Problem {
        kind: ProblemKind::Syntax,
        message: "found a tab where indentation is expected".into(),
        help: Some("indent with spaces".into()),
        place: Place::Path("infra/legacy.yaml".into()),
    });
    b.assessment.problems.push(
        Problem::at(
            ProblemKind::NotEvaluated,
            b.find("!Ref Retention"),
            "parameter `Retention` has no default",
        )
        .help("name its value with --parameters"),
    );
    b.assessment.problems.push(Problem::with_path(
        ProblemKind::Skipped,
        "infra/README.md",
        "neither a template nor a plan",
    ));
    b.knowledge.frameworks.push(Framework {
        id: "aws-shared-responsibility".into(),
        title: "AWS shared responsibility model".into(),
        ..Framework::default()
    });
    for (control, title, party, because) in [
        (
            "physical",
            "Physical and environmental controls",
            Party::Aws,
            "every service here runs in AWS's facilities, where AWS's work covers the need",
        ),
        (
            "patch-management",
            "Patch management",
            Party::Both,
            "EC2 is an infrastructure service: its guest operating system is yours; RDS shares its platform",
        ),
        (
            "data-classification",
            "Data classification and encryption",
            Party::Customer,
            "AWS enables it at server-side encryption, and your settings decide the outcome",
        ),
    ] {
        b.assessment.controls.push(ControlAnswer {
            framework: "aws-shared-responsibility".into(),
            control: control.into(),
            title: title.into(),
            share: Share::at(party, Some(Relation::Covers)),
            provision: party
                .has_aws()
                .then(|| "Does its part for all customers, in every region, and has it audited.".into()),
            responsibility: party
                .has_customer()
                .then(|| "Keep what runs on your side of the line in order, and prove it.".into()),
            because: vec![because.into()],
            statements: vec![StatementAnswer {
                id: format!("{control}_smt"),
                gist: "the control is implemented where its outcome is decided".into(),
                share: Share::at(party, Some(Relation::Covers)),
                because: vec![because.into()],
                ..StatementAnswer::default()
            }],
            ..ControlAnswer::default()
        });
    }
}
