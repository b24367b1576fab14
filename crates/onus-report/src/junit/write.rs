//! Fills a report from an assessment.

use super::Options;
use crate::Show;
use crate::facts;
use crate::text::clean;
use onus_assess::{Assessment, Finding, FindingOutcome};
use onus_model::Problem;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::collections::BTreeMap;

/// The assessment as a JUnit report.
pub fn write(assessment: &Assessment, options: &Options) -> String {
    let mut suites: BTreeMap<&str, TestSuite> = BTreeMap::new();
    let mut add = |path, case| {
        suites.entry(path).or_insert_with(|| TestSuite::new(clean(path))).add_test_case(case);
    };
    for finding in &assessment.findings {
        let path = facts::location(assessment, finding.span).map_or("input", |at| at.path);
        add(path, case(assessment, finding, options, path));
    }
    for problem in assessment.problems.iter().filter(|problem| problem.kind.is_error()) {
        let path = facts::place(assessment, &problem.place).map_or("input", |(path, _)| path);
        add(path, unreadable(assessment, problem, path));
    }
    let mut report = Report::new(clean(&assessment.system));
    report.add_test_suites(suites.into_values());
    report.to_string().expect("INVARIANT: the report is made of text that was cleaned for XML")
}

fn case(assessment: &Assessment, finding: &Finding, options: &Options, path: &str) -> TestCase {
    let address = facts::named(assessment, finding.resource);
    let mut case =
        TestCase::new(clean(&format!("{}: {address}", finding.check)), status(assessment, finding, options));
    case.set_classname(clean(path));
    case
}

fn status(assessment: &Assessment, finding: &Finding, options: &Options) -> TestCaseStatus {
    let known = finding.in_baseline && options.show == Show::Open;
    match finding.outcome {
        FindingOutcome::Pass => TestCaseStatus::success(),
        FindingOutcome::Fail if known => skipped(&format!("in the baseline: {}", finding.message)),
        FindingOutcome::Fail => failed(assessment, finding),
        FindingOutcome::Undetermined => skipped(&format!("undetermined: {}", finding.message)),
        FindingOutcome::Waived => {
            let waiver = finding.waiver.and_then(|at| assessment.waivers.get(at));
            let reason = waiver.and_then(|waiver| waiver.reason.as_deref()).unwrap_or("no reason given");
            skipped(&format!("waived: {reason}"))
        }
    }
}

fn skipped(message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(clean(message));
    status
}

fn failed(assessment: &Assessment, finding: &Finding) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(clean(&finding.message));
    status.set_type(finding.severity.as_str());
    let mut lines = Vec::new();
    if let Some(at) = facts::location(assessment, finding.span) {
        lines.push(clean(&format!("{}:{}:{}", at.path, at.line, at.column)).into_owned());
    }
    let argument =
        facts::argument(assessment, finding).and_then(|argument| facts::location(assessment, argument));
    if let Some(at) = argument {
        lines.push(clean(&format!("used at {}:{}:{}", at.path, at.line, at.column)).into_owned());
    }
    if let Some(check) = facts::check(assessment, finding) {
        lines.extend([check.title.clone(), format!("Why: {}", check.why), format!("Fix: {}", check.fix)]);
    }
    status.set_description(lines.join("\n"));
    status
}

fn unreadable(assessment: &Assessment, problem: &Problem, path: &str) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    let at = facts::place(assessment, &problem.place).and_then(|(_, at)| at);
    let place = at.map_or_else(String::new, |(line, column)| format!("{line}:{column}: "));
    status.set_message(clean(&format!("{place}{}", problem.message)));
    let mut case = TestCase::new("input", status);
    case.set_classname(clean(path));
    case
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{hostile, web_shop};

    #[test]
    fn the_web_shop() {
        insta::assert_snapshot!(write(&web_shop(), &Options::default()));
    }

    #[test]
    fn hostile_text_stays_text() {
        let xml = write(&hostile("]]></failure><x a=\"1\">\0\x1b\u{fffe}&amp;"), &Options::default());
        assert!(!xml.contains("<x"), "{xml}");
        assert!(!xml.chars().any(|char| char.is_control() && char != '\n'), "{xml}");
        assert_eq!(xml.matches("<testcase").count(), 8);
    }
}
