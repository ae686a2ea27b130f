//! What schemas say to their reader, as the docs of members and types.

use super::Schemas;
use super::classify::untold_format;
use super::enumeration::said_of_values;
use super::integer::integer_of;
use super::node::Node;
use super::types::component;
use crate::api::{Example, Origin, Type, TypeId};
use crate::description::{Limits, Schema};
use crate::lower::doc;
use crate::texts::{Doc, Paragraph};

impl<'a> Schemas<'_, 'a> {
    /// What a member says itself, behind what is said where it leads unless it has words of its own.
    pub fn member_doc(&self, schema: Schema<'_>, node: &Node<'a>) -> Doc {
        let (doc, said) = (self.doc(schema, &node.origin), schema.annotations());
        if said.description.is_some() || said.title.is_some() || doc.is_empty() {
            return doc;
        }
        let mut behind = Doc::of([self.reading.description_behind(node)]);
        behind.append(doc);
        behind
    }

    /// What a schema says to its reader.
    pub fn doc(&self, schema: Schema<'_>, origin: &Origin) -> Doc {
        let mut doc = doc::texts(schema.annotations());
        // What a component's example is like, a test shows.
        let example = schema.annotations().example.filter(|_| component(origin).is_none());
        doc.extend(example.and_then(|(example, _)| doc::structured_example(example)));
        let mut keywords = schema.keywords();
        doc.extend(said_of_values(schema, &keywords, origin));
        doc.extend(untold_format(&keywords).map(doc::format));
        if keywords.typ == Some("integer") && self.reading.is_wider(keywords.format, origin) {
            doc.extend(keywords.format.filter(|format| integer_of(format).is_some()).map(doc::format));
        }
        let written = &self.ground.document.written;
        if written.is_empty() && keywords.limits == Limits::default() {
            return doc;
        }
        let of_keyword = |keyword: &str| {
            if written.is_empty() { None } else { written.get(origin.child(keyword).pointer()) }
        };
        // The types of the first items tell how many these are.
        let (count, (least, most)) = (keywords.prefix_items.len(), keywords.limits.items);
        if count > 0 {
            keywords.limits.items = (least.filter(|least| *least > count), most.filter(|most| *most > count));
        }
        doc.extend(doc::limits(&keywords.limits, of_keyword));
        doc
    }

    /// The same for a type: its summary is empty where the description says nothing of the kind.
    pub fn type_doc(&self, schema: Schema<'_>, origin: &Origin) -> Doc {
        let mut doc = self.doc(schema, origin);
        let said = schema.annotations();
        if said.title.is_none() && said.description.is_none() && !doc.is_empty() {
            doc.lead(Paragraph::NoSummary);
        }
        doc
    }

    /// Takes along the example of a component.
    pub fn schema_example(&mut self, schema: Schema<'_>, id: &TypeId, origin: &Origin) {
        let (Some((example, at)), Some(name)) = (schema.annotations().example, component(origin)) else { return };
        if example.is_object() || example.is_array() {
            let example = Example::new(name, &Type::Named(id.clone()), None, at.of(origin));
            self.example(Example { schema: Some(origin.clone()), is_of_schema: true, ..example });
        }
    }
}
