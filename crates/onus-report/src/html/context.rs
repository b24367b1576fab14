//! The assessment with the lookups that several sections need.

use super::text::slug;
use onus_assess::{Assessment, Cell, Column, DutyState, Holder, Responsibility};
use onus_check::Check;
use onus_model::{Layer, Party, Place, Resource, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What the sections are made from.
pub(crate) struct Context<'a> {
    pub(crate) assessment: &'a Assessment,
    /// The layers of a service, in the order of the chart.
    pub(crate) layers: Vec<LayerView<'a>>,
    /// The `id` of each column's section.
    pub(crate) anchors: Vec<String>,
    checks: BTreeMap<&'a str, &'a Check>,
    duties: BTreeMap<(usize, Layer), usize>,
}

/// A layer for headings.
#[derive(Clone, Copy)]
pub(crate) struct LayerView<'a> {
    pub(crate) layer: Layer,
    pub(crate) id: &'static str,
    pub(crate) title: &'a str,
    pub(crate) what: &'a str,
}

/// A place in a file, for people.
pub(crate) struct Where<'a> {
    pub(crate) path: &'a str,
    pub(crate) line: Option<u32>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(assessment: &'a Assessment) -> Self {
        let mut duties = BTreeMap::new();
        for (at, duty) in assessment.responsibilities.iter().enumerate() {
            for resource in &duty.resources {
                duties.entry((*resource, duty.layer)).or_insert(at);
            }
        }
        Self {
            assessment,
            layers: Layer::ALL
                .into_iter()
                .filter(|layer| layer.is_of_service())
                .map(|l| layer_view(assessment, l))
                .collect(),
            anchors: anchors(&assessment.columns),
            checks: assessment.knowledge.checks.iter().map(|check| (check.id.as_str(), check)).collect(),
            duties,
        }
    }

    pub(crate) fn layer(&self, layer: Layer) -> LayerView<'a> {
        layer_view(self.assessment, layer)
    }

    pub(crate) fn check(&self, id: &str) -> Option<&'a Check> {
        self.checks.get(id).copied()
    }

    pub(crate) fn resource(&self, position: usize) -> Option<&'a Resource> {
        self.assessment.workload.resources.get(position)
    }

    /// The column of a resource.
    pub(crate) fn column_of(&self, resource: usize) -> Option<usize> {
        self.assessment.placements.get(resource)?.column.filter(|at| *at < self.assessment.columns.len())
    }

    /// The duty that a finding on a resource speaks to.
    pub(crate) fn duty(&self, resource: usize, layer: Layer) -> Option<&'a Responsibility> {
        self.assessment.responsibilities.get(*self.duties.get(&(resource, layer))?)
    }

    pub(crate) fn file(&self, span: Span) -> Option<&'a onus_model::SourceFile> {
        self.assessment.workload.files.get(span.file.0 as usize)
    }

    pub(crate) fn place(&self, span: Span) -> Option<Where<'a>> {
        let file = self.file(span)?;
        Some(Where { path: &file.path, line: Some(file.line_and_column(span.start).0) })
    }

    pub(crate) fn problem_place(&self, place: &'a Place) -> Option<Where<'a>> {
        match place {
            Place::Span(span) => self.place(*span),
            Place::Path(path) => Some(Where { path, line: None }),
            Place::Input => None,
        }
    }

    /// The `id` of a cell's row in the section of its service.
    pub(crate) fn cell_anchor(&self, column: usize, layer: Layer) -> String {
        format!("{}_{}", self.anchors.get(column).map_or("", String::as_str), layer.as_str())
    }
}

fn layer_view(assessment: &Assessment, layer: Layer) -> LayerView<'_> {
    // A report must not fail over a heading, so a layer without facts shows its id.
    let facts = assessment.knowledge.layers.iter().find(|facts| facts.layer == layer);
    LayerView {
        layer,
        id: layer.as_str(),
        title: facts.map_or(layer.as_str(), |facts| &facts.title),
        what: facts.map_or("", |facts| &facts.what),
    }
}

fn anchors(columns: &[Column]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let name = |(at, column): (usize, &Column)| {
        let words = format!("{}-{}", column.service, column.variant.as_deref().unwrap_or_default());
        let mut anchor = format!("s-{}", slug(&words));
        if !taken.insert(anchor.clone()) {
            anchor = format!("{anchor}_{at}");
            taken.insert(anchor.clone());
        }
        anchor
    };
    columns.iter().enumerate().map(name).collect()
}

/// Whose a cell is, in words.
pub(crate) fn whose(holder: &Holder) -> String {
    match holder {
        Holder::Party(party) => owner(*party).to_owned(),
        Holder::Undetermined(parties) => {
            let names: Vec<&str> = parties.iter().map(|party| owner(*party)).collect();
            format!("undetermined: {}", names.join(" or "))
        }
        Holder::NotApplicable(_) => "does not apply".to_owned(),
    }
}

const fn owner(party: Party) -> &'static str {
    match party {
        Party::Aws => "AWS’s",
        Party::Customer => "yours",
        Party::Both => "both",
    }
}

/// How a duty stands, in words.
pub(crate) const fn standing(state: DutyState) -> &'static str {
    match state {
        DutyState::NotMet => "not met",
        DutyState::Undetermined => "undetermined",
        DutyState::NeedsEvidence => "needs evidence",
        DutyState::Waived => "waived",
        DutyState::Met => "met",
    }
}

/// The cell of a column at a layer.
pub(crate) fn cell(column: &Column, layer: Layer) -> Option<&Cell> {
    column.cells.iter().find(|cell| cell.layer == layer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_whose() {
        assert_eq!(whose(&Holder::Party(Party::Both)), "both");
        assert_eq!(
            whose(&Holder::Undetermined(vec![Party::Aws, Party::Customer])),
            "undetermined: AWS’s or yours"
        );
    }
}
