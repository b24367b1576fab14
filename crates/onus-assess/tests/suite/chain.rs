//! Systems in a chain: AWS, a provider, the customer, and the customer's own customers.

use crate::kit;
use onus_assess::{Assessment, ControlAnswer, Fate, HandOnStatus, Options, StatementAnswer, published};
use onus_knowledge::{HandOn, Project, Word};
use onus_model::{
    Class, Convention, DocumentPlace, Inherited, Origination, ProblemKind, Provider, ProviderPart, Workload,
};

const NIST: &str = "nist-800-53-r5";

/// What a provider says: control or statement, how much, and what it leaves.
pub(crate) fn provider(name: &str, parts: &[(&str, Inherited, &str)]) -> Provider {
    let part = |(row, (id, inherited, leaves)): (u32, &(&str, Inherited, &str))| ProviderPart {
        framework: NIST.to_owned(),
        control: id.split("_smt").next().unwrap().to_owned(),
        statement: id.contains("_smt").then(|| (*id).to_owned()),
        inherited: *inherited,
        provides: None,
        leaves: Some((*leaves).to_owned()).filter(|text| !text.is_empty()).into_iter().collect(),
        place: DocumentPlace::Row { sheet: "CRM".to_owned(), row },
    };
    Provider { name: name.to_owned(), parts: (2_u32..).zip(parts).map(part).collect(), ..Provider::default() }
}

pub(crate) fn hand_on(target: &str, responsibility: &str) -> HandOn {
    HandOn {
        framework: Word { text: NIST.to_owned(), ..Word::default() },
        target: Word { text: target.to_owned(), ..Word::default() },
        control: target.split("_smt").next().unwrap().to_owned(),
        statement: target.contains("_smt").then(|| target.to_owned()),
        responsibility: responsibility.to_owned(),
        line: 9,
    }
}

pub(crate) fn assess(
    workload: Workload,
    framework: &str,
    providers: Vec<Provider>,
    hands_on: Vec<HandOn>,
) -> Assessment {
    let project = Project { frameworks: vec![framework.to_owned()], hands_on, ..Project::default() };
    let options =
        Options { system: "shop".to_owned(), date: kit::today(), project, providers, ..Options::default() };
    onus_assess::assess(workload, kit::knowledge(), options)
}

#[track_caller]
fn control<'a>(assessment: &'a Assessment, id: &str) -> &'a ControlAnswer {
    assessment
        .controls
        .iter()
        .find(|answer| answer.control == id)
        .unwrap_or_else(|| panic!("no control {id}"))
}

#[track_caller]
fn statement<'a>(assessment: &'a Assessment, id: &str) -> &'a StatementAnswer {
    let mut statements = assessment.controls.iter().flat_map(|answer| &answer.statements);
    statements.find(|answer| answer.id == id).unwrap_or_else(|| panic!("no statement {id}"))
}

use Inherited::{No, Partly, Yes};

#[test]
fn what_the_provider_runs_is_inherited_and_not_the_customers() {
    // Only a bucket is the customer's own; where the platform runs the customer has no layer.
    let alone = assess(Workload::default(), NIST, Vec::new(), Vec::new());
    assert_eq!(control(&alone, "pe-3").origination(), Origination::NotApplicable);
    let paas =
        provider("Example PaaS", &[("pe-3", Yes, ""), ("si-16", Partly, "Build with stack protection.")]);
    let assessment = assess(Workload::default(), NIST, vec![paas], Vec::new());
    let found = control(&assessment, "pe-3");
    assert_eq!(found.origination(), Origination::Inherited);
    assert_eq!(found.label(Convention::Fedramp), "Inherited from pre-existing FedRAMP Authorization");
    assert_eq!(found.parties(), []);
    assert!(
        found.because.contains(&"inherited from Example PaaS, by its CRM, sheet CRM row 2".to_owned()),
        "{:?}",
        found.because
    );
    assert_eq!(control(&assessment, "si-16").origination(), Origination::Shared);
    // Silence makes nothing anybody's.
    assert_eq!(control(&assessment, "pe-6").origination(), Origination::NotApplicable);
}

#[test]
fn a_provider_takes_nothing_of_what_the_customer_runs() {
    let paas = provider("Example PaaS", &[("si-2", Yes, ""), ("pe-3", No, ""), ("ac-2", Yes, "")]);
    let with = assess(kit::named(&["ec2"]), NIST, vec![paas], Vec::new());
    let without = assess(kit::named(&["ec2"]), NIST, Vec::new(), Vec::new());
    assert_eq!(control(&without, "si-2").class(Convention::Fedramp), Class::Shared);
    assert_eq!(control(&with, "si-2").class(Convention::Fedramp), Class::Shared);
    // What AWS does for the customer's own services stays; it is not all, for the provider does nothing of it.
    assert_eq!(control(&without, "pe-3").class(Convention::Fedramp), Class::Inherited);
    assert_eq!(control(&with, "pe-3").class(Convention::Fedramp), Class::Shared);
    assert_eq!(control(&with, "pe-3").origination(), Origination::Undetermined);
    // Accounts in the customer's own AWS remain its own.
    assert_eq!(control(&with, "ac-2").class(Convention::Fedramp), Class::Shared);
}

#[test]
fn an_explicit_no_is_not_read_as_not_applicable() {
    let paas = provider("Example PaaS", &[("pe-3", No, ""), ("pe-6", No, "")]);
    // It answers for its own site, not for what runs on the platform.
    let other = provider("Example Site", &[("pe-6", Yes, "")]);
    let assessment = assess(Workload::default(), NIST, vec![paas, other], Vec::new());
    assert_eq!(control(&assessment, "pe-3").origination(), Origination::Undetermined);
    assert_eq!(control(&assessment, "pe-3").class(Convention::Fedramp), Class::Customer);
    assert_eq!(control(&assessment, "pe-6").origination(), Origination::Undetermined);
    assert_eq!(control(&assessment, "pe-6").class(Convention::Fedramp), Class::Shared);
    let fates: Vec<Fate> = assessment.left.iter().map(|duty| duty.fate).collect();
    assert_eq!(fates, [Fate::Nobody, Fate::Elsewhere]);
}

#[test]
fn what_is_left_in_words_is_the_customers_whatever_the_answer() {
    let duty = "Watch your own offices.";
    for (answer, leaves, origination, class) in [
        (Yes, "", Origination::Inherited, Class::Inherited),
        (Yes, duty, Origination::Shared, Class::Shared),
        (Partly, "", Origination::Shared, Class::Shared),
        (No, duty, Origination::Shared, Class::Shared),
        (No, "", Origination::Undetermined, Class::Shared),
    ] {
        let paas = provider("Example PaaS", &[("pe-6", answer, leaves)]);
        let assessment = assess(kit::named(&["s3"]), NIST, vec![paas], Vec::new());
        let found = control(&assessment, "pe-6");
        assert_eq!(
            (found.origination(), found.class(Convention::Fedramp)),
            (origination, class),
            "{answer} {leaves}"
        );
    }
}

#[test]
fn what_is_left_of_a_control_is_left_of_some_statement() {
    let knowledge = kit::knowledge();
    let nist = knowledge.framework(NIST).unwrap();
    let pe2 = nist.controls.iter().find(|control| control.id == "pe-2").unwrap();
    let mut parts: Vec<_> = pe2.statements.iter().map(|own| (own.id.as_str(), Yes, "")).collect();
    parts.push(("pe-2", Partly, "Name who visits."));
    let assessment = assess(Workload::default(), NIST, vec![provider("Example PaaS", &parts)], Vec::new());
    assert_eq!(control(&assessment, "pe-2").origination(), Origination::Shared);
}

#[test]
fn a_statement_answers_for_itself() {
    let paas = provider("Example PaaS", &[("pe-2", Yes, ""), ("pe-2_smt.b", Partly, "Badges.")]);
    let assessment = assess(Workload::default(), NIST, vec![paas], Vec::new());
    let of = |id: &str| statement(&assessment, id).origination();
    assert_eq!((of("pe-2_smt.a"), of("pe-2_smt.b")), (Origination::Inherited, Origination::Shared));
    assert_eq!(control(&assessment, "pe-2").origination(), Origination::Shared);
}

#[test]
fn selections_and_crosswalks_have_the_answers_of_the_pivot() {
    let paas = || vec![provider("Example PaaS", &[("pe-3", Yes, "")])];
    let low = assess(Workload::default(), "fedramp-r5-low", paas(), Vec::new());
    assert_eq!(control(&low, "pe-3").origination(), Origination::Inherited);
    let knowledge = kit::knowledge();
    let walked =
        knowledge.frameworks.iter().filter(|own| own.crosswalk.as_ref().is_some_and(|walk| walk.to == NIST));
    let mut seen = 0;
    for framework in walked {
        let assessment = assess(Workload::default(), &framework.id, paas(), Vec::new());
        for mapped in framework.controls.iter().filter(|own| own.maps.iter().any(|id| id == "pe-3")) {
            let found = control(&assessment, &mapped.id);
            assert!(found.share.may_be_provided(), "{} {}", framework.id, mapped.id);
            let line = "inherited from Example PaaS, by its CRM, sheet CRM row 2 (through pe-3)".to_owned();
            assert!(found.because.contains(&line), "{:?}", found.because);
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn three_parties_deep_every_responsibility_is_accounted_for() {
    let paas = provider(
        "Example PaaS",
        &[
            ("ac-2", Partly, "Review your accounts."),
            ("pe-3", Partly, "Lock your offices."),
            ("pe-6", Partly, "Watch your offices."),
            ("si-2", Yes, ""),
            ("sc-7", No, "Restrict your own routes."),
        ],
    );
    let hands_on = vec![
        hand_on("pe-6", "Watch the rooms with our terminals."),
        hand_on("ac-2_smt.f", "Remove your leavers."),
        hand_on("ma-4", "Nothing was left here."),
        hand_on("zz-1", "There is no such control."),
    ];
    let assessment = assess(kit::named(&["s3"]), NIST, vec![paas], hands_on);
    let fates: Vec<_> = assessment
        .left
        .iter()
        .map(|duty| (assessment.providers[0].parts[duty.part].control.as_str(), duty.fate))
        .collect();
    assert_eq!(
        fates,
        [
            ("ac-2", Fate::TakenAndHandedOn),
            ("pe-3", Fate::Nobody),
            ("pe-6", Fate::HandedOn),
            ("sc-7", Fate::Taken),
        ]
    );
    let statuses: Vec<HandOnStatus> = assessment.hands_on.iter().map(|found| found.status).collect();
    assert_eq!(statuses[..2], [HandOnStatus::Left, HandOnStatus::Left]);
    assert_eq!(statuses[3], HandOnStatus::Unknown);
    let problems: Vec<(ProblemKind, &str)> = assessment
        .problems
        .iter()
        .filter(|problem| matches!(problem.kind, ProblemKind::Unowned | ProblemKind::Invalid))
        .map(|problem| (problem.kind, problem.message.as_str()))
        .collect();
    assert!(problems.contains(&(
        ProblemKind::Unowned,
        "sheet CRM row 3: Example PaaS leaves part of `pe-3` to you, and nobody took it: Lock your offices."
    )), "{problems:?}");
    assert!(
        problems
            .contains(&(ProblemKind::Invalid, "line 9: `zz-1` is handed on, but there is no such control"))
    );
}

#[test]
fn what_nobody_left_and_the_customer_has_no_part_in_cannot_be_handed_on() {
    let assessment =
        assess(kit::named(&["s3"]), NIST, Vec::new(), vec![hand_on("pe-3", "x"), hand_on("ac-2", "y")]);
    let statuses: Vec<HandOnStatus> = assessment.hands_on.iter().map(|found| found.status).collect();
    assert_eq!(statuses, [HandOnStatus::NothingToHandOn, HandOnStatus::Own]);
    let problem = assessment.problems.iter().find(|problem| problem.kind == ProblemKind::Unowned).unwrap();
    assert!(problem.message.starts_with("line 9: `pe-3` is handed on, but"), "{}", problem.message);
}

#[test]
fn what_is_published_is_what_is_done_above_less_what_is_handed_on() {
    let paas = provider(
        "Example PaaS",
        &[("pe-3", Yes, ""), ("pe-6", Partly, "Watch your offices."), ("sc-10", Yes, "")],
    );
    let hands_on =
        vec![hand_on("sc-10", "End idle sessions."), hand_on("ac-2_smt.f", "Remove your leavers.")];
    let assessment = assess(kit::named(&["s3"]), NIST, vec![paas], hands_on);
    let rows = published(&assessment);
    let row = |control: &str, statement: Option<&str>| {
        rows.iter().find(|row| row.control == control && row.statement == statement).unwrap()
    };
    let pe3 = row("pe-3", None);
    assert_eq!((pe3.inherited, pe3.by.as_slice()), (Yes, ["AWS", "Example PaaS"].as_slice()));
    let pe6 = row("pe-6", None);
    assert_eq!((pe6.inherited, pe6.unsettled), (Partly, true));
    let sc10 = row("sc-10", None);
    assert_eq!(
        (sc10.inherited, sc10.responsibilities.as_slice()),
        (Partly, ["End idle sessions."].as_slice())
    );
    let leavers = row("ac-2", Some("ac-2_smt.f"));
    assert_eq!(
        (leavers.inherited, leavers.responsibilities.as_slice()),
        (Partly, ["Remove your leavers."].as_slice())
    );
    // Policies are each party's own.
    assert_eq!((row("ac-1", None).inherited, row("ac-1", None).applies), (No, true));
    // The order is that of the assessment: each control, then its statements.
    let expected: usize = assessment.controls.iter().map(|answer| 1 + answer.statements.len()).sum();
    assert_eq!(rows.len(), expected);
}
