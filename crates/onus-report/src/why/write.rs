//! The answer for people.

use crate::Screen;
use crate::class::{ink, word};
use crate::facts::counted;
use crate::text::{Ink, Line, Page};
use onus_assess::{
    Alternative, Assessment, Column, ControlAnswer, FindingOutcome, LayerShare, LayerUse, ProviderUse,
    Standing, StatementAnswer,
};
use onus_model::{Convention, Layer, Relation, Share};

/// Reasons of single services that are shown per layer; the chart has them all.
const MAX_SERVICES: usize = 6;
/// Other configurations that are shown; those that move most come first.
const MAX_ALTERNATIVES: usize = 6;
/// Checks that are listed one by one.
const MAX_CHECKS: usize = 12;

/// Why a control, or one of its statements, is whose it is; none where the assessment has no such control or statement.
///
/// Without a convention, the framework is told in that of its field.
pub fn write(
    assessment: &Assessment,
    asked: &str,
    convention: Option<Convention>,
    screen: &Screen,
) -> Option<String> {
    let control = assessment.controls.iter().find(|control| {
        control.control == asked || control.statements.iter().any(|statement| statement.id == asked)
    })?;
    let whole = control.control == asked;
    let statements: Vec<&StatementAnswer> =
        control.statements.iter().filter(|statement| whole || statement.id == asked).collect();
    let convention = assessment.convention_of(&control.framework, convention);
    let mut answer = Answer { page: Page::new(screen), told: Vec::new(), assessment, control, convention };
    answer.opening();
    if control.withdrawn.is_some() {
        return Some(answer.page.finish());
    }
    for group in alike(&statements) {
        answer.statements(&group);
    }
    answer.evidence();
    answer.help(&statements);
    answer.changes(&statements);
    answer.sources();
    Some(answer.page.finish())
}

/// Statements that are decided at the same layers for the same reasons stand together.
fn alike<'a>(statements: &[&'a StatementAnswer]) -> Vec<Vec<&'a StatementAnswer>> {
    let mut groups: Vec<Vec<&StatementAnswer>> = Vec::new();
    for statement in statements {
        match groups
            .iter_mut()
            .find(|group| group[0].layers == statement.layers && group[0].providers == statement.providers)
        {
            Some(group) => group.push(statement),
            None => groups.push(vec![statement]),
        }
    }
    groups
}

/// Why a layer of a service is whose it is, where that is more than its category.
fn because<'a>(assessment: &'a Assessment, column: &Column, layer: Layer) -> Option<&'a str> {
    let cell = column.cells.iter().find(|cell| cell.layer == layer)?;
    let mut reasons =
        cell.responsibilities.iter().map(|row| assessment.responsibilities[*row].because.as_str());
    reasons.find(|reason| !(reason.starts_with(&column.name) && reason.ends_with(" service")))
}

struct Answer<'a> {
    page: Page,
    /// The layers whose services have been told already.
    told: Vec<Layer>,
    assessment: &'a Assessment,
    control: &'a ControlAnswer,
    convention: Convention,
}

impl<'a> Answer<'a> {
    fn opening(&mut self) {
        let control = self.control;
        let line = Line::new()
            .with(Ink::BOLD, &control.control)
            .with(Ink::BOLD, &format!(" · {}", control.title))
            .with(
                Ink::DIM,
                &format!(" · {}", crate::matrix::framework_title(self.assessment, &control.framework)),
            );
        self.page.paragraph(&line);
        if let Some(into) = &control.withdrawn {
            let text = match into.as_slice() {
                [] => "Withdrawn by the publication.".to_owned(),
                into => format!("Withdrawn by the publication; went into {}.", into.join(", ")),
            };
            self.page.paragraph(&Line::new().with(Ink::PLAIN, &text));
            return;
        }
        if let Some(gist) = &control.gist {
            self.page.paragraph(&Line::new().with(Ink::PLAIN, gist));
        }
        self.page.blank();
        self.verdict(control.share);
        for other in Convention::ALL.into_iter().filter(|other| *other != self.convention) {
            let text = format!("{} in the words of {other}", other.label(control.share, control.policy));
            self.page.paragraph(&Line::new().with(Ink::DIM, &text));
        }
    }

    fn verdict(&mut self, share: Share) {
        let policy = self.control.policy;
        let class = self.convention.class(share, policy);
        let mut line = Line::new().with(ink(class), word(class));
        line.push(Ink::PLAIN, &format!(": {} ({})", self.convention.label(share, policy), self.convention));
        if share.is_open(self.convention) {
            line.push(Ink::OPEN, "; undetermined, the widest that is possible is shown");
        }
        self.page.paragraph(&line);
    }

    fn statements(&mut self, group: &[&'a StatementAnswer]) {
        self.page.blank();
        for statement in group {
            let line =
                Line::new().with(Ink::BOLD, &statement.id).with(Ink::PLAIN, &format!(" {}", statement.gist));
            self.page.hanging(0, &line);
        }
        let class = self.convention.class(group[0].share, self.control.policy);
        if self.control.statements.len() > group.len() {
            self.page.hanging(2, &Line::new().with(ink(class), word(class)));
        }
        for primary in &group[0].layers {
            self.layer(primary);
        }
        for found in &group[0].providers {
            self.provider(found);
        }
    }

    /// What a provider between AWS and the customer says.
    fn provider(&mut self, found: &ProviderUse) {
        let providers = &self.assessment.providers;
        let (provider, part) = found.part(providers);
        let text = Line::new()
            .with(Ink::BOLD, &provider.name)
            .with(Ink::PLAIN, &format!(": {}", found.sentence(providers)));
        self.page.hanging(2, &text);
        let texts = part.provides.iter().map(|text| ("does", text));
        for (word, text) in texts.chain(part.leaves.iter().map(|text| ("leaves to you", text))) {
            self.note(&format!("{word}: {text}"));
        }
    }

    fn layer(&mut self, primary: &LayerShare) {
        let title = crate::facts::layer_title(self.assessment, primary.layer);
        let mut text = Line::new().with(Ink::BOLD, title);
        text.push(Ink::DIM, &format!(", {}. ", relation(primary.relation)));
        text.push(Ink::PLAIN, &primary.reason);
        if let Some(through) = &primary.through {
            text.push(Ink::DIM, &format!(" (through {through})"));
        }
        self.page.hanging(2, &text);
        match primary.layer {
            Layer::Organization => self.note("each party's own"),
            Layer::Endpoints if self.assessment.endpoints_in_boundary => {
                self.note("devices and offices are in the boundary, so yours");
            }
            Layer::Endpoints => {
                self.note("devices and offices are not in the boundary (onus.yaml: boundary)")
            }
            layer => self.services(layer),
        }
    }

    fn note(&mut self, text: &str) {
        self.page.hanging(6, &Line::new().with(Ink::DIM, text));
    }

    /// Whose the layer is in each service in use, and why where that is more than the service's kind; once.
    fn services(&mut self, layer: Layer) {
        let assessment = self.assessment;
        let Some(used) = assessment.uses.get(layer.index()) else { return };
        if *used == LayerUse::default() {
            return self.note("no service in use has this layer");
        }
        if self.told.contains(&layer) {
            return self.note("in which service whose: as above");
        }
        self.told.push(layer);
        for (word, style, list) in [
            ("yours", Ink::CUSTOMER, &used.customer),
            ("both parties'", Ink::OPEN, &used.both),
            ("undetermined", Ink::OPEN, &used.open),
            ("AWS's", Ink::AWS, &used.aws),
        ] {
            let columns = || list.iter().map(|at| &assessment.columns[*at]);
            let (plain, special): (Vec<_>, Vec<_>) =
                columns().partition(|column| because(assessment, column, layer).is_none());
            if !plain.is_empty() {
                let names: Vec<&str> = plain.iter().map(|column| column.heading.as_str()).collect();
                let text = format!(" by kind of service: {}", names.join(", "));
                self.page.hanging(6, &Line::new().with(style, word).with(Ink::PLAIN, &text));
            }
            for column in special.iter().take(MAX_SERVICES) {
                let reason = because(assessment, column, layer).unwrap_or_default();
                let text = format!(" in {}: {reason}", column.heading);
                self.page.hanging(6, &Line::new().with(style, word).with(Ink::PLAIN, &text));
            }
            if let Some(more @ 1..) = special.len().checked_sub(MAX_SERVICES) {
                self.note(&format!("{word} in {} more", counted(more, "service")));
            }
        }
    }

    fn evidence(&mut self) {
        let (assessment, control) = (self.assessment, self.control);
        self.page.heading("Evidence");
        self.page.blank();
        let Standing { status, evidence, missing, .. } = &control.standing;
        self.page.paragraph(&Line::new().with(Ink::BOLD, &status.as_str().replace('-', " ")));
        for (label, style, phrases) in [("has", Ink::GOOD, evidence), ("lacks", Ink::BAD, missing)] {
            for phrase in phrases {
                self.page.entry(&Line::new().with(style, label), 6, &Line::new().with(Ink::PLAIN, phrase));
            }
        }
        if !control.share.may_have_customer() {
            return;
        }
        if control.checks.is_empty() {
            self.page.paragraph(
                &Line::new().with(Ink::DIM, "No check can be evidence for it: it takes manual evidence."),
            );
            return;
        }
        let results = |check: &str| {
            let findings: Vec<_> =
                assessment.findings.iter().filter(|finding| finding.check == check).collect();
            let failed = findings.iter().filter(|finding| finding.outcome == FindingOutcome::Fail).count();
            let passed = findings.iter().filter(|finding| finding.outcome == FindingOutcome::Pass).count();
            (failed, passed, findings.len())
        };
        let mut idle = 0;
        let mut shown = 0;
        for check in &control.checks {
            let (failed, passed, all) = results(&check.check);
            if all == 0 || shown == MAX_CHECKS {
                idle += 1;
                continue;
            }
            shown += 1;
            let style = if failed > 0 { Ink::BAD } else { Ink::PLAIN };
            let text = format!("{failed} fail, {passed} pass, {} open or waived", all - failed - passed);
            self.page.entry(
                &Line::new().with(Ink::PLAIN, &format!("  {}", check.check)),
                6,
                &Line::new().with(style, &text),
            );
        }
        if idle > 0 {
            let text = format!(
                "{} more that are evidence for it, with nothing here to look at or no room",
                counted(idle, "check")
            );
            self.note(&text);
        }
    }

    /// What helps with the customer's part, by layer.
    fn help(&mut self, statements: &[&StatementAnswer]) {
        let mut layers: Vec<Layer> = Vec::new();
        for primary in statements.iter().flat_map(|statement| &statement.layers) {
            if primary.share.may_have_customer() && !layers.contains(&primary.layer) {
                layers.push(primary.layer);
            }
        }
        layers.retain(|layer| !self.assessment.knowledge.help(*layer, None).is_empty());
        if layers.is_empty() {
            return;
        }
        self.page.heading("What helps with your part (with links: onus who SERVICE LAYER)");
        self.page.blank();
        for layer in layers {
            let title = crate::facts::layer_title(self.assessment, layer);
            crate::help::brief(&mut self.page, &self.assessment.knowledge, layer, title);
        }
    }

    /// Other configurations under which a statement in question would have another class.
    fn changes(&mut self, statements: &[&StatementAnswer]) {
        let all = onus_assess::alternatives(self.assessment, Some(self.convention));
        let concerns = |other: &&Alternative| {
            other.statements.iter().any(|moved| statements.iter().any(|own| own.id == moved.statement))
        };
        let relevant: Vec<&Alternative> = all.iter().filter(concerns).take(MAX_ALTERNATIVES).collect();
        self.page.heading("What would change it");
        self.page.blank();
        if relevant.is_empty() {
            let text = "No other variant or setting of one service alone.";
            self.page.paragraph(&Line::new().with(Ink::DIM, text));
            return;
        }
        for other in relevant {
            let layers: Vec<String> = other
                .layers
                .iter()
                .map(|moved| format!("{} from {} to {}", moved.layer, moved.from, moved.to))
                .collect();
            let own = other
                .statements
                .iter()
                .filter(|moved| statements.iter().any(|own| own.id == moved.statement));
            let own: Vec<String> = own
                .map(|moved| format!("{} {} → {}", moved.statement, word(moved.from), word(moved.to)))
                .collect();
            let text = format!(
                "moves {}: {}; {} in all",
                layers.join(", "),
                own.join(", "),
                counted(other.statements.len(), "statement")
            );
            let label = format!("{}, instead {}:", other.service, other.instead);
            self.page.hanging(0, &Line::new().with(Ink::BOLD, &label).with(Ink::PLAIN, &format!(" {text}")));
        }
    }

    fn sources(&mut self) {
        let knowledge = &self.assessment.knowledge;
        let Some(framework) = knowledge.framework(&self.control.framework) else { return };
        self.page.heading(&format!("Sources, as of {}", framework.read));
        self.page.blank();
        let crosswalk = knowledge.catalog(framework).crosswalk.as_ref();
        if let Some(walk) = crosswalk.filter(|_| self.control.statements.iter().any(through)) {
            let text = format!("Layers through {}: {}", walk.to, walk.basis);
            self.page.paragraph(&Line::new().with(Ink::PLAIN, &text));
        }
        let crosswalk = crosswalk.into_iter().flat_map(|walk| &walk.sources);
        for source in self.control_sources().iter().chain(&framework.sources).chain(crosswalk) {
            self.page.paragraph(&Line::new().with(Ink::PLAIN, source));
        }
    }

    fn control_sources(&self) -> Vec<String> {
        let knowledge = &self.assessment.knowledge;
        let catalog =
            knowledge.framework(&self.control.framework).map(|framework| knowledge.catalog(framework));
        let control = catalog.and_then(|catalog| catalog.control(&self.control.control));
        control.map(|control| control.sources.clone()).unwrap_or_default()
    }
}

/// Whether a statement's layers come from a control that it maps to.
fn through(statement: &StatementAnswer) -> bool {
    statement.layers.iter().any(|primary| primary.through.is_some())
}

const fn relation(relation: Option<Relation>) -> &'static str {
    match relation {
        None => "AWS has no part",
        Some(Relation::Covers) => "where AWS does it, that covers it",
        Some(Relation::Enables) => "AWS supplies the mechanism, your settings decide",
        Some(Relation::Parallel) => "AWS does the same for itself",
    }
}
