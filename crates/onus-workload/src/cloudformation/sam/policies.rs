//! SAM's policy templates: names that stand for statements. What each allows is data, in `policies.txt`.

use super::super::foreach::Loops;
use super::super::scalar;
use super::Made;
use onus_model::{Map, Node, TextBuilder, Unknown, Value};

/// The list, which says at its head how it is written.
const LIST: &str = include_str!("policies.txt");

/// A template of the list: its parameters, and the lines of its statements.
struct Template {
    parameters: Vec<&'static str>,
    lines: Vec<&'static str>,
}

/// The template of a name; the list is short enough to walk.
fn template(name: &str) -> Option<Template> {
    let is_head = |line: &&str| line.starts_with(|first: char| first.is_ascii_alphabetic());
    let mut lines = LIST.lines().skip_while(|line| !is_head(line) || line.split(' ').next() != Some(name));
    let parameters = lines.next()?.split(' ').skip(1).collect();
    let lines = lines.take_while(|line| !is_head(line)).map(|line| line.trim_start_matches(['?', ' ']));
    Some(Template { parameters, lines: lines.collect() })
}

impl Made<'_, '_> {
    /// The document that a policy template stands for; nothing where the name is not on the list, or a parameter
    /// is missing, which SAM refuses.
    pub(super) fn policy_template(&self, name: &str, given: &Node) -> Option<Node> {
        let template = template(name)?;
        if template.parameters.iter().any(|parameter| given.get(parameter).is_none()) {
            return None;
        }
        let mut statements: Vec<Map> = Vec::new();
        let mut actions: Vec<Node> = Vec::new();
        for line in template.lines {
            let (word, rest) = line.split_once(' ')?;
            if word == "on" {
                let mut statement = Map::new();
                statement.insert("Effect", self.text("Allow"));
                statement.insert("Action", self.list(std::mem::take(&mut actions)));
                let resources = rest.split(' ').map(|resource| self.resource(resource, given));
                statement.insert("Resource", self.list(resources));
                statements.push(statement);
            } else if word == "when" {
                let (key, value) = rest.split_once(' ')?;
                let condition = self.map([(key, self.resource(value, given))]);
                statements.last_mut()?.insert("Condition", self.map([("StringEquals", condition)]));
            } else {
                actions.extend(rest.split(' ').map(|action| self.text(&format!("{word}{action}"))));
            }
        }
        let statements = statements.into_iter().map(|statement| self.at(Value::Map(statement)));
        Some(self.map([("Version", self.text("2012-10-17")), ("Statement", self.list(statements))]))
    }

    /// A resource of the list with the values that were given for the parameters.
    fn resource(&self, written: &str, given: &Node) -> Node {
        if written == "*" {
            return self.text("*");
        }
        let mut out = TextBuilder::default();
        if !written.starts_with('{') {
            out.known(&format!("arn:{}:", self.stack.partition()));
        }
        let mut rest = written;
        while let Some(start) = rest.find(['@', '{']) {
            out.known(&rest[..start]);
            rest = &rest[start..];
            if let Some(after) = rest.strip_prefix('@') {
                self.append_pseudo("AWS::Region", &mut out);
                out.known(":");
                self.append_pseudo("AWS::AccountId", &mut out);
                rest = after;
            } else {
                let end = rest.find('}').unwrap_or(rest.len() - 1);
                append(given.get(&rest[1..end]).map(|node| &node.value), &mut out);
                rest = &rest[end + 1..];
            }
        }
        out.known(rest);
        self.at(out.finish())
    }

    fn append_pseudo(&self, name: &str, out: &mut TextBuilder) {
        let value = self.stack.named(name, self.span, &Loops::default());
        append(value.as_ref().map(|node| &node.value), out);
    }
}

fn append(value: Option<&Value>, out: &mut TextBuilder) {
    match value {
        Some(Value::Unknown(unknown)) => out.open(unknown),
        Some(value) => match scalar::text(value) {
            Some(text) => out.known(&text),
            None => out.open(&Unknown::present("a list or map stands where the policy template takes text")),
        },
        None => out.open(&Unknown::present("the policy template's parameter is not known")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_template_of_the_list_is_whole() {
        let heads = LIST.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()));
        let names: Vec<&str> = heads.filter_map(|line| line.split(' ').next()).collect();
        assert!(names.len() > 75, "{}", names.len());
        for name in names {
            let Template { parameters, lines } = template(name).unwrap();
            let text = lines.join("\n");
            assert!(
                lines.last().unwrap().starts_with("on ") || lines.last().unwrap().starts_with("when "),
                "{name}"
            );
            for part in text.split('{').skip(1).filter_map(|part| part.split('}').next()) {
                assert!(parameters.contains(&part), "{name} {part}");
            }
            for parameter in parameters {
                assert!(text.contains(&format!("{{{parameter}}}")), "{name} {parameter}");
            }
        }
        assert!(template("S3Read").is_none() && template("").is_none());
    }
}
