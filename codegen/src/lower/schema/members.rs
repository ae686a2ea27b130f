//! Objects: their members, each with a type and what is said of it.

use super::Schemas;
use super::direction::goes_both_ways;
use super::merge::{Additional, Merged};
use super::node::{Node, Said};
use super::types::Place;
use crate::api::{Field, Name, Origin, Presence, Rest, Shape, Struct, Type};
use crate::lower::doc;
use crate::texts::Doc;

impl<'a> Schemas<'_, 'a> {
    pub fn object(&mut self, merged: &Merged<'a>, place: &Place<'a>) -> Shape {
        let (properties, tellers) = (place.at.child("properties"), merged.tellers());
        let fields = merged.properties.iter().map(|(name, nodes)| {
            self.ground.step(&place.of.origin);
            let required = merged.required.contains_key(name);
            let mut field = self.field(name, nodes, required, &properties.child(name));
            if tellers.contains(name) {
                goes_both_ways(&mut field);
            }
            field
        });
        let mut fields: Vec<_> = fields.collect();
        let rest = self.additional(merged, place);
        fields.extend(self.undescribed(merged, rest.as_ref()));
        Shape::Struct(Struct { fields, rest, undeclared: self.kept(place) })
    }

    /// What members hold that are not among the properties, if they matter.
    pub fn additional(&mut self, merged: &Merged<'a>, place: &Place<'a>) -> Option<Rest> {
        let (ty, origin) = match &merged.additional {
            Additional::Unsaid | Additional::None => return None,
            Additional::Any(origin) => (Type::Any, origin.clone()),
            Additional::Schemas(nodes) => {
                let at = place.at.child("additionalProperties");
                (self.nodes(nodes, &at).whole(), nodes.first().map_or(at, |node| node.origin.clone()))
            }
        };
        Some(Rest { name: Name::new("additionalProperties", None), ty, origin })
    }

    fn field(&mut self, name: &str, nodes: &[Node<'a>], required: bool, at: &Origin) -> Field {
        let used = self.nodes(nodes, at);
        // Of several, the last that says something itself belongs to the schema that the others are part of.
        let is_said = |node: &&Node<'_>| matches!(node.said, Said::Schema(_));
        let speaker = nodes.iter().rfind(is_said).or(nodes.last());
        let origin = speaker.map_or(at, |node| &node.origin).clone();
        let (mut doc, name) = match speaker.map(|node| (node, &node.said)) {
            Some((node, Said::Schema(schema))) => {
                let name = self.ground.name(name, schema.extensions(), &origin);
                (self.member_doc(*schema, node), name)
            }
            Some((_, Said::Reference(_))) | None => (Doc::default(), Name::new(name, None)),
        };
        let constant = self.reading.constant(nodes, &used.ty);
        let only = self.reading.only_direction(nodes);
        if doc.is_empty() {
            doc = Doc::of([speaker.and_then(|node| self.reading.description_behind(node))]);
        }
        if let (Some(constant), Some(Said::Schema(schema))) = (&constant, speaker.map(|node| &node.said))
            && schema.keywords().enumeration.is_empty()
        {
            doc.push(doc::always(constant));
        }
        // The extension names the member, not the type that is made for it.
        if let Type::Named(id) = &used.ty
            && [at.pointer(), origin.pointer()].contains(&&*id.0)
            && let Some(definition) = self.types.get_mut(id)
        {
            definition.name.given = None;
        }
        // Where anything may stand, `null` may; one that is required needs no second way to say so.
        let takes_null = || match used.ty {
            Type::Null => true,
            Type::NumberOrText(_) | Type::JsonText(_) => false,
            _ => speaker.is_some_and(|node| self.reading.is_any(node)),
        };
        let nullable = used.nullable || (!required && takes_null());
        let presence = Presence::new(required, nullable);
        Field { name, ty: used.ty, presence, constant, only, setter: None, doc, origin }
    }
}
