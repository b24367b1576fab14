//! CloudFormation templates, small and real, and what they are read as.

#![allow(clippy::unwrap_used)]

mod common;
use common::{check, check_with};
use onus_workload::{Input, Options};

#[test]
fn a_bucket_in_yaml() {
    check(
        r#"
        AWSTemplateFormatVersion: 2010-09-09
        Resources:
          Logs:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: logs
              VersioningConfiguration: {Status: Enabled}
              Tags: [{Key: age, Value: 0123}, {Key: n, Value: 5}]
              Flag: yes
        "#,
        "3: Logs AWS::S3::Bucket {BucketName: 'logs', VersioningConfiguration: {Status: 'Enabled'}, \
         Tags: [{Key: 'age', Value: '0123'}, {Key: 'n', Value: 5}], Flag: true}",
    );
}

#[test]
fn the_same_in_json() {
    check(
        r#"
        {
          "Resources": {
            "Logs": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "a\u002d${AWS::Partition}"}, "N": 1.0, "B": true, "Z": null}}
          }
        }
        "#,
        "3: Logs AWS::S3::Bucket {BucketName: 'a-aws', N: 1.0, B: true, Z: null}",
    );
}

#[test]
fn parameters_conditions_and_functions() {
    check(
        r#"
        Parameters:
          Env: {Type: String, Default: prod}
          Name: {Type: String}
          Vpc: {Type: 'AWS::EC2::VPC::Id'}
          Password: {Type: String, NoEcho: true, Default: hunter2}
          Zones: {Type: CommaDelimitedList, Default: 'a, b'}
          Size: {Type: Number, Default: 20}
        Conditions:
          IsProd: !Equals [!Ref Env, prod]
          IsDev: !Not [!Condition IsProd]
          Open: !Equals [!Ref Name, x]
          Both: !And [!Condition IsDev, !Condition Open]
        Resources:
          A:
            Type: AWS::X::A
            Properties:
              Env: !Ref Env
              Name: !Ref Name
              Vpc: !Ref Vpc
              Password: !Ref Password
              Zone: !Select [1, !Ref Zones]
              Size: !Ref Size
              Prod: !If [IsProd, 1, 2]
              Gone: !If [IsProd, !Ref 'AWS::NoValue', 2]
              Open: !If [Open, 1, 2]
              Same: !If [Open, 1, 1]
              Maybe: !If [Open, 1, !Ref AWS::NoValue]
              Both: !If [Both, 1, 2]
              Sub: !Sub '${Env}-${!Env}-${Size}'
              SubVars: !Sub ['${x}/${Env}', {x: !Join ['-', [a, b]]}]
              Split: !Split [',', 'a,b']
              Arn: !GetAtt B.Arn
              SubRef: !Sub 'arn:${B}:${B.Arn}'
              Secret: '{{resolve:secretsmanager:x:SecretString:y}}'
              Base: {"Fn::Base64": hi}
              Cidr: !Select [1, !Cidr [10.0.0.0/16, 2, 8]]
              Region: !Ref AWS::Region
              Import: !ImportValue x
          B: {Type: AWS::X::B, Condition: IsProd}
          C: {Type: AWS::X::C, Condition: IsDev}
          D: {Type: AWS::X::D, Condition: Open}
        "#,
        "
        14: A AWS::X::A {Env: 'prod', Name: <? parameter `Name` has no default>, \
        Vpc: <parameter `Vpc` has no default>, Password: <parameter `Password` is secret (NoEcho)>, Zone: 'b', \
        Size: 20, Prod: 1, Open: <parameter `Name` has no default>, Same: 1, \
        Maybe: <? parameter `Name` has no default>, Both: 2, Sub: 'prod-${Env}-20', SubVars: 'a-b/prod', \
        Split: ['a', 'b'], Arn: @B.Arn('arn:aws'…''), SubRef: @B+B.Arn('arn:'…''), \
        Secret: <`{{resolve:secretsmanager:x:SecretString:y}}` is looked up at deployment>, Base: 'aGk=', \
        Cidr: '10.0.1.0/24', Region: <the region is chosen at deployment>, Import: @x.Fn::ImportValue}
        39: B AWS::X::B {}
        41: D AWS::X::D {}
        ! NotEvaluated 41:35 `D` is taken as deployed, since its condition `Open` is not known: parameter `Name` has no default
        ! Credential 5:51 a credential is written out here (password) (keep it in Secrets Manager or Parameter Store, \
        name it from there, and replace it)
        ",
    );
}

#[test]
fn what_is_known_of_text_that_is_put_together() {
    check(
        r#"
        Parameters:
          Name: {Type: String}
        Conditions:
          Open: !Equals [!Ref Name, x]
        Resources:
          A:
            Type: AWS::X::A
            Properties:
              Root: !Sub 'arn:aws:iam::${AWS::AccountId}:root'
              Objects: !Join ['', [!GetAtt B.Arn, '/*']]
              Nested: !Sub ['<${Inner}>', {Inner: !Sub 'a${Name}z'}]
              Service: !Select [0, !Split ['.', !Sub 'ecs.${AWS::Region}.x']]
              Later: !Select [1, !Split ['.', !Sub 'ecs.${AWS::Region}.x']]
              Optional: !Join [',', [a, !If [Open, b, !Ref 'AWS::NoValue'], c]]
              Last: !Join [',', [a, !If [Open, b, !Ref 'AWS::NoValue']]]
              Either: !If [Open, !Ref B, '*']
              Secret: !Sub 'x{{resolve:ssm:${Name}}}y'
              Whole: 'x{{resolve:ssm:p}}y'
              Bare: !Ref B
          B: {Type: AWS::X::B}
        "#,
        "
        6: A AWS::X::A {Root: <the account is chosen at deployment>('arn:aws:iam::'…':root'), \
        Objects: @B.Arn('arn:aws'…'/*'), Nested: <parameter `Name` has no default>('<a'…'z>'), Service: 'ecs', \
        Later: <the region is chosen at deployment>, \
        Optional: <a part of it may be left out>('a'…'c'), Last: <a part of it may be left out>('a'…''), \
        Either: @B, Secret: <parameter `Name` has no default>('x'…'y'), \
        Whole: <`{{resolve:ssm:p}}` is looked up at deployment>('x'…'y'), Bare: @B}
        20: B AWS::X::B {}
        ",
    );
}

#[test]
fn given_parameters_win_over_defaults() {
    let options = Options {
        parameters: [("Env".to_owned(), "dev".to_owned())].into(),
        region: Some("cn-north-1".to_owned()),
        account: Some("123".to_owned()),
        ..Options::default()
    };
    check_with(
        r#"
        Parameters:
          Env: {Type: String, Default: prod}
        Resources:
          A: {Type: AWS::X::A, Properties: {Env: !Ref Env, Arn: !Sub 'arn:${AWS::Partition}:x:${AWS::Region}:${AWS::AccountId}'}}
        "#,
        &options,
        "4: A AWS::X::A account=123 region=cn-north-1 {Env: 'dev', Arn: 'arn:aws-cn:x:cn-north-1:123'}",
    );
}

#[test]
fn mappings() {
    check(
        r#"
        Parameters: {K: {Type: String}}
        Mappings:
          M:
            a: {x: 1, y: [p, q]}
            b: {x: 1, y: [r, s]}
        Resources:
          A:
            Type: AWS::X::A
            Properties:
              Found: !FindInMap [M, a, y]
              Agree: !FindInMap [M, !Ref K, x]
              Open: !FindInMap [M, !Ref 'AWS::Region', y]
              Missing: !FindInMap [M, c, x]
              NoMap: !FindInMap [N, c, x]
              Default: !FindInMap [M, c, x, {DefaultValue: 7}]
        "#,
        "
        7: A AWS::X::A {Found: ['p', 'q'], Agree: 1, Open: <the region is chosen at deployment>, \
        Missing: <? the mappings have no `M.c.x`>, NoMap: <? there is no mapping `N`>, Default: 7}
        ! Invalid 13:16 the mappings have no `M.c.x`
        ! Invalid 14:14 there is no mapping `N` (did you mean `M`?)
        ",
    );
}

#[test]
fn names_that_stand_for_nothing_are_reported_with_a_suggestion() {
    check(
        r#"
        Conditions: {}
        Resources:
          Bucket: {Type: AWS::S3::Bucket, Properties: {A: !Ref Bukcet, B: !GetAtt Buckets.Arn, C: !If [X, 1, 2]}}
          T: {Properties: {}}
          # long form
          U: {Type: AWS::X::Y, Properties: {A: {Ref: AWS::Regoin}, B: !Foo x}}
        "#,
        "
        3: Bucket AWS::S3::Bucket {A: <? there is no parameter or resource `Bukcet`>, \
        B: <? there is no resource `Buckets`>, C: <there is no condition `X`>}
        6: U AWS::X::Y {A: <? there is no parameter or resource `AWS::Regoin`>, B: <? the function `Foo` is not evaluated>}
        ! Invalid 3:51 there is no parameter or resource `Bukcet` (did you mean `Bucket`?)
        ! Invalid 3:67 there is no resource `Buckets` (did you mean `Bucket`?)
        ! Invalid 3:96 there is no condition `X`
        ! Invalid 4:3 the resource `T` has no type
        ! Invalid 6:40 there is no parameter or resource `AWS::Regoin` (did you mean `AWS::Region`?)
        ! NotEvaluated 6:63 the function `Foo` is not evaluated
        ",
    );
}

#[test]
fn waivers_in_comments_and_metadata() {
    check(
        r#"
        # onus:ignore whole-template reason="old"
        AWSTemplateFormatVersion: '2010-09-09'
        Metadata:
          cdk_nag: {rules_to_suppress: [{id: AwsSolutions-S1, reason: r}, {id: AwsSolutions-IAM5, reason: r, applies_to: ['Action::s3:*']}]}
        Parameters:
          P: {Type: String, Default: x} # onus:ignore lost
        Resources:
          # a word
          # onus:ignore before reason="why not" approver=me expires=2027-01-01

          A:
            # checkov:skip=CKV_AWS_18:no logs
            Type: AWS::S3::Bucket # onus:ignore beside
            Metadata:
              onus: {ignore: [{check: c, reason: r, approver: a, expires: 2027-02-01}]}
              cfn_nag: {rules_to_suppress: [{id: W35, reason: logs}]}
              checkov: {skip: [{id: CKV_AWS_21, comment: v}]}
            Properties:
              Script: |
                # onus:ignore not-a-comment
              Text: '# onus:ignore nor-this'
            # trivy:ignore:AVD-AWS-0089
          # onus:ignore
          B: {Type: AWS::S3::Bucket} # onus:ignore b,c
          # onus:ignore nothing-follows
        "#,
        "
        11: A AWS::S3::Bucket {Script: '# onus:ignore not-a-comment\\n', Text: '# onus:ignore nor-this'}
        24: B AWS::S3::Bucket {}
        waived * CdkNag AwsSolutions-S1 r - -
        waived * CdkNag AwsSolutions-IAM5 r - - only applies_to
        waived A Onus c r a 2027-02-01
        waived A Checkov CKV_AWS_21 v - -
        waived A CfnNag W35 logs - -
        waived * Onus whole-template old - -
        waived A Onus before why not me 2027-01-01
        waived A Checkov CKV_AWS_18 no logs - -
        waived A Onus beside - - -
        waived A Trivy AVD-AWS-0089 - - -
        waived B Onus b - - -
        waived B Onus c - - -
        ! Invalid 6:33 this waiver stands beside no resource, so it waives nothing
        ! Invalid 23:3 this waiver names no check
        ! Invalid 25:3 this waiver stands beside no resource, so it waives nothing
        ",
    );
}

#[test]
fn loops_and_language_extensions() {
    check(
        r#"
        Transform: AWS::LanguageExtensions
        Conditions:
          'Fn::ForEach::Conditions': [N, [a, b], {'Is${N}': !Equals [!Ref N, a]}]
        Resources:
          'Fn::ForEach::Topics':
            - Name
            - [a, b]
            - 'Topic${Name}':
                Type: AWS::SNS::Topic
                Condition: 'Is${Name}'
                Properties: {TopicName: !Sub '${Name}.fifo', Other: !GetAtt ['Topic${Name}', Arn]}
          Q:
            Type: AWS::SQS::Queue
            Properties:
              Length: {'Fn::Length': [1, 2, 3]}
              Json: {'Fn::ToJsonString': {a: [1, 2.5, null, true, "q\"\n"]}}
              Open: {'Fn::ToJsonString': {a: !Ref Topica}}
              'Fn::ForEach::Keys': [K, [x, y], {'Key${K}': !Ref K}]
        "#,
        r"
        8: Topica AWS::SNS::Topic {TopicName: 'a.fifo', Other: @Topica.Arn('arn:aws'…'')}
        12: Q AWS::SQS::Queue {Length: 3, Json: '{\u{22}a\u{22}:[1,2.5,null,true,\u{22}q\\u{22}\n\u{22}]}', Open: @Topica, Keyx: 'x', Keyy: 'y'}
        "
        .replace(r"\u{22}", "\"")
        .as_str(),
    );
}

#[test]
fn anchors_merges_macros_and_includes() {
    check(
        r#"
        Transform: [MyMacro]
        Resources:
          A: &a
            Type: AWS::S3::Bucket
            Properties: &p {X: 1, Y: 2}
          B: *a
          C: {Type: AWS::S3::Bucket, Properties: {<<: *p, Y: 3, R: !Ref Made}}
          D: {Type: AWS::S3::Bucket, Properties: {'Fn::Transform': {Name: 'AWS::Include'}, Z: 1}}
        "#,
        "
        3: A AWS::S3::Bucket {X: 1, Y: 2}
        6: B AWS::S3::Bucket {X: 1, Y: 2}
        7: C AWS::S3::Bucket {Y: 3, R: <? `Made` may be made by a macro>, X: 1}
        8: D AWS::S3::Bucket <? the macro `AWS::Include` writes it>
        ! NotEvaluated 1:13 the macro `MyMacro` is not evaluated
        ! NotEvaluated 8:60 the macro `AWS::Include` is not evaluated
        ",
    );
}

#[test]
fn a_reference_to_what_is_left_out_is_a_mistake_only_where_it_is_deployed() {
    check(
        r#"
        Parameters: {P: {Type: String}}
        Conditions: {No: !Equals [a, b], Open: !Equals [!Ref P, x]}
        Resources:
          Gone: {Type: AWS::S3::Bucket, Condition: No}
          A: {Type: AWS::S3::Bucket, Properties: {X: !If [Open, !Ref Gone, y], Y: !If [No, !Ref Gone, z]}}
          B: {Type: AWS::S3::Bucket, Properties: {X: !Ref Gone}}
        "#,
        "
        5: A AWS::S3::Bucket {X: @Gone, Y: 'z'}
        6: B AWS::S3::Bucket {X: @Gone}
        ! Invalid 6:46 the resource `Gone` is left out by its condition
        ",
    );
}

#[test]
fn an_output_that_its_condition_leaves_out_exports_nothing() {
    let text = "Parameters: {C: {Type: String, Default: 'no'}}\nConditions: {C: !Equals [!Ref C, 'yes']}\nResources:\n  \
                T: {Type: 'AWS::SNS::Topic', Condition: C}\nOutputs:\n  T: {Condition: C, Value: !Ref T, Export: {Name: t}}\n";
    let input = Input::Text { name: "t.yaml".into(), text: text.into() };
    let workload = onus_workload::read(&[input], &Options::default());
    assert_eq!(workload.problems, []);
}

#[test]
fn what_a_stack_imports_is_what_another_exports() {
    let exporting = "Resources:\n  K: {Type: 'AWS::KMS::Key'}\nOutputs:\n  K: {Value: !GetAtt K.Arn, Export: {Name: key}}\n";
    let importing = "Resources:\n  T: {Type: 'AWS::SNS::Topic', Properties: {KmsMasterKeyId: !ImportValue key, TopicName: !ImportValue other}}\n";
    let input = |name: &str, text: &str| Input::Text { name: name.into(), text: text.into() };
    let workload =
        onus_workload::read(&[input("a.yaml", exporting), input("b.yaml", importing)], &Options::default());
    let topic = workload.resources.iter().find(|resource| &*resource.address == "T").unwrap();
    let reference = |property: &str| match &topic.properties.get(property).unwrap().value {
        onus_model::Value::Unknown(unknown) => unknown.references[0].clone(),
        other => panic!("{other:?}"),
    };
    let key = reference("KmsMasterKeyId");
    assert_eq!((&*key.address, key.scope), ("K", Some(0)));
    assert!(reference("TopicName").scope.is_some_and(|scope| scope > 1), "nothing here exports it");
}

#[test]
fn modules_that_a_tool_puts_in_are_one_problem() {
    check(
        "
        Modules:
          Content: {Source: ./module.yaml, Properties: {Name: !Ref Nowhere}}
        Resources:
          Q: {Type: AWS::SQS::Queue, Properties: {A: !GetAtt Content.Bucket.Arn, B: !Merge [a, b], C: !Ref ContentBucket}}
        ",
        "
        4: Q AWS::SQS::Queue {A: <? `Content` may be made by a macro>, B: <? the function `Merge` is not evaluated>, \
        C: <? `ContentBucket` may be made by a macro>}
        ! NotEvaluated 2:3 the modules that this template names are not read, nor what depends on them \
        (read the template that `aws cloudformation package` or `rain pkg` makes of it)
        ",
    );
    check(
        "
        Resources:
          M: {Type: !Rain::Module ./module.yaml, Properties: {Name: x}}
          Q: {Type: AWS::SQS::Queue, Properties: {A: !Rain::Embed ./a.txt, B: !Ref MBucket}}
        ",
        "
        3: Q AWS::SQS::Queue {A: <? the function `Rain::Embed` is not evaluated>, B: <? `MBucket` may be made by a macro>}
        ! NotEvaluated 1:1 the modules that this template names are not read, nor what depends on them \
        (read the template that `aws cloudformation package` or `rain pkg` makes of it)
        ",
    );
}

#[test]
fn brackets_and_quotes_may_go_on_at_any_indentation() {
    check(
        "
        Resources:
          A:
            Type: AWS::X::A
            Properties: {
            List: [
          a b
            c, # a comment with ]
          'it''s' ],
            }
          B:
            Type: AWS::X::B
            Properties:
              Text: \"two
              lines\"
              Sub: !Sub '{

            ${AWS::Partition}
            }'
              Map:
              {a: b}
        ",
        "
        2: A AWS::X::A {List: ['a b c', 'it's']}
        10: B AWS::X::B {Text: 'two lines', Sub: '{\\naws }', Map: {a: 'b'}}
        ",
    );
}
