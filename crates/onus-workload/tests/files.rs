//! Files and folders: walking, nested stacks, cloud assemblies, parameter files.

#![allow(clippy::unwrap_used)]

mod common;
use common::{compare, render};
use onus_workload::{Input, Options, read};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read_all(paths: &[&Path], options: &Options) -> String {
    let inputs: Vec<Input> = paths.iter().map(|path| Input::Path(path.to_path_buf())).collect();
    render(&read(&inputs, options))
}

#[track_caller]
fn check_folder(files: &[(&str, &str)], expected: &str) {
    let folder = folder(files);
    let actual = read_all(&[folder.path()], &Options::default());
    compare(&actual.replace(&*folder.path().to_string_lossy(), "F"), expected);
}

const BUCKET: &str = "Resources:\n  B: {Type: 'AWS::S3::Bucket'}\n";

#[test]
fn a_folder_is_walked_in_order_and_gitignore_is_honoured() {
    check_folder(
        &[
            (".gitignore", "ignored\n"),
            ("b.yaml", BUCKET),
            ("a/x.json", "{\"Resources\": {\"J\": {\"Type\": \"AWS::S3::Bucket\"}}}"),
            ("ignored/c.yaml", BUCKET),
            ("node_modules/c.yaml", BUCKET),
            ("other.yaml", "kind: Pod\n"),
            ("README.md", "hello"),
            ("broken.yaml", "Resources:\n  A: {Type: 'AWS::S3::Bucket'\n  B: ]\n"),
            ("broken.json", "{\"Resources\": {\"A\": 1,}}"),
            ("x.bin.yaml", "\u{0}"),
        ],
        "
        1: J AWS::S3::Bucket {}
        2: B AWS::S3::Bucket {}
        ! Skipped input 2 files are neither a template nor a plan (they are `F/other.yaml`, `F/x.bin.yaml`)
        ! Syntax 1:23 not valid JSON: a key in double quotes is due here
        ! Syntax 3:3 not valid YAML: invalid indentation in flow construct
        ",
    );
}

#[test]
fn nested_stacks_are_read_within_their_parent_and_not_twice() {
    check_folder(
        &[
            (
                "main.yaml",
                "Parameters: {Env: {Type: String, Default: prod}}\n\
                 Resources:\n  \
                   Net:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./nested/net.yaml\n      \
                     Parameters: {Env: !Ref Env, Bucket: !Ref B}\n  \
                   B: {Type: 'AWS::S3::Bucket', Properties: {Vpc: !GetAtt Net.Outputs.Vpc, Name: !GetAtt Net.Outputs.Name, No: !GetAtt Net.Outputs.Nmae}}\n  \
                   Far: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://x/y'}}\n",
            ),
            (
                "nested/net.yaml",
                "Parameters: {Env: {Type: String}, Bucket: {Type: String}}\n\
                 Resources:\n  Vpc: {Type: 'AWS::EC2::VPC', Properties: {Name: !Sub '${Env}-vpc', Bucket: !Ref Bucket, Self: !Ref Vpc}}\n\
                 Outputs: {Vpc: {Value: !Ref Vpc}, Name: {Value: !Sub '${Env}-vpc'}}\n",
            ),
        ],
        "
        3: Net/Vpc AWS::EC2::VPC {Name: 'prod-vpc', Bucket: @B, Self: @Net/Vpc}
        3: Net AWS::CloudFormation::Stack {TemplateURL: './nested/net.yaml', Parameters: {Env: 'prod', Bucket: @B}}
        8: B AWS::S3::Bucket {Vpc: @Net/Vpc, Name: 'prod-vpc', No: <? `Net` has no output `Nmae`>}
        9: Far AWS::CloudFormation::Stack {TemplateURL: 'https://x/y'}
        ! Invalid 8:111 there is no output `Nmae` (did you mean `Name`?)
        ! NotEvaluated 9:3 the template of `Far` is not a file at hand; what it holds is not read
        ",
    );
}

#[test]
fn a_joined_list_arrives_as_a_list() {
    check_folder(
        &[
            (
                "main.yaml",
                "Parameters: {Given: {Type: String}}\n\
                 Resources:\n  \
                   Net: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: net.yaml}}\n  \
                   App:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: app.yaml\n      \
                     Parameters: {Subnets: !GetAtt Net.Outputs.Subnets, One: !GetAtt Net.Outputs.One, Open: !Sub 'a,${Given}'}\n",
            ),
            (
                "net.yaml",
                "Resources:\n  A: {Type: 'AWS::EC2::Subnet'}\n  B: {Type: 'AWS::EC2::Subnet'}\n\
                 Outputs: {Subnets: {Value: !Sub '${A}, ${B},x-${B}'}, One: {Value: !Ref A}}\n",
            ),
            (
                "app.yaml",
                "Parameters:\n  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}\n  One: {Type: CommaDelimitedList}\n  \
                   Open: {Type: CommaDelimitedList}\n\
                 Resources:\n  L: {Type: 'AWS::X::L', Properties: {All: !Ref Subnets, First: !Select [0, !Ref Subnets], \
                   Again: !Split [',', !Join [',', !Ref Subnets]], One: !Ref One, Open: !Ref Open}}\n",
            ),
        ],
        "
        2: Net/A AWS::EC2::Subnet {}
        3: Net/B AWS::EC2::Subnet {}
        3: Net AWS::CloudFormation::Stack {TemplateURL: 'net.yaml'}
        6: App/L AWS::X::L {All: [@Net/A, @Net/B, @Net/B('x-'…'')], First: @Net/A, Again: [@Net/A, @Net/B, @Net/B('x-'…'')], One: [@Net/A], Open: <parameter `Given` has no default>('a,'…'')}
        4: App AWS::CloudFormation::Stack {TemplateURL: 'app.yaml', Parameters: {Subnets: @Net/A+Net/B, One: @Net/A, Open: <parameter `Given` has no default>('a,'…'')}}
        ",
    );
}

#[test]
fn a_list_that_one_nested_stack_joins_and_another_takes_apart_keeps_its_parts() {
    check_folder(
        &[
            (
                "main.yaml",
                "Resources:\n  \
                   Net:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: nested/net.yaml}\n  \
                   App:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: nested/app.yaml\n      \
                     Parameters: {Both: !GetAtt Net.Outputs.Both, Text: !GetAtt Net.Outputs.Both, Odd: !GetAtt [Net, Outputs.Odd]}\n",
            ),
            (
                "nested/app.yaml",
                "Parameters: {Both: {Type: 'List<AWS::EC2::Subnet::Id>'}, Text: {Type: String}, Odd: {Type: CommaDelimitedList}}\n\
                 Resources:\n  Group: {Type: 'AWS::X::Group', Properties: {Both: !Ref Both, Text: !Ref Text, Odd: !Ref Odd}}\n",
            ),
            (
                "nested/net.yaml",
                "Parameters: {Open: {Type: String}}\n\
                 Resources:\n  A: {Type: 'AWS::EC2::Subnet'}\n  B: {Type: 'AWS::EC2::Subnet'}\n\
                 Outputs: {Both: {Value: !Join [',', [!Ref A, !Ref B]]}, Odd: {Value: !Join [',', [!Ref A, !Ref Open]]}}\n",
            ),
        ],
        "
        3: Net/A AWS::EC2::Subnet {}
        4: Net/B AWS::EC2::Subnet {}
        2: Net AWS::CloudFormation::Stack {TemplateURL: 'nested/net.yaml'}
        3: App/Group AWS::X::Group {Both: [@Net/A, @Net/B], Text: @Net/A+Net/B, Odd: @Net/A}
        5: App AWS::CloudFormation::Stack {TemplateURL: 'nested/app.yaml', Parameters: {Both: @Net/A+Net/B, Text: @Net/A+Net/B, Odd: @Net/A}}
        ",
    );
}

#[test]
fn nested_stacks_that_contain_each_other() {
    let nested = |name: &str, to: &str| {
        format!(
            "Resources:\n  {name}: {{Type: 'AWS::CloudFormation::Stack', Properties: {{TemplateURL: {to}, Parameters: {{A: !GetAtt {name}.Outputs.X}}}}}}\n"
        )
    };
    check_folder(
        &[("a.yaml", &nested("A", "b.yaml")), ("b.yaml", &nested("B", "a.yaml"))],
        "
        2: A/B AWS::CloudFormation::Stack {TemplateURL: 'a.yaml', Parameters: {A: @A/B.Outputs.X}}
        2: A AWS::CloudFormation::Stack {TemplateURL: 'b.yaml', Parameters: {A: <? `A` has no output `X`>}}
        ! Invalid 2:93 the nested stack `A` depends on its own outputs
        ! Invalid 2:93 there is no output `X`
        ! Invalid 2:93 the nested stack `B` contains itself
        ",
    );
}

#[test]
fn a_cloud_assembly_states_accounts_and_regions() {
    let template = "{\"Resources\": {\"B\": {\"Type\": \"AWS::S3::Bucket\"}}}";
    let manifest = r#"{"version": "36.0.0", "artifacts": {"S": {"type": "aws:cloudformation:stack",
        "environment": "aws://123/eu-west-1", "properties": {"templateFile": "S.template.json"}}}}"#;
    let folder = folder(&[
        (".gitignore", "cdk.out\n"),
        ("cdk.out/cdk.out", "{\"version\":\"36.0.0\"}"),
        ("cdk.out/manifest.json", manifest),
        ("cdk.out/tree.json", "{\"version\":\"tree-0.1\",\"tree\":{}}"),
        ("cdk.out/S.assets.json", "{\"version\":\"36.0.0\",\"files\":{}}"),
        ("cdk.out/S.template.json", template),
        ("cdk.out/asset.1/package.json", "{}"),
    ]);
    let expected = "1: B AWS::S3::Bucket account=123 region=eu-west-1 {}";
    let assembly = folder.path().join("cdk.out");
    compare(&read_all(&[&assembly], &Options::default()), expected);
    compare(&read_all(&[&assembly.join("manifest.json")], &Options::default()), expected);
    let whole = read_all(&[folder.path()], &Options::default());
    assert!(
        whole.starts_with("! Skipped ") && whole.contains("/cdk.out this cloud assembly is passed over"),
        "{whole}"
    );
}

#[test]
fn parameter_files_and_names_that_no_template_has() {
    let template = "Parameters: {Env: {Type: String}}\nResources: {B: {Type: 'AWS::S3::Bucket', Properties: {N: !Ref Env}}}\n";
    let folder = folder(&[
        ("t.yaml", template),
        ("p.json", "[{\"ParameterKey\": \"Env\", \"ParameterValue\": \"x\"}]"),
        ("q.json", "{\"Parameters\": {\"Evn\": 1}}"),
    ]);
    let parameter_files = vec![folder.path().join("p.json"), folder.path().join("q.json")];
    let actual =
        read_all(&[&folder.path().join("t.yaml")], &Options { parameter_files, ..Options::default() });
    compare(
        &actual,
        "
        2: B AWS::S3::Bucket {N: 'x'}
        ! Invalid input a value is given for the parameter `Evn`, which no template has (did you mean `Env`?)
        ",
    );
}

#[test]
fn what_is_not_there_or_not_text() {
    let folder = folder(&[("t.yaml", "")]);
    fs::write(folder.path().join("bad.yaml"), b"Resources:\n \xFF").unwrap();
    let paths =
        [folder.path().join("gone.yaml"), folder.path().join("bad.yaml"), folder.path().join("t.yaml")];
    let actual = read_all(&paths.each_ref().map(|path| path.as_path()), &Options::default());
    compare(
        &actual.replace(&*folder.path().to_string_lossy(), "F"),
        "
        ! Unreadable F/gone.yaml there is no such file
        ! Unreadable F/bad.yaml the file is not valid UTF-8 at line 2, column 2
        ! Unreadable F/t.yaml there is nothing in it (if another program writes it, see whether that failed)
        ",
    );
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_are_harmless() {
    let folder = folder(&[("t.yaml", BUCKET)]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
    std::os::unix::fs::symlink("self.yaml", folder.path().join("self.yaml")).unwrap();
    std::os::unix::fs::symlink("t.yaml", folder.path().join("u.yaml")).unwrap();
    compare(&read_all(&[folder.path()], &Options::default()), "2: B AWS::S3::Bucket {}");
}

fn quoted(name: &str, text: &str) -> Option<String> {
    let inputs = [Input::Text { name: name.to_owned(), text: text.to_owned() }];
    let workload = read(&inputs, &Options::default());
    let shown = workload.files[0].quotable()?.to_owned();
    let mut out = String::new();
    for char in shown.chars() {
        match char {
            onus_model::SourceFile::MASK if out.ends_with('…') => {}
            onus_model::SourceFile::MASK => out.push('…'),
            other => out.push(other),
        }
    }
    Some(out)
}

#[test]
fn secrets_of_a_template_are_not_quoted() {
    let template = "Parameters:\n  P: {Type: String, NoEcho: true, Default: hunter2}\n  Q: {Type: String, Default: hunter3}\n\
        Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: \"hünter4\"\n      \
        ManageMasterUserPassword: true\n      Other: !Ref P\n      Environment: [{Name: DB_PASSWORD, Value: hunter5}]\n  \
        S:\n    Type: AWS::SecretsManager::Secret\n    Properties:\n      SecretString: |\n        hunter6\n        hunter7\n      Name: s\n";
    let expected = template.replace("hunter2", "…").replace("\"hünter4\"", "…").replace("hunter5", "…");
    let shown = quoted("t.yaml", template).unwrap();
    for secret in ["hunter2", "nter4", "hunter5", "hunter6", "hunter7"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    let start = expected.find("|").unwrap();
    assert_eq!(shown.get(..start), expected.get(..start));
    assert!(shown.ends_with("Name: s\n"), "{shown}");
    let json = r#"{"Resources": {"D": {"Type": "AWS::RDS::DBInstance", "Properties": {"MasterUserPassword": {"Fn::Sub": "hunter${AWS::Region}"}}}}}"#;
    assert_eq!(quoted("t.json", json).unwrap(), json.replace("\"hunter${AWS::Region}\"", "…"));
    let broken =
        "Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    MasterUserPassword: hunter2 ]\n  B: ]\n";
    assert_eq!(quoted("t.yaml", broken).unwrap(), broken.replace(" hunter2 ]", "…"));
}

#[test]
fn nothing_of_a_plan_is_quoted() {
    let plan = r#"{"format_version": "1.2", "planned_values": {"root_module": {"resources": []}}}"#;
    assert_eq!(quoted("plan.json", plan), None);
    assert_eq!(quoted("plan.json", &plan[..plan.len() - 2]), None);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_a_problem_and_nothing_waits_for_it() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("folder.yaml/a.yaml", BUCKET), ("empty.yaml", "")]);
    let path = |name: &str| folder.path().join(name);
    let made = std::process::Command::new("mkfifo").arg(path("pipe.yaml")).status().unwrap();
    assert!(made.success());
    symlink("self.yaml", path("self.yaml")).unwrap();
    symlink("..", path("folder.yaml/up")).unwrap();
    let named: Vec<_> = ["pipe.yaml", "self.yaml", "folder.yaml", "empty.yaml"].map(path).into();
    let named: Vec<&Path> = named.iter().map(std::path::PathBuf::as_path).collect();
    let read = |paths: &[&Path]| {
        let actual = read_all(paths, &Options::default());
        actual.replace(&*folder.path().to_string_lossy(), "F")
    };
    let actual = read(&named);
    for part in [
        "B AWS::S3::Bucket",
        "F/pipe.yaml this is a named pipe, not a file",
        "F/self.yaml it cannot be read",
        "F/empty.yaml there is nothing in it",
    ] {
        assert!(actual.contains(part), "no `{part}` in:\n{actual}");
    }
    let walked = read(&[folder.path()]);
    assert_eq!(walked.matches("B AWS::S3::Bucket").count(), 1, "{walked}");
    assert!(!walked.contains("pipe"), "{walked}");
}

const TOPIC: &str = "Resources:\n  T: {Type: 'AWS::SNS::Topic'}\n";

#[test]
fn notes_and_code_in_a_folder_are_no_templates() {
    check_folder(
        &[
            ("NOTES.md", TOPIC),
            ("build.py", TOPIC),
            ("main.rs", TOPIC),
            ("Makefile", TOPIC),
            ("t.template", TOPIC),
        ],
        "2: T AWS::SNS::Topic {}",
    );
    let folder = folder(&[("NOTES.md", TOPIC), ("log.json", "{}")]);
    let named = [folder.path().join("NOTES.md"), folder.path().join("log.json")];
    let actual = read_all(&named.each_ref().map(|path| path.as_path()), &Options::default());
    compare(
        &actual.replace(&*folder.path().to_string_lossy(), "F"),
        "
        2: T AWS::SNS::Topic {}
        ! Unreadable F/log.json this is neither a template nor a plan
        ",
    );
}

#[test]
fn of_a_cloud_assembly_only_what_the_manifest_names_is_read() {
    let template =
        |name: &str| format!("{{\"Resources\": {{\"{name}\": {{\"Type\": \"AWS::SNS::Topic\"}}}}}}");
    check_folder(
        &[
            ("cdk.json", "{}"),
            (
                "cdk.out/manifest.json",
                "{\"version\": \"36\", \"artifacts\": {\
                 \"A\": {\"type\": \"aws:cloudformation:stack\", \"properties\": {\"templateFile\": \"A.json\"}},\
                 \"P\": {\"type\": \"cdk:cloud-assembly\", \"properties\": {\"directoryName\": \"assembly-P\"}}}}",
            ),
            ("cdk.out/A.json", &template("A")),
            ("cdk.out/Old.json", &template("Old")),
            ("cdk.out/other.json", "{}"),
            ("cdk.out/asset.1/t.yaml", TOPIC),
            (
                "cdk.out/assembly-P/manifest.json",
                "{\"version\": \"36\", \"artifacts\": {\
                 \"B\": {\"type\": \"aws:cloudformation:stack\", \"properties\": {\"templateFile\": \"B.json\"}}}}",
            ),
            ("cdk.out/assembly-P/B.json", &template("B")),
            (
                "cdk.out/assembly-Old/manifest.json",
                "{\"version\": \"36\", \"artifacts\": {\
                 \"C\": {\"type\": \"aws:cloudformation:stack\", \"properties\": {\"templateFile\": \"C.json\"}}}}",
            ),
            ("cdk.out/assembly-Old/C.json", &template("C")),
        ],
        "
        1: A AWS::SNS::Topic {}
        1: B AWS::SNS::Topic {}
        ",
    );
}

#[test]
fn projects_that_are_not_built_yet_say_how() {
    let service = "service: s\nprovider: {name: aws}\n";
    check_folder(
        &[("a/cdk.json", "{}"), ("b/serverless.yml", service), ("c/serverless.yml", service)],
        "
        ! Skipped F/a this CDK app has no cloud assembly yet, so nothing of it is read (run `cdk synth` in `F/a`)
        ! Skipped input 2 Serverless Framework services have no template yet, so nothing of them is read \
        (run `serverless package` in `F/b`, `F/c`)
        ",
    );
    check_folder(
        &[
            ("serverless.yml", service),
            (
                ".serverless/cloudformation-template-update-stack.json",
                "{\"Resources\": {\"T\": {\"Type\": \"AWS::SNS::Topic\"}}}",
            ),
        ],
        "1: T AWS::SNS::Topic {}",
    );
}

#[test]
fn what_is_excluded_is_not_read_and_a_pattern_without_use_is_reported() {
    let folder =
        folder(&[("a/t.yaml", TOPIC), ("b/t.yaml", TOPIC), ("b/u.yaml", BUCKET), ("c/t.yaml", TOPIC)]);
    let exclude = ["a/", "t.yaml", "!/c/t.yaml", "none/"];
    let exclude = exclude.map(|pattern| onus_workload::Exclusion {
        pattern: pattern.to_owned(),
        folder: folder.path().to_owned(),
    });
    let options = Options { exclude: exclude.into(), ..Options::default() };
    compare(
        &read_all(&[folder.path()], &options),
        "
        2: B AWS::S3::Bucket {}
        2: T AWS::SNS::Topic {}
        ! Skipped input the pattern `none/` excludes nothing: no file or folder matches it
        ",
    );
    let named = folder.path().join("a/t.yaml");
    assert!(!read_all(&[&named], &options).contains("AWS::SNS::Topic"));
}
