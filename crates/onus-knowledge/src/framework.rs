//! Frameworks: a file each, or a folder with a file per group.

use crate::error::{KnowledgeError, Mistakes, did_you_mean};
use crate::files::File;
use crate::raw::{
    self, Entries, RawAttachments, RawControl, RawFramework, RawGroupFile, RawItems, RawPrimaryLayer,
};
use onus_check::Check;
use onus_model::{
    Attachment, AttachmentSource, Control, Crosswalk, Framework, Group, Layer, PrimaryLayer, Relation,
    Selection, Statement, UnknownLayer,
};
use serde_saphyr::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// The attachments that need no page of their own: a check speaks to a control by what both say.
const OWN: &str = "own";

/// Reads the frameworks of a knowledge folder.
pub(crate) fn read_all(
    files: &[&File],
    checks: &[Check],
    errors: &mut Vec<KnowledgeError>,
) -> Vec<Framework> {
    let mut frameworks: Vec<Framework> = Vec::new();
    for file in files.iter().filter(|file| is_head(&file.path)) {
        let mut reader = Reader { checks, mistakes: Mistakes::new(&file.path) };
        match raw::parse::<RawFramework>(&file.path, &file.text) {
            Ok(raw) => {
                reader.name(&raw, &file.path);
                let mut framework = reader.head(raw);
                errors.extend(reader.mistakes.into_inner());
                let folder = file.path.strip_suffix("framework.yaml");
                for part in folder.into_iter().flat_map(|folder| parts(files, folder)) {
                    read_part(&mut framework, part, checks, errors);
                }
                check_ids(&framework, &file.path, errors);
                frameworks.push(framework);
            }
            Err(error) => errors.push(error),
        }
    }
    frameworks.sort_by(|a, b| a.id.cmp(&b.id));
    check_references(&frameworks, errors);
    frameworks
}

/// `frameworks/x.yaml`, or `frameworks/x/framework.yaml`.
fn is_head(path: &str) -> bool {
    path.matches('/').count() == 1 || path.ends_with("/framework.yaml")
}

/// The other files of a framework's folder: groups first, in the order of their names.
fn parts<'f>(files: &[&'f File], folder: &str) -> Vec<&'f File> {
    let of_folder = files.iter().filter(|file| file.path.starts_with(folder) && !is_head(&file.path));
    let mut parts: Vec<&File> = of_folder.copied().collect();
    parts.sort_by_key(|file| is_table(&file.path));
    parts
}

fn is_table(path: &str) -> bool {
    path.ends_with("/checks.yaml") || path.ends_with("/items.yaml")
}

fn read_part(framework: &mut Framework, file: &File, checks: &[Check], errors: &mut Vec<KnowledgeError>) {
    let mut reader = Reader { checks, mistakes: Mistakes::new(&file.path) };
    let read = if file.path.ends_with("/checks.yaml") {
        raw::parse::<RawAttachments>(&file.path, &file.text).map(|raw| reader.attachments(framework, raw))
    } else if file.path.ends_with("/items.yaml") {
        raw::parse::<RawItems>(&file.path, &file.text).map(|raw| reader.items(framework, raw))
    } else {
        raw::parse::<RawGroupFile>(&file.path, &file.text).map(|raw| reader.group(framework, raw))
    };
    errors.extend(reader.mistakes.into_inner());
    errors.extend(read.err());
}

struct Reader<'a> {
    checks: &'a [Check],
    mistakes: Mistakes<'a>,
}

impl Reader<'_> {
    fn name(&mut self, raw: &RawFramework, path: &str) {
        let places = [
            format!("frameworks/{}.yaml", raw.id.value),
            format!("frameworks/{}/framework.yaml", raw.id.value),
        ];
        if places.iter().all(|place| place != path) {
            self.mistakes.at(raw.id.referenced, format!("the id `{}` is not the file's name", raw.id.value));
        }
    }

    fn head(&mut self, raw: RawFramework) -> Framework {
        if raw.selects.is_some() == raw.select.is_empty()
            || (raw.selects.is_some() && !raw.controls.is_empty())
        {
            let message = "a selection has `selects` and `select`, and no controls of its own";
            self.mistakes.at(raw.id.referenced, message);
        }
        let selects = raw.selects.map(|framework| Selection {
            framework: framework.value,
            controls: raw.select.into_iter().map(|id| id.value).collect(),
        });
        let groups: Vec<Group> =
            raw.groups.into_iter().map(|group| Group { id: group.id, title: group.title }).collect();
        let controls = raw.controls.into_iter().map(|control| self.control(control, None)).collect();
        Framework {
            id: raw.id.value,
            title: raw.title,
            version: raw.version,
            read: raw.read,
            sources: raw.sources,
            convention: raw.convention,
            selects,
            crosswalk: raw.crosswalk.map(|walk| Crosswalk {
                to: walk.to.value,
                basis: walk.basis,
                sources: walk.sources,
            }),
            groups,
            controls,
            attachments: vec![AttachmentSource {
                id: OWN.to_owned(),
                title: "judged from what the check looks at and what the control asks".to_owned(),
                source: None,
            }],
        }
    }

    fn group(&mut self, framework: &mut Framework, raw: RawGroupFile) {
        if framework.group(&raw.group.value).is_none() {
            framework.groups.push(Group { id: raw.group.value.clone(), title: raw.title });
        }
        let group = raw.group.value;
        let controls = raw.controls.into_iter().map(|control| self.control(control, Some(&group)));
        framework.controls.extend(controls);
    }

    fn control(&mut self, raw: RawControl, group: Option<&str>) -> Control {
        let at = raw.id.referenced;
        let mut control = Control {
            id: raw.id.value,
            title: raw.title,
            group: raw.group.map(|group| group.value).or_else(|| group.map(str::to_owned)),
            gist: raw.gist,
            provision: raw.provision,
            responsibility: raw.responsibility,
            withdrawn: raw.withdrawn.map(|into| into.into_iter().map(|id| id.value).collect()),
            statements: Vec::new(),
            maps: raw.maps.into_iter().map(|id| id.value).collect(),
            checks: Vec::new(),
            sources: raw.sources,
        };
        for (source, ids) in raw.checks.0 {
            self.attach(&mut control, &source, &ids);
        }
        if control.withdrawn.is_some() {
            return control;
        }
        let silent = |layers: &Entries<_>| layers.0.is_empty();
        let bare = silent(&raw.layers)
            && (raw.statements.0.is_empty() || raw.statements.0.iter().any(|(_, own)| silent(&own.layers)));
        if bare && control.maps.is_empty() {
            let message =
                format!("control `{}` has neither layers nor a control that it maps to", control.id);
            self.mistakes.at(at, message);
        }
        let common = self.layers(raw.layers);
        if raw.statements.0.is_empty() {
            let gist = control.gist.clone().unwrap_or_else(|| control.title.clone());
            let id = control.statement_id(None);
            control.statements.push(Statement { id, gist, layers: common, items: Vec::new() });
        } else {
            for (letter, statement) in raw.statements.0 {
                let own = self.layers(statement.layers);
                let layers = if own.is_empty() { common.clone() } else { own };
                let id = control.statement_id(Some(&letter));
                control.statements.push(Statement { id, gist: statement.gist, layers, items: Vec::new() });
            }
        }
        control
    }

    fn layers(&mut self, raw: Entries<Spanned<RawPrimaryLayer>>) -> Vec<PrimaryLayer> {
        let mut layers = Vec::new();
        for (name, primary) in raw.0 {
            let layer: Layer = match name.parse() {
                Ok(layer) => layer,
                Err(UnknownLayer(word)) => {
                    let help = did_you_mean(&word, Layer::ALL.iter().map(|layer| layer.as_str()));
                    self.mistakes.note(primary.referenced, format!("`{word}` is not a layer"), help);
                    continue;
                }
            };
            let RawPrimaryLayer { relation, reason } = primary.value;
            if reason.trim().is_empty() {
                self.mistakes.at(primary.referenced, format!("layer `{layer}` needs a reason"));
            }
            if !layer.is_of_service() && relation == Some(Relation::Covers) {
                let message = format!("nothing that AWS does covers `{layer}`: it is the customer's own");
                self.mistakes.at(primary.referenced, message);
            }
            layers.push(PrimaryLayer { layer, relation, reason });
        }
        layers
    }

    fn attach(&mut self, control: &mut Control, source: &str, ids: &[Spanned<String>]) {
        for id in ids {
            if !self.checks.iter().any(|check| check.id == id.value) {
                let help = did_you_mean(&id.value, self.checks.iter().map(|check| check.id.as_str()));
                self.mistakes.note(id.referenced, format!("there is no check `{}`", id.value), help);
            } else if control.checks.iter().any(|known| known.check == id.value) {
                self.mistakes.at(id.referenced, format!("`{}` names check `{}` twice", control.id, id.value));
            } else {
                control.checks.push(Attachment { check: id.value.clone(), source: source.to_owned() });
            }
        }
    }

    fn attachments(&mut self, framework: &mut Framework, raw: RawAttachments) {
        for (id, source) in raw.sources.0 {
            framework.attachments.push(AttachmentSource { id, title: source.title, source: source.source });
        }
        for (id, entry) in raw.checks.0 {
            let Some(control) = framework.controls.iter_mut().find(|control| control.id == id) else {
                self.mistakes.at(entry.referenced, format!("there is no control `{id}`"));
                continue;
            };
            for (source, ids) in entry.value.0 {
                self.attach(control, &source, &ids);
            }
        }
    }

    fn items(&mut self, framework: &mut Framework, raw: RawItems) {
        let statements = framework.controls.iter_mut().flat_map(|control| &mut control.statements);
        let mut by_id: BTreeMap<String, &mut Statement> =
            statements.map(|statement| (statement.id.clone(), statement)).collect();
        for (id, items) in raw.items.0 {
            match by_id.get_mut(&id) {
                Some(statement) => statement.items = items.value,
                None => self.mistakes.at(items.referenced, format!("there is no statement `{id}`")),
            }
        }
    }
}

/// Ids within a framework: unique, and groups and sources that exist.
fn check_ids(framework: &Framework, path: &str, errors: &mut Vec<KnowledgeError>) {
    let mut say = |message: String| errors.push(whole(path, message));
    let mut seen = BTreeSet::new();
    for control in &framework.controls {
        if !seen.insert(&control.id) {
            say(format!("control `{}` exists twice", control.id));
        }
        if let Some(group) = &control.group
            && framework.group(group).is_none()
        {
            say(format!("control `{}`: there is no group `{group}`", control.id));
        }
        for attachment in &control.checks {
            if framework.attachments.iter().all(|source| source.id != attachment.source) {
                say(format!(
                    "control `{}`: there is no source `{}` of checks",
                    control.id, attachment.source
                ));
            }
        }
    }
}

/// What frameworks say of each other's controls.
fn check_references(frameworks: &[Framework], errors: &mut Vec<KnowledgeError>) {
    for framework in frameworks {
        let path = format!("frameworks/{}", framework.id);
        let mut missing = |of: &str, ids: &mut dyn Iterator<Item = &String>| {
            let Some(other) = frameworks.iter().find(|other| other.id == of) else {
                errors.push(whole(&path, format!("there is no framework `{of}`")));
                return;
            };
            let known: BTreeSet<&str> = other.controls.iter().map(|control| control.id.as_str()).collect();
            for id in ids.filter(|id| !known.contains(id.as_str())) {
                errors.push(whole(&path, format!("`{of}` has no control `{id}`")));
            }
        };
        if let Some(selection) = &framework.selects {
            missing(&selection.framework, &mut selection.controls.iter());
        }
        let mut mapped = framework.controls.iter().flat_map(|control| &control.maps);
        match &framework.crosswalk {
            Some(walk) => missing(&walk.to, &mut mapped),
            None => {
                if let Some(id) = mapped.next() {
                    errors
                        .push(whole(&path, format!("a control maps to `{id}`, but there is no `crosswalk`")));
                }
            }
        }
        let mut withdrawn =
            framework.controls.iter().filter_map(|control| control.withdrawn.as_ref()).flatten();
        let known: BTreeSet<&str> = framework.controls.iter().map(|control| control.id.as_str()).collect();
        if let Some(id) = withdrawn.find(|id| !known.contains(id.as_str())) {
            errors.push(whole(&path, format!("a control went into `{id}`, which there is not")));
        }
    }
}

fn whole(path: &str, message: String) -> KnowledgeError {
    KnowledgeError { path: path.to_owned(), line: 0, column: 0, message, help: None }
}
