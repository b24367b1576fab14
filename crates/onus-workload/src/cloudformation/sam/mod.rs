//! SAM.
use super::foreach::Entry;
use super::stack::Stack;
use onus_model::Node;
impl<'t> Stack<'t> {
    pub(crate) fn lower_serverless(&self, entry: &Entry<'t>, kind: &str, properties: Node) {
        self.push(&entry.name, kind, properties, entry.key.span());
    }
    pub(crate) fn finish_serverless(&self) {}
}
