//! What a profile changes in the controls that it has selected.

use super::budget::Budget;
use super::combine::for_each;
use super::remove;
use crate::catalog::{Catalog, Control, Group};
use crate::common::{Link, Parameter, Part, Property};
use crate::error::OscalError;
use crate::limits;
use crate::profile::{Add, Alter, Profile, SetParameter};
use std::collections::HashMap;

pub(super) fn modify(
    profile: &Profile,
    catalog: &mut Catalog,
    budget: &mut Budget,
) -> Result<(), OscalError> {
    let Some(modify) = &profile.modify else { return Ok(()) };
    let mut settings: HashMap<&str, Vec<&SetParameter>> = HashMap::new();
    for setting in &modify.set_parameters {
        settings.entry(&setting.param_id).or_default().push(setting);
    }
    set_all(&settings, &mut catalog.params, budget)?;
    set_in_groups(&settings, &mut catalog.groups, budget)?;
    let mut alters: HashMap<&str, Vec<&Alter>> = HashMap::new();
    for alter in &modify.alters {
        alters.entry(&alter.control_id).or_default().push(alter);
    }
    for_each(&mut catalog.controls, &mut catalog.groups, &mut |control| {
        set_all(&settings, &mut control.params, budget)?;
        let alters = alters.get(control.id.as_str()).into_iter().flatten();
        alters.into_iter().try_for_each(|alter| self::alter(alter, control, budget))
    })
}

fn set_in_groups(
    settings: &HashMap<&str, Vec<&SetParameter>>,
    groups: &mut [Group],
    budget: &mut Budget,
) -> Result<(), OscalError> {
    for group in groups {
        set_all(settings, &mut group.params, budget)?;
        set_in_groups(settings, &mut group.groups, budget)?;
    }
    Ok(())
}

fn set_all(
    settings: &HashMap<&str, Vec<&SetParameter>>,
    params: &mut [Parameter],
    budget: &mut Budget,
) -> Result<(), OscalError> {
    for param in params {
        for setting in settings.get(param.id.as_str()).into_iter().flatten() {
            budget.copy(setting)?;
            set(setting, param);
        }
    }
    Ok(())
}

/// A label, a usage and a value take the place of what was there; the rest comes after it.
fn set(setting: &SetParameter, param: &mut Parameter) {
    let replace = |field: &mut Option<String>, value: &Option<String>| {
        if value.is_some() {
            field.clone_from(value);
        }
    };
    replace(&mut param.class, &setting.class);
    replace(&mut param.depends_on, &setting.depends_on);
    replace(&mut param.label, &setting.label);
    replace(&mut param.usage, &setting.usage);
    param.props.extend_from_slice(&setting.props);
    param.links.extend_from_slice(&setting.links);
    param.constraints.extend_from_slice(&setting.constraints);
    param.guidelines.extend_from_slice(&setting.guidelines);
    if !setting.values.is_empty() || setting.select.is_some() {
        param.values.clone_from(&setting.values);
        param.select.clone_from(&setting.select);
    }
}

fn alter(alter: &Alter, control: &mut Control, budget: &mut Budget) -> Result<(), OscalError> {
    for removal in &alter.removes {
        remove::remove(removal, control, budget)?;
    }
    for addition in &alter.adds {
        budget.copy(addition)?;
        add(addition, control, budget)?;
    }
    if depth(&control.parts) > limits::MAX_PART_DEPTH {
        let what = format!("the parts of `{}` lie more than {} deep", control.id, limits::MAX_PART_DEPTH);
        return Err(OscalError::Directive { what });
    }
    Ok(())
}

fn depth(parts: &[Part]) -> usize {
    parts.iter().map(|part| 1 + depth(&part.parts)).max().unwrap_or(0)
}

/// Where an addition goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Before,
    After,
    Starting,
    Ending,
}

impl Position {
    fn of(add: &Add) -> Result<Self, OscalError> {
        match add.position.as_deref() {
            Some("before") => Ok(Self::Before),
            Some("after") => Ok(Self::After),
            Some("starting") => Ok(Self::Starting),
            None | Some("ending") => Ok(Self::Ending),
            Some(other) => {
                let what =
                    format!("`position` is `before`, `after`, `starting` or `ending`, and not `{other}`");
                Err(OscalError::Directive { what })
            }
        }
    }

    /// Within something that has no place of its own for it, before means at the start.
    const fn at_start(self) -> bool {
        matches!(self, Self::Before | Self::Starting)
    }

    const fn is_beside(self) -> bool {
        matches!(self, Self::Before | Self::After)
    }

    /// Puts items at the start or the end.
    fn put<T: Clone>(self, items: &mut Vec<T>, more: &[T]) {
        let at = if self.at_start() { 0 } else { items.len() };
        items.splice(at..at, more.iter().cloned());
    }

    /// Puts items beside one of them.
    fn put_beside<T: Clone>(self, items: &mut Vec<T>, at: usize, more: &[T]) {
        let at = if self.at_start() { at } else { at + 1 };
        items.splice(at..at, more.iter().cloned());
    }
}

/// What an addition has for something that is not a control: the parameters go to the control in any case.
struct Contents<'a> {
    position: Position,
    title: &'a Option<String>,
    props: &'a [Property],
    links: &'a [Link],
    parts: &'a [Part],
}

fn add(add: &Add, control: &mut Control, budget: &mut Budget) -> Result<(), OscalError> {
    let position = Position::of(add)?;
    let contents =
        Contents { position, title: &add.title, props: &add.props, links: &add.links, parts: &add.parts };
    let Some(target) = add.by_id.as_deref().filter(|id| *id != control.id) else {
        contents.put_into_control(control);
        position.put(&mut control.params, &add.params);
        return Ok(());
    };
    budget.steps(count(&control.parts) + control.params.len())?;
    if let Some(at) = control.params.iter().position(|param| param.id == target) {
        contents.put_at_param(control, at);
        position.put_beside(&mut control.params, at, &add.params);
        return Ok(());
    }
    let beside = Beside { props: &mut control.props, links: &mut control.links };
    if contents.put_at_part(&mut control.parts, beside, target) {
        position.put(&mut control.params, &add.params);
    }
    Ok(())
}

fn count(parts: &[Part]) -> usize {
    parts.iter().map(|part| 1 + count(&part.parts)).sum()
}

/// The lists of what holds a part, which take what cannot stand beside one.
struct Beside<'b> {
    props: &'b mut Vec<Property>,
    links: &'b mut Vec<Link>,
}

impl Contents<'_> {
    fn put_into_control(&self, control: &mut Control) {
        if let Some(title) = self.title {
            control.title.clone_from(title);
        }
        self.position.put(&mut control.props, self.props);
        self.position.put(&mut control.links, self.links);
        self.position.put(&mut control.parts, self.parts);
    }

    fn put_at_param(&self, control: &mut Control, at: usize) {
        let (props, links) = if self.position.is_beside() {
            (&mut control.props, &mut control.links)
        } else {
            let param = &mut control.params[at];
            (&mut param.props, &mut param.links)
        };
        self.position.put(props, self.props);
        self.position.put(links, self.links);
        self.position.put(&mut control.parts, self.parts);
    }

    /// Whether the part was there.
    fn put_at_part(&self, parts: &mut Vec<Part>, beside: Beside<'_>, target: &str) -> bool {
        if let Some(at) = parts.iter().position(|part| part.id.as_deref() == Some(target)) {
            if self.position.is_beside() {
                self.position.put(beside.props, self.props);
                self.position.put(beside.links, self.links);
                self.position.put_beside(parts, at, self.parts);
            } else {
                self.put_into_part(&mut parts[at]);
            }
            return true;
        }
        parts.iter_mut().any(|part| {
            let beside = Beside { props: &mut part.props, links: &mut part.links };
            self.put_at_part(&mut part.parts, beside, target)
        })
    }

    fn put_into_part(&self, part: &mut Part) {
        if self.title.is_some() {
            part.title.clone_from(self.title);
        }
        self.position.put(&mut part.props, self.props);
        self.position.put(&mut part.links, self.links);
        self.position.put(&mut part.parts, self.parts);
    }
}
