//! Evidence: what each document, record and check is worth, and what follows for controls and duties.

use crate::kit;
use onus_assess::{
    Assessment, AttestationState, ControlAnswer, DutyState, Options, Standing, Status, TaskState, assess,
};
use onus_knowledge::{Project, Waiver};
use onus_model::{
    Attestation, BridgeLetter, EvidenceFile, FileState, Layer, Partition, ProblemKind, Proof, Record,
    RecordOutcome, RecordResult, Sha256, Workload,
};

const OWN: &str = "aws-shared-responsibility";
/// The day of the tests is 2026-11-22.
const CURRENT: (&str, &str) = ("2025-10-01", "2026-09-30");

/// A SOC 2 report on a period, for the services that it names.
pub(crate) fn soc_2(period: (&str, &str), services: &[&str]) -> Attestation {
    let mut services: Vec<String> = services.iter().map(|id| (*id).to_owned()).collect();
    services.sort();
    Attestation {
        program: "soc-2".to_owned(),
        report: "r-1".to_owned(),
        proof: Proof::Period { from: period.0.parse().unwrap(), to: period.1.parse().unwrap() },
        version: "1".to_owned(),
        sha256: Sha256::new([7; 32]),
        partition: Partition::Aws,
        regions: Vec::new(),
        services: Some(services),
        bridge_letters: Vec::new(),
        line: 4,
    }
}

fn letter(from: &str, to: &str) -> BridgeLetter {
    BridgeLetter { from: from.parse().unwrap(), to: to.parse().unwrap(), sha256: Sha256::new([8; 32]) }
}

/// A signed record that counts today.
pub(crate) fn record(id: &str, target: &str, result: RecordResult) -> Record {
    Record {
        id: id.to_owned(),
        targets: vec![target.parse().unwrap()],
        owner: "Jo".to_owned(),
        due: None,
        how: None,
        outcome: Some(RecordOutcome {
            result,
            date: "2026-11-01".parse().unwrap(),
            valid_until: "2027-11-01".parse().unwrap(),
            signed_off_by: Some("Kim".to_owned()),
        }),
        files: Vec::new(),
        note: None,
        path: format!("evidence/{id}.yaml"),
    }
}

fn done(id: &str, target: &str) -> Record {
    record(id, target, RecordResult::Satisfied)
}

#[derive(Default)]
struct Case {
    attestations: Vec<Attestation>,
    records: Vec<Record>,
    frameworks: Vec<String>,
    waivers: Vec<Waiver>,
    region: Option<String>,
}

impl Case {
    fn assess(self, workload: Workload) -> Assessment {
        let project = Project {
            attestations: self.attestations,
            frameworks: self.frameworks,
            waivers: self.waivers,
            region: self.region,
            ..Project::default()
        };
        let options = Options { date: kit::today(), project, records: self.records, ..Options::default() };
        assess(workload, kit::knowledge(), options)
    }
}

fn control<'a>(assessment: &'a Assessment, id: &str) -> &'a ControlAnswer {
    assessment.controls.iter().find(|control| control.control == id).unwrap()
}

/// How AWS's sites stand for services that are only named: a control that is AWS's alone.
fn site(attestations: Vec<Attestation>, services: &[&str]) -> Standing {
    let assessment = Case { attestations, ..Case::default() }.assess(kit::named(services));
    control(&assessment, "physical-environmental").standing.clone()
}

fn people(records: Vec<Record>) -> Standing {
    let assessment = Case { records, ..Case::default() }.assess(kit::named(&["s3"]));
    control(&assessment, "awareness-training").standing.clone()
}

#[test]
fn without_a_document_inheritance_is_unproven_in_one_phrase() {
    let standing = site(Vec::new(), &["s3", "ec2", "rds"]);
    assert_eq!(standing.status, Status::NotAssessed);
    assert_eq!(standing.missing, ["AWS's part is unproven: no attestation is registered"]);
}

#[test]
fn a_valid_document_with_the_services_in_scope_proves_awss_part() {
    let standing = site(vec![soc_2(CURRENT, &["s3", "ec2"])], &["s3", "ec2"]);
    assert_eq!(standing.status, Status::Satisfied);
    assert_eq!(standing.missing, [""; 0]);
    let expected = "AWS's part in EC2, S3: SOC 2 Type 2 (report r-1), valid until 2027-09-30";
    assert_eq!(standing.evidence, [expected]);
}

#[test]
fn what_a_document_does_not_prove_is_said_with_the_reason() {
    let soc = || soc_2(CURRENT, &["s3"]);
    let table = [
        (soc_2(("2024-10-01", "2025-09-30"), &["s3"]), "SOC 2 Type 2 (report r-1) lapsed on 2026-09-30"),
        (
            soc_2(("2026-12-01", "2027-09-30"), &["s3"]),
            "SOC 2 Type 2 (report r-1) proves nothing before 2026-12-01",
        ),
        (
            soc_2(CURRENT, &["ec2"]),
            "out of scope of SOC 2 Type 2 (report r-1), by the services of the document",
        ),
        (
            Attestation { partition: Partition::AwsUsGov, ..soc() },
            "SOC 2 Type 2 (report r-1) is about partition aws-us-gov, not aws",
        ),
        (
            Attestation { regions: vec!["eu-west-1".to_owned()], ..soc() },
            "SOC 2 Type 2 (report r-1) is about some regions, and which they run in is not known",
        ),
        (
            Attestation { program: "soc-9".to_owned(), ..soc() },
            "no registered attestation supports AWS Shared Responsibility Model",
        ),
    ];
    for (attestation, reason) in table {
        let standing = site(vec![attestation], &["s3"]);
        assert_eq!(standing.missing, [format!("AWS's part in S3 is unproven: {reason}")]);
        assert_eq!(standing.status, Status::NotAssessed);
    }
}

#[test]
fn a_service_that_a_dated_list_does_not_name_is_unknown_there() {
    let unlisted = Attestation { services: None, ..soc_2(CURRENT, &[]) };
    let standing = site(vec![unlisted.clone()], &["s3", "lightsail"]);
    assert_eq!(standing.status, Status::PartlySatisfied);
    assert!(standing.evidence[0].contains("by an old list of services of 2022-07-01"), "{standing:?}");
    let expected = "AWS's part in Lightsail is unproven: whether SOC 2 Type 2 (report r-1) is about them is not \
                    known: not named in its list of services of 2022-07-01";
    assert_eq!(standing.missing, [expected]);
    let assessment = Case { attestations: vec![unlisted], ..Case::default() }.assess(kit::named(&["s3"]));
    let said: Vec<&str> = assessment.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(said, ["the services in scope of `soc-2` are those of 2022-07-01, more than a year ago"]);
}

#[test]
fn regions_and_partitions_are_those_of_the_resources() {
    let regional = Attestation { regions: vec!["eu-central-1".to_owned()], ..soc_2(CURRENT, &["s3"]) };
    for (region, status) in [
        ("eu-central-1", Status::Satisfied),
        ("eu-west-1", Status::NotAssessed),
        ("us-gov-west-1", Status::NotAssessed),
    ] {
        let case =
            Case { attestations: vec![regional.clone()], region: Some(region.to_owned()), ..Case::default() };
        let assessment = case.assess(kit::template("Resources:\n  A: {Type: AWS::S3::Bucket}\n"));
        assert_eq!(control(&assessment, "physical-environmental").standing.status, status, "{region}");
    }
}

#[test]
fn a_program_proves_only_what_it_supports() {
    let services = ["s3"];
    let pci = Attestation {
        program: "pci-dss".to_owned(),
        proof: Proof::Issued { on: "2026-06-01".parse().unwrap(), expires: None },
        ..soc_2(CURRENT, &services)
    };
    let assessment = Case { attestations: vec![pci], ..Case::default() }.assess(kit::named(&services));
    assert_eq!(control(&assessment, "physical-environmental").standing.status, Status::Satisfied);
    // The platform of S3 is AWS's too, but not what the program examines.
    let patches = control(&assessment, "patch-management");
    assert!(
        patches.statements[1].standing.missing[0].contains("no registered attestation supports"),
        "{patches:#?}"
    );
}

#[test]
fn documents_follow_each_other_without_a_gap() {
    let (first, last) = (("2024-10-01", "2025-09-30"), ("2026-01-01", "2026-09-30"));
    let states = |letters: Vec<BridgeLetter>, program: &str| {
        let with = |period, letters| Attestation {
            program: program.to_owned(),
            bridge_letters: letters,
            ..soc_2(period, &["s3"])
        };
        let attestations = vec![with(first, letters), with(last, Vec::new())];
        let assessment = Case { attestations, ..Case::default() }.assess(kit::named(&["s3"]));
        assessment.attestations.iter().map(|used| used.state).collect::<Vec<_>>()
    };
    let gap =
        |from: &str, to: &str| AttestationState::Gap { from: from.parse().unwrap(), to: to.parse().unwrap() };
    let bridged = vec![letter("2025-10-01", "2025-12-31")];
    assert_eq!(states(bridged.clone(), "soc-2"), [AttestationState::Lapsed, AttestationState::Valid]);
    assert_eq!(states(Vec::new(), "soc-2")[1], gap("2025-10-01", "2025-12-31"));
    assert_eq!(states(vec![letter("2025-10-01", "2025-11-30")], "soc-2")[1], gap("2025-12-01", "2025-12-31"));
    assert_eq!(states(vec![letter("2025-10-03", "2025-12-31")], "soc-2")[1], gap("2025-10-01", "2025-12-31"));
    // No letter bridges more than the program lets it, and of some programs none does.
    assert_eq!(states(bridged, "pci-dss")[1], gap("2025-10-01", "2025-12-31"));
}

#[test]
fn a_bridge_letter_carries_a_document_further() {
    let lapsed = soc_2(("2024-11-01", "2025-10-31"), &["s3"]);
    assert_eq!(site(vec![lapsed.clone()], &["s3"]).status, Status::NotAssessed);
    let bridged = Attestation { bridge_letters: vec![letter("2026-11-01", "2026-12-31")], ..lapsed };
    assert_eq!(site(vec![bridged], &["s3"]).status, Status::Satisfied);
}

#[test]
fn a_user_sees_in_every_run_what_does_not_count() {
    let attestations = vec![
        Attestation { program: "soc2".to_owned(), ..soc_2(CURRENT, &["s3"]) },
        soc_2(("2020-01-01", "2020-12-31"), &["s4"]),
    ];
    let mut unsigned = done("people", &format!("{OWN}/awareness-training"));
    unsigned.outcome.as_mut().unwrap().signed_off_by = None;
    let assessment =
        Case { attestations, records: vec![unsigned], ..Case::default() }.assess(kit::named(&["s3"]));
    let said: Vec<_> =
        assessment.problems.iter().map(|problem| (problem.kind, problem.message.as_str())).collect();
    assert_eq!(
        said,
        [
            (
                ProblemKind::Invalid,
                "there is no program `soc2`, of which onus.yaml registers a document on line 4"
            ),
            (
                ProblemKind::Evidence,
                "SOC 2 Type 2 (report r-1) lapsed on 2021-12-31 and proves nothing any more"
            ),
            (
                ProblemKind::Invalid,
                "there is no service `s4`, which the soc-2 document on line 4 of onus.yaml names"
            ),
            (ProblemKind::Evidence, "record `people` does not count: not signed off"),
        ]
    );
    assert_eq!(assessment.problems[0].help.as_deref(), Some("did you mean `soc-2`?"));
}

#[test]
fn a_record_satisfies_the_customers_part_of_a_control_or_a_statement() {
    for target in ["awareness-training", "awareness-training_smt.people"] {
        let standing = people(vec![done("people", &format!("{OWN}/{target}"))]);
        assert_eq!(standing.status, Status::Satisfied, "that AWS trains its own people is no part of it");
    }
    let none = people(Vec::new());
    assert!(none.missing.contains(&"your part has no record".to_owned()), "{none:?}");
}

#[test]
fn the_newest_record_counts_and_of_one_day_the_one_against() {
    let target = format!("{OWN}/awareness-training");
    let dated = |id: &str, result, date: &str| {
        let mut record = record(id, &target, result);
        record.outcome.as_mut().unwrap().date = date.parse().unwrap();
        record
    };
    use RecordResult::{NotSatisfied, Satisfied};
    let against = |records: Vec<Record>| people(records).status == Status::NotSatisfied;
    assert!(!against(vec![dated("a", NotSatisfied, "2026-10-01"), dated("b", Satisfied, "2026-10-02")]));
    assert!(against(vec![dated("a", NotSatisfied, "2026-10-02"), dated("b", Satisfied, "2026-10-01")]));
    assert!(against(vec![dated("a", Satisfied, "2026-10-01"), dated("b", NotSatisfied, "2026-10-01")]));
}

#[test]
fn a_record_that_does_not_count_is_named_with_its_flaws() {
    let target = format!("{OWN}/awareness-training");
    let mut changed = done("people", &target);
    changed.files = vec![EvidenceFile {
        path: "a.pdf".to_owned(),
        sha256: Sha256::new([0; 32]),
        state: FileState::Changed,
    }];
    let standing = people(vec![changed]);
    let expected = "record people does not count: `a.pdf` has changed since it was recorded";
    assert!(standing.missing.contains(&expected.to_owned()), "{standing:?}");
    let plan = Record { outcome: None, due: Some("2027-01-01".parse().unwrap()), ..done("people", &target) };
    let standing = people(vec![plan]);
    assert!(
        standing.missing.contains(&"record people is a plan of Jo, due 2027-01-01".to_owned()),
        "{standing:?}"
    );
}

const BUCKET: &str =
    "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {VersioningConfiguration: {Status: %}}\n";

/// The controls of 800-53 for one bucket, with or without versions.
fn nist(status: &str, records: Vec<Record>, waivers: Vec<Waiver>) -> Assessment {
    let case = Case {
        records,
        waivers,
        frameworks: vec!["nist-800-53-r5".to_owned()],
        attestations: vec![soc_2(CURRENT, &["s3"])],
        ..Case::default()
    };
    case.assess(kit::template(&BUCKET.replace('%', status)))
}

/// A control of the catalogue to which the check on versions is attached, and that the customer has a part in.
fn with_versions(assessment: &Assessment) -> &ControlAnswer {
    let attached = |control: &&ControlAnswer| {
        control.checks.iter().any(|check| check.check == "s3-bucket-versioning")
            && control.share.may_have_customer()
    };
    assessment.controls.iter().find(attached).unwrap()
}

#[test]
fn a_failing_check_speaks_against_whatever_a_record_says() {
    let id = with_versions(&nist("Suspended", Vec::new(), Vec::new())).control.clone();
    let records = vec![done("all", &format!("nist-800-53-r5/{id}"))];
    let assessment = nist("Suspended", records, Vec::new());
    let control = with_versions(&assessment);
    assert_eq!(control.standing.status, Status::NotSatisfied);
    let expected = "check s3-bucket-versioning fails on 1 resource";
    assert!(control.standing.missing.contains(&expected.to_owned()), "{:?}", control.standing);
}

#[test]
fn a_passing_check_alone_never_satisfies() {
    let assessment = nist("Enabled", Vec::new(), Vec::new());
    for control in &assessment.controls {
        for statement in control.statements.iter().filter(|own| own.share.may_have_customer()) {
            assert_ne!(statement.standing.status, Status::Satisfied, "{}", statement.id);
        }
    }
}

#[test]
fn a_waiver_leaves_a_part_open() {
    let waivers = || {
        vec![Waiver {
            check: "*".to_owned(),
            resource: None,
            root: None,
            reason: "x".to_owned(),
            approver: "y".to_owned(),
            expires: "2027-01-01".parse().unwrap(),
            line: 1,
        }]
    };
    let id = with_versions(&nist("Suspended", Vec::new(), Vec::new())).control.clone();
    let assessment = nist("Suspended", vec![done("all", &format!("nist-800-53-r5/{id}"))], waivers());
    let control = with_versions(&assessment);
    assert_eq!(control.standing.status, Status::PartlySatisfied, "{:?}", control.standing);
    let expected = "check s3-bucket-versioning is waived on 1 resource";
    assert!(control.standing.missing.contains(&expected.to_owned()), "{:?}", control.standing);
}

#[test]
fn a_record_for_a_baseline_is_one_for_its_catalogue() {
    let case = |framework: &str, target: &str| Case {
        records: vec![done("ac-1", target)],
        frameworks: vec![framework.to_owned()],
        ..Case::default()
    };
    for (framework, target) in [
        ("fedramp-r5-moderate", "nist-800-53-r5/ac-1"),
        ("nist-800-53-r5", "fedramp-r5-moderate/ac-1"),
        ("fedramp-r5-low", "fedramp-r5-moderate/ac-1"),
    ] {
        let assessment = case(framework, target).assess(kit::named(&["s3"]));
        assert!(control(&assessment, "ac-1").standing.kinds.manual, "{framework} {target}");
        assert!(assessment.tasks.iter().all(|task| !task.id.starts_with("nist-800-53-r5/ac-1_")));
    }
}

#[test]
fn a_record_meets_a_duty_or_says_that_it_is_not_met() {
    let state = |records: Vec<Record>| {
        let assessment = Case { records, ..Case::default() }.assess(kit::named(&["s3"]));
        let cells = assessment.columns.iter().flat_map(|column| &column.cells);
        let state = cells.clone().find(|cell| cell.layer == Layer::CustomerData).unwrap().state;
        let task = assessment.tasks.iter().find(|task| task.id == "duty/s3/customer-data").cloned();
        (state, task.map(|task| task.state))
    };
    let target = "duty/s3/customer-data";
    assert_eq!(state(Vec::new()), (Some(DutyState::NeedsEvidence), Some(TaskState::Open)));
    assert_eq!(state(vec![done("data", target)]), (Some(DutyState::Met), None));
    let against = record("data", target, RecordResult::NotSatisfied);
    assert_eq!(state(vec![against]), (Some(DutyState::NotMet), None));
    let plan = Record { outcome: None, ..done("data", target) };
    assert_eq!(state(vec![plan]), (Some(DutyState::NeedsEvidence), Some(TaskState::Planned)));
}

#[test]
fn a_task_takes_owner_and_day_from_its_record_and_is_overdue_after_it() {
    let plan = Record {
        outcome: None,
        due: Some("2026-11-21".parse().unwrap()),
        how: Some("Ask the owner.".to_owned()),
        ..done("data", "duty/s3/customer-data")
    };
    let assessment = Case { records: vec![plan], ..Case::default() }.assess(kit::named(&["s3"]));
    let task = assessment.tasks.iter().find(|task| task.id == "duty/s3/customer-data").unwrap();
    assert_eq!(
        (task.owner.as_deref(), task.how.as_str(), task.overdue),
        (Some("Jo"), "Ask the owner.", true)
    );
    assert_eq!(task.record, Some(0));
}

#[test]
fn withdrawn_controls_apply_to_nobody_and_count_for_nothing() {
    let case = Case { frameworks: vec!["nist-800-53-r5".to_owned()], ..Case::default() };
    let assessment = case.assess(kit::named(&["s3"]));
    let withdrawn = assessment.controls.iter().filter(|control| control.withdrawn.is_some());
    let count = withdrawn.clone().count();
    assert!(count > 0 && withdrawn.clone().all(|control| control.standing.status == Status::NotApplicable));
    let readiness = &assessment.readiness[0];
    let counted = readiness.controls.applicable() + readiness.controls.not_applicable;
    assert_eq!(counted, assessment.controls.len() - count);
    let coverage = readiness.coverage;
    assert_eq!(
        coverage.automated_possible + coverage.manual_only + coverage.attestation_only,
        readiness.controls.applicable()
    );
    assert_eq!(readiness.figure(), Some(0.0));
}
