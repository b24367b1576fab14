//! Laws of policies: what may be added to a document, written otherwise or forgotten, and what that may change.

mod support;

use onus_check::Truth;
use proptest::prelude::*;
use support::{evaluate, word};

const KEYS: [&str; 6] = [
    "aws:SourceArn",
    "aws:SourceAccount",
    "aws:PrincipalOrgID",
    "aws:SourceIp",
    "aws:SecureTransport",
    "s3:prefix",
];

const OPERATORS: [&str; 10] = [
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringEqualsIfExists",
    "ForAllValues:StringEquals",
    "ArnLike",
    "IpAddress",
    "NotIpAddress",
    "Bool",
    "Null",
];

const VALUES: [&str; 8] = [
    "'*'",
    "'123456789012'",
    "'arn:aws:s3:::b'",
    "'o-1'",
    "'0.0.0.0/0'",
    "'10.0.0.0/8'",
    "'true'",
    "['o-1', '*']",
];

fn one(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(of).prop_map(str::to_owned)
}

/// The entries of a condition, one operator each.
fn condition() -> impl Strategy<Value = Vec<(String, String, String)>> {
    prop::collection::vec((one(&OPERATORS), one(&KEYS), one(&VALUES)), 0..3).prop_map(|mut entries| {
        entries.sort();
        entries.dedup_by(|a, b| a.0 == b.0);
        entries
    })
}

/// A statement without its effect, so that it can be either.
#[derive(Clone, Debug)]
struct Body {
    principal: String,
    action: String,
    resource: String,
    condition: Vec<(String, String, String)>,
}

fn body() -> impl Strategy<Value = Body> {
    let principal = one(&[
        "Principal: '*'",
        "Principal: {AWS: '*'}",
        "Principal: {AWS: '123456789012'}",
        "NotPrincipal: {AWS: '123456789012'}",
    ]);
    let action = one(&[
        "Action: 's3:*'",
        "Action: s3:GetObject",
        "Action: ['s3:Get*', s3:PutObject]",
        "NotAction: 's3:Put*'",
    ]);
    let resource = one(&["Resource: '*'", "Resource: 'arn:aws:s3:::b/*'", "NotResource: 'arn:aws:s3:::b/c'"]);
    (principal, action, resource, condition()).prop_map(|(principal, action, resource, condition)| Body {
        principal,
        action,
        resource,
        condition,
    })
}

impl Body {
    fn yaml(&self, effect: &str, key: impl Fn(&str) -> String) -> String {
        let entries: Vec<String> = self
            .condition
            .iter()
            .map(|(operator, name, values)| format!("'{operator}': {{'{}': {values}}}", key(name)))
            .collect();
        let (principal, action, resource) = (&self.principal, &self.action, &self.resource);
        format!(
            "{{Effect: {effect}, {principal}, {action}, {resource}, Condition: {{{}}}}}",
            entries.join(", ")
        )
    }

    fn plain(&self, effect: &str) -> String {
        self.yaml(effect, str::to_owned)
    }
}

fn is_public(statements: &[String]) -> Truth {
    let document = format!("{{Policy: {{Statement: [{}]}}}}", statements.join(", "));
    evaluate(&document, "isPublic(resource.Policy)").truth
}

/// From private over not known to public.
fn openness(truth: Truth) -> u8 {
    match truth {
        Truth::True => 2,
        Truth::Unknown => 1,
        Truth::False | Truth::Null => 0,
    }
}

fn statements() -> impl Strategy<Value = Vec<(bool, Body)>> {
    prop::collection::vec((any::<bool>(), body()), 0..4)
}

fn written(statements: &[(bool, Body)]) -> Vec<String> {
    statements.iter().map(|(allow, body)| body.plain(if *allow { "Allow" } else { "Deny" })).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn one_more_allow_never_makes_it_less_public(statements in statements(), more in body()) {
        let mut all = written(&statements);
        let before = is_public(&all);
        all.push(more.plain("Allow"));
        prop_assert!(openness(is_public(&all)) >= openness(before), "{all:?}");
    }

    #[test]
    fn one_more_deny_never_makes_it_more_public(statements in statements(), more in body()) {
        let mut all = written(&statements);
        let before = is_public(&all);
        all.push(more.plain("Deny"));
        prop_assert!(openness(is_public(&all)) <= openness(before), "{all:?}");
    }

    #[test]
    fn order_and_case_do_not_matter(statements in statements()) {
        let there = written(&statements);
        let back: Vec<String> = statements
            .iter()
            .rev()
            .map(|(allow, body)| {
                let mut body = body.clone();
                body.condition.reverse();
                body.yaml(if *allow { "Allow" } else { "Deny" }, str::to_uppercase)
            })
            .collect();
        prop_assert_eq!(is_public(&there), is_public(&back), "{:?}", there);
    }

    #[test]
    fn a_condition_that_is_forgotten_turns_no_answer_round(statements in statements(), at in 0_usize..4) {
        let all = written(&statements);
        prop_assume!(at < all.len());
        let mut forgotten = all.clone();
        let text = &forgotten[at];
        let start = text.find("Condition: ").expect("each has one");
        forgotten[at] = format!("{}Condition: <unknown>}}", &text[..start]);
        let (before, after) = (is_public(&all), is_public(&forgotten));
        prop_assert!(after == before || after == Truth::Unknown || before == Truth::Unknown, "{all:?} {before:?} {after:?}");
    }
}

fn check(statement: &str, expected: &str) {
    assert_eq!(word(is_public(&[statement.to_owned()])), expected, "{statement}");
}

#[test]
fn a_condition_narrows_only_if_it_does() {
    let with = |condition: &str| {
        format!("{{Effect: Allow, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: {condition}}}")
    };
    for (condition, expected) in [
        ("{}", "true"),
        ("null", "true"),
        ("{StringEquals: {}}", "true"),
        ("{StringEquals: {'aws:SourceArn': null}}", "true"),
        ("{StringEquals: {'aws:sourceaccount': '123456789012'}}", "false"),
        ("{StringEquals: {'aws:SourceAccount': <present>}}", "false"),
        ("{StringEquals: {'aws:SourceAccount': <unknown>}}", "unknown"),
        ("{StringEquals: {'aws:PrincipalOrgID': '${aws:PrincipalOrgID}'}}", "unknown"),
        ("{StringNotEquals: {'aws:SourceAccount': '123456789012'}}", "true"),
        ("{StringLike: {'aws:SourceVpc': 'vpc-*'}}", "true"),
        ("{StringLike: {'aws:SourceVpc': 'vpc-1'}}", "false"),
        ("{StringLike: {'aws:PrincipalOrgPaths': 'o-1/*'}}", "false"),
        ("{ArnLike: {'aws:SourceArn': 'arn:aws:s3:*:*:b'}}", "false"),
        ("{ArnLike: {'aws:SourceArn': 'arn:aws:sns:*:*:t'}}", "true"),
        ("{ArnEquals: {'aws:SourceArn': <resource>}}", "false"),
        ("{ArnEquals: {'aws:SourceArn': <present>}}", "unknown"),
        ("{ArnEquals: {'aws:SourceArn': ['arn:aws:sns:us-east-1:123456789012:t', '*']}}", "true"),
        ("{IpAddress: {'aws:SourceIp': 0.0.0.0/0}}", "true"),
        ("{IpAddress: {'aws:SourceIp': [0.0.0.0/1, 128.0.0.0/1]}}", "true"),
        ("{IpAddress: {'aws:SourceIp': [10.0.0.0/8, 203.0.113.0/24]}}", "false"),
        ("{NotIpAddress: {'aws:SourceIp': 203.0.113.0/24}}", "true"),
        ("{StringEqualsIfExists: {'aws:SourceAccount': '1'}}", "true"),
        (
            "{StringEqualsIfExists: {'aws:SourceAccount': '1'}, 'Null': {'aws:SourceAccount': 'false'}}",
            "false",
        ),
        ("{'ForAllValues:StringEquals': {'aws:PrincipalOrgPaths': 'o-1/r-1/'}}", "true"),
        ("{'ForAnyValue:StringEquals': {'aws:PrincipalOrgPaths': 'o-1/r-1/'}}", "false"),
        ("{Bool: {'aws:SecureTransport': 'true'}}", "true"),
        ("{Bool: {'aws:SecureTransport': 'true'}, StringEquals: {'aws:SourceVpce': vpce-1}}", "false"),
        ("{DateLessThan: {'aws:CurrentTime': '2030-01-01T00:00:00Z'}}", "true"),
        ("{StringEquals: <unknown>}", "unknown"),
        ("<unknown>", "unknown"),
    ] {
        check(&with(condition), expected);
    }
}

#[test]
fn a_deny_that_shuts_out_everybody_else_counts() {
    let allow = "{Effect: Allow, Principal: '*', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/*'}";
    for (deny, expected) in [
        (
            "Principal: '*', Action: 's3:*', Resource: '*', Condition: {StringNotEquals: {'aws:PrincipalAccount': '1'}}",
            "false",
        ),
        (
            "Principal: '*', Action: 's3:*', Resource: '*', Condition: {NotIpAddress: {'aws:SourceIp': 203.0.113.0/24}}",
            "false",
        ),
        (
            "Principal: '*', Action: 's3:*', Resource: '*', Condition: {NotIpAddress: {'aws:SourceIp': 0.0.0.0/0}}",
            "true",
        ),
        ("NotPrincipal: {AWS: 'arn:aws:iam::1:root'}, Action: 's3:*', Resource: '*'", "false"),
        ("Principal: '*', NotAction: 's3:Put*', NotResource: 'arn:aws:s3:::c/*'", "false"),
        ("Principal: '*', Action: 's3:Put*', Resource: '*'", "true"),
        ("Principal: '*', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/c/*'", "true"),
        (
            "Principal: '*', Action: 's3:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}",
            "true",
        ),
        (
            "Principal: '*', Action: 's3:*', Resource: '*', Condition: {'ForAnyValue:StringNotEquals': {'aws:PrincipalOrgID': o-1}}",
            "true",
        ),
        ("Principal: '*', Action: <unknown>, Resource: '*'", "unknown"),
        ("Principal: {AWS: 'arn:aws:iam::1:root'}, Action: 's3:*', Resource: '*'", "true"),
    ] {
        let statements = [allow.to_owned(), format!("{{Effect: Deny, {deny}}}")];
        assert_eq!(word(is_public(&statements)), expected, "{deny}");
    }
}

#[test]
fn a_pattern_without_end_ends() {
    let long = format!("'s3:{}b'", "*a".repeat(1000));
    let statement =
        format!("{{Effect: Allow, Principal: '*', Action: [{}], Resource: '*'}}", vec![long; 100].join(", "));
    let document = format!("{{Policy: {{Statement: [{statement}]}}}}");
    let found =
        evaluate(&document, "isPublic(resource.Policy, ['s3:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac'])").truth;
    assert!(found != Truth::True);
}

#[test]
fn a_bucket_is_meant_by_reference_and_by_name() {
    for (name, resource, expected) in [
        ("null", "[<resource>]", "true"),
        ("shop", "[<resource>]", "true"),
        ("shop", "'arn:aws-cn:s3:::shop*'", "true"),
        ("shop", "'arn:aws:s3:::another'", "false"),
        ("null", "'arn:aws:s3:::another'", "false"),
        ("<present>", "'arn:aws:s3:::another'", "unknown"),
        ("<present>", "[<resource>]", "true"),
        ("shop", "<unknown>", "unknown"),
    ] {
        let statement = |resource: &str| {
            format!(
                "{{Effect: Deny, Principal: '*', Action: 's3:*', Resource: {resource}, \
                 Condition: {{Bool: {{'aws:SecureTransport': 'false'}}}}}}"
            )
        };
        let objects = statement("['arn:*:s3:::*/*']");
        let document =
            format!("{{BucketName: {name}, P: {{Statement: [{}, {objects}]}}}}", statement(resource));
        let found = evaluate(&document, "onlyTls(resource.P, resource.BucketName)").truth;
        assert_eq!(word(found), expected, "{resource} for {name}");
    }
}

#[test]
fn what_is_not_known_of_an_action_or_resource_leaves_open_only_what_depends_on_it() {
    for (action, resource, expected) in [
        ("s3:GetObject", "'arn:aws:s3:::<unknown>/*'", "true"),
        ("['s3:<unknown>']", "'*'", "unknown"),
        ("[s3:GetObject, <unknown>]", "<unknown>", "true"),
        ("['sqs:<unknown>']", "'*'", "false"),
    ] {
        let statement = format!("{{Effect: Allow, Principal: '*', Action: {action}, Resource: {resource}}}");
        let document = format!("{{Policy: {{Statement: [{statement}]}}}}");
        let found = evaluate(&document, "isPublic(resource.Policy, ['s3:Get*'])").truth;
        assert_eq!(word(found), expected, "{statement}");
    }
}
