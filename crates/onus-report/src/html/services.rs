//! The services in use: their resources, and both parties' part at every layer.

use super::context::{Context, LayerView, Where, cell, standing, whose};
use super::text::count;
use crate::facts;
use onus_assess::{Cell, DutyState, Holder, Responsibility};
use std::borrow::Cow;

/// Resources named per service.
const RESOURCES: usize = 200;
/// Findings linked per cell.
const LINKED: usize = 12;

/// A service in one of its variants.
pub(crate) struct ServiceView<'a> {
    pub(crate) anchor: &'a str,
    pub(crate) heading: &'a str,
    pub(crate) name: &'a str,
    pub(crate) category: &'static str,
    pub(crate) number: String,
    pub(crate) resources: Vec<ResourceView<'a>>,
    pub(crate) more: usize,
    /// Why its variant is undetermined.
    pub(crate) reasons: Vec<&'a str>,
    pub(crate) layers: Vec<DutyView<'a>>,
    /// The pages that its layers cite, by number from one.
    pub(crate) sources: Vec<&'a str>,
    /// How many of its layers are in each state, the worst first.
    pub(crate) states: Vec<(&'static str, String)>,
}

/// A resource.
pub(crate) struct ResourceView<'a> {
    pub(crate) address: &'a str,
    /// Its root module, where there are several.
    pub(crate) root: Option<&'a str>,
    pub(crate) kind: &'a str,
    pub(crate) place: Option<Where<'a>>,
    pub(crate) account: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
}

/// A layer of a service.
pub(crate) struct DutyView<'a> {
    pub(crate) anchor: String,
    pub(crate) layer: LayerView<'a>,
    pub(crate) whose: String,
    pub(crate) holder: &'static str,
    pub(crate) state: Option<(&'static str, &'static str)>,
    pub(crate) parts: Vec<Part<'a>>,
    pub(crate) not_applicable: Option<&'a str>,
    pub(crate) findings: Vec<(String, &'a str, Cow<'a, str>)>,
    pub(crate) more_findings: usize,
    pub(crate) passed: usize,
}

/// What both parties do, in one configuration of the service.
pub(crate) struct Part<'a> {
    /// The configuration, where the layer has more than one.
    pub(crate) configuration: Option<String>,
    pub(crate) duty: &'a Responsibility,
    /// The numbers of its sources among those of the service.
    pub(crate) cited: Vec<(usize, &'a str)>,
}

/// All services in use.
pub(crate) fn services<'a>(context: &'a Context<'a>) -> Vec<ServiceView<'a>> {
    (0..context.assessment.columns.len()).map(|at| service(context, at)).collect()
}

fn service<'a>(context: &'a Context<'a>, at: usize) -> ServiceView<'a> {
    let column = &context.assessment.columns[at];
    let mut reasons = Vec::new();
    for reason in
        column.resources.iter().filter_map(|r| context.assessment.placements.get(*r)).flat_map(|p| &p.reasons)
    {
        if !reasons.contains(&reason.as_str()) && reasons.len() < 8 {
            reasons.push(reason.as_str());
        }
    }
    let mut sources = Vec::new();
    let layers = context.layers.iter().map(|layer| duty(context, at, *layer, &mut sources)).collect();
    ServiceView {
        anchor: &context.anchors[at],
        heading: &column.heading,
        name: &column.name,
        category: column.category.as_str(),
        number: match column.resources.len() {
            0 => "named, not found in the input".to_owned(),
            number => count(number, "resource", "resources"),
        },
        resources: column.resources.iter().take(RESOURCES).filter_map(|r| resource(context, *r)).collect(),
        more: column.resources.len().saturating_sub(RESOURCES),
        reasons,
        layers,
        sources,
        states: states(&column.cells),
    }
}

/// A cell of which nobody could tell whose it is.
pub(crate) struct Open<'a> {
    pub(crate) anchor: &'a str,
    pub(crate) heading: &'a str,
    pub(crate) layer: &'a str,
    pub(crate) whose: &'a str,
    pub(crate) reasons: &'a [&'a str],
}

/// The cells of which nobody could tell whose they are.
pub(crate) fn open<'a>(services: &'a [ServiceView<'a>]) -> Vec<Open<'a>> {
    let of = |service: &'a ServiceView<'a>| {
        service.layers.iter().filter(|duty| duty.holder == "undetermined").map(|duty| Open {
            anchor: &duty.anchor,
            heading: service.heading,
            layer: duty.layer.title,
            whose: &duty.whose,
            reasons: &service.reasons,
        })
    };
    services.iter().flat_map(of).collect()
}

fn resource<'a>(context: &Context<'a>, at: usize) -> Option<ResourceView<'a>> {
    let resource = context.resource(at)?;
    Some(ResourceView {
        address: &resource.address,
        root: facts::root(context.assessment, at),
        kind: resource.native_type.as_deref().unwrap_or(&resource.resource_type),
        place: context.place(resource.span),
        account: resource.account.as_deref(),
        region: resource.region.as_deref(),
    })
}

fn states(cells: &[Cell]) -> Vec<(&'static str, String)> {
    use DutyState::{Met, NeedsEvidence, NotMet, Undetermined, Waived};
    let number = |state| cells.iter().filter(|cell| cell.state == Some(state)).count();
    [NotMet, Undetermined, NeedsEvidence, Waived, Met]
        .into_iter()
        .filter(|state| number(*state) > 0)
        .map(|state| {
            let words =
                if state == NeedsEvidence && number(state) > 1 { "need evidence" } else { standing(state) };
            (state.as_str(), format!("{} {words}", number(state)))
        })
        .collect()
}

fn duty<'a>(
    context: &'a Context<'a>,
    at: usize,
    layer: LayerView<'a>,
    sources: &mut Vec<&'a str>,
) -> DutyView<'a> {
    let assessment = context.assessment;
    let cell = cell(&assessment.columns[at], layer.layer);
    let duties: Vec<&Responsibility> = cell
        .iter()
        .flat_map(|cell| &cell.responsibilities)
        .filter_map(|duty| assessment.responsibilities.get(*duty))
        .collect();
    let several = duties.len() > 1;
    let findings = cell.map_or(&[][..], |cell| &cell.findings);
    let finding = |position: &usize| {
        let finding = assessment.findings.get(*position)?;
        let title = context.check(&finding.check).map_or(&*finding.check, |check| &check.title);
        Some((format!("f-{position}"), title, facts::named(assessment, finding.resource)))
    };
    DutyView {
        anchor: context.cell_anchor(at, layer.layer),
        layer,
        whose: cell.map_or_else(|| "does not apply".to_owned(), |cell| whose(&cell.holder)),
        holder: cell.map_or("not-applicable", |cell| cell.holder.as_str()),
        state: cell.and_then(|cell| cell.state).map(|state| (state.as_str(), standing(state))),
        parts: duties.into_iter().map(|duty| part(duty, several, sources)).collect(),
        not_applicable: cell.and_then(|cell| match &cell.holder {
            Holder::NotApplicable(reason) => Some(reason.as_str()),
            _ => None,
        }),
        findings: findings.iter().take(LINKED).filter_map(finding).collect(),
        more_findings: findings.len().saturating_sub(LINKED),
        passed: cell.map_or(0, |cell| cell.passed),
    }
}

fn part<'a>(duty: &'a Responsibility, several: bool, sources: &mut Vec<&'a str>) -> Part<'a> {
    let named = || {
        let variant = duty.variant.as_deref().unwrap_or("as configured").replace('+', ", ").replace('-', " ");
        format!("{variant} ({})", count(duty.resources.len(), "resource", "resources"))
    };
    let cite = |source: &'a String| {
        let known = sources.iter().position(|page| page == source);
        let number = known.unwrap_or_else(|| {
            sources.push(source);
            sources.len() - 1
        });
        (number + 1, source.as_str())
    };
    Part { configuration: several.then(named), duty, cited: duty.sources.iter().map(cite).collect() }
}
