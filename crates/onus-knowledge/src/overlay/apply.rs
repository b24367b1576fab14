//! Lays imported texts over the frameworks.

use super::{Overlay, OverlayControl};
use crate::Knowledge;
use crate::error::{KnowledgeError, did_you_mean};
use onus_model::{Control, Framework, Layer, PrimaryLayer, Selection, Statement};
use std::collections::HashMap;

/// Why a control that only an import knows is the customer's.
const UNKNOWN: &str = "Nothing is known of this control beyond the text that was imported, so that it counts as the \
                       customer's own until somebody says where it is decided.";

/// How often parameters that insert parameters are followed.
const MAX_INSERTS: usize = 4;

/// Applies imported catalogs: their texts take the place of ours, their selections become frameworks, and controls that
/// no framework of ours knows enter as the customer's own, at `organization`.
///
/// Gives every mistake that was found: what is mistaken is left out.
pub fn apply_overlays(knowledge: &mut Knowledge, overlays: &[Overlay]) -> Vec<KnowledgeError> {
    let mut applier = Applier { texts: HashMap::new(), errors: Vec::new() };
    for overlay in overlays {
        if knowledge.framework(&overlay.id).is_some() {
            applier.at(overlay, 1, format!("a framework `{}` exists already", overlay.id), None);
            continue;
        }
        match &overlay.of {
            Some(of) => applier.lay_over(knowledge, overlay, of),
            None => applier.own_framework(knowledge, overlay),
        }
    }
    knowledge.frameworks.sort_by(|a, b| a.id.cmp(&b.id));
    applier.errors
}

struct Applier<'o> {
    /// Who has said something of a control of a framework.
    texts: HashMap<(String, &'o str), (&'o Overlay, &'o OverlayControl)>,
    errors: Vec<KnowledgeError>,
}

impl<'o> Applier<'o> {
    fn at(&mut self, overlay: &Overlay, line: u32, message: String, help: Option<String>) {
        let path = overlay.path.clone();
        self.errors.push(KnowledgeError { path, line, column: 1, message, help });
    }

    fn lay_over(&mut self, knowledge: &mut Knowledge, overlay: &'o Overlay, of: &str) {
        let ids: Vec<String> = knowledge.frameworks.iter().map(|framework| framework.id.clone()).collect();
        let found = knowledge.frameworks.iter_mut().find(|framework| framework.id == of);
        let Some(framework) = found.filter(|framework| framework.selects.is_none()) else {
            let help = did_you_mean(of, ids.iter().map(String::as_str));
            let message = format!("there is no framework `{of}` with controls of its own");
            self.at(overlay, 1, message, help);
            return;
        };
        for own in &overlay.controls {
            if self.is_new(overlay, own, &framework.id) {
                self.control(framework, overlay, own);
            }
        }
        framework.sources.push(format!("imported from {} on {}", overlay.source, overlay.read));
        if overlay.select.is_empty() {
            return;
        }
        let known: std::collections::HashSet<&str> =
            framework.controls.iter().map(|control| control.id.as_str()).collect();
        let missing: Vec<&String> = overlay.select.iter().filter(|id| !known.contains(id.as_str())).collect();
        for id in missing {
            self.at(overlay, 1, format!("`{of}` has no control `{id}` to select"), None);
        }
        let selection = selection(framework, overlay);
        knowledge.frameworks.push(selection);
    }

    /// Whether nobody else has said otherwise of the control; what says the same is no conflict.
    fn is_new(&mut self, overlay: &'o Overlay, own: &'o OverlayControl, framework: &str) -> bool {
        let key = (framework.to_owned(), own.id.as_str());
        let Some((first, before)) = self.texts.get(&key).copied() else {
            self.texts.insert(key, (overlay, own));
            return true;
        };
        if std::ptr::eq(first, overlay) {
            self.at(overlay, own.line, format!("control `{}` is there twice", own.id), None);
        } else if !says_the_same(before, own) {
            let message = format!("`{}` of `{framework}` has another text in {}", own.id, first.path);
            let help = Some("remove one of the two imports".to_owned());
            self.at(overlay, own.line, message, help);
        }
        false
    }

    fn control(&mut self, framework: &mut Framework, overlay: &Overlay, own: &OverlayControl) {
        if let Some(control) = framework.controls.iter_mut().find(|control| control.id == own.id) {
            lay(control, own);
        } else if own.own {
            framework.controls.push(unknown(own));
        } else {
            let help = did_you_mean(&own.id, framework.controls.iter().map(|control| control.id.as_str()));
            let message =
                format!("`{}` has no control `{}`, and it is not marked `own`", framework.id, own.id);
            self.at(overlay, own.line, message, help);
        }
    }

    fn own_framework(&mut self, knowledge: &mut Knowledge, overlay: &'o Overlay) {
        let fresh: Vec<&OverlayControl> =
            overlay.controls.iter().filter(|own| self.is_new(overlay, own, &overlay.id)).collect();
        knowledge.frameworks.push(Framework {
            id: overlay.id.clone(),
            title: overlay.title.clone(),
            read: overlay.read,
            sources: vec![format!("imported from {}", overlay.source)],
            controls: fresh.into_iter().map(unknown).collect(),
            ..Framework::default()
        });
    }
}

fn says_the_same(a: &OverlayControl, b: &OverlayControl) -> bool {
    (&a.title, &a.text, &a.statements, &a.params) == (&b.title, &b.text, &b.statements, &b.params)
}

fn selection(framework: &Framework, overlay: &Overlay) -> Framework {
    Framework {
        id: overlay.id.clone(),
        title: overlay.title.clone(),
        read: overlay.read,
        sources: vec![format!("imported from {}", overlay.source)],
        convention: framework.convention,
        selects: Some(Selection { framework: framework.id.clone(), controls: overlay.select.clone() }),
        ..Framework::default()
    }
}

/// Puts what an import says in the place of our words.
fn lay(control: &mut Control, own: &OverlayControl) {
    if let Some(title) = &own.title {
        control.title.clone_from(title);
    }
    if let Some(text) = &own.text {
        control.gist = Some(filled(text, own));
    }
    let single = control.statements.len() == 1;
    for statement in &mut control.statements {
        if let Some(text) = own.statements.get(&statement.id) {
            statement.gist = filled(text, own);
            if single {
                control.gist = Some(statement.gist.clone());
            }
        }
    }
}

/// A control of which only its text is known.
fn unknown(own: &OverlayControl) -> Control {
    let layer = PrimaryLayer { layer: Layer::Organization, relation: None, reason: UNKNOWN.to_owned() };
    let statement =
        |id: String, gist: String| Statement { id, gist, layers: vec![layer.clone()], items: Vec::new() };
    let title = own.title.clone().unwrap_or_else(|| own.id.clone());
    let text = own.text.as_ref().map(|text| filled(text, own));
    let mut statements: Vec<Statement> =
        own.statements.iter().map(|(id, text)| statement(id.clone(), filled(text, own))).collect();
    if statements.is_empty() {
        let gist = text.clone().unwrap_or_else(|| title.clone());
        statements.push(statement(format!("{}_smt", own.id), gist));
    }
    Control { id: own.id.clone(), title, gist: text, statements, ..Control::default() }
}

/// A text with what stands for its parameters.
fn filled(text: &str, own: &OverlayControl) -> String {
    let mut text = text.to_owned();
    for _ in 0..MAX_INSERTS {
        if !text.contains("{{") {
            break;
        }
        text = inserted(&text, own);
    }
    text
}

fn inserted(text: &str, own: &OverlayControl) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((directive, tail)) = after.split_once("}}") else {
            out.push_str("{{");
            rest = after;
            continue;
        };
        let id = directive.trim().strip_prefix("insert:").and_then(|rest| rest.split_once(','));
        let id = id.map_or(directive.trim(), |(_, id)| id.trim());
        match own.params.get(id) {
            Some(value) => out.push_str(value),
            None => out.push_str(&format!("[{id}]")),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}
