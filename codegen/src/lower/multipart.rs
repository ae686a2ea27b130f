//! Multipart bodies: the properties of their schema as parts.

use indexmap::IndexMap;
use openapiv3::{Encoding, ReferenceOr, Schema};
use serde_json::Value;

use super::Lowering;
use super::content::is_binary;
use super::media_type::{Kind, MediaName};
use crate::api::{Doc, Field, Origin, Parts, Presence, Shape, Struct, Type, TypeId};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

impl Lowering<'_> {
    /// The parts that a schema names; `None` if it names none.
    pub fn parts(
        &mut self,
        schema: &ReferenceOr<Schema>,
        encoding: &IndexMap<String, Encoding>,
        origin: &Origin,
    ) -> Option<Parts> {
        let ty = self.schema(schema, origin).ty;
        self.queued_schemas();
        let mut shape = self.struct_behind(&ty)?;
        // The type of the schema itself would be one of JSON, which nothing uses.
        let own = TypeId(origin.pointer().into());
        if ty == Type::Named(own.clone()) && !self.is_used(&own) {
            self.types.shift_remove(&own);
        }
        let at = origin.pointer().strip_suffix("/schema").unwrap_or_default();
        for (name, _) in encoding.iter().filter(|(name, _)| !shape.fields.iter().any(|field| field.name.wire == **name))
        {
            let message = format!("`encoding` is about properties, and there is no `{name}`");
            let at = Origin::new(at).child("encoding").child(name);
            self.push(Diagnostic::warning(Rule::WithoutEffect, &at, message).on_key());
        }
        let media_types = shape.fields.iter_mut().map(|field| self.part(field, encoding.get(&field.name.wire)));
        let media_types = media_types.collect();
        Some(Parts { type_name: String::new(), shape, media_types })
    }

    fn struct_behind(&self, ty: &Type) -> Option<Struct> {
        let mut ty = ty;
        // As many aliases as there are types lead nowhere new.
        for _ in 0..=self.types.len() {
            let Type::Named(id) = ty else { return None };
            match &self.types.get(id)?.shape {
                Shape::Struct(shape) => return Some(shape.clone()),
                Shape::Alias(target) => ty = target,
                Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_) => return None,
            }
        }
        None
    }

    fn is_used(&self, id: &TypeId) -> bool {
        self.types.values().any(|definition| match &definition.shape {
            Shape::Struct(shape) => {
                let rest = shape.rest.iter().map(|rest| &rest.ty);
                shape.fields.iter().map(|field| &field.ty).chain(rest).any(|ty| mentions(ty, id))
            }
            Shape::Union(union) => union.variants.iter().any(|variant| mentions(&variant.ty, id)),
            Shape::Alias(ty) | Shape::Wrapper(ty) => mentions(ty, id),
            Shape::Enum(_) => false,
        })
    }

    /// Makes a property a file if it is one. The media type of its part comes back, if there is one to
    /// say.
    fn part(&mut self, field: &mut Field, encoding: Option<&Encoding>) -> Option<String> {
        let media_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let listed = || media_type.into_iter().flat_map(|text| text.split(','));
        let names: Vec<_> = listed().filter_map(|text| MediaName::parse(text.trim())).collect();
        let has_headers = encoding.is_some_and(|encoding| !encoding.headers.is_empty());
        let schema = self.document.tree.pointer(field.origin.pointer()).map(|schema| self.behind(schema));
        let items = schema.and_then(|schema| schema.get("items")).map(|items| self.behind(items));
        let is_opaque = names.iter().any(|name| !matches!(name.kind(), Kind::Json | Kind::Text));
        let is_file = items.or(schema).is_some_and(is_binary) || is_opaque || has_headers;
        if is_file {
            let many = schema.is_some_and(|schema| schema.get("type").and_then(Value::as_str) == Some("array"));
            field.ty = if many { Type::Array(Box::new(Type::Part)) } else { Type::Part };
            field.presence = match field.presence {
                Presence::Required | Presence::Nullable => Presence::Required,
                Presence::Optional | Presence::OptionalNullable => Presence::Optional,
            };
        }
        let text = media_type.map(|media_type| format!("Sent as `{media_type}`."));
        field.doc = Doc::of(field.doc.0.drain(..).map(Some).chain([text.filter(|_| is_file)]));
        names.into_iter().map(|name| name.key).find(|key| !key.contains('*'))
    }
}

fn mentions(ty: &Type, id: &TypeId) -> bool {
    match ty {
        Type::Named(named) => named == id,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => mentions(inner, id),
        _ => false,
    }
}
