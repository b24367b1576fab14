//! Assessments to make pages from: the web shop, and a large one that is generated.

mod large;
mod web_shop;

pub(crate) use large::large;
pub(crate) use web_shop::web_shop;

use onus_assess::{
    Assessment, Cell, Column, DutyState, Finding, FindingOutcome, Holder, Placement, Responsibility, Summary,
};
use onus_check::{Check, ConfigRule, Counterpart, Severity, Strictness};
use onus_knowledge::{Knowledge, LayerFacts};
use onus_model::{
    Category, Coverage, Expr, Expression, FileId, Layer, Literal, Map, Node, Party, Resource, SourceFile,
    Span, Value, Workload,
};
use std::sync::Arc;

/// The layers' titles, as the knowledge has them.
pub(crate) fn layers() -> Vec<LayerFacts> {
    let titles = [
        "Customer data",
        "Applications",
        "Identity & access",
        "Client-side encryption",
        "Network configuration",
        "Logging & monitoring",
        "Resilience",
        "Traffic protection",
        "Server-side encryption",
        "Platform, runtime, engine",
        "Guest operating system",
        "Service software",
        "Virtualization",
        "Hardware",
        "Network infrastructure",
        "Facilities",
        "Endpoints",
        "Organization",
    ];
    let facts = |(layer, title): (Layer, &str)| LayerFacts {
        layer,
        title: title.into(),
        what: format!("what belongs to {layer}"),
    };
    Layer::ALL.into_iter().zip(titles).map(facts).collect()
}

/// Builds an assessment piece by piece.
pub(crate) struct Builder {
    pub(crate) knowledge: Knowledge,
    pub(crate) assessment: Assessment,
}

impl Builder {
    pub(crate) fn new(system: &str) -> Self {
        Self {
            knowledge: Knowledge { layers: layers(), ..Knowledge::default() },
            assessment: Assessment {
                system: system.into(),
                date: jiff::civil::date(2026, 11, 22),
                inputs: vec!["infra/".into()],
                knowledge: Arc::default(),
                workload: Workload::default(),
                placements: Vec::new(),
                columns: Vec::new(),
                responsibilities: Vec::new(),
                uses: Vec::new(),
                endpoints_in_boundary: false,
                sites_in_boundary: false,
                controls: Vec::new(),
                findings: Vec::new(),
                waivers: Vec::new(),
                providers: Vec::new(),
                left: Vec::new(),
                hands_on: Vec::new(),
                attestations: Vec::new(),
                records: Vec::new(),
                tasks: Vec::new(),
                readiness: Vec::new(),
                problems: Vec::new(),
                summary: Summary::default(),
            },
        }
    }

    pub(crate) fn file(&mut self, path: &str, text: &str) {
        self.assessment.workload.files.push(SourceFile::new(path, text));
    }

    /// The place of a text in the files; the first byte of the first file where it is nowhere.
    pub(crate) fn find(&self, text: &str) -> Span {
        let files = self.assessment.workload.files.iter().enumerate();
        files
            .filter_map(|(file, source)| {
                let start = source.text.find(text)? as u32;
                Some(Span::new(FileId(file as u32), start, start + text.len() as u32))
            })
            .next()
            .unwrap_or(Span::new(FileId(0), 0, 0))
    }

    /// A column. `parties` has a letter per layer: `C` customer, `A` AWS, `B` both, `?` undetermined, `.` nobody's.
    pub(crate) fn column(
        &mut self,
        id: &str,
        heading: &str,
        category: Category,
        parties: &str,
        resources: &[(&str, &str)],
    ) {
        let (service, variant) =
            id.split_once('/').map_or((id, None), |(service, variant)| (service, Some(variant)));
        let at = self.assessment.columns.len();
        let positions: Vec<usize> = resources
            .iter()
            .map(|(address, kind)| self.resource(service, variant, at, address, kind))
            .collect();
        let cells = Layer::ALL
            .into_iter()
            .filter(|layer| layer.is_of_service())
            .zip(parties.chars())
            .map(|(layer, letter)| self.cell(service, variant, heading, category, layer, letter, &positions))
            .collect();
        self.assessment.columns.push(Column {
            service: service.into(),
            name: format!("Amazon {heading}"),
            heading: heading.into(),
            variant: variant.map(Into::into),
            category,
            resources: positions,
            cells,
        });
    }

    fn resource(
        &mut self,
        service: &str,
        variant: Option<&str>,
        column: usize,
        address: &str,
        kind: &str,
    ) -> usize {
        let span = self.find(&format!("{address}:"));
        self.assessment.workload.resources.push(Resource {
            address: address.into(),
            resource_type: kind.into(),
            native_type: None,
            scope: 0,
            root: None,
            account: None,
            region: Some("eu-central-1".into()),
            properties: Node::new(Value::Map(Map::new()), span),
            span,
            coverage: Coverage::Full,
            elsewhere: Vec::new(),
        });
        self.assessment.placements.push(Placement {
            service: Some(service.into()),
            variant: variant.map(Into::into),
            reasons: Vec::new(),
            column: Some(column),
        });
        self.assessment.workload.resources.len() - 1
    }

    #[allow(clippy::too_many_arguments)]
    fn cell(
        &mut self,
        service: &str,
        variant: Option<&str>,
        heading: &str,
        category: Category,
        layer: Layer,
        letter: char,
        resources: &[usize],
    ) -> Cell {
        let holder = match letter {
            'C' => Holder::Party(Party::Customer),
            'A' => Holder::Party(Party::Aws),
            'B' => Holder::Party(Party::Both),
            '?' => Holder::Undetermined(vec![Party::Aws, Party::Both]),
            _ => Holder::NotApplicable(format!(
                "{heading} has nothing at this layer that anyone could configure"
            )),
        };
        let mut responsibilities = Vec::new();
        if letter != '.' {
            responsibilities.push(self.assessment.responsibilities.len());
            self.assessment.responsibilities.push(Responsibility {
                service: service.into(),
                variant: variant.map(Into::into),
                layer,
                provision: (letter != 'C').then(|| format!("Runs and secures the {layer} of {heading} for every customer alike, and patches it without asking.")),
                responsibility: holder.may_have_customer().then(|| format!("Set up the {layer} of each {heading} resource as your data needs it, and review it when the data changes.")),
                certain: true,
                state: None,
                because: format!("{heading} is {} {} service, whose {layer} is {}.", if category == Category::Managed { "a" } else { "an" }, category.as_str(), match letter { 'C' => "the customer's", 'A' => "AWS's", 'B' => "both parties'", _ => "not decided by what the template says" }),
                resources: resources.to_vec(),
                sources: vec!["https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/shared-responsibility.html".into()],
                holder: holder.clone(),
            });
        }
        let state = match letter {
            '?' => Some(DutyState::Undetermined),
            'C' | 'B' => Some(DutyState::NeedsEvidence),
            _ => None,
        };
        Cell { layer, holder, state, findings: Vec::new(), passed: 0, responsibilities }
    }

    #[allow(clippy::too_many_arguments)]
    pub(crate) fn check(
        &mut self,
        id: &str,
        title: &str,
        layer: Layer,
        severity: Severity,
        ids: (&str, &str),
        why: &str,
        fix: &str,
    ) {
        self.knowledge.checks.push(Check {
            id: id.into(),
            title: title.into(),
            resource: Vec::new(),
            layer,
            severity,
            security_hub: if ids.0.is_empty() {
                Vec::new()
            } else {
                vec![Counterpart { id: ids.0.into(), strictness: Strictness::Equal }]
            },
            config_rules: if ids.1.is_empty() {
                Vec::new()
            } else {
                vec![ConfigRule { name: ids.1.into(), control: Some(ids.0.into()) }]
            },
            also_known_as: Vec::new(),
            applies: None,
            pass: Expression { source: "true".into(), root: Expr::Literal(Literal::Bool(true)) },
            why: why.into(),
            fix: fix.into(),
            sources: vec![
                "https://docs.aws.amazon.com/securityhub/latest/userguide/what-is-securityhub.html".into(),
            ],
            read: None,
            examples: onus_check::Examples::default(),
        });
    }

    pub(crate) fn finding(
        &mut self,
        check: &str,
        address: &str,
        outcome: FindingOutcome,
        message: &str,
        at: &str,
    ) {
        let span = if at.is_empty() { self.find(&format!("{address}:")) } else { self.find(at) };
        let Some(resource) = self.assessment.workload.resources.iter().position(|r| &*r.address == address)
        else {
            panic!("no resource {address}")
        };
        let facts = self
            .knowledge
            .checks
            .iter()
            .find(|facts| facts.id == check)
            .unwrap_or_else(|| panic!("no check {check}"));
        let finding = Finding {
            check: check.into(),
            resource,
            layer: facts.layer,
            outcome,
            severity: facts.severity,
            message: message.into(),
            span,
            waiver: (outcome == FindingOutcome::Waived).then_some(0),
            fingerprint: format!("{check}-{address}"),
            in_baseline: false,
        };
        self.assessment.findings.push(finding);
    }

    /// Sorts the findings, fills the cells and counts.
    pub(crate) fn finish(mut self) -> Assessment {
        let findings = &mut self.assessment.findings;
        findings.sort_by_key(|f| (std::cmp::Reverse(f.severity), f.span.file, f.span.start));
        for (at, finding) in findings.iter().enumerate() {
            let Some(column) = self.assessment.placements[finding.resource].column else { continue };
            let cells = &mut self.assessment.columns[column].cells;
            let Some(cell) = cells.iter_mut().find(|cell| cell.layer == finding.layer) else { continue };
            let state = match finding.outcome {
                FindingOutcome::Pass => DutyState::Met,
                FindingOutcome::Fail => DutyState::NotMet,
                FindingOutcome::Undetermined => DutyState::Undetermined,
                FindingOutcome::Waived => DutyState::Waived,
            };
            match finding.outcome {
                FindingOutcome::Pass => cell.passed += 1,
                _ => cell.findings.push(at),
            }
            if let Some(before) = cell.state {
                let before = if before == DutyState::NeedsEvidence { state } else { before };
                cell.state = Some(before.min(state));
            }
        }
        self.assessment.summary = summary(&self.assessment);
        self.assessment.knowledge = Arc::new(self.knowledge);
        self.assessment
    }
}

fn summary(assessment: &Assessment) -> Summary {
    let cells = || assessment.columns.iter().flat_map(|column| &column.cells);
    let state = |state| cells().filter(|cell| cell.state == Some(state)).count();
    let outcome = |outcome| assessment.findings.iter().filter(|f| f.outcome == outcome).count();
    Summary {
        services: assessment.columns.len(),
        resources: assessment.workload.resources.len(),
        aws: cells().filter(|cell| cell.holder.has_aws()).count(),
        customer: cells().filter(|cell| cell.holder.may_have_customer()).count(),
        met: state(DutyState::Met),
        not_met: state(DutyState::NotMet),
        needs_evidence: state(DutyState::NeedsEvidence),
        waived: state(DutyState::Waived),
        undetermined: state(DutyState::Undetermined),
        failed: outcome(FindingOutcome::Fail),
        passed: outcome(FindingOutcome::Pass),
        undecided: outcome(FindingOutcome::Undetermined),
        waived_findings: outcome(FindingOutcome::Waived),
        unchecked: 1,
    }
}
