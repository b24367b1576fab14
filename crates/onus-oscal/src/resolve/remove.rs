//! What a profile takes out of a control.

use super::budget::Budget;
use crate::catalog::Control;
use crate::common::{Link, Part, Property};
use crate::error::OscalError;
use crate::profile::Remove;

/// Takes out what meets all criteria: parameters, properties, links and parts of the control, and those within them.
pub(super) fn remove(
    criteria: &Remove,
    control: &mut Control,
    budget: &mut Budget,
) -> Result<(), OscalError> {
    check(criteria)?;
    budget
        .steps(1 + control.params.len() + control.props.len() + control.links.len() + size(&control.parts))?;
    control.params.retain(|param| {
        let item =
            Item { name: "param", id: Some(&param.id), class: param.class.as_deref(), ..Item::default() };
        !item.meets(criteria)
    });
    for param in &mut control.params {
        lists(criteria, &mut param.props, &mut param.links);
    }
    lists(criteria, &mut control.props, &mut control.links);
    parts(criteria, &mut control.parts);
    Ok(())
}

fn size(parts: &[Part]) -> usize {
    parts.iter().map(|part| 1 + part.props.len() + part.links.len() + size(&part.parts)).sum()
}

/// Without criteria everything would go, which nobody means.
fn check(criteria: &Remove) -> Result<(), OscalError> {
    let given =
        [&criteria.by_name, &criteria.by_class, &criteria.by_id, &criteria.by_item_name, &criteria.by_ns];
    if given.iter().all(|criterion| criterion.is_none()) {
        return Err(OscalError::Directive { what: "a `remove` says not what to remove".to_owned() });
    }
    match criteria.by_item_name.as_deref() {
        None | Some("param" | "prop" | "link" | "part") => Ok(()),
        Some(other) => {
            let what = format!("`by-item-name` is `param`, `prop`, `link` or `part`, and not `{other}`");
            Err(OscalError::Directive { what })
        }
    }
}

/// What criteria look at.
#[derive(Default)]
struct Item<'i> {
    name: &'static str,
    id: Option<&'i str>,
    given_name: Option<&'i str>,
    class: Option<&'i str>,
    ns: Option<&'i str>,
}

impl Item<'_> {
    fn meets(&self, criteria: &Remove) -> bool {
        let meets = |criterion: &Option<String>, value: Option<&str>| {
            criterion.as_deref().is_none_or(|wanted| value == Some(wanted))
        };
        meets(&criteria.by_item_name, Some(self.name))
            && meets(&criteria.by_id, self.id)
            && meets(&criteria.by_name, self.given_name)
            && meets(&criteria.by_class, self.class)
            && meets(&criteria.by_ns, self.ns)
    }
}

fn lists(criteria: &Remove, props: &mut Vec<Property>, links: &mut Vec<Link>) {
    props.retain(|prop| {
        let item = Item {
            name: "prop",
            id: None,
            given_name: Some(&prop.name),
            class: prop.class.as_deref(),
            ns: prop.ns.as_deref(),
        };
        !item.meets(criteria)
    });
    links.retain(|_| !Item { name: "link", ..Item::default() }.meets(criteria));
}

fn parts(criteria: &Remove, all: &mut Vec<Part>) {
    all.retain(|part| {
        let item = Item {
            name: "part",
            id: part.id.as_deref(),
            given_name: Some(&part.name),
            class: part.class.as_deref(),
            ns: part.ns.as_deref(),
        };
        !item.meets(criteria)
    });
    for part in all {
        lists(criteria, &mut part.props, &mut part.links);
        parts(criteria, &mut part.parts);
    }
}
