//! Programs: what a file of one says, and each mistake in it, with its place.

#![allow(clippy::unwrap_used)]

mod common;

use common::{files, knowledge};
use onus_knowledge::{File, load, replace_programs};
use onus_model::{Layer, Partition};

const PROGRAM: &str = "\
id: soc-9
name: SOC 9
kind: report
issuer: an auditor
read: 2026-11-22
sources: [https://example.com]
valid: {months: 12, from: period-end}
bridge: {months: 3}
supports: {frameworks: [nist-800-53-r5], layers: [facilities]}
scopes:
  aws:
    as-of: 2026-01-31
    source: https://example.com/scope
    in-scope: [s3, ec2]
    out-of-scope: [lightsail]
  aws-us-gov: {as-of: 2025-01-31, source: https://example.com/gov}
";

fn file(text: &str) -> File {
    File { path: "programs/soc-9.yaml".to_owned(), text: text.to_owned() }
}

/// What is said about a user's own program, when a piece of its text is another: mistakes, or else notices.
#[track_caller]
fn said(from: &str, to: &str) -> Vec<String> {
    assert!(PROGRAM.contains(from), "{from}");
    let own = file(&PROGRAM.replacen(from, to, 1));
    let said = replace_programs(&mut knowledge().clone(), &[own]).unwrap_or_else(|errors| errors);
    said.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn one(from: &str, to: &str, expected: &str) {
    assert_eq!(said(from, to), [format!("programs/soc-9.yaml:{expected}")]);
}

#[test]
fn a_program_says_what_it_says() {
    let mut all = knowledge().clone();
    assert_eq!(replace_programs(&mut all, &[file(PROGRAM)]), Ok(vec![]));
    let program = all.program("soc-9").unwrap();
    assert_eq!((program.validity.months, program.bridge_months), (12, Some(3)));
    assert_eq!(program.supports.layers, [Layer::Facilities]);
    let scope = program.scope(Partition::Aws).unwrap();
    assert_eq!(
        ["ec2", "s3", "lightsail", "sqs"].map(|service| scope.says(service)),
        [Some(true), Some(true), Some(false), None]
    );
    assert_eq!(program.scope(Partition::AwsUsGov).unwrap().says("s3"), None);
    assert!(program.scope(Partition::AwsCn).is_none());
}

#[test]
fn all_layers_are_those_of_services() {
    let mut all = knowledge().clone();
    replace_programs(&mut all, &[file(&PROGRAM.replace("[facilities]", "[all]"))]).unwrap();
    let layers = &all.program("soc-9").unwrap().supports.layers;
    assert_eq!(layers.len(), Layer::ALL.len() - 2);
    assert!(layers.iter().all(|layer| layer.is_of_service()));
}

#[test]
fn each_mistake_is_on_its_line() {
    one("id: soc-9", "id: soc-8", "1:5: the id `soc-8` is not the file's name");
    one("issuer: an auditor", "issuer: ' '", "1:5: a program needs a `issuer`");
    one("sources: [https://example.com]", "sources: []", "1:5: a program needs `sources`");
    one("months: 12", "months: 0", "7:17: `0` is not from 1 to 120 months");
    one("months: 3", "months: 999", "8:18: `999` is not from 1 to 120 months");
    one(
        "{frameworks: [nist-800-53-r5], layers: [facilities]}",
        "{}",
        "9:11: a program supports `frameworks`, or `layers`, or both",
    );
    one("[facilities]", "[facilites]", "9:51: `facilites` is not a layer (did you mean `facilities`?)");
    one(
        "[facilities]",
        "[organization]",
        "9:51: nothing that AWS does proves `organization`: it is the customer's own",
    );
    one("  aws:\n", "  awss:\n", "12:5: `awss` is not a partition (did you mean `aws`?)");
    one("https://example.com/scope", "a page", "13:13: `a page` is no page: https://…");
    one(
        "as-of: 2026-01-31",
        "as-of: 2026-12-31",
        "12:12: a list as of 2026-12-31 was not there on 2026-11-22, when it was read",
    );
    one("[s3, ec2]", "[s3, s3]", "14:20: `s3` stands on line 14 already");
    one("[lightsail]", "[s3]", "15:20: `s3` stands on line 14 already");
    let unknown = said("kind: report", "kind: rapport");
    assert!(unknown[0].starts_with("programs/soc-9.yaml:3:7: unknown variant `rapport`"), "{unknown:?}");
    let unknown = said("bridge:", "bridges:");
    assert!(unknown[0].starts_with("programs/soc-9.yaml:8:1: unknown field `bridges`"), "{unknown:?}");
}

#[test]
fn another_word_for_a_service_is_no_id() {
    let alias = knowledge().services.iter().find(|service| !service.aliases.is_empty()).unwrap();
    let expected =
        format!("14:20: `{}` is another word for a service (its id is `{}`)", alias.aliases[0], alias.id);
    one("[s3, ec2]", &format!("[s3, {}]", alias.aliases[0]), &expected);
}

#[test]
fn what_is_not_known_here_is_a_notice_in_the_users_folder_and_a_mistake_in_ours() {
    let newer = PROGRAM.replace("[s3, ec2]", "[s3, lambd]").replace("[nist-800-53-r5]", "[nist-800-53-r6]");
    let expected = [
        "programs/soc-9.yaml:9:25: there is no framework `nist-800-53-r6` (did you mean `nist-800-53-r5`?)",
        "programs/soc-9.yaml:14:20: there is no service `lambd` (did you mean `lambda`?)",
    ];
    let said = |errors: Vec<onus_knowledge::KnowledgeError>| {
        errors.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let notices = replace_programs(&mut knowledge().clone(), &[file(&newer)]).unwrap();
    assert_eq!(said(notices), expected);
    let errors = load(&files().into_iter().chain([file(&newer)]).collect::<Vec<_>>()).unwrap_err();
    assert_eq!(said(errors), expected);
}

#[test]
fn a_program_takes_the_place_of_the_one_with_its_id_and_an_older_one_says_so() {
    let mut all = knowledge().clone();
    let before = all.programs.len();
    replace_programs(&mut all, &[file(PROGRAM)]).unwrap();
    let older = PROGRAM.replace("2026-01-31", "2025-12-31").replace("name: SOC 9", "name: Other");
    let notices = replace_programs(&mut all, &[file(&older)]).unwrap();
    assert_eq!(
        notices[0].to_string(),
        "programs/soc-9.yaml: the services of program `soc-9` in `aws` are as of 2025-12-31, older than those that it replaces, of 2026-01-31"
    );
    assert_eq!((all.programs.len(), all.program("soc-9").unwrap().name.as_str()), (before + 1, "Other"));
}

#[test]
fn nothing_is_replaced_where_a_file_has_a_mistake() {
    let mut all = knowledge().clone();
    let wrong = File { path: "programs/x.yaml".to_owned(), text: "id: x\n".to_owned() };
    replace_programs(&mut all, &[file(PROGRAM), wrong]).unwrap_err();
    assert_eq!(&all, knowledge());
}
