//! Fills the contract from an assessment.

use super::chain;
use super::model::{self, Document};
use super::text::write_json;
use super::{Options, SCHEMA_VERSION, counterparts, evidence, to_json};
use crate::facts;
use onus_assess::{Assessment, Finding, Holder, Responsibility, Summary, WaiverStatus, WaiverUse};
use onus_check::Check;
use onus_model::{Coverage, Problem, Span};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The assessment as JSON.
pub fn write(assessment: &Assessment, options: &Options) -> String {
    to_json(&document(assessment, options))
}

/// The same bytes as [`write()`], written as they are made.
///
/// # Errors
/// Those of the writer.
pub fn write_to(assessment: &Assessment, options: &Options, out: &mut impl Write) -> io::Result<()> {
    write_json(&document(assessment, options), out)
}

/// The JSON Schema of what [`write()`] gives.
pub fn schema() -> String {
    // The schema of what is written: a field that may be null is there all the same.
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    to_json(&settings.into_generator().into_root_schema_for::<Document<'_>>())
}

fn document<'a>(all: &'a Assessment, options: &Options) -> Document<'a> {
    let listed = all.findings.iter().filter(|finding| options.show.lists(finding));
    Document {
        schema_version: SCHEMA_VERSION,
        system: &all.system,
        date: all.date.to_string(),
        workload: workload(all),
        resources: (0..all.workload.resources.len()).map(|at| resource(all, at)).collect(),
        responsibilities: all.responsibilities.iter().filter_map(|duty| responsibility(all, duty)).collect(),
        controls: all.controls.iter().map(|answer| control(all, answer)).collect(),
        findings: listed.map(|found| finding(all, found)).collect(),
        counterparts: checked(all, options).into_values().flat_map(counterparts).collect(),
        waivers: all.waivers.iter().map(waiver).collect(),
        providers: all.providers.iter().map(chain::provider).collect(),
        left: all.left.iter().map(|duty| chain::left(all, duty)).collect(),
        hands_on: all.hands_on.iter().map(chain::hand_on).collect(),
        attestations: all.attestations.iter().map(evidence::attestation).collect(),
        records: all.records.iter().map(|record| evidence::record(record, all.date)).collect(),
        tasks: all.tasks.iter().map(|task| evidence::task(all, task)).collect(),
        readiness: all.readiness.iter().map(evidence::readiness).collect(),
        problems: all.problems.iter().map(|found| problem(all, found)).collect(),
        summary: summary(&all.summary),
    }
}

/// The checks of the findings that are listed, by id.
fn checked<'a>(all: &'a Assessment, options: &Options) -> BTreeMap<&'a str, &'a Check> {
    let listed = all.findings.iter().filter(|finding| options.show.lists(finding));
    listed.filter_map(|finding| Some((finding.check.as_str(), facts::check(all, finding)?))).collect()
}

fn workload(all: &Assessment) -> model::Workload<'_> {
    let services = all.columns.iter().map(|column| model::Service {
        service: &column.service,
        name: &column.name,
        heading: &column.heading,
        variant: column.variant.as_deref(),
        category: column.category.into(),
        resources: addresses(all, &column.resources),
    });
    model::Workload {
        inputs: &all.inputs,
        files: all.workload.files.iter().map(|file| file.path.as_str()).collect(),
        services: services.collect(),
    }
}

fn addresses<'a>(all: &'a Assessment, resources: &[usize]) -> Vec<&'a str> {
    resources.iter().map(|at| facts::address(all, *at)).collect()
}

fn resource(all: &Assessment, at: usize) -> model::Resource<'_> {
    let resource = &all.workload.resources[at];
    let placement = all.placements.get(at);
    model::Resource {
        address: &resource.address,
        root: resource.root.as_deref(),
        resource_type: &resource.resource_type,
        native_type: resource.native_type.as_deref(),
        service: placement.and_then(|placement| placement.service.as_deref()),
        variant: placement.and_then(|placement| placement.variant.as_deref()),
        reasons: placement.map_or(&[], |placement| &placement.reasons),
        account: resource.account.as_deref(),
        region: resource.region.as_deref(),
        mapped: resource.coverage == Coverage::Full,
        source: source(all, resource.span),
    }
}

fn source(all: &Assessment, span: Span) -> Option<model::Source<'_>> {
    let at = facts::location(all, span)?;
    Some(model::Source { file: at.path, line: Some(at.line), column: Some(at.column) })
}

fn responsibility<'a>(all: &'a Assessment, duty: &'a Responsibility) -> Option<model::Responsibility<'a>> {
    let candidates = match &duty.holder {
        Holder::Undetermined(parties) => parties.as_slice(),
        _ => &[],
    };
    Some(model::Responsibility {
        service: &duty.service,
        variant: duty.variant.as_deref(),
        layer: duty.layer.as_str(),
        party: model::Holder::of(&duty.holder)?,
        candidates: candidates.iter().map(|party| (*party).into()).collect(),
        provision: duty.provision.as_deref(),
        responsibility: duty.responsibility.as_deref(),
        state: duty.state.map(Into::into),
        because: &duty.because,
        resources: addresses(all, &duty.resources),
        sources: &duty.sources,
    })
}

fn control<'a>(all: &'a Assessment, control: &'a onus_assess::ControlAnswer) -> model::Control<'a> {
    let statements = control.statements.iter().map(|statement| model::Statement {
        id: &statement.id,
        gist: &statement.gist,
        origination: statement.origination().into(),
        because: &statement.because,
        inherited_from: chain::names(all, &statement.providers),
        status: evidence::Status::of(&statement.standing),
        evidence: &statement.standing.evidence,
        missing: &statement.standing.missing,
    });
    model::Control {
        framework: &control.framework,
        control: &control.control,
        title: &control.title,
        origination: control.origination().into(),
        parties: control.parties().iter().map(|party| (*party).into()).collect(),
        provision: control.provision.as_deref(),
        responsibility: control.responsibility.as_deref(),
        because: &control.because,
        inherited_from: chain::of_control(all, control),
        status: evidence::Status::of(&control.standing),
        evidence: &control.standing.evidence,
        missing: &control.standing.missing,
        statements: statements.collect(),
    }
}

fn finding<'a>(all: &'a Assessment, finding: &'a Finding) -> model::Finding<'a> {
    let check = facts::check(all, finding);
    model::Finding {
        check: &finding.check,
        title: check.map_or("", |check| &check.title),
        resource: facts::address(all, finding.resource),
        root: facts::resource(all, finding).and_then(|resource| resource.root.as_deref()),
        outcome: finding.outcome.into(),
        severity: finding.severity.into(),
        layer: finding.layer.as_str(),
        message: &finding.message,
        fix: check.map_or("", |check| &check.fix),
        source: source(all, finding.span),
        argument: facts::argument(all, finding).and_then(|argument| source(all, argument)),
        security_hub: check.map(Check::same_controls).unwrap_or_default(),
        config_rule: check.and_then(Check::same_config_rule),
        fingerprint: &finding.fingerprint,
        in_baseline: finding.in_baseline,
        waiver: finding.waiver,
    }
}

fn waiver(waiver: &WaiverUse) -> model::Waiver<'_> {
    model::Waiver {
        rule: &waiver.rule,
        resource: waiver.resource.as_deref(),
        reason: waiver.reason.as_deref(),
        approver: waiver.approver.as_deref(),
        expires: waiver.expires.map(|day| day.to_string()),
        source: &waiver.source,
        status: waiver.status.into(),
        findings: if let WaiverStatus::Applied(number) = waiver.status { number } else { 0 },
        open: waiver
            .open
            .iter()
            .map(|open| model::Open { check: &open.check, because: &open.because })
            .collect(),
    }
}

fn problem<'a>(all: &'a Assessment, problem: &'a Problem) -> model::Problem<'a> {
    let source = facts::place(all, &problem.place).map(|(file, at)| model::Source {
        file,
        line: at.map(|(line, _)| line),
        column: at.map(|(_, column)| column),
    });
    let error = problem.kind.is_error();
    model::Problem {
        kind: problem.kind.into(),
        severity: if error { model::ProblemSeverity::Error } else { model::ProblemSeverity::Notice },
        message: &problem.message,
        help: problem.help.as_deref(),
        source,
    }
}

const fn summary(summary: &Summary) -> model::Summary {
    model::Summary {
        services: summary.services,
        resources: summary.resources,
        unchecked: summary.unchecked,
        duties: model::Duties {
            aws: summary.aws,
            customer: summary.customer,
            met: summary.met,
            not_met: summary.not_met,
            needs_evidence: summary.needs_evidence,
            waived: summary.waived,
            undetermined: summary.undetermined,
        },
        findings: model::Findings {
            fail: summary.failed,
            pass: summary.passed,
            undetermined: summary.undecided,
            waived: summary.waived_findings,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Show;
    use crate::fixture::{hostile, web_shop};
    use serde_json::Value;
    use std::path::Path;

    fn parsed(assessment: &Assessment, show: Show) -> Value {
        serde_json::from_str(&write(assessment, &Options { show })).unwrap()
    }

    #[test]
    fn the_web_shop() {
        insta::assert_snapshot!(write(&web_shop(), &Options::default()));
    }

    #[test]
    fn what_is_written_is_what_the_schema_says() {
        let schema = serde_json::from_str(&schema()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for assessment in [web_shop(), hostile("\x1b[31m\u{202e}\"\\")] {
            for show in [Show::Open, Show::All] {
                let document = parsed(&assessment, show);
                let errors: Vec<_> =
                    validator.iter_errors(&document).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{errors:#?}");
            }
        }
        assert!(!validator.is_valid(&serde_json::json!({"schema_version": "1.0"})));
    }

    #[test]
    fn passes_are_listed_on_request() {
        let passes = |show| {
            let document = parsed(&web_shop(), show);
            let findings = document["findings"].as_array().unwrap().clone();
            findings.into_iter().filter(|finding| finding["outcome"] == "pass").count()
        };
        assert_eq!((passes(Show::Open), passes(Show::All)), (0, 2));
    }

    #[test]
    fn the_schema_in_the_repository_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/assessment.schema.json");
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, schema()).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == schema(),
            "the format has changed: run the tests once with UPDATE_SCHEMA=1, and review the difference"
        );
    }
}
