//! What one check on one resource costs.

use criterion::{Criterion, criterion_group, criterion_main};
use onus_check::{Example, ExampleValue, Index, Program, parse};
use onus_model::Resource;
use std::hint::black_box;

const CASES: [(&str, &str); 7] = [
    ("field", "resource.VersioningConfiguration.Status == 'Enabled'"),
    ("missing", "resource.LoggingConfiguration.DestinationBucketName != null"),
    (
        "connected",
        "resource.Public.A == true && resource.Public.B == true && resource.Public.C == true && resource.Public.D == true",
    ),
    ("in", "resource.AccessControl in ['PublicRead', 'PublicReadWrite', 'AuthenticatedRead']"),
    ("macro", "resource.Rules.all(r, r.FromPort <= 22 && r.ToPort >= 22)"),
    ("related", "related('AWS::S3::BucketPolicy', 'Bucket').exists(p, p.On == true)"),
    ("statements", "statements(resource.Policy).exists(s, s.Effect == 'Allow' && '*' in s.Principal)"),
];

fn resources() -> Vec<Resource> {
    let map = |entries: Vec<(&str, ExampleValue)>| {
        ExampleValue::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    };
    let text = |text: &str| ExampleValue::String(text.to_owned());
    let flag = || ExampleValue::Bool(true);
    let rule = || map(vec![("FromPort", ExampleValue::Int(22)), ("ToPort", ExampleValue::Int(22))]);
    let policy = r#"{"Statement":[{"Effect":"Deny","Action":"s3:*","Principal":"*"},{"Effect":"Allow","Action":["s3:GetObject"],"Principal":{"AWS":"arn:aws:iam::123456789012:root"}}]}"#;
    let properties = map(vec![
        ("BucketName", text("logs")),
        ("AccessControl", text("Private")),
        ("VersioningConfiguration", map(vec![("Status", text("Enabled"))])),
        ("Public", map(vec![("A", flag()), ("B", flag()), ("C", flag()), ("D", flag())])),
        ("Rules", ExampleValue::List(vec![rule(), rule(), rule(), rule()])),
        ("Policy", text(policy)),
    ]);
    let related = map(vec![
        ("type", text("AWS::S3::BucketPolicy")),
        ("properties", map(vec![("Bucket", text("<resource>")), ("On", flag())])),
    ]);
    let whole = map(vec![("properties", properties), ("related", ExampleValue::List(vec![related]))]);
    Example::new(whole, "AWS::S3::Bucket").expect("the example is one").resources()
}

fn evaluate(criterion: &mut Criterion) {
    let resources = resources();
    let index = Index::new(&resources);
    for (name, source) in CASES {
        let program = Program::compile(&parse(source).expect("it parses"));
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| black_box(&program).evaluate(&index, black_box(&resources[0])));
        });
    }
}

criterion_group!(benches, evaluate);
criterion_main!(benches);
