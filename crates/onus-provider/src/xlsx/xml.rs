//! The events of a part's XML that matter: elements and their text, without namespaces.

use super::archive::broken;
use crate::error::ProviderError;
use crate::limits;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What stands in a part.
#[derive(Debug)]
pub(super) enum Item {
    /// An element begins.
    Start(Element),
    /// An element ends.
    End(String),
    /// Text.
    Text(String),
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// An attribute by its name, with or without a namespace.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Reads the items of a part.
pub(super) struct Items<'t> {
    reader: Reader<&'t [u8]>,
    part: &'t str,
    depth: usize,
}

impl<'t> Items<'t> {
    pub(super) fn new(text: &'t str, part: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, depth: 0 }
    }

    /// The next item; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Item>, ProviderError> {
        loop {
            let event = self.reader.read_event().map_err(|error| broken(self.part, &error))?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > limits::MAX_DEPTH {
                        let limit = limits::MAX_DEPTH as u64;
                        return Err(ProviderError::TooMany { what: "elements within each other", limit });
                    }
                    Item::Start(self.element(&start)?)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Item::End(name(end.local_name().as_ref()))
                }
                Event::Text(text) => Item::Text(self.decoded(text.xml10_content())?),
                Event::CData(text) => Item::Text(self.decoded(text.decode())?),
                Event::GeneralRef(reference) => {
                    let code = reference.resolve_char_ref().map_err(|error| broken(self.part, &error))?;
                    Item::Text(match code {
                        Some(letter) => letter.to_string(),
                        None => self.entity(&self.decoded(reference.decode())?)?,
                    })
                }
                Event::Eof if self.depth > 0 => return Err(broken(self.part, &"ends within an element")),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }

    fn decoded<E: std::fmt::Display>(
        &self,
        text: Result<std::borrow::Cow<'_, str>, E>,
    ) -> Result<String, ProviderError> {
        text.map(std::borrow::Cow::into_owned).map_err(|error| broken(self.part, &error))
    }

    /// No document type is read, so that there are no entities but those of XML itself.
    fn entity(&self, name: &str) -> Result<String, ProviderError> {
        let text = quick_xml::escape::resolve_predefined_entity(name);
        text.map(str::to_owned).ok_or_else(|| broken(self.part, &format!("is not plain: `&{name};`")))
    }

    fn element(&self, start: &BytesStart<'_>) -> Result<Element, ProviderError> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| broken(self.part, &error))?;
            let value = attribute
                .decoded_and_normalized_value(XmlVersion::Implicit1_0, self.reader.decoder())
                .map_err(|error| broken(self.part, &error))?;
            attributes.push((name(attribute.key.local_name().as_ref()), value.into_owned()));
        }
        Ok(Element { name: name(start.local_name().as_ref()), attributes })
    }
}

fn name(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
