//! Parts as a CloudFormation template in YAML.

use super::{Kind, Part, TEAMS};
use std::io::{Result, Write};

const HEAD: &str = "AWSTemplateFormatVersion: '2010-09-09'
Description: Made by `cargo xtask bench`
Parameters:
  Environment:
    Type: String
    Default: production
  VpcId:
    Type: AWS::EC2::VPC::Id
    Default: vpc-0a1b2c3d4e5f60718
Resources:
";

/// Writes a template of `count` resources, the first of them part number `from`.
pub(crate) fn template(out: &mut impl Write, from: u64, count: u64) -> Result<()> {
    out.write_all(HEAD.as_bytes())?;
    for number in from..from + count {
        let mut part = Part::new(number);
        let text = resource(&mut part);
        writeln!(out, "  {:?}{}:\n{text}", part.kind, part.number)?;
    }
    Ok(())
}

fn resource(part: &mut Part) -> String {
    let team = part.one_of(&TEAMS);
    let tags = format!(
        "      Tags:\n        - Key: team\n          Value: {team}\n        - Key: environment\n          Value: !Ref Environment\n"
    );
    match part.kind {
        Kind::Bucket => bucket(part) + &tags,
        Kind::Instance => instance(part) + &tags,
        Kind::SecurityGroup => security_group(part) + &tags,
        Kind::Database => database(part) + &tags,
        Kind::Role => role(part) + &tags,
        Kind::Function => function(part) + &tags,
        Kind::Queue => queue(part) + &tags,
        Kind::Topic => topic(part) + &tags,
        Kind::Key => key(part) + &tags,
        Kind::Table => table(part) + &tags,
    }
}

fn bucket(part: &mut Part) -> String {
    let number = part.number;
    let mut text = format!(
        "    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub '${{Environment}}-data-{number}-${{AWS::AccountId}}'
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: {}
",
        part.one_of(&["AES256", "aws:kms"])
    );
    if part.in_order() {
        text += "      VersioningConfiguration:\n        Status: Enabled\n";
    }
    if part.in_order() {
        text += "      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
";
    }
    if part.in_order() {
        text += "      LifecycleConfiguration:
        Rules:
          - Id: expire
            Status: Enabled
            ExpirationInDays: 365
            NoncurrentVersionExpiration:
              NoncurrentDays: 30
";
    }
    text
}

fn instance(part: &mut Part) -> String {
    format!(
        "    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: {}
      SubnetId: subnet-0a1b2c3d4e5f60718
      Monitoring: {}
      EbsOptimized: true
      MetadataOptions:
        HttpTokens: {}
        HttpEndpoint: enabled
      BlockDeviceMappings:
        - DeviceName: /dev/xvda
          Ebs:
            VolumeSize: {}
            VolumeType: gp3
            Encrypted: {}
            DeleteOnTermination: true
      UserData: !Base64
        Fn::Sub: |
          #!/bin/bash
          echo \"${{Environment}}\" > /etc/environment-name
          systemctl restart app
",
        part.one_of(&["m7g.large", "t3.medium", "c7i.xlarge"]),
        part.in_order(),
        if part.in_order() { "required" } else { "optional" },
        20 + part.draw(200),
        part.in_order(),
    )
}

fn security_group(part: &mut Part) -> String {
    let number = part.number;
    let mut text = format!(
        "    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Traffic of service {}
      VpcId: !Ref VpcId
      SecurityGroupIngress:
",
        number
    );
    for port in [443, 8080, 22] {
        let cidr = if part.in_order() { "10.0.0.0/8" } else { "0.0.0.0/0" };
        text += &format!(
            "        - Description: port {port}\n          IpProtocol: tcp\n          FromPort: {port}\n          ToPort: {port}\n          CidrIp: {cidr}\n"
        );
    }
    text + "      SecurityGroupEgress:\n        - IpProtocol: '-1'\n          CidrIp: 0.0.0.0/0\n"
}

fn database(part: &mut Part) -> String {
    let number = part.number;
    format!(
        "    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    Properties:
      DBInstanceIdentifier: orders-{}
      Engine: {}
      DBInstanceClass: db.m7g.large
      AllocatedStorage: '100'
      StorageType: gp3
      MasterUsername: owner
      ManageMasterUserPassword: true
      StorageEncrypted: {}
      MultiAZ: {}
      PubliclyAccessible: {}
      BackupRetentionPeriod: {}
      DeletionProtection: {}
      AutoMinorVersionUpgrade: {}
      CopyTagsToSnapshot: true
      EnableCloudwatchLogsExports: [{}]
",
        number,
        part.one_of(&["postgres", "mysql"]),
        part.in_order(),
        part.in_order(),
        !part.in_order(),
        part.draw(15),
        part.in_order(),
        part.in_order(),
        part.one_of(&["error", "postgresql", ""]),
    )
}

fn role(part: &mut Part) -> String {
    let (action, resource) = if part.in_order() {
        ("[s3:GetObject, s3:PutObject]", "!Sub 'arn:${AWS::Partition}:s3:::${Environment}-data/*'")
    } else {
        ("'*'", "'*'")
    };
    format!(
        "    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Service: {}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: Logs
                Effect: Allow
                Action: [logs:CreateLogStream, logs:PutLogEvents]
                Resource: !Sub 'arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:*'
              - Sid: Work
                Effect: Allow
                Action: {action}
                Resource: {resource}
",
        part.one_of(&["lambda.amazonaws.com", "ec2.amazonaws.com", "ecs-tasks.amazonaws.com"])
    )
}

fn function(part: &mut Part) -> String {
    let number = part.number;
    let tracing = if part.in_order() { "      TracingConfig:\n        Mode: Active\n" } else { "" };
    format!(
        "    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub '${{Environment}}-handler-{}'
      Runtime: {}
      Handler: index.handler
      MemorySize: 512
      Timeout: 30
      Role: !Sub 'arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/handler'
      Code:
        S3Bucket: artefacts
        S3Key: handler-{}.zip
      Environment:
        Variables:
          STAGE: !Ref Environment
          LOG_LEVEL: info
{tracing}",
        number,
        part.one_of(&["nodejs22.x", "python3.13", "python3.8", "java21"]),
        number,
    )
}

fn queue(part: &mut Part) -> String {
    let number = part.number;
    let encryption =
        if part.in_order() { "KmsMasterKeyId: alias/aws/sqs" } else { "SqsManagedSseEnabled: false" };
    format!(
        "    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub '${{Environment}}-jobs-{number}'
      VisibilityTimeout: 60
      MessageRetentionPeriod: 345600
      {encryption}
"
    )
}

fn topic(part: &mut Part) -> String {
    let number = part.number;
    let encryption = if part.in_order() { "      KmsMasterKeyId: alias/aws/sns\n" } else { "" };
    format!(
        "    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Sub '${{Environment}}-events-{number}'
{encryption}"
    )
}

fn key(part: &mut Part) -> String {
    let number = part.number;
    format!(
        "    Type: AWS::KMS::Key
    Properties:
      Description: Data of service {}
      EnableKeyRotation: {}
      PendingWindowInDays: 30
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - Sid: Account
            Effect: Allow
            Principal:
              AWS: !Sub 'arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:root'
            Action: kms:*
            Resource: '*'
",
        number,
        part.in_order()
    )
}

fn table(part: &mut Part) -> String {
    let number = part.number;
    format!(
        "    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Sub '${{Environment}}-items-{}'
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
      PointInTimeRecoverySpecification:
        PointInTimeRecoveryEnabled: {}
      DeletionProtectionEnabled: {}
      SSESpecification:
        SSEEnabled: {}
",
        number,
        part.in_order(),
        part.in_order(),
        part.in_order()
    )
}
