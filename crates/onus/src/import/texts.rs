//! Takes titles, statements and parameters out of a control.

use super::matching::{Match, Matched};
use onus_knowledge::OverlayControl;
use onus_oscal::common::{Parameter, Part};
use onus_report::oscal::untoken;
use std::collections::BTreeMap;

/// What the import says of a control; without texts only that it exists.
pub(super) fn control(own: &Matched<'_>, found: &Match<'_>, with_texts: bool) -> OverlayControl {
    let bare = OverlayControl { id: own.id.clone(), own: !own.known, ..OverlayControl::default() };
    if !with_texts {
        return bare;
    }
    let statements = statements(own, found);
    let text = if statements.is_empty() { whole(&own.control.parts) } else { None };
    OverlayControl {
        title: Some(own.control.title.clone()),
        text,
        statements,
        params: own.control.params.iter().map(|param| (param.id.clone(), told(param))).collect(),
        ..bare
    }
}

/// The texts of the statements that the framework knows; of a control that it does not know there are none.
fn statements(own: &Matched<'_>, found: &Match<'_>) -> BTreeMap<String, String> {
    let ours = found.framework.and_then(|framework| framework.control(&own.id));
    let parts = own.control.parts.iter().filter(|part| part.name == "statement");
    let mut by_id = BTreeMap::new();
    parts.for_each(|part| gather(part, &mut by_id));
    let ids = ours.into_iter().flat_map(|control| &control.statements).map(|statement| &statement.id);
    ids.filter_map(|id| Some((id.clone(), by_id.remove(id)?))).collect()
}

fn gather(part: &Part, by_id: &mut BTreeMap<String, String>) {
    if let (Some(id), Some(text)) = (&part.id, text(part)) {
        by_id.insert(untoken(id), text);
    }
    part.parts.iter().for_each(|part| gather(part, by_id));
}

/// The text of a control's statement as a whole.
fn whole(parts: &[Part]) -> Option<String> {
    let texts: Vec<String> = parts.iter().filter(|part| part.name == "statement").filter_map(text).collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

/// The text of a part, with the items it is made of, each after its label.
fn text(part: &Part) -> Option<String> {
    let items = part.parts.iter().filter(|part| part.name == "item").filter_map(|item| {
        let label = item.props.iter().find(|prop| prop.name == "label");
        let text = text(item)?;
        Some(label.map_or_else(|| text.clone(), |label| format!("{} {text}", label.value)))
    });
    let texts: Vec<String> = part.prose.iter().cloned().chain(items).collect();
    (!texts.is_empty()).then(|| texts.join(" ").split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What stands for a parameter: its values, or what is to be chosen or assigned.
fn told(param: &Parameter) -> String {
    if !param.values.is_empty() {
        return param.values.join(", ");
    }
    match &param.select {
        Some(select) => {
            let many = select.how_many.as_ref().map(|many| format!(" ({many})")).unwrap_or_default();
            format!("[Selection{many}: {}]", select.choice.join("; "))
        }
        None => format!("[Assignment: {}]", param.label.as_deref().unwrap_or(&param.id)),
    }
}
