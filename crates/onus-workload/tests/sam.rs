//! SAM templates, and the CloudFormation resources that come of them.

#![allow(clippy::unwrap_used)]

mod common;
use common::check;

#[test]
fn a_function_with_events_globals_and_an_implicit_api() {
    check(
        r#"
        Transform: AWS::Serverless-2016-10-31
        Globals:
          Function: {Runtime: python3.13, Tracing: Active, Environment: {Variables: {A: a}}}
          Api: {TracingEnabled: true}
        Resources:
          Work:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: ./src
              Environment: {Variables: {B: b}}
              Tags: {team: x}
              Policies:
                - AmazonS3ReadOnlyAccess
                - S3ReadPolicy: {BucketName: x}
                - {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}
              Events:
                Get: {Type: Api, Properties: {Path: /, Method: get}}
                Jobs: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn, BatchSize: 5}}
                Night: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
          Queue: {Type: AWS::SQS::Queue, Properties: {A: !GetAtt WorkRole.Arn, B: !Ref ServerlessRestApi}}
        "#,
        "
        6: WorkRole AWS::IAM::Role {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: 'Allow', \
        Principal: {Service: ['lambda.amazonaws.com']}, Action: ['sts:AssumeRole']}]}, \
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', \
        'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess', \
        'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole', \
        'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'], \
        Policies: [{PolicyName: 'WorkRolePolicy0', PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: 'Allow', \
        Action: ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation', 's3:GetObjectVersion', 's3:GetLifecycleConfiguration'], \
        Resource: ['arn:aws:s3:::x', 'arn:aws:s3:::x/*']}]}}, \
        {PolicyName: 'WorkRolePolicy1', PolicyDocument: {Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}}]}
        6: Work AWS::Lambda::Function {Environment: {Variables: {A: 'a', B: 'b'}}, Runtime: 'python3.13', \
        Code: {S3Bucket: <packaging uploads the code>, S3Key: <packaging uploads the code>}, \
        Tags: [{Key: 'team', Value: 'x'}], Role: @WorkRole.Arn, TracingConfig: {Mode: 'Active'}}
        6: WorkGetPermissionProd AWS::Lambda::Permission {Action: 'lambda:InvokeFunction', FunctionName: @Work, \
        Principal: 'apigateway.amazonaws.com', SourceArn: @ServerlessRestApi}
        6: WorkJobs AWS::Lambda::EventSourceMapping {BatchSize: 5, EventSourceArn: @Queue.Arn('arn:aws'…''), FunctionName: @Work}
        6: WorkNight AWS::Events::Rule {ScheduleExpression: 'rate(1 day)', Targets: [{Id: 'NightLambdaTarget', Arn: @Work.Arn}]}
        6: WorkNightPermission AWS::Lambda::Permission {Action: 'lambda:InvokeFunction', FunctionName: @Work, \
        Principal: 'events.amazonaws.com', SourceArn: @WorkNight.Arn}
        20: Queue AWS::SQS::Queue {A: @WorkRole.Arn, B: @ServerlessRestApi}
        6: ServerlessRestApi AWS::ApiGateway::RestApi {Body: <SAM makes it of the functions' events>}
        6: ServerlessRestApiDeployment AWS::ApiGateway::Deployment {RestApiId: @ServerlessRestApi}
        6: ServerlessRestApiProdStage AWS::ApiGateway::Stage {TracingEnabled: true, RestApiId: @ServerlessRestApi, \
        DeploymentId: @ServerlessRestApiDeployment, StageName: 'Prod'}
        ",
    );
}

#[test]
fn tables_state_machines_apis_and_layers() {
    check(
        r#"
        Transform: [AWS::Serverless-2016-10-31]
        Resources:
          Table: {Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: k, Type: Number}}}
          Machine: {Type: AWS::Serverless::StateMachine, Properties: {Role: r, Logging: {Level: ALL}}}
          Http: {Type: AWS::Serverless::HttpApi}
          Rest: {Type: AWS::Serverless::Api, Properties: {StageName: v1, EndpointConfiguration: REGIONAL}}
          Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: x}}
          Open: {Type: AWS::Serverless::Function, Properties: {Role: r, InlineCode: x, FunctionUrlConfig: {AuthType: NONE}}}
          App: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: x}}}
        "#,
        "
        3: Table AWS::DynamoDB::Table {BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'k', KeyType: 'HASH'}], \
        AttributeDefinitions: [{AttributeName: 'k', AttributeType: 'N'}]}
        4: Machine AWS::StepFunctions::StateMachine {LoggingConfiguration: {Level: 'ALL'}, RoleArn: 'r'}
        5: Http AWS::ApiGatewayV2::Api {ProtocolType: 'HTTP', Body: <SAM makes it of the functions' events>}
        5: HttpApiGatewayDefaultStage AWS::ApiGatewayV2::Stage {ApiId: @Http, StageName: '$default', AutoDeploy: true}
        6: Rest AWS::ApiGateway::RestApi {EndpointConfiguration: {Types: ['REGIONAL']}, Body: <SAM makes it of the functions' events>}
        6: RestDeployment AWS::ApiGateway::Deployment {RestApiId: @Rest}
        6: Restv1Stage AWS::ApiGateway::Stage {RestApiId: @Rest, DeploymentId: @RestDeployment, StageName: 'v1'}
        7: Layer AWS::Lambda::LayerVersion {LayerName: 'Layer', Content: <packaging uploads the content>}
        8: Open AWS::Lambda::Function {Code: {ZipFile: 'x'}, Role: 'r'}
        8: OpenUrl AWS::Lambda::Url {AuthType: 'NONE', TargetFunctionArn: @Open}
        8: OpenUrlPublicPermissions AWS::Lambda::Permission {Action: 'lambda:InvokeFunctionUrl', FunctionName: @Open, \
        FunctionUrlAuthType: 'NONE', Principal: '*'}
        9: App AWS::CloudFormation::Stack {Location: {ApplicationId: 'x'}}
        ! NotEvaluated 9:3 the template of `App` is not a file at hand; what it holds is not read
        ",
    );
}

#[test]
fn a_function_in_a_resource_replaces_the_value_of_globals() {
    check(
        r#"
        Transform: AWS::Serverless-2016-10-31
        Conditions: {Yes: !Equals ['1', '1']}
        Globals:
          Function: {Role: r, Timeout: 3, Layers: [a], Environment: {Variables: {A: a, B: b}}}
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Timeout: !Ref AWS::NoValue
              Layers: [b]
              Environment: {Variables: {B: !Ref AWS::NoValue, C: c}}
          G:
            Type: AWS::Serverless::Function
            Properties: {Environment: !If [Yes, {Variables: {C: c}}, !Ref AWS::NoValue]}
          H:
            Type: AWS::Serverless::Function
            IgnoreGlobals: [Timeout, Layers, Environment]
        "#,
        "
        6: F AWS::Lambda::Function {Environment: {Variables: {A: 'a', C: 'c'}}, Layers: ['a', 'b'], Role: 'r'}
        12: G AWS::Lambda::Function {Environment: {Variables: {C: 'c'}}, Layers: ['a'], Timeout: 3, Role: 'r'}
        15: H AWS::Lambda::Function {Role: 'r'}
        ",
    );
}

#[test]
fn a_type_of_sam_without_the_transform_is_a_problem_once() {
    check(
        "
        Resources:
          F: {Type: AWS::Serverless::Function}
          G: {Type: AWS::Serverless::Function}
        ",
        "
        2: F AWS::Serverless::Function {}
        3: G AWS::Serverless::Function {}
        ! NotEvaluated 2:3 `F` is of a type of SAM's, and the template has no `Transform` for these: they are not judged \
        (add `Transform: AWS::Serverless-2016-10-31`)
        ",
    );
}
