//! The attestations of `onus.yaml`: what makes one, and each mistake in it, with its place.

#![allow(clippy::unwrap_used)]

use onus_knowledge::{MAX_ATTESTATIONS, read_project};
use onus_model::{Partition, Proof};

const DIGEST: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn project() -> String {
    format!(
        "\
programs: programs
evidence: proofs
attestations:
  - program: soc-2
    report: report-1
    version: '2026-1'
    sha256: {DIGEST}
    period: {{from: 2025-04-01, to: 2026-03-31}}
    bridge-letters:
      - {{from: 2026-04-01, to: 2026-06-30, sha256: {DIGEST}}}
  - program: iso-27001
    report: report-2
    version: '1'
    sha256: {DIGEST}
    issued: 2025-01-01
    expires: 2027-12-31
    partition: aws-us-gov
    regions: [us-gov-west-1]
    services: [s3, ec2, s3]
"
    )
}

/// What is said about `onus.yaml`, when a piece of its text is another.
#[track_caller]
fn said(from: &str, to: &str) -> Vec<String> {
    let text = project();
    assert!(text.contains(from), "{from}");
    let errors = read_project("onus.yaml", &text.replacen(from, to, 1)).expect_err("there is a mistake");
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn a_document_is_registered_without_its_contents() {
    let project = read_project("onus.yaml", &project()).unwrap();
    assert_eq!(
        (project.programs.as_deref(), project.evidence.as_deref()),
        (Some("programs"), Some("proofs"))
    );
    let [soc, iso] = &project.attestations[..] else { panic!("two are registered") };
    assert_eq!((soc.line, soc.report.as_str(), soc.partition), (4, "report-1", Partition::Aws));
    assert!(matches!(soc.proof, Proof::Period { .. }) && soc.services.is_none());
    assert_eq!(soc.bridge_letters.len(), 1);
    assert_eq!(soc.sha256.to_string(), DIGEST);
    assert!(matches!(iso.proof, Proof::Issued { expires: Some(_), .. }));
    assert_eq!(iso.services.as_deref().unwrap(), ["ec2", "s3"]);
}

#[test]
fn without_what_makes_it_one_it_does_not_load() {
    for (line, field) in [
        ("    report: report-1\n", "report"),
        ("    version: '2026-1'\n", "version"),
        (&format!("    sha256: {DIGEST}\n"), "sha256"),
    ] {
        let said = said(line, "");
        assert!(said[0].ends_with(&format!("missing field `{field}`")), "{said:?}");
    }
    let period = "    period: {from: 2025-04-01, to: 2026-03-31}\n";
    let message =
        "an attestation has a `period`, or the day when it was `issued` and, if it says so, `expires`";
    assert_eq!(said(period, ""), [format!("onus.yaml:4:5: {message}")]);
    assert_eq!(
        said(period, &format!("{period}    issued: 2026-04-01\n")),
        [format!("onus.yaml:4:5: {message}")]
    );
    assert_eq!(said(period, "    expires: 2026-04-01\n"), [format!("onus.yaml:4:5: {message}")]);
}

#[test]
fn each_mistake_is_on_its_line() {
    for (from, to, expected) in [
        ("report: report-1", "report: ''", "5:13: an attestation needs a `report`"),
        ("version: '1'", "version: ' '", "13:14: an attestation needs a `version`"),
        ("to: 2026-03-31", "to: 2025-03-31", "8:13: 2025-03-31 is before 2025-04-01"),
        ("expires: 2027-12-31", "expires: 2024-12-31", "16:14: 2024-12-31 is before 2025-01-01"),
        ("to: 2026-06-30", "to: 2026-03-30", "10:9: 2026-03-30 is before 2026-04-01"),
        ("aws-us-gov", "aws-us-gob", "17:16: `aws-us-gob` is not a partition (did you mean `aws-us-gov`?)"),
        ("[us-gov-west-1]", "[eu-west-1]", "18:15: region `eu-west-1` is not of partition `aws-us-gov`"),
    ] {
        assert_eq!(said(from, to)[0], format!("onus.yaml:{expected}"));
    }
    let wrong = said(DIGEST, "abc");
    assert_eq!(wrong, ["onus.yaml:7:13: `abc` is no SHA-256: 64 hexadecimal digits"]);
    let unknown = said("regions:", "region:");
    assert!(unknown[0].starts_with("onus.yaml:18:5: unknown field `region`"), "{unknown:?}");
}

#[test]
fn there_is_an_end_to_documents() {
    let one = format!("  - {{program: p, report: r, version: v, sha256: {DIGEST}, issued: 2026-01-01}}\n");
    let many = format!("attestations:\n{}", one.repeat(MAX_ATTESTATIONS + 1));
    let errors = read_project("onus.yaml", &many).unwrap_err();
    assert_eq!(errors[0].to_string(), "onus.yaml:130:5: more than 128 attestations are registered");
}
