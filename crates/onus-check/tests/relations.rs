//! `related`, `target` and `statements`.

mod support;

use onus_check::{Index, Program, parse};
use onus_model::{Coverage, Resource, Value};
use support::{evaluate_in, example, table, word};

#[test]
fn a_reference_relates() {
    table(
        "{properties: {}, related: [
            {type: 'AWS::S3::BucketPolicy', properties: {Bucket: <resource>, PolicyDocument: {Version: '2012-10-17'}}},
            {type: 'AWS::S3::BucketPolicy', name: other, properties: {Bucket: <elsewhere>, PolicyDocument: {}}},
            {type: 'AWS::S3::Bucket', name: elsewhere, properties: {}}]}",
        "
        size(related('AWS::S3::BucketPolicy', 'Bucket')) == 1 -> true
        related('AWS::S3::BucketPolicy', 'Bucket').exists(p, p.PolicyDocument.Version == '2012-10-17') -> true
        related('AWS::S3::BucketPolicy', 'Bucket').exists(p, p.PolicyDocument.Version == '2008-10-17') -> false
        related('AWS::S3::AccessPoint', 'Bucket').exists(p, true) -> false
        ",
    );
}

#[test]
fn all_of_a_type_in_the_scope() {
    let mut resources = example(
        "{properties: {}, related: [
            {type: 'AWS::EC2::Subnet', properties: {OutpostArn: arn, On: true}},
            {type: 'AWS::EC2::Subnet', properties: {On: true}},
            {type: 'AWS::EC2::VPC', properties: {On: false}}]}",
    );
    let truth = |resources: &[Resource], source: &str| word(evaluate_in(resources, source).truth);
    assert_eq!(truth(&resources, "size(resources('AWS::EC2::Subnet')) == 2"), "true");
    assert_eq!(truth(&resources, "resources('AWS::EC2::Subnet').exists(s, s.OutpostArn != null)"), "true");
    assert_eq!(truth(&resources, "resources('AWS::EC2::Subnet').all(s, s.On)"), "true");
    assert_eq!(truth(&resources, "resources('AWS::EC2::Host').exists(s, true)"), "false");
    assert_eq!(truth(&resources, "size(resources('AWS::S3::Bucket')) == 1"), "true");
    let mut apart = resources.clone();
    apart[2].scope = 7;
    assert_eq!(truth(&apart, "size(resources('AWS::EC2::Subnet')) == 1"), "true");
    apart[0].scope = 7;
    assert_eq!(truth(&apart, "resources('AWS::EC2::Subnet').exists(s, s.OutpostArn != null)"), "false");
    resources[1].coverage = Coverage::TypeOnly;
    assert_eq!(truth(&resources, "resources('AWS::EC2::Subnet').exists(s, s.OutpostArn != null)"), "unknown");
    assert_eq!(truth(&resources, "size(resources('AWS::EC2::Subnet')) == 2"), "true");
}

#[test]
fn a_name_that_aws_keeps_is_no_resource_of_ours() {
    table(
        "{properties: {Own: <own>, Other: mine, Perhaps: <unknown>}, related: [
            {type: 'AWS::ECS::CapacityProvider', name: own, properties: {AutoScalingGroupProvider: {}}}]}",
        "
        target('FARGATE', 'AWS::ECS::CapacityProvider') == null -> true
        target(resource.Own, 'AWS::ECS::CapacityProvider').AutoScalingGroupProvider == null -> false
        target(resource.Other, 'AWS::ECS::CapacityProvider').AutoScalingGroupProvider == null -> unknown
        target(resource.Perhaps, 'AWS::ECS::CapacityProvider') == null -> unknown
        target('FARGATE', 'AWS::ECS::Cluster').ClusterName == null -> unknown
        ",
    );
}

#[test]
fn what_may_relate_leaves_the_answer_open() {
    table(
        "{properties: {}, related: [
            {type: 'AWS::S3::BucketPolicy', properties: {Bucket: <unknown>, On: true}},
            {type: 'AWS::S3::BucketPolicy', properties: {Bucket: <resource>, On: true, Sure: true}}]}",
        "
        related('AWS::S3::BucketPolicy', 'Bucket').exists(p, p.Sure == true) -> true
        related('AWS::S3::BucketPolicy', 'Bucket').exists(p, p.On == true) -> true
        related('AWS::S3::BucketPolicy', 'Bucket').exists(p, p.On == false) -> false
        related('AWS::S3::BucketPolicy', 'Bucket').exists(p, p.Sure == null) -> unknown
        related('AWS::S3::BucketPolicy', 'Bucket').all(p, p.On == true) -> true
        related('AWS::S3::BucketPolicy', 'Bucket').all(p, p.Sure == true) -> unknown
        related('AWS::S3::BucketPolicy', 'Bucket').all(p, p.On == false) -> false
        size(related('AWS::S3::BucketPolicy', 'Bucket')) == 1 -> unknown
        ",
    );
}

#[test]
fn a_name_relates_and_so_does_its_arn() {
    let related = |bucket: &str| {
        format!(
            "{{properties: {{BucketName: logs}}, related: [{{type: 'AWS::S3::BucketPolicy', properties: {{Bucket: '{bucket}'}}}}]}}"
        )
    };
    for (bucket, expected) in [
        ("logs", "true"),
        ("arn:aws:s3:::logs", "true"),
        ("arn:aws:s3:::logs/*", "true"),
        ("log", "false"),
        ("arn:aws:sns:eu-west-1:123456789012:logs", "false"),
    ] {
        let found = evaluate_in(
            &example(&related(bucket)),
            "related('AWS::S3::BucketPolicy', 'Bucket').exists(p, true)",
        );
        assert_eq!(word(found.truth), expected, "{bucket}");
    }
    table(
        "{properties: {BucketName: <unknown>}, related: [{type: 'AWS::S3::BucketPolicy', properties: {Bucket: logs}}]}",
        "related('AWS::S3::BucketPolicy', 'Bucket').exists(p, true) -> unknown",
    );
    table(
        "{properties: {}, related: [{type: 'AWS::S3::BucketPolicy', properties: {Bucket: logs}}]}",
        "related('AWS::S3::BucketPolicy', 'Bucket').exists(p, true) -> false",
    );
}

#[test]
fn a_path_goes_through_lists() {
    table(
        "{type: 'AWS::EC2::SecurityGroup', properties: {}, related: [
            {type: 'AWS::Lambda::Function', properties: {VpcConfig: {SecurityGroupIds: [<other>, <resource>]}}},
            {type: 'AWS::Lambda::Function', properties: {VpcConfig: {SecurityGroupIds: [<other>]}}},
            {type: 'AWS::ECS::Service', properties: {LoadBalancers: [{TargetGroupArn: <other>}, {TargetGroupArn: <resource>}]}},
            {type: 'AWS::EC2::SecurityGroup', name: other, properties: {}}]}",
        "
        size(related('AWS::Lambda::Function', 'VpcConfig.SecurityGroupIds')) == 1 -> true
        size(related('AWS::ECS::Service', 'LoadBalancers.TargetGroupArn')) == 1 -> true
        ",
    );
}

fn first_in_another_scope(yaml: &str) -> Vec<Resource> {
    let mut resources = example(yaml);
    resources[0].scope = 1;
    resources
}

#[test]
fn references_hold_within_a_scope_and_names_across() {
    let by_reference = first_in_another_scope(
        "{properties: {}, related: [{type: 'AWS::S3::BucketPolicy', properties: {Bucket: <resource>}}]}",
    );
    let by_name = first_in_another_scope(
        "{properties: {BucketName: logs}, related: [{type: 'AWS::S3::BucketPolicy', properties: {Bucket: logs}}]}",
    );
    let own_first = first_in_another_scope(
        "{properties: {BucketName: logs}, related: [{type: 'AWS::S3::BucketPolicy', properties: {Bucket: logs}},
          {type: 'AWS::S3::Bucket', properties: {BucketName: logs}}]}",
    );
    let own_perhaps = first_in_another_scope(
        "{properties: {BucketName: logs}, related: [{type: 'AWS::S3::BucketPolicy', properties: {Bucket: logs}},
          {type: 'AWS::S3::Bucket', properties: {BucketName: <unknown>}}]}",
    );
    let source = "related('AWS::S3::BucketPolicy', 'Bucket').exists(p, true)";
    let results =
        [by_reference, by_name, own_first, own_perhaps].map(|all| word(evaluate_in(&all, source).truth));
    assert_eq!(results, ["false", "true", "false", "unknown"]);
}

#[test]
fn names_of_another_account_or_region_are_others() {
    let yaml = "{type: 'AWS::ECS::Cluster', properties: {ClusterName: main}, related: [
        {type: 'AWS::ECS::Service', properties: {Cluster: main}}]}";
    let source = "related('AWS::ECS::Service', 'Cluster').exists(s, true)";
    let mut resources = example(yaml);
    resources[0].region = Some("eu-west-1".into());
    assert_eq!(word(evaluate_in(&resources, source).truth), "true");
    resources[1].region = Some("eu-west-2".into());
    assert_eq!(word(evaluate_in(&resources, source).truth), "false");
}

#[test]
fn a_resource_of_which_only_the_type_is_known_may_relate() {
    let mut resources =
        example("{properties: {}, related: [{type: 'AWS::S3::BucketPolicy', properties: {}}]}");
    resources[1].coverage = Coverage::TypeOnly;
    let found = evaluate_in(&resources, "related('AWS::S3::BucketPolicy', 'Bucket').exists(p, true)");
    assert_eq!(word(found.truth), "unknown");
    assert_eq!(found.reasons, ["the properties of `AWS::S3::BucketPolicy` are not mapped"]);
}

#[test]
fn a_target_is_found_by_reference_and_by_what_is_unique() {
    table(
        "{type: 'AWS::ECS::Service', properties: {
            Task: <task>, Many: [<task>], Gone: null, Family: web, Revision: 'web:3',
            Arn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:3', Other: db, Open: <unknown>}, related: [
            {type: 'AWS::ECS::TaskDefinition', name: task, properties: {Family: web, NetworkMode: awsvpc}},
            {type: 'AWS::ECS::Cluster', properties: {ClusterName: web}}]}",
        "
        target(resource.Task).NetworkMode == 'awsvpc' -> true
        target(resource.Task, 'AWS::ECS::TaskDefinition').NetworkMode == 'awsvpc' -> true
        target(resource.Task, 'AWS::ECS::Cluster').NetworkMode == 'awsvpc' -> unknown
        target(resource.Arn).NetworkMode == 'awsvpc' -> unknown
        target(resource.Arn, 'AWS::ECS::TaskDefinition').NetworkMode == 'awsvpc' -> true
        target(resource.Family).NetworkMode == 'awsvpc' -> unknown
        target(resource.Family, 'AWS::ECS::TaskDefinition').NetworkMode == 'awsvpc' -> true
        target(resource.Revision, 'AWS::ECS::TaskDefinition').NetworkMode == 'bridge' -> false
        target(resource.Other, 'AWS::ECS::TaskDefinition').NetworkMode == 'awsvpc' -> unknown
        target(resource.Other, 'AWS::ECS::TaskDefinition') == null -> false
        target(resource.Gone) == null -> true
        target(resource.Missing) == null -> true
        target(resource.Missing).NetworkMode == 'awsvpc' -> false
        target(resource.Open).NetworkMode == 'awsvpc' -> unknown
        resource.Many.all(t, target(t).NetworkMode == 'awsvpc') -> true
        ",
    );
}

#[test]
fn a_reference_out_of_the_workload_is_unknown_with_its_reason() {
    let mut resources = example("{properties: {}}");
    let span = resources[0].span;
    if let Value::Map(map) = &mut resources[0].properties.value {
        map.push("Key", onus_model::Node::new(Value::reference("Gone", Some("Arn")), span));
    }
    let found = evaluate_in(&resources, "target(resource.Key).Enabled == true");
    assert_eq!(word(found.truth), "unknown");
    assert_eq!(found.reasons, ["`Gone` is not in this workload"]);
}

const POLICY: &str = "
Map: {Statement: {Effect: Deny, Action: 's3:*', Principal: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}}}
List: {Statement: [
  {Sid: a, Effect: Allow, Action: ['s3:GetObject', 's3:PutObject'], Principal: {AWS: ['arn:aws:iam::1:root', '*'], Service: ec2.amazonaws.com}},
  {Effect: Allow, NotAction: 'iam:*', Resource: '*', NotPrincipal: {AWS: x}}]}
Text: '{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Principal\":{\"AWS\":\"*\"}}]}'
Broken: '{\"Statement\":'
Open: {Statement: [{Effect: Allow, Action: <unknown>, Principal: {AWS: <present>, Service: s3.amazonaws.com}}]}
OpenList: {Statement: <unknown>}
OpenStatement: {Statement: [<present>, {Effect: Deny}]}
Unknown: <unknown>
";

#[test]
fn statements_are_regular() {
    table(
        POLICY,
        "
        statements(resource.Map).exists(s, s.Effect == 'Deny' && 's3:*' in s.Action && '*' in s.Principal) -> true
        statements(resource.Map)[0].Condition.Bool['aws:SecureTransport'] == false -> true
        statements(resource.Map)[0].Resource == null -> true
        size(statements(resource.List)) == 2 -> true
        statements(resource.List)[0].Principal == ['arn:aws:iam::1:root', '*', 'ec2.amazonaws.com'] -> true
        statements(resource.List)[1].NotAction == ['iam:*'] -> true
        statements(resource.List)[1].NotPrincipal == ['x'] -> true
        statements(resource.Text).exists(s, s.Effect == 'Allow' && '*' in s.Principal) -> true
        statements(resource.Broken).exists(s, true) -> unknown
        statements(resource.Missing).exists(s, true) -> false
        statements(resource.Missing) == null -> true
        statements(resource.Unknown).exists(s, true) -> unknown
        statements(resource.Open).exists(s, 's3:*' in s.Action) -> unknown
        statements(resource.Open).exists(s, s.Effect == 'Deny' && 's3:*' in s.Action) -> false
        statements(resource.Open).exists(s, 's3.amazonaws.com' in s.Principal) -> true
        statements(resource.Open).exists(s, '*' in s.Principal) -> unknown
        statements(resource.OpenList).exists(s, s.Effect == 'Deny') -> unknown
        statements(resource.OpenStatement).exists(s, s.Effect == 'Deny') -> true
        statements(resource.OpenStatement).exists(s, s.Effect == 'Allow') -> unknown
        statements('[]') == [] -> true
        statements(5) == null -> true
        ",
    );
}

#[test]
fn a_policy_of_any_depth_and_length_is_read_in_bounds() {
    for text in ["[".repeat(100_000), format!("{{\"Statement\":{}", "[".repeat(1000)), "x".repeat(300 << 10)]
    {
        let mut resources = example("{}");
        resources[0].properties.value = Value::Map(
            [("Policy", onus_model::Node::new(Value::string(text), resources[0].span))].into_iter().collect(),
        );
        assert_eq!(
            word(evaluate_in(&resources, "statements(resource.Policy).exists(s, true)").truth),
            "unknown"
        );
    }
}

#[test]
fn an_index_serves_many_threads() {
    let resources = example(
        "{properties: {}, related: [{type: 'AWS::S3::BucketPolicy', properties: {Bucket: <resource>}}]}",
    );
    let index = Index::new(&resources);
    let program =
        Program::compile(&parse("size(related('AWS::S3::BucketPolicy', 'Bucket')) == 1").expect("it parses"));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(word(program.evaluate(&index, &resources[0]).truth), "true"));
        }
    });
}

/// The first resource is asked, `roles` of other names beside it.
fn named(yaml: &str, from: &[(usize, &str)]) -> Vec<Resource> {
    let mut resources = example(yaml);
    for (at, address) in from {
        let Value::Map(map) = &mut resources[*at].properties.value else { panic!("no map") };
        let node = map.get_mut("Bucket").expect("it has one");
        let to = onus_model::Reference {
            address: (*address).into(),
            attribute: Some("bucket".into()),
            scope: None,
        };
        node.from = Some(std::sync::Arc::new([to]));
    }
    resources
}

#[test]
fn a_name_that_was_read_from_a_resource_is_that_resources() {
    let source = "related('AWS::S3::BucketPolicy', 'Bucket').exists(p, true)";
    let yaml = "{properties: {BucketName: <unknown>}, related: [
        {type: 'AWS::S3::BucketPolicy', properties: {Bucket: logs}},
        {type: 'AWS::S3::Bucket', name: other, properties: {BucketName: logs}}]}";
    let word_of = |resources: &[Resource]| word(evaluate_in(resources, source).truth);
    assert_eq!(word_of(&named(yaml, &[(1, "resource")])), "true");
    assert_eq!(word_of(&named(yaml, &[(1, "other")])), "false");
    // Of a text that is the known name of another, a name that is not known is not open.
    assert_eq!(word_of(&named(yaml, &[])), "false");
    let loose = yaml.replace("BucketName: logs", "BucketName: web");
    assert_eq!(word_of(&named(&loose, &[])), "unknown");
    let other_start = loose.replace("BucketName: <unknown>", "BucketName: 'web-<unknown>'");
    assert_eq!(word_of(&named(&other_start, &[])), "false");
}

#[test]
fn what_is_unknown_says_nothing_of_another_scope() {
    let yaml =
        "{properties: {}, related: [{type: 'AWS::S3::BucketPolicy', properties: {Bucket: <unknown>}}]}";
    let source = "related('AWS::S3::BucketPolicy', 'Bucket').exists(p, true)";
    assert_eq!(word(evaluate_in(&example(yaml), source).truth), "unknown");
    assert_eq!(word(evaluate_in(&first_in_another_scope(yaml), source).truth), "false");
}

#[test]
fn a_reference_leads_to_another_scope_where_it_says_so() {
    let mut resources = first_in_another_scope(
        "{properties: {}, related: [{type: 'AWS::S3::BucketPolicy', properties: {}}]}",
    );
    let span = resources[1].span;
    let mut to = Value::reference("resource", None);
    if let Value::Unknown(unknown) = &mut to {
        unknown.references[0].scope = Some(1);
    }
    let Value::Map(map) = &mut resources[1].properties.value else { panic!("no map") };
    map.push("Bucket", onus_model::Node::new(to, span));
    let source = "related('AWS::S3::BucketPolicy', 'Bucket').exists(p, true)";
    assert_eq!(word(evaluate_in(&resources, source).truth), "true");
}

#[test]
fn of_several_references_that_of_the_type_counts() {
    table(
        "{type: 'AWS::ApiGateway::Stage', properties: {StageName: live, RestApiId: <api>}, related: [
            {type: 'AWS::ApiGateway::RestApi', name: api, properties: {}},
            {type: 'AWS::WAFv2::WebACLAssociation', properties: {ResourceArn: <resource>}}]}",
        "related('AWS::WAFv2::WebACLAssociation', 'ResourceArn').exists(a, true) -> true",
    );
}

#[test]
fn what_may_be_many_is_counted_once() {
    let mut all = String::new();
    for _ in 0..3_000 {
        all.push_str("{type: 'AWS::S3::BucketPolicy', properties: {Bucket: <unknown>, On: true}},");
    }
    let resources = example(&format!("{{properties: {{}}, related: [{all}]}}"));
    let index = Index::new(&resources);
    let truth = |source: &str| {
        word(Program::compile(&parse(source).expect("it parses")).evaluate(&index, &resources[0]).truth)
    };
    assert_eq!(truth("related('AWS::S3::BucketPolicy', 'Bucket').exists(p, p.On == true)"), "unknown");
    // The rest of them is not looked at, so nothing is said of all.
    assert_eq!(truth("related('AWS::S3::BucketPolicy', 'Bucket').all(p, p.On == true)"), "unknown");
}
