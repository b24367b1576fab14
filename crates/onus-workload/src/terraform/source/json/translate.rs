//! The tree of a JSON text, written out in the language, piece by piece and in its order. `strings` writes its strings.

use super::blocks::{self, Shape as Body, Strings};
use super::{Content, Places, Translation, secrets};
use crate::syntax::{Doubles, Shape, Syntax, json};
use crate::terraform::source::configuration::MAX_SOURCE;
use crate::waiver::OF_TERRAFORM;
use hcl_edit::Ident;
use onus_model::{FileId, Problem, ProblemKind, Span};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// So many problems of a file are kept: each key of a file of another kind would be one.
const MAX_PROBLEMS: usize = 1_000;

/// Nothing, or why the file is not read.
pub(super) type Written = Result<(), Problem>;

pub(super) fn translate(file: FileId, json: &str, content: Content) -> Result<Translation, Problem> {
    let mut writer = Writer {
        json,
        file,
        text: String::new(),
        places: Places::default(),
        problems: Vec::new(),
        said: Vec::new(),
        loose: Vec::new(),
        in_resource: false,
    };
    writer.room(json.len())?;
    let (tree, _) = json::parse(json, file, Doubles::Kept)?;
    let Some(root) = tree.root(json, file) else {
        return Err(writer.problem(ProblemKind::Syntax, 0..0, "the file is empty"));
    };
    let body = match content {
        Content::Configuration => &blocks::FILE,
        Content::Values => &blocks::VALUES,
    };
    writer.file(root, body)?;
    let Writer { text, places, problems, .. } = writer;
    Ok(Translation { text, places, problems, hidden: secrets::find(root) })
}

/// A written text as it grows.
pub(super) struct Writer<'t> {
    pub(super) json: &'t str,
    file: FileId,
    text: String,
    places: Places,
    problems: Vec<Problem>,
    /// Waivers that are to be written as comments of the resource that they stand in, with their places.
    said: Vec<(String, Range<usize>)>,
    /// Those that stand in none.
    loose: Vec<(String, Range<usize>)>,
    in_resource: bool,
}

/// A kind of block.
struct Block<'t> {
    name: &'t str,
    labels: usize,
    body: &'static Body,
}

impl<'t> Writer<'t> {
    fn file(&mut self, root: Syntax<'t>, body: &'static Body) -> Written {
        match root.shape() {
            Shape::Map => self.entries(root, body)?,
            Shape::List if root.items().all(Syntax::is_map) => {
                root.items().try_for_each(|part| self.entries(part, body))?;
            }
            _ => {
                let message = "a file in Terraform's JSON syntax holds an object, or a list of them";
                return Err(self.problem(ProblemKind::Invalid, place(root), message));
            }
        }
        // Nothing follows them that they could belong to.
        self.said = std::mem::take(&mut self.loose);
        self.say()
    }

    /// The arguments and blocks of a body.
    fn entries(&mut self, of: Syntax<'t>, body: &'static Body) -> Written {
        let last = last_of_each(of);
        for (name, key, value) in of.named() {
            if name == "//" {
                self.comment(value);
            } else if let Some((labels, body)) = body.block(name) {
                let block = Block { name, labels, body };
                self.blocks(&block, &mut Vec::new(), place(key).start, value)?;
            } else if self.is_kept(&last, name, key) {
                self.argument(name, key, value, body)?;
            }
            if self.in_resource {
                self.say()?;
            }
        }
        Ok(())
    }

    fn argument(&mut self, name: &'t str, key: Syntax<'t>, value: Syntax<'t>, body: &Body) -> Written {
        let Some(strings) = body.argument(name) else {
            self.report(place(key), format!("Terraform has no block `{}`", shortened(name)));
            return Ok(());
        };
        if Ident::try_new(name).is_err() {
            self.report(place(key), format!("`{}` cannot be the name of an argument", shortened(name)));
            return Ok(());
        }
        if strings == Strings::Own && has_dynamic(value) {
            let block = Block { name, labels: 0, body: &blocks::NESTED };
            return self.blocks(&block, &mut Vec::new(), place(key).start, value);
        }
        self.push(name, place(key))?;
        self.push(" = ", before(value))?;
        self.value(value, strings)?;
        self.push("\n", behind(value))
    }

    /// The blocks of a kind: objects by their labels, or lists of such objects. `start` is where the block begins.
    fn blocks(
        &mut self,
        block: &Block<'t>,
        labels: &mut Vec<&'t str>,
        start: usize,
        value: Syntax<'t>,
    ) -> Written {
        match value.shape() {
            Shape::List => {
                for item in value.items() {
                    let start = if labels.len() == block.labels { place(item).start } else { start };
                    self.blocks(block, labels, start, item)?;
                }
                Ok(())
            }
            Shape::Map if labels.len() == block.labels => self.block(block, labels, start, value),
            Shape::Map => {
                for (label, key, inner) in value.named() {
                    if label == "//" {
                        self.comment(inner);
                    } else if Ident::try_new(label).is_err() {
                        self.report(place(key), format!("`{}` cannot be a name", shortened(label)));
                    } else {
                        labels.push(label);
                        self.blocks(block, labels, place(key).start, inner)?;
                        labels.pop();
                    }
                }
                Ok(())
            }
            _ if value.is_null() => Ok(()),
            _ => {
                let message = format!("`{}` is a block, which is an object or a list of objects", block.name);
                self.report(place(value), message);
                Ok(())
            }
        }
    }

    fn block(&mut self, block: &Block<'t>, labels: &[&'t str], start: usize, value: Syntax<'t>) -> Written {
        let mut head = block.name.to_owned();
        labels.iter().for_each(|label| head.extend([" \"", *label, "\""]));
        head.push_str(" {\n");
        self.push(&head, start..place(value).start + 1)?;
        let outer = self.in_resource;
        self.in_resource |= block.name == "resource";
        let body = match (block.name, labels) {
            ("data", ["aws_iam_policy_document", _]) => &blocks::POLICY,
            _ => block.body,
        };
        self.entries(value, body)?;
        self.in_resource = outer;
        self.push("}", last(value))?;
        self.push("\n", behind(value))
    }

    fn value(&mut self, value: Syntax<'t>, strings: Strings) -> Written {
        match value.shape() {
            Shape::Text => self.string(value, strings),
            Shape::List => {
                self.push("[", first(value))?;
                for (at, item) in value.items().enumerate() {
                    if at > 0 {
                        self.push(", ", before(item))?;
                    }
                    self.value(item, strings)?;
                }
                self.push("]", last(value))
            }
            Shape::Map => self.object(value, strings),
            Shape::Number | Shape::Plain => {
                let text = value.scalar().unwrap_or_default();
                // The parser takes no number that a float cannot hold; a text that is one becomes one where that is due.
                let is_plain = value.shape() == Shape::Plain || text.parse::<f64>().is_ok_and(f64::is_finite);
                let quote = if is_plain { "" } else { "\"" };
                self.push(quote, first(value))?;
                self.add(text, place(value), true)?;
                self.push(quote, last(value))
            }
        }
    }

    fn object(&mut self, object: Syntax<'t>, strings: Strings) -> Written {
        let last_of_each = last_of_each(object);
        self.push("{", first(object))?;
        for (name, key, value) in object.named() {
            // Of what may be a block this is a comment.
            if name == "//" && strings == Strings::Own {
                self.comment(value);
                continue;
            }
            if !self.is_kept(&last_of_each, name, key) {
                continue;
            }
            let of_key = if strings == Strings::Own { Strings::Template } else { strings };
            match of_key {
                Strings::Template => self.string(key, Strings::Template)?,
                _ => self.string(key, Strings::Literal)?,
            }
            self.push(" = ", before(value))?;
            self.value(value, strings)?;
            self.push(", ", behind(value))?;
        }
        self.push("}", last(object))
    }

    /// Notes the waivers in what is a comment: a text, or texts in lists and objects. Each line may be one.
    fn comment(&mut self, value: Syntax<'t>) {
        value.items().for_each(|item| self.comment(item));
        value.named().for_each(|(_, _, value)| self.comment(value));
        if value.shape() != Shape::Text {
            return;
        }
        for line in value.scalar().unwrap_or_default().lines() {
            let line = line.trim_start_matches([' ', '\t', '#', '/']);
            if OF_TERRAFORM.iter().any(|(marker, _)| line.starts_with(marker)) {
                let all = if self.in_resource { &mut self.said } else { &mut self.loose };
                all.push((format!("# {}", line.replace('\r', " ")), place(value)));
            }
        }
    }

    /// Writes what was noted as comments.
    fn say(&mut self) -> Written {
        for (comment, place) in std::mem::take(&mut self.said) {
            self.push(&comment, place.clone())?;
            self.push("\n", place.end..place.end)?;
        }
        Ok(())
    }

    /// Whether an entry counts: where a key stands twice, the last one does.
    fn is_kept(&mut self, last: &FxHashMap<&str, Syntax<'_>>, name: &str, key: Syntax<'_>) -> bool {
        match last.get(name) {
            Some(last) if last.id() != key.id() => {
                let message =
                    format!("the key `{}` stands twice in this map; the last one counts", shortened(name));
                self.report(place(*last), message);
                false
            }
            _ => true,
        }
    }

    /// A piece that was made of a range of the JSON text.
    pub(super) fn push(&mut self, piece: &str, json: Range<usize>) -> Written {
        self.add(piece, json, false)
    }

    pub(super) fn add(&mut self, piece: &str, json: Range<usize>, same: bool) -> Written {
        if piece.is_empty() {
            return Ok(());
        }
        self.room(self.text.len() + piece.len())?;
        self.places.add(self.text.len(), json, same);
        self.text.push_str(piece);
        Ok(())
    }

    /// Whether a text may be so long: labels that many blocks share are written for each of them.
    fn room(&self, length: usize) -> Written {
        if length <= MAX_SOURCE {
            return Ok(());
        }
        Err(self.problem(ProblemKind::Limit, 0..0, "written out, the file is larger than 16 MiB"))
    }

    pub(super) fn problem(
        &self,
        kind: ProblemKind,
        place: Range<usize>,
        message: impl Into<String>,
    ) -> Problem {
        Problem::at(kind, Span::new(self.file, place.start as u32, place.end as u32), message)
    }

    fn report(&mut self, place: Range<usize>, message: String) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(self.problem(ProblemKind::Invalid, place, message));
        }
    }
}

/// The last key of each name.
fn last_of_each<'t>(of: Syntax<'t>) -> FxHashMap<&'t str, Syntax<'t>> {
    of.named().map(|(name, key, _)| (name, key)).collect()
}

/// Whether there are `dynamic` blocks in what is an object or a list of objects: such objects are blocks.
fn has_dynamic(value: Syntax<'_>) -> bool {
    let is_block = |value: Syntax<'_>| value.is_map() || value.is_list() && value.items().all(Syntax::is_map);
    is_block(value)
        && (value.items().any(has_dynamic)
            || value
                .named()
                .any(|(name, _, inner)| name == "dynamic" && is_block(inner) || has_dynamic(inner)))
}

/// A name that fits into a message.
fn shortened(name: &str) -> String {
    name.chars().take(60).collect()
}

/// The bytes of a piece of syntax.
pub(super) fn place(of: Syntax<'_>) -> Range<usize> {
    let span = of.span();
    span.start as usize..span.end as usize
}

fn first(of: Syntax<'_>) -> Range<usize> {
    let Range { start, end } = place(of);
    start..end.min(start + 1)
}

fn last(of: Syntax<'_>) -> Range<usize> {
    let Range { start, end } = place(of);
    start.max(end - 1)..end
}

fn before(of: Syntax<'_>) -> Range<usize> {
    let start = place(of).start;
    start..start
}

fn behind(of: Syntax<'_>) -> Range<usize> {
    let end = place(of).end;
    end..end
}
